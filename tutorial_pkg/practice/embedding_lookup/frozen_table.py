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
    layer.weight.requires_grad_(False)  # a method: misspelt, it would raise
    return layer


def cases():
    return [(numbered_table(6, 3),), (numbered_table(2, 5) - 1,), (numbered_table(4, 4) ** 2,)]


def view(layer: Any, weights: torch.Tensor) -> dict | str:
    """Whether the layer has the weights and keeps them; where it does not, what was tried."""
    if isinstance(layer, torch.Tensor):
        return Finding("a tensor; the nn.Embedding that holds it is asked for")
    if not isinstance(layer, nn.Embedding):
        return Finding(f"something of type {type(layer).__name__}; an nn.Embedding is asked for")
    held, given = layer.weight.detach(), next(given for (given,) in cases() if given.shape == weights.shape)
    seen = {"holds the weights": _held(held, given), "frozen": "yes", "a lookup": "changes nothing"}
    if not torch.equal(weights, given) and seen["holds the weights"] != "yes":
        seen["holds the weights"] = "others, and `weights` was overwritten"
    if layer.max_norm is not None:
        seen["a lookup"] = "shortens rows to max_norm"
    if layer.weight.requires_grad:
        seen |= {"frozen": "no", "tried": _tried(layer)}
    return seen


def _held(held: torch.Tensor, weights: torch.Tensor) -> str:
    if held.shape == weights.shape:
        same = torch.isclose(held.to(weights.dtype), weights).all(dim=1)
        if same.all():
            return "yes"
        if torch.isclose(held.to(weights.dtype).sort(dim=0).values, weights.sort(dim=0).values).all():
            return "its rows in another order"
        factor = float(held.sum() / weights.sum())
        if torch.isclose(held.to(weights.dtype), factor * weights).all():
            return f"{factor:g} times as much"
        return f"{int(same.sum())} of its {len(same)} rows" if same.any() else "others"
    if torch.equal(held, weights.T):
        return "turned on their side"
    if held.shape[1] == weights.shape[1]:
        return f"{len(held)} rows where it has {len(weights)}"
    swapped = ", with the two sizes swapped" if held.shape == weights.T.shape else ""
    return f"others, of shape {tuple(held.shape)}{swapped}"


def _tried(layer: nn.Embedding) -> str:
    on_layer = set(vars(layer)) - set(vars(nn.Embedding(1, 1)))
    on_weight = set(vars(layer.weight))
    if any("grad" in name.lower() for name in on_weight):
        return "requires_grad, misspelt"
    if on_weight:
        return "another attribute of the weight"
    if "requires_grad" in on_layer:
        return "requires_grad of the layer"
    if on_layer:
        return "another attribute of the layer"
    if layer.weight._backward_hooks:
        return "a hook"
    if layer.padding_idx is not None:
        return "padding_idx"
    return "nothing" if layer.training else "eval()"


def filled(weights, **options):
    """A layer that holds the weights and can be trained."""
    layer = nn.Embedding(*weights.shape, **options)
    with torch.no_grad():
        layer.weight.copy_(weights)
    return layer


def misspelt_again(weights):
    layer = filled(weights)
    layer.weight.require_grad = False
    return layer


def attribute_of_another_name(weights):
    layer = filled(weights)
    layer.weight.trainable = False
    return layer


def on_the_layer(weights):
    layer = filled(weights)
    layer.requires_grad = False
    return layer


def attribute_of_the_layer(weights):
    layer = filled(weights)
    layer.freeze = True
    return layer


def nothing_kept(weights):
    layer = filled(weights)
    layer.weight.detach()
    return layer


def hook(weights):
    layer = filled(weights)
    layer.weight.register_hook(torch.zeros_like)
    return layer


def called(weights):
    layer = filled(weights)
    layer.weight.requires_grad(False)
    return layer


def no_such_method(weights):
    layer = filled(weights)
    layer.freeze()
    return layer


def tensor_put_in_its_place(weights):
    layer = filled(weights)
    layer.weight = layer.weight.detach()
    return layer


def weights_lost(weights):
    layer = nn.Embedding(*weights.shape)
    layer.weight.requires_grad_(False)
    return layer


def copied_the_wrong_way(weights):
    layer = nn.Embedding(*weights.shape).requires_grad_(False)
    weights.copy_(layer.weight)
    return layer


def copied_with_gradient(weights):
    layer = nn.Embedding(*weights.shape)
    layer.weight.copy_(weights)
    return layer


def sizes_swapped(weights):
    layer = nn.Embedding(weights.shape[1], weights.shape[0])
    with torch.no_grad():
        layer.weight.copy_(weights)
    return layer.requires_grad_(False)


exercise = Exercise(
    task="""### Exercise 6 (bug hunt): the table that would not stay

`frozen_table(weights)` is to return an `nn.Embedding` that holds `weights`, a tensor of shape `(V, d)`, and that no
training step changes. The code below raises nothing. But after a few steps the vectors are others. Find the bug and
fix it.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="Training leaves a weight alone if its requires_grad is False; printing that is how to know.",
    hints=[
        "Ask the layer itself: what does `print(frozen_table(weights).weight.requires_grad)` say?",
        "Python accepts any attribute name when you set one. How is the real one spelt?",
    ],
    slips=[
        Slip(
            "Still misspelt: Python makes a new attribute that nobody reads, and the weight is trained as before.",
            misspelt_again,
            idea=12,
        ),
        Slip(
            "Python makes a new attribute of the weight here, which nobody reads; what PyTorch reads is `requires_grad`.",
            attribute_of_another_name,
        ),
        Slip(
            "Spelt right, but set on the layer, where nobody reads it: set it on layer.weight, or call layer.requires_grad_(False).",
            on_the_layer,
        ),
        Slip(
            "Python makes a new attribute of the layer here, which nobody reads; what PyTorch reads is `layer.weight.requires_grad`.",
            attribute_of_the_layer,
        ),
        Slip(
            "The weight is trained as before: its requires_grad is still True. (`.detach()`, `.data` and `weights` are other tensors and leave this one as it was, `torch.no_grad()` ends with its block, `freeze=False` freezes nothing, and a gradient that is cleared comes again.)",
            nothing_kept,
        ),
        Slip(
            "eval() switches dropout and the like off; gradients flow and the weight is trained as before.",
            lambda weights: filled(weights).eval(),
        ),
        Slip(
            "The hook makes the gradient zero, but the weight still takes part in training, and an optimiser with weight decay shrinks it all the same: set requires_grad to False.",
            hook,
        ),
        Slip(
            "`max_norm` shortens every longer row at each lookup, in place, whether the table is frozen or not: leave it out.",
            lambda weights: filled(weights, max_norm=1.0).requires_grad_(False),
        ),
        Slip(
            "`max_norm` shortens every longer row at each lookup, in place; and requires_grad is still True.",
            lambda weights: filled(weights, max_norm=1.0),
        ),
        Slip(
            "`requires_grad` is True or False and cannot be called; the method has an underscore at its end: `requires_grad_(False)`.",
            called,
        ),
        Slip("A layer has no `freeze()`; the method is `requires_grad_(False)`.", no_such_method),
        Slip(
            "`layer.weight` takes only a Parameter, and a plain tensor was put there (`weights`, or what `.detach()` gives); leave the Parameter in its place and freeze it there: `layer.weight.requires_grad_(False)`.",
            tensor_put_in_its_place,
        ),
        Slip(
            "It is frozen now, but with other numbers than those of `weights`: copy them in as they are, and nothing else.",
            weights_lost,
        ),
        Slip(
            "It is frozen now, but the table lies on its side: `weights` has a row for each token already.",
            lambda weights: nn.Embedding.from_pretrained(weights.T),
            idea=3,
        ),
        Slip(
            "`weights` was overwritten, and its numbers are lost: they have to go into the layer, which is `layer.weight.copy_(weights)`, and `weights` stays as it is.",
            copied_the_wrong_way,
        ),
        Slip(
            "padding_idx keeps the gradient off one row; all the others are trained as before.",
            lambda weights: filled(weights, padding_idx=0),
            idea=7,
        ),
        Slip(
            "`nn.Embedding` takes two numbers, the sizes (`*weights.shape`); `nn.Embedding.from_pretrained(weights)` takes a ready table.",
            lambda weights: nn.Embedding(weights),
        ),
        Slip(
            "PyTorch refuses to change a weight in place while it records gradients: copy under `with torch.no_grad():`, or freeze the weight first.",
            copied_with_gradient,
        ),
        Slip(
            "The layer holds its own random numbers, and it is not frozen: `weights` has to get into it, and then `layer.weight.requires_grad_(False)`.",
            lambda weights: nn.Embedding(*weights.shape),
        ),
        Slip(
            "The two sizes are swapped, so `weights` does not fit into the table: rows come first, as in `weights.shape`.",
            sizes_swapped,
            idea=3,
        ),
        Slip(
            "`from_pretrained` takes the matrix itself, `weights`, and not its shape.",
            lambda weights: nn.Embedding.from_pretrained(weights.shape),
        ),
    ],
)
