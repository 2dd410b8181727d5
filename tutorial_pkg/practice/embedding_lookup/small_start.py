"""### Exercise 5 (write the body): a table that starts small, with a padding row of zeros

`small_start(num_tokens, dimension, pad_id)` returns an `nn.Embedding` for `num_tokens` tokens with `dimension` numbers
each. Its numbers are random with standard deviation 0.02, as in GPT-2; row `pad_id` holds zeros and gets no gradient;
all other rows can be trained. Example: `small_start(100, 8, 99)` has 100 rows, and row 99 is zeros.
"""

from typing import Any

import torch
from torch import nn

from tutorial_pkg.practice.pieces import Finding, wrong

MEANS = "padding_idx keeps the gradient off the row; whether it holds zeros is up to whoever fills the table last."
HINTS = [
    "Three steps: make the layer with padding_idx, fill its weight again, and look at what became of row `pad_id`.",
    "`nn.init.normal_(layer.weight, std=0.02)`; then, under `with torch.no_grad():`, set `layer.weight[pad_id]` to 0.",
]


def stub(num_tokens, dimension, pad_id):
    # your lines here
    ...


def solution(num_tokens, dimension, pad_id):
    layer = nn.Embedding(num_tokens, dimension, padding_idx=pad_id)
    nn.init.normal_(layer.weight, std=0.02)  # fills every row, the padding row too
    with torch.no_grad():
        layer.weight[pad_id] = 0.0  # so it has to be set back to zeros
    return layer


def cases():
    return [(100, 8, 99), (40, 64, 0), (300, 5, 7)]


def padded(num_tokens, dimension, pad_id, fill):
    """A layer with `fill` called on its weight, and its padding row set back to zeros."""
    layer = nn.Embedding(num_tokens, dimension, padding_idx=pad_id)
    fill(layer.weight)
    with torch.no_grad():
        layer.weight[pad_id] = 0.0
    return layer


def view(layer: Any, num_tokens: int, dimension: int, pad_id: int) -> dict | str:
    """What `small_start` is asked for, seen on the layer; random numbers by their spread only."""
    if isinstance(layer, torch.Tensor):
        return Finding("a tensor; the nn.Embedding that holds it is asked for")
    if not isinstance(layer, nn.Embedding):
        return Finding(f"something of type {type(layer).__name__}; an nn.Embedding is asked for")
    weight = layer.weight.detach()
    seen = {"rows": weight.shape[0], "numbers in a row": weight.shape[1]}
    if pad_id >= len(weight):
        return seen | {"padding row": "not there"}
    spread = float(weight[torch.arange(len(weight)) != pad_id].std())
    near = (known for known in (0.02, 0.02**0.5, 1.0) if abs(spread / known - 1) < 0.1)
    seen["spread"] = float(f"{next(near, spread):.2g}")
    if not spread:
        seen["every number"] = float(weight.max())
    seen["padding row"] = "not zeros" if weight[pad_id].any() else "zeros"
    seen["trained"] = "yes" if layer.weight.requires_grad else "no"
    if layer.weight.requires_grad:
        layer(torch.tensor([pad_id])).sum().backward()
        gradient = layer.weight.grad.to_dense() if layer.weight.grad.is_sparse else layer.weight.grad
        seen["padding row's gradient"] = "not zeros" if gradient[pad_id].any() else "zeros"
    return seen


@wrong(idea=7)
def padding_overwritten(num_tokens, dimension, pad_id):
    """Row `pad_id` gets no gradient, but it holds no zeros: start values fill every row, so set it to zeros last."""
    layer = nn.Embedding(num_tokens, dimension, padding_idx=pad_id)
    nn.init.normal_(layer.weight, std=0.02)
    return layer


@wrong(idea=3)
def swapped(num_tokens, dimension, pad_id):
    """The two sizes are swapped: nn.Embedding takes the number of tokens first."""
    layer = nn.Embedding(dimension, num_tokens, padding_idx=pad_id)
    nn.init.normal_(layer.weight, std=0.02)
    with torch.no_grad():
        layer.weight[pad_id] = 0.0
    return layer


@wrong()
def default_spread(num_tokens, dimension, pad_id):
    """The padding row is right, but the other rows have a standard deviation of 1 and not of 0.02. (`normal_` takes the
    mean first: give 0.02 by name, std=0.02.)"""
    return nn.Embedding(num_tokens, dimension, padding_idx=pad_id)


@wrong()
def nothing_done(num_tokens, dimension, pad_id):
    """That is the layer as PyTorch makes it: standard deviation 1, and row `pad_id` is a row like any other."""
    return nn.Embedding(num_tokens, dimension)


@wrong()
def variance(num_tokens, dimension, pad_id):
    """0.02 was taken for the variance; the standard deviation is its square root, here about 0.14."""
    return padded(num_tokens, dimension, pad_id, lambda weight: nn.init.normal_(weight, std=0.02**0.5))


@wrong()
def constant(num_tokens, dimension, pad_id):
    """Every number is the same, so every token has the same vector: they are to be random, with standard deviation
    0.02."""
    return padded(num_tokens, dimension, pad_id, lambda weight: nn.init.constant_(weight, 0.02))


@wrong()
def uniform(num_tokens, dimension, pad_id):
    """The numbers lie evenly between -0.02 and 0.02, which gives a standard deviation of 0.012; `normal_` with
    std=0.02 is meant."""
    return padded(num_tokens, dimension, pad_id, lambda weight: nn.init.uniform_(weight, -0.02, 0.02))


@wrong(idea=7)
def no_padding_at_all(num_tokens, dimension, pad_id):
    """The spread is right, but row `pad_id` is a row like any other: it should hold zeros and get no gradient."""
    layer = nn.Embedding(num_tokens, dimension)
    nn.init.normal_(layer.weight, std=0.02)
    return layer


@wrong()
def set_with_gradient(num_tokens, dimension, pad_id):
    """PyTorch refuses to change a weight in place while it records gradients: set the row under
    `with torch.no_grad():`."""
    layer = nn.Embedding(num_tokens, dimension, padding_idx=pad_id)
    nn.init.normal_(layer.weight, std=0.02)
    layer.weight[pad_id] = 0.0
    return layer


@wrong()
def last_row(num_tokens, dimension, pad_id):
    """The last row is the padding row here, which is right for the example only: it is row `pad_id`."""
    return padded(num_tokens, dimension, num_tokens - 1, lambda weight: nn.init.normal_(weight, std=0.02))


@wrong()
def row_99(num_tokens, dimension, pad_id):
    """Row 99 is the padding row in the example only: it is row `pad_id`."""
    return padded(num_tokens, dimension, 99, lambda weight: nn.init.normal_(weight, std=0.02))


@wrong(idea=2)
def one_row_more(num_tokens, dimension, pad_id):
    """There is one row too many: the padding token is one of the `num_tokens` tokens, and `pad_id` its id."""
    return padded(num_tokens + 1, dimension, pad_id, lambda weight: nn.init.normal_(weight, std=0.02))


@wrong()
def all_zeros(num_tokens, dimension, pad_id):
    """Every row holds zeros; only row `pad_id` should."""
    return padded(num_tokens, dimension, pad_id, nn.init.zeros_)


@wrong(idea=7)
def padding_trained(num_tokens, dimension, pad_id):
    """The row starts at zero, but gets a gradient and leaves zero at the first step: padding_idx is not set."""
    layer = nn.Embedding(num_tokens, dimension)
    nn.init.normal_(layer.weight, std=0.02)
    with torch.no_grad():
        layer.weight[pad_id] = 0.0
    return layer


@wrong()
def frozen(num_tokens, dimension, pad_id):
    """The numbers are right, but nothing can be trained: requires_grad is False. (from_pretrained sets that unless you
    say freeze=False.)"""
    start = 0.02 * torch.randn(num_tokens, dimension)
    start[pad_id] = 0
    return nn.Embedding.from_pretrained(start, padding_idx=pad_id)
