"""Other answers to `row_parts`: right ones in other styles."""

from answers import right


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
