"""Other answers to `look_up_parts`: right ones in other styles, and wrong ones that a general rule catches."""

import torch
import torch.nn.functional as F

from answers import caught, right


@right
def masked(parts, ids):
    total, first = 0, 0
    for part in parts:
        if len(part):
            here = (ids >= first) & (ids < first + len(part))
            total = total + F.embedding((ids - first).where(here, 0), part).masked_fill(~here[..., None], 0)
        first += len(part)
    return total


@right
def one_hots(parts, ids):
    hot = F.one_hot(ids, sum(map(len, parts))).float().split([len(part) for part in parts], dim=-1)
    return sum(mine @ part for mine, part in zip(hot, parts, strict=True))


@right
def row_of_zeros(parts, ids):
    """Joining one part with a row of zeros, for the ids of the others, does not join the parts."""
    total, first = 0, 0
    for part in parts:
        padded = torch.cat([part, torch.zeros(1, part.shape[1])])
        here = (ids >= first) & (ids < first + len(part))
        total = total + padded[(ids - first).where(here, len(part))]
        first += len(part)
    return total


@right
def row_of_zeros_below(parts, ids):
    total, first = 0, 0
    for part in parts:
        padded = torch.vstack((part, torch.zeros(1, part.shape[1])))
        own = ids - first
        total = total + padded[own.where((own >= 0) & (own < len(part)), -1)]
        first += len(part)
    return total


@caught("The parts are joined here.")
def put_together_after_all(parts, ids):
    return F.embedding(ids, torch.vstack(parts))


@caught("no gradient flows back")
def detached(parts, ids):
    return F.embedding(ids, torch.cat([part.data for part in parts]))


@caught("Got zeros for id 2. Its row is in parts[1], which starts with row 2 of the table.")
def all_but_the_last(parts, ids):
    total, first = torch.zeros(*ids.shape, parts[0].shape[1]), 0
    for part in parts[:-1]:
        here = (first <= ids) & (ids < first + len(part))
        total[here] = part[ids[here] - first]
        first += len(part)
    return total


@caught("Got the row of id 1 for id 0.")
def one_row_later(parts, ids):
    total, first = 0, 0
    for part in parts:
        here = (first <= ids) & (ids < first + len(part))
        total = total + F.embedding((ids - first + 1).where(here, 0) % max(len(part), 1), part) * here[..., None]
        first += len(part)
    return total


@caught("that is not in the table")
def every_part_adds_its_first_row(parts, ids):
    total, first = torch.zeros(*ids.shape, parts[0].shape[1]), 0
    for part in parts:
        here = (first <= ids) & (ids < first + len(part))
        total = total + part[:1].sum(0) + 0.01
        total[here] = total[here] + part[ids[here] - first]
        first += len(part)
    return total


@caught("A list cannot be compared with a number. (`.tolist()` gives lists in a list")
def one_dimension_only(parts, ids):
    rows = []
    for i in ids.tolist():
        for part in parts:
            if i < len(part):
                rows.append(part[i])
                break
            i -= len(part)
    return torch.stack(rows)
