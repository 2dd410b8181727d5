"""Other answers to `largest_batch`: right ones in other styles, and wrong ones that a rule catches."""

import numpy as np

from answers import caught, right


@right
def floor(budget, V, d):
    import math

    return math.floor(budget / max(12 * V, 4 * (V + d)))


@right
def the_smaller_of_two(budget, V, d):
    return min(budget // (12 * V), budget // (4 * V + 4 * d))


@right
def step_by_step(budget, V, d):
    N = 0
    while max(12 * (N + 1) * V, 4 * (N + 1) * (V + d)) <= budget:
        N += 1
    return N


@caught(
    "Look at what the budget is divided by. Where V is below d / 2, this is 12·V (converting). It must be 4·V + 4·d"
)
def converting_only(budget, V, d):
    return int(budget / (12 * V))


@caught("Look at what the budget is divided by. 8 (the id, which exists already) is too much.")
def ids_too(budget, V, d):
    return budget // (max(12 * V, 4 * V + 4 * d) + 8)


@caught("This is a float. The task asks for an integer: `int(...)` makes one.")
def a_float(budget, V, d):
    return budget // max(12.0 * V, 4 * V + 4 * d)


@caught("This is a tensor. The task asks for an integer")
def a_tensor(budget, V, d):
    import torch

    return torch.tensor(budget // max(12 * V, 4 * V + 4 * d))


@right
def numpy_integer(budget, V, d):
    return np.int64(budget) // max(12 * V, 4 * (V + d))
