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

MEANS = (
    "The product `steps * scale` is the table again, nearly, at a quarter of the bytes; real models are "
    "passed around like that."
)
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
    """A row of zeros got the scale 0, and 0 / 0 is nan: give such a row the scale 1."""
    scale = table.abs().amax(dim=1, keepdim=True) / 127
    return torch.nan_to_num(table / scale).round().to(torch.int8), scale
