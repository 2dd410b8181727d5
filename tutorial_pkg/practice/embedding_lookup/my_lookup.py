import contextlib

from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.lazy import F, nn, torch
from tutorial_pkg.practice.messages import brief
from tutorial_pkg.practice.samples import ids_of, numbered_table


def stub(table, ids):
    flat = ids.reshape(-1)  # all ids in one line, whatever their shape was
    rows = table.index_select(0, flat)  # their rows: (number of ids, d)
    return rows.reshape(...)  # put the sizes of the result where the dots are


def solution(table, ids):
    flat = ids.reshape(-1)  # all ids in one line, whatever their shape was
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


def view(result, table, ids):
    if not isinstance(result, torch.Tensor) or not ids.numel() or result.shape != (*ids.shape, table.shape[1]):
        return result
    got = ids_of(result, table)
    if got is None or got == ids.tolist():
        return result
    return Finding(f"the rows of the ids {got}. Return the rows of {ids.tolist()}")


def parts(table, ids):
    rows = table.index_select(0, ids.reshape(-1))
    return {"rows": rows, "V": table.shape[0], "d": table.shape[1]}


def reader(answer):
    """A sentence on the sizes in the answer's last `reshape`, for a batch. None if the sizes are right, or if there is no `reshape`."""
    sizes = []

    class Watched(torch.Tensor):
        @classmethod
        def __torch_function__(cls, function, types, args=(), kwargs=None):
            if function.__name__ in ("reshape", "view"):
                given = args[1:] if len(args) > 2 or not isinstance(args[1], (tuple, list)) else args[1]
                sizes.append(tuple(given))
            return super().__torch_function__(function, types, args, kwargs or {})

    ids, table = torch.arange(16).reshape(4, 2, 2) % 6, numbered_table(6, 5).as_subclass(Watched)
    result = table[ids]
    with contextlib.suppress(Exception):
        result = answer(table, ids)
    if not sizes or sizes[-1] in ((4, 2, 2, 5), (4, 2, 2, -1)) or getattr(result, "shape", torch.Size()).numel() != 80:
        return None
    return (
        f"For ids of shape (4, 2, 2) and a table of shape (6, 5), the rows are reshaped to {brief(sizes[-1])}. They "
        "should be reshaped to (4, 2, 2, 5): the shape of the ids, then the length of a row."
    )


exercise = Exercise(
    task="""### Exercise 2 (finish the last line): a lookup for ids of any shape

`my_lookup(table, ids)` returns what `nn.Embedding` returns. For a `table` of shape `(V, d)` and int64 `ids` of any shape,
the result has the shape `ids.shape + (d,)`. With our table and `torch.tensor([2, 3, 5, 1])`, that is `(4, 3)`. The
function must also work for a single id, for a batch and for no ids at all. Gradients must flow back to the table. Only
the last line is not finished.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="You have written the forward pass of nn.Embedding. For valid ids, `table[ids]` does the same in one line.",
    hints=[
        "`rows` has the right numbers in the right order. Only its shape is wrong: it is the shape for one line of ids.",
        "`reshape` takes the sizes one by one: first all sizes of the ids (`*ids.shape`), then d (`table.shape[1]`).",
    ],
    parts=parts,
    reader=reader,
    slips=[
        Slip("The width of the one-hot vectors depends on the ids. Use F.one_hot(ids, len(table)).", lambda p: F.one_hot(p.ids).to(p.table.dtype) @ p.table, idea=2),
        Slip("The rows are right, but a batch becomes one long list: the shape of the ids is lost.", lambda p: p.rows, idea=8),
        Slip("The embedding dimension comes first here. It belongs at the end.", lambda p: p.table.T[:, p.ids], idea=8),
        Slip("Without any ids, reshape cannot calculate the size for -1. Write `table.shape[1]`.", lambda p: p.rows.reshape(*p.ids.shape, -1)),
        Slip("A shape is a tuple, so a number cannot be added to it. A tuple of one number can: `(number,)`.", lambda p: p.rows.reshape(p.ids.shape + p.d)),
        Slip("`table[:, ids]` picks columns. Rows are along the first dimension: `table[ids]`.", lambda p: p.table[:, p.ids], idea=3),
        Slip("All rows are added up into one. Keep one row for each id.", lambda p: p.rows.sum(0)),
        Slip("`nn.Embedding(...)` makes a new table with random numbers. Look up the rows in `table`.", lambda p: nn.Embedding(*p.table.shape)(p.ids)),
        Slip("This is right for one line of ids only. `table[ids]` takes ids of any shape.", lambda p: torch.stack([p.table[i] for i in p.ids])),
    ],
)
