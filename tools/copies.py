"""A learner's copies of the notebooks: the same cells without outputs, because outputs would show the answers.

    python tools/copies.py          make missing copies in learn/, and renew the copies that nobody has changed
    python tools/copies.py --reset  start again: changed copies are moved to a separate folder

If a copy was changed, run or saved, its digest is different. Such a copy is never overwritten. If the course is
published, Colab and Binder also open copies. tools/publish.py and tools/notebooks.py write these copies into the folder
CLEARED.
"""

from __future__ import annotations

import copy
import hashlib
import json
import os
import sys
from pathlib import Path

import jupyter_settings

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = ROOT / "notebooks"
LEARN = ROOT / "learn"
CLEARED = "cleared"  # in the notebooks' folder
MADE = ".made.json"  # for each file name, the digests of the copy as this program wrote it
MOVED = "moved to"  # during a reset, an entry in MADE: the folder, and the names of the files that are moved there


def cleared(notebook: dict) -> dict:
    """A copy of the notebook without outputs and execution counts."""
    notebook = copy.deepcopy(notebook)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return notebook


def copies(folder: Path = NOTEBOOKS) -> dict[str, str]:
    """For the file name of every notebook in the folder, the text of its copy."""
    texts = {}
    for path in sorted(folder.glob("*.ipynb")):
        notebook = cleared(json.loads(path.read_text(encoding="utf-8")))
        # As nbformat writes it. The import of nbformat would take a third of a second at each start
        texts[path.name] = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return texts


def main(reset: bool = False, learn: Path = LEARN, notebooks: Path = NOTEBOOKS) -> list[str]:
    """Make or renew the copies in `learn`. Returns lines for the learner to read.

    This function may be interrupted at any moment. Each copy is written in one step, so a copy is never incomplete. The
    digest of a copy is written before the copy, so a new copy is never mistaken for a learner's own work.
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
            own = f"{learn.name}/{name} contains your own work, so it stays."
            lines.append(f"{own} The course has a newer version: run `make reset`.")
    made.pop(MOVED, None)
    _write(learn / MADE, made)
    return lines


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _read(path: Path) -> dict[str, list[str]]:
    """For each copy, the digests of the texts that this program wrote. Empty if the record is not readable."""
    try:
        made = json.loads(path.read_text(encoding="utf-8"))
        return {name: [digests] if isinstance(digests, str) else list(digests) for name, digests in made.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def _write(path: Path, made: dict[str, list[str]]) -> None:
    _replace(path, json.dumps(made, indent=1, sort_keys=True) + "\n")


def _replace(path: Path, text: str) -> None:
    """Write a file in one step."""
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8", newline="\n")
    os.replace(part, path)


def update(reset: bool = False) -> None:
    """Write Jupyter's settings and the copies, and print what the learner should know."""
    jupyter_settings.install()
    try:
        print("".join(f"{line}\n" for line in main(reset)), end="")
    except OSError as error:
        sys.exit(
            f"The copies in {LEARN.name}/ could not be made: {error}. You must have the right to write into this "
            "folder, and its disk must have space left. If this folder contains a folder with the name of a notebook, "
            "rename that folder. Your own work was not changed."
        )


if __name__ == "__main__":
    update(reset=sys.argv[1:] == ["--reset"])
