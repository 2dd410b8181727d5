"""### Exercise 1 (worked): a vector back to its nearest tokens

`nearest_tokens(vector, table, k)` takes any vector of shape `(d,)`, a table of shape `(V, d)` and a number `k`; it
returns a list with the ids of the `k` rows whose cosine similarity with the vector is highest, highest first.

This one is solved. Run it, then try it: `nearest_tokens(model.table[king] * 100, model.table, 3)`. Why does the
factor change nothing?
"""

import torch
import torch.nn.functional as F

from tutorial_pkg.practice.items import wrong
from tutorial_pkg.practice.samples import random, random_table

MEANS = "An id leads to a row by a lookup, and a row back to an id by a search: the nearest row wins."
HINTS = ["A cosine similarity is computed for all rows at once if the vector is compared with the whole table."]


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


@wrong()
def by_product(vector, table, k):
    """A product favours long rows; the cosine divides by both lengths, so that only the direction counts."""
    return (table @ vector).topk(k).indices.tolist()


@wrong()
def by_distance(vector, table, k):
    """The nearest by distance are other rows: a row twice as long points the same way and lies far off."""
    return (table - vector).norm(dim=1).topk(k, largest=False).indices.tolist()


@wrong()
def farthest(vector, table, k):
    """These are the least similar rows: topk takes the highest unless it is told largest=False."""
    return F.cosine_similarity(table, vector, dim=-1).topk(k, largest=False).indices.tolist()


@wrong()
def values(vector, table, k):
    """These are the similarities; the ids are asked for: topk gives both, .values and .indices."""
    return F.cosine_similarity(table, vector, dim=-1).topk(k).values.tolist()


@wrong()
def lowest_first(vector, table, k):
    """These are the right rows, the least similar of them first: the highest similarity comes first."""
    return F.cosine_similarity(table, vector, dim=-1).argsort()[-k:].tolist()


@wrong()
def first_dropped(vector, table, k):
    """The nearest row was left out, as if it were the vector itself; the vector need not be a row of the table."""
    return F.cosine_similarity(table, vector, dim=-1).argsort(descending=True)[1 : k + 1].tolist()


@wrong()
def without_signs(vector, table, k):
    """Rows that point the opposite way were taken for near ones: a cosine of -1 is the lowest, not the highest."""
    return F.cosine_similarity(table, vector, dim=-1).abs().topk(k).indices.tolist()


@wrong()
def first_dropped_of_one_more(vector, table, k):
    """The nearest row was left out, as if it were the vector itself; the vector need not be a row of the table."""
    return F.cosine_similarity(table, vector, dim=-1).topk(k + 1).indices[1:]


@wrong()
def one_too_many(vector, table, k):
    """One row too many: `k` are asked for. There is none to leave out, as the vector need not be a row of the table."""
    return F.cosine_similarity(table, vector, dim=-1).topk(k + 1).indices


@wrong()
def along_the_columns(vector, table, k):
    """The similarity was worked out along dimension 0, one for each column. It is the rows that are compared:
    dim=-1."""
    return F.cosine_similarity(table, vector, dim=0).topk(k).indices.tolist()


@wrong()
def only_the_nearest(vector, table, k):
    """This is the nearest row's id alone; a list of the `k` nearest is asked for, which `topk` gives."""
    return F.cosine_similarity(table, vector, dim=-1).argmax().item()


@wrong()
def in_order_of_ids(vector, table, k):
    """These are the right rows, in the order of their ids; the highest similarity comes first."""
    return sorted(F.cosine_similarity(table, vector, dim=-1).topk(k).indices.tolist())


@wrong()
def all_ids(vector, table, k):
    """All rows are listed, in the right order; only the first `k` are asked for."""
    return F.cosine_similarity(table, vector, dim=-1).argsort(descending=True).tolist()


@wrong()
def the_rows(vector, table, k):
    """These are the rows themselves; their ids are asked for."""
    return table[F.cosine_similarity(table, vector, dim=-1).topk(k).indices]


@wrong()
def ids_with_values(vector, table, k):
    """Each id stands with its similarity; the ids alone are asked for."""
    best = F.cosine_similarity(table, vector, dim=-1).topk(k)
    return list(zip(best.indices.tolist(), best.values.tolist(), strict=True))


@wrong()
def values_and_ids(vector, table, k):
    """This is all that topk gives, the similarities and the ids; the ids alone are asked for: `.indices`."""
    return F.cosine_similarity(table, vector, dim=-1).topk(k)


@wrong()
def all_similarities(vector, table, k):
    """These are all the similarities; the ids of the `k` highest are asked for: `.topk(k).indices`."""
    return F.cosine_similarity(table, vector, dim=-1)


@wrong()
def lengths_as_a_row(vector, table, k):
    """The lengths have shape (V,) and do not fit beside rows of (V, d): keepdim=True keeps them a column, (V, 1)."""
    return (table / table.norm(dim=1) @ vector).topk(k).indices.tolist()


@wrong()
def by_smallest_product(vector, table, k):
    """These are the rows with the smallest products. The highest are asked for, divided by both lengths."""
    return (table @ vector).topk(k, largest=False).indices.tolist()


@wrong()
def farthest_by_distance(vector, table, k):
    """These are the rows at the largest distance; the highest cosine is asked for."""
    return (table - vector).norm(dim=1).topk(k).indices.tolist()


@wrong()
def columns_normalised(vector, table, k):
    """It is the columns that were brought to length 1 here: for rows, say dim=1."""
    return (F.normalize(table, dim=0) @ vector).topk(k).indices.tolist()


@wrong()
def the_best_k_times(vector, table, k):
    """The nearest id is there `k` times; the `k` nearest are asked for, each once."""
    return [F.cosine_similarity(table, vector, dim=-1).argmax().item()] * k


@wrong()
def first_k(vector, table, k):
    """These are the ids 0, 1, 2 and so on: the rows themselves were not compared."""
    return list(range(k))


@wrong()
def neighbours_of_row_0(vector, table, k):
    """These are the tokens nearest to row 0 of the table; use the parameter `vector`."""
    return solution(table[0], table, k)


@wrong()
def one_too_few(vector, table, k):
    """One row too few: `k` are asked for."""
    return solution(vector, table, k - 1)


@wrong()
def counted_from_one(vector, table, k):
    """Every id is one too large: ids count from 0."""
    return [i + 1 for i in solution(vector, table, k)]


@wrong()
def all_with_all(vector, table, k):
    """This has the nearest rows of every row of the table; only those nearest to `vector` are asked for, one
    list."""
    unit = F.normalize(table, dim=1)
    return (unit @ unit.T).topk(k).indices.tolist()


@wrong()
def a_mask(vector, table, k):
    """This is a mask, true or false for each row; the ids are asked for, highest similarity first."""
    similarity = F.cosine_similarity(table, vector, dim=-1)
    return similarity >= similarity.topk(k).values[-1]


@wrong()
def squared_lengths(vector, table, k):
    """The products were divided by the rows' squared lengths; divided by the lengths, they are cosines."""
    return (table @ vector / table.square().sum(1)).topk(k).indices.tolist()


@wrong()
def city_blocks(vector, table, k):
    """This goes by the sum of the absolute differences, in which lengths count; the cosine is asked for."""
    return (table - vector).abs().sum(1).topk(k, largest=False).indices.tolist()


@wrong()
def centred(vector, table, k):
    """The vector and the rows lost the mean of their own numbers first, which makes the cosine a correlation;
    take them as they are."""
    return solution(vector - vector.mean(), table - table.mean(dim=1, keepdim=True), k)


@wrong()
def the_vector_itself_left_out(vector, table, k):
    """A row that points exactly the same way was left out; it is the nearest there can be."""
    similarity = F.cosine_similarity(table, vector, dim=-1)
    similarity[similarity > 0.9999] = -2
    return similarity.topk(k).indices.tolist()


@wrong()
def longest(vector, table, k):
    """These are the longest rows; it is directions that are compared, by the cosine."""
    return table.norm(dim=1).topk(k).indices.tolist()
