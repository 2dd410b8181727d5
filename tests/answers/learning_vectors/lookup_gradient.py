"""Other answers to `lookup_gradient`: right ones in other styles, and wrong ones that a general rule catches."""

import torch
import torch.nn.functional as F

from answers import right


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
