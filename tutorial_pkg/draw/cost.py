"""Pictures of what each route costs: growth on log-log paper, bytes, who wins where, and how reliably."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from ..timing import slope
from . import BLUE, GREEN, GREY, ORANGE, PINK, RED, SKY

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


def _style(name: str) -> tuple[str, str]:
    return next((style for start, style in STYLES.items() if name.startswith(start)), (RED, "X"))


def in_words(amount: float, unit: str = "B") -> str:
    """An amount with a decimal prefix, three digits at most: bytes unless another unit is given.

    >>> in_words(154_389_504), in_words(0), in_words(432), in_words(4.94e9), in_words(3.2e11, "")
    ('154 MB', '0 B', '432 B', '4.94 GB', '320 G')
    """
    for power, prefix in ((12, "T"), (9, "G"), (6, "M"), (3, "k")):
        if amount >= 0.9995 * 10**power:
            return f"{amount / 10**power:.3g} {prefix}{unit}"
    return f"{amount:.3g} {unit}".strip()


def growth(
    panels: Mapping[str, tuple[Sequence[float], Mapping[str, Sequence[float]]]],
    ylabel: str,
    paper: Mapping[str, Mapping[str, Sequence[float]]] | None = None,
) -> Figure:
    """How routes grow, on log-log paper: dots and lines for what was measured, with each one's fitted slope.

    Args:
        panels: what stands below the panel → (the sizes, route → amount for each size). Each route's slope, the power
            with which it grows, is written in the panel's legend.
        ylabel: what the amounts are, such as `"seconds"`.
        paper: the same panels → route → amounts worked out on paper, drawn as dashed lines below the dots.

    Raises:
        ValueError: a route has not as many amounts as there are sizes, or one that is not above 0.

    >>> figure = growth({"V": ([10, 100, 1000], {"one-hot": [1, 10, 100], "lookup": [2, 2, 2]})}, "bytes")
    >>> [text.get_text() for text in figure.axes[0].get_legend().get_texts()]
    ['one-hot: slope 1.0', 'lookup: slope 0.0']
    """
    figure = Figure(figsize=(max(5.4, 4.0 * len(panels)), 4.1), layout="constrained")
    axes = figure.subplots(1, len(panels), squeeze=False, sharey=True)[0]
    for ax, (label, (sizes, routes)) in zip(axes, panels.items(), strict=True):
        for name, amounts in routes.items():
            colour, mark = _style(name)
            power = slope(sizes, amounts) + 0.0
            said = f"{name}: slope {0.0 if abs(power) < 0.05 else power:.1f}"
            worked_out = (paper or {}).get(label, {}).get(name)
            if worked_out is not None:
                slope(sizes, worked_out)  # refuses what does not fit
                ax.plot(sizes, worked_out, "--", color=colour, linewidth=2, zorder=1)
            line = "none" if worked_out is not None else "-"
            ax.plot(sizes, amounts, marker=mark, linestyle=line, color=colour, label=said, markersize=6, linewidth=1.5)
        ax.set(xscale="log", yscale="log", xlabel=label)
        ax.grid(True, which="major", color="#E4E4E4", linewidth=0.8)
        ax.set_axisbelow(True)
        handles, labels = ax.get_legend_handles_labels()
        ax.legend(handles, labels, fontsize=8.5, loc="lower center", bbox_to_anchor=(0.5, 1.0), frameon=False)
        for side in ("top", "right"):
            ax.spines[side].set_visible(False)
    axes[0].set_ylabel(ylabel)
    if paper:
        figure.supxlabel("dashed: worked out on paper     marks: measured", fontsize=9)
    return figure


def needs(amounts: Mapping[str, Mapping[str, int]], free: int | None = None) -> Figure:
    """Bytes needed by each route for each model as bars on a log scale, with what does not fit hatched.

    Args:
        amounts: model → (what needs the bytes → bytes above 0).
        free: bytes that this machine has to spare, drawn as a line; None draws none.

    Raises:
        ValueError: there is nothing to draw, or an amount is not above 0.
    """
    bars = [(model, name, amount) for model, parts in amounts.items() for name, amount in parts.items()]
    if not bars or min(amount for _, _, amount in bars) <= 0:
        raise ValueError("needs() draws bytes above 0 on a log scale: give it at least one, and none below 1")
    figure = Figure(figsize=(8.6, 0.9 + 0.42 * len(bars) + 0.35 * len(amounts)), layout="constrained")
    ax = figure.subplots()
    y, least = 0.0, min(amount for _, _, amount in bars)
    for model, parts in amounts.items():
        ax.text(0, y, model, fontsize=10, fontweight="bold", va="center", transform=ax.get_yaxis_transform())
        for name, amount in parts.items():
            y += 1
            too_much = free is not None and amount > free
            colour = _style(name)[0] if not name.startswith("table") else GREY
            ax.barh(y, amount, left=0, height=0.7, color=colour, hatch="//" if too_much else None, edgecolor="white")
            more = ", does not fit here" if too_much else ""
            over = {"facecolor": "white", "edgecolor": "none", "pad": 1}  # readable where the line crosses it
            ax.text(amount * 1.15, y, in_words(amount) + more, va="center", fontsize=9, bbox=over, zorder=3)
            ax.text(-0.01, y, name, va="center", ha="right", fontsize=9, transform=ax.get_yaxis_transform())
        y += 1.3
    if free is not None:
        ax.axvline(free, color=RED, linewidth=1.5)
        ax.text(free, -0.8, f"free here: {in_words(free)} ", color=RED, fontsize=9, ha="center", va="bottom")
    top = max([amount for _, _, amount in bars] + ([free] if free else []))
    ax.set(xscale="log", xlim=(least / 5, top * 60), ylim=(y - 0.7, -0.7), xlabel="bytes (each mark: ten times more)")
    ax.set_yticks([])
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)
    return figure


def one_case(V: int, d: int, N: int, free: int | None = None) -> Figure:
    """Bytes and multiplications of the lookup and of the one-hot route for one size, worked out on paper.

    Args:
        V: vocabulary.
        d: embedding dimension.
        N: tokens.
        free: bytes that this machine has to spare, drawn as a line among the bytes.
    """
    bytes_ = {"lookup": 4 * N * d, "one-hot": max(12 * N * V, 4 * N * V + 4 * N * d)}
    products = {"lookup": 0, "one-hot": N * V * d}
    figure = Figure(figsize=(9.2, 2.3), layout="constrained")
    left, right = figure.subplots(1, 2)
    _two_bars(left, bytes_, "B", "bytes beside the table, at the peak")
    _two_bars(right, products, "", "multiplications, forward")
    if free:
        left.axvline(free, color=RED, linewidth=1.5)
        left.text(free, -0.62, "free here", color=RED, fontsize=8.5, ha="center", va="bottom")
    figure.suptitle(f"V = {V:,}   d = {d:,}   N = {N:,}", fontsize=11)
    return figure


def _two_bars(ax: Axes, amounts: Mapping[str, int], unit: str, xlabel: str) -> None:
    # The same scale for every size, so that moving a control moves the bars.
    for y, (name, amount) in enumerate(amounts.items()):
        over = {"facecolor": "white", "edgecolor": "none", "pad": 1}  # readable where a line crosses it
        ax.barh(y, max(amount - 1, 0), left=1, height=0.6, color=_style(name)[0])
        ax.text(max(amount, 1) * 1.6, y, in_words(amount, unit), va="center", fontsize=10, bbox=over, zorder=3)
    ax.set(xscale="log", xlim=(1, 1e17), ylim=(1.5, -0.6), xlabel=xlabel)
    ax.set_yticks(range(len(amounts)), list(amounts), fontsize=10)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)


def winners(ratios: Sequence[Sequence[float | None]], vocabularies: Sequence[int], tokens: Sequence[int]) -> Figure:
    """A grid of sizes coloured by the route that wins, with one-hot's time over the lookup's written in each cell.

    Blue: the lookup wins; orange: one-hot wins; white: within 15 % of each other, which is too close to call.

    Args:
        ratios: for each vocabulary, for each number of tokens: time of one-hot ÷ time of the lookup; None where it was
            not tried.
        vocabularies: the rows' sizes.
        tokens: the columns' sizes.

    Raises:
        ValueError: the ratios are not as many as the sizes say.
    """
    if len(ratios) != len(vocabularies) or any(len(row) != len(tokens) for row in ratios):
        raise ValueError(f"{len(vocabularies)} × {len(tokens)} sizes need as many ratios; rows came with other lengths")
    figure = Figure(figsize=(1.6 + 0.95 * len(tokens), 1.3 + 0.55 * len(vocabularies)), layout="constrained")
    ax = figure.subplots()
    for i, row in enumerate(ratios):
        for j, ratio in enumerate(row):
            if ratio is None:
                face, said = "#F0F0F0", "not tried"
            else:
                face = "#BFDCF0" if ratio > 1.15 else "#F7D9A0" if ratio < 1 / 1.15 else "white"
                said = f"{ratio:.2f}" if ratio < 10 else f"{ratio:.0f}"
            ax.add_patch(Rectangle((j - 0.5, i - 0.5), 1, 1, facecolor=face, edgecolor=GREY, linewidth=0.8))
            ax.text(j, i, said, ha="center", va="center", fontsize=10 if ratio is not None else 8)
    ax.set(xlim=(-0.5, len(tokens) - 0.5), ylim=(len(vocabularies) - 0.5, -0.5))
    ax.set(xlabel="tokens N", ylabel="vocabulary V")
    ax.set_xticks(range(len(tokens)), [f"{one:,}" for one in tokens])
    ax.set_yticks(range(len(vocabularies)), [f"{one:,}" for one in vocabularies])
    ax.set_title(
        "time of one-hot ÷ time of lookup\nblue: lookup wins    orange: one-hot wins    white: too close to call",
        fontsize=10,
    )
    ax.tick_params(length=0)
    return figure


def against(groups: Mapping[str, Mapping[str, float]], base: str = "copy") -> Figure:
    """Times as multiples of one of them, in bars: how far each route is from a plain copy, say.

    Args:
        groups: what was measured together → (name → seconds); each group holds `base`.
        base: the name that counts as 1.

    Raises:
        ValueError: a group lacks `base`.
    """
    for label, times in groups.items():
        if base not in times:
            raise ValueError(f"{label!r} holds {', '.join(times)}; {base!r} is needed, since it counts as 1")
    figure = Figure(
        figsize=(8.2, 0.8 + 0.36 * sum(map(len, groups.values())) + 0.4 * len(groups)), layout="constrained"
    )
    ax = figure.subplots()
    y, most = 0.0, 1.0
    for label, times in groups.items():
        over = {"facecolor": "white", "edgecolor": "none", "pad": 1}  # readable where the line crosses it
        head = ax.text(0, y, label, fontsize=10, fontweight="bold", va="center", bbox=over, zorder=3)
        head.set_transform(ax.get_yaxis_transform())
        for name, seconds in times.items():
            y += 1
            ratio = seconds / times[base]
            most = max(most, ratio)
            ax.barh(y, ratio, height=0.7, color=_style(name)[0])
            ax.text(ratio, y, f" {ratio:.2f}", va="center", fontsize=9)
            ax.text(-0.01, y, name, va="center", ha="right", fontsize=9, transform=ax.get_yaxis_transform())
        y += 1.3
    ax.axvline(1, color="black", linewidth=1, linestyle=":")
    ax.set(xlim=(0, most * 1.15), ylim=(y - 0.7, -0.7), xlabel=f"time ÷ time of the {base}")
    ax.set_yticks([])
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)
    return figure


def different(counts: Mapping[str, int], runs: int) -> Figure:
    """How many different results a number of runs gave, a bar for each route: 1 means that all runs agree.

    Args:
        counts: route → number of different results, from 1 to `runs`.
        runs: how often each ran.

    Raises:
        ValueError: a count is not between 1 and `runs`.
    """
    if not all(1 <= count <= runs for count in counts.values()):
        raise ValueError(f"of {runs} runs, 1 to {runs} can differ; the counts are {dict(counts)}")
    figure = Figure(figsize=(7.4, 0.9 + 0.45 * len(counts)), layout="constrained")
    ax = figure.subplots()
    for y, (name, count) in enumerate(counts.items()):
        ax.barh(y, count, height=0.6, color=_style(name)[0])
        ax.text(count, y, f" {count}" + (": all runs agree" if count == 1 else ""), va="center", fontsize=10)
    ax.set(xlim=(0, runs * 1.08), ylim=(len(counts) - 0.4, -0.6), xlabel=f"different gradients in {runs} runs")
    ax.set_yticks(range(len(counts)), list(counts), fontsize=10)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    return figure


def said(sentence: str) -> Figure:
    """A sentence as a picture: for what differs from machine to machine and so cannot stand in a cell's stored text."""
    import textwrap

    lines = textwrap.wrap(sentence, 88)
    figure = Figure(figsize=(8.4, 0.35 + 0.27 * len(lines)))
    figure.text(0.02, 0.5, "\n".join(lines), fontsize=11, va="center")
    return figure


def device_growth(table: Mapping[str, Any]) -> Figure:
    """Times of the routes on one named device, as `growth` draws them, with the device's name above.

    Args:
        table: as `tutorial_pkg.device.measure` returns it and `tutorial_pkg.device.stored` reads it.
    """
    panels = {f"vocabulary V, {part}": (table["sizes"], table[part]) for part in ("forward", "forward + backward")}
    figure = growth(panels, "seconds")
    figure.suptitle(f"{table['source']}: {table['device']}", fontsize=10)
    return figure
