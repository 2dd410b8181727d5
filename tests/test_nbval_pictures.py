"""The comparison of stored pictures: equal pictures pass; exchanged, cut, outdated and missing pictures fail."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from functools import cache

import nbformat
import pytest
from helpers import ROOT, plain_kernels
from matplotlib.figure import Figure
from nbval_pictures import complaint, difference

from tutorial_pkg.draw.core import png


@cache
def drawn(*heights: float, size: tuple[float, float] = (4, 2), fontsize: int = 10) -> str:
    figure = Figure(figsize=size)
    axes = figure.subplots()
    axes.bar(range(len(heights)), heights)
    axes.set_title("bars", fontsize=fontsize)
    return base64.b64encode(png(figure)).decode()


def first() -> str:
    return drawn(1, 2, 3)


@pytest.mark.parametrize(
    ("other", "says"),
    [
        (first, ""),
        (lambda: drawn(1, 2, 3, fontsize=11), ""),
        (lambda: drawn(1, 2, 3.05), ""),
        (lambda: drawn(3, 2, 1), "differs from the one drawn now"),
        (lambda: drawn(1, 2, 3, size=(5, 2)), "pixels"),
        (lambda: first()[:400], "cannot be opened"),
        (lambda: "iVBORw0KGgo=", "cannot be opened"),
    ],
)
def test_pictures_are_compared_by_size_and_look(other, says):
    said = difference(other(), first())
    assert says in said and bool(said) == bool(says)


def outputs(*pngs):
    return [{"data": {"image/png": one}} for one in pngs]


def test_a_measured_picture_only_has_to_open():
    assert complaint("04_why_lookup_wins", "any", outputs(drawn(3, 2, 1)), outputs(first())) == ""
    assert "opened" in complaint("04_why_lookup_wins", "any", outputs(first()), outputs(first()[:300]))
    assert "1 pictures are stored, and 2 drawn" in complaint("00", "x", outputs(first(), first()), outputs(first()))


def test_nbval_sees_an_exchanged_picture(tmp_path, monkeypatch):
    """The first cell's stored picture is the one that it shows. The stored picture of the second cell is different."""
    code = f"from IPython.display import display\ndisplay({{'image/png': {first()!r}}}, raw=True)"
    cells = []
    for count, stored in enumerate((first(), drawn(3, 2, 1)), start=1):
        output = nbformat.v4.new_output("display_data", {"image/png": stored})
        cells.append(nbformat.v4.new_code_cell(code, id=f"x{count}", execution_count=count, outputs=[output]))
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "two.ipynb")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--nbval", "--nbval-current-env",
               "--rootdir", str(ROOT), "-c", str(ROOT / "pyproject.toml"), str(tmp_path / "two.ipynb")]  # fmt: skip
    monkeypatch.setenv("IPYTHONDIR", plain_kernels(tmp_path))
    paths = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=os.environ | {"PYTHONPATH": paths})
    assert "1 failed, 1 passed" in done.stdout and "differs from the one drawn now" in done.stdout, done.stdout
