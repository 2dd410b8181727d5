"""### Exercise 1 (worked): rows by a product

`rows_by_product(table, ids)` gives the table's rows for ids of any shape, with a one-hot product. For a 4 × 5
table and the ids `[0, 2]` these are rows 0 and 2. It is solved: read it and run it. Then spoil it on purpose, one
thing at a time, and see what the check says: leave out `num_classes`; leave out `.to(table.dtype)`; write
`table.detach()`.
"""

import torch
import torch.nn.functional as F

from tutorial_pkg.practice.items import wrong
from tutorial_pkg.practice.samples import random_table, tens_table

MEANS = "A lookup is a matrix product with one-hot vectors, for ids of any shape, and the gradient comes along."
HINTS = ["It is solved already. `table.shape[0]` is the size of the vocabulary."]


def solution(table, ids):
    one_hots = F.one_hot(ids, num_classes=table.shape[0])  # as wide as the table is high, whatever ids came
    return one_hots.to(table.dtype) @ table  # integers cannot be multiplied with a table of floats


def cases() -> list[tuple]:
    return [
        (tens_table(4, 5), torch.tensor([0, 2])),
        (tens_table(4, 5), torch.tensor([1, 0, 2])),
        (random_table(6, 3), torch.tensor([[4, 0, 3], [2, 5, 1]])),
        (random_table(4, 5, torch.float64), torch.tensor(3)),
        (random_table(6, 3, gradient=True), torch.tensor([2, 2, 0])),
        (random_table(3, 7), torch.empty(0, dtype=torch.int64)),
        (tens_table(4, 5), torch.tensor([[3]])),
    ]


@wrong(idea=2)
def width_from_the_sample(table, ids):
    """Without num_classes the one-hot vectors are as wide as the largest id of this sample plus one."""
    return F.one_hot(ids).to(table.dtype) @ table


@wrong(idea=3)
def width_from_the_dimension(table, ids):
    """The one-hot vectors are as wide as the embedding dimension; the vocabulary decides it: table.shape[0]."""
    return F.one_hot(ids, num_classes=table.shape[1]).to(table.dtype) @ table


@wrong(idea=3)
def columns(table, ids):
    """The one-hot vectors have the embedding dimension for their width, and pick columns of the table."""
    return F.one_hot(ids, num_classes=table.shape[1]).to(table.dtype) @ table.T


@wrong()
def table_turned(table, ids):
    """The table is turned on its side here. Written out as a product, `one_hots @ table`, it needs no transposition;
    only nn.Linear's weight does."""
    return F.one_hot(ids, num_classes=table.shape[0]).to(table.dtype) @ table.T


@wrong()
def other_way_round(table, ids):
    """The two sides are in the other order: the one-hot vectors come first, since each of their V numbers meets a row
    of the table."""
    return table @ F.one_hot(ids, num_classes=table.shape[0]).to(table.dtype)


@wrong()
def number_by_number(table, ids):
    """`*` multiplies number by number; `@` is the product that also adds the rows up."""
    return F.one_hot(ids, num_classes=table.shape[0]).to(table.dtype) * table


@wrong(idea=5)
def ids_themselves(table, ids):
    """The ids themselves are multiplied here, as if they were amounts; turn each into a one-hot vector first."""
    return ids.to(table.dtype) @ table


@wrong()
def whole_number_table(table, ids):
    """The table was turned into whole numbers, which cuts off what stands behind the point; turn the one-hot vectors
    into floats instead."""
    return F.one_hot(ids, num_classes=table.shape[0]) @ table.long()


@wrong(idea=8)
def one_long_list(table, ids):
    """The rows are right, but a batch comes back as one long list: its shape is lost."""
    return F.one_hot(ids.flatten(), num_classes=table.shape[0]).to(table.dtype) @ table


@wrong()
def integer_one_hots(table, ids):
    """The one-hot vectors are still integers, and a product wants both sides of one dtype."""
    return F.one_hot(ids, num_classes=table.shape[0]) @ table


@wrong()
def float32_always(table, ids):
    """`.float()` fits a float32 table; one of these is float64. `.to(table.dtype)` follows the table."""
    return F.one_hot(ids, num_classes=table.shape[0]).float() @ table


@wrong(idea=8)
def all_ids_in_one(table, ids):
    """The rows are added up into one vector; each id has to keep its own."""
    one_hots = F.one_hot(ids, num_classes=table.shape[0]).to(table.dtype)
    return one_hots.reshape(-1, table.shape[0]).sum(0) @ table


@wrong()
def columns_of_the_result(table, ids):
    """Both sides are turned on their side, so the rows come out as columns."""
    return table.T @ F.one_hot(ids, num_classes=table.shape[0]).to(table.dtype).T


@wrong(idea=8)
def first_axis_added_up(table, ids):
    """The rows are added up along the first axis; each id has to keep its own."""
    return (F.one_hot(ids, num_classes=table.shape[0]).to(table.dtype) @ table).sum(0)


@wrong(idea=8)
def axes_of_one_dropped(table, ids):
    """This drops every axis of size 1 (squeeze does), and with it the shape of ids that have one."""
    return (F.one_hot(ids, num_classes=table.shape[0]).to(table.dtype) @ table).squeeze()


@wrong()
def as_many_as_ids(table, ids):
    """The one-hot vectors are as wide as there are ids; the vocabulary decides their width: table.shape[0]."""
    return F.one_hot(ids, num_classes=len(ids)).to(table.dtype) @ table


@wrong()
def one_hots_only(table, ids):
    """These are the one-hot vectors; the product with the table is still missing: `one_hots @ table`."""
    return F.one_hot(ids, num_classes=table.shape[0]).to(table.dtype)


@wrong()
def one_too_wide(table, ids):
    """The one-hot vectors are one number too long: ids run from 0 to V - 1, so table.shape[0] numbers are enough."""
    return F.one_hot(ids, num_classes=table.shape[0] + 1).to(table.dtype) @ table


@wrong()
def one_too_narrow(table, ids):
    """The one-hot vectors are one number too short: V = table.shape[0] of them, for the ids 0 to V - 1."""
    return F.one_hot(ids, num_classes=table.shape[0] - 1).to(table.dtype) @ table


@wrong(idea=11)
def one_row_early(table, ids):
    """One is taken off the ids, and that leaves -1 for the id 0."""
    return F.one_hot(ids - 1, num_classes=table.shape[0]).to(table.dtype) @ table


@wrong(idea=11)
def one_row_late(table, ids):
    """One is added to the ids, so each gets the row after its own, and the last has none."""
    return F.one_hot(ids + 1, num_classes=table.shape[0]).to(table.dtype) @ table


@wrong(idea=2)
def up_to_the_largest_id(table, ids):
    """The width is taken from the largest id of the sample, and where there are no ids, there is none. Take
    table.shape[0]."""
    width = int(ids.max()) + 1
    return F.one_hot(ids, width).to(table.dtype) @ table[:width]


@wrong()
def as_wide_as_the_example(table, ids):
    """4 is the height of the example's table; of any table it is table.shape[0]."""
    return F.one_hot(ids, num_classes=4).to(table.dtype) @ table


@wrong()
def product_with_itself(table, ids):
    """The rows are multiplied with the table again: one product with the one-hot vectors is enough."""
    one_hots = F.one_hot(ids, num_classes=table.shape[0]).to(table.dtype)
    return one_hots @ table @ table.T


@wrong()
def ids_as_floats(table, ids):
    """F.one_hot takes whole numbers: the vectors are turned into floats after it, not the ids before."""
    return F.one_hot(ids.to(table.dtype), num_classes=table.shape[0]) @ table


@wrong(idea=8)
def mean_of_the_rows(table, ids):
    """The rows are averaged along the first axis; each id has to keep its own."""
    return (F.one_hot(ids, num_classes=table.shape[0]).to(table.dtype) @ table).mean(0)


@wrong(idea=8)
def mean_of_the_vectors(table, ids):
    """The one-hot vectors are added up or averaged along an axis before the product; each id has to keep its own."""
    return F.one_hot(ids, num_classes=table.shape[0]).to(table.dtype).mean(0) @ table


@wrong()
def added_across(table, ids):
    """The numbers of each row are added up; a row has to come out as it stands in the table."""
    return (F.one_hot(ids, num_classes=table.shape[0]).to(table.dtype) @ table).sum(-1)


@wrong()
def half_precision(table, ids):
    """In float16 a number keeps three digits or so; `.to(table.dtype)` keeps them all."""
    return (F.one_hot(ids, num_classes=table.shape[0]).half() @ table.half()).to(table.dtype)


@wrong()
def ids_sorted(table, ids):
    """The ids are sorted first; the rows come in the order of the ids, as they are."""
    return F.one_hot(ids.sort().values, num_classes=table.shape[0]).to(table.dtype) @ table


@wrong()
def ids_once(table, ids):
    """Each different id comes once and in order (unique does that); the rows come as the ids do, repeated or not."""
    return F.one_hot(ids.unique(), num_classes=table.shape[0]).to(table.dtype) @ table


@wrong()
def softened(table, ids):
    """A softmax spreads the 1 of each vector over all places, and every row gets mixed with the others."""
    return F.one_hot(ids, num_classes=table.shape[0]).to(table.dtype).softmax(-1) @ table


@wrong()
def as_wide_as_there_are_numbers(table, ids):
    """The one-hot vectors are as wide as the table has numbers; it is its rows that count: table.shape[0]."""
    return F.one_hot(ids, num_classes=table.numel()).to(table.dtype) @ table


@wrong()
def as_wide_as_the_example_is(table, ids):
    """5 is the width of the example's table; the vectors are as wide as a table is high: table.shape[0]."""
    return F.one_hot(ids, num_classes=5).to(table.dtype) @ table


@wrong()
def dot_of_vectors(table, ids):
    """torch.dot takes two vectors; for a matrix of one-hot vectors and a table it is `@`."""
    return torch.dot(F.one_hot(ids, num_classes=table.shape[0]).to(table.dtype), table)


@wrong()
def table_in_place_of_ids(table, ids):
    """The numbers that F.one_hot got are no ids; it is the ids that become one-hot vectors, not the table."""
    return F.one_hot(table, num_classes=ids.shape[0]).to(table.dtype) @ table


@wrong(idea=8)
def one_id_after_the_other(table, ids):
    """This goes through the ids one by one, and fails for a single id; F.one_hot takes ids of any shape at once."""
    return torch.stack([F.one_hot(one, num_classes=table.shape[0]).to(table.dtype) @ table for one in ids])


@wrong(idea=8)
def one_id_after_the_other_in_a_list(table, ids):
    """This goes through the ids one by one, and fails for a single id; F.one_hot takes ids of any shape at once."""
    return [F.one_hot(one, num_classes=table.shape[0]).to(table.dtype) @ table for one in ids]


@wrong()
def one_hots_turned(table, ids):
    """The one-hot vectors are turned on their side here; as they come, each is a row, and `one_hots @ table` fits."""
    return F.one_hot(ids, num_classes=table.shape[0]).to(table.dtype).T @ table


@wrong(idea=8)
def last_row_only(table, ids):
    """Only the last row is given back; every id has one."""
    return (F.one_hot(ids, num_classes=table.shape[0]).to(table.dtype) @ table)[-1]


@wrong(idea=8)
def first_row_only(table, ids):
    """Only the first row is given back; every id has one."""
    return (F.one_hot(ids, num_classes=table.shape[0]).to(table.dtype) @ table)[0]
