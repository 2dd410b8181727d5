"""Recall questions and predictions of 06_a_real_table."""

from tutorial_pkg.practice.items import Guess, Option, Prediction, Recall

RECALLS = [
    Recall(
        name="recall_fresh_or_trained",
        ask="(Notebook 02.) In a new `nn.Embedding(49_152, 576)`, which row is nearest to the row of ` king`?",
        options={
            "a": Option("The row of ` King` or ` queen`: words that are used in the same way.", "Nobody has trained a new table. Its numbers are random.", idea=10),
            "b": Option("The row of the token with the next id.", "An id is a name. Rows with adjacent ids have nothing to do with each other.", idea=5),
            "c": Option("Any row; it depends on the seed.", "New rows are random. So everything that this notebook finds comes from training."),
        },
        right="c",
    ),
    Recall(
        name="recall_cosine_range",
        ask="(Notebook 02.) What does a cosine similarity of 0 mean for two rows?",
        options={
            "a": Option("They point in opposite directions.", "Opposite directions give -1, which is the lowest value.", idea=13),
            "b": Option("They are at a right angle.", "The cosine is -1 for opposite directions, 0 at a right angle, and 1 for the same direction."),
            "c": Option("They are the same row.", "A row compared with itself gives 1.", idea=13),
        },
        right="b",
    ),
]

PREDICTIONS = [
    Prediction(
        name="predict_hot",
        ask="Which of these three words has the row that is most similar to the row of ` hot`?",
        form=("warm", "cold", "heat"),
        why="Words that fit the same sentences get similar rows, and opposites fit the same sentences: the soup is hot, or the soup is cold.",
        guesses=[
            Guess("warm", "` warm` is nearly as similar. But what matters is how a word is used, and its opposite is used in the same way."),
            Guess("heat", "` heat` has a similar meaning, but it is a noun, so it is used differently."),
        ],
    ),
    Prediction(
        name="predict_random_cosine",
        ask="What is the average cosine similarity of 20,000 pairs of random rows?",
        form=("clearly below 0", "about 0", "clearly above 0"),
        why="Most rows have a part of their direction in common. The next cells show which rows have this part.",
        guesses=[
            Guess("about 0", "That is true for a new, untrained table. Here many rows have something in common."),
            Guess("clearly below 0", "So many vectors cannot all point away from each other."),
        ],
    ),
    Prediction(
        name="predict_mean_row",
        ask="What is the cosine similarity of the row of ` the` with the mean row?",
        form=("clearly below 0", "about 0", "clearly above 0"),
        why="The most frequent words point away from the mean row.",
        guesses=[
            Guess("about 0", "A cosine of 0 would be a right angle. But the rows of the most frequent words point away from the mean row."),
            Guess("clearly above 0", "This is true for most rows, but not for the rows of the most frequent words."),
        ],
    ),
    Prediction(
        name="predict_distinct",
        ask="Are all 49,152 rows of the table different from each other?",
        form=("all differ", "some are the same"),
        why="Some tokens probably never occurred in training. The next cells look at them in detail.",
        guesses=[Guess("all differ", "That is true for tokens that occurred in training. But some tokens probably never occurred there.")],
    ),
    Prediction(
        name="predict_kept",
        ask="We look for each word's ten nearest words, in all 576 directions and on the map. Take 100 words that are "
        "nearest in all directions. How many of them are also nearest on the map?",
        form=("about 20", "about 55", "about 90"),
        why="Two directions keep less than a third of the differences between these rows.",
        guesses=[
            Guess("about 20", "Chance gives about 20. The map keeps more."),
            Guess("about 90", "The two directions of the map keep less than a third of the differences between the rows."),
        ],
    ),
    Prediction(
        name="predict_longest",
        ask="Which tokens have the longest rows?",
        form=("frequent words such as the", "first names", "beginnings of words"),
        why="A long row gets large scores at the model's output. This cell does not show why these rows are long.",
        guesses=[Guess("first names", "First names have some of the shortest rows."), Guess("frequent words such as the", "These rows are shorter than the average.")],
        side=True,
    ),
    Prediction(
        name="predict_itself_first",
        ask="Multiply the row of a token with every row of the table. For how many of 100 tokens does the token's own row give the largest product?",
        form=("about 10", "about 50", "about 100"),
        why="A product is a cosine times both lengths. So for most tokens, a long row of another token gives the largest product.",
        guesses=[
            Guess("about 50", "There are far fewer: for most tokens, a long row of another token gives the largest product."),
            Guess("about 100", "That is true for the cosine. In a product, the length of the other row counts, too."),
        ],
        side=True,
    ),
    Prediction(
        name="predict_analogies",
        ask="We compute b - a + c for each question, and *the three words of the question may be the answer, too*. In how many of 100 questions is the row of the right word the nearest row?",
        form=("about 20 of 100", "about 50 of 100", "about 80 of 100"),
        why="The sum is mostly nearest to one of its inputs.",
        guesses=[
            Guess("about 50 of 100", "The count is above 50 only if the three inputs are left out."),
            Guess("about 80 of 100", "Only some kinds of questions reach this number, and only if the inputs are left out."),
        ],
        side=True,
    ),
    Prediction(
        name="predict_bits",
        ask="How many of the ten nearest tokens are still among the ten nearest when every number is rounded to 8 bits?",
        form=("nearly all", "about half", "hardly any"),
        why="A rounding error is at most half a step, and there are 255 values. That hardly changes a row's direction.",
        guesses=[
            Guess("about half", "Even with four bits, more than half of the nearest tokens stay."),
            Guess("hardly any", "That is true for two bits. Eight bits give 255 values for each number."),
        ],
        side=True,
    ),
]
