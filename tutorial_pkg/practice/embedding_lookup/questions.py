"""Recall questions and predictions of 02_embedding_lookup."""

from tutorial_pkg.practice.items import Guess, Option, Prediction, Recall

RECALLS = [
    Recall(
        name="recall_id_order",
        ask="A tokeniser sorts its vocabulary before it numbers the tokens. What is the sorting for?",
        options={
            "a": Option(
                "Tokens with similar meanings get ids that are close together.",
                "The alphabet knows nothing of meaning: `the` and `tiger` are neighbours there.",
                idea=5,
            ),
            "b": Option(
                "Every run gives the same token the same id.",
                "A Python set may come out in another order in each process, and a saved table's rows would then "
                "belong to the wrong tokens. Any fixed order would do; sorted order is one.",
            ),
            "c": Option(
                "An embedding table needs its tokens in alphabetical order.",
                "The table never sees a token, only ids. Shuffle the ids and the rows in the same way, and every token "
                "keeps its vector.",
                idea=5,
            ),
        },
        right="b",
    ),
    Recall(
        name="recall_unknown_word",
        ask="The vocabulary has six words and an unknown token. A text contains `dog`, which is not among the six. "
        "What does the encoder give for it?",
        options={
            "a": Option(
                "The next free id, so that the vocabulary grows by one.",
                "The table was made with a fixed number of rows: there would be no row for the new id.",
                idea=2,
            ),
            "b": Option(
                "The id of the word that is spelt most like it.",
                "Two different words would then become one without anybody noticing. No common tokeniser does that.",
            ),
            "c": Option(
                "The id of the unknown token.",
                "Every unknown word gets that one id, and so the same row; decoding cannot bring `dog` back.",
            ),
        },
        right="c",
    ),
    Recall(
        name="recall_token_or_word",
        ask='GPT-2\'s tokeniser meets "Data" at the start of a text and " data" further on. What are they to it?',
        options={
            "a": Option(
                "Two different tokens, with ids that have nothing to do with each other.",
                "A capital letter and a leading space are part of a token. Each has a row of its own, too.",
            ),
            "b": Option(
                "One and the same token, because it is one and the same word.",
                "That was the small tokeniser, which made everything lower case and cut at spaces.",
                idea=9,
            ),
            "c": Option(
                "One token with two vectors.",
                "An id names one row. Where there are two vectors there are two ids.",
                idea=9,
            ),
        },
        right="a",
    ),
]

PREDICTIONS = [
    Prediction(
        name="predict_sample_shape",
        ask="The table has 6 rows of 3 numbers. We look up four ids: `embedding(torch.tensor([2, 3, 5, 1]))`. "
        "What shape comes out?",
        form=(7, 8),
        why="Each of the four ids gives its row of three numbers.",
        guesses=[
            Guess((3, 4), "The rows stay rows: one for each id, with the embedding dimension last.", 3),
            Guess((6, 3), "That is the whole table; only the rows asked for come out.", 2),
            Guess((4, 6), "Six is the number of rows to choose from; what comes out is the row itself.", 3),
            Guess((4,), "That would be one number for each id; each id has a whole row.", 8),
            Guess((1, 4, 3), "No batch dimension is added: what you put in decides.", 8),
            Guess((5, 3), "The largest id plays no part in the shape.", 2),
        ],
    ),
    Prediction(
        name="predict_renamed_ids",
        ask="The sentence is written with the new ids and looked up in the table whose rows moved along. "
        "How do the vectors that come out compare with those before?",
        form=("the same", "others"),
        why="An id only names a row: rename ids and rows together, and every token finds its own vector again.",
        guesses=[Guess("others", "No vector has changed, only the label on it and the place where it is kept.", 5)],
    ),
    Prediction(
        name="predict_scalar_id",
        ask="One single id, with no dimension at all: `embedding(torch.tensor(5))`. What comes out of the 6 × 3 table?",
        form=("an error", "shape (1, 1, 3)", "shape (1, 3)", "shape (3,)"),
        why="A single id has the shape (), and () + (3,) is (3,): one row.",
        guesses=[
            Guess("an error", "No batch is needed.", 8),
            Guess("shape (1, 3)", "No length is added.", 8),
            Guess("shape (1, 1, 3)", "Neither a batch nor a length is added.", 8),
        ],
    ),
    Prediction(
        name="predict_batch_shape",
        ask="Now a batch: two sentences of four ids each, so `ids.shape` is `(2, 4)`. "
        "What shape comes out of the 6 × 3 table?",
        form=(7, 8),
        why="Each of the 2 × 4 ids is replaced by its row, so a dimension of size 3 is added at the end.",
        guesses=[
            Guess((8, 3), "The batch is not flattened.", 8),
            Guess((2, 3), "That is one row for each sentence; every single id has a row.", 8),
            Guess((2, 4), "That is the shape of the ids; each of them becomes a whole row.", 8),
            Guess((2, 3, 4), "The embedding dimension comes last.", 8),
            Guess((2, 4, 6), "What is added is the embedding dimension, 3, and not the size of the vocabulary.", 3),
        ],
    ),
    Prediction(
        name="predict_ids_accepted",
        ask="The table has 6 rows. Which of the ids -1, 0, 1, 5, 6 will it look up? Write a list of those that work, "
        "smallest first.",
        form=[7, 8],
        why="The rows of this table are 0 to 5, and everything else raises an IndexError.",
        guesses=[
            Guess([1, 5, 6], "This counts the rows from 1.", 11),
            Guess([0, 1, 5, 6], "Six rows that count from 0 end with row 5.", 11),
            Guess([1, 5], "Row 0 is a row like any other.", 11),
            Guess(
                [-1, 0, 1, 5], "-1 for the last one is Python's way, and `table[-1]` follows it; nn.Embedding does not."
            ),
            Guess([-1, 0, 1, 5, 6], "Nothing wraps around, and no row is made on demand.", 2),
        ],
    ),
    Prediction(
        name="predict_lowest_cosine",
        ask="We compare each pair of the six rows by their cosine similarity. Where will the *lowest* value lie?",
        form=("above zero", "zero", "below zero"),
        why="Rows that point away from each other have a negative cosine similarity, down to -1.",
        guesses=[
            Guess("above zero", "Nothing keeps two rows on the same side.", 13),
            Guess("zero", "Zero is a right angle, not the end of the scale.", 13),
        ],
    ),
    Prediction(
        name="predict_fresh_neighbour",
        ask="We make the table anew, six times, each time with another seed. Will `in` be the word "
        "closest to `fox` again?",
        form=("each time", "most times", "depends on the seed"),
        why="Each row is drawn by itself, without a look at its word, so other seeds give other neighbours.",
        guesses=[
            Guess(
                "each time", "0.82 looks like knowledge, but the layer knows no words; it was the draw of seed 42.", 10
            ),
            Guess("most times", "Nothing pulls `fox` and `in` together: no sentence has been read yet.", 10),
        ],
    ),
    Prediction(
        name="predict_swapped_table",
        ask="A vocabulary of 4 tokens, 5 numbers for each. By mistake somebody writes `nn.Embedding(5, "
        "4)` and looks up "
        "the ids `[0, 2]`. What happens?",
        form=("an error", "shape (2, 5)", "shape (2, 4)"),
        why="A table of 5 rows has rows 0 and 2 as well, so nothing raises; only the last size, 4, "
        "gives the swap away.",
        guesses=[
            Guess(
                "an error",
                "An error would be better: this mistake stays silent as long as the ids are small enough.",
                3,
            ),
            Guess("shape (2, 5)", "That is what was wanted; but the second argument is the dimension, here 4.", 3),
        ],
    ),
    Prediction(
        name="predict_fresh_spread",
        ask="`nn.Embedding(10_000, 64)` fills its table with random numbers around 0. "
        "What is their standard deviation, to two decimals?",
        form=0.35,
        why="A new table is drawn from the normal distribution with mean 0 and standard deviation 1.",
        guesses=[
            Guess(0.0, "A fresh table is not zeros: only a padding row is.", 7),
            Guess(0.01, "Often called 'small random values', but they are not small; a model that wants that sets it."),
            Guess(0.02, "That is what GPT-2 sets its table to afterwards; nn.Embedding itself starts larger."),
            Guess(0.1, "Often called 'small random values', but they are not small."),
            Guess(0.13, "That is about 1 / sqrt(64); but nn.Embedding does not look at its sizes."),
            Guess(0.12, "That is about 1 / sqrt(64); but nn.Embedding does not look at its sizes."),
        ],
    ),
    Prediction(
        name="predict_refilled_row",
        ask="Many models set their own start values: `nn.init.normal_(layer.weight, std=0.02)`. The "
        "layer was made with "
        "`padding_idx=6`. What does row 6 hold after that line?",
        form=("zeros", "random numbers"),
        why="The call fills the whole matrix and has never heard of padding_idx.",
        guesses=[Guess("zeros", "The zeros were written once, when the layer was made; nothing guards them.", 7)],
    ),
    Prediction(
        name="predict_misspelt_freeze",
        ask="We want to keep this table as it is, and write `ready.weight.requiresGrad = False`. "
        "Then one training step is taken. What does the table do?",
        form=("stays", "moves", "AttributeError"),
        why="Python sets a new attribute of that name, which nobody reads; requires_grad is still True.",
        guesses=[
            Guess("stays", "Look at the spelling.", 12),
            Guess("AttributeError", "Reading a name that is not there raises; setting one does not.", 12),
        ],
    ),
]
