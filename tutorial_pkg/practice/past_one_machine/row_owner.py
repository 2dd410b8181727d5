from tutorial_pkg.practice.items import Exercise, Slip
from tutorial_pkg.practice.lazy import torch


def stub(ids, V, P):
    return ids // (V // P)


def solution(ids, V, P):
    stops = torch.tensor([V * (p + 1) // P for p in range(P)])
    return torch.bucketize(ids, stops, right=True)  # how many parts stop before this row


def cases():
    return [
        (torch.arange(7), 7, 2),
        (torch.arange(8), 8, 2),
        (torch.tensor([[9, 0], [4, 5]]), 10, 4),
        (torch.arange(3), 3, 4),
        (torch.tensor([0, 50_256, 25_128, 25_129]), 50_257, 8),
    ]


def parts(ids, V, P):
    begins = torch.tensor([V * p // P for p in range(P)])
    return {"begins": begins, "stops": torch.tensor([V * (p + 1) // P for p in range(P)]), "size": V // P}


def larger_first(ids, V, P):
    size, more = divmod(V, P)
    return torch.where(ids < more * (size + 1), ids // (size + 1), more + (ids - more * (size + 1)) // max(size, 1))


exercise = Exercise(
    task="""### Exercise 6 (bug hunt): a row without an owner

`row_owner(ids, V, P)` returns, for each id, the process that holds its row. Process p holds the rows from `V * p // P` to
`V * (p + 1) // P - 1`. With 7 rows and 2 processes, process 0 has the rows 0 to 2. So
`row_owner(torch.arange(7), 7, 2)` must be `[0, 0, 0, 1, 1, 1, 1]`.

The code below is right if P divides V, and it was tested only with 8 rows and 2 processes. With 7 rows it returns process 2
for row 6. There is no process 2, so all processes wait forever. Fix the code.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    parts=parts,
    success="The owners now follow the same rule as the parts. Code that splits rows and code that finds them must agree on every row.",
    hints=[
        "With V = 7 and P = 2, the parts have 3 and 4 rows. By which number does the code divide?",
        "Make a list of the stops of all parts. For each id, count the stops that are not larger than the id: `torch.bucketize(ids, stops, right=True)`.",
    ],
    slips=[
        Slip("The first row of a part goes to the previous process, and row 0 goes to process -1. Use `right=True`.", lambda p: torch.bucketize(p.ids, p.begins) - 1, idea=11),
        Slip("The last row of every part goes to the next process. A part has the rows *before* its stop.", lambda p: torch.bucketize(p.ids, p.stops - 1, right=True), idea=11),
        Slip("1 is subtracted from the ids here, so row 0 goes to process -1. And `V // P` still rounds down.", lambda p: (p.ids - 1) // p.size, idea=11),
        Slip("The last process gets all remaining rows here. But other parts can also have one more row.", lambda p: (p.ids // max(p.size, 1)).clamp(max=p.P - 1)),
        Slip("The last process gets all remaining rows, but other parts can also have one more row. And `V // P` may be 0.", lambda p: (p.ids // p.size).clamp(max=p.P - 1)),
        Slip("The first row of a part goes to the previous process here. Compare with `>=`, or use `right=True`.", lambda p: torch.bucketize(p.ids, p.stops)),
        Slip("The size is rounded up here, as in torch.chunk. With `V * p // P`, the smaller parts come first.", lambda p: p.ids // -(-p.V // p.P)),
        Slip("This is one process too low for the first rows of some parts, because `V * p // P` also rounds down.", lambda p: p.ids * p.P // p.V),
        Slip("This is one process too high for the last row of a part. Subtract 1 first: `((ids + 1) * P - 1) // V`.", lambda p: (p.ids + 1) * p.P // p.V),
        Slip("The last row of a part goes to the next process here. Subtract 1 first: `((ids + 1) * P - 1) // V`.", lambda p: ((p.ids + 1) * p.P // p.V).clamp(max=p.P - 1)),
        Slip("The rows go to the processes in turn here. In this exercise, each process holds contiguous rows.", lambda p: p.ids % p.P),
        Slip("The quotient is rounded to the nearest process here. So some rows go to the next process too early.", lambda p: torch.round(p.ids * p.P / p.V).long()),
        Slip("The quotient is rounded up here. So most rows go to the next process.", lambda p: torch.ceil(p.ids * p.P / p.V).long()),
        Slip("`% P` sends the last rows to the first processes. Find the part that contains each row.", lambda p: p.ids // p.size % p.P),
        Slip("The larger parts come first here. With `V * p // P`, 7 rows are split into 3 and then 4.", larger_first),
        Slip("Every part has one more row here, so too few rows are left for the last parts. The borders are `V * p // P`.", lambda p: p.ids // (p.size + 1)),
        Slip("Every part has the same size here, and this size is rounded. So the last rows have no process, or the wrong process.", lambda p: p.ids // max(p.size, 1)),
        Slip("This divides by the number of processes. Find the part that contains each row.", lambda p: p.ids // p.P),
        Slip("This is the position of the row in its part. Return the number of the process.", lambda p: p.ids - p.begins[p.right]),
        Slip("This is the row where the owner's part begins. Return the number of the owner.", lambda p: p.begins[p.right]),
        Slip("This is a mask for each process. Return the process of each id.", lambda p: torch.stack([(a <= p.ids) & (p.ids < b) for a, b in zip(p.begins, p.stops)])),
        Slip("This compares a single id, but `ids` is a tensor of many. Compare all ids at once, and keep a mask.", lambda p: 0 <= p.ids < p.V),
        Slip("Python's `min` compares whole tensors. `.clamp` works number by number. But other parts can also have one more row.", lambda p: min(p.ids // p.size, p.P - 1)),
    ],
)
