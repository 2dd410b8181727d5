"""One line of help after a NameError: after a restart, the cells above have not run.

`tutorial_pkg.practice` switches this on. Before the first cell runs, only the kernel's configuration can do that. It
lists this module as an extension (see `jupyter_settings`).
"""

import re
import types
from typing import Any

from IPython import get_ipython

from .feedback import show


def watch() -> None:
    """From now on, after a `NameError` in a cell, show one line that says what to run. Only in a notebook."""
    shell = get_ipython()
    if shell is not None and not shell.custom_exceptions:  # do not replace a learner's handler
        shell.set_custom_exc((NameError,), _explain)


def _explain(
    shell: Any, kind: type, error: NameError, trace: types.TracebackType, tb_offset: int | None = None
) -> None:
    shell.showtraceback((kind, error, trace), tb_offset=tb_offset)
    name = getattr(error, "name", None)
    if not name or isinstance(error, UnboundLocalError):
        return
    cell = str(shell.user_ns.get("In", [""])[-1])
    if re.search(rf"\b(predict|answer)\([^)]*,\s*{re.escape(name)}\s*\)", cell):
        show("○", f'An answer needs quotes: write "{name}" in place of {name}.')
    else:
        show("○", f"Does a cell above define `{name}`? Run the cells above: Run > Run All Above Selected Cell.")


def load_ipython_extension(shell: Any) -> None:
    """Call `watch` before the first cell runs, in a kernel whose configuration lists this module."""
    watch()
