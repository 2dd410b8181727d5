"""Other answers to `nearest`: right ones in other styles, and wrong ones that a general rule catches."""

import torch
import torch.nn.functional as F

from answers import caught, right


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


@right
def the_last_of_equals_first(vectors, i, k):
    similarity = F.cosine_similarity(vectors, vectors[i], dim=1)
    return sorted((j for j in range(len(vectors)) if j != i), key=lambda j: (-round(similarity[j].item(), 5), -j))[:k]


@right
def angles(vectors, i, k):
    unit = F.normalize(vectors, dim=1)
    angle = torch.acos((unit @ unit[i]).clamp(-1, 1))
    angle[i] = 9
    return angle.topk(k, largest=False).indices


@caught("Got the ids [0, 1, 4], but k is 2")
def one_too_many(vectors, i, k):
    unit = F.normalize(vectors, dim=1)
    return (unit @ unit[i]).topk(k + 1).indices


@caught("numbers with a fraction. Return ids")
def the_values(vectors, i, k):
    similarity = F.cosine_similarity(vectors, vectors[i], dim=1)
    similarity[i] = -2
    return similarity.topk(k).values


@caught("Got a table of numbers. Return a list of ids")
def the_rows(vectors, i, k):
    similarity = F.cosine_similarity(vectors, vectors[i], dim=1)
    similarity[i] = -2
    return vectors[similarity.topk(k).indices]


@caught("one value, 1. Return the ids of k = 2 rows")
def only_the_nearest(vectors, i, k):
    similarity = F.cosine_similarity(vectors, vectors[i], dim=1)
    similarity[i] = -2
    return int(similarity.argmax())


@caught("[1, 5], but the ids of the rows are 0 to 4")
def out_of_range(vectors, i, k):
    return [1, 5]


@caught("changes its input `vectors` in place")
def normalised_in_place(vectors, i, k):
    vectors /= vectors.norm(dim=1, keepdim=True)
    similarity = vectors @ vectors[i]
    similarity[i] = -2
    return similarity.topk(k).indices


@caught("a list whose elements are not numbers")
def ids_as_text(vectors, i, k):
    similarity = F.cosine_similarity(vectors, vectors[i], dim=1)
    similarity[i] = -2
    return [str(j) for j in similarity.topk(k).indices.tolist()]


@caught("[4, 1], but row 1 (cosine 0.95) is nearer than row 4 (0.71)")
def the_best_two_swapped(vectors, i, k):
    unit = F.normalize(vectors, dim=1)
    similarity = unit @ unit[i]
    similarity[i] = -2
    best = similarity.topk(k).indices.tolist()
    return best[1:2] + best[:1] + best[2:]


@caught("with row 1 itself among them. Give it the similarity -inf, or leave it out.")
def length_of_row_i_is_left(vectors, i, k):
    similarity = vectors @ vectors[i] / vectors.norm(dim=1)
    similarity[i] = -2
    return similarity.topk(k).indices


@caught("Divide each row by its own length (dim=1).")
def one_length_for_all(vectors, i, k):
    unit = vectors / vectors.norm()
    similarity = unit @ unit[i]
    similarity[i] = -2
    return similarity.topk(k).indices


@caught("These are the rows with the lowest cosines.")
def ascending(vectors, i, k):
    cosine = F.cosine_similarity(vectors, vectors[i], dim=1)
    cosine[i] = 9
    return cosine.argsort()[:k]


@caught("Got the rows with the lowest cosines.")
def smallest(vectors, i, k):
    return F.cosine_similarity(vectors, vectors[i], dim=1).topk(k, largest=False).indices
