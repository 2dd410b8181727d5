"""Torch is loaded at its first use, so the texts of an exercise can be read without it."""

import importlib
from functools import cache
from typing import Any

_module = cache(importlib.import_module)  # a check asks for thousands of attributes


class Lazy:
    """Replaces a module, which is loaded when one of its attributes is needed."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(_module(self._name), attribute)


torch, nn, F = Lazy("torch"), Lazy("torch.nn"), Lazy("torch.nn.functional")
