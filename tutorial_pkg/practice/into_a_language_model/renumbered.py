from tutorial_pkg.practice.items import Exercise, Slip
from tutorial_pkg.practice.lazy import torch
from tutorial_pkg.practice.samples import tens_table


def stub(table, new_id):
    return ...


def solution(table, new_id):
    moved = torch.empty_like(table)
    moved[new_id] = table  # row i becomes row new_id[i]
    return moved


def cases():
    return [
        (0.5 + tens_table(3, 2), torch.tensor([1, 2, 0])),
        (0.5 + tens_table(6, 3), torch.tensor([4, 0, 3, 2, 5, 1])),
        (tens_table(5, 5), torch.tensor([1, 2, 3, 4, 0])),
        (tens_table(1, 4), torch.tensor([0])),
    ]


def columns(table, new_id):
    moved = table.clone()
    moved[:, new_id] = table
    return moved


def while_moving(table, new_id):
    moved = table.clone()
    for old, new in enumerate(new_id):
        moved[new] = moved[old]
    return moved


def exchanged_in_turn(table, new_id):
    moved = table.clone()
    for old, new in enumerate(new_id.tolist()):
        moved[[old, new]] = moved[[new, old]]
    return moved


def exchanged_with_old_rows(table, new_id):
    moved = table.clone()
    for old, new in enumerate(new_id.tolist()):
        moved[old], moved[new] = table[new], table[old]
    return moved


exercise = Exercise(
    task="""### Exercise 3 (write the body): other ids, the same words

Every token gets another id: the token with the id `i` now has the id `new_id[i]`. Write `renumbered(table, new_id)`. It
returns a new table of shape `(V, d)`. The rows are the same, but in a new order, so that each token still gets its row.
`new_id` is a tensor that contains each of the numbers 0 to V - 1 once. `table` itself must not change.

With the rows `a`, `b`, `c` and `new_id = [1, 2, 0]`, the result has the rows `c`, `a`, `b`.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    success="Ids are only names. If the rows move with the ids, the model works as before, at the input and at the output.",
    hints=[
        "Row i becomes row new_id[i]. So new_id says where to write, not where to read.",
        "Make an empty table of the same shape. Then `moved[new_id] = ...` writes to its rows new_id.",
    ],
    slips=[
        Slip("table[new_id] *reads* at the new ids. *Write* each row at its new id. (For some orders both are the same.)", lambda table, new_id: table[new_id]),
        Slip("The rows did not move, so each token finds the row of another token. Move them with the ids.", lambda table, new_id: table.clone(), idea=5),
        Slip("The columns are written here, moved[:, ...]. An id is the number of a row: write the rows.", columns, idea=3),
        Slip("The columns are selected here, table[:, ...]. An id is the number of a row.", lambda table, new_id: table[:, new_id], idea=3),
        Slip("The columns are selected here, table[:, ...]. An id is the number of a row.", lambda table, new_id: table[:, new_id.argsort()], idea=3),
        Slip("The ids are added to the numbers of the rows. An id only says which row to take.", lambda table, new_id: table + new_id[:, None], idea=5),
        Slip("The ids are a column of the table here. They only say where the rows go.", lambda table, new_id: torch.cat([table, new_id[:, None]], dim=1), idea=5),
        Slip("These are the old ids in their new order. Return the rows with these ids: table[...].", lambda table, new_id: new_id.argsort()),
        Slip("Every row moves by one position. This is right only in the example. Move each row to its own new id.", lambda table, new_id: table.roll(1, 0), idea=5),
        Slip("The moved rows are added to the old rows. Begin with an empty table.", lambda table, new_id: table.clone().index_add_(0, new_id, table)),
        Slip("Only the first column moves here. `moved[new_id] = table` moves whole rows.", lambda table, new_id: torch.zeros_like(table).scatter(0, new_id[:, None], table)),
        Slip("Some rows are overwritten before they are moved. Read from the old table, and write to another table.", while_moving),
        Slip("Each row is one position before its new id. Ids start at 0, and rows do, too.", lambda table, new_id: solution(table, new_id).roll(-1, 0), idea=11),
        Slip("The rows are read at new_id - 1. Ids count from 0. Write each row at its new id.", lambda table, new_id: table[new_id - 1], idea=11),
        Slip("Rows are exchanged in pairs here, and a later exchange moves an earlier row again. Write each row once, to a new table.", exchanged_in_turn),
        Slip("Two rows are written for each id here, so later rows overwrite earlier rows. Write one row for each id.", exchanged_with_old_rows),
        Slip("The rows are in reverse order, whatever `new_id` is. Row i becomes row new_id[i].", lambda table, new_id: table.flip(0)),
        Slip("The rows are moved twice. Move them once.", lambda table, new_id: solution(solution(table, new_id), new_id)),
        Slip("The rows are read at the new ids from last to first. Row i becomes row new_id[i].", lambda table, new_id: table[new_id.flip(0)]),
    ],
)
