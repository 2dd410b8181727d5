"""Recall questions and predictions of 03_one_hot_and_linear."""

from tutorial_pkg.practice.pieces import Option, Prediction, Recall, Slip

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
    Recall(
        name="recall_what_an_id_says",
        ask='"in" has the id 2 and "quick" the id 4. What do these numbers say about the two words?',
        options={
            "a": Option('"quick" counts twice as much as "in"', "Another order of the vocabulary swaps the two.", 5),
            "b": Option(
                "which row of the table belongs to which", "Nothing else: an id is a name that can be counted."
            ),
            "c": Option(
                "how far apart their meanings are", "The order is alphabetical: meaning plays no part in it.", 5
            ),
        },
        right="b",
    ),
]

PREDICTIONS = [
    Prediction(
        name="products_that_vanish",
        ask="`quick @ W` multiplies each of the 6 numbers of the one-hot vector with the 3 numbers of a row, and "
        "adds up. "
        "Of these 6 × 3 = 18 products, how many are 0 because of the one-hot vector?",
        form=7,
        why="Five of the six numbers are 0, and each meets a whole row of 3: 15 zeros, and 3 products with 1 survive.",
        slips=[
            Slip(5, "Five numbers of the vector are 0, but each of them is multiplied with all 3 numbers of its row."),
            Slip(3, "That is how many survive."),
            Slip(12, "Only one of the six rows meets the 1; the other five are wiped out."),
            Slip(18, "Then nothing would be left; the 1 lets one row through."),
        ],
    ),
    Prediction(
        name="width_from_the_sample",
        ask="The small table has 4 rows. This time nobody says `num_classes`: what does "
        "`F.one_hot(torch.tensor([1, 0, 2])).float() @ small_W` give?",
        form=("three rows of the table", "an error"),
        why="one_hot was never told about the table: it made vectors of width 3, the largest id here plus one.",
        slips=[
            Slip(
                "three rows of the table",
                "one_hot sees the ids and nothing else, and id 3 is not among them, so the vectors come out too short.",
                2,
            )
        ],
    ),
    Prediction(
        name="linear_weight_shape",
        ask="The small table is 4 × 5: 4 tokens, 5 dimensions. The layer that takes a one-hot vector of length 4 and "
        "gives "
        "5 numbers is `nn.Linear(4, 5, bias=False)`. What is the shape of its `weight`?",
        form=(2, 3),
        why="Linear computes x @ weight.T, and keeps its weight as (out_features, in_features).",
        slips=[
            Slip((4, 5), "That is the order in which you name the sizes, not the one in which they are stored.", 4),
            Slip((4, 4), "The layer goes from 4 numbers to 5, so both sizes occur.", 3),
        ],
    ),
    Prediction(
        name="routes_that_agree",
        ask="Compare the rows from indexing with those of the other three routes by `torch.equal`, which wants every "
        "bit "
        "the same. How many of the three are equal to them?",
        form=7,
        why="All three: a sum of one number times 1 and of zeros is that number itself, so not even rounding differs.",
        slips=[
            Slip(0, "Each of them gives the same numbers, found in another way.", 1),
            Slip(
                1, "The products give the same rows too: times 1 and plus 0 change nothing, not even the last bit.", 1
            ),
            Slip(2, "Each of the three is the same map, Linear included.", 1),
        ],
    ),
    Prediction(
        name="square_without_transpose",
        ask="Now a square table, 4 × 4. Somebody forgets the transposition: `layer.weight` *is* the table. What does "
        "the "
        "layer give for the one-hot vector of id 2?",
        form=("row 2", "column 2", "an error"),
        why="A Linear hands out column 2 of its weight. The shape fits either way, so nothing complains.",
        slips=[
            Slip("row 2", "The layer's weight lies on its side: its columns are what comes out.", 4),
            Slip("an error", "The shape (4, 4) is right either way round, so PyTorch cannot notice.", 4),
        ],
    ),
    Prediction(
        name="rows_off_with_a_bias",
        ask="`nn.Linear(4, 5)` has a bias, and the same weight as before. For how many of the 4 ids does its output "
        "differ "
        "from the table's row?",
        form=7,
        why="The bias is added whatever comes in, so every one of the 4 rows is off, and all by the same 5 numbers.",
        slips=[
            Slip(0, "A fresh bias is random, not zero, and it is added to every output.", 15),
            Slip(1, "The bias belongs to no id: it is added to every output.", 15),
        ],
    ),
    Prediction(
        name="repeated_row_gradient",
        ask="Now id 2 comes twice: `ids = [0, 2, 2]`. The first number of its row gets a pull of 6 at its first "
        "place in the "
        "sentence and of 11 at its second. What stands in `table.grad[2, 0]`?",
        form=7,
        why="Both places use the same number of the same row, so their gradients add: 6 + 11.",
        slips=[
            Slip(11, "The later place does not overwrite the earlier one."),
            Slip(6, "The second use of the row counts as much as the first."),
            Slip(8.5, "Gradients of several uses add up; nothing divides by how many there are."),
        ],
    ),
    Prediction(
        name="rows_sgd_moves",
        ask="In a copy of the small table, row 2 is set to zeros. The loss uses the ids `[0, 2]`, then "
        "`torch.optim.SGD` "
        "takes one step over the whole table. Which rows are different afterwards? Smallest first.",
        form=[1, 3],
        why="SGD subtracts learning rate × gradient: rows 1 and 3 have gradient 0, and what a row holds plays no part.",
        slips=[
            Slip([0], "A row of zeros that was looked up has a gradient like any other, and moves.", 6),
            Slip([0, 1, 2, 3], "The optimiser is given the whole table, but rows 1 and 3 have gradient 0.", 6),
            Slip([0, 1, 3], "It is the other way round: the rows not looked up have gradient 0, row 2 has not.", 6),
            Slip([1, 3], "These are the rows that the loss did not use.", 6),
        ],
    ),
    Prediction(
        name="renamed_ids",
        ask="Give every token another id, and move the table's rows along with the names. The sentence is written "
        "with the "
        "new ids and looked up in the new table. The vectors that come out are ...",
        form=("the same", "others"),
        why="An id only names a row: rename ids and rows together, and every token finds its own vector again.",
        slips=[Slip("others", "No vector has changed, only the label on it and the place where it is kept.", 5)],
    ),
    Prediction(
        name="nan_from_a_row_not_asked_for",
        ask="One number of row 3 becomes `inf`. We ask for ids `[0, 2]`, not for 3, by `pair_hot @ broken_W`: 2 × 5 "
        "numbers. "
        "How many of these 10 are `nan`?",
        form=7,
        why="The product visits row 3 as well, and 0 * inf is nan: that column is spoilt for both ids.",
        slips=[
            Slip(0, "0 times any number is 0, but inf is not any number: 0 * inf is nan, and a sum with nan is nan."),
            Slip(1, "Each of the two ids multiplies row 3 by its own 0, so each gets a nan."),
            Slip(10, "Only the column in which the inf stands is spoilt."),
        ],
    ),
    Prediction(
        name="after_changing_the_layer",
        ask="`donor` is an embedding, and a Linear gets `tied.weight = nn.Parameter(donor.weight.T)`. Then "
        "`tied.weight` "
        "is changed at `[0, 3]`. What about `donor.weight[3, 0]`, in the embedding?",
        form=("changes too", "stays"),
        why="`.T` copies nothing: it reads the same memory in another order, and nn.Parameter does not copy either.",
        slips=[Slip("stays", "Neither .T nor nn.Parameter makes a copy.", 14)],
    ),
]
