"""An unknown name gets one line of help, and a learner's own handler stays."""

from __future__ import annotations

import pytest
from helpers import said
from IPython.core.interactiveshell import InteractiveShell

from tutorial_pkg import name_errors


@pytest.fixture
def shell(monkeypatch):
    made = InteractiveShell()
    monkeypatch.setattr(name_errors, "get_ipython", lambda: made)
    monkeypatch.setattr(made, "showtraceback", lambda *args, **options: None)
    return made


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("unknown + 1", "Does a cell above define `unknown`? Run the cells above: Run > Run All Above Selected Cell."),
        ('predict("predict_rows", b)', 'An answer needs quotes: write "b" in place of b.'),
        ('answer("recall_rows", c)', 'An answer needs quotes: write "c" in place of c.'),
        ("predict(b, 3)", "Does a cell above define `b`?"),
    ],
)
def test_a_line_follows_the_error(cell, says, shell, capsys):
    shell.user_ns |= {"predict": print, "answer": print}
    name_errors.watch()
    shell.run_cell(cell, store_history=True)
    assert says in said(capsys)


def test_the_learners_own_handler_stays(shell):
    mine = []
    shell.set_custom_exc((ValueError,), lambda *args, **options: mine.append(1))
    name_errors.watch()
    shell.run_cell("raise ValueError")
    assert mine == [1]
