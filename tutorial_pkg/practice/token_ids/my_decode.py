"""### Exercise 2 (finish the last line): ids back to text

`my_decode(ids, vocabulary)` takes a list of ids and the dictionary from token to id. It returns the tokens as one text
with single blanks between them. With the six-word vocabulary, `my_decode([5, 4, 0], vocabulary)` is `"the quick fox"`.
"""

from tutorial_pkg.practice.pieces import wrong
from tutorial_pkg.practice.samples import EIGHT, SIX

MEANS = "Ids are names that can be looked up either way, and their order in the list is the order of the words."
HINTS = [
    "`token_of[i]` is the token of one id. You need it for each id, in order.",
    '`" ".join(...)` makes one text out of several tokens.',
]


def stub(ids, vocabulary):
    token_of = {}
    for token, i in vocabulary.items():
        token_of[i] = token
    return ...


def solution(ids, vocabulary):
    token_of = {}
    for token, i in vocabulary.items():
        token_of[i] = token
    return " ".join(token_of[i] for i in ids)  # each id is looked up by itself, in the order it came


def cases():
    return [
        ([5, 4, 0], SIX),
        ([4, 0, 3, 2, 5, 1], SIX),
        ([0, 0, 5], SIX),
        ([7, 6, 2], EIGHT),
        ([30, 10, 20], {"a": 10, "c": 30, "b": 20}),
        ([1, 0, 2], {"zebra": 0, "ant": 2, "cow": 1}),
        ([2, 0], {"ant": 2, "cow": 1, "zebra": 0}),
        ([3], SIX),
        ([], SIX),
    ]


@wrong()
def by_list(ids, vocabulary):
    """A list of tokens came back; one text is asked for: join them with " "."""
    token_of = {i: token for token, i in vocabulary.items()}
    return [token_of[i] for i in ids]


@wrong()
def no_blanks(ids, vocabulary):
    """The tokens run into one another: encoding cut them apart at blanks, so decoding has to put those back."""
    token_of = {i: token for token, i in vocabulary.items()}
    return "".join(token_of[i] for i in ids)


@wrong(idea=5)
def by_sorted(ids, vocabulary):
    """The ids were put in order of size, and the word order is lost."""
    token_of = {i: token for token, i in vocabulary.items()}
    return " ".join(token_of[i] for i in sorted(ids))


@wrong()
def whole_vocabulary(ids, vocabulary):
    """That is the whole vocabulary, whatever the ids are: look up each of `ids`."""
    token_of = {i: token for token, i in vocabulary.items()}
    return " ".join(token_of.values())


@wrong(idea=11)
def from_one(ids, vocabulary):
    """Every token is the neighbour of the one meant: `i - 1` treats ids as if they began at 1."""
    token_of = {i: token for token, i in vocabulary.items()}
    return " ".join(token_of.get(i - 1, "") for i in ids)


@wrong(idea=5)
def place_in_the_dictionary(ids, vocabulary):
    """The id was used as a place in the dictionary's own order, which need not be the order of the ids."""
    tokens = list(vocabulary) + [""] * 99
    return " ".join(tokens[i] for i in ids)
