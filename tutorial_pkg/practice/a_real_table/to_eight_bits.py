"""### Exercise 4 (a new situation): rows in eight bits

`to_eight_bits(table)` takes a table of shape `(V, d)` and returns the pair `(steps, scale)`: `scale`, float32 of
shape `(V, 1)`, is each row's largest absolute value divided by 127; `steps`, of dtype `torch.int8` and shape `(V,
d)`, holds each number divided by its row's scale and rounded to the nearest whole number. For the row `[1.27,
-0.5]` the scale is 0.01 and the steps are `[127, -50]`. A row of zeros gets the scale 1.
"""

from typing import Any

import torch

from tutorial_pkg.practice.pieces import Finding, wrong
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
        return Finding(f"a pair whose scale has the shape {tuple(scale.shape)}; expected {(len(table), 1)}")
    return {"scale": scale.float(), "steps": steps.int()}


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
