"""### Exercise 3 (write the body): other ids, the same words

Somebody gives every token another id: the token that had id `i` now has `new_id[i]`. Write `renumbered(table, new_id)`:
the table, of shape `(V, d)`, with its rows moved along, so that each token finds the row it had. `new_id` is a tensor
with each of 0 to V - 1 once; `table` itself must stay as it is.

With the rows `a`, `b`, `c` and `new_id = [1, 2, 0]`, the result has the rows `c`, `a`, `b`.
"""

import torch

from tutorial_pkg.practice.items import wrong
from tutorial_pkg.practice.samples import tens_table

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
        (0.5 + tens_table(3, 2), torch.tensor([1, 2, 0])),
        (0.5 + tens_table(6, 3), torch.tensor([4, 0, 3, 2, 5, 1])),
        (tens_table(5, 5), torch.tensor([1, 2, 3, 4, 0])),
        (tens_table(1, 4), torch.tensor([0])),
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


@wrong()
def order_only(table, new_id):
    """These are the old ids in their new order; the rows are asked for: table[these]."""
    return new_id.argsort()


@wrong(idea=5)
def rolled(table, new_id):
    """Every row moved one place on. In the example that is what new_id says; in general each row goes to its own new
    id."""
    return table.roll(1, 0)


@wrong()
def added_to_the_old(table, new_id):
    """The rows were added to those that stood there; begin with an empty table."""
    return table.clone().index_add_(0, new_id, table)


@wrong()
def first_column_only(table, new_id):
    """Only the first column was moved: scatter wants an index for every number. `moved[new_id] = table` takes rows."""
    return torch.zeros_like(table).scatter(0, new_id[:, None], table)


@wrong(idea=3)
def columns_read(table, new_id):
    """The columns were picked, table[:, ...]; an id is the number of a row."""
    return table[:, new_id]


@wrong()
def backwards(table, new_id):
    """The old ids were put in falling order of the new ones, so the rows stand from last to first."""
    return table[new_id.argsort(descending=True)]


@wrong()
def while_moving(table, new_id):
    """Rows were overwritten before they had been moved: read from the old table, and write to another one."""
    moved = table.clone()
    for old, new in enumerate(new_id):
        moved[new] = moved[old]
    return moved


@wrong(idea=11)
def one_place_off(table, new_id):
    """Each row landed one place before its new id: ids count from 0, as rows do."""
    moved = torch.zeros_like(table)
    moved[new_id - 1] = table
    return moved


@wrong()
def swapped_in_turn(table, new_id):
    """Rows were exchanged in pairs, and a later exchange moved an earlier row again; write each to a new table once."""
    moved = table.clone()
    for old, new in enumerate(new_id.tolist()):
        moved[[old, new]] = moved[[new, old]]
    return moved


@wrong(11)
def read_one_before(table, new_id):
    """The rows were read at new_id - 1: ids count from 0, and each row has to be written to its new id."""
    return table[new_id - 1]


@wrong()
def moved_twice(table, new_id):
    """The rows were moved twice over; once is enough."""
    return solution(solution(table, new_id), new_id)


@wrong(5)
def ids_beside(table, new_id):
    """The new ids became a column of the table; they say where the rows go."""
    return torch.cat([table, new_id[:, None]], dim=1)


@wrong()
def turned(table, new_id):
    """The table is turned on its side: a token's numbers are a row."""
    return solution(table, new_id).T


@wrong()
def read_in_reverse(table, new_id):
    """The rows were read at the new ids from last to first; row i goes to row new_id[i]."""
    return table[new_id.flip(0)]


@wrong(3)
def columns_written(table, new_id):
    """The columns were moved; an id is the number of a row."""
    return table[:, new_id.argsort()]
