"""Other answers to `my_bpe`: right ones in other styles, and wrong ones that a general rule catches."""

from itertools import pairwise

from answers import caught, right
from tutorial_pkg.practice.token_ids.my_bpe import merge
from tutorial_pkg.practice.token_ids.my_bpe import solution as bpe


@caught("This calls `bpe`. Write that function yourself.")
def the_notebooks_own(pieces, ranks):
    return bpe(pieces, ranks)


@caught("changes its input `pieces`")
def in_place(pieces, ranks):
    while True:
        found = [(ranks[pair], i) for i, pair in enumerate(pairwise(pieces)) if pair in ranks]
        if not found:
            return pieces
        i = min(found)[1]
        pieces[i : i + 2] = [pieces[i] + pieces[i + 1]]


@caught("Part [0] of this pair is the expected result.")
def with_ranks(pieces, ranks):
    return one_merge_after_the_other(pieces, ranks), list(ranks)


@caught("Got a set. A set keeps neither")
def as_a_set(pieces, ranks):
    return set(one_merge_after_the_other(pieces, ranks))


@caught("The pieces are joined into one text.")
def one_text(pieces, ranks):
    return " ".join(one_merge_after_the_other(pieces, ranks))


@caught("Got ['ana', 'b']. These are the right pieces in another order.")
def in_the_alphabet(pieces, ranks):
    return sorted(one_merge_after_the_other(pieces, ranks))


@caught("Got ['b']. These pieces do not make the word 'bana' any more. Expected ['b', 'ana'].")
def one_lost(pieces, ranks):
    return one_merge_after_the_other(pieces, ranks)[:-1]


@caught("No merge makes the piece 'bana'.")
def joined_to_the_end(pieces, ranks):
    return ["".join(pieces)]


@caught("The pair an + a has a rank. Merge until no pair has a rank.")
def lowest_left(pieces, ranks):
    return merge(pieces, ("a", "n"))


@caught("These merges are in a wrong order.")
def by_length_then_rank(pieces, ranks):
    for pair in sorted(ranks, key=lambda pair: (len("".join(pair)), pair)):
        pieces = merge(pieces, pair)
    while found := [pair for pair in pairwise(pieces) if pair in ranks]:
        pieces = merge(pieces, found[0])
    return list(pieces)


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


@caught("The result of `merge` is not used. Assign it: `pieces = merge(pieces, ...)`.")
def merged_and_lost(pieces, ranks):
    pieces = list(pieces)
    while True:
        known = [pair for pair in pairwise(pieces) if pair in ranks]
        if not known:
            return pieces
        merge(pieces, min(known, key=ranks.get))


@caught("Does the loop ever end?")
def a_heap_that_only_grows(pieces, ranks):
    from heapq import heappush

    heap, pieces = [], list(pieces)
    while True:
        for pair in pairwise(pieces):
            if pair in ranks:
                heappush(heap, ranks[pair])
        if not heap:
            return pieces
        heap = heap[:3]
