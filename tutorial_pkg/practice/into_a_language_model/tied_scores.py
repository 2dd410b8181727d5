"""### Exercise 2 (finish the last line): the table on its way out

`tied_scores(states, table)` gives every token a score: for `states` of shape `(..., d)`, whatever stands before the
`d`, and the `table` of shape `(V, d)`, the result has the shape `(..., V)`, and each number in it is the dot product of
a state with a token's row. A gradient has to reach both. Only the last line is unfinished.
"""

import torch

from tutorial_pkg.practice.items import wrong
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
def not_turned_at_all(states, table):
    """The product adds over the wrong sizes: a state's d numbers have to meet a row's d, and `@` looks for them down
    the columns: table.T. (F.linear turns its weight by itself, so it takes the table as it is.)"""
    return states @ table


@wrong()
def table_first(states, table):
    """The two sides are in the other order: `states` comes first, so that its d numbers meet the d of table.T."""
    return table @ states.T


@wrong()
def reshaped(states, table):
    """Neither view nor reshape turns a table: they read the same numbers in the same order into other rows. `.T`
    turns it."""
    return states @ table.reshape(table.shape[1], table.shape[0])


@wrong()
def fresh_layer(states, table):
    """These scores come from a new layer's own random weight; the table itself is the weight here."""
    V, d = table.shape
    return torch.nn.Linear(d, V, bias=False)(states)


@wrong()
def best_only(states, table):
    """This is the token with the largest score; the scores of all V tokens are asked for."""
    return (states @ table.T).argmax(-1)


@wrong()
def largest_only(states, table):
    """This is the largest score alone; the scores of all V tokens are asked for."""
    return (states @ table.T).amax(-1)


@wrong()
def elementwise(states, table):
    """`*` multiplies number by number, and each state has to meet every row: `@` with table.T does that, and adds."""
    return (states * table).sum(-1)


@wrong()
def one_dimension_only(states, table):
    """Each state needs a dimension more, at the *end*, to meet every row: states[..., None, :]; here it stands too far
    in front. `states @ table.T` needs none."""
    return (states[:, None] * table).sum(-1)


@wrong()
def added_over_tokens(states, table):
    """The products were added over the tokens; a score adds over the d numbers of one row."""
    return (states[..., None, :] * table).sum(-2)


@wrong()
def not_added(states, table):
    """These are the products one by one; a score is their sum over the d numbers."""
    return states[..., None, :] * table


@wrong()
def distances(states, table):
    """These are distances between state and row; a score is their dot product."""
    return (states[..., None, :] - table).norm(dim=-1)


@wrong()
def distances_below_zero(states, table):
    """These are distances between state and row, with a minus; a score is their dot product."""
    return -(states[..., None, :] - table).norm(dim=-1)


@wrong(idea=5)
def looked_up(states, table):
    """A state was used as an id here. It is a row of numbers, and is compared with every row: the dot product."""
    return torch.nn.functional.embedding(states.long(), table)


@wrong()
def rows_of_length_one(states, table):
    """The table's rows were given the length 1; in a score, a long row counts for more."""
    return states @ torch.nn.functional.normalize(table, dim=-1).T


@wrong()
def states_of_length_one(states, table):
    """The states were given the length 1; a score is the dot product as it is."""
    return torch.nn.functional.normalize(states, dim=-1) @ table.T


@wrong()
def squashed(states, table):
    """A sigmoid was put on the scores; they are wanted as they are."""
    return (states @ table.T).sigmoid()


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


@wrong()
def averaged(states, table):
    """The products were averaged over d; a score is their sum."""
    return states @ table.T / table.shape[1]


@wrong()
def multiplied(states, table):
    """These scores are multiplied by √d; some models do so to the rows on the way in, and the output layer does not."""
    return states @ table.T * table.shape[1] ** 0.5


@wrong()
def softmax_across(states, table):
    """A softmax was taken here, and not over the tokens; scores are wanted as they are."""
    return (states @ table.T).softmax(0)


@wrong()
def squared_distances(states, table):
    """These are squared distances between state and row; a score is their dot product."""
    return ((states[..., None, :] - table) ** 2).sum(-1)


@wrong()
def first_only(states, table):
    """Only the first of the batch got scores; what stands before the `d` stays as it is."""
    return states[0] @ table.T


@wrong()
def flat(states, table):
    """The scores are right, in one long list: what stands before the `d` stays as it is."""
    return states.reshape(-1, states.shape[-1]) @ table.T


@wrong()
def rows_of_the_best(states, table):
    """This is the row of the token with the largest score; the scores of all V tokens are asked for."""
    return table[(states @ table.T).argmax(-1)]


@wrong()
def scores_added(states, table):
    """The scores were added up over the tokens; each token has one of its own."""
    return (states @ table.T).sum(-1)


@wrong()
def states_turned(states, table):
    """The states were turned on their side; it is the *table* that has to be turned: states @ table.T."""
    return states.transpose(-1, -2) @ table


@wrong()
def for_matrices(states, table):
    """torch.mm takes two matrices, and the states may have any shape before the `d`; `@` takes those, too."""
    return torch.mm(states, table.T)


@wrong()
def for_batches(states, table):
    """torch.bmm takes two batches of matrices; `@` takes states of any shape, and one table."""
    return torch.bmm(states, table.T)


@wrong()
def table_alone(states, table):
    """This is the table, turned; the states have yet to meet it: states @ table.T."""
    return table.T
