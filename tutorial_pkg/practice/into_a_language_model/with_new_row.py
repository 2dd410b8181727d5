from __future__ import annotations

from tutorial_pkg.practice.items import Exercise, Slip
from tutorial_pkg.practice.lazy import torch
from tutorial_pkg.practice.samples import numbered_table, random_table


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


def zeros(table, piece_ids):
    return torch.cat([table, torch.zeros_like(table[:1])])


def _with(table, row):
    return torch.cat([table, row.reshape(1, -1)])


def beside(table, piece_ids):
    return torch.cat([table, table[piece_ids].mean(dim=0, keepdim=True)], dim=1)


def halved(table, piece_ids):
    return _with(table, table[piece_ids].sum(dim=0) / 2)


def largest(table, piece_ids):
    return _with(table, table[piece_ids].amax(dim=0))


def smallest(table, piece_ids):
    return _with(table, table[piece_ids].amin(dim=0))


def random(table, piece_ids):
    return _with(table, torch.randn(table.shape[1]))


def ones(table, piece_ids):
    return _with(table, torch.ones(table.shape[1]))


def rounded(table, piece_ids):
    return _with(table, table[piece_ids].mean(dim=0).round())


def in_place_of_the_last(table, piece_ids):
    longer = torch.cat([table, torch.zeros_like(table[:1])])
    longer[len(table) - 1] = table[piece_ids].mean(dim=0)
    return longer


def apart(table, piece_ids):
    return table, table[piece_ids].mean(dim=0)


def _in_turn(rows):
    mean = rows[0]
    for row in rows[1:]:
        mean = (mean + row) / 2
    return mean


exercise = Exercise(
    task="""### Exercise 5 (a new situation): a row for a new token

A word that the tokeniser cuts into pieces is to become a token of its own. `with_new_row(table, piece_ids)` returns a
table of one row more: the old rows as they were, and below them, as the new token's row, the **mean of the rows of
its pieces**. `table` is `(V, d)` and `piece_ids` is `(n,)`; a piece may come up twice, and then counts twice.

With the rows `[0, 2]`, `[4, 0]`, `[6, 6]` and the pieces `[0, 1]`, the fourth row is `[2, 1]`.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    success="The new token starts among the pieces it replaces, and with an ordinary score, neither never said nor always.",
    hints=[
        "table[piece_ids] has the shape (n, d); the new row has the shape (d,).",
        "torch.cat puts (V, d) and (1, d) together: the mean needs one dimension more, `[None]`.",
    ],
    slips=[
        Slip(
            "The new row is the mean of the whole table; only its pieces count.",
            lambda table, piece_ids: torch.cat([table, table.mean(dim=0, keepdim=True)]),
        ),
        Slip(
            "The new row is the sum of the pieces' rows: the more pieces, the longer, and long rows get high scores.",
            lambda table, piece_ids: torch.cat([table, table[piece_ids].sum(dim=0, keepdim=True)]),
        ),
        Slip("The new row is all zeros, which says nothing of the word and gives it the score 0 always.", zeros),
        Slip(
            "The new row stands first, so every other token's id now leads to the row of its neighbour.",
            lambda table, piece_ids: torch.cat([table[piece_ids].mean(dim=0, keepdim=True), table]),
        ),
        Slip(
            "A piece that comes up twice counts once here.",
            lambda table, piece_ids: torch.cat([table, table[piece_ids.unique()].mean(dim=0, keepdim=True)]),
        ),
        Slip(
            "The new row is that of the first piece; the mean of all its pieces was asked for.",
            lambda table, piece_ids: torch.cat([table, table[piece_ids[:1]]]),
        ),
        Slip(
            "The rows of all pieces were put below the table; one new row is asked for, their mean.",
            lambda table, piece_ids: torch.cat([table, table[piece_ids]]),
        ),
        Slip(
            "The new row holds one number throughout, the mean of all the pieces' numbers; each column has its own mean.",
            lambda table, piece_ids: torch.cat([table, table[piece_ids].mean().expand(1, table.shape[1])]),
        ),
        Slip(
            "The new row was given the length 1; it is to be the mean as it is.",
            lambda table, piece_ids: torch.cat(
                [table, torch.nn.functional.normalize(table[piece_ids].mean(dim=0, keepdim=True))]
            ),
        ),
        Slip(
            "The mean has the shape (d,), and cat joins only what has as many dimensions as the table: `row[None]` is (1, d).",
            lambda table, piece_ids: torch.cat([table, table[piece_ids].mean(dim=0)]),
        ),
        Slip(
            "Here each piece's own numbers were averaged, over the columns; the mean is over the pieces: dim=0.",
            lambda table, piece_ids: torch.cat([table, table[piece_ids].mean(dim=1, keepdim=True)]),
        ),
        Slip(
            "Here each piece's own numbers were averaged, and laid down as a row; the mean is over the pieces: dim=0.",
            lambda table, piece_ids: torch.cat([table, table[piece_ids].mean(dim=1)[None]]),
        ),
        Slip("dim=1 sets the row beside the table; below it is dim=0, which is what cat does unasked.", beside),
        Slip(
            "This is the new row alone; the table with it is asked for.",
            lambda table, piece_ids: table[piece_ids].mean(dim=0),
        ),
        Slip(
            "This is the new row alone; the table with it is asked for: torch.cat puts it below.",
            lambda table, piece_ids: table[piece_ids].mean(dim=0, keepdim=True),
        ),
        Slip(
            "The sum of the pieces was divided by the number of rows in the table; divide it by the number of pieces.",
            lambda table, piece_ids: _with(table, table[piece_ids].sum(dim=0) / len(table)),
        ),
        Slip(
            "The sum of the pieces was divided by the number of columns; divide it by the number of pieces.",
            lambda table, piece_ids: _with(table, table[piece_ids].sum(dim=0) / table.shape[1]),
        ),
        Slip("The sum was divided by 2; there may be any number of pieces.", halved),
        Slip(
            "A piece that comes up twice is in the sum twice, and was counted once in what the sum is divided by.",
            lambda table, piece_ids: _with(table, table[piece_ids].sum(dim=0) / len(piece_ids.unique())),
        ),
        Slip(
            "This is the median of the pieces' rows; their mean is asked for.",
            lambda table, piece_ids: _with(table, table[piece_ids].median(dim=0).values),
        ),
        Slip("This is the largest number of each column; the mean is asked for.", largest),
        Slip(
            "Only the first two pieces are in the mean; there may be more.",
            lambda table, piece_ids: _with(table, table[piece_ids[:2]].mean(dim=0)),
        ),
        Slip(
            "Only the first and the last piece are in the mean; all of them count.",
            lambda table, piece_ids: _with(table, (table[piece_ids[0]] + table[piece_ids[-1]]) / 2),
        ),
        Slip(
            "The new row is that of the last piece; the mean of all its pieces was asked for.",
            lambda table, piece_ids: _with(table, table[piece_ids[-1]]),
        ),
        Slip(
            "The *ids* were averaged, and one row was looked up; ids are names, and the rows are to be averaged.",
            lambda table, piece_ids: _with(table, table[piece_ids.float().mean().long()]),
            idea=5,
        ),
        Slip(
            "The mean was written over the last token's row; the table is to have one row more, below it.",
            lambda table, piece_ids: torch.cat([table[:-1], table[piece_ids].mean(dim=0, keepdim=True)]),
        ),
        Slip(
            "The mean is that of the table's first rows, as many as there are pieces; the pieces' *ids* say which rows.",
            lambda table, piece_ids: _with(table, table[: len(piece_ids)].mean(dim=0)),
        ),
        Slip(
            "The pieces' rows were multiplied; their mean is asked for.",
            lambda table, piece_ids: _with(table, table[piece_ids].prod(dim=0)),
        ),
        Slip("This is the smallest number of each column; the mean is asked for.", smallest),
        Slip("The new row is random, and says nothing of the word; it is to be the mean of its pieces.", random),
        Slip("The new row is all ones; it is to be the mean of its pieces.", ones),
        Slip(
            "The sum was divided by one more than there are pieces.",
            lambda table, piece_ids: _with(table, table[piece_ids].sum(dim=0) / (len(piece_ids) + 1)),
        ),
        Slip(
            "The sum was divided by one less than there are pieces.",
            lambda table, piece_ids: _with(table, table[piece_ids].sum(dim=0) / (len(piece_ids) - 1)),
        ),
        Slip(
            "The mean was halved anew with each piece, so the later ones weigh more; all weigh the same.",
            lambda table, piece_ids: _with(table, _in_turn(table[piece_ids])),
        ),
        Slip("The mean was rounded to whole numbers; it is to stay as it is.", rounded),
        Slip(
            "The new row is the one at the *number* of pieces; the ids say which rows are averaged.",
            lambda table, piece_ids: _with(table, table[len(piece_ids) % len(table)]),
        ),
        Slip(
            "The mean is one row too high, in place of the last token's row: the new row is at len(table).",
            in_place_of_the_last,
            idea=11,
        ),
        Slip("The table and the row came back apart; torch.cat puts the row below the table.", apart),
        Slip(
            "The ids themselves became the row; they say which rows are averaged: table[piece_ids].",
            lambda table, piece_ids: torch.cat([table, piece_ids[None].float()]),
            idea=5,
        ),
        Slip(
            "torch.stack sets tensors of *one* shape side by side; torch.cat puts a row of shape (1, d) below.",
            lambda table, piece_ids: torch.stack([table, table[piece_ids].mean(dim=0)]),
        ),
        Slip(
            "The mean was added to every row: `+` reckons with tensors; torch.cat puts them together.",
            lambda table, piece_ids: table + table[piece_ids].mean(dim=0),
        ),
        Slip(
            "A *column* was added; a token is a row.",
            lambda table, piece_ids: torch.cat(
                [table, table[:, piece_ids % table.shape[1]].mean(dim=1)[:, None]], dim=1
            ),
            idea=3,
        ),
    ],
)
