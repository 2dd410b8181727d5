"""Other answers to `rows_by_linear`: right ones in other styles, and wrong ones that a general rule catches."""

import torch
import torch.nn.functional as F
from torch import nn

from answers import caught, right


@right
def f_linear(table, ids):
    return F.linear(F.one_hot(ids, table.shape[0]).to(table.dtype), table.T)


@caught("no linear layer computed them")
def plain_lookup(table, ids):
    return table[ids]


@right
def copy_and_a_zero_bias(table, ids):
    V, d = table.shape
    layer = nn.Linear(V, d)
    with torch.no_grad():
        layer.weight.copy_(table.T)
        layer.bias.zero_()
    return layer(F.one_hot(ids, num_classes=V).float())


@right
def bias_taken_off_again(table, ids):
    layer = nn.Linear(*table.shape)
    layer.weight = nn.Parameter(table.T)
    return layer(F.one_hot(ids, num_classes=len(table)).float()) - layer.bias


@caught("changes its input `table`")
def table_emptied(table, ids):
    rows = table[ids].clone()
    table.zero_()
    return rows


@caught("Give the layer `table.T` as its weight, and return layer(one_hots).")
def product_with_the_weight(table, ids):
    num_rows, dimension = table.shape
    layer = nn.Linear(num_rows, dimension, bias=False)
    layer.weight = nn.Parameter(table.T)
    return F.one_hot(ids, num_classes=num_rows).float() @ layer.weight
