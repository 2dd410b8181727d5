"""Pictures for notebook 02: from the sentence to its rows, the rows marked, a batch, and what a fresh table holds."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from .common import (
    BLUE,
    CELL,
    DIMENSION,
    GREEN,
    GREY,
    NORMAL,
    ORANGE,
    PINK,
    RED,
    SKY,
    TOKENS,
    WIDTH,
    Picture,
    box,
    checked,
    counted,
    drawing,
    equation,
    frame,
    got,
    id_of,
    ids_of,
    label,
    largest,
    listed,
    matrix,
    matrix_of,
    named,
    paper,
    plain,
    readable,
    row_in_words,
    text_of,
    texts_of,
    way,
    words_of,
    written,
)

Vocabulary = Mapping[str, int] | Sequence[str]

# One colour for each token's way through the picture, in turn; the order keeps neighbours far apart.
WAYS = [BLUE, ORANGE, GREEN, RED, PINK, SKY, GREY]


@drawing
def sentence_to_rows(tokens: Sequence[str], ids: Any, table: Any, vocabulary: Vocabulary) -> Picture:
    """The sentence flowing to ids to rows: tokens, their ids, the table, and the rows in the sentence's order.

    Args:
        tokens: T tokens, as they stand in the sentence.
        ids: their ids, shape (T,).
        table: shape (V, d); up to about 12 rows and 4 columns stay readable.
        vocabulary: token → id, or the V tokens in the order of their ids.

    Raises:
        TypeError, IndexError: what `look_up` says of a table and ids.
        ValueError: there are not as many ids as tokens, or not as many rows as words in the vocabulary.
    """
    table = matrix_of(table)
    words, ids, tokens = words_of(vocabulary, len(table)), ids_of(ids, rows=len(table)), texts_of(tokens, "tokens")
    if len(ids) != len(tokens):
        raise ValueError(f"expected one id for each token; got {len(tokens)} tokens and {len(ids)} ids")
    wide, high = CELL[0], 0.32
    count, rows, width = len(ids), len(table), len(table[0])
    height = max(count, rows) * high
    sentence_top, table_top = (max(count, rows) - count) * high / 2, (max(count, rows) - rows) * high / 2
    names = named(range(rows), words)
    token_width = max(0.55, 0.09 * max(len(readable(token)) for token in tokens) + 0.15)
    label_room = 0.068 * max(map(len, names)) + 0.1
    id_x = token_width + 0.4
    table_x = id_x + 0.7 + label_room
    out_x = table_x + width * wide + 0.75
    picture = Picture()
    top = 0.45
    ax = paper(picture, out_x + width * wide + 0.1, top + height + 0.5)
    shown = {"limit": largest(table), "xlabel": DIMENSION, "size": (wide, high)}
    whole = matrix(picture, table, table_x, top + table_top, rows=names, title=f"the table: {rows} × {width}", **shown)
    out = matrix(
        picture,
        [table[one] for one in ids],
        out_x,
        top + sentence_top,
        rows=[""] * count,
        title=f"the sentence's rows: {count} × {width}",
        **shown,
    )
    for one in (whole, out):
        one.set_zorder(2)  # above the ways
    for x, heading in ((token_width / 2, "tokens"), (id_x, "ids")):
        label(ax, x, top - 0.15, heading, fontsize=NORMAL)
    for t, (token, one) in enumerate(zip(tokens, ids, strict=True)):
        colour = WAYS[t % len(WAYS)]
        y, row = top + sentence_top + (t + 0.5) * high, top + table_top + (one + 0.5) * high
        box(ax, token_width / 2, y, readable(token), width=token_width, height=0.25, edgecolor=colour)
        box(ax, id_x, y, str(one), width=0.3, height=0.25, edgecolor=colour)
        way(ax, token_width + 0.02, y, id_x - 0.17, y, colour)
        way(ax, id_x + 0.17, y, table_x - label_room, row, colour)
        way(ax, table_x + width * wide, row, out_x - 0.08, y, colour)
        frame(out, -0.5, t - 0.47, 0, 0.94, colour)
    told = listed(f"{readable(token)} → {name}" for token, name in zip(tokens, named(ids, words), strict=True))
    picture.words = (
        f"Each token of the sentence leads to its id, {told}; each id points at its row of the table, "
        f"{rows} × {width}; the rows come out in the order of the sentence."
    )
    return picture


@drawing
def rows_marked(table: Any, ids: Any, vocabulary: Vocabulary) -> Picture:
    """The table with the looked-up rows framed, beside the output: those rows, in the order of the ids.

    Args:
        table: shape (V, d).
        ids: shape (T,), at least one.
        vocabulary: token → id, or the V tokens in the order of their ids.
    """
    table = matrix_of(table)
    words, ids = words_of(vocabulary, len(table)), ids_of(ids, rows=len(table))
    shape, out = (len(table), len(table[0])), (len(ids), len(table[0]))
    shown = {"limit": largest(table), "xlabel": DIMENSION}
    picture = Picture()
    equation(
        picture,
        {
            "values": table,
            "rows": named(range(len(table)), words),
            "ylabel": TOKENS,
            "lit": set(ids),
            "title": f"the table: {shape[0]} × {shape[1]}",
        }
        | shown,
        "→",
        {
            "values": [table[one] for one in ids],
            "rows": named(ids, words),
            "ylabel": "in the order asked for",
            "title": f"the output: {out[0]} × {out[1]}",
        }
        | shown,
    )
    picture.words = (
        f"Left, the table, {shape[0]} × {shape[1]}, with the rows {listed(named(sorted(set(ids)), words))} framed. "
        f"Right, the output, {out[0]} × {out[1]}: the rows {listed(named(ids, words))}, in that order."
    )
    return picture


@drawing
def batch_to_blocks(ids: Any, table: Any, vocabulary: Vocabulary) -> Picture:
    """A batch of ids, shape (B, L), above its output, shape (B, L, d): one block of rows for each line of ids.

    Args:
        ids: shape (B, L).
        table: shape (V, d).
        vocabulary: token → id, or the V tokens in the order of their ids.
    """
    table = matrix_of(table)
    words = words_of(vocabulary, len(table))
    lines = checked(ids, "ids", ("batch", "length"), int, below=len(table))
    batch, length, width = len(lines), len(lines[0]), len(table[0])
    wide, high, left, top = max(0.6, 0.075 * max(map(len, words)) + 0.15), 0.42, 0.5, 0.3
    block_top = top + batch * high + 0.9
    across = 0.075 * max(map(len, named(range(len(table)), words))) + 0.2 + max(width * CELL[0], 1.5) + 0.15
    size = (max(left + length * wide, batch * across), block_top + length * CELL[1] + 0.5)
    picture = Picture()
    ax = paper(picture, *size)
    label(ax, left + length * wide / 2, top - 0.15, f"ids: shape ({batch}, {length})", fontsize=NORMAL)
    for b, line in enumerate(lines):
        y = top + (b + 0.5) * high
        label(ax, left - 0.12, y, str(b))
        for t, one in enumerate(line):
            # plain boxes: an id is a name, so it gets no colour of a scale
            said = f"{one}\n{readable(words[one])}"
            box(ax, left + (t + 0.5) * wide, y, said, width=wide - 0.05, height=high - 0.05, edgecolor=GREY, fontsize=8)
    for t in range(length):
        label(ax, left + (t + 0.5) * wide, top + batch * high + 0.12, str(t))
    label(ax, left + length * wide / 2, top + batch * high + 0.34, "position in the sentence")
    label(ax, 0.12, top + batch * high / 2, "sentence", rotation=90)
    x = 0.0
    for b, line in enumerate(lines):
        names = named(line, words)
        title = f"output[{b}]: shape ({length}, {width})"
        values = [table[one] for one in line]
        x += 0.075 * max(map(len, named(range(len(table)), words))) + 0.2
        matrix(picture, values, x, block_top, rows=names, xlabel=DIMENSION, limit=largest(table), title=title)
        x += max(width * CELL[0], 1.5) + 0.15
    told = "; ".join(f"output[{b}] holds {listed(named(line, words))}" for b, line in enumerate(lines))
    picture.words = (
        f"Above, ids of shape ({batch}, {length}). Below, their rows, shape ({batch}, {length}, {width}), "
        f"a block for each line: {told}."
    )
    return picture


@drawing
def picked(table: Any, token_id: Any, vocabulary: Vocabulary) -> Picture:
    """One token picked: its one-hot vector, its row lit in the table, and, level with it, the row that comes out.

    Args:
        table: shape (V, d).
        token_id: from 0 to V - 1.
        vocabulary: token → id, or the V tokens in the order of their ids.
    """
    table = matrix_of(table)
    words, token_id = words_of(vocabulary, len(table)), id_of(token_id, rows=len(table))
    hot = [[float(row == token_id)] for row in range(len(table))]
    limit, (name,) = largest(table), named([token_id], words)
    picture = Picture()
    axes = equation(
        picture,
        {
            "values": hot,
            "rows": named(range(len(table)), words),
            "columns": [""],
            "ylabel": TOKENS,
            "title": "one-hot",
            "digits": 0,
        },
        {
            "values": table,
            "rows": [""] * len(table),
            "xlabel": DIMENSION,
            "lit": [token_id],
            "limit": limit,
            "title": f"the table: {len(table)} × {len(table[0])}",
        },
        "→",
        {
            "values": [table[token_id]],
            "rows": [name],
            "xlabel": DIMENSION,
            "limit": limit,
            "title": "the row that comes out",
            "down": token_id,
        },
    )
    frame(axes[0], -0.5, token_id - 0.5, 1, 1)
    picture.words = (
        f"The one-hot vector of {name} has its 1 at place {token_id} and 0 at the {len(table) - 1} others; "
        f"row {token_id} of the table is framed and comes out: {row_in_words(table[token_id])}."
    )
    return picture


@drawing
def spread(values: Any, bins: int = 60) -> Picture:
    """A histogram of a tensor's values against the density of N(0, 1), the normal distribution of spread 1.

    Values beyond -4 and 4, and `inf` and `nan`, have no bar; the words count them.
    """
    expected = "values: expected a tensor of at least one real number; got {}"
    if not hasattr(values, "dtype"):
        raise TypeError(expected.format(got(values)))
    try:
        numbers = np.array(plain(values, expected), dtype=float).flatten()
    except (TypeError, ValueError, OverflowError) as error:
        raise TypeError(expected.format(got(values))) from error
    if not numbers.size:
        raise ValueError(expected.format(got(values)))
    finite = numbers[np.isfinite(numbers)]
    inside = finite[abs(finite) <= 4]
    picture = Picture(WIDTH, 3.2, layout="constrained")
    ax = picture.subplots()
    ax.hist(inside, bins=bins, range=(-4, 4), density=True, color=SKY, label="values of the fresh table")
    points = [-4 + 0.05 * step for step in range(161)]
    density = [math.exp(-(x**2) / 2) / math.sqrt(2 * math.pi) for x in points]
    ax.plot(points, density, color=RED, linewidth=2, label="N(0, 1): mean 0, standard deviation 1")
    # what "small random values" would look like: nearly all of them within this band
    ax.axvspan(-0.04, 0.04, color=GREY, linewidth=0, label="where a spread of 0.02 would put 95 % of them")
    ax.set(xlabel="value", ylabel="density", xlim=(-4, 4))
    picture.legend(loc="outside upper left")
    mean, deviation = (finite.mean(), finite.std()) if finite.size else (math.nan, math.nan)
    band = (abs(numbers) <= 0.04).mean()
    picture.words = (
        f"A histogram of {counted(len(numbers), 'value')} with mean {written(mean, 1)} and standard deviation "
        f"{written(deviation, 1)}, beside the bell curve N(0, 1). {band:.0%} of the values lie in the thin band at 0 "
        f"where a spread of 0.02 would put 95 %; {len(numbers) - len(inside):,} have no bar: beyond -4 and 4, or "
        "no finite numbers."
    )
    return picture


@drawing
def similarities(cosine: Any, vocabulary: Vocabulary, title: str = "cosine similarity of rows") -> Picture:
    """A square of cosine similarities, shape (V, V), from -1 to 1, with the tokens on both sides."""
    values, title = matrix_of(cosine, "cosine"), text_of(title, "title")
    names = named(range(len(values)), words_of(vocabulary, len(values)))
    picture = Picture()
    columns = [name.replace(" ", "\n", 1) for name in names]
    shown = {"rows": names, "columns": columns, "ylabel": TOKENS, "xlabel": TOKENS, "limit": 1.0, "title": title}
    equation(picture, {"values": values} | shown)
    pairs = [
        (values[i][j], f"{names[i]} and {names[j]}")
        for i in range(len(values))
        for j in range(min(i, len(values[i])))
        if not math.isnan(values[i][j])
    ]
    picture.words = f"Each of {len(values)} tokens against each: {title}, from -1 to 1."
    if pairs:
        (low, least), (high, most) = min(pairs), max(pairs)
        picture.words += (
            f" The lowest is {low:.2f}, for {least}; the highest off the diagonal is {high:.2f}, for {most}."
        )
    return picture
