"""`look_up` compared with nn.Embedding, and its message for each kind of wrong input."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from tutorial_pkg.lookup import look_up

TABLE = torch.arange(18.0).reshape(6, 3)
NESTED = torch.nested.as_nested_tensor([torch.tensor([0]), torch.tensor([1, 2])])


@st.composite
def tables_and_ids(draw):
    rows, width = draw(st.integers(1, 9)), draw(st.integers(1, 5))
    shape = draw(st.lists(st.integers(0, 4), max_size=4))
    generator = torch.Generator().manual_seed(draw(st.integers(0, 2**31)))
    table_type = draw(st.sampled_from([torch.float16, torch.bfloat16, torch.float32, torch.float64]))
    id_type = draw(st.sampled_from([torch.int32, torch.int64]))
    table = torch.randn(rows, width, generator=generator).to(table_type)
    return table, torch.randint(rows, shape, generator=generator).to(id_type)


@settings(deadline=None)
@given(tables_and_ids())
def test_equals_nn_embedding_with_its_gradient(given_):
    table, ids = given_
    layer = nn.Embedding.from_pretrained(table.clone(), freeze=False)
    mine = table.clone().requires_grad_()
    ours, theirs = look_up(mine, ids), layer(ids)
    assert torch.equal(ours, theirs)
    assert ours.dtype == table.dtype
    assert ours.shape == (*ids.shape, table.shape[1])
    ours.sum().backward()
    theirs.sum().backward()
    assert torch.equal(mine.grad, layer.weight.grad)


@settings(deadline=None)
@given(tables_and_ids(), st.data())
def test_one_id_outside_is_named_with_its_place(given_, data):
    table, ids = given_
    if ids.numel() == 0:
        return
    at = data.draw(st.integers(0, ids.numel() - 1))
    rows = table.shape[0]
    outside = data.draw(st.one_of(st.integers(-(2**31), -1), st.integers(rows, 2**31 - 1)))
    ids.view(-1)[at] = outside
    where = tuple(torch.unravel_index(torch.tensor(at), ids.shape)) if ids.ndim else ()
    place = f" at ids[{', '.join(str(int(one)) for one in where)}]" if ids.ndim else ""
    with pytest.raises(IndexError) as caught:
        look_up(table, ids)
    kind = "negative" if outside < 0 else "too large"
    assert str(caught.value) == (
        f"id {outside}{place} is {kind}: the table has {rows} rows, so ids run from 0 to {rows - 1}"
    )


def test_of_several_ids_outside_the_first_is_named():
    with pytest.raises(IndexError, match=r"id 6 at ids\[0, 1\] is too large"):
        look_up(TABLE, torch.tensor([[0, 6], [-1, 2]]))


def test_no_ids_give_no_rows_of_the_right_width():
    assert look_up(TABLE, torch.empty(0, dtype=torch.int64)).shape == (0, 3)
    assert look_up(TABLE, torch.empty(2, 0, dtype=torch.int64)).shape == (2, 0, 3)
    assert look_up(TABLE[:0], torch.empty(0, dtype=torch.int64)).shape == (0, 3)


def test_input_is_left_alone():
    table, ids = TABLE.clone(), torch.tensor([5, 0])
    look_up(table, ids).zero_()
    assert torch.equal(table, TABLE)
    assert ids.tolist() == [5, 0]


@pytest.mark.parametrize(
    ("table", "ids", "error", "says"),
    [
        (TABLE, [2, 3], TypeError, ["ids is [2, 3], of type list", "torch.tensor(ids)"]),
        (TABLE, 2, TypeError, ["ids is 2, of type int", "torch.tensor(ids)"]),
        (TABLE, list(range(99)), TypeError, ["ids is [0, 1, 2", "...", "of type list"]),
        (TABLE, torch.tensor([2.5, 0.0]), TypeError, ["torch.float32", "begins with 2.5", "a name, not a quantity"]),
        (TABLE, torch.tensor([]), TypeError, ["empty tensor of torch.float32", "torch.tensor([], dtype=torch.int64)"]),
        (TABLE, torch.tensor([True]), TypeError, ["torch.bool", "begins with True", "ids.long()"]),
        (TABLE, torch.tensor([2], dtype=torch.uint8), TypeError, ["torch.uint8", "ids.long()"]),
        (TABLE, torch.tensor(6), IndexError, ["id 6 is too large", "from 0 to 5"]),
        (TABLE, torch.tensor([0, -1]), IndexError, ["id -1 at ids[1] is negative", "from 0 to 5"]),
        (TABLE[:0], torch.tensor([0]), IndexError, ["id 0 at ids[0] is too large", "the table has no rows"]),
        (TABLE[0], torch.tensor([0]), ValueError, ["shape (3,)", "(vocabulary, dimension)"]),
        (TABLE[None], torch.tensor([0]), ValueError, ["shape (1, 6, 3)"]),
        (TABLE.long(), torch.tensor([0]), TypeError, ["table is torch.int64", "torch.float32"]),
        (TABLE.tolist(), torch.tensor([0]), TypeError, ["table is of type list", "(V, d)"]),
        (nn.Embedding(6, 3), torch.tensor([0]), TypeError, ["nn.Embedding layer", "table.weight"]),
        (TABLE.to("meta"), torch.tensor([0]), ValueError, ["table is on the device meta", "no numbers"]),
        (TABLE, torch.tensor([0], device="meta"), ValueError, ["ids is on the device meta", "no numbers"]),
        (TABLE.to_sparse(), torch.tensor([0]), TypeError, ["table is a sparse tensor", "table.to_dense()"]),
        (TABLE, torch.tensor([0, 1]).to_sparse(), TypeError, ["ids is a sparse tensor", "ids.to_dense()"]),
        (TABLE, NESTED, TypeError, ["ids is a nested tensor", "pad its parts"]),
        (torch.nested.as_nested_tensor([TABLE, TABLE]), torch.tensor([0]), TypeError, ["table is a nested tensor"]),
    ],
)
def test_wrong_input_is_named(table, ids, error, says):
    with pytest.raises(error) as caught:
        look_up(table, ids)
    for words in says:
        assert words in str(caught.value)


@pytest.mark.parametrize("ids", [list(range(10**6)), "x" * 10**6])
def test_a_message_does_not_repeat_a_million_ids(ids):
    with pytest.raises(TypeError) as caught:
        look_up(TABLE, ids)
    assert len(str(caught.value)) < 300
