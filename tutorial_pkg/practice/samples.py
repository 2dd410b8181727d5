"""What the exercises' cases are made of: the course's vocabulary, and tables that are the same each time."""

from __future__ import annotations

import torch

SIX = {"fox": 0, "house": 1, "in": 2, "is": 3, "quick": 4, "the": 5}
EIGHT = SIX | {"<unk>": 6, "<pad>": 7}
WORDS = list(SIX)

# (V, d, N)
SIZES = [(6, 3, 6), (1000, 64, 128), (10, 64, 8192), (50_257, 768, 1024), (32, 64, 1), (128_256, 4096, 8192), (7, 5, 0)]
SIZES += [(40, 64, 10), (100, 16, 500), (10, 64, 4)]  # V between d / 2 and d; N above V; N below a small V


def numbered_table(rows: int, width: int, dtype: torch.dtype = torch.float32, gradient: bool = False) -> torch.Tensor:
    """Shape (rows, width); row 2, column 1 holds 2.1.

    >>> numbered_table(2, 3)
    tensor([[0.0000, 0.1000, 0.2000],
            [1.0000, 1.1000, 1.2000]])
    """
    table = torch.arange(rows, dtype=dtype)[:, None] + torch.arange(width, dtype=dtype) / 10
    return table.requires_grad_(gradient)


def tens_table(rows: int, width: int) -> torch.Tensor:
    """Shape (rows, width), whole numbers: row 2, column 1 holds 21.

    >>> tens_table(2, 3)
    tensor([[ 0.,  1.,  2.],
            [10., 11., 12.]])
    """
    return 10.0 * torch.arange(rows)[:, None] + torch.arange(width)


def random_table(rows: int, width: int, dtype: torch.dtype = torch.float32, gradient: bool = False) -> torch.Tensor:
    """Shape (rows, width), random numbers that depend on the shape only."""
    return random(rows, width, seed=10 * rows + width).to(dtype).requires_grad_(gradient)


def random(*shape: int, seed: int = 0, dtype: torch.dtype = torch.float32) -> torch.Tensor:
    """Random numbers of that shape that depend on the seed only."""
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float32).to(dtype)


def share_storage(one: torch.Tensor, other: torch.Tensor) -> bool:
    """Whether two tensors are views of the same numbers in memory."""
    return one.untyped_storage().data_ptr() == other.untyped_storage().data_ptr()
