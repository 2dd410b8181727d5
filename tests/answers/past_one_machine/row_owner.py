"""Other answers to `row_owner`: right ones in other styles, and wrong ones that a general rule catches."""

import torch

from answers import right


@right
def formula(ids, V, P):
    return ((ids + 1) * P - 1) // V


@right
def search(ids, V, P):
    begins = torch.tensor([V * p // P for p in range(P)])
    return torch.searchsorted(begins, ids, right=True) - 1


@right
def loop(ids, V, P):
    owner = torch.zeros_like(ids)
    for p in range(P):
        owner[(V * p // P <= ids) & (ids < V * (p + 1) // P)] = p
    return owner
