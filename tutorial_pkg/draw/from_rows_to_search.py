"""Pictures for notebook 09: how often each method finds the right text, and an index's accuracy against its bytes."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import Any

from IPython.display import display

from . import checks, core
from .charts import amounts_in_words, bars, chart, coloured, finish, label_points, log_scale
from .core import Picture, drawing

PERCENT = (0, 100)


@drawing
def ladder(found: Mapping[str, Mapping[str, float]]) -> Picture:
    """How often each method finds the right text first, as bars: a group for each set, a bar for each method.

    `found`: set → method → percent, at most six sets.
    >>> ladder({"verses": {"counts": 89, "rows": 91}}).words
    'Bars show how often each method finds the right text first. For verses: counts 89% and rows 91%.'
    """
    groups, text = {}, "{:.0f}%".format
    for name, some, colour, _ in coloured(found):
        amounts = checks.amounts_of(some, name, PERCENT)
        groups[name] = [(method, amount, colour) for method, amount in amounts.items()]
    picture, _ = bars(groups, text, xlabel="the right text is first, in percent of queries", xlim=(0, 109))
    told = (f"For {name}: {amounts_in_words(some, text)}." for name, some in groups.items())
    return picture.say("Bars show how often each method finds the right text first.", *told)


@drawing
def pair(one: str, other: str, cosines: Mapping[str, float]) -> Picture:
    """How similar two texts are by several methods, as bars.

    `cosines`: method → cosine, from -1 to 1.
    >>> pair("dog bites man", "man bites dog", {"rows": 1.0}).words
    'Bars show the cosine of “dog bites man” and “man bites dog” for each method: rows 1.00.'
    """
    amounts, text = checks.amounts_of(cosines, "cosines", (-1.001, 1.001)), "{:.2f}".format
    some = [(method, amount, core.SKY) for method, amount in amounts.items()]
    picture, _ = bars({"": some}, text, xlabel="cosine of the two texts", xlim=(min(0, *amounts.values()), 1.15))
    told = amounts_in_words(some, text)
    return picture.say(f"Bars show the cosine of “{one}” and “{other}” for each method: {told}.")


@drawing
def index_sizes(kinds: Mapping[str, Sequence[float]]) -> Picture:
    """Kinds of index as points: the bytes that each keeps for a text, and how often it finds the right text.

    `kinds`: name → (bytes, percent), at most 12.
    >>> index_sizes({"float32": (1536, 95), "1 bit": (48, 93)}).words
    'Points show how many bytes an index keeps for a text, and how often it finds the right text first. With ...'
    """
    spots = {}
    for name, (size, percent) in kinds.items():
        size = checks.checked(size, name, (), span=checks.ABOVE_0)
        spots[name] = size, checks.checked(percent, name, (), span=PERCENT)
    picture, ax = chart(3.0)
    ax.scatter(*zip(*spots.values(), strict=True), s=30, color=core.BLUE)
    log_scale(ax.xaxis, base=2)
    sizes = [size for size, _ in spots.values()]
    finish(ax, xlabel="bytes for a text (log scale)", ylabel="found first, in percent", ylim=(0, 106))
    ax.set_xlim(min(sizes) / 2, max(sizes) * 2)
    picture.draw_without_rendering()
    label_points(ax, list(spots.values()), dict(enumerate(spots)), must=True)
    told = (
        f"With {name}, it keeps {size:,.0f} bytes and finds {percent:.0f}%." for name, (size, percent) in spots.items()
    )
    start = "Points show how many bytes an index keeps for a text, and how often it finds the right text first."
    return picture.say(start, *told)


def show_found(found: Mapping[str, Sequence[tuple[str, str]]]) -> None:
    """Show emojis with their names as text: a heading, then pairs (emoji, name).

    Emojis are not drawn in pictures, since matplotlib's fonts do not have them.
    """
    plain, page = [], []
    for heading, pairs in found.items():
        plain.append(f"{heading}: " + ", ".join(f"{sign} {name}" for sign, name in pairs))
        style, large = "white-space: nowrap; margin-right: 1em", "font-size: 1.6em"
        some = (f'<span style="{large}">{html.escape(sign)}</span> {html.escape(name)}' for sign, name in pairs)
        line = "".join(f'<span style="{style}">{one}</span> ' for one in some)
        page.append(f"<div>{html.escape(heading)}: {line}</div>")
    data: dict[str, Any] = {"text/plain": "\n".join(plain), "text/html": "".join(page)}
    display(data, raw=True)
