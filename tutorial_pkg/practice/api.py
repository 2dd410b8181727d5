"""The functions that the cells of the notebooks call."""

import sys
from typing import Any

from tutorial_pkg import name_errors
from tutorial_pkg.feedback import Row, show

from .items import NOTEBOOKS, Exercise, Item, Prediction, Recall, find, items
from .messages import brief, with_idea
from .predictions import ParseError, as_text, matches, parse

# How a verdict begins on the page.
MARKS = {"correct": ("✓", "Correct."), "not yet": ("✗", "Not yet."), "not attempted": ("○", "Your turn:")}


class Progress:
    """What the learner has done since the kernel started, by the items' names."""

    def __init__(self) -> None:
        self.answered: dict[str, bool] = {}
        self.predicted: dict[str, Any] = {}
        self.revealed: dict[str, bool] = {}
        self.solved: dict[str, bool] = {}
        self.hints_given: dict[str, int] = {}
        self.repairs: dict[str, tuple[Any, int]] = {}  # the last repair of an answer, and how often it was found

    reset = __init__


progress = Progress()
name_errors.watch()


def _find(name: Any, kind: type) -> Item | None:
    """The item with that name. If there is none, the page says so and suggests a name."""
    try:
        return find(name, kind)
    except KeyError as error:
        show("✗", f"{error.args[0][0].upper()}{error.args[0][1:]}")
    return None


def answer(name: str, choice: Any) -> None:
    """Answer a recall question with one of its letters, and read the feedback for that option."""
    question = _find(name, Recall)
    if question is None:
        return
    letters = ", ".join(f'"{letter}"' for letter in question.options)
    letter = choice.strip("\"' .)").casefold() if isinstance(choice, str) else ""
    if choice is ...:
        show("○", f"Your turn: put a letter ({letters}) in place of the dots, and run the cell again.")
    elif letter not in question.options:
        show("✗", f"Expected one of the letters {letters}, got {brief(choice)}.")
    else:
        option, right = question.options[letter], letter == question.right
        progress.answered.setdefault(name, right)  # only the first answer is counted
        feedback = with_idea(option.feedback, option.idea)
        show("✓" if right else "✗", f"{'Right' if right else 'Not quite'}. {feedback}")


def predict(name: str, value: Any, *more: Any) -> None:
    """Make a prediction, in the form that the cell's comment shows. A later cell compares it with the result."""
    prediction = _find(name, Prediction)
    if prediction is None:
        return
    progress.predicted.pop(name, None)
    shape = isinstance(prediction.form, tuple) and not prediction.is_choice
    if more:  # Python reads a number with a comma as several values
        given = ", ".join(map(brief, (value, *more[:4])))
        advice = "write a large number without commas, or with underscores: 32_768"
        if isinstance(prediction.form, list) or shape:
            advice = f"put them in parentheses: ({given})" if shape else f"put them in brackets: [{given}]"
        show("✗", f"Not noted: expected one value, got {1 + len(more)} values ({given}). Please {advice}.")
    elif value is not ...:
        try:
            guess = progress.predicted[name] = parse(prediction, value)
            show("○", f"Noted: {as_text(prediction, guess)}. Run on to see.")
        except ParseError as error:
            aside = f" A shape with one dimension is ({value},), with a comma." if shape and type(value) is int else ""
            show("✗", f"Not noted: {error}, got {brief(value)}.{aside}")


def reveal(name: str, result: Any) -> None:
    """Compare the prediction with the result, and explain the result in one sentence.

    The result is a value, a shape, or an exception (its name is compared). For a choice, it is the number of the
    option, counted from 0, or the option's text.

    Raises:
        KeyError: there is no prediction with that name.
        TypeError: the result does not have the form that the prediction expects.
    """
    prediction = find(name, Prediction)
    if prediction.is_choice and hasattr(result, "__index__") and int(result) in range(len(prediction.form)):
        result = prediction.form[int(result)]
    try:
        result = parse(prediction, result)
    except ParseError as error:
        raise TypeError(f"{name}: {error} as the result, got {brief(result)}") from None
    text, why = as_text(prediction, result), prediction.why
    if name not in progress.predicted:
        show("○", f"It is {text}. {why}")
        return
    guess = progress.predicted[name]
    right = matches(guess, result)
    progress.revealed.setdefault(name, right)  # only the first comparison is counted
    if right:
        show("✓", f"Right, it is {text}. {why}")
        return
    known = [wrong for wrong in prediction.guesses if matches(parse(prediction, wrong.value), guess)]
    why = with_idea(known[0].says, known[0].idea) if known else why
    show("✗", f"It is {text}, not {as_text(prediction, guess)}. {why}")


def check(name: str, function: Any) -> None:
    """Check your function and show one message: your turn, not yet (and why), or correct.

    If the result is a small table, a picture shows where the returned numbers differ from the expected numbers.
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
    before, times = progress.repairs.pop(name, (None, 0))
    if repair:
        times = times + 1 if before == repair else 1
        progress.repairs[name] = (repair, times)
        if times > 1:  # the same mistake again: say more
            message = message.replace(repair.first, f'{repair.first} {repair.kind} `hint("{name}")` shows the change.')
    show(mark, f"{word} {message}")
    if verdict.shown:
        _picture(*verdict.shown)


def _picture(call: str, got: Any, expected: Any) -> None:
    """Show the expected and the returned numbers side by side, if both are small tables."""
    from .compare import as_tensor

    tables = as_tensor(expected), as_tensor(got)
    if all(t is not None and t.ndim in (1, 2) and t.numel() > 1 and max(t.shape) <= 12 for t in tables):
        from tutorial_pkg.draw import show as show_picture

        from .picture import expected_and_got

        show_picture(expected_and_got(*tables, call))


def hint(name: str) -> None:
    """Show the next hint: first the change that your answer needs, if the check found one, then the others."""
    exercise = _find(name, Exercise)
    if exercise is None:
        return
    repair, times = progress.repairs.get(name, (None, 0))
    given = progress.hints_given.get(name, 0)
    if times:
        progress.repairs[name] = (repair, 0)  # this hint is shown once, and then the other hints follow
        show("○", f"About your answer: {repair.last}")
    elif given < len(exercise.hints):
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
    """Show what was answered, predicted and solved in this session, for one notebook, and what to open next."""
    counts, again, untried, some_tried = [], [], [], False
    for kind, record, label in (
        (Recall, progress.answered, "recall questions right at first try"),
        (Prediction, progress.revealed, "predictions right"),
        (Exercise, progress.solved, "exercises solved"),
    ):
        of_kind = [item for item in items(notebook) if isinstance(item, kind)]
        # an item on a side path, or a worked exercise, is counted only after the learner has tried it
        some = [item for item in of_kind if item.name in record or not item.side]
        if some:
            counts.append(f"{sum(record.get(item.name, False) for item in some)} of {len(some)} {label}")
        some_tried |= any(item.name in record for item in some)
        again += [_link(notebook, item) for item in some if record.get(item.name) is False]
        untried += [_link(notebook, item) for item in some if item.name not in record]
    following = [name for name in sorted(NOTEBOOKS) if name > notebook][:1]
    rows = [Row("To look at again", again), Row("Not tried yet", untried)] * some_tried
    rows = [row for row in rows if row.titles]
    rows += [Row("Next", [(f"{name}.ipynb", _address(f"{name}.ipynb"))]) for name in following]
    if not some_tried:
        show("○", "Nothing has been recorded since the kernel started. (A restart deletes all earlier records.)", rows)
    else:
        show("○" if again or untried else "✓", ", ".join(counts) + ".", rows)


def _link(notebook: str, item: Item) -> tuple[str, str]:
    """An item's title, and the address of its cell."""
    cell = f"{item.name}-task" if isinstance(item, Exercise) else f"{item.name}-ask"
    return item.title, _address(f"{notebook}.ipynb#cell-id={cell}")


def _address(path: str) -> str:
    """The path. In Colab, it is an empty text, because Colab shows outputs on a page where the path leads nowhere."""
    return "" if "google.colab" in sys.modules else path
