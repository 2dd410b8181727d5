from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.lazy import F, torch
from tutorial_pkg.practice.samples import random


def stub(queries, texts, k):
    queries = F.normalize(queries, dim=1)  # (Q, d): each row has length 1
    return ...  # the positions of the k nearest texts for each query, shape (Q, k)


def solution(queries, texts, k):
    queries = F.normalize(queries, dim=1)  # (Q, d): each row has length 1
    texts = F.normalize(texts, dim=1)
    return (queries @ texts.T).topk(k).indices


def cases():
    long_texts = random(30, 8, seed=1) * torch.arange(1, 31)[:, None]
    return [
        (torch.tensor([[3.0, 1.0]]), torch.tensor([[0.0, 9.0], [2.0, 0.5], [-5.0, 0.0], [4.0, 4.0]]), 2),
        (random(4, 8, seed=2), long_texts, 5),
        (random(2, 8, seed=3) * 100, long_texts, 1),
        (long_texts[:3], long_texts, 2),
        (random(5, 3, seed=4), random(6, 3, seed=5) + 2, 6),
    ]


def view(result, queries, texts, k):
    if isinstance(result, tuple) and hasattr(result, "indices"):
        return Finding("all that `topk` returns. Return only the positions: `.indices`")
    if not isinstance(result, (torch.Tensor, list, tuple)):
        return result
    try:
        result = torch.as_tensor(result) if not isinstance(result, torch.Tensor) else result
    except (TypeError, ValueError, RuntimeError):
        return result
    if result.is_floating_point():
        what = "a cosine for each text" if result.shape == (len(queries), len(texts)) and k < len(texts) else "numbers with fractions"
        return Finding(f"{what}. Return positions of texts: `.topk(k).indices`")
    if result.dtype == torch.bool:
        return Finding("True and False. Return positions of texts")
    if result.shape != (len(queries), k):
        return Finding(f"positions of shape {tuple(result.shape)}. Return {(len(queries), k)}: `k` positions for each query")
    return result


exercise = Exercise(
    task="""### Exercise 3 (write the rest): rows of length 1, then a search

`unit_search(queries, texts, k)` takes query vectors of shape `(Q, d)`, text vectors of shape `(N, d)`, and a number `k`. It returns the positions of the `k` texts with the
highest cosine for each query, highest first: shape `(Q, k)`, int64. For the query `[3, 1]` and the texts `[0, 9]`, `[2, 0.5]`, `[-5, 0]` and `[4, 4]`, with `k=2`, it returns `[[1, 3]]`.

The vectors may have any length. The queries are prepared already.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="For rows of length 1, one product of two matrices is an exact search by cosine.",
    hints=[
        "The cosine divides by the lengths of both vectors. Only the queries have length 1 so far.",
        "`queries @ texts.T` has a score for each query and each text. `.topk(k).indices` are the positions of the highest scores in each row.",
    ],
    parts=lambda queries, texts, k: {"q": F.normalize(queries, dim=1), "t": F.normalize(texts, dim=1)},
    slips=[
        Slip("Long texts are favoured here. Divide the vectors of the texts by their lengths, too.", lambda p: (p.q @ p.texts.T).topk(p.k).indices),
        Slip("The lowest cosines come first here. Put the highest first.", lambda p: (p.q @ p.t.T).topk(p.k, largest=False).indices),
        Slip("These texts are nearest by distance. Divide each vector by its length first.", lambda p: torch.cdist(p.q, p.texts).topk(p.k, largest=False).indices),
        Slip("These texts are nearest by distance. Divide queries and texts by their lengths.", lambda p: torch.cdist(p.queries, p.texts).topk(p.k, largest=False).indices),
        Slip("The columns of the texts have length 1 here. For rows, use dim=1.", lambda p: (p.q @ F.normalize(p.texts, dim=0).T).topk(p.k).indices),
        Slip("The texts are divided by their sums. Divide them by their lengths: `F.normalize`.", lambda p: (p.q @ (p.texts / p.texts.sum(1, keepdim=True)).T).topk(p.k).indices),
        Slip("The signs of the cosines are lost here. An opposite text is not near.", lambda p: (p.q @ p.t.T).abs().topk(p.k).indices),
        Slip("The nearest text is left out here. It counts, even if it is the query itself.", lambda p: (p.q @ p.t.T).topk(min(p.k + 1, len(p.t))).indices[:, 1:]),
        Slip("The right texts are found, but the highest cosine must come first.", lambda p: (p.q @ p.t.T).topk(p.k).indices.flip(1)),
    ],
)
