"""Times of the routes on one device, measured here or stored from a device that is named.

Most learners have no GPU at hand. `measure` fills the same table wherever it runs; `python tests/bench/run.py
--store-device` stores it for those who have none. A stored table says on which device it was made, and there is none
until somebody has measured one.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .timing import machine, peak_bytes, side_by_side, threads

STORED = Path(__file__).with_name("device_times.json")
COMMAND = "python tests/bench/run.py --store-device"


def measure(
    device: str = "cuda", sizes: Sequence[int] = (100, 1_000, 10_000, 100_000), d: int = 64, N: int = 256
) -> dict:
    """Times and peak bytes of the routes as the vocabulary grows, on one device (with one thread, if it is the CPU).

    Args:
        device: `"cuda"` or `"cpu"`.
        sizes: the vocabularies.
        d: embedding dimension.
        N: tokens.

    Returns:
        `device` (its name), `source` ("measured here"), `d`, `N`, `sizes`, and for each of `forward`,
        `forward + backward` (seconds) and `peak` (bytes, forward): route → one figure for each size.
    """
    import torch
    import torch.nn.functional as F

    table: dict[str, Any] = {"device": machine(device), "source": "measured here", "d": d, "N": N, "sizes": list(sizes)}
    for part in ("forward", "forward + backward", "peak"):
        table[part] = {}
    for V in sizes:
        W = torch.randn(V, d, device=device, requires_grad=True)
        ids = torch.randint(V, (N,), device=device)
        upstream = torch.randn(N, d, device=device)
        # Arguments' defaults hold this round's tensors; a plain closure would see the last round's.
        forward = {
            "copy": lambda upstream=upstream: upstream.clone(),
            "lookup": lambda W=W, ids=ids: F.embedding(ids, W),
            "one-hot": lambda W=W, ids=ids, V=V: F.one_hot(ids, V).float() @ W,
        }
        ways = {
            "dense": forward["lookup"],
            "sparse": lambda W=W, ids=ids: F.embedding(ids, W, sparse=True),
            "one-hot": forward["one-hot"],
        }

        def both(way, W=W, upstream=upstream):
            W.grad = None
            way().backward(upstream)

        measured = {
            "peak": {name: peak_bytes(forward[name], device) for name in ("lookup", "one-hot")},
        }
        with threads(1):
            measured["forward"] = side_by_side(forward, limit=3)
            trained = {name: lambda way=way, both=both: both(way) for name, way in ways.items()}
            measured["forward + backward"] = side_by_side(trained, limit=3)
        for part, figures in measured.items():
            for name, figure in figures.items():
                table[part].setdefault(name, []).append(figure)
    return table


def store(table: dict, path: Path = STORED) -> None:
    """Keep a measured table for those without such a device; its source then says that it is a stored one."""
    kept = table | {"source": "stored, not measured here", "command": COMMAND}
    path.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def stored(path: Path = STORED) -> dict | None:
    """The stored table, or None as long as nobody has measured one."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
