"""Pictures for notebook 06: a token's neighbours, how numbers spread, and a map of groups of words."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from .common import (
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    PINK,
    RED,
    SKY,
    WIDTH,
    Picture,
    checked,
    counted,
    drawing,
    got,
    listed,
    plate,
    readable,
    text_of,
    texts_of,
    written,
)

COLOURS = (BLUE, ORANGE, GREEN, PINK, RED, SKY)


@drawing
def neighbours(token: str, found: Sequence[tuple[str, float]]) -> Picture:
    """The tokens nearest to one, as bars.

    Args:
        token: whose neighbours they are.
        found: pairs of a token and its cosine similarity, nearest first, at most 15: what `over_vocabulary` returns.

    >>> neighbours(" king", [(" King", 0.82), (" queen", 0.62)]).words
    'Nearest to ␣king: ␣King 0.82 and ␣queen 0.62.'
    """
    if not isinstance(found, (list, tuple)) or not all(
        isinstance(one, (list, tuple)) and len(one) == 2 for one in found
    ):
        raise TypeError(f"found: expected a list of pairs (token, similarity); got {got(found)}")
    names = [readable(name) for name in texts_of([name for name, _ in found], "found")]
    values = checked([value for _, value in found], "found", ("neighbours",), most=15)
    name = readable(text_of(token, "token"))
    picture = Picture(WIDTH, 0.9 + 0.24 * len(names), layout="constrained")
    ax = picture.subplots()
    places = range(len(names))
    ax.barh(places, values, color=SKY, height=0.7)
    for place, value in zip(places, values, strict=True):
        plate(ax.text(max(value, 0) + 0.01, place, f"{value:.2f}", va="center", fontsize=8))
    ax.set_yticks(places, names)
    ax.set(xlim=(min(0.0, *values), 1.08), xlabel="cosine similarity", title=f"nearest to {name}")
    ax.invert_yaxis()
    picture.words = (
        f"Nearest to {name}: {listed(f'{one} {value:.2f}' for one, value in zip(names, values, strict=True))}."
    )
    return picture


@drawing
def spreads(values: Mapping[str, Any], xlabel: str, marked: Mapping[str, float] | None = None) -> Picture:
    """How numbers spread: a histogram for each name, over one another; single values can be marked.

    Args:
        values: name → numbers, at most six; shape (N,), finite.
        xlabel: what they are.
        marked: label → a value to mark with a line.

    >>> spreads({"lengths": [1.0, 2.0, 2.0, 3.0]}, "length").words
    'How the length of 4 numbers spreads. lengths: from 1.0 to 3.0, about 2.0 on average.'
    """
    if not isinstance(values, Mapping) or not 1 <= len(values) <= len(COLOURS):
        raise TypeError(f"values: expected a dict, name → numbers, of at most {len(COLOURS)}; got {got(values)}")
    xlabel = text_of(xlabel, "xlabel")
    if marked is not None and not isinstance(marked, Mapping):
        raise TypeError(f"marked: expected a dict, label → value; got {got(marked)}")
    marked = {text_of(name, "marked"): checked(value, "marked", ()) for name, value in (marked or {}).items()}
    numbers = {
        text_of(name, "values"): checked(some, name, ("numbers",), most=200_000) for name, some in values.items()
    }
    if not all(math.isfinite(one) for some in numbers.values() for one in some):
        raise ValueError("values: expected finite numbers; got inf or nan among them")
    low = min(min(some) for some in numbers.values())
    high = max(max(some) for some in numbers.values())
    picture = Picture(WIDTH, 2.8, layout="constrained")
    ax = picture.subplots()
    for (name, some), colour in zip(numbers.items(), COLOURS, strict=False):
        ax.hist(some, bins=80, range=(low, high), color=colour, alpha=0.7, label=name)
    for place, (name, value) in enumerate(marked.items()):
        ax.axvline(value, color=GREY, linewidth=1.5)
        height = 0.95 - 0.13 * (place % 6)
        plate(ax.text(value, height, readable(name), transform=ax.get_xaxis_transform(), fontsize=8, ha="center"))
    ax.set(xlabel=xlabel, ylabel="how many")
    picture.legend(loc="outside upper left", ncols=2)
    told = [
        f"{name}: from {written(min(some), 1)} to {written(max(some), 1)}, "
        f"about {written(sum(some) / len(some), 1)} on average"
        for name, some in numbers.items()
    ]
    picture.words = f"How the {xlabel} of {len(next(iter(numbers.values()))):,} numbers spreads. {'; '.join(told)}."
    if marked:
        picture.words += f" Marked: {listed(f'{readable(name)} at {value:.1f}' for name, value in marked.items())}."
    return picture


@drawing
def group_map(points: Any, groups: Mapping[str, Sequence[str]], only: str = "") -> Picture:
    """Words as points in a plane, a colour and a mark for each group; `only` zooms in on one and names its words.

    Args:
        points: shape (N, 2), finite: one for each word of the groups, in their order.
        groups: name → words, at most six groups.
        only: the name of a group whose surroundings are shown; all if empty.

    >>> picture = group_map([[0.0, 0.0], [1.0, 0.0], [9.0, 9.0]], {"days": ["Monday", "Friday"], "pets": ["cat"]})
    >>> picture.words
    'A map of 3 words in 2 groups. The nearest word on the map is of the same group for 2 of them.'
    """
    if not isinstance(groups, Mapping) or not 1 <= len(groups) <= len(COLOURS):
        raise TypeError(f"groups: expected a dict, name → words, of at most {len(COLOURS)}; got {got(groups)}")
    words = [word for name, some in groups.items() for word in texts_of(some, str(name))]
    kinds = [name for name, some in groups.items() for _ in some]
    spots = checked(points, "points", ("points", "2"))
    if (
        len(spots) != len(words)
        or len(spots[0]) != 2
        or not all(math.isfinite(part) for spot in spots for part in spot)
    ):
        raise ValueError(f"points: expected two finite numbers for each of the {len(words)} words; got {got(points)}")
    if not isinstance(only, str) or (only and only not in groups):
        raise ValueError(f"only: expected one of {listed(map(repr, groups))}; got {got(only)}")
    inside = [spot for spot, kind in zip(spots, kinds, strict=True) if kind == only] or spots
    (left, right), (low, high) = ((min(axis), max(axis)) for axis in zip(*inside, strict=True))
    wide, tall = max(right - left, 1e-6) * 0.14, max(high - low, 1e-6) * 0.1
    picture = Picture(WIDTH, 3.3, layout="constrained")
    ax = picture.subplots()
    for name, colour, mark in zip(groups, COLOURS, "os^Dv*", strict=False):
        own = [spot for spot, kind in zip(spots, kinds, strict=True) if kind == name]
        ax.scatter(*zip(*own, strict=True), s=18, color=colour, marker=mark, label=name)
    ax.set(xlim=(left - wide, right + wide), ylim=(low - tall, high + tall))
    ax.set(xlabel="first direction", ylabel="second direction")
    for word, spot, kind in zip(words, spots, kinds, strict=True):
        if kind == only:  # the names of all would hide each other
            text = ax.annotate(readable(word), spot, xytext=(3, 3), textcoords="offset points", fontsize=8)
            plate(text).get_bbox_patch().set_alpha(0.75)
    ax.locator_params(nbins=4)
    picture.legend(loc="outside upper left", ncols=3)
    same = sum(kinds[_nearest(spots, place)] == kind for place, kind in enumerate(kinds)) if len(spots) > 1 else 0
    picture.words = (
        f"A map of {counted(len(words), 'word')} in {counted(len(groups), 'group')}"
        f"{f', zoomed in on {only}' if only else ''}. The nearest word on the map is of the same group for {same} of "
        "them."
    )
    return picture


def _nearest(spots: list[list[float]], place: int) -> int:
    return min((one for one in range(len(spots)) if one != place), key=lambda one: math.dist(spots[one], spots[place]))


@drawing
def by_id(values: Any, ylabel: str, marked: Mapping[str, int]) -> Picture:
    """A number for each token as a point, in the order of ids (on a log scale); some tokens are named.

    Args:
        values: shape (V,), finite: one number for each id.
        ylabel: what the numbers are.
        marked: token → its id.

    >>> by_id([0.0, -0.6, 0.3, 0.7], "cosine", {" the": 1}).words
    'The cosine of 4 tokens by id: -0.60 to 0.70. Named: ␣the (id 1) at -0.60.'
    """
    numbers, ylabel = checked(values, "values", ("V",), most=200_000), text_of(ylabel, "ylabel")
    if not all(math.isfinite(number) for number in numbers):
        raise ValueError("values: expected finite numbers; got inf or nan among them")
    if not isinstance(marked, Mapping) or not all(type(i) is int and 0 <= i < len(numbers) for i in marked.values()):
        raise ValueError(f"marked: expected a dict, token → id from 0 to {len(numbers) - 1}")
    picture = Picture(WIDTH, 3.0, layout="constrained")
    ax = picture.subplots()
    ax.scatter(range(1, len(numbers)), numbers[1:], s=3, color=SKY, alpha=0.4, linewidths=0)  # a log scale has no 0
    told = []
    for token, i in marked.items():
        name = readable(text_of(token, "marked"))
        told.append(f"{name} (id {i:,}) at {numbers[i]:.2f}")
        ax.plot(i, numbers[i], "o", markersize=5, color=ORANGE)
        plate(ax.annotate(name, (i, numbers[i]), xytext=(-6, -3), textcoords="offset points", ha="right", fontsize=8))
    ax.axhline(0, color=GREY, linewidth=1)
    ax.set_xscale("log")
    ticks = [10**power for power in range(6) if 10**power <= len(numbers)]
    ax.set_xticks(ticks, [f"{tick:,}" for tick in ticks])
    ax.set(xlabel="id (log scale; the larger, the rarer)", ylabel=ylabel)
    picture.words = (
        f"The {ylabel} of {len(numbers):,} tokens by id: {min(numbers):.2f} to {max(numbers):.2f}. "
        f"Named: {', '.join(told)}."
    )
    return picture
