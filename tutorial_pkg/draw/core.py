"""The look of every picture, and how it is saved and shown.

A drawing function is decorated with `drawing` and returns a `Picture`, which contains a description in words. A
picture is saved on a light card with rounded corners, for light and dark themes. Sizes are in inches.
In a window of 900 × 700 with the file browser open, JupyterLab shrinks a picture to 468 pixels. If the picture is at
most `WIDTH` wide, its `SMALL` letters are then still at least 9 pixels high.
"""

from __future__ import annotations

import functools
import io
import re
import unicodedata
from collections.abc import Callable
from typing import Any

from matplotlib import colors, ft2font, style
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont, fontManager, get_font
from matplotlib.text import Text
from PIL import Image, ImageChops, ImageDraw, ImageOps

from ..words import SIGNS, describe

# Okabe and Ito (2008), "Color Universal Design": colours that people with any kind of colour vision can tell apart.
BLUE, ORANGE, GREEN, PINK, SKY, RED = "#0072B2 #E69F00 #009E73 #CC79A7 #56B4E9 #D55E00".split()
COLOURS, MARKS = (BLUE, ORANGE, GREEN, PINK, RED, SKY), "os^Dv*"  # of the first, second, ... line or group
TINTS = ("#BFE3F7", "#FBE3B3", "#B8E6D5", "#F2D9E7")  # pale versions of the first four: text is written on them
GROUND, QUIET, INK = "#FCFBF8", "#EFEEEA", "#222222"
GREY, RULE = "#808080", "#E2E0DA"  # lines; and the lines of a grid behind a chart
WIDTH, DPI = 5.4, 110
MARGIN, CORNER = 20, 14  # pixels of the card
SMALL, NORMAL = 8, 9  # points

# The first two fonts come with matplotlib, so they are always available. The others are used if the system has them.
SANS, MONO = "DejaVu Sans", "DejaVu Sans Mono"
SYSTEM_FONTS = (
    *("Noto Sans CJK JP", "Hiragino Sans", "Yu Gothic", "Microsoft YaHei", "PingFang SC", "Malgun Gothic"),
    *("Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Devanagari", "Noto Sans Thai", "Nirmala UI"),
    *("Kohinoor Devanagari", "Noto Emoji", "Segoe UI Emoji", "Symbola", "Arial Unicode MS", "Tahoma"),
)
JOINS_LETTERS = hasattr(ft2font, "__libraqm_version__")  # Arabic and Hindi need it: matplotlib 3.11 and later

OWN_STYLE = {
    **{"font.family": [SANS]},
    **dict.fromkeys(["font.size", "axes.labelsize", "legend.fontsize"], SMALL),
    **dict.fromkeys(["text.color", "axes.labelcolor", "xtick.labelcolor", "ytick.labelcolor"], INK),
    **dict.fromkeys(["axes.edgecolor", "xtick.color", "ytick.color"], GREY),
    **dict.fromkeys(["axes.spines.top", "axes.spines.right", "legend.frameon", "text.parse_math"], False),
    **dict.fromkeys(["figure.facecolor", "savefig.facecolor"], GROUND),
    **dict.fromkeys(["figure.dpi", "savefig.dpi"], DPI),
    **dict.fromkeys(["grid.linewidth", "hatch.linewidth"], 0.8),
    **{"axes.facecolor": "none", "axes.axisbelow": True, "axes.titlesize": NORMAL, "grid.color": RULE},
}


def own_style() -> Any:
    """A context in which matplotlib has its defaults and `OWN_STYLE`, whatever a matplotlibrc says."""
    return style.context(["default", OWN_STYLE])


class Picture(Figure):
    """A figure with its description.

    `words` say what the figure shows, and are the same on every machine. `measured` gives the numbers that were
    measured here. They are in the alt text only, because a notebook's stored text is compared with the text of the next
    run. `shortened`: are rows or columns left out?
    """

    def __init__(self, width: float = WIDTH, height: float = 3.0, **more: Any):
        super().__init__(figsize=(width, height), **more)
        self.words, self.measured, self.shortened = "", "", False

    def say(self, *sentences: str | bool, measured: str = "") -> Picture:
        """Describe the picture with the sentences that are not empty, and return it."""
        self.words, self.measured = " ".join(one for one in sentences if one), measured
        return self


def drawing(draw: Callable[..., Picture]) -> Callable[..., Picture]:
    """Decorate a function that draws: it runs in our own style, and the signs in its description are explained."""

    @functools.wraps(draw)
    def drawn(*args: Any, **kwargs: Any) -> Picture:
        with own_style():
            picture = draw(*args, **kwargs)
            FigureCanvasAgg(picture)
            for text in picture.findobj(Text):
                if not text.get_text().isascii():  # only where several fonts may be necessary, since each takes time
                    text.set_family([*fonts(text.get_fontfamily()[0])])
            if picture.get_layout_engine() is not None:  # laid out once, so that everything stays where it is
                picture.get_layout_engine().execute(picture)
                picture.set_layout_engine("none")
        if picture.shortened:
            picture.words += " Dots mark what is left out in the middle."
        for sign, meaning in SIGNS.items():
            picture.words += f" The sign {sign} is {meaning}." if sign in picture.words else ""
        return picture

    return drawn


def page(figure: Figure) -> Image.Image:
    """Everything that is drawn, including what lies outside the figure."""
    drawn = io.BytesIO()
    with own_style():
        figure.savefig(drawn, bbox_inches=figure.get_tightbbox().padded(0.2), pil_kwargs={"compress_level": 1})
    return Image.open(drawn).convert("RGB")


def card(drawn: Image.Image) -> Image.Image:
    """A page without its empty edges, on a card with rounded corners. It is transparent outside the card."""
    box = ImageChops.difference(drawn, Image.new("RGB", drawn.size, GROUND)).getbbox()
    whole, fine = ImageOps.expand(drawn.crop(box), MARGIN, GROUND), 4
    wide, high = fine * whole.width, fine * whole.height  # four times as large, so that the corners become smooth
    corners = Image.new("L", (wide, high))
    ImageDraw.Draw(corners).rounded_rectangle((0, 0, wide - 1, high - 1), fine * CORNER, fill=255)
    whole.putalpha(corners.reduce(fine))
    return whole


def png(figure: Figure) -> bytes:
    """The figure on its card as PNG bytes, with `DPI` dots per inch."""
    saved = io.BytesIO()
    card(page(figure)).save(saved, "PNG")
    return saved.getvalue()


def bundle(figure: Figure) -> tuple[dict, dict]:
    """Data and metadata of a figure for IPython's `display(..., raw=True)`; a ValueError if it has no words."""
    words = getattr(figure, "words", "").strip()
    if not words:
        raise ValueError(f"expected a figure with a description, as a drawing function returns; got {describe(figure)}")
    alt = f"{words} {getattr(figure, 'measured', '')}".strip()
    return {"image/png": png(figure), "text/plain": words}, {"image/png": {"alt": alt}}


def show(figure: Figure) -> None:
    """Display a picture below the cell. Its words are its alt text, and replace it where pictures cannot be shown."""
    from IPython.display import display

    data, metadata = bundle(figure)
    display(data, metadata=metadata, raw=True)


@functools.lru_cache
def fonts(first: str = SANS) -> dict[str, str]:
    """The fonts in which a character is looked for, in this order: name → file."""
    there = set(fontManager.get_font_names())
    return {name: findfont(name) for name in (first, SANS, *(name for name in SYSTEM_FONTS if name in there))}


@functools.lru_cache(maxsize=8192)
def has_glyphs(some: str) -> bool:
    """Can one font draw these characters? They are one character, or a mark and the character before it."""
    joined = is_mark(some[-1]) or unicodedata.bidirectional(some[-1]) in ("R", "AL")
    files = () if joined and not JOINS_LETTERS else fonts().values()
    return some == "\n" or any(all(get_font(file).get_char_index(ord(c)) for c in some) for file in files)


def is_mark(c: str) -> bool:
    return unicodedata.category(c)[0] == "M"


def drawable(text: str) -> str:
    """The text, in which a Unicode number replaces each character that is missing in all fonts here."""
    drawn = [text[max(0, place - is_mark(c)) : place + 1] for place, c in enumerate(text)]
    shown = "".join(some[-1] if has_glyphs(some) else f" U+{ord(some[-1]):04X} " for some in drawn)
    return text if shown == text else re.sub(" +", " ", shown).strip(" ")


@functools.lru_cache(maxsize=8192)
def text_width(text: str, points: float = SMALL, family: str = SANS) -> float:
    """The width of the text, or of its longest line, in inches."""
    font, widths = get_font([*fonts(family).values()]), []
    font.set_size(points, DPI)
    for line in drawable(text).split("\n"):
        font.set_text(line, 0.0)
        widths.append(font.get_width_height()[0] / 64 / DPI)
    return max(widths)


def fit(text: str, width: float, points: float = SMALL, family: str = SANS) -> str:
    """The text, with each line shortened in the middle until it fits the width in inches.

    >>> fit("fox", 1), fit("antidisestablishmentarianism", 1)
    ('fox', 'antidis…arianism')
    """
    lines = drawable(text).split("\n")
    for place, line in enumerate(lines):
        kept = min(len(line), int(width * 72 / points / 0.25) + 2)
        while kept > 1 and (len(lines[place]) > kept or text_width(lines[place], points, family) > width):
            kept -= 1
            lines[place] = line[: (kept - 1) // 2] + "…" + line[len(line) - kept // 2 :]
    return "\n".join(lines)


def ink_on(face: Any) -> str:
    """Black or white, whichever has more contrast on that colour."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colors.to_rgb(face)]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]  # as WCAG 2 defines it
    return "black" if luminance > 0.179 else "white"
