"""One line of help where a name is not known: after a restart, the cells above have not run.

`tutorial_pkg.practice` switches it on. Before any cell has run, only the kernel's own configuration can: the set-up
(tools/environment.py) writes `etc/ipython/ipython_kernel_config.py` in `.venv`, which lists this module as an
extension.
"""

from __future__ import annotations

import re
import types
from typing import Any

from IPython import get_ipython

from .feedback import show


def watch() -> None:
    """From now on, a `NameError` in a cell is followed by one line on what to run. Outside a notebook: nothing."""
    shell = get_ipython()
    if shell is not None and not shell.custom_exceptions:  # there is one handler: a learner's own one stays
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
    """As `watch`, for a kernel whose configuration lists this module: then also before any cell has run."""
    watch()
