"""Practice in a notebook: commit an answer, see what happens, be told which idea failed.

>>> from tutorial_pkg.practice import answer, check, hint, look_back, predict, reveal, solution

Everything is kept in memory, for this session only: nothing is written to disk, nothing leaves the machine.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import Any

from tutorial_pkg import name_errors
from tutorial_pkg.feedback import Row, show

from .items import NOTEBOOKS, Exercise, Piece, Prediction, Recall, find
from .items import pieces as pieces_of  # `pieces` is the module
from .judge import judge
from .messages import brief, named
from .predictions import NotRead, in_words, read, same

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
# How a verdict begins on the page.
SAID = {"correct": ("✓", "Correct."), "not yet": ("✗", "Not yet."), "not attempted": ("○", "Yours to try:")}
name_errors.watch()


def _find(name: Any, kind: type) -> Piece | None:
    """The piece of that name; where there is none, the page says so, with the name that may be meant."""
    try:
        return find(name, kind)
    except KeyError as error:
        show("✗", f"{error.args[0][0].upper()}{error.args[0][1:]}")
    return None


def answer(name: str, choice: Any) -> None:
    """Answer a recall question with a letter; shows the feedback for that option.

    Args:
        name: the question's name, as it stands in the cell.
        choice: one of the question's letters, or `...` for no answer yet.
    """
    question = _find(name, Recall)
    if question is None:
        return
    letters = ", ".join(f'"{letter}"' for letter in question.options)
    if choice is ...:
        show("○", f"Yours to try: put a letter ({letters}) where the dots are, and run the cell again.")
        return
    letter = choice.strip("\"' .").casefold() if isinstance(choice, str) else ""
    if letter not in question.options:
        show("✗", f"Expected one of the letters {letters}, got {brief(choice)}.")
        return
    option, right = question.options[letter], letter == question.right
    session.answered.setdefault(name, right)  # the first answer counts
    feedback = named(option.feedback, option.idea)
    show("✓" if right else "✗", f"{'Right' if right else 'Not quite'}. {feedback}")


def predict(name: str, value: Any, *more: Any) -> None:
    """Commit a prediction; the cell that computes the result sets it beside that.

    Args:
        name: the prediction's name, as it stands in the cell.
        value: what you expect, in the form that the cell's comment shows, or `...` for no prediction.
        more: nothing; a number with a comma in it ends up here, and is met with a helpful line.
    """
    prediction = _find(name, Prediction)
    if prediction is None:
        return
    session.predicted.pop(name, None)
    if more:
        given = ", ".join(map(brief, (value, *more[:4])))
        shape = isinstance(prediction.form, tuple) and not prediction.is_choice
        advice = f"put them in parentheses: ({given})" if shape else "a large number has no comma in Python: 32_768"
        show("✗", f"Not noted: expected one value, got {1 + len(more)} ({given}); {advice}.")
        return
    if value is ...:
        return
    try:
        guess = session.predicted[name] = read(prediction, value)
    except NotRead as error:
        one_size = isinstance(prediction.form, tuple) and type(value) is int and not prediction.is_choice
        aside = f" A shape of one size is ({value},), with a comma." if one_size else ""
        show("✗", f"Not noted: {error}, got {brief(value)}.{aside}")
        return
    show("○", f"Noted: {in_words(prediction, guess)}. Run on to see.")


def reveal(name: str, result: Any) -> None:
    """Set the prediction beside the result of the real cell, with one sentence of why.

    Args:
        name: the prediction's name.
        result: what the real cell gave: a value, a shape, or an exception (its name is compared).

    Raises:
        KeyError: there is no prediction of that name.
        TypeError: the result is not of the form that the prediction asks for.
    """
    prediction = find(name, Prediction)
    try:
        result = read(prediction, result)
    except NotRead as error:
        raise TypeError(f"{name}: {error} as the result, got {brief(result)}") from None
    if name not in session.predicted:
        show("○", f"It is {in_words(prediction, result)}. {prediction.why}")
        return
    guess = session.predicted[name]
    right = same(prediction, guess, result)
    session.revealed.setdefault(name, right)  # what counts is the prediction made before the result was seen
    if right:
        show("✓", f"Right, it is {in_words(prediction, result)}. {prediction.why}")
        return
    slip = next((slip for slip in prediction.slips if same(prediction, read(prediction, slip.value), guess)), None)
    why = named(slip.says, slip.idea) if slip else prediction.why
    show("✗", f"It is {in_words(prediction, result)}, not {in_words(prediction, guess)}. {why}")


def check(name: str, function: Any) -> None:
    """Check your function and show one message: yours to try, not yet (and why), or correct.

    Args:
        name: the exercise's name.
        function: your function.
    """
    exercise = _find(name, Exercise)
    if exercise is None:
        return
    verdict = judge(exercise, function)
    if verdict.state != "not attempted":
        session.solved[name] = session.solved.get(name, False) or verdict.state == "correct"
    mark, word = SAID[verdict.state]
    show(mark, f"{word} {verdict.message}")


def hint(name: str) -> None:
    """Show the exercise's next hint; after the last one, say how to see the solution."""
    exercise = _find(name, Exercise)
    if exercise is None:
        return
    given = session.hints_given.get(name, 0)
    if given < len(exercise.hints):
        show("○", f"Hint {given + 1} of {len(exercise.hints)}: {exercise.hints[given]}")
        session.hints_given[name] = given + 1
    else:
        show("○", f'That was the last hint. `solution("{name}")` shows one way to write it.')


def solution(name: str) -> None:
    """Print the worked solution. Read it, close it, and write your own."""
    exercise = _find(name, Exercise)
    if exercise is not None:
        print(exercise.source(exercise.solution))


def look_back(notebook: str) -> None:
    """Show what was answered, predicted right and solved in this session, for one notebook, and what to open next."""
    every = [piece for piece in pieces_of(notebook) if not getattr(piece, "worked", False)]
    counts, again, untried = [], [], []
    for kind, label, record in (
        (Recall, "recall questions right at first try", session.answered),
        (Prediction, "predictions right", session.revealed),
        (Exercise, "exercises solved", session.solved),
    ):
        some = [piece for piece in every if isinstance(piece, kind)]
        if some:
            counts.append(f"{sum(record.get(piece.name, False) for piece in some)} of {len(some)} {label}")
        again += [_link(notebook, piece) for piece in some if record.get(piece.name) is False]
        untried += [_link(notebook, piece) for piece in some if piece.name not in record]
    following = [Row("Next", titles)] if (titles := _next(notebook)) else []
    if len(untried) == len(every):
        text = "Nothing is noted since the kernel started (a restart forgets what was noted before it)."
        show("○", text, following)
        return
    rows = [Row("To look at again", again), Row("Not tried yet", untried)]
    rows = [row for row in rows if row.titles] + following
    show("○" if again or untried else "✓", ", ".join(counts) + ".", rows)


def _link(notebook: str, piece: Piece) -> tuple[str, str]:
    """A piece's title, and the address of its cell."""
    cell = f"{piece.name}-task" if isinstance(piece, Exercise) else f"{piece.name}-ask"
    return piece.title, _address(f"{notebook}.ipynb#cell-id={cell}")


def _next(notebook: str) -> list[tuple[str, str]]:
    """The file name of the next notebook, and its address; nothing after the last."""
    return [(f"{name}.ipynb", _address(f"{name}.ipynb")) for name in sorted(NOTEBOOKS) if name > notebook][:1]


def _address(path: str) -> str:
    """The path, where a page can follow it: Colab shows outputs on a page of their own, from which it leads nowhere."""
    return "" if "google.colab" in sys.modules else path
