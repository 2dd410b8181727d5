import numpy as np

from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.lazy import F, torch
from tutorial_pkg.practice.samples import random


def stub(vectors, a, b, c):
    return ...


def solution(vectors, a, b, c):
    unit = F.normalize(vectors, dim=1)
    # The sum does not need length 1: its length multiplies all cosines by the same number.
    similarity = unit @ (unit[b] - unit[a] + unit[c])
    similarity[[a, b, c]] = float("-inf")
    return int(similarity.argmax())


def cases():
    below_0 = torch.tensor([[0.0, 2.0], [3.0, 0.0], [0.0, 1.0], [-1.0, 3.0], [-1.0, 1.0]])  # similarities below 0
    below_1 = torch.tensor([[-1.0, 0.0], [1.0, 0.0], [2.0, 1.0], [-2.0, -1.0], [-5.0, 1.0]])  # similarities below -1
    return [
        (torch.tensor([[2.0, 0.0], [2.0, 2.0], [0.0, 1.0], [-1.0, 0.0], [-3.0, 3.0]]), 0, 1, 2),
        (random(40, 6, seed=1) * torch.tensor(list(range(1, 41)))[:, None], 3, 8, 21),
        (random(40, 6, seed=2) * torch.tensor(list(range(40, 0, -1)))[:, None], 39, 0, 7),
        (random(200, 4, seed=3, dtype=torch.float64), 11, 150, 90),
        (random(60, 5, seed=4) * torch.tensor([1.0, 9.0, 3.0] * 20)[:, None], 2, 30, 31),
        (random(25, 3, seed=5), 5, 6, 24),
        (below_0, 0, 1, 2),
        (below_1, 0, 1, 2),
    ]


def view(found, vectors, a, b, c):
    """The id. A `Finding` names an input by its letter."""
    number = np.asarray(found.detach() if isinstance(found, torch.Tensor) else found)
    if number.ndim:
        return Finding(f"a list or tensor of shape {number.shape}. Return one id")
    if number.dtype.kind == "f" and number % 1:
        return Finding(f"{float(number):.4g}, which is not an id. `argmax` returns the position of the highest value, and `max` returns the value")
    for letter, given in (("a", a), ("b", b), ("c", c)):
        if int(number) == given:
            return Finding(f"{given}, which is `{letter}` itself. Give all three inputs the score -inf, or leave them out of the search")
    return int(number)


def parts(vectors, a, b, c):
    unit = F.normalize(vectors, dim=1)

    def best(similarity, mask=float("-inf")):
        """The id of the row with the highest similarity, not counting the inputs."""
        similarity = similarity.clone()
        similarity[[a, b, c]] = mask
        return int(similarity.argmax())

    def search(goal, rows=unit, mask=float("-inf")):
        return best(rows @ goal, mask)

    ua, ub, uc = unit[[a, b, c]]
    others = [row for row in range(len(unit)) if row not in (a, b, c)]
    raw = vectors[b] - vectors[a] + vectors[c]
    return dict(unit=unit, ua=ua, ub=ub, uc=uc, goal=ub - ua + uc, best=best, search=search, others=others, raw=raw)


exercise = Exercise(
    task="""### Exercise 5 (a new situation): a is to b as c is to ...

`analogy(vectors, a, b, c)` brings all rows to length 1 and computes `row b − row a + row c`. It returns the id of the row
that has the highest cosine with this sum. **a, b and c themselves are left out of the search.**

For the rows `[[2, 0], [2, 2], [0, 1], [-1, 0], [-3, 3]]`, `analogy(vectors, 0, 1, 2)` is `4`.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="The sum starts at c and takes the step from a to b. The search leaves out the three inputs: say so when you report results.",
    hints=["Normalise once. Then unit @ (unit[b] - unit[a] + unit[c]) scores all rows.", "Write -inf at [a, b, c] before argmax."],
    parts=parts,
    slips=[
        Slip("The result is one of the inputs. This often happens if the inputs may be answers. Leave out a, b and c.", lambda p: int((p.unit @ p.goal).argmax())),
        Slip('This takes the step from b to a. "a is to b" means row b − row a.', lambda p: p.search(p.ua - p.ub + p.uc)),
        Slip("The rows are added with their own lengths, so long rows have the most weight. Bring them to length 1 first.", lambda p: p.search(p.raw)),
        Slip("The sum uses rows of length 1, but the search uses rows of all lengths: long rows win. Search the rows of length 1.", lambda p: p.search(p.goal, p.vectors)),
        Slip("Lengths count here, in the sum and in the search. Bring all rows to length 1 first.", lambda p: p.search(p.raw, p.vectors)),
        Slip("Lengths count here, and the inputs are in the search. Bring all rows to length 1, and leave out a, b and c.", lambda p: int((p.vectors @ p.raw).argmax())),
        Slip("The inputs have similarity 0 here. They win if all other rows are below 0. Use -inf.", lambda p: p.search(p.goal, mask=0), idea=13),
        Slip("The inputs have similarity -1 here. The sum can be longer than 1, so a dot product can be lower. Use -inf.", lambda p: p.search(p.goal, mask=-1)),
        Slip("The step from a to b is missing its minus: all three rows are added. Use row b − row a.", lambda p: p.search(p.ua + p.ub + p.uc)),
        Slip("Row c is subtracted here. The step starts at c: add row c.", lambda p: p.search(p.ub - p.ua - p.uc)),
        Slip("This is only the step from a to b. The step starts at c: add row c.", lambda p: p.search(p.ub - p.ua)),
        Slip("Row a is missing here. The step from a to b is row b − row a.", lambda p: p.search(p.ub + p.uc)),
        Slip("Row b is missing here. The step from a to b is row b − row a.", lambda p: p.search(p.uc - p.ua)),
        Slip("The signs of rows a and c are swapped. The sum is row b − row a + row c.", lambda p: p.search(p.ub + p.ua - p.uc)),
        Slip("This is the row nearest to c. Add the step from a to b first.", lambda p: p.search(p.uc)),
        Slip("This row is nearest by distance, which depends on the lengths, too. Bring all rows to length 1 first.", lambda p: p.best(-(p.vectors - p.raw).norm(dim=1))),
        Slip("The columns have length 1 here. For rows, use dim=1.", lambda p: p.search((u := F.normalize(p.vectors, dim=0))[p.b] - u[p.a] + u[p.c], u)),
        Slip("The inputs are removed before the search, so the result is a position in the shorter table, not an id.", lambda p: int((p.unit[p.others] @ p.goal).argmax())),
        Slip("This is the row with the lowest cosine. Return the row with the highest cosine.", lambda p: p.search(-p.goal)),
        Slip("The sign of the cosine is lost, so opposite rows count as near. Keep the sign.", lambda p: p.best((p.unit @ p.goal).abs()), idea=13),
        Slip("This is the fourth best row. The inputs are not always the best three. Leave them out by their ids.", lambda p: int((p.unit @ p.goal).topk(4).indices[3])),
        Slip("This adds and subtracts the ids. Use the rows with these ids.", lambda p: p.b - p.a + p.c, idea=5),
        Slip("`s[a, b, c]` needs a tensor with three dimensions. A list picks three numbers: `s[[a, b, c]]`.", lambda p: (p.unit @ p.goal)[p.a, p.b, p.c]),
        Slip(
            "If the best row is an input, this returns the next id. Ids say nothing about the rows. Search for the best row that is not an input.",
            lambda p: next(row for row in [*p.others, len(p.unit)] if row >= (p.unit @ p.goal).argmax()),
            idea=5,
        ),
    ],
)
