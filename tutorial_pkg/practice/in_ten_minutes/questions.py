"""The predictions of 00_in_ten_minutes."""

from tutorial_pkg.practice.items import Guess, Prediction

RECALLS = []

PREDICTIONS = [
    Prediction(
        name="predict_one_hot_product",
        ask="You multiply the one-hot vector of an id by the table. What is the result?",
        form=("the table, with zeros in all other rows", "the row of that id", "a column of the table"),
        why="All other rows are multiplied by 0, and 0 adds nothing to the sum.",
        guesses=[
            Guess("the table, with zeros in all other rows", "The product adds up all rows, so the result is one row."),
            Guess("a column of the table", "The vector has one number for each *row*, so it picks a row.", 3),
        ],
    ),
    Prediction(
        name="predict_swapped_llm",
        ask=("SmolLM2 computes 49,152 scores for the next token. You replace its lookup by an `nn.Linear` on one-hot vectors. How many of the scores change?"),
        form=7,
        why="The rows are exactly the same, so everything that the model computes from them is the same.",
        guesses=[
            Guess(49152, "The rows come from a different layer, but they are exactly the same. So the scores are the same, too.", 1),
            Guess(1, "All scores are computed from the same rows, so all of them stay the same.", 1),
        ],
    ),
]
