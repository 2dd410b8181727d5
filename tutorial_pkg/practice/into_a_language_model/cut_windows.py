from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.lazy import torch


def solution(ids, length, starts):
    positions = starts[:, None] + torch.arange(length + 1)  # (windows, length + 1)
    both = ids[positions]  # one id more than the model reads
    return both[:, :-1], both[:, 1:]  # without the last, without the first


def cases():
    text = torch.tensor([4, 0, 3, 2, 5, 1, 4, 4, 2, 0, 5, 3, 1, 1, 0, 2])
    return [(text, 3, torch.tensor([0, 4])), (text, 1, torch.tensor([6])), (text, 7, torch.tensor([0])), (torch.arange(50), 10, torch.tensor([3, 3, 39]))]


def view(result, ids, length, starts):
    """Both parts, if they are tensors with a window in each row."""
    if isinstance(result, torch.Tensor):
        return Finding(f"one tensor of shape {tuple(result.shape)}. Return two: what the model reads, and the targets")
    if not isinstance(result, (tuple, list)) or len(result) != 2:
        return Finding("something other than a pair. Return two tensors: what the model reads, and the targets")
    for name, part in zip(("What is read", "The target tensor"), result):
        shape = tuple(getattr(part, "shape", ()))
        if shape != (len(starts), length):
            what = f"is of shape {shape}" if shape else f"is of type {type(part).__name__}"
            if shape == (len(starts),):
                what += ", one id for each window. Every position of a window counts"
            elif shape == (length, len(starts)):
                what += ". A window is a row, not a column"
            elif shape == (length,):
                what += ", one window. There is one for each start"
            elif len(shape) == 2 and shape[0] == len(starts):
                what += f". A window has {length} ids. From its length + 1 ids, leave out either the last or the first"
            return Finding(f"a pair in which a part does not fit. {name} {what}")
    return result


def parts(ids, length, starts):
    def at(first, last):
        return ids[starts[:, None] + torch.arange(first, last)]

    def split(size, skip=0):  # the text in pieces of this size; `starts` selects pieces
        return ids[skip:].unfold(0, size, size)[starts]

    return dict(at=at, split=split)


exercise = Exercise(
    task="""### Exercise 1 (worked): windows and their targets

`cut_windows(ids, length, starts)` takes windows of `length` ids from a text. `ids` has the shape `(n,)`, and there is
one window for each position in `starts`. The function returns two tensors of shape `(len(starts), length)`: the ids
that the model reads, and the targets, which are the ids one position later. Run the cell.
Then print `cut_windows(ids, 1, starts)`.
""",
    solution=solution,
    cases=cases,
    view=view,
    success="Each position of a window has a target, and the text itself contains all targets.",
    hints=["`starts[:, None] + torch.arange(length + 1)` contains all positions, with one window in each row."],
    parts=parts,
    slips=[
        Slip("The targets are the ids that are read. A target is the id one position later.", lambda p: (p.at(0, p.length),) * 2),
        Slip("The targets are one position before the ids that are read. Take the ids one position later.", lambda p: (p.at(0, p.length), p.at(-1, p.length - 1))),
        Slip("The targets are the next window. The target of each position is the id one position later.", lambda p: (p.at(0, p.length), p.at(p.length, 2 * p.length))),
        Slip("The targets are two positions later. Take the ids one position later.", lambda p: (p.at(0, p.length), p.at(2, p.length + 2))),
        Slip("The targets are another window. Take the same window, one position later.", lambda p: (p.right[0], p.right[0].roll(-1, dims=0))),
        Slip("The last target of each window is the first id of the window. Take the next id of the text as this target.", lambda p: (p.right[0], p.right[0].roll(-1, dims=1))),
        Slip("The targets are the ids plus 1. The target is the id at the next *position*: ids[positions + 1].", lambda p: (p.right[0], p.right[0] + 1), idea=5),
        Slip("These are positions. Look up the ids at these positions: ids[positions].", lambda p: tuple(p.starts[:, None] + torch.arange(p.length) + k for k in (0, 1)), idea=5),
        Slip("The targets are positions. Look up the ids at these positions: ids[positions + 1].", lambda p: (p.right[0], p.starts[:, None] + torch.arange(p.length) + 1), idea=5),
        Slip("Each window begins one position too late. Begin at its start.", lambda p: solution(p.ids, p.length, (p.starts + 1).clamp(max=len(p.ids) - p.length - 1)), idea=11),
        Slip("The starts are multiplied by the length here. Each start is already a position in the text.", lambda p: solution(p.ids, p.length, p.starts * p.length)),
        Slip("The text is split into windows here, and `starts` selects windows. But each start is a position in the text.", lambda p: (p.split(p.length), p.split(p.length, 1))),
        Slip("The text is split here, and `starts` selects parts. But a start is a position in the text.", lambda p: (p.split(p.length + 1)[:, :-1], p.split(p.length + 1)[:, 1:])),
        Slip("The windows follow each other here. Begin each window at its start.", lambda p: tuple(p.ids[k : k + len(p.starts) * p.length].view(-1, p.length) for k in (0, 1))),
        Slip("The windows end where they should begin. The positions are starts + 0, starts + 1, ...", lambda p: (p.at(-p.length, 0), p.at(1 - p.length, 1))),
        Slip("Each start is added to only one position. With `starts[:, None]`, it is added to every position.", lambda p: p.ids[p.starts + torch.arange(p.length + 1)][:, :-1]),
        Slip("Whole windows are left out here. Leave out one id from each window: `[:, :-1]` and `[:, 1:]`.", lambda p: (p.at(0, p.length + 1)[:-1], p.at(0, p.length + 1)[1:])),
        Slip("There is a pair for each window. Return one pair for all windows.", lambda p: list(zip(*p.right, strict=True))),
    ],
)
