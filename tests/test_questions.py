"""Questions people ask: the stored output of each question's cell contains the value in the list."""

from __future__ import annotations

import re

import pytest
import questions

LISTED = questions.entries()


@pytest.mark.parametrize("entry", LISTED, ids=[entry["question"][:60] for entry in LISTED])
def test_the_cell_shows_the_value(entry):
    assert questions.problem(entry) == ""
    assert re.match(r"https://\S+$", entry["thread"]) and entry["question"].endswith("?")
    assert re.match(r"[A-Z`].*[.)]$", entry["answer"]) and len(entry["answer"].split()) <= 45


def test_there_are_enough_and_each_is_there_once():
    asked = [entry["question"] for entry in LISTED]
    assert len(set(asked)) == len(asked)
    assert sum("cell" in entry for entry in LISTED) >= 100


def test_the_page_is_made_from_the_list():
    assert questions.PAGE.read_text(encoding="utf-8") == questions.page(LISTED)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"cell": "42_nothing#x"}, "there is no notebook"),
        ({"cell": "00_in_ten_minutes#nowhere"}, "there is no cell 'nowhere'"),
        ({"value": "a value that no output contains"}, "does not contain"),
    ],
)
def test_a_wrong_entry_is_noticed(change, says):
    good = next(entry for entry in LISTED if "cell" in entry)
    assert questions.problem(good) == "" and says in questions.problem(good | change)


def test_a_misspelt_field_is_noticed(tmp_path):
    path = tmp_path / "list.json"
    path.write_text('[{"question": "Why?", "thraed": "https://x", "answer": "So.", "topic": "A"}]')
    with pytest.raises(ValueError, match="thraed"):
        questions.entries(path)
