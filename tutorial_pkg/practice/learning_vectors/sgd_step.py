from __future__ import annotations

from tutorial_pkg.practice.items import Exercise, Slip
from tutorial_pkg.practice.lazy import torch
from tutorial_pkg.practice.samples import random


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


def repeats_lost(table, ids, grad, lr):
    new = table.clone()
    new[ids] -= lr * grad
    return new


def replaced(table, ids, grad, lr):
    new = table.clone()
    new[ids] = -lr * grad
    return new


def multiplied(table, ids, grad, lr):
    new = table.clone()
    new[ids] *= 1 - lr * grad
    return new


def averaged_by_id(table, ids, grad, lr):
    often = torch.bincount(ids, minlength=len(table)).clamp(min=1)[:, None]
    return table + torch.zeros_like(table).index_add(0, ids, grad, alpha=-lr) / often


def by_position(table, ids, grad, lr):
    new = table.clone()
    new[: len(ids)] -= lr * grad[: len(table)]
    return new


def only_the_first(table, ids, grad, lr):
    new, seen = table.clone(), set()
    for n, token_id in enumerate(ids.tolist()):
        if token_id not in seen:
            new[token_id] -= lr * grad[n]
        seen.add(token_id)
    return new


def gradients_by_id(table, ids, grad, lr):
    new = table.clone()
    for token_id in ids.tolist():
        new[token_id] -= lr * grad[token_id]
    return new


def repeats_lost_and_uphill(table, ids, grad, lr):
    new = table.clone()
    new[ids] += lr * grad
    return new


def repeats_lost_without_lr(table, ids, grad, lr):
    new = table.clone()
    new[ids] -= grad
    return new


def repeats_lost_bare(table, ids, grad, lr):
    new = table.clone()
    new[ids] += grad
    return new


def replaced_by_the_gradient(table, ids, grad, lr):
    new = table.clone()
    new[ids] = grad
    return new


def replaced_uphill(table, ids, grad, lr):
    new = table.clone()
    new[ids] = lr * grad
    return new


def summed_gradient_for_all(table, ids, grad, lr):
    new = table.clone()
    new[ids] -= lr * grad.sum(0)
    return new


def the_whole_table(table, ids, grad, lr):
    new = table.clone()
    new -= lr * grad
    return new


def weight_decay(table, ids, grad, lr):
    new = table.clone()
    new[ids] *= 1 - lr
    return new.index_add(0, ids, grad, alpha=-lr)


exercise = Exercise(
    task="""### Exercise 2 (finish the last line): one step of SGD, without a full gradient

A step of SGD moves only rows that were looked up, so no gradient of the table's size is needed. `table` is `(V, d)`,
`ids` is `(n,)`, `grad` is `(n, d)`: the gradient for each row looked up. Return the table after one step
`row − lr · gradient`, and leave `table` as it was. An id may come up more than once.

With `table` all zeros `(3, 2)`, `ids = [2, 2]`, `grad = [[1., 1.], [2., 0.]]` and `lr = 0.1`, row 2 becomes
`[-0.3, -0.1]`, and rows 0 and 1 stay.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    success="A step costs as much as the rows that were used, however large the table is.",
    hints=[
        "Exercise 1 has nearly the same line; this one goes downhill, by lr times the gradient.",
        "new.index_add_(0, ids, ...): what is added to row ids[n] is -lr * grad[n].",
    ],
    slips=[
        Slip(
            "Of an id that comes up twice only the last gradient is left: `new[ids] -= ...` reads all rows before it writes, and so does a loop that begins from `table` each time. index_add_ adds each.",
            repeats_lost,
        ),
        Slip(
            "This step goes up the gradient, so the loss grows. Down is minus.",
            lambda table, ids, grad, lr: table.index_add(0, ids, grad, alpha=lr),
        ),
        Slip(
            "The learning rate is missing: the step is lr times the gradient.",
            lambda table, ids, grad, lr: table.index_add(0, ids, grad, alpha=-1),
        ),
        Slip(
            "Every row moves here, also those that were not looked up. Plain SGD moves only rows that were.",
            lambda table, ids, grad, lr: table - lr * grad.sum(0),
            idea=6,
        ),
        Slip(
            "Only the rows that were looked up come back. The whole table is asked for, with these rows changed in it.",
            lambda table, ids, grad, lr: table[ids] - lr * grad,
        ),
        Slip(
            "The table comes back as it was. `index_add` and `scatter_add` return a new table, and `new[ids]` alone is a copy: what is done to these leaves `new` alone. `new.index_add_`, with an underscore at the end, changes it.",
            lambda table, ids, grad, lr: table.clone(),
        ),
        Slip("The rows were replaced by `−lr · gradient`. A step goes on from where the row was.", replaced),
        Slip(
            "This is the change alone. Add it to the table.",
            lambda table, ids, grad, lr: torch.zeros_like(table).index_add(0, ids, grad, alpha=-lr),
        ),
        Slip("The rows were multiplied. A step is a difference: row − lr · gradient.", multiplied),
        Slip(
            "The gradients were divided by the number of ids. Each is to be taken as it is.",
            lambda table, ids, grad, lr: table.index_add(0, ids, grad / max(len(ids), 1), alpha=-lr),
        ),
        Slip("An id that comes up twice gets the mean of its gradients here. They are to be added.", averaged_by_id),
        Slip(
            "The learning rate is in twice: once as a factor of the gradient, and once as `alpha`.",
            lambda table, ids, grad, lr: table.index_add(0, ids, lr * grad, alpha=-lr),
        ),
        Slip(
            "The gradients were added as they are: the minus and the learning rate are missing.",
            lambda table, ids, grad, lr: table.index_add(0, ids, grad),
        ),
        Slip("Rows 0, 1, 2, ... were moved. The row that grad[n] belongs to is ids[n].", by_position),
        Slip(
            "Rows are dimension 0 of the table; `index_add_(1, ...)` looks for columns with these numbers.",
            lambda table, ids, grad, lr: table.index_add(1, ids, grad, alpha=-lr),
        ),
        Slip("Of an id that comes up twice, only the first gradient was used. Both are to be added.", only_the_first),
        Slip(
            "`grad` has a row for each position, not for each id: row ids[n] of the table goes with row n of `grad`.",
            gradients_by_id,
        ),
        Slip(
            "Every row moves here, by the mean of all gradients. Plain SGD moves only rows that were looked up.",
            lambda table, ids, grad, lr: table - lr * grad.mean(0),
            idea=6,
        ),
        Slip(
            "This goes up the gradient, and of an id that comes up twice only the last gradient is left. Down is minus, and index_add_ adds each.",
            repeats_lost_and_uphill,
        ),
        Slip(
            "The learning rate is missing, and of an id that comes up twice only the last gradient is left. index_add_ adds each.",
            repeats_lost_without_lr,
        ),
        Slip(
            "The gradients were added as they are, without minus and learning rate, and of an id that comes up twice only the last is left. index_add_ adds each.",
            repeats_lost_bare,
        ),
        Slip(
            "The rows were replaced by their gradients. A step goes on from where the row was: row − lr · gradient.",
            replaced_by_the_gradient,
        ),
        Slip(
            "The rows were replaced by `lr · gradient`. A step goes on from where the row was: row − lr · gradient.",
            replaced_uphill,
        ),
        Slip(
            "The gradients were divided by the learning rate. The step is lr times the gradient.",
            lambda table, ids, grad, lr: table.index_add(0, ids, grad / lr, alpha=-1),
        ),
        Slip(
            "The step was divided by the number of ids. Each gradient is to be taken as it is.",
            lambda table, ids, grad, lr: table.index_add(0, ids, grad, alpha=-lr / len(ids)),
        ),
        Slip(
            "Every row moved by the first gradient, grad[0]. Row ids[n] goes with grad[n].",
            lambda table, ids, grad, lr: table.index_add(0, ids, grad[:1].expand_as(grad), alpha=-lr),
        ),
        Slip(
            "The rows that were looked up all moved by the sum of all gradients. Row ids[n] goes with grad[n] alone.",
            summed_gradient_for_all,
        ),
        Slip(
            "`ids` were not used: `grad` has a row for each id that was looked up, and not for each row of the table. Row ids[n] goes with grad[n].",
            the_whole_table,
            idea=6,
        ),
        Slip(
            "The rows were shrunk by the factor 1 − lr as well. A step is row − lr · gradient, the row itself taken once.",
            weight_decay,
        ),
        Slip(
            "Two minuses go up the gradient again, and the learning rate is in twice: once as a factor of the gradient, once as `alpha`.",
            lambda table, ids, grad, lr: table.index_add(0, ids, -lr * grad, alpha=-lr),
        ),
        Slip(
            "The whole table was multiplied by 1 − lr as well. Plain SGD moves only rows that were looked up, by −lr · gradient.",
            lambda table, ids, grad, lr: (1 - lr) * table.index_add(0, ids, grad, alpha=-lr),
        ),
        Slip(
            "The learning rate is 0.1 here, whatever `lr` is: use the parameter.",
            lambda table, ids, grad, lr: table.index_add(0, ids, grad, alpha=-0.1),
        ),
        Slip(
            "The gradients were brought to length 1. SGD takes them as long as they are.",
            lambda table, ids, grad, lr: table.index_add(0, ids, torch.nn.functional.normalize(grad, dim=1), alpha=-lr),
        ),
        Slip(
            "Only the signs of the gradients were used. SGD takes the numbers themselves.",
            lambda table, ids, grad, lr: table.index_add(0, ids, grad.sign(), alpha=-lr),
        ),
        Slip(
            "Every id was given every gradient, as two nested loops do. Row ids[n] goes with grad[n] alone.",
            lambda table, ids, grad, lr: table.index_add(0, ids, grad.sum(0).expand_as(grad), alpha=-lr),
        ),
        Slip(
            "The step was taken once for each id, so n times. One step holds them all.",
            lambda table, ids, grad, lr: table.index_add(0, ids, grad, alpha=-lr * len(ids)),
        ),
        Slip(
            "Row ids[n] moved by all gradients up to the n-th. It goes with grad[n] alone.",
            lambda table, ids, grad, lr: table.index_add(0, ids, grad.cumsum(0), alpha=-lr),
        ),
    ],
)
