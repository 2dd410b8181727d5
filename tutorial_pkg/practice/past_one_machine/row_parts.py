"""### Exercise 2 (finish the last line): where each part begins and stops

`row_parts(V, P)`: for each of `P` processes a pair `(first, stop)`: it has the rows from `first` up to, and without,
`stop`, of `V` rows in all. Process p begins at `V * p // P`, and stops where the next one begins. So no row is left
out, and no part has more than one row more than another. `row_parts(7, 2)` is `[(0, 3), (3, 7)]`.
"""

from tutorial_pkg.practice.items import wrong

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


def _begins(V, P):
    return [V * p // P for p in range(P)]


@wrong()
def one_stop_short(V, P):
    """begins[1:] has one entry fewer than begins: the last part's stop is missing, which is V."""
    return list(zip(_begins(V, P), _begins(V, P)[1:], strict=True))


@wrong()
def last_part_lost(V, P):
    """The last process has no pair: it stops at V."""
    return solution(V, P)[:-1]


@wrong()
def begin_and_size(V, P):
    """Each part was given V // P rows from where it begins, so some rows between parts, or at the end, have no
    owner."""
    return [(first, first + V // P) for first in _begins(V, P)]


@wrong()
def nothing_held(V, P):
    """Each part stops where it begins, and has no rows; it stops where the next one begins."""
    return [(first, first) for first in _begins(V, P)]


@wrong()
def one_before(V, P):
    """These are the stops of the part *before*: a part stops where the next one begins, begins[1:]."""
    begins = _begins(V, P)
    return list(zip(begins, [0, *begins[:-1]], strict=True))


@wrong()
def stops_at_zero(V, P):
    """The last part stops at 0: begins was turned round like a ring. It stops at V."""
    return [(first, stop if stop < V else 0) for first, stop in solution(V, P)]


@wrong()
def stops_at_processes(V, P):
    """The last stop is the number of processes; it is a row's number, V."""
    begins = _begins(V, P)
    return list(zip(begins, [*begins[1:], P], strict=True))


@wrong(idea=11)
def one_too_far(V, P):
    """Each stop is one too large: a part stops *before* `stop`, and two parts would have the same row."""
    return [(first, stop + 1) for first, stop in solution(V, P)]


@wrong(idea=11)
def last_one_too_far(V, P):
    """The last stop is one too large: the rows are 0 to V - 1, and a part stops *before* `stop`, so it is V."""
    return [(first, stop + (number == P - 1)) for number, (first, stop) in enumerate(solution(V, P))]


@wrong()
def ranges(V, P):
    """These are the rows themselves, or ranges of them; a pair (first, stop) is asked for."""
    return [range(first, stop) for first, stop in solution(V, P)]


@wrong()
def fractions(V, P):
    """There are fractions here, and no process has half a row: `//` rounds down to whole rows."""
    return [(V * p / P, V * (p + 1) / P) for p in range(P)]


@wrong()
def rounded(V, P):
    """The borders were rounded to the nearest row; V * p // P rounds down."""
    borders = [round(V * p / P) for p in range(P + 1)]
    return list(zip(borders, borders[1:], strict=False))


@wrong()
def borders(V, P):
    """These are the borders in one list; each process has a pair (first, stop)."""
    return [*_begins(V, P), V]


@wrong()
def stops_only(V, P):
    """These are the stops alone; each process has a pair (first, stop)."""
    return [stop for _, stop in solution(V, P)]


@wrong()
def turned(V, P):
    """Two tuples, of the begins and of the stops; each process has a pair (first, stop), as zip makes them."""
    return list(zip(*solution(V, P), strict=True))


@wrong()
def end_first(V, P):
    """V stands first among the stops; begins[1:] comes first, and then V, the last one's stop."""
    begins = _begins(V, P)
    return list(zip(begins, [V, *begins[1:]], strict=True))


@wrong()
def first_part_lost(V, P):
    """The first process has no pair: its part begins at 0."""
    return solution(V, P)[1:]


@wrong()
def stop_first(V, P):
    """The pairs are turned round: first the begin, then the stop."""
    return [(stop, first) for first, stop in solution(V, P)]


@wrong()
def stops_rounded_up(V, P):
    """The stops were rounded up, so two parts may have the same row; a part stops where the next one begins."""
    return [(V * p // P, -(-V * (p + 1) // P)) for p in range(P)]


@wrong()
def last_of_size(V, P):
    """The last part was given V // P rows; it stops at V."""
    begins = _begins(V, P)
    return list(zip(begins, [*begins[1:], begins[-1] + V // P], strict=True))


@wrong()
def not_divided(V, P):
    """The stops are not divided by P: V * (p + 1) // P."""
    return [(V * p // P, V * (p + 1)) for p in range(P)]


@wrong()
def numbered(V, P):
    """There are three numbers for each process; a pair (first, stop) is asked for."""
    return [(p, *pair) for p, pair in enumerate(solution(V, P))]


@wrong(11)
def counted_from_one(V, P):
    """The begins are one too large: rows count from 0, and process 0 begins at row 0."""
    return [(first + 1, stop) for first, stop in solution(V, P)]


@wrong()
def rows_themselves(V, P):
    """These are the rows of each process, one by one; a pair (first, stop) is asked for."""
    return [list(range(first, stop)) for first, stop in solution(V, P)]


@wrong()
def end_written(V, P):
    """The last stop is a text; it is the number V."""
    return [*solution(V, P)[:-1], (_begins(V, P)[-1], "V")]
