"""A value, an error, or the difference between two results, in one sentence.

No function here raises an error or runs for a long time.
"""

from __future__ import annotations

import builtins
import linecache
import math
import re
import reprlib
import textwrap
import traceback
from collections.abc import Callable
from typing import Any

import numpy as np

from .compare import alike, as_tensor, differing, shape_of
from .items import IDEAS, Exercise, Finding
from .lazy import nn, torch
from .timeout import run_with_timeout


def brief(thing: Any) -> str:
    """A value in a few words: small values in full, large values in a short form or by their shape.

    >>> brief(torch.tensor([4, 0])), brief(torch.zeros(50, 3)), brief("fox")
    ('[4, 0]', 'a tensor of shape (50, 3)', "'fox'")
    >>> brief(13265.1438), brief([[0.56665062, 2], "fox"]), brief(50_257**768)
    ('13265.14', "[[0.5667, 2], 'fox']", 'an integer of about 3611 digits')
    """
    try:
        return cut(_SHORT.repr(thing), 160)
    except Exception:  # the learner's own class may raise anywhere
        return f"something of type {type(thing).__name__}"


class _Short(reprlib.Repr):
    """Writes out the first few parts of each container, with numbers as the course writes them."""

    def __init__(self) -> None:
        super().__init__()
        self.maxlevel, self.maxstring = 4, 140
        self.maxlist = self.maxtuple = self.maxset = self.maxfrozenset = self.maxdict = 30

    def repr1(self, thing: Any, level: int) -> str:
        if isinstance(thing, np.generic):
            thing = thing.item()
        if isinstance(thing, (torch.Tensor, np.ndarray)):
            return _table(thing)
        if isinstance(thing, type):
            return f"the class {thing.__name__}"
        if isinstance(thing, float):
            return str(_rounded(thing))
        if isinstance(thing, int) and abs(thing) >= 10**30:
            return f"an integer of about {int(math.log10(abs(thing))) + 1} digits"
        if isinstance(thing, torch.Size):
            return repr(tuple(thing))
        if type(thing) in (bool, int, str, list, tuple, dict, set, frozenset, type(None), type(...)):
            return super().repr1(thing, level)
        if callable(thing) and not isinstance(thing, nn.Module):
            return f"the function {getattr(thing, '__name__', '?')}"
        # without the address, which differs from run to run
        text = re.sub(r" at 0x[0-9A-Fa-f]+", "", _ask(builtins.repr, thing))
        return text or f"something of type {type(thing).__name__}"


_SHORT = _Short()


def _ask(how: Callable[[Any], str], thing: Any) -> str:
    """The beginning of `how(thing)`. An empty text if the learner's own class raises an error or takes too long."""
    try:
        return run_with_timeout(0.2, lambda: how(thing))[:2000]
    except KeyboardInterrupt:
        raise
    except BaseException:  # SystemExit and TooLong as well
        return ""


def cut(text: str, width: int) -> str:
    return textwrap.shorten(text[:2000], width, placeholder=" ...") if len(text) > width else " ".join(text.split())


def _table(thing: torch.Tensor | np.ndarray) -> str:
    """A tensor or an array: its numbers if there are at most 16, otherwise its shape."""
    if isinstance(thing, np.ndarray) and thing.dtype.kind not in "iubf":
        return _SHORT.repr(thing.tolist()) if thing.size <= 16 else f"an array of shape {thing.shape}"
    thing = torch.as_tensor(thing)
    if thing.is_nested:
        return "a nested tensor"
    numbers = as_tensor(thing) if thing.numel() <= 16 else None
    if numbers is not None:
        return str(_rounded(numbers.tolist()))
    where = ", without numbers (its device is meta)" if thing.is_meta else ""
    return f"a tensor of shape {tuple(thing.shape)}{where}"


def _rounded(numbers: Any) -> Any:
    if isinstance(numbers, list):
        return [_rounded(number) for number in numbers]
    if not isinstance(numbers, float):
        return numbers
    # four digits, but all digits before the point: 13265.14 must not become 13270. Adding 0.0 turns -0.0 into 0.0.
    return round(numbers, 2) if abs(numbers) >= 1000 else float(f"{numbers:.4g}") + 0.0


def call_text(exercise: Exercise, arguments: tuple) -> str:
    """The call in one line, such as `my_lookup(table=<shape (6, 3)>, ids=[4, 0])`: large arguments by their shape."""

    def short(thing: Any) -> str:
        if isinstance(thing, torch.Tensor):
            large = thing.ndim > 2 or thing.numel() > (4 if thing.is_floating_point() else 8)
            return f"<shape {tuple(thing.shape)}>" if large else brief(thing)
        if isinstance(thing, (list, tuple)) and any(isinstance(part, torch.Tensor) for part in thing):
            return f"[{', '.join(map(short, thing))}]"
        return brief(thing)

    return f"{exercise.name}({', '.join(f'{n}={short(a)}' for n, a in exercise.by_name(arguments).items())})"


def difference(got: Any, expected: Any) -> str:
    """One sentence on how two results differ: kind, then shape, then values.

    >>> difference(torch.zeros(2, 3), torch.zeros(3, 2)), difference([5, 4], [5, 4, 6])
    ('Expected the shape (3, 2), got (2, 3).', 'Expected [5, 4, 6], got [5, 4].')
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
    """Whether this is a number or a short list of numbers. Then the numbers say more than the shape."""
    return not isinstance(thing, (torch.Tensor, np.ndarray)) and (not size or size < (17,)) and len(size) < 2


def a_kind(thing: Any) -> str:
    known = {"Tensor": "a tensor", "str": "text", "list": "a list", "tuple": "a tuple", "NoneType": "nothing"}
    known |= {"float": "a float", "ndarray": "a numpy array"}
    return known.get(type(thing).__name__, f"a value of type {type(thing).__name__}")


def with_idea(says: str, idea: int | None) -> str:
    return says if idea is None else f"{says} The idea: {IDEAS[idea]}."


def error_text(error: BaseException | None, function: Any = None) -> str:
    """The error in one line, with the line of the function's own cell that raised it, if there is one."""
    if error is None:
        return ""
    own_file = getattr(getattr(function, "__code__", None), "co_filename", None)
    walked = traceback.walk_tb(error.__traceback__)
    numbers = [number for frame, number in walked if frame.f_code.co_filename == own_file]
    line = cut(linecache.getline(own_file, numbers[-1]), 100) if numbers else ""
    where = f" in the line `{line}`" if line else ""
    said = cut(_ask(str, error), 200).rstrip(".")  # the caller ends the sentence
    return f"{type(error).__name__}{where}" + (f": {said}" if said else "")
