"""Values for the exercises' cases: the course's vocabulary, and tables that are always the same."""

from __future__ import annotations

from typing import Any

from .lazy import torch

SIX = {"fox": 0, "house": 1, "in": 2, "is": 3, "quick": 4, "the": 5}
EIGHT = SIX | {"<unk>": 6, "<pad>": 7}

# (V, d, N), with each order of the three sizes, and with V below d / 2. Primes come first: they show a wrong factor.
SIZES = [(13, 7, 5), (5, 17, 11), (7, 11, 5), (17, 11, 61), (3, 23, 2), (1000, 64, 128), (50_257, 768, 1024)]
SIZES += [(10, 64, 8192), (32, 64, 1), (128_256, 4096, 8192), (7, 5, 0), (5, 13, 3), (4, 7, 3), (19, 3, 7)]


def numbered_table(rows: int, width: int, dtype: torch.dtype | None = None, gradient: bool = False) -> torch.Tensor:
    """Shape (rows, width). Row 2, column 1 contains 2.1.

    >>> numbered_table(2, 3)
    tensor([[0.0000, 0.1000, 0.2000],
            [1.0000, 1.1000, 1.2000]])
    """
    table = torch.arange(rows, dtype=dtype or torch.float32)[:, None] + torch.arange(width, dtype=dtype) / 10
    return table.requires_grad_(gradient)


def ids_of(rows: Any, table: torch.Tensor) -> list | None:
    """The id of each row, in a nested list. None if one of the rows is not in the table.

    >>> ids_of(numbered_table(3, 2)[torch.tensor([[2, 0]])], numbered_table(3, 2))
    [[2, 0]]
    """
    if not isinstance(rows, torch.Tensor) or rows.ndim < 1 or rows.shape[-1] != table.shape[1]:
        return None
    same = torch.isclose(rows.detach().unsqueeze(-2).to(table.dtype), table.detach()).all(-1)
    return same.long().argmax(-1).tolist() if same.any(-1).all() else None


def tens_table(rows: int, width: int) -> torch.Tensor:
    """Shape (rows, width), integers stored as float32. Row 2, column 1 contains 21."""
    return 10.0 * torch.arange(rows)[:, None] + torch.arange(width)


def random_table(rows: int, width: int, dtype: torch.dtype | None = None, gradient: bool = False) -> torch.Tensor:
    """Shape (rows, width). The random numbers depend only on the shape."""
    return random(rows, width, seed=10 * rows + width).to(dtype or torch.float32).requires_grad_(gradient)


def random(*shape: int, seed: int = 0, dtype: torch.dtype | None = None) -> torch.Tensor:
    """Random numbers with that shape. They depend only on the seed."""
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(*shape, generator=generator, dtype=torch.float32).to(dtype or torch.float32)


def share_storage(one: torch.Tensor, other: torch.Tensor) -> bool:
    """Whether two tensors share their memory."""
    return one.untyped_storage().data_ptr() == other.untyped_storage().data_ptr()
