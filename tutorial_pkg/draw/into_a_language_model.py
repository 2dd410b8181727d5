"""Pictures for notebook 07: windows over text, two tables added, who reads whom, a falling loss, the next token."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from .common import (
    BLUE,
    GREY,
    ORANGE,
    QUIET,
    SKY,
    TINTS,
    WIDTH,
    Picture,
    arrow,
    box,
    cell,
    checked,
    counted,
    drawing,
    equation,
    got,
    label,
    listed,
    matrix_of,
    paper,
    plate,
    readable,
    text_of,
    texts_of,
    words_of,
)


@drawing
def windows(ids: Any, targets: Any, vocabulary: Mapping[str, int] | Sequence[str]) -> Picture:
    """Windows over a text: in each place the token that is read, and below it the token that should come next.

    Args:
        ids, targets: whole numbers of shape (batch, length), at most seven places, and words of nine letters.
        vocabulary: token → id, or the tokens in the order of their ids.

    >>> windows([[1, 0]], [[0, 2]], ["fox", "quick", "runs"]).words
    'In window 0, quick, fox are read; fox, runs should come next.'
    """
    words = words_of(vocabulary)
    ids, targets = (
        checked(values, name, ("batch", "length"), int, below=len(words), most=24)
        for values, name in ((ids, "ids"), (targets, "targets"))
    )
    if (len(targets), len(targets[0])) != (len(ids), len(ids[0])):
        raise ValueError(f"targets: expected the shape of ids, {len(ids)} × {len(ids[0])}; got {got(targets)}")
    if len(ids[0]) > 8:
        raise ValueError(f"ids: at most 8 places can be drawn; got {len(ids[0])}")
    picture, width = Picture(), 0.68
    ax = paper(picture, 0.75 + width * len(ids[0]), 1.15 * len(ids) + 0.05)
    told = []
    for row, (reads, wanted) in enumerate(zip(ids, targets, strict=True)):
        top = 1.15 * row
        label(ax, 0.62, top + 0.25, "reads", ha="right")
        label(ax, 0.62, top + 0.85, "wanted", ha="right")
        for place, (one, next_one) in enumerate(zip(reads, wanted, strict=True)):
            x = 0.75 + width * (place + 0.5)
            for token, y, face in ((one, 0.25, TINTS[0]), (next_one, 0.85, TINTS[1])):
                name = readable(words[token])
                box(ax, x, top + y, name, width=width - 0.06, face=face, fontsize=9 if len(name) <= 7 else 8)
            arrow(ax, x, top + 0.42, x, top + 0.7)
        names = [", ".join(readable(words[token]) for token in some) for some in (reads, wanted)]
        told.append(f"in window {row}, {names[0]} are read; {names[1]} should come next")
    picture.words = ". ".join(told).replace("in window", "In window") + "."
    return picture


@drawing
def token_plus_position(tokens: Any, positions: Any, words: Sequence[str]) -> Picture:
    """The rows of some tokens plus the rows of their places: what goes into the first block.

    Args:
        tokens, positions: of shape (length, columns); show three columns at most.
        words: the tokens.

    >>> token_plus_position([[1.0]], [[0.5]], ["fox"]).words
    'Rows of fox, plus the rows of places 0 to 0, number by number: the sum is what the block gets.'
    """
    tokens, positions = matrix_of(tokens, "tokens"), matrix_of(positions, "positions")
    words = [readable(word) for word in texts_of(words, "words", len(tokens))]
    if (len(positions), len(positions[0])) != (len(tokens), len(tokens[0])):
        raise ValueError(
            f"positions: expected the shape of tokens, {len(tokens)} × {len(tokens[0])}; got {got(positions)}"
        )
    if len(tokens) > 16 or len(tokens[0]) > 4:
        raise ValueError(f"tokens: at most 16 rows of 4 columns can be drawn; got {len(tokens)} × {len(tokens[0])}")
    total = [[a + b for a, b in zip(one, other, strict=True)] for one, other in zip(tokens, positions, strict=True)]
    places = [f"{place}" for place in range(len(tokens))]
    picture = Picture(WIDTH, 0.28 * len(tokens) + 0.75)
    size = (0.42, 0.28)
    equation(
        picture,
        {"values": tokens, "rows": words, "title": "token", "size": size},
        "+",
        {"values": positions, "rows": places, "title": "position", "size": size},
        "=",
        {"values": total, "rows": [""] * len(total), "title": "what goes in", "size": size},
    )
    picture.words = (
        f"Rows of {listed(words)}, plus the rows of places 0 to {len(tokens) - 1}, number by number: the sum is what "
        "the block gets."
    )
    return picture


@drawing
def causal_mask(words: Sequence[str]) -> Picture:
    """Which places a place may gather from in a causal block: itself and those before it.

    >>> causal_mask(["quick", "fox"]).words
    'A grid of 2 places: quick gathers from itself alone, fox from itself and the 1 place before it.'
    """
    words = [readable(word) for word in texts_of(words, "words")]
    if not 1 <= len(words) <= 16:
        raise ValueError(f"words: expected 1 to 16 of them; got {len(words)}")
    picture = Picture(3.4, 0.3 * len(words) + 1.1)
    ax = picture.add_axes((0.25, 0.3, 0.7, 0.62))
    for row in range(len(words)):
        for column in range(len(words)):
            cell(ax, column, row, "●" if column <= row else "", SKY if column <= row else QUIET)
    ax.set(xlim=(-0.5, len(words) - 0.5), ylim=(len(words) - 0.5, -0.5), xlabel="gathers from", ylabel="the place")
    ax.set_xticks(range(len(words)), words, rotation=40, ha="right", rotation_mode="anchor")
    ax.set_yticks(range(len(words)), words)
    ax.tick_params(length=0)
    for spine in ax.spines.values():
        spine.set_visible(False)
    picture.words = (
        f"A grid of {len(words)} places: {words[0]} gathers from itself alone, {words[-1]} from itself and the "
        f"{counted(len(words) - 1, 'place')} before it."
    )
    return picture


@drawing
def both_ends(ids: Any, words: Sequence[str], said: str, shape: Sequence[int]) -> Picture:
    """A language model with one table: its rows on the way in, its product on the way out.

    Args:
        ids: the ids that go in, six at most.
        words: their tokens.
        said: the token with the highest score.
        shape: the table's (V, d).

    >>> both_ends([4], ["quick"], "fox", (6, 3)).words
    'Ids 4 pick rows of the table (6 × 3); blocks change them; the last state times the same table gives 6 scores; \
the highest is that of fox.'
    """
    ids = checked(ids, "ids", ("length",), int, most=8)
    words, said = [readable(word) for word in texts_of(words, "words", len(ids))], readable(text_of(said, "said"))
    sizes = checked(shape, "shape", ("V and d",), int)
    if len(sizes) != 2:
        raise ValueError(f"shape: expected two whole numbers, V and d; got {got(shape)}")
    rows, width = sizes
    picture = Picture()
    ax = paper(picture, WIDTH, 2.5)
    label(ax, 0.68, 0.15, "in")
    for place, (number, word) in enumerate(zip(ids, words, strict=True)):
        box(ax, 0.68, 0.45 + 0.33 * place, f"{number} {word}", width=1.25, height=0.28, face=TINTS[0], fontsize=8)
    middle = 0.45 + 0.33 * (len(ids) - 1) / 2
    for x, width_of_it, face, text in (
        (1.95, 0.82, TINTS[1], f"table\n{rows:,}\n× {width:,}\nrow of\neach id"),
        (2.88, 0.58, QUIET, "blocks"),
        (3.82, 0.82, TINTS[1], "table\nagain:\nstate\n@ table.T"),
        (5.0, 1.05, TINTS[2], f"{rows:,}\nscores\nbest:\n{said}"),
    ):
        box(ax, x, middle, text, width=width_of_it, height=1.35, face=face, fontsize=8)
        arrow(ax, x - width_of_it / 2 - 0.22, middle, x - width_of_it / 2 - 0.02, middle)
    ax.plot([1.95, 1.95, 3.82, 3.82], [middle + 0.7, 2.2, 2.2, middle + 0.7], color=ORANGE, linewidth=2, zorder=1)
    label(ax, 2.88, 2.2, "one tensor")
    picture.words = (
        f"Ids {listed(ids)} pick rows of the table ({rows:,} × {width:,}); blocks change them; the last state times "
        f"the same table gives {rows:,} scores; the highest is that of {said}."
    )
    return picture


@drawing
def loss_curve(losses: Sequence[float], rival: float, name: str) -> Picture:
    """The loss of each training step, and a rival's loss as a line.

    Args:
        losses: one a step.
        rival: the loss to get below.
        name: what the rival is called.

    >>> loss_curve([7.0, 3.0], 4.0, "bigram table").words
    'The loss over 2 steps falls from about 7; it ends below the line of the bigram table.'
    """
    losses, rival = checked(losses, "losses", ("steps",), most=100_000), checked(rival, "rival", ())
    name = text_of(name, "name")
    if not all(map(math.isfinite, [*losses, rival])):
        raise ValueError("losses: expected finite numbers, and a finite rival; got inf or nan among them")
    tail = losses[-max(1, len(losses) // 20) :]
    below = "below" if sum(tail) / len(tail) < rival else "above"
    picture = Picture(WIDTH, 2.6, layout="constrained")
    ax = picture.subplots()
    ax.plot(range(1, len(losses) + 1), losses, color=BLUE, linewidth=0.8, label="the model, batch by batch")
    ax.axhline(rival, color=ORANGE, linewidth=2, linestyle="--", label=f"the {name}")
    ax.set(xlabel="step", ylabel="loss")
    ax.grid(True)
    ax.legend(loc="upper right")
    picture.words = (
        f"The loss over {counted(len(losses), 'step')} falls from about {losses[0]:.0f}; it ends {below} the line of "
        f"the {name}."
    )
    return picture


@drawing
def next_tokens(prompt: str, tokens: Sequence[str], shares: Sequence[float], title: str = "") -> Picture:
    """The tokens that a model gives the highest probability after a prompt, as bars.

    Args:
        prompt: what was read.
        tokens: the likeliest first, ten at most.
        shares: their probabilities.
        title: above the bars.

    >>> next_tokens("The capital of France is", [" Paris"], [0.77]).words
    'After “The capital of France is”: ␣Paris 77 %.'
    """
    names = [readable(token) for token in texts_of(tokens, "tokens")]
    shares = checked(shares, "shares", ("tokens",), most=10)
    if len(shares) != len(names) or not all(0 <= share <= 1 for share in shares):
        raise ValueError(
            f"shares: expected a probability from 0 to 1 for each of the {len(names)} tokens; got {got(shares)}"
        )
    prompt, title = text_of(prompt, "prompt", 10_000), text_of(title, "title")
    picture = Picture(WIDTH, 0.28 * len(names) + 0.9, layout="constrained")
    ax = picture.subplots()
    ax.barh(range(len(names)), shares, color=[ORANGE, *[SKY] * (len(names) - 1)], height=0.7)
    for place, share in enumerate(shares):
        plate(ax.text(share + 0.015, place, f"{share:.0%}", va="center", fontsize=8))
    ax.set_yticks(range(len(names)), names)
    ax.set(xlim=(0, 1.08), ylim=(len(names) - 0.5, -0.5), xlabel="probability of coming next", title=title)
    said = readable(prompt).replace("␣", " ")
    said = said if len(said) <= 60 else f"…{said[-59:]}"
    told = listed(f"{name} {100 * share:.0f} %" for name, share in zip(names, shares, strict=True))
    picture.words = f"{title}. After “{said}”: {told}.".removeprefix(". ")
    return picture


@drawing
def ranks(places: Sequence[int], token: str, rows: int) -> Picture:
    """At which place a token stands among all, after each block, if the model had to answer then.

    Args:
        places: before the first block, then after each; 1 is the first.
        token: which token.
        rows: how many tokens there are.

    >>> ranks([40, 7, 1], " Paris", 100).words
    'The place of ␣Paris among 100 tokens, from before the first block to after block 2. At the end: 40, 7, 1. It is \
first from block 2 on.'
    """
    places, token = checked(places, "places", ("blocks",), int), readable(text_of(token, "token"))
    rows = checked(rows, "rows", (), int)
    if rows > 10**9:
        raise ValueError(f"rows: at most {10**9:,} can be drawn; got {got(rows)}")
    if not all(1 <= place <= rows for place in places):
        raise ValueError(f"places: expected numbers from 1 to rows, which is {rows:,}; got {got(places)}")
    picture = Picture(WIDTH, 2.8, layout="constrained")
    ax = picture.subplots()
    ax.plot(range(len(places)), places, color=BLUE, marker="o", markersize=4)
    ax.set(yscale="log", xlabel="after block", ylabel=f"place of {token}", ylim=(rows, 0.7))
    ax.axhline(1, color=GREY, linewidth=1)
    ax.set_yticks([10**power for power in range(6) if 10**power <= rows], minor=False)
    ax.set_yticklabels([f"{10**power:,}" for power in range(6) if 10**power <= rows])
    ax.minorticks_off()
    ax.grid(True)
    first = next((block for block in range(len(places)) if set(places[block:]) == {1}), None)
    end = ", ".join(f"{place:,}" for place in places[-3:] if place <= 50)
    picture.words = (
        f"The place of {token} among {rows:,} tokens, from before the first block to after block {len(places) - 1}. "
        + (f"At the end: {end}. " if end else "")
        + (f"It is first from block {first} on." if first is not None else "It is never first.")
    )
    return picture
