"""Recall questions and predictions of 02_embedding_lookup."""

from tutorial_pkg.practice.items import Guess, Option, Prediction, Recall

RECALLS = [
    Recall(
        name="recall_id_order",
        ask="A tokeniser sorts its vocabulary before it numbers the tokens. Why does it sort them?",
        options={
            "a": Option("Then tokens with similar meanings get similar ids.", "Alphabetical order does not depend on meaning: `the` and `tiger` are close together.", idea=5),
            "b": Option(
                "Then every run gives the same token the same id.",
                "A Python set can have a different order in each process. Then the rows of a saved table belong to the wrong tokens.",
            ),
            "c": Option("An embedding table needs its tokens in alphabetical order.", "The table gets ids, not tokens. Any order works if the rows have the same order.", idea=5),
        },
        right="b",
    ),
    Recall(
        name="recall_unknown_word",
        ask="The vocabulary has six words and an unknown token. A text contains `dog`, which is not one of the six words. What does the encoder return for `dog`?",
        options={
            "a": Option("The next free id, so that the vocabulary grows by one.", "The table has a fixed number of rows. It does not have a row for a new id.", idea=2),
            "b": Option("The id of the word with the most similar spelling.", "Then two different words have the same id. No common tokeniser does that."),
            "c": Option("The id of the unknown token.", "Every unknown word gets that id, and so the same row. Decoding cannot bring `dog` back."),
        },
        right="c",
    ),
    Recall(
        name="recall_token_or_word",
        ask='GPT-2\'s tokeniser reads "Data" at the start of a text, and " data" later in it. How does the tokeniser treat these two?',
        options={
            "a": Option("As two different tokens, with two different ids.", "A capital letter and a space are parts of a token. Each of the two tokens has its own row."),
            "b": Option(
                "As the same token, because it is the same word.", "The small tokeniser of notebook 01 ignores capital letters and spaces. GPT-2's tokeniser does not.", idea=9
            ),
            "c": Option("As one token with two vectors.", "An id has one row. Two vectors need two ids.", idea=9),
        },
        right="a",
    ),
]

PREDICTIONS = [
    Prediction(
        name="predict_renamed_ids",
        ask="Now the sentence is written with the new ids, and these ids are looked up in the new table. Are the vectors of the sentence the same as before?",
        form=("different", "the same"),
        why="The row of each token has moved to the token's new id. So every token gets its own vector again.",
        guesses=[Guess("different", "The numbers in each row are the same. Each row has a new position, and the new ids point to it.", 5)],
    ),
    Prediction(
        name="predict_sample_shape",
        ask="We look up four ids: `embedding(torch.tensor([2, 3, 5, 1]))`. What is the shape of the output?",
        form=(7, 8),
        why="The output has one row for each of the four ids, and each row has d numbers.",
        guesses=[
            Guess((3, 4), "There is one row for each id, so the number of ids comes first and the dimension last.", 3),
            Guess((6, 3), "That is the shape of the whole table. The output has only the rows of the four ids.", 2),
            Guess((4, 6), "The table has 6 rows to choose from. Each row of the output has d = 3 numbers.", 3),
            Guess((4,), "That would be one number for each id. Each id has a whole row.", 8),
            Guess((1, 4, 3), "The layer does not add a batch dimension. The output has the shape of the ids, with d at the end.", 8),
            Guess((5, 3), "The size of the largest id does not matter. There are four ids.", 2),
        ],
    ),
    Prediction(
        name="predict_scalar_id",
        ask="`ids[0]` is a single id, without any dimension: its shape is `()`. What is the shape of `embedding(ids[0])`?",
        form=(7, 8),
        why="The shape of a single id is (), and () + (d,) is (d,). The output is one row.",
        guesses=[
            Guess((1, 3), "The layer does not add a dimension for the length.", 8),
            Guess((1, 1, 3), "The layer does not add a dimension for the batch or for the length.", 8),
            Guess((1,), "One id has a whole row of d numbers.", 8),
            Guess((), "That is the shape of the id. The id is replaced by a row of d numbers.", 8),
            Guess((6, 3), "That is the shape of the whole table. One id gives one row.", 8),
        ],
    ),
    Prediction(
        name="predict_batch_shape",
        ask="Now we look up a batch: two sentences with four ids each, so the shape of the ids is `(2, 4)`. What shape does the output have for this batch?",
        form=(7, 8),
        why="Each of the 2 × 4 ids is replaced by its row, so a dimension of size d is added at the end.",
        guesses=[
            Guess((8, 3), "The layer keeps the two dimensions of the batch.", 8),
            Guess((2, 3), "That would be one row for each sentence. Each single id has a row.", 8),
            Guess((2, 4), "That is the shape of the ids. Each id is replaced by a whole row.", 8),
            Guess((2, 3, 4), "The embedding dimension comes last.", 8),
            Guess((2, 4, 6), "The last size is the embedding dimension, 3. The vocabulary has 6 tokens.", 3),
        ],
    ),
    Prediction(
        name="predict_ids_accepted",
        ask="The table has 6 rows. Which of the ids -1, 0, 1, 5 and 6 can it look up? Write these ids as a list, the smallest first.",
        form=[7, 8],
        why="The table has the rows 0 to 5. On a CPU, any id outside this range raises an IndexError.",
        guesses=[
            Guess([1, 5, 6], "Rows are counted from 0 here, not from 1.", 11),
            Guess([0, 1, 5, 6], "There are six rows, counted from 0. So the last row is row 5.", 11),
            Guess([1, 5], "Row 0 is a row like any other.", 11),
            Guess([-1, 0, 1, 5], "`table[-1]` is the last row, but nn.Embedding does not count from the end."),
            Guess([-1, 0, 1, 5, 6], "Ids are not counted from the end, and the layer does not make new rows.", 2),
        ],
    ),
    Prediction(
        name="predict_lowest_cosine",
        ask="The next cell computes the cosine similarity of every pair of rows. What is the lowest of these values?",
        form=("zero or more", "below zero"),
        why="If rows point away from each other, their cosine similarity is below 0. The lowest possible value is -1.",
        guesses=[Guess("zero or more", "The numbers of a row can be negative, so two rows can point away from each other.", 13)],
    ),
    Prediction(
        name="predict_fresh_neighbour",
        ask="We make the table six times, each time with another seed, and look for the word nearest to the first word of the vocabulary. Is it the same word each time?",
        form=("no, it depends on the seed", "yes"),
        why="The numbers of each row are random and do not depend on the word. So the nearest word depends on the seed.",
        guesses=[Guess("yes", "The layer does not know any words. Each similarity is a random result of the seed.", 10)],
    ),
    Prediction(
        name="predict_swapped_table",
        side=True,
        ask="A vocabulary has 4 tokens, with 5 numbers each. Somebody writes `nn.Embedding(5, 4)` by mistake and looks "
        "up the ids `[0, 2]`. What is the shape of the output, or is there an error?",
        form=("an error", "(2, 5)", "(2, 4)"),
        why="A table with 5 rows has rows 0 and 2 as well, so nothing raises an error. Only the last size, 4, is wrong.",
        guesses=[
            Guess("an error", "There is no error as long as all ids are small.", 3),
            Guess("(2, 5)", "This shape is expected for 5 numbers per token. But here the dimension is 4, the second argument.", 3),
        ],
    ),
    Prediction(
        name="predict_stored_id",
        side=True,
        ask="The ids 504 and 70,000 are written to a file as `uint16`, and read again. Which id does 70,000 become?",
        form=7,
        why="uint16 has 65,536 values, and counting starts again at 0 after the last value: 70,000 - 65,536 = 4,464.",
        guesses=[
            Guess(70_000, "The largest number in uint16 is 65,535."),
            Guess(65_535, "The number is not cut off at the largest value. Counting starts again at 0."),
            Guess(4_465, "65,536 becomes 0, so 65,536 is subtracted, not 65,535."),
            Guess(0, "65,536 becomes 0. Larger numbers continue in the same way: 65,537 becomes 1."),
        ],
    ),
    Prediction(
        name="predict_fresh_spread",
        side=True,
        ask="`nn.Embedding(10_000, 64)` fills its table with random numbers around 0. What is their standard deviation, to two decimals?",
        form=0.35,
        why="The numbers of a new table come from the normal distribution with mean 0 and standard deviation 1.",
        guesses=[
            Guess(0.0, "The rows of a new table are random. Only a padding row contains zeros.", 7),
            Guess(0.01, "The numbers are often called 'small random values', but they are not small."),
            Guess(0.02, "GPT-2 sets this value afterwards. nn.Embedding itself starts with larger numbers."),
            Guess(0.1, "The numbers are often called 'small random values', but they are not small."),
            Guess(0.13, "That is about 1 / sqrt(64). nn.Embedding does not use its sizes for the start values."),
            Guess(0.12, "That is about 1 / sqrt(64). nn.Embedding does not use its sizes for the start values."),
        ],
    ),
    Prediction(
        name="predict_refilled_row",
        side=True,
        ask="Many models set their own start values with a line such as `nn.init.normal_(layer.weight, std=0.02)`. Is the padding row still all zeros after that line?",
        form=("no", "yes"),
        why="The line fills the whole matrix and does not look at padding_idx.",
        guesses=[Guess("yes", "The zeros are written once, when the layer is made. Nothing keeps them later.", 7)],
    ),
    Prediction(
        name="predict_misspelt_freeze",
        side=True,
        ask="We want to freeze this table and write `ready.weight.requiresGrad = False`. Then we take one training step. What happens?",
        form=("the table changes", "the table stays the same", "AttributeError"),
        why="Python sets a new attribute of that name, and PyTorch never reads it. requires_grad is still True.",
        guesses=[
            Guess("the table stays the same", "Compare the spelling of the name with `requires_grad`.", 12),
            Guess("AttributeError", "Reading a missing attribute raises this error. Setting one does not.", 12),
        ],
    ),
    Prediction(
        name="predict_table_in_dict",
        side=True,
        ask="The tables have 6 × 3 and 8 × 3 numbers. How many numbers do `model.parameters()` contain in all?",
        form=7,
        why="The model counts only the table that is an attribute: 6 × 3. A module does not look into a plain dictionary.",
        guesses=[
            Guess(42, "Both tables together have 42 numbers. But a module does not look into a plain dictionary."),
            Guess(24, "That is the table in the dictionary. The other table counts, because it is an attribute."),
            Guess(0, "The first table is an attribute of the module, so it counts."),
        ],
    ),
]
