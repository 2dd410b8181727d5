"""Other answers to `my_pad`: right ones in other styles, and wrong ones that a general rule catches."""

import torch

from answers import caught, right


@caught("Got a pair whose ids are of type list; a tensor is asked for: torch.tensor makes one.")
def lists(batch, pad_id):
    longest = max(len(row) for row in batch)
    ids = [row + [pad_id] * (longest - len(row)) for row in batch]
    return ids, [[True] * len(row) + [False] * (longest - len(row)) for row in batch]


@caught("Got a mask of numbers; True and False are asked for: as an index, 1 and 0 would pick rows.")
def mask_of_numbers(batch, pad_id):
    longest = max(len(row) for row in batch)
    ids = torch.tensor([row + [pad_id] * (longest - len(row)) for row in batch])
    return ids, torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in batch])


@caught("Got no pair; two tensors are asked for, the ids and the mask.")
def ids_only(batch, pad_id):
    longest = max(len(row) for row in batch)
    return torch.tensor([row + [pad_id] * (longest - len(row)) for row in batch])


@caught("changes its input `batch`")
def grows_its_input(batch, pad_id):
    lengths = [len(row) for row in batch]
    longest = max(lengths)
    for row in batch:
        while len(row) < longest:
            row.append(pad_id)
    mask = [[True] * n + [False] * (longest - n) for n in lengths]
    return torch.tensor(batch), torch.tensor(mask)


@right
def pad_sequence(batch, pad_id):
    from torch.nn.utils.rnn import pad_sequence

    rows = [torch.tensor(row, dtype=torch.long) for row in batch]
    ones = [torch.ones(len(row), dtype=torch.bool) for row in batch]
    return pad_sequence(rows, batch_first=True, padding_value=pad_id), pad_sequence(ones, batch_first=True)


@right
def filled(batch, pad_id):
    width = max(len(row) for row in batch)
    ids = torch.full((len(batch), width), pad_id)
    mask = torch.zeros(len(batch), width, dtype=torch.bool)
    for i, row in enumerate(batch):
        ids[i, : len(row)] = torch.tensor(row, dtype=torch.long)
        mask[i, : len(row)] = True
    return ids, mask


@right
def lists_first(batch, pad_id):
    longest = max(map(len, batch))
    ids, mask = [], []
    for row in batch:
        missing = longest - len(row)
        ids.append(row + [pad_id] * missing)
        mask.append([1] * len(row) + [0] * missing)
    return [torch.tensor(ids), torch.tensor(mask).bool()]


@right
def numpy(batch, pad_id):
    import numpy as np

    lengths = np.array([len(row) for row in batch])
    mask = np.arange(lengths.max()) < lengths[:, None]
    ids = np.full(mask.shape, pad_id)
    ids[mask] = [i for row in batch for i in row]
    return torch.from_numpy(ids), torch.from_numpy(mask)
