"""Recall questions and predictions of 09_from_rows_to_search."""

from tutorial_pkg.practice.items import Guess, Option, Prediction, Recall

RECALLS = [
    Recall(
        name="recall_two_ones",
        ask="(Notebook 03.) What is the vector `[1, 0, 2]` times a table with three rows?",
        options={
            "a": Option("row 0 plus two times row 2", "Each row is multiplied by the number at its position. Then all rows are added up."),
            "b": Option("two rows: row 0 and row 2", "A product of a vector and a table is one vector: the rows are added up.", idea=1),
            "c": Option("rows 1, 0 and 2, in this order", "These numbers are not ids here. Each number is what its row is multiplied by.", idea=5),
        },
        right="a",
    ),
    Recall(
        name="recall_common",
        ask="(Notebook 06.) Two random rows of SmolLM2's table point a little the same way. What makes the mean cosine of random pairs about 0?",
        options={
            "a": Option("divide each row by its length", "That changes lengths, not directions. So all cosines stay the same.", idea=13),
            "b": Option("subtract the mean row from each row", "Then the part that all rows have in common is gone."),
            "c": Option("take only frequent tokens", "The rows of frequent tokens have something in common, too: their random pairs were at 0.16."),
        },
        right="b",
    ),
]

PREDICTIONS = [
    Prediction(
        name="predict_product_or_cosine",
        ask="Verses are searched by their counts. Which score finds more of them first?",
        form=("the product of the counts", "the cosine of the counts"),
        why="A long verse has large counts of *the*, *and* and *of*, so its products are large with every query. The cosine divides by the length of both vectors.",
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
        ask="We subtract the mean from the vectors of all verses. What happens to the number of verses that are found first?",
        form=("it falls", "it stays the same", "it rises"),
        why="The common words of all verses say nothing about which verse it is. Without the mean, the rarer words decide.",
        guesses=[
            Guess("it falls", "Only the part that all verses have in common is lost. This part cannot tell one verse from another."),
            Guess("it stays the same", "That would be true if the verses had little in common. But their most frequent words are the same."),
        ],
    ),
    Prediction(
        name="predict_encoder_gain",
        ask="Compare the whole encoder with the rows, whose mean is subtracted. For which set does the encoder find more texts first?",
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
        guesses=[Guess("bad", "Opposites are similar for the encoder, too. But a shared word counts for more.")],
    ),
    Prediction(
        name="predict_one_bit",
        ask="The index keeps only the sign of each number. How many in 100 verses are found first?",
        form=("about 20", "about 60", "about 90"),
        why="Each sign says little, but there are 384 of them.",
        guesses=[Guess("about 20", "One sign says little, but 384 signs together say nearly everything."), Guess("about 60", "Less is lost than that: there are 384 signs.")],
    ),
    Prediction(
        name="predict_break_even",
        ask="How many texts must be searched until the search costs as many multiplications as encoding the query?",
        form=("about 1,000", "about 100,000", "about 10 million"),
        why="Below that, most of the work is the encoder's, and an approximate search saves little.",
        guesses=[
            Guess("about 1,000", "A text costs only 384 multiplications. The encoder costs many millions of multiplications."),
            Guess("about 10 million", "The encoder is small: a short query takes fewer than a hundred million multiplications."),
        ],
    ),
]
