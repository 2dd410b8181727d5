"""### Exercise 3 (write the body): tokens that share a row

`same_rows(table)` takes a table of shape `(V, d)` and returns a list of lists: for each row that stands more than
once, the ids it stands at, in rising order; the lists are ordered by their first id. For the rows `[1., 2.]`, `[5.,
5.]`, `[1., 2.]`, `[0., 0.]` that is `[[0, 2]]`. If all rows differ, the list is empty.
"""

import torch

from tutorial_pkg.practice.pieces import wrong
from tutorial_pkg.practice.samples import random_table

MEANS = "Rows that are equal to the last bit did not come about by learning: such tokens are the first to look at."
HINTS = [
    "A dict from row to the ids it stands at would do; what can be a key? `tuple(row.tolist())` can.",
    "`found.setdefault(tuple(row.tolist()), []).append(i)` for every id i and row; then keep the lists "
    "with more than one id.",
]


def stub(table):
    # your lines here
    ...


def solution(table):
    found = {}
    for i, row in enumerate(table.tolist()):
        found.setdefault(tuple(row), []).append(i)  # a dict keeps the order in which its keys came
    return [ids for ids in found.values() if len(ids) > 1]


def cases():
    seven = random_table(20, 4)
    seven[[1, 3, 8, 9, 15, 16, 19]] = seven[1].clone()
    seven[[0, 18]] = seven[0].clone()
    return [
        (torch.tensor([[1.0, 2.0], [5.0, 5.0], [1.0, 2.0], [0.0, 0.0]]),),
        (seven,),
        (torch.tensor([[9.0], [1.0], [9.0], [1.0], [9.0]]),),
        (torch.tensor([[2.0, 1.0], [1.0, 2.0], [3.0, 0.0]]),),
        (torch.tensor([[1.0, 0.0], [1.0, 1e-4], [1.0, 0.0]]),),
        (torch.tensor([[1.0, 5.0], [1.0, 2.0], [3.0, 2.0]]),),
        (random_table(6, 3),),
        (torch.zeros(3, 2),),
    ]


@wrong()
def all_of_them(table):
    """Rows that stand once are in the list, too; only those that stand more than once are asked for."""
    found = {}
    for i, row in enumerate(table.tolist()):
        found.setdefault(tuple(row), []).append(i)
    return list(found.values())


@wrong()
def pairs(table):
    """These are pairs: a row that stands three times belongs into one list of three ids."""
    rows = table.tolist()
    return [[i, j] for i in range(len(rows)) for j in range(i + 1, len(rows)) if rows[i] == rows[j]]


@wrong()
def by_sum(table):
    """Rows with the same sum were taken for the same row: compare all their numbers."""
    found = {}
    for i, row in enumerate(table.tolist()):
        found.setdefault(sum(row), []).append(i)
    return [ids for ids in found.values() if len(ids) > 1]


@wrong()
def by_value(table):
    """The lists are ordered by their rows' numbers, as `torch.unique` gives them; order them by their first id."""
    _, which, count = torch.unique(table, dim=0, return_inverse=True, return_counts=True)
    return [(which == row).nonzero()[:, 0].tolist() for row in (count > 1).nonzero()[:, 0]]


@wrong()
def without_the_first(table):
    """The id at which a row stands for the first time is missing from its list."""
    found = {}
    for i, row in enumerate(table.tolist()):
        found.setdefault(tuple(row), []).append(i)
    return [ids[1:] for ids in found.values() if len(ids) > 1]


@wrong()
def nearly_the_same(table):
    """Rows that are only close to each other were taken for the same; equal means equal in every bit."""
    found = {}
    for i, row in enumerate(table.tolist()):
        found.setdefault(tuple(round(number, 2) for number in row), []).append(i)
    return [ids for ids in found.values() if len(ids) > 1]


@wrong()
def by_first_number(table):
    """Rows that begin with the same number were taken for the same row: compare all their numbers."""
    found = {}
    for i, row in enumerate(table.tolist()):
        found.setdefault(row[0], []).append(i)
    return [ids for ids in found.values() if len(ids) > 1]


@wrong()
def in_any_order(table):
    """Rows that hold the same numbers in another order were taken for the same row; each column has its own meaning."""
    found = {}
    for i, row in enumerate(table.tolist()):
        found.setdefault(tuple(sorted(row)), []).append(i)
    return [ids for ids in found.values() if len(ids) > 1]


@wrong()
def tensors_as_keys(table):
    """No rows were found to be the same. A dict takes two tensors for two keys, whatever numbers they hold; the tuple
    of a row's numbers can be a key."""
    found = {}
    for i, row in enumerate(table):
        found.setdefault(row, []).append(i)
    return [ids for ids in found.values() if len(ids) > 1]


@wrong()
def once_for_each_id(table):
    """Each list is there once for each of its ids; once is enough."""
    rows = table.tolist()
    return [[j for j in range(len(rows)) if rows[j] == row] for row in rows if rows.count(row) > 1]


@wrong()
def with_its_tails(table):
    """A row that stands three times also has a list of its last two ids here; only the whole list is asked for."""
    rows = table.tolist()
    lists = [[j for j in range(i, len(rows)) if rows[j] == rows[i]] for i in range(len(rows))]
    return [ids for ids in lists if len(ids) > 1]


@wrong()
def one_list(table):
    """All the ids stand in one list; each row that stands more than once gets a list of its own."""
    rows = table.tolist()
    return [i for row in dict.fromkeys(map(tuple, rows)) if rows.count(list(row)) > 1 for i in _places(rows, row)]


def _places(rows, row):
    return [i for i, other in enumerate(rows) if tuple(other) == row]
