"""The glossary of the site has each term once, in one sentence, with a cell that exists."""

from __future__ import annotations

import json
import re
from functools import cache

import nbformat
import pytest
from helpers import ROOT

TERMS = json.loads((ROOT / "tools" / "site" / "glossary.json").read_text(encoding="utf-8"))


@cache
def shown(notebook: str) -> set[str]:
    """The ids of the cells of a notebook that have an output."""
    path = ROOT / "notebooks" / f"{notebook}.ipynb"
    return {cell.id for cell in nbformat.read(path, as_version=4).cells if cell.get("outputs")}


@pytest.mark.parametrize("entry", TERMS, ids=[entry["term"] for entry in TERMS])
def test_each_term_is_a_sentence_and_leads_to_a_cell_with_an_output(entry):
    assert set(entry) == {"term", "meaning", "cell"}
    assert re.fullmatch(r"(is|are) [^.]+\.", entry["meaning"]) and len(entry["meaning"].split()) <= 25
    notebook, _, cell = entry["cell"].partition("#")
    assert cell in shown(notebook)


def test_there_are_enough_and_each_is_there_once():
    terms = [entry["term"] for entry in TERMS]
    assert len(set(map(str.lower, terms))) == len(terms) >= 40
