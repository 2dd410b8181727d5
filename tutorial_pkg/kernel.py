"""What the course expects of the kernel: its settings, how errors are shown, and whether a person runs the notebook."""

from __future__ import annotations

import importlib
import os
import sys
from typing import TYPE_CHECKING, Any

from IPython import get_ipython

if TYPE_CHECKING:
    import torch

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
}  # NumPy's defaults


class PlainError(Exception):
    """An error whose message says what to do. A notebook shows this message without the lines of code around it."""

    def _render_traceback_(self) -> list[str]:  # IPython asks for it
        return [f"{type(self).__name__}: {self}"]


def default_device() -> torch.device:
    """Torch's default device. In torch 2.6, this raises an error if a default device was set and then removed."""
    import torch

    try:
        return torch.get_default_device()
    except AttributeError:
        return torch.device("cpu")


def check_session() -> None:
    """Reset, for this kernel only, the settings that would make cells print something else, or fail.

    If somebody is watching, one line names the settings that were reset. The set-up cell of every notebook calls this.
    """
    import numpy as np
    import torch

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
    numbers = torch.arange(30) / 7, torch.arange(1001) / 7  # torch breaks the first and shortens the second
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
        import matplotlib  # with an unknown name in this variable, the import would fail

        try:
            matplotlib.rcParams["backend"] = os.environ["MPLBACKEND"] = backend
        except ValueError:
            found.append(f"MPLBACKEND {backend!r}")
            os.environ["MPLBACKEND"] = INLINE
    if found and watched():
        print(
            f"The course does not work with these settings of yours, so this notebook resets them: {', '.join(found)}."
        )


def watched() -> bool:
    """Whether a person runs the notebook. If a program runs it, each run must print the same text.

    JupyterLab and Colab tell the kernel that it may ask for input. A program tells the kernel that it may not.
    """
    kernel = getattr(get_ipython(), "kernel", None)
    return sys.stderr.isatty() if kernel is None else getattr(kernel, "_allow_stdin", False)


def load_ipython_extension(shell: Any) -> None:
    """Import torch. A kernel calls this at its start, while the learner reads the first cells.

    In a second thread, the import would make torch's profiler complain below a cell.
    """
    importlib.import_module("torch")
