"""The only picture that is used in notebook 00 and not in 01 to 03: what "linear" means."""

from __future__ import annotations

from typing import Any

from .checks import Vocabulary
from .core import Picture, drawing, format_row, join_words
from .matrices import Table, equation


@drawing
def two_ones(table: Any, ids: Any, vocabulary: Vocabulary) -> Picture:
    """A vector with two ones times the table: the result is the sum of two rows. (A text of one word has only one.)

    `table`: shape (V, d). `ids`: the positions of the ones: one or two. `vocabulary`: token → id, or the V tokens in
    the order of their ids. Raises TypeError, IndexError: the ids are not integers, or do not have rows. Raises
    ValueError: there are more than two ids, or one of them twice.

    >>> figure = two_ones([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], [0, 2], ["fox", "house", "in"])
    >>> figure.words
    'A vector with a 1 at position 0 and 2 is multiplied by the table. The framed rows are 0 fox and 2 in. The result \
is their sum: 6.00, 8.00.'
    """
    table = Table(table, vocabulary)
    ids = table.ids(ids)
    if len(ids) > 2 or len(set(ids)) < len(ids):
        raise ValueError(f"ids: expected two different ones; got {join_words(ids, 5)}")
    picture, one = Picture(), len(ids) == 1
    title = f"a vector with {'one 1' if one else 'two ones'}"
    equation(picture, *table.times(ids, title, " + ".join(table.names(ids))))
    return picture.say(
        f"A vector with a 1 at position {join_words(ids)} is multiplied by the table.",
        f"The framed {'row is' if one else 'rows are'} {table.told(ids)}.",
        f"The result is {'this row' if one else 'their sum'}: {format_row(table.product(ids))}.",
    )
