"""Pictures for notebook 04: growth on log scales, bytes, which route is faster where, and how reliably.

What is timed differs from machine to machine and from run to run. So the words of those pictures do not name times,
because a notebook's stored text is compared with that of the next run; `measured` names them, for the alt text.
Other input raises the errors of `checks`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..timing import slope
from . import checks, core
from .charts import bars, chart, log_panels
from .core import Picture, describe, drawing, fit, in_words, join_words
from .matrices import cells

# Colour and marker by what a route's name begins with, so that a route looks the same in every picture.
STYLES = {"one-hot": (core.ORANGE, "s"), "lookup": (core.BLUE, "o"), "dense": (core.BLUE, "o")}
STYLES |= {"sparse": (core.SKY, "D"), "table": (core.GREY, "v"), "W[ids]": (core.GREEN, "^")}
STYLES |= {"copy": (core.GREY, "v"), "index_select": (core.PINK, "P")}
OTHERS = "Xp*h<>"  # marks for routes of any other name, in turn


def _style(name: str, place: int) -> tuple[str, str]:
    other = (core.RED, OTHERS[place % len(OTHERS)])
    return next((style for start, style in STYLES.items() if name.startswith(start)), other)


def _bars(groups: Mapping[str, Mapping[str, float]]) -> dict[str, list]:
    return {group: [(name, one, _style(name, 0)[0]) for name, one in some.items()] for group, some in groups.items()}


def _free(free: Any) -> float | None:
    return None if free is None else checks.checked(free, "free", (), span=checks.ABOVE_0)


@drawing
def growth(
    panels: Mapping[str, tuple], ylabel: str, on_paper: Mapping | None = None, *, unit: str = "s", title: str = ""
) -> Picture:
    """How routes grow, on log scales: marks and lines for what was measured, with each one's fitted slope.

    `panels`: what is below the panel → (the sizes, route → amount above 0 for each size); at most 4. A route's slope is
    the power with which it grows. `on_paper`: panel → route → calculated amounts, drawn as dashed lines. `unit`: "s"
    for seconds, which are timed, or "B" for bytes, which are counted and so are named in the picture's words.
    >>> growth({"V": ([10, 100, 1000], {"one-hot": [1, 10, 100]})}, "peak", unit="B").words
    'Both scales are log scales: peak, against V from 10 to 1 k. V, one-hot: slope 1.0, from 1 B to 100 B.'
    """
    checks.dict_of(panels, "panels", "label → (sizes, route → amounts)", 4)
    ylabel, title = checks.text_of(ylabel, "ylabel"), checks.text_of(title, "title")
    if not isinstance(unit, str) or unit not in ("s", "B"):
        raise ValueError(f"unit: expected 's' or 'B'; got {describe(unit)}")
    paper = checks.dict_of(on_paper, "on_paper", "label → (route → amounts)") if on_paper is not None else {}
    lines, told, spans, drawn = {}, [], [], {}
    for name, panel in panels.items():
        sizes, routes = checks.list_of(panel, "panels", "(sizes, route → amounts) for each", 2, 2)
        sizes, routes = checks.checked(sizes, "sizes", ("sizes",)), checks.dict_of(routes, name, "route → amounts")
        calculated = checks.dict_of(paper[name], name, "route → amounts") if name in paper else {}
        lines[name], drawn = [], drawn | routes
        for place, (route, amounts) in enumerate(routes.items()):
            amounts, due = checks.checked(amounts, route, ("sizes",)), calculated.get(route)
            power = slope(sizes, amounts) + 0.0
            said = f"{route}: slope {0.0 if abs(power) < 0.05 else power:.1f}"
            if due is not None:
                slope(sizes, due)  # refuses what does not fit
            lines[name].append((said, *_style(route, place), None if due is None else (sizes, due), (sizes, amounts)))
            told.append(f"{name}, {said}, from {in_words(amounts[0], unit)} to {in_words(amounts[-1], unit)}.")
        spans.append(f"{name} from {in_words(min(sizes), '')} to {in_words(max(sizes), '')}")
    picture = log_panels(lines, unit)
    picture.axes[0].set_ylabel(fit(ylabel, 2.2))
    if title:
        picture.suptitle(fit(title, core.WIDTH, core.NORMAL), fontsize=core.NORMAL)
    timed = f"There is a line for each of {join_words(drawn)}, timed here. The legend gives the slope of each line."
    return picture.say(
        f"Both scales are log scales: {ylabel}, against {join_words(spans)}.",
        *([timed] if unit == "s" else told),
        bool(paper) and "Dashed lines show what was calculated.",
        measured=" ".join(told) if unit == "s" else "",
    )


@drawing
def memory_bars(amounts: Mapping[str, Mapping[str, int]], free: int | None = None) -> Picture:
    """Bytes needed by each route for each model as bars on a log scale; what does not fit is hatched.

    `amounts`: model → (what needs the bytes → bytes above 0). `free`: bytes that are free here, drawn as a line.
    >>> memory_bars({"GPT-2": {"table": 154_389_504, "lookup": 10}}).words
    'Bars on a log scale show the bytes that are needed. GPT-2: table 154 MB and lookup 10 B.'
    """
    models = checks.dict_of(amounts, "amounts", "model → (what needs the bytes → bytes)", 6)
    groups = {model: checks.amounts_of(some, model, "name → bytes") for model, some in models.items()}
    free = _free(free)
    flat = [amount for some in groups.values() for amount in some.values()]
    picture, _ = bars(
        _bars(groups),
        lambda amount: in_words(amount) + (", does not fit here" if free and amount > free else ""),
        log="B",
        line=free and (free, f"free here: {in_words(free)}"),
        hatch=True,
        xlabel="bytes (each mark: ten times more)",
        xlim=(min(flat) / 5, max([*flat, free or 0]) * 2),
    )
    told = (f"{m}: {join_words(f'{name} {in_words(one)}' for name, one in some.items())}" for m, some in groups.items())
    return picture.say(
        f"Bars on a log scale show the bytes that are needed. {'; '.join(told)}.",
        bool(free) and "A line marks the memory that is free on this machine. Bars of more bytes are hatched.",
        measured=f"{in_words(free)} are free here." if free else "",
    )


@drawing
def one_case(V: int, d: int, N: int, free: int | None = None) -> Picture:
    """Bytes and multiplications of the lookup and of the one-hot route for one size, calculated.

    `V`, `d`, `N`: vocabulary, embedding dimension and tokens. `free`: bytes that are free here, drawn as a line.
    >>> one_case(1000, 64, 128).words
    'V = 1,000, d = 64, N = 128. The one-hot route makes 1,536,000 bytes and 8,192,000 multiplications. The ...'
    """
    V, d, N = (checks.checked(n, name, (), int, span=(1, 999_999_999)) for n, name in ((V, "V"), (d, "d"), (N, "N")))
    free, (picture, axes) = _free(free), chart(1.8, 2)
    memory = {"lookup": 4 * N * d, "one-hot": max(12 * N * V, 4 * N * V + 4 * N * d)}
    products = {"lookup": 0, "one-hot": N * V * d}
    xlabels = "bytes besides the table, at the peak", "multiplications, forward"
    for ax, amounts, unit, xlabel in zip(axes, (memory, products), ("B", ""), xlabels, strict=True):
        line = (free, "free here") if free and unit else None
        # the same scale for every size that the notebook offers, so that moving a control moves the bars
        labels = {"xlabel": xlabel, "xlim": (1, max(1e16, 10.0 * max(amounts.values())))}
        bars(_bars({"": amounts}), lambda one, u=unit: in_words(one, u), ax=ax, log="", line=line, **labels)
        ax.set_xticks([1, 1e3, 1e6, 1e9, 1e12, 1e15], ["1", "1k", "1M", "1G", "1T", "1P"])
        ax.set_xticks([], minor=True)
    picture.suptitle(f"V = {V:,}   d = {d:,}   N = {N:,}", fontsize=core.NORMAL)
    room = "fits" if memory["one-hot"] <= (free or 0) else "does not fit"
    return picture.say(
        f"V = {V:,}, d = {d:,}, N = {N:,}. The one-hot route makes {memory['one-hot']:,} bytes and",
        f"{products['one-hot']:,} multiplications. The lookup makes {memory['lookup']:,} bytes and no multiplications.",
        bool(free) and f"The one-hot route {room} into the memory that is free on this machine.",
    )


@drawing
def fastest_map(ratios: Sequence[Sequence[float | None]], vocabularies: Any, tokens: Any) -> Picture:
    """A grid of sizes coloured by the faster route, with one-hot's time over the lookup's written in each cell.

    Blue: the lookup is faster; orange: one-hot is faster; white: they are within 15 % of each other. `ratios`: for each
    vocabulary (at most 12), for each number of tokens (at most 8): time of one-hot ÷ time of the lookup; None where it
    was not tried, nan where it was too noisy to tell.
    >>> [text.get_text() for text in fastest_map([[0.5, None]], [5], [8, 64]).axes[0].texts]
    ['0.50', 'not tried']
    """
    sizes = (vocabularies, "vocabularies", 12), (tokens, "tokens", 8)
    rows, columns = ([f"{n:,}" for n in checks.checked(some, t, ("sizes",), int, most=m)] for some, t, m in sizes)
    ratios = [checks.list_of(row, "ratios", "a list for each") for row in checks.list_of(ratios, "ratios", "lists")]
    if (lengths := [len(row) for row in ratios]) != [len(columns)] * len(rows):
        raise ValueError(f"ratios: expected {len(rows)} × {len(columns)} of them; got rows of {lengths}")
    flat, told = [ratio for row in ratios for ratio in row], []

    def fill(i: int, j: int) -> tuple:
        if ratios[i][j] is None or ratios[i][j] != ratios[i][j]:
            return "not tried" if ratios[i][j] is None else "too noisy", "#E0E0E0"
        ratio = checks.checked(ratios[i][j], "ratios", (), span=checks.FROM_0)
        said = f"{ratio:.2f}" if ratio < 10 else f"{ratio:.0f}"
        told.append(f"V = {rows[i]} and N = {columns[j]}, {said}")
        return said, "#BFDCF0" if ratio > 1.15 else "#F7D9A0" if ratio < 1 / 1.15 else "#FFFFFF"

    picture, labels = Picture(), {"xlabel": "tokens N", "ylabel": "vocabulary V"}
    colours = "blue: lookup is faster    orange: one-hot is faster    white: nearly equal"
    title, size = f"time of one-hot ÷ time of lookup\n{colours}", (min(0.85, 4.5 / len(columns)), 0.36)
    cells(picture, 0.9, 0.6, rows, columns, fill, size=size, title=title, **labels)
    return picture.say(
        f"A grid shows vocabularies ({join_words(rows)}) against numbers of tokens ({join_words(columns)}).",
        "Each cell gives the time of one-hot as a multiple of the lookup's time, measured here.",
        "It is blue where the lookup is faster and orange where one-hot is faster.",
        f"{sum(ratio is None for ratio in flat)} of {len(flat)} cells were not tried.",
        measured=f"The multiples are: {'; '.join(told)}.",
    )


@drawing
def ratio_bars(groups: Mapping[str, Mapping[str, float]]) -> Picture:
    """Times as multiples of the time of a plain copy, in bars.

    `groups`: what was measured together → (name → seconds above 0), with "copy" among the names.
    >>> ratio_bars({"GPT-2": {"copy": 2.0, "lookup": 3.0}}).measured
    'The multiples are: GPT-2, copy 1.00 and lookup 1.50.'
    """
    found = {}
    for group, times in checks.dict_of(groups, "groups", "what was measured together → (name → seconds)", 6).items():
        seconds = checks.amounts_of(times, group, "name → seconds")
        if "copy" not in seconds:
            raise ValueError(f"{group!r}: expected 'copy' among them, which counts as 1; got {join_words(times)}")
        found[group] = {name: one / seconds["copy"] for name, one in seconds.items()}
    xlim = (0, max(max(ratios.values()) for ratios in found.values()))
    labels = {"xlabel": "time ÷ time of the copy", "xlim": xlim}
    picture, _ = bars(_bars(found), lambda ratio: f"{ratio:.2f}", line=(1, ""), **labels)
    names = join_words(dict.fromkeys(name for times in groups.values() for name in times if name != "copy"))
    told = (f"{g}, {join_words(f'{n} {ratio:.2f}' for n, ratio in ratios.items())}" for g, ratios in found.items())
    return picture.say(
        f"Bars, in a group for each table that was timed here, show the time of {names} as a multiple of the time of",
        "the copy. A dotted line marks the copy, 1.",
        measured=f"The multiples are: {'; '.join(told)}.",
    )


@drawing
def mismatch_counts(counts: Mapping[str, int], runs: int) -> Picture:
    """How many different results (1 to `runs`) a number of runs gave, a bar for each route: 1 means that all agree.

    >>> mismatch_counts({"W[ids]": 25, "lookup": 1}, 30).measured
    'The counts are W[ids] 25 and lookup 1.'
    """
    runs = checks.checked(runs, "runs", (), int, span=(1, 10**6))
    counts = checks.amounts_of(counts, "counts", "route → count", (1, runs), kind=int)
    labels = {"xlim": (0, runs), "xlabel": f"different gradients in {runs} runs"}
    picture, _ = bars(_bars({"": counts}), lambda n: f"{n}" + (": all runs agree" if n == 1 else ""), **labels)
    return picture.say(
        f"Bars for {join_words(counts)} show how many different gradients {runs} runs gave, counted here.",
        "1 means that all runs agree, to the last bit.",
        measured=f"The counts are {join_words(f'{name} {count}' for name, count in counts.items())}.",
    )


def device_growth(table: Mapping[str, Any]) -> Picture:
    """Times of the routes on one named device, as `growth` draws them; `table` is what `device.measure` returns."""
    due = ("device", "sizes", "forward", "forward + backward")
    if not set(due) <= set(checks.dict_of(table, "table", "as tutorial_pkg.device.measure returns it")):
        raise ValueError(f"table: expected what tutorial_pkg.device.measure returns, with {join_words(due)}")
    panels = {f"vocabulary V, {part}": (table["sizes"], table[part]) for part in due[2:]}
    return growth(panels, "time", title=f"measured here: {table['device']}")
