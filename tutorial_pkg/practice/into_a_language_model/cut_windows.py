from __future__ import annotations

from tutorial_pkg.practice.items import Exercise, Slip
from tutorial_pkg.practice.lazy import torch


def solution(ids, length, starts):
    places = starts[:, None] + torch.arange(length + 1)  # (windows, length + 1): one id more than is read
    both = ids[places]
    return both[:, :-1], both[:, 1:]  # without the last, without the first


def cases():
    text = torch.tensor([4, 0, 3, 2, 5, 1, 4, 4, 2, 0, 5, 3, 1, 1, 0, 2])
    return [
        (text, 3, torch.tensor([0, 4])),
        (text, 1, torch.tensor([6])),
        (text, 7, torch.tensor([0])),
        (torch.arange(50), 10, torch.tensor([3, 3, 39])),
    ]


def same_twice(ids, length, starts):
    read = ids[starts[:, None] + torch.arange(length)]
    return read, read


def one_before(ids, length, starts):
    both = ids[starts[:, None] + torch.arange(length + 1)]
    return both[:, 1:], both[:, :-1]


def one_place_back(ids, length, starts):
    places = starts[:, None] + torch.arange(length)
    return ids[places], ids[places - 1]


def a_window_on(ids, length, starts):
    places = starts[:, None] + torch.arange(length)
    return ids[places], ids[places + length]


def rows_left_out(ids, length, starts):
    both = ids[starts[:, None] + torch.arange(length + 1)]
    return both[:-1], both[1:]


def starts_as_numbers(ids, length, starts):
    both = ids.unfold(0, length + 1, length + 1)[starts]
    return both[:, :-1], both[:, 1:]


def last_only(ids, length, starts):
    both = ids[starts[:, None] + torch.arange(length + 1)]
    return both[:, :-1], both[:, -1]


def two_on(ids, length, starts):
    both = ids[starts[:, None] + torch.arange(length + 2)]
    return both[:, :-2], both[:, 2:]


def places_not_ids(ids, length, starts):
    places = starts[:, None] + torch.arange(length + 1)
    return places[:, :-1], places[:, 1:]


def one_short(ids, length, starts):
    both = ids[starts[:, None] + torch.arange(length)]
    return both[:, :-1], both[:, 1:]


def starts_multiplied(ids, length, starts):
    both = ids[starts[:, None] * length + torch.arange(length + 1)]
    return both[:, :-1], both[:, 1:]


def one_after_another(ids, length, starts):
    n = len(starts) * length
    return ids[:n].view(-1, length), ids[1 : n + 1].view(-1, length)


def starts_not_a_column(ids, length, starts):
    both = ids[starts + torch.arange(length + 1)]
    return both[:, :-1], both[:, 1:]


def round_the_window(ids, length, starts):
    read = ids[starts[:, None] + torch.arange(length)]
    return read, read.roll(-1, dims=1)


def turned(ids, length, starts):
    read, wanted = solution(ids, length, starts)
    return read.T, wanted.T


def read_one_too_many(ids, length, starts):
    both = ids[starts[:, None] + torch.arange(length + 1)]
    return both, both[:, 1:]


def one_longer(ids, length, starts):
    both = ids[starts[:, None] + torch.arange(length + 2)]
    return both[:, :-1], both[:, 1:]


def first_window_only(ids, length, starts):
    read, wanted = solution(ids, length, starts)
    return read[0], wanted[0]


def begins_one_late(ids, length, starts):
    read, wanted = solution(ids, length, (starts + 1).clamp(max=len(ids) - length - 1))
    return read, wanted


def starts_as_ends(ids, length, starts):
    places = starts[:, None] - torch.arange(length + 1).flip(0)
    both = ids[places]
    return both[:, :-1], both[:, 1:]


def last_window_only(ids, length, starts):
    read, wanted = solution(ids, length, starts)
    return read[-1], wanted[-1]


def wanted_one_short(ids, length, starts):
    read, wanted = solution(ids, length, starts)
    return read, wanted[:, :-1]


def reckoned(ids, length, starts):
    read, wanted = solution(ids, length, starts)
    return read, read + 1


def places_as_targets(ids, length, starts):
    read, wanted = solution(ids, length, starts)
    places = starts[:, None] + torch.arange(length)
    return read, places + 1


def next_window(ids, length, starts):
    read, wanted = solution(ids, length, starts)
    return read, read.roll(-1, dims=0)


def flat(ids, length, starts):
    read, wanted = solution(ids, length, starts)
    return read.flatten(), wanted.flatten()


def one_late_and_short(ids, length, starts):
    both = ids[starts[:, None] + torch.arange(1, length + 1)]
    return both[:, :-1], both[:, 1:]


exercise = Exercise(
    task="""### Exercise 1 (worked): windows and their targets

`cut_windows(ids, length, starts)` cuts a text of ids, of shape `(n,)`, into windows of `length` ids, one for each of
`starts`. It returns two tensors of shape `(len(starts), length)`: what is read, and what should come next, one place
on. Run the cell, then cut windows of one id: what is left of the task?
""",
    solution=solution,
    cases=cases,
    success="Every place of a window is a question with its answer: the text supplies both, and nobody has to label it.",
    hints=["starts[:, None] + torch.arange(length + 1) holds all places that are needed, one window a row."],
    slips=[
        Slip(
            "The targets are the ids that are read, not those that come next: a model would learn to repeat.",
            same_twice,
        ),
        Slip(
            "The two are exchanged: what is read comes first, and then what should come next, one place on.", one_before
        ),
        Slip("The targets stand one place before what is read; what comes next is one place after it.", one_place_back),
        Slip("The targets are the whole next window; each place has its own next id, one place on.", a_window_on),
        Slip(
            "The first and the last window are left out, not each window's first and last id: those are `[:, 1:]` and `[:, :-1]`.",
            rows_left_out,
        ),
        Slip(
            "The text was cut into pieces, and the starts picked among these; each start is a place in the text.",
            starts_as_numbers,
        ),
        Slip(
            "The text was cut into windows, and the starts picked among these; each start is a place in the text.",
            lambda ids, length, starts: (
                ids.unfold(0, length, length)[starts],
                ids[1:].unfold(0, length, length)[starts],
            ),
        ),
        Slip("Only the id after the window is wanted here; every place of the window has a next id.", last_only),
        Slip("The targets stand two places on; the next id is one place on.", two_on),
        Slip("These are the places in the text; asked for are the ids that stand there: ids[places].", places_not_ids),
        Slip(
            "The windows are one place too short: to read `length` ids and know what follows each, cut one id more.",
            one_short,
        ),
        Slip("The starts were multiplied by the length; each is a place in the text already.", starts_multiplied),
        Slip(
            "The windows stand one after another from the text's beginning; each is to begin at its own place in `starts`.",
            one_after_another,
        ),
        Slip(
            "Each start was added to one place only; to meet every place of its window it has to stand in a column: starts[:, None].",
            starts_not_a_column,
        ),
        Slip(
            "The last target of each window is the window's own first id, come round; the text's next id is wanted there.",
            round_the_window,
        ),
        Slip(
            "These are the windows of length + 1 as they were cut; return two tensors: without the last, without the first.",
            lambda ids, length, starts: ids[starts[:, None] + torch.arange(length + 1)],
        ),
        Slip("Each window stands in a column here; it is to be a row.", turned),
        Slip(
            "What is read has one id too many: `length` ids, and what follows the last of them is only a target.",
            read_one_too_many,
        ),
        Slip("The windows are one id too long: cut length + 1 ids, of which the first `length` are read.", one_longer),
        Slip("Only the first window is here; there is one for each of `starts`.", first_window_only),
        Slip(
            "Each window begins one place after its start: places count from 0, so the first is starts + 0.",
            begins_one_late,
            idea=11,
        ),
        Slip(
            "Only the targets are here; return both, what is read and what should come next.",
            lambda ids, length, starts: solution(ids, length, starts)[1],
        ),
        Slip(
            "Only what is read is here; return both, that and what should come next.",
            lambda ids, length, starts: solution(ids, length, starts)[0],
        ),
        Slip("The windows end at their starts; they begin there: the places are starts + 0, + 1, ...", starts_as_ends),
        Slip(
            "Only the last window is here; there is one for each of `starts`. (Does each round overwrite the last?)",
            last_window_only,
        ),
        Slip(
            "Both are in one tensor, the targets below what is read; return two tensors.",
            lambda ids, length, starts: torch.cat(solution(ids, length, starts)),
        ),
        Slip(
            "The targets are one too few: cut only the first one off, both[:, 1:], since the last place has a target, too.",
            wanted_one_short,
        ),
        Slip(
            "The targets are the ids plus 1; what comes next is the id one *place* on: ids[places + 1].",
            reckoned,
            idea=5,
        ),
        Slip(
            "The targets are places in the text; asked for are the ids that stand there: ids[places + 1].",
            places_as_targets,
        ),
        Slip(
            "Here is a pair for each window; return one pair for all: what is read, and what comes next.",
            lambda ids, length, starts: list(zip(*solution(ids, length, starts), strict=True)),
        ),
        Slip("The targets are another window; they are the same window, one place on.", next_window),
        Slip("The windows were put in one row; the shape is (len(starts), length).", flat),
        Slip(
            "The windows begin one place late, and are one place too short: the places are starts + 0 up to starts + length.",
            one_late_and_short,
            idea=11,
        ),
    ],
)
