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


@caught("returns nothing")
def forgets_to_return(table):
    found = {}
    for i, row in enumerate(table.tolist()):
        found.setdefault(tuple(row), []).append(i)


@caught("Got []; rows 0 and 2 are equal, and no list has both")
def begun_with_row_1(table):
    rows = table.tolist()[1:]
    return [[i for i, other in enumerate(rows) if other == row] for row in rows if rows.count(row) > 1]


@caught("in which one list has rows 0 and 1, and these differ")
def by_length(table):
    length = table.norm(dim=1).round(decimals=4).tolist()
    groups = [[i for i, other in enumerate(length) if other == one] for one in dict.fromkeys(length)]
    return [ids for ids in groups if len(ids) > 1]
