"""Recall questions and predictions of 08_past_one_machine."""

from tutorial_pkg.practice.items import Guess, Option, Prediction, Recall

RECALLS = [
    Recall(
        name="recall_gradient_rows",
        ask="(Notebook 05.) The ids 4, 0 and 3 are looked up in a table of six rows, and the rows are added up to a "
        "loss. Which rows of the table have a gradient other than zero?",
        options={
            "a": Option("Only the rows 0, 3 and 4", "A row that was not looked up has no part in the loss."),
            "b": Option(
                "All six",
                "The gradient has room for six rows, but those that were not looked up stay zero.",
            ),
            "c": Option("None of them", "Whatever was looked up is part of the loss, and so gets a gradient."),
        },
        right="a",
    ),
    Recall(
        name="recall_lookup_growth",
        ask="(Notebook 04.) The vocabulary grows to ten times its size; the number of ids and the dimension stay. How"
        " do the bytes that a lookup makes grow?",
        options={
            "a": Option(
                "Ten times as many",
                "That is how the table grows. A lookup makes the rows that were asked for, and nothing else.",
            ),
            "b": Option(
                "Not at all",
                "It makes N rows of d numbers. The table that they are read from may be as large as it likes.",
            ),
            "c": Option(
                "A hundred times as many",
                "Nothing in a lookup grows with the vocabulary, least of all twice.",
            ),
        },
        right="b",
    ),
]

PREDICTIONS = [
    Prediction(
        name="predict_adam_memory",
        ask="Llama 3's table has 128,256 rows of 4,096 numbers: 2.1 GB in float32. How much memory does *training* it"
        " with Adam ask for?",
        form=("about 2 GB", "about 4 GB", "about 8 GB"),
        why="Four tables of that size: the weights, their gradient, and Adam's two averages.",
        guesses=[
            Guess("about 2 GB", "That is the table alone; its gradient and Adam's two averages are as large."),
            Guess("about 4 GB", "Table and gradient are 4 GB, and Adam's two averages are 4 GB more."),
        ],
    ),
    Prediction(
        name="predict_not_mine",
        ask="The first id is 4, `quick`, whose row process 0 does not hold. What does process 0 put in its place, so "
        "that the parts of both processes, added up, are the six rows?",
        form=("its own row 4 − 3", "zeros", "nothing, it raises an error"),
        why="Zeros change nothing in a sum, so the row that process 1 adds comes out as it was.",
        guesses=[
            Guess("its own row 4 − 3", "That is another word's row, and it would be added to the right one."),
            Guess(
                "nothing, it raises an error", "Every process sees all ids, and half of them are not its own: no error."
            ),
        ],
    ),
    Prediction(
        name="predict_columns_ids",
        ask="Cut by columns over two processes, the sentence's six ids are looked up. How many of the six does "
        "process 0 look up?",
        form=7,
        why="All of them, since every process has a piece of every row.",
        guesses=[
            Guess(3, "That was the cut by rows; now process 0 has a piece of every row."),
            Guess(1, "It has one column, and takes from it a number for each id."),
        ],
    ),
    Prediction(
        name="predict_sent_growth",
        ask="The vocabulary doubles; the number of ids in a batch, the dimension and the number of processes stay. By"
        " what factor do the bytes grow that a process sends for a lookup?",
        form=7,
        why="What is sent is the rows that were looked up, and their number does not depend on the vocabulary.",
        guesses=[
            Guess(
                2, "That is how the table grows, and what each process holds; what is sent has N and d in it, and no V."
            ),
            Guess(4, "Neither the table nor the message grows so fast, and the message does not have V in it at all."),
        ],
    ),
    Prediction(
        name="predict_busiest",
        ask="Contiguous parts: of 64 processes, process 0 has the first 2,048 ids, process 1 the next 2,048, and so "
        "on. A fair share would be one lookup in 64. How many times its fair share does process 0 serve?",
        form=("about once", "about 5 times", "about 40 times"),
        why="The 2,048 most frequent ids are two thirds of all lookups, and all of them are its own.",
        guesses=[
            Guess("about once", "All have as many rows, but some rows are asked for thousands of times as often."),
            Guess("about 5 times", "That is what id 0 alone is worth; process 0 has the next 2,047 as well."),
        ],
    ),
]
