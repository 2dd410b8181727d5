"""Pictures for notebook 08: a table in parts, what each process holds and sends, and who gets how much of the work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

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
    ids_of,
    label,
    listed,
    matrix_of,
    named,
    plate,
    words_of,
)
from .why_lookup_wins import in_words

PROCESS = (BLUE, ORANGE, GREEN, PINK)  # the colour of process 0, 1, ...
MARKS = "osD^v"


@drawing
def memory(models: Mapping[str, int], limit: int, what: str) -> Picture:
    """The bytes that models need, as bars on a log scale; those beyond the limit are hatched.

    Args:
        models: name → bytes above 0.
        limit: bytes, drawn as a line.
        what: the limit in words, such as "one GPU".
    """
    amounts = [int(amount) for amount in models.values()]
    if not amounts or min(amounts) <= 0:
        raise ValueError(f"models: expected at least one, with bytes above 0; got {dict(models)}")
    picture = Picture(WIDTH, 0.9 + 0.3 * len(amounts), layout="constrained")
    ax = picture.subplots()
    for y, amount in enumerate(amounts):
        ax.barh(y, amount, height=0.6, color=BLUE, hatch="//" if amount > limit else None, edgecolor="white")
        label(ax, amount * 1.3, y, in_words(amount), ha="left", zorder=5)
    ax.axvline(limit, color=RED, linewidth=1.5)
    label(ax, limit, -0.8, f"{what}: {in_words(limit)}")
    ax.set(xscale="log", xlim=(min(amounts) / 10, max(amounts) * 50), ylim=(len(amounts) - 0.5, -1.1))
    ax.set_yticks(range(len(amounts)), list(models))
    ax.xaxis.set_major_formatter(EngFormatter("B"))
    told = listed(f"{name} {in_words(amount)}" for name, amount in models.items())
    beyond = [name for name, amount in models.items() if amount > limit]
    picture.words = f"Bars on a log scale: {told}. More than {what} has, {in_words(limit)}: {listed(beyond)}."
    return picture


@drawing
def parts(table: Any, vocabulary: Mapping[str, int] | Sequence[str], processes: int) -> Picture:
    """The table cut by rows, and beside it the same table cut by columns, a colour for each process.

    Args:
        table: shape (V, d).
        vocabulary: V tokens.
        processes: at most 4.
    """
    table = matrix_of(table)
    words = words_of(vocabulary, len(table))
    if not 1 <= processes <= len(PROCESS):
        raise ValueError(f"processes: expected 1 to {len(PROCESS)}; got {processes}")
    height, width = len(table), len(table[0])
    picture = Picture(WIDTH, 0.28 * height + 0.95)
    shown = {"values": table, "rows": named(range(height), words), "xlabel": DIMENSION}
    axes = equation(
        picture, {**shown, "ylabel": TOKENS, "title": "cut by rows"}, "", {**shown, "title": "cut by columns"}
    )
    told = []
    for ax, size, by in zip(axes, (height, width), ("rows", "columns"), strict=True):
        held = []
        for process in range(processes):
            first, stop = size * process // processes, size * (process + 1) // processes
            if first < stop:
                box = (
                    (-0.5, first - 0.5, width, stop - first)
                    if by == "rows"
                    else (first - 0.5, -0.5, stop - first, height)
                )
                inset = 0.06
                frame(ax, box[0] + inset, box[1] + inset, box[2] - 2 * inset, box[3] - 2 * inset, PROCESS[process])
            which = (
                f"{by} {first} to {stop - 1}" if stop - first > 1 else f"{by[:-1]} {first}" if first < stop else "none"
            )
            held.append(f"process {process} has {which}")
        told.append(f"cut by {by}, {listed(held)}")
    _legend(picture, axes[-1], processes)
    picture.words = f"The {height} × {width} table twice: {'; '.join(told)}."
    return picture


def _legend(picture: Picture, ax: Any, processes: int) -> None:
    from matplotlib.lines import Line2D

    handles = [Line2D([], [], color=PROCESS[i], linewidth=2.5, label=f"process {i}") for i in range(processes)]
    ax.legend(handles=handles, loc="center left", bbox_to_anchor=(1.08, 0.5))


@drawing
def added_up(contributions: Sequence[Any], ids: Any, vocabulary: Mapping[str, int] | Sequence[str]) -> Picture:
    """What each process puts into the sum, and the sum: for each id one of them has its row, the others zeros.

    Args:
        contributions: for each process a matrix of shape (N, d); two or three.
        ids: N of them.
        vocabulary: the tokens.
    """
    grids = [matrix_of(one, f"contributions[{i}]") for i, one in enumerate(contributions)]
    words = words_of(vocabulary)
    ids = ids_of(ids, rows=len(words))
    total = [[sum(numbers) for numbers in zip(*rows, strict=True)] for rows in zip(*grids, strict=True)]
    held = [[i for i, row in enumerate(grid) if any(row)] for grid in grids]
    limit = max(abs(value) for row in total for value in row)
    picture = Picture(WIDTH, 0.28 * len(ids) + 0.55)
    pieces: list[Any] = []
    for process, (grid, lit) in enumerate(zip(grids, held, strict=True)):
        rows = named(ids, words) if process == 0 else [""] * len(ids)
        pieces += ["+"] if process else []
        pieces.append({"values": grid, "rows": rows, "columns": [""] * len(grid[0]), "lit": lit, "limit": limit})
        pieces[-1]["title"] = f"process {process}"
    pieces += [
        "=",
        {"values": total, "rows": [""] * len(ids), "columns": [""] * len(total[0]), "title": "in every process"},
    ]
    equation(picture, *pieces)
    told = listed(
        f"process {process} has the rows of {listed(named([ids[i] for i in lit], words))}, and zeros elsewhere"
        for process, lit in enumerate(held)
    )
    picture.words = f"{told[0].upper()}{told[1:]}. Added up, each id has its row, in every process."
    return picture


@drawing
def by_processes(
    panels: Mapping[str, Mapping[str, tuple[Sequence[int], Sequence[float]]]],
    measured: Mapping[str, Mapping[str, tuple[Sequence[int], Sequence[float]]]],
) -> Picture:
    """Bytes of one process against the number of processes, on log-log paper: lines worked out, marks measured.

    Args:
        panels: title → name → (numbers of processes, bytes worked out). A byte count of 0 is left out.
        measured: the same for what was measured.
    """
    picture = Picture(WIDTH, 3.2, layout="constrained")
    axes = picture.subplots(1, len(panels), squeeze=False)[0]
    told = []
    for ax, (title, lines) in zip(axes, panels.items(), strict=True):
        for i, (name, (processes, amounts)) in enumerate(lines.items()):
            points = [(p, amount) for p, amount in zip(processes, amounts, strict=True) if amount > 0]
            colour = PROCESS[i % len(PROCESS)]
            ax.plot(*zip(*points, strict=True), "--", color=colour, linewidth=2, label=name)
            seen = [
                (p, amount) for p, amount in zip(*measured.get(title, {}).get(name, ((), ())), strict=True) if amount
            ]
            if seen:
                ax.plot(*zip(*seen, strict=True), MARKS[i], color=colour, markersize=6)
            (low, first), (high, last) = points[0], points[-1]
            told.append(f"{title}, {name}: {in_words(first)} with {low}, {in_words(last)} with {high}")
        ax.set(xscale="log", yscale="log", xlabel="processes", title=title)
        ax.set_xscale("log", base=2)
        ax.xaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
        ax.yaxis.set_major_formatter(EngFormatter("B"))
        ax.tick_params(which="minor", labelleft=False)
        ax.grid(True, which="major", linewidth=0.8)
        ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.2))
    plate(picture.supxlabel("dashed: worked out on paper     marks: measured", fontsize=SMALL))
    picture.words = f"Log-log paper. {'; '.join(told)}. Marks show what was measured; they lie on the lines."
    return picture


@drawing
def shares(loads: Mapping[str, Any]) -> Picture:
    """How many lookups each process serves, the busiest first, as multiples of its fair share.

    Args:
        loads: way of dealing out the rows → lookups of each process, P of them.
    """
    all_loads = {
        name: checked(list(map(float, load)), name, ("processes",), most=100_000) for name, load in loads.items()
    }
    picture = Picture(WIDTH, 2.6, layout="constrained")
    ax = picture.subplots()
    worst = {}
    for i, (name, load) in enumerate(all_loads.items()):
        fair = sum(load) / len(load)
        multiples = sorted((one / fair for one in load), reverse=True)
        worst[name] = multiples[0]
        line = multiples if len(multiples) > 1 else multiples * 2
        places = range(1, len(multiples) + 1) if len(multiples) > 1 else (1, 2)
        ax.plot(
            places, line, color=PROCESS[i % len(PROCESS)], linewidth=2, label=f"{name}: busiest {worst[name]:.1f} ×"
        )
    ax.axhline(1, color=GREY, linewidth=1)
    processes = len(next(iter(all_loads.values())))
    ax.set(xscale="log", yscale="log", ylim=(0.02, 200), xlim=(1, max(2, processes)))
    ax.set(xlabel="processes, the busiest first", ylabel="times its fair share")
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(StrMethodFormatter("{x:,g}"))
    ax.tick_params(which="minor", labelleft=False, labelbottom=False)
    ax.legend(loc="upper right")
    told = listed(f"{name}, {multiple:.1f} times" for name, multiple in worst.items())
    picture.words = f"{processes:,} processes. The busiest serves, of its fair share: {told}."
    return picture
