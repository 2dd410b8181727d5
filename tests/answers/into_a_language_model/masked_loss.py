"""Other answers to `masked_loss`: right ones in other styles, and wrong ones that a general rule catches."""

import torch
import torch.nn.functional as F

from answers import caught, right


@right
def ignored(scores, targets, lengths):
    padding = torch.arange(targets.shape[1]) >= lengths[:, None]
    return F.cross_entropy(scores.transpose(1, 2), targets.masked_fill(padding, -100))


@right
def weighted(scores, targets, lengths):
    counts = (torch.arange(targets.shape[1]) < lengths[:, None]).float()
    losses = F.cross_entropy(scores.flatten(0, 1), targets.flatten(), reduction="none")
    return (losses * counts.flatten()).sum() / counts.sum()


@right
def joined(scores, targets, lengths):
    some = [(one[:n], wanted[:n]) for one, wanted, n in zip(scores, targets, lengths.tolist())]
    return F.cross_entropy(torch.cat([one for one, _ in some]), torch.cat([wanted for _, wanted in some]))


@right
def by_hand(scores, targets, lengths):
    chosen = scores.log_softmax(-1).gather(-1, targets[..., None]).squeeze(-1)
    total = sum(-row[:n].sum() for row, n in zip(chosen, lengths.tolist()))
    return total / lengths.sum()


@caught("no gradient flows back")
def a_number(scores, targets, lengths):
    counts = torch.arange(targets.shape[1]) < lengths[:, None]
    return torch.tensor(F.cross_entropy(scores[counts], targets[counts]).item())


@caught("The last token of each text, its real end, is left out with the padding.")
def one_short(scores, targets, lengths):
    counts = torch.arange(targets.shape[1]) < lengths[:, None] - 1
    return F.cross_entropy(scores[counts], targets[counts])


def _losses(scores, targets, lengths):
    losses = F.cross_entropy(scores.transpose(1, 2), targets, reduction="none")
    return losses, torch.arange(targets.shape[1]) < lengths[:, None]


@caught("one number for each text. Return one number")
def each_text(scores, targets, lengths):
    losses, counts = _losses(scores, targets, lengths)
    return (losses * counts).sum(dim=1)


@caught("text 0 does not count at all")
def last_text(scores, targets, lengths):
    for one, wanted, n in zip(scores, targets, lengths.tolist()):
        loss = F.cross_entropy(one[:n], wanted[:n])
    return loss


@caught("position 0 of text 0 does not count, where lengths[0] is 3")
def without_the_first(scores, targets, lengths):
    losses, counts = _losses(scores, targets, lengths)
    counts[:, 0] = False
    return losses[counts].mean()


@caught("position 5 of text 0 counts, but it is padding, where lengths[0] is 3")
def two_too_many(scores, targets, lengths):
    losses, counts = _losses(scores, targets, lengths)
    some = torch.arange(targets.shape[1])
    return losses[counts | (some > 4)].mean()


@caught("divided by 10. In this check, 8 positions count")
def divided_by_longest(scores, targets, lengths):
    losses, counts = _losses(scores, targets, lengths)
    return (losses * counts).sum() / (len(lengths) * lengths.max())


@caught("not with the same weight")
def means_added(scores, targets, lengths):
    losses, counts = _losses(scores, targets, lengths)
    return ((losses * counts).sum(dim=1) / lengths).sum()


@caught("The sign is wrong")
def minus(scores, targets, lengths):
    losses, counts = _losses(scores, targets, lengths)
    return -losses[counts].mean()
