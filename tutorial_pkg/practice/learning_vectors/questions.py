"""Recall questions and predictions of 05_learning_vectors."""

from tutorial_pkg.practice.items import Guess, Option, Prediction, Recall

RECALLS = [
    Recall(
        name="recall_before_training",
        ask="(Notebook 02.) `nn.Embedding(50_257, 768)` was made a second ago. How close are the rows of ` cat` "
        "and ` dog`?",
        options={
            "a": Option(
                "Close, because the words are alike",
                "Nobody has told the table anything about the words; it only knows how many there are.",
                10,
            ),
            "b": Option(
                "No closer than any other two rows",
                "Both are random draws. This notebook is about what has to happen before that changes.",
            ),
            "c": Option(
                "Equal: all rows are zero until training",
                "Were they all equal, they would be harder to tell apart in training. They are drawn from N(0, 1).",
                10,
            ),
        },
        right="b",
    ),
    Recall(
        name="recall_two_gradients",
        ask="(Notebook 03.) For the same ids and the same loss, the gradient of the table is worked out twice: through "
        "`W[ids]` and through `one_hot(ids) @ W`. How do the two compare?",
        options={
            "a": Option(
                "They agree: a row that was not looked up gets zeros from both",
                "In the product, that row is only ever multiplied by 0, so its gradient is 0 as well.",
            ),
            "b": Option(
                "The product's gradient fills every row, the lookup's only the rows used",
                "Every row takes part in the product, but multiplied by 0, and so is its gradient.",
                1,
            ),
            "c": Option(
                "A lookup has no gradient: choosing a row is not arithmetic",
                "The choice of the id has none. The numbers in the chosen row do, and they are what is trained.",
            ),
        },
        right="a",
    ),
    Recall(
        name="recall_renumbered",
        ask="(Notebooks 01 and 02.) Two people train the same model on the same text. One gives the ids in "
        "alphabetical "
        "order, the other shuffles them first. Whose vectors can be better?",
        options={
            "a": Option(
                "The alphabetical ones: words that begin alike get rows that lie side by side",
                "Rows side by side share nothing: the lookup finds each by its number, and no step looks at the "
                "next row.",
                5,
            ),
            "b": Option(
                "The shuffled ones: small ids would otherwise favour words that begin with a",
                "No step multiplies by an id or compares two ids, so a small one favours nothing.",
                5,
            ),
            "c": Option(
                "Neither: the same rows stand in another order",
                "Permute ids and rows together and every lookup returns what it returned before.",
            ),
        },
        right="c",
    ),
]

PREDICTIONS = [
    Prediction(
        name="predict_rows_reached",
        ask="The table has 6 rows. The ids `[4, 0, 4, 1]` are looked up, and a loss of the four rows is sent "
        "backwards. "
        "How many rows of the table's gradient hold anything but zeros?",
        form=2,
        why="Rows 0, 1 and 4 were looked up; row 4 twice, and its two gradients are added into the one row.",
        guesses=[
            Guess(4, "There are four positions, but two of them are the same row, which gets the sum of both."),
            Guess(6, "A row that was not looked up did not change the loss, so its gradient is zero."),
        ],
    ),
    Prediction(
        name="predict_adam_at_rest",
        ask='"quick" (row 4) is looked up in step 1 and never again. In step 2, its gradient is zero. What does '
        "**Adam** do "
        "with row 4 in step 2?",
        form=("moves it", "leaves it"),
        why="Adam steps along a running average of past gradients, and that average is not zero yet.",
        guesses=[Guess("leaves it", "That would be SGD. Adam remembers earlier gradients, and goes on along them.", 6)],
    ),
    Prediction(
        name="predict_adamw_unused",
        ask="The table has 6 rows, and none of them is all zeros. Step 1 looks up `[4, 0]`. How many rows does "
        "**AdamW**, "
        "with its default settings, move in step 1?",
        form=3,
        why="AdamW's weight decay (0.01 unless you say otherwise) shrinks the whole table a little in every step.",
        guesses=[
            Guess(2, "Two rows have a gradient, but weight decay asks no row whether it was used.", 6),
            Guess(0, "Two rows have a gradient, so at least these move.", 6),
        ],
    ),
    Prediction(
        name="predict_fresh_purity",
        ask="Before any training: of the five nearest neighbours of a word in the fresh table, what share is of "
        "the word's "
        "own kind and form?",
        form=("under a tenth", "about half", "nearly all"),
        why="The rows are random, so the neighbours are a random sample of all words, and few of these belong "
        "together.",
        guesses=[
            Guess("nearly all", "That is what training will have to do. A fresh table has seen no sentence.", 10),
            Guess("about half", "Half would be far more than chance, and chance is all there is in a fresh table.", 10),
        ],
    ),
    Prediction(
        name="predict_scaled_by_frequency",
        ask='With `scale_grad_by_freq=True`, what is the gradient of "quick", which is looked up twice, beside the one '
        "without?",
        form=("half of it", "the same", "twice as much"),
        why="The sum of its two gradients is divided by the two times that it came up.",
        guesses=[
            Guess("twice as much", "Its gradient is a sum of two already, and the switch divides by their number."),
            Guess("the same", "That would be so for a row that is looked up once."),
        ],
    ),
    Prediction(
        name="predict_padding_row",
        ask="A layer is made by `nn.Embedding.from_pretrained(torch.ones(6, 3), padding_idx=1)`. What does "
        "the padding row hold?",
        form=("zeros", "ones"),
        why="The numbers given to from_pretrained are kept; padding_idx only holds that row's gradient at zero.",
        guesses=[
            Guess(
                "zeros",
                "The zeros are written when nn.Embedding makes its own table, and only then.",
                7,
            )
        ],
    ),
    Prediction(
        name="predict_masked_rows",
        ask="Rows 4 and 0 are looked up, and a hook sets the gradient of every row but row 4 to zero. How many of "
        "the six rows does a step of **AdamW** move?",
        form=2,
        why="AdamW's decay shrinks every row, whatever its gradient.",
        guesses=[
            Guess(1, "That would be SGD, which stays where the gradient is zero.", 6),
            Guess(2, "Row 0 was looked up and row 4 has a gradient, but decay asks for neither.", 6),
        ],
    ),
    Prediction(
        name="predict_max_norm",
        ask="Some rows of a layer made with `max_norm=1.0` are longer than 1, row 0 for one. The ids `[4, 0]` are "
        "looked up, once, under `torch.no_grad()`. What does a lookup with `max_norm` do to the table?",
        form=("nothing", "a row gets shorter"),
        why="With `max_norm`, a lookup shortens the rows it fetches, in the table itself.",
        guesses=[Guess("nothing", "Reading is not always only reading: with `max_norm` a lookup writes to the table.")],
    ),
    Prediction(
        name="predict_rows_of_a_step",
        ask="The vocabulary has 70,000 words, and a step trains on 4,068 words of running text. What share of the "
        "table's rows does that step need?",
        form=("about half", "about 1 in 5", "fewer than 1 in 20"),
        why="4,068 words can need at most 4,068 rows, 1 in 17, and frequent words come up many times in one step.",
        guesses=[
            Guess("about half", "Half the table is 35,000 rows; a step of 4,068 words cannot name so many."),
            Guess("about 1 in 5", "That is 14,000 rows, more than the step has words."),
        ],
    ),
    Prediction(
        name="predict_below_zero",
        ask="Take all pairs of rows of the fresh table. How many pairs have a cosine similarity below 0?",
        form=("none", "about half", "nearly all"),
        why="A cosine lies between -1 and 1, and two random rows point away from each other as often as not.",
        guesses=[
            Guess("none", "Lengths are never negative; cosines are, where two rows point away from each other.", 13),
            Guess(
                "nearly all", "Random directions favour neither side: for every row that points away, one points along."
            ),
        ],
    ),
    Prediction(
        name="predict_king",
        ask="Vectors of real words: `king − man + woman`. Which row of the whole table lies nearest to the sum, "
        "when no word "
        "is left out of the search?",
        form=("queen", "king", "man", "woman"),
        why="The sum is still mostly made of its inputs. Evaluations leave the three inputs out, and seldom say so.",
        guesses=[
            Guess("queen", "So the story goes; it leaves the three inputs out of the search before it looks."),
        ],
    ),
]
