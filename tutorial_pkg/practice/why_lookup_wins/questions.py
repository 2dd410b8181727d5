"""Recall questions and predictions of 04_why_lookup_wins."""

from tutorial_pkg.practice.items import Guess, Option, Prediction, Recall

RECALLS = [
    Recall(
        name="recall_same_rows",
        ask="(Notebook 03.) `F.embedding(ids, W)` and `F.one_hot(ids, V).float() @ W` get the same int64 ids and the "
        "same table of finite float32 numbers. What differs, apart from rounding?",
        options={
            "a": Option("The rows differ, because an embedding can do more than a linear layer.", "The rows are equal, and the gradients are equal up to rounding.", 1),
            "b": Option("Only what it costs to get the rows.", "The rows are the same, and time and memory differ. This notebook is about these two."),
            "c": Option("The rows are equal, but only the product can be trained.", "Both can be trained: on both routes, a gradient reaches the table.", 1),
        },
        right="b",
    ),
    Recall(
        name="recall_gpt2_table",
        ask="(Notebook 02.) GPT-2 has 50,257 tokens and vectors of 768 numbers. What is the shape of its table?",
        options={
            "a": Option("(768, 50257)", "This is the shape of the transposed table. The vector of a token is a row.", 3),
            "b": Option("(50257, 768)", "The table has one row for each token. In float32 it takes 50,257 × 768 × 4 bytes: 154 million bytes."),
            "c": Option("It depends on the largest id in the text.", "The table has a row for every token of the vocabulary, even for tokens that this text does not use.", 2),
        },
        right="b",
    ),
]

PREDICTIONS = [
    Prediction(
        name="predict_doubled_twice",
        ask="The vocabulary doubles twice, from 1,000 to 4,000 tokens. `d` and `N` stay the same. By what factor do the bytes of the **lookup** grow, not counting the table?",
        form=7,
        why="V does not appear in 4·N·d. The lookup makes N rows, however many rows the table has.",
        guesses=[
            Guess(4, "The one-hot matrix and the table grow by this factor. The lookup does not go through the whole table."),
            Guess(2, "V grows by a factor of 4. But V does not appear in the lookup's bytes at all."),
            Guess(0, "A factor of 0 means that no bytes are left. Bytes that stay the same have the factor 1."),
            Guess(3, "V does not appear in the lookup's bytes, so they do not grow."),
            Guess(16, "V grows by a factor of 4, and V does not appear in the lookup's bytes at all."),
        ],
    ),
    Prediction(
        name="predict_gpt2_batch",
        ask="GPT-2 gets a batch of 8 texts with 1,024 tokens each. How much memory would the **one-hot** route need at its peak, only to get the rows?",
        form=("under 100 MB", "about 500 MB", "about 5 GB", "about 50 GB"),
        why="12 bytes × 8,192 tokens × 50,257 columns are 4.9 billion bytes. The rows take 25 million.",
        guesses=[
            Guess("under 100 MB", "The rows themselves take 25 MB. But one-hot also fills 50,257 columns for each token."),
            Guess("about 500 MB", "12 × 8,192 × 50,257 is 4.9 billion. Count the digits once more."),
            Guess("about 50 GB", "12 × 8,192 × 50,257 is 4.9 billion. Count the digits once more."),
        ],
    ),
    Prediction(
        name="predict_peak",
        ask="`W` has shape (1000, 64), and `ids` holds 128 ids. How many bytes does the lookup `F.embedding(ids, W)` make at its peak?",
        form=7,
        why="The lookup makes only its output: 128 rows of 64 floats, and each float takes 4 bytes.",
        guesses=[
            Guess(256_000, "That is the table. It exists already, and the lookup does not copy it."),
            Guess(288_768, "This also counts the table, which exists already."),
            Guess(1_536_000, "That is the peak of the one-hot route."),
            Guess(1_568_768, "That is the peak of the one-hot route, plus the output."),
            Guess(544_768, "That is what the one-hot route needs while it multiplies. A lookup makes no one-hot vectors."),
            Guess(8_192, "The output has that many numbers. Each float32 takes 4 bytes."),
            Guess(65_536, "An int64 takes 8 bytes. The table holds float32 numbers, which take 4 bytes."),
            Guess(33_792, "This also counts the ids, which exist already."),
            Guess(1_024, "These are the bytes of the ids, which exist already. The lookup makes a row for each id."),
            Guess(512_000, "These rows are as wide as the vocabulary. A row of the table has 64 numbers.", 3),
            Guess(128, "The output has 128 rows. Each row has 64 numbers of 4 bytes."),
            Guess(512, "This is one number of 4 bytes for each id. Each id gets a row of 64 numbers."),
            Guess(256, "That is one row. The output has 128 rows."),
        ],
    ),
    Prediction(
        name="predict_small_vocabulary",
        ask="Now a tiny vocabulary: V = 10 (for example the digits), d = 64 and N = 8,192 tokens. What is one-hot's peak, divided by the bytes of the lookup?",
        form=("about 1", "about 10", "about 50"),
        why="One-hot vectors have 10 columns here, and the output has 64. Only the ratio of V to d matters.",
        guesses=[
            Guess("about 10", "V is 10 and d is 64. Only the ratio of V to d matters."),
            Guess("about 50", "This is right for a vocabulary much larger than d. Here V is smaller than d."),
        ],
    ),
    Prediction(
        name="predict_slope",
        side=True,
        ask="On a log-log plot, a quantity that grows like V to the power p is a straight line with slope p. What is "
        "the slope of the **one-hot** route's bytes, 12·N·V, plotted against V?",
        form=7,
        why="If V doubles, the bytes double, so the power is 1. The factors 12 and N only move the line up.",
        guesses=[
            Guess(12, "12 moves the line up. The slope is the power of V."),
            Guess(2, "Bytes that double when V doubles grow like V to the power 1."),
            Guess(0, "The lookup's line has slope 0, because its bytes do not depend on V."),
            Guess(3, "Three factors are multiplied here, but only the power of V counts, and it is 1."),
            Guess(3072, "12·N moves the line up. The slope is the power of V."),
        ],
    ),
    Prediction(
        name="predict_sparse_rows",
        side=True,
        ask="The ids `[4, 0, 4, 1]` are looked up in a table of 6 rows with `sparse=True`. Then `.backward()` runs. How many rows does the table's gradient store?",
        form=7,
        why="It stores one row for each looked-up id, even if an id is repeated. `coalesce()` adds up the rows of one id.",
        guesses=[
            Guess(3, "There are three different ids, but the backward pass does not search for repeated ids."),
            Guess(6, "That would be the dense gradient: a row for every token, most of them zeros."),
            Guess(5, "A dense gradient has a row for every token, not up to the largest id. This one is sparse.", 2),
            Guess(2, "Two ids occur once. But the repeated id gets a row for each time that it occurs."),
            Guess(9, "That is the sum of the ids. Each of the four ids has its row.", 5),
            Guess(12, "This is the number of stored numbers: each row has 3 numbers."),
        ],
    ),
    Prediction(
        name="predict_two_threads",
        side=True,
        ask="With two threads, the gradient of `W[ids]` is computed 30 times. Table, ids and loss are the same each "
        "time, and nothing is random. Are all 30 gradients equal, bit for bit?",
        form=("all equal", "not all equal"),
        why="Two threads add into the same rows, in an order that changes. A sum of floats depends on its order.",
        guesses=[Guess("all equal", "Nothing is random in the code, but either thread can be first. A sum of floats depends on its order.")],
    ),
]
