"""### Exercise 6 (bug hunt): a row that nobody has

`row_owner(ids, V, P)` says which of `P` processes holds each row that `ids` names, if process p holds the rows from `V
* p // P` up to `V * (p + 1) // P`. With 7 rows and 2 processes, process 0 has the rows 0 to 2, so
`row_owner(torch.arange(7), 7, 2)` should be `[0, 0, 0, 1, 1, 1, 1]`.

The code below is right whenever the rows divide, and was tested with 8 rows and 2 processes only. Here it sends row 6
to process 2, which does not exist, and then everybody waits. Fix it.
"""

import torch

from tutorial_pkg.practice.pieces import wrong

MEANS = (
    "Owner and parts now come from the same rule; where two pieces of code deal out rows, they must agree on every row."
)
HINTS = [
    "With V = 7 and P = 2 the parts have 3 and 4 rows. By what does the code divide?",
    "Make the list of where the parts stop, and count for each id how many of them are not above it: "
    "torch.bucketize(ids, stops, right=True).",
]


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


@wrong()
def last_takes_the_rest(ids, V, P):
    """The last process now takes all that is left over; but the parts are V * p // P: others have a row more, too."""
    return (ids // max(V // P, 1)).clamp(max=P - 1)


@wrong()
def last_takes_the_rest_plain(ids, V, P):
    """The last process now takes all that is left over, but others have a row more, too; and with fewer rows than
    processes, V // P is 0."""
    return (ids // (V // P)).clamp(max=P - 1)


@wrong()
def border_too_low(ids, V, P):
    """The row at which a part begins is given to the part before it: a part stops *before* its stop (right=True)."""
    return torch.bucketize(ids, torch.tensor([V * (p + 1) // P for p in range(P)]))


@wrong()
def rounded_up(ids, V, P):
    """Dividing by the size rounded up is torch.chunk's way of dealing out; here the smaller parts come first."""
    return ids // -(-V // P)


@wrong()
def scaled(ids, V, P):
    """Nearly: ids * P // V is one process too low for some rows at the border, since V * p // P rounds down as well."""
    return ids * P // V


@wrong()
def strided(ids, V, P):
    """This deals the rows out like cards, one to each process in turn. Here each process holds neighbours."""
    return ids % P


@wrong(idea=11)
def counted_from_one(ids, V, P):
    """Processes count from 0, like rows."""
    return solution(ids, V, P) + 1


@wrong()
def rounded(ids, V, P):
    """The share was rounded to the nearest process, so rows go to the next one half a part too early."""
    return torch.round(ids * P / V).long()


@wrong()
def remainder(ids, V, P):
    """Row 6 now has an owner, but not its neighbours': `% P` sends what is left over back to the first processes."""
    return ids // (V // P) % P


@wrong()
def larger_first(ids, V, P):
    """Here the larger parts come first; with V * p // P the parts are cut otherwise: 7 rows are 3 and then 4."""
    size, more = divmod(V, P)
    return torch.where(ids < more * (size + 1), ids // (size + 1), more + (ids - more * (size + 1)) // max(size, 1))


@wrong(idea=11)
def begins_from_the_left(ids, V, P):
    """The row at which a part begins is given to the process before it, and row 0 to process -1: a begin belongs to its
    own part (right=True)."""
    return torch.bucketize(ids, torch.tensor([V * p // P for p in range(P)])) - 1


@wrong()
def one_row_more(ids, V, P):
    """One row more in each part leaves too few for the last ones; the borders are V * p // P."""
    return ids // (V // P + 1)


@wrong()
def next_row(ids, V, P):
    """Nearly: this is the process at which row id + 1 is, and one too high at a border: take 1 away before dividing."""
    return (ids + 1) * P // V


@wrong()
def next_row_clamped(ids, V, P):
    """The last row of a part is given to the next process: ((ids + 1) * P - 1) // V takes 1 away before dividing."""
    return ((ids + 1) * P // V).clamp(max=P - 1)


@wrong()
def stretched(ids, V, P):
    """The rows were stretched from 0 to P - 1, so that only the very last row is in the last process."""
    return ids * (P - 1) // (V - 1)


@wrong()
def inside_the_part(ids, V, P):
    """This is a row's number inside its part, id minus first; which process has it is asked for."""
    begins = torch.tensor([V * p // P for p in range(P)])
    return ids - begins[solution(ids, V, P)]


@wrong()
def masks(ids, V, P):
    """Here is a mask for each process, saying whether it has the row; asked for is the process's number."""
    return torch.stack([(V * p // P <= ids) & (ids < V * (p + 1) // P) for p in range(P)])


@wrong()
def of_lists(ids, V, P):
    """Written for a list of ids; they may have any shape, and the result has the same."""
    stops = [V * (p + 1) // P for p in range(P)]
    return torch.tensor([next(p for p in range(P) if id < stops[p]) for id in ids.tolist()])
