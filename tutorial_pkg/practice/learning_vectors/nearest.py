"""### Exercise 3 (write the body): neighbours

`nearest(vectors, i, k)`: the ids of the `k` rows of `vectors` whose **cosine similarity** with row `i` is highest, the
nearest first, row `i` itself left out. `vectors` is `(V, d)`; the rows have different lengths.

For the rows `[[1, 0], [3, 1], [0, 9], [-1, 0], [1, 1]]`, `nearest(vectors, 0, 2)` is `[1, 4]`. Row 2 is the longest,
but stands at a right angle to row 0, and row 3 points the other way.
"""

import torch
import torch.nn.functional as F

from tutorial_pkg.practice.pieces import wrong
from tutorial_pkg.practice.samples import random

MEANS = "Likeness of direction is measured, and the length of a row (often: how frequent its word is) is left out."
HINTS = [
    "The cosine is the dot product of two rows divided by both their lengths; F.normalize divides for you.",
    "After similarity = unit @ unit[i], put something below -1 at i, and take .topk(k).indices.",
]


def stub(vectors, i, k):
    """The ids of the k rows most alike to row i by cosine similarity, nearest first, without i."""
    return ...


def solution(vectors, i, k):
    """The ids of the k rows most alike to row i by cosine similarity, nearest first, without i."""
    unit = F.normalize(vectors, dim=1)  # every row divided by its length: now a dot product is a cosine
    similarity = unit @ unit[i]
    similarity[i] = -2.0  # below every cosine, so that the row itself is never among the nearest
    return similarity.topk(k).indices


def cases():
    return [
        (torch.tensor([[1.0, 0.0], [3.0, 1.0], [0.0, 9.0], [-1.0, 0.0], [1.0, 1.0]]), 0, 2),
        (random(30, 8, seed=1) * torch.tensor(list(range(1, 31)))[:, None], 3, 5),
        (random(12, 3, seed=2, dtype=torch.float64), 0, 5),
        (random(100, 4, seed=3) * torch.tensor(list(range(100, 0, -1)))[:, None], 50, 1),
        (random(7, 2, seed=4), 0, 5),
        (random(7, 2, seed=4), 0, 6),
        (random(7, 2, seed=5), 0, 0),
    ]


@wrong()
def itself(vectors, i, k):
    """The first neighbour is the row itself, with cosine 1: leave it out."""
    unit = F.normalize(vectors, dim=1)
    return (unit @ unit[i]).topk(k).indices


@wrong()
def dot_products(vectors, i, k):
    """These are the largest dot products, and long rows win them whatever their direction. Divide by the lengths."""
    score = vectors @ vectors[i]
    score[i] = float("-inf")
    return score.topk(k).indices


@wrong()
def dot_products_and_itself(vectors, i, k):
    """These are the largest dot products, the row itself among them. Divide by the lengths, and leave row i out."""
    return (vectors @ vectors[i]).topk(k).indices


@wrong()
def straight_distance(vectors, i, k):
    """This is the straight-line distance, in which lengths count. The cosine looks at directions only."""
    apart = (vectors - vectors[i]).norm(dim=1)
    apart[i] = float("inf")
    return apart.topk(k, largest=False).indices


@wrong(idea=13)
def without_signs(vectors, i, k):
    """A row that points the other way counts as near here: its cosine is close to -1, and the sign was dropped."""
    similarity = F.cosine_similarity(vectors, vectors[i], dim=1).abs()
    similarity[i] = -1
    return similarity.topk(k).indices


@wrong(idea=13)
def masked_with_0(vectors, i, k):
    """Row i was given similarity 0 to keep it out, and that is not the lowest there is: it comes before all rows with
    a cosine below 0."""
    similarity = F.cosine_similarity(vectors, vectors[i], dim=1)
    similarity[i] = 0
    return similarity.topk(k).indices


@wrong()
def the_farthest(vectors, i, k):
    """These are the rows least alike: the highest cosine is the nearest."""
    similarity = F.cosine_similarity(vectors, vectors[i], dim=1)
    return similarity.topk(k, largest=False).indices


@wrong(idea=5)
def near_ids(vectors, i, k):
    """These are the rows whose ids are close to i. The rows themselves were never looked at."""
    order = sorted(range(len(vectors)), key=lambda j: abs(j - i))
    return order[1 : k + 1]
