"""Make the page "Questions people ask" from notebooks/questions.json: `python tools/questions.py` writes the page.

Each entry of the file has these fields:
- `question`: the question in our own words.
- `thread`: the public address of the question.
- `answer`: one sentence.
- `topic`: the heading for the question.
- `cell`: the cell whose stored output shows the answer, such as "05_learning_vectors#cell-id".
- `value`: a text in that output, or in the description of its picture.
An entry without `cell` and `value` is a question that no cell answers yet.
"""

from __future__ import annotations

import json
import sys
from functools import cache
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "notebooks" / "questions.json"
PAGE = ROOT / "notebooks" / "questions.md"
FIELDS = {"question", "thread", "answer", "topic"}


def entries(path: Path = DATA) -> list[dict[str, str]]:
    """The entries of the file.

    Raises:
        ValueError: an entry does not have the right fields. The message names the entry.
    """
    found = json.loads(path.read_text(encoding="utf-8"))
    for number, entry in enumerate(found, 1):
        fields = set(entry)
        if fields not in (FIELDS, FIELDS | {"cell", "value"}):
            raise ValueError(f"entry {number} ({entry.get('question', '?')!r}) has the fields {sorted(fields)}")
    return found


@cache
def _cells(notebook: str) -> dict[str, str]:
    """For the id of each cell of a notebook, the text of its outputs in one line."""
    cells = nbformat.read(ROOT / "notebooks" / f"{notebook}.ipynb", as_version=4).cells
    texts = {}
    for cell in cells:
        parts = []
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            parts += [
                output.get("text", ""),
                output.get("evalue", ""),
                data.get("text/plain", ""),
                data.get("text/html", ""),
            ]
        texts[cell.id] = " ".join(" ".join(parts).split())
    return texts


def problem(entry: dict[str, str]) -> str:
    """A sentence if the cell or the value of an entry is wrong, otherwise an empty text."""
    if "cell" not in entry:
        return ""
    notebook, _, cell = entry["cell"].partition("#")
    if not (ROOT / "notebooks" / f"{notebook}.ipynb").exists():
        return f"{entry['question']}: there is no notebook {notebook!r}"
    if cell not in (cells := _cells(notebook)):
        return f"{entry['question']}: there is no cell {cell!r} in {notebook}"
    if " ".join(entry["value"].split()) not in cells[cell]:
        return f"{entry['question']}: the output of {entry['cell']} does not contain {entry['value']!r}"
    return ""


def page(listed: list[dict[str, str]]) -> str:
    """The page in Markdown: the questions by topic, with their answers and links to the cells."""
    lines = ["# Questions people ask", ""]
    lines += ["Each question was asked in public. Each answer links to the cell whose output shows it.", ""]
    answered = [entry for entry in listed if "cell" in entry]
    for topic in dict.fromkeys(entry["topic"] for entry in answered):
        lines += [f"## {topic}", ""]
        for entry in answered:
            if entry["topic"] == topic:
                notebook, _, cell = entry["cell"].partition("#")
                shown = f"[{notebook[:2]}]({notebook}.ipynb#cell-id={cell}) shows `{entry['value']}`"
                asked = f"[asked here]({entry['thread']})"
                lines += [f"**{entry['question']}** {entry['answer']} {shown}; {asked}.", ""]
    if still := [entry for entry in listed if "cell" not in entry]:
        lines += ["## Not answered yet", ""]
        lines += [f"- {entry['question']} {entry['answer']} ([asked here]({entry['thread']}))" for entry in still]
        lines += [""]
    return "\n".join(lines)


def main() -> int:
    listed = entries()
    problems = list(filter(None, map(problem, listed)))
    print("\n".join(problems))
    PAGE.write_text(page(listed), encoding="utf-8", newline="\n")
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main())
