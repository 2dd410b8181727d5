"""All combinations for notebook 08: every way, optimiser, number of processes and size, compared with the whole table.

`pytest -s tests/robustness/test_split_tables.py` prints them as a table. They take minutes; `make test-all` runs them.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from test_08_past_one_machine import all_ended, fault, functions, noted, when_noted

from tutorial_pkg import processes

SIZES = [(6, 3, 6), (7, 4, 9), (1001, 16, 256), (10_000, 64, 1024)]


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    return functions(tmp_path_factory.mktemp("functions"))


def sizes_of(sizes: list[tuple]) -> list[dict]:
    return [dict(zip("VdN", size, strict=True)) for size in sizes]


@pytest.mark.parametrize("count", [1, 2, 4])
def test_every_way_equals_the_whole_table(here, count):
    # PyTorch's RowwiseParallel splits 6 rows over 4 processes as 2, 2, 2 and 0 rows. The process without rows fails.
    sizes = [size for size in SIZES if (size[0], count) != (6, 4)]
    found = processes.run(here.ways_and_losses, processes=count, seconds=300, sizes=sizes_of(sizes))
    print(f"\n{count} processes")
    for name in found[0]["ways"]:
        results = [result["ways"][name] for result in found]
        equal = {what: all(equal[what] for equal, _ in results) for what in results[0][0]}
        held, sent = (max(numbers) for numbers in zip(*(numbers for _, numbers in results), strict=True))
        print(f"   {name:34} {equal}  held {held:10,}  sent {sent:9,}")
        assert all(equal.values()), name
    assert len(found[0]["ways"]) == 4 * len(sizes)
    for size, close in found[0]["losses"].items():
        print(f"   output layer and loss {size:12} equal up to rounding: {close}")
    assert all(all(result["losses"].values()) for result in found)


def test_by_hand_some_processes_may_have_nothing(here):
    """A 3 × 2 table on 4 processes: one process has no row, and two processes have no column."""
    found = processes.run(here.by_hand, processes=4, sizes=sizes_of([(3, 2, 5), (6, 3, 6)]))
    for result in found:
        for name, equal in result.items():
            assert all(equal.values()), name


def test_pytorchs_rows_need_a_row_for_each_process(here):
    """Notebook 08 says this. If the test fails, PyTorch supports such a split, and the text is outdated."""
    with pytest.raises(processes.ProcessError, match="process 3: RuntimeError: index_select"):
        processes.run(here.compare, processes=4, way=here.rows_by_pytorch, V=6, d=3, N=6)


@pytest.mark.parametrize("at", ["writing", "naming"])
def test_a_write_cut_off_anywhere(here, tmp_path, at):
    """The process is stopped at two moments: while it writes the parts, and before the complete file gets its name."""
    assert "killed by SIGKILL" in fault(here.save_and_die, within=120, folder=str(tmp_path), at=at)
    found = processes.run(here.read_and_save, processes=3, folder=str(tmp_path))
    assert [step for step, *_ in found] == [1, 1, 1]


def test_one_process_that_is_stopped_is_given_up_within_30_seconds(here, tmp_path):
    when_noted(tmp_path, 2, lambda pids: os.kill(pids[2], signal.SIGSTOP))
    said = fault(here.sleeps, within=30, folder=str(tmp_path)).splitlines()
    assert said == [f"process 0: {processes.TIMED_OUT}", "process 1: stopped with the others"]
    assert all_ended(noted(tmp_path, 2))


@pytest.mark.skipif(find_spec("torchrec") is None, reason="no torchrec here; notebook 08 says how to install it")
def test_the_same_table_through_torchrec():
    script = Path(__file__).with_name("torchrec_table.py")
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2", str(script)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=300)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("equal to the whole table: True") == 2
