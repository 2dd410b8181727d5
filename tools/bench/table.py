"""Tables and pictures for the page of the benchmark."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

IMAGES = Path(__file__).parent / "images"  # where pictures are stored; run.py puts it next to the page that it writes


@dataclass(frozen=True)
class Table:
    """A table of figures.

    Attributes:
        title: what was measured.
        columns: the name of each column.
        rows: a list of texts for each row, one text for each column.
        note: how to read the table, or an empty text.

    Raises:
        ValueError: a row does not have as many texts as there are columns.
    """

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"{self.title}: {len(self.columns)} columns, but the row {list(row)} has {len(row)}")

    def markdown(self) -> str:
        """The table in Markdown, with its title as a heading.

        >>> print(Table("Speed", ["what", "time"], [["lookup", "3 µs"]]).markdown())
        ### Speed
        <BLANKLINE>
        | what | time |
        |---|---|
        | lookup | 3 µs |
        """
        lines = [f"### {self.title}", ""]
        lines += ["| " + " | ".join(self.columns) + " |", "|" + "---|" * len(self.columns)]
        lines += ["| " + " | ".join(row) + " |" for row in self.rows]
        return "\n".join(lines + (["", self.note] if self.note else []))


def in_order(tables: Iterable[Table]) -> str:
    """Tables one below the other, in Markdown."""
    return "\n\n".join(table.markdown() for table in tables)


def picture(figure: Any, name: str, alt: str) -> str:
    """Store a Matplotlib figure next to the page, and return the Markdown that shows it."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    figure.savefig(IMAGES / f"{name}.png", dpi=120, bbox_inches="tight", metadata={"Software": None})
    return f"![{alt}]({IMAGES.name}/{name}.png)"


def duration(seconds: float) -> str:
    """Seconds in a suitable unit, with at most three digits.

    >>> duration(0.0000042), duration(0.0315), duration(12.34), duration(0)
    ('4.2 µs', '31.5 ms', '12.3 s', '0 s')
    """
    for unit, size in (("s", 1), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= 0.9995 * size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns" if seconds else "0 s"


def times(ratio: float) -> str:
    """A ratio with at most three digits that are not zero, never in powers of ten.

    >>> times(1.234), times(0.05), times(31_234.5)
    ('1.23 ×', '0.05 ×', '31,200 ×')
    """
    return f"{float(f'{ratio:.3g}'):,.0f} ×" if ratio >= 100 else f"{float(f'{ratio:.3g}'):g} ×"
