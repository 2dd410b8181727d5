from __future__ import annotations

from tutorial_pkg.practice.items import Exercise, Slip


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


def rest_lost(V, P):
    size = V // P
    return [(p * size, (p + 1) * size) for p in range(P)]


def rounded_up(V, P):
    size = -(-V // P)
    return [(min(p * size, V), min((p + 1) * size, V)) for p in range(P)]


def last_takes_the_rest(V, P):
    size = V // P
    return [(p * size, V if p == P - 1 else (p + 1) * size) for p in range(P)]


def larger_first(V, P):
    size, more = divmod(V, P)
    return [(p * size + min(p, more), (p + 1) * size + min(p + 1, more)) for p in range(P)]


def _begins(V, P):
    return [V * p // P for p in range(P)]


def one_before(V, P):
    begins = _begins(V, P)
    return list(zip(begins, [0, *begins[:-1]], strict=True))


def stops_at_processes(V, P):
    begins = _begins(V, P)
    return list(zip(begins, [*begins[1:], P], strict=True))


def ranges(V, P):
    return [range(first, stop) for first, stop in solution(V, P)]


def fractions(V, P):
    return [(V * p / P, V * (p + 1) / P) for p in range(P)]


def rounded(V, P):
    borders = [round(V * p / P) for p in range(P + 1)]
    return list(zip(borders, borders[1:], strict=False))


def borders(V, P):
    return [*_begins(V, P), V]


def turned(V, P):
    return list(zip(*solution(V, P), strict=True))


def end_first(V, P):
    begins = _begins(V, P)
    return list(zip(begins, [V, *begins[1:]], strict=True))


def last_of_size(V, P):
    begins = _begins(V, P)
    return list(zip(begins, [*begins[1:], begins[-1] + V // P], strict=True))


exercise = Exercise(
    task="""### Exercise 2 (finish the last line): where each part begins and stops

`row_parts(V, P)`: for each of `P` processes a pair `(first, stop)`: it has the rows from `first` up to, and without,
`stop`, of `V` rows in all. Process p begins at `V * p // P`, and stops where the next one begins. So no row is left
out, and no part has more than one row more than another. `row_parts(7, 2)` is `[(0, 3), (3, 7)]`.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    success="Every row has exactly one owner, whether or not the rows divide; with more processes than rows, some have none.",
    hints=[
        "What stops process 0 is where process 1 begins; and the last one?",
        "The stops are begins[1:], and then V: zip(begins, [*begins[1:], V]) makes pairs.",
    ],
    slips=[
        Slip(
            "`stop` is the first row that is no longer its own, as in a slice; here it is the last one that still is.",
            lambda V, P: ([(first, stop - 1) for first, stop in solution(V, P)]),
            idea=11,
        ),
        Slip("V // P rows each leave the rest without an owner whenever P does not divide V.", rest_lost),
        Slip(
            "Rounding the size up (as torch.chunk does) leaves less to the last ones, or nothing: 6 rows for 4 processes go 2, 2, 2, 0.",
            rounded_up,
        ),
        Slip(
            "The second number is how many rows there are; asked for is where they stop.",
            lambda V, P: ([(first, stop - first) for first, stop in solution(V, P)]),
        ),
        Slip(
            "Every part goes to the end of the table here; it stops where the next one begins.",
            lambda V, P: ([(V * p // P, V) for p in range(P)]),
        ),
        Slip(
            "All have V // P rows here and the last one has what is left over; with V * p // P no part has two rows more.",
            last_takes_the_rest,
        ),
        Slip("As even, but here the larger parts come first; V * p // P deals the rows out otherwise.", larger_first),
        Slip(
            "The last row has no owner: `stop` is the first row that is no longer its own, so the last stop is V.",
            lambda V, P: ([(first, min(stop, V - 1)) for first, stop in solution(V, P)]),
            idea=11,
        ),
        Slip(
            "begins[1:] has one entry fewer than begins: the last part's stop is missing, which is V.",
            lambda V, P: list(zip(_begins(V, P), _begins(V, P)[1:], strict=True)),
        ),
        Slip("The last process has no pair: it stops at V.", lambda V, P: solution(V, P)[:-1]),
        Slip(
            "Each part was given V // P rows from where it begins, so some rows between parts, or at the end, have no owner.",
            lambda V, P: ([(first, first + V // P) for first in _begins(V, P)]),
        ),
        Slip(
            "Each part stops where it begins, and has no rows; it stops where the next one begins.",
            lambda V, P: ([(first, first) for first in _begins(V, P)]),
        ),
        Slip(
            "These are the stops of the part *before*: a part stops where the next one begins, begins[1:].", one_before
        ),
        Slip(
            "The last part stops at 0: begins was turned round like a ring. It stops at V.",
            lambda V, P: ([(first, stop if stop < V else 0) for first, stop in solution(V, P)]),
        ),
        Slip("The last stop is the number of processes; it is a row's number, V.", stops_at_processes),
        Slip(
            "Each stop is one too large: a part stops *before* `stop`, and two parts would have the same row.",
            lambda V, P: ([(first, stop + 1) for first, stop in solution(V, P)]),
            idea=11,
        ),
        Slip(
            "The last stop is one too large: the rows are 0 to V - 1, and a part stops *before* `stop`, so it is V.",
            lambda V, P: ([(first, stop + (number == P - 1)) for number, (first, stop) in enumerate(solution(V, P))]),
            idea=11,
        ),
        Slip("These are the rows themselves, or ranges of them; a pair (first, stop) is asked for.", ranges),
        Slip("There are fractions here, and no process has half a row: `//` rounds down to whole rows.", fractions),
        Slip("The borders were rounded to the nearest row; V * p // P rounds down.", rounded),
        Slip("These are the borders in one list; each process has a pair (first, stop).", borders),
        Slip(
            "These are the stops alone; each process has a pair (first, stop).",
            lambda V, P: ([stop for _, stop in solution(V, P)]),
        ),
        Slip(
            "Two tuples, of the begins and of the stops; each process has a pair (first, stop), as zip makes them.",
            turned,
        ),
        Slip("V stands first among the stops; begins[1:] comes first, and then V, the last one's stop.", end_first),
        Slip("The first process has no pair: its part begins at 0.", lambda V, P: solution(V, P)[1:]),
        Slip(
            "The pairs are turned round: first the begin, then the stop.",
            lambda V, P: ([(stop, first) for first, stop in solution(V, P)]),
        ),
        Slip(
            "The stops were rounded up, so two parts may have the same row; a part stops where the next one begins.",
            lambda V, P: ([(V * p // P, -(-V * (p + 1) // P)) for p in range(P)]),
        ),
        Slip("The last part was given V // P rows; it stops at V.", last_of_size),
        Slip(
            "The stops are not divided by P: V * (p + 1) // P.",
            lambda V, P: ([(V * p // P, V * (p + 1)) for p in range(P)]),
        ),
        Slip(
            "There are three numbers for each process; a pair (first, stop) is asked for.",
            lambda V, P: ([(p, *pair) for p, pair in enumerate(solution(V, P))]),
        ),
        Slip(
            "The begins are one too large: rows count from 0, and process 0 begins at row 0.",
            lambda V, P: ([(first + 1, stop) for first, stop in solution(V, P)]),
            idea=11,
        ),
        Slip(
            "These are the rows of each process, one by one; a pair (first, stop) is asked for.",
            lambda V, P: ([list(range(first, stop)) for first, stop in solution(V, P)]),
        ),
        Slip(
            "The last stop is a text; it is the number V.",
            lambda V, P: ([*solution(V, P)[:-1], (_begins(V, P)[-1], "V")]),
        ),
    ],
)
