"""Any result of a learner's function is compared and described correctly, fast, and without an error."""

from __future__ import annotations

import time

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from tutorial_pkg.practice.compare import LONGEST, alike, as_tensor, count_items, shape_of
from tutorial_pkg.practice.items import Finding
from tutorial_pkg.practice.messages import brief, difference, error_text

numbers = arrays.arrays(
    np.float64, arrays.array_shapes(min_dims=0, max_dims=3, max_side=4), elements=st.floats(-9, 9, width=32)
)


@given(numbers)
@settings(max_examples=30)
def test_alike_in_any_form(values):
    tensor = torch.tensor(values)
    for form in (values, values.tolist(), tensor.float(), torch.nn.Parameter(tensor), tensor.to_sparse()):
        assert alike(form, tensor) and alike(tensor, form)


@given(numbers.filter(lambda values: values.size > 0), st.data())
@settings(max_examples=30)
def test_one_other_number_is_not_alike(values, data):
    other = values.copy()
    at = tuple(data.draw(st.integers(0, size - 1)) for size in values.shape)
    other[at] += 0.5
    assert not alike(values, other) and not alike(values.tolist(), torch.tensor(other))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"a": 1}, {"a": torch.tensor(1)}, True),
        ({"a": 1}, {"b": 1}, False),
        (["fox", "in"], ("fox", "in"), True),
        (["fox", "in"], np.array(["fox", "in"]), True),
        (["in", "fox"], ["fox", "in"], False),
        ({"fox"}, {"fox"}, True),
        (None, None, True),
        (None, 0, False),
        ("1", 1, False),
        ([], torch.zeros(0, 3), True),
        ([], [0], False),
        (torch.zeros(2, 0), torch.zeros(3, 0), False),
        (float("nan"), float("nan"), True),
        ([1, [2, 3]], [1, [2, 3]], True),
        ([1, [2, 3]], [1, [2, 4]], False),
        (3, 3.0001, False),
        (1.0, 1.00005, True),  # float32 compared with float64, and sums in a different order
        (1.0, 1.0005, False),  # a formula that is slightly wrong
        ([0.0], [2e-5], False),
        (2**53, 2**53 + 1, False),
        ([2**53], torch.tensor([2**53 + 1]), False),
        (50_257**768, 50_257**768, True),
        (10**400, 10.0, False),
        (torch.tensor([1j]), torch.tensor([1j]), True),
        (torch.nn.Embedding(2, 2), torch.nn.Embedding(2, 2), False),
    ],
)
def test_alike(one, other, same):
    assert alike(one, other) is same


@pytest.mark.parametrize(
    ("got", "expected", "says"),
    [
        (torch.zeros(2, 3), torch.zeros(3, 2), "Expected the shape (3, 2), got (2, 3)."),
        ([1, 2], [1, 2, 3], "Expected [1, 2, 3], got [1, 2]."),
        ("fox", 3, "Expected a value of type int, 3; got text, 'fox'."),
        (None, [1], "Expected a list, [1]; got nothing, None."),
        ({"rows": 3, "frozen": True}, {"rows": 3, "frozen": False}, "frozen: expected False, got True."),
        (Finding("a list. Return a layer"), 1, "Got a list. Return a layer."),
        (
            torch.full((20,), 38_597_375),
            torch.full((20,), 38_597_376),
            "20 of 20 numbers differ. The first is at index (0,): expected 38597376, got 38597375.",
        ),
        (
            [0] * 10**6,
            torch.zeros(3),
            "Expected the shape (3,), got (1000000,).",
        ),
    ],
)
def test_the_difference_is_said_with_expected_and_got(got, expected, says):
    assert difference(got, expected) == says


# ---------------------------------------------------------------------------------------------------- odd things


class Raises:
    """Raises an error in every operation."""

    def __repr__(self):
        raise ValueError("no repr")

    def __eq__(self, other):
        raise ValueError("no ==")

    def __bool__(self):
        raise ValueError("no truth")

    def __len__(self):
        raise ValueError("no len")

    __hash__ = None


class Leaves:
    def __repr__(self):
        raise SystemExit(1)


class Slow:
    def __repr__(self):
        time.sleep(60)


class Endless(Exception):
    def __str__(self):
        raise RuntimeError("no text")


def itself():
    one: list = []
    one += [one, one]
    return one


def deep():
    one: list = []
    for _ in range(100_000):
        one = [one]
    return one


ODD = {
    "raises": Raises(),
    "list of raises": [Raises()],
    "leaves": [Leaves()],
    "slow": Slow(),
    "holds itself": itself(),
    "deep": deep(),
    "huge int": 10**5000,
    "huge list": list(range(10**6)),
    "huge list of tensors": [torch.zeros(2)] * 10**6,
    "huge text": "x" * 10**7,
    "huge dict": dict.fromkeys(range(10**6)),
    "words": np.array(["fox", "in"]),
    "objects": np.array([Raises()], dtype=object),
    "meta": torch.zeros(2, 3, device="meta"),
    "nested": torch.nested.nested_tensor([torch.zeros(1), torch.zeros(2)], layout=torch.jagged),
    "sparse": torch.eye(3).to_sparse(),
    "claims to be large": torch.zeros(1).expand(10**12),
    "complex": torch.tensor([1j]),
    "not a number": float("nan"),
    "infinite": [float("inf")],
    "a class": list,
    "a function": len,
    "a module": torch.nn.Linear(2, 2),
    "a coroutine": (lambda: (yield))(),
    "surrogate": "\ud800",
}


@pytest.mark.parametrize("thing", ODD.values(), ids=ODD)
def test_odd_things_are_compared_and_described_fast_and_briefly(thing):
    began = time.process_time()
    every = (torch.zeros(3), [1, 2], 3, "fox", {"a": 1}, None, ["fox"])
    for expected in every[:2] if isinstance(thing, Slow) else every:  # writing a slow thing as text takes 0.2 s
        assert not alike(thing, expected) and not alike([thing], expected)
        said = difference(thing, expected)
        assert "xpected" in said and "got" in said and len(said) < 500 and " at 0x" not in said
    assert len(brief(thing)) <= 160 and len(brief([thing])) <= 160
    as_tensor(thing), shape_of(thing), count_items(thing)
    assert time.process_time() - began < 3


def test_an_error_without_a_text_is_named():
    assert error_text(Endless()) == "Endless"
    assert len(error_text(ValueError("x " * 10**6))) < 300


def test_counting_ends_early():
    assert count_items([[0] * 1000] * 10**6) > LONGEST
