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
    scale[scale == 0] = 1.0  # a row of zeros: any scale is right, but 0 / 0 would be nan
    steps = (table / scale).round().to(torch.int8)
    return steps, scale


def cases():
    zeros = random_table(4, 3)
    zeros[2] = 0
    return [(torch.tensor([[1.27, -0.5]]),), (random_table(6, 4),), (random_table(3, 8) * torch.tensor([[1e-3], [1.0], [50.0]]),), (-random_table(5, 2).abs(),), (zeros,)]


def view(result: Any, table: torch.Tensor) -> Any:
    if not (isinstance(result, (tuple, list)) and len(result) == 2):
        return Finding("something that is not a pair. Return two tensors: the steps and the scale")
    for name, part in zip(("steps", "scale"), result, strict=True):
        if not isinstance(part, torch.Tensor):
            return Finding(f"a pair in which {name} has the type {type(part).__name__}. Return two tensors")
    steps, scale = result
    if scale.dtype == torch.int8:
        return Finding("a pair in reverse order. Return the steps first, then the scale")
    if steps.dtype != torch.int8:
        return Finding(f"a pair whose steps are {steps.dtype}. Return torch.int8: one byte for each number")
    if tuple(scale.shape) != (len(table), 1):
        what = scale_of(scale.shape, table.shape)
        return Finding(f"a pair whose scale has the shape {tuple(scale.shape)}, {what}. Return {(len(table), 1)}: one for each row, in a column")
    if scale.dtype != torch.float32:
        return Finding(f"a pair whose scale is {scale.dtype}. Return torch.float32")
    zero = ~table.any(dim=1)
    if wrong := about_scale(scale[~zero], table[~zero]) or about_steps(steps[~zero], scale[~zero], table[~zero]):
        return Finding(wrong)
    if (scale[zero] != 1).any() and torch.allclose(scale[~zero], solution(table)[1][~zero], rtol=1e-4):
        return Finding("a scale that is not 1 for a row of zeros. Make it 1 there, and only there")
    return {"scale": scale, "steps": steps.int()}


def scale_of(shape, table):
    """What a scale of this shape has one number for: for example, for each column."""
    rows, columns = table
    sizes = {
        **dict.fromkeys([(), (1,), (1, 1)], "one number for all rows"),
        (rows, columns): "one for each number",
        **dict.fromkeys([(columns,), (1, columns)], "one for each column"),
        (rows,): "without the dimension that keepdim=True keeps",
    }
    return sizes.get(tuple(shape), "a different size")


def about_scale(scale, table):
    """How a wrong scale was calculated. The text is empty if the scale is right, or if nothing is found."""
    largest = table.abs().amax(dim=1, keepdim=True)
    low, high = table.amin(1, keepdim=True), table.amax(1, keepdim=True)
    close = lambda one, other: torch.allclose(one, other, rtol=1e-4, atol=1e-9)
    if close(scale, largest / 127):
        return ""
    if close(scale, largest):
        return "the largest absolute value as the scale. Divide it by 127: the scale is the size of one step"
    for by in (255, 256, 128):
        if close(scale, largest / by):
            return f"a scale divided by {by}. The steps go from -127 to 127, so divide by 127"
    if close(scale, 127 / largest):
        return "127 / the largest value as the scale. The scale is the largest value / 127"
    if len(table) > 1 and close(scale, (largest.max() / 127).expand_as(scale)):
        return "the same scale for all rows. Give each row its own scale, or rows of small numbers use only a few of the steps"
    sources = {
        "the largest number": high,
        "the largest number, made positive later": high.abs() if high.min() < 0 else high.new_full(high.shape, torch.nan),
        "the lowest number": low.abs(),
        "the smallest absolute value": table.abs().amin(1, keepdim=True),
        "the mean absolute value": table.abs().mean(1, keepdim=True),
        "the sum of the absolute values": table.abs().sum(1, keepdim=True),
        "the row's norm": table.norm(dim=1, keepdim=True),
        "the standard deviation of the numbers": table.std(1, keepdim=True),
        "the distance from the smallest to the largest number": high - low,
    }
    fits = lambda source: any(close(scale, source / by) for by in (1, 127, 128, 255))
    if what := " or ".join(what for what, source in sources.items() if fits(source)):
        return f"a scale made from {what}. Use each row's largest absolute value"
    more = scale - largest / 127
    if more.min() > 0 and torch.allclose(more, more.mean(), rtol=0.05):
        return f"the right scale plus {more.mean():.2g} in every row. Add nothing to the scale. Only a row of zeros gets a different scale, which is 1"
    if close(scale, (largest / 127 * 100).round() / 100):
        return "a rounded scale. Round only the steps"
    return ""


def about_steps(steps, scale, table):
    """What is wrong with the steps, if the scale is right. The text is empty if nothing is found."""
    right, right_scale = solution(table)
    if not torch.allclose(scale, right_scale, rtol=1e-4) or torch.equal(steps, right):
        return ""
    exact = table / scale
    known = {
        "cut off towards 0": exact.trunc(),
        "rounded down": exact.floor(),
        "rounded down, as `//` does": table // scale,
        "rounded up": exact.ceil(),
        "cut off after adding a half, which is wrong below zero": (exact + 0.5).trunc(),
    }
    for what, other in known.items():
        if torch.equal(steps, other.to(torch.int8)):
            return f"steps that are {what}. Call `.round()` and then convert to int8"
    if torch.equal(steps, right.abs()):
        return "steps without their signs. Only the scale uses absolute values"
    if torch.equal(steps, -right):
        return "steps with the opposite signs"
    if torch.equal(steps, (exact / 127).round().to(torch.int8)):
        return "steps from -1 to 1. Divide the numbers by the scale, not by the largest value"
    return ""


def with_scale(table, scale):
    scale = scale.masked_fill(scale == 0, 1.0)
    return (table / scale).nan_to_num().round().to(torch.int8), scale


exercise = Exercise(
    task="""### Exercise 4 (a new situation): rows in eight bits

`to_eight_bits(table)` takes a table of shape `(V, d)` and returns the pair `(steps, scale)`. `scale`, float32 of shape
`(V, 1)`, is each row's largest absolute value divided by 127. `steps`, int8 of shape `(V, d)`, contains each number
divided by its row's scale and rounded to the nearest integer. For the row `[1.27, -0.5]`, the scale is 0.01 and the
steps are `[127, -50]`. A row of zeros gets the scale 1.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="The product steps * scale is nearly equal to the table, but the steps need only a quarter of the bytes. Many models are stored in this form.",
    hints=["`table.abs().amax(dim=1, keepdim=True)` is each row's largest absolute value, with shape (V, 1).", "`.to(torch.int8)` cuts off the fraction. First call `.round()`."],
    parts=lambda table: {"largest": table.abs().amax(dim=1, keepdim=True)},
    slips=[
        Slip("The numbers are multiplied by the scale here. Divide them by it.", lambda p: ((p.table * p.right[1]).round().to(torch.int8), p.right[1])),
        Slip("The numbers are rounded before they are divided by the scale. Divide first.", lambda p: ((p.table.round() / p.right[1]).to(torch.int8), p.right[1])),
        Slip("The numbers become int8 too early. Divide and round first.", lambda p: ((p.table.to(torch.int8) / p.right[1]).round().to(torch.int8), p.right[1])),
        Slip("The steps reach 128, and int8 ends at 127. The scale is the largest value / 127. Divide by it.", lambda p: (with_scale(p.table, p.largest / 128)[0], p.right[1])),
        Slip("The scale is never below 1 here. Only a row of zeros gets the scale 1.", lambda p: with_scale(p.table, (p.largest / 127).clamp_min(1))),
        Slip("If a row's largest value is below 1, it is replaced by 1 here. Only a row of zeros gets the scale 1.", lambda p: with_scale(p.table, p.largest.clamp_min(1) / 127)),
        Slip("If a row is zero, all rows get the scale 1. Only this row should.", lambda p: with_scale(p.table, p.largest / 127 if p.largest.all() else 1 + 0 * p.largest)),
        Slip("`max(dim)` returns two things, the values and their positions. Take `.values`, or call `amax`.", lambda table: (None, table.abs().max(dim=1, keepdim=True) / 127)),
    ],
)
