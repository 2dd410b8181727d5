"""### Exercise 5 (bug hunt): too good to be true

`neighbours_kept(before, after, k)` takes two tensors of shape `(N, d)` and `(N, e)`, the same N words before and
after something was done to them (a map, a rounding). It returns a number from 0 to 1: of each word's `k` nearest
*other* words before, the share that is still among its `k` nearest other words after, averaged over all words.
Nearest is meant by distance.

The code below runs. But for two sets of vectors that have nothing to do with each other and `k = 1`, it gives 1.0.
Find the bug and fix it.
"""

import torch

from tutorial_pkg.practice.pieces import wrong
from tutorial_pkg.practice.samples import random

MEANS = "Whoever counts the word itself among its neighbours finds every map excellent."
HINTS = [
    "Which word is the nearest to `fox`, if all distances are looked at? What is its distance?",
    "`distances.fill_diagonal_(torch.inf)` puts each word's distance to itself out of reach.",
]


def stub(before, after, k):
    def nearest(vectors):
        distances = torch.cdist(vectors, vectors)
        return distances.topk(k, largest=False).indices.tolist()

    pairs = zip(nearest(before), nearest(after))
    shared = [len(set(one) & set(two)) for one, two in pairs]
    return sum(shared) / (k * len(before))


def solution(before, after, k):
    def nearest(vectors):
        distances = torch.cdist(vectors, vectors).fill_diagonal_(torch.inf)  # a word is not its own neighbour
        return distances.topk(k, largest=False).indices.tolist()

    pairs = zip(nearest(before), nearest(after))
    shared = [len(set(one) & set(two)) for one, two in pairs]
    return sum(shared) / (k * len(before))


def cases():
    line = torch.tensor([[0.0], [1.0], [2.2], [9.0], [10.3]])
    return [
        (random(9, 4, seed=1), random(9, 4, seed=2), 1),
        (line, line * 3, 2),
        (line, torch.tensor([[0.0], [9.0], [1.0], [10.3], [2.2]]), 1),
        (random(40, 6, seed=3), random(40, 6, seed=3)[:, :2], 5),
        (random(12, 3, seed=4), random(12, 5, seed=5), 11),
    ]


@wrong()
def one_more(before, after, k):
    """One neighbour more is taken, but the word itself still counts as shared: leave it out of both sets."""

    def nearest(vectors):
        return torch.cdist(vectors, vectors).topk(min(k + 1, len(vectors)), largest=False).indices.tolist()

    shared = [len(set(one) & set(two)) for one, two in zip(nearest(before), nearest(after))]
    return sum(shared) / ((k + 1) * len(before))


@wrong()
def itself_taken_off(before, after, k):
    """The word itself is taken out of the count, but it still fills one of the k places: only k - 1 others are
    compared."""

    def nearest(vectors):
        return torch.cdist(vectors, vectors).topk(k, largest=False).indices.tolist()

    shared = [len(set(one) & set(two)) - 1 for one, two in zip(nearest(before), nearest(after))]
    return sum(shared) / (k * len(before))


@wrong()
def in_order(before, after, k):
    """Neighbours count only if they stand at the same rank; what is asked is whether they are among the k at all."""

    def nearest(vectors):
        distances = torch.cdist(vectors, vectors).fill_diagonal_(torch.inf)
        return distances.topk(k, largest=False).indices

    return (nearest(before) == nearest(after)).float().mean().item()


@wrong()
def farthest(before, after, k):
    """These are the farthest words: topk takes the largest distances unless it is told largest=False."""

    def nearest(vectors):
        return torch.cdist(vectors, vectors).topk(k).indices.tolist()

    shared = [len(set(one) & set(two)) for one, two in zip(nearest(before), nearest(after))]
    return sum(shared) / (k * len(before))


@wrong()
def not_divided(before, after, k):
    """This is how many neighbours are kept; the share is asked for, so divide by k as well."""

    def nearest(vectors):
        distances = torch.cdist(vectors, vectors).fill_diagonal_(torch.inf)
        return distances.topk(k, largest=False).indices.tolist()

    shared = [len(set(one) & set(two)) for one, two in zip(nearest(before), nearest(after))]
    return sum(shared) / len(before)


@wrong()
def still_itself(before, after, k):
    """The word itself is still among its k nearest: no distance is smaller than 0."""

    def nearest(vectors):
        return torch.cdist(vectors, vectors).fill_diagonal_(0).topk(k, largest=False).indices.tolist()

    shared = [len(set(one) & set(two)) for one, two in zip(nearest(before), nearest(after))]
    return sum(shared) / (k * len(before))


@wrong()
def one_more_counted(before, after, k):
    """The word itself still counts as shared: one neighbour more was taken for each, and none was left out."""

    def nearest(vectors):
        return torch.cdist(vectors, vectors).topk(min(k + 1, len(vectors)), largest=False).indices.tolist()

    shared = [len(set(one) & set(two)) for one, two in zip(nearest(before), nearest(after))]
    return sum(shared) / (k * len(before))


@wrong()
def divided_by_one_more(before, after, k):
    """The word itself is left out, but the sum is divided by k + 1 for each word, and only k can be shared."""

    def nearest(vectors):
        return torch.cdist(vectors, vectors).fill_diagonal_(torch.inf).topk(k, largest=False).indices.tolist()

    shared = [len(set(one) & set(two)) for one, two in zip(nearest(before), nearest(after))]
    return sum(shared) / ((k + 1) * len(before))


@wrong()
def itself_as_the_farthest(before, after, k):
    """Without largest=False, topk takes the largest distances, and the word's own is infinite now: it comes first."""

    def nearest(vectors):
        return torch.cdist(vectors, vectors).fill_diagonal_(torch.inf).topk(k).indices.tolist()

    shared = [len(set(one) & set(two)) for one, two in zip(nearest(before), nearest(after))]
    return sum(shared) / (k * len(before))


@wrong()
def by_cosine(before, after, k):
    """Near is meant by distance here; this takes the words with the highest cosine."""

    def nearest(vectors):
        unit = torch.nn.functional.normalize(vectors, dim=1)
        return (unit @ unit.T).fill_diagonal_(-torch.inf).topk(k).indices.tolist()

    shared = [len(set(one) & set(two)) for one, two in zip(nearest(before), nearest(after))]
    return sum(shared) / (k * len(before))


@wrong()
def all_or_nothing(before, after, k):
    """A word counts here only if all its k neighbours are kept; each neighbour that is kept counts."""

    def nearest(vectors):
        return torch.cdist(vectors, vectors).fill_diagonal_(torch.inf).topk(k, largest=False).indices.tolist()

    return sum(set(one) == set(two) for one, two in zip(nearest(before), nearest(after))) / len(before)
