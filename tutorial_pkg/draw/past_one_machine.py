"""Pictures for notebook 08: a table split among processes, what each process keeps and sends, and its share of work."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.lines import Line2D

from ..words import count_of, describe, in_words, join_words
from . import checks, core
from .charts import chart, coloured, finish, log_panels, log_scale
from .core import Picture, drawing, fit
from .matrices import MOST_ROWS, TOKENS, Table, added_up, equation, frame
from .why_lookup_wins import memory_bars

__all__ = ["added_up", "by_processes", "memory_bars", "parts", "shares"]

PROCESS = core.COLOURS[:4]  # the colour of process 0, 1, ..., and of the first, second, ... line


@drawing
def parts(table: Any, vocabulary: checks.Vocabulary, processes: int) -> Picture:
    """The table split by rows, and next to it the same table split by columns, with a frame for each process.

    `table`: shape (V, d), at most (14, 5). `processes`: at most 4.
    >>> parts([[1.0], [2.0]], ["fox", "in"], 2).words
    'The 2 × 1 table is drawn twice. Split by rows, process 0 has row 0 and process 1 has row 1. Split by ...'
    """
    table = Table(table, vocabulary, most=(MOST_ROWS, 5))
    processes = checks.checked(processes, "processes", (), int, span=(1, len(PROCESS)))
    told, inset = [], 0.06  # so that two frames side by side can both be seen
    picture = equation(table.part(ylabel=TOKENS, title="split by rows"), "", table.part(title="split by columns"))
    sizes = ((table.height, table.width), (table.width, table.height))
    for ax, (size, long), (by, turn) in zip(picture.axes, sizes, (("row", 1), ("column", -1)), strict=True):
        held = []
        for process, colour in enumerate(PROCESS[:processes]):
            first, stop = size * process // processes, size * (process + 1) // processes
            if first < stop:
                corner, sides = (inset - 0.5, first - 0.5 + inset), (long - 2 * inset, stop - first - 2 * inset)
                frame(ax, *corner[::turn], *sides[::turn], colour)
            own = {0: f"none of {size} {by}s", 1: f"{by} {first}"}.get(stop - first, f"{by}s {first} to {stop - 1}")
            held.append(f"process {process} has {own}")
        told.append(f"Split by {by}s, {join_words(held)}.")
    handles = [Line2D([], [], color=PROCESS[i], linewidth=2.5, label=f"process {i}") for i in range(processes)]
    picture.axes[-1].legend(handles=handles, loc="center left", bbox_to_anchor=(1.08, 0.5))
    return picture.say(f"The {table.shape} table is drawn twice.", *told)


@drawing
def by_processes(panels: Mapping[str, Mapping[str, tuple]], measured: Mapping[str, Mapping[str, tuple]]) -> Picture:
    """Bytes of one process against the number of processes, on log scales: calculated lines, and measured marks.

    `panels`: title → name → (numbers of processes, calculated bytes). `measured`: the same form, for some of the lines.
    Points with 0 bytes are left out, since a log scale does not have a 0.
    >>> by_processes({"sent": {"all": ([1, 2, 4], [0, 50.0, 75.0])}}, {"sent": {"all": ([2], [51.0])}}).words
    'The axes have log scales. Under “sent”, “all” goes from 50 B with 2 processes to 75 B with 4 processes. Marks ...'
    """
    lines, told = {}, []
    for title, some in panels.items():
        lines[title] = []
        for name, curve, colour, mark in coloured(some):
            (many, amounts), marks = _above_0(name, curve), measured.get(title, {}).get(name)
            lines[title].append((name, colour, mark, (many, amounts), marks and _above_0(name, marks)))
            ends = (f"{in_words(amounts[at])} with {count_of(int(many[at]), 'process')}" for at in (0, -1))
            told.append(f"Under “{title}”, “{name}” goes from {' to '.join(ends)}.")
    picture = log_panels(lines, "B", xlabel="processes", base=2)
    return picture.say("The axes have log scales.", *told, "Marks show what was measured.")


def _above_0(name: str, curve: tuple) -> tuple[Sequence[float], Sequence[float]]:
    """The points of a curve above 0, which a log scale can show: the numbers of processes, and the bytes."""
    many, amounts = (checks.checked(some, name, ("processes",), span=checks.FROM_0) for some in curve)
    points = [(one, amount) for one, amount in zip(many, amounts, strict=True) if amount > 0]
    if not points:
        raise ValueError(f"{name}: expected byte counts above 0; got none")
    return tuple(zip(*points, strict=True))


@drawing
def shares(loads: Mapping[str, Any]) -> Picture:
    """How many lookups each process serves, the busiest first, as multiples of its fair share.

    `loads`: a way to assign rows to processes → the lookups of each process. All have the same number of processes.
    >>> shares({"uneven": [10, 70, 10, 10]}).words
    'There are 4 processes. A line for each way shows the processes from the busiest to the least busy. With ...'
    """
    found = {name: checks.checked(load, name, ("processes",), span=checks.FROM_0) for name, load in loads.items()}
    processes = len(next(iter(found.values())))
    if any(len(load) != processes or not 0 < sum(load) < math.inf for load in found.values()):
        raise ValueError(f"loads: expected numbers of lookups, {processes} for each way; got {describe(loads)}")
    told, (picture, ax) = [], chart(2.6)
    for name, load, colour, _ in coloured(found):
        multiples = sorted((one * processes / sum(load) for one in load), reverse=True)
        said = fit(f"{name}: busiest {multiples[0]:.1f} ×", 2.6)
        # Each line is thinner than the line before, so it does not hide it
        ax.plot(range(1, processes + 1), multiples, color=colour, linewidth=5 / (len(told) + 1), label=said)
        told.append(f"With {name}, the busiest process serves {multiples[0]:.1f} times its fair share.")
    ax.axhline(1, color=core.GREY, linewidth=1)
    log_scale(ax.xaxis)
    log_scale(ax.yaxis)
    labels = {"xlabel": "processes, the busiest first", "ylabel": "times its fair share"}
    finish(ax, "upper right", ylim=(0.02, 2000), xlim=(0.95, max(2, processes)), **labels)
    lines = "A line for each way shows the processes from the busiest to the least busy."
    return picture.say(f"There are {count_of(processes, 'process')}.", lines, *told)
