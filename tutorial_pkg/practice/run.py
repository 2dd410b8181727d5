"""Run a learner's answer: on copies, in bounded time, without its prints, and keep all that happened."""

from __future__ import annotations

import contextlib
import copy
import io
import random
import signal
import sys
import threading
import types
import warnings
from _thread import interrupt_main
from collections.abc import Callable, ItemsView, Iterator, KeysView, ValuesView
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
import torch
from torch import nn

from tutorial_pkg.kernel import default_device

from .compare import LARGEST, LONGEST
from .items import Exercise, Finding

# What a function may return in place of a list: generators, map, zip and the like.
LAZY = (Iterator, range, KeysView, ValuesView, ItemsView)


class TooLong(Exception):
    """The answer ran past its time."""


class Capped(io.StringIO):
    """Keeps the first 10,000 characters written to it: an endless loop that prints must not fill the memory."""

    def write(self, text: str) -> int:
        if self.tell() < 10_000:
            super().write(text)
        return len(text)


@dataclass
class Outcome:
    """What one call gave: a value or an error, the arguments as the call left them, gradients, and what it printed.

    Where the call went well and the exercise's `view` of the value raised, `error` is that error and `viewed` is True.
    """

    value: Any = None
    error: BaseException | None = None
    viewed: bool = False
    arguments: tuple = ()
    gradients: list | None = None
    printed: str = ""


class _Stop(BaseException):
    """Raised inside an answer whose time is up; not an Exception, so that `except Exception` lets it through.

    Where a bare `except:` swallows it, it is deleted, and `again` is called.
    """

    def __init__(self, again: Callable[[], None]) -> None:
        self.again = again

    def __del__(self) -> None:
        self.again()


def within(seconds: float, function: Callable[[], Any]) -> Any:
    """What `function()` returns; stopped once `seconds` have passed, as Ctrl-C would, and then `TooLong` is raised.

    Works in the main thread only, where notebook cells and tests run; elsewhere it sets no limit. What runs inside one
    call into compiled code (`10**10**9`, `list(itertools.count())`, one huge product) cannot be stopped from within
    the process: the learner sees the cell's star stay, and Kernel > Restart ends it. (A function and not a `with`
    block: an interrupt that comes just as the block ends would hit the code between block and handler.)
    """
    main = threading.main_thread()
    if threading.current_thread() is not main:
        return function()
    done, fired, inside = threading.Event(), False, False
    before, tracing = signal.getsignal(signal.SIGINT), sys.gettrace()

    def interrupted(number: int, frame: types.FrameType | None) -> None:
        if not fired and callable(before):
            before(number, frame)  # the learner's own Ctrl-C
        elif fired and inside:
            raise _Stop(again)  # a signal that comes before the function has begun, or after its end, is dropped

    def again() -> None:
        """Let each frame of the answer stop at its next line."""
        if inside:
            frame = sys._getframe(2)  # where the last one was swallowed
            while frame is not None and frame.f_code is not within.__code__:
                frame.f_trace, frame = stop_here, frame.f_back
            sys.settrace(stop_here)

    def stop_here(frame: types.FrameType, event: str, argument: Any) -> None:
        if inside:
            raise _Stop(again)

    def watch() -> None:
        nonlocal fired
        wait = seconds
        while not done.wait(wait):
            fired, wait = True, 1.0  # once more, in case the first was kept
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


@contextlib.contextmanager
def ordinary_settings() -> Iterator[None]:
    """Torch, numpy and Python as in a fresh kernel, every generator seeded; the learner's settings come back after it.

    A setting made before a check, or by the answer itself, must not decide what the check says.
    """
    states = random.getstate(), np.random.get_state(), torch.get_rng_state()
    gradients = torch.is_grad_enabled()
    dtype, device, threads = torch.get_default_dtype(), default_device(), torch.get_num_threads()
    anomaly = torch.is_anomaly_enabled(), torch.is_anomaly_check_nan_enabled()
    exact = torch.are_deterministic_algorithms_enabled(), torch.is_deterministic_algorithms_warn_only_enabled()
    options = vars(torch._tensor_str.PRINT_OPTS).copy()  # torch has no public way to ask
    depth = sys.getrecursionlimit()
    with (
        torch.inference_mode(False),
        np.errstate(divide="warn", over="warn", under="ignore", invalid="warn"),
        np.printoptions(precision=8, threshold=1000, edgeitems=3, suppress=False, formatter=None, floatmode="maxprec"),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        _use_device(torch.device("cpu"))
        torch.set_grad_enabled(True)
        torch.set_default_dtype(torch.float32)
        torch.autograd.set_detect_anomaly(False)
        _be_exact(False, False)
        torch.set_printoptions(profile="default")
        sys.setrecursionlimit(3000)  # as in a notebook's kernel
        torch.default_generator.manual_seed(0)  # the CPU's only: torch.manual_seed looks for every device there may be
        random.seed(0)
        np.random.seed(0)
        try:
            yield
        finally:
            sys.setrecursionlimit(depth)
            vars(torch._tensor_str.PRINT_OPTS).update(options)
            _be_exact(*exact)
            torch.autograd.set_detect_anomaly(*anomaly)
            torch.set_default_dtype(dtype)
            torch.set_grad_enabled(gradients)
            _use_device(device)
            if torch.get_num_threads() != threads:
                torch.set_num_threads(threads)
            random.setstate(states[0])
            np.random.set_state(states[1])
            torch.set_rng_state(states[2])


def _use_device(device: torch.device) -> None:
    """Make it the default; torch is slower with one set, so none is set where the default is what it would be."""
    if default_device() != device:
        torch.set_default_device(None if device.type == "cpu" else device)


def _be_exact(wanted: bool, warn_only: bool) -> None:
    """Ask for deterministic algorithms or not; only where that changes something, as the call takes a second."""
    now = torch.are_deterministic_algorithms_enabled(), torch.is_deterministic_algorithms_warn_only_enabled()
    if now != (wanted, warn_only):
        torch.use_deterministic_algorithms(wanted, warn_only=warn_only)


def leaves(thing: Any) -> list[torch.Tensor]:
    """Every tensor within that wants a gradient, in order."""
    if isinstance(thing, torch.Tensor):
        return [thing] if thing.requires_grad else []
    if isinstance(thing, nn.Module):
        return [parameter for parameter in thing.parameters() if parameter.requires_grad]
    if isinstance(thing, dict):
        return [leaf for value in thing.values() for leaf in leaves(value)]
    if isinstance(thing, (list, tuple)):
        return [leaf for value in thing for leaf in leaves(value)]
    return []


def call(function: Any, arguments: tuple, exercise: Exercise, seconds: float | None = None) -> Outcome:
    """Call `function` on copies of `arguments` and keep all that happened; never raises what the function raised.

    Args:
        function: an answer.
        arguments: what it is called with.
        exercise: whose `view` is taken of the value.
        seconds: how long it may take; None for our own functions.

    Raises:
        TooLong: the time is up.
    """
    outcome = Outcome(arguments=copy.deepcopy(arguments))
    caught = Capped()

    def run() -> None:
        value = function(*outcome.arguments)
        if isinstance(value, LAZY):
            value = list(islice(value, LONGEST + 1))
            if len(value) > LONGEST:
                outcome.value = Finding(f"more than {LONGEST:,} things; far fewer are expected")
                return
        outcome.value = value
        if exercise.view and value is not None and value is not ...:
            outcome.viewed = True
            outcome.value = exercise.view(value, *outcome.arguments)
            outcome.viewed = False
        torch.set_grad_enabled(True)  # an answer may have left it off
        outcome.gradients = gradients(outcome.value, leaves(outcome.arguments))

    # What is put back after the call stands outside of what may be interrupted.
    with ordinary_settings(), contextlib.redirect_stdout(caught), contextlib.redirect_stderr(caught):
        try:
            run() if seconds is None else within(seconds, run)
        except (KeyboardInterrupt, TooLong):
            raise
        except BaseException as error:  # SystemExit from exit() as well: the kernel must live
            outcome.error = error
    outcome.printed = caught.getvalue()
    return outcome


def gradients(value: Any, inputs: list[torch.Tensor]) -> list | None:
    """Gradients of a fixed weighted sum of `value` for each input, or None where no gradient is asked or flows."""
    if not inputs or not isinstance(value, torch.Tensor) or not value.requires_grad or value.is_nested:
        return None
    if value.is_meta or value.numel() > LARGEST:
        return None
    weights = torch.linspace(0.5, 1.5, value.numel(), dtype=value.dtype).reshape(value.shape)
    found = torch.autograd.grad((value * weights).sum(), inputs, allow_unused=True)
    return [None if one is None else (one.to_dense() if one.is_sparse else one).float() for one in found]
