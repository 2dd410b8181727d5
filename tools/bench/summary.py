"""README's figures: sentences whose numbers come from the page of the benchmark, between two markers in README."""

from __future__ import annotations

import re
from pathlib import Path

README = Path(__file__).resolve().parents[2] / "README.md"
FIRST, LAST = "<!-- bench:start -->", "<!-- bench:end -->"


def rows_of(page: str, title: str) -> list[dict[str, str]]:
    """The rows of the page's table with this title. Each row maps the name of a column to a text.

    Raises:
        ValueError: the page does not have this table.

    >>> rows_of("### Speed\\n\\n| what | time |\\n|---|---|\\n| lookup | 3 µs |\\n", "Speed")
    [{'what': 'lookup', 'time': '3 µs'}]
    """
    table = re.search(rf"^### {re.escape(title)}\n\n((?:\|.*\n)+)", page, re.M)
    if not table:
        raise ValueError(f"expected a table {title!r} on the page; got none")
    head, _, *rows = ([cell.strip() for cell in line[1:-1].split("|")] for line in table[1].splitlines())
    return [dict(zip(head, row, strict=True)) for row in rows]


def number(text: str) -> float:
    """The first number of a cell.

    >>> number("6.29 (5.31 to 6.38)"), number("31,200 ×"), number("2,344k")
    (6.29, 31200.0, 2344.0)
    """
    return float(re.match(r"[\d,]+(\.\d+)?", text)[0].replace(",", ""))


def summary(page: str) -> str:
    """The page in a few sentences, one on each line."""

    def figures(title: str, column: str) -> list[float]:
        cells = [row[column] for row in rows_of(page, title)]
        return [number(cell) for cell in cells if cell[:1].isdigit()]

    lookup = "Lookup, one-hot and a plain copy"
    copies, one_hot = figures(lookup, "÷ copy"), figures(lookup, "one-hot ÷ lookup")
    title = next(line[4:] for line in page.splitlines() if line.startswith("### V doubled twice"))
    doubled = {row["way"]: number(row["doubled twice"]) for row in rows_of(page, title)}
    trainer = {row[""]: row for row in rows_of(page, "Words a second against the vocabulary")}
    ratios = [number(cell) for cell in list(trainer["`train` ÷ gensim, one thread"].values())[1:]]
    words = {column: number(cell) for column, cell in list(trainer["`train`"].items())[1:]}
    (small, slow), *_, (large, fast) = ((name.removeprefix("V = "), speed) for name, speed in words.items())
    ways = [(row["way"], row["tokens a second"]) for row in rows_of(page, "Tokens a second")]
    sentences = [
        f"- A lookup takes {min(copies):.1f} to {max(copies):.1f} times as long as copying the same number of bytes.",
        f"- A one-hot product takes {min(one_hot):.0f} to {max(one_hot):,.0f} times as long as the lookup. "
        f"With 4 times as many rows in the table, the product takes {doubled['one-hot, forward']:.1f} times as long, "
        f"and the lookup takes {doubled['lookup, forward']:.1f} times as long.",
        f"- The trainer of word vectors processes {min(ratios):.0f} to {max(ratios):.0f} times as many words a second "
        f"as gensim, on one thread. With {large} different words, it is {fast / slow:.2f} times as fast as "
        f"with {small}.",
        f"- SmolLM2 writes {ways[0][1]} tokens a second if it reads the whole text again for each token, and "
        f"{ways[1][1]} with a key/value cache.",
    ]
    for way, speed in ways[2:]:
        if way.startswith("llama.cpp"):
            sentences[-1] += f" llama.cpp writes {speed} with the same file."
    return "\n".join(sentences)


def in_readme(readme: str, text: str) -> str:
    """README with this text between its markers.

    >>> in_readme(f"a\\n{FIRST}\\nold\\n{LAST}\\nb", "new")
    'a\\n<!-- bench:start -->\\nnew\\n<!-- bench:end -->\\nb'
    """
    before, rest = readme.split(FIRST)
    return f"{before}{FIRST}\n{text}\n{LAST}{rest.split(LAST)[1]}"
