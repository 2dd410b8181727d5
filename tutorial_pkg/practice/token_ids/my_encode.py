"""### Exercise 3 (write the body): encode, whatever the words

`my_encode(text, vocabulary)` lower-cases the text, cuts it at white space, and returns the list of ids. A word outside
the vocabulary gets the id of the token `"<unk>"`, whatever that id is. The vocabulary stays as it is. With the
eight-token vocabulary, `my_encode("The quick dog", vocabulary)` is `[5, 4, 6]`.
"""

import re
import string
from typing import Any

from tutorial_pkg.practice.compare import alike, as_tensor
from tutorial_pkg.practice.items import Finding, wrong
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
        ("the house the fox", EIGHT),
        ("foxes in the houses", EIGHT),
        ("The dog the cat", {"the": 2, "<unk>": 0, "cat": 1}),
        ("Straße", {"straße": 0, "<unk>": 1}),
        ("Fox, the house.", EIGHT),
        ("", EIGHT),
    ]


def view(result: Any, text: str, vocabulary: dict) -> Any:
    """The ids, or which of them is amiss."""
    vocabulary = next(given for asked, given in cases() if asked == text)  # as it was before the call
    tokens, expected = text.lower().split(), solution(text, vocabulary)
    numbers = as_tensor(result)
    if isinstance(result, list) and result and all(isinstance(part, tuple) for part in result):
        return Finding(f"{result}, pairs; the ids alone are asked for")
    ids = numbers.tolist() if numbers is not None else [] if isinstance(result, (list, tuple)) and not result else None
    if ids is None or alike(result, expected):
        return result
    if not isinstance(ids, list):
        return Finding(f"one number, {ids}; a list of ids is asked for, one for each token")
    if ids and isinstance(ids[0], list):
        return Finding(f"{ids}, lists within a list; one list of ids is asked for")
    wanted = f"{expected} is asked for"
    if len(ids) == 1 < len(tokens):
        return Finding(f"{ids}, one id for the whole text, which has {len(tokens)} tokens; {wanted}")
    if ids == [i for i in expected if i] != expected:
        return Finding(f"{ids}, without the token whose id is 0; {wanted}")
    if len(ids) < len(tokens) and ids == expected[: len(ids)]:
        return Finding(f"{ids}, which ends before {tokens[len(ids)]!r}; {wanted}")
    if expected and ids == expected[1:]:
        return Finding(f"{ids}, without the first token; {wanted}")
    if len(ids) > len(tokens) and ids[: len(expected)] == expected:
        return Finding(f"{ids}, with {ids[len(expected) :]} too many at the end; {wanted}")
    if ids == list(map(len, tokens)):
        return Finding(f"{ids}, the lengths of the tokens; {wanted}, their ids")
    if len(ids) != len(tokens):
        return Finding(f"{ids}, {len(ids)} ids for {len(tokens)} tokens; {wanted}")
    if len(ids) > 1 and sorted(ids) == sorted(expected):
        return Finding(f"{ids}, the right ids in another order than that of the words; {wanted}")
    if len(shifts := {i - j for i, j in zip(ids, expected, strict=True)}) == 1 and len(ids) > 1:
        return Finding(f"{ids}, in which each id is {shifts.pop():+} off; {wanted}")
    token, i = next((token, i) for token, i, right in zip(tokens, ids, expected, strict=True) if i != right)
    if token not in vocabulary:
        return Finding(f"{ids}, with {i} for {token!r}, which is unknown: the id of '<unk>' is {vocabulary['<unk>']}")
    if i == vocabulary["<unk>"]:
        return Finding(f"{ids}, with the id of '<unk>' for {token!r}, which has an id of its own, {vocabulary[token]}")
    return Finding(f"{ids}, with {i} for {token!r}, whose id in the vocabulary is {vocabulary[token]}")


@wrong()
def raises(text, vocabulary):
    """`vocabulary[token]` raises at the first word that is not in it: `get`, with a second argument, does not."""
    return [vocabulary[token] for token in text.lower().split()]


@wrong()
def none_for_unknown(text, vocabulary):
    """Unknown words became None: give `get` a second argument, the id of `<unk>`."""
    return [vocabulary.get(token) for token in text.lower().split()]


@wrong()
def name_for_unknown(text, vocabulary):
    """The text "<unk>" stands among the ids; what is asked for is its id, `vocabulary["<unk>"]`."""
    return [vocabulary.get(token, "<unk>") for token in text.lower().split()]


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
def minus_one(text, vocabulary):
    """Unknown words get -1, and no row has that number; they share the row of `<unk>`."""
    return [vocabulary.get(token, -1) for token in text.lower().split()]


@wrong()
def six(text, vocabulary):
    """The 6 is right for one vocabulary only: ask the vocabulary for the id of "<unk>"."""
    return [vocabulary.get(token, 6) for token in text.lower().split()]


@wrong()
def last_of_all(text, vocabulary):
    """Unknown words get the last id of the vocabulary, which is another token's: ask it for the id of "<unk>"."""
    return [vocabulary.get(token, len(vocabulary) - 1) for token in text.lower().split()]


@wrong()
def last_but_one(text, vocabulary):
    """`<unk>` is the last token but one in this notebook's vocabulary and not in every one: ask it for the id."""
    return [vocabulary.get(token, len(vocabulary) - 2) for token in text.lower().split()]


@wrong(idea=11)
def zero_taken_for_unknown(text, vocabulary):
    """A known word with id 0 came out as unknown: `or` takes 0 for "nothing there"."""
    return [vocabulary.get(token) or vocabulary["<unk>"] for token in text.lower().split()]


@wrong()
def capitals(text, vocabulary):
    """Words with a capital become unknown: the vocabulary is lower-case, so lower-case the text first."""
    return [vocabulary.get(token, vocabulary["<unk>"]) for token in text.split()]


@wrong()
def at_each_space(text, vocabulary):
    """`split(" ")` cuts at single spaces only, which leaves empty pieces and line breaks: `split()` cuts at white space
    of any kind and length."""
    return [vocabulary.get(token, vocabulary["<unk>"]) for token in text.lower().split(" ")]


@wrong()
def english_letters_only(text, vocabulary):
    """Only the letters a to z count here, and `straße` is not found: cut at white space, whatever the letters are."""
    return [vocabulary.get(token, vocabulary["<unk>"]) for token in re.findall(r"[a-z]+", text.lower())]


@wrong()
def folded(text, vocabulary):
    """`casefold` goes further than lower-case and makes `strasse` of `straße`: the vocabulary has `lower`'s words."""
    return [vocabulary.get(token, vocabulary["<unk>"]) for token in text.casefold().split()]


@wrong()
def letters(text, vocabulary):
    """It goes through the text letter by letter; `split()` gives its words."""
    return [vocabulary.get(letter, vocabulary["<unk>"]) for letter in text.lower()]


@wrong()
def only_cut(text, vocabulary):
    """These are the tokens; one step is left: the id of each."""
    return text.lower().split()


@wrong()
def names_not_ids(text, vocabulary):
    """These are tokens, with "<unk>" in the right places; one step is left: the id of each."""
    return [token if token in vocabulary else "<unk>" for token in text.lower().split()]


@wrong()
def first_only(text, vocabulary):
    """Only the first id is there: a `return` inside a loop ends it at once. Collect all of them first."""
    for token in text.lower().split():
        return [vocabulary.get(token, vocabulary["<unk>"])]


@wrong()
def each_once(text, vocabulary):
    """A word that comes twice is encoded twice, and here the second was dropped."""
    return [vocabulary.get(token, vocabulary["<unk>"]) for token in dict.fromkeys(text.lower().split())]


@wrong()
def order_of_the_vocabulary(text, vocabulary):
    """The ids are in the order of the vocabulary: go through the words of the text, and look up each."""
    return [i for token, i in vocabulary.items() if token in text.lower().split()]


@wrong()
def unknown_by_its_place(text, vocabulary):
    """The place of `<unk>` in the dictionary was taken for its id; the two need not agree: `vocabulary["<unk>"]`."""
    return [vocabulary.get(token, list(vocabulary).index("<unk>")) for token in text.lower().split()]


@wrong()
def places(text, vocabulary):
    """A word's place in the dictionary was taken for its id; the two need not agree: `vocabulary[token]`."""
    words = list(vocabulary)
    return [words.index(token) if token in words else vocabulary["<unk>"] for token in text.lower().split()]


@wrong()
def padding_for_unknown(text, vocabulary):
    """Unknown words get the id of `<pad>`, as if nothing stood there; their token is `<unk>`."""
    return [vocabulary.get(token, vocabulary["<pad>"]) for token in text.lower().split()]


@wrong()
def whole_text(text, vocabulary):
    """The whole text was looked up as if it were one token: cut it with `split()`, and look up each word."""
    return vocabulary.get(text.lower(), vocabulary["<unk>"])


@wrong()
def none_found(text, vocabulary):
    """Every word came out as unknown: look up the word itself, not the whole text, and in lower case."""
    return [vocabulary.get(text, vocabulary["<unk>"]) for _ in text.lower().split()]


@wrong()
def as_text(text, vocabulary):
    """The ids were joined into a text; a list of numbers is asked for."""
    return " ".join(str(vocabulary.get(token, vocabulary["<unk>"])) for token in text.lower().split())


@wrong()
def the_notebooks_own(text, vocabulary):
    """It asks the notebook's own `vocabulary` or `encode`, whatever is passed in: use the parameter."""
    return [EIGHT.get(token, EIGHT["<unk>"]) for token in text.lower().split()]


@wrong()
def punctuation_cut_off(text, vocabulary):
    """The comma and the full stop were cut off the words. The text is cut at white space only, and `fox,` is a token
    that the vocabulary does not know."""
    words = [token.strip(string.punctuation) for token in text.lower().split()]
    return [vocabulary.get(word, vocabulary["<unk>"]) for word in words]


@wrong()
def words_found(text, vocabulary):
    r"""`\w+` finds letters and digits only: punctuation falls away and the fox 🦊 is lost. The text is cut at white
    space only, whatever stands between."""
    return [vocabulary.get(token, vocabulary["<unk>"]) for token in re.findall(r"\w+", text.lower())]


@wrong()
def new_ids(text, vocabulary):
    """The words of this text were numbered afresh; the ids are those of the `vocabulary` passed in."""
    words = sorted(set(text.lower().split()))
    return [words.index(token) for token in text.lower().split()]


@wrong()
def first_id_alone(text, vocabulary):
    """That is the first word's id alone: a `return` inside a loop ends it at once. Collect all ids in a list."""
    for token in text.lower().split():
        return vocabulary.get(token, vocabulary["<unk>"])


@wrong()
def all_by_their_place(text, vocabulary):
    """A word's place in the dictionary was taken for its id, that of `<unk>` as well; the two need not agree: ask
    `vocabulary[token]`."""
    words = list(vocabulary)
    return [words.index(token if token in words else "<unk>") for token in text.lower().split()]


@wrong()
def half_lowered(text, vocabulary):
    """Only the first letter is made small: `ZORRO` becomes `zORRO` and stays unknown. `lower()` takes all letters."""
    words = [token[:1].lower() + token[1:] for token in text.split()]
    return [vocabulary.get(word, vocabulary["<unk>"]) for word in words]


@wrong()
def raises_with_capitals(text, vocabulary):
    """Two steps are missing: lower-case the text, and give unknown words the id of `<unk>`, as `get` can."""
    return [vocabulary[token] for token in text.split()]


@wrong()
def none_with_capitals(text, vocabulary):
    """Two steps are missing: lower-case the text, and give `get` a second argument, the id of `<unk>`."""
    return [vocabulary.get(token) for token in text.split()]


@wrong()
def as_a_dictionary(text, vocabulary):
    """This is a dictionary from token to id; a list is asked for, with an id for each token of the text."""
    return {token: vocabulary.get(token, vocabulary["<unk>"]) for token in text.lower().split()}


@wrong()
def unknown_once_at_the_end(text, vocabulary):
    """Unknown words get one id between them, at the end; each is to get the id of `<unk>` in its own place."""
    tokens = text.lower().split()
    known = [vocabulary[token] for token in tokens if token in vocabulary]
    return known + [vocabulary["<unk>"]] * (len(known) < len(tokens))


@wrong()
def all_unknown_if_one_is(text, vocabulary):
    """One unknown word makes all of them unknown: an error caught around the whole list gives up the known ones as
    well. Decide for each word."""
    tokens = text.lower().split()
    known = all(token in vocabulary for token in tokens)
    return [vocabulary[token if known else "<unk>"] for token in tokens]


@wrong()
def ends_at_the_first_unknown(text, vocabulary):
    """It ends at the first unknown word: that word is to get the id of `<unk>`, and the others come after it."""
    ids = []
    for token in text.lower().split():
        if token not in vocabulary:
            break
        ids.append(vocabulary[token])
    return ids


@wrong(idea=11)
def zero_and_unknown_dropped(text, vocabulary):
    """Unknown words are left out, and so is the token with id 0: `if` takes 0 for "nothing there"."""
    return [vocabulary[token] for token in text.lower().split() if vocabulary.get(token)]
