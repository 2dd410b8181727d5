"""Pictures for notebook 02: from the sentence to its rows, the rows marked, a batch, and a new, untrained table.

Where not said otherwise, `table` has shape (V, d), an id is from 0 to V - 1, and `vocabulary` is token → id, or the V
tokens in the order of their ids. Other input raises the errors of `checks`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from . import checks, core, matrices
from .charts import chart
from .checks import Vocabulary
from .core import Picture, count_of, describe, drawing, format_number, join_words, readable, text_width
from .matrices import CELL, MOST_ROWS, TOKENS, Table, bare_axes, box, box_width, curved_arrow, equation, label

# One colour for each token's way through the picture, in turn; the order keeps adjacent ones far apart.
WAYS = [core.BLUE, core.ORANGE, core.GREEN, core.RED, core.PINK, core.SKY, core.GREY]


@drawing
def sentence_to_rows(tokens: Sequence[str], ids: Any, table: Any, vocabulary: Vocabulary) -> Picture:
    """From the T tokens of a sentence to their T ids, to the table, and to the rows in the sentence's order.

    >>> sentence_to_rows(["in"], [1], [[1.0], [2.0]], ["fox", "in"]).words
    'Each token of the sentence leads to its id: in → 1 in. Each id points at its row of the table (2 × 1). On ...'
    """
    table = Table(table, vocabulary)
    ids, tokens = table.ids(ids), [readable(token) for token in checks.texts_of(tokens, "tokens")]
    checks.one_each(tokens=tokens, ids=ids)
    lines, shown, high = matrices.kept(len(ids), MOST_ROWS), matrices.kept(table.height, MOST_ROWS, ids), 0.32
    token_width, id_width = box_width(tokens, 0.55, 0.85), box_width(map(str, ids), 0.3, 0.7)
    names = [core.fit(name, 0.75) for name in table.names()]
    name_room = max(map(text_width, names)) + 0.1
    left = 0.06  # room for the rounded corners of the boxes
    token_x, id_x = left + token_width / 2, left + token_width + 0.25 + id_width / 2
    table_x = id_x + id_width / 2 + 0.45 + name_room
    most = max(3, min(table.width, int((core.WIDTH - table_x - 0.9) / 2 / 0.38)))
    across = min(table.width, most) * 0.38
    out_x, top, middle = table_x + max(across, 1.2) + 0.55, 0.45, max(len(lines), len(shown)) * high / 2
    sentence_top, table_top = top + middle - len(lines) * high / 2, top + middle - len(shown) * high / 2
    picture = Picture()
    ax = bare_axes(picture, out_x + across + 0.1, top + 2 * middle + 0.5)
    scale = {"size": (0.38, high), "most_columns": most}
    whole = table.part(rows=names, title=f"the table: {table.shape}", keep=(ids, ()), **scale)
    rows = table.part(ids, rows=[""] * len(ids), title=f"the sentence's rows: {len(ids)} × {table.width}", **scale)
    matrices.matrix(picture, left=table_x, top=table_top, **whole).set_zorder(2)  # above the arrows
    out = matrices.matrix(picture, left=out_x, top=sentence_top, **rows)
    out.set_zorder(2)
    label(ax, token_x, sentence_top - 0.15, "tokens", fontsize=core.NORMAL)
    label(ax, id_x, sentence_top - 0.15, "ids", fontsize=core.NORMAL)
    for line, t in enumerate(lines):
        y, colour = sentence_top + (line + 0.5) * high, WAYS[(t or 0) % len(WAYS)]
        if t is None:
            label(ax, token_x, y, "⋮")
            continue
        box(ax, token_x, y, tokens[t], width=token_width, height=0.25, edgecolor=colour)
        box(ax, id_x, y, str(ids[t]), width=id_width, height=0.25, edgecolor=colour)
        curved_arrow(ax, token_x + token_width / 2 + 0.02, y, id_x - id_width / 2 - 0.02, y, colour)
        if ids[t] in shown:
            row = table_top + (shown.index(ids[t]) + 0.5) * high
            curved_arrow(ax, id_x + id_width / 2 + 0.02, y, table_x - name_room, row, colour)
            curved_arrow(ax, table_x + across, row, out_x - 0.08, y, colour)
        matrices.frame(out, -0.5, line - 0.47, 0, 0.94, colour)
    told = join_words(f"{token} → {name}" for token, name in zip(tokens, table.names(ids), strict=True))
    return picture.say(
        f"Each token of the sentence leads to its id: {told}. Each id points at its row of the table ({table.shape}).",
        "On the right are these rows, in the order of the sentence.",
    )


@drawing
def rows_marked(table: Any, ids: Any, vocabulary: Vocabulary) -> Picture:
    """The table with the looked-up rows framed, next to the output: those rows, in the order of the T ids.

    >>> rows_marked([[1.0], [2.0]], [1, 1], ["fox", "in"]).words
    'On the left is the table (2 × 1). Its looked-up rows are framed: 1 in. On the right is the output (2 × 1), ...'
    """
    table = Table(table, vocabulary)
    ids, picture = table.ids(ids), Picture()
    hot, shape = sorted(set(ids)), f"{len(ids)} × {table.width}"
    whole = table.part(ylabel=TOKENS, highlight=hot, title=f"the table: {table.shape}")
    equation(picture, whole, "→", table.part(ids, ylabel="in the order of the ids", title=f"the output: {shape}"))
    return picture.say(
        f"On the left is the table ({table.shape}). Its looked-up rows are framed: {table.told(*hot)}.",
        f"On the right is the output ({shape}), with the rows in the order of the ids: {table.told(*ids)}.",
    )


@drawing
def batch_to_blocks(ids: Any, table: Any, vocabulary: Vocabulary) -> Picture:
    """A batch of ids, shape (B, L), above its output, shape (B, L, d): a block of rows for each of at most 8 lines.

    >>> batch_to_blocks([[1, 0]], [[1.0], [2.0]], ["fox", "in"]).words
    'Above are ids of shape (1, 2). Below are their rows, shape (1, 2, 1), in a block for each line of ids. ...'
    """
    table = Table(table, checks.words_of(vocabulary))  # without words, there is nothing below the ids
    lines = checks.checked(ids, "ids", ("batch", "length"), int, below=table.height, most=(8, checks.MOST))
    batch, length = checks.shape_of(lines)
    used = sorted({one for line in lines for one in line})
    shown, left, top, high, words = matrices.kept(length, 9), 0.5, 0.3, 0.42, [readable(table.words[i]) for i in used]
    wide = min(box_width(words, 0.6, points=core.SMALL), (core.WIDTH - left) / len(shown))
    name_room = min(matrices.NAME_WIDTH, max(map(text_width, table.names(used)))) + 0.2
    most = max(3, min(table.width, int((core.WIDTH - 2 * name_room - 0.3) / 2 / CELL[0])))
    across = name_room + max(min(table.width, most) * CELL[0], 1.5) + 0.15
    in_line, block_high = max(1, int((core.WIDTH + 0.1) / across)), min(length, MOST_ROWS) * CELL[1] + 0.85
    middle, below, picture = left + len(shown) * wide / 2, top + batch * high, Picture()
    height = below + 0.9 + math.ceil(batch / in_line) * block_high
    ax = bare_axes(picture, max(left + len(shown) * wide, min(batch, in_line) * across), height)
    label(ax, middle, top - 0.15, f"ids: shape ({batch}, {length})", fontsize=core.NORMAL)
    for b, line in enumerate(lines):
        label(ax, left - 0.12, top + (b + 0.5) * high, str(b))
        for x, t in enumerate(shown):
            said = "…" if t is None else f"{line[t]}\n{readable(table.words[line[t]])}"
            edge = {"edgecolor": "none" if t is None else core.GREY, "fontsize": core.SMALL, "height": high - 0.05}
            box(ax, left + (x + 0.5) * wide, top + (b + 0.5) * high, said, width=wide - 0.05, **edge)
        block = table.part(line, title=f"output[{b}]: shape ({length}, {table.width})", most_columns=most)
        y = below + 0.9 + (b // in_line) * block_high
        matrices.matrix(picture, left=name_room + (b % in_line) * across, top=y, **block)
    for x, t in enumerate(shown):
        label(ax, left + (x + 0.5) * wide, below + 0.12, "" if t is None else str(t))
    label(ax, middle, below + 0.34, "position in the sentence")
    label(ax, 0.12, top + batch * high / 2, "sentence", rotation=90)
    return picture.say(
        f"Above are ids of shape ({batch}, {length}). Below are their rows, shape ({batch}, {length}, {table.width}),",
        "in a block for each line of ids.",
        *(f"output[{b}] contains {table.told(*line)}." for b, line in enumerate(lines)),
    )


@drawing
def spread(values: Any) -> Picture:
    """A histogram of a tensor's values, of any shape, and the density of N(0, 1), the normal distribution of spread 1.

    Values outside -4 to 4, and `inf` and `nan`, do not have a bar; the words count them.
    >>> import torch
    >>> spread(torch.tensor([-1.0, 1.0, 9.0])).words.split(". ")[-1]
    'Bars are missing for 1 value, outside -4 to 4 or not finite.'
    """
    expected = "values: expected a tensor of at least one real number; got {}"
    try:
        numbers = np.array(checks.plain(values, expected), dtype=float).flatten()
    except (TypeError, ValueError, OverflowError) as error:
        raise TypeError(expected.format(describe(values))) from error
    if not numbers.size:
        raise ValueError(expected.format(describe(values)))
    finite = numbers[np.isfinite(numbers)]
    inside = finite[abs(finite) <= 4]
    picture, ax = chart(3.2)
    ax.hist(inside, bins=60, range=(-4, 4), density=bool(inside.size), color=core.SKY, label="values of the table")
    points = np.linspace(-4, 4, 161)
    density = np.exp(-(points**2) / 2) / math.sqrt(2 * math.pi)
    ax.plot(points, density, color=core.RED, linewidth=2, label="N(0, 1): mean 0, standard deviation 1")
    # what "small random values" would look like: nearly all of them within this band
    ax.axvspan(-0.04, 0.04, color=core.GREY, linewidth=0, label="95 % of the values, if their spread were 0.02")
    ax.set(xlabel="value", ylabel="density", xlim=(-4, 4))
    picture.legend(loc="outside upper left")
    mean, deviation = (finite.mean(), finite.std()) if finite.size else (math.nan, math.nan)
    return picture.say(
        f"This is a histogram of {count_of(len(numbers), 'value')} with mean {format_number(mean, 1)} and standard",
        f"deviation {format_number(deviation, 1)}, and the bell curve N(0, 1).",
        f"{(abs(numbers) <= 0.04).mean():.0%} of the values are in the thin band at 0.",
        "With a spread of 0.02, 95 % would be there.",
        f"Bars are missing for {count_of(len(numbers) - len(inside), 'value')}, outside -4 to 4 or not finite.",
    )


@drawing
def similarities(cosine: Any, vocabulary: Vocabulary) -> Picture:
    """A square of cosine similarities, shape (V, V), each from -1 to 1, with the tokens on both sides.

    >>> similarities([[1.0, 0.5], [0.5, 1.0]], ["fox", "in"]).words
    'The cosine similarity of rows is shown for each pair of 2 tokens, from -1 to 1. The lowest is 0.50, for 1 ...'
    """
    table, title = Table(cosine, vocabulary, "cosine"), "cosine similarity of rows"
    if table.height != table.width:
        raise ValueError(f"cosine: expected as many columns as rows; got {table.shape}")
    beyond = [one for row in table.rows for one in row if abs(one) > 1.001]
    if beyond:
        raise ValueError(f"cosine: expected cosines, from -1 to 1; got {max(beyond, key=abs):.4g}. Divide by the norms")
    names, picture = table.names(), Picture()
    columns = [name.replace(" ", "\n", 1) for name in names]
    equation(picture, table.part(columns=columns, ylabel=TOKENS, limit=1.0, title=title) | {"xlabel": TOKENS})
    pairs = [(table.rows[i][j], f"{names[i]} and {names[j]}") for i in range(table.height) for j in range(i)]
    pairs = [pair for pair in pairs if not math.isnan(pair[0])] or [(math.nan, "no pair")]
    (low, least), (high, most) = min(pairs), max(pairs)
    return picture.say(
        f"The {title} is shown for each pair of {table.height} tokens, from -1 to 1. The lowest is {low:.2f}, for",
        f"{least}. The highest for two different tokens is {high:.2f}, for {most}.",
    )
