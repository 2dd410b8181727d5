"""Other answers to `my_pad`: right ones in other styles, and wrong ones that a general rule catches."""

import torch

from answers import caught, right


def left(batch, pad_id):
    longest = max(len(row) for row in batch)
    ids = [[pad_id] * (longest - len(row)) + row for row in batch]
    return ids, [[False] * (longest - len(row)) + [True] * len(row) for row in batch]


@caught("Got a pair in which the ids part is of type list. Convert it to a tensor.")
def lists(batch, pad_id):
    return left(batch, pad_id)


@caught("Got a mask of numbers. Use True and False.")
def mask_of_numbers(batch, pad_id):
    ids, mask = left(batch, pad_id)
    return torch.tensor(ids), torch.tensor(mask).long()


@caught("Got a Tensor. Return a pair of two tensors")
def ids_only(batch, pad_id):
    return torch.tensor(left(batch, pad_id)[0])


@caught("Got the mask first and the ids second. Return the ids first.")
def mask_first(batch, pad_id):
    ids, mask = left(batch, pad_id)
    return torch.tensor(mask), torch.tensor(ids)


@caught("Got ids of dtype torch.float32. An id is an integer")
def floats(batch, pad_id):
    ids, mask = left(batch, pad_id)
    return torch.tensor(ids, dtype=torch.float32), torch.tensor(mask)


@caught("Got a mask with one number per row, [3, 1].")
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


@caught("ids: got the shape (2, 4). Expected (2, 3)")
def other_size(batch, pad_id):
    ids, mask = map(torch.tensor, left(batch, pad_id))
    return torch.cat([ids, ids[:, :1]], 1), torch.cat([mask, mask[:, :1]], 1)


@caught("The mask is False everywhere.")
def nothing_true(batch, pad_id):
    ids, mask = map(torch.tensor, left(batch, pad_id))
    return ids, mask & False


@caught("It is wrong at 1 of 6 positions.")
def first_place_true(batch, pad_id):
    ids, mask = map(torch.tensor, left(batch, pad_id))
    return ids, mask | (torch.arange(mask.shape[1]) == 0)


@caught("The rows are right, but in another order.")
def rows_backwards(batch, pad_id):
    ids, mask = map(torch.tensor, left(batch, pad_id))
    return ids.flip(0), mask.flip(0)


@caught("The padding is not `pad_id` everywhere. Fill up with 7.")
def filled_with_minus_one(batch, pad_id):
    return tuple(map(torch.tensor, left(batch, -1)))


@caught("Each row has the right numbers, but in another order.")
def rolled(batch, pad_id):
    ids, mask = map(torch.tensor, left(batch, pad_id))
    return ids.roll(1, 1), mask.roll(1, 1)


@caught("Got 3 values. Return a pair of two tensors")
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


@caught("`max(map(len, rows))` is the largest length")
def longest_list(batch, pad_id):
    longest = max(batch)
    ids = torch.tensor([[pad_id] * (longest - len(row)) + row for row in batch])
    return ids, torch.ones_like(ids).bool()


@caught("use `.flip(dim)`")
def negative_step(batch, pad_id):
    longest = max(map(len, batch))
    ids = torch.tensor([row[::-1] + [pad_id] * (longest - len(row)) for row in batch])[:, ::-1]
    return ids, torch.ones_like(ids).bool()


@caught("(With n = 0, a slice [-n:] is the whole row, because -0 is 0.)")
def from_the_end(batch, pad_id):
    ids = torch.full((len(batch), max(map(len, batch))), pad_id)
    mask = torch.zeros(ids.shape, dtype=torch.bool)
    for r, row in enumerate(batch):
        ids[r, -len(row) :] = torch.tensor(row)
        mask[r, -len(row) :] = True
    return ids, mask


@caught("For an empty row, `-len(row)` is 0")
def mask_from_the_end(batch, pad_id):
    ids, mask = map(torch.tensor, left(batch, pad_id))
    mask[:] = False
    for r, row in enumerate(batch):
        mask[r, -len(row) :] = True
    return ids, mask
