"""Other answers to `lookup_bytes`: right ones in other styles, and wrong ones that a general rule catches."""

import torch

from answers import right


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
