from __future__ import annotations

from tutorial_pkg.practice.items import Exercise, Slip
from tutorial_pkg.practice.lazy import F, nn, torch
from tutorial_pkg.practice.samples import random_table, tens_table


def stub(table, ids):
    num_rows, dimension = table.shape
    one_hots = F.one_hot(ids).float()
    layer = nn.Linear(num_rows, dimension)
    layer.weight = nn.Parameter(table)
    return layer(one_hots)


def solution(table, ids):
    num_rows, dimension = table.shape
    one_hots = F.one_hot(ids, num_classes=num_rows).float()  # the table decides the width, not these ids
    layer = nn.Linear(num_rows, dimension, bias=False)  # a bias would be added to every row
    layer.weight = nn.Parameter(table.T)  # Linear stores its weight as (out, in)
    return layer(one_hots)


def cases() -> list[tuple]:
    return [
        (tens_table(4, 4), torch.tensor([3, 0])),
        (tens_table(4, 5), torch.tensor([1, 0, 2])),
        (random_table(6, 3), torch.tensor([[4, 0, 3], [2, 5, 1]])),
        (random_table(4, 4), torch.tensor(2)),
        (random_table(7, 2), torch.tensor([[0], [0]])),
    ]


def parts(table, ids):
    def layer(vectors, weight=None, bias=False):
        """The output of a linear layer. Without `weight`, the weight of the layer is the transposed table."""
        made = nn.Linear(*table.shape, bias=bias)
        made.weight = nn.Parameter(table.T if weight is None else weight)
        return made(vectors)

    def wide(num_classes):
        return F.one_hot(ids, num_classes=num_classes).float()

    V, d = table.shape
    return {"V": V, "d": d, "layer": layer, "wide": wide, "hots": wide(V), "reshaped": table.reshape(d, V)}


exercise = Exercise(
    task="""### Exercise 5 (bug hunt): it returned the right shape

`rows_by_linear(table, ids)` should return the table's rows for ids of any shape, computed by a linear layer. Its author
tried it with a 4 × 4 table and the ids `[3, 0]`. The result had the shape `(2, 4)`, as it should. But
the function has three bugs, and the shape does not show any of them. Fix all three bugs.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    success="In this example, the shape is right by chance, so it hides all three bugs. Compare the values, and use a V that differs from d.",
    hints=[
        "Try a 4 × 5 table with the ids `[1, 0, 2]`. Compare the numbers with `table[ids]`, and not only the shape.",
        "Each of the three lines in the middle has one bug: the width of the one-hot vectors, the bias and the weight.",
    ],
    needs=("linear",),
    needs_says="The rows are right, but no linear layer computed them. Give the one-hot vectors to a linear layer.",
    parts=parts,
    slips=[
        Slip("Two bugs are fixed. The width of the one-hot vectors still depends on the largest id. Pass num_classes.", lambda p: p.layer(F.one_hot(p.ids).float()), idea=2),
        Slip("Two bugs are fixed. The layer still adds a bias to every row.", lambda p: p.layer(p.hots, bias=True), idea=15),
        Slip("Each id still gets a column of the table. Give the layer `table.T` as its weight, and return layer(one_hots).", lambda p: p.layer(p.hots, p.table), idea=4),
        Slip("The width is right now. Two bugs are left: look at the line that makes the layer and at its weight.", lambda p: p.layer(p.hots, p.table, bias=True)),
        Slip("The bias is gone. Two bugs are left: look at the width of the one-hot vectors and at the weight.", lambda p: p.layer(F.one_hot(p.ids).float(), p.table)),
        Slip("Now the weight is right. Two bugs are left: the width of the one-hot vectors, and the bias.", lambda p: p.layer(F.one_hot(p.ids).float(), bias=True)),
        Slip("The weight has the right shape, but its numbers are in the wrong positions. Use .T, not reshape.", lambda p: p.layer(p.hots, p.reshaped), idea=4),
        Slip("The bias is gone. The width still depends on the ids, and reshape does not transpose.", lambda p: p.layer(F.one_hot(p.ids).float(), p.reshaped)),
        Slip("The one-hot vectors are as wide as the dimension. The vocabulary decides their width: num_rows.", lambda p: p.layer(p.wide(p.d)), idea=3),
        Slip("The one-hot vectors have 4 numbers, which fits only some tables. Their width is num_rows.", lambda p: p.layer(p.wide(4)), idea=2),
        Slip("The table is not in the layer: the weight is still random.", lambda p: nn.Linear(p.V, p.d, bias=False)(p.hots)),
        Slip("The layer's sizes are swapped so that the table fits. Keep the sizes and transpose the table.", lambda p: F.linear(p.wide(p.d), p.table), idea=4),
        Slip("The layer's sizes are swapped. Use nn.Linear(num_rows, dimension).", lambda p: nn.Linear(p.d, p.V, bias=False)(p.hots), idea=3),
        Slip("The layer gets the ids themselves. Turn each id into a one-hot vector first.", lambda p: p.layer(p.ids.float()), idea=5),
        Slip("These are the one-hot vectors. Call the layer with them: layer(one_hots).", lambda p: p.hots),
        Slip("This is the layer's weight. Return the layer's output: layer(one_hots).", lambda p: p.table.T.clone()),
    ],
)
