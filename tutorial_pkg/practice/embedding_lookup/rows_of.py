from __future__ import annotations

from typing import Any

from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.lazy import nn, torch
from tutorial_pkg.practice.samples import SIX, ids_of, numbered_table


def solution(words, vocabulary, table):
    ids = [vocabulary[word] for word in words]
    # without the dtype, no words would make a float tensor, and floats cannot be ids
    return table[torch.tensor(ids, dtype=torch.long)]


def cases():
    # half a step up, so that no number of a row is an id
    return [
        (["the", "fox"], SIX, numbered_table(6, 3) + 0.5),
        (["in", "quick", "in", "house"], SIX, numbered_table(6, 3) + 0.5),
        (["b", "a"], {"b": 1, "c": 2, "a": 0}, numbered_table(3, 5) + 0.5),
        (["is"], {"fox": 1, "is": 0}, numbered_table(2, 4) + 0.5),
        ([], SIX, numbered_table(6, 4, torch.float64) + 0.5),
    ]


def view(result: Any, words: list, vocabulary: dict, table: torch.Tensor) -> Any:
    """The rows, or whose rows they are."""
    if not isinstance(result, torch.Tensor) or not words:
        return result
    if result.shape == (len(words),) and len(words) != table.shape[1] and result.is_floating_point():
        return Finding("one number for each word; each has a whole row of the table")
    if result.ndim != 2:
        return result
    if result.shape == (len(words), len(table)) and set(result.flatten().tolist()) <= {0, 1}:
        return Finding(
            "rows of 0 and 1, one-hot vectors; they only say which row: `table[ids]` has the rows themselves"
        )
    if len(result) == len(words) and result.shape[1] < table.shape[1]:
        return Finding(f"{result.shape[1]} numbers for each word; a row of this table has {table.shape[1]}")
    got, wanted = ids_of(result, table), [vocabulary[word] for word in words]
    if got is None or got == wanted:
        return result
    return Finding(f"the rows of the ids {got}; those of the words {words} are {wanted}")


def looked_up(words, vocabulary):
    return torch.tensor([vocabulary[word] for word in words], dtype=torch.long)


def columns(words, vocabulary, table):
    return table[:, looked_up(words, vocabulary)]


def floats(words, vocabulary, table):
    return table[looked_up(words, vocabulary).float()]


def first_word_of_some(words, vocabulary, table):
    for word in words:
        return table[vocabulary[word]]


def last_word_only(words, vocabulary, table):
    for word in words:
        row = table[vocabulary[word]]
    return row


def averaged(words, vocabulary, table):
    return table[looked_up(words, vocabulary)].mean(0)


def joined_end_to_end(words, vocabulary, table):
    rows = [table[vocabulary[word]] for word in words]
    return torch.cat(rows) if rows else table[:0]


def times_the_id(words, vocabulary, table):
    ids = looked_up(words, vocabulary)
    return ids[:, None] * table[ids]


exercise = Exercise(
    task="""### Exercise 1 (worked): from words to rows

`rows_of(words, vocabulary, table)` takes a list of words, the vocabulary (a dictionary from word to id) and a table of
shape `(V, d)`. It returns one row for each word, in the order of the words: shape `(len(words), d)`. With our
vocabulary, `rows_of(["the", "fox"], vocabulary, table)` is row 5, then row 0.

This one is solved. Run it, then change it: what if `dtype=torch.long` is left out and the list of words is empty?
""",
    solution=solution,
    cases=cases,
    view=view,
    success="Words become ids by the vocabulary, and ids become rows by their place in the table.",
    hints=[
        "Two steps: first the ids, then the rows. `vocabulary[word]` is a word's id.",
        "Put the ids in a tensor of dtype torch.long; `table[ids]` has their rows.",
    ],
    slips=[
        Slip(
            "All is right but for the empty list: with no numbers to go by, torch.tensor([]) is float, and floats cannot be ids. That is what `dtype=torch.long` is for.",
            lambda words, vocabulary, table: table[torch.tensor([vocabulary[word] for word in words])],
        ),
        Slip(
            "All is right but for the empty list: torch.stack cannot join no rows. `table[ids]` takes any number of ids.",
            lambda words, vocabulary, table: torch.stack([table[vocabulary[word]] for word in words]),
        ),
        Slip(
            "These are the ids of the words; one step is left: their rows, `table[ids]`.",
            lambda words, vocabulary, table: looked_up(words, vocabulary),
        ),
        Slip(
            "These are rows 0, 1, 2 and so on: a word's place in the list was taken for its id, which the vocabulary has.",
            lambda words, vocabulary, table: table[torch.arange(len(words))],
            idea=9,
        ),
        Slip(
            "A word's place in the dictionary was taken for its id; the two agree only while the dictionary is listed in the order of the ids. `vocabulary[word]` is the id.",
            lambda words, vocabulary, table: table[
                torch.tensor([list(vocabulary).index(word) for word in words], dtype=torch.long)
            ],
        ),
        Slip(
            "The vocabulary is a dictionary, and `index` is for lists: `vocabulary[word]` is a word's id.",
            lambda words, vocabulary, table: table[
                torch.tensor([vocabulary.index(word) for word in words], dtype=torch.long)
            ],
        ),
        Slip(
            "Every row is one too far down, and there is none after the last: ids count from 0, as rows do.",
            lambda words, vocabulary, table: table[looked_up(words, vocabulary) + 1],
            idea=11,
        ),
        Slip(
            "Every row is one too far up, and id 0 got the last one: ids count from 0, as rows do.",
            lambda words, vocabulary, table: table[looked_up(words, vocabulary) - 1],
            idea=11,
        ),
        Slip(
            "The ids or the words were sorted; the rows are wanted in the order in which the words stand.",
            lambda words, vocabulary, table: table[looked_up(words, vocabulary).sort().values],
        ),
        Slip(
            "A mask picks each row at most once, and in the table's order; ids pick a row for each word, in the words' order.",
            lambda words, vocabulary, table: table[torch.tensor([word in words for word in vocabulary])],
        ),
        Slip(
            "A word that comes twice needs its row twice: one row for each word of the list.",
            lambda words, vocabulary, table: table[looked_up(dict.fromkeys(words), vocabulary)],
        ),
        Slip(
            "Columns were asked for, not rows: `table[:, ids]` uses the ids along the embedding dimension.",
            columns,
            idea=3,
        ),
        Slip(
            "The rows are right, but they stand as columns: the shape should be (number of words, d).",
            lambda words, vocabulary, table: table[looked_up(words, vocabulary)].T,
        ),
        Slip(
            "A batch dimension of 1 was added in front: none is asked for.",
            lambda words, vocabulary, table: table[looked_up(words, vocabulary)][None],
            idea=8,
        ),
        Slip(
            "The rows were added into one; each word keeps a row of its own.",
            lambda words, vocabulary, table: table[looked_up(words, vocabulary)].sum(0),
        ),
        Slip(
            "This is a dictionary from word to row, in which a repeated word stands once; one tensor is asked for.",
            lambda words, vocabulary, table: ({word: table[vocabulary[word]] for word in words}),
        ),
        Slip(
            "That is the whole vocabulary's rows, whatever the words are.",
            lambda words, vocabulary, table: table[torch.tensor(list(vocabulary.values()))],
        ),
        Slip(
            "It asks the notebook's own vocabulary, whatever is passed in: use the parameter.",
            lambda words, vocabulary, table: table[ids_of(words, SIX)],
        ),
        Slip(
            "The ids were made floats, and there is no row 2.5: ids are whole numbers, dtype torch.long.",
            floats,
            idea=5,
        ),
        Slip(
            "That is the first word's row alone; every word of the list gets one.",
            lambda words, vocabulary, table: table[vocabulary[words[0]]],
        ),
        Slip("That is the first word's row alone: a `return` inside a loop ends it at once.", first_word_of_some),
        Slip("That is the last word's row alone: each turn of the loop writes over the one before.", last_word_only),
        Slip(
            "The rows came in the order of the vocabulary, each at most once; they are wanted in the order of the words.",
            lambda words, vocabulary, table: table[
                torch.tensor([i for word, i in vocabulary.items() if word in words], dtype=torch.long)
            ],
        ),
        Slip(
            "`nn.Embedding(...)` makes a new table with random numbers of its own; look the rows up in `table`.",
            lambda words, vocabulary, table: nn.Embedding(*table.shape)(looked_up(words, vocabulary)),
        ),
        Slip("The rows were averaged into one; each word keeps a row of its own.", averaged),
        Slip(
            "The numbers of all rows stand in one line; the shape should be (number of words, d).",
            lambda words, vocabulary, table: table[looked_up(words, vocabulary)].flatten(),
        ),
        Slip(
            "A tuple of ids asks for row and column and so on; a tensor of ids asks for a row each.",
            lambda words, vocabulary, table: table[tuple(vocabulary[word] for word in words)],
        ),
        Slip(
            "The rows stand last word first; they are wanted in the order of the words.",
            lambda words, vocabulary, table: table[looked_up(words[::-1], vocabulary)],
        ),
        Slip(
            "torch.cat puts the rows end to end into one line; torch.stack puts them under one another, and `table[ids]` has them so at once.",
            joined_end_to_end,
        ),
        Slip(
            "The words were taken apart into letters, and a letter is no key of the vocabulary: look up each word whole.",
            lambda words, vocabulary, table: table[
                torch.tensor([vocabulary[letter] for letter in "".join(words)], dtype=torch.long)
            ],
        ),
        Slip(
            "`table.T` has the embedding dimension first, so ids ask for columns of the table: look up in `table` itself.",
            lambda words, vocabulary, table: table.T[looked_up(words, vocabulary)],
        ),
        Slip(
            "Each row was multiplied by its id; an id only says which row, and the row comes out as it is.",
            times_the_id,
            idea=5,
        ),
        Slip(
            "The rows were scaled to length 1; a lookup gives them as they are.",
            lambda words, vocabulary, table: nn.functional.normalize(table[looked_up(words, vocabulary)], dim=-1),
        ),
    ],
)
