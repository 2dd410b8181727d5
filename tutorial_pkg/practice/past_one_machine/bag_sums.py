from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.lazy import F, torch
from tutorial_pkg.practice.samples import random_table


def stub(table, line, offsets):
    # your lines here
    ...


def solution(table, line, offsets):
    begins = [*offsets.tolist(), len(line)]
    sums = [table[line[a:b]].sum(0) for a, b in zip(begins, begins[1:], strict=False)]
    return torch.stack(sums)


def cases():
    from tutorial_pkg.practice.forbid import forbid

    def table(rows):  # square, so that the rows in a sum can be found again
        numbers = torch.eye(6) if rows == 6 else random_table(rows, rows)
        return forbid(numbers, {"embedding_bag": "this is the function to be written"}, gradient=True)

    return [
        (table(6), torch.tensor([4, 0, 5]), torch.tensor([0, 2, 2])),
        (table(7), torch.tensor([4, 0, 0, 1, 5]), torch.tensor([0, 1, 4])),
        (table(9), torch.tensor([8, 8, 8]), torch.tensor([0, 0, 3])),
        (table(4), torch.tensor([2]), torch.tensor([0])),
        (table(3), torch.tensor([2, 0, 1, 1, 2]), torch.tensor([0, 1])),
    ]


def borders(line, offsets):
    """For each bag, the pair (a, b): its ids are `line[a:b]`."""
    begins = [*offsets.tolist(), len(line)]
    return list(zip(begins, begins[1:], strict=False))


def view(result, table, line, offsets):
    if not isinstance(result, torch.Tensor) or result.shape != (len(offsets), len(table)):
        return result
    numbers = table.detach().as_subclass(torch.Tensor).double()
    times = torch.linalg.solve(numbers, result.detach().double(), left=False)
    if not torch.allclose(times, times.round(), atol=1e-3) or times.min() < -0.5:
        return result
    for bag, (counts, (a, b)) in enumerate(zip(times.round().int().tolist(), borders(line, offsets), strict=True)):
        ids = line[a:b].tolist()
        added = [token_id for token_id, count in enumerate(counts) for _ in range(count)]
        if added != sorted(ids):
            due = f"the ids {ids}" if ids else "no ids, so its sum is zeros"
            return Finding(f"the rows {added} in bag {bag}. This bag has {due}")
    return result


def each(of):
    """A wrong answer. It stacks `of(table, line, a, b)` for each bag, where the bag's ids are `line[a:b]`."""
    return lambda table, line, offsets: torch.stack([of(table, line, a, b) for a, b in borders(line, offsets)])


def parts(table, line, offsets):
    return {"bag": torch.bucketize(torch.arange(len(line)), offsets, right=True) - 1}  # the bag of each id


exercise = Exercise(
    task="""### Exercise 4 (a new situation): bags of ids

A recommender needs, for each user, the *sum* of the rows of all products that the user bought. The ids of all users come
in one long tensor, `line`. `offsets` contains the position in `line` where the ids of each user start. A user's ids end before the next offset, and the ids of the last user go up to the end. A user without ids has a sum of zeros.

`bag_sums(table, line, offsets)` returns these sums, with the shape `(len(offsets), d)`. Gradients must reach the table.
(`F.embedding_bag` does the same. Write the function without it.)

For the line `[4, 0, 5]` and the offsets `[0, 2, 2]`, the users have the ids 4 and 0, no ids, and 5. With the table
`torch.eye(6)`, the sums are `[[1, 0, 0, 0, 1, 0], [0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 1]]`.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    parts=parts,
    success="This is `EmbeddingBag` with `mode='sum'`. A linear layer would need vectors with several ones for the same sums.",
    hints=[
        "Where does each bag stop? It stops where the next bag starts, and the last bag stops at `len(line)`.",
        "For a bag from a to b: `table[line[a:b]].sum(0)`. The sum of no rows is zeros. `torch.stack` joins the bags.",
    ],
    slips=[
        Slip("This calls `F.embedding_bag`. Write the function without it.", lambda table, line, offsets: F.embedding_bag(line, table, offsets, mode="sum")),
        Slip("The ids are added here, and one row is looked up. Look up the rows first, and add the *rows*.", each(lambda table, line, a, b: table[line[a:b].sum()]), idea=5),
        Slip("These are sums of ids. Add the *rows* for the ids: `table[line[a:b]]`.", each(lambda table, line, a, b: line[a:b].sum()), idea=5),
        Slip("The positions a to b choose the rows here. The *ids* at these positions choose them: `table[line[a:b]]`.", each(lambda table, line, a, b: table[a:b].sum(0)), idea=5),
        Slip(
            "Here, the first id of each bag goes to the previous bag, and the first id of `line` goes to bag -1. Use `right=True`.",
            lambda table, line, offsets: solution(table, line, offsets).index_add(0, torch.bucketize(torch.arange(len(line)), offsets) - 1, table[line]),
            idea=11,
        ),
        Slip(
            "The offsets are used as the lengths of the bags here. An offset is the position at which a bag starts.",
            lambda table, line, offsets: torch.stack([table[line[end - n : end]].sum(0) for end, n in zip(offsets.cumsum(0), offsets)]),
        ),
        Slip("These are means. Return the sums: a user who buys more has a larger sum.", each(lambda table, line, a, b: table[line[a:b]].sum(0) / max(b - a, 1))),
        Slip("These are means, and the mean of an empty bag is nan. The sum of no rows is zeros.", each(lambda table, line, a, b: table[line[a:b]].mean(0))),
        Slip(
            "Each sum is only one row. `sums[bags] += rows` adds only one row for a repeated index. Use `index_add`.",
            lambda p: torch.zeros(p.right.shape).index_copy(0, p.bag, p.table[p.line]),
        ),
        Slip("The numbers of each row are added here (`.sum(1)`). Add the rows of each bag: `.sum(0)`.", lambda table, line, offsets: table[line].sum(1)),
        Slip("Only the sum of the first bag is returned here. Is `return` in the loop?", lambda p: p.right[0]),
        Slip("The last bag is missing here. It goes from the last offset to the end of `line`.", lambda p: p.right[:-1]),
        Slip("Empty bags are missing here. The sum of an empty bag is zeros.", lambda p: p.right[[bag for bag, (a, b) in enumerate(borders(p.line, p.offsets)) if a < b]]),
        Slip("These are the rows of all ids in `line`. Add the rows of each bag.", lambda table, line, offsets: table[line]),
    ],
)
