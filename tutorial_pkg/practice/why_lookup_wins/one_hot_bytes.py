from tutorial_pkg.practice.formula import read_formula
from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.samples import SIZES
from tutorial_pkg.practice.why_lookup_wins.shared import EXISTING, PLACES

TERMS = EXISTING | {
    "12·N·V": "converting",
    "4·N·V + 4·N·d": "multiplying",
    "16·N·V + 4·N·d": "the sum of both moments, but the first moment ends before the second begins",
    "12·N·V + 4·N·d": "all three tensors, which never exist at the same time",
    "8·N·V": "only the integers",
    "4·N·V": "only the floats",
    "4·N·d": "only the output",
    "·N": "there are N tokens",
}
SIZES_OF_N = {"where N is below V": (3, 5, 7, 8), "where N is above V": (401, 409, 419, 420)}


def stub(V, d, N):
    """The largest number of bytes that the one-hot route needs at any moment."""
    integers = 8 * N * V
    floats = 4 * N * V
    output = 4 * N * d
    converting = integers + floats
    multiplying = floats + output
    return converting if ... else multiplying


def solution(V, d, N):
    """The largest number of bytes that the one-hot route needs at any moment."""
    integers = 8 * N * V
    floats = 4 * N * V
    output = 4 * N * d
    converting = integers + floats
    multiplying = floats + output
    return converting if converting > multiplying else multiplying


def view(result, V, d, N):
    if isinstance(result, bool):
        return Finding(f"{result}, the answer of a comparison. Return the larger number of bytes")
    if isinstance(result, (tuple, list)):
        return Finding("both moments. Return only the larger number of bytes")
    return result


exercise = Exercise(
    task="""### Exercise 2 (finish the last line): the bytes of one-hot

`one_hot_bytes(V, d, N)`: the largest number of bytes that `F.one_hot(ids, V).float() @ W` needs at any moment, not
counting the table and the ids. There are two moments to look at:

1. **converting**: the integers (int64, 8 bytes each) and their float32 copy (4 bytes each) both exist.
2. **multiplying**: the integers are gone. The floats and the output exist.

The peak is the larger of the two. With 13 tokens in the vocabulary, 7 dimensions and 5 ids,
`one_hot_bytes(13, 7, 5)` is 780.""",
    stub=stub,
    solution=solution,
    cases=lambda: SIZES,
    view=view,
    success="One-hot's peak is 12·N·V bytes if V is more than half of d, as in most models.",
    hints=["The two moments come one after the other, so do not add their bytes.", "Replace the dots by a comparison: when does the first moment need more bytes?"],
    reader=lambda answer: read_formula(answer, solution, {(*where, n): {"N": sizes, **grid} for where, grid in PLACES.items() for n, sizes in SIZES_OF_N.items()}, TERMS),
    slips=[
        Slip("This is the same as comparing V with d. Compare the bytes of the two moments.", lambda V, d, N: 12 * N * V if V > d else 4 * N * V + 4 * N * d),
        Slip("V and d are swapped. A one-hot row has V columns.", lambda V, d, N: max(12 * N * d, 4 * N * d + 4 * N * V), idea=3),
        Slip("V is compared with N here. Compare the bytes of the two moments.", lambda V, d, N: 12 * N * V if V > N else 4 * N * V + 4 * N * d),
        Slip("V is compared with N here. Compare the bytes of the two moments.", lambda V, d, N: 12 * N * V if N > V else 4 * N * V + 4 * N * d),
        Slip("The wrong size is halved. Compare V with half of d.", lambda V, d, N: 12 * N * V if V / 2 > d else 4 * N * V + 4 * N * d),
        Slip("This is the smaller of the two moments. The peak is the larger of the two amounts.", lambda V, d, N: min(12 * N * V, 4 * N * V + 4 * N * d)),
        Slip("At first, the integers and the floats are both in memory. Count 8 + 4 bytes for each number.", lambda V, d, N: max(8 * N * V, 4 * N * V + 4 * N * d)),
        Slip("This counts numbers, not bytes. An integer takes 8 bytes, and a float takes 4.", lambda V, d, N: max(2 * N * V, N * V + N * d)),
    ],
)
