from __future__ import annotations

from operator import add, mul

from tutorial_pkg.practice.items import Exercise, Slip
from tutorial_pkg.practice.samples import SIZES, family, one_slip


def solution(V, d, N):
    """Bytes that a lookup makes: its result, N rows of d numbers."""
    return N * d * 4  # a float32 has 4 bytes; V plays no part


def cases():
    return SIZES


def numbers(V, d, N):
    return N * d


def bits(V, d, N):
    return N * d * 32


def nothing(V, d, N):
    return 0


def slips(V, d, N):
    """What one slip gives, by what is said of it."""
    return one_slip(
        lambda how, rows, width, size, beside: how(rows, width) * size + beside,
        how={
            "": mul,
            "N and d are added here; N rows come out, each of d numbers: N × d.": add,
            "This raises to a power (**); N rows of d numbers are N * d.": pow,
        },
        rows={
            "": N,
            "One row too many is counted.": N + 1,
            "One row too few is counted.": N - 1,
            "N is counted twice; N rows come out, each of d numbers.": N * N,
            "V - N rows are counted; those that come out are N.": V - N,
            "The larger of V and N is counted; a row comes out for each of the N ids.": max(V, N),
            "Each id is compared with each other here; a row comes out for each of the N ids.": N * (N - 1),
        },
        width={
            "": d,
            "V plays no part: a row that comes out has d numbers, not V + d.": V + d,
            "A row has d numbers, not d × d.": d * d,
            "A row has d numbers, not N.": N,
            "A row is counted one number too short.": d - 1,
        },
        size={
            "": 4,
            "16 bytes are counted for each number; a float32 has 4.": 16,
        },
        beside={
            "": 0,
            "The ids are counted as well, with 4 bytes each; they are there before.": 4 * N,
            "The ids are counted as well, a byte each; they are there before.": N,
            "One-hot's int64 vectors, 8·N·V bytes, are counted as well; a lookup makes none.": 8 * N * V,
            "The table and the ids are counted as well; both are there before.": 4 * V * d + 8 * N,
            "The table's numbers are counted as well; the table is there before.": V * d,
            "4 are added; nothing but the N rows is made.": 4,
        },
    ) | {
        "This is divided by 1,000; the bytes themselves are asked for.": N * d * 4 / 1000,
        "This is divided by a million; the bytes themselves are asked for.": N * d * 4 / 10**6,
        "This is divided by 1,024 twice; the bytes themselves are asked for.": N * d * 4 / 1024**2,
        "This is divided by 1,024 three times; the bytes themselves are asked for.": N * d * 4 / 1024**3,
        "This is divided by 8 once too often: a float32 has 32 bits, which are 4 bytes.": N * d * 4 / 8,
        "This is the result's shape; it holds N × d numbers, of 4 bytes each.": (N, d),
        "This is divided by 1,024 and rounded down; the bytes themselves are asked for.": N * d * 4 // 1024,
        "The table's bytes and the ids' are counted; both are there before. What is made is N rows.": 4 * V * d + 8 * N,
        "Two things: the table is there before, and a float32 has 4 bytes, not 8.": 8 * V * d,
        "The table is there before, and each of its rows has d numbers; what is made is N rows.": 4 * V,
        "The ids' bytes are taken off here; they have no part in it.": N * d * 4 - N * 8,
        "All sizes are added; N rows of d numbers are N × d.": (N + V + d) * 4,
        "One-hot's numbers are counted as well; a lookup makes no such vectors.": N * V + N * d * 4,
        "These are the rows, N; each has d numbers of 4 bytes.": N,
        "Two things: a float32 has 4 bytes, not 8, and the ids are there before.": 8 * N * d + 8 * N,
        "A row's numbers and the 4 bytes of each are added; they multiply.": N * (d + 4),
        "A row's numbers count for their bytes here: each has 4.": N * d + 8 * N,
        "That is the right number to the fourth; 4 bytes each means times 4.": (N * d) ** 4,
    }


exercise = Exercise(
    task="""### Exercise 1 (worked): the bytes of a lookup

`lookup_bytes(V, d, N)`: how many bytes does `F.embedding(ids, W)` make, for `N` ids and a float32 table of shape
`(V, d)`? The table and the ids are there before, so they do not count.

With 13 tokens in the vocabulary, 7 dimensions and 5 ids, `lookup_bytes(13, 7, 5)` is 140. Run it, then try GPT-2's
sizes in a cell of your own.
""",
    solution=solution,
    cases=cases,
    success="A lookup makes its result and nothing else, however large the vocabulary is.",
    hints=["How many numbers come out?", "N rows of d numbers, and 4 bytes each."],
    slips=[
        Slip("These are the bytes of the table, which is there before and stays as it is.", lambda V, d, N: V * d * 4),
        Slip("A row that comes out has d numbers, not V.", lambda V, d, N: N * V * 4, idea=3),
        Slip("These are the numbers that come out; each has 4 bytes.", numbers),
        Slip("8 bytes are an int64 id's or a float64's; the table holds float32.", lambda V, d, N: N * d * 8),
        Slip("The ids are there before, so their 8 bytes each do not count.", lambda V, d, N: N * d * 4 + N * 8),
        Slip(
            "The table is counted with it; it is there before and stays as it is.",
            lambda V, d, N: N * d * 4 + V * d * 4,
        ),
        Slip("Each id fetches one row, not all V of them.", lambda V, d, N: N * V * d * 4),
        Slip("That is one row; N of them come out.", lambda V, d, N: d * 4),
        Slip("Each row that comes out has d numbers, not one.", lambda V, d, N: N * 4),
        Slip("These are bits: a float32 has 32 of them, which is 4 bytes.", bits),
        Slip("2 bytes are a float16's or a bfloat16's; the table holds float32.", lambda V, d, N: N * d * 2),
        Slip(
            "Every id gets a row of its own in the result, also when it comes again.", lambda V, d, N: min(N, V) * d * 4
        ),
        Slip("The rows that come out are new: a lookup copies them.", nothing),
        Slip(
            "That is what one-hot makes; a lookup makes no vectors as wide as the vocabulary.",
            lambda V, d, N: 12 * N * V,
        ),
        Slip(
            "These are the bytes of an int64 one-hot; a lookup makes no vectors as wide as the vocabulary.",
            lambda V, d, N: N * V * 8,
        ),
        Slip(
            "That is how many numbers one-hot multiplies; a lookup's output has N × d numbers, of 4 bytes each.",
            lambda V, d, N: N * V * d,
        ),
        Slip(
            "These are the ids' bytes, and they are there before; what is made is a row for each.",
            lambda V, d, N: 8 * N,
        ),
        Slip("This is divided by 1,024; the bytes themselves are asked for.", lambda V, d, N: N * d * 4 / 1024),
        Slip("These are the numbers of the table, which is there before.", lambda V, d, N: V * d),
        Slip("One-hot's vectors are counted with it; a lookup makes none.", lambda V, d, N: 12 * N * V + 4 * N * d),
        *family(slips, *SIZES[0]),
    ],
)
