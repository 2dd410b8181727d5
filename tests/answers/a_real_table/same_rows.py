"""Other answers to `same_rows`: right ones in other styles, and wrong ones that a general rule catches."""

import torch

from answers import caught, right


@right
def by_unique(table):
    _, which, count = torch.unique(table, dim=0, return_inverse=True, return_counts=True)
    groups = [(which == row).nonzero()[:, 0].tolist() for row in (count > 1).nonzero()[:, 0]]
    return sorted(groups)


@right
def by_comparing(table):
    same = (table[:, None] == table[None]).all(-1)
    seen, groups = set(), []
    for i in range(len(table)):
        ids = same[i].nonzero()[:, 0].tolist()
        if i not in seen and len(ids) > 1:
            groups.append(ids)
        seen |= set(ids)
    return groups


@right
def by_equal(table):
    groups, left = [], list(range(len(table)))
    while left:
        ids = [i for i in left if torch.equal(table[i], table[left[0]])]
        left = [i for i in left if i not in ids]
        if len(ids) > 1:
            groups.append(ids)
    return groups


@caught("returns None")
def forgets_to_return(table):
    found = {}
    for i, row in enumerate(table.tolist()):
        found.setdefault(tuple(row), []).append(i)


@caught("Got []. Rows 0 and 2 are equal, so put their ids into the same list")
def begun_with_row_1(table):
    rows = table.tolist()[1:]
    return [[i for i, other in enumerate(rows) if other == row] for row in rows if rows.count(row) > 1]


@caught("One list has rows 0 and 1, but [2.0, 1.0] and [1.0, 2.0] differ")
def by_length(table):
    length = table.norm(dim=1).round(decimals=4).tolist()
    groups = [[i for i, other in enumerate(length) if other == one] for one in dict.fromkeys(length)]
    return [ids for ids in groups if len(ids) > 1]


def groups(table):
    found = {}
    for i, row in enumerate(table.tolist()):
        found.setdefault(tuple(row), []).append(i)
    return found


@caught("Got a dictionary. Its values are the lists")
def the_dictionary(table):
    return groups(table)


@caught("The list [1] has fewer than two ids. Leave it out")
def single_ids_too(table):
    return list(groups(table).values())


@caught("Id 0 is in more than one list")
def once_for_each_id(table):
    return [ids for ids in groups(table).values() if len(ids) > 1 for _ in ids]


@caught("Got [0, 2], which contains 0. Return a list of ids for each repeated row")
def one_flat_list(table):
    return [i for ids in groups(table).values() if len(ids) > 1 for i in ids]


@caught("The ids within a list are not in ascending order")
def falling(table):
    return [ids[::-1] for ids in groups(table).values() if len(ids) > 1]


@caught("The rows are close, but equal means equal in every number")
def by_tolerance(table):
    near = torch.cdist(table, table) < 0.001
    found = [near[i].nonzero()[:, 0].tolist() for i in range(len(table))]
    return [ids for i, ids in enumerate(found) if len(ids) > 1 and ids[0] == i]


@caught("The list [0, 0] has an id twice")
def with_itself(table):
    return [[i, j] for ids in groups(table).values() for i in ids for j in ids if i <= j]


@caught("Got [[2]]. Row 0 equals row 2, so the list [2] needs both ids.")
def only_the_repeats(table):
    seen, groups = set(), {}
    for i, row in enumerate(map(tuple, table.tolist())):
        if row in seen:
            groups.setdefault(row, []).append(i)
        seen.add(row)
    return list(groups.values())
