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

from tutorial_pkg.practice.pieces import wrong
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
