"""### Exercise 4 (a new situation): the gradient's bytes

`gradient_bytes(table, ids, sparse)`: how many bytes does the gradient of `F.embedding(ids, table, sparse=sparse)` with
respect to `table` hold? Dense, it is as large as the table. Sparse, it holds for *each* looked-up id a row of
values, as wide and of the same kind of number as the table's, and the id itself as an int64 (8 bytes).

The table may hold any kind of number, `table.element_size()` bytes each; `ids` may have any shape. With a float32
table of shape (6, 3) and `ids = torch.tensor([4, 0, 3, 2, 4, 1])`, dense is 72 bytes, sparse 120: with so small a
vocabulary, sparse is the larger.
"""

from tutorial_pkg.practice.pieces import wrong

MEANS = (
    "A sparse gradient grows with the ids of the batch, a dense one with the vocabulary; for text, that is "
    "mostly the larger."
)
HINTS = [
    "Dense: how many numbers has the table, and how many bytes has each?",
    "Sparse: ids.numel() rows of table.shape[1] numbers, and 8 bytes more for each id.",
]


def stub(table, ids, sparse):
    """Bytes of the table's gradient after a lookup of these ids."""
    ...


def solution(table, ids, sparse):
    """Bytes of the table's gradient after a lookup of these ids."""
    if not sparse:
        return table.numel() * table.element_size()
    row = table.shape[1] * table.element_size()
    return ids.numel() * (row + 8)  # one row and one int64 id for each id looked up, repeated or not


def cases() -> list[tuple]:
    import torch

    def table(rows: int, width: int, dtype: torch.dtype = torch.float32) -> torch.Tensor:
        return torch.zeros(rows, width, dtype=dtype)

    ids = torch.tensor([4, 0, 3, 2, 4, 1])
    return [
        (table(6, 3), ids, False),
        (table(6, 3), ids, True),
        (table(1000, 16), torch.tensor([[1, 0, 2], [2, 2, 7]]), True),
        (table(1000, 16), torch.tensor([[1, 0, 2], [2, 2, 7]]), False),
        (table(50, 8, torch.float64), torch.tensor([9]), True),
        (table(50, 8, torch.bfloat16), torch.tensor([9, 3]), True),
        (table(50, 8, torch.bfloat16), torch.tensor([9, 3]), False),
        (table(5, 2), torch.tensor([], dtype=torch.int64), True),
        (table(5, 2), torch.tensor(3), True),
    ]


@wrong()
def repeats_added_up(table, ids, sparse):
    """Repeated ids are counted once here, but the gradient stores a row for each: only coalesce() adds them up."""
    if not sparse:
        return table.nbytes
    return ids.unique().numel() * (table.shape[1] * table.element_size() + 8)


@wrong(idea=2)
def table_of_the_sample(table, ids, sparse):
    """The dense gradient is counted up to the largest id of the sample; it has a row for every token."""
    size = table.shape[1] * table.element_size()
    if not sparse:
        return (int(ids.max()) + 1 if ids.numel() else 0) * size
    return ids.numel() * (size + 8)


@wrong()
def ids_forgotten(table, ids, sparse):
    """The rows are counted, but each must say where it belongs: 8 bytes more for its id."""
    if not sparse:
        return table.nbytes
    return ids.numel() * table.shape[1] * table.element_size()


@wrong()
def float32_always(table, ids, sparse):
    """4 bytes are a float32's. Other tables hold other numbers: table.element_size() says how large they are."""
    if not sparse:
        return table.numel() * 4
    return ids.numel() * (table.shape[1] * 4 + 8)


@wrong(idea=8)
def first_size_of_ids(table, ids, sparse):
    """Only the first size of `ids` is counted; a batch of 2 × 3 holds 6 ids: ids.numel()."""
    if not sparse:
        return table.nbytes
    n = ids.shape[0] if ids.ndim else 1
    return n * (table.shape[1] * table.element_size() + 8)


@wrong()
def always_dense(table, ids, sparse):
    """This is the dense gradient in both cases; with sparse=True there is a row for each id looked up."""
    return table.nbytes
