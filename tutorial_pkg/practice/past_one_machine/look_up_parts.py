from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.lazy import F, torch
from tutorial_pkg.practice.samples import ids_of, numbered_table, random_table


def stub(parts, ids):
    # your lines here
    ...


def solution(parts, ids):
    total = torch.zeros(*ids.shape, parts[0].shape[1])
    first = 0
    for part in parts:
        here = (first <= ids) & (ids < first + len(part))
        rows = torch.zeros_like(total)
        rows[here] = F.embedding(ids[here] - first, part)  # zeros for the ids of the other parts
        total = total + rows
        first += len(part)
    return total


def cases():
    from tutorial_pkg.practice.forbid import JOINING, forbid

    def split(table, *sizes):
        return [forbid(part, JOINING, gradient=len(part) > 0) for part in table.split(sizes)]

    return [
        (split(numbered_table(3, 2), 2, 1), torch.tensor([2, 0])),
        (split(numbered_table(6, 3), 3, 3), torch.tensor([4, 0, 3, 2, 5, 1])),
        (split(random_table(7, 4), 2, 1, 4), torch.tensor([0, 2, 3, 6, 6])),
        (split(numbered_table(4, 3), 2, 2), torch.tensor([[3, 1], [2, 2]])),
        (split(random_table(7, 4), 2, 0, 2, 3), torch.tensor([6, 2, 2, 0, 1, 5])),
        (split(random_table(5, 2), 5), torch.tensor(3)),
        ([part.detach() for part in split(random_table(9, 3), 1, 8)], torch.empty(0, dtype=torch.long)),
    ]


def whole(parts):
    """The whole table. Only the checker may join the parts."""
    return torch.cat([part.detach().as_subclass(torch.Tensor) for part in parts])


def view(result, parts, ids):
    table = whole(parts)
    if not isinstance(result, torch.Tensor) or result.shape != (*ids.shape, table.shape[1]):
        return result
    rows = result.detach().reshape(-1, table.shape[1])
    wrong = {int(i): row for i, row in zip(ids.flatten(), rows, strict=True) if not torch.allclose(row, table[i], rtol=1e-4)}
    if not wrong:
        return result
    token_id, row = next(iter(wrong.items()))
    number = sum(first + len(part) <= token_id for first, part in zip(starts(parts), parts, strict=True))
    owner = f"Its row is in parts[{number}], which starts with row {starts(parts)[number]} of the table"
    listed = f". Wrong ids: {[*wrong]}" if len(wrong) > 1 else ""
    if not row.any():
        return Finding(f"zeros for id {token_id}. {owner}{listed}")
    if other := ids_of(row[None], table):
        return Finding(f"the row of id {other[0]} for id {token_id}. {owner}{listed}")
    return Finding(f"a row for id {token_id} that is not in the table. {owner}. Every other part adds zeros{listed}")


def starts(parts):
    return [sum(map(len, parts[:number])) for number in range(len(parts))]


def own(ids, first, part):
    return (first <= ids) & (ids < first + len(part))


def wrong(mask=own, firsts=starts, row=lambda ids, first, part: ids - first, size=lambda parts, ids: (*ids.shape, parts[0].shape[1])):
    """The solution with one of its steps changed."""

    def answer(parts, ids):
        total = torch.zeros(size(parts, ids))
        for first, part in zip(firsts(parts), parts, strict=True):
            here, rows = mask(ids, first, part), torch.zeros_like(total)
            rows[here] = part[row(ids[here], first, part)]
            total = total + rows
        return total

    return answer


def rows_of_others(parts, ids):
    pairs = zip(starts(parts), parts, strict=True)
    return sum(part[(ids - first).clamp(0, len(part) - 1)] for first, part in pairs if len(part))


def empty_part(parts, ids):
    pairs = zip(starts(parts), parts, strict=True)
    return sum(part[(ids - f).clamp(0, len(part) - 1)] * own(ids, f, part)[..., None] for f, part in pairs)


def equal_parts(parts, ids):
    size, total = len(parts[0]), torch.zeros(*ids.shape, parts[0].shape[1])
    for number, part in enumerate(parts):
        here = ids // size == number
        total[here] = part[ids[here] - number * size]
    return total


def part_by_part(parts, ids):
    pairs = [(part, ids[own(ids, first, part)] - first) for first, part in zip(starts(parts), parts, strict=True)]
    return torch.cat([part[rows].as_subclass(torch.Tensor) for part, rows in pairs])


exercise = Exercise(
    task="""### Exercise 3 (write the body): a lookup in parts

A table is split by rows. `parts` is a list of tensors that contain its rows, in order. A part may be empty. `ids` may have
any shape. `look_up_parts(parts, ids)` returns the rows of the whole table for these ids, with the shape `ids.shape + (d,)`.

**Do not join the parts.** Each part gives rows for its own ids and zeros for the other ids, and the function adds them up.
Gradients must reach every part.

For the parts `[[0.0, 0.1], [1.0, 1.1]]` and `[[2.0, 2.1]]`, the ids `[2, 0]` give `[[2.0, 2.1], [0.0, 0.1]]`.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="Each part needs only its own rows. With `all_reduce` in place of the sum, this is `look_up_rows`.",
    hints=[
        "Loop over the parts, and keep `first`: the row of the table with which the part starts. It grows by `len(part)`.",
        "For each part: `here = (first <= ids) & (ids < first + len(part))`, and then `rows[here] = part[ids[here] - first]`.",
    ],
    slips=[
        Slip("The parts are joined here. No machine has room for the whole table. Add up the rows of all parts.", lambda parts, ids: torch.cat(parts)[ids]),
        Slip("If an id belongs to another part, a part gives one of its own rows here. It must give zeros.", rows_of_others, idea=5),
        Slip("The rows are right, but the shape of `ids` is lost. The result has the shape `ids.shape + (d,)`.", lambda parts, ids: solution(parts, ids.reshape(-1)), idea=8),
        Slip("This is right only for ids of one dimension. Start with zeros of the shape `(*ids.shape, d)`.", wrong(size=lambda parts, ids: (len(ids), parts[0].shape[1]))),
        Slip(
            "Here, the width of the result is the number of rows of the first part. A row has `parts[0].shape[1]` numbers.",
            wrong(size=lambda parts, ids: (*ids.shape, len(parts[0]))),
            idea=3,
        ),
        Slip("Each part gets the ids of the whole table here. Rows in a part count from 0 again, so subtract `first`.", wrong(row=lambda ids, first, part: ids)),
        Slip("Every part starts at id 0 here. A part starts where the previous part stops: add up `len(part)`.", wrong(firsts=lambda parts: [0] * len(parts))),
        Slip("Here, `first` is the length of the previous part. Add up the lengths: `first += len(part)`.", wrong(firsts=lambda parts: [0, *map(len, parts[:-1])])),
        Slip("Every part is as long as the first part here. Parts may differ: add up `len(part)`.", wrong(firsts=lambda parts: [n * len(parts[0]) for n in range(len(parts))])),
        Slip("Every part is as long as the first part here. Parts may differ: add up `len(part)`.", equal_parts),
        Slip("`ids % len(part)` is right only if all parts have the same length. Subtract `first` from the ids.", wrong(row=lambda ids, first, part: ids % max(len(part), 1))),
        Slip("Each part also takes the id after its last row here. Use `ids < first + len(part)`.", wrong(lambda ids, first, part: (first <= ids) & (ids <= first + len(part)))),
        Slip("Each part also takes the ids before its first row here. Add `first <= ids` to the mask.", wrong(lambda ids, first, part: ids < first + len(part))),
        Slip(
            "A part has no row for some of the ids. Choose the ids with `first <= ids` and `ids < first + len(part)`, and subtract `first` from them.",
            lambda parts, ids: sum(part[ids] for part in parts),
        ),
        Slip(
            "A part has no row for some of these ids. Choose the ids with `first <= ids` and `ids < first + len(part)`, and subtract `first` from them.",
            lambda parts, ids: sum(F.embedding(ids, part) for part in parts),
        ),
        Slip("The rows are in the order of the parts here. Return them in the order of the ids.", part_by_part),
        Slip("A part may have no rows. Then `clamp` cannot choose a row. Skip such a part, or select the rows with a mask.", empty_part),
    ],
)
