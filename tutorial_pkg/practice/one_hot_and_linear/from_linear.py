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
        rows = rows + layer.bias.detach()  # the layer adds it for every id, so every row gets it
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
    if not isinstance(embedding, nn.Embedding):
        return Finding(f"a value of type {type(embedding).__name__}. Return an nn.Embedding")
    inputs, outputs = layer.in_features, layer.out_features
    sizes = f"The layer has {inputs} inputs and {outputs} outputs, so the table has the shape {(inputs, outputs)}"
    if tuple(embedding.weight.shape) != (inputs, outputs):
        return Finding(f"a table of shape {tuple(embedding.weight.shape)}. {sizes}")
    if (embedding.num_embeddings, embedding.embedding_dim) != (inputs, outputs):
        return Finding(f"a layer made as nn.Embedding{(embedding.num_embeddings, embedding.embedding_dim)}. {sizes}")
    rows = embedding(torch.arange(inputs)).detach()
    right = layer(torch.eye(inputs, dtype=layer.weight.dtype)).detach()
    if not torch.allclose(rows.double(), right.double()):
        if torch.equal(rows, rows[:1].expand_as(rows)):
            return Finding("the same row for every id. The row of an id is the layer's output for its one-hot vector")
        bias = 0 * right[0] if layer.bias is None else layer.bias.detach()
        off = ((rows - (right - bias)) * 1000).round() / 1000  # what was added to the weight's rows
        if off.any() and torch.equal(off, off[:1].expand_as(off)):
            return Finding(f"rows of the right weight plus {off[0].tolist()}. The bias is {bias.tolist()}")
        if off.any() and torch.equal(off, torch.where(off.any(1, keepdim=True), bias, 0.0)):
            return Finding("rows that do not all contain the bias. The layer adds the bias for every id")
        return rows
    if embedding.max_norm is not None:
        return Finding("an embedding with max_norm, which shortens long rows in a lookup. Leave max_norm out")
    if embedding.padding_idx is not None:
        return Finding("an embedding with padding_idx, whose row gets no gradient. All rows should be trainable")
    if not embedding.weight.requires_grad:
        return Finding("a frozen embedding: from_pretrained freezes the table unless you pass freeze=False")
    if share_storage(embedding.weight, layer.weight):
        return Finding("a table that shares its memory with the layer: .T, nn.Parameter and from_pretrained do not copy. Use .clone()")
    return rows


def parts(layer):
    def made(rows, freeze=False):
        return nn.Embedding.from_pretrained(rows, freeze=freeze)

    def with_bias(into, rows=layer.weight.detach().T):
        return made(rows.clone() if bias is None else into(rows, bias))

    weight, bias = layer.weight.detach(), None if layer.bias is None else layer.bias.detach()
    rows = weight.T.clone()
    return {"made": made, "with_bias": with_bias, "weight": weight, "rows": rows, "bias": bias}


NONE = "A layer made with bias=False has None as its bias. Check `if layer.bias is not None` before you add the bias."

exercise = Exercise(
    task="""### Exercise 4 (a new situation): from a linear layer to an embedding

`from_linear(layer)` takes an `nn.Linear` whose inputs are one-hot vectors. It returns the `nn.Embedding` that gives the
same numbers for every id. For `nn.Linear(4, 5, bias=False)`, the embedding has 4 rows of 5 numbers. It can be trained and
has its own memory. If the layer *has* a bias, the embedding still gives the layer's output. Where can the bias go?
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="The embedding and the layer give the same rows. A bias becomes a part of every row.",
    hints=[
        "Which row does the embedding need for id 0? It is the layer's output for the first one-hot vector.",
        "The rows are `layer.weight.T`, plus the bias if there is one. `nn.Embedding.from_pretrained` freezes the table unless you pass freeze=False.",
    ],
    parts=parts,
    slips=[
        Slip("The layer's weight is the table here. Transpose it to have a row for each id.", lambda p: p.with_bias(lambda rows, bias: rows + bias[:, None], p.weight), idea=4),
        Slip(
            "The shape is right, but the numbers are in the wrong positions. Use .T, not reshape.",
            lambda p: p.with_bias(lambda rows, bias: rows + bias, p.weight.reshape(p.rows.shape)),
            idea=4,
        ),
        Slip("The bias is added along the wrong dimension. Transpose first, then add it.", lambda p: p.with_bias(lambda rows, bias: (p.weight + bias).T), idea=4),
        Slip("This is right without a bias. If the layer has a bias, add it to every row.", lambda p: p.made(p.rows), idea=15),
        Slip("The rows are new and random. Put the layer's weight into the table.", lambda p: nn.Embedding(*p.rows.shape), idea=10),
        Slip("The weight of shape (out, in) is copied into a table of shape (in, out). Transpose it.", lambda p: p.made(torch.empty_like(p.rows).copy_(p.weight)), idea=4),
        Slip("The layer gets the ids themselves. Give it a one-hot vector for each id.", lambda p: p.made(p.layer(torch.arange(len(p.rows)).float()).detach()), idea=5),
        Slip(NONE, lambda layer: nn.Embedding.from_pretrained(layer.weight.detach().T + layer.bias.detach(), freeze=False)),
        Slip(NONE, lambda layer: nn.Embedding.from_pretrained(layer.weight.T + layer.bias, freeze=False)),
        Slip("`if layer.bias` fails for a tensor with several numbers. Write `if layer.bias is not None`.", lambda p: p.made(p.rows + p.bias if p.bias else p.rows)),
    ],
)
