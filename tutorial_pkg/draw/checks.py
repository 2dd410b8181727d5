"""The checks of what is drawn: plain Python values, or a clear error.

TypeError: it is of another kind. ValueError: it is of another size, or a number is outside the span. IndexError: an id
does not have a row. `name` is always what the caller calls the thing, for the message.
"""

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
KINDS = {float: (Real, "numbers"), bool: (bool, "True or False")}
KINDS |= {int: (Integral, "whole numbers (ids are names, not quantities)")}
Vocabulary = Mapping[str, int] | Sequence[str]


def checked(
    values: Any,
    name: str,
    dims: Sequence[str],
    kind: type = float,
    *,
    below: int = 0,
    most: Any = MOST,
    span: tuple = (),
) -> Any:
    """The one check of numbers that are drawn: nested lists of plain Python numbers, or a clear error.

    `values`: a tensor, an array, or (nested) lists; a plain number if there are no dims. `dims`: what each dimension
    counts. `kind`: float takes any real numbers, also `inf` and `nan`; int takes neither 2.5, 2.0 nor True. `below`:
    for ids, how many rows there are. `most`: how many numbers can be drawn, in all or (a tuple) along each dimension.
    `span`: the lowest and the highest number that can be drawn; neither includes nan.
    >>> checked([[1, 2.5]], "table", ("rows", "columns"))
    [[1.0, 2.5]]
    >>> checked(-1, "token_id", (), int, below=6)
    Traceback (most recent call last):
        ...
    IndexError: token_id: id -1 has no row: the table has 6 rows, so ids run from 0 to 5
    """
    fits, wanted = KINDS[kind]
    sizes = most if isinstance(most, tuple) else (most,) * len(dims)
    total, numbers = math.prod(most) if isinstance(most, tuple) else most, []
    shape = f"of shape ({', '.join(dims)}{',' if len(dims) == 1 else ''})" if dims else "one of them"
    expected = f"{name}: expected {wanted}, {shape}; got {{}}"
    limit = " × ".join(f"{one:,}" for one in (most if isinstance(most, tuple) else (most,)))
    too_many = f"{name}: at most {limit} numbers can be drawn to be read; got {{}}"

    def visit(part: Any, depth: int) -> Any:
        if depth < len(dims):
            if not isinstance(part, (list, tuple)):
                raise TypeError(expected.format(core.describe(part)))
            if not part:
                raise ValueError(expected.format(f"no {dims[depth]} at all"))
            if len(part) > sizes[depth]:
                raise ValueError(too_many.format(f"{len(part):,}"))
            inner = [visit(one, depth + 1) for one in part]
            if depth + 1 < len(dims) and len({len(one) for one in inner}) > 1:
                raise ValueError(expected.format(f"{dims[depth]} of different lengths"))
            return inner
        if hasattr(part, "item") and getattr(part, "shape", None) == ():
            part = plain(part, expected)  # a tensor or an array's number within a list
        if not isinstance(part, fits) or (kind is int and isinstance(part, bool)):
            raise TypeError(expected.format(core.describe(part)))
        if len(numbers) >= total:
            raise ValueError(too_many.format("more"))
        try:
            numbers.append(kind(part))
        except OverflowError:
            raise ValueError(expected.format(f"{core.describe(part)}, which is too large to be drawn")) from None
        return numbers[-1]

    if hasattr(values, "shape") and hasattr(values, "dtype") and hasattr(values, "tolist"):
        if len(values.shape) != len(dims):
            raise ValueError(expected.format(core.describe(values)))
        if not getattr(values, "is_nested", False) and math.prod(values.shape) > total:
            raise ValueError(too_many.format(core.describe(values)))
        values = plain(values, expected)
    found = visit(list(values) if isinstance(values, range) else values, 0)
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


def matrix_of(values: Any, name: str = "table", most: Any = 50_000) -> list[list[float]]:
    return checked(values, name, ("rows", "columns"), most=most)


def shape_of(matrix: Sequence[Sequence]) -> tuple[int, int]:
    return len(matrix), len(matrix[0])


def same_shape(names: str, *matrices: Sequence[Sequence]) -> tuple[int, int]:
    """The shape of matrices, or an error if it is not the same."""
    shapes = [shape_of(matrix) for matrix in matrices]
    if len(set(shapes)) > 1:
        raise ValueError(f"expected {names} of one shape; got {core.join_words(shapes)}")
    return shapes[0]


def one_each(**lists: Sequence) -> None:
    """An error if lists that belong together are not equally long."""
    if len({len(one) for one in lists.values()}) > 1:
        given = core.join_words(f"{len(one)} {name}" for name, one in lists.items())
        raise ValueError(f"expected as many of each; got {given}")


def list_of(thing: Any, name: str, what: str, least: int = 0, most: int = MOST, kind: Any = object) -> list:
    """A list of `least` to `most` things of that kind, or a clear error."""
    fits = isinstance(thing, (list, tuple)) and least <= len(thing) <= most
    if not fits or not all(isinstance(one, kind) for one in thing):
        raise TypeError(f"{name}: expected {what}; got {core.describe(thing)}")
    return list(thing)


def ids_of(ids: Any, name: str = "ids", *, rows: int = 0, most: int = MOST) -> list[int]:
    """`checked` for a list of ids; with `rows`, each id must have one."""
    found = checked(ids, name, ("length",), int, below=rows, most=most)
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
    """A str that is not too long to be drawn, or a clear error."""
    if not isinstance(text, str):
        raise TypeError(f"{name}: expected a str; got {core.describe(text)}")
    if len(text) > most:
        raise ValueError(f"{name}: at most {most} characters can be drawn; got {len(text):,}")
    return text


def texts_of(texts: Any, name: str, count: int | None = None, *, least: int = 0, most: int = MOST) -> list[str]:
    """A list of str, `count` of them if that is given, or a clear error."""
    if isinstance(texts, (str, bytes)) or hasattr(texts, "dtype") or not isinstance(texts, Iterable):
        raise TypeError(f"{name}: expected a list of str; got {core.describe(texts)}")
    found = list(itertools.islice(texts, most + 1))
    for one in found:
        if not isinstance(one, str):
            raise TypeError(f"{name}: expected a list of str; one of its items is {core.describe(one)}")
    if len(found) > most:
        raise ValueError(f"{name}: at most {most:,} can be drawn to be read; got more")
    if len(found) < least or len(found) != (len(found) if count is None else count):
        raise ValueError(f"{name}: expected {f'at least {least}' if count is None else count}; got {len(found)}")
    return found


def dict_of(thing: Any, name: str, what: str, most: int = MOST) -> dict:
    """A dict from 1 to `most` names, or a clear error."""
    if not isinstance(thing, Mapping) or not 1 <= len(thing) <= most or not all(isinstance(key, str) for key in thing):
        raise TypeError(f"{name}: expected a dict, {what}, with 1 to {most:,} names; got {core.describe(thing)}")
    return dict(thing)


def amounts_of(thing: Any, name: str, what: str, span: tuple = ABOVE_0, most: int = 12, kind: type = float) -> dict:
    """A dict of numbers in that span, or a clear error."""
    return {key: checked(one, key, (), kind, span=span) for key, one in dict_of(thing, name, what, most).items()}


def words_of(vocabulary: Vocabulary, rows: int | None = None) -> list[str]:
    """The tokens in the order of their ids, from the course's vocabulary (token → id) or from a list of them.

    >>> words_of({"the": 1, "fox": 0}, 2), words_of(["fox", "the"])
    (['fox', 'the'], ['fox', 'the'])
    """
    if isinstance(vocabulary, Mapping):
        ids = sorted(checked(list(vocabulary.values()) or [0], "vocabulary", ("words",), int, most=sys.maxsize))
        if ids != list(range(len(vocabulary))):
            due = f"the ids 0 to {len(vocabulary) - 1}, each once, for its {len(vocabulary)} words"
            raise ValueError(f"vocabulary: expected {due}; got {core.brief.repr(ids)}")
        vocabulary = sorted(vocabulary, key=vocabulary.__getitem__)
    words = texts_of(vocabulary, "vocabulary", least=1)
    if rows is not None and len(words) != rows:
        raise ValueError(f"vocabulary: expected {rows} words, one for each row; got {len(words)}")
    return words
