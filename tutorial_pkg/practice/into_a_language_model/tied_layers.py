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
    out.weight = token.weight  # the same object, not another one with the same numbers
    return token, out


def cases():
    return [(6, 3), (4, 4), (3, 8)]


def view(layers: Any, V: int, d: int) -> dict | str:
    if not isinstance(layers, (tuple, list)) or len(layers) != 2:
        return Finding("something other than the two layers. Return token, out")
    token, out = layers
    if not isinstance(token, nn.Embedding) or not isinstance(out, nn.Linear):
        kinds = f"{type(token).__name__} and {type(out).__name__}"
        return Finding(f"two objects of type {kinds}. Return an nn.Embedding, and then an nn.Linear")
    table, weight = token.weight, out.weight
    if tuple(table.shape) != (V, d):
        return Finding(f"a table of shape {tuple(table.shape)}. It needs a row for each of the V tokens: (V, d)")
    if table is not weight:
        if share_storage(table, weight):
            more = "" if tuple(weight.shape) == (V, d) else ", and one of them is transposed"
            more = more if table.requires_grad and weight.requires_grad else ", and one of them is frozen"
            return Finding(f"layers that share memory, but there are two Parameters{more}. Assign the weight itself")
        if tuple(weight.shape) == (V, d) and torch.equal(table, weight):
            return Finding("a copy: the numbers are equal now, and each layer has its own. Assign the weight itself")
        return Finding("layers with different numbers. Nothing is shared: assign `out.weight` (look at the spelling)")
    if (out.in_features, out.out_features) != (d, V):
        return Finding("a layer made as nn.Linear(V, d). It must take d numbers and return V: nn.Linear(d, V)")
    return {"bias": "no" if out.bias is None else "yes", "trained": "yes" if table.requires_grad else "no", "padding_idx": token.padding_idx}


def made(V, d, share, linear=None, **options):
    """The layers of a wrong answer. The output layer gets the weight `share(token.weight)`."""
    token, out = nn.Embedding(V, d, **options), linear or nn.Linear(d, V, bias=False)
    out.weight = share(token.weight)
    return token, out


exercise = Exercise(
    task="""### Exercise 6 (bug hunt): the tie that did not last

`tied_layers(V, d)` should return an `nn.Embedding(V, d)` and an `nn.Linear` from d to V, without a bias, that **share one
weight**. Then each step of training changes both. At first, both layers have the same numbers. After one step they do
not. Find out why, and repair the function.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="One Parameter is in two layers: it is counted once, its gradient is the sum of both uses, and one step changes both.",
    hints=[
        "What is the value of `out.weight is token.weight`? And `out.weight.data_ptr() == token.weight.data_ptr()`?",
        "You do not need a new Parameter: a weight can be assigned to a layer.",
    ],
    slips=[
        Slip("The weight is shared, but this layer also has a bias. Use bias=False.", lambda V, d: made(V, d, lambda weight: weight, nn.Linear(d, V)), idea=15),
        Slip("The weight is shared, but it is frozen. Leave its requires_grad True.", lambda V, d: made(V, d, lambda weight: weight.requires_grad_(False))),
        Slip("The table has a padding_idx, and lookups of that row send no gradient. Leave it out.", lambda V, d: made(V, d, lambda weight: weight, padding_idx=0), idea=7),
    ],
)
