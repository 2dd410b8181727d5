"""### Exercise 1 (worked): windows and their targets

`cut_windows(ids, length, starts)` cuts a text of ids, of shape `(n,)`, into windows of `length` ids, one for each of
`starts`. It returns two tensors of shape `(len(starts), length)`: what is read, and what should come next, one place
on. Run the cell, then cut windows of one id: what is left of the task?
"""

import torch

from tutorial_pkg.practice.pieces import wrong

MEANS = "Every place of a window is a question with its answer: the text supplies both, and nobody has to label it."
HINTS = ["starts[:, None] + torch.arange(length + 1) holds all places that are needed, one window a row."]


def solution(ids, length, starts):
    places = starts[:, None] + torch.arange(length + 1)  # (windows, length + 1): one id more than is read
    both = ids[places]
    return both[:, :-1], both[:, 1:]  # without the last, without the first


def cases():
    text = torch.tensor([4, 0, 3, 2, 5, 1, 4, 4])
    return [
        (text, 3, torch.tensor([0, 4])),
        (text, 1, torch.tensor([6])),
        (text, 7, torch.tensor([0])),
        (torch.arange(50), 10, torch.tensor([3, 3, 39])),
    ]


@wrong()
def same_twice(ids, length, starts):
    """The targets are the ids that are read, not those that come next: a model would learn to repeat."""
    read = ids[starts[:, None] + torch.arange(length)]
    return read, read


@wrong()
def one_before(ids, length, starts):
    """The targets are those one place back: shift them to the next place."""
    both = ids[starts[:, None] + torch.arange(length + 1)]
    return both[:, 1:], both[:, :-1]


@wrong()
def last_only(ids, length, starts):
    """Only the id after the window is wanted here; every place of the window has a next id."""
    both = ids[starts[:, None] + torch.arange(length + 1)]
    return both[:, :-1], both[:, -1]


@wrong()
def two_on(ids, length, starts):
    """The targets stand two places on; the next id is one place on."""
    places = starts[:, None] + torch.arange(length)
    return ids[places], ids[(places + 2) % len(ids)]


@wrong()
def places_not_ids(ids, length, starts):
    """These are the places in the text; asked for are the ids that stand there: ids[places]."""
    places = starts[:, None] + torch.arange(length + 1)
    return places[:, :-1], places[:, 1:]


@wrong()
def one_short(ids, length, starts):
    """The windows are one place too short: to read `length` ids and know what follows each, cut one id more."""
    both = ids[starts[:, None] + torch.arange(length)]
    return both[:, :-1], both[:, 1:]
