import itertools

import numpy as np

from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.lazy import F, torch
from tutorial_pkg.practice.samples import random


def stub(vectors, i, k):
    return ...


def solution(vectors, i, k):
    unit = F.normalize(vectors, dim=1)  # every row has length 1: a dot product is a cosine
    similarity = unit @ unit[i]
    similarity[i] = -2.0  # below every cosine, so row i is never among the nearest
    return similarity.topk(k).indices


def cases():
    parallel = torch.tensor([[1.0, 0.0], [4.0, 0.0], [-1.0, 0.0], [-4.0, 0.0]])  # equal and opposite directions
    return [
        (torch.tensor([[1.0, 0.0], [3.0, 1.0], [0.0, 9.0], [-1.0, 0.0], [1.0, 1.0]]), 0, 2),
        (random(30, 8, seed=1) * torch.tensor(list(range(1, 31)))[:, None], 3, 5),
        (random(12, 3, seed=2, dtype=torch.float64), 0, 5),
        (random(100, 4, seed=3) * torch.tensor(list(range(100, 0, -1)))[:, None], 50, 1),
        (random(7, 2, seed=4), 0, 5),
        (random(7, 2, seed=4), 0, 6),
        (random(7, 2, seed=5), 0, 0),
        *[(parallel, i, 3) for i in range(4)],
    ]


def view(found, vectors, i, k):
    """The ids. Ids with equal cosines are sorted, because every order of them is right."""
    numbers = np.asarray(found.detach() if isinstance(found, torch.Tensor) else found)
    if numbers.ndim == 0:
        return Finding(f"one value, {found}. Return the ids of k = {k} rows")
    if numbers.ndim > 1:
        return Finding("a table of numbers. Return a list of ids (`topk` gives `values` and `indices`)")
    if len(numbers) and numbers.dtype.kind not in "iuf":
        return Finding(f"a list whose elements are not numbers, {found}. Return ids")
    if len(numbers) and numbers.dtype.kind == "f" and (numbers % 1).any():
        return Finding("numbers with a fraction. Return ids: `topk` gives `values` and `indices`")
    ids = [int(number) for number in numbers]
    if len(ids) != k:
        aside = ". Leave out row i before you take k rows" if len(ids) == k - 1 else ""
        return Finding(f"the ids {ids}, but k is {k}{aside}")
    if i in ids:
        return Finding(f"{ids}, with row {i} itself among them. Give it the similarity -inf, or leave it out")
    if any(token_id not in range(len(vectors)) for token_id in ids):
        return Finding(f"{ids}, but the ids of the rows are 0 to {len(vectors) - 1}")
    cosine = F.cosine_similarity(vectors, vectors[i], dim=1).tolist()
    ordered, lowest = [round(cosine[token_id], 4) for token_id in ids], sorted(round(one, 4) for j, one in enumerate(cosine) if j != i)
    if ordered == lowest[:k] != lowest[::-1][:k]:
        return Finding("the rows with the lowest cosines. The nearest row has the highest cosine")
    for place, (token_id, best) in enumerate(zip(ids, solution(vectors, i, k).tolist(), strict=True)):
        if cosine[best] - cosine[token_id] > 1e-3 and best not in ids[:place]:
            return Finding(f"{ids}, but row {best} (cosine {cosine[best]:.2f}) is nearer than row {token_id} ({cosine[token_id]:.2f})")
    equal = itertools.groupby(ids, key=lambda token_id: round(cosine[token_id], 5))
    return [token_id for _, some in equal for token_id in sorted(some)]


def parts(vectors, i, k):
    def search(score, mask=float("-inf"), largest=True):
        score = score.clone()
        score[i] = mask
        return score.topk(k, largest=largest).indices

    unit = F.normalize(vectors, dim=1)
    apart, centred = (vectors - vectors[i]).norm(dim=1), vectors - vectors.mean(dim=1, keepdim=True)
    return dict(search=search, unit=unit, cosine=unit @ unit[i], dots=vectors @ vectors[i], apart=apart, centred=centred)


exercise = Exercise(
    task="""### Exercise 3 (write the body): nearest rows

`nearest(vectors, i, k)` returns the ids of the `k` rows of `vectors` that have the highest **cosine similarity** with
row `i`. The nearest row comes first, and row `i` itself is left out. `vectors` is `(V, d)`, and its rows have different
lengths.

For the rows `[[1, 0], [3, 1], [0, 9], [-1, 0], [1, 1]]`, `nearest(vectors, 0, 2)` is `[1, 4]`. Row 2 is the longest row,
but it is at a right angle to row 0. Row 3 points in the opposite direction.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="The cosine compares directions. The length of a row does not count. (It often depends on how frequent the word is.)",
    hints=[
        "The cosine is the dot product of two rows, divided by both lengths. F.normalize divides for you.",
        "After similarity = unit @ unit[i], write a value below -1 at i, and return .topk(k).indices.",
    ],
    parts=parts,
    slips=[
        Slip("These are the largest dot products. Long rows have large products in any direction. Divide each row by its own length (dim=1).", lambda p: p.search(p.dots)),
        Slip("These are the largest dot products, with row i among them. Divide each row by its own length, and leave out row i.", lambda p: p.dots.topk(p.k).indices),
        Slip("These are the rows with the lowest cosines. The nearest row has the highest cosine.", lambda p: p.search(p.cosine, 9.0, largest=False)),
        Slip("These rows have the smallest distance, in which lengths count. Use the cosine, which compares directions.", lambda p: p.search(p.apart, float("inf"), largest=False)),
        Slip("The sign of the cosine is lost here, so opposite rows count as near. Keep the sign.", lambda p: p.search(p.cosine.abs()), idea=13),
        Slip("Row i has the similarity 0 here, which is not the lowest value: cosines can be below 0. Use a value below -1.", lambda p: p.search(p.cosine, 0), idea=13),
        Slip("Row i has the similarity -1 here, and a row in the opposite direction has it, too. Use a value below -1.", lambda p: p.search(p.cosine, -1), idea=13),
        Slip("These ids are close to i. Ids say nothing about rows: compare the rows.", lambda p: sorted(range(len(p.vectors)), key=lambda j: abs(j - p.i))[1 : p.k + 1], idea=5),
        Slip("The first row is dropped here, but another row can have the direction of row i. Leave out i by its id.", lambda p: p.cosine.topk(p.k + 1).indices[1:]),
        Slip("The columns have length 1 here. For rows, use dim=1.", lambda p: p.search(F.normalize(p.vectors, dim=0) @ F.normalize(p.vectors, dim=0)[p.i])),
        Slip("This computes a similarity for each column. Compare rows: dim=1, or dim=-1.", lambda p: p.search(F.cosine_similarity(p.vectors, p.vectors[p.i], dim=0), -2.0)),
        Slip("Row i is removed before the search, so every later id is one too low.", lambda p: (torch.cat((p.unit[: p.i], p.unit[p.i + 1 :])) @ p.unit[p.i]).topk(p.k).indices),
        Slip("`argsort()` puts the nearest row last. Use descending=True, and take the first k.", lambda p: p.cosine.index_fill(0, torch.tensor(p.i), -2.0).argsort()[-p.k :]),
        Slip("The lengths have shape (V,), which does not fit (V, d). keepdim=True makes it (V, 1).", lambda p: (p.vectors / p.vectors.norm(dim=1)).topk(p.k).indices),
        Slip("These are the nearest rows of row 0, for every `i`. Use `i`.", lambda p: solution(p.vectors, 0, p.k)),
        Slip("This is a correlation: the mean of each row is subtracted. Use the rows as they are.", lambda p: p.search(F.cosine_similarity(p.centred, p.centred[p.i], dim=1))),
        Slip("Rows with a cosine below 0 are left out here. Return k rows, even if their cosines are below 0.", lambda p: p.right[p.cosine[p.right] > 0]),
    ],
)
