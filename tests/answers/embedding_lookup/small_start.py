"""Other answers to `small_start`: right ones in other styles, and wrong ones that a general rule catches."""

import torch
from torch import nn

from answers import caught, right


@caught("a tensor. Return the nn.Embedding")
def tensor_only(num_tokens, dimension, pad_id):
    start = 0.02 * torch.randn(num_tokens, dimension)
    start[pad_id] = 0
    return start


@caught("returns None")
def not_returned(num_tokens, dimension, pad_id):
    layer = nn.Embedding(num_tokens, dimension, padding_idx=pad_id)
    layer.weight.data *= 0.02


@caught("standard deviation: expected 0.02, got 0.2")
def ten_times_too_wide(num_tokens, dimension, pad_id):
    layer = nn.Embedding(num_tokens, dimension, padding_idx=pad_id)
    layer.weight.data *= 0.2
    return layer


@caught("The two sizes are swapped: the tokens come first")
def swapped_quietly(num_tokens, dimension, pad_id):
    return nn.Embedding(dimension, num_tokens)


@caught("a layer with max_norm")
def shortened(num_tokens, dimension, pad_id):
    layer = nn.Embedding(num_tokens, dimension, padding_idx=pad_id)
    layer.weight.data *= 0.02
    layer.max_norm = 1.0
    return layer


@caught("the same row for every token")
def one_row_for_all(num_tokens, dimension, pad_id):
    layer = nn.Embedding(num_tokens, dimension, padding_idx=pad_id)
    layer.weight.data *= 0.02
    layer.weight.data[:] = layer.weight.data[1 if pad_id != 1 else 2]
    layer.weight.data[pad_id] = 0
    return layer


@caught("mean: got -0.02. It should be about 0")
def below_zero(num_tokens, dimension, pad_id):
    layer = nn.Embedding(num_tokens, dimension, padding_idx=pad_id)
    layer.weight.data *= 0.02
    layer.weight.data -= 0.02
    layer.weight.data[pad_id] = 0
    return layer


@right
def sparse(num_tokens, dimension, pad_id):
    layer = nn.Embedding(num_tokens, dimension, padding_idx=pad_id, sparse=True)
    layer.weight.data.mul_(0.02)
    return layer


@right
def scaled(n, d, pad):
    emb = nn.Embedding(n, d, pad)
    with torch.no_grad():
        emb.weight *= 0.02
    return emb


@right
def data(num_tokens, dimension, pad):
    layer = nn.Embedding(num_tokens, dimension, padding_idx=pad)
    layer.weight.data.normal_(0, 0.02)
    layer.weight.data[pad].zero_()
    return layer


@right
def pretrained(num_tokens, dimension, pad):
    start = 0.02 * torch.randn(num_tokens, dimension, dtype=torch.float64)
    start[pad] = 0
    return nn.Embedding.from_pretrained(start, freeze=False, padding_idx=pad)


@caught("rows: expected 100, got 101")
def one_row_more(num_tokens, dimension, pad_id):
    layer = nn.Embedding(num_tokens + 1, dimension, padding_idx=pad_id)
    layer.weight.data *= 0.02
    return layer


@caught("a part of the weight does not have it")
def freezes_a_row(num_tokens, dimension, pad_id):
    layer = nn.Embedding(num_tokens, dimension, padding_idx=pad_id)
    layer.weight.data *= 0.02
    layer.weight[pad_id].requires_grad_(False)
    return layer


@caught("The standard deviation is 0.0004 here")
def variance(num_tokens, dimension, pad_id):
    layer = nn.Embedding(num_tokens, dimension, padding_idx=pad_id)
    layer.weight.data.normal_(std=0.02**2)[pad_id] = 0
    return layer
