"""Recall questions and predictions of 04_why_lookup_wins."""

from tutorial_pkg.practice.items import Guess, Option, Prediction, Recall

RECALLS = [
    Recall(
        name="recall_same_rows",
        ask="(Notebook 03.) `F.embedding(ids, W)` and `F.one_hot(ids, V).float() @ W` get the same "
        "ids and the same table. "
        "What can differ?",
        options={
            "a": Option(
                "The rows: an embedding does something that a linear layer cannot.",
                "The rows are equal, number for number, and so are the gradients up to rounding.",
                1,
            ),
            "b": Option(
                "Only what it costs to get there.",
                "The rows are the same; time and memory are not. This notebook is about these two.",
            ),
            "c": Option(
                "The rows agree, but only the product can be trained.",
                "Both can: a gradient reaches the table either way, and it is the same one up to rounding.",
                1,
            ),
        },
        right="b",
    ),
    Recall(
        name="recall_gpt2_table",
        ask="(Notebook 02.) GPT-2 has 50,257 tokens and vectors of 768 numbers. What is the shape of its table?",
        options={
            "a": Option(
                "(768, 50257)",
                "That is its transpose: 768 rows of 50,257 numbers. A token's vector is a row.",
                3,
            ),
            "b": Option(
                "(50257, 768)",
                "One row for each token. In float32 that is 50,257 × 768 × 4 bytes, 154 million.",
            ),
            "c": Option(
                "It depends on the largest id in the text.",
                "A text that happens to use few tokens must not make a smaller table.",
                2,
            ),
        },
        right="b",
    ),
]

PREDICTIONS = [
    Prediction(
        name="predict_doubled_twice",
        ask="The vocabulary doubles twice, from 1,000 to 4,000 tokens; `d` and `N` stay. By what factor do the bytes "
        "of the **lookup** grow, those made beside the table?",
        form=7,
        why="V does not appear in 4·N·d: how many rows could have been fetched does not change those that are.",
        guesses=[
            Guess(
                4, "That is the factor for one-hot, and for the table itself. The lookup does not go through the table."
            ),
            Guess(2, "V doubled twice is four times V; but the lookup's bytes do not have V in them at all."),
            Guess(0, "A factor of 0 would leave no bytes at all; what does not grow has the factor 1."),
            Guess(3, "The lookup's bytes do not have V in them at all, so they do not grow."),
            Guess(16, "V doubled twice is four times V, and the lookup's bytes do not have V in them at all."),
        ],
    ),
    Prediction(
        name="predict_gpt2_batch",
        ask="GPT-2 is trained on a batch of 8 texts of 1,024 tokens each. How much memory would the **one-hot** route "
        "ask for at its peak, only to fetch the rows?",
        form=("under 100 MB", "about 500 MB", "about 5 GB", "about 50 GB"),
        why="With 12 bytes × 8,192 tokens × 50,257 columns it is 4.9 billion; the rows that come out take 25 million.",
        guesses=[
            Guess(
                "under 100 MB", "The rows that come out do fit in that: 25 MB. One-hot fills 50,257 columns for each."
            ),
            Guess("about 500 MB", "12 × 8,192 × 50,257 is 4.9 billion: count the noughts once more."),
            Guess("about 50 GB", "12 × 8,192 × 50,257 is 4.9 billion: count the noughts once more."),
        ],
    ),
    Prediction(
        name="predict_peak",
        ask="`W` has shape (1000, 64), `ids` holds 128 ids. How many bytes will be measured at the peak of the lookup, "
        "`F.embedding(ids, W)`?",
        form=7,
        why="The result is all that is made: 128 rows of 64 floats of 4 bytes.",
        guesses=[
            Guess(256_000, "That is the table, which was there before. No copy of it is made."),
            Guess(288_768, "The table is counted with it, which was there before."),
            Guess(1_536_000, "That is the peak of the one-hot route."),
            Guess(1_568_768, "That is the peak of the one-hot route, and the output besides."),
            Guess(544_768, "That is the second moment of the one-hot route; a lookup makes no one-hot vectors."),
            Guess(8_192, "That many numbers come out, and each float32 takes 4 bytes."),
            Guess(65_536, "8 bytes are an int64's; the table holds float32, of 4 bytes."),
            Guess(33_792, "The ids were there before, so they do not count."),
            Guess(1_024, "These are the ids, which were there before; what is made is a row for each."),
            Guess(512_000, "128 rows as wide as the vocabulary. A row of the table has 64 numbers.", 3),
            Guess(128, "That is how many rows come out; each has 64 numbers of 4 bytes."),
            Guess(512, "That is one number of 4 bytes for each id; each gets a row of 64 numbers."),
            Guess(256, "That is one row; 128 of them come out."),
        ],
    ),
    Prediction(
        name="predict_small_vocabulary",
        ask="Now a tiny vocabulary: V = 10 (digits, say), d = 64, and N = 8,192 tokens. How many times the lookup's "
        "bytes does one-hot take at its peak?",
        form=("about 1", "about 10", "about 50"),
        why="A one-hot row of 10 columns is short beside an output row of 64: V matters only against d.",
        guesses=[
            Guess("about 10", "V is 10, but what counts is V against d: 10 columns beside 64."),
            Guess("about 50", "That is what a vocabulary much larger than d costs; here it is smaller."),
        ],
    ),
    Prediction(
        name="predict_slope",
        ask="On log-log paper, a quantity that grows like V to the power p is a straight line with slope p. What is "
        "the slope of the **one-hot** route's bytes, 12·N·V, drawn against V?",
        form=7,
        why="Twice the vocabulary, twice the bytes: the first power. The 12 and the N only move the line up.",
        guesses=[
            Guess(12, "12 moves the line up; the slope is the power of V."),
            Guess(2, "Twice as many bytes when V doubles: that is the first power, 2 to the power 1."),
            Guess(0, "A slope of 0 is the lookup's line: V does not matter there."),
            Guess(3, "Three letters and numbers multiply here, but only the power of V counts, and that is 1."),
            Guess(3072, "12·N moves the line up; the slope is the power of V."),
        ],
    ),
    Prediction(
        name="predict_sparse_rows",
        ask="The ids `[4, 0, 4, 1]` are looked up in a table of 6 rows with `sparse=True`, and the loss is sent "
        "backwards. How many rows does the table's gradient store?",
        form=7,
        why="One for each id looked up, repeated or not; `coalesce()` adds up those that belong to the same row.",
        guesses=[
            Guess(3, "There are three different ids, but nobody has gone through them to find that out."),
            Guess(6, "That would be the dense gradient: a row for every token, mostly zeros."),
            Guess(5, "A table sized by the largest id of the sample plus 1, and dense at that.", 2),
            Guess(
                2, "Two ids come once, but each of the four that were looked up has its row, the repeated one twice."
            ),
            Guess(9, "The sum of the ids says nothing; each of the four ids has its row.", 5),
            Guess(12, "These are the numbers stored: each row has 3 of them."),
        ],
    ),
    Prediction(
        name="predict_two_threads",
        ask="With two threads, the gradient of `W[ids]` is worked out 30 times: same table, same ids, same loss, "
        "nothing random. Are all 30 gradients equal, bit for bit?",
        form=("all equal", "not all equal"),
        why="Both threads add into the same rows, in an order that nobody fixes, and a sum of floats depends on its "
        "order.",
        guesses=[
            Guess(
                "all equal",
                "Nothing is random in it, but which thread adds first is left to chance, and a sum of floats depends "
                "on its order.",
            ),
        ],
    ),
]
