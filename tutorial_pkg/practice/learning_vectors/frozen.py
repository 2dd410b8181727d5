from __future__ import annotations

from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.lazy import nn, torch
from tutorial_pkg.practice.messages import a_kind, brief
from tutorial_pkg.practice.samples import random


def stub(vectors):
    """An embedding layer that holds these vectors and that no optimiser changes."""
    layer = nn.Embedding(*vectors.shape)
    layer.weight.data.copy_(vectors)
    layer.weight.detach()
    layer.weight.requiresGrad = False
    return layer


def solution(vectors):
    """An embedding layer that holds these vectors and that no optimiser changes."""
    layer = nn.Embedding(*vectors.shape)
    layer.weight.data.copy_(vectors)
    # .detach() returns another tensor and leaves this one as it is; requiresGrad is a new attribute that nobody reads
    layer.weight.requires_grad = False
    return layer


def cases():
    return [
        (random(6, 3, seed=1),),
        (random(4, 5, seed=2),),
        (random(1, 1, seed=3),),
    ]


def view(layer, vectors):
    """Whether the weight asks for a gradient, and which attributes were hung on it or on the layer."""
    if isinstance(layer, type):
        return Finding(f"the class {layer.__name__} itself; make a layer from it")
    if isinstance(layer, torch.Tensor):
        return Finding("a tensor; the layer that holds it is asked for")
    if isinstance(layer, tuple):
        return Finding(f"{len(layer)} things; the layer alone is asked for")
    if not isinstance(layer, nn.Embedding):
        kind = f"a layer of type {type(layer).__name__}" if isinstance(layer, nn.Module) else a_kind(layer)
        return Finding(f"{kind}; an `nn.Embedding` is asked for")
    if layer.max_norm is not None:
        return Finding(
            "a layer with `max_norm`, with which every lookup shortens long rows: training is not all that changes it"
        )
    if layer.weight.shape != vectors.shape:
        shape = tuple(layer.weight.shape)
        return Finding(f"a layer whose weight has the shape {shape}, where the vectors have {tuple(vectors.shape)}")
    for row, (got, expected) in enumerate(zip(layer.weight, vectors, strict=True)):
        if not torch.allclose(got.float(), expected, rtol=1e-4, atol=1e-5):
            return Finding(f"a layer whose row {row} is {brief(got)}, where the vectors have {brief(expected)}")
    if not layer.weight.requires_grad:
        return "frozen"
    if "requires_grad" in vars(layer):
        return "requires_grad hangs on the layer"
    extra = vars(layer.weight) or vars(layer).keys() - vars(nn.Embedding(1, 1)).keys()
    return "an attribute that nobody reads" if extra else "not frozen"


def misspelt(vectors):
    layer = nn.Embedding.from_pretrained(vectors, freeze=False)
    layer.weight.requiresGrad = False
    return layer


def set_on_the_layer(vectors):
    layer = nn.Embedding.from_pretrained(vectors, freeze=False)
    layer.requires_grad = False
    return layer


def its_own_random_numbers(vectors):
    layer = nn.Embedding(*vectors.shape)
    layer.weight.requires_grad = False
    return layer


def transposed(vectors):
    return nn.Embedding.from_pretrained(vectors.T.contiguous())


def assigned_a_tensor(vectors):
    layer = nn.Embedding(*vectors.shape)
    layer.weight.data.copy_(vectors)
    layer.weight = layer.weight.detach()
    return layer


exercise = Exercise(
    task="""### Exercise 6 (bug hunt): the layer that would not freeze

`frozen(vectors)` should return an `nn.Embedding` that holds these vectors, and that neither a lookup nor training
changes. It raises nothing, and its first lookup looks right. Yet after an epoch the vectors are others. Two lines were
meant to stop that, and neither does. Find out why, and fix it: the layer's `weight` must hold the vectors and must ask
for no gradient.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="The layer is frozen, and you would see a misspelt attribute now: `print(layer.weight.requires_grad)` tells.",
    hints=[
        "Print layer.weight.requires_grad after each of the two lines that were meant to freeze.",
        "detach() returns something, and what becomes of it? And how does PyTorch write the attribute's name?",
    ],
    slips=[
        Slip(
            "The weight still asks for a gradient: an attribute was set that PyTorch does not know, so nobody reads it.",
            misspelt,
            idea=12,
        ),
        Slip(
            "A layer has no `requires_grad` that anybody reads: set it on `layer.weight`, or call `layer.requires_grad_(False)`, the method, which sets it on all weights of the layer.",
            set_on_the_layer,
        ),
        Slip(
            "The vectors are there, but the weight still asks for a gradient: `layer.weight.requires_grad` is True.",
            lambda vectors: nn.Embedding.from_pretrained(vectors, freeze=False),
        ),
        Slip("The layer holds the random numbers it was made with: the vectors never came in.", its_own_random_numbers),
        Slip("The table is transposed: it needs a row for each vector.", transposed, idea=3),
        Slip(
            "`layer.weight` takes an `nn.Parameter` and no plain tensor. There is no need to put another one there: let the one that is there ask for no gradient.",
            assigned_a_tensor,
        ),
        Slip(
            "The rows were brought to length 1 on the way in. The layer is to hold the vectors as they are.",
            lambda vectors: nn.Embedding.from_pretrained(nn.functional.normalize(vectors, dim=1)),
        ),
    ],
)
