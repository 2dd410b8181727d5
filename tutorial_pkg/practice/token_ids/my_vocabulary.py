from __future__ import annotations

from typing import Any

from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.token_ids.shared import numbered, vocabulary_or_finding


def solution(tokens):
    different = sorted(set(tokens))  # each token once, in alphabetical order
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
    if isinstance(result, (list, tuple, set, frozenset)) and result:
        if all(isinstance(part, tuple) and len(part) == 2 for part in result):
            return Finding(f"a {type(result).__name__} of pairs. Return a dictionary from token to id")
    if isinstance(result, (set, frozenset)):
        return Finding("a set, which has no ids. Return a dictionary from token to id")
    return vocabulary_or_finding(result, solution(tokens))


exercise = Exercise(
    task="""### Exercise 1 (worked): a vocabulary

`my_vocabulary(tokens)` takes a list of tokens and returns a dictionary from token to id. It contains the different tokens in
sorted order, numbered from 0. `my_vocabulary(["the", "fox", "the"])` is `{"fox": 0, "the": 1}`.

This exercise is solved. Run the cell. Then leave out `sorted` and see what the check says. Then start the count at 1.
""",
    solution=solution,
    cases=cases,
    view=view,
    success="The same tokens get the same ids on every machine and in every run.",
    hints=[
        "`set(tokens)` keeps each token once, but its order changes from run to run. `sorted` gives a fixed order.",
        "Number `sorted(set(tokens))` with `enumerate`. In the dictionary, the token comes first.",
    ],
    parts=lambda tokens: {"once": sorted({*tokens})},
    slips=[
        Slip("These ids follow the order of a set, which is different in every process. Sort the tokens first.", lambda tokens: numbered(set(tokens))),
        Slip("These ids follow the order of the text, so another text gives other ids. Sort the tokens first.", lambda tokens: numbered(dict.fromkeys(tokens))),
        Slip("These are positions in the text, so repeated tokens leave gaps. Number `sorted(set(tokens))`.", lambda tokens: numbered(tokens)),
        Slip("The ids start at 1 here. So no token has row 0, and the last id is larger than the last row. Start at 0.", lambda p: numbered(p.once, 1), idea=11),
        Slip("Repeated tokens are counted several times, which leaves gaps between the ids. Take each token once, with `set`.", lambda tokens: numbered(sorted(tokens))),
        Slip("These numbers say how often each token occurs. The id is the position in the sorted order.", lambda tokens: {token: tokens.count(token) for token in tokens}),
        Slip("The tokens are in the right order, but they have no ids yet. Return a dictionary from token to id.", lambda p: p.once),
        Slip("This is the number of different tokens. Give each of them an id.", lambda p: len(p.once)),
    ],
)
