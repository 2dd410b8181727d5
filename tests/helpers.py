"""What several tests use: the notebooks as data, and the functions that their cells define."""

from __future__ import annotations

import copy
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from tutorial_pkg import data, smollm2
from tutorial_pkg.practice.items import Exercise, Prediction, Recall, items

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def read(name: str | Path) -> nbformat.NotebookNode:
    """A copy of a notebook of the course, by file name without ending or by path."""
    return copy.deepcopy(_stored(Path(name).stem))


@cache
def _stored(name: str) -> nbformat.NotebookNode:
    """A notebook, read once: reading takes long because nbformat checks each cell against its schema."""
    return nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)


def source(notebook: str, cell_id: str) -> str:
    """The source of one cell."""
    return {cell.id: cell.source for cell in _stored(notebook).cells}[cell_id]


def cell_namespace(notebook: str, *cell_ids: str) -> dict[str, Any]:
    """The namespace after running these code cells of a notebook, in this order.

    The notebooks define the main functions of the course. So a test of `encode` runs the cell that a learner reads.
    """
    namespace: dict[str, Any] = {"__name__": "cell"}
    for cell_id in cell_ids:
        run_cell(namespace, notebook, cell_id)
    return namespace


def run_cell(namespace: dict[str, Any], notebook: str, cell_id: str, *changes: tuple[str, str]) -> None:
    """Run a cell in a namespace. Before, change its source as a learner does: (old part, new part)."""
    code = source(notebook, cell_id)
    for old, new in changes:
        assert old in code, f"{cell_id} has no {old!r}"
        code = code.replace(old, new)
    exec(compile(code, f"<{notebook}:{cell_id}>", "exec"), namespace)


@cache
def real_model() -> smollm2.SmolLM2:
    """SmolLM2 itself, loaded once for all tests. Where its file cannot be downloaded, the test is skipped."""
    try:
        return smollm2.load()
    except data.DataError as error:
        pytest.skip(f"this needs SmolLM2's file: {error}")


def plain_kernels(folder: Path, configuration: str = "") -> str:
    """A value of IPYTHONDIR. A kernel that starts with it has only this configuration.

    The configuration of the environment lets each kernel import torch and the course's package, which takes seconds.
    """
    profile = folder / "profile_default"
    profile.mkdir(exist_ok=True)
    text = f"c.InteractiveShellApp.extensions = []\n{configuration}"
    (profile / "ipython_kernel_config.py").write_text(text, encoding="utf-8")
    return str(folder)


def said(capsys: Any) -> str:
    """The text that was printed since the last call, in one line."""
    return " ".join(capsys.readouterr().out.split())


def printed(cell: nbformat.NotebookNode) -> str:
    """The text of a cell's stored outputs, in one line."""
    texts = [output.get("text", output.get("data", {}).get("text/plain", "")) for output in cell.get("outputs", [])]
    return " ".join(" ".join(texts).split())


# `reveal` may get the number of an option. A learner predicts the text of the option, not its number.
PREDICT_RIGHT = """
from tutorial_pkg.practice.items import Prediction, find
_reveal = reveal
def reveal(name, result):
    item = find(name, Prediction)
    numbered = item.is_choice and not isinstance(result, str)
    predict(name, item.form[int(result)] if numbered else result)
    _reveal(name, result)
"""


def run_solved(name: str) -> None:
    """Put each solution, right letter and right prediction into its cell, and run the notebook. Every feedback must be
    positive.

    The right prediction is the result that a cell gives to `reveal`. When a cell calls `reveal` with the result, the
    test first calls `predict` with this result, as a learner does.
    """
    notebook = read(name)
    cells = {cell.id: cell for cell in notebook.cells}
    for piece in items(name):
        cell = cells[piece.name]
        if isinstance(piece, Exercise):
            cell.source = f"{piece.source(piece.solution)}\n\n{cell.source[cell.source.rindex('check(') :]}"
        elif isinstance(piece, Recall):
            cell.source = f'answer("{piece.name}", "{piece.right}")'
        else:
            cell.source = f"# {piece.name}: see the end of the imports cell"
    cells["imports"].source += PREDICT_RIGHT
    NotebookClient(notebook, timeout=600, resources={"metadata": {"path": str(ROOT / "notebooks")}}).execute()
    for piece in items(name):
        due = {Exercise: "✓ Correct. ", Recall: "✓ Right. ", Prediction: ""}[type(piece)]
        assert due in printed(cells[piece.name]), (piece.name, printed(cells[piece.name]))
    if "look-back" not in cells:  # notebook 00 has no such cell
        return
    end = printed(cells["look-back"])
    assert end.startswith("✓") and "Not tried" not in end and "look at again" not in end, end
