"""A learner's copies of the notebooks: the same cells, no outputs, so that no answer stands below its question.

    python tools/copies.py          make the copies that are missing in learn/, and renew those that nobody has touched
    python tools/copies.py --reset  start afresh; what was written in is moved to a folder of its own

A copy that was written in, run or saved is never changed: it is told from an untouched one by its digest. Where the
course is published, Colab and Binder open copies as well: tools/publish.py and tools/notebooks.py keep them in CLEARED.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import nbformat
from nbformat import NotebookNode

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = ROOT / "notebooks"
LEARN = ROOT / "learn"
CLEARED = "cleared"  # within the notebooks' folder
MADE = ".made.json"  # not seen in Lab's file browser; file name -> digest of the copy as it was made


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
    """Make or renew the copies in `learn`; returns what the learner should know, a line each."""
    fresh, said = copies(notebooks), []
    learn.mkdir(exist_ok=True)
    made = _read(learn / MADE)
    touched = [name for name in fresh if (learn / name).exists() and _digest(learn / name) != made.get(name)]
    if reset and touched:
        kept = next(place for n in range(1, 10**6) if not (place := learn / f"kept-{n}").exists())
        kept.mkdir()
        for name in touched:
            (learn / name).rename(kept / name)
        said.append(f"What you wrote in is in {learn.name}/{kept.name}: {', '.join(touched)}.")
        touched = []
    for name, text in fresh.items():
        digest = hashlib.sha256(text.encode()).hexdigest()
        if name not in touched:
            (learn / name).write_text(text, encoding="utf-8", newline="\n")
            made[name] = digest
        elif made.get(name) != digest:
            said.append(
                f"{learn.name}/{name} is yours and stays; the course has a newer one: `make reset` starts afresh."
            )
    (learn / MADE).write_text(json.dumps(made, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return said


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _read(path: Path) -> dict[str, str]:
    """The digests, or none where there is no such file or it is not as it was written."""
    try:
        made = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return made if isinstance(made, dict) else {}


if __name__ == "__main__":
    print("\n".join(main(reset=sys.argv[1:] == ["--reset"])), end="")
