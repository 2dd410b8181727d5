"""Start JupyterLab on the learner's copy of the first notebook: `python tools/lab.py [options of JupyterLab]`.

With --no-browser, the address that is printed is that of the first notebook.
"""

from __future__ import annotations

import os
import socket
import sys

from copies import LEARN, ROOT

FIRST = "00_in_ten_minutes.ipynb"


def command(options: list[str]) -> list[str]:
    """The command line that starts JupyterLab in the learner's folder with the first notebook open."""
    start = [f"--ServerApp.root_dir={LEARN}", f"--LabApp.default_url=/lab/tree/{FIRST}"]
    root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return [sys.executable, "-m", "jupyterlab", *root, *start, *options]


def port_note(options: list[str]) -> str:
    """A sentence if the first port that JupyterLab tries is taken; an empty text if it is free."""
    named = next((option.split("=")[1] for option in options if option.startswith("--port=")), "8888")
    with socket.socket() as listener:
        try:
            listener.bind(("127.0.0.1", int(named)))
        except (OSError, ValueError, OverflowError):
            return f"Port {named} is taken by another program, so JupyterLab uses another one: see the address below."
    return ""


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if note := port_note(arguments):
        print(note, flush=True)
    os.chdir(ROOT)
    os.execv(sys.executable, command(arguments))
