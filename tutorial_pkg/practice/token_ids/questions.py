"""Recall questions and predictions of 01_token_ids."""

from tutorial_pkg.practice.items import Guess, Option, Prediction, Recall

RECALLS = [
    Recall(
        name="recall_model_input",
        ask='A program sends the text "the house" to a language model. What does the model itself receive?',
        options={
            "a": Option("The words, as strings.", "A network computes with numbers. It never gets the strings."),
            "b": Option("One integer for each piece of the text.", "These integers are the token ids. This notebook makes them."),
            "c": Option("A vector for each word, which the tokeniser computes.", "The tokeniser returns integers. The model turns them into vectors, in its first layer."),
        },
        right="b",
    ),
    Recall(
        name="recall_enumerate",
        ask='A little Python: which numbers does `enumerate(["fox", "house", "in"])` give to the three words?',
        options={
            "a": Option("1, 2, 3", "Python counts from 0. The rows of a table are counted from 0, too.", 11),
            "b": Option("0, 1, 2", "There are three words, and the last one has the number 2."),
            "c": Option("0, 1, 2, 3", "These are four numbers, but there are three words.", 11),
        },
        right="b",
    ),
]

PREDICTIONS = [
    Prediction(
        name="predict_quick_id",
        ask=("The next cell makes this vocabulary again, from the six tokens and one more word: `dog`. Which id does `quick` get now?"),
        form=7,
        why="`dog` comes first in the alphabet and gets the id 0. So the ids of all other words grow by 1.",
        guesses=[
            Guess(4, "This is the old id. `dog` comes before `quick` in the alphabet, so the id of `quick` changes."),
            Guess(6, "This counts from 1. Ids start at 0.", 11),
            Guess(0, "This is the position in the sentence. The ids follow the sorted vocabulary."),
        ],
    ),
    Prediction(
        name="predict_new_word",
        ask='`vocabulary` is a dictionary of six tokens. Which error does `encode("Quick dog")` raise?',
        form="ValueError",
        why="`encode` looks up each token in a dictionary, and `dog` is not one of its keys.",
        guesses=[
            Guess("IndexError", "A list raises an IndexError for a position that it does not have. A dictionary raises a different error."),
            Guess("ValueError", "The text itself is fine. The lookup in the dictionary fails."),
        ],
    ),
    Prediction(
        name="predict_rows",
        ask=('The vocabulary now contains eight tokens. The sample "fox is in" has the ids `[0, 3, 2]`. A table holds one row of numbers per token. How many rows does it need?'),
        form=7,
        why="The next sample can contain any of the eight tokens. So each token needs a row, from id 0 to id 7.",
        guesses=[
            Guess(4, "This is the largest id of this sample plus one. The next sample can contain `<pad>`.", 2),
            Guess(3, "This is the number of tokens in this sample.", 2),
            Guess(7, "This is the largest id. Ids start at 0, so the number of rows is larger by one.", 11),
            Guess(6, "This counts only the words. `<unk>` and `<pad>` have ids too, so they need rows."),
        ],
    ),
    Prediction(
        name="predict_bana",
        ask=(
            "The learned merges, in order, are `a + n`, `an + a`, `b + an`. Encoding merges the pair with the lowest "
            "rank, again and again. Into which pieces is the new word `bana` split?"
        ),
        form=("ban a", "b ana"),
        why="After `a + n`, both `an + a` and `b + an` are possible. `an + a` was learned first.",
        guesses=[Guess("ban a", "This merges the leftmost pair. Merge the pair that was learned first.")],
    ),
    Prediction(
        name="predict_fox_bytes",
        ask="Python says that `len('🦊')` is 1: one character. How many bytes does this character take in UTF-8?",
        form=7,
        why="UTF-8 writes a character in one to four bytes. A plain English letter takes one byte, and `🦊` takes four bytes.",
        guesses=[
            Guess(1, "One byte has only 256 values, and Unicode has over 150,000 characters."),
            Guess(2, "Two bytes are enough for é or ñ. Emoji have larger numbers in Unicode, so they need more bytes."),
        ],
    ),
    Prediction(
        name="predict_data_ids",
        ask=(
            "GPT-2's tokeniser gets four texts: `Data`, `data`, ` Data`, ` data` (two of them start with a space). "
            "Each text is one token. How many different ids do the four texts have?"
        ),
        form=7,
        why="A capital letter or a space changes the bytes. So each form is its own token, with its own id.",
        guesses=[
            Guess(1, "The tokeniser does not know that these are forms of one word."),
            Guess(2, "A capital letter makes a different token, and so does a space: 2 × 2 forms."),
        ],
    ),
]
