from tutorial_pkg.practice.items import Exercise, Slip
from tutorial_pkg.practice.lazy import F, torch
from tutorial_pkg.practice.samples import random_table


def solution(ids, table):
    counts = F.one_hot(ids, len(table)).sum(0)  # how often each id occurs: shape (V,)
    return counts.to(table.dtype) @ table


def cases():
    return [
        (torch.tensor([2, 0, 2]), torch.tensor([[1.0, 0.0], [5.0, 5.0], [0.0, 3.0]])),
        (torch.tensor([1, 4, 4, 4, 0]), random_table(6, 3)),
        (torch.tensor([3]), random_table(5, 4)),
        (torch.tensor([6, 6, 5, 0, 1, 1, 6]), random_table(7, 7)),
        (torch.tensor([1, 1, 0]), random_table(3, 2, torch.float64)),
    ]


exercise = Exercise(
    task="""### Exercise 1 (worked): a bag of rows

`bag_of_rows(ids, table)` takes the ids of a text, shape `(N,)`, and a table of shape `(V, d)`. It returns the counts of the ids times the table, which is the sum of the
text's rows: shape `(d,)`. For the ids `[2, 0, 2]` and the rows `[1, 0]`, `[5, 5]` and `[0, 3]`, it returns `[1, 6]`.

This exercise is solved. Run it. Then write it in a different way, without counts: look up the rows, and add them up.
""",
    solution=solution,
    cases=cases,
    success="The product of the counts and the table is the sum of the rows. An id that occurs twice is added twice.",
    hints=["`table[ids]` has one row for each id. `.sum(0)` adds up these rows."],
    parts=lambda ids, table: {"rows": table[ids]},
    slips=[
        Slip("Each id is used only once here. Add a row as often as its id occurs.", lambda p: p.table[p.ids.unique()].sum(0)),
        Slip("This is the row of the last id. Add up the rows of all ids.", lambda p: p.rows[-1]),
        Slip("This is the mean of the rows. Return their sum.", lambda p: p.rows.mean(0)),
        Slip("This adds up the numbers inside each row. Add up the rows: dimension 0.", lambda p: p.rows.sum(1)),
        Slip("This adds up all rows of the table. Add up only the rows of the ids.", lambda p: p.table.sum(0)),
        Slip("These are the counts. Multiply them by the table.", lambda p: F.one_hot(p.ids, len(p.table)).sum(0)),
        Slip("These are the largest numbers of the rows. Add up the rows.", lambda p: p.rows.amax(0)),
        Slip("The sum is divided by its length here. Return the sum itself.", lambda p: F.normalize(p.rows.sum(0), dim=0)),
        Slip("The ids themselves are used as factors here. An id is a name: count how often it occurs.", lambda p: (p.ids.to(p.table.dtype)[:, None] * p.rows).sum(0), idea=5),
    ],
)
