"""### Exercise 6 (bug hunt): the layer that would not freeze

`frozen(vectors)` should return an `nn.Embedding` that holds these vectors and that no training step changes. It raises
nothing, and its first lookup looks right. Yet after an epoch the vectors are others. Two things were meant to stop
that, and neither does. Find out why, and mend it: the layer's `weight` must hold the vectors and must ask for no
gradient.
"""

from torch import nn

from tutorial_pkg.practice.pieces import wrong
from tutorial_pkg.practice.samples import random

MEANS = "The layer is frozen, and you would see a misspelt attribute now: `print(layer.weight.requires_grad)` tells."
HINTS = [
    "Print layer.weight.requires_grad after each of the two lines that were meant to freeze.",
    "detach() returns something, and what becomes of it? And how does PyTorch write the attribute's name?",
]


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
    return [
        layer.weight.detach().reshape(-1).tolist(),
        [float(parameter.requires_grad) for parameter in layer.parameters()],
        list(layer.weight.shape),
    ]


@wrong(idea=12)
def misspelt(vectors):
    """The weight still asks for a gradient: of the lines meant to freeze it, none does."""
    layer = nn.Embedding.from_pretrained(vectors, freeze=False)
    layer.weight.requiresGrad = False
    return layer


@wrong()
def a_frozen_table_of_other_numbers(vectors):
    """The layer is frozen, but it holds zeros in place of the vectors."""
    layer = nn.Embedding(*vectors.shape)
    nn.init.zeros_(layer.weight)
    layer.weight.requires_grad = False
    return layer


@wrong()
def its_own_random_numbers(vectors):
    """The layer is frozen, but it holds the random numbers it was made with: the vectors never came in."""
    layer = nn.Embedding(*vectors.shape)
    layer.weight.requires_grad = False
    return layer


@wrong(idea=3)
def transposed(vectors):
    """The table is transposed: it needs a row for each vector."""
    return nn.Embedding.from_pretrained(vectors.T.contiguous())


@wrong(idea=15)
def a_linear_layer(vectors):
    """This is an nn.Linear, with a bias at that. An nn.Embedding is asked for."""
    layer = nn.Linear(*vectors.T.shape)
    layer.weight.data.copy_(vectors)
    layer.requires_grad_(False)
    return layer
