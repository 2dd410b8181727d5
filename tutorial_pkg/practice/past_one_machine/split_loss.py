from __future__ import annotations

from tutorial_pkg.practice.items import Exercise, Slip
from tutorial_pkg.practice.lazy import F, torch
from tutorial_pkg.practice.samples import random


def stub(parts, targets):
    """The mean cross-entropy of scores that are split by tokens into `parts`."""
    ...


def solution(parts, targets):
    """The mean cross-entropy of scores that are split by tokens into `parts`."""
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
    from tutorial_pkg.practice.forbid import JOINING, forbid

    def split(scores, *sizes):
        return [forbid(part, JOINING, gradient=True) for part in scores.split(sizes, dim=1)]

    targets = torch.tensor([4, 0, 3])
    return [
        (split(torch.zeros(3, 6), 3, 3), targets),
        (split(random(3, 7, seed=1), 3, 4), targets),
        (split(1000 * random(5, 9, seed=2), 2, 3, 4), torch.tensor([8, 0, 2, 2, 5])),
        (split(random(2, 5, seed=3), 5), torch.tensor([1, 4])),
    ]


def parts(parts, targets):
    """All scores, their largest one, the logarithm of the sum of exponentials, and the right token's score."""
    scores = torch.cat([part + 0 for part in parts], 1)
    top = scores.detach().amax(1)
    right = scores.gather(1, targets[:, None])[:, 0]
    firsts = [sum(part.shape[1] for part in parts[:i]) for i in range(len(parts))]
    return {"scores": scores, "top": top, "logsum": scores.logsumexp(1), "score": right, "firsts": firsts}


def picked(p, index, mask=None):
    """The scores that each part adds for the targets: at `index(first, part)`, where `mask(first, part)`."""
    total = 0
    for first, part in zip(p.firsts, p.parts, strict=True):
        own = part.gather(1, index(first, part).clamp(0, part.shape[1] - 1)[:, None])[:, 0]
        inside = mask(first, part) if mask else (first <= p.targets) & (p.targets < first + part.shape[1])
        total = total + own.where(inside, 0)
    return (p.logsum - total).mean()


def each_its_own(parts, targets):
    total, first = 0, 0
    for part in parts:
        here = (first <= targets) & (targets < first + part.shape[1])
        if here.any():
            total = total + F.cross_entropy(part[here], targets[here] - first, reduction="sum")
        first += part.shape[1]
    return total / len(targets)


def own_tops(p):
    tops = [part.detach().amax(1, keepdim=True) for part in p.parts]
    sums = sum((part - top).exp().sum(1) for part, top in zip(p.parts, tops, strict=True))
    return (sums.log() + p.top - p.score).mean()


exercise = Exercise(
    task="""### Exercise 5 (a new situation): a loss without all scores

The output layer of a model is split by rows, so each process has the scores of some tokens only. `parts` is a list of
tensors of shape `(N, tokens of this part)`, in order. `targets` contains the N right tokens, as ids of the whole vocabulary.

`split_loss(parts, targets)` returns the cross-entropy: the mean over N of the logarithm of the sum of all exponentials, minus
the score of the right token. **Do not join the scores.** Scores may be as large as 1,000, and the exponential of 1,000 is
`inf`. So first subtract the largest score of *all* parts, and add it again after the logarithm. Gradients must reach every
part.

If all scores are 0 and there are 6 tokens in two parts, the loss is log 6, about 1.79.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    parts=parts,
    success="The parts tell each other only three numbers for each token, and not the scores of the whole vocabulary.",
    hints=[
        "Three things need all parts: the largest score, the sum of exponentials, and the score of the right token.",
        "`top` is the largest score of all parts, for each of the N. Add up `(part - top[:, None]).exp().sum(1)` over the parts: this is `sums`. The loss is the mean of `sums.log() + top - right`.",
    ],
    slips=[
        Slip(
            "The scores are joined here. The parts need to tell each other only their largest score, their sum of exponentials, and the score of the right token.",
            lambda parts, targets: F.cross_entropy(torch.cat(parts, 1), targets),
        ),
        Slip(
            "This is right for small scores. For scores of 1,000, an exponential is inf, or all of them are 0. Subtract the largest score of *all* parts first, and add it again after the logarithm.",
            lambda p: (p.scores.exp().sum(1).log() - p.score).mean(),
        ),
        Slip("Each part subtracts its *own* largest score here, so the exponentials cannot be added. Subtract the largest score of all parts.", own_tops),
        Slip("Each part divides by its own exponentials only here. A score competes with the scores of all parts.", each_its_own),
        Slip(
            "Each part has its own cross-entropy here, and these are averaged. A score competes with the scores of all parts.",
            lambda parts, targets: torch.stack([F.cross_entropy(part, targets.clamp(max=part.shape[1] - 1)) for part in parts]).mean(),
        ),
        Slip(
            "One largest score for all N tokens is subtracted here. Where all scores of a token are far below it, every exponential is 0. Subtract the largest score of each token.",
            lambda p: ((p.scores - p.top.max()).exp().sum(1).log() + p.top.max() - p.score).mean(),
        ),
        Slip("The largest score is subtracted here, but not added again after the logarithm.", lambda p: (p.logsum - p.top - p.score).mean()),
        Slip("The largest score is added once too often here. Subtract it from the exponents, and add it once.", lambda p: (p.logsum + p.top - p.score).mean()),
        Slip("This is the sum over the N tokens. Return the mean.", lambda p: (p.logsum - p.score).sum()),
        Slip("The loss is N numbers here, one for each token. Return their mean.", lambda p: p.logsum - p.score),
        Slip(
            "The logarithms of the parts' sums are added here. Add the *sums* of exponentials, and then take one logarithm.",
            lambda p: (sum(part.logsumexp(1) for part in p.parts) - p.score).mean(),
        ),
        Slip(
            "Each part takes its own logarithm here, and these are added. Add the *sums* of exponentials, and then take one logarithm.",
            lambda p: (sum((part - p.top[:, None]).exp().sum(1).log() for part in p.parts) + p.top - p.score).mean(),
        ),
        Slip(
            "Only the first part is used here. A score competes with the scores of all parts.",
            lambda parts, targets: F.cross_entropy(parts[0], targets.clamp(max=parts[0].shape[1] - 1)),
        ),
        Slip(
            "Each part subtracts its *own* largest score here, and only the last one is added again. Subtract the largest score of all parts, and add the same score.",
            lambda p: own_tops(p) - p.top.mean() + p.parts[-1].detach().amax(1).mean(),
        ),
        Slip(
            "The target is not moved here, so the first part gives the score of a different token. Subtract `first` in each part.",
            lambda p: picked(p, lambda first, part: p.targets, lambda first, part: (p.targets < part.shape[1]) & (first == 0)),
        ),
        Slip(
            "Every part looks for the target at its own columns here. Only one part has the token: subtract `first` from the target.",
            lambda p: picked(p, lambda first, part: p.targets, lambda first, part: p.targets < part.shape[1]),
        ),
        Slip(
            "Every part subtracts a score here. Only the part with the right token gives its score, and the others give 0.",
            lambda p: picked(p, lambda first, part: p.targets - first, lambda first, part: p.targets >= 0),
        ),
        Slip(
            "The first token of each part is missing here. It belongs to the part: `first <= targets`.",
            lambda p: picked(p, lambda first, part: p.targets - first, lambda first, part: (first < p.targets) & (p.targets < first + part.shape[1])),
        ),
        Slip(
            "The logarithm is missing here. Take it of the sum of exponentials, before the largest score is added again.",
            lambda p: ((p.logsum - p.top).exp() + p.top - p.score).mean(),
        ),
        Slip("The loss is right, but the right token's score is detached, so no gradient flows through it.", lambda p: (p.logsum - p.score.detach()).mean()),
        Slip("The loss is right, but the sum of exponentials is detached, so no gradient flows through it.", lambda p: (p.logsum.detach() - p.score).mean()),
        Slip("This is the mean of the logarithms of the sums. Subtract the score of the right token.", lambda p: p.logsum.mean()),
        Slip("This is the largest score minus the right one. Use the logarithm of the sum of all exponentials in place of the largest score.", lambda p: (p.top - p.score).mean()),
        Slip("This is the log of the mean probability. Compute the mean of the logs.", lambda p: -(p.score - p.logsum).exp().mean().log()),
    ],
)
