"""Other answers to `my_bpe`: right ones in other styles, and wrong ones that a general rule catches."""

from itertools import pairwise

from answers import caught, right
from tutorial_pkg.practice.token_ids.my_bpe import merge


@caught("changes its input `pieces`")
def in_place(pieces, ranks):
    while True:
        found = [(ranks[pair], i) for i, pair in enumerate(pairwise(pieces)) if pair in ranks]
        if not found:
            return pieces
        i = min(found)[1]
        pieces[i : i + 2] = [pieces[i] + pieces[i + 1]]


@caught("a tuple; the list of pieces alone")
def with_ranks(pieces, ranks):
    return one_merge_after_the_other(pieces, ranks), list(ranks)


@caught("which keeps neither order nor repeats")
def as_a_set(pieces, ranks):
    return set(one_merge_after_the_other(pieces, ranks))


@caught("one text, 'b'; the list of pieces")
def first_piece(pieces, ranks):
    return (one_merge_after_the_other(pieces, ranks) or [""])[0]


@caught("a number, 2;")
def counted(pieces, ranks):
    return len(one_merge_after_the_other(pieces, ranks))


@caught("pairs; the list of pieces")
def in_pairs(pieces, ranks):
    return list(pairwise(one_merge_after_the_other(pieces, ranks)))


@caught("the right pieces in another order")
def in_the_alphabet(pieces, ranks):
    return sorted(one_merge_after_the_other(pieces, ranks))


@caught("in which an + a has a rank")
def lowest_left(pieces, ranks):
    return merge(pieces, ("a", "n"))


@right
def recursive(pieces, ranks):
    known = [pair for pair in pairwise(pieces) if pair in ranks]
    return recursive(merge(pieces, min(known, key=ranks.get)), ranks) if known else list(pieces)


@right
def by_rank(pieces, ranks):
    while True:
        best = min(pairwise(pieces), key=lambda pair: ranks.get(pair, float("inf")), default=None)
        if best not in ranks:
            return pieces
        pieces = merge(pieces, best)


@right
def one_merge_after_the_other(pieces, ranks):
    for pair in sorted(ranks, key=ranks.get):
        pieces = merge(pieces, pair)
    return pieces


@right
def one_place_at_a_time(pieces, ranks):
    pieces = list(pieces)
    while True:
        found = [(ranks[pair], i) for i, pair in enumerate(pairwise(pieces)) if pair in ranks]
        if not found:
            return pieces
        i = min(found)[1]
        pieces[i : i + 2] = [pieces[i] + pieces[i + 1]]
