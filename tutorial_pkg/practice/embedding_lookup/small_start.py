"""### Exercise 3 (write the body): a table that starts small, with a padding row of zeros

`small_start(num_tokens, dimension, pad)` returns an `nn.Embedding` for `num_tokens` tokens with `dimension` numbers
each. Its numbers are random with standard deviation 0.02, as in GPT-2; row `pad` holds zeros and gets no gradient;
all other rows can be trained. Example: `small_start(100, 8, 99)` has 100 rows, and row 99 is zeros.
"""

from typing import Any

import torch
from torch import nn

from tutorial_pkg.practice.pieces import Finding, wrong

MEANS = "padding_idx keeps the gradient off the row; whether it holds zeros is up to whoever fills the table last."
HINTS = [
    "Three steps: make the layer with padding_idx, fill its weight again, and look at what became of row `pad`.",
    "`nn.init.normal_(layer.weight, std=0.02)`; then, under `with torch.no_grad():`, set `layer.weight[pad]` to 0.",
]


def stub(num_tokens, dimension, pad):
    # your lines here
    ...


def solution(num_tokens, dimension, pad):
    layer = nn.Embedding(num_tokens, dimension, padding_idx=pad)
    nn.init.normal_(layer.weight, std=0.02)  # fills every row, the padding row too
    with torch.no_grad():
        layer.weight[pad] = 0.0  # so it has to be set back to zeros
    return layer


def cases():
    return [(100, 8, 99), (40, 64, 0), (300, 5, 7)]


def view(layer: Any, num_tokens: int, dimension: int, pad: int) -> dict | str:
    """What `small_start` is asked for, seen on the layer; random numbers by their spread only."""
    if not isinstance(layer, nn.Embedding):
        return Finding(f"of type {type(layer).__name__}; an nn.Embedding is asked for")
    weight = layer.weight.detach()
    seen = {"rows": weight.shape[0], "numbers in a row": weight.shape[1]}
    if pad >= len(weight):
        return seen | {"padding row": "not there"}
    spread = float(weight[torch.arange(len(weight)) != pad].std())
    near = (known for known in (0.02, 0.02**0.5, 1.0) if abs(spread / known - 1) < 0.1)
    seen["spread"] = float(f"{next(near, spread):.2g}")
    seen["padding row"] = "not zeros" if weight[pad].any() else "zeros"
    seen["trained"] = "yes" if layer.weight.requires_grad else "no"
    if layer.weight.requires_grad:
        layer(torch.tensor([pad])).sum().backward()
        gradient = layer.weight.grad.to_dense() if layer.weight.grad.is_sparse else layer.weight.grad
        seen["padding row's gradient"] = "not zeros" if gradient[pad].any() else "zeros"
    return seen


@wrong(idea=7)
def padding_overwritten(num_tokens, dimension, pad):
    """The padding row was zeros once, and then the new start values were written over it."""
    layer = nn.Embedding(num_tokens, dimension, padding_idx=pad)
    nn.init.normal_(layer.weight, std=0.02)
    return layer


@wrong(idea=3)
def swapped(num_tokens, dimension, pad):
    """The two sizes are swapped: nn.Embedding takes the number of tokens first."""
    layer = nn.Embedding(dimension, num_tokens, padding_idx=pad)
    nn.init.normal_(layer.weight, std=0.02)
    with torch.no_grad():
        layer.weight[pad] = 0.0
    return layer


@wrong()
def default_spread(num_tokens, dimension, pad):
    """The padding row is right, but the other rows still have nn.Embedding's own spread, 1 and not 0.02."""
    return nn.Embedding(num_tokens, dimension, padding_idx=pad)


@wrong()
def variance(num_tokens, dimension, pad):
    """0.02 was taken for the variance; the standard deviation is its square root, here about 0.14."""
    layer = nn.Embedding(num_tokens, dimension, padding_idx=pad)
    with torch.no_grad():
        layer.weight *= 0.02**0.5
    return layer


@wrong(idea=7)
def padding_trained(num_tokens, dimension, pad):
    """The row starts at zero, but gets a gradient and leaves zero at the first step: padding_idx is not set."""
    layer = nn.Embedding(num_tokens, dimension)
    nn.init.normal_(layer.weight, std=0.02)
    with torch.no_grad():
        layer.weight[pad] = 0.0
    return layer


@wrong()
def frozen(num_tokens, dimension, pad):
    """The numbers are right, but nothing can be trained: requires_grad is False. (from_pretrained sets that unless you
    say freeze=False.)"""
    start = 0.02 * torch.randn(num_tokens, dimension)
    start[pad] = 0
    return nn.Embedding.from_pretrained(start, padding_idx=pad)
