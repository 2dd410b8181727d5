from tutorial_pkg.practice.formula import read_formula
from tutorial_pkg.practice.items import Exercise, Slip
from tutorial_pkg.practice.samples import SIZES
from tutorial_pkg.practice.why_lookup_wins.shared import EXISTING, LARGE, MEDIUM, SMALL

TERMS = EXISTING | {
    "V·d": "the table, which exists already",
    "12·N·V": "the one-hot vectors; a lookup makes none",
    "8·N·V": "the int64 one-hot vectors; a lookup makes none",
    "N·V·d": "the multiplications of the one-hot route",
    "0": "but the output is new, because a lookup copies rows",
    "·4": "a float32 takes 4 bytes",
    "·N": "the output has N rows",
    "·d": "a row has d numbers",
}
PLACES = {("where V is above N",): {"N": (31, 37, 41, 44), "V": MEDIUM, "d": SMALL}, ("where N is above V",): {"N": LARGE, "V": MEDIUM, "d": SMALL}}


def solution(V, d, N):
    """Bytes that a lookup makes: its output, N rows of d numbers."""
    return N * d * 4  # a float32 takes 4 bytes; V does not matter


exercise = Exercise(
    task="""### Exercise 1 (worked): the bytes of a lookup

`lookup_bytes(V, d, N)`: how many bytes does `F.embedding(ids, W)` make, for `N` ids and a float32 table of shape
`(V, d)`? The table and the ids exist already, so they do not count.

With 13 tokens in the vocabulary, 7 dimensions and 5 ids, `lookup_bytes(13, 7, 5)` is 140. Run it. Then try GPT-2's
sizes in a cell that you add.""",
    solution=solution,
    cases=lambda: SIZES,
    success="A lookup makes its output and nothing else, however large the vocabulary is.",
    hints=["How many numbers does the output have?", "The output has N rows of d numbers, and each number takes 4 bytes."],
    reader=lambda answer: read_formula(answer, solution, PLACES, TERMS),
    slips=[
        Slip("Each different id is counted once here. In the output, each occurrence of a repeated id has its own row.", lambda V, d, N: min(N, V) * d * 4),
        Slip("This raises N to the power d (**). Multiply: N * d.", lambda V, d, N: N**d * 4),
        Slip("This raises the result to the power 4 (**). Multiply by 4.", lambda V, d, N: (N * d) ** 4),
        Slip("This is divided by 1,024 and rounded down. Return the bytes.", lambda V, d, N: N * d * 4 // 1024),
    ],
)
