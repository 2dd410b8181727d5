"""Other answers to `nearest`: right ones in other styles, and wrong ones that a general rule catches."""

import torch.nn.functional as F

from answers import right


@right
def cosine_similarity_and_a_sort(vectors, i, k):
    order = F.cosine_similarity(vectors, vectors[i], dim=1).argsort(descending=True)
    return [j for j in order.tolist() if j != i][:k]


@right
def numpy(vectors, i, k):
    import numpy as np

    rows = vectors.numpy()
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    near = unit @ unit[i]
    near[i] = -np.inf
    return np.argsort(-near)[:k]


@right
def a_loop(vectors, i, k):
    scored = []
    for j in range(len(vectors)):
        if j != i:
            scored.append(((vectors[j] @ vectors[i] / vectors[j].norm() / vectors[i].norm()).item(), j))
    return [j for _, j in sorted(scored, reverse=True)[:k]]


@right
def euclid_on_unit_rows(vectors, i, k):
    unit = vectors / vectors.norm(dim=1, keepdim=True)
    apart = (unit - unit[i]).norm(dim=1)
    apart[i] = float("inf")
    return apart.topk(k, largest=False).indices.tolist()
