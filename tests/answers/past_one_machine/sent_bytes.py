"""Other answers to `sent_bytes`: right ones in other styles."""

from answers import right


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
