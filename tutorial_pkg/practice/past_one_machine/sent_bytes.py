"""### Exercise 1 (worked): what one process sends

`sent_bytes(way, P, N, d)`: how many bytes one of `P` processes sends so that rows of `d` float32 get to where they are
needed, for a batch of `N` ids.

- `"all-reduce"`: everybody has N rows, partly zeros, and the sum goes to all: 2·(P − 1)/P of them.
- `"all-gather"`: everybody has a P-th of every row, and sends it to the P − 1 others: (P − 1)/P of N rows.
- `"all-to-all"`: everybody has N/P ids of its own. It sends rows to those who asked for them, and they asked for N/P
  rows from each of P processes alike: (P − 1)/P of N/P rows.

`sent_bytes("all-reduce", 2, 6, 3)` is 72. Which of the three gets cheaper, the more processes there are?
"""

from tutorial_pkg.practice.pieces import wrong

MEANS = "Only all-to-all sends less with more processes: whoever needs no row that others asked for is not sent any."
HINTS = ["All three are (P − 1)/P of something.", "N rows of d numbers have 4·N·d bytes."]


def solution(way, P, N, d):
    """Bytes that one of P processes sends for N ids and rows of d numbers."""
    rows = 4 * N * d
    others = (P - 1) / P  # the share of the others: nobody sends anything to itself
    return {"all-reduce": 2 * others * rows, "all-gather": others * rows, "all-to-all": others * rows / P}[way]


def cases():
    sizes = [(2, 6, 3), (4, 256, 64), (1, 6, 3), (1024, 8192, 128)]
    return [(way, *size) for size in sizes for way in ("all-reduce", "all-gather", "all-to-all")]


@wrong()
def to_itself_too(way, P, N, d):
    """Nobody sends anything to itself: of P processes, P − 1 are others."""
    rows = 4 * N * d
    return {"all-reduce": 2 * rows, "all-gather": rows, "all-to-all": rows / P}[way]


@wrong()
def numbers(way, P, N, d):
    """These are numbers, and a float32 has 4 bytes."""
    return solution(way, P, N, d) / 4


@wrong()
def once_round(way, P, N, d):
    """An all-reduce goes round twice: once to add up, once to hand out the sums."""
    return solution("all-gather" if way == "all-reduce" else way, P, N, d)


@wrong()
def whole_batch(way, P, N, d):
    """In an all-to-all, each process has only its own N/P ids to answer for."""
    return solution("all-gather" if way == "all-to-all" else way, P, N, d)
