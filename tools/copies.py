"""A learner's copies of the notebooks: the same cells, without outputs, so that no answer is below its question.

    python tools/copies.py          make the copies that are missing in learn/, and renew those that nobody has touched
    python tools/copies.py --reset  start again; changed copies are moved to a separate folder

A copy that was changed, run or saved is never changed: its digest shows this. Where the
course is published, Colab and Binder open copies as well: tools/publish.py and tools/notebooks.py keep them in CLEARED.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from tutorial_pkg import jupyter_settings

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = ROOT / "notebooks"
LEARN = ROOT / "learn"
CLEARED = "cleared"  # within the notebooks' folder
MADE = ".made.json"  # hidden in Lab's file browser; file name -> digests of the copy as this program wrote it
MOVED = "moved to"  # in that file, while a reset is in progress: the folder, and the names of what is moved there


def cleared(notebook: NotebookNode) -> NotebookNode:
    """The notebook as a learner opens it: without outputs and execution counts."""
    copy = nbformat.from_dict(notebook)
    for cell in copy.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return copy


def copies(folder: Path = NOTEBOOKS) -> dict[str, str]:
    """File name -> text of the copy, for every notebook of the folder."""
    return {
        path.name: nbformat.writes(cleared(nbformat.read(path, as_version=4))) + "\n"
        for path in sorted(folder.glob("*.ipynb"))
    }


def main(reset: bool = False, learn: Path = LEARN, notebooks: Path = NOTEBOOKS) -> list[str]:
    """Make or renew the copies in `learn`; returns what the learner should know, one line each.

    It may be interrupted at any moment: a copy is complete or not there, and the digest of a copy is noted before the
    copy is written, so that a copy is never taken for a learner's own work.
    """
    fresh, lines = copies(notebooks), []
    digests = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in fresh.items()}
    learn.mkdir(exist_ok=True)
    made = _read(learn / MADE)
    there = [name for name in fresh if (learn / name).exists()]
    touched = [name for name in there if _digest(learn / name) not in [digests[name], *made.get(name, [])]]
    if reset and touched:
        kept = next(place for n in range(1, 10**6) if not (place := learn / f"kept-{n}").exists())
        kept.mkdir()
        _write(learn / MADE, made | {MOVED: [kept.name, *touched]})  # in case this is interrupted
        for name in touched:
            (learn / name).rename(kept / name)
        made[MOVED] = [kept.name, *touched]
    if MOVED in made:
        folder, *names = made[MOVED]
        names = [name for name in names if (learn / folder / name).exists()]
        lines += [f"Your own work is in {learn.name}/{folder}: {', '.join(names)}."] if names else []
        touched = [name for name in touched if name not in names]
    for name, text in fresh.items():
        if name not in touched:
            made[name] = sorted({digests[name], *made.get(name, [])})
            _write(learn / MADE, made)
            _replace(learn / name, text)
            made[name] = [digests[name]]
        elif digests[name] not in made.get(name, []):
            lines.append(f"{learn.name}/{name} is yours and stays. The course has a newer one: run `make reset`.")
    made.pop(MOVED, None)  # what was moved is told now
    _write(learn / MADE, made)
    return lines


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _read(path: Path) -> dict[str, list[str]]:
    """For each copy, the digests of the texts written by this program; empty where the record is not readable."""
    try:
        made = json.loads(path.read_text(encoding="utf-8"))
        return {name: [digests] if isinstance(digests, str) else list(digests) for name, digests in made.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def _write(path: Path, made: dict[str, list[str]]) -> None:
    _replace(path, json.dumps(made, indent=1, sort_keys=True) + "\n")


def _replace(path: Path, text: str) -> None:
    """Write a file at once or not at all."""
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8", newline="\n")
    os.replace(part, path)


if __name__ == "__main__":
    jupyter_settings.install()  # pip could not, where the package is installed in place
    try:
        print("".join(f"{line}\n" for line in main(reset=sys.argv[1:] == ["--reset"])), end="")
    except OSError as error:
        sys.exit(
            f"The copies in {LEARN.name}/ could not be made: {error}. This folder must be yours to write to, on a disk "
            "with free space, and a notebook's name in it must be a file. Your own work was not changed."
        )
