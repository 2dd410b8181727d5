"""### Exercise 1 (worked): a vocabulary

`my_vocabulary(tokens)` takes a list of tokens and returns a dictionary from token to id: the different tokens in sorted
order, counted from 0. `my_vocabulary(["the", "fox", "the"])` is `{"fox": 0, "the": 1}`.

This one is solved. Run it, then leave out `sorted` and see what the check says, then start the count at 1.
"""

from tutorial_pkg.practice.pieces import wrong

MEANS = "The same text gives the same ids on every machine and in every run."
HINTS = [
    "`set(tokens)` keeps each token once, in an order that changes from run to run; `sorted` settles the order.",
    "Number what `sorted(set(tokens))` gives with `enumerate`, and turn each pair round: token first.",
]


def solution(tokens):
    different = sorted(set(tokens))  # set: each token once; sorted: the same order in every process
    return {token: i for i, token in enumerate(different)}


def cases():
    return [
        (["the", "fox", "the"],),
        ("quick fox is in the house".split(),),
        (list("the quick brown fox jumps over a lazy dog".replace(" ", "")) * 2,),
        (["é", "z", "Z", "🦊", "10", "9", "a"],),
        ([],),
    ]


@wrong()
def set_order(tokens):
    """These ids follow the order of a set, which is another one in every process: sort before you count."""
    return {token: i for i, token in enumerate(set(tokens))}


@wrong()
def order_of_appearance(tokens):
    """These ids follow the order in which tokens first appear, so another text order gives other ids; sorted is asked
    for."""
    return {token: i for i, token in enumerate(dict.fromkeys(tokens))}


@wrong(idea=11)
def from_one(tokens):
    """The count begins at 1 here, so row 0 would never be used and the last id would lie above the table."""
    return {token: i for i, token in enumerate(sorted(set(tokens)), start=1)}


@wrong()
def repeats_counted(tokens):
    """Repeated tokens are counted again and again, which leaves gaps between the ids: take each token once."""
    return {token: i for i, token in enumerate(sorted(tokens))}


@wrong()
def id_to_token(tokens):
    """This goes from id to token; encoding needs the way from token to id."""
    return {i: token for i, token in enumerate(sorted(set(tokens)))}
