"""Pictures for notebook 06: a token's nearest rows, how numbers spread, and a map of groups of words."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ..words import amounts_in_words, count_of, describe, format_number, join_words, readable, with_sign
from . import charts, checks, core
from .charts import bars, chart, coloured, finish, label_points
from .core import Picture, drawing, fit


@drawing
def neighbours(token: str, found: Sequence[tuple[str, float]]) -> Picture:
    """The tokens whose rows are nearest to a token's row, as bars.

    `found`: at most 15 pairs of a token and its finite score, nearest first, as `over_vocabulary` returns them. Scores
    from -1 to 1 are called cosine similarities.
    >>> neighbours(" king", [(" King", 0.82), (" queen", 0.62)]).words
    'Bars show the tokens nearest to ␣king, with their cosine similarity: ␣King 0.82 and ␣queen 0.62. The sign ␣ is ...'
    """
    scores = checks.checked([score for _, score in found], "found", ("neighbours",), most=15, span=checks.FINITE)
    some = [(readable(one), value, core.SKY) for (one, _), value in zip(found, scores, strict=True)]
    name, cosines = readable(token), max(map(abs, scores)) <= 1.001
    score, high = ("cosine similarity", 1.0) if cosines else ("score", max(0.0, *scores))
    picture = bars({"": some}, format_number, xlabel=score, title=f"nearest to {name}", xlim=(min(0.0, *scores), high))
    told = amounts_in_words(some, format_number)
    return picture.say(f"Bars show the tokens nearest to {name}, with their {score}: {told}.")


@drawing
def spreads(values: Mapping[str, Any], xlabel: str, marked: Mapping[str, float] = {}) -> Picture:
    """How numbers spread: a histogram for each name, over one another; single values can be marked.

    `values`: name → N finite numbers, at most six names. `marked`: label → a value to mark with a line.
    >>> spreads({"lengths": [1.0, 2.0, 2.0, 3.0], "others": [5.0]}, "length").words
    'Histograms show the distribution of the length. For “lengths”, 4 numbers are from 1.0 to 3.0, and the mean is ...'
    """
    long = {"most": 200_000, "span": checks.FINITE}
    numbers = {name: checks.checked(some, name, ("numbers",), **long) for name, some in values.items()}
    reach = min(map(min, numbers.values())), max(map(max, numbers.values()))
    told, (picture, ax) = [], chart(2.8)
    for name, some, colour, _ in coloured(numbers):
        ax.hist(some, bins=80, range=reach, color=colour, alpha=0.7, label=fit(name, 2))
        low, high, mean = (format_number(one, 1) for one in (min(some), max(some), sum(some) / len(some)))
        told.append(f"For “{name}”, {count_of(len(some), 'number')} are from {low} to {high}, and the mean is {mean}.")
    for place, (name, value) in enumerate(marked.items()):
        top, style = 1.04 + 0.09 * (place % 4), {"transform": ax.get_xaxis_transform()}
        ax.plot([value, value], [0, top - 0.03], color=core.GREY, clip_on=False, **style)
        ax.text(value, top, fit(readable(name), 1.5), ha="center", **style)
    finish(ax, "below", False, xlabel=with_sign(xlabel, *map(readable, marked)), ylabel="how many")
    marks = join_words(f"{readable(name)} at {value:.1f}" for name, value in marked.items())
    told.append(bool(marked) and f"Lines mark {marks}.")
    return picture.say(f"Histograms show the distribution of the {xlabel}.", *told)


@drawing
def group_map(points: Any, groups: Mapping[str, Sequence[str]], only: str = "") -> Picture:
    """Words as points in a plane. Each group has its own colour and mark. A word is written if there is room for it.

    `points`: shape (N, 2): one for each word of the groups, in their order. `groups`: name → words, at most six groups.
    `only`: the name of a group. If given, the map shows only the surroundings of this group, with its words.
    >>> group_map([[0.0, 0.0], [1.0, 0.0], [9.0, 9.0]], {"days": ["Monday", "Friday"], "pets": ["cat"]}).words
    'A map shows 3 words in 2 groups: days and pets. For 2 of the words, the nearest word on the map is of the same ...'
    """
    words = [word for name, some in groups.items() for word in checks.texts_of(some, name)]
    kinds = [name for name, some in groups.items() for _ in some]
    spots = checks.points_of(points, len(words))
    if only and only not in groups:
        raise ValueError(f"only: expected one of {join_words(map(repr, groups))}; got {describe(only)}")
    near = spots[np.array(kinds) == only] if only else spots
    middle, size = (near.min(0) + near.max(0)) / 2, np.array((3.6, 2.5))  # inches of the axes, which have one scale
    half = 0.6 * size * max(*(np.ptp(near, 0) / size), 1e-6)
    low, high = middle - half, middle + half
    picture, ax = charts.point_axes(size[0], *zip(low, high, strict=True))
    for name, _, colour, mark in coloured(groups):
        own = spots[np.array(kinds) == name]
        ax.scatter(*own.T, s=18, color=colour, marker=mark, label=fit(name, 0.8))
    finish(ax, "right", grid=False)
    # first the words of the chosen group; then the first word of each group, the second, ...
    turn = sorted(range(len(words)), key=lambda place: (kinds[place] != only, kinds[:place].count(kinds[place])))
    inside = ((low <= spots) & (spots <= high)).all(1)
    label_points(ax, spots, {place: readable(words[place]) for place in turn if inside[place]})
    return picture.say(
        f"A map shows {count_of(len(words), 'word')} in {count_of(len(groups), 'group')}: {join_words(groups)}.",
        only and f"Only the surroundings of the group {only} are shown.",
        f"For {charts.nearest_is_alike(spots, kinds)} of the words, the nearest word on the map is of the same group.",
    )


@drawing
def by_id(values: Any, ylabel: str, marked: Mapping[str, int]) -> Picture:
    """A number for each token as a point, in the order of ids (on a log scale); some tokens are named.

    `values`: shape (V,): a finite number for each id. `marked`: token → its id.
    >>> by_id([0.0, -0.6, 0.3, 0.7], "cosine", {" the": 1}).words
    'Points show the cosine of 4 tokens against their ids. The values are from -0.60 to 0.70. Some tokens ...'
    """
    numbers = checks.checked(values, "values", ("V",), most=200_000, span=checks.FINITE)
    marked = {token: checks.checked(i, token, (), int, span=(0, len(numbers) - 1)) for token, i in marked.items()}
    picture, ax = chart(3.0)
    ax.scatter(range(1, len(numbers)), numbers[1:], s=3, color=core.SKY, alpha=0.4, linewidths=0)  # no 0 on a log scale
    for i in marked.values():
        ax.plot(i, numbers[i], "o", markersize=5, color=core.ORANGE)
    ax.axhline(0, color=core.GREY, linewidth=1)
    charts.log_scale(ax.xaxis)
    ax.set(xlabel=with_sign("id (log scale; the larger, the rarer)", *map(readable, marked)), ylabel=fit(ylabel, 2.2))
    label_points(ax, [(i, numbers[i]) for i in marked.values()], dict(enumerate(map(readable, marked))), must=True)
    named = join_words(f"{readable(token)} (id {i:,}) at {numbers[i]:.2f}" for token, i in marked.items())
    return picture.say(
        f"Points show the {ylabel} of {len(numbers):,} tokens against their ids.",
        f"The values are from {min(numbers):.2f} to {max(numbers):.2f}.",
        bool(marked) and f"Some tokens are named: {named}.",
    )
