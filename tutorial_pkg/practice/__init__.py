"""Practice in a notebook: commit an answer, see what happens, be told which idea failed.

>>> from tutorial_pkg.practice import answer, check, hint, look_back, predict, reveal, solution

Everything is kept in memory, for this session only: nothing is written to disk, nothing leaves the machine.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from typing import Any

from .compare import alike
from .judge import Verdict, judge
from .pieces import Exercise, Prediction, Recall, find
from .pieces import pieces as pieces_of
from .say import named

__all__ = ["answer", "check", "hint", "look_back", "predict", "reveal", "solution"]


@dataclass
class Session:
    """What the learner has done since the kernel started, by the piece's name."""

    answered: dict[str, bool] = field(default_factory=dict)
    predicted: dict[str, Any] = field(default_factory=dict)
    revealed: dict[str, bool] = field(default_factory=dict)
    solved: dict[str, bool] = field(default_factory=dict)
    hints_given: dict[str, int] = field(default_factory=dict)


session = Session()


def _say(text: str) -> None:
    print(textwrap.fill(text, 100, break_on_hyphens=False))


def answer(name: str, choice: Any) -> None:
    """Answer a recall question with a letter; prints the feedback for that option.

    Args:
        name: the question's name, as it stands in the cell.
        choice: one of the question's letters, or `...` for no answer yet.
    """
    question = find(name, Recall)
    if choice is ...:
        _say('Not answered yet: put a letter in quotes, such as "a", where the dots are and run the cell again.')
        return
    letter = choice.strip().lower() if isinstance(choice, str) else choice
    if letter not in question.options:
        _say(f"{choice!r} is none of the options; answer with one of {', '.join(map(repr, question.options))}.")
        return
    option, right = question.options[letter], letter == question.right
    session.answered.setdefault(name, right)  # the first answer counts
    _say(f"{'Right' if right else 'Not quite'}. {named(option.feedback, option.idea)}")


def predict(name: str, value: Any) -> None:
    """Commit a prediction; the cell after next sets it beside the result.

    Args:
        name: the prediction's name, as it stands in the cell.
        value: what you expect, in the form that the cell's comment shows, or `...` for no prediction.
    """
    prediction = find(name, Prediction)
    session.predicted.pop(name, None)
    if value is ...:
        return
    value = _plain(value)
    if not _fits(prediction, value):
        _say(f"Not noted: {value!r} came, and {prediction.wanted()} is asked for.")
        return
    session.predicted[name] = value
    _say(f"Noted: {value!r}. Run on to see.")


def reveal(name: str, result: Any) -> None:
    """Set the prediction beside the result of the real cell, with one sentence of why.

    Args:
        name: the prediction's name.
        result: what the real cell gave: a value, a shape, or an exception (its name is compared).
    """
    prediction = find(name, Prediction)
    result = _plain(result)
    if not _fits(prediction, result):
        raise TypeError(f"{name}: the result is {result!r}, and {prediction.wanted()} is compared")
    if name not in session.predicted:
        _say(f"No prediction made, so nothing to compare. (To make one, fill in the dots in the cell `{name}` above.)")
        return
    guess = session.predicted[name]
    right = alike(guess, result)
    session.revealed.setdefault(name, right)  # what counts is the prediction made before the result was seen
    if right:
        _say(f"You predicted {guess!r}, and so it is. {prediction.why}")
        return
    slip = next((slip for slip in prediction.slips if alike(_plain(slip.value), guess)), None)
    hint_text = f" {named(slip.says, slip.idea)}" if slip else ""
    _say(f"You predicted {guess!r}; it is {result!r}.{hint_text} Why: {prediction.why}")


def _plain(value: Any) -> Any:
    """A shape as a tuple, an exception (or its class) as its name, a 0-D tensor as a number, text without blanks."""
    if isinstance(value, BaseException):
        return type(value).__name__
    if isinstance(value, type) and issubclass(value, BaseException):
        return value.__name__
    if isinstance(value, str):
        return value.strip()
    if hasattr(value, "tolist"):
        return value.tolist()
    if isinstance(value, tuple):
        return tuple(value)  # torch.Size
    return value


def _fits(prediction: Prediction, value: Any) -> bool:
    """Whether a value has the form that the prediction asks for."""
    if prediction.is_choice:
        return value in prediction.form
    if isinstance(prediction.form, tuple):
        return isinstance(value, (tuple, list)) and all(type(size) is int for size in value)
    if isinstance(prediction.form, list):
        return isinstance(value, (tuple, list))
    if isinstance(prediction.form, (int, float)):
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return isinstance(value, type(prediction.form))


def check(name: str, function: Any) -> None:
    """Check your function and print one message: not attempted, not yet (and why), or correct.

    Args:
        name: the exercise's name.
        function: your function.
    """
    verdict: Verdict = judge(find(name, Exercise), function)
    if verdict.state != "not attempted":
        session.solved[name] = session.solved.get(name, False) or verdict.state == "correct"
    _say(f"{verdict.state.capitalize()}: {verdict.message}")


def hint(name: str) -> None:
    """Print the exercise's next hint; after the last one, say how to see the solution."""
    exercise = find(name, Exercise)
    given = session.hints_given.get(name, 0)
    if given < len(exercise.hints):
        _say(f"Hint {given + 1} of {len(exercise.hints)}: {exercise.hints[given]}")
        session.hints_given[name] = given + 1
    else:
        _say(f'That was the last hint. solution("{name}") shows one way to write it.')


def solution(name: str) -> None:
    """Print the worked solution. Read it, close it, and write your own."""
    exercise = find(name, Exercise)
    print(exercise.source(exercise.solution))


def look_back(notebook: str) -> None:
    """Print what was answered, predicted right and solved in this session, for one notebook."""
    every = pieces_of(notebook)
    for kind, label, record, word in (
        (Recall, "Recall", session.answered, "right at first try"),
        (Prediction, "Predictions", session.revealed, "right"),
        (Exercise, "Exercises", session.solved, "solved"),
    ):
        names = [piece.name for piece in every if isinstance(piece, kind) and not getattr(piece, "worked", False)]
        good = [name for name in names if record.get(name)]
        missed = [name for name in names if record.get(name) is False]
        open_ = [name for name in names if name not in record]
        aside = " (the worked one aside)" if any(getattr(piece, "worked", False) for piece in every) else ""
        print(f"{label}: {len(good)} of {len(names)} {word}{aside if kind is Exercise else ''}")
        for title, some in ((word, good), ("to look at again", missed), ("not tried", open_)):
            if some:
                print(textwrap.fill(f"{title}: {', '.join(some)}", 100, initial_indent="  ", subsequent_indent="    "))
