"""Other answers to `largest_batch`: right ones in other styles, and wrong ones that a general rule catches."""

from answers import right


@right
def floor(budget, V, d):
    import math

    return math.floor(budget / max(12 * V, 4 * (V + d)))


@right
def the_smaller_of_two(budget, V, d):
    return min(budget // (12 * V), budget // (4 * V + 4 * d))


@right
def halving(budget, V, d):
    low, high = 0, budget + 1
    while high - low > 1:
        N = (low + high) // 2
        if max(12 * N * V, 4 * N * V + 4 * N * d) <= budget:
            low = N
        else:
            high = N
    return low


@right
def step_by_step(budget, V, d):
    N = 0
    while max(12 * (N + 1) * V, 4 * (N + 1) * (V + d)) <= budget:
        N += 1
    return N
