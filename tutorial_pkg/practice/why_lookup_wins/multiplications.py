from __future__ import annotations

from itertools import product
from math import log2

from tutorial_pkg.practice.items import Exercise, Slip
from tutorial_pkg.practice.samples import SIZES, family, one_slip


def stub(route, V, d, N):
    """How many numbers the route multiplies for N ids and a table of shape (V, d)."""
    ...


def solution(route, V, d, N):
    """How many numbers the route multiplies for N ids and a table of shape (V, d)."""
    if route in ("index", "embedding"):
        return 0  # rows are copied, not calculated
    return N * d * V  # N × d numbers come out, each a sum of V products


ROUTES = ("index", "embedding", "one_hot", "linear")


def cases():
    return [
        ("one_hot", 13, 7, 5),
        ("index", 17, 11, 61),
        ("embedding", 7, 11, 5),
        ("linear", 5, 17, 11),
        ("one_hot", 50_257, 768, 1024),
        ("linear", 128_256, 4096, 10),
        ("index", 10, 4, 2),
        ("one_hot", 5, 7, 0),
    ]


def slips(route, V, d, N):
    """What one slip gives, by what is said of it: a slip in both products or one, in both lookups or one."""
    products = one_slip(
        lambda rows, width, inner, each, beside: rows * width * inner * each + beside,
        rows={
            "": N,
            "one token is counted; there are N": 1,
            "the result has N rows, not V": V,
            "one token too many is counted": N + 1,
            "one token too few is counted": N - 1,
            "N is counted twice": N * N,
        },
        width={
            "": d,
            "each row of the result has d numbers, not one": 1,
            "each row of the result has d numbers, not V": V,
            "each row of the result has d numbers, not d - 1": d - 1,
            "d is counted twice": d * d,
        },
        inner={
            "": V,
            "each number is a sum of V products, not of one": 1,
            "each number is a sum of V products, not of d": d,
            "each number is a sum of V products, not of N": N,
            "each number is a sum of V products; V - 1 are the additions": V - 1,
            "the additions, V - 1 for each number, are counted too": 2 * V - 1,
            "nothing is halved in a product: no search, no logarithm": log2(V),
        },
        each={
            "": 1,
            "each is counted twice (the additions are not asked for)": 2,
            "each is counted with the 4 bytes of a number": 4,
            "each is counted with 8 bytes": 8,
            "half of them are left out": 0.5,
            "they are divided by a million": 1e-6,
            "they are divided by a billion": 1e-9,
        },
        beside={
            "": 0,
            "N·d more are counted, as if a bias were multiplied; this layer has none": N * d,
            "d more are counted, as if a bias were multiplied; this layer has none": d,
            "the making of the one-hot vectors, N·V numbers, is counted too; it multiplies nothing": N * V,
        },
    ) | {
        "V and d are added; they multiply": N * (V + d),
        "N·V and V·d are added; for each of the N tokens, V products stand in each of d columns": N * V + V * d,
        "all sizes are added; they multiply": N + V + d,
    }
    copies = {
        "N·d numbers are copied, and that multiplies nothing": N * d,
        "4·N·d bytes are copied, and that multiplies nothing": 4 * N * d,
        "one for each id is counted, but no id is multiplied": N,
        "one is counted, but nothing is multiplied": 1,
        "it does not search the table: it copies the rows that the ids number": N * V,
        "copying a row of d numbers multiplies nothing": d,
        "the table's size plays no part: rows are copied": V * d,
        "V is counted, but the rows are not gone through: they are copied": V,
    }
    right, found = solution(route, V, d, N), {}
    for amounts, (one, other) in ((products, ("one_hot", "linear")), (copies, ("index", "embedding"))):
        for says, amount in amounts.items():
            found[f'For "{one}" and "{other}": {says}.'] = amount if route in (one, other) else right
            found[f'The rest is right, but for "{one}", {says}.'] = amount if route == one else right
            found[f'The rest is right, but for "{other}", {says}.'] = amount if route == other else right
    for some in product((False, True), repeat=4):  # which of the routes multiply?
        multiply = {name for name, one in zip(ROUTES, some, strict=True) if one}
        copied, zeros = multiply & {"index", "embedding"}, {"one_hot", "linear"} - multiply
        if copied:  # without, it is one of the above
            says = [f"{_names(copied)} only copies rows and multiplies nothing"]
            says += [f"{_names(zeros)} is a product of matrices, which multiplies with every zero"] * bool(zeros)
            found["; ".join(says) + "."] = N * V * d if route in multiply else 0
    found["These are the sizes; what is asked for is one number, the multiplications."] = (
        0 if route in ("index", "embedding") else (N, V, d)
    )
    found["The sizes are given for each route; what is asked for is one number."] = (N, V, d)
    return found


def _names(routes):
    return " and ".join(f'"{name}"' for name in ROUTES if name in routes)


exercise = Exercise(
    task="""### Exercise 3 (write the body): multiplications

`multiplications(route, V, d, N)`: how many numbers are multiplied on the way forward? `route` is one of `"index"`
(`W[ids]`), `"embedding"` (`F.embedding`), `"one_hot"` (`one_hot @ W`) and `"linear"` (one-hot vectors through a
bias-free `nn.Linear(V, d)`).

In a product of matrices, every number of the result is a sum of products: as many as the inner size. With 13 tokens
in the vocabulary, 7 dimensions and 5 ids, `multiplications("one_hot", 13, 7, 5)` is 455.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    success="Of the N·V·d multiplications, all but N·d are by zero; the lookup leaves even those by one out.",
    hints=[
        "Two of the four routes copy rows. Does copying multiply?",
        "The other two give N × d numbers, and each of these is a sum of V products.",
    ],
    slips=[
        Slip(
            "nn.Linear does not know that its input is one-hot: it multiplies with every zero.",
            lambda route, V, d, N: N * V * d if route == "one_hot" else 0,
            idea=1,
        ),
        Slip(
            'A product of matrices does multiply, zeros included. (If you wrote `route == "index" or "embedding"`: that is always true.)',
            lambda route, V, d, N: 0,
        ),
        Slip(
            'The route "one_hot" gets 0 here, and "linear" does not: both are products. (Is the name spelt as in the task?)',
            lambda route, V, d, N: N * V * d if route == "linear" else 0,
        ),
        *family(slips, "one_hot", *SIZES[0]),
    ],
)
