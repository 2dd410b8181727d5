from __future__ import annotations

from operator import mul

from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.samples import SIZES, family, one_slip


def stub(V, d, N):
    """The most bytes that the one-hot route holds at any one moment."""
    whole_numbers = 8 * N * V
    floats = 4 * N * V
    output = 4 * N * d
    converting = whole_numbers + floats
    multiplying = floats + output
    return converting if ... else multiplying


def solution(V, d, N):
    """The most bytes that the one-hot route holds at any one moment."""
    whole_numbers = 8 * N * V
    floats = 4 * N * V
    output = 4 * N * d
    converting = whole_numbers + floats
    multiplying = floats + output
    return converting if converting > multiplying else multiplying


def cases():
    return SIZES


def view(result, V, d, N):
    """The moment that was taken, where it is the one that holds less; any other result as it is."""
    converting, multiplying = 12 * N * V, 4 * N * V + 4 * N * d
    if isinstance(result, bool):
        return Finding(f"{result}, the answer of a comparison; the larger number of bytes is asked for")
    if result == min(converting, multiplying) != max(converting, multiplying):
        moments = f"converting holds {converting}, multiplying {multiplying}"
        return Finding(f"{result}, which is the smaller: {moments}")
    return result


def numbers(V, d, N):
    return max(2 * N * V, N * V + N * d)


def peak(whole, floats, kept, output, of, beside):
    """A token's bytes at the peak, from its vectors' parts: int64 and its float copy, then the floats and the row."""
    return of(whole + floats, kept + output) + beside


def parts(V, d):
    """What may be taken for each part of a token's peak: first the right amount, then wrong ones."""
    return {
        "whole": {
            "": 8 * V,
            "The int64 vectors are as wide as the vocabulary, V, not d.": 8 * d,
            "An int64 has 8 bytes, not 16.": 16 * V,
        },
        "floats": {
            "": 4 * V,
            "In converting, the float copy has 4 bytes a number, not 8.": 8 * V,
            "In converting, the float copy is as wide as the vocabulary, V, not d.": 4 * d,
            "In converting, the float copy has 4 bytes a number, not 2.": 2 * V,
        },
        "kept": {
            "": 4 * V,
            "In multiplying, the floats are as wide as the vocabulary, V, not d.": 4 * d,
        },
        "output": {
            "": 4 * d,
            "In multiplying, the output has 4 bytes a number, not 8.": 8 * d,
            "In multiplying, the table is counted for the output.": 4 * V * d,
        },
        "of": {
            "": max,
            "This is the mean of the two moments; a peak is the larger.": lambda one, other: (one + other) / 2,
            "This is one moment without the other; a peak is the larger of the two.": lambda a, b: abs(a - b),
            "This is one moment without the other; a peak is the larger.": lambda one, other: one - other,
            "The two moments are multiplied; a peak is the larger.": mul,
        },
        "beside": {"": 0, "The ids are counted with it, 4 bytes each; they are there before, on both routes.": 4},
    }


def slips(V, d, N):
    """What one slip gives, by what is said of it."""
    one, right = one_slip(peak, **parts(V, d)), solution(V, d, N)
    return {says: N * amount for says, amount in one.items()} | {
        "These are bits; a byte has 8 of them.": 8 * right,
        "This is divided by 1,024; the bytes themselves are asked for.": right / 1024,
        "This is divided by a million; the bytes themselves are asked for.": right / 10**6,
        "One token too many is counted.": (N + 1) * max(12 * V, 4 * V + 4 * d),
        "The floats and the output have 4 bytes a number, not 8.": N * max(16 * V, 8 * V + 8 * d),
        "In multiplying, the floats and the output have 4 bytes a number, not 8.": N * max(12 * V, 8 * V + 8 * d),
        "These are both moments; the larger of the two is asked for.": (12 * N * V, 4 * N * V + 4 * N * d),
        "The largest of the three parts is taken; at each moment two of them are there.": N * max(8 * V, 4 * d),
        "The table is counted for the output, 4·V·d bytes; it is there before.": max(12 * N * V, 4 * N * V + 4 * V * d),
    }


exercise = Exercise(
    task="""### Exercise 2 (finish the last line): the bytes of one-hot

`one_hot_bytes(V, d, N)`: the most bytes that `F.one_hot(ids, V).float() @ W` holds at any one moment, beside the table
and the ids. There are two moments to look at:

1. **converting**: the whole numbers (int64, 8 bytes each) and their float32 copy (4 bytes each) are both there;
2. **multiplying**: the whole numbers are gone; the floats and the output are there.

The peak is the larger of the two. With 13 tokens in the vocabulary, 7 dimensions and 5 ids,
`one_hot_bytes(13, 7, 5)` is 780.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="One-hot's peak is 12·N·V bytes once V is more than half of d, and that is so for every real model.",
    hints=[
        "The two moments come one after the other, so their bytes are not added.",
        "The dots stand for a comparison: when is the first moment the one that counts?",
    ],
    slips=[
        Slip(
            "The two moments are added here, but the first is over when the second begins: take the larger one.",
            lambda V, d, N: 12 * N * V + 4 * N * V + 4 * N * d,
        ),
        Slip(
            "The whole numbers are gone by the time the output is made, so the three are never there together.",
            lambda V, d, N: 12 * N * V + 4 * N * d,
        ),
        Slip(
            "This is the second moment, always. In the first, int64 (8 bytes a number) and float copy are both there, and that is more once V is above half of d.",
            lambda V, d, N: 4 * N * V + 4 * N * d,
        ),
        Slip(
            "Right while V is more than half of d. With a small vocabulary the second moment holds more.",
            lambda V, d, N: 12 * N * V,
        ),
        Slip(
            "V is compared with d here, and the whole numbers have 8 bytes each, the output 4: compare the bytes.",
            lambda V, d, N: 12 * N * V if V > d else 4 * N * V + 4 * N * d,
        ),
        Slip(
            "This is the smaller of the two moments; a peak is the larger.",
            lambda V, d, N: min(12 * N * V, 4 * N * V + 4 * N * d),
        ),
        Slip(
            "V and d have changed places: a one-hot row is as wide as the vocabulary.",
            lambda V, d, N: max(12 * N * d, 4 * N * d + 4 * N * V),
            idea=3,
        ),
        Slip(
            "V is compared with N here, but N is in both moments alike: compare the bytes of the two.",
            lambda V, d, N: 12 * N * V if V > N else 4 * N * V + 4 * N * d,
        ),
        Slip(
            "N is compared with V here, but N is in both moments alike: compare the bytes of the two.",
            lambda V, d, N: 12 * N * V if N > V else 4 * N * V + 4 * N * d,
        ),
        Slip(
            "The half is on the wrong side: converting holds more once V is above half of d, not once half of V is above d.",
            lambda V, d, N: 12 * N * V if V / 2 > d else 4 * N * V + 4 * N * d,
        ),
        Slip(
            "The first moment is taken where d is the larger, and it is the other way round; also, compare the bytes rather than V and d.",
            lambda V, d, N: 12 * N * V if d > V else 4 * N * V + 4 * N * d,
        ),
        Slip(
            "Only the whole numbers are counted, but while the float copy is made both are there.",
            lambda V, d, N: 8 * N * V,
        ),
        Slip(
            "Only the floats are counted; before them there are the whole numbers, and after them the output.",
            lambda V, d, N: 4 * N * V,
        ),
        Slip(
            "In the first moment the whole numbers and their float copy are both there: 8 + 4 bytes for each number.",
            lambda V, d, N: max(8 * N * V, 4 * N * V + 4 * N * d),
        ),
        Slip(
            "The table is counted with it; it is there before, on both routes.",
            lambda V, d, N: max(12 * N * V, 4 * N * V + 4 * N * d) + 4 * V * d,
        ),
        Slip("That is one token's share; there are N of them.", lambda V, d, N: max(12 * V, 4 * V + 4 * d)),
        Slip(
            "Only the output is counted, as if it were a lookup; the one-hot vectors take most.",
            lambda V, d, N: 4 * N * d,
        ),
        Slip(
            "The ids are counted with it; they are there before, on both routes.",
            lambda V, d, N: max(12 * N * V, 4 * N * V + 4 * N * d) + 8 * N,
        ),
        Slip(
            "In the second moment it is the floats that are there beside the output, not the whole numbers.",
            lambda V, d, N: max(12 * N * V, 8 * N * V + 4 * N * d),
        ),
        Slip(
            "In the second moment the floats are there beside the output: they are what is multiplied.",
            lambda V, d, N: max(12 * N * V, 4 * N * d),
        ),
        Slip(
            "These are the numbers that are there; the bytes are asked for, 8 for each int64 and 4 for each float.",
            numbers,
        ),
        Slip("The floats are counted twice; at each moment they are there once.", lambda V, d, N: 16 * N * V),
        *family(slips, *SIZES[0]),
    ],
)
