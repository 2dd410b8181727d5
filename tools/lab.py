"""Make the learner's copies and start JupyterLab on the first one: `python tools/lab.py [options of JupyterLab]`.

With --no-browser, JupyterLab does not open a browser. It prints the address of the first notebook.
"""

from __future__ import annotations

import os
import socket
import sys

from copies import LEARN, ROOT, update

FIRST = "00_in_ten_minutes.ipynb"


def command(options: list[str]) -> list[str]:
    """The command that starts JupyterLab in the learner's folder and opens the first notebook."""
    start = [f"--ServerApp.root_dir={LEARN}", f"--LabApp.default_url=/lab/tree/{FIRST}"]
    root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return [sys.executable, "-m", "jupyterlab", *root, *start, *options]


def port_note(options: list[str]) -> str:
    """A sentence if another program uses the first port that JupyterLab tries, otherwise an empty text."""
    named = next((option.split("=")[1] for option in options if option.startswith("--port=")), "8888")
    with socket.socket() as listener:
        try:
            listener.bind(("127.0.0.1", int(named)))
        except (OSError, ValueError, OverflowError):
            return f"Another program uses port {named}, so JupyterLab takes a different port: see the address below."
    return ""


if __name__ == "__main__":
    arguments = sys.argv[1:]
    update()
    if note := port_note(arguments):
        print(note, flush=True)
    os.chdir(ROOT)
    os.execv(sys.executable, command(arguments))
