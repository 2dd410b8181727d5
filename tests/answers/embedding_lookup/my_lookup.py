"""Other answers to `my_lookup`: right ones in other styles, and wrong ones that a general rule catches."""

import torch
import torch.nn.functional as F

from answers import caught, right


@caught("no gradient flows back")
def gradient_cut(table, ids):
    return table.detach()[ids]


@caught("the gradient differs from the gradient of the expected function")
def padding_shut_out(table, ids):
    return F.embedding(ids, table, padding_idx=0)


@right
def indexing(W, which):
    return W[which]


@right
def functional(table, ids):
    return F.embedding(ids, table)


@right
def one_hot(table, ids):
    return F.one_hot(ids, len(table)).to(table.dtype) @ table


@right
def gather(table, ids):
    width = table.size(1)
    flat = ids.flatten().long()
    out = torch.gather(table, 0, flat[:, None].expand(len(flat), width))
    return out.view(ids.size() + torch.Size([width]))


@caught("Got the rows of the ids [3, 4, 0, 2]. Return the rows of [2, 3, 5, 1]")
def next_rows(table, ids):
    return table[(ids + 1) % len(table)]


@caught("the rows are reshaped to (4, 5). They should be reshaped to (4, 2, 2, 5)")
def first_size_only(table, ids):
    return table.index_select(0, ids.reshape(-1)).reshape(ids.shape[:1] + table.shape[1:])


@caught("Expected the shape (4, 3), got (3,)")
def averaged(table, ids):
    return table[ids].reshape(-1, table.shape[1]).mean(0)


@caught("Write a star before the shape")
def shape_as_one_size(table, ids):
    return table[ids.reshape(-1)].reshape(ids.shape, -1)
