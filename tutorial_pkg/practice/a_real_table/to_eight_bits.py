from __future__ import annotations

from typing import Any

from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.lazy import torch
from tutorial_pkg.practice.samples import random_table


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


def cut_off(table):
    scale = table.abs().amax(dim=1, keepdim=True) / 127
    scale[scale == 0] = 1.0
    return (table / scale).to(torch.int8), scale


def one_scale(table):
    scale = (table.abs().max() / 127).expand(len(table), 1)
    return (table / scale).round().to(torch.int8), scale


def largest_not_absolute(table):
    scale = table.amax(dim=1, keepdim=True) / 127
    scale[scale == 0] = 1.0
    return (table / scale).round().to(torch.int8), scale


def by_128(table):
    scale = table.abs().amax(dim=1, keepdim=True) / 128
    scale[scale == 0] = 1.0
    return (table / scale).round().to(torch.int8), scale


def zeros_forgotten(table):
    scale = table.abs().amax(dim=1, keepdim=True) / 127
    return torch.nan_to_num(table / scale).round().to(torch.int8), scale


def rounded_down(table):
    scale = table.abs().amax(dim=1, keepdim=True) / 127
    scale[scale == 0] = 1.0
    return (table / scale).floor().to(torch.int8), scale


def upside_down(table):
    largest = table.abs().amax(dim=1, keepdim=True)
    return torch.nan_to_num(table * (127 / largest), 0).round().to(torch.int8), 127 / largest


def not_divided(table):
    scale = table.abs().amax(dim=1, keepdim=True)
    scale[scale == 0] = 1.0
    return (table / scale * 127).round().to(torch.int8), scale


def by_255(table):
    scale = table.abs().amax(dim=1, keepdim=True) / 255
    scale[scale == 0] = 1.0
    return (table / scale).round().to(torch.int8), scale


def by_scale(table, scale):
    """The pair for these scales; a scale of zero made 1."""
    scale = scale.masked_fill(scale == 0, 1.0)
    return (table / scale).nan_to_num().round().to(torch.int8), scale


def largest(table):
    return table.abs().amax(dim=1, keepdim=True)


def multiplied(table):
    scale = solution(table)[1]
    return (table * scale).round().to(torch.int8), scale


def signs_lost(table):
    steps, scale = solution(table)
    return steps.abs(), scale


def rounded_up(table):
    scale = solution(table)[1]
    return (table / scale).ceil().to(torch.int8), scale


def half_added(table):
    scale = solution(table)[1]
    return (table / scale + 0.5).to(torch.int8), scale


def rounded_first(table):
    scale = solution(table)[1]
    return (table.round() / scale).to(torch.int8), scale


def bytes_first(table):
    scale = solution(table)[1]
    return (table.to(torch.int8) / scale).round().to(torch.int8), scale


def never_below_1(table):
    scale = (largest(table) / 127).clamp_min(1)
    return (table / scale).round().to(torch.int8), scale


def largest_never_below_1(table):
    scale = largest(table).clamp_min(1) / 127
    return (table / scale).round().to(torch.int8), scale


def one_for_all_if_one_is_zero(table):
    scale = largest(table) / 127
    scale = torch.ones_like(scale) if (scale == 0).any() else scale
    return (table / scale).round().to(torch.int8), scale


def zero_row_with_largest_1(table):
    scale = largest(table).masked_fill(largest(table) == 0, 1.0) / 127
    return (table / scale).round().to(torch.int8), scale


def one_added(table):
    scale = largest(table) / 127 + 1
    return (table / scale).round().to(torch.int8), scale


def floor_division(table):
    scale = solution(table)[1]
    return (table // scale).to(torch.int8), scale


def signs_turned(table):
    steps, scale = solution(table)
    return -steps, scale


def from_the_lowest_up(table):
    low = table.amin(1, keepdim=True)
    scale = (table.amax(1, keepdim=True) - low) / 255
    scale[scale == 0] = 1.0
    return ((table - low) / scale - 128).round().to(torch.int8), scale


exercise = Exercise(
    task="""### Exercise 4 (a new situation): rows in eight bits

`to_eight_bits(table)` takes a table of shape `(V, d)` and returns the pair `(steps, scale)`: `scale`, float32 of
shape `(V, 1)`, is each row's largest absolute value divided by 127; `steps`, of dtype `torch.int8` and shape `(V,
d)`, holds each number divided by its row's scale and rounded to the nearest whole number. For the row `[1.27,
-0.5]` the scale is 0.01 and the steps are `[127, -50]`. A row of zeros gets the scale 1.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="The product steps * scale is the table again, nearly, at a quarter of the bytes; many models are passed on so.",
    hints=[
        "`table.abs().amax(dim=1, keepdim=True)` is each row's largest absolute value, shape (V, 1).",
        "`.to(torch.int8)` cuts off what stands behind the point; `.round()` before it.",
    ],
    slips=[
        Slip(
            "The steps are cut off towards 0 where they should be rounded: -0.9 becomes 0. Round before making them int8.",
            cut_off,
        ),
        Slip(
            "One scale for the whole table: the largest row decides, and small rows lose nearly all their steps.",
            one_scale,
        ),
        Slip(
            "The largest number was taken without its sign aside: a row's -3 is larger than its 1 here. Use abs() first.",
            largest_not_absolute,
        ),
        Slip(
            "Divided by 128: int8 ends at 127, so a row's largest number would need the step 128, which wraps around to -128.",
            by_128,
        ),
        Slip("A row of zeros should get the scale 1. Here it got 0, or nearly 0 (and 0 / 0 is nan).", zeros_forgotten),
        Slip("Every step is rounded down; asked for is the nearest whole number, which may lie above.", rounded_down),
        Slip(
            "The steps are right, but the scale is upside down: it is what a step is worth, the largest value / 127.",
            upside_down,
        ),
        Slip(
            "The steps are right, but the scale is the largest value itself; divided by 127, it is what a step is worth.",
            not_divided,
        ),
        Slip(
            "A byte has 256 values, but half of them are below zero: on either side of zero there are 127 steps, not 255.",
            by_255,
        ),
        Slip("The numbers were multiplied by the scale; they are to be divided by it.", multiplied),
        Slip(
            "The scale is right, but the numbers were divided by the largest value, so that the steps lie between -1 and 1; they are to be divided by the scale.",
            lambda table: ((table / largest(table)).nan_to_num().round().to(torch.int8), solution(table)[1]),
        ),
        Slip(
            "The largest value itself was taken for the scale, so the steps lie between -1 and 1; the scale is the largest value divided by 127.",
            lambda table: by_scale(table, largest(table)),
        ),
        Slip(
            "The scale is upside down: it is the largest value / 127, not 127 / the largest value.",
            lambda table: by_scale(table, 127 / largest(table)),
        ),
        Slip(
            "The steps were multiplied up to 128, where int8 ends at 127: divide by the scale, which is the largest value / 127.",
            lambda table: (by_scale(table, largest(table) / 128)[0], solution(table)[1]),
        ),
        Slip(
            "Divided by 256: a byte has 256 values, but half of them are below zero, and on either side there are 127 steps.",
            lambda table: by_scale(table, largest(table) / 256),
        ),
        Slip(
            "The scale was made of the rows' lengths, their norms; asked for is the largest absolute value of each row.",
            lambda table: by_scale(table, table.norm(dim=1, keepdim=True) / 127),
        ),
        Slip(
            "The scale was made of the distance from the smallest to the largest number; asked for is the largest absolute value of each row.",
            lambda table: by_scale(table, (table.amax(1, keepdim=True) - table.amin(1, keepdim=True)) / 127),
        ),
        Slip(
            "The scale was made of the distance from the smallest to the largest number and 255; asked for is the largest absolute value of each row, divided by 127.",
            lambda table: by_scale(table, (table.amax(1, keepdim=True) - table.amin(1, keepdim=True)) / 255),
        ),
        Slip(
            "The scale was made of the mean absolute value; asked for is the largest of each row.",
            lambda table: by_scale(table, table.abs().mean(dim=1, keepdim=True) / 127),
        ),
        Slip(
            "The largest number was taken first, and its absolute value then: a row of -3 and 1 gives 1 so, and should give 3.",
            lambda table: by_scale(table, table.amax(dim=1, keepdim=True).abs() / 127),
        ),
        Slip("The scale is right, but all steps are positive: only the scale is made of absolute values.", signs_lost),
        Slip("Every step is rounded up; asked for is the nearest whole number, which may lie below.", rounded_up),
        Slip(
            "Half a step was added before the rest was cut off, which rounds numbers above zero alone: `.round()` rounds either side.",
            half_added,
        ),
        Slip("The numbers were rounded before they were divided by the scale: divide first.", rounded_first),
        Slip(
            "The numbers were made int8 before they were divided by the scale, which cuts off all behind the point: divide and round first.",
            bytes_first,
        ),
        Slip(
            "`max(dim)` gives two things, the values and where they stand: take `.values`, or call `amax`.",
            lambda table: (None, table.abs().max(dim=1, keepdim=True) / 127),
        ),
        Slip("The scale is nowhere below 1 here; only a row of zeros gets the scale 1.", never_below_1),
        Slip(
            "The largest value was taken for 1 where it is less; only a row of zeros gets another scale, and that is 1.",
            largest_never_below_1,
        ),
        Slip("All rows got the scale 1 as soon as one row is zero; only that row gets it.", one_for_all_if_one_is_zero),
        Slip(
            "For a row of zeros the largest value was taken to be 1, which makes the scale 1 / 127; it should be 1.",
            zero_row_with_largest_1,
        ),
        Slip(
            "The scale was made of the smallest absolute value; asked for is the largest of each row.",
            lambda table: by_scale(table, table.abs().amin(dim=1, keepdim=True) / 127),
        ),
        Slip(
            "The scale was made of the sum of the absolute values; asked for is the largest of each row.",
            lambda table: by_scale(table, table.abs().sum(dim=1, keepdim=True) / 127),
        ),
        Slip(
            "The scale was made of the spread of the numbers; asked for is the largest absolute value of each row.",
            lambda table: by_scale(table, table.std(dim=1, keepdim=True) / 127),
        ),
        Slip(
            "The scale was made of the lowest number of each row; asked for is the largest absolute value, on either side of zero.",
            lambda table: by_scale(table, table.amin(dim=1, keepdim=True).abs() / 127),
        ),
        Slip(
            "The scale was rounded; only the steps are.",
            lambda table: by_scale(table, (largest(table) / 127 * 100).round() / 100),
        ),
        Slip("The scale is 1 too large for every row; only a row of zeros gets the scale 1.", one_added),
        Slip(
            "The steps are rounded down, as `//` does; asked for is the nearest whole number: divide with `/`, then `.round()`.",
            floor_division,
        ),
        Slip("The scale is right, but every step has the other sign.", signs_turned),
        Slip(
            "The steps count from the row's lowest number up; asked for are steps from zero, so that the numbers keep their signs.",
            from_the_lowest_up,
        ),
    ],
)
