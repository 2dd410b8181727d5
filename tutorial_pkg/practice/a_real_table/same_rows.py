from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.lazy import torch
from tutorial_pkg.practice.messages import brief
from tutorial_pkg.practice.samples import random_table


def stub(table):
    # your lines here
    ...


def solution(table):
    found = {}
    for i, row in enumerate(table.tolist()):
        found.setdefault(tuple(row), []).append(i)  # a dict keeps its keys in the order in which they were added
    return [ids for ids in found.values() if len(ids) > 1]


def cases():
    seven = random_table(20, 4)
    seven[[1, 3, 8, 9, 15, 16, 19]] = seven[1].clone()
    seven[[0, 18]] = seven[0].clone()
    return [
        (torch.tensor([[1.0, 2.0], [5.0, 5.0], [1.0, 2.0], [0.0, 0.0]]),),
        (seven,),
        (torch.tensor([[9.0], [1.0], [9.0], [1.0], [9.0]]),),
        (torch.tensor([[5.0], [1.0], [5.0], [1.0], [1.0]]),),
        (torch.tensor([[5.0], [1.0], [1.0], [1.0], [5.0]]),),
        (torch.tensor([[2.0, 1.0], [1.0, 2.0], [3.0, 0.0]]),),
        (torch.tensor([[1.0, 5.0], [1.0, 2.0], [3.0, 2.0]]),),
        (torch.tensor([[1.0, 0.0], [1.0, 1e-4], [1.0, 0.0]]),),
        (torch.tensor([[1.0, 0.5], [1.000002, 0.5], [1.0, 0.5]]),),  # rows that look the same when they are printed
        (random_table(6, 3),),
        (torch.zeros(3, 2),),
    ]


def view(found, table):
    rows = table.tolist()
    for kind, what in KINDS.items():
        if isinstance(found, kind):
            return Finding(f"{what}. Return a list of lists of ids")
    if not isinstance(found, (list, tuple)):
        return found
    if any(not isinstance(ids, (list, tuple, torch.Tensor)) for ids in found):
        one = next(ids for ids in found if not isinstance(ids, (list, tuple, torch.Tensor)))
        return Finding(f"{brief(found)}, which contains {brief(one)}. Return a list of ids for each repeated row")
    try:
        lists = [[int(i) for i in ids] for ids in found]
    except (TypeError, ValueError):
        return Finding(f"{brief(found)}. Return only the ids, as integers, in lists")
    if wrong := next((ids for ids in lists if any(i not in range(len(rows)) for i in ids)), None):
        return Finding(f"{brief(lists)}. {brief(wrong)} has an id outside 0 to {len(rows) - 1}: ids count from 0")
    for ids in lists:
        for i in ids[1:]:
            if rows[ids[0]] != rows[i]:
                near = torch.allclose(table[ids[0]], table[i], atol=1e-3)
                aside = " The rows are close, but equal means equal in every number" if near else ""
                two = f"rows {ids[0]} and {i}, but {brief(rows[ids[0]])} and {brief(rows[i])} differ"
                return Finding(f"{brief(lists)}. One list has {two}.{aside}".rstrip("."))
    every = [i for ids in lists for i in ids]
    for ids in lists:
        if len(ids) == 1 and rows.count(rows[ids[0]]) > 1:
            other = next(i for i, row in enumerate(rows) if row == rows[ids[0]] and i != ids[0])
            return Finding(f"{brief(lists)}. Row {other} equals row {ids[0]}, so the list {ids} needs both ids")
        if len(ids) < 2:
            return Finding(f"{brief(lists)}. The list {ids} has fewer than two ids. Leave it out")
        if len(set(ids)) < len(ids):
            return Finding(f"{brief(lists)}. The list {ids} has an id twice")
    for one, other in ((ids[0], i) for ids in solution(table) for i in ids[1:]):
        if not any(one in ids and other in ids for ids in lists):
            return Finding(f"{brief(lists)}. Rows {one} and {other} are equal, so put their ids into the same list")
    if len(set(every)) < len(every):
        twice = next(i for i in every if every.count(i) > 1)
        return Finding(f"{brief(lists)}. Id {twice} is in more than one list. Each repeated row needs only one list")
    if any(ids != sorted(ids) for ids in lists):
        return Finding(f"{brief(lists)}. The ids within a list are not in ascending order")
    if lists != sorted(lists):
        return Finding(f"{brief(lists)}. Order the lists by their first ids")
    return found


KINDS = {bool: "True or False", int: "a number", dict: "a dictionary. Its values are the lists", (set, frozenset): "a set, which does not have an order"}


exercise = Exercise(
    task="""### Exercise 3 (write the body): tokens that share a row

`same_rows(table)` takes a table of shape `(V, d)` and returns a list of lists of ids. Each row that occurs more than
once gets one list: the ids at which it occurs, in rising order. The lists are ordered by their first ids. For the
rows `[1., 2.]`, `[5., 5.]`, `[1., 2.]`, `[0., 0.]`, it returns `[[0, 2]]`. If all rows differ, it returns an empty list.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="This finds only equal rows. Rows that differ by one rounding step count as different, so look for untrained rows by their distance.",
    hints=[
        "A dictionary could map each row to its ids. What can be a key? `tuple(row.tolist())` can.",
        "For every id i and its row: `found.setdefault(tuple(row.tolist()), []).append(i)`. Then keep the lists with more than one id.",
    ],
    slips=[
        Slip("No equal rows are found. Two tensors are always different keys, even if their numbers are equal. The tuple of a row's numbers can be a key.", lambda table: []),
        Slip("A list cannot be the key of a dictionary. A tuple of the same numbers can: `tuple(row)`.", lambda table: {row: 0 for row in table.tolist()}),
        Slip("The columns are compared here. Compare the rows: dimension 0.", lambda table: solution(table.T)),
        Slip("Only the first list is returned, as a `return` inside the loop does. Return a list for each repeated row.", lambda table: solution(table)[:1]),
    ],
)
