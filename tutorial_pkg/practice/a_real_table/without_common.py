"""### Exercise 2 (finish the last line): take out what all rows share

`without_common(table)` takes a table of shape `(V, d)` and returns a new one of the same shape in which the rows'
mean is zero. For the rows `[1., 4.]` and `[3., 0.]` that is `[-1., 2.]` and `[1., -2.]`. The table itself stays as
it is.
"""

import torch

from tutorial_pkg.practice.pieces import wrong
from tutorial_pkg.practice.samples import random_table

MEANS = "What is left of each row is what sets its token apart, and two random rows stand at right angles."
HINTS = [
    "The mean row has one number for each of the d columns: what must be averaged away, dimension 0 or dimension 1?",
    "`table.mean(dim=0)` has shape `(d,)`, and PyTorch takes it off every row.",
]


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


@wrong()
def mean_of_each_row(table):
    """Each row lost the mean of its own numbers; what is shared is the mean of the rows: one number for each column."""
    return table - table.mean(dim=1, keepdim=True)


@wrong()
def one_number(table):
    """One single number was taken off everything; the mean row has one number for each column."""
    return table - table.mean()


@wrong()
def only_the_common(table):
    """This is the mean row itself; it has to be taken off the table."""
    return table.mean(dim=0)


@wrong()
def turned_around(table):
    """The signs are turned around: the table minus the mean row, and not the mean row minus the table."""
    return table.mean(dim=0) - table


@wrong()
def standardised(table):
    """The columns were also divided by their spread; only the mean has to go."""
    return (table - table.mean(dim=0)) / table.std(dim=0, correction=0).clamp_min(1e-12)


@wrong()
def direction_removed(table):
    """Each row lost its part along the mean row's direction; what is asked for is to subtract the mean row itself."""
    direction = table.mean(dim=0) / table.mean(dim=0).norm()
    return table - (table @ direction)[:, None] * direction


@wrong()
def sum_of_rows(table):
    """The sum of all rows was taken off; divided by the number of rows, it is their mean."""
    return table - table.sum(dim=0)
