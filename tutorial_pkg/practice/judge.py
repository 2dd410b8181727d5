"""Judge an answer: compare it with the exercise's own solution, case by case, and with its named wrong answers.

Nothing here knows about a particular exercise.
"""

from __future__ import annotations

import ast
import contextlib
import inspect
import textwrap
import time
import types
from dataclasses import dataclass
from typing import Any

from .compare import alike, as_tensor
from .errors import meaning
from .items import Exercise, Finding
from .messages import a_kind, brief, call_text, cut, difference, error_text, named, parameters
from .relation import relations, traits
from .run import Outcome, TooLong, call, leaves, ordinary_settings


@dataclass(frozen=True)
class Verdict:
    """What a check found: `state` is "not attempted", "not yet" or "correct"; `message` says it to the learner."""

    state: str
    message: str


def judge(exercise: Exercise, answer: Any) -> Verdict:
    """Compare an answer with the exercise's solution and with its named wrong answers.

    Args:
        exercise: what is asked.
        answer: the learner's function.

    Returns:
        The verdict. The learner's objects are as they were: functions get copies, and the states of the random
        generators are put back.
    """
    with ordinary_settings():
        try:
            return _not_attempted(exercise) if unattempted(exercise, answer) else _judge(exercise, answer)
        except TooLong:
            say = f"It still ran after {exercise.seconds:g} seconds and was stopped."
            return Verdict("not yet", say + " Does a loop ever end?" * _has_loop(answer))
        except RecursionError:
            return Verdict("not yet", "What it returns is nested too deeply to be compared with what is expected.")


def _not_attempted(exercise: Exercise) -> Verdict:
    bug_hunt = "..." not in exercise.source(exercise.stub) if exercise.stub else False
    todo = "the function is still as it was given; fix it" if bug_hunt else "fill in the function where the dots are"
    return Verdict("not attempted", f'{todo} and run the cell again. Stuck? Run `hint("{exercise.name}")`.')


def _judge(exercise: Exercise, answer: Any) -> Verdict:
    if not callable(answer):
        return Verdict("not yet", f"Expected a function called `{exercise.name}`, got {brief(answer)}.")
    if exercise.itself and exercise.itself in getattr(getattr(answer, "__code__", None), "co_names", ()):
        return Verdict("not yet", f"This calls `{exercise.itself}`, which is what you are to write.")
    cases = exercise.cases()
    with contextlib.suppress(Exception):  # some built-ins have no signature to look at
        own, asked = inspect.signature(answer), inspect.signature(exercise.solution)
        try:
            own.bind(*cases[0])
        except TypeError:
            return Verdict("not yet", f"Expected the parameters {asked}, got {cut(str(own), 160)}.")

    deadline, outcomes = time.monotonic() + exercise.seconds, []
    for arguments in cases:
        outcomes.append(call(answer, arguments, exercise, max(0.0, deadline - time.monotonic())))
    if any(outcome.value is ... for outcome in outcomes):
        return _not_attempted(exercise)

    expected = [call(exercise.solution, arguments, exercise) for arguments in cases]
    right = [_same_outcome(got, want) for got, want in zip(outcomes, expected, strict=True)]
    if not all(right):
        return _explain(exercise, answer, cases, outcomes, expected, right)
    for arguments, got, want in zip(cases, outcomes, expected, strict=True):
        if verdict := _side_effects(exercise, arguments, got, want):
            return verdict
    lines = len("".join(outcome.printed for outcome in outcomes).splitlines())
    aside = f" (It also printed {lines} line{'s' * (lines > 1)}, not shown here; what counts is what it returns.)"
    return Verdict("correct", exercise.means + (aside if lines else ""))


def _same_outcome(got: Outcome, want: Outcome) -> bool:
    if got.error is not None or want.error is not None:
        return type(got.error) is type(want.error) and got.viewed == want.viewed
    return alike(got.value, want.value)


def _same_mistake(got: Outcome, known: Outcome) -> bool:
    """As `_same_outcome`, but errors must also say the same: a TypeError may have many causes."""
    return _same_outcome(got, known) and error_text(got.error) == error_text(known.error)


def _side_effects(exercise: Exercise, arguments: tuple, got: Outcome, want: Outcome) -> Verdict | None:
    """What else must agree once the values do: the inputs afterwards, and the gradients."""
    for name, mine, theirs, before in zip(parameters(exercise), got.arguments, want.arguments, arguments, strict=False):
        if not alike(mine, theirs):
            if alike(theirs, before):
                say = f"The result is right, but it changes its input `{name}` in place; work on a copy."
            else:
                say = f"The result is right, but `{name}` should have been changed in place, and was not."
            return Verdict("not yet", say)
    if want.gradients is not None and got.gradients is None:
        if isinstance(got.value, (list, tuple)) and leaves(got.value):
            say = "The numbers are right; expected one tensor, got a list of tensors: torch.stack joins them."
            return Verdict("not yet", say)
        say = (
            "The numbers are right, but no gradient flows back: .detach(), .data, .item(), .tolist(), numpy, "
            "torch.no_grad() and from_pretrained cut it."
        )
        return Verdict("not yet", say)
    if not alike(got.gradients, want.gradients):
        for wrong in exercise.wrong:
            other = call(wrong.function, arguments, exercise)
            if _same_mistake(got, other) and alike(got.gradients, other.gradients):
                return Verdict("not yet", named(wrong.says, wrong.idea))
        return Verdict("not yet", "The numbers are right, but the gradient is not that of the function asked for.")
    return None


def _explain(
    exercise: Exercise, answer: Any, cases: list, outcomes: list[Outcome], expected: list[Outcome], right: list[bool]
) -> Verdict:
    """The most telling sentence about an answer whose results are wrong somewhere."""
    nearly = None  # the first named mistake that differs in one call only, and how many wrong calls are like it
    for wrong in exercise.wrong:
        others = []
        for arguments, got in zip(cases, outcomes, strict=True):
            others.append(_same_mistake(got, call(wrong.function, arguments, exercise)))
            if others.count(False) > 1:  # not this one, nor nearly
                break
        else:
            if all(others):
                return Verdict("not yet", named(wrong.says, wrong.idea))
            alone = right[others.index(False)]  # the wrong calls are all like this; one that is right is not
            nearly = nearly or (right.count(False) - (not alone), named(wrong.says, wrong.idea))

    say = _first_wrong(exercise, answer, cases, outcomes, expected, right, nearly)
    where = _where(exercise, cases, right)
    return Verdict("not yet", say + f" Of the calls tried, those go wrong in which {where}." * bool(where))


def _first_wrong(
    exercise: Exercise,
    answer: Any,
    cases: list,
    outcomes: list[Outcome],
    expected: list[Outcome],
    right: list[bool],
    nearly: tuple[int, str] | None,
) -> str:
    """What the first call that goes wrong gives, with what is known of the mistake before it."""
    at = right.index(False)
    got, want, text = outcomes[at], expected[at], call_text(exercise, cases[at])
    if got.viewed:
        return f"{text} returns {a_kind(got.value)}; using it as this exercise asks raises {error_text(got.error)}."
    if got.error is not None:
        means = meaning(type(got.error).__name__, str(got.error))
        return f"{text} raises {error_text(got.error, answer)}." + f" {means}" * bool(means)
    if want.error is not None:
        return f"{text}: expected the error {type(want.error).__name__}, got {brief(got.value)}."
    if got.value is None:
        if got.printed.strip():
            return f"{text} prints its result but returns nothing: put `return` where it prints."
        return f"{text} returns nothing: is there a `return` on every path?"
    say = f"{text}: {difference(got.value, want.value)}"
    if seen := _seen_in_all(exercise, cases, outcomes, expected, right):
        return f"{seen} {say}"
    failed = right.count(False)
    if nearly and nearly[0] > 1:  # a single call may be like it by chance
        return f"In {nearly[0]} of the {failed} calls that go wrong it looks like this: {nearly[1]} {say}"
    values = [outcome.value for outcome in outcomes if outcome.error is None]
    if right[0] and len(values) > 1 and all(alike(values[0], value) for value in values[1:]):
        return f"The example's result comes back for every input that was tried. {say}"
    if at >= exercise.examples:
        return f"Right for the example{'s' * (exercise.examples > 1)}, but not in general. {say}"
    return say


def _seen_in_all(exercise: Exercise, cases: list, outcomes: list, expected: list, right: list[bool]) -> str:
    """What relates each wrong result to the right one in the same way; an empty text where nothing does."""
    found, numbers = [], 0
    for arguments, got, want, good in zip(cases, outcomes, expected, right, strict=True):
        if not good and isinstance(got.value, Finding):  # it says more
            return ""
        if good or got.error is not None or want.error is not None:
            continue
        passed = dict(zip(parameters(exercise), arguments, strict=False))
        tensor = as_tensor(want.value)
        numbers += 3 if tensor is None else tensor.numel()
        if tensor is None or tensor.numel():  # between empty results anything holds
            found.append(relations(got.value, want.value, passed))
    if numbers < 3 or not found:  # one or two numbers may be alike by chance
        return ""
    return next((says for says in found[0] if all(says in other for other in found)), "")


def _where(exercise: Exercise, cases: list, right: list[bool]) -> str:
    """What is special about the arguments of all the calls that went wrong and of no other; else an empty text."""
    found = [traits(dict(zip(parameters(exercise), arguments, strict=False))) for arguments in cases]
    wrong = [some for some, good in zip(found, right, strict=True) if not good]
    well = [some for some, good in zip(found, right, strict=True) if good]
    if len(well) < 2:
        return ""
    return next((one for one in wrong[0] if all(one in some for some in wrong) and not any(one in s for s in well)), "")


def unattempted(exercise: Exercise, answer: Any) -> bool:
    """Whether the answer is still the stub: `...`, or a function that reads as the stub does, comments aside.

    Where no source is to be had, compiled code is compared; there, a `...` that was deleted is not missed.
    """
    if answer is ...:
        return True
    if exercise.stub is None or not isinstance(answer, types.FunctionType):
        return False
    if tree := _tree(answer):
        return _as_read(tree) == _as_read(_tree(exercise.stub))
    return _compiled(answer.__code__) == _compiled(exercise.stub.__code__)


def _tree(function: Any) -> ast.FunctionDef | None:
    """A function's parsed source; None where none is to be had: a lambda amid a line, code from exec, a built-in."""
    try:
        (tree,) = ast.parse(textwrap.dedent(inspect.getsource(function))).body
    except (OSError, TypeError, SyntaxError, ValueError):
        return None
    return tree if isinstance(tree, ast.FunctionDef) else None


def _as_read(tree: ast.FunctionDef) -> str:
    """Parameters and body, without the function's name, comments and docstring.

    The source and not the compiled code: a `...` that stands alone leaves no trace in the latter.
    """
    body = tree.body[1:] if ast.get_docstring(tree) is not None else tree.body
    return ast.dump(tree.args) + "".join(map(ast.dump, body))


def _compiled(code: types.CodeType) -> tuple:
    """What a function's code does, without its name and lines."""
    constants = [_compiled(one) if isinstance(one, types.CodeType) else repr(one) for one in code.co_consts]
    return code.co_code, constants, code.co_names, code.co_varnames, code.co_freevars


def _has_loop(answer: Any) -> bool:
    tree = _tree(answer)
    return tree is not None and any(isinstance(node, (ast.While, ast.For)) for node in ast.walk(tree))
