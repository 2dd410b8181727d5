from __future__ import annotations

from typing import Any

from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.lazy import nn, torch
from tutorial_pkg.practice.samples import SIX, ids_of


def stub(text, vocabulary, dimension):
    ids = torch.tensor([vocabulary[word] for word in text.split()])
    layer = nn.Embedding(int(ids.max()) + 1, dimension)
    return layer, layer(ids)


def solution(text, vocabulary, dimension):
    ids = torch.tensor([vocabulary[word] for word in text.split()])
    # one row for every token there is, whether or not this text holds it
    layer = nn.Embedding(len(vocabulary), dimension)
    return layer, layer(ids)


def cases():
    return [
        ("fox is quick", SIX, 3),
        ("in the house in the house", SIX, 8),
        ("b b", {"a": 0, "b": 1, "c": 2, "d": 3}, 5),
        ("a c", {"c": 2, "a": 0, "b": 1, "d": 3, "g": 6, "e": 4, "f": 5}, 2),
    ]


def view(result: Any, text: str, vocabulary: dict, dimension: int) -> dict | str:
    """What `embed_first` is asked for, seen on the layer and the rows it returned."""
    if isinstance(result, nn.Embedding):
        return Finding("the layer alone; the pair (layer, rows) is asked for")
    if isinstance(result, torch.Tensor):
        return Finding("one tensor; the pair (layer, rows) is asked for")
    if isinstance(result, (tuple, list)) and len(result) > 2:
        return Finding(f"{len(result)} things; two are asked for, the pair (layer, rows)")
    if not (isinstance(result, (tuple, list)) and len(result) == 2):
        return Finding(f"something of type {type(result).__name__}; the pair (layer, rows) is asked for")
    layer, rows = result
    if isinstance(rows, nn.Embedding):
        return Finding("the rows first and the layer second; the layer comes first")
    if not isinstance(layer, nn.Embedding):
        return Finding(f"a pair that begins with a {type(layer).__name__}; the nn.Embedding itself is asked for")
    if layer.padding_idx is not None:
        return Finding(
            f"a layer with padding_idx={layer.padding_idx}, which keeps that row at zero; no token is padding"
        )
    ids, rows_there = [vocabulary[word] for word in text.split()], layer.num_embeddings
    if rows_there > len(vocabulary) + 1:
        rows_there = Finding(f"{rows_there} for {len(vocabulary)} tokens; each token needs one, and no more are used")
    return {
        "rows of the table": rows_there,
        "numbers in a row": layer.embedding_dim,
        "the text's rows": _told(rows, layer, ids),
    }


def _told(rows: Any, layer: nn.Embedding, ids: list[int]) -> str:
    """Which rows the second of the pair holds."""
    if not isinstance(rows, torch.Tensor):
        return Finding(f"no tensor but a {type(rows).__name__}; `layer(ids)` is asked for")
    if rows.shape == (len(ids),) and rows.tolist() == ids:
        return "the ids themselves"
    if max(ids) < layer.num_embeddings and torch.equal(rows, layer.weight[ids]):
        return "as in the table" if rows.requires_grad == layer.weight.requires_grad else "cut off from the table"
    if torch.equal(rows, layer.weight[: len(ids)]):
        return "the first rows of the table"
    if torch.equal(rows, layer.weight):
        return "the whole table"
    if rows.shape == (1, len(ids), layer.embedding_dim):
        return Finding("a batch, with a dimension of 1 in front; one row for each word is asked for")
    if rows.shape == (layer.embedding_dim,):
        return Finding("one row for the whole text; one for each word is asked for")
    if max(ids) < layer.num_embeddings and torch.equal(rows, layer.weight[ids].T):
        return Finding("turned on their side, a column for each word; a row for each is asked for")
    if rows.shape != (len(ids), layer.embedding_dim):
        shapes = f"{tuple(rows.shape)}; ({len(ids)}, {layer.embedding_dim})"
        return Finding(f"of shape {shapes} is asked for, a row for each of the {len(ids)} words")
    if not torch.isin(rows, layer.weight).all():
        return Finding(
            "numbers that are not in this layer's table; look the ids up in the layer that is returned, no more"
        )
    return Finding(f"the rows of the ids {ids_of(rows, layer.weight)}; those of the text are {ids}")


def largest_id(text, vocabulary, dimension):
    ids = [vocabulary[word] for word in text.split()]
    layer = nn.Embedding(max(ids) + 1, dimension)
    return layer, layer(torch.tensor(ids))


def room_to_spare(text, vocabulary, dimension):
    ids = torch.tensor([vocabulary[word] for word in text.split()])
    layer = nn.Embedding(int(ids.max()) + 2, dimension)
    return layer, layer(ids)


def tokens_seen(text, vocabulary, dimension):
    ids = torch.tensor([vocabulary[word] for word in text.split()])
    layer = nn.Embedding(len(set(ids.tolist())), dimension)
    return layer, layer(ids)


def ids_of_this_text(text, vocabulary, dimension):
    words = sorted(set(text.split()))
    layer = nn.Embedding(len(words), dimension)
    return layer, layer(torch.tensor([words.index(word) for word in text.split()]))


def one_row_a_place(text, vocabulary, dimension):
    ids = torch.tensor([vocabulary[word] for word in text.split()])
    layer = nn.Embedding(len(ids), dimension)
    return layer, layer(ids)


def letters(text, vocabulary, dimension):
    ids = torch.tensor([vocabulary[word] for word in text.split()])
    layer = nn.Embedding(len(text), dimension)
    return layer, layer(ids)


def six(text, vocabulary, dimension):
    ids = torch.tensor([vocabulary[word] for word in text.split()])
    layer = nn.Embedding(6, dimension)
    return layer, layer(ids)


def three_numbers(text, vocabulary, dimension):
    ids = torch.tensor([vocabulary[word] for word in text.split()])
    layer = nn.Embedding(len(vocabulary), 3)
    return layer, layer(ids)


def swapped(text, vocabulary, dimension):
    ids = torch.tensor([vocabulary[word] for word in text.split()])
    layer = nn.Embedding(dimension, len(vocabulary))
    return layer, layer(ids)


def one_too_few(text, vocabulary, dimension):
    ids = torch.tensor([vocabulary[word] for word in text.split()])
    layer = nn.Embedding(len(vocabulary) - 1, dimension)
    return layer, layer(ids)


def one_too_many(text, vocabulary, dimension):
    ids = torch.tensor([vocabulary[word] for word in text.split()])
    layer = nn.Embedding(len(vocabulary) + 1, dimension)
    return layer, layer(ids)


def positions_looked_up(text, vocabulary, dimension):
    layer = nn.Embedding(len(vocabulary), dimension)
    return layer, layer(torch.arange(len(text.split())))


def nothing_looked_up(text, vocabulary, dimension):
    layer = nn.Embedding(len(vocabulary), dimension)
    return layer, layer.weight


def not_looked_up(text, vocabulary, dimension):
    ids = torch.tensor([vocabulary[word] for word in text.split()])
    return nn.Embedding(len(vocabulary), dimension), ids


def cut_off(text, vocabulary, dimension):
    ids = torch.tensor([vocabulary[word] for word in text.split()])
    layer = nn.Embedding(len(vocabulary), dimension)
    return layer, layer(ids).detach()


def the_vocabulary_itself(text, vocabulary, dimension):
    ids = torch.tensor([vocabulary[word] for word in text.split()])
    layer = nn.Embedding(vocabulary, dimension)
    return layer, layer(ids)


def each_word_once(text, vocabulary, dimension):
    layer = nn.Embedding(len(vocabulary), dimension)
    return layer, layer(torch.tensor([vocabulary[word] for word in text.split()]).unique())


def sorted_ids(text, vocabulary, dimension):
    layer = nn.Embedding(len(vocabulary), dimension)
    return layer, layer(torch.tensor(sorted(vocabulary[word] for word in text.split())))


def as_wide_as_the_vocabulary(text, vocabulary, dimension):
    ids = torch.tensor([vocabulary[word] for word in text.split()])
    layer = nn.Embedding(len(vocabulary), len(vocabulary))
    return layer, layer(ids)


def ids_added_up(text, vocabulary, dimension):
    ids = torch.tensor([vocabulary[word] for word in text.split()])
    layer = nn.Embedding(int(ids.sum()) + 1, dimension)
    return layer, layer(ids)


def counted_from_one(text, vocabulary, dimension):
    ids = torch.tensor([vocabulary[word] + 1 for word in text.split()])
    layer = nn.Embedding(len(vocabulary) + 1, dimension)
    return layer, layer(ids)


exercise = Exercise(
    task="""### Exercise 4 (bug hunt): the table that fits one text

`embed_first(text, vocabulary, dimension)` is to make an `nn.Embedding` for *all texts of this vocabulary* (a
dictionary from word to id), look up the first of them, and return the pair `(layer, rows)`. The code below runs, and
for `"fox is quick"` its rows look fine. But the next text is `"the house"`, and the lookup raises an `IndexError`. Find
the bug and fix it.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="The vocabulary decides how many rows there are, and no text has a say in it.",
    hints=[
        "How many rows has the table for `fox is quick`? And which id has `the`?",
        "The number of rows must not depend on `ids` at all.",
    ],
    slips=[
        Slip("The number of rows still comes from the largest id of this one text.", largest_id, idea=2),
        Slip(
            "The number of rows still comes from the largest id of this one text, and one more does not cover the next.",
            room_to_spare,
            idea=2,
        ),
        Slip(
            "There are as many rows as different tokens in this text, and even its own ids may lie beyond them.",
            tokens_seen,
            idea=2,
        ),
        Slip(
            "The text's words got new ids, counted within this text, so the next text's ids mean other rows: the vocabulary has the ids.",
            ids_of_this_text,
            idea=2,
        ),
        Slip(
            "There are as many rows as places in the text. That is a table of positions, not of tokens.",
            one_row_a_place,
            idea=2,
        ),
        Slip(
            "`len(text)` counts the letters and spaces of this text; the number of rows is that of the vocabulary's tokens.",
            letters,
        ),
        Slip("6 rows are right for one vocabulary only: count the one that is passed in.", six),
        Slip("Rows of 3 numbers are right for the example only: `dimension` says how many.", three_numbers),
        Slip("The two sizes are swapped: the number of tokens comes first.", swapped, idea=3),
        Slip(
            "One row is missing: the largest id is V - 1, but there are V rows, because row 0 counts.",
            one_too_few,
            idea=11,
        ),
        Slip(
            "There is one row that no token uses: V tokens have the ids 0 to V - 1, so V rows are enough.",
            one_too_many,
            idea=11,
        ),
        Slip(
            "The table is right, but rows 0, 1, 2 and so on were looked up: the places in the text, and not its ids.",
            positions_looked_up,
        ),
        Slip(
            "The second of the pair is the whole table; only the rows of this text are asked for: `layer(ids)`.",
            nothing_looked_up,
        ),
        Slip("The second of the pair is the ids; their rows are asked for: `layer(ids)`.", not_looked_up),
        Slip(
            "The rows are right, but `.detach()` cuts them off from the table, and training could not reach it.",
            cut_off,
        ),
        Slip("nn.Embedding got the vocabulary itself; it wants the number of its tokens.", the_vocabulary_itself),
        Slip(
            "The table is right, but a word that comes twice has its row once only: look up every word of the text.",
            each_word_once,
        ),
        Slip("The table is right, but the ids were sorted: the rows are wanted in the order of the words.", sorted_ids),
        Slip(
            "The number of tokens was taken for both sizes; a row holds `dimension` numbers.",
            as_wide_as_the_vocabulary,
            idea=3,
        ),
        Slip(
            "The number of rows comes from the ids of this text, added up; only the vocabulary says how many there are.",
            ids_added_up,
            idea=2,
        ),
        Slip(
            "`max(vocabulary)` is a word, the last in the alphabet; `len(vocabulary)` counts the tokens.",
            lambda text, vocabulary, dimension: nn.Embedding(max(vocabulary) + 1, dimension),
        ),
        Slip(
            "The ids were moved up by one, and a row was added for that; ids count from 0, and so do the rows.",
            counted_from_one,
            idea=11,
        ),
    ],
)
