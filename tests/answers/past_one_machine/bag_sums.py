"""Other answers to `bag_sums`: right ones in other styles, and wrong ones that a general rule catches."""

import torch
import torch.nn.functional as F

from answers import caught, right


@right
def by_mask(table, line, offsets):
    place, stops = torch.arange(len(line)), torch.cat([offsets[1:], torch.tensor([len(line)])])
    inside = (offsets[:, None] <= place) & (place < stops[:, None])
    return inside.to(table.dtype) @ table[line]


@caught("write it without")
def ready_made(table, line, offsets):
    return F.embedding_bag(line, table, offsets, mode="sum")


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
