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


@caught("gradient")
def a_number(scores, targets, lengths):
    counts = torch.arange(targets.shape[1]) < lengths[:, None]
    return torch.tensor(F.cross_entropy(scores[counts], targets[counts]).item())


@caught("left out along with the padding")
def one_short(scores, targets, lengths):
    counts = torch.arange(targets.shape[1]) < lengths[:, None] - 1
    return F.cross_entropy(scores[counts], targets[counts])
