from __future__ import annotations

from typing import Any

from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.lazy import nn, torch
from tutorial_pkg.practice.samples import numbered_table


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
    layer.weight.requires_grad_(False)  # a method: a misspelt name raises an error
    return layer


def cases():
    return [(numbered_table(6, 3),), (numbered_table(2, 5) - 1,), (numbered_table(4, 4) ** 2,)]


def view(layer: Any, weights: torch.Tensor) -> dict | str:
    """Whether the layer contains the weights and is frozen. If it is not frozen: what the learner tried."""
    if isinstance(layer, torch.Tensor):
        return Finding("a tensor. Return the nn.Embedding that contains it")
    if not isinstance(layer, nn.Embedding):
        return Finding(f"a value of type {type(layer).__name__}. Return an nn.Embedding")
    seen = {"numbers": _held(layer.weight.detach(), weights), "frozen": "yes", "a lookup": "changes nothing"}
    if layer.max_norm is not None:
        seen["a lookup"] = "shortens rows to max_norm"
    if layer.weight.requires_grad:
        seen["frozen"] = f"no, with {_tried(layer)}"
    return seen


def _held(held: torch.Tensor, weights: torch.Tensor) -> str:
    if held.shape == weights.shape:
        held = held.to(weights.dtype)
        same = torch.isclose(held, weights).all(dim=1)
        if same.all():
            return "the weights"
        if torch.isclose(held.sort(dim=0).values, weights.sort(dim=0).values).all():
            return "its rows in another order"
        factor = float(held.sum() / weights.sum())
        if torch.isclose(held, factor * weights).all():
            return f"{factor:g} times the weights"
        return f"{int(same.sum())} of its {len(same)} rows" if same.any() else "other numbers"
    if torch.equal(held, weights.T):
        return "the weights, transposed"
    if held.shape[1] == weights.shape[1]:
        return f"{len(held)} rows, but `weights` has {len(weights)}"
    swapped = ", with the two sizes swapped" if held.shape == weights.T.shape else ""
    return f"other numbers, of shape {tuple(held.shape)}{swapped}"


def _tried(layer: nn.Embedding) -> str:
    on_layer, on_weight = set(vars(layer)) - set(vars(nn.Embedding(1, 1))), set(vars(layer.weight))
    if any("grad" in name.lower() for name in on_weight):
        return "a misspelt requires_grad"
    if on_weight:
        return "another attribute of the weight"
    if on_layer:
        return "requires_grad of the layer" if "requires_grad" in on_layer else "another attribute of the layer"
    if layer.weight._backward_hooks:
        return "a hook"
    if layer.padding_idx is not None:
        return "padding_idx"
    return "no attempt" if layer.training else "eval()"


def filled(weights, attribute=None, **options):
    """A trainable layer that contains the weights. `attribute` is an owner, a name and a value to set."""
    layer = nn.Embedding(*weights.shape, **options)
    with torch.no_grad():
        layer.weight.copy_(weights)
    if attribute:
        owner, name, value = attribute
        setattr(layer.weight if owner == "weight" else layer, name, value)
    return layer


def hook(weights):
    layer = filled(weights)
    layer.weight.register_hook(torch.zeros_like)
    return layer


exercise = Exercise(
    task="""### Exercise 6 (bug hunt): the table that did not stay the same

`frozen_table(weights)` should return an `nn.Embedding` that contains `weights`, a tensor of shape `(V, d)`. Training must
not change the vectors. The code below raises no error. But after a few steps of training the vectors are different.
Find the bug and fix it.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="A weight with requires_grad=False gets no new gradient, and an optimiser skips a weight without a gradient. Print requires_grad to be sure.",
    hints=[
        "Ask the layer itself: what does `print(frozen_table(weights).weight.requires_grad)` show?",
        "Python accepts any attribute name when you set one. How is the right name spelt?",
    ],
    slips=[
        Slip("The name is still misspelt, so PyTorch never reads it. Write `requires_grad`.", lambda weights: filled(weights, ("weight", "require_grad", False)), idea=12),
        Slip("PyTorch never reads this new attribute of the weight. The right name is `requires_grad`.", lambda weights: filled(weights, ("weight", "trainable", False))),
        Slip("PyTorch does not read this attribute of the layer. Use `layer.requires_grad_(False)`.", lambda weights: filled(weights, ("layer", "requires_grad", False))),
        Slip("PyTorch never reads this new attribute of the layer. Use `layer.weight.requires_grad`.", lambda weights: filled(weights, ("layer", "freeze", True))),
        Slip("The weight is still trained: its requires_grad is True. (`.detach()` and `.data` return other tensors, and `torch.no_grad()` ends with its block.)", filled),
        Slip("`eval()` only changes layers such as dropout. Gradients still flow, and the weight is trained.", lambda weights: filled(weights).eval()),
        Slip("The hook sets the gradient to zero, but an optimiser with weight decay still shrinks the weight. Set requires_grad to False.", hook),
        Slip("padding_idx stops the gradient of one row. All other rows are still trained.", lambda weights: filled(weights, padding_idx=0), idea=7),
        Slip("`max_norm` shortens long rows in each lookup, in place, even in a frozen table. Leave it out.", lambda weights: filled(weights, max_norm=1.0).requires_grad_(False)),
        Slip("`requires_grad` is not a method. The method is `requires_grad_(False)`, with an underscore at its end.", lambda weights: filled(weights).weight.requires_grad(False)),
        Slip("The layer is frozen, but its numbers are different from `weights`. Copy `weights` into it.", lambda weights: nn.Embedding(*weights.shape).requires_grad_(False)),
        Slip("The layer contains random numbers, and it is not frozen. Copy `weights` into it, then freeze it.", lambda weights: nn.Embedding(*weights.shape)),
        Slip("`nn.Embedding` takes two sizes (`*weights.shape`). `nn.Embedding.from_pretrained(weights)` takes a table.", lambda weights: nn.Embedding(weights)),
    ],
)
