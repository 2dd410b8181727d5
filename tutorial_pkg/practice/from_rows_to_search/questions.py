from __future__ import annotations

from tutorial_pkg.practice.items import Guess, Option, Prediction, Recall

RECALLS: list[Recall] = []
PREDICTIONS = [
    Prediction(
        name="predict_from_rows_to_search",
        ask="What is the length of `[1, 2] * 2`?",
        form=7,
        why="Multiplying a list by 2 repeats its parts.",
        guesses=[Guess(2, "A list times 2 does not double the numbers. It repeats them.")],
    ),
]
