"""How a wrong result is related to the right one, in words: transposed, shifted by one, twice as large, not yet summed.

`relations` looks at one call. A relation that is true in one call may be chance, but not if it is true in every wrong
call. `traits` says what is special about the arguments of a call. It shows how wrong calls differ from right calls.
"""

from __future__ import annotations

import contextlib
import itertools
import math
from collections import Counter
from collections.abc import Iterator
from typing import Any

from .compare import alike, as_tensor
from .lazy import nn, torch

MOST_COMPARED = 100_000  # numbers in a result: in a larger result, no relation is searched
# Ways to reduce several numbers to one: the word, and the name of the torch function.
REDUCTIONS = {"sum": "sum", "mean": "mean", "largest": "amax", "smallest": "amin", "product": "prod"}
LISTS = (list, tuple)
# What may have been computed instead of the right number. If several explanations fit, the message names the first one.
INSTEAD = {
    "The sign is wrong everywhere.": lambda right: -right,
    "The sign is lost: this is the absolute value of the expected result.": lambda right: right.abs(),
    "The result is rounded down.": lambda right: right.floor(),
    "The result is rounded.": lambda right: right.round(),
    "The result is rounded up.": lambda right: right.ceil(),
}


def relations(got: Any, expected: Any, arguments: dict[str, Any]) -> list[str]:
    """Sentences that are true of a wrong result, the most helpful first. `arguments` are the call's arguments by name.

    >>> right = torch.tensor([[1.0, 2.0], [3.0, 5.0]])
    >>> relations(right.T, right, {"table": right + 7})
    ['The numbers are right, but rows and columns are exchanged (transposed).']
    """
    try:
        return [*_relations(got, expected, arguments)]
    except Exception:  # the learner's objects may raise anything
        return []


def _relations(got: Any, expected: Any, arguments: dict[str, Any]) -> Iterator[str]:
    yield from (f"This is the input `{name}`, unchanged." for name, one in arguments.items() if alike(got, one))
    yield from _of_kind(got, expected)
    mine, right = as_tensor(got), as_tensor(expected)
    if mine is None or right is None:
        if isinstance(got, LISTS) and isinstance(expected, LISTS):
            yield from _of_parts(list(got), list(expected))
    elif max(mine.numel(), right.numel()) <= MOST_COMPARED:
        if mine.shape != right.shape:
            yield from _of_shape(mine, right)
        elif right.numel():
            yield from _of_values(mine.double(), right.double())
        if mine.ndim and right.ndim and mine.shape[1:] == right.shape[1:]:
            yield from _of_parts(mine.double().tolist(), right.double().tolist())


def _true(sentences: dict[str, Any]) -> list[str]:
    return [sentence for sentence, true in sentences.items() if true]


def _of_kind(got: Any, expected: Any) -> Iterator[str]:
    """The right result, inside another object or converted to another type."""
    if isinstance(got, LISTS) and len(got) <= 8:
        parts = [f"[{i}]" for i, part in enumerate(got) if alike(part, expected)]
        what = "pair" if len(got) == 2 else f"{type(got).__name__} of {len(got)}"
        yield from (f"Part {i} of this {what} is the expected result. Return only that part." for i in parts[:1])
    with contextlib.suppress(TypeError):  # a part that is not text
        if isinstance(got, str) and isinstance(expected, LISTS) and _same_letters(got, "".join(expected)):
            yield "The pieces are joined into one text. Return a list of them."
        if isinstance(expected, str) and isinstance(got, LISTS) and _same_letters(expected, "".join(got)):
            yield "The pieces are right, but in a list. Join them into one text."
    if isinstance(got, str) and isinstance(expected, str):
        if _same_letters(got, expected):
            yield "Only the spaces differ."
        elif got.casefold() == expected.casefold():
            yield "Only upper and lower case differ."
    elif isinstance(got, str) and got.strip() == str(expected):
        yield "This is text that looks like the right value. Return the value itself."
    elif isinstance(got, LISTS) and isinstance(expected, LISTS) and list(got) == [str(part) for part in expected]:
        yield "The numbers are right, but each one is text. Convert each with int(...) or float(...)."
    elif isinstance(got, dict) and isinstance(expected, dict) and {one: key for key, one in got.items()} == expected:
        yield "Keys and values are exchanged."
    elif isinstance(got, nn.Module):
        own = [name for name, weight in got.named_parameters() if alike(weight, expected)]
        yield f"This is the layer itself. Return its {own[0] if own else 'output'}."
    elif callable(got) and not isinstance(got, torch.Tensor):
        yield "This is a function. Call it, with (), and return its result."


def _same_letters(one: str, other: str) -> bool:
    return "".join(one.split()) == "".join(other.split())


def _of_shape(mine: torch.Tensor, right: torch.Tensor) -> Iterator[str]:
    more = mine.ndim - right.ndim
    if mine.numel() == right.numel() > 0:
        same = alike(mine.reshape(right.shape), right)
        if same and more and [n for n in mine.shape if n != 1] == [n for n in right.shape if n != 1]:
            dimensions = f"{abs(more)} dimension{'s' * (abs(more) > 1)} of size 1"
            yield f"The numbers are right, but the result has {dimensions} too {'many' if more > 0 else 'few'}."
        elif turned := _turned(mine, right):
            yield turned
        elif same:
            yield "The numbers and their order are right, but the shape is wrong. Reshape the result."
    elif mine.ndim == right.ndim == 1 and alike(mine.bool().nonzero()[:, 0], right):
        yield "This is a mask of True and False. Return the positions of the True values."
    if more == 1 and right.ndim and alike(mine.argmax(-1), right):
        yield "These are whole rows. Return the position of the largest number in each row (argmax)."
        return
    several, fewer = (mine, right) if more > 0 else (right, mine)
    axes = [()] * (fewer.ndim == 0 and several.numel() > 1)
    axes += [(axis,) for axis in range(several.ndim)] * (abs(more) == 1)
    for axis, (name, how) in itertools.product(axes, REDUCTIONS.items()):
        if alike(getattr(torch, how)(several.double(), *axis), fewer):
            if axis and more > 0:
                yield f"One step is missing: take the {name} over dimension {axis[0]} of this."
            elif axis:
                yield f"This is the {name} over dimension {axis[0]} of the expected result. Keep that dimension."
            elif more > 0:
                yield f"This is not yet one number. Return the {name} of these numbers."
            else:
                yield f"This is one number, the {name} of the expected numbers. Keep them separate."
            return


def _turned(mine: torch.Tensor, right: torch.Tensor) -> str | None:
    """A sentence if another order of the dimensions makes the two tensors equal."""
    if 2 <= mine.ndim == right.ndim <= 4:
        for order in itertools.permutations(range(mine.ndim)):
            if mine.permute(order).shape == right.shape and alike(mine.permute(order), right):
                if mine.ndim == 2:
                    return "The numbers are right, but rows and columns are exchanged (transposed)."
                return "The numbers are right, but the dimensions are in the wrong order."
    return None


def _of_values(mine: torch.Tensor, right: torch.Tensor) -> Iterator[str]:
    """Relations between two tensors of the same shape, number by number."""
    if bool(mine.isnan().any()) and not bool(right.isnan().any()):
        yield "The result contains nan (not a number): for example 0 / 0, or the log of a negative number."
        return
    if turned := _turned(mine, right):
        yield turned
    yield from (says for says, how in INSTEAD.items() if alike(mine, how(right)))
    several = right.numel() > 1
    if several and bool((mine == mine.flatten()[0]).all()) and not bool((right == right.flatten()[0]).all()):
        yield "All numbers are the same, but the expected numbers differ."
    each, known = "Every number" if several else "This", right != 0
    if bool(known.any()) and bool((mine[~known] == 0).all()):
        ratio = (mine[known] / right[known]).flatten()
        if alike(ratio, ratio[:1].expand_as(ratio)) and (times := _times(ratio[0].item())):
            yield f"{each} is {times} the expected value."
    shift = (mine - right).flatten()
    if (size := shift[0].item()) and size.is_integer() and alike(shift, shift[:1].expand_as(shift)):
        yield f"{each} is {abs(int(size)):,} too {'large' if size > 0 else 'small'}."


def _times(factor: float) -> str | None:
    """A factor in words, if it is an integer or 1 divided by an integer: a mistake may explain such a factor."""
    for number, words in ((factor, "{}{:,} times"), (1 / factor if factor else 0, "{}1/{:,} of")):
        if 2 <= abs(number) <= 10**6 and math.isclose(number, round(number), rel_tol=1e-6):
            return words.format("-" if number < 0 else "", abs(round(number)))
    return None


def _of_parts(got: list, expected: list) -> list[str]:
    """A relation between lists, or between tensors row by row: another order, or too many or too few parts."""
    mine, right = [repr(part) for part in got], [repr(part) for part in expected]
    moved = len(right) > 1 and mine != right and Counter(mine) == Counter(right)
    more = len(mine) - len(right)
    return _true(
        {
            "The result is empty.": right and not mine,
            "The parts are right, but in reverse order.": moved and mine == right[::-1],
            "The parts are right, but shifted by one position (the last part has wrapped around).": (
                moved and mine in (right[1:] + right[:1], right[-1:] + right[:-1])
            ),
            "The parts are right, but sorted. Keep their order.": moved and got == sorted(got),
            "The parts are right, but not sorted.": moved and expected == sorted(expected),
            "The parts are right, but in the wrong order.": moved,
            "The first part is missing; the rest is right.": more == -1 and mine == right[1:],
            "The last part is missing; the rest is right.": more == -1 and mine == right[:-1],
            "There is one part too many at the front; the rest is right.": more == 1 and mine[1:] == right,
            "There is one part too many at the end; the rest is right.": more == 1 and mine[:-1] == right,
            "Each different part occurs once here. Keep the repetitions.": mine == list(dict.fromkeys(right)) != right,
            "Some parts occur more than once. Each should occur once.": right == list(dict.fromkeys(mine)) != mine,
        }
    )[:1]


def traits(arguments: dict[str, Any]) -> list[str]:
    """What is special about the arguments of a call, each as the end of a sentence. The last argument comes first.

    >>> traits({"ids": [3, 0, 3]})
    ['`ids` repeats a number']
    """
    try:
        return [f"`{name}` {trait}" for name, one in reversed(arguments.items()) for trait in _traits(one)]
    except Exception:  # a case may contain anything
        return []


def _traits(one: Any) -> list[str]:
    parts, numbers = list(one) if isinstance(one, LISTS) else [], as_tensor(one)
    if any(isinstance(part, torch.Tensor) for part in parts):
        return _true({"contains an empty tensor": any(part.numel() == 0 for part in parts)})
    found = {"has spaces": isinstance(one, str) and " " in one}
    found["requires a gradient"] = getattr(one, "requires_grad", False)
    if parts and all(isinstance(part, str) for part in parts):
        found["repeats a text"] = len(set(parts)) < len(parts)
    elif any(isinstance(part, LISTS) for part in parts):
        lengths = {len(part) for part in parts}
        found |= {"contains an empty list": 0 in lengths, "contains lists of different lengths": len(lengths) > 1}
    if numbers is None or not numbers.numel():
        found["is empty"] = numbers is not None or (isinstance(one, (str, list, tuple, dict)) and not one)
    elif numbers.dtype == torch.int64:
        found |= {
            "is a single number without a dimension": numbers.ndim == 0 and not isinstance(one, int),
            "has more than one dimension": numbers.ndim > 1,
            "contains a negative number": (numbers < 0).any(),
            "repeats a number": len(numbers.unique()) < numbers.numel(),
        }
    return _true(found)
