"""Notebook 06: its picture of the axis of rarity, and what its cells do with words of none or several tokens."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F
from helpers import cell_namespace, real_model, source

from tutorial_pkg.draw import a_real_table as draw

NOTEBOOK = "06_a_real_table"


@pytest.fixture(scope="module")
def cells():
    real_model()  # skips where its file cannot be had
    return cell_namespace(NOTEBOOK, "imports", "load", "text-to-rows", "one-hot-real")


def run(cells: dict, cell: str, old: str = "", new: str = "") -> dict:
    """The namespace after a cell, in which a part may be replaced by what a learner types."""
    code = source(NOTEBOOK, cell)
    assert old in code
    names = dict(cells)
    exec(compile(code.replace(old, new) if old else code, f"<{cell}>", "exec"), names)
    return names


def test_by_id_has_each_token_at_its_id():
    picture = draw.by_id([0.9, -0.6, 0.3, 0.7], "cosine", {" the": 1, " fox": 3})
    (ax,) = picture.axes
    assert ax.collections[0].get_offsets().tolist() == [[1, -0.6], [2, 0.3], [3, 0.7]]  # a log scale does not have 0
    marked = [line.get_xydata()[0].tolist() for line in ax.lines if len(line.get_xdata()) == 1]
    assert marked == [[1, -0.6], [3, 0.7]]
    assert [text.get_text() for text in ax.texts] == ["␣the", "␣fox"] and [text.xy for text in ax.texts] == [
        (1, -0.6),
        (3, 0.7),
    ]
    assert "␣the (id 1) at -0.60, ␣fox (id 3) at 0.70" in picture.words and "-0.60 to 0.90" in picture.words


@pytest.mark.parametrize(
    ("values", "marked"), [([0.1, float("nan")], {}), ([0.1, 0.2], {" the": 2}), ([0.1, 0.2], {" the": -1})]
)
def test_by_id_refuses_what_it_cannot_draw(values, marked):
    with pytest.raises(ValueError, match=r"values|marked"):
        draw.by_id(values, "cosine", marked)


def test_the_mean_row_is_an_axis_of_rarity(cells):
    """What the text claims, on the table itself."""
    table, encode = cells["model"].table, cells["model"].encode
    to_common = F.cosine_similarity(table, table.mean(0), dim=-1)
    assert (to_common[encode(" the and is,")] < -0.5).all() and to_common[30_000:].mean() > 0.7
    assert 0 < (to_common < 0).sum() < 0.01 * len(table)


def test_an_empty_field_is_said_in_words(cells):
    names = run(cells, "type-a-word", "explore(typed, nearest_picture)")
    for text in ("", "\x04"):  # the second has no token
        with pytest.raises(ValueError, match="there is no token here"):
            names["nearest_picture"](text)
    assert "␣fox" in names["nearest_picture"](" fox").words


def test_an_analogy_refuses_words_of_several_tokens(cells):
    names = run(cells, "analogy")
    assert names["analogy"]("man", "king", "woman")[0] == " queen"
    with pytest.raises(ValueError, match=r"'seamstress' does not have a row: it is the tokens \[' seam', 'stress'\]"):
        names["analogy"]("man", "king", "seamstress")


def test_groups_refuse_words_of_several_tokens(cells):
    with pytest.raises(AssertionError, match=r"several tokens, so not one row: \['seamstress'\]"):
        run(cells, "groups", "dog cat", "seamstress cat")
    names = run(run(cells, "groups", "dog cat", "dog"), "kept")  # a word fewer
    assert len(names["words"]) == len(names["true"]) == 56


def test_distance_finds_more_untrained_rows_than_equality(cells):
    names = run(cells, "distances")
    near = int((names["distance"] < 0.01).sum())
    table = cells["model"].table
    equal = int((table == table[names["untrained"]]).all(dim=1).sum())
    assert (near, equal) == (15, 7) and torch.equal(table[names["distance"].argmin()], table[names["untrained"]])
