"""### Exercise 6 (bug hunt): the table that would not stay

`frozen_table(weights)` is to return an `nn.Embedding` that holds `weights`, a tensor of shape `(V, d)`, and that no
training step changes. The code below raises nothing. But after a few steps the vectors are others. Find the bug and
mend it.
"""

from typing import Any

import torch
from torch import nn

from tutorial_pkg.practice.pieces import Finding, wrong
from tutorial_pkg.practice.samples import numbered_table

MEANS = "Training leaves a weight alone if its requires_grad is False; printing that is how to know."
HINTS = [
    "Ask the layer itself: what does `print(frozen_table(weights).weight.requires_grad)` say?",
    "Python accepts any attribute name when you set one. How is the real one spelt?",
]


def stub(weights):
    layer = nn.Embedding(*weights.shape)
    with torch.no_grad():
        layer.weight.copy_(weights)
    layer.weight.requiresGrad = False
    return layer


def solution(weights):
    layer = nn.Embedding(*weights.shape)
    with torch.no_grad():
        layer.weight.copy_(weights)
    layer.weight.requires_grad_(False)  # a method: misspelt, it would raise
    return layer


def cases():
    return [(numbered_table(6, 3),), (numbered_table(2, 5) - 1,), (numbered_table(4, 4) ** 2,)]


def view(layer: Any, weights: torch.Tensor) -> dict | str:
    """Whether the layer has the weights and keeps them; where it does not, what was tried."""
    if not isinstance(layer, nn.Embedding):
        return Finding(f"of type {type(layer).__name__}; an nn.Embedding is asked for")
    held = layer.weight.shape == weights.shape and torch.allclose(layer.weight.detach().to(weights.dtype), weights)
    seen = {"holds the weights": "yes" if held else "no", "frozen": "no" if layer.weight.requires_grad else "yes"}
    if layer.weight.requires_grad:
        on_layer = any("grad" in name.lower() for name in set(vars(layer)) - set(vars(nn.Embedding(1, 1))))
        on_weight = any("grad" in name.lower() for name in vars(layer.weight))
        tried = "layer.weight" if on_weight else "layer" if on_layer else "eval()" if not layer.training else ""
        seen["tried on"] = tried or "nothing"
    return seen


@wrong(idea=12)
def misspelt_again(weights):
    """Still misspelt: Python makes a new attribute that nobody reads, and the weight is trained as before."""
    layer = nn.Embedding(*weights.shape)
    with torch.no_grad():
        layer.weight.copy_(weights)
    layer.weight.require_grad = False
    return layer


@wrong(idea=12)
def on_the_layer(weights):
    """Spelt right, but set on the layer, where nobody reads it: set it on layer.weight, or call
    layer.requires_grad_(False)."""
    layer = nn.Embedding(*weights.shape)
    with torch.no_grad():
        layer.weight.copy_(weights)
    layer.requires_grad = False
    return layer


@wrong(idea=12)
def nothing_kept(weights):
    """The weight is still trained. (`.detach()` returns another tensor and leaves this one as it was; `freeze=False`
    freezes nothing.)"""
    layer = nn.Embedding(*weights.shape)
    with torch.no_grad():
        layer.weight.copy_(weights)
    layer.weight.detach()
    return layer


@wrong(idea=12)
def eval_mode(weights):
    """eval() switches dropout and the like off; gradients flow and the weight is trained as before."""
    layer = nn.Embedding(*weights.shape)
    with torch.no_grad():
        layer.weight.copy_(weights)
    return layer.eval()


@wrong()
def weights_lost(weights):
    """It is frozen now, but with the random numbers it started with: `weights` has to get into the layer."""
    layer = nn.Embedding(*weights.shape)
    layer.weight.requires_grad_(False)
    return layer
