from __future__ import annotations

from tutorial_pkg.practice.forbid import JOINING, forbid
from tutorial_pkg.practice.items import Exercise, Slip
from tutorial_pkg.practice.lazy import F, torch
from tutorial_pkg.practice.samples import random


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
        return [forbid(part, JOINING, gradient=True) for part in scores.split(sizes, dim=1)]

    targets = torch.tensor([4, 0, 3])
    return [
        (cut(torch.zeros(3, 6), 3, 3), targets),
        (cut(random(3, 7, seed=1), 3, 4), targets),
        (cut(1000 * random(5, 9, seed=2), 2, 3, 4), torch.tensor([8, 0, 2, 2, 5])),
        (cut(random(2, 5, seed=3), 5), torch.tensor([1, 4])),
    ]


def each_part_its_own_top(parts, targets):
    total, right, first = 0, 0, 0
    for part in parts:
        top = part.detach().amax(1)
        total = total + (part - top[:, None]).exp().sum(1)
        here = (first <= targets) & (targets < first + part.shape[1])
        own = (targets - first).clamp(0, part.shape[1] - 1)
        right = right + part.gather(1, own[:, None])[:, 0].where(here, 0)
        first += part.shape[1]
    return (total.log() + top - right).mean()


def remainder_for_place(parts, targets):
    top = torch.stack([part.detach().amax(1) for part in parts]).amax(0)
    total, right, first = 0, 0, 0
    for part in parts:
        total = total + (part - top[:, None]).exp().sum(1)
        here = (first <= targets) & (targets < first + part.shape[1])
        right = right + part.gather(1, targets[:, None] % part.shape[1])[:, 0].where(here, 0)
        first += part.shape[1]
    return (total.log() + top - right).mean()


def each_its_own(parts, targets):
    total, first = 0, 0
    for part in parts:
        here = (first <= targets) & (targets < first + part.shape[1])
        if here.any():
            total = total + F.cross_entropy(part[here], targets[here] - first, reduction="sum")
        first += part.shape[1]
    return total / len(targets)


def overflowing(parts, targets):
    sums = sum(part.exp().sum(1) for part in parts)
    return (sums.log() - _whole(parts).gather(1, targets[:, None])[:, 0]).mean()


def tops_of_each_part(parts, targets):
    tops = [part.detach().amax(1, keepdim=True) for part in parts]
    sums = sum((part - top).exp().sum(1) for part, top in zip(parts, tops, strict=True))
    top = torch.cat(tops, 1).amax(1)
    return (sums.log() + top - _whole(parts).gather(1, targets[:, None])[:, 0]).mean()


def top_not_added_again(parts, targets):
    whole = _whole(parts)
    return F.cross_entropy(whole, targets) - whole.detach().amax(1).mean()


def top_of_all_tokens(parts, targets):
    top = _whole(parts).detach().max()
    sums = sum((part - top).exp().sum(1) for part in parts)
    return (sums.log() + top - _whole(parts).gather(1, targets[:, None])[:, 0]).mean()


def logarithms_added(parts, targets):
    top = _whole(parts).detach().amax(1)
    logs = sum((part - top[:, None]).exp().sum(1).log() for part in parts)
    return (logs + top - _whole(parts).gather(1, targets[:, None])[:, 0]).mean()


def right_score_detached(parts, targets):
    whole = _whole(parts)
    return (whole.logsumexp(1) - whole.detach().gather(1, targets[:, None])[:, 0]).mean()


def each_its_logarithm(parts, targets):
    whole = _whole(parts)
    return (sum(part.logsumexp(1) for part in parts) - whole.gather(1, targets[:, None])[:, 0]).mean()


def target_not_moved(parts, targets):
    own = targets.clamp(max=parts[0].shape[1] - 1)[:, None]
    inside = targets < parts[0].shape[1]
    return (_whole(parts).logsumexp(1) - parts[0].gather(1, own)[:, 0] * inside).mean()


def target_in_every_part(parts, targets):
    right = sum(
        part.gather(1, targets.clamp(max=part.shape[1] - 1)[:, None])[:, 0] * (targets < part.shape[1])
        for part in parts
    )
    return (_whole(parts).logsumexp(1) - right).mean()


def no_logarithm(parts, targets):
    whole = _whole(parts)
    top = whole.detach().amax(1)
    return ((whole - top[:, None]).exp().sum(1) + top - whole.gather(1, targets[:, None])[:, 0]).mean()


def base_two(parts, targets):
    whole = _whole(parts)
    top = whole.detach().amax(1)
    return ((whole - top[:, None]).exp().sum(1).log2() + top - whole.gather(1, targets[:, None])[:, 0]).mean()


def top_added_twice(parts, targets):
    whole = _whole(parts)
    return F.cross_entropy(whole, targets) + whole.detach().amax(1).mean()


def mean_of_exponentials(parts, targets):
    whole = _whole(parts)
    return F.cross_entropy(whole, targets) - torch.tensor(float(whole.shape[1])).log()


def first_token_of_each_left_out(parts, targets):
    right, first, whole = 0, 0, _whole(parts)
    for part in parts:
        here = (first < targets) & (targets < first + part.shape[1])
        own = (targets - first).clamp(0, part.shape[1] - 1)
        right = right + part.gather(1, own[:, None])[:, 0].where(here, 0)
        first += part.shape[1]
    return (whole.logsumexp(1) - right).mean()


def right_probability(parts, targets):
    whole = _whole(parts)
    return (whole.logsumexp(1) - whole.gather(1, targets[:, None])[:, 0].exp()).mean()


def _whole(parts):
    return torch.cat([part + 0 for part in parts], 1)


def right_not_masked(parts, targets):
    right = sum(
        part.gather(1, (targets - first).clamp(0, part.shape[1] - 1)[:, None])[:, 0]
        for first, part in _with_first(parts, 1)
    )
    return (_whole(parts).logsumexp(1) - right).mean()


def grown_by_the_batch(parts, targets):
    right = 0
    for first, part in _with_first(parts, 0):
        own, inside = targets - first, (first <= targets) & (targets < first + part.shape[1])
        right = right + part.gather(1, own.clamp(0, part.shape[1] - 1)[:, None])[:, 0] * inside
    return (_whole(parts).logsumexp(1) - right).mean()


def top_taken_twice(parts, targets):
    whole = _whole(parts)
    top = whole.detach().amax(1)
    right = whole.gather(1, targets[:, None])[:, 0]
    return (whole.logsumexp(1) - 2 * top - right).mean()


def right_added(parts, targets):
    whole = _whole(parts)
    top = whole.detach().amax(1)
    right = whole.gather(1, targets[:, None])[:, 0]
    return (whole.logsumexp(1) + right).mean()


def probabilities(parts, targets):
    whole = _whole(parts)
    top = whole.detach().amax(1)
    right = whole.gather(1, targets[:, None])[:, 0]
    return (right - whole.logsumexp(1)).exp().mean()


def logarithm_of_the_mean(parts, targets):
    whole = _whole(parts)
    top = whole.detach().amax(1)
    right = whole.gather(1, targets[:, None])[:, 0]
    return -(right - whole.logsumexp(1)).exp().mean().log()


def largest_minus_right(parts, targets):
    whole = _whole(parts)
    top = whole.detach().amax(1)
    right = whole.gather(1, targets[:, None])[:, 0]
    return (top - right).mean()


def one_more(parts, targets):
    whole = _whole(parts)
    top = whole.detach().amax(1)
    right = whole.gather(1, targets[:, None])[:, 0]
    return ((whole - top[:, None]).exp().sum(1).log1p() + top - right).mean()


def mean_over_parts(parts, targets):
    whole = _whole(parts)
    top = whole.detach().amax(1)
    right = whole.gather(1, targets[:, None])[:, 0]
    return (whole.logsumexp(1) - right).sum() / len(parts)


def sum_detached(parts, targets):
    whole = _whole(parts)
    top = whole.detach().amax(1)
    right = whole.gather(1, targets[:, None])[:, 0]
    return (whole.detach().logsumexp(1) - right).mean()


def in_all_parts_times(parts, targets):
    whole = _whole(parts)
    top = whole.detach().amax(1)
    right = whole.gather(1, targets[:, None])[:, 0]
    return (whole.logsumexp(1) - right).mean() * len(parts)


def _with_first(parts, dimension):
    first = 0
    for part in parts:
        yield first, part
        first += part.shape[dimension]


exercise = Exercise(
    task="""### Exercise 5 (a new situation): the loss, when nobody has all scores

A model's output layer is cut by rows, so each process has the scores of some tokens only: `parts` is a list of tensors
of shape `(N, tokens of that part)`, in order, and `targets` holds the N right tokens, ids of the whole vocabulary.

`split_loss(parts, targets)` returns the cross-entropy, the mean over N of: the logarithm of the sum of all
exponentials, minus the right token's score. Do not put the scores together, and mind that scores may be as large as
1,000, whose exponential is `inf`: take the largest score of *all* parts away first, and add it again after the
logarithm. Gradients must reach every part.

With all scores 0 and 6 tokens in two parts, it is log 6, about 1.79.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    success="All that parts have to tell each other is three numbers for each token, not a vocabulary of scores.",
    hints=[
        "Three things need all parts: the largest score, the sum of exponentials, and the right token's score.",
        "The largest of all parts, for each of the N, is top; sums = (part - top[:, None]).exp().sum(1), added up over "
        "the parts; then sums.log() + top - right.",
    ],
    slips=[
        Slip(
            "Each part has its own largest score taken away, so that their sums can't be added; it has to be one for all parts.",
            each_part_its_own_top,
        ),
        Slip(
            "A target's place in its part is `target - first`; the remainder `target % width` is that only where all parts before are as wide.",
            remainder_for_place,
        ),
        Slip(
            "Each part's exponentials were divided among that part only. A score competes with those of all parts.",
            each_its_own,
        ),
        Slip(
            "Right for small scores. With scores of 1,000 an exponential becomes inf, or a sum of them 0: take away the largest score of *all* parts before, and add it again after the logarithm.",
            overflowing,
        ),
        Slip(
            "Each part took its *own* largest score away, so their exponentials can't be added; take the largest of all.",
            tops_of_each_part,
        ),
        Slip("The largest score was taken away and not added again after the logarithm.", top_not_added_again),
        Slip(
            "This is the sum over the N tokens; the mean is asked for.",
            lambda parts, targets: F.cross_entropy(_whole(parts), targets, reduction="sum"),
        ),
        Slip(
            "The largest score of all N was taken away from each; where all scores lie far below it, every exponential is 0. Take each one's own largest.",
            top_of_all_tokens,
        ),
        Slip(
            "Each part's sum got a logarithm of its own, and those were added up; add up the sums, then take one logarithm.",
            logarithms_added,
        ),
        Slip(
            "The sign is turned round: a loss is the logarithm of the sum minus the right score, and never below 0.",
            lambda parts, targets: -solution(parts, targets),
        ),
        Slip(
            "The loss is right, but no gradient flows through the right token's score: it was detached.",
            right_score_detached,
        ),
        Slip(
            "The scores were put together. Do without: the parts only tell each other their largest score, their sum of exponentials and the right token's score.",
            lambda parts, targets: F.cross_entropy(torch.cat(parts, 1), targets),
        ),
        Slip(
            "The parts' logarithms of sums were added up; add up the *sums* of exponentials, then take one logarithm.",
            each_its_logarithm,
        ),
        Slip(
            "The right score was read at the target's number in the first part; `first` has to be taken away in each part.",
            target_not_moved,
        ),
        Slip(
            "The target was looked up in every part; only the part that has the token knows its score: take `first` away.",
            target_in_every_part,
        ),
        Slip(
            "The logarithm of the sum of exponentials is missing: it comes before the largest score is added again.",
            no_logarithm,
        ),
        Slip("This logarithm is to the base 2 or 10; `log` undoes `exp`.", base_two),
        Slip(
            "The largest score was added once too often: it was taken away once, from the exponents.", top_added_twice
        ),
        Slip("The exponentials were averaged over the tokens; the loss has their sum.", mean_of_exponentials),
        Slip(
            "The right score is missing where it is the first of a part: `first <= targets`, since it belongs to the part.",
            first_token_of_each_left_out,
        ),
        Slip(
            "The right token's *exponential* was taken off; after the logarithm it is the score itself.",
            right_probability,
        ),
        Slip(
            "Each part's own cross-entropy was averaged; a score competes with those of all parts, and only one part has the right token.",
            lambda parts, targets: torch.stack(
                [F.cross_entropy(part, targets.clamp(max=part.shape[1] - 1)) for part in parts]
            ).mean(),
        ),
        Slip(
            "This is the logarithm of the sum of exponentials; the right token's score has to be taken off it.",
            lambda parts, targets: _whole(parts).logsumexp(1).mean(),
        ),
        Slip(
            "A score of every part was taken off; only the part that has the right token gives one, and the others give 0.",
            right_not_masked,
        ),
        Slip("`first` grew by N, the number of targets; a part has part.shape[1] tokens.", grown_by_the_batch),
        Slip(
            "The largest score was taken away once more after the logarithm; there it has to be added again.",
            top_taken_twice,
        ),
        Slip("The right token's score was added; it has to be taken off.", right_added),
        Slip(
            "This is the mean probability of the right tokens; the loss is minus the mean of its logarithm.",
            probabilities,
        ),
        Slip(
            "This is the logarithm of the mean probability; asked for is the mean of the logarithms.",
            logarithm_of_the_mean,
        ),
        Slip(
            "Only the last part's scores were used; a score competes with those of all parts.",
            lambda parts, targets: F.cross_entropy(parts[-1], targets.clamp(max=parts[-1].shape[1] - 1)),
        ),
        Slip(
            "Only the first part's scores were used; a score competes with those of all parts.",
            lambda parts, targets: F.cross_entropy(parts[0], targets.clamp(max=parts[0].shape[1] - 1)),
        ),
        Slip(
            "This is the largest score minus the right one; in place of the largest belongs the logarithm of the sum of all exponentials.",
            largest_minus_right,
        ),
        Slip("1 was added to the sum before the logarithm (log1p); plain log is asked for.", one_more),
        Slip(
            "The sum over the tokens was divided by the number of parts; the mean is over the N tokens.",
            mean_over_parts,
        ),
        Slip(
            "The loss is right, but no gradient flows through the sum of exponentials: it was detached.", sum_detached
        ),
        Slip(
            "This is a sum over parts of the loss; only one logarithm and one right score belong to each token.",
            in_all_parts_times,
        ),
    ],
)
