"""Notebook 08 with real processes: a cut table is the table, and no fault hangs, hides or leaves a process behind.

The functions are those of the notebook's cells. Each launch starts two or three Pythons that import torch; the whole
matrix of sizes and processes is in tests/robustness/test_split_tables.py.
"""

from __future__ import annotations

import importlib.util
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pictures as p
import pytest
import torch
from helpers import ROOT, source
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from tutorial_pkg import processes
from tutorial_pkg.draw import past_one_machine as draw
from tutorial_pkg.draw.core import BLUE, ORANGE

NOTEBOOK = "08_past_one_machine"
CELLS = ("two-in-turn", "look-up-rows", "look-up-columns", "four-ways", "bytes-held-and-sent", "compare", "split-loss")
CELLS += ("checkpoint-functions",)
SECONDS = 60  # more than any launch here takes on a busy machine; a hang would take longer

# What processes run in the faults' tests. torchrun() sends their source, so torch, dist, nn and processes are there.
FAULTS = """
def note_pid(folder):
    import os

    open(f"{folder}/{dist.get_rank()}.pid", "w").write(str(os.getpid()))


def well(folder):
    note_pid(folder)
    dist.all_reduce(torch.ones(2))


def dies(folder):
    import os
    import signal

    note_pid(folder)
    dist.all_reduce(torch.ones(2))
    if dist.get_rank() == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    dist.all_reduce(torch.ones(2))


def disagree(folder):
    note_pid(folder)
    table = torch.zeros(6, 3 + dist.get_rank())
    processes.same_everywhere("the table's shape", tuple(table.shape))
    dist.all_reduce(table)


def outside(folder):
    note_pid(folder)
    ids = torch.tensor([4, 9 if dist.get_rank() == 1 else 0])
    wrong = ids[ids >= 6].tolist()
    processes.raise_together(f"ids {wrong} are outside a table of 6 rows" if wrong else "")
    dist.all_reduce(torch.ones(2))


def outside_unchecked(folder):
    note_pid(folder)
    ids = torch.tensor([4, 9 if dist.get_rank() == 1 else 0])
    rows = F.embedding(ids, torch.zeros(6, 3))
    dist.all_reduce(rows)


def sleeps(folder):
    import time

    note_pid(folder)
    if dist.get_rank() == 1:
        time.sleep(600)
    dist.all_reduce(torch.ones(2))


def all_ways(sizes):
    found = {}
    for way in (rows_by_hand, rows_by_pytorch, columns_by_hand, columns_by_pytorch):
        for V, d, N in sizes:
            for optimiser in ("SGD", "Adam"):
                found[f"{way.__name__} {V} × {d} {optimiser}"] = compare(way, optimiser, V, d, N)
    return found


def losses(sizes):
    found = {}
    for V, d, N in sizes:
        torch.manual_seed(1)
        table, vectors, targets = torch.randn(V, d) * 30, torch.randn(N, d), torch.randint(V, (N,))
        first, stop = my_part(V)
        uncut, mine = nn.Parameter(table.clone()), nn.Parameter(table[first:stop].clone())
        from_uncut, from_mine = vectors.clone().requires_grad_(), vectors.clone().requires_grad_()
        close = True
        for _ in range(3):
            uncut.grad = mine.grad = from_uncut.grad = from_mine.grad = None
            loss = F.cross_entropy(from_uncut @ uncut.T, targets)
            split_loss = split_cross_entropy(from_mine, mine, targets, V)
            loss.backward()
            split_loss.backward()
            close &= torch.allclose(split_loss, loss, rtol=1e-5)
            close &= torch.allclose(mine.grad, uncut.grad[first:stop], atol=1e-5)
            close &= torch.allclose(from_mine.grad, from_uncut.grad, atol=1e-5)
            with torch.no_grad():
                uncut -= 0.1 * uncut.grad
                mine -= 0.1 * mine.grad
            close &= torch.allclose(mine, uncut[first:stop], atol=1e-5)
        found[f"{V} × {d}"] = close
    return found


def by_hand(sizes):
    found = {}
    for way in (rows_by_hand, columns_by_hand):
        for V, d, N in sizes:
            found[f"{way.__name__} {V} × {d}"] = compare(way, "Adam", V, d, N)
    return found


def more_processes_than_rows(V, d, N):
    return compare(rows_by_pytorch, "SGD", V, d, N)


def rows_and_losses(sizes):
    print("process", dist.get_rank(), "speaks")
    return {"rank": dist.get_rank(), "ways": all_ways(sizes), "losses": losses(sizes)}


def save_and_die(folder, at):
    import os
    import signal

    import torch.distributed.checkpoint as checkpoint

    def die(*_, **__):
        os.kill(os.getpid(), signal.SIGKILL)

    note_pid(folder)
    weight, _, _ = rows_by_pytorch(torch.arange(28.0).view(7, 4))
    save(weight, folder, 1)
    with torch.no_grad():
        weight += 1
    if at == "writing" and dist.get_rank() == 1:
        checkpoint.FileSystemWriter.write_data = die
    if at == "listing" and dist.get_rank() == 0:
        checkpoint.FileSystemWriter.finish = die
    if at == "naming" and dist.get_rank() == 0:
        os.replace = die
    save(weight, folder, 2)


def read_and_save(folder):
    import torch.distributed.checkpoint as checkpoint

    weight, _, _ = rows_by_pytorch(torch.zeros(7, 4))
    step = newest(folder)
    checkpoint.load({"table": weight.detach()}, checkpoint_id=f"{folder}/step-{step}")
    found = [step, len(weight.to_local()), weight.full_tensor().tolist()]
    save(weight, folder, 2)  # over what was left of the write that was cut off
    return [*found, newest(folder)]
"""


def functions(folder: Path) -> ModuleType:
    """The notebook's functions and the tests' own, from a file, since torchrun() reads their source."""
    file = folder / "functions.py"
    head = "import torch\nimport torch.distributed as dist\nimport torch.nn.functional as F\nfrom torch import nn\n"
    cells = [source(NOTEBOOK, cell).split("\n\n\nby_process_0")[0].split("\n\n\none_column")[0] for cell in CELLS]
    file.write_text("\n\n\n".join([head, *cells, FAULTS]), encoding="utf-8")
    spec = importlib.util.spec_from_file_location("functions", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def here(tmp_path_factory) -> ModuleType:
    return functions(tmp_path_factory.mktemp("functions"))


def launch(module: ModuleType, name: str, processes: int = 2, seconds: float = SECONDS, **arguments) -> list:
    return processes.torchrun(getattr(module, name), processes=processes, seconds=seconds, **arguments)


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def none_left(folder: Path) -> bool:
    """Whether every process that noted its number has ended, at the latest five seconds from now."""
    pids = [int(file.read_text()) for file in folder.glob("*.pid")]
    assert len(pids) == 2, "not every process began, so the test says nothing"
    until = time.monotonic() + 5
    while any(map(is_running, pids)) and time.monotonic() < until:
        time.sleep(0.05)
    return not any(map(is_running, pids))


def fault(module: ModuleType, name: str, folder: Path, within: float = 20, **options) -> str:
    """The message of a launch that has to fail, within seconds of its functions' start; no process may be left."""
    started = time.time()
    with pytest.raises(processes.SplitError) as raised:
        launch(module, name, folder=str(folder), **options)
    ended = time.time()
    assert none_left(folder)
    began = max(file.stat().st_mtime for file in folder.glob("*.pid"))
    print(f"{name}: {ended - started:.1f} s, {ended - began:.1f} s of them since {name}() began\n{raised.value}")
    assert ended - began < within
    return str(raised.value)


# ------------------------------------------------------------------------------------------------- a table is a table


def test_a_cut_table_is_the_table(here, capsys):
    """Rows, gradients and weights to the last bit, bytes as on paper; the loss of a cut output layer to rounding.

    And what launches are for: the results come in order, and process 0 alone is heard.
    """
    V, d, N = 1001, 16, 256
    found = launch(here, "rows_and_losses", sizes=[(7, 4, 9), (V, d, N)])
    assert capsys.readouterr().out == "process 0 speaks\n"
    assert [result["rank"] for result in found] == [0, 1]
    for result in found:
        assert len(result["ways"]) == 16
        for name, equal in result["ways"].items():
            assert equal["rows"] and equal["gradient"] and equal["weights"], name
        assert result["losses"] == {"7 × 4": True, f"{V} × {d}": True}
    by_hand = [result["ways"][f"rows_by_hand {V} × {d} Adam"] for result in found]
    assert [result["held"] for result in by_hand] == [4 * 500 * d * 4, 4 * 501 * d * 4]
    by_pytorch = [result["ways"][f"rows_by_pytorch {V} × {d} Adam"]["held"] for result in found]
    for held in by_pytorch:  # three parts, and the gradient whole; PyTorch pads a part by a row
        assert 3 * 500 + V <= held / (4 * d) <= 3 * 501 + V
    if by_hand[0]["sent"] is not None:
        assert 1 <= by_hand[0]["sent"] / (4 * N * d) < 1.05
        columns = [result["ways"][f"columns_by_pytorch {V} × {d} Adam"]["sent"] for result in found]
        assert all(1 <= sent / (4 * N * d / 2) < 1.05 for sent in columns)


# ------------------------------------------------------------------------------------------------------------- faults


def test_a_process_dies(here, tmp_path):
    assert fault(here, "dies", tmp_path) == f"process 0: {processes.GONE}\nprocess 1: killed by SIGKILL"


def test_shapes_disagree(here, tmp_path):
    said = fault(here, "disagree", tmp_path).splitlines()
    assert len(said) == 2
    for rank, line in enumerate(said):
        assert line.startswith(
            f"process {rank}: ValueError: the table's shape should be the same in every process: "
            "process 0 has (6, 3), process 1 has (6, 4)"
        )


def test_an_id_outside_the_table_on_one_process(here, tmp_path):
    said = fault(here, "outside", tmp_path).splitlines()
    assert len(said) == 2
    for rank, line in enumerate(said):
        assert line.startswith(f"process {rank}: ValueError: process 1: ids [9] are outside a table of 6 rows")


def test_an_error_on_one_process_that_did_not_check(here, tmp_path):
    first, second = fault(here, "outside_unchecked", tmp_path).splitlines()
    assert first == f"process 0: {processes.GONE}"
    assert "IndexError" in second and "in outside_unchecked: rows = F.embedding" in second


def test_a_process_that_takes_for_ever_is_stopped(here, tmp_path):
    until = 20  # from before Python and torch are there
    said = fault(here, "sleeps", tmp_path, seconds=until)
    assert said.splitlines() == [f"process {rank}: still at work after {until} seconds, and stopped" for rank in (0, 1)]


def test_a_port_that_is_taken(here, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(processes.SplitError, match=f"port {port} is taken by another program"):
            launch(here, "well", folder=str(tmp_path), port=port)
    assert not list(tmp_path.glob("*.pid"))


def test_no_orphans_when_the_launcher_is_killed(here, tmp_path):
    """As when a kernel is killed: SIGKILL leaves it no time to say goodbye."""
    file = Path(here.__file__)
    code = (
        f"import sys; sys.path.insert(0, {str(file.parent)!r}); import functions; from tutorial_pkg import processes\n"
        f"processes.torchrun(functions.sleeps, folder={str(tmp_path)!r})"
    )
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    launcher = subprocess.Popen([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": path})
    try:
        until = time.monotonic() + SECONDS
        while len(list(tmp_path.glob("*.pid"))) < 2 and time.monotonic() < until:
            time.sleep(0.1)
        time.sleep(0.5)  # the numbers are written
    finally:
        launcher.send_signal(signal.SIGKILL)
        launcher.wait()
    assert none_left(tmp_path)


# -------------------------------------------------------------------------------------------------------- checkpoints


def test_a_write_cut_off_leaves_the_last_good_checkpoint_which_three_can_read(here, tmp_path):
    said = fault(here, "save_and_die", tmp_path, within=SECONDS, at="listing")
    assert "process 0: killed by SIGKILL" in said
    assert sorted(file.name for file in tmp_path.glob("step-*")) == ["step-1", "step-2.partial"]
    found = launch(here, "read_and_save", processes=3, folder=str(tmp_path))
    table = torch.arange(28.0).view(7, 4).tolist()
    assert found == [[1, rows, table, 2] for rows in (3, 3, 1)]


# ----------------------------------------------------------------------------------------------------------- pictures


def frames(ax) -> list[tuple[str, list[int]]]:
    """Colour and (left, top, right, bottom), in cells, of each frame."""
    found = [patch for patch in ax.patches if isinstance(patch, Rectangle) and not patch.get_fill()]
    return [
        (to_hex(one.get_edgecolor()).upper(), [round(edge + 0.5) for edge in one.get_bbox().extents]) for one in found
    ]


def test_parts_frames_what_each_process_has():
    rows, columns = draw.parts(p.TABLE, p.WORDS, 2).axes
    assert frames(rows) == [(BLUE, [0, 0, 3, 3]), (ORANGE, [0, 3, 3, 6])]
    assert frames(columns) == [(BLUE, [0, 0, 1, 6]), (ORANGE, [1, 0, 3, 6])]
    _, columns = draw.parts(p.TABLE, p.WORDS, 4).axes
    assert len(frames(columns)) == 3 and "process 0 has none" in draw.parts(p.TABLE, p.WORDS, 4).words


def test_added_up_shows_each_contribution_and_the_sum():
    first, second, total = draw.added_up(p.MINE, p.IDS, p.WORDS).axes
    for ax, values in ((first, p.MINE[0]), (second, p.MINE[1]), (total, p.TABLE[p.IDS])):
        assert [float(text.get_text()) for text in ax.texts] == pytest.approx(values.flatten().tolist(), abs=0.005)
    assert [box[1] for _, box in frames(first)] == [i for i, token_id in enumerate(p.IDS.tolist()) if token_id < 3]
    assert not frames(total)


def test_a_sum_in_which_an_id_has_no_row_or_two_is_not_called_right():
    words = draw.added_up([p.MINE[0], p.MINE[0]], p.IDS, p.WORDS).words
    assert "several processes add to 0 fox, 2 in and 1 house" in words and "only zeros are there for 4 quick" in words
    assert draw.added_up(p.MINE, p.IDS, p.WORDS).words.endswith("In the sum, each id has its row.")
    odd = [p.MINE[0] * float("nan"), p.MINE[1]]
    assert "some numbers are not finite" in draw.added_up(odd, p.IDS, p.WORDS).words


def test_memory_hatches_what_is_beyond_the_limit():
    figure = draw.memory({"small": 10**6, "large": 10**12}, 10**9, "one GPU")
    bars = [patch for patch in figure.axes[0].patches if isinstance(patch, Rectangle)]
    assert [(bar.get_width(), bar.get_hatch()) for bar in bars] == [(10**6, None), (10**12, "////")]
    assert figure.words.endswith("More than that is needed by large.")


def test_by_processes_draws_lines_on_paper_and_marks_measured():
    line = ([1, 2, 4], [0, 50.0, 75.0])
    (ax,) = draw.by_processes({"sent": {"all-reduce": line}}, {"sent": {"all-reduce": ([2, 4], [51.0, 76.0])}}).axes
    drawn = [(one.get_linestyle(), one.get_xydata().tolist()) for one in ax.lines]
    assert drawn == [("--", [[2, 50], [4, 75]]), ("None", [[2, 51], [4, 76]])]


def test_shares_are_multiples_of_the_fair_share():
    figure = draw.shares({"uneven": [10, 70, 10, 10], "even": [5, 5, 5, 5]})
    uneven, even = (list(line.get_ydata()) for line in figure.axes[0].lines[:2])
    assert uneven == pytest.approx([2.8, 0.4, 0.4, 0.4]) and even == [1, 1, 1, 1]
    assert "uneven, 2.8 times" in figure.words
    with pytest.raises(ValueError, match="expected numbers of lookups, 2 for each way"):
        draw.shares({"uneven": [1, 2], "even": [1]})
