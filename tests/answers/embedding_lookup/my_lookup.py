"""Other answers to `my_lookup`: right ones in other styles, and wrong ones that a general rule catches."""

import torch
import torch.nn.functional as F

from answers import caught, right


@caught("no gradient flows back")
def gradient_cut(table, ids):
    return table.detach()[ids]


@caught("the gradient is not that of the function asked for")
def padding_shut_out(table, ids):
    return F.embedding(ids, table, padding_idx=0)


@right
def star(table, ids):
    return table.index_select(0, ids.reshape(-1)).view([*ids.shape, table.shape[-1]])


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
