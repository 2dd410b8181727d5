"""What the exercises' cases are made of: the course's vocabulary, and tables that are the same each time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch

from .items import wrong

SIX = {"fox": 0, "house": 1, "in": 2, "is": 3, "quick": 4, "the": 5}
EIGHT = SIX | {"<unk>": 6, "<pad>": 7}
WORDS = list(SIX)

# (V, d, N): V above d, below d / 2 and between the two, N above both; primes first, so that a wrong factor shows
SIZES = [(13, 7, 5), (5, 17, 11), (7, 11, 5), (17, 11, 61), (3, 23, 2), (1000, 64, 128), (50_257, 768, 1024)]
SIZES += [(10, 64, 8192), (32, 64, 1), (128_256, 4096, 8192), (7, 5, 0), (5, 13, 3), (4, 7, 3), (19, 3, 7)]


def numbered_table(rows: int, width: int, dtype: torch.dtype = torch.float32, gradient: bool = False) -> torch.Tensor:
    """Shape (rows, width); row 2, column 1 holds 2.1.

    >>> numbered_table(2, 3)
    tensor([[0.0000, 0.1000, 0.2000],
            [1.0000, 1.1000, 1.2000]])
    """
    table = torch.arange(rows, dtype=dtype)[:, None] + torch.arange(width, dtype=dtype) / 10
    return table.requires_grad_(gradient)


def ids_of(rows: Any, table: torch.Tensor) -> list | None:
    """The ids whose rows these are, in the shape in which they stand; None where one is no row of the table.

    >>> ids_of(numbered_table(3, 2)[torch.tensor([[2, 0]])], numbered_table(3, 2))
    [[2, 0]]
    """
    if not isinstance(rows, torch.Tensor) or rows.ndim < 1 or rows.shape[-1] != table.shape[1]:
        return None
    same = torch.isclose(rows.detach().unsqueeze(-2).to(table.dtype), table.detach()).all(-1)
    return same.long().argmax(-1).tolist() if same.any(-1).all() else None


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


def one_slip(formula: Callable[..., Any], **slots: dict[str, Any]) -> dict[str, Any]:
    """What one slip in a formula gives, by the sentence that is said of it.

    Args:
        formula: gives the amount from one value for each slot.
        slots: for each, what may stand there: first the right value, under any key, then wrong ones.

    >>> one_slip(lambda rows, size: rows * size, rows={"": 7, "One is counted.": 1}, size={"": 4, "Bits.": 32})
    {'One is counted.': 4, 'Bits.': 224}
    """
    right = {name: next(iter(values.values())) for name, values in slots.items()}
    return {
        says: formula(**(right | {name: value}))
        for name, values in slots.items()
        for says, value in [*values.items()][1:]
    }


def family(slips: Callable[..., dict[str, Any]], *arguments: Any) -> dict[str, Callable]:
    """Named wrong answers, by the name of each: one for every sentence that `slips(*arguments)` holds.

    They go into an exercise's file with `globals().update(...)`.
    """

    def make(number: int, says: str) -> Callable:
        def slip(*given: Any) -> Any:
            return slips(*given)[says]

        slip.__name__, slip.__doc__ = f"{slips.__name__}_{number}", says
        return wrong()(slip)

    made = [make(number, says) for number, says in enumerate(slips(*arguments))]
    return {function.__name__: function for function in made}


class Refused(Exception):
    """An answer used what its task does without."""


class Refusing(torch.Tensor):
    """A tensor that the functions in `refused` do not take. Detached it is one, too; all else that is made of it is an
    ordinary tensor."""

    refused: dict[str, str]

    @classmethod
    def __torch_function__(cls, function: Any, types: Any, args: tuple = (), kwargs: dict | None = None) -> Any:
        passed = [*args, *(kwargs or {}).values()]  # torch.cat(tensors=parts), too
        given = [one for arg in passed for one in (arg if isinstance(arg, (list, tuple)) else [arg])]
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
    >>> torch.cat(tensors=[part, part])
    Traceback (most recent call last):
    tutorial_pkg.practice.samples.Refused: the parts were put together
    """
    made = tensor.detach().as_subclass(Refusing)
    made.refused = refused
    return made.requires_grad_(gradient)


_JOIN = "cat concat concatenate stack hstack vstack dstack row_stack column_stack pad_sequence block_diag"
JOINING = dict.fromkeys(_JOIN.split(), "the parts were put together")
