from __future__ import annotations

from tutorial_pkg.practice.items import Exercise, Slip
from tutorial_pkg.practice.lazy import F, torch
from tutorial_pkg.practice.samples import random

END = 0


def stub(scores, targets, lengths):
    return ...


def solution(scores, targets, lengths):
    counts = torch.arange(targets.shape[1]) < lengths[:, None]  # (B, T): True where the place belongs to the text
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


def by_text(scores, targets, lengths):
    rows = zip(scores, targets, lengths.tolist())
    return torch.stack([F.cross_entropy(one[:n], wanted[:n]) for one, wanted, n in rows]).mean()


def summed(scores, targets, lengths):
    counts = torch.arange(targets.shape[1]) < lengths[:, None]
    return F.cross_entropy(scores[counts], targets[counts], reduction="sum")


def divided_by_all(scores, targets, lengths):
    counts = torch.arange(targets.shape[1]) < lengths[:, None]
    losses = F.cross_entropy(scores.flatten(0, 1), targets.flatten(), reduction="none").reshape(targets.shape)
    return (losses * counts).mean()


def one_place_too_many(scores, targets, lengths):
    counts = torch.arange(targets.shape[1]) <= lengths[:, None]
    return F.cross_entropy(scores[counts], targets[counts])


def padding_instead(scores, targets, lengths):
    counts = torch.arange(targets.shape[1]) >= lengths[:, None]
    return F.cross_entropy(scores[counts], targets[counts])


def scores_of_zero(scores, targets, lengths):
    counts = torch.arange(targets.shape[1]) < lengths[:, None]
    return F.cross_entropy((scores * counts[..., None]).flatten(0, 1), targets.flatten())


def softmax_twice(scores, targets, lengths):
    counts = torch.arange(targets.shape[1]) < lengths[:, None]
    return F.cross_entropy(scores[counts].softmax(-1), targets[counts])


def no_softmax(scores, targets, lengths):
    counts = torch.arange(targets.shape[1]) < lengths[:, None]
    return F.nll_loss(scores[counts], targets[counts])


def divided_by_texts(scores, targets, lengths):
    counts = torch.arange(targets.shape[1]) < lengths[:, None]
    return F.cross_entropy(scores[counts], targets[counts], reduction="sum") / len(lengths)


def _losses(scores, targets):
    return F.cross_entropy(scores.transpose(1, 2), targets, reduction="none")


def _counts(targets, lengths):
    return torch.arange(targets.shape[1]) < lengths[:, None]


def ends_only(scores, targets, lengths):
    texts = torch.arange(len(lengths))
    return F.cross_entropy(scores[texts, lengths - 1], targets[texts, lengths - 1])


def place_after_the_end(scores, targets, lengths):
    texts = torch.arange(len(lengths))
    return F.cross_entropy(scores[texts, lengths], targets[texts, lengths])


def from_the_right(scores, targets, lengths):
    counts = _counts(targets, lengths).flip(1)
    return F.cross_entropy(scores[counts], targets[counts])


def cut_at_the_longest(scores, targets, lengths):
    n = lengths.max()
    return F.cross_entropy(scores[:, :n].flatten(0, 1), targets[:, :n].flatten())


def cut_at_the_shortest(scores, targets, lengths):
    n = lengths.min()
    return F.cross_entropy(scores[:, :n].flatten(0, 1), targets[:, :n].flatten())


def reshaped(scores, targets, lengths):
    B, T, V = scores.shape
    losses = F.cross_entropy(scores.reshape(B, V, T), targets, reduction="none")
    return losses[_counts(targets, lengths)].mean()


def shifted_again(scores, targets, lengths):
    counts = _counts(targets, lengths)[:, 1:]
    return F.cross_entropy(scores[:, :-1][counts], targets[:, 1:][counts])


def logarithm_of_the_mean(scores, targets, lengths):
    counts = _counts(targets, lengths)
    chance = scores.softmax(-1).gather(-1, targets[..., None])[..., 0]
    return -chance[counts].mean().log()


def probability(scores, targets, lengths):
    chance = scores.softmax(-1).gather(-1, targets[..., None])[..., 0]
    return chance[_counts(targets, lengths)].mean()


def first_place_lost(scores, targets, lengths):
    counts = _counts(targets, lengths)
    counts[:, 0] = False
    return F.cross_entropy(scores[counts], targets[counts])


def ends_lost_but_counted(scores, targets, lengths):
    losses = F.cross_entropy(scores.flatten(0, 1), targets.flatten(), ignore_index=END, reduction="sum")
    return losses / lengths.sum()


def scores_of_minus_inf(scores, targets, lengths):
    counts = _counts(targets, lengths)
    return F.cross_entropy(scores.masked_fill(~counts[..., None], -torch.inf).flatten(0, 1), targets.flatten())


def softmax_over_places(scores, targets, lengths):
    counts = _counts(targets, lengths)
    return F.nll_loss(scores.log_softmax(1)[counts], targets[counts])


def softmax_over_texts(scores, targets, lengths):
    counts = _counts(targets, lengths)
    return F.nll_loss(scores.log_softmax(0)[counts], targets[counts])


def no_logarithm(scores, targets, lengths):
    counts = _counts(targets, lengths)
    return F.nll_loss(scores.softmax(-1)[counts], targets[counts])


def squared(scores, targets, lengths):
    counts = _counts(targets, lengths)
    return F.mse_loss(scores[counts], F.one_hot(targets[counts], scores.shape[-1]).float())


def squared_of_probabilities(scores, targets, lengths):
    counts = _counts(targets, lengths)
    return F.mse_loss(scores[counts].softmax(-1), F.one_hot(targets[counts], scores.shape[-1]).float())


def by_place(scores, targets, lengths):
    counts = _counts(targets, lengths)
    return ((_losses(scores, targets) * counts).sum(0) / counts.sum(0).clamp(min=1)).mean()


def by_place_that_counts(scores, targets, lengths):
    counts = _counts(targets, lengths)
    return ((_losses(scores, targets) * counts).sum(0) / counts.sum(0))[: lengths.max()].mean()


def lengths_not_a_column(scores, targets, lengths):
    counts = torch.arange(scores.shape[1]) < lengths
    return F.cross_entropy(scores[counts], targets[counts])


exercise = Exercise(
    task="""### Exercise 4 (a new situation): padding that looks like an end

Texts of different lengths are padded to one length, and this model pads with its token for "end of text". That token
is also a target that has to be learnt: once in each text, as its last. So the padding can't be told by its id.

`masked_loss(scores, targets, lengths)`: the mean cross-entropy over the places that belong to a text. `scores` is
`(B, T, V)`, `targets` is `(B, T)`, and of text `b` the first `lengths[b]` places count. Every place that counts weighs
the same, whatever text it is in.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    success="The mask comes from the lengths: padding is told by where it stands, and the true end is still learnt.",
    hints=[
        "Which places count? Compare torch.arange(T) with lengths[:, None].",
        "`scores[mask]` has the shape (places that count, V), and cross_entropy takes it with `targets[mask]`.",
    ],
    slips=[
        Slip(
            "The padding is counted too: the model would be praised for guessing it, and little else.",
            lambda scores, targets, lengths: F.cross_entropy(scores.flatten(0, 1), targets.flatten()),
        ),
        Slip(
            "The true ends are left out along with the padding: such a model never learns to stop.",
            lambda scores, targets, lengths: F.cross_entropy(scores.flatten(0, 1), targets.flatten(), ignore_index=END),
        ),
        Slip(
            "cross_entropy takes the second dimension for the V scores, and here that is the places: choose the places first, scores[mask] of shape (places, V), or flatten the first two dimensions.",
            lambda scores, targets, lengths: F.cross_entropy(scores, targets),
        ),
        Slip("This is the mean of the texts' means, where a place in a short text weighs more.", by_text),
        Slip("This is the sum over the places; the mean was asked for.", summed),
        Slip(
            "The padding adds nothing to the sum, but is still counted in what the sum is divided by.", divided_by_all
        ),
        Slip(
            "One place of padding counts in each text: the first lengths[b] places are 0 to lengths[b] - 1.",
            one_place_too_many,
        ),
        Slip("The mask is the wrong way round: this is the loss of the padding alone.", padding_instead),
        Slip(
            "The padding's scores were set to 0, and its places still count: each adds log V to the sum. Leave them out.",
            scores_of_zero,
        ),
        Slip("cross_entropy takes scores and does the softmax itself; here it was given probabilities.", softmax_twice),
        Slip(
            "nll_loss takes logarithms of probabilities; these are scores, for which there is cross_entropy.",
            no_softmax,
        ),
        Slip(
            "The sum over the places was divided by the number of texts; divide it by the number of places that count.",
            divided_by_texts,
        ),
        Slip(
            "This is a mean for each text; one number is asked for, the mean over the places of all texts.",
            lambda scores, targets, lengths: (_losses(scores, targets) * _counts(targets, lengths)).sum(1) / lengths,
        ),
        Slip(
            "This is a sum for each text; one number is asked for, the mean over the places of all texts.",
            lambda scores, targets, lengths: (_losses(scores, targets) * _counts(targets, lengths)).sum(1),
        ),
        Slip(
            "This is the loss of each place; their mean over the places that count is asked for.",
            lambda scores, targets, lengths: _losses(scores, targets) * _counts(targets, lengths),
        ),
        Slip(
            "This is the loss of the first text alone; the places of all texts count. (Is the `return` inside the loop?)",
            lambda scores, targets, lengths: F.cross_entropy(scores[0, : lengths[0]], targets[0, : lengths[0]]),
        ),
        Slip(
            "This is the loss of the last text alone; the places of all texts count. (Does each round overwrite the last?)",
            lambda scores, targets, lengths: F.cross_entropy(scores[-1, : lengths[-1]], targets[-1, : lengths[-1]]),
        ),
        Slip("Only the last place of each text counts here; all of its first lengths[b] places do.", ends_only),
        Slip(
            "This is the place after each text's end, lengths[b]: the text has the places 0 to lengths[b] - 1, and all count.",
            place_after_the_end,
            idea=11,
        ),
        Slip(
            "The last lengths[b] places were counted; the padding stands on the right, so the first ones count.",
            from_the_right,
        ),
        Slip(
            "All texts were cut at the length of the longest, so the padding of the shorter ones still counts.",
            cut_at_the_longest,
        ),
        Slip("All texts were cut at the length of the shortest; each has its own length.", cut_at_the_shortest),
        Slip(
            "Neither view nor reshape swaps dimensions: the scores are read into other places. `transpose(1, 2)` swaps them.",
            reshaped,
        ),
        Slip("The targets were shifted one place; they are what should come next already.", shifted_again),
        Slip(
            "This is the logarithm of the mean probability; asked for is the mean of the logarithms.",
            logarithm_of_the_mean,
        ),
        Slip(
            "The sign is turned round: a loss is *minus* the logarithm of a probability, and never below 0.",
            lambda scores, targets, lengths: -solution(scores, targets, lengths),
        ),
        Slip(
            "This is the mean probability of the right tokens; the loss is minus its logarithm, place by place.",
            probability,
        ),
        Slip(
            "The padding was zeroed in the losses, and the mean taken text by text over all T places; divide the sum by the number of places that count.",
            lambda scores, targets, lengths: (
                (_losses(scores, targets) * _counts(targets, lengths)).sum() / targets.shape[1]
            ),
        ),
        Slip(
            "The first place of each text does not count here; it belongs to the text, too.", first_place_lost, idea=11
        ),
        Slip(
            "The true ends were left out of the sum, and are counted in what it is divided by.", ends_lost_but_counted
        ),
        Slip(
            "This is the sum of the texts' means; asked for is one mean over the places of all texts.",
            lambda scores, targets, lengths: sum(
                F.cross_entropy(one[:n], wanted[:n]) for one, wanted, n in zip(scores, targets, lengths.tolist())
            ),
        ),
        Slip(
            "This is the share of places where the right token has the largest score; the loss is asked for.",
            lambda scores, targets, lengths: (scores.argmax(-1) == targets)[_counts(targets, lengths)].float().mean(),
        ),
        Slip(
            "A long text weighs too much here: its sum of losses was multiplied by its length once more.",
            lambda scores, targets, lengths: (
                ((_losses(scores, targets) * _counts(targets, lengths)).sum(1) * lengths).sum() / lengths.sum()
            ),
        ),
        Slip(
            "The padding's scores were set to -inf, and its places still count, where a softmax of nothing but -inf is nan.",
            scores_of_minus_inf,
        ),
        Slip(
            "The softmax was taken over the places; it is over the V tokens, the last dimension.", softmax_over_places
        ),
        Slip("The softmax was taken over the texts; it is over the V tokens, the last dimension.", softmax_over_texts),
        Slip(
            "These are probabilities with a minus, and nll_loss takes their logarithms: log_softmax, or cross_entropy at once.",
            no_logarithm,
        ),
        Slip("These are squared differences; cross-entropy is asked for.", squared),
        Slip("These are squared differences of probabilities; cross-entropy is asked for.", squared_of_probabilities),
        Slip(
            "The sum was divided by texts times the longest length; divide it by the number of places that count.",
            lambda scores, targets, lengths: (
                (_losses(scores, targets) * _counts(targets, lengths)).sum() / (len(lengths) * lengths.max())
            ),
        ),
        Slip(
            "The mean was taken place by place over the texts and then over the places; take one over all that count.",
            by_place,
        ),
        Slip(
            "Each place weighs the same here, in however many texts it counts; take one mean over all.",
            by_place_that_counts,
        ),
        Slip(
            "Each text's length has to meet every place of its own row: `lengths[:, None]` makes a column.",
            lengths_not_a_column,
        ),
    ],
)
