"""What the cells of the notebooks call."""

from __future__ import annotations

import sys
from typing import Any

from tutorial_pkg import name_errors
from tutorial_pkg.feedback import Row, show

from .items import NOTEBOOKS, Exercise, Item, Prediction, Recall, find, items
from .messages import brief, with_idea
from .predictions import ParseError, as_text, matches, parse
from .progress import progress

# How a verdict begins on the page.
MARKS = {"correct": ("✓", "Correct."), "not yet": ("✗", "Not yet."), "not attempted": ("○", "Your turn:")}
name_errors.watch()


def _find(name: Any, kind: type) -> Item | None:
    """The item of that name; where there is none, the page says so and suggests the name that may be meant."""
    try:
        return find(name, kind)
    except KeyError as error:
        show("✗", f"{error.args[0][0].upper()}{error.args[0][1:]}")
    return None


def answer(name: str, choice: Any) -> None:
    """Answer a recall question with a letter; shows the feedback for that option.

    Args:
        name: the question's name, as it is in the cell.
        choice: one of the question's letters, or `...` for no answer yet.
    """
    question = _find(name, Recall)
    if question is None:
        return
    letters = ", ".join(f'"{letter}"' for letter in question.options)
    if choice is ...:
        show("○", f"Your turn: put a letter ({letters}) in place of the dots, and run the cell again.")
        return
    letter = choice.strip("\"' .)").casefold() if isinstance(choice, str) else ""
    if letter not in question.options:
        show("✗", f"Expected one of the letters {letters}, got {brief(choice)}.")
        return
    option, right = question.options[letter], letter == question.right
    progress.answered.setdefault(name, right)  # the first answer counts
    feedback = with_idea(option.feedback, option.idea)
    show("✓" if right else "✗", f"{'Right' if right else 'Not quite'}. {feedback}")


def predict(name: str, value: Any, *more: Any) -> None:
    """Make a prediction; the cell that computes the result compares the two.

    Args:
        name: the prediction's name, as it is in the cell.
        value: what you expect, in the form that the cell's comment shows, or `...` for no prediction.
        more: nothing; a number with a comma in it ends up here, and gets a helpful line.
    """
    prediction = _find(name, Prediction)
    if prediction is None:
        return
    progress.predicted.pop(name, None)
    if more:
        given = ", ".join(map(brief, (value, *more[:4])))
        advice = "write a large number without commas, or with underscores: 32_768"
        if isinstance(prediction.form, list):
            advice = f"put them in brackets: [{given}]"
        elif isinstance(prediction.form, tuple) and not prediction.is_choice:
            advice = f"put them in parentheses: ({given})"
        show("✗", f"Not noted: expected one value, got {1 + len(more)} values ({given}). Please {advice}.")
        return
    if value is ...:
        return
    try:
        guess = progress.predicted[name] = parse(prediction, value)
    except ParseError as error:
        one_size = isinstance(prediction.form, tuple) and type(value) is int and not prediction.is_choice
        aside = f" A shape of one size is ({value},), with a comma." if one_size else ""
        show("✗", f"Not noted: {error}, got {brief(value)}.{aside}")
        return
    show("○", f"Noted: {as_text(prediction, guess)}. Run on to see.")


def reveal(name: str, result: Any) -> None:
    """Compare the prediction with the result of the real cell, and explain the result in one sentence.

    Args:
        name: the prediction's name.
        result: what the real cell computed: a value, a shape, or an exception (its name is compared). For a choice, the
            number of the option, counted from 0, or its text.

    Raises:
        KeyError: there is no prediction of that name.
        TypeError: the result does not have the form that the prediction expects.
    """
    prediction = find(name, Prediction)
    if prediction.is_choice and hasattr(result, "__index__") and int(result) in range(len(prediction.form)):
        result = prediction.form[int(result)]
    try:
        result = parse(prediction, result)
    except ParseError as error:
        raise TypeError(f"{name}: {error} as the result, got {brief(result)}") from None
    if name not in progress.predicted:
        show("○", f"It is {as_text(prediction, result)}. {prediction.why}")
        return
    guess = progress.predicted[name]
    right = matches(prediction, guess, result)
    progress.revealed.setdefault(name, right)  # what counts is the prediction made before the result was seen
    if right:
        show("✓", f"Right, it is {as_text(prediction, result)}. {prediction.why}")
        return
    wrong = next(
        (wrong for wrong in prediction.guesses if matches(prediction, parse(prediction, wrong.value), guess)), 0
    )
    why = with_idea(wrong.says, wrong.idea) if wrong else prediction.why
    show("✗", f"It is {as_text(prediction, result)}, not {as_text(prediction, guess)}. {why}")


def check(name: str, function: Any) -> None:
    """Check your function and show one message: your turn, not yet (and why), or correct.

    Where the result is a small table, a picture shows the expected and the returned numbers, with the differences
    framed.

    Args:
        name: the exercise's name.
        function: your function.
    """
    exercise = _find(name, Exercise)
    if exercise is None:
        return
    try:
        from .judge import judge

        verdict = judge(exercise, function)
    except Exception as error:  # whatever a learner's objects do, the page gets a sentence
        show("✗", f"The check itself failed, with {type(error).__name__}: {brief(str(error))}. Restart the kernel.")
        return
    if verdict.state != "not attempted":
        progress.solved[name] = progress.solved.get(name, False) or verdict.state == "correct"
    mark, word = MARKS[verdict.state]
    message, repair = verdict.message, verdict.repair
    if repair:  # the same mistake again: say more
        before, times = progress.repairs.get(name, (None, 0))
        progress.repairs[name] = (repair, times + 1 if before == repair else 1)
        if progress.repairs[name][1] > 1:
            message = message.replace(repair.first, f'{repair.second} `hint("{name}")` shows the change.')
    else:
        progress.repairs.pop(name, None)
    show(mark, f"{word} {message}")
    if verdict.shown:
        _picture(*verdict.shown)


def _picture(call: str, got: Any, expected: Any) -> None:
    """Show the expected and the returned numbers side by side, where both are small tables."""
    from .compare import as_tensor

    tables = as_tensor(expected), as_tensor(got)
    if all(table is not None and 1 <= table.ndim <= 2 and 1 < table.numel() <= 144 for table in tables):
        if all(max(table.shape) <= 12 for table in tables):
            from tutorial_pkg.draw import show as show_picture
            from tutorial_pkg.draw.matrices import expected_and_got

            show_picture(expected_and_got(*tables, call))


def hint(name: str) -> None:
    """Show the next hint: first the change that your answer needs, if the check found one, then the others."""
    exercise = _find(name, Exercise)
    if exercise is None:
        return
    repair, times = progress.repairs.get(name, (None, 0))
    if times:
        progress.repairs[name] = (repair, 0)  # shown once; then the hints go on
        show("○", f"About your answer: {repair.last}")
        return
    given = progress.hints_given.get(name, 0)
    if given < len(exercise.hints):
        show("○", f"Hint {given + 1} of {len(exercise.hints)}: {exercise.hints[given]}")
        progress.hints_given[name] = given + 1
    else:
        show("○", f'That was the last hint. `solution("{name}")` shows one way to write it.')


def solution(name: str) -> None:
    """Print the worked solution. Read it, close it, and write your own."""
    exercise = _find(name, Exercise)
    if exercise is not None:
        print(exercise.source(exercise.solution))


def look_back(notebook: str) -> None:
    """Show what was answered, predicted right and solved in this session, for one notebook, and what to open next."""
    records = {Recall: progress.answered, Prediction: progress.revealed, Exercise: progress.solved}
    tried = [item for item in items(notebook) if item.name in records[type(item)]]
    # what is on a side path counts once it was opened
    every = [i for i in items(notebook) if i in tried or not (getattr(i, "worked", False) or getattr(i, "side", False))]
    counts, again, untried = [], [], []
    for kind, label in (
        (Recall, "recall questions right at first try"),
        (Prediction, "predictions right"),
        (Exercise, "exercises solved"),
    ):
        some, record = [item for item in every if isinstance(item, kind)], records[kind]
        if some:
            counts.append(f"{sum(record.get(item.name, False) for item in some)} of {len(some)} {label}")
        again += [_link(notebook, item) for item in some if record.get(item.name) is False]
        untried += [_link(notebook, item) for item in some if item.name not in record]
    following = [Row("Next", titles)] if (titles := _next(notebook)) else []
    if not tried:
        show("○", "Nothing is noted since the kernel started. (A restart forgets what was noted before it.)", following)
        return
    rows = [Row("To look at again", again), Row("Not tried yet", untried)]
    rows = [row for row in rows if row.titles] + following
    show("○" if again or untried else "✓", ", ".join(counts) + ".", rows)


def _link(notebook: str, item: Item) -> tuple[str, str]:
    """An item's title, and the address of its cell."""
    cell = f"{item.name}-task" if isinstance(item, Exercise) else f"{item.name}-ask"
    return item.title, _address(f"{notebook}.ipynb#cell-id={cell}")


def _next(notebook: str) -> list[tuple[str, str]]:
    """The file name of the next notebook, and its address; nothing after the last."""
    return [(f"{name}.ipynb", _address(f"{name}.ipynb")) for name in sorted(NOTEBOOKS) if name > notebook][:1]


def _address(path: str) -> str:
    """The path, where a page can follow it: Colab shows outputs on a separate page, where the path leads nowhere."""
    return "" if "google.colab" in sys.modules else path
