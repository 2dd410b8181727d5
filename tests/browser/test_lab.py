"""Each notebook in JupyterLab in a real browser; and that a broken notebook is noticed."""

from __future__ import annotations

from pathlib import Path

import lab
import nbformat
import pytest
from helpers import NOTEBOOKS, source
from nbformat.v4 import new_code_cell, new_notebook, new_output

from tutorial_pkg.practice.pieces import Exercise, pieces


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_runs_and_reacts(running: lab.Lab, notebook: Path, shots: Path | None) -> None:
    """As a learner meets it: folded at first, then run, legible on a small screen in both themes, and moved."""
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
    exercise = next(piece for piece in pieces(name) if isinstance(piece, Exercise) and not piece.worked)
    (_, _, stub) = exercise.cells()[1]
    check = stub[stub.index("check(") :]
    wrong = next(iter(exercise.wrong))
    with running.open(next(path for path in NOTEBOOKS if path.stem == name)) as opened:
        opened.run_all()
        for state, function, mark, message in (
            ("wrong", wrong.function, "✗", wrong.says),
            ("untouched", exercise.stub, "○", "Yours to try: "),
            ("right", exercise.solution, "✓", exercise.means),
        ):
            code = exercise.source(function)
            said = " ".join(opened.type_and_run(exercise.name, f"{code[code.index('def ') :]}\n\n{check}").split())
            if shots:
                opened.shots(shots, f"{name}-{state}", [exercise.name])
            assert said.startswith(f"{mark} ") and " ".join(message.replace("`", "").split()) in said, said
            assert opened.faint() == [], state


WIDGET = """import ipywidgets as widgets
from IPython.display import display
slider, text = widgets.IntSlider(0, 0, 5), widgets.HTML("0")
{}
display(widgets.VBox([slider, text]))"""
FOLLOWS = "slider.observe(lambda change: setattr(text, 'value', str(change['new'])), names='value')"


def _notebook(folder: Path, source: str, outputs: list) -> Path:
    cells = [new_code_cell("print(1)", id="before"), new_code_cell(source, id="broken", outputs=outputs)]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), folder / "broken.ipynb")
    return folder / "broken.ipynb"


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("1 / 0", "broken: raised ZeroDivisionError"),
        ("import warnings\nwarnings.warn('old')", "broken: wrote to stderr"),
        ("print('x.py:1: FutureWarning: old')", "broken: shows 'FutureWarning:'"),
        ("2", "broken: shows 0 of its 1 pictures"),
    ],
)
def test_problem_is_seen(running: lab.Lab, tmp_path: Path, source: str, problem: str) -> None:
    picture = new_output("display_data", {"image/png": "iVBORw0KGgo="})
    with running.open(_notebook(tmp_path, source, [picture] if "picture" in problem else [])) as opened:
        opened.run_all()
        found = opened.problems()
    assert len(found) == 1 and found[0].startswith(problem), found


@pytest.mark.parametrize(("line", "reacts"), [(FOLLOWS, True), ("", False)])
def test_widget_that_does_not_react_is_seen(running: lab.Lab, tmp_path: Path, line: str, reacts: bool) -> None:
    with running.open(_notebook(tmp_path, WIDGET.format(line), [])) as opened:
        opened.run_all()
        assert opened.problems() == []
        assert opened.move_widgets(seconds=10 if reacts else 3) == {"broken": [reacts]}
