"""Publishing: the cells of each notebook fit the address of the course. `make unpublish` undoes all changes."""

from __future__ import annotations

import builtins
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import copies
import nbformat
import pytest
from helpers import NOTEBOOKS, ROOT, read, source

_spec = importlib.util.spec_from_file_location("run_notebooks", ROOT / "tools" / "notebooks.py")
runner = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(runner)
FILES = ("README.md", "pyproject.toml")
TWO = (NOTEBOOKS[0], NOTEBOOKS[-1])


@pytest.fixture
def publisher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """publish.py as a module that writes to a copy of the course: README.md, pyproject.toml and two notebooks."""
    monkeypatch.syspath_prepend(ROOT / "tools")
    spec = importlib.util.spec_from_file_location("publish", ROOT / "tools" / "publish.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (tmp_path / "notebooks").mkdir()
    for path in TWO:
        shutil.copy(path, tmp_path / "notebooks")
    for name in FILES:
        shutil.copy(ROOT / name, tmp_path)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "FOLDER", tmp_path / "notebooks")
    return module


def contents(tree: Path) -> dict[str, bytes]:
    return {path.relative_to(tree).as_posix(): path.read_bytes() for path in tree.rglob("*") if path.is_file()}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_in_step(path: Path) -> None:
    changed = runner.stamp_published(read(path), path.stem, *runner.published())
    assert changed == [], f"{path.name}: run make publish (or make notebooks), which writes these cells again"


def test_everything_is_in_step(publisher, tmp_path: Path) -> None:
    for path in NOTEBOOKS:
        shutil.copy(path, tmp_path / "notebooks")
    before = contents(tmp_path)
    publisher.stamp(*runner.published())
    assert [name for name, data in contents(tmp_path).items() if data != before[name]] == []


def test_published_twice_and_back(publisher, tmp_path: Path) -> None:
    publisher.stamp("")
    initial = contents(tmp_path)
    publisher.stamp("Some-one/token.course", "feature/v1.0")
    first = contents(tmp_path)
    publisher.stamp("Some-one/token.course", "feature/v1.0")
    assert contents(tmp_path) == first
    names = {name for name in initial if name.endswith(".ipynb")}
    cleared = {Path(name).name: first[name].decode() for name in first.keys() - initial.keys()}
    assert cleared == copies.copies(tmp_path / "notebooks") and len(cleared) == len(names)
    assert {name for name in names | {*FILES} if first[name] == initial[name]} == set()
    readme = first["README.md"].decode()
    assert "(https://some-one.github.io/token.course/)" in readme
    assert (
        "(https://mybinder.org/v2/gh/Some-one/token.course/feature%2Fv1.0?urlpath=lab/tree/notebooks/cleared)" in readme
    )
    for name in names:
        before, after = (nbformat.reads(files[name], as_version=4) for files in (initial, first))
        cells = {cell.id: cell for cell in after.cells}
        address = f"github/Some-one/token.course/blob/feature/v1.0/notebooks/cleared/{Path(name).name}"
        assert f"(https://colab.research.google.com/{address})" in cells["title"].source
        assert f"(https://colab.research.google.com/{address})" in readme
        assert f"?src=https://github.com/{address.removeprefix('github/')})" in readme  # Kaggle
        assert "--no-deps" in cells["setup"].source
        assert "git+https://github.com/Some-one/token.course@feature/v1.0" in cells["setup"].source
        assert len(cells["setup"].source.splitlines()) <= 10
        for old, new in zip(before.cells, after.cells, strict=True):
            assert old.get("outputs") == new.get("outputs")
            assert old.get("execution_count") == new.get("execution_count")
    publisher.stamp("other/place")
    assert b"Some-one" not in b"".join(contents(tmp_path).values())
    publisher.stamp("")
    assert contents(tmp_path) == initial


def test_a_copy_of_a_notebook_that_is_gone_goes_too(publisher, tmp_path: Path) -> None:
    publisher.stamp("owner/name")
    (tmp_path / "notebooks" / TWO[1].name).unlink()
    publisher.stamp("owner/name")
    assert contents(tmp_path / "notebooks" / "cleared").keys() == {TWO[0].name}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda file: None, False),
        (lambda file: file.unlink(), True),
        (lambda file: file.write_text("older"), True),
        (lambda file: file.with_name("of_no_notebook.ipynb").write_text("{}"), True),
    ],
    ids=["in step", "missing", "stale", "left over"],
)
def test_a_stale_copy_is_noticed(publisher, tmp_path, monkeypatch, capsys, change, found) -> None:
    """`tools/notebooks.py --check` only reports the copy. Without `--check`, it writes the copy again."""
    monkeypatch.setattr(runner, "FOLDER", tmp_path / "notebooks")
    monkeypatch.setattr(runner, "published", lambda: ("owner/name", "main"))
    monkeypatch.setattr(runner, "execute", lambda notebook: None)
    publisher.stamp("owner/name")
    first = tmp_path / "notebooks" / "cleared" / TWO[0].name
    fresh = contents(tmp_path)
    change(first)
    before = contents(tmp_path)
    assert runner.main(["--check"]) == found
    assert contents(tmp_path) == before and found == ("cleared/" in capsys.readouterr().out)
    assert runner.main([]) == 0 and contents(tmp_path) == fresh


@pytest.mark.parametrize(
    "arguments",
    [
        ("owner",),
        ("owner/",),
        ("/name",),
        ("owner/name/more",),
        ("https://github.com/owner/name",),
        ("owner/name.git",),
        ("-owner/name",),
        ("own--er/name",),
        ("owner/..",),
        ("owner/na me",),
        ('owner/na"me',),
        ("owner/name", "../main"),
        ("owner/name", "-main"),
        ("owner/name", "ma in"),
        ("owner/name", "a..b"),
        ("owner/name", "main/"),
        ("owner/name", "main.lock"),
        ("owner/name", 'main"'),
    ],
)
def test_bad_input_is_refused(publisher, arguments: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="REF is" if len(arguments) > 1 else "REPO is") as caught:
        publisher.stamp(*arguments)
    assert repr(arguments[-1]) in str(caught.value)


@pytest.mark.parametrize(
    ("name", "line"), [("README.md", "<!-- published:end -->"), ("pyproject.toml", "[tool.course]")]
)
def test_file_without_its_place_is_named_and_nothing_changes(publisher, tmp_path: Path, name: str, line: str) -> None:
    text = (tmp_path / name).read_text(encoding="utf-8")
    (tmp_path / name).write_text(text.replace(line, ""), encoding="utf-8")
    before = contents(tmp_path)
    with pytest.raises(ValueError, match=f"{name}: expected .* once, got it 0 times"):
        publisher.stamp("owner/name")
    assert contents(tmp_path) == before


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A copy of what `make publish` reads and writes, with one notebook."""
    for name in ("tools", "tutorial_pkg"):
        shutil.copytree(ROOT / name, tmp_path / name)  # with the bytecode, so nothing is compiled again
    for name in ("Makefile", *FILES):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "notebooks").mkdir()
    shutil.copy(NOTEBOOKS[0], tmp_path / "notebooks")
    return tmp_path


def make(course: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run make without its set-up of .venv."""
    if not shutil.which("make"):
        pytest.skip("there is no make here")
    # `make test` sets variables for every make that it starts. They are removed here.
    settings = {name: value for name, value in os.environ.items() if not re.match("REPO$|REF$|MAKE|MFLAGS", name)}
    return subprocess.run(
        ["make", f"IN_VENV='{sys.executable}'", *arguments],
        cwd=course,
        env=settings | {"PYTHONDONTWRITEBYTECODE": "1"} | environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )


HOSTILE = [
    'a/b";touch x;"',
    "a/b';touch x;'",
    "a/b;touch x",
    "a/b&touch x",
    "a/b|touch x",
    "a/b\ntouch x",
    "a/b`touch x`",
    "a/b$(touch x)",
    "a/b$$(touch x)",
    "a/b$(shell touch x)",
    "$(shell touch x)",
    "$(eval $(shell touch x))",
    "a/b#",
    "--nowhere",
]


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("by", ["argument", "environment"])
def test_make_hands_on_what_was_given_and_runs_none_of_it(tmp_path, value, by) -> None:
    """Here, another publish.py prints the arguments that it gets."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "tools").mkdir()
    code = "import os\nprint(ascii([os.environ['REPO'], os.environ['REF']]))"
    (tmp_path / "tools" / "publish.py").write_text(code)
    before = contents(tmp_path)
    given = {"REPO": value, "REF": value}
    arguments = [f"{key}={value}" for key, value in given.items()] if by == "argument" else []
    done = make(tmp_path, "publish", *arguments, **(given if by == "environment" else {}))
    assert contents(tmp_path) == before, "something was written"
    assert done.stdout == ascii([value, value]) + "\n"


@pytest.mark.parametrize("name", ["REPO", "REF"])
@pytest.mark.parametrize("value", HOSTILE)
def test_what_is_hostile_is_refused(publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name, value) -> None:
    before = contents(tmp_path)
    for key, text in ({"REPO": "owner/name", "REF": ""} | {name: value}).items():
        monkeypatch.setenv(key, text)
    with pytest.raises(ValueError, match=f"^{name} is .*; expected a") as caught:
        publisher.main([])
    assert repr(value) in str(caught.value) and contents(tmp_path) == before


def test_make_publish_and_back(course) -> None:
    before = contents(course)
    assert make(course, "publish", "REPO=owner/name", "REF=v1.0").stdout == "Stamped for owner/name at v1.0.\n"
    published = contents(course)
    changed = {name for name in published if published[name] != before.get(name)}
    assert changed == {*FILES, f"notebooks/{NOTEBOOKS[0].name}", f"notebooks/cleared/{NOTEBOOKS[0].name}"}
    done = make(course, "publish")  # without a name, nothing is changed
    assert done.returncode == 2 and done.stderr.startswith(
        "Nothing was changed. Say where to publish: make publish REPO="
    )
    assert "make unpublish" in done.stderr
    assert contents(course) == published
    assert make(course, "unpublish").returncode == 0
    assert contents(course) == before


def test_setup_cell_without_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ModuleNotFoundError, match="make lab"):
        exec(runner.SETUP, {})


@pytest.mark.parametrize("arrives", [True, False])
def test_published_setup_cell_looks_again(monkeypatch: pytest.MonkeyPatch, arrives: bool) -> None:
    here = []
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: name if here else None)
    monkeypatch.setattr(builtins, "pip", lambda: here.append(arrives) if arrives else None, raising=False)
    cell = runner.SETUP_PUBLISHED.format(requirement="tutorial-pkg @ git+https://github.com/owner/name@main")
    lines = ["    pip()" if line.strip().startswith("%pip") else line for line in cell.splitlines()]
    assert lines != cell.splitlines()
    if arrives:
        exec("\n".join(lines), {})
    else:
        with pytest.raises(ModuleNotFoundError, match="could not be installed"):
            exec("\n".join(lines), {})


def test_nothing_is_installed_where_nothing_is_published() -> None:
    if runner.published()[0]:
        pytest.skip("the course is published")
    for path in NOTEBOOKS:
        assert "%pip" not in source(path.stem, "setup") and "colab" not in source(path.stem, "title")
