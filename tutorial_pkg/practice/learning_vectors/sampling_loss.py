from __future__ import annotations

from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.lazy import F, torch
from tutorial_pkg.practice.samples import random


def stub(word, good, bad):
    """The mean skip-gram loss: word (n, d), good (n, d), bad (n, k, d)."""
    return ...


def solution(word, good, bad):
    """The mean skip-gram loss: word (n, d), good (n, d), bad (n, k, d)."""
    good_score = (word * good).sum(-1)  # (n,)
    bad_score = (bad @ word[:, :, None]).squeeze(-1)  # (n, k, d) @ (n, d, 1): (n, k)
    return -(F.logsigmoid(good_score) + F.logsigmoid(-bad_score).sum(-1)).mean()


def cases():
    return [
        (torch.tensor([[0.0] * 4] * 2), torch.tensor([[0.0] * 4] * 2), torch.tensor([[[0.0] * 4] * 3] * 2)),
        tuple(random(*shape, seed=1 + n).requires_grad_() for n, shape in enumerate([(5, 3), (5, 3), (5, 2, 3)])),
        tuple(random(*shape, seed=11 + n).requires_grad_() for n, shape in enumerate([(1, 8), (1, 8), (1, 20, 8)])),
        (
            random(3, 4, seed=21, dtype=torch.float64),
            random(3, 4, seed=22, dtype=torch.float64),
            random(3, 1, 4, seed=23, dtype=torch.float64),
        ),
        (torch.tensor([[200.0]]), torch.tensor([[-1.0]]), torch.tensor([[[1.0], [-1.0]]])),
    ]


def view(loss, word, good, bad):
    """The loss as it is, but for one that stops growing where scores are large."""
    worst = (word * good).sum(-1).min()
    if worst < -100 and isinstance(loss, torch.Tensor) and loss.ndim == 0 and 20 < loss < 100:
        return Finding(
            f"{loss:.2f}, where a true pair's score of {worst:.0f} alone costs {-worst:.0f}. "
            "A probability that is clamped, or has a small number added, does that: use `F.logsigmoid`"
        )
    return loss


def noise_pulled_closer(word, good, bad):
    bad_score = (bad * word[:, None]).sum(-1)
    return -(F.logsigmoid((word * good).sum(-1)) + F.logsigmoid(bad_score).sum(-1)).mean()


def summed_over_the_batch(word, good, bad):
    bad_score = (bad * word[:, None]).sum(-1)
    return -(F.logsigmoid((word * good).sum(-1)) + F.logsigmoid(-bad_score).sum(-1)).sum()


def mean_over_the_noise(word, good, bad):
    bad_score = (bad * word[:, None]).sum(-1)
    return -(F.logsigmoid((word * good).sum(-1)) + F.logsigmoid(-bad_score).mean(-1)).mean()


def scores_summed_first(word, good, bad):
    bad_score = (bad * word[:, None]).sum((-1, -2))
    return -(F.logsigmoid((word * good).sum(-1)) + F.logsigmoid(-bad_score)).mean()


def log_of_a_sigmoid(word, good, bad):
    bad_score = (bad * word[:, None]).sum(-1)
    return -(torch.log(torch.sigmoid((word * good).sum(-1))) + torch.log(torch.sigmoid(-bad_score)).sum(-1)).mean()


def one_loss_each(word, good, bad):
    bad_score = (bad * word[:, None]).sum(-1)
    return -(F.logsigmoid((word * good).sum(-1)) + F.logsigmoid(-bad_score).sum(-1))


def without_the_minus(word, good, bad):
    bad_score = (bad * word[:, None]).sum(-1)
    return (F.logsigmoid((word * good).sum(-1)) + F.logsigmoid(-bad_score).sum(-1)).mean()


def scores(word, good, bad):
    """Of the true pairs, shape (n,), and of the noise, shape (n, k)."""
    return (word * good).sum(-1), (bad * word[:, None]).sum(-1)


def without_the_log(word, good, bad):
    near, far = scores(word, good, bad)
    return -(torch.sigmoid(near) + torch.sigmoid(-far).sum(-1)).mean()


def each_with_each(word, good, bad):
    far = scores(word, good, bad)[1]
    return -(F.logsigmoid(word @ good.T).mean() + F.logsigmoid(-far).sum(-1).mean())


def noise_subtracted(word, good, bad):
    near, far = scores(word, good, bad)
    return (-F.logsigmoid(near) + F.logsigmoid(-far).sum(-1)).mean()


def noise_against_the_context(word, good, bad):
    far = (bad * good[:, None]).sum(-1)
    return -(F.logsigmoid(scores(word, good, bad)[0]) + F.logsigmoid(-far).sum(-1)).mean()


def cosines(word, good, bad):
    near, far = F.cosine_similarity(word, good, dim=-1), F.cosine_similarity(bad, word[:, None], dim=-1)
    return -(F.logsigmoid(near) + F.logsigmoid(-far).sum(-1)).mean()


def mean_over_everything(word, good, bad):
    near, far = scores(word, good, bad)
    return -torch.cat((F.logsigmoid(near)[:, None], F.logsigmoid(-far)), 1).mean()


def a_softmax(word, good, bad):
    near, far = scores(word, good, bad)
    return F.cross_entropy(torch.cat((near[:, None], far), 1), torch.zeros(len(word), dtype=torch.long))


def both_signs_turned(word, good, bad):
    near, far = scores(word, good, bad)
    return -(F.logsigmoid(-near) + F.logsigmoid(far).sum(-1)).mean()


def noise_summed_over_the_batch(word, good, bad):
    near, far = scores(word, good, bad)
    return -(F.logsigmoid(near).mean() + F.logsigmoid(-far).sum())


def the_first_noise_alone(word, good, bad):
    near, far = scores(word, good, bad)
    return -(F.logsigmoid(near) + F.logsigmoid(-far[:, 0])).mean()


def scores_divided(word, good, bad):
    near, far = (part / word.shape[-1] ** 0.5 for part in scores(word, good, bad))
    return -(F.logsigmoid(near) + F.logsigmoid(-far).sum(-1)).mean()


def products_not_added(word, good, bad):
    near, far = F.logsigmoid(word * good).sum(-1), F.logsigmoid(-bad * word[:, None]).sum((-1, -2))
    return -(near + far).mean()


def mean_of_the_products(word, good, bad):
    near, far = (part / word.shape[-1] for part in scores(word, good, bad))
    return -(F.logsigmoid(near) + F.logsigmoid(-far).sum(-1)).mean()


def one_minus_the_score(word, good, bad):
    near, far = scores(word, good, bad)
    return -(F.logsigmoid(near) + F.logsigmoid(1 - far).sum(-1)).mean()


def batch_added_to_a_loss_each(word, good, bad):
    near, far = scores(word, good, bad)
    return (-F.logsigmoid(near) - F.logsigmoid(-far).sum()).sum()


def company_summed_noise_averaged(word, good, bad):
    near, far = scores(word, good, bad)
    return -F.logsigmoid(near).sum() - F.logsigmoid(-far).mean()


def noise_summed_over_dimension_0(word, good, bad):
    near, far = scores(word, good, bad)
    return -(F.logsigmoid(near).mean() + F.logsigmoid(-far).sum(0).mean())


def log_of_a_sum(word, good, bad):
    near, far = scores(word, good, bad)
    return -(F.logsigmoid(near) + torch.sigmoid(-far).sum(1).log()).mean()


def minus_outside(word, good, bad):
    near, far = scores(word, good, bad)
    return -(F.logsigmoid(near) - F.logsigmoid(far).sum(-1)).mean()


def sigmoid_twice(word, good, bad):
    near, far = (part.sigmoid() for part in scores(word, good, bad))
    return -(F.logsigmoid(near) + F.logsigmoid(-far).sum(-1)).mean()


def noise_of_all_words(word, good, bad):
    far = torch.einsum("nd,mkd->nmk", word, bad)
    return -(F.logsigmoid(scores(word, good, bad)[0]).mean() + F.logsigmoid(-far).sum(-1).mean())


def hardest_noise_alone(word, good, bad):
    near, far = scores(word, good, bad)
    return -(F.logsigmoid(near) + F.logsigmoid(-far).min(-1).values).mean()


def company_subtracted(word, good, bad):
    near, far = scores(word, good, bad)
    return (F.logsigmoid(near) - F.logsigmoid(-far).sum(-1)).mean()


def differences(word, good, bad):
    near, far = scores(word, good, bad)
    return -F.logsigmoid(near[:, None] - far).sum(-1).mean()


def a_margin(word, good, bad):
    near, far = scores(word, good, bad)
    return F.relu(1 - near[:, None] + far).sum(-1).mean()


def median(word, good, bad):
    near, far = scores(word, good, bad)
    return -(F.logsigmoid(near) + F.logsigmoid(-far).sum(-1)).median()


def squeezed_too_far(word, good, bad):
    far = (bad @ word[:, :, None]).squeeze()
    return -(F.logsigmoid((word * good).sum(-1)) + F.logsigmoid(-far).sum(1)).mean()


def squeezed_too_far_and_summed_last(word, good, bad):
    far = (bad @ word[:, :, None]).squeeze()
    return -(F.logsigmoid((word * good).sum(-1)) + F.logsigmoid(-far).sum(-1)).mean()


def noise_pulled_closer_on_average(word, good, bad):
    near, far = scores(word, good, bad)
    return -(F.logsigmoid(near) + F.logsigmoid(far).mean(-1)).mean()


def company_summed_over_the_batch(word, good, bad):
    near, far = scores(word, good, bad)
    return -F.logsigmoid(near).sum() - F.logsigmoid(-far).sum(-1).mean()


exercise = Exercise(
    task="""### Exercise 4 (a new situation): the loss of a whole batch

Above, the loss was that of one word, one true context word and a few noise words. Write it for a batch of `n`:
`word` is `(n, d)`, `good` is `(n, d)`, `bad` is `(n, k, d)` with `k` noise rows for each word. For each of the `n`,

  `− log σ(word · good) − Σₖ log σ(− word · badₖ)`

and the result is the **mean over the batch**, a 0-D tensor that gradients flow through. Scores of −200 must not give
`inf`: use `F.logsigmoid`.

With all rows zero, `n = 2`, `k = 3`: every σ is ½, so the loss is `4 · log 2 ≈ 2.7726`.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="True company is pulled closer and noise pushed away, for a batch in one expression.",
    hints=[
        "good_score = (word * good).sum(-1) has shape (n,). For the noise a score of shape (n, k) is needed.",
        "bad_score = (bad * word[:, None, :]).sum(-1); then F.logsigmoid(-bad_score).sum(-1), and the mean over n.",
    ],
    slips=[
        Slip(
            "The minus inside is missing: log σ(word · bad) pulls the noise closer, log σ(−word · bad) pushes it away.",
            noise_pulled_closer,
        ),
        Slip(
            "The losses of the batch are summed here; their mean is asked for, so that the batch's size does not matter.",
            summed_over_the_batch,
        ),
        Slip(
            "Over the k noise words the sum is asked for; with the mean, more noise words would not weigh more.",
            mean_over_the_noise,
        ),
        Slip(
            "The k noise scores are added before log σ: each noise word needs a log σ of its own.", scores_summed_first
        ),
        Slip(
            "σ(−200) is 0 in float32 and its log is −inf. F.logsigmoid works the log out without passing through 0.",
            log_of_a_sigmoid,
        ),
        Slip("One loss for each of the n came back. Their mean, one number, is asked for.", one_loss_each),
        Slip("The minus in front is missing: log σ is to grow, and a loss is to shrink.", without_the_minus),
        Slip(
            "All numbers of the batch are added to one score before log σ: each pair needs a score of its own, `.sum(-1)`.",
            lambda word, good, bad: (
                -(F.logsigmoid((word * good).sum()) + F.logsigmoid(-scores(word, good, bad)[1]).sum())
            ),
        ),
        Slip("The probabilities themselves are added here. The loss adds up the log of each.", without_the_log),
        Slip(
            "The noise is missing: this loss would be happy with one row for all words.",
            lambda word, good, bad: -F.logsigmoid(scores(word, good, bad)[0]).mean(),
        ),
        Slip(
            "The true context is missing: this loss only pushes away.",
            lambda word, good, bad: -F.logsigmoid(-scores(word, good, bad)[1]).sum(-1).mean(),
        ),
        Slip(
            "Every word is scored with every true context of the batch here: `word @ good.T`. Each word has one of its own.",
            each_with_each,
        ),
        Slip(
            "The noise's part is taken off the loss, and should be added: both logs get the minus in front.",
            noise_subtracted,
        ),
        Slip(
            "The noise is scored against the true context. Both are contexts: score each against the word.",
            noise_against_the_context,
        ),
        Slip("These are cosines. The score is the dot product, in which the lengths count.", cosines),
        Slip(
            "This is the mean over all 1 + k scores of each word. Over these the sum is asked for, and the mean over the batch.",
            mean_over_everything,
        ),
        Slip(
            "This is a softmax: it lets the 1 + k contexts compete for one probability. Here each has a σ of its own.",
            a_softmax,
        ),
        Slip(
            "Both signs are turned round: this pushes the true context away and pulls the noise closer.",
            both_signs_turned,
        ),
        Slip(
            "`bad` is (n, k, d) and `word` (n, d): for the product each word needs an axis for its k noise rows, `word[:, None, :]`.",
            lambda word, good, bad: (
                -(F.logsigmoid((word * good).sum(-1)) + F.logsigmoid(-(bad * word).sum(-1)).sum(-1)).mean()
            ),
        ),
        Slip(
            "The noise's part is summed over the batch as well. Sum over the k noise rows, and take the mean over the n.",
            noise_summed_over_the_batch,
        ),
        Slip("Only the first noise row of each word is scored. All k are to be.", the_first_noise_alone),
        Slip(
            "The scores were divided by √d, as attention does. Skip-gram takes the dot product as it is.",
            scores_divided,
        ),
        Slip(
            "Every single product got a log σ of its own. Add up the d products of a pair first, `.sum(-1)`: that is its score.",
            products_not_added,
        ),
        Slip(
            "Every single product got a log σ of its own. Add up the d products of a pair first, `.sum(-1)`: that is its score.",
            lambda word, good, bad: -F.logsigmoid(word * good).mean() - F.logsigmoid(-bad * word[:, None]).mean(),
        ),
        Slip("The score here is the mean of the d products. A dot product is their sum.", mean_of_the_products),
        Slip(
            "`good @ word` scores one pair of rows. For a batch, multiply and add along the rows: `(word * good).sum(-1)`, and for the noise `(bad * word[:, None]).sum(-1)`.",
            lambda word, good, bad: -F.logsigmoid(good @ word) - F.logsigmoid(-bad @ word).sum(),
        ),
        Slip(
            "`good @ word` scores one pair of rows. For a batch, multiply and add along the rows: `(word * good).sum(-1)`, and for the noise `(bad * word[:, None]).sum(-1)`.",
            lambda word, good, bad: (-F.logsigmoid(good @ word) - F.logsigmoid(-bad @ word).sum()).mean(),
        ),
        Slip(
            "The loss is right, but no gradient reaches `bad`: the noise rows are to learn as well.",
            lambda word, good, bad: solution(word, good, bad.detach()),
        ),
        Slip(
            "The loss is right, but no gradient reaches `good` and `bad`: both tables are to learn.",
            lambda word, good, bad: solution(word, good.detach(), bad.detach()),
        ),
        Slip(
            "The loss is right, but no gradient reaches `good`: the true contexts are to learn as well.",
            lambda word, good, bad: solution(word, good.detach(), bad),
        ),
        Slip(
            "The loss is right, but no gradient reaches `word`: its rows are to learn as well.",
            lambda word, good, bad: solution(word.detach(), good, bad),
        ),
        Slip(
            "The k noise rows were averaged to one before they were scored. Each is to have a score and a log σ of its own.",
            lambda word, good, bad: (
                -(F.logsigmoid((word * good).sum(-1)) + F.logsigmoid(-(word * bad.mean(1)).sum(-1))).mean()
            ),
        ),
        Slip(
            "1 was taken off the noise's score, not off its probability: 1 − σ(score) is σ(−score).",
            one_minus_the_score,
        ),
        Slip(
            "The noise's part was added over the batch before it met the true pairs: sum over the k noise rows alone, `.sum(-1)`, which leaves shape (n,).",
            batch_added_to_a_loss_each,
        ),
        Slip(
            "The true pairs are summed over the batch, and the noise is averaged. It is the other way round: the sum goes over the k noise rows, the mean over the batch.",
            company_summed_noise_averaged,
        ),
        Slip(
            "The sum was divided by n twice: `.mean()` has done it already.",
            lambda word, good, bad: solution(word, good, bad) / len(word),
        ),
        Slip(
            "The sum over the batch was divided by k, the number of noise rows. The mean is over the n words.",
            lambda word, good, bad: solution(word, good, bad) * len(word) / bad.shape[1],
        ),
        Slip(
            "The sum over the batch was divided by d, the length of a row. The mean is over the n words.",
            lambda word, good, bad: solution(word, good, bad) * len(word) / word.shape[1],
        ),
        Slip(
            "The sum over the batch was divided by 2, as in the example. The mean divides by n, whatever it is.",
            lambda word, good, bad: solution(word, good, bad) * len(word) / 2,
        ),
        Slip(
            "Only three noise rows are scored, as in the example. All k are to be.",
            lambda word, good, bad: solution(word, good, bad[:, :3]),
        ),
        Slip(
            "The noise's logs were added over the batch and averaged over k. It is the other way round: added over k, the last dimension, and averaged over the batch.",
            noise_summed_over_dimension_0,
        ),
        Slip(
            "The k probabilities were added before the log. Each needs a log of its own, and the logs are added.",
            log_of_a_sum,
        ),
        Slip("The noise's minus stands before log σ, and belongs inside: −log σ(s) is not log σ(−s).", minus_outside),
        Slip("The σ was taken twice: F.logsigmoid takes the score itself, and works out σ and the log.", sigmoid_twice),
        Slip(
            "Every word is scored with the noise of every word of the batch. Each has its own k noise rows.",
            noise_of_all_words,
        ),
        Slip("Only the noise row with the highest score counts here. All k are to be added.", hardest_noise_alone),
        Slip(
            "The true pair's part is taken off the loss, and should be added: both logs get the minus in front.",
            company_subtracted,
        ),
        Slip(
            "This is σ of the difference between the true score and each noise score. Each score gets a log σ of its own.",
            differences,
        ),
        Slip("This is a loss with a margin of 1. What is asked for adds up −log σ.", a_margin),
        Slip("This is the median over the batch; the mean is asked for.", median),
        Slip(
            "This is e to the power of the loss. The loss itself is asked for.",
            lambda word, good, bad: solution(word, good, bad).exp(),
        ),
        Slip(
            "`squeeze()` drops every dimension of size 1, and n or k may be 1 as well: `squeeze(-1)` drops the last alone.",
            squeezed_too_far,
        ),
        Slip(
            "`squeeze()` drops every dimension of size 1, and n or k may be 1 as well: `squeeze(-1)` drops the last alone.",
            squeezed_too_far_and_summed_last,
        ),
        Slip(
            "The minus in front is missing, and the batch is summed: the mean over it is asked for.",
            lambda word, good, bad: -solution(word, good, bad) * len(word),
        ),
        Slip(
            "The noise's minus is missing inside log σ, which pulls it closer, and over the k noise words the mean was taken: add them.",
            noise_pulled_closer_on_average,
        ),
        Slip(
            "The true pairs' part is summed over the batch, and the noise's is averaged: take the mean of both.",
            company_summed_over_the_batch,
        ),
        Slip(
            "The true contexts are scored with themselves. The score is word · good.",
            lambda word, good, bad: (
                -(F.logsigmoid((good * good).sum(-1)) + F.logsigmoid(-scores(word, good, bad)[1]).sum(-1)).mean()
            ),
        ),
    ],
)
