"""The checks of what is drawn: plain Python values, or a clear error."""

from __future__ import annotations

import itertools
import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from numbers import Integral, Real
from typing import Any

from . import core

MOST = 1200  # numbers; more cannot be read
LARGEST = sys.float_info.max
FINITE, FROM_0 = (-LARGEST, LARGEST, "finite numbers"), (0.0, LARGEST, "finite numbers, at least 0")
ABOVE_0 = (5e-324, LARGEST, "finite numbers above 0")
Vocabulary = Mapping[str, int] | Sequence[str]


def checked(
    values: Any,
    name: str,
    dims: Sequence[str],
    kind: type = float,
    *,
    below: int = 0,
    most: int = MOST,
    span: tuple = (),
) -> Any:
    """The one check of numbers that are drawn: nested lists of plain Python numbers, or a clear error.

    `values`: a tensor, an array, or (nested) lists; a plain number if there are no dims. `name`: what the caller calls
    them, for the message. `dims`: what each dimension counts, such as ("rows", "columns"). `kind`: float takes any real
    numbers, also `inf` and `nan`; int takes integers and neither 2.5, 2.0 nor True; bool takes True and False. `below`:
    for ids, how many rows there are: each id must be between 0 and below - 1. `most`: how many numbers can be drawn.
    `span`: the lowest and the highest number that can be drawn; neither includes nan. Raises TypeError: these are not
    numbers, or not of that kind. Raises ValueError: the dimensions are different, rows have different lengths, there
    are no or too many numbers, or a number is outside the span. Raises IndexError: an id does not have a row.

    >>> checked([[1, 2.5]], "table", ("rows", "columns"))
    [[1.0, 2.5]]
    >>> checked(-1, "token_id", (), int, below=6)
    Traceback (most recent call last):
        ...
    IndexError: token_id: id -1 has no row: the table has 6 rows, so ids run from 0 to 5
    """
    wanted = {float: "numbers", int: "whole numbers (ids are names, not quantities)", bool: "True or False"}[kind]
    shape = f"of shape ({', '.join(dims)}{',' if len(dims) == 1 else ''})" if dims else "one of them"
    expected = f"{name}: expected {wanted}, {shape}; got {{}}"
    too_many = f"{name}: at most {most:,} numbers can be drawn to be read; got {{}}"
    if hasattr(values, "shape") and hasattr(values, "dtype") and hasattr(values, "tolist"):
        if len(values.shape) != len(dims):
            raise ValueError(expected.format(core.describe(values)))
        if not getattr(values, "is_nested", False) and math.prod(values.shape) > most:
            raise ValueError(too_many.format(core.describe(values)))
        values = plain(values, expected)
    elif isinstance(values, range):
        values = list(values)
    numbers: list = []

    def visit(part: Any, depth: int) -> Any:
        if depth == len(dims):
            if len(numbers) >= most:
                raise ValueError(too_many.format("more"))
            numbers.append(_number(part, kind, expected))
            return numbers[-1]
        if not isinstance(part, (list, tuple)):
            raise TypeError(expected.format(core.describe(part)))
        if not 0 < len(part) <= most:
            raise ValueError(too_many.format(f"{len(part):,}") if part else expected.format(f"no {dims[depth]} at all"))
        inner = [visit(one, depth + 1) for one in part]
        if depth + 1 < len(dims) and len({len(one) for one in inner}) > 1:
            raise ValueError(expected.format(f"{dims[depth]} of different lengths"))
        return inner

    found = visit(values, 0)
    for one in numbers:
        if below and not 0 <= one < below:
            rows = f"the table has {below:,} rows, so ids run from 0 to {below - 1:,}"
            raise IndexError(f"{name}: id {core.brief.repr(one)} has no row: {rows}")
        if span and not span[0] <= one <= span[1]:
            words = span[2] if len(span) > 2 else f"numbers from {span[0]:,} to {span[1]:,}"
            raise ValueError(f"{name}: expected {words}; got {core.brief.repr(one)}")
    return found


def plain(values: Any, expected: str) -> Any:
    """A tensor or an array as nested lists; `expected` is the message if it has no numbers, with {} for what it is."""
    torch = sys.modules.get("torch")
    try:
        if torch is not None and isinstance(values, torch.Tensor):
            values = values if values.layout == torch.strided else values.to_dense()  # sparse: what is not stored is 0
            values = (values.float() if values.dtype == torch.bfloat16 else values).detach().cpu()
        return values.tolist()
    except Exception as error:  # a meta tensor has no numbers; others fail in their own ways
        raise TypeError(expected.format(f"{core.describe(values)}, which has no numbers to read")) from error


def _number(one: Any, kind: type, expected: str) -> Any:
    if hasattr(one, "item") and getattr(one, "shape", None) == ():
        one = plain(one, expected)  # a tensor or an array's number within a list
    fits = isinstance(one, {float: Real, int: Integral, bool: bool}[kind])
    if not fits or (kind is int and isinstance(one, bool)):
        raise TypeError(expected.format(core.describe(one)))
    try:
        return kind(one)
    except OverflowError:
        raise ValueError(expected.format(f"{core.describe(one)}, which is too large to be drawn")) from None


def matrix_of(values: Any, name: str = "table") -> list[list[float]]:
    """`checked` for a matrix of real numbers."""
    return checked(values, name, ("rows", "columns"), most=50_000)


def shape_of(matrix: Sequence[Sequence]) -> tuple[int, int]:
    """The shape of a checked matrix."""
    return len(matrix), len(matrix[0])


def same_shape(first: Sequence[Sequence], second: Sequence[Sequence], names: str) -> tuple[int, int]:
    """The shape of two matrices, or an error if it is not the same.

    >>> same_shape([[1]], [[1, 2]], "ids and mask")
    Traceback (most recent call last):
        ...
    ValueError: expected ids and mask of one shape; got (1, 1) and (1, 2)
    """
    if shape_of(first) != shape_of(second):
        raise ValueError(f"expected {names} of one shape; got {shape_of(first)} and {shape_of(second)}")
    return shape_of(first)


def ids_of(ids: Any, name: str = "ids", *, rows: int = 0) -> list[int]:
    """`checked` for a list of ids; with `rows`, each id must have one."""
    found = checked(ids, name, ("length",), int, below=rows)
    if min(found) < 0:
        raise IndexError(f"{name}: id {core.brief.repr(min(found))} has no row: ids start at 0")
    return found


def points_of(points: Any, count: int) -> list[list[float]]:
    """`count` points in a plane: two finite numbers for each."""
    spots = checked(points, "points", ("points", "2"), most=4_000)
    if len(spots) != count or len(spots[0]) != 2 or not all(math.isfinite(part) for spot in spots for part in spot):
        raise ValueError(f"points: expected two finite numbers for each of {count:,}; got {core.describe(points)}")
    return spots


def text_of(text: Any, name: str, most: int = 200) -> str:
    """A str that is not too long to be drawn, or a clear error.

    >>> text_of(None, "title")
    Traceback (most recent call last):
        ...
    TypeError: title: expected a str; got None of type NoneType
    """
    if not isinstance(text, str):
        raise TypeError(f"{name}: expected a str; got {core.describe(text)}")
    if len(text) > most:
        raise ValueError(f"{name}: at most {most} characters can be drawn; got {len(text):,}")
    return text


def texts_of(texts: Any, name: str, count: int | None = None) -> list[str]:
    """A list of str, `count` of them if that is given, or a clear error.

    >>> texts_of("fox", "tokens")
    Traceback (most recent call last):
        ...
    TypeError: tokens: expected a list of str; got 'fox' of type str
    """
    kind = getattr(getattr(texts, "dtype", str), "kind", "U" if not hasattr(texts, "dtype") else "")
    if isinstance(texts, (str, bytes)) or not isinstance(texts, Iterable) or kind not in ("U", "O"):
        raise TypeError(f"{name}: expected a list of str; got {core.describe(texts)}")
    found = list(itertools.islice(texts, MOST + 1))
    for one in found:
        if not isinstance(one, str):
            raise TypeError(f"{name}: expected a list of str; one of its items is {core.describe(one)}")
    if len(found) > MOST:
        raise ValueError(f"{name}: at most {MOST:,} can be drawn to be read; got more")
    if count is not None and len(found) != count:
        raise ValueError(f"{name}: expected {count}, one for each; got {len(found)}")
    return found


def dict_of(thing: Any, name: str, what: str, most: int = MOST) -> dict:
    """A dict from 1 to `most` names, or a clear error.

    >>> dict_of({}, "amounts", "name → bytes")
    Traceback (most recent call last):
        ...
    TypeError: amounts: expected a dict, name → bytes, with 1 to 1,200 names; got {} of type dict
    """
    if not isinstance(thing, Mapping) or not 1 <= len(thing) <= most:
        raise TypeError(f"{name}: expected a dict, {what}, with 1 to {most:,} names; got {core.describe(thing)}")
    texts_of(thing, name)
    return dict(thing)


def amounts_of(thing: Any, name: str, what: str, span: tuple = ABOVE_0, most: int = 12) -> dict[str, float]:
    """A dict of numbers in that span, or a clear error."""
    return {key: checked(one, key, (), span=span) for key, one in dict_of(thing, name, what, most).items()}


def words_of(vocabulary: Vocabulary, rows: int | None = None) -> list[str]:
    """The tokens in the order of their ids, from the course's vocabulary (token → id) or from a list of them.

    Raises a TypeError if it is neither, and a ValueError if ids are missing or repeated, or if there are not as many
    tokens as `rows`.

    >>> words_of({"the": 1, "fox": 0}, 2), words_of(["fox", "the"])
    (['fox', 'the'], ['fox', 'the'])
    """
    if isinstance(vocabulary, Mapping):
        ids = sorted(checked(list(vocabulary.values()) or [0], "vocabulary", ("words",), int, most=sys.maxsize))
        if ids != list(range(len(vocabulary))):
            due = f"the ids 0 to {len(vocabulary) - 1}, each once, for its {len(vocabulary)} words"
            raise ValueError(f"vocabulary: expected {due}; got {core.brief.repr(ids)}")
        vocabulary = sorted(vocabulary, key=vocabulary.__getitem__)
    words = texts_of(vocabulary, "vocabulary")
    if not words:
        raise ValueError("vocabulary: expected one word at least; got none")
    if rows is not None and len(words) != rows:
        raise ValueError(f"vocabulary: expected {rows} words, one for each row; got {len(words)}")
    return words
