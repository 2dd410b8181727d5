"""Pictures for notebook 01: a text split into pieces, a padded batch, and merges step by step."""

import itertools
from collections.abc import Iterable, Sequence
from typing import Any

from ..words import count_of, join_words, readable, with_sign
from . import checks, core
from .core import MONO, NORMAL, Picture, drawing, fit, text_width
from .matrices import board, box_lines, id_grid, label

PLAIN, PART = "#EAF3FA", "#DDDDDD"  # a single character; a part of a character
LINES = 8  # `pieces` draws at most this number of lines


@drawing
def pieces(texts: Sequence[Sequence[bytes | str]], ids: Sequence[Any], labels: Iterable[str] = ()) -> Picture:
    """Texts split into pieces, with the id of each piece below it; a long text continues in the next line.

    `texts`: the pieces of each text. A grey piece is only a part of a character. `ids`: the ids of the pieces of each
    text. `labels`: a name for each text. After 8 lines, a note gives the number of the other pieces.
    >>> pieces([["fox", "es"]], [[7, 3]]).words
    'Each piece has its id below it. The text has 2 tokens, with these ids: fox (7) and es (3).'
    """
    labels = list(labels) or [""] * len(texts)
    checks.one_each(texts=texts, ids=ids, labels=labels)
    margin = min(1.3, max(map(text_width, labels))) + (0.2 if any(labels) else 0.05)
    room, tints, parts = core.WIDTH - margin, itertools.cycle(core.TINTS), 0
    lines: list[tuple[str, list]] = []  # a label if a text begins here, and boxes
    told, shown = [], []
    for some, given, title in zip(texts, ids, labels, strict=True):
        given = checks.checked(given, "ids", ("length",), int, most=100_000, span=checks.FROM_0) if len(given) else []
        checks.one_each(pieces=some, ids=given)
        names, used = [readable(piece) for piece in some], 0.0
        shown += names
        lines.append((title, [] if names else [("(no tokens)", 1.0, core.GROUND, "")]))
        for piece, name, number in zip(some, names, given, strict=True):
            name = fit(name, room - 0.2, NORMAL, MONO)
            width = max(text_width(name, NORMAL, MONO), text_width(str(number))) + 0.07
            if used and used + width > room:
                lines.append(("", []))
                used = 0.0
            whole = "\ufffd" not in (piece if isinstance(piece, str) else piece.decode("utf-8", errors="replace"))
            lines[-1][1].append((name, width, next(tints) if whole else PART, str(number)))
            used, parts = used + width, parts + (not whole)
        listed = join_words([f"{name} ({i})" for name, i in zip(names, given, strict=True)], 3 if told else 40)
        which = f"The text “{title}”" if title else "The text"
        told.append(f"{which} has {count_of(len(given), 'token')}{f', with these ids: {listed}' if names else ''}.")
    left_out, lines = sum(len(boxes) for _, boxes in lines[LINES:]), lines[:LINES]
    picture, ax = board(core.WIDTH, 0.5 * len(lines) + 0.35)
    box_lines(ax, lines, margin, 0.17, 0.5, height=0.24)
    note = with_sign(f"… and {left_out} more" if left_out else "", *shown)
    label(ax, margin, 0.5 * len(lines) + 0.12, note, ha="left")
    return picture.say(
        bool(shown) and "Each piece has its id below it.",
        *told,
        bool(parts) and "A grey piece is a part of a character.",
    )


@drawing
def padded_batch(ids: Any, mask: Any, vocabulary: checks.Vocabulary) -> Picture:
    """A padded batch as a grid: each id, with its token below it; the padding is hatched.

    `ids` and `mask` have the same shape, (batch, length); `mask` is False where an id is padding.
    >>> padded_batch([[1, 0]], [[True, False]], ["<pad>", "fox"]).words
    'A batch of 1 sentence is padded to 2 positions. The lengths are 1. The padding is hatched, at 1 position. ...'
    """
    words, dims = checks.words_of(vocabulary), ("batch", "length")
    ids, mask = checks.checked(ids, "ids", dims, int, below=len(words)), checks.checked(mask, "mask", dims, bool)
    height, width = checks.same_shape("ids and mask", ids, mask)
    picture, lengths = Picture(), [sum(row) for row in mask]
    id_grid(picture, ids, words, 0.1, mask)
    return picture.say(
        f"A batch of {count_of(height, 'sentence')} is padded to {count_of(width, 'position')}.",
        f"The lengths are {join_words(lengths)}.",
        f"The padding is hatched, at {count_of(height * width - sum(lengths), 'position')}.",
        "All other ids belong to the text.",
    )


@drawing
def merge_steps(steps: Sequence[Sequence[Sequence[str]]], merges: Sequence[tuple[str, str]]) -> Picture:
    """Words in pieces, one line for each merge with its rank. The pieces that a merge made are dark.

    `steps`: the words as lists of pieces, at the start and after each merge. `merges`: the merged pairs.
    >>> merge_steps([[["a", "b"]], [["ab"]]], [("a", "b")]).words
    'At the start, the words are split into pieces: a b. The merges, in order, are a + b. In the end, the pieces ...'
    """
    checks.one_each(merges=merges, results=steps[1:])
    pairs = [" + ".join(map(readable, pair)) for pair in merges]
    titles = ["start", *(f"rank {rank}: {pair}" for rank, pair in enumerate(pairs))]
    left, text = min(1.9, max(map(text_width, titles))) + 0.2, "".join(map("".join, steps[0]))
    letters = {c: text_width(readable(c), NORMAL, MONO) + 0.06 for c in text}
    long = sum(max(0.26, letters[c]) for c in text) + 0.18 * len(steps[0])
    least = 0.26 if long <= core.WIDTH - left else 0.15
    lines, (picture, ax) = [], board(core.WIDTH, 0.42 * len(steps) + 0.05)
    for title, words, merge in zip(titles, steps, [None, *map("".join, merges)], strict=True):
        boxes, x = [], left
        for piece in (piece for word in words for piece in [*word, ""]):  # after each word, a gap
            # a merged piece is as wide as its two parts together
            width = sum(max(least, letters.get(c, least)) for c in piece) or 0.18
            if x + width > core.WIDTH and piece:
                boxes.append(("…", 0.2, core.GROUND, ""))
                picture.shortened = True
                break
            face = core.BLUE if piece == merge else core.TINTS[0] if len(piece) > 1 else PLAIN
            boxes.append((readable(piece), width, face, ""))
            x += width
        lines.append((title, boxes))
    box_lines(ax, lines, left, 0.26, 0.42)
    first, last = (join_words(" ".join(map(readable, word)) for word in words) for words in (steps[0], steps[-1]))
    return picture.say(
        f"At the start, the words are split into pieces: {first}.",
        f"The merges, in order, are {join_words(pairs)}. In the end, the pieces are {last}.",
    )
