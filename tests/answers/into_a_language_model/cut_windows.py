"""Other answers to `cut_windows`: right ones in other styles, and wrong ones that a general rule catches."""

import torch

from answers import caught, right


@right
def loop(ids, length, starts):
    read = [ids[start : start + length] for start in starts.tolist()]
    following = [ids[start + 1 : start + length + 1] for start in starts.tolist()]
    return torch.stack(read), torch.stack(following)


@right
def unfold(text, length, starts):
    both = text.unfold(0, length + 1, 1)[starts]
    return both[:, :length], both[:, 1:]


@right
def gather(ids, length, starts):
    steps = torch.arange(length).expand(len(starts), length) + starts.unsqueeze(1)
    return ids.take(steps), ids.take(steps + 1)


@caught("raises IndexError")
def past_the_end(ids, length, starts):
    places = starts[:, None] + torch.arange(length + len(ids))
    return ids[places][:, :length], ids[places][:, 1 : length + 1]


@caught("one tensor of shape (2, 4). Return two")
def together(ids, length, starts):
    return ids[starts[:, None] + torch.arange(length + 1)]


@caught("something other than a pair")
def three(ids, length, starts):
    read = ids[starts[:, None] + torch.arange(length)]
    return read, read, read


@caught("one id for each window")
def last_target(ids, length, starts):
    both = ids[starts[:, None] + torch.arange(length + 1)]
    return both[:, :-1], both[:, -1]


@caught("A window is a row, not a column")
def columns(ids, length, starts):
    both = ids[starts + torch.arange(length + 1)[:, None]]
    return both[:-1], both[1:]


@caught("There is one for each start")
def first_window(ids, length, starts):
    both = ids[int(starts[0]) :][: length + 1]
    return both[:-1], both[1:]


@caught("From its length + 1 ids, leave out either the last or the first")
def one_short(ids, length, starts):
    both = ids[starts[:, None] + torch.arange(length)]
    return both[:, :-1], both[:, 1:]


@caught("is of type list")
def lists(ids, length, starts):
    pairs = [(ids[i : i + length].tolist(), ids[i + 1 : i + length + 1].tolist()) for i in starts]
    return [one for one, _ in pairs], [other for _, other in pairs]
