"""Other answers to `bag_sums`: right ones in other styles, and wrong ones that a general rule catches."""

import torch
import torch.nn.functional as F

from answers import caught, right


@right
def by_mask(table, line, offsets):
    place, stops = torch.arange(len(line)), torch.cat([offsets[1:], torch.tensor([len(line)])])
    inside = (offsets[:, None] <= place) & (place < stops[:, None])
    return inside.to(table.dtype) @ table[line]


@right
def several_ones(table, line, offsets):
    bag = torch.bucketize(torch.arange(len(line)), offsets, right=True) - 1
    ones = torch.zeros(len(offsets), len(table))
    ones.index_put_((bag, line), torch.ones(len(line)), accumulate=True)
    return ones @ table


@right
def added_into(table, line, offsets):
    bag = torch.bucketize(torch.arange(len(line)), offsets, right=True) - 1
    return torch.zeros(len(offsets), table.shape[1]).index_add(0, bag, table[line])


@caught("no gradient flows back")
def detached(table, line, offsets):
    return F.embedding_bag(line, table.data, offsets, mode="sum")


@caught("Got the rows [4] in bag 0. This bag has the ids [4, 0].")
def first_ids_only(table, line, offsets):
    begins = [*offsets.tolist(), len(line)]
    pairs = zip(begins, begins[1:], strict=False)
    return torch.stack([table[line[a : min(b, a + 1)]].sum(0) for a, b in pairs])


@caught("Got the rows [0] in bag 1. This bag has no ids, so its sum is zeros.")
def empty_takes_the_id_before(table, line, offsets):
    begins = [*offsets.tolist(), len(line)]
    pairs = zip(begins, begins[1:], strict=False)
    return torch.stack([table[line[min(a, max(b - 1, 0)) : b]].sum(0) for a, b in pairs])
