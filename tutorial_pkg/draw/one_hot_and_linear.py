"""Pictures for notebook 03: a one-hot vector times the table, Linear's transposed weight, a sentence, the gradient.

Every function calculates the product itself, from the learner's own table, and draws the result.
"""

from typing import Any

import numpy as np

from ..words import count_of, format_row
from .checks import Vocabulary, checked, ids_of, matrix_of, same_shape
from .core import Picture, drawing
from .matrices import CELL, MOST_ROWS, TOKENS, Table, equation


@drawing
def one_hot_times_table(table: Any, token_id: Any, vocabulary: Vocabulary | None = None) -> Picture:
    """One-hot vector × table = one row; this row is framed in the table.

    >>> one_hot_times_table([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], 1).words
    'The one-hot vector of “1” is multiplied by the table (3 × 2). The result is row 1, which is framed: 3.00, ...'
    """
    parts, words = _row_route(Table(table, vocabulary), token_id, ylabel=TOKENS)
    return equation(*parts).say(words, "Every other row is multiplied by 0.")


@drawing
def linear_times_one_hot(weight: Any, token_id: Any, vocabulary: Vocabulary | None = None) -> Picture:
    """What a bias-free Linear does to a one-hot vector: weight × one-hot column = one column of the weight, framed.

    `weight` is a Linear's weight, shape (d, V): the transpose of the table.
    >>> linear_times_one_hot([[1.0, 3.0], [2.0, 4.0]], 1, ["fox", "in"]).words
    "Linear's weight has the shape (2, 2). It is multiplied by the one-hot column of “1 in”. The result is column ..."
    """
    parts, words = _column_route(Table(np.transpose(matrix_of(weight, "weight")), vocabulary), token_id)
    sides = "The weight has a row for each embedding dimension and a column for each token id."
    return equation(*parts).say(words, sides)


@drawing
def both_routes(table: Any, token_id: Any, vocabulary: Vocabulary | None = None) -> Picture:
    """The same token by both routes, one above the other: one-hot × table, and Linear's weight × one-hot.

    >>> both_routes([[1.0], [2.0]], 1, ["fox", "in"]).words
    "Two routes lead to the same numbers. Above: The one-hot vector of “1 in” is multiplied by the table (2 × 1). ..."
    """
    table, flat = Table(table, vocabulary), (CELL[0], 0.168)  # one screen shows both, and a control
    (above, first), (below, second) = _row_route(table, token_id, flat), _column_route(table, token_id, flat)
    picture = equation(*above, top=0.25)
    equation(*below, top=0.86 + flat[1] * min(table.height, MOST_ROWS), picture=picture)
    return picture.say("Two routes lead to the same numbers. Above:", first, "Below:", second)


@drawing
def sentence_times_table(table: Any, ids: Any, vocabulary: Vocabulary | None = None) -> Picture:
    """One-hot matrix of a sentence × table = one row for each of its N tokens, in the order of the sentence.

    >>> sentence_times_table([[1.0], [2.0]], [1, 1], ["fox", "in"]).words
    'A matrix with 2 one-hot rows, one for each token of the sentence, is multiplied by the table (2 × 1). The ...'
    """
    table, narrow = Table(table, vocabulary), {"size": (0.32, CELL[1])}  # three share the width
    ids = ids_of(ids, rows=table.height)
    hots = table.one_hots(ids, size=(0.18, CELL[1]), title=f"one-hots: {len(ids)} × {table.height}")
    whole = table.part(title=f"table: {table.shape}", keep=(ids, ()), **narrow)
    out = table.part(ids, title=f"output: {len(ids)} × {table.width}", **narrow)
    out["values"] = [table.product(one) for one in ids]
    return equation(hots, "@", whole, "=", out).say(
        f"A matrix with {count_of(len(ids), 'one-hot row')}, one for each token of the sentence, is multiplied by the",
        f"table ({table.shape}). The result is the rows of the table in the order of the sentence: {table.told(*ids)}.",
    )


@drawing
def gradient_rows(gradient: Any, ids: Any, vocabulary: Vocabulary | None = None, table: Any = None) -> Picture:
    """A table's gradient with the looked-up rows framed; each row's name says how often the row was looked up.

    `gradient` is the table's `.grad`, shape (V, d), and `ids` are the looked-up ids, shape (N,). `table`: drawn to the
    left of its gradient, if given.
    >>> gradient_rows([[0.0], [2.0]], [1, 1], ["fox", "in"]).words
    'This is the gradient of the table. Row “1 in” is used 2 times and contains 2. Rows that are not used contain ...'
    """
    gradient, parts = Table(gradient, vocabulary, "gradient"), []
    used = ids_of(ids, rows=gradient.height)
    hot = sorted(set(used))
    quiet = [row for row in range(gradient.height) if row not in used]
    digits = 0 if all(one == round(one) for row in gradient.rows for one in row if abs(one) < float("inf")) else 2
    often = [f"used {used.count(row)} ×" if row in used else "not used" for row in range(gradient.height)]
    rows = [f"{name}, {times}" for name, times in zip(gradient.names(), often, strict=True)]
    if table is not None:
        table = Table(table, vocabulary)
        same_shape("a table and a gradient", table.rows, gradient.rows)
        parts = [table.part(title="the table", highlight=hot), ""]
    parts.append(gradient.part(title="gradient of the table", highlight=hot, digits=digits))
    parts[0] |= {"rows": rows, "ylabel": TOKENS}
    zero = "numbers other than 0" if any(any(gradient.rows[row]) for row in quiet) else "only zeros"
    told = []
    for row in hot[:40]:
        times, numbers = count_of(used.count(row), "time"), format_row(gradient.rows[row], digits)
        told.append(f"Row “{gradient.told(row)}” is used {times} and contains {numbers}.")
    return equation(*parts).say(
        "The table is on the left. Its gradient is on the right." if table else "This is the gradient of the table.",
        *told,
        bool(quiet) and f"Rows that are not used contain {zero}: {gradient.told(*quiet)}.",
    )


def _row_route(table: Table, token_id: Any, size: tuple[float, float] = CELL, **more: Any) -> tuple[list, str]:
    """The parts of an equation, and its words."""
    one = checked(token_id, "token_id", (), int, below=table.height)
    told = table.told(one)
    hot = table.one_hots([one], rows=[""], size=(0.22, size[1]), title=f"one-hot vector of {told}")
    whole = table.part(highlight=[one], title=f"table, shape ({table.height}, {table.width})", size=size, **more)
    out = table.part([one], rows=[""], size=size, title=f"result = row {one}") | {"values": [table.product(one)]}
    words = f"The one-hot vector of “{told}” is multiplied by the table ({table.shape}). The result is row {one}, which"
    return [hot, "@", whole, "=", out], f"{words} is framed: {format_row(table.product(one))}."


def _column_route(table: Table, token_id: Any, size: tuple[float, float] = CELL) -> tuple[list, str]:
    """The parts of an equation, and its words. All matrices of `_row_route` are transposed."""
    one = checked(token_id, "token_id", (), int, below=table.height)
    shared, shape, told = {"size": size, "limit": table.limit}, f"({table.width}, {table.height})", table.told(one)
    weight = {"values": np.transpose(table.rows), "columns": table.names(separator="\n"), "highlight_columns": [one]}
    weight |= {"xlabel": TOKENS, "ylabel": "dimension", "title": f"Linear's weight, shape {shape}"}
    hot = {"values": np.transpose(table.one_hots([one])["values"]), "columns": [""], "keep": ([one], ()), "digits": 0}
    hot |= {"size": (0.22, size[1]), "title": f"one-hot of {told}"}
    out = {"values": np.transpose([table.product(one)]), "columns": [""], "title": f"output = column {one}"}
    words = f"Linear's weight has the shape {shape}. It is multiplied by the one-hot column of “{told}”. The result is"
    parts = [weight | shared, "@", hot, "=", out | shared]
    return parts, f"{words} column {one}, which is framed: {format_row(table.product(one))}."
