"""### Exercise 5 (bug hunt): it returned the right shape

`rows_by_linear(table, ids)` is meant to give the table's rows for ids of any shape, by way of a linear layer. Its
author tried a 4 × 4 table with the ids `[3, 0]`, saw the shape `(2, 4)` come back, and went home. There are three
bugs in it, and none of them shows in that shape. Fix all three.
"""

import torch
import torch.nn.functional as F
from torch import nn

from tutorial_pkg.practice.items import wrong
from tutorial_pkg.practice.samples import random_table, tens_table

MEANS = "All three were invisible in the shape of a lucky example; comparing values, at V ≠ d, shows each of them."
HINTS = [
    "Try it on a 4 × 5 table with the ids `[1, 0, 2]`, and compare the numbers with `table[ids]`, not just the shape.",
    "One bug sits in each of the three lines in the middle: the width of the one-hot vectors, the bias, the weight.",
]


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


@wrong(idea=2)
def width_left(table, ids):
    """Two of three are fixed. The width of the one-hot vectors still comes from the largest id of the sample."""
    return rows_by(table, F.one_hot(ids).float())


@wrong(idea=15)
def bias_left(table, ids):
    """Two of three are fixed. The layer still adds a bias to every row."""
    return rows_by(table, right(table, ids), bias=True)


@wrong(idea=4)
def transposition_left(table, ids):
    """Two of three are fixed. Each id still gets a column of the table in place of its row, which a square table hides:
    the weight is to be table.T, and the output layer(one_hots)."""
    return rows_by(table, right(table, ids), table)


@wrong()
def only_the_width_fixed(table, ids):
    """The width is fixed, two bugs are left: look at how the layer is made and at what becomes its weight."""
    return rows_by(table, right(table, ids), table, bias=True)


@wrong()
def only_the_bias_fixed(table, ids):
    """The bias is gone, two bugs are left: look at the one-hot vectors' width and at what becomes the weight."""
    return rows_by(table, F.one_hot(ids).float(), table)


@wrong()
def only_the_transposition_fixed(table, ids):
    """The weight is fixed, two bugs are left: look at the one-hot vectors' width and at how the layer is made."""
    return rows_by(table, F.one_hot(ids).float(), bias=True)


@wrong(idea=4)
def reshape(table, ids):
    """The shape of the weight is right now, its numbers are not: reshape reads on row by row, where .T swaps axes."""
    return rows_by(table, right(table, ids), table.reshape(table.shape[1], len(table)))


@wrong(idea=3)
def width_from_the_dimension(table, ids):
    """The one-hot vectors are as wide as the embedding dimension now; the vocabulary decides their width: num_rows."""
    return rows_by(table, F.one_hot(ids, num_classes=table.shape[1]).float())


@wrong()
def weight_left_fresh(table, ids):
    """The table has not moved into the layer: its fresh weight is random."""
    num_rows, dimension = table.shape
    one_hots = F.one_hot(ids, num_classes=num_rows).float()
    layer = nn.Linear(num_rows, dimension, bias=False)
    return layer(one_hots)


@wrong()
def output_turned(table, ids):
    """It is the weight that lacks a transposition, not the output."""
    return rows_by(table, right(table, ids), table).T


@wrong()
def weight_without_parameter(table, ids):
    """A layer's weight has to stay an nn.Parameter: nn.Parameter(table.T)."""
    num_rows, dimension = table.shape
    one_hots = F.one_hot(ids, num_classes=num_rows).float()
    layer = nn.Linear(num_rows, dimension, bias=False)
    layer.weight = table.T
    return layer(one_hots)


@wrong()
def integer_one_hots(table, ids):
    """Without .float() the one-hot vectors are integers, and a product wants both sides of one dtype."""
    return rows_by(table, F.one_hot(ids, num_classes=len(table)))


@wrong(idea=4)
def sizes_swapped_instead(table, ids):
    """The layer's sizes are changed round, so that the table fits as it is; it is the table that has to be turned."""
    num_rows, dimension = table.shape
    one_hots = F.one_hot(ids, num_classes=dimension).float()
    layer = nn.Linear(dimension, num_rows, bias=False)
    layer.weight = nn.Parameter(table)
    return layer(one_hots)


@wrong()
def output_turned_too(table, ids):
    """The weight is right now; the output is turned as well, and needs no transposition."""
    return rows_by(table, right(table, ids)).T


@wrong()
def one_too_wide(table, ids):
    """The one-hot vectors are one number too long: ids run from 0 to num_rows - 1, so num_rows numbers are enough."""
    return rows_by(table, F.one_hot(ids, num_classes=len(table) + 1).float())


@wrong(idea=5)
def ids_themselves(table, ids):
    """The ids themselves go into the layer, as if they were amounts; turn each into a one-hot vector first."""
    num_rows, dimension = table.shape
    layer = nn.Linear(num_rows, dimension, bias=False)
    layer.weight = nn.Parameter(table.T)
    return layer(ids.float())


@wrong(idea=4)
def one_hots_turned(table, ids):
    """It is the weight that lacks a transposition, not the one-hot vectors."""
    return rows_by(table, right(table, ids).T, table)


@wrong()
def one_hots_turned_too(table, ids):
    """It is the weight that is turned now, and not the one-hot vectors as well."""
    return rows_by(table, right(table, ids).T)


@wrong(idea=2)
def as_many_as_ids(table, ids):
    """The one-hot vectors are as wide as there are ids; the vocabulary decides their width: num_rows."""
    return rows_by(table, F.one_hot(ids, num_classes=ids.numel()).float())


@wrong(idea=8)
def flattened(table, ids):
    """The rows are right, but the ids' own shape is lost: a batch comes back as one long list."""
    return rows_by(table, F.one_hot(ids.flatten(), num_classes=len(table)).float())


@wrong(idea=3)
def sizes_swapped_in_vain(table, ids):
    """The layer's sizes are swapped: num_rows numbers come in, dimension come out."""
    num_rows, dimension = table.shape
    one_hots = F.one_hot(ids, num_classes=num_rows).float()
    layer = nn.Linear(dimension, num_rows, bias=False)
    return layer(one_hots)


@wrong(idea=2)
def as_wide_as_the_example(table, ids):
    """4 is the height of one table; the vectors are as wide as this one is high: num_rows."""
    return rows_by(table, F.one_hot(ids, num_classes=4).float())


@wrong()
def flipped(table, ids):
    """The numbers of each row stand from last to first: a table is transposed by .T, not by flip."""
    return rows_by(table, right(table, ids), table.flip(1).T)


@wrong()
def flipped_upside_down(table, ids):
    """The rows stand from last to first: a table is transposed by .T, not by flip."""
    return rows_by(table, right(table, ids), table.flip(0).T)


@wrong()
def first_row_only(table, ids):
    """Only the first row is given back; every id has one."""
    return rows_by(table, right(table, ids))[0]


@wrong(idea=8)
def squeezed(table, ids):
    """This drops every axis of size 1 (squeeze does), and with it the shape of ids that have one."""
    return rows_by(table, right(table, ids)).squeeze()


@wrong(idea=15)
def bias_of_ones(table, ids):
    """The bias is set to ones, and they are added to every row: leave it out with bias=False, or set it to zeros."""
    num_rows, dimension = table.shape
    one_hots = F.one_hot(ids, num_classes=num_rows).float()
    layer = nn.Linear(num_rows, dimension)
    layer.weight = nn.Parameter(table.T)
    nn.init.ones_(layer.bias)
    return layer(one_hots)


@wrong()
def reshape_and_width(table, ids):
    """The bias is gone. The vectors' width still comes from the sample, and reshape does not transpose: .T does."""
    return rows_by(table, F.one_hot(ids).float(), table.reshape(table.shape[1], len(table)))


@wrong()
def weight_given_to_the_layer(table, ids):
    """The layer got its own weight in place of the one-hot vectors."""
    num_rows, dimension = table.shape
    one_hots = F.one_hot(ids, num_classes=num_rows).float()
    layer = nn.Linear(num_rows, dimension, bias=False)
    layer.weight = nn.Parameter(table.T)
    return layer(layer.weight)


@wrong()
def whole_number_weight(table, ids):
    """Whole numbers can't learn, and the table would lose what stands behind the point: table.T as it is."""
    return rows_by(table, right(table, ids), table.T.long())


@wrong()
def misspelt_keyword(table, ids):
    """The keyword is misspelt: F.one_hot(ids, num_classes=num_rows)."""
    return rows_by(table, F.one_hot(ids, num_class=len(table)).float())


@wrong()
def one_hots_only(table, ids):
    """These are the one-hot vectors; the layer is to be called with them: layer(one_hots)."""
    num_rows, dimension = table.shape
    one_hots = F.one_hot(ids, num_classes=num_rows).float()
    layer = nn.Linear(num_rows, dimension, bias=False)
    layer.weight = nn.Parameter(table.T)
    return one_hots


@wrong()
def weight_only(table, ids):
    """This is the layer's weight; what the layer gives for the one-hot vectors is asked for: layer(one_hots)."""
    num_rows, dimension = table.shape
    one_hots = F.one_hot(ids, num_classes=num_rows).float()
    layer = nn.Linear(num_rows, dimension, bias=False)
    layer.weight = nn.Parameter(table.T)
    return layer.weight


@wrong(idea=11)
def one_row_early(table, ids):
    """One is taken off the ids, and that leaves -1 for the id 0."""
    return rows_by(table, F.one_hot(ids - 1, num_classes=len(table)).float())


@wrong()
def softened(table, ids):
    """A softmax spreads the 1 of each vector over all places, and every row gets mixed with the others."""
    return rows_by(table, right(table, ids).softmax(-1))


@wrong(idea=8)
def last_row_only(table, ids):
    """Only the last row is given back; every id has one."""
    return rows_by(table, right(table, ids))[-1]


@wrong()
def reshape_and_dimension(table, ids):
    """Two things: the vocabulary decides the vectors' width, num_rows; and reshape does not transpose: .T does."""
    return rows_by(table, F.one_hot(ids, num_classes=table.shape[1]).float(), table.reshape(table.shape[1], len(table)))
