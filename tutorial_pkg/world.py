"""A small invented world: sentences built from known rules, so that learned vectors can be compared with the truth.

Everything in this world has a kind (animal, food, ...), two forms (one and many, male and female, ...) and five traits.
A sentence about a thing contains one of its forms, words that go with this kind and form, and words for its traits. So
for learned vectors, (form 1 of a) - (form 0 of a) + (form 0 of b) should be near (form 1 of b). Real language is
richer: this world has five sentence templates, and no word has two meanings. Notebook 05 trains on it.
"""

import random
from dataclasses import dataclass

# For each kind, the endings of its two forms. A model does not see the endings, because it gets ids.
ENDINGS = {
    "animal": ("", "s"),  # one, many
    "food": ("e", "es"),  # one, many
    "place": ("ia", "ton"),  # country, its capital
    "person": ("o", "a"),  # he, she
    "action": ("", "ed"),  # now, past
    "quality": ("y", "ier"),  # plain, more
}
# F: the thing, in one of its forms. T: a word for one of its traits. C: a word that goes with the kind and the form.
TEMPLATES = ("the C F of the T is T", "C and T F", "a F C to the T in T", "in T the C F C", "F is T and C T of it")


@dataclass(frozen=True)
class World:
    """The sentences of an invented world, and the truth about its words.

    Attributes:
        sentences: lists of words, in the order in which they were drawn.
        pairs: for each kind, the two forms of each thing. The most frequent thing is the first.
        truth: for each form, its kind and its number (0 or 1). Other words are not in this dictionary.
        traits: for each form, the words for the traits of its thing.
    """

    sentences: list[list[str]]
    pairs: dict[str, list[tuple[str, str]]]
    truth: dict[str, tuple[str, int]]
    traits: dict[str, list[str]]

    def group(self, word: str) -> int:
        """A number for the word's kind and form, from 0 to 11, or -1 if the word is not a form of a thing."""
        kind, form = self.truth.get(word, (None, 0))
        return 2 * list(self.pairs).index(kind) + form if kind else -1


def make_world(words: int = 1_000_000, things: int = 60, traits: int = 40, seed: int = 0) -> World:
    """Draw sentences until there are `words` words.

    Args:
        words: the smallest number of words. The last sentence is complete.
        things: the number of things of each kind. Their frequencies follow Zipf's law: the probability of the thing
            with rank r (from 0) is proportional to 1 / (r + 3).
        traits: the number of trait words of each kind. Every thing has five of them.
        seed: a different seed gives a different world.

    Raises:
        ValueError: `words` or `things` is below 1, `traits` is below 5, or the world needs more than 24,500 names.

    >>> world = make_world(words=20, things=2, traits=5)
    >>> [" ".join(sentence) for sentence in world.sentences][:2]
    ['the dinat kukumier of the gisel is gigal', 'in zavem the luzin soduma raten']
    >>> world.truth["kukumier"], world.group("kukumier"), world.group("dinat")
    (('quality', 1), 11, -1)
    """
    names_needed = len(ENDINGS) * (things + traits + 12)
    if words < 1 or things < 1 or traits < 5:
        raise ValueError(f"expected words and things from 1, traits from 5; got {words}, {things} and {traits}")
    draw = random.Random(seed)
    syllables = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou"]
    stems = [first + second + last for first in syllables for second in syllables for last in "lmnrt"]
    if names_needed > len(stems):
        raise ValueError(f"expected things and traits for at most {len(stems)} names; got {names_needed} names")
    draw.shuffle(stems)  # each stem is removed from this list, so no stem is used twice

    pairs: dict[str, list[tuple[str, str]]] = {}
    goes_with: dict[tuple, list[str]] = {}  # context words of a thing, and context words of a kind and form
    for kind, endings in ENDINGS.items():
        pool = [stems.pop() for _ in range(traits)]
        pairs[kind] = []
        for _ in range(things):
            stem = stems.pop()
            pair = (stem + endings[0], stem + endings[1])
            pairs[kind].append(pair)
            goes_with[pair] = draw.sample(pool, 5)
        for form in (0, 1):
            goes_with[kind, form] = [stems.pop() for _ in range(6)]

    zipf = [1 / (rank + 3) for rank in range(things)]
    kinds, sentences, total = list(ENDINGS), [], 0
    while total < words:
        kind, sentence = draw.choice(kinds), []
        count = draw.choice((1, 1, 2))  # a third of the sentences have two things
        for pair in draw.choices(pairs[kind], zipf, k=count):
            form = draw.randrange(2)
            choices = {"F": [pair[form]], "C": goes_with[kind, form], "T": goes_with[pair]}
            sentence += [draw.choice(choices.get(slot, [slot])) for slot in draw.choice(TEMPLATES).split()]
        sentences.append(sentence)
        total += len(sentence)
    truth = {word: (kind, form) for kind in kinds for pair in pairs[kind] for form, word in enumerate(pair)}
    traits_of = {word: goes_with[pair] for kind in kinds for pair in pairs[kind] for word in pair}
    return World(sentences, pairs, truth, traits_of)
