from tutorial_pkg.practice.items import Exercise, Slip
from tutorial_pkg.practice.lazy import F, torch
from tutorial_pkg.practice.samples import random


def solution(upstream, ids, rows):
    d = upstream.shape[-1]
    gradient = torch.zeros(rows, d, dtype=upstream.dtype)
    flat_ids, flat_upstream = ids.reshape(-1), upstream.reshape(-1, d)  # ids may have any shape
    gradient.index_add_(0, flat_ids, flat_upstream)
    return gradient


def cases():
    return [
        (torch.tensor([[1.0, 2.0], [10.0, 20.0], [100.0, 200.0]]), torch.tensor([2, 0, 2]), 4),
        (random(2, 3, 5, seed=1), torch.tensor([[4, 0, 4], [4, 1, 0]]), 6),
        (random(4, 2, seed=2, dtype=torch.float64), torch.tensor([3, 3, 3, 3]), 5),
        (random(0, 3, seed=3), torch.tensor([]).long(), 3),
        (random(3, seed=4), torch.tensor(1), 2),
    ]


def parts(upstream, ids, rows):
    d = upstream.shape[-1]
    zeros = torch.zeros(rows, d, dtype=upstream.dtype)
    often = torch.bincount(ids.reshape(-1), minlength=rows)[:, None]
    return dict(d=d, flat=upstream.reshape(-1, d), flat_ids=ids.reshape(-1), zeros=zeros, often=often)


exercise = Exercise(
    task="""### Exercise 1 (worked): the gradient of a lookup

`upstream` is the gradient of the loss for every row that was *looked up*: its shape is `ids.shape + (d,)`. Compute the
gradient for the *table* with `rows` rows: its shape is `(rows, d)`.

Each upstream gradient is added to the row with its id. If an id occurs twice, the row gets both gradients.
`index_add_` does that in one line. Run both cells. Then make all `ids` in the second cell equal, and run it again.
""",
    solution=solution,
    cases=cases,
    success="The backward pass of a lookup adds gradients to rows. Rows that were not looked up keep their zeros.",
    hints=["Start with zeros of shape (rows, d).", "index_add_(0, ids, source) adds source[n] to row ids[n], for each n."],
    parts=parts,
    slips=[
        Slip("If an id occurs twice, only its last gradient is kept here. Add both.", lambda p: p.zeros.index_copy(0, p.flat_ids, p.flat)),
        Slip("If an id occurs twice, only its first gradient is kept here. Add both.", lambda p: p.zeros.index_copy(0, p.flat_ids.flip(0), p.flat.flip(0))),
        Slip("If an id is repeated, only its largest numbers are kept. Add all gradients.", lambda p: p.zeros.index_reduce(0, p.flat_ids, p.flat, "amax", include_self=False)),
        Slip("A row that was looked up twice gets the mean of its gradients here. Add them.", lambda p: p.right / p.often.clamp(min=1)),
        Slip("Each row is multiplied by the number of times that its id occurs. Add each gradient once.", lambda p: p.right * p.often),
        Slip("Every row gets the same gradient here. Rows that were not looked up keep zeros.", lambda p: p.flat.sum(0).expand(p.rows, -1).clone(), idea=6),
        Slip("The number of rows is the largest id plus 1 here. The table may have more rows: use `rows`.", lambda p: p.right[: p.flat_ids.max() + 1], idea=2),
        Slip("Without the number of rows, one_hot uses the largest id. Write `F.one_hot(ids, rows)`.", lambda p: F.one_hot(p.flat_ids).to(p.upstream.dtype).T @ p.flat, idea=2),
        Slip("This counts how often each id occurs. Add up the gradients in `upstream`.", lambda p: p.often.expand(p.rows, p.d).to(p.upstream.dtype)),
        Slip("Only the looked-up rows are returned here. The result needs as many rows as the table. All other rows are zeros.", lambda p: p.right[p.flat_ids.unique()]),
        Slip("`index_add_` needs ids of one dimension, but `ids` may have any shape. Flatten `ids` and `upstream`.", lambda p: p.zeros.index_add_(0, p.ids, p.upstream), idea=8),
        Slip("The zeros are float32, and `upstream` may be float64. Make them with `dtype=upstream.dtype`.", lambda p: torch.zeros(p.rows, p.d).index_add_(0, p.flat_ids, p.flat)),
        Slip("The gradients are divided by the number of ids here. Add each gradient as it is.", lambda p: p.right / p.ids.numel()),
        Slip(
            "`upstream.shape[1]` is used as d here. The last dimension is always d: `upstream.shape[-1]`.",
            lambda p: torch.zeros(p.rows, p.upstream.shape[1], dtype=p.upstream.dtype).index_add_(0, p.flat_ids, p.upstream.reshape(-1, p.upstream.shape[1])),
        ),
        Slip("This looks up rows of `upstream`, which has a row for each position. Do the reverse: add upstream row n to row ids[n] of the result.", lambda p: p.flat[p.flat_ids]),
        Slip("Only the first column is added: `scatter_add_` needs an index for every number. Use `index_add_`.", lambda p: p.zeros.scatter_add_(0, p.flat_ids[:, None], p.flat)),
        Slip("The gradients are in rows 0, 1, 2, ... in their order here. Upstream row n belongs to row ids[n].", lambda p: torch.cat((p.flat, p.zeros))[: p.rows]),
        Slip("The one-hot matrix is (n, rows). Transpose it for this product: (rows, n) times (n, d).", lambda p: F.one_hot(p.flat_ids, p.rows).to(p.upstream.dtype) @ p.flat),
        Slip("one_hot returns integers, and a product needs one dtype. Convert with `.to(upstream.dtype)`.", lambda p: F.one_hot(p.flat_ids, p.rows).T @ p.flat),
        Slip("The gradient is still all zeros. `index_add` returns a new tensor. Use `index_add_`, with an underscore at the end, to change `gradient`.", lambda p: p.zeros),
        Slip(
            "Every gradient is in the row just after the right row. Ids start at 0, like the numbers of the rows.",
            lambda p: torch.cat((torch.zeros(1, p.d, dtype=p.upstream.dtype), p.right))[: p.rows],
            idea=11,
        ),
        Slip("The zeros have d rows here. Make them with torch.zeros(rows, d).", lambda p: torch.zeros(p.d, p.rows, dtype=p.upstream.dtype).index_add_(0, p.flat_ids, p.flat)),
    ],
)
