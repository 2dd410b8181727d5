"""Other answers to `masked_mean`: right ones in other styles, and wrong ones that a general rule catches."""

import torch

from answers import caught, right


@right
def by_einsum(states, mask):
    real = mask.to(states.dtype)
    return torch.einsum("bnd,bn->bd", states, real) / real.sum(1, keepdim=True)


@right
def text_by_text(states, mask):
    return torch.stack([some[real].mean(dim=0) for some, real in zip(states, mask)])


@right
def by_nanmean(states, mask):
    return states.masked_fill(~mask[:, :, None], float("nan")).nanmean(dim=1)


@right
def by_lengths(states, mask):
    lengths = mask.sum(dim=1)
    return torch.stack([states[i, : lengths[i]].mean(dim=0) for i in range(len(states))])


@caught("Got numbers that are nan")
def nan_stays(states, mask):
    return states.masked_fill(~mask[:, :, None], float("nan")).mean(dim=1)


@caught("Got a vector for each token")
def only_masked(states, mask):
    return states * mask[:, :, None]


@caught("Got one vector for all texts")
def all_together(states, mask):
    return states[mask].mean(dim=0)


@caught("Use mask.sum(1, keepdim=True).")
def divisor_without_a_dimension(states, mask):
    return (states * mask[:, :, None]).sum(1) / mask.sum(1)


@caught("This divides by the number of real tokens of the first text.")
def first_length_as_divisor(states, mask):
    return (states * mask[:, :, None]).sum(1) / mask[0].sum()


@caught("The length of the first text is used for all texts.")
def cut_at_the_first_length(states, mask):
    return states[:, : int(mask[0].sum())].mean(1)
