"""Pictures for one-hot vectors: the row that survives, Linear's transposed weight, a whole sentence, the gradient.

Every function takes the learner's own tensors, works out the product itself and draws what came out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from . import matrix

if TYPE_CHECKING:
    import torch
    from matplotlib.figure import FigureBase

TOKENS, DIMENSION = "token id (vocabulary)", "embedding dimension"
CELL = 0.5  # inches


def one_hot_times_table(table: torch.Tensor, token_id: int, words: Sequence[str] | None = None) -> Figure:
    """One-hot vector × table = one row, with the surviving row framed.

    Args:
        table: shape (V, d), up to about 8 × 8.
        token_id: from 0 to V - 1.
        words: the V tokens, written beside their ids; ids alone if None.

    >>> import torch
    >>> figure = one_hot_times_table(torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), 1)
    >>> [ax.get_title() for ax in figure.axes if ax.get_title()]
    ['one-hot vector of id 1', 'table, shape (3, 2)', 'result = row 1']
    """
    figure = Figure(figsize=_row_size(table), layout="constrained")
    _row_route(figure, table, token_id, words)
    return figure


def linear_times_one_hot(weight: torch.Tensor, token_id: int, words: Sequence[str] | None = None) -> Figure:
    """What a bias-free Linear does to a one-hot vector: weight × one-hot column = one column of the weight, framed.

    Args:
        weight: a Linear's weight, shape (d, V): the transpose of the table.
        token_id: from 0 to V - 1.
        words: as in `one_hot_times_table`.
    """
    figure = Figure(figsize=_column_size(weight), layout="constrained")
    _column_route(figure, weight, token_id, words)
    return figure


def both_routes(table: torch.Tensor, token_id: int, words: Sequence[str] | None = None) -> Figure:
    """The same token by both routes, one above the other: one-hot × table, and Linear's weight × one-hot.

    Arguments as in `one_hot_times_table`.
    """
    above, below = _row_size(table), _column_size(table.T)
    figure = Figure(figsize=(max(above[0], below[0]), above[1] + below[1]), layout="constrained")
    upper, lower = figure.subfigures(2, 1, height_ratios=[above[1], below[1]])
    _row_route(upper, table, token_id, words)
    _column_route(lower, table.T, token_id, words)
    return figure


def sentence_times_table(table: torch.Tensor, ids: torch.Tensor, words: Sequence[str] | None = None) -> Figure:
    """One-hot matrix of a sentence × table = one row for each token, in the order of the sentence.

    Args:
        table: shape (V, d), up to about 8 × 8.
        ids: shape (N,), with N up to about 8.
        words: as in `one_hot_times_table`.
    """
    rows, width = table.shape
    order = ids.tolist()
    one_hots = _one_hots(table, order)
    names = _names(rows, words)
    places = [names[token_id] for token_id in order]
    size = (3.5 + CELL * (rows + 2 * width + 2), 1.2 + CELL * max(rows, len(order)))
    figure = Figure(figsize=size, layout="constrained")
    left, middle, right = _equation(figure, [rows + 1.5, width + 2, width + 1.5])
    title = f"one-hot vectors, shape ({len(order)}, {rows})"
    matrix(left, one_hots, rows=places, xlabel=TOKENS, title=title, digits=0)
    _table(middle, table, names)
    title = f"output, shape ({len(order)}, {width})"
    matrix(right, one_hots @ table, rows=places, xlabel=DIMENSION, title=title, limit=_top(table))
    return figure


def gradient_rows(gradient: torch.Tensor, ids: torch.Tensor) -> Figure:
    """A table's gradient with the rows that were looked up framed; each row says how often it was.

    Args:
        gradient: the table's `.grad`, shape (V, d).
        ids: the ids looked up, any shape.
    """
    rows, width = gradient.shape
    used = ids.flatten().tolist()
    names = [f"{row}, " + (f"used {used.count(row)} ×" if row in used else "not used") for row in range(rows)]
    figure = Figure(figsize=(2.4 + CELL * width, 1.2 + CELL * rows), layout="constrained")
    title = f"gradient of the table after ids {ids.tolist()}"
    matrix(
        figure.subplots(),
        gradient,
        rows=names,
        ylabel=TOKENS,
        xlabel=DIMENSION,
        title=title,
        lit=sorted(set(used)),
        digits=0 if bool((gradient == gradient.round()).all()) else 2,
    )
    return figure


def _row_size(table: torch.Tensor) -> tuple[float, float]:
    rows, width = table.shape
    return 2.4 + CELL * (rows + 2 * width + 2), 1.2 + CELL * rows


def _row_route(figure: FigureBase, table: torch.Tensor, token_id: int, words: Sequence[str] | None) -> None:
    rows, width = table.shape
    one_hot = _one_hots(table, [token_id])
    left, middle, right = _equation(figure, [rows, width + 2, width])
    matrix(left, one_hot, rows=[""], xlabel=TOKENS, title=f"one-hot vector of id {token_id}", digits=0)
    _table(middle, table, _names(rows, words), lit=[token_id])
    matrix(right, one_hot @ table, rows=[""], xlabel=DIMENSION, title=f"result = row {token_id}", limit=_top(table))


def _column_size(weight: torch.Tensor) -> tuple[float, float]:
    width, rows = weight.shape
    return 4.4 + CELL * (rows + 4), 1.4 + CELL * max(rows, width)


def _column_route(figure: FigureBase, weight: torch.Tensor, token_id: int, words: Sequence[str] | None) -> None:
    width, rows = weight.shape
    one_hot = _one_hots(weight.T, [token_id]).T
    left, middle, right = _equation(figure, [rows + 1, 3, 3])
    title = f"Linear's weight, shape ({width}, {rows})"
    names = _names(rows, words, separator="\n")
    matrix(
        left,
        weight,
        columns=names,
        xlabel=TOKENS,
        ylabel=DIMENSION,
        title=title,
        lit_columns=[token_id],
        limit=_top(weight),
    )
    matrix(middle, one_hot, columns=[""], ylabel=TOKENS, title=f"one-hot of id {token_id}", digits=0)
    title = f"output = column {token_id}"
    matrix(right, weight @ one_hot, columns=[""], ylabel=DIMENSION, title=title, limit=_top(weight))
    spare = max(0, rows - width) / 2  # as high as the one-hot vector, so that its cells are as large
    right.set_ylim(width - 0.4 + spare, -0.6 - spare)
    right.set_title(title, fontsize=10, y=1 - spare / (width + 2 * spare))


def _equation(figure: FigureBase, widths: list[float]) -> list[Axes]:
    """Three axes side by side, with @ (as in the code: the matrix product) and = between them."""
    left, times, middle, equals, right = figure.subplots(1, 5, width_ratios=[widths[0], 0.7, widths[1], 0.7, widths[2]])
    for ax, sign in ((times, "@"), (equals, "=")):
        ax.axis("off")
        ax.text(0.5, 0.5, sign, ha="center", va="center", fontsize=18, transform=ax.transAxes)
    return [left, middle, right]


def _one_hots(table: torch.Tensor, ids: list[int]) -> torch.Tensor:
    """Shape (len(ids), V), of the table's dtype."""
    rows = table.shape[0]
    for token_id in ids:
        if not 0 <= token_id < rows:
            raise ValueError(f"id {token_id} has no row: the table has {rows} rows, so ids run from 0 to {rows - 1}")
    one_hots = table.new_zeros(len(ids), rows)
    one_hots[range(len(ids)), ids] = 1
    return one_hots


def _table(ax: Axes, table: torch.Tensor, names: list[str], lit: Sequence[int] = ()) -> None:
    title = f"table, shape {tuple(table.shape)}"
    matrix(ax, table, rows=names, ylabel=TOKENS, xlabel=DIMENSION, title=title, lit=lit, limit=_top(table))


def _names(rows: int, words: Sequence[str] | None, separator: str = " ") -> list[str]:
    if words is not None and len(words) != rows:
        raise ValueError(f"{len(words)} words came for {rows} rows; one word for each row is expected")
    return [str(row) if words is None else f"{row}{separator}{words[row]}" for row in range(rows)]


def _top(table: torch.Tensor) -> float:
    """The table's largest absolute value, so that a row has the same colour in the table and beside it."""
    return float(table.detach().abs().max())
