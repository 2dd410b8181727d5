"""### Exercise 4 (a new situation): any batch, any padding id

`my_pad(batch, pad_id)` takes a list of lists of ids, of any lengths, and returns two tensors of shape (batch, longest):
the ids filled up with `pad_id` on the right, and the mask, True where an id came from `batch`. Mind the catch: people
often pad with an id that also occurs in the text (with GPT-2 it is the end-of-text token), so the mask has to come from
the lengths. `my_pad([[4, 0, 3], [7]], 7)` is the pair of `[[4, 0, 3], [7, 7, 7]]` and
`[[True, True, True], [True, False, False]]`.
"""

from typing import Any

import torch

from tutorial_pkg.practice.pieces import Finding, wrong

MEANS = "Padding makes the batch a rectangle, and the mask remembers, from the lengths, what was really there."
HINTS = [
    "A list times a number repeats it: `[7] * 2` is `[7, 7]`. How many does each row lack?",
    "Fill a mask the same way: `[True] * len(row) + [False] * (longest - len(row))`, then make tensors of both.",
]


def stub(batch, pad_id):
    return ...


def solution(batch, pad_id):
    lengths = torch.tensor([len(row) for row in batch])
    longest = int(lengths.max())
    ids = torch.tensor([row + [pad_id] * (longest - len(row)) for row in batch])
    mask = torch.arange(longest) < lengths[:, None]  # position < length, for every row at once
    return ids, mask


def cases():
    return [
        ([[4, 0, 3], [7]], 7),
        ([[4, 0, 3, 2, 5, 1], [5, 0], [0, 3, 2]], 9),
        ([[1, 2], [3, 4]], 0),
        ([[0, 5, 0], [0], [5, 5]], 0),
        ([[8], [8, 8, 1, 8], [], [1]], 8),
        ([[2]], 50256),
    ]


def view(result: Any, *_: Any) -> Any:
    """The pair that `my_pad` is asked for, or what is there in its place."""
    if not (isinstance(result, (tuple, list)) and len(result) == 2):
        return Finding("no pair; two tensors are asked for, the ids and the mask")
    for part, thing in zip(("ids are", "mask is"), result, strict=True):
        if not isinstance(thing, torch.Tensor):
            kind = type(thing).__name__
            return Finding(f"a pair whose {part} of type {kind}; a tensor is asked for: torch.tensor makes one")
    if result[1].dtype != torch.bool:
        return Finding("a mask of numbers; True and False are asked for: as an index, 1 and 0 would pick rows")
    return result


@wrong()
def mask_from_the_ids(batch, pad_id):
    """The mask asks which ids equal `pad_id`, so a real token with that id is masked away: use the lengths."""
    longest = max(len(row) for row in batch)
    ids = torch.tensor([row + [pad_id] * (longest - len(row)) for row in batch])
    return ids, ids != pad_id


@wrong()
def mask_turned_round(batch, pad_id):
    """The mask is the wrong way round: True is to mean that an id came from the batch."""
    longest = max(len(row) for row in batch)
    ids = torch.tensor([row + [pad_id] * (longest - len(row)) for row in batch])
    mask = torch.tensor([[False] * len(row) + [True] * (longest - len(row)) for row in batch])
    return ids, mask


@wrong()
def left(batch, pad_id):
    """The padding stands on the left; it is asked for on the right."""
    longest = max(len(row) for row in batch)
    ids = torch.tensor([[pad_id] * (longest - len(row)) + row for row in batch])
    mask = torch.tensor([[False] * (longest - len(row)) + [True] * len(row) for row in batch])
    return ids, mask


@wrong(idea=5)
def zeros(batch, pad_id):
    """It fills up with 0, which may be a word's id; `pad_id` says what to fill up with."""
    longest = max(len(row) for row in batch)
    ids = torch.tensor([row + [0] * (longest - len(row)) for row in batch])
    mask = torch.tensor([[True] * len(row) + [False] * (longest - len(row)) for row in batch])
    return ids, mask


@wrong()
def cut_to_the_shortest(batch, pad_id):
    """The longer rows were cut to the shortest one's length, and tokens are lost: fill the others up instead."""
    shortest = min(len(row) for row in batch)
    ids = torch.tensor([row[:shortest] for row in batch])
    return ids, torch.ones_like(ids, dtype=torch.bool)
