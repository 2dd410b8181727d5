"""Pictures for notebook 01: text on its way to ids, a padded batch, merges step by step, and a text cut into pieces."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .common import (
    BLUE,
    GREY,
    MONO,
    TINTS,
    WIDTH,
    Picture,
    arrow,
    box,
    cell,
    checked,
    drawing,
    got,
    ids_of,
    label,
    listed,
    paper,
    readable,
    text_of,
    texts_of,
    words_of,
)

PLAIN, PART = "#EAF3FA", "#DDDDDD"  # a single character; bytes that are only a part of one
LETTER = 0.078  # inches, in a box's font


@drawing
def text_to_rows(sentence: str, tokens: Sequence[str], ids: Any) -> Picture:
    """The sentence flowing to tokens, to ids, and (as an outlook, dashed) to rows of a table.

    Tokens that do not fit go on in the next line, up to three; a note says how many are left out.

    Args:
        sentence: the text.
        tokens: its T tokens.
        ids: their T ids (a list or a tensor).

    Raises:
        TypeError: the sentence or a token is no str, or an id is no whole number.
        ValueError: there are not as many ids as tokens, or none at all.
    """
    sentence = text_of(sentence, "sentence", most=10_000)
    tokens = texts_of(tokens, "tokens")
    if not tokens:
        raise ValueError("tokens: expected one at least; got none")
    ids = ids_of(ids)
    if len(tokens) != len(ids):
        raise ValueError(f"expected one id for each token; got {len(tokens)} tokens and {len(ids)} ids")
    gap, margin, most_lines = 0.08, 0.8, 3
    room = WIDTH - margin - 0.05
    names = [_cut(readable(token), room) for token in tokens]
    said = " ".join(map(readable, sentence.split(" ")))  # spaces as they are
    lines: list[list[tuple[str, int, float]]] = [[]]
    for name, number in zip(names, ids, strict=True):
        width = max(0.7, LETTER * len(name) + 0.2)
        if lines[-1] and sum(one + gap for *_, one in lines[-1]) + width > room:
            lines.append([])
        lines[-1].append((name, number, width))
    drawn = lines[:most_lines]
    left_out = len(ids) - sum(map(len, drawn))
    across = [sum(width + gap for *_, width in line) - gap for line in drawn]
    total = max(*across, min(LETTER * len(said) + 0.3, room))
    picture = Picture()
    ax = paper(picture, margin + total + 0.05, 0.6 + 1.75 * len(drawn) + (0.3 if left_out else 0))
    label(ax, margin - 0.12, 0.2, "sentence", ha="right")
    box(ax, margin + total / 2, 0.2, _cut(said, total), width=total)
    for at, line in enumerate(drawn):
        top = 0.85 + 1.75 * at
        for name, y in (("tokens", top), ("ids", top + 0.65), ("rows", top + 1.3)):
            label(ax, margin - 0.12, y, name, ha="right")
        x = margin + (0 if at else (total - across[0]) / 2)
        for name, number, width in line:
            middle = x + width / 2
            box(ax, middle, top, name, width=width, face=TINTS[0])
            box(ax, middle, top + 0.65, str(number), width=width, face=TINTS[1])
            box(ax, middle, top + 1.3, f"row {number}", width=width, edgecolor=GREY, linestyle="--", linewidth=1)
            if not at:
                arrow(ax, middle, 0.35, middle, 0.71)
            for y in (top + 0.15, top + 0.8):
                arrow(ax, middle, y, middle, y + 0.36, linestyle="-" if y < top + 0.5 else "--")
            x += width + gap
    if left_out:
        label(ax, margin, 0.75 + 1.75 * len(drawn), f"… and {left_out} more", ha="left")
    told = listed(f"{number} {name}" for number, name in zip(ids, names, strict=True))
    picture.words = (
        f"From the sentence “{said}” to its {len(ids)} tokens and their ids: {told}. "
        "Each id leads to the row of that number."
    )
    return picture


def _cut(text: str, width: float) -> str:
    """The text, cut if a box of that width, in inches, is too small for it."""
    most = int((width - 0.2) / LETTER)
    return text if len(text) <= most else text[: most - 1] + "…"


@drawing
def padded_batch(ids: Any, mask: Any, vocabulary: Mapping[str, int] | Sequence[str] | None = None) -> Picture:
    """A padded batch as a grid: each id, with its token below it, the padding hatched.

    Args:
        ids: integers of shape (batch, length).
        mask: True where an id belongs to the text, False where it is padding; the same shape.
        vocabulary: token → id, or the tokens in the order of their ids; ids alone if None.

    Raises:
        TypeError: ids are no whole numbers, or the mask holds something else than True and False.
        ValueError: the shapes differ.
        IndexError: an id is not in the vocabulary.
    """
    words = None if vocabulary is None else words_of(vocabulary)
    ids = checked(ids, "ids", ("batch", "length"), int, below=None if words is None else len(words))
    mask = checked(mask, "mask", ("batch", "length"), bool)
    height, width = len(ids), len(ids[0])
    if (len(mask), len(mask[0])) != (height, width):
        raise ValueError(
            f"expected ids and mask of one shape; got ({height}, {width}) and ({len(mask)}, {len(mask[0])})"
        )
    longest = max((len(readable(words[one])) for row in ids for one in row), default=0) if words else 0
    wide, high, left = max(0.6, 0.08 * longest + 0.15), 0.42, 0.75
    picture = Picture()
    ax = paper(picture, left + width * wide + 0.05, height * high + 0.55)
    for i, row in enumerate(ids):
        y = 0.05 + (i + 0.5) * high
        for j, number in enumerate(row):
            said = str(number) if words is None else f"{number}\n{readable(words[number])}"
            face, hatch = (TINTS[0], None) if mask[i][j] else ("#FFFFFF", "////")
            cell(ax, left + (j + 0.5) * wide, y, said, face, size=(wide, high), hatch=hatch)
        label(ax, left - 0.15, y, str(i))
    for j in range(width):
        label(ax, left + (j + 0.5) * wide, height * high + 0.18, str(j))
    label(ax, left + width * wide / 2, height * high + 0.42, "position")
    label(ax, 0.3, 0.05 + height * high / 2, "sentence in the batch" if height > 3 else "sentence", rotation=90)
    lengths = [sum(row) for row in mask]
    picture.words = (
        f"{height} sentences, {listed(lengths)} tokens long, filled up to {width}. "
        f"Hatched, the {sum(width - one for one in lengths)} places of padding; the rest are ids of the text."
    )
    return picture


@drawing
def merge_steps(steps: Sequence[Sequence[Sequence[str]]], merges: Sequence[tuple[str, str]]) -> Picture:
    """Words in pieces, one line for each merge with its rank; the pieces that a merge made are marked.

    Args:
        steps: for the start and after each merge, the words as lists of pieces: one more than there are merges.
        merges: the pairs that were merged, in order.

    Raises:
        TypeError: a piece is no str.
        ValueError: there is not one more step than merges, or a merge is not of two pieces.
    """
    if not all(isinstance(some, (list, tuple)) for some in (steps, merges)):
        raise TypeError(f"expected lists of steps and of merges; got {got(steps)} and {got(merges)}")
    if len(steps) != len(merges) + 1:
        raise ValueError(f"expected one more step than merges; got {len(steps)} steps and {len(merges)} merges")
    merges = [tuple(texts_of(pair, "a merge", 2)) for pair in merges]
    for words in steps:
        if not isinstance(words, (list, tuple)):
            raise TypeError(f"a step: expected a list of words; got {got(words)}")
    steps = [[texts_of(word, "the pieces of a word") for word in words] for words in steps]
    letter = 0.26  # a merged piece is as wide as the two it came from
    said = ["start"]
    said += [f"rank {rank}: {readable(one)} + {readable(two)}" for rank, (one, two) in enumerate(merges)]
    left = 0.08 * max(map(len, said)) + 0.2
    longest = max(sum(len(piece) for word in words for piece in word) + len(words) for words in steps)
    picture = Picture()
    ax = paper(picture, left + 0.1 + longest * letter, 0.42 * len(steps) + 0.05)
    for line, words in enumerate(steps):
        made = "".join(merges[line - 1]) if line else None
        y = 0.05 + 0.42 * (line + 0.5)
        ax_label = label(ax, left - 0.12, y, said[line], ha="right")
        ax_label.set_family(MONO)
        x = left
        for word in words:
            for piece in word:
                width = letter * len(piece)
                face = BLUE if piece == made else TINTS[0] if len(piece) > 1 else PLAIN
                box(ax, x + width / 2, y, readable(piece), width=width - 0.03, face=face)
                x += width
            x += 0.7 * letter
    told = "; ".join(" + ".join(map(readable, pair)) for pair in merges)
    last = listed(" ".join(map(readable, word)) for word in steps[-1])
    first = listed("".join(map(readable, word)) for word in steps[0])
    picture.words = f"{first} in pieces, after each of the merges {told or '(none)'}. At the end: {last}."
    return picture


@drawing
def pieces(
    texts: Sequence[Sequence[bytes | str]],
    ids: Sequence[Any],
    labels: Iterable[str] = (),
    *,
    width: int = 62,
    most_lines: int = 8,
) -> Picture:
    """Texts cut into pieces, coloured in turn, with each piece's id under it; long texts go on in the next line.

    Args:
        texts: for each text its pieces, as bytes or str. Pieces that are only a part of a character are drawn grey.
        ids: for each text the ids of its pieces.
        labels: a name for each text, written before it; no names if empty.
        width: characters in a line.
        most_lines: how many lines are drawn; a note says how many pieces are left out.

    Raises:
        TypeError: a piece is neither bytes nor str, or an id is no whole number.
        ValueError: a text has not as many ids as pieces, or there are not as many labels as texts.
    """
    labels = texts_of(labels, "labels")
    for some in (texts, ids):
        if not isinstance(some, (list, tuple)):
            raise TypeError(f"expected a list of texts, each cut into pieces, and a list of their ids; got {got(some)}")
    if len(texts) != len(ids) or (labels and len(labels) != len(texts)):
        raise ValueError(
            f"expected ids, and a label or none at all, for each of {len(texts)} texts; "
            f"got ids for {len(ids)} and {len(labels)} labels"
        )
    lines: list[tuple[str, list]] = []  # (label if a text begins here, its boxes)
    left_out, told = 0, []
    for at, (some, given) in enumerate(zip(texts, ids, strict=True)):
        if not isinstance(some, (list, tuple)) or not all(isinstance(piece, (bytes, str)) for piece in some):
            raise TypeError(f"the pieces of a text: expected a list of bytes or str; got {got(some)}")
        empty = hasattr(given, "__len__") and len(given) == 0
        numbers = [] if empty else checked(given, "ids", ("length",), int, most=100_000)
        if len(some) != len(numbers):
            raise ValueError(f"expected one id for each piece; got {len(some)} pieces and {len(numbers)} ids")
        boxes: list[tuple[str, int, float, bool]] = []
        lines.append((labels[at] if labels else "", boxes))
        used = 0.0
        named = [f"{readable(piece)} {number}" for piece, number in zip(some, numbers, strict=True)]
        of = f"{labels[at]}: " if labels else ""
        told.append(f"{of}{len(numbers)} tokens, {listed(named, most=40 if len(texts) == 1 else 3)}")
        for piece, number in zip(some, numbers, strict=True):
            name = readable(piece)
            name = name if len(name) <= width - 2 else name[: width - 3] + "…"
            size = max(len(name), 0.9 * len(str(number))) + 1
            if boxes and used + size > width:
                if len(lines) >= most_lines:
                    left_out += 1
                    continue
                boxes = []
                lines.append(("", boxes))
                used = 0.0
            text = piece if isinstance(piece, str) else piece.decode("utf-8", errors="replace")
            boxes.append((name, number, size, "\ufffd" not in text))
            used += size
    margin = 0.08 * max(map(len, labels), default=0) + (0.15 if labels else 0.05)
    high = 0.52
    picture = Picture()
    ax = paper(picture, margin + LETTER * width, high * len(lines) + (0.35 if left_out else 0.05))
    turn = 0
    for line, (name, boxes) in enumerate(lines):
        y = 0.17 + line * high
        if name:
            label(ax, margin - 0.08, y, name, ha="right")
        if not boxes:
            label(ax, margin + 0.05, y, "(no tokens)", ha="left")
        x = margin
        for piece, number, size, whole in boxes:
            face = TINTS[turn % len(TINTS)] if whole else PART
            middle, across = x + size * LETTER / 2, size * LETTER - 0.02
            box(ax, middle, y, piece, width=across, height=0.24, face=face)
            label(ax, middle, y + 0.22, str(number))
            x, turn = x + size * LETTER, turn + 1
    if left_out:
        label(ax, margin, high * len(lines) + 0.15, f"… and {left_out} more", ha="left")
    picture.words = f"Cut into pieces, each with its id below it. {'. '.join(told)}."
    return picture
