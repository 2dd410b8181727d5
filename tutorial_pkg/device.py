"""The time and the memory that each route takes on one device, a CPU or a GPU. Notebook 04 measures a GPU with it."""

from collections.abc import Iterable
from typing import Any

import torch

from .routes import calls, forward_backward
from .timing import machine, peak_bytes, side_by_side, threads


def measure(
    device: str = "cuda", sizes: Iterable[int] = (100, 1_000, 10_000, 100_000), d: int = 64, N: int = 256
) -> dict[str, Any]:
    """Measure times and peak bytes of the routes on one device, for each size V of the vocabulary in `sizes`.

    The device is "cuda" or "cpu" (with one thread). `d` is the embedding dimension, and `N` is the number of tokens.

    Returns:
        A dictionary with `device` (the device's name), `d`, `N`, `sizes`, `forward`, `forward + backward` and `peak`.
        Each of the last three maps a route to a list with one number for each size: seconds, or bytes for `peak`.
    """
    sizes = list(sizes)
    table: dict[str, Any] = {"device": machine(device), "d": d, "N": N, "sizes": sizes}
    table |= {"forward": {}, "forward + backward": {}, "peak": {}}
    for V in sizes:
        W = torch.randn(V, d, device=device, requires_grad=True)
        ids = torch.randint(V, (N,), device=device)
        upstream = torch.randn(N, d, device=device)
        ways = calls(W, ids)
        forward = {"copy": upstream.clone, "lookup": ways["lookup"], "one-hot": ways["one-hot"]}
        both = {"dense": ways["lookup"], "sparse": ways["sparse"], "one-hot": ways["one-hot"]}
        both = {name: forward_backward(W, way, upstream) for name, way in both.items()}
        measured = {"peak": {name: peak_bytes(ways[name], device) for name in ("lookup", "one-hot")}}
        with threads(1):
            measured["forward"] = side_by_side(forward, limit=3, best=True)
            measured["forward + backward"] = side_by_side(both, limit=3, best=True)
        for part, figures in measured.items():
            for name, figure in figures.items():
                table[part].setdefault(name, []).append(figure)
    return table
