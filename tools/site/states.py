"""Draw the states of a notebook's controls, for the site: `python states.py NOTEBOOK.ipynb FOLDER`.

This runs only the cells that an `explore` depends on. For a list, it draws a picture for every value. For a slider, it
draws pictures for about a dozen values. The pictures go into FOLDER. A JSON file there names the picture of each state.
"""

from __future__ import annotations

import ast
import contextlib
import dis
import io
import itertools
import json
import re
import sys
from pathlib import Path
from types import CodeType
from typing import Any

import nbformat
from PIL import Image

SILENT = ("show", "predict", "reveal", "answer", "check", "hint", "solution", "look_back", "print", "display")
MOST_STATES = 40
# Controls with several values. A text field has only one value here, so its stored picture stays.
MOVABLE = re.compile(r"(Slider|Dropdown|Buttons|Checkbox|Select)\(")


def names(cell: str) -> tuple[set[str], set[str], set[str]]:
    """The names that a cell takes from earlier cells, the names that it defines, and names whose objects it changes.

    >>> [sorted(found) for found in names("for i in ids: table[i] = 0")]
    [['ids', 'table'], ['i'], ['table']]
    """
    used, made, inner = set(), set(), set()
    for step in dis.get_instructions(compile(cell, "<cell>", "exec")):
        if step.opname == "STORE_NAME":
            made.add(step.argval)
        elif step.opname == "LOAD_NAME" and step.argval not in made:
            used.add(step.argval)
        elif isinstance(step.argval, CodeType):
            inner |= global_names(step.argval)
    changed = set()
    for node in ast.walk(ast.parse(cell)):
        if isinstance(node, (ast.Attribute, ast.Subscript)) and isinstance(node.ctx, ast.Store):
            changed |= {n.id for n in ast.walk(node.value) if isinstance(n, ast.Name)}
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):  # such as optimiser.step()
            called = node.value.func
            if not (isinstance(called, ast.Name) and called.id in (*SILENT, "explore")):
                changed |= {n.id for n in ast.walk(node.value) if isinstance(n, ast.Name)}
    return used | (inner - made), made, changed


def global_names(code: CodeType) -> set[str]:
    """The names that a function, and the functions in it, use but do not define."""
    found = {step.argval for step in dis.get_instructions(code) if step.opname in ("LOAD_GLOBAL", "LOAD_NAME")}
    return found.union(*(global_names(const) for const in code.co_consts if isinstance(const, CodeType)))


def needed(cells: list[tuple[str, str]], at: int) -> list[int]:
    """The positions of the cells that the cell at `at` depends on, in order, with `at` itself."""
    known = [names(source) for _, source in cells]
    imported = {
        name for (cell_id, _), (_, made, _) in zip(cells, known, strict=True) if cell_id == "imports" for name in made
    }
    wanted, chosen = known[at][0] - imported, {at}
    for place in range(at - 1, -1, -1):
        used, made, changed = known[place]
        if cells[place][0] == "imports":
            chosen.add(place)
        elif (made | changed) & wanted:
            chosen.add(place)
            wanted = (wanted - made) | (used - imported)
    return sorted(chosen)


def values(control: Any) -> list[tuple[str, Any]]:
    """The values to draw, with their labels: all of a list, about a dozen of a slider, the current one of a text."""
    if hasattr(control, "options"):
        options = control.options
        pairs = options.items() if isinstance(options, dict) else options
        labelled = [pair if isinstance(pair, tuple) and len(pair) == 2 else (str(pair), pair) for pair in pairs]
        return [(str(label), value) for label, value in labelled]
    if hasattr(control, "min") and hasattr(control, "max"):
        count = round((control.max - control.min) / control.step) + 1
        steps = sorted({round(i * (count - 1) / 11) for i in range(12)}) if count > 12 else range(count)
        found = sorted({*(control.min + step * control.step for step in steps), control.value})
        return [(f"{value:g}", value) for value in found]
    return [(str(control.value), control.value)]


def draw(notebook: Path, folder: Path) -> dict[str, Any]:
    """For the id of each cell with an `explore`: its controls, and the pictures with their descriptions."""
    import ipywidgets

    cells = [(c.id, c.source) for c in nbformat.read(notebook, as_version=4).cells if c.cell_type == "code"]
    cells = [(cell_id, source) for cell_id, source in cells if cell_id != "setup"]
    explored = [i for i, (_, source) in enumerate(cells) if "explore(" in source and MOVABLE.search(source)]
    calls: dict[str, tuple] = {}
    current = ""
    space: dict[str, Any] = {"__name__": "__main__"}

    def record(control: Any, picture: Any) -> None:
        calls[current] = (control, picture)

    run = sorted({place for at in explored for place in needed(cells, at)})
    for place in run:
        current, source = cells[place]
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(source, f"<{current}>", "exec"), space)
        quiet = {name for name in SILENT if name in space}  # without print, which functions for other processes use
        space |= dict.fromkeys(quiet, lambda *a, **k: None) | {"explore": record}
    found = {}
    for cell_id, (control, picture) in calls.items():
        controls = list(control) if isinstance(control, (list, tuple)) else [control]
        listed = [values(one) for one in controls]
        while len(list(itertools.product(*listed))) > MOST_STATES:
            longest = max(listed, key=len)
            listed[listed.index(longest)] = (
                longest[::2] if longest[-1] in longest[::2] else [*longest[::2], longest[-1]]
            )
        states = {}
        for places in itertools.product(*(range(len(some)) for some in listed)):
            figure = picture(*(listed[i][place][1] for i, place in enumerate(places)))
            key = "-".join(map(str, places))
            name = f"{notebook.stem}-{cell_id}-{key}.png"
            save(figure, folder / name)
            states[key] = [name, figure.words]
        start = [
            next((i for i, (_, v) in enumerate(some) if v == one.value), 0)
            for one, some in zip(controls, listed, strict=True)
        ]
        kinds = ["list" if isinstance(one, ipywidgets.Dropdown) else "slider" for one in controls]
        labels = [one.description or "value" for one in controls]
        found[cell_id] = {
            "controls": [
                {"label": label, "kind": kind, "values": [text for text, _ in some], "start": at}
                for label, kind, some, at in zip(labels, kinds, listed, start, strict=True)
            ],
            "states": states,
        }
    return found


def save(figure: Any, path: Path) -> None:
    """Save a picture with 128 colours. It looks the same and takes a third of the bytes."""
    from tutorial_pkg.draw.core import png

    image = Image.open(io.BytesIO(png(figure))).convert("RGBA")
    image.quantize(128, method=Image.Quantize.FASTOCTREE).save(path, optimize=True)


if __name__ == "__main__":
    notebook, folder = Path(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{notebook.stem}.json").write_text(
        json.dumps(draw(notebook, folder), ensure_ascii=False), encoding="utf-8"
    )
