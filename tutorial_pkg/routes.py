"""Four routes from token ids to the same rows of a table.

`by_index`, `look_up`, `by_one_hot` and `by_linear` take a table and ids, and check them first (`lookup.check_input`).
They return equal rows, and equal gradients flow back to the table. The first two copy rows. The last two multiply
one-hot vectors, which are as long as the vocabulary, by the table. Notebook 03 writes the four routes by hand. Notebook
04 and the benchmark measure them in the form that `calls` returns. The routes do not support `padding_idx` or
`max_norm`.

The two products read every row. So an `inf` or a `nan` in any row makes their results `nan`, because 0 * inf is `nan`.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
import torch.nn.functional as F

from .lookup import check_input, look_up


def by_index(table: torch.Tensor, ids: torch.Tensor) -> torch.Tensor:
    """Rows by indexing, `table[ids]`. Indexing counts a negative id from the end. Here a negative id raises an error.

    Its arguments, result and errors are the same as for `lookup.look_up`.

    >>> import torch
    >>> by_index(torch.tensor([[0.5, 1.0], [1.5, 2.0], [2.5, 3.0]]), torch.tensor([2, 0]))
    tensor([[2.5000, 3.0000],
            [0.5000, 1.0000]])
    """
    check_input(table, ids)
    return table[ids]


def by_one_hot(table: torch.Tensor, ids: torch.Tensor) -> torch.Tensor:
    """Rows as a product: one-hot vectors of length V, times the table.

    Its arguments, result and errors are the same as for `lookup.look_up`. For N ids, the one-hot vectors are N × V
    numbers of the table's dtype.

    >>> import torch
    >>> by_one_hot(torch.tensor([[0.5, 1.0], [1.5, 2.0], [2.5, 3.0]]), torch.tensor([[1], [2]]))
    tensor([[[1.5000, 2.0000]],
    <BLANKLINE>
            [[2.5000, 3.0000]]])
    """
    check_input(table, ids)
    return _one_hots(table, ids) @ table


def by_linear(table: torch.Tensor, ids: torch.Tensor) -> torch.Tensor:
    """The rows that `nn.Linear(V, d)` without a bias returns for one-hot vectors. Its weight is the transposed table.

    Its arguments, result and errors are the same as for `lookup.look_up`. The layer stores its weight in the shape
    (out_features, in_features) and calls `F.linear` with it.

    >>> import torch
    >>> by_linear(torch.tensor([[0.5, 1.0], [1.5, 2.0], [2.5, 3.0]]), torch.tensor([3]))
    Traceback (most recent call last):
        ...
    IndexError: id 3 at ids[0] is too large: the table has 3 rows, so ids run from 0 to 2
    """
    check_input(table, ids)
    return F.linear(_one_hots(table, ids), table.T)


# The routes, by their names in tables and pictures.
ROUTES: dict[str, Callable[..., torch.Tensor]] = {
    "W[ids]": by_index,
    "nn.Embedding": look_up,
    "one_hot @ W": by_one_hot,
    "nn.Linear": by_linear,
}


def calls(table: torch.Tensor, ids: torch.Tensor) -> dict[str, Callable[[], torch.Tensor]]:
    """Routes to these rows, as functions without arguments. They check nothing, so a timer measures only the route.

    `lookup` and `sparse` have the same forward pass. With `sparse`, the gradient stores only the looked-up rows.

    >>> import torch
    >>> {name: call().tolist() for name, call in calls(torch.tensor([[0.5], [1.5]]), torch.tensor([1])).items()}
    {'one-hot': [[1.5]], 'W[ids]': [[1.5]], 'lookup': [[1.5]], 'sparse': [[1.5]]}
    """
    return {
        "one-hot": lambda: _one_hots(table, ids) @ table,
        "W[ids]": lambda: table[ids],
        "lookup": lambda: F.embedding(ids, table),
        "sparse": lambda: F.embedding(ids, table, sparse=True),
    }


def forward_backward(
    table: torch.Tensor, call: Callable[[], torch.Tensor], upstream: torch.Tensor
) -> Callable[[], None]:
    """A function without arguments that runs the forward pass and the backward pass, as a training step does.

    Args:
        table: the table of the rows. It requires a gradient.
        call: one of the `calls`; it returns rows of the table.
        upstream: the gradient that arrives at the rows, with the shape of the rows.
    """

    def run() -> None:
        table.grad = None  # otherwise each run would add to the gradient of the run before
        call().backward(upstream)

    return run


def _one_hots(table: torch.Tensor, ids: torch.Tensor) -> torch.Tensor:
    """One-hot vectors of shape `ids.shape + (V,)`, with the table's dtype."""
    rows = table.shape[0]
    if rows == 0:  # F.one_hot refuses an empty vocabulary, even for zero ids
        return table.new_zeros(*ids.shape, 0)
    return F.one_hot(ids.long(), num_classes=rows).to(table.dtype)
