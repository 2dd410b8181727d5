"""### Exercise 4 (a new situation): the loss of a whole batch

Above, the loss was that of one word, one true context word and a few noise words. Write it for a batch of `n`:
`word` is `(n, d)`, `good` is `(n, d)`, `bad` is `(n, k, d)` with `k` noise rows for each word. For each of the `n`,

  `− log σ(word · good) − Σₖ log σ(− word · badₖ)`

and the result is the **mean over the batch**, a 0-D tensor that gradients flow through. Scores of −200 must not give
`inf`: use `F.logsigmoid`.

With all rows zero, `n = 2`, `k = 3`: every σ is ½, so the loss is `4 · log 2 ≈ 2.7726`.
"""

import torch
import torch.nn.functional as F

from tutorial_pkg.practice.items import Finding, wrong
from tutorial_pkg.practice.samples import random

MEANS = "True company is pulled closer and noise pushed away, for a batch in one expression."
HINTS = [
    "good_score = (word * good).sum(-1) has shape (n,). For the noise a score of shape (n, k) is needed.",
    "bad_score = (bad * word[:, None, :]).sum(-1); then F.logsigmoid(-bad_score).sum(-1), and the mean over n.",
]


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


@wrong()
def noise_pulled_closer(word, good, bad):
    """The minus inside is missing: log σ(word · bad) pulls the noise closer, log σ(−word · bad) pushes it away."""
    bad_score = (bad * word[:, None]).sum(-1)
    return -(F.logsigmoid((word * good).sum(-1)) + F.logsigmoid(bad_score).sum(-1)).mean()


@wrong()
def summed_over_the_batch(word, good, bad):
    """The losses of the batch are summed here; their mean is asked for, so that the batch's size does not matter."""
    bad_score = (bad * word[:, None]).sum(-1)
    return -(F.logsigmoid((word * good).sum(-1)) + F.logsigmoid(-bad_score).sum(-1)).sum()


@wrong()
def mean_over_the_noise(word, good, bad):
    """Over the k noise words the sum is asked for; with the mean, more noise words would not weigh more."""
    bad_score = (bad * word[:, None]).sum(-1)
    return -(F.logsigmoid((word * good).sum(-1)) + F.logsigmoid(-bad_score).mean(-1)).mean()


@wrong()
def scores_summed_first(word, good, bad):
    """The k noise scores are added before log σ: each noise word needs a log σ of its own."""
    bad_score = (bad * word[:, None]).sum((-1, -2))
    return -(F.logsigmoid((word * good).sum(-1)) + F.logsigmoid(-bad_score)).mean()


@wrong()
def log_of_a_sigmoid(word, good, bad):
    """σ(−200) is 0 in float32 and its log is −inf. F.logsigmoid works the log out without passing through 0."""
    bad_score = (bad * word[:, None]).sum(-1)
    return -(torch.log(torch.sigmoid((word * good).sum(-1))) + torch.log(torch.sigmoid(-bad_score)).sum(-1)).mean()


@wrong()
def one_loss_each(word, good, bad):
    """One loss for each of the n came back. Their mean, one number, is asked for."""
    bad_score = (bad * word[:, None]).sum(-1)
    return -(F.logsigmoid((word * good).sum(-1)) + F.logsigmoid(-bad_score).sum(-1))


@wrong()
def without_the_minus(word, good, bad):
    """The minus in front is missing: log σ is to grow, and a loss is to shrink."""
    bad_score = (bad * word[:, None]).sum(-1)
    return (F.logsigmoid((word * good).sum(-1)) + F.logsigmoid(-bad_score).sum(-1)).mean()


def scores(word, good, bad):
    """Of the true pairs, shape (n,), and of the noise, shape (n, k)."""
    return (word * good).sum(-1), (bad * word[:, None]).sum(-1)


@wrong()
def one_score_for_all(word, good, bad):
    """All numbers of the batch are added to one score before log σ: each pair needs a score of its own, `.sum(-1)`."""
    return -(F.logsigmoid((word * good).sum()) + F.logsigmoid(-scores(word, good, bad)[1]).sum())


@wrong()
def without_the_log(word, good, bad):
    """The probabilities themselves are added here. The loss adds up the log of each."""
    near, far = scores(word, good, bad)
    return -(torch.sigmoid(near) + torch.sigmoid(-far).sum(-1)).mean()


@wrong()
def noise_left_out(word, good, bad):
    """The noise is missing: this loss would be happy with one row for all words."""
    return -F.logsigmoid(scores(word, good, bad)[0]).mean()


@wrong()
def company_left_out(word, good, bad):
    """The true context is missing: this loss only pushes away."""
    return -F.logsigmoid(-scores(word, good, bad)[1]).sum(-1).mean()


@wrong()
def each_with_each(word, good, bad):
    """Every word is scored with every true context of the batch here: `word @ good.T`. Each word has one of its own."""
    far = scores(word, good, bad)[1]
    return -(F.logsigmoid(word @ good.T).mean() + F.logsigmoid(-far).sum(-1).mean())


@wrong()
def noise_subtracted(word, good, bad):
    """The noise's part is taken off the loss, and should be added: both logs get the minus in front."""
    near, far = scores(word, good, bad)
    return (-F.logsigmoid(near) + F.logsigmoid(-far).sum(-1)).mean()


@wrong()
def noise_against_the_context(word, good, bad):
    """The noise is scored against the true context. Both are contexts: score each against the word."""
    far = (bad * good[:, None]).sum(-1)
    return -(F.logsigmoid(scores(word, good, bad)[0]) + F.logsigmoid(-far).sum(-1)).mean()


@wrong()
def cosines(word, good, bad):
    """These are cosines. The score is the dot product, in which the lengths count."""
    near, far = F.cosine_similarity(word, good, dim=-1), F.cosine_similarity(bad, word[:, None], dim=-1)
    return -(F.logsigmoid(near) + F.logsigmoid(-far).sum(-1)).mean()


@wrong()
def mean_over_everything(word, good, bad):
    """This is the mean over all 1 + k scores of each word. Over these the sum is asked for, and the mean over
    the batch."""
    near, far = scores(word, good, bad)
    return -torch.cat((F.logsigmoid(near)[:, None], F.logsigmoid(-far)), 1).mean()


@wrong()
def a_softmax(word, good, bad):
    """This is a softmax: it lets the 1 + k contexts compete for one probability. Here each has a σ of its own."""
    near, far = scores(word, good, bad)
    return F.cross_entropy(torch.cat((near[:, None], far), 1), torch.zeros(len(word), dtype=torch.long))


@wrong()
def both_signs_turned(word, good, bad):
    """Both signs are turned round: this pushes the true context away and pulls the noise closer."""
    near, far = scores(word, good, bad)
    return -(F.logsigmoid(-near) + F.logsigmoid(far).sum(-1)).mean()


@wrong()
def without_a_new_axis(word, good, bad):
    """`bad` is (n, k, d) and `word` (n, d): for the product each word needs an axis for its k noise rows,
    `word[:, None, :]`."""
    return -(F.logsigmoid((word * good).sum(-1)) + F.logsigmoid(-(bad * word).sum(-1)).sum(-1)).mean()


@wrong()
def noise_summed_over_the_batch(word, good, bad):
    """The noise's part is summed over the batch as well. Sum over the k noise rows, and take the mean over the n."""
    near, far = scores(word, good, bad)
    return -(F.logsigmoid(near).mean() + F.logsigmoid(-far).sum())


@wrong()
def the_first_noise_alone(word, good, bad):
    """Only the first noise row of each word is scored. All k are to be."""
    near, far = scores(word, good, bad)
    return -(F.logsigmoid(near) + F.logsigmoid(-far[:, 0])).mean()


@wrong()
def scores_divided(word, good, bad):
    """The scores were divided by √d, as attention does. Skip-gram takes the dot product as it is."""
    near, far = (part / word.shape[-1] ** 0.5 for part in scores(word, good, bad))
    return -(F.logsigmoid(near) + F.logsigmoid(-far).sum(-1)).mean()


@wrong()
def products_not_added(word, good, bad):
    """Every single product got a log σ of its own. Add up the d products of a pair first, `.sum(-1)`: that is its
    score."""
    near, far = F.logsigmoid(word * good).sum(-1), F.logsigmoid(-bad * word[:, None]).sum((-1, -2))
    return -(near + far).mean()


@wrong()
def products_not_added_and_averaged(word, good, bad):
    """Every single product got a log σ of its own. Add up the d products of a pair first, `.sum(-1)`: that is its
    score."""
    return -F.logsigmoid(word * good).mean() - F.logsigmoid(-bad * word[:, None]).mean()


@wrong()
def mean_of_the_products(word, good, bad):
    """The score here is the mean of the d products. A dot product is their sum."""
    near, far = (part / word.shape[-1] for part in scores(word, good, bad))
    return -(F.logsigmoid(near) + F.logsigmoid(-far).sum(-1)).mean()


@wrong()
def as_for_one_word(word, good, bad):
    """`good @ word` scores one pair of rows. For a batch, multiply and add along the rows: `(word * good).sum(-1)`, and
    for the noise `(bad * word[:, None]).sum(-1)`."""
    return -F.logsigmoid(good @ word) - F.logsigmoid(-bad @ word).sum()


@wrong()
def as_for_one_word_averaged(word, good, bad):
    """`good @ word` scores one pair of rows. For a batch, multiply and add along the rows: `(word * good).sum(-1)`, and
    for the noise `(bad * word[:, None]).sum(-1)`."""
    return (-F.logsigmoid(good @ word) - F.logsigmoid(-bad @ word).sum()).mean()


@wrong()
def noise_detached(word, good, bad):
    """The loss is right, but no gradient reaches `bad`: the noise rows are to learn as well."""
    return solution(word, good, bad.detach())


@wrong()
def contexts_detached(word, good, bad):
    """The loss is right, but no gradient reaches `good` and `bad`: both tables are to learn."""
    return solution(word, good.detach(), bad.detach())


@wrong()
def company_detached(word, good, bad):
    """The loss is right, but no gradient reaches `good`: the true contexts are to learn as well."""
    return solution(word, good.detach(), bad)


@wrong()
def word_detached(word, good, bad):
    """The loss is right, but no gradient reaches `word`: its rows are to learn as well."""
    return solution(word.detach(), good, bad)


@wrong()
def noise_averaged_to_one_row(word, good, bad):
    """The k noise rows were averaged to one before they were scored. Each is to have a score and a log σ of its own."""
    return -(F.logsigmoid((word * good).sum(-1)) + F.logsigmoid(-(word * bad.mean(1)).sum(-1))).mean()


@wrong()
def one_minus_the_score(word, good, bad):
    """1 was taken off the noise's score, not off its probability: 1 − σ(score) is σ(−score)."""
    near, far = scores(word, good, bad)
    return -(F.logsigmoid(near) + F.logsigmoid(1 - far).sum(-1)).mean()


@wrong()
def batch_added_to_a_loss_each(word, good, bad):
    """The noise's part was added over the batch before it met the true pairs: sum over the k noise rows alone,
    `.sum(-1)`, which leaves shape (n,)."""
    near, far = scores(word, good, bad)
    return (-F.logsigmoid(near) - F.logsigmoid(-far).sum()).sum()


@wrong()
def company_summed_noise_averaged(word, good, bad):
    """The true pairs are summed over the batch, and the noise is averaged. It is the other way round: the sum goes over
    the k noise rows, the mean over the batch."""
    near, far = scores(word, good, bad)
    return -F.logsigmoid(near).sum() - F.logsigmoid(-far).mean()


@wrong()
def divided_by_n_twice(word, good, bad):
    """The sum was divided by n twice: `.mean()` has done it already."""
    return solution(word, good, bad) / len(word)


@wrong()
def divided_by_k(word, good, bad):
    """The sum over the batch was divided by k, the number of noise rows. The mean is over the n words."""
    return solution(word, good, bad) * len(word) / bad.shape[1]


@wrong()
def divided_by_d(word, good, bad):
    """The sum over the batch was divided by d, the length of a row. The mean is over the n words."""
    return solution(word, good, bad) * len(word) / word.shape[1]


@wrong()
def divided_by_2(word, good, bad):
    """The sum over the batch was divided by 2, as in the example. The mean divides by n, whatever it is."""
    return solution(word, good, bad) * len(word) / 2


@wrong()
def three_noise_rows(word, good, bad):
    """Only three noise rows are scored, as in the example. All k are to be."""
    return solution(word, good, bad[:, :3])


@wrong()
def noise_summed_over_dimension_0(word, good, bad):
    """The noise's logs were added over the batch and averaged over k. It is the other way round: added over k,
    the last dimension, and averaged over the batch."""
    near, far = scores(word, good, bad)
    return -(F.logsigmoid(near).mean() + F.logsigmoid(-far).sum(0).mean())


@wrong()
def log_of_a_sum(word, good, bad):
    """The k probabilities were added before the log. Each needs a log of its own, and the logs are added."""
    near, far = scores(word, good, bad)
    return -(F.logsigmoid(near) + torch.sigmoid(-far).sum(1).log()).mean()


@wrong()
def minus_outside(word, good, bad):
    """The noise's minus stands before log σ, and belongs inside: −log σ(s) is not log σ(−s)."""
    near, far = scores(word, good, bad)
    return -(F.logsigmoid(near) - F.logsigmoid(far).sum(-1)).mean()


@wrong()
def sigmoid_twice(word, good, bad):
    """The σ was taken twice: F.logsigmoid takes the score itself, and works out σ and the log."""
    near, far = (part.sigmoid() for part in scores(word, good, bad))
    return -(F.logsigmoid(near) + F.logsigmoid(-far).sum(-1)).mean()


@wrong()
def noise_of_all_words(word, good, bad):
    """Every word is scored with the noise of every word of the batch. Each has its own k noise rows."""
    far = torch.einsum("nd,mkd->nmk", word, bad)
    return -(F.logsigmoid(scores(word, good, bad)[0]).mean() + F.logsigmoid(-far).sum(-1).mean())


@wrong()
def hardest_noise_alone(word, good, bad):
    """Only the noise row with the highest score counts here. All k are to be added."""
    near, far = scores(word, good, bad)
    return -(F.logsigmoid(near) + F.logsigmoid(-far).min(-1).values).mean()


@wrong()
def company_subtracted(word, good, bad):
    """The true pair's part is taken off the loss, and should be added: both logs get the minus in front."""
    near, far = scores(word, good, bad)
    return (F.logsigmoid(near) - F.logsigmoid(-far).sum(-1)).mean()


@wrong()
def differences(word, good, bad):
    """This is σ of the difference between the true score and each noise score. Each score gets a log σ of its
    own."""
    near, far = scores(word, good, bad)
    return -F.logsigmoid(near[:, None] - far).sum(-1).mean()


@wrong()
def a_margin(word, good, bad):
    """This is a loss with a margin of 1. What is asked for adds up −log σ."""
    near, far = scores(word, good, bad)
    return F.relu(1 - near[:, None] + far).sum(-1).mean()


@wrong()
def median(word, good, bad):
    """This is the median over the batch; the mean is asked for."""
    near, far = scores(word, good, bad)
    return -(F.logsigmoid(near) + F.logsigmoid(-far).sum(-1)).median()


@wrong()
def its_exponential(word, good, bad):
    """This is e to the power of the loss. The loss itself is asked for."""
    return solution(word, good, bad).exp()


@wrong()
def squeezed_too_far(word, good, bad):
    """`squeeze()` drops every dimension of size 1, and n or k may be 1 as well: `squeeze(-1)` drops the last
    alone."""
    far = (bad @ word[:, :, None]).squeeze()
    return -(F.logsigmoid((word * good).sum(-1)) + F.logsigmoid(-far).sum(1)).mean()


@wrong()
def squeezed_too_far_and_summed_last(word, good, bad):
    """`squeeze()` drops every dimension of size 1, and n or k may be 1 as well: `squeeze(-1)` drops the last
    alone."""
    far = (bad @ word[:, :, None]).squeeze()
    return -(F.logsigmoid((word * good).sum(-1)) + F.logsigmoid(-far).sum(-1)).mean()


@wrong()
def summed_without_the_minus(word, good, bad):
    """The minus in front is missing, and the batch is summed: the mean over it is asked for."""
    return -solution(word, good, bad) * len(word)


@wrong()
def noise_pulled_closer_on_average(word, good, bad):
    """The noise's minus is missing inside log σ, which pulls it closer, and over the k noise words the mean was
    taken: add them."""
    near, far = scores(word, good, bad)
    return -(F.logsigmoid(near) + F.logsigmoid(far).mean(-1)).mean()


@wrong()
def company_summed_over_the_batch(word, good, bad):
    """The true pairs' part is summed over the batch, and the noise's is averaged: take the mean of both."""
    near, far = scores(word, good, bad)
    return -F.logsigmoid(near).sum() - F.logsigmoid(-far).sum(-1).mean()


@wrong()
def company_with_itself(word, good, bad):
    """The true contexts are scored with themselves. The score is word · good."""
    return -(F.logsigmoid((good * good).sum(-1)) + F.logsigmoid(-scores(word, good, bad)[1]).sum(-1)).mean()
