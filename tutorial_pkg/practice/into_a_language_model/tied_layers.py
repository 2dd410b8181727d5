from __future__ import annotations

from typing import Any

from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.lazy import nn, torch
from tutorial_pkg.practice.samples import share_storage


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


def copied(V, d):
    token, out = nn.Embedding(V, d), nn.Linear(d, V, bias=False)
    with torch.no_grad():
        out.weight.copy_(token.weight)
    return token, out


def two_parameters(V, d):
    token, out = nn.Embedding(V, d), nn.Linear(d, V, bias=False)
    out.weight = nn.Parameter(token.weight.detach())
    return token, out


def turned(V, d):
    token, out = nn.Embedding(V, d), nn.Linear(d, V, bias=False)
    out.weight = nn.Parameter(token.weight.detach().T)
    return token, out


def with_bias(V, d):
    token, out = nn.Embedding(V, d), nn.Linear(d, V)
    out.weight = token.weight
    return token, out


def frozen_both(V, d):
    token, out = nn.Embedding(V, d), nn.Linear(d, V, bias=False)
    out.weight = token.weight.requires_grad_(False)
    return token, out


def never_tied(V, d):
    token, out = nn.Embedding(V, d), nn.Linear(d, V, bias=False)
    out.weigth = token.weight
    return token, out


def made_the_other_way(V, d):
    token, out = nn.Embedding(V, d), nn.Linear(V, d, bias=False)
    out.weight = token.weight
    return token, out


def table_turned(V, d):
    token, out = nn.Embedding(d, V), nn.Linear(d, V, bias=False)
    out.weight = token.weight
    return token, out


def frozen_by_default(V, d):
    out = nn.Linear(d, V, bias=False)
    return nn.Embedding.from_pretrained(out.weight), out


def with_padding(V, d):
    token, out = nn.Embedding(V, d, padding_idx=0), nn.Linear(d, V, bias=False)
    out.weight = token.weight
    return token, out


def tied_with_bias_copied(V, d):
    token, out = nn.Embedding(V, d), nn.Linear(d, V)
    out.weight = nn.Parameter(token.weight.clone())
    return token, out


exercise = Exercise(
    task="""### Exercise 6 (bug hunt): the tie that did not hold

`tied_layers(V, d)` is to return an `nn.Embedding(V, d)` and an `nn.Linear` from d to V that **share one weight**, so
that each step of training changes both. Right after it is called, both hold the same numbers. After a step they no
longer do. Find out why, and fix it.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="One Parameter in two layers: it is counted once, its gradient is the sum of both uses, and one step moves both.",
    hints=[
        "What does `out.weight is token.weight` say? And `out.weight.data_ptr() == token.weight.data_ptr()`?",
        "No new Parameter is needed: a layer's weight can be assigned.",
    ],
    slips=[
        Slip(
            "The numbers were copied: each layer has its own, and from the first step on they go different ways.",
            copied,
        ),
        Slip(
            "The storage is shared, but there are two Parameters: each gets only its own use's gradient, and an optimiser that is given both moves the same numbers twice.",
            two_parameters,
        ),
        Slip(
            "The transpose is not needed here: an nn.Linear from d to V keeps its weight as (V, d), as the table is.",
            turned,
            idea=4,
        ),
        Slip(
            "The weight is shared, but this layer has a bias too, which favours some tokens whatever was read.",
            with_bias,
            idea=15,
        ),
        Slip("The weight is shared, and frozen: no step of training will move it.", frozen_both),
        Slip(
            "The two layers do not even begin with the same numbers: nothing is shared. (A misspelt `out.weigth = ...` raises nothing.)",
            never_tied,
        ),
        Slip(
            "The weight is shared, but the layer was made as nn.Linear(V, d): it says that it takes V numbers, and takes d.",
            made_the_other_way,
            idea=4,
        ),
        Slip(
            "The table was made as nn.Embedding(d, V): it has a row for each of the V tokens, so V comes first.",
            table_turned,
            idea=3,
        ),
        Slip(
            "There are two Parameters, and one of them is frozen (from_pretrained does that, too, unless told freeze=False): assign the weight itself.",
            frozen_by_default,
        ),
        Slip(
            "The weight is shared, but the table was given a padding_idx, which nobody asked for: that row gets no gradient on the way in.",
            with_padding,
            idea=7,
        ),
        Slip(
            "The numbers were copied, so each layer has its own; and this nn.Linear has a bias, which nobody asked for.",
            tied_with_bias_copied,
        ),
    ],
)
