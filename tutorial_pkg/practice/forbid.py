"""A tensor that certain functions must not use, for exercises that must be solved without these functions."""

from typing import Any

import torch


class Forbidden(Exception):
    """An answer used a function that the task forbids."""


class ForbiddingTensor(torch.Tensor):
    """A tensor that raises an error if it is passed to a function in `forbidden`. Its results are ordinary tensors."""

    forbidden: dict[str, str]

    @classmethod
    def __torch_function__(cls, function: Any, types: Any, args: tuple = (), kwargs: dict | None = None) -> Any:
        passed = [*args, *(kwargs or {}).values()]  # also for torch.cat(tensors=parts)
        given = [one for arg in passed for one in (arg if isinstance(arg, (list, tuple)) else [arg])]
        with torch._C.DisableTorchFunctionSubclass():
            own = [one for one in given if isinstance(one, cls)]
            for one in own:
                if (name := function.__name__) in one.forbidden and (name not in JOINING or len(own) > 1):
                    raise Forbidden(one.forbidden[name])
            made = function(*args, **(kwargs or {}))
        # nn.Parameter detaches its tensor, and needs a tensor of the same class
        return forbid(made, given[0].forbidden) if function is torch.Tensor.detach else made

    def __deepcopy__(self, memo: dict) -> torch.Tensor:
        return forbid(self.detach().clone(), self.forbidden, self.requires_grad)


def forbid(tensor: torch.Tensor, forbidden: dict[str, str], gradient: bool = False) -> ForbiddingTensor:
    """A tensor with the same numbers. It raises an error if it is passed to a function named in `forbidden`.

    A function that joins tensors raises the error only if it gets two such tensors.

    >>> part = forbid(torch.ones(2, 3), JOINING)
    >>> type(part + 1).__name__, tuple(torch.cat([part, torch.zeros(1, 3)]).shape)
    ('Tensor', (3, 3))
    >>> torch.cat(tensors=[part, part])
    Traceback (most recent call last):
    tutorial_pkg.practice.forbid.Forbidden: the parts were joined
    """
    made = tensor.detach().as_subclass(ForbiddingTensor)
    made.forbidden = forbidden
    return made.requires_grad_(gradient)


_JOIN = "cat concat concatenate stack hstack vstack dstack row_stack column_stack pad_sequence block_diag"
JOINING = dict.fromkeys(_JOIN.split(), "the parts were joined")
