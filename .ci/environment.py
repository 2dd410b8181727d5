"""Set up .venv with the exact versions of constraints.txt, then run its Python with the arguments given.

    python .ci/environment.py                           set up, if that is needed
    python .ci/environment.py -m jupyterlab notebooks   set up, then run the environment's Python
    python .ci/environment.py --this-python [...]       the same, and .venv must have the Python that runs this

Needs only Python itself. A set-up that is complete is recognised in a moment; one that was interrupted or damaged is
made anew (pip keeps its downloads, so that is quick). Nothing is written outside the project but pip's own cache.
"""

import csv
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "complete.json"  # written last: without it, the set-up was not finished
CONSTRAINTS = ROOT / ".ci" / "constraints.txt"
EXTRAS = "lab,dev"
OLDEST = (3, 11)
OFFLINE = ("connection", "resolve", "timed out", "timeout", "unreachable", "proxy", "ssl", "from versions: none")


def main(arguments):
    this_python = arguments[:1] == ["--this-python"]
    arguments = arguments[this_python:]
    if this_python and VENV.exists() and version_of(PYTHON) != sys.version_info[:2]:
        set_up(afresh=True)
    elif not files_complete() or version_of(PYTHON) is None:
        set_up(afresh=True)
    elif read_stamp()["wanted"] != wanted():
        set_up(afresh=False)
    if not arguments:
        print("The environment is ready: " + os.path.relpath(str(PYTHON)))
        return 0
    command = [str(PYTHON), *arguments]
    if os.name == "nt":
        return subprocess.call(command)
    sys.stdout.flush()
    os.execv(command[0], command)


def set_up(afresh):
    """Make .venv, or bring one that is complete up to date."""
    if sys.version_info < OLDEST:  # hence nothing in this file that an older Python cannot read
        stop(
            f"Python {sys.version.split()[0]} is too old: the course needs 3.11 or newer.",
            "If you have a newer one, name it: make PYTHON=python3.13 lab (or: python3.13 .ci/environment.py).",
        )
    STAMP.unlink(missing_ok=True)
    if afresh:
        print("Setting up .venv: some minutes the first time, most of them for torch's download ...", flush=True)
        shutil.rmtree(str(VENV), ignore_errors=True)
        if subprocess.call([sys.executable, "-m", "venv", "--clear", str(VENV)]):
            shutil.rmtree(str(VENV), ignore_errors=True)
            stop("Python could not make the folder .venv.", "On Debian or Ubuntu: sudo apt install python3-venv")
    else:
        print("Bringing .venv up to date ...", flush=True)
    # first, since the next line builds with it; and small, so that it soon shows whether there is a network
    pip("--quiet", "--retries", "1", "setuptools")
    pip("--no-build-isolation", "--editable", f"{ROOT}[{EXTRAS}]")
    record = {"wanted": wanted(), "root": str(ROOT), "packages": sorted(path.name for path in packages())}
    STAMP.write_text(json.dumps(record, indent=1), encoding="utf-8")


def pip(*arguments):
    """Run pip install; where it fails, say so in a few lines."""
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    command += ["--constraint", str(CONSTRAINTS), *arguments]
    # pip's progress goes to the terminal as it comes; only its errors are held back, to be made readable
    with subprocess.Popen(command, stderr=subprocess.PIPE, cwd=str(ROOT)) as process:
        said = process.stderr.read().decode("utf-8", "replace")
    if process.returncode == 0:
        return
    errors = [line for line in said.splitlines() if line.startswith("ERROR")] or said.splitlines()[-5:]
    offline = [line for line in said.splitlines() if any(word in line.lower() for word in OFFLINE)]
    if offline:
        stop(
            "The package index cannot be reached, so .venv is not complete.",
            "Check the network (behind a proxy, set HTTPS_PROXY), then give the same command again: what is already",
            "downloaded is kept. The course's packages must be fetched once; after that no network is needed.",
            "pip said: " + offline[0].split(">: ")[-1].split("')")[0].strip(),  # without urllib3's wrapping
        )
    stop("pip could not install the packages, so .venv is not complete. It said:", *errors)


def wanted():
    """A digest of what decides what is installed."""
    digest = hashlib.sha256(EXTRAS.encode())
    for path in (ROOT / "pyproject.toml", CONSTRAINTS):
        digest.update(path.read_text(encoding="utf-8").encode())  # read as text: line ends do not count
    return digest.hexdigest()


def read_stamp():
    try:
        return json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def packages():
    """The installed packages' metadata folders."""
    return [*VENV.glob("lib/python*/site-packages/*.dist-info"), *VENV.glob("Lib/site-packages/*.dist-info")]


def files_complete():
    """Whether the set-up was finished here, and every file that it installed is still there."""
    stamp = read_stamp()
    if stamp.get("root") != str(ROOT):  # the project was moved: the paths in .venv lead nowhere
        return False
    found = {path.name: path for path in packages()}
    for name in stamp["packages"]:
        try:
            with open(str(found[name] / "RECORD"), encoding="utf-8", newline="") as record:
                files = [row[0] for row in csv.reader(record)]
        except (KeyError, OSError):
            return False
        base = str(found[name].parent)
        if not all(os.path.exists(os.path.join(base, file)) for file in files if not file.endswith(".pyc")):
            return False
    return True


def version_of(python):
    """(major, minor) of an interpreter; None if it does not run."""
    code = "import sys, pip; print(*sys.version_info[:2])"
    try:
        out = subprocess.run([str(python), "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return tuple(int(part) for part in out.stdout.split())


def stop(*lines):
    print("\n" + "\n".join(lines), file=sys.stderr)
    sys.exit(1)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        stop("Interrupted. The same command goes on from here.")
