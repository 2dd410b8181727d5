"""Functions of a notebook, run by several processes of this machine at once.

`run(main, ...)` sends the source of `main`, and of the functions that it calls, to the processes. It returns what
`main` returned in each. The first call starts the processes; they wait for the next call, which is fast.
`script(main)` is a file for torchrun, the launcher of PyTorch, which can use several machines.

No process outlives its launcher: each process reads a pipe that closes when the launcher ends. No failure hangs: a
process that waits for an ended one gets an error, and after a failure the launcher kills them all.
"""

from __future__ import annotations

import contextlib
import datetime
import inspect
import io
import linecache
import os
import pickle
import queue
import re
import signal
import socket
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
import traceback
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

TIMEOUT_SECONDS = 20  # a process waits so long for another one
GRACE_SECONDS = 3  # after a failure, the other processes have so long to report theirs
PEER_ENDED = "stopped, because another process has ended"
TIMED_OUT = f"waited {TIMEOUT_SECONDS} seconds for another process, and gave up"
# Settings of another launcher, and of networks that one machine does not need.
FOREIGN = ("GLOO_", "MASTER_", "PET_", "TORCHELASTIC_", "TORCH_GLOO_")

HEAD = """\
import torch
import torch.distributed as dist
import torch.nn.functional as F
from torch import nn

from tutorial_pkg import processes


"""
TAIL = """


if __name__ == "__main__":
    processes.worker({main})
"""


class ProcessError(RuntimeError):
    """A process did not finish its part. The message has a line for each process."""


def script(main: Callable) -> str:
    """A script for torchrun that runs `main` in each process."""
    return HEAD + _sources([main]) + TAIL.format(main=main.__name__)


def _sources(functions: list[Callable]) -> str:
    """The source of functions and of those that they call.

    They see each other, and torch, dist (torch.distributed), F, nn and processes (this module). They do not see any
    other name of the notebook.

    Raises:
        TypeError: a function was not made by `def`, or it uses a name of a function around it.
    """
    for function in functions:  # the list grows during the loop
        if not inspect.isfunction(function) or not function.__name__.isidentifier():
            raise TypeError(f"expected a function that `def` makes; got {function!r}")
        if outer := ", ".join(function.__code__.co_freevars):
            raise TypeError(f"{function.__name__} uses {outer} of a function around it; pass that as an argument")
        for name in _names(function.__code__):
            called = function.__globals__.get(name)
            if inspect.isfunction(called) and called.__module__ == functions[0].__module__ and called not in functions:
                functions.append(called)
    return "\n\n\n".join(textwrap.dedent(inspect.getsource(function)).strip() for function in reversed(functions))


def _names(code: types.CodeType) -> list[str]:
    """The names that a function's code mentions, with those in inner functions."""
    inner = [name for part in code.co_consts if isinstance(part, types.CodeType) for name in _names(part)]
    return [*code.co_names, *inner]


def run(main: Callable, /, *, processes: int = 2, seconds: float = 120, **arguments: Any) -> list[Any]:
    """Run `main(**arguments)` in each of several processes, and show at once what process 0 prints.

    Args:
        main: a function that was defined in a cell or a file; it may call others.
        processes: how many processes.
        seconds: time limit; then the processes are stopped.
        arguments: whatever `pickle` takes (numbers, texts, tensors, lists and dicts of them), and such functions.

    Returns:
        What `main` returned in process 0, in process 1, and so on.

    Raises:
        ProcessError: a process raised an error, ended early or took too long.
        TypeError, ValueError: the function or a number is not of the form above.
    """
    if type(processes) is not int or processes < 1 or not seconds > 0:
        raise ValueError(f"expected processes=1 or more, and seconds above 0; got {processes!r} and {seconds!r}")
    source = HEAD + _sources([main, *filter(inspect.isfunction, arguments.values())])
    job = pickle.dumps((source, main.__name__, pickle.dumps(arguments)))
    team = Team.of(processes)
    try:
        reports = team.work(job, seconds)
        if any(kind != "result" for kind, _ in reports):
            raise ProcessError("\n".join(_lines(reports, seconds)))
        return [pickle.loads(result) for _, result in reports]
    except BaseException:  # an interrupted cell, too
        team.end()
        raise


class Team:
    """Processes that wait for jobs. There is one team at a time, since each process takes memory."""

    current: Team | None = None

    def __init__(self, size: int) -> None:
        print(f"Starting {size} process{'es' * (size > 1)} ...", flush=True)
        self.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.workers: list[subprocess.Popen] = []
        self.said: queue.SimpleQueue = queue.SimpleQueue()  # (rank, kind of report, its content)
        settings = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
        settings |= {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "OMP_NUM_THREADS": "1"}
        with contextlib.suppress(
            AttributeError, OSError, StopIteration
        ):  # without this name, gloo looks up the machine's address
            settings["GLOO_SOCKET_IFNAME"] = next(name for _, name in socket.if_nameindex() if name in ("lo", "lo0"))
        for rank in range(size):
            place = {"RANK": rank, "LOCAL_RANK": rank, "WORLD_SIZE": size, "LOCAL_WORLD_SIZE": size}
            with open(Path(self.folder.name, f"{rank}.err"), "ab") as complaints:
                worker = subprocess.Popen(
                    [sys.executable, "-c", "from tutorial_pkg import processes; processes._serve()", self.folder.name],
                    env=settings | {name: str(number) for name, number in place.items()},
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=complaints,
                    process_group=0,  # the interrupt of a cell is for the launcher only
                )
            self.workers.append(worker)
            threading.Thread(target=self._listen, args=(rank, worker), daemon=True).start()

    @classmethod
    def of(cls, size: int) -> Team:
        """The team that waits, if it has this size and every process is there; else a new team."""
        team = cls.current
        if team is None or [worker.poll() for worker in team.workers] != [None] * size:
            if team is not None:
                team.end()
            team = cls.current = cls(size)
        return team

    def _listen(self, rank: int, worker: subprocess.Popen) -> None:
        with contextlib.suppress(EOFError, pickle.UnpicklingError), worker.stdout:
            while True:
                self.said.put((rank, *pickle.load(worker.stdout)))
        self.said.put((rank, "end", None))

    def work(self, job: bytes, seconds: float) -> list[tuple[str, Any]]:
        """Give a job to all processes; returns the report of each: its kind and its content."""
        until, missing = time.monotonic() + seconds, ("late", None)
        reports: dict[int, tuple[str, Any]] = {}
        Path(self.folder.name, "job").write_bytes(job)
        for worker in self.workers:
            with contextlib.suppress(OSError):  # the process has ended; _listen reports it
                os.write(worker.stdin.fileno(), b"\n")
        while len(reports) < len(self.workers):
            try:
                rank, kind, content = self.said.get(timeout=max(0, until - time.monotonic()))
            except queue.Empty:
                break
            if kind == "print":
                print(content, end="", flush=True)
                continue
            if kind == "end":
                file = Path(self.folder.name, f"{rank}.err")
                complaints = file.read_text(encoding="utf-8", errors="replace").strip()[-1000:]
                content = self.workers[rank].wait(), complaints
            reports.setdefault(rank, (kind, content))
            if kind != "result" and missing[0] == "late":
                until, missing = min(until, time.monotonic() + GRACE_SECONDS), ("stopped", None)
        return [reports.get(rank, missing) for rank in range(len(self.workers))]

    def end(self) -> None:
        """Kill the processes, also stopped ones, and what they started."""
        Team.current = None
        for worker in self.workers:
            with contextlib.suppress(OSError):
                os.killpg(worker.pid, signal.SIGKILL) if hasattr(os, "killpg") else worker.kill()
        for worker in self.workers:
            worker.wait()
            worker.stdin.close()
        self.folder.cleanup()


def _lines(reports: list[tuple[str, Any]], seconds: float) -> list[str]:
    """One line for each process, and what it wrote to its error output if it left no report."""
    failed = any(kind in ("error", "end") for kind, _ in reports)
    says = {"result": "finished its part", "stopped": "stopped with the others"}
    says["late"] = f"still at work after {seconds:g} seconds, and stopped"
    lines = []
    for rank, (kind, content) in enumerate(reports):
        if kind == "end":
            code, complaints = content
            said = f"killed by {signal.Signals(-code).name}" if code < 0 else f"ended early, exit code {code}"
            said += f"\n{complaints}" * bool(complaints)
        elif kind == "lost" and failed:
            said = PEER_ENDED
        else:
            said = says.get(kind, content)
        lines.append(f"process {rank}: {said}")
    return lines


def _serve() -> None:
    """What each process does: wait for a job, run it, report, and wait again. After an error it ends."""
    rank, size, folder = int(os.environ["RANK"]), int(os.environ["WORLD_SIZE"]), sys.argv[1]
    reports = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what C code prints does not get between the reports
    jobs: queue.SimpleQueue = queue.SimpleQueue()
    threading.Thread(target=_wait_for_jobs, args=(jobs,), daemon=True).start()
    import torch.distributed as dist

    def report(kind: str, content: Any) -> None:
        sys.stdout.flush()
        pickle.dump((kind, content), reports)
        reports.flush()

    sys.stdout = _Lines(report if rank == 0 else lambda *_: None)
    while jobs.get():
        os.ftruncate(2, 0)  # complaints about this job only
        try:
            if not dist.is_initialized():
                store = dist.FileStore(f"{folder}/store", size)  # they meet in a file, so no port can be taken
                store.set(f"{rank}", "")
                store.wait([f"{other}" for other in range(size)], datetime.timedelta(days=1))  # Python starts slowly
                wait = datetime.timedelta(seconds=TIMEOUT_SECONDS)
                dist.init_process_group("gloo", store=store, rank=rank, world_size=size, timeout=wait)
            source, main, arguments = pickle.loads(Path(folder, "job").read_bytes())
            linecache.cache["notebook"] = (len(source), None, source.splitlines(True), "notebook")
            sys.modules["__main__"] = notebook = types.ModuleType("__main__")  # where pickle looks for its functions
            exec(compile(source, "notebook", "exec"), vars(notebook))
            result = pickle.dumps(getattr(notebook, main)(**pickle.loads(arguments)))
        except BaseException as error:  # torch.distributed.checkpoint's error is not an Exception
            report(*_in_words(error))
            os._exit(1)  # at once: this tells the processes that wait for this one
        report("result", result)


class _Lines(io.TextIOBase):
    """A standard output that reports what is printed, line by line."""

    def __init__(self, report: Callable) -> None:
        self.report, self.printed = report, ""

    def write(self, text: str) -> int:
        self.printed += text
        if "\n" in text:
            self.flush()
        return len(text)

    def flush(self) -> None:
        printed, self.printed = self.printed, ""
        if printed:
            self.report("print", printed)


def _wait_for_jobs(jobs: queue.SimpleQueue) -> None:
    """Each byte on standard input is a job. After the last one the launcher has ended, and so does this process."""
    while job := os.read(0, 1):
        jobs.put(job)
    os.killpg(0, signal.SIGKILL) if hasattr(os, "killpg") else os._exit(1)


def _in_words(error: BaseException) -> tuple[str, str]:
    """Kind and words of a report about an error, with the line of the learner's function."""
    words, from_torch = str(error), isinstance(error, RuntimeError) or type(error).__module__.startswith("torch")
    if from_torch and "gloo" in words:  # a source file of gloo, and an address
        return ("error", TIMED_OUT) if re.search("[Tt]imed? ?out", words) else ("lost", words[:1000])
    own = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "notebook"]
    where = f" (in {own[-1].name}: {own[-1].line})" if own else ""
    return "error", f"{type(error).__name__}: {words[:1000]}{where}"


def worker(main: Callable) -> None:
    """What a script does in each process that torchrun starts: meet the others, run `main`, leave.

    The processes send over NCCL, and make tensors on their GPUs, if there is a GPU for each of them; else over gloo.
    """
    import torch
    import torch.distributed as dist

    gpu = torch.cuda.device_count() >= int(os.environ["LOCAL_WORLD_SIZE"])
    if gpu:
        torch.cuda.set_device(int(os.environ["LOCAL_RANK"]))
        torch.set_default_device(f"cuda:{os.environ['LOCAL_RANK']}")
    dist.init_process_group("nccl" if gpu else "gloo")
    main()
    dist.destroy_process_group()


def raise_together(problem: str) -> None:
    """Raise a ValueError in every process if one has a problem, a text that is not empty. All processes must call it.

    Where only one process raises an error, the others wait for it, and never hear why.
    """
    for rank, text in enumerate(_gather(problem)):
        if text:
            raise ValueError(f"process {rank}: {text}")


def same_everywhere(name: str, value: Any) -> None:
    """Raise a ValueError in every process if `value` is not the same in all. All processes must call it."""
    texts = _gather(str(value))
    if len(set(texts)) > 1:
        listed = ", ".join(f"process {rank} has {text}" for rank, text in enumerate(texts))
        raise ValueError(f"{name} should be the same in every process: {listed}")


def _gather(text: str) -> list[str]:
    """The texts of all processes, in their order."""
    import torch.distributed as dist

    texts = [""] * dist.get_world_size()
    dist.all_gather_object(texts, text)
    return texts


def sent_so_far() -> int:
    """Bytes that this process has written to files and connections since it began; 0 if the system is not Linux."""
    try:
        lines = Path("/proc/self/io").read_text(encoding="ascii")
    except OSError:
        return 0
    return int(re.search(r"^wchar: (\d+)$", lines, re.M)[1])
