"""Practice in a notebook: commit to an answer, see what happens, and read which idea was wrong.

>>> from tutorial_pkg.practice import answer, check, hint, look_back, predict, reveal, solution

Everything is kept in memory, for this session only: nothing is written to disk, nothing leaves the machine.
"""

from .api import answer, check, hint, look_back, predict, reveal, solution

__all__ = ["answer", "check", "hint", "look_back", "predict", "reveal", "solution"]
