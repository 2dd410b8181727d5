"""Set up .venv with the exact versions of constraints.txt, then run its Python with the arguments given.

    python tools/environment.py                           set up, if that is needed
    python tools/environment.py -m jupyterlab notebooks   set up, then run the environment's Python
    python tools/environment.py --this-python [...]       the same, and .venv must have the Python that runs this

Needs only Python itself. A set-up that is complete is recognised in a moment; one that was interrupted or damaged is
made anew (pip keeps its downloads, so that is quick). Your settings for the package index, proxy and certificates
count; those by which pip would install something else, or elsewhere, do not. Nothing is written outside the project
but pip's own cache, and a .venv that was not made here is left alone.

Python 2.7 must be able to read this file, to say that it is too old: hence no f-strings.
"""

from __future__ import print_function

import ast
import csv
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time

OLDEST = (3, 11)


def stop(*lines):
    print("\n" + "\n".join(lines), file=sys.stderr)
    sys.exit(1)


def check_version():
    if sys.version_info < OLDEST:
        stop(
            "Python {} is too old: the course needs 3.11 or newer.".format(".".join(map(str, sys.version_info[:3]))),
            "If you have a newer one, name it: make PYTHON=python3.13 lab (or: python3.13 tools/environment.py).",
        )


if sys.version_info < (3, 6):  # cannot run what follows; one that can may start a .venv that is complete
    check_version()

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCK = VENV / "set-up.lock"  # written first: it shows that .venv was made here
STAMP = VENV / "complete.json"  # written last: without it, the set-up was not finished
CONSTRAINTS = ROOT / "tools" / "constraints.txt"
EXTRAS = "lab,dev"
OFFLINE = ("connection", "resolve", "timed out", "timeout", "unreachable", "proxy", "ssl", "from versions: none")
# Settings of this environment's own. Kernels answer an unknown name with one line, also where no cell has run since a
# restart (appended, since a profile of one's own may list extensions too). Lab saves a control's state with the
# notebook; or one that is opened again without its kernel has "Error displaying widget" in its place. And it asks
# nobody about Jupyter's news: the question would lie over the first cells.
SETTINGS = {
    "etc/ipython/ipython_kernel_config.py": 'c.InteractiveShellApp.extensions.append("tutorial_pkg.name_errors")\n',
    "share/jupyter/lab/settings/overrides.json": """{
  "@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": true},
  "@jupyterlab/apputils-extension:notification": {"fetchNews": "false"}
}
""",
}
# A small extension of Lab: it gives pictures their descriptions, for those who do not see them.
for file in (ROOT / "tools" / "picture-descriptions").glob("*"):
    SETTINGS["share/jupyter/labextensions/picture-descriptions/" + file.name] = file.read_text(encoding="utf-8")
# What pip may take from its files and variables: where packages are, and how they are reached and kept.
KEPT = "index-url extra-index-url no-index find-links proxy cert client-cert trusted-host keyring-provider".split()
KEPT += "cache-dir no-cache-dir timeout retries".split()


def main(arguments):
    this_python = arguments[:1] == ["--this-python"]
    arguments = arguments[this_python:]
    if to_do(this_python):
        check_version()
        try:
            with locked():
                set_up(to_do(this_python))  # asked again: another set-up may just have done it
        except OSError as error:
            stop(
                "The folder .venv could not be made or changed: {}".format(error),
                "It must be yours to write to, on a disk with space left, and nothing may be running from it (such as",
                "JupyterLab). Where that cannot be, copy the course to a folder of your own and start there.",
            )
    if not arguments:
        print("The environment is ready: " + os.path.relpath(str(PYTHON)))
        return 0
    command = [str(PYTHON)] + arguments
    if os.name == "nt":
        return subprocess.call(command, env=environ())
    sys.stdout.flush()
    os.execve(command[0], command, environ())


def to_do(this_python):
    """What is needed: "all", an "update", or nothing ("")."""
    version = files_complete() and version_of(PYTHON)
    if not version or (this_python and version != sys.version_info[:2]):
        return "all"
    return "" if read_stamp()["wanted"] == wanted() and settings_are_there() else "update"


def locked():
    """A file that is open as long as this set-up alone may change .venv; stops where .venv is not ours to change."""
    if os.pathsep in str(VENV):
        stop(
            "The course lies in {}, and Python makes no environment in a path with a {!r}.".format(ROOT, os.pathsep),
            "Rename that folder, then give the same command again.",
        )
    ours = LOCK.exists() or STAMP.exists() or (VENV.is_dir() and not os.listdir(str(VENV)))
    if VENV.is_symlink() or (VENV.exists() and not ours):
        kind = "a link" if VENV.is_symlink() else "a folder" if VENV.is_dir() else "a file"
        stop(
            "There is {} called .venv that was not made by this set-up, so it was left as it is.".format(kind),
            "Rename or remove {}, then give the same command again.".format(VENV),
        )
    VENV.mkdir(exist_ok=True)
    lock, said = open(str(LOCK), "a"), False
    while True:
        try:
            if os.name == "nt":
                import msvcrt

                msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):  # what the two systems raise where another holds it
            if not said:
                print("Another set-up is at work in this folder: waiting for it ...", flush=True)
            said = True
            time.sleep(1)
        except OSError:  # a file system without locks
            return lock
        else:
            return lock


def set_up(what):
    """Make .venv ("all"), or bring one that is complete up to date ("update")."""
    if not what:
        return
    STAMP.unlink(missing_ok=True)
    if what == "all":
        print("Setting up .venv: some minutes the first time, most of them for torch's download ...", flush=True)
        for path in VENV.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(str(path))
            elif path != LOCK:
                path.unlink()
        # the Python behind an environment, if this one runs in one: it may be the very .venv that was just emptied
        code, said = run(sys._base_executable, "-I", "-m", "venv", str(VENV))
        if code:
            stop("Python could not make an environment in .venv. It said:", *said.splitlines())
    else:
        print("Bringing .venv up to date ...", flush=True)
    # first, since the next line builds with it; and small, so that it soon shows whether there is a network
    pip("--quiet", "--retries", "1", "setuptools", "pip")
    pip("--no-build-isolation", "--editable", ".[{}]".format(EXTRAS))
    for name, text in SETTINGS.items():
        (VENV / name).parent.mkdir(parents=True, exist_ok=True)
        (VENV / name).write_text(text, encoding="utf-8")
    record = {"wanted": wanted(), "root": str(ROOT), "packages": sorted(path.name for path in packages())}
    STAMP.write_text(json.dumps(record, indent=1), encoding="utf-8")


def pip(*arguments):
    """Run pip install; where it fails, say so in a few lines."""
    command = [str(PYTHON), "-I", "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    command += ["--constraint", str(CONSTRAINTS)]
    command += arguments
    # pip's progress goes to the terminal as it comes; only its errors are held back, to be made readable
    with subprocess.Popen(command, stderr=subprocess.PIPE, cwd=str(ROOT), env=pip_environ()) as process:
        said = process.stderr.read().decode("utf-8", "replace")
    if process.returncode == 0:
        return
    errors = [line for line in said.splitlines() if line.startswith("ERROR")] or said.splitlines()[-5:]
    offline = [line for line in said.splitlines() if any(word in line.lower() for word in OFFLINE)]
    if offline and "No space left" not in said:
        stop(
            "The package index cannot be reached, so .venv is not complete.",
            "Check the network (behind a proxy, set HTTPS_PROXY), then give the same command again: what is already",
            "downloaded is kept. The course's packages must be fetched once; after that no network is needed.",
            "pip said: " + offline[0].split(">: ")[-1].split("')")[0].strip(),  # without urllib3's wrapping
        )
    stop("pip could not install the packages, so .venv is not complete. It said:", *errors)


def environ():
    """The environment variables, without those that would lead Python or pip elsewhere."""
    kept = ["PIP_CONFIG_FILE"] + ["PIP_" + key.upper().replace("-", "_") for key in KEPT]
    other = ("PIP_", "PYTHONHOME", "PYTHONPATH", "PYTHONSAFEPATH")
    return {name: value for name, value in os.environ.items() if name in kept or not name.startswith(other)}


def pip_environ():
    """The same for pip alone: the settings that count are taken from its files too, and then no file is read."""
    code, said = run(str(PYTHON), "-I", "-m", "pip", "config", "list")
    if code:
        stop("pip cannot read its own settings, so .venv is not complete. It said:", *said.splitlines()[-5:])
    variables = dict(environ(), PIP_CONFIG_FILE=os.devnull)
    for section in ("global", "install", ":env:"):  # the later ones count more
        for key in KEPT:
            for value in re.findall("^{}[.]{}=('.+')$".format(section, key), said, re.M):
                variables["PIP_" + key.upper().replace("-", "_")] = ast.literal_eval(value)
    return variables


def run(*command):
    """Exit status and everything said."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=str(ROOT), env=environ())
    return done.returncode, done.stdout.decode("utf-8", "replace")


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
    return list(VENV.glob("lib/python*/site-packages/*.dist-info")) + list(VENV.glob("Lib/site-packages/*.dist-info"))


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


def settings_are_there():
    try:
        return all((VENV / name).read_text(encoding="utf-8") == text for name, text in SETTINGS.items())
    except (OSError, ValueError):
        return False


def version_of(python):
    """(major, minor) of an interpreter; None if it does not run."""
    try:
        code, said = run(str(python), "-I", "-c", "import sys, pip; print(*sys.version_info[:2])")
    except OSError:
        return None
    return None if code else tuple(map(int, said.split()))


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        stop("Interrupted. The same command goes on from here.")
