"""### Exercise 6 (bug hunt): a row that nobody has

`row_owner(ids, V, P)` says which of `P` processes holds each row that `ids` names, if process p holds the rows from `V
* p // P` up to `V * (p + 1) // P`. With 7 rows and 2 processes, process 0 has the rows 0 to 2, so
`row_owner(torch.arange(7), 7, 2)` should be `[0, 0, 0, 1, 1, 1, 1]`.

The code below is right whenever the rows divide, and was tested with 8 rows and 2 processes only. Here it sends row 6
to process 2, which does not exist, and then everybody waits. Fix it.
"""

import torch

from tutorial_pkg.practice.items import wrong

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


@wrong()
def rounded_up_share(ids, V, P):
    """The share ids * P / V was rounded up, so most rows go to the next process."""
    return torch.ceil(ids * P / V).long()


@wrong(11)
def stops_too_early(ids, V, P):
    """Each part's last row goes to the next process: a part has the rows *before* its stop, so compare with V * (p +
    1) // P."""
    return torch.bucketize(ids, torch.tensor([V * (p + 1) // P - 1 for p in range(P)]), right=True)


@wrong()
def pairs(ids, V, P):
    """These are the parts, as pairs; asked for is which process holds each row that `ids` names."""
    return [(V * p // P, V * (p + 1) // P) for p in range(P)]


@wrong()
def last_always(ids, V, P):
    """All rows went to the last process: a later round overwrote what an earlier one had found. Ask where a part
    begins, too."""
    return torch.full_like(ids, P - 1)


@wrong()
def first_always(ids, V, P):
    """All rows went to process 0: is the `return` inside the loop?"""
    return torch.zeros_like(ids)


@wrong()
def one_row_fewer(ids, V, P):
    """Dividing by V - 1 makes the parts too short; the rows are V."""
    return ids * P // (V - 1)


@wrong(11)
def one_before(ids, V, P):
    """1 was taken from the ids, so row 0 went to process -1; and V // P still rounds the parts down."""
    return (ids - 1) // (V // P)


@wrong()
def by_processes(ids, V, P):
    """This divides by the number of processes; divide by how many rows each has, or ask between which borders the id
    lies."""
    return ids // P


@wrong()
def size_at_least_one(ids, V, P):
    """No division by 0 any more, but V // P still rounds down, so that the last rows have no process."""
    return ids // max(V // P, 1)


@wrong()
def counts(ids, V, P):
    """This is how many of the rows each process holds; asked for is the process of each row."""
    return torch.bincount(solution(ids, V, P).flatten(), minlength=P)


@wrong()
def begins(ids, V, P):
    """These are the rows at which the owners' parts begin; the owner's own number is asked for."""
    return V * solution(ids, V, P) // P


@wrong()
def one_id(ids, V, P):
    """This compares one id, and `ids` is a tensor of many: compare them all at once, and keep a mask."""
    for p in range(P):
        if V * p // P <= ids < V * (p + 1) // P:
            return p


@wrong()
def smaller_of_two(ids, V, P):
    """Python's min compares whole things; `.clamp(max=P - 1)` does it number by number. (And others than the last
    have a row more, too.)"""
    return min(ids // (V // P), P - 1)
