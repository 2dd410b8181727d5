"""Other answers to `one_hot_bytes`: right ones in other styles, and wrong ones that a general rule catches."""

import torch

from answers import right


@right
def by_max(V, d, N):
    return max(12 * N * V, 4 * N * (V + d))


@right
def one_expression(V, d, N):
    return 4 * N * (V + max(2 * V, d))


@right
def with_if(V, d, N):
    a, b = 12 * N * V, 4 * N * (V + d)
    if a > b:
        return a
    return b


@right
def by_sorted(V, d, N):
    return sorted([12 * N * V, 4 * N * V + 4 * N * d])[-1]


@right
def tensor(V, d, N):
    return torch.tensor([12 * N * V, 4 * N * V + 4 * N * d]).max().item()
