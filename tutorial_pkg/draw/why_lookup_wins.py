"""Pictures for notebook 04: growth on log scales, bytes, which route is faster where, and how reliably.

What is timed differs from machine to machine and from run to run. So the words of those pictures do not name times,
because a notebook's stored text is compared with that of the next run; `measured` names them, for the alt text.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from ..timing import slope
from . import checks, core
from .charts import bars, chart, log_panels, log_scale
from .core import Picture, describe, drawing, fit, in_words, join_words
from .matrices import cell, cell_axes

# Colour and marker by what a route's name begins with, so that a route looks the same in every picture.
STYLES = {
    **{
        "one-hot": (core.ORANGE, "s"),
        "lookup": (core.BLUE, "o"),
        "dense": (core.BLUE, "o"),
        "sparse": (core.SKY, "D"),
        "table": (core.GREY, "v"),
    },
    **{"W[ids]": (core.GREEN, "^"), "copy": (core.GREY, "v"), "index_select": (core.PINK, "P")},
}
OTHERS = "Xp*h<>"  # marks for routes of any other name, in turn


def _styles(names: Sequence[str]) -> dict[str, tuple[str, str]]:
    found = {name: next((style for start, style in STYLES.items() if name.startswith(start)), None) for name in names}
    others = [name for name, style in found.items() if style is None]
    if len(others) > len(OTHERS):
        raise ValueError(f"at most {len(OTHERS)} routes besides {join_words(STYLES)} can be drawn; got {len(others)}")
    return found | {name: (core.RED, mark) for name, mark in zip(others, OTHERS, strict=False)}


def _bars(amounts: Mapping[str, float]) -> list:
    styles = _styles(list(amounts))
    return [(name, amount, styles[name][0]) for name, amount in amounts.items()]


@drawing
def growth(
    panels: Mapping[str, tuple[Sequence[float], Mapping[str, Sequence[float]]]],
    ylabel: str,
    on_paper: Mapping[str, Mapping[str, Sequence[float]]] | None = None,
    *,
    unit: str = "s",
    title: str = "",
) -> Picture:
    """How routes grow, on log scales: marks and lines for what was measured, with each one's fitted slope.

    `panels`: what is below the panel → (the sizes, route → amount for each size); at most 4. Each route's slope, the
    power with which it grows, is written in the panel's legend. `ylabel`: what the amounts are, such as `"forward"`.
    `on_paper`: the same panels → route → calculated amounts, drawn as dashed lines below the marks. `unit`: of the
    amounts: "s" for seconds, which are timed, or "B" for bytes, which are counted and so are named in the picture's
    words. `title`: above the panels. Raises TypeError: not of this form. Raises ValueError: a route does not have as
    many amounts as there are sizes, or one of them is not above 0.

    >>> growth({"V": ([10, 100, 1000], {"one-hot": [1, 10, 100]})}, "peak", unit="B").words
    'Both scales are log scales: peak, against V from 10 to 1 k. V, one-hot: slope 1.0, from 1 B to 100 B.'
    """
    checks.dict_of(panels, "panels", "label → (sizes, route → amounts)", 4)
    ylabel, title = checks.text_of(ylabel, "ylabel"), checks.text_of(title, "title")
    if not isinstance(unit, str) or unit not in ("s", "B"):
        raise ValueError(f"unit: expected 's' or 'B'; got {describe(unit)}")
    paper = checks.dict_of(on_paper, "on_paper", "label → (route → amounts)") if on_paper is not None else {}
    lines, told, spans = {}, [], []
    for name, panel in panels.items():
        if not isinstance(panel, (list, tuple)) or len(panel) != 2:
            raise TypeError(f"panels[{name!r}]: expected (sizes, route → amounts); got {describe(panel)}")
        sizes = checks.checked(panel[0], "sizes", ("sizes",))
        routes = checks.dict_of(panel[1], f"panels[{name!r}]", "route → amounts")
        styles, lines[name] = _styles(list(routes)), []
        for route, amounts in routes.items():
            amounts = checks.checked(amounts, route, ("sizes",))
            power = slope(sizes, amounts) + 0.0
            said = f"{route}: slope {0.0 if abs(power) < 0.05 else power:.1f}"
            calculated = checks.dict_of(paper[name], name, "route → amounts").get(route) if name in paper else None
            if calculated is not None:
                slope(sizes, calculated)  # refuses what does not fit
                calculated = (sizes, calculated)
            lines[name].append((said, *styles[route], calculated, (sizes, amounts)))
            told.append(f"{name}, {said}, from {in_words(amounts[0], unit)} to {in_words(amounts[-1], unit)}.")
        spans.append(f"{name} from {in_words(min(sizes), '')} to {in_words(max(sizes), '')}")
    picture = log_panels(lines, unit)
    picture.axes[0].set_ylabel(fit(ylabel, 2.2))
    if title:
        picture.suptitle(fit(title, core.WIDTH, core.NORMAL), fontsize=core.NORMAL)
    drawn = join_words(dict.fromkeys(route for _, routes in panels.values() for route in routes))
    timed = f"There is a line for each of {drawn}, timed here. The legend gives the slope of each line."
    return picture.say(
        f"Both scales are log scales: {ylabel}, against {join_words(spans)}.",
        *([timed] if unit == "s" else told),
        bool(paper) and "Dashed lines show what was calculated.",
        measured=" ".join(told) if unit == "s" else "",
    )


@drawing
def memory_bars(amounts: Mapping[str, Mapping[str, int]], free: int | None = None) -> Picture:
    """Bytes needed by each route for each model as bars on a log scale; what does not fit is hatched.

    `amounts`: model → (what needs the bytes → bytes above 0). `free`: bytes that are free on this machine, drawn as a
    line; None draws none. Raises TypeError: not of this form. Raises ValueError: there is nothing to draw, or an amount
    is not above 0.

    >>> memory_bars({"GPT-2": {"table": 154_389_504, "lookup": 10}}).words
    'Bars on a log scale show the bytes that are needed. GPT-2: table 154 MB and lookup 10 B.'
    """
    models = checks.dict_of(amounts, "amounts", "model → (what needs the bytes → bytes)", 6)
    groups = {model: checks.amounts_of(some, model, "name → bytes") for model, some in models.items()}
    free = None if free is None else checks.checked(free, "free", (), span=checks.ABOVE_0)
    limit, flat = free or checks.LARGEST, [amount for some in groups.values() for amount in some.values()]
    picture, ax = bars(
        {model: _bars(some) for model, some in groups.items()},
        lambda amount: in_words(amount) + (", does not fit here" if amount > limit else ""),
        line=free and (free, f"free here: {in_words(free)}"),
        hatched=lambda amount: amount > limit,
        xlabel="bytes (each mark: ten times more)",
    )
    log_scale(ax.xaxis, "B")
    ax.set_xlim(min(flat) / 5, max([*flat, free or 0]) * 2)
    each = [
        (model, join_words(f"{name} {in_words(one)}" for name, one in some.items())) for model, some in groups.items()
    ]
    return picture.say(
        f"Bars on a log scale show the bytes that are needed. {'; '.join(f'{model}: {told}' for model, told in each)}.",
        bool(free) and "A line marks the memory that is free on this machine. Bars of more bytes are hatched.",
        measured=f"{in_words(free)} are free here." if free else "",
    )


@drawing
def one_case(V: int, d: int, N: int, free: int | None = None) -> Picture:
    """Bytes and multiplications of the lookup and of the one-hot route for one size, calculated.

    `V`, `d`, `N`: vocabulary, embedding dimension and tokens, each from 1 to 999,999,999. `free`: bytes that are free
    on this machine, drawn as a line among the bytes. Raises TypeError, ValueError: not of this form.

    >>> one_case(1000, 64, 128).words
    'V = 1,000, d = 64, N = 128. The one-hot route makes 1,536,000 bytes and 8,192,000 multiplications. The lookup \
makes 32,768 bytes and no multiplications.'
    """
    V, d, N = (checks.checked(n, name, (), int, span=(1, 999_999_999)) for n, name in ((V, "V"), (d, "d"), (N, "N")))
    free = None if free is None else checks.checked(free, "free", (), span=checks.ABOVE_0)
    memory = {"lookup": 4 * N * d, "one-hot": max(12 * N * V, 4 * N * V + 4 * N * d)}
    products = {"lookup": 0, "one-hot": N * V * d}
    picture, axes = chart(1.8, 2)
    xlabels = "bytes besides the table, at the peak", "multiplications, forward"
    for ax, amounts, unit, xlabel in zip(axes, (memory, products), ("B", ""), xlabels, strict=True):
        line = (free, "free here") if free and unit else None
        bars({"": _bars(amounts)}, lambda one, u=unit: in_words(one, u), ax=ax, start=1, line=line, xlabel=xlabel)
        log_scale(ax.xaxis, "")
        # the same scale for every size that the notebook offers, so that moving a control moves the bars
        ax.set_xlim(1, max(1e16, 10.0 * max(amounts.values())))
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
def fastest_map(
    ratios: Sequence[Sequence[float | None]], vocabularies: Sequence[int], tokens: Sequence[int]
) -> Picture:
    """A grid of sizes coloured by the faster route, with one-hot's time over the lookup's written in each cell.

    Blue: the lookup is faster; orange: one-hot is faster; white: they are within 15 % of each other.

    `ratios`: for each vocabulary, for each number of tokens: time of one-hot ÷ time of the lookup; None where it was
    not tried, nan where it was too noisy to tell. `vocabularies`, `tokens`: the rows' sizes, at most 12, and the
    columns' sizes, at most 8. Raises TypeError: something different from numbers and None. Raises ValueError: there are
    not as many ratios as the sizes say, or too many, or one is negative.

    >>> [text.get_text() for text in fastest_map([[0.5, None]], [5], [8, 64]).axes[0].texts]
    ['0.50', 'not tried']
    """
    vocabularies = checks.checked(vocabularies, "vocabularies", ("rows",), int, most=12)
    tokens = checks.checked(tokens, "tokens", ("columns",), int, most=8)
    if not isinstance(ratios, (list, tuple)) or not all(isinstance(row, (list, tuple)) for row in ratios):
        raise TypeError(f"ratios: expected a list for each vocabulary; got {describe(ratios)}")
    lengths, shape = [len(row) for row in ratios], f"{len(vocabularies)} × {len(tokens)}"
    if lengths != [len(tokens)] * len(vocabularies):
        raise ValueError(f"ratios: expected {shape} of them, as there are sizes; got rows of {lengths}")
    picture, told, size = Picture(), [], (min(0.85, 4.5 / len(tokens)), 0.36)
    rows, columns = [f"{one:,}" for one in vocabularies], [f"{one:,}" for one in tokens]
    ax = cell_axes(picture, 0.9, 0.6, rows, columns, size, xlabel="tokens N", ylabel="vocabulary V")
    colours = "blue: lookup is faster    orange: one-hot is faster    white: nearly equal"
    ax.set_title(f"time of one-hot ÷ time of lookup\n{colours}")
    for i, row in enumerate(ratios):
        for j, ratio in enumerate(row):
            if ratio is None or ratio != ratio:
                cell(ax, j, i, "not tried" if ratio is None else "too noisy", "#E0E0E0")
                continue
            ratio = checks.checked(ratio, "ratios", (), span=checks.FROM_0)
            face = "#BFDCF0" if ratio > 1.15 else "#F7D9A0" if ratio < 1 / 1.15 else "#FFFFFF"
            cell(ax, j, i, f"{ratio:.2f}" if ratio < 10 else f"{ratio:.0f}", face)
            told.append(f"V = {rows[i]} and N = {columns[j]}, {ax.texts[-1].get_text()}")
    untried = sum(ratio is None for row in ratios for ratio in row)
    return picture.say(
        f"A grid shows vocabularies ({join_words(rows)}) against numbers of tokens ({join_words(columns)}).",
        "Each cell gives the time of one-hot as a multiple of the lookup's time, measured here.",
        "It is blue where the lookup is faster and orange where one-hot is faster.",
        f"{untried} of {len(tokens) * len(ratios)} cells were not tried.",
        measured=f"The multiples are: {'; '.join(told)}.",
    )


@drawing
def ratio_bars(groups: Mapping[str, Mapping[str, float]], base: str = "copy") -> Picture:
    """Times as multiples of one of them, in bars: for example, how far each route is from a plain copy.

    `groups`: what was measured together → (name → seconds); each group has `base` among its names. `base`: the name
    that counts as 1. Raises TypeError: not of this form. Raises ValueError: a group lacks `base`, or a time is not
    above 0.

    >>> ratio_bars({"GPT-2": {"copy": 2.0, "lookup": 3.0}}).measured
    'The multiples are: GPT-2, copy 1.00 and lookup 1.50.'
    """
    found = {}
    for group, times in checks.dict_of(groups, "groups", "what was measured together → (name → seconds)", 6).items():
        seconds = checks.amounts_of(times, group, "name → seconds")
        if base not in seconds:
            raise ValueError(f"{group!r}: expected {base!r} among them, which counts as 1; got {join_words(times)}")
        found[group] = {name: one / seconds[base] for name, one in seconds.items()}
    some = {group: _bars(ratios) for group, ratios in found.items()}
    picture, ax = bars(some, lambda ratio: f"{ratio:.2f}", line=(1, ""), xlabel=f"time ÷ time of the {base}")
    ax.set_xlim(0, max(max(ratios.values()) for ratios in found.values()))
    names = join_words(dict.fromkeys(name for times in groups.values() for name in times if name != base))
    told = (
        f"{group}, {join_words(f'{n} {ratio:.2f}' for n, ratio in ratios.items())}" for group, ratios in found.items()
    )
    return picture.say(
        f"Bars, in a group for each table that was timed here, show the time of {names} as a multiple of the time of",
        f"the {base}. A dotted line marks the {base}, 1.",
        measured=f"The multiples are: {'; '.join(told)}.",
    )


@drawing
def mismatch_counts(counts: Mapping[str, int], runs: int) -> Picture:
    """How many different results a number of runs gave, a bar for each route: 1 means that all runs agree.

    `counts`: route → number of different results, from 1 to `runs`. `runs`: how often each route ran. Raises TypeError,
    ValueError: not of this form.

    >>> mismatch_counts({"W[ids]": 25, "lookup": 1}, 30).measured
    'The counts are W[ids] 25 and lookup 1.'
    """
    runs = checks.checked(runs, "runs", (), int, span=(1, 10**6))
    given = checks.dict_of(counts, "counts", "route → count", 12)
    counts = {name: checks.checked(one, name, (), int, span=(1, runs)) for name, one in given.items()}
    labels = {"xlim": (0, runs), "xlabel": f"different gradients in {runs} runs"}
    picture, _ = bars({"": _bars(counts)}, lambda n: f"{n}" + (": all runs agree" if n == 1 else ""), **labels)
    return picture.say(
        f"Bars for {join_words(counts)} show how many different gradients {runs} runs gave, counted here.",
        "1 means that all runs agree, to the last bit.",
        measured=f"The counts are {join_words(f'{name} {count}' for name, count in counts.items())}.",
    )


@drawing
def text_box(sentence: str) -> Picture:
    """A text of at most 1,000 characters as a picture: for what differs from machine to machine.

    >>> text_box("There is no GPU here.").words
    'There is no GPU here.'
    """
    lines = textwrap.wrap(checks.text_of(sentence, "sentence", most=1000), 66)
    if not lines:
        raise ValueError("sentence: expected words in it; got none")
    picture = Picture(core.WIDTH, 0.22 * len(lines))
    picture.text(
        0, 0.5, "\n".join(fit(line, core.WIDTH, core.LARGE) for line in lines), fontsize=core.LARGE, va="center"
    )
    return picture.say(sentence.strip())


def device_growth(table: Mapping[str, Any]) -> Picture:
    """Times of the routes on one named device, as `growth` draws them; `table` is what `device.measure` returns."""
    checks.dict_of(table, "table", "as tutorial_pkg.device.measure returns it")
    missing = [key for key in ("device", "sizes", "forward", "forward + backward") if key not in table]
    if missing:
        raise ValueError(f"table: expected what tutorial_pkg.device.measure returns; got none of {join_words(missing)}")
    panels = {f"vocabulary V, {part}": (table["sizes"], table[part]) for part in ("forward", "forward + backward")}
    return growth(panels, "time", title=f"measured here: {table['device']}")
