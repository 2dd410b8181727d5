"""### Exercise 5 (a new situation): the loss, when nobody has all scores

A model's output layer is cut by rows, so each process has the scores of some tokens only: `parts` is a list of tensors
of shape `(N, tokens of that part)`, in order, and `targets` holds the N right tokens, ids of the whole vocabulary.

`split_loss(parts, targets)` returns the cross-entropy, the mean over N of: the logarithm of the sum of all
exponentials, minus the right token's score. Do not put the scores together, and mind that scores may be as large as
1,000, whose exponential is `inf`: take the largest score of *all* parts away first, and add it again after the
logarithm. Gradients must reach every part.

With all scores 0 and 6 tokens in two parts, it is log 6, about 1.79.
"""

import torch
import torch.nn.functional as F

from tutorial_pkg.practice.pieces import wrong
from tutorial_pkg.practice.samples import random

MEANS = (
    "Three numbers for each token went from part to part, not a vocabulary of scores: that is what goes over the wire."
)
HINTS = [
    "Three things need all parts: the largest score, the sum of exponentials, and the right token's score.",
    "Let top = the largest score of all parts, for each of the N; sums = (part - top[:, "
    "None]).exp().sum(1), added up over "
    "the parts; then sums.log() + top - right.",
]


def stub(parts, targets):
    """The mean cross-entropy of scores that are cut into `parts` by tokens."""
    ...


def solution(parts, targets):
    """The mean cross-entropy of scores that are cut into `parts` by tokens."""
    top = torch.stack([part.detach().amax(1) for part in parts]).amax(0)  # over all parts: (N,)
    sums, right, first = 0, 0, 0
    for part in parts:
        sums = sums + (part - top[:, None]).exp().sum(1)
        here = (first <= targets) & (targets < first + part.shape[1])
        own = (targets - first).clamp(0, part.shape[1] - 1)
        right = right + part.gather(1, own[:, None])[:, 0].where(here, 0)
        first += part.shape[1]
    return (sums.log() + top - right).mean()


def cases():
    def cut(scores, *sizes):
        return [part.clone().requires_grad_() for part in scores.split(sizes, dim=1)]

    targets = torch.tensor([4, 0, 3])
    return [
        (cut(torch.zeros(3, 6), 3, 3), targets),
        (cut(random(3, 7, seed=1), 3, 4), targets),
        (cut(1000 * random(5, 9, seed=2), 2, 3, 4), torch.tensor([8, 0, 2, 2, 5])),
        (cut(random(2, 5, seed=3), 5), torch.tensor([1, 4])),
    ]


@wrong()
def each_its_own(parts, targets):
    """Each part's exponentials were divided among that part only. A score competes with those of all parts."""
    total, first = 0, 0
    for part in parts:
        here = (first <= targets) & (targets < first + part.shape[1])
        if here.any():
            total = total + F.cross_entropy(part[here], targets[here] - first, reduction="sum")
        first += part.shape[1]
    return total / len(targets)


@wrong()
def overflowing(parts, targets):
    """Right for small scores. The exponential of 1,000 is inf: take the largest score away before, and add it after."""
    sums = sum(part.exp().sum(1) for part in parts)
    return (sums.log() - torch.cat(parts, 1).gather(1, targets[:, None])[:, 0]).mean()


@wrong()
def tops_of_each_part(parts, targets):
    """Each part took its *own* largest score away, so their exponentials can't be added; take the largest of all."""
    tops = [part.detach().amax(1, keepdim=True) for part in parts]
    sums = sum((part - top).exp().sum(1) for part, top in zip(parts, tops, strict=True))
    top = torch.cat(tops, 1).amax(1)
    return (sums.log() + top - torch.cat(parts, 1).gather(1, targets[:, None])[:, 0]).mean()


@wrong()
def top_not_added_again(parts, targets):
    """The largest score was taken away and not added again after the logarithm."""
    whole = torch.cat(parts, 1)
    return F.cross_entropy(whole, targets) - whole.detach().amax(1).mean()


@wrong()
def summed(parts, targets):
    """This is the sum over the N tokens; the mean is asked for."""
    return F.cross_entropy(torch.cat(parts, 1), targets, reduction="sum")
