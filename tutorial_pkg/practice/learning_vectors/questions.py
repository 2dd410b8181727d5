"""Recall questions and predictions of 05_learning_vectors."""

from tutorial_pkg.practice.items import Guess, Option, Prediction, Recall

RECALLS = [
    Recall(
        name="recall_before_training",
        ask="(Notebook 02.) We make `nn.Embedding(50_257, 768)`. How close are the rows of ` cat` and ` dog`?",
        options={
            "a": Option("Close, because the words are similar", "A new table has a row for each word. The numbers in the rows say nothing about the words yet.", 10),
            "b": Option("No closer than any other two rows", "Both rows are random. This notebook shows what changes them."),
            "c": Option("Equal: all rows are zero until training", "The rows are drawn at random, from N(0, 1). Only a padding row starts as zeros.", 10),
        },
        right="b",
    ),
    Recall(
        name="recall_renumbered",
        ask="(Notebooks 01 and 02.) Two people train the same model on the same text. One person gives ids in "
        "alphabetical order. The other person shuffles the ids first, and starts from the same row for each word. "
        "Whose vectors are better?",
        options={
            "a": Option("The alphabetical ones: words that begin in the same way get adjacent rows", "Adjacent rows do not affect each other: no step looks at the next row.", 5),
            "b": Option("The shuffled ones: otherwise small ids would favour words that begin with a", "No step computes with an id, so a small id has no advantage.", 5),
            "c": Option("Neither: both tables have the same rows, in a different order", "If you permute ids and rows together, every lookup returns the same vector as before."),
        },
        right="c",
    ),
    Recall(
        name="recall_two_gradients",
        ask="(Notebook 03.) We compute the gradient of a table twice, for the same ids and the same loss: through "
        "`W[ids]` and through `one_hot(ids) @ W`. How do the two gradients compare?",
        options={
            "a": Option("They agree: a row that was not looked up gets zeros from both", "The product multiplies such a row by 0, so the gradient of this row is 0, too."),
            "b": Option(
                "The product's gradient fills every row, but the lookup's gradient fills only the rows that were used",
                "Every row is in the product, but unused rows are multiplied by 0.",
                1,
            ),
            "c": Option(
                "A lookup has no gradient: choosing a row is not arithmetic", "The loss does not have a gradient for the id. But it has a gradient for the numbers of the row."
            ),
        },
        right="a",
        side=True,
    ),
]

PREDICTIONS = [
    Prediction(
        name="predict_rows_reached",
        ask="The table has 6 rows. We look up the ids `[4, 0, 4, 1]`, compute a loss from the four rows, and call "
        "`backward()`. How many rows of the table's gradient contain a number that is not zero?",
        form=2,
        why="Rows 0, 1 and 4 were looked up. Row 4 was looked up twice, and its two gradients are added.",
        guesses=[
            Guess(4, "There are four positions, but two of them have the same row. That row gets both gradients."),
            Guess(6, "A row that was not looked up does not affect the loss, so its gradient is zero."),
        ],
    ),
    Prediction(
        name="predict_adam_at_rest",
        ask='Only step 1 looks up "quick" (row 4). So in step 2, the gradient of row 4 is zero. What does **Adam** do with row 4 in step 2?',
        form=("moves it", "leaves it"),
        why="Adam moves a row along a running average of its past gradients, and that average is not zero yet.",
        guesses=[Guess("leaves it", "SGD would not move it. Adam remembers earlier gradients and still uses them.", 6)],
    ),
    Prediction(
        name="predict_adamw_unused",
        ask="The table has 6 rows, and no row is all zeros. Step 1 looks up `[4, 0]`. How many rows does **AdamW**, with its default settings, move in step 1?",
        form=3,
        why="AdamW's weight decay (0.01 by default) shrinks all rows a little in every step.",
        guesses=[
            Guess(2, "Two rows have a gradient. But weight decay shrinks every row, even unused rows.", 6),
            Guess(0, "Two rows have a gradient, so at least these two move.", 6),
        ],
    ),
    Prediction(
        name="predict_fresh_purity",
        ask="Nothing is trained yet. Take the row of a form and the five rows nearest to it. What share of these five has the same kind and form?",
        form=("under a tenth", "about half", "nearly all"),
        why="The rows are random, so the nearest rows are a random sample of all words. Few words have the same kind and form.",
        guesses=[
            Guess("nearly all", "Only training can do that. Nothing has changed the rows of an untrained table yet.", 10),
            Guess("about half", "Half would be far more than chance, and random rows agree only by chance.", 10),
        ],
    ),
    Prediction(
        name="predict_scaled_by_frequency",
        ask='"quick" is looked up twice. What is its gradient with `scale_grad_by_freq=True`, compared with its gradient without it?',
        form=("half of it", "the same", "twice as much"),
        why="The sum of the two gradients is divided by two, because the id occurs twice.",
        guesses=[
            Guess("twice as much", "The gradient without it is a sum of two gradients. This setting divides the sum by 2."),
            Guess("the same", "That is true for a row that is looked up once."),
        ],
        side=True,
    ),
    Prediction(
        name="predict_padding_row",
        ask="We make a layer with `nn.Embedding.from_pretrained(torch.ones(6, 3), padding_idx=1)`. What does the padding row contain?",
        form=("zeros", "ones"),
        why="from_pretrained keeps the given numbers. padding_idx only keeps the gradient of that row at zero.",
        guesses=[Guess("zeros", "nn.Embedding writes zeros to this row only when it makes its own table.", 7)],
        side=True,
    ),
    Prediction(
        name="predict_masked_rows",
        ask="We look up rows 4 and 0. A hook sets the gradient of every row to zero, except for row 4. No row of the "
        "table is all zeros. How many of the six rows does a step of **AdamW** move?",
        form=2,
        why="AdamW's weight decay shrinks every row, even if its gradient is zero.",
        guesses=[
            Guess(1, "SGD would move one row. It does not move a row whose gradient is zero.", 6),
            Guess(2, "Rows 0 and 4 were looked up. But weight decay changes every row.", 6),
        ],
        side=True,
    ),
    Prediction(
        name="predict_max_norm",
        ask="A layer has `max_norm=1.0`. Some of its rows are longer than 1, for example row 0. We look up the ids "
        "`[4, 0]` once, under `torch.no_grad()`. What does the lookup do to the table?",
        form=("nothing", "a row gets shorter"),
        why="With `max_norm`, a lookup changes the table itself: it shortens each looked-up row that is longer than `max_norm`.",
        guesses=[Guess("nothing", "With `max_norm`, a lookup also writes to the table.")],
        side=True,
    ),
    Prediction(
        name="predict_rows_of_a_step",
        ask="The vocabulary has 70,000 words, and a step trains on 4,068 words of text. What share of the table's rows does that step need?",
        form=("about half", "about 1 in 5", "fewer than 1 in 20"),
        why="4,068 words need at most 4,068 of the 70,000 rows, about 1 in 17. Frequent words occur many times, so the step needs even fewer rows.",
        guesses=[
            Guess("about half", "Half of the table is 35,000 rows. A step of 4,068 words cannot use so many rows."),
            Guess("about 1 in 5", "That would be 14,000 rows, more rows than the step has words."),
        ],
        side=True,
    ),
    Prediction(
        name="predict_below_zero",
        ask="Take all pairs of rows of the untrained table. How many pairs have a cosine similarity below 0?",
        form=("none", "about half", "nearly all"),
        why="A cosine is between -1 and 1. For random rows, positive and negative cosines are equally frequent.",
        guesses=[
            Guess("none", "Lengths are never negative. Cosines are negative if two rows point away from each other.", 13),
            Guess("nearly all", "A random direction and its opposite are equally likely, so about half of the cosines are positive."),
        ],
        side=True,
    ),
    Prediction(
        name="predict_other_seed",
        ask="We train on the same text twice, with seeds 0 and 1. Take a word's row from each of the two tables. For most words, what is the cosine similarity of these two rows?",
        form=("near 1", "near 0", "near -1"),
        why="Each training starts from different random rows, and the loss does not prefer any direction.",
        guesses=[
            Guess("near 1", "The text is the same. But the loss fixes only the positions of rows relative to each other."),
            Guess("near -1", "Then the two tables would be related. But nothing in the loss relates them."),
        ],
        side=True,
    ),
    Prediction(
        name="predict_never_together",
        ask="We train on 240 words of text. Take all pairs of words that never occur in the same sentence. What is their mean cosine similarity?",
        form=("below 0.3", "from 0.3 to 0.6", "above 0.6"),
        why="After so few steps, the rows of most words of the text still point in nearly the same direction.",
        guesses=[Guess("below 0.3", "A long text and many steps can separate such words. Here there are only a few steps.")],
        side=True,
    ),
    Prediction(
        name="predict_king",
        ask="Take the vectors of real words, and compute `king − man + woman`. Which row of the whole table is nearest to this sum, if we leave out no word?",
        form=("queen", "king", "man", "woman"),
        why="The sum is still close to its inputs. People usually leave the three inputs out of the search.",
        guesses=[Guess("queen", "That is the famous answer. It leaves out the three inputs before it searches.")],
        side=True,
    ),
]
