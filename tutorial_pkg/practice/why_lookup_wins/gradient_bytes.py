"""### Exercise 4 (a new situation): the gradient's bytes

`gradient_bytes(table, ids, sparse)`: how many bytes does the gradient of `F.embedding(ids, table, sparse=sparse)` with
respect to `table` hold? Dense, it is as large as the table. Sparse, it holds for *each* looked-up id a row of
values, as wide and of the same kind of number as the table's, and the id itself as an int64 (8 bytes).

The table may hold any kind of number, `table.element_size()` bytes each; `ids` may have any shape. With a float32
table of shape (5, 11) and `ids = torch.tensor([4, 0, 3, 2, 4, 1, 2])`, dense is 220 bytes, sparse 364: with so small a
vocabulary, sparse is the larger.
"""

from functools import cache

from tutorial_pkg.practice.pieces import Finding, wrong
from tutorial_pkg.practice.samples import slipped, slips

MEANS = (
    "A sparse gradient grows with the ids of the batch, a dense one with the vocabulary; for text, that is "
    "mostly the larger."
)
EXAMPLES = 2
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
    bytes_a_row = table.shape[1] * table.element_size()
    return ids.numel() * (bytes_a_row + 8)  # one row and one int64 id for each id looked up, repeated or not


def cases() -> list[tuple]:
    import torch

    def table(rows: int, width: int, dtype: torch.dtype = torch.float32) -> torch.Tensor:
        return torch.zeros(rows, width, dtype=dtype)

    ids, batch = torch.tensor([4, 0, 3, 2, 4, 1, 2]), torch.tensor([[1, 0, 2, 9, 17], [2, 2, 17, 3, 1]])
    return [
        (table(5, 11), ids, False),
        (table(5, 11), ids, True),
        (table(1009, 13), batch, True),
        (table(1009, 13), batch, False),
        (table(53, 7, torch.float64), torch.tensor([9, 30, 9]), True),
        (table(53, 7, torch.float64), torch.tensor([9]), True),
        (table(53, 7, torch.bfloat16), torch.tensor([9, 3]), True),
        (table(53, 7, torch.bfloat16), torch.tensor([9, 3]), False),
        (table(5, 2), torch.tensor([], dtype=torch.int64), True),
        (table(5, 2), torch.tensor(3), True),
    ]


@cache
def known(shape, size, ids_shape, ids, sparse):
    """The wrong numbers of bytes that one or two slips give."""
    (V, d), N = shape, len(ids)
    sizes = {"": size, "a number has 4 bytes; table.element_size() says how many it has": 4}
    sizes |= {"numbers are counted, not their bytes": 1, "a number has 8 bytes; table.element_size() says how many": 8}
    used = {
        "repeated ids are counted once": len(set(ids)),
        "only the first size of `ids` is counted, not ids.numel()": ids_shape[0] if ids_shape else 1,
        "only the last size of `ids` is counted, not ids.numel()": ids_shape[-1] if ids_shape else 1,
        "the rows are counted up to the largest id": max(ids, default=-1) + 1,
        "one row is counted, not one for each id": 1,
    }
    wide = {"a row is as wide as the table is high, V numbers, not d": V, "a row is one number, not d": 1}
    if not sparse:
        return slips(
            lambda rows, width, size, beside: rows * width * size + beside,
            rows={"": V, "only the ids' rows are counted, where a dense gradient has all V": N} | used,
            width={"": d} | wide,
            size=sizes,
            beside={
                "": 0,
                "the ids are counted too, which a dense gradient does not keep": 8 * N,
                "8 bytes are counted for each row, but a dense gradient needs no ids": 8 * V,
                "8 bytes are added, but a dense gradient needs no ids": 8,
                "the table is counted too, not the gradient alone": V * d * size,
            },
        )
    return slips(
        lambda rows, width, size, ids, index, beside: (
            rows * (width * size) + (rows if ids is None else ids) * index + beside
        ),
        rows={"": N, "a row is counted for every token of the table": V} | used,
        width={"": d, "a row is one number too wide": d + 1} | wide,
        size=sizes,
        ids={"": None, "the id is counted once, not for each row": 1, "an id is counted for each number": N * d},
        index={
            "": 8,
            "the ids are left out, 8 bytes for each row": 0,
            "an id has 4 bytes; an int64 has 8": 4,
            "an id has as many bytes as a number of the table; an int64 has 8": size,
            "an id has one byte; an int64 has 8": 1,
            "16 bytes are counted for an id; an int64 has 8": 16,
            "an id is counted in bits": 64,
        },
        beside={"": 0, "the whole table is counted too": V * d * size},
    )


def view(result, table, ids, sparse):
    """A wrong number of bytes with the slips that give it."""
    right, other = solution(table, ids, sparse), solution(table, ids, not sparse)
    if result == other != right:
        return Finding(f"{result}, the bytes of the {'dense' if sparse else 'sparse'} gradient, with sparse={sparse}")
    sizes = tuple(table.shape), table.element_size(), tuple(ids.shape), tuple(ids.flatten().tolist())
    return slipped(result, right, known(*sizes, sparse))


def row(table):
    return table.shape[1] * table.element_size()


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


@wrong()
def always_sparse(table, ids, sparse):
    """This is the sparse gradient in both cases; without sparse=True it is as large as the table."""
    return ids.numel() * (row(table) + 8)


@wrong()
def the_other_way_round(table, ids, sparse):
    """The two cases have changed places: with sparse=True there is a row for each id, without it one for each token."""
    return table.nbytes if sparse else ids.numel() * (row(table) + 8)


@wrong()
def ids_of_4_bytes(table, ids, sparse):
    """The rows are right; each id takes 8 bytes, being an int64, and is counted with 4."""
    return ids.numel() * (row(table) + 4) if sparse else table.nbytes


@wrong()
def one_id_for_all(table, ids, sparse):
    """The rows are right; the 8 bytes of an id are counted once, but each row has an id of its own."""
    return ids.numel() * row(table) + 8 if sparse else table.nbytes


@wrong()
def id_for_each_number(table, ids, sparse):
    """An id of 8 bytes is counted for each number; one for each row is enough."""
    return ids.numel() * table.shape[1] * (table.element_size() + 8) if sparse else table.nbytes


@wrong()
def id_as_a_number_of_the_table(table, ids, sparse):
    """The id is counted like a number of the table; it is an int64 of 8 bytes, whatever the table holds."""
    return ids.numel() * (table.shape[1] + 1) * table.element_size() if sparse else table.nbytes


@wrong()
def id_and_place(table, ids, sparse):
    """16 bytes are counted beside each row: it says only to which row of the table it belongs, one int64 of 8 bytes."""
    return ids.numel() * (row(table) + 16) if sparse else table.nbytes


@wrong(idea=3)
def rows_as_long_as_the_vocabulary(table, ids, sparse):
    """A row's width is taken from table.shape[0], the vocabulary; a row has table.shape[1] numbers."""
    return ids.numel() * (table.shape[0] * table.element_size() + 8) if sparse else table.nbytes


@wrong()
def one_number_a_row(table, ids, sparse):
    """One number is counted for each id, but a whole row comes with it: table.shape[1] numbers."""
    return ids.numel() * (table.element_size() + 8) if sparse else table.nbytes


@wrong()
def one_row(table, ids, sparse):
    """That is one row and its id; there is one for each id looked up."""
    return row(table) + 8 if sparse else table.nbytes


@wrong()
def ids_only(table, ids, sparse):
    """Only the ids are counted; each comes with a row of values."""
    return 8 * ids.numel() if sparse else table.nbytes


@wrong()
def rows_once_ids_all(table, ids, sparse):
    """Repeated ids are counted each time, their rows only once: nothing is added up yet, so every id has its row."""
    return ids.unique().numel() * row(table) + 8 * ids.numel() if sparse else table.nbytes


@wrong()
def whole_table_and_ids(table, ids, sparse):
    """With sparse=True only the rows that were looked up are stored, not the whole table with the ids beside it."""
    return table.nbytes + 8 * ids.numel() if sparse else table.nbytes


@wrong()
def up_to_the_largest_id(table, ids, sparse):
    """The rows are counted up to the largest id; with sparse=True there is one for each id looked up."""
    return (int(ids.max()) + 1) * (row(table) + 8) if sparse else table.nbytes


@wrong(idea=8)
def length_of_ids(table, ids, sparse):
    """len(ids) is the first size alone, and a single id has none; a batch of 2 × 3 holds 6 ids: ids.numel()."""
    return len(ids) * (row(table) + 8) if sparse else table.nbytes


@wrong()
def numbers_of_the_table(table, ids, sparse):
    """These are the table's numbers, not their bytes, and with sparse=True it is not the table that counts."""
    return table.numel()


@wrong()
def never_more_than_dense(table, ids, sparse):
    """Nobody compares the two and takes the smaller: with many ids, a sparse gradient is larger than the table."""
    return min(table.nbytes, ids.numel() * (row(table) + 8)) if sparse else table.nbytes


@wrong()
def numbers_not_bytes(table, ids, sparse):
    """The table's numbers are counted, not their bytes: each has table.element_size() of them."""
    return ids.numel() * (table.shape[1] + 8) if sparse else table.numel()


@wrong()
def numbers_not_bytes_when_dense(table, ids, sparse):
    """The sparse gradient is right. Of the dense one the numbers are counted, not their bytes."""
    return ids.numel() * (row(table) + 8) if sparse else table.numel()


@wrong()
def float32_when_dense(table, ids, sparse):
    """The sparse gradient is right. The dense one takes 4 bytes a number for granted: table.element_size()."""
    return ids.numel() * (row(table) + 8) if sparse else 4 * table.numel()


@wrong()
def float32_when_sparse(table, ids, sparse):
    """The dense gradient is right. The sparse one takes 4 bytes a number for granted: table.element_size()."""
    return ids.numel() * (4 * table.shape[1] + 8) if sparse else table.nbytes


@wrong()
def values_of_8_bytes(table, ids, sparse):
    """The values are counted with 8 bytes each; only the ids have 8, the values are of the table's own kind."""
    return ids.numel() * (8 * table.shape[1] + 8) if sparse else table.nbytes


@wrong()
def ids_beside_the_dense_one(table, ids, sparse):
    """The sparse gradient is right. A dense one has a row for every token and needs no ids beside it."""
    return ids.numel() * (row(table) + 8) if sparse else table.nbytes + 8 * ids.numel()


@wrong()
def only_used_rows_when_dense(table, ids, sparse):
    """The sparse gradient is right. A dense one has a row for every token of the table, used or not."""
    return ids.numel() * (row(table) + 8) if sparse else ids.numel() * row(table)


@wrong(idea=8)
def last_size_of_ids(table, ids, sparse):
    """Only the last size of `ids` is counted; a batch of 2 × 3 holds 6 ids: ids.numel()."""
    n = ids.shape[-1] if ids.ndim else 1
    return n * (row(table) + 8) if sparse else table.nbytes


@wrong()
def ids_in_bits(table, ids, sparse):
    """An int64 has 64 bits, which is 8 bytes."""
    return ids.numel() * (row(table) + 64) if sparse else table.nbytes


@wrong()
def table_beside_the_dense_one(table, ids, sparse):
    """The sparse gradient is right. To the dense one the table itself is added; only the gradient is asked for."""
    return ids.numel() * (row(table) + 8) if sparse else 2 * table.nbytes


@wrong()
def table_beside_the_sparse_one(table, ids, sparse):
    """The dense gradient is right. To the sparse one a whole table is added; only the rows looked up are stored."""
    return table.nbytes + ids.numel() * (row(table) + 8) if sparse else table.nbytes


@wrong(idea=2)
def a_row_for_every_token(table, ids, sparse):
    """With sparse=True there is a row for each id that was looked up, not for each token of the vocabulary."""
    return table.shape[0] * (row(table) + 8) if sparse else table.nbytes


@wrong()
def largest_id(table, ids, sparse):
    """The rows are counted by the largest id; with sparse=True there is one for each id looked up."""
    return int(ids.max()) * (row(table) + 8) if sparse else table.nbytes


@wrong()
def values_without_their_bytes(table, ids, sparse):
    """The dense gradient is right. Of the sparse one's values the numbers are counted, not their bytes."""
    return ids.numel() * (table.shape[1] + 8) if sparse else table.nbytes


@wrong()
def eight_bytes_everywhere(table, ids, sparse):
    """Every number is counted with 8 bytes; only the ids have 8, the others table.element_size()."""
    return ids.numel() * (8 * table.shape[1] + 8) if sparse else 8 * table.numel()


@wrong()
def one_column(table, ids, sparse):
    """The sparse gradient is right. Of the dense one a single column is counted: len(table) is its number of rows."""
    return ids.numel() * (row(table) + 8) if sparse else len(table) * table.element_size()


@wrong()
def never_less_than_dense(table, ids, sparse):
    """Nobody compares the two and takes the larger: with few ids, a sparse gradient is smaller than the table."""
    return max(table.nbytes, ids.numel() * (row(table) + 8)) if sparse else table.nbytes
