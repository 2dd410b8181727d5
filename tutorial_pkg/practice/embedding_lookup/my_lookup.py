"""### Exercise 2 (finish the last line): a lookup for ids of any shape

`my_lookup(table, ids)` gives what `nn.Embedding` gives: for a `table` of shape `(V, d)` and int64 `ids` of any shape,
the rows in a tensor of shape `ids.shape + (d,)`. For our table and `torch.tensor([2, 3, 5, 1])` that is `(4, 3)`; it
must also work for a single id, for a batch, and for no ids at all. A gradient has to reach the table. Only the last
line is unfinished.
"""

import torch
from torch import nn

from tutorial_pkg.practice.items import wrong
from tutorial_pkg.practice.samples import numbered_table

MEANS = "You have written nn.Embedding's forward pass; table[ids] is the same in one line."
HINTS = [
    "`rows` has the right numbers in the right order; only its shape is that of a flat list of ids.",
    "`reshape` takes the sizes one after the other: all those of ids.shape (`*ids.shape`), then d, table.shape[1].",
]


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


@wrong(idea=2)
def as_wide_as_the_largest_id(table, ids):
    """F.one_hot makes its vectors as wide as the largest id it is given; the table's rows decide: F.one_hot(ids,
    len(table))."""
    return torch.nn.functional.one_hot(ids).to(table.dtype) @ table


@wrong(idea=8)
def flat(table, ids):
    """The rows are right, but a batch comes back as one long list of rows: its shape is lost."""
    return table.index_select(0, ids.reshape(-1))


@wrong(idea=8)
def dimension_first(table, ids):
    """The embedding dimension came first; it belongs at the end."""
    return table.T[:, ids.long()]


@wrong(idea=8)
def dimension_first_mixed(table, ids):
    """The embedding dimension came first, and the rows got torn apart: reshape deals the numbers out anew."""
    return table.index_select(0, ids.reshape(-1)).reshape(table.shape[1], *ids.shape)


@wrong(idea=8)
def always_a_list(table, ids):
    """A single id gives (1, d) here, where (d,) is expected: no dimension is to be added."""
    return table[torch.atleast_1d(ids)]


@wrong()
def minus_one(table, ids):
    """Right as long as there are ids. With none, reshape cannot tell what -1 stands for: write table.shape[1]."""
    return table.index_select(0, ids.reshape(-1)).reshape(*ids.shape, -1)


@wrong(idea=3)
def vocabulary_last(table, ids):
    """The last size has to be the embedding dimension d; this takes V, the number of rows, and does not fit."""
    return table.index_select(0, ids.reshape(-1)).reshape(*ids.shape, table.shape[0])


@wrong()
def added_up(table, ids):
    """The rows were added into one. A lookup gives each id its own row; what is done with them comes later."""
    return table[ids].reshape(-1, table.shape[1]).sum(0)


@wrong()
def ids_shape_only(table, ids):
    """First the sizes of the ids, one by one (hence the star), then the row's own: `*ids.shape, table.shape[1]`."""
    return table.index_select(0, ids.reshape(-1)).reshape(ids.shape)


@wrong()
def shape_not_unpacked(table, ids):
    """First the sizes of the ids, one by one (hence the star), then the row's own: `*ids.shape, table.shape[1]`."""
    return table.index_select(0, ids.reshape(-1)).reshape(ids.shape, table.shape[1])


@wrong()
def shape_plus_number(table, ids):
    """A shape and a number cannot be added; a shape with one more size is `(*ids.shape, table.shape[1])`."""
    return table.index_select(0, ids.reshape(-1)).reshape(ids.shape + table.shape[1])


@wrong()
def three(table, ids):
    """The 3 is right for one table only: its row length is table.shape[1]."""
    return table.index_select(0, ids.reshape(-1)).reshape(*ids.shape, 3)


@wrong(idea=8)
def four_by_three(table, ids):
    """(4, 3) is right for the example only: take the sizes from `ids` and from `table`."""
    return table.index_select(0, ids.reshape(-1)).reshape(4, 3)


@wrong(idea=8)
def first_size_only(table, ids):
    """`len(ids)` is only the first of the ids' sizes, and a batch has more: `*ids.shape` has them all."""
    return table.index_select(0, ids.reshape(-1)).reshape(len(ids), table.shape[1])


@wrong(idea=8)
def first_size_and_the_rest(table, ids):
    """`len(ids)` is only the first of the ids' sizes; in a batch, -1 then takes several rows for one."""
    return table.index_select(0, ids.reshape(-1)).reshape(len(ids), -1)


@wrong(idea=8)
def two_sizes(table, ids):
    """This takes the ids to be (batch, length); they may have any number of dimensions: `*ids.shape`."""
    return table.index_select(0, ids.reshape(-1)).reshape(ids.shape[0], ids.shape[1], table.shape[1])


@wrong(idea=8)
def batch_added(table, ids):
    """A dimension of 1 was added in front: the sizes are those of the ids and then d, and no other."""
    return table[ids][None]


@wrong(idea=2)
def shape_of_the_table(table, ids):
    """That is the shape of the whole table; what comes out has one row for each id."""
    return table.index_select(0, ids.reshape(-1)).reshape(table.shape)


@wrong(idea=3)
def both_sizes_of_the_table(table, ids):
    """Both sizes of the table were put at the end; V is how many rows there are to choose from, and d comes out."""
    return table.index_select(0, ids.reshape(-1)).reshape(*ids.shape, *table.shape)


@wrong(idea=3)
def columns(table, ids):
    """`table[:, ids]` asks for columns; the rows are along the first dimension: `table[ids]`."""
    return table[:, ids]


@wrong()
def another_table(table, ids):
    """`nn.Embedding(...)` makes a new table with random numbers of its own; look the rows up in `table`."""
    return nn.Embedding(*table.shape)(ids)


@wrong(idea=11)
def counted_from_one(table, ids):
    """Every row is the one before: ids count from 0, as rows do."""
    return table[ids - 1]


@wrong()
def one_after_the_other(table, ids):
    """Right for a line of ids; a single id cannot be gone through, and a batch gives several ids at once:
    `table[ids]` takes any shape."""
    return torch.stack([table[i] for i in ids])


@wrong(idea=8)
def batch_of_a_flat_list(table, ids):
    """A dimension of 1 stands in front and all ids behind it in one line: the sizes are those of the ids, then d."""
    return table.index_select(0, ids.reshape(-1)).reshape(1, -1, table.shape[1])


@wrong()
def all_in_one_line(table, ids):
    """All numbers came out in one line: d has to be the last size, behind those of the ids."""
    return table.index_select(0, ids.reshape(-1)).reshape(-1)


@wrong(idea=8)
def as_many_as_ids_last(table, ids):
    """The last size has to be the embedding dimension d; this takes the number of ids, and does not fit."""
    return table.index_select(0, ids.reshape(-1)).reshape(*ids.shape, ids.numel())


@wrong(idea=8)
def last_size_only(table, ids):
    """`ids.shape[-1]` is only the last of the ids' sizes, and a batch has more: `*ids.shape` has them all."""
    return table.index_select(0, ids.reshape(-1)).reshape(ids.shape[-1], table.shape[1])


@wrong(idea=8)
def rest_by_minus_one(table, ids):
    """`ids.shape[-1]` is only the last of the ids' sizes; in a batch, -1 then takes several rows for one."""
    return table.index_select(0, ids.reshape(-1)).reshape(ids.shape[-1], -1)


@wrong()
def ids_as_sizes(table, ids):
    """The ids themselves were given as sizes; the sizes of the ids are `ids.shape`."""
    return table.index_select(0, ids.reshape(-1)).reshape(*ids.tolist(), table.shape[1])


@wrong()
def ids_tensor_as_sizes(table, ids):
    """`reshape` got the ids themselves; it wants sizes, and those of the ids are `*ids.shape`."""
    return table.index_select(0, ids.reshape(-1)).reshape(ids, table.shape[1])


@wrong()
def transposed_first(table, ids):
    """The rows were transposed before reshape dealt the numbers out, so each row mixes numbers of several ids: leave
    `.T` out."""
    return table.index_select(0, ids.reshape(-1)).T.reshape(*ids.shape, table.shape[1])


@wrong()
def along_the_columns(table, ids):
    """`index_select(1, ...)` picks columns; the rows are along dimension 0."""
    return table.index_select(1, ids.reshape(-1)).reshape(*ids.shape, table.shape[1])


@wrong()
def ones_squeezed_out(table, ids):
    """`squeeze` drops every size of 1, and with it sizes of the ids, or d: reshape to `*ids.shape` and d instead."""
    return table[ids].squeeze()


@wrong()
def nothing_for_no_ids(table, ids):
    """All is right but for no ids at all: the result is empty then, but its shape still ends with d, (0, d)."""
    return table[ids] if ids.numel() else torch.zeros(0)


@wrong()
def two_or_less(table, ids):
    """Right for single ids and for a line of them; a batch comes out with one dimension too few."""
    return table[ids] if ids.dim() < 2 else table[ids].flatten(0, -2)


@wrong(idea=11)
def counted_from_minus_one(table, ids):
    """Every row is the one after: ids count from 0, as rows do, and `id + 1` is no row after the last."""
    return table[ids + 1]


@wrong()
def averaged(table, ids):
    """The rows were averaged into one. A lookup gives each id its own row; what is done with them comes later."""
    return table[ids].reshape(-1, table.shape[1]).mean(0)


@wrong(idea=8)
def all_but_the_last_size(table, ids):
    """The last of the ids' sizes is missing; d comes after all of them and replaces none: `*ids.shape`."""
    return table.index_select(0, ids.reshape(-1)).reshape(*ids.shape[:-1], table.shape[1])


@wrong(idea=8)
def all_but_the_first_size(table, ids):
    """The first of the ids' sizes is missing; all of them come first, and then d: `*ids.shape`."""
    return table.index_select(0, ids.reshape(-1)).reshape(*ids.shape[1:], table.shape[1])


@wrong(idea=8)
def number_of_dimensions(table, ids):
    """`ids.dim()` is how many sizes the ids have; the sizes themselves are `*ids.shape`."""
    return table.index_select(0, ids.reshape(-1)).reshape(ids.dim(), table.shape[1])


@wrong()
def ids_and_minus_one(table, ids):
    """The ids themselves were given as sizes; the sizes of the ids are `ids.shape`."""
    return table.index_select(0, ids.reshape(-1)).reshape(*ids.tolist(), -1)


@wrong(idea=3)
def shape_of_the_table_as_one(table, ids):
    """`table.shape` is both sizes of the table, and only the second, d, comes out: `table.shape[1]`."""
    return table.index_select(0, ids.reshape(-1)).reshape(*ids.shape, table.shape)


@wrong()
def size_not_called(table, ids):
    """`table.size` is a method; d is `table.shape[1]` or `table.size(1)`."""
    return table.index_select(0, ids.reshape(-1)).reshape(*ids.shape, table.size)


@wrong(idea=8)
def shape_twice(table, ids):
    """The sizes of the ids stand there twice; after them comes d, table.shape[1]."""
    return table.index_select(0, ids.reshape(-1)).reshape(*ids.shape, *ids.shape)


@wrong(idea=8)
def one_size_between(table, ids):
    """Three sizes are right for a batch only; ids may have any number of dimensions: `*ids.shape`, then d."""
    return table.index_select(0, ids.reshape(-1)).reshape(ids.shape[0], -1, table.shape[1])


@wrong(idea=8)
def d_and_the_rest(table, ids):
    """With d first, reshape deals the numbers out anew and tears the rows apart: the ids' sizes come first, d last."""
    return table.index_select(0, ids.reshape(-1)).reshape(table.shape[1], -1)


@wrong(idea=8)
def four(table, ids):
    """4 ids are right for the example only: take the sizes from `ids.shape`."""
    return table.index_select(0, ids.reshape(-1)).reshape(4, table.shape[1])


@wrong()
def list_added(table, ids):
    """A shape is a tuple, to which a list cannot be added: `(*ids.shape, table.shape[1])`."""
    return table.index_select(0, ids.reshape(-1)).reshape(ids.shape + [table.shape[1]])


@wrong(idea=8)
def sizes_reversed(table, ids):
    """The sizes of the ids stand in reverse order; they stay as they are: `*ids.shape`."""
    return table.index_select(0, ids.reshape(-1)).reshape(*reversed(ids.shape), table.shape[1])


@wrong()
def each_row_added_up(table, ids):
    """The numbers of each row were added into one; each id is replaced by its whole row of d numbers."""
    return table[ids].sum(-1)


@wrong()
def sizes_of_the_ids_only(table, ids):
    """Those are the sizes of the ids alone, with room for one number each; after them comes d, table.shape[1]."""
    return table.index_select(0, ids.reshape(-1)).reshape(*ids.shape)
