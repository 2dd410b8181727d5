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
    # one row for every token of the vocabulary, whether this text contains it or not
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
    """The properties of the layer and of the rows that the task names."""
    pair = "Return the pair (layer, rows)"
    if isinstance(result, nn.Embedding):
        return Finding(f"only the layer. {pair}")
    if isinstance(result, torch.Tensor):
        return Finding(f"one tensor. {pair}")
    if not isinstance(result, (tuple, list)) or len(result) != 2:
        many = f"{len(result)} things" if isinstance(result, (tuple, list)) else f"a {type(result).__name__}"
        return Finding(f"{many}. {pair}")
    layer, rows = result
    if isinstance(rows, nn.Embedding):
        return Finding("the rows first and the layer second. Put the layer first")
    if not isinstance(layer, nn.Embedding):
        return Finding(f"a pair that begins with a {type(layer).__name__}. It should begin with the nn.Embedding")
    if layer.padding_idx is not None:
        return Finding(f"a layer with padding_idx={layer.padding_idx}. No token is padding here, so leave it out")
    ids, count = [vocabulary[word] for word in text.split()], layer.num_embeddings
    if count > len(vocabulary):
        count = Finding(f"{count} for {len(vocabulary)} tokens. Each token needs one row")
    return {"rows of the table": count, "numbers in a row": layer.embedding_dim, "rows of the text": _rows(rows, layer, ids)}


def _rows(rows: Any, layer: nn.Embedding, ids: list[int]) -> str:
    """Which rows the second part of the pair contains."""
    if not isinstance(rows, torch.Tensor):
        return Finding(f"a {type(rows).__name__}. Return the tensor `layer(ids)`")
    if rows.shape == (len(ids),) and rows.tolist() == ids:
        return "the ids themselves"
    known = max(ids) < layer.num_embeddings
    if known and torch.equal(rows, layer.weight[ids]):
        return "as in the table" if rows.requires_grad == layer.weight.requires_grad else "without a gradient"
    if rows.ndim == 2 and sorted(ids_of(rows, layer.weight) or []) == list(range(layer.num_embeddings)):
        return "the whole table"
    if known and torch.equal(rows, layer.weight[ids].T):
        return Finding("transposed. Each word has a row, not a column")
    if rows.shape != (len(ids), layer.embedding_dim):
        due = (len(ids), layer.embedding_dim)
        return Finding(f"a tensor of shape {tuple(rows.shape)}. {len(ids)} words have {len(ids)} rows: shape {due}")
    if not torch.isin(rows, layer.weight).all():
        return Finding("numbers that are not in the table of this layer. Look the ids up in the layer that you return")
    return Finding(f"the rows of the ids {ids_of(rows, layer.weight)}. The text has the ids {ids}")


def parts(text, vocabulary, dimension):
    ids, V = torch.tensor([vocabulary[word] for word in text.split()]), len(vocabulary)

    def pair(rows, numbers=dimension, looked_up=ids):
        layer = nn.Embedding(rows, numbers)
        return layer, layer(looked_up)

    return {"ids": ids, "V": V, "pair": pair, "layer": nn.Embedding(V, dimension)}


exercise = Exercise(
    task="""### Exercise 4 (bug hunt): the table that fits one text

`embed_first(text, vocabulary, dimension)` should make an `nn.Embedding` for *all texts of this vocabulary* (a dictionary
from word to id). It looks up the first text and returns the pair `(layer, rows)`. The code below runs, and for
`"fox is quick"` its rows look right. But the next text is `"the house"`, and the lookup raises an `IndexError`. Find the
bug and fix it.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="The vocabulary decides the number of rows. A single text does not decide it.",
    hints=["How many rows does the table for `fox is quick` have? And what is the id of `the`?", "The number of rows must not depend on `ids`."],
    parts=parts,
    slips=[
        Slip("The number of rows still depends on the largest id of this text.", lambda p: p.pair(int(p.ids.max()) + 1), idea=2),
        Slip(
            "The number of rows still depends on the largest id of this text. One extra row is not enough: the next text can have a larger id.",
            lambda p: p.pair(int(p.ids.max()) + 2),
            idea=2,
        ),
        Slip("The number of rows is the number of different tokens in this text. An id of this text may be too large.", lambda p: p.pair(len(p.ids.unique())), idea=2),
        Slip("The number of rows is the number of words in this text. The table needs a row for each token of the vocabulary.", lambda p: p.pair(len(p.ids)), idea=2),
        Slip("The two sizes are swapped. The number of tokens comes first.", lambda p: p.pair(p.dimension, p.V), idea=3),
        Slip("Both sizes are the number of tokens. A row has `dimension` numbers.", lambda p: p.pair(p.V, p.V), idea=3),
        Slip("Rows of 3 numbers fit only the example. Use `dimension`.", lambda p: p.pair(p.V, 3)),
        Slip("One row is missing. The ids are 0 to V - 1, so V rows are needed.", lambda p: p.pair(p.V - 1), idea=11),
        Slip("Every id is one too large here, and there is one more row. Ids start at 0, as rows do.", lambda p: p.pair(p.V + 1, looked_up=p.ids + 1), idea=11),
        Slip("The ids are counted in this text. Use the ids of the vocabulary.", lambda p: p.pair(len(p.ids.unique()), looked_up=p.ids.unique(return_inverse=True)[1]), idea=2),
        Slip("The second part of the pair is the whole table. Look up only the ids of this text's words.", lambda p: (p.layer, p.layer.weight)),
        Slip("The second part of the pair is the ids. Return their rows: `layer(ids)`.", lambda p: (p.layer, p.ids)),
        Slip("The rows are right, but `.detach()` stops the gradient, so training cannot change the table.", lambda p: (p.layer, p.layer.weight[p.ids].detach())),
        Slip("nn.Embedding gets the vocabulary here. It needs the number of tokens: `len(vocabulary)`.", lambda p: p.pair(p.vocabulary)),
        Slip("`max(vocabulary)` is the last word in alphabetical order. `len(vocabulary)` counts the tokens.", lambda p: nn.Embedding(max(p.vocabulary) + 1, p.dimension)),
    ],
)
