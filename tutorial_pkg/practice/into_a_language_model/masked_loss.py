import contextlib
import io

from tutorial_pkg.practice.items import Exercise, Slip
from tutorial_pkg.practice.lazy import F, torch
from tutorial_pkg.practice.samples import random

END = 0


def stub(scores, targets, lengths):
    return ...


def solution(scores, targets, lengths):
    counts = torch.arange(targets.shape[1]) < lengths[:, None]  # (B, T): True where the position belongs to the text
    return F.cross_entropy(scores[counts], targets[counts])


def cases():
    def case(lengths, V, seed):
        T = max(lengths) + 1
        targets = torch.full((len(lengths), T), END)
        for row, length in enumerate(lengths):
            targets[row, : length - 1] = 1 + (torch.arange(length - 1) + seed) % (V - 1)  # then one END that counts
        scores = 2 * random(len(lengths), T, V, seed=seed)
        return scores.requires_grad_(), targets, torch.tensor(lengths)

    return [case([3, 5], 7, 1), case([1, 1, 7], 4, 2), case([4, 2, 6, 3], 9, 3)]


def parts(scores, targets, lengths):
    """The mask, the loss of each position, and the loss of the positions that a mask selects."""
    steps = torch.arange(targets.shape[1])
    counts = steps < lengths[:, None]
    losses = F.cross_entropy(scores.transpose(1, 2), targets, reduction="none")
    chances = scores.softmax(-1).gather(-1, targets[..., None])[..., 0]
    where, flat = (scores[counts], targets[counts]), (scores.flatten(0, 1), targets.flatten())
    texts = (losses * counts).sum(1)
    return dict(steps=steps, counts=counts, losses=losses, chances=chances, where=where, flat=flat, texts=texts, total=texts.sum())


def reader(answer):
    """A message about positions with a wrong weight in the cross-entropy. None if nothing is found."""
    with contextlib.suppress(Exception), contextlib.redirect_stdout(io.StringIO()):
        return next(filter(None, (about_weights(answer, *arguments) for arguments in cases())), None)


def about_weights(answer, scores, targets, lengths):
    """The message about one call. The gradient shows the weight of each position."""
    result = answer(scores, targets, lengths)
    if result.ndim:
        one = {tuple(lengths.shape): "text", tuple(targets.shape): "position"}[tuple(result.shape)]
        return f"This is one number for each {one}. Return one number, the mean over all positions that count."
    (gradient,) = torch.autograd.grad(result, scores)
    plain = scores.detach().softmax(-1) - F.one_hot(targets, scores.shape[-1])  # the gradient for the weight 1
    weights = (gradient * plain).sum(-1) / (plain * plain).sum(-1)
    losses = F.cross_entropy(scores.transpose(1, 2), targets, reduction="none")
    same = torch.allclose(gradient, weights[..., None] * plain, atol=1e-5)
    if not same or not torch.allclose(result, (weights * losses).sum(), atol=1e-4):
        return None  # this is not a cross-entropy
    counts = torch.arange(targets.shape[1]) < lengths[:, None]
    used = weights.abs() > 1e-6
    if not used.any(1).all():
        return f"In one check, text {int(used.any(1).long().argmin())} does not count at all. Count all texts."
    for wrong, says in ((used & ~counts, "counts, but it is padding"), (counts & ~used, "does not count")):
        if wrong.any():
            text, at = wrong.nonzero()[0].tolist()
            return f"In one check, position {at} of text {text} {says}, where lengths[{text}] is {lengths[text]}."
    each, n = weights[counts], int(counts.sum())
    if not torch.allclose(each, each[:1], atol=1e-5):
        return "The right positions count, but not with the same weight. Take one mean over all of them."
    if each[0] > 0 and abs(1 / each[0] - n) > 0.01:
        return f"The right positions count, but the sum is divided by {1 / each[0]:.4g}. In this check, {n} positions count."
    return None


exercise = Exercise(
    task="""### Exercise 4 (a new situation): padding that looks like an end

Texts of different lengths are padded to one length, and this model pads with its token for "end of text". That token is
also a target: it is the last token of each text, and the model has to learn it. So the id does not show whether a position is padding.

`masked_loss(scores, targets, lengths)` returns the mean cross-entropy over all positions that belong to a text. `scores`
has the shape `(B, T, V)`, and `targets` has the shape `(B, T)`. In text `b`, only the first `lengths[b]` positions are
part of the mean. Each of these positions has the same weight, in every text.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    success="The mask comes from the lengths, so the padding is left out by its position, and the true end still counts.",
    hints=[
        "Which positions count? Compare torch.arange(T) with lengths[:, None].",
        "`scores[mask]` has the shape (positions that count, V). cross_entropy takes it together with `targets[mask]`.",
    ],
    parts=parts,
    reader=reader,
    slips=[
        Slip("The padding also counts here. Then the model is rewarded for predicting padding. Leave it out.", lambda p: p.losses.mean()),
        Slip("The last token of each text, its real end, is left out with the padding. Use `arange(T) < lengths[:, None]`.", lambda p: F.cross_entropy(*p.flat, ignore_index=END)),
        Slip("cross_entropy expects the V scores in dimension 1. Select the positions first: scores[mask].", lambda p: F.cross_entropy(p.scores, p.targets)),
        Slip(
            "`view` and `reshape` do not exchange dimensions. Use `transpose(1, 2)`.",
            lambda p: F.cross_entropy(p.scores.view_as(p.scores.mT), p.targets, reduction="none")[p.counts].mean(),
        ),
        Slip("The mask is inverted: this is the loss of the padding only.", lambda p: p.losses[~p.counts].mean()),
        Slip("The targets are shifted here. They are already the next tokens.", lambda p: F.cross_entropy(p.scores[:, :-1][p.counts[:, 1:]], p.targets[:, 1:][p.counts[:, 1:]])),
        Slip("The scores of the padding are 0, but the padding still counts. Leave it out.", lambda p: F.cross_entropy((p.scores * p.counts[..., None]).flatten(0, 1), p.flat[1])),
        Slip("The result is nan. A softmax of only -inf is nan, for example. Leave the padding out instead.", lambda p: p.total * torch.nan),
        Slip("cross_entropy gets probabilities here. It takes scores and applies the softmax itself.", lambda p: F.cross_entropy(p.where[0].softmax(-1), p.where[1])),
        Slip("nll_loss takes logs of probabilities, and these are scores. Use cross_entropy.", lambda p: F.nll_loss(*p.where)),
        Slip("This is the log of the mean probability. Compute the mean of the logs.", lambda p: -p.chances[p.counts].mean().log()),
        Slip("The softmax is over the positions here. Calculate it over the V tokens, the last dimension.", lambda p: F.nll_loss(p.scores.log_softmax(1)[p.counts], p.where[1])),
        Slip("This is the mean probability of the right tokens. Compute the mean of −log(probability).", lambda p: p.chances[p.counts].mean()),
        Slip("These are squared differences. Use the cross-entropy.", lambda p: F.mse_loss(p.where[0], F.one_hot(p.where[1], p.scores.shape[-1]).float())),
    ],
)
