"""Build the site from the stored notebooks. `make site` calls this and says which file to open.

Only `states.py` runs some cells of the notebooks, to draw the states of controls. These pictures are kept until the
notebook or the package changes. All pages work from a folder and do not load anything from another host.
"""

from __future__ import annotations

import hashlib
import html
import json
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_output

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools"), str(HERE)]

import questions  # noqa: E402
import states  # noqa: E402

from notebooks import published  # noqa: E402
from tutorial_pkg.practice.items import NOTEBOOKS, Exercise, Item, Prediction, Recall, items  # noqa: E402
from tutorial_pkg.practice.messages import with_idea  # noqa: E402

SITE = ROOT / "site"
SOURCE = ROOT / "build" / "site"
STATES = ROOT / "build" / "states"
LINK = re.compile(r"\(((?:\d\d_\w+)?)\.ipynb#cell-id=([\w-]+)\)|\(#cell-id=([\w-]+)\)")
NOTE = '<p class="course-note">{}</p>'
READING = NOTE.format("Questions, predictions and controls work on this page. To run the code, open the notebook.")
TEXT_FIELD = NOTE.format("In the notebook, you can type your own text here. This page cannot run Python.")
MOST_WORDS = 32  # the first page has a row of numbers for each of so many words


def draw_states(name: str) -> dict:
    """The states of a notebook's controls. They are drawn again only if the notebook or the package changed."""
    path = ROOT / "notebooks" / f"{name}.ipynb"
    sources = [cell.source for cell in nbformat.read(path, as_version=4).cells]
    if not any(map(states.MOVABLE.search, sources)):
        return {}
    digest = hashlib.sha256((HERE / "states.py").read_bytes())
    for source in sources:
        digest.update(source.encode())
    for file in sorted(ROOT.glob("tutorial_pkg/*.py")) + sorted(ROOT.glob("tutorial_pkg/draw/*.py")):
        digest.update(file.read_bytes())
    stamp, data = STATES / f"{name}.digest", STATES / f"{name}.json"
    if not (data.exists() and stamp.exists() and stamp.read_text() == digest.hexdigest()):
        command = [sys.executable, str(HERE / "states.py"), path.name, str(STATES)]
        environment = os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
        done = subprocess.run(command, cwd=path.parent, env=environment, capture_output=True, text=True)
        if done.returncode:
            print(f"{name}: the states of its controls could not be drawn, so each has one picture.\n{done.stderr}")
            return {}
        stamp.write_text(digest.hexdigest())
    return json.loads(data.read_text(encoding="utf-8"))


def code(text: str) -> str:
    """The HTML of a text with simple Markdown (code, bold and links). A link becomes plain text."""
    text = re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text, quote=False))
    return re.sub(r"\*\*([^*]+)\*\*", r"<b>\1</b>", re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text))


def attribute(data: object) -> str:
    return html.escape(json.dumps(data, ensure_ascii=False, separators=(",", ":")))


def recall(item: Recall) -> str:
    feedback = {letter: code(with_idea(option.feedback, option.idea)) for letter, option in item.options.items()}
    return f'<div class="course-recall" data-right="{item.right}" data-feedback="{attribute(feedback)}"></div>'


def prediction(item: Prediction, notebook: NotebookNode) -> str:
    """The HTML of a prediction: its form, its result, and the message for each known wrong guess."""
    wrong = [[guess.value, code(with_idea(guess.says, guess.idea))] for guess in item.guesses]
    if item.is_choice:
        kind = "choice"
        wrong = [
            ["abcdefgh"[list(item.form).index(value)] if value in item.form else value, text] for value, text in wrong
        ]
    else:
        kind = {tuple: "shape", str: "name", list: "list"}.get(type(item.form), "number")
    data = {"kind": kind, "options": list(item.options), "form": item.wanted(), "why": code(item.why), "wrong": wrong}
    data["result"] = result = revealed(item, notebook)
    if item.is_choice:
        letters = [letter for letter, option in item.options.items() if f'"{option}"' == result]
        data["right"] = letters[0] if letters else ""
    return f'<div class="course-predict" data-item="{attribute(data)}"></div>'


def revealed(item: Prediction, notebook: NotebookNode) -> str:
    """The result of a prediction according to the stored output of the cell that reveals it."""
    for cell in notebook.cells:
        if re.search(rf'reveal\(\s*"{item.name}"', cell.source):
            for output in cell.get("outputs", []):
                text = " ".join(output.get("data", {}).get("text/plain", "").split())
                end = f". {' '.join(item.why.split())}"
                if text.startswith("○ It is ") and text.endswith(end):
                    return text.removeprefix("○ It is ").removesuffix(end)
    return ""


def exercise(item: Exercise) -> str:
    """The HTML of an exercise: the code to fill in, the folded solution, and the hints. Each hint contains the next."""
    inner = "<details><summary>Solution</summary><pre>" + html.escape(item.source(item.solution)) + "</pre></details>"
    hints = ""
    for number, hint in reversed(list(enumerate(item.hints, 1))):
        hints = f"<details><summary>Hint {number} of {len(item.hints)}</summary><p>{code(hint)}</p>{hints}</details>"
    given = item.source(item.solution if item.worked else item.stub)
    return f'<div class="course-exercise"><pre>{html.escape(given)}</pre>{hints}{"" if item.worked else inner}</div>'


def transform(name: str, notebook: NotebookNode, drawn: dict) -> NotebookNode:
    """The notebook as the site shows it: practice and controls work in the page, and import cells are folded."""
    by_name: dict[str, Item] = {item.name: item for item in items(name)} if name in NOTEBOOKS else {}
    cells: list[NotebookNode] = []
    waiting: dict[str, str] = {}  # predictions whose results are in later cells
    for cell in notebook.cells:
        anchor = f'<span id="cell-{cell.id}"></span>'
        if cell.cell_type == "markdown":
            text = LINK.sub(lambda m: f"({m[1] + '.html' if m[1] else ''}#cell-{m[2] or m[3]})", cell.source)
            text = re.sub(r"\((\d\d_\w+|questions)\.(?:ipynb|md)\)", r"(\1.html)", text)
            text = glossary_links(text, name)
            heading, _, rest = text.partition("\n")
            cell.source = f"{heading}\n\n{anchor}\n{rest}" if heading.startswith("#") else f"{anchor}\n\n{text}"
            cells.append(cell)
            if cell.id == "title":
                cells.append(new_markdown_cell(READING))
            continue
        if cell.id == "setup":
            continue
        cells.append(new_markdown_cell(anchor))
        item = by_name.get(cell.id)
        if isinstance(item, Recall):
            cells.append(new_markdown_cell(recall(item)))
        elif isinstance(item, Prediction):
            waiting[item.name] = prediction(item, notebook)
            cells.append(new_markdown_cell(waiting[item.name]))
        elif isinstance(item, Exercise):
            cells.append(new_markdown_cell(exercise(item)))
        elif re.fullmatch(r'look_back\("\w+"\)', cell.source.strip()):
            continue
        else:
            if cell.id == "imports":
                cell.metadata["tags"] = ["hide-input"]
            cell.outputs = [_output(output) for output in cell.outputs if not _is_feedback(output)]
            cells.append(cell)
            if cell.id in drawn:
                cells.append(
                    new_markdown_cell(f'<div class="course-explore" data-explore="{attribute(drawn[cell.id])}"></div>')
                )
            if "explore(" in cell.source and "widgets.Text" in cell.source:
                cells.append(new_markdown_cell(TEXT_FIELD))
        for revealed_name in re.findall(r'reveal\(\s*"(\w+)"', cell.source):
            if waiting.pop(revealed_name, None):
                cells.append(new_markdown_cell('<span class="course-reveal"></span>'))
    notebook.cells = cells
    return notebook


def _is_feedback(output: NotebookNode) -> bool:
    return bool(re.match("[○✓✗] ", output.get("data", {}).get("text/plain", "")))


def _output(output: NotebookNode) -> NotebookNode:
    """An output for the site: a picture becomes an image with its description."""
    data = output.get("data", {})
    if "image/png" in data:
        alt, png = html.escape(output.metadata.get("image/png", {}).get("alt", "")), "".join(data["image/png"].split())
        image = f'<img class="course-picture" alt="{alt}" src="data:image/png;base64,{png}">'
        return new_output("display_data", {"text/html": image})
    return output


def glossary() -> list[dict[str, str]]:
    return json.loads((HERE / "glossary.json").read_text(encoding="utf-8"))


def glossary_links(text: str, name: str) -> str:
    """The text, in which the first bold use of each term is a link to the glossary."""
    for entry in glossary():
        bold = rf"(?<!\[)\*\*({re.escape(entry['term'])}s?)\*\*"
        link = rf"[**\1**](glossary.html#term-{anchor_of(entry['term'])})"
        text = re.sub(bold, link, text, count=1, flags=re.I)
    return text


def anchor_of(term: str) -> str:
    return re.sub(r"\W+", "-", term.lower()).strip("-")


def glossary_page() -> str:
    lines = ["# Glossary", "", "One sentence explains each term. The number links to the cell that shows it.", ""]
    for entry in sorted(glossary(), key=lambda entry: entry["term"].lower()):
        notebook, _, cell = entry["cell"].partition("#")
        lines += [f'<span id="term-{anchor_of(entry["term"])}"></span>', ""]
        lines += [f"**{entry['term']}** {entry['meaning']} [{notebook[:2]}]({notebook}.html#cell-{cell})", ""]
    return "\n".join(lines)


def index_page() -> str:
    """The first page: what the course is, the live figure, links to read or run it, and the map."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme[readme.index("| notebook |") : readme.index("\n\nEach notebook can be opened")]
    table = re.sub(r"\(notebooks/(\w+)\.ipynb\)", r"(\1.html)", table)
    repository, ref = published()
    ways = (
        "[Start reading](00_in_ten_minutes.html) · [Questions people ask](questions.html) · [Glossary](glossary.html)"
    )
    if repository:
        place = f"{repository}/blob/{ref}/notebooks/cleared/00_in_ten_minutes.ipynb"
        ways += f" · [Open in Colab](https://colab.research.google.com/github/{place})"
        ways += f" · [Open in Kaggle](https://kaggle.com/kernels/welcome?src=https://github.com/{place})"
    run = (
        f"[get the notebooks](https://github.com/{repository})"
        if repository
        else "get the notebooks: `make lab` opens them"
    )
    rows = attribute(example_rows())
    return (HERE / "index.md").read_text(encoding="utf-8").format(rows=rows, ways=ways, run=run, table=table)


def example_rows() -> list[list[float]]:
    """The rows of the table that torch makes with seed 42: 32 rows of 3 numbers, rounded to four digits."""
    import torch
    from torch import nn

    torch.manual_seed(42)
    return [[round(x, 4) for x in row] for row in nn.Embedding(MOST_WORDS, 3).weight.tolist()]


def prepare() -> None:
    """Write the pages that Sphinx reads."""
    shutil.rmtree(SOURCE, ignore_errors=True)
    STATES.mkdir(parents=True, exist_ok=True)
    (SOURCE / "_static" / "states").mkdir(parents=True)
    names = sorted(path.stem for path in (ROOT / "notebooks").glob("[0-9]*.ipynb"))
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        drawn = dict(zip(names, pool.map(draw_states, names), strict=True))
    for name in names:
        notebook = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
        nbformat.write(transform(name, notebook, drawn[name]), SOURCE / f"{name}.ipynb")
        for explored in drawn[name].values():
            for picture, _ in explored["states"].values():
                shutil.copy(STATES / picture, SOURCE / "_static" / "states")
    shutil.copytree(ROOT / "notebooks" / "images", SOURCE / "images", dirs_exist_ok=True)
    for file in ("course.js", "course.css"):
        shutil.copy(HERE / file, SOURCE / "_static")
    shutil.copy(HERE / "conf.py", SOURCE)
    page = questions.page(questions.entries()) if questions.DATA.exists() else "# Questions people ask\n"
    page = re.sub(r"\((\w+)\.ipynb#cell-id=([\w-]+)\)", r"(\1.html#cell-\2)", page)
    (SOURCE / "questions.md").write_text(page, encoding="utf-8")
    (SOURCE / "glossary.md").write_text(glossary_page(), encoding="utf-8")
    listed = "\n".join([*names, "questions", "glossary"])
    contents = f"\n```{{toctree}}\n:hidden:\n\n{listed}\n```\n"
    (SOURCE / "index.md").write_text(index_page() + contents, encoding="utf-8")


def lighten() -> None:
    """Remove source maps and a large script for icons. No page needs them: the theme's style also draws the icons."""
    for path in [*SITE.rglob("*.map"), SITE / "_static" / "scripts" / "fontawesome.js"]:
        path.unlink()
    for page in SITE.glob("*.html"):
        text = page.read_text(encoding="utf-8")
        page.write_text(re.sub(r"<script[^>]*fontawesome\.js[^>]*></script>", "", text), encoding="utf-8")


def main() -> int:
    prepare()
    shutil.rmtree(SITE, ignore_errors=True)
    command = [sys.executable, "-m", "sphinx", "-q", "-j", "auto", "-b", "html", "-d", str(ROOT / "build" / "doctrees")]
    done = subprocess.run([*command, str(SOURCE), str(SITE)])
    shutil.rmtree(ROOT / "jupyter_execute", ignore_errors=True)  # copies of the notebooks that myst-nb makes
    if done.returncode == 0:
        for extra in ("_sources", ".buildinfo", "objects.inv"):
            path = SITE / extra
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        lighten()
        print(f"The site is ready. Open {os.path.relpath(SITE / 'index.html')} in a browser.")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
