"""Stop a function that runs too long, inside this process."""

from __future__ import annotations

import signal
import sys
import threading
import time
import types
from _thread import interrupt_main
from collections.abc import Callable
from typing import Any


class TooLong(Exception):
    """The function ran past its time."""


class _Stop(BaseException):
    """Raised inside a function whose time is up; not an Exception, so that `except Exception` lets it through.

    Where a bare `except:` swallows it, it is deleted, and `again` is called.
    """

    def __init__(self, again: Callable[[], None]) -> None:
        self.again = again

    def __del__(self) -> None:
        self.again()


def processor_time(thread: threading.Thread) -> Callable[[], float]:
    """A clock of the processor time that this thread has used; where there is none, that of the whole process."""
    if hasattr(time, "pthread_getcpuclockid"):
        clock = time.pthread_getcpuclockid(thread.ident)
        return lambda: time.clock_gettime(clock)
    return time.process_time


def run_with_timeout(seconds: float, function: Callable[[], Any]) -> Any:
    """What `function()` returns; stopped after `seconds` of processor time, as Ctrl-C would, with `TooLong`.

    Processor time, so that a busy machine does not refuse a right answer. A function that sleeps is stopped after
    `seconds` by the clock, and any function after ten times as long. An import is never interrupted: half an imported
    module stays broken until a restart.

    This works in the main thread only, where notebook cells and tests run; elsewhere it sets no limit. What runs inside
    one call into compiled code (`10**10**9`, `list(itertools.count())`, one huge product) cannot be stopped from within
    the process: the cell keeps its star, and Kernel > Restart ends it. (This is a function and not a `with` block
    because an interrupt that comes just as a block ends would hit the code between block and handler.)

    Raises:
        TooLong: the time is up.
    """
    main = threading.main_thread()
    if threading.current_thread() is not main:
        return function()
    done, fired, inside = threading.Event(), False, False
    before, tracing = signal.getsignal(signal.SIGINT), sys.gettrace()
    used, began = processor_time(main), time.monotonic()
    used_before = used()

    def interrupted(number: int, frame: types.FrameType | None) -> None:
        if not fired and callable(before):
            before(number, frame)  # the learner's own Ctrl-C
        elif fired and inside and not _importing(frame):
            raise _Stop(again)  # a signal that comes before the function has begun, or after its end, is dropped

    def again() -> None:
        """Let each frame of the answer stop at its next line."""
        if inside:
            frame = sys._getframe(2)  # where the last one was swallowed
            while frame is not None and frame.f_code is not run_with_timeout.__code__:
                frame.f_trace, frame = stop_here, frame.f_back
            sys.settrace(stop_here)

    def stop_here(frame: types.FrameType, event: str, argument: Any) -> None:
        if inside:
            raise _Stop(again)

    def time_left() -> float:
        by_processor, by_clock = used() - used_before, time.monotonic() - began
        if by_clock >= 10 * seconds or (by_clock >= seconds and by_processor < 0.02 * by_clock):
            return 0.0
        return seconds - by_processor

    def watch() -> None:
        nonlocal fired
        while (left := time_left()) > 0:
            if done.wait(max(left, 0.002)):
                return
        wait = 0.0
        while not done.wait(wait):
            fired, wait = True, 0.25  # again and again, in case the last one was swallowed or met an import
            if hasattr(signal, "pthread_kill"):  # a real signal also ends time.sleep
                signal.pthread_kill(main.ident, signal.SIGINT)
            else:
                interrupt_main()

    watcher = threading.Thread(target=watch, daemon=True)
    signal.signal(signal.SIGINT, interrupted)
    watcher.start()
    try:
        try:
            inside = True
            return function()
        finally:
            inside = False
    except _Stop:
        inside = False
        raise TooLong from None
    finally:
        sys.settrace(tracing)
        done.set()
        watcher.join()
        # The old handler comes back only now that no signal can be sent any more; a pending one still meets ours.
        signal.signal(signal.SIGINT, before)


def _importing(frame: types.FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False
