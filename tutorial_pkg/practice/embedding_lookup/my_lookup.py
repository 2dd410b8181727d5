from __future__ import annotations

from tutorial_pkg.practice.items import Exercise, Slip
from tutorial_pkg.practice.lazy import nn, torch
from tutorial_pkg.practice.samples import numbered_table


def stub(table, ids):
    flat = ids.reshape(-1)  # one id after the other, whatever the shape was
    rows = table.index_select(0, flat)  # their rows: (number of ids, d)
    return rows.reshape(...)  # put the sizes of the result where the dots are


def solution(table, ids):
    flat = ids.reshape(-1)  # one id after the other, whatever the shape was
    rows = table.index_select(0, flat)  # their rows: (number of ids, d)
    return rows.reshape(*ids.shape, table.shape[1])  # each id is replaced by its row


def cases():
    return [
        (numbered_table(6, 3, gradient=True), torch.tensor([2, 3, 5, 1])),
        (numbered_table(6, 3, gradient=True), torch.tensor([[4, 0, 3, 2], [5, 1, 3, 3]])),
        (numbered_table(6, 3, gradient=True), torch.tensor(5)),
        (numbered_table(9, 4, torch.float64, gradient=True), torch.tensor([[[8], [0]], [[7], [7]], [[1], [2]]])),
        (numbered_table(5, 1, gradient=True), torch.tensor([4, 4, 4])),
        (numbered_table(7, 2, gradient=True), torch.tensor([1, 4])),
        (numbered_table(6, 3, gradient=True), torch.empty(0, dtype=torch.long)),
    ]


def flat(table, ids):
    return table.index_select(0, ids.reshape(-1))


def columns(table, ids):
    return table[:, ids]


def averaged(table, ids):
    return table[ids].reshape(-1, table.shape[1]).mean(0)


exercise = Exercise(
    task="""### Exercise 2 (finish the last line): a lookup for ids of any shape

`my_lookup(table, ids)` gives what `nn.Embedding` gives: for a `table` of shape `(V, d)` and int64 `ids` of any shape,
the rows in a tensor of shape `ids.shape + (d,)`. For our table and `torch.tensor([2, 3, 5, 1])` that is `(4, 3)`; it
must also work for a single id, for a batch, and for no ids at all. A gradient has to reach the table. Only the last
line is unfinished.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    success="You have written nn.Embedding's forward pass; table[ids] is the same in one line.",
    hints=[
        "`rows` has the right numbers in the right order; only its shape is that of a flat list of ids.",
        "`reshape` takes the sizes one after the other: all those of ids.shape (`*ids.shape`), then d, table.shape[1].",
    ],
    slips=[
        Slip(
            "F.one_hot makes its vectors as wide as the largest id it is given; the table's rows decide: F.one_hot(ids, len(table)).",
            lambda table, ids: torch.nn.functional.one_hot(ids).to(table.dtype) @ table,
            idea=2,
        ),
        Slip("The rows are right, but a batch comes back as one long list of rows: its shape is lost.", flat, idea=8),
        Slip(
            "The embedding dimension came first; it belongs at the end.",
            lambda table, ids: table.T[:, ids.long()],
            idea=8,
        ),
        Slip(
            "The embedding dimension came first, and the rows got torn apart: reshape deals the numbers out anew.",
            lambda table, ids: table.index_select(0, ids.reshape(-1)).reshape(table.shape[1], *ids.shape),
            idea=8,
        ),
        Slip(
            "A single id gives (1, d) here, where (d,) is expected: no dimension is to be added.",
            lambda table, ids: table[torch.atleast_1d(ids)],
            idea=8,
        ),
        Slip(
            "Right as long as there are ids. With none, reshape cannot tell what -1 stands for: write table.shape[1].",
            lambda table, ids: table.index_select(0, ids.reshape(-1)).reshape(*ids.shape, -1),
        ),
        Slip(
            "The last size has to be the embedding dimension d; this takes V, the number of rows, and does not fit.",
            lambda table, ids: table.index_select(0, ids.reshape(-1)).reshape(*ids.shape, table.shape[0]),
            idea=3,
        ),
        Slip(
            "The rows were added into one. A lookup gives each id its own row; what is done with them comes later.",
            lambda table, ids: table[ids].reshape(-1, table.shape[1]).sum(0),
        ),
        Slip(
            "First the sizes of the ids, one by one (hence the star), then the row's own: `*ids.shape, table.shape[1]`.",
            lambda table, ids: table.index_select(0, ids.reshape(-1)).reshape(ids.shape),
        ),
        Slip(
            "First the sizes of the ids, one by one (hence the star), then the row's own: `*ids.shape, table.shape[1]`.",
            lambda table, ids: table.index_select(0, ids.reshape(-1)).reshape(ids.shape, table.shape[1]),
        ),
        Slip(
            "A shape and a number cannot be added; a shape with one more size is `(*ids.shape, table.shape[1])`.",
            lambda table, ids: table.index_select(0, ids.reshape(-1)).reshape(ids.shape + table.shape[1]),
        ),
        Slip(
            "The 3 is right for one table only: its row length is table.shape[1].",
            lambda table, ids: table.index_select(0, ids.reshape(-1)).reshape(*ids.shape, 3),
        ),
        Slip(
            "(4, 3) is right for the example only: take the sizes from `ids` and from `table`.",
            lambda table, ids: table.index_select(0, ids.reshape(-1)).reshape(4, 3),
            idea=8,
        ),
        Slip(
            "`len(ids)` is only the first of the ids' sizes, and a batch has more: `*ids.shape` has them all.",
            lambda table, ids: table.index_select(0, ids.reshape(-1)).reshape(len(ids), table.shape[1]),
            idea=8,
        ),
        Slip(
            "`len(ids)` is only the first of the ids' sizes; in a batch, -1 then takes several rows for one.",
            lambda table, ids: table.index_select(0, ids.reshape(-1)).reshape(len(ids), -1),
            idea=8,
        ),
        Slip(
            "This takes the ids to be (batch, length); they may have any number of dimensions: `*ids.shape`.",
            lambda table, ids: table.index_select(0, ids.reshape(-1)).reshape(
                ids.shape[0], ids.shape[1], table.shape[1]
            ),
            idea=8,
        ),
        Slip(
            "A dimension of 1 was added in front: the sizes are those of the ids and then d, and no other.",
            lambda table, ids: table[ids][None],
            idea=8,
        ),
        Slip(
            "That is the shape of the whole table; what comes out has one row for each id.",
            lambda table, ids: table.index_select(0, ids.reshape(-1)).reshape(table.shape),
            idea=2,
        ),
        Slip(
            "Both sizes of the table were put at the end; V is how many rows there are to choose from, and d comes out.",
            lambda table, ids: table.index_select(0, ids.reshape(-1)).reshape(*ids.shape, *table.shape),
            idea=3,
        ),
        Slip(
            "`table[:, ids]` asks for columns; the rows are along the first dimension: `table[ids]`.", columns, idea=3
        ),
        Slip(
            "`nn.Embedding(...)` makes a new table with random numbers of its own; look the rows up in `table`.",
            lambda table, ids: nn.Embedding(*table.shape)(ids),
        ),
        Slip("Every row is the one before: ids count from 0, as rows do.", lambda table, ids: table[ids - 1], idea=11),
        Slip(
            "Right for a line of ids; a single id cannot be gone through, and a batch gives several ids at once: `table[ids]` takes any shape.",
            lambda table, ids: torch.stack([table[i] for i in ids]),
        ),
        Slip(
            "A dimension of 1 stands in front and all ids behind it in one line: the sizes are those of the ids, then d.",
            lambda table, ids: table.index_select(0, ids.reshape(-1)).reshape(1, -1, table.shape[1]),
            idea=8,
        ),
        Slip(
            "All numbers came out in one line: d has to be the last size, behind those of the ids.",
            lambda table, ids: table.index_select(0, ids.reshape(-1)).reshape(-1),
        ),
        Slip(
            "The last size has to be the embedding dimension d; this takes the number of ids, and does not fit.",
            lambda table, ids: table.index_select(0, ids.reshape(-1)).reshape(*ids.shape, ids.numel()),
            idea=8,
        ),
        Slip(
            "`ids.shape[-1]` is only the last of the ids' sizes, and a batch has more: `*ids.shape` has them all.",
            lambda table, ids: table.index_select(0, ids.reshape(-1)).reshape(ids.shape[-1], table.shape[1]),
            idea=8,
        ),
        Slip(
            "`ids.shape[-1]` is only the last of the ids' sizes; in a batch, -1 then takes several rows for one.",
            lambda table, ids: table.index_select(0, ids.reshape(-1)).reshape(ids.shape[-1], -1),
            idea=8,
        ),
        Slip(
            "The ids themselves were given as sizes; the sizes of the ids are `ids.shape`.",
            lambda table, ids: table.index_select(0, ids.reshape(-1)).reshape(*ids.tolist(), table.shape[1]),
        ),
        Slip(
            "`reshape` got the ids themselves; it wants sizes, and those of the ids are `*ids.shape`.",
            lambda table, ids: table.index_select(0, ids.reshape(-1)).reshape(ids, table.shape[1]),
        ),
        Slip(
            "The rows were transposed before reshape dealt the numbers out, so each row mixes numbers of several ids: leave `.T` out.",
            lambda table, ids: table.index_select(0, ids.reshape(-1)).T.reshape(*ids.shape, table.shape[1]),
        ),
        Slip(
            "`index_select(1, ...)` picks columns; the rows are along dimension 0.",
            lambda table, ids: table.index_select(1, ids.reshape(-1)).reshape(*ids.shape, table.shape[1]),
        ),
        Slip(
            "`squeeze` drops every size of 1, and with it sizes of the ids, or d: reshape to `*ids.shape` and d instead.",
            lambda table, ids: table[ids].squeeze(),
        ),
        Slip(
            "All is right but for no ids at all: the result is empty then, but its shape still ends with d, (0, d).",
            lambda table, ids: table[ids] if ids.numel() else torch.zeros(0),
        ),
        Slip(
            "Right for single ids and for a line of them; a batch comes out with one dimension too few.",
            lambda table, ids: table[ids] if ids.dim() < 2 else table[ids].flatten(0, -2),
        ),
        Slip(
            "Every row is the one after: ids count from 0, as rows do, and `id + 1` is no row after the last.",
            lambda table, ids: table[ids + 1],
            idea=11,
        ),
        Slip(
            "The rows were averaged into one. A lookup gives each id its own row; what is done with them comes later.",
            averaged,
        ),
        Slip(
            "The last of the ids' sizes is missing; d comes after all of them and replaces none: `*ids.shape`.",
            lambda table, ids: table.index_select(0, ids.reshape(-1)).reshape(*ids.shape[:-1], table.shape[1]),
            idea=8,
        ),
        Slip(
            "The first of the ids' sizes is missing; all of them come first, and then d: `*ids.shape`.",
            lambda table, ids: table.index_select(0, ids.reshape(-1)).reshape(*ids.shape[1:], table.shape[1]),
            idea=8,
        ),
        Slip(
            "`ids.dim()` is how many sizes the ids have; the sizes themselves are `*ids.shape`.",
            lambda table, ids: table.index_select(0, ids.reshape(-1)).reshape(ids.dim(), table.shape[1]),
            idea=8,
        ),
        Slip(
            "The ids themselves were given as sizes; the sizes of the ids are `ids.shape`.",
            lambda table, ids: table.index_select(0, ids.reshape(-1)).reshape(*ids.tolist(), -1),
        ),
        Slip(
            "`table.shape` is both sizes of the table, and only the second, d, comes out: `table.shape[1]`.",
            lambda table, ids: table.index_select(0, ids.reshape(-1)).reshape(*ids.shape, table.shape),
            idea=3,
        ),
        Slip(
            "`table.size` is a method; d is `table.shape[1]` or `table.size(1)`.",
            lambda table, ids: table.index_select(0, ids.reshape(-1)).reshape(*ids.shape, table.size),
        ),
        Slip(
            "The sizes of the ids stand there twice; after them comes d, table.shape[1].",
            lambda table, ids: table.index_select(0, ids.reshape(-1)).reshape(*ids.shape, *ids.shape),
            idea=8,
        ),
        Slip(
            "Three sizes are right for a batch only; ids may have any number of dimensions: `*ids.shape`, then d.",
            lambda table, ids: table.index_select(0, ids.reshape(-1)).reshape(ids.shape[0], -1, table.shape[1]),
            idea=8,
        ),
        Slip(
            "With d first, reshape deals the numbers out anew and tears the rows apart: the ids' sizes come first, d last.",
            lambda table, ids: table.index_select(0, ids.reshape(-1)).reshape(table.shape[1], -1),
            idea=8,
        ),
        Slip(
            "4 ids are right for the example only: take the sizes from `ids.shape`.",
            lambda table, ids: table.index_select(0, ids.reshape(-1)).reshape(4, table.shape[1]),
            idea=8,
        ),
        Slip(
            "A shape is a tuple, to which a list cannot be added: `(*ids.shape, table.shape[1])`.",
            lambda table, ids: table.index_select(0, ids.reshape(-1)).reshape(ids.shape + [table.shape[1]]),
        ),
        Slip(
            "The sizes of the ids stand in reverse order; they stay as they are: `*ids.shape`.",
            lambda table, ids: table.index_select(0, ids.reshape(-1)).reshape(*reversed(ids.shape), table.shape[1]),
            idea=8,
        ),
        Slip(
            "The numbers of each row were added into one; each id is replaced by its whole row of d numbers.",
            lambda table, ids: table[ids].sum(-1),
        ),
        Slip(
            "Those are the sizes of the ids alone, with room for one number each; after them comes d, table.shape[1].",
            lambda table, ids: table.index_select(0, ids.reshape(-1)).reshape(*ids.shape),
        ),
    ],
)
