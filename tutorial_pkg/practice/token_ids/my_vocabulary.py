from __future__ import annotations

from collections import Counter
from typing import Any

from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.samples import EIGHT


def solution(tokens):
    different = sorted(set(tokens))  # set: each token once; sorted: the same order in every process
    return {token: i for i, token in enumerate(different)}


def cases():
    return [
        (["the", "fox", "the"],),
        ("quick fox is in the house".split(),),
        (list("the quick brown fox jumps over a lazy dog".replace(" ", "")) * 2,),
        (["is", "is", "the", "in", "the", "house", "the"],),
        (["é", "z", "Z", "🦊", "10", "9", "a"],),
        ([],),
    ]


def view(result: Any, tokens: list) -> Any:
    """The vocabulary, or what is amiss with it."""
    expected = solution(tokens)
    if isinstance(result, (list, tuple)) and sorted(map(str, result)) == sorted(map(str, enumerate(expected))):
        return Finding(f"{result!r}, pairs in a list and the id first; a dictionary from token to id is asked for")
    if isinstance(result, (set, frozenset)) and result == set(expected.items()) and tokens:
        return Finding(f"{result!r}, the right pairs in a set; `dict(...)` makes a dictionary of them")
    return amiss(result, expected)


def amiss(result: Any, expected: dict) -> Any:
    """A vocabulary as it is, or in words where its tokens or ids are not those expected."""
    if not isinstance(result, dict) or result == expected:
        return result
    if expected and set(map(str, result.values())) == {*expected}:
        return Finding(f"{result!r}, which leads from id to token; from token to id is asked for")
    if extra := [key for key in result if key not in expected]:
        return Finding(f"{result!r}, in which {extra[0]!r} has an id; it is not among the tokens that get one")
    if missing := [key for key in expected if key not in result]:
        return Finding(f"{result!r}, in which {missing[0]!r} has no id")
    ids = list(result.values())
    if not all(type(i) is int for i in ids):
        return Finding(f"{result!r}; the ids are to be whole numbers")
    if ids == list(map(len, result)):
        return Finding(f"{result!r}, the length of each token; an id is its place in the sorted order")
    if len({*ids}) == 1 < len(ids):
        return Finding(f"{result!r}, in which all have the same id: the count does not go on")
    if len({*ids}) < len(ids):
        return Finding(f"{result!r}, in which tokens share an id; each token needs one of its own")
    if min(ids) > 0:
        return Finding(f"{result!r}, whose ids begin at {min(ids)}; they are to begin at 0")
    if sorted(ids) == list(range(len(ids))):
        return Finding(f"{result!r}, the right ids in another order than that of the sorted tokens")
    if min(ids) < 0:
        return Finding(f"{result!r}, with ids below 0; 0, 1, 2 and so on are asked for")
    return Finding(f"{result!r}, whose ids leave numbers out; 0, 1, 2 and so on are asked for")


def counts(tokens):
    return dict(Counter(tokens))


def pairs(tokens):
    return [(token, i) for i, token in enumerate(sorted(set(tokens)))]


def letters(tokens):
    return {letter: i for i, letter in enumerate(sorted(set("".join(tokens))))}


def counted_over_repeats(tokens):
    vocabulary = {}
    for token in sorted(tokens):
        vocabulary[token] = len(vocabulary)
    return vocabulary


exercise = Exercise(
    task="""### Exercise 1 (worked): a vocabulary

`my_vocabulary(tokens)` takes a list of tokens and returns a dictionary from token to id: the different tokens in sorted
order, counted from 0. `my_vocabulary(["the", "fox", "the"])` is `{"fox": 0, "the": 1}`.

This one is solved. Run it, then leave out `sorted` and see what the check says, then start the count at 1.
""",
    solution=solution,
    cases=cases,
    view=view,
    success="The same text gives the same ids on every machine and in every run.",
    hints=[
        "`set(tokens)` keeps each token once, in an order that changes from run to run; `sorted` settles the order.",
        "Number what `sorted(set(tokens))` gives with `enumerate`, and turn each pair round: token first.",
    ],
    slips=[
        Slip(
            "These ids follow the order of a set, which is another one in every process: sort before you count.",
            lambda tokens: ({token: i for i, token in enumerate(set(tokens))}),
        ),
        Slip(
            "These ids follow the order in which tokens first appear, so another text order gives other ids; sorted order is asked for.",
            lambda tokens: ({token: i for i, token in enumerate(dict.fromkeys(tokens))}),
        ),
        Slip(
            "These are the tokens' places in the text: tokens that come twice leave gaps between the ids, and nothing is sorted. Take `sorted(set(tokens))` first.",
            lambda tokens: ({token: i for i, token in enumerate(tokens)}),
        ),
        Slip(
            "The count begins at 1 here, so row 0 would never be used and the last id would lie above the table.",
            lambda tokens: ({token: i for i, token in enumerate(sorted(set(tokens)), start=1)}),
            idea=11,
        ),
        Slip(
            "Repeated tokens are counted again and again, which leaves gaps between the ids: take each token once.",
            lambda tokens: ({token: i for i, token in enumerate(sorted(tokens))}),
        ),
        Slip(
            "This goes from id to token; encoding needs the way from token to id.",
            lambda tokens: ({i: token for i, token in enumerate(sorted(set(tokens)))}),
        ),
        Slip(
            "The tokens are sorted from z to a; `sorted` goes from a to z unless it is told otherwise.",
            lambda tokens: ({token: i for i, token in enumerate(sorted(set(tokens), reverse=True))}),
        ),
        Slip(
            "The tokens are sorted by their length. Words of one length then keep the order of the set, which is another one in every process: sort them as text.",
            lambda tokens: ({token: i for i, token in enumerate(sorted(set(tokens), key=len))}),
        ),
        Slip(
            "`Z` and `z` are sorted as if they were one letter; plain `sorted` puts capitals first.",
            lambda tokens: ({token: i for i, token in enumerate(sorted(set(tokens), key=str.lower))}),
        ),
        Slip(
            "The tokens are lower-cased here, and `Z` is lost; tokens are taken as they come (the text was lower-cased before it was cut).",
            lambda tokens: ({token: i for i, token in enumerate(sorted({token.lower() for token in tokens}))}),
        ),
        Slip(
            "The ids follow how often a token comes, so one more text may change them all; sorted order is asked for.",
            lambda tokens: ({token: i for i, (token, _) in enumerate(Counter(tokens).most_common())}),
        ),
        Slip("These are counts: how often each token comes. An id is the token's place in the sorted list.", counts),
        Slip(
            "The tokens are in the right order; what is missing is the id of each: a dictionary from token to number.",
            lambda tokens: sorted(set(tokens)),
        ),
        Slip("The pairs are right, but they are still a list: `dict(...)` makes a dictionary of them.", pairs),
        Slip(
            "`<unk>` and `<pad>` are in it as well; here only the tokens that are passed in get ids.",
            lambda tokens: ({token: i for i, token in enumerate([*sorted(set(tokens)), "<unk>", "<pad>"])}),
        ),
        Slip(
            'The ids are text here ("0"); a number is asked for, since a row is picked by it.',
            lambda tokens: ({token: str(i) for i, token in enumerate(sorted(set(tokens)))}),
        ),
        Slip(
            "That is the notebook's own vocabulary, whatever `tokens` holds: make one from `tokens`.",
            lambda tokens: dict(EIGHT),
        ),
        Slip(
            "The tokens are sorted by their length first, and only those of one length as text: plain `sorted` is asked for.",
            lambda tokens: (
                {token: i for i, token in enumerate(sorted(set(tokens), key=lambda token: (len(token), token)))}
            ),
        ),
        Slip(
            "The ids follow how often a token comes, and only tokens that come equally often are sorted as text: plain `sorted` is asked for.",
            lambda tokens: ({token: i for i, (token, _) in enumerate(Counter(sorted(tokens)).most_common())}),
        ),
        Slip("These are the letters of the tokens; a token is the whole word, and it is what gets an id.", letters),
        Slip(
            "That is how many different tokens there are; each of them is to get an id.",
            lambda tokens: len(set(tokens)),
        ),
        Slip(
            "Tokens that are not letters alone (`9`, `10`, `🦊`) are left out; every token gets an id.",
            lambda tokens: (
                {token: i for i, token in enumerate(sorted(token for token in set(tokens) if token.isalpha()))}
            ),
        ),
        Slip(
            "Each id is the place where the token first stands in the text, so there are gaps after tokens that come twice: number the sorted tokens.",
            lambda tokens: ({token: tokens.index(token) for token in tokens}),
        ),
        Slip(
            "A token that comes again is given a new id, the number of tokens so far: take each token once, with `set`, or leave it alone when it has an id.",
            counted_over_repeats,
        ),
        Slip(
            "Only one token has an id: a `return` inside a loop ends it at once. Give all of them ids first.",
            lambda tokens: ({token: 0 for token in sorted(set(tokens))[:1]}),
        ),
        Slip(
            "The last token has no id: n tokens have the ids 0 to n - 1, which is `range(n)`, and `zip` ends with the shorter of the two.",
            lambda tokens: ({token: i for i, token in enumerate(sorted(set(tokens))[:-1])}),
        ),
        Slip(
            "The ids begin at 1 and the last token has none: n tokens have the ids 0 to n - 1, which is `range(n)`.",
            lambda tokens: ({token: i for i, token in enumerate(sorted(set(tokens))[:-1], start=1)}),
            idea=11,
        ),
    ],
)
