"""Set up .venv with the exact versions of constraints.txt, then run its Python with the given arguments.

    python tools/environment.py                           set up .venv if it is not complete
    python tools/environment.py -m jupyterlab notebooks   the same, then run the environment's Python
    python tools/environment.py --this-python [...]       the same, and .venv must have the version of this Python

This program needs only Python. If the set-up is complete, the program takes less than a second. If the set-up was
interrupted or damaged, it is made again, with the packages that pip kept. The program uses your settings for the
package index, proxy and certificates. It ignores other settings of pip, because they could make pip install something
else, or in a different place. The program writes only into the project and into pip's cache, and it does not change a
.venv that it did not make.

Python 2.7 must be able to read this file, to say that it is too old. So the file does not use f-strings.
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
            "If you have a newer Python, name it: make PYTHON=python3.13 lab (or: python3.13 tools/environment.py).",
        )


if sys.version_info < (3, 6):  # an older Python cannot run the rest; Python 3.6 can start a .venv that is complete
    check_version()

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCK = VENV / "set-up.lock"  # the first file in .venv: it shows that this program made .venv
STAMP = VENV / "complete.json"  # the last file in .venv: without it, the set-up is not complete
CONSTRAINTS = ROOT / "tools" / "constraints.txt"
EXTRAS = "lab,dev"
OFFLINE = ("connection", "resolve", "timed out", "timeout", "unreachable", "proxy", "ssl", "from versions: none")
LOG = VENV / "set-up.log"
# JupyterLab with its extensions, and a kernel of the course. Each of the two is imported in its own process.
STARTS = (
    "jupyterlab.labapp, jupyter_lsp, notebook.app",
    "ipykernel.kernelapp, torch, tutorial_pkg.practice, tutorial_pkg.draw",
)
# The settings of pip that are used: they say where packages are, how to reach them, and where to keep them.
KEPT = "index-url extra-index-url no-index find-links proxy cert client-cert trusted-host keyring-provider".split()
KEPT += "cache-dir no-cache-dir timeout retries".split()


def main(arguments):
    this_python = arguments[:1] == ["--this-python"]
    arguments = arguments[this_python:]
    if to_do(this_python):
        check_version()
        try:
            with locked():
                set_up(to_do(this_python))  # the second check: another set-up may have just ended
        except OSError as error:
            stop(
                "The folder .venv could not be made or changed: {}".format(error),
                "You need permission to write into this folder, and free space on its disk. Also close",
                "programs that run from it, such as JupyterLab. Or copy the course to your own folder and start there.",
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
    """What the set-up has to do: "all", "update" or "" (nothing)."""
    version = files_complete() and version_of(PYTHON)
    if not version or (this_python and version != sys.version_info[:2]):
        return "all"
    return "" if read_stamp()["wanted"] == wanted() else "update"


def locked():
    """Lock .venv, so only this set-up may change it until the returned file is closed. Stop if .venv is not ours."""
    if os.pathsep in str(VENV):
        stop(
            "The course is in {}. Python cannot make an environment in a path with a {!r}.".format(ROOT, os.pathsep),
            "Rename that folder, then run the same command again.",
        )
    ours = LOCK.exists() or STAMP.exists() or (VENV.is_dir() and not os.listdir(str(VENV)))
    if VENV.is_symlink() or (VENV.exists() and not ours):
        kind = "a link" if VENV.is_symlink() else "a folder" if VENV.is_dir() else "a file"
        stop(
            "There is {} called .venv that was not made by this set-up, so it was left unchanged.".format(kind),
            "Rename or remove {}, then run the same command again.".format(VENV),
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
        except (BlockingIOError, PermissionError):  # another set-up has the lock
            if not said:
                print("Another set-up is running in this folder. Waiting for it ...", flush=True)
            said = True
            time.sleep(1)
        except OSError:  # this file system does not have locks
            return lock
        else:
            return lock


def set_up(what):
    """Make .venv ("all"), or bring a complete .venv up to date ("update")."""
    if not what:
        return
    STAMP.unlink(missing_ok=True)
    if what == "all":
        print("Setting up .venv. The first time takes some minutes, mostly to download torch ...", flush=True)
        for path in VENV.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(str(path))
            elif path != LOCK:
                path.unlink()
        # if this Python runs in an environment (perhaps in the .venv that is empty now), use the Python that made it
        code, said = run(sys._base_executable, "-I", "-m", "venv", str(VENV))
        if code:
            stop("Python could not make an environment in .venv. Its message was:", *said.splitlines())
    else:
        print("Bringing .venv up to date ...", flush=True)
    # The next line needs setuptools, to build the course's package. setuptools is small, so we notice early if there is
    # no network
    pip("--quiet", "--retries", "1", "setuptools", "pip")
    pip("--no-build-isolation", "--editable", ".[{}]".format(EXTRAS))
    if (ROOT / "tools" / "jupyter").is_dir():
        run(str(PYTHON), "-I", str(ROOT / "tools" / "jupyter_settings.py"))
    compile_what_starts()
    record = {"wanted": wanted(), "root": str(ROOT), "packages": sorted(path.name for path in packages())}
    STAMP.write_text(json.dumps(record, indent=1), encoding="utf-8")


def compile_what_starts():
    """Import what JupyterLab and a kernel import at their start. Python stores the compiled modules for the next start.

    pip would compile all installed modules. That takes five times as long, and most of them are never imported.
    """
    processes = [
        subprocess.Popen([str(PYTHON), "-I", "-c", "import " + modules], stderr=subprocess.DEVNULL, env=environ())
        for modules in STARTS
    ]
    for process in processes:
        process.wait()


def pip(*arguments):
    """Run pip install. Show its progress in one line, and write the rest into LOG. If pip fails, say why and stop."""
    command = [str(PYTHON), "-I", "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    command += ["--progress-bar", "off", "--no-compile", "--constraint", str(CONSTRAINTS)]
    command += arguments
    said = []
    with open(str(LOG), "a", encoding="utf-8") as log:
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=str(ROOT), env=pip_environ()
        ) as process:
            for line in process.stdout:
                said.append(line.decode("utf-8", "replace").rstrip())
                log.write(said[-1] + "\n")
                progress(said[-1].strip())
    progress("")
    if process.returncode == 0:
        return
    errors = [line for line in said if line.startswith("ERROR")] or said[-5:]
    errors.append("The whole output of pip is in {}.".format(os.path.relpath(str(LOG))))
    if shutil.disk_usage(str(VENV)).free < 10**6 or any("No space left" in line for line in said):
        stop("The disk is full, so .venv is not complete. Free some space (the course needs about 2 GB).", *errors)
    offline = [line for line in said if any(word in line.lower() for word in OFFLINE)]
    if offline:
        stop(
            "The package index cannot be reached, so .venv is not complete.",
            "Check the network (behind a proxy, set HTTPS_PROXY), then run the same command again. The packages are",
            "downloaded only once, and those that are already here are kept.",
            "pip's message was: " + offline[0].split(">: ")[-1].split("')")[0].strip(),  # without urllib3's wrapping
        )
    stop("pip could not install the packages, so .venv is not complete. Its message was:", *errors)


def progress(line):
    """Show in one line of the terminal what pip is doing. If the output is not a terminal, show nothing."""
    step = re.match("(Collecting|Downloading|Installing) [^ ]+( [(][^)]*[)])?", line)
    if sys.stdout.isatty() and (step or not line):
        text = step.group(0).split("://")[-1].split("/")[-1] if step else ""
        if step and not text.startswith(step.group(1)):
            text = step.group(1) + " " + text
        sys.stdout.write("\r" + text[:78].ljust(78) + "\r")
        sys.stdout.flush()


def environ():
    """The environment variables, without those that change where Python or pip finds or installs packages."""
    kept = ["PIP_CONFIG_FILE"] + ["PIP_" + key.upper().replace("-", "_") for key in KEPT]
    other = ("PIP_", "PYTHONHOME", "PYTHONPATH", "PYTHONSAFEPATH")
    return {name: value for name, value in os.environ.items() if name in kept or not name.startswith(other)}


def pip_environ():
    """The variables for pip. They also contain the settings of pip's files, because pip reads no file here."""
    code, said = run(str(PYTHON), "-I", "-m", "pip", "config", "list")
    if code:
        stop("pip cannot read its own settings, so .venv is not complete. Its message was:", *said.splitlines()[-5:])
    variables = dict(environ(), PIP_CONFIG_FILE=os.devnull)
    for section in ("global", "install", ":env:"):  # a later section overrides an earlier section
        for key in KEPT:
            for value in re.findall("^{}[.]{}=('.+')$".format(section, key), said, re.M):
                variables["PIP_" + key.upper().replace("-", "_")] = ast.literal_eval(value)
    return variables


def run(*command):
    """Run a command. Returns its exit status and its output."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=str(ROOT), env=environ())
    return done.returncode, done.stdout.decode("utf-8", "replace")


def wanted():
    """A digest of the files that decide what is installed."""
    digest = hashlib.sha256(EXTRAS.encode())
    for path in [ROOT / "pyproject.toml", CONSTRAINTS] + sorted((ROOT / "tools" / "jupyter").glob("*")):
        digest.update(
            path.read_text(encoding="utf-8").encode()
        )  # as text, so that different line endings make no difference
    return digest.hexdigest()


def read_stamp():
    try:
        return json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def packages():
    """The metadata folders of the installed packages."""
    return list(VENV.glob("lib/python*/site-packages/*.dist-info")) + list(VENV.glob("Lib/site-packages/*.dist-info"))


def files_complete():
    """Whether the set-up is complete, and all files that it installed still exist."""
    stamp = read_stamp()
    if stamp.get("root") != str(ROOT):  # the project was moved, so the paths in .venv are wrong
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
    """The version of an interpreter as (major, minor), or None if it does not run."""
    try:
        code, said = run(str(python), "-I", "-c", "import sys, pip; print(*sys.version_info[:2])")
    except OSError:
        return None
    return None if code else tuple(map(int, said.split()))


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        stop("Interrupted. Run the same command again to continue.")
