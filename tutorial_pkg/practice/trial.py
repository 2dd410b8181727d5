"""Try a learner's answer: run it on copies, in bounded time, without its prints, and say what came back.

Nothing here knows about a particular exercise. `judge` compares an answer with the exercise's own solution, case by
case, and with its named wrong answers.
"""

from __future__ import annotations

import contextlib
import copy
import inspect
import io
import linecache
import random
import re
import signal
import textwrap
import threading
import types
from _thread import interrupt_main
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from .pieces import IDEAS, Exercise, Finding

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


@dataclass(frozen=True)
class Verdict:
    """What a check found: `state` is "not attempted", "not yet" or "correct"; `message` says it to the learner."""

    state: str
    message: str


@dataclass
class Outcome:
    """What one call gave: a value or an error, the arguments as the call left them, gradients, and what it printed."""

    value: Any = None
    error: BaseException | None = None
    arguments: tuple = ()
    gradients: list | None = None
    printed: str = ""


# ------------------------------------------------------------------------------------------------- running an answer


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


def run_cell(code: str, name: str, given: str = "") -> Any:
    """What `name` is after running `given` and then `code` with torch, nn and F at hand.

    The code is the course's own, from this package's modules.
    """
    namespace = {"torch": torch, "nn": nn, "F": F, "__name__": "exercise"}
    exec(compile(given, "<given>", "exec"), namespace)
    exec(compile(code, f"<{name}>", "exec"), namespace)
    return namespace[name]


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


# ---------------------------------------------------------------------------------------------------- comparing


def as_tensor(thing: Any) -> torch.Tensor | None:
    """Numbers in any common form (tensor, numpy, nested lists) as one float64 tensor; None for other things."""
    if isinstance(thing, torch.Tensor):
        return thing.detach().cpu().to_dense().double() if not thing.is_complex() else None
    if isinstance(thing, (bool, int, float, np.ndarray, np.generic)):
        try:
            return torch.as_tensor(np.asarray(thing, dtype=np.float64))
        except (TypeError, ValueError):
            return None
    if isinstance(thing, (list, tuple)) and thing:
        parts = [as_tensor(part) for part in thing]
        if all(part is not None for part in parts) and len({part.shape for part in parts}) == 1:
            return torch.stack(parts)
    return None


def alike(one: Any, other: Any) -> bool:
    """Whether two results say the same, in whatever form: list or tensor, float32 or float64, tuple or list.

    Whole numbers (on either side) and text are compared exactly, other numbers with a relative tolerance of 1e-4,
    `nan` equal to `nan`.

    >>> alike([[1.0, 2.0]], torch.tensor([[1, 2]])), alike("fox", ["fox"]), alike((2, 3), torch.Size([2, 3]))
    (True, False, True)
    >>> alike(38_597_376, 38_597_000), alike(1 / 3, 0.33333)
    (False, True)
    """
    first, second = as_tensor(one), as_tensor(other)
    if first is not None and second is not None:
        near = 0.0 if _whole(one) or _whole(other) else 1e-4
        return first.shape == second.shape and torch.allclose(first, second, rtol=near, atol=near / 10, equal_nan=True)
    if isinstance(one, np.ndarray) or isinstance(other, np.ndarray):  # of text
        one, other = (thing.tolist() if isinstance(thing, np.ndarray) else thing for thing in (one, other))
        return alike(one, other)
    if first is not None or second is not None:
        empty = [thing for thing in (one, other) if isinstance(thing, (list, tuple)) and not thing]
        return bool(empty) and (first if first is not None else second).numel() == 0
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(alike(one[key], other[key]) for key in one)
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, nn.Module) and isinstance(other, nn.Module):
        return type(one) is type(other) and alike(dict(one.state_dict()), dict(other.state_dict()))
    try:
        return type(one) is type(other) and bool(one == other)
    except (TypeError, ValueError, RuntimeError):  # an == that gives no plain yes or no
        return False


def _whole(thing: Any) -> bool:
    """Whether numbers are of an integer type throughout."""
    if isinstance(thing, torch.Tensor):
        return not thing.is_floating_point()
    if isinstance(thing, (np.ndarray, np.generic)):
        return thing.dtype.kind in "iub"
    if isinstance(thing, (list, tuple)):
        return all(map(_whole, thing))
    return isinstance(thing, int)


def unattempted(exercise: Exercise, answer: Any) -> bool:
    """Whether the answer is still the stub: `...`, or a function whose compiled body is the stub's."""
    if answer is ...:
        return True
    if not exercise.stub or not isinstance(answer, types.FunctionType):
        return False
    stub = run_cell(exercise.stub, exercise.name, exercise.given)
    return isinstance(stub, types.FunctionType) and _compiled(stub) == _compiled(answer)


def _compiled(function: types.FunctionType) -> tuple:
    def body(code: types.CodeType, docstring: str | None) -> tuple:
        constants = [body(one, None) if isinstance(one, types.CodeType) else repr(one) for one in code.co_consts]
        kept = [one for one in constants if one not in ("None", repr(docstring))]  # a docstring stands in None's place
        return code.co_code, kept, code.co_names, code.co_varnames

    return body(function.__code__, function.__doc__)


# ------------------------------------------------------------------------------------------------ saying what came


def brief(thing: Any) -> str:
    """A value in a few words: small ones written out, large tensors by shape.

    >>> brief(torch.tensor([4, 0])), brief(torch.zeros(50, 3)), brief("fox")
    ('[4, 0]', 'a tensor of shape (50, 3)', "'fox'")
    >>> brief(13265.1438), brief([[0.56665062, 2], "fox"])
    ('13265.14', "[[0.5667, 2], 'fox']")
    """
    if isinstance(thing, torch.Tensor):
        if thing.numel() > 16:
            return f"a tensor of shape {tuple(thing.shape)}"
        # + 0.0 turns -0.0 into 0.0
        whole = not thing.is_floating_point()
        return str(thing.tolist() if whole else _rounded((thing.detach().double() + 0.0).tolist()))
    if isinstance(thing, np.ndarray):
        return brief(torch.as_tensor(thing))
    if isinstance(thing, nn.Module):
        return str(thing)
    if isinstance(thing, float):
        return str(_rounded(thing))
    if isinstance(thing, (list, tuple)) and any(isinstance(part, torch.Tensor) for part in thing):
        return textwrap.shorten("[" + ", ".join(map(brief, thing)) + "]", 160)
    if callable(thing):
        return f"the function {getattr(thing, '__name__', '?')}"
    if isinstance(thing, list):
        thing = _rounded(thing)
    # without the address, which differs from run to run
    return textwrap.shorten(re.sub(r" at 0x[0-9A-Fa-f]+", "", repr(thing)), 160, placeholder=" ...")


def _rounded(numbers: Any) -> Any:
    if isinstance(numbers, list):
        return [_rounded(number) for number in numbers]
    if not isinstance(numbers, float):
        return numbers
    # four digits, but never fewer than those before the point: 13265.14 is not to read 13270
    return round(numbers, 2) if abs(numbers) >= 1000 else float(f"{numbers:.4g}")


def _call_text(exercise: Exercise, arguments: tuple) -> str:
    """The call in a line, such as `my_lookup(table=<shape (6, 3)>, ids=[4, 0])`: what matters about each argument."""

    def short(thing: Any) -> str:
        if isinstance(thing, torch.Tensor) and (
            thing.ndim > 2 or thing.numel() > (4 if thing.is_floating_point() else 8)
        ):
            return f"<shape {tuple(thing.shape)}>"
        return brief(thing)

    return f"{exercise.name}({', '.join(f'{n}={short(a)}' for n, a in zip(_names(exercise), arguments, strict=False))})"


def _names(exercise: Exercise) -> list[str]:
    """The names of the parameters, as the solution has them."""
    return list(inspect.signature(run_cell(exercise.solution, exercise.name, exercise.given)).parameters)


def difference(got: Any, expected: Any) -> str:
    """One sentence on how two results differ: kind, then shape, then values.

    >>> difference(torch.zeros(2, 3), torch.zeros(3, 2))
    'The shape that came back is (2, 3); it should be (3, 2).'
    >>> difference(Finding("a list; a layer is asked for"), torch.zeros(3, 2))
    'What came back is a list; a layer is asked for.'
    >>> difference([5, 4], [5, 4, 6])
    '[5, 4] came back; [5, 4, 6] is due.'
    """
    if isinstance(got, Finding):
        return f"What came back is {got}."
    if isinstance(got, dict) and isinstance(expected, dict) and got.keys() == expected.keys():
        key = next((key for key in expected if not alike(got[key], expected[key])), None)
        return f"{key}: {difference(got[key], expected[key])}"
    first, second = as_tensor(got), as_tensor(expected)
    if (first is None) != (second is None):
        return f"{_kind(got)} came back, {brief(got)}; {_kind(expected)} is due, {brief(expected)}."
    if first is not None and first.shape != second.shape:
        if not (_short_list(got, first) and _short_list(expected, second)):
            return f"The shape that came back is {tuple(first.shape)}; it should be {tuple(second.shape)}."
    elif first is not None and first.numel() > 16:
        near = 0.0 if _whole(got) or _whole(expected) else 1e-4  # as alike() has it
        wrong = ~torch.isclose(first, second, rtol=near, atol=near / 10, equal_nan=True)
        at = tuple(wrong.nonzero()[0].tolist())
        where = f"first at index {at}: {brief(first[at].item())} came back, {brief(second[at].item())} is due"
        return f"{int(wrong.sum())} of {wrong.numel()} numbers differ, {where}."
    return f"{brief(got)} came back; {brief(expected)} is due."


def _short_list(thing: Any, numbers: torch.Tensor) -> bool:
    """Whether it is a plain list or a number, short enough to be shown: whoever returns a list knows of no shape."""
    return not isinstance(thing, (torch.Tensor, np.ndarray)) and numbers.ndim < 2 and numbers.numel() <= 16


def _kind(thing: Any) -> str:
    kind = type(thing).__name__
    return {"Tensor": "A tensor", "str": "Text", "list": "A list", "tuple": "A tuple", "NoneType": "Nothing"}.get(
        kind, f"A value of type {kind}"
    )


def _named(says: str, idea: int | None) -> str:
    return says if idea is None else f"{says} The idea behind it: {IDEAS[idea]}."


def _error_text(error: BaseException, function: Any) -> str:
    """The error in one line, with the line of the learner's own cell that raised it where it is known."""
    where = ""
    own_file = getattr(getattr(function, "__code__", None), "co_filename", None)
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == own_file:
            line = linecache.getline(own_file, trace.tb_lineno).strip()
            where = f" in the line `{line}`" if line else where
        trace = trace.tb_next
    said = textwrap.shorten(str(error), 200, placeholder=" ...")
    return f"{type(error).__name__}{where}" + (f": {said}" if said else "")


# ---------------------------------------------------------------------------------------------------------- judging


def judge(exercise: Exercise, answer: Any) -> Verdict:
    """Compare an answer with the exercise's solution and with its named wrong answers.

    Args:
        exercise: what is asked.
        answer: the learner's function or value.

    Returns:
        The verdict. The learner's objects are as they were: functions get copies, and the states of the random
        generators are put back.
    """
    if unattempted(exercise, answer):
        return _not_attempted(exercise)
    with same_random_state():
        verdict = _judge_value(exercise, answer) if exercise.cases is None else _judge_function(exercise, answer)
    return verdict


def _not_attempted(exercise: Exercise) -> Verdict:
    what = "the value" if exercise.cases is None else "the function"
    bug_hunt = exercise.stub and "..." not in exercise.stub
    todo = f"{what} is still as it was given: mend it" if bug_hunt else f"fill in {what} where the dots are"
    say = f'{todo} and run the cell again. Stuck? Run hint("{exercise.name}").'
    return Verdict("not attempted", say)


def _correct(exercise: Exercise, printed: str = "") -> Verdict:
    lines = len(printed.splitlines())
    aside = f" (It also printed {lines} line{'s' * (lines > 1)}, not shown here; what counts is what it returns.)"
    return Verdict("correct", exercise.means + (aside if lines else ""))


def _judge_value(exercise: Exercise, answer: Any) -> Verdict:
    def seen(value: Any) -> Any:
        return exercise.view(value) if exercise.view else value

    due = seen(run_cell(exercise.solution, exercise.name, exercise.given))
    try:
        got = seen(answer)
    except Exception as error:
        return Verdict("not yet", f"{brief(answer)} cannot be used here: {type(error).__name__}: {error}")
    if alike(got, due):
        return _correct(exercise)
    for wrong in exercise.wrong.values():
        if not wrong.caught_by_rule and alike(got, seen(run_cell(wrong.code, exercise.name, exercise.given))):
            return Verdict("not yet", _named(wrong.says, wrong.idea))
    if callable(answer) and not callable(due):
        return Verdict(
            "not yet", f"`{exercise.name}` is a function; a value is asked for: call it, or assign its result."
        )
    # The right value stays hidden: the difference in kind or shape is said, the number is the learner's to find.
    first, second = as_tensor(got), as_tensor(due)
    if (first is None) != (second is None) or (first is None and type(got) is not type(due)):
        return Verdict("not yet", f"{_kind(got)} came, {brief(got)}; {_kind(due).lower()} is asked for.")
    if first is not None and first.shape != second.shape:
        shapes = f"{tuple(first.shape)}; {tuple(second.shape)} is due" if first.ndim + second.ndim else ""
        return Verdict("not yet", f"The shape is {shapes}.")
    return Verdict("not yet", f"`{exercise.name}` is {brief(got)}, which is not it. A hint: {exercise.hints[0]}")


def _judge_function(exercise: Exercise, answer: Any) -> Verdict:
    if not callable(answer):
        return Verdict("not yet", f"`{exercise.name}` is {brief(answer)}; a function of that name is asked for.")
    solution = run_cell(exercise.solution, exercise.name, exercise.given)
    cases = exercise.cases()
    with contextlib.suppress(ValueError, TypeError):  # some built-ins have no signature to look at
        own = inspect.signature(answer)
        try:
            own.bind(*cases[0])
        except TypeError:
            due = inspect.signature(solution)
            return Verdict("not yet", f"`{exercise.name}` takes {own}; it is called with {due}.")

    outcomes: list[Outcome] = []
    try:
        within(exercise.seconds, lambda: outcomes.extend(call(answer, arguments, exercise) for arguments in cases))
    except TooLong:
        text = _call_text(exercise, cases[len(outcomes)])
        say = f"it still ran after {exercise.seconds:g} seconds, at {text}, and was stopped. Does a loop ever end?"
        return Verdict("not yet", say)
    if any(outcome.value is ... for outcome in outcomes):
        return _not_attempted(exercise)

    due = [call(solution, arguments, exercise) for arguments in cases]
    right = [_same_outcome(got, want) for got, want in zip(outcomes, due, strict=True)]
    printed = "".join(outcome.printed for outcome in outcomes)
    if not all(right):
        return _explain(exercise, answer, cases, outcomes, due, right)
    for arguments, got, want in zip(cases, outcomes, due, strict=True):
        if verdict := _side_effects(exercise, arguments, got, want):
            return verdict
    return _correct(exercise, printed)


def _same_outcome(got: Outcome, want: Outcome) -> bool:
    if got.error is not None or want.error is not None:
        return type(got.error) is type(want.error)
    return alike(got.value, want.value)


def _same_mistake(got: Outcome, known: Outcome) -> bool:
    """As `_same_outcome`, but errors must also say the same: a TypeError may have many causes."""
    return _same_outcome(got, known) and str(got.error) == str(known.error)


def _side_effects(exercise: Exercise, arguments: tuple, got: Outcome, want: Outcome) -> Verdict | None:
    """What else must agree once the values do: the inputs afterwards, and the gradients."""
    for name, mine, theirs, before in zip(_names(exercise), got.arguments, want.arguments, arguments, strict=False):
        if not alike(mine, theirs):
            if alike(theirs, before):
                say = f"the result is right, but it changes its input `{name}` in place; work on a copy."
            else:
                say = f"the result is right, but `{name}` should have been changed in place, and was not."
            return Verdict("not yet", say)
    if want.gradients is not None and got.gradients is None:
        if isinstance(got.value, (list, tuple)) and leaves(got.value):
            say = "the numbers are right, but a list of tensors came back; one tensor is due: torch.stack joins them."
            return Verdict("not yet", say)
        say = (
            "the numbers are right, but no gradient flows back: .detach(), .data, numpy, .item() and .tolist() cut it."
        )
        return Verdict("not yet", say)
    if not alike(got.gradients, want.gradients):
        for wrong in exercise.wrong.values():
            if wrong.caught_by_rule:
                continue
            other = call(run_cell(wrong.code, exercise.name, exercise.given), arguments, exercise)
            if _same_mistake(got, other) and alike(got.gradients, other.gradients):
                return Verdict("not yet", _named(wrong.says, wrong.idea))
        return Verdict("not yet", "the numbers are right, but the gradient is not that of the function asked for.")
    return None


def _explain(
    exercise: Exercise, answer: Any, cases: list, outcomes: list[Outcome], due: list[Outcome], right: list[bool]
) -> Verdict:
    """The most telling sentence about an answer whose results are wrong somewhere."""
    for wrong in exercise.wrong.values():
        if wrong.caught_by_rule:
            continue
        function = run_cell(wrong.code, exercise.name, exercise.given)
        others = [call(function, arguments, exercise) for arguments in cases]
        if all(map(_same_mistake, outcomes, others)):
            return Verdict("not yet", _named(wrong.says, wrong.idea))

    at = right.index(False)
    got, want, text = outcomes[at], due[at], _call_text(exercise, cases[at])
    if got.error is not None:
        return Verdict("not yet", f"{text} raises {_error_text(got.error, answer)}.")
    if want.error is not None:
        say = f"{text} returns {brief(got.value)}; it should raise {type(want.error).__name__}."
        return Verdict("not yet", say)
    if got.value is None:
        if got.printed.strip():
            return Verdict("not yet", f"{text} prints its result but returns nothing: put `return` where it prints.")
        return Verdict("not yet", f"{text} returns nothing: is there a `return` on every path?")
    say = f"{text}: {difference(got.value, want.value)}"
    values = [outcome.value for outcome in outcomes if outcome.error is None]
    if right[0] and len(values) > 1 and all(alike(values[0], value) for value in values[1:]):
        say = f"the example's result comes back whatever the input is: it is written in, not worked out. {say}"
    elif right[0]:
        say = f"right for the example, but not in general. {say}"
    return Verdict("not yet", say)
