from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.lazy import nn, torch
from tutorial_pkg.practice.messages import a_kind, brief
from tutorial_pkg.practice.samples import random


def stub(vectors):
    layer = nn.Embedding(*vectors.shape)
    layer.weight.data.copy_(vectors)
    layer.weight.detach()
    layer.weight.requiresGrad = False
    return layer


def solution(vectors):
    layer = nn.Embedding(*vectors.shape)
    layer.weight.data.copy_(vectors)
    # .detach() returns another tensor and does not change the weight. PyTorch ignores the new attribute requiresGrad.
    layer.weight.requires_grad = False
    return layer


def cases():
    return [(random(6, 3, seed=1),), (random(4, 5, seed=2),), (random(1, 1, seed=3),)]


def view(layer, vectors):
    """Whether the weight needs a gradient, and which attributes were added to it or to the layer."""
    if isinstance(layer, type):
        return Finding(f"the class {layer.__name__} itself. Make a layer from it")
    if isinstance(layer, torch.Tensor):
        return Finding("a tensor. Return the layer that contains it")
    if isinstance(layer, tuple):
        return Finding(f"{len(layer)} things. Return only the layer")
    if not isinstance(layer, nn.Embedding):
        kind = f"a layer of type {type(layer).__name__}" if isinstance(layer, nn.Module) else a_kind(layer)
        return Finding(f"{kind}. Return an `nn.Embedding`")
    if layer.max_norm is not None:
        return Finding("a layer with `max_norm`. With it, every lookup shortens long rows. Leave out `max_norm`")
    if layer.weight.shape != vectors.shape:
        return Finding(f"a layer whose weight has the shape {tuple(layer.weight.shape)}, but the vectors have {tuple(vectors.shape)}")
    for row, (got, expected) in enumerate(zip(layer.weight, vectors, strict=True)):
        if not torch.allclose(got.float(), expected, rtol=1e-4, atol=1e-5):
            return Finding(f"a layer whose row {row} is {brief(got)}, but the vectors have {brief(expected)}")
    if not layer.weight.requires_grad:
        return "frozen"
    if "requires_grad" in vars(layer):
        return "requires_grad is an attribute of the layer"
    extra = vars(layer.weight) or vars(layer).keys() - vars(nn.Embedding(1, 1)).keys()
    return "an attribute that PyTorch ignores" if extra else "not frozen"


def changed(vectors, change=lambda layer: None):
    """A layer that contains the vectors and can be trained, after `change(layer)`."""
    layer = nn.Embedding.from_pretrained(vectors, freeze=False)
    change(layer)
    return layer


exercise = Exercise(
    task="""### Exercise 6 (bug hunt): the layer that does not freeze

`frozen(vectors)` should return an `nn.Embedding` with these vectors. Lookups and training should not change them. The
function raises no error, and the first lookup looks right. But after an epoch the vectors are different. Two lines should
prevent that, but both have no effect. Find out why, and fix the function. The layer's `weight` must contain the vectors,
and its `requires_grad` must be False.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="The layer is frozen. To notice a misspelt attribute, print `layer.weight.requires_grad`.",
    hints=[
        "Print layer.weight.requires_grad after each of the two lines that should freeze the layer.",
        "What does detach() return, and what happens to that result? And how does PyTorch spell the attribute?",
    ],
    slips=[
        Slip(
            "`requires_grad` of the weight is still True. A new attribute was set, and PyTorch ignores it. Set `layer.weight.requires_grad`.",
            lambda vectors: changed(vectors, lambda layer: setattr(layer.weight, "requiresGrad", False)),
            idea=12,
        ),
        Slip(
            "The attribute `requires_grad` of a layer has no effect. Set it on `layer.weight`, or call `layer.requires_grad_(False)`.",
            lambda vectors: changed(vectors, lambda layer: setattr(layer, "requires_grad", False)),
            idea=12,
        ),
        Slip("The vectors are right, but `layer.weight.requires_grad` is still True. Set it to False.", changed),
        Slip("The layer contains its own random numbers. Copy the vectors into its weight.", lambda vectors: nn.Embedding(*vectors.shape).requires_grad_(False)),
        Slip(
            "`layer.weight` must be an `nn.Parameter`, not a plain tensor. Keep the weight of the layer, and set its `requires_grad` to False.",
            lambda vectors: changed(vectors, lambda layer: setattr(layer, "weight", layer.weight.detach())),
        ),
        Slip("The rows have length 1 here. Copy the vectors as they are.", lambda vectors: nn.Embedding.from_pretrained(nn.functional.normalize(vectors, dim=1))),
    ],
)
