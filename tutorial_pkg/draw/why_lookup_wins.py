"""Pictures for notebook 04: growth on log-log paper, bytes, who wins where, and how reliably.

What is timed differs from machine to machine and from run to run, so the words of those pictures name no times: a
notebook's stored text has to stay true.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.ticker import EngFormatter

from ..timing import slope
from .common import (
    BLUE,
    GREEN,
    GREY,
    INK,
    LARGE,
    NORMAL,
    ORANGE,
    PINK,
    RED,
    SKY,
    SMALL,
    WIDTH,
    Picture,
    cell,
    checked,
    drawing,
    got,
    label,
    listed,
    plate,
    text_of,
)

# Colour and marker by what a route's name begins with, so that a route looks the same in every picture.
STYLES = {
    "one-hot": (ORANGE, "s"),
    "lookup": (BLUE, "o"),
    "dense": (BLUE, "o"),
    "sparse": (SKY, "D"),
    "W[ids]": (GREEN, "^"),
    "copy": (GREY, "v"),
    "index_select": (PINK, "P"),
}
OTHERS = "Xp*h<>"  # marks for routes of any other name, in turn


def _styles(names: Sequence[str]) -> dict[str, tuple[str, str]]:
    found = {name: next((style for start, style in STYLES.items() if name.startswith(start)), None) for name in names}
    others = [name for name, style in found.items() if style is None]
    if len(others) > len(OTHERS):
        raise ValueError(f"at most {len(OTHERS)} routes can be drawn beside {listed(STYLES)}; got {len(others)}")
    return found | {name: (RED, mark) for name, mark in zip(others, OTHERS, strict=False)}


def _mapping(thing: Any, name: str, what: str) -> Mapping:
    if not isinstance(thing, Mapping) or not thing:
        raise TypeError(f"{name}: expected a dict, {what}, with something in it; got {got(thing)}")
    return thing


def _amount(amount: Any, name: str) -> float:
    """A finite number, at least 0."""
    amount = checked(amount, name, ())
    if not 0 <= amount < math.inf:
        raise ValueError(f"{name}: expected a finite number, at least 0; got {amount}")
    return amount


def in_words(amount: float, unit: str = "B") -> str:
    """An amount with a decimal prefix, three digits at most: bytes unless another unit is given.

    >>> in_words(154_389_504), in_words(0), in_words(432), in_words(4.94e9), in_words(3.2e11, "")
    ('154 MB', '0 B', '432 B', '4.94 GB', '320 G')
    """
    for power, prefix in ((12, "T"), (9, "G"), (6, "M"), (3, "k")):
        if amount >= 0.9995 * 10**power:
            return f"{amount / 10**power:.3g} {prefix}{unit}"
    return f"{amount:.3g} {unit}".strip()


@drawing
def growth(
    panels: Mapping[str, tuple[Sequence[float], Mapping[str, Sequence[float]]]],
    ylabel: str,
    on_paper: Mapping[str, Mapping[str, Sequence[float]]] | None = None,
    *,
    unit: str = "s",
    title: str = "",
) -> Picture:
    """How routes grow, on log-log paper: dots and lines for what was measured, with each one's fitted slope.

    Args:
        panels: what stands below the panel → (the sizes, route → amount for each size). Each route's slope, the power
            with which it grows, is written in the panel's legend.
        ylabel: what the amounts are, such as `"forward"`.
        on_paper: the same panels → route → amounts worked out on paper, drawn as dashed lines below the dots.
        unit: of the amounts: "s" for seconds, which are timed, or "B" for bytes, which are counted and so stand in the
            picture's words.
        title: above the panels.

    Raises:
        TypeError: not of this form.
        ValueError: a route has not as many amounts as there are sizes, or one that is not above 0.

    >>> figure = growth({"V": ([10, 100, 1000], {"one-hot": [1, 10, 100], "lookup": [2, 2, 2]})}, "peak", unit="B")
    >>> [text.get_text() for text in figure.axes[0].get_legend().get_texts()]
    ['one-hot: slope 1.0', 'lookup: slope 0.0']
    """
    _mapping(panels, "panels", "label → (sizes, route → amounts)")
    ylabel, title, on_paper = text_of(ylabel, "ylabel"), text_of(title, "title"), on_paper or {}
    picture = Picture(WIDTH, 3.3, layout="constrained")
    axes = picture.subplots(1, len(panels), squeeze=False, sharey=True)[0]
    told = []
    for ax, (name, panel) in zip(axes, panels.items(), strict=True):
        if not isinstance(panel, (list, tuple)) or len(panel) != 2:
            raise TypeError(f"panels[{name!r}]: expected (sizes, route → amounts); got {got(panel)}")
        sizes = checked(panel[0], "sizes", ("sizes",))
        routes = _mapping(panel[1], f"panels[{name!r}]", "route → amounts")
        styles, slopes = _styles(list(routes)), []
        for route, amounts in routes.items():
            amounts = checked(amounts, route, ("sizes",))
            colour, mark = styles[route]
            power = slope(sizes, amounts) + 0.0
            said = f"{route}: slope {0.0 if abs(power) < 0.05 else power:.1f}"
            slopes.append(said)
            worked_out = on_paper.get(name, {}).get(route)
            if worked_out is not None:
                slope(sizes, worked_out)  # refuses what does not fit
                ax.plot(sizes, worked_out, "--", color=colour, linewidth=2, zorder=1)
            line = "none" if worked_out is not None else "-"
            ax.plot(sizes, amounts, marker=mark, linestyle=line, color=colour, label=said, markersize=5, linewidth=1.5)
        ax.set(xscale="log", yscale="log", xlabel=name)
        ax.grid(True, which="major", linewidth=0.8)
        ax.xaxis.set_major_formatter(EngFormatter())
        ax.yaxis.set_major_formatter(EngFormatter(unit))
        ax.tick_params(which="minor", labelbottom=False, labelleft=False)
        ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), handlelength=1, handletextpad=0.4)
        told.append(f"{name}, {in_words(min(sizes), '')} to {in_words(max(sizes), '')}: {listed(slopes)}")
    axes[0].set_ylabel(ylabel)
    if on_paper:
        plate(picture.supxlabel("dashed: worked out on paper     marks: measured", fontsize=SMALL))
    if title:
        plate(picture.suptitle(title, fontsize=NORMAL))
    across = listed(
        f"{name} from {in_words(min(sizes), '')} to {in_words(max(sizes), '')}" for name, (sizes, _) in panels.items()
    )
    drawn = listed(dict.fromkeys(route for _, routes in panels.values() for route in routes))
    picture.words = f"Log-log paper: {ylabel}, against {across}. "
    if unit == "s":
        picture.words += f"A line for each of {drawn}, timed here, with the slope with which it climbs in the legend."
    else:
        picture.words += f"{'; '.join(told)}."
    if on_paper:
        picture.words += " Dashed lines show what was worked out on paper."
    return picture


@drawing
def memory_bars(amounts: Mapping[str, Mapping[str, int]], free: int | None = None) -> Picture:
    """Bytes needed by each route for each model as bars on a log scale, with what does not fit hatched.

    Args:
        amounts: model → (what needs the bytes → bytes above 0).
        free: bytes that this machine has to spare, drawn as a line; None draws none.

    Raises:
        TypeError: not of this form.
        ValueError: there is nothing to draw, or an amount is not above 0.
    """
    _mapping(amounts, "amounts", "model → (what needs the bytes → bytes)")
    amounts = {
        model: {name: _amount(amount, name) for name, amount in _mapping(parts, model, "name → bytes").items()}
        for model, parts in amounts.items()
    }
    bars = [amount for parts in amounts.values() for amount in parts.values()]
    if min(bars) <= 0:
        raise ValueError(f"memory_bars() draws on a log scale: expected bytes above 0; got {min(bars)}")
    free = None if free is None else _amount(free, "free")
    picture = Picture(WIDTH, 0.9 + 0.24 * len(bars) + 0.3 * len(amounts), layout="constrained")
    ax = picture.subplots()
    y, least = 0.0, min(bars)
    for model, parts in amounts.items():
        label(ax, 0, y, model, fontsize=NORMAL, ha="left", transform=ax.get_yaxis_transform())
        for name, amount in parts.items():
            y += 1
            too_much = free is not None and amount > free
            colour = GREY if name.startswith("table") else _styles(list(parts))[name][0]
            ax.barh(y, amount, left=0, height=0.7, color=colour, hatch="//" if too_much else None, edgecolor="white")
            more = ", does not fit here" if too_much else ""
            label(ax, amount * 1.2, y, in_words(amount) + more, ha="left", zorder=5)
            label(ax, -0.01, y, name, ha="right", transform=ax.get_yaxis_transform())
        y += 1.3
    if free is not None:
        ax.axvline(free, color=RED, linewidth=1.5)
        label(ax, free, -0.9, f"free here: {in_words(free)}")
    top = max([*bars, free or 0])
    ax.set(xscale="log", xlim=(least / 5, top * 1000), ylim=(y - 0.7, -1.2), xlabel="bytes (each mark: ten times more)")
    ax.xaxis.set_major_formatter(EngFormatter("B"))
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    told = "; ".join(
        f"{model}: " + listed(f"{name} {in_words(amount)}" for name, amount in parts.items())
        for model, parts in amounts.items()
    )
    here = " A line marks the memory free on this machine; what goes beyond it is hatched." if free is not None else ""
    picture.words = f"Bars on a log scale for the bytes needed. {told}.{here}"
    return picture


@drawing
def one_case(V: int, d: int, N: int, free: int | None = None) -> Picture:
    """Bytes and multiplications of the lookup and of the one-hot route for one size, worked out on paper.

    Args:
        V: vocabulary.
        d: embedding dimension.
        N: tokens.
        free: bytes that this machine has to spare, drawn as a line among the bytes.
    """
    V, d, N = (checked(size, name, (), int) for size, name in ((V, "V"), (d, "d"), (N, "N")))
    for size, name in ((V, "V"), (d, "d"), (N, "N")):
        if not 0 < size < 10**9:
            raise ValueError(f"{name}: expected a whole number from 1 to 999,999,999; got {got(size)}")
    free = None if free is None else _amount(free, "free")
    bytes_ = {"lookup": 4 * N * d, "one-hot": max(12 * N * V, 4 * N * V + 4 * N * d)}
    products = {"lookup": 0, "one-hot": N * V * d}
    picture = Picture(WIDTH, 1.9, layout="constrained")
    left, right = picture.subplots(1, 2)
    _two_bars(left, bytes_, "B", "bytes beside the table, at the peak")
    _two_bars(right, products, "", "multiplications, forward")
    if free:
        left.axvline(free, color=RED, linewidth=1.5)
        label(left, free, -0.75, "free here")
    plate(picture.suptitle(f"V = {V:,}   d = {d:,}   N = {N:,}", fontsize=NORMAL))
    picture.words = (
        f"V = {V:,}, d = {d:,}, N = {N:,}: one-hot makes {bytes_['one-hot']:,} bytes and {products['one-hot']:,} "
        f"multiplications, the lookup {bytes_['lookup']:,} bytes and none."
    )
    if free is not None:
        room = "fits" if bytes_["one-hot"] <= free else "does not fit"
        picture.words += f" One-hot {room} into the memory that is free on this machine."
    return picture


def _two_bars(ax: Axes, amounts: Mapping[str, int], unit: str, xlabel: str) -> None:
    # The same scale for every size, so that moving a control moves the bars.
    for y, (name, amount) in enumerate(amounts.items()):
        ax.barh(y, max(amount - 1, 0), left=1, height=0.6, color=STYLES[name][0])
        label(ax, max(amount, 1) * 2.5, y, in_words(amount, unit), fontsize=NORMAL, ha="left", zorder=5)
    ax.set(xscale="log", xlim=(1, 1e20), ylim=(1.5, -0.9), xlabel=xlabel)
    ax.set_xticks([10**power for power in range(0, 17, 3)])
    ax.set_xticks([], minor=True)
    ax.xaxis.set_major_formatter(EngFormatter(sep=""))
    ax.set_yticks(range(len(amounts)), list(amounts), fontsize=NORMAL)


@drawing
def fastest_map(
    ratios: Sequence[Sequence[float | None]], vocabularies: Sequence[int], tokens: Sequence[int]
) -> Picture:
    """A grid of sizes coloured by the route that wins, with one-hot's time over the lookup's written in each cell.

    Blue: the lookup wins; orange: one-hot wins; white: within 15 % of each other, which is too close to call.

    Args:
        ratios: for each vocabulary, for each number of tokens: time of one-hot ÷ time of the lookup; None where it was
            not tried, nan where it was too noisy to tell.
        vocabularies: the rows' sizes.
        tokens: the columns' sizes.

    Raises:
        TypeError: something else than numbers above 0 and None.
        ValueError: the ratios are not as many as the sizes say.
    """
    vocabularies = checked(vocabularies, "vocabularies", ("rows",), int)
    tokens = checked(tokens, "tokens", ("columns",), int)
    if not isinstance(ratios, (list, tuple)) or not all(isinstance(row, (list, tuple)) for row in ratios):
        raise TypeError(f"ratios: expected a list for each vocabulary; got {got(ratios)}")
    lengths = [len(row) for row in ratios]
    if lengths != [len(tokens)] * len(vocabularies):
        raise ValueError(
            f"ratios: expected {len(vocabularies)} × {len(tokens)} of them, as there are sizes; got rows of {lengths}"
        )
    wide, high = 0.85, 0.36
    picture = Picture(WIDTH, high * len(vocabularies) + 1.2)
    across, down = wide * len(tokens), high * len(vocabularies)
    size = picture.get_size_inches()
    ax = picture.add_axes((1.0 / size[0], 1 - (0.6 + down) / size[1], across / size[0], down / size[1]))
    for i, row in enumerate(ratios):
        for j, ratio in enumerate(row):
            if ratio is None:
                face, said = "#E0E0E0", "not tried"
            elif ratio != ratio:
                face, said = "#E0E0E0", "too noisy"
            else:
                ratio = _amount(ratio, "ratios")
                face = "#BFDCF0" if ratio > 1.15 else "#F7D9A0" if ratio < 1 / 1.15 else "#FFFFFF"
                said = f"{ratio:.2f}" if ratio < 10 else f"{ratio:.0f}"
            cell(ax, j, i, said, face)
    ax.set(xlim=(-0.5, len(tokens) - 0.5), ylim=(len(vocabularies) - 0.5, -0.5))
    ax.set(xlabel="tokens N", ylabel="vocabulary V")
    ax.set_xticks(range(len(tokens)), [f"{one:,}" for one in tokens])
    ax.set_yticks(range(len(vocabularies)), [f"{one:,}" for one in vocabularies])
    ax.set_title(
        "time of one-hot ÷ time of lookup\nblue: lookup wins    orange: one-hot wins    white: too close to call"
    )
    ax.tick_params(length=0)
    for spine in ax.spines.values():
        spine.set_visible(False)
    untried = sum(ratio is None for row in ratios for ratio in row)
    picture.words = (
        f"A grid of vocabularies ({listed(f'{one:,}' for one in vocabularies)}) against numbers of tokens "
        f"({listed(f'{one:,}' for one in tokens)}). Each cell says how many times as long one-hot took as the lookup, "
        f"timed here; blue where the lookup wins, orange where one-hot does. {untried} of {len(tokens) * len(ratios)} "
        "cells were not tried."
    )
    return picture


@drawing
def ratio_bars(groups: Mapping[str, Mapping[str, float]], base: str = "copy") -> Picture:
    """Times as multiples of one of them, in bars: how far each route is from a plain copy, say.

    Args:
        groups: what was measured together → (name → seconds); each group holds `base`.
        base: the name that counts as 1.

    Raises:
        TypeError: not of this form.
        ValueError: a group lacks `base`, or a time is not above 0.
    """
    _mapping(groups, "groups", "what was measured together → (name → seconds)")
    for group, times in groups.items():
        if base not in _mapping(times, f"groups[{group!r}]", "name → seconds"):
            raise ValueError(f"{group!r}: expected {base!r} among them, which counts as 1; got {listed(times)}")
        if min(_amount(seconds, name) for name, seconds in times.items()) <= 0:
            raise ValueError(f"{group!r}: expected times above 0; got {times}")
    count = sum(map(len, groups.values()))
    picture = Picture(WIDTH, 0.7 + 0.26 * count + 0.35 * len(groups), layout="constrained")
    ax = picture.subplots()
    y, most = 0.0, 1.0
    for group, times in groups.items():
        label(ax, 0, y, group, fontsize=NORMAL, ha="left", transform=ax.get_yaxis_transform(), zorder=5)
        for name, seconds in times.items():
            y += 1
            ratio = seconds / times[base]
            most = max(most, ratio)
            ax.barh(y, ratio, height=0.7, color=_styles(list(times))[name][0])
            label(ax, ratio + 0.01 * most, y, f"{ratio:.2f}", ha="left", zorder=5)
            label(ax, -0.01, y, name, ha="right", transform=ax.get_yaxis_transform())
        y += 1.3
    ax.axvline(1, color=GREY, linewidth=1.5, linestyle=":")
    ax.set(xlim=(0, most * 1.15), ylim=(y - 0.7, -0.7), xlabel=f"time ÷ time of the {base}")
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    names = listed(dict.fromkeys(name for times in groups.values() for name in times if name != base))
    picture.words = (
        f"Bars, one group for each table that was timed here: the time of {names} as a multiple of the {base}'s. "
        f"A dotted line marks the {base}, 1."
    )
    return picture


@drawing
def mismatch_counts(counts: Mapping[str, int], runs: int) -> Picture:
    """How many different results a number of runs gave, a bar for each route: 1 means that all runs agree.

    Args:
        counts: route → number of different results, from 1 to `runs`.
        runs: how often each ran.

    Raises:
        TypeError: not of this form.
        ValueError: a count is not between 1 and `runs`.
    """
    runs = checked(runs, "runs", (), int)
    if not 1 <= runs <= 10**6:
        raise ValueError(f"runs: expected 1 to 1,000,000; got {got(runs)}")
    counts = {
        name: checked(count, name, (), int) for name, count in _mapping(counts, "counts", "route → count").items()
    }
    for name, count in counts.items():
        if not 1 <= count <= runs:
            raise ValueError(f"{name}: of {runs} runs, expected 1 to {runs} to differ; got {count}")
    picture = Picture(WIDTH, 0.7 + 0.32 * len(counts), layout="constrained")
    ax = picture.subplots()
    for y, (name, count) in enumerate(counts.items()):
        ax.barh(y, count, height=0.6, color=_styles(list(counts))[name][0])
        label(ax, count + 0.007 * runs, y, f"{count}" + (": all runs agree" if count == 1 else ""), ha="left")
    ax.set(xlim=(0, runs * 1.08), ylim=(len(counts) - 0.4, -0.6), xlabel=f"different gradients in {runs} runs")
    ax.set_yticks(range(len(counts)), list(counts), fontsize=NORMAL)
    picture.words = (
        f"Bars for {listed(counts)}: how many different gradients {runs} runs gave, counted here. 1 means that all "
        "runs agree, to the last bit."
    )
    return picture


@drawing
def text_box(sentence: str) -> Picture:
    """A sentence as a picture: for what differs from machine to machine and so cannot stand in a cell's stored text."""
    lines = textwrap.wrap(text_of(sentence, "sentence", most=1000), 70)
    if not lines:
        raise ValueError("sentence: expected words in it; got none")
    picture = Picture(WIDTH, 0.35 + 0.22 * len(lines))
    plate(picture.text(0.02, 0.5, "\n".join(lines), fontsize=LARGE, va="center", color=INK))
    picture.words = sentence
    return picture


def device_growth(table: Mapping[str, Any]) -> Picture:
    """Times of the routes on one named device, as `growth` draws them, with the device's name above.

    Args:
        table: as `tutorial_pkg.device.measure` returns it.
    """
    _mapping(table, "table", "as tutorial_pkg.device.measure returns it")
    missing = [key for key in ("device", "sizes", "forward", "forward + backward") if key not in table]
    if missing:
        raise ValueError(f"table: expected it as tutorial_pkg.device.measure returns it; got none of {listed(missing)}")
    panels = {f"vocabulary V, {part}": (table["sizes"], table[part]) for part in ("forward", "forward + backward")}
    return growth(panels, "time", title=f"measured here: {table['device']}")
