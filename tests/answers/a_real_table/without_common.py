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


@caught("a table that lost the row [3.0, 4.0]; the rows' mean is [2.0, 2.0]")
def the_largest_taken_off(table):
    return table - table.max(dim=0).values
