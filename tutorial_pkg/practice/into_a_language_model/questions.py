"""Recall questions and predictions of 07_into_a_language_model."""

from tutorial_pkg.practice.items import Guess, Option, Prediction, Recall

RECALLS = [
    Recall(
        name="recall_linear_weight",
        ask="(Notebook 03.) Which shape has the weight of `nn.Linear(64, 1000)`?",
        options={
            "a": Option("(64, 1000)", "It is kept the other way round: outputs first.", 4),
            "b": Option("(1000, 64)", "Outputs first, inputs second: keep this in mind for the way out of the model."),
            "c": Option("(64,)", "That would be one number for each input; each of 1,000 outputs has 64 of its own."),
        },
        right="b",
    ),
    Recall(
        name="recall_repeated_row",
        ask="(Notebook 05.) A row of the table is used in two places of one computation. What is its gradient?",
        options={
            "a": Option(
                "That of the later use: the earlier one is overwritten.", "Nothing is overwritten: it adds up."
            ),
            "b": Option("The mean of the two.", "They are added; nothing divides them unless you ask for it."),
            "c": Option("The sum of the two.", "Each use contributes, and contributions add up."),
        },
        right="c",
    ),
]

PREDICTIONS = [
    Prediction(
        name="predict_sum_shape",
        ask=(
            "Two windows of 16 ids give token rows of shape (2, 16, 64). The 16 places give position rows of shape "
            "(16, 64). Which shape has the sum?"
        ),
        form=(2, 3, 4),
        why="Both windows have the same 16 places, so the position rows are added to each of them.",
        guesses=[
            Guess((2, 32, 64), "Nothing is appended: the numbers are added, one by one."),
            Guess((2, 16, 128), "Nothing is put side by side: the numbers are added, one by one."),
            Guess((16, 64), "Each window keeps its own token rows."),
        ],
    ),
    Prediction(
        name="predict_swapped_tables",
        ask=(
            "Somebody swaps the two tables: `position(x)` for the ids, `token(place)` for the places. "
            "Which error does `position(x)` raise?"
        ),
        form="ValueError",
        why="The position table has 16 rows, and most ids of words are larger than 15.",
        guesses=[
            Guess("KeyError", "A dictionary would say that; a table knows numbers of rows."),
            Guess("ValueError", "Each id is a fine whole number; there is only no such row in this table."),
            Guess("RuntimeError", "The shapes would fit; it is the row that is missing."),
            Guess("TypeError", "The ids are whole numbers, as a table wants them."),
        ],
    ),
    Prediction(
        name="predict_out_weight",
        ask=(
            "The output layer makes 1,000 scores of a state of 64 numbers: `nn.Linear(64, 1000)`. Which shape has its "
            "weight?"
        ),
        form=(2, 3),
        why="Outputs come first: a row of 64 numbers for each token, which is the shape of the table itself.",
        guesses=[Guess((64, 1000), "That is how it is multiplied; it is kept as (out, in).", 4)],
    ),
    Prediction(
        name="predict_tied_saving",
        ask="The output layer is given the token table as its weight. How many parameters fewer does the model have?",
        form=7,
        why="One of two tables of 1,000 × 64 numbers is gone.",
        guesses=[
            Guess(0, "The two are one now, and a parameter that is used twice is counted once."),
            Guess(128000, "That is both tables; one of them stays."),
            Guess(1000, "That is the number of rows; each holds 64 numbers."),
            Guess(64, "That is the length of one row; there are 1,000."),
        ],
    ),
    Prediction(
        name="predict_tied_rows",
        ask=(
            "One step on two windows of 16 tokens. How many of the 1,000 rows of the *tied* table get a gradient "
            "that is not zero?"
        ),
        form=7,
        why="On the way out every row is multiplied with every state, so every row gets a share.",
        guesses=[
            Guess(32, "That many places are looked up, but on the way out every row is used."),
            Guess(16, "The lookup reaches the rows of the ids read; the way out reaches all."),
            Guess(0, "The table is used, and twice at that."),
        ],
    ),
    Prediction(
        name="predict_first_loss",
        ask=(
            "The model is fresh and has 1,000 tokens to choose from. What is its loss, the mean of "
            "−log(probability of the right token)?"
        ),
        form=("about 0.7", "about 3", "about 7"),
        why="It knows nothing, so each token gets about one in a thousand, and −log(1/1000) is 6.9.",
        guesses=[
            Guess("about 0.7", "That is −log(1/2), a choice of two; here there are 1,000."),
            Guess("about 3", "That is −log(1/20): it would have to narrow 1,000 tokens down to 20 already."),
        ],
    ),
    Prediction(
        name="predict_direction_place",
        ask=(
            "SmolLM2 goes on after “Quick fox is in the” with “ bushes”: that row has the largest product with the "
            "last state. At which place is it by direction alone, that is by cosine?"
        ),
        form=("first", "second to tenth", "beyond the hundredth"),
        why="A product is direction times length, and this row is half as long again as that of ` trees`, which points "
        "best.",
        guesses=[
            Guess("first", "The cosine ignores how long a row is, and the product does not."),
            Guess("second to tenth", "Length does more than that here."),
        ],
    ),
    Prediction(
        name="predict_exchanged_rows",
        ask=(
            "The rows of ` Paris` and ` London` change places, and nothing else: the same table at both ends, the same "
            "30 blocks. How does “The capital of France is” go on?"
        ),
        form=("with Paris", "with London", "with neither"),
        why="The blocks arrive at the state they always did, and the row that fits it now has the id of London.",
        guesses=[
            Guess(
                "with Paris", "The id of Paris now leads to the row of London, and a row is all that the model sees.", 5
            ),
            Guess("with neither", "All numbers are still there; two of them answer to each other's name."),
        ],
    ),
    Prediction(
        name="predict_first_block",
        ask=(
            "SmolLM2 has 30 blocks. If it had to answer after each of them, from which block on "
            "would ` Paris` have the highest score?"
        ),
        form=12,
        why="The state turns towards the answer only at the very end; it was among the first ten from block 28 on.",
        guesses=[
            Guess(1, "After the first block, more than two thousand rows fit better."),
            Guess(15, "Half-way, thousands of rows still fit better."),
            Guess(28, "It comes among the first ten there, but is not first."),
            Guess(29, "It is third there."),
        ],
    ),
]
