"""Recall questions and predictions of 09_from_rows_to_search."""

from tutorial_pkg.practice.items import Guess, Option, Prediction, Recall

RECALLS = [
    Recall(
        name="recall_two_ones",
        ask="(Notebook 03.) What is the vector `[1, 0, 2]` times a table with three rows?",
        options={
            "a": Option("row 0 plus two times row 2", "Each row is multiplied by the number at its position. Then all rows are added up."),
            "b": Option("two rows: row 0 and row 2", "A product of a vector and a table is one vector: the rows are added up.", idea=1),
            "c": Option("rows 1, 0 and 2, in this order", "These numbers are not ids here. Each number multiplies the row at its position.", idea=5),
        },
        right="a",
    ),
    Recall(
        name="recall_common",
        ask="(Notebook 06.) Two random rows of SmolLM2's table have similar directions on average. How can we bring the mean cosine of random pairs to about 0?",
        options={
            "a": Option("divide each row by its length", "That changes lengths, not directions. So all cosines stay the same.", idea=13),
            "b": Option("subtract the mean row from each row", "Then the part that all rows have in common is gone."),
            "c": Option("take only frequent tokens", "The rows of frequent tokens have something in common, too: random pairs of them had a mean cosine of 0.16."),
        },
        right="b",
    ),
]

PREDICTIONS = [
    Prediction(
        name="predict_product_or_cosine",
        ask="We search verses by their counts. With which score is the right verse first more often?",
        form=("the product of the counts", "the cosine of the counts"),
        why="A long verse has large counts of *the*, *and* and *of*, so its products are large with every query. The cosine divides by the lengths of both vectors.",
        guesses=[Guess("the product of the counts", "Long verses have large products with every query, so they come first too often.")],
    ),
    Prediction(
        name="predict_order",
        ask='What is the cosine of the means of rows of "dog bites man" and of "man bites dog"?',
        form=0.5,
        why="The same rows are added up in a different order. The sum is the same.",
        guesses=[
            Guess(0, "0 is the cosine of unrelated directions. These two texts have the same three rows."),
            Guess(-1, "The texts have opposite meanings, but the same three rows."),
        ],
    ),
    Prediction(
        name="predict_without_common",
        ask="We subtract the mean from the vectors of all verses. How does the number of verses in first place change?",
        form=("it falls", "it stays the same", "it rises"),
        why="The most frequent words are in nearly all verses, so they do not tell one verse from another. Without the mean, the rarer words decide.",
        guesses=[
            Guess("it falls", "Only the part that all verses have in common is lost. This part cannot tell one verse from another."),
            Guess("it stays the same", "That would be true if the verses had little in common. But their most frequent words are the same."),
        ],
    ),
    Prediction(
        name="predict_encoder_gain",
        ask="Compare the whole encoder with the rows minus their mean. For which set does the encoder gain more?",
        form=("the verses", "the emojis", "both, by about the same"),
        why="The two translations of a verse share many words, so a search with rows finds nearly all verses. An emoji's query shares no word with its name, so only the meaning can help.",
        guesses=[
            Guess("the verses", "The verses share so many words that rows find nearly all of them already."),
            Guess("both, by about the same", "Nearly all verses were already found. So the encoder could find only a few more."),
        ],
    ),
    Prediction(
        name="predict_negation",
        ask='For the encoder, which text is more similar to "good"?',
        form=("not good", "bad"),
        why="The two texts share a word, and the word *not* changes the vector less than the word *bad* does.",
        guesses=[Guess("bad", "Opposites are similar for the encoder, too. But a shared word counts more.")],
    ),
    Prediction(
        name="predict_one_bit",
        ask="The index keeps only the sign of each number. How many of 100 verses are found first?",
        form=("about 20", "about 60", "about 90"),
        why="Each sign says little, but there are 384 of them.",
        guesses=[
            Guess("about 20", "One sign says little, but 384 signs together say nearly everything."),
            Guess("about 60", "The loss is smaller: one sign says little, but there are 384 signs."),
        ],
    ),
    Prediction(
        name="predict_break_even",
        ask="For how many texts does the search need as many multiplications as the encoder?",
        form=("about 1,000", "about 100,000", "about 10 million"),
        why="With fewer texts, most of the work is the encoding of the query. Then an approximate search saves little.",
        guesses=[
            Guess("about 1,000", "A text costs only 384 multiplications. The encoder costs many millions of multiplications."),
            Guess("about 10 million", "The encoder is small: a short query takes fewer than a hundred million multiplications."),
        ],
    ),
]
