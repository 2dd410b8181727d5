"""How a wrong result is related to the right one, in words: turned, one place too far, twice as large, not yet summed.

`relations` looks at one call. What holds in every call that went wrong is worth saying, a likeness in one is chance.
`traits` says what is special about a call's arguments, so that those that went wrong can be told from the others.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterator
from typing import Any

import torch
from torch import nn

from .compare import alike, as_tensor

# What else than the right number may have been computed: `how(right)`. Where several fit, the first is said.
INSTEAD = {
    "The sign is the other one.": torch.neg,
    "It is 1 minus what is expected.": lambda right: 1 - right,
    "It is 1 over what is expected.": torch.reciprocal,
    "It is the square of what is expected: is a square root missing?": torch.square,
    "It is the square root of what is expected.": torch.sqrt,
    "It is the logarithm of what is expected.": torch.log,
    "It is the exponential of what is expected: is a logarithm missing?": torch.exp,
    "The sign is lost: it is the absolute value of what is expected.": torch.abs,
    "It is rounded down.": torch.floor,
    "It is rounded.": torch.round,
    "It is rounded up.": torch.ceil,
}
LARGEST = 100_000  # numbers of a result that is looked at: the tries are many
# Several numbers made into one.
INTO_ONE = {"sum": torch.sum, "mean": torch.mean, "largest": torch.amax, "smallest": torch.amin, "product": torch.prod}


def relations(got: Any, expected: Any, arguments: dict[str, Any]) -> list[str]:
    """Sentences that are true of a wrong result, the most telling first; none where nothing plain is seen.

    Args:
        got: what the answer returned.
        expected: what the solution returned; not `alike(got, expected)`.
        arguments: what both were called with, by the parameters' names.

    >>> right = torch.tensor([[1.0, 2.0], [3.0, 5.0]])
    >>> relations(right.T, right, {})
    ['The right numbers with rows and columns exchanged (transposed).']
    >>> relations([3, 1, 2], [2, 1, 3], {})
    ['The right parts from last to first.']
    >>> relations(2 * right, right, {"table": 2 * right})[0]
    'It is the input `table`, as it was passed.'
    """
    try:
        return [*_relations(got, expected, arguments)]
    except Exception:  # the learner's objects may raise anything; then nothing is said
        return []


def _relations(got: Any, expected: Any, arguments: dict[str, Any]) -> Iterator[str]:
    yield from (f"It is the input `{name}`, as it was passed." for name, one in arguments.items() if alike(got, one))
    yield from _of_kind(got, expected)
    mine, right = as_tensor(got), as_tensor(expected)
    if mine is None or right is None:
        if isinstance(got, (list, tuple)) and isinstance(expected, (list, tuple)):
            yield from _of_parts(list(got), list(expected))
        return
    if max(mine.numel(), right.numel()) > LARGEST:
        return
    if mine.shape != right.shape:
        yield from _of_shape(mine, right)
    elif right.numel():
        yield from _of_values(mine.double(), right.double())
    if mine.ndim and right.ndim and mine.shape[1:] == right.shape[1:]:
        yield from _of_parts(mine.double().tolist(), right.double().tolist())


def _of_kind(got: Any, expected: Any) -> Iterator[str]:
    """The right thing, wrapped in or written as something else."""
    if isinstance(got, (tuple, list)) and 1 <= len(got) <= 8:
        for place, part in enumerate(got):
            if alike(part, expected):
                what = "pair" if len(got) == 2 else f"{type(got).__name__} of {len(got)}"
                yield f"What is expected is part [{place}] of the {what} that it returns."
                break
    if isinstance(expected, (tuple, list)) and expected and alike(got, expected[0]):
        yield "It is only the first part of what is expected."
    if isinstance(got, dict) and isinstance(expected, dict):
        if alike({value: key for key, value in got.items()}, expected):
            yield "Keys and values are exchanged."
    if isinstance(got, dict) and (alike([*got], expected) or alike([*got.values()], expected)):
        which = "keys" if alike([*got], expected) else "values"
        yield f"What is expected are the {which} of the dictionary that it returns."
    if isinstance(got, str) and isinstance(expected, (list, tuple)):
        if all(isinstance(part, str) for part in expected) and _bare(got) == _bare("".join(expected)):
            yield "The pieces are joined into one text; a list of them is expected."
    if isinstance(expected, str) and isinstance(got, (list, tuple)):
        if all(isinstance(part, str) for part in got) and _bare(expected) == _bare("".join(got)):
            yield "The pieces are right; one text is expected, not a list: join them."
    if isinstance(got, str) and isinstance(expected, str):
        if _bare(got) == _bare(expected):
            yield "Only the spaces differ."
        elif got.casefold() == expected.casefold():
            yield "Only capital and small letters differ."
    if isinstance(got, str) and not isinstance(expected, str) and got.strip() == str(expected):
        yield "It is text that looks like the right value; the value itself is expected."
    if isinstance(got, (list, tuple)) and got and all(isinstance(part, str) for part in got):
        if isinstance(expected, (list, tuple)) and [str(part) for part in expected] == list(got):
            yield "The numbers are right, but each is text: int(...) or float(...) makes a number of it."
    if isinstance(got, nn.Module):
        own = next((name for name, weight in got.named_parameters() if alike(weight, expected)), None)
        yield f"It is the layer itself; its {own} is expected." if own else "It is the layer itself, not what it gives."
    elif callable(got) and not isinstance(got, torch.Tensor):
        yield "It is a function; what that function returns is expected: call it, with ()."


def _bare(text: str) -> str:
    return "".join(text.split())


def _of_shape(mine: torch.Tensor, right: torch.Tensor) -> Iterator[str]:
    if mine.numel() == right.numel() > 0:
        sizes = [size for size in mine.shape if size != 1], [size for size in right.shape if size != 1]
        if alike(mine.reshape(right.shape), right) and sizes[0] == sizes[1]:
            more = mine.ndim - right.ndim
            if more:
                how_many = {1: "one dimension", 2: "two dimensions"}.get(abs(more), f"{abs(more)} dimensions")
                yield f"The numbers are right, in {how_many} of size 1 too {'many' if more > 0 else 'few'}."
            else:
                yield "The numbers are right; a dimension of size 1 stands in another place."
        elif turned := _turned(mine, right):
            yield turned
        elif alike(mine.reshape(right.shape), right):
            yield "The numbers are right and in order; only their shape is another: reshape them."
    if right.ndim == 0:
        yield from _made_one(mine, right, "Not yet one number: the {} of what it returns is expected.")
    elif mine.ndim == 0:
        yield from _made_one(right, mine, "One number, the {} of what is expected: keep them apart.")
    if right.ndim and mine.ndim == right.ndim + 1 and alike(mine.argmax(-1), right):
        yield "The place of the largest in each row is expected (argmax), not the row itself."
    elif mine.ndim == right.ndim + 1:
        for name, how in INTO_ONE.items():
            for axis in range(mine.ndim):
                if name != "product" and alike(how(mine.double(), axis), right):
                    yield f"It is not yet reduced: the {name} over dimension {axis} of what it returns is expected."
                    return
    elif right.ndim == mine.ndim + 1:
        for name, how in INTO_ONE.items():
            for axis in range(right.ndim):
                if name != "product" and alike(how(right.double(), axis), mine):
                    yield f"It is the {name} over dimension {axis} of what is expected: keep that dimension."
                    return
    elif mine.ndim == right.ndim == 1 and mine.numel() != right.numel() and alike(mine.bool().nonzero()[:, 0], right):
        yield "It marks the places with true and false; the places' numbers are expected."


def _made_one(several: torch.Tensor, one: torch.Tensor, says: str) -> Iterator[str]:
    for name, how in INTO_ONE.items():
        if several.numel() > 1 and alike(how(several.double()), one):
            yield says.format(name)
            return


def _turned(mine: torch.Tensor, right: torch.Tensor) -> str | None:
    """Whether another order of the dimensions makes one of the other."""
    if 2 <= mine.ndim == right.ndim <= 4:
        for order in itertools.permutations(range(mine.ndim)):
            if mine.permute(order).shape == right.shape and alike(mine.permute(order), right):
                what = (
                    "rows and columns exchanged (transposed)" if mine.ndim == 2 else "the dimensions in another order"
                )
                return f"The right numbers with {what}."
    return None


def _of_values(mine: torch.Tensor, right: torch.Tensor) -> Iterator[str]:
    """Relations of numbers in one shape, number by number."""
    if bool(mine.isnan().any()) and not bool(right.isnan().any()):
        yield "It holds nan, not a number: something like 0 / 0, or the logarithm of a negative number."
        return
    if turned := _turned(mine, right):
        yield turned
    yield from (says for says, how in INSTEAD.items() if alike(mine, how(right)))
    if right.numel() > 1 and bool((mine == 0).all()):
        yield "Every number is 0."
    elif (
        right.numel() > 1 and bool((mine == mine.flatten()[0]).all()) and not bool((right == right.flatten()[0]).all())
    ):
        yield "Every number is the same, where different ones are expected."
    each = "Every number" if right.numel() > 1 else "It"
    known = right != 0
    if bool(known.any()) and bool((mine[~known] == 0).all()):
        ratio = (mine[known] / right[known]).flatten()
        factor = ratio[0].item()
        if math.isfinite(factor) and factor not in (0, 1) and alike(ratio, torch.full_like(ratio, factor)):
            if times := _plain(factor):
                yield f"{each} is {times} what is expected."
    shift = (mine - right).flatten()
    if shift[0] and alike(shift, torch.full_like(shift, shift[0].item())) and float(shift[0]).is_integer():
        size = int(shift[0])
        yield f"{each} is {abs(size):,} too {'large' if size > 0 else 'small'}."


def _plain(factor: float) -> str | None:
    """A factor that a slip explains, in words: a whole one, or 1 over one."""
    for number, words in ((factor, "{}{:,} times"), (1 / factor, "{}1/{:,} of")):
        if 2 <= abs(number) <= 10**6 and math.isclose(number, round(number), rel_tol=1e-6):
            return words.format("-" if number < 0 else "", abs(round(number)))
    return None


def _of_parts(got: list, expected: list) -> Iterator[str]:
    """Relations of lists, or of tensors row by row: order, too many, too few."""
    mine, right = [repr(part) for part in got], [repr(part) for part in expected]
    if len(right) > 1 and mine != right and Counter(mine) == Counter(right):
        if mine == right[::-1]:
            yield "The right parts from last to first."
        elif mine in (right[1:] + right[:1], right[-1:] + right[:-1]):
            yield "The right parts, each one place too far: the end has come round to the other side."
        elif _in_order(got):
            yield "The right parts, but sorted; their order should stay."
        elif _in_order(expected):
            yield "The right parts, but not sorted."
        else:
            yield "The right parts in another order."
    elif len(mine) == len(right) - 1 and mine and mine == right[1:]:
        yield "The first part is missing, the rest is right."
    elif len(mine) == len(right) - 1 and mine and mine == right[:-1]:
        yield "The last part is missing, the rest is right."
    elif len(mine) == len(right) + 1 and mine[1:] == right:
        yield "All is right but one part too many at the front."
    elif len(mine) == len(right) + 1 and mine[:-1] == right:
        yield "All is right but one part too many at the end."
    elif mine and len(mine) < len(right) and mine == list(dict.fromkeys(right)):
        yield "Each different part comes once; those that repeat should repeat."
    elif right and len(mine) > len(right) and list(dict.fromkeys(mine)) == right:
        yield "Some parts come more than once; each is expected once."
    elif not mine and right:
        yield "It is empty."


def _in_order(parts: list) -> bool:
    return parts == sorted(parts)


def traits(arguments: dict[str, Any]) -> list[str]:
    """What is special about the arguments of a call, each as a sentence's end, the most telling first.

    >>> traits({"ids": [3, 0, 3]})
    ['`ids` repeats a number']
    >>> traits({"table": torch.zeros(4, 2), "ids": torch.tensor(3)})
    ['`ids` is a single number without a dimension', '`table` has more rows than columns']
    """
    try:
        return [f"`{name}` {trait}" for name, one in reversed(arguments.items()) for trait in _traits(one)]
    except Exception:  # a case may hold anything
        return []


def _traits(one: Any) -> Iterator[str]:
    if isinstance(one, str):
        yield from ["is empty"] * (not one) + ["has capital letters"] * (one != one.lower())
        yield from ["has two spaces in a row"] * ("  " in one) + ["has spaces"] * (" " in one)
    if isinstance(one, (list, tuple)) and any(isinstance(part, (list, tuple)) for part in one):
        yield from ["holds an empty list"] * any(len(part) == 0 for part in one)
        yield from ["holds lists of different lengths"] * (len({len(part) for part in one}) > 1)
    if isinstance(one, (list, tuple)) and any(isinstance(part, torch.Tensor) for part in one):
        yield from ["holds an empty tensor"] * any(part.numel() == 0 for part in one)
        yield from ["holds more than two tensors"] * (len(one) > 2) + ["holds one tensor only"] * (len(one) == 1)
        return
    if isinstance(one, (list, tuple)) and one and all(isinstance(part, str) for part in one):
        yield from ["repeats a text"] * (len(set(one)) < len(one))
    if isinstance(one, int) and not isinstance(one, bool):
        yield from ["is 0"] * (one == 0) + ["is 1"] * (one == 1) + ["is negative"] * (one < 0)
        return
    numbers = as_tensor(one)
    if numbers is None:
        yield from ["is empty"] * (isinstance(one, (list, tuple, dict)) and not one)
    elif numbers.numel() == 0:
        yield "is empty"
    elif numbers.dtype == torch.int64:
        flat = numbers.flatten()
        yield from ["is a single number without a dimension"] * (numbers.ndim == 0)
        yield from ["has more than one dimension"] * (numbers.ndim > 1)
        yield from ["holds one number only"] * (numbers.ndim > 0 and numbers.numel() == 1)
        yield from ["is not of the kind int64"] * (isinstance(one, torch.Tensor) and one.dtype != torch.int64)
        yield from ["holds a negative number"] * bool((flat < 0).any())
        yield from ["repeats a number"] * (len(flat.unique()) < len(flat))
    elif numbers.ndim == 2 and numbers.shape[0] != numbers.shape[1]:
        yield f"has more {'rows than columns' if numbers.shape[0] > numbers.shape[1] else 'columns than rows'}"
