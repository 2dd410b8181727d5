"""Every notebook, solved: with each solution in its cell, what comes after it still runs and all feedback is right.

In `make test`, one notebook is run so; that each solution is right, and each result can be predicted, is tested there
for all of them, without a kernel.
"""

import pytest
from helpers import run_solved

from tutorial_pkg.practice.items import NOTEBOOKS


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_in_a_solved_notebook_everything_is_right(name):
    run_solved(name)
