"""Answers to the exercises that only the tests read, a file for each exercise, at its own file's place."""

from __future__ import annotations

from collections.abc import Callable


def right(function: Callable) -> Callable:
    """Mark a function as another right answer, in another style."""
    function.right = True
    return function


def caught(says: str) -> Callable[[Callable], Callable]:
    """Mark a function as a wrong answer that a general rule catches; `says` is part of the message it must get."""

    def mark(function: Callable) -> Callable:
        function.caught = says
        return function

    return mark
