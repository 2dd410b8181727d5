"""Four routes from token ids to the same rows of a table.

`by_index`, `look_up`, `by_one_hot` and `by_linear` take a table and ids. They return equal rows, equal gradients flow
back, and they share one check of their input (`lookup.check_input`). The first two copy rows. The last two multiply the
table by vectors as long as the vocabulary. Notebook 03 writes them by hand. Notebook 04 and the benchmark measure them
in the form that `calls` returns. They do not support `padding_idx` or `max_norm`.

The two products read every row, so an `inf` or `nan` in an unused row makes them `nan`: 0 * inf is `nan`. A check
cannot repair that; it is one of the cases in which the routes differ.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import torch
import torch.nn.functional as F

from .lookup import check_input, look_up


def by_index(table: torch.Tensor, ids: torch.Tensor, *, check: bool = True) -> torch.Tensor:
    """Rows by plain indexing, `table[ids]`. Negative ids raise an error here; plain indexing counts them from the end.

    Arguments, result and errors are the same as in `lookup.look_up`.

    >>> import torch
    >>> by_index(torch.tensor([[0.5, 1.0], [1.5, 2.0], [2.5, 3.0]]), torch.tensor([2, 0]))
    tensor([[2.5000, 3.0000],
            [0.5000, 1.0000]])
    """
    if check:
        check_input(table, ids)
    return table[ids]


def by_one_hot(table: torch.Tensor, ids: torch.Tensor, *, check: bool = True) -> torch.Tensor:
    """Rows as a product: one-hot vectors of length V, times the table.

    Arguments, result and errors are the same as in `lookup.look_up`. int32 ids are converted to int64 for `F.one_hot`.
    The one-hot vectors have the table's dtype, and take N × V numbers in memory for N ids.

    >>> import torch
    >>> by_one_hot(torch.tensor([[0.5, 1.0], [1.5, 2.0], [2.5, 3.0]]), torch.tensor([[1], [2]]))
    tensor([[[1.5000, 2.0000]],
    <BLANKLINE>
            [[2.5000, 3.0000]]])
    """
    if check:
        check_input(table, ids)
    return _one_hots(table, ids) @ table


def by_linear(table: torch.Tensor, ids: torch.Tensor, *, check: bool = True) -> torch.Tensor:
    """Rows as a bias-free `nn.Linear(V, d)` returns them for one-hot vectors: its weight is the transposed table.

    Arguments, result and errors are the same as in `lookup.look_up`, and dtypes as in `by_one_hot`. The layer calls
    `F.linear` with its weight, which it stores as (out_features, in_features).

    >>> import torch
    >>> by_linear(torch.tensor([[0.5, 1.0], [1.5, 2.0], [2.5, 3.0]]), torch.tensor([3]))
    Traceback (most recent call last):
        ...
    IndexError: id 3 at ids[0] is too large: the table has 3 rows, so ids run from 0 to 2
    """
    if check:
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
    """Routes to these rows, to be called without arguments. They check nothing, so a timer measures only the route.

    `lookup` and `sparse` have the same forward pass. `sparse` stores a gradient only for the looked-up rows.

    >>> import torch
    >>> {name: call().tolist() for name, call in calls(torch.tensor([[0.5], [1.5]]), torch.tensor([1])).items()}
    {'one-hot': [[1.5]], 'W[ids]': [[1.5]], 'lookup': [[1.5]], 'sparse': [[1.5]]}
    """
    return {
        "one-hot": partial(by_one_hot, table, ids, check=False),
        "W[ids]": partial(by_index, table, ids, check=False),
        "lookup": partial(look_up, table, ids, check=False),
        "sparse": partial(look_up, table, ids, sparse=True, check=False),
    }


def forward_backward(
    table: torch.Tensor, call: Callable[[], torch.Tensor], upstream: torch.Tensor
) -> Callable[[], None]:
    """One of the `calls`, forward and then backward, as a function without arguments: what a training step computes.

    Args:
        table: the table in which the call looks rows up; it requires a gradient.
        call: returns the rows.
        upstream: the gradient that arrives at the rows, with the shape of the rows.
    """

    def run() -> None:
        table.grad = None  # or each run would add to the gradient of the last run
        call().backward(upstream)

    return run


def _one_hots(table: torch.Tensor, ids: torch.Tensor) -> torch.Tensor:
    """One-hot vectors of shape `ids.shape + (V,)`, with the table's dtype."""
    rows = table.shape[0]
    if rows == 0:  # F.one_hot refuses an empty vocabulary, even for zero ids
        return table.new_zeros(*ids.shape, 0)
    return F.one_hot(ids.long(), num_classes=rows).to(table.dtype)
