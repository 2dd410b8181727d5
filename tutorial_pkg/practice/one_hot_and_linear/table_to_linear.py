"""### Exercise 2 (finish the last line): a layer out of a table

`table_to_linear(table)` makes a bias-free `nn.Linear` that gives row `i` of the table for the one-hot vector of
id `i`. For a 4 × 5 table that is a layer with 4 inputs and 5 outputs. The layer is to own its numbers: changing its
weight later must leave the table as it was. One assignment is missing.
"""

import torch
from torch import nn

from tutorial_pkg.practice.items import Finding, wrong
from tutorial_pkg.practice.samples import random_table, share_storage, tens_table

MEANS = "An embedding table is the weight of a bias-free linear layer, transposed; a copy makes the two independent."
HINTS = [
    "Which shape does the layer's weight have, and which has the table?",
    "`.T` turns the one into the other, but shares its memory with the table. What makes a copy of a tensor?",
]


def stub(table):
    num_rows, dimension = table.shape
    layer = nn.Linear(num_rows, dimension, bias=False)
    layer.weight = nn.Parameter(...)  # what goes here?
    return layer


def solution(table):
    num_rows, dimension = table.shape
    layer = nn.Linear(num_rows, dimension, bias=False)
    layer.weight = nn.Parameter(table.T.clone())  # (out, in); .clone() because .T shares the table's memory
    return layer


def view(layer: object, table: torch.Tensor) -> object:
    """What matters about the layer: the first thing that is not as asked, or else what it gives for every id."""
    if not isinstance(layer, nn.Linear):
        return Finding(f"a value of type {type(layer).__name__}; an nn.Linear is asked for")
    if layer.bias is not None:
        return Finding("a layer with a bias")
    rows, width = table.shape
    if tuple(layer.weight.shape) != (width, rows):
        return Finding(
            f"a layer with a weight of shape {tuple(layer.weight.shape)}; for a table of shape {(rows, width)} it is "
            f"{(width, rows)}, the table turned"
        )
    if (layer.in_features, layer.out_features) != (rows, width):
        sizes = (layer.in_features, layer.out_features)
        return Finding(
            f"a layer made as nn.Linear{sizes}; a table of shape {(rows, width)} has {rows} inputs, {width} outputs"
        )
    outputs = layer(torch.eye(rows, dtype=layer.weight.dtype)).detach()
    right = torch.allclose(outputs.double(), table.double())
    if not outputs.any():
        return Finding("a layer whose weight is all zeros: the table's numbers have to move in")
    if torch.allclose(outputs.double(), -table.double()):
        return Finding("a layer whose weight has the other sign: the table's numbers go in as they are")
    if not right and bool((outputs == outputs.round()).all() and (outputs - table).abs().max() < 1):
        return Finding("a layer whose weight was rounded: the table's numbers go in as they are")
    if not torch.allclose(*(each.double().flatten().sort().values for each in (outputs, table))):
        return Finding("a layer whose weight holds other numbers than the table: the table's own have to move in")
    if right and share_storage(layer.weight, table):
        return Finding("a layer whose weight shares its storage with the table")
    return outputs


def cases() -> list[tuple]:
    return [(tens_table(4, 5),), (random_table(6, 3),), (random_table(4, 4),), (random_table(5, 8, torch.float64),)]


@wrong(idea=14)
def a_view_of_the_table(table):
    """The layer gives the right rows, but its weight lies in the table's memory: change one, and the other changes."""
    layer = nn.Linear(*table.shape, bias=False)
    layer.weight = nn.Parameter(table.T)
    return layer


@wrong(idea=4)
def no_transposition(table):
    """The table went in the way it is. That fails for 4 × 5, and for 4 × 4 it would hand out columns without a word."""
    layer = nn.Linear(*table.shape, bias=False)
    layer.weight = nn.Parameter(table.clone())
    return layer


@wrong(idea=4)
def reshape(table):
    """The shape is right and the numbers are in the wrong places: reshape reads on row by row, where .T swaps axes."""
    layer = nn.Linear(*table.shape, bias=False)
    layer.weight = nn.Parameter(table.clone().reshape(table.shape[1], table.shape[0]))
    return layer


@wrong(idea=15)
def a_bias(table):
    """This layer has a bias, which it would add to every row."""
    layer = nn.Linear(*table.shape)
    layer.weight = nn.Parameter(table.T.clone())
    return layer


@wrong(idea=3)
def sizes_swapped(table):
    """The layer has the embedding dimension for its inputs, where the one-hot vector of an id comes in."""
    layer = nn.Linear(table.shape[1], table.shape[0], bias=False)
    with torch.no_grad():
        layer.weight.copy_(table.T)
    return layer


@wrong()
def rows_from_last_to_first(table):
    """The rows stand from last to first: an axis was flipped, where .T swaps the two."""
    layer = nn.Linear(*table.shape, bias=False)
    layer.weight = nn.Parameter(table.flip(0).T.clone())
    return layer


@wrong()
def columns_from_last_to_first(table):
    """The numbers of each row stand from last to first: torch.rot90 and flip turn an axis round, .T swaps the two."""
    layer = nn.Linear(*table.shape, bias=False)
    layer.weight = nn.Parameter(table.T.flip(0).clone())
    return layer


@wrong()
def no_parameter(table):
    """A layer's weight has to stay an nn.Parameter: nn.Parameter(table.T.clone())."""
    layer = nn.Linear(*table.shape, bias=False)
    layer.weight = table.T.clone()
    return layer


@wrong()
def method_not_called(table):
    """A method's name without () is no tensor: table.T needs none, but table.t() and table.clone() do."""
    layer = nn.Linear(*table.shape, bias=False)
    layer.weight = nn.Parameter(table.t)
    return layer


@wrong()
def one_row(table):
    """One row of the table went in; all of them have to, as columns: table.T."""
    layer = nn.Linear(*table.shape, bias=False)
    layer.weight = nn.Parameter(table[0].clone())
    return layer
