"""Recall questions and predictions of 08_past_one_machine."""

from tutorial_pkg.practice.items import Guess, Option, Prediction, Recall

RECALLS = [
    Recall(
        name="recall_gradient_rows",
        ask="(Notebook 05.) A table has six rows. The ids 4, 0 and 3 are looked up, and the loss is the sum of these "
        "rows. Which rows of the table have a gradient that is not zero?",
        options={
            "a": Option("Only the rows 0, 3 and 4", "The loss does not depend on the other rows."),
            "b": Option("All six rows", "The gradient has six rows, but the rows that were not looked up stay zero."),
            "c": Option("None of them", "The loss depends on the rows 0, 3 and 4, so they have a gradient."),
        },
        right="a",
    ),
    Recall(
        name="recall_lookup_growth",
        ask="(Notebook 04.) The vocabulary becomes ten times as large. The number of ids and the dimension stay the same. How much memory does the result of a lookup take now?",
        options={
            "a": Option("Ten times as much", "Only the table becomes ten times as large. The result contains only the rows for the ids."),
            "b": Option("The same amount", "The result is N rows of d numbers, for a table of any size."),
            "c": Option("A hundred times as much", "Nothing in the result depends on the size of the vocabulary."),
        },
        right="b",
    ),
]

PREDICTIONS = [
    Prediction(
        name="predict_adam_memory",
        ask="Llama 3's table has 128,256 rows of 4,096 numbers. It takes 2.1 GB in float32. How much memory does *training* it with Adam take?",
        form=("about 2 GB", "about 4 GB", "about 8 GB"),
        why="It is four times the size of the table: the weights, their gradient, and two averages for Adam.",
        guesses=[
            Guess("about 2 GB", "That is only the table. Its gradient and each of Adam's two averages have the same size as the table."),
            Guess("about 4 GB", "That is only the table and its gradient. Adam's two averages take 4 GB more."),
        ],
    ),
    Prediction(
        name="predict_not_mine",
        ask="The first id of the given sentence is 4, `quick`. Process 0 holds the rows 0 to 2, so it does not have this "
        "row. What must process 0 return for this id, so that the *sum* over both processes is the right row?",
        form=("another row", "zeros", "nothing: it raises an error"),
        why="Adding zeros changes nothing, so the sum is the row from process 1.",
        guesses=[
            Guess("another row", "That row belongs to another word, and the sum would contain it."),
            Guess("nothing: it raises an error", "Every process gets all ids, so an id may belong to another process. That is not an error."),
        ],
    ),
    Prediction(
        name="predict_columns_ids",
        ask="The table is split by columns over two processes. The ids of the sentence are looked up. How many of these ids does process 0 look up?",
        form=("all of them", "some of them", "one of them"),
        why="Every process has a part of every row, so it looks up all ids.",
        guesses=[
            Guess("some of them", "That is true for the split by rows. Here process 0 has a part of every row."),
            Guess("one of them", "Process 0 has one column here. It takes one number of this column for each id."),
        ],
    ),
    Prediction(
        name="predict_sent_growth",
        ask="The vocabulary becomes twice as large. The number of ids in a batch, the dimension and the number of "
        "processes stay the same. Each process sends bytes for a lookup. By what factor does their number grow?",
        form=7,
        why="The processes send the rows that were looked up. Their number does not depend on the vocabulary.",
        guesses=[
            Guess(2, "The table and each part become twice as large. But the number of bytes that are sent depends on N and d, not on V."),
            Guess(0, "The number of bytes stays the same, so the factor is 1."),
            Guess(4, "Nothing becomes four times as large here. The number of bytes that are sent depends on N and d, not on V."),
        ],
    ),
    Prediction(
        name="predict_busiest",
        side=True,
        ask="Each of 64 processes has contiguous rows: process 0 has the first 2,048 ids, process 1 has the next "
        "2,048, and so on. The fair share of a process is one lookup in 64. Compare the lookups of process 0 "
        "with this fair share. How many times as many are they?",
        form=("about once", "about 5 times", "about 40 times"),
        why="Two thirds of all lookups are for the first 2,048 ids, and process 0 has all these rows.",
        guesses=[
            Guess("about once", "All processes have equally many rows, but frequent rows are looked up more often."),
            Guess("about 5 times", "The lookups of id 0 are already about 5 times the fair share. Process 0 also has the next 2,047 ids."),
        ],
    ),
    Prediction(
        name="predict_collisions",
        side=True,
        ask="There are 10,000 products with random ids. The table has 10,000 rows, and a product's row is "
        "`id % 10_000`. How many of the products share their row with another product?",
        form=("about 1 %", "about 33 %", "about 63 %"),
        why="Each other product gets the same row with a chance of 1 in 10,000. So the chance that no other product has this row is only 37 %.",
        guesses=[
            Guess("about 1 %", "There are enough rows for all, but random ids do not spread evenly over them."),
            Guess("about 33 %", "The result is larger: only about 37 % of the products have their own row."),
        ],
    ),
]
