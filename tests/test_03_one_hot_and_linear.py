"""What the pictures of one-hot vectors show: the numbers written, the rows and columns framed, the labels."""

import pytest
import torch
from matplotlib.patches import Rectangle

from tutorial_pkg.draw.one_hot_and_linear import (
    both_routes,
    gradient_rows,
    linear_times_one_hot,
    one_hot_times_table,
    sentence_times_table,
)

TABLE = torch.tensor([[1.0, -2.0], [3.0, 4.0], [-5.0, 6.0]])
WORDS = ["fox", "in", "the"]


def panels(figure):
    """The matrices of a figure, in order; the axes that hold only @ or = left out."""
    return [ax for ax in figure.axes if ax.get_title()]


def numbers(ax):
    return [float(text.get_text()) for text in ax.texts]


def frames(ax):
    """Each frame as (first column, first row, columns, rows)."""
    patches = [patch for patch in ax.patches if isinstance(patch, Rectangle) and not patch.get_fill()]
    return [(patch.get_x() + 0.5, patch.get_y() + 0.5, patch.get_width(), patch.get_height()) for patch in patches]


def signs(figure):
    return [text.get_text() for text in figure.texts]


def labels(axis):
    return [label.get_text() for label in axis.get_ticklabels()]


@pytest.mark.parametrize("token_id", [0, 1, 2])
def test_one_row_survives(token_id):
    figure = one_hot_times_table(TABLE, token_id, WORDS)
    one_hot, table, row = panels(figure)
    assert numbers(one_hot) == [float(i == token_id) for i in range(3)]
    assert numbers(table) == TABLE.flatten().tolist()
    assert numbers(row) == TABLE[token_id].tolist()
    assert frames(table) == [(0, token_id, 2, 1)] and frames(one_hot) == frames(row) == []
    assert signs(figure) == ["@", "="]
    assert (table.get_ylabel(), table.get_xlabel()) == ("token id (vocabulary)", "embedding dimension")
    assert labels(table.yaxis) == ["0 fox", "1 in", "2 the"]
    assert (
        one_hot.get_title() == f"one-hot vector of {token_id} {WORDS[token_id]}"
        and row.get_title() == f"result = row {token_id}"
    )


@pytest.mark.parametrize("token_id", [0, 1, 2])
def test_linear_keeps_the_row_as_a_column(token_id):
    figure = linear_times_one_hot(TABLE.T, token_id, WORDS)
    weight, one_hot, output = panels(figure)
    assert numbers(weight) == TABLE.T.flatten().tolist()
    assert frames(weight) == [(token_id, 0, 1, 2)]
    assert numbers(one_hot) == [float(i == token_id) for i in range(3)]
    assert numbers(output) == TABLE[token_id].tolist()
    assert weight.get_title() == "Linear's weight, shape (2, 3)"
    assert (weight.get_ylabel(), weight.get_xlabel()) == ("embedding dimension", "token id (vocabulary)")
    assert labels(weight.xaxis) == ["0\nfox", "1\nin", "2\nthe"]


def test_both_routes_show_the_same_numbers():
    figure = both_routes(TABLE, 2, WORDS)
    one_hot, table, row, weight, column, output = panels(figure)
    assert numbers(row) == numbers(output) == [-5.0, 6.0]
    assert numbers(one_hot) == numbers(column) == [0.0, 0.0, 1.0]
    assert frames(table) == [(0, 2, 2, 1)] and frames(weight) == [(2, 0, 1, 2)]
    assert signs(figure) == ["@", "="] * 2


def test_a_sentence_is_a_matrix_of_one_hots():
    one_hots, table, output = panels(sentence_times_table(TABLE, torch.tensor([2, 0, 2, 1]), WORDS))
    assert numbers(one_hots) == [0, 0, 1, 1, 0, 0, 0, 0, 1, 0, 1, 0]
    assert numbers(output) == TABLE[[2, 0, 2, 1]].flatten().tolist()
    assert labels(one_hots.yaxis) == labels(output.yaxis) == ["2 the", "0 fox", "2 the", "1 in"]
    assert one_hots.get_title() == "one-hots: 4 × 3" and output.get_title() == "output: 4 × 2"
    assert frames(table) == []


def test_gradient_frames_the_rows_used_and_counts_them():
    gradient = torch.tensor([[1.0, 2.0], [0.0, 0.0], [5.0, 7.0]])
    (ax,) = panels(gradient_rows(gradient, torch.tensor([0, 2, 2])))
    assert numbers(ax) == gradient.flatten().tolist()
    assert frames(ax) == [(0, 0, 2, 1), (0, 2, 2, 1)]
    assert labels(ax.yaxis) == ["0, used 1 ×", "1, not used", "2, used 2 ×"]
    assert "[0, 2, 2]" in ax.get_title()
    assert [text.get_text() for text in ax.texts][:2] == ["1", "2"]  # whole numbers are written whole
    (ax,) = panels(gradient_rows(gradient / 4, torch.tensor([0, 2])))
    assert [text.get_text() for text in ax.texts][:2] == ["0.25", "0.50"]


def test_a_table_that_wants_a_gradient_can_be_drawn():
    assert numbers(panels(one_hot_times_table(TABLE.clone().requires_grad_(), 1))[2]) == [3.0, 4.0]


def test_inputs_are_left_alone():
    table, ids = TABLE.clone(), torch.tensor([2, 0])
    sentence_times_table(table, ids)
    both_routes(table, 1)
    assert torch.equal(table, TABLE) and ids.tolist() == [2, 0]


@pytest.mark.parametrize("draw", [one_hot_times_table, both_routes])
@pytest.mark.parametrize("token_id", [-1, 3])
def test_an_id_without_a_row_is_named(draw, token_id):
    with pytest.raises(IndexError, match=f"id {token_id} has no row: the table has 3 rows, so ids run from 0 to 2"):
        draw(TABLE, token_id)


def test_words_must_match_the_rows():
    with pytest.raises(ValueError, match="expected 3 words, one for each row; got 2"):
        one_hot_times_table(TABLE, 0, ["fox", "in"])
