from __future__ import annotations

from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.lazy import nn, torch
from tutorial_pkg.practice.samples import random_table, share_storage, tens_table


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


def a_view_of_the_table(table):
    layer = nn.Linear(*table.shape, bias=False)
    layer.weight = nn.Parameter(table.T)
    return layer


def no_transposition(table):
    layer = nn.Linear(*table.shape, bias=False)
    layer.weight = nn.Parameter(table.clone())
    return layer


def reshape(table):
    layer = nn.Linear(*table.shape, bias=False)
    layer.weight = nn.Parameter(table.clone().reshape(table.shape[1], table.shape[0]))
    return layer


def a_bias(table):
    layer = nn.Linear(*table.shape)
    layer.weight = nn.Parameter(table.T.clone())
    return layer


def sizes_swapped(table):
    layer = nn.Linear(table.shape[1], table.shape[0], bias=False)
    with torch.no_grad():
        layer.weight.copy_(table.T)
    return layer


def rows_from_last_to_first(table):
    layer = nn.Linear(*table.shape, bias=False)
    layer.weight = nn.Parameter(table.flip(0).T.clone())
    return layer


def columns_from_last_to_first(table):
    layer = nn.Linear(*table.shape, bias=False)
    layer.weight = nn.Parameter(table.T.flip(0).clone())
    return layer


def no_parameter(table):
    layer = nn.Linear(*table.shape, bias=False)
    layer.weight = table.T.clone()
    return layer


def method_not_called(table):
    layer = nn.Linear(*table.shape, bias=False)
    layer.weight = nn.Parameter(table.t)
    return layer


def one_row(table):
    layer = nn.Linear(*table.shape, bias=False)
    layer.weight = nn.Parameter(table[0].clone())
    return layer


exercise = Exercise(
    task="""### Exercise 2 (finish the last line): a layer out of a table

`table_to_linear(table)` makes a bias-free `nn.Linear` that gives row `i` of the table for the one-hot vector of
id `i`. For a 4 × 5 table that is a layer with 4 inputs and 5 outputs. The layer is to own its numbers: changing its
weight later must leave the table as it was. One assignment is missing.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="An embedding table is the weight of a bias-free linear layer, transposed; a copy makes the two independent.",
    hints=[
        "Which shape does the layer's weight have, and which has the table?",
        "`.T` turns the one into the other, but shares its memory with the table. What makes a copy of a tensor?",
    ],
    slips=[
        Slip(
            "The layer gives the right rows, but its weight lies in the table's memory: change one, and the other changes.",
            a_view_of_the_table,
            idea=14,
        ),
        Slip(
            "The table went in the way it is. That fails for 4 × 5, and for 4 × 4 it would hand out columns without a word.",
            no_transposition,
            idea=4,
        ),
        Slip(
            "The shape is right and the numbers are in the wrong places: reshape reads on row by row, where .T swaps axes.",
            reshape,
            idea=4,
        ),
        Slip("This layer has a bias, which it would add to every row.", a_bias, idea=15),
        Slip(
            "The layer has the embedding dimension for its inputs, where the one-hot vector of an id comes in.",
            sizes_swapped,
            idea=3,
        ),
        Slip(
            "The rows stand from last to first: an axis was flipped, where .T swaps the two.", rows_from_last_to_first
        ),
        Slip(
            "The numbers of each row stand from last to first: torch.rot90 and flip turn an axis round, .T swaps the two.",
            columns_from_last_to_first,
        ),
        Slip("A layer's weight has to stay an nn.Parameter: nn.Parameter(table.T.clone()).", no_parameter),
        Slip(
            "A method's name without () is no tensor: table.T needs none, but table.t() and table.clone() do.",
            method_not_called,
        ),
        Slip("One row of the table went in; all of them have to, as columns: table.T.", one_row),
    ],
)
