"""A value, an error, or the difference between two results, in one sentence. Nothing here raises or runs long."""

from __future__ import annotations

import builtins
import linecache
import math
import re
import reprlib
import textwrap
from typing import Any

import numpy as np

from .compare import alike, as_tensor, differing, shape_of
from .items import IDEAS, Exercise, Finding
from .lazy import nn, torch
from .timeout import run_with_timeout


def brief(thing: Any) -> str:
    """A value in a few words: small values in full, large ones shortened or described by their shape.

    >>> brief(torch.tensor([4, 0])), brief(torch.zeros(50, 3)), brief("fox")
    ('[4, 0]', 'a tensor of shape (50, 3)', "'fox'")
    >>> brief(13265.1438), brief([[0.56665062, 2], "fox"]), brief(50_257**768)
    ('13265.14', "[[0.5667, 2], 'fox']", 'an integer of about 3611 digits')
    """
    try:
        return cut(_short.repr(thing), 160)
    except Exception:  # the learner's own class may raise wherever it is asked
        return f"something of type {type(thing).__name__}"


class _Short(reprlib.Repr):
    """Writes out the first few things of each container, with numbers as the course writes them."""

    def __init__(self) -> None:
        super().__init__()
        self.maxlevel = 4
        self.maxlist = self.maxtuple = self.maxset = self.maxfrozenset = self.maxdict = 30
        self.maxstring = self.maxother = 140

    def repr1(self, thing: Any, level: int) -> str:
        if isinstance(thing, torch.Tensor):
            return _tensor(thing)
        if isinstance(thing, (bool, type(None), type(...))):
            return repr(thing)
        if isinstance(thing, np.generic):
            return self.repr1(thing.item(), level)
        if isinstance(thing, torch.Size):
            return repr(tuple(thing))
        if isinstance(thing, type):
            return f"the class {thing.__name__}"
        if isinstance(thing, float):
            return str(_rounded(thing))
        if isinstance(thing, int) and abs(thing) >= 10**30:
            return f"an integer of about {int(math.log10(abs(thing))) + 1} digits"
        if isinstance(thing, (int, str, list, tuple, dict, set, frozenset)):
            return super().repr1(thing, level)
        return self.repr_instance(thing, level)

    def repr_instance(self, thing: Any, level: int) -> str:
        if isinstance(thing, np.ndarray) and thing.dtype.kind in "iubf":
            return _tensor(torch.as_tensor(thing))
        if isinstance(thing, np.ndarray):
            return super().repr1(thing.tolist(), level) if thing.size <= 16 else f"an array of shape {thing.shape}"
        if callable(thing) and not isinstance(thing, nn.Module):
            return f"the function {getattr(thing, '__name__', '?')}"
        # without the address, which differs from run to run
        said = _ask(builtins.repr, thing)
        return re.sub(r" at 0x[0-9A-Fa-f]+", "", said) if said else f"something of type {type(thing).__name__}"


_short = _Short()


def _ask(how: type[str] | Any, thing: Any) -> str:
    """The beginning of `how(thing)`; an empty text where the learner's own class raises or takes too long."""
    try:
        return run_with_timeout(0.2, lambda: how(thing))[:2000]
    except KeyboardInterrupt:
        raise
    except BaseException:  # SystemExit and TooLong as well
        return ""


def cut(text: str, width: int) -> str:
    return textwrap.shorten(text[:2000], width, placeholder=" ...") if len(text) > width else " ".join(text.split())


def _tensor(thing: torch.Tensor) -> str:
    if thing.is_nested:
        return "a nested tensor"
    numbers = as_tensor(thing) if thing.numel() <= 16 else None
    if numbers is not None:
        # + 0.0 turns -0.0 into 0.0
        return str(numbers.tolist() if numbers.dtype == torch.int64 else _rounded((numbers + 0.0).tolist()))
    where = ", without numbers (its device is meta)" if thing.is_meta else ""
    return f"a tensor of shape {tuple(thing.shape)}{where}"


def _rounded(numbers: Any) -> Any:
    if isinstance(numbers, list):
        return [_rounded(number) for number in numbers]
    if not isinstance(numbers, float):
        return numbers
    # four digits, but never fewer than those before the point: 13265.14 is not to read 13270
    return round(numbers, 2) if abs(numbers) >= 1000 else float(f"{numbers:.4g}")


def call_text(exercise: Exercise, arguments: tuple) -> str:
    """The call in one line, such as `my_lookup(table=<shape (6, 3)>, ids=[4, 0])`: large arguments by their shape."""

    def short(thing: Any) -> str:
        if isinstance(thing, torch.Tensor) and (
            thing.ndim > 2 or thing.numel() > (4 if thing.is_floating_point() else 8)
        ):
            return f"<shape {tuple(thing.shape)}>"
        if isinstance(thing, (list, tuple)) and any(isinstance(part, torch.Tensor) for part in thing):
            return f"[{', '.join(map(short, thing))}]"
        return brief(thing)

    called = ", ".join(f"{n}={short(a)}" for n, a in zip(exercise.parameters, arguments, strict=False))
    return f"{exercise.name}({called})"


def difference(got: Any, expected: Any) -> str:
    """One sentence on how two results differ: kind, then shape, then values.

    >>> difference(torch.zeros(2, 3), torch.zeros(3, 2))
    'Expected the shape (3, 2), got (2, 3).'
    >>> difference(Finding("a list. Return the layer"), torch.zeros(3, 2))
    'Got a list. Return the layer.'
    >>> difference([5, 4], [5, 4, 6])
    'Expected [5, 4, 6], got [5, 4].'
    """
    if isinstance(got, Finding):
        return f"Got {got.rstrip('.')}."
    if isinstance(got, dict) and isinstance(expected, dict) and got.keys() == expected.keys():
        key = next((key for key in expected if not alike(got[key], expected[key])), None)
        text = difference(got[key], expected[key])
        return f"{cut(str(key), 40)}: {text[0].lower()}{text[1:]}"
    size, due = shape_of(got), shape_of(expected)
    if (size is None) != (due is None):
        return f"Expected {a_kind(expected)}, {brief(expected)}; got {a_kind(got)}, {brief(got)}."
    if size is not None and size != due:
        if not (_short_list(got, size) and _short_list(expected, due)):
            return f"Expected the shape {due}, got {size}."
    elif size is not None:
        first, second = as_tensor(got), as_tensor(expected)
        if first is not None and second is not None and first.numel() > 16:
            wrong = differing(first, second)
            at = tuple(wrong.nonzero()[0].tolist())
            where = f"The first is at index {at}: expected {brief(second[at].item())}, got {brief(first[at].item())}"
            return f"{int(wrong.sum())} of {wrong.numel()} numbers differ. {where}."
    return f"Expected {brief(expected)}, got {brief(got)}."


def _short_list(thing: Any, size: tuple) -> bool:
    """Whether this is a plain list or a number that is short enough to show: a list is described by its numbers."""
    return not isinstance(thing, (torch.Tensor, np.ndarray)) and (not size or size < (17,)) and len(size) < 2


def a_kind(thing: Any) -> str:
    kind = type(thing).__name__
    return {"Tensor": "a tensor", "str": "text", "list": "a list", "tuple": "a tuple", "NoneType": "nothing"}.get(
        kind, f"a value of type {kind}"
    )


def with_idea(says: str, idea: int | None) -> str:
    return says if idea is None else f"{says} The idea: {IDEAS[idea]}."


def error_text(error: BaseException | None, function: Any = None) -> str:
    """The error in one line, with the line of the learner's own cell that raised it, if known."""
    if error is None:
        return ""
    where = ""
    own_file = getattr(getattr(function, "__code__", None), "co_filename", None)
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == own_file:
            line = cut(linecache.getline(own_file, trace.tb_lineno), 100)
            where = f" in the line `{line}`" if line else where
        trace = trace.tb_next
    said = cut(_ask(str, error), 200).rstrip(".")  # the caller ends the sentence
    return f"{type(error).__name__}{where}" + (f": {said}" if said else "")
