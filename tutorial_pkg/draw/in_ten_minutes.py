"""The picture of notebook 00 that no other has: what "linear" means. The rest of its pictures are those of 01 to 03."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .common import (
    Picture,
    drawing,
    equation,
    ids_of,
    listed,
    matrix_of,
    named,
    product,
    row_in_words,
    vector_times_table,
    words_of,
)


@drawing
def two_ones(table: Any, ids: Any, vocabulary: Mapping[str, int] | Sequence[str]) -> Picture:
    """A vector with two ones times the table: the sum of two rows comes out. (A text of one word has only one.)

    Args:
        table: shape (V, d), up to about 8 × 5.
        ids: the places of the ones, one or two.
        vocabulary: token → id, or the V tokens in the order of their ids.

    Raises:
        TypeError, IndexError: the ids are no whole numbers, or have no row.
        ValueError: there are more than two, or one stands twice.

    >>> figure = two_ones([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], [0, 2], ["fox", "house", "in"])
    >>> [text.get_text() for text in figure.axes[2].texts]
    ['6.00', '8.00']
    >>> figure.words
    'A vector with a 1 at 0 and 2, times the table: of its rows, 0 fox and 2 in are framed, and their sum comes out, \
6.00, 8.00.'
    """
    rows = matrix_of(table)
    words, ids = words_of(vocabulary, len(rows)), ids_of(ids, rows=len(rows))
    if len(ids) > 2 or len(set(ids)) < len(ids):
        raise ValueError(f"ids: expected two different ones; got {listed(ids, 5)}")
    names = named(ids, words)
    picture = Picture()
    equation(
        picture,
        *vector_times_table(rows, ids, words, title="a vector with two ones", result=" + ".join(names)),
    )
    picture.words = (
        f"A vector with a 1 at {listed(ids)}, times the table: of its rows, {listed(names)} are framed, "
        f"and their sum comes out, {row_in_words(product(rows, ids))}."
    )
    return picture
