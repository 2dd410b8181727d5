from __future__ import annotations

from functools import reduce
from itertools import pairwise
from typing import Any

from tutorial_pkg.practice.items import Exercise, Finding, Slip


def merge(pieces, pair):
    merged = []
    for piece in pieces:
        if merged and (merged[-1], piece) == pair:
            merged[-1] += piece
        else:
            merged.append(piece)
    return merged


def stub(pieces, ranks):
    pieces = list(pieces)
    while True:
        known = [pair for pair in pairwise(pieces) if pair in ranks]
        if not known:
            return pieces
        pieces = merge(pieces, known[0])


def solution(pieces, ranks):
    pieces = list(pieces)
    while True:
        known = [pair for pair in pairwise(pieces) if pair in ranks]
        if not known:
            return pieces
        pieces = merge(pieces, min(known, key=ranks.get))  # the pair that was learned first, not the leftmost pair


# Merges that training can learn. Except in BANANA, the order of the dictionary differs from the order of the ranks.
BANANA = {("a", "n"): 0, ("an", "a"): 1, ("b", "an"): 2}
LATE = {("a", "b"): 2, ("b", "c"): 0, ("a", "bc"): 1}
DOUBLED = {("aa", "aa"): 1, ("a", "a"): 0}
LONG_FIRST = {("ab", "x"): 3, ("x", "ab"): 2, ("ab", "ab"): 1, ("a", "b"): 0}
SHORT_FIRST = {("ab", "ab"): 3, ("a", "b"): 0, ("x", "ab"): 2, ("ab", "x"): 1}


def cases():
    return [
        (["b", "a", "n", "a"], BANANA),
        (list("bananas"), BANANA),
        (list("bandanabana"), BANANA),
        (list("abc"), LATE),
        (list("abcab"), LATE),
        (list("xabab"), LONG_FIRST),
        (list("ababx"), LONG_FIRST),
        (list("xabab"), SHORT_FIRST),
        (list("ababx"), SHORT_FIRST),
        (list("aaaaaaa"), DOUBLED),
        (list("xabab"), {("x", "a"): 1, ("a", "b"): 0}),
        (list("abcbc"), {("b", "c"): 1, ("a", "b"): 2, ("c", "b"): 0}),  # rank, alphabet and frequency choose three different pairs
        (list("abcd"), {("c", "d"): 2, ("a", "b"): 0, ("ab", "c"): 1}),  # a merge makes a pair of lower rank
        (list("xyz"), {("y", "z"): 1, ("x", "y"): 0}),
        (list("fox"), BANANA),
        (["b"], BANANA),
        ([], BANANA),
        (list("banana"), {}),
    ]


def view(result: Any, pieces: list, ranks: dict) -> Any:
    if isinstance(result, set):
        return Finding("a set. A set keeps neither the order nor repeated pieces. Return a list")
    if not isinstance(result, (list, tuple)) or not all(isinstance(piece, str) for piece in result):
        return result
    got, expected = list(result), solution(pieces, ranks)
    if got == expected:
        return result
    if sorted(got) == sorted(expected):
        return Finding(f"{got}. These are the right pieces in another order. Keep the order of the word")
    if "".join(got) != "".join(pieces):
        return Finding(f"{got}. These pieces do not make the word {''.join(pieces)!r} any more. Expected {expected}")
    if made := sorted({*got} - {*pieces, *map("".join, ranks)}):
        return Finding(f"{got}. No merge makes the piece {made[0]!r}. Merge only pairs that have a rank")
    if left := sorted((pair for pair in pairwise(got) if pair in ranks), key=ranks.get):
        return Finding(f"{got}. The pair {' + '.join(left[0])} has a rank. Merge until no pair has a rank")
    return Finding(f"{got}. These merges are in a wrong order. Of all pairs in the word, merge the pair with the lowest rank")


def replay(choose):
    """An answer in a loop: it merges the pair that `choose` selects from the pairs that have a rank."""

    def answer(pieces, ranks):
        while known := [pair for pair in pairwise(pieces) if pair in ranks]:
            pieces = merge(pieces, choose(known, ranks))
        return list(pieces)

    return answer


exercise = Exercise(
    task="""### Exercise 4 (bug hunt): merges in the wrong order

`my_bpe(pieces, ranks)` should do the same as `bpe` above. Of all adjacent pairs that have a rank, it merges the pair with the
lowest rank, everywhere in the word. It repeats this until no pair has a rank, and returns the list of pieces. With the three
merges from above, `my_bpe(["b", "a", "n", "a"], ranks)` should be `["b", "ana"]`. It uses the notebook's `merge`.

The code below runs, and for many words its result is right. Find the mistake and fix it.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="Encoding uses the merges in the order in which training learned them. So it splits a word as training did.",
    hints=["Try it on `b a n a`. After the first merge, which two pairs have a rank, and which of them does the code take?", "`min(known, key=...)` can choose by rank."],
    forbidden_call="bpe",
    endless="Does the loop ever end? Each round must make the list of pieces shorter. So find `known` again in each round, and merge a pair from it.",
    slips=[
        Slip("This merges the leftmost pair that has a rank. Take the pair with the lowest rank.", replay(lambda known, ranks: known[0])),
        Slip("This merges the pair that was learned last. Take the pair with the lowest rank.", replay(lambda known, ranks: max(known, key=ranks.get))),
        Slip("The pairs are compared as text here, so the pair that is first in the alphabet is merged. Use `key=ranks.get`.", replay(lambda known, ranks: min(known))),
        Slip("This uses the order of the dictionary `ranks`, not the order of the ranks. Sort by rank.", lambda pieces, ranks: reduce(merge, ranks, list(pieces))),
        Slip("The keys of `ranks` are pairs, so `ranks[0]` raises a KeyError. Choose one of the pairs in `known`, by its rank.", replay(lambda known, ranks: ranks[0])),
        Slip("`key` needs a function, and `ranks` is a dictionary. Use the function `ranks.get`.", replay(lambda known, ranks: min(known, key=ranks))),
    ],
)
