from tutorial_pkg.practice.formula import read_formula
from tutorial_pkg.practice.items import Exercise, Slip
from tutorial_pkg.practice.lazy import torch

N = "len(ids)·ids.shape[-1]"
TERMS = {
    f"8·{N}": "an int64 id of 8 bytes for each row",
    "V·d·size": "the dense gradient",
    f"·{N}": "N ids are looked up",
    "·V": "there is a row for each token",
    "·size": "the table may have any dtype",
    "·d": "a row has d numbers",
}
PLACES = {
    (f"with sparse={sparse}",): {
        "sparse": [sparse],
        "len(ids)": (5, 7, 6),
        "ids.shape[-1]": (3, 4, 5),
        "V": (31, 37, 44),
        "(ids.max() + 1)": (23, 29, 30),
        "(different ids)": (11, 13, 12),
        "d": (2, 3, 5, 7),
        "size": (2, 4, 8),
    }
    for sparse in (False, True)
}


def stub(table, ids, sparse):
    """Bytes of the table's gradient after a lookup of these ids."""
    ...


def solution(table, ids, sparse):
    """Bytes of the table's gradient after a lookup of these ids."""
    if not sparse:
        return table.numel() * table.element_size()
    bytes_per_row = table.shape[1] * table.element_size()
    return ids.numel() * (bytes_per_row + 8)  # a row and an int64 id for each looked-up id, even if the id is repeated


def cases():
    def table(rows, columns, dtype=torch.float32):
        return torch.zeros(rows, columns, dtype=dtype)

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


def arguments(sparse, **sizes):
    """A table and ids of these sizes."""
    rows, columns, V, largest, different, d, size = sizes.values()
    some = [largest - 1, *range(different - 1)]
    ids = torch.tensor((some + [0] * rows * columns)[: rows * columns]).reshape(rows, columns)
    return torch.zeros(V, d, dtype={2: torch.bfloat16, 4: torch.float32, 8: torch.float64}[size]), ids, sparse


def reader(answer):
    if says := read_formula(answer, solution, PLACES, TERMS, arguments):
        for factor, part, which in (("ids.shape[-1]", "len(ids)", "first"), ("len(ids)", "ids.shape[-1]", "last")):
            if f"the factor {factor} is missing" in says:
                return f"`{part}` counts only the {which} dimension of the ids. Use `ids.numel()`."
        return says.replace(N, "N") + " Here V, d = table.shape, N = ids.numel() and size = table.element_size()."


def parts(table, ids, sparse):
    row = table.shape[1] * table.element_size()

    def with_rows(rows):
        """The bytes of a sparse gradient with this number of rows. For a dense gradient, the right number of bytes."""
        return rows * (row + 8) if sparse else table.nbytes

    return {"dense": table.nbytes, "rows": ids.numel(), "row": row, "with_rows": with_rows}


exercise = Exercise(
    task="""### Exercise 4 (a new situation): the gradient's bytes

`gradient_bytes(table, ids, sparse)`: how many bytes does the gradient of `F.embedding(ids, table, sparse=sparse)` with
respect to `table` hold? A dense gradient is as large as the table. A sparse gradient holds one row of values for *each* looked-up id. This row has the length and the dtype of a row of the table. It also holds each id, as an int64 (8
bytes).

The table may have any dtype: each number takes `table.element_size()` bytes. `ids` may have any shape. With a float32
table of shape (5, 11) and `ids = torch.tensor([4, 0, 3, 2, 4, 1, 2])`, the dense gradient takes 220 bytes and the
sparse gradient takes 364. With such a small vocabulary, the sparse gradient is larger.""",
    stub=stub,
    solution=solution,
    cases=cases,
    examples=2,
    success="A sparse gradient grows with the number of ids in the batch, and a dense gradient grows with the vocabulary. For a small batch of text, the dense gradient is larger.",
    hints=["Dense: how many numbers does the table have, and how many bytes does each take?", "Sparse: ids.numel() rows of table.shape[1] numbers, and 8 more bytes for each id."],
    reader=reader,
    parts=parts,
    slips=[
        Slip("This is the smaller of the two gradients, whatever `sparse` says.", lambda p: min(p.rows * (p.row + 8), p.dense)),
        Slip("The smaller size is taken for the sparse gradient. But a sparse gradient can be larger than the table.", lambda p: min(p.dense, p.right)),
        Slip(
            "Repeated ids are counted once here. The gradient stores a row for each position; only coalesce() adds up the rows of the same id.",
            lambda p: p.with_rows(p.ids.unique().numel()),
        ),
        Slip("The two cases are swapped. With sparse=True there is a row for each id.", lambda p: p.dense if p.sparse else p.rows * (p.row + 8)),
        Slip("The rows are counted by the largest id. With sparse=True there is a row for each looked-up id.", lambda p: p.with_rows(int(p.ids.max()))),
        Slip("The ids are added up here. Only the number of ids matters.", lambda p: p.with_rows(int(p.ids.sum())), idea=5),
    ],
)
