"""Other answers to `rows_by_product`: right ones in other styles, and wrong ones that a general rule catches."""

import numpy as np
import torch
import torch.nn.functional as F

from answers import caught, right


@caught("no gradient flows back")
def gradient_cut(table, ids):
    return F.one_hot(ids, num_classes=table.shape[0]).to(table.dtype) @ table.detach()


@caught("they come from a lookup")
def indexing(t, i):
    return t[i]


@right
def linear(table, ids):
    return F.linear(F.one_hot(ids, len(table)).to(table.dtype), table.T)


@right
def identity_matrix(table, ids):
    return torch.eye(table.shape[0], dtype=table.dtype)[ids] @ table


@right
def einsum(table, ids):
    return torch.einsum("...v,vd->...d", F.one_hot(ids, table.shape[0]).to(table.dtype), table)


@caught("Is there a `return` on every path?")
def not_returned(table, ids):
    F.one_hot(ids, num_classes=table.shape[0]).to(table.dtype) @ table


@caught("Got the rows of the ids [1, 3]")
def next_rows(table, ids):
    return F.one_hot((ids + 1) % len(table), len(table)).to(table.dtype) @ table


@caught("rows with rounded numbers")
def half_precision(table, ids):
    return (F.one_hot(ids, len(table)).half() @ table.half()).to(table.dtype)


@caught("numpy does not track gradients: use torch's own functions.")
def numpy_product(table, ids):
    one_hots = F.one_hot(ids, num_classes=table.shape[0])
    return torch.from_numpy(np.dot(one_hots, table))


@caught("This is a numpy array, so no gradient flows back. Use torch's own functions.")
def numpy_rows(table, ids):
    return np.eye(len(table))[ids] @ table.detach().numpy()
