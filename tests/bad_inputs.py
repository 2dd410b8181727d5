"""Inputs that no picture can be made of, a few for each kind of argument, and numbers of all unusual types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import torch


class Unprintable:
    def __repr__(self) -> str:
        raise RuntimeError("no repr")


BY_KIND: dict[str, dict[str, Any]] = {
    "number": {"None": None, "nan": float("nan"), "text": "fox"},
    "text": {"None": None, "bytes": b"fox", "a megabyte": "fox " * 250_000},
    "numbers": {"None": None, "ragged": [[1.0, 2.0], [3.0]], "too many": torch.zeros(40_000, 6), "nothing": []},
    "words": {"an object": Unprintable(), "text": "fox", "numbers": [1, 2], "a million": ["fox"] * 1_000_000},
    "dict": {"None": None, "nothing": {}, "words": ["fox", "in"], "None inside": {"fox": {"in": None}}},
}
# For the check that all pictures share: none of these values is a matrix of real numbers.
NUMBERS: dict[str, Any] = {
    "an object": Unprintable(),
    "10**400": [[10**400]],
    "None in a list": [[None]],
    "a dict": {"fox": None},
    "no rows": torch.zeros(0, 3),
    "three dimensions": torch.zeros(2, 2, 2),
    "a meta tensor": torch.zeros(6, 3, device="meta"),
    "a complex tensor": torch.zeros(6, 3, dtype=torch.complex64),
    "a nested tensor": torch.nested.nested_tensor([torch.zeros(2), torch.zeros(3)], layout=torch.jagged),
    "an array of objects": np.array([[None, 1.0]], dtype=object),
    "a layer": torch.nn.Embedding(6, 3),
}
IDS: dict[str, Any] = {"fractions": [2.5, 0.0], "bools": [True], "negative": [-1, 0], "huge": [10**30], "text": ["0"]}


def bad_for(good: Any) -> dict[str, Any]:
    """Values to try instead of a good argument."""
    first = good[0] if isinstance(good, (list, tuple)) and good else None
    kinds = (
        ("dict", isinstance(good, Mapping)),
        ("text", isinstance(good, str)),
        ("number", isinstance(good, (int, float))),
        ("words", isinstance(first, (str, bytes))),
        ("numbers", True),
    )
    return BY_KIND[next(kind for kind, fits in kinds if fits)]
