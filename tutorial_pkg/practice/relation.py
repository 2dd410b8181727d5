"""How a wrong result is related to the right one, in words: transposed, shifted by one, twice as large, not yet summed.

`relations` looks at one call. A relation in every wrong call is worth telling; a relation in one call may be chance.
`traits` says what is special about the arguments of a call, so that wrong calls can be told from right ones.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterator
from typing import Any

from .compare import alike, as_tensor
from .lazy import nn, torch

# What may have been computed instead of the right number: `how(right)`. If several fit, the first one is told.
INSTEAD = {
    "The sign is wrong everywhere.": lambda right: -right,
    "This is 1 minus the expected result.": lambda right: 1 - right,
    "This is 1 divided by the expected result.": lambda right: 1 / right,
    "This is the square of the expected result. Is a square root missing?": lambda right: right**2,
    "This is the square root of the expected result.": lambda right: right.sqrt(),
    "This is the logarithm of the expected result.": lambda right: right.log(),
    "This is the exponential of the expected result. Is a logarithm missing?": lambda right: right.exp(),
    "The sign is lost: this is the absolute value of the expected result.": lambda right: right.abs(),
    "The result is rounded down.": lambda right: right.floor(),
    "The result is rounded.": lambda right: right.round(),
    "The result is rounded up.": lambda right: right.ceil(),
}
MOST_COMPARED = 100_000  # numbers of a result that is looked at, since many relations are tried
# Ways to reduce several numbers to one: names of torch functions.
REDUCTIONS = {"sum": "sum", "mean": "mean", "largest": "amax", "smallest": "amin", "product": "prod"}


def relations(got: Any, expected: Any, arguments: dict[str, Any]) -> list[str]:
    """Sentences that are true of a wrong result, the most telling first; an empty list where no relation is found.

    Args:
        got: what the answer returned.
        expected: what the solution returned; not `alike(got, expected)`.
        arguments: what both were called with, by the parameters' names.

    >>> right = torch.tensor([[1.0, 2.0], [3.0, 5.0]])
    >>> relations(right.T, right, {})
    ['The numbers are right, but rows and columns are exchanged (transposed).']
    >>> relations([3, 1, 2], [2, 1, 3], {})
    ['The parts are right, but in reverse order.']
    >>> relations(2 * right, right, {"table": 2 * right})[0]
    'This is the input `table`, unchanged.'
    """
    try:
        return [*_relations(got, expected, arguments)]
    except Exception:  # the learner's objects may raise anything; then nothing is said
        return []


def _relations(got: Any, expected: Any, arguments: dict[str, Any]) -> Iterator[str]:
    yield from (f"This is the input `{name}`, unchanged." for name, one in arguments.items() if alike(got, one))
    yield from _of_kind(got, expected)
    mine, right = as_tensor(got), as_tensor(expected)
    if mine is None or right is None:
        if isinstance(got, (list, tuple)) and isinstance(expected, (list, tuple)):
            yield from _of_parts(list(got), list(expected))
        return
    if max(mine.numel(), right.numel()) > MOST_COMPARED:
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
                yield f"Part [{place}] of this {what} is the expected result. Return only that part."
                break
    if isinstance(expected, (tuple, list)) and expected and alike(got, expected[0]):
        yield "This is only the first part of the expected result."
    if isinstance(got, dict) and isinstance(expected, dict):
        if alike({value: key for key, value in got.items()}, expected):
            yield "Keys and values are exchanged."
    if isinstance(got, dict) and (alike([*got], expected) or alike([*got.values()], expected)):
        which = "keys" if alike([*got], expected) else "values"
        yield f"The {which} of this dictionary are the expected result. Return only the {which}."
    if isinstance(got, str) and isinstance(expected, (list, tuple)):
        if all(isinstance(part, str) for part in expected) and _bare(got) == _bare("".join(expected)):
            yield "The pieces are joined into one text. Return a list of them."
    if isinstance(expected, str) and isinstance(got, (list, tuple)):
        if all(isinstance(part, str) for part in got) and _bare(expected) == _bare("".join(got)):
            yield "The pieces are right, but in a list. Join them into one text."
    if isinstance(got, str) and isinstance(expected, str):
        if _bare(got) == _bare(expected):
            yield "Only the spaces differ."
        elif got.casefold() == expected.casefold():
            yield "Only upper and lower case differ."
    if isinstance(got, str) and not isinstance(expected, str) and got.strip() == str(expected):
        yield "This is text that looks like the right value. Return the value itself."
    if isinstance(got, (list, tuple)) and got and all(isinstance(part, str) for part in got):
        if isinstance(expected, (list, tuple)) and [str(part) for part in expected] == list(got):
            yield "The numbers are right, but each one is text. Convert each with int(...) or float(...)."
    if isinstance(got, nn.Module):
        own = next((name for name, weight in got.named_parameters() if alike(weight, expected)), None)
        yield f"This is the layer itself. Return its {own}." if own else "This is the layer itself. Return its output."
    elif callable(got) and not isinstance(got, torch.Tensor):
        yield "This is a function. Call it, with (), and return its result."


def _bare(text: str) -> str:
    return "".join(text.split())


def _of_shape(mine: torch.Tensor, right: torch.Tensor) -> Iterator[str]:
    if mine.numel() == right.numel() > 0:
        sizes = [size for size in mine.shape if size != 1], [size for size in right.shape if size != 1]
        if alike(mine.reshape(right.shape), right) and sizes[0] == sizes[1]:
            more = mine.ndim - right.ndim
            if more:
                count = abs(more)
                dimensions = f"{count} dimension{'s' * (count > 1)} of size 1"
                yield f"The numbers are right, but {dimensions} too {'many' if more > 0 else 'few'}."
            else:
                yield "The numbers are right, but the dimension of size 1 is in the wrong position."
        elif turned := _turned(mine, right):
            yield turned
        elif alike(mine.reshape(right.shape), right):
            yield "The numbers and their order are right, but the shape is wrong. Reshape the result."
    if right.ndim == 0:
        yield from _made_one(mine, right, "This is not yet one number. Return the {} of these numbers.")
    elif mine.ndim == 0:
        yield from _made_one(right, mine, "This is one number, the {} of the expected numbers. Keep them separate.")
    if right.ndim and mine.ndim == right.ndim + 1 and alike(mine.argmax(-1), right):
        yield "These are whole rows. Return the position of the largest number in each row (argmax)."
    elif mine.ndim == right.ndim + 1:
        for name, how in REDUCTIONS.items():
            for axis in range(mine.ndim):
                if name != "product" and alike(getattr(torch, how)(mine.double(), axis), right):
                    yield f"One step is missing: take the {name} over dimension {axis} of this."
                    return
    elif right.ndim == mine.ndim + 1:
        for name, how in REDUCTIONS.items():
            for axis in range(right.ndim):
                if name != "product" and alike(getattr(torch, how)(right.double(), axis), mine):
                    yield f"This is the {name} over dimension {axis} of the expected result. Keep that dimension."
                    return
    elif mine.ndim == right.ndim == 1 and mine.numel() != right.numel() and alike(mine.bool().nonzero()[:, 0], right):
        yield "This is a mask of True and False. Return the positions of the True values."


def _made_one(several: torch.Tensor, one: torch.Tensor, says: str) -> Iterator[str]:
    for name, how in REDUCTIONS.items():
        if several.numel() > 1 and alike(getattr(torch, how)(several.double()), one):
            yield says.format(name)
            return


def _turned(mine: torch.Tensor, right: torch.Tensor) -> str | None:
    """Whether another order of the dimensions makes one of the other."""
    if 2 <= mine.ndim == right.ndim <= 4:
        for order in itertools.permutations(range(mine.ndim)):
            if mine.permute(order).shape == right.shape and alike(mine.permute(order), right):
                what = (
                    "rows and columns are exchanged (transposed)"
                    if mine.ndim == 2
                    else "the dimensions are in the wrong order"
                )
                return f"The numbers are right, but {what}."
    return None


def _of_values(mine: torch.Tensor, right: torch.Tensor) -> Iterator[str]:
    """Relations of numbers in one shape, number by number."""
    if bool(mine.isnan().any()) and not bool(right.isnan().any()):
        yield "The result contains nan (not a number): for example 0 / 0, or the log of a negative number."
        return
    if turned := _turned(mine, right):
        yield turned
    yield from (says for says, how in INSTEAD.items() if alike(mine, how(right)))
    if right.numel() > 1 and bool((mine == 0).all()):
        yield "Every number is 0."
    elif (
        right.numel() > 1 and bool((mine == mine.flatten()[0]).all()) and not bool((right == right.flatten()[0]).all())
    ):
        yield "All numbers are the same, but the expected numbers differ."
    each = "Every number" if right.numel() > 1 else "This"
    known = right != 0
    if bool(known.any()) and bool((mine[~known] == 0).all()):
        ratio = (mine[known] / right[known]).flatten()
        factor = ratio[0].item()
        if math.isfinite(factor) and factor not in (0, 1) and alike(ratio, torch.full_like(ratio, factor)):
            if times := _plain(factor):
                yield f"{each} is {times} the expected value."
    shift = (mine - right).flatten()
    if shift[0] and alike(shift, torch.full_like(shift, shift[0].item())) and float(shift[0]).is_integer():
        size = int(shift[0])
        yield f"{each} is {abs(size):,} too {'large' if size > 0 else 'small'}."


def _plain(factor: float) -> str | None:
    """A factor that a slip explains, in words: an integer, or 1 divided by an integer."""
    for number, words in ((factor, "{}{:,} times"), (1 / factor, "{}1/{:,} of")):
        if 2 <= abs(number) <= 10**6 and math.isclose(number, round(number), rel_tol=1e-6):
            return words.format("-" if number < 0 else "", abs(round(number)))
    return None


def _of_parts(got: list, expected: list) -> Iterator[str]:
    """Relations of lists, or of tensors row by row: order, too many, too few."""
    mine, right = [repr(part) for part in got], [repr(part) for part in expected]
    if len(right) > 1 and mine != right and Counter(mine) == Counter(right):
        if mine == right[::-1]:
            yield "The parts are right, but in reverse order."
        elif mine in (right[1:] + right[:1], right[-1:] + right[:-1]):
            yield "The parts are right, but shifted by one position (the last part has wrapped around)."
        elif _in_order(got):
            yield "The parts are right, but sorted. Keep their order."
        elif _in_order(expected):
            yield "The parts are right, but not sorted."
        else:
            yield "The parts are right, but in the wrong order."
    elif len(mine) == len(right) - 1 and mine and mine == right[1:]:
        yield "The first part is missing; the rest is right."
    elif len(mine) == len(right) - 1 and mine and mine == right[:-1]:
        yield "The last part is missing; the rest is right."
    elif len(mine) == len(right) + 1 and mine[1:] == right:
        yield "There is one part too many at the front; the rest is right."
    elif len(mine) == len(right) + 1 and mine[:-1] == right:
        yield "There is one part too many at the end; the rest is right."
    elif mine and len(mine) < len(right) and mine == list(dict.fromkeys(right)):
        yield "Each different part occurs once here. Keep the repetitions."
    elif right and len(mine) > len(right) and list(dict.fromkeys(mine)) == right:
        yield "Some parts occur more than once. Each should occur once."
    elif not mine and right:
        yield "The result is empty."


def _in_order(parts: list) -> bool:
    return parts == sorted(parts)


def traits(arguments: dict[str, Any]) -> list[str]:
    """What is special about the arguments of a call, each as the end of a sentence, the most telling first.

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
        yield from ["contains an empty list"] * any(len(part) == 0 for part in one)
        yield from ["contains lists of different lengths"] * (len({len(part) for part in one}) > 1)
    if isinstance(one, (list, tuple)) and any(isinstance(part, torch.Tensor) for part in one):
        yield from ["contains an empty tensor"] * any(part.numel() == 0 for part in one)
        yield from ["contains more than two tensors"] * (len(one) > 2) + ["contains only one tensor"] * (len(one) == 1)
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
        yield from ["contains only one number"] * (numbers.ndim > 0 and numbers.numel() == 1)
        yield from ["does not have dtype int64"] * (isinstance(one, torch.Tensor) and one.dtype != torch.int64)
        yield from ["contains a negative number"] * bool((flat < 0).any())
        yield from ["repeats a number"] * (len(flat.unique()) < len(flat))
    elif numbers.ndim == 2 and numbers.shape[0] != numbers.shape[1]:
        yield f"has more {'rows than columns' if numbers.shape[0] > numbers.shape[1] else 'columns than rows'}"
