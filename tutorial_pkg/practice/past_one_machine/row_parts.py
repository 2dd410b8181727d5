from tutorial_pkg.practice.items import Exercise, Finding, Slip


def stub(V, P):
    begins = [V * p // P for p in range(P)]
    return list(zip(begins, ..., strict=True))


def solution(V, P):
    begins = [V * p // P for p in range(P)]
    stops = [*begins[1:], V]  # a part stops where the next one begins, and the last part at V
    return list(zip(begins, stops, strict=True))


def cases():
    return [(7, 2), (6, 2), (6, 4), (10_001, 4), (3, 4), (1, 1), (50_257, 8)]


def view(result, V, P):
    if not isinstance(result, (list, tuple)):
        return result
    if any(not isinstance(pair, (list, tuple)) or len(pair) != 2 for pair in result):
        return Finding(f"{result!r:.60}. Each process needs one pair (first, stop)")
    if any(not isinstance(border, int) for pair in result for border in pair):
        return Finding(f"{result!r:.60}. Every border is an integer, the number of a row: round down with `//`")
    if len(result) != P:
        return Finding(f"pairs for {len(result)} of {P} processes. Each process needs one pair (first, stop)")
    row = 0
    for process, (first, stop) in enumerate(result):
        pair = f"the pair {(first, stop)} for process {process}"
        if stop < first:
            return Finding(f"{pair}. The first number is where the part begins, and the second number is where it stops")
        if first > row:
            return Finding(f"{pair}, and no process has row {row}. Begin where the previous part stops")
        if first < row and stop > first:
            return Finding(f"{pair}, and row {first} belongs to two processes. A part stops where the next one begins")
        row = max(row, stop)
    if row < V:
        return Finding(f"{row} as the last stop, and no process has row {row}. The last part stops at V")
    if row > V:
        return Finding(f"{row} as the last stop, but the last row is {V - 1}. The last part stops at V")
    return result


def of_size(size, V, P):
    return [(min(p * size, V), min((p + 1) * size, V)) for p in range(P)]


def larger_first(V, P):
    size, more = divmod(V, P)
    return [(p * size + min(p, more), (p + 1) * size + min(p + 1, more)) for p in range(P)]


def with_stops(stops):
    """A wrong answer. Each start is paired with a number from `stops(begins, V, P)`."""

    def answer(V, P):
        begins = [V * p // P for p in range(P)]
        return list(zip(begins, stops(begins, V, P), strict=True))

    return answer


exercise = Exercise(
    task="""### Exercise 2 (finish the last line): where each part begins and stops

`row_parts(V, P)` splits `V` rows over `P` processes. It returns a pair `(first, stop)` for each process: the process holds
the rows `first`, `first + 1`, ..., `stop - 1`. Process p begins at `V * p // P`, and stops where the next process begins.
So every row has one owner, and the sizes of the parts differ by one row at most.

`row_parts(7, 2)` is `[(0, 3), (3, 7)]`.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="Every row has exactly one owner, for any V and P. With more processes than rows, some processes have no rows.",
    hints=["Process 0 stops where process 1 begins. Where does the last process stop?", "The stops are `begins[1:]`, and then V. `zip(begins, [*begins[1:], V])` makes the pairs."],
    slips=[
        Slip("Here `stop` is the part's last row. It should be the next row, as in a slice.", with_stops(lambda begins, V, P: [stop - 1 for stop in [*begins[1:], V]]), idea=11),
        Slip("Every part has `V // P` rows here. So some rows have no owner if P does not divide V.", lambda V, P: of_size(V // P, V, P)),
        Slip("The size is rounded up here, as in torch.chunk. If V = 6 and P = 4, the parts get 2, 2, 2 and 0 rows. Use `V * p // P`.", lambda V, P: of_size(-(-V // P), V, P)),
        Slip("The last part has all remaining rows here. With `V * p // P`, sizes differ by one row at most.", lambda V, P: [*of_size(V // P, V, P)[:-1], ((P - 1) * (V // P), V)]),
        Slip("The larger parts come first here. The sizes differ by at most 1, but `V * p // P` starts the parts at other rows.", larger_first),
        Slip("The borders are rounded to the nearest row here. `V * p // P` rounds down.", lambda V, P: [(round(V * p / P), round(V * (p + 1) / P)) for p in range(P)]),
        Slip("The second number is the size of the part here. Return where the part stops.", lambda V, P: [(first, stop - first) for first, stop in solution(V, P)]),
        Slip("`begins[1:]` has one number fewer than `begins`. The stop of the last part is missing: add V.", with_stops(lambda begins, V, P: begins[1:])),
        Slip("V comes first among the stops here. It is the stop of the last part, so it comes last.", with_stops(lambda begins, V, P: [V, *begins[1:]])),
        Slip("Each part stops where it begins here, so it has no rows. A part stops where the next one begins: `begins[1:]`.", with_stops(lambda begins, V, P: begins)),
        Slip("Here each part stops where the *previous* part begins. A part stops where the *next* one begins: `begins[1:]`.", with_stops(lambda begins, V, P: [0, *begins[:-1]])),
    ],
)
