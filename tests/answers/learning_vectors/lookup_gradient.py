"""Other answers to `lookup_gradient`: right ones in other styles, and wrong ones that a general rule catches."""

import torch
import torch.nn.functional as F

from answers import caught, right


@right
def one_hot_transposed(upstream, ids, rows):
    hot = F.one_hot(ids.reshape(-1), rows).to(upstream.dtype)
    return hot.T @ upstream.reshape(-1, upstream.shape[-1])


@right
def a_loop(upstream, ids, rows):
    result = torch.zeros(rows, upstream.shape[-1], dtype=upstream.dtype)
    for row, where in zip(upstream.reshape(-1, upstream.shape[-1]), ids.reshape(-1).tolist()):
        result[where] += row
    return result


@right
def autograd(upstream, ids, rows):
    table = torch.zeros(rows, upstream.shape[-1], dtype=upstream.dtype, requires_grad=True)
    F.embedding(ids, table).backward(upstream)
    return table.grad


@right
def summed_where_equal(upstream, ids, rows):
    flat, ids = upstream.reshape(-1, upstream.shape[-1]), ids.flatten()
    return torch.stack([flat[ids == row].sum(0) for row in range(rows)])


@right
def numpy(upstream, ids, rows):
    import numpy as np

    gradient = np.zeros((rows, upstream.shape[-1]))
    np.add.at(gradient, ids.reshape(-1).numpy(), upstream.reshape(-1, upstream.shape[-1]).numpy())
    return gradient


@caught("returns None. Is there a `return`")
def forgotten_return(upstream, ids, rows):
    torch.zeros(rows, upstream.shape[-1]).index_add_(0, ids.reshape(-1), upstream.reshape(-1, upstream.shape[-1]))
