"""Every piece of practice in the course: complete, and its feedback is the one it promises.

For each exercise the stub is "not attempted", the solution and the other right answers are "correct", and each named
wrong answer gets its own message. For each question and prediction, each option and slip gets its own feedback.
"""

from __future__ import annotations

import ast
import dataclasses
import importlib
import sys

import nbformat
import pytest
from helpers import ROOT, read
from nbclient import NotebookClient
from tutorial_pkg.practice.trial import judge, run_cell

from tutorial_pkg import practice
from tutorial_pkg.practice.pieces import IDEAS, NOTEBOOKS, Exercise, Option, Prediction, Recall, Wrong, find, pieces

EVERY = [piece for notebook in NOTEBOOKS for piece in pieces(notebook)]
EXERCISES = [piece for piece in EVERY if isinstance(piece, Exercise)]
PREDICTIONS = [piece for piece in EVERY if isinstance(piece, Prediction)]
RECALLS = [piece for piece in EVERY if isinstance(piece, Recall)]


def named(some: list) -> dict:
    return {"argvalues": some, "ids": [piece.name for piece in some]}


# ------------------------------------------------------------------------------------------- what the build refuses


def complaints(exercise: Exercise) -> list[str]:
    """What an exercise lacks; an empty list for a complete one."""
    found = []
    if not exercise.task.lstrip().startswith("### Exercise"):
        found.append("the task does not begin with a heading '### Exercise'")
    if not [hint for hint in exercise.hints if hint.strip()]:
        found.append("there is no hint")
    if not exercise.means.strip():
        found.append("nothing is said about what a right answer means")
    if not exercise.solution.strip():
        return [*found, "there is no solution"]
    if len(exercise.right) < 3:
        found.append(f"{len(exercise.right)} other right answers; three are needed")
    if len(exercise.wrong) < 4:
        found.append(f"{len(exercise.wrong)} named wrong answers; four are needed")
    if not exercise.worked:
        if judge(exercise, _cell_value(exercise, exercise.stub)).state != "not attempted":
            found.append("the stub is not 'not attempted'")
        # a stub is recognised before it is judged, so whether it would pass needs a look of its own
        if judge(dataclasses.replace(exercise, stub=""), _cell_value(exercise, exercise.stub)).state == "correct":
            found.append("the stub already passes")
        if _signature(exercise.stub, exercise.name) != _signature(exercise.solution, exercise.name):
            found.append("stub and solution differ in their signature")
    return found


def _cell_value(exercise: Exercise, code: str):
    return run_cell(code, exercise.name, exercise.given)


def _signature(code: str, name: str) -> str:
    for node in ast.parse(code).body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            return ast.unparse(node.args)
    return "a value"


@pytest.mark.parametrize("exercise", **named(EXERCISES))
def test_exercise_is_complete(exercise):
    assert complaints(exercise) == []


DOUBLE = Exercise(
    name="double",
    notebook="02_embedding_lookup",
    task="### Exercise: double",
    stub="def double(ids):\n    ...",
    solution="def double(ids):\n    return ids * 2",
    means="Twice.",
    hints=["Multiply."],
    cases=lambda: [(3,), (5,)],
    right={"sum": "", "shift": "", "loop": ""},
    wrong=dict.fromkeys("abcd", Wrong("", "", caught_by_rule=True)),
)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"task": "Double it."}, "heading"),
        ({"hints": [" "]}, "no hint"),
        ({"means": ""}, "means"),
        ({"solution": " "}, "no solution"),
        ({"right": {}}, "0 other right answers"),
        ({"wrong": {}}, "0 named wrong answers"),
        ({"stub": "def double(ids):\n    return ids * 2"}, "already passes"),
        ({"stub": "class double:\n    pass"}, "not 'not attempted'"),
        ({"stub": "def double(i):\n    ..."}, "signature"),
    ],
)
def test_an_incomplete_exercise_is_refused(change, complaint):
    assert complaints(DOUBLE) == []
    assert complaint in " ".join(complaints(dataclasses.replace(DOUBLE, **change)))


def test_names_are_unique_and_every_module_is_listed():
    names = [piece.name for piece in EVERY]
    assert sorted(names) == sorted(set(names))
    files = {path.stem for path in (ROOT / "tutorial_pkg" / "practice").glob("*.py")}
    assert files - {"__init__", "pieces", "trial"} == set(NOTEBOOKS.values())
    for notebook, module in NOTEBOOKS.items():
        listed = importlib.import_module(f"tutorial_pkg.practice.{module}").PIECES
        assert {piece.notebook for piece in listed} <= {notebook}


def test_an_unknown_name_is_answered_with_those_there_are():
    with pytest.raises(KeyError, match="there is no exercise called 'nope'"):
        practice.check("nope", 1)
    with pytest.raises(KeyError, match="no exercise but of another kind: prediction"):
        find("predict_quick_id", Exercise)
    with pytest.raises(KeyError, match="02_embedding_lookup"):
        practice.look_back("99_nothing")


# ----------------------------------------------------------------------------------------------- what answers get


@pytest.mark.parametrize("exercise", **named([piece for piece in EXERCISES if not piece.worked]))
def test_stub_is_not_attempted(exercise):
    verdict = judge(exercise, _cell_value(exercise, exercise.stub))
    assert verdict.state == "not attempted", verdict.message


@pytest.mark.parametrize("exercise", **named(EXERCISES))
def test_solution_is_correct(exercise):
    verdict = judge(exercise, _cell_value(exercise, exercise.solution))
    assert verdict.state == "correct", verdict.message


@pytest.mark.parametrize(
    ("exercise", "style"),
    [pytest.param(piece, style, id=f"{piece.name}-{style}") for piece in EXERCISES for style in piece.right],
)
def test_right_in_another_style(exercise, style):
    verdict = judge(exercise, _cell_value(exercise, exercise.right[style]))
    assert verdict.state == "correct", verdict.message


@pytest.mark.parametrize(
    ("exercise", "slip"),
    [pytest.param(piece, slip, id=f"{piece.name}-{slip}") for piece in EXERCISES for slip in piece.wrong],
)
def test_wrong_answer_gets_its_message(exercise, slip):
    wrong = exercise.wrong[slip]
    verdict = judge(exercise, _cell_value(exercise, wrong.code))
    assert verdict.state == "not yet"
    if wrong.caught_by_rule:
        assert wrong.says in verdict.message
    else:
        idea = f" The idea behind it: {IDEAS[wrong.idea]}." if wrong.idea else ""
        assert verdict.message == wrong.says + idea


@pytest.mark.parametrize("question", **named(RECALLS))
def test_every_option_has_its_own_feedback(question, capsys, fresh_session):
    assert question.right in question.options and len(question.options) >= 3
    said = []
    for letter, option in question.options.items():
        practice.answer(question.name, letter.upper() + " ")
        said.append(" ".join(capsys.readouterr().out.split()))
        assert said[-1].startswith("Right." if letter == question.right else "Not quite.")
        assert " ".join(option.feedback.split()) in said[-1]
    assert len(set(said)) == len(said)


@pytest.mark.parametrize("prediction", **named(PREDICTIONS))
def test_every_slip_names_its_idea(prediction, capsys, fresh_session):
    result = _other_value(prediction)
    for slip in prediction.slips:
        practice.predict(prediction.name, slip.value)
        practice.reveal(prediction.name, result)
        said = " ".join(capsys.readouterr().out.split())
        assert " ".join(slip.says.split()) in said and " ".join(prediction.why.split()) in said
        assert slip.idea is None or IDEAS[slip.idea] in said


def _other_value(prediction: Prediction):
    """A value of the right form that is none of the slips."""
    form, taken = prediction.form, [practice._plain(slip.value) for slip in prediction.slips]
    if prediction.is_choice:
        return next(choice for choice in form if choice not in taken)
    if isinstance(form, tuple):
        return (97, 89)
    if isinstance(form, str):
        return "SomeOtherError"
    return [97] if isinstance(form, list) else 97.25


# ------------------------------------------------------------------------------------- the ideas, and who catches them


def catches() -> dict[int, list[str]]:
    """Each wrong idea of the course's list against the pieces that catch it by name."""
    found: dict[int, list[str]] = {idea: [] for idea in IDEAS}
    for piece in EVERY:
        slips = (
            piece.wrong.values()
            if isinstance(piece, Exercise)
            else piece.slips
            if isinstance(piece, Prediction)
            else piece.options.values()
        )
        for idea in sorted({slip.idea for slip in slips if slip.idea is not None}):
            found[idea].append(f"{piece.notebook[:2]} {type(piece).__name__.lower()} {piece.name}")
    return found


def test_every_wrong_idea_is_caught_by_a_prediction_or_an_exercise():
    table = catches()
    for idea, where in table.items():
        print(f"{idea:2} {IDEAS[idea]}: {', '.join(where)}")  # `pytest -s` shows the table
    weak = [idea for idea, where in table.items() if not [one for one in where if " recall " not in one]]
    assert weak == []


# ------------------------------------------------------------------------------------------------- solved notebooks


@pytest.mark.parametrize("name", [name for name in NOTEBOOKS if pieces(name)])
def test_solved_notebook_runs_and_everything_is_right(name):
    """Every solution, right letter and right prediction in its cell: all say so. What is right to predict is taken
    from a first run, so the course holds no list of results that could go stale."""
    notebook = read(name)
    cells = {cell.id: cell for cell in notebook.cells}
    for piece in pieces(name):
        if isinstance(piece, Exercise):
            tail = cells[piece.name].source[cells[piece.name].source.rindex("check(") :]
            cells[piece.name].source = piece.solution + "\n\n" + tail
        elif isinstance(piece, Recall):
            cells[piece.name].source = f'answer("{piece.name}", "{piece.right}")'
        else:
            # Predictions are made as soon as the result is known, by the same two functions that a learner calls.
            cells[piece.name].source = f"# {piece.name}: see the end of the imports cell"
    spy = (
        "\n_reveal = reveal\n"
        "def reveal(name, result):\n"
        "    from tutorial_pkg.practice import _plain\n"
        "    predict(name, _plain(result))\n"
        "    _reveal(name, result)\n"
    )
    cells["imports"].source += spy
    notebook.cells.append(
        nbformat.v4.new_code_cell(f'from tutorial_pkg.practice import look_back\nlook_back("{name}")')
    )
    NotebookClient(notebook, timeout=600, resources={"metadata": {"path": str(ROOT / "notebooks")}}).execute()
    said = {cell.id: _printed(cell) for cell in notebook.cells if cell.cell_type == "code"}
    for piece in pieces(name):
        if isinstance(piece, Exercise):
            assert said[piece.name].startswith("Correct: "), said[piece.name]
        elif isinstance(piece, Recall):
            assert said[piece.name].startswith("Right. "), said[piece.name]
    end = _printed(notebook.cells[-1])
    assert "not tried" not in end and "to look at again" not in end, end
    assert "and so it is" in "".join(said.values())


def _printed(cell) -> str:
    return "".join(output.get("text", "") for output in cell.outputs if output.output_type == "stream")


# ------------------------------------------------------------------------------------------ predict, answer, look back


@pytest.fixture
def fresh_session(monkeypatch):
    for record in ("_answered", "_predicted", "_revealed", "_solved", "_hints_given"):
        monkeypatch.setattr(practice, record, {})


@pytest.fixture
def small(monkeypatch, fresh_session):
    """A course of one notebook with one piece of each kind."""
    shape = Prediction("shape", "n", "Which shape?", (2, 3), "Because.")
    error = Prediction("error", "n", "Which error?", "ValueError", "Because.")
    count = Prediction("count", "n", "How many?", 7, "Because.")
    choice = Prediction("choice", "n", "Same?", ("same", "different"), "Because.")
    option = {letter: Option(letter, f"about {letter}") for letter in "abc"}
    question = Recall("question", "n", "Which?", option, "b")
    module = type("module", (), {"PIECES": [question, shape, error, count, choice, DOUBLE]})
    monkeypatch.setattr("tutorial_pkg.practice.pieces.NOTEBOOKS", {"n": "n"})
    monkeypatch.setitem(sys.modules, "tutorial_pkg.practice.n", module)


def test_unanswered_says_so_in_one_line(small, capsys):
    practice.answer("question", ...)
    practice.predict("shape", ...)
    practice.reveal("shape", (4, 3))
    practice.check("double", lambda ids: ...)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines if line[0].isupper()] == ["Not", "No", "Not"]


@pytest.mark.parametrize(
    ("name", "guess", "result", "right"),
    [
        ("shape", (4, 3), (4, 3), True),
        ("shape", [4, 3], (4, 3), True),
        ("shape", (3, 4), (4, 3), False),
        ("shape", (), (), True),
        ("error", "IndexError ", IndexError("x"), True),
        ("error", IndexError, IndexError("x"), True),
        ("error", "KeyError", IndexError, False),
        ("count", 18, 18, True),
        ("count", 18.0, 18, True),
        ("count", 38_597_000, 38_597_376, False),
        ("choice", "same", "same", True),
        ("choice", "same", "different", False),
    ],
)
def test_prediction_beside_result(small, capsys, name, guess, result, right):
    practice.predict(name, guess)
    assert "Noted" in capsys.readouterr().out
    practice.reveal(name, result)
    said = capsys.readouterr().out
    assert ("and so it is" in said) is right and "Because." in said
    practice.look_back("n")
    assert f"Predictions: {int(right)} of 4 right" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "guess"),
    [("shape", "4x3"), ("shape", 3), ("shape", (2.0,)), ("count", "18"), ("count", True), ("choice", 1)],
)
def test_prediction_of_another_form_is_not_noted(small, capsys, name, guess):
    practice.predict(name, guess)
    said = capsys.readouterr().out
    assert said.startswith("Not noted") and repr(guess) in said and find(name).wanted() in " ".join(said.split())


def test_torch_values_are_predictions_too(small, capsys):
    import torch

    practice.predict("shape", torch.Size([4, 3]))
    practice.predict("count", torch.tensor(5))
    assert capsys.readouterr().out.count("Noted") == 2


def test_the_prediction_made_before_the_result_counts(small, capsys):
    practice.predict("count", 1)
    practice.reveal("count", 2)
    practice.predict("count", 2)
    practice.reveal("count", 2)
    practice.look_back("n")
    assert "Predictions: 0 of 4 right" in capsys.readouterr().out


@pytest.mark.parametrize("choice", ["z", 1, None, ""])
def test_an_answer_that_is_no_option(small, capsys, choice):
    practice.answer("question", choice)
    assert "'a', 'b', 'c'" in capsys.readouterr().out


def test_hints_come_in_steps_then_the_solution(small, capsys):
    practice.hint("double")
    practice.hint("double")
    practice.solution("double")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Hint 1 of 1: Multiply."
    assert 'solution("double")' in lines[1] and lines[-1].strip() == "return ids * 2"


def test_look_back_tells_solved_from_tried_and_untried(small, capsys):
    practice.look_back("n")
    assert "not tried: double" in capsys.readouterr().out
    practice.check("double", lambda ids: ids + 2)
    practice.look_back("n")
    assert "to look at again: double" in capsys.readouterr().out
    practice.check("double", lambda ids: ids + ids)
    practice.look_back("n")
    said = capsys.readouterr().out
    assert "Exercises: 1 of 1 solved" in said and "solved: double" in said
