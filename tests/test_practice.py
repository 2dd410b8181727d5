"""Every item of practice in the course: it is complete, and each answer gets the feedback that the item promises.

For each exercise, the stub is "not attempted", the right answers are "correct", and each wrong answer gets its own
message. For each question and prediction, each option and each guess gets its own feedback.
"""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import re
import subprocess
import sys
import time
import types
from collections.abc import Callable
from functools import cache

import pytest
from helpers import read, run_solved, said

from tutorial_pkg import practice
from tutorial_pkg.practice import judge as judge_module
from tutorial_pkg.practice import run as run_module
from tutorial_pkg.practice.api import progress
from tutorial_pkg.practice.items import (
    IDEAS,
    NOTEBOOKS,
    Exercise,
    Option,
    Prediction,
    Recall,
    Slip,
    find,
    items,
    stem,
)
from tutorial_pkg.practice.judge import judge, unattempted
from tutorial_pkg.practice.messages import with_idea
from tutorial_pkg.practice.predictions import as_text, matches, parse
from tutorial_pkg.practice.run import call
from tutorial_pkg.practice.timeout import TooLong

NOTEBOOK_OF = {}
ALL = []
for _notebook in NOTEBOOKS:
    ALL += (found := items(_notebook))
    NOTEBOOK_OF |= {item.name: _notebook for item in found}
EXERCISES = [item for item in ALL if isinstance(item, Exercise)]
PREDICTIONS = [item for item in ALL if isinstance(item, Prediction)]
RECALLS = [item for item in ALL if isinstance(item, Recall)]


@pytest.fixture(autouse=True)
def no_repair(monkeypatch):
    """Repair has its own tests, and it is slow."""
    monkeypatch.setattr(judge_module, "find_repair", lambda trial: None)


@cache
def cells(notebook: str) -> list:
    return read(notebook).cells


def named(some: list) -> dict:
    return {"argvalues": some, "ids": [piece.name for piece in some]}


def answers_of(exercise: Exercise) -> types.ModuleType:
    return importlib.import_module(f"answers.{stem(NOTEBOOK_OF[exercise.name])}.{exercise.name}")


def answers(exercise: Exercise, mark: str) -> list[Callable]:
    """The functions that are marked `right` or `caught` in the exercise's file in tests/answers."""
    module = answers_of(exercise)
    return [thing for thing in vars(module).values() if isinstance(thing, types.FunctionType) and hasattr(thing, mark)]


# --------------------------------------------------------------------------------------- what makes an item complete


def complaints(exercise: Exercise, right: int, caught: int) -> list[str]:
    """What is missing in an exercise, given the number of its right and wrong answers in tests/answers."""
    found = []
    if not exercise.task.lstrip().startswith("### Exercise"):
        found.append("the task does not begin with a heading '### Exercise'")
    if not [hint for hint in exercise.hints if hint.strip()]:
        found.append("there is no hint")
    if not exercise.success.strip():
        found.append("nothing is said about a right answer: success is empty")
    if right < 3:
        found.append(f"{right} other right answers; three are needed")
    if len(exercise.slips) + caught < 4:
        found.append(f"{len(exercise.slips) + caught} wrong answers; four are needed")
    if not 1 <= exercise.examples < len(exercise.cases()):
        found.append("there is no case beyond the statement's examples")
    if not exercise.worked:
        if not unattempted(exercise, exercise.stub):
            found.append("the stub is not 'not attempted'")
        # judge recognises a stub before it calls the stub, so this exercise does not have a stub among its answers
        if judge(dataclasses.replace(exercise, stub=None, slips=[], reader=None), exercise.stub).state == "correct":
            found.append("the stub already passes")
        if inspect.signature(exercise.stub) != inspect.signature(exercise.solution):
            found.append("stub and solution differ in their signature")
    small = [
        text for text in (exercise.success, *exercise.hints, *(wrong.says for wrong in exercise.slips)) if lower(text)
    ]
    return found + [f"begins with a small letter: {text}" for text in small]


def lower(text: str) -> bool:
    """Whether a message begins with a lower-case word. A name in backticks or with _, ( or . is not a word."""
    return re.match(r"[a-z]+[,;:]?\s", text) is not None


@pytest.mark.parametrize("exercise", **named(EXERCISES))
def test_exercise_is_complete(exercise):
    assert complaints(exercise, len(answers(exercise, "right")), len(answers(exercise, "caught"))) == []


def unfinished(ids): ...


def doubled(ids):
    return ids * 2


def other_signature(i): ...


DOUBLE = Exercise(
    name="double",
    task="### Exercise 1: double",
    stub=unfinished,
    solution=doubled,
    success="Twice.",
    hints=["Multiply."],
    cases=lambda: [(3,), (5,)],
    slips=[Slip("No.", len)] * 4,
)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"task": "Double it."}, "heading"),
        ({"hints": [" "]}, "no hint"),
        ({"hints": ["multiply, then"]}, "small letter"),
        ({"success": ""}, "success"),
        ({"slips": []}, "0 wrong answers"),
        ({"examples": 2}, "no case beyond"),
        ({"stub": doubled}, "already passes"),
        ({"stub": Option}, "not 'not attempted'"),
        ({"stub": other_signature}, "signature"),
    ],
)
def test_an_incomplete_exercise_is_refused(change, complaint):
    assert complaints(DOUBLE, 3, 0) == []
    assert complaint in " ".join(complaints(dataclasses.replace(DOUBLE, **change), 3, 0))
    assert complaints(DOUBLE, 2, 0) == ["2 other right answers; three are needed"]


def test_names_are_unique():
    names = [piece.name for piece in ALL]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_what_is_on_a_side_path_says_so(notebook):
    """`look_back` does not count the questions of a side path that was not opened."""
    folded, inside = set(), False
    for cell in cells(notebook):
        if cell.cell_type == "markdown" and re.match("##? ", cell.source):
            inside = cell.source.startswith("## Side path: ")
        elif inside:
            folded.add(cell.id)
    questions = [item for item in items(notebook) if not isinstance(item, Exercise)]
    assert [item.name for item in questions if item.side != (item.name in folded)] == []


def test_reading_texts_does_not_load_torch():
    code = "import sys; from tutorial_pkg.practice.items import find; find('my_lookup'); print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("False")


def test_find_knows_each_kind():
    assert find("my_lookup").name == find("my_lookup", Exercise).name == "my_lookup"
    with pytest.raises(KeyError, match='there is no exercise called "nope"; there are analogy, '):
        find("nope", Exercise)
    with pytest.raises(KeyError, match="is not an exercise: it is a recall"):
        find(RECALLS[0].name, Exercise)
    with pytest.raises(KeyError, match="02_embedding_lookup"):
        items("99_nothing")


# ----------------------------------------------------------------------------------------------- what answers get


@pytest.fixture
def each_call_once(monkeypatch):
    """A call with the same function and arguments runs once; an answer's own call always runs, with its time limit."""
    known = {}

    def call_once(function, arguments, exercise, seconds=None, in_place=False):
        key = id(function), id(arguments), in_place
        if key not in known or seconds is not None:
            known[key] = call(function, arguments, exercise, seconds, in_place), function, arguments
        return known[key][0]

    monkeypatch.setattr(judge_module, "call", call_once)


def may_not_end(exercise: Exercise) -> bool:
    """Whether an answer to this exercise, or a slip, has a loop that could be endless."""
    sources = [inspect.getsource(module) for module in (answers_of(exercise), inspect.getmodule(exercise.solution))]
    return any(sign in source for sign in ("while ", "itertools", "iter(") for source in sources)


def limit_checked_after(seconds: float, function: Callable) -> object:
    """`run_with_timeout` for calls that end: without a thread for each of thousands of calls."""
    by_processor, by_clock = time.thread_time(), time.monotonic()
    result = function()
    if time.thread_time() - by_processor > seconds or time.monotonic() - by_clock > 10 * seconds:
        raise TooLong
    return result


@pytest.mark.parametrize("exercise", **named(EXERCISES))
def test_every_answer_gets_its_message(exercise, each_call_once, monkeypatch):
    if not may_not_end(exercise):
        monkeypatch.setattr(run_module, "run_with_timeout", limit_checked_after)
    arguments = exercise.cases()
    slips = [dataclasses.replace(slip, formula=exercise.wrong_answer(slip)) for slip in exercise.slips]
    exercise = dataclasses.replace(exercise, cases=lambda: arguments, slips=slips)  # the same objects for each answer
    found = []
    for answer in answers(exercise, "right"):
        verdict = judge(exercise, answer)
        found += [(answer.__name__, verdict.message)] * (verdict.state != "correct")
    for answer in answers(exercise, "caught"):
        verdict = judge(exercise, answer)
        found += [(answer.__name__, verdict.message)] * (
            verdict.state != "not yet" or answer.caught not in verdict.message
        )
    for slip in slips:
        verdict, says = judge(exercise, slip.formula), with_idea(slip.says, slip.idea)
        found += [(says, verdict.message)] * ((verdict.state, verdict.message) != ("not yet", says))
    assert found == []


@pytest.mark.parametrize("question", **named(RECALLS))
def test_every_option_has_its_own_feedback(question, capsys, fresh_session):
    assert question.right in question.options and len(question.options) >= 3
    heard = []
    for letter, option in question.options.items():
        practice.answer(question.name, letter.upper() + " ")
        heard.append(said(capsys))
        assert heard[-1].startswith("✓ Right." if letter == question.right else "✗ Not quite.")
        assert " ".join(option.feedback.split()) in heard[-1]
        assert not lower(option.feedback)
    assert len(set(heard)) == len(heard)


@pytest.mark.parametrize("prediction", **named(PREDICTIONS))
def test_every_guess_names_its_idea(prediction, capsys, fresh_session):
    assert not lower(prediction.why)
    guesses = [parse(prediction, slip.value) for slip in prediction.guesses]
    result = _other_value(prediction, guesses)
    for slip, guess in zip(prediction.guesses, guesses, strict=True):
        practice.predict(prediction.name, slip.value)
        assert said(capsys).startswith(f"○ Noted: {as_text(prediction, guess)}.")
        practice.reveal(prediction.name, result)
        heard = said(capsys)
        assert heard.startswith(f"✗ It is {as_text(prediction, result)}, not {as_text(prediction, guess)}.")
        assert " ".join(slip.says.split()) in heard and not lower(slip.says)
        assert slip.idea is None or IDEAS[slip.idea] in heard


def _other_value(prediction: Prediction, taken: list):
    """A value of the right form that is different from all guesses."""
    form = prediction.form
    if prediction.is_choice:
        return next(choice for choice in form if choice not in taken)
    if isinstance(form, tuple):
        return (97, 89)
    if isinstance(form, str):
        return "SomeOtherError"
    return [97] if isinstance(form, list) else 97.25


@pytest.mark.parametrize("prediction", **named([piece for piece in PREDICTIONS if piece.is_choice]))
def test_a_choice_is_made_by_letter_or_as_text(prediction):
    assert len(prediction.options) == len(prediction.form)
    for letter, option in prediction.options.items():
        for way in (letter, letter.upper(), f' "{letter}" ', option, option.upper(), f'"the {option}."'):
            assert parse(prediction, way) == option
        assert parse(prediction, option) == option  # no option looks like the letter of another option


@pytest.mark.parametrize("prediction", **named(PREDICTIONS))
def test_what_the_stored_notebook_reveals_can_be_predicted(prediction, capsys, fresh_session):
    """Another test compares the stored outputs with a run of the notebooks. So no result is written here."""
    shown = _revealed(prediction)
    result = parse(prediction, shown)
    practice.predict(prediction.name, shown)
    practice.reveal(prediction.name, result)
    assert "✓ Right, it is" in said(capsys)
    for slip in prediction.guesses:
        assert not matches(parse(prediction, slip.value), result), slip.says


def _revealed(prediction: Prediction) -> str:
    """The result according to the notebook's stored output."""
    for cell in cells(NOTEBOOK_OF[prediction.name]):
        if re.search(rf'reveal\(\s*"{prediction.name}"', cell.source):
            for output in cell.outputs:
                text = " ".join(output.get("data", {}).get("text/plain", "").split())
                end = ". " + " ".join(prediction.why.split())
                if text.startswith("○ It is ") and text.endswith(end):
                    return text.removeprefix("○ It is ").removesuffix(end)
    pytest.fail("no stored output reveals it; `make notebooks` stores one")


def test_in_a_solved_notebook_everything_is_right():
    run_solved(NOTEBOOKS[1])  # for the other notebooks, see tests/robustness/test_solved.py


# ----------------------------------------------------------------------------------- the ideas, and what catches them


def catches() -> dict[int, list[str]]:
    """For each wrong idea of the course's list, the items that name it."""
    found: dict[int, list[str]] = {idea: [] for idea in IDEAS}
    for piece in ALL:
        slips = {Exercise: "slips", Prediction: "guesses", Recall: "options"}[type(piece)]
        some = getattr(piece, slips)
        for idea in sorted({slip.idea for slip in (some.values() if isinstance(some, dict) else some)} - {None}):
            found[idea].append(f"{NOTEBOOK_OF[piece.name]} {type(piece).__name__.lower()} {piece.name}")
    return found


def test_every_wrong_idea_is_caught_by_a_prediction_or_an_exercise():
    table = catches()
    for idea, where in table.items():
        print(f"{idea:2} {IDEAS[idea]}: {', '.join(where)}")  # `pytest -s` shows the table
    assert [idea for idea, where in table.items() if not [one for one in where if " recall " not in one]] == []


@pytest.fixture
def fresh_session():
    progress.reset()


def test_tasks_that_name_a_type_are_these():
    """The check refuses another type there. If a task is reworded, this list shows whether the check still reads it."""
    named = {exercise.name for exercise in EXERCISES if judge_module.named_type(exercise)}
    assert named == {
        "embed_padded",
        "largest_batch",
        "my_bpe",
        "my_encode",
        "my_one_hot",
        "nearest_tokens",
        "same_rows",
    }
