"""Other answers to `one_hot_bytes`: right ones in other styles, and wrong ones that a rule catches."""

import torch

from answers import caught, right


@right
def by_max(V, d, N):
    return max(12 * N * V, 4 * N * (V + d))


@right
def with_if(V, d, N):
    a, b = 12 * N * V, 4 * N * (V + d)
    if a > b:
        return a
    return b


@right
def by_sorted(V, d, N):
    return sorted([12 * N * V, 4 * N * V + 4 * N * d])[-1]


@right
def tensor(V, d, N):
    return torch.tensor([12 * N * V, 4 * N * V + 4 * N * d]).max().item()


@caught("Where V is below d / 2, this is 12·N·V (converting). It must be 4·N·V + 4·N·d (multiplying).")
def converting_only(V, d, N):
    return 12 * N * V


@caught("This is 16·N·V + 4·N·d (the sum of both moments")
def added(V, d, N):
    return 12 * N * V + 4 * N * V + 4 * N * d


@caught("The factor N is missing (there are N tokens).")
def one_token(V, d, N):
    return max(12 * V, 4 * (V + d))


@caught("Got True, the answer of a comparison. Return the larger number of bytes.")
def comparison(V, d, N):
    return 12 * N * V > 4 * N * (V + d)


@caught("This is the same as comparing V with d. Compare the bytes of the two moments.")
def integers_and_second_moment(V, d, N):
    converting, multiplying = 12 * N * V, 4 * N * V + 4 * N * d
    return converting if 8 * N * V > multiplying else multiplying


@caught("This is the same as comparing V with d. Compare the bytes of the two moments.")
def floats_and_output(V, d, N):
    converting, multiplying = 12 * N * V, 4 * N * V + 4 * N * d
    return converting if 4 * N * V > 4 * N * d else multiplying
