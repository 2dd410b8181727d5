from fractions import Fraction

from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.lazy import F, torch
from tutorial_pkg.practice.samples import random


def stub(word, good, bad):
    return ...


def solution(word, good, bad):
    good_score = (word * good).sum(-1)  # (n,)
    bad_score = (bad * word[:, None]).sum(-1)  # (n, k, d) * (n, 1, d), summed: (n, k)
    return -(F.logsigmoid(good_score) + F.logsigmoid(-bad_score).sum(-1)).mean()


def cases():
    def rows(*shapes, seed, **options):
        return [random(*shape, seed=seed + n, **options) for n, shape in enumerate(shapes)]

    return [
        (torch.zeros(2, 4), torch.zeros(2, 4), torch.zeros(2, 3, 4)),
        tuple(some.requires_grad_() for some in rows((5, 3), (5, 3), (5, 2, 3), seed=1)),
        tuple(some.requires_grad_() for some in rows((1, 8), (1, 8), (1, 20, 8), seed=11)),
        tuple(rows((3, 4), (3, 4), (3, 1, 4), seed=21, dtype=torch.float64)),
        (torch.tensor([[200.0]]), torch.tensor([[-1.0]]), torch.tensor([[[1.0], [-1.0]]])),
    ]


def view(loss, word, good, bad):
    worst = (word * good).sum(-1).min()
    if worst < -100 and isinstance(loss, torch.Tensor) and loss.ndim == 0 and 20 < loss < 100:
        return Finding(
            f"{loss:.2f}, but a context word with the score {worst:.0f} costs {-worst:.0f}. A clamped probability causes this, or a small number that is added to the probability. Use `F.logsigmoid`"
        )
    return loss


def parts(word, good, bad):
    near, far = (word * good).sum(-1), (bad * word[:, None]).sum(-1)
    return dict(L=F.logsigmoid, near=near, far=far, pull=F.logsigmoid(near), push=F.logsigmoid(-far))


def cosines(p):
    near, far = F.cosine_similarity(p.word, p.good, dim=-1), F.cosine_similarity(p.bad, p.word[:, None], dim=-1)
    return -(p.L(near) + p.L(-far).sum(-1)).mean()


def squeezed(p):
    far = (p.bad @ p.word[:, :, None]).squeeze()
    return -(p.pull + p.L(-far).sum(1)).mean()


def reader(answer):
    """A message about the weights of the logs. Many wrong losses contain the right logs with wrong weights, and the gradients show the weights."""
    shapes = [(3, 4), (3, 4), (3, 5, 4)]
    word, good, bad = (random(*shape, seed=31 + n).requires_grad_() for n, shape in enumerate(shapes))
    try:
        got = torch.autograd.grad(answer(word, good, bad), [good, bad], materialize_grads=True)
    except Exception:  # the loss is not one number, or the answer raises an error: other rules report this
        return None
    with torch.no_grad():
        p = parts(word, good, bad)
        once = [-p["near"].neg().sigmoid()[:, None] * word, p["far"].sigmoid()[..., None] * word[:, None]]
        counts = [(mine * one).sum(-1) / one.square().sum(-1) for mine, one in zip(got, once)]
        near, far = ([Fraction(number).limit_denominator(18) for number in count.flatten().tolist()] for count in counts)
        weights = [torch.tensor([*map(float, some)]).view(count.shape) for some, count in zip([near, far], counts)]
        if not all(torch.allclose(mine, w[..., None] * one, atol=1e-4) for mine, w, one in zip(got, weights, once)):
            return None
    if any(near) and not all(near):
        return "Only some of the words count here. Take the mean over all n words."
    if any(far) and not all(far):
        return "Only some of the negatives count here. Use all k negatives of each word."
    if len({*near}) > 1 or len({*far}) > 1 or near[0] == far[0] == Fraction(1, 3) or abs(near[0]) > 9:
        return None
    return f"For n = 3 and k = 5, the loss contains −{near[0]} of the log of each context word and −{far[0]} of the log of each negative. Both should be −1/3: take the sum over k and the mean over n.".replace(
        "−-", "+"
    )


exercise = Exercise(
    task="""### Exercise 4 (a new situation): the loss of a whole batch

Above, you saw the loss for one word, one context word and a few negatives. Write it for a batch of `n` words: `word` is
`(n, d)`, `good` is `(n, d)`, and `bad` is `(n, k, d)`, with the rows of `k` negatives for each word. The loss of one word is

  `− log σ(word · good) − Σₖ log σ(− word · badₖ)`

Return the **mean over the batch**: a tensor without dimensions, through which gradients flow. Scores of −200 must not
give `inf`: use `F.logsigmoid`.

If all rows are zero, `n = 2` and `k = 3`, every σ is ½, so the loss is `4 · log 2 ≈ 2.7726`.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="This loss moves context words closer and negatives away, for a whole batch in one expression.",
    hints=[
        "good_score = (word * good).sum(-1) has the shape (n,). The negatives need scores of the shape (n, k).",
        "Use bad_score = (bad * word[:, None, :]).sum(-1) and F.logsigmoid(-bad_score).sum(-1). Then take the mean over n.",
    ],
    parts=parts,
    reader=reader,
    slips=[
        Slip("The minus inside is missing: log σ(word · bad) moves the negatives closer. Use log σ(−word · bad).", lambda p: -(p.pull + p.L(p.far).sum(-1)).mean()),
        Slip("The k scores of the negatives are summed before log σ. Take log σ of each score, and then the sum.", lambda p: -(p.pull + p.L(-p.far.sum(-1))).mean()),
        Slip("σ(−200) is 0 in float32, and its log is −inf. Use F.logsigmoid, which avoids this 0.", lambda p: -(p.near.sigmoid().log() + (-p.far).sigmoid().log().sum(-1)).mean()),
        Slip("This is one loss for each of the n words. Return their mean, one number.", lambda p: -(p.pull + p.push.sum(-1))),
        Slip("The minus in front is missing. log σ should grow, and a loss should fall.", lambda p: (p.pull + p.push.sum(-1)).mean()),
        Slip("This adds the probabilities. Add the log of each probability.", lambda p: -(p.near.sigmoid() + (-p.far).sigmoid().sum(-1)).mean()),
        Slip("The negatives are missing. Without them, the loss is small even if all words have the same row.", lambda p: -p.pull.mean()),
        Slip("`word @ good.T` scores all pairs of the batch. Score each word only with its own context word.", lambda p: -(p.L(p.word @ p.good.T).mean() + p.push.sum(-1).mean())),
        Slip("The negatives are scored with the context word here. Score them with `word`.", lambda p: -(p.pull + p.L(-(p.bad * p.good[:, None]).sum(-1)).sum(-1)).mean()),
        Slip("These are cosines. The score is the dot product, in which lengths count.", cosines),
        Slip("This is a softmax over 1 + k words. In this loss, each score has its own σ.", lambda p: (torch.cat((p.near[:, None], p.far), 1).logsumexp(1) - p.near).mean()),
        Slip("Both signs are wrong: this moves the context word away and the negatives closer.", lambda p: -(p.L(-p.near) + p.L(p.far).sum(-1)).mean()),
        Slip("`bad` is (n, k, d) and `word` is (n, d). For the product, `word` needs a dimension for the k negatives: `word[:, None, :]`.", lambda p: (p.bad * p.word).sum()),
        Slip("Each score is the mean of d products. A dot product is their sum.", lambda p: -(p.L(p.near / p.word.shape[-1]) + p.L(-p.far / p.word.shape[-1]).sum(-1)).mean()),
        Slip("Every product has its own log σ. Add up the d products first.", lambda p: -(p.L(p.word * p.good).sum(-1) + p.L(-p.bad * p.word[:, None]).sum((-1, -2))).mean()),
        Slip("`good @ word` scores one pair. For a batch, use `(word * good).sum(-1)`.", lambda p: -F.logsigmoid(p.good @ p.word) - F.logsigmoid(-p.bad @ p.word).sum()),
        Slip("The minus is outside the log here: −log σ(score). For a negative, the minus sign is inside: log σ(−score).", lambda p: -(p.pull - p.L(p.far).sum(-1)).mean()),
        Slip("`squeeze()` removes every dimension of size 1, and n or k may be 1, too. Use `squeeze(-1)`.", squeezed),
    ],
)
