"""Inputs that no picture can be made of: for every argument, and a few more for each kind of argument."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import torch


class Unprintable:
    def __repr__(self) -> str:
        raise RuntimeError("no repr")


ANYWHERE: dict[str, Any] = {
    "None": None,
    "an object": Unprintable(),
    "10**400": 10**400,
    "nothing": [],
    "a dict": {"fox": None},
    "a megabyte": "fox " * 250_000,
    "a meta tensor": torch.zeros(6, 3, device="meta"),
}
BY_KIND: dict[str, dict[str, Any]] = {
    "number": {"2.5": 2.5, "-1": -1, "True": True, "nan": float("nan"), "text": "fox"},
    "text": {"bytes": b"fox", "words": ["fox"], "text of the internet": "\ud800 \x00 \u202e 狐 $x$"},
    "numbers": {
        "ragged": [[1.0, 2.0], [3.0]],
        "None in a list": [None, None],
        "fractions for ids": [2.5, 0.0],
        "bools for ids": [True, False],
        "a negative id": [-1, 0],
        "a huge id": [10**30],
        "a million rows": torch.zeros(200_000, 3),
        "three dimensions": torch.zeros(2, 2, 2),
        "no rows": torch.zeros(0, 3),
        "nan": torch.full((6, 3), float("nan")),
        "a bool tensor": torch.tensor([True, False]),
        "a complex tensor": torch.zeros(6, 3, dtype=torch.complex64),
        "a nested tensor": torch.nested.nested_tensor([torch.zeros(2), torch.zeros(3)], layout=torch.jagged),
        "an array of objects": np.array([[None, 1.0]], dtype=object),
        "a layer": torch.nn.Embedding(6, 3),
    },
    "words": {"text": "fox", "numbers": [1, 2], "a million": ["fox"] * 1_000_000, "an array": np.array([["fox"]])},
    "dict": {"words": ["fox", "in"], "ids twice": {"fox": 0, "in": 0}, "None inside": {"fox": {"in": None}}},
}


def bad_for(good: Any) -> dict[str, Any]:
    """What to try in place of a good argument."""
    first = good[0] if isinstance(good, (list, tuple)) and good else None
    kind = (
        "dict"
        if isinstance(good, Mapping)
        else "text"
        if isinstance(good, str)
        else "number"
        if isinstance(good, (int, float))
        else "words"
        if isinstance(first, (str, bytes))
        else "numbers"
    )
    return ANYWHERE | BY_KIND[kind]
