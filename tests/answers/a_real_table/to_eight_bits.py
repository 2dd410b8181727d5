"""Other answers to `to_eight_bits`: right ones in other styles, and wrong ones that a general rule catches."""

import torch

from answers import caught, right


@right
def by_where(table):
    largest = table.abs().max(dim=1, keepdim=True).values
    scale = torch.where(largest == 0, torch.ones_like(largest), largest / 127)
    return torch.round(table / scale).to(torch.int8), scale


@right
def row_by_row(table):
    steps, scales = [], []
    for row in table:
        scale = float(row.abs().max()) / 127 or 1.0
        steps.append((row / scale).round().to(torch.int8))
        scales.append([scale])
    return torch.stack(steps), torch.tensor(scales)


@right
def as_a_list(table):
    scale = table.abs().amax(1, keepdim=True) / 127
    scale = scale.masked_fill(scale == 0, 1.0)
    return [torch.round(table / scale).char(), scale]


@caught("no pair")
def steps_only(table):
    return (table / (table.abs().amax(1, keepdim=True) / 127)).round().to(torch.int8)


@caught("torch.int8 is expected")
def not_yet_bytes(table):
    scale = table.abs().amax(1, keepdim=True) / 127
    return (table / scale).round(), scale


@caught("a pair whose scale has the shape")
def flat_scale(table):
    scale = table.abs().amax(1) / 127
    return (table / scale[:, None]).round().to(torch.int8), scale


def for_scale(table, scale):
    scale = scale.masked_fill(scale == 0, 1.0)
    return (table / scale).round().to(torch.int8), scale


@caught("the shape (1, 2), which is one for each column; expected (1, 1): one for each row, in a column")
def for_each_column(table):
    return for_scale(table, table.abs().amax(0, keepdim=True) / 127)


@caught("the shape (1, 1), which is one for all; expected (6, 1)")
def for_all(table):
    return for_scale(table, table.abs().amax().reshape(1, 1) / 127)


@caught("a pair whose scale is torch.float64; torch.float32 is expected")
def in_double_precision(table):
    return for_scale(table, table.double().abs().amax(1, keepdim=True) / 127)


@caught("The steps are right, but the scale is upside down")
def upside_down_with_a_scale_for_zeros(table):
    scale = 127 / table.abs().amax(1, keepdim=True)
    scale[scale.isinf()] = 5.0
    return (table * scale).round().to(torch.int8), scale
