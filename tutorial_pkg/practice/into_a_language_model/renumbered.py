from __future__ import annotations

from tutorial_pkg.practice.items import Exercise, Slip
from tutorial_pkg.practice.lazy import torch
from tutorial_pkg.practice.samples import tens_table


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


def columns(table, new_id):
    if table.shape[1] == len(new_id):
        moved = torch.empty_like(table)
        moved[:, new_id] = table
        return moved
    return table.clone()


def added(table, new_id):
    return table + new_id[:, None]


def while_moving(table, new_id):
    moved = table.clone()
    for old, new in enumerate(new_id):
        moved[new] = moved[old]
    return moved


def one_place_off(table, new_id):
    moved = torch.zeros_like(table)
    moved[new_id - 1] = table
    return moved


def swapped_in_turn(table, new_id):
    moved = table.clone()
    for old, new in enumerate(new_id.tolist()):
        moved[[old, new]] = moved[[new, old]]
    return moved


def turned(table, new_id):
    return solution(table, new_id).T


exercise = Exercise(
    task="""### Exercise 3 (write the body): other ids, the same words

Somebody gives every token another id: the token that had id `i` now has `new_id[i]`. Write `renumbered(table, new_id)`:
the table, of shape `(V, d)`, with its rows moved along, so that each token finds the row it had. `new_id` is a tensor
with each of 0 to V - 1 once; `table` itself must stay as it is.

With the rows `a`, `b`, `c` and `new_id = [1, 2, 0]`, the result has the rows `c`, `a`, `b`.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    success="Ids are names: moved along with its ids, the table means what it meant before, at both ends of the model.",
    hints=[
        "Row i has to land in row new_id[i]: new_id says where to write, not where to read.",
        "Make an empty table of the same shape, and assign to its rows new_id.",
    ],
    slips=[
        Slip(
            "table[new_id] reads at the new ids; each row has to be written there. (For some orders the two are the same.)",
            lambda table, new_id: table[new_id],
        ),
        Slip(
            "The rows stand where they stood, so each token finds another one's row.",
            lambda table, new_id: table.clone(),
            idea=5,
        ),
        Slip("The columns were moved; an id is the number of a row.", columns, idea=3),
        Slip("The ids were reckoned into the rows; an id only says which row.", added, idea=5),
        Slip("The rows stand in reverse; new_id says where each one goes.", lambda table, new_id: table.flip(0)),
        Slip(
            "These are the old ids in their new order; the rows are asked for: table[these].",
            lambda table, new_id: new_id.argsort(),
        ),
        Slip(
            "Every row moved one place on. In the example that is what new_id says; in general each row goes to its own new id.",
            lambda table, new_id: table.roll(1, 0),
            idea=5,
        ),
        Slip(
            "The rows were added to those that stood there; begin with an empty table.",
            lambda table, new_id: table.clone().index_add_(0, new_id, table),
        ),
        Slip(
            "Only the first column was moved: scatter wants an index for every number. `moved[new_id] = table` takes rows.",
            lambda table, new_id: torch.zeros_like(table).scatter(0, new_id[:, None], table),
        ),
        Slip(
            "The columns were picked, table[:, ...]; an id is the number of a row.",
            lambda table, new_id: table[:, new_id],
            idea=3,
        ),
        Slip(
            "The old ids were put in falling order of the new ones, so the rows stand from last to first.",
            lambda table, new_id: table[new_id.argsort(descending=True)],
        ),
        Slip(
            "Rows were overwritten before they had been moved: read from the old table, and write to another one.",
            while_moving,
        ),
        Slip("Each row landed one place before its new id: ids count from 0, as rows do.", one_place_off, idea=11),
        Slip(
            "Rows were exchanged in pairs, and a later exchange moved an earlier row again; write each to a new table once.",
            swapped_in_turn,
        ),
        Slip(
            "The rows were read at new_id - 1: ids count from 0, and each row has to be written to its new id.",
            lambda table, new_id: table[new_id - 1],
            idea=11,
        ),
        Slip(
            "The rows were moved twice over; once is enough.",
            lambda table, new_id: solution(solution(table, new_id), new_id),
        ),
        Slip(
            "The new ids became a column of the table; they say where the rows go.",
            lambda table, new_id: torch.cat([table, new_id[:, None]], dim=1),
            idea=5,
        ),
        Slip("The table is turned on its side: a token's numbers are a row.", turned),
        Slip(
            "The rows were read at the new ids from last to first; row i goes to row new_id[i].",
            lambda table, new_id: table[new_id.flip(0)],
        ),
        Slip(
            "The columns were moved; an id is the number of a row.",
            lambda table, new_id: table[:, new_id.argsort()],
            idea=3,
        ),
    ],
)
