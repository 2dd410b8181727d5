"""Recall questions and predictions of 01_token_ids."""

from tutorial_pkg.practice.items import Guess, Option, Prediction, Recall

RECALLS = [
    Recall(
        name="recall_model_input",
        ask='Before you start: what does a language model itself get to see of the text "the house"?',
        options={
            "a": Option("The words, as strings.", "A network computes with numbers; strings never reach it.", 9),
            "b": Option(
                "One whole number for each piece that the text was cut into.",
                "Those numbers are the token ids, and this notebook makes them.",
            ),
            "c": Option(
                "A vector for each word, which the tokeniser worked out.",
                "The tokeniser stops at whole numbers; the model itself turns them into vectors, in its first layer.",
                9,
            ),
        },
        right="b",
    ),
    Recall(
        name="recall_enumerate",
        ask='A little Python: which numbers does `enumerate(["fox", "house", "in"])` hand out?',
        options={
            "a": Option("1, 2, 3", "Python counts from 0, and so do the rows of a table.", 11),
            "b": Option("0, 1, 2", "Three things, and the last has the number 2: worth remembering when tables come."),
            "c": Option("0, 1, 2, 3", "That is four numbers for three things.", 11),
        },
        right="b",
    ),
]

PREDICTIONS = [
    Prediction(
        name="predict_quick_id",
        ask=(
            "The next cell sorts the six tokens alphabetically and numbers them with `enumerate`. "
            "Which id does `quick` get?"
        ),
        form=7,
        why="In alphabetical order fox, house, in and is come before it, and the count begins at 0.",
        guesses=[
            Guess(5, "That counts from 1.", 11),
            Guess(0, "That is its place in the sentence; the ids follow the sorted vocabulary."),
        ],
    ),
    Prediction(
        name="predict_new_word",
        ask='`vocabulary` is a dictionary of six tokens. Which error does `encode("Quick dog")` raise?',
        form="ValueError",
        why="Each token is looked up in a dictionary, and `dog` is none of its keys.",
        guesses=[
            Guess(
                "IndexError",
                "That is what a list or a table raises for a place that it lacks; here a dictionary is asked.",
            ),
            Guess("ValueError", "The text is a fine value; it is the look-up in the dictionary that fails."),
        ],
    ),
    Prediction(
        name="predict_rows",
        ask=(
            'The vocabulary now holds eight tokens. The sample "fox is in" has the ids `[0, 3, 2]`. '
            "How many rows does the table need that holds one row of numbers for each token?"
        ),
        form=7,
        why="Any of the eight tokens may come in the next sample, and each needs a row: ids 0 to 7, so 8 rows.",
        guesses=[
            Guess(4, "That is this sample's largest id plus one; the next sample may hold `<pad>`.", 2),
            Guess(3, "That is the number of tokens in this sample.", 2),
            Guess(7, "That is the largest id; ids begin at 0, so there is one row more.", 11),
            Guess(6, "Those are the words only; `<unk>` and `<pad>` have ids too, and so need rows."),
        ],
    ),
    Prediction(
        name="predict_bana",
        ask=(
            "The learned merges, in order, are `a + n`, `an + a`, `b + an`. The encoder applies the earliest learned "
            "merge that fits, again and again. Into which pieces does it cut the new word `bana`?"
        ),
        form=("ban a", "b ana"),
        why="After `a + n` both `an + a` and `b + an` fit, and `an + a` was learned first.",
        guesses=[Guess("ban a", "That takes the leftmost pair; what counts is which merge was learned first.")],
    ),
    Prediction(
        name="predict_fox_bytes",
        ask="Python says that `len('🦊')` is 1: one character. How many bytes does it take in UTF-8?",
        form=7,
        why="UTF-8 writes a character in one to four bytes: one for plain English letters, four for most emoji.",
        guesses=[
            Guess(1, "One byte has only 256 values, and Unicode has over 150,000 characters."),
            Guess(2, "Two bytes serve é or ñ; emoji lie further up in Unicode."),
        ],
    ),
    Prediction(
        name="predict_data_ids",
        ask=(
            "GPT-2's tokeniser gets four texts: `Data`, `data`, ` Data`, ` data` (two begin with a space). Each comes "
            "out as one token. How many different ids are there among the four?"
        ),
        form=7,
        why="A capital or a leading space makes other bytes, so another token with an id, and a row, of its own.",
        guesses=[
            Guess(1, "To the tokeniser these are not one word in four forms.", 9),
            Guess(2, "Both the capital and the space count: 2 × 2 forms.", 9),
        ],
    ),
]
