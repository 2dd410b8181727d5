"""### Exercise 5 (bug hunt): the table that fits one text

`embed_first(text, vocabulary, dimension)` is to make an `nn.Embedding` for *all texts of this vocabulary*, look up
the first of them, and return the pair `(layer, rows)`. The code below runs, and for `"fox is quick"` its rows look
fine. But the next text is `"the house"`, and the lookup raises an `IndexError`. Find the bug and mend it.
"""

from typing import Any

import torch
from torch import nn

from tutorial_pkg.practice.pieces import Finding, wrong
from tutorial_pkg.practice.samples import WORDS

MEANS = "The vocabulary decides how many rows there are, and no text has a say in it."
HINTS = [
    "How many rows has the table for `fox is quick`? And which id has `the`?",
    "The number of rows must not depend on `ids` at all.",
]


def stub(text, vocabulary, dimension):
    ids = torch.tensor([vocabulary.index(word) for word in text.split()])
    layer = nn.Embedding(int(ids.max()) + 1, dimension)
    return layer, layer(ids)


def solution(text, vocabulary, dimension):
    ids = torch.tensor([vocabulary.index(word) for word in text.split()])
    # one row for every token there is, whether or not this text holds it
    layer = nn.Embedding(len(vocabulary), dimension)
    return layer, layer(ids)


def cases():
    return [
        ("fox is quick", WORDS, 3),
        ("in the house in the house", WORDS, 8),
        ("b b", ["a", "b", "c", "d"], 5),
        ("a c", ["a", "b", "c", "d", "e", "f", "g"], 2),
    ]


def view(result: Any, text: str, vocabulary: list, dimension: int) -> dict | str:
    """What `embed_first` is asked for, seen on the layer and the rows it returned."""
    if not (isinstance(result, (tuple, list)) and len(result) == 2 and isinstance(result[0], nn.Embedding)):
        return Finding(f"of type {type(result).__name__}; the pair (layer, rows) is asked for")
    layer, rows = result
    due = layer.weight[[vocabulary.index(word) for word in text.split()]]
    same = isinstance(rows, torch.Tensor) and rows.shape == due.shape and torch.equal(rows, due)
    return {
        "rows of the table": layer.num_embeddings,
        "numbers in a row": layer.embedding_dim,
        "the text's rows": "as in the table" if same else "others",
    }


@wrong(idea=2)
def largest_id(text, vocabulary, dimension):
    """The number of rows still comes from the largest id of this one text."""
    ids = [vocabulary.index(word) for word in text.split()]
    layer = nn.Embedding(max(ids) + 1, dimension)
    return layer, layer(torch.tensor(ids))


@wrong(idea=2)
def tokens_seen(text, vocabulary, dimension):
    """There are as many rows as different tokens in this text, and even its own ids may lie beyond them."""
    ids = torch.tensor([vocabulary.index(word) for word in text.split()])
    layer = nn.Embedding(len(set(ids.tolist())), dimension)
    return layer, layer(ids)


@wrong(idea=2)
def one_row_a_place(text, vocabulary, dimension):
    """There are as many rows as places in the text. That is a table of positions, not of tokens."""
    ids = torch.tensor([vocabulary.index(word) for word in text.split()])
    layer = nn.Embedding(len(ids), dimension)
    return layer, layer(ids)


@wrong(idea=3)
def swapped(text, vocabulary, dimension):
    """The two sizes are swapped: the number of tokens comes first."""
    ids = torch.tensor([vocabulary.index(word) for word in text.split()])
    layer = nn.Embedding(dimension, len(vocabulary))
    return layer, layer(ids)


@wrong(idea=11)
def one_too_few(text, vocabulary, dimension):
    """One row is missing: the largest id is V - 1, but there are V rows, because row 0 counts."""
    ids = torch.tensor([vocabulary.index(word) for word in text.split()])
    layer = nn.Embedding(len(vocabulary) - 1, dimension)
    return layer, layer(ids)


@wrong(idea=11)
def one_too_many(text, vocabulary, dimension):
    """There is one row that no token uses: V tokens have the ids 0 to V - 1, so V rows are enough."""
    ids = torch.tensor([vocabulary.index(word) for word in text.split()])
    layer = nn.Embedding(len(vocabulary) + 1, dimension)
    return layer, layer(ids)
