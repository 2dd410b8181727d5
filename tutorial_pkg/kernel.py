"""The kernel as the course expects it, whatever a learner's own start-up files and variables say."""

from __future__ import annotations

import os
import sys

import numpy as np
import torch
from IPython import get_ipython

INLINE = "module://matplotlib_inline.backend_inline"  # where Jupyter draws
PRINTING = {
    "edgeitems": 3,
    "floatmode": "maxprec",
    "formatter": None,
    "infstr": "inf",
    "legacy": False,
    "linewidth": 75,
    "nanstr": "nan",
    "precision": 8,
    "sign": "-",
    "suppress": False,
    "threshold": 1000,
}  # NumPy's own


def default_device() -> torch.device:
    """Torch's default device; torch 2.6 knows of none once one was set and set back."""
    try:
        return torch.get_default_device()
    except AttributeError:
        return torch.device("cpu")


def check_session() -> None:
    """Set back, for this kernel only, what would make the cells print something else, or fail.

    Where there was such a setting, one line says which; otherwise nothing is printed. The set-up cell of every notebook
    calls this.
    """
    found = []
    if torch.get_default_dtype() != torch.float32:
        found.append(f"torch's default dtype {torch.get_default_dtype()}")
        torch.set_default_dtype(torch.float32)
    if default_device().type != "cpu":
        found.append(f"torch's default device {default_device()}")
        torch.set_default_device(None)
    if not torch.is_grad_enabled():
        found.append("gradients switched off")
        torch.set_grad_enabled(True)
    numbers = torch.arange(30) / 7, torch.arange(1001) / 7  # one breaks lines, the other is shortened
    before = repr(numbers)
    torch.set_printoptions(profile="default")
    if repr(numbers) != before:
        found.append("torch's print options")
    if any(np.get_printoptions()[name] != value for name, value in PRINTING.items()):
        found.append("NumPy's print options")
        np.set_printoptions(**PRINTING)
    shell = get_ipython()
    if shell and shell.ast_node_interactivity != "last_expr":
        found.append(f"ast_node_interactivity {shell.ast_node_interactivity!r}")
        shell.ast_node_interactivity = "last_expr"
    backend = os.environ.get("MPLBACKEND", INLINE)
    if backend != INLINE and "matplotlib" not in sys.modules:
        os.environ["MPLBACKEND"] = INLINE
        import matplotlib  # with a name that it does not know, this fails, and then does for good

        try:
            matplotlib.rcParams["backend"] = os.environ["MPLBACKEND"] = backend
        except ValueError:
            found.append(f"MPLBACKEND {backend!r}")
            os.environ["MPLBACKEND"] = INLINE
    if found and watched():
        print(
            f"Your own settings, which the course cannot work with, are set back in this notebook: {', '.join(found)}."
        )


def watched() -> bool:
    """Whether somebody is looking: a notebook that a program runs must print the same in every run.

    Such a program tells the kernel that nobody can be asked for input; JupyterLab and Colab tell it the opposite.
    """
    kernel = getattr(get_ipython(), "kernel", None)
    return sys.stderr.isatty() if kernel is None else getattr(kernel, "_allow_stdin", False)
