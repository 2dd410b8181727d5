"""Four routes from token ids to the same rows of a table.

`by_index`, `look_up`, `by_one_hot` and `by_linear` have the same arguments, results and errors: `lookup.look_up`
describes them. Equal gradients flow back to the table. `by_index` and `look_up` copy rows. `by_one_hot` and `by_linear`
multiply one-hot vectors by the table: N × V numbers of the table's dtype for N ids. These two products read every row.
So an `inf` or a `nan` in any row makes their results `nan`, because 0 * inf is `nan`.

Notebook 03 writes the four routes by hand. Notebook 04 and the benchmark measure them in the form that `calls` returns.

>>> table = torch.tensor([[0.5, 1.0], [1.5, 2.0], [2.5, 3.0]])
>>> [route(table, torch.tensor([2, 0])).tolist() for route in ROUTES.values()] == 4 * [[[2.5, 3.0], [0.5, 1.0]]]
True
"""

from collections.abc import Callable

import torch
import torch.nn.functional as F

from .lookup import check_input, look_up


def by_index(table: torch.Tensor, ids: torch.Tensor) -> torch.Tensor:
    """The rows by indexing. Indexing counts a negative id from the end. Here a negative id raises an error."""
    check_input(table, ids)
    return table[ids]


def by_one_hot(table: torch.Tensor, ids: torch.Tensor) -> torch.Tensor:
    """The rows as a product: one-hot vectors of length V, times the table."""
    check_input(table, ids)
    return _one_hots(table, ids) @ table


def by_linear(table: torch.Tensor, ids: torch.Tensor) -> torch.Tensor:
    """The rows that `nn.Linear(V, d)` without a bias returns for one-hot vectors. Its weight is table.T."""
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
        call: one of the `calls`. It returns rows of the table.
        upstream: the gradient that arrives at the rows, with the shape of the rows.
    """

    def run() -> None:
        table.grad = None  # otherwise each run would add to the gradient of the run before
        call().backward(upstream)

    return run


def _one_hots(table: torch.Tensor, ids: torch.Tensor) -> torch.Tensor:
    """One-hot vectors of shape `ids.shape + (V,)`, with the table's dtype."""
    if not len(table):  # F.one_hot refuses an empty vocabulary, even for zero ids
        return table.new_zeros(*ids.shape, 0)
    return F.one_hot(ids.long(), num_classes=len(table)).to(table.dtype)
