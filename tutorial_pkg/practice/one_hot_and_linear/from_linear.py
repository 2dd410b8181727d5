"""### Exercise 4 (a new situation): back from the layer

`from_linear(layer)` takes an `nn.Linear` that is fed with one-hot vectors, and returns the `nn.Embedding` that gives
the same numbers for every id. For `nn.Linear(4, 5, bias=False)` it has 4 rows of 5. It is trainable and owns its
numbers. And if the layer *has* a bias, the embedding still gives what the layer gives: where can the bias go?
"""

import torch
from torch import nn

from tutorial_pkg.practice.items import Finding, wrong
from tutorial_pkg.practice.samples import random_table, share_storage

MEANS = "The two layers are one map, there and back; even a bias fits in, once it is added to every row."
HINTS = [
    "Which row must the embedding hold for id 0? Exactly what the layer gives for the first one-hot vector.",
    "`layer(torch.eye(layer.in_features))` holds all the rows, bias included. Then "
    "`nn.Embedding.from_pretrained`, which "
    "freezes what it gets unless you tell it not to.",
]


def stub(layer):
    # your lines here
    ...


def solution(layer):
    rows = layer.weight.detach().T.clone()  # (in, out): one row for each id
    if layer.bias is not None:
        rows = rows + layer.bias.detach()  # added for every id, so it can live in every row
    return nn.Embedding.from_pretrained(rows, freeze=False)


def cases() -> list[tuple]:
    def layer(inputs: int, outputs: int, bias: bool) -> nn.Linear:
        made = nn.Linear(inputs, outputs, bias=bias)
        with torch.no_grad():
            made.weight.copy_(random_table(outputs, inputs))
            if bias:
                made.bias.copy_(torch.arange(1.0, outputs + 1))
        return made

    sizes = [(4, 5, False), (6, 3, False), (4, 4, False), (4, 5, True), (3, 3, True), (5, 2, False)]
    return [(layer(*size),) for size in sizes]


def view(embedding: object, layer: nn.Linear) -> object:
    """What matters about the embedding: the first thing that is not as asked, or else its row for every id."""
    if not isinstance(embedding, nn.Embedding):
        return Finding(f"a value of type {type(embedding).__name__}; an nn.Embedding is asked for")
    inputs, outputs = layer.in_features, layer.out_features
    if tuple(embedding.weight.shape) != (inputs, outputs):
        shape = tuple(embedding.weight.shape)
        return Finding(f"a table of shape {shape} for a layer with {inputs} inputs and {outputs} outputs")
    if (embedding.num_embeddings, embedding.embedding_dim) != (inputs, outputs):
        sizes = (embedding.num_embeddings, embedding.embedding_dim)
        return Finding(f"a layer made as nn.Embedding{sizes} for a layer with {inputs} inputs and {outputs} outputs")
    rows = embedding(torch.arange(inputs)).detach()
    if not torch.allclose(rows.double(), layer(torch.eye(inputs, dtype=layer.weight.dtype)).detach().double()):
        return rows
    if embedding.max_norm is not None:
        return Finding("an embedding with max_norm, which shortens long rows as they are looked up")
    if embedding.padding_idx is not None:
        return Finding("an embedding with a padding_idx, whose row gets no gradient; all rows are to be trainable")
    if not embedding.weight.requires_grad:
        return Finding("an embedding that is frozen; one that can be trained is asked for")
    if share_storage(embedding.weight, layer.weight):
        return Finding("an embedding whose table shares its storage with the layer")
    return rows


def with_bias(layer, into):
    """The layer's rows, and where it has a bias, what `into(rows, bias)` makes of the two."""
    rows = layer.weight.detach().T.clone()
    if layer.bias is not None:
        rows = into(rows, layer.bias.detach())
    return nn.Embedding.from_pretrained(rows, freeze=False)


@wrong(idea=4)
def no_transposition(layer):
    """The layer's weight became the table as it is, so there is a row for each dimension in place of each id."""
    rows = layer.weight.detach().clone()
    if layer.bias is not None:
        rows = rows + layer.bias.detach()[:, None]
    return nn.Embedding.from_pretrained(rows, freeze=False)


@wrong(idea=4)
def no_transposition_bias_forgotten(layer):
    """The layer's weight became the table as it is: a row for each dimension in place of each id. The bias is missing
    too."""
    return nn.Embedding.from_pretrained(layer.weight.detach().clone(), freeze=False)


@wrong(idea=15)
def bias_forgotten(layer):
    """Right without a bias. Where the layer has one, every row is off by it: add it to each."""
    return nn.Embedding.from_pretrained(layer.weight.detach().T.clone(), freeze=False)


@wrong(idea=14)
def shared(layer):
    """The rows are right, but they lie in the layer's memory: .T, nn.Parameter and from_pretrained copy nothing."""
    rows = layer.weight.detach().T
    if layer.bias is not None:
        rows = rows + layer.bias.detach()
    return nn.Embedding.from_pretrained(rows, freeze=False)


@wrong(idea=14)
def shared_bias_forgotten(layer):
    """The rows lie in the layer's memory: .T, nn.Parameter and from_pretrained copy nothing. And where the layer has a
    bias, it is missing."""
    return nn.Embedding.from_pretrained(layer.weight.T, freeze=False)


@wrong()
def frozen(layer):
    """The rows are right, but frozen: from_pretrained freezes what it gets unless you say freeze=False."""
    rows = layer(torch.eye(layer.in_features, dtype=layer.weight.dtype)).detach()
    return nn.Embedding.from_pretrained(rows)


@wrong(idea=10)
def fresh(layer):
    """The sizes are right, but these are fresh random rows: the layer's weight has to move in."""
    return nn.Embedding(layer.in_features, layer.out_features)


@wrong(idea=4)
def reshaped(layer):
    """The shape of the table is right and the numbers are in the wrong places: reshape reads on row by row, where .T
    swaps axes."""
    rows = layer.weight.detach().reshape(layer.in_features, layer.out_features).clone()
    if layer.bias is not None:
        rows = rows + layer.bias.detach()
    return nn.Embedding.from_pretrained(rows, freeze=False)


@wrong()
def bias_taken_for_granted(layer):
    """A layer made with bias=False has None in its place: ask `if layer.bias is not None` before you add it."""
    return nn.Embedding.from_pretrained(layer.weight.detach().T + layer.bias.detach(), freeze=False)


@wrong()
def bias_added_to_none(layer):
    """A layer made with bias=False has None in its place: ask `if layer.bias is not None` before you add it."""
    return nn.Embedding.from_pretrained(layer.weight.T + layer.bias, freeze=False)


@wrong(idea=15)
def bias_subtracted(layer):
    """The bias is taken off each row; the layer adds it."""
    return with_bias(layer, lambda rows, bias: rows - bias)


@wrong(idea=15)
def bias_in_row_0(layer):
    """The bias is added to row 0 alone; the layer adds it whichever id came in, so every row needs it."""
    rows = layer.weight.detach().T.clone()
    if layer.bias is not None:
        rows[0] += layer.bias.detach()
    return nn.Embedding.from_pretrained(rows, freeze=False)


@wrong()
def bias_as_a_row(layer):
    """The bias became a row of its own, for an id that nobody has; it is added to every row instead."""
    return with_bias(layer, lambda rows, bias: torch.cat([rows, bias[None]]))


@wrong()
def bias_asked_for_its_truth(layer):
    """`if layer.bias` asks whether a tensor is true, which a tensor of several numbers cannot say: is not None."""
    rows = layer.weight.detach().T.clone()
    if layer.bias:
        rows = rows + layer.bias.detach()
    return nn.Embedding.from_pretrained(rows, freeze=False)


@wrong()
def nothing_without_a_bias(layer):
    """Only a layer with a bias gets an answer here; without one, the table has to come back as well."""
    if layer.bias is not None:
        return nn.Embedding.from_pretrained((layer.weight.T + layer.bias).detach(), freeze=False)


@wrong(idea=15)
def bias_added_twice(layer):
    """Each row has the bias twice."""
    return with_bias(layer, lambda rows, bias: rows + 2 * bias)


@wrong(idea=4)
def bias_before_the_transposition(layer):
    """The bias is added to the weight before it is transposed, where it meets the wrong axis: .T first, then the
    bias."""
    rows = layer.weight.detach()
    if layer.bias is not None:
        rows = rows + layer.bias.detach()
    return nn.Embedding.from_pretrained(rows.T.clone(), freeze=False)


@wrong(idea=4)
def copied_without_transposition(layer):
    """The layer's weight is copied as it is, (out, in), into a table of shape (in, out): .T is missing."""
    embedding = nn.Embedding(layer.in_features, layer.out_features)
    with torch.no_grad():
        embedding.weight.copy_(layer.weight)
    return embedding


@wrong()
def frozen_bias_forgotten(layer):
    """Two things: from_pretrained freezes what it gets unless you say freeze=False, and where the layer has a bias, it
    is missing."""
    return nn.Embedding.from_pretrained(layer.weight.detach().T.clone())


@wrong(idea=3)
def sizes_swapped(layer):
    """The sizes are swapped: an embedding has a row for each id that can come in, in_features of them."""
    return nn.Embedding(layer.out_features, layer.in_features)


@wrong(idea=15)
def bias_alone(layer):
    """Every row is the bias alone; the row of an id is the weight's column for it plus the bias."""
    rows = layer(torch.zeros(layer.in_features, layer.in_features)).detach()
    return nn.Embedding.from_pretrained(rows, freeze=False)


@wrong()
def no_parameter(layer):
    """A layer's weight has to stay an nn.Parameter: nn.Parameter(...) around what goes in."""
    embedding = nn.Embedding(layer.in_features, layer.out_features)
    embedding.weight = layer.weight.detach().T.clone()
    return embedding


@wrong(idea=15)
def bias_multiplied(layer):
    """The rows are multiplied with the bias; the layer adds it."""
    return with_bias(layer, lambda rows, bias: rows * bias)


@wrong(idea=15)
def bias_in_the_last_row(layer):
    """The bias is added to the last row alone; the layer adds it whichever id came in, so every row needs it."""
    rows = layer.weight.detach().T.clone()
    if layer.bias is not None:
        rows[-1] += layer.bias.detach()
    return nn.Embedding.from_pretrained(rows, freeze=False)


@wrong(idea=15)
def bias_halved(layer):
    """Each row has half of the bias; the layer adds the whole of it."""
    return with_bias(layer, lambda rows, bias: rows + bias / 2)


@wrong(idea=15)
def bias_averaged(layer):
    """Each row has the mean of the bias; the layer adds to each number a bias of its own."""
    return with_bias(layer, lambda rows, bias: rows + bias.mean())


@wrong(idea=15)
def bias_in_place_of_the_rows(layer):
    """With a bias, only the bias is left; the row of an id is the weight's column for it plus the bias."""
    return with_bias(layer, lambda rows, bias: bias[None])


@wrong(idea=15)
def bias_as_a_column(layer):
    """The bias became a column of its own; it is added to every row: rows + layer.bias."""
    return with_bias(layer, lambda rows, bias: torch.cat([rows, bias[:, None]], 1))


@wrong(idea=3)
def identity_of_the_outputs(layer):
    """The one-hot vectors are as wide as the layer's outputs; it takes in_features numbers: torch.eye(in_features)."""
    return nn.Embedding.from_pretrained(layer(torch.eye(layer.out_features)).detach(), freeze=False)


@wrong()
def fed_with_ones(layer):
    """Every vector is all ones, and every row the sum of them all; a one-hot vector has a single 1: torch.eye."""
    rows = layer(torch.ones(layer.in_features, layer.in_features)).detach()
    return nn.Embedding.from_pretrained(rows, freeze=False)


@wrong(idea=5)
def fed_with_ids(layer):
    """The layer got the ids as one vector of amounts; it wants a one-hot vector for each: torch.eye(in_features)."""
    return nn.Embedding.from_pretrained(layer(torch.arange(layer.in_features).float()).detach(), freeze=False)


@wrong()
def in_place_with_gradients(layer):
    """A weight that learns may be changed in place only under `with torch.no_grad():`."""
    embedding = nn.Embedding(layer.in_features, layer.out_features)
    embedding.weight.copy_(layer.weight.T)
    return embedding


@wrong(idea=15)
def bias_summed(layer):
    """Each row has the sum of the bias; the layer adds to each number a bias of its own."""
    return with_bias(layer, lambda rows, bias: rows + bias.sum())


@wrong(idea=15)
def bias_as_a_column_vector(layer):
    """The bias stands as a column here, [:, None]; a row has out_features numbers, and so has the bias: add it as it
    is."""
    return with_bias(layer, lambda rows, bias: rows + bias[:, None])


@wrong(idea=4)
def state_as_it_is(layer):
    """The layer's state has the weight as (out, in), and perhaps a bias; the table is (in, out): take weight.T."""
    embedding = nn.Embedding(layer.in_features, layer.out_features)
    embedding.load_state_dict(layer.state_dict())
    return embedding
