"""Pictures for notebook 05: gradients by row, rows that move, a window over a sentence, and a map of words."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from typing import Any

from .common import (
    BLUE,
    DIMENSION,
    GREEN,
    GREY,
    NORMAL,
    ORANGE,
    PINK,
    QUIET,
    RED,
    SKY,
    TOKENS,
    WIDTH,
    Picture,
    cell,
    checked,
    counted,
    drawing,
    equation,
    got,
    ids_of,
    listed,
    matrix_of,
    named,
    plate,
    readable,
    text_of,
    texts_of,
    words_of,
    written,
)

COLOURS = (BLUE, ORANGE, GREEN, PINK, RED, SKY)
MARKS = "os^Dv*"
Vocabulary = Mapping[str, int] | Sequence[str]


@drawing
def gradient_rows(table: Any, gradient: Any, vocabulary: Vocabulary, used: Any) -> Picture:
    """A table and its gradient side by side; the rows that were looked up are framed in both.

    Args:
        table, gradient: tensors of shape (V, d).
        vocabulary: token → id, or the V tokens in the order of their ids.
        used: the ids looked up.

    >>> figure = gradient_rows([[1.0], [2.0]], [[0.0], [0.5]], ["fox", "house"], [1, 1])
    >>> [ax.get_title() for ax in figure.axes]
    ['the table', 'its gradient']
    >>> figure.words
    'The table of 2 rows beside its gradient. Looked up and framed: 1 house. Their gradient is not 0; of the others, \
0 fox, it is all 0.'
    """
    table, gradient = matrix_of(table), matrix_of(gradient, "gradient")
    if (len(table), len(table[0])) != (len(gradient), len(gradient[0])):
        raise ValueError(
            f"expected a table and a gradient of one shape; got ({len(table)}, {len(table[0])}) and "
            f"({len(gradient)}, {len(gradient[0])})"
        )
    words, used = words_of(vocabulary, len(table)), sorted(set(ids_of(used, "used", rows=len(table))))
    names = named(range(len(table)), words)
    picture = Picture()
    shown = {"rows": names, "xlabel": DIMENSION, "lit": used}
    equation(
        picture,
        {"values": table, "title": "the table", "ylabel": TOKENS} | shown,
        "",
        {"values": gradient, "title": "its gradient"} | shown,
    )
    quiet = [row for row in range(len(table)) if row not in used]
    picture.words = (
        f"The table of {len(table)} rows beside its gradient. Looked up and framed: {listed(named(used, words))}. "
        f"Their gradient is {_zero(gradient[row] for row in used)}; of the others, {listed(named(quiet, words))}, "
        f"it is {_zero(gradient[row] for row in quiet)}."
    )
    return picture


def _zero(rows: Any) -> str:
    rows = list(rows)
    return "all 0" if not any(any(row) for row in rows) else "not 0" if all(any(row) for row in rows) else "partly 0"


@drawing
def movement(moved: Mapping[str, Any], used: Sequence[Any], vocabulary: Vocabulary) -> Picture:
    """Which rows moved in which step, one grid for each optimiser: filled where a row moved, a dot where it was used.

    Args:
        moved: for each optimiser's name, booleans of shape (steps, V).
        used: for each step the ids looked up in it.
        vocabulary: token → id, or the V tokens in the order of their ids.

    >>> figure = movement({"SGD": [[True, False]]}, [[0]], ["fox", "house"])
    >>> len(figure.axes), figure.words
    (1, 'Grids of rows by 1 step. SGD moved the rows that were looked up in the step, and no others.')
    """
    if not isinstance(moved, Mapping) or not moved:
        raise TypeError(f"moved: expected a dict, optimiser → (steps, V) of True and False; got {got(moved)}")
    words = words_of(vocabulary)
    if not isinstance(used, (list, tuple)):
        raise TypeError(f"used: expected a list with the ids of each step; got {got(used)}")
    used = [set(ids_of(ids, "used", rows=len(words))) for ids in used]
    names = named(range(len(words)), words)
    left, high = 0.075 * max(map(len, names)) + 0.5, 0.27
    wide = min(0.3, (WIDTH - left) / (len(moved) * (len(used) + 0.4)))
    panel = wide * len(used)
    picture = Picture(left + len(moved) * (panel + 0.15), len(words) * high + 1.1)
    across, down = picture.get_size_inches()
    told = []
    for place, (name, grid) in enumerate(moved.items()):
        grid = checked(grid, f"moved[{name!r}]", ("steps", "V"), bool)
        if (len(grid), len(grid[0])) != (len(used), len(words)):
            raise ValueError(
                f"moved[{name!r}]: expected shape ({len(used)}, {len(words)}), as there are steps and words; "
                f"got ({len(grid)}, {len(grid[0])})"
            )
        height = len(words) * high
        spot = (left + place * (panel + 0.15), down - 0.35 - height)
        ax = picture.add_axes((spot[0] / across, spot[1] / down, panel / across, height / down))
        for step, row_moved in enumerate(grid):
            for row, did in enumerate(row_moved):
                cell(ax, step, row, "", SKY if did else QUIET)
                if row in used[step]:
                    ax.plot(step, row, "o", color="black", markersize=5)
        ax.set(xlim=(-0.5, len(grid) - 0.5), ylim=(len(words) - 0.5, -0.5), xlabel="step", title=name)
        ax.set_xticks(range(len(grid)), range(1, len(grid) + 1))
        ax.set_yticks(range(len(words)), names if place == 0 else [""] * len(words))
        ax.tick_params(length=0)
        for spine in ax.spines.values():
            spine.set_visible(False)
        told.append(f"{name} moved {_which(grid, used)}")
    picture.axes[0].set_ylabel(TOKENS)
    legend = "blue: the row moved      ●: the row was looked up in this step"
    plate(picture.text(0.5, 0.14 / down, legend, ha="center", fontsize=NORMAL))
    picture.words = f"Grids of rows by {counted(len(used), 'step')}. {'. '.join(told)}."
    return picture


def _which(grid: list[list[bool]], used: list[set[int]]) -> str:
    """Which rows moved, in the terms that the picture is about."""
    rows = range(len(grid[0]))
    now = [[row in ids for row in rows] for ids in used]
    ever = [[any(row in ids for ids in used[: step + 1]) for row in rows] for step in range(len(used))]
    if all(all(row) for row in grid):
        return "every row in every step" + ("" if all(ever[-1]) else ", also what is never looked up")
    if grid == now:
        return "the rows that were looked up in the step, and no others"
    if grid == ever:
        return "a row in every step from its first use on"
    return f"{sum(map(sum, grid))} of {len(grid) * len(grid[0])} rows and steps"


@drawing
def window(scores: Any, near: Any, words: Sequence[str]) -> Picture:
    """A sentence scored against itself: how much each pair of positions counts, and each pair's score.

    Args:
        scores: shape (T, T), the score of each word (rows) with each context word (columns).
        near: shape (T, T), how much each pair counts, 0 for pairs that do not.
        words: the T words of the sentence.

    >>> figure = window([[1.0, 2.0], [3.0, 4.0]], [[0.0, 1.0], [1.0, 0.0]], ["quick", "fox"])
    >>> [ax.get_title() for ax in figure.axes]
    ['how much a pair counts', 'every score, in one product']
    """
    scores, near = matrix_of(scores, "scores"), matrix_of(near, "near")
    names = [readable(word) for word in texts_of(words, "words", len(scores))]
    picture = Picture()
    shown = {"rows": names, "columns": names, "xlabel": "context word", "digits": 1, "size": (0.34, 0.28)}
    equation(
        picture,
        {"values": near, "ylabel": "word", "title": "how much a pair counts"} | shown,
        {"values": scores, "title": "every score, in one product"} | shown,
    )
    ahead = ", ".join(written(value, 1) for value in near[0])
    flat = [value for row in scores for value in row]
    picture.words = (
        f"The sentence {' '.join(names)} against itself, twice. Left, how much each pair counts: for {names[0]}, "
        f"{ahead} along the sentence. Right, the scores of all {len(flat)} pairs, "
        f"{sum(value > 0 for value in flat)} above 0 and {sum(value < 0 for value in flat)} below."
    )
    return picture


def plane(vectors: Any) -> Any:
    """The two directions along which vectors spread most (PCA), as a matrix (d, 2) to multiply vectors with.

    Each direction's sign is fixed: its largest entry is positive. So the same vectors always give the same picture.

    Raises:
        TypeError: no tensor of floating point numbers.
        ValueError: fewer than two dimensions to choose from, or `inf` or `nan` among the numbers.

    >>> import torch
    >>> plane(torch.tensor([[0.0, 0, 5], [0, 0, -5], [1, 0, 0], [-1, 0, 0]])).T.abs().round().tolist()
    [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]
    """
    import torch

    usable = isinstance(vectors, torch.Tensor) and vectors.is_floating_point()
    if not usable or vectors.is_meta or vectors.is_nested or vectors.layout != torch.strided:
        raise TypeError(f"vectors: expected a tensor of floating point numbers; got {got(vectors)}")
    if vectors.ndim != 2 or min(vectors.shape) < 2:
        raise ValueError(f"vectors: expected at least two, of at least two dimensions; got {got(vectors)}")
    if not vectors.isfinite().all():
        raise ValueError(f"vectors: expected finite numbers; got inf or nan in {got(vectors)}")
    _, _, directions = torch.linalg.svd((vectors - vectors.mean(0)).double(), full_matrices=False)
    two = directions[:2]
    sign = two.gather(1, two.abs().argmax(1, keepdim=True)).sign()
    return (two * sign).T.to(vectors.dtype)


@drawing
def word_map(
    points: Any,
    groups: Sequence[tuple[str, int]],
    names: Mapping[int, str] | None = None,
    joined: Sequence[tuple[int, int]] = (),
    limit: float = 1.0,
    title: str = "",
) -> Picture:
    """Words as points in a plane: the colour says the kind, a filled or hollow mark which of its two forms.

    Args:
        points: shape (N, 2), finite.
        groups: for each point its (kind, form), the form being 0 or 1.
        names: labels for some points, by their position.
        joined: pairs of positions to join by a line.
        limit: both axes reach from -limit to limit, so that maps of different steps can be compared.
        title: above the map.

    Raises:
        TypeError: not of this form.
        ValueError: there are not as many groups as points, a point is not finite, more kinds than the six colours or
            more forms than the two marks.
    """
    spots = checked(points, "points", ("points", "2"), most=20_000)
    if len(spots[0]) != 2 or not all(math.isfinite(part) for spot in spots for part in spot):
        raise ValueError(f"points: expected two finite numbers for each; got {got(points)}")
    limit, title = checked(limit, "limit", ()), text_of(title, "title")
    if not 0 < limit < math.inf:
        raise ValueError(f"limit: expected a finite number above 0; got {limit}")
    if not isinstance(groups, (list, tuple)) or len(groups) != len(spots):
        raise ValueError(f"groups: expected {len(spots)} of them, a (kind, form) for each point; got {got(groups)}")
    if not all(isinstance(group, (list, tuple)) and len(group) == 2 for group in groups):
        raise TypeError(f"groups: expected a (kind, form) for each point; got {got(groups)}")
    groups = [tuple(group) for group in groups]
    kinds = list(dict.fromkeys(kind for kind, _ in groups))
    if len(kinds) > len(COLOURS):
        raise ValueError(f"groups: at most {len(COLOURS)} kinds have a colour; got {len(kinds)}")
    if not {form for _, form in groups} <= {0, 1}:
        forms = sorted({str(form) for _, form in groups})
        raise ValueError(f"groups: expected the form 0 or 1, as there are two marks; got {listed(forms, 5)}")
    names = {} if names is None else names
    if not isinstance(names, Mapping):
        raise TypeError(f"names: expected a dict, position → name; got {got(names)}")
    texts_of(names.values(), "names")
    if not isinstance(joined, (list, tuple)) or not all(isinstance(pair, (list, tuple)) for pair in joined):
        raise TypeError(f"joined: expected a list of pairs of positions; got {got(joined)}")
    for place in (*names, *itertools.chain(*joined)):
        if isinstance(place, bool) or place not in range(len(spots)):
            raise ValueError(f"names and joined: expected positions from 0 to {len(spots) - 1}; got {got(place)}")
    if any(len(pair) != 2 for pair in joined):
        raise ValueError(f"joined: expected pairs of positions; got {got(joined)}")
    side = 2.6  # inches
    picture = Picture(WIDTH, 3.3)
    ax = picture.add_axes((0.6 / WIDTH, 0.42 / 3.3, side / WIDTH, side / 3.3))
    for first, second in joined:
        ax.plot(*zip(spots[first], spots[second], strict=True), color=GREY, linewidth=0.8, zorder=1)
    for kind, colour in zip(kinds, COLOURS, strict=False):
        for form in (0, 1):
            own = [spot for spot, group in zip(spots, groups, strict=True) if group == (kind, form)]
            if not own:
                continue
            face = colour if form == 0 else "white"
            name = None if form and (kind, 0) in groups else str(kind)
            ax.scatter(*zip(*own, strict=True), s=22, marker="os"[form], c=face, edgecolors=colour, label=name)
    above = {"left": float("inf"), "right": float("inf")}  # how high the last label stands, on either side
    for position in sorted(names, key=lambda position: -spots[position][1]):
        off, align = (-6, "right") if spots[position][0] < 0 else (6, "left")  # outwards, where there is room
        height = spots[position][1] * side * 36 / limit  # in points from the middle, of which an inch has 72
        above[align] = min(height + 3, above[align] - 13)  # 13 points lower at least, so that no two names overlap
        offset = (off, above[align] - height)
        text = ax.annotate(
            readable(names[position]), spots[position], xytext=offset, textcoords="offset points", fontsize=8, ha=align
        )
        plate(text)
    ax.set(xlim=(-limit, limit), ylim=(-limit, limit), xlabel="first direction", ylabel="second direction", title=title)
    ax.locator_params(nbins=4)
    legend = ax.legend(loc="center left", bbox_to_anchor=(1.04, 0.5), title="● form 0   □ form 1")
    legend.get_title().set_fontsize(8)
    apart = _same_kind(spots, groups)
    outside = sum(max(map(abs, spot)) > limit for spot in spots)
    picture.words = f"{title[:1].upper()}{title[1:]}: " if title else ""
    picture.words += (
        f"{counted(len(spots), 'word')} as points, of {counted(len(kinds), 'kind')} ({listed(map(str, kinds))})."
    )
    if apart and len(kinds) > 1:
        picture.words += f" The nearest point is of the same kind for {apart} of them."
    if joined:
        lines = [[b - a for a, b in zip(spots[first], spots[second], strict=True)] for first, second in joined]
        picture.words += f" The lines that join {counted(len(lines), 'pair')} point {_alike(lines)}."
    if outside:
        picture.words += f" {outside} lie outside the picture."
    return picture


def _same_kind(spots: list[list[float]], groups: list[tuple]) -> str:
    """For how many points the nearest one is of their own kind; in coarse words, which a last digit does not sway."""
    if len(spots) < 2:
        return ""
    import torch

    places = torch.tensor(spots, dtype=torch.float64)
    nearest = torch.cdist(places, places).fill_diagonal_(math.inf).argmin(1).tolist()
    share = sum(groups[at][0] == groups[other][0] for at, other in enumerate(nearest)) / len(spots)
    steps = ((0.9, "nearly all"), (0.6, "most"), (0.4, "about half"), (0.1, "some"), (0, "few"))
    return next(words for least, words in steps if share >= least)


def _alike(lines: list[list[float]]) -> str:
    """How alike the directions of lines are: the length of their mean direction, in coarse words."""
    units = [[part / (math.hypot(*line) or 1) for part in line] for line in lines]
    mean = math.hypot(*(sum(parts) / len(units) for parts in zip(*units, strict=True)))
    return "nearly the same way" if mean > 0.9 else "roughly the same way" if mean > 0.6 else "different ways"


@drawing
def curves(steps: Sequence[float], scores: Mapping[str, Sequence[float]], xlabel: str, ylabel: str = "") -> Picture:
    """Scores between 0 and 1 over time, one line each, at most six.

    >>> figure = curves([0, 1], {"purity": [0.1, 0.9]}, xlabel="epoch")
    >>> figure.axes[0].lines[0].get_ydata().tolist()
    [0.1, 0.9]
    >>> figure.words
    'Lines over the epoch, 0 to 1: purity goes from about 0.1 to 0.9.'
    """
    steps, xlabel, ylabel = checked(steps, "steps", ("steps",)), text_of(xlabel, "xlabel"), text_of(ylabel, "ylabel")
    if not isinstance(scores, Mapping) or not scores:
        raise TypeError(f"scores: expected a dict, name → scores; got {got(scores)}")
    if len(scores) > len(COLOURS):
        raise ValueError(f"scores: at most {len(COLOURS)} lines have a colour; got {len(scores)}")
    picture = Picture(WIDTH, 2.8, layout="constrained")
    ax, told = picture.subplots(), []
    for (name, values), colour, mark in zip(scores.items(), COLOURS, MARKS, strict=False):
        values = checked(values, name, ("steps",))
        if len(values) != len(steps) or not all(0 <= value <= 1 for value in values):
            raise ValueError(f"{name}: expected {len(steps)} scores from 0 to 1, one for each step; got {got(values)}")
        ax.plot(steps, values, color=colour, marker=mark, markersize=4, label=name)
        told.append(f"{name} goes from about {values[0]:.1f} to {values[-1]:.1f}")
    ax.set(ylim=(-0.03, 1.03), xlabel=xlabel, ylabel=ylabel)
    ax.grid(True)
    ax.legend(loc="center left", bbox_to_anchor=(1.01, 0.5))
    picture.words = f"Lines over the {xlabel}, {steps[0]:g} to {steps[-1]:g}: {listed(told)}."
    return picture


@drawing
def block(values: Any, rows: Sequence[str], columns: Sequence[str], title: str) -> Picture:
    """A part of a matrix of words against context words, with its numbers.

    >>> block([[1.5]], ["fox"], ["quick"], "PPMI").words
    'PPMI: 1 word against 1 context word. The largest in each row: fox with quick, 1.5.'
    """
    values, title = matrix_of(values, "values"), text_of(title, "title")
    rows, columns = (
        [readable(name) for name in texts_of(names, what, count)]
        for names, what, count in ((rows, "rows", len(values)), (columns, "columns", len(values[0])))
    )
    picture = Picture()
    labels = {"rows": rows, "columns": columns, "ylabel": "word", "xlabel": "context word", "title": title}
    equation(picture, {"values": values, "digits": 1, "size": (0.46, 0.28)} | labels)
    most = [max(range(len(columns)), key=lambda j: row[j] if not math.isnan(row[j]) else -math.inf) for row in values]
    told = listed(
        f"{name} with {columns[j]}, {written(row[j], 1)}" for name, row, j in zip(rows, values, most, strict=True)
    )
    picture.words = (
        f"{title}: {counted(len(rows), 'word')} against {counted(len(columns), 'context word')}. "
        f"The largest in each row: {told}."
    )
    return picture
