from __future__ import annotations

from typing import Any

from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.lazy import torch


def stub(batch, pad_id):
    return ...


def solution(batch, pad_id):
    lengths = torch.tensor([len(row) for row in batch])
    longest = int(lengths.max())
    ids = torch.tensor([[pad_id] * (longest - len(row)) + row for row in batch])
    mask = torch.arange(longest) >= longest - lengths[:, None]  # the last positions of each row
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


def view(result: Any, batch: list, pad_id: int) -> Any:
    if result is None:
        return result
    if not (isinstance(result, (tuple, list)) and len(result) == 2):
        what = f"{len(result)} values" if isinstance(result, (tuple, list)) else f"a {type(result).__name__}"
        return Finding(f"{what}. Return a pair of two tensors, the ids and the mask")
    for part, thing in zip(("ids", "mask"), result, strict=True):
        if not isinstance(thing, torch.Tensor):
            return Finding(f"a pair in which the {part} part is of type {type(thing).__name__}. Convert it to a tensor")
    ids, mask = result
    if ids.dtype == torch.bool and mask.dtype != torch.bool:
        return Finding("the mask first and the ids second. Return the ids first")
    if ids.is_floating_point() or ids.dtype == torch.bool:
        return Finding(f"ids of dtype {ids.dtype}. An id is an integer, so use int64")
    if mask.shape == (len(batch),):
        return Finding(f"a mask with one number per row, {mask.tolist()}. Use True or False for each position")
    if ids.shape != mask.shape:
        return Finding(f"ids of shape {tuple(ids.shape)} and a mask of shape {tuple(mask.shape)}. Use the same shape")
    if mask.dtype != torch.bool:
        return Finding("a mask of numbers. Use True and False. As an index, 1 and 0 would pick rows")
    return {"ids": ids_or_finding(ids, batch, pad_id), "mask": mask_or_finding(ids, mask, batch, pad_id)}


def ids_or_finding(ids: torch.Tensor, batch: list, pad_id: int) -> Any:
    right, mask = solution(batch, pad_id)
    rows = ids.tolist()
    if torch.equal(ids, right):
        return ids
    if ids.shape != right.shape:
        return Finding(f"the shape {tuple(ids.shape)}. Expected {tuple(right.shape)}: each row as long as the longest")
    if sorted(rows) == sorted(right.tolist()):
        return Finding(f"{rows}. The rows are right, but in another order. Keep the order of the batch")
    if torch.equal(ids[mask], right[mask]):
        return Finding(f"{rows}. The padding is not `pad_id` everywhere. Fill up with {pad_id}")
    if list(map(sorted, rows)) == list(map(sorted, right.tolist())):
        return Finding(f"{rows}. Each row has the right numbers, but in another order. Put the padding on the left")
    return ids


def mask_or_finding(ids: torch.Tensor, mask: torch.Tensor, batch: list, pad_id: int) -> Any:
    right_ids, right = solution(batch, pad_id)
    if not torch.equal(ids, right_ids) or torch.equal(mask, right):
        return mask
    if not mask.any():
        return Finding(f"{mask.tolist()}. The mask is False everywhere. Use True for each id of the batch")
    wrong = int((mask != right).sum())
    return Finding(f"{mask.tolist()}. It is wrong at {wrong} of {mask.numel()} positions. Use True for ids and False for padding")


def left(batch, pad_id, longest=None):
    """The right result. With `longest`, its rows have this length."""
    longest = longest or max(map(len, batch))
    ids = torch.tensor([[pad_id] * (longest - len(row)) + row for row in batch])
    return ids, torch.tensor([[False] * (longest - len(row)) + [True] * len(row) for row in batch])


def right(batch, pad_id):
    """What the notebook's `pad` returns."""
    ids, mask = left([row[::-1] for row in batch], pad_id)
    return ids.flip(1), mask.flip(1)


def parts(batch, pad_id):
    (ids, mask), (right_ids, right_mask) = left(batch, pad_id), right(batch, pad_id)
    return {"ids": ids, "mask": mask, "longest": ids.shape[1], "right_ids": right_ids, "right_mask": right_mask}


exercise = Exercise(
    task="""### Exercise 5 (a new situation): padding on the left

A model that writes text continues after the *last* token of each sentence. So for writing, people pad on the **left**: then
each row ends with a real token. `my_pad(batch, pad_id)` takes a list of lists of ids, which may have different lengths or be empty. It
returns two tensors of shape (batch, longest). The first tensor contains the ids, with `pad_id` in front of the shorter rows. The
second tensor is the mask: True for an id that comes from `batch`. Be careful: people often pad with an id that also occurs in the
text. With GPT-2, this id is the end-of-text token. So make the mask from the lengths. `my_pad([[4, 0, 3], [7]], 7)` returns `[[4, 0, 3], [7, 7, 7]]` and
`[[True, True, True], [False, False, True]]`, as tensors.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="Padding makes the batch a rectangle. The mask comes from the lengths, so it knows which ids are real.",
    hints=[
        "A list times a number repeats the list: `[7] * 2` is `[7, 7]`. How much padding does each row need, and on which side?",
        "Make the mask in the same way: `[False] * (longest - len(row)) + [True] * len(row)`. Then make tensors of both.",
    ],
    parts=parts,
    slips=[
        Slip("The padding is on the right, as in the notebook's `pad`. Put it on the left.", lambda p: (p.right_ids, p.right_mask)),
        Slip("The ids are padded on the left, but the mask is padded on the right. Pad both on the left.", lambda p: (p.ids, p.right_mask)),
        Slip("The padding is on the left, but each sentence is in reverse order. Keep the order of the ids.", lambda p: (p.right_ids.flip(1), p.right_mask.flip(1))),
        Slip("The mask is False for every id that equals `pad_id`, even for real tokens. Make the mask from the lengths.", lambda p: (p.ids, p.ids != p.pad_id)),
        Slip("The mask is inverted. Use True for each id that comes from the batch.", lambda p: (p.ids, ~p.mask)),
        Slip("The mask is True for every id that equals `pad_id`. Make the mask from the lengths, with False for the padding.", lambda p: (p.ids, p.ids == p.pad_id)),
        Slip("For an empty row, `-len(row)` is 0, and `[0:]` is the whole row. Start the slice at longest - len(row).", lambda p: (p.ids, p.mask | ~p.mask.any(1, keepdim=True))),
        Slip("The mask is True everywhere, so it does not show the padding. Use False for the padding.", lambda p: (p.ids, torch.ones_like(p.mask))),
        Slip("The mask is False for every id 0, but 0 is an id like any other. Make the mask from the lengths.", lambda p: (p.ids, p.ids != 0), idea=5),
        Slip("The padding is on the right, and the mask comes from the ids. Pad on the left, and use the lengths.", lambda p: (p.right_ids, p.right_ids != p.pad_id)),
        Slip("`torch.tensor` needs rows of one length. Fill up the shorter rows first.", lambda p: (torch.tensor(p.batch), torch.ones_like(p.mask))),
        Slip("The first row is taken as the longest, so the rows get different lengths. Use the largest of all lengths.", lambda p: left(p.batch, p.pad_id, len(p.batch[0]))),
        Slip("`len(batch)` is the number of rows. Fill up to the length of the longest row.", lambda p: left(p.batch, p.pad_id, len(p.batch))),
        Slip("`max(batch)` compares rows by their ids. Its result may not be the longest row. Use `max(map(len, batch))`.", lambda p: left(p.batch, p.pad_id, len(max(p.batch)))),
        Slip("Shorter rows get one `pad_id`. Repeat it `longest - len(row)` times.", lambda p: (torch.tensor([[p.pad_id] * (len(r) < p.longest) + r for r in p.batch]), p.mask)),
        Slip("`pad_id * n` is a number. Use a list: `[pad_id] * n`.", lambda p: torch.tensor([p.pad_id * (p.longest - len(row)) + row for row in p.batch])),
    ],
)
