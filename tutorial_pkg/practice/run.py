"""Run a learner's answer: on copies, in bounded time, without its prints, and keep all that happened."""

from __future__ import annotations

import contextlib
import copy
import io
import math
import os
import random
import sys
import time
import warnings
from collections.abc import Callable, ItemsView, Iterator, KeysView, ValuesView
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
from torch.overrides import TorchFunctionMode

from tutorial_pkg.kernel import default_device

from .compare import LARGEST, LONGEST, alike
from .items import Exercise, Finding
from .timeout import TooLong, run_with_timeout

# What a function may return in place of a list: generators, map, zip and the like.
LAZY = (Iterator, range, KeysView, ValuesView, ItemsView)
# What an answer may change by accident, such as `layer = nn.Linear` without (), and then `layer.weight = ...`.
SHARED = {
    "torch": torch,
    "nn": nn,
    "F": F,
    "torch.Tensor": torch.Tensor,
    "nn.Module": nn.Module,
    "nn.Linear": nn.Linear,
    "nn.Embedding": nn.Embedding,
    "nn.EmbeddingBag": nn.EmbeddingBag,
    "nn.Parameter": nn.Parameter,
    "torch.optim.SGD": torch.optim.SGD,
    "torch.optim.Adam": torch.optim.Adam,
    "torch.optim.AdamW": torch.optim.AdamW,
    "math": math,
    "random": random,
    "np": np,
}


def snapshot() -> dict[str, dict[str, Any]]:
    """What the attributes in `SHARED` are now."""
    return {name: dict(vars(thing)) for name, thing in SHARED.items()}


ORIGINAL = snapshot()


def put_back(wanted: dict[str, dict[str, Any]]) -> list[str]:
    """Make the attributes in `SHARED` what they are in a snapshot; returns the names of those that were different.

    A module gains attributes when a part of it is imported; these stay.
    """
    changed = []
    for name, thing in SHARED.items():
        now, before = vars(thing), wanted[name]
        differ = [key for key in before if now.get(key, SHARED) is not before[key]]
        if isinstance(thing, type):
            added = [key for key in now if key not in before]
            # torch wraps `step` of an optimiser's class when the first object is made, and marks it as hooked
            differ = [key for key in differ if not getattr(now.get(key), "hooked", False)]
        else:  # an import may wrap a function of torch, such as torch.manual_seed; that stays, too
            added, differ = [], [key for key in differ if not _of_torch(now.get(key))]
        for key in differ:
            setattr(thing, key, before[key])
        for key in added:
            delattr(thing, key)
        changed += [f"{name}.{key}" for key in differ + added if not key.startswith("__")]
    return changed


def _of_torch(thing: Any) -> bool:
    return callable(thing) and (getattr(thing, "__module__", None) or "").startswith("torch.")


class Capped(io.StringIO):
    """Keeps the first 10,000 characters written to it: an endless loop that prints must not fill the memory."""

    def write(self, text: str) -> int:
        if self.tell() < 10_000:
            super().write(text)
        return len(text)


class Recorder(TorchFunctionMode):
    """Notes the names of the torch functions that are called."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def __torch_function__(self, function: Any, types: Any, args: tuple = (), kwargs: dict | None = None) -> Any:
        self.names.add(getattr(function, "__name__", ""))
        return function(*args, **(kwargs or {}))


@dataclass
class Outcome:
    """What one call gave: a value or an error, the arguments as the call left them, gradients, and what it printed.

    `raw` is the value without the exercise's `view`. If the `view` of the value raised, `error` is that error and
    `viewed` is True. `spoiled` names an argument that the answer changed in place; then no view is taken. `changed`
    names what the answer changed outside itself (it is put back). `seconds` is the processor time used.
    """

    value: Any = None
    raw: Any = None
    error: BaseException | None = None
    viewed: bool = False
    arguments: tuple = ()
    gradients: list | None = None
    printed: str = ""
    spoiled: str = ""
    changed: list[str] = field(default_factory=list)
    called: set[str] = field(default_factory=set)
    seconds: float = 0.0


@contextlib.contextmanager
def original_functions() -> Iterator[None]:
    """The attributes in `SHARED` as torch, numpy and Python define them, whatever a cell above replaced."""
    theirs = snapshot()
    put_back(ORIGINAL)
    try:
        yield
    finally:
        put_back(theirs)


@contextlib.contextmanager
def default_settings() -> Iterator[None]:
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
        _set_deterministic(False, False)
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
            _set_deterministic(*exact)
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


def _set_deterministic(wanted: bool, warn_only: bool) -> None:
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


def call(
    function: Callable, arguments: tuple, exercise: Exercise, seconds: float | None = None, in_place: bool = False
) -> Outcome:
    """Call `function` on copies of `arguments` and keep all that happened; never raises what the function raised.

    Args:
        function: an answer.
        arguments: what it is called with.
        exercise: its `view` is taken of the value.
        seconds: how much processor time it may use; None for our own functions, which are trusted.
        in_place: whether the task is to change an argument.

    Raises:
        TooLong: the time is up.
    """
    outcome = Outcome(arguments=copy.deepcopy(arguments))
    caught = Capped()
    recorder = Recorder() if exercise.needs and seconds is not None else contextlib.nullcontext()

    def run() -> None:
        with recorder:
            value = function(*outcome.arguments)
        if isinstance(value, LAZY):
            value = list(islice(value, LONGEST + 1))
            if len(value) > LONGEST:
                outcome.value = Finding(f"more than {LONGEST:,} parts. Far fewer are expected")
                return
        outcome.value = outcome.raw = value
        outcome.spoiled = "" if in_place else _spoiled(exercise, arguments, outcome.arguments)
        if exercise.view and value is not None and value is not ... and not outcome.spoiled:
            outcome.viewed = True
            outcome.value = exercise.view(value, *outcome.arguments)
            outcome.viewed = False
        torch.set_grad_enabled(True)  # an answer may have left it off
        outcome.gradients = gradients(outcome.value, leaves(outcome.arguments))

    # What is put back after the call is outside of what may be interrupted.
    before = snapshot() if seconds is not None else None
    folder, began = os.getcwd() if before else "", time.thread_time()
    with default_settings(), contextlib.redirect_stdout(caught), contextlib.redirect_stderr(caught):
        try:
            run() if seconds is None else run_with_timeout(seconds, run)
        except (KeyboardInterrupt, TooLong):
            raise
        except BaseException as error:  # SystemExit from exit() as well: the kernel must live
            outcome.error = error
        finally:
            if before:
                outcome.changed = put_back(before)
                _return_to(folder, outcome)
    outcome.printed, outcome.seconds = caught.getvalue(), time.thread_time() - began
    outcome.called = getattr(recorder, "names", set())
    return outcome


def same_outcome(got: Outcome, want: Outcome) -> bool:
    """Whether a call gave what the solution gives. An error is never right."""
    return got.error is None and want.error is None and not got.spoiled and alike(got.value, want.value)


def _return_to(folder: str, outcome: Outcome) -> None:
    """Go back to the working folder, if the answer left it."""
    try:
        left = os.getcwd() != folder
    except OSError:  # the answer removed the folder that it went to
        left = True
    if left:
        os.chdir(folder)
        outcome.changed.append("the working folder")


def _spoiled(exercise: Exercise, before: tuple, after: tuple) -> str:
    """The name of the first argument that is no longer what it was, or an empty text."""
    both = zip(exercise.parameters, before, after, strict=False)
    return next((name for name, was, now in both if not alike(was, now)), "")


def gradients(value: Any, inputs: list[torch.Tensor]) -> list | None:
    """Gradients of a fixed weighted sum of `value` for each input, or None where no gradient is asked or flows."""
    if not inputs or not isinstance(value, torch.Tensor) or not value.requires_grad or value.is_nested:
        return None
    if value.is_meta or value.numel() > LARGEST:
        return None
    weights = torch.linspace(0.5, 1.5, value.numel(), dtype=value.dtype).reshape(value.shape)
    found = torch.autograd.grad((value * weights).sum(), inputs, allow_unused=True)
    return [None if one is None else (one.to_dense() if one.is_sparse else one).float() for one in found]
