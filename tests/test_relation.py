"""Messages about wrong results that no exercise names: relations to the right result, common cases, and errors."""

from __future__ import annotations

import dataclasses
import inspect

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from tutorial_pkg.practice.errors import ERROR_MEANINGS, meaning
from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.judge import judge
from tutorial_pkg.practice.relation import INSTEAD, relations, traits

RIGHT = torch.tensor([[1.5, 2.0, -3.0], [0.5, 5.0, 6.25]])
PLACES, LAYER = torch.tensor([2, 0, 2, 1]), nn.Linear(2, 3)


@pytest.mark.parametrize(
    ("got", "expected", "says"),
    [
        (RIGHT.T, RIGHT, "rows and columns are exchanged"),
        (RIGHT[:, :2].T, RIGHT[:, :2], "rows and columns are exchanged"),
        (RIGHT[None].permute(2, 0, 1), RIGHT[None], "dimensions are in the wrong order"),
        (RIGHT[None], RIGHT, "1 dimension of size 1 too many"),
        (RIGHT[0], RIGHT[:1, None], "the result has 2 dimensions of size 1 too few"),
        (RIGHT.flatten(), RIGHT, "but the shape is wrong"),
        (RIGHT.sum(), RIGHT, "This is one number, the sum"),
        (RIGHT, RIGHT.mean(), "not yet one number. Return the mean"),
        (RIGHT, RIGHT.sum(0), "take the sum over dimension 0"),
        (RIGHT.amax(1), RIGHT, "the largest over dimension 1 of the expected result"),
        (RIGHT / 0 * 0, RIGHT, "contains nan"),
        (torch.ones(2, 3), RIGHT, "All numbers are the same"),
        (3 * RIGHT, RIGHT, "Every number is 3 times the"),
        (RIGHT / 2, RIGHT, "Every number is 1/2 of the"),
        (RIGHT / -4, RIGHT, "Every number is -1/4 of the"),
        (RIGHT / 3, RIGHT, "Every number is 1/3 of the"),
        (PLACES + 1, PLACES, "Every number is 1 too large"),
        ([4, 5, 6], [6, 7, 8], "Every number is 2 too small"),
        (7, 8, "This is 1 too small"),
        (16, 8, "This is 2 times the"),
        (-RIGHT, RIGHT, "The sign is wrong everywhere"),
        (RIGHT.flip(0), RIGHT, "in reverse order"),
        ([1, 2, 3, 5], [5, 1, 2, 3], "shifted by one position"),
        (["a", "b", "c"], ["b", "c", "a"], "shifted by one position"),
        (["a", "b", "c", "d"], ["c", "a", "d", "b"], "but sorted"),
        (["c", "a", "d", "b"], ["a", "b", "c", "d"], "but not sorted"),
        ([3, 1, 4, 2], [1, 4, 2, 3][::-1], "in the wrong order"),
        ([2, 3], [1, 2, 3], "The first part is missing"),
        (RIGHT[:1], RIGHT, "The last part is missing"),
        (["<s>", "a", "b"], ["a", "b"], "one part too many at the front"),
        (["a", "b", "</s>"], ["a", "b"], "one part too many at the end"),
        ([3, 1], [3, 1, 1, 3], "Keep the repetitions"),
        ([3, 1, 1, 3], [3, 1], "Each should occur once"),
        ([], [3, 1], "The result is empty"),
        (torch.topk(RIGHT, 2), torch.topk(RIGHT, 2).indices, "Part [1] of this pair"),
        ([RIGHT], RIGHT, "Part [0] of this list of 1"),
        ("the fox", ["the", "fox"], "joined into one text"),
        ("thefox", "the fox", "Only the spaces differ"),
        ("The fox", "the fox", "Only upper and lower case"),
        ("12", 12, "text that looks like the right value"),
        (["4", "0"], [4, 0], "each one is text"),
        ({0: "fox"}, {"fox": 0}, "Keys and values are exchanged"),
        (nn.Linear(2, 2), RIGHT, "the layer itself. Return its output"),
        (LAYER, LAYER.weight.detach(), "the layer itself. Return its weight"),
        (len, 3, "This is a function"),
        (F.one_hot(PLACES), PLACES, "argmax"),
        (torch.tensor([True, False, True]), torch.tensor([0, 2]), "a mask of True and False"),
        (["the", " fox"], "the fox", "Join them into one text"),
    ],
)
def test_a_relation_is_said(got, expected, says):
    found = relations(got, expected, {})
    assert any(says in one for one in found), found
    other = torch.tensor([[0.1, 0.7], [11.0, -0.3]])
    assert not any(says in one for one in relations(other, torch.tensor([[0.2, 0.9], [13.0, 0.4]]), {}))


@pytest.mark.parametrize("says", INSTEAD)
def test_what_was_computed_instead_is_said(says):
    right = torch.tensor([0.3, -0.8, 2.6, 1.7]) if "sign" in says.lower() else torch.tensor([0.3, 2.6])
    assert says in relations(INSTEAD[says](right), right, {})
    assert says not in relations(INSTEAD[says](right) + 0.1, right, {})


def test_an_input_given_back_is_known():
    assert relations([1, 2], [2, 3], {"ids": [1, 2]})[0] == "This is the input `ids`, unchanged."


class Odd:
    """Raises an error in every operation."""

    __array__ = __eq__ = __len__ = __iter__ = __repr__ = __getattr__ = lambda self, *args: {}[args]
    __hash__ = None


@pytest.mark.parametrize(
    "odd", [Odd(), None, ..., [Odd()], torch.empty(0), torch.tensor([]), float("nan"), 10**400], ids=range(8)
)
@pytest.mark.parametrize("right", [RIGHT, [1, 2], "fox", 3, {"fox": 0}], ids=range(5))
def test_odd_results_raise_nothing(odd, right):
    assert all(isinstance(says, str) for says in relations(odd, right, {"odd": odd}))
    assert all(isinstance(says, str) for says in traits({"odd": odd}))


# ------------------------------------------------------------------------------------------------ in the judge's words


def exercise(solution, cases, slips=()):
    return Exercise(
        name="asked", task="### Exercise 1", stub=None, solution=solution, success="Well.", hints=["Hm."],
        cases=lambda: cases, slips=[*slips],
    )  # fmt: skip


LISTS = [([3, 1, 2],), ([5, 4],), ([9, 7, 8, 7],), ([],)]


def test_what_holds_in_every_wrong_call_comes_first():
    said = judge(exercise(sorted, LISTS), lambda ids: sorted(ids)[::-1]).message
    assert said.startswith(
        "The parts are right, but in reverse order. asked(ids=[3, 1, 2]): ".replace("ids", "iterable")
    )


def test_what_holds_in_one_wrong_call_only_is_not_said():
    said = judge(exercise(sorted, LISTS), lambda ids: [1, 2] if len(ids) == 3 else sorted(ids, reverse=True)).message
    assert "parts" not in said and "first to last" not in said


def test_a_single_wrong_number_is_not_a_relation():
    said = judge(exercise(lambda n: n * n, [(2,), (3,)]), lambda n: 2 * n).message
    assert "times" not in said and "too" not in said


def double(ids):
    return [2 * i for i in ids]


def test_what_the_wrong_calls_have_in_common_is_said():
    said = judge(exercise(double, LISTS), lambda ids: [0 if ids.count(i) > 1 else 2 * i for i in ids]).message
    assert said.endswith("The wrong calls are those in which `ids` repeats a number.")


def test_what_tensors_in_a_list_have_in_common_is_said():
    cases = [([RIGHT, RIGHT],), ([RIGHT, RIGHT[:0]],), ([RIGHT],)]
    said = judge(exercise(len, cases), lambda parts: sum(len(part) > 0 for part in parts)).message
    assert said.endswith("those in which `obj` contains an empty tensor.")


def test_a_gradient_that_the_wrong_calls_have_in_common_is_said():
    cases = [(torch.ones(2),), (torch.ones(3),), (torch.ones(2, requires_grad=True),)]
    said = judge(exercise(lambda table: table * 2, cases), lambda table: table.numpy() * 2).message
    assert said.endswith("those in which `table` requires a gradient.")


def test_what_a_right_call_has_too_is_not_blamed():
    answer = lambda ids: double(ids) if ids != [5, 4] else [0]  # noqa: E731
    assert "The wrong calls are" not in judge(exercise(double, LISTS), answer).message


def negative(ids):
    return [-3 * i + 20 for i in ids]


def test_where_a_finding_says_more_no_relation_is_said():
    asked = dataclasses.replace(exercise(sorted, LISTS), view=lambda got, ids: Finding("odd") if got == [1] else got)
    assert "reverse order" not in judge(asked, lambda ids: sorted(ids)[::-1] if ids else [1]).message


def test_the_notebooks_own_function_is_not_an_answer():
    asked = dataclasses.replace(exercise(double, LISTS), forbidden_call="double")
    assert judge(asked, lambda ids: double(ids)).message == "This calls `double`. Write that function yourself."
    assert judge(asked, lambda ids: [i + i for i in ids]).state == "correct"


def test_tensors_in_a_list_are_told_by_their_shapes():
    asked = exercise(lambda parts: 1, [([torch.zeros(5, 3), torch.zeros(2, 3)],), ([],)])
    assert "parts=[<shape (5, 3)>, <shape (2, 3)>]" in judge(asked, lambda parts: 2).message


def test_a_named_mistake_that_fits_most_wrong_calls_is_said():
    asked = exercise(double, LISTS, [Slip("The sign.", negative)])
    answer = lambda ids: [0] if len(ids) == 4 else negative(ids)  # noqa: E731
    assert judge(asked, answer).message.startswith("In 2 of the 3 wrong calls, this fits: The sign. ")
    answer = lambda ids: [0] if len(ids) > 2 else negative(ids)  # noqa: E731
    assert "The sign" not in judge(asked, answer).message
    answer = lambda ids: double(ids) if len(ids) == 4 else negative(ids)  # noqa: E731
    assert judge(asked, answer).message.startswith("In 2 of the 2 wrong calls, this fits: The sign. ")


# --------------------------------------------------------------------------------------------------- errors explained


def unbound():
    x = x + 1  # noqa: F821, F841


ids, floats = torch.tensor([0, 3]), torch.ones(2, 3)
weight = nn.Parameter(torch.ones(2))
ONE, THREE, NOTHING = [1], 3, None
ERRORS = {
    "n elements have the indices 0 to n - 1": [
        lambda: F.embedding(-1 - ids, floats),
        lambda: floats.index_add(0, -1 - ids, floats[:1].expand(len(ids), -1)),
        lambda: F.embedding(ids, floats),
        lambda: floats[ids],
        lambda: floats[5],
        lambda: [1][1],
        lambda: "a"[2],
    ],
    "`num_classes` or larger": [lambda: F.one_hot(ids, 3)],
    "int64 ids": [lambda: F.one_hot(floats), lambda: F.one_hot(ids.int())],
    "must be an integer (int64)": [
        lambda: floats[torch.tensor([0.0])],
        lambda: F.embedding(floats, floats),
        lambda: ONE[0.5],
    ],
    "the last size of A": [
        lambda: floats @ floats,
        lambda: floats @ torch.ones(2),
        lambda: torch.ones(2) @ torch.ones(3),
    ],
    "same dtype": [
        lambda: floats @ torch.ones(3, 2).long(),
        lambda: floats @ torch.ones(3).long(),
        lambda: torch.ones(3) @ torch.ones(3).long(),
        lambda: nn.Linear(3, 2)(torch.ones(2, 3).long()),
        lambda: torch.bmm(torch.ones(1, 2, 3), torch.ones(1, 3, 2).long()),
    ],
    "This function needs floats": [lambda: torch.softmax(ids, 0)],
    "A mean needs floats": [lambda: ids.mean()],
    "compared from the last dimension": [
        lambda: floats + torch.ones(2),
        lambda: floats.expand(4, 5),
        lambda: floats[:].copy_(torch.ones(4)),
    ],
    "-0 is 0": [lambda: ids.__setitem__(slice(-0, None), ids[:0])],
    "the list is empty": [lambda: torch.stack([]), lambda: torch.cat([])],
    "does not have a row to look up": [lambda: F.embedding(ids[:1], torch.empty(0, 3))],
    "torch.mm takes two matrices": [lambda: torch.mm(torch.ones(1, 2, 3), torch.ones(3, 2))],
    "write that size out": [lambda: torch.empty(0, 3).reshape(0, -1)],
    "more or fewer numbers than the new shape": [lambda: floats.reshape(4)],
    "fewer dimensions than that": [lambda: floats.sum(2)],
    "only inside `with torch.no_grad():`": [lambda: weight.add_(1), lambda: weight[:1].add_(1)],
    "numpy does not track gradients": [lambda: weight.numpy()],
    "Use `.clone()` for a copy": [lambda: floats.copy(), lambda: floats.astype(int)],
    "use `.flip(dim)`": [lambda: floats[::-1]],
    "Write a star before the shape": [
        lambda: torch.zeros(ids.shape, 2),
        lambda: torch.zeros((ids.shape, 2)),
        lambda: floats.reshape(ids.shape, -1),
    ],
    "A list is not a number": [lambda: max([[1]]) - 1, lambda: 1 - [1]],
    "No gradient can flow back": [lambda: floats.sum().backward()],
    "backward() starts from one number": [lambda: (weight * 2).backward()],
    "neither true nor false": [lambda: bool(floats), lambda: bool(floats.numpy() > 0)],
    "Python needs one number here": [lambda: floats.item(), lambda: int(floats)],
    "must be an nn.Parameter": [lambda: setattr(nn.Linear(2, 2), "weight", floats)],
    "Something is None": [
        lambda: [].append(1).sort(),
        lambda: None + 1,
        lambda: NOTHING[0],
        lambda: torch.tensor([None]),
    ],
    "() after a function or method is missing": [lambda: ids.max + 1, lambda: len[0], lambda: unbound.shape],
    "The text between the parts comes first": [lambda: ["a"].join(" ")],
    "This is not a tensor": [lambda: [1].shape, lambda: (3).long()],
    "cannot be a dictionary key": [lambda: {[1]: 2}],
    "does not have parts": [lambda: THREE[0]],
    "gets a single value": [lambda: [*3], lambda: [*torch.tensor(3)]],
    "something that is not a function": [lambda: ONE()],
    "can be added only to another one": [lambda: [1] + 2, lambda: floats.shape + 2, lambda: (1,) + 2],
    "str(...) turns a number": [lambda: "a" + 1, lambda: "".join([1])],
    "cannot join a single number": [lambda: torch.cat([floats, floats.mean()])],
    "a part of the weight does not have it": [lambda: nn.Linear(3, 2).weight[0].requires_grad_(False)],
    "A list cannot be compared": [lambda: [1] < 2, lambda: 2 > [1], lambda: max([1], 2.5)],
    "The number of names differs": [lambda: exec("a, b = 1, 2, 3")],
    "This name has no value": [lambda: undefined],  # noqa: F821
    "before it has a value": [unbound],
    "divided by zero": [lambda: 1 / 0],
}  # fmt: skip


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("says", "fails"), [(says, fails) for says, some in ERRORS.items() for fails in some])
def test_an_error_is_explained(says, fails):
    with pytest.raises(Exception) as caught:
        fails()
    assert says in meaning(caught.type.__name__, str(caught.value)), inspect.getsource(fails)


def test_every_explanation_is_tested():
    assert len(ERRORS) == len(ERROR_MEANINGS)
    assert all(any(says in why for says in ERRORS) for why in ERROR_MEANINGS.values())


def test_the_explanation_comes_after_the_error():
    said = judge(exercise(lambda ids: ids[0], [([1],), ([2],)]), lambda ids: ids[1]).message
    assert said.endswith("list index out of range. No element has this index: n elements have the indices 0 to n - 1.")
