from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.lazy import torch
from tutorial_pkg.practice.samples import random


def stub(query, texts):
    mean = texts.mean(dim=0)
    # your lines here
    ...


def solution(query, texts):
    mean = texts.mean(dim=0)
    return ((texts > mean) == (query > mean)).sum(dim=1)


def cases():
    return [
        (torch.tensor([1.0, 0.0, 5.0]), torch.tensor([[2.0, 1.0, 1.0], [0.0, 4.0, 3.0], [0.0, 1.0, 9.0], [0.0, 4.0, 1.0]])),
        (torch.tensor([2.0, 3.0]), torch.tensor([[1.0, 2.0], [3.0, 2.0], [2.0, 5.0]])),  # some numbers are equal to the mean
        (random(16, seed=1), random(9, 16, seed=2)),
        (random(5, seed=3) + 2, random(30, 5, seed=4) + 2),
        (random(64, seed=5) - 1, random(12, 64, seed=6) * 3 - 1),
        (random(7, seed=7), random(7, 7, seed=8)),
    ]


def view(result, query, texts):
    if not isinstance(result, torch.Tensor) or not result.numel():
        return result
    if result.dtype == torch.bool:
        return Finding("True and False. For each text, count the True values: `.sum(dim=1)`")
    if result.ndim == 0:
        return Finding(f"one number, {float(result):g}. Return a number for each text, shape {(len(texts),)}")
    if result.shape == query.shape != (len(texts),):
        return Finding(f"a number for each of the {len(query)} dimensions. Return a number for each text: sum over dimension 1")
    if result.shape == (len(texts),) and result.max() > len(query):
        return Finding(f"a count above {len(query)}, the number of bits of a text")
    return result


def equal(one, other):
    return (one == other).sum(dim=1)


exercise = Exercise(
    task="""### Exercise 4 (a new situation): a search with one bit for each number

`one_bit_search(query, texts)` takes a query of shape `(d,)` and texts of shape `(N, d)`. Each number of a vector gives one **bit**: True if the number is above the mean of its
column in `texts`. The function returns for each text how many of its d bits are equal to the query's bits: integers of shape `(N,)`.

For the query `[1, 0, 5]` and the texts `[2, 1, 1]`, `[0, 4, 3]`, `[0, 1, 9]` and `[0, 4, 1]`, the means are `[0.5, 2.5, 3.5]`. The query's bits are True, False, True, and the result is
`[2, 0, 2, 0]`.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="The text with the most equal bits is nearest. A processor compares 64 bits in one instruction.",
    hints=[
        "`texts > mean` has shape (N, d), and `query > mean` has shape (d,). Both contain True and False.",
        "`==` compares each text's bits with the query's bits. Then count the True values in each row.",
    ],
    parts=lambda query, texts: {"mean": texts.mean(dim=0), "own": texts > texts.mean(dim=0), "bits": query > texts.mean(dim=0), "d": len(query)},
    slips=[
        Slip("This counts the bits that differ. Count the equal bits.", lambda p: (p.own != p.bits).sum(1)),
        Slip("This counts only the positions where both bits are True. Two False bits are equal, too.", lambda p: (p.own & p.bits).sum(1)),
        Slip("This counts the positions where at least one bit is True. Count equal bits.", lambda p: (p.own | p.bits).sum(1)),
        Slip("This compares with 0 instead of the mean. Use the mean of the texts.", lambda p: equal(p.texts > 0, p.query > 0)),
        Slip("The texts are compared with their mean, but the query with 0. Use the mean of the texts for both.", lambda p: equal(p.own, p.query > 0)),
        Slip("The query is compared with its own mean. Use the mean of the text vectors, a number for each column.", lambda p: equal(p.own, p.query > p.query.mean())),
        Slip("One mean of all numbers is used. Use a mean for each column: dim=0.", lambda p: equal(p.texts > p.texts.mean(), p.query > p.texts.mean())),
        Slip("A number that is equal to the mean has the bit False. Use `>`, not `>=`.", lambda p: equal(p.texts >= p.mean, p.query >= p.mean)),
        Slip("`sign` has three values, with 0 for a number equal to the mean. Use `>` in place of `sign`.", lambda p: equal((p.texts - p.mean).sign(), (p.query - p.mean).sign())),
        Slip("Each vector is compared with its own mean. Use the mean of each column: dim=0.", lambda p: equal(p.texts > p.texts.mean(1)[:, None], p.query > p.query.mean())),
        Slip("Each text is compared with the mean of the text's numbers. Use a mean for each column: dim=0.", lambda p: equal(p.texts > p.texts.mean(1, keepdim=True), p.bits)),
        Slip("This is equal bits minus different bits. Count only the equal bits.", lambda p: 2 * p.right - p.d),
        Slip("This is the fraction of the bits that are equal. Return how many bits are equal.", lambda p: p.right / p.d),
        Slip("This is the order of the texts. Return how many bits are equal, in the order of the texts.", lambda p: p.right.argsort(descending=True)),
        Slip("This counts each text's own True bits. Compare them with the query's bits.", lambda p: p.own.sum(1)),
        Slip("This uses the median. Use the mean of each column.", lambda p: equal(p.texts > p.texts.median(0).values, p.query > p.texts.median(0).values)),
    ],
)
