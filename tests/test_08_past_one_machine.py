"""Notebook 08 with real processes: a split table equals the whole table, and after a fault no process is left.

The functions are those of the notebook's cells. All tests share the same processes, and a fault ends them. The matrix
of all sizes and processes is in tests/robustness/test_split_tables.py.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import ModuleType

import pictures as p
import pytest
import roads
import torch
import torch.distributed as dist
from helpers import ROOT, cell_namespace, run_cell, source
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from tutorial_pkg import kernel, processes
from tutorial_pkg.draw import past_one_machine as draw
from tutorial_pkg.draw.core import BLUE, ORANGE
from tutorial_pkg.tokens import EmptyTextError

NOTEBOOK = "08_past_one_machine"
CELLS = "two-in-turn look-up-rows compare rows-by-hand look-up-columns columns-by-hand by-pytorch bytes-held-and-sent"
CELLS += " split-loss checkpoint-functions"
HEAD = "import torch\nimport torch.distributed as dist\nimport torch.nn.functional as F\nfrom torch import nn\nD = 3"

# The code that processes run in these tests, written as in a notebook.
OWN = """
def well(value):
    print("process", dist.get_rank(), "says café")
    dist.all_reduce(torch.ones(2))
    return dist.get_rank(), value


def number_of_the_process():
    import os
    import sys

    print("from an earlier job", file=sys.stderr)
    return os.getpid()


def settings():
    import gc
    import os
    import sys

    return os.getppid(), os.getcwd(), os.environ.get("A_NEW_SETTING"), sys.path, gc.isenabled()


def unseeded():
    import random

    import numpy as np

    return torch.rand(1).item(), float(np.random.rand()), random.random()


def leaves(server):
    import os
    import signal

    os.kill(server, signal.SIGKILL)
    os._exit(3)


def json(way):  # a function may have any name, and functions may be arguments
    return way(2)


def waits():
    import time

    time.sleep(600)


def twice(number):
    return 2 * number


def a_default(size=D):
    return size


def around():
    inner = 3

    def uses_inner():
        return inner

    return uses_inner


def checks_and_leaves():
    import os
    import sys

    for check in (
        lambda: processes.raise_together("id 9 is outside" if dist.get_rank() == 1 else ""),
        lambda: processes.same_everywhere("the table's shape", (6, 3 + dist.get_rank())),
    ):
        try:
            check()
        except ValueError as error:
            print("heard:", error)
    if dist.get_rank() == 1:
        print("x" * 2000, "no memory left", file=sys.stderr)
        os._exit(3)
    dist.barrier()


def outside_unchecked():
    ids = torch.tensor([4, 9 if dist.get_rank() == 1 else 0])
    dist.all_reduce(F.embedding(ids, torch.zeros(6, 3)))


def sleeps(folder):
    import os
    import subprocess
    import time

    child = subprocess.Popen(["sleep", "600"])
    open(f"{folder}/{dist.get_rank()}.pid", "w").write(f"{os.getpid()} {child.pid}")
    if dist.get_rank() > 0 or dist.get_world_size() == 1:
        time.sleep(600)
    dist.all_reduce(torch.ones(2))


def all_ways(sizes):
    ways = rows_by_hand, rows_by_pytorch, columns_by_hand, columns_by_pytorch
    pairs = [(way, size) for way in ways for size in sizes]
    return {f"{way.__name__} {size['V']}": (compare(way, **size), held_and_sent(way, **size)) for way, size in pairs}


def losses(sizes):
    found = {}
    for size in sizes:
        V, d, N = size["V"], size["d"], size["N"]
        torch.manual_seed(1)
        table, vectors, targets = torch.randn(V, d) * 30, torch.randn(N, d), torch.randint(V, (N,))
        first, stop = my_part(V)
        whole, mine = nn.Parameter(table.clone()), nn.Parameter(table[first:stop].clone())
        for_whole, for_mine = vectors.clone().requires_grad_(), vectors.clone().requires_grad_()
        close = True
        for _ in range(3):
            whole.grad = mine.grad = for_whole.grad = for_mine.grad = None
            loss = F.cross_entropy(for_whole @ whole.T, targets)
            split_loss = split_cross_entropy(for_mine, mine, targets, V)
            loss.backward()
            split_loss.backward()
            close &= torch.allclose(split_loss, loss, rtol=1e-5)
            close &= torch.allclose(mine.grad, whole.grad[first:stop], atol=1e-5)
            close &= torch.allclose(for_mine.grad, for_whole.grad, atol=1e-5)
            with torch.no_grad():
                whole -= 0.1 * whole.grad
                mine -= 0.1 * mine.grad
            close &= torch.allclose(mine, whole[first:stop], atol=1e-5)
        found[V] = close
    return found


def ways_and_losses(sizes):
    return {"ways": all_ways(sizes), "losses": losses(sizes)}


def by_hand(sizes):
    return {f"{way.__name__} {size}": compare(way, **size) for way in (rows_by_hand, columns_by_hand) for size in sizes}


def save_and_die(folder, at):
    import os
    import signal

    import torch.distributed.checkpoint as checkpoint

    def die(*_, **__):
        os.kill(os.getpid(), signal.SIGKILL)

    weight, _ = rows_by_pytorch(torch.arange(28.0).view(7, 4))
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

    weight, _ = rows_by_pytorch(torch.zeros(7, 4))
    step = newest(folder)
    checkpoint.load({"table": weight.detach()}, checkpoint_id=f"{folder}/step-{step}")
    found = [step, len(weight.to_local()), weight.full_tensor()]
    save(weight, folder, 2)  # over what was left of the write that was cut off
    return [*found, newest(folder)]
"""


def functions(folder: Path) -> ModuleType:
    """A module with the functions of the notebook and of these tests. Processes can import it, too."""
    trees = [ast.parse(source(NOTEBOOK, cell)) for cell in CELLS.split()]
    defined = [ast.unparse(node) for tree in trees for node in tree.body if isinstance(node, ast.FunctionDef)]
    (folder / "functions.py").write_text("\n\n\n".join([HEAD, *defined, OWN]), encoding="utf-8")
    sys.path.insert(0, str(folder))
    sys.modules.pop("functions", None)
    return importlib.import_module("functions")


# Variables that a different launcher, a network or an operating system may have set.
FOREIGN = {"GLOO_SOCKET_IFNAME": "nosuch0", "MASTER_ADDR": "nosuch.invalid", "MASTER_PORT": "70000", "RANK": "7"}
FOREIGN |= {"WORLD_SIZE": "64", "LOCAL_RANK": "9", "LOCAL_WORLD_SIZE": "0", "TORCHELASTIC_USE_AGENT_STORE": "True"}
FOREIGN |= {
    "PYTHONIOENCODING": "cp1252",
    "PET_NNODES": "2",
    "OMP_NUM_THREADS": "none",
    "GLOO_DEVICE_TRANSPORT": "TCP_TLS",
}


@pytest.fixture(scope="module")
def here(tmp_path_factory) -> ModuleType:
    with pytest.MonkeyPatch.context() as changed:
        for name, value in FOREIGN.items():
            changed.setenv(name, value)
        yield functions(tmp_path_factory.mktemp("functions"))
    end_team()


def end_team() -> None:
    if processes.Team.current:
        processes.Team.current.end()


def stat(pid: int | str) -> list[str]:
    """What Linux shows for a process or a thread: its state, its parent and more."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ["Z", "0"]


def state(pid: int | str) -> str:
    """S: it sleeps, T: it is stopped, Z: it has ended or does not exist."""
    return stat(pid)[0]


def parent(pid: int) -> int:
    return int(stat(pid)[1])


def stop(pid: int) -> None:
    """Stop a process. When a parent ends, Linux wakes only those child processes whose threads have all stopped."""
    os.kill(pid, signal.SIGSTOP)
    while any(state(f"{pid}/task/{thread}") != "T" for thread in os.listdir(f"/proc/{pid}/task")):
        time.sleep(0.01)


def is_running(pid: int) -> bool:
    return state(pid) != "Z"


def all_ended(pids: list[int]) -> bool:
    """Whether all these processes have ended after at most twenty seconds."""
    until = time.monotonic() + 20
    while any(map(is_running, pids)) and time.monotonic() < until:
        time.sleep(0.05)
    return not any(map(is_running, pids))


def fault(main, within: float = 15, count: int = 2, **options) -> str:
    """The message of a run, which must fail within these seconds and leave no process."""
    pids = processes.run(main.__globals__["number_of_the_process"], processes=count)
    workers = processes.Team.current.workers
    started = time.monotonic()
    with pytest.raises(processes.ProcessError) as raised:
        processes.run(main, processes=count, **options)
    assert time.monotonic() - started < within
    assert all_ended(pids) and processes.Team.current is None and all(worker.stdin.closed for worker in workers)
    assert "an earlier job" not in str(raised.value)
    return str(raised.value)


def noted(folder: Path, count: int = 1) -> list[int]:
    """Wait for the files in the folder. Return the ids in these files: the ids of processes and of their children."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        texts = [file.read_text() for file in sorted(folder.glob("*.pid"))]
        if len(texts) == count and all(texts):
            return [int(number) for text in texts for number in text.split()]
        time.sleep(0.05)
    raise AssertionError("the processes did not begin, so the test says nothing")


def when_noted(folder: Path, count: int, act) -> None:
    """Call `act` with these process ids, in a thread."""
    threading.Thread(target=lambda: act(noted(folder, count)), daemon=True).start()


# ------------------------------------------------------------------------------------------------- a table is a table


def test_a_split_table_is_the_table(here):
    """Rows and trained weights have equal bits, and bytes are as calculated. Only the loss is rounded differently."""
    V, d, N = 1001, 16, 256
    found = processes.run(here.ways_and_losses, sizes=[{"V": 7, "d": 4, "N": 9}, {"V": V, "d": d, "N": N}])
    for result in found:
        assert len(result["ways"]) == 8 and result["losses"] == {7: True, V: True}
        for name, (equal, _) in result["ways"].items():
            assert len(equal) == 4 and all(equal.values()), name
    held, sent = zip(*(result["ways"][f"rows_by_hand {V}"][1] for result in found), strict=True)
    assert held == (4 * 500 * d * 4, 4 * 501 * d * 4)
    for result in found:  # three parts, and the whole gradient; PyTorch pads a part by one row
        assert 3 * 500 + V <= result["ways"][f"rows_by_pytorch {V}"][1][0] / (4 * d) <= 3 * 501 + V
    if sent[0]:
        assert 1 <= sent[0] / (4 * N * d) < 1.05
        columns = [result["ways"][f"columns_by_pytorch {V}"][1][1] for result in found]
        assert all(1 <= sent / (4 * N * d / 2) < 1.05 for sent in columns)


# ------------------------------------------------------------------------------------------------------------ running


def test_results_come_in_order_and_process_0_is_heard_whatever_is_set(here, capsys):
    """Settings of other launchers and of networks (see FOREIGN) do not matter."""
    assert [rank for rank, _ in processes.run(here.well, value=1)] == [0, 1]
    assert capsys.readouterr().out.endswith("process 0 says café\n")


@pytest.mark.parametrize(
    "value",
    [{1: "one"}, (1, (2,)), float("inf"), "名前 \ud83d", [None, True], torch.arange(3_000_000)],
    ids=["int key", "tuple", "inf", "text", "list", "large tensor"],
)
def test_arguments_and_results_arrive_unchanged(here, value):
    (_, one), (_, other) = processes.run(here.well, value=value)
    for arrived in (one, other):
        assert type(arrived) is type(value)
        assert torch.equal(arrived, value) if isinstance(value, torch.Tensor) else arrived == value


def test_the_processes_stay_and_the_source_is_that_of_now(here):
    first = processes.run(here.number_of_the_process)
    assert processes.run(here.json, way=here.twice) == [4, 4]
    assert processes.run(here.number_of_the_process) == first


@pytest.mark.parametrize(
    ("main", "options", "says"),
    [
        (lambda: 3, {}, "expected a function that `def` makes"),
        (len, {}, "expected a function that `def` makes"),
        ("around", {}, "uses_inner uses inner of a function around it; pass inner as an argument"),
        ("well", {"processes": 0}, "expected processes=1 or more"),
        ("well", {"processes": "2"}, "expected processes=1 or more"),
        ("well", {"seconds": float("nan")}, "seconds above 0"),
        ("json", {"way": lambda number: number}, "expected a function that `def` makes"),
    ],
)
def test_what_cannot_be_run_is_refused_at_once(here, main, options, says):
    main = here.around() if main == "around" else getattr(here, main) if isinstance(main, str) else main
    with pytest.raises((TypeError, ValueError), match=says):
        processes.run(main, **options)


# ------------------------------------------------------------------------------------------------------------- faults


def test_processes_check_together_and_the_last_words_of_one_that_left_are_shown(here, capsys):
    said = fault(here.checks_and_leaves)
    last = f"{'x' * 985} no memory left"  # 1,000 characters
    assert said == f"process 0: {processes.PEER_ENDED}\nprocess 1: ended early, exit code 3\n{last}"
    heard = [line for line in capsys.readouterr().out.splitlines() if line.startswith("heard: ")]
    assert heard == [
        "heard: process 1: id 9 is outside",
        "heard: the table's shape should be the same in every process: process 0 has (6, 3), process 1 has (6, 4)",
    ]


def test_an_error_on_one_process_that_did_not_check(here):
    first, second = fault(here.outside_unchecked).splitlines()
    assert first == f"process 0: {processes.PEER_ENDED}"
    assert "IndexError" in second and "in outside_unchecked: dist.all_reduce(F.embedding" in second


def test_a_name_that_the_processes_do_not_have(here):
    said = fault(here.a_default, count=1)
    assert said == "process 0: NameError: name 'D' is not defined (in <module>: def a_default(size=D):)"


def test_another_number_of_processes_or_a_lost_one_starts_new_ones(here, capsys):
    two = processes.run(here.number_of_the_process)
    first = processes.run(here.number_of_the_process, processes=1)
    assert first[0] not in two and all_ended(two)
    os.kill(first[0], signal.SIGKILL)
    assert all_ended(first)
    time.sleep(0.5)  # a wait for a process returns only when all threads of the process have ended
    capsys.readouterr()
    second = processes.run(here.number_of_the_process, processes=1)
    assert second != first and capsys.readouterr().out == "Starting 1 process ...\n"


def test_a_copy_of_the_fork_server_has_the_settings_of_now(here, monkeypatch, tmp_path):
    (before,) = processes.run(here.settings, processes=1)
    end_team()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("A_NEW_SETTING", "é")
    monkeypatch.syspath_prepend(tmp_path)
    ((server, folder, setting, path, collects_garbage),) = processes.run(here.settings, processes=1)
    assert (folder, setting) == (str(tmp_path), "é") and str(tmp_path) in path and collects_garbage
    end_team()
    monkeypatch.delenv("A_NEW_SETTING")
    assert processes.run(here.settings, processes=1)[0][2] is None
    assert before[0] == server == processes.Forked.server.pid
    end_team()


def test_random_numbers_without_a_seed_differ_as_in_new_pythons(here):
    """Otherwise nobody would notice on Linux that the seed of a table was forgotten."""
    first = processes.run(here.unseeded)
    end_team()
    drawn = list(zip(*first, *processes.run(here.unseeded), strict=True))
    assert [len(set(numbers)) for numbers in drawn] == [4, 4, 4]


def test_a_fork_server_that_is_stopped_is_not_waited_for(here):
    end_team()
    processes.run(here.well, processes=1, value=1)
    end_team()
    server = processes.Forked.server
    assert processes.Forked.line.gettimeout()
    processes.Forked.line.settimeout(0.2)
    stop(server.pid)
    assert processes.run(here.well, processes=1, value=2) == [(0, 2)]
    assert server.poll() == -signal.SIGKILL
    end_team()


def test_a_fork_server_that_has_ended_is_replaced(here):
    """Its copies go on. Only the exit code of a copy that ends without a report is not known then."""
    (first,) = processes.run(here.number_of_the_process, processes=1)
    with pytest.raises(processes.ProcessError, match=r"^process 0: ended early, exit code unknown$"):
        processes.run(here.leaves, processes=1, server=parent(first))
    assert all_ended([first])

    def interrupt(*_):
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(processes.pickle, "loads", interrupt)
        processes.run(here.number_of_the_process, processes=1)
    interrupted = processes.Forked.server
    assert processes.Team.current is None and interrupted.poll() is not None
    (second,) = processes.run(here.number_of_the_process, processes=1)
    assert parent(second) not in (parent(first), interrupted.pid)


def test_where_the_system_has_no_fork_server_each_process_starts_python(here, monkeypatch):
    """As on Windows and macOS."""
    end_team()
    monkeypatch.setattr(processes, "HAS_FORK_SERVER", False)
    assert parent(processes.run(here.number_of_the_process, processes=1)[0]) == os.getpid()
    assert "NameError: name 'D' is not defined" in fault(here.a_default, count=1)


def test_only_what_has_ended_is_called_ended():
    """Two processes that cannot connect have not ended. Then the message shows what gloo said."""
    lost = ("lost", "gloo: no address found")
    assert processes._lines([lost, lost], 9) == [f"process {rank}: gloo: no address found" for rank in (0, 1)]
    assert processes._lines([lost, ("end", (-9, ""))], 9)[0] == f"process 0: {processes.PEER_ENDED}"


def test_a_person_sees_the_seconds_of_a_long_run(here, monkeypatch, capsys):
    """A program does not see them: the stored outputs of notebook 08, which has longer runs, show that."""
    monkeypatch.setattr(kernel, "watched", lambda: True)
    with pytest.raises(processes.ProcessError):
        processes.run(here.waits, processes=1, seconds=2.3)
    assert "\r2 seconds ..." in capsys.readouterr().out


def test_too_many_processes_that_are_late_are_one_line_with_advice(monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    late, advice = processes._lines([("late", None)] * 40, 120)
    assert late == "all 40 processes: still at work after 120 seconds, and stopped"
    assert "has 2 cores. The time can include starting Python in each process. Use fewer processes" in advice
    assert len(processes._lines([("late", None)] * 2, 120)) == 2


def test_a_process_that_is_stopped_is_not_left_nor_is_its_child(here, tmp_path):
    when_noted(tmp_path, 1, lambda pids: os.kill(pids[0], signal.SIGSTOP))
    said = fault(here.sleeps, count=1, seconds=2, folder=str(tmp_path))
    assert said == "process 0: still at work after 2 seconds, and stopped"
    assert all_ended(noted(tmp_path))


def test_an_interrupted_cell_leaves_no_process(here, tmp_path):
    when_noted(tmp_path, 1, lambda pids: os.kill(os.getpid(), signal.SIGINT))
    with pytest.raises(KeyboardInterrupt):
        processes.run(here.sleeps, processes=1, folder=str(tmp_path))
    assert all_ended(noted(tmp_path))


def test_no_process_outlives_a_launcher_that_is_killed(here, tmp_path):
    """A kernel that is killed by SIGKILL can do nothing more. One of its processes is stopped, too.

    Like a kernel, this launcher has its own session.
    """
    (tmp_path / "own.py").write_text(inspect.getsource(here.sleeps), encoding="utf-8")
    code = f"import own; from tutorial_pkg import processes; processes.run(own.sleeps, folder={str(tmp_path)!r})"
    path = os.pathsep.join([str(ROOT), str(tmp_path)])
    command = [sys.executable, "-c", code]
    launcher = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": path}, start_new_session=True)
    try:
        pids = noted(tmp_path, 2)
        server = parent(pids[0])
        assert parent(server) == launcher.pid
        stop(pids[0])
    finally:
        launcher.send_signal(signal.SIGKILL)
        launcher.wait()
    assert all_ended([*pids, server])


def test_a_process_whose_report_nobody_reads_ends_with_its_children(here, tmp_path):
    """If a launcher is killed, its processes can notice this while they report, before their standard input closes."""
    source = "import pathlib, subprocess\ndef fails(folder):\n"
    source += "    child = subprocess.Popen(['sleep', '60'])\n"
    source += "    (pathlib.Path(folder) / '0.pid').write_text(str(child.pid))\n    1 / 0"
    (tmp_path / "job").write_bytes(pickle.dumps((source, "fails", pickle.dumps({"folder": str(tmp_path)}))))
    command = [sys.executable, "-c", f"from tutorial_pkg import processes; processes._serve({str(tmp_path)!r})"]
    place = {name: value for name, value in os.environ.items() if not name.startswith(processes.FOREIGN)}
    place |= {"RANK": "0", "WORLD_SIZE": "1", "PYTHONPATH": str(ROOT)}
    with open(tmp_path / "0.err", "wb") as complaints:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": complaints}
        worker = subprocess.Popen(command, env=place, process_group=0, **pipes)
    worker.stdout.close()
    worker.stdin.write(b"\n")
    worker.stdin.flush()
    with worker.stdin:
        assert worker.wait(60) == -signal.SIGKILL
        assert all_ended(noted(tmp_path))


# -------------------------------------------------------------------------------------------------------- checkpoints


def test_a_write_cut_off_leaves_the_last_good_checkpoint_which_any_number_can_read(here, tmp_path, monkeypatch):
    """Here, one process, that of the tests, reads the checkpoint. In the notebook and in tests/robustness, three do."""
    assert "process 0: killed by SIGKILL" in fault(here.save_and_die, folder=str(tmp_path), at="listing", within=60)
    assert sorted(file.name for file in tmp_path.glob("step-*")) == ["step-1", "step-2.partial"]
    for name in FOREIGN:
        monkeypatch.delenv(name)
    dist.init_process_group("gloo", store=dist.HashStore(), rank=0, world_size=1)
    try:
        step, rows, read, now = here.read_and_save(str(tmp_path))
    finally:
        dist.destroy_process_group()
    assert (step, rows, now) == (1, 7, 2) and torch.equal(read, torch.arange(28.0).view(7, 4))


# ---------------------------------------------------------------------------------------------- the learner's sentence

SENTENCES = {
    "one word": "Fox",
    "nine words": "A small dog and the large cat run home",
    "others": "le renard, η αλεπού, 狐狸",
}


@pytest.mark.parametrize("sentence", SENTENCES.values(), ids=SENTENCES)
def test_a_learners_sentence_goes_through(sentence, capsys):
    changes = ('"Quick fox is in the house"', repr(sentence)), ("d = 3", "d = 5")
    names = cell_namespace(NOTEBOOK, "imports", "sentence") | roads.QUICK
    run_cell(names, NOTEBOOK, "sentence", *changes)
    for cell in ("memory-counted", "parts-picture", "two-in-turn", "look-up-rows", "look-up-columns"):
        run_cell(names, NOTEBOOK, cell)
    said, count = capsys.readouterr().out, len(set(sentence.lower().split()))
    assert f"calculated: {16 * count * 5}\n" in said and f"counted:    {16 * count * 5}\n" in said
    assert 'It is "zeros"' in said and 'It is "all of them"' in said and "row of ," not in said


def test_after_an_empty_sentence_the_old_table_stays(capsys):
    names = cell_namespace(NOTEBOOK, "imports", "sentence")
    with pytest.raises(EmptyTextError, match="Type one word or more"):
        run_cell(names, NOTEBOOK, "sentence", ('"Quick fox is in the house"', '" "'), ("d = 3", "d = 5"))
    for cell in ("memory-counted", "parts-picture", "two-in-turn"):
        run_cell(names, NOTEBOOK, cell)
    said = capsys.readouterr().out
    assert "calculated: 288\n" in said and "counted:    288\n" in said


# ----------------------------------------------------------------------------------------------------------- pictures


def frames(ax) -> list[tuple[str, list[int]]]:
    """The colour of each frame, and its (left, top, right, bottom) in cells."""
    found = [patch for patch in ax.patches if isinstance(patch, Rectangle) and not patch.get_fill()]
    return [
        (to_hex(one.get_edgecolor()).upper(), [round(edge + 0.5) for edge in one.get_bbox().extents]) for one in found
    ]


def test_parts_frames_what_each_process_has():
    rows, columns = draw.parts(p.TABLE, p.WORDS, 2).axes
    assert frames(rows) == [(BLUE, [0, 0, 3, 3]), (ORANGE, [0, 3, 3, 6])]
    assert frames(columns) == [(BLUE, [0, 0, 1, 6]), (ORANGE, [1, 0, 3, 6])]
    _, columns = draw.parts(p.TABLE, p.WORDS, 4).axes
    assert len(frames(columns)) == 3 and "process 0 has none of 3 columns" in draw.parts(p.TABLE, p.WORDS, 4).words


def added(*grids):
    return draw.added_up(dict(zip(("process 0", "process 1"), grids, strict=True)), p.TOKENS, "sum")


def test_added_up_shows_each_contribution_and_the_sum():
    first, second, total = added(*p.MINE).axes
    for ax, values in ((first, p.MINE[0]), (second, p.MINE[1]), (total, p.TABLE[p.IDS])):
        assert [float(text.get_text()) for text in ax.texts] == pytest.approx(values.flatten().tolist(), abs=0.005)
    assert [box[1] for _, box in frames(first)] == [i for i, token_id in enumerate(p.IDS.tolist()) if token_id < 3]
    assert not frames(total)
    with_a_zero = p.MINE[0] * torch.tensor([0, 1, 1])
    assert frames(added(with_a_zero, p.MINE[1]).axes[0]) == frames(first)


def test_a_sum_in_which_an_id_has_no_row_or_two_is_not_called_right():
    assert (
        "in no matrix, or in more than one: “quick”, “fox”, “is”, “in”, “the” and “house”."
        in added(*p.MINE[:1] * 2).words
    )
    assert added(*p.MINE).words.endswith("Each row is in exactly one matrix.")
    assert "Some numbers of the sum are not finite" in added(p.MINE[0] * float("nan"), p.MINE[1]).words


def test_memory_hatches_what_is_beyond_the_limit():
    figure = draw.memory_bars({"": {"small": 10**6, "large": 10**12}}, 10**9, "one GPU")
    bars = [patch for patch in figure.axes[0].patches if isinstance(patch, Rectangle)]
    assert [(bar.get_width(), bar.get_hatch()) for bar in bars] == [(10**6, None), (10**12, "////")]
    assert figure.words.endswith("one GPU has, 1 GB. Bars that go beyond the line are hatched: “large”.")


def test_by_processes_draws_lines_on_paper_and_marks_measured():
    line = ([1, 2, 4], [0, 50.0, 75.0])
    (ax,) = draw.by_processes({"sent": {"all-reduce": line}}, {"sent": {"all-reduce": ([2, 4], [51.0, 76.0])}}).axes
    drawn = [(one.get_linestyle(), one.get_xydata().tolist()) for one in ax.lines]
    assert drawn == [("--", [[2, 50], [4, 75]]), ("None", [[2, 51], [4, 76]])]


def test_shares_are_multiples_of_the_fair_share():
    figure = draw.shares({"uneven": [10, 70, 10, 10], "even": [5, 5, 5, 5]})
    uneven, even = (list(line.get_ydata()) for line in figure.axes[0].lines[:2])
    assert uneven == pytest.approx([2.8, 0.4, 0.4, 0.4]) and even == [1, 1, 1, 1]
    assert "With uneven, the busiest process serves 2.8 times" in figure.words
    with pytest.raises(ValueError, match="expected numbers of lookups"):
        draw.shares({"uneven": [1, 2], "even": [1]})
