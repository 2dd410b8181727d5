"""Recall questions and predictions of 03_one_hot_and_linear."""

from tutorial_pkg.practice.items import Guess, Option, Prediction, Recall

RECALLS = [
    Recall(
        name="recall_shape_of_rows",
        ask="`ids` has shape `(2, 5)`: two sentences of five tokens. What shape has `nn.Embedding(6, 3)(ids)`?",
        options={
            "a": Option("`(2, 3)`", "That is one vector for each sentence; each of the ten tokens gets its own.", 8),
            "b": Option("`(2, 5, 3)`", "Every id is replaced by its row of 3 numbers; the ids' own shape stays."),
            "c": Option("`(6, 3)`", "That is the shape of the table; the output has a row for each id you ask for.", 8),
        },
        right="b",
    ),
    Recall(
        name="recall_rows_needed",
        ask="A vocabulary holds 6 tokens, and today's batch is `[4, 0, 3]`. How many rows does the table need?",
        options={
            "a": Option(
                "3, the number of ids", "The batch does not decide it: tomorrow's may hold any of the 6 ids.", 2
            ),
            "b": Option(
                "5, the largest id plus one", "That fits today's batch, and breaks the day id 5 comes along.", 2
            ),
            "c": Option("6, the vocabulary's size", "One row for each token, whether it occurs today or not."),
        },
        right="c",
    ),
]

PREDICTIONS = [
    Prediction(
        name="products_that_vanish",
        ask="`quick @ W` multiplies each of the 6 numbers of the one-hot vector with the 3 numbers of a row, and adds "
        "up: 6 × 3 = 18 products. How many of them are 0 because of the one-hot vector?",
        form=7,
        why="Five of the six numbers are 0, and each meets a whole row of 3: 15 zeros, and 3 products with 1 survive.",
        guesses=[
            Guess(5, "Five numbers of the vector are 0, but each of them is multiplied with all 3 numbers of its row."),
            Guess(3, "That is how many survive."),
            Guess(1, "One *number* of the vector is not 0; the other five are, and each meets a row of 3 numbers."),
            Guess(12, "Only one of the six rows meets the 1; the other five are wiped out."),
            Guess(17, "The 1 lets a whole row of 3 numbers through, not one number."),
            Guess(18, "Then nothing would be left; the 1 lets one row through."),
            Guess(0, "Five of the six numbers of the vector are 0, and 0 times anything here is 0."),
        ],
    ),
    Prediction(
        name="linear_weight_shape",
        ask="The table is 6 × 3: 6 tokens, 3 dimensions. The layer that takes a one-hot vector of length 6 and gives 3 "
        "numbers is `nn.Linear(6, 3, bias=False)`. What is the shape of its `weight`?",
        form=(4, 2),
        why="Linear computes x @ weight.T, and keeps its weight as (out_features, in_features).",
        guesses=[
            Guess((6, 3), "That is the order in which you name the sizes, not the one in which they are stored.", 4),
            Guess((6, 6), "The layer goes from 6 numbers to 3, so both sizes occur.", 3),
            Guess((3, 3), "The layer goes from 6 numbers to 3, so both sizes occur.", 3),
            Guess((3,), "Each of the 3 neurons has a weight for each of the 6 inputs."),
            Guess((6,), "Each of the 6 inputs has a weight for each of the 3 neurons."),
            Guess((18,), "There are 18 weights, but they are kept in rows, one for each neuron."),
        ],
    ),
    Prediction(
        name="routes_that_agree",
        ask='The rows of "quick fox" by indexing, `W[ids]`, are compared with those of the other three routes by '
        "`torch.equal`, which wants every bit the same. How many of the three are equal to them?",
        form=7,
        why="All three: a sum of one number times 1 and of zeros is that number itself, so not even rounding differs.",
        guesses=[
            Guess(0, "Each of them gives the same numbers, found in another way.", 1),
            Guess(
                1, "The products give the same rows too: times 1 and plus 0 change nothing, not even the last bit.", 1
            ),
            Guess(2, "Each of the three is the same map, Linear included.", 1),
            Guess(4, "There are four routes, so three to compare with indexing."),
        ],
    ),
    Prediction(
        name="rows_with_a_gradient",
        ask='The loss is the sum of the three numbers of "quick" (id 4), and `.backward()` has been called. Which rows '
        "of the table's gradient are not all 0?",
        form=[1, 3],
        why="Only the numbers of row 4 are in the sum, so only they can make it grow.",
        guesses=[
            Guess(
                [0, 1, 2, 3, 4, 5],
                "The gradient has the whole table's shape, but a row that is not in the loss gets 0.",
            ),
            Guess([3], "Rows count from 0, so id 4 is row 4.", 11),
            Guess([5], "Rows count from 0, so id 4 is row 4.", 11),
            Guess(
                [0, 1, 2, 3, 5],
                "It is the other way round: these rows are not in the loss, so nudging them changes nothing.",
            ),
            Guess([], "The loss grows as a number of row 4 grows, and so that row has a gradient."),
            Guess([1, 1, 1], "These are the numbers of the gradient in that row; which row is it?"),
        ],
    ),
    Prediction(
        name="repeated_row_gradient",
        ask='In "quick quick fox", the first number of the row of "quick" (id 4) comes out at the first place, where '
        "its weight is 1, and at the second, where its weight is 4. The loss is `(rows * weights).sum()`. What "
        "stands in `table.grad[4, 0]`?",
        form=7,
        why="Both places use the same number of the same row, so their gradients add: 1 + 4.",
        guesses=[
            Guess(4, "The later place does not overwrite the earlier one: the two add up."),
            Guess(1, "The second use of the row counts as much as the first."),
            Guess(2.5, "Gradients of several uses add up; nothing divides by how many there are."),
            Guess(2, "That is how often the row is used; each use counts with its weight."),
            Guess(8, "That counts the larger weight twice; each place counts with its own."),
            Guess(0, "The row is used, twice, so its numbers do move the loss."),
            Guess(12, "Places 1, 4 and 7 together are all three tokens; the third is fox, with a row of its own."),
            Guess(21, "These are all the weights of both places; only the first number's are asked for."),
        ],
    ),
    Prediction(
        name="square_without_transpose",
        ask="Now a square table: the first three rows of `W`, three words with three numbers each. Somebody forgets "
        "the transposition: `layer.weight` *is* the table. What does the layer give for the one-hot vector of id 2?",
        form=("row 2", "column 2", "an error"),
        why="A Linear gives column 2 of its weight; the shape fits either way, so nothing complains.",
        guesses=[
            Guess("row 2", "The layer turns its weight when it multiplies, so it is a column of it that comes out.", 4),
            Guess("an error", "The shape (3, 3) is right either way round, so PyTorch cannot notice.", 4),
        ],
    ),
    Prediction(
        name="rows_off_with_a_bias",
        ask="`nn.Linear(6, 3)` has a bias, and now the same weight as before. For how many of the 6 ids does its "
        "output differ from the table's row?",
        form=7,
        why="The bias is added whatever comes in, so every one of the 6 rows is off, and all by the same 3 numbers.",
        guesses=[
            Guess(0, "A fresh bias is random, not zero, and it is added to every output.", 15),
            Guess(1, "The bias belongs to no id: it is added to every output.", 15),
            Guess(3, "The bias has 3 numbers, one for each dimension, and they are added for every id.", 15),
            Guess(5, "No id is left out, not even 0: the bias is added to every output.", 15),
        ],
    ),
    Prediction(
        name="nan_from_a_row_not_asked_for",
        ask='One number of row 3, "is", becomes `inf`. We ask for "quick fox", not for row 3, by `one_hots @ broken`: '
        "2 × 3 numbers. How many of these 6 are `nan`?",
        form=7,
        why="The product visits row 3 as well, and 0 * inf is nan: that column is spoilt for both ids.",
        guesses=[
            Guess(0, "0 times any number is 0, but inf is not any number: 0 * inf is nan, and a sum with nan is nan."),
            Guess(1, "Each of the two ids multiplies row 3 by its own 0, so each gets a nan."),
            Guess(3, "Only the column in which the inf stands is spoilt, and that for both ids."),
            Guess(6, "Only the column in which the inf stands is spoilt."),
        ],
    ),
    Prediction(
        name="width_from_the_sample",
        ask='The table has 6 rows, and `ids` is `[4, 0]`, "quick fox". This time nobody says `num_classes`. What does '
        "`F.one_hot(ids).float() @ W` give?",
        form=("two rows of the table", "an error"),
        why="one_hot was never told about the table: it made vectors of width 5, the largest id here plus one.",
        guesses=[
            Guess(
                "two rows of the table",
                "one_hot sees the ids and nothing else, and id 5 is not among them, so the vectors come out too short.",
                2,
            )
        ],
    ),
    Prediction(
        name="rows_sgd_moves",
        ask='In a copy of the table, row 0 ("fox") is set to zeros. The loss uses "quick fox", the ids 4 and 0, then '
        "`torch.optim.SGD` takes one step over the whole table. Which rows are different afterwards, smallest first?",
        form=[1, 3],
        why="SGD subtracts learning rate × gradient: unused rows have gradient 0, and what a row holds plays no part.",
        guesses=[
            Guess([4], "A row of zeros that was looked up has a gradient like any other, and moves.", 6),
            Guess([0, 1, 2, 3, 4, 5], "The optimiser is given the whole table, but unused rows have gradient 0.", 6),
            Guess([1, 2, 3, 4, 5], "Unused rows have gradient 0; the row of zeros was looked up and has not.", 6),
            Guess([1, 2, 3, 5], "These are the rows that the loss did not use.", 6),
            Guess([0], "Row 4 was looked up as well, and moves.", 6),
            Guess([], "A step of SGD moves every row whose gradient is not 0: those that were looked up.", 6),
        ],
    ),
    Prediction(
        name="after_changing_the_layer",
        ask="`donor` is an embedding, and a Linear gets `tied.weight = nn.Parameter(donor.weight.T)`. Then "
        "`tied.weight` is changed at `[0, 3]`. What about `donor.weight[3, 0]`, in the embedding?",
        form=("changes too", "stays"),
        why="`.T` copies nothing: it reads the same memory in another order, and nn.Parameter does not copy either.",
        guesses=[Guess("stays", "Neither .T nor nn.Parameter makes a copy.", 14)],
    ),
]
