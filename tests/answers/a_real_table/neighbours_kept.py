"""Other answers to `neighbours_kept`: right ones in other styles, and wrong ones that a general rule catches."""

import torch

from answers import caught, right


@right
def first_left_out(before, after, k):
    def nearest(vectors):
        order = torch.cdist(vectors, vectors).argsort(dim=1).tolist()
        return [[j for j in row if j != i][:k] for i, row in enumerate(order)]

    return sum(len(set(a) & set(b)) for a, b in zip(nearest(before), nearest(after))) / (k * len(before))


@right
def by_masks(before, after, k):
    def mask(vectors):
        distances = torch.cdist(vectors, vectors) + torch.diag(torch.full((len(vectors),), torch.inf)).nan_to_num(
            0, torch.inf
        )
        return torch.zeros_like(distances).scatter(1, distances.topk(k, largest=False).indices, 1.0)

    return (mask(before) * mask(after)).sum().item() / (k * len(before))


@right
def as_a_mean(before, after, k):
    def nearest(vectors):
        distances = (vectors[:, None] - vectors[None]).norm(dim=-1)
        distances[range(len(vectors)), range(len(vectors))] = 1e9
        return distances.sort(dim=1).indices[:, :k]

    one, two = nearest(before), nearest(after)
    return (one[:, :, None] == two[:, None, :]).any(-1).float().mean()


@caught("Got several numbers. Return one number")
def a_share_each(before, after, k):
    def nearest(vectors):
        return torch.cdist(vectors, vectors).fill_diagonal_(torch.inf).topk(k, largest=False).indices.tolist()

    return [len(set(a) & set(b)) / k for a, b in zip(nearest(before), nearest(after))]


@caught("which is above 1. Divide the number of nearest words that are kept")
def a_count(before, after, k):
    return sum(a_share_each(before, after, k)) * k


def with_diagonal(before, after, k, itself):
    def nearest(vectors):
        distances = torch.cdist(vectors, vectors).fill_diagonal_(itself)
        return distances.topk(k, largest=False).indices.tolist()

    return sum(len({*a} & {*b}) for a, b in zip(nearest(before), nearest(after))) / (k * len(before))


@caught("is a fixed number here, and some words are farther away. Make it infinite.")
def ten_on_the_diagonal(before, after, k):
    return with_diagonal(before, after, k, 10)


@caught("is a fixed number here, and some words are farther away. Make it infinite.")
def thousand_on_the_diagonal(before, after, k):
    return with_diagonal(before, after, k, 1e3)
