from __future__ import annotations

from tutorial_pkg.practice.items import Exercise, Slip
from tutorial_pkg.practice.lazy import F, torch
from tutorial_pkg.practice.samples import random, random_table


def solution(vector, table, k):
    similarity = F.cosine_similarity(table, vector, dim=-1)  # (V, d) with (d,) gives (V,)
    return similarity.topk(k).indices.tolist()


def cases():
    long_rows = random_table(30, 8) * torch.arange(1, 31)[:, None]
    return [
        (torch.tensor([1.0, 0.2]), torch.tensor([[0.0, 9.0], [2.0, 0.1], [-5.0, 0.0], [1.0, 1.0]]), 2),
        (random(8, seed=1), long_rows, 5),
        (random(8, seed=1) * 1000, long_rows, 5),
        (long_rows[3], long_rows, 1),
        (random(3, seed=2), random_table(12, 3), 12),
    ]


def values(vector, table, k):
    return F.cosine_similarity(table, vector, dim=-1).topk(k).values.tolist()


def ids_with_values(vector, table, k):
    best = F.cosine_similarity(table, vector, dim=-1).topk(k)
    return list(zip(best.indices.tolist(), best.values.tolist(), strict=True))


def all_with_all(vector, table, k):
    unit = F.normalize(table, dim=1)
    return (unit @ unit.T).topk(k).indices.tolist()


def a_mask(vector, table, k):
    similarity = F.cosine_similarity(table, vector, dim=-1)
    return similarity >= similarity.topk(k).values[-1]


def the_vector_itself_left_out(vector, table, k):
    similarity = F.cosine_similarity(table, vector, dim=-1)
    similarity[similarity > 0.9999] = -2
    return similarity.topk(k).indices.tolist()


def longest(vector, table, k):
    return table.norm(dim=1).topk(k).indices.tolist()


exercise = Exercise(
    task="""### Exercise 1 (worked): a vector back to its nearest tokens

`nearest_tokens(vector, table, k)` takes any vector of shape `(d,)`, a table of shape `(V, d)` and a number `k`; it
returns a list with the ids of the `k` rows whose cosine similarity with the vector is highest, highest first.

This one is solved. Run it, then try it: `nearest_tokens(model.table[king] * 100, model.table, 3)`. Why does the
factor change nothing?
""",
    solution=solution,
    cases=cases,
    success="An id leads to a row by a lookup, and a row back to an id by a search: the nearest row wins.",
    hints=["A cosine similarity is computed for all rows at once if the vector is compared with the whole table."],
    slips=[
        Slip(
            "A product favours long rows; the cosine divides by both lengths, so that only the direction counts.",
            lambda vector, table, k: (table @ vector).topk(k).indices.tolist(),
        ),
        Slip(
            "The nearest by distance are other rows: a row twice as long points the same way and lies far off.",
            lambda vector, table, k: (table - vector).norm(dim=1).topk(k, largest=False).indices.tolist(),
        ),
        Slip(
            "These are the least similar rows: topk takes the highest unless it is told largest=False.",
            lambda vector, table, k: F.cosine_similarity(table, vector, dim=-1).topk(k, largest=False).indices.tolist(),
        ),
        Slip("These are the similarities; the ids are asked for: topk gives both, .values and .indices.", values),
        Slip(
            "These are the right rows, the least similar of them first: the highest similarity comes first.",
            lambda vector, table, k: F.cosine_similarity(table, vector, dim=-1).argsort()[-k:].tolist(),
        ),
        Slip(
            "The nearest row was left out, as if it were the vector itself; the vector need not be a row of the table.",
            lambda vector, table, k: (
                F.cosine_similarity(table, vector, dim=-1).argsort(descending=True)[1 : k + 1].tolist()
            ),
        ),
        Slip(
            "Rows that point the opposite way were taken for near ones: a cosine of -1 is the lowest, not the highest.",
            lambda vector, table, k: F.cosine_similarity(table, vector, dim=-1).abs().topk(k).indices.tolist(),
        ),
        Slip(
            "The nearest row was left out, as if it were the vector itself; the vector need not be a row of the table.",
            lambda vector, table, k: F.cosine_similarity(table, vector, dim=-1).topk(k + 1).indices[1:],
        ),
        Slip(
            "One row too many: `k` are asked for. There is none to leave out, as the vector need not be a row of the table.",
            lambda vector, table, k: F.cosine_similarity(table, vector, dim=-1).topk(k + 1).indices,
        ),
        Slip(
            "The similarity was worked out along dimension 0, one for each column. It is the rows that are compared: dim=-1.",
            lambda vector, table, k: F.cosine_similarity(table, vector, dim=0).topk(k).indices.tolist(),
        ),
        Slip(
            "This is the nearest row's id alone; a list of the `k` nearest is asked for, which `topk` gives.",
            lambda vector, table, k: F.cosine_similarity(table, vector, dim=-1).argmax().item(),
        ),
        Slip(
            "These are the right rows, in the order of their ids; the highest similarity comes first.",
            lambda vector, table, k: sorted(F.cosine_similarity(table, vector, dim=-1).topk(k).indices.tolist()),
        ),
        Slip(
            "All rows are listed, in the right order; only the first `k` are asked for.",
            lambda vector, table, k: F.cosine_similarity(table, vector, dim=-1).argsort(descending=True).tolist(),
        ),
        Slip(
            "These are the rows themselves; their ids are asked for.",
            lambda vector, table, k: table[F.cosine_similarity(table, vector, dim=-1).topk(k).indices],
        ),
        Slip("Each id stands with its similarity; the ids alone are asked for.", ids_with_values),
        Slip(
            "This is all that topk gives, the similarities and the ids; the ids alone are asked for: `.indices`.",
            lambda vector, table, k: F.cosine_similarity(table, vector, dim=-1).topk(k),
        ),
        Slip(
            "These are all the similarities; the ids of the `k` highest are asked for: `.topk(k).indices`.",
            lambda vector, table, k: F.cosine_similarity(table, vector, dim=-1),
        ),
        Slip(
            "The lengths have shape (V,) and do not fit beside rows of (V, d): keepdim=True keeps them a column, (V, 1).",
            lambda vector, table, k: (table / table.norm(dim=1) @ vector).topk(k).indices.tolist(),
        ),
        Slip(
            "These are the rows with the smallest products. The highest are asked for, divided by both lengths.",
            lambda vector, table, k: (table @ vector).topk(k, largest=False).indices.tolist(),
        ),
        Slip(
            "These are the rows at the largest distance; the highest cosine is asked for.",
            lambda vector, table, k: (table - vector).norm(dim=1).topk(k).indices.tolist(),
        ),
        Slip(
            "It is the columns that were brought to length 1 here: for rows, say dim=1.",
            lambda vector, table, k: (F.normalize(table, dim=0) @ vector).topk(k).indices.tolist(),
        ),
        Slip(
            "The nearest id is there `k` times; the `k` nearest are asked for, each once.",
            lambda vector, table, k: [F.cosine_similarity(table, vector, dim=-1).argmax().item()] * k,
        ),
        Slip(
            "These are the ids 0, 1, 2 and so on: the rows themselves were not compared.",
            lambda vector, table, k: list(range(k)),
        ),
        Slip(
            "These are the tokens nearest to row 0 of the table; use the parameter `vector`.",
            lambda vector, table, k: solution(table[0], table, k),
        ),
        Slip("One row too few: `k` are asked for.", lambda vector, table, k: solution(vector, table, k - 1)),
        Slip(
            "Every id is one too large: ids count from 0.",
            lambda vector, table, k: ([i + 1 for i in solution(vector, table, k)]),
        ),
        Slip(
            "This has the nearest rows of every row of the table; only those nearest to `vector` are asked for, one list.",
            all_with_all,
        ),
        Slip("This is a mask, true or false for each row; the ids are asked for, highest similarity first.", a_mask),
        Slip(
            "The products were divided by the rows' squared lengths; divided by the lengths, they are cosines.",
            lambda vector, table, k: (table @ vector / table.square().sum(1)).topk(k).indices.tolist(),
        ),
        Slip(
            "This goes by the sum of the absolute differences, in which lengths count; the cosine is asked for.",
            lambda vector, table, k: (table - vector).abs().sum(1).topk(k, largest=False).indices.tolist(),
        ),
        Slip(
            "The vector and the rows lost the mean of their own numbers first, which makes the cosine a correlation; take them as they are.",
            lambda vector, table, k: solution(vector - vector.mean(), table - table.mean(dim=1, keepdim=True), k),
        ),
        Slip(
            "A row that points exactly the same way was left out; it is the nearest there can be.",
            the_vector_itself_left_out,
        ),
        Slip("These are the longest rows; it is directions that are compared, by the cosine.", longest),
    ],
)
