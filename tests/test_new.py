"""`make new-exercise` and `make new-notebook` write files that the tests accept, or say what is wrong with a name."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import new
import pytest
from helpers import ROOT


@pytest.fixture
def course(tmp_path):
    """A copy of the folders that the two commands write to. With the bytecode there, nothing is compiled again."""
    for folder in ("tutorial_pkg", "notebooks", "tests", "tools"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("cleared"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def run(course, *arguments):
    environment = os.environ | {"PYTHONPATH": str(course)}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=course, env=environment, capture_output=True, text=True)


TRY_EXERCISE = """
import sys
import pytest
status = pytest.main(["-q", "-p", "no:cacheprovider", "tests/test_practice.py", "-k", "my_doubles"])
sys.path.insert(0, "tools")
import nbformat, notebooks
book = nbformat.read(sys.argv[1], as_version=4)
notebooks.stamp_practice(book, "02_embedding_lookup")
nbformat.write(book, sys.argv[1])
sys.exit(status)
"""


def test_a_new_exercise_is_complete(course):
    """One process runs the exercise's tests and writes its two cells: its start takes most of the time."""
    new.new_exercise("my_doubles", "02_embedding_lookup", course)
    book = course / "notebooks" / "02_embedding_lookup.ipynb"
    done = run(course, "-c", TRY_EXERCISE, str(book))
    assert done.returncode == 0 and " passed" in done.stdout, done.stdout + done.stderr
    assert "def my_doubles(numbers): ..." in book.read_text(encoding="utf-8")


def test_a_new_notebook_can_be_run(course):
    name = f"{len(list((ROOT / 'notebooks').glob('*.ipynb'))):02}_my_topic"
    new.new_notebook_files(name, course)
    done = run(course, "tools/notebooks.py", name)
    assert done.returncode == 0 and "run and stored" in done.stdout, done.stderr[-2000:]
    text = (course / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8")
    assert "It is 4. Multiplying a list by 2 repeats its parts." in text


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (lambda root: new.new_exercise("my_lookup", "02_embedding_lookup", root), "there is an exercise 'my_lookup'"),
        (lambda root: new.new_exercise("My-Name", "02_embedding_lookup", root), "the name of a function"),
        (lambda root: new.new_exercise("my_name", "42_nothing", root), "there are 00_in_ten_minutes"),
        (lambda root: new.new_notebook_files("my_topic", root), "the next number"),
        (lambda root: new.new_notebook_files("02_again", root), "the next number"),
    ],
)
def test_a_name_that_cannot_be_used_is_refused(act, says):
    with pytest.raises(ValueError, match=says):
        act(ROOT)


@pytest.mark.parametrize("arguments", [[], ["exercise", "x"], ["exercise", "x", ""], ["notebook"], ["other"]])
def test_the_command_says_how_it_is_used(arguments, capsys):
    assert new.main(arguments) == 2
    assert "make new-" in capsys.readouterr().out
