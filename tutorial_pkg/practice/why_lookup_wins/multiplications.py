"""### Exercise 3 (write the body): multiplications

`multiplications(route, V, d, N)`: how many numbers are multiplied on the way forward? `route` is one of `"index"`
(`W[ids]`), `"embedding"` (`F.embedding`), `"one_hot"` (`one_hot @ W`) and `"linear"` (one-hot vectors through a
bias-free `nn.Linear(V, d)`).

In a product of matrices, every number of the result is a sum of products: as many as the inner size. With 13 tokens
in the vocabulary, 7 dimensions and 5 ids, `multiplications("one_hot", 13, 7, 5)` is 455.
"""

from functools import cache

from tutorial_pkg.practice.pieces import wrong
from tutorial_pkg.practice.samples import slipped, slips

MEANS = "Of the N·V·d multiplications, all but N·d are by zero; the lookup leaves even those by one out."
HINTS = [
    "Two of the four routes copy rows. Does copying multiply?",
    "The other two give N × d numbers, and each of these is a sum of V products.",
]


def stub(route, V, d, N):
    """How many numbers the route multiplies for N ids and a table of shape (V, d)."""
    ...


def solution(route, V, d, N):
    """How many numbers the route multiplies for N ids and a table of shape (V, d)."""
    if route in ("index", "embedding"):
        return 0  # rows are copied, not calculated
    return N * d * V  # N × d numbers come out, each a sum of V products


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


@cache
def known(route, V, d, N):
    """The wrong numbers of multiplications that one or two slips give."""
    if route in ("index", "embedding"):
        copies = {
            "": 0,
            "copying N·d numbers counts as multiplying": N * d,
            "copying their 4·N·d bytes counts as multiplying": 4 * N * d,
            "each of the N ids counts as a multiplication": N,
            "the lookup counts as one multiplication": 1,
            "the lookup is taken for a product of matrices": N * V * d,
            "the lookup is taken for a product with one row of V numbers": V * d,
            "the lookup is taken for N products with one column": N * V,
            "one row's d numbers count as multiplied": d,
            "each row of the table counts as multiplied": V,
        }
        return slips(lambda copied: copied, copied=copies)
    return slips(
        lambda rows, width, inner, each, beside: rows * width * inner * each + beside,
        rows={"": N, "one token is counted, not N": 1, "the result has V rows, not N": V}
        | {"one token too many is counted": N + 1, "one token too few is counted": N - 1},
        width={"": d, "a row of the result has V numbers, not d": V, "a row of the result is one number, not d": 1}
        | {"a row of the result has N numbers, not d": N},
        inner={
            "": V,
            "each number is a sum of d products, not of V": d,
            "each number is a sum of N products, not of V": N,
            "each number is one product, not a sum of V": 1,
            "each number is a sum of V - 1 products (so many are the additions)": V - 1,
            "each number is a sum of V + 1 products, not of V": V + 1,
            "the two sizes V and d are added, where they multiply": (V + d) / d,
            "the additions are counted too, V - 1 for each number": 2 * V - 1,
        },
        each={"": 1, "each is counted twice": 2, "each is counted with 4 bytes": 4, "each is counted with 8 bytes": 8}
        | {"half of them are counted": 0.5, "each is counted three times": 3},
        beside={"": 0, "N·d more are counted, as if a bias were multiplied or copying too": N * d}
        | {"d more are counted, as if a bias were multiplied": d, "the ids are counted too": N, "one is added": 1},
    )


def view(result, route, V, d, N):
    """A wrong number of multiplications with the slips that give it."""
    return slipped(result, solution(route, V, d, N), known(route, V, d, N))


@wrong()
def embedding_multiplies(route, V, d, N):
    """F.embedding gives what a product would give, but it gets there by copying rows, as W[ids] does."""
    return 0 if route == "index" else N * V * d


@wrong()
def all_multiply(route, V, d, N):
    """The lookups, "index" and "embedding", multiply nothing: they copy rows."""
    return N * V * d


@wrong(idea=1)
def linear_looks_up(route, V, d, N):
    """nn.Linear does not know that its input is one-hot: it multiplies with every zero."""
    return N * V * d if route == "one_hot" else 0


@wrong()
def copying_as_multiplying(route, V, d, N):
    """N·d numbers are copied by a lookup, but copying is not multiplying (not even by one)."""
    return N * d if route in ("index", "embedding") else N * V * d


@wrong()
def without_the_vocabulary(route, V, d, N):
    """N × d numbers come out, but each of them is a sum of V products."""
    return 0 if route in ("index", "embedding") else N * d


@wrong(idea=3)
def without_the_dimension(route, V, d, N):
    """Each one-hot row is multiplied with all d columns of the table, not with one."""
    return 0 if route in ("index", "embedding") else N * V


@wrong()
def one_token(route, V, d, N):
    """That is one token's share; there are N of them."""
    return 0 if route in ("index", "embedding") else V * d


@wrong()
def indexing_multiplies(route, V, d, N):
    """W[ids] copies rows, as F.embedding does: it multiplies nothing either."""
    return 0 if route == "embedding" else N * V * d


@wrong()
def nothing_multiplies(route, V, d, N):
    """A product of matrices does multiply, zeros included. (If you wrote `route == "index" or "embedding"`: that is
    always true.)"""
    return 0


@wrong()
def one_hot_is_free(route, V, d, N):
    """The route "one_hot" gets 0 here, and "linear" does not: both are products. (Is the name spelt as in the task?)"""
    return N * V * d if route == "linear" else 0


@wrong()
def twice(route, V, d, N):
    """Twice as many: the additions are not asked for, only the multiplications."""
    return 0 if route in ("index", "embedding") else 2 * N * V * d


@wrong()
def additions(route, V, d, N):
    """To add V products up takes V - 1 additions, but the multiplications are V."""
    return 0 if route in ("index", "embedding") else N * (V - 1) * d


@wrong()
def in_bytes(route, V, d, N):
    """These are 4 bytes for each multiplication; it is the multiplications that are asked for."""
    return 0 if route in ("index", "embedding") else 4 * N * V * d


@wrong(idea=3)
def as_wide_as_the_vocabulary(route, V, d, N):
    """The result has N × d numbers, not N × V."""
    return 0 if route in ("index", "embedding") else N * V * V


@wrong()
def sizes_added(route, V, d, N):
    """The sizes are added here; they multiply: N × d numbers, each a sum of V products."""
    return 0 if route in ("index", "embedding") else N + V + d


@wrong()
def linear_with_a_bias(route, V, d, N):
    """This nn.Linear has no bias, and a bias would be added, not multiplied."""
    return {"one_hot": N * V * d, "linear": N * V * d + N * d}.get(route, 0)


@wrong()
def embedding_copies(route, V, d, N):
    """F.embedding copies N·d numbers, and copying is not multiplying (not even by one)."""
    return {"index": 0, "embedding": N * d}.get(route, N * V * d)


@wrong(idea=1)
def one_hot_skips_zeros(route, V, d, N):
    """A product of matrices does not look at its numbers: one_hot multiplies with every zero, as linear does."""
    return {"one_hot": N * d, "linear": N * V * d}.get(route, 0)


@wrong()
def linear_of_one_token(route, V, d, N):
    """For "linear" that is one token's share; there are N of them, as for "one_hot"."""
    return {"one_hot": N * V * d, "linear": V * d}.get(route, 0)


@wrong()
def with_the_additions(route, V, d, N):
    """The V - 1 additions for each number are counted as well; only the multiplications are asked for."""
    return 0 if route in ("index", "embedding") else N * d * (2 * V - 1)


@wrong()
def half(route, V, d, N):
    """That is half of them; each of the N × d numbers is a sum of V products."""
    return 0 if route in ("index", "embedding") else N * V * d // 2


@wrong()
def one_for_each_id(route, V, d, N):
    """A lookup multiplies nothing, not even once for each id: it copies rows."""
    return N if route in ("index", "embedding") else N * V * d
