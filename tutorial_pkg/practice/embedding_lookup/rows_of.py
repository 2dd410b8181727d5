"""### Exercise 1 (worked): from words to rows

`rows_of(words, vocabulary, table)` takes a list of words, the vocabulary (a list: a word's place in it is its id) and
a table of shape `(V, d)`. It returns one row for each word, in the order of the words: shape `(len(words), d)`. With
our vocabulary, `rows_of(["the", "fox"], vocabulary, table)` is row 5, then row 0.

This one is solved. Run it, then change it: what if `dtype=torch.long` is left out and the list of words is empty?
"""

import torch

from tutorial_pkg.practice.pieces import wrong
from tutorial_pkg.practice.samples import WORDS, numbered_table

MEANS = "Words become ids by their place in the vocabulary, and ids become rows by their place in the table."
HINTS = [
    "Two steps: first the ids, then the rows. `vocabulary.index(word)` is a word's id.",
    "Put the ids in a tensor of dtype torch.long; `table[ids]` has their rows.",
]


def solution(words, vocabulary, table):
    ids = [vocabulary.index(word) for word in words]
    # without the dtype, no words would make a float tensor, and floats cannot be ids
    return table[torch.tensor(ids, dtype=torch.long)]


def cases():
    return [
        (["the", "fox"], WORDS, numbered_table(6, 3)),
        (["in", "quick", "in", "house"], WORDS, numbered_table(6, 3)),
        (["b"], ["a", "b"], numbered_table(2, 5)),
        ([], WORDS, numbered_table(6, 4, torch.float64)),
    ]


@wrong(idea=9)
def position_for_id(words, vocabulary, table):
    """These are rows 0, 1, 2 and so on: a word's place in the list was taken for its id, which is its place in the
    vocabulary."""
    return table[torch.arange(len(words))]


@wrong(idea=11)
def counted_from_one(words, vocabulary, table):
    """Every row is one too far down, and the last word's row does not exist."""
    return table[torch.tensor([vocabulary.index(word) + 1 for word in words], dtype=torch.long)]


@wrong()
def table_order(words, vocabulary, table):
    """The rows came in the order of the table; they are wanted in the order of the words."""
    return table[torch.tensor(sorted(vocabulary.index(word) for word in words), dtype=torch.long)]


@wrong()
def each_once(words, vocabulary, table):
    """A word that comes twice needs its row twice: one row for each word of the list."""
    ids = list(dict.fromkeys(vocabulary.index(word) for word in words))
    return table[torch.tensor(ids, dtype=torch.long)]


@wrong(idea=3)
def columns(words, vocabulary, table):
    """Columns were asked for, not rows: `table[:, ids]` uses the ids along the embedding dimension."""
    return table[:, torch.tensor([vocabulary.index(word) for word in words], dtype=torch.long)]
