"""Pictures for notebook 03: the row that is left, Linear's transposed weight, a whole sentence, the gradient.

Every function calculates the product itself, from the learner's own table, and draws the result. Where not said
otherwise, `table` has shape (V, d), an id is from 0 to V - 1, and `vocabulary` is token → id, or the V tokens in the
order of their ids, or None for ids without words. What is not of this form ends in the errors of `checks.checked`.
"""

from __future__ import annotations

from typing import Any

from .checks import Vocabulary, matrix_of
from .core import Picture, drawing, format_row, join_words
from .matrices import BIT, CELL, DIMENSION, MOST_ROWS, TOKENS, Table, equation


@drawing
def one_hot_times_table(table: Any, token_id: Any, vocabulary: Vocabulary | None = None) -> Picture:
    """One-hot vector × table = one row, with that row framed.

    >>> figure = one_hot_times_table([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], 1)
    >>> [ax.get_title() for ax in figure.axes]
    ['one-hot vector of 1', 'table, shape (3, 2)', 'result = row 1']
    >>> figure.words
    'The one-hot vector of 1 is multiplied by the 3 × 2 table. The result is row 1, which is framed: 3.00, 4.00. Every \
other row is multiplied by 0.'
    """
    table = Table(table, vocabulary)
    token_id, picture = table.id(token_id), Picture()
    equation(picture, *_row_route(table, token_id, ylabel=TOKENS))
    return picture.say(
        f"The one-hot vector of {table.told([token_id])} is multiplied by the {table.shape} table. The result is row "
        f"{token_id}, which is framed: {format_row(table.product([token_id]))}. Every other row is multiplied by 0."
    )


@drawing
def linear_times_one_hot(weight: Any, token_id: Any, vocabulary: Vocabulary | None = None) -> Picture:
    """What a bias-free Linear does to a one-hot vector: weight × one-hot column = one column of the weight, framed.

    `weight` is a Linear's weight, shape (d, V): the transpose of the table.

    >>> linear_times_one_hot([[1.0, 3.0], [2.0, 4.0]], 1, ["fox", "in"]).words
    "Linear's weight has the shape (2, 2): embedding dimension by token id. It is multiplied by the one-hot column of \
1 in. The result is column 1, which is framed: 3.00, 4.00."
    """
    table = Table(_transposed(matrix_of(weight, "weight")), vocabulary)
    token_id, picture = table.id(token_id), Picture()
    equation(picture, *_column_route(table, token_id))
    return picture.say(
        f"Linear's weight has the shape ({table.width}, {table.height}): embedding dimension by token id.",
        f"It is multiplied by the one-hot column of {table.told([token_id])}.",
        f"The result is column {token_id}, which is framed: {format_row(table.product([token_id]))}.",
    )


@drawing
def both_routes(table: Any, token_id: Any, vocabulary: Vocabulary | None = None) -> Picture:
    """The same token by both routes, one above the other: one-hot × table, and Linear's weight × one-hot.

    >>> both_routes([[1.0], [2.0]], 1, ["fox", "in"]).words
    "Two routes lead to the row of 1 in, whose one-hot vector has its 1 at position 1. Above, the vector picks row 1 \
of the table. Below, it picks column 1 of Linear's weight. Both results are 2.00."
    """
    table = Table(table, vocabulary)
    token_id, picture, flat = (
        table.id(token_id),
        Picture(),
        (CELL[0], 0.178),
    )  # both share a screen with the control
    equation(picture, *_row_route(table, token_id, flat), top=0.25)
    equation(picture, *_column_route(table, token_id, flat), top=0.85 + flat[1] * min(table.height, MOST_ROWS))
    return picture.say(
        f"Two routes lead to the row of {table.told([token_id])}, whose one-hot vector has its 1 at position",
        f"{token_id}. Above, the vector picks row {token_id} of the table. Below, it picks column {token_id} of",
        f"Linear's weight. Both results are {format_row(table.product([token_id]))}.",
    )


@drawing
def sentence_times_table(table: Any, ids: Any, vocabulary: Vocabulary | None = None) -> Picture:
    """One-hot matrix of a sentence × table = one row for each of its N tokens, in the order of the sentence.

    >>> sentence_times_table([[1.0], [2.0]], [1, 1], ["fox", "in"]).words
    "2 one-hot vectors, one for each token of the sentence, are multiplied by the 2 × 1 table. The result contains the \
table's rows in the order of the sentence: 1 in and 1 in."
    """
    table = Table(table, vocabulary)
    ids, picture = table.ids(ids), Picture()
    hot = {
        "values": [table.hot([one])["values"][0] for one in ids],
        "rows": table.names(ids),
        "size": (0.18, CELL[1]),
    }
    narrow = {"size": (0.32, CELL[1])}  # three tables share the width
    equation(
        picture,
        table.hot(ids, title=f"one-hots: {len(ids)} × {table.height}") | hot,
        "@",
        table.part(title=f"table: {table.shape}", keep=(ids, ()), **narrow),
        "=",
        table.part(ids, title=f"output: {len(ids)} × {table.width}", **narrow)
        | {"values": [table.product([one]) for one in ids]},
    )
    return picture.say(
        f"{len(ids)} one-hot vectors, one for each token of the sentence, are multiplied by the {table.shape} table.",
        f"The result contains the table's rows in the order of the sentence: {table.told(ids)}.",
    )


@drawing
def gradient_rows(gradient: Any, ids: Any, vocabulary: Vocabulary | None = None) -> Picture:
    """A table's gradient with the rows that were looked up framed; each row's name says how often it was looked up.

    `gradient` is the table's `.grad`, shape (V, d), and `ids` are those that were looked up, shape (N,).

    >>> gradient_rows([[0.0], [2.0]], [1, 1], ["fox", "in"]).words
    "This is the table's gradient after the ids 1 and 1. Row 1 in is used 2 × and contains 2. The rows that are not \
used, 0 fox, are all 0."
    """
    table = Table(gradient, vocabulary, "gradient")
    used = table.ids(ids, "ids")
    digits = 0 if all(one == round(one) for row in table.rows for one in row if abs(one) < float("inf")) else 2
    often = [f"used {used.count(row)} ×" if row in used else "not used" for row in range(table.height)]
    names = [f"{name}, {times}" for name, times in zip(table.names(), often, strict=True)]
    shown = str(used) if len(used) <= 8 else f"[{', '.join(map(str, used[:6]))}, …, {used[-1]}]"
    title, hot = f"gradient of the table after ids {shown}", sorted(set(used))
    picture = Picture()
    equation(picture, table.part(rows=names, ylabel=TOKENS, title=title, highlight=hot, digits=digits))
    rows = [f"Row {table.told([r])} is {often[r]} and contains {format_row(table.rows[r], digits)}." for r in hot[:40]]
    quiet = [row for row in range(table.height) if row not in used]
    zero = "not all 0" if any(any(table.rows[row]) for row in quiet) else "all 0"
    others = bool(quiet) and f"The rows that are not used, {table.told(quiet)}, are {zero}."
    return picture.say(f"This is the table's gradient after the ids {join_words(used)}.", *rows, others)


def _transposed(rows: list[list[float]]) -> list[list[float]]:
    return [list(column) for column in zip(*rows, strict=True)]


def _row_route(table: Table, token_id: int, size: tuple[float, float] = CELL, **more: Any) -> list:
    title = f"one-hot vector of {table.told([token_id])}"
    return table.times([token_id], title, f"result = row {token_id}", size, **more)


def _column_route(table: Table, token_id: int, size: tuple[float, float] = CELL) -> list:
    weight = {
        "values": _transposed(table.rows),
        "rows": None,
        "columns": table.names(separator="\n"),
        "xlabel": TOKENS,
    }
    hot = table.hot([token_id], columns=[""], xlabel="", size=(BIT[0], size[1]), keep=([token_id], ()))
    out = {"values": _transposed([table.product([token_id])]), "columns": [""], "limit": table.limit, "size": size}
    title = f"Linear's weight, shape ({table.width}, {table.height})"
    return [
        table.part(title=title, ylabel=DIMENSION, highlight_columns=[token_id], size=size) | weight,
        "@",
        hot | {"values": _transposed(hot["values"]), "rows": None, "title": f"one-hot of {table.told([token_id])}"},
        "=",
        out | {"title": f"output = column {token_id}"},
    ]
