"""What the exercises' cases are made of: the course's vocabulary, and tables that are the same each time."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from itertools import combinations_with_replacement
from math import prod
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


def apart(got: Any, expected: int, **sizes: int) -> Any:
    """A wrong amount with what sets it apart from the right one, in terms of the sizes; any other result as it is.

    >>> apart(455, 140, V=13, d=7, N=5)
    '455, which is V / 4 times the 140 expected'
    >>> apart(180, 140, V=13, d=7, N=5), apart(140.0, 140, V=13), apart("many", 140, V=13)
    ('180, which is 8·N more than the 140 expected', 140.0, 'many')
    """
    if isinstance(got, bool) or not isinstance(got, (int, float)) or got in (expected, 0) or got != got // 1:
        return got
    amounts = _amounts(tuple(sizes.items()))
    if expected and (ratio := _ratios(tuple(sizes.items())).get(Fraction(int(got), expected))):
        return Finding(f"{got}, which is {ratio} times the {expected} expected")
    if difference := amounts.get(abs(int(got) - expected)):
        more = "more" if got > expected else "less"
        return Finding(f"{got}, which is {difference} {more} than the {expected} expected")
    return got


@lru_cache
def _amounts(sizes: tuple[tuple[str, int], ...]) -> dict[int, str]:
    """Amount → how it is made of the sizes, such as `8·N`; where there are several ways, the shortest."""
    found = {}
    for count in range(3, -1, -1):
        for some in combinations_with_replacement(sizes, count):
            for factor in (16, 12, 8, 4, 3, 2, 1):
                names = [str(factor)] * (factor > 1 or not some) + [name for name, _ in some]
                found[factor * prod(size for _, size in some)] = "·".join(names)
    return found


@lru_cache
def _ratios(sizes: tuple[tuple[str, int], ...]) -> dict[Fraction, str]:
    """Ratio → how it is made of the sizes, such as `V / d`; where there are several ways, the shortest."""
    amounts, found = {1: "1", **_amounts(sizes)}, {}
    for above, top in amounts.items():
        for below, bottom in amounts.items():
            ratio, text = Fraction(above, below or 1), top if bottom == "1" else f"{top} / {bottom}"
            if ratio != 1 and len(text) < len(found.get(ratio, " " * 99)):
                found[ratio] = text
    return found


class Refused(Exception):
    """An answer used what its task does without."""


class Refusing(torch.Tensor):
    """A tensor that the functions in `refused` do not take. Detached it is one, too; all else that is made of it is an
    ordinary tensor."""

    refused: dict[str, str]

    @classmethod
    def __torch_function__(cls, function: Any, types: Any, args: tuple = (), kwargs: dict | None = None) -> Any:
        given = [one for arg in args for one in (arg if isinstance(arg, (list, tuple)) else [arg])]
        with torch._C.DisableTorchFunctionSubclass():
            for one in given:
                if isinstance(one, cls) and function.__name__ in one.refused:
                    raise Refused(one.refused[function.__name__])
            made = function(*args, **(kwargs or {}))
        # nn.Parameter detaches what it is given, and wants a tensor of the same class
        return refusing(made, given[0].refused) if function is torch.Tensor.detach else made

    def __deepcopy__(self, memo: dict) -> Refusing:
        return refusing(self.detach().clone(), self.refused, self.requires_grad)


def refusing(tensor: torch.Tensor, refused: dict[str, str], gradient: bool = False) -> Refusing:
    """The tensor's numbers, in a tensor that raises when given to a function named in `refused`, and says why.

    >>> part = refusing(torch.ones(2, 3), JOINING)
    >>> type(part + 1).__name__, tuple(part[0].shape)
    ('Tensor', (3,))
    >>> torch.cat([part, part])
    Traceback (most recent call last):
    tutorial_pkg.practice.samples.Refused: the parts were put together
    """
    made = tensor.detach().as_subclass(Refusing)
    made.refused = refused
    return made.requires_grad_(gradient)


_JOIN = "cat concat concatenate stack hstack vstack dstack row_stack column_stack pad_sequence block_diag"
JOINING = dict.fromkeys(_JOIN.split(), "the parts were put together")
