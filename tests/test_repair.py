"""Repair: the search finds one edit of the learner's code that makes every case right, or it says nothing."""

from __future__ import annotations

import ast
import sys
import time
from dataclasses import replace

import pytest
import torch
from helpers import said
from test_judge import ROWS, defined

from tutorial_pkg import practice
from tutorial_pkg.practice import api
from tutorial_pkg.practice.api import progress
from tutorial_pkg.practice.items import Exercise, find
from tutorial_pkg.practice.judge import judge
from tutorial_pkg.practice.repair import ADDED, RELATIVES, _code, _nests_itself


def vocabulary(tokens):
    return {token: i for i, token in enumerate(sorted(set(tokens)))}


def mean_row(table, ids):
    return table[ids].mean(dim=0)


def windows(ids, size):
    found = []
    for i in range(len(ids) - size + 1):
        found.append(ids[i : i + size])
    return found


def first_place(numbers):
    return numbers.argsort(descending=True)[0]


def exercise(solution, *cases):
    return Exercise(name="rows", task="### Exercise 1", solution=solution, success="Yes.", hints=["Hm."],
                    cases=lambda: [*cases])  # fmt: skip


# The first text has many words, so that a set does not have them in alphabetical order by chance.
TOKENS = exercise(
    vocabulary, ("the fox is in the old red house by the sea".split(),), ("b a b c".split(),), (["x"],), ([],)
)
MEANS = exercise(
    mean_row,
    (torch.arange(12.0).reshape(4, 3).requires_grad_(), torch.tensor([0, 2])),
    (torch.arange(10.0).reshape(5, 2), torch.tensor([1, 1, 4])),
)
PLACES = exercise(first_place, (torch.tensor([3, 9, 4]),), (torch.tensor([8, 2, 1, 5]),), (torch.tensor([0, 1]),))
WINDOWS = exercise(windows, ([1, 2, 3, 4], 2), ([1, 2, 3, 4, 5], 3), ([1, 2], 2))

BEGINS = "b = [V * p // P for p in range(P)]"
LAYER = "layer = torch.nn.Embedding(n, d, padding_idx=p)\nlayer.weight.data *= 0.02"
FREEZE = "layer.weight[p].requires_grad_(False)"


@pytest.mark.parametrize(
    ("task", "parameters", "body", "before", "after"),
    [
        (TOKENS, "tokens", "return {t: i for i, t in enumerate(sorted(tokens))}", "tokens", "set(tokens)"),
        (TOKENS, "tokens", "return {t: i for i, t in enumerate(set(tokens))}", "set(tokens)", "sorted(set(tokens))"),
        (TOKENS, "tokens", "return {t: i for i, t in enumerate(sorted(set(tokens)), 1)}", "", ""),
        (MEANS, "table, ids", "return table[ids].sum(dim=0)", "", "table[ids].mean"),
        (MEANS, "table, ids", "return table[ids].mean(dim=1)", "1", "0"),
        (MEANS, "t, i", "return t[i].mean()", "t[i].mean()", "t[i].mean(dim=0)"),
        (MEANS, "table, ids", "return -table[ids].mean(dim=0)", "", "table[ids].mean(dim=0)"),
        (
            PLACES,
            "numbers",
            "return int(numbers.argsort()[0])",
            "numbers.argsort()",
            "numbers.argsort(descending=True)",
        ),
        (WINDOWS, "ids, size", "return [ids[i : i + size] for i in range(len(ids) - size)]", "", ""),
        (WINDOWS, "a, n", "r = []\nfor i in range(len(a) - n + 1):\n    r.append(a[i : i + n])\n    return r", "", ""),
        (WINDOWS, "a, n", "r = []\nfor i in range(len(a) - n + 1):\n    r.append(a[i : i + n - 1])\nreturn r", "", ""),
        # not `* 1` in place of `+ 1`, and not the number 0 in place of 1
        (
            MEANS,
            "table, ids",
            "return table[ids].mean(dim=0) + 1",
            "mean(dim=0) + 1",
            "with `table[ids].mean(dim=0)` in",
        ),
        # `ids` occurs twice, so the code around it is shown
        (MEANS, "t, ids", "return t[ids].sum(dim=0) / ids", "t[ids].sum(dim=0) / ids", "t[ids].sum(dim=0) / len(ids)"),
        (find("row_parts"), "V, P", f"{BEGINS}\nreturn list(zip(b, b[1:] + [V - 1]))", "V - 1", "with `V` in place"),
        (find("small_start"), "n, d, p", f"{LAYER}\n{FREEZE}\nreturn layer", FREEZE, f"without `{FREEZE}`"),
    ],
)
def test_one_edit_is_found_and_shown_in_three_steps(task, parameters, body, before, after, tmp_path):
    verdict = judge(task, defined(tmp_path, body, parameters))
    assert verdict.state == "not yet" and verdict.repair is not None, verdict.message
    assert verdict.message.endswith(verdict.repair.first)
    assert before in verdict.repair.before and after in verdict.repair.last
    assert len(verdict.repair.kind) > 20


@pytest.mark.parametrize("body", ["return {}", "return {t: len(t) * 7 for t in tokens[::3]}"])
def test_nothing_is_said_where_no_single_edit_helps(body, tmp_path):
    verdict = judge(TOKENS, defined(tmp_path, body, "tokens"))
    assert verdict.state == "not yet" and verdict.repair is None and "one change away" not in verdict.message


@pytest.mark.parametrize(
    ("code", "nests"),
    [
        ("rows.append([rows] * 2 + ids)", True),
        ("rows.append(rows)", True),
        ("rows[0] = [rows]", True),
        ("rows += [rows]", True),
        ("rows.append([pad] * len(rows) + ids)", False),
        ("table[word] = len(table)", False),
        ("total = total + [row]", False),
    ],
)
def test_no_edit_puts_a_list_into_itself(code, nests):
    """torch.tensor ends the process for such a list, so a check must never try it."""
    assert _nests_itself(ast.parse(code)) is nests


def test_without_source_nothing_is_said():
    bare: dict = {}
    exec("def rows(tokens): return sorted(tokens)", bare)
    assert judge(TOKENS, bare["rows"]).repair is None


def test_a_long_search_ends(tmp_path, monkeypatch):
    monkeypatch.setattr("tutorial_pkg.practice.repair.SECONDS", 0.2)
    body = "x = 0\nwhile x < 3:\n    x += 1\n" + "y = [len(t) for t in tokens]\n" * 12 + "return y"
    began = time.process_time()
    assert judge(TOKENS, defined(tmp_path, body, "tokens")).repair is None
    assert time.process_time() - began < 1


def test_the_learners_function_stays_as_it_was(tmp_path):
    answer = defined(tmp_path, "return {t: i for i, t in enumerate(sorted(tokens))}", "tokens")
    names = dict(answer.__globals__)
    judge(TOKENS, answer)
    assert answer(["a", "a"]) == {"a": 1} and dict(answer.__globals__) == names


def test_a_gradient_that_an_edit_loses_does_not_count(tmp_path):
    verdict = judge(MEANS, defined(tmp_path, "return table.detach()[ids].mean(dim=1)"))
    assert verdict.repair is None


def test_check_says_more_each_time_and_hint_shows_the_change(tmp_path, monkeypatch, capsys):
    progress.reset()
    monkeypatch.setattr(api, "find", lambda name, kind: TOKENS)
    answer = defined(tmp_path, "return {t: i for i, t in enumerate(sorted(tokens))}", "tokens")
    practice.check("rows", answer)
    assert said(capsys).endswith("You are one change away: look at `tokens`.")
    practice.check("rows", answer)
    assert said(capsys).endswith('A step is missing there. `hint("rows")` shows the change.')
    practice.hint("rows")
    assert said(capsys) == "○ About your answer: The function is right with `set(tokens)` in place of `tokens`."
    practice.hint("rows")
    assert said(capsys) == "○ Hint 1 of 1: Hm."
    practice.check("rows", vocabulary)
    assert progress.repairs == {}


SPECIALS = """vocabulary = {token: i for i, token in enumerate(sorted(set(tokens)))}
for special in ["<unk>", "<pad>"]:
    vocabulary[special] = len(vocabulary)
    rows = len(vocabulary)
    return vocabulary, rows"""


def test_a_return_inside_a_loop_is_named_and_moved(tmp_path):
    verdict = judge(find("with_specials"), defined(tmp_path, SPECIALS, "tokens"))
    assert verdict.message.endswith(
        "A `return` inside a loop ends the loop at once: look at `return (vocabulary, rows)`."
    )
    assert verdict.repair.last.startswith("Move `return (vocabulary, rows)` below the loop:")


def test_of_a_block_only_the_first_line_is_shown():
    block = ast.parse("for i in x:\n    a = i\n    b = i").body[0]
    assert _code(block) == "for i in x: ..."


def test_no_repair_argues_with_the_message(tmp_path):
    body = "layer = torch.nn.Embedding(n, d, padding_idx=p)\ntorch.nn.init.normal_(layer.weight, std=0.02)\n"
    verdict = judge(find("small_start"), defined(tmp_path, f"{body}layer.weight[p] = 0\nreturn layer", "n, d, p"))
    assert verdict.message.endswith("only inside `with torch.no_grad():`.") and verdict.repair is None


def test_a_text_is_never_compared_with_not_equal(tmp_path):
    lengths = exercise(lambda kind: 2 * (kind == "table"), ("row",), ("table",), ("x",))
    verdict = judge(lengths, defined(tmp_path, "return 2 * (kind == 'rot')", "kind"))
    assert verdict.repair is None or "!=" not in verdict.repair.last


def test_every_rule_is_well_formed():
    assert all(form.count("{}") == 1 for form in ADDED)
    assert all(len(family.split()) > 1 for family in RELATIVES)


# ----------------------------------------------------------------------------- what an answer changes outside itself


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("layer = torch.nn.Linear\nlayer.weight = table\nreturn table[ids]", "`nn.Linear.weight`"),
        ("torch.nn.functional.one_hot = None\nreturn table[ids]", "`F.one_hot`"),
        ("torch.set_default_dtype = torch.float64\nreturn table[ids]", "`torch.set_default_dtype`"),
        ("random.seed = 0\nreturn table[ids]", "`random.seed`"),
        ("np.float64 = 3\nreturn table[ids]", "`np.float64`"),
        ("import os\nos.chdir('/')\nreturn table[ids]", "the working folder"),
        ("torch.nn.Linear.reset_parameters = None\nreturn 0", "`nn.Linear.reset_parameters`"),
    ],
)
def test_what_an_answer_changes_is_put_back_and_told(body, what, tmp_path, monkeypatch):
    import os
    import random

    before = (
        vars(torch.nn.Linear).copy(),
        torch.nn.functional.one_hot,
        torch.set_default_dtype,
        random.seed,
        os.getcwd(),
    )
    message = judge(ROWS, defined(tmp_path, body)).message
    after = vars(torch.nn.Linear).copy(), torch.nn.functional.one_hot, torch.set_default_dtype, random.seed, os.getcwd()
    assert message.startswith(f"This changes {what}, which would change every later cell.") and before == after
    assert ("call it: `nn.Linear(...)`" in message) == ("nn.Linear" in body)


def test_what_a_cell_above_replaced_does_not_change_the_verdict(tmp_path, monkeypatch):
    import random

    for owner, name, value in (
        (torch, "set_default_dtype", torch.float64),
        (random, "seed", 0),
        (torch, "stack", None),
    ):
        monkeypatch.setattr(owner, name, value)
    body = "return torch.stack([table[i] for i in ids.reshape(-1)]).reshape(*ids.shape, -1)"
    assert judge(ROWS, defined(tmp_path, body)).state == "correct"
    assert random.seed == 0 and torch.stack is None, "the learner's own changes must stay"


def test_an_answer_that_must_use_a_layer(tmp_path):
    needs = replace(ROWS, needs=("linear",), needs_says="Use a layer.")
    assert judge(needs, defined(tmp_path, "return table[ids]")).message == "Use a layer."
    body = "w = torch.nn.functional.one_hot(ids, len(table)).float()\nreturn torch.nn.functional.linear(w, table.T)"
    assert judge(needs, defined(tmp_path, body)).state == "correct"


# ---------------------------------------------------------------------------------------------------- time and imports


def test_the_limit_counts_processor_time_over_all_calls(tmp_path):
    burn = "end = time.thread_time() + {}\nwhile time.thread_time() < end: pass\nreturn table[ids]"
    slow = replace(ROWS, seconds=0.5)
    assert judge(slow, defined(tmp_path, burn.format(0.1))).state == "correct"  # three calls
    assert "was stopped" in judge(slow, defined(tmp_path, burn.format(0.3))).message  # each call is within, all are not


def test_an_import_is_not_interrupted(tmp_path, monkeypatch):
    (tmp_path / "slow_module.py").write_text("import time\nend = time.thread_time() + 0.3\n"
                                             "while time.thread_time() < end: pass\nwhole = True\n")  # fmt: skip
    monkeypatch.syspath_prepend(tmp_path)
    quick = replace(ROWS, seconds=0.1)
    message = judge(quick, defined(tmp_path, "import slow_module\nwhile True: pass")).message
    assert "was stopped" in message
    assert sys.modules["slow_module"].whole


@pytest.mark.parametrize(
    ("body", "pictures"),
    [
        ("return table[ids] * 2", 1),
        ("return table.T[ids % 2]", 1),  # this mistake has a message, too
        ("return table[9]", 0),  # an error has no result to show
        ("return list(table[ids])", 0),  # no number differs
        ("return table[ids]", 0),
        ("return 'rows'", 0),
    ],
)
def test_a_wrong_small_table_is_shown_next_to_the_expected_one(body, pictures, tmp_path, monkeypatch):
    shown = []
    monkeypatch.setattr("tutorial_pkg.draw.show", shown.append)
    monkeypatch.setattr(api, "find", lambda name, kind: ROWS)
    practice.check("rows", defined(tmp_path, body))
    assert len(shown) == pictures
    assert all("expected" in figure.words for figure in shown)
