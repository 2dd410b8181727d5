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
    layer.weight = nn.Parameter(table.T.clone())  # (out, in); .T shares the table's memory, so .clone()
    return layer


def view(layer: object, table: torch.Tensor) -> object:
    if not isinstance(layer, nn.Linear):
        return Finding(f"a value of type {type(layer).__name__}. Return the nn.Linear")
    if layer.bias is not None:
        return Finding("a layer with a bias")
    V, d = table.shape
    if tuple(layer.weight.shape) != (d, V):
        return Finding(f"a layer with a weight of shape {tuple(layer.weight.shape)}. For a table of shape {(V, d)}, the weight is the transposed table, of shape {(d, V)}")
    if (layer.in_features, layer.out_features) != (V, d):
        sizes = (layer.in_features, layer.out_features)
        return Finding(f"a layer made as nn.Linear{sizes}. A table of shape {(V, d)} needs nn.Linear{(V, d)}")
    outputs = layer(torch.eye(V, dtype=layer.weight.dtype)).detach().double()
    if torch.allclose(outputs, table.double()):
        return Finding("a layer whose weight shares its memory with the table") if share_storage(layer.weight, table) else outputs
    if not torch.allclose(*(each.double().flatten().sort().values for each in (outputs, table))):
        return Finding("a layer whose weight does not contain the numbers of the table. Put the table's numbers into it")
    return outputs


def cases() -> list[tuple]:
    return [(tens_table(4, 5),), (random_table(6, 3),), (random_table(4, 4),), (random_table(5, 8, torch.float64),)]


def parts(table):
    def layer(weight, bias=False):
        made = nn.Linear(*table.shape, bias=bias)
        made.weight = nn.Parameter(weight)
        return made

    return {"layer": layer}


exercise = Exercise(
    task="""### Exercise 2 (finish the last line): a layer from a table

`table_to_linear(table)` makes a bias-free `nn.Linear`. For the one-hot vector of id `i`, the layer returns row `i` of the
table. For a 4 × 5 table, the layer has 4 inputs and 5 outputs. The layer has its own memory: if its weight changes
later, the table must stay the same. One assignment is missing.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="The transposed table is the weight of a bias-free linear layer. The copy has its own memory, so table and layer are independent.",
    hints=[
        "What is the shape of the layer's weight, and what is the shape of the table?",
        "`.T` transposes the table, but the result shares its memory with the table. What makes a copy of a tensor?",
    ],
    parts=parts,
    slips=[
        Slip("The layer returns the right rows, but its weight shares the table's memory. Make a copy with .clone().", lambda p: p.layer(p.table.T), idea=14),
        Slip("The table is not transposed. This fails for 4 × 5, and for 4 × 4 the layer returns columns.", lambda p: p.layer(p.table.clone()), idea=4),
        Slip("The shape is right, but the numbers are in the wrong positions. Use .T, not reshape.", lambda p: p.layer(p.table.clone().reshape(p.table.T.shape)), idea=4),
        Slip("This layer has a bias, which it adds to every row. Use bias=False.", lambda p: p.layer(p.table.T.clone(), bias=True), idea=15),
        Slip("The layer's sizes are swapped. Its input has one number for each row of the table.", lambda p: p.layer(torch.empty_like(p.table).copy_(p.table.T)), idea=3),
        Slip("A method without () is not a tensor. table.T does not need (), but table.t() and table.clone() do.", lambda p: p.layer(p.table.t)),
    ],
)
