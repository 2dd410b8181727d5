"""Pictures for notebook 03: the row that is left, Linear's transposed weight, a whole sentence, the gradient.

Every function calculates the product itself, from the learner's own table, and draws the result. Where not said
otherwise, `table` has shape (V, d), an id is from 0 to V - 1, and `vocabulary` is token → id, or the V tokens in the
order of their ids, or None for ids without words. Other input raises the errors of `checks`.
"""

from __future__ import annotations

from typing import Any

from .checks import Vocabulary, matrix_of
from .core import Picture, drawing, format_row, join_words
from .matrices import BIT, CELL, DIMENSION, MOST_ROWS, TOKENS, Table, equation


@drawing
def one_hot_times_table(table: Any, token_id: Any, vocabulary: Vocabulary | None = None) -> Picture:
    """One-hot vector × table = one row, with that row framed.

    >>> one_hot_times_table([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], 1).words
    'The one-hot vector of 1 is multiplied by the 3 × 2 table. The result is row 1, which is framed: 3.00, 4.00. ...'
    """
    table, picture = Table(table, vocabulary), Picture()
    token_id = table.id(token_id)
    equation(picture, *_row_route(table, token_id, ylabel=TOKENS))
    return picture.say(
        f"The one-hot vector of {table.told(token_id)} is multiplied by the {table.shape} table. The result is row",
        f"{token_id}, which is framed: {format_row(table.product(token_id))}. Every other row is multiplied by 0.",
    )


@drawing
def linear_times_one_hot(weight: Any, token_id: Any, vocabulary: Vocabulary | None = None) -> Picture:
    """What a bias-free Linear does to a one-hot vector: weight × one-hot column = one column of the weight, framed.

    `weight` is a Linear's weight, shape (d, V): the transpose of the table.
    >>> linear_times_one_hot([[1.0, 3.0], [2.0, 4.0]], 1, ["fox", "in"]).words
    "Linear's weight has the shape (2, 2): embedding dimension by token id. It is multiplied by the one-hot ..."
    """
    table, picture = Table(_transposed(matrix_of(weight, "weight")), vocabulary), Picture()
    token_id = table.id(token_id)
    equation(picture, *_column_route(table, token_id))
    return picture.say(
        f"Linear's weight has the shape ({table.width}, {table.height}): embedding dimension by token id.",
        f"It is multiplied by the one-hot column of {table.told(token_id)}.",
        f"The result is column {token_id}, which is framed: {format_row(table.product(token_id))}.",
    )


@drawing
def both_routes(table: Any, token_id: Any, vocabulary: Vocabulary | None = None) -> Picture:
    """The same token by both routes, one above the other: one-hot × table, and Linear's weight × one-hot.

    >>> both_routes([[1.0], [2.0]], 1, ["fox", "in"]).words
    "Two routes lead to the row of 1 in, whose one-hot vector has its 1 at position 1. Above, the vector picks ..."
    """
    table, picture, flat = Table(table, vocabulary), Picture(), (CELL[0], 0.178)  # both share a screen with the control
    token_id = table.id(token_id)
    equation(picture, *_row_route(table, token_id, flat), top=0.25)
    equation(picture, *_column_route(table, token_id, flat), top=0.85 + flat[1] * min(table.height, MOST_ROWS))
    return picture.say(
        f"Two routes lead to the row of {table.told(token_id)}, whose one-hot vector has its 1 at position",
        f"{token_id}. Above, the vector picks row {token_id} of the table. Below, it picks column {token_id} of",
        f"Linear's weight. Both results are {format_row(table.product(token_id))}.",
    )


@drawing
def sentence_times_table(table: Any, ids: Any, vocabulary: Vocabulary | None = None) -> Picture:
    """One-hot matrix of a sentence × table = one row for each of its N tokens, in the order of the sentence.

    >>> sentence_times_table([[1.0], [2.0]], [1, 1], ["fox", "in"]).words
    "2 one-hot vectors, one for each token of the sentence, are multiplied by the 2 × 1 table. The result ..."
    """
    table, picture, narrow = Table(table, vocabulary), Picture(), {"size": (0.32, CELL[1])}  # three share the width
    ids = table.ids(ids)
    hot = {"values": [table.one_hot(one) for one in ids], "rows": table.names(ids), "keep": ((), ids), "digits": 0}
    out = table.part(ids, title=f"output: {len(ids)} × {table.width}", **narrow)
    equation(
        picture,
        hot | {"size": (0.18, CELL[1]), "xlabel": TOKENS, "title": f"one-hots: {len(ids)} × {table.height}"},
        "@",
        table.part(title=f"table: {table.shape}", keep=(ids, ()), **narrow),
        "=",
        out | {"values": [table.product(one) for one in ids]},
    )
    return picture.say(
        f"{len(ids)} one-hot vectors, one for each token of the sentence, are multiplied by the {table.shape} table.",
        f"The result contains the table's rows in the order of the sentence: {table.told(*ids)}.",
    )


@drawing
def gradient_rows(gradient: Any, ids: Any, vocabulary: Vocabulary | None = None) -> Picture:
    """A table's gradient with the rows that were looked up framed; each row's name says how often it was looked up.

    `gradient` is the table's `.grad`, shape (V, d), and `ids` are those that were looked up, shape (N,).
    >>> gradient_rows([[0.0], [2.0]], [1, 1], ["fox", "in"]).words
    "This is the table's gradient after the ids 1 and 1. Row 1 in is used 2 × and contains 2. The rows that are ..."
    """
    table, picture = Table(gradient, vocabulary, "gradient"), Picture()
    used = table.ids(ids)
    digits = 0 if all(one == round(one) for row in table.rows for one in row if abs(one) < float("inf")) else 2
    often = [f"used {used.count(row)} ×" if row in used else "not used" for row in range(table.height)]
    names = [f"{name}, {times}" for name, times in zip(table.names(), often, strict=True)]
    shown = str(used) if len(used) <= 8 else f"[{', '.join(map(str, used[:6]))}, …, {used[-1]}]"
    title, hot = f"gradient of the table after ids {shown}", sorted(set(used))
    equation(picture, table.part(rows=names, ylabel=TOKENS, title=title, highlight=hot, digits=digits))
    rows = [f"Row {table.told(r)} is {often[r]} and contains {format_row(table.rows[r], digits)}." for r in hot[:40]]
    quiet = [row for row in range(table.height) if row not in used]
    zero = "not all 0" if any(any(table.rows[row]) for row in quiet) else "all 0"
    others = bool(quiet) and f"The rows that are not used, {table.told(*quiet)}, are {zero}."
    return picture.say(f"This is the table's gradient after the ids {join_words(used)}.", *rows, others)


def _transposed(rows: list[list[float]]) -> list[list[float]]:
    return [list(column) for column in zip(*rows, strict=True)]


def _row_route(table: Table, one: int, size: tuple[float, float] = CELL, **more: Any) -> list:
    title, shared = f"table, shape ({table.height}, {table.width})", {"size": size, "limit": table.limit}
    hot = {"values": [table.one_hot(one)], "rows": [""], "keep": ((), [one]), "xlabel": TOKENS, "digits": 0}
    hot |= {"size": (BIT[0], size[1]), "title": f"one-hot vector of {table.told(one)}"}
    out = {"values": [table.product(one)], "rows": [""], "xlabel": DIMENSION, "title": f"result = row {one}"}
    return [hot, "@", table.part(highlight=[one], title=title, size=size, **more), "=", out | shared]


def _column_route(table: Table, one: int, size: tuple[float, float] = CELL) -> list:
    shared = {"size": size, "limit": table.limit}
    weight = {"values": _transposed(table.rows), "columns": table.names(separator="\n"), "highlight_columns": [one]}
    title = f"Linear's weight, shape ({table.width}, {table.height})"
    weight |= {"xlabel": TOKENS, "ylabel": DIMENSION, "title": title}
    hot = {"values": _transposed([table.one_hot(one)]), "columns": [""], "keep": ([one], ()), "digits": 0}
    hot |= {"size": (BIT[0], size[1]), "title": f"one-hot of {table.told(one)}"}
    out = {"values": _transposed([table.product(one)]), "columns": [""], "title": f"output = column {one}"}
    return [weight | shared, "@", hot, "=", out | shared]
