"""Pictures for notebook 03: the row that survives, Linear's transposed weight, a whole sentence, the gradient.

Every function works out the product itself, from the learner's own table, and draws what came out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .common import (
    BIT,
    CELL,
    DIMENSION,
    TOKENS,
    Picture,
    drawing,
    equation,
    id_of,
    ids_of,
    largest,
    listed,
    matrix_of,
    named,
    product,
    row_in_words,
    vector_times_table,
    words_of,
)

Vocabulary = Mapping[str, int] | Sequence[str]
Rows = list[list[float]]


@drawing
def one_hot_times_table(table: Any, token_id: Any, vocabulary: Vocabulary | None = None) -> Picture:
    """One-hot vector × table = one row, with the surviving row framed.

    Args:
        table: shape (V, d), up to about 8 × 5.
        token_id: from 0 to V - 1.
        vocabulary: token → id, or the V tokens in the order of their ids; ids alone if None.

    >>> import torch
    >>> figure = one_hot_times_table(torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), 1)
    >>> [ax.get_title() for ax in figure.axes]
    ['one-hot vector of 1', 'table, shape (3, 2)', 'result = row 1']
    >>> figure.words
    'The one-hot vector of 1 times the 3 × 2 table: row 1 is framed and is the result, 3.00, 4.00. All others meet a 0.'
    """
    rows, words, token_id = _table_words_id(table, token_id, vocabulary)
    picture = Picture()
    one_hot, sign, whole, *result = _row_route(rows, token_id, words, CELL)
    equation(picture, one_hot, sign, whole | {"ylabel": TOKENS}, *result)
    (name,) = named([token_id], words)
    picture.words = (
        f"The one-hot vector of {name} times the {len(rows)} × {len(rows[0])} table: row {token_id} is framed and is "
        f"the result, {row_in_words(product(rows, [token_id]))}. All others meet a 0."
    )
    return picture


@drawing
def linear_times_one_hot(weight: Any, token_id: Any, vocabulary: Vocabulary | None = None) -> Picture:
    """What a bias-free Linear does to a one-hot vector: weight × one-hot column = one column of the weight, framed.

    Args:
        weight: a Linear's weight, shape (d, V): the transpose of the table.
        token_id: from 0 to V - 1.
        vocabulary: as in `one_hot_times_table`.
    """
    table = _turned(matrix_of(weight, "weight"))
    rows, words, token_id = _table_words_id(table, token_id, vocabulary)
    picture = Picture()
    equation(picture, *_column_route(rows, token_id, words, CELL))
    (name,) = named([token_id], words)
    picture.words = (
        f"Linear's weight has shape ({len(rows[0])}, {len(rows)}): embedding dimension by token id. Times the one-hot "
        f"column of {name} it gives its column {token_id}, which is framed: {row_in_words(product(rows, [token_id]))}."
    )
    return picture


@drawing
def both_routes(table: Any, token_id: Any, vocabulary: Vocabulary | None = None) -> Picture:
    """The same token by both routes, one above the other: one-hot × table, and Linear's weight × one-hot.

    Arguments as in `one_hot_times_table`.
    """
    rows, words, token_id = _table_words_id(table, token_id, vocabulary)
    flat = (CELL[0], 0.185)  # both have to share a screen with the control
    picture = Picture()
    equation(picture, *_row_route(rows, token_id, words, flat), top=0.25)
    equation(picture, *_column_route(rows, token_id, words, flat), top=0.25 + 0.185 * len(rows) + 0.62)
    (name,) = named([token_id], words)
    picture.words = (
        f"Two routes for {name}, whose one-hot vector has its 1 at place {token_id}. Above, it picks row {token_id} of "
        f"the table; below, column {token_id} of Linear's weight. Both give {row_in_words(product(rows, [token_id]))}."
    )
    return picture


@drawing
def sentence_times_table(table: Any, ids: Any, vocabulary: Vocabulary | None = None) -> Picture:
    """One-hot matrix of a sentence × table = one row for each token, in the order of the sentence.

    Args:
        table: shape (V, d), up to about 8 × 4.
        ids: shape (N,), with N up to about 8.
        vocabulary: as in `one_hot_times_table`.
    """
    rows = matrix_of(table)
    words = None if vocabulary is None else words_of(vocabulary, len(rows))
    order = ids_of(ids, rows=len(rows))
    one_hots = [[float(row == one) for row in range(len(rows))] for one in order]
    output, places, limit = [product(rows, [one]) for one in order], named(order, words), largest(rows)
    narrow = (0.32, CELL[1])  # three tables share the width
    picture = Picture()
    equation(
        picture,
        {
            "values": one_hots,
            "rows": places,
            "xlabel": TOKENS,
            "title": f"one-hots: {len(order)} × {len(rows)}",
            "digits": 0,
            "size": (0.19, CELL[1]),
        },
        "@",
        {
            "values": rows,
            "rows": named(range(len(rows)), words),
            "xlabel": DIMENSION,
            "title": f"table: {len(rows)} × {len(rows[0])}",
            "limit": limit,
            "size": narrow,
        },
        "=",
        {
            "values": output,
            "rows": places,
            "xlabel": DIMENSION,
            "title": f"output: {len(order)} × {len(rows[0])}",
            "limit": limit,
            "size": narrow,
        },
    )
    picture.words = (
        f"{len(order)} one-hot vectors, one for each token of the sentence, times the {len(rows)} × {len(rows[0])} "
        f"table: the output holds the table's rows in the sentence's order, {listed(places)}."
    )
    return picture


@drawing
def gradient_rows(gradient: Any, ids: Any, vocabulary: Vocabulary | None = None) -> Picture:
    """A table's gradient with the rows that were looked up framed; each row says how often it was.

    Args:
        gradient: the table's `.grad`, shape (V, d).
        ids: the ids looked up, shape (N,).
        vocabulary: as in `one_hot_times_table`.
    """
    rows = matrix_of(gradient, "gradient")
    words = None if vocabulary is None else words_of(vocabulary, len(rows))
    used = ids_of(ids, rows=len(rows))
    names = named(range(len(rows)), words)
    times = [f"used {used.count(row)} ×" if row in used else "not used" for row in range(len(rows))]
    picture = Picture()
    whole = all(value == round(value) for row in rows for value in row if abs(value) < float("inf"))
    equation(
        picture,
        {
            "values": rows,
            "rows": [f"{name}, {often}" for name, often in zip(names, times, strict=True)],
            "ylabel": TOKENS,
            "xlabel": DIMENSION,
            "title": f"gradient of the table after ids {used}",
            "lit": sorted(set(used)),
            "digits": 0 if whole else 2,
        },
    )
    digits = 0 if whole else 2
    told = "; ".join(
        f"row {names[row]}, {times[row]}, holds {row_in_words(rows[row], digits)}" for row in sorted(set(used))
    )
    quiet = [row for row in range(len(rows)) if row not in used]
    zero = "all 0" if not any(value for row in quiet for value in rows[row]) else "not all 0"
    others = f"; the rows not used, {listed(named(quiet, words))}, are {zero}" if quiet else ""
    picture.words = f"The table's gradient after ids {listed(used)}: {told}{others}."
    return picture


def _table_words_id(table: Any, token_id: Any, vocabulary: Vocabulary | None) -> tuple[Rows, list[str] | None, int]:
    rows = matrix_of(table)
    words = None if vocabulary is None else words_of(vocabulary, len(rows))
    return rows, words, id_of(token_id, rows=len(rows))


def _turned(rows: Rows) -> Rows:
    return [list(column) for column in zip(*rows, strict=True)]


def _row_route(rows: Rows, token_id: int, words: list[str] | None, size: tuple[float, float]) -> list:
    (name,) = named([token_id], words)
    return vector_times_table(
        rows, [token_id], words, title=f"one-hot vector of {name}", result=f"result = row {token_id}", size=size
    )


def _column_route(rows: Rows, token_id: int, words: list[str] | None, size: tuple[float, float]) -> list:
    (name,), limit = named([token_id], words), largest(rows)
    return [
        {
            "values": _turned(rows),
            "columns": named(range(len(rows)), words, separator="\n"),
            "xlabel": TOKENS,
            "ylabel": DIMENSION,
            "title": f"Linear's weight, shape ({len(rows[0])}, {len(rows)})",
            "lit_columns": [token_id],
            "limit": limit,
            "size": size,
        },
        "@",
        {
            "values": [[float(i == token_id)] for i in range(len(rows))],
            "columns": [""],
            "title": f"one-hot of {name}",
            "digits": 0,
            "size": (BIT[0], size[1]),
        },
        "=",
        {
            "values": [[value] for value in product(rows, [token_id])],
            "columns": [""],
            "title": f"output = column {token_id}",
            "limit": limit,
            "size": size,
        },
    ]
