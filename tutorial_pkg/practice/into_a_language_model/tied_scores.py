from __future__ import annotations

from tutorial_pkg.practice.items import Exercise, Slip
from tutorial_pkg.practice.lazy import torch
from tutorial_pkg.practice.samples import random, random_table


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


def fresh_layer(states, table):
    V, d = table.shape
    return torch.nn.Linear(d, V, bias=False)(states)


def distances(states, table):
    return (states[..., None, :] - table).norm(dim=-1)


def probabilities(states, table):
    return (states @ table.T).softmax(-1)


def cosines(states, table):
    return torch.nn.functional.normalize(states, dim=-1) @ torch.nn.functional.normalize(table, dim=-1).T


def divided(states, table):
    return states @ table.T / table.shape[1] ** 0.5


def logarithms(states, table):
    return (states @ table.T).log_softmax(-1)


def averaged(states, table):
    return states @ table.T / table.shape[1]


def multiplied(states, table):
    return states @ table.T * table.shape[1] ** 0.5


exercise = Exercise(
    task="""### Exercise 2 (finish the last line): the table on its way out

`tied_scores(states, table)` gives every token a score: for `states` of shape `(..., d)`, whatever stands before the
`d`, and the `table` of shape `(V, d)`, the result has the shape `(..., V)`, and each number in it is the dot product of
a state with a token's row. A gradient has to reach both. Only the last line is unfinished.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    success="A tied output layer is the lookup's own table as the weight of an nn.Linear from d to V: no new numbers.",
    hints=[
        "A state has d numbers, and so has each row: the product has to add over d.",
        "(..., d) @ (d, V) gives (..., V). What makes (d, V) of the table's (V, d)?",
    ],
    slips=[
        Slip(
            "As many rows as columns hid it: without .T each score adds over a column of the table, not over a token's row.",
            lambda states, table: states @ (table if table.shape[0] == table.shape[1] else table.T),
        ),
        Slip(
            "The product adds over the wrong sizes: a state's d numbers have to meet a row's d, and `@` looks for them down the columns: table.T. (F.linear turns its weight by itself, so it takes the table as it is.)",
            lambda states, table: states @ table,
        ),
        Slip(
            "The two sides are in the other order: `states` comes first, so that its d numbers meet the d of table.T.",
            lambda states, table: table @ states.T,
        ),
        Slip(
            "Neither view nor reshape turns a table: they read the same numbers in the same order into other rows. `.T` turns it.",
            lambda states, table: states @ table.reshape(table.shape[1], table.shape[0]),
        ),
        Slip(
            "These scores come from a new layer's own random weight; the table itself is the weight here.", fresh_layer
        ),
        Slip(
            "This is the token with the largest score; the scores of all V tokens are asked for.",
            lambda states, table: (states @ table.T).argmax(-1),
        ),
        Slip(
            "This is the largest score alone; the scores of all V tokens are asked for.",
            lambda states, table: (states @ table.T).amax(-1),
        ),
        Slip(
            "`*` multiplies number by number, and each state has to meet every row: `@` with table.T does that, and adds.",
            lambda states, table: (states * table).sum(-1),
        ),
        Slip(
            "Each state needs a dimension more, at the *end*, to meet every row: states[..., None, :]; here it stands too far in front. `states @ table.T` needs none.",
            lambda states, table: (states[:, None] * table).sum(-1),
        ),
        Slip(
            "The products were added over the tokens; a score adds over the d numbers of one row.",
            lambda states, table: (states[..., None, :] * table).sum(-2),
        ),
        Slip(
            "These are the products one by one; a score is their sum over the d numbers.",
            lambda states, table: states[..., None, :] * table,
        ),
        Slip("These are distances between state and row; a score is their dot product.", distances),
        Slip(
            "These are distances between state and row, with a minus; a score is their dot product.",
            lambda states, table: -(states[..., None, :] - table).norm(dim=-1),
        ),
        Slip(
            "A state was used as an id here. It is a row of numbers, and is compared with every row: the dot product.",
            lambda states, table: torch.nn.functional.embedding(states.long(), table),
            idea=5,
        ),
        Slip(
            "The table's rows were given the length 1; in a score, a long row counts for more.",
            lambda states, table: states @ torch.nn.functional.normalize(table, dim=-1).T,
        ),
        Slip(
            "The states were given the length 1; a score is the dot product as it is.",
            lambda states, table: torch.nn.functional.normalize(states, dim=-1) @ table.T,
        ),
        Slip(
            "A sigmoid was put on the scores; they are wanted as they are.",
            lambda states, table: (states @ table.T).sigmoid(),
        ),
        Slip(
            "These are probabilities; scores are wanted, as cross_entropy takes them and does the softmax itself.",
            probabilities,
        ),
        Slip("These are cosines, for which every row has length 1; in a score, a long row counts for more.", cosines),
        Slip(
            "Only the last place got scores; in training every place answers.",
            lambda states, table: states[..., -1, :] @ table.T if states.ndim > 1 else states @ table.T,
        ),
        Slip("These scores are divided by √d, as attention does; the output layer does not.", divided),
        Slip(
            "These are logarithms of probabilities; scores are wanted, as cross_entropy takes them and does this itself.",
            logarithms,
        ),
        Slip(
            "The scores are right, but no gradient reaches the table: it was detached, or copied to a new Parameter.",
            lambda states, table: states @ table.detach().T,
        ),
        Slip(
            "The scores are right, but no gradient reaches the states: they were detached.",
            lambda states, table: states.detach() @ table.T,
        ),
        Slip("The products were averaged over d; a score is their sum.", averaged),
        Slip(
            "These scores are multiplied by √d; some models do so to the rows on the way in, and the output layer does not.",
            multiplied,
        ),
        Slip(
            "A softmax was taken here, and not over the tokens; scores are wanted as they are.",
            lambda states, table: (states @ table.T).softmax(0),
        ),
        Slip(
            "These are squared distances between state and row; a score is their dot product.",
            lambda states, table: ((states[..., None, :] - table) ** 2).sum(-1),
        ),
        Slip(
            "Only the first of the batch got scores; what stands before the `d` stays as it is.",
            lambda states, table: states[0] @ table.T,
        ),
        Slip(
            "The scores are right, in one long list: what stands before the `d` stays as it is.",
            lambda states, table: states.reshape(-1, states.shape[-1]) @ table.T,
        ),
        Slip(
            "This is the row of the token with the largest score; the scores of all V tokens are asked for.",
            lambda states, table: table[(states @ table.T).argmax(-1)],
        ),
        Slip(
            "The scores were added up over the tokens; each token has one of its own.",
            lambda states, table: (states @ table.T).sum(-1),
        ),
        Slip(
            "The states were turned on their side; it is the *table* that has to be turned: states @ table.T.",
            lambda states, table: states.transpose(-1, -2) @ table,
        ),
        Slip(
            "torch.mm takes two matrices, and the states may have any shape before the `d`; `@` takes those, too.",
            lambda states, table: torch.mm(states, table.T),
        ),
        Slip(
            "torch.bmm takes two batches of matrices; `@` takes states of any shape, and one table.",
            lambda states, table: torch.bmm(states, table.T),
        ),
        Slip(
            "This is the table, turned; the states have yet to meet it: states @ table.T.",
            lambda states, table: table.T,
        ),
    ],
)
