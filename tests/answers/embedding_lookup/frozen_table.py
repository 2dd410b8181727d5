"""Other answers to `frozen_table`: right ones in other styles, and wrong ones that a general rule catches."""

import torch
from torch import nn

from answers import caught, right


@caught("a value of type Linear. Return an nn.Embedding")
def linear(weights):
    layer = nn.Linear(weights.shape[0], weights.shape[1], bias=False).requires_grad_(False)
    layer.weight.copy_(weights.T)
    return layer


@caught("a tensor. Return the nn.Embedding")
def weight_only(weights):
    return nn.Embedding.from_pretrained(weights).weight


@caught("numbers: expected 'the weights', got '5 of its 6 rows'")
def padding_row_emptied(weights):
    layer = nn.Embedding.from_pretrained(weights.clone(), padding_idx=0)
    layer.weight[0] = 0.0
    return layer


@caught("got '2 times the weights'")
def doubled(weights):
    return nn.Embedding.from_pretrained(2 * weights)


@caught("got '5 rows, but `weights` has 6'")
def row_lost(weights):
    return nn.Embedding.from_pretrained(weights[:-1])


@caught("got 'its rows in another order'")
def backwards(weights):
    return nn.Embedding.from_pretrained(weights.flip(0))


@caught("with the two sizes swapped")
def empty_and_swapped(weights):
    return nn.Embedding(*weights.T.shape).requires_grad_(False)


@right
def buffer(weights):
    layer = nn.Embedding(*weights.shape)
    del layer.weight
    layer.register_buffer("weight", weights.clone())
    return layer


@right
def parameters(weights):
    layer = nn.Embedding(*weights.shape, padding_idx=0)
    layer.weight.data.copy_(weights)
    for parameter in layer.parameters():
        parameter.requires_grad = False
    return layer


@right
def detached_in_place(weights):
    layer = nn.Embedding(*weights.shape)
    layer.weight.data = weights.clone()
    layer.weight.detach_()
    return layer


@right
def pretrained(table):
    return nn.Embedding.from_pretrained(table)


@right
def module(weights):
    layer = nn.Embedding(*weights.shape, dtype=torch.float64)
    layer.load_state_dict({"weight": weights})
    return layer.requires_grad_(False)


@caught("`weights` in place")
def copied_the_wrong_way(weights):
    layer = nn.Embedding(*weights.shape).requires_grad_(False)
    weights.copy_(layer.weight)
    return layer
