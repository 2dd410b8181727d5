"""Judge an answer: compare it with the exercise's own solution, case by case, and with its named wrong answers.

Nothing here knows about a particular exercise.
"""

from __future__ import annotations

import ast
import contextlib
import inspect
import textwrap
import types
from dataclasses import dataclass
from typing import Any

from .compare import alike
from .pieces import Exercise
from .run import Outcome, TooLong, call, leaves, same_random_state, within
from .say import brief, call_text, difference, error_text, named, parameters


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
    if unattempted(exercise, answer):
        return _not_attempted(exercise)
    with same_random_state():
        return _judge_function(exercise, answer)


def _not_attempted(exercise: Exercise) -> Verdict:
    bug_hunt = "..." not in exercise.source(exercise.stub) if exercise.stub else False
    todo = "the function is still as it was given: fix it" if bug_hunt else "fill in the function where the dots are"
    say = f'{todo} and run the cell again. Stuck? Run hint("{exercise.name}").'
    return Verdict("not attempted", say)


def _correct(exercise: Exercise, printed: str = "") -> Verdict:
    lines = len(printed.splitlines())
    aside = f" (It also printed {lines} line{'s' * (lines > 1)}, not shown here; what counts is what it returns.)"
    return Verdict("correct", exercise.means + (aside if lines else ""))


def _judge_function(exercise: Exercise, answer: Any) -> Verdict:
    if not callable(answer):
        return Verdict("not yet", f"`{exercise.name}` is {brief(answer)}; a function of that name is asked for.")
    solution = exercise.solution
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
        text = call_text(exercise, cases[len(outcomes)])
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
    for name, mine, theirs, before in zip(parameters(exercise), got.arguments, want.arguments, arguments, strict=False):
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
        for wrong in exercise.wrong:
            other = call(wrong.function, arguments, exercise)
            if _same_mistake(got, other) and alike(got.gradients, other.gradients):
                return Verdict("not yet", named(wrong.says, wrong.idea))
        return Verdict("not yet", "the numbers are right, but the gradient is not that of the function asked for.")
    return None


def _explain(
    exercise: Exercise, answer: Any, cases: list, outcomes: list[Outcome], due: list[Outcome], right: list[bool]
) -> Verdict:
    """The most telling sentence about an answer whose results are wrong somewhere."""
    for wrong in exercise.wrong:
        others = [call(wrong.function, arguments, exercise) for arguments in cases]
        if all(map(_same_mistake, outcomes, others)):
            return Verdict("not yet", named(wrong.says, wrong.idea))

    at = right.index(False)
    got, want, text = outcomes[at], due[at], call_text(exercise, cases[at])
    if got.error is not None:
        return Verdict("not yet", f"{text} raises {error_text(got.error, answer)}.")
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


def unattempted(exercise: Exercise, answer: Any) -> bool:
    """Whether the answer is still the stub: `...`, or a function that reads as the stub does, comments aside."""
    if answer is ...:
        return True
    if exercise.stub is None or not isinstance(answer, types.FunctionType):
        return False
    return _as_read(answer) == _as_read(exercise.stub)


def _as_read(function: types.FunctionType) -> str | None:
    """The function's parameters and body, without its name, comments and docstring; None where no source is to be had.

    The source and not the compiled code: a `...` that stands alone leaves no trace in the latter.
    """
    try:
        (tree,) = ast.parse(textwrap.dedent(inspect.getsource(function))).body
    except (OSError, TypeError, SyntaxError, ValueError):  # a lambda in the middle of a line, code from exec
        return None
    if not isinstance(tree, ast.FunctionDef):
        return None
    body = tree.body[1:] if ast.get_docstring(tree) is not None else tree.body
    return ast.dump(tree.args) + "".join(map(ast.dump, body))
