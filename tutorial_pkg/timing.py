"""Measuring side by side: time as the median of interleaved runs, memory as the bytes that were really allocated.

Times are for pictures and tables, never for asserting: they differ from machine to machine and from run to run. Bytes
on the CPU are exact, so they may be compared with what was worked out on paper.
"""

from __future__ import annotations

import contextlib
import math
import os
import platform
import statistics
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

GIB = 2**30


@contextlib.contextmanager
def threads(count: int) -> Iterator[None]:
    """Run the block with that many of torch's threads, and put the old number back, also after an error.

    One thread is right for timing: with two, an operation of microseconds waits for the second thread to wake up,
    and on a busy machine that wait is what gets measured.

    >>> import torch
    >>> before = torch.get_num_threads()
    >>> with threads(1):
    ...     torch.get_num_threads()
    1
    >>> torch.get_num_threads() == before
    True
    """
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(count)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def _synchronise() -> None:
    """Wait for the GPU, which works on after the call has returned; without one there is nothing to wait for."""
    import torch

    if torch.cuda.is_available() and torch.cuda.is_initialized():
        torch.cuda.synchronize()


def side_by_side(
    routes: dict[str, Callable[[], object]], *, repeats: int = 7, limit: float = 10.0, least: float = 2e-4
) -> dict[str, float]:
    """Median seconds for one call of each route, measured in turns: a, b, c, a, b, c, ...

    Taking turns lets whatever else the machine does slow all routes alike, so ratios of the medians can be trusted
    where single times cannot. Each route runs once beforehand, since a first run also pays for fetching memory and
    for filling caches.

    Args:
        routes: name → function without arguments.
        repeats: rounds; at least 1.
        limit: seconds for all; once they are spent no further round begins (one round is always run).
        least: a call that takes less than this many seconds is repeated within a round until it takes about that long,
            because a clock cannot time a microsecond well.

    Raises:
        ValueError: there are no routes, or `repeats` is not a whole number from 1.

    >>> sorted(side_by_side({"sum": lambda: sum(range(100)), "nothing": lambda: None}, repeats=3))
    ['nothing', 'sum']
    """
    if not routes:
        raise ValueError("side_by_side() compares routes; got none")
    if not isinstance(repeats, int) or repeats < 1:
        raise ValueError(f"repeats is {repeats!r}; a whole number from 1 is expected")
    began = time.perf_counter()
    calls, taken = {}, {name: [] for name in routes}
    for name, route in routes.items():
        route()
        calls[name] = max(1, math.ceil(least / max(_seconds(route, 1), 1e-9)))
    for _ in range(repeats):
        for name, route in routes.items():
            taken[name].append(_seconds(route, calls[name]))
        if time.perf_counter() - began > limit:
            break
    return {name: statistics.median(each) for name, each in taken.items()}


def _seconds(route: Callable[[], object], calls: int) -> float:
    """Seconds for one call, over so many calls in a row."""
    _synchronise()
    start = time.perf_counter()
    for _ in range(calls):
        route()
    _synchronise()
    return (time.perf_counter() - start) / calls


def peak_bytes(function: Callable[[], object], device: str = "cpu") -> int:
    """The most bytes that tensors made while `function` runs, its result included, took up at any one moment.

    On the CPU every allocation and release of torch's is recorded by its profiler and summed up, so the figure is
    exact. On a GPU it is what was asked of the allocator, after one run to warm up. What was there before does not
    count, so give back (`weight.grad = None`) beforehand what the function will make anew.

    Args:
        function: takes no arguments. It runs once on the CPU, twice on a GPU.
        device: `"cpu"` or `"cuda"`: where its tensors are.

    Raises:
        ValueError: `device` is neither.

    >>> import torch
    >>> peak_bytes(lambda: torch.zeros(1000)), peak_bytes(lambda: torch.zeros(1000, dtype=torch.int64).sum())
    (4000, 8008)
    """
    import torch

    if device not in ("cpu", "cuda"):
        raise ValueError(f"device is {device!r}; 'cpu' or 'cuda' is expected")
    if device == "cuda":
        function()  # cuBLAS takes its workspace at the first product
        _synchronise()
        torch.cuda.reset_peak_memory_stats()
        before = torch.cuda.memory_stats()["requested_bytes.all.current"]
        kept = function()
        _synchronise()
        del kept
        return torch.cuda.memory_stats()["requested_bytes.all.peak"] - before

    # Read when the profiler first starts: without it some builds write log lines below the learner's cell.
    os.environ.setdefault("KINETO_LOG_LEVEL", "99")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with torch.autograd.profiler.profile(profile_memory=True) as profile:
            kept = function()  # held, so that the result is not released before the profile ends
        events = profile.kineto_results.events()
    del kept
    # A stable sort: what happened within one nanosecond stays in the order in which it was recorded.
    changes = sorted(((one.start_ns(), one.nbytes()) for one in events if one.name() == "[memory]"), key=lambda x: x[0])
    now = peak = 0
    for _, change in changes:
        now += change
        peak = max(peak, now)
    return peak


def slope(sizes: Iterable[float], amounts: Iterable[float]) -> float:
    """The slope of the straight line that fits best on log-log paper: the power with which `amounts` grow.

    1 means "twice the size, twice the amount", 0 means "the size does not matter". Least squares on the logarithms.

    Raises:
        ValueError: not as many amounts as sizes, fewer than two of them, only one size, or a value that is not above 0
            (nor is nan) or is infinite.

    >>> round(slope([1, 2, 4], [10, 20, 40]), 6), round(slope([1, 2, 4], [5, 5, 5]), 6)
    (1.0, 0.0)
    """
    sizes, amounts = list(sizes), list(amounts)
    if len(sizes) != len(amounts) or len(set(sizes)) < 2:
        raise ValueError(
            f"a slope needs an amount for each of two or more different sizes; got {len(set(sizes))} different sizes "
            f"({len(sizes)} in all) and {len(amounts)} amounts"
        )
    for value in (*sizes, *amounts):
        if not 0 < value < math.inf:  # nan compares as False, and so is caught
            raise ValueError(f"a logarithm needs values above 0 that are not infinite; got {value}")
    return statistics.linear_regression([math.log(x) for x in sizes], [math.log(y) for y in amounts]).slope


# ---------------------------------------------------------------------------------------------------- this machine


def free_bytes() -> int | None:
    """Memory that can be had now without harm to other programs, in bytes; None if this system does not tell.

    In a container (Binder, for one) its limit counts, not the memory of the machine around it.
    """
    free = []
    with contextlib.suppress(OSError, ValueError, IndexError):
        lines = Path("/proc/meminfo").read_text().splitlines()
        free += [int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable")]
    if not free:
        with contextlib.suppress(ImportError):
            import psutil

            free.append(psutil.virtual_memory().available)
    with contextlib.suppress(OSError, ValueError):
        group = Path("/sys/fs/cgroup")
        limit = (group / "memory.max").read_text()
        free.append(int(limit) - int((group / "memory.current").read_text()))  # "max" is no number: no limit
    return max(0, min(free)) if free else None


def fits(need: int, free: int | None = None) -> bool:
    """Whether `need` bytes may be asked for: at most 70 % of the free memory, or 1 GiB where that is not known.

    Asking for more can end the kernel without a word, so find out before trying.

    Args:
        need: bytes.
        free: bytes there are; looked up now if None.

    Raises:
        ValueError: `need` or `free` is no number of bytes: negative, or nan.

    >>> fits(10, free=100), fits(80, free=100)
    (True, False)
    """
    free = free_bytes() if free is None else free
    for name, count in (("need", need), ("free", free)):
        if count is not None and not count >= 0:  # nan compares as False
            raise ValueError(f"{name} is {count}; a number of bytes, 0 or more, is expected")
    return need <= (GIB if free is None else 0.7 * free)


def processor() -> str:
    """The processor's name as the system gives it, such as `AMD EPYC`."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    if sys.platform == "darwin":
        import subprocess

        with contextlib.suppress(OSError, subprocess.SubprocessError):
            name = ["sysctl", "-n", "machdep.cpu.brand_string"]
            return subprocess.run(name, capture_output=True, text=True, check=True).stdout.strip()
    return platform.processor() or platform.machine()


def machine(device: str = "cpu") -> str:
    """One line on what was measured on: processor (or GPU), cores, memory, system and versions. No names of hosts."""
    import torch

    cores = os.cpu_count() or 1
    parts = [f"{processor()}, {cores} core{'s' * (cores > 1)}"]
    if device == "cuda":
        parts.insert(0, torch.cuda.get_device_name())
    parts.append(f"{platform.system()}, Python {platform.python_version()}, torch {torch.__version__}")
    return "; ".join(parts)
