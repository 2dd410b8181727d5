"""Pictures for notebook 07: windows over text, two tables added, the causal mask, the loss, the next token.

Other input raises the errors of `checks`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from . import checks, core
from .charts import bars, chart, finish, log_scale
from .core import Picture, count_of, drawing, fit, join_words, readable
from .matrices import arrow, bare_axes, box, box_width, cells, equation, kept, label


@drawing
def windows(ids: Any, targets: Any, vocabulary: checks.Vocabulary) -> Picture:
    """Windows over a text: at each position the token that is read, and below it the token that should come next.

    `ids`, `targets`: integers of the same shape, (batch, length), at most (3, 8). `vocabulary`: token → id, or the
    tokens in the order of their ids.
    >>> windows([[1, 0]], [[0, 2]], ["fox", "quick", "runs"]).words
    'In window 0, the model reads quick, fox, and the next tokens should be fox, runs.'
    """
    words, dims = checks.words_of(vocabulary), ("batch", "length")
    both = ((ids, "ids"), (targets, "targets"))
    ids, targets = (checks.checked(some, name, dims, int, below=len(words), most=(3, 8)) for some, name in both)
    _, length = checks.same_shape("ids and targets", ids, targets)
    width = box_width([readable(word) for word in words], 0.62, (core.WIDTH - 0.58) / length - 0.05, core.SMALL) + 0.05
    told, picture = [], Picture()
    ax = bare_axes(picture, 0.58 + width * length, 1.15 * len(ids) + 0.05)
    for row, lines in enumerate(zip(ids, targets, strict=True)):
        names = [[readable(words[one]) for one in line] for line in lines]
        for said, y in (("reads", 0.25), ("wanted", 0.85)):
            label(ax, 0.5, 1.15 * row + y, said, ha="right")
        for place, pair in enumerate(zip(*names, strict=True)):
            at = 0.58 + width * (place + 0.5)
            for name, y, face in zip(pair, (0.25, 0.85), core.TINTS, strict=False):
                box(ax, at, 1.15 * row + y, name, width=width - 0.05, face=face, fontsize=core.SMALL)
            arrow(ax, at, 1.15 * row + 0.42, at, 1.15 * row + 0.7)
        read, due = map(", ".join, names)
        told.append(f"In window {row}, the model reads {read}, and the next tokens should be {due}.")
    return picture.say(*told)


@drawing
def token_plus_position(tokens: Any, positions: Any, words: Sequence[str]) -> Picture:
    """The rows of some tokens plus the rows of their positions, both at most (14, 4): the input of the first block.

    >>> token_plus_position([[1.0]], [[0.5]], ["fox"]).words
    'The rows of the tokens fox are added to the rows of the positions 0 to 0, number by number. The sum is the ...'
    """
    tokens, positions = checks.matrix_of(tokens, "tokens", (14, 4)), checks.matrix_of(positions, "positions", (14, 4))
    words = [readable(word) for word in checks.texts_of(words, "words", len(tokens))]
    length, _ = checks.same_shape("tokens and positions", tokens, positions)
    total = [[a + b for a, b in zip(*rows, strict=True)] for rows in zip(tokens, positions, strict=True)]
    picture, parts = Picture(), {"values": positions, "title": "position"}
    end = {"values": total, "rows": [""] * length, "title": "input of the block"}
    equation(picture, {"values": tokens, "rows": words, "title": "token"}, "+", parts, "=", end)
    return picture.say(
        f"The rows of the tokens {join_words(words)} are added to the rows of the positions 0 to {length - 1}, number",
        "by number. The sum is the input of the first block.",
    )


@drawing
def causal_mask(words: Sequence[str]) -> Picture:
    """Which positions a position may read in a causal block: itself and those before it; `words` are 1 to 16 tokens.

    >>> causal_mask(["quick", "fox"]).words
    'A grid shows which of 2 positions each position may read. quick reads only itself. fox reads itself and the ...'
    """
    words = [readable(word) for word in checks.texts_of(words, "words", least=1, most=16)]
    picture, last, size = Picture(), len(words) - 1, (min(0.3, 3.9 / len(words)), 0.28)

    def fill(row: int, column: int) -> tuple:
        return ("●", core.SKY) if column <= row else ("", core.QUIET)

    cells(picture, 1.3, 0.3, words, words, fill, size=size, xlabel="may read", ylabel="position")
    return picture.say(
        f"A grid shows which of {count_of(len(words), 'position')} each position may read.",
        f"{words[0]} reads only itself.",
        last and f"{words[-1]} reads itself and the {count_of(last, 'position')} before it.",
    )


@drawing
def both_ends(ids: Any, words: Sequence[str], said: str, shape: Sequence[int]) -> Picture:
    """A language model with one table: its rows at the input, the product with it at the output.

    `ids`, `words`: the input; of more than seven, those in the middle are left out. `said`: the token with the highest
    score. `shape`: the table's (V, d).
    >>> both_ends([4], ["quick"], "fox", (6, 3)).words
    'The ids 4 pick rows of the table (6 × 3). Blocks change the rows. The last state times the same table gives ...'
    """
    sizes = checks.checked(shape, "shape", ("V and d",), int, span=(1, 10**12))
    rows, width = checks.list_of(sizes, "shape", "two whole numbers, V and d", 2, 2)
    ids = checks.ids_of(ids, rows=rows)
    names = [f"{one} {readable(w)}" for one, w in zip(ids, checks.texts_of(words, "words", len(ids)), strict=True)]
    said, lines = readable(checks.text_of(said, "said")), kept(len(ids), 7)
    middle, wide = 0.3 + max(len(lines) * 0.33, 1.4) / 2, box_width(names, 0.8, 1.25, core.SMALL)
    picture = Picture()
    picture.shortened = None in lines
    ax = bare_axes(picture, core.WIDTH, 2 * middle + 0.5)
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
    label(ax, 2.86, corner + 0.15, "one tensor")
    return picture.say(
        f"The ids {join_words(ids)} pick rows of the table ({rows:,} × {width:,}). Blocks change the rows. The last",
        f"state times the same table gives {rows:,} scores. The highest score is that of {said}.",
    )


@drawing
def loss_curve(losses: Sequence[float], rival: float, name: str) -> Picture:
    """The loss of each training step, and another loss as a line, to compare with.

    `losses`: a finite number for each step. `rival`, `name`: the loss to compare with, and whose loss that is.
    >>> loss_curve([1.0, 9.0], 4.0, "bigram table").words
    'The loss rises from about 1 to about 9 over 2 steps. It ends above the line of the bigram table.'
    """
    losses = checks.checked(losses, "losses", ("steps",), most=100_000, span=checks.FINITE)
    rival, name = checks.checked(rival, "rival", (), span=checks.FINITE), checks.text_of(name, "name")
    tail = losses[-max(1, len(losses) // 20) :]
    first, last = losses[0], sum(tail) / len(tail)
    moves = "falls" if last < first else "rises" if last > first else "does not change,"
    picture, ax = chart(2.6)
    ax.plot(range(1, len(losses) + 1), losses, color=core.BLUE, linewidth=0.8, label="the model, batch by batch")
    ax.axhline(rival, color=core.ORANGE, linewidth=2, linestyle="--", label=fit(f"the {name}", 2.5))
    finish(ax, "best", xlabel="step", ylabel="loss")
    return picture.say(
        f"The loss {moves} from about {first:.0f} to about {last:.0f} over {count_of(len(losses), 'step')}.",
        f"It ends {'below' if last < rival else 'above'} the line of the {name}.",
    )


@drawing
def next_tokens(prompt: str, tokens: Sequence[str], shares: Sequence[float], title: str = "") -> Picture:
    """The tokens that a model gives the highest probability after a prompt, as bars.

    `tokens`: at most ten, the most probable first. `shares`: their probabilities. `title`: above the bars.
    >>> next_tokens("The capital of France is", [" Paris"], [0.77]).words
    'After “The capital of France is”, these tokens have the highest probability: ␣Paris 77 %.'
    """
    names = [readable(token) for token in checks.texts_of(tokens, "tokens")]
    shares = checks.checked(shares, "shares", ("tokens",), most=10, span=(0, 1))
    checks.one_each(tokens=names, shares=shares)
    prompt, title = checks.text_of(prompt, "prompt", 10_000), checks.text_of(title, "title")
    colours = [core.ORANGE] + [core.SKY] * len(names)
    some = list(zip(names, shares, colours, strict=False))
    labels = {"xlabel": "probability of being the next token", "title": title}
    picture, _ = bars({"": some}, lambda share: f"{share:.0%}", xlim=(0, 1), **labels)
    said = readable(prompt).replace("␣", " ")
    said = said if len(said) <= 60 else f"…{said[-59:]}"
    told = join_words(f"{name} {100 * share:.0f} %" for name, share, _ in some)
    return picture.say(title and f"{title}.", f"After “{said}”, these tokens have the highest probability: {told}.")


@drawing
def ranks(places: Sequence[int], token: str, rows: int) -> Picture:
    """The rank of a token's score among all, after each block, if the model had to answer then.

    `places`: the rank before the first block, then after each; 1 is the highest score. `rows`: how many tokens exist.
    >>> ranks([40, 7, 1], " Paris", 100).words
    'This is the rank of ␣Paris among 100 tokens, from before the first block to after block 2. The last ranks ...'
    """
    rows, token = checks.checked(rows, "rows", (), int, span=(1, 10**9)), readable(checks.text_of(token, "token"))
    places = checks.checked(places, "places", ("blocks",), int, span=(1, rows))
    picture, ax = chart(2.8)
    ax.plot(range(len(places)), places, color=core.BLUE, marker="o", markersize=4)
    ax.axhline(1, color=core.GREY, linewidth=1)
    log_scale(ax.yaxis)
    finish(ax, xlabel="after block", ylabel=fit(f"rank of {token}", 2.2), ylim=(max(rows, 2), 0.7))
    ax.set_yticks([10**power for power in range(10) if 10**power <= rows])
    ax.minorticks_off()
    first = next((block for block in range(len(places)) if set(places[block:]) == {1}), None)
    end = [f"{place:,}" for place in places[-3:] if place <= 50]
    return picture.say(
        f"This is the rank of {token} among {rows:,} tokens, from before the first block to after block",
        f"{len(places) - 1}.",
        bool(end) and f"The last ranks are {join_words(end)}.",
        "It is not first at the end." if first is None else f"It is first from block {first} on.",
    )
