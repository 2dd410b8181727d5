"""The rules for a stored notebook. Each check takes a notebook and returns a list of complaints, empty for a good one.

`test_notebooks.py` runs the checks on every notebook of the course. It also breaks a small notebook in many ways, so
that each check must complain.
"""

from __future__ import annotations

import bisect
import functools
import importlib
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from tutorial_pkg.practice.items import Exercise, Item, Prediction, Recall
from tutorial_pkg.tokens import tokenise, vocabulary

WIDGET = "application/vnd.jupyter.widget-view+json"
MACHINE = re.compile(
    r"/(home|Users|root|tmp|private|opt|mnt|work|content)/|\b[A-Za-z]:\\\\?\w|\.venv|(site|dist)-packages"
    r"|\bat 0x[0-9a-f]{6,}"
)
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)[^)]*\)")
NAME = re.compile(r"`(tutorial_pkg(?:\.\w+)*)[`(]")
# Finds the minutes in a title such as "Main path: 20 minutes. Exercises: 25. Side paths: 15.", also in a shorter title.
MINUTES = re.compile(r"Main path: (\d+) minutes\.(?: Exercises: (\d+)\.)?(?: Side paths: (\d+)\.)?")
BADGE = "https://colab.research.google.com/assets/colab-badge.svg"


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def outputs(notebook: NotebookNode) -> Iterator[tuple[NotebookNode, NotebookNode]]:
    for cell in code_cells(notebook):
        for output in cell.get("outputs", []):
            yield cell, output


def not_executed(notebook: NotebookNode) -> list[str]:
    """Each code cell was run once, and in order. (nbval does not notice a cell without a count.)"""
    counts = [cell.execution_count for cell in code_cells(notebook)]
    found = [
        f"{cell.id}: execution count {cell.execution_count}, expected {place}"
        for place, cell in enumerate(code_cells(notebook), start=1)
        if cell.execution_count != place
    ]
    return found if counts else ["there is no code cell"]


def not_valid(notebook: NotebookNode) -> list[str]:
    """The notebook fits the schema of its format."""
    try:
        nbformat.validate(notebook)
    except nbformat.ValidationError as error:
        return [f"not a valid notebook: {str(error).splitlines()[0]}"]
    return []


def bad_ids(notebook: NotebookNode) -> list[str]:
    """Each cell has its own readable id."""
    found, seen = [], set()
    for place, cell in enumerate(notebook.cells):
        name = cell.get("id", "")
        if not re.fullmatch(r"[a-z][a-z0-9]*([-_][a-z0-9]+)*", name):
            found.append(f"cell {place}: the id {name!r} is not short words in lower case")
        elif re.fullmatch(r"(?=.*[0-9])[0-9a-f]{8,}", name):
            found.append(f"cell {place}: the id {name!r} looks made up by a program")
        if name in seen:
            found.append(f"cell {place}: the id {name!r} is there twice")
        seen.add(name)
    return found


def stray_metadata(notebook: NotebookNode, stamp: Callable[[NotebookNode], list[str]]) -> list[str]:
    """No widget state (with it, GitHub shows nothing), no times of execution, nothing about the machine that ran it.

    `stamp` is stamp_look of tools/notebooks.py. Metadata that it does not write is not allowed.
    """
    found = [
        f"{cell.id}: the tag {tag!r} is not known"
        for cell in notebook.cells
        for tag in cell.metadata.get("tags", [])
        if tag not in ("raises-exception", "nbval-ignore-output")
    ]
    found += [f"the notebook's metadata has {key!r}" for key in notebook.metadata if key == "widgets"]
    return found + [f"{place}: its metadata is not as expected" for place in stamp(nbformat.from_dict(notebook))]


def stray_outputs(notebook: NotebookNode) -> list[str]:
    """No error in a cell without the tag for it, nothing on stderr, and no widget view (its model is not stored)."""
    found = []
    for cell, output in outputs(notebook):
        if output.output_type == "error" and "raises-exception" not in cell.metadata.get("tags", []):
            found.append(f"{cell.id}: an error is stored, {output.ename}")
        if output.output_type == "stream" and output.name == "stderr":
            found.append(f"{cell.id}: something is stored from stderr: {output.text[:60]!r}")
        if WIDGET in output.get("data", {}):
            found.append(f"{cell.id}: the view of a widget is stored without its model")
    return found


def machine_traces(notebook: NotebookNode) -> list[str]:
    """No path or memory address of the machine that ran the notebook."""
    found = []
    for cell in notebook.cells:
        texts = [cell.source]
        for output in cell.get("outputs", []):
            texts += [str(output.get(key, "")) for key in ("text", "ename", "evalue", "traceback")]
            texts += [str(value) for key, value in output.get("data", {}).items() if not key.startswith("image/")]
        for text in texts:
            for match in MACHINE.finditer(text):
                found.append(f"{cell.id}: {text[max(0, match.start() - 20) : match.end() + 20]!r}")
    return found


def is_sentence(text: str) -> bool:
    """Whether a description has five words or more and is not a file's name or the repr of a figure."""
    return len(text.split()) >= 5 and not text.startswith("<") and not re.search(r"\.(png|jpe?g|svg|gif)\b", text)


def without_description(notebook: NotebookNode) -> list[str]:
    """Each picture has a sentence that describes it. The sentence is the alt text and the plain text of the output."""
    found = []
    for cell, output in outputs(notebook):
        for kind in output.get("data", {}):
            if not kind.startswith("image/"):
                continue
            alt = output.metadata.get(kind, {}).get("alt", "")
            if not is_sentence(alt):
                found.append(f"{cell.id}: a picture's alt text is not a sentence: {alt!r}")
            if not alt.startswith(output.data.get("text/plain", "no text")):  # only the alt text has measured numbers
                found.append(f"{cell.id}: a picture's text is not its alt text")
            if kind != "image/png":
                found.append(f"{cell.id}: a picture is stored as {kind}")
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for mark, alt, target in LINK.findall(cell.source):
                if mark and target != BADGE and not is_sentence(alt):
                    found.append(f"{cell.id}: {target} has no sentence as its alt text: {alt!r}")
    return found


@functools.cache
def anchors(path: Path) -> set[str]:
    """The anchors that a link can lead to in a notebook: its cells' ids for Lab, its headings as GitHub writes them."""
    cells = nbformat.read(path, as_version=4).cells
    text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    headings = re.findall(r"^#+ +(.*)$", text, re.M)
    named = {re.sub(r"[^\w -]", "", heading).strip().replace(" ", "-") for heading in headings}
    return named | {f"cell-id={cell.id}" for cell in cells}


NUMBER = re.compile(r"(?<![\w.#/-])\d[\d,]*(?:\.\d+)?(?![\w/-])")


def values(text: str) -> list[float]:
    """The numbers of a text. They may have commas or underscores between thousands."""
    text = re.sub(r"(?<=\d)_(?=\d)", "", text)
    return [float(number.replace(",", "")) for number in re.findall(r"\d[\d,]*(?:\.\d+)?|\.\d+", text)]


def shown_values(cells: Iterable[NotebookNode], known: Iterable[str]) -> list[float]:
    """The numbers in code, outputs and the `known` texts, in their order. A number may also appear in other units."""
    texts = list(known)
    for cell in cells:
        if cell.cell_type == "code":
            texts.append(cell.source)
            for output in cell.get("outputs", []):
                texts += [output.get("text", ""), output.get("data", {}).get("text/plain", "")]
    shown = {value for text in texts for value in values(text)}
    return sorted({value * scale for value in shown for scale in (1, 100, 1e-3, 1e-6, 1e-9)})


def unshown_numbers(notebook: NotebookNode, known: Iterable[str] = ()) -> list[str]:
    """Each number in the text that is 13 or more, or has decimals, must also be in an output, an alt text or code. It
    may be rounded.

    A number with decimals is shown in its section or in the section before it. Numbers may also come from the texts
    in `known`. They may be percentages, thousands, millions or billions. Years, the minutes in the title, and numbers
    in links or between backticks do not count.
    """
    anywhere, near, before = shown_values(notebook.cells, known), {}, []
    for _, part in sections(notebook):
        near |= dict.fromkeys((cell.id for cell in part), shown_values(before + part, known))
        before = part
    found = []
    for cell in notebook.cells:
        if cell.cell_type != "markdown":
            continue
        text = re.sub(r"```.*?```|`[^`]*`|\]\([^)]*\)|^\*?Main path:.*$|^# .*$", " ", cell.source, flags=re.S | re.M)
        for number in NUMBER.findall(text):
            number = number.rstrip(",")
            digits = len(number.partition(".")[2])
            value = float(number.replace(",", ""))
            if not digits and (value < 13 or re.fullmatch("1[89]\\d\\d|20[0-3]\\d", number)):
                continue
            half, shown = 0.5000001 * 10.0**-digits, near[cell.id] if digits else anywhere
            at = bisect.bisect_left(shown, value - half)
            if at == len(shown) or shown[at] > value + half:
                found.append(f"{cell.id}: {number} is in no output, alt text or code" + " near it" * bool(digits))
    return found


def wrong_ids(notebook: NotebookNode) -> list[str]:
    """Where the text gives the id of a word of the course's sentence, as in "`quick` (4)", it is the right id."""
    words = vocabulary(tokenise("Quick fox is in the house"))
    given = re.compile(rf"`({'|'.join(words)})` (?:has the id |\()(\d+)", re.IGNORECASE)
    return [
        f"{cell.id}: {word} has the id {words[word.lower()]}, not {number}"
        for cell in notebook.cells
        if cell.cell_type == "markdown"
        for word, number in given.findall(cell.source)
        if int(number) != words[word.lower()]
    ]


def dead_links(text: str, folder: Path) -> list[str]:
    """In a Markdown text, each relative link leads from `folder` to a file, and each anchor to a cell or heading.

    A link with a title such as [02] leads to the notebook with that number. No picture comes from the network.
    """
    found = []
    for mark, title, target in LINK.findall(text):
        path, _, anchor = target.partition("#")
        if path.endswith(".ipynb") and (folder / path).exists():
            if anchor and anchor.casefold() not in {known.casefold() for known in anchors(folder / path)}:
                found.append(f"the link to {target} leads to a place that is not there")
            numbers = re.findall(r"\b0\d\b", title)
            if numbers and Path(path).name[:2] not in numbers:
                found.append(f"the link [{title}] leads to {path}")
        if re.match(r"[a-z]+:", target):
            if mark and target != BADGE:
                found.append(f"the picture {target} is not there without a network")
        elif path and not (folder / path).exists():
            found.append(f"the link to {target} leads nowhere")
    return found


def unknown_names(text: str) -> list[str]:
    """Each `tutorial_pkg...` in backticks is a module, or a name in a module."""
    found = []
    for dotted in NAME.findall(text):
        try:
            importlib.import_module(dotted)
        except ImportError:
            module, _, name = dotted.rpartition(".")
            try:
                known = hasattr(importlib.import_module(module), name) if module else False
            except ImportError:
                known = False
            if not known:
                found.append(f"there is no {dotted}")
    return found


def out_of_step(notebook: NotebookNode, name: str, stamp: Callable[[NotebookNode, str], list[str]]) -> list[str]:
    """The practice cells have the text of their items. `stamp` is stamp_practice of tools/notebooks.py."""
    try:
        changed = stamp(nbformat.from_dict(notebook), name)
    except ValueError as error:
        return [str(error)]
    return [f"{cell}: differs from its item (make notebooks writes it again)" for cell in changed]


def minutes(cells: list[NotebookNode]) -> float:
    """The minutes that a new reader needs for some cells.

    The rule is 150 words or 20 lines of code a minute, 5 s to run a cell, 10 s for a picture, and 30 s to predict. For
    an earlier version of notebooks 04 to 08, two readers needed 19, 30, 15, 29 and 25 minutes. This rule gave 19, 31,
    15, 29 and 25.
    """
    words = sum(len(cell.source.split()) for cell in cells if cell.cell_type == "markdown")
    code = [cell for cell in cells if cell.cell_type == "code"]
    read = [cell for cell in code if cell.id not in ("setup", "imports")]
    lines = sum(bool(line.strip()) for cell in read for line in cell.source.splitlines())
    predictions = sum(cell.source.startswith("predict(") for cell in code)
    pictures = sum("image/png" in str(cell.get("outputs", [])) for cell in code)
    return words / 150 + lines / 20 + len(code) / 12 + predictions / 2 + pictures / 6


def sections(notebook: NotebookNode) -> list[tuple[str, list[NotebookNode]]]:
    """The cells below each heading of the second level, in order. The cells above the first heading come under ""."""
    found: list[tuple[str, list[NotebookNode]]] = [("", [])]
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and (heading := re.search(r"^## (.*)", cell.source, re.M)):
            found.append((heading[1].strip(), []))
        found[-1][1].append(cell)
    return found


def shows_something(cell: NotebookNode) -> bool:
    """Whether a cell's outputs contain a tensor, ids or a picture."""
    texts = [output.get("text", "") + str(output.get("data", {})) for output in cell.get("outputs", [])]
    return any(re.search(r"tensor\(|image/png|\[\d+(, \d+)*\]", text) for text in texts)


def odd_anatomy(notebook: NotebookNode, name: str, items: list[Item]) -> list[str]:
    """The order of a lesson: opening, main path with questions, The answer, Your turn, side paths, Looking back.

    Notebook 00 has only a main path.
    """
    road_only = name.startswith("00")
    found = []
    ids = [cell.get("id", "") for cell in notebook.cells]
    if ids[:3] != ["title", "setup", "imports"]:
        found.append(f"it opens with the cells {ids[:3]}; expected title, setup, imports")
    title = notebook.cells[0].source
    if not title.startswith(f"# {name[:2]} · "):
        found.append(f"the title does not begin with '# {name[:2]} · '")
    if not MINUTES.search(title):
        found.append(
            "the title cell does not say how many minutes it takes: 'Main path: 20 minutes. Exercises: 25. ...'"
        )
    parts = sections(notebook)
    names = [heading for heading, _ in parts]
    kinds = ["side" if heading.startswith("Side path: ") else heading for heading in names]
    last = ["The answer"] + ([] if road_only else ["Your turn", *["side"] * kinds.count("side"), "Looking back"])
    if kinds[-len(last) :] != last:
        return [*found, f"the last sections are {names[-len(last) :]}; expected {last}"]
    found += [
        f"{heading!r} asks no question" for heading in names if heading.startswith("Side path: ") and heading[-1] != "?"
    ]
    road = [cell for heading, cells in parts[: kinds.index("The answer") + 1] for cell in cells]
    found += [
        f"{cell.id}: the answer is only printed; assert it, or draw it"
        for cell in parts[kinds.index("The answer")][1]
        if cell.cell_type == "code" and "assert " not in cell.source and "image/png" not in str(cell.outputs)
    ]
    if (takes := minutes(road)) > (10 if road_only else 25):
        found.append(f"the main path takes {takes:.0f} minutes; at most {10 if road_only else 25} are expected")
    if (said := MINUTES.search(title)) and takes > int(said[1]) + 0.5:
        found.append(f"the main path takes {takes:.1f} minutes, but the title cell says {said[1]}")
    if not any(map(shows_something, notebook.cells[3:8])):
        found.append("there is no tensor, ids or picture in the first five cells after the imports")
    if not road_only and not any(f'look_back("{name}")' in cell.source for cell in parts[-1][1]):
        found.append(f"there is no cell look_back(\"{name}\") under 'Looking back'")
    if not any("explore(" in cell.source for cell in code_cells(notebook)):
        found.append("no cell calls explore")
    for kind, least, most in ((Recall, 2, 3), (Prediction, 3, 99), (Exercise, 5, 99)):
        least, most = ({Prediction: (2, 3)}.get(kind, (0, 0))) if road_only else (least, most)
        count = sum(isinstance(item, kind) for item in items)
        if not least <= count <= most:
            found.append(f"{count} of {kind.__name__}; at least {least} are expected, and at most {most}")
    where = {cell.id: heading for heading, cells in parts for cell in cells}
    for kind in (Recall, Prediction, Exercise):
        some = [item.name for item in items if isinstance(item, kind)]
        found += [f"the item {item} has no cell" for item in some if item not in ids]
        places = [ids.index(item) for item in some if item in ids]
        if places != sorted(places):
            found.append(f"the cells of {kind.__name__} are not in the order of the list: {some}")
        found += [
            f"{item}: a question among the exercises"
            for item in some
            if where.get(item) == "Your turn" and kind is not Exercise
        ]
    # A section may contain an exercise that the next section needs. Most exercises are under "Your turn".
    kept = [item for item in items if isinstance(item, Exercise) and where.get(item.name) == "Your turn"]
    if not road_only and len(kept) < 3:
        found.append(f"{len(kept)} exercises are under 'Your turn'; at least three are expected there")
    for item in items:
        if isinstance(item, Prediction) and not any(
            re.search(rf'reveal\(\s*"{item.name}"', cell.source) for cell in notebook.cells
        ):
            found.append(f"{item.name}: no cell reveals the result")
    for cell in code_cells(notebook):
        if re.fullmatch(r"reveal\([^\n]*\)", cell.source.strip()):
            found.append(f"{cell.id}: only reveals; let the cell that computes the result end with it")
    return found
