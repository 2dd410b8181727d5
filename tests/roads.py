"""Run a notebook's cells as a learner may do: with other values in one cell, and each cell twice."""

from __future__ import annotations

import contextlib
import io

import pytest
from helpers import read

from tutorial_pkg.tokens import EmptyTextError

# What a learner may type instead of the course's sentence: a text, a dimension and a seed.
OWN = {
    "one word": ("Fox", 1, 42),
    "nine words": ("A small dog and the large cat run home", 12, 7),
    "repeated words, other languages": ("le renard, the FOX, η αλεπού, 狐狸, the FOX", 4, 0),
}


# What replaces `show` and `explore` of the course: they also draw, but they do not render a PNG.
QUICK = {
    "show": lambda figure: print(figure.words),
    "explore": lambda control, draw: print(draw(*[one.value for one in listed(control)]).words),
}


def listed(control: object) -> list:
    """The controls that `explore` got: a list, or one control."""
    return control if isinstance(control, list) else [control]


def run(notebook: str, cell_id: str, own: str) -> dict[str, str]:
    """Run the main path with other values in one cell. Returns what each cell printed in its second run.

    Before the next cell, the same cell runs with an empty sentence and d + 1. It must raise an EmptyTextError, and the
    cells below must still work with the values from before.

    With the last choice of values, the side paths run, too, and pictures become PNGs. With all other values, pictures
    are drawn but not rendered, because rendering takes most of the time. Questions and exercises are left out. Outside
    Jupyter, IPython prints what a cell shows as text.

    Raises:
        AssertionError: the cell does not contain a value to replace, or a cell raises an error. The message names it.
    """
    (sentence, d, seed), everything = OWN[own], own == list(OWN)[-1]
    until = "looking-back" if everything else "your-turn"
    changes = {'"Quick fox is in the house"': repr(sentence), "d = 3 ": f"d = {d} ", "seed = 42": f"seed = {seed}"}
    namespace: dict = {"__name__": "cell"}
    printed: dict[str, str] = {}
    for cell in read(notebook).cells:
        if cell.id == until:
            break
        if cell.cell_type != "code" or cell.source.startswith(("answer(", "predict(")) or "check(" in cell.source:
            continue
        source = cell.source
        for part, other in changes.items() if cell.id == cell_id else ():
            assert part in source, f"{cell_id} has no {part!r}"
            source = source.replace(part, other)
        for again in (False, True):
            drawing = {name: namespace[name] for name in ("show", "explore") if name in namespace}
            if again:
                namespace.update(dict.fromkeys(drawing, lambda *_: None))  # the second run draws no pictures
            elif not everything:
                namespace.update({name: QUICK[name] for name in drawing})
            caught = io.StringIO()
            try:
                with contextlib.redirect_stdout(caught):
                    exec(compile(source, f"<{notebook}:{cell.id}>", "exec"), namespace)
            except Exception as error:
                raise AssertionError(f"{cell.id}: {type(error).__name__}: {error}") from error
            namespace.update(drawing)
            printed[cell.id] = caught.getvalue()
        if cell.id == cell_id:
            empty = source.replace(repr(sentence), '""').replace(f"d = {d} ", f"d = {d + 1} ")
            with pytest.raises(EmptyTextError):
                exec(empty, namespace)
    return printed
