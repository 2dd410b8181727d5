"""Run a learner's answer: on copies, in limited time, without its prints. Everything that happened is kept."""

import contextlib
import copy
import io
import math
import operator
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

from tutorial_pkg import kernel

from .compare import LARGEST, LONGEST, alike
from .items import Exercise, Finding
from .timeout import TooLong, run_with_timeout

# What a function may return in place of a list: generators, map, zip and similar objects.
LAZY = (Iterator, range, KeysView, ValuesView, ItemsView)
# What an answer may change by accident: for example `layer = nn.Linear` without (), and then `layer.weight = ...`.
SHARED = {"torch": torch, "nn": nn, "F": F, "torch.Tensor": torch.Tensor, "math": math, "random": random, "np": np}
for _kind in (nn.Module, nn.Linear, nn.Embedding, nn.EmbeddingBag, nn.Parameter):
    SHARED[f"nn.{_kind.__name__}"] = _kind
for _kind in (torch.optim.SGD, torch.optim.Adam, torch.optim.AdamW):
    SHARED[f"torch.optim.{_kind.__name__}"] = _kind


def snapshot() -> dict[str, dict[str, Any]]:
    """What the attributes in `SHARED` are now."""
    return {name: dict(vars(thing)) for name, thing in SHARED.items()}


ORIGINAL = snapshot()


def put_back(wanted: dict[str, dict[str, Any]]) -> list[str]:
    """Set the attributes in `SHARED` back to a snapshot. Returns the names of the attributes that were different.

    An import may add attributes to a module. These attributes stay.
    """
    changed = []
    for name, thing in SHARED.items():
        now, before = vars(thing), wanted[name]
        same = all(map(operator.is_, map(now.get, before), before.values()))  # nearly always, and fast
        differ = [] if same else [key for key in before if now.get(key, SHARED) is not before[key]]
        added = [key for key in now if key not in before] if isinstance(thing, type) else []
        if isinstance(thing, type):
            # torch wraps `step` of an optimiser's class when the first object is made, and marks it as hooked
            differ = [key for key in differ if not getattr(now.get(key), "hooked", False)]
        else:  # an import may wrap a function of torch, such as torch.manual_seed. This change stays, too.
            differ = [key for key in differ if not str(getattr(now.get(key), "__module__", "")).startswith("torch.")]
        for key in differ:
            setattr(thing, key, before[key])
        for key in added:
            delattr(thing, key)
        changed += [f"{name}.{key}" for key in differ + added if not key.startswith("__")]
    return changed


class Capped(io.StringIO):
    """Keeps the first 10,000 characters: an endless loop that prints must not fill the memory."""

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
    """What one call did: its value or error, its arguments afterwards, the gradients, and what it printed.

    `raw` is the value without the exercise's `view`. If the `view` raised an error, `error` is this error and `viewed`
    is True. `spoiled` is the name of an argument that the answer changed in place. Then the view is not used. `changed`
    names what the answer changed outside itself. The check restores it. `seconds` is the processor time.
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
    """The attributes in `SHARED` as torch, numpy and Python define them, even if a cell above replaced them."""
    theirs = snapshot()
    put_back(ORIGINAL)
    try:
        yield
    finally:
        put_back(theirs)


# Each setting: how to read it, how to set it, and its value in a fresh kernel (None: any value is fine).
SETTINGS: list[tuple[Callable[[], Any], Callable[[Any], Any], Any]] = [
    *kernel.settings().values(),
    (torch.get_num_threads, torch.set_num_threads, None),
    (
        lambda: (torch.is_anomaly_enabled(), torch.is_anomaly_check_nan_enabled()),
        lambda both: torch.autograd.set_detect_anomaly(*both),
        (False, True),
    ),
    (
        lambda: (torch.are_deterministic_algorithms_enabled(), torch.is_deterministic_algorithms_warn_only_enabled()),
        lambda both: torch.use_deterministic_algorithms(both[0], warn_only=both[1]),
        (False, False),
    ),
    (np.geterr, lambda how: np.seterr(**how), {"divide": "warn", "over": "warn", "under": "ignore", "invalid": "warn"}),
    (sys.getrecursionlimit, sys.setrecursionlimit, 3000),
]


@contextlib.contextmanager
def default_settings() -> Iterator[None]:
    """Torch, numpy and Python as in a fresh kernel, with seeded generators. The learner's settings come back later."""
    before = [read() for read, _, _ in SETTINGS]
    states = random.getstate(), np.random.get_state(), torch.get_rng_state()
    with torch.inference_mode(False), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _set([fresh for _, _, fresh in SETTINGS])
        random.seed(0)
        np.random.seed(0)
        torch.default_generator.manual_seed(0)  # torch.manual_seed would look for every device
        try:
            yield
        finally:
            _set(before)
            random.setstate(states[0])
            np.random.set_state(states[1])
            torch.set_rng_state(states[2])


def _set(values: list) -> None:
    """Set only what differs from these values: some settings take long to set, or make torch slower."""
    for (read, write, _), value in zip(SETTINGS, values, strict=True):
        if value is not None and read() != value:
            write(value)


def leaves(thing: Any) -> list[torch.Tensor]:
    """Every tensor in `thing` that needs a gradient, in order."""
    if isinstance(thing, torch.Tensor):
        return [thing] if thing.requires_grad else []
    if isinstance(thing, nn.Module):
        thing = list(thing.parameters())
    parts = thing.values() if isinstance(thing, dict) else thing if isinstance(thing, (list, tuple)) else []
    return [leaf for part in parts for leaf in leaves(part)]


def call(
    function: Callable, arguments: tuple, exercise: Exercise, seconds: float | None = None, in_place: bool = False
) -> Outcome:
    """Call `function` on copies of `arguments`, and keep everything that happened, including an error.

    `seconds` is the processor time that the call may use. It is None for our own functions, which are trusted.
    `in_place` says that the task is to change an argument.

    Raises:
        TooLong: the time is up.
    """
    outcome = Outcome(arguments=copy.deepcopy(arguments))
    caught = Capped()
    recorder = Recorder() if exercise.needs else contextlib.nullcontext()
    outside = _outside(outcome.changed) if seconds is not None else contextlib.nullcontext()

    def run() -> None:
        with recorder:
            outcome.raw = value = function(*outcome.arguments)
        if isinstance(value, LAZY):
            value = list(islice(value, LONGEST + 1))
            if len(value) > LONGEST:
                outcome.value = Finding(f"more than {LONGEST:,} parts. Far fewer are expected")
                return
        outcome.value = value
        before, after = exercise.by_name(arguments), exercise.by_name(outcome.arguments)
        if not in_place:
            outcome.spoiled = next((name for name in before if not alike(before[name], after[name])), "")
        if exercise.view and value is not None and value is not ... and not outcome.spoiled:
            outcome.viewed = True
            outcome.value = exercise.view(value, *outcome.arguments)
            outcome.viewed = False
        torch.set_grad_enabled(True)  # an answer may have switched gradients off
        outcome.gradients = gradients(outcome.value, leaves(outcome.arguments))

    began = time.thread_time()
    # The settings are put back outside the code that an interrupt can stop.
    with default_settings(), contextlib.redirect_stdout(caught), contextlib.redirect_stderr(caught), outside:
        try:
            run() if seconds is None else run_with_timeout(seconds, run)
        except (KeyboardInterrupt, TooLong):
            raise
        except BaseException as error:  # SystemExit from exit() as well: the kernel must live
            outcome.error = error
    outcome.printed, outcome.seconds = caught.getvalue(), time.thread_time() - began
    outcome.called = getattr(recorder, "names", set())
    return outcome


@contextlib.contextmanager
def _outside(changed: list[str]) -> Iterator[None]:
    """Put back what an answer changes in `SHARED`, and the working folder. `changed` gets the names of the changes."""
    folder = os.getcwd()
    try:
        yield
    finally:
        changed += put_back(ORIGINAL)  # `judge` has put these in place
        try:
            left = os.getcwd() != folder
        except OSError:  # the answer removed the folder that it went to
            left = True
        if left:
            os.chdir(folder)
            changed.append("the working folder")


def same_outcome(got: Outcome, want: Outcome) -> bool:
    """Whether a call gave what the solution gives. An error is never right."""
    return got.error is None and want.error is None and not got.spoiled and alike(got.value, want.value)


@dataclass
class Trial:
    """An answer, the outcomes of its calls, and the outcomes of the same calls of the solution."""

    exercise: Exercise
    answer: Any
    cases: list[tuple]
    got: list[Outcome] = field(default_factory=list)
    expected: list[Outcome] = field(default_factory=list)

    @property
    def right(self) -> list[bool]:
        return [same_outcome(got, want) for got, want in zip(self.got, self.expected, strict=True)]

    @property
    def in_place(self) -> list[bool]:
        """For each case, whether the solution changes an argument. If it does, this change is the task."""
        pairs = zip(self.cases, self.expected, strict=True)
        return [not all(map(alike, before, want.arguments)) for before, want in pairs]


def gradients(value: Any, inputs: list[torch.Tensor]) -> list | None:
    """Gradients of a fixed weighted sum of `value` for each input. None if there is no input, or no gradient flows."""
    if not inputs or not isinstance(value, torch.Tensor) or not value.requires_grad:
        return None
    if value.is_nested or value.is_meta or value.numel() > LARGEST:
        return None
    weights = torch.linspace(0.5, 1.5, value.numel(), dtype=value.dtype, device=value.device).reshape(value.shape)
    found = torch.autograd.grad((value * weights).sum(), inputs, allow_unused=True)
    return [None if one is None else (one.to_dense() if one.is_sparse else one).float() for one in found]
