"""Other answers to `nearest_tokens`: right ones in other styles, and wrong ones that a general rule catches."""

import torch
import torch.nn.functional as F

from answers import caught, right


@right
def normalised(vector, table, k):
    return (F.normalize(table, dim=1) @ F.normalize(vector, dim=0)).topk(k).indices.tolist()


@caught("This is a tensor. The task asks for a list: `.tolist()` makes one.")
def as_a_tensor(vector, table, k):
    return F.cosine_similarity(vector, table, dim=1).argsort(descending=True)[:k]


@right
def by_sorted(vector, table, k):
    similarity = [float(row @ vector / row.norm()) for row in table]
    return sorted(range(len(table)), key=lambda i: -similarity[i])[:k]


@caught("Got only the nearest row's id")
def one_only(vector, table, k):
    return F.cosine_similarity(table, vector, dim=-1).argmax()


@caught("raises")
def k_is_too_large(vector, table, k):
    return torch.topk(F.cosine_similarity(table, vector, dim=-1), 100).indices.tolist()


@caught("Got similarities. Return the ids")
def the_similarities(vector, table, k):
    return F.cosine_similarity(table, vector, dim=-1).topk(k).values


@caught("Got True or False for each row")
def a_mask(vector, table, k):
    similarity = F.cosine_similarity(table, vector, dim=-1)
    return similarity >= similarity.topk(k).values[-1]


@caught("Got all that `topk` returns. Return only the ids")
def both_results(vector, table, k):
    return F.cosine_similarity(table, vector, dim=-1).topk(k)


@caught("Got 3 of 4 ids. Return the 2 nearest, and count the first id, too")
def one_too_many(vector, table, k):
    return F.cosine_similarity(table, vector, dim=-1).topk(k + 1).indices


@caught("Got the same id more than once")
def the_best_again(vector, table, k):
    return [int(F.cosine_similarity(table, vector, dim=-1).argmax())] * k


@caught("Got pairs of an id and a similarity")
def with_similarities(vector, table, k):
    best = F.cosine_similarity(table, vector, dim=-1).topk(k)
    return list(zip(best.indices.tolist(), best.values.tolist()))


@caught("Got a row of the table for each id")
def the_rows(vector, table, k):
    return table[F.cosine_similarity(table, vector, dim=-1).topk(k).indices]


@right
def by_pairs(vector, table, k):
    order = [(-float(F.cosine_similarity(vector, row, dim=0)), i) for i, row in enumerate(table)]
    return [i for _, i in sorted(order)[:k]]
