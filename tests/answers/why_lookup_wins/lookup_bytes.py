"""Other answers to `lookup_bytes`: right ones in other styles, and wrong ones that a rule catches."""

import torch

from answers import caught, right


@right
def a_tensor_without_contents(V, d, N):
    rows = torch.empty(N, d, device="meta")
    return rows.numel() * rows.element_size()


@right
def bits(vocabulary, width, tokens):
    return tokens * width * 32 // 8


@right
def loop(V, d, N):
    total = 0
    for _ in range(N):
        total += 4 * d
    return total


@right
def by_float(V, d, N):
    return 4.0 * N * d


@caught("8·N (the ids, which exist already) is too much.")
def ids_too(V, d, N):
    return 4 * N * d + 8 * N


@caught("The factor 4 is missing (a float32 takes 4 bytes).")
def numbers(V, d, N):
    return sum(d for _ in range(N))


@caught("This is 12·N·V (the one-hot vectors; a lookup makes none).")
def of_one_hot(V, d, N):
    return N * V * (8 + 4)
