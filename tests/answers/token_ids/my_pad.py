"""Other answers to `my_pad`: right ones in other styles, and wrong ones that a general rule catches."""

import torch

from answers import caught, right


def left(batch, pad_id):
    longest = max(len(row) for row in batch)
    ids = [[pad_id] * (longest - len(row)) + row for row in batch]
    return ids, [[False] * (longest - len(row)) + [True] * len(row) for row in batch]


@caught("a pair whose ids are of type list; a tensor is asked for: torch.tensor makes one.")
def lists(batch, pad_id):
    return left(batch, pad_id)


@caught("a mask of numbers; True and False are asked for: as an index, 1 and 0 would pick rows.")
def mask_of_numbers(batch, pad_id):
    ids, mask = left(batch, pad_id)
    return torch.tensor(ids), torch.tensor(mask).long()


@caught("something of type Tensor and no pair; two tensors are asked for, the ids and the mask.")
def ids_only(batch, pad_id):
    return torch.tensor(left(batch, pad_id)[0])


@caught("the mask first and the ids second; the ids come first.")
def mask_first(batch, pad_id):
    ids, mask = left(batch, pad_id)
    return torch.tensor(mask), torch.tensor(ids)


@caught("ids of dtype torch.float32; an id is a whole number")
def floats(batch, pad_id):
    ids, mask = left(batch, pad_id)
    return torch.tensor(ids, dtype=torch.float32), torch.tensor(mask)


@caught("one number for each row, [3, 1], as a mask")
def lengths_for_a_mask(batch, pad_id):
    return torch.tensor(left(batch, pad_id)[0]), torch.tensor([len(row) for row in batch])


@caught("changes its input `batch`")
def grows_its_input(batch, pad_id):
    mask = torch.tensor(left(batch, pad_id)[1])
    longest = max(len(row) for row in batch)
    for row in batch:
        while len(row) < longest:
            row.insert(0, pad_id)
    return torch.tensor(batch), mask


@caught("of shape (2, 4); 2 rows, all as long as the longest, 3")
def other_size(batch, pad_id):
    ids, mask = map(torch.tensor, left(batch, pad_id))
    return torch.cat([ids, ids[:, :1]], 1), torch.cat([mask, mask[:, :1]], 1)


@caught("False everywhere")
def nothing_true(batch, pad_id):
    ids, mask = map(torch.tensor, left(batch, pad_id))
    return ids, mask & False


@caught("1 padded places are True, 0 places of real ids False")
def first_place_true(batch, pad_id):
    ids, mask = map(torch.tensor, left(batch, pad_id))
    return ids, mask | (torch.arange(mask.shape[1]) == 0)


@caught("the right rows in another order")
def rows_backwards(batch, pad_id):
    ids, mask = map(torch.tensor, left(batch, pad_id))
    return ids.flip(0), mask.flip(0)


@caught("which is not filled up with `pad_id` everywhere")
def filled_with_minus_one(batch, pad_id):
    return tuple(map(torch.tensor, left(batch, -1)))


@caught("in whose rows the right numbers stand in another order")
def rolled(batch, pad_id):
    ids, mask = map(torch.tensor, left(batch, pad_id))
    return ids.roll(1, 1), mask.roll(1, 1)


@caught("3 things and no pair")
def three_things(batch, pad_id):
    ids, mask = map(torch.tensor, left(batch, pad_id))
    return ids, mask, len(batch)


@right
def pad_turned_round(batch, pad_id):
    from tutorial_pkg.tokens import pad

    ids, mask = pad([row[::-1] for row in batch], pad_id)
    return ids.flip(1), mask.flip(1)


@right
def filled(batch, pad_id):
    width = max(len(row) for row in batch)
    ids = torch.full((len(batch), width), pad_id)
    mask = torch.zeros(len(batch), width, dtype=torch.bool)
    for i, row in enumerate(batch):
        ids[i, width - len(row) :] = torch.tensor(row, dtype=torch.long)
        mask[i, width - len(row) :] = True
    return ids, mask


@right
def lists_first(batch, pad_id):
    ids, mask = left(batch, pad_id)
    return [torch.tensor(ids), torch.tensor(mask)]


@right
def numpy(batch, pad_id):
    import numpy as np

    lengths = np.array([len(row) for row in batch])
    mask = np.arange(lengths.max()) >= lengths.max() - lengths[:, None]
    ids = np.full(mask.shape, pad_id)
    ids[mask] = [i for row in batch for i in row]
    return torch.from_numpy(ids), torch.from_numpy(mask)


@right
def pad_sequence(batch, pad_id):
    from torch.nn.utils.rnn import pad_sequence

    rows = [torch.tensor(row[::-1], dtype=torch.long) for row in batch]
    ones = [torch.ones(len(row), dtype=torch.bool) for row in batch]
    return pad_sequence(rows, True, pad_id).flip(1), pad_sequence(ones, True).flip(1)
