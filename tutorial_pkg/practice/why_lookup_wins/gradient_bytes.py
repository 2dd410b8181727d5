from __future__ import annotations

from tutorial_pkg.practice.items import Exercise, Slip
from tutorial_pkg.practice.lazy import torch
from tutorial_pkg.practice.samples import family, one_slip


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


def row(table):
    return table.shape[1] * table.element_size()


def repeats_added_up(table, ids, sparse):
    if not sparse:
        return table.nbytes
    return ids.unique().numel() * (table.shape[1] * table.element_size() + 8)


def table_of_the_sample(table, ids, sparse):
    size = table.shape[1] * table.element_size()
    if not sparse:
        return (int(ids.max()) + 1 if ids.numel() else 0) * size
    return ids.numel() * (size + 8)


def ids_forgotten(table, ids, sparse):
    if not sparse:
        return table.nbytes
    return ids.numel() * table.shape[1] * table.element_size()


def float32_always(table, ids, sparse):
    if not sparse:
        return table.numel() * 4
    return ids.numel() * (table.shape[1] * 4 + 8)


def first_size_of_ids(table, ids, sparse):
    if not sparse:
        return table.nbytes
    n = ids.shape[0] if ids.ndim else 1
    return n * (table.shape[1] * table.element_size() + 8)


def last_size_of_ids(table, ids, sparse):
    n = ids.shape[-1] if ids.ndim else 1
    return n * (row(table) + 8) if sparse else table.nbytes


def slips(table, ids, sparse):
    """What one slip gives, by what is said of it: in the sparse gradient or in the dense one."""
    (V, d), N, size = table.shape, ids.numel(), table.element_size()
    first, last = (ids.shape[0], ids.shape[-1]) if ids.ndim else (1, 1)
    different, highest = ids.unique().numel(), int(ids.max()) + 1 if N else 0
    dense = one_slip(
        lambda rows, width, size, beside: rows * width * size + beside,
        rows={
            "": V,
            "there is a row for every token, not for the different ids": different,
            "there is a row for every token, used or not, and not only for the unused": V - different,
            "there is a row for every token, not one": 1,
            "one row too many is counted": V + 1,
            "one row too few is counted": V - 1,
        },
        width={"": d, "a row has d numbers, not V": V, "a row has d numbers, not d - 1": d - 1}
        | {"a row has d numbers, not d + 1": d + 1},
        size={
            "": size,
            "a number has table.element_size() bytes, not 8": 8,
            "a number has table.element_size() bytes, not 2": 2,
            "bits are counted, 8 for each byte": 8 * size,
            "each number is counted with an id of 8 bytes, of which a dense gradient has none": size + 8,
        },
        beside={
            "": 0,
            "8 bytes are counted for each row; which row it is, its place says": 8 * V,
            "8 bytes are added; a dense gradient has no ids": 8,
            "the rows that came out of the lookup are counted too": N * d * size,
            "a sparse gradient is counted too": N * (d * size + 8),
        },
    )
    few = one_slip(
        lambda rows, width, size, each, index, ids: (
            rows * (width * size + each) + (rows if ids is None else ids) * index
        ),
        rows={
            "": N,
            "one row too many is counted": N + 1,
            "one row too few is counted": N - 1,
            "the sizes of `ids` are added; they multiply": sum(ids.shape),
        },
        width={
            "": d,
            "a row has d numbers, not d - 1": d - 1,
            "a row has d numbers, not d + 1": d + 1,
            "each id brings one row, not the whole table": V * d,
        },
        size={
            "": size,
            "a number has table.element_size() bytes, not 2": 2,
            "bits are counted for the values, 8 for each byte": 8 * size,
            "each value is counted twice": 2 * size,
        },
        each={"": 0, "a byte is counted beside each row": 1},
        index={
            "": 8,
            "an id is an int64 of 8 bytes, not of 2": 2,
            "an id is an int64 of 8 bytes, not of one": 1,
            "an id is an int64 of 8 bytes, and has not the size of a row": d * size,
            "the id's 8 bytes are taken off each row, not added": -8,
        },
        ids={
            "": None,
            "a row is stored for each id, but the ids are counted once for each different one": different,
            "there is an id for each row, not for each of the first size of `ids`": first,
            "the ids are counted once for each token of the table": V,
            "one id too few is counted": N - 1,
        },
    )
    numbers = {"in numbers": 1, "with 4 bytes a number": 4}  # two slips that go together
    both = {
        f"the ids are missing, 8 bytes for each row; and the values are counted {how}": N * d * one
        for how, one in numbers.items()
    } | {
        "the ids are missing, 8 bytes for each row; and repeated ids are counted once": different * d * size,
        "the ids are missing, 8 bytes for each row; and a row has d numbers, not V": N * V * size,
        "the ids are missing, 8 bytes for each row; and len(ids) is the first size alone": first * d * size,
        "the ids are missing, 8 bytes for each row; and one row is counted, not one for each id": d * size,
        "repeated ids are counted once; and a number has table.element_size() bytes, not 4": different * (4 * d + 8),
        "an id has 8 bytes, not 4; and a number has table.element_size() bytes, not 4": N * (4 * d + 4),
        "each value has an id of its own here, of 16 bytes; one of 8 bytes for a row is enough": N * d * (size + 16),
        "len(ids) is the first size alone: there are ids.numel() rows": first * d * size + 8 * N,
        "a row has d numbers, not V; and a number has table.element_size() bytes, not 4": N * (4 * V + 8),
        "`ids` brings ids.numel() rows, not len(ids); and a number has not always 4 bytes": first * (4 * d + 8),
        "it is a number for each id and each dimension, in bytes; 1 is counted for the id": N * (d + 1),
    }
    right, four = solution(table, ids, sparse), 4 * V * d
    found = {
        f"The sparse gradient is right. In the dense one, {says}.": right if sparse else n for says, n in dense.items()
    }
    for says, amount in (few | both).items():
        found[f"The dense gradient is right. In the sparse one, {says}."] = amount if sparse else right
        if "table.element_size() bytes, not 4" in says or "with 4 bytes" in says or "not always 4" in says:
            found[f"Two things: in the dense one a number has not always 4 bytes; in the sparse one, {says}."] = (
                amount if sparse else four
            )
        if "in numbers" in says:
            found[f"Two things: in the dense one the numbers are counted, not bytes; in the sparse one, {says}."] = (
                amount if sparse else V * d
            )
    some = {
        "a row has d numbers, not V; and an id has 8 bytes, not 4": N * (V * size + 4),
        "each id brings one row, not the whole table; and its own 8 bytes": N * V * d * size,
        "the ids are counted, not added up: how many they are, not which": int(ids.sum()) * (d * size + 8),
        "each row has d numbers; one is counted, of 4 bytes": N * 12,
        "nothing is taken off the dense gradient: what is stored is counted": V * d * size - N * (d * size + 8),
    }
    found |= {
        f"The dense gradient is right. In the sparse one, {says}.": n if sparse else right for says, n in some.items()
    }
    found["The values are counted, not their bytes: each has table.element_size() of them. And an id has 8 bytes."] = (
        N * (d + 1) if sparse else V * d
    )
    found["An id of 8 bytes is counted for each number; one for each row is enough, and a dense gradient has none."] = (
        N * d * (size + 8) if sparse else V * d * (size + 8)
    )
    found[
        "The sparse gradient is right. In the dense one, the rows are counted, with 4 bytes each; a row has d numbers."
    ] = right if sparse else 4 * V
    return found


exercise = Exercise(
    task="""### Exercise 4 (a new situation): the gradient's bytes

`gradient_bytes(table, ids, sparse)`: how many bytes does the gradient of `F.embedding(ids, table, sparse=sparse)` with
respect to `table` hold? Dense, it is as large as the table. Sparse, it holds for *each* looked-up id a row of
values, as wide and of the same kind of number as the table's, and the id itself as an int64 (8 bytes).

The table may hold any kind of number, `table.element_size()` bytes each; `ids` may have any shape. With a float32
table of shape (5, 11) and `ids = torch.tensor([4, 0, 3, 2, 4, 1, 2])`, dense is 220 bytes, sparse 364: with so small a
vocabulary, sparse is the larger.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    success="A sparse gradient grows with the ids of the batch, a dense one with the vocabulary; for text, that is "
    "mostly the larger.",
    examples=2,
    hints=[
        "Dense: how many numbers has the table, and how many bytes has each?",
        "Sparse: ids.numel() rows of table.shape[1] numbers, and 8 bytes more for each id.",
    ],
    slips=[
        Slip(
            "The smaller of the two gradients is given, whatever `sparse` says.",
            lambda table, ids, sparse: min(solution(table, ids, True), solution(table, ids, False)),
        ),
        Slip(
            "Repeated ids are counted once here, but the gradient stores a row for each: only coalesce() adds them up.",
            repeats_added_up,
        ),
        Slip(
            "The dense gradient is counted up to the largest id of the sample; it has a row for every token.",
            table_of_the_sample,
            idea=2,
        ),
        Slip("The rows are counted, but each must say where it belongs: 8 bytes more for its id.", ids_forgotten),
        Slip(
            "4 bytes are a float32's. Other tables hold other numbers: table.element_size() says how large they are.",
            float32_always,
        ),
        Slip(
            "Only the first size of `ids` is counted; a batch of 2 × 3 holds 6 ids: ids.numel().",
            first_size_of_ids,
            idea=8,
        ),
        Slip(
            "This is the dense gradient in both cases; with sparse=True there is a row for each id looked up.",
            lambda table, ids, sparse: table.nbytes,
        ),
        Slip(
            "This is the sparse gradient in both cases; without sparse=True it is as large as the table.",
            lambda table, ids, sparse: ids.numel() * (row(table) + 8),
        ),
        Slip(
            "The two cases have changed places: with sparse=True there is a row for each id, without it one for each token.",
            lambda table, ids, sparse: table.nbytes if sparse else ids.numel() * (row(table) + 8),
        ),
        Slip(
            "The rows are right; each id takes 8 bytes, being an int64, and is counted with 4.",
            lambda table, ids, sparse: ids.numel() * (row(table) + 4) if sparse else table.nbytes,
        ),
        Slip(
            "The rows are right; the 8 bytes of an id are counted once, but each row has an id of its own.",
            lambda table, ids, sparse: ids.numel() * row(table) + 8 if sparse else table.nbytes,
        ),
        Slip(
            "An id of 8 bytes is counted for each number; one for each row is enough.",
            lambda table, ids, sparse: (
                ids.numel() * table.shape[1] * (table.element_size() + 8) if sparse else table.nbytes
            ),
        ),
        Slip(
            "The id is counted like a number of the table; it is an int64 of 8 bytes, whatever the table holds.",
            lambda table, ids, sparse: (
                ids.numel() * (table.shape[1] + 1) * table.element_size() if sparse else table.nbytes
            ),
        ),
        Slip(
            "16 bytes are counted beside each row: it says only to which row of the table it belongs, one int64 of 8 bytes.",
            lambda table, ids, sparse: ids.numel() * (row(table) + 16) if sparse else table.nbytes,
        ),
        Slip(
            "A row's width is taken from table.shape[0], the vocabulary; a row has table.shape[1] numbers.",
            lambda table, ids, sparse: (
                ids.numel() * (table.shape[0] * table.element_size() + 8) if sparse else table.nbytes
            ),
            idea=3,
        ),
        Slip(
            "One number is counted for each id, but a whole row comes with it: table.shape[1] numbers.",
            lambda table, ids, sparse: ids.numel() * (table.element_size() + 8) if sparse else table.nbytes,
        ),
        Slip(
            "That is one row and its id; there is one for each id looked up.",
            lambda table, ids, sparse: row(table) + 8 if sparse else table.nbytes,
        ),
        Slip(
            "Only the ids are counted; each comes with a row of values.",
            lambda table, ids, sparse: 8 * ids.numel() if sparse else table.nbytes,
        ),
        Slip(
            "Repeated ids are counted each time, their rows only once: nothing is added up yet, so every id has its row.",
            lambda table, ids, sparse: ids.unique().numel() * row(table) + 8 * ids.numel() if sparse else table.nbytes,
        ),
        Slip(
            "With sparse=True only the rows that were looked up are stored, not the whole table with the ids beside it.",
            lambda table, ids, sparse: table.nbytes + 8 * ids.numel() if sparse else table.nbytes,
        ),
        Slip(
            "The rows are counted up to the largest id; with sparse=True there is one for each id looked up.",
            lambda table, ids, sparse: (int(ids.max()) + 1) * (row(table) + 8) if sparse else table.nbytes,
        ),
        Slip(
            "len(ids) is the first size alone, and a single id has none; a batch of 2 × 3 holds 6 ids: ids.numel().",
            lambda table, ids, sparse: len(ids) * (row(table) + 8) if sparse else table.nbytes,
            idea=8,
        ),
        Slip(
            "These are the table's numbers, not their bytes, and with sparse=True it is not the table that counts.",
            lambda table, ids, sparse: table.numel(),
        ),
        Slip(
            "Nobody compares the two and takes the smaller: with many ids, a sparse gradient is larger than the table.",
            lambda table, ids, sparse: min(table.nbytes, ids.numel() * (row(table) + 8)) if sparse else table.nbytes,
        ),
        Slip(
            "The table's numbers are counted, not their bytes: each has table.element_size() of them.",
            lambda table, ids, sparse: ids.numel() * (table.shape[1] + 8) if sparse else table.numel(),
        ),
        Slip(
            "The sparse gradient is right. Of the dense one the numbers are counted, not their bytes.",
            lambda table, ids, sparse: ids.numel() * (row(table) + 8) if sparse else table.numel(),
        ),
        Slip(
            "The sparse gradient is right. The dense one takes 4 bytes a number for granted: table.element_size().",
            lambda table, ids, sparse: ids.numel() * (row(table) + 8) if sparse else 4 * table.numel(),
        ),
        Slip(
            "The dense gradient is right. The sparse one takes 4 bytes a number for granted: table.element_size().",
            lambda table, ids, sparse: ids.numel() * (4 * table.shape[1] + 8) if sparse else table.nbytes,
        ),
        Slip(
            "The values are counted with 8 bytes each; only the ids have 8, the values are of the table's own kind.",
            lambda table, ids, sparse: ids.numel() * (8 * table.shape[1] + 8) if sparse else table.nbytes,
        ),
        Slip(
            "The sparse gradient is right. A dense one has a row for every token and needs no ids beside it.",
            lambda table, ids, sparse: ids.numel() * (row(table) + 8) if sparse else table.nbytes + 8 * ids.numel(),
        ),
        Slip(
            "The sparse gradient is right. A dense one has a row for every token of the table, used or not.",
            lambda table, ids, sparse: ids.numel() * (row(table) + 8) if sparse else ids.numel() * row(table),
        ),
        Slip(
            "Only the last size of `ids` is counted; a batch of 2 × 3 holds 6 ids: ids.numel().",
            last_size_of_ids,
            idea=8,
        ),
        Slip(
            "An int64 has 64 bits, which is 8 bytes.",
            lambda table, ids, sparse: ids.numel() * (row(table) + 64) if sparse else table.nbytes,
        ),
        Slip(
            "The sparse gradient is right. To the dense one the table itself is added; only the gradient is asked for.",
            lambda table, ids, sparse: ids.numel() * (row(table) + 8) if sparse else 2 * table.nbytes,
        ),
        Slip(
            "The dense gradient is right. To the sparse one a whole table is added; only the rows looked up are stored.",
            lambda table, ids, sparse: table.nbytes + ids.numel() * (row(table) + 8) if sparse else table.nbytes,
        ),
        Slip(
            "With sparse=True there is a row for each id that was looked up, not for each token of the vocabulary.",
            lambda table, ids, sparse: table.shape[0] * (row(table) + 8) if sparse else table.nbytes,
            idea=2,
        ),
        Slip(
            "The rows are counted by the largest id; with sparse=True there is one for each id looked up.",
            lambda table, ids, sparse: int(ids.max()) * (row(table) + 8) if sparse else table.nbytes,
        ),
        Slip(
            "The dense gradient is right. Of the sparse one's values the numbers are counted, not their bytes.",
            lambda table, ids, sparse: ids.numel() * (table.shape[1] + 8) if sparse else table.nbytes,
        ),
        Slip(
            "Every number is counted with 8 bytes; only the ids have 8, the others table.element_size().",
            lambda table, ids, sparse: ids.numel() * (8 * table.shape[1] + 8) if sparse else 8 * table.numel(),
        ),
        Slip(
            "The sparse gradient is right. Of the dense one a single column is counted: len(table) is its number of rows.",
            lambda table, ids, sparse: ids.numel() * (row(table) + 8) if sparse else len(table) * table.element_size(),
        ),
        Slip(
            "Nobody compares the two and takes the larger: with few ids, a sparse gradient is smaller than the table.",
            lambda table, ids, sparse: max(table.nbytes, ids.numel() * (row(table) + 8)) if sparse else table.nbytes,
        ),
        Slip(
            "ids.shape[-1] is the last size alone, and a single id has none; a batch of 2 × 3 holds 6 ids: ids.numel().",
            lambda table, ids, sparse: ids.shape[-1] * (row(table) + 8) if sparse else table.nbytes,
            idea=8,
        ),
        Slip(
            "ids.shape[0] is the first size alone, and a single id has none; a batch of 2 × 3 holds 6 ids: ids.numel().",
            lambda table, ids, sparse: ids.shape[0] * (row(table) + 8) if sparse else table.nbytes,
            idea=8,
        ),
        Slip(
            "The ids are all counted, but of rows there are len(ids), the first size alone; a batch of 2 × 3 has 6 rows.",
            lambda table, ids, sparse: len(ids) * row(table) + 8 * ids.numel() if sparse else table.nbytes,
            idea=8,
        ),
        Slip(
            "Two things: len(ids) is the first size alone (and a single id has none): ids.numel(). And each row has an id of 8 bytes beside it.",
            lambda table, ids, sparse: len(ids) * row(table) if sparse else table.nbytes,
            idea=8,
        ),
        Slip(
            "Two things: len(ids) is the first size alone (and a single id has none): ids.numel(). And 4 bytes are a float32's: table.element_size().",
            lambda table, ids, sparse: len(ids) * (4 * table.shape[1] + 8) if sparse else 4 * table.numel(),
            idea=8,
        ),
        Slip(
            "`table.element_size` is a method: it needs (), and so does `numel`.",
            lambda table, ids, sparse: (
                ids.numel() * (table.shape[1] * table.element_size + 8)
                if sparse
                else table.numel() * table.element_size
            ),
        ),
        Slip(
            "`table.size` is a method, which needs () and gives the shape; the number of numbers is table.numel().",
            lambda table, ids, sparse: ids.numel() * (table.size * 4 + 8) if sparse else table.size * 4,
        ),
        *family(slips, *cases()[0]),
    ],
)
