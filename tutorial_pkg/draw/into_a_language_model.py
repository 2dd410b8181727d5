"""Pictures for notebook 07: windows over text, the causal mask, one table at both ends, the next token."""

from collections.abc import Sequence
from typing import Any

from ..words import amounts_in_words, count_of, join_words, readable, with_sign
from . import checks, core
from .charts import bars, chart, curves, finish, log_scale
from .core import Picture, drawing, fit
from .matrices import added_up, arrow, board, box, box_lines, box_width, cells, kept, label

__all__ = ["added_up", "both_ends", "causal_mask", "curves", "next_tokens", "ranks", "windows"]


@drawing
def windows(ids: Any, targets: Any, vocabulary: checks.Vocabulary) -> Picture:
    """Windows over a text: at each position the token that is read, and below it the token that should come next.

    `ids`, `targets`: integers of the same shape, (batch, length), at most (3, 8).
    >>> windows([[1, 0]], [[0, 2]], ["fox", "quick", "runs"]).words
    'In window 0, the model reads “quick fox”. The next token after each position should be: “fox runs”.'
    """
    words, dims = checks.words_of(vocabulary), ("batch", "length")
    ids = checks.checked(ids, "ids", dims, int, below=len(words), most=(3, 8))
    targets = checks.checked(targets, "targets", dims, int, below=len(words), most=(3, 8))
    _, length = checks.same_shape("ids and targets", ids, targets)
    left, names = 0.58, [readable(word) for word in words]
    width = box_width(names, 0.62, (core.WIDTH - left) / length, core.SMALL)
    told, (picture, ax) = [], board(left + width * length, 1.15 * len(ids) + 0.05)
    for row, pair in enumerate(zip(ids, targets, strict=True)):
        top = 1.15 * row + 0.25
        read, due = ([names[one] for one in line] for line in pair)
        lines = [
            ("reads", [(name, width, core.TINTS[0], "") for name in read]),
            ("next", [(name, width, core.TINTS[1], "") for name in due]),
        ]
        box_lines(ax, lines, left, top, 0.6, fontsize=core.SMALL)
        for x in (left + width * (place + 0.5) for place in range(length)):
            arrow(ax, x, top + 0.17, x, top + 0.45)
        told.append(f"In window {row}, the model reads “{' '.join(read)}”.")
        told.append(f"The next token after each position should be: “{' '.join(due)}”.")
    return picture.say(*told)


@drawing
def causal_mask(words: Sequence[str]) -> Picture:
    """Which positions a position may read in a causal block: itself and those before it; `words` are 1 to 16 tokens.

    >>> causal_mask(["quick", "fox"]).words
    'A grid shows which of 2 positions each position may read. The first position, “quick”, reads only itself. ...'
    """
    words = [readable(word) for word in checks.texts_of(words, "words", most=16)]
    picture, last = Picture(), len(words) - 1
    labels = {"size": (min(0.3, 3.9 / len(words)), 0.28), "xlabel": "may read", "ylabel": "position"}
    cells(picture, 1.3, 0.3, words, words, lambda i, j: ("●", core.SKY) if j <= i else ("", core.QUIET), **labels)
    return picture.say(
        f"A grid shows which of {count_of(len(words), 'position')} each position may read.",
        f"The first position, “{words[0]}”, reads only itself.",
        last and f"The last position, “{words[-1]}”, reads itself and the {count_of(last, 'position')} before it.",
    )


@drawing
def both_ends(ids: Any, words: Sequence[str], said: str, shape: Sequence[int]) -> Picture:
    """A language model with one table: its rows at the input, the product with the table at the output.

    `ids`, `words`: the input. If there are more than seven, those in the middle are left out. `said`: the token with
    the highest score. `shape`: the table's (V, d).
    >>> both_ends([4], ["quick"], "fox", (6, 3)).words
    'The ids 4 pick rows of the table (6 × 3). Blocks change the rows. The last state times the same table gives 6 ...'
    """
    rows, width = checks.checked(tuple(shape), "shape", ("V and d",), int, span=(1, 10**12))
    ids = checks.ids_of(ids, rows=rows)
    names = [f"{one} {readable(w)}" for one, w in zip(ids, checks.texts_of(words, "words", len(ids)), strict=True)]
    said, lines = readable(said), kept(len(ids), 7)
    middle, wide = 0.3 + max(len(lines) * 0.33, 1.4) / 2, box_width(names, 0.8, 1.25, core.SMALL)
    picture, ax = board(core.WIDTH, 2 * middle + 0.5)
    picture.shortened = None in lines
    label(ax, 0.65, middle - len(lines) * 0.165 - 0.13, "input")
    for line, at in enumerate(lines):
        y = middle + 0.33 * (line - (len(lines) - 1) / 2)
        if at is None:
            label(ax, 0.65, y, "⋮")
        else:
            box(ax, 0.65, y, names[at], width=wide, height=0.28, face=core.TINTS[0], fontsize=core.SMALL)
    for x, across, face, text in (
        (1.95, 0.86, core.TINTS[1], f"table\n{rows:,}\n× {width:,}\nrow of\neach id"),
        (2.86, 0.6, core.QUIET, "blocks"),
        (3.77, 0.86, core.TINTS[1], "table\nagain:\nstate\n@ table.T"),
        (4.88, 1.0, core.TINTS[2], f"{rows:,}\nscores\nhighest:\n{said}"),
    ):
        box(ax, x, middle, text, width=across, height=1.35, face=face, fontsize=core.SMALL)
        arrow(ax, x - across / 2 - 0.2, middle, x - across / 2 - 0.02, middle)
    bottom, corner = middle + 0.7, middle + 0.92
    ax.plot([1.95, 1.95, 3.77, 3.77], [bottom, corner, corner, bottom], color=core.ORANGE, linewidth=2, zorder=1)
    label(ax, 2.86, corner + 0.15, with_sign("one tensor", said, *names))
    return picture.say(
        f"The ids {join_words(ids)} pick rows of the table ({rows:,} × {width:,}). Blocks change the rows. The last",
        f"state times the same table gives {rows:,} scores. The token {said} has the highest score.",
    )


@drawing
def next_tokens(prompt: str, tokens: Sequence[str], shares: Sequence[float], title: str = "") -> Picture:
    """The tokens that a model gives the highest probability after a prompt, as bars.

    `tokens`: at most ten, the most probable first. `shares`: their probabilities. `title`: above the bars.
    >>> next_tokens("The capital of France is", [" Paris"], [0.77]).words
    'These tokens have the highest probability after “The capital of France is”: ␣Paris 77%. The sign ␣ is a space.'
    """
    shares, text = checks.checked(shares, "shares", ("tokens",), most=10, span=(0, 1)), "{:.0%}".format
    checks.one_each(tokens=tokens, shares=shares)
    colours = [core.ORANGE, *[core.SKY] * 9]
    some = [(readable(token), share, colour) for token, share, colour in zip(tokens, shares, colours, strict=False)]
    picture = bars({"": some}, text, xlim=(0, 1), xlabel="probability of the next token", title=title)
    said = readable(prompt).replace("␣", " ")
    said = said if len(said) <= 60 else f"…{said[-59:]}"
    start = f"{title[:1].upper()}{title[1:]}, these" if title else "These"
    return picture.say(f"{start} tokens have the highest probability after “{said}”: {amounts_in_words(some, text)}.")


@drawing
def ranks(places: Sequence[int], token: str, rows: int) -> Picture:
    """The rank of a token's score among all scores, if the model answered after this block.

    `places`: the rank before the first block, then after each; 1 is the highest score. `rows`: how many tokens exist.
    >>> ranks([40, 7, 1], " Paris", 100).words
    'A line shows the rank of ␣Paris among 100 tokens, from before the first block to after block 2. The last ranks ...'
    """
    token, places = readable(token), checks.checked(places, "places", ("blocks",), int, span=(1, rows))
    picture, ax = chart(2.8)
    ax.plot(range(len(places)), places, color=core.BLUE, marker="o", markersize=4)
    ax.axhline(1, color=core.GREY, linewidth=1)
    log_scale(ax.yaxis)
    xlabel, ylabel = with_sign("after block", token), fit(f"rank of {token}", 2.2)
    finish(ax, xlabel=xlabel, ylabel=ylabel, ylim=(max(rows, 2), 0.7))
    first = next((block for block in range(len(places)) if set(places[block:]) == {1}), None)
    won = "not first at the end" if first is None else f"in first place from block {first} on"
    return picture.say(
        f"A line shows the rank of {token} among {count_of(rows, 'token')}, from before the first block to after block",
        f"{len(places) - 1}. The last ranks are {join_words(f'{place:,}' for place in places[-3:])}.",
        f"The token is {won}.",
    )
