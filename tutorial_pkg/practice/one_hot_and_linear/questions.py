"""Recall questions and predictions of 03_one_hot_and_linear."""

from tutorial_pkg.practice.items import Guess, Option, Prediction, Recall

RECALLS = [
    Recall(
        name="recall_shape_of_rows",
        ask="`ids` has the shape `(2, 5)`: two sentences with five tokens each. What is the shape of `nn.Embedding(6, 3)(ids)`?",
        options={
            "a": Option("`(2, 3)`", "That is one vector for each sentence. Each of the ten tokens gets a vector.", 8),
            "b": Option("`(2, 5, 3)`", "Every id is replaced by its row of 3 numbers. The shape of the ids stays the same."),
            "c": Option("`(6, 3)`", "That is the shape of the table. The output has one row for each id.", 8),
        },
        right="b",
    ),
    Recall(
        name="recall_rows_needed",
        ask="A vocabulary has 6 tokens, and today's batch is `[4, 0, 3]`. How many rows does the table need?",
        options={
            "a": Option("3, the number of ids", "Tomorrow's batch may contain any of the 6 ids.", 2),
            "b": Option("5, the largest id plus one", "That fits today's batch. A batch with id 5 will fail.", 2),
            "c": Option("6, the size of the vocabulary", "There is one row for each token, even if the token is not in today's batch."),
        },
        right="c",
    ),
]

PREDICTIONS = [
    Prediction(
        name="linear_weight_shape",
        ask="With the given sentence, V is 6 and d is 3. So the layer is `nn.Linear(6, 3, bias=False)`. What is the shape of its `weight`?",
        form=(4, 2),
        why="Linear computes x @ weight.T and stores its weight as (out_features, in_features): (d, V).",
        guesses=[
            Guess((6, 3), "The weight is stored as (out, in), the reverse of the order in which the sizes are passed.", 4),
            Guess((6, 6), "The layer takes 6 numbers and returns 3, so both sizes are in the weight's shape.", 3),
            Guess((3, 3), "The layer takes 6 numbers and returns 3, so both sizes are in the weight's shape.", 3),
            Guess((3,), "Each of the 3 outputs has a weight for each of the 6 inputs."),
            Guess((6,), "Each of the 6 inputs has a weight for each of the 3 outputs."),
            Guess((18,), "There are 18 weights. They are stored in rows, one row for each output."),
        ],
    ),
    Prediction(
        name="width_from_the_sample",
        ask="What is the shape of `F.one_hot(torch.tensor([4, 0]))`?",
        form=(4, 3),
        why="one_hot does not see the table. The width is the largest id plus one: 5, which does not fit 6 rows.",
        guesses=[
            Guess((2, 6), "one_hot does not see the table and its 6 rows. The largest id here is 4.", 2),
            Guess((2, 4), "Ids start at 0, so the id 4 needs a vector with 5 numbers.", 11),
            Guess((2, 2), "There are two ids, but a vector needs a position for the id 4."),
            Guess((2, 3), "one_hot does not multiply by the table. It makes only the vectors."),
            Guess((5, 2), "The result has one row for each id. The vectors are its rows, not its columns."),
            Guess((2,), "Each of the two ids becomes a whole vector."),
        ],
    ),
    Prediction(
        name="routes_that_agree",
        ask="`W[ids]` gives the rows of your text. `torch.equal` compares them with the rows of the other three routes. How many of the three are equal?",
        form=7,
        why="Each number is multiplied by 1, and then zeros are added. This does not change the number, so nothing is rounded.",
        guesses=[
            Guess(0, "All routes return the same numbers. They compute these numbers in different ways.", 1),
            Guess(1, "The products return the same rows, too.", 1),
            Guess(2, "All three routes compute the same rows, including Linear.", 1),
            Guess(4, "There are four routes. Three of them are compared with indexing."),
        ],
    ),
    Prediction(
        name="repeated_row_gradient",
        ask="The first token is looked up twice. The loss is `(rows * weights).sum()`, with weight 1 for the row at the "
        "first position and weight 4 for the row at the second position. What is the gradient of each number in the "
        "token's row?",
        form=7,
        why="Both positions use the same number of the same row, so their gradients are added: 1 + 4.",
        guesses=[
            Guess(4, "The second position does not overwrite the first position. The two gradients are added."),
            Guess(1, "The second position counts as well."),
            Guess(2.5, "The gradients of both positions are added, and nothing divides them by 2."),
            Guess(2, "The row is used twice, and each use counts with its weight."),
            Guess(8, "That counts the larger weight twice. Each position has its own weight."),
            Guess(0, "The loss depends on the row, at both positions."),
        ],
    ),
    Prediction(
        name="square_without_transpose",
        ask="Here is a square table, with the rows `[0, 1, 2]`, `[3, 4, 5]` and `[6, 7, 8]`. Somebody forgets to "
        "transpose it: `layer.weight` *is* the table. What does the layer return for the one-hot vector of id 2?",
        form=("(6, 7, 8)", "(2, 5, 8)", "an error"),
        why="A Linear returns column 2 of its weight. The shape is the same with and without .T, so nothing raises an error.",
        guesses=[
            Guess("(6, 7, 8)", "That is row 2. The layer transposes its weight, so it returns column 2.", 4),
            Guess("an error", "The shape is (3, 3) with or without .T, so PyTorch cannot notice.", 4),
        ],
    ),
    Prediction(
        name="rows_off_with_a_bias",
        ask="A layer `nn.Linear(V, d)` with a bias has the right weight, `W.T`. For how many ids does its output "
        "differ from the table's row? (With the given sentence there are 6 ids.)",
        form=7,
        why="The bias is added to every output. So every row is different, by the same d numbers.",
        guesses=[
            Guess(0, "A new bias is random and not zero. It is added to every output.", 15),
            Guess(1, "The bias does not belong to one id. It is added to every output.", 15),
            Guess(3, "The bias has d numbers, and they are added for every id.", 15),
            Guess(5, "Id 0 is not an exception. The bias is added to every output.", 15),
        ],
    ),
    Prediction(
        name="nan_from_a_row_not_asked_for",
        ask="The table gets one more row, which our text does not use. One number of this row is `inf`. The product "
        "has d numbers for each token (4 × 3 with the given sentence). How many numbers of the product are `nan`?",
        form=7,
        why="The product multiplies the unused row as well, and 0 * inf is nan. So each token gets one nan.",
        guesses=[
            Guess(0, "0 times any finite number is 0, but 0 * inf is nan."),
            Guess(1, "For each token, the row that contains inf is multiplied by a 0 of the one-hot vector. So each token gets a nan."),
            Guess(3, "Only the column of the inf becomes nan, but for every token."),
            Guess(12, "Only the column of the inf becomes nan."),
        ],
    ),
    Prediction(
        name="products_that_vanish",
        side=True,
        ask="With the given sentence there are 6 × 3 = 18 products. How many of them are 0 because of the one-hot vector?",
        form=7,
        why="All numbers of the vector except one are 0, and each 0 is multiplied by a row of d numbers.",
        guesses=[
            Guess(5, "Each 0 of the vector is multiplied by a whole row, not by one number."),
            Guess(3, "This is the number of products that are left."),
            Guess(1, "One *number* of the vector is 1. All others are 0, and each is multiplied by a whole row."),
            Guess(12, "Only one of the rows is multiplied by 1. All other rows are multiplied by 0."),
            Guess(17, "The 1 is multiplied by a whole row, not by one number."),
            Guess(18, "The 1 is multiplied by one row, and the products with this row are not 0."),
            Guess(0, "All numbers of the vector but one are 0, and 0 times any number is 0."),
        ],
    ),
    Prediction(
        name="predict_one_hot_gradient",
        side=True,
        ask="The one-hot matrix of the first two tokens has the shape `(2, V)`, and the table has the shape `(V, d)`. "
        "With the given sentence, V is 6 and d is 3. What is the shape of the one-hot matrix's gradient?",
        form=(7, 8),
        why="A gradient has the shape of the tensor that it belongs to: here (number of tokens, V).",
        guesses=[
            Guess((2, 3), "That is the shape of the gradient that arrives at the rows."),
            Guess((6, 3), "That is the shape of the table's gradient."),
            Guess((6, 2), "The gradient has the same shape as the one-hot matrix, not transposed."),
            Guess((2,), "Each position has V numbers, and each of them has a gradient."),
        ],
    ),
    Prediction(
        name="rows_sgd_moves",
        side=True,
        ask="The loss uses the rows 4 and 0. Then `torch.optim.SGD` takes one step over the whole table. Which rows are different afterwards? Write a list, the smallest first.",
        form=[1, 3],
        why="SGD subtracts learning rate × gradient. Unused rows have gradient 0. What a row contains does not matter.",
        guesses=[
            Guess([4], "A row of zeros that was looked up has a gradient like any other row.", 6),
            Guess([0, 1, 2, 3, 4, 5], "The optimiser gets the whole table, but unused rows have gradient 0.", 6),
            Guess([1, 2, 3, 4, 5], "Unused rows have gradient 0. The row of zeros was used.", 6),
            Guess([1, 2, 3, 5], "These are the rows that the loss did not use.", 6),
            Guess([0], "Row 4 was looked up as well.", 6),
            Guess([], "A step of SGD changes every row whose gradient is not 0. Those are the used rows.", 6),
        ],
    ),
    Prediction(
        name="after_changing_the_layer",
        side=True,
        ask="A linear layer gets `taker.weight = nn.Parameter(donor.weight.T)`. Then `taker.weight[0, 3]` is set to 100. Is `donor.weight[3, 0]` 100 as well?",
        form=("no", "yes"),
        why="`.T` does not copy. It reads the same memory in another order, and nn.Parameter does not copy either.",
        guesses=[Guess("no", "Neither .T nor nn.Parameter makes a copy.", 14)],
    ),
]
