"""Whether two results say the same, in whatever form they come."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import nn


def as_tensor(thing: Any) -> torch.Tensor | None:
    """Numbers in any common form (tensor, numpy, nested lists) as one float64 tensor; None for other things."""
    if isinstance(thing, torch.Tensor):
        return thing.detach().cpu().to_dense().double() if not thing.is_complex() else None
    if isinstance(thing, (bool, int, float, np.ndarray, np.generic)):
        try:
            return torch.as_tensor(np.asarray(thing, dtype=np.float64))
        except (TypeError, ValueError):
            return None
    if isinstance(thing, (list, tuple)) and thing:
        parts = [as_tensor(part) for part in thing]
        if all(part is not None for part in parts) and len({part.shape for part in parts}) == 1:
            return torch.stack(parts)
    return None


def alike(one: Any, other: Any) -> bool:
    """Whether two results say the same, in whatever form: list or tensor, float32 or float64, tuple or list.

    Whole numbers (on either side) and text are compared exactly, other numbers with a relative tolerance of 1e-4,
    `nan` equal to `nan`.

    >>> alike([[1.0, 2.0]], torch.tensor([[1, 2]])), alike("fox", ["fox"]), alike((2, 3), torch.Size([2, 3]))
    (True, False, True)
    >>> alike(38_597_376, 38_597_000), alike(1 / 3, 0.33333)
    (False, True)
    """
    first, second = as_tensor(one), as_tensor(other)
    if first is not None and second is not None:
        near = 0.0 if whole(one) or whole(other) else 1e-4
        return first.shape == second.shape and torch.allclose(first, second, rtol=near, atol=near / 10, equal_nan=True)
    if isinstance(one, np.ndarray) or isinstance(other, np.ndarray):  # of text
        one, other = (thing.tolist() if isinstance(thing, np.ndarray) else thing for thing in (one, other))
        return alike(one, other)
    if first is not None or second is not None:
        empty = [thing for thing in (one, other) if isinstance(thing, (list, tuple)) and not thing]
        return bool(empty) and (first if first is not None else second).numel() == 0
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(alike(one[key], other[key]) for key in one)
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, nn.Module) and isinstance(other, nn.Module):
        return type(one) is type(other) and alike(dict(one.state_dict()), dict(other.state_dict()))
    try:
        return type(one) is type(other) and bool(one == other)
    except (TypeError, ValueError, RuntimeError):  # an == that gives no plain yes or no
        return False


def whole(thing: Any) -> bool:
    """Whether numbers are of an integer type throughout."""
    if isinstance(thing, torch.Tensor):
        return not thing.is_floating_point()
    if isinstance(thing, (np.ndarray, np.generic)):
        return thing.dtype.kind in "iub"
    if isinstance(thing, (list, tuple)):
        return all(map(whole, thing))
    return isinstance(thing, int)
