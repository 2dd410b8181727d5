"""Recall questions and predictions of 06_a_real_table."""

from tutorial_pkg.practice.items import Guess, Option, Prediction, Recall

RECALLS = [
    Recall(
        name="recall_fresh_or_trained",
        ask="(Notebook 02.) `nn.Embedding(49_152, 576)` was made a second ago. Which row is nearest to the "
        "row of ` king`?",
        options={
            "a": Option(
                "That of ` King` or ` queen`: words that are used alike.",
                "Nobody has told a fresh table anything; its numbers are random.",
                idea=10,
            ),
            "b": Option(
                "That of the token with the next id.",
                "An id is a name: the rows of neighbouring ids have nothing to do with each other.",
                idea=5,
            ),
            "c": Option(
                "Any row; it depends on the seed.",
                "Fresh rows are noise. Whatever this notebook finds was learned.",
            ),
        },
        right="c",
    ),
    Recall(
        name="recall_cosine_range",
        ask="(Notebook 02.) Two rows have the cosine similarity 0. What does that say?",
        options={
            "a": Option(
                "They point in opposite directions.",
                "Opposite directions give -1, the lowest value there is.",
                idea=13,
            ),
            "b": Option(
                "They stand at a right angle: neither says anything about the other.",
                "From -1 (opposite) over 0 (a right angle) to 1 (the same direction).",
            ),
            "c": Option(
                "They are the same row.",
                "A row compared with itself gives 1.",
                idea=13,
            ),
        },
        right="b",
    ),
]

PREDICTIONS = [
    Prediction(
        name="predict_hot",
        ask="Which of these three words has the row most like that of ` hot`?",
        form=("warm", "cold", "heat"),
        why="Opposites stand in the same places: the soup is hot, the soup is cold.",
        guesses=[
            Guess(
                "warm", "It is near, too; but what counts is where a word can stand, and an opposite can stand there."
            ),
            Guess("heat", "It means nearly the same but is another part of speech: it stands in other places."),
        ],
    ),
    Prediction(
        name="predict_random_cosine",
        ask="20,000 pairs of rows, picked blindly. What is their cosine similarity on average?",
        form=("clearly below 0", "about 0", "clearly above 0"),
        why="All rows share one large direction.",
        guesses=[
            Guess("about 0", "So it would be in a fresh table; here all rows have something in common."),
            Guess("clearly below 0", "That many vectors cannot all point away from each other."),
        ],
    ),
    Prediction(
        name="predict_distinct",
        ask="49,152 tokens, 576 numbers in each row. Are all rows different from each other?",
        form=("all differ", "some are the same"),
        why="Tokens that, it seems, the model never met in training ended in the same place.",
        guesses=[
            Guess(
                "all differ",
                "Rows that were trained apart differ; but some tokens, it seems, never came up in training.",
            )
        ],
    ),
    Prediction(
        name="predict_kept",
        ask="For each of the 57 words, take its ten nearest words in all 576 directions. How many in 100 of "
        "them are also among its ten nearest on the map?",
        form=("about 20", "about 55", "about 90"),
        why="Two directions hold less than a third of what sets these rows apart.",
        guesses=[
            Guess("about 20", "That is what chance alone would give: the map does better."),
            Guess("about 90", "So it might be if the two directions of the map held nearly all there is."),
        ],
    ),
    Prediction(
        name="predict_longest",
        ask="Which tokens have the longest rows?",
        form=("frequent words such as the", "first names", "stumps of words"),
        why="They go on in one way nearly always, and a long row says so loudly at the model's end.",
        guesses=[
            Guess("first names", "These are among the shortest: after a first name, anything may follow."),
            Guess("frequent words such as the", "These lie below the average: frequent is not the same as decided."),
        ],
    ),
    Prediction(
        name="predict_analogies",
        ask="In how many of 100 questions is the row nearest to b - a + c that of the wanted word, *if the "
        "three words of the "
        "question may be the answer, too*?",
        form=("about 20 of 100", "about 50 of 100", "about 80 of 100"),
        why="The sum mostly lands nearest to one of the words that it was made of.",
        guesses=[
            Guess("about 50 of 100", "That is nearer to the usual way of counting, which leaves the three inputs out."),
            Guess("about 80 of 100", "So it would be for the kinds that work best, and with the inputs left out."),
        ],
    ),
    Prediction(
        name="predict_bits",
        ask="How many of the ten nearest tokens are still there once every number has been rounded to 8 bits?",
        form=("nearly all", "about half", "hardly any"),
        why="A rounding error of at most half a step, of 255, hardly turns a row of 576 numbers.",
        guesses=[
            Guess("about half", "Four bits still keep more than that."),
            Guess("hardly any", "So it is with two bits; eight give 255 steps for each number."),
        ],
    ),
]
