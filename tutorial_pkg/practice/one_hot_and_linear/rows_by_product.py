from __future__ import annotations

from tutorial_pkg.practice.items import Exercise, Slip
from tutorial_pkg.practice.lazy import F, torch
from tutorial_pkg.practice.samples import random_table, tens_table


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


def columns(table, ids):
    return F.one_hot(ids, num_classes=table.shape[1]).to(table.dtype) @ table.T


def all_ids_in_one(table, ids):
    one_hots = F.one_hot(ids, num_classes=table.shape[0]).to(table.dtype)
    return one_hots.reshape(-1, table.shape[0]).sum(0) @ table


def up_to_the_largest_id(table, ids):
    width = int(ids.max()) + 1
    return F.one_hot(ids, width).to(table.dtype) @ table[:width]


def product_with_itself(table, ids):
    one_hots = F.one_hot(ids, num_classes=table.shape[0]).to(table.dtype)
    return one_hots @ table @ table.T


exercise = Exercise(
    task="""### Exercise 1 (worked): rows by a product

`rows_by_product(table, ids)` gives the table's rows for ids of any shape, with a one-hot product. For a 4 × 5
table and the ids `[0, 2]` these are rows 0 and 2. It is solved: read it and run it. Then spoil it on purpose, one
thing at a time, and see what the check says: leave out `num_classes`; leave out `.to(table.dtype)`; write
`table.detach()`.
""",
    solution=solution,
    cases=cases,
    success="A lookup is a matrix product with one-hot vectors, for ids of any shape, and the gradient comes along.",
    hints=["It is solved already. `table.shape[0]` is the size of the vocabulary."],
    slips=[
        Slip(
            "Without num_classes the one-hot vectors are as wide as the largest id of this sample plus one.",
            lambda table, ids: F.one_hot(ids).to(table.dtype) @ table,
            idea=2,
        ),
        Slip(
            "The one-hot vectors are as wide as the embedding dimension; the vocabulary decides it: table.shape[0].",
            lambda table, ids: F.one_hot(ids, num_classes=table.shape[1]).to(table.dtype) @ table,
            idea=3,
        ),
        Slip(
            "The one-hot vectors have the embedding dimension for their width, and pick columns of the table.",
            columns,
            idea=3,
        ),
        Slip(
            "The table is turned on its side here. Written out as a product, `one_hots @ table`, it needs no transposition; only nn.Linear's weight does.",
            lambda table, ids: F.one_hot(ids, num_classes=table.shape[0]).to(table.dtype) @ table.T,
        ),
        Slip(
            "The two sides are in the other order: the one-hot vectors come first, since each of their V numbers meets a row of the table.",
            lambda table, ids: table @ F.one_hot(ids, num_classes=table.shape[0]).to(table.dtype),
        ),
        Slip(
            "`*` multiplies number by number; `@` is the product that also adds the rows up.",
            lambda table, ids: F.one_hot(ids, num_classes=table.shape[0]).to(table.dtype) * table,
        ),
        Slip(
            "The ids themselves are multiplied here, as if they were amounts; turn each into a one-hot vector first.",
            lambda table, ids: ids.to(table.dtype) @ table,
            idea=5,
        ),
        Slip(
            "The table was turned into whole numbers, which cuts off what stands behind the point; turn the one-hot vectors into floats instead.",
            lambda table, ids: F.one_hot(ids, num_classes=table.shape[0]) @ table.long(),
        ),
        Slip(
            "The rows are right, but a batch comes back as one long list: its shape is lost.",
            lambda table, ids: F.one_hot(ids.flatten(), num_classes=table.shape[0]).to(table.dtype) @ table,
            idea=8,
        ),
        Slip(
            "The one-hot vectors are still integers, and a product wants both sides of one dtype.",
            lambda table, ids: F.one_hot(ids, num_classes=table.shape[0]) @ table,
        ),
        Slip(
            "`.float()` fits a float32 table; one of these is float64. `.to(table.dtype)` follows the table.",
            lambda table, ids: F.one_hot(ids, num_classes=table.shape[0]).float() @ table,
        ),
        Slip("The rows are added up into one vector; each id has to keep its own.", all_ids_in_one, idea=8),
        Slip(
            "Both sides are turned on their side, so the rows come out as columns.",
            lambda table, ids: table.T @ F.one_hot(ids, num_classes=table.shape[0]).to(table.dtype).T,
        ),
        Slip(
            "The rows are added up along the first axis; each id has to keep its own.",
            lambda table, ids: (F.one_hot(ids, num_classes=table.shape[0]).to(table.dtype) @ table).sum(0),
            idea=8,
        ),
        Slip(
            "This drops every axis of size 1 (squeeze does), and with it the shape of ids that have one.",
            lambda table, ids: (F.one_hot(ids, num_classes=table.shape[0]).to(table.dtype) @ table).squeeze(),
            idea=8,
        ),
        Slip(
            "The one-hot vectors are as wide as there are ids; the vocabulary decides their width: table.shape[0].",
            lambda table, ids: F.one_hot(ids, num_classes=len(ids)).to(table.dtype) @ table,
        ),
        Slip(
            "These are the one-hot vectors; the product with the table is still missing: `one_hots @ table`.",
            lambda table, ids: F.one_hot(ids, num_classes=table.shape[0]).to(table.dtype),
        ),
        Slip(
            "The one-hot vectors are one number too long: ids run from 0 to V - 1, so table.shape[0] numbers are enough.",
            lambda table, ids: F.one_hot(ids, num_classes=table.shape[0] + 1).to(table.dtype) @ table,
        ),
        Slip(
            "The one-hot vectors are one number too short: V = table.shape[0] of them, for the ids 0 to V - 1.",
            lambda table, ids: F.one_hot(ids, num_classes=table.shape[0] - 1).to(table.dtype) @ table,
        ),
        Slip(
            "One is taken off the ids, and that leaves -1 for the id 0.",
            lambda table, ids: F.one_hot(ids - 1, num_classes=table.shape[0]).to(table.dtype) @ table,
            idea=11,
        ),
        Slip(
            "One is added to the ids, so each gets the row after its own, and the last has none.",
            lambda table, ids: F.one_hot(ids + 1, num_classes=table.shape[0]).to(table.dtype) @ table,
            idea=11,
        ),
        Slip(
            "The width is taken from the largest id of the sample, and where there are no ids, there is none. Take table.shape[0].",
            up_to_the_largest_id,
            idea=2,
        ),
        Slip(
            "4 is the height of the example's table; of any table it is table.shape[0].",
            lambda table, ids: F.one_hot(ids, num_classes=4).to(table.dtype) @ table,
        ),
        Slip(
            "The rows are multiplied with the table again: one product with the one-hot vectors is enough.",
            product_with_itself,
        ),
        Slip(
            "F.one_hot takes whole numbers: the vectors are turned into floats after it, not the ids before.",
            lambda table, ids: F.one_hot(ids.to(table.dtype), num_classes=table.shape[0]) @ table,
        ),
        Slip(
            "The rows are averaged along the first axis; each id has to keep its own.",
            lambda table, ids: (F.one_hot(ids, num_classes=table.shape[0]).to(table.dtype) @ table).mean(0),
            idea=8,
        ),
        Slip(
            "The one-hot vectors are added up or averaged along an axis before the product; each id has to keep its own.",
            lambda table, ids: F.one_hot(ids, num_classes=table.shape[0]).to(table.dtype).mean(0) @ table,
            idea=8,
        ),
        Slip(
            "The numbers of each row are added up; a row has to come out as it stands in the table.",
            lambda table, ids: (F.one_hot(ids, num_classes=table.shape[0]).to(table.dtype) @ table).sum(-1),
        ),
        Slip(
            "In float16 a number keeps three digits or so; `.to(table.dtype)` keeps them all.",
            lambda table, ids: (F.one_hot(ids, num_classes=table.shape[0]).half() @ table.half()).to(table.dtype),
        ),
        Slip(
            "The ids are sorted first; the rows come in the order of the ids, as they are.",
            lambda table, ids: F.one_hot(ids.sort().values, num_classes=table.shape[0]).to(table.dtype) @ table,
        ),
        Slip(
            "Each different id comes once and in order (unique does that); the rows come as the ids do, repeated or not.",
            lambda table, ids: F.one_hot(ids.unique(), num_classes=table.shape[0]).to(table.dtype) @ table,
        ),
        Slip(
            "A softmax spreads the 1 of each vector over all places, and every row gets mixed with the others.",
            lambda table, ids: F.one_hot(ids, num_classes=table.shape[0]).to(table.dtype).softmax(-1) @ table,
        ),
        Slip(
            "The one-hot vectors are as wide as the table has numbers; it is its rows that count: table.shape[0].",
            lambda table, ids: F.one_hot(ids, num_classes=table.numel()).to(table.dtype) @ table,
        ),
        Slip(
            "5 is the width of the example's table; the vectors are as wide as a table is high: table.shape[0].",
            lambda table, ids: F.one_hot(ids, num_classes=5).to(table.dtype) @ table,
        ),
        Slip(
            "torch.dot takes two vectors; for a matrix of one-hot vectors and a table it is `@`.",
            lambda table, ids: torch.dot(F.one_hot(ids, num_classes=table.shape[0]).to(table.dtype), table),
        ),
        Slip(
            "The numbers that F.one_hot got are no ids; it is the ids that become one-hot vectors, not the table.",
            lambda table, ids: F.one_hot(table, num_classes=ids.shape[0]).to(table.dtype) @ table,
        ),
        Slip(
            "This goes through the ids one by one, and fails for a single id; F.one_hot takes ids of any shape at once.",
            lambda table, ids: torch.stack(
                [F.one_hot(one, num_classes=table.shape[0]).to(table.dtype) @ table for one in ids]
            ),
            idea=8,
        ),
        Slip(
            "This goes through the ids one by one, and fails for a single id; F.one_hot takes ids of any shape at once.",
            lambda table, ids: ([F.one_hot(one, num_classes=table.shape[0]).to(table.dtype) @ table for one in ids]),
            idea=8,
        ),
        Slip(
            "The one-hot vectors are turned on their side here; as they come, each is a row, and `one_hots @ table` fits.",
            lambda table, ids: F.one_hot(ids, num_classes=table.shape[0]).to(table.dtype).T @ table,
        ),
        Slip(
            "Only the last row is given back; every id has one.",
            lambda table, ids: (F.one_hot(ids, num_classes=table.shape[0]).to(table.dtype) @ table)[-1],
            idea=8,
        ),
        Slip(
            "Only the first row is given back; every id has one.",
            lambda table, ids: (F.one_hot(ids, num_classes=table.shape[0]).to(table.dtype) @ table)[0],
            idea=8,
        ),
    ],
)
