"""Other answers to `from_linear`: right ones in other styles, and wrong ones that a general rule catches."""

import torch
from torch import nn

from answers import caught, right


@right
def feed_the_identity(layer):
    rows = layer(torch.eye(layer.in_features, dtype=layer.weight.dtype)).detach()
    return nn.Embedding.from_pretrained(rows, freeze=False)


@right
def copy_into_a_fresh_embedding(linear):
    e = nn.Embedding(linear.in_features, linear.out_features)
    with torch.no_grad():
        e.weight.copy_(linear.weight.T)
        if linear.bias is not None:
            e.weight += linear.bias
    return e


@right
def the_weight_argument(layer):
    bias = 0.0 if layer.bias is None else layer.bias.data
    table = layer.weight.data.T + bias
    return nn.Embedding(*table.shape, _weight=table)


@right
def loop(layer):
    rows = []
    for token_id in range(layer.in_features):
        row = layer.weight[:, token_id].tolist()
        if layer.bias is not None:
            row = [a + b for a, b in zip(row, layer.bias.tolist())]
        rows.append(row)
    return nn.Embedding.from_pretrained(torch.tensor(rows), freeze=False)


@caught("padding_idx, whose row gets no gradient")
def a_row_that_is_not_trained(layer):
    rows = layer(torch.eye(layer.in_features)).detach()
    return nn.Embedding.from_pretrained(rows, freeze=False, padding_idx=0)


@caught("max_norm, which shortens long rows")
def rows_that_shrink(layer):
    rows = layer(torch.eye(layer.in_features)).detach()
    return nn.Embedding.from_pretrained(rows, freeze=False, max_norm=100.0)


@caught("changes its input `layer`")
def the_bias_is_taken_away(layer):
    rows = layer(torch.eye(layer.in_features)).detach()
    if layer.bias is not None:
        layer.bias.data.zero_()
    return nn.Embedding.from_pretrained(rows, freeze=False)


@caught("a value of type Tensor. Return an nn.Embedding")
def the_table_alone(layer):
    return layer.weight.T.clone()


@caught("the same row for every id")
def fed_with_ones(layer):
    rows = layer(torch.ones(layer.in_features, layer.in_features)).detach()
    return nn.Embedding.from_pretrained(rows, freeze=False)


@caught("rows of the right weight plus [-1.0, -2.0, -3.0, -4.0, -5.0]")
def subtracted(layer):
    rows = layer.weight.detach().T - (0 if layer.bias is None else layer.bias.detach())
    return nn.Embedding.from_pretrained(rows, freeze=False)


@caught("rows that do not all contain the bias")
def in_the_last_row(layer):
    rows = layer.weight.detach().T.clone()
    if layer.bias is not None:
        rows[-1] += layer.bias.detach()
    return nn.Embedding.from_pretrained(rows, freeze=False)


@caught("a frozen embedding")
def frozen(layer):
    return nn.Embedding.from_pretrained(layer(torch.eye(layer.in_features)).detach())


@caught("a table that shares its memory with the layer")
def shared(layer):
    rows = layer.weight.detach().T
    return nn.Embedding.from_pretrained(rows if layer.bias is None else rows + layer.bias.detach(), freeze=False)


@caught("a table of shape (5, 5)")
def one_row_more(layer):
    rows = layer(torch.eye(layer.in_features)).detach()
    return nn.Embedding.from_pretrained(torch.cat([rows, rows[:1]]), freeze=False)
