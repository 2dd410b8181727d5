from __future__ import annotations

import itertools

import numpy as np

from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.lazy import F, torch
from tutorial_pkg.practice.samples import random


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
        (PARALLEL, 0, 3),  # other rows point exactly the same way, or exactly the other way
        (PARALLEL, 1, 3),
        (PARALLEL, 2, 3),
        (PARALLEL, 3, 3),
    ]


PARALLEL = torch.tensor([[1.0, 0.0], [4.0, 0.0], [-1.0, 0.0], [-4.0, 0.0]])


def view(found, vectors, i, k):
    """The ids; of equal directions in the order of their ids, as either comes first with equal right."""
    numbers = np.asarray(found.detach() if isinstance(found, torch.Tensor) else found)
    if numbers.ndim == 0:
        return Finding(f"one thing, {found}; the ids of k = {k} rows are asked for")
    if numbers.ndim > 1:
        return Finding("a table of numbers; a list of ids is asked for (`topk` gives `values` and `indices`)")
    if len(numbers) and numbers.dtype.kind not in "iuf":
        return Finding(f"a list of what are no numbers, {found}; ids are asked for")
    if len(numbers) and numbers.dtype.kind == "f" and (numbers % 1).any():
        return Finding("numbers with a fraction; ids are asked for: `topk` gives `values` and `indices`")
    ids = [int(number) for number in numbers]
    if len(ids) != k:
        return Finding(f"{len(ids)} ids, {ids}; k is {k}")
    if i in ids:
        return Finding(f"{ids}, with row {i} itself among them; leave it out")
    if any(token_id not in range(len(vectors)) for token_id in ids):
        return Finding(f"{ids}; the rows' ids are 0 to {len(vectors) - 1}")
    cosine = F.cosine_similarity(vectors, vectors[i], dim=1).tolist()
    for place, (token_id, best) in enumerate(zip(ids, solution(vectors, i, k).tolist(), strict=True)):
        if cosine[best] - cosine[token_id] > 1e-3 and best not in ids[:place]:
            return Finding(
                f"{ids}; row {best}, with the cosine {cosine[best]:.2f}, is nearer than row {token_id}, with "
                f"{cosine[token_id]:.2f}"
            )
    alike = itertools.groupby(ids, key=lambda token_id: round(cosine[token_id], 5))
    return [token_id for _, some in alike for token_id in sorted(some)]


def itself(vectors, i, k):
    unit = F.normalize(vectors, dim=1)
    return (unit @ unit[i]).topk(k).indices


def dot_products(vectors, i, k):
    score = vectors @ vectors[i]
    score[i] = float("-inf")
    return score.topk(k).indices


def straight_distance(vectors, i, k):
    apart = (vectors - vectors[i]).norm(dim=1)
    apart[i] = float("inf")
    return apart.topk(k, largest=False).indices


def without_signs(vectors, i, k):
    similarity = F.cosine_similarity(vectors, vectors[i], dim=1).abs()
    similarity[i] = -1
    return similarity.topk(k).indices


def masked_with_0(vectors, i, k):
    similarity = F.cosine_similarity(vectors, vectors[i], dim=1)
    similarity[i] = 0
    return similarity.topk(k).indices


def the_farthest(vectors, i, k):
    similarity = F.cosine_similarity(vectors, vectors[i], dim=1)
    return similarity.topk(k, largest=False).indices


def near_ids(vectors, i, k):
    order = sorted(range(len(vectors)), key=lambda j: abs(j - i))
    return order[1 : k + 1]


def first_of_a_sort_dropped(vectors, i, k):
    unit = F.normalize(vectors, dim=1)
    return (unit @ unit[i]).argsort(descending=True, stable=True)[1 : k + 1]


def first_of_topk_dropped(vectors, i, k):
    unit = F.normalize(vectors, dim=1)
    return (unit @ unit[i]).topk(k + 1).indices[1:]


def masked_with_minus_1(vectors, i, k):
    unit = F.normalize(vectors, dim=1)
    similarity = unit @ unit[i]
    similarity[i] = -1
    return similarity.topk(k).indices


def columns_normalised(vectors, i, k):
    unit = F.normalize(vectors, dim=0)
    similarity = unit @ unit[i]
    similarity[i] = float("-inf")
    return similarity.topk(k).indices


def ids_shifted(vectors, i, k):
    unit = F.normalize(vectors, dim=1)
    rest = torch.cat((unit[:i], unit[i + 1 :]))
    return (rest @ unit[i]).topk(k).indices


def the_farthest_without_i(vectors, i, k):
    similarity = F.cosine_similarity(vectors, vectors[i], dim=1)
    similarity[i] = float("inf")
    return similarity.topk(k, largest=False).indices


def last_of_a_sort(vectors, i, k):
    similarity = F.cosine_similarity(vectors, vectors[i], dim=1)
    similarity[i] = -2.0
    return similarity.argsort()[-k:]


def one_place_lost(vectors, i, k):
    order = F.cosine_similarity(vectors, vectors[i], dim=1).topk(k).indices
    return order[order != i]


def along_the_columns(vectors, i, k):
    similarity = F.cosine_similarity(vectors, vectors[i], dim=0)
    similarity[i] = -2.0
    return similarity.topk(k).indices


def lengths_as_a_row(vectors, i, k):
    unit = vectors / vectors.norm(dim=1)
    return (unit @ unit[i]).topk(k).indices


def squared_lengths(vectors, i, k):
    similarity = (vectors @ vectors[i]) / vectors.square().sum(1)
    similarity[i] = float("-inf")
    return similarity.topk(k).indices


def longest(vectors, i, k):
    length = vectors.norm(dim=1)
    length[i] = -1
    return length.topk(k).indices


def parallel_rows_left_out(vectors, i, k):
    similarity = F.cosine_similarity(vectors, vectors[i], dim=1)
    similarity[similarity > 0.99999] = -2.0
    return similarity.topk(k).indices


def centred(vectors, i, k):
    rows = vectors - vectors.mean(dim=1, keepdim=True)
    similarity = F.cosine_similarity(rows, rows[i], dim=1)
    similarity[i] = -2.0
    return similarity.topk(k).indices


def only_those_above_0(vectors, i, k):
    similarity = F.cosine_similarity(vectors, vectors[i], dim=1)
    similarity[i] = -2.0
    best = similarity.topk(k)
    return best.indices[best.values > 0]


exercise = Exercise(
    task="""### Exercise 3 (write the body): neighbours

`nearest(vectors, i, k)`: the ids of the `k` rows of `vectors` whose **cosine similarity** with row `i` is highest, the
nearest first, row `i` itself left out. `vectors` is `(V, d)`; the rows have different lengths.

For the rows `[[1, 0], [3, 1], [0, 9], [-1, 0], [1, 1]]`, `nearest(vectors, 0, 2)` is `[1, 4]`. Row 2 is the longest,
but stands at a right angle to row 0, and row 3 points the other way.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="Likeness of direction is measured, and the length of a row (often: how frequent its word is) is left out.",
    hints=[
        "The cosine is the dot product of two rows divided by both their lengths; F.normalize divides for you.",
        "After similarity = unit @ unit[i], put something below -1 at i, and take .topk(k).indices.",
    ],
    slips=[
        Slip("The first neighbour is the row itself, with cosine 1: leave it out.", itself),
        Slip(
            "These are the largest dot products, and long rows win them whatever their direction. Divide by the lengths.",
            dot_products,
        ),
        Slip(
            "These are the largest dot products, the row itself among them. Divide by the lengths, and leave row i out.",
            lambda vectors, i, k: (vectors @ vectors[i]).topk(k).indices,
        ),
        Slip("This goes by distance, in which lengths count. The cosine looks at directions only.", straight_distance),
        Slip(
            "A row that points the other way counts as near here: its cosine is close to -1, and the sign was dropped.",
            without_signs,
            idea=13,
        ),
        Slip(
            "Row i was given similarity 0 to keep it out, and that is not the lowest there is: it comes before all rows with a cosine below 0.",
            masked_with_0,
            idea=13,
        ),
        Slip("These are the rows least alike: the highest cosine is the nearest.", the_farthest),
        Slip(
            "These are the rows whose ids are close to i. The rows themselves were never looked at.", near_ids, idea=5
        ),
        Slip(
            "The first of the sorted rows was dropped, in the belief that it is row i. Where another row points exactly the same way, that one may come first: leave out i by its id.",
            first_of_a_sort_dropped,
        ),
        Slip(
            "The first of the nearest rows was dropped, in the belief that it is row i. Where another row points exactly the same way, that one may come first: leave out i by its id.",
            first_of_topk_dropped,
        ),
        Slip(
            "Row i was given −1 to keep it out, and a row that points exactly the other way has that as well. Use less than −1.",
            masked_with_minus_1,
            idea=13,
        ),
        Slip("It is the columns that were brought to length 1 here: for rows, say dim=1.", columns_normalised),
        Slip(
            "These are the right rows in the wrong order: the nearest comes first.",
            lambda vectors, i, k: solution(vectors, i, k).flip(0),
        ),
        Slip(
            "These are the right rows, in the order of their ids. Wanted is the nearest first.",
            lambda vectors, i, k: solution(vectors, i, k).sort().values,
        ),
        Slip("Row i was cut out before the search, so of the rows behind it each id is one too low.", ids_shifted),
        Slip(
            "These are the smallest dot products. Divide by the lengths, and take the highest.",
            lambda vectors, i, k: (vectors @ vectors[i]).topk(k, largest=False).indices,
        ),
        Slip("These are the rows least alike: the highest cosine is the nearest.", the_farthest_without_i),
        Slip(
            "The sort is a rising one, so of its last k the nearest comes last, and for k = 0 `[-k:]` is all: sort with descending=True and take the first k.",
            last_of_a_sort,
        ),
        Slip(
            "Row i took one of the k places and was then dropped, which leaves k − 1: look for one row more, or keep i out before the search.",
            one_place_lost,
        ),
        Slip(
            "The first of k rows was dropped, which leaves k − 1: look for one row more, and leave out i by its id.",
            lambda vectors, i, k: F.cosine_similarity(vectors, vectors[i], dim=1).topk(k).indices[1:],
        ),
        Slip(
            "The similarity was worked out along dimension 0, one for each column. It is the rows that are compared: dim=1, which is also dim=-1.",
            along_the_columns,
        ),
        Slip(
            "The lengths have shape (V,) and do not fit beside rows of (V, d): keepdim=True keeps them a column, (V, 1).",
            lengths_as_a_row,
        ),
        Slip(
            "This goes by distance, in which lengths count, and the row itself is in it. The cosine looks at directions only; leave row i out.",
            lambda vectors, i, k: (vectors - vectors[i]).norm(dim=1).topk(k, largest=False).indices,
        ),
        Slip(
            "These are the rows at the largest distance. Wanted are the highest cosines.",
            lambda vectors, i, k: (vectors - vectors[i]).norm(dim=1).topk(k).indices,
        ),
        Slip("These are the neighbours of row 0, whatever `i` is.", lambda vectors, i, k: solution(vectors, 0, k)),
        Slip(
            "The products were divided by the other rows' squared lengths. Divided by the lengths, they are cosines.",
            squared_lengths,
        ),
        Slip("These are the longest rows. It is directions that are compared, by the cosine.", longest),
        Slip(
            "These are the neighbours of row k, the number of neighbours. Row `i` is asked about.",
            lambda vectors, i, k: solution(vectors, k, k),
        ),
        Slip(
            "All rows with the cosine 1 were left out, and not only row i. Another row may point exactly the same way: leave out i by its id.",
            parallel_rows_left_out,
        ),
        Slip("Every id is one too large: ids count from 0.", lambda vectors, i, k: solution(vectors, i, k) + 1),
        Slip(
            "Each row lost the mean of its own numbers before the cosine was taken, which makes it a correlation. Take the rows as they are.",
            centred,
        ),
        Slip(
            "Rows with a cosine below 0 were left out. The k nearest are asked for, however near they are.",
            only_those_above_0,
        ),
    ],
)
