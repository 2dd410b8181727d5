"""### Exercise 3 (write the body): encode, whatever the words

`my_encode(text, vocabulary)` lower-cases the text, cuts it at white space, and returns the list of ids. A word outside
the vocabulary gets the id of the token `"<unk>"`, whatever that id is. The vocabulary stays as it is. With the
eight-token vocabulary, `my_encode("The quick dog", vocabulary)` is `[5, 4, 6]`.
"""

from tutorial_pkg.practice.pieces import wrong
from tutorial_pkg.practice.samples import EIGHT

MEANS = "Every text has ids now, one for each of its tokens; which unknown word it was is lost."
HINTS = [
    "`text.lower().split()` gives the tokens. The second argument of a dictionary's `get` is for missing keys.",
    'The second argument should be `vocabulary["<unk>"]`, not a number that you write in.',
]


def stub(text, vocabulary):
    return ...


def solution(text, vocabulary):
    unknown = vocabulary["<unk>"]  # asked for by name: its id differs from vocabulary to vocabulary
    return [vocabulary.get(token, unknown) for token in text.lower().split()]


def cases():
    return [
        ("The quick dog", EIGHT),
        ("Quick fox is in the house", EIGHT),
        ("a lazy dog is a dog", EIGHT),
        ("The  cat\n sat", {"<pad>": 0, "<unk>": 1, "cat": 2, "the": 3}),
        ("ZORRO fox", {"<unk>": 0, "fox": 2, "zorro": 1}),
        ("Straße 🦊", {"straße": 0, "<unk>": 1}),
        ("", EIGHT),
    ]


@wrong()
def dropped(text, vocabulary):
    """Unknown words are left out, and nothing shows that they stood there; `<unk>` should hold their place."""
    return [vocabulary[token] for token in text.lower().split() if token in vocabulary]


@wrong(idea=2)
def an_id_of_its_own(text, vocabulary):
    """An unknown word gets an id above all others, and the table has no row for it: use the id of `<unk>`."""
    return [vocabulary.get(token, len(vocabulary)) for token in text.lower().split()]


@wrong(idea=2)
def grows(text, vocabulary):
    """Each new word is added to the vocabulary, with an id that has no row in the table: use the id of `<unk>`."""
    return [vocabulary.setdefault(token, len(vocabulary)) for token in text.lower().split()]


@wrong(idea=5)
def zero(text, vocabulary):
    """Unknown words get id 0, which is some other token's name: every dog becomes a fox."""
    return [vocabulary.get(token, 0) for token in text.lower().split()]


@wrong()
def six(text, vocabulary):
    """The 6 is right for one vocabulary only: ask the vocabulary for the id of "<unk>"."""
    return [vocabulary.get(token, 6) for token in text.lower().split()]


@wrong()
def capitals(text, vocabulary):
    """Words with a capital become unknown: the vocabulary is lower-case, so lower-case the text first."""
    return [vocabulary.get(token, vocabulary["<unk>"]) for token in text.split()]
