"""The practice that a learner sees: feedback on answers, predictions and checks, and the output of `look_back`."""

from __future__ import annotations

import re

import pytest
import torch
from helpers import said
from test_practice import DOUBLE

from tutorial_pkg import practice
from tutorial_pkg.feedback import MARKS, Feedback, Row, show
from tutorial_pkg.practice import api
from tutorial_pkg.practice.api import progress
from tutorial_pkg.practice.items import NOTEBOOKS, Option, Prediction, Recall, items
from tutorial_pkg.practice.predictions import ParseError, parse

SHAPE = Prediction(name="shape", ask="A table. Which shape?", form=(2, 3), why="Because.")
ERROR = Prediction(name="error", ask="Which error?", form="ValueError", why="Because.")
COUNT = Prediction(name="count", ask="How many?", form=7, why="Because.")
LIST = Prediction(name="list", ask="Which ids?", form=[1, 3], why="Because.")
CHOICE = Prediction(name="choice", ask="Is it?", form=("the same", "an error", "it's `x`"), why="Because.")
QUESTION = Recall(
    name="question",
    ask="So: which?",
    options={letter: Option(f"option {letter}", f"About {letter}.") for letter in "abc"},
    right="b",
)
ITEMS = {piece.name: piece for piece in (QUESTION, SHAPE, ERROR, COUNT, LIST, CHOICE, DOUBLE)}


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """A course of one notebook with a few items that nobody has done yet."""
    progress.reset()
    monkeypatch.setattr(api, "find", lambda name, kind: ITEMS[name])
    monkeypatch.setattr(api, "items", lambda notebook: list(ITEMS.values()))


# ------------------------------------------------------------------------------------------------------- the page


def contrast(one: str, other: str) -> float:
    """The WCAG contrast of two colours, given as #rrggbb."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_marks_and_colours_are_seen_in_light_and_dark_themes():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    for mark, (colour, _) in MARKS.items():
        assert contrast("#ffffff", colour) >= 4.5, mark  # the mark on its background
        assert min(contrast(colour, page) for page in ("#ffffff", "#111111")) >= 2.9, mark  # the line next to it
    page = Feedback("✓", "Right.")._repr_mimebundle_()["text/html"]
    # only the mark has a colour; all words have the colour of the theme
    assert re.findall(r"[^-]color: (#\w+)", page) == ["#fff"] and "background: #1a7f37" in page


@pytest.mark.parametrize(("mark", "badge"), [("✓", "✓"), ("✗", "×"), ("○", "")])
def test_page_and_plain_text_have_the_same_words(mark, badge):
    rows = [Row("To look at again", [("A `table`?", "01.ipynb#cell-id=x"), ("Plain", "")])]
    feedback = Feedback(mark, "It is `a <b> & c`, not 'd'.", rows)
    both = feedback._repr_mimebundle_()
    words = re.sub(r"<[^>]+>", " ", both["text/html"])
    for entity, plain in (("&lt;", "<"), ("&gt;", ">"), ("&#x27;", "'"), ("&amp;", "&")):
        words = words.replace(entity, plain)
    assert re.sub(r"[\s`]", "", words) == badge + re.sub(r"[\s`]", "", both["text/plain"]).removeprefix(mark)
    assert "<code>a &lt;b&gt; &amp; c</code>" in both["text/html"]
    assert '<a href="01.ipynb#cell-id=x">A <code>table</code>?</a>' in both["text/html"]
    assert max(map(len, both["text/plain"].splitlines())) <= 100


def test_an_address_is_escaped_and_the_text_is_one_line(monkeypatch):
    shown = []
    monkeypatch.setattr("tutorial_pkg.feedback.display", shown.append)
    show("✓", "two\n  lines", [Row("Next", [("here", 'x"><script>')])])
    page = shown[0]._repr_mimebundle_()["text/html"]
    assert 'href="x&quot;&gt;&lt;script&gt;"' in page and "<script" not in page and "two lines" in page


def test_a_new_prediction_that_cannot_be_read_does_not_leave_the_old_one(capsys):
    practice.predict("count", 3)
    practice.predict("count", "many")
    capsys.readouterr()
    practice.reveal("count", 2)
    assert said(capsys) == "○ It is 2. Because."


def test_what_a_learner_types_is_escaped(capsys, monkeypatch):
    shown = []
    monkeypatch.setattr("tutorial_pkg.feedback.display", shown.append)
    practice.predict("count", "<script>x</script>")
    practice.answer("question", "<img src=x>")
    practice.check("double", "<b>")
    for feedback in shown:
        assert not re.search("<script|<img|<b>", feedback._repr_mimebundle_()["text/html"])
    assert len(shown) == 3


# -------------------------------------------------------------------------------------------------- predictions


def test_a_choices_options_have_letters():
    (_, _, ask), (_, _, code) = CHOICE.cells()
    assert ask.endswith("- **a**  the same\n- **b**  an error\n- **c**  it's `x`")
    assert code == 'predict("choice", ...)  # "a", "b" or "c"'


@pytest.mark.parametrize(
    ("prediction", "given", "value"),
    [
        (CHOICE, "a", "the same"),
        (CHOICE, " 'B'. ", "an error"),
        (CHOICE, "Error", "an error"),
        (CHOICE, '"The SAME"', "the same"),
        (CHOICE, "its x", "it's `x`"),
        (COUNT, "32,768", 32_768),
        (COUNT, "32_768", 32_768),
        (COUNT, "123,456", 123_456),
        (COUNT, "32 768", 32_768),
        (COUNT, 32_768.0, 32_768),
        (COUNT, "0.35", 0.35),
        (COUNT, torch.tensor(5), 5),
        (SHAPE, [4, 3], (4, 3)),
        (SHAPE, torch.Size([4, 3]), (4, 3)),
        (SHAPE, "(4, 3)", (4, 3)),
        (SHAPE, "torch.Size([4, 3])", (4, 3)),
        (SHAPE, "4 x 3", (4, 3)),
        (SHAPE, "(4,)", (4,)),
        (SHAPE, (), ()),
        (LIST, (0, 2), [0, 2]),
        (LIST, "[0, 2]", [0, 2]),
        (LIST, torch.tensor([0, 2]), [0, 2]),
        (ERROR, IndexError, "IndexError"),
        (ERROR, IndexError("x"), "IndexError"),
        (ERROR, ' "IndexError" ', "IndexError"),
        (ERROR, "KeyError: 'dog'", "KeyError"),
        (CHOICE, "ａ", "the same"),
        (CHOICE, "a)", "the same"),
        (COUNT, "32.768,5", 32_768.5),
        (COUNT, "32 768,5", 32_768.5),
        (COUNT, "1.234.567", 1_234_567),
        (COUNT, "32’768", 32_768),
        (COUNT, "４", 4),
        (COUNT, "−3", -3),
        (COUNT, "1e6", 1_000_000.0),
        (COUNT, "1.5", 1.5),
    ],
)
def test_a_prediction_is_read_in_any_spelling(prediction, given, value):
    assert parse(prediction, given) == value


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("shape", "wide"),
        ("shape", 3),
        ("shape", (2.0,)),
        ("shape", (True, 3)),
        ("shape", torch.zeros(2, device="meta")),
        ("count", "many"),
        ("count", True),
        ("count", [1]),
        ("choice", 1),
        ("choice", "d"),
        ("choice", ["a"]),
        pytest.param("choice", 10**5000, id="huge"),
        ("error", 3),
        ("list", 3),
    ],
)
def test_a_prediction_of_another_form_is_not_noted(name, given, capsys):
    with pytest.raises(ParseError):
        parse(ITEMS[name], given)
    practice.predict(name, given)
    assert said(capsys).startswith(f"✗ Not noted: expected {ITEMS[name].wanted()}, got ")
    practice.reveal(
        name, parse(ITEMS[name], {"choice": "a", "error": "E", "list": [1], "count": 1, "shape": (1,)}[name])
    )
    assert said(capsys).startswith("○ It is ")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("1,5", "with a point for decimals (0.5)"),
        ("12,34", "with a point for decimals (0.5)"),
        ("1,2,3", "with a point"),
    ],
)
def test_a_number_that_could_mean_two_things_is_refused(given, says, capsys):
    practice.predict("count", given)
    assert says in said(capsys)


def test_a_letter_of_another_alphabet_is_named(capsys):
    practice.predict("choice", "а")
    assert "(the letter а here is Cyrillic, not Latin)" in said(capsys)


def test_several_values_for_a_list_get_brackets(capsys):
    practice.predict("list", 0, 1, 5)
    assert said(capsys).endswith("Please put them in brackets: [0, 1, 5].")


def test_a_number_with_a_comma_gets_a_helpful_line(capsys):
    practice.predict("count", 32, 768)
    assert said(capsys) == (
        "✗ Not noted: expected one value, got 2 values (32, 768). Please write a large number without commas, "
        "or with underscores: 32_768."
    )
    practice.predict("shape", 4, 3)
    assert said(capsys).endswith("put them in parentheses: (4, 3).")
    practice.predict("shape", 4)
    assert said(capsys).endswith("A shape with one dimension is (4,), with a comma.")


@pytest.mark.parametrize(
    ("name", "guess", "result", "says"),
    [
        ("shape", (4, 3), torch.Size([4, 3]), "✓ Right, it is (4, 3). Because."),
        ("shape", (3, 4), (4, 3), "✗ It is (4, 3), not (3, 4). Because."),
        ("error", "indexerror", IndexError("x"), "✓ Right, it is IndexError. Because."),
        ("error", "KeyError", IndexError, "✗ It is IndexError, not KeyError. Because."),
        ("count", 18.0, 18, "✓ Right, it is 18. Because."),
        ("count", 38_597_000, 38_597_376, "✗ It is 38597376, not 38597000. Because."),
        ("choice", "b", "an error", '✓ Right, it is "an error". Because.'),
        ("choice", "a", "an error", '✗ It is "an error", not "the same". Because.'),
        ("choice", ..., "an error", '○ It is "an error". Because.'),
    ],
)
def test_prediction_next_to_result(name, guess, result, says, capsys):
    practice.predict(name, guess)
    assert said(capsys).startswith("○ Noted: ") or guess is ...
    practice.reveal(name, result)
    assert said(capsys) == says


def test_a_result_of_another_form_is_the_authors_error():
    with pytest.raises(TypeError, match=r"shape: expected a shape such as .* as the result, got 'x'"):
        practice.reveal("shape", "x")


# ------------------------------------------------------------------------------------------------------- the rest


def test_what_is_untouched_reads_like_an_invitation(capsys):
    practice.answer("question", ...)
    assert said(capsys).startswith("○ Your turn: ")
    practice.check("double", DOUBLE.stub)
    assert said(capsys).startswith("○ Your turn: write the function")
    practice.predict("shape", ...)
    assert said(capsys) == ""


@pytest.mark.parametrize("choice", ["z", 1, None, "", ["a"], {"a"}, torch.zeros(2)])
def test_an_answer_that_is_not_an_option(choice, capsys):
    practice.answer("question", choice)
    assert said(capsys).startswith('✗ Expected one of the letters "a", "b", "c", got ')


def test_the_first_answer_and_the_first_reveal_count(capsys):
    for letter in "ab":
        practice.answer("question", letter)
    for guess in (1, 2):
        practice.predict("count", guess)
        practice.reveal("count", 2)
    practice.look_back("01_token_ids")
    assert "○ 0 of 1 recall questions right at first try, 0 of 5 predictions right, 0 of 1 exercises" in said(capsys)


def test_hints_come_in_steps_then_the_solution(capsys):
    practice.hint("double")
    practice.hint("double")
    practice.solution("double")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "○ Hint 1 of 1: Multiply."
    assert 'solution("double")' in lines[1] and lines[-1].strip() == "return ids * 2"


def test_look_back_tells_solved_from_tried_and_untried(capsys):
    practice.look_back("01_token_ids")
    assert said(capsys) == (
        "○ Nothing has been recorded since the kernel started. (A restart deletes all earlier records.) "
        "Next: 02_embedding_lookup.ipynb"
    )
    practice.check("double", lambda ids: ids + 2)
    practice.look_back("01_token_ids")
    assert "To look at again: Exercise 1: double Not tried yet: So: which? A table. Which shape? " in said(capsys)
    practice.check("double", lambda ids: ids + ids)
    practice.check("double", lambda ids: ids)  # a solved exercise stays solved
    practice.look_back("01_token_ids")
    found = said(capsys)
    assert "1 of 1 exercises solved" in found and "Exercise 1" not in found


def test_the_last_notebook_does_not_name_a_next_notebook(monkeypatch):
    shown = []
    monkeypatch.setattr("tutorial_pkg.feedback.display", shown.append)
    practice.look_back(NOTEBOOKS[-1])
    practice.check("double", lambda ids: ids + 2)
    practice.look_back(NOTEBOOKS[-1])
    assert ["Next" in [row.label for row in feedback.rows] for feedback in (shown[0], shown[-1])] == [False, False]


def test_look_back_links_cells_by_their_titles(monkeypatch):
    shown = []
    monkeypatch.setattr("tutorial_pkg.feedback.display", shown.append)
    practice.check("double", lambda ids: ids + 2)
    practice.look_back(NOTEBOOKS[0])
    titles = dict(title for row in shown[-1].rows for title in row.titles)
    assert titles["Exercise 1: double"] == f"{NOTEBOOKS[0]}.ipynb#cell-id=double-task"
    assert titles["A table. Which shape?"] == f"{NOTEBOOKS[0]}.ipynb#cell-id=shape-ask"
    assert titles[f"{NOTEBOOKS[1]}.ipynb"] == f"{NOTEBOOKS[1]}.ipynb"
    practice.look_back(NOTEBOOKS[-1])
    assert "Next" not in [row.label for row in shown[-1].rows]
    monkeypatch.setitem(__import__("sys").modules, "google.colab", None)
    practice.look_back(NOTEBOOKS[0])
    assert {address for row in shown[-1].rows for _, address in row.titles} == {""}


@pytest.mark.parametrize(
    ("act", "name", "meant"),
    [
        (lambda name: practice.answer(name, "a"), "recall_enumerat", "recall_enumerate"),
        (lambda name: practice.predict(name, 1), "predict_row", "predict_rows"),
        (lambda name: practice.check(name, len), "my_decod", "my_decode"),
        (practice.hint, "my_decod", "my_decode"),
        (practice.solution, "My_decode", "my_decode"),
    ],
)
def test_a_mistyped_name_gets_a_helpful_line(act, name, meant, capsys, monkeypatch):
    monkeypatch.undo()  # the real course
    act(name)
    heard = said(capsys)
    assert heard.startswith("✗ There is no ") and heard.endswith(f'; did you mean "{meant}"?')
    act(["x" * 10**6])
    assert said(capsys).startswith("✗ There is no ")


def test_titles_are_there_for_every_piece():
    for notebook in NOTEBOOKS:
        titles = [piece.title for piece in items(notebook)]
        assert all(title[0].isupper() or not title[0].isalpha() for title in titles) and len(set(titles)) == len(titles)
