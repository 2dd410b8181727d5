"""Feedback in a notebook: a mark, a colour and words, and the same words in plain text."""

import html
import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from IPython.display import display

# No text colour is readable both on white and on black. So the words keep the theme's colour, and the mark is white on
# a coloured background. On a page, × replaces ✗, because some fonts do not have ✗. ○ is left out, because it looks like
# a missing character.
# For right, wrong and neither: the colour and the badge.
MARKS = {"✓": ("#1a7f37", "✓"), "✗": ("#c62828", "×"), "○": ("#57606a", "")}


@dataclass(frozen=True)
class Row:
    """A line under the feedback: a label, and titles. Each title has the address of its link ("" for no link)."""

    label: str
    titles: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Feedback:
    """What the page shows. `mark` is a key of `MARKS`. Backticks in `text` and in titles mark code."""

    mark: str
    text: str
    rows: Sequence[Row] = ()

    def __repr__(self) -> str:
        lines = [textwrap.fill(f"{self.mark} {self.text}", 100, break_on_hyphens=False)]
        for row in self.rows:
            lines += [f"  {row.label}:", *(f"    {title}" for title, _ in row.titles)]
        return "\n".join(lines)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        colour, sign = MARKS[self.mark]
        style = f"background: {colour}; color: #fff; padding: 0 6px; border-radius: 3px"
        badge = f'<span style="{style}">{sign}</span> ' if sign else ""
        rows = "".join(
            f"<div>{_html(one.label)}: <ul>{''.join(map(_item, one.titles))}</ul></div>" for one in self.rows
        )
        page = f'<div style="border-left: 4px solid {colour}; padding: 2px 10px">{badge}{_html(self.text)}{rows}</div>'
        return {"text/plain": repr(self), "text/html": page}


def _item(title: tuple[str, str]) -> str:
    text, address = title
    link = f'<a href="{html.escape(address)}">{_html(text)}</a>' if address else _html(text)
    return f"<li>{link}</li>"


def _html(text: str) -> str:
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text))


def show(mark: str, text: str, rows: Sequence[Row] = ()) -> None:
    """Show feedback under the cell. Outside a notebook, print its words."""
    display(Feedback(mark, " ".join(text.split()), rows))


def show_found(found: Mapping[str, Sequence[tuple[str, str]]]) -> None:
    """Show emojis with their names as text: a heading, then pairs (emoji, name).

    Emojis are not drawn in pictures, since matplotlib's fonts do not have them.
    """
    plain, page = [], []
    for heading, pairs in found.items():
        plain.append(f"{heading}: " + ", ".join(f"{sign} {name}" for sign, name in pairs))
        style, large = "white-space: nowrap; margin-right: 1em", "font-size: 1.6em"
        some = (f'<span style="{large}">{html.escape(sign)}</span> {html.escape(name)}' for sign, name in pairs)
        line = "".join(f'<span style="{style}">{one}</span> ' for one in some)
        page.append(f"<div>{html.escape(heading)}: {line}</div>")
    display({"text/plain": "\n".join(plain), "text/html": "".join(page)}, raw=True)
