"""A learner's copies: they contain no outputs, are updated until the learner changes them, and are never lost."""

from __future__ import annotations

import json
import pathlib

import copies
import nbformat
import pytest
from helpers import NOTEBOOKS, read
from nbformat.v4 import new_code_cell, new_notebook, new_output


@pytest.fixture
def course(tmp_path):
    """A course of two notebooks. `course(text)` writes both with this text in their cell."""
    folder = tmp_path / "notebooks"
    folder.mkdir()

    def write(text):
        for name in ("00_a", "01_b"):
            cell = new_code_cell(text, id="cell", execution_count=1, outputs=[new_output("stream", text="an answer\n")])
            nbformat.write(new_notebook(cells=[cell]), folder / f"{name}.ipynb")

    write("one = 1")
    return write


@pytest.fixture
def learn(tmp_path):
    return tmp_path / "learn"


@pytest.fixture
def main(tmp_path, learn):
    return lambda **options: copies.main(learn=learn, notebooks=tmp_path / "notebooks", **options)


def text(learn, name="00_a"):
    return nbformat.read(learn / f"{name}.ipynb", as_version=4).cells[0].source


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_copy_has_the_same_cells_and_no_answer(path):
    copy = copies.cleared(read(path))
    nbformat.validate(copy)
    assert [(cell.id, cell.source, cell.metadata) for cell in copy.cells] == [
        (cell.id, cell.source, cell.metadata) for cell in read(path).cells
    ]
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in copy.cells)


def test_untouched_copies_are_renewed(course, main, learn):
    assert main() == [] and text(learn) == "one = 1"
    course("two = 2")
    assert main() == [] and text(learn) == "two = 2"


def test_what_was_written_stays_and_is_named(course, main, learn):
    main()
    (learn / "00_a.ipynb").write_text("my own words")
    assert main() == [], "without a newer notebook, nothing is printed"
    course("two = 2")
    (said,) = main()
    assert "00_a.ipynb contains your own work, so it stays" in said
    assert (learn / "00_a.ipynb").read_text() == "my own words"
    assert text(learn, "01_b") == "two = 2"


def test_reset_keeps_the_old_one(course, main, learn):
    main()
    for turn in (1, 2):
        (learn / "00_a.ipynb").write_text(f"my own words {turn}")
        (said,) = main(reset=True)
        assert f"learn/kept-{turn}" in said and "01_b" not in said
        assert (learn / f"kept-{turn}" / "00_a.ipynb").read_text() == f"my own words {turn}"
        assert text(learn) == "one = 1"
    assert main(reset=True) == []


@pytest.mark.parametrize("record", ["", "[]", "not json", None])
def test_without_a_record_nothing_is_overwritten(course, main, learn, record):
    main()
    (learn / "00_a.ipynb").write_text("my own words")
    (learn / copies.MADE).unlink() if record is None else (learn / copies.MADE).write_text(record)
    main()
    assert (learn / "00_a.ipynb").read_text() == "my own words"


def test_the_record_is_what_was_made(course, main, learn):
    main()
    made = json.loads((learn / copies.MADE).read_text())
    assert made == {name: [copies._digest(learn / name)] for name in ("00_a.ipynb", "01_b.ipynb")}


class Killed(BaseException):
    """The tests raise this error where a real process would end."""


@pytest.mark.parametrize("reset", [False, True])
def test_an_interruption_anywhere_is_repaired_by_the_next_run(course, main, learn, reset, monkeypatch):
    """In each round, a different write or move is interrupted. An interrupted write has written half of the text."""
    for at in range(40):
        for path in sorted(learn.rglob("*"), reverse=True) if learn.exists() else []:
            path.rmdir() if path.is_dir() else path.unlink()
        course("one = 1")
        main()
        if reset:
            (learn / "00_a.ipynb").write_text("my own words")
        course("two = 2")
        count = iter(range(100))
        with monkeypatch.context() as patched:
            write, rename = pathlib.Path.write_text, pathlib.Path.rename

            def half(path, text, at=at, count=count, write=write, **options):
                if learn in path.parents and next(count) == at:
                    write(path, text[: len(text) // 2], **options)
                    raise Killed
                return write(path, text, **options)

            def stop(path, target, at=at, count=count, rename=rename):
                if next(count) == at:
                    raise Killed
                return rename(path, target)

            patched.setattr(pathlib.Path, "write_text", half)
            patched.setattr(pathlib.Path, "rename", stop)
            try:
                main(reset=reset)
            except Killed:
                pass
            else:
                assert at > 3, "nothing was interrupted"
                return
        said = main(reset=reset)
        own = [path for path in learn.rglob("*.ipynb") if path.read_text() == "my own words"]
        assert len(own) == reset, "the learner's work exists exactly once"
        assert text(learn) == text(learn, "01_b") == "two = 2"
        assert all("Your own work is in learn/kept-" in line for line in said) and len(said) == reset, (at, said)
    pytest.fail("there is no end")


def test_an_identical_copy_without_a_record_is_untouched(course, main, learn):
    main()
    (learn / copies.MADE).unlink()
    course("one = 1")
    assert main() == []


def test_what_cannot_be_written_is_told_in_a_sentence(tmp_path):
    import shutil
    import subprocess
    import sys

    from helpers import ROOT

    (tmp_path / "tools").mkdir()
    for name in ("copies.py", "jupyter_settings.py"):
        shutil.copy(ROOT / "tools" / name, tmp_path / "tools")
    shutil.copytree(ROOT / "tools" / "jupyter", tmp_path / "tools" / "jupyter")
    (tmp_path / "learn").write_text("a file")
    done = subprocess.run([sys.executable, tmp_path / "tools" / "copies.py"], capture_output=True, text=True)
    assert done.returncode == 1 and done.stderr.startswith("The copies in learn/ could not be made: ")
    assert "Traceback" not in done.stderr
