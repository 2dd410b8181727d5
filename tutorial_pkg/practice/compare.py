"""Whether two results are equal, in any form. Nothing here raises an error, for any result of a learner."""

from __future__ import annotations

from typing import Any

import numpy as np

from .lazy import nn, torch

LONGEST = 100_000  # so many parts of nested lists are compared, because a comparison must end soon
LARGEST = 10**8  # so many numbers of a tensor are compared, because an expanded tensor may have any size
DEEPEST = 50  # levels of lists in lists


def as_tensor(thing: Any) -> torch.Tensor | None:
    """Numbers in any common form (tensor, numpy, nested lists): integers as int64, other numbers as float64.

    None for everything else, such as text or lists of unequal lengths, and for more numbers than can be compared.
    """
    try:
        return _as_tensor(thing)
    except Exception:  # the learner's objects may raise anything
        return None


def _as_tensor(thing: Any) -> torch.Tensor | None:
    if isinstance(thing, torch.Tensor):
        if thing.is_complex() or thing.is_nested or thing.numel() > LARGEST:
            return None
        thing = thing.detach().to_dense().cpu()
        thing = thing.dequantize() if thing.is_quantized else thing
        return thing.double() if thing.is_floating_point() else thing.long()
    if isinstance(thing, (bool, int, float, np.ndarray, np.generic)):
        if np.size(thing) > LARGEST:
            return None
        numbers = np.asarray(thing)
        if numbers.dtype.kind in "iub":
            return torch.from_numpy(numbers.astype(np.int64))
        return torch.from_numpy(numbers.astype(np.float64)) if numbers.dtype.kind == "f" else None
    if isinstance(thing, (list, tuple)) and thing and count_items(thing) <= LONGEST:
        if all(isinstance(part, (bool, int, float)) for part in thing):  # all at once, which is faster
            return _as_tensor(np.asarray(thing))
        rows = [as_tensor(part) for part in thing]
        if all(row is not None for row in rows) and len({row.shape for row in rows}) == 1:
            return torch.stack(rows if len({row.dtype for row in rows}) == 1 else [row.double() for row in rows])
    return None


def count_items(thing: Any, depth: int = DEEPEST) -> int:
    """The number of things in nested lists, tuples and dictionaries, counted up to a little over `LONGEST`."""
    if not isinstance(thing, (list, tuple, dict, set, frozenset)):
        return 1
    count = 1 + len(thing)
    if depth == 0 or count > LONGEST:
        return LONGEST + 1
    for part in thing.values() if isinstance(thing, dict) else thing:
        count += count_items(part, depth - 1) - 1
        if count > LONGEST:
            break
    return count


def alike(one: Any, other: Any) -> bool:
    """Whether two results are equal, in any form: list or tensor, float32 or float64, tuple or list.

    Text and integers (on either side) are compared exactly, other numbers with a relative tolerance of 1e-4. `nan` is
    equal to `nan`. Results that cannot be compared are not equal.

    >>> alike([[1.0, 2.0]], torch.tensor([[1, 2]])), alike("fox", ["fox"]), alike((2, 3), torch.Size([2, 3]))
    (True, False, True)
    >>> alike(38_597_376, 38_597_000), alike(1 / 3, 0.33333)
    (False, True)
    """
    try:
        return count_items(one) <= LONGEST and count_items(other) <= LONGEST and _alike(one, other)
    except Exception:  # an == that raises, or whose result is neither true nor false
        return False


def _alike(one: Any, other: Any) -> bool:
    if type(one) is int and type(other) is int:
        return one == other  # of any size
    first, second = as_tensor(one), as_tensor(other)
    if first is not None and second is not None:
        return first.shape == second.shape and not bool(differing(first, second).any())
    if isinstance(one, np.ndarray) or isinstance(other, np.ndarray):  # of text
        one, other = (thing.tolist() if isinstance(thing, np.ndarray) else thing for thing in (one, other))
        return _alike(one, other)
    if first is not None or second is not None:
        empty = [thing for thing in (one, other) if isinstance(thing, (list, tuple)) and not thing]
        return bool(empty) and (first if first is not None else second).numel() == 0
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_alike(one[key], other[key]) for key in one)
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(_alike, one, other))
    if isinstance(one, nn.Module) and isinstance(other, nn.Module):
        return type(one) is type(other) and _alike(dict(one.state_dict()), dict(other.state_dict()))
    return type(one) is type(other) and bool(one == other)


def differing(first: torch.Tensor, second: torch.Tensor) -> torch.Tensor:
    """Where two tensors of one shape, both from `as_tensor`, contain different numbers."""
    if first.dtype == second.dtype == torch.int64:
        return first != second
    near = 0.0 if torch.int64 in (first.dtype, second.dtype) else 1e-4
    return ~torch.isclose(first.double(), second.double(), rtol=near, atol=near / 10, equal_nan=True)


def shape_of(thing: Any) -> tuple | None:
    """The shape of a tensor, an array or nested lists of numbers. None for everything else."""
    if isinstance(thing, (torch.Tensor, np.ndarray)):
        return None if getattr(thing, "is_nested", False) else tuple(thing.shape)
    if isinstance(thing, (list, tuple)) and len(thing) > LONGEST:
        return (len(thing),) if all(isinstance(part, (int, float)) for part in thing) else None
    numbers = as_tensor(thing)
    return None if numbers is None else tuple(numbers.shape)
