from __future__ import annotations

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
        (torch.tensor([[5.0], [1.0], [5.0], [1.0], [1.0]]),),
        (torch.tensor([[5.0], [1.0], [1.0], [1.0], [5.0]]),),
        (torch.tensor([[2.0, 1.0], [1.0, 2.0], [3.0, 0.0]]),),
        (torch.tensor([[1.0, 0.0], [1.0, 1e-4], [1.0, 0.0]]),),
        (torch.tensor([[1.0, 5.0], [1.0, 2.0], [3.0, 2.0]]),),
        (torch.tensor([[1.0, 0.5], [1.000002, 0.5], [1.0, 0.5]]),),  # which look the same when they are printed
        (random_table(6, 3),),
        (torch.zeros(3, 2),),
    ]


def view(found, table):
    """The lists as they are, unless they put rows together that differ, or keep apart rows that are equal."""
    rows = table.tolist()
    try:
        lists = [[int(i) for i in ids] for ids in found]
    except (TypeError, ValueError):
        return found
    if any(i not in range(len(rows)) for ids in lists for i in ids):
        return found
    for one, other in ((ids[0], i) for ids in lists for i in ids[1:]):
        if rows[one] != rows[other]:
            return Finding(f"{brief(lists)}, in which one list has rows {one} and {other}, and these differ")
    for one, other in ((ids[0], i) for ids in solution(table) for i in ids[1:]):
        if not any(one in ids and other in ids for ids in lists):
            return Finding(f"{brief(lists)}; rows {one} and {other} are equal, and no list has both")
    return found


def all_of_them(table):
    found = {}
    for i, row in enumerate(table.tolist()):
        found.setdefault(tuple(row), []).append(i)
    return list(found.values())


def pairs(table):
    rows = table.tolist()
    return [[i, j] for i in range(len(rows)) for j in range(i + 1, len(rows)) if rows[i] == rows[j]]


def by_sum(table):
    found = {}
    for i, row in enumerate(table.tolist()):
        found.setdefault(sum(row), []).append(i)
    return [ids for ids in found.values() if len(ids) > 1]


def by_value(table):
    _, which, count = torch.unique(table, dim=0, return_inverse=True, return_counts=True)
    return [(which == row).nonzero()[:, 0].tolist() for row in (count > 1).nonzero()[:, 0]]


def without_the_first(table):
    found = {}
    for i, row in enumerate(table.tolist()):
        found.setdefault(tuple(row), []).append(i)
    return [ids[1:] for ids in found.values() if len(ids) > 1]


def nearly_the_same(table):
    found = {}
    for i, row in enumerate(table.tolist()):
        found.setdefault(tuple(round(number, 2) for number in row), []).append(i)
    return [ids for ids in found.values() if len(ids) > 1]


def by_first_number(table):
    found = {}
    for i, row in enumerate(table.tolist()):
        found.setdefault(row[0], []).append(i)
    return [ids for ids in found.values() if len(ids) > 1]


def in_any_order(table):
    found = {}
    for i, row in enumerate(table.tolist()):
        found.setdefault(tuple(sorted(row)), []).append(i)
    return [ids for ids in found.values() if len(ids) > 1]


def tensors_as_keys(table):
    found = {}
    for i, row in enumerate(table):
        found.setdefault(row, []).append(i)
    return [ids for ids in found.values() if len(ids) > 1]


def once_for_each_id(table):
    rows = table.tolist()
    return [[j for j in range(len(rows)) if rows[j] == row] for row in rows if rows.count(row) > 1]


def with_its_tails(table):
    rows = table.tolist()
    lists = [[j for j in range(i, len(rows)) if rows[j] == rows[i]] for i in range(len(rows))]
    return [ids for ids in lists if len(ids) > 1]


def one_list(table):
    rows = table.tolist()
    return [i for row in dict.fromkeys(map(tuple, rows)) if rows.count(list(row)) > 1 for i in _places(rows, row)]


def _places(rows, row):
    return [i for i, other in enumerate(rows) if tuple(other) == row]


def groups(table):
    """For each row, the ids it stands at, those that stand once as well."""
    return [_places(table.tolist(), row) for row in dict.fromkeys(map(tuple, table.tolist()))]


def repeated(table):
    return [ids for ids in groups(table) if len(ids) > 1]


def as_printed(table):
    found = {}
    for i, row in enumerate(table):
        found.setdefault(str(row), []).append(i)
    return [ids for ids in found.values() if len(ids) > 1]


def only_neighbours(table):
    found = []
    for i, row in enumerate(table.tolist()):
        if i and row == table[i - 1].tolist():
            found[-1].append(i)
        else:
            found.append([i])
    return [ids for ids in found if len(ids) > 1]


def one_number_in_common(table):
    found, seen = [], set()
    for i in range(len(table)):
        ids = [j for j in range(len(table)) if (table[j] == table[i]).any()]
        if len(ids) > 1 and i not in seen:
            found.append(ids)
            seen.update(ids)
    return found


def rows_compared_with_equals(table):
    rows = range(len(table))
    return [[i, j] for i in rows for j in rows if i < j and table[i] == table[j]]


def sets(table):
    return [set(ids) for ids in repeated(table)]


def whether(table):
    return bool(repeated(table))


exercise = Exercise(
    task="""### Exercise 3 (write the body): tokens that share a row

`same_rows(table)` takes a table of shape `(V, d)` and returns a list of lists: for each row that stands more than
once, the ids it stands at, in rising order; the lists are ordered by their first id. For the rows `[1., 2.]`, `[5.,
5.]`, `[1., 2.]`, `[0., 0.]` that is `[[0, 2]]`. If all rows differ, the list is empty.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="Rows that are equal to the last bit did not come about by learning: such tokens are the first to look at.",
    hints=[
        "A dict from row to the ids it stands at would do; what can be a key? `tuple(row.tolist())` can.",
        "`found.setdefault(tuple(row.tolist()), []).append(i)` for every id i and row; then keep the lists "
        "with more than one id.",
    ],
    slips=[
        Slip(
            "Rows that stand once are in the list, too; only those that stand more than once are asked for.",
            all_of_them,
        ),
        Slip("These are pairs: a row that stands three times belongs into one list of three ids.", pairs),
        Slip("Rows with the same sum were taken for the same row: compare all their numbers.", by_sum),
        Slip(
            "The lists are ordered by their rows' numbers, as `torch.unique` gives them; order them by their first id.",
            by_value,
        ),
        Slip("The id at which a row stands for the first time is missing from its list.", without_the_first),
        Slip(
            "Rows that are only close to each other were taken for the same; equal means equal in every bit.",
            nearly_the_same,
        ),
        Slip(
            "Rows that begin with the same number were taken for the same row: compare all their numbers.",
            by_first_number,
        ),
        Slip(
            "Rows that hold the same numbers in another order were taken for the same row; each column has its own meaning.",
            in_any_order,
        ),
        Slip(
            "No rows were found to be the same. A dict takes two tensors for two keys, whatever numbers they hold; the tuple of a row's numbers can be a key.",
            tensors_as_keys,
        ),
        Slip("Each list is there once for each of its ids; once is enough.", once_for_each_id),
        Slip(
            "A row that stands three times also has a list of its last two ids here; only the whole list is asked for.",
            with_its_tails,
        ),
        Slip("All the ids stand in one list; each row that stands more than once gets a list of its own.", one_list),
        Slip(
            "Rows that differ far behind the point were taken for the same, as they are when numbers are printed, rounded or compared with a tolerance; equal means equal in every bit.",
            as_printed,
        ),
        Slip(
            "Only rows that follow one another were found to be the same; equal rows may stand anywhere in the table.",
            only_neighbours,
        ),
        Slip(
            "This is the dict from row to ids; its values alone are asked for, a list of lists.",
            lambda table: ({tuple(table[ids[0]].tolist()): ids for ids in repeated(table)}),
        ),
        Slip(
            "These are the rows that stand more than once; the ids they stand at are asked for.",
            lambda table: ([table[ids[0]].tolist() for ids in repeated(table)]),
        ),
        Slip(
            "This is how often each repeated row stands in the table; the ids it stands at are asked for.",
            lambda table: ([len(ids) for ids in repeated(table)]),
        ),
        Slip(
            "Rows with one number in common were taken for the same: all their numbers must agree, `.all()` and not `.any()`.",
            one_number_in_common,
        ),
        Slip(
            "A list cannot be the key of a dict; the tuple of the same numbers can: `tuple(row)`.",
            lambda table: ({row: 0 for row in table.tolist()}),
        ),
        Slip(
            "With `==`, two tensors are compared number by number, which gives as many answers as numbers; `torch.equal(one, two)` gives one.",
            rows_compared_with_equals,
        ),
        Slip(
            "Only the first list came back, as when a `return` stands in the loop; there is one for each row that stands more than once.",
            lambda table: repeated(table)[:1],
        ),
        Slip(
            "The lists are ordered by their length; order them by their first id.",
            lambda table: sorted(repeated(table), key=len, reverse=True),
        ),
        Slip(
            "The lists are ordered by their length; order them by their first id.",
            lambda table: sorted(repeated(table), key=lambda ids: (len(ids), -ids[0])),
        ),
        Slip(
            "Rows that stand three times or more are missing: more than once is asked for, not just twice.",
            lambda table: ([ids for ids in repeated(table) if len(ids) == 2]),
        ),
        Slip(
            "Rows that stand just twice are missing: more than once is two times or more.",
            lambda table: ([ids for ids in repeated(table) if len(ids) > 2]),
        ),
        Slip(
            "Where all rows differ, the list is empty: `[]`, and not a list that holds an empty one.",
            lambda table: repeated(table) or [[]],
        ),
        Slip(
            "Every id is one too large: ids count from 0.",
            lambda table: ([[i + 1 for i in ids] for ids in repeated(table)]),
        ),
        Slip(
            "The id at which a row stands for the last time is missing from its list.",
            lambda table: ([ids[:-1] for ids in repeated(table)]),
        ),
        Slip(
            "Of a row that stands three times or more, only two ids are listed; all of them are asked for.",
            lambda table: ([[ids[0], ids[-1]] for ids in repeated(table)]),
        ),
        Slip(
            "Of a row that stands three times or more, only two ids are listed; all of them are asked for.",
            lambda table: ([ids[:2] for ids in repeated(table)]),
        ),
        Slip(
            "The ids within each list are falling; they are asked for in rising order.",
            lambda table: ([ids[::-1] for ids in repeated(table)]),
        ),
        Slip(
            "All the ids stand in one list; each row that stands more than once gets a list of its own.",
            lambda table: sorted(i for ids in repeated(table) for i in ids),
        ),
        Slip(
            "These are the ids at which a row stands again, in one list; asked for is a list for each such row, its first id included.",
            lambda table: sorted(i for ids in repeated(table) for i in ids[1:]),
        ),
        Slip(
            "Each repeat stands in a pair with the first id; a row that stands three times belongs into one list of three ids.",
            lambda table: ([[ids[0], i] for ids in repeated(table) for i in ids[1:]]),
        ),
        Slip(
            "These are pairs, and each is there both ways round; each row that stands more than once gets one list.",
            lambda table: (
                [[i, j] for i, row in enumerate(table.tolist()) for j in _places(table.tolist(), tuple(row)) if i != j]
            ),
        ),
        Slip(
            "Each row was also compared with itself, which it always equals; asked for are the rows that stand more than once, each in one list.",
            lambda table: (
                [[i, j] for i, row in enumerate(table.tolist()) for j in _places(table.tolist(), tuple(row)) if i <= j]
            ),
        ),
        Slip(
            "For each id, the list has only the others with the same row; one list is asked for, with all of them.",
            lambda table: (
                [[j for j in ids if j != i] for i in range(len(table)) for ids in repeated(table) if i in ids]
            ),
        ),
        Slip(
            "There is a list for every row of the table, those that stand once included, and one for each of its ids; once for each row that is repeated is enough.",
            lambda table: ([_places(table.tolist(), tuple(row)) for row in table.tolist()]),
        ),
        Slip("It is the columns that were compared: rows are dimension 0.", lambda table: repeated(table.T)),
        Slip(
            "These are the rows that stand just once; those that stand more than once are asked for.",
            lambda table: ([ids for ids in groups(table) if len(ids) == 1]),
        ),
        Slip(
            "Each row stands with its ids; the ids alone are asked for.",
            lambda table: ([(table[ids[0]].tolist(), ids) for ids in repeated(table)]),
        ),
        Slip("The ids stand in sets, which have no order; lists are asked for, in rising order.", sets),
        Slip(
            "All the ids stand in one set; each row that stands more than once gets a list of its own.",
            lambda table: ({i for ids in repeated(table) for i in ids}),
        ),
        Slip(
            "This is how many rows stand more than once; the ids they stand at are asked for.",
            lambda table: len(repeated(table)),
        ),
        Slip("This says whether any row stands more than once; the ids such rows stand at are asked for.", whether),
        Slip(
            "This is the number of each row among the different ones, as `torch.unique` gives it; the ids that share a row are to be put together.",
            lambda table: table.unique(dim=0, return_inverse=True)[1].tolist(),
        ),
        Slip(
            "For each row that stands once there is an empty list; leave it out.",
            lambda table: ([ids if len(ids) > 1 else [] for ids in groups(table)]),
        ),
        Slip(
            "The lists are ordered by their last id; order them by their first.",
            lambda table: sorted(repeated(table), key=lambda ids: ids[-1]),
        ),
        Slip(
            "The ids are text; whole numbers are asked for.",
            lambda table: ([[str(i) for i in ids] for ids in repeated(table)]),
        ),
        Slip(
            "There is one id for each different row, the last it stands at; all ids of a row that stands more than once are asked for, in a list.",
            lambda table: list({row: i for i, row in enumerate(map(tuple, table.tolist()))}.values()),
        ),
    ],
)
