from __future__ import annotations

from tutorial_pkg.practice.items import Exercise, Slip
from tutorial_pkg.practice.lazy import F, nn, torch
from tutorial_pkg.practice.samples import random_table, tens_table


def stub(table, ids):
    num_rows, dimension = table.shape
    one_hots = F.one_hot(ids).float()
    layer = nn.Linear(num_rows, dimension)
    layer.weight = nn.Parameter(table)
    return layer(one_hots)


def solution(table, ids):
    num_rows, dimension = table.shape
    one_hots = F.one_hot(ids, num_classes=num_rows).float()  # the table decides the width, not the sample
    layer = nn.Linear(num_rows, dimension, bias=False)  # a bias would be added to every row
    layer.weight = nn.Parameter(table.T)  # Linear keeps its weight as (out, in)
    return layer(one_hots)


def cases() -> list[tuple]:
    return [
        (tens_table(4, 4), torch.tensor([3, 0])),
        (tens_table(4, 5), torch.tensor([1, 0, 2])),
        (random_table(6, 3), torch.tensor([[4, 0, 3], [2, 5, 1]])),
        (random_table(4, 4), torch.tensor(2)),
        (random_table(7, 2), torch.tensor([[0], [0]])),
    ]


def right(table, ids):
    """The one-hot vectors as they should be."""
    return F.one_hot(ids, num_classes=len(table)).float()


def rows_by(table, one_hots, weight=None, bias=False):
    """What a layer for this table gives for the vectors; its weight is the table's transpose, or another."""
    layer = nn.Linear(*table.shape, bias=bias)
    layer.weight = nn.Parameter(table.T if weight is None else weight)
    return layer(one_hots)


def reshape(table, ids):
    return rows_by(table, right(table, ids), table.reshape(table.shape[1], len(table)))


def weight_left_fresh(table, ids):
    num_rows, dimension = table.shape
    one_hots = F.one_hot(ids, num_classes=num_rows).float()
    layer = nn.Linear(num_rows, dimension, bias=False)
    return layer(one_hots)


def weight_without_parameter(table, ids):
    num_rows, dimension = table.shape
    one_hots = F.one_hot(ids, num_classes=num_rows).float()
    layer = nn.Linear(num_rows, dimension, bias=False)
    layer.weight = table.T
    return layer(one_hots)


def sizes_swapped_instead(table, ids):
    num_rows, dimension = table.shape
    one_hots = F.one_hot(ids, num_classes=dimension).float()
    layer = nn.Linear(dimension, num_rows, bias=False)
    layer.weight = nn.Parameter(table)
    return layer(one_hots)


def ids_themselves(table, ids):
    num_rows, dimension = table.shape
    layer = nn.Linear(num_rows, dimension, bias=False)
    layer.weight = nn.Parameter(table.T)
    return layer(ids.float())


def sizes_swapped_in_vain(table, ids):
    num_rows, dimension = table.shape
    one_hots = F.one_hot(ids, num_classes=num_rows).float()
    layer = nn.Linear(dimension, num_rows, bias=False)
    return layer(one_hots)


def bias_of_ones(table, ids):
    num_rows, dimension = table.shape
    one_hots = F.one_hot(ids, num_classes=num_rows).float()
    layer = nn.Linear(num_rows, dimension)
    layer.weight = nn.Parameter(table.T)
    nn.init.ones_(layer.bias)
    return layer(one_hots)


def weight_given_to_the_layer(table, ids):
    num_rows, dimension = table.shape
    one_hots = F.one_hot(ids, num_classes=num_rows).float()
    layer = nn.Linear(num_rows, dimension, bias=False)
    layer.weight = nn.Parameter(table.T)
    return layer(layer.weight)


def one_hots_only(table, ids):
    num_rows, dimension = table.shape
    one_hots = F.one_hot(ids, num_classes=num_rows).float()
    layer = nn.Linear(num_rows, dimension, bias=False)
    layer.weight = nn.Parameter(table.T)
    return one_hots


def weight_only(table, ids):
    num_rows, dimension = table.shape
    one_hots = F.one_hot(ids, num_classes=num_rows).float()
    layer = nn.Linear(num_rows, dimension, bias=False)
    layer.weight = nn.Parameter(table.T)
    return layer.weight


exercise = Exercise(
    task="""### Exercise 5 (bug hunt): it returned the right shape

`rows_by_linear(table, ids)` is meant to give the table's rows for ids of any shape, by way of a linear layer. Its
author tried a 4 × 4 table with the ids `[3, 0]`, saw the shape `(2, 4)` come back, and went home. There are three
bugs in it, and none of them shows in that shape. Fix all three.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    success="All three were invisible in the shape of a lucky example; comparing values, at V ≠ d, shows each of them.",
    hints=[
        "Try it on a 4 × 5 table with the ids `[1, 0, 2]`, and compare the numbers with `table[ids]`, not just the shape.",
        "One bug sits in each of the three lines in the middle: the width of the one-hot vectors, the bias, the weight.",
    ],
    slips=[
        Slip(
            "Two of three are fixed. The width of the one-hot vectors still comes from the largest id of the sample.",
            lambda table, ids: rows_by(table, F.one_hot(ids).float()),
            idea=2,
        ),
        Slip(
            "Two of three are fixed. The layer still adds a bias to every row.",
            lambda table, ids: rows_by(table, right(table, ids), bias=True),
            idea=15,
        ),
        Slip(
            "Two of three are fixed. Each id still gets a column of the table in place of its row, which a square table hides: the weight is to be table.T, and the output layer(one_hots).",
            lambda table, ids: rows_by(table, right(table, ids), table),
            idea=4,
        ),
        Slip(
            "The width is fixed, two bugs are left: look at how the layer is made and at what becomes its weight.",
            lambda table, ids: rows_by(table, right(table, ids), table, bias=True),
        ),
        Slip(
            "The bias is gone, two bugs are left: look at the one-hot vectors' width and at what becomes the weight.",
            lambda table, ids: rows_by(table, F.one_hot(ids).float(), table),
        ),
        Slip(
            "The weight is fixed, two bugs are left: look at the one-hot vectors' width and at how the layer is made.",
            lambda table, ids: rows_by(table, F.one_hot(ids).float(), bias=True),
        ),
        Slip(
            "The shape of the weight is right now, its numbers are not: reshape reads on row by row, where .T swaps axes.",
            reshape,
            idea=4,
        ),
        Slip(
            "The one-hot vectors are as wide as the embedding dimension now; the vocabulary decides their width: num_rows.",
            lambda table, ids: rows_by(table, F.one_hot(ids, num_classes=table.shape[1]).float()),
            idea=3,
        ),
        Slip("The table has not moved into the layer: its fresh weight is random.", weight_left_fresh),
        Slip(
            "It is the weight that lacks a transposition, not the output.",
            lambda table, ids: rows_by(table, right(table, ids), table).T,
        ),
        Slip("A layer's weight has to stay an nn.Parameter: nn.Parameter(table.T).", weight_without_parameter),
        Slip(
            "Without .float() the one-hot vectors are integers, and a product wants both sides of one dtype.",
            lambda table, ids: rows_by(table, F.one_hot(ids, num_classes=len(table))),
        ),
        Slip(
            "The layer's sizes are changed round, so that the table fits as it is; it is the table that has to be turned.",
            sizes_swapped_instead,
            idea=4,
        ),
        Slip(
            "The weight is right now; the output is turned as well, and needs no transposition.",
            lambda table, ids: rows_by(table, right(table, ids)).T,
        ),
        Slip(
            "The one-hot vectors are one number too long: ids run from 0 to num_rows - 1, so num_rows numbers are enough.",
            lambda table, ids: rows_by(table, F.one_hot(ids, num_classes=len(table) + 1).float()),
        ),
        Slip(
            "The ids themselves go into the layer, as if they were amounts; turn each into a one-hot vector first.",
            ids_themselves,
            idea=5,
        ),
        Slip(
            "It is the weight that lacks a transposition, not the one-hot vectors.",
            lambda table, ids: rows_by(table, right(table, ids).T, table),
            idea=4,
        ),
        Slip(
            "It is the weight that is turned now, and not the one-hot vectors as well.",
            lambda table, ids: rows_by(table, right(table, ids).T),
        ),
        Slip(
            "The one-hot vectors are as wide as there are ids; the vocabulary decides their width: num_rows.",
            lambda table, ids: rows_by(table, F.one_hot(ids, num_classes=ids.numel()).float()),
            idea=2,
        ),
        Slip(
            "The rows are right, but the ids' own shape is lost: a batch comes back as one long list.",
            lambda table, ids: rows_by(table, F.one_hot(ids.flatten(), num_classes=len(table)).float()),
            idea=8,
        ),
        Slip(
            "The layer's sizes are swapped: num_rows numbers come in, dimension come out.",
            sizes_swapped_in_vain,
            idea=3,
        ),
        Slip(
            "4 is the height of one table; the vectors are as wide as this one is high: num_rows.",
            lambda table, ids: rows_by(table, F.one_hot(ids, num_classes=4).float()),
            idea=2,
        ),
        Slip(
            "The numbers of each row stand from last to first: a table is transposed by .T, not by flip.",
            lambda table, ids: rows_by(table, right(table, ids), table.flip(1).T),
        ),
        Slip(
            "The rows stand from last to first: a table is transposed by .T, not by flip.",
            lambda table, ids: rows_by(table, right(table, ids), table.flip(0).T),
        ),
        Slip(
            "Only the first row is given back; every id has one.",
            lambda table, ids: rows_by(table, right(table, ids))[0],
        ),
        Slip(
            "This drops every axis of size 1 (squeeze does), and with it the shape of ids that have one.",
            lambda table, ids: rows_by(table, right(table, ids)).squeeze(),
            idea=8,
        ),
        Slip(
            "The bias is set to ones, and they are added to every row: leave it out with bias=False, or set it to zeros.",
            bias_of_ones,
            idea=15,
        ),
        Slip(
            "The bias is gone. The vectors' width still comes from the sample, and reshape does not transpose: .T does.",
            lambda table, ids: rows_by(table, F.one_hot(ids).float(), table.reshape(table.shape[1], len(table))),
        ),
        Slip("The layer got its own weight in place of the one-hot vectors.", weight_given_to_the_layer),
        Slip(
            "Whole numbers can't learn, and the table would lose what stands behind the point: table.T as it is.",
            lambda table, ids: rows_by(table, right(table, ids), table.T.long()),
        ),
        Slip(
            "The keyword is misspelt: F.one_hot(ids, num_classes=num_rows).",
            lambda table, ids: rows_by(table, F.one_hot(ids, num_class=len(table)).float()),
        ),
        Slip("These are the one-hot vectors; the layer is to be called with them: layer(one_hots).", one_hots_only),
        Slip(
            "This is the layer's weight; what the layer gives for the one-hot vectors is asked for: layer(one_hots).",
            weight_only,
        ),
        Slip(
            "One is taken off the ids, and that leaves -1 for the id 0.",
            lambda table, ids: rows_by(table, F.one_hot(ids - 1, num_classes=len(table)).float()),
            idea=11,
        ),
        Slip(
            "A softmax spreads the 1 of each vector over all places, and every row gets mixed with the others.",
            lambda table, ids: rows_by(table, right(table, ids).softmax(-1)),
        ),
        Slip(
            "Only the last row is given back; every id has one.",
            lambda table, ids: rows_by(table, right(table, ids))[-1],
            idea=8,
        ),
        Slip(
            "Two things: the vocabulary decides the vectors' width, num_rows; and reshape does not transpose: .T does.",
            lambda table, ids: rows_by(
                table, F.one_hot(ids, num_classes=table.shape[1]).float(), table.reshape(table.shape[1], len(table))
            ),
        ),
    ],
)
