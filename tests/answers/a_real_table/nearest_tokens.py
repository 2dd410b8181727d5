"""Other answers to `nearest_tokens`: right ones in other styles, and wrong ones that a general rule catches."""

import torch
import torch.nn.functional as F

from answers import caught, right


@right
def normalised(vector, table, k):
    return (F.normalize(table, dim=1) @ F.normalize(vector, dim=0)).topk(k).indices.tolist()


@right
def as_a_tensor(vector, table, k):
    return F.cosine_similarity(vector, table, dim=1).argsort(descending=True)[:k]


@right
def by_sorted(vector, table, k):
    similarity = [float(row @ vector / row.norm()) for row in table]
    return sorted(range(len(table)), key=lambda i: -similarity[i])[:k]


@caught("the nearest row's id alone")
def one_only(vector, table, k):
    return F.cosine_similarity(table, vector, dim=-1).argmax()


@caught("raises")
def k_is_too_large(vector, table, k):
    return torch.topk(F.cosine_similarity(table, vector, dim=-1), 100).indices.tolist()
