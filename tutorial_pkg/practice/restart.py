"""One line where a name is not known: after a restart, the cells above have not run."""

from __future__ import annotations

import types
from typing import Any

from IPython import get_ipython

from .feedback import show


def watch() -> None:
    """From now on, a `NameError` in a cell is followed by one line on what to run. Outside a notebook: nothing."""
    shell = get_ipython()
    if shell is not None and NameError not in shell.custom_exceptions:  # the learner's own handler stays
        shell.set_custom_exc((NameError, *shell.custom_exceptions), _explain)


def _explain(
    shell: Any, kind: type, error: NameError, trace: types.TracebackType, tb_offset: int | None = None
) -> None:
    shell.showtraceback((kind, error, trace), tb_offset=tb_offset)
    name = getattr(error, "name", None)
    if name and not isinstance(error, UnboundLocalError):
        show(
            "○",
            f"Does a cell above define `{name}`? Run what comes before this cell: Run > Run All Above Selected Cell.",
        )


def load_ipython_extension(shell: Any) -> None:
    """As `watch`, for a kernel whose configuration lists this module: then also before any cell has run."""
    watch()
