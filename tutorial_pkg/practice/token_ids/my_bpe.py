from __future__ import annotations

from itertools import pairwise
from typing import Any

from tutorial_pkg.practice.items import Exercise, Finding, Slip


def merge(pieces, pair):
    merged, i = [], 0
    while i < len(pieces):
        if tuple(pieces[i : i + 2]) == pair:
            merged.append(pieces[i] + pieces[i + 1])
            i += 2
        else:
            merged.append(pieces[i])
            i += 1
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
        pieces = merge(pieces, min(known, key=ranks.get))  # the merge learned first, not the leftmost


# Merges as a training could have left them; all but the first are listed in another order than that of their ranks.
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
        (list("abcbc"), {("b", "c"): 1, ("a", "b"): 2, ("c", "b"): 0}),  # by rank, alphabet and frequency: three ways
        (list("xyz"), {("y", "z"): 1, ("x", "y"): 0}),
        (list("fox"), BANANA),
        (["b"], BANANA),
        ([], BANANA),
        (list("banana"), {}),
    ]


def view(result: Any, pieces: list, ranks: dict) -> Any:
    """The pieces, or what is amiss with them."""
    if isinstance(result, tuple) and result and isinstance(result[0], list):
        return Finding(f"{result!r}, a tuple; the list of pieces alone is asked for")
    if isinstance(result, set):
        return Finding(f"{result!r}, a set, which keeps neither order nor repeats; the list of pieces is asked for")
    if isinstance(result, str):
        return Finding(f"one text, {result!r}; the list of pieces is asked for")
    if isinstance(result, list) and result and all(isinstance(part, tuple) for part in result):
        return Finding(f"{result}, pairs; the list of pieces is asked for")
    if isinstance(result, int):
        return Finding(f"a number, {result}; the list of pieces is asked for")
    if not isinstance(result, (list, tuple)) or not all(isinstance(piece, str) for piece in result):
        return result
    if list(result) == (expected := solution(pieces, ranks)):
        return result
    wanted = f"{expected} is asked for"
    if sorted(result) == sorted(expected):
        return Finding(f"{list(result)}, the right pieces in another order than in the word; {wanted}")
    if "".join(result) != "".join(pieces):
        return Finding(f"{list(result)}, which is not the whole word; {wanted}")
    if {*result} - {*pieces, *map("".join, ranks)}:
        return Finding(f"{list(result)}, with a piece that no merge makes; {wanted}")
    if left := sorted((pair for pair in pairwise(result) if pair in ranks), key=ranks.get):
        return Finding(f"{list(result)}, in which {' + '.join(left[0])} has a rank and is left unmerged; {wanted}")
    return Finding(f"{list(result)}, merged in another order than that of the ranks; {wanted}")


def replay(pieces, ranks, choose):
    """Merge what `choose` picks of the pairs that have a rank, until none has one."""
    pieces = list(pieces)
    while True:
        known = [pair for pair in pairwise(pieces) if pair in ranks]
        if not known:
            return pieces
        pieces = merge(pieces, choose(known))


def leftmost(pieces, ranks):
    return replay(pieces, ranks, lambda known: known[0])


def rightmost(pieces, ranks):
    return replay(pieces, ranks, lambda known: known[-1])


def shortest(pieces, ranks):
    return replay(pieces, ranks, lambda known: min(known, key=lambda pair: len("".join(pair))))


def longest(pieces, ranks):
    return replay(pieces, ranks, lambda known: max(known, key=lambda pair: len("".join(pair))))


def dictionary_order(pieces, ranks):
    for pair in ranks:
        pieces = merge(pieces, pair)
    return list(pieces)


def one_merge_only(pieces, ranks):
    known = [pair for pair in pairwise(pieces) if pair in ranks]
    return merge(pieces, min(known, key=ranks.get)) if known else list(pieces)


def each_pair_in_one_place(pieces, ranks):
    pieces, done = list(pieces), set()
    while True:
        places = [(ranks[pair], i) for i, pair in enumerate(pairwise(pieces)) if pair in ranks and pair not in done]
        if not places:
            return pieces
        at = min(places)[1]
        done.add((pieces[at], pieces[at + 1]))
        pieces[at : at + 2] = [pieces[at] + pieces[at + 1]]


def from_the_right(pieces, ranks):
    pieces = list(pieces)
    while True:
        places = [(ranks[pair], -i) for i, pair in enumerate(pairwise(pieces)) if pair in ranks]
        if not places:
            return pieces
        at = -min(places)[1]
        pieces[at : at + 2] = [pieces[at] + pieces[at + 1]]


def longest_piece(pieces, ranks):
    text, made, out = "".join(pieces), {a + b for a, b in ranks}, []
    while text:
        size = max([n for n in range(1, len(text) + 1) if text[:n] in made], default=1)
        out.append(text[:size])
        text = text[size:]
    return out


def pairs_found_once(pieces, ranks):
    for pair in sorted({pair for pair in pairwise(pieces) if pair in ranks}, key=ranks.get):
        pieces = merge(pieces, pair)
    return list(pieces)


def pairs_found_once_unsorted(pieces, ranks):
    for pair in [pair for pair in pairwise(pieces) if pair in ranks]:
        pieces = merge(pieces, pair)
    return list(pieces)


def last_ranks_first(pieces, ranks):
    for pair in sorted(ranks, key=ranks.get, reverse=True):
        pieces = merge(pieces, pair)
    return list(pieces)


def one_place_at_once(pieces, ranks):
    pieces = list(pieces)
    known = [(ranks[pair], i) for i, pair in enumerate(pairwise(pieces)) if pair in ranks]
    if known:
        at = min(known)[1]
        pieces[at : at + 2] = [pieces[at] + pieces[at + 1]]
    return pieces


def neighbours_two_by_two(pieces, ranks):
    pieces = list(pieces)
    while True:
        known = [pair for pair in zip(pieces[::2], pieces[1::2], strict=False) if pair in ranks]
        if not known:
            return pieces
        pieces = merge(pieces, min(known, key=ranks.get))


def learned_anew(pieces, ranks):
    pieces = list(pieces)
    while len(pieces) > 1:
        pairs = list(pairwise(pieces))
        pieces = merge(pieces, max(pairs, key=pairs.count))
    return pieces


exercise = Exercise(
    task="""### Exercise 4 (bug hunt): merges in the wrong order

`my_bpe(pieces, ranks)` should do what `bpe` above does: again and again, of all neighbouring pairs that have a rank,
merge the one with the lowest rank, everywhere; return the list of pieces. With the three merges of the bananas,
`my_bpe(["b", "a", "n", "a"], ranks)` should be `["b", "ana"]`. It uses the notebook's `merge`.

The code below runs, and on many words it is even right. Find the mistake and fix it.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="An encoder replays the merges in the order in which training learned them, and so cuts as training did.",
    hints=[
        "Follow it on `b a n a`: after `an` exists, which two pairs have a rank, and which of them does the code take?",
        "`min(known, key=...)` picks by rank.",
    ],
    forbidden_call="bpe",
    slips=[
        Slip("It takes the leftmost pair that has a rank; the pair with the lowest rank has to go first.", leftmost),
        Slip("It takes the rightmost pair that has a rank; the pair with the lowest rank has to go first.", rightmost),
        Slip(
            "It takes the pair that makes the shortest piece; the pair with the lowest rank has to go first.", shortest
        ),
        Slip("It takes the pair that makes the longest piece; the pair with the lowest rank has to go first.", longest),
        Slip(
            "It takes the pair that is most frequent in this word, as training does; encoding goes by rank.",
            lambda pieces, ranks: replay(pieces, ranks, lambda known: max(known, key=known.count)),
        ),
        Slip(
            "It takes the pair that is most frequent in this word, as training does; encoding goes by rank.",
            lambda pieces, ranks: replay(pieces, ranks, lambda known: max(sorted(known), key=known.count)),
        ),
        Slip(
            "It goes through the merges as the dictionary lists them, which need not be the order of their ranks: go by `ranks[pair]`.",
            dictionary_order,
        ),
        Slip(
            "Of the pairs at hand it takes the one that the dictionary lists first, which need not have the lowest rank: go by `ranks[pair]`.",
            lambda pieces, ranks: replay(pieces, ranks, lambda known: next(pair for pair in ranks if pair in known)),
        ),
        Slip(
            "It takes the merge learned last; a low rank means learned early, and that one goes first.",
            lambda pieces, ranks: replay(pieces, ranks, lambda known: max(known, key=ranks.get)),
        ),
        Slip(
            "`min` without a key compares the pairs as text, and the alphabet decides; let the rank: `key=ranks.get`.",
            lambda pieces, ranks: replay(pieces, ranks, min),
        ),
        Slip(
            "It stops after one merge; the piece that was made may merge further, so go on until no pair has a rank.",
            one_merge_only,
        ),
        Slip(
            "It merges a pair where it stands first and forgets the other places; `merge` joins it everywhere.",
            each_pair_in_one_place,
        ),
        Slip(
            "The rank decides, but of equal pairs the rightmost is merged first; `merge` goes from left to right.",
            from_the_right,
        ),
        Slip(
            "The pieces are right, but they were joined into one text; a list is asked for.",
            lambda pieces, ranks: " ".join(solution(pieces, ranks)),
        ),
        Slip(
            "It cuts off the longest known piece from the left; byte-pair encoding replays merges, lowest rank first.",
            longest_piece,
        ),
        Slip(
            "It looks for pairs once, before the first merge, and never sees the pairs that merging makes: look again after each merge.",
            pairs_found_once,
        ),
        Slip(
            "It looks for pairs once, before the first merge, and merges them from left to right: take the one with the lowest rank, and look again after each merge.",
            pairs_found_once_unsorted,
        ),
        Slip(
            "It goes through all merges once, the last one learned first; the lowest rank goes first.", last_ranks_first
        ),
        Slip("It stops after one merge in one place; go on until no pair has a rank.", one_place_at_once),
        Slip(
            "Only the pairs at places 0 and 1, 2 and 3 and so on are looked at; every piece and the one after it are a pair, as `pairwise` gives them.",
            neighbours_two_by_two,
        ),
        Slip(
            "`max` without a key compares the pairs as text and takes the last in the alphabet; the lowest rank decides: `min(known, key=ranks.get)`.",
            lambda pieces, ranks: replay(pieces, ranks, max),
        ),
        Slip("Nothing is merged: the pieces come back as they were.", lambda pieces, ranks: list(pieces)),
        Slip(
            "It merges pairs that have no rank as well, until one piece is left; pairs that were not learned stay apart.",
            learned_anew,
        ),
        Slip(
            "`ranks` leads from a pair to its rank, and no pair can be asked for by a number: `min(known, key=ranks.get)` finds the pair with the lowest rank.",
            lambda pieces, ranks: replay(pieces, ranks, lambda known: ranks[0]),
        ),
        Slip(
            "`key` wants a function, and `ranks` is a dictionary: `ranks.get` is the function that gives a pair's rank.",
            lambda pieces, ranks: replay(pieces, ranks, lambda known: min(known, key=ranks)),
        ),
        Slip(
            "The pieces were joined into one text, and where they were cut is lost; a list of them is asked for.",
            lambda pieces, ranks: "".join(solution(pieces, ranks)),
        ),
        Slip(
            "That is one piece, the longest; the list of all of them is asked for.",
            lambda pieces, ranks: max(solution(pieces, ranks), key=len, default=""),
        ),
    ],
)
