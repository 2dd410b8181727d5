"""What an answer gave, and how it differs from what was expected, in one sentence."""

from __future__ import annotations

import inspect
import linecache
import re
import textwrap
from typing import Any

import numpy as np
import torch
from torch import nn

from .compare import alike, as_tensor, whole
from .pieces import IDEAS, Exercise, Finding


def brief(thing: Any) -> str:
    """A value in a few words: small ones written out, large tensors by shape.

    >>> brief(torch.tensor([4, 0])), brief(torch.zeros(50, 3)), brief("fox")
    ('[4, 0]', 'a tensor of shape (50, 3)', "'fox'")
    >>> brief(13265.1438), brief([[0.56665062, 2], "fox"])
    ('13265.14', "[[0.5667, 2], 'fox']")
    """
    if isinstance(thing, torch.Tensor):
        if thing.numel() > 16:
            return f"a tensor of shape {tuple(thing.shape)}"
        # + 0.0 turns -0.0 into 0.0
        whole = not thing.is_floating_point()
        return str(thing.tolist() if whole else _rounded((thing.detach().double() + 0.0).tolist()))
    if isinstance(thing, np.ndarray):
        return brief(torch.as_tensor(thing))
    if isinstance(thing, nn.Module):
        return str(thing)
    if isinstance(thing, float):
        return str(_rounded(thing))
    if isinstance(thing, (list, tuple)) and any(isinstance(part, torch.Tensor) for part in thing):
        return textwrap.shorten("[" + ", ".join(map(brief, thing)) + "]", 160)
    if callable(thing):
        return f"the function {getattr(thing, '__name__', '?')}"
    if isinstance(thing, list):
        thing = _rounded(thing)
    # without the address, which differs from run to run
    return textwrap.shorten(re.sub(r" at 0x[0-9A-Fa-f]+", "", repr(thing)), 160, placeholder=" ...")


def _rounded(numbers: Any) -> Any:
    if isinstance(numbers, list):
        return [_rounded(number) for number in numbers]
    if not isinstance(numbers, float):
        return numbers
    # four digits, but never fewer than those before the point: 13265.14 is not to read 13270
    return round(numbers, 2) if abs(numbers) >= 1000 else float(f"{numbers:.4g}")


def call_text(exercise: Exercise, arguments: tuple) -> str:
    """The call in a line, such as `my_lookup(table=<shape (6, 3)>, ids=[4, 0])`: what matters about each argument."""

    def short(thing: Any) -> str:
        if isinstance(thing, torch.Tensor) and (
            thing.ndim > 2 or thing.numel() > (4 if thing.is_floating_point() else 8)
        ):
            return f"<shape {tuple(thing.shape)}>"
        return brief(thing)

    called = ", ".join(f"{n}={short(a)}" for n, a in zip(parameters(exercise), arguments, strict=False))
    return f"{exercise.name}({called})"


def parameters(exercise: Exercise) -> list[str]:
    """The names of the parameters, as the solution has them."""
    return list(inspect.signature(exercise.solution).parameters)


def difference(got: Any, expected: Any) -> str:
    """One sentence on how two results differ: kind, then shape, then values.

    >>> difference(torch.zeros(2, 3), torch.zeros(3, 2))
    'The shape that came back is (2, 3); it should be (3, 2).'
    >>> difference(Finding("a list; a layer is asked for"), torch.zeros(3, 2))
    'What came back is a list; a layer is asked for.'
    >>> difference([5, 4], [5, 4, 6])
    '[5, 4] came back; [5, 4, 6] is due.'
    """
    if isinstance(got, Finding):
        return f"What came back is {got}."
    if isinstance(got, dict) and isinstance(expected, dict) and got.keys() == expected.keys():
        key = next((key for key in expected if not alike(got[key], expected[key])), None)
        return f"{key}: {difference(got[key], expected[key])}"
    first, second = as_tensor(got), as_tensor(expected)
    if (first is None) != (second is None):
        return f"{_kind(got)} came back, {brief(got)}; {_kind(expected)} is due, {brief(expected)}."
    if first is not None and first.shape != second.shape:
        if not (_short_list(got, first) and _short_list(expected, second)):
            return f"The shape that came back is {tuple(first.shape)}; it should be {tuple(second.shape)}."
    elif first is not None and first.numel() > 16:
        near = 0.0 if whole(got) or whole(expected) else 1e-4  # as alike() has it
        wrong = ~torch.isclose(first, second, rtol=near, atol=near / 10, equal_nan=True)
        at = tuple(wrong.nonzero()[0].tolist())
        where = f"first at index {at}: {brief(first[at].item())} came back, {brief(second[at].item())} is due"
        return f"{int(wrong.sum())} of {wrong.numel()} numbers differ, {where}."
    return f"{brief(got)} came back; {brief(expected)} is due."


def _short_list(thing: Any, numbers: torch.Tensor) -> bool:
    """Whether it is a plain list or a number, short enough to be shown: whoever returns a list knows of no shape."""
    return not isinstance(thing, (torch.Tensor, np.ndarray)) and numbers.ndim < 2 and numbers.numel() <= 16


def _kind(thing: Any) -> str:
    kind = type(thing).__name__
    return {"Tensor": "A tensor", "str": "Text", "list": "A list", "tuple": "A tuple", "NoneType": "Nothing"}.get(
        kind, f"A value of type {kind}"
    )


def named(says: str, idea: int | None) -> str:
    return says if idea is None else f"{says} The idea behind it: {IDEAS[idea]}."


def error_text(error: BaseException, function: Any) -> str:
    """The error in one line, with the line of the learner's own cell that raised it where it is known."""
    where = ""
    own_file = getattr(getattr(function, "__code__", None), "co_filename", None)
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == own_file:
            line = linecache.getline(own_file, trace.tb_lineno).strip()
            where = f" in the line `{line}`" if line else where
        trace = trace.tb_next
    said = textwrap.shorten(str(error), 200, placeholder=" ...")
    return f"{type(error).__name__}{where}" + (f": {said}" if said else "")
