"""### Exercise 2 (finish the last line): the bytes of one-hot

`one_hot_bytes(V, d, N)`: the most bytes that `F.one_hot(ids, V).float() @ W` holds at any one moment, beside the table
and the ids. There are two moments to look at:

1. **converting**: the whole numbers (int64, 8 bytes each) and their float32 copy (4 bytes each) are both there;
2. **multiplying**: the whole numbers are gone; the floats and the output are there.

The peak is the larger of the two. For our sentence, `one_hot_bytes(6, 3, 6)` is 432.
"""

from tutorial_pkg.practice.pieces import wrong
from tutorial_pkg.practice.samples import SIZES

MEANS = "One-hot's peak is 12·N·V bytes once V is more than half of d, and that is so for every real model."
HINTS = [
    "The two moments come one after the other, so their bytes are not added.",
    "The dots stand for a comparison: when is the first moment the one that counts?",
]


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


@wrong()
def all_added(V, d, N):
    """The two moments are added here, but the first is over when the second begins: take the larger one."""
    return 12 * N * V + 4 * N * V + 4 * N * d


@wrong()
def everything_at_once(V, d, N):
    """The whole numbers are gone by the time the output is made, so the three are never there together."""
    return 12 * N * V + 4 * N * d


@wrong()
def int64_forgotten(V, d, N):
    """F.one_hot gives int64, 8 bytes a number, and that is there while the float copy is made."""
    return 4 * N * V + 4 * N * d


@wrong()
def converting_only(V, d, N):
    """Right while V is more than half of d. With a small vocabulary the second moment holds more."""
    return 12 * N * V


@wrong()
def v_against_d(V, d, N):
    """V is compared with d here, and the whole numbers have 8 bytes each, the output 4: compare the bytes."""
    return 12 * N * V if V > d else 4 * N * V + 4 * N * d


@wrong()
def the_smaller_one(V, d, N):
    """This is the smaller of the two moments; a peak is the larger."""
    return min(12 * N * V, 4 * N * V + 4 * N * d)


@wrong(idea=3)
def as_wide_as_the_vectors(V, d, N):
    """V and d have changed places: a one-hot row is as wide as the vocabulary."""
    return max(12 * N * d, 4 * N * d + 4 * N * V)
