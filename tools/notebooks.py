"""Write the practice cells and the set-up cell into each notebook, then run the notebook and store its outputs.

python tools/notebooks.py                      all notebooks
python tools/notebooks.py 02_embedding_lookup  only this notebook
python tools/notebooks.py --check              change nothing; exit 1 if a cell is not up to date
"""

from __future__ import annotations

import argparse
import base64
import re
import sys
import tomllib
from pathlib import Path

import nbformat
from copies import CLEARED, copies
from nbclient import NotebookClient
from nbformat import NotebookNode

from tutorial_pkg.practice.items import NOTEBOOKS, items

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "notebooks"
WIDGET = "application/vnd.jupyter.widget-view+json"
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
SIDE_PATH = "## Side path: "
# The README's picture: the first output of this cell.
PICTURE = ("02_embedding_lookup", "sentence-picture", FOLDER / "images" / "sentence_to_rows.png")

# The set-up cell prints nothing if the package is there and the kernel has the expected settings.
SETUP = """\
from importlib.util import find_spec

if find_spec("tutorial_pkg"):
    from tutorial_pkg.kernel import check_session

    check_session()
else:
    raise ModuleNotFoundError(
        "This notebook needs the course's own package, tutorial_pkg, and this kernel has none. Open the notebook from "
        "the course's folder with `make lab`; or run `pip install -e .` in that folder, with the Python of this "
        "kernel, and restart the kernel."
    )"""
# If %pip fails, it does not raise an error. So the cell looks for the package once more.
SETUP_PUBLISHED = """\
from importlib.util import find_spec

if not find_spec("tutorial_pkg"):  # for example in Colab: fetch the course's own package, and nothing else
    %pip install -q --no-deps "{requirement}"
if find_spec("tutorial_pkg"):
    from tutorial_pkg.kernel import check_session

    check_session()
else:
    raise ModuleNotFoundError("tutorial_pkg could not be installed. The output of pip above shows the reason.")"""
BADGE = "[![Open In Colab](https://colab.research.google.com/assets/colab-badge.svg)]({address})"
BADGE_LINE = re.compile(r"\[!\[Open In Colab\]\(\S+\)\]\(\S+\)\n\n")


def published() -> tuple[str, str]:
    """Where the course is published, from pyproject.toml: the repository (owner/name or empty), and a branch or tag."""
    course = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["course"]
    return course["repository"], course["ref"]


def badge(repository: str, ref: str, name: str) -> str:
    """The Colab badge of a notebook (a file name without ending), in Markdown. It opens the copy without outputs."""
    address = f"https://colab.research.google.com/github/{repository}/blob/{ref}/notebooks/{CLEARED}/{name}.ipynb"
    return BADGE.format(address=address)


def stamp_published(notebook: NotebookNode, name: str, repository: str, ref: str) -> list[str]:
    """Write the set-up cell and the Colab badge below the title. Returns the ids of the changed cells.

    Raises:
        ValueError: the notebook does not have a title cell or a set-up cell. The message names the cell.
    """
    cells = {cell.id: cell for cell in notebook.cells}
    if not {"title", "setup"} <= cells.keys():
        raise ValueError(f"{name}: there is no cell with the id {'title' if 'title' not in cells else 'setup'!r}")
    title, setup = BADGE_LINE.sub("", cells["title"].source), SETUP
    if repository:
        title = title.replace("\n\n", f"\n\n{badge(repository, ref, name)}\n\n", 1)
        setup = SETUP_PUBLISHED.format(requirement=f"tutorial-pkg @ git+https://github.com/{repository}@{ref}")
    changed = []
    for cell_id, source in (("title", title), ("setup", setup)):
        if cells[cell_id].source != source:
            cells[cell_id].source = source
            changed.append(cell_id)
    return changed


def stamp_practice(notebook: NotebookNode, name: str) -> list[str]:
    """Write the cells of the notebook's exercises and questions. Returns the ids of the changed cells.

    Raises:
        ValueError: an exercise or a question does not have its cell in the notebook. The message names the cell.
    """
    cells = {cell.id: cell for cell in notebook.cells}
    changed = []
    for piece in items(name) if name in NOTEBOOKS else []:
        for cell_id, cell_type, source in piece.cells():
            if cell_id not in cells or cells[cell_id].cell_type != cell_type:
                raise ValueError(f"{name}: there is no {cell_type} cell with the id {cell_id!r}")
            if cells[cell_id].source != source:
                cells[cell_id].source = source
                changed.append(cell_id)
    return changed


def look(cell: NotebookNode) -> dict:
    """The metadata that decide how a cell looks: the set-up hides its code, and side paths are folded."""
    if cell.id == "setup":
        return {"jupyter": {"source_hidden": True}, "cellView": "form"}
    if cell.cell_type == "markdown" and cell.source.startswith(SIDE_PATH):
        return {"jp-MarkdownHeadingCollapsed": True, "id": cell.id}
    return {}


def stamp_look(notebook: NotebookNode) -> list[str]:
    """Write each cell's `look`, and Colab's list of folded cells. Returns the ids of the changed cells."""
    changed = []
    for cell in notebook.cells:
        wanted = look(cell) | {key: value for key, value in cell.metadata.items() if key == "tags"}
        if cell.metadata != wanted:
            cell.metadata = nbformat.from_dict(wanted)
            changed.append(cell.id)
    folded = [cell.id for cell in notebook.cells if "jp-MarkdownHeadingCollapsed" in cell.metadata]
    wanted = METADATA | ({"colab": {"collapsed_sections": folded}} if folded else {})
    if notebook.metadata != wanted:
        notebook.metadata = nbformat.from_dict(wanted)
        changed.append("the notebook's metadata")
    return changed


def execute(notebook: NotebookNode) -> None:
    """Run every cell in a new kernel, in the notebooks' folder, and keep the outputs that a reader should see.

    The views of widgets are not kept, because they work only with their kernel. Instead, a page shows the picture in
    the same output.
    """
    client = NotebookClient(
        notebook,
        timeout=600,
        kernel_name="python3",
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,  # otherwise one print may be stored as two outputs
        resources={"metadata": {"path": str(FOLDER)}},
    )
    client.execute()
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(WIDGET, None)


def picture(notebook: NotebookNode, cell_id: str) -> bytes:
    """The PNG in the output of a cell."""
    cell = next(cell for cell in notebook.cells if cell.id == cell_id)
    return base64.b64decode(cell.outputs[0].data["image/png"])


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="notebooks, file names without ending; all if none is given")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if a cell differs")
    options = parser.parse_args(arguments)
    paths = [FOLDER / f"{name}.ipynb" for name in options.names] or sorted(FOLDER.glob("*.ipynb"))
    stale = False
    for path in paths:
        notebook = nbformat.read(path, as_version=4)
        changed = stamp_published(notebook, path.stem, *published()) + stamp_practice(notebook, path.stem)
        changed += stamp_look(notebook)
        if options.check:
            stale |= bool(changed)
            print(f"{path.name}: {'differs: ' + ', '.join(changed) if changed else 'in step'}")
            continue
        execute(notebook)
        stamp_look(notebook)  # the kernel writes its own version into the metadata
        nbformat.validate(notebook)
        nbformat.write(notebook, path)
        if path.stem == PICTURE[0]:
            PICTURE[2].parent.mkdir(exist_ok=True)
            PICTURE[2].write_bytes(picture(notebook, PICTURE[1]))
        print(f"{path.name}: run and stored", flush=True)
    if published()[0]:
        stale |= write_cleared(FOLDER, check=options.check) and options.check
    return int(stale)


def write_cleared(folder: Path, check: bool = False) -> bool:
    """Write the published copies without outputs, or only check them. Returns whether a copy was different."""
    wanted, place = copies(folder), folder / CLEARED
    there = {path.name: path.read_text(encoding="utf-8") for path in place.glob("*.ipynb")}
    differ = sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))
    for name in differ:
        if check:
            print(f"{CLEARED}/{name}: differs from the notebook")
        elif name in wanted:
            place.mkdir(exist_ok=True)
            (place / name).write_text(wanted[name], encoding="utf-8", newline="\n")
        else:
            (place / name).unlink()
    return bool(differ)


if __name__ == "__main__":
    sys.exit(main())
