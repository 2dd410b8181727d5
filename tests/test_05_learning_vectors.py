"""What the pictures of notebook 05 show, read from the figures' own data."""

from __future__ import annotations

import itertools

import pytest
import torch
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from tutorial_pkg.draw.common import SKY
from tutorial_pkg.draw.learning_vectors import COLOURS, block, curves, gradient_rows, movement, plane, window, word_map

WORDS = ["fox", "house", "in", "is", "quick", "the"]


def numbers(ax):
    return [float(text.get_text()) for text in ax.texts]


def labels(ticks):
    return [tick.get_text() for tick in ticks]


def test_gradient_rows_shows_both_tables_and_frames_the_rows_used():
    table = torch.arange(18.0).view(6, 3)
    gradient = torch.zeros(6, 3).index_fill(0, torch.tensor([4, 0]), 0.5)
    left, right = gradient_rows(table, gradient, WORDS, [4, 0, 4]).axes
    assert numbers(left) == table.flatten().tolist() and numbers(right) == gradient.flatten().tolist()
    assert labels(right.get_yticklabels()) == ["0 fox", "1 house", "2 in", "3 is", "4 quick", "5 the"]
    for ax in (left, right):
        frames = [p for p in ax.patches if isinstance(p, Rectangle) and not p.get_fill()]
        assert [frame.get_y() + 0.5 for frame in frames] == [0, 4]


def test_movement_fills_what_moved_and_dots_what_was_used():
    moved = {"SGD": torch.tensor([[True, False], [False, False]]), "AdamW": torch.ones(2, 2, dtype=torch.bool)}
    figure = movement(moved, [[0], [1]], ["fox", "house"])
    for ax, grid in zip(figure.axes, moved.values(), strict=True):
        filled = {
            (round(patch.get_x() + 0.5), round(patch.get_y() + 0.5))
            for patch in ax.patches
            if to_hex(patch.get_facecolor()) == SKY.lower()
        }
        assert filled == {tuple(place) for place in grid.nonzero().tolist()}
        dots = {(float(line.get_xdata()[0]), float(line.get_ydata()[0])) for line in ax.lines}
        assert dots == {(0, 0), (1, 1)}
    assert [ax.get_title() for ax in figure.axes] == ["SGD", "AdamW"]


def test_window_shows_weights_and_scores():
    near, scores = torch.eye(3), torch.arange(9.0).view(3, 3)
    left, right = window(scores, near, ["quick", "fox", "is"]).axes
    assert numbers(left) == near.flatten().tolist() and numbers(right) == scores.flatten().tolist()
    assert labels(left.get_xticklabels()) == labels(left.get_yticklabels()) == ["quick", "fox", "is"]


@pytest.mark.parametrize("seed", range(5))
def test_plane_agrees_with_an_eigendecomposition_and_has_one_sign(seed):
    vectors = torch.randn(30, 5, generator=torch.Generator().manual_seed(seed)) * torch.tensor([5.0, 3, 1, 1, 1])
    found = plane(vectors)
    _, directions = torch.linalg.eigh(torch.cov(vectors.T.double()))
    expected = directions[:, [-1, -2]].float()
    assert torch.allclose((found * expected).sum(0).abs(), torch.ones(2), atol=1e-4)
    # turned over and moved, the same vectors have the same plane, up to the sign that is fixed
    assert torch.allclose(plane(7 - vectors), found, atol=1e-4)
    assert found.gather(0, found.abs().argmax(0, keepdim=True)).gt(0).all()


def test_plane_refuses_a_line():
    with pytest.raises(ValueError, match="at least two dimensions"):
        plane(torch.ones(5, 1))


def test_names_on_the_map_do_not_overlap():
    points = torch.tensor([[0.30, -0.10], [0.36, -0.11], [0.28, -0.12], [0.3, 0.4]])  # three at nearly the same height
    names = dict(enumerate(["modor", "dugim", "tuzil", "zeben"]))
    figure = word_map(points, [("animal", 0)] * 4, names=names, limit=0.5)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    boxes = [text.get_window_extent(canvas.get_renderer()) for text in figure.axes[0].texts]
    assert len(boxes) == 4
    assert not any(one.overlaps(other) for one, other in itertools.combinations(boxes, 2))


def test_word_map_puts_every_word_where_it_is():
    points = torch.tensor([[0.1, 0.2], [0.3, 0.4], [-0.5, 0.6], [-0.7, 0.8]])
    groups = [("animal", 0), ("animal", 1), ("food", 0), ("food", 1)]
    figure = word_map(points, groups, names={0: "zeben"}, joined=[(0, 1)], limit=2, title="stage 3")
    ax = figure.axes[0]
    drawn = torch.cat([torch.tensor(spots.get_offsets().tolist()) for spots in ax.collections])
    assert torch.allclose(drawn, points)
    assert [to_hex(spots.get_edgecolor()[0]) for spots in ax.collections] == [
        colour.lower() for colour in COLOURS[:2] for _ in (0, 1)
    ]
    # form 0 is a filled circle, form 1 a hollow square, as the legend says
    circle, square = (spots.get_paths()[0].vertices.shape for spots in ax.collections[:2])
    assert circle[0] > square[0] and "● form 0" in ax.get_legend().get_title().get_text()
    assert [to_hex(spots.get_facecolor()[0]) == "#ffffff" for spots in ax.collections] == [False, True] * 2
    assert [(text.get_text(), list(text.xy)) for text in ax.texts] == [("zeben", points[0].tolist())]
    assert ax.lines[0].get_xydata().tolist() == points[:2].tolist()
    assert ax.get_xlim() == ax.get_ylim() == (-2, 2) and ax.get_title() == "stage 3"
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["animal", "food"]


def test_word_map_works_where_a_kind_has_one_form_only():
    assert len(word_map([[0.0, 0.0]], [("animal", 1)]).axes[0].collections) == 1


def test_word_map_refuses_points_without_groups():
    with pytest.raises(ValueError, match="expected 2 of them"):
        word_map(torch.zeros(2, 2), [("animal", 0)])


def test_curves_and_block_show_their_numbers():
    ax = curves([0, 1, 2], {"purity": [0.0, 0.5, 1.0], "analogies": [0, 0, 0.9]}, xlabel="stage").axes[0]
    assert [line.get_ydata().tolist() for line in ax.lines] == [[0.0, 0.5, 1.0], [0, 0, 0.9]]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["purity", "analogies"]
    ax = block([[1.0, 2.5]], ["zeben"], ["the", "pemem"], "PPMI").axes[0]
    assert numbers(ax) == [1.0, 2.5] and labels(ax.get_xticklabels()) == ["the", "pemem"]


@pytest.mark.parametrize(
    ("draw", "says"),
    [
        (lambda: curves([0, 1], {str(n): [0, 1] for n in range(7)}, xlabel="stage"), "at most 6 lines"),
        (lambda: word_map([[0, 0]] * 7, [(str(n), 0) for n in range(7)]), "at most 6 kinds"),
        (lambda: word_map([[0, 0]], [("animal", 2)]), "expected the form 0 or 1"),
        (lambda: word_map([[0, float("nan")]], [("animal", 0)]), "two finite numbers"),
        (lambda: word_map([[0, 0]], [("animal", 0)], names={1: "zeben"}), "expected positions from 0 to 0"),
        (lambda: curves([0, 1], {"purity": [0, 1.5]}, xlabel="stage"), "expected 2 scores from 0 to 1"),
        (lambda: gradient_rows(torch.ones(2, 3), torch.ones(2, 2), ["fox", "in"], [0]), "of one shape"),
        (lambda: movement({"SGD": [[True]]}, [[0]], ["fox", "in"]), r"expected shape \(1, 2\)"),
    ],
)
def test_nothing_is_dropped_without_a_word(draw, says):
    with pytest.raises(ValueError, match=says):
        draw()


def test_words_outside_the_map_are_counted():
    figure = word_map([[0.1, 0.2], [0.3, 2.0]], [("animal", 0), ("food", 0)], limit=1.0)
    assert figure.words.endswith("1 lie outside the picture.")


def test_the_map_says_how_far_the_kinds_have_come_apart():
    apart = torch.cat([torch.zeros(20, 2), torch.ones(20, 2)]) + torch.rand(40, 2) * 0.1
    groups = [("animal", 0)] * 20 + [("food", 0)] * 20
    assert "same kind for nearly all of them" in word_map(apart, groups).words
    mixed = torch.arange(40.0)[:, None].expand(40, 2) / 40  # each between two of the other kind
    assert "same kind for few of them" in word_map(mixed, [("animal", 0), ("food", 0)] * 20).words


def test_six_lines_are_told_apart():
    ax = curves([0, 1], {str(n): [0, 1] for n in range(6)}, xlabel="stage").axes[0]
    assert len({(line.get_color(), line.get_marker()) for line in ax.lines}) == 6
