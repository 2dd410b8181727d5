from tutorial_pkg.practice.items import Exercise, Slip
from tutorial_pkg.practice.lazy import F, torch
from tutorial_pkg.practice.samples import random


def stub(parts, targets):
    # your lines here
    ...


def solution(parts, targets):
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
    """For each token: all scores, the largest score, the logarithm of the sum of exponentials, and the right token's score."""
    scores = torch.cat([part + 0 for part in parts], 1)
    top = scores.detach().amax(1)
    right = scores.gather(1, targets[:, None])[:, 0]
    firsts = [sum(part.shape[1] for part in parts[:i]) for i in range(len(parts))]
    return {"scores": scores, "top": top, "logsum": scores.logsumexp(1), "score": right, "firsts": firsts}


def picked(p, mask, moved=True):
    """The loss when each part adds the scores of some targets: those that `mask(targets, first, stop)` selects."""
    total = 0
    for first, part in zip(p.firsts, p.parts):
        index = p.targets - first if moved else p.targets
        own = part.gather(1, index.clamp(0, part.shape[1] - 1)[:, None])[:, 0]
        total = total + own.where(mask(p.targets, first, first + part.shape[1]), 0)
    return (p.logsum - total).mean()


def short(first, part, targets):
    """The scores of a part's own targets only. Other parts have a different number of targets."""
    here = (first <= targets) & (targets < first + part.shape[1])
    return part[here, targets[here] - first]


def own_tops(p):
    tops = [part.detach().amax(1, keepdim=True) for part in p.parts]
    sums = sum((part - top).exp().sum(1) for part, top in zip(p.parts, tops, strict=True))
    return (sums.log() + p.top - p.score).mean()


exercise = Exercise(
    task="""### Exercise 5 (a new situation): a loss without all scores

The output layer of a model is split by rows, so each process has the scores of some tokens only. `parts` is a list of
tensors of shape `(N, tokens of this part)`, in order. `targets` contains the N right tokens, as ids of the whole vocabulary.

`split_loss(parts, targets)` returns the cross-entropy. For each of the N tokens, this is the logarithm of the sum of all
exponentials, minus the score of the right token. Return the mean over the N tokens. **Do not join the scores.** Scores may be
as large as 1,000, and the exponential of 1,000 is `inf`. So first subtract the largest score of *all* parts, and add it again
after the logarithm. Gradients must reach every part.

If all scores are 0 and there are 6 tokens in two parts, the loss is log 6, about 1.79.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    parts=parts,
    success="The processes exchange only three numbers for each token, not the scores of the whole vocabulary.",
    hints=[
        "Three things need all parts: the largest score, the sum of exponentials, and the score of the right token.",
        "`top` contains the largest score of all parts, for each of the N tokens. Add up `(part - top[:, None]).exp().sum(1)` over the parts: this is `sums`. The loss is the mean of `sums.log() + top - right`.",
    ],
    slips=[
        Slip("The scores are joined here. Add up the exponentials of each part instead.", lambda parts, targets: F.cross_entropy(torch.cat(parts, 1), targets)),
        Slip("This is right only for small scores: exp(1,000) is inf. First subtract the largest score of *all* parts.", lambda p: (p.scores.exp().sum(1).log() - p.score).mean()),
        Slip("Each part subtracts its *own* largest score here, so the exponentials cannot be added. Subtract the largest score of all parts.", own_tops),
        Slip(
            "Each part divides only by its own exponentials here. Divide by the exponentials of all parts.",
            lambda p: (sum(part.logsumexp(1).where((a <= p.targets) & (p.targets < a + part.shape[1]), 0) for a, part in zip(p.firsts, p.parts)) - p.score).mean(),
        ),
        Slip(
            "This is the mean of the parts' losses. Divide by the exponentials of all parts.",
            lambda parts, targets: torch.stack([F.cross_entropy(part, targets.clamp(max=part.shape[1] - 1)) for part in parts]).mean(),
        ),
        Slip("All tokens use one largest score. Subtract the largest score of each token.", lambda p: ((p.scores - p.top.max()).exp().sum(1).log() + p.top.max() - p.score).mean()),
        Slip("The largest score is subtracted here, but not added again after the logarithm.", lambda p: (p.logsum - p.top - p.score).mean()),
        Slip("The largest score is added once too often here. Subtract it from the exponents, and add it once.", lambda p: (p.logsum + p.top - p.score).mean()),
        Slip("This is the sum over the N tokens. Return the mean.", lambda p: (p.logsum - p.score).sum()),
        Slip("The logarithms are added here. Add the sums of exponentials first.", lambda p: (sum(part.logsumexp(1) for part in p.parts) - p.score).mean()),
        Slip("Logarithms are added. First add the sums of exponentials.", lambda p: (sum((one - p.top[:, None]).exp().sum(1).log() for one in p.parts) + p.top - p.score).mean()),
        Slip("Only the first part is used here. Use the scores of all parts.", lambda p: F.cross_entropy(p.parts[0], p.targets.clamp(max=p.parts[0].shape[1] - 1))),
        Slip("Each part subtracts its own largest score. Subtract the largest score of all parts.", lambda p: own_tops(p) - p.top.mean() + p.parts[-1].detach().amax(1).mean()),
        Slip("Only the first part gives a score. Subtract `first` from the targets of a part.", lambda p: picked(p, lambda t, first, stop: (t < stop) & (first == 0), moved=False)),
        Slip("Several parts score one target. Subtract `first` from the targets.", lambda p: picked(p, lambda t, first, stop: t < stop - first, moved=False)),
        Slip("Every part subtracts a score here. Only the part with the right token should do this.", lambda p: picked(p, lambda t, first, stop: t >= 0)),
        Slip("The first token of each part is missing here. Use `first <= targets`.", lambda p: picked(p, lambda t, first, stop: (first < t) & (t < stop))),
        Slip(
            "The exponentials of all N tokens are added. Each token has its own sum: .sum(1).", lambda p: ((p.scores - p.top[:, None]).exp().sum().log() + p.top - p.score).mean()
        ),
        Slip(
            "Each part has scores for its own targets only. Write them into zeros of shape (N,).",
            lambda p: (p.logsum - sum(short(a, part, p.targets) for a, part in zip(p.firsts, p.parts))).mean(),
        ),
        Slip("The loss is right, but the right token's score is detached, so no gradient flows through it.", lambda p: (p.logsum - p.score.detach()).mean()),
        Slip("The loss is right, but the sum of exponentials is detached, so no gradient flows through it.", lambda p: (p.logsum.detach() - p.score).mean()),
        Slip("This is the mean of the logarithms of the sums. Subtract the score of the right token.", lambda p: p.logsum.mean()),
        Slip("This uses the largest score. In its place, use the logarithm of the sum of all exponentials.", lambda p: (p.top - p.score).mean()),
        Slip("This is the log of the mean probability. Compute the mean of the logs.", lambda p: -(p.score - p.logsum).exp().mean().log()),
    ],
)
