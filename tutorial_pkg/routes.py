"""Four routes from token ids to the same rows of a table.

`by_index`, `by_embedding`, `by_one_hot` and `by_linear` take the same two things, give equal rows and equal gradients,
and share one check of what they are given (`lookup.check_input`). Underneath they differ: the first two copy rows, the
last two multiply the table with vectors as long as the vocabulary. They do not handle `padding_idx`, `max_norm` or
`sparse`.

The two products visit every row, so an `inf` or `nan` in a row that was not asked for makes them `nan`: 0 * inf is
`nan`. No check can mend that; it is one of the places where the routes part.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from .lookup import check_input

if TYPE_CHECKING:
    import torch


def by_index(table: torch.Tensor, ids: torch.Tensor) -> torch.Tensor:
    """Rows by plain indexing, `table[ids]`; here negative ids raise, which plain indexing counts from the end.

    Args:
        table: shape (V, d), floating point: one row for each token of the vocabulary.
        ids: token ids from 0 to V - 1, int64 or int32, of any shape: a single id, a sentence, a batch, none at all.

    Returns:
        The rows, of shape `ids.shape + (d,)` and the table's dtype; a gradient flows back to the table.

    Raises:
        TypeError: the table or the ids are no tensor, or of a dtype that cannot be used.
        ValueError: the table has not two dimensions, or lies on another device than the ids.
        IndexError: an id is negative or too large; the message names it and where it stands.

    >>> import torch
    >>> by_index(torch.tensor([[0.5, 1.0], [1.5, 2.0], [2.5, 3.0]]), torch.tensor([2, 0]))
    tensor([[2.5000, 3.0000],
            [0.5000, 1.0000]])
    """
    check_input(table, ids)
    return table[ids]


def by_embedding(table: torch.Tensor, ids: torch.Tensor) -> torch.Tensor:
    """Rows as `nn.Embedding` gets them: `F.embedding` is what that layer calls with its weight.

    Arguments, result and errors are those of `by_index`.

    >>> import torch
    >>> by_embedding(torch.tensor([[0.5, 1.0], [1.5, 2.0], [2.5, 3.0]]), torch.tensor(1))
    tensor([1.5000, 2.0000])
    """
    import torch.nn.functional as F

    check_input(table, ids)
    return F.embedding(ids, table)


def by_one_hot(table: torch.Tensor, ids: torch.Tensor) -> torch.Tensor:
    """Rows as a product: one-hot vectors of length V, times the table.

    Arguments, result and errors are those of `by_index`. int32 ids become int64 on the way, since `F.one_hot` takes no
    others, and the one-hot vectors take the table's dtype. They need N × V numbers in memory for N ids.

    >>> import torch
    >>> by_one_hot(torch.tensor([[0.5, 1.0], [1.5, 2.0], [2.5, 3.0]]), torch.tensor([[1], [2]]))
    tensor([[[1.5000, 2.0000]],
    <BLANKLINE>
            [[2.5000, 3.0000]]])
    """
    check_input(table, ids)
    return _one_hots(table, ids) @ table


def by_linear(table: torch.Tensor, ids: torch.Tensor) -> torch.Tensor:
    """Rows as a bias-free `nn.Linear(V, d)` gives them for one-hot vectors, its weight being the table's transpose.

    Arguments, result and errors are those of `by_index`, the rest as in `by_one_hot`. `F.linear` is what that layer
    calls with its weight, which it keeps as (out_features, in_features).

    >>> import torch
    >>> by_linear(torch.tensor([[0.5, 1.0], [1.5, 2.0], [2.5, 3.0]]), torch.tensor([3]))
    Traceback (most recent call last):
        ...
    IndexError: id 3 at ids[0] is too large: the table has 3 rows, so ids run from 0 to 2
    """
    import torch.nn.functional as F

    check_input(table, ids)
    return F.linear(_one_hots(table, ids), table.T)


# The routes by the names that tables and pictures give them.
ROUTES: dict[str, Callable[[torch.Tensor, torch.Tensor], torch.Tensor]] = {
    "W[ids]": by_index,
    "nn.Embedding": by_embedding,
    "one_hot @ W": by_one_hot,
    "nn.Linear": by_linear,
}


def _one_hots(table: torch.Tensor, ids: torch.Tensor) -> torch.Tensor:
    """Shape `ids.shape + (V,)`, of the table's dtype."""
    import torch.nn.functional as F

    rows = table.shape[0]
    if rows == 0:  # F.one_hot refuses a vocabulary of none, even for no ids
        return table.new_zeros(*ids.shape, 0)
    return F.one_hot(ids.long(), num_classes=rows).to(table.dtype)
