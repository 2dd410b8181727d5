"""Pictures for notebook 09: how often each method finds the right text, and an index's accuracy against its bytes."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import Any

from IPython.display import display

from . import checks, core
from .charts import bars, chart, finish, label_points, log_scale
from .core import Picture, drawing, join_words

PERCENT = (0, 100)


@drawing
def ladder(found: Mapping[str, Mapping[str, float]]) -> Picture:
    """How often each method finds the right text first, as bars: a group for each set, a bar for each method.

    `found`: set → method → percent, at most six sets, with at most 12 methods each. Raises TypeError, ValueError: not
    of this form.

    >>> ladder({"verses": {"counts": 89, "rows": 91}}).words
    'Bars show in percent how often the right text is found first. verses: counts 89 and rows 91.'
    """
    sets = checks.dict_of(found, "found", "set → method → percent", len(core.COLOURS))
    groups, told = {}, []
    for (name, some), colour in zip(sets.items(), core.COLOURS, strict=False):
        amounts = checks.amounts_of(some, name, "method → percent", PERCENT)
        groups[name] = [(method, amount, colour) for method, amount in amounts.items()]
        told.append(f"{name}: {join_words(f'{method} {amount:.0f}' for method, amount in amounts.items())}.")
    picture, ax = bars(groups, lambda amount: f"{amount:.0f}%", xlabel="the right text is first, in percent of queries")
    ax.set_xlim(0, 109)
    return picture.say("Bars show in percent how often the right text is found first.", *told)


@drawing
def pair(one: str, other: str, cosines: Mapping[str, float]) -> Picture:
    """How similar two texts are by several methods, as bars.

    `cosines`: method → cosine, from -1 to 1, at most 12. Raises TypeError, ValueError: not of this form.

    >>> pair("dog bites man", "man bites dog", {"rows": 1.0}).words
    'Bars show the cosine of “dog bites man” and “man bites dog”: rows 1.00.'
    """
    texts = checks.text_of(one, "one"), checks.text_of(other, "other")
    amounts = checks.amounts_of(cosines, "cosines", "method → cosine", (-1.001, 1.001))
    some = [(method, amount, core.SKY) for method, amount in amounts.items()]
    picture, ax = bars({"": some}, "{:.2f}".format, xlabel="cosine of the two texts")
    ax.set_xlim(min(0, *amounts.values()), 1.15)
    told = join_words(f"{method} {amount:.2f}" for method, amount in amounts.items())
    return picture.say(f"Bars show the cosine of “{texts[0]}” and “{texts[1]}”: {told}.")


@drawing
def index_sizes(kinds: Mapping[str, Sequence[float]]) -> Picture:
    """Kinds of index as points: the bytes that each keeps for a text, and how often it finds the right text.

    `kinds`: name → (bytes, percent), at most 12. Raises TypeError, ValueError: not of this form.

    >>> index_sizes({"float32": (1536, 95), "1 bit": (48, 93)}).words
    'Points show the bytes for a text and the percentage that is found first: float32 1,536 bytes and 95% and 1 bit \
48 bytes and 93%.'
    """
    given = checks.dict_of(kinds, "kinds", "name → (bytes, percent)", 12)
    spots = {}
    for name, some in given.items():
        both = checks.checked(some, name, ("numbers",), most=2, span=checks.ABOVE_0)
        if len(both) != 2:
            raise ValueError(f"{name}: expected two numbers, bytes and percent; got {core.describe(some)}")
        spots[name] = both[0], checks.checked(both[1], name, (), span=PERCENT)
    picture, ax = chart(3.0)
    ax.scatter(*zip(*spots.values(), strict=True), s=30, color=core.BLUE)
    log_scale(ax.xaxis, base=2)
    sizes = [size for size, _ in spots.values()]
    finish(ax, xlabel="bytes for a text (log scale)", ylabel="found first, in percent", ylim=(0, 106))
    ax.set_xlim(min(sizes) / 2, max(sizes) * 2)
    picture.draw_without_rendering()
    label_points(ax, list(spots.values()), dict(enumerate(spots)), must=True)
    told = join_words(f"{name} {size:,.0f} bytes and {percent:.0f}%" for name, (size, percent) in spots.items())
    return picture.say(f"Points show the bytes for a text and the percentage that is found first: {told}.")


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
