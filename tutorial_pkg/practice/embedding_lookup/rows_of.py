"""### Exercise 1 (worked): from words to rows

`rows_of(words, vocabulary, table)` takes a list of words, the vocabulary (a dictionary from word to id) and a table of
shape `(V, d)`. It returns one row for each word, in the order of the words: shape `(len(words), d)`. With our
vocabulary, `rows_of(["the", "fox"], vocabulary, table)` is row 5, then row 0.

This one is solved. Run it, then change it: what if `dtype=torch.long` is left out and the list of words is empty?
"""

from typing import Any

import torch
from torch import nn

from tutorial_pkg.practice.items import Finding, wrong
from tutorial_pkg.practice.samples import SIX, ids_of, numbered_table

MEANS = "Words become ids by the vocabulary, and ids become rows by their place in the table."
HINTS = [
    "Two steps: first the ids, then the rows. `vocabulary[word]` is a word's id.",
    "Put the ids in a tensor of dtype torch.long; `table[ids]` has their rows.",
]


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


@wrong()
def no_dtype(words, vocabulary, table):
    """All is right but for the empty list: with no numbers to go by, torch.tensor([]) is float, and floats cannot be
    ids. That is what `dtype=torch.long` is for."""
    return table[torch.tensor([vocabulary[word] for word in words])]


@wrong()
def stacked(words, vocabulary, table):
    """All is right but for the empty list: torch.stack cannot join no rows. `table[ids]` takes any number of ids."""
    return torch.stack([table[vocabulary[word]] for word in words])


@wrong()
def ids_only(words, vocabulary, table):
    """These are the ids of the words; one step is left: their rows, `table[ids]`."""
    return looked_up(words, vocabulary)


@wrong(idea=9)
def position_for_id(words, vocabulary, table):
    """These are rows 0, 1, 2 and so on: a word's place in the list was taken for its id, which the vocabulary has."""
    return table[torch.arange(len(words))]


@wrong()
def place_in_the_dictionary(words, vocabulary, table):
    """A word's place in the dictionary was taken for its id; the two agree only while the dictionary is listed in the
    order of the ids. `vocabulary[word]` is the id."""
    return table[torch.tensor([list(vocabulary).index(word) for word in words], dtype=torch.long)]


@wrong()
def list_method(words, vocabulary, table):
    """The vocabulary is a dictionary, and `index` is for lists: `vocabulary[word]` is a word's id."""
    return table[torch.tensor([vocabulary.index(word) for word in words], dtype=torch.long)]


@wrong(idea=11)
def counted_from_one(words, vocabulary, table):
    """Every row is one too far down, and there is none after the last: ids count from 0, as rows do."""
    return table[looked_up(words, vocabulary) + 1]


@wrong(idea=11)
def one_too_early(words, vocabulary, table):
    """Every row is one too far up, and id 0 got the last one: ids count from 0, as rows do."""
    return table[looked_up(words, vocabulary) - 1]


@wrong()
def table_order(words, vocabulary, table):
    """The ids or the words were sorted; the rows are wanted in the order in which the words stand."""
    return table[looked_up(words, vocabulary).sort().values]


@wrong()
def rows_picked_by_a_mask(words, vocabulary, table):
    """A mask picks each row at most once, and in the table's order; ids pick a row for each word, in the words'
    order."""
    return table[torch.tensor([word in words for word in vocabulary])]


@wrong()
def each_once(words, vocabulary, table):
    """A word that comes twice needs its row twice: one row for each word of the list."""
    return table[looked_up(dict.fromkeys(words), vocabulary)]


@wrong(idea=3)
def columns(words, vocabulary, table):
    """Columns were asked for, not rows: `table[:, ids]` uses the ids along the embedding dimension."""
    return table[:, looked_up(words, vocabulary)]


@wrong()
def turned(words, vocabulary, table):
    """The rows are right, but they stand as columns: the shape should be (number of words, d)."""
    return table[looked_up(words, vocabulary)].T


@wrong(idea=8)
def batch_added(words, vocabulary, table):
    """A batch dimension of 1 was added in front: none is asked for."""
    return table[looked_up(words, vocabulary)][None]


@wrong()
def added_up(words, vocabulary, table):
    """The rows were added into one; each word keeps a row of its own."""
    return table[looked_up(words, vocabulary)].sum(0)


@wrong()
def by_word(words, vocabulary, table):
    """This is a dictionary from word to row, in which a repeated word stands once; one tensor is asked for."""
    return {word: table[vocabulary[word]] for word in words}


@wrong()
def whole_table(words, vocabulary, table):
    """That is the whole vocabulary's rows, whatever the words are."""
    return table[torch.tensor(list(vocabulary.values()))]


@wrong()
def the_notebooks_own(words, vocabulary, table):
    """It asks the notebook's own vocabulary, whatever is passed in: use the parameter."""
    return table[ids_of(words, SIX)]


@wrong(idea=5)
def floats(words, vocabulary, table):
    """The ids were made floats, and there is no row 2.5: ids are whole numbers, dtype torch.long."""
    return table[looked_up(words, vocabulary).float()]


@wrong()
def first_word_only(words, vocabulary, table):
    """That is the first word's row alone; every word of the list gets one."""
    return table[vocabulary[words[0]]]


@wrong()
def first_word_of_some(words, vocabulary, table):
    """That is the first word's row alone: a `return` inside a loop ends it at once."""
    for word in words:
        return table[vocabulary[word]]


@wrong()
def last_word_only(words, vocabulary, table):
    """That is the last word's row alone: each turn of the loop writes over the one before."""
    for word in words:
        row = table[vocabulary[word]]
    return row


@wrong()
def vocabulary_order(words, vocabulary, table):
    """The rows came in the order of the vocabulary, each at most once; they are wanted in the order of the words."""
    return table[torch.tensor([i for word, i in vocabulary.items() if word in words], dtype=torch.long)]


@wrong()
def another_table(words, vocabulary, table):
    """`nn.Embedding(...)` makes a new table with random numbers of its own; look the rows up in `table`."""
    return nn.Embedding(*table.shape)(looked_up(words, vocabulary))


@wrong()
def averaged(words, vocabulary, table):
    """The rows were averaged into one; each word keeps a row of its own."""
    return table[looked_up(words, vocabulary)].mean(0)


@wrong()
def one_long_line(words, vocabulary, table):
    """The numbers of all rows stand in one line; the shape should be (number of words, d)."""
    return table[looked_up(words, vocabulary)].flatten()


@wrong()
def as_many_indices(words, vocabulary, table):
    """A tuple of ids asks for row and column and so on; a tensor of ids asks for a row each."""
    return table[tuple(vocabulary[word] for word in words)]


@wrong()
def backwards(words, vocabulary, table):
    """The rows stand last word first; they are wanted in the order of the words."""
    return table[looked_up(words[::-1], vocabulary)]


@wrong()
def joined_end_to_end(words, vocabulary, table):
    """torch.cat puts the rows end to end into one line; torch.stack puts them under one another, and `table[ids]` has
    them so at once."""
    rows = [table[vocabulary[word]] for word in words]
    return torch.cat(rows) if rows else table[:0]


@wrong()
def letter_by_letter(words, vocabulary, table):
    """The words were taken apart into letters, and a letter is no key of the vocabulary: look up each word whole."""
    return table[torch.tensor([vocabulary[letter] for letter in "".join(words)], dtype=torch.long)]


@wrong()
def transposed_table(words, vocabulary, table):
    """`table.T` has the embedding dimension first, so ids ask for columns of the table: look up in `table` itself."""
    return table.T[looked_up(words, vocabulary)]


@wrong(idea=5)
def times_the_id(words, vocabulary, table):
    """Each row was multiplied by its id; an id only says which row, and the row comes out as it is."""
    ids = looked_up(words, vocabulary)
    return ids[:, None] * table[ids]


@wrong()
def made_length_one(words, vocabulary, table):
    """The rows were scaled to length 1; a lookup gives them as they are."""
    return nn.functional.normalize(table[looked_up(words, vocabulary)], dim=-1)
