"""Practice in a notebook: decide on an answer, see what happens, and read which idea was wrong.

>>> from tutorial_pkg.practice import answer, check, hint, look_back, predict, reveal, solution

Everything is kept in memory, only for this session. Nothing is written to disk, and nothing leaves the machine.
"""

from .api import answer, check, hint, look_back, predict, reveal, solution

__all__ = ["answer", "check", "hint", "look_back", "predict", "reveal", "solution"]
