"""Run functions of a notebook in several processes of this machine at once.

`run(main, ...)` sends the source of `main`, and of the functions that it calls, to the processes. It returns the result
of each process. The first call starts the processes. They stay and wait, so the next call is fast. On Linux, they are
copies of one process, the fork server, which imports PyTorch once for all. `script(main)` is a file for torchrun,
PyTorch's own launcher, which can use several machines.

In this module, the launcher is the notebook's kernel. Each process reads a pipe that closes when the launcher ends, and
then the process ends, too. If a process fails, the other processes get an error or are killed. So none waits forever.
"""

import contextlib
import datetime
import gc
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
from typing import Any, BinaryIO

TIMEOUT_SECONDS = 20  # a process waits at most this long for another process
GRACE_SECONDS = 3  # after a failure, the other processes have this long to report their own errors
PEER_ENDED = "stopped, because another process has ended"
TIMED_OUT = f"waited {TIMEOUT_SECONDS} seconds for another process, and gave up"
HAS_FORK_SERVER = sys.platform == "linux"  # on macOS, a copy of a process with PyTorch can crash
# Variables of other launchers, and of networks that one machine does not need.
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

    def _render_traceback_(self) -> list[str]:  # IPython then leaves this module's lines out of the traceback
        return [f"{type(self).__name__}: {self}"]


def script(main: Callable) -> str:
    """A script for torchrun that runs `main` in each process."""
    return HEAD + _sources([main]) + TAIL.format(main=main.__name__)


def _sources(functions: list[Callable]) -> str:
    """The source of these functions and of the functions that they call. `HEAD` has the other names that they can use.

    Raises:
        TypeError: a function was not made by `def`, or it uses a name of a function around it.
    """
    for function in functions:  # the list grows during the loop
        if not inspect.isfunction(function) or not function.__name__.isidentifier():
            raise TypeError(f"expected a function that `def` makes; got {function!r}")
        if outer := ", ".join(function.__code__.co_freevars):
            raise TypeError(f"{function.__name__} uses {outer} of a function around it; pass {outer} as an argument")
        for name in _names(function.__code__):
            called = function.__globals__.get(name)
            if inspect.isfunction(called) and called.__module__ == functions[0].__module__ and called not in functions:
                functions.append(called)
    return "\n\n\n".join(textwrap.dedent(inspect.getsource(function)).strip() for function in reversed(functions))


def _names(code: types.CodeType) -> list[str]:
    """The names in a function's code and in the code of its inner functions."""
    inner = [name for part in code.co_consts if isinstance(part, types.CodeType) for name in _names(part)]
    return [*code.co_names, *inner]


def run(main: Callable, /, *, processes: int = 2, seconds: float = 120, **arguments: Any) -> list[Any]:
    """Run `main(**arguments)` in each of several processes, and return their results: process 0 first.

    What process 0 prints is shown at once.

    Args:
        main: a function from a cell or a file. It may call other functions.
        processes: the number of processes.
        seconds: the time limit. Then the processes are stopped.
        arguments: anything that `pickle` can store (numbers, texts, tensors, lists, dictionaries), and functions.

    Raises:
        ProcessError: a process raised an error, ended early or took too long.
        TypeError, ValueError: `main` is not such a function, or `processes` or `seconds` is not above 0.
    """
    if type(processes) is not int or processes < 1 or not seconds > 0:
        raise ValueError(f"expected processes=1 or more, and seconds above 0; got {processes!r} and {seconds!r}")
    source = HEAD + _sources([main, *filter(inspect.isfunction, arguments.values())])
    job = pickle.dumps((source, main.__name__, pickle.dumps(arguments)))
    try:
        team = Team.of(processes)
        reports = team.work(job, seconds)
        if any(kind != "result" for kind, _ in reports):
            raise ProcessError("\n".join(_lines(reports, seconds)))
        return [pickle.loads(result) for _, result in reports]
    except BaseException:  # also if the cell is interrupted
        if Team.current:
            Team.current.end()
        raise


class Team:
    """Processes that wait for jobs. There is only one team at a time, because each process needs memory."""

    current: "Team | None" = None

    def __init__(self, size: int) -> None:
        self.workers: list[subprocess.Popen | Forked] = []
        self.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        Team.current = self
        print(f"Starting {size} process{'es' * (size > 1)} ...", flush=True)
        self.said: queue.SimpleQueue = queue.SimpleQueue()  # (rank, kind of report, its content)
        settings = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
        settings |= {"PYTHONPATH": os.pathsep.join(map(str, filter(None, sys.path))), "OMP_NUM_THREADS": "1"}
        with contextlib.suppress(AttributeError, OSError, StopIteration):  # else gloo looks up the machine's address
            settings["GLOO_SOCKET_IFNAME"] = next(name for _, name in socket.if_nameindex() if name in ("lo", "lo0"))
        for rank in range(size):
            place = {"RANK": rank, "LOCAL_RANK": rank, "WORLD_SIZE": size, "LOCAL_WORLD_SIZE": size}
            settings |= {name: str(number) for name, number in place.items()}
            with open(Path(self.folder.name, f"{rank}.err"), "ab") as complaints:
                self.workers.append(_start(self.folder.name, settings, complaints))
            threading.Thread(target=self._listen, args=(rank, self.workers[rank]), daemon=True).start()

    @classmethod
    def of(cls, size: int) -> "Team":
        """The waiting team if it has this size and all its processes still run, otherwise a new team."""
        team = cls.current
        if team is None or [worker.poll() for worker in team.workers] != [None] * size:
            if team is not None:
                team.end()
            team = cls(size)
        return team

    def _listen(self, rank: int, worker: "subprocess.Popen | Forked") -> None:
        with contextlib.suppress(EOFError, pickle.UnpicklingError), worker.stdout:
            while True:
                self.said.put((rank, *pickle.load(worker.stdout)))
        self.said.put((rank, "end", None))

    def work(self, job: bytes, seconds: float) -> list[tuple[str, Any]]:
        """Give a job to all processes. Returns the kind and the content of each process's report."""
        from .kernel import watched  # here, because it imports IPython, which the processes do not need

        begun, shown = time.monotonic(), ""
        until, missing = begun + seconds, ("late", None)
        reports: dict[int, tuple[str, Any]] = {}
        Path(self.folder.name, "job").write_bytes(job)
        for worker in self.workers:
            with contextlib.suppress(OSError):  # an error means that the process has ended, which _listen reports
                os.write(worker.stdin.fileno(), b"\n")
        while len(reports) < len(self.workers):
            try:
                rank, kind, content = self.said.get(timeout=max(0, min(2, until - time.monotonic())))
            except queue.Empty:
                now = time.monotonic()
                if now >= until:
                    break
                if watched():
                    shown = f"\r{now - begun:.0f} seconds ..."
                    print(shown, end="", flush=True)
                continue
            if shown:
                print(f"\r{' ' * len(shown)}\r", end="", flush=True)
                shown = ""
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
        """Kill the processes and their own child processes, even if they are stopped."""
        Team.current = None
        for worker in self.workers:
            with contextlib.suppress(OSError):
                os.killpg(worker.pid, signal.SIGKILL) if hasattr(os, "killpg") else worker.kill()
        for worker in self.workers:
            worker.wait()
            worker.stdin.close()
        self.folder.cleanup()


def _start(folder: str, settings: dict[str, str], complaints: BinaryIO) -> "subprocess.Popen | Forked":
    """Start a process of a team: a copy of the fork server if there is one, and otherwise a new Python."""
    if HAS_FORK_SERVER:
        with contextlib.suppress(EOFError, OSError):
            return Forked(folder, settings, complaints)
    return _python("_serve", folder, env=settings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=complaints)


def _python(function: str, *arguments: str, **options: Any) -> subprocess.Popen:
    """A new Python that calls a function of this module. An interrupted cell must interrupt only the launcher."""
    code = f"import sys; from tutorial_pkg import processes; processes.{function}(*sys.argv[1:])"
    return subprocess.Popen([sys.executable, "-c", code, *arguments], process_group=0, **options)


class Forked:
    """A copy of the fork server, with what this module uses of `subprocess.Popen`."""

    server: subprocess.Popen | None = None
    line: socket.socket  # to the server, which ends when the line is closed

    def __init__(self, folder: str, settings: dict[str, str], complaints: BinaryIO) -> None:
        if Forked.server is None or Forked.server.poll() is not None:
            Forked.line, its_end = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            Forked.line.settimeout(120)  # seconds: if the server is stopped, new Pythons start instead
            with its_end, open(os.devnull, "w") as nothing:
                Forked.server = _python("_fork_server", env=settings, stdin=its_end, stdout=nothing, stderr=nothing)
        self.server, self.line, self.code = Forked.server, Forked.line, None
        (its_input, stdin), (stdout, its_output) = os.pipe(), os.pipe()
        self.stdin, self.stdout = open(stdin, "wb"), open(stdout, "rb")
        try:
            with open(its_input), open(its_output, "wb"):
                self.pid = self._ask((folder, os.getcwd(), settings), its_input, its_output, complaints.fileno())
        except BaseException:
            self.stdin.close(), self.stdout.close()
            raise

    def _ask(self, request: tuple, *files: int) -> Any:
        """Send the server a request and open files, and wait for the answer."""
        try:
            socket.send_fds(self.line, [pickle.dumps(request)], files)
            return pickle.loads(self.line.recv(1 << 18))
        except BaseException:  # after an interrupt, the next request would get the answer to this one
            self.line.close()
            self.server.kill()
            self.server.wait()
            raise

    def poll(self, until_its_end: bool = False) -> int | str | None:
        if self.code is None:
            try:
                self.code = self._ask((self.pid, 0 if until_its_end else os.WNOHANG))
            except (EOFError, OSError):
                self.code = "unknown"  # only the fork server could know it, and it has ended
        return self.code

    def wait(self) -> int | str:
        return self.poll(until_its_end=True)


def _fork_server() -> None:
    """The main function of the fork server. A request starts a copy of it, or asks for the exit code of a copy."""
    # What Python and torch read only when they start, such as the hash seed, is the same in all copies
    gc.disable()  # as for a kernel's start, see kernel.py
    import numpy
    import torch._dynamo  # the optimisers and DTensor import it when they are first used
    import torch.distributed.checkpoint
    import torch.distributed.tensor

    gc.freeze()
    requests = socket.socket(fileno=0)
    while True:
        message, files, _, _ = socket.recv_fds(requests, 1 << 18, 3)
        if not message:  # the launcher has ended
            os._exit(0)
        request = pickle.loads(message)
        if not files:
            ended, status = os.waitpid(*request)
            requests.send(pickle.dumps(os.waitstatus_to_exitcode(status) if ended else None))
            continue
        pid = os.fork()
        os.setpgid(pid, pid)  # in both processes, so that neither runs on before it is done
        if not pid:
            requests.detach()
            for number, file in enumerate(files):
                os.dup2(file, number)
        for file in files:
            os.close(file)
        if not pid:  # the copy becomes what a new Python with these settings would be
            folder, here, settings = request
            gc.enable()
            os.chdir(here)
            os.environ.clear()
            os.environ.update(settings)
            sys.path[:] = ["", *settings["PYTHONPATH"].split(os.pathsep)]
            torch.seed()  # otherwise all copies would draw the same random numbers, even if no seed is set
            numpy.random.seed()
            _serve(folder)
        requests.send(pickle.dumps(pid))


def _lines(reports: list[tuple[str, Any]], seconds: float) -> list[str]:
    """One line for each process. If a process ended without a report, its error output follows."""
    failed = any(kind in ("error", "end") for kind, _ in reports)
    says = {"result": "finished its part", "stopped": "stopped with the others"}
    says["late"] = f"still at work after {seconds:g} seconds, and stopped"
    lines = []
    for rank, (kind, content) in enumerate(reports):
        if kind == "end":
            code, complaints = content
            killed = code in range(-64, 0)
            said = f"killed by {signal.Signals(-code).name}" if killed else f"ended early, exit code {code}"
            said += f"\n{complaints}" * bool(complaints)
        elif kind == "lost" and failed:
            said = PEER_ENDED
        else:
            said = says.get(kind, content)
        lines.append(f"process {rank}: {said}")
    cores = os.cpu_count() or 1
    if len(lines) > cores and all(kind == "late" for kind, _ in reports):
        advice = "The time can include starting Python in each process. Use fewer processes, or a larger `seconds`."
        return [f"all {len(lines)} processes: {says['late']}", f"This machine has {cores} cores. {advice}"]
    return lines


def _serve(folder: str) -> None:
    """The main function of each process: wait for a job, run it, report, and wait again. After an error, end."""
    rank, size = int(os.environ["RANK"]), int(os.environ["WORLD_SIZE"])
    reports = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # so that the output of C code does not mix with the reports
    jobs: queue.SimpleQueue = queue.SimpleQueue()
    threading.Thread(target=_wait_for_jobs, args=(jobs,), daemon=True).start()
    import torch.distributed as dist

    def send(kind: str, content: Any) -> None:
        pickle.dump((kind, content), reports)
        reports.flush()

    sys.stdout = _Output(lambda text: send("print", text) if rank == 0 else None)
    while jobs.get():
        os.ftruncate(2, 0)  # the error output of earlier jobs is not needed
        try:
            if not dist.is_initialized():
                store = dist.FileStore(f"{folder}/store", size)  # not a port, because it could already be in use
                store.set(f"{rank}", "")
                # The launcher has its own time limit, and Python may start slowly
                store.wait([f"{other}" for other in range(size)], datetime.timedelta(days=1))
                wait = datetime.timedelta(seconds=TIMEOUT_SECONDS)
                dist.init_process_group("gloo", store=store, rank=rank, world_size=size, timeout=wait)
            source, main, arguments = pickle.loads(Path(folder, "job").read_bytes())
            linecache.cache["notebook"] = (len(source), None, source.splitlines(True), "notebook")
            sys.modules["__main__"] = notebook = types.ModuleType("__main__")  # pickle looks for functions there
            exec(compile(source, "notebook", "exec"), vars(notebook))
            report = "result", pickle.dumps(getattr(notebook, main)(**pickle.loads(arguments)))
        except BaseException as error:  # some errors of torch.distributed.checkpoint are not of the type Exception
            report = _in_words(error)
        try:
            send(*report)
        except OSError:  # the launcher has ended
            _end_group()
        if report[0] != "result":
            os._exit(1)  # this ends the process at once, so the processes that wait for it get an error


class _Output(io.TextIOBase):
    """The standard output of a process: `report` gets each printed text."""

    def __init__(self, report: Callable[[str], None]) -> None:
        self.report = report

    def write(self, text: str) -> int:
        self.report(text)
        return len(text)


def _wait_for_jobs(jobs: queue.SimpleQueue) -> None:
    """Each byte on standard input is a job. The input ends when the launcher ends, and then this process ends, too."""
    while job := os.read(0, 1):
        jobs.put(job)
    _end_group()


def _end_group() -> None:
    """End this process and its own child processes."""
    os.killpg(0, signal.SIGKILL) if hasattr(os, "killpg") else os._exit(1)


def _in_words(error: BaseException) -> tuple[str, str]:
    """The kind and the text of a report about an error, with the line of the learner's function."""
    words, from_torch = str(error), isinstance(error, RuntimeError) or type(error).__module__.startswith("torch")
    if from_torch and "gloo" in words:  # such a text names a source file of gloo and an address
        return ("error", TIMED_OUT) if re.search("[Tt]imed? ?out", words) else ("lost", words[:1000])
    own = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "notebook"]
    where = f" (in {own[-1].name}: {own[-1].line})" if own else ""
    return "error", f"{type(error).__name__}: {words[:1000]}{where}"


def worker(main: Callable) -> None:
    """The main function of each process that torchrun starts: join the other processes, run `main`, leave.

    If there is a GPU for each process, tensors are made on the GPUs and sent with NCCL. Otherwise they are sent with
    gloo.
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
    """Raise a ValueError in every process if a process reports a problem (a text that is not empty).

    All processes must call this function. If only one process raised an error, the others would wait for it.
    """
    for rank, text in enumerate(_gather(problem)):
        if text:
            raise ValueError(f"process {rank}: {text}")


def same_everywhere(name: str, value: Any) -> None:
    """Raise a ValueError in every process if `value` is not the same in all. All processes must call this function."""
    texts = _gather(str(value))
    if len(set(texts)) > 1:
        listed = ", ".join(f"process {rank} has {text}" for rank, text in enumerate(texts))
        raise ValueError(f"{name} should be the same in every process: {listed}")


def _gather(text: str) -> list[str]:
    """The texts of process 0, process 1, and so on."""
    import torch.distributed as dist

    texts = [""] * dist.get_world_size()
    dist.all_gather_object(texts, text)
    return texts


def sent_so_far() -> int:
    """The bytes that this process has written to files and connections. It is always 0 if the system is not Linux."""
    try:
        lines = Path("/proc/self/io").read_text(encoding="ascii")
    except OSError:
        return 0
    return int(re.search(r"^wchar: (\d+)$", lines, re.M)[1])
