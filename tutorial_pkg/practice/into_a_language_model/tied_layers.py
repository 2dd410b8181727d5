"""### Exercise 6 (bug hunt): the tie that did not hold

`tied_layers(V, d)` is to return an `nn.Embedding(V, d)` and an `nn.Linear` from d to V that **share one weight**, so
that each step of training changes both. Right after it is called, both hold the same numbers. After a step they no
longer do. Find out why, and fix it.
"""

from typing import Any

import torch
from torch import nn

from tutorial_pkg.practice.items import Finding, wrong
from tutorial_pkg.practice.samples import share_storage

MEANS = (
    "One Parameter in two layers: it is counted once, its gradient is the sum of both uses, and one step moves both."
)
HINTS = [
    "What does `out.weight is token.weight` say? And `out.weight.data_ptr() == token.weight.data_ptr()`?",
    "No new Parameter is needed: a layer's weight can be assigned.",
]


def stub(V, d):
    token = nn.Embedding(V, d)
    out = nn.Linear(d, V, bias=False)
    out.weight = nn.Parameter(token.weight.clone())
    return token, out


def solution(V, d):
    token = nn.Embedding(V, d)
    out = nn.Linear(d, V, bias=False)
    out.weight = token.weight  # the same object, not another with the same numbers
    return token, out


def cases():
    return [(6, 3), (4, 4), (3, 8)]


def view(layers: Any, V: int, d: int) -> dict | str:
    """What the two layers share."""
    if not isinstance(layers, (tuple, list)) or len(layers) != 2:
        return Finding("something other than the two layers; return token, out")
    token, out = layers
    if not isinstance(token, nn.Embedding) or not isinstance(out, nn.Linear):
        kinds = f"{type(token).__name__} and {type(out).__name__}"
        return Finding(f"two things of type {kinds}; expected an nn.Embedding, then an nn.Linear")
    return {
        "table": tuple(token.weight.shape),
        "out": tuple(out.weight.shape),
        "out goes from and to": (out.in_features, out.out_features),
        "the same numbers": "yes" if torch.equal(out.weight, token.weight) else "no",
        "bias": "no" if out.bias is None else "yes",
        "one Parameter": "yes" if out.weight is token.weight else "no",
        "one storage": "yes" if share_storage(out.weight, token.weight) else "no",
        "padding": token.padding_idx,
        "trained": "yes" if token.weight.requires_grad and out.weight.requires_grad else "no",
    }


@wrong()
def copied(V, d):
    """The numbers were copied: each layer has its own, and from the first step on they go different ways."""
    token, out = nn.Embedding(V, d), nn.Linear(d, V, bias=False)
    with torch.no_grad():
        out.weight.copy_(token.weight)
    return token, out


@wrong()
def two_parameters(V, d):
    """The storage is shared, but there are two Parameters: each gets only its own use's gradient, and an optimiser
    that is given both moves the same numbers twice."""
    token, out = nn.Embedding(V, d), nn.Linear(d, V, bias=False)
    out.weight = nn.Parameter(token.weight.detach())
    return token, out


@wrong(idea=4)
def turned(V, d):
    """The transpose is not needed here: an nn.Linear from d to V keeps its weight as (V, d), as the table is."""
    token, out = nn.Embedding(V, d), nn.Linear(d, V, bias=False)
    out.weight = nn.Parameter(token.weight.detach().T)
    return token, out


@wrong(idea=15)
def with_bias(V, d):
    """The weight is shared, but this layer has a bias too, which favours some tokens whatever was read."""
    token, out = nn.Embedding(V, d), nn.Linear(d, V)
    out.weight = token.weight
    return token, out


@wrong()
def frozen_both(V, d):
    """The weight is shared, and frozen: no step of training will move it."""
    token, out = nn.Embedding(V, d), nn.Linear(d, V, bias=False)
    out.weight = token.weight.requires_grad_(False)
    return token, out


@wrong()
def never_tied(V, d):
    """The two layers do not even begin with the same numbers: nothing is shared. (A misspelt `out.weigth = ...` raises
    nothing.)"""
    token, out = nn.Embedding(V, d), nn.Linear(d, V, bias=False)
    out.weigth = token.weight
    return token, out


@wrong(idea=4)
def made_the_other_way(V, d):
    """The weight is shared, but the layer was made as nn.Linear(V, d): it says that it takes V numbers, and takes d."""
    token, out = nn.Embedding(V, d), nn.Linear(V, d, bias=False)
    out.weight = token.weight
    return token, out


@wrong(idea=3)
def table_turned(V, d):
    """The table was made as nn.Embedding(d, V): it has a row for each of the V tokens, so V comes first."""
    token, out = nn.Embedding(d, V), nn.Linear(d, V, bias=False)
    out.weight = token.weight
    return token, out


@wrong()
def frozen_by_default(V, d):
    """There are two Parameters, and one of them is frozen (from_pretrained does that, too, unless told freeze=False):
    assign the weight itself."""
    out = nn.Linear(d, V, bias=False)
    return nn.Embedding.from_pretrained(out.weight), out


@wrong(idea=7)
def with_padding(V, d):
    """The weight is shared, but the table was given a padding_idx, which nobody asked for: that row gets no gradient on
    the way in."""
    token, out = nn.Embedding(V, d, padding_idx=0), nn.Linear(d, V, bias=False)
    out.weight = token.weight
    return token, out


@wrong()
def tied_with_bias_copied(V, d):
    """The numbers were copied, so each layer has its own; and this nn.Linear has a bias, which nobody asked for."""
    token, out = nn.Embedding(V, d), nn.Linear(d, V)
    out.weight = nn.Parameter(token.weight.clone())
    return token, out
