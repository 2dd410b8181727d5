"""Pictures for notebook 05: gradients by row, rows that move, a window over a sentence, and a map of words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from . import BLUE, GREEN, GREY, ORANGE, PINK, RED, SKY, matrix

COLOURS = (BLUE, ORANGE, GREEN, PINK, RED, SKY)


def gradient_rows(table: Any, gradient: Any, words: Sequence[str], used: Sequence[int]) -> Figure:
    """A table and its gradient side by side; the rows that were looked up are framed in both.

    Args:
        table, gradient: tensors of shape (V, d).
        words: V words, the rows' names.
        used: the ids looked up.

    >>> figure = gradient_rows([[1.0], [2.0]], [[0.0], [0.5]], ["fox", "house"], [1, 1])
    >>> [ax.get_title() for ax in figure.axes]
    ['the table', 'its gradient']
    """
    figure = Figure(figsize=(7.5, 3.6))
    left, right = figure.subplots(1, 2)
    rows = [f"{word} {number}" for number, word in enumerate(words)]
    for ax, values, title in ((left, table, "the table"), (right, gradient, "its gradient")):
        matrix(ax, values, rows=rows, xlabel="embedding dimension", title=title, lit=set(used))
    left.set_ylabel("token id (vocabulary)")
    figure.tight_layout()
    return figure


def movement(moved: Mapping[str, Any], used: Sequence[Sequence[int]], words: Sequence[str]) -> Figure:
    """Which rows moved in which step, one grid for each optimiser: filled where a row moved, a dot where it was used.

    Args:
        moved: for each optimiser's name, booleans of shape (steps, V).
        used: for each step the ids looked up in it.
        words: V words, the rows' names.

    >>> figure = movement({"SGD": [[True, False]]}, [[0]], ["fox", "house"])
    >>> [len(ax.patches) for ax in figure.axes]
    [2]
    """
    figure = Figure(figsize=(2.4 * len(moved) + 0.8, 3.4))
    for ax, (name, grid) in zip(figure.subplots(1, len(moved), squeeze=False)[0], moved.items(), strict=True):
        grid = grid.tolist() if hasattr(grid, "tolist") else grid
        for step, row_moved in enumerate(grid):
            for row, did in enumerate(row_moved):
                face = SKY if did else "white"
                ax.add_patch(Rectangle((step - 0.5, row - 0.5), 1, 1, facecolor=face, edgecolor=GREY))
                if row in used[step]:
                    ax.plot(step, row, "o", color="black", markersize=6)
        ax.set(xlim=(-0.55, len(grid) - 0.45), ylim=(len(words) - 0.45, -0.55), xlabel="step")
        ax.set_aspect("equal")
        ax.set_title(name, fontsize=10)
        ax.set_xticks(range(len(grid)), range(1, len(grid) + 1))
        ax.set_yticks(range(len(words)), [f"{word} {row}" for row, word in enumerate(words)])
        ax.tick_params(length=0)
    figure.axes[0].set_ylabel("token id (vocabulary)")
    figure.text(0.5, 0.0, "blue: the row moved      ●: the row was looked up in this step", ha="center", fontsize=10)
    figure.tight_layout(rect=(0, 0.06, 1, 1))
    return figure


def window(scores: Any, near: Any, words: Sequence[str]) -> Figure:
    """A sentence scored against itself: how much each pair of positions counts, and each pair's score.

    Args:
        scores: shape (T, T), the score of each word (rows) with each context word (columns).
        near: shape (T, T), how much each pair counts, 0 for pairs that do not.
        words: the T words of the sentence.

    >>> figure = window([[1.0, 2.0], [3.0, 4.0]], [[0.0, 1.0], [1.0, 0.0]], ["quick", "fox"])
    >>> [ax.get_title() for ax in figure.axes]
    ['how much a pair counts', 'every score, in one product']
    """
    figure = Figure(figsize=(9, 4))
    left, right = figure.subplots(1, 2)
    matrix(left, near, rows=words, columns=words, ylabel="word", title="how much a pair counts", digits=1)
    matrix(right, scores, rows=words, columns=words, title="every score, in one product", digits=1)
    for ax in (left, right):
        ax.set_xlabel("context word")
        ax.tick_params(axis="x", rotation=40)
    figure.tight_layout()
    return figure


def plane(vectors: Any) -> Any:
    """The two directions along which vectors spread most (PCA), as a matrix (d, 2) to multiply vectors with.

    Each direction's sign is fixed: its largest entry is positive. So the same vectors always give the same picture.

    Raises:
        ValueError: fewer than two dimensions to choose from.

    >>> import torch
    >>> plane(torch.tensor([[0.0, 0, 5], [0, 0, -5], [1, 0, 0], [-1, 0, 0]])).T.abs().round().tolist()
    [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]
    """
    import torch

    if vectors.ndim != 2 or min(vectors.shape) < 2:
        raise ValueError(f"at least two vectors of at least two dimensions are needed; the shape is {vectors.shape}")
    _, _, directions = torch.linalg.svd((vectors - vectors.mean(0)).double(), full_matrices=False)
    two = directions[:2]
    sign = two.gather(1, two.abs().argmax(1, keepdim=True)).sign()
    return (two * sign).T.to(vectors.dtype)


def word_map(
    points: Any,
    groups: Sequence[tuple[str, int]],
    names: Mapping[int, str] | None = None,
    joined: Sequence[tuple[int, int]] = (),
    limit: float = 1.0,
    title: str = "",
) -> Figure:
    """Words as points in a plane: the colour says the kind, a filled or hollow mark which of its two forms.

    Args:
        points: shape (N, 2).
        groups: for each point its (kind, form), the form being 0 or 1.
        names: labels for some points, by their position.
        joined: pairs of positions to join by a line.
        limit: both axes reach from -limit to limit, so that maps of different steps can be compared.
        title: above the map.

    Raises:
        ValueError: there are not as many groups as points, or more kinds than the six colours.
    """
    spots = points.tolist() if hasattr(points, "tolist") else points
    kinds = list(dict.fromkeys(kind for kind, _ in groups))
    if len(spots) != len(groups) or len(kinds) > len(COLOURS):
        raise ValueError(f"{len(spots)} points came with {len(groups)} groups of {len(kinds)} kinds (at most 6)")
    figure = Figure(figsize=(7.6, 5.6))
    ax = figure.subplots()
    for first, second in joined:
        ax.plot(*zip(spots[first], spots[second], strict=True), color=GREY, linewidth=0.8, zorder=1)
    for kind, colour in zip(kinds, COLOURS, strict=False):
        for form in (0, 1):
            own = [spot for spot, group in zip(spots, groups, strict=True) if group == (kind, form)]
            if not own:
                continue
            face = colour if form == 0 else "white"
            label = None if form and (kind, 0) in groups else kind
            ax.scatter(*zip(*own, strict=True), s=34, marker="os"[form], c=face, edgecolors=colour, label=label)
    above = {"left": float("inf"), "right": float("inf")}  # how high the last label stands, on either side
    for position in sorted(names or {}, key=lambda position: -spots[position][1]):
        side, align = (-6, "right") if spots[position][0] < 0 else (6, "left")  # outwards, where there is room
        height = spots[position][1] * 185 / limit  # in points: the axes are about 370 points high
        above[align] = min(height + 3, above[align] - 10)  # 10 points lower at least, so that no two names overlap
        offset = (side, above[align] - height)
        ax.annotate(names[position], spots[position], xytext=offset, textcoords="offset points", fontsize=8, ha=align)
    ax.set(xlim=(-limit, limit), ylim=(-limit, limit), xlabel="first direction", ylabel="second direction")
    ax.set_aspect("equal")
    ax.set_title(title, fontsize=10)
    ax.legend(loc="center left", bbox_to_anchor=(1.01, 0.5), frameon=False, title="● form 0   □ form 1")
    figure.tight_layout()
    return figure


def curves(steps: Sequence[float], scores: Mapping[str, Sequence[float]], xlabel: str, ylabel: str = "") -> Figure:
    """Scores between 0 and 1 over time, one line each, named at its end.

    >>> figure = curves([0, 1], {"purity": [0.1, 0.9]}, xlabel="epoch")
    >>> figure.axes[0].lines[0].get_ydata().tolist()
    [0.1, 0.9]
    """
    figure = Figure(figsize=(7, 3.2))
    ax = figure.subplots()
    for (name, values), colour, mark in zip(scores.items(), COLOURS, "os^Dv*", strict=False):
        ax.plot(steps, values, color=colour, marker=mark, markersize=4, label=name)
    ax.set(ylim=(-0.03, 1.03), xlabel=xlabel, ylabel=ylabel)
    ax.grid(alpha=0.3)
    ax.legend(loc="center left", bbox_to_anchor=(1.01, 0.5), frameon=False)
    figure.tight_layout()
    return figure


def block(values: Any, rows: Sequence[str], columns: Sequence[str], title: str) -> Figure:
    """A part of a matrix of words against context words, with its numbers.

    >>> block([[1.5]], ["fox"], ["quick"], "PPMI").axes[0].texts[0].get_text()
    '1.5'
    """
    figure = Figure(figsize=(0.75 * len(columns) + 1.8, 0.42 * len(rows) + 1.6))
    ax = figure.subplots()
    matrix(ax, values, rows=rows, columns=columns, ylabel="word", xlabel="context word", title=title, digits=1)
    ax.tick_params(axis="x", rotation=50)
    figure.tight_layout()
    return figure
