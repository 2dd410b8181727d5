"""Other answers to `gradient_bytes`: right ones in other styles, and wrong ones that a general rule catches."""

import torch.nn.functional as F

from answers import right


@right
def nbytes(table, ids, sparse):
    rows = table[ids]
    return rows.nbytes + ids.nbytes if sparse else table.nbytes


@right
def ask_autograd(table, ids, sparse):
    leaf = table.clone().requires_grad_()
    F.embedding(ids, leaf, sparse=sparse).sum().backward()
    grad = leaf.grad
    if not sparse:
        return grad.nbytes
    return grad._values().nbytes + grad._indices().nbytes


@right
def other_names(weight, tokens, few):
    V, d = weight.shape
    size = weight.element_size()
    n = tokens.reshape(-1).shape[0]
    return n * d * size + 8 * n if few else V * d * size


@right
def from_the_ids(table, ids, sparse):
    return table[ids].numel() * table.element_size() + ids.nbytes if sparse else table.nbytes
