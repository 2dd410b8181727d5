"""The predictions of 00_in_ten_minutes."""

from tutorial_pkg.practice.items import Guess, Prediction

RECALLS = []

PREDICTIONS = [
    Prediction(
        name="predict_one_hot_product",
        ask="The one-hot vector of an id, times the table: what comes out?",
        form=("the row of that id", "the sum of all rows", "a column of the table"),
        why="All other rows were multiplied by 0.",
        guesses=[
            Guess("the sum of all rows", "That is what a vector of ones would give; here all rows but one meet a 0."),
            Guess("a column of the table", "There is one place for each *row*, so it is a row that is picked.", 3),
        ],
    ),
    Prediction(
        name="predict_swapped_llm",
        ask="What does SmolLM2 say about the capital of France once its lookup is a product with a one-hot vector?",
        form=("the same words", "nearly the same words", "other words"),
        why="The rows are the same to the last bit, so everything after them is.",
        guesses=[
            Guess("nearly the same words", "0 times a number is exactly 0, and adding 0 changes no bit.", 1),
            Guess("other words", "Only the way to the rows is new; the rows are the ones that it has always had.", 1),
        ],
    ),
]
