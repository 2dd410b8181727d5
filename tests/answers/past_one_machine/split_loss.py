"""Other answers to `split_loss`: right ones in other styles, and wrong ones that a general rule catches."""

import torch
import torch.nn.functional as F

from answers import caught, right


@right
def by_logsumexp(parts, targets):
    logs = torch.stack([part.logsumexp(1) for part in parts]).logsumexp(0)
    right_ones, first = 0, 0
    for part in parts:
        ones = targets[:, None] == torch.arange(first, first + part.shape[1])
        right_ones = right_ones + part.masked_fill(~ones, 0).sum(1)
        first += part.shape[1]
    return (logs - right_ones).mean()


@right
def put_together_after_all(parts, targets):
    return F.cross_entropy(torch.cat(parts, dim=1), targets)


@right
def two_at_a_time(parts, targets):
    logs = parts[0].logsumexp(1)
    for part in parts[1:]:
        logs = torch.logaddexp(logs, part.logsumexp(1))
    return (logs - torch.cat(parts, 1)[torch.arange(len(targets)), targets]).mean()


@caught("no gradient flows back")
def detached(parts, targets):
    return F.cross_entropy(torch.cat([part.detach() for part in parts], dim=1), targets)
