"""Run a learner's answer: on copies, in bounded time, without its prints, and keep all that happened."""

from __future__ import annotations

import contextlib
import copy
import io
import random
import signal
import threading
import types
from _thread import interrupt_main
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import nn

from .pieces import Exercise

# What a function may return in place of a list.
LAZY = (types.GeneratorType, map, filter, zip, range, type({}.keys()), type({}.values()), type({}.items()))


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
    """What one call gave: a value or an error, the arguments as the call left them, gradients, and what it printed."""

    value: Any = None
    error: BaseException | None = None
    arguments: tuple = ()
    gradients: list | None = None
    printed: str = ""


class _Stop(BaseException):
    """Raised inside an answer whose time is up; not an Exception, so that `except Exception` lets it through."""


def within(seconds: float, function: Callable[[], Any]) -> Any:
    """What `function()` returns; stopped once `seconds` have passed, as Ctrl-C would, and then `TooLong` is raised.

    Works in the main thread only, where notebook cells and tests run; elsewhere it sets no limit. One long call into
    compiled code ends first. (A function and not a `with` block: an interrupt that comes just as the block ends would
    hit the code between block and handler.)
    """
    main = threading.main_thread()
    if threading.current_thread() is not main:
        return function()
    done, fired, inside = threading.Event(), False, False
    before = signal.getsignal(signal.SIGINT)

    def interrupted(number: int, frame: types.FrameType | None) -> None:
        if not fired and callable(before):
            before(number, frame)  # the learner's own Ctrl-C
        elif fired and inside:
            raise _Stop  # one that comes before the function has begun, or after its end, is dropped

    def watch() -> None:
        nonlocal fired
        wait = seconds
        while not done.wait(wait):
            fired, wait = True, 2.0  # again, in case a bare `except:` swallowed the first
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
        done.set()
        watcher.join()
        # The old handler comes back only now that no signal can be sent any more; a pending one still meets ours.
        signal.signal(signal.SIGINT, before)


@contextlib.contextmanager
def same_random_state() -> Iterator[None]:
    """Seed every generator for the block and put the learner's states back after it."""
    states = random.getstate(), np.random.get_state()
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        random.seed(0)
        np.random.seed(0)
        try:
            yield
        finally:
            random.setstate(states[0])
            np.random.set_state(states[1])


def copied(arguments: tuple) -> tuple:
    """Copies that share nothing with the originals, gradients set back to none."""
    copies = copy.deepcopy(arguments)
    for leaf in leaves(copies):
        leaf.grad = None
    return copies


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


def call(function: Any, arguments: tuple, exercise: Exercise) -> Outcome:
    """Call `function` on copies of `arguments` and keep all that happened; never raises what the function raised."""
    outcome = Outcome(arguments=copied(arguments))
    caught = Capped()
    try:
        with same_random_state(), contextlib.redirect_stdout(caught), contextlib.redirect_stderr(caught):
            outcome.value = function(*outcome.arguments)
            if isinstance(outcome.value, LAZY):
                outcome.value = list(outcome.value)
            if exercise.view and outcome.value is not None and outcome.value is not ...:
                outcome.value = exercise.view(outcome.value, *outcome.arguments)
            outcome.gradients = gradients(outcome.value, leaves(outcome.arguments))
    except (KeyboardInterrupt, _Stop):
        raise
    except BaseException as error:  # SystemExit from exit() as well: the kernel must live
        outcome.error = error
    outcome.printed = caught.getvalue()
    return outcome


def gradients(value: Any, inputs: list[torch.Tensor]) -> list | None:
    """Gradients of a fixed weighted sum of `value` for each input, or None where no gradient is asked or flows."""
    if not inputs or not isinstance(value, torch.Tensor) or not value.requires_grad:
        return None
    weights = torch.linspace(0.5, 1.5, value.numel(), dtype=value.dtype).reshape(value.shape)
    found = torch.autograd.grad((value * weights).sum(), inputs, allow_unused=True)
    return [None if one is None else (one.to_dense() if one.is_sparse else one).float() for one in found]
