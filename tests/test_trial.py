"""How an answer is tried: whatever a learner's code does, one clear message comes back and nothing is harmed."""

from __future__ import annotations

import random
import signal
import time

import nbformat
import numpy as np
import pytest
import torch
from helpers import ROOT
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from nbclient import NotebookClient
from tutorial_pkg.practice.trial import TooLong, alike, difference, judge, unattempted, within

from tutorial_pkg.practice.pieces import IDEAS, Exercise, Wrong


def cases():
    return [
        (torch.randn(6, 3, requires_grad=True), torch.tensor([4, 0])),
        (torch.randn(5, 5, requires_grad=True), torch.tensor([[1, 1], [3, 0]])),
        (torch.randn(4, 2, requires_grad=True), torch.tensor(2)),
    ]


ROWS = Exercise(
    name="rows",
    notebook="02_embedding_lookup",
    task="### Exercise",
    stub="def rows(table, ids):\n    ...",
    solution="def rows(table, ids):\n    return table[ids]",
    means="You looked rows up.",
    hints=["Index."],
    right={},
    wrong={
        "columns": Wrong("def rows(table, ids):\n    return table.T[ids % 2]", "These are columns.", 4),
        "doubled gradient": Wrong(
            "def rows(table, ids):\n    r = table[ids]\n    return 2 * r - r.detach()", "Twice the gradient."
        ),
        "a TypeError": Wrong("def rows(table, ids):\n    return table[ids.float()]['x']", "Floats are no ids."),
    },
    cases=cases,
    seconds=0.5,
)

PRELUDE = {"torch": torch, "np": np, "time": time}


def verdict(body: str, exercise: Exercise = ROWS):
    """The verdict on a function with that body."""
    namespace = dict(PRELUDE)
    exec("def rows(table, ids):\n    " + body.replace("\n", "\n    "), namespace)
    return judge(exercise, namespace["rows"])


@pytest.mark.parametrize("body", ["...", "...  # a comment", "return ..."])
def test_not_attempted(body):
    assert verdict(body).state == "not attempted"
    assert judge(ROWS, ...).state == "not attempted"


@pytest.mark.parametrize(
    ("stub", "mended"),
    [
        ("return marks['<unk>']", "return marks['<pad>']"),  # a text alone
        ("return [mark + 1 for mark in marks]", "return [mark + 2 for mark in marks]"),  # inside a comprehension
        ("return (lambda mark: mark.a)(marks)", "return (lambda mark: mark.b)(marks)"),  # inside a lambda
        ("return marks + 1", "return marks + 1.0"),  # a type alone
    ],
)
def test_the_smallest_change_is_an_attempt(stub, mended):
    hunt = Exercise(**{**vars(ROWS), "stub": f"def rows(marks):\n    {stub}"})
    attempts = {}
    for body in (stub, mended):
        exec(f"def rows(marks):\n    {body}", attempts)
        attempts[body] = unattempted(hunt, attempts["rows"])
    assert attempts[stub] and not attempts[mended]


def test_large_whole_numbers_that_differ_a_little_are_told_apart():
    due = torch.full((20,), 38_597_376)
    assert difference(due - 1, due).startswith("20 of 20 numbers differ, first at index (0,)")


@pytest.mark.parametrize(
    "body",
    [
        "return table[ids]",
        "return torch.nn.functional.embedding(ids, table)",
        "return table.index_select(0, ids.reshape(-1)).reshape(*ids.shape, -1)",
        "return table.double()[ids]",
        "t = table * 1\nt += 0\nreturn t[ids]",
    ],
)
def test_correct(body):
    assert verdict(body) == judge(ROWS, lambda t, i: t[i])
    assert verdict(body).message == "You looked rows up."


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("return table.T[ids % 2]", f"These are columns. The idea behind it: {IDEAS[4]}."),
        ("return 2 * table[ids] - table[ids].detach()", "Twice the gradient."),
        ("return 3 * table[ids] - 2 * table[ids].detach()", "the gradient is not that of the function asked for"),
        ("return table[ids].detach()", "no gradient flows back"),
        ("return table[ids].tolist()", "no gradient flows back"),
        ("return table.detach().numpy()[ids]", "no gradient flows back"),
        ("r = table[ids]\nids.fill_(0)\nreturn r * 1", "is at version"),
        ("r = table[ids.clone()]\nids.fill_(0)\nreturn r", "it changes its input `ids` in place"),
        ("print(table[ids])", "prints its result but returns nothing"),
        ("x = table[ids]", "returns nothing"),
        ("return 'rows'", "Text came back"),
        ("return table[ids][:1]", "The shape that came back is (1, 3); it should be (2, 3)"),
        ("return table[ids + 1]", "came back"),
        ("return table[ids] if ids.ndim < 2 else table[ids] * 0", "20 of 20 numbers differ, first at index (0, 0, 0)"),
        ("return table[9]", "raises IndexError"),
        ("return undefined", "raises NameError"),
        ("return rows(table, ids)", "raises RecursionError"),
        ("raise SystemExit(3)", "raises SystemExit: 3"),
        ("return table['a']", "raises"),
        ("return ids.x", "raises AttributeError"),
        ("while True: pass", "it still ran after 0.5 seconds"),
        ("time.sleep(60)", "it still ran after 0.5 seconds"),
        ("while True: print('again')", "it still ran after 0.5 seconds"),
        ("while True:\n    try: pass\n    except: pass", "it still ran after 0.5 seconds"),
        ("def forever():\n    while True: yield 1\nreturn forever()", "it still ran after 0.5 seconds"),
    ],
)
def test_not_yet(body, said, capsys):
    found = verdict(body)
    assert found.state == "not yet" and said in found.message
    assert "\n" not in found.message and "Traceback" not in found.message and " at 0x" not in found.message
    assert capsys.readouterr() == ("", ""), "what the answer prints must not reach the page"


def test_the_learners_line_is_named(tmp_path):
    path = tmp_path / "cell.py"  # in a notebook, IPython keeps the cells' lines where linecache finds them
    path.write_text("def rows(table, ids):\n    far = ids + 100\n    return table[far]\n")
    namespace: dict = {}
    exec(compile(path.read_text(), str(path), "exec"), namespace)
    assert "IndexError in the line `return table[far]`" in judge(ROWS, namespace["rows"]).message


def test_a_type_error_of_another_cause_is_not_taken_for_the_named_one():
    assert "Floats are no ids" not in verdict("return table + 'x'").message


@pytest.mark.parametrize("answer", [3, None, "rows", torch.zeros(2)])
def test_something_else_than_a_function(answer):
    assert "a function of that name is asked for" in judge(ROWS, answer).message


def test_other_parameters():
    assert judge(ROWS, lambda ids: ids).message == "`rows` takes (ids); it is called with (table, ids)."


def test_right_for_the_example_only_and_written_in():
    sizes = Exercise(**{**vars(ROWS), "wrong": {}, "cases": lambda: [([4, 0],), ([1, 2, 3],), ([],)]})
    sizes = Exercise(
        **{**vars(sizes), "solution": "def rows(ids):\n    return len(ids)", "stub": "def rows(ids):\n    ..."}
    )
    assert judge(sizes, len).state == "correct"  # a built-in is an answer as well
    assert "written in, not worked out" in judge(sizes, lambda ids: 2).message
    assert "right for the example, but not in general" in judge(sizes, lambda ids: min(len(ids), 2)).message


def test_of_a_dictionary_the_entry_that_differs_is_named():
    assert difference({"rows": 3, "frozen": True}, {"rows": 3, "frozen": False}) == (
        "frozen: True came back; False is due."
    )


def test_an_error_that_is_due():
    due = "def rows(table, ids):\n    raise ValueError('too large')"
    raising = Exercise(**{**vars(ROWS), "solution": due, "wrong": {}})
    assert verdict("raise ValueError('another text')", raising).state == "correct"
    assert "it should raise ValueError" in verdict("return ids", raising).message
    assert "raises KeyError" in verdict("raise KeyError('x')", raising).message


VALUE = Exercise(
    name="count",
    notebook="02_embedding_lookup",
    task="### Exercise",
    stub="count = ...",
    solution="count = 50_257 * 768",
    means="So many.",
    hints=["Multiply."],
    right={},
    wrong={"sum": Wrong("count = 50_257 + 768", "They are multiplied, not added.", 3)},
)


@pytest.mark.parametrize(
    ("answer", "state", "said"),
    [
        (..., "not attempted", "fill in the value"),
        (38_597_376, "correct", "So many."),
        (38_597_376.0, "correct", "So many."),
        (torch.tensor(38_597_376), "correct", "So many."),
        (38_597_000, "not yet", "which is not it. A hint: Multiply."),
        (51_025, "not yet", "multiplied, not added"),
        ("38597376", "not yet", "Text came"),
        (None, "not yet", "Nothing came"),
        ([38_597_376], "not yet", "The shape is (1,); () is due"),
        (len, "not yet", "is a function; a value is asked for"),
    ],
)
def test_value(answer, state, said):
    found = judge(VALUE, answer)
    assert found.state == state and said in found.message
    assert state == "correct" or "38597376" not in found.message.replace("'38597376'", "").replace("[38597376]", "")


def test_nothing_of_the_learners_changes():
    table, ids = torch.randn(4, 2, requires_grad=True), torch.tensor([1, 2])
    exercise = Exercise(**{**vars(ROWS), "cases": lambda: [(table, ids)], "wrong": {}})
    before = table.detach().clone(), torch.get_rng_state(), random.getstate(), np.random.get_state()[1].copy()
    verdict("torch.manual_seed(9)\nids.fill_(0)\ntable.data.fill_(0)\ntorch.rand(3)\nreturn table[ids]", exercise)
    assert torch.equal(table, before[0]) and ids.tolist() == [1, 2] and table.grad is None
    assert torch.equal(torch.get_rng_state(), before[1]) and random.getstate() == before[2]
    assert (np.random.get_state()[1] == before[3]).all()


def test_the_same_answer_always_gets_the_same_message():
    body = "return table[ids] + torch.randn(())"
    assert len({verdict(body).message for _ in range(3)}) == 1


def test_a_time_limit_leaves_no_late_interrupt():
    before = signal.getsignal(signal.SIGINT)
    ended = {"in time": 0, "too long": 0}
    for turn in range(200):
        try:
            within(0.003, lambda: time.sleep(0.0001 * (turn % 60)))  # noqa: B023  (some end at the limit)
            ended["in time"] += 1
        except TooLong:
            ended["too long"] += 1
    time.sleep(0.05)  # an interrupt still on its way would end this test
    assert min(ended.values()) > 0 and signal.getsignal(signal.SIGINT) is before


def test_the_learners_own_interrupt_stays_one():
    with pytest.raises(KeyboardInterrupt):
        within(5, lambda: signal.raise_signal(signal.SIGINT))


def test_in_a_kernel_an_endless_answer_is_stopped_and_the_kernel_lives():
    cells = [
        "from tutorial_pkg.practice.trial import judge, within\nfrom test_trial import ROWS\nmine = 7",
        "def rows(table, ids):\n    while True: pass\n\n\nprint(judge(ROWS, rows).message)",
        "def rows(table, ids):\n    wide = ids + 100\n    return table[wide]\n\n\nprint(judge(ROWS, rows).message)",
        "print(mine)",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(notebook, timeout=60, resources={"metadata": {"path": str(ROOT / "tests")}}).execute()
    said = ["".join(output.text for output in cell.outputs) for cell in notebook.cells]
    assert said[1].startswith("it still ran after 0.5 seconds") and said[3] == "7\n"
    assert "IndexError in the line `return table[wide]`" in said[2]


# ------------------------------------------------------------------------------------------------------- comparing

numbers = arrays.arrays(
    np.float64, arrays.array_shapes(min_dims=0, max_dims=3, max_side=4), elements=st.floats(-9, 9, width=32)
)


@given(numbers)
def test_alike_in_any_form(values):
    tensor = torch.tensor(values)
    for form in (values, values.tolist(), tensor.float(), torch.nn.Parameter(tensor), tensor.to_sparse()):
        assert alike(form, tensor) and alike(tensor, form)


@given(numbers.filter(lambda values: values.size > 0), st.data())
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
        (torch.tensor([1j]), torch.tensor([1j]), True),
        (torch.nn.Embedding(2, 2), torch.nn.Embedding(2, 2), False),
    ],
)
def test_alike(one, other, same):
    assert alike(one, other) is same
