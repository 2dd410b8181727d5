"""Settings that the course needs in JupyterLab and its kernels.

`python tools/jupyter_settings.py` writes the settings into the environment that runs it, and so does `make lab`.
pip cannot write them, because the package is installed in place (as an editable install).
"""

import sys
from pathlib import Path

# Each file of tools/jupyter, and the place where Jupyter or IPython looks for it.
PLACES = {
    # gives pictures their descriptions for screen readers
    "entry.js": "share/jupyter/labextensions/picture-descriptions/entry.js",
    "package.json": "share/jupyter/labextensions/picture-descriptions/package.json",
    # saves the state of controls with a notebook, and stops JupyterLab's question about its news
    "overrides.json": "share/jupyter/lab/settings/overrides.d/tutorial_pkg.json",
    # explains an unknown name, even before the first cell runs, and imports what the first cells need
    "ipython_kernel_config.txt": "etc/ipython/ipython_kernel_config.py",
}


def install(prefix: str = sys.prefix) -> list[Path]:
    """Write the settings into an environment. Returns the files that were missing or different."""
    written = []
    for name, place in PLACES.items():
        text, path = (Path(__file__).parent / "jupyter" / name).read_text(encoding="utf-8"), Path(prefix) / place
        if not path.exists() or path.read_bytes() != text.encode():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            written.append(path)
    return written


if __name__ == "__main__":
    install()
