"""Pictures of the lookup: from the sentence to its rows, the rows marked, a batch, and what a fresh table holds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from matplotlib import colormaps, colors
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, PathPatch, Rectangle
from matplotlib.path import Path

from . import BLUE, GREEN, GREY, ORANGE, PINK, RED, SKY, matrix

CELL = 0.6  # inches: one cell of a matrix, the same in every picture
IDS = "token id (vocabulary)"

# One colour for each token's way through the picture; the order keeps neighbours far apart.
WAYS = [BLUE, ORANGE, GREEN, RED, PINK, SKY, "#000000"]


def sentence_to_rows(tokens: Sequence[str], ids: Any, table: Any, vocabulary: Sequence[str]) -> Figure:
    """The sentence flowing to ids to rows: tokens, their ids, the table, and the rows in the sentence's order.

    Args:
        tokens: T tokens, as they stand in the sentence.
        ids: their ids, shape (T,).
        table: shape (V, d); up to about 12 rows and 6 columns stay readable.
        vocabulary: the V tokens in the order of their ids.

    Raises:
        ValueError: there are not as many ids as tokens, or not as many rows as words in the vocabulary.
    """
    ids, rows = ids.tolist(), table.tolist()
    if len(ids) != len(tokens):
        raise ValueError(f"{len(tokens)} tokens came with {len(ids)} ids; one id for each token is expected")
    if len(rows) != len(vocabulary):
        raise ValueError(
            f"the table has {len(rows)} rows and the vocabulary {len(vocabulary)} words; as many are expected"
        )
    count, width = len(ids), len(rows[0])
    height = max(count, len(rows))
    # shorter columns stand in the middle
    sentence_top, table_top = (height - count) / 2, (height - len(rows)) / 2
    label = 0.75 + 0.16 * max(map(len, vocabulary))  # room for a word and its id
    id_x, table_x = 2.9, 6.2 + label
    out_x = table_x + width + 3.0
    end = out_x + width
    figure = Figure(figsize=(0.62 * (end + 1.2), 0.62 * (height + 2.2)))
    ax = figure.subplots()
    limit = max(abs(value) for row in rows for value in row) or 1.0
    _paint(ax, rows, table_x, table_top, limit)
    _paint(ax, [rows[one] for one in ids], out_x, sentence_top, limit)
    for i, word in enumerate(vocabulary):
        ax.text(table_x - 0.65, table_top + i, f"{word}  {i}", ha="right", va="center", fontsize=10, color="#404040")
    for t, (token, one) in enumerate(zip(tokens, ids, strict=True)):
        colour, y = WAYS[t % len(WAYS)], sentence_top + t
        _box(ax, 0.9, y, 1.9, token, colour)
        _box(ax, id_x, y, 0.8, str(one), colour)
        _way(ax, 1.95, y, id_x - 0.5, y, colour)
        _way(ax, id_x + 0.5, y, table_x - 0.65 - label, table_top + one, colour)
        _way(ax, table_x + width - 0.4, table_top + one, out_x - 0.6, y, colour)
        ax.add_patch(Rectangle((out_x - 0.5, y - 0.44), 0.07, 0.88, facecolor=colour, edgecolor="none", zorder=4))
    for x, words in (
        (0.9, "tokens"),
        (id_x, "ids"),
        (table_x + (width - 1) / 2, f"the table: {len(rows)} × {width}"),
        (out_x + (width - 1) / 2, f"the sentence's rows: {count} × {width}"),
    ):
        ax.text(x, -0.95, words, ha="center", va="center", fontsize=11, fontweight="bold")
    for x in (table_x, out_x):
        ax.text(x + (width - 1) / 2, height - 0.1, "embedding dimension", ha="center", va="center", fontsize=9)
        for j in range(width):
            ax.text(x + j, height - 0.45, str(j), ha="center", va="center", fontsize=8, color="#606060")
    ax.text(table_x - 0.65, height - 0.1, IDS, ha="right", va="center", fontsize=9)
    ax.set(xlim=(-0.3, end), ylim=(height + 0.3, -1.4))
    ax.set_aspect("equal")
    ax.axis("off")
    return figure


def rows_marked(table: Any, ids: Any, vocabulary: Sequence[str]) -> Figure:
    """The table with the looked-up rows framed, beside the output: those rows, in the order of the ids.

    Args:
        table: shape (V, d).
        ids: shape (T,), at least one.
        vocabulary: the V tokens in the order of their ids.
    """
    ids, values = ids.tolist(), table.detach()
    height, width = values.shape
    figure = Figure(figsize=(2 * width * CELL + 5, max(height, len(ids)) * CELL + 1.5))
    limit, axis = _largest(values), "embedding dimension"
    left = _place(figure, 1.5, 0.5, height, width)
    title = f"the table: {height} × {width}"
    names = _names(range(height), vocabulary)
    matrix(left, values, rows=names, ylabel=IDS, xlabel=axis, lit=set(ids), limit=limit, title=title)
    right = _place(figure, width * CELL + 3.6, 0.5, len(ids), width)
    title = f"the output for {ids}: {len(ids)} × {width}"
    names = _names(ids, vocabulary)
    matrix(right, values[ids], rows=names, ylabel="ids, in the order asked for", xlabel=axis, limit=limit, title=title)
    return figure


def batch_to_blocks(ids: Any, table: Any, vocabulary: Sequence[str]) -> Figure:
    """A batch of ids, shape (B, L), beside its output, shape (B, L, d): one block of rows for each line of ids."""
    lines, values = ids.tolist(), table.detach()
    batch, length, width = len(lines), len(lines[0]), values.shape[1]
    wide = 0.85  # inches for one id
    block = width * CELL + 1.7
    figure = Figure(figsize=(length * wide + 1 + batch * block, max(length, batch) * CELL + 1.5))
    ax = _place(figure, 0.8, 0.5, batch, length * wide / CELL)
    for b, line in enumerate(lines):
        for t, one in enumerate(line):
            # plain boxes: an id is a name, so it gets no colour of a scale
            _box(ax, t, b, 0.9, f"{one}\n{vocabulary[one]}", GREY, height=0.8)
    ax.set(xlim=(-0.6, length - 0.4), ylim=(batch - 0.4, -0.6), xlabel="position in the sentence", ylabel="sentence")
    ax.set_title(f"ids: shape ({batch}, {length})", fontsize=10)
    ax.set_xticks(range(length))
    ax.set_yticks(range(batch))
    ax.tick_params(length=0, labelsize=9)
    for spine in ax.spines.values():
        spine.set_visible(False)
    limit, axis = _largest(values), "embedding dimension"
    for b, line in enumerate(lines):
        ax = _place(figure, length * wide + 2.3 + b * block, 0.5, length, width)
        title = f"output[{b}]: shape ({length}, {width})"
        matrix(ax, values[line], rows=_names(line, vocabulary), xlabel=axis, limit=limit, title=title)
    return figure


def picked(table: Any, token_id: int, vocabulary: Sequence[str]) -> Figure:
    """One token picked: its one-hot vector, its row lit in the table, and, level with it, the row that comes out.

    Args:
        table: shape (V, d).
        token_id: from 0 to V - 1.
        vocabulary: the V tokens in the order of their ids.
    """
    values = table.detach()
    height, width = values.shape
    figure = Figure(figsize=((2 * width + 1) * CELL + 5, height * CELL + 1.5))
    limit, axis = _largest(values), "embedding dimension"
    hot = _place(figure, 1.5, 0.5, height, 1)
    column = [[float(i == token_id)] for i in range(height)]
    names = _names(range(height), vocabulary)
    matrix(hot, column, rows=names, columns=[""], ylabel=IDS, title="one-hot", digits=0)
    hot.add_patch(Rectangle((-0.5, token_id - 0.5), 1, 1, fill=False, edgecolor=BLUE, linewidth=3, zorder=3))
    whole = _place(figure, CELL + 2.3, 0.5, height, width)
    matrix(whole, values, xlabel=axis, lit=[token_id], limit=limit, title=f"the table: {height} × {width}")
    out = _place(figure, (width + 1) * CELL + 3.8, 0.5 + token_id * CELL, 1, width)
    row = values[token_id : token_id + 1]
    matrix(out, row, rows=_names([token_id], vocabulary), xlabel=axis, limit=limit, title="the row that comes out")
    return figure


def spread(values: Any, bins: int = 60) -> Figure:
    """A histogram of a tensor's values against the density of N(0, 1), the normal distribution of spread 1."""
    numbers = values.detach().flatten().tolist()
    figure = Figure(figsize=(7, 3.2))
    ax = figure.subplots()
    ax.hist(numbers, bins=bins, range=(-4, 4), density=True, color=SKY, label="values of the fresh table")
    points = [-4 + 0.05 * step for step in range(161)]
    density = [math.exp(-(x**2) / 2) / math.sqrt(2 * math.pi) for x in points]
    ax.plot(points, density, color=RED, linewidth=2, label="N(0, 1): mean 0, standard deviation 1")
    # what "small random values" would look like: nearly all of them within this band
    ax.axvspan(
        -0.04, 0.04, color="black", alpha=0.75, linewidth=0, label="where a spread of 0.02 would put 95 % of them"
    )
    ax.set(xlabel="value", ylabel="density", xlim=(-4, 4))
    ax.legend(fontsize=8, loc="upper left", bbox_to_anchor=(1.01, 1.0), frameon=False)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    return figure


def similarities(cosine: Any, words: Sequence[str], title: str = "cosine similarity of rows") -> Figure:
    """A square of cosine similarities, shape (V, V), from -1 to 1, with the words on both sides."""
    size = len(words)
    figure = Figure(figsize=(size * CELL + 2, size * CELL + 1.5))
    ax = _place(figure, 1.5, 0.5, size, size)
    axis = "token (vocabulary)"
    matrix(ax, cosine.detach(), rows=words, columns=words, ylabel=axis, xlabel=axis, limit=1.0, title=title)
    return figure


# ------------------------------------------------------------------------------------------------------ by hand


def _paint(ax: Axes, rows: list[list[float]], left: float, top: float, limit: float) -> None:
    """Coloured cells with their numbers, as `matrix` draws them, at a place within a larger picture."""
    shade = colors.Normalize(-limit, limit)
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            face = colormaps["PuOr"](shade(value))[:3]
            bright = 0.299 * face[0] + 0.587 * face[1] + 0.114 * face[2]
            spot = (left + j - 0.5, top + i - 0.44)
            ax.add_patch(Rectangle(spot, 1, 0.88, facecolor=face, edgecolor="white", linewidth=1.2, zorder=2))
            ink = "black" if bright > 0.5 else "white"
            ax.text(left + j, top + i, f"{value + 0.0:.2f}", ha="center", va="center", fontsize=9, color=ink, zorder=3)


def _box(ax: Axes, x: float, y: float, width: float, text: str, colour: str, height: float = 0.66) -> None:
    """A rounded box with words in it, centred at (x, y)."""
    place, shape = (x - width / 2, y - height / 2), "round,pad=0,rounding_size=0.14"
    ax.add_patch(
        FancyBboxPatch(place, width, height, boxstyle=shape, facecolor="white", edgecolor=colour, linewidth=2, zorder=3)
    )
    ax.text(x, y, text, ha="center", va="center", fontsize=10, zorder=4)


def _way(ax: Axes, x: float, y: float, to_x: float, to_y: float, colour: str) -> None:
    """A curve from (x, y) to (to_x, to_y) that leaves and arrives level, with a small head at its end."""
    bend = 0.5 * (to_x - x)
    curve = Path([(x, y), (x + bend, y), (to_x - bend, to_y), (to_x - 0.1, to_y)], [1, 4, 4, 4])
    ax.add_patch(PathPatch(curve, fill=False, edgecolor=colour, linewidth=2, zorder=1))
    head = Path([(to_x - 0.22, to_y - 0.12), (to_x, to_y), (to_x - 0.22, to_y + 0.12), (0, 0)], [1, 2, 2, 79])
    ax.add_patch(PathPatch(head, facecolor=colour, edgecolor=colour, linewidth=0.5, zorder=1))


def _place(figure: Figure, left: float, top: float, rows: float, columns: float) -> Axes:
    """Axes for rows × columns cells of `CELL` inches, their corner `left` and `top` inches into the figure."""
    wide, high = figure.get_size_inches()
    width, height = (columns + 0.2) * CELL, (rows + 0.2) * CELL  # `matrix` leaves a tenth of a cell on each side
    return figure.add_axes((left / wide, (high - top - height) / high, width / wide, height / high))


def _largest(values: Any) -> float:
    return float(values.abs().max()) or 1.0


def _names(ids: Sequence[int], vocabulary: Sequence[str]) -> list[str]:
    return [f"{vocabulary[one]}  {one}" for one in ids]
