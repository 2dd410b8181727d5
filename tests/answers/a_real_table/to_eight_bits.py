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


@caught("Got something that is not a pair")
def steps_only(table):
    return (table / (table.abs().amax(1, keepdim=True) / 127)).round().to(torch.int8)


@caught("Return torch.int8: one byte for each number")
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


@caught("the shape (1, 2), one for each column. Return (1, 1): one for each row, in a column")
def for_each_column(table):
    return for_scale(table, table.abs().amax(0, keepdim=True) / 127)


@caught("the shape (1, 1), one number for all rows. Return (6, 1)")
def for_all(table):
    return for_scale(table, table.abs().amax().reshape(1, 1) / 127)


@caught("a pair whose scale is torch.float64. Return torch.float32")
def in_double_precision(table):
    return for_scale(table, table.double().abs().amax(1, keepdim=True) / 127)


@caught("Got 127 / the largest value as the scale")
def upside_down_with_a_scale_for_zeros(table):
    scale = 127 / table.abs().amax(1, keepdim=True)
    scale[scale.isinf()] = 5.0
    return (table * scale).round().to(torch.int8), scale


def largest(table):
    return table.abs().amax(1, keepdim=True)


@caught("Got the largest absolute value as the scale. Divide it by 127")
def not_divided(table):
    return for_scale(table, largest(table))


@caught("Got a scale divided by 128. The steps go from -127 to 127")
def by_128(table):
    return for_scale(table, largest(table) / 128)


@caught("Got the same scale for all rows")
def one_for_the_table(table):
    return for_scale(table, (table.abs().max() / 127).expand(len(table), 1))


@caught("Got a scale made from the row's norm. Use each row's largest absolute value")
def by_norm(table):
    return for_scale(table, table.norm(dim=1, keepdim=True) / 127)


@caught("Got a rounded scale. Round only the steps")
def rounded_scale(table):
    return for_scale(table, (largest(table) / 127 * 100).round() / 100)


@caught("Got a scale that is not 1 for a row of zeros")
def zeros_forgotten(table):
    scale = largest(table) / 127
    return torch.nan_to_num(table / scale).round().to(torch.int8), scale


@caught("Got steps that are cut off towards 0")
def cut_off(table):
    scale = for_scale(table, largest(table) / 127)[1]
    return (table / scale).to(torch.int8), scale


@caught("Got steps without their signs")
def signs_lost(table):
    steps, scale = for_scale(table, largest(table) / 127)
    return steps.abs(), scale


@caught("Got steps with the opposite signs")
def signs_turned(table):
    steps, scale = for_scale(table, largest(table) / 127)
    return -steps, scale


@caught("Got steps from -1 to 1")
def divided_by_the_largest(table):
    steps, scale = for_scale(table, largest(table) / 127)
    return torch.nan_to_num(table / largest(table)).round().to(torch.int8), scale


@caught("Got the right scale plus 1e-06 in every row. Add nothing")
def a_small_number_against_zero(table):
    scale = table.abs().amax(1, keepdim=True) / 127 + 1e-6
    return (table / scale).round().to(torch.int8), scale
