"""Functions of a notebook, run by several processes that `torchrun` starts.

`torchrun(main, ...)` writes the functions' own source into a script, starts it and returns what `main` returned in each
process; `worker` is what the script does around `main`. With a GPU for each process they talk over NCCL, else over
gloo. One machine only: for more, save what `script(main)` gives and start it with torchrun's own options.

No process outlives its launcher: each watches its standard input, a pipe whose other end closes when the launcher ends,
however it ends. No failure hangs: a process that waits for one that is gone gets an error, one that waits for too long
is stopped, and every process leaves a report.
"""

from __future__ import annotations

import contextlib
import datetime
import inspect
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import textwrap
import threading
import traceback
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

REPORTS = "TUTORIAL_PKG_REPORTS"  # the folder in which processes leave their reports, for those that torchrun() started
PATIENCE = 60  # seconds that a process waits for the others
GONE = "stopped, because another process has ended"
LATE = f"waited {PATIENCE} seconds for another process, and gave up"

SCRIPT = """\
import torch
import torch.distributed as dist
import torch.nn.functional as F
from torch import nn

from tutorial_pkg import processes


{functions}


if __name__ == "__main__":
    processes.worker({main})
"""


class SplitError(RuntimeError):
    """Not every process did its part. The message says of each what became of it."""


def script(main: Callable) -> str:
    """The script that runs `main` in each process: its source, and that of the functions which it calls.

    The functions see one another, and torch, dist (torch.distributed), F, nn and processes (this module); nothing else
    of the notebook.
    """
    functions = [main]
    for function in functions:  # the list grows while it is gone through
        for name in _names(function.__code__):
            called = function.__globals__.get(name)
            if inspect.isfunction(called) and called.__module__ == main.__module__ and called not in functions:
                functions.append(called)
    sources = [textwrap.dedent(inspect.getsource(function)).strip() for function in reversed(functions)]
    return SCRIPT.format(functions="\n\n\n".join(sources), main=main.__name__)


def _names(code: types.CodeType) -> list[str]:
    """The names that a function's code mentions, functions inside it included."""
    inner = [name for part in code.co_consts if isinstance(part, types.CodeType) for name in _names(part)]
    return [*code.co_names, *inner]


def torchrun(
    main: Callable, *, processes: int = 2, seconds: float = 120, port: int | None = None, **arguments
) -> list[Any]:
    """Run `main(**arguments)` in each of several processes; what process 0 prints is printed.

    Args:
        main: a function that was defined in a cell or a file; it may call others that were.
        processes: how many.
        seconds: after which they are stopped.
        port: where they meet; None finds a free one.
        arguments: numbers, texts, lists and dicts of them.

    Returns:
        What `main` returned in process 0, in process 1, and so on: numbers, texts, lists and dicts of them.

    Raises:
        SplitError: a process raised an error, ended early or took too long, or the port is taken.
    """
    meet = ["--standalone"] if port is None else ["--master-addr", "127.0.0.1", "--master-port", str(port)]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        file = Path(folder, f"{main.__name__}.py")
        file.write_text(script(main), encoding="utf-8")
        Path(folder, "arguments.json").write_text(json.dumps(arguments), encoding="utf-8")
        command = [sys.executable, "-m", "torch.distributed.run", *meet, "--nproc-per-node", str(processes), str(file)]
        # One thread each: several processes share this machine. A worker that does not stop when told to is killed.
        settings = {"OMP_NUM_THREADS": "1", "TORCH_ELASTIC_SHUTDOWN_TIMEOUT": "5", REPORTS: folder}
        late = _run(command, os.environ | settings, seconds, folder)
        printed, complained = (Path(folder, name).read_text(encoding="utf-8") for name in ("printed", "complained"))
        print(printed, end="")
        reports = [_report(folder, rank) for rank in range(processes)]
        if all("result" in report for report in reports):
            return [report["result"] for report in reports]
        if port is not None and re.search("EADDRINUSE|address already in use", complained, re.I):
            raise SplitError(f"port {port} is taken by another program: leave port out, and a free one is found")
        raise SplitError(_what_happened(reports, complained, seconds if late else None))


def worker(main: Callable) -> None:
    """What each process does: meet the others, run `main`, and leave a report of the result or of the error."""
    import torch
    import torch.distributed as dist

    rank = int(os.environ["RANK"])
    folder = os.environ.get(REPORTS)
    arguments = json.loads(Path(folder, "arguments.json").read_text(encoding="utf-8")) if folder else {}
    if folder:
        threading.Thread(target=_end_with_the_launcher, daemon=True).start()
        signal.signal(signal.SIGTERM, _stopped)
    try:
        # GPUs if there is one for each process of this machine; tensors are then made there.
        gpu = torch.cuda.device_count() >= int(os.environ["LOCAL_WORLD_SIZE"])
        if gpu:
            torch.set_default_device(f"cuda:{os.environ['LOCAL_RANK']}")
            torch.cuda.set_device(int(os.environ["LOCAL_RANK"]))
        dist.init_process_group("nccl" if gpu else "gloo", timeout=datetime.timedelta(seconds=PATIENCE))
        with contextlib.ExitStack() as stack:
            if rank > 0:
                stack.enter_context(contextlib.redirect_stdout(stack.enter_context(open(os.devnull, "w"))))
            report = json.dumps({"result": main(**arguments)})
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    except BaseException as error:  # torch.distributed.checkpoint's own is no Exception
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # first the report, whatever comes
        if not folder:
            raise
        report = json.dumps({"error": _in_words(error)})
    if folder:
        partial = Path(folder, f"{rank}.partial")
        partial.write_text(report, encoding="utf-8")
        partial.rename(Path(folder, f"{rank}.json"))
    if "error" in json.loads(report):
        sys.stdout.flush()
        os._exit(1)  # at once: the others wait for this process, and its leaving is what tells them
    dist.destroy_process_group()


def _in_words(error: BaseException) -> str:
    """What was raised, and in which line of the learner's functions."""
    # gloo's own words name a source file and an address, and NCCL's fill a screen.
    if re.search(r"[Tt]imed? ?out", str(error)):
        return LATE
    if isinstance(error, ConnectionError) or re.search(r"gloo|NCCL|Connection (closed|reset)|Broken pipe", str(error)):
        return GONE
    own = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == sys.argv[0]]
    where = f" (in {own[-1].name}: {own[-1].line})" if own else ""
    return f"{type(error).__name__}: {str(error)[:1000]}{where}"


def raise_together(problem: str) -> None:
    """Every process raises a ValueError if one of them has a problem, a text that is not empty; all must call it.

    A process that raises alone leaves the others waiting, and they never hear why.
    """
    for rank, text in enumerate(_everybodys(problem)):
        if text:
            raise ValueError(f"process {rank}: {text}")


def same_everywhere(name: str, value: Any) -> None:
    """Every process raises a ValueError if `value` is not the same in all of them; all must call it."""
    texts = _everybodys(str(value))
    if len(set(texts)) > 1:
        listed = ", ".join(f"process {rank} has {text}" for rank, text in enumerate(texts))
        raise ValueError(f"{name} should be the same in every process: {listed}")


def _everybodys(text: str) -> list[str]:
    """The texts of all processes, in their order, each cut to 500 bytes."""
    import torch
    import torch.distributed as dist

    said = text.encode()[:500]
    mine = torch.tensor([*said, *[0] * (500 - len(said))], dtype=torch.uint8)
    gathered = [torch.empty_like(mine) for _ in range(dist.get_world_size())]
    dist.all_gather(gathered, mine)
    return [bytes(one.tolist()).rstrip(b"\0").decode(errors="ignore") for one in gathered]


def sent_so_far() -> int | None:
    """Bytes that this process has written to files and connections since it began; None where that cannot be read.

    Linux counts them. NCCL's traffic between GPUs is not among them.
    """
    try:
        lines = Path("/proc/self/io").read_text(encoding="ascii")
    except OSError:
        return None
    return int(re.search(r"^wchar: (\d+)$", lines, re.M)[1])


def _run(command: list[str], environment: dict[str, str], seconds: float, folder: str) -> bool:
    """Run a command, its output into two files of the folder; returns whether it was stopped for taking too long."""
    read_end, write_end = os.pipe()
    # Files, since a pipe would stay open as long as a worker does, and nobody would notice that torchrun is gone.
    with open(Path(folder, "printed"), "wb") as printed, open(Path(folder, "complained"), "wb") as complained:
        process = subprocess.Popen(command, stdin=read_end, stdout=printed, stderr=complained, env=environment)
    os.close(read_end)
    try:
        process.wait(seconds)
        return False
    except subprocess.TimeoutExpired:
        return True
    finally:  # an interrupted cell comes by here too
        os.close(write_end)  # the workers see it and end, and with them torchrun
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(10)
        process.kill()
        process.wait()


def _end_with_the_launcher() -> None:
    """Wait until nobody holds the other end of standard input, then leave."""
    while os.read(0, 1024):
        pass
    os._exit(1)


def _stopped(*_: Any) -> None:
    """torchrun stops all processes when one has failed."""
    raise ConnectionError(GONE)


def _report(folder: str, rank: int) -> dict[str, Any]:
    file = Path(folder, f"{rank}.json")
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def _what_happened(reports: list[dict], complained: str, late: float | None) -> str:
    """One line for each process."""
    # torchrun lists those that failed by themselves as "rank : 1 (local_rank: 1)" and "exitcode : -9 (pid: 123)".
    codes = dict(re.findall(r"^\s*rank\s*: (\d+) .*\n\s*exitcode\s*: (-?\d+)", complained, re.M))
    lines = []
    for rank, report in enumerate(reports):
        code = int(codes.get(str(rank), 0))
        if report:
            said = report.get("error", "finished its part")
        elif late is not None:
            said = f"still at work after {late:g} seconds, and stopped"
        elif code < 0:
            said = f"killed by {signal.Signals(-code).name}"
        else:
            said = f"ended early, exit code {code}" if code else "stopped with the others"
        lines.append(f"process {rank}: {said}")
    if not any(reports) and late is None and not codes:
        lines += ["torchrun itself failed:", complained.strip()[-1000:]]
    return "\n".join(lines)
