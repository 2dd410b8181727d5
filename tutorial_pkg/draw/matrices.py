"""The vocabulary for matrices: cells, frames, boxes and arrows. Their sizes depend on the texts in them."""

import itertools
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib import colormaps, colors
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch, Rectangle
from matplotlib.path import Path

from ..words import format_number, join_words, quoted, readable, row_names
from . import checks, core
from .core import BLUE, GREY, GROUND, MONO, NORMAL, QUIET, SMALL, WIDTH, Picture, fit, text_width

CELL = (0.4, 0.28)  # width and height of a cell of a matrix
TOKENS, DIMENSION = "token id (vocabulary)", "embedding dimension"
MOST_ROWS = 14  # of a matrix; if it has more rows, the rows in the middle are left out
NAME_WIDTH = 1.1  # inches; a longer name of a row is shortened


def kept(count: int, most: int, must: Iterable[int] = ()) -> list[int | None]:
    """The rows that are drawn, in at most `most` lines; None is a gap. Rows in `must` come first, then the ends.

    >>> kept(3, 5), kept(9, 5), kept(9, 5, [4])
    ([0, 1, 2], [0, 1, None, 7, 8], [0, None, 4, None, 8])
    """
    if count <= most:
        return list(range(count))
    ends = [place for pair in zip(range(count), reversed(range(count)), strict=True) for place in pair]
    lines: list[int | None] = []
    for place in [*sorted(set(must)), *ends]:
        some = sorted({place, *lines} - {None})
        more = [] if some[0] == 0 else [None]
        for one, after in itertools.pairwise([*some, count]):
            more += [one] if after == one + 1 else [one, None]
        lines = more if len(more) <= most else lines
    return lines


def board(width: float, height: float) -> tuple[Picture, Axes]:
    """A picture, and bare axes behind everything else, in which x and y are inches from the top left."""
    picture = Picture(width, height)
    ax = picture.add_axes((0, 0, 1, 1), xlim=(0, width), ylim=(height, 0), zorder=-1)
    ax.axis("off")
    return picture, ax


def label(ax: Axes, x: float, y: float, text: str, width: float = WIDTH, **more: Any) -> None:
    """A text outside the cells, at most `width` inches wide and centred at (x, y)."""
    more = {"ha": "center", "va": "center", "fontsize": SMALL} | more
    ax.text(x, y, fit(text, width, more["fontsize"]), **more)


def box(
    ax: Axes, x: float, y: float, text: str, *, width: float = 0.7, height: float = 0.3, face: str = QUIET, **more: Any
) -> None:
    """A rounded box around (x, y) in inches. The text is shortened to fit. `more` is for the edge of the box."""
    size, shape = more.pop("fontsize", NORMAL), "round,pad=0,rounding_size=0.06"
    more = {"facecolor": face, "edgecolor": "none", "linewidth": 1.5, "zorder": 3} | more
    ax.add_artist(FancyBboxPatch((x - width / 2, y - height / 2), width, height, boxstyle=shape, **more))
    style = {"ha": "center", "va": "center", "fontsize": size, "color": core.ink_on(face), "zorder": 4}
    ax.text(x, y, fit(text, width - 0.03, size, MONO), family=MONO, **style)


def box_width(texts: Iterable[str], least: float = 0.3, most: float = WIDTH, points: float = NORMAL) -> float:
    """The width of a box for the longest of some texts."""
    return min(most, max([least, *(text_width(text, points, MONO) + 0.16 for text in texts)]))


def box_lines(ax: Axes, lines: Sequence[tuple], left: float, top: float, high: float, **more: Any) -> None:
    """Lines of boxes, each with a label to its left, in inches.

    `lines`: a label and boxes for each line. A box has a text, a width, a colour, and a text below it. A box
    without text is a gap. `left`: the start of the boxes. `top`, `high`: the middle of the first line, and the distance
    to the next line. `more` is for every box.
    """
    for line, (title, boxes) in enumerate(lines):
        x, y = left, top + line * high
        label(ax, left - 0.1, y, title, left - 0.15, ha="right")
        for text, width, face, below in boxes:
            if text:
                box(ax, x + width / 2, y, text, width=width - 0.03, face=face, **more)
            label(ax, x + width / 2, y + 0.22, below)
            x += width


def arrow(ax: Axes, x: float, y: float, to_x: float, to_y: float, colour: str = GREY) -> None:
    """An arrow from (x, y) to (to_x, to_y), in inches. Unless it is vertical, it is horizontal at both ends."""
    middle = (x + to_x) / 2
    path = Path([(x, y), (middle, y), (middle, to_y), (to_x, to_y)], [Path.MOVETO, *[Path.CURVE4] * 3])
    path = Path([(x, y), (to_x, to_y)]) if x == to_x else path
    style = {"arrowstyle": "-|>", "mutation_scale": 10, "linewidth": 1.5, "color": colour}
    ax.add_artist(FancyArrowPatch(path=path, zorder=1, **style))


def frame(ax: Axes, x: float, y: float, width: float, height: float, colour: str = BLUE) -> None:
    """A frame whose top left corner is at (x, y), in the units of the axes."""
    ax.add_artist(Rectangle((x, y), width, height, fill=False, edgecolor=colour, linewidth=2.5, zorder=3))


def cells(
    picture: Picture,
    left: float,
    top: float,
    rows: Sequence[str],
    columns: Sequence[str],
    fill: Callable,
    size: tuple[float, float] = CELL,
    drawn: tuple[Sequence, Sequence] | None = None,
    **labels: str,
) -> Axes:
    """A grid of coloured cells: the centre of cell (i, j) is the point (j, i). Each row and each column has a name.

    `left` and `top` are inches from the picture's top left corner to the cells. `fill`: a function from (i, j) to the
    cell's text, its colour, and whether it is hatched. `size`: the size of a cell. `drawn`: the rows and the columns
    that are drawn, as `kept` returns them. `labels`: `xlabel`, `ylabel` and `title`.
    """
    down, across = drawn or (range(len(rows)), range(len(columns)))
    picture.shortened |= None in down or None in across
    wide, high = picture.get_size_inches()
    box_wide, box_high = len(across) * size[0], len(down) * size[1]
    ax = picture.add_axes((left / wide, (high - top - box_high) / high, box_wide / wide, box_high / high))
    if text_width(labels.get("ylabel", "")) > box_high + 0.7:
        labels["ylabel"] = ""  # it would run into the title and the label below
    ax.set(xlim=(-0.5, len(across) - 0.5), ylim=(len(down) - 0.5, -0.5), **labels)
    names = [fit("…" if j is None else columns[j], NAME_WIDTH) for j in across]
    turned = {"rotation": 40, "ha": "right", "rotation_mode": "anchor"}
    ax.set_xticks(range(len(across)), names, **(turned if max(map(text_width, names)) > size[0] else {}))
    ax.set_yticks(range(len(down)), [fit("⋮" if i is None else rows[i], NAME_WIDTH) for i in down])
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    for (y, i), (x, j) in itertools.product(enumerate(down), enumerate(across)):
        if i is None or j is None:
            ax.text(x, y, "⋮" if i is None else "…", ha="center", va="center")
            continue
        text, face, *hatched = fill(i, j)
        look, behind = {"edgecolor": GROUND}, None
        if any(hatched):  # but not behind the number
            look = {"edgecolor": "#9A9A9A", "linewidth": 0.5, "hatch": "////"}
            behind = {"facecolor": face, "edgecolor": "none", "pad": 1}
        ax.add_artist(Rectangle((x - 0.5, y - 0.5), 1, 1, facecolor=face, **look))
        ax.text(x, y, text, ha="center", va="center", color=core.ink_on(face), bbox=behind)
    return ax


def largest(rows: Iterable[Iterable[float]]) -> float:
    """The largest finite absolute value, which gets the strongest colour; 1 if there is none above 0."""
    return max((abs(one) for row in rows for one in row if abs(one) < float("inf")), default=0.0) or 1.0


def matrix(
    picture: Picture,
    values: Any,
    left: float,
    top: float,
    *,
    rows: Sequence[str] | None = None,
    columns: Sequence[str] | None = None,
    highlight: Collection[int] = (),
    highlight_columns: Collection[int] = (),
    keep: tuple[Collection[int], Collection[int]] = ((), ()),
    most_columns: int = 30,
    limit: float | None = None,
    digits: int = 2,
    size: tuple[float, float] = CELL,
    **labels: str,
) -> Axes:
    """Draw a matrix of shape (R, C) as coloured cells with its numbers; `inf` and `nan` are hatched grey.

    `rows`, `columns`: a name for each; numbers if None. `highlight`, `highlight_columns`: these get a frame, and the
    others become pale. More than `MOST_ROWS` rows or `most_columns` columns are left out in the middle, but not the
    highlighted ones and those in `keep`. `limit`: the value with the strongest colour; the largest finite absolute
    value if None. `digits`: decimals. Raises TypeError, ValueError: `values` is not a matrix, or has other sizes.
    >>> ax = matrix(Picture(), [[1.0, -2.0], [0.5, float("nan")]], 1, 1, ylabel=TOKENS, highlight=[1])
    >>> [text.get_text() for text in ax.texts]
    ['1.00', '-2.00', '0.50', 'nan']
    """
    table = checks.matrix_of(values, "values")
    height, width = np.shape(table)
    rows = checks.texts_of(map(str, range(height)) if rows is None else rows, "row labels", height)
    columns = checks.texts_of(map(str, range(width)) if columns is None else columns, "column labels", width)
    down = kept(height, MOST_ROWS, [*highlight, *keep[0]])
    across = kept(width, most_columns, [*highlight_columns, *keep[1]])
    scale = colors.Normalize(-(limit or largest(table)), limit or largest(table))

    def fill(i: int, j: int) -> tuple:
        strong = i in highlight or j in highlight_columns or not (highlight or highlight_columns)
        finite = abs(table[i][j]) < float("inf")
        colour = colormaps["PuOr"](scale(table[i][j]))[:3] if finite else colors.to_rgb("#C0C0C0")
        # mixed with white here, so that the contrast of the number can be calculated
        face = [1 - (1.0 if strong else 0.25) * (1 - part) for part in colour]
        return format_number(table[i][j], digits), face, not finite

    ax = cells(picture, left, top, rows, columns, fill, size=size, drawn=(down, across), **labels)
    for i in sorted(set(highlight) & set(down)):
        frame(ax, -0.5, down.index(i) - 0.5, len(across), 1)
    for j in sorted(set(highlight_columns) & set(across)):
        frame(ax, across.index(j) - 0.5, -0.5, 1, len(down))
    return ax


def _room(part: Mapping[str, Any], most_columns: int) -> tuple[float, float, float]:
    """The inches that a matrix needs to the left of its cells, for its cells, and to the right of its cells."""
    rows, size = part.get("rows"), part.get("size", CELL)
    names = map(str, range(len(part["values"]))) if rows is None else rows
    before = min(NAME_WIDTH, max(map(text_width, names))) + 0.06 + (0.24 if part.get("ylabel") else 0)
    across = min(len(part["values"][0]), most_columns) * size[0]
    # a title or an axis label may be wider than its matrix
    over = max(text_width(part.get("title", ""), NORMAL), text_width(part.get("xlabel", ""))) - across
    return max(before, over / 2 - 0.1), across, max(0.0, over / 2)


def equation(*parts: Mapping[str, Any] | str, top: float = 0.35, picture: Picture | None = None) -> Picture:
    """Matrices side by side, all on one middle line, with signs such as "@" and "=" between them; "" is a gap.

    Each part is a sign or the keyword arguments of `matrix`. If there is no room for all columns, some are left out in
    the middle. `top`: inches from the picture's top to the highest cells. `picture`: a new one if None.
    """
    matrices = [part for part in parts if not isinstance(part, str)]
    signs = 0.22 * (len(parts) - len(matrices))

    def total(most: int) -> float:
        return signs + sum(sum(_room(part, most)) + 0.04 for part in matrices)

    widest = max(len(part["values"][0]) for part in matrices)
    enough = max(WIDTH, total(3)) + 0.01
    most = next(most for most in range(max(widest, 3), 2, -1) if total(most) <= enough)
    picture = picture or Picture()
    wide, high = picture.get_size_inches()
    tallest = max(min(len(part["values"]), MOST_ROWS) * part.get("size", CELL)[1] for part in matrices)
    left = 0.1
    for part in parts:
        if isinstance(part, str):
            middle = ((left + 0.14) / wide, 1 - (top + tallest / 2) / high)
            picture.text(*middle, part, ha="center", va="center", fontsize=12, family=MONO)
            left += 0.22
            continue
        before, across, after = _room(part, most)
        start = top + (tallest - min(len(part["values"]), MOST_ROWS) * part.get("size", CELL)[1]) / 2
        matrix(picture, left=left + before, top=start, most_columns=most, **part)
        left += before + across + after + 0.04
    return picture


def id_grid(picture: Picture, ids: Sequence, words: Sequence[str], top: float, mask: Any = None, **more: str) -> float:
    """A batch of ids, each with its token below it. Ids at which `mask` is False are hatched. Returns its lower end."""
    down, across = kept(len(ids), 12), kept(len(ids[0]), 11)
    names = {one: f"{one}\n{readable(words[one])}" for row in ids for one in row}
    wide = min(max(0.6, *(text_width(name) + 0.12 for name in names.values())), (WIDTH - 0.6) / len(across))

    def fill(i: int, j: int) -> tuple:
        text = mask is None or mask[i][j]
        return fit(names[ids[i][j]], wide - 0.06), core.TINTS[0] if text else "#FFFFFF", not text

    numbers = list(map(str, range(max(len(ids), len(ids[0])))))
    labels = {"size": (wide, 0.42), "drawn": (down, across), "xlabel": "position", "ylabel": "sentence"}
    cells(picture, 0.6, top, numbers, numbers, fill, **labels, **more)
    return top + 0.42 * len(down)


class Table:
    """A checked table with the names of its rows. It makes parts of an `equation`.

    >>> table = Table([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], ["fox", "house", "in"])
    >>> table.shape, table.names([2, 0]), table.product(2)
    ('3 × 2', ['2 in', '0 fox'], [5.0, 6.0])
    """

    def __init__(self, values: Any, vocabulary: Any = None, name: str = "table", most: Any = 50_000):
        self.rows = checks.matrix_of(values, name, most)
        self.height, self.width = np.shape(self.rows)
        self.words = None if vocabulary is None else checks.words_of(vocabulary, self.height)
        self.shape, self.limit = f"{self.height} × {self.width}", largest(self.rows)

    def names(self, ids: Iterable[int] | None = None, separator: str = " ") -> list[str]:
        return row_names(range(self.height) if ids is None else ids, self.words, separator)

    def told(self, *ids: int) -> str:
        return join_words(self.names(ids))

    def product(self, one: int) -> list[float]:
        """A one-hot vector times the table: the full product, so 0 · inf is nan, as in PyTorch."""
        return [sum(float(i == one) * row[j] for i, row in enumerate(self.rows)) for j in range(self.width)]

    def part(self, ids: Sequence[int] | None = None, **more: Any) -> dict:
        """The table, or some of its rows, for `equation`."""
        values = self.rows if ids is None else [self.rows[one] for one in ids]
        return {"values": values, "rows": self.names(ids), "xlabel": DIMENSION, "limit": self.limit} | more

    def one_hots(self, ids: Sequence[int], **more: Any) -> dict:
        """A one-hot vector for each id, for `equation`."""
        hots = [[float(i == one) for i in range(self.height)] for one in ids]
        return {"values": hots, "rows": self.names(ids), "keep": ((), ids), "xlabel": TOKENS, "digits": 0} | more


@core.drawing
def added_up(parts: Mapping[str, Any], rows: Sequence[str], total: str) -> Picture:
    """Matrices of one shape, and their sum. If some rows are zeros, all other rows are framed.

    `parts`: title → numbers of shape (N, d). `rows`: a name for each row. `total`: the title of the sum.
    >>> added_up({"process 0": [[1.0], [0.0]], "process 1": [[0.0], [2.0]]}, ["in", "fox"], "sum").words
    'Matrices are added, number by number: process 0 and process 1. The result is “sum”. Process 0 has ...'
    """
    grids = {title: checks.matrix_of(grid, title) for title, grid in parts.items()}
    height, _ = checks.same_shape("matrices", *grids.values())
    names = [readable(name) for name in checks.texts_of(rows, "rows", height)]
    result = [[sum(numbers) for numbers in zip(*some, strict=True)] for some in zip(*grids.values(), strict=True)]
    held = {title: [i for i, row in enumerate(grid) if any(row)] for title, grid in grids.items()}
    split = any(len(own) < height for own in held.values())
    shown, terms, told = {"rows": [""] * height, "limit": largest(result) if split else None}, [], []
    for title, grid in grids.items():
        part = shown | {"values": grid, "title": title, "highlight": held[title] if split else ()}
        terms += ["+", part] if terms else [part | {"rows": names}]
        own = f"the row of {quoted(names[i] for i in held[title])}. Its other rows are zeros."
        told.append(f"{title[:1].upper()}{title[1:]} has {own if held[title] else 'only zeros.'}")
    faults = [name for i, name in enumerate(names) if sum(i in own for own in held.values()) != 1]
    fault = f"Rows that are in no matrix, or in more than one: {quoted(faults)}."
    told.append(fault if faults else "Each row is in exactly one matrix.")
    return equation(*terms, "=", shown | {"values": result, "title": total}).say(
        f"Matrices are added, number by number: {join_words(parts)}. The result is “{total}”.",
        *(told if split else ()),
        not np.isfinite(result).all() and "Some numbers of the sum are not finite.",
    )
