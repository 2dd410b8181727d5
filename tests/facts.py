"""The facts in the text of each notebook, without the wording: numbers, directions, names, links and assertions.

A run of the notebooks does not notice a wrong number in a text or a comment, or an assertion that was removed. So
`facts.txt` contains the facts, and a test compares them with the notebooks. The test does not know whether a fact is
right. It notices that a fact changed, for example while somebody improved a sentence, and asks for a second look.

python tests/facts.py  shows which facts changed, and accepts them: it writes facts.txt.
"""

from __future__ import annotations

import ast
import difflib
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

from helpers import NOTEBOOKS, read
from nbformat import NotebookNode

from tutorial_pkg.practice.items import items

FILE = Path(__file__).with_suffix(".txt")
# Of two opposites, the more frequent word may be missing: "the row" instead of "the column" changes the facts, too.
WORDS = """
two three four five six seven eight nine ten eleven twelve hundred thousand million billion half twice third quarter
left right above upper lower last column columns horizontal vertical backward forward
less fewer larger smaller larger smallest largest longer shorter higher lower highest lowest faster slower
rises falls blue orange violet green red grey pale dark dashed
"""
FACT = re.compile(rf"\]\([^)\s]+|`[^`\n]+`|\d[\d,._]*|\b(?:{'|'.join(WORDS.split())})\b", re.IGNORECASE)


def facts_in(text: str) -> list[str]:
    """The facts of a text, in their order. A name counts once: a sentence may repeat it.

    >>> facts_in("The two columns of `W` have 1,024 numbers. `W` is [here](02.ipynb).")
    ['two', 'columns', '`W`', '1,024', '02.ipynb']
    """
    found: list[str] = []
    for fact in FACT.findall(text):
        fact = fact if fact[0] == "`" else fact.removeprefix("](").rstrip(",._").lower()
        if fact[0] != "`" or fact not in found:
            found.append(fact)
    return found


def facts_of(cell: NotebookNode) -> list[str]:
    """The facts in a Markdown cell, or in the comments of a code cell with its assertions."""
    if cell.cell_type == "markdown":
        return facts_in(cell.source)
    tokens = tokenize.generate_tokens(io.StringIO(cell.source).readline)
    comments = " ".join(token.string for token in tokens if token.type == tokenize.COMMENT)
    return facts_in(comments) + [
        ast.unparse(node) for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Assert)
    ]


def lines(name: str, notebook: NotebookNode) -> Iterator[str]:
    """For each text, and each code cell with facts: the cell before it, its id and its facts.

    Cells that are written from the package, such as questions and tasks, are left out. They have a different test.
    """
    written = {cell_id for item in items(name) for cell_id, _, _ in item.cells()} | {"title", "setup"}
    before = ""
    for cell in notebook.cells:
        facts = facts_of(cell) if cell.id not in written else []
        if facts or (cell.cell_type == "markdown" and cell.id not in written):
            yield f"{name[:2]} {before} > {cell.id}: {' '.join(facts)}".rstrip()
        before = cell.id


def changes(name: str, notebook: NotebookNode) -> list[str]:
    """The lines that differ from facts.txt: first as they were (-), then as they are (+)."""
    accepted = [line for line in FILE.read_text(encoding="utf-8").splitlines() if line.startswith(name[:2])]
    return [line for line in difflib.ndiff(accepted, list(lines(name, notebook))) if line[0] in "-+"]


def main() -> None:
    notebooks = {path.stem: read(path) for path in NOTEBOOKS}
    print("\n".join(line for name, notebook in notebooks.items() for line in changes(name, notebook)))
    every = [line for name, notebook in notebooks.items() for line in lines(name, notebook)]
    FILE.write_text("\n".join(every) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
