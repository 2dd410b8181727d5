"""Measure routes side by side: their times in turns, and the bytes that they really allocate.

Times are for pictures and tables, never for assertions: they differ from machine to machine and from run to run. Bytes
on the CPU are exact, so they can be compared with calculated bytes.
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
STEADY = 0.1  # the halves of the turns agree: no more turns are needed
NOISY = 0.25  # the halves disagree so much that a ratio would mislead
MOST = 20  # times the turns expected, if the halves do not agree before


@contextlib.contextmanager
def threads(count: int) -> Iterator[None]:
    """Run the block with that many of torch's threads, and restore the old number, also after an error.

    Use one thread for timing: with two, an operation of microseconds waits for the second thread to wake up, and on a
    busy machine that wait is what we would measure.

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
    """Wait for the GPU, which still works when a call has returned. Without a GPU this does nothing."""
    import torch

    if torch.cuda.is_available() and torch.cuda.is_initialized():
        torch.cuda.synchronize()


class Times(dict[str, float]):
    """Seconds for one call of each route, by name.

    `changes` says how far they can be trusted: for each route, its time in the first half of the turns divided by its
    time in the second half; empty after a single turn.
    """

    changes: dict[str, float]

    def noise(self, *routes: str) -> float:
        """How far the ratios of these routes (of all routes, if none is named) changed between the halves.

        0.1 means by 10 %. Other work that slows all routes equally is not noise. After a single turn it is infinite.
        """
        changes = [self.changes[name] for name in routes or self] if self.changes else [0.0, math.inf]
        return max(changes) / min(changes) - 1 if min(changes) else math.inf

    def ratio(self, route: str, base: str) -> float:
        """How many times as long `route` takes as `base`; nan if the halves of the turns disagree too much to tell.

        >>> times = side_by_side({"little": lambda: sum(range(10)), "much": lambda: sum(range(100_000))}, limit=1)
        >>> times.ratio("much", "little") > 10
        True
        """
        return self[route] / self[base] if self.noise(route, base) <= NOISY else math.nan


def in_figures(ratio: float | None) -> str:
    """A ratio of two times with three figures at most, or why there is none: nan was too noisy, None was not tried.

    >>> in_figures(1.274), in_figures(24.9), in_figures(math.nan), in_figures(None)
    ('1.27', '25', 'too noisy here', 'not tried')
    """
    if ratio is None:
        return "not tried"
    if math.isnan(ratio):
        return "too noisy here"
    return f"{ratio:.2f}" if ratio < 10 else f"{ratio:,.0f}"


def side_by_side(
    routes: dict[str, Callable[[], object]],
    *,
    repeats: int = 7,
    limit: float = 10.0,
    least: float = 2e-4,
    best: bool = False,
) -> Times:
    """Seconds for one call of each route, measured in turns: a, b, c, a, b, c, ...

    Other work on the machine slows all routes equally if they take turns. So the ratios of these times can be trusted
    where a single time cannot. Each route runs once before the turns, because a first run also allocates memory and
    fills caches. More turns follow where the two halves of the turns disagree on the ratios.

    Args:
        routes: name → function without arguments.
        repeats: turns, at least 1; up to 20 times as many where the halves disagree.
        limit: seconds for all; no further turn begins after that (one turn always runs).
        least: a call that takes less than this many seconds is repeated within a turn until it takes about that long,
            because a clock cannot time a microsecond well.
        best: for routes on one thread of the CPU. Count processor time, which leaves out what the processor does for
            other programs, and take the shortest time of each route, not its median. Other work on the machine only
            adds time (it uses the same caches and memory), so the shortest is closest to what the route itself needs.

    Raises:
        ValueError: there are no routes, or `repeats` is not a whole number from 1.

    >>> sorted(side_by_side({"sum": lambda: sum(range(100)), "nothing": lambda: None}, repeats=3, limit=0.1))
    ['nothing', 'sum']
    """
    if not routes:
        raise ValueError("side_by_side() compares routes; got none")
    if not isinstance(repeats, int) or repeats < 1:
        raise ValueError(f"repeats is {repeats!r}; a whole number from 1 is expected")
    typical, clock = (min, _processor_clock()) if best else (statistics.median, time.perf_counter)
    began = time.perf_counter()
    calls, taken = {}, {name: [] for name in routes}
    for name, route in routes.items():
        route()
        calls[name] = max(1, math.ceil(least / max(_seconds(route, 1, clock), 1e-9)))
    for turn in range(1, MOST * repeats + 1):
        for name, route in routes.items():
            taken[name].append(_seconds(route, calls[name], clock))
        late = time.perf_counter() - began > limit
        if late or turn % repeats == 0:
            times = Times({name: typical(each) for name, each in taken.items()})
            half = turn // 2
            times.changes = {name: typical(each[:half]) / typical(each[half:]) for name, each in taken.items() if half}
            if late or times.noise() <= STEADY:
                break
    return times


def _processor_clock() -> Callable[[], float]:
    """The clock of this process's processor time; the ordinary clock for a GPU, or if the former is too coarse."""
    import torch

    fine = time.get_clock_info("process_time").resolution < 1e-6  # on Windows it is 16 ms
    return time.process_time if fine and not torch.cuda.is_initialized() else time.perf_counter


def _seconds(route: Callable[[], object], calls: int, clock: Callable[[], float]) -> float:
    """Seconds for one call, as the mean of so many calls in a row."""
    _synchronise()
    start = clock()
    for _ in range(calls):
        route()
    _synchronise()
    return (clock() - start) / calls


def peak_bytes(function: Callable[[], object], device: str = "cpu") -> int:
    """The peak: the largest number of bytes, at any moment, of the tensors that `function` makes, with its result.

    On the CPU, torch's profiler records each allocation and each release, so the number is exact. On a GPU the number
    comes from the allocator, after one run to warm up. Tensors that existed before do not count. So release beforehand
    (`weight.grad = None`) what the function makes again.

    Args:
        function: takes no arguments. It runs once on the CPU and twice on a GPU.
        device: `"cpu"` or `"cuda"`, where its tensors are.

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
        function()  # cuBLAS allocates its workspace at the first product
        _synchronise()
        torch.cuda.reset_peak_memory_stats()
        before = torch.cuda.memory_stats()["requested_bytes.all.current"]
        kept = function()
        _synchronise()
        del kept
        return torch.cuda.memory_stats()["requested_bytes.all.peak"] - before

    # The profiler reads this when it first starts. Without it, some builds write log lines below the learner's cell.
    os.environ.setdefault("KINETO_LOG_LEVEL", "99")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with torch.autograd.profiler.profile(profile_memory=True) as profile:
            kept = function()  # kept, so that the result is not released before the profile ends
        events = profile.kineto_results.events()
    del kept
    # The sort is stable: events of the same nanosecond keep the order in which they were recorded.
    changes = sorted(((one.start_ns(), one.nbytes()) for one in events if one.name() == "[memory]"), key=lambda x: x[0])
    now = peak = 0
    for _, change in changes:
        now += change
        peak = max(peak, now)
    return peak


def slope(sizes: Iterable[float], amounts: Iterable[float]) -> float:
    """The slope of the straight line that fits best on a log-log plot: the power with which `amounts` grow.

    1 means "twice the size, twice the amount", and 0 means "the size does not matter". The fit is least squares on the
    logarithms.

    Raises:
        ValueError: there are not as many amounts as sizes, there are fewer than two different sizes, or a value is not
            above 0, nan or infinite.

    >>> round(slope([1, 2, 4], [10, 20, 40]), 6), round(slope([1, 2, 4], [5, 5, 5]), 6)
    (1.0, 0.0)
    """
    sizes, amounts = list(sizes), list(amounts)
    if len(sizes) != len(amounts) or len(set(sizes)) < 2:
        raise ValueError(
            f"a slope needs two or more different sizes, and one amount for each size; got {len(set(sizes))} different "
            f"sizes ({len(sizes)} in all) and {len(amounts)} amounts"
        )
    for value in (*sizes, *amounts):
        if not 0 < value < math.inf:  # a comparison with nan is False, so nan is refused too
            raise ValueError(f"a logarithm needs values above 0 that are not infinite; got {value}")
    return statistics.linear_regression([math.log(x) for x in sizes], [math.log(y) for y in amounts]).slope


# ---------------------------------------------------------------------------------------------------- this machine


def free_bytes() -> int | None:
    """Bytes of memory that are free for new programs now; None if this system does not say.

    In a container (for example on Binder) the container's limit counts, not the memory of the machine.
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
        free.append(
            int(limit) - int((group / "memory.current").read_text())
        )  # "max" is not a number: there is no limit
    return max(0, min(free)) if free else None


def fits(need: int, free: int | None = None) -> bool:
    """Whether `need` bytes are at most 70 % of the free memory, or at most 1 GiB if the free memory is not known.

    A kernel that needs more memory can end without an error message, so call this before you allocate.

    Args:
        need: bytes.
        free: bytes of free memory; None measures them now.

    Raises:
        ValueError: `need` or `free` is not a number of bytes: it is negative or nan.

    >>> fits(10, free=100), fits(80, free=100)
    (True, False)
    """
    free = free_bytes() if free is None else free
    for name, count in (("need", need), ("free", free)):
        if count is not None and not count >= 0:  # a comparison with nan is False
            raise ValueError(f"{name} is {count}; a number of bytes, 0 or more, is expected")
    return need <= (GIB if free is None else 0.7 * free)


def processor() -> str:
    """The processor's name according to the system, such as `AMD EPYC`."""
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
    """The machine in one line: processor (and GPU), cores, system and versions, but not the machine's name."""
    import torch

    cores = os.cpu_count() or 1
    parts = [f"{processor()}, {cores} core{'s' * (cores > 1)}"]
    if device == "cuda":
        parts.insert(0, torch.cuda.get_device_name())
    parts.append(f"{platform.system()}, Python {platform.python_version()}, torch {torch.__version__}")
    return "; ".join(parts)
