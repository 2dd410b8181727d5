"""How long a learner waits for imports in a new process, and for each notebook from first cell to last."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bench.table import Table, duration, in_order, times

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
IMPORTS = ["torch", "tutorial_pkg", "tutorial_pkg.practice", "tutorial_pkg.draw, tutorial_pkg.explore"]


def imports(statements: Sequence[str], repeats: int) -> Table:
    """Median seconds of each import in new processes, and its ratio to the first. The imports take turns."""
    taken: dict[str, list[float]] = {what: [] for what in statements}
    for _ in range(repeats):
        for what in statements:
            code = f"import time; start = time.perf_counter(); import {what}; print(time.perf_counter() - start)"
            done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
            taken[what].append(float(done.stdout))
    medians = {what: statistics.median(each) for what, each in taken.items()}
    base = medians[statements[0]]
    rows = [[f"`import {what}`", duration(median), times(median / base)] for what, median in medians.items()]
    note = (
        f"Each time is the median of {repeats} new processes. The statements take turns. The system already has "
        "torch's files in its memory."
    )
    return Table("Imports", ["statement", "time", f"÷ `import {statements[0]}`"], rows, note)


def notebooks(paths: Sequence[Path]) -> Table:
    """Seconds to run each notebook once in a new kernel. The start of the kernel is included.

    Raises:
        nbclient.exceptions.CellExecutionError: a cell of a notebook raises.
    """
    import nbformat
    from nbclient import NotebookClient

    rows = []
    for path in paths:
        notebook = nbformat.read(path, as_version=4)
        start = time.perf_counter()
        client = NotebookClient(notebook, timeout=600, kernel_name="python3")
        client.resources = {"metadata": {"path": str(path.parent)}}
        client.execute()
        rows.append([path.stem, duration(time.perf_counter() - start)])
    note = (
        "Each notebook ran once, and its time includes the start of the kernel. The exercises are not answered, as "
        "when a learner opens the notebook."
    )
    return Table("Notebooks, top to bottom", ["notebook", "time"], rows, note)


def measure(small: bool = False) -> str:
    """This section's tables. To test the code, `small` imports something quick and does not run a notebook."""
    if small:
        return in_order([imports(["json", "tutorial_pkg"], 1), notebooks([])])
    return in_order([imports(IMPORTS, 5), notebooks(sorted(NOTEBOOKS.glob("*.ipynb")))])
