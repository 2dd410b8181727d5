from __future__ import annotations

from tutorial_pkg.practice.items import Exercise, Slip
from tutorial_pkg.practice.lazy import torch


def stub(ids, V, P):
    """The process that holds each row."""
    return ids // (V // P)


def solution(ids, V, P):
    """The process that holds each row."""
    stops = torch.tensor([V * (p + 1) // P for p in range(P)])
    return torch.bucketize(ids, stops, right=True)  # how many parts have stopped before this row


def cases():
    return [
        (torch.arange(7), 7, 2),
        (torch.arange(8), 8, 2),
        (torch.tensor([[9, 0], [4, 5]]), 10, 4),
        (torch.arange(3), 3, 4),
        (torch.tensor([0, 50_256, 25_128, 25_129]), 50_257, 8),
    ]


def rounded(ids, V, P):
    return torch.round(ids * P / V).long()


def larger_first(ids, V, P):
    size, more = divmod(V, P)
    return torch.where(ids < more * (size + 1), ids // (size + 1), more + (ids - more * (size + 1)) // max(size, 1))


def stretched(ids, V, P):
    return ids * (P - 1) // (V - 1)


def inside_the_part(ids, V, P):
    begins = torch.tensor([V * p // P for p in range(P)])
    return ids - begins[solution(ids, V, P)]


def of_lists(ids, V, P):
    stops = [V * (p + 1) // P for p in range(P)]
    return torch.tensor([next(p for p in range(P) if id < stops[p]) for id in ids.tolist()])


def pairs(ids, V, P):
    return [(V * p // P, V * (p + 1) // P) for p in range(P)]


def begins(ids, V, P):
    return V * solution(ids, V, P) // P


def one_id(ids, V, P):
    for p in range(P):
        if V * p // P <= ids < V * (p + 1) // P:
            return p


exercise = Exercise(
    task="""### Exercise 6 (bug hunt): a row that nobody has

`row_owner(ids, V, P)` says which of `P` processes holds each row that `ids` names, if process p holds the rows from `V
* p // P` up to `V * (p + 1) // P`. With 7 rows and 2 processes, process 0 has the rows 0 to 2, so
`row_owner(torch.arange(7), 7, 2)` should be `[0, 0, 0, 1, 1, 1, 1]`.

The code below is right whenever the rows divide, and was tested with 8 rows and 2 processes only. Here it sends row 6
to process 2, which does not exist, and then everybody waits. Fix it.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    success="Owner and parts now come from the same rule; where two pieces of code deal out rows, they must agree on every row.",
    hints=[
        "With V = 7 and P = 2 the parts have 3 and 4 rows. By what does the code divide?",
        "Make the list of where the parts stop, and count for each id how many of them are not above it: "
        "torch.bucketize(ids, stops, right=True).",
    ],
    slips=[
        Slip(
            "The last process now takes all that is left over; but the parts are V * p // P: others have a row more, too.",
            lambda ids, V, P: (ids // max(V // P, 1)).clamp(max=P - 1),
        ),
        Slip(
            "The last process now takes all that is left over, but others have a row more, too; and with fewer rows than processes, V // P is 0.",
            lambda ids, V, P: (ids // (V // P)).clamp(max=P - 1),
        ),
        Slip(
            "The row at which a part begins is given to the part before it: a part stops *before* its stop (right=True).",
            lambda ids, V, P: torch.bucketize(ids, torch.tensor([V * (p + 1) // P for p in range(P)])),
        ),
        Slip(
            "Dividing by the size rounded up is torch.chunk's way of dealing out; here the smaller parts come first.",
            lambda ids, V, P: ids // -(-V // P),
        ),
        Slip(
            "Nearly: ids * P // V is one process too low for some rows at the border, since V * p // P rounds down as well.",
            lambda ids, V, P: ids * P // V,
        ),
        Slip(
            "This deals the rows out like cards, one to each process in turn. Here each process holds neighbours.",
            lambda ids, V, P: ids % P,
        ),
        Slip("Processes count from 0, like rows.", lambda ids, V, P: solution(ids, V, P) + 1, idea=11),
        Slip(
            "The share was rounded to the nearest process, so rows go to the next one half a part too early.", rounded
        ),
        Slip(
            "Row 6 now has an owner, but not its neighbours': `% P` sends what is left over back to the first processes.",
            lambda ids, V, P: ids // (V // P) % P,
        ),
        Slip(
            "Here the larger parts come first; with V * p // P the parts are cut otherwise: 7 rows are 3 and then 4.",
            larger_first,
        ),
        Slip(
            "The row at which a part begins is given to the process before it, and row 0 to process -1: a begin belongs to its own part (right=True).",
            lambda ids, V, P: torch.bucketize(ids, torch.tensor([V * p // P for p in range(P)])) - 1,
            idea=11,
        ),
        Slip(
            "One row more in each part leaves too few for the last ones; the borders are V * p // P.",
            lambda ids, V, P: ids // (V // P + 1),
        ),
        Slip(
            "Nearly: this is the process at which row id + 1 is, and one too high at a border: take 1 away before dividing.",
            lambda ids, V, P: (ids + 1) * P // V,
        ),
        Slip(
            "The last row of a part is given to the next process: ((ids + 1) * P - 1) // V takes 1 away before dividing.",
            lambda ids, V, P: ((ids + 1) * P // V).clamp(max=P - 1),
        ),
        Slip(
            "The rows were stretched from 0 to P - 1, so that only the very last row is in the last process.", stretched
        ),
        Slip(
            "This is a row's number inside its part, id minus first; which process has it is asked for.",
            inside_the_part,
        ),
        Slip(
            "Here is a mask for each process, saying whether it has the row; asked for is the process's number.",
            lambda ids, V, P: torch.stack([(V * p // P <= ids) & (ids < V * (p + 1) // P) for p in range(P)]),
        ),
        Slip("Written for a list of ids; they may have any shape, and the result has the same.", of_lists),
        Slip(
            "The share ids * P / V was rounded up, so most rows go to the next process.",
            lambda ids, V, P: torch.ceil(ids * P / V).long(),
        ),
        Slip(
            "Each part's last row goes to the next process: a part has the rows *before* its stop, so compare with V * (p + 1) // P.",
            lambda ids, V, P: torch.bucketize(ids, torch.tensor([V * (p + 1) // P - 1 for p in range(P)]), right=True),
            idea=11,
        ),
        Slip("These are the parts, as pairs; asked for is which process holds each row that `ids` names.", pairs),
        Slip(
            "All rows went to the last process: a later round overwrote what an earlier one had found. Ask where a part begins, too.",
            lambda ids, V, P: torch.full_like(ids, P - 1),
        ),
        Slip("All rows went to process 0: is the `return` inside the loop?", lambda ids, V, P: torch.zeros_like(ids)),
        Slip("Dividing by V - 1 makes the parts too short; the rows are V.", lambda ids, V, P: ids * P // (V - 1)),
        Slip(
            "1 was taken from the ids, so row 0 went to process -1; and V // P still rounds the parts down.",
            lambda ids, V, P: (ids - 1) // (V // P),
            idea=11,
        ),
        Slip(
            "This divides by the number of processes; divide by how many rows each has, or ask between which borders the id lies.",
            lambda ids, V, P: ids // P,
        ),
        Slip(
            "No division by 0 any more, but V // P still rounds down, so that the last rows have no process.",
            lambda ids, V, P: ids // max(V // P, 1),
        ),
        Slip(
            "This is how many of the rows each process holds; asked for is the process of each row.",
            lambda ids, V, P: torch.bincount(solution(ids, V, P).flatten(), minlength=P),
        ),
        Slip("These are the rows at which the owners' parts begin; the owner's own number is asked for.", begins),
        Slip("This compares one id, and `ids` is a tensor of many: compare them all at once, and keep a mask.", one_id),
        Slip(
            "Python's min compares whole things; `.clamp(max=P - 1)` does it number by number. (And others than the last have a row more, too.)",
            lambda ids, V, P: min(ids // (V // P), P - 1),
        ),
    ],
)
