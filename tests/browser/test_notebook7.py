"""One whole notebook in Jupyter Notebook 7: it runs, its control moves, and an exercise is solved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import lab
from helpers import NOTEBOOKS, source

from tutorial_pkg.practice.items import find


def test_runs_reacts_and_is_solved(browser: Any, shots: Path | None) -> None:
    notebook = next(path for path in NOTEBOOKS if path.stem == "02_embedding_lookup")
    exercise = find("my_lookup")
    stub = source(notebook.stem, exercise.name)
    with lab.lab(browser, "notebook") as running, running.open(notebook) as opened:
        assert opened.page.evaluate("window.jupyterapp.name") == "Jupyter Notebook"
        assert opened.first_look() == []
        opened.run_all()
        opened.unfold()
        assert opened.problems() == []
        moved = opened.move_widgets(keys=False)  # Notebook 7 uses the arrow keys to fold headings
        assert moved and all(all(changes) for changes in moved.values()), moved
        said = opened.type_and_run(
            exercise.name, f"{exercise.source(exercise.solution)}\n\n{stub[stub.rindex('check(') :]}"
        )
        assert said.startswith("✓ Correct."), said
        if shots:
            opened.shots(shots, f"{notebook.stem}-notebook7", [exercise.name, *moved])
