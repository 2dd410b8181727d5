from tutorial_pkg.practice.items import Exercise, Slip
from tutorial_pkg.practice.lazy import torch
from tutorial_pkg.practice.samples import random


def stub(table, ids, grad, lr):
    new = table.clone()  # do not change `table` itself
    ...  # the missing line: change `new`
    return new


def solution(table, ids, grad, lr):
    new = table.clone()  # do not change `table` itself
    new.index_add_(0, ids, grad, alpha=-lr)  # adds -lr * grad[n] to row ids[n]
    return new


def cases():
    table, grad = random(4, 2, seed=5, dtype=torch.float64), random(2, 2, seed=6, dtype=torch.float64)
    return [
        (torch.zeros(3, 2), torch.tensor([2, 2]), torch.tensor([[1.0, 1.0], [2.0, 0.0]]), 0.1),
        (random(6, 3, seed=1), torch.tensor([4, 0, 3, 2, 5, 1]), random(6, 3, seed=2), 0.5),
        (random(50, 8, seed=3), torch.tensor([7, 7, 7, 49, 0]), random(5, 8, seed=4), 0.01),
        (table, torch.tensor([1, 3]), grad, 1.0),
        (random(4, 2, seed=7), torch.tensor([]).long(), random(0, 2), 0.1),
    ]


def parts(table, ids, grad, lr):
    def add(change, alpha=-lr):
        """The table after a step that adds alpha times these rows."""
        return table.index_add(0, ids, change, alpha=alpha)

    def put(rows):
        """The table with these rows in place of the looked-up rows. If an id occurs twice, its last row stays."""
        return table.index_copy(0, ids, rows)

    return dict(add=add, put=put, rows=table[ids], often=torch.bincount(ids, minlength=len(table)).clamp(min=1))


exercise = Exercise(
    task="""### Exercise 2 (finish the last line): one step of SGD, without a full gradient

A step of SGD moves only the rows that were looked up, so it needs no gradient of the table's size. `table` is `(V, d)`,
`ids` is `(n,)`, and `grad` is `(n, d)`: the gradient for each looked-up row. Return the table after one step
`row − lr · gradient`, and do not change `table`. An id may occur more than once.

If `table` is all zeros `(3, 2)`, `ids = [2, 2]`, `grad = [[1., 1.], [2., 0.]]` and `lr = 0.1`, row 2 becomes
`[-0.3, -0.1]`, and rows 0 and 1 stay the same.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    success="The step itself changes only the rows that were used. (Here `clone()` copies the whole table first. An optimiser works in place and copies nothing.)",
    hints=["Exercise 1 has nearly the same line. Here, subtract lr times the gradient.", "Use new.index_add_(0, ids, ...). It should add -lr * grad[n] to row ids[n]."],
    parts=parts,
    slips=[
        Slip("If an id occurs twice, only its last gradient is used here. Use `index_add_`, which adds each gradient.", lambda p: p.put(p.rows - p.lr * p.grad)),
        Slip("Only the first column changes: `scatter_add` needs an index for every number. Use `index_add_`.", lambda p: p.table.scatter_add(0, p.ids[:, None], -p.lr * p.grad)),
        Slip("This step goes up the gradient, so the loss grows. Subtract.", lambda p: p.add(p.grad, p.lr)),
        Slip("The learning rate is missing here. The step is lr times the gradient.", lambda p: p.add(p.grad, -1)),
        Slip("The gradients are added as they are. Multiply them by −lr.", lambda p: p.add(p.grad, 1)),
        Slip("Every row moves here, even rows that were not looked up. Plain SGD moves only looked-up rows.", lambda p: p.table - p.lr * p.grad.sum(0), idea=6),
        Slip("Every row moves here, by the mean of all gradients. Plain SGD moves only looked-up rows.", lambda p: p.table - p.lr * p.grad.mean(0), idea=6),
        Slip("`ids` is not used here. `grad` has a row for each looked-up id: grad[n] belongs to row ids[n].", lambda p: p.table - p.lr * p.grad, idea=6),
        Slip("Only the looked-up rows are returned here. Return the whole table.", lambda p: p.rows - p.lr * p.grad),
        Slip("The table is unchanged: `index_add` returns a new table, and `new[ids]` is a copy. Use `index_add_`, with an underscore at the end.", lambda p: p.table.clone()),
        Slip("The rows are replaced by `−lr · gradient`. Start from the old row: row − lr · gradient.", lambda p: p.put(-p.lr * p.grad)),
        Slip("The rows are replaced by their gradients. Start from the old row: row − lr · gradient.", lambda p: p.put(p.grad)),
        Slip("This is only the change. Add it to the table.", lambda p: p.add(p.grad) - p.table),
        Slip("The rows are multiplied here. Subtract: row − lr · gradient.", lambda p: p.put(p.rows * (1 - p.lr * p.grad))),
        Slip("The old row is added twice here. Add only −lr · gradient.", lambda p: p.add(p.rows - p.lr * p.grad, 1)),
        Slip("An id that occurs twice gets the mean of its gradients here. Add them.", lambda p: p.add(p.grad / p.often[p.ids][:, None])),
        Slip("The learning rate is used twice here: as a factor of the gradient and as `alpha`. Use it once.", lambda p: p.add(p.lr * p.grad)),
        Slip("Rows 0, 1, 2, ... move here. Row ids[n] belongs to grad[n].", lambda p: p.table.index_add(0, torch.arange(len(p.ids)), p.grad, alpha=-p.lr)),
        Slip("`index_add_(1, ...)` adds to columns. Rows are dimension 0 of the table.", lambda p: p.table.index_add(1, p.ids, p.grad, alpha=-p.lr)),
        Slip("This takes row ids[n] of `grad`. `grad` has a row for each position: row n of `grad` belongs to row ids[n] of the table.", lambda p: p.add(p.grad[p.ids])),
        Slip("This goes up the gradient, and a repeated id gets only its last gradient. Subtract, and use `index_add_`.", lambda p: p.put(p.rows + p.lr * p.grad)),
        Slip("The learning rate is missing, and a repeated id gets only its last gradient. Multiply by lr, and use `index_add_`.", lambda p: p.put(p.rows - p.grad)),
        Slip("All looked-up rows move by the sum of all gradients. Move row ids[n] only by grad[n].", lambda p: p.put(p.rows - p.lr * p.grad.sum(0))),
        Slip("The rows also shrink by the factor 1 − lr. Plain SGD is row − lr · gradient.", lambda p: p.put(p.rows * (1 - p.lr)).index_add(0, p.ids, p.grad, alpha=-p.lr)),
    ],
)
