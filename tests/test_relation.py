"""What the checker says about wrong results that no exercise names: how they relate to the right ones, what fails."""

from __future__ import annotations

import dataclasses
import inspect

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from tutorial_pkg.practice.errors import MEANS, meaning
from tutorial_pkg.practice.items import Exercise, Finding, Wrong
from tutorial_pkg.practice.judge import judge
from tutorial_pkg.practice.relation import INSTEAD, relations, traits

RIGHT = torch.tensor([[1.5, 2.0, -3.0], [0.5, 5.0, 6.25]])
LAYER = nn.Linear(2, 3)
PLACES = torch.tensor([2, 0, 2, 1])


@pytest.mark.parametrize(
    ("got", "expected", "says"),
    [
        (RIGHT.T, RIGHT, "rows and columns exchanged"),
        (RIGHT[:, :2].T, RIGHT[:, :2], "rows and columns exchanged"),
        (RIGHT[None].permute(2, 0, 1), RIGHT[None], "dimensions in another order"),
        (RIGHT[None], RIGHT, "one dimension of size 1 too many"),
        (RIGHT[0], RIGHT[:1, None], "two dimensions of size 1 too few"),
        (RIGHT[:, None], RIGHT[None], "a dimension of size 1 stands in another place"),
        (RIGHT.flatten(), RIGHT, "only their shape is another"),
        (RIGHT.sum(), RIGHT, "One number, the sum"),
        (RIGHT, RIGHT.mean(), "Not yet one number: the mean"),
        (RIGHT, RIGHT.sum(0), "not yet reduced: the sum over dimension 0"),
        (RIGHT.amax(1), RIGHT, "the largest over dimension 1 of what is expected"),
        (F.one_hot(PLACES), PLACES, "argmax"),
        (torch.tensor([True, False, True]), torch.tensor([0, 2]), "It marks the places"),
        (RIGHT / 0 * 0, RIGHT, "holds nan"),
        (torch.zeros(2, 3), RIGHT, "Every number is 0"),
        (torch.ones(2, 3), RIGHT, "Every number is the same"),
        (3 * RIGHT, RIGHT, "Every number is 3 times what"),
        (RIGHT / 2, RIGHT, "Every number is 1/2 of what"),
        (RIGHT / -4, RIGHT, "Every number is -1/4 of what"),
        (RIGHT / 3, RIGHT, "Every number is 1/3 of what"),
        (PLACES + 1, PLACES, "Every number is 1 too large"),
        ([4, 5, 6], [6, 7, 8], "Every number is 2 too small"),
        (7, 8, "It is 1 too small"),
        (16, 8, "It is 2 times what"),
        (-RIGHT, RIGHT, "The sign is the other one"),
        (RIGHT.flip(0), RIGHT, "from last to first"),
        ([1, 2, 3, 5], [5, 1, 2, 3], "one place too far"),
        (["a", "b", "c"], ["b", "c", "a"], "one place too far"),
        (["a", "b", "c", "d"], ["c", "a", "d", "b"], "but sorted"),
        (["c", "a", "d", "b"], ["a", "b", "c", "d"], "but not sorted"),
        ([3, 1, 4, 2], [1, 4, 2, 3][::-1], "in another order"),
        ([2, 3], [1, 2, 3], "The first part is missing"),
        (RIGHT[:1], RIGHT, "The last part is missing"),
        (["<s>", "a", "b"], ["a", "b"], "one part too many at the front"),
        (["a", "b", "</s>"], ["a", "b"], "one part too many at the end"),
        ([3, 1], [3, 1, 1, 3], "those that repeat should repeat"),
        ([3, 1, 1, 3], [3, 1], "each is expected once"),
        ([], [3, 1], "It is empty"),
        (torch.topk(RIGHT, 2), torch.topk(RIGHT, 2).indices, "part [1] of the pair"),
        ([RIGHT], RIGHT, "part [0] of the list of 1"),
        (5, [5, 6], "only the first part"),
        ({0: "fox"}, {"fox": 0}, "Keys and values are exchanged"),
        ({"fox": 0, "dog": 1}, ["fox", "dog"], "are the keys of the dictionary"),
        ({"fox": 0, "dog": 1}, [0, 1], "are the values of the dictionary"),
        ("the fox", ["the", "fox"], "joined into one text"),
        (["the", " fox"], "the fox", "one text is expected, not a list"),
        ("thefox", "the fox", "Only the spaces differ"),
        ("The fox", "the fox", "Only capital and small letters"),
        ("12", 12, "text that looks like the right value"),
        (["4", "0"], [4, 0], "each is text"),
        (nn.Linear(2, 2), RIGHT, "the layer itself, not what it gives"),
        (LAYER, LAYER.weight.detach(), "the layer itself; its weight is expected"),
        (len, 3, "It is a function"),
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
    assert relations([1, 2], [2, 3], {"ids": [1, 2]})[0] == "It is the input `ids`, as it was passed."


class Odd:
    """Raises wherever it is compared, written out or asked for a part."""

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


def exercise(solution, cases, wrong=()):
    return Exercise(
        name="asked", task="### Exercise 1", stub=None, solution=solution, means="Well.", hints=["Hm."],
        cases=lambda: cases, wrong=[*wrong],
    )  # fmt: skip


LISTS = [([3, 1, 2],), ([5, 4],), ([9, 7, 8, 7],), ([],)]


def test_what_holds_in_every_wrong_call_comes_first():
    said = judge(exercise(sorted, LISTS), lambda ids: sorted(ids)[::-1]).message
    assert said.startswith("The right parts from last to first. asked(ids=[3, 1, 2]): ".replace("ids", "iterable"))


def test_what_holds_in_one_wrong_call_only_is_not_said():
    said = judge(exercise(sorted, LISTS), lambda ids: [1, 2] if len(ids) == 3 else sorted(ids, reverse=True)).message
    assert "parts" not in said and "first to last" not in said


def test_one_wrong_number_alone_is_no_relation():
    said = judge(exercise(lambda n: n * n, [(2,), (3,)]), lambda n: 2 * n).message
    assert "times" not in said and "too" not in said


def double(ids):
    return [2 * i for i in ids]


def test_what_the_wrong_calls_have_in_common_is_said():
    said = judge(exercise(double, LISTS), lambda ids: [0 if ids.count(i) > 1 else 2 * i for i in ids]).message
    assert said.endswith("Of the calls tried, those go wrong in which `ids` repeats a number.")


def test_what_tensors_in_a_list_have_in_common_is_said():
    cases = [([RIGHT, RIGHT],), ([RIGHT, RIGHT[:0]],), ([RIGHT],)]
    said = judge(exercise(len, cases), lambda parts: sum(len(part) > 0 for part in parts)).message
    assert said.endswith("those go wrong in which `obj` holds an empty tensor.")


def test_what_a_right_call_has_too_is_not_blamed():
    answer = lambda ids: double(ids) if ids != [5, 4] else [0]  # noqa: E731
    assert "Of the calls tried" not in judge(exercise(double, LISTS), answer).message


def negative(ids):
    return [-3 * i + 20 for i in ids]


def test_where_a_finding_says_more_no_relation_is_said():
    asked = dataclasses.replace(exercise(sorted, LISTS), view=lambda got, ids: Finding("odd") if got == [1] else got)
    assert "last to first" not in judge(asked, lambda ids: sorted(ids)[::-1] if ids else [1]).message


def test_the_notebooks_own_function_is_no_answer():
    asked = dataclasses.replace(exercise(double, LISTS), itself="double")
    assert judge(asked, lambda ids: double(ids)).message == "This calls `double`, which is what you are to write."
    assert judge(asked, lambda ids: [i + i for i in ids]).state == "correct"


def test_tensors_in_a_list_are_told_by_their_shapes():
    asked = exercise(lambda parts: 1, [([torch.zeros(5, 3), torch.zeros(2, 3)],), ([],)])
    assert "parts=[<shape (5, 3)>, <shape (2, 3)>]" in judge(asked, lambda parts: 2).message


def test_a_named_mistake_that_explains_most_wrong_calls_is_said_to_explain_so_many():
    asked = exercise(double, LISTS, [Wrong(negative, "The sign.")])
    answer = lambda ids: [0] if len(ids) == 4 else negative(ids)  # noqa: E731
    assert judge(asked, answer).message.startswith("In 2 of the 3 calls that go wrong it looks like this: The sign. ")
    answer = lambda ids: [0] if len(ids) > 2 else negative(ids)  # noqa: E731
    assert "The sign" not in judge(asked, answer).message
    answer = lambda ids: double(ids) if len(ids) == 4 else negative(ids)  # noqa: E731
    assert judge(asked, answer).message.startswith("In 2 of the 2 calls that go wrong it looks like this: The sign. ")


# --------------------------------------------------------------------------------------------------- errors explained


def unbound():
    x = x + 1  # noqa: F821, F841


ids, floats = torch.tensor([0, 3]), torch.ones(2, 3)
weight = nn.Parameter(torch.ones(2))
ONE, THREE, NOTHING = [1], 3, None
ERRORS = {
    "lies outside": [
        lambda: F.embedding(ids, floats),
        lambda: floats[ids],
        lambda: floats[5],
        lambda: [1][1],
        lambda: "a"[2],
    ],
    "as large as `num_classes`": [lambda: F.one_hot(ids, 3)],
    "int64: .long()": [lambda: F.one_hot(floats), lambda: F.one_hot(ids.int())],
    "(int64)": [
        lambda: floats[torch.tensor([0.0])],
        lambda: F.embedding(floats, floats),
        lambda: ONE[0.5],
    ],
    "the last size of A": [
        lambda: floats @ floats,
        lambda: floats @ torch.ones(2),
        lambda: torch.ones(2) @ torch.ones(3),
    ],
    "one dtype": [
        lambda: floats @ torch.ones(3, 2).long(),
        lambda: floats @ torch.ones(3).long(),
        lambda: torch.ones(3) @ torch.ones(3).long(),
        lambda: nn.Linear(3, 2)(torch.ones(2, 3).long()),
        lambda: torch.bmm(torch.ones(1, 2, 3), torch.ones(1, 3, 2).long()),
    ],
    "not whole numbers: .float()": [lambda: torch.softmax(ids, 0)],
    "A mean wants floats": [lambda: ids.mean()],
    "compared from the last dimension": [
        lambda: floats + torch.ones(2),
        lambda: floats.expand(4, 5),
        lambda: floats[:].copy_(torch.ones(4)),
    ],
    "their list is empty here": [lambda: torch.stack([]), lambda: torch.cat([])],
    "no row that could be looked up": [lambda: F.embedding(ids[:1], torch.empty(0, 3))],
    "torch.mm takes two matrices": [lambda: torch.mm(torch.ones(1, 2, 3), torch.ones(3, 2))],
    "give that size": [lambda: torch.empty(0, 3).reshape(0, -1)],
    "another number of numbers": [lambda: floats.reshape(4)],
    "no such dimension": [lambda: floats.sum(2)],
    "only under `with torch.no_grad():`": [lambda: weight.add_(1), lambda: weight[:1].add_(1)],
    "numpy knows no gradients": [lambda: weight.numpy()],
    "No gradient can flow": [lambda: floats.sum().backward()],
    "backward() starts from one number": [lambda: (weight * 2).backward()],
    "neither true nor false as a whole": [lambda: bool(floats), lambda: bool(floats.numpy() > 0)],
    "Several numbers stand where Python wants one": [lambda: floats.item(), lambda: int(floats)],
    "has to stay an nn.Parameter": [lambda: setattr(nn.Linear(2, 2), "weight", floats)],
    "Something is None": [lambda: [].append(1).sort(), lambda: None + 1, lambda: NOTHING[0]],
    "lacks its ()": [lambda: ids.max + 1, lambda: len[0], lambda: unbound.shape],
    "It is no tensor": [lambda: [1].shape, lambda: (3).long()],
    "can't be a dictionary's key": [lambda: {[1]: 2}],
    "something that has no parts": [lambda: THREE[0]],
    "meets a single value": [lambda: [*3], lambda: [*torch.tensor(3)]],
    "something that is no function": [lambda: ONE()],
    "put together with another one": [lambda: [1] + 2, lambda: floats.shape + 2, lambda: (1,) + 2],
    "str(...) makes text": [lambda: "a" + 1, lambda: "".join([1])],
    "another number of parts than there are names": [lambda: exec("a, b = 1, 2, 3")],
    "given no value in this function": [lambda: undefined],  # noqa: F821
    "before it is given a value": [unbound],
    "divides by zero": [lambda: 1 / 0],
}  # fmt: skip


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("says", "fails"), [(says, fails) for says, some in ERRORS.items() for fails in some])
def test_an_error_is_explained(says, fails):
    with pytest.raises(Exception) as caught:
        fails()
    assert says in meaning(caught.type.__name__, str(caught.value)), inspect.getsource(fails)


def test_every_explanation_is_met():
    assert len(ERRORS) == len(MEANS)
    assert all(any(says in why for says in ERRORS) for why in MEANS.values())


def test_the_explanation_stands_after_the_error():
    said = judge(exercise(lambda ids: ids[0], [([1],), ([2],)]), lambda ids: ids[1]).message
    assert said.endswith("list index out of range. An index lies outside: counted from 0, the last of n is n - 1.")
