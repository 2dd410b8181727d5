from __future__ import annotations

from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.lazy import F, torch
from tutorial_pkg.practice.samples import ids_of, random_table, tens_table


def solution(table, ids):
    one_hots = F.one_hot(ids, num_classes=table.shape[0])  # the table decides the width
    return one_hots.to(table.dtype) @ table  # both sides need one dtype


def cases() -> list[tuple]:
    return [
        (tens_table(4, 5), torch.tensor([0, 2])),
        (tens_table(4, 5), torch.tensor([1, 0, 2])),
        (random_table(6, 3, gradient=True), torch.tensor([[4, 0, 3], [2, 5, 1]])),
        (random_table(4, 5, torch.float64), torch.tensor(3)),
        (random_table(6, 3, gradient=True), torch.tensor([2, 2, 0])),
        (random_table(3, 7), torch.empty(0, dtype=torch.int64)),
        (tens_table(4, 5), torch.tensor([[3]])),
    ]


def view(result, table, ids):
    if not isinstance(result, torch.Tensor) or not ids.numel() or result.shape != (*ids.shape, table.shape[1]):
        return result
    if 0 < (result - table[ids]).abs().max() < 0.01:
        return Finding("rows with rounded numbers. Calculate in the dtype of the table")
    got = ids_of(result, table)
    if got is None or got == ids.tolist():
        return result
    return Finding(f"the rows of the ids {got}. Return the rows of {ids.tolist()}")


def parts(table, ids):
    def wide(num_classes):
        return F.one_hot(ids, num_classes=num_classes).to(table.dtype)

    V, d = table.shape
    return {"V": V, "d": d, "wide": wide, "hots": wide(V)}


exercise = Exercise(
    task="""### Exercise 1 (worked): rows by a product

`rows_by_product(table, ids)` returns the table's rows for ids of any shape, by a product with one-hot vectors. For a
4 × 5 table and the ids `[0, 2]`, these are rows 0 and 2. This exercise is solved: read it and run it. Then break it on
purpose, one thing at a time, and read what the check says: leave out `num_classes`, leave out `.to(table.dtype)`, or
write `table.detach()`.
""",
    solution=solution,
    cases=cases,
    view=view,
    success="A lookup is a product with one-hot vectors, for ids of any shape. Gradients flow back through it.",
    hints=["It is solved already. `table.shape[0]` is the size of the vocabulary."],
    needs=("matmul", "__matmul__", "__rmatmul__", "mm", "mv", "bmm", "einsum", "linear", "tensordot", "mul", "__mul__"),
    needs_says="The rows are right, but they come from a lookup. Multiply the one-hot vectors by the table.",
    parts=parts,
    slips=[
        Slip("Without num_classes, the width depends on the ids. Pass num_classes=table.shape[0].", lambda p: F.one_hot(p.ids).to(p.table.dtype) @ p.table, idea=2),
        Slip("The width depends on the largest id, but there may be no ids. Use table.shape[0].", lambda p: p.wide(int(p.ids.max()) + 1) @ p.table[: int(p.ids.max()) + 1], idea=2),
        Slip("The width depends on the largest id. Use num_classes=table.shape[0].", lambda p: p.wide(int(p.ids.max()) + 1) @ p.table, idea=2),
        Slip("The one-hot vectors are as wide as the dimension. The vocabulary decides their width: table.shape[0].", lambda p: p.wide(p.d) @ p.table, idea=3),
        Slip("The one-hot vectors are as wide as the dimension, and they pick columns. Use table.shape[0] and the table as it is.", lambda p: p.wide(p.d) @ p.table.T, idea=3),
        Slip("The table is transposed here. `one_hots @ table` does not need a transpose; only nn.Linear's weight does.", lambda p: p.hots @ p.table.T),
        Slip("The two sides are in the wrong order. Put the one-hot vectors first.", lambda p: p.table @ p.hots),
        Slip("`*` multiplies number by number. Use `@`, which also adds the rows up.", lambda p: p.hots * p.table),
        Slip("The ids themselves are multiplied here. Turn each id into a one-hot vector first.", lambda p: p.ids.to(p.table.dtype) @ p.table, idea=5),
        Slip("The one-hot vectors are still integers. A product needs the same dtype on both sides: .to(table.dtype).", lambda p: F.one_hot(p.ids, num_classes=p.V) @ p.table),
        Slip("The table's numbers are cut to integers here. Convert the one-hot vectors to floats instead.", lambda p: F.one_hot(p.ids, num_classes=p.V) @ p.table.long()),
        Slip("`.float()` fits a float32 table, but one table here is float64. Use `.to(table.dtype)`.", lambda p: p.hots.float() @ p.table),
        Slip("A batch becomes one long list here. Keep the shape of the ids.", lambda p: p.hots.reshape(-1, p.V) @ p.table, idea=8),
        Slip("This fails for a single id. F.one_hot takes ids of any shape.", lambda p: torch.stack([F.one_hot(one, p.V).to(p.table.dtype) @ p.table for one in p.ids]), idea=8),
        Slip("All rows are added up into one vector. Keep one row for each id.", lambda p: p.hots.reshape(-1, p.V).sum(0) @ p.table, idea=8),
        Slip("These are the one-hot vectors. Multiply them by the table: `one_hots @ table`.", lambda p: p.hots),
    ],
)
