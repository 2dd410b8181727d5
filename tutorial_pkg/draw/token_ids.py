"""Pictures for notebook 01: from text to ids, a padded batch, merges step by step, and a text split into pieces."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from . import checks, core
from .core import Picture, count_of, drawing, fit, join_words, readable, text_width
from .matrices import arrow, bare_axes, box, box_width, cells, kept, label

PLAIN, PART = "#EAF3FA", "#DDDDDD"  # a single character; bytes that are only a part of one
LETTER = 0.078  # inches, in a box's font
LETTERS, LINES = 62, 8  # of `pieces`: characters in a line, and lines


@drawing
def text_to_rows(sentence: str, tokens: Sequence[str], ids: Any) -> Picture:
    """From the sentence to its T tokens, to their T ids, and (as an outlook, dashed) to rows of a table.

    Tokens that do not fit continue in the next line, up to three lines; a note says how many are left out.
    >>> text_to_rows("In fox", ["in", "fox"], [1, 0]).words
    'The sentence “In fox” is above its 2 tokens and their ids: 1 in and 0 fox. Each id is the number of a row.'
    """
    said = " ".join(map(readable, checks.text_of(sentence, "sentence", most=10_000).split(" ")))  # spaces as they are
    names = [readable(token) for token in checks.texts_of(tokens, "tokens", least=1)]
    ids = checks.ids_of(ids)
    checks.one_each(tokens=names, ids=ids)
    gap, margin, lines = 0.08, 0.75, [[]]
    room = core.WIDTH - margin - 0.05
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
        dashed = {"edgecolor": core.GREY, "linestyle": "--", "linewidth": 1}
        for name, number, width in line:
            middle = x + width / 2
            box(ax, middle, top, name, width=width, face=core.TINTS[0])
            box(ax, middle, top + 0.65, str(number), width=width, face=core.TINTS[1])
            box(ax, middle, top + 1.3, f"row {number}", width=width, **dashed)
            for y, style in ((0.35, "-"), (top + 0.15, "-"), (top + 0.8, "--"))[at > 0 :]:
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

    `ids` and `mask` have the same shape, (batch, length); `mask` is False where an id is padding.
    >>> padded_batch([[1, 0]], [[True, False]], ["<pad>", "fox"]).words
    'A batch of 1 sentence is padded to 2 positions. The lengths are 1. The padding is hatched, at 1 position. ...'
    """
    words = None if vocabulary is None else checks.words_of(vocabulary)
    ids = checks.checked(ids, "ids", ("batch", "length"), int, below=len(words or ()))
    mask = checks.checked(mask, "mask", ("batch", "length"), bool)
    height, width = checks.same_shape("ids and mask", ids, mask)
    down, across = kept(height, 12), kept(width, 11)
    names = {one: str(one) if words is None else f"{one}\n{readable(words[one])}" for row in ids for one in row}
    wide = min(max(0.6, *(text_width(name) + 0.12 for name in names.values()), 0), (core.WIDTH - 0.6) / len(across))

    def fill(i: int, j: int) -> tuple:
        return fit(names[ids[i][j]], wide - 0.06), core.TINTS[0] if mask[i][j] else "#FFFFFF", not mask[i][j]

    picture, numbers = Picture(), list(map(str, range(max(height, width))))
    labels = {"size": (wide, 0.42), "drawn": (down, across), "xlabel": "position", "ylabel": "sentence"}
    cells(picture, 0.6, 0.1, numbers, numbers, fill, **labels)
    lengths = [sum(row) for row in mask]
    return picture.say(
        f"A batch of {count_of(height, 'sentence')} is padded to {width} positions.",
        f"The lengths are {join_words(lengths)}.",
        f"The padding is hatched, at {count_of(height * width - sum(lengths), 'position')}.",
        "All other ids belong to the text.",
    )


@drawing
def merge_steps(steps: Sequence[Sequence[Sequence[str]]], merges: Sequence[tuple[str, str]]) -> Picture:
    """Words in pieces, one line for each merge with its rank; the pieces that a merge made are marked.

    `steps`: for the start and after each merge, the words as lists of pieces. `merges`: the pairs that were merged.
    >>> merge_steps([[["a", "b"]], [["ab"]]], [("a", "b")]).words
    'Words are split into pieces: ab. The merges are a + b. After them, the pieces are ab.'
    """
    steps = [
        [checks.texts_of(word, "the pieces of a word") for word in checks.list_of(words, "a step", "a list of words")]
        for words in checks.list_of(steps, "steps", "a list for the start and for each merge", least=1)
    ]
    merges = [checks.texts_of(pair, "a merge", 2) for pair in checks.list_of(merges, "merges", "a list of pairs")]
    checks.one_each(merges=merges, results=steps[1:])
    pairs = [" + ".join(map(readable, pair)) for pair in merges]
    said = ["start", *(f"rank {rank}: {pair}" for rank, pair in enumerate(pairs))]
    left = min(1.9, max(text_width(one, core.SMALL, core.MONO) for one in said)) + 0.2
    text = "".join(map("".join, steps[0]))
    letters = {c: text_width(readable(c), core.NORMAL, core.MONO) + 0.06 for c in text}
    long = sum(max(0.26, letters[c]) for c in text) + 0.18 * len(steps[0])
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
def pieces(texts: Sequence[Sequence[bytes | str]], ids: Sequence[Any], labels: Iterable[str] = ()) -> Picture:
    """Texts split into pieces, coloured in turn, with each piece's id under it; long texts continue in the next line.

    `texts`: for each text its pieces; those that are only a part of a character are drawn grey. `ids`: for each text
    the ids of its pieces. `labels`: a name for each text. A note says how many pieces are left out, after 8 lines.
    >>> pieces([["fox", "es"]], [[7, 3]]).words
    'Each piece has its id below it. The text has 2 tokens: fox 7 and es 3.'
    """
    texts = checks.list_of(texts, "texts", "a list of texts, each in pieces")
    labels = checks.texts_of(labels, "labels")
    named = labels or [""] * len(texts)
    checks.one_each(texts=texts, ids=checks.list_of(ids, "ids", "a list with the ids of each text"), labels=named)
    margin = min(1.3, max(map(text_width, labels), default=0)) + (0.15 if labels else 0.05)
    width = min(LETTERS, int((core.WIDTH - margin) / LETTER))
    lines: list[tuple[str, list]] = []  # (label if a text begins here, its boxes)
    left_out, told, turn = 0, [], 0
    for at, (some, given, title) in enumerate(zip(texts, ids, named, strict=True)):
        some = checks.list_of(some, "a text", "a list of pieces, bytes or str", most=100_000, kind=(bytes, str))
        numbers = [] if not some and len(given) == 0 else checks.ids_of(given, most=100_000)
        checks.one_each(pieces=some, ids=numbers)
        lines.append((title, []))
        used, names = 0.0, [readable(piece) for piece in some]
        list_ = join_words([f"{name} {number}" for name, number in zip(names, numbers, strict=True)], 3 if at else 40)
        told.append(f"{title or 'The text'} has {count_of(len(numbers), 'token')}: {list_}.")
        for piece, name, number in zip(some, names, numbers, strict=True):
            name = fit(name, (width - 2) * LETTER, core.NORMAL, core.MONO)
            size = max(text_width(name, core.NORMAL, core.MONO), text_width(str(number))) / LETTER + 1
            if lines[-1][1] and used + size > width:
                if len(lines) >= LINES:
                    left_out += 1
                    continue
                lines.append(("", []))
                used = 0.0
            whole = "\ufffd" not in (piece if isinstance(piece, str) else piece.decode("utf-8", errors="replace"))
            lines[-1][1].append((name, number, size * LETTER, core.TINTS[turn % len(core.TINTS)] if whole else PART))
            used, turn = used + size, turn + 1
    picture, high = Picture(), 0.52
    ax = bare_axes(picture, margin + LETTER * width, high * len(lines) + 0.35)
    for line, (title, boxes) in enumerate(lines):
        x, y = margin, 0.17 + line * high
        label(ax, margin - 0.08, y, title, 1.3, ha="right")
        if not boxes:
            label(ax, margin + 0.05, y, "(no tokens)", ha="left")
        for name, number, across, face in boxes:
            box(ax, x + across / 2, y, name, width=across - 0.02, height=0.24, face=face)
            label(ax, x + across / 2, y + 0.22, str(number))
            x += across
    if left_out:
        label(ax, margin, high * len(lines) + 0.15, f"… and {left_out} more", ha="left")
    return picture.say("Each piece has its id below it.", *told)
