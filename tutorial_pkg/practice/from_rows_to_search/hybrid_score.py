from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.lazy import torch
from tutorial_pkg.practice.samples import random


def stub(exact, meaning, weight):
    # your lines here
    ...


def solution(exact, meaning, weight):
    def scaled(scores):
        low, high = scores.amin(dim=1, keepdim=True), scores.amax(dim=1, keepdim=True)
        return (scores - low) / (high - low).clamp_min(1e-9)  # equal scores: 0 / 1e-9 = 0

    return weight * scaled(exact) + (1 - weight) * scaled(meaning)


def cases():
    flat = random(3, 6, seed=5).abs() * 20
    flat[1] = 0  # no shared word with any text
    return [
        (torch.tensor([[0.0, 10.0, 5.0]]), torch.tensor([[0.9, 0.1, 0.5]]), 0.25),
        (random(2, 7, seed=1).abs() * 20, random(2, 7, seed=2) / 3, 0.5),
        (random(4, 4, seed=3) + 9, random(4, 4, seed=4), 0.9),
        (flat, random(3, 6, seed=6), 0.3),
        (random(1, 5, seed=7), random(1, 5, seed=8), 0.0),
    ]


def view(result, exact, meaning, weight):
    if not isinstance(result, torch.Tensor):
        return result
    if result.isnan().any() and not exact.isnan().any():
        return Finding("nan: 0 / 0. Where all scores of a query are equal, return 0 for them, for example with `.clamp_min(1e-9)`")
    if result.dtype in (torch.int64, torch.bool):
        return Finding("positions, or True and False. Return the mixed scores")
    return result


def scaled(scores, dim=1):
    low, high = scores.amin(dim, keepdim=True), scores.amax(dim, keepdim=True)
    return (scores - low) / (high - low).clamp_min(1e-9)


def mix(p, scale):
    return p.weight * scale(p.exact) + (1 - p.weight) * scale(p.meaning)


exercise = Exercise(
    task="""### Exercise 5 (on your own): a score from exact words and meaning

`hybrid_score(exact, meaning, weight)` takes two tensors of scores, both of shape `(Q, N)`: a row for each query, a column for each text. `exact` comes from shared words, for example BM25,
with scores from 0 to 30 or more. `meaning` contains cosines. Scale each row of each tensor so that its lowest score is 0 and its highest score is 1. Where all scores of a row are equal, make them 0. Return
`weight` times the scaled `exact` plus `1 - weight` times the scaled `meaning`.

For `exact = [[0, 10, 5]]`, `meaning = [[0.9, 0.1, 0.5]]` and a weight of 0.25, it returns `[[0.75, 0.25, 0.5]]`.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="Both kinds of score count now, on the same scale. Search engines do this where names and numbers must match exactly.",
    hints=[
        "`scores.amin(dim=1, keepdim=True)` is the lowest score of each query, with shape (Q, 1).",
        "Write a function for one tensor, `(scores - low) / (high - low)`, and use it twice. Where `high - low` is 0, divide by a small number.",
    ],
    slips=[
        Slip("The scores are added without a common scale. Scale each row to 0 ... 1 first, or the larger scores decide.", lambda p: mix(p, lambda scores: scores)),
        Slip("The weights are swapped. `weight` belongs to `exact`.", lambda p: p.weight * scaled(p.meaning) + (1 - p.weight) * scaled(p.exact)),
        Slip("The columns are scaled here. Scale the rows: each query has its own range (dim=1).", lambda p: mix(p, lambda scores: scaled(scores, 0))),
        Slip("All queries are scaled together. Each query has its own range: dim=1.", lambda p: mix(p, lambda scores: scaled(scores, (0, 1)))),
        Slip("The lowest score is not subtracted. It must become 0.", lambda p: mix(p, lambda scores: scores / scores.amax(1, keepdim=True))),
        Slip("This divides by the highest score. Divide by the range.", lambda p: mix(p, lambda s: (s - s.amin(1, keepdim=True)) / s.amax(1, keepdim=True).clamp_min(1e-9))),
        Slip("The scores are not divided by their range. The highest score must become 1.", lambda p: mix(p, lambda s: s - s.amin(1, keepdim=True))),
        Slip("Each row is divided by its length here. Make its scores go from 0 to 1.", lambda p: mix(p, lambda s: s / s.norm(dim=1, keepdim=True).clamp_min(1e-9))),
        Slip(
            "Each row gets mean 0 and standard deviation 1 here. Make its lowest score 0 and its highest score 1.",
            lambda p: mix(p, lambda s: (s - s.mean(1, keepdim=True)) / s.std(1, keepdim=True)),
        ),
        Slip("The lowest score becomes 1 here, and the highest score becomes 0. Make the lowest score 0.", lambda p: mix(p, lambda s: scaled(-s))),
        Slip("`min(1)` returns two things, the values and their positions. Use `amin` and `amax`, with keepdim=True.", lambda p: p.exact - p.exact.min(1)),
        Slip("This is a softmax. Make the lowest score 0 and the highest score 1.", lambda p: mix(p, lambda s: s.softmax(1))),
        Slip("Only `exact` is scaled. Scale `meaning`, too.", lambda p: p.weight * scaled(p.exact) + (1 - p.weight) * p.meaning),
        Slip("Only `meaning` is scaled. Scale `exact`, too.", lambda p: p.weight * p.exact + (1 - p.weight) * scaled(p.meaning)),
        Slip("`meaning` has the weight 1 here. Multiply it by `1 - weight`.", lambda p: p.weight * scaled(p.exact) + scaled(p.meaning)),
        Slip("`meaning` is multiplied by `weight` here. Multiply it by `1 - weight`.", lambda p: p.weight * (scaled(p.exact) + scaled(p.meaning))),
        Slip("Both scores have the same weight here. Use `weight` and `1 - weight`.", lambda p: (scaled(p.exact) + scaled(p.meaning)) / 2),
        Slip("The scores are mixed first and scaled afterwards. Scale both tensors, then mix them.", lambda p: scaled(mix(p, lambda scores: scores))),
    ],
)
