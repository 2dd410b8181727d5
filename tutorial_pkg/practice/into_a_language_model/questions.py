"""Recall questions and predictions of 07_into_a_language_model."""

from tutorial_pkg.practice.items import Guess, Option, Prediction, Recall

RECALLS = [
    Recall(
        name="recall_linear_weight",
        ask="(Notebook 03.) What is the shape of the weight of `nn.Linear(64, 1000)`?",
        options={
            "a": Option("(64, 1000)", "The weight is stored in the opposite order: outputs first.", 4),
            "b": Option("(1000, 64)", "The number of outputs comes first. Remember this for the output of the model."),
            "c": Option("(64,)", "This would be one number for each input. Each of 1,000 outputs needs 64 numbers."),
        },
        right="b",
    ),
    Recall(
        name="recall_repeated_row",
        ask="(Notebook 05.) What is the gradient of a row that is used twice in one computation?",
        options={
            "a": Option("The gradient of the later use.", "Nothing is overwritten: gradients are added."),
            "b": Option("The mean of both gradients.", "Gradients are added. Nothing divides them by 2."),
            "c": Option("The sum of both gradients.", "Each use adds its gradient."),
        },
        right="c",
    ),
]

PREDICTIONS = [
    Prediction(
        name="predict_long_text",
        ask=("`long` contains 17 ids, all below 1,000. The position table has 16 rows. What does `token(long) + position(torch.arange(17))` raise?"),
        form=("no error", "IndexError", "RuntimeError"),
        why="The positions are 0 to 16, and the table has rows for 0 to 15.",
        guesses=[
            Guess("no error", "Position 16 needs a row, and the position table does not have one.", 11),
            Guess("RuntimeError", "The shapes would fit, since both tables get 17 numbers. A row is missing."),
        ],
    ),
    Prediction(
        name="predict_tied_saving",
        ask="The output layer gets the token table as its weight. How many fewer parameters does the tied model have?",
        form=7,
        why="The model had two tables of 1,000 × 64 numbers, and now it has one.",
        guesses=[
            Guess(0, "The two weights are one tensor now, and `parameters()` counts it once."),
            Guess(128000, "This is the size of both tables. One table is still there."),
            Guess(1000, "This is the number of rows. Each row has 64 numbers."),
            Guess(64, "This is the length of one row. The table has 1,000 rows."),
        ],
    ),
    Prediction(
        name="predict_first_loss",
        ask=(
            "The model is new, and its start values are small and random. It chooses between 1,000 tokens. What is the loss "
            "of the new model, the mean of −log(probability of the right token)?"
        ),
        form=("about 0.7", "about 3", "about 7"),
        why="If all scores were equal, the loss would be −log(1/1000) = 6.9. Small start values give a loss near this number. Large start values give a larger loss: see the side path on √d.",
        guesses=[
            Guess("about 0.7", "This is −log(1/2), as in a random choice between two tokens. Here there are 1,000."),
            Guess("about 3", "This is −log(1/20), a choice between 20 tokens. Here there are 1,000."),
        ],
    ),
    Prediction(
        name="predict_zero_temperature",
        ask="`row` contains the scores of all 1,000 tokens. What is `(row / 0).softmax(dim=0)`?",
        form=("1 for the best token, 0 for the others", "the same for every token", "nan for every token"),
        why="The scores are below 0, so row / 0 is −inf everywhere, and softmax then divides 0 by 0.",
        guesses=[
            Guess("1 for the best token, 0 for the others", "This is the limit for very small temperatures. The division itself gives −inf for every score."),
            Guess("the same for every token", "After the division, the scores are still −inf. But softmax then divides 0 by 0."),
        ],
    ),
    Prediction(
        name="predict_exchanged_rows",
        ask=("We exchange the rows of ` Paris` and ` London`, at the input and at the output. The 30 blocks stay the same. How does “The capital of France is” continue?"),
        form=("with Paris", "with London", "with neither"),
        why="The blocks compute the same state as before. The row that fits this state best now belongs to the id of London.",
        guesses=[
            Guess("with Paris", "The id of Paris now has the row of London, and the model sees only rows.", 5),
            Guess("with neither", "All rows are still in the table. Only two tokens have exchanged their rows."),
        ],
    ),
    Prediction(
        name="predict_swapped_tables",
        side=True,
        ask=("The two tables are swapped: `position(x)` for the ids, `token(places)` for the positions. Which error does `position(x)` raise?"),
        form="ValueError",
        why="The position table has 16 rows, and most ids are larger than 15.",
        guesses=[
            Guess("KeyError", "A dictionary raises KeyError. A table has row numbers, not keys."),
            Guess("ValueError", "Each id is a valid integer. But the table does not have a row with that number."),
            Guess("RuntimeError", "The shapes would fit. A row is missing."),
            Guess("TypeError", "The ids are integers, and a table needs integers."),
        ],
    ),
    Prediction(
        name="predict_tied_rows",
        side=True,
        ask=("We run one backward pass with two windows of 16 tokens. How many of the 1,000 rows of the tied table get a gradient that is not zero?"),
        form=7,
        why="At the output every row is multiplied by every state, so every row gets a gradient.",
        guesses=[
            Guess(32, "This is the number of positions that are looked up. At the output every row is used."),
            Guess(16, "The lookup reaches the rows of the ids. The output layer uses all rows."),
            Guess(20, "The lookup reaches the rows of these ids. The output layer uses all rows."),
            Guess(0, "The table is used twice, at the input and at the output."),
        ],
    ),
    Prediction(
        name="predict_direction_place",
        side=True,
        ask=(
            "SmolLM2 continues “Quick fox is in the” with “ bushes”. The row of “ bushes” has the largest product with "
            "the last state. What is the rank of “ bushes” by direction only, that is, by cosine?"
        ),
        form=("number 1", "number 2 to 100", "after number 100"),
        why="A long row has a large product, and this row is 1.5 times as long as the row of ` trees`.",
        guesses=[
            Guess("number 1", "The cosine ignores the length of a row, and the product does not."),
            Guess("number 2 to 100", "The length of the row has a larger effect here."),
        ],
    ),
    Prediction(
        name="predict_first_block",
        side=True,
        ask=("SmolLM2 has 30 blocks. Imagine that it has to answer after each block. From which block on does ` Paris` have the highest score?"),
        form=12,
        why="The state becomes similar to the row of ` Paris` only in the last blocks.",
        guesses=[
            Guess(1, "After the first block, more than two thousand rows fit better."),
            Guess(15, "After block 15, thousands of rows still fit better."),
            Guess(28, "After block 28, ` Paris` is among the first ten, but it is not the first."),
            Guess(29, "After block 29, ` Paris` is in third place."),
        ],
    ),
]
