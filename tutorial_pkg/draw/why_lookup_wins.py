"""Pictures for notebook 04: growth on log scales, bytes, which route is faster where, and how reliably.

Measured times are different on every machine and in every run. So they are not in a picture's words, but in its
`measured` text, which is for the alt text only.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from ..timing import slope
from ..words import amounts_in_words, in_words, join_words, quoted
from . import checks, core
from .charts import bar_chart, bars, chart, log_panels, style_of
from .core import Picture, drawing, fit
from .matrices import cells

__all__ = ["bar_chart", "fastest_map", "growth", "memory_bars", "one_case"]

OTHERS = "Xp*h<>"  # marks for routes of any other name, in turn


@drawing
def growth(
    panels: Mapping[str, tuple], ylabel: str, on_paper: Mapping = {}, *, unit: str = "s", title: str = ""
) -> Picture:
    """How routes grow, on log scales: marks and lines for what was measured, and the fitted slope of each line.

    `panels`: the label under each panel → the sizes, and route → an amount above 0 for each size. A route's slope is
    the power with which it grows. `on_paper`: panel → route → calculated amounts, drawn as dashed lines. `unit`: "s"
    for seconds or "B" for bytes. The words give only bytes, because measured times are different in every run.
    >>> growth({"V": ([10, 100, 1000], {"one-hot": [1, 10, 100]})}, "peak", unit="B").words
    'Lines show “peak” against V from 10 to 1,000. Both axes have log scales. For V, “one-hot” goes from 1 B ...'
    """
    lines, told, spans, names = {}, [], [], {}
    for name, (sizes, routes) in panels.items():
        sizes, lines[name] = checks.checked(sizes, "sizes", ("sizes",), span=checks.ABOVE_0), []
        for place, (route, amounts) in enumerate(routes.items()):
            amounts, dashed = checks.checked(amounts, route, ("sizes",), span=checks.ABOVE_0), None
            power = slope(sizes, amounts)
            said = f"slope {0.0 if abs(power) < 0.05 else power:.1f}"
            if route in on_paper.get(name, {}):
                dashed = sizes, checks.checked(on_paper[name][route], route, ("sizes",), span=checks.ABOVE_0)
            style = style_of(route, core.RED, OTHERS[place % len(OTHERS)])
            lines[name].append((f"{route}: {said}", *style, dashed, (sizes, amounts)))
            first, last = in_words(amounts[0], unit), in_words(amounts[-1], unit)
            path = f"stays at {first}" if first == last else f"goes from {first} to {last}"
            told.append(f"For {name}, “{route}” {path}, with {said}.")
        spans.append(f"{name} from {min(sizes):,g} to {max(sizes):,g}")
        names |= routes
    picture = log_panels(lines, unit)
    picture.axes[0].set_ylabel(fit(ylabel, 2.2))
    if title:
        picture.suptitle(fit(title, core.WIDTH, core.NORMAL), fontsize=core.NORMAL)
    timed = f"The lines are {quoted(names)}. They were timed here. The legend gives the slope of each line."
    return picture.say(
        f"Lines show “{ylabel}” against {join_words(spans)}. Both axes have log scales.",
        *([timed] if unit == "s" else told),
        bool(on_paper) and "Dashed lines show what was calculated.",
        measured=" ".join(told) if unit == "s" else "",
    )


def _bars(amounts: Mapping[str, float]) -> list:
    return [(name, amount, style_of(name, core.BLUE)[0]) for name, amount in amounts.items()]


@drawing
def memory_bars(amounts: Mapping[str, Mapping[str, int]], limit: int | None = None, owner: str = "") -> Picture:
    """Bytes that are needed, as bars on a log scale; a bar beyond the limit is hatched.

    `amounts`: model (or "") → name → bytes above 0. `limit`: bytes, drawn as a line. `owner`: the owner of this memory.
    If it is empty, the limit is the free memory of this machine, and only the alt text gives the number.
    >>> memory_bars({"": {"small": 10**6, "large": 10**12}}, 10**9, "one GPU").words
    'Bars show how many bytes are needed, on a log scale: small 1 MB and large 1 TB. A line marks what one GPU has, ...'
    """
    groups = {model: _bars(checks.amounts_of(some, model or "amounts")) for model, some in amounts.items()}
    flat, name = [amount for some in groups.values() for _, amount, _ in some], owner or "free here"
    picture = bars(
        groups,
        lambda amount: in_words(amount) + (", does not fit" if limit and amount > limit else ""),
        log="B",
        line=limit and (checks.checked(limit, "limit", (), span=checks.ABOVE_0), f"{name}: {in_words(limit)}"),
        xlabel="bytes (each mark: ten times more)",
        xlim=(min(*flat, limit or flat[0]) / 5, max(*flat, limit or 0) * 2),
    )
    told = [f"{f' For {model}' if model else ''}: {amounts_in_words(some, in_words)}" for model, some in groups.items()]
    beyond = quoted(name for some in groups.values() for name, amount, _ in some if limit and amount > limit)
    beyond = f": {beyond}" if owner and beyond != "none" else ""
    line = f"what {owner} has, {in_words(limit)}" if owner and limit else "the memory that is free on this machine"
    return picture.say(
        f"Bars show how many bytes are needed, on a log scale{'' if '' in groups else '.'}{'.'.join(told)}.",
        bool(limit) and f"A line marks {line}. Bars that go beyond the line are hatched{beyond}.",
        measured="" if owner or not limit else f"The free memory is {in_words(limit)}.",
    )


@drawing
def one_case(V: int, d: int, N: int, free: int | None = None) -> Picture:
    """Bytes and multiplications of the lookup and of the one-hot route for one size, calculated.

    `V`, `d`, `N`: vocabulary, embedding dimension and tokens. `free`: bytes that are free here, drawn as a line.
    >>> one_case(1000, 64, 128).words
    'V = 1,000, d = 64, N = 128. The one-hot route needs 1,536,000 bytes and 8,192,000 multiplications. The ...'
    """
    V, d, N = (checks.checked(n, name, (), int, span=(1, 999_999_999)) for n, name in ((V, "V"), (d, "d"), (N, "N")))
    memory = {"lookup": 4 * N * d, "one-hot": max(12 * N * V, 4 * N * V + 4 * N * d)}
    products, (picture, axes) = {"lookup": 0, "one-hot": N * V * d}, chart(1.8, 2)
    xlabels = "bytes besides the table, at the peak", "multiplications, forward"
    for ax, amounts, unit, xlabel in zip(axes, (memory, products), ("B", ""), xlabels, strict=True):
        line = (free, "free here") if free and unit else None
        # the same scale for every size that the notebook offers, so that moving a control moves the bars
        labels = {"xlabel": xlabel, "xlim": (1, max(1e16, 10.0 * max(amounts.values())))}
        bars({"": _bars(amounts)}, lambda amount, u=unit: in_words(amount, u), ax=ax, log="", line=line, **labels)
        ax.set_xticks([1, 1e3, 1e6, 1e9, 1e12, 1e15], ["1", "1k", "1M", "1G", "1T", "1P"])
    picture.suptitle(f"V = {V:,}   d = {d:,}   N = {N:,}", fontsize=core.NORMAL)
    room = "fits" if memory["one-hot"] <= (free or 0) else "does not fit"
    return picture.say(
        f"V = {V:,}, d = {d:,}, N = {N:,}. The one-hot route needs {memory['one-hot']:,} bytes and",
        f"{products['one-hot']:,} multiplications. The lookup needs {memory['lookup']:,} bytes and no multiplications.",
        bool(free) and f"The one-hot route {room} into the memory that is free on this machine.",
    )


@drawing
def fastest_map(ratios: Sequence[Sequence[float | None]], vocabularies: Any, tokens: Any) -> Picture:
    """A grid of sizes coloured by the faster route: blue for the lookup, orange for one-hot, white within 15 %.

    `ratios`: a row for each vocabulary (at most 12), a column for each number of tokens (at most 8): the time of
    one-hot divided by the time of the lookup. None: not tried. nan: the measurement was too noisy.
    >>> [text.get_text() for text in fastest_map([[0.5, None]], [5], [8, 64]).axes[0].texts]
    ['0.50', 'not tried']
    """
    sizes = (vocabularies, "vocabularies", 12), (tokens, "tokens", 8)
    rows, columns = ([f"{n:,}" for n in checks.checked(some, t, ("sizes",), int, most=m)] for some, t, m in sizes)
    if (lengths := [len(row) for row in ratios]) != [len(columns)] * len(rows):
        raise ValueError(f"ratios: expected {len(rows)} × {len(columns)} of them; got rows of {lengths}")
    flat, told = [ratio for row in ratios for ratio in row], []

    def fill(i: int, j: int) -> tuple:
        if ratios[i][j] is None or ratios[i][j] != ratios[i][j]:
            return "not tried" if ratios[i][j] is None else "too noisy", "#E0E0E0"
        ratio = checks.checked(ratios[i][j], "ratios", (), span=checks.FROM_0)
        said = f"{ratio:.2f}" if ratio < 10 else f"{ratio:.0f}"
        told.append(f"{said} for V = {rows[i]} and N = {columns[j]}")
        return said, "#BFDCF0" if ratio > 1.15 else "#F7D9A0" if ratio < 1 / 1.15 else "#FFFFFF"

    picture, labels = Picture(), {"xlabel": "tokens N", "ylabel": "vocabulary V"}
    colours = "blue: lookup is faster    orange: one-hot is faster    white: nearly equal"
    title, size = f"time of one-hot ÷ time of lookup\n{colours}", (min(0.85, 4.5 / len(columns)), 0.36)
    cells(picture, 0.9, 0.6, rows, columns, fill, size=size, title=title, **labels)
    return picture.say(
        f"A grid has a row for each vocabulary size V ({join_words(rows)})",
        f"and a column for each number of tokens N ({join_words(columns)}).",
        "Each cell gives the time of one-hot divided by the time of the lookup, measured here.",
        "A cell is blue where the lookup is faster and orange where one-hot is faster.",
        f"The number of cells that were not tried is {flat.count(None)} of {len(flat)}.",
        measured=f"The results are: {'; '.join(told)}.",
    )
