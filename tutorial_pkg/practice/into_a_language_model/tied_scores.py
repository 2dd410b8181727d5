"""### Exercise 2 (finish the last line): the table on its way out

`tied_scores(states, table)` gives every token a score: for `states` of shape `(..., d)`, whatever stands before the
`d`, and the `table` of shape `(V, d)`, the result has the shape `(..., V)`, and each number in it is the dot product of
a state with a token's row. A gradient has to reach both. Only the last line is unfinished.
"""

import torch

from tutorial_pkg.practice.pieces import wrong
from tutorial_pkg.practice.samples import random, random_table

MEANS = "A tied output layer is the lookup's own table as the weight of an nn.Linear from d to V: no new numbers."
HINTS = [
    "A state has d numbers, and so has each row: the product has to add over d.",
    "(..., d) @ (d, V) gives (..., V). What makes (d, V) of the table's (V, d)?",
]


def stub(states, table):
    V, d = table.shape  # V rows, one for each token
    return ...  # (..., V): each state against each row


def solution(states, table):
    V, d = table.shape  # V rows, one for each token
    return states @ table.T  # (..., V): each state against each row


def cases():
    return [
        (random(2, 4, 3, seed=1).requires_grad_(), random_table(6, 3, gradient=True)),
        (random(5, seed=2).requires_grad_(), random_table(9, 5, gradient=True)),
        (random(3, 4, seed=3).requires_grad_(), random_table(4, 4, gradient=True)),
        (random(2, 2, 2, 2, seed=4, dtype=torch.float64).requires_grad_(), random_table(7, 2, torch.float64, True)),
        (random(0, 3, seed=5).requires_grad_(), random_table(6, 3, gradient=True)),
    ]


@wrong()
def not_turned(states, table):
    """As many rows as columns hid it: without .T each score adds over a column of the table, not over a token's row."""
    return states @ (table if table.shape[0] == table.shape[1] else table.T)


@wrong()
def probabilities(states, table):
    """These are probabilities; scores are wanted, as cross_entropy takes them and does the softmax itself."""
    return (states @ table.T).softmax(-1)


@wrong()
def cosines(states, table):
    """These are cosines, for which every row has length 1; in a score, a long row counts for more."""
    return torch.nn.functional.normalize(states, dim=-1) @ torch.nn.functional.normalize(table, dim=-1).T


@wrong()
def last_place(states, table):
    """Only the last place got scores; in training every place answers."""
    return states[..., -1, :] @ table.T if states.ndim > 1 else states @ table.T


@wrong()
def divided(states, table):
    """These scores are divided by √d, as attention does; the output layer does not."""
    return states @ table.T / table.shape[1] ** 0.5


@wrong()
def logarithms(states, table):
    """These are logarithms of probabilities; scores are wanted, as cross_entropy takes them and does this itself."""
    return (states @ table.T).log_softmax(-1)


@wrong()
def table_cut_off(states, table):
    """The scores are right, but no gradient reaches the table: it was detached, or copied to a new Parameter."""
    return states @ table.detach().T


@wrong()
def states_cut_off(states, table):
    """The scores are right, but no gradient reaches the states: they were detached."""
    return states.detach() @ table.T
