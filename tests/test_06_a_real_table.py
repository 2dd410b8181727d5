"""What the pictures of notebook 06 show, read from the figures' own data."""

from __future__ import annotations

import pytest
import torch
from matplotlib.colors import to_hex

from tutorial_pkg.draw import a_real_table as draw
from tutorial_pkg.draw.core import COLOURS


def names(ax) -> list[str]:
    return [tick.get_text() for tick in ax.get_yticklabels()]


def test_neighbours_has_each_bar_beside_its_name_and_number():
    (ax,) = draw.neighbours(" king", [(" King", 0.8), (" queen", 0.6), (" racc", -0.1)]).axes
    bars = {round(bar.get_y() + bar.get_height() / 2): bar.get_width() for bar in ax.patches}
    assert [bars[round(y)] for y in ax.get_yticks()] == [0.8, 0.6, -0.1] and names(ax) == ["␣King", "␣queen", "␣racc"]
    assert [text.get_text() for text in ax.texts] == ["0.80", "0.60", "-0.10"]
    assert [round(text.get_position()[1]) for text in ax.texts] == [0, 1, 2]
    low, high = ax.get_ylim()
    assert low > high  # the nearest is at the top


def test_neighbours_takes_scores_on_any_scale_and_names_them():
    figure = draw.neighbours(" king", [(" King", 41.0), (" queen", 30.0)])
    assert figure.axes[0].get_xlim() == (0, 41) and figure.axes[0].get_xlabel() == "score" and "41.00" in figure.words
    assert draw.neighbours("a", [("b", 3.0)], score="product").axes[0].get_xlabel() == "product"
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
    assert "one: 3 numbers from 0.0 to 1.0" in figure.words and "other: 50 numbers from 0.5 to 0.5" in figure.words


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
    assert "the same group for 4 of them" in figure.words


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
    with pytest.raises(ValueError, match="at least one word in each group; got none in b"):
        draw.group_map([[0.0, 0.0]], {"a": ["x"], "b": []})


def test_by_id_has_a_point_for_each_id_and_names_some():
    figure = draw.by_id([0.5, -0.5, 0.25, 0.75], "cosine", {" the": 1, " fox": 3})
    (ax,) = figure.axes
    assert ax.collections[0].get_offsets().tolist() == [[1, -0.5], [2, 0.25], [3, 0.75]]  # a log scale has no id 0
    assert [(text.get_text(), text.xy) for text in ax.texts] == [("␣the", (1, -0.5)), ("␣fox", (3, 0.75))]
    with pytest.raises(ValueError, match="expected numbers from 0 to 3"):
        draw.by_id([0.5, -0.5, 0.25, 0.75], "cosine", {" the": 4})
