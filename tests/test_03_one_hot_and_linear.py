"""Notebook 03: its pictures of one-hot vectors, its four routes by hand, and where these routes differ in PyTorch."""

import numpy as np
import pytest
import roads
import torch
import torch.nn.functional as F
from helpers import cell_namespace, read
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.patches import Rectangle
from torch import nn

from tutorial_pkg.draw.one_hot_and_linear import (
    both_routes,
    gradient_rows,
    linear_times_one_hot,
    one_hot_times_table,
    sentence_times_table,
)
from tutorial_pkg.lookup import look_up
from tutorial_pkg.routes import ROUTES, by_index, by_linear, by_one_hot

TABLE = torch.tensor([[1.0, -2.0], [3.0, 4.0], [-5.0, 6.0]])
WORDS = ["fox", "in", "the"]


def panels(figure):
    """The matrices of a figure, in order. The axes that contain only @ or = are left out."""
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
    assert (weight.get_ylabel(), weight.get_xlabel()) == ("dimension", "token id (vocabulary)")
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
    assert [text.get_text() for text in ax.texts][:2] == ["1", "2"]  # integers are written without decimals
    (ax,) = panels(gradient_rows(gradient / 4, torch.tensor([0, 2])))
    assert [text.get_text() for text in ax.texts][:2] == ["0.25", "0.50"]


def test_gradient_rows_shows_the_table_too_and_says_what_is_zero():
    gradient = torch.zeros(3, 2).index_fill(0, torch.tensor([2, 0]), 0.5)
    left, right = panels(gradient_rows(gradient, [2, 0, 2], WORDS, TABLE))
    assert numbers(left) == TABLE.flatten().tolist() and numbers(right) == gradient.flatten().tolist()
    assert frames(left) == frames(right) == [(0, 0, 2, 1), (0, 2, 2, 1)]
    assert gradient_rows(gradient, [2, 0, 2], WORDS).words.endswith("Rows that are not used contain only zeros: 1 in.")
    assert "contain numbers other than 0: 1 in and 2 the" in gradient_rows(gradient, [0], WORDS).words


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


# ---------------------------------------------------------------------- where the equivalence breaks, in PyTorch itself

TWENTY = torch.arange(20.0).reshape(4, 5)
IDS = torch.tensor([0, 2])


def linear_from(table, bias=False):
    layer = nn.Linear(*table.shape, bias=bias)
    with torch.no_grad():
        layer.weight.copy_(table.T)
    return layer


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan")])
def test_break_1_a_row_not_asked_for_spoils_the_products(value):
    table = TWENTY.clone()
    table[3, 1] = value
    for route in (by_index, look_up):
        assert torch.equal(route(table, IDS), TWENTY[IDS])
    spoilt = torch.zeros(2, 5, dtype=torch.bool)
    spoilt[:, 1] = True
    for route in (by_one_hot, by_linear):
        assert torch.equal(route(table, IDS).isnan(), spoilt)


def test_break_2_negative_ids():
    assert torch.equal(TWENTY[torch.tensor([-1])], TWENTY[3:])
    with pytest.raises(IndexError):
        F.embedding(torch.tensor([-1]), TWENTY)
    with pytest.raises(RuntimeError):
        F.one_hot(torch.tensor([-1]), 4)


def test_break_3_integer_one_hots():
    one_hots = F.one_hot(IDS, 4)
    assert one_hots.dtype == torch.int64
    for fails in (lambda: linear_from(TWENTY)(one_hots), lambda: one_hots @ TWENTY):
        with pytest.raises(RuntimeError):
            fails()
    assert torch.equal(linear_from(TWENTY)(one_hots.float()), TWENTY[IDS])


def test_break_4_int32_ids():
    assert torch.equal(F.embedding(IDS.int(), TWENTY), TWENTY[IDS])
    with pytest.raises(RuntimeError):
        F.one_hot(IDS.int(), 4)


def test_break_5_a_transpose_shares_its_storage():
    embedding = nn.Embedding.from_pretrained(TWENTY.clone())
    weight = nn.Parameter(embedding.weight.T)
    with torch.no_grad():
        weight[1, 3] = 100.0
    assert embedding.weight[3, 1] == 100.0
    copied = nn.Parameter(embedding.weight.T.clone())
    with torch.no_grad():
        copied[1, 3] = -7.0
    assert embedding.weight[3, 1] == 100.0


def test_break_6_the_bias():
    layer = linear_from(torch.zeros(4, 5), bias=True)
    with torch.no_grad():
        layer.bias.copy_(torch.arange(1.0, 6.0))
        every_id = layer(torch.eye(4))
    assert torch.equal(every_id, torch.arange(1.0, 6.0).expand(4, 5))


def test_a_square_table_hides_a_missing_transpose_and_no_other_does():
    square = TWENTY[:, :4]
    layer = nn.Linear(4, 4, bias=False)
    with torch.no_grad():
        layer.weight.copy_(square)  # without .T
        assert torch.equal(layer(torch.eye(4)), square.T)
        with pytest.raises(RuntimeError):
            nn.Linear(4, 5, bias=False).weight.copy_(TWENTY)


def test_an_id_can_have_no_gradient_and_one_without_a_row_is_refused():
    with pytest.raises(RuntimeError):
        torch.tensor(4, requires_grad=True)
    with pytest.raises(RuntimeError):
        F.one_hot(torch.tensor([4]), num_classes=4)
    with pytest.raises(IndexError):
        F.embedding(torch.tensor([4]), TWENTY)


# ------------------------------------------------------------------------------------ the notebook's own functions

NOTEBOOK = "03_one_hot_and_linear"


@pytest.fixture(scope="module")
def cells():
    return cell_namespace(NOTEBOOK, "imports", "tables", "routes")


@given(shape=st.lists(st.integers(0, 4), max_size=3), seed=st.integers(0, 2**31))
def test_routes_by_hand_are_those_of_the_package(cells, shape, seed):
    generator = torch.Generator().manual_seed(seed)
    table, ids = cells["W"], torch.randint(6, shape, generator=generator)
    weights = torch.randn(*shape, 3, generator=generator)
    reference = np.zeros((6, 3))
    np.add.at(reference, ids.flatten().numpy(), weights.reshape(-1, 3).double().numpy())
    assert list(cells["routes"]) == list(ROUTES)
    for name, route in cells["routes"].items():
        assert torch.equal(route(table, ids), ROUTES[name](table, ids)), name
        leaf = table.clone().requires_grad_()
        (route(leaf, ids) * weights).sum().backward()
        assert np.allclose(leaf.grad.numpy(), reference, atol=1e-5), name


def test_each_route_by_hand_is_written_in_one_cell_only():
    """Notebook 03 defines the routes in plain PyTorch. Other notebooks import them."""
    for path in ("03_one_hot_and_linear", "04_why_lookup_wins"):
        definitions = [cell.id for cell in read(path).cells if "def by_" in cell.source]
        assert definitions == (["routes"] if path == NOTEBOOK else [])


def test_the_answer_stands_in_the_first_quarter():
    sources = [cell.source for cell in read(NOTEBOOK).cells]
    place = next(i for i, source in enumerate(sources) if "**An embedding layer is a linear layer" in source)
    assert place < len(sources) / 4


def test_the_words_of_the_side_path_on_the_way_back_hold(cells):
    W, words = cells["W"], cells["words"]
    vector, tokens = W[words["the"]], list(words)
    assert tokens[(W @ vector).argmax()] == "fox" and tokens[torch.cdist(vector[None], W).argmin()] == "the"
    cosine = F.cosine_similarity(W, vector[None])
    assert tokens[cosine.argmax()] == "the" and W[words["fox"]].norm() > vector.norm()


@pytest.mark.parametrize("own", roads.OWN)
def test_own_values_go_all_the_way(own):
    sentence, d, _ = roads.OWN[own]
    printed = roads.run(NOTEBOOK, "tables", own)
    V, tokens = len(set(sentence.lower().split())), min(4, len(sentence.split()))
    for cell_id in ("quick-product", "fill-linear", "sentence-product"):
        assert ": True" in printed[cell_id] and "False" not in printed[cell_id], cell_id
    assert f"It is ({d}, {V})" in printed["fresh-linear"]
    assert "It is 3." in printed["four-routes"] and "It is 5." in printed["gradients"]
    assert f"It is {V}." in printed["with-bias"] and f"It is {tokens}." in printed["break-inf"]
    if "one-hot-gradient-run" in printed:
        assert f"It is ({min(2, tokens)}, {V})" in printed["one-hot-gradient-run"]
