"""Pictures for notebook 08: a table in parts, what each process holds and sends, and who gets how much of the work."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import EngFormatter, StrMethodFormatter

from .common import (
    BLUE,
    DIMENSION,
    GREEN,
    GREY,
    ORANGE,
    PINK,
    RED,
    SMALL,
    TOKENS,
    WIDTH,
    Picture,
    checked,
    drawing,
    equation,
    frame,
    got,
    ids_of,
    label,
    listed,
    matrix_of,
    named,
    plate,
    texts_of,
    words_of,
)
from .why_lookup_wins import in_words

PROCESS = (BLUE, ORANGE, GREEN, PINK)  # the colour of process 0, 1, ..., and of the first, second, ... line
MARKS = "osD^"


def _named(thing: Any, name: str, most: int = len(PROCESS)) -> Mapping[str, Any]:
    """A dict from a few names to something."""
    if not isinstance(thing, Mapping) or not 1 <= len(thing) <= most:
        raise TypeError(f"{name}: expected a dict with 1 to {most} names in it; got {got(thing)}")
    texts_of(thing, name)
    return thing


def _above_0(amount: Any, name: str) -> float:
    amount = checked(amount, name, ())
    if not 0 < amount < math.inf:
        raise ValueError(f"{name}: expected a finite number above 0; got {amount}")
    return amount


@drawing
def memory(models: Mapping[str, int], limit: int, what: str) -> Picture:
    """The bytes that models need, as bars on a log scale; those beyond the limit are hatched.

    Args:
        models: name → bytes above 0.
        limit: bytes, drawn as a line.
        what: whose limit it is, such as "one GPU".

    Raises:
        TypeError, ValueError: not of this form.
    """
    amounts = [_above_0(amount, name) for name, amount in _named(models, "models", 8).items()]
    limit = _above_0(limit, "limit")
    (what,) = texts_of([what], "what")
    what = what[:60]
    picture = Picture(WIDTH, 0.9 + 0.3 * len(amounts), layout="constrained")
    ax = picture.subplots()
    for y, amount in enumerate(amounts):
        ax.barh(y, amount, height=0.6, color=BLUE, hatch="//" if amount > limit else None, edgecolor="white")
        label(ax, amount * 1.3, y, in_words(amount), ha="left", zorder=5)
    ax.axvline(limit, color=RED, linewidth=1.5)
    label(ax, limit, -0.8, f"{what}: {in_words(limit)}")
    low, high = min(*amounts, limit), max(*amounts, limit)
    ax.set(xscale="log", xlim=(low / 10, high * 50), ylim=(len(amounts) - 0.5, -1.1))
    ax.set_yticks(range(len(amounts)), list(models))
    ax.xaxis.set_major_formatter(EngFormatter("B"))
    told = listed(f"{name} {in_words(amount)}" for name, amount in models.items())
    beyond = listed(name for name, amount in models.items() if amount > limit)
    picture.words = f"Bars on a log scale: {told}. More than {what} has, {in_words(limit)}: {beyond}."
    return picture


@drawing
def parts(table: Any, vocabulary: Mapping[str, int] | Sequence[str], processes: int) -> Picture:
    """The table cut by rows, and beside it the same table cut by columns, a frame for each process.

    Args:
        table: shape (V, d).
        vocabulary: V tokens.
        processes: at most 4.

    Raises:
        TypeError, ValueError: not of this form.
    """
    table = matrix_of(table)
    words = words_of(vocabulary, len(table))
    processes = checked(processes, "processes", (), int)
    if not 1 <= processes <= len(PROCESS):
        raise ValueError(f"processes: expected 1 to {len(PROCESS)}; got {got(processes)}")
    height, width = len(table), len(table[0])
    picture = Picture(WIDTH, 0.28 * height + 0.95)
    shown = {"values": table, "rows": named(range(height), words), "xlabel": DIMENSION}
    axes = equation(
        picture, {**shown, "ylabel": TOKENS, "title": "cut by rows"}, "", {**shown, "title": "cut by columns"}
    )
    told, inset = [], 0.06  # so that two frames side by side are both seen
    for ax, size, by in zip(axes, (height, width), ("rows", "columns"), strict=True):
        held = []
        for process in range(processes):
            first, stop = size * process // processes, size * (process + 1) // processes
            long = stop - first - 2 * inset
            start = first - 0.5 + inset
            if first == stop:
                held.append(f"process {process} has none")
                continue
            if by == "rows":
                frame(ax, inset - 0.5, start, width - 2 * inset, long, PROCESS[process])
            else:
                frame(ax, start, inset - 0.5, long, height - 2 * inset, PROCESS[process])
            one = stop - first == 1
            held.append(f"process {process} has " + (f"{by[:-1]} {first}" if one else f"{by} {first} to {stop - 1}"))
        told.append(f"cut by {by}, {listed(held)}")
    handles = [Line2D([], [], color=PROCESS[i], linewidth=2.5, label=f"process {i}") for i in range(processes)]
    axes[-1].legend(handles=handles, loc="center left", bbox_to_anchor=(1.08, 0.5))
    picture.words = f"The {height} × {width} table twice: {'; '.join(told)}."
    return picture


@drawing
def added_up(contributions: Sequence[Any], ids: Any, vocabulary: Mapping[str, int] | Sequence[str]) -> Picture:
    """What each process puts into the sum, and the sum: for each id one of them has its row, the others zeros.

    Args:
        contributions: for each process a matrix of shape (N, d); two or three.
        ids: N of them.
        vocabulary: the tokens.

    Raises:
        TypeError, ValueError, IndexError: not of this form.
    """
    words = words_of(vocabulary)
    ids = ids_of(ids, rows=len(words))
    if not isinstance(contributions, (list, tuple)) or not 2 <= len(contributions) <= 3:
        raise TypeError(f"contributions: expected a list of two or three matrices; got {got(contributions)}")
    grids = [matrix_of(one, f"contributions[{i}]") for i, one in enumerate(contributions)]
    sizes = {(len(grid), len(grid[0])) for grid in grids}
    if sizes != {(len(ids), len(grids[0][0]))}:
        raise ValueError(f"contributions: expected matrices of one size, with {len(ids)} rows; got {sorted(sizes)}")
    total = [[sum(numbers) for numbers in zip(*rows, strict=True)] for rows in zip(*grids, strict=True)]
    held = [[i for i, row in enumerate(grid) if any(row)] for grid in grids]
    shown = {"limit": max(abs(value) for row in total for value in row), "columns": [""] * len(total[0])}
    picture = Picture(WIDTH, 0.28 * len(ids) + 0.55)
    pieces: list[Any] = []
    for process, (grid, lit) in enumerate(zip(grids, held, strict=True)):
        rows = [""] * len(ids) if process else named(ids, words)
        pieces += ["+"] if process else []
        pieces.append({"values": grid, "rows": rows, "lit": lit, "title": f"process {process}", **shown})
    equation(picture, *pieces, "=", {"values": total, "rows": [""] * len(ids), "title": "in every process", **shown})
    told = listed(
        f"process {process} has the rows of {listed(named([ids[i] for i in lit], words))}, and zeros elsewhere"
        for process, lit in enumerate(held)
    )
    picture.words = f"{told[0].upper()}{told[1:]}. Added up, each id has its row, in every process."
    return picture


Line = tuple[Sequence[int], Sequence[float]]


@drawing
def by_processes(panels: Mapping[str, Mapping[str, Line]], measured: Mapping[str, Mapping[str, Line]]) -> Picture:
    """Bytes of one process against the number of processes, on log-log paper: lines worked out, marks measured.

    Args:
        panels: title → name → (numbers of processes, bytes worked out). A byte count of 0 is left out.
        measured: the same for what was measured.

    Raises:
        TypeError, ValueError: not of this form.
    """
    lines = {title: _lines(some, title) for title, some in _named(panels, "panels").items()}
    marks = {title: _lines(some, title) for title, some in _named(measured, "measured").items()}
    picture = Picture(WIDTH, 3.4, layout="constrained")
    told = []
    for ax, (title, some) in zip(picture.subplots(1, len(lines), squeeze=False)[0], lines.items(), strict=True):
        for i, (name, points) in enumerate(some.items()):
            if not points:
                raise ValueError(f"{name}: expected byte counts above 0; got none")
            ax.plot(*zip(*points, strict=True), "--", color=PROCESS[i], linewidth=2, label=name)
            if seen := marks.get(title, {}).get(name):
                ax.plot(*zip(*seen, strict=True), MARKS[i], color=PROCESS[i], markersize=6)
            (low, first), (high, last) = points[0], points[-1]
            told.append(f"{title}, {name}: {in_words(first)} with {low:g}, {in_words(last)} with {high:g}")
        ax.set(yscale="log", xlabel="processes", title=title)
        ax.set_xscale("log", base=2)
        _plain(ax, x=True)
        ax.yaxis.set_major_formatter(EngFormatter("B"))
        ax.grid(True, which="major", linewidth=0.8)
        ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.2))
    plate(picture.supxlabel("dashed: worked out on paper     marks: measured", fontsize=SMALL))
    picture.words = f"Log-log paper. {'; '.join(told)}. Marks show what was measured."
    return picture


def _lines(some: Any, title: str) -> dict[str, list[tuple[float, float]]]:
    """name → (processes, bytes) pairs, without those of 0 bytes, for which there is no place on log-log paper."""
    found = {}
    for name, line in _named(some, title).items():
        if not isinstance(line, (list, tuple)) or len(line) != 2:
            raise TypeError(f"{name}: expected (numbers of processes, bytes); got {got(line)}")
        processes, amounts = (checked(part, name, ("processes",)) for part in line)
        if len(processes) != len(amounts):
            raise ValueError(f"{name}: expected {len(processes)} byte counts, one for each number; got {len(amounts)}")
        found[name] = [(p, amount) for p, amount in zip(processes, amounts, strict=True) if amount > 0]
    return found


def _plain(ax: Axes, *, x: bool = False, y: bool = False) -> None:
    """Numbers on a log axis as they are spoken: 1,024 and .1."""
    for axis, wanted in ((ax.xaxis, x), (ax.yaxis, y)):
        if wanted:
            axis.set_major_formatter(StrMethodFormatter("{x:,g}"))
    ax.tick_params(which="minor", labelleft=False, labelbottom=False)


@drawing
def shares(loads: Mapping[str, Any]) -> Picture:
    """How many lookups each process serves, the busiest first, as multiples of its fair share.

    Args:
        loads: way of dealing out the rows → lookups of each process, as many processes in each way.

    Raises:
        TypeError, ValueError: not of this form.
    """
    found = {name: checked(load, name, ("processes",), most=1024) for name, load in _named(loads, "loads").items()}
    processes = len(next(iter(found.values())))
    if any(len(load) != processes or min(load) < 0 or not 0 < sum(load) < math.inf for load in found.values()):
        raise ValueError(f"loads: expected numbers of lookups, {processes} for each way; got {got(loads)}")
    picture = Picture(WIDTH, 2.6, layout="constrained")
    ax = picture.subplots()
    told = []
    for i, (name, load) in enumerate(found.items()):
        fair = sum(load) / len(load)
        multiples = [one / fair for one in sorted(load, reverse=True)]
        said = f"busiest {multiples[0]:.1f} ×"
        ax.plot(range(1, processes + 1), multiples, color=PROCESS[i], linewidth=2, label=f"{name}: {said}")
        told.append(f"{name}, {multiples[0]:.1f} times")
    ax.axhline(1, color=GREY, linewidth=1)
    ax.set(xscale="log", yscale="log", ylim=(0.02, 2000), xlim=(0.95, max(2, processes)))
    ax.set(xlabel="processes, the busiest first", ylabel="times its fair share")
    _plain(ax, x=True, y=True)
    ax.legend(loc="upper right")
    picture.words = f"{processes:,} processes. The busiest serves, of its fair share: {listed(told)}."
    return picture
