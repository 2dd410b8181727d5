"""What every picture needs: one check of its input, boxes, cells, arrows, colours, and how it is saved and shown.

A drawing function is decorated with `drawing`, takes the learner's own values and returns a `Picture`: a matplotlib
figure that says in words what is to be seen in it. A person's own matplotlib settings change none of them.

Pictures have no ground of their own, so that they are at home on a light page and on a dark one. No grey has enough
contrast on both (at most 4.3 : 1 on white and on #111111 together), so a label outside the cells stands on a plate
(`plate`), and what stands in a cell or a box is inked to suit its colour (`ink_on`). Sizes are inches, from the top
left. In a window of 900 × 700 with the file browser open, JupyterLab has 468 pixels for a picture and makes a wider one
smaller: up to `WIDTH`, `SMALL` letters are 9 pixels high there at least.
"""

from __future__ import annotations

import functools
import io
import itertools
import math
import reprlib
import sys
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from numbers import Integral, Real
from typing import Any, ParamSpec

from matplotlib import colormaps, colors, style
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure, FigureBase
from matplotlib.patches import FancyBboxPatch, PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text

# Okabe and Ito (2008), "Color Universal Design": colours that people with any kind of colour vision can tell apart.
BLUE, ORANGE, GREEN, PINK, SKY, RED = "#0072B2 #E69F00 #009E73 #CC79A7 #56B4E9 #D55E00".split()
TINTS = ("#BFE3F7", "#FBE3B3", "#B8E6D5", "#F2D9E7")  # pale ones of the same: to write on
GREY = "#808080"  # lines, to be seen on both grounds
INK, PLATE, QUIET = "#222222", "#F5F5F5", "#F0F0F0"
MONO = "DejaVu Sans Mono"  # comes with matplotlib, so it is there everywhere
WIDTH, DPI = 5.6, 110
CELL = (0.4, 0.28)  # one cell of a matrix, width and height
BIT = (0.22, CELL[1])  # one that holds a 0 or a 1
SMALL, NORMAL, LARGE = 8, 9, 10  # points

TOKENS, DIMENSION = "token id (vocabulary)", "embedding dimension"
MOST = 1200  # cells; more can't be read

OWN_STYLE = {
    "text.parse_math": False,  # a $ is a $
    "text.color": INK,
    "font.size": NORMAL,
    "axes.titlesize": NORMAL,
    "axes.labelsize": SMALL,
    "axes.labelcolor": INK,
    "axes.edgecolor": GREY,
    "axes.facecolor": "none",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "grid.color": GREY,
    "grid.alpha": 0.3,
    "legend.fontsize": SMALL,
    "legend.facecolor": PLATE,
    "legend.edgecolor": "none",
    "legend.framealpha": 1,
    "figure.facecolor": "none",
    "figure.dpi": DPI,
    "savefig.facecolor": "none",
    "savefig.bbox": "tight",
    "savefig.pad_inches": 0.03,
    "savefig.dpi": DPI,
}


# ------------------------------------------------------------------------------------------- pictures, saved and shown


def own_style() -> Any:
    """A context in which matplotlib has its defaults and `OWN_STYLE`, whatever a matplotlibrc says."""
    return style.context(["default", OWN_STYLE])


class Picture(Figure):
    """A figure that carries its description.

    Attributes:
        words: one or two sentences with what the picture shows (not "a heat map", but what is to be seen in it).
    """

    def __init__(self, width: float = WIDTH, height: float = 3.0, **more: Any):
        super().__init__(figsize=(width, height), **more)
        self.words = ""


P = ParamSpec("P")


def drawing(draw: Callable[P, Picture]) -> Callable[P, Picture]:
    """Decorates a function that draws: it runs in our own style, and its labels get their plates at the end.

    >>> @drawing
    ... def one_box(word):
    ...     picture = Picture()
    ...     box(paper(picture, 2, 1), 1, 0.5, word)
    ...     picture.words = f"A box that holds {word}."
    ...     return picture
    >>> one_box("fox").words
    'A box that holds fox.'
    """

    @functools.wraps(draw)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> Picture:
        with own_style():
            picture = draw(*args, **kwargs)
            FigureCanvasAgg(picture)
            if picture.get_layout_engine() is not None:
                picture.draw_without_rendering()  # how many ticks an axis has is known only then
                picture.set_layout_engine("none")  # and stays so
            for ax in picture.findobj(Axes):
                ticks = [*ax.get_xticklabels(), *ax.get_yticklabels()] if ax.axison else []
                for text in (ax.title, ax.xaxis.label, ax.yaxis.label, *ticks):
                    plate(text)
        if not picture.words.strip():
            raise ValueError(f"{draw.__name__}() drew a picture that has no words: expected a description of it")
        return picture

    return drawn


def png(figure: Figure) -> bytes:
    """The figure as PNG bytes, `DPI` dots per inch, transparent, cropped to what was drawn."""
    buffer = io.BytesIO()
    with own_style():
        figure.savefig(buffer, format="png", metadata={"Software": None})
    return buffer.getvalue()


def bundle(figure: Figure, alt: str = "") -> tuple[dict, dict]:
    """Data and metadata of a figure for IPython's `display(data, metadata=metadata, raw=True)`.

    Raises:
        ValueError: there are no words, neither `alt` nor the figure's own.
    """
    words = alt.strip() or getattr(figure, "words", "").strip()
    if not words:
        raise ValueError("a picture needs a description in words: expected alt=..., got an empty one")
    return {"image/png": png(figure), "text/plain": words}, {"image/png": {"alt": words}}


def show(figure: Figure, alt: str = "") -> None:
    """Display a figure below the cell, described for those who do not see it.

    Args:
        figure: what to show.
        alt: one or two sentences with what the picture shows; the figure's own words if empty. They are stored as the
            picture's alt text, and stand in for it where pictures cannot be shown.

    Raises:
        TypeError: `figure` is no matplotlib figure.
        ValueError: there are no words.
    """
    from IPython.display import display

    if not isinstance(figure, Figure):
        raise TypeError(f"show() expected a figure, such as a drawing function returns; got {got(figure)}")
    data, metadata = bundle(figure, alt)
    display(data, metadata=metadata, raw=True)


# ------------------------------------------------------------------------------------------------------------ input

_short = reprlib.Repr()
_short.maxstring = _short.maxother = _short.maxlong = 60


def got(thing: Any) -> str:
    """What was given, for a message: never longer than a line or two.

    >>> got([1] * 1_000_000), got(None)
    ('[1, 1, 1, 1, 1, 1, ...] of type list', 'None of type NoneType')
    """
    kind = type(thing).__name__
    try:
        if hasattr(thing, "shape") and hasattr(thing, "dtype"):
            return f"a {kind} of shape {tuple(thing.shape)} and {thing.dtype}"
        return f"{_short.repr(thing)} of type {kind}"
    except Exception:  # someone's own __repr__ may do anything
        return f"something of type {kind}"


def checked(
    values: Any,
    name: str,
    dims: Sequence[str],
    kind: type = float,
    *,
    below: int | None = None,
    most: int = MOST,
) -> Any:
    """The one check of what is drawn: numbers as nested lists of plain Python numbers, or a clear error.

    Args:
        values: a tensor, an array, or (nested) lists; a plain number if there are no dims.
        name: what the caller calls them, for the message.
        dims: what each dimension counts, such as ("rows", "columns").
        kind: float takes any real numbers, also `inf` and `nan`; int takes whole numbers and neither 2.5, 2.0 nor True;
            bool takes True and False.
        below: for ids, how many rows there are: each has to lie between 0 and below - 1.
        most: how many numbers can be drawn.

    Raises:
        TypeError: not numbers, or not of that kind.
        ValueError: another number of dimensions, rows of different lengths, nothing at all, or too many.
        IndexError: an id that has no row.

    >>> checked([[1, 2.5]], "table", ("rows", "columns"))
    [[1.0, 2.5]]
    >>> checked(-1, "token_id", (), int, below=6)
    Traceback (most recent call last):
        ...
    IndexError: token_id: id -1 has no row: the table has 6 rows, so ids run from 0 to 5
    """
    wanted = {float: "numbers", int: "whole numbers (ids are names, not quantities)", bool: "True or False"}[kind]
    shape = f"of shape ({', '.join(dims)}{',' if len(dims) == 1 else ''})" if dims else "one of them"
    expected = f"{name}: expected {wanted}, {shape}; got {{}}"
    if hasattr(values, "shape") and hasattr(values, "dtype") and hasattr(values, "tolist"):
        if len(values.shape) != len(dims):
            raise ValueError(expected.format(got(values)))
        if not getattr(values, "is_nested", False) and math.prod(values.shape) > most:
            raise ValueError(f"{name}: at most {most:,} numbers can be drawn to be read; got {got(values)}")
        values = plain(values, expected)
    elif isinstance(values, range):
        values = list(values)
    count = 0

    def visit(part: Any, depth: int) -> Any:
        nonlocal count
        if depth < len(dims):
            if not isinstance(part, (list, tuple)):
                raise TypeError(expected.format(got(part)))
            if len(part) > most:
                raise ValueError(f"{name}: at most {most:,} numbers can be drawn to be read; got {len(part):,}")
            if not part:
                raise ValueError(expected.format(f"no {dims[depth]} at all"))
            inner = [visit(one, depth + 1) for one in part]
            if depth + 1 < len(dims) and len({len(one) for one in inner}) > 1:
                raise ValueError(expected.format(f"{dims[depth]} of different lengths"))
            return inner
        count += 1
        if count > most:
            raise ValueError(f"{name}: at most {most:,} numbers can be drawn to be read; got more")
        return _number(part, kind, expected)

    numbers = visit(values, 0)
    if below is not None:
        for one in _flat(numbers):
            if not 0 <= one < below:
                rows = f"the table has {below} rows, so ids run from 0 to {below - 1}"
                raise IndexError(f"{name}: id {_short.repr(one)} has no row: {rows}")
    return numbers


def plain(values: Any, expected: str) -> Any:
    """A tensor or an array as nested lists; `expected` is the message if it has no numbers, with {} for what it is."""
    torch = sys.modules.get("torch")
    try:
        if torch is not None and isinstance(values, torch.Tensor):
            if values.layout != torch.strided:
                values = values.to_dense()  # sparse: what is not stored is 0
            if values.dtype == torch.bfloat16:
                values = values.float()
            values = values.detach().cpu()
        return values.tolist()
    except Exception as error:  # a meta tensor has no numbers; others fail in their own ways
        raise TypeError(expected.format(f"{got(values)}, which has no numbers to read")) from error


def _number(one: Any, kind: type, expected: str) -> Any:
    if hasattr(one, "item") and getattr(one, "shape", None) == ():
        one = plain(one, expected)  # a tensor or an array's number within a list
    fits = {
        float: isinstance(one, Real),
        int: isinstance(one, Integral) and not isinstance(one, bool),
        bool: isinstance(one, bool),
    }[kind]
    if not fits:
        raise TypeError(expected.format(got(one)))
    try:
        return kind(one)
    except OverflowError:
        raise ValueError(expected.format(f"{got(one)}, which is too large to be drawn")) from None


def _flat(numbers: Any) -> list:
    return [one for part in numbers for one in _flat(part)] if isinstance(numbers, list) else [numbers]


def matrix_of(values: Any, name: str = "table") -> list[list[float]]:
    """`checked` for a matrix of real numbers."""
    return checked(values, name, ("rows", "columns"))


def ids_of(ids: Any, name: str = "ids", *, rows: int | None = None) -> list[int]:
    """`checked` for a list of ids; with `rows`, each of them has to have one."""
    return checked(ids, name, ("length",), int, below=rows)


def id_of(token_id: Any, name: str = "token_id", *, rows: int) -> int:
    """`checked` for a single id."""
    return checked(token_id, name, (), int, below=rows)


def text_of(text: Any, name: str, most: int = 200) -> str:
    """A str that is not too long to be drawn, or a clear error.

    >>> text_of(None, "title")
    Traceback (most recent call last):
        ...
    TypeError: title: expected a str; got None of type NoneType
    """
    if not isinstance(text, str):
        raise TypeError(f"{name}: expected a str; got {got(text)}")
    if len(text) > most:
        raise ValueError(f"{name}: at most {most} characters can be drawn; got {len(text):,}")
    return text


def texts_of(texts: Any, name: str, count: int | None = None) -> list[str]:
    """A list of str, `count` of them if that is given, or a clear error.

    >>> texts_of("fox", "tokens")
    Traceback (most recent call last):
        ...
    TypeError: tokens: expected a list of str; got 'fox' of type str
    """
    kind = getattr(getattr(texts, "dtype", str), "kind", "U" if not hasattr(texts, "dtype") else "")
    if isinstance(texts, (str, bytes)) or not isinstance(texts, Iterable) or kind not in ("U", "O"):
        raise TypeError(f"{name}: expected a list of str; got {got(texts)}")
    given, texts = texts, []
    for one in itertools.islice(given, MOST + 1):
        if not isinstance(one, str):
            raise TypeError(f"{name}: expected a list of str; one of those that it got is {got(one)}")
        texts.append(one)
    if len(texts) > MOST:
        raise ValueError(f"{name}: at most {MOST:,} can be drawn to be read; got more")
    if count is not None and len(texts) != count:
        raise ValueError(f"{name}: expected {count}, one for each; got {len(texts)}")
    return texts


def words_of(vocabulary: Mapping[str, int] | Sequence[str], rows: int | None = None) -> list[str]:
    """The tokens in the order of their ids, from the course's vocabulary (token → id) or from a list of them.

    Args:
        vocabulary: a dict whose ids are 0, 1, 2 ..., or a sequence of tokens in that order.
        rows: how many rows the table has; None does not ask.

    Raises:
        TypeError: neither of the two.
        ValueError: ids are missing or repeated, or there are not as many tokens as rows.

    >>> words_of({"the": 1, "fox": 0}, 2), words_of(["fox", "the"])
    (['fox', 'the'], ['fox', 'the'])
    """
    if isinstance(vocabulary, Mapping):
        ids = sorted(checked(list(vocabulary.values()) or [0], "vocabulary", ("words",), int, most=sys.maxsize))
        if ids != list(range(len(vocabulary))):
            raise ValueError(
                f"vocabulary: expected the ids 0 to {len(vocabulary) - 1}, each once, for its {len(vocabulary)} words; "
                f"got {_short.repr(ids)}"
            )
        vocabulary = sorted(vocabulary, key=vocabulary.__getitem__)
    words = texts_of(vocabulary, "vocabulary")
    if rows is not None and len(words) != rows:
        raise ValueError(f"vocabulary: expected {rows} words, one for each row; got {len(words)}")
    return words


def named(ids: Iterable[int], words: Sequence[str] | None, separator: str = " ") -> list[str]:
    """The course's labels, id then word: "0 fox"; the ids alone without words.

    >>> named([4, 0], ["fox", "house", "in", "is", "quick", "the"])
    ['4 quick', '0 fox']
    """
    return [str(one) if words is None else f"{one}{separator}{readable(words[one])}" for one in ids]


# ----------------------------------------------------------------------------------------------------------- in words


def listed(parts: Iterable[Any], most: int = 40) -> str:
    """Parts as prose: "fox, house and in"; what is beyond `most` is counted.

    >>> listed(["fox", "house", "in"]), listed("abcde", most=2)
    ('fox, house and in', 'a, b and 3 more')
    """
    parts = [str(part) for part in parts]
    if len(parts) > most:
        parts = [*parts[:most], f"{len(parts) - most} more"]
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else "none"


def written(value: float, digits: int = 2) -> str:
    """A number as it is written in a cell: at most seven characters, and never -0.00.

    >>> written(-0.001), written(0.5, 1), written(float("nan")), written(-123456.0)
    ('0.00', '0.5', 'nan', '-1e+05')
    """
    text = f"{value:.{digits}f}"
    if set(text) <= set("-0."):
        text = text.removeprefix("-")
    return text if len(text) <= 7 else f"{value:.0e}"


def counted(count: int, thing: str) -> str:
    """How many of a thing.

    >>> counted(1, "word"), counted(64_000, "word")
    ('1 word', '64,000 words')
    """
    return f"{count:,} {thing}" + ("" if count == 1 else "s")


def row_in_words(values: Iterable[float], digits: int = 2) -> str:
    return ", ".join(written(value, digits) for value in values)


@functools.lru_cache(maxsize=4096)
def _drawable(character: str) -> bool:
    """Whether the character has a glyph of its own in the fonts and stands by itself, left to right."""
    from matplotlib.font_manager import findfont, get_font

    alone = unicodedata.category(character)[0] not in "CMZ" and unicodedata.bidirectional(character) not in ("R", "AL")
    fonts = [get_font(findfont(name)) for name in (MONO, "DejaVu Sans")]
    return alone and all(font.get_char_index(ord(character)) != 0 for font in fonts)


def readable(piece: bytes | str) -> str:
    """A token in characters that can be drawn: nothing invisible, nothing that the font lacks.

    A space is shown as ␣ and a line break as ⏎; a character that the font lacks, or that is not drawn by itself, by its
    Unicode number; bytes that are only a part of a character in hexadecimal.

    >>> readable(b" fox"), readable("\\n"), readable("🦊"), readable("🦊".encode()[:2])
    ('␣fox', '⏎', 'U+1F98A', 'F0 9F')
    """
    if isinstance(piece, bytes):
        try:
            piece = piece.decode("utf-8")
        except UnicodeDecodeError:
            return piece.hex(" ").upper()
    names = {" ": "␣", "\n": "⏎", "\t": "⇥"}
    shown = [names.get(c) or (c if _drawable(c) else f"U+{ord(c):04X}") for c in piece]
    separator = " " if any(len(name) > 1 for name in shown) else ""
    return separator.join(shown)


# ------------------------------------------------------------------------------------------------- labels, boxes, ways


def ink_on(face: Any) -> str:
    """Black or white, whichever has more contrast on that colour.

    >>> ink_on("#0072B2"), ink_on("#FFFFFF")
    ('white', 'black')
    """
    return "black" if luminance(face) > 0.179 else "white"


def luminance(face: Any) -> float:
    """Relative luminance as WCAG 2 defines it, from 0 (black) to 1 (white)."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colors.to_rgb(face)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def plate(text: Text) -> Text:
    """Puts a label on a ground of its own, so that it can be read on any page."""
    if text.get_bbox_patch() is None:
        text.set_bbox({"boxstyle": "round,pad=0.15,rounding_size=0.3", "facecolor": PLATE, "edgecolor": "none"})
    return text


def label(ax: Axes, x: float, y: float, text: str, **more: Any) -> Text:
    """Words outside the cells, on their plate; centred unless `ha` or `va` say otherwise."""
    return plate(ax.text(x, y, text, **{"ha": "center", "va": "center", "fontsize": SMALL} | more))


def paper(picture: FigureBase, width: float, height: float) -> Axes:
    """Bare axes over the whole picture in which x and y are inches from the top left."""
    picture.figure.set_size_inches(width, height)
    ax = picture.add_axes((0, 0, 1, 1))
    ax.set(xlim=(0, width), ylim=(height, 0))
    ax.axis("off")
    return ax


def box(
    ax: Axes, x: float, y: float, text: str, *, width: float = 0.7, height: float = 0.3, face: str = QUIET, **more: Any
) -> None:
    """A rounded box of so many inches with words in it, its middle at (x, y); `more` is for the box's edge."""
    size = more.pop("fontsize", NORMAL)
    more = {"edgecolor": "none", "linewidth": 1.5, "zorder": 3} | more
    shape = "round,pad=0,rounding_size=0.06"
    ax.add_patch(FancyBboxPatch((x - width / 2, y - height / 2), width, height, boxstyle=shape, facecolor=face, **more))
    ax.text(x, y, text, ha="center", va="center", fontsize=size, color=ink_on(face), family=MONO, zorder=4)


def way(ax: Axes, x: float, y: float, to_x: float, to_y: float, colour: str = GREY) -> None:
    """A curve from (x, y) to (to_x, to_y), in inches, that leaves and arrives level, with a head at its end."""
    bend = 0.5 * (to_x - x)
    curve = Path([(x, y), (x + bend, y), (to_x - bend, to_y), (to_x - 0.06, to_y)], [1, 4, 4, 4])
    ax.add_patch(PathPatch(curve, fill=False, edgecolor=colour, linewidth=1.6, zorder=1))
    head = Path([(to_x - 0.11, to_y - 0.06), (to_x, to_y), (to_x - 0.11, to_y + 0.06), (0, 0)], [1, 2, 2, 79])
    ax.add_patch(PathPatch(head, facecolor=colour, edgecolor=colour, linewidth=0.5, zorder=1))


def arrow(ax: Axes, x: float, y: float, to_x: float, to_y: float, **more: Any) -> None:
    """A straight arrow."""
    ax.annotate("", (to_x, to_y), (x, y), arrowprops={"arrowstyle": "-|>", "color": GREY} | more)


# ------------------------------------------------------------------------------------------------------------- cells


def largest(rows: Iterable[Iterable[float]]) -> float:
    """The largest absolute value that is finite: what gets the strongest colour. 1 if all are 0 or none is finite."""
    return max((abs(one) for row in rows for one in row if abs(one) < float("inf")), default=0.0) or 1.0


def cell(
    ax: Axes, x: float, y: float, text: str, face: Any, *, size: tuple[float, float] = (1, 1), hatch: str | None = None
) -> None:
    """One coloured cell around (x, y), in the units of the axes, with something written in it."""
    width, height = size
    ax.add_patch(
        Rectangle(
            (x - width / 2, y - height / 2),
            width,
            height,
            facecolor=face,
            edgecolor="#9A9A9A" if hatch else "white",  # the hatching has the colour of the edge
            linewidth=0.5 if hatch else 1,
            hatch=hatch,
        )
    )
    behind = {"facecolor": face, "edgecolor": "none", "pad": 1} if hatch else None  # no lines through the number
    ax.text(x, y, text, ha="center", va="center", fontsize=SMALL, color=ink_on(face), bbox=behind)


def frame(ax: Axes, x: float, y: float, width: float, height: float, colour: str = BLUE) -> None:
    """A frame whose top left corner is at (x, y), in the units of the axes."""
    ax.add_patch(Rectangle((x, y), width, height, fill=False, edgecolor=colour, linewidth=2.5, zorder=3))


def matrix(
    picture: FigureBase,
    values: Any,
    left: float,
    top: float,
    *,
    rows: Sequence[str] | None = None,
    columns: Sequence[str] | None = None,
    ylabel: str = "",
    xlabel: str = "",
    title: str = "",
    lit: Collection[int] = (),
    lit_columns: Collection[int] = (),
    limit: float | None = None,
    digits: int = 2,
    size: tuple[float, float] = CELL,
) -> Axes:
    """Draw a matrix as coloured cells with its numbers written in them; `inf` and `nan` are hatched grey.

    Args:
        picture: where to draw.
        values: tensor, array or nested list of shape (R, C).
        left, top: inches from the picture's top left corner to the cells'; labels stand outside.
        rows: R labels, one for each row; the row numbers if None.
        columns: C labels; the column numbers if None.
        ylabel: what the rows are, such as `TOKENS`.
        xlabel: what the columns are, such as `DIMENSION`.
        title: above the matrix.
        lit: row numbers to frame; the others are drawn pale. Empty: all in full colour, none framed.
        lit_columns: the same for columns.
        limit: the value that gets the strongest colour, so that pictures side by side share a scale; the largest
            finite absolute value if None.
        digits: decimals written in the cells; 0 writes whole numbers.
        size: of a cell, in inches.

    Raises:
        TypeError, ValueError: `values` is not a matrix of numbers, or there are not as many labels as rows or columns.

    >>> ax = matrix(Picture(), [[1.0, -2.0], [0.5, float("nan")]], 1, 1, ylabel=TOKENS, lit=[1])
    >>> [text.get_text() for text in ax.texts]
    ['1.00', '-2.00', '0.50', 'nan']
    """
    table = matrix_of(values, "values")
    height, width = len(table), len(table[0])
    row_names = texts_of(map(str, range(height)) if rows is None else rows, "row labels", height)
    column_names = texts_of(map(str, range(width)) if columns is None else columns, "column labels", width)
    wide, high = picture.figure.get_size_inches()
    across, down = width * size[0], height * size[1]
    ax = picture.add_axes((left / wide, (high - top - down) / high, across / wide, down / high))
    shade = colors.Normalize(-(limit or largest(table)), limit or largest(table))
    for i, row in enumerate(table):
        for j, value in enumerate(row):
            strong = i in lit or j in lit_columns or not (lit or lit_columns)
            finite = abs(value) < float("inf")
            colour = colormaps["PuOr"](shade(value))[:3] if finite else colors.to_rgb("#C0C0C0")
            # paled towards white by hand, so that the contrast of the number can be worked out
            face = [1 - (1.0 if strong else 0.25) * (1 - part) for part in colour]
            cell(ax, j, i, written(value, digits), face, hatch=None if finite else "////")
    for i in sorted(lit):
        frame(ax, -0.5, i - 0.5, width, 1)
    for j in sorted(lit_columns):
        frame(ax, j - 0.5, -0.5, 1, height)
    ax.set(xlim=(-0.5, width - 0.5), ylim=(height - 0.5, -0.5), xlabel=xlabel, ylabel=ylabel, title=title)
    too_wide = max(len(line) for name in column_names for line in name.split("\n")) * 0.08 > size[0] + 0.06
    turned = {"rotation": 40, "ha": "right", "rotation_mode": "anchor"} if too_wide else {}
    ax.set_xticks(range(width), column_names, **turned)
    ax.set_yticks(range(height), row_names)
    ax.tick_params(length=0)
    for spine in ax.spines.values():
        spine.set_visible(False)
    return ax


def equation(picture: FigureBase, *parts: Mapping[str, Any] | str, top: float = 0.35, left: float = 0.1) -> list[Axes]:
    """Matrices side by side, each on the middle line, with signs such as "@" and "=" between them.

    Args:
        picture: where to draw.
        parts: for each matrix the keyword arguments of `matrix`, its `values` among them, and `down`: how many rows
            lower than the highest it starts, if it is not to stand in the middle. For each sign a str; "" is a gap.
        top: inches from the picture's top to the highest matrix's cells.
        left: inches from the picture's left.

    Returns:
        The axes of the matrices, in order.
    """
    shapes = [(len(part["values"]), part.get("size", CELL)) for part in parts if not isinstance(part, str)]
    tallest = max(rows * size[1] for rows, size in shapes)
    axes = []
    for part in parts:
        if isinstance(part, str):
            if part:
                middle = (left + 0.12) / picture.figure.get_size_inches()[0]
                height = 1 - (top + tallest / 2) / picture.figure.get_size_inches()[1]
                plate(picture.text(middle, height, part, ha="center", va="center", fontsize=12, family=MONO))
            left += 0.24
            continue
        options = dict(part)
        values, size = options.pop("values"), options.get("size", CELL)
        rows = options.get("rows")
        names = [str(name) for name in (range(len(values)) if rows is None else rows)]
        left += 0.065 * max(map(len, names)) + 0.08 + (0.24 if options.get("ylabel") else 0)
        lower = options.pop("down", None)
        start = top + ((tallest - len(values) * size[1]) / 2 if lower is None else lower * size[1])
        across = len(values[0]) * size[0]
        # a title or an axis label may be wider than its matrix
        overhang = max(0.0, 0.07 * max(len(options.get("title", "")), len(options.get("xlabel", ""))) - across) / 2
        left += max(0.0, overhang - 0.3)
        axes.append(matrix(picture, values, left, start, **options))
        left += across + overhang + 0.06
    return axes


def product(rows: Sequence[Sequence[float]], ids: Collection[int]) -> list[float]:
    """A vector with ones at these places times a table, worked out in full.

    So `inf` and `nan` in other rows reach the result, as they do in PyTorch: 0 · inf is nan.

    >>> product([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], [0, 2])
    [6.0, 8.0]
    """
    return [sum(float(i in ids) * row[j] for i, row in enumerate(rows)) for j in range(len(rows[0]))]


def vector_times_table(
    rows: Sequence[Sequence[float]],
    ids: Sequence[int],
    words: Sequence[str] | None,
    *,
    title: str,
    result: str,
    size: tuple[float, float] = CELL,
) -> list:
    """The parts of an `equation`: a vector with ones at these places @ the table, those rows framed = what comes out.

    Args:
        rows: the table, checked.
        ids: where the ones stand.
        words: the table's words, in order; ids alone if None.
        title: above the vector.
        result: above what comes out.
        size: of a cell of the table.
    """
    out = product(rows, ids)
    limit = largest([*rows, out])
    return [
        {
            "values": [[float(i in ids) for i in range(len(rows))]],
            "rows": [""],
            "xlabel": TOKENS,
            "title": title,
            "digits": 0,
            "size": (BIT[0], size[1]),
        },
        "@",
        {
            "values": rows,
            "rows": named(range(len(rows)), words),
            "xlabel": DIMENSION,
            "title": f"table, shape ({len(rows)}, {len(rows[0])})",
            "lit": ids,
            "limit": limit,
            "size": size,
        },
        "=",
        {"values": [out], "rows": [""], "xlabel": DIMENSION, "title": result, "limit": limit, "size": size},
    ]
