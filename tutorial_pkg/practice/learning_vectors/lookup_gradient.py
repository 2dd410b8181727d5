from __future__ import annotations

from tutorial_pkg.practice.items import Exercise, Slip
from tutorial_pkg.practice.lazy import F, torch
from tutorial_pkg.practice.samples import random


def solution(upstream, ids, rows):
    """The gradient of a table with that many rows, from the gradient of each row that was looked up."""
    d = upstream.shape[-1]
    gradient = torch.zeros(rows, d, dtype=upstream.dtype)
    gradient.index_add_(0, ids.reshape(-1), upstream.reshape(-1, d))  # flat: ids may have any shape
    return gradient


def cases():
    return [
        (torch.tensor([[1.0, 2.0], [10.0, 20.0], [100.0, 200.0]]), torch.tensor([2, 0, 2]), 4),
        (random(2, 3, 5, seed=1), torch.tensor([[4, 0, 4], [4, 1, 0]]), 6),
        (random(4, 2, seed=2, dtype=torch.float64), torch.tensor([3, 3, 3, 3]), 5),
        (random(0, 3, seed=3), torch.tensor([]).long(), 3),
        (random(3, seed=4), torch.tensor(1), 2),
    ]


def assigned(upstream, ids, rows):
    gradient = torch.zeros(rows, upstream.shape[-1], dtype=upstream.dtype)
    gradient[ids.reshape(-1)] = upstream.reshape(-1, upstream.shape[-1])
    return gradient


def averaged(upstream, ids, rows):
    flat = ids.reshape(-1)
    gradient = torch.zeros(rows, upstream.shape[-1], dtype=upstream.dtype)
    gradient.index_add_(0, flat, upstream.reshape(-1, upstream.shape[-1]))
    return gradient / torch.bincount(flat, minlength=rows).clamp(min=1)[:, None]


def as_many_rows_as_the_largest_id(upstream, ids, rows):
    flat = ids.reshape(-1)
    gradient = torch.zeros(int(flat.max()) + 1, upstream.shape[-1], dtype=upstream.dtype)
    return gradient.index_add_(0, flat, upstream.reshape(-1, upstream.shape[-1]))


def only_the_first(upstream, ids, rows):
    gradient, seen = torch.zeros(rows, upstream.shape[-1], dtype=upstream.dtype), set()
    for token_id, row in zip(ids.reshape(-1).tolist(), upstream.reshape(-1, upstream.shape[-1]), strict=True):
        if token_id not in seen:
            gradient[token_id] = row
        seen.add(token_id)
    return gradient


def counts(upstream, ids, rows):
    flat = ids.reshape(-1)
    return torch.bincount(flat, minlength=rows)[:, None].expand(rows, upstream.shape[-1]).to(upstream.dtype)


def transposed(upstream, ids, rows):
    return solution(upstream, ids, rows).T


def a_list_of_ids_only(upstream, ids, rows):
    gradient = torch.zeros(rows, upstream.shape[-1], dtype=upstream.dtype)
    return gradient.index_add_(0, ids, upstream)


def float32_only(upstream, ids, rows):
    d = upstream.shape[-1]
    return torch.zeros(rows, d).index_add_(0, ids.reshape(-1), upstream.reshape(-1, d))


def width_from_dimension_1(upstream, ids, rows):
    d = upstream.shape[1]
    return torch.zeros(rows, d, dtype=upstream.dtype).index_add_(0, ids.reshape(-1), upstream.reshape(-1, d))


def first_column_alone(upstream, ids, rows):
    gradient = torch.zeros(rows, upstream.shape[-1], dtype=upstream.dtype)
    return gradient.scatter_add_(0, ids.reshape(-1, 1), upstream.reshape(-1, upstream.shape[-1]))


def added_up_for_each_id(upstream, ids, rows):
    flat = ids.reshape(-1)
    return solution(upstream, ids, rows) * torch.bincount(flat, minlength=rows)[:, None]


def by_position(upstream, ids, rows):
    flat = upstream.reshape(-1, upstream.shape[-1])
    gradient = torch.zeros(rows, upstream.shape[-1], dtype=upstream.dtype)
    gradient[: len(flat)] = flat[:rows]
    return gradient


def largest_alone(upstream, ids, rows):
    d = upstream.shape[-1]
    gradient = torch.zeros(rows, d, dtype=upstream.dtype)
    return gradient.index_reduce_(0, ids.reshape(-1), upstream.reshape(-1, d), "amax", include_self=False)


def one_hot_not_turned(upstream, ids, rows):
    d = upstream.shape[-1]
    return F.one_hot(ids.reshape(-1), rows).to(upstream.dtype) @ upstream.reshape(-1, d)


def last_position_alone(upstream, ids, rows):
    d, gradient = upstream.shape[-1], torch.zeros(rows, upstream.shape[-1], dtype=upstream.dtype)
    return gradient.index_add_(0, ids.reshape(-1)[-1:], upstream.reshape(-1, d)[-1:])


def first_position_alone(upstream, ids, rows):
    d, gradient = upstream.shape[-1], torch.zeros(rows, upstream.shape[-1], dtype=upstream.dtype)
    return gradient.index_add_(0, ids.reshape(-1)[:1], upstream.reshape(-1, d)[:1])


def one_row_too_far(upstream, ids, rows):
    moved = solution(upstream, ids, rows).roll(1, 0)
    moved[0] = 0
    return moved


def sizes_swapped(upstream, ids, rows):
    d = upstream.shape[-1]
    return torch.zeros(d, rows, dtype=upstream.dtype).index_add_(0, ids.reshape(-1), upstream.reshape(-1, d))


def squared(upstream, ids, rows):
    return solution(upstream.square(), ids, rows)


def repeats_lost_downhill(upstream, ids, rows):
    gradient = torch.zeros(rows, upstream.shape[-1], dtype=upstream.dtype)
    gradient[ids] -= upstream
    return gradient


exercise = Exercise(
    task="""### Exercise 1 (worked): the gradient of a lookup

`upstream` holds the gradient of the loss for every row that was *looked up*: shape `ids.shape + (d,)`. Wanted is the
gradient for the *table* with `rows` rows: shape `(rows, d)`.

Every upstream gradient goes to the row that its id names, and where an id came up twice, both are added. `index_add_`
does that in one line. Run both cells, then change the second one's `ids` so that all are the same.
""",
    solution=solution,
    cases=cases,
    success="The backward pass of a lookup is an addition into rows, and untouched rows keep their zeros.",
    hints=[
        "Begin with zeros of shape (rows, d).",
        "index_add_(0, ids, source) adds source[n] to row ids[n], as often as that id comes up.",
    ],
    slips=[
        Slip("Where an id comes up twice, only the last of its gradients is kept. They have to be added.", assigned),
        Slip("A row that was looked up twice gets the sum of both gradients, not their mean.", averaged),
        Slip(
            "Every row gets the same gradient here. Rows that were not looked up get none.",
            lambda upstream, ids, rows: upstream.reshape(-1, upstream.shape[-1]).sum(0).expand(rows, -1).clone(),
            idea=6,
        ),
        Slip(
            "The gradient has as many rows as the largest id here asks for, and should have as many as the table.",
            as_many_rows_as_the_largest_id,
            idea=2,
        ),
        Slip(
            "Where an id comes up twice, only the first of its gradients is kept. They have to be added.",
            only_the_first,
        ),
        Slip(
            "The signs are turned round. The minus belongs to the step that an optimiser takes, not to the gradient.",
            lambda upstream, ids, rows: -solution(upstream, ids, rows),
        ),
        Slip(
            "Every number is one too large: begin with zeros.",
            lambda upstream, ids, rows: solution(upstream, ids, rows) + 1,
        ),
        Slip("This counts how often each id came up. What is added up are the gradients in `upstream`.", counts),
        Slip(
            "This is `upstream` as it came, a row for each position. The table has a row for each id.",
            lambda upstream, ids, rows: upstream,
        ),
        Slip(
            "Only the rows that were looked up came back. The gradient has as many rows as the table, the others all zeros.",
            lambda upstream, ids, rows: solution(upstream, ids, rows)[ids.reshape(-1).unique()],
        ),
        Slip("This is transposed: the gradient has the table's own shape, a row for each id.", transposed, idea=3),
        Slip(
            "`ids` may have any shape, and index_add_ wants a list of them: make both `ids` and `upstream` flat first.",
            a_list_of_ids_only,
            idea=8,
        ),
        Slip("The zeros are float32, and `upstream` may be float64: give them `dtype=upstream.dtype`.", float32_only),
        Slip(
            "The gradients were divided by the number of ids. Each is to be added as it is.",
            lambda upstream, ids, rows: solution(upstream, ids, rows) / ids.numel(),
        ),
        Slip(
            "The d of a row was read off dimension 1 of `upstream`. It is the last one, whatever the shape of `ids`: `upstream.shape[-1]`.",
            width_from_dimension_1,
        ),
        Slip(
            "The ids were looked up in `upstream`, which has a row for each position. Its rows are to go the other way: row n is added to row ids[n] of the table's gradient.",
            lambda upstream, ids, rows: upstream.reshape(-1, upstream.shape[-1])[ids.reshape(-1)],
        ),
        Slip(
            "Only the first column was added. scatter_add_ wants an index for every number: `ids` expanded to the shape of `upstream`; index_add_ wants one for each row.",
            first_column_alone,
        ),
        Slip(
            "Each row is as many times too large as its id came up: the gradients that belong to it are added once.",
            added_up_for_each_id,
        ),
        Slip(
            "The gradients stand in rows 0, 1, 2, ... in the order they came. The row that upstream[n] belongs to is ids[n].",
            by_position,
        ),
        Slip(
            "Where an id comes up more than once, only the largest of its numbers is kept. They have to be added.",
            largest_alone,
        ),
        Slip(
            "The one-hot rows stand the wrong way for this product: their transpose, (rows, n), times the n upstream rows gives (rows, d).",
            one_hot_not_turned,
        ),
        Slip(
            "one_hot gives whole numbers, and a product wants one dtype: `.to(upstream.dtype)` makes them fit.",
            lambda upstream, ids, rows: F.one_hot(ids.reshape(-1), rows).T @ upstream.reshape(-1, upstream.shape[-1]),
        ),
        Slip(
            "Only the last upstream row is there, as when the zeros are made anew in a loop. All are to be added to one gradient.",
            last_position_alone,
        ),
        Slip(
            "Only the first upstream row is there, as when a `return` stands in the loop. All are to be added.",
            first_position_alone,
        ),
        Slip("Every gradient stands one row too far down: ids count from 0, as rows do.", one_row_too_far),
        Slip(
            "The zeros were made with d rows, and index_add_ wants rows of the length d: torch.zeros(rows, d).",
            sizes_swapped,
        ),
        Slip(
            "The d numbers of each row were added to one. Each column keeps a sum of its own: the shape is (rows, d).",
            lambda upstream, ids, rows: solution(upstream, ids, rows).sum(1),
        ),
        Slip(
            "Only one column is there. Each has a sum of its own: the shape is (rows, d).",
            lambda upstream, ids, rows: solution(upstream, ids, rows)[:, 0],
        ),
        Slip("The gradients were squared before they were added. Add them as they are.", squared),
        Slip(
            "The signs are turned round, and of an id that comes up twice only the last gradient is kept. They have to be added, without a minus.",
            repeats_lost_downhill,
        ),
        Slip(
            "Without the number of rows, one_hot goes by the largest id here: say `F.one_hot(ids, rows)`.",
            lambda upstream, ids, rows: (
                F.one_hot(ids.reshape(-1)).to(upstream.dtype).T @ upstream.reshape(-1, upstream.shape[-1])
            ),
        ),
    ],
)
