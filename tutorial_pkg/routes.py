"""Four routes from token ids to the same rows of a table.

`by_index`, `look_up`, `by_one_hot` and `by_linear` take the same two things, give equal rows and equal gradients, and
share one check of what they are given (`lookup.check_input`). Underneath they differ: the first two copy rows, the
last two multiply the table with vectors as long as the vocabulary. Notebook 03 writes them by hand; notebook 04 and
the benchmark time them as `calls` hands them out. They do not handle `padding_idx` or `max_norm`.

The two products visit every row, so an `inf` or `nan` in a row that was not asked for makes them `nan`: 0 * inf is
`nan`. No check can repair that; it is one of the places where the routes part.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import torch
import torch.nn.functional as F

from .lookup import check_input, look_up


def by_index(table: torch.Tensor, ids: torch.Tensor, *, check: bool = True) -> torch.Tensor:
    """Rows by plain indexing, `table[ids]`; here negative ids raise, which plain indexing counts from the end.

    Arguments, result and errors are those of `lookup.look_up`.

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

    Arguments, result and errors are those of `lookup.look_up`. int32 ids become int64 on the way, since `F.one_hot`
    takes no others, and the one-hot vectors take the table's dtype. They need N × V numbers in memory for N ids.

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
    """Rows as a bias-free `nn.Linear(V, d)` gives them for one-hot vectors, its weight being the table's transpose.

    Arguments, result and errors are those of `lookup.look_up`, the rest as in `by_one_hot`. `F.linear` is what that
    layer calls with its weight, which it keeps as (out_features, in_features).

    >>> import torch
    >>> by_linear(torch.tensor([[0.5, 1.0], [1.5, 2.0], [2.5, 3.0]]), torch.tensor([3]))
    Traceback (most recent call last):
        ...
    IndexError: id 3 at ids[0] is too large: the table has 3 rows, so ids run from 0 to 2
    """
    if check:
        check_input(table, ids)
    return F.linear(_one_hots(table, ids), table.T)


# The routes by the names that tables and pictures give them.
ROUTES: dict[str, Callable[..., torch.Tensor]] = {
    "W[ids]": by_index,
    "nn.Embedding": look_up,
    "one_hot @ W": by_one_hot,
    "nn.Linear": by_linear,
}


def calls(table: torch.Tensor, ids: torch.Tensor) -> dict[str, Callable[[], torch.Tensor]]:
    """Routes to these rows, each ready to be called without arguments and unchecked: what is timed is the route alone.

    `lookup` and `sparse` are the same forward; `sparse` stores a gradient for the looked-up rows only.

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


def there_and_back(table: torch.Tensor, call: Callable[[], torch.Tensor], upstream: torch.Tensor) -> Callable[[], None]:
    """One of the `calls` forward and then backward, again ready to be called: what a training step pays for its rows.

    Args:
        table: the table that the call looks rows up in; it wants a gradient.
        call: what gives the rows.
        upstream: the gradient that arrives at the rows, of their shape.
    """

    def run() -> None:
        table.grad = None  # or each run would add to the last one's
        call().backward(upstream)

    return run


def _one_hots(table: torch.Tensor, ids: torch.Tensor) -> torch.Tensor:
    """Shape `ids.shape + (V,)`, of the table's dtype."""
    rows = table.shape[0]
    if rows == 0:  # F.one_hot refuses a vocabulary of none, even for no ids
        return table.new_zeros(*ids.shape, 0)
    return F.one_hot(ids.long(), num_classes=rows).to(table.dtype)
