"""How an answer is judged: whatever a learner's code does, there is one clear message, and nothing else changes."""

from __future__ import annotations

import random
import signal
import sys
import time
import warnings
import weakref
from dataclasses import replace

import numpy as np
import pytest
import torch

from tutorial_pkg.kernel import default_device
from tutorial_pkg.practice.items import IDEAS, Exercise, Slip, find
from tutorial_pkg.practice.judge import judge, unattempted
from tutorial_pkg.practice.timeout import TooLong, run_with_timeout


def cases():
    return [
        (torch.randn(6, 3, requires_grad=True), torch.tensor([4, 0])),
        (torch.randn(5, 5, requires_grad=True), torch.tensor([[1, 1], [3, 0]])),
        (torch.randn(4, 2, requires_grad=True), torch.tensor(2)),
    ]


def stub(table, ids): ...


ROWS = Exercise(
    name="rows",
    task="### Exercise 1",
    stub=stub,
    solution=lambda table, ids: table[ids],
    success="You looked rows up.",
    hints=["Index."],
    slips=[
        Slip("These are columns.", lambda table, ids: table.T[ids % 2], idea=4),
        Slip("Twice the gradient.", lambda p: 2 * p.right - p.right.detach()),
        Slip("Floats are not ids.", lambda table, ids: table[ids.float()]["x"]),
    ],
    cases=cases,
    seconds=0.2,
)


@pytest.fixture(autouse=True)
def no_repair(monkeypatch):
    """Repair has its own tests, and it is slow."""
    monkeypatch.setattr("tutorial_pkg.practice.judge.find_repair", lambda trial: None)


def defined(tmp_path, body: str, parameters: str = "table, ids"):
    """A function with this body, with readable source as in a notebook's cell."""
    path = tmp_path / f"cell{abs(hash(body))}.py"
    path.write_text(f"def rows({parameters}):\n    " + body.replace("\n", "\n    ") + "\n")
    namespace = {"torch": torch, "np": np, "time": time, "random": random, "sys": sys, "warnings": warnings}
    exec(compile(path.read_text(), str(path), "exec"), namespace)
    return namespace["rows"]


# ---------------------------------------------------------------------------------------------------- attempted or not


@pytest.mark.parametrize("body", ["...", "...  # a comment", "return ...", '"""A docstring."""\n...'])
def test_not_attempted(body, tmp_path):
    assert judge(ROWS, defined(tmp_path, body)).state == judge(ROWS, ...).state == "not attempted"


def hunt_text(marks):
    return marks["<unk>"]


def hunt_inside(marks):
    return [mark + 1 for mark in marks]


def hunt_lambda(marks):
    return (lambda mark: mark.a)(marks)


def hunt_dots(marks):
    marks = marks.copy()
    ...
    return marks


@pytest.mark.parametrize(
    ("hunt", "fixed"),
    [
        (hunt_text, "return marks['<pad>']"),  # only a text differs
        (hunt_inside, "return [mark + 2 for mark in marks]"),  # inside a comprehension
        (hunt_lambda, "return (lambda mark: mark.b)(marks)"),  # inside a lambda
        (hunt_inside, "return [mark + 1.0 for mark in marks]"),  # only a type differs
    ],
)
def test_the_smallest_change_is_an_attempt(hunt, fixed, tmp_path):
    exercise = replace(ROWS, stub=hunt)
    assert unattempted(exercise, hunt)
    assert not unattempted(exercise, defined(tmp_path, fixed, "marks"))


def test_dots_that_were_deleted_are_an_attempt(tmp_path):
    exercise = replace(ROWS, stub=hunt_dots)
    assert not unattempted(exercise, defined(tmp_path, "marks = marks.copy()\nreturn marks", "marks"))


# ----------------------------------------------------------------------------------------------------- what is said


@pytest.mark.parametrize(
    "body",
    [
        "return table[ids]",
        "return torch.nn.functional.embedding(ids, table)",
        "return table.index_select(0, ids.reshape(-1)).reshape(*ids.shape, -1)",
        "return table.double()[ids]",
        "t = table * 1\nt += 0\nreturn t[ids]",
        "torch.set_default_device('meta')\nreturn table[ids]",
    ],
)
def test_correct(body, tmp_path):
    found = judge(ROWS, defined(tmp_path, body))
    assert (found.state, found.message) == ("correct", "You looked rows up.")


LIMIT = "The function was stopped after 0.2 seconds."


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("return table.T[ids % 2]", f"These are columns. The idea: {IDEAS[4]}."),
        ("return 2 * table[ids] - table[ids].detach()", "Twice the gradient."),
        (
            "return 3 * table[ids] - 2 * table[ids].detach()",
            "the gradient differs from the gradient of the expected function",
        ),
        ("return table[ids].detach()", "no gradient flows back"),
        ("return table[ids].tolist()", "no gradient flows back"),
        ("return table.detach().numpy()[ids]", "no gradient flows back"),
        ("torch.set_grad_enabled(False)\nreturn table[ids]", "no gradient flows back"),
        ("return list(table[ids]) if ids.ndim else table[ids]", "in a list of tensors"),
        ("r = table[ids]\nids.fill_(0)\nreturn r * 1", "This changes its input `ids` in place"),
        ("r = table[ids.clone()]\nids.fill_(0)\nreturn r", "This changes its input `ids` in place"),
        ("print(table[ids])", "prints its result but does not return it"),
        ("x = table[ids]", "returns None"),
        ("return 'rows'", "got text, 'rows'"),
        ("return table[ids][:1]", "Expected the shape (2, 3), got (1, 3)."),
        ("return table[ids + 1]", "xpected"),
        (
            "return table[ids] if ids.ndim < 2 else table[ids] * 0",
            "20 of 20 numbers differ. The first is at index (0, 0, 0)",
        ),
        ("return table[9]", "raises IndexError"),
        ("return undefined", "raises NameError in the line `return undefined`: name 'undefined' is not defined."),
        ("return rows(table, ids)", "raises RecursionError"),
        ("raise SystemExit(3)", "raises SystemExit in the line `raise SystemExit(3)`: 3."),
        ("return table['a']", "raises"),
        ("while True: pass", LIMIT + " Does a loop ever end?"),
        ("time.sleep(60)", LIMIT),
        ("while True: print('again')", LIMIT),
        ("while True:\n    try: pass\n    except: pass", LIMIT),
        ("while True:\n    try: time.sleep(60)\n    except: pass", LIMIT),
        ("while True:\n    try:\n        while True: time.sleep(9)\n    except BaseException: time.sleep(9)", LIMIT),
        ("def forever():\n    while True: yield 1\nreturn forever()", "Got more than 100,000 parts"),
        ("return range(10**12)", "Got more than 100,000 parts"),
        ("return [0] * 10**6", "Expected the shape (2, 3), got (1000000,)."),
        ("return 10**5000", "an integer of about"),
        ("return torch.zeros(2, 3, device='meta')", "Expected"),
        ("return torch.zeros(1).expand(10**12)", "Expected the shape (2, 3), got (1000000000000,)."),
        ("raise ValueError('x' * 10**6)", "raises ValueError"),
    ],
)
def test_not_yet(body, said, tmp_path, capsys):
    began = time.process_time()
    found = judge(ROWS, defined(tmp_path, body))
    assert found.state == "not yet" and said in found.message
    assert "\n" not in found.message and "Traceback" not in found.message and " at 0x" not in found.message
    assert len(found.message) < 600 and (found.message[0].isupper() or found.message.startswith("rows("))
    assert capsys.readouterr() == ("", ""), "the page must not show what the answer prints"
    assert time.process_time() - began < 3


def test_only_code_with_a_loop_is_asked_about_its_loop(tmp_path):
    assert judge(ROWS, defined(tmp_path, "time.sleep(60)")).message == LIMIT
    assert judge(ROWS, time.sleep).state == "not yet"  # without source
    bpe = replace(find("my_bpe"), seconds=0.1)
    endless = defined(tmp_path, "known = [*ranks]\nwhile known: pieces = [*pieces]", "pieces, ranks")
    assert judge(bpe, endless).message.endswith("find `known` again in each round, and merge a pair from it.")


def test_what_it_prints_is_counted(tmp_path):
    found = judge(ROWS, defined(tmp_path, "print('a')\nreturn table[ids]"))
    assert "also printed 3 lines" in found.message


def test_a_type_error_with_a_different_cause_does_not_get_the_named_message(tmp_path):
    assert judge(ROWS, defined(tmp_path, "return table[ids.float()]['x']")).message == "Floats are not ids."
    assert "Floats are not ids" not in judge(ROWS, defined(tmp_path, "return table + 'x'")).message


@pytest.mark.parametrize("answer", [3, None, "rows", torch.zeros(2), [[]]])
def test_an_answer_that_is_not_a_function(answer):
    assert "Expected a function called `rows`, got" in judge(ROWS, answer).message


def test_other_parameters():
    assert judge(ROWS, lambda ids: ids).message == "Expected the parameters (table, ids), got (ids)."


LENGTHS = replace(
    ROWS, slips=[], cases=lambda: [([4, 0],), ([1, 2, 3],), ([],)], solution=lambda ids: len(ids), stub=None
)


def test_right_for_the_statements_examples_only():
    assert judge(LENGTHS, len).state == "correct"  # a built-in function is an answer, too
    at_two = judge(LENGTHS, lambda ids: min(len(ids), 2)).message
    assert at_two.startswith(
        "This is right for the example, but not in general. rows(ids=[1, 2, 3]): Expected 3, got 2."
    )
    # the statement also names the second case, so the message must not say "in general"
    shown = replace(LENGTHS, examples=2)
    assert judge(shown, lambda ids: min(len(ids), 2)).message == "rows(ids=[1, 2, 3]): Expected 3, got 2."
    assert "right for the examples, but" in judge(shown, lambda ids: len(ids) or 1).message


def test_one_result_for_every_input_is_said_to_be_that():
    assert "The result is the same for every input." in judge(LENGTHS, lambda ids: 2).message
    assert "same for every input" not in judge(LENGTHS, lambda ids: 3).message


def test_an_error_is_never_right(tmp_path):
    def refuses(table, ids):
        raise KeyError("x")

    broken = replace(ROWS, solution=refuses, slips=[])
    found = judge(broken, defined(tmp_path, "raise KeyError('x')"))
    assert found.state == "not yet" and "own solution does not work in this session: KeyError" in found.message


def test_a_view_that_raises_is_not_blamed_on_the_function(tmp_path):
    layers = replace(
        ROWS, view=lambda layer, *_: layer.weight, slips=[], solution=torch.nn.Embedding, cases=lambda: [(2, 3)]
    )
    said = judge(replace(layers, solution=lambda rows, width: torch.nn.Embedding(rows, width)), lambda rows, width: [1])
    assert said.message == (
        "rows(rows=2, width=3) returns a list. Using it as the task says raises AttributeError: "
        "'list' object has no attribute 'weight'."
    )


# ------------------------------------------------------------------------------------------- the learner's own session


def test_nothing_of_the_learners_changes(tmp_path):
    table, ids = torch.randn(4, 2, requires_grad=True), torch.tensor([1, 2])
    exercise = replace(ROWS, cases=lambda: [(table, ids)], slips=[])
    before = table.detach().clone()
    judge(exercise, defined(tmp_path, "ids.fill_(0)\ntable.data.fill_(0)\nreturn table[ids]"))
    assert torch.equal(table, before) and ids.tolist() == [1, 2] and table.grad is None


# For each setting, the code that changes it and the code that reads it.
SETTINGS = {
    "gradients": ("torch.set_grad_enabled(False)", torch.is_grad_enabled),
    "dtype": ("torch.set_default_dtype(torch.float64)", torch.get_default_dtype),
    "device": ("torch.set_default_device('meta')", default_device),
    "threads": ("torch.set_num_threads(1 + torch.get_num_threads() % 2)", torch.get_num_threads),
    "anomaly": ("torch.autograd.set_detect_anomaly(True, False)", torch.is_anomaly_enabled),
    "exact": ("torch.use_deterministic_algorithms(True)", torch.are_deterministic_algorithms_enabled),
    "torch's printing": ("torch.set_printoptions(precision=1)", lambda: str(torch.tensor([1 / 3]))),
    "numpy's printing": ("np.set_printoptions(precision=1)", lambda: str(np.array([1 / 3]))),
    "numpy's errors": ("np.seterr(all='raise')", np.geterr),
    "warnings": ("warnings.simplefilter('error')", lambda: list(warnings.filters)),
    "recursion": ("sys.setrecursionlimit(2000)", sys.getrecursionlimit),
    "torch's random state": ("torch.rand(3)", lambda: torch.get_rng_state().tolist()),
    "numpy's random state": (
        "np.random.rand(3)",
        lambda: str(np.random.get_state()[1:3]),
    ),
    "Python's random state": ("random.random()", random.getstate),
}


@pytest.fixture
def settings_put_back():
    """Put the settings back after the test."""
    with warnings.catch_warnings(), np.printoptions(), np.errstate():
        depth, threads = sys.getrecursionlimit(), torch.get_num_threads()
        yield
        sys.setrecursionlimit(depth)
    torch.set_grad_enabled(True)
    torch.set_default_dtype(torch.float32)
    torch.set_default_device(None)
    torch.set_num_threads(threads)
    torch.autograd.set_detect_anomaly(False)
    if torch.are_deterministic_algorithms_enabled():
        torch.use_deterministic_algorithms(False)
    torch.set_printoptions(profile="default")


# An answer whose result depends on each setting.
TELLS = """warnings.warn("x")
np.float64(1) / np.float64(0)
drawn = torch.rand(()).item(), np.random.rand(), random.random()
wide, exact = torch.ones(()) + 1e-9 != 1, torch.are_deterministic_algorithms_enabled()
printed = f"{torch.tensor([1 / 3])} {np.array([1 / 3])}"
where, anomaly = torch.ones(()).device, torch.is_anomaly_enabled()
return f"{[f'{one:.3f}' for one in drawn]} {wide} {exact} {anomaly} {where} {printed}"
"""


@pytest.mark.parametrize(("code", "look"), SETTINGS.values(), ids=SETTINGS)
def test_a_setting_does_not_change_the_verdict_and_stays_as_it_is(code, look, tmp_path, settings_put_back):
    usual = look()
    judge(ROWS, defined(tmp_path, f"{code}\nreturn table[ids]"))
    assert look() == usual, "the setting that the answer changes is restored"
    functions = [defined(tmp_path, body) for body in (TELLS, "return table[ids].detach()", "return table[ids]")]
    before = [judge(ROWS, function) for function in functions]
    assert "['0." in before[0].message and [found.state for found in before] == ["not yet", "not yet", "correct"]
    exec(code, {"torch": torch, "np": np, "warnings": warnings, "sys": sys, "random": random})
    theirs = look()
    assert theirs != usual
    assert [judge(ROWS, function) for function in functions] == before
    assert look() == theirs, "the learner's own setting stays"


def test_the_same_answer_always_gets_the_same_message(tmp_path):
    noisy = defined(tmp_path, "return table[ids] + torch.randn(())")
    assert len({judge(ROWS, noisy).message for _ in range(3)}) == 1


# ------------------------------------------------------------------------------------------------------ stopping


def test_a_time_limit_leaves_no_late_interrupt():
    before = signal.getsignal(signal.SIGINT)
    ended = {"in time": 0, "too long": 0}
    for turn in range(200):
        try:
            run_with_timeout(0.003, lambda: time.sleep(0.0001 * (turn % 60)))  # noqa: B023  (some end at the limit)
            ended["in time"] += 1
        except TooLong:
            ended["too long"] += 1
    time.sleep(0.05)  # a late interrupt would end this test
    assert min(ended.values()) > 0 and signal.getsignal(signal.SIGINT) is before


def test_the_learners_own_interrupt_stays_one():
    with pytest.raises(KeyboardInterrupt):
        run_with_timeout(5, lambda: signal.raise_signal(signal.SIGINT))


class Leaf:
    """An object that a weak reference can refer to."""


def test_a_stop_never_hits_a_callback_where_python_would_print_it_and_go_on(monkeypatch):
    """A weak reference's callback: Python prints an exception there ("Exception ignored in ...") and goes on."""
    lost = []
    monkeypatch.setattr(sys, "unraisablehook", lost.append)

    def endless():
        seen = weakref.WeakSet()
        while True:
            seen.add(Leaf())  # it is deleted at once, so the set's callback runs

    for _ in range(12):
        with pytest.raises(TooLong):
            run_with_timeout(0.004, endless)
    assert lost == []
