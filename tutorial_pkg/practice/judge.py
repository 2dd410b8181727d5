"""Judge an answer: compare it, case by case, with the exercise's solution and with the wrong answers that people give.

Nothing here knows about a particular exercise.
"""

import ast
import contextlib
import difflib
import inspect
import re
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .compare import alike, as_tensor
from .errors import meaning
from .items import Exercise, Finding
from .lazy import torch
from .messages import a_kind, brief, call_text, cut, difference, error_text, with_idea
from .relation import LISTS, relations, traits
from .repair import Repair, find_repair, parsed
from .run import Outcome, Trial, call, default_settings, leaves, original_functions
from .timeout import TooLong

# What a task may ask for: the types, and how to make an object of such a type.
TYPES = {
    "tensor": (torch.Tensor, "torch.tensor(...)"),
    "list": (LISTS, "list(...)"),
    "integer": ((int, np.integer), "int(...)"),
}
COPY = {"Tensor": " (`.clone()` makes one)", "list": " (`list(...)` makes one)"}


@dataclass(frozen=True)
class Verdict:
    """What a check found: `state` is "not attempted", "not yet" or "correct", and the learner reads `message`.

    `repair` is an edit that makes the answer right, if nothing else names the mistake. `shown` is for a picture: the
    first wrong call, the result of this call, and the expected result.
    """

    state: str
    message: str
    repair: Repair | None = None
    shown: tuple[str, Any, Any] | None = field(default=None, compare=False)


def judge(exercise: Exercise, answer: Any) -> Verdict:
    """Judge an answer. The learner's objects, settings, random generators and working folder stay as they are."""
    with original_functions(), default_settings():
        try:
            return _judge(exercise, answer)
        except TooLong:
            text = f"The function was stopped after {exercise.seconds:g} seconds."
            return Verdict("not yet", f"{text} {_endless(exercise, answer)}".rstrip())
        except RecursionError:
            return Verdict("not yet", "The result is nested too deeply to be compared with the expected result.")


def _judge(exercise: Exercise, answer: Any) -> Verdict:
    trial = Trial(exercise, answer, exercise.cases())
    if unattempted(exercise, answer):
        return _not_attempted(exercise)
    if text := _unusable(trial):
        return Verdict("not yet", text)
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
    if not all(trial.right):
        return _explain(trial)
    if text := _beyond_values(trial):
        return Verdict("not yet", text)
    lines = len("".join(outcome.printed for outcome in trial.got).splitlines())
    aside = f" (The function also printed {lines} line{'s' * (lines > 1)}. Only what it returns counts.)"
    return Verdict("correct", exercise.success + aside * (lines > 0))


def _endless(exercise: Exercise, answer: Any) -> str:
    """Why the answer may need too much time. An empty text for code without a loop."""
    nodes = [*ast.walk(parsed(answer) or ast.Pass())]
    for node in nodes:
        match node:
            case ast.Expr(ast.Call(ast.Name(name), [ast.Name(first), *_])) if (
                name in exercise.solution.__code__.co_names
            ):
                return f"The result of `{name}` is not used. Assign it: `{first} = {name}({first}, ...)`."
    return exercise.endless if any(isinstance(node, (ast.While, ast.For)) for node in nodes) else ""


def unattempted(exercise: Exercise, answer: Any) -> bool:
    """Whether the answer is still the stub: `...`, or a function with the stub's code. Comments do not matter."""
    if answer is ...:
        return True
    trees = parsed(answer), exercise.stub and parsed(exercise.stub)
    return None not in trees and _code(trees[0]) == _code(trees[1])


def _code(tree: ast.FunctionDef) -> str:
    """Parameters and body, without name, comments and docstring. (Compiled code would not show a line of dots.)"""
    body = tree.body[1:] if ast.get_docstring(tree) is not None else tree.body
    return ast.dump(tree.args) + "".join(map(ast.dump, body))


def _not_attempted(exercise: Exercise) -> Verdict:
    bug_hunt = "..." not in exercise.source(exercise.stub) if exercise.stub else False
    todo = "the function is still unchanged. Fix it" if bug_hunt else "write the function in place of the dots"
    return Verdict("not attempted", f'{todo} and run the cell again. Stuck? Run `hint("{exercise.name}")`.')


def _unusable(trial: Trial) -> str:
    """Why an answer cannot be called, or must not be called. An empty text if it can."""
    exercise, answer = trial.exercise, trial.answer
    if not callable(answer):
        return f"Expected a function called `{exercise.name}`, got {brief(answer)}."
    if exercise.forbidden_call and exercise.forbidden_call in getattr(getattr(answer, "__code__", 0), "co_names", ()):
        return f"This calls `{exercise.forbidden_call}`. Write that function yourself."
    with contextlib.suppress(Exception):  # some built-ins do not have a signature to look at
        own, wanted = inspect.signature(answer), inspect.signature(exercise.solution)
        try:
            own.bind(*trial.cases[0])
        except TypeError:
            return f"Expected the parameters {wanted}, got {cut(str(own), 160)}."
    return ""


# ------------------------------------------------------------------------------------------ when the values are right


def _beyond_values(trial: Trial) -> str:
    """What is wrong although the values are right: a changed input, a gradient, a change outside, or a call."""
    exercise = trial.exercise
    for arguments, got, want in zip(trial.cases, trial.got, trial.expected, strict=True):
        for name, mine, theirs in zip(exercise.parameters, got.arguments, want.arguments, strict=False):
            if not alike(mine, theirs):
                return f"The result is right, but `{name}` should be changed in place."
        parts = got.value if isinstance(got.value, (list, tuple)) else ()
        if isinstance(want.value, torch.Tensor) and any(isinstance(part, torch.Tensor) for part in parts):
            return "The numbers are right, but in a list of tensors. Join them into one tensor with torch.stack."
        if text := _about_gradients(exercise, arguments, got, want) or _about_changes(got):
            return text
    if exercise.needs and not any(outcome.called & {*exercise.needs} for outcome in trial.got):
        return exercise.needs_says
    return _other_type(trial)


def named_type(exercise: Exercise) -> str:
    """The type of the result that the task names: "tensor", "list" or "integer". An empty text if it names none."""
    found = re.search(r"(?:returns(?:\s\w+){1,4}|result is an)\s(tensor|list|integer)\b", exercise.task)
    return found[1] if found else ""


def _other_type(trial: Trial) -> str:
    """What to say if the type of the results is different from the type that the task names."""
    kind = named_type(trial.exercise)
    types, how = TYPES.get(kind, ((), ""))
    for got, want, good in zip(trial.got, trial.expected, trial.right, strict=True):
        if isinstance(got.raw, np.ndarray) and want.gradients is not None:
            return "This is a numpy array, so no gradient flows back. Use torch's own functions."
        if good and types and isinstance(want.raw, types) and not isinstance(got.raw, types):
            how = ".tolist()" if types is LISTS and hasattr(got.raw, "tolist") else how
            return f"This is {a_kind(got.raw)}. The task asks for a{'n' * (kind[0] == 'i')} {kind}: `{how}` makes one."
    return ""


def _about_gradients(exercise: Exercise, arguments: tuple, got: Outcome, want: Outcome) -> str:
    """What is wrong with the gradients of a call whose values are right. An empty text if they are right."""
    if want.gradients is not None and got.gradients is None:
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
                "layer, nn.Parameter(...), .data and .detach() cut the gradient off from it."
            )
    return "The numbers are right, but the gradient differs from the gradient of the expected function."


def _about_changes(got: Outcome) -> str:
    """What a call changed outside the function, with the most probable reason. An empty text if nothing changed."""
    if not got.changed:
        return ""
    change = got.changed[0]
    what = change if " " in change else f"`{change}`"
    text = f"This changes {what}, which would change every later cell. (It is put back.)"
    owner = change.rpartition(".")[0]
    if owner.rpartition(".")[2][:1].isupper():
        text += f" `{owner}` is the class. To make an object, call it: `{owner}(...)`."
    return text


# ------------------------------------------------------------------------------------------ when the values are wrong


def _explain(trial: Trial) -> Verdict:
    """The most helpful message about an answer whose results are wrong in some calls."""
    exercise = trial.exercise
    for arguments, got in zip(trial.cases, trial.got, strict=True):
        if text := _about_changes(got):
            return Verdict("not yet", text)
        if got.spoiled and got.error is None:
            kind = type(arguments[exercise.parameters.index(got.spoiled)]).__name__
            how = "Only look up values in it." if kind == "dict" else f"Work on a copy{COPY.get(kind, '')}."
            return Verdict("not yet", f"This changes its input `{got.spoiled}` in place. {how}")
    at = trial.right.index(False)
    shown = None
    if trial.got[at].error is None and not alike(trial.got[at].raw, trial.expected[at].raw):
        shown = (call_text(exercise, trial.cases[at]), trial.got[at].raw, trial.expected[at].raw)
    named, nearly = _named(trial)
    if named := _misspelt(trial) or named or (exercise.reader and exercise.reader(trial.answer)) or _other_type(trial):
        return Verdict("not yet", named, shown=shown)
    text = _first_wrong(trial, at, nearly)
    if where := _where(trial):
        text += f" The wrong calls are those in which {where}."
    # .detach() would help there, but the message says more
    repair = None if "with torch.no_grad()" in text else find_repair(trial)
    return Verdict("not yet", text + (f" {repair.first}" if repair else ""), repair, shown)


def _misspelt(trial: Trial) -> str:
    """A sentence on a text in the code that is nearly equal to an argument of a wrong call. Or an empty text."""
    nodes = [node.value for node in ast.walk(parsed(trial.answer) or ast.Pass()) if isinstance(node, ast.Constant)]
    texts = [node for node in nodes if isinstance(node, str)]
    for text in (one for case, good in zip(trial.cases, trial.right, strict=True) if not good for one in case):
        near = difflib.get_close_matches(text, texts, 1) if isinstance(text, str) and text not in texts else ()
        if near:
            return f'This code writes "{near[0]}", but the task writes "{text}". Use the spelling of the task.'
    return ""


def _named(trial: Trial) -> tuple[str, str]:
    """The sentence of the slip that fits in every case, and a remark on a slip that does not fit in one case."""
    exercise, right, nearly = trial.exercise, trial.right, ""
    for slip in exercise.slips:
        says, wrong_answer, same = with_idea(slip.says, slip.idea), exercise.wrong_answer(slip), []
        for arguments, got in zip(trial.cases, trial.got, strict=True):
            same.append(_same_mistake(got, call(wrong_answer, arguments, exercise)))
            if same.count(False) > 1:
                break
        else:
            if all(same):
                return says, ""
            failed = right.count(False)
            fitting = failed - (not right[same.index(False)])  # how many wrong calls the slip explains
            if fitting > 1 and not nearly:  # a single call may fit by chance
                nearly = f"In {fitting} of the {failed} wrong calls, this fits: {says} "
    return "", nearly


def _same_mistake(got: Outcome, known: Outcome) -> bool:
    """Whether a call and a slip have the same result, or an error with the same text."""
    if (got.error is None) != (known.error is None) or got.viewed != known.viewed:
        return False
    if got.error is not None:
        return type(got.error) is type(known.error) and error_text(got.error) == error_text(known.error)
    return alike(got.value, known.value)


def _first_wrong(trial: Trial, at: int, nearly: str) -> str:
    """What is known about the mistake, and what the first wrong call, number `at`, returns or raises."""
    exercise, right = trial.exercise, trial.right
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
    before = _seen_in_all(trial) or nearly
    values = [outcome.value for outcome in trial.got if outcome.error is None]
    if not before and right[0] and len(values) > 1 and all(alike(values[0], value) for value in values[1:]):
        before = "The result is the same for every input. "
    elif not before and at >= exercise.examples:
        before = f"This is right for the example{'s' * (exercise.examples > 1)}, but not in general. "
    return f"{before}{text}: {difference(got.value, want.value)}"


def _seen_in_all(trial: Trial) -> str:
    """A relation to the right result that is true of every wrong call. An empty text if there is none."""
    found, numbers = [], 0
    for arguments, got, want, good in zip(trial.cases, trial.got, trial.expected, trial.right, strict=True):
        if good or got.error is not None:
            continue
        if isinstance(got.value, Finding):  # a finding says more
            return ""
        tensor = as_tensor(want.value)
        numbers += 3 if tensor is None else tensor.numel()
        if tensor is None or tensor.numel():  # every relation is true between empty results
            found.append(relations(got.value, want.value, trial.exercise.by_name(arguments)))
    if numbers < 3 or not found:  # one or two numbers may agree by chance
        return ""
    return next((f"{text} " for text in found[0] if all(text in other for other in found)), "")


def _where(trial: Trial) -> str:
    """A property that the arguments have in all wrong calls and in no right call. An empty text if there is none."""
    found = [traits(trial.exercise.by_name(arguments)) for arguments in trial.cases]
    wrong = [some for some, good in zip(found, trial.right, strict=True) if not good]
    well = [some for some, good in zip(found, trial.right, strict=True) if good]
    if len(well) < 2:
        return ""
    return next((one for one in wrong[0] if all(one in some for some in wrong) and not any(one in s for s in well)), "")
