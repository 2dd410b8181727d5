"""### Exercise 5 (a new situation): a row for a new token

A word that the tokeniser cuts into pieces is to become a token of its own. `with_new_row(table, piece_ids)` returns a
table of one row more: the old rows as they were, and below them, as the new token's row, the **mean of the rows of
its pieces**. `table` is `(V, d)` and `piece_ids` is `(n,)`; a piece may come up twice, and then counts twice.

With the rows `[0, 2]`, `[4, 0]`, `[6, 6]` and the pieces `[0, 1]`, the fourth row is `[2, 1]`.
"""

import torch

from tutorial_pkg.practice.pieces import wrong
from tutorial_pkg.practice.samples import numbered_table, random_table

MEANS = "The new token starts among the pieces it replaces, and with an ordinary score, neither never said nor always."
HINTS = [
    "table[piece_ids] has the shape (n, d); the new row has the shape (d,).",
    "torch.cat puts (V, d) and (1, d) together: the mean needs one dimension more, `[None]`.",
]


def stub(table, piece_ids):
    return ...


def solution(table, piece_ids):
    row = table[piece_ids].mean(dim=0)
    return torch.cat([table, row[None]])


def cases():
    return [
        (torch.tensor([[0.0, 2.0], [4.0, 0.0], [6.0, 6.0]]), torch.tensor([0, 1])),
        (numbered_table(6, 3), torch.tensor([5, 5, 2])),
        (random_table(4, 4), torch.tensor([3])),
        (random_table(8, 5), torch.tensor([7, 0, 7, 1])),
    ]


@wrong()
def mean_of_all(table, piece_ids):
    """The new row is the mean of the whole table; only its pieces count."""
    return torch.cat([table, table.mean(dim=0, keepdim=True)])


@wrong()
def summed(table, piece_ids):
    """The new row is the sum of the pieces' rows: the more pieces, the longer, and long rows get high scores."""
    return torch.cat([table, table[piece_ids].sum(dim=0, keepdim=True)])


@wrong()
def zeros(table, piece_ids):
    """The new row is all zeros, which says nothing of the word and gives it the score 0 always."""
    return torch.cat([table, torch.zeros_like(table[:1])])


@wrong()
def on_top(table, piece_ids):
    """The new row stands first, so every other token's id now leads to the row of its neighbour."""
    return torch.cat([table[piece_ids].mean(dim=0, keepdim=True), table])


@wrong()
def each_once(table, piece_ids):
    """A piece that comes up twice counts once here."""
    return torch.cat([table, table[piece_ids.unique()].mean(dim=0, keepdim=True)])


@wrong()
def first_piece(table, piece_ids):
    """The new row is that of the first piece; the mean of all its pieces was asked for."""
    return torch.cat([table, table[piece_ids[:1]]])


@wrong()
def all_pieces(table, piece_ids):
    """The rows of all pieces were put below the table; one new row is asked for, their mean."""
    return torch.cat([table, table[piece_ids]])


@wrong()
def one_number(table, piece_ids):
    """The new row holds one number throughout, the mean of all the pieces' numbers; each column has its own mean."""
    return torch.cat([table, table[piece_ids].mean().expand(1, table.shape[1])])


@wrong()
def of_length_one(table, piece_ids):
    """The new row was given the length 1; it is to be the mean as it is."""
    return torch.cat([table, torch.nn.functional.normalize(table[piece_ids].mean(dim=0, keepdim=True))])
