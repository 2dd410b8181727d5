"""Other answers to `analogy`: right ones in other styles, and wrong ones that a general rule catches."""

import torch
import torch.nn.functional as F

from answers import caught, right


@right
def by_sorted(vectors, a, b, c):
    unit = vectors / vectors.norm(dim=1, keepdim=True)
    order = F.cosine_similarity(unit, unit[b] - unit[a] + unit[c], dim=1).argsort(descending=True).tolist()
    return next(d for d in order if d not in (a, b, c))


@right
def numpy(vectors, a, b, c):
    import numpy as np

    rows = vectors.numpy()
    unit = rows / np.linalg.norm(rows, axis=1)[:, None]
    scores = unit @ (unit[c] + unit[b] - unit[a])
    scores[[a, b, c]] = -np.inf
    return scores.argmax()


@right
def a_tensor(vectors, a, b, c):
    unit = F.normalize(vectors, dim=-1)
    goal = F.normalize(unit[b] - unit[a] + unit[c], dim=0)
    near = (unit * goal).sum(1).index_fill(0, torch.tensor([a, b, c]), -9.0)
    return near.topk(1).indices[0]


@right
def straight_distance_of_unit_rows(vectors, a, b, c):
    unit = F.normalize(vectors, dim=1)  # |u - goal|^2 = 1 + |goal|^2 - 2 u · goal: the same order
    apart = (unit - (unit[b] - unit[a] + unit[c])).norm(dim=1)
    apart[[a, b, c]] = float("inf")
    return int(apart.argmin())


def left_out(vectors, a, b, c, some):
    unit = F.normalize(vectors, dim=1)
    similarity = unit @ (unit[b] - unit[a] + unit[c])
    similarity[some] = float("-inf")
    return similarity.argmax()


@caught("which is `c` itself. Give all three inputs the score -inf")
def c_left_in(vectors, a, b, c):
    return left_out(vectors, a, b, c, [a, b])


@caught("which is `b` itself. Give all three inputs the score -inf")
def b_left_in(vectors, a, b, c):
    return left_out(vectors, a, b, c, [a, c])


@caught("Got a list or tensor of shape (2,). Return one id")
def the_row(vectors, a, b, c):
    return vectors[left_out(vectors, a, b, c, [a, b, c])]


@caught("Got 1.414, which is not an id")
def the_value(vectors, a, b, c):
    unit = F.normalize(vectors, dim=1)
    similarity = unit @ (unit[b] - unit[a] + unit[c])
    similarity[[a, b, c]] = float("-inf")
    return similarity.max().item()
