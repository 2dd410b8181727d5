"""Other answers to `sampling_loss`: right ones in other styles, and wrong ones that a general rule catches."""

import torch
import torch.nn.functional as F

from answers import caught, right


@caught("no gradient flows back")
def gradient_cut(word, good, bad):
    bad_score = (bad * word[:, None]).sum(-1)
    loss = -(F.logsigmoid((word * good).sum(-1)) + F.logsigmoid(-bad_score).sum(-1)).mean()
    return loss.detach()


@right
def einsum_and_softplus(word, good, bad):
    pull = F.softplus(-torch.einsum("nd,nd->n", word, good))
    push = F.softplus(torch.einsum("nd,nkd->nk", word, bad))
    return (pull + push.sum(1)).mean()


@right
def a_loop(word, good, bad):
    total = 0.0
    for w, g, negatives in zip(word, good, bad):
        total = total - F.logsigmoid(w @ g)
        for b in negatives:
            total = total - F.logsigmoid(-(w @ b))
    return total / len(word)


@right
def binary_cross_entropy(word, good, bad):
    score = (torch.cat((good[:, None], bad), 1) * word[:, None]).sum(-1)
    target = torch.zeros_like(score)
    target[:, 0] = 1
    return F.binary_cross_entropy_with_logits(score, target, reduction="sum") / len(word)


@right
def logaddexp(word, good, bad):
    zero = torch.zeros((), dtype=word.dtype)
    far = torch.bmm(bad, word.unsqueeze(2)).squeeze(2)
    return (torch.logaddexp(zero, -(word * good).sum(1)) + torch.logaddexp(zero, far).sum(1)).mean()


@caught("A clamped probability")
def a_clamped_log(word, good, bad):
    near, far = (word * good).sum(-1), (bad * word[:, None]).sum(-1)
    logs = [torch.sigmoid(score).clamp(min=1e-9).log() for score in (near, -far)]
    return -(logs[0] + logs[1].sum(-1)).mean()


@caught("Expected the shape (), got (1,)")
def one_number_in_a_list(word, good, bad):
    far = (bad * word[:, None]).sum(-1)
    return -(F.logsigmoid((word * good).sum(-1)) + F.logsigmoid(-far).sum(-1)).mean(0, keepdim=True)


@caught("the loss contains −1 of the log of each context word and −1/15 of the log of each negative")
def summed_and_averaged(word, good, bad):
    near, far = (word * good).sum(-1), (bad * word[:, None]).sum(-1)
    return -F.logsigmoid(near).sum() - F.logsigmoid(-far).mean()


@caught("Only some of the negatives count here")
def first_three_negatives(word, good, bad):
    near, far = (word * good).sum(-1), (bad[:, :3] * word[:, None]).sum(-1)
    return -(F.logsigmoid(near) + F.logsigmoid(-far).sum(-1)).mean()


@caught("Only some of the words count here")
def the_last_word(word, good, bad):
    near, far = (word * good).sum(-1), (bad * word[:, None]).sum(-1)
    return -(F.logsigmoid(near) + F.logsigmoid(-far).sum(-1))[-1]


@caught("raises ValueError")
def an_error(word, good, bad):
    raise ValueError("not yet")
