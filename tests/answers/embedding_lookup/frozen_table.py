"""Other answers to `frozen_table`: right ones in other styles, and wrong ones that a general rule catches."""

import torch
from torch import nn

from answers import right


@right
def attribute(weights):
    layer = nn.Embedding(weights.shape[0], weights.shape[1])
    layer.weight.data = weights.clone()
    layer.weight.requires_grad = False
    return layer


@right
def pretrained(table):
    return nn.Embedding.from_pretrained(table)


@right
def module(weights):
    layer = nn.Embedding(*weights.shape, dtype=torch.float64)
    layer.load_state_dict({"weight": weights})
    return layer.requires_grad_(False)


@right
def parameter(weights):
    layer = nn.Embedding(*weights.shape)
    layer.weight = nn.Parameter(weights.clone(), requires_grad=False)
    return layer
