"""Settings that the course needs in JupyterLab and its kernels.

`python -m tutorial_pkg.jupyter_settings` writes them into the environment that runs it. `make lab` and
`tools/copies.py` do so, too. pip cannot do this for an editable install.
"""

from __future__ import annotations

import sys
from pathlib import Path

# Each file of tutorial_pkg/lab, and where Jupyter or IPython looks for it.
PLACES = {
    # gives pictures their descriptions for screen readers
    "entry.js": "share/jupyter/labextensions/picture-descriptions/entry.js",
    "package.json": "share/jupyter/labextensions/picture-descriptions/package.json",
    # saves the state of controls with a notebook, and asks nothing about Jupyter's news over the first cells
    "overrides.json": "share/jupyter/lab/settings/overrides.d/tutorial_pkg.json",
    # explains an unknown name, also where no cell has run since a restart
    "ipython_kernel_config.txt": "etc/ipython/ipython_kernel_config.py",
}


def install(prefix: str = sys.prefix) -> list[Path]:
    """Write the settings into an environment; returns the files that were not there or were different."""
    written = []
    for name, place in PLACES.items():
        text, path = (Path(__file__).parent / "lab" / name).read_text(encoding="utf-8"), Path(prefix) / place
        if not path.exists() or path.read_bytes() != text.encode():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            written.append(path)
    return written


if __name__ == "__main__":
    install()
