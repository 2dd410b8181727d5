"""Each notebook is tested in JupyterLab in a real browser. One more test checks that broken notebooks are reported."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lab
import nbformat
import pytest
from helpers import NOTEBOOKS, source
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tutorial_pkg.practice.items import find


@pytest.fixture(scope="module")
def running(browser: Any) -> Iterator[lab.Lab]:
    """One JupyterLab for all tests of this file."""
    with lab.lab(browser) as running:
        yield running


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_runs_and_reacts(running: lab.Lab, notebook: Path, shots: Path | None) -> None:
    """Side paths are folded at first. After a run, everything is readable on a small screen, and each control works."""
    before = notebook.read_bytes()
    with running.open(notebook, {"imports": source(notebook.stem, "imports") + lab.MEASURE}) as opened:
        assert opened.first_look() == []
        opened.run_all()
        opened.unfold()
        if shots:
            opened.shots(shots, notebook.stem)
        assert opened.problems() == []
        assert opened.laid_out() == []
        moved = opened.move_widgets()
        if shots:
            opened.shots(shots, f"{notebook.stem}-moved", moved)
        assert opened.faint() == []
    assert moved, "there is no widget in this notebook"
    assert all(all(changes) for changes in moved.values()), f"controls that change nothing: {moved}"
    assert notebook.read_bytes() == before


def test_exercise_says_where_you_are(running: lab.Lab, shots: Path | None) -> None:
    name = "02_embedding_lookup"
    exercise = find("my_lookup")
    stub = source(name, "my_lookup")
    with running.open(next(path for path in NOTEBOOKS if path.stem == name)) as opened:
        opened.run_all()
        for state, sizes, start, message in (
            ("wrong", "len(ids), table.shape[1]", "× ", "They should be reshaped to (4, 2, 2, 5)"),
            ("untouched", "...", "Your turn: ", "write the function in place of the dots"),
            ("right", "*ids.shape, table.shape[1]", "✓ ", exercise.success),
        ):
            code = stub.replace("reshape(...)", f"reshape({sizes})")
            said = " ".join(opened.type_and_run(exercise.name, code).split())
            if shots:
                opened.shots(shots, f"{name}-{state}", [exercise.name])
            assert said.startswith(start) and " ".join(message.replace("`", "").split()) in said, said
            assert opened.faint() == [], state


HELPERS = f"""{lab.MEASURE}
import warnings
import ipywidgets as widgets
from IPython.display import HTML, display
from matplotlib.figure import Figure
from tutorial_pkg.draw.core import png

def picture(size):
    figure = Figure(figsize=(3, 1))
    figure.text(0, 0, "letters", fontsize=size)
    display({{"image/png": png(figure)}}, raw=True)

def control(follow, height=40):
    slider, words = widgets.IntSlider(0, 0, 5), widgets.HTML(f"<div style='height: {{height}}px'>0</div>")
    display(widgets.VBox([slider, words]))
    if follow:
        slider.observe(lambda change: setattr(words, "value", str(change["new"])), names="value")"""
# Broken cells by their ids. The next list names the check that must report each cell.
BROKEN = {
    "setup": HELPERS,
    "warns": "warnings.warn('old')",
    "old": "print('x.py:1: FutureWarning: old')",
    "undrawn": "pass",
    "wide": 'HTML(\'<div style="width: 99px; overflow: auto"><div style="width: 999px">wide</div></div>\')',
    "small": "picture(3)",
    "still": "control(False)",
    "tall": "control(True, 999)",
    "half": "control(True)\npicture(12)",
    "grey": "HTML('<div style=\"color: #999\">grey</div>')",
    "fails": "1 / 0",
}
SEEN = {
    "first": ["setup: its code is seen", "warns: is seen, in a folded side path"],
    "problems": [
        "warns: wrote to stderr",
        "old: shows 'FutureWarning:'",
        "undrawn: shows 0 of its 1 pictures",
        "small: has 1 pictures without a description",
        "half: has 1 pictures without a description",
        "fails: raised ZeroDivisionError",
    ],
    "laid out": ["wide: a scrollbar in", "small: letters of 4.6 pixels", "tall: control and picture are"],
    "faint": ["JupyterLab Light, grey: 2.85 for 'grey'"],
}


def test_what_is_broken_is_seen(running: lab.Lab, tmp_path: Path) -> None:
    cells = [new_code_cell(code, id=name) for name, code in BROKEN.items()]
    cells[3].outputs = [new_output("display_data", {"image/png": "iVBORw0KGgo="})]
    cells.insert(1, new_markdown_cell("## Side path: is this folded?", id="side"))
    cells.insert(3, new_markdown_cell("## And on", id="on"))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), tmp_path / "broken.ipynb")
    with running.open(tmp_path / "broken.ipynb") as opened:
        found = {"first": opened.first_look()}
        opened.run_all()
        assert "old: shows 1 outputs" in opened.first_look()
        found |= {"problems": opened.problems(), "laid out": opened.laid_out()}
        moved = opened.move_widgets(seconds=3)
        found["faint"] = [line for line in opened.faint() if "grey" in line]
    for look, lines in SEEN.items():
        assert len(found[look]) == len(lines) and all(map(str.startswith, found[look], lines)), (look, found[look])
    assert moved == {"still": [False], "tall": [True], "half": [False]}


EXPLORED = """import ipywidgets as widgets
from matplotlib.figure import Figure
from tutorial_pkg.explore import explore

def draw(number):
    picture = Figure(figsize=(3, 1))
    picture.text(0, 0, str(number))
    picture.words = f"the number {number}"
    return picture

explore(widgets.IntSlider(4, 0, 5), draw)"""


def explored(folder: Path) -> Path:
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    cells = [new_code_cell(EXPLORED, id="explored")]
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), folder / "explored.ipynb")
    return folder / "explored.ipynb"


def test_a_control_without_its_kernel_leaves_picture_and_says_what_to_do(running: lab.Lab, tmp_path: Path) -> None:
    with running.open(explored(tmp_path)) as opened:
        opened.run_all()
        assert not opened.cell("explored").get_by_text("This control is not connected").is_visible()
        opened.reopen()
        opened.cell("explored").get_by_text("the number 4").wait_for()
        assert "Error displaying widget" not in opened.text("explored")
        assert opened.cell("explored").locator(".jp-OutputArea-output img").count() == 1
        opened.cell("explored").get_by_text("This control is not connected").wait_for()


def test_after_a_reload_the_picture_follows_its_control(running: lab.Lab, tmp_path: Path) -> None:
    with running.open(explored(tmp_path)) as opened:
        opened.run_all()
        opened.reload()
        opened.cell("explored").get_by_text("the number 4").wait_for()
        image = opened.cell("explored").locator(".jp-OutputArea-output img")
        before = image.get_attribute("src")
        assert opened.move_widgets() == {"explored": [True]}
        assert image.count() == 1 and image.get_attribute("src") != before
