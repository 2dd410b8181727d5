from __future__ import annotations

from tutorial_pkg.practice.compare import as_tensor
from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.lazy import F, torch


def stub(ids, num_classes):
    # your lines here
    ...


def solution(ids, num_classes):
    # a last axis of size 1, compared with 0, 1, 2, ..., grows to num_classes: True once for each id
    return (ids[..., None] == torch.arange(num_classes)).long()


class Tensor(torch.Tensor):
    """A tensor like any other, but F.one_hot does not take it: so handing the ids on to it is no answer."""

    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        if func is F.one_hot:
            raise NotImplementedError("F.one_hot is what this exercise asks you to write")
        return super().__torch_function__(func, types, args, kwargs or {})

    def __deepcopy__(self, memo):
        return self.clone()


def cases() -> list[tuple]:
    every = [
        (torch.tensor([2, 0]), 4),
        (torch.tensor([1, 0, 2]), 4),
        (torch.tensor([[4, 0, 3], [2, 4, 1]]), 6),
        (torch.tensor(3), 5),
        (torch.tensor([[[1], [1]]]), 2),
        (torch.empty(0, dtype=torch.int64), 3),
    ]
    return [(ids.as_subclass(Tensor), num_classes) for ids, num_classes in every]


def view(result, ids, num_classes):
    """What is wrong with vectors of the right shape, the first thing that is; else the result as it is."""
    vectors = as_tensor(result)
    if vectors is None or vectors.shape != (*ids.shape, num_classes) or not vectors.numel():
        return result
    ones = vectors.sum(-1)
    if not torch.isin(vectors, torch.tensor([0.0, 1.0], dtype=vectors.dtype)).all():
        odd = vectors[(vectors != 0) & (vectors != 1)]
        return Finding(f"vectors that hold {odd[0].item():g}, where every number is to be 0 or 1")
    if (ones != 1).any():
        many = int(ones[ones != 1].flatten()[0])
        return Finding(f"a vector with {many} ones where there should be one" if many else "a vector without a 1")
    found = vectors.argmax(-1)  # the place of the only 1
    if (found != ids).any():
        place, one = (int(each[found != ids].flatten()[0]) for each in (found, ids))
        return Finding(f"a vector with its 1 at place {place}, for the id {one}")
    return result


def every_id_in_every_vector(ids, num_classes):
    out = torch.zeros(*ids.shape, num_classes)
    out[..., ids] = 1
    return out


def columns(ids, num_classes):
    return torch.eye(num_classes)[:, ids]


def one_vector_for_all(ids, num_classes):
    out = torch.zeros(num_classes)
    out[ids] = 1
    return out


def one_sentence_only(ids, num_classes):
    out = torch.zeros(len(ids), num_classes)
    for place, one in enumerate(ids):
        out[place, one] = 1
    return out


def one_sentence_only_by_places(ids, num_classes):
    out = torch.zeros(ids.shape[0], num_classes)
    out[torch.arange(ids.shape[0]), ids] = 1
    return out


def ids_as_rows(ids, num_classes):
    out = torch.zeros(*ids.shape, num_classes)
    out[ids] = 1
    return out


def all_in_one_by_a_loop(ids, num_classes):
    out = torch.zeros(num_classes)
    for one in ids:
        out[one] = 1
    return out


def rows_of_one_sentence(ids, num_classes):
    out = torch.zeros(len(ids), num_classes)
    out[range(len(ids)), ids] = 1
    return out


def nothing_to_stack(ids, num_classes):
    rows = [(torch.arange(num_classes) == one).long() for one in ids.flatten()]
    return torch.stack(rows).reshape(*ids.shape, num_classes)


def id_for_row_and_place(ids, num_classes):
    out = torch.zeros(*ids.shape, num_classes)
    out[ids, ids] = 1
    return out


def one_list_many_times(ids, num_classes):
    out = [[0] * num_classes] * len(ids)
    for place, one in enumerate(ids):
        out[place][one] = 1
    return torch.tensor(out)


def after_the_first(ids, num_classes):
    out = torch.zeros(*ids.shape, num_classes)
    for place, one in enumerate(ids):
        out[place, one] = 1
        return out


def lists_of_one_sentence(ids, num_classes):
    out = []
    for place in range(len(ids)):
        vector = [0] * num_classes
        vector[ids[place]] = 1
        out.append(vector)
    return torch.tensor(out)


exercise = Exercise(
    task="""### Exercise 3 (write the body): a one-hot of your own

Without `F.one_hot`: `my_one_hot(ids, num_classes)` gives a tensor of zeros and ones of shape
`ids.shape + (num_classes,)`, with one 1 for each id, at its place. `my_one_hot(torch.tensor([2, 0]), 4)` is
`[[0, 0, 1, 0], [1, 0, 0, 0]]`. The ids are int64, of any shape: a single id, a sentence,
a batch, or none at all (shape `(0,)`).
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="A one-hot vector asks of every token of the vocabulary 'is it this one?', and one answer is yes.",
    hints=[
        "Row `i` of the identity matrix `torch.eye(num_classes)` is a familiar vector.",
        "Look up rows of `torch.eye(num_classes)` by `ids`, or compare `ids[..., None]` with `torch.arange(num_classes)`.",
    ],
    slips=[
        Slip(
            "This calls F.one_hot, which is what you are to write: build the zeros and ones yourself.",
            lambda ids, num_classes: F.one_hot(ids, num_classes),
        ),
        Slip(
            "The width is taken from the largest id here; num_classes says how many there are.",
            lambda ids, num_classes: torch.eye(int(ids.max()) + 1)[ids],
            idea=2,
        ),
        Slip(
            "The ids' own shape is lost: a batch of sentences comes out as one long list.",
            lambda ids, num_classes: torch.eye(num_classes)[ids.flatten()],
            idea=8,
        ),
        Slip("Every 1 stands one place too early.", lambda ids, num_classes: torch.eye(num_classes)[ids - 1], idea=11),
        Slip(
            "The id itself stands where a 1 should: its row would come out multiplied by the id.",
            lambda ids, num_classes: torch.eye(num_classes)[ids] * ids[..., None],
            idea=5,
        ),
        Slip("Every vector has the 1s of all the ids; each needs its own alone.", every_id_in_every_vector),
        Slip("The vectors stand as columns: the axis of the classes comes first, and should come last.", columns),
        Slip(
            "The vectors are one number too long: ids run from 0 to num_classes - 1, so num_classes numbers are enough.",
            lambda ids, num_classes: torch.eye(num_classes + 1)[ids],
        ),
        Slip("All the 1s stand in one vector; each id needs a vector of its own.", one_vector_for_all),
        Slip(
            "The vectors of the ids are added up into one; each id has to keep its own.",
            lambda ids, num_classes: torch.eye(num_classes)[ids].reshape(-1, num_classes).sum(0),
        ),
        Slip(
            "Every 1 stands one place too late: ids count from 0.",
            lambda ids, num_classes: torch.eye(num_classes).roll(1, 1)[ids],
            idea=11,
        ),
        Slip(
            "Zeros and ones have changed places: the 1 belongs where id and place are equal.",
            lambda ids, num_classes: (ids[..., None] != torch.arange(num_classes)).long(),
        ),
        Slip(
            "Ids and places are compared one by one; `ids[..., None]` gives the ids a last axis, so that each id meets every place.",
            lambda ids, num_classes: (ids == torch.arange(num_classes)).long(),
        ),
        Slip(
            "This works for a single sentence; ids of another shape need an answer of the shape ids.shape + (num_classes,).",
            one_sentence_only,
            idea=8,
        ),
        Slip(
            "This works for a single sentence; ids of another shape need an answer of the shape ids.shape + (num_classes,).",
            one_sentence_only_by_places,
            idea=8,
        ),
        Slip(
            "These are zeros only: the 1 of each id is still to be set.",
            lambda ids, num_classes: torch.zeros(*ids.shape, num_classes),
        ),
        Slip(
            "Every place up to the id has a 1; only the id's own place should.",
            lambda ids, num_classes: (torch.arange(num_classes) <= ids[..., None]).long(),
        ),
        Slip(
            "The places are counted from 1 here; ids count from 0.",
            lambda ids, num_classes: (ids[..., None] == torch.arange(1, num_classes + 1)).long(),
            idea=11,
        ),
        Slip(
            "The vectors are one number too short: torch.arange(n) ends at n - 1 by itself.",
            lambda ids, num_classes: (ids[..., None] == torch.arange(num_classes - 1)).long(),
        ),
        Slip(
            "`out[ids] = 1` fills whole rows of the result, those that the ids number; row i wants one 1, at place ids[i].",
            ids_as_rows,
        ),
        Slip(
            "The vectors stand as columns: the axis of the classes comes first, and should come last.",
            lambda ids, num_classes: (torch.arange(num_classes)[:, None] == ids).long(),
        ),
        Slip(
            "The vectors stand as columns: the axis of the classes comes last but one, and should come last.",
            lambda ids, num_classes: (torch.arange(num_classes)[:, None] == ids.unsqueeze(-2)).long(),
        ),
        Slip("All the 1s stand in one vector; each id needs a vector of its own.", all_in_one_by_a_loop),
        Slip(
            "This works for a single sentence; ids of another shape need an answer of the shape ids.shape + (num_classes,).",
            lambda ids, num_classes: ([[int(place == one) for place in range(num_classes)] for one in ids.tolist()]),
            idea=8,
        ),
        Slip(
            "This works for a single sentence; ids of another shape need an answer of the shape ids.shape + (num_classes,).",
            lambda ids, num_classes: torch.stack([(torch.arange(num_classes) == one).long() for one in ids]),
            idea=8,
        ),
        Slip(
            "This works for a single sentence; ids of another shape need an answer of the shape ids.shape + (num_classes,).",
            rows_of_one_sentence,
            idea=8,
        ),
        Slip(
            "This works for a single sentence; ids of another shape need an answer of the shape ids.shape + (num_classes,).",
            lambda ids, num_classes: torch.zeros(ids.shape[0], num_classes).scatter_(1, ids.unsqueeze(1), 1),
            idea=8,
        ),
        Slip(
            "A scatter wants as many axes in its index as in the result: ids[..., None] has one more, of size 1.",
            lambda ids, num_classes: torch.zeros(*ids.shape, num_classes).scatter(-1, ids, 1),
        ),
        Slip(
            "torch.stack has nothing to stack where there are no ids; the answer then has the shape (0, num_classes).",
            nothing_to_stack,
        ),
        Slip(
            "A shape is a tuple, and to a tuple only a tuple can be added: ids.shape + (num_classes,), comma included.",
            lambda ids, num_classes: torch.zeros(ids.shape + num_classes),
        ),
        Slip(
            "F.one_hot is what you are to write: build the zeros and ones yourself.",
            lambda ids, num_classes: F.one_hot(torch.tensor(ids.tolist()), num_classes),
        ),
        Slip(
            "The identity matrix is one too small: ids run from 0 to num_classes - 1, so it needs num_classes rows.",
            lambda ids, num_classes: torch.eye(num_classes - 1)[ids],
        ),
        Slip(
            "The 1s stand on the diagonal, whatever the ids are: look up the rows of torch.eye(num_classes) by `ids`.",
            lambda ids, num_classes: torch.eye(len(ids), num_classes),
        ),
        Slip(
            "These are ones only; each vector has a single 1, at its id's place.",
            lambda ids, num_classes: torch.ones(*ids.shape, num_classes),
        ),
        Slip(
            "Every place from the id on has a 1; only the id's own place should.",
            lambda ids, num_classes: (torch.arange(num_classes) >= ids[..., None]).long(),
        ),
        Slip(
            "Every place before the id has a 1; only the id's own place should.",
            lambda ids, num_classes: (torch.arange(num_classes) < ids[..., None]).long(),
        ),
        Slip(
            "The 1s go along dimension 0, the rows; they belong along the last one, the classes: -1.",
            lambda ids, num_classes: torch.zeros(*ids.shape, num_classes).scatter(0, ids[..., None], 1),
        ),
        Slip(
            "`out[ids, ids]` takes the id for the row as well; row i, the i-th id, wants its 1 at place ids[i].",
            id_for_row_and_place,
        ),
        Slip(
            "4 is the example's number of classes; num_classes says how many there are.",
            lambda ids, num_classes: torch.eye(4)[ids],
        ),
        Slip(
            "The vectors are cut up anew, with the classes as the first axis; their shape is ids.shape + (num_classes,).",
            lambda ids, num_classes: torch.eye(num_classes)[ids.flatten()].reshape(num_classes, *ids.shape),
        ),
        Slip(
            "`[[0] * n] * m` is one list m times: a 1 that is set in one shows in all. Make a new list for each id.",
            one_list_many_times,
        ),
        Slip("Only the first id gets its 1: does the `return` stand inside of the loop?", after_the_first),
        Slip(
            "This works for a single sentence; ids of another shape need an answer of the shape ids.shape + (num_classes,).",
            lists_of_one_sentence,
            idea=8,
        ),
        Slip(
            "This works for a single sentence; ids of another shape need an answer of the shape ids.shape + (num_classes,).",
            lambda ids, num_classes: torch.zeros(ids.shape[0], num_classes).scatter(1, ids.view(-1, 1), 1),
            idea=8,
        ),
        Slip(
            'Each is text, "0" and "1"; numbers are asked for: 0 and 1 without quotation marks.',
            lambda ids, num_classes: (
                [["1" if place == one else "0" for place in range(num_classes)] for one in ids.flatten().tolist()]
            ),
        ),
        Slip(
            "This is the vector of the first id alone; every id has one.",
            lambda ids, num_classes: torch.eye(num_classes)[ids[0]],
        ),
        Slip(
            "The places are counted from the end here: ids count from 0 at the front.",
            lambda ids, num_classes: torch.eye(num_classes).flip(0)[ids],
        ),
        Slip(
            "-ids counts from the end; the ids count from the front.",
            lambda ids, num_classes: torch.eye(num_classes)[-ids],
        ),
        Slip(
            "The classes are counted from 1 here, and the one of id 0 is missing: they are 0 to num_classes - 1.",
            lambda ids, num_classes: (ids[..., None] == torch.arange(1, num_classes)).long(),
            idea=11,
        ),
        Slip(
            "A dictionary has each id once and no order of the sentence; a tensor is asked for, one vector for each id.",
            lambda ids, num_classes: (
                {int(one): [int(one == place) for place in range(num_classes)] for one in ids.flatten()}
            ),
        ),
    ],
)
