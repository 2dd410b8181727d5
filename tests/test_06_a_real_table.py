"""Notebook 06: its pictures, and what its cells do with texts of zero or several tokens."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F
from helpers import cell_namespace, real_model, source
from matplotlib.colors import to_hex

from tutorial_pkg import smollm2
from tutorial_pkg.draw import a_real_table as draw
from tutorial_pkg.draw.core import COLOURS

NOTEBOOK = "06_a_real_table"


@pytest.fixture(scope="module")
def cells():
    model = real_model()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(smollm2, "load", lambda: model)
        return cell_namespace(NOTEBOOK, "imports", "load", "text-to-rows", "one-hot-real")


def run(cells: dict, cell: str, old: str = "", new: str = "") -> dict:
    """The names that a cell defines. A learner's text can replace a part of the cell."""
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
    assert "␣the (id 1) at -0.60 and ␣fox (id 3) at 0.70" in picture.words and "-0.60 to 0.90" in picture.words


@pytest.mark.parametrize(
    ("values", "marked"), [([0.1, float("nan")], {}), ([0.1, 0.2], {" the": 2}), ([0.1, 0.2], {" the": -1})]
)
def test_by_id_refuses_what_it_cannot_draw(values, marked):
    with pytest.raises(ValueError, match="expected"):
        draw.by_id(values, "cosine", marked)


def test_the_mean_row_is_an_axis_of_rarity(cells):
    """The claims of the text, checked with the table."""
    table, encode = cells["model"].table, cells["model"].encode
    to_common = F.cosine_similarity(table, table.mean(0), dim=-1)
    assert (to_common[encode(" the and is,")] < -0.5).all() and to_common[30_000:].mean() > 0.7
    assert 0 < (to_common < 0).sum() < 0.01 * len(table)


def test_an_empty_field_is_said_in_words(cells):
    names = run(cells, "type-a-word", "explore(typed, nearest_picture)")
    for text in ("", "\x04"):  # the second word has no token
        with pytest.raises(ValueError, match="there is no token here"):
            names["nearest_picture"](text)
    assert "␣fox" in names["nearest_picture"](" fox").words
    with pytest.raises(AssertionError, match="there is no token here; type a word"):
        run(cells, "pieces-centred", '" unhappiness"', '""')


def test_an_analogy_refuses_words_of_several_tokens(cells):
    names = run(cells, "analogy")
    assert names["analogy"]("man", "king", "woman")[0] == " queen"
    with pytest.raises(ValueError, match=r"'seamstress' does not have a row: it is the tokens \[' seam', 'stress'\]"):
        names["analogy"]("man", "king", "seamstress")


def test_groups_refuse_words_of_several_tokens(cells):
    with pytest.raises(AssertionError, match=r"several tokens, so not one row: \['seamstress'\]"):
        run(cells, "groups", "dog cat", "seamstress cat")
    names = run(run(cells, "groups", "dog cat", "dog"), "kept")  # one word fewer
    assert len(names["words"]) == len(names["true"]) == 56


def test_distance_finds_more_untrained_rows_than_equality(cells):
    names = run(cells, "distances")
    near = int((names["distance"] < 0.01).sum())
    table = cells["model"].table
    equal = int((table == table[names["untrained"]]).all(dim=1).sum())
    assert (near, equal) == (15, 7) and torch.equal(table[names["distance"].argmin()], table[names["untrained"]])


def names(ax) -> list[str]:
    return [tick.get_text() for tick in ax.get_yticklabels()]


def test_neighbours_has_each_bar_next_to_its_name_and_number():
    (ax,) = draw.neighbours(" king", [(" King", 0.8), (" queen", 0.6), (" racc", -0.1)]).axes
    bars = {round(bar.get_y() + bar.get_height() / 2): bar.get_width() for bar in ax.patches}
    assert [bars[round(y)] for y in ax.get_yticks()] == [0.8, 0.6, -0.1] and names(ax) == ["␣King", "␣queen", "␣racc"]
    assert [text.get_text() for text in ax.texts] == ["0.80", "0.60", "-0.10"]
    assert [round(text.get_position()[1]) for text in ax.texts] == [0, 1, 2]
    low, high = ax.get_ylim()
    assert low > high  # the nearest word is at the top
    assert ax.get_xlim() == (-0.1, 1)  # no bar is cut off


def test_neighbours_takes_scores_on_any_scale_and_names_them():
    figure = draw.neighbours(" king", [(" King", 41.0), (" queen", 30.0)])
    assert (
        figure.axes[0].get_xlim() == (0, 41)
        and figure.axes[0].get_xlabel() == "score   (␣ is a space)"
        and "41.00" in figure.words
    )
    assert draw.neighbours("a", [("b", 0.3)]).axes[0].get_xlabel() == "cosine similarity"


@pytest.mark.parametrize("odd", [float("nan"), float("inf")])
def test_a_score_without_a_bar_is_refused(odd):
    with pytest.raises(ValueError, match="expected finite numbers"):
        draw.neighbours(" k", [(" a", odd), (" b", 0.3)])


def test_spreads_has_a_histogram_for_each_name_and_a_line_at_each_mark():
    values = {"one": torch.tensor([0.0, 0.0, 1.0]), "other": [0.5] * 50}
    figure = draw.spreads(values, "cosine", {" the": 0.25, " a": 0.75})
    (ax,) = figure.axes
    counts = [sum(patch.get_height() for patch in bars) for bars in ax.containers]
    assert counts == [3, 50]
    assert [to_hex(bars[0].get_facecolor()) for bars in ax.containers] == [colour.lower() for colour in COLOURS[:2]]
    assert [line.get_xdata().tolist() for line in ax.lines] == [[0.25, 0.25], [0.75, 0.75]]
    assert [(text.get_text(), text.get_position()[0]) for text in ax.texts] == [("␣the", 0.25), ("␣a", 0.75)]
    assert "“one”, 3 numbers are from 0.0 to 1.0" in figure.words and "“other”, 50 numbers are from 0.5" in figure.words


POINTS = [[0.0, 0.0], [1.0, 0.0], [9.0, 9.0], [9.0, 8.0], [5.0, 5.0]]
GROUPS = {"days": ["Monday", "Friday"], "pets": ["cat", "dog"], "one": ["fox"]}


def test_group_map_draws_each_group_from_its_own_points():
    figure = draw.group_map(POINTS, GROUPS)
    (ax,) = figure.axes
    assert [spots.get_offsets().tolist() for spots in ax.collections] == [POINTS[:2], POINTS[2:4], POINTS[4:]]
    assert [spots.get_label() for spots in ax.collections] == list(GROUPS)
    assert {text.get_text(): list(text.xy) for text in ax.texts} == {
        word: point for word, point in zip([word for some in GROUPS.values() for word in some], POINTS, strict=True)
    }
    assert "For 4 of the words, the nearest word" in figure.words


@pytest.mark.parametrize("only", ["", *GROUPS])
def test_a_group_map_has_one_scale_so_near_words_are_near_in_the_picture(only):
    (ax,) = draw.group_map(torch.tensor(POINTS) * torch.tensor([1.0, 9.0]), GROUPS, only).axes
    (x, y), size = (ax.viewLim.size), ax.bbox.size
    assert size[0] / x == pytest.approx(size[1] / y)


def test_group_map_zooms_in_on_a_group_and_writes_its_words():
    (ax,) = draw.group_map(POINTS, GROUPS, "pets").axes
    assert {text.get_text() for text in ax.texts} == {"cat", "dog"}
    assert ax.get_xlim()[0] > 8 and ax.get_ylim()[0] > 7


def test_words_that_would_hide_each_other_are_not_all_written():
    crowd = torch.rand(60, 2, generator=torch.Generator().manual_seed(0)) / 1e3
    (ax,) = draw.group_map(
        torch.cat([crowd, torch.ones(1, 2)]), {"many": [f"word{i}" for i in range(60)], "far": ["fox"]}
    ).axes
    written = [text.get_text() for text in ax.texts]
    assert "fox" in written and 1 < len(written) < 20


def test_a_group_without_words_is_refused():
    with pytest.raises(ValueError, match="b: expected 1 to 1,200 of them; got 0"):
        draw.group_map([[0.0, 0.0]], {"a": ["x"], "b": []})
