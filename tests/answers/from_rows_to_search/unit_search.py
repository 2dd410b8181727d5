"""Other answers to `unit_search`: right ones in other styles, and wrong ones that a general rule catches."""

import torch
import torch.nn.functional as F

from answers import caught, right


@right
def by_cosine_similarity(queries, texts, k):
    return F.cosine_similarity(queries[:, None], texts[None], dim=-1).topk(k).indices


@right
def by_argsort(queries, texts, k):
    texts = texts / texts.norm(dim=1, keepdim=True)
    return (queries @ texts.T).argsort(dim=1, descending=True)[:, :k]


@right
def by_distance(queries, texts, k):
    return torch.cdist(F.normalize(queries, dim=1), F.normalize(texts, dim=1)).topk(k, largest=False).indices


@right
def query_by_query(queries, texts, k):
    texts = F.normalize(texts, dim=1)
    return torch.stack([(texts @ query).topk(k).indices for query in queries])


@caught("Got all that `topk` returns. Return only the positions")
def both_results(queries, texts, k):
    return (F.normalize(queries, dim=1) @ F.normalize(texts, dim=1).T).topk(k)


@caught("Return positions of texts: `.topk(k).indices`")
def the_cosines(queries, texts, k):
    return (F.normalize(queries, dim=1) @ F.normalize(texts, dim=1).T).topk(k).values


@caught("Return (1, 2): `k` positions for each query")
def all_of_them(queries, texts, k):
    return (F.normalize(queries, dim=1) @ F.normalize(texts, dim=1).T).argsort(dim=1, descending=True)


@caught("Got True and False. Return positions of texts")
def a_mask(queries, texts, k):
    scores = F.normalize(queries, dim=1) @ F.normalize(texts, dim=1).T
    return scores >= scores.topk(k).values[:, -1:]
