"""What the pictures of notebook 02 show, read from the data of the figures; and its main path with other values."""

import numpy as np
import pytest
import roads
import torch
from matplotlib.patches import FancyArrowPatch, Rectangle

from tutorial_pkg.draw import embedding_lookup as lookup

WORDS = ["fox", "house", "in", "is", "quick", "the"]
TOKENS = "Quick fox is in the house".split()
IDS = torch.tensor([4, 0, 3, 2, 5, 1])
TABLE = torch.arange(6.0)[:, None] + torch.arange(3.0) / 10 - 2  # row 3, column 1 contains 1.1


def texts(ax) -> list[str]:
    return [text.get_text() for text in ax.texts]


def numbers(ax) -> list[list[str]]:
    """The numbers written in a matrix's cells, row by row."""
    rows: dict[float, list[str]] = {}
    for text in ax.texts:
        rows.setdefault(text.get_position()[1], []).append(text.get_text())
    return [rows[y] for y in sorted(rows)]


def written(rows) -> list[list[str]]:
    return [[f"{value + 0.0:.2f}" for value in row] for row in rows.tolist()]


def labels(ax) -> list[str]:
    return [label.get_text() for label in ax.get_yticklabels()]


def ways(ax) -> list[tuple[float, float]]:
    """The height where each arrow begins and ends."""
    curves = [patch._path_original.vertices for patch in ax.patches if isinstance(patch, FancyArrowPatch)]
    return [(float(curve[0][1]), float(curve[-1][1])) for curve in curves]


def heights(paper, matrix) -> list[float]:
    """The position of each row of a matrix, in inches on the page."""
    rows = range(len(matrix.get_yticks()))
    points = [matrix.transData.transform((0, row)) for row in rows]
    return [float(paper.transData.inverted().transform(point)[1]) for point in points]


def test_sentence_flows_to_its_rows():
    paper, table, out = lookup.sentence_to_rows(TOKENS, IDS, TABLE, WORDS).axes
    assert texts(paper)[:2] == ["tokens", "ids"]
    assert texts(paper)[2:] == [part for pair in zip(TOKENS, "403251", strict=True) for part in pair]
    assert table.get_title() == "the table: 6 × 3" and out.get_title() == "looked-up rows: 6 × 3"
    assert table.get_xlabel() == out.get_xlabel() == "embedding dimension"
    assert labels(table) == [f"{i} {word}" for i, word in enumerate(WORDS)]
    assert numbers(table) == written(TABLE) and numbers(out) == written(TABLE[IDS])


def test_each_way_leads_from_the_id_to_its_row_and_on_to_its_place():
    paper, table, out = lookup.sentence_to_rows(TOKENS, IDS, TABLE, WORDS).axes
    rows, places = heights(paper, table), heights(paper, out)
    expected = []
    for t, one in enumerate(IDS.tolist()):
        expected += [(places[t], places[t]), (places[t], rows[one]), (rows[one], places[t])]
    assert np.allclose(ways(paper), expected)


def test_a_repeated_token_points_twice_at_the_same_row():
    paper, table, _ = lookup.sentence_to_rows(["in", "the", "in"], torch.tensor([2, 5, 2]), TABLE, WORDS).axes
    rows = heights(paper, table)
    assert np.allclose([end for _, end in ways(paper)[1::3]], [rows[2], rows[5], rows[2]])


def test_more_tokens_than_colours_are_all_drawn():
    tokens = ["in", "the"] * 5
    paper, _, out = lookup.sentence_to_rows(tokens, [2, 5] * 5, TABLE, WORDS).axes
    assert len(ways(paper)) == 30 and len(numbers(out)) == 10


@pytest.mark.parametrize(
    ("tokens", "vocabulary", "says"),
    [(TOKENS[:5], WORDS, "got 5 tokens and 6 ids"), (TOKENS, WORDS[:4], "expected 6 words, one for each row; got 4")],
)
def test_sentence_that_does_not_fit_is_refused(tokens, vocabulary, says):
    with pytest.raises(ValueError, match=says):
        lookup.sentence_to_rows(tokens, IDS, TABLE, vocabulary)


def test_cells_are_equally_large_left_and_right():
    _, *axes = lookup.sentence_to_rows(TOKENS[:2], IDS[:2], TABLE, WORDS).axes
    heights = [ax.get_window_extent().height / abs(ax.get_ylim()[0] - ax.get_ylim()[1]) for ax in axes]
    assert heights[0] == pytest.approx(heights[1], rel=0.01)


def test_batch_becomes_one_block_for_each_line():
    batch = torch.tensor([[4, 0, 3, 2], [5, 1, 3, 0], [2, 2, 2, 2]])
    grid, *blocks = lookup.batch_to_blocks(batch, TABLE, WORDS).axes
    assert [text for text in texts(grid) if "\n" in text] == [
        f"{one}\n{WORDS[one]}" for one in batch.flatten().tolist()
    ]
    assert grid.get_title() == "ids: shape (3, 4)"
    assert [block.get_title() for block in blocks] == [f"output[{b}]: shape (4, 3)" for b in range(3)]
    for line, block in zip(batch, blocks, strict=True):
        assert numbers(block) == written(TABLE[line])
        assert labels(block) == [f"{one} {WORDS[one]}" for one in line.tolist()]


def test_spread_counts_the_values_and_draws_the_bell():
    values = torch.randn(20_000, generator=torch.Generator().manual_seed(1))
    (ax,) = lookup.spread(values).axes
    bars = [
        patch for patch in ax.patches if isinstance(patch, Rectangle) and patch.get_width() == pytest.approx(8 / 60)
    ]
    assert len(bars) == 60
    inside = values[(values >= -4) & (values < 4)]
    share = [bar.get_height() * bar.get_width() * len(inside) for bar in bars]
    assert share == pytest.approx(torch.histc(inside, 60, -4, 4).tolist(), abs=2)
    x, y = ax.lines[0].get_data()
    due = torch.distributions.Normal(0, 1).log_prob(torch.tensor(x)).exp()
    assert torch.allclose(torch.tensor(y), due)


def test_similarities_are_written_on_one_scale_from_minus_1_to_1():
    cosine = torch.tensor([[1.0, -0.5], [-0.5, 1.0]])
    (ax,) = lookup.similarities(cosine, ["fox", "house"]).axes
    assert numbers(ax) == [["1.00", "-0.50"], ["-0.50", "1.00"]]
    assert labels(ax) == ["0 fox", "1 house"]
    (wide,) = lookup.similarities(cosine / 2, ["fox", "house"]).axes
    assert [patch.get_facecolor() for patch in ax.patches][1] != [patch.get_facecolor() for patch in wide.patches][1]


def test_products_are_not_drawn_as_cosines():
    with pytest.raises(ValueError, match="from -1 to 1; got 19"):
        lookup.similarities(torch.tensor([[1.0, 19.33], [0.5, 1.0]]), ["fox", "house"])


def test_a_table_with_a_gradient_is_drawn_and_left_alone():
    table = TABLE.clone().requires_grad_()
    lookup.sentence_to_rows(TOKENS, IDS, table, WORDS)
    assert torch.equal(table.detach(), TABLE)
    assert table.grad is None


@pytest.mark.parametrize("own", roads.OWN)
def test_own_values_go_all_the_way(own):
    sentence, d, _ = roads.OWN[own]
    printed = roads.run("02_embedding_lookup", "sentence", own)
    assert 'It is "the same"' in printed["rename"]  # new ids, the same vectors
    assert f"It is (4, {d})" in printed["sample-lookup"]
    assert f"It is ({d},)" in printed["scalar-run"]
    assert f"It is (2, 4, {d})" in printed["batch-run"]
    assert f"({len(sentence.split())}, {d})" in printed["all-it-does"]
    if "leftover-run" in printed:
        assert "False" in printed["leftover-run"] and "True" in printed["leftover-fixed"]
