"""Shared by the tests: the notebooks as data, and functions taken out of their cells."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import nbformat
import pytest

from tutorial_pkg import data, smollm2

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def read(name: str | Path) -> nbformat.NotebookNode:
    """A notebook, by file name without ending or by path."""
    path = name if isinstance(name, Path) else ROOT / "notebooks" / f"{name}.ipynb"
    return nbformat.read(path, as_version=4)


def source(notebook: str, cell_id: str) -> str:
    """The source of one cell."""
    cells = {cell.id: cell for cell in read(notebook).cells}
    return cells[cell_id].source


def cell_namespace(notebook: str, *cell_ids: str) -> dict[str, Any]:
    """What is defined after running these code cells of a notebook, in this order, in one fresh namespace.

    The ideas of the course stand in the notebooks; so a test of `encode` runs the cell that a learner reads.
    """
    namespace: dict[str, Any] = {"__name__": "cell"}
    for cell_id in cell_ids:
        exec(compile(source(notebook, cell_id), f"<{notebook}:{cell_id}>", "exec"), namespace)
    return namespace


@cache
def real_model() -> smollm2.SmolLM2:
    """SmolLM2 itself, loaded once for all tests; without its file the test that asks is skipped, with the reason."""
    try:
        return smollm2.load()
    except data.DataError as error:
        pytest.skip(f"this needs SmolLM2's file: {error}")
