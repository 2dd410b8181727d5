from tutorial_pkg.practice.items import Exercise, Slip
from tutorial_pkg.practice.lazy import F, torch
from tutorial_pkg.practice.samples import random, random_table


def stub(states, table):
    V, d = table.shape  # V rows, one for each token
    return ...  # (..., V): each state with each row


def solution(states, table):
    V, d = table.shape  # V rows, one for each token
    return states @ table.T  # (..., V): each state with each row


def cases():
    return [
        (random(2, 4, 3, seed=1).requires_grad_(), random_table(6, 3, gradient=True)),
        (random(5, seed=2).requires_grad_(), random_table(9, 5, gradient=True)),
        (random(3, 4, seed=3).requires_grad_(), random_table(4, 4, gradient=True)),
        (random(2, 2, 2, 2, seed=4, dtype=torch.float64).requires_grad_(), random_table(7, 2, torch.float64, True)),
        (random(0, 3, seed=5).requires_grad_(), random_table(6, 3, gradient=True)),
    ]


exercise = Exercise(
    task="""### Exercise 2 (finish the last line): the table at the output

`tied_scores(states, table)` gives every token a score. `states` has the shape `(..., d)`, with any dimensions before
`d`, and `table` has the shape `(V, d)`. The result has the shape `(..., V)`. Each of its numbers is the dot product of a
state with the row of a token. Gradients must flow back to `states` and to `table`. Only the last
line is missing.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    success="A tied output layer is an nn.Linear from d to V whose weight is the table of the lookup. It adds no numbers.",
    hints=[
        "A state has d numbers, and each row has d numbers, too. So the product must add over d.",
        "(..., d) @ (d, V) gives (..., V). How do you make (d, V) from the table's (V, d)?",
    ],
    parts=lambda states, table: dict(each=states[..., None, :], unit=F.normalize(states, dim=-1), rows=F.normalize(table, dim=-1)),
    slips=[
        Slip(
            "Without .T, the scores of a square table use columns, not rows. Use table.T.",
            lambda p: p.states @ (p.table if len(p.table) == p.table.shape[1] else p.table.T),
            idea=4,
        ),
        Slip("The sizes do not fit. With `@`, use table.T, which is (d, V). With F.linear, use the table as it is.", lambda states, table: states @ table),
        Slip("The two factors are swapped. Put `states` first: its last dimension is d, and the first dimension of table.T is d.", lambda states, table: table @ states.T),
        Slip("`view` and `reshape` do not transpose: they keep the order of the numbers. Use `.T`.", lambda p: p.states @ p.table.reshape(p.table.T.shape)),
        Slip("These scores come from the random weight of a new layer. Use the table itself as the weight.", lambda p: torch.nn.Linear(*p.table.T.shape, bias=False)(p.states)),
        Slip("The table is the weight, but the layer also has a bias. Use bias=False.", lambda p: F.linear(p.states, p.table, torch.nn.Linear(*p.table.T.shape).bias), idea=15),
        Slip("This is the token with the largest score. Return the scores of all V tokens.", lambda p: p.right.argmax(-1)),
        Slip("This is the row of the token with the largest score. Return the scores of all V tokens.", lambda p: p.table[p.right.argmax(-1)]),
        Slip("`*` multiplies number by number. To compare each state with every row, use `@` with table.T.", lambda states, table: (states * table).sum(-1)),
        Slip("The new dimension is too far to the front. Use states[..., None, :] or `states @ table.T`.", lambda states, table: (states[:, None] * table).sum(-1)),
        Slip("The products are added over the tokens. Add the products of each row.", lambda p: (p.each * p.table).sum(-2)),
        Slip("These are distances between states and rows. A score is their dot product.", lambda p: (p.each - p.table).norm(dim=-1)),
        Slip("These are squared distances between states and rows. A score is their dot product.", lambda p: ((p.each - p.table) ** 2).sum(-1)),
        Slip("These are negative distances. A score is a dot product.", lambda p: -(p.each - p.table).norm(dim=-1)),
        Slip("A state is used as an id here. Compare it with every row, by the dot product.", lambda states, table: F.embedding(states.long(), table), idea=5),
        Slip("These are cosines, because states and rows have the length 1. In a score, a long row counts more.", lambda p: p.unit @ p.rows.T),
        Slip("The rows have the length 1 here. In a score, a long row counts more. Use the rows as they are.", lambda p: p.states @ p.rows.T),
        Slip("The states have the length 1 here. Use the states as they are.", lambda p: p.unit @ p.table.T),
        Slip("These are probabilities. Return the scores: cross_entropy takes scores and applies the softmax itself.", lambda p: p.right.softmax(-1)),
        Slip("These are logs of probabilities. Return the scores: cross_entropy takes scores and does this itself.", lambda p: p.right.log_softmax(-1)),
        Slip("The scores are divided by √d, as in attention. The output layer does not divide.", lambda p: p.right / p.table.shape[1] ** 0.5),
        Slip("Only the last position has scores here. Score every position.", lambda states, table: states[..., -1, :] @ table.T if states.ndim > 1 else states @ table.T),
    ],
)
