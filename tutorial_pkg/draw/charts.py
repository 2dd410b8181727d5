"""The vocabulary for charts: bars, lines and points, with their scales, ticks and legends."""

import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.patheffects import withStroke
from matplotlib.ticker import EngFormatter, NullLocator, StrMethodFormatter
from matplotlib.transforms import offset_copy

from ..words import amounts_in_words, join_words, with_sign
from . import checks, core
from .core import DPI, GREY, GROUND, NORMAL, SMALL, WIDTH, Picture, drawable, fit, text_width

# How a route's name begins → the route's colour and mark, so that a route looks the same in every picture.
STYLES = {"one-hot": (core.ORANGE, "s"), "lookup": (core.BLUE, "o"), "dense": (core.BLUE, "o")}
STYLES |= {"sparse": (core.SKY, "D"), "table": (core.GREY, "v"), "W[ids]": (core.GREEN, "^")}
STYLES |= {"copy": (core.GREY, "v"), "index_select": (core.PINK, "P")}
BEHIND = {"facecolor": GROUND, "edgecolor": "none", "pad": 1}  # behind a text, so that no line goes through it


def coloured(things: Mapping[str, Any]) -> list[tuple[str, Any, str, str]]:
    """Each name with its value, its own colour and its own mark; a ValueError if there are too many to tell apart."""
    if not 1 <= len(things) <= len(core.COLOURS):
        raise ValueError(f"expected 1 to {len(core.COLOURS)} names, each with its own colour; got {len(things)}")
    return list(zip(things, things.values(), core.COLOURS, core.MARKS, strict=False))


def style_of(name: str, colour: str, mark: str = "o") -> tuple[str, str]:
    """The colour and the mark of a route. Any other name gets the given colour and mark."""
    return next((style for start, style in STYLES.items() if name.startswith(start)), (colour, mark))


def chart(height: float, columns: int = 1, **more: Any) -> tuple[Picture, Any]:
    """A picture with one pair of axes, or with several pairs in a row; `more` is for matplotlib's `subplots`."""
    picture = Picture(WIDTH, height, layout="constrained")
    return picture, picture.subplots(1, columns, **more)


def finish(ax: Axes, legend: str = "", grid: bool = True, **labels: Any) -> None:
    """Add labels, a grid, and a legend at a position of the axes ("" for no legend)."""
    ax.set(**{key: fit(one, WIDTH - 1.2, NORMAL) if isinstance(one, str) else one for key, one in labels.items()})
    ax.grid(grid, which="major")
    places = {"right": ("center left", (1.01, 0.5)), "below": ("upper center", (0.5, -0.24))}
    if legend:
        loc, anchor = places.get(legend, (legend, None))
        ax.legend(loc=loc, bbox_to_anchor=anchor, handletextpad=0.5)


def log_scale(axis: Axis, unit: str | None = None, base: int = 10) -> None:
    """A log scale with a label at each power of the base: with a unit and its prefix, or a plain number (1,024)."""
    getattr(axis.axes, f"set_{axis.axis_name}scale")("log", base=base)
    axis.set_major_formatter(StrMethodFormatter("{x:,g}") if unit is None else EngFormatter(unit))
    axis.set_minor_locator(NullLocator())


def bars(
    groups: Mapping[str, Sequence[tuple]],
    text: Callable[[float], str],
    *,
    ax: Axes | None = None,
    log: str | None = None,
    line: tuple[float, str] | None = None,
    **labels: Any,
) -> Any:
    """Horizontal bars from top to bottom, each with its name to the left and its amount at its end.

    `groups`: a heading (or "") → its bars (name, amount, colour). `text`: a function from an amount to the text at the
    end of its bar. `ax`: the axes of a new picture if None. `log`: the unit on a log scale; None for a linear scale.
    `line`: an amount to mark with a line, and its name. Bars beyond a named line are hatched. A text that the line
    would go through is moved. `labels`: of the axes; on a log scale, bars start at the lower end of `xlim`.
    """
    if ax is None:
        rows = sum(len(some) + bool(heading) + 0.45 for heading, some in groups.items())
        _, ax = chart(0.27 * rows + 0.6 + (0.15 if line and line[1] else 0))
    start = labels["xlim"][0] if log is not None else 0
    y, places, names, ends = 0.0, [], [], []
    beside, within = (offset_copy(ax.transData, ax.figure, x=x, units="points") for x in (4, -4))
    for heading, some in groups.items():
        if heading:
            place = {"transform": ax.get_yaxis_transform(), "va": "center", "fontsize": NORMAL}
            ax.text(0, y, fit(heading, 3.5, NORMAL), bbox=BEHIND, zorder=5, **place)
            y += 1
        for name, amount, colour in some:
            hatched = "////" if line and line[1] and amount > line[0] else None
            ax.barh(y, float(amount), height=0.68, color=colour, hatch=hatched, edgecolor=GROUND, linewidth=0)
            end = {"transform": beside, "va": "center", "bbox": BEHIND, "zorder": 5}
            ends.append(ax.text(max(amount, start), y, drawable(text(amount)), **end))
            places, names, y = [*places, y], [*names, fit(name, 1.4)], y + 1
        y += 0.45
    ax.set_yticks(places, names)
    ax.tick_params(axis="y", length=0, pad=5)
    labels["xlabel"] = with_sign(labels.get("xlabel", ""), *names, labels.get("title", ""))
    finish(ax, grid=False, ylim=(y - 0.85, -0.6), **labels)
    if log is not None:
        log_scale(ax.xaxis, log)
    if line is None:
        return ax.figure
    ax.axvline(line[0], color=core.RED if line[1] else GREY, linewidth=1.5, linestyle="-" if line[1] else ":")
    ax.text(line[0], -0.95, drawable(line[1]), ha="center", va="center")
    ax.figure.get_layout_engine().execute(ax.figure)
    for end in ends:
        box, at = end.get_window_extent(), ax.transData.transform((line[0], 0))[0]
        if end.get_position()[0] <= line[0] and at <= box.x1 + 5:  # the line would go through the text
            inside = box.x0 - box.width - 8 > ax.bbox.x0
            end.set(**({"x": end.get_position()[0], "ha": "right", "transform": within} if inside else {"x": line[0]}))
    return ax.figure


@core.drawing
def bar_chart(
    groups: Mapping[str, Mapping], what: str, text: str = "{:.2f}", *, line: float | None = None, measured: bool = False
) -> Picture:
    """Amounts as bars, in groups.

    `groups`: at most six headings (or "") → name → amount. `what`: a name for the amounts. `text`: the format of an
    amount. `line`: an amount to mark with a dotted line. `measured`: are the amounts different in every run? Then only
    the alt text gives the amounts.
    >>> bar_chart({"verses": {"counts": 89, "rows": 91}}, "percentage", "{:.0f}%").words
    'Bars show the percentage. For “verses”: counts 89% and rows 91%.'
    """
    found, told, names, flat = {}, [], {}, [0.0]
    for heading, given, colour, _ in coloured(groups):
        amounts = checks.amounts_of(given, heading, checks.FINITE)
        found[heading] = [(name, amount, style_of(name, colour)[0]) for name, amount in amounts.items()]
        start = f"For “{heading}”:" if heading else "The amounts are"
        told.append(f"{start} {amounts_in_words(found[heading], text.format)}.")
        names, flat = names | amounts, [*flat, *amounts.values()]
    xlim, marked = (min(flat), max(flat) or 1.0), None if line is None else (line, "")
    picture = bars(found, text.format, line=marked, xlabel=what, xlim=xlim)
    return picture.say(
        f"Bars show the {what}.",
        *([f"There are bars for {join_words(names)}, measured here."] if measured else told),
        line is not None and f"A dotted line marks {line:g}.",
        measured=" ".join(told) if measured else "",
    )


def log_panels(panels: Mapping[str, Sequence[tuple]], unit: str, *, xlabel: str = "", base: int = 10) -> Picture:
    """Panels with two log scales and one y-axis. Dashed lines show calculated values, and marks show measured values.

    `panels`: the label under each panel → its lines (name, colour, mark, calculated points, measured points). Points
    are (x, y) or None. `xlabel`: one label for all panels, under each panel. Then the panel's own label is above it.
    `unit`: the unit of the amounts. `base`: 2 puts the ticks of x at powers of 2, as plain numbers.
    """
    longest, dashed = max(map(len, panels.values())), False
    picture, axes = chart(2.5 + 0.17 * longest, len(panels), sharey=True)
    for ax, (title, lines) in zip(np.atleast_1d(axes), panels.items(), strict=True):
        for name, colour, mark, calculated, measured in lines:
            style = {"color": colour, "label": fit(name, 4.9 / len(panels) - 0.35)}
            if calculated:
                ax.plot(*calculated, "--", linewidth=2, zorder=1, **style)
                style["label"], dashed = "", True
            if measured:
                between = "none" if calculated else "-"
                ax.plot(*measured, marker=mark, linestyle=between, markersize=5, **style)
        log_scale(ax.xaxis, None if base == 2 else "", base)
        log_scale(ax.yaxis, unit)
        finish(ax, "below", xlabel=xlabel or title, title=title if xlabel else "")
    if dashed:
        picture.supxlabel("dashed: calculated     marks: measured", fontsize=SMALL)
    return picture


@core.drawing
def curves(lines: Mapping[str, Sequence[float]], xlabel: str, ylabel: str = "") -> Picture:
    """Lines of numbers over time, at most six. `lines`: name → a finite number for each step, from step 0 on.

    >>> curves({"purity": [0.1, 0.9], "chance": [0.2, 0.2]}, xlabel="epoch").words
    'The x-axis shows the epoch, from 0 to 1. The line for purity rises from about 0.1 to about 0.9. The line for ...'
    """
    told, ends, (picture, ax) = [], {}, chart(2.8)
    for name, given, colour, mark in coloured(lines):
        values = checks.checked(given, name, ("steps",), most=100_000, span=checks.FINITE)
        window = len(values) // 20 if len(values) >= 100 else 1
        means = np.convolve(values, np.full(window, 1 / window), "valid")  # a line of many points is noisy
        ax.plot(values, color=colour, alpha=0.3)  # below the other line, if the window is 1
        style = {"color": colour, "label": fit(name, 1.4)} | ({} if window > 1 else {"marker": mark, "markersize": 4})
        ax.plot(np.arange(len(means)) + window // 2, means, **style)
        ends[name] = means[-1]
        first, last = (f"{end:.{0 if abs(end) > 2 else 1}f}" for end in (values[0], ends[name]))
        moves = f"{'rises' if float(last) > float(first) else 'falls'} from about {first} to about {last}"
        told.append(f"The line for {name} {moves if first != last else f'stays at about {first}'}.")
    checks.one_each(**lines)
    explained = f"   (pale: each {xlabel}, dark: mean of {window})" if window > 1 else ""
    finish(ax, "right", xlabel=xlabel + explained, ylabel=ylabel)
    lowest = len(ends) > 1 and f"At the end, the line for {min(ends, key=ends.__getitem__)} is the lowest."
    return picture.say(f"The x-axis shows the {xlabel}, from 0 to {len(values) - 1:,}.", *told, lowest)


def point_axes(width: float, xlim: Sequence[float], ylim: Sequence[float], title: str = "") -> tuple[Picture, Axes]:
    """A picture with axes for points, 2.5 inches high, and room for a legend on the right."""
    picture = Picture(WIDTH, 3.5)
    ax = picture.add_axes((0.6 / WIDTH, 0.42 / 3.5, width / WIDTH, 2.5 / 3.5))
    ax.set(xlim=xlim, ylim=ylim, xlabel="first direction", ylabel="second direction", title=fit(title, WIDTH, NORMAL))
    ax.locator_params(nbins=4)
    return picture, ax


def label_points(ax: Axes, spots: Sequence[Sequence[float]], names: Mapping[int, str], must: bool = False) -> None:
    """Write names next to their points, so that a name hides neither another name nor another point.

    `ax`: axes with their final limits and labels. `spots`: all points. `names`: position of a point → its name, the
    most important name first. A name without room is left out. If each name `must` be written, such a name moves away
    and gets a line to its point.
    """
    ax.figure.draw_without_rendering()
    at = [tuple(ax.transData.transform(spot) / DPI * 72) for spot in spots]  # in points (1/72 inch), as font sizes
    left, low, right, high = ax.bbox.extents / DPI * 72
    taken = [(x - 3, y - 3, x + 3, y + 3) for x, y in at]
    around = [(1, 0), (1, 1), (1, -1), (-1, 0), (-1, 1), (-1, -1), (0, 1), (0, -1)]
    for place, name in names.items():
        (x, y), wide, tall = at[place], text_width(name) * 72, 1.15 * SMALL
        for away, (side, up) in itertools.product((5, 14, 24, 36, 50, 70) if must else (5,), around):
            gap = away * (0.7 if side and up else 1)
            dx, dy = side * (gap + wide / 2), up * (gap + tall / 2)
            spot = (x + dx - wide / 2, y + dy - tall / 2, x + dx + wide / 2, y + dy + tall / 2)
            inside = left <= spot[0] and low <= spot[1] and spot[2] <= right and spot[3] <= high
            free = all(spot[0] >= b[2] or b[0] >= spot[2] or spot[1] >= b[3] or b[1] >= spot[3] for b in taken)
            if inside and free:
                break
        else:
            if not must:
                continue
        taken.append(spot)
        style = {"ha": "center", "va": "center", "path_effects": [withStroke(linewidth=2.5, foreground=GROUND)]}
        leader = {"arrowstyle": "-", "color": GREY, "linewidth": 0.7, "shrinkA": 1} if away > 5 else None
        ax.annotate(drawable(name), spots[place], (dx, dy), textcoords="offset points", arrowprops=leader, **style)


def nearest_is_alike(spots: np.ndarray, kinds: Sequence[Any]) -> int:
    """The number of points whose nearest other point is of the same kind."""
    apart = ((spots[:, None] - spots[None]) ** 2).sum(-1)
    np.fill_diagonal(apart, math.inf)
    return sum(one != at and kinds[one] == kinds[at] for one, at in enumerate(apart.argmin(1).tolist()))
