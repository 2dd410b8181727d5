"""What the exercises' cases are made of: the course's vocabulary, and tables that are the same each time."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, product
from typing import Any

import torch

from .pieces import Finding

SIX = {"fox": 0, "house": 1, "in": 2, "is": 3, "quick": 4, "the": 5}
EIGHT = SIX | {"<unk>": 6, "<pad>": 7}
WORDS = list(SIX)

# (V, d, N): V above d, below d / 2 and between the two, N above V; primes first, so that a wrong factor can be told
SIZES = [(13, 7, 5), (5, 17, 11), (7, 11, 5), (17, 11, 61), (3, 23, 2), (1000, 64, 128), (50_257, 768, 1024)]
SIZES += [(10, 64, 8192), (32, 64, 1), (128_256, 4096, 8192), (7, 5, 0)]


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


def slips(formula: Callable[..., Any], **slots: dict[str, Any]) -> dict[str, str]:
    """The amounts that one or two slips in a formula give, each with the slips in words.

    Args:
        formula: gives the amount from one value for each slot.
        slots: for each, what may stand there: first the right value, then wrong ones. Each key ends a sentence that
            begins "it comes out if".

    Returns:
        Amount → slips, in as few as will do; what several slips give alike is left out, as it tells nothing.

    >>> width, size = {"": 7, "d is left out": 1}, {"": 4, "a number has 8 bytes": 8}
    >>> slips(lambda width, size: 5 * width * size, width=width, size=size)
    {'40': 'd is left out, and a number has 8 bytes', '20': 'd is left out', '280': 'a number has 8 bytes'}
    """
    rights = {name: next(iter(values.values())) for name, values in slots.items()}
    found: dict[str, set] = {}
    for count in (1, 2):
        more: dict[str, set] = {}
        for some in combinations(slots, count):
            wrongs = [[(name, *slip) for slip in slots[name].items() if slip[1] != rights[name]] for name in some]
            for each in product(*wrongs):
                amount = formula(**(rights | {name: value for name, _, value in each}))
                more.setdefault(_amount(amount), set()).add(", and ".join(says for _, says, _ in each))
        found = more | found
    return {amount: says.pop() for amount, says in found.items() if len(says) == 1}


def slipped(got: Any, right: Any, known: dict[str, str]) -> Any:
    """A wrong amount with the slips that give it, where they are known; any other result as it is.

    >>> slipped(20, 140, {"20": "d is left out"}), slipped(21, 140, {}), slipped("many", 140, {})
    ('20; it comes out if d is left out', 21, 'many')
    """
    if isinstance(got, bool) or not isinstance(got, (int, float)) or _amount(got) == _amount(right):
        return got
    says = known.get(_amount(got))
    return Finding(f"{_amount(got)}; it comes out if {says}") if says else got


def _amount(number: float) -> str:
    """Numbers that differ only by the order in which they were calculated are one."""
    return f"{number:.12g}"
