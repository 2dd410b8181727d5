"""Stop a function that runs too long, inside this process."""

import signal
import sys
import threading
import time
import types
from _thread import interrupt_main
from collections.abc import Callable
from typing import Any


class TooLong(Exception):
    """The function took longer than its time limit."""


class _Stop(BaseException):
    """Raised inside a function whose time is up. It is not an Exception, so `except Exception` does not catch it.

    A bare `except:` does catch it. Then the object is deleted, and its deletion calls `again`.
    """

    def __init__(self, again: Callable[[], None]) -> None:
        self.again = again

    def __del__(self) -> None:
        self.again()


def processor_time(thread: threading.Thread) -> Callable[[], float]:
    """A clock of this thread's processor time. On a system without such clocks, it counts the whole process's time."""
    if hasattr(time, "pthread_getcpuclockid"):
        clock = time.pthread_getcpuclockid(thread.ident)
        return lambda: time.clock_gettime(clock)
    return time.process_time


def run_with_timeout(seconds: float, function: Callable[[], Any]) -> Any:
    """Return what `function()` returns. Stop it after `seconds` of processor time, as Ctrl-C would stop it.

    The limit is in processor time, so a right answer is not refused because the machine is busy. For a function that
    sleeps, the limit is in real time. Every function is stopped after `10 * seconds` of real time. An import is never
    interrupted, because half an imported module stays broken until a restart.

    There is a limit only in the main thread, where notebook cells and tests run. One call into compiled code
    (`10**10**9`, one huge product) cannot be stopped from inside the process. Only Kernel > Restart ends it. (This is a
    function and not a `with` block, because an interrupt at the end of a block could come before the handler.)

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
        elif fired and inside and not _protected(frame):
            raise _Stop(again)  # a signal before the function begins, or after its end, is ignored

    def again() -> None:
        """Let each frame of the answer stop at its next line."""
        if inside:
            frame = sys._getframe(2)  # where the last _Stop was caught
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
            fired, wait = True, 0.05  # repeated, because a signal may be caught or ignored
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
        # This comes last: before this line, a signal can still arrive. After it, none is sent.
        signal.signal(signal.SIGINT, before)


def _protected(frame: types.FrameType | None) -> bool:
    """Whether an import runs, or a callback of a weak reference, where Python prints an exception and goes on."""
    while frame is not None:
        if frame.f_code.co_filename.endswith(("_bootstrap>", "_bootstrap_external>", "weakref.py", "_weakrefset.py")):
            return True
        frame = frame.f_back
    return False
