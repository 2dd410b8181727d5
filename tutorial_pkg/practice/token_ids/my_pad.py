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


def view(result: Any, batch: list, pad_id: int) -> Any:
    """The pair that `my_pad` is asked for, or what is there in its place."""
    if not (isinstance(result, (tuple, list)) and len(result) == 2):
        kind = (
            f"{len(result)} things"
            if isinstance(result, (tuple, list))
            else f"something of type {type(result).__name__}"
        )
        return Finding(f"{kind} and no pair; two tensors are asked for, the ids and the mask")
    for part, thing in zip(("ids are", "mask is"), result, strict=True):
        if not isinstance(thing, torch.Tensor):
            kind = type(thing).__name__
            return Finding(f"a pair whose {part} of type {kind}; a tensor is asked for: torch.tensor makes one")
    ids, mask = result
    if ids.dtype == torch.bool and mask.dtype != torch.bool:
        return Finding("the mask first and the ids second; the ids come first")
    if ids.is_floating_point() or ids.dtype == torch.bool:
        return Finding(f"ids of dtype {ids.dtype}; an id is a whole number, so an integer dtype is asked for")
    if mask.shape == (len(batch),):
        return Finding(f"one number for each row, {mask.tolist()}, as a mask; True or False is asked for at each place")
    if ids.shape != mask.shape:
        return Finding(f"ids of shape {tuple(ids.shape)} with a mask of shape {tuple(mask.shape)}; both have one shape")
    if mask.dtype != torch.bool:
        return Finding("a mask of numbers; True and False are asked for: as an index, 1 and 0 would pick rows")
    if (batch, pad_id) not in cases():  # it was changed in place, so what was asked for is not known here
        return {"ids": ids, "mask": mask}
    right_ids, right_mask = solution(batch, pad_id)
    if ids.shape != right_ids.shape:
        asked = f"{len(batch)} rows, all as long as the longest, {right_ids.shape[1]}"
        return {"ids": Finding(f"{ids.tolist()}, of shape {tuple(ids.shape)}; {asked}, are asked for"), "mask": mask}
    if torch.equal(ids, right_ids):
        if not mask.any():
            return {"ids": ids, "mask": Finding(f"{mask.tolist()}, False everywhere; True marks an id of the batch")}
        masks = int((mask & ~right_mask).sum()), int((right_mask & ~mask).sum())
        both = f"{masks[0]} padded places are True, {masks[1]} places of real ids False"
        return {"ids": ids, "mask": mask if torch.equal(mask, right_mask) else Finding(f"{mask.tolist()}: {both}")}
    rows, right_rows = ids.tolist(), right_ids.tolist()
    if sorted(rows) == sorted(right_rows):
        return {
            "ids": Finding(f"{rows}, the right rows in another order; that of the batch is asked for"),
            "mask": mask,
        }
    if torch.equal(ids[right_mask], right_ids[right_mask]):
        return {
            "ids": Finding(f"{rows}, which is not filled up with `pad_id` everywhere; that is {pad_id}"),
            "mask": mask,
        }
    if list(map(sorted, rows)) == list(map(sorted, right_rows)):
        return {
            "ids": Finding(
                f"{rows}, in whose rows the right numbers stand in another order, or the padding on another side"
            ),
            "mask": mask,
        }
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


def turned_round(batch, pad_id):
    ids, mask = right(batch, pad_id)
    return ids.flip(1), mask.flip(1)


def mask_from_the_ids(batch, pad_id):
    ids = left(batch, pad_id)[0]
    return ids, ids != pad_id


def mask_of_the_padding_ids(batch, pad_id):
    ids = left(batch, pad_id)[0]
    return ids, ids == pad_id


def mask_inverted(batch, pad_id):
    ids, mask = left(batch, pad_id)
    return ids, ~mask


def mask_all_true(batch, pad_id):
    ids = left(batch, pad_id)[0]
    return ids, torch.ones_like(ids, dtype=torch.bool)


def cut_to_the_shortest(batch, pad_id):
    shortest = min(map(len, batch))
    ids = torch.tensor([row[:shortest] for row in batch])
    return ids, torch.ones_like(ids, dtype=torch.bool)


def cut_in_front(batch, pad_id):
    shortest = min(map(len, batch))
    ids = torch.tensor([row[len(row) - shortest :] for row in batch])
    return ids, torch.ones_like(ids, dtype=torch.bool)


def length_first(batch, pad_id):
    ids, mask = left(batch, pad_id)
    return ids.T, mask.T


def one_each(batch, pad_id):
    longest = max(map(len, batch))
    ids = torch.tensor([[pad_id] * (len(row) < longest) + row for row in batch])
    return ids, torch.tensor([[False] * (len(row) < longest) + [True] * len(row) for row in batch])


def cut_in_front_but_empty(batch, pad_id):
    shortest = min(map(len, batch))
    ids = torch.tensor([row[-shortest:] for row in batch])
    return ids, torch.ones_like(ids, dtype=torch.bool)


def empty_row(batch, pad_id):
    longest = max(map(len, batch))
    ids = torch.full((len(batch), longest), pad_id)
    for i, row in enumerate(batch):
        ids[i, -len(row) :] = torch.tensor(row)
    return ids, left(batch, pad_id)[1]


def mask_of_an_empty_row(batch, pad_id):
    ids, mask = left(batch, pad_id)
    return ids, mask | torch.tensor([[not row] for row in batch])


def right_and_inverted(batch, pad_id):
    ids, mask = right(batch, pad_id)
    return ids, ~mask


def right_and_mask_from_the_ids(batch, pad_id):
    ids = right(batch, pad_id)[0]
    return ids, ids != pad_id


def zeros_and_mask_from_the_ids(batch, pad_id):
    ids = left(batch, 0)[0]
    return ids, ids != 0


def number_plus_list(batch, pad_id):
    longest = max(map(len, batch))
    return torch.tensor([pad_id * (longest - len(row)) + row for row in batch])


def list_plus_number(batch, pad_id):
    longest = max(map(len, batch))
    return torch.tensor([row + pad_id * (longest - len(row)) for row in batch])


def lengths_along_the_row(batch, pad_id):
    ids, lengths = left(batch, pad_id)[0], torch.tensor([len(row) for row in batch])
    longest = int(lengths.max())
    return ids, torch.arange(longest) >= longest - lengths


def one_place_too_few(batch, pad_id):
    ids, lengths = left(batch, pad_id)[0], torch.tensor([[len(row)] for row in batch])
    longest = int(lengths.max())
    return ids, torch.arange(longest) > longest - lengths


def one_place_too_many(batch, pad_id):
    ids, lengths = left(batch, pad_id)[0], torch.tensor([[len(row)] for row in batch])
    longest = int(lengths.max())
    return ids, torch.arange(longest) >= longest - lengths - 1


def zero_masked_away(batch, pad_id):
    ids = left(batch, pad_id)[0]
    return ids, ids != 0


exercise = Exercise(
    task="""### Exercise 5 (a new situation): padding on the left

A model that writes goes on after each sentence's *last* token, so for writing people pad on the **left**, where the
padding is not in the way. `my_pad(batch, pad_id)` takes a list of lists of ids, of any lengths, and returns two tensors
of shape (batch, longest): the ids with `pad_id` in front of the shorter ones, and the mask, True where an id came from
`batch`. Mind the catch: people often pad with an id that also occurs in the text (with GPT-2 it is the end-of-text
token), so the mask has to come from the lengths. `my_pad([[4, 0, 3], [7]], 7)` is the pair of `[[4, 0, 3], [7, 7, 7]]`
and `[[True, True, True], [False, False, True]]`.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="Padding makes the batch a rectangle, and the mask remembers, from the lengths, what was really there.",
    hints=[
        "A list times a number repeats it: `[7] * 2` is `[7, 7]`. How many does each row lack, and on which side?",
        "Fill a mask the same way: `[False] * (longest - len(row)) + [True] * len(row)`, then make tensors of both.",
    ],
    slips=[
        Slip(
            "The padding stands on the right, as in the notebook's `pad`; here it is asked for on the left.",
            lambda batch, pad_id: right(batch, pad_id),
        ),
        Slip(
            "The ids are padded on the left and the mask on the right, so it marks other places than those of the ids.",
            lambda batch, pad_id: (left(batch, pad_id)[0], right(batch, pad_id)[1]),
        ),
        Slip(
            "Turning the padded rows round brings the padding to the left, but each sentence now stands backwards.",
            turned_round,
        ),
        Slip(
            "The mask asks which ids equal `pad_id`, so a real token with that id is masked away: use the lengths.",
            mask_from_the_ids,
        ),
        Slip(
            "The mask is True where an id equals `pad_id`, which is the wrong way round, and a real token may have that id: use the lengths.",
            mask_of_the_padding_ids,
        ),
        Slip("The mask is the wrong way round: True is to mean that an id came from the batch.", mask_inverted),
        Slip(
            "The mask is True everywhere, so it says nothing: True is to mean that an id came from the batch.",
            mask_all_true,
        ),
        Slip(
            "It fills up with 0, which may be a word's id; `pad_id` says what to fill up with.",
            lambda batch, pad_id: left(batch, 0),
            idea=5,
        ),
        Slip(
            "It fills up with 7, which is right for the example only; `pad_id` says what to fill up with.",
            lambda batch, pad_id: left(batch, 7),
        ),
        Slip(
            "Every row is padded, and even the longest gets one: the longest row needs no padding.",
            lambda batch, pad_id: left(batch, pad_id, max(map(len, batch)) + 1),
        ),
        Slip(
            "The longer rows were cut to the shortest one's length, and tokens are lost: fill the others up instead.",
            cut_to_the_shortest,
        ),
        Slip(
            "The longer rows lost their first tokens, down to the shortest one's length: fill the others up instead.",
            cut_in_front,
        ),
        Slip(
            "`torch.tensor` raises: rows of different lengths are no rectangle, so fill up the shorter ones first, the mask's as well.",
            lambda batch, pad_id: (torch.tensor(batch), torch.ones_like(torch.tensor(batch), dtype=torch.bool)),
        ),
        Slip("The shape is (longest, batch) here: each sentence is a column, and a row is asked for.", length_first),
        Slip(
            "The first row was taken for the longest, and the rows came out of unequal length: take `max` over all lengths.",
            lambda batch, pad_id: left(batch, pad_id, len(batch[0])),
        ),
        Slip(
            "The last row was taken for the longest, and the rows came out of unequal length: take `max` over all lengths.",
            lambda batch, pad_id: left(batch, pad_id, len(batch[-1])),
        ),
        Slip(
            "`len(batch)` is the number of rows; the length to fill up to is that of the longest row.",
            lambda batch, pad_id: left(batch, pad_id, len(batch)),
        ),
        Slip(
            "`max(batch)` compares the rows by their ids, and the greatest need not be the longest: `max(map(len, batch))`.",
            lambda batch, pad_id: left(batch, pad_id, len(max(batch))),
        ),
        Slip(
            "Each shorter row got one `pad_id`, however many it lacks, so the rows still differ in length: repeat it `longest - len(row)` times.",
            one_each,
        ),
        Slip(
            "The longer rows were cut to the shortest one's length, and tokens are lost (an empty row cuts nothing off: -0 is 0): fill the others up instead.",
            cut_in_front_but_empty,
        ),
        Slip(
            "All is right but for an empty row: -0 is 0, and `[-0:]` is the whole row. Write `[longest - len(row):]`.",
            empty_row,
        ),
        Slip(
            "All is right but for an empty row, whose mask is True throughout: -0 is 0, and `[-0:]` is the whole row.",
            mask_of_an_empty_row,
        ),
        Slip(
            "The size is that of the example, (2, 3); take the number of rows and the longest length from `batch`.",
            lambda batch, pad_id: left(batch, pad_id, 3),
        ),
        Slip(
            "Two things are the wrong way round: the padding belongs on the left, and True is to mean that an id came from the batch.",
            right_and_inverted,
        ),
        Slip(
            "The padding stands on the right, and the mask asks which ids equal `pad_id`: pad on the left, and use the lengths.",
            right_and_mask_from_the_ids,
        ),
        Slip(
            "It fills up with 0 and takes every 0 for padding: fill up with `pad_id`, and take the mask from the lengths.",
            zeros_and_mask_from_the_ids,
        ),
        Slip(
            "`max(batch)` is a row and not a length: take the greatest of the lengths, `max(map(len, batch))`.",
            lambda batch, pad_id: torch.tensor([[pad_id] * (max(batch) - len(row)) + row for row in batch]),
        ),
        Slip(
            "A number cannot be put in front of a list (`pad_id * n` is a number as well); `[pad_id] * n` is a list.",
            number_plus_list,
        ),
        Slip(
            "A number was added to a list (`pad_id * n` is one as well); `[pad_id] * n` is a list, and it belongs in front.",
            list_plus_number,
        ),
        Slip(
            "The lengths stand along a row, and the places as well: `lengths[:, None]` makes a column of the lengths, and every row gets its own comparison.",
            lengths_along_the_row,
        ),
        Slip(
            "Each row's mask begins one place too late: the first id of a row counts as padding. Is it `>=` and not `>`?",
            one_place_too_few,
        ),
        Slip("Each row's mask begins one place too early, so the last padding counts as an id.", one_place_too_many),
        Slip(
            "The mask is False wherever an id is 0, and 0 is an id like any other: the mask comes from the lengths.",
            zero_masked_away,
            idea=5,
        ),
        Slip(
            "An empty row was left out; it is a row as well, with nothing but padding.",
            lambda batch, pad_id: left([row for row in batch if row], pad_id),
        ),
    ],
)
