from __future__ import annotations

from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.lazy import torch
from tutorial_pkg.practice.messages import brief
from tutorial_pkg.practice.samples import random_table


def stub(table):
    common = table.mean(dim=0)  # one row: the mean of all rows, shape (d,)
    return ...  # put the table without it where the dots are


def solution(table):
    common = table.mean(dim=0)  # one row: the mean of all rows, shape (d,)
    return table - common  # (V, d) - (d,): the row is taken off every row


def cases():
    return [
        (torch.tensor([[1.0, 4.0], [3.0, 0.0]]),),
        (random_table(6, 3) + 2,),
        (random_table(5, 5) + torch.arange(5),),
        (random_table(40, 8, torch.float64) * 3 - 1,),
        (torch.tensor([[7.0, 7.0, 8.0]]),),
    ]


def view(result, table):
    """The result as it is, unless one row was taken off every row and is not the mean."""
    if not isinstance(result, torch.Tensor) or result.shape != table.shape or len(table) == 1:
        return result
    taken, common = table - result, table.mean(dim=0)
    if not taken.any() or torch.allclose(taken[0], common, rtol=1e-3, atol=1e-3):
        return result
    if torch.allclose(taken, taken[0].expand_as(taken), rtol=1e-4, atol=1e-5):
        return Finding(f"a table that lost the row {brief(taken[0])}; the rows' mean is {brief(common)}")
    return result


def direction_removed(table):
    direction = table.mean(dim=0) / table.mean(dim=0).norm()
    return table - (table @ direction)[:, None] * direction


def added(table):
    return table + table.mean(dim=0)


def divided(table):
    return table / table.mean(dim=0)


def multiplied(table):
    return table * table.mean(dim=0)


def medians(table):
    return table - table.median(dim=0).values


def brought_to_length_1_before(table):
    unit = torch.nn.functional.normalize(table, dim=1)
    return unit - unit.mean(dim=0)


def both_means(table):
    centred = table - table.mean(dim=0)
    return centred - centred.mean(dim=1, keepdim=True)


def all_but_the_last_row(table):
    left = table - table.mean(dim=0)
    left[-1] = table[-1]
    return left


def mean_of_what_is_left(table):
    left = table.clone()
    for row in left:
        row -= left.mean(dim=0)
    return left


def softmax(table):
    return table.softmax(dim=0)


exercise = Exercise(
    task="""### Exercise 2 (finish the last line): take out what all rows share

`without_common(table)` takes a table of shape `(V, d)` and returns a new one of the same shape in which the rows'
mean is zero. For the rows `[1., 4.]` and `[3., 0.]` that is `[-1., 2.]` and `[1., -2.]`. The table itself stays as
it is.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="What is left of each row is what sets its token apart, and two random rows stand at right angles.",
    hints=[
        "The mean row has one number for each of the d columns: what must be averaged away, dimension 0 or dimension 1?",
        "`table.mean(dim=0)` has shape `(d,)`, and PyTorch takes it off every row.",
    ],
    slips=[
        Slip(
            "Each row was centred and scaled by itself (layer_norm does that); what the rows have in common is their mean row: over dimension 0.",
            lambda table: torch.nn.functional.layer_norm(table, table.shape[-1:]),
        ),
        Slip(
            "Each row lost the mean of its own numbers; what is shared is the mean of the rows: one number for each column.",
            lambda table: table - table.mean(dim=1, keepdim=True),
        ),
        Slip(
            "One single number was taken off everything; the mean row has one number for each column.",
            lambda table: table - table.mean(),
        ),
        Slip("This is the mean row itself; it has to be taken off the table.", lambda table: table.mean(dim=0)),
        Slip(
            "The signs are turned around: the table minus the mean row, and not the mean row minus the table.",
            lambda table: table.mean(dim=0) - table,
        ),
        Slip(
            "The columns were also divided by their spread; only the mean has to go.",
            lambda table: (table - table.mean(dim=0)) / table.std(dim=0, correction=0).clamp_min(1e-12),
        ),
        Slip(
            "Each row lost its part along the mean row's direction; what is asked for is to subtract the mean row itself.",
            direction_removed,
        ),
        Slip(
            "The sum of all rows was taken off; divided by the number of rows, it is their mean.",
            lambda table: table - table.sum(dim=0),
        ),
        Slip(
            "The columns were also divided by their spread; only the mean has to go.",
            lambda table: (table - table.mean(dim=0)) / table.std(dim=0),
        ),
        Slip("The mean row was added; it is to be taken off.", added),
        Slip("Each row was divided by the mean row; the mean row is to be subtracted.", divided),
        Slip("Each row was multiplied by the mean row; the mean row is to be subtracted.", multiplied),
        Slip("The medians of the columns were taken off; their means are asked for.", medians),
        Slip(
            "The rows were also brought to length 1; only the mean has to go.",
            lambda table: torch.nn.functional.normalize(table - table.mean(dim=0), dim=1),
        ),
        Slip(
            "The rows were brought to length 1 before the mean was taken; it is to be the mean of the rows as they are.",
            brought_to_length_1_before,
        ),
        Slip("The table comes back as it was: its mean row is to be taken off every row.", lambda table: table.clone()),
        Slip(
            "The mean row was brought to length 1 before it was taken off; take it off as it is.",
            lambda table: table - torch.nn.functional.normalize(table.mean(dim=0), dim=0),
        ),
        Slip(
            "These are the means of the rows' own numbers, `dim=1`, and they were taken off the columns; the mean row has one number for each column, `dim=0`.",
            lambda table: table - table.mean(dim=1),
        ),
        Slip("The first row was taken off every row; what they share is their mean.", lambda table: table - table[0]),
        Slip(
            "Each row is the mean row here; it has to be taken off the table.",
            lambda table: table.mean(dim=0).expand_as(table).clone(),
        ),
        Slip(
            "The mean row is off, and then each row lost the mean of its own numbers as well; only the mean row has to go.",
            both_means,
        ),
        Slip(
            "This is one number for each row, its dot product with the mean row; a table is asked for, the mean row taken off every row.",
            lambda table: table @ table.mean(dim=0),
        ),
        Slip(
            "This is the mean of each row's own numbers; asked for is the table, the mean of all rows taken off it.",
            lambda table: table.mean(dim=1),
        ),
        Slip("The last row is as it was; the mean row is to be taken off every row.", all_but_the_last_row),
        Slip(
            "The mean was worked out again after each row, from rows that had changed already; take it once, before the first.",
            mean_of_what_is_left,
        ),
        Slip(
            "Each row lost the mean of the others; the mean is to be that of all rows, its own included.",
            lambda table: table - (table.sum(dim=0) - table) / max(len(table) - 1, 1),
        ),
        Slip(
            "The columns were divided by their spread, and kept their mean; it is to be subtracted.",
            lambda table: table / table.std(dim=0, correction=0),
        ),
        Slip("This is a softmax; the mean row is to be subtracted.", softmax),
        Slip(
            "This has one number for each row; all its numbers are to stay, the mean row taken off.",
            lambda table: (table - table.mean(dim=0)).mean(dim=1, keepdim=True),
        ),
        Slip(
            "The numbers were made whole on the way; the mean has a fraction.",
            lambda table: table.long() - table.mean(dim=0).long(),
        ),
        Slip(
            "Each row also lost the mean of its own numbers; only the mean row has to go.",
            lambda table: table - table.mean(dim=0) - table.mean(dim=1, keepdim=True),
        ),
        Slip(
            "The rows were brought to length 1, and keep what they share; the mean row is to be subtracted.",
            lambda table: torch.nn.functional.normalize(table, dim=1),
        ),
    ],
)
