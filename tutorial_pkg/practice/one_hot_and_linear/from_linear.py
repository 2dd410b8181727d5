from __future__ import annotations

from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.lazy import nn, torch
from tutorial_pkg.practice.samples import random_table, share_storage


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


def no_transposition(layer):
    rows = layer.weight.detach().clone()
    if layer.bias is not None:
        rows = rows + layer.bias.detach()[:, None]
    return nn.Embedding.from_pretrained(rows, freeze=False)


def shared(layer):
    rows = layer.weight.detach().T
    if layer.bias is not None:
        rows = rows + layer.bias.detach()
    return nn.Embedding.from_pretrained(rows, freeze=False)


def frozen(layer):
    rows = layer(torch.eye(layer.in_features, dtype=layer.weight.dtype)).detach()
    return nn.Embedding.from_pretrained(rows)


def fresh(layer):
    return nn.Embedding(layer.in_features, layer.out_features)


def reshaped(layer):
    rows = layer.weight.detach().reshape(layer.in_features, layer.out_features).clone()
    if layer.bias is not None:
        rows = rows + layer.bias.detach()
    return nn.Embedding.from_pretrained(rows, freeze=False)


def bias_in_row_0(layer):
    rows = layer.weight.detach().T.clone()
    if layer.bias is not None:
        rows[0] += layer.bias.detach()
    return nn.Embedding.from_pretrained(rows, freeze=False)


def bias_asked_for_its_truth(layer):
    rows = layer.weight.detach().T.clone()
    if layer.bias:
        rows = rows + layer.bias.detach()
    return nn.Embedding.from_pretrained(rows, freeze=False)


def nothing_without_a_bias(layer):
    if layer.bias is not None:
        return nn.Embedding.from_pretrained((layer.weight.T + layer.bias).detach(), freeze=False)


def bias_before_the_transposition(layer):
    rows = layer.weight.detach()
    if layer.bias is not None:
        rows = rows + layer.bias.detach()
    return nn.Embedding.from_pretrained(rows.T.clone(), freeze=False)


def copied_without_transposition(layer):
    embedding = nn.Embedding(layer.in_features, layer.out_features)
    with torch.no_grad():
        embedding.weight.copy_(layer.weight)
    return embedding


def bias_alone(layer):
    rows = layer(torch.zeros(layer.in_features, layer.in_features)).detach()
    return nn.Embedding.from_pretrained(rows, freeze=False)


def no_parameter(layer):
    embedding = nn.Embedding(layer.in_features, layer.out_features)
    embedding.weight = layer.weight.detach().T.clone()
    return embedding


def bias_in_the_last_row(layer):
    rows = layer.weight.detach().T.clone()
    if layer.bias is not None:
        rows[-1] += layer.bias.detach()
    return nn.Embedding.from_pretrained(rows, freeze=False)


def fed_with_ones(layer):
    rows = layer(torch.ones(layer.in_features, layer.in_features)).detach()
    return nn.Embedding.from_pretrained(rows, freeze=False)


def in_place_with_gradients(layer):
    embedding = nn.Embedding(layer.in_features, layer.out_features)
    embedding.weight.copy_(layer.weight.T)
    return embedding


def state_as_it_is(layer):
    embedding = nn.Embedding(layer.in_features, layer.out_features)
    embedding.load_state_dict(layer.state_dict())
    return embedding


exercise = Exercise(
    task="""### Exercise 4 (a new situation): back from the layer

`from_linear(layer)` takes an `nn.Linear` that is fed with one-hot vectors, and returns the `nn.Embedding` that gives
the same numbers for every id. For `nn.Linear(4, 5, bias=False)` it has 4 rows of 5. It is trainable and owns its
numbers. And if the layer *has* a bias, the embedding still gives what the layer gives: where can the bias go?
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="The two layers are one map, there and back; even a bias fits in, once it is added to every row.",
    hints=[
        "Which row must the embedding hold for id 0? Exactly what the layer gives for the first one-hot vector.",
        "`layer(torch.eye(layer.in_features))` holds all the rows, bias included. Then "
        "`nn.Embedding.from_pretrained`, which "
        "freezes what it gets unless you tell it not to.",
    ],
    slips=[
        Slip(
            "The layer's weight became the table as it is, so there is a row for each dimension in place of each id.",
            no_transposition,
            idea=4,
        ),
        Slip(
            "The layer's weight became the table as it is: a row for each dimension in place of each id. The bias is missing too.",
            lambda layer: nn.Embedding.from_pretrained(layer.weight.detach().clone(), freeze=False),
            idea=4,
        ),
        Slip(
            "Right without a bias. Where the layer has one, every row is off by it: add it to each.",
            lambda layer: nn.Embedding.from_pretrained(layer.weight.detach().T.clone(), freeze=False),
            idea=15,
        ),
        Slip(
            "The rows are right, but they lie in the layer's memory: .T, nn.Parameter and from_pretrained copy nothing.",
            shared,
            idea=14,
        ),
        Slip(
            "The rows lie in the layer's memory: .T, nn.Parameter and from_pretrained copy nothing. And where the layer has a bias, it is missing.",
            lambda layer: nn.Embedding.from_pretrained(layer.weight.T, freeze=False),
            idea=14,
        ),
        Slip(
            "The rows are right, but frozen: from_pretrained freezes what it gets unless you say freeze=False.", frozen
        ),
        Slip(
            "The sizes are right, but these are fresh random rows: the layer's weight has to move in.", fresh, idea=10
        ),
        Slip(
            "The shape of the table is right and the numbers are in the wrong places: reshape reads on row by row, where .T swaps axes.",
            reshaped,
            idea=4,
        ),
        Slip(
            "A layer made with bias=False has None in its place: ask `if layer.bias is not None` before you add it.",
            lambda layer: nn.Embedding.from_pretrained(layer.weight.detach().T + layer.bias.detach(), freeze=False),
        ),
        Slip(
            "A layer made with bias=False has None in its place: ask `if layer.bias is not None` before you add it.",
            lambda layer: nn.Embedding.from_pretrained(layer.weight.T + layer.bias, freeze=False),
        ),
        Slip(
            "The bias is taken off each row; the layer adds it.",
            lambda layer: with_bias(layer, lambda rows, bias: rows - bias),
            idea=15,
        ),
        Slip(
            "The bias is added to row 0 alone; the layer adds it whichever id came in, so every row needs it.",
            bias_in_row_0,
            idea=15,
        ),
        Slip(
            "The bias became a row of its own, for an id that nobody has; it is added to every row instead.",
            lambda layer: with_bias(layer, lambda rows, bias: torch.cat([rows, bias[None]])),
        ),
        Slip(
            "`if layer.bias` asks whether a tensor is true, which a tensor of several numbers cannot say: is not None.",
            bias_asked_for_its_truth,
        ),
        Slip(
            "Only a layer with a bias gets an answer here; without one, the table has to come back as well.",
            nothing_without_a_bias,
        ),
        Slip(
            "Each row has the bias twice.", lambda layer: with_bias(layer, lambda rows, bias: rows + 2 * bias), idea=15
        ),
        Slip(
            "The bias is added to the weight before it is transposed, where it meets the wrong axis: .T first, then the bias.",
            bias_before_the_transposition,
            idea=4,
        ),
        Slip(
            "The layer's weight is copied as it is, (out, in), into a table of shape (in, out): .T is missing.",
            copied_without_transposition,
            idea=4,
        ),
        Slip(
            "Two things: from_pretrained freezes what it gets unless you say freeze=False, and where the layer has a bias, it is missing.",
            lambda layer: nn.Embedding.from_pretrained(layer.weight.detach().T.clone()),
        ),
        Slip(
            "The sizes are swapped: an embedding has a row for each id that can come in, in_features of them.",
            lambda layer: nn.Embedding(layer.out_features, layer.in_features),
            idea=3,
        ),
        Slip(
            "Every row is the bias alone; the row of an id is the weight's column for it plus the bias.",
            bias_alone,
            idea=15,
        ),
        Slip("A layer's weight has to stay an nn.Parameter: nn.Parameter(...) around what goes in.", no_parameter),
        Slip(
            "The rows are multiplied with the bias; the layer adds it.",
            lambda layer: with_bias(layer, lambda rows, bias: rows * bias),
            idea=15,
        ),
        Slip(
            "The bias is added to the last row alone; the layer adds it whichever id came in, so every row needs it.",
            bias_in_the_last_row,
            idea=15,
        ),
        Slip(
            "Each row has half of the bias; the layer adds the whole of it.",
            lambda layer: with_bias(layer, lambda rows, bias: rows + bias / 2),
            idea=15,
        ),
        Slip(
            "Each row has the mean of the bias; the layer adds to each number a bias of its own.",
            lambda layer: with_bias(layer, lambda rows, bias: rows + bias.mean()),
            idea=15,
        ),
        Slip(
            "With a bias, only the bias is left; the row of an id is the weight's column for it plus the bias.",
            lambda layer: with_bias(layer, lambda rows, bias: bias[None]),
            idea=15,
        ),
        Slip(
            "The bias became a column of its own; it is added to every row: rows + layer.bias.",
            lambda layer: with_bias(layer, lambda rows, bias: torch.cat([rows, bias[:, None]], 1)),
            idea=15,
        ),
        Slip(
            "The one-hot vectors are as wide as the layer's outputs; it takes in_features numbers: torch.eye(in_features).",
            lambda layer: nn.Embedding.from_pretrained(layer(torch.eye(layer.out_features)).detach(), freeze=False),
            idea=3,
        ),
        Slip(
            "Every vector is all ones, and every row the sum of them all; a one-hot vector has a single 1: torch.eye.",
            fed_with_ones,
        ),
        Slip(
            "The layer got the ids as one vector of amounts; it wants a one-hot vector for each: torch.eye(in_features).",
            lambda layer: nn.Embedding.from_pretrained(
                layer(torch.arange(layer.in_features).float()).detach(), freeze=False
            ),
            idea=5,
        ),
        Slip(
            "A weight that learns may be changed in place only under `with torch.no_grad():`.", in_place_with_gradients
        ),
        Slip(
            "Each row has the sum of the bias; the layer adds to each number a bias of its own.",
            lambda layer: with_bias(layer, lambda rows, bias: rows + bias.sum()),
            idea=15,
        ),
        Slip(
            "The bias stands as a column here, [:, None]; a row has out_features numbers, and so has the bias: add it as it is.",
            lambda layer: with_bias(layer, lambda rows, bias: rows + bias[:, None]),
            idea=15,
        ),
        Slip(
            "The layer's state has the weight as (out, in), and perhaps a bias; the table is (in, out): take weight.T.",
            state_as_it_is,
            idea=4,
        ),
    ],
)
