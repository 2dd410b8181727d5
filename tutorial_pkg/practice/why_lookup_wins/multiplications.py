from math import log2

from tutorial_pkg.practice.formula import read_formula
from tutorial_pkg.practice.items import Exercise, Slip
from tutorial_pkg.practice.samples import SIZES
from tutorial_pkg.practice.why_lookup_wins.shared import MEDIUM, SMALL

ROUTES = ("index", "embedding", "one_hot", "linear")
TERMS = {
    "N·d": "the size of the output; a copy does not multiply, and a product needs V multiplications for each number of the output",
    "4·N·d": "bytes; the task asks for multiplications",
    "N·V": "the one-hot vectors; nothing is multiplied to make them",
    "·N": "the output has N rows",
    "·d": "a row of the output has d numbers",
    "·V": "each number of the output is a sum of V products",
}


def stub(route, V, d, N):
    """How many numbers the route multiplies for N ids and a table of shape (V, d)."""
    ...


def solution(route, V, d, N):
    """How many numbers the route multiplies for N ids and a table of shape (V, d)."""
    if route in ("index", "embedding"):
        return 0  # rows are copied, not calculated
    return N * d * V  # the output has N × d numbers, and each is a sum of V products


def cases():
    first, second, third, fourth, *_ = SIZES
    real = [("one_hot", 50_257, 768, 1024), ("linear", 128_256, 4096, 10), ("index", 10, 4, 2), ("one_hot", 5, 7, 0)]
    return [("one_hot", *first), ("index", *fourth), ("embedding", *third), ("linear", *second), *real]


exercise = Exercise(
    task="""### Exercise 3 (write the body): multiplications

`multiplications(route, V, d, N)`: how many numbers are multiplied in the forward pass? `route` is one of `"index"`
(`W[ids]`), `"embedding"` (`F.embedding`), `"one_hot"` (`one_hot @ W`) and `"linear"` (one-hot vectors through a
bias-free `nn.Linear(V, d)`).

In a product of matrices, each number of the result is a sum of products. The number of products in each sum is the
inner size. With 13 tokens in the vocabulary, 7 dimensions and 5 ids, `multiplications("one_hot", 13, 7, 5)` is 455.""",
    stub=stub,
    solution=solution,
    cases=cases,
    success="There are N·V·d multiplications: N·d of them multiply by one, and all others by zero. A lookup does not multiply.",
    hints=["Two of the four routes copy rows. Does copying need a multiplication?", "The other two routes return N × d numbers, and each number is a sum of V products."],
    reader=lambda answer: read_formula(answer, solution, {(f'for "{route}"',): {"route": [route], "N": (3, 5, 7, 8), "V": MEDIUM, "d": SMALL} for route in ROUTES}, TERMS),
    slips=[
        Slip("nn.Linear does not know that its input is one-hot. It multiplies by every zero.", lambda route, V, d, N: N * V * d if route == "one_hot" else 0, idea=1),
        Slip('A product of matrices multiplies, even by zeros. (`route == "index" or "embedding"` is always true.)', lambda route, V, d, N: 0),
        Slip("`W[ids]` and `F.embedding` copy rows. A copy multiplies 0 times.", lambda route, V, d, N: N * V * d),
        Slip("The additions are counted too. Count only the multiplications.", lambda route, V, d, N: N * d * (2 * V - 1) * (route in ("one_hot", "linear"))),
        Slip("These are the additions. Count the multiplications.", lambda route, V, d, N: N * d * (V - 1) * (route in ("one_hot", "linear"))),
        Slip("A product does not search, so there is no logarithm. It goes through all V rows.", lambda route, V, d, N: N * d * log2(V) * (route in ("one_hot", "linear"))),
    ],
)
