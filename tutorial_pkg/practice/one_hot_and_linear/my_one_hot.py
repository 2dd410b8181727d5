from __future__ import annotations

import contextlib

from tutorial_pkg.practice.compare import alike, as_tensor
from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.lazy import torch


def stub(ids, num_classes):
    # your lines here
    ...


def solution(ids, num_classes):
    # [..., None] adds a last dimension of size 1. So each id is compared with 0, 1, 2, ..., and is equal to one of them
    return (ids[..., None] == torch.arange(num_classes)).long()


def cases() -> list[tuple]:
    return [
        (torch.tensor([2, 0]), 4),
        (torch.tensor([1, 0, 2]), 4),
        (torch.tensor([[4, 0, 3], [2, 4, 1]]), 6),
        (torch.tensor(3), 5),
        (torch.tensor([2]), 4),
        (torch.tensor([[3]]), 4),
        (torch.tensor([[[1], [1]]]), 2),
        (torch.empty(0, dtype=torch.int64), 3),
    ]


def view(result, ids, num_classes):
    vectors = as_tensor(result)
    if getattr(result, "dtype", None) == torch.bool:
        return Finding("a tensor of True and False. Convert it to zeros and ones, for example with `.long()`")
    if vectors is None or not ids.numel():
        return result
    if vectors.shape == (num_classes, *ids.shape) != (*ids.shape, num_classes):
        return Finding(f"the shape {tuple(vectors.shape)}. The dimension of the classes comes last, not first")
    if vectors.shape == (num_classes,) and ids.ndim:
        return Finding("one vector for all ids. Make one vector for each id")
    if vectors.shape[:-1] == ids.shape and vectors.ndim and vectors.shape[-1] != num_classes:
        return Finding(f"vectors with {vectors.shape[-1]} numbers. Make them num_classes = {num_classes} numbers long")
    if vectors.shape != (*ids.shape, num_classes):
        return result
    ones = vectors.sum(-1)
    if not torch.isin(vectors, torch.tensor([0.0, 1.0], dtype=vectors.dtype)).all():
        odd = vectors[(vectors != 0) & (vectors != 1)]
        return Finding(f"vectors that contain {odd[0].item():g}. Every number should be 0 or 1")
    if (ones != 1).any():
        many = int(ones[ones != 1].flatten()[0])
        return Finding(f"a vector with {many} ones. Each vector has one 1" if many else "a vector without a 1")
    found = vectors.argmax(-1)  # the position of the only 1
    if (found != ids).any():
        position, one = (int(each[found != ids].flatten()[0]) for each in (found, ids))
        return Finding(f"a vector with its 1 at position {position}, for the id {one}")
    return result


def filled(out, index):
    out[index] = 1
    return out


def one_list_many_times(ids, num_classes):
    out = [[0] * num_classes] * len(ids)
    for position, one in enumerate(ids):
        out[position][one] = 1
    return torch.tensor(out)


def reader(answer):
    """A sentence on an answer that is right for a line of ids and wrong for a batch."""

    def is_right(ids, num_classes):
        with contextlib.suppress(Exception):
            return alike(answer(ids, num_classes), solution(ids, num_classes))

    batch, num_classes = cases()[2]
    if is_right(batch[0], num_classes) and not is_right(batch, num_classes):
        return "This works only for one line of ids. But ids may have more than one dimension: the result has the shape ids.shape + (num_classes,)."


exercise = Exercise(
    task="""### Exercise 3 (write the body): your own one-hot function

Do this without `F.one_hot`. `my_one_hot(ids, num_classes)` returns a tensor of zeros and ones with the shape
`ids.shape + (num_classes,)`. The vector of an id has one 1, at the position of the id. `my_one_hot(torch.tensor([2, 0]), 4)` is
`[[0, 0, 1, 0], [1, 0, 0, 0]]`. The ids are int64 and have any shape: a single id, a line of ids, a batch, or no ids at
all (shape `(0,)`).
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="A one-hot vector has a number for each token of the vocabulary. Only the number of its own token is 1.",
    hints=[
        "Look at row `i` of the identity matrix `torch.eye(num_classes)`. What is it?",
        "Compare `ids[..., None]` with `torch.arange(num_classes)`. So each id is compared with every position.",
    ],
    forbidden_call="one_hot",
    reader=reader,
    slips=[
        Slip("The width depends on the largest id here. Use num_classes.", lambda ids, num_classes: torch.eye(int(ids.max()) + 1)[ids], idea=2),
        Slip("Every 1 is one position too far left: ids start at 0.", lambda ids, num_classes: torch.eye(num_classes)[ids - 1], idea=11),
        Slip("The positions are counted from 1 here. Count from 0.", lambda ids, num_classes: (ids[..., None] == torch.arange(1, num_classes + 1)).long(), idea=11),
        Slip("The vector contains the id in place of a 1. Put a 1 there.", lambda ids, num_classes: torch.eye(num_classes)[ids] * ids[..., None], idea=5),
        Slip("Ids and positions are compared in pairs. `ids[..., None]` compares each id with every position.", lambda ids, num_classes: (ids == torch.arange(num_classes)).long()),
        Slip("`scatter` needs an index with one more dimension: ids[..., None].", lambda ids, num_classes: torch.zeros(*ids.shape, num_classes).scatter(-1, ids, 1)),
        Slip("A shape is a tuple, and only a tuple can be added to it: ids.shape + (num_classes,), with the comma.", lambda ids, num_classes: torch.zeros(ids.shape + num_classes)),
        Slip("`out[ids] = 1` fills whole rows of the result. Row i needs one 1, at position ids[i].", lambda ids, num_classes: filled(torch.zeros(*ids.shape, num_classes), ids)),
        Slip("`out[ids, ids]` uses ids as rows, too. Row i needs its 1 at position ids[i].", lambda ids, num_classes: filled(torch.zeros(*ids.shape, num_classes), (ids, ids))),
        Slip("`[[0] * n] * m` contains the same list m times, so each 1 appears in all vectors. Make a new list for each id.", one_list_many_times),
    ],
)
