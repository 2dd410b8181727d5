"""Other answers to `sent_bytes`: right ones in other styles, and wrong formulas that are read."""

from answers import caught, right


@right
def branches(way, P, N, d):
    rows = N * d * 4
    if way == "all-reduce":
        return 2 * rows - 2 * rows / P
    if way == "all-gather":
        return rows - rows / P
    return rows / P - rows / P**2


@right
def message_by_message(way, P, N, d):
    piece = 4 * N * d / P
    if way == "all-to-all":
        piece /= P
    return sum(piece for _ in range(P - 1)) * (2 if way == "all-reduce" else 1)


@right
def factors(kind, processes, tokens, width):
    factor = {"all-reduce": 2.0, "all-gather": 1.0, "all-to-all": 1 / processes}
    return factor[kind] * (processes - 1) / processes * tokens * width * 4


@caught("The factor d is missing (a row has d numbers).")
def one_column(way, P, N, d):
    return branches(way, P, N, 1)


@caught('For "all-to-all", the factor P is missing.')
def divided_twice(way, P, N, d):
    return branches(way, P, N, d) / (P if way == "all-to-all" else 1)


@caught("a process sends nothing to itself, so use (P − 1)/P of them")
def to_itself_too(way, P, N, d):
    return 4 * N * d * {"all-reduce": 2, "all-gather": 1, "all-to-all": 1 / P}[way]


@caught("Return only the bytes for `way`.")
def all_ways(way, P, N, d):
    return {way: branches(way, P, N, d) for way in ("all-reduce", "all-gather", "all-to-all")}
