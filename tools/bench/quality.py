"""How good word vectors are. Each measure gives a mark to every item. The standard error is calculated from the marks.

A measure takes vectors, one row for each word of the vocabulary. It returns a tensor of marks, and their mean is the
figure. A mark is, for example, the share of good nearest rows of a word, or the log probability of a held-out word. Two
ways of training are compared item by item, so items that are hard for both do not hide a difference.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence

import torch
import torch.nn.functional as F

Measure = Callable[[torch.Tensor], torch.Tensor]


def standard_error(marks: torch.Tensor) -> float:
    """The standard error of the mean of these marks.

    >>> round(standard_error(torch.tensor([0.0, 1.0, 0.0, 1.0])), 3)
    0.289
    """
    return float(marks.std() / len(marks) ** 0.5)


def ranks(values: torch.Tensor) -> torch.Tensor:
    """Ranks from 0. Equal values share the mean of their ranks.

    >>> ranks(torch.tensor([3.0, 1.0, 3.0]))
    tensor([1.5000, 0.0000, 1.5000])
    """
    ordered = values.sort().values
    return (torch.searchsorted(ordered, values) + torch.searchsorted(ordered, values, right=True) - 1) / 2


def rank_correlation(found: torch.Tensor, true: torch.Tensor, given: torch.Tensor | None = None) -> torch.Tensor:
    """Spearman's ρ as marks (its influence function): their mean is ρ, and their spread gives its standard error.

    With `given`, this is a partial correlation: the effect of the ranks of `given` is first removed from both sides.

    >>> rank_correlation(torch.tensor([1.0, 2, 3, 5]), torch.tensor([10.0, 20, 40, 30])).mean()
    tensor(0.8000)
    """

    def standard(values: torch.Tensor) -> torch.Tensor:
        return (values - values.mean()) / values.std(correction=0)

    one, other = standard(ranks(found)), standard(ranks(true))
    if given is not None:
        third = standard(ranks(given))
        one, other = (standard(rank - (rank * third).mean() * third) for rank in (one, other))
    rho = (one * other).mean()
    return one * other - rho * (one.square() + other.square()) / 2 + rho


def rated_pairs(
    pairs: Sequence[tuple[int, int, float]], often: torch.Tensor | None = None, centred: bool = False
) -> Measure:
    """How well cosines follow people's ratings, as ρ. Each pair is (word, word, rating).

    `often` is each word's frequency. With it, the frequency of a pair's rarer word is held fixed. The reason: rows that
    were hardly trained are close together, and this looks like quality if people rate pairs of rare words higher. With
    `centred`, the mean of all rows is subtracted from each row: all words share it, so it cannot tell pairs apart.
    """
    first, second, rating = (torch.tensor(column) for column in zip(*pairs, strict=True))
    given = None if often is None else torch.minimum(often[first], often[second])

    def measure(vectors: torch.Tensor) -> torch.Tensor:
        unit = F.normalize(vectors - vectors.mean(dim=0) if centred else vectors, dim=1)
        return rank_correlation((unit[first] * unit[second]).sum(dim=1), rating, given)

    return measure


def analogies(questions: Iterable[tuple[int, int, int, int]]) -> Measure:
    """a : b = c : d, where d is the answer and a, b and c are not allowed as answers.

    Each a : b has one mark, the share of right answers, because questions with the same a : b depend on each other.
    """
    questions = list(questions)
    asked = torch.tensor(questions)
    number = {pair: place for place, pair in enumerate(dict.fromkeys(question[:2] for question in questions))}
    pair = torch.tensor([number[question[:2]] for question in questions])

    def measure(vectors: torch.Tensor) -> torch.Tensor:
        unit, right = F.normalize(vectors, dim=1), []
        for part in asked.split(1000):
            similarity = (unit[part[:, 1]] - unit[part[:, 0]] + unit[part[:, 2]]) @ unit.T
            right.append(similarity.scatter_(1, part[:, :3], -9).argmax(dim=1) == part[:, 3])
        return torch.bincount(pair, torch.cat(right).float()) / torch.bincount(pair)

    return measure


def neighbours(group: torch.Tensor, words: torch.Tensor, k: int = 5) -> Measure:
    """For each of these words, the share of its k nearest rows that are in the same group; -1 means no group."""

    def measure(vectors: torch.Tensor) -> torch.Tensor:
        unit = F.normalize(vectors, dim=1)
        similarity = unit[words] @ unit.T
        similarity[torch.arange(len(words)), words] = -9
        return (group[similarity.topk(k).indices] == group[words, None]).float().mean(dim=1)

    return measure


def graded(traits: Sequence[set[str]], group: torch.Tensor) -> Measure:
    """For each word, ρ between its cosines to the other words of its group and the number of traits they share."""
    rows = []
    for g in range(int(group.max()) + 1):
        members = (group == g).nonzero().flatten().tolist()
        for word in members:
            others = [other for other in members if other != word]
            shared = torch.tensor([float(len(traits[word] & traits[other])) for other in others])
            if len(shared.unique()) > 1:
                rows.append((word, others, shared))

    def measure(vectors: torch.Tensor) -> torch.Tensor:
        unit = F.normalize(vectors, dim=1)
        return torch.stack([rank_correlation(unit[others] @ unit[word], true).mean() for word, others, true in rows])

    return measure


def senses(group: torch.Tensor, both: dict[int, tuple[int, int]]) -> Measure:
    """For each word with two senses: how many of its two nearest group means belong to these senses, as a share."""
    words, true = torch.tensor(list(both)), torch.tensor(list(both.values()))

    def measure(vectors: torch.Tensor) -> torch.Tensor:
        unit = F.normalize(vectors, dim=1)
        means = torch.stack([unit[group == g].mean(dim=0) for g in range(int(group.max()) + 1)])
        nearest = (unit[words] @ F.normalize(means, dim=1).T).topk(2).indices
        return (nearest[:, :, None] == true[:, None, :]).any(dim=2).float().mean(dim=1)

    return measure


def next_words(ids: Sequence[Sequence[int]], held_out: Sequence[Sequence[int]], most: int, steps: int) -> Measure:
    """The log probability of each held-out word, predicted from the row of the word on its left.

    For each table of vectors, `steps` steps of L-BFGS fit a new linear map to `ids`. A softmax over the `most` most
    frequent words follows the map. So this measure depends on what the rows contain, not on how they were trained.
    """

    def bigrams(sentences: Sequence[Sequence[int]]) -> torch.Tensor:
        return torch.tensor([pair for sentence in sentences for pair in itertools.pairwise(sentence)]).T

    left, right = bigrams(ids)
    vocabulary = max(map(max, filter(None, [*ids, *held_out]))) + 1
    place = torch.full((vocabulary,), -1)
    place[torch.bincount(right, minlength=vocabulary).topk(most).indices] = torch.arange(most)
    left, right = left[place[right] >= 0], place[right[place[right] >= 0]]
    counts = torch.zeros(vocabulary, most).index_put_((left, right), torch.tensor(1.0), accumulate=True)
    asked, answer = bigrams(held_out)
    asked, answer = asked[place[answer] >= 0], place[answer[place[answer] >= 0]]

    def measure(vectors: torch.Tensor) -> torch.Tensor:
        unit = F.normalize(vectors, dim=1)[:vocabulary]
        inputs = torch.cat((8 * unit, torch.ones(len(unit), 1)), dim=1)
        weights = torch.zeros(inputs.shape[1], most)
        weights[-1] = counts.sum(dim=0).log()  # at the start, each word has its frequency
        weights.requires_grad_()
        optimiser = torch.optim.LBFGS([weights], max_iter=steps, line_search_fn="strong_wolfe")

        def closure() -> torch.Tensor:
            optimiser.zero_grad()
            loss = -(counts * (inputs @ weights).log_softmax(dim=1)).sum() / counts.sum()
            loss.backward()
            return loss

        optimiser.step(closure)
        with torch.no_grad():
            return (inputs @ weights).log_softmax(dim=1)[asked, answer]

    return measure
