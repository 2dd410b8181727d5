"""### Exercise 6 (bug hunt): merges in the wrong order

`my_bpe(pieces, ranks)` should do what `bpe` above does: again and again, of all neighbouring pairs that have a rank,
merge the one with the lowest rank, everywhere; return the list of pieces. With the three merges of the bananas,
`my_bpe(["b", "a", "n", "a"], ranks)` should be `["b", "ana"]`. It uses the notebook's `merge`.

The code below runs, and on many words it is even right. Find the mistake and mend it.
"""

from itertools import pairwise

from tutorial_pkg.practice.pieces import wrong

MEANS = "An encoder replays the merges in the order in which training learned them, and so cuts as training did."
HINTS = [
    "Follow it on `b a n a`: after `an` exists, which two pairs have a rank, and which of them does the code take?",
    "`min(known, key=...)` picks by rank.",
]


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


DOUBLED = {("a", "a"): 0, ("aa", "aa"): 1}


LATE = {("b", "c"): 0, ("a", "bc"): 1, ("a", "b"): 2}


BANANA = {("a", "n"): 0, ("an", "a"): 1, ("b", "an"): 2}


def cases():
    return [
        (["b", "a", "n", "a"], BANANA),
        (list("bananas"), BANANA),
        (list("bandanabana"), BANANA),
        (list("abc"), LATE),
        (list("abcab"), LATE),
        (list("aaaaaaa"), DOUBLED),
        (list("xyz"), {("x", "y"): 0, ("y", "z"): 1}),
        (list("fox"), BANANA),
        (["b"], BANANA),
        ([], BANANA),
        (list("banana"), {}),
    ]


@wrong()
def leftmost(pieces, ranks):
    """It takes the leftmost pair that has a rank; the pair with the lowest rank has to go first."""
    pieces = list(pieces)
    i = 0
    while i < len(pieces) - 1:
        if (pieces[i], pieces[i + 1]) in ranks:
            pieces = merge(pieces, (pieces[i], pieces[i + 1]))
            i = 0
        else:
            i += 1
    return pieces


@wrong()
def last_learned_first(pieces, ranks):
    """It takes the merge learned last; a low rank means learned early, and that one goes first."""
    while True:
        known = [pair for pair in pairwise(pieces) if pair in ranks]
        if not known:
            return pieces
        pieces = merge(pieces, max(known, key=ranks.get))


@wrong()
def alphabetical(pieces, ranks):
    """`min` without a key compares the pairs as text, and the alphabet decides; let the rank: `key=ranks.get`."""
    while True:
        known = [pair for pair in pairwise(pieces) if pair in ranks]
        if not known:
            return pieces
        pieces = merge(pieces, min(known))


@wrong()
def one_merge_only(pieces, ranks):
    """It stops after one merge; the piece that was made may merge further, so go on until no pair has a rank."""
    known = [pair for pair in pairwise(pieces) if pair in ranks]
    return merge(pieces, min(known, key=ranks.get)) if known else list(pieces)


@wrong()
def longest_piece(pieces, ranks):
    """It cuts off the longest known piece from the left; byte-pair encoding replays merges, lowest rank first."""
    text, made, out = "".join(pieces), {a + b for a, b in ranks}, []
    while text:
        size = max([n for n in range(1, len(text) + 1) if text[:n] in made], default=1)
        out.append(text[:size])
        text = text[size:]
    return out
