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
