"""Other answers to `table_to_linear`: right ones in other styles, and wrong ones that a general rule catches."""

import torch
from torch import nn

from answers import caught, right


@right
def copy_into_the_fresh_weight(table):
    layer = nn.Linear(*table.shape, bias=False, dtype=table.dtype)
    with torch.no_grad():
        layer.weight.copy_(table.T)
    return layer


@right
def load_state_dict(table):
    layer = nn.Linear(table.shape[0], table.shape[1], False)
    layer.load_state_dict({"weight": table.T})
    return layer


@right
def contiguous(W):
    layer = nn.Linear(W.size(0), W.size(1), bias=False)
    layer.weight.data = W.t().contiguous()
    return layer


@right
def bias_taken_away(table):
    layer = nn.Linear(*table.shape)
    layer.bias = None
    layer.weight = nn.Parameter(table.T.contiguous())
    return layer


@caught("does not contain the numbers of the table")
def zeros(table):
    return (
        nn.utils.skip_init(nn.Linear, *table.shape, bias=False)
        .to(table.dtype)
        .requires_grad_(False)
        .apply(lambda layer: layer.weight.zero_())
    )


@caught("The parts are right, but in reverse order.")
def flipped(table):
    layer = nn.Linear(*table.shape, bias=False)
    layer.weight = nn.Parameter(table.flip(0).T.clone())
    return layer


@caught("a layer made as nn.Linear(5, 4)")
def sizes_set_afterwards(table):
    layer = nn.Linear(table.shape[1], table.shape[0], bias=False)
    layer.weight = nn.Parameter(table.T.clone())
    return layer


@caught("a value of type Embedding. Return the nn.Linear")
def an_embedding(table):
    return nn.Embedding.from_pretrained(table.clone())


@caught("does not contain the numbers of the table")
def misspelt(table):
    layer = nn.Linear(*table.shape, bias=False)
    layer.weights = nn.Parameter(table.T.clone())
    return layer


@caught("Use `.clone()` for a copy")
def numpy_copy(table):
    layer = nn.Linear(*table.shape, bias=False)
    layer.weight = nn.Parameter(table.T.copy())
    return layer
