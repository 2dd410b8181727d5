"""Measure routes side by side: their times in turns, and the bytes that they allocate.

Times differ from machine to machine and from run to run. So use them in pictures and tables, and never in assertions.
The counted bytes on the CPU are exact, so they can be compared with calculated bytes.
"""

import contextlib
import math
import os
import platform
import re
import statistics
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate
from pathlib import Path

import torch

LEAST = 2e-4  # seconds: a shorter call is repeated within a turn, because a clock cannot time a microsecond well
STEADY = 0.1  # up to this noise, the two halves of the turns agree, and no more turns are needed
NOISY = 0.25  # above this noise, a ratio would mislead
MOST = 20  # `side_by_side` takes at most this many times `repeats` turns


@contextlib.contextmanager
def threads(count: int) -> Iterator[None]:
    """Let torch use `count` threads in the block, and restore the old number afterwards, also after an error.

    Use one thread for timing. With two threads, an operation that takes microseconds waits for the second thread to
    wake up. On a busy machine, we would measure this wait.

    >>> with threads(1):
    ...     torch.get_num_threads()
    1
    """
    before = torch.get_num_threads()
    torch.set_num_threads(count)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def _synchronise() -> None:
    """Wait until the GPU has finished its work, because a call returns earlier. Without a GPU, this does nothing."""
    if torch.cuda.is_available() and torch.cuda.is_initialized():
        torch.cuda.synchronize()


class Times(dict[str, float]):
    """The seconds for one call of each route, by the route's name.

    `changes`: for each route, its time in the first half of the turns divided by its time in the second half. It is
    empty after a single turn.
    """

    changes: dict[str, float]

    def noise(self, *routes: str) -> float:
        """How much the ratios of these routes changed between the two halves of the turns: 0.1 means by 10 %.

        Without names, all routes are compared. Other work on the machine that slows all routes equally is not noise.
        After a single turn, the noise is infinite.
        """
        changes = [self.changes[name] for name in routes or self] if self.changes else [0.0, math.inf]
        return max(changes) / min(changes) - 1 if min(changes) else math.inf

    def ratio(self, route: str, base: str) -> float:
        """The time of `route` divided by the time of `base`. It is nan if the noise is above `NOISY`."""
        return self[route] / self[base] if self.noise(route, base) <= NOISY else math.nan


def in_figures(ratio: float | None) -> str:
    """A ratio of two times as text, with three figures at most. nan means "too noisy here", None "not tried".

    >>> in_figures(1.274), in_figures(24.9), in_figures(math.nan), in_figures(None)
    ('1.27', '25', 'too noisy here', 'not tried')
    """
    if ratio is None:
        return "not tried"
    if math.isnan(ratio):
        return "too noisy here"
    return f"{ratio:.2f}" if ratio < 10 else f"{ratio:,.0f}"


def side_by_side(
    routes: dict[str, Callable[[], object]], *, repeats: int = 7, limit: float = 10.0, best: bool = False
) -> Times:
    """Seconds for one call of each route, measured in turns: a, b, c, a, b, c, ...

    Other work on the machine then slows all routes equally. So you can trust a ratio of these times more than a single
    time. Each route runs once before the turns, because a first run also allocates memory and fills caches.

    Args:
        routes: the name of each route, and the route as a function without arguments.
        repeats: how many turns, at least 1. If the ratios in the first and in the second half of the turns disagree,
            there are up to `MOST` times as many turns.
        limit: a number of seconds. After this time, no new turn begins (but one turn always runs).
        best: use this for routes on one thread of the CPU. It counts processor time, which leaves out other programs,
            and it takes the shortest time of each route, not the median: other programs can only add time.

    Raises:
        ValueError: there are no routes or no turns.

    >>> times = side_by_side({"little": lambda: sum(range(10)), "much": lambda: sum(range(100_000))}, limit=1)
    >>> times.ratio("much", "little") > 10
    True
    """
    if not routes or repeats < 1:
        raise ValueError(f"expected one route or more, and repeats=1 or more; got {len(routes)} and {repeats!r}")
    typical, clock = (min, _processor_clock()) if best else (statistics.median, time.perf_counter)
    began = time.perf_counter()
    calls, taken = {}, {name: [] for name in routes}
    for name, route in routes.items():
        route()
        calls[name] = max(1, math.ceil(LEAST / max(_seconds(route, 1, clock), 1e-9)))
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
    """The clock that counts this process's processor time. For a GPU or on Windows, the ordinary clock."""
    fine = time.get_clock_info("process_time").resolution < 1e-6  # on Windows, it counts in steps of 16 ms
    return time.process_time if fine and not torch.cuda.is_initialized() else time.perf_counter


def _seconds(route: Callable[[], object], calls: int, clock: Callable[[], float]) -> float:
    """Seconds for one call: the mean of `calls` calls in a row."""
    _synchronise()
    start = clock()
    for _ in range(calls):
        route()
    _synchronise()
    return (clock() - start) / calls


def peak_bytes(function: Callable[[], object], device: str = "cpu") -> int:
    """The peak: the largest number of bytes that the tensors made by `function` take at any moment, with its result.

    Tensors that existed before the call are not counted. So before the call, release the tensors that the function
    makes again (for example `weight.grad = None`). On the CPU, torch's profiler records every allocation and release,
    so the number is exact. On a GPU, torch's allocator counts the bytes.

    Args:
        function: called once without arguments, and twice for a GPU.
        device: `"cpu"` or `"cuda"`, the device of the function's tensors.

    Raises:
        ValueError: `device` is not one of these two.

    >>> peak_bytes(lambda: torch.zeros(1000)), peak_bytes(lambda: torch.zeros(1000, dtype=torch.int64).sum())
    (4000, 8008)
    """
    if device not in ("cpu", "cuda"):
        raise ValueError(f"expected the device 'cpu' or 'cuda'; got {device!r}")
    if device == "cuda":
        function()  # cuBLAS allocates its workspace at the first product
        _synchronise()
        torch.cuda.reset_peak_memory_stats()
        before = torch.cuda.memory_stats()["requested_bytes.all.current"]
        kept = function()
        _synchronise()
        del kept
        return torch.cuda.memory_stats()["requested_bytes.all.peak"] - before

    # The profiler reads this variable when it first starts. Without it, some builds print log lines below the cell.
    os.environ.setdefault("KINETO_LOG_LEVEL", "99")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with torch.autograd.profiler.profile(profile_memory=True) as profile:
            kept = function()  # otherwise the result would be released before the profile ends
        events = profile.kineto_results.events()
    del kept
    # The sort is stable: events of the same nanosecond keep the order in which they were recorded.
    changes = sorted((event for event in events if event.name() == "[memory]"), key=lambda event: event.start_ns())
    return max(accumulate((event.nbytes() for event in changes), initial=0))


def slope(sizes: Iterable[float], amounts: Iterable[float]) -> float:
    """The slope of the straight line that fits best (by least squares) on a log-log plot of `amounts` against `sizes`.

    The slope is the power with which the amounts grow. 1 means "twice the size, twice the amount", and 0 means "the
    size does not matter".

    Raises:
        ValueError: there are fewer than two different sizes, the numbers of sizes and amounts differ, or a value is not
        above 0.

    >>> round(slope([1, 2, 4], [10, 20, 40]), 6), round(slope([1, 2, 4], [5, 5, 5]), 6)
    (1.0, 0.0)
    """
    return statistics.linear_regression([math.log(x) for x in sizes], [math.log(y) for y in amounts]).slope


def free_bytes() -> int | None:
    """Bytes of memory that are free for new programs now, also within a container's limit. None if unknown."""
    free = []
    with contextlib.suppress(ImportError):
        import psutil  # Jupyter's kernel needs it, so a notebook has it

        free.append(psutil.virtual_memory().available)
    with contextlib.suppress(OSError, ValueError):  # the limit is "max" if there is none
        limit, used = (int(Path("/sys/fs/cgroup", name).read_text()) for name in ("memory.max", "memory.current"))
        free.append(limit - used)
    return max(0, min(free)) if free else None


def fits(need: int) -> bool:
    """Whether `need` bytes are at most 70 % of the free memory, or at most 1 GiB if the free memory is not known.

    A kernel that needs more memory can end without an error message, so call this before you allocate.

    >>> fits(1), fits(2**60)
    (True, False)
    """
    free = free_bytes()
    return need <= (2**30 if free is None else 0.7 * free)


def machine(device: str = "cpu") -> str:
    """The machine in one line: the GPU for "cuda", the processor and its cores, the system, and versions."""
    name = platform.processor() or platform.machine()
    with contextlib.suppress(OSError, IndexError):
        name = re.findall(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text(), re.M)[0].strip()
    cores = os.cpu_count() or 1
    parts = [torch.cuda.get_device_name()] if device == "cuda" else []
    parts.append(f"{name}, {cores} core{'s' * (cores > 1)}")
    parts.append(f"{platform.system()}, Python {platform.python_version()}, torch {torch.__version__}")
    return "; ".join(parts)
