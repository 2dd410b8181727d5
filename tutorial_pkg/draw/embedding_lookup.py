"""Pictures for notebook 02: from the tokens to their rows, a batch, and a new, untrained table."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..words import count_of, describe, format_number, join_words, readable
from . import checks, core, matrices
from .charts import chart, finish
from .checks import Vocabulary
from .core import Picture, drawing, text_width
from .matrices import CELL, MOST_ROWS, TOKENS, Table, arrow, board, box, box_width, equation, label

# The colours of the tokens' arrows, in turn, in an order in which adjacent colours are easy to tell apart.
WAYS = [core.BLUE, core.ORANGE, core.GREEN, core.RED, core.PINK, core.SKY, core.GREY]


@drawing
def sentence_to_rows(tokens: Sequence[str], ids: Any, table: Any, vocabulary: Vocabulary) -> Picture:
    """From T tokens to their T ids, to the table, and to the rows in the order of the ids.

    >>> sentence_to_rows(["in"], [1], [[1.0], [2.0]], ["fox", "in"]).words
    'Arrows lead from each token to its id, and from the id to its row of the table (2 × 1). The ids are 1 for in. ...'
    """
    table = Table(table, vocabulary)
    ids = checks.ids_of(ids, rows=table.height)
    tokens = [readable(token) for token in checks.texts_of(tokens, "tokens")]
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
    picture, ax = board(out_x + across + 0.1, top + 2 * middle + 0.5)
    scale = {"size": (0.38, high), "most_columns": most}
    whole = table.part(rows=names, title=f"the table: {table.shape}", keep=(ids, ()), **scale)
    rows = table.part(ids, rows=[""] * len(ids), title=f"looked-up rows: {len(ids)} × {table.width}", **scale)
    matrices.matrix(picture, left=table_x, top=table_top, **whole)
    out = matrices.matrix(picture, left=out_x, top=sentence_top, **rows)
    label(ax, token_x, sentence_top - 0.15, "tokens", fontsize=core.NORMAL)
    label(ax, id_x, sentence_top - 0.15, "ids", fontsize=core.NORMAL)
    for line, t in enumerate(lines):
        y, colour = sentence_top + (line + 0.5) * high, WAYS[(t or 0) % len(WAYS)]
        if t is None:
            label(ax, token_x, y, "⋮")
            continue
        box(ax, token_x, y, tokens[t], width=token_width, height=0.25, edgecolor=colour)
        box(ax, id_x, y, str(ids[t]), width=id_width, height=0.25, edgecolor=colour)
        arrow(ax, token_x + token_width / 2 + 0.02, y, id_x - id_width / 2 - 0.02, y, colour)
        if ids[t] in shown:
            row = table_top + (shown.index(ids[t]) + 0.5) * high
            arrow(ax, id_x + id_width / 2 + 0.02, y, table_x - name_room, row, colour)
            arrow(ax, table_x + across, row, out_x - 0.08, y, colour)
        matrices.frame(out, -0.5, line - 0.47, 0, 0.94, colour)
    told = join_words(f"{number} for {token}" for token, number in zip(tokens, ids, strict=True))
    return picture.say(
        "Arrows lead from each token to its id, and from the id to its row of the table",
        f"({table.shape}). The ids are {told}. On the right are the looked-up rows, in the order of the ids.",
    )


@drawing
def batch_to_blocks(ids: Any, table: Any, vocabulary: Vocabulary) -> Picture:
    """A batch of ids, shape (B, L), above its output, shape (B, L, d): a block of rows for each of at most 8 sentences.

    >>> batch_to_blocks([[1, 0]], [[1.0], [2.0]], ["fox", "in"]).words
    'At the top are ids of shape (1, 2). Below them are their rows, shape (1, 2, 1), in a block for each sentence. ...'
    """
    table, picture = Table(table, vocabulary), Picture()
    lines = checks.checked(ids, "ids", ("batch", "length"), int, below=table.height, most=(8, checks.MOST))
    batch, length = np.shape(lines)
    top = matrices.id_grid(picture, lines, table.words, 0.3, title=f"ids: shape ({batch}, {length})") + 0.9
    name_room = min(matrices.NAME_WIDTH, max(text_width(name) for line in lines for name in table.names(line))) + 0.2
    most = max(3, min(table.width, int((core.WIDTH - 2 * name_room - 0.3) / 2 / CELL[0])))
    across = name_room + max(min(table.width, most) * CELL[0], 1.5) + 0.15
    in_line, high = max(1, int((core.WIDTH + 0.1) / across)), min(length, MOST_ROWS) * CELL[1] + 0.85
    for b, line in enumerate(lines):
        block = table.part(line, title=f"output[{b}]: shape ({length}, {table.width})", most_columns=most)
        place = {"left": name_room + (b % in_line) * across, "top": top + (b // in_line) * high}
        matrices.matrix(picture, **place, **block)
    return picture.say(
        f"At the top are ids of shape ({batch}, {length}). Below them are their rows, shape",
        f"({batch}, {length}, {table.width}), in a block for each sentence.",
        *(f"output[{b}] contains the rows {table.told(*line)}." for b, line in enumerate(lines)),
    )


@drawing
def spread(values: Any) -> Picture:
    """A histogram of a tensor's values, of any shape, and the density of N(0, 1), the normal distribution of spread 1.

    Values outside -4 to 4, and `inf` and `nan`, do not have a bar. The description gives their number.
    >>> import torch
    >>> spread(torch.tensor([-1.0, 1.0, 9.0])).words.split(". ")[-1]
    'Values without a bar, because they are outside -4 to 4 or not finite: 1.'
    """
    numbers = checks.as_array(values, "values: expected a tensor of real numbers; got {}").astype(float).flatten()
    finite = numbers[np.isfinite(numbers)]
    inside = finite[abs(finite) <= 4]
    if not inside.size:
        raise ValueError(f"values: expected at least one number from -4 to 4; got {describe(values)}")
    picture, ax = chart(3.2)
    ax.hist(inside, bins=60, range=(-4, 4), density=True, color=core.SKY, label="values of the table")
    points = np.linspace(-4, 4, 161)
    density = np.exp(-(points**2) / 2) / np.sqrt(2 * np.pi)
    ax.plot(points, density, color=core.RED, linewidth=2, label="N(0, 1): mean 0, standard deviation 1")
    ax.axvspan(-0.04, 0.04, color=core.GREY, linewidth=0, label="95% of the values, if their spread were 0.02")
    finish(ax, "below", False, xlabel="value", ylabel="density", xlim=(-4, 4))
    return picture.say(
        f"A histogram shows {count_of(len(numbers), 'value')} with mean {format_number(finite.mean(), 1)} and standard",
        f"deviation {format_number(finite.std(), 1)}. A line shows the bell curve N(0, 1).",
        f"A thin band around 0 contains {(abs(numbers) <= 0.04).mean():.0%} of the values.",
        "With a standard deviation of 0.02, the band would contain 95% of them.",
        f"Values without a bar, because they are outside -4 to 4 or not finite: {len(numbers) - len(inside)}.",
    )


@drawing
def similarities(cosine: Any, vocabulary: Vocabulary) -> Picture:
    """A square of cosine similarities, shape (V, V), each from -1 to 1, with the tokens on both sides.

    >>> similarities([[1.0, 0.5], [0.5, 1.0]], ["fox", "in"]).words
    'A square shows the cosine similarity of rows for each pair of 2 tokens. The lowest is 0.50, for “1 in” ...'
    """
    span = (-1.001, 1.001, "cosines (divide rows by their norms), from -1 to 1")
    cosine = checks.checked(cosine, "cosine", ("V", "V"), most=50_000, span=span)
    table, title = Table(cosine, vocabulary, "cosine"), "cosine similarity of rows"
    if table.height != table.width:
        raise ValueError(f"cosine: expected as many columns as rows; got {table.shape}")
    square = table.part(columns=table.names(separator="\n"), limit=1.0, title=title, xlabel=TOKENS, ylabel=TOKENS)
    names = table.names()
    pairs = [(table.rows[i][j], f"“{names[i]}” and “{names[j]}”") for i in range(table.height) for j in range(i)]
    (low, least), (high, most) = min(pairs, default=(0, "")), max(pairs, default=(0, ""))
    return equation(square).say(
        f"A square shows the {title} for each pair of {count_of(table.height, 'token')}.",
        bool(pairs) and f"The lowest is {low:.2f}, for {least}.",
        bool(pairs) and f"The highest for two different tokens is {high:.2f}, for {most}.",
    )
