"""### Exercise 2 (finish the last line): where each part begins and stops

`row_parts(V, P)`: for each of `P` processes a pair `(first, stop)`: it has the rows from `first` up to, and without,
`stop`, of `V` rows in all. Process p begins at `V * p // P`, and stops where the next one begins. So no row is left
out, and no part has more than one row more than another. `row_parts(7, 2)` is `[(0, 3), (3, 7)]`.
"""

from tutorial_pkg.practice.pieces import wrong

MEANS = (
    "Every row has exactly one owner, whether or not the rows divide; with more processes than rows, some have none."
)
HINTS = [
    "What stops process 0 is where process 1 begins; and the last one?",
    "The stops are begins[1:], and then V: zip(begins, [*begins[1:], V]) makes pairs.",
]


def stub(V, P):
    """The rows of each process as (first, stop)."""
    begins = [V * p // P for p in range(P)]
    return list(zip(begins, ..., strict=True))


def solution(V, P):
    """The rows of each process as (first, stop)."""
    begins = [V * p // P for p in range(P)]
    return list(zip(begins, [*begins[1:], V], strict=True))  # each stops where the next one begins, the last one at V


def cases():
    return [(7, 2), (6, 2), (6, 4), (10_001, 4), (3, 4), (1, 1), (50_257, 8)]


@wrong(idea=11)
def last_included(V, P):
    """`stop` is the first row that is no longer its own, as in a slice; here it is the last one that still is."""
    return [(first, stop - 1) for first, stop in solution(V, P)]


@wrong()
def rest_lost(V, P):
    """V // P rows each leave the rest without an owner whenever P does not divide V."""
    size = V // P
    return [(p * size, (p + 1) * size) for p in range(P)]


@wrong()
def rounded_up(V, P):
    """Rounding the size up (as torch.chunk does) leaves less to the last ones, or nothing: 6 rows for 4 processes go
    2, 2, 2, 0."""
    size = -(-V // P)
    return [(min(p * size, V), min((p + 1) * size, V)) for p in range(P)]


@wrong()
def sizes_only(V, P):
    """The second number is how many rows there are; asked for is where they stop."""
    return [(first, stop - first) for first, stop in solution(V, P)]


@wrong()
def all_to_the_end(V, P):
    """Every part goes to the end of the table here; it stops where the next one begins."""
    return [(V * p // P, V) for p in range(P)]


@wrong()
def last_takes_the_rest(V, P):
    """All have V // P rows here and the last one has what is left over; with V * p // P no part has two rows more."""
    size = V // P
    return [(p * size, V if p == P - 1 else (p + 1) * size) for p in range(P)]


@wrong()
def larger_first(V, P):
    """As even, but here the larger parts come first; V * p // P deals the rows out otherwise."""
    size, more = divmod(V, P)
    return [(p * size + min(p, more), (p + 1) * size + min(p + 1, more)) for p in range(P)]


@wrong(idea=11)
def last_row_lost(V, P):
    """The last row has no owner: `stop` is the first row that is no longer its own, so the last stop is V."""
    return [(first, min(stop, V - 1)) for first, stop in solution(V, P)]
