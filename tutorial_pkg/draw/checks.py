"""Checks of the input of pictures: they return plain Python values, or raise a clear error.

They refuse input that would make a false picture: an id without a row, lists of different lengths, or a number that the
picture cannot show. `name` is always the caller's name for the value. The error message uses this name.
TypeError: the value is of the wrong kind. ValueError: the value has the wrong size, or a number is outside the span.
IndexError: an id does not have a row.
"""

import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from ..words import describe, join_words, short

MOST = 1200  # numbers; more cannot be read
LARGEST = sys.float_info.max
FINITE, FROM_0 = (-LARGEST, LARGEST, "finite numbers"), (0.0, LARGEST, "finite numbers, at least 0")
ABOVE_0 = (5e-324, LARGEST, "finite numbers above 0")
# For each kind: the numpy kinds of type that fit, and words for the message.
KINDS = {float: ("iuf", "numbers"), bool: ("b", "True or False"), int: ("iu", "whole numbers (ids are names)")}
Vocabulary = Mapping[str, int] | Sequence[str]


def checked(
    values: Any, name: str, dims: tuple, kind: type = float, *, below: int = 0, most: Any = MOST, span: tuple = ()
) -> Any:
    """The check of all numbers that are drawn. It returns nested lists of plain Python numbers.

    `values`: a tensor, an array, or (nested) lists; a plain number if there are no dims. `dims`: a name for each
    dimension. `kind`: float takes all real numbers, also `inf` and `nan`; int takes neither 2.5, 2.0 nor True. `below`:
    for ids, the number of rows. `most`: the largest number of numbers, in all or (a tuple) along each dimension.
    `span`: the lowest and the highest number that can be drawn, and words for both; nan is outside every span.
    >>> checked([[1, 2.5]], "table", ("rows", "columns"))
    [[1.0, 2.5]]
    """
    fits, wanted = KINDS[kind]
    shape = f"of shape ({', '.join(dims)}{',' if len(dims) == 1 else ''})" if dims else "one of them"
    expected, limits = f"{name}: expected {wanted}, {shape}; got {{}}", most if isinstance(most, tuple) else (most,)
    array = as_array(values, expected)
    if array.ndim != len(dims) or not array.size:
        raise ValueError(expected.format(describe(values)))
    if array.dtype.kind not in fits:
        raise TypeError(expected.format(describe(values)))
    sizes = array.shape if isinstance(most, tuple) else (array.size,)
    if any(size > limit for size, limit in zip(sizes, limits, strict=True)):
        limit = " × ".join(f"{limit:,}" for limit in limits)
        raise ValueError(f"{name}: a picture can show at most {limit} numbers; got {describe(values)}")
    outside = array[(array < 0) | (array >= below)].tolist() if below else []
    if outside:
        rows = f"the table has {below:,} rows, so ids run from 0 to {below - 1:,}"
        raise IndexError(f"{name}: id {short(outside[0])} has no row: {rows}")
    wide = array.astype(float)
    outside = array[~((span[0] <= wide) & (wide <= span[1]))].tolist() if span else []
    if outside:
        due = span[2] if len(span) > 2 else f"numbers from {span[0]:,} to {span[1]:,}"
        raise ValueError(f"{name}: expected {due}; got {short(outside[0])}")
    return array.astype(kind).tolist()


def as_array(values: Any, expected: str) -> np.ndarray:
    """A tensor or lists as an array. `expected` is the error message if that fails: {} in it is the given value."""
    torch = sys.modules.get("torch")
    try:
        if torch is not None and isinstance(values, torch.Tensor):
            values = values.detach().cpu().to_dense()
            return (values.float() if values.dtype == torch.bfloat16 else values).numpy()
        if isinstance(values, (list, tuple)):
            values = [one.tolist() if hasattr(one, "tolist") else one for one in values]
        return np.array(values)
    except Exception as error:  # different errors: a meta tensor without numbers, rows of different lengths, ...
        raise TypeError(expected.format(describe(values))) from error


def matrix_of(values: Any, name: str = "table", most: Any = 50_000) -> list[list[float]]:
    return checked(values, name, ("rows", "columns"), most=most)


def same_shape(names: str, *matrices: Sequence[Sequence]) -> tuple[int, int]:
    """The shape of matrices, or an error if they have different shapes."""
    shapes = [np.shape(matrix) for matrix in matrices]
    if len(set(shapes)) > 1:
        raise ValueError(f"expected {names} of one shape; got {join_words(shapes)}")
    return shapes[0]


def one_each(**lists: Sequence) -> None:
    """An error if lists that belong together have different lengths."""
    if len({len(some) for some in lists.values()}) > 1:
        given = join_words(f"{len(some)} {name}" for name, some in lists.items())
        raise ValueError(f"expected as many of each; got {given}")


def ids_of(ids: Any, name: str = "ids", *, rows: int) -> list[int]:
    """A list of ids, each from 0 to `rows` - 1."""
    return checked(ids, name, ("length",), int, below=rows)


def points_of(points: Any, count: int) -> np.ndarray:
    """Points in a plane, as an array of `count` rows with two finite numbers."""
    spots = checked(points, "points", ("points", "2"), most=4_000, span=FINITE)
    if np.shape(spots) != (count, 2):
        raise ValueError(f"points: expected two finite numbers for each of {count:,}; got {describe(points)}")
    return np.array(spots)


def texts_of(texts: Iterable, name: str, count: int | None = None, most: int = MOST) -> list[str]:
    """A list of at least one text, or of exactly `count` texts."""
    found = [texts] if isinstance(texts, bytes) else list(texts)
    if isinstance(texts, str) or not all(isinstance(text, str) for text in found):
        raise TypeError(f"{name}: expected a list of str; got {describe(texts)}")
    if not 0 < len(found) <= most or len(found) != (count or len(found)):
        raise ValueError(f"{name}: expected {count or f'1 to {most:,}'} of them; got {len(found):,}")
    return found


def amounts_of(amounts: Mapping[str, Any], name: str, span: tuple = ABOVE_0) -> dict[str, Any]:
    """At least one number in the span, each with its name."""
    if not isinstance(amounts, Mapping) or not amounts:
        raise TypeError(f"{name}: expected a dict, name → number; got {describe(amounts)}")
    return {key: checked(amount, key, (), span=span) for key, amount in amounts.items()}


def words_of(vocabulary: Vocabulary, rows: int | None = None) -> list[str]:
    """The tokens in the order of their ids, from the course's vocabulary (token → id) or from a list of them.

    >>> words_of({"the": 1, "fox": 0}, 2), words_of(["fox", "the"])
    (['fox', 'the'], ['fox', 'the'])
    """
    if isinstance(vocabulary, Mapping):
        ids = sorted(checked(list(vocabulary.values()), "vocabulary", ("words",), int, most=sys.maxsize))
        if ids != list(range(len(vocabulary))):
            due = f"the ids 0 to {len(vocabulary) - 1}, each once, for its {len(vocabulary)} words"
            raise ValueError(f"vocabulary: expected {due}; got {short(ids)}")
        vocabulary = sorted(vocabulary, key=vocabulary.__getitem__)
    words = texts_of(vocabulary, "vocabulary")
    if rows is not None and len(words) != rows:
        raise ValueError(f"vocabulary: expected {rows} words, one for each row; got {len(words)}")
    return words
