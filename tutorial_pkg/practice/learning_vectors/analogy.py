from __future__ import annotations

import numpy as np

from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.lazy import F, torch
from tutorial_pkg.practice.samples import random


def stub(vectors, a, b, c):
    """The id of the row d for which a is to b as c is to d; a, b and c are left out."""
    return ...


def solution(vectors, a, b, c):
    """The id of the row d for which a is to b as c is to d; a, b and c are left out."""
    unit = F.normalize(vectors, dim=1)
    # the sum need not have length 1: that scales all cosines alike, and the highest stays the highest
    similarity = unit @ (unit[b] - unit[a] + unit[c])
    similarity[[a, b, c]] = float("-inf")
    return int(similarity.argmax())


def cases():
    return [
        (torch.tensor([[2.0, 0.0], [2.0, 2.0], [0.0, 1.0], [-1.0, 0.0], [-3.0, 3.0]]), 0, 1, 2),
        (random(40, 6, seed=1) * torch.tensor(list(range(1, 41)))[:, None], 3, 8, 21),
        (random(40, 6, seed=2) * torch.tensor(list(range(40, 0, -1)))[:, None], 39, 0, 7),
        (random(200, 4, seed=3, dtype=torch.float64), 11, 150, 90),
        (random(60, 5, seed=4) * torch.tensor([1.0, 9.0, 3.0] * 20)[:, None], 2, 30, 31),
        (random(25, 3, seed=5), 5, 6, 24),
        (torch.tensor([[0.0, 2.0], [3.0, 0.0], [0.0, 1.0], [-1.0, 3.0], [-1.0, 1.0]]), 0, 1, 2),  # the others: below 0
        (torch.tensor([[-1.0, 0.0], [1.0, 0.0], [2.0, 1.0], [-2.0, -1.0], [-5.0, 1.0]]), 0, 1, 2),  # and below -1
    ]


def view(found, vectors, a, b, c):
    """The id, or what came back in place of one; an input is told by its letter."""
    number = np.asarray(found.detach() if isinstance(found, torch.Tensor) else found)
    if number.ndim:
        return Finding(f"a list or tensor of shape {number.shape}; one id is asked for")
    if number.dtype.kind == "f" and number % 1:
        return Finding(f"{float(number):.4g}, which is no id; `argmax` gives the place of the highest, `max` its value")
    for letter, given in (("a", a), ("b", b), ("c", c)):
        if int(number) == given:
            return Finding(f"{given}, which is `{letter}` itself; leave all three inputs out of the search")
    return int(number)


def inputs_in_the_search(vectors, a, b, c):
    unit = F.normalize(vectors, dim=1)
    return int((unit @ (unit[b] - unit[a] + unit[c])).argmax())


def the_other_way_round(vectors, a, b, c):
    unit = F.normalize(vectors, dim=1)
    similarity = unit @ (unit[a] - unit[b] + unit[c])
    similarity[[a, b, c]] = float("-inf")
    return int(similarity.argmax())


def raw_rows(vectors, a, b, c):
    similarity = F.cosine_similarity(vectors, vectors[b] - vectors[a] + vectors[c], dim=1)
    similarity[[a, b, c]] = float("-inf")
    return int(similarity.argmax())


def dot_products(vectors, a, b, c):
    unit = F.normalize(vectors, dim=1)
    score = vectors @ (unit[b] - unit[a] + unit[c])
    score[[a, b, c]] = float("-inf")
    return int(score.argmax())


def masked_with_0(vectors, a, b, c):
    unit = F.normalize(vectors, dim=1)
    similarity = unit @ (unit[b] - unit[a] + unit[c])
    similarity[[a, b, c]] = 0
    return int(similarity.argmax())


def masked_with_1(vectors, a, b, c):
    unit = F.normalize(vectors, dim=1)
    similarity = unit @ (unit[b] - unit[a] + unit[c])
    similarity[[a, b, c]] = -1
    return int(similarity.argmax())


def searched(unit, goal, a, b, c):
    similarity = unit @ goal
    similarity[[a, b, c]] = float("-inf")
    return int(similarity.argmax())


def all_added(vectors, a, b, c):
    unit = F.normalize(vectors, dim=1)
    return searched(unit, unit[a] + unit[b] + unit[c], a, b, c)


def c_subtracted(vectors, a, b, c):
    unit = F.normalize(vectors, dim=1)
    return searched(unit, unit[b] - unit[a] - unit[c], a, b, c)


def without_c(vectors, a, b, c):
    unit = F.normalize(vectors, dim=1)
    return searched(unit, unit[b] - unit[a], a, b, c)


def straight_distance(vectors, a, b, c):
    apart = (vectors - (vectors[b] - vectors[a] + vectors[c])).norm(dim=1)
    apart[[a, b, c]] = float("inf")
    return int(apart.argmin())


def columns_normalised(vectors, a, b, c):
    unit = F.normalize(vectors, dim=0)
    return searched(unit, unit[b] - unit[a] + unit[c], a, b, c)


def ids_shifted(vectors, a, b, c):
    unit = F.normalize(vectors, dim=1)
    others = [row for row in range(len(unit)) if row not in (a, b, c)]
    return int((unit[others] @ (unit[b] - unit[a] + unit[c])).argmax())


def the_lowest(vectors, a, b, c):
    unit = F.normalize(vectors, dim=1)
    return searched(-unit, unit[b] - unit[a] + unit[c], a, b, c)


def the_fourth_best(vectors, a, b, c):
    unit = F.normalize(vectors, dim=1)
    return int((unit @ (unit[b] - unit[a] + unit[c])).topk(4).indices[3])


def without_signs(vectors, a, b, c):
    unit = F.normalize(vectors, dim=1)
    similarity = (unit @ (unit[b] - unit[a] + unit[c])).abs()
    similarity[[a, b, c]] = float("-inf")
    return int(similarity.argmax())


def near_to_b(vectors, a, b, c):
    unit = F.normalize(vectors, dim=1)
    return searched(unit, unit[b], a, b, c)


def near_to_c(vectors, a, b, c):
    unit = F.normalize(vectors, dim=1)
    return searched(unit, unit[c], a, b, c)


def a_added_c_subtracted(vectors, a, b, c):
    unit = F.normalize(vectors, dim=1)
    return searched(unit, unit[b] + unit[a] - unit[c], a, b, c)


def both_subtracted(vectors, a, b, c):
    unit = F.normalize(vectors, dim=1)
    return searched(unit, unit[c] - unit[a] - unit[b], a, b, c)


def without_a(vectors, a, b, c):
    unit = F.normalize(vectors, dim=1)
    return searched(unit, unit[b] + unit[c], a, b, c)


def without_b(vectors, a, b, c):
    unit = F.normalize(vectors, dim=1)
    return searched(unit, unit[c] - unit[a], a, b, c)


def near_to_a(vectors, a, b, c):
    unit = F.normalize(vectors, dim=1)
    return searched(unit, unit[a], a, b, c)


def lengths_as_a_row(vectors, a, b, c):
    unit = vectors / vectors.norm(dim=1)
    return searched(unit, unit[b] - unit[a] + unit[c], a, b, c)


def the_second_best(vectors, a, b, c):
    unit = F.normalize(vectors, dim=1)
    return int((unit @ (unit[b] - unit[a] + unit[c])).topk(2).indices[1])


def differences_compared(vectors, a, b, c):
    unit = F.normalize(vectors, dim=1)
    similarity = F.cosine_similarity(unit - unit[c], unit[b] - unit[a], dim=1)
    similarity[[a, b, c]] = float("-inf")
    return int(similarity.argmax())


def three_indices(vectors, a, b, c):
    unit = F.normalize(vectors, dim=1)
    similarity = unit @ (unit[b] - unit[a] + unit[c])
    similarity[a, b, c] = float("-inf")
    return int(similarity.argmax())


def first_three_cut(vectors, a, b, c):
    unit = F.normalize(vectors, dim=1)
    return int((unit @ (unit[b] - unit[a] + unit[c]))[3:].argmax())


def first_three_left_out(vectors, a, b, c):
    unit = F.normalize(vectors, dim=1)
    return searched(unit, unit[b] - unit[a] + unit[c], 0, 1, 2)


def city_blocks(vectors, a, b, c):
    unit = F.normalize(vectors, dim=1)
    apart = (unit - (unit[b] - unit[a] + unit[c])).abs().sum(1)
    apart[[a, b, c]] = float("inf")
    return int(apart.argmin())


def squared_lengths(vectors, a, b, c):
    unit = vectors / vectors.square().sum(1, keepdim=True)
    return searched(unit, unit[b] - unit[a] + unit[c], a, b, c)


def half_of_b_and_c(vectors, a, b, c):
    unit = F.normalize(vectors, dim=1)
    return searched(unit, (unit[b] + unit[c]) / 2 - unit[a], a, b, c)


def next_id(vectors, a, b, c):
    unit = F.normalize(vectors, dim=1)
    best = int((unit @ (unit[b] - unit[a] + unit[c])).argmax())
    while best in (a, b, c):
        best += 1
    return best


exercise = Exercise(
    task="""### Exercise 5 (a new situation): a is to b as c is to ...

`analogy(vectors, a, b, c)`: bring all rows to length 1, take `row b − row a + row c`, and return the id of the row
with the highest cosine to that sum, **a, b and c themselves left out of the search**.

For the rows `[[2, 0], [2, 2], [0, 1], [-1, 0], [-3, 3]]`, `analogy(vectors, 0, 1, 2)` is `4`.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="The step from a to b was taken again from c. Leaving the inputs out is part of the recipe, so say it with results.",
    hints=[
        "Normalise once, then unit @ (unit[b] - unit[a] + unit[c]) scores all rows.",
        "Put -inf at [a, b, c] before argmax.",
    ],
    slips=[
        Slip(
            "The answer is one of the inputs here, as it mostly is when they stay in the search. Leave a, b and c out.",
            inputs_in_the_search,
        ),
        Slip("The step goes from b to a here: a is to b means b − a.", the_other_way_round),
        Slip(
            "The rows were added with their lengths as they are, so the longest decides. Bring them to length 1 first.",
            raw_rows,
        ),
        Slip("The sum is of unit rows, but it was compared with rows of all lengths: the longest win.", dot_products),
        Slip(
            "The inputs were given 0 to keep them out, and they win wherever all the others are below 0.",
            masked_with_0,
            idea=13,
        ),
        Slip(
            "-1 is the lowest cosine, but the sum may be longer than 1, and then a dot product with it may be lower: -inf is safe.",
            masked_with_1,
        ),
        Slip("All three rows are added here. The step from a to b is row b − row a.", all_added),
        Slip("Row c is subtracted here. The step from a to b is taken from c on: + row c.", c_subtracted),
        Slip("This is the step from a to b alone. It is to be taken from c on: + row c.", without_c),
        Slip(
            "The rows' lengths count here, in the sum and in the search. Bring all rows to length 1 first.",
            lambda vectors, a, b, c: searched(vectors, vectors[b] - vectors[a] + vectors[c], a, b, c),
        ),
        Slip(
            "This is the row at the smallest distance, with all rows as long as they are. Bring them to length 1 first.",
            straight_distance,
        ),
        Slip("It is the columns that were brought to length 1 here: for rows, say dim=1.", columns_normalised),
        Slip("The inputs were cut out before the search, so the id is counted without them.", ids_shifted),
        Slip("This is the row with the lowest cosine: the highest is asked for.", the_lowest),
        Slip(
            "This is the fourth best, in the belief that the inputs are the best three. They need not be: leave them out by id.",
            the_fourth_best,
        ),
        Slip(
            "A row that points the other way counts as near here: the sign of its cosine was dropped.",
            without_signs,
            idea=13,
        ),
        Slip("This is the row nearest to b. The step from a to b is to be taken from c on.", near_to_b),
        Slip("This is the row nearest to c. Take the step from a to b first.", near_to_c),
        Slip("Rows a and c have each other's sign here: the sum is row b − row a + row c.", a_added_c_subtracted),
        Slip(
            "Rows a and b are both subtracted from row c here: the step from a to b is row b − row a.", both_subtracted
        ),
        Slip("Row a is missing: this is row b + row c. The step from a to b is row b − row a.", without_a),
        Slip("Row b is missing: this is row c − row a. The step from a to b is row b − row a.", without_b),
        Slip("This is the row nearest to a. The step from a to b is to be taken from c on.", near_to_a),
        Slip(
            "The rows were added with their lengths as they are, and the inputs are in the search. Bring all rows to length 1 first, and leave a, b and c out.",
            lambda vectors, a, b, c: int(
                F.cosine_similarity(vectors, vectors[b] - vectors[a] + vectors[c], dim=1).argmax()
            ),
        ),
        Slip(
            "The rows' lengths count here, in the sum and in the search, and the inputs are in it. Bring all rows to length 1 first, and leave a, b and c out.",
            lambda vectors, a, b, c: int((vectors @ (vectors[b] - vectors[a] + vectors[c])).argmax()),
        ),
        Slip(
            "The lengths have shape (V,) and do not fit beside rows of (V, d): keepdim=True keeps them a column, (V, 1).",
            lengths_as_a_row,
        ),
        Slip("The ids were added and subtracted, not the rows that they name.", lambda vectors, a, b, c: b - a + c),
        Slip(
            "This is the second best of all rows, in the belief that one input is the best. Leave out all three, by id.",
            the_second_best,
        ),
        Slip(
            "The step from c to each row was compared with that from a to b. What is asked for is the highest cosine of a row itself with row b − row a + row c.",
            differences_compared,
        ),
        Slip(
            "`s[a, b, c]` asks for one number of a tensor with three dimensions. A list of ids picks three numbers: `s[[a, b, c]]`.",
            three_indices,
        ),
        Slip(
            "Rows 0, 1 and 2 were cut off, as if they were the inputs, and the id is counted without them. Leave out a, b and c, by id.",
            first_three_cut,
        ),
        Slip(
            "Rows 0, 1 and 2 were left out, which are the inputs of the example alone. Leave out a, b and c.",
            first_three_left_out,
        ),
        Slip("This goes by the sum of the absolute differences. The cosine is asked for.", city_blocks),
        Slip(
            "The rows were divided by their squared lengths. Divided by the lengths, they have length 1.",
            squared_lengths,
        ),
        Slip(
            "Rows b and c were averaged before row a was taken off. All three count in full: row b − row a + row c.",
            half_of_b_and_c,
        ),
        Slip(
            "Where the best row is an input, the one with the next id came back. Ids that follow each other say nothing: search for the best row that is no input.",
            next_id,
        ),
    ],
)
