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
def through_a_list(table):
    layer = nn.Linear(*table.shape, bias=False)
    columns = [[row[j] for row in table.tolist()] for j in range(table.shape[1])]
    layer.weight = nn.Parameter(torch.tensor(columns))
    return layer


@right
def bias_taken_away(table):
    layer = nn.Linear(*table.shape)
    layer.bias = None
    layer.weight = nn.Parameter(table.T.contiguous())
    return layer


@caught("a value of type Embedding; an nn.Linear is asked for")
def an_embedding(table):
    return nn.Embedding.from_pretrained(table.clone())


@caught("holds other numbers than the table")
def fresh(table):
    return nn.Linear(*table.shape, bias=False)


@caught("holds other numbers than the table")
def misspelt(table):
    layer = nn.Linear(*table.shape, bias=False)
    layer.weights = nn.Parameter(table.T.clone())
    return layer
