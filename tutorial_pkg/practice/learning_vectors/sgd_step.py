"""### Exercise 2 (finish the last line): one step of SGD, without a full gradient

A step of SGD moves only rows that were looked up, so no gradient of the table's size is needed. `table` is `(V, d)`,
`ids` is `(n,)`, `grad` is `(n, d)`: the gradient for each row looked up. Return the table after one step
`row − lr · gradient`, and leave `table` as it was. An id may come up more than once.

With `table` all zeros `(3, 2)`, `ids = [2, 2]`, `grad = [[1., 1.], [2., 0.]]` and `lr = 0.1`, row 2 becomes
`[-0.3, -0.1]`, and rows 0 and 1 stay.
"""

import torch

from tutorial_pkg.practice.items import wrong
from tutorial_pkg.practice.samples import random

MEANS = "A step costs as much as the rows that were used, however large the table is."
HINTS = [
    "Exercise 1 has nearly the same line; this one goes downhill, by lr times the gradient.",
    "new.index_add_(0, ids, ...): what is added to row ids[n] is -lr * grad[n].",
]


def stub(table, ids, grad, lr):
    """The table after one SGD step on the rows that were looked up."""
    new = table.clone()  # `table` itself must not change
    ...  # the one line that is missing: change `new`
    return new


def solution(table, ids, grad, lr):
    """The table after one SGD step on the rows that were looked up."""
    new = table.clone()  # `table` itself must not change
    new.index_add_(0, ids, grad, alpha=-lr)  # adds -lr * grad[n] to row ids[n], for every n
    return new


def cases():
    return [
        (torch.tensor([[0.0, 0.0]] * 3), torch.tensor([2, 2]), torch.tensor([[1.0, 1.0], [2.0, 0.0]]), 0.1),
        (random(6, 3, seed=1), torch.tensor([4, 0, 3, 2, 5, 1]), random(6, 3, seed=2), 0.5),
        (random(50, 8, seed=3), torch.tensor([7, 7, 7, 49, 0]), random(5, 8, seed=4), 0.01),
        (
            random(4, 2, seed=5, dtype=torch.float64),
            torch.tensor([1, 3]),
            random(2, 2, seed=6, dtype=torch.float64),
            1.0,
        ),
        (random(4, 2, seed=7), torch.tensor([]).long(), random(0, 2), 0.1),
    ]


@wrong()
def repeats_lost(table, ids, grad, lr):
    """Of an id that comes up twice only the last gradient is left: `new[ids] -= ...` reads all rows before it writes,
    and so does a loop that begins from `table` each time. index_add_ adds each."""
    new = table.clone()
    new[ids] -= lr * grad
    return new


@wrong()
def uphill(table, ids, grad, lr):
    """This step goes up the gradient, so the loss grows. Down is minus."""
    return table.index_add(0, ids, grad, alpha=lr)


@wrong()
def without_lr(table, ids, grad, lr):
    """The learning rate is missing: the step is lr times the gradient."""
    return table.index_add(0, ids, grad, alpha=-1)


@wrong(idea=6)
def every_row(table, ids, grad, lr):
    """Every row moves here, also those that were not looked up. Plain SGD moves only rows that were."""
    return table - lr * grad.sum(0)


@wrong()
def the_rows_alone(table, ids, grad, lr):
    """Only the rows that were looked up come back. The whole table is asked for, with these rows changed in it."""
    return table[ids] - lr * grad


@wrong()
def unchanged(table, ids, grad, lr):
    """The table comes back as it was. `index_add` and `scatter_add` return a new table, and `new[ids]` alone is a copy:
    what is done to these leaves `new` alone. `new.index_add_`, with an underscore at the end, changes it."""
    return table.clone()


@wrong()
def replaced(table, ids, grad, lr):
    """The rows were replaced by `−lr · gradient`. A step goes on from where the row was."""
    new = table.clone()
    new[ids] = -lr * grad
    return new


@wrong()
def the_change_alone(table, ids, grad, lr):
    """This is the change alone. Add it to the table."""
    return torch.zeros_like(table).index_add(0, ids, grad, alpha=-lr)


@wrong()
def multiplied(table, ids, grad, lr):
    """The rows were multiplied. A step is a difference: row − lr · gradient."""
    new = table.clone()
    new[ids] *= 1 - lr * grad
    return new


@wrong()
def divided_by_n(table, ids, grad, lr):
    """The gradients were divided by the number of ids. Each is to be taken as it is."""
    return table.index_add(0, ids, grad / max(len(ids), 1), alpha=-lr)


@wrong()
def averaged_by_id(table, ids, grad, lr):
    """An id that comes up twice gets the mean of its gradients here. They are to be added."""
    often = torch.bincount(ids, minlength=len(table)).clamp(min=1)[:, None]
    return table + torch.zeros_like(table).index_add(0, ids, grad, alpha=-lr) / often


@wrong()
def lr_twice(table, ids, grad, lr):
    """The learning rate is in twice: once as a factor of the gradient, and once as `alpha`."""
    return table.index_add(0, ids, lr * grad, alpha=-lr)


@wrong()
def uphill_without_lr(table, ids, grad, lr):
    """The gradients were added as they are: the minus and the learning rate are missing."""
    return table.index_add(0, ids, grad)


@wrong()
def by_position(table, ids, grad, lr):
    """Rows 0, 1, 2, ... were moved. The row that grad[n] belongs to is ids[n]."""
    new = table.clone()
    new[: len(ids)] -= lr * grad[: len(table)]
    return new


@wrong()
def along_dimension_1(table, ids, grad, lr):
    """Rows are dimension 0 of the table; `index_add_(1, ...)` looks for columns with these numbers."""
    return table.index_add(1, ids, grad, alpha=-lr)


@wrong()
def only_the_first(table, ids, grad, lr):
    """Of an id that comes up twice, only the first gradient was used. Both are to be added."""
    new, seen = table.clone(), set()
    for n, token_id in enumerate(ids.tolist()):
        if token_id not in seen:
            new[token_id] -= lr * grad[n]
        seen.add(token_id)
    return new


@wrong()
def gradients_by_id(table, ids, grad, lr):
    """`grad` has a row for each position, not for each id: row ids[n] of the table goes with row n of `grad`."""
    new = table.clone()
    for token_id in ids.tolist():
        new[token_id] -= lr * grad[token_id]
    return new


@wrong(idea=6)
def every_row_by_the_mean(table, ids, grad, lr):
    """Every row moves here, by the mean of all gradients. Plain SGD moves only rows that were looked up."""
    return table - lr * grad.mean(0)


@wrong()
def repeats_lost_and_uphill(table, ids, grad, lr):
    """This goes up the gradient, and of an id that comes up twice only the last gradient is left. Down is minus, and
    index_add_ adds each."""
    new = table.clone()
    new[ids] += lr * grad
    return new


@wrong()
def repeats_lost_without_lr(table, ids, grad, lr):
    """The learning rate is missing, and of an id that comes up twice only the last gradient is left. index_add_ adds
    each."""
    new = table.clone()
    new[ids] -= grad
    return new


@wrong()
def repeats_lost_bare(table, ids, grad, lr):
    """The gradients were added as they are, without minus and learning rate, and of an id that comes up twice only the
    last is left. index_add_ adds each."""
    new = table.clone()
    new[ids] += grad
    return new


@wrong()
def replaced_by_the_gradient(table, ids, grad, lr):
    """The rows were replaced by their gradients. A step goes on from where the row was: row − lr · gradient."""
    new = table.clone()
    new[ids] = grad
    return new


@wrong()
def replaced_uphill(table, ids, grad, lr):
    """The rows were replaced by `lr · gradient`. A step goes on from where the row was: row − lr · gradient."""
    new = table.clone()
    new[ids] = lr * grad
    return new


@wrong()
def divided_by_lr(table, ids, grad, lr):
    """The gradients were divided by the learning rate. The step is lr times the gradient."""
    return table.index_add(0, ids, grad / lr, alpha=-1)


@wrong()
def lr_divided_by_n(table, ids, grad, lr):
    """The step was divided by the number of ids. Each gradient is to be taken as it is."""
    return table.index_add(0, ids, grad, alpha=-lr / len(ids))


@wrong()
def first_gradient_for_all(table, ids, grad, lr):
    """Every row moved by the first gradient, grad[0]. Row ids[n] goes with grad[n]."""
    return table.index_add(0, ids, grad[:1].expand_as(grad), alpha=-lr)


@wrong()
def summed_gradient_for_all(table, ids, grad, lr):
    """The rows that were looked up all moved by the sum of all gradients. Row ids[n] goes with grad[n] alone."""
    new = table.clone()
    new[ids] -= lr * grad.sum(0)
    return new


@wrong(idea=6)
def the_whole_table(table, ids, grad, lr):
    """`ids` were not used: `grad` has a row for each id that was looked up, and not for each row of the table. Row
    ids[n] goes with grad[n]."""
    new = table.clone()
    new -= lr * grad
    return new


@wrong()
def weight_decay(table, ids, grad, lr):
    """The rows were shrunk by the factor 1 − lr as well. A step is row − lr · gradient, the row itself taken once."""
    new = table.clone()
    new[ids] *= 1 - lr
    return new.index_add(0, ids, grad, alpha=-lr)


@wrong()
def lr_twice_uphill(table, ids, grad, lr):
    """Two minuses go up the gradient again, and the learning rate is in twice: once as a factor of the gradient,
    once as `alpha`."""
    return table.index_add(0, ids, -lr * grad, alpha=-lr)


@wrong()
def all_rows_shrunk(table, ids, grad, lr):
    """The whole table was multiplied by 1 − lr as well. Plain SGD moves only rows that were looked up, by −lr ·
    gradient."""
    return (1 - lr) * table.index_add(0, ids, grad, alpha=-lr)


@wrong()
def lr_of_the_example(table, ids, grad, lr):
    """The learning rate is 0.1 here, whatever `lr` is: use the parameter."""
    return table.index_add(0, ids, grad, alpha=-0.1)


@wrong()
def gradients_of_length_1(table, ids, grad, lr):
    """The gradients were brought to length 1. SGD takes them as long as they are."""
    return table.index_add(0, ids, torch.nn.functional.normalize(grad, dim=1), alpha=-lr)


@wrong()
def signs_alone(table, ids, grad, lr):
    """Only the signs of the gradients were used. SGD takes the numbers themselves."""
    return table.index_add(0, ids, grad.sign(), alpha=-lr)


@wrong()
def all_pairs(table, ids, grad, lr):
    """Every id was given every gradient, as two nested loops do. Row ids[n] goes with grad[n] alone."""
    return table.index_add(0, ids, grad.sum(0).expand_as(grad), alpha=-lr)


@wrong()
def n_steps(table, ids, grad, lr):
    """The step was taken once for each id, so n times. One step holds them all."""
    return table.index_add(0, ids, grad, alpha=-lr * len(ids))


@wrong()
def running_sums(table, ids, grad, lr):
    """Row ids[n] moved by all gradients up to the n-th. It goes with grad[n] alone."""
    return table.index_add(0, ids, grad.cumsum(0), alpha=-lr)
