"""### Exercise 5 (a new situation): padding on the left

A model that writes goes on after each sentence's *last* token, so for writing people pad on the **left**, where the
padding is not in the way. `my_pad(batch, pad_id)` takes a list of lists of ids, of any lengths, and returns two tensors
of shape (batch, longest): the ids with `pad_id` in front of the shorter ones, and the mask, True where an id came from
`batch`. Mind the catch: people often pad with an id that also occurs in the text (with GPT-2 it is the end-of-text
token), so the mask has to come from the lengths. `my_pad([[4, 0, 3], [7]], 7)` is the pair of `[[4, 0, 3], [7, 7, 7]]`
and `[[True, True, True], [False, False, True]]`.
"""

from typing import Any

import torch

from tutorial_pkg.practice.pieces import Finding, wrong

MEANS = "Padding makes the batch a rectangle, and the mask remembers, from the lengths, what was really there."
HINTS = [
    "A list times a number repeats it: `[7] * 2` is `[7, 7]`. How many does each row lack, and on which side?",
    "Fill a mask the same way: `[False] * (longest - len(row)) + [True] * len(row)`, then make tensors of both.",
]


def stub(batch, pad_id):
    return ...


def solution(batch, pad_id):
    lengths = torch.tensor([len(row) for row in batch])
    longest = int(lengths.max())
    ids = torch.tensor([[pad_id] * (longest - len(row)) + row for row in batch])
    mask = torch.arange(longest) >= longest - lengths[:, None]  # the last places of every row, for all rows at once
    return ids, mask


def cases():
    return [
        ([[4, 0, 3], [7]], 7),
        ([[5, 0], [4, 0, 3, 2, 5, 1], [0, 3, 2]], 9),
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
    ids, mask = result
    if ids.dtype == torch.bool and mask.dtype != torch.bool:
        return Finding("the mask first and the ids second; the ids come first")
    if ids.is_floating_point() or ids.dtype == torch.bool:
        return Finding(f"ids of dtype {ids.dtype}; an id is a whole number, so an integer dtype is asked for")
    if ids.shape != mask.shape:
        return Finding(f"ids of shape {tuple(ids.shape)} with a mask of shape {tuple(mask.shape)}; both have one shape")
    if mask.dtype != torch.bool:
        return Finding("a mask of numbers; True and False are asked for: as an index, 1 and 0 would pick rows")
    return {"ids": ids, "mask": mask}


def left(batch, pad_id, longest=None):
    """What is asked for, or with rows of another length."""
    longest = longest or max(map(len, batch))
    ids = torch.tensor([[pad_id] * (longest - len(row)) + row for row in batch])
    mask = torch.tensor([[False] * (longest - len(row)) + [True] * len(row) for row in batch])
    return ids, mask


def right(batch, pad_id):
    """What the notebook's `pad` gives."""
    longest = max(map(len, batch))
    ids = torch.tensor([row + [pad_id] * (longest - len(row)) for row in batch])
    mask = torch.tensor([[True] * len(row) + [False] * (longest - len(row)) for row in batch])
    return ids, mask


@wrong()
def on_the_right(batch, pad_id):
    """The padding stands on the right, as in the notebook's `pad`; here it is asked for on the left."""
    return right(batch, pad_id)


@wrong()
def mask_on_the_other_side(batch, pad_id):
    """The ids are padded on the left and the mask on the right, so it marks other places than those of the ids."""
    return left(batch, pad_id)[0], right(batch, pad_id)[1]


@wrong()
def turned_round(batch, pad_id):
    """Turning the padded rows round brings the padding to the left, but each sentence now stands backwards."""
    ids, mask = right(batch, pad_id)
    return ids.flip(1), mask.flip(1)


@wrong()
def mask_from_the_ids(batch, pad_id):
    """The mask asks which ids equal `pad_id`, so a real token with that id is masked away: use the lengths."""
    ids = left(batch, pad_id)[0]
    return ids, ids != pad_id


@wrong()
def mask_of_the_padding_ids(batch, pad_id):
    """The mask is True where an id equals `pad_id`, which is the wrong way round, and a real token may have that id:
    use the lengths."""
    ids = left(batch, pad_id)[0]
    return ids, ids == pad_id


@wrong()
def mask_inverted(batch, pad_id):
    """The mask is the wrong way round: True is to mean that an id came from the batch."""
    ids, mask = left(batch, pad_id)
    return ids, ~mask


@wrong()
def mask_all_true(batch, pad_id):
    """The mask is True everywhere, so it says nothing: True is to mean that an id came from the batch."""
    ids = left(batch, pad_id)[0]
    return ids, torch.ones_like(ids, dtype=torch.bool)


@wrong(idea=5)
def zeros(batch, pad_id):
    """It fills up with 0, which may be a word's id; `pad_id` says what to fill up with."""
    return left(batch, 0)


@wrong()
def seven(batch, pad_id):
    """It fills up with 7, which is right for the example only; `pad_id` says what to fill up with."""
    return left(batch, 7)


@wrong()
def one_more(batch, pad_id):
    """Every row is padded, and even the longest gets one: the longest row needs no padding."""
    return left(batch, pad_id, max(map(len, batch)) + 1)


@wrong()
def cut_to_the_shortest(batch, pad_id):
    """The longer rows were cut to the shortest one's length, and tokens are lost: fill the others up instead."""
    shortest = min(map(len, batch))
    ids = torch.tensor([row[:shortest] for row in batch])
    return ids, torch.ones_like(ids, dtype=torch.bool)


@wrong()
def cut_in_front(batch, pad_id):
    """The longer rows lost their first tokens, down to the shortest one's length: fill the others up instead."""
    shortest = min(map(len, batch))
    ids = torch.tensor([row[len(row) - shortest :] for row in batch])
    return ids, torch.ones_like(ids, dtype=torch.bool)


@wrong()
def not_padded(batch, pad_id):
    """`torch.tensor(batch)` raises: rows of different lengths are no rectangle, so fill up the shorter ones first."""
    return torch.tensor(batch), torch.tensor(True)


@wrong()
def length_first(batch, pad_id):
    """The shape is (longest, batch) here: each sentence is a column, and a row is asked for."""
    ids, mask = left(batch, pad_id)
    return ids.T, mask.T
