from __future__ import annotations

from tutorial_pkg.practice.forbid import forbid
from tutorial_pkg.practice.items import Exercise, Slip
from tutorial_pkg.practice.lazy import torch
from tutorial_pkg.practice.samples import random_table

BAG = {"embedding_bag": "this is the function to be written"}


def stub(table, line, offsets):
    """For each bag of ids, the sum of their rows."""
    ...


def solution(table, line, offsets):
    """For each bag of ids, the sum of their rows."""
    begins = [*offsets.tolist(), len(line)]
    return torch.stack([table[line[a:b]].sum(0) for a, b in zip(begins, begins[1:], strict=False)])


def cases():
    def table(rows, width):
        return forbid(random_table(rows, width), BAG, gradient=True)

    same = forbid(torch.arange(6.0)[:, None].expand(6, 2).clone(), BAG, gradient=True)
    return [
        (same, torch.tensor([4, 0, 5]), torch.tensor([0, 2, 2])),
        (table(6, 3), torch.tensor([4, 0, 0, 1, 5]), torch.tensor([0, 1, 4])),
        (table(9, 2), torch.tensor([8, 8, 8]), torch.tensor([0, 0, 3])),
        (table(4, 5), torch.tensor([2]), torch.tensor([0])),
        (table(3, 2), torch.tensor([2, 0, 1, 1, 2]), torch.tensor([0, 1])),
    ]


def means(table, line, offsets):
    sizes = torch.diff(offsets, append=torch.tensor([len(line)])).clamp(min=1)
    return solution(table, line, offsets) / sizes[:, None]


def counted_once(table, line, offsets):
    begins = [*offsets.tolist(), len(line)]
    return torch.stack([table[line[a:b].unique()].sum(0) for a, b in zip(begins, begins[1:], strict=False)])


def last_bag_lost(table, line, offsets):
    pairs = zip(offsets.tolist(), offsets[1:].tolist(), strict=False)
    return torch.stack([table[line[a:b]].sum(0) for a, b in pairs])


def empty_takes_the_next(table, line, offsets):
    begins = [*offsets.tolist(), len(line)]
    pairs = list(zip(begins, begins[1:], strict=False))
    return torch.stack([table[line[a : max(b, min(a + 1, len(line)))]].sum(0) for a, b in pairs])


def sums_of_ids(table, line, offsets):
    begins = [*offsets.tolist(), len(line)]
    ids = torch.stack([line[a:b].sum() for a, b in zip(begins, begins[1:], strict=False)])
    return table[ids]


def mean_of_nothing(table, line, offsets):
    begins = [*offsets.tolist(), len(line)]
    return torch.stack([table[line[a:b]].mean(0) for a, b in zip(begins, begins[1:], strict=False)])


def last_id_lost(table, line, offsets):
    begins = [*offsets.tolist(), len(line) - 1]
    return torch.stack([table[line[a:b]].sum(0) for a, b in zip(begins, begins[1:], strict=False)])


def one_too_many(table, line, offsets):
    begins = [*offsets.tolist(), len(line)]
    return torch.stack([table[line[a : b + 1]].sum(0) for a, b in zip(begins, begins[1:], strict=False)])


def empty_left_out(table, line, offsets):
    begins = [*offsets.tolist(), len(line)]
    return torch.stack([table[line[a:b]].sum(0) for a, b in zip(begins, begins[1:], strict=False) if b > a])


def rows_by_place(table, line, offsets):
    begins = [*offsets.tolist(), len(line)]
    return torch.stack([table[a:b].sum(0) for a, b in zip(begins, begins[1:], strict=False)])


def one_number_each(table, line, offsets):
    begins = [*offsets.tolist(), len(line)]
    return torch.stack([table[line[a:b]].sum() for a, b in zip(begins, begins[1:], strict=False)])


def offsets_as_sizes(table, line, offsets):
    begins = [0, *offsets.cumsum(0).tolist()]
    return torch.stack([table[line[a:b]].sum(0) for a, b in zip(begins, begins[1:], strict=False)])


def first_to_the_bag_before(table, line, offsets):
    bags = (torch.bucketize(torch.arange(len(line)), offsets) - 1).clamp(min=0)
    return torch.zeros(len(offsets), table.shape[1]).index_add(0, bags, table[line])


def overwritten(table, line, offsets):
    bags = torch.bucketize(torch.arange(len(line)), offsets, right=True) - 1
    sums = torch.zeros(len(offsets), table.shape[1])
    sums[bags] += table[line]
    return sums


def largest(table, line, offsets):
    begins = [*offsets.tolist(), len(line)]
    return torch.stack([table[line[a:b]].amax(0) for a, b in zip(begins, begins[1:], strict=False)])


def bag_moved(table, line, offsets):
    begins = [0, *offsets.tolist()]
    return torch.stack([table[line[a:b]].sum(0) for a, b in zip(begins, begins[1:], strict=False)])


def each_last_lost(table, line, offsets):
    begins = [*offsets.tolist(), len(line)]
    return torch.stack([table[line[a : max(a, b - 1)]].sum(0) for a, b in zip(begins, begins[1:], strict=False)])


def each_first_lost(table, line, offsets):
    begins = [*offsets.tolist(), len(line)]
    return torch.stack([table[line[a + 1 : b]].sum(0) for a, b in zip(begins, begins[1:], strict=False)])


def last_bag_empty(table, line, offsets):
    begins = [*offsets.tolist(), len(line)]
    return torch.stack([table[line[a:b]].sum(0) for a, b in zip(begins[:-1], [*begins[1:-1], begins[-2]], strict=True)])


def as_long_as_the_table(table, line, offsets):
    begins = [*offsets.tolist(), len(line)]
    return torch.stack([table[line[a:b]].sum(0) for a, b in zip(begins[:-1], [*begins[1:-1], len(table)], strict=True)])


def empty_at_the_end(table, line, offsets):
    sizes = torch.diff(offsets, append=torch.tensor([len(line)]))
    return solution(table, line, offsets)[(sizes == 0).long().argsort(stable=True)]


def by_the_root(table, line, offsets):
    begins = [*offsets.tolist(), len(line)]
    return torch.stack(
        [table[line[a:b]].sum(0) / max(b - a, 1) ** 0.5 for a, b in zip(begins, begins[1:], strict=False)]
    )


def ids_added(table, line, offsets):
    begins = [*offsets.tolist(), len(line)]
    return torch.stack([line[a:b].sum() for a, b in zip(begins, begins[1:], strict=False)])


def ids_counted(table, line, offsets):
    begins = [*offsets.tolist(), len(line)]
    return torch.stack([torch.tensor(b - a) for a, b in zip(begins, begins[1:], strict=False)])


def running_minus_first(table, line, offsets):
    sums = table[line].cumsum(0)
    stops = torch.cat([offsets[1:], torch.tensor([len(line)])])
    return sums[stops - 1] - sums[offsets]


def no_last_stop(table, line, offsets):
    pairs = zip(offsets, offsets[1:], strict=True)
    return torch.stack([table[line[a:b]].sum(0) for a, b in pairs])


def mean_times_number(table, line, offsets):
    begins = [*offsets.tolist(), len(line)]
    return torch.stack([table[line[a:b]].mean(0) * (b - a) for a, b in zip(begins, begins[1:], strict=False)])


exercise = Exercise(
    task="""### Exercise 4 (a new situation): bags of ids

A recommender wants, for each of its users, the *sum* of the rows of all things they bought. The ids of all users come
as one long `line`, and `offsets` says where in it each user's begin; the last one's go to the end. A user without any
has a sum of zeros.

`bag_sums(table, line, offsets)` returns those sums, of shape `(len(offsets), d)`. With a table whose row i is `[i,
i]`, the line `[4, 0, 5]` and the offsets `[0, 2, 2]`, the users have the ids 4 and 0, none, and 5, so the sums are
`[[4, 4], [0, 0], [5, 5]]`. A gradient must reach the table. (`F.embedding_bag` does just this; write it without, to
see what it does.)
""",
    stub=stub,
    solution=solution,
    cases=cases,
    success="That is EmbeddingBag with mode='sum': a linear layer on vectors with several ones, without the vectors.",
    hints=[
        "Where does each bag stop? Where the next one begins, and the last at len(line).",
        "For a bag from a to b: table[line[a:b]].sum(0). A sum over no rows is zeros. torch.stack puts the bags together.",
    ],
    slips=[
        Slip(
            "These are means: each sum was divided by how many ids there are. A user who bought more has a larger sum.",
            means,
        ),
        Slip("An id that is in a bag twice counts twice: it was bought twice.", counted_once),
        Slip("The last bag is missing: it goes from the last offset to the end of the line.", last_bag_lost),
        Slip(
            "A bag that is empty has got a row here. From an offset to the same offset there is nothing, and its sum is zeros.",
            empty_takes_the_next,
        ),
        Slip(
            "The ids were added up, and then one row was looked up; ids are names, and the *rows* are to be added.",
            sums_of_ids,
            idea=5,
        ),
        Slip(
            "These are means, and the mean of an empty bag is nan; sums are asked for, and a sum over nothing is zeros.",
            mean_of_nothing,
        ),
        Slip(
            "Every bag goes to the end of the line here; it stops where the next one begins.",
            lambda table, line, offsets: torch.stack([table[line[a:]].sum(0) for a in offsets.tolist()]),
        ),
        Slip(
            "The last id of the line is in no bag: a slice stops before its end, so the last bag ends at len(line).",
            last_id_lost,
        ),
        Slip("Each bag also has the first id of the next one: a slice from a to b stops before b.", one_too_many),
        Slip("A bag that is empty has no row in the result; it has a sum, too: zeros.", empty_left_out),
        Slip(
            "The rows a to b of the table were added up; the bag's *ids* stand there in the line: table[line[a:b]].",
            rows_by_place,
            idea=5,
        ),
        Slip(
            "That is F.embedding_bag, which does just this; write it without, to see what it does.",
            lambda table, line, offsets: torch.nn.functional.embedding_bag(line, table, offsets, mode="sum"),
        ),
        Slip(
            "Each bag became one number: add its rows with .sum(0), so that every column has a sum of its own.",
            one_number_each,
        ),
        Slip(
            "Each row's own numbers were added up (.sum(1)); the rows of a bag are to be added: .sum(0).",
            lambda table, line, offsets: table[line].sum(1),
        ),
        Slip("The offsets were read as sizes; each says where in the line a bag begins.", offsets_as_sizes),
        Slip(
            "The first id of a bag went to the bag before it: an offset is the place where the *new* bag begins (right=True).",
            first_to_the_bag_before,
        ),
        Slip(
            "Of each bag only the last row is left: where an index comes up twice, `sums[bags] += rows` adds once. index_add adds each.",
            overwritten,
        ),
        Slip(
            "Each sum begins at the start of the line: take away what the bags before it add up to.",
            lambda table, line, offsets: torch.stack(
                [table[line[:b]].sum(0) for b in [*offsets.tolist()[1:], len(line)]]
            ),
        ),
        Slip(
            "Only the row of the first id at each offset is here; a bag is all ids up to the next offset, or none.",
            lambda table, line, offsets: table[line[offsets]],
        ),
        Slip(
            "These are the rows of all ids in the line; those of one bag have yet to be added up.",
            lambda table, line, offsets: table[line],
        ),
        Slip(
            "This takes the largest number of each column; the sum is asked for, and the sum over nothing is zeros.",
            largest,
        ),
        Slip(
            "All sums stand one bag too late: what comes before the first offset, nothing, was taken for a bag.",
            bag_moved,
        ),
        Slip(
            "Only the first bag's sum came back: is the `return` inside the loop?",
            lambda table, line, offsets: table[line[slice(*[*offsets.tolist(), len(line)][:2])]].sum(0),
        ),
        Slip(
            "The last id of every bag is missing: a slice from a to b stops before b already.", each_last_lost, idea=11
        ),
        Slip("The first id of every bag is missing: the bag begins *at* its offset.", each_first_lost, idea=11),
        Slip("The last bag is empty here; it goes to the end of the line, len(line).", last_bag_empty),
        Slip(
            "The last bag stops at the number of the table's rows; it goes to the end of the *line*.",
            as_long_as_the_table,
        ),
        Slip(
            "This is the sum over all users; each has a sum of its own.",
            lambda table, line, offsets: table[line].sum(0),
        ),
        Slip(
            "The sums were put in one long list; torch.stack gives each bag a row.",
            lambda table, line, offsets: solution(table, line, offsets).flatten(),
        ),
        Slip("The empty bags' zeros were put at the end; they stand where the bag stands.", empty_at_the_end),
        Slip("Each sum was divided by the root of how many ids there are; the sum itself is asked for.", by_the_root),
        Slip(
            "These are sums of ids; ids are names, and the *rows* are to be added: table[line[a:b]].", ids_added, idea=5
        ),
        Slip("This is how many ids each bag has; asked for is the sum of their rows.", ids_counted),
        Slip(
            "The sum up to a bag's first id was taken away, with that id in it; take away what comes *before* the bag.",
            running_minus_first,
        ),
        Slip(
            "There is one stop too few: the last bag goes to the end of the line, so the stops are offsets[1:], and len(line).",
            no_last_stop,
        ),
        Slip(
            "An empty bag is nan here, since the mean of nothing is; `sum` over nothing gives zeros.", mean_times_number
        ),
    ],
)
