"""The whole matrix of notebook 08: every way, optimiser, number of processes and size against the uncut table.

`pytest -s tests/robustness/test_split_tables.py` prints it as a table. It takes minutes; `make test-all` runs it.
"""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from test_08_past_one_machine import fault, functions, launch

from tutorial_pkg import processes

WAYS = ("rows_by_hand", "rows_by_pytorch", "columns_by_hand", "columns_by_pytorch")
SIZES = [(6, 3, 6), (7, 4, 9), (1001, 16, 256), (10_000, 64, 1024)]


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    return functions(tmp_path_factory.mktemp("functions"))


@pytest.mark.parametrize("processes", [1, 2, 4])
def test_every_way_equals_the_uncut_table(here, processes):
    # PyTorch's RowwiseParallel deals 6 rows to 4 processes as 2, 2, 2, 0, and fails in the one that has none.
    sizes = [size for size in SIZES if (size[0], processes) != (6, 4)]
    found = launch(here, "rows_and_losses", processes=processes, seconds=300, sizes=sizes)
    print(f"\n{processes} processes")
    for name in found[0]["ways"]:
        results = [result["ways"][name] for result in found]
        equal = {what: all(result[what] for result in results) for what in ("rows", "gradient", "weights")}
        held, sent = (max(result[what] or 0 for result in results) for what in ("held", "sent"))
        print(f"   {name:34} {equal}  held {held:10,}  sent {sent:9,}")
        assert all(equal.values()), name
    assert len(found[0]["ways"]) == len(WAYS) * len(sizes) * 2
    for size, close in found[0]["losses"].items():
        print(f"   output layer and loss {size:12} equal up to rounding: {close}")
    assert all(all(result["losses"].values()) for result in found)


def test_by_hand_some_processes_may_have_nothing(here):
    """3 × 2 over 4 processes: not a row for one of them, or not a column for two."""
    found = launch(here, "by_hand", processes=4, sizes=[(3, 2, 5), (6, 3, 6)])
    for name in found[0]:
        for result in found:
            assert all(result[name][what] for what in ("rows", "gradient", "weights")), name


def test_pytorchs_rows_need_a_row_for_each_process(here):
    """As the notebook says of RowwiseParallel. If this fails, PyTorch has learned it, and the text is old."""
    with pytest.raises(processes.SplitError, match="process 3: RuntimeError: index_select"):
        launch(here, "more_processes_than_rows", processes=4, V=6, d=3, N=6)


@pytest.mark.parametrize("at", ["writing", "listing", "naming"])
def test_a_write_cut_off_anywhere(here, tmp_path, at):
    """While the parts are written, before the list of them is, and before the whole gets its name."""
    assert "killed by SIGKILL" in fault(here, "save_and_die", tmp_path, within=120, at=at)
    assert [row[0] for row in launch(here, "read_and_save", processes=3, folder=str(tmp_path))] == [1, 1, 1]


@pytest.mark.skipif(find_spec("torchrec") is None, reason="no torchrec here; notebook 08 says how to install it")
def test_the_same_table_through_torchrec():
    script = Path(__file__).with_name("torchrec_table.py")
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2", str(script)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=300)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("equal to the uncut table: True") == 2
