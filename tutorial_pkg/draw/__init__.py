"""Pictures of tensors. This module has what every picture needs; the others draw one topic each.

Every function takes the learner's own tensors and returns a matplotlib `Figure`, so a test can read what was drawn.
`show` displays it with its description. Figures are white also in a dark theme; colours are Okabe and Ito's and
matplotlib's PuOr, which people with any kind of colour vision can tell apart.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Sequence
from typing import Any

from matplotlib import colormaps, colors
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

# Okabe and Ito (2008), "Color Universal Design": the marked thing, the quiet thing, and what else needs a colour.
BLUE, ORANGE, GREEN, PINK, SKY, RED, YELLOW = "#0072B2 #E69F00 #009E73 #CC79A7 #56B4E9 #D55E00 #F0E442".split()
GREY = "#8C8C8C"


def png(figure: Figure) -> bytes:
    """The figure as PNG bytes, 110 dots per inch, cropped to what was drawn."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=110, facecolor="white", bbox_inches="tight", metadata={"Software": None})
    return buffer.getvalue()


def show(figure: Figure, alt: str) -> None:
    """Display a figure below the cell, described for those who do not see it.

    Args:
        figure: what to show.
        alt: one or two sentences with what the picture shows (not "a heat map", but what is to be seen in it). It is
            stored as the picture's alt text, and stands in for it where pictures cannot be shown.

    Raises:
        ValueError: `alt` is empty.
    """
    from IPython.display import display

    if not alt.strip():
        raise ValueError("a picture needs a description in words: alt is empty")
    bundle = {"image/png": png(figure), "text/plain": alt}
    display(bundle, metadata={"image/png": {"alt": alt}}, raw=True)


def matrix(
    ax: Axes,
    values: Any,
    *,
    rows: Sequence | None = None,
    columns: Sequence | None = None,
    ylabel: str = "",
    xlabel: str = "",
    title: str = "",
    lit: Collection[int] = (),
    lit_columns: Collection[int] = (),
    limit: float | None = None,
    digits: int = 2,
) -> None:
    """Draw a matrix as coloured cells with its numbers written in them.

    Args:
        ax: where to draw.
        values: tensor or nested list of shape (R, C); up to about 12 × 12 stays readable.
        rows: R labels, one for each row; the row numbers if None.
        columns: C labels; the column numbers if None.
        ylabel: what the rows are, such as "token id (vocabulary)".
        xlabel: what the columns are, such as "embedding dimension".
        title: above the matrix.
        lit: row numbers to frame; the others are drawn pale. Empty: all in full colour, none framed.
        lit_columns: the same for columns.
        limit: the value that gets the strongest colour, so that pictures side by side share a scale; the largest
            absolute value if None.
        digits: decimals written in the cells; 0 writes whole numbers.

    Raises:
        ValueError: `values` is not a matrix, or there are not as many labels as rows or columns.

    >>> ax = Figure().subplots()
    >>> matrix(ax, [[1.0, -2.0], [0.5, 0.0]], ylabel="token id", lit=[1])
    >>> [text.get_text() for text in ax.texts]
    ['1.00', '-2.00', '0.50', '0.00']
    """
    table = [[float(value) for value in row] for row in values.tolist()] if hasattr(values, "tolist") else values
    if not table or not all(hasattr(row, "__len__") and len(row) == len(table[0]) for row in table):
        raise ValueError("matrix() draws two dimensions: give it a tensor of shape (rows, columns)")
    height, width = len(table), len(table[0])
    row_names = [str(name) for name in (range(height) if rows is None else rows)]
    column_names = [str(name) for name in (range(width) if columns is None else columns)]
    if len(row_names) != height or len(column_names) != width:
        raise ValueError(
            f"{height} × {width} numbers came with {len(row_names)} row and {len(column_names)} column labels"
        )
    top = limit or max((abs(value) for row in table for value in row), default=1.0) or 1.0
    shade = colors.Normalize(-top, top)
    for i, row in enumerate(table):
        for j, value in enumerate(row):
            strong = i in lit or j in lit_columns or not (lit or lit_columns)
            strength = 1.0 if strong else 0.25
            red, green, blue, _ = colormaps["PuOr"](shade(value))
            # paled towards white by hand, so that the contrast of the number can be worked out
            face = [1 - strength * (1 - part) for part in (red, green, blue)]
            bright = 0.299 * face[0] + 0.587 * face[1] + 0.114 * face[2]
            ax.add_patch(Rectangle((j - 0.5, i - 0.5), 1, 1, facecolor=face, edgecolor="white", linewidth=1.5))
            ink = "black" if bright > 0.5 else "white"
            ax.text(j, i, f"{round(value, digits) + 0.0:.{digits}f}", ha="center", va="center", fontsize=9, color=ink)
    for i in sorted(lit):
        ax.add_patch(Rectangle((-0.5, i - 0.5), width, 1, fill=False, edgecolor=BLUE, linewidth=3, zorder=3))
    for j in sorted(lit_columns):
        ax.add_patch(Rectangle((j - 0.5, -0.5), 1, height, fill=False, edgecolor=BLUE, linewidth=3, zorder=3))
    ax.set(xlim=(-0.6, width - 0.4), ylim=(height - 0.4, -0.6), xlabel=xlabel, ylabel=ylabel)
    ax.set_aspect("equal")
    ax.set_title(title, fontsize=10)
    ax.set_xticks(range(width), column_names, fontsize=9)
    ax.set_yticks(range(height), row_names, fontsize=9)
    ax.tick_params(length=0)
    for spine in ax.spines.values():
        spine.set_visible(False)
