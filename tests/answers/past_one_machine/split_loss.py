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
def streamed(parts, targets):
    top = torch.full(targets.shape, -torch.inf)
    sums, right, first = torch.zeros(targets.shape), 0, 0
    for part in parts:  # whenever a larger score comes, what was added up so far is made smaller
        larger = torch.maximum(top, part.detach().amax(1))
        sums = sums * (top - larger).exp() + (part - larger[:, None]).exp().sum(1)
        own = torch.arange(first, first + part.shape[1]) == targets[:, None]
        top, right, first = larger, right + (part * own).sum(1), first + part.shape[1]
    return (sums.log() + top - right).mean()


@caught("The scores are joined here.")
def put_together_after_all(parts, targets):
    whole = torch.hstack(parts)
    return (whole.logsumexp(1) - whole.gather(1, targets[:, None])[:, 0]).mean()


@right
def two_at_a_time(parts, targets):
    logs = parts[0].logsumexp(1)
    for part in parts[1:]:
        logs = torch.logaddexp(logs, part.logsumexp(1))
    sizes = [part.shape[1] for part in parts]
    hot = F.one_hot(targets, sum(sizes)).split(sizes, dim=1)
    return (logs - sum((part * mine).sum(1) for part, mine in zip(parts, hot, strict=True))).mean()


@caught("no gradient flows back")
def detached(parts, targets):
    return F.cross_entropy(torch.cat([part.data for part in parts], dim=1), targets)


def loss(parts, targets, total, pick):
    top = torch.stack([part.detach().amax(1) for part in parts]).amax(0)
    sums, right_ones, first = 0, 0, 0
    for part in parts:
        sums = sums + total((part - top[:, None]).exp())
        right_ones = right_ones + pick(part, targets - first)
        first += part.shape[1]
    return (sums.log() + top - right_ones).mean()


def own_score(part, own):
    here = (own >= 0) & (own < part.shape[1])
    return part.gather(1, own.clamp(0, part.shape[1] - 1)[:, None])[:, 0].where(here, 0)


@right
def two_steps(parts, targets):
    return loss(parts, targets, lambda numbers: numbers.sum(1), own_score)


@caught("Each token has its own sum: .sum(1).")
def one_sum_for_all_tokens(parts, targets):
    return loss(parts, targets, lambda numbers: numbers.sum(), own_score)


@caught("Write them into zeros of shape (N,).")
def own_targets_only(parts, targets):
    def pick(part, own):
        here = (own >= 0) & (own < part.shape[1])
        return part[here, own[here]]

    return loss(parts, targets, lambda numbers: numbers.sum(1), pick)


@caught("xpected")
def without_the_logarithm(parts, targets):
    return loss(parts, targets, lambda numbers: numbers.sum(1).exp(), own_score)
