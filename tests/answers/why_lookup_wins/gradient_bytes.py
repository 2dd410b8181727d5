"""Other answers to `gradient_bytes`: right ones in other styles, and wrong ones that a rule catches."""

import torch.nn.functional as F

from answers import caught, right


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
def from_the_ids(table, ids, sparse):
    return table[ids].numel() * table.element_size() + ids.nbytes if sparse else table.nbytes


@caught("With sparse=True, 8·N (an int64 id of 8 bytes for each row) is missing.")
def without_ids(table, ids, sparse):
    return table[ids].nbytes if sparse else table.nbytes


@caught("With sparse=False, 4 is where size should be (the table may have any dtype)")
def float32(table, ids, sparse):
    return ids.numel() * (table.shape[1] * table.element_size() + 8) if sparse else 4 * table.numel()


@caught("`len(ids)` counts only the first dimension of the ids. Use `ids.numel()`.")
def first_dimension(table, ids, sparse):
    if not sparse:
        return table.numel() * table.element_size()
    return len(ids) * (table.shape[1] * table.element_size() + 8)


@caught("`ids.shape[-1]` counts only the last dimension of the ids. Use `ids.numel()`.")
def last_dimension(table, ids, sparse):
    return ids.shape[-1] * (table.shape[1] * table.element_size() + 8) if sparse else table.nbytes
