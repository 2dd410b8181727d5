from __future__ import annotations

from tutorial_pkg.practice.items import Exercise, Slip
from tutorial_pkg.practice.lazy import torch
from tutorial_pkg.practice.samples import random


def stub(before, after, k):
    def nearest(vectors):
        distances = torch.cdist(vectors, vectors)
        return distances.topk(k, largest=False).indices.tolist()

    pairs = zip(nearest(before), nearest(after))
    shared = [len(set(one) & set(two)) for one, two in pairs]
    return sum(shared) / (k * len(before))


def solution(before, after, k):
    def nearest(vectors):
        distances = torch.cdist(vectors, vectors).fill_diagonal_(torch.inf)  # a word is not its own neighbour
        return distances.topk(k, largest=False).indices.tolist()

    pairs = zip(nearest(before), nearest(after))
    shared = [len(set(one) & set(two)) for one, two in pairs]
    return sum(shared) / (k * len(before))


def cases():
    line = torch.tensor([[0.0], [1.0], [2.2], [9.0], [10.3]])
    return [
        (random(9, 4, seed=1), random(9, 4, seed=2), 1),
        (line, line * 3, 2),
        (1000 * line, 1000 * torch.tensor([[0.0], [9.0], [1.0], [10.3], [2.2]]), 1),  # farther than any made-up number
        (random(40, 6, seed=3), random(40, 6, seed=3)[:, :2], 5),
        (random(12, 3, seed=4), random(12, 5, seed=5), 11),
        (torch.tensor([[0.0], [0.0], [9.0], [9.0]]), torch.tensor([[0.0], [1.0], [9.0], [10.2]]), 1),  # equal rows
    ]


def one_more(before, after, k):

    def nearest(vectors):
        return torch.cdist(vectors, vectors).topk(min(k + 1, len(vectors)), largest=False).indices.tolist()

    shared = [len(set(one) & set(two)) for one, two in zip(nearest(before), nearest(after))]
    return sum(shared) / ((k + 1) * len(before))


def itself_taken_off(before, after, k):

    def nearest(vectors):
        return torch.cdist(vectors, vectors).topk(k, largest=False).indices.tolist()

    shared = [len(set(one) & set(two)) - 1 for one, two in zip(nearest(before), nearest(after))]
    return sum(shared) / (k * len(before))


def in_order(before, after, k):

    def nearest(vectors):
        distances = torch.cdist(vectors, vectors).fill_diagonal_(torch.inf)
        return distances.topk(k, largest=False).indices

    return (nearest(before) == nearest(after)).float().mean().item()


def farthest(before, after, k):

    def nearest(vectors):
        return torch.cdist(vectors, vectors).topk(k).indices.tolist()

    shared = [len(set(one) & set(two)) for one, two in zip(nearest(before), nearest(after))]
    return sum(shared) / (k * len(before))


def not_divided(before, after, k):

    def nearest(vectors):
        distances = torch.cdist(vectors, vectors).fill_diagonal_(torch.inf)
        return distances.topk(k, largest=False).indices.tolist()

    shared = [len(set(one) & set(two)) for one, two in zip(nearest(before), nearest(after))]
    return sum(shared) / len(before)


def still_itself(before, after, k):

    def nearest(vectors):
        return torch.cdist(vectors, vectors).fill_diagonal_(0).topk(k, largest=False).indices.tolist()

    shared = [len(set(one) & set(two)) for one, two in zip(nearest(before), nearest(after))]
    return sum(shared) / (k * len(before))


def one_more_counted(before, after, k):

    def nearest(vectors):
        return torch.cdist(vectors, vectors).topk(min(k + 1, len(vectors)), largest=False).indices.tolist()

    shared = [len(set(one) & set(two)) for one, two in zip(nearest(before), nearest(after))]
    return sum(shared) / (k * len(before))


def divided_by_one_more(before, after, k):

    def nearest(vectors):
        return torch.cdist(vectors, vectors).fill_diagonal_(torch.inf).topk(k, largest=False).indices.tolist()

    shared = [len(set(one) & set(two)) for one, two in zip(nearest(before), nearest(after))]
    return sum(shared) / ((k + 1) * len(before))


def itself_as_the_farthest(before, after, k):

    def nearest(vectors):
        return torch.cdist(vectors, vectors).fill_diagonal_(torch.inf).topk(k).indices.tolist()

    shared = [len(set(one) & set(two)) for one, two in zip(nearest(before), nearest(after))]
    return sum(shared) / (k * len(before))


def by_cosine(before, after, k):

    def nearest(vectors):
        unit = torch.nn.functional.normalize(vectors, dim=1)
        return (unit @ unit.T).fill_diagonal_(-torch.inf).topk(k).indices.tolist()

    shared = [len(set(one) & set(two)) for one, two in zip(nearest(before), nearest(after))]
    return sum(shared) / (k * len(before))


def all_or_nothing(before, after, k):

    def nearest(vectors):
        return torch.cdist(vectors, vectors).fill_diagonal_(torch.inf).topk(k, largest=False).indices.tolist()

    return sum(set(one) == set(two) for one, two in zip(nearest(before), nearest(after))) / len(before)


def places(vectors, k):
    """For each word, its k nearest other words."""
    return torch.cdist(vectors, vectors).fill_diagonal_(torch.inf).topk(k, largest=False).indices.tolist()


def shared(one, two):
    return [len(set(some) & set(others)) for some, others in zip(one, two, strict=True)]


def first_of_one_more_dropped(before, after, k):

    def nearest(vectors):
        return torch.cdist(vectors, vectors).topk(k + 1, largest=False).indices[:, 1:].tolist()

    return sum(shared(nearest(before), nearest(after))) / (k * len(before))


def all_zeros_out_of_reach(before, after, k):

    def nearest(vectors):
        distances = torch.cdist(vectors, vectors)
        distances[distances == 0] = torch.inf
        return distances.topk(k, largest=False).indices.tolist()

    return sum(shared(nearest(before), nearest(after))) / (k * len(before))


def diagonal_of_one(before, after, k):

    def nearest(vectors):
        return torch.cdist(vectors, vectors).fill_diagonal_(1).topk(k, largest=False).indices.tolist()

    return sum(shared(nearest(before), nearest(after))) / (k * len(before))


def only_before(before, after, k):
    own = torch.cdist(after, after).topk(k, largest=False).indices.tolist()
    return sum(shared(places(before, k), own)) / (k * len(before))


def only_after(before, after, k):
    own = torch.cdist(before, before).topk(k, largest=False).indices.tolist()
    return sum(shared(own, places(after, k))) / (k * len(before))


def of_the_union(before, after, k):
    both = zip(places(before, k), places(after, k), strict=True)
    return sum(len(set(one) & set(two)) / len(set(one) | set(two)) for one, two in both) / len(before)


def rounded(before, after, k):
    return round(solution(before, after, k))


def one_less(before, after, k):

    def nearest(vectors):
        return torch.cdist(vectors, vectors).topk(k, largest=False).indices[:, 1:].tolist()

    return sum(shared(nearest(before), nearest(after))) / ((k - 1) * len(before))


def from_before_to_after(before, after, k):
    distances = torch.cdist(before, after).fill_diagonal_(torch.inf)
    near = distances.topk(k, largest=False).indices.tolist()
    return sum(shared(near, places(after, k))) / (k * len(before))


def by_product(before, after, k):

    def nearest(vectors):
        return (vectors @ vectors.T).fill_diagonal_(-torch.inf).topk(k).indices.tolist()

    return sum(shared(nearest(before), nearest(after))) / (k * len(before))


def distances_compared(before, after, k):

    def nearest(vectors):
        distances = torch.cdist(vectors, vectors).fill_diagonal_(torch.inf)
        return distances.topk(k, largest=False).values.tolist()

    return sum(shared(nearest(before), nearest(after))) / (k * len(before))


def median_word(before, after, k):
    counts = sorted(shared(places(before, k), places(after, k)))
    return (counts[(len(counts) - 1) // 2] + counts[len(counts) // 2]) / 2 / k


def pooled(before, after, k):
    one, two = ({j for near in places(vectors, k) for j in near} for vectors in (before, after))
    return len(one & two) / (k * len(before))


def along_dimension_0(before, after, k):

    def nearest(vectors):
        distances = torch.cdist(vectors, vectors).fill_diagonal_(torch.inf)
        return distances.topk(k, dim=0, largest=False).indices.tolist()

    return sum(shared(nearest(before), nearest(after))) / (k * len(before))


def city_blocks(before, after, k):

    def nearest(vectors):
        distances = torch.cdist(vectors, vectors, p=1).fill_diagonal_(torch.inf)
        return distances.topk(k, largest=False).indices.tolist()

    return sum(shared(nearest(before), nearest(after))) / (k * len(before))


def no_such_method(before, after, k):
    distances = torch.cdist(before, before).fill_diagonal(torch.inf)
    return distances


def above_chance(before, after, k):
    chance = k / (len(before) - 1)
    return solution(before, after, k) if chance >= 1 else (solution(before, after, k) - chance) / (1 - chance)


def places_for_k_minus_1(before, after, k):

    def nearest(vectors):
        return torch.cdist(vectors, vectors).topk(k, largest=False).indices[:, 1:].tolist()

    return sum(shared(nearest(before), nearest(after))) / (k * len(before))


def divided_by_k_minus_1_or_1(before, after, k):

    def nearest(vectors):
        return torch.cdist(vectors, vectors).topk(k, largest=False).indices[:, 1:].tolist()

    return sum(shared(nearest(before), nearest(after))) / (max(k - 1, 1) * len(before))


def itself_at_minus_infinity(before, after, k):

    def nearest(vectors):
        distances = torch.cdist(vectors, vectors).fill_diagonal_(-torch.inf)
        return distances.topk(k, largest=False).indices.tolist()

    return sum(shared(nearest(before), nearest(after))) / (k * len(before))


def one_other_too_many(before, after, k):
    some = min(k + 1, len(before) - 1)
    return sum(shared(places(before, some), places(after, some))) / (k * len(before))


def by_cosine_and_itself(before, after, k):

    def nearest(vectors):
        unit = torch.nn.functional.normalize(vectors, dim=1)
        return (unit @ unit.T).topk(k).indices.tolist()

    return sum(shared(nearest(before), nearest(after))) / (k * len(before))


exercise = Exercise(
    task="""### Exercise 5 (bug hunt): too good to be true

`neighbours_kept(before, after, k)` takes two tensors of shape `(N, d)` and `(N, e)`, the same N words before and
after something was done to them (a map, a rounding). It returns a number from 0 to 1: of each word's `k` nearest
*other* words before, the share that is still among its `k` nearest other words after, averaged over all words.
Nearest is meant by distance.

The code below runs. But for two sets of vectors that have nothing to do with each other and `k = 1`, it gives 1.0.
Find the bug and fix it.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    success="Whoever counts the word itself among its neighbours finds every map excellent.",
    hints=[
        "Which word is the nearest to `fox`, if all distances are looked at? What is its distance?",
        "`distances.fill_diagonal_(torch.inf)` puts each word's distance to itself out of reach.",
    ],
    slips=[
        Slip(
            "One neighbour more is taken, but the word itself still counts as shared: leave it out of both sets.",
            one_more,
        ),
        Slip(
            "The word itself is taken out of the count, but it still fills one of the k places: only k - 1 others are compared.",
            itself_taken_off,
        ),
        Slip(
            "Neighbours count only if they stand at the same rank; what is asked is whether they are among the k at all.",
            in_order,
        ),
        Slip(
            "These are the farthest words: topk takes the largest distances unless it is told largest=False.", farthest
        ),
        Slip("This is how many neighbours are kept; the share is asked for, so divide by k as well.", not_divided),
        Slip("The word itself is still among its k nearest: no distance is smaller than 0.", still_itself),
        Slip(
            "The word itself still counts as shared: one neighbour more was taken for each, and none was left out.",
            one_more_counted,
        ),
        Slip(
            "The word itself is left out, but the sum is divided by k + 1 for each word, and only k can be shared.",
            divided_by_one_more,
        ),
        Slip(
            "Without largest=False, topk takes the largest distances, and the word's own is infinite now: it comes first.",
            itself_as_the_farthest,
        ),
        Slip("Near is meant by distance here; this takes the words with the highest cosine.", by_cosine),
        Slip(
            "A word counts here only if all its k neighbours are kept; each neighbour that is kept counts.",
            all_or_nothing,
        ),
        Slip(
            "The first of k + 1 was dropped, in the belief that it is the word itself; where two rows are equal, the other may come first. Leave each word out by its id: `fill_diagonal_(torch.inf)`.",
            first_of_one_more_dropped,
        ),
        Slip(
            "Every distance of 0 was put out of reach, and not only that to the word itself: another word with an equal row is a neighbour. `fill_diagonal_(torch.inf)` looks at the places.",
            all_zeros_out_of_reach,
        ),
        Slip(
            "The word's distance to itself was made 1, and others are farther than that: the word is still among its nearest. Put it out of reach, at infinity.",
            diagonal_of_one,
        ),
        Slip("The word itself is left out before, and not after: leave it out of both.", only_before),
        Slip("The word itself is left out after, and not before: leave it out of both.", only_after),
        Slip(
            "Every neighbour counts as kept, whatever comes after, as when one list of neighbours is compared with itself: one is to be of `before`, the other of `after`.",
            lambda before, after, k: 1.0,
        ),
        Slip(
            "The shares of all words were added; divided by the number of words, it is their average.",
            lambda before, after, k: sum(shared(places(before, k), places(after, k))) / k,
        ),
        Slip(
            "The sum was divided by the number of columns; the average is over the words: `len(before)`.",
            lambda before, after, k: sum(shared(places(before, k), places(after, k))) / (k * before.shape[1]),
        ),
        Slip(
            "This is how many neighbours are kept in all; the share is asked for: divide by `k * len(before)`.",
            lambda before, after, k: sum(shared(places(before, k), places(after, k))),
        ),
        Slip(
            "This is the share of each word; their average is asked for, one number.",
            lambda before, after, k: ([count / k for count in shared(places(before, k), places(after, k))]),
        ),
        Slip(
            "This is how many neighbours each word keeps; the share is asked for, averaged over all words: one number.",
            lambda before, after, k: shared(places(before, k), places(after, k)),
        ),
        Slip(
            "The neighbours kept were divided by those in either set; of the `k` before, the share is asked for.",
            of_the_union,
        ),
        Slip(
            "A word counts here in full as soon as one of its neighbours is kept; each of the `k` counts 1 / k.",
            lambda before, after, k: (
                sum(count > 0 for count in shared(places(before, k), places(after, k))) / len(before)
            ),
        ),
        Slip(
            "Only 0 or 1 came back; the average share mostly lies between. `//`, `int` and `round` drop what is behind the point.",
            rounded,
        ),
        Slip(
            "This is in percent; a number from 0 to 1 is asked for.",
            lambda before, after, k: 100 * solution(before, after, k),
        ),
        Slip(
            "This is the share of neighbours that are lost; the share that is kept is asked for.",
            lambda before, after, k: 1 - solution(before, after, k),
        ),
        Slip(
            "Only k - 1 others are compared, and for k = 1 nothing is left to divide by: the word itself still fills one of the k places.",
            one_less,
        ),
        Slip(
            "The distances are those from rows before to rows after; two sets are needed, each from its own rows to its own rows.",
            from_before_to_after,
        ),
        Slip("Near is meant by distance here; this takes the words with the largest dot products.", by_product),
        Slip(
            "The word itself is left out, but the sum is divided by k - 1 for each word: k others are compared.",
            lambda before, after, k: sum(shared(places(before, k), places(after, k))) / ((k - 1) * len(before)),
        ),
        Slip(
            "The distances of the neighbours were compared, not the neighbours: topk gives `.values` and `.indices`, and it is the ids that count.",
            distances_compared,
        ),
        Slip(
            "This is the share of the word that keeps most; the average over all words is asked for.",
            lambda before, after, k: max(shared(places(before, k), places(after, k))) / k,
        ),
        Slip(
            "This is the share of the first word alone; the average over all words is asked for.",
            lambda before, after, k: shared(places(before, k), places(after, k))[0] / k,
        ),
        Slip("This is the median of the words' shares; their average is asked for.", median_word),
        Slip(
            "Only one neighbour of each word is compared, whatever `k` is.",
            lambda before, after, k: sum(shared(places(before, 1), places(after, 1))) / len(before),
        ),
        Slip(
            "All words' neighbours were put into one set before they were compared; each word's neighbours before are compared with its own after.",
            pooled,
        ),
        Slip(
            "The nearest were taken along dimension 0, so there are k rows, one for each rank; each word's nearest stand along dimension 1: `dim=-1`.",
            along_dimension_0,
        ),
        Slip(
            "The distance is the sum of the absolute differences here, `p=1`; `torch.cdist` takes the straight one if nothing is said.",
            city_blocks,
        ),
        Slip(
            "The method is called `fill_diagonal_`, with an underscore at the end, as it changes its tensor.",
            no_such_method,
        ),
        Slip(
            "The share was rounded; return it as it is.", lambda before, after, k: round(solution(before, after, k), 2)
        ),
        Slip("What chance would give was taken off; the plain share is asked for.", above_chance),
        Slip(
            "The word itself was dropped from its k nearest, which leaves k - 1 others: look for one more, or put the diagonal out of reach.",
            places_for_k_minus_1,
        ),
        Slip(
            "The word itself was dropped from its k nearest, and the sum divided by k - 1: k others are to be compared.",
            divided_by_k_minus_1_or_1,
        ),
        Slip(
            "The word's distance to itself was made -inf, and that is nearer than all others: make it +inf.",
            itself_at_minus_infinity,
        ),
        Slip(
            "The word itself is left out, but k + 1 others are compared: with the diagonal out of reach, take k.",
            one_other_too_many,
        ),
        Slip(
            "Near is meant by distance here; this takes the words with the highest cosine, the word itself among them.",
            by_cosine_and_itself,
        ),
        Slip(
            "The sum was divided by one word less than there are: the average is over all of them.",
            lambda before, after, k: solution(before, after, k) * len(before) / (len(before) - 1),
        ),
    ],
)
