"""### Exercise 4 (a new situation): rows in eight bits

`to_eight_bits(table)` takes a table of shape `(V, d)` and returns the pair `(steps, scale)`: `scale`, float32 of
shape `(V, 1)`, is each row's largest absolute value divided by 127; `steps`, of dtype `torch.int8` and shape `(V,
d)`, holds each number divided by its row's scale and rounded to the nearest whole number. For the row `[1.27,
-0.5]` the scale is 0.01 and the steps are `[127, -50]`. A row of zeros gets the scale 1.
"""

from typing import Any

import torch

from tutorial_pkg.practice.items import Finding, wrong
from tutorial_pkg.practice.samples import random_table

MEANS = "The product steps * scale is the table again, nearly, at a quarter of the bytes; many models are passed on so."
HINTS = [
    "`table.abs().amax(dim=1, keepdim=True)` is each row's largest absolute value, shape (V, 1).",
    "`.to(torch.int8)` cuts off what stands behind the point; `.round()` before it.",
]


def stub(table):
    # your lines here
    ...


def solution(table):
    scale = table.abs().amax(dim=1, keepdim=True) / 127
    scale[scale == 0] = 1.0  # a row of zeros: any scale will do, but 0 / 0 would be nan
    steps = (table / scale).round().to(torch.int8)
    return steps, scale


def cases():
    zeros = random_table(4, 3)
    zeros[2] = 0
    return [
        (torch.tensor([[1.27, -0.5]]),),
        (random_table(6, 4),),
        (random_table(3, 8) * torch.tensor([[1e-3], [1.0], [50.0]]),),
        (-random_table(5, 2).abs(),),
        (zeros,),
    ]


def view(result: Any, table: torch.Tensor) -> Any:
    """The pair as numbers, or what is there in its place."""
    if not (isinstance(result, (tuple, list)) and len(result) == 2):
        return Finding("no pair; two tensors are expected, the steps and the scale")
    for name, part in zip(("steps", "scale"), result, strict=True):
        if not isinstance(part, torch.Tensor):
            return Finding(f"a pair whose {name} is of type {type(part).__name__}; a tensor is expected")
    steps, scale = result
    if scale.dtype == torch.int8:
        return Finding("a pair in the other order; the steps come first, then the scale")
    if steps.dtype != torch.int8:
        return Finding(f"a pair whose steps are {steps.dtype}; torch.int8 is expected: one byte for each number")
    if tuple(scale.shape) != (len(table), 1):
        return Finding(
            f"a pair whose scale has the shape {tuple(scale.shape)}, which is {_scale_of(scale.shape, table.shape)}; "
            f"expected {(len(table), 1)}: one for each row, in a column"
        )
    if scale.dtype != torch.float32:
        return Finding(f"a pair whose scale is {scale.dtype}; torch.float32 is expected")
    zero = ~table.any(dim=1, keepdim=True)
    if not torch.allclose(scale[~zero], solution(table)[1][~zero], rtol=1e-4):
        # zero rows are looked at only where the others are right: so many ways to treat them, one other mistake
        scale, steps = scale.masked_fill(zero, 1.0), steps.masked_fill(zero, 0)
    return {"scale": scale, "steps": steps.int()}


def _scale_of(shape, table):
    """What a scale of this shape has one number for."""
    rows, columns = table
    sizes = {
        **dict.fromkeys([(), (1,), (1, 1)], "one for all"),
        (rows, columns): "one for each number",
        **dict.fromkeys([(columns,), (1, columns)], "one for each column"),
        (rows,): "without the dimension that keepdim=True keeps",
    }
    return sizes.get(tuple(shape), "another size")


@wrong()
def cut_off(table):
    """The steps are cut off towards 0 where they should be rounded: -0.9 becomes 0. Round before making them int8."""
    scale = table.abs().amax(dim=1, keepdim=True) / 127
    scale[scale == 0] = 1.0
    return (table / scale).to(torch.int8), scale


@wrong()
def one_scale(table):
    """One scale for the whole table: the largest row decides, and small rows lose nearly all their steps."""
    scale = (table.abs().max() / 127).expand(len(table), 1)
    return (table / scale).round().to(torch.int8), scale


@wrong()
def largest_not_absolute(table):
    """The largest number was taken without its sign aside: a row's -3 is larger than its 1 here. Use abs() first."""
    scale = table.amax(dim=1, keepdim=True) / 127
    scale[scale == 0] = 1.0
    return (table / scale).round().to(torch.int8), scale


@wrong()
def by_128(table):
    """Divided by 128: int8 ends at 127, so a row's largest number would need the step 128, which wraps around to
    -128."""
    scale = table.abs().amax(dim=1, keepdim=True) / 128
    scale[scale == 0] = 1.0
    return (table / scale).round().to(torch.int8), scale


@wrong()
def zeros_forgotten(table):
    """A row of zeros should get the scale 1. Here it got 0, or nearly 0 (and 0 / 0 is nan)."""
    scale = table.abs().amax(dim=1, keepdim=True) / 127
    return torch.nan_to_num(table / scale).round().to(torch.int8), scale


@wrong()
def rounded_down(table):
    """Every step is rounded down; asked for is the nearest whole number, which may lie above."""
    scale = table.abs().amax(dim=1, keepdim=True) / 127
    scale[scale == 0] = 1.0
    return (table / scale).floor().to(torch.int8), scale


@wrong()
def upside_down(table):
    """The steps are right, but the scale is upside down: it is what a step is worth, the largest value / 127."""
    largest = table.abs().amax(dim=1, keepdim=True)
    return torch.nan_to_num(table * (127 / largest), 0).round().to(torch.int8), 127 / largest


@wrong()
def not_divided(table):
    """The steps are right, but the scale is the largest value itself; divided by 127, it is what a step is worth."""
    scale = table.abs().amax(dim=1, keepdim=True)
    scale[scale == 0] = 1.0
    return (table / scale * 127).round().to(torch.int8), scale


@wrong()
def by_255(table):
    """A byte has 256 values, but half of them are below zero: on either side of zero there are 127 steps, not 255."""
    scale = table.abs().amax(dim=1, keepdim=True) / 255
    scale[scale == 0] = 1.0
    return (table / scale).round().to(torch.int8), scale


def by_scale(table, scale):
    """The pair for these scales; a scale of zero made 1."""
    scale = scale.masked_fill(scale == 0, 1.0)
    return (table / scale).nan_to_num().round().to(torch.int8), scale


def largest(table):
    return table.abs().amax(dim=1, keepdim=True)


@wrong()
def multiplied(table):
    """The numbers were multiplied by the scale; they are to be divided by it."""
    scale = solution(table)[1]
    return (table * scale).round().to(torch.int8), scale


@wrong()
def divided_by_the_largest(table):
    """The scale is right, but the numbers were divided by the largest value, so that the steps lie between -1 and 1;
    they are to be divided by the scale."""
    return (table / largest(table)).nan_to_num().round().to(torch.int8), solution(table)[1]


@wrong()
def divided_by_the_largest_throughout(table):
    """The largest value itself was taken for the scale, so the steps lie between -1 and 1; the scale is the largest
    value divided by 127."""
    return by_scale(table, largest(table))


@wrong()
def upside_down_throughout(table):
    """The scale is upside down: it is the largest value / 127, not 127 / the largest value."""
    return by_scale(table, 127 / largest(table))


@wrong()
def by_128_in_steps_alone(table):
    """The steps were multiplied up to 128, where int8 ends at 127: divide by the scale, which is the largest value /
    127."""
    return by_scale(table, largest(table) / 128)[0], solution(table)[1]


@wrong()
def by_256(table):
    """Divided by 256: a byte has 256 values, but half of them are below zero, and on either side there are 127
    steps."""
    return by_scale(table, largest(table) / 256)


@wrong()
def by_length(table):
    """The scale was made of the rows' lengths, their norms; asked for is the largest absolute value of each row."""
    return by_scale(table, table.norm(dim=1, keepdim=True) / 127)


@wrong()
def by_range(table):
    """The scale was made of the distance from the smallest to the largest number; asked for is the largest absolute
    value of each row."""
    return by_scale(table, (table.amax(1, keepdim=True) - table.amin(1, keepdim=True)) / 127)


@wrong()
def by_range_and_255(table):
    """The scale was made of the distance from the smallest to the largest number and 255; asked for is the largest
    absolute value of each row, divided by 127."""
    return by_scale(table, (table.amax(1, keepdim=True) - table.amin(1, keepdim=True)) / 255)


@wrong()
def by_mean(table):
    """The scale was made of the mean absolute value; asked for is the largest of each row."""
    return by_scale(table, table.abs().mean(dim=1, keepdim=True) / 127)


@wrong()
def absolute_of_the_largest(table):
    """The largest number was taken first, and its absolute value then: a row of -3 and 1 gives 1 so, and should give
    3."""
    return by_scale(table, table.amax(dim=1, keepdim=True).abs() / 127)


@wrong()
def signs_lost(table):
    """The scale is right, but all steps are positive: only the scale is made of absolute values."""
    steps, scale = solution(table)
    return steps.abs(), scale


@wrong()
def rounded_up(table):
    """Every step is rounded up; asked for is the nearest whole number, which may lie below."""
    scale = solution(table)[1]
    return (table / scale).ceil().to(torch.int8), scale


@wrong()
def half_added(table):
    """Half a step was added before the rest was cut off, which rounds numbers above zero alone: `.round()` rounds
    either side."""
    scale = solution(table)[1]
    return (table / scale + 0.5).to(torch.int8), scale


@wrong()
def rounded_first(table):
    """The numbers were rounded before they were divided by the scale: divide first."""
    scale = solution(table)[1]
    return (table.round() / scale).to(torch.int8), scale


@wrong()
def bytes_first(table):
    """The numbers were made int8 before they were divided by the scale, which cuts off all behind the point: divide
    and round first."""
    scale = solution(table)[1]
    return (table.to(torch.int8) / scale).round().to(torch.int8), scale


@wrong()
def both_of_max(table):
    """`max(dim)` gives two things, the values and where they stand: take `.values`, or call `amax`."""
    return None, table.abs().max(dim=1, keepdim=True) / 127


@wrong()
def never_below_1(table):
    """The scale is nowhere below 1 here; only a row of zeros gets the scale 1."""
    scale = (largest(table) / 127).clamp_min(1)
    return (table / scale).round().to(torch.int8), scale


@wrong()
def largest_never_below_1(table):
    """The largest value was taken for 1 where it is less; only a row of zeros gets another scale, and that is 1."""
    scale = largest(table).clamp_min(1) / 127
    return (table / scale).round().to(torch.int8), scale


@wrong()
def one_for_all_if_one_is_zero(table):
    """All rows got the scale 1 as soon as one row is zero; only that row gets it."""
    scale = largest(table) / 127
    scale = torch.ones_like(scale) if (scale == 0).any() else scale
    return (table / scale).round().to(torch.int8), scale


@wrong()
def zero_row_with_largest_1(table):
    """For a row of zeros the largest value was taken to be 1, which makes the scale 1 / 127; it should be 1."""
    scale = largest(table).masked_fill(largest(table) == 0, 1.0) / 127
    return (table / scale).round().to(torch.int8), scale


@wrong()
def by_smallest(table):
    """The scale was made of the smallest absolute value; asked for is the largest of each row."""
    return by_scale(table, table.abs().amin(dim=1, keepdim=True) / 127)


@wrong()
def by_sum(table):
    """The scale was made of the sum of the absolute values; asked for is the largest of each row."""
    return by_scale(table, table.abs().sum(dim=1, keepdim=True) / 127)


@wrong()
def by_spread(table):
    """The scale was made of the spread of the numbers; asked for is the largest absolute value of each row."""
    return by_scale(table, table.std(dim=1, keepdim=True) / 127)


@wrong()
def lowest_not_largest(table):
    """The scale was made of the lowest number of each row; asked for is the largest absolute value, on either
    side of zero."""
    return by_scale(table, table.amin(dim=1, keepdim=True).abs() / 127)


@wrong()
def scale_rounded(table):
    """The scale was rounded; only the steps are."""
    return by_scale(table, (largest(table) / 127 * 100).round() / 100)


@wrong()
def one_added(table):
    """The scale is 1 too large for every row; only a row of zeros gets the scale 1."""
    scale = largest(table) / 127 + 1
    return (table / scale).round().to(torch.int8), scale


@wrong()
def floor_division(table):
    """The steps are rounded down, as `//` does; asked for is the nearest whole number: divide with `/`, then
    `.round()`."""
    scale = solution(table)[1]
    return (table // scale).to(torch.int8), scale


@wrong()
def signs_turned(table):
    """The scale is right, but every step has the other sign."""
    steps, scale = solution(table)
    return -steps, scale


@wrong()
def from_the_lowest_up(table):
    """The steps count from the row's lowest number up; asked for are steps from zero, so that the numbers keep
    their signs."""
    low = table.amin(1, keepdim=True)
    scale = (table.amax(1, keepdim=True) - low) / 255
    scale[scale == 0] = 1.0
    return ((table - low) / scale - 128).round().to(torch.int8), scale
