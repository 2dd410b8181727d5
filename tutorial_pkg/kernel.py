"""What the course expects of the kernel: its settings, how errors are shown, and whether a person runs the notebook."""

import gc
import importlib
import os
import sys
from collections.abc import Callable
from typing import Any

from IPython import get_ipython

INLINE = "module://matplotlib_inline.backend_inline"  # where Jupyter draws
# NumPy's defaults
PRINTING = {"edgeitems": 3, "floatmode": "maxprec", "formatter": None, "infstr": "inf", "legacy": False}
PRINTING |= {"linewidth": 75, "nanstr": "nan", "precision": 8, "sign": "-", "suppress": False, "threshold": 1000}


class PlainError(Exception):
    """An error whose message says what to do. A notebook shows this message without the lines of code around it."""

    def _render_traceback_(self) -> list[str]:  # IPython calls this
        return [f"{type(self).__name__}: {self}"]


def default_device() -> Any:
    """Torch's default device. In torch 2.6, this raises an error if a default device was set and then removed."""
    import torch

    try:
        return torch.get_default_device()
    except AttributeError:
        return torch.device("cpu")


def settings() -> dict[str, tuple[Callable[[], Any], Callable[[Any], Any], Any]]:
    """Settings that change what cells compute or print: how to read each one, how to set it, and its usual value."""
    import numpy as np
    import torch

    printing = vars(torch._tensor_str.PRINT_OPTS)  # torch has no public way to read them
    usual = {"precision": 4, "threshold": 1000, "edgeitems": 3, "linewidth": 80, "sci_mode": None}
    return {
        "torch's default dtype {}": (torch.get_default_dtype, torch.set_default_dtype, torch.float32),
        "torch's default device {}": (
            default_device,
            lambda device: torch.set_default_device(None if device.type == "cpu" else device),
            torch.device("cpu"),
        ),
        "gradients switched off": (torch.is_grad_enabled, torch.set_grad_enabled, True),
        "torch's print options": (printing.copy, printing.update, usual),
        "NumPy's print options": (
            lambda: {name: value for name, value in np.get_printoptions().items() if name in PRINTING},
            lambda options: np.set_printoptions(**options),
            PRINTING,
        ),
    }


def check_session() -> None:
    """Reset, for this kernel only, the settings that would make cells print something else, or fail.

    If a person runs the notebook, one line names the settings that were reset. Every set-up cell calls this.
    """
    found = []
    for name, (read, write, usual) in settings().items():
        if (value := read()) != usual:
            found.append(name.format(value))
            write(usual)
    if not gc.get_freeze_count():  # where no kernel has imported torch at its start, such as on Colab
        gc.freeze()
    shell = get_ipython()
    if shell and shell.ast_node_interactivity != "last_expr":
        found.append(f"ast_node_interactivity {shell.ast_node_interactivity!r}")
        shell.ast_node_interactivity = "last_expr"
    backend = os.environ.get("MPLBACKEND", INLINE)
    if backend != INLINE and "matplotlib" not in sys.modules:
        os.environ["MPLBACKEND"] = INLINE
        import matplotlib  # this import would fail if the variable had an unknown name

        try:
            matplotlib.rcParams["backend"] = os.environ["MPLBACKEND"] = backend
        except ValueError:
            found.append(f"MPLBACKEND {backend!r}")
            os.environ["MPLBACKEND"] = INLINE
    if found and watched():
        print(f"The course does not work with these settings, so this notebook resets them: {', '.join(found)}.")


def watched() -> bool:
    """Whether a person runs the notebook. If a program runs it, each run must print the same text.

    JupyterLab and Colab tell the kernel that it may ask for input. A program tells the kernel that it must not ask.
    """
    kernel = getattr(get_ipython(), "kernel", None)
    return sys.stderr.isatty() if kernel is None else getattr(kernel, "_allow_stdin", False)


def load_ipython_extension(shell: Any) -> None:
    """Import what the first cells need. A kernel calls this at its start, while the learner reads these cells."""
    gc.disable()  # nothing that is imported here becomes garbage, and each search for garbage would look through it
    try:
        # In a second thread, the import would make torch's profiler complain below a cell
        importlib.import_module("torch")
        if os.environ.get("MPLBACKEND") == INLINE:  # with an unknown name there, matplotlib's import would fail
            for name in ("ipywidgets", "tutorial_pkg.practice", "tutorial_pkg.explore"):
                importlib.import_module(name)
    finally:
        gc.freeze()  # from now on, no search looks through these objects
        gc.enable()
