"""Do what a learner does in Colab: open each notebook by itself, in an empty folder. The course is published at another
address.

    python tests/colab.py PYTHON [NOTEBOOK ...]

PYTHON is the interpreter of an environment with Colab's versions (tools/colab.txt), pip and nbclient, but without
tutorial_pkg. The script publishes a copy of the course in a local git repository. When a notebook uses the course's
address, git reads from this local repository instead. Then it runs the file that each Colab badge opens, in an empty
folder. The file must not contain outputs. It must install only the package, and show what the executed notebook shows.
If the set-up fails in one of two ways, the notebook must stop with a message. This takes half a minute for each
notebook.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parent.parent
PLACE, REF = "someone/token-course", "v1.0"
RUN = """import sys, nbformat, nbclient
notebook = nbformat.read(sys.argv[1], as_version=4)
client = nbclient.NotebookClient(notebook, timeout=600, kernel_name="python3", allow_errors=True)
client.execute()
nbformat.write(notebook, sys.argv[1])"""


def shown(cell: nbformat.NotebookNode) -> list:
    """The outputs of a cell in a form that can be compared: joined texts, and the words of pictures and widgets."""
    texts = ["".join(output.text for output in cell.outputs if output.output_type == "stream")]
    others = [output for output in cell.outputs if output.output_type != "stream"]
    return texts + [[output.get("ename"), output.get("data", {}).get("text/plain")] for output in others]


def behind_the_badge(notebook: Path) -> Path:
    """The file that the Colab badge of a published notebook opens."""
    title = nbformat.read(notebook, as_version=4).cells[0].source
    address = re.search(rf"https://colab\.research\.google\.com/github/{PLACE}/blob/{REF}/([^)]+)\)", title)[1]
    return notebook.parent.parent / address


def run(python: str, notebook: Path, folder: Path, git: dict[str, str]) -> nbformat.NotebookNode:
    """Run a copy of the notebook in this empty folder, with these settings for git."""
    folder.mkdir()
    copy = Path(shutil.copy(notebook, folder))
    settings = {f"GIT_CONFIG_{kind}_0": text for kind, text in zip(("KEY", "VALUE"), *git.items(), strict=True)}
    environment = os.environ | settings | {"GIT_CONFIG_COUNT": "1", "JUPYTER_PREFER_ENV_PATH": "1", "NO_COLOR": "1"}
    environment["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # without it, an old ipykernel prints a warning about debugging
    environment.pop("PYTHONPATH", None)  # the package must come from the published repository
    subprocess.run([python, "-c", RUN, copy.name], cwd=folder, env=environment, check=True)
    return nbformat.read(copy, as_version=4)


def stopped(notebook: nbformat.NotebookNode) -> str:
    """The error message of the set-up cell, without pip's own messages."""
    setup = next(cell for cell in notebook.cells if cell.id == "setup")
    said = "".join(output.get("text", "") for output in setup.outputs)
    errors = [f"{output.ename}: {output.evalue}" for output in setup.outputs if output.output_type == "error"]
    return "\n".join([said, *errors])


def freeze(python: str) -> set[str]:
    return set(subprocess.run([python, "-m", "pip", "freeze"], capture_output=True, text=True).stdout.splitlines())


def main(python: str, *names: str) -> int:
    files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    failures = 0
    with tempfile.TemporaryDirectory() as top:
        place = Path(top, "place", *PLACE.split("/"))
        for name in filter(None, files.split("\0")):
            if (ROOT / name).is_file():
                (place / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, place / name)
        settings = {"REPO": PLACE, "REF": REF, "PYTHONPATH": str(place)}
        subprocess.run([sys.executable, "tools/publish.py"], cwd=place, env=os.environ | settings, check=True)
        person = ["-c", "user.name=Someone", "-c", "user.email=someone@example.org"]
        for command in (["init", "-q"], ["add", "."], [*person, "commit", "-q", "-m", "The course"], ["tag", REF]):
            subprocess.run(["git", *command], cwd=place, check=True)
        found = {f"url.{place.parents[1].as_uri()}/.insteadOf": "https://github.com/"}
        lost = {f"url.{Path(top, 'nowhere').as_uri()}/.insteadOf": "https://github.com/"}
        before = freeze(python)
        if any("tutorial" in line for line in before):
            sys.exit("tutorial_pkg is installed in that environment already")
        notebooks = [path for path in sorted((place / "notebooks").glob("*.ipynb")) if not names or path.stem in names]
        for path in notebooks:
            copy = behind_the_badge(path)
            if outputs := [cell.id for cell in nbformat.read(copy, as_version=4).cells if cell.get("outputs")]:
                sys.exit(f"{copy.relative_to(place)} has outputs before it ran, in {outputs}")
            ran = run(python, copy, Path(top, path.stem), found)
            installed = [line.split(" @ ")[0] for line in freeze(python) - before]
            cells = zip(ran.cells, nbformat.read(path, as_version=4).cells, strict=True)
            other = [one.id for one, two in cells if one.cell_type == "code" and shown(one) != shown(two)]
            good = installed == ["tutorial-pkg"] and not before - freeze(python) and set(other) <= {"setup"}
            failures += not good
            print(f"{path.stem}: installed {installed}, shows something else in {other}", flush=True)
            subprocess.run([python, "-m", "pip", "uninstall", "-q", "-y", "tutorial-pkg"], check=True)
        for what, path, git in (
            ("nowhere to be found", behind_the_badge(notebooks[0]), lost),
            ("not published", ROOT / "notebooks" / notebooks[0].name, found),
        ):
            message = stopped(run(python, path, Path(top, what.replace(" ", "-")), git))
            failures += "ModuleNotFoundError: " not in message
            print(f"--- {what}:\n{message}", flush=True)
    return int(bool(failures))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
