"""An embedding lookup whose errors say what is wrong with its input.

`look_up(table, ids)` returns what `nn.Embedding` returns, and the same gradients flow back. Only the errors differ:
PyTorch reports "index out of range in self", and this lookup names the wrong id, its position, and the valid ids. It
checks every id, so use it to find mistakes and not where you measure time.
"""

from typing import Any

import torch
import torch.nn.functional as F
from torch import nn

from .words import short


def look_up(table: torch.Tensor, ids: torch.Tensor) -> torch.Tensor:
    """The rows of `table` with the numbers `ids`, in the order of the ids.

    Args:
        table: shape (V, d), floating point, with one row for each token of the vocabulary.
        ids: token ids from 0 to V - 1, int64 or int32, of any shape: a single id, a sentence, a batch, an empty tensor.

    Returns:
        The rows, of shape `ids.shape + (d,)` and with the table's dtype. Gradients flow back to the table.

    Raises:
        TypeError: the table or the ids are not a plain tensor, or have a dtype that cannot be used.
        ValueError: the table does not have two dimensions, the devices differ, or a device is "meta".
        IndexError: an id is negative or too large. The message names the id and its position.

    >>> table = torch.tensor([[0.5, 1.0], [1.5, 2.0], [2.5, 3.0]])
    >>> look_up(table, torch.tensor([[2, 0], [1, 3]]))
    Traceback (most recent call last):
        ...
    IndexError: id 3 at ids[1, 1] is too large: the table has 3 rows, so ids run from 0 to 2
    """
    check_input(table, ids)
    return F.embedding(ids, table)


def check_input(table: Any, ids: Any) -> None:
    """Check a table and ids before a lookup, and raise the errors that `look_up` lists."""
    if isinstance(table, nn.Embedding):
        raise TypeError("table is an nn.Embedding layer; its matrix is expected: table.weight")
    if not isinstance(table, torch.Tensor):
        raise TypeError(f"table is of type {type(table).__name__}; a tensor of shape (V, d) is expected")
    _check_kind("table", table)
    if table.ndim != 2:
        raise ValueError(f"table has shape {tuple(table.shape)}; two dimensions are expected: (vocabulary, dimension)")
    if not table.is_floating_point():
        raise TypeError(f"table is {table.dtype}; floating point numbers are expected, such as torch.float32")
    if not isinstance(ids, torch.Tensor):
        raise TypeError(f"ids is {short(ids)}, of type {type(ids).__name__}; a tensor is expected: torch.tensor(ids)")
    _check_kind("ids", ids)
    if ids.dtype not in (torch.int64, torch.int32):
        raise TypeError(_wrong_dtype(ids))
    if table.device != ids.device:
        raise ValueError(f"the table is on {table.device}, the ids are on {ids.device}: use ids.to(table.device)")
    rows = table.shape[0]
    outside = (ids < 0) | (ids >= rows)
    if outside.any():
        where = tuple(outside.nonzero()[0].tolist())
        wrong = int(ids[where])
        place = f" at ids[{', '.join(map(str, where))}]" if where else ""
        allowed = f"the table has {rows} rows, so ids run from 0 to {rows - 1}" if rows else "the table has no rows"
        raise IndexError(f"id {wrong}{place} is {'negative' if wrong < 0 else 'too large'}: {allowed}")


def _check_kind(name: str, tensor: torch.Tensor) -> None:
    """Refuse kinds of tensors for which PyTorch's own errors are hard to understand."""
    if tensor.is_nested:
        raise TypeError(f"{name} is a nested tensor; a tensor of one shape is expected: pad its parts to one length")
    if tensor.layout != torch.strided:
        raise TypeError(f"{name} is a sparse tensor; a dense tensor is expected: {name}.to_dense()")
    if tensor.is_meta:
        raise ValueError(f"{name} is on the device meta, which stores shapes but no numbers")


def _wrong_dtype(ids: torch.Tensor) -> str:
    expected = "torch.int64 or torch.int32 is expected"
    if ids.numel() == 0:
        return f"ids is an empty tensor of {ids.dtype}; {expected}: torch.tensor([], dtype=torch.int64)"
    real = ids.is_floating_point() or ids.is_complex()
    advice = ". An id is a name, not a quantity" if real else ": ids.long()"
    return f"ids is a tensor of {ids.dtype} that begins with {ids.flatten()[0].item()!r}; {expected}{advice}"
