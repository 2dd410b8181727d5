"""Plain English: the most frequent odd phrases are refused, with a better wording, in all texts for readers.

The list is short on purpose: it finds frequent mistakes, but it does not teach a style. CONTRIBUTING ("Keep language
direct and simple") has the rules.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers import NOTEBOOKS, ROOT, read

# pattern: a better wording, an example that the pattern must find, and an example that it must not find.
PHRASES = {
    r"(?<!there\s)\b(is|are|was|were) no (?!longer\b|more\b|less\b|fewer\b|better\b|worse\b|different\b|one\b)\w+": (
        "is not a ..., does not have ...",
        "A list is no tensor.",
        "It is no longer there.",
    ),
    r"\bof (its|their|one's|your|his) own\b(?! \w)": ("its own ..., separate", "a row of its own", "its own row"),
    r"\bbeside\b": ("next to; compared with; not counting", "the ids beside the rows", "besides"),
    r"\bhence\b": ("so", "Hence the sum.", "henceforth"),
    r"\basked for\b(?! input)": (
        "expected; the task asks for; return ...",
        "One number is asked for.",
        "the task asks for one",
    ),
    r"\banother \w+ than\b": ("different from", "another row than row 2", "another row"),
    r"\bso much for\b": ("say what follows from it", "So much for the heap.", "so much for"[:7]),
    r"\b(stands|standing|stood) (in|at|on|below|above|under|there|where|beside|between|behind|before|after)\b": (
        "is, occurs, contains",
        "The row stands in the table.",
        "understand in time",
    ),
    r"\bwhoever\b": ("if you ..., a reader who", "Whoever wants it ready-made", "who ever"),
    r"\b(is|are) to be (?!able\b)\w+ed\b": ("must be, should be", "The row is to be copied.", "to be able"),
    r"\bnor does\b|\bnor is\b": ("two sentences", "nor is it", "neither, nor"),
    r"\bare (many|few)\b": ("there are many ...", "The steps are many.", "there were many"),
    r"(?<!#)\balike\b(?! in|\()": ("equally, the same", "Both are treated alike.", "alike in size"),
    r", say[,.:)]": ("for example", "Only the new row, say.", "say it"),
    r"(?<!for )\bway (there|back|out|in)\b": (
        "forward pass, backward pass, output, input",
        "on the way back",
        "a way to do it",
    ),
    r"\bturned round\b|\bthe other way round\b": ("reversed, the opposite", "the other way round", "around"),
    r"\b(lies|lie|lay) (in|at|on|below|above|under|there|where|behind|before|after)\b": (
        "is, are",
        "The row lies in the cache.",
        "lies to a reader",
    ),
    r"\bon paper\b": ("calculated", "the bytes on paper", "on the page"),
}
FILES = [
    *sorted(ROOT.glob("tutorial_pkg/**/*.py")),
    *sorted(ROOT.glob("tools/**/*.py")),
    *sorted(path for path in ROOT.glob("tests/**/*.py") if path != Path(__file__)),
    ROOT / "notebooks" / "questions.json",
    ROOT / "tools" / "site" / "glossary.json",
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    ROOT / ".github" / "CONTRIBUTING.md",
    ROOT / "Makefile",
]


def found(text: str) -> list[str]:
    """The odd phrases of a text, each with a better wording."""
    lines = []
    for pattern, (better, _, _) in PHRASES.items():
        for match in re.finditer(pattern, text, re.I):
            around = " ".join(text[max(0, match.start() - 30) : match.end() + 30].split())
            lines.append(f"{around!r}: in place of {match[0]!r} write {better}")
    return lines


def comments_and_texts(source: str) -> Iterator[str]:
    """The comments, and the strings that contain a space, including docstrings."""
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.COMMENT:
                yield token.string
    except (tokenize.TokenError, IndentationError):
        pass
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return
    yield from (
        n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str) and " " in n.value
    )


@pytest.mark.parametrize(("pattern", "phrase"), PHRASES.items(), ids=[better for better, _, _ in PHRASES.values()])
def test_each_phrase_is_seen(pattern, phrase):
    _, odd, plain = phrase
    assert re.search(pattern, odd, re.I) and not re.search(pattern, plain, re.I)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files(path: Path):
    source = path.read_text(encoding="utf-8")
    texts = comments_and_texts(source) if path.suffix == ".py" else [source]
    lines = [line for text in texts for line in found(text)]
    assert not lines, "\n" + "\n".join(lines)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks(path: Path):
    lines = []
    for cell in read(path).cells:
        texts = [cell.source] if cell.cell_type == "markdown" else comments_and_texts(cell.source)
        quotes = re.compile(r"^>.*$", re.M)  # a quotation keeps the words of its author
        lines += [f"{cell.id}: {line}" for text in texts for line in found(quotes.sub("", text))]
        for output in cell.get("outputs", []):
            alt = output.get("metadata", {}).get("image/png", {}).get("alt", "")
            lines += [f"{cell.id}, picture: {line}" for line in found(alt)]
    assert not lines, "\n" + "\n".join(lines)
