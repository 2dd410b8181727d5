"""The four routes give the same rows and gradients, name errors in their inputs, and can be timed."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from tutorial_pkg.lookup import look_up
from tutorial_pkg.routes import ROUTES, by_index, by_linear, by_one_hot, calls, forward_backward

TABLE = torch.arange(20.0).reshape(4, 5)
every_route = pytest.mark.parametrize("route", ROUTES.values(), ids=[route.__name__ for route in ROUTES.values()])


@st.composite
def tables_and_ids(draw, dtypes=(torch.float32, torch.float64, torch.bfloat16)):
    rows, width = draw(st.integers(1, 9)), draw(st.integers(1, 6))
    shape = draw(st.lists(st.integers(0, 4), max_size=3))
    generator = torch.Generator().manual_seed(draw(st.integers(0, 2**31)))
    table = torch.randn(rows, width, generator=generator).to(draw(st.sampled_from(dtypes)))
    return table, torch.randint(rows, shape, generator=generator).to(draw(st.sampled_from([torch.int32, torch.int64])))


@given(tables_and_ids())
def test_four_routes_give_the_same_rows(given_):
    table, ids = given_
    first = by_index(table, ids)
    assert first.shape == (*ids.shape, table.shape[1]) and first.dtype == table.dtype
    for route in (look_up, by_one_hot, by_linear):
        other = route(table, ids)
        assert torch.equal(other, first) and other.dtype == first.dtype


@given(tables_and_ids(dtypes=(torch.float32, torch.float64)))
def test_rows_are_those_of_numpy_and_of_the_layers(given_):
    table, ids = given_
    indexed = table.numpy()[ids.numpy()]
    product = np.eye(table.shape[0], dtype=table.numpy().dtype)[ids.numpy()] @ table.numpy()
    embedding = nn.Embedding.from_pretrained(table.clone())
    linear = nn.Linear(*table.shape, bias=False, dtype=table.dtype)
    with torch.no_grad():
        linear.weight.copy_(table.T)
        layer_rows = linear(F.one_hot(ids.long(), table.shape[0]).to(table.dtype))
    for route in ROUTES.values():
        rows = route(table, ids)
        assert np.array_equal(rows.numpy(), indexed) and np.array_equal(rows.numpy(), product)
        assert torch.equal(rows, embedding(ids)) and torch.equal(rows, layer_rows)


def gradient(route, table, ids, pull):
    leaf = table.clone().requires_grad_()
    (route(leaf, ids) * pull).sum().backward()
    return leaf.grad


@given(tables_and_ids(dtypes=(torch.float32, torch.float64)), st.integers(0, 2**31))
def test_gradients_agree_and_unused_rows_get_zero(given_, seed):
    table, ids = given_
    pull = torch.randn(*ids.shape, table.shape[1], generator=torch.Generator().manual_seed(seed)).to(table.dtype)
    reference = np.zeros(tuple(table.shape))
    np.add.at(
        reference, ids.flatten().numpy(), pull.reshape(-1, table.shape[1]).double().numpy()
    )  # the gradients of repeated ids add up
    for route in ROUTES.values():
        found = gradient(route, table, ids, pull)
        assert np.allclose(found.numpy(), reference, rtol=1e-5, atol=1e-5)
        unused = torch.ones(table.shape[0], dtype=torch.bool)
        unused[ids.flatten().long()] = False
        assert not found[unused].any()


@given(tables_and_ids(dtypes=(torch.float32,)), st.randoms(use_true_random=False))
def test_gradients_are_the_same_bits_where_no_id_repeats(given_, random):
    table, _ = given_
    ids = torch.tensor(random.sample(range(table.shape[0]), random.randint(0, table.shape[0])), dtype=torch.int64)
    pull = torch.tensor([[random.uniform(-1, 1) for _ in range(table.shape[1])] for _ in ids])
    pull = pull.reshape(len(ids), table.shape[1])
    first = gradient(by_index, table, ids, pull)
    for route in ROUTES.values():
        assert torch.equal(gradient(route, table, ids, pull), first)


@every_route
def test_no_ids_and_no_vocabulary(route):
    assert route(TABLE, torch.tensor(2)).tolist() == TABLE[2].tolist()
    assert route(TABLE, torch.empty(0, dtype=torch.int64)).shape == (0, 5)
    assert route(TABLE, torch.empty(2, 0, dtype=torch.int32)).shape == (2, 0, 5)
    assert route(TABLE[:0], torch.empty(0, dtype=torch.int64)).shape == (0, 5)


@every_route
def test_inputs_are_left_alone(route):
    table, ids = TABLE.clone(), torch.tensor([3, 0])
    route(table, ids).zero_()
    assert torch.equal(table, TABLE) and ids.tolist() == [3, 0]


@every_route
@pytest.mark.parametrize(
    ("table", "ids", "error", "says"),
    [
        (TABLE, [0, 2], TypeError, ["ids is [0, 2], of type list", "torch.tensor(ids)"]),
        (TABLE, torch.tensor([2.5]), TypeError, ["torch.float32", "begins with 2.5", "torch.int64 or torch.int32"]),
        (TABLE, torch.tensor([0, -1]), IndexError, ["id -1 at ids[1] is negative", "from 0 to 3"]),
        (TABLE, torch.tensor([[0, 4]]), IndexError, ["id 4 at ids[0, 1] is too large", "from 0 to 3"]),
        (TABLE[0], torch.tensor([0]), ValueError, ["shape (5,)", "(vocabulary, dimension)"]),
        (TABLE.tolist(), torch.tensor([0]), TypeError, ["table is of type list"]),
        (TABLE.long(), torch.tensor([0]), TypeError, ["table is torch.int64"]),
        (nn.Embedding(4, 5), torch.tensor([0]), TypeError, ["table.weight"]),
    ],
)
def test_wrong_input_is_named_by_every_route(route, table, ids, error, says):
    with pytest.raises(error) as caught:
        route(table, ids)
    for words in says:
        assert words in str(caught.value)


def test_calls_leave_errors_to_pytorch():
    for call in calls(TABLE, torch.tensor([7])).values():
        with pytest.raises((IndexError, RuntimeError)) as caught:
            call()
        assert "ids run from" not in str(caught.value)


@given(tables_and_ids(dtypes=(torch.float32,)))
def test_calls_give_the_rows_and_their_gradient_again_and_again(given_):
    table, ids = given_[0].requires_grad_(), given_[1].long()
    upstream = torch.ones(*ids.shape, table.shape[1])
    wanted = torch.bincount(ids.flatten(), minlength=len(table))[:, None].expand(table.shape)
    for name, call in calls(table, ids).items():
        assert torch.equal(call(), table[ids]), name
        run = forward_backward(table, call, upstream)
        run(), run()  # the second run replaces the gradient of the first run
        assert torch.equal(table.grad.to_dense(), wanted.float()), name
        assert table.grad.is_sparse == (name == "sparse"), name
