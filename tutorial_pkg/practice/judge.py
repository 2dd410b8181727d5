"""Judge an answer: compare it with the exercise's own solution, case by case, and with the wrong answers people give.

Nothing here knows about a particular exercise.
"""

from __future__ import annotations

import ast
import contextlib
import inspect
import types
from dataclasses import dataclass, field
from typing import Any

from .compare import alike, as_tensor
from .errors import meaning
from .items import Exercise, Finding, Slip
from .messages import a_kind, brief, call_text, cut, difference, error_text, with_idea
from .relation import relations, traits
from .repair import Repair, find_repair, parsed
from .run import Outcome, call, default_settings, leaves, original_functions, same_outcome
from .timeout import TooLong

COPY = {"Tensor": "`.clone()` makes one", "list": "`list(...)` makes one", "dict": "`dict(...)` makes one"}


@dataclass(frozen=True)
class Verdict:
    """What a check found: `state` is "not attempted", "not yet" or "correct"; `message` is what the learner reads.

    `repair` is an edit that would make the answer right, where nothing else names the mistake. `shown` is the first
    wrong case, for a picture: the call, what it returned and what is expected.
    """

    state: str
    message: str
    repair: Repair | None = None
    shown: tuple[str, Any, Any] | None = field(default=None, compare=False)


@dataclass
class Trial:
    """An answer, all that its calls gave, and what they should have given."""

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
        """For each case, whether the solution changes an argument: then the task is to do so."""
        pairs = zip(self.cases, self.expected, strict=True)
        return [not all(map(alike, before, want.arguments)) for before, want in pairs]


def judge(exercise: Exercise, answer: Any) -> Verdict:
    """Compare an answer with the exercise's solution and with the wrong answers that people give.

    Args:
        exercise: what the task is.
        answer: the learner's function.

    Returns:
        The verdict. The learner's objects are as they were: functions get copies, and settings, random generators,
        torch's own functions and the working folder are put back.
    """
    with original_functions(), default_settings():
        try:
            return _not_attempted(exercise) if unattempted(exercise, answer) else _judge(exercise, answer)
        except TooLong:
            text = f"The function was stopped after {exercise.seconds:g} seconds."
            return Verdict("not yet", text + " Does a loop ever end?" * _has_loop(answer))
        except RecursionError:
            return Verdict("not yet", "The result is nested too deeply to be compared with the expected result.")


def _not_attempted(exercise: Exercise) -> Verdict:
    bug_hunt = "..." not in exercise.source(exercise.stub) if exercise.stub else False
    todo = "the function is still unchanged. Fix it" if bug_hunt else "write the function in place of the dots"
    return Verdict("not attempted", f'{todo} and run the cell again. Stuck? Run `hint("{exercise.name}")`.')


def _judge(exercise: Exercise, answer: Any) -> Verdict:
    if not callable(answer):
        return Verdict("not yet", f"Expected a function called `{exercise.name}`, got {brief(answer)}.")
    if exercise.forbidden_call and exercise.forbidden_call in getattr(getattr(answer, "__code__", 0), "co_names", ()):
        return Verdict("not yet", f"This calls `{exercise.forbidden_call}`. Write that function yourself.")
    trial = Trial(exercise, answer, exercise.cases())
    with contextlib.suppress(Exception):  # some built-ins do not have a signature to look at
        own, wanted = inspect.signature(answer), inspect.signature(exercise.solution)
        try:
            own.bind(*trial.cases[0])
        except TypeError:
            return Verdict("not yet", f"Expected the parameters {wanted}, got {cut(str(own), 160)}.")

    trial.expected = [call(exercise.solution, arguments, exercise, in_place=True) for arguments in trial.cases]
    if broken := next((want.error for want in trial.expected if want.error is not None), None):
        return Verdict(
            "not yet",
            f"This exercise's own solution does not work in this session: {error_text(broken)}. Something that it "
            "needs was changed. Restart the kernel and run the cells again.",
        )
    left = exercise.seconds
    for arguments, changes in zip(trial.cases, trial.in_place, strict=True):
        trial.got.append(call(answer, arguments, exercise, max(0.01, left), changes))
        left -= trial.got[-1].seconds
    if any(outcome.value is ... for outcome in trial.got):
        return _not_attempted(exercise)
    return _explain(trial) if not all(trial.right) else _beyond_values(trial)


def _same_mistake(got: Outcome, known: Outcome) -> bool:
    """Whether a call gave what a slip gives; errors must also have the same text: a TypeError may have many causes."""
    if (got.error is None) != (known.error is None) or got.viewed != known.viewed:
        return False
    if got.error is not None:
        return type(got.error) is type(known.error) and error_text(got.error) == error_text(known.error)
    return alike(got.value, known.value)


def _beyond_values(trial: Trial) -> Verdict:
    """The verdict on an answer whose values are right: the inputs afterwards, the gradients, what it calls, prints."""
    exercise = trial.exercise
    for arguments, got, want in zip(trial.cases, trial.got, trial.expected, strict=True):
        for name, mine, theirs in zip(exercise.parameters, got.arguments, want.arguments, strict=False):
            if not alike(mine, theirs):
                return Verdict("not yet", f"The result is right, but `{name}` should be changed in place.")
        if text := _about_gradients(exercise, arguments, got, want):
            return Verdict("not yet", text)
        if got.changed:
            return Verdict("not yet", _about_changes(got))
    if exercise.needs and not any(outcome.called & {*exercise.needs} for outcome in trial.got):
        return Verdict("not yet", exercise.needs_says)
    lines = len("".join(outcome.printed for outcome in trial.got).splitlines())
    aside = f" (The function also printed {lines} line{'s' * (lines > 1)}. Only what it returns counts.)"
    return Verdict("correct", exercise.success + (aside if lines else ""))


def _about_gradients(exercise: Exercise, arguments: tuple, got: Outcome, want: Outcome) -> str:
    """What is wrong with the gradients of a call whose values are right; an empty text for nothing."""
    if want.gradients is not None and got.gradients is None:
        if isinstance(got.value, (list, tuple)) and leaves(got.value):
            return "The numbers are right, but in a list of tensors. Join them into one tensor with torch.stack."
        return (
            "The numbers are right, but no gradient flows back. These calls stop it: .detach(), .data, .item(), "
            ".tolist(), numpy, torch.no_grad() and from_pretrained."
        )
    if alike(got.gradients, want.gradients):
        return ""
    for slip in exercise.slips:
        other = call(exercise.wrong_answer(slip), arguments, exercise)
        if _same_mistake(got, other) and alike(got.gradients, other.gradients):
            return with_idea(slip.says, slip.idea)
    names = [name for name, one in zip(exercise.parameters, arguments, strict=False) for _ in leaves(one)]
    for name, mine, theirs in zip(names, got.gradients or (), want.gradients or (), strict=False):
        if mine is None and theirs is not None and names.count(name) == 1:
            return (
                f"The numbers are right, but no gradient reaches `{name}`. Use `{name}` itself: the weight of a new "
                "layer, nn.Parameter(...), .data and .detach() do not lead back to it."
            )
    return "The numbers are right, but the gradient differs from the gradient of the expected function."


def _about_changes(got: Outcome) -> str:
    """What an answer changed outside itself, with the likeliest reason."""
    what = got.changed[0]
    text = (
        f"This changes {what if ' ' in what else f'`{what}`'}, which would change every later cell. (It is put back.)"
    )
    owner = what.rpartition(".")[0]
    if owner.rpartition(".")[2][:1].isupper():
        text += f" `{owner}` is the class. To make an object, call it: `{owner}(...)`."
    return text


def _explain(trial: Trial) -> Verdict:
    """The most telling message about an answer whose results are wrong somewhere."""
    exercise, right = trial.exercise, trial.right
    for arguments, got in zip(trial.cases, trial.got, strict=True):
        if got.changed:
            return Verdict("not yet", _about_changes(got))
        if got.spoiled and got.error is None:
            kind = type(arguments[exercise.parameters.index(got.spoiled)]).__name__
            how = f" ({COPY[kind]})" if kind in COPY else ""
            return Verdict("not yet", f"This changes its input `{got.spoiled}` in place. Work on a copy{how}.")
    at = right.index(False)
    shown = None
    if trial.got[at].error is None:
        shown = (call_text(exercise, trial.cases[at]), trial.got[at].raw, trial.expected[at].raw)
    named, nearly = _named(trial)
    if named:
        return Verdict("not yet", with_idea(named.says, named.idea), shown=shown)
    if exercise.reader and (text := exercise.reader(trial.answer)):
        return Verdict("not yet", text, shown=shown)
    text = _first_wrong(trial, nearly)
    if where := _where(trial):
        text += f" The wrong calls are those in which {where}."
    repair = find_repair(trial)
    return Verdict("not yet", text + (f" {repair.first}" if repair else ""), repair, shown)


def _named(trial: Trial) -> tuple[Slip | None, tuple[int, str] | None]:
    """The slip whose results equal the answer's in every case; else one that differs in a single case, if there is one.

    The latter comes as how many wrong calls are like it, and its sentence.
    """
    exercise, right, nearly = trial.exercise, trial.right, None
    for slip in exercise.slips:
        wrong_answer, others = exercise.wrong_answer(slip), []
        for arguments, got in zip(trial.cases, trial.got, strict=True):
            others.append(_same_mistake(got, call(wrong_answer, arguments, exercise)))
            if others.count(False) > 1:  # neither this one nor nearly
                break
        else:
            if all(others):
                return slip, None
            differs = right[others.index(False)]  # a right call that differs leaves all wrong ones like the slip
            nearly = nearly or (right.count(False) - (not differs), with_idea(slip.says, slip.idea))
    return None, nearly


def _first_wrong(trial: Trial, nearly: tuple[int, str] | None) -> str:
    """What the first wrong call gives, after what is known of the mistake."""
    exercise, right = trial.exercise, trial.right
    at = right.index(False)
    got, want, text = trial.got[at], trial.expected[at], call_text(exercise, trial.cases[at])
    if got.viewed:
        return f"{text} returns {a_kind(got.value)}. Using it as the task says raises {error_text(got.error)}."
    if got.error is not None:
        means = meaning(type(got.error).__name__, str(got.error))
        return f"{text} raises {error_text(got.error, trial.answer)}." + f" {means}" * bool(means)
    if got.value is None:
        if got.printed.strip():
            return f"{text} prints its result but does not return it. Use `return` in place of `print`."
        return f"{text} returns None. Is there a `return` on every path?"
    message = f"{text}: {difference(got.value, want.value)}"
    if seen := _seen_in_all(trial):
        return f"{seen} {message}"
    failed = right.count(False)
    if nearly and nearly[0] > 1:  # a single call may be like it by chance
        return f"In {nearly[0]} of the {failed} wrong calls, this fits: {nearly[1]} {message}"
    values = [outcome.value for outcome in trial.got if outcome.error is None]
    if right[0] and len(values) > 1 and all(alike(values[0], value) for value in values[1:]):
        return f"The result is the same for every input. {message}"
    if at >= exercise.examples:
        return f"This is right for the example{'s' * (exercise.examples > 1)}, but not in general. {message}"
    return message


def _seen_in_all(trial: Trial) -> str:
    """A relation to the right result that holds in every wrong call; an empty text where there is none."""
    found, numbers = [], 0
    for arguments, got, want, good in zip(trial.cases, trial.got, trial.expected, trial.right, strict=True):
        if not good and isinstance(got.value, Finding):  # a finding says more
            return ""
        if good or got.error is not None:
            continue
        passed = dict(zip(trial.exercise.parameters, arguments, strict=False))
        tensor = as_tensor(want.value)
        numbers += 3 if tensor is None else tensor.numel()
        if tensor is None or tensor.numel():  # between empty results anything holds
            found.append(relations(got.value, want.value, passed))
    if numbers < 3 or not found:  # one or two numbers may agree by chance
        return ""
    return next((text for text in found[0] if all(text in other for other in found)), "")


def _where(trial: Trial) -> str:
    """What is special about the arguments of all wrong calls and of no right one; else an empty text."""
    names = trial.exercise.parameters
    found = [traits(dict(zip(names, arguments, strict=False))) for arguments in trial.cases]
    wrong = [some for some, good in zip(found, trial.right, strict=True) if not good]
    well = [some for some, good in zip(found, trial.right, strict=True) if good]
    if len(well) < 2:
        return ""
    return next((one for one in wrong[0] if all(one in some for some in wrong) and not any(one in s for s in well)), "")


def unattempted(exercise: Exercise, answer: Any) -> bool:
    """Whether the answer is still the stub: `...`, or a function that reads as the stub does, comments aside.

    Where the source is not available, compiled code is compared; there, a `...` that was deleted is not missed.
    """
    if answer is ...:
        return True
    if exercise.stub is None or not isinstance(answer, types.FunctionType):
        return False
    if tree := parsed(answer):
        return _as_read(tree) == _as_read(parsed(exercise.stub))
    return _compiled(answer.__code__) == _compiled(exercise.stub.__code__)


def _as_read(tree: ast.FunctionDef) -> str:
    """Parameters and body, without the function's name, comments and docstring.

    The source and not the compiled code: a `...` on a line by itself leaves no trace in the latter.
    """
    body = tree.body[1:] if ast.get_docstring(tree) is not None else tree.body
    return ast.dump(tree.args) + "".join(map(ast.dump, body))


def _compiled(code: types.CodeType) -> tuple:
    """What a function's code does, without its name and lines."""
    constants = [_compiled(one) if isinstance(one, types.CodeType) else repr(one) for one in code.co_consts]
    return code.co_code, constants, code.co_names, code.co_varnames, code.co_freevars


def _has_loop(answer: Any) -> bool:
    tree = parsed(answer)
    return tree is not None and any(isinstance(node, (ast.While, ast.For)) for node in ast.walk(tree))
