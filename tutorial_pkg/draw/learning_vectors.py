"""Pictures for notebook 05: rows that move, pairs of words, and a map of words."""

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ..word2vec import plane
from ..words import count_of, format_number, format_row, join_words, readable, row_names
from . import checks, core
from .charts import coloured, curves, label_points, nearest_is_alike, point_axes
from .core import Picture, drawing, fit, text_width
from .matrices import NAME_WIDTH, TOKENS, cells, equation
from .one_hot_and_linear import gradient_rows

__all__ = ["curves", "gradient_rows", "movement", "plane", "word_map", "word_pairs"]


@drawing
def movement(moved: Mapping[str, Any], used: Sequence[Any], vocabulary: checks.Vocabulary) -> Picture:
    """Which rows moved in which step, one grid for each optimiser: filled where a row moved, a dot where it was used.

    `moved`: for each optimiser, booleans of shape (steps, V). `used`: for each step, the ids that were looked up.
    >>> movement({"SGD": [[True, False]]}, [[0]], ["fox", "house"]).words
    'Grids show which rows moved in 1 step. SGD moved the rows that were looked up in the step, and no others.'
    """
    words = checks.words_of(vocabulary)
    looked_up = np.zeros((len(used), len(words)), bool)
    for step, ids in enumerate(used):
        looked_up[step, checks.ids_of(ids, "used", rows=len(words))] = True
    names, steps = row_names(range(len(words)), words), [str(step + 1) for step in range(len(used))]
    left, high, gap = min(NAME_WIDTH, max(map(text_width, names))) + 0.4, 0.27, 0.15
    wide = min(0.3, ((core.WIDTH - left) / len(moved) - gap) / len(used))
    across = max(wide * len(used), *(text_width(name) + 0.1 for name in moved)) + gap
    picture, told = Picture(), []
    for place, (name, grid) in enumerate(moved.items()):
        grid = np.array(checks.checked(grid, name, ("steps", "V"), bool))
        checks.same_shape("moved and used", grid, looked_up)
        labels = {"xlabel": "step", "title": fit(name, across), "ylabel": "" if place else TOKENS}
        rows = [""] * len(words) if place else names

        def fill(row: int, step: int, grid: np.ndarray = grid) -> tuple:
            return "", core.SKY if grid[step, row] else core.QUIET

        ax = cells(picture, left + place * across, 0.35, rows, steps, fill, size=(wide, high), **labels)
        ax.plot(*looked_up.nonzero(), "ok", markersize=5)
        told.append(f"{name[:1].upper()}{name[1:]} moved {_which(grid, looked_up)}.")
    legend = "blue: the row moved      ●: the row was looked up in this step"
    picture.text(left / core.WIDTH, 1 - (0.97 + len(words) * high) / 3.0, legend)
    return picture.say(f"Grids show which rows moved in {count_of(len(used), 'step')}.", *told)


def _which(moved: np.ndarray, looked_up: np.ndarray) -> str:
    """Which rows moved, in words."""
    so_far = np.maximum.accumulate(looked_up)
    if moved.all():
        return "every row in every step" + ("" if so_far[-1].all() else ", also rows that are never looked up")
    if (moved == looked_up).all():
        return "the rows that were looked up in the step, and no others"
    if (moved == so_far).all():
        return "each row in every step after its first lookup"
    return f"a row in {moved.sum()} of {moved.size} cells of its grid"


@drawing
def word_pairs(matrices: Mapping[str, Any], words: Sequence[str], contexts: Sequence[str]) -> Picture:
    """Numbers for pairs of R words (rows) and C context words (columns), in one matrix or in several side by side.

    `matrices`: title → numbers of shape (R, C).
    >>> word_pairs({"PPMI": [[1.5, 0.0]]}, ["fox"], ["quick", "the"]).words
    'Rows are words, and columns are context words. In “PPMI”, the row of “fox” is 1.5, 0.0. The largest ...'
    """
    rows, columns = ([readable(one) for one in checks.texts_of(some, "words")] for some in (words, contexts))
    size, told = (0.46 if len(matrices) == 1 else 0.34, 0.28), []
    shared = {"rows": rows, "columns": columns, "xlabel": "context word", "digits": 1, "size": size}
    parts = [{"values": values, "title": title} | shared for title, values in matrices.items()]
    picture = equation(parts[0] | {"ylabel": "word"}, *parts[1:])
    for title, values in matrices.items():
        values, largest = checks.matrix_of(values, title), []
        for name, row in zip(rows, values, strict=True):
            j = int(np.nan_to_num(row, nan=-np.inf).argmax())
            largest.append(f"{format_number(row[j], 1)} for “{name}” with “{columns[j]}”")
        told.append(f"In “{title}”, the row of “{rows[0]}” is {format_row(values[0], 1)}.")
        told.append(f"The largest numbers by row are {join_words(largest)}.")
    return picture.say("Rows are words, and columns are context words.", *told)


@drawing
def word_map(
    points: Any, groups: Sequence, names: Mapping = {}, joined: Sequence = (), limit: float = 1.0, title: str = ""
) -> Picture:
    """Words as points in a plane: the colour is the kind, and a filled or hollow mark is the form.

    `points`: shape (N, 2), at most 2,000. `groups`: a pair (kind, form) for each point: at most six kinds, and the form
    is 0 or 1. `names`: position of a point → its label. `joined`: pairs of positions to join by a line. `limit`: both
    axes reach from -limit to limit, so that maps of different steps can be compared.
    >>> word_map([[0.1, 0.2], [0.1, 0.3]], [("animal", 0), ("animal", 1)], {0: "zeben"}).words
    'A map shows 2 words as points, of 1 kind (animal).'
    """
    spots, span = checks.points_of(points, len(groups)), (0, len(groups) - 1)
    kinds, forms = map(np.array, zip(*groups, strict=True))
    checks.checked(forms, "groups", ("forms",), int, most=2000, span=(0, 1, "the form 0 or 1"))
    colours = coloured(dict.fromkeys(kinds.tolist()))
    for place in itertools.chain(names, *joined):
        checks.checked(place, "names and joined", (), int, span=span)
    picture, ax = point_axes(2.5, (-limit, limit), (-limit, limit), title)
    for pair in joined:
        ax.plot(*spots[list(pair)].T, color=core.GREY, linewidth=0.8, zorder=1)
    for (kind, _, colour, _), form in itertools.product(colours, (0, 1)):
        own = spots[(kinds == kind) & (forms == form)]
        if len(own):
            style = {"c": "white" if form else colour, "edgecolors": colour, "marker": "os"[form], "s": 22}
            named = form == 0 or 0 not in forms[kinds == kind]
            ax.scatter(*own.T, label=fit(kind, 1.1) if named else "", **style)
    outside = abs(spots).max(1) > limit
    shown = sorted((place for place in names if not outside[place]), key=lambda at: -spots[at][1])
    label_points(ax, spots, {place: readable(names[place]) for place in shown}, must=True)
    ax.legend(loc="center left", bbox_to_anchor=(1.04, 0.5), title="● form 0   □ form 1", title_fontsize=8)
    alike = nearest_is_alike(spots, kinds) / len(spots)
    steps = ((0.9, "nearly all"), (0.6, "most"), (0.4, "about half"), (0.1, "some"), (0, "few"))  # in coarse words,
    share = next(words for least, words in steps if alike >= least)  # which a last digit does not change
    return picture.say(
        title and f"{title[:1].upper()}{title[1:]}.",
        f"A map shows {count_of(len(spots), 'word')} as points, of {count_of(len(colours), 'kind')}",
        f"({join_words(kind for kind, *_ in colours)}).",
        len(spots) > 1 < len(colours) and f"The nearest point is of the same kind for {share} of them.",
        bool(joined) and f"The lines that join {count_of(len(joined), 'pair')} point {_alike(spots, joined)}.",
        outside.any() and f"The number of words outside the picture is {outside.sum()}.",
    )


def _alike(spots: np.ndarray, joined: Sequence) -> str:
    """How similar the directions of lines are: the length of their mean direction, in rough words."""
    first, second = np.transpose(joined)
    lines = spots[second] - spots[first]
    lengths = np.linalg.norm(lines, axis=1, keepdims=True)
    mean = np.linalg.norm((lines / np.where(lengths, lengths, 1)).mean(0))
    return "nearly the same way" if mean > 0.9 else "roughly the same way" if mean > 0.6 else "different ways"
