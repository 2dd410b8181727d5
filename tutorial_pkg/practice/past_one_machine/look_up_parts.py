from __future__ import annotations

from tutorial_pkg.practice.forbid import JOINING, forbid
from tutorial_pkg.practice.items import Exercise, Slip
from tutorial_pkg.practice.lazy import F, torch
from tutorial_pkg.practice.samples import numbered_table, random_table


def stub(parts, ids):
    """The rows that `ids` name, from a table that is cut by rows into `parts`."""
    ...


def solution(parts, ids):
    """The rows that `ids` name, from a table that is cut by rows into `parts`."""
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
    def cut(table, *sizes):
        return [forbid(part, JOINING, gradient=len(part) > 0) for part in table.split(sizes)]

    return [
        (cut(numbered_table(3, 2), 2, 1), torch.tensor([2, 0])),
        (cut(numbered_table(6, 3), 3, 3), torch.tensor([4, 0, 3, 2, 5, 1])),
        (cut(random_table(7, 4), 2, 1, 4), torch.tensor([0, 2, 3, 6, 6])),
        (cut(numbered_table(4, 3), 2, 2), torch.tensor([[3, 1], [2, 2]])),
        (cut(random_table(7, 4), 2, 0, 2, 3), torch.tensor([6, 2, 2, 0, 1, 5])),
        (cut(random_table(5, 2), 5), torch.tensor(3)),
        ([part.detach() for part in cut(random_table(9, 3), 1, 8)], torch.empty(0, dtype=torch.long)),
    ]


def _sum(parts, ids, of_part):
    total, first = torch.zeros(*ids.shape, parts[0].shape[1]), 0
    for part in parts:
        if len(part):
            total = total + of_part(part, first)
        first += len(part)
    return total


def parts_as_large_as_the_first(parts, ids):
    total = torch.zeros(*ids.shape, parts[0].shape[1])
    for number, part in enumerate(parts):
        own = ids - number * len(parts[0])
        here = (own >= 0) & (own < len(part))
        rows = torch.zeros_like(total)
        rows[here] = F.embedding(own[here], part) if len(part) else 0.0
        total = total + rows
    return total


def first_left_out(parts, ids):

    def of_part(part, first):
        here = (first < ids) & (ids < first + len(part))
        return part[(ids - first).clamp(0, len(part) - 1)] * here[..., None]

    return _sum(parts, ids, of_part)


def never_moved(parts, ids):

    def of_part(part, first):
        here = (first <= ids) & (ids < first + len(part))
        return part[ids.clamp(0, len(part) - 1)] * here[..., None]

    return _sum(parts, ids, of_part)


def first_part_only(parts, ids):

    def of_part(part, first):
        here = ids < len(part)
        return part[ids.clamp(0, len(part) - 1)] * here[..., None] if first == 0 else 0

    return _sum(parts, ids, of_part)


def last_part_only(parts, ids):
    first = sum(map(len, parts[:-1]))
    return _put(parts[-1], first, ids, lambda own: parts[-1][own - first])


def part_by_part(parts, ids):
    rows, first = [], 0
    for part in parts:
        rows.append(part[ids[(first <= ids) & (ids < first + len(part))] - first])
        first += len(part)
    return torch.cat(rows)


def _put(part, first, ids, rows_of):
    here = (first <= ids) & (ids < first + len(part))
    rows = torch.zeros(*ids.shape, part.shape[1])
    rows[here] = rows_of(ids[here])
    return rows


def one_too_many(parts, ids):
    total = torch.zeros(*ids.shape, parts[0].shape[1])
    for first, part in _with_first(parts):
        here = (first <= ids) & (ids <= first + len(part))
        total[here] += part[ids[here] - first]
    return total


def parts_of_one_size(parts, ids):
    size, total = len(parts[0]), torch.zeros(*ids.shape, parts[0].shape[1])
    for number, part in enumerate(parts):
        here = ids // size == number
        total[here] = part[ids[here] - number * size]
    return total


def empty_part(parts, ids):
    total = 0
    for first, part in _with_first(parts):
        here = (first <= ids) & (ids < first + len(part))
        total = total + part[(ids - first).clamp(0, len(part) - 1)] * here[..., None]
    return total


def mask_across(parts, ids):

    def of_part(part, first):
        here = (first <= ids) & (ids < first + len(part))
        return part[(ids - first).clamp(0, len(part) - 1)] * here

    return _sum(parts, ids, of_part)


def averaged(parts, ids):
    return solution(parts, ids) / len(parts)


def steps_of_the_width(parts, ids):
    total, first = torch.zeros(*ids.shape, parts[0].shape[1]), 0
    for part in parts:
        total = total + _put(part, first, ids, lambda own, part=part, first=first: part[own - first])
        first += part.shape[1]
    return total


def two_parts(parts, ids):
    one, other = parts[0], parts[1]
    total = torch.zeros(*ids.shape, one.shape[1])
    here = ids < len(one)
    total[here], total[~here] = one[ids[here]], other[ids[~here] - len(one)]
    return total


def flat_rows(parts, ids):
    total = torch.zeros(len(ids), parts[0].shape[1])
    for first, part in _with_first(parts):
        here = (first <= ids) & (ids < first + len(part))
        total[here] += part[ids[here] - first]
    return total


def _with_first(parts):
    first = 0
    for part in parts:
        yield first, part
        first += len(part)


def grown_too_early(parts, ids):
    rows = [
        _put(part, first + len(part), ids, lambda own, part=part, first=first: part[own - first - len(part)])
        for first, part in _with_first(parts)
    ]
    return sum(rows)


def set_not_grown(parts, ids):
    sizes = [0, *map(len, parts[:-1])]
    return sum(
        _put(part, first, ids, lambda own, part=part, first=first: part[own - first])
        for first, part in zip(sizes, parts, strict=True)
    )


def no_lower_bound(parts, ids):
    total = torch.zeros(*ids.shape, parts[0].shape[1])
    for first, part in _with_first(parts):
        here = ids < first + len(part)
        total[here] += part[ids[here] - first]
    return total


def border_to_the_part_before(parts, ids):
    stops = torch.tensor([len(part) for part in parts]).cumsum(0)
    which = torch.searchsorted(stops, ids)
    rows = [
        parts[w][i - stops[w] + len(parts[w])]
        for w, i in zip(which.flatten().tolist(), ids.flatten().tolist(), strict=True)
    ]
    return torch.stack(rows).view(*ids.shape, -1)


def wide_as_long(parts, ids):
    total = torch.zeros(*ids.shape, len(parts[0]))
    for first, part in _with_first(parts):
        here = (first <= ids) & (ids < first + len(part))
        total[here] = part[ids[here] - first]
    return total


def first_not_reset(parts, ids):
    rows, first = [], 0
    for i in ids:
        for part in parts:
            if i < first + len(part):
                rows.append(part[i - first])
                break
            first += len(part)
    return torch.stack(rows)


exercise = Exercise(
    task="""### Exercise 3 (write the body): a lookup in parts

`look_up_parts(parts, ids)`: `parts` is a list of tensors, the rows of a table cut into parts, in order; a part may
have no rows at all. `ids` has any shape. Return the rows of the uncut table, of shape `ids.shape + (d,)`, **without
putting the table together**: each part gives rows for its own ids and zeros for the others, and all are added up.
Gradients must reach every part.

For the parts `[[0.0, 0.1], [1.0, 1.1]]` and `[[2.0, 2.1]]`, the ids `[2, 0]` give `[[2.0, 2.1], [0.0, 0.1]]`.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    success="No part needs any rows but its own; put a wire in place of the sum, and it is look_up_rows.",
    hints=[
        "Go through the parts and keep `first`, the table's row that the part begins with; it grows by len(part).",
        "For a part: here = (first <= ids) & (ids < first + len(part)), then rows[here] = part[ids[here] - first].",
    ],
    slips=[
        Slip(
            "Each part is taken to be as large as the first; they may differ, so add up their lengths.",
            parts_as_large_as_the_first,
        ),
        Slip(
            "For an id that is not its own, a part gives some row that it has; it has to give zeros.",
            lambda parts, ids: _sum(parts, ids, lambda part, first: part[(ids - first).clamp(0, len(part) - 1)]),
            idea=5,
        ),
        Slip(
            "The first row of each part is left out: `first <= ids`, since it belongs to the part.",
            first_left_out,
            idea=11,
        ),
        Slip(
            "Each part takes the ids as they are. Inside a part the rows count from 0 again, so take `first` away.",
            never_moved,
        ),
        Slip("Only the first part's rows are there; the ids of the other parts got zeros.", first_part_only),
        Slip(
            "The rows are right, but a batch comes back as one long list: its shape is lost.",
            lambda parts, ids: solution(parts, ids.reshape(-1)),
            idea=8,
        ),
        Slip(
            "An id of the whole table was looked up in a part. Inside it the rows count from 0 again, so take `first` away.",
            lambda parts, ids: _sum(parts, ids, lambda part, first: _put(part, first, ids, lambda own: part[own])),
        ),
        Slip(
            "An id of the whole table was looked up in a part, whose rows count from 0 again: take `first` away.",
            lambda parts, ids: _sum(
                parts, ids, lambda part, first: _put(part, first, ids, lambda own: F.embedding(own, part))
            ),
        ),
        Slip(
            "`first` stays where it was, so each part takes the first ids for its own: add len(part) after each.",
            lambda parts, ids: sum(_put(part, 0, ids, lambda own, part=part: part[own]) for part in parts),
        ),
        Slip("Only the last part's rows are there; the rows of all parts have to be added up.", last_part_only),
        Slip("The rows stand in the order of the parts; they have to stand in the order of the ids.", part_by_part),
        Slip(
            "The parts were put together again. Do without: in a real model no machine has room for the whole table, so each part gives rows for its own ids, zeros for the others, and these are added up.",
            lambda parts, ids: torch.cat(parts)[ids],
        ),
        Slip(
            "Each part also takes the id after its last row: with `first <= ids`, the other side is `ids < first + len(part)`.",
            one_too_many,
        ),
        Slip(
            "Each part also takes the id after its last row, and has no such row: it stops before first + len(part).",
            lambda parts, ids: sum(
                F.embedding(ids[(first <= ids) & (ids <= first + len(part))] - first, part)
                for first, part in _with_first(parts)
            ),
        ),
        Slip(
            "Every part was taken to have as many rows as the first one; each has its own number, len(part).",
            parts_of_one_size,
        ),
        Slip(
            "A part may have no rows at all, and then there is none to clamp the ids to: pass over it, or choose by a mask.",
            empty_part,
        ),
        Slip(
            "The mask, one entry an id, was laid along the columns; to count for a whole row it needs `[..., None]`.",
            mask_across,
        ),
        Slip(
            "The parts' rows were averaged. Only one part has each row and the others give zeros, so their sum is the row.",
            averaged,
        ),
        Slip("`first` grew by the number of columns; a part has len(part) rows.", steps_of_the_width),
        Slip("This is written for two parts; there may be one, or many.", two_parts),
        Slip(
            "An id was used as the number of a part; it is the number of a row of the whole table.",
            lambda parts, ids: torch.stack([parts[i] for i in ids]),
        ),
        Slip(
            "A part was asked for a row after its last one: choose its own ids, first <= ids and ids < first + len(part), and take `first` away.",
            lambda parts, ids: sum(part[ids] for part in parts),
        ),
        Slip(
            "Written for a list of ids: with ids of another shape, make zeros of shape `(*ids.shape, d)` to fill.",
            flat_rows,
        ),
        Slip(
            "`first` grew before the part was used: the part begins at the old `first`, so add len(part) at the end.",
            grown_too_early,
        ),
        Slip(
            "`first` is the number of rows in the part before; it has to grow by them: first += len(part).",
            set_not_grown,
        ),
        Slip(
            "A part also takes the ids *below* its first row, where id - first is negative: ask for first <= ids as well.",
            no_lower_bound,
        ),
        Slip(
            "The row at which a part begins was looked for in the part before it: an id equal to a stop belongs to the next part (searchsorted(..., right=True)).",
            border_to_the_part_before,
        ),
        Slip(
            "The result was made as wide as the first part is long; a row has parts[0].shape[1] numbers.",
            wide_as_long,
            idea=3,
        ),
        Slip(
            "`first` was not set back to 0 for the next id: it has to begin anew whenever the parts are gone through again.",
            first_not_reset,
        ),
    ],
)
