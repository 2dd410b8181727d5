"""Other answers to `analogy`: right ones in other styles, and wrong ones that a general rule catches."""

import torch
import torch.nn.functional as F

from answers import right


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
