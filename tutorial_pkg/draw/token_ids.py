"""Pictures for notebook 01: from text to ids, a padded batch, merges step by step, and a text split into pieces."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from . import checks, core
from .core import Picture, count_of, describe, drawing, fit, join_words, readable, text_width
from .matrices import arrow, bare_axes, box, box_width, cell, cell_axes, kept, label

PLAIN, PART = "#EAF3FA", "#DDDDDD"  # a single character; bytes that are only a part of one
LETTER = 0.078  # inches, in a box's font


@drawing
def text_to_rows(sentence: str, tokens: Sequence[str], ids: Any) -> Picture:
    """From the sentence to tokens, to ids, and (as an outlook, dashed) to rows of a table.

    Tokens that do not fit continue in the next line, up to three lines; a note says how many are left out.

    `sentence`: the text. `tokens`: its T tokens. `ids`: their T ids (a list or a tensor). Raises TypeError: the
    sentence or a token is not a str, or an id is not an integer. Raises ValueError: the sentence is empty, there are no
    tokens, or there are not as many ids as tokens. Raises IndexError: an id is negative.

    >>> text_to_rows("In fox", ["in", "fox"], [1, 0]).words
    'The sentence “In fox” is above its 2 tokens and their ids: 1 in and 0 fox. Each id is the number of a row.'
    """
    sentence, tokens = checks.text_of(sentence, "sentence", most=10_000), checks.texts_of(tokens, "tokens")
    if not tokens:
        raise ValueError("tokens: expected one at least; got none")
    if not sentence.strip():
        raise ValueError("sentence: expected a text with tokens; got an empty one")
    ids = checks.ids_of(ids)
    if len(tokens) != len(ids):
        raise ValueError(f"expected one id for each token; got {len(tokens)} tokens and {len(ids)} ids")
    gap, margin, lines = 0.08, 0.75, [[]]
    room = core.WIDTH - margin - 0.05
    names = [readable(token) for token in tokens]
    said = " ".join(map(readable, sentence.split(" ")))  # spaces as they are
    for name, number in zip(names, ids, strict=True):
        width = box_width([name, f"row {number}"], 0.7, room)
        if lines[-1] and sum(one + gap for *_, one in lines[-1]) + width > room:
            lines.append([])
        lines[-1].append((name, number, width))
    drawn = lines[:3]
    left_out = len(ids) - sum(map(len, drawn))
    across = [sum(width + gap for *_, width in line) - gap for line in drawn]
    total = max(*across, box_width([fit(said, room - 0.2, core.NORMAL, core.MONO)], most=room))
    picture = Picture()
    ax = bare_axes(picture, margin + total + 0.05, 0.6 + 1.75 * len(drawn) + 0.3)
    label(ax, margin - 0.12, 0.2, "sentence", ha="right")
    box(ax, margin + total / 2, 0.2, said, width=total)
    for at, line in enumerate(drawn):
        top, x = 0.85 + 1.75 * at, margin + (0 if at else (total - across[0]) / 2)
        for name, y in (("tokens", top), ("ids", top + 0.65), ("rows", top + 1.3)):
            label(ax, margin - 0.12, y, name, ha="right")
        for name, number, width in line:
            middle = x + width / 2
            box(ax, middle, top, name, width=width, face=core.TINTS[0])
            box(ax, middle, top + 0.65, str(number), width=width, face=core.TINTS[1])
            box(ax, middle, top + 1.3, f"row {number}", width=width, edgecolor=core.GREY, linestyle="--", linewidth=1)
            for y, style in ((0.35, "-") if not at else (None, ""), (top + 0.15, "-"), (top + 0.8, "--")):
                if y is not None:
                    arrow(ax, middle, y, middle, y + 0.36, linestyle=style)
            x += width + gap
    if left_out:
        label(ax, margin, 0.75 + 1.75 * len(drawn), f"… and {left_out} more", ha="left")
    told = join_words(f"{number} {name}" for number, name in zip(ids, names, strict=True))
    return picture.say(
        f"The sentence “{said if len(said) < 300 else said[:300] + '…'}” is above its {count_of(len(ids), 'token')}",
        f"and their ids: {told}. Each id is the number of a row.",
    )


@drawing
def padded_batch(ids: Any, mask: Any, vocabulary: checks.Vocabulary | None = None) -> Picture:
    """A padded batch as a grid: each id, with its token below it, the padding hatched.

    `ids`: integers of shape (batch, length). `mask`: True where an id belongs to the text, False where it is padding;
    the same shape. `vocabulary`: token → id, or the tokens in the order of their ids; only ids if None. Raises
    TypeError: ids are not integers, or the mask contains something different from True and False. Raises ValueError:
    the shapes differ. Raises IndexError: an id is not in the vocabulary.

    >>> padded_batch([[1, 0]], [[True, False]], ["<pad>", "fox"]).words
    'A batch of 1 sentence is padded to 2 positions. The lengths are 1. The padding is hatched, at 1 position. All \
other ids belong to the text.'
    """
    words = None if vocabulary is None else checks.words_of(vocabulary)
    ids = checks.checked(ids, "ids", ("batch", "length"), int, below=len(words or ()))
    mask = checks.checked(mask, "mask", ("batch", "length"), bool)
    height, width = checks.same_shape(ids, mask, "ids and mask")
    down, across = kept(height, 12), kept(width, 11)
    names = {one: str(one) if words is None else f"{one}\n{readable(words[one])}" for row in ids for one in row}
    wide = min(max(0.6, *(text_width(name) + 0.12 for name in names.values()), 0), (core.WIDTH - 0.6) / len(across))
    rows, columns = (["…" if one is None else str(one) for one in some] for some in (down, across))
    picture = Picture()
    ax = cell_axes(picture, 0.6, 0.1, rows, columns, (wide, 0.42), xlabel="position", ylabel="sentence")
    picture.shortened = None in down or None in across
    for (y, i), (x, j) in ((one, other) for one in enumerate(down) for other in enumerate(across)):
        if i is None or j is None:
            ax.text(x, y, "⋮" if i is None else "…", ha="center", va="center")
        else:
            said, face = fit(names[ids[i][j]], wide - 0.06), core.TINTS[0] if mask[i][j] else "#FFFFFF"
            cell(ax, x, y, said, face, None if mask[i][j] else "////")
    lengths = [sum(row) for row in mask]
    padding = count_of(sum(width - one for one in lengths), "position")
    return picture.say(
        f"A batch of {count_of(height, 'sentence')} is padded to {width} positions.",
        f"The lengths are {join_words(lengths)}. The padding is hatched, at {padding}.",
        "All other ids belong to the text.",
    )


@drawing
def merge_steps(steps: Sequence[Sequence[Sequence[str]]], merges: Sequence[tuple[str, str]]) -> Picture:
    """Words in pieces, one line for each merge with its rank; the pieces that a merge made are marked.

    `steps`: for the start and after each merge, the words as lists of pieces: one more than there are merges. `merges`:
    the pairs that were merged, in order. Raises TypeError: a piece is not a str. Raises ValueError: there is not one
    more step than merges, or a merge does not have two pieces.

    >>> merge_steps([[["a", "b"]], [["ab"]]], [("a", "b")]).words
    'Words are split into pieces: ab. The merges are a + b. After them, the pieces are ab.'
    """
    if not all(isinstance(some, (list, tuple)) for some in (steps, merges)):
        raise TypeError(f"expected lists of steps and of merges; got {describe(steps)} and {describe(merges)}")
    if len(steps) != len(merges) + 1:
        raise ValueError(f"expected one more step than merges; got {len(steps)} steps and {len(merges)} merges")
    merges = [tuple(checks.texts_of(pair, "a merge", 2)) for pair in merges]
    for words in steps:
        if not isinstance(words, (list, tuple)):
            raise TypeError(f"a step: expected a list of words; got {describe(words)}")
    steps = [[checks.texts_of(word, "the pieces of a word") for word in words] for words in steps]
    pairs = [f"{readable(one)} + {readable(two)}" for one, two in merges]
    said = ["start", *(f"rank {rank}: {pair}" for rank, pair in enumerate(pairs))]
    left = min(1.9, max(text_width(one, core.SMALL, core.MONO) for one in said)) + 0.2
    letters = {c: text_width(readable(c), core.NORMAL, core.MONO) + 0.06 for c in "".join(map("".join, steps[0]))}
    long = sum(max(0.26, letters[c]) for c in "".join(map("".join, steps[0]))) + 0.18 * len(steps[0])
    least = 0.26 if long <= core.WIDTH - left else 0.15
    picture = Picture()
    ax = bare_axes(picture, core.WIDTH, 0.42 * len(steps) + 0.05)
    for line, words in enumerate(steps):
        y, x, made = 0.05 + 0.42 * (line + 0.5), left, "".join(merges[line - 1]) if line else None
        label(ax, left - 0.12, y, said[line], left - 0.2, ha="right")
        for piece in (piece for word in words for piece in [*word, ""]):  # after each word, a gap
            width = sum(max(least, letters.get(c, least)) for c in piece)  # a merged piece is as wide as its two
            if x + width > core.WIDTH and least < 0.26:
                label(ax, min(x + 0.08, core.WIDTH), y, "…")
                picture.shortened = True
                break
            if piece:
                face = core.BLUE if piece == made else core.TINTS[0] if len(piece) > 1 else PLAIN
                box(ax, x + width / 2, y, readable(piece), width=width - 0.03, face=face)
            x += width or 0.18
    first, last = (join_words(gap.join(map(readable, word)) for word in steps[at]) for at, gap in ((0, ""), (-1, " ")))
    return picture.say(
        f"Words are split into pieces: {first}. The merges are {'; '.join(pairs) or 'none'}.",
        f"After them, the pieces are {last}.",
    )


@drawing
def pieces(
    texts: Sequence[Sequence[bytes | str]],
    ids: Sequence[Any],
    labels: Iterable[str] = (),
    *,
    width: int = 62,
    most_lines: int = 8,
) -> Picture:
    """Texts split into pieces, coloured in turn, with each piece's id under it; long texts continue in the next line.

    `texts`: for each text its pieces, as bytes or str. Pieces that are only a part of a character are drawn grey.
    `ids`: for each text the ids of its pieces. `labels`: a name for each text, written before it; no names if empty.
    `width`: characters in a line. `most_lines`: how many lines are drawn; a note says how many pieces are left out.
    Raises TypeError: a piece is neither bytes nor str, or an id is not an integer. Raises ValueError: a text has not as
    many ids as pieces, or there are not as many labels as texts.

    >>> pieces([["fox", "es"]], [[7, 3]]).words
    'Each piece has its id below it. The text has 2 tokens: fox 7 and es 3.'
    """
    labels = checks.texts_of(labels, "labels")
    for some in (texts, ids):
        if not isinstance(some, (list, tuple)):
            raise TypeError(f"expected a list of texts, each in pieces, and a list of their ids; got {describe(some)}")
    if len(texts) != len(ids) or (labels and len(labels) != len(texts)):
        given = f"got ids for {len(ids)} and {len(labels)} labels"
        raise ValueError(f"expected ids, and a label or none at all, for each of {len(texts)} texts; {given}")
    margin = min(1.3, max(map(text_width, labels), default=0)) + (0.15 if labels else 0.05)
    width = min(width, int((core.WIDTH - margin) / LETTER))
    lines: list[tuple[str, list]] = []  # (label if a text begins here, its boxes)
    left_out, told = 0, []
    for at, (some, given) in enumerate(zip(texts, ids, strict=True)):
        if not isinstance(some, (list, tuple)) or not all(isinstance(piece, (bytes, str)) for piece in some):
            raise TypeError(f"the pieces of a text: expected a list of bytes or str; got {describe(some)}")
        empty = hasattr(given, "__len__") and len(given) == 0
        numbers = [] if empty else checks.checked(given, "ids", ("length",), int, most=100_000)
        if len(some) != len(numbers):
            raise ValueError(f"expected one id for each piece; got {len(some)} pieces and {len(numbers)} ids")
        lines.append((labels[at] if labels else "", []))
        used, names = 0.0, [readable(piece) for piece in some]
        named = join_words([f"{name} {number}" for name, number in zip(names, numbers, strict=True)], 3 if at else 40)
        told.append(f"{labels[at] if labels else 'The text'} has {count_of(len(numbers), 'token')}: {named}.")
        for piece, name, number in zip(some, names, numbers, strict=True):
            name = fit(name, (width - 2) * LETTER, core.NORMAL, core.MONO)
            size = max(text_width(name, core.NORMAL, core.MONO), text_width(str(number))) / LETTER + 1
            if lines[-1][1] and used + size > width:
                if len(lines) >= most_lines:
                    left_out += 1
                    continue
                lines.append(("", []))
                used = 0.0
            text = piece if isinstance(piece, str) else piece.decode("utf-8", errors="replace")
            lines[-1][1].append((name, number, size * LETTER, "\ufffd" not in text))
            used += size
    picture, high, turn = Picture(), 0.52, 0
    ax = bare_axes(picture, margin + LETTER * width, high * len(lines) + 0.35)
    for line, (name, boxes) in enumerate(lines):
        x, y = margin, 0.17 + line * high
        label(ax, margin - 0.08, y, name, 1.3, ha="right")
        if not boxes:
            label(ax, margin + 0.05, y, "(no tokens)", ha="left")
        for name, number, across, whole in boxes:
            face, middle = core.TINTS[turn % len(core.TINTS)] if whole else PART, x + across / 2
            box(ax, middle, y, name, width=across - 0.02, height=0.24, face=face)
            label(ax, middle, y + 0.22, str(number))
            x, turn = x + across, turn + 1
    if left_out:
        label(ax, margin, high * len(lines) + 0.15, f"… and {left_out} more", ha="left")
    return picture.say("Each piece has its id below it.", *told)
