"""### Exercise 3 (write the body): other ids, the same words

Somebody gives every token another id: the token that had id `i` now has `new_id[i]`. Write `renumbered(table, new_id)`:
the table, of shape `(V, d)`, with its rows moved along, so that each token finds the row it had. `new_id` is a tensor
with each of 0 to V - 1 once; `table` itself must stay as it is.

With the rows `a`, `b`, `c` and `new_id = [1, 2, 0]`, the result has the rows `c`, `a`, `b`.
"""

import torch

from tutorial_pkg.practice.pieces import wrong
from tutorial_pkg.practice.samples import numbered_table

MEANS = "Ids are names: moved along with its ids, the table means what it meant before, at both ends of the model."
HINTS = [
    "Row i has to land in row new_id[i]: new_id says where to write, not where to read.",
    "Make an empty table of the same shape, and assign to its rows new_id.",
]


def stub(table, new_id):
    return ...


def solution(table, new_id):
    moved = torch.empty_like(table)
    moved[new_id] = table  # row i goes to row new_id[i]
    return moved


def cases():
    return [
        (numbered_table(3, 2), torch.tensor([1, 2, 0])),
        (numbered_table(6, 3), torch.tensor([4, 0, 3, 2, 5, 1])),
        (numbered_table(5, 5), torch.tensor([1, 2, 3, 4, 0])),
        (numbered_table(1, 4), torch.tensor([0])),
    ]


@wrong()
def read_there(table, new_id):
    """table[new_id] reads at the new ids; each row has to be written there. (For some orders the two are the same.)"""
    return table[new_id]


@wrong(idea=5)
def unchanged(table, new_id):
    """The rows stand where they stood, so each token finds another one's row."""
    return table.clone()


@wrong(idea=3)
def columns(table, new_id):
    """The columns were moved; an id is the number of a row."""
    if table.shape[1] == len(new_id):
        moved = torch.empty_like(table)
        moved[:, new_id] = table
        return moved
    return table.clone()


@wrong(idea=5)
def added(table, new_id):
    """The ids were reckoned into the rows; an id only says which row."""
    return table + new_id[:, None]


@wrong()
def turned_round(table, new_id):
    """The rows stand in reverse; new_id says where each one goes."""
    return table.flip(0)
