"""Every notebook with each solution in its cell: the cells below still run, and all feedback is right.

`make test` does this with one notebook. It also tests, without a kernel, that each solution is right and that each
result can be predicted.
"""

import pytest
from helpers import run_solved

from tutorial_pkg.practice.items import NOTEBOOKS


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_in_a_solved_notebook_everything_is_right(name):
    run_solved(name)
