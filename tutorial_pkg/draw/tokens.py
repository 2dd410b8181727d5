"""Pictures of text on its way to ids: the flow, a padded batch, merges step by step, and a text cut into pieces.

Notebook 01 draws them from the learner's own values.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Rectangle

from . import BLUE, GREY

MONO = "DejaVu Sans Mono"  # comes with matplotlib, so it is there everywhere
# Pale tints of Okabe and Ito's colours, dark enough to tell apart and light enough to read black text on.
TINTS = ["#BFE3F7", "#FBE3B3", "#B8E6D5", "#F2D9E7"]
PLAIN, QUIET = "#EAF3FA", "#F2F2F2"


@functools.lru_cache(maxsize=4096)
def _drawable(character: str) -> bool:
    """Whether the character has a glyph of its own in the font and stands by itself, left to right."""
    from matplotlib.font_manager import findfont, get_font

    alone = unicodedata.category(character)[0] not in "CMZ" and unicodedata.bidirectional(character) not in ("R", "AL")
    return alone and get_font(findfont(MONO)).get_char_index(ord(character)) != 0


def readable(piece: bytes | str) -> str:
    """A token in characters that can be drawn: nothing invisible, nothing that the font lacks.

    A space is shown as ␣ and a line break as ⏎; a character that the font lacks, or that is not drawn by itself, by its
    Unicode number; bytes that are only a part of a character in hexadecimal.

    >>> readable(b" fox"), readable("\\n"), readable("🦊"), readable("🦊".encode()[:2])
    ('␣fox', '⏎', 'U+1F98A', 'F0 9F')
    """
    if isinstance(piece, bytes):
        try:
            piece = piece.decode("utf-8")
        except UnicodeDecodeError:
            return piece.hex(" ").upper()
    names = {" ": "␣", "\n": "⏎", "\t": "⇥"}
    shown = [names.get(c) or (c if _drawable(c) else f"U+{ord(c):04X}") for c in piece]
    separator = " " if any(len(name) > 1 for name in shown) else ""
    return separator.join(shown)


def _box(ax: Axes, x: float, y: float, width: float, height: float, text: str, face: str, **style: Any) -> None:
    """A rounded box with text in its middle; (x, y) is the middle."""
    size = style.pop("fontsize", 10)
    ink = style.pop("color", "black")
    style = {"edgecolor": "white", "linewidth": 1} | style
    shape = "round,pad=0,rounding_size=0.08"
    ax.add_patch(
        FancyBboxPatch((x - width / 2, y - height / 2), width, height, boxstyle=shape, facecolor=face, **style)
    )
    # parse_math=False: a $ is a $
    ax.text(x, y, text, ha="center", va="center", fontsize=size, color=ink, family=MONO, parse_math=False)


def flow(sentence: str, tokens: Sequence[str], ids: Sequence[int]) -> Figure:
    """The sentence flowing to tokens, to ids, and (as an outlook, dashed) to rows of a table.

    Args:
        sentence: the text.
        tokens: its T tokens.
        ids: their T ids (a list or a tensor).

    Raises:
        ValueError: there are not as many ids as tokens.
    """
    ids = [int(i) for i in ids]
    if len(tokens) != len(ids):
        raise ValueError(f"{len(tokens)} tokens came with {len(ids)} ids; each token has one id")
    widths = [max(1.1, 0.16 * len(readable(token)) + 0.35) for token in tokens]
    total = max(sum(widths) + 0.15 * len(widths), 3.0)
    figure = Figure(figsize=(min(total + 1.8, 12), 3.6), layout="constrained")
    ax = figure.subplots()
    levels = {"sentence": 3, "tokens": 2, "ids": 1, "rows": 0}
    for name, y in levels.items():
        ax.text(-0.25, y, name, ha="right", va="center", fontsize=10, color="black" if y else GREY)
    _box(ax, total / 2, 3, total, 0.6, readable(sentence).replace("␣", " "), QUIET, fontsize=11)
    x = (total - sum(widths) - 0.15 * (len(widths) - 1)) / 2
    for token, number, width in zip(tokens, ids, widths, strict=True):
        middle = x + width / 2
        _box(ax, middle, 2, width, 0.6, readable(token), TINTS[0])
        _box(ax, middle, 1, width, 0.6, str(number), TINTS[1])
        _box(ax, middle, 0, width, 0.6, f"row {number}", "white", edgecolor=GREY, linestyle="--", color="#555555")
        for y in (3, 2, 1):
            arrow = {"arrowstyle": "-|>", "color": GREY, "linestyle": "-" if y > 1 else "--"}
            ax.annotate("", (middle, y - 0.68), (middle, y - 0.32), arrowprops=arrow)
        x += width + 0.15
    ax.set(xlim=(-1.2, total + 0.1), ylim=(-0.45, 3.45))
    ax.axis("off")
    return figure


def padded_batch(ids: Any, mask: Any, tokens: Sequence[Sequence[str]] | None = None) -> Figure:
    """A padded batch as a grid: each id with its token, the padding hatched.

    Args:
        ids: integers of shape (batch, length).
        mask: True where an id belongs to the text, False where it is padding; the same shape.
        tokens: what to write under each id, in the same shape; nothing if None.

    Raises:
        ValueError: the shapes differ, or are not (batch, length).
    """
    ids, mask = ([list(row) for row in (part.tolist() if hasattr(part, "tolist") else part)] for part in (ids, mask))
    if [len(row) for row in ids] != [len(row) for row in mask] or len({len(row) for row in ids}) != 1:
        raise ValueError("padded_batch() draws ids and a mask of one shape, (batch, length)")
    height, width = len(ids), len(ids[0])
    figure = Figure(figsize=(1.5 + 0.95 * width, 1.1 + 0.62 * height), layout="constrained")
    ax = figure.subplots()
    for i, row in enumerate(ids):
        for j, number in enumerate(row):
            style = {"facecolor": TINTS[0]} if mask[i][j] else {"facecolor": "white", "hatch": "////"}
            ax.add_patch(Rectangle((j - 0.47, i - 0.44), 0.94, 0.88, edgecolor="#BBBBBB", linewidth=1, **style))
            # the hatching must not run through the number
            behind = None if mask[i][j] else {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
            ax.text(j, i - 0.13, str(number), ha="center", va="center", fontsize=12, family=MONO, bbox=behind)
            if tokens is not None:
                name = readable(tokens[i][j])
                ax.text(
                    j, i + 0.25, name, ha="center", va="center", fontsize=8, family=MONO, bbox=behind, parse_math=False
                )
    ax.set(xlim=(-0.55, width - 0.45), ylim=(height - 0.45, -0.55), xlabel="position", ylabel="sentence in the batch")
    ax.set_xticks(range(width))
    ax.set_yticks(range(height))
    ax.tick_params(length=0)
    for spine in ax.spines.values():
        spine.set_visible(False)
    return figure


def merge_steps(steps: Sequence[Sequence[Sequence[str]]], merges: Sequence[tuple[str, str]]) -> Figure:
    """Words in pieces, one line for each merge with its rank; the pieces that a merge made are marked.

    Args:
        steps: for the start and after each merge, the words as lists of pieces: one more than there are merges.
        merges: the pairs that were merged, in order.

    Raises:
        ValueError: there is not one more step than merges.
    """
    if len(steps) != len(merges) + 1:
        raise ValueError(f"{len(steps)} steps came with {len(merges)} merges; there is one more step than merges")
    longest = max(sum(len(piece) for word in words for piece in word) + len(words) for words in steps)
    figure = Figure(figsize=(min(3.2 + 0.5 * longest, 12), 0.75 * len(steps) + 0.2), layout="constrained")
    ax = figure.subplots()
    for line, words in enumerate(steps):
        made = "".join(merges[line - 1]) if line else None
        one, two = merges[line - 1] if line else ("", "")
        label = f"rank {line - 1}:  {readable(one)} + {readable(two)}" if line else "start"
        ax.text(-0.4, line, label, ha="right", va="center", fontsize=11, family=MONO, parse_math=False)
        x = 0.0
        for word in words:
            for piece in word:
                width = len(piece)  # a merged piece is as wide as the two it came from
                new = piece == made
                face, ink = (BLUE, "white") if new else (TINTS[0] if len(piece) > 1 else PLAIN, "black")
                _box(ax, x + width / 2, line, width - 0.08, 0.7, readable(piece), face, color=ink, fontsize=12)
                x += width
            x += 0.7
    ax.set(xlim=(-3.9, longest + 0.5), ylim=(len(steps) - 0.5, -0.5))
    ax.axis("off")
    return figure


def pieces(
    texts: Sequence[Sequence[bytes | str]],
    ids: Sequence[Sequence[int]],
    labels: Iterable[str] = (),
    *,
    width: int = 84,
    most_lines: int = 12,
) -> Figure:
    """Texts cut into pieces, coloured in turn, with each piece's id under it; long texts go on in the next line.

    Args:
        texts: for each text its pieces, as bytes or str. Pieces that are only a part of a character are drawn grey.
        ids: for each text the ids of its pieces.
        labels: a name for each text, written before it; no names if empty.
        width: characters in a line.
        most_lines: how many lines are drawn; a note says how many pieces are left out.

    Raises:
        ValueError: a text has not as many ids as pieces, or there are not as many labels as texts.
    """
    labels = list(labels)
    if len(texts) != len(ids) or (labels and len(labels) != len(texts)):
        raise ValueError(f"{len(texts)} texts came with ids for {len(ids)} and {len(labels)} labels")
    lines: list[tuple[str, list]] = []  # (label if a text begins here, its boxes)
    left_out = 0
    for at, (some, numbers) in enumerate(zip(texts, ids, strict=True)):
        if len(some) != len(numbers):
            raise ValueError(f"{len(some)} pieces came with {len(numbers)} ids; each piece has one id")
        boxes: list[tuple[str, int, float, bool]] = []
        lines.append((labels[at] if labels else "", boxes))
        used = 0.0
        for piece, number in zip(some, numbers, strict=True):
            name = readable(piece)
            name = name if len(name) <= width - 2 else name[: width - 3] + "…"
            size = max(len(name), 0.8 * len(str(int(number)))) + 1
            if boxes and used + size > width:
                if len(lines) >= most_lines:
                    left_out += 1
                    continue
                boxes = []
                lines.append(("", boxes))
                used = 0.0
            whole = isinstance(piece, str) or "\ufffd" not in piece.decode("utf-8", errors="replace")
            boxes.append((name, int(number), size, whole))
            used += size
    margin = max(map(len, labels), default=-1) + 1
    figure = Figure(figsize=(0.12 * (width + margin), 0.66 * len(lines) + (0.3 if left_out else 0.1)))
    ax = figure.add_axes((0, 0, 1, 1))  # a layout engine would take most of the time here
    turn = 0
    for y, (label, boxes) in enumerate(lines):
        ax.text(-1, y - 0.14, label, ha="right", va="center", fontsize=9, color="#333333")
        if not boxes:
            ax.text(0.5, y, "(no tokens)", va="center", fontsize=10, color=GREY)
        x = 0.0
        for name, number, size, whole in boxes:
            face = TINTS[turn % len(TINTS)] if whole else "#DDDDDD"
            _box(ax, x + size / 2, y - 0.14, size - 0.15, 0.4, name, face, fontsize=10)
            ax.text(x + size / 2, y + 0.22, number, ha="center", va="center", fontsize=8, color="#333333", family=MONO)
            x, turn = x + size, turn + 1
    if left_out:
        ax.text(0, len(lines) - 0.4, f"… and {left_out} more", va="center", fontsize=10, color="#333333")
    ax.set(xlim=(-0.5 - margin, width + 0.5), ylim=(len(lines) - (0.2 if left_out else 0.6), -0.45))
    ax.axis("off")
    return figure
