from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.lazy import F, torch
from tutorial_pkg.practice.samples import random


def stub(before, after, k):
    def nearest(vectors):
        distances = torch.cdist(vectors, vectors)
        return distances.topk(k, largest=False).indices.tolist()

    pairs = zip(nearest(before), nearest(after))
    shared = [len(set(one) & set(two)) for one, two in pairs]
    return sum(shared) / (k * len(before))


def solution(before, after, k):
    def nearest(vectors):
        distances = torch.cdist(vectors, vectors).fill_diagonal_(torch.inf)  # not the word itself
        return distances.topk(k, largest=False).indices.tolist()

    pairs = zip(nearest(before), nearest(after))
    shared = [len(set(one) & set(two)) for one, two in pairs]
    return sum(shared) / (k * len(before))


def cases():
    line = torch.tensor([[0.0], [1.0], [2.2], [9.0], [10.3]])
    return [
        (random(9, 4, seed=1), random(9, 4, seed=2), 1),
        (line, line / 2, 2),
        (2e6 * line, 2e6 * torch.tensor([[0.0], [9.0], [1.0], [10.3], [2.2]]), 1),  # larger than any number that an answer may write on the diagonal
        (random(40, 6, seed=3), random(40, 6, seed=3)[:, :2], 5),
        (random(12, 3, seed=4), random(12, 5, seed=5), 11),
        (torch.tensor([[0.0], [0.0], [9.0], [9.0]]), torch.tensor([[0.0], [1.0], [9.0], [10.2]]), 1),  # equal rows
    ]


def view(result, before, after, k):
    if isinstance(result, (list, tuple)) or (isinstance(result, torch.Tensor) and result.numel() > 1):
        return Finding("several numbers. Return one number: the average of the words' shares")
    try:
        share = float(result)
    except (TypeError, ValueError):
        return result
    if share > 1 + 1e-6:
        return Finding(f"{share:g}, which is above 1. Divide the number of nearest words that are kept by `k * len(before)`")
    return result


def near(distances, k, itself=None):
    """For each row, the positions of the k smallest numbers. If `itself` is given, this number replaces the diagonal."""
    distances = distances.clone() if itself is None else distances.clone().fill_diagonal_(itself)
    return distances.topk(k, largest=False).indices.tolist()


def kept(one, two):
    return [len(set(a) & set(b)) for a, b in zip(one, two)]


def share(p, one, two):
    return sum(kept(one, two)) / (p.k * p.n)


def both(p, rule):
    """The share of kept words, if `rule` makes the lists of nearest words from the distances."""
    return share(p, rule(p.before_distances), rule(p.after_distances))


def parts(before, after, k):
    distances = {"before_distances": torch.cdist(before, before), "after_distances": torch.cdist(after, after)}
    one, two = (near(some, k, torch.inf) for some in distances.values())
    return distances | {"n": len(before), "one": one, "two": two}


def cosines(p):
    return [F.normalize(v, dim=1) @ F.normalize(v, dim=1).T for v in (p.before, p.after)]


exercise = Exercise(
    task="""### Exercise 5 (bug hunt): too good to be true

`neighbours_kept(before, after, k)` takes two tensors of shapes `(N, d)` and `(N, e)`. They are the vectors of the same
N words before and after a change, for example a product with a matrix, or a rounding. For each word, the function compares its `k` nearest
*other* words before with its `k` nearest other words after, by distance. It returns the average share of nearest words
that are kept, a number from 0 to 1.

The code below runs. But for two tensors that have nothing to do with each other and `k = 1`, it returns 1.0. Find the
bug and fix it.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="If a word is counted as one of its own nearest words, every map looks better than it is.",
    hints=[
        "Look at all distances from `fox`. Which word is the nearest to `fox`, and what is its distance?",
        "`distances.fill_diagonal_(torch.inf)` makes each word's distance to itself infinite.",
    ],
    parts=parts,
    slips=[
        Slip("The word itself is still among its k nearest words: no distance is smaller than 0.", lambda p: both(p, lambda d: near(d, p.k))),
        Slip("The word's distance to itself is 1 here, and some words are farther away. Make it infinite.", lambda p: both(p, lambda d: near(d, p.k, 1.0))),
        Slip("The word's distance to itself is a fixed number here, and some words are farther away. Make it infinite.", lambda p: both(p, lambda d: near(d, p.k, 100.0))),
        Slip("The word's distance to itself is -inf here, which is nearer than all others. Make it +inf.", lambda p: both(p, lambda d: near(d, p.k, -torch.inf))),
        Slip("The word itself still counts as shared. Leave it out of both lists.", lambda p: both(p, lambda d: near(d, min(p.k + 1, p.n))) * p.k / (p.k + 1)),
        Slip("The word itself still counts as shared. Leave it out of both lists.", lambda p: both(p, lambda d: near(d, min(p.k + 1, p.n)))),
        Slip("The word itself is not counted, but it still takes one of the k places. Compare k *other* words.", lambda p: both(p, lambda d: near(d, p.k)) - 1 / p.k),
        Slip("The word itself is one of the k words, and then it is dropped. Make its distance infinite.", lambda p: both(p, lambda d: [row[1:] for row in near(d, p.k)])),
        Slip("Only k - 1 other words are compared here. Compare k other words.", lambda p: both(p, lambda d: [row[1:] for row in near(d, p.k)]) * p.k / max(p.k - 1, 1)),
        Slip("The first word is dropped. It is not always the word itself. Use `fill_diagonal_(torch.inf)`.", lambda p: both(p, lambda d: [row[1:] for row in near(d, p.k + 1)])),
        Slip("Distances between equal rows become infinite, too. Change only the diagonal.", lambda p: both(p, lambda d: near(d.masked_fill(d == 0, torch.inf), p.k))),
        Slip("The word itself is left out before, but not after. Leave it out of both lists.", lambda p: share(p, p.one, near(p.after_distances, p.k))),
        Slip("The word itself is left out after, but not before. Leave it out of both lists.", lambda p: share(p, near(p.before_distances, p.k), p.two)),
        Slip("These are the farthest words. topk takes the largest distances unless it is called with largest=False.", lambda p: both(p, lambda d: near(-d, p.k))),
        Slip("These are the farthest words, and the word itself is the first, at distance infinity. Use largest=False.", lambda p: both(p, lambda d: near(-d, p.k, -torch.inf))),
        Slip("Only words at the same rank count here. Ignore the rank.", lambda p: sum(a == b for one, two in zip(p.one, p.two) for a, b in zip(one, two)) / (p.k * p.n)),
        Slip("This divides by the number of words in both lists together. Divide by k.", lambda p: sum(count / (2 * p.k - count) for count in kept(p.one, p.two)) / p.n),
        Slip("The nearest words are found by the cosine here. Use the distance.", lambda p: share(p, *(near(-scores, p.k, torch.inf) for scores in cosines(p)))),
        Slip("The nearest words are found by the product here. Use the distance.", lambda p: share(p, *(near(-v @ v.T, p.k, torch.inf) for v in (p.before, p.after)))),
        Slip("Every word counts as kept here, whatever `after` contains. For each word, compare its k nearest before with its k nearest after.", lambda before, after, k: 1.0),
        Slip("Rows of `before` are compared with rows of `after`. Compare within each tensor.", lambda p: share(p, near(torch.cdist(p.before, p.after), p.k, torch.inf), p.two)),
        Slip("This is the share of nearest words that are lost. Return the share that is kept.", lambda p: 1 - p.right),
        Slip("Only one nearest word is compared here. Compare the `k` nearest.", lambda p: sum(kept([row[:1] for row in p.one], [row[:1] for row in p.two])) / p.n),
        Slip("A word counts only if all its k nearest are kept. Count each nearest word that is kept.", lambda p: sum(count == p.k for count in kept(p.one, p.two)) / p.n),
    ],
)
