"""Other answers to `row_parts`: right ones in other styles, and wrong ones that a general rule catches."""

from answers import caught, right


@right
def formula(V, P):
    return [(V * p // P, V * (p + 1) // P) for p in range(P)]


@right
def loop(V, P):
    parts, first = [], 0
    for p in range(1, P + 1):
        parts.append((first, p * V // P))
        first = p * V // P
    return parts


@right
def pairs(V, P):
    from itertools import pairwise

    return list(pairwise(V * p // P for p in range(P + 1)))


@caught("Each process needs one pair (first, stop).")
def borders(V, P):
    return [V * p // P for p in range(P + 1)]


@caught("Every border is an integer, the number of a row: round down with `//`.")
def fractions(V, P):
    return [(V * p / P, V * (p + 1) / P) for p in range(P)]


@caught("Got pairs for 1 of 2 processes.")
def first_part_lost(V, P):
    return pairs(V, P)[1:]


@caught("The first number is where the part begins, and the second number is where it stops.")
def stop_first(V, P):
    return [(stop, first) for first, stop in pairs(V, P)]


@caught("and no process has row 3. Begin where the previous part stops.")
def a_row_between(V, P):
    return [(first + (first > 0), stop) for first, stop in pairs(V, P)]


@caught("and row 3 belongs to two processes. A part stops where the next one begins.")
def stops_rounded_up(V, P):
    return [(V * p // P, -(-V * (p + 1) // P)) for p in range(P)]


@caught("Got 6 as the last stop, and no process has row 6.")
def begin_and_size(V, P):
    return [(first, first + V // P) for first, _ in pairs(V, P)]


@caught("Got 8 as the last stop, but the last row is 6.")
def one_row_too_many(V, P):
    return [(first, stop + (stop == V)) for first, stop in pairs(V, P)]


@caught("Got 6 as the last stop, and no process has row 6. The last part stops at V.")
def last_row_as_the_last_stop(V, P):
    begins = [V * p // P for p in range(P)]
    return list(zip(begins, [*begins[1:], V - 1]))
