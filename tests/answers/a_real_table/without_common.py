"""Other answers to `without_common`: right ones in other styles, and wrong ones that a general rule catches."""

import torch

from answers import caught, right


@right
def keepdim(table):
    return table - table.mean(0, keepdim=True)


@right
def by_sum(table):
    return table - table.sum(0) / len(table)


@right
def row_by_row(table):
    common = table.mean(0)
    return torch.stack([row - common for row in table])


@right
def as_a_product(table):
    ones = torch.ones(len(table), len(table), dtype=table.dtype) / len(table)
    return table - ones @ table


@caught("changes its input `table`")
def in_place(table):
    table -= table.mean(0)
    return table


@caught("Got a table with [3.0, 4.0] subtracted from every row. The mean row is [2.0, 2.0]")
def the_largest_taken_off(table):
    return table - table.max(dim=0).values


@caught("Got the mean row itself. Subtract it from the table")
def only_the_mean(table):
    return table.mean(dim=0)


@caught("Got numbers of shape (2,). Return a table")
def products(table):
    return table @ table.mean(dim=0)


@caught("Got the table as it was")
def unchanged(table):
    return table - 0


@caught("Got the mean row in every row")
def mean_everywhere(table):
    return table.mean(dim=0).repeat(len(table), 1)
