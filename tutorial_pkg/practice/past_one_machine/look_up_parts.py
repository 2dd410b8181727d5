from __future__ import annotations

from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.lazy import F, torch
from tutorial_pkg.practice.samples import ids_of, numbered_table, random_table


def stub(parts, ids):
    """The rows for `ids`, from a table that is split by rows into `parts`."""
    ...


def solution(parts, ids):
    """The rows for `ids`, from a table that is split by rows into `parts`."""
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
    """The table, for views and slips only."""
    return torch.cat([part.detach().as_subclass(torch.Tensor) for part in parts])


def view(result, parts, ids):
    """The rows; or, for the first id with zeros or with the row of another id, which row it got."""
    table = whole(parts)
    if not isinstance(result, torch.Tensor) or result.shape != (*ids.shape, table.shape[1]):
        return result
    for token_id, row in zip(ids.flatten().tolist(), result.detach().reshape(-1, table.shape[1]), strict=True):
        if torch.allclose(row, table[token_id], rtol=1e-4):
            continue
        ends = torch.tensor([len(part) for part in parts]).cumsum(0)
        number = int((ends <= token_id).sum())
        first = int(ends[number]) - len(parts[number])
        owner = f"Its row is in parts[{number}], which starts with row {first} of the table"
        if not row.any():
            return Finding(f"zeros for id {token_id}. {owner}")
        if other := ids_of(row[None], table):
            return Finding(f"the row of id {other[0]} for id {token_id}. {owner}")
        return Finding(f"a row for id {token_id} that is not in the table. {owner}. Every other part adds zeros")
    return result


def summed(parts, ids, of_part):
    total, first = torch.zeros(*ids.shape, parts[0].shape[1]), 0
    for part in parts:
        if len(part):
            total = total + of_part(part, first)
        first += len(part)
    return total


def put(part, first, ids, rows_of, last=-1):
    """Zeros, with `rows_of` the own ids in their places; `last` is the last own id, counted from the part's end."""
    here = (first <= ids) & (ids <= first + len(part) + last)
    rows = torch.zeros(*ids.shape, part.shape[1])
    rows[here] = rows_of(ids[here])
    return rows


def flat_rows(parts, ids):
    total = torch.zeros(len(ids), parts[0].shape[1])
    return total + summed(parts, ids, lambda part, first: put(part, first, ids, lambda own: part[own - first]))


def two_parts(parts, ids):
    one, other = parts[0], parts[1]
    return put(one, 0, ids, lambda own: one[own]) + put(other, len(one), ids, lambda own: other[own - len(one)])


def empty_part(parts, ids):
    total, first = 0, 0
    for part in parts:
        here = (first <= ids) & (ids < first + len(part))
        total = total + part[(ids - first).clamp(0, len(part) - 1)] * here[..., None]
        first += len(part)
    return total


def mask_across(parts, ids):
    def of_part(part, first):
        here = (first <= ids) & (ids < first + len(part))
        return part[(ids - first).clamp(0, len(part) - 1)] * here

    return summed(parts, ids, of_part)


def part_by_part(parts, ids):
    rows, first = [], 0
    for part in parts:
        rows.append(part[ids[(first <= ids) & (ids < first + len(part))] - first].as_subclass(torch.Tensor))
        first += len(part)
    return torch.cat(rows)


exercise = Exercise(
    task="""### Exercise 3 (write the body): a lookup in parts

A table is split by rows. `parts` is a list of tensors with its rows, in order; a part may have no rows. `ids` may have any
shape. `look_up_parts(parts, ids)` returns the rows of the whole table for these ids, with the shape `ids.shape + (d,)`.

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
        Slip(
            "The parts are joined here. In a real model, no machine has room for the whole table. Add up the rows of all parts, with zeros for the ids of other parts.",
            lambda parts, ids: torch.cat(parts)[ids],
        ),
        Slip(
            "For an id of another part, a part gives one of its own rows here. It must give zeros.",
            lambda parts, ids: summed(parts, ids, lambda part, first: part[(ids - first).clamp(0, len(part) - 1)]),
            idea=5,
        ),
        Slip(
            "The first row of each part is missing here. It belongs to the part: `first <= ids`.",
            lambda parts, ids: summed(
                parts, ids, lambda part, first: put(part, first + 1, ids, lambda own: part[own - first], last=-2)
            ),
            idea=11,
        ),
        Slip(
            "The rows are right, but the shape of `ids` is lost. The result has the shape `ids.shape + (d,)`.",
            lambda parts, ids: solution(parts, ids.reshape(-1)),
            idea=8,
        ),
        Slip(
            "This works for a list of ids only. For ids of any shape, start with zeros of the shape `(*ids.shape, d)`.",
            flat_rows,
        ),
        Slip(
            "The result is as wide as the first part is long here. A row has `parts[0].shape[1]` numbers.",
            lambda parts, ids: torch.zeros(*ids.shape, len(parts[0])) + solution(parts, ids),
            idea=3,
        ),
        Slip(
            "Each part gets the ids of the whole table here. Rows in a part count from 0 again, so subtract `first`.",
            lambda parts, ids: summed(parts, ids, lambda part, first: put(part, first, ids, lambda own: part[own])),
        ),
        Slip(
            "`F.embedding` gets ids of the whole table here. Rows in a part count from 0 again, so subtract `first`.",
            lambda parts, ids: summed(
                parts, ids, lambda part, first: put(part, first, ids, lambda own: F.embedding(own, part))
            ),
        ),
        Slip(
            "`first` never grows here, so each part takes the first ids. Add `len(part)` after each part.",
            lambda parts, ids: sum(put(part, 0, ids, lambda own, part=part: part[own]) for part in parts),
        ),
        Slip(
            "Each part also takes the id after its last row here. Its own ids are below `first + len(part)`.",
            lambda parts, ids: summed(
                parts, ids, lambda part, first: put(part, first, ids, lambda own: part[own - first], last=0)
            ),
        ),
        Slip(
            "A part has no row for some of its ids here. Choose `first <= ids` and `ids < first + len(part)`, and subtract `first`.",
            lambda parts, ids: sum(part[ids] for part in parts),
        ),
        Slip(
            "The rows are in the order of the parts here. Return them in the order of the ids.",
            part_by_part,
        ),
        Slip(
            "The rows of the parts are averaged here. Only one part has each row, and the others give zeros. Add them.",
            lambda parts, ids: solution(parts, ids) / len(parts),
        ),
        Slip(
            "This works for exactly two parts. There may be one part, or many.",
            two_parts,
        ),
        Slip(
            "A part may have no rows, and then `clamp` has no row to choose. Skip this part, or choose by a mask.",
            empty_part,
        ),
        Slip(
            "The mask has one entry for each id, but here it goes along the columns. Use `here[..., None]`.",
            mask_across,
        ),
        Slip(
            "An id chooses a part here. An id is the number of a row of the whole table.",
            lambda parts, ids: torch.stack([parts[i] for i in ids]),
        ),
    ],
)
