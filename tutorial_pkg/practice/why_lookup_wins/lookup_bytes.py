"""### Exercise 1 (worked): the bytes of a lookup

`lookup_bytes(V, d, N)`: how many bytes does `F.embedding(ids, W)` make, for `N` ids and a float32 table of shape
`(V, d)`? The table and the ids are there before, so they do not count.

With 13 tokens in the vocabulary, 7 dimensions and 5 ids, `lookup_bytes(13, 7, 5)` is 140. Run it, then try GPT-2's
sizes in a cell of your own.
"""

from functools import cache
from operator import add, mul

from tutorial_pkg.practice.pieces import wrong
from tutorial_pkg.practice.samples import SIZES, slipped, slips

MEANS = "A lookup makes its result and nothing else, however large the vocabulary is."
HINTS = ["How many numbers come out?", "N rows of d numbers, and 4 bytes each."]


def solution(V, d, N):
    """Bytes that a lookup makes: its result, N rows of d numbers."""
    return N * d * 4  # a float32 has 4 bytes; V plays no part


def cases():
    return SIZES


@cache
def known(V, d, N):
    """The wrong numbers of bytes that one or two slips give."""
    return slips(
        lambda how, rows, width, size, beside, unit: (how(rows, width) * size + beside) / unit,
        how={"": mul, "N and d are added, where N rows of d numbers each come out": add, "d is a power": pow},
        rows={
            "": N,
            "V rows are counted, not N": V,
            "one row is counted, not N": 1,
            "one row too many is counted": N + 1,
            "one row too few is counted": N - 1,
            "all V rows come out for each of the N ids": N * V,
        },
        width={"": d, "a row is V numbers wide, not d": V, "a row is one number, not d": 1}
        | {"a row is one number too wide": d + 1, "a row is one number too short": d - 1},
        size={"": 4, "numbers are counted, not their bytes": 1, "a number has 8 bytes; a float32 has 4": 8}
        | {"a number has 2 bytes; a float32 has 4": 2, "bits are counted, not bytes": 32},
        beside={
            "": 0,
            "the ids' 8 bytes are counted too, though they were there before": 8 * N,
            "the ids are counted too, with 4 bytes each, though they were there before": 4 * N,
            "the table is counted too, though it was there before": 4 * V * d,
            "one-hot's int64 vectors, 8·N·V bytes, are counted too": 8 * N * V,
            "one-hot's float vectors, 4·N·V bytes, are counted too": 4 * N * V,
            "one-hot's vectors, 12·N·V bytes, are counted too": 12 * N * V,
        },
        unit={"": 1, "it is divided by 1,024": 1024, "it is divided by 1,000": 1000}
        | {"it is divided by 1,024 twice": 1024**2, "it is divided by a million": 10**6},
    )


def view(result, V, d, N):
    """A wrong number of bytes with the slips that give it."""
    return result if result == solution(*SIZES[0]) else slipped(result, solution(V, d, N), known(V, d, N))


@wrong()
def whole_table(V, d, N):
    """These are the bytes of the table, which is there before and stays as it is."""
    return V * d * 4


@wrong(idea=3)
def rows_as_wide_as_the_vocabulary(V, d, N):
    """A row that comes out has d numbers, not V."""
    return N * V * 4


@wrong()
def numbers(V, d, N):
    """These are the numbers that come out; each has 4 bytes."""
    return N * d


@wrong()
def eight_bytes(V, d, N):
    """8 bytes are an int64 id's or a float64's; the table holds float32."""
    return N * d * 8


@wrong()
def ids_too(V, d, N):
    """The ids are there before, so their 8 bytes each do not count."""
    return N * d * 4 + N * 8


@wrong()
def table_too(V, d, N):
    """The table is counted with it; it is there before and stays as it is."""
    return N * d * 4 + V * d * 4


@wrong()
def every_row_for_every_id(V, d, N):
    """Each id fetches one row, not all V of them."""
    return N * V * d * 4


@wrong()
def one_row(V, d, N):
    """That is one row; N of them come out."""
    return d * 4


@wrong()
def one_number_a_row(V, d, N):
    """Each row that comes out has d numbers, not one."""
    return N * 4


@wrong()
def bits(V, d, N):
    """These are bits: a float32 has 32 of them, which is 4 bytes."""
    return N * d * 32


@wrong()
def two_bytes(V, d, N):
    """2 bytes are a float16's or a bfloat16's; the table holds float32."""
    return N * d * 2


@wrong()
def different_rows_only(V, d, N):
    """Every id gets a row of its own in the result, also when it comes again."""
    return min(N, V) * d * 4


@wrong()
def nothing(V, d, N):
    """The rows that come out are new: a lookup copies them."""
    return 0


@wrong()
def of_one_hot(V, d, N):
    """That is what one-hot makes; a lookup makes no vectors as wide as the vocabulary."""
    return 12 * N * V


@wrong()
def int64_one_hot(V, d, N):
    """These are the bytes of an int64 one-hot; a lookup makes no vectors as wide as the vocabulary."""
    return N * V * 8


@wrong()
def multiplications_of_one_hot(V, d, N):
    """That is how many numbers one-hot multiplies; a lookup's output has N × d numbers, of 4 bytes each."""
    return N * V * d


@wrong()
def ids_alone(V, d, N):
    """These are the ids' bytes, and they are there before; what is made is a row for each."""
    return 8 * N


@wrong()
def in_kilobytes(V, d, N):
    """This is divided by 1,024; the bytes themselves are asked for."""
    return N * d * 4 / 1024


@wrong()
def table_in_numbers(V, d, N):
    """These are the numbers of the table, which is there before."""
    return V * d


@wrong()
def both_routes(V, d, N):
    """One-hot's vectors are counted with it; a lookup makes none."""
    return 12 * N * V + 4 * N * d
