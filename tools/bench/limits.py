"""The limits of this machine: bytes copied in a second, multiplications in a second, and the time of an empty call.

A ratio to such a limit can be compared between machines; a time cannot.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F

from tutorial_pkg.timing import side_by_side, threads

USUAL = {2: 2**20, 3: 2**25}  # bytes of the second and third cache, if the system does not report them


def caches() -> dict[int, int]:
    """The sizes of the second and the third cache of the first core, in bytes."""
    sizes = dict(USUAL)
    for folder in sorted(Path("/sys/devices/system/cpu/cpu0/cache").glob("index*")):
        with contextlib.suppress(OSError, ValueError):
            level, size = int((folder / "level").read_text()), (folder / "size").read_text().strip()
            if level in sizes:
                sizes[level] = int(size[:-1]) * {"K": 2**10, "M": 2**20}[size[-1]]
    return sizes


@dataclass(frozen=True)
class Limits:
    """Attributes:
    call: seconds of a lookup of zero ids.
    rates: bytes that a copy reads and writes in a second, if they are in "L2", "L3" or "memory".
    products: multiplications a second in a product of two matrices.
    """

    call: float
    rates: dict[str, float]
    products: float

    def place(self, touched: int) -> str:
        """The cache or memory that contains that many bytes when they are used again and again."""
        sizes = caches()
        return "L2" if touched <= sizes[2] else "L3" if touched <= sizes[3] else "memory"

    def said(self) -> str:
        """The limits in a few sentences."""
        rates = ", ".join(f"{rate / 1e9:.0f} GB/s in {place}" for place, rate in self.rates.items())
        return (
            "The limits of this machine were measured in the same run, on one thread. "
            f"A copy moves {rates} (bytes read and written). A product of two 512 × 512 matrices does "
            f"{self.products / 1e9:.0f} billion multiplications a second. A lookup of zero ids takes "
            f"{self.call * 1e6:.1f} µs."
        )


def measured(small: bool = False) -> Limits:
    """This machine's limits; `small` uses tiny sizes, to test the code."""
    sizes = caches()
    # A copy reads one half of these bytes and writes the other. Both halves stay in the cache if they fill half of it.
    touched = {"L2": sizes[2] // 2, "L3": sizes[3] // 2, "memory": 8 * sizes[3]}
    if small:
        touched = dict.fromkeys(touched, 4096)
    side = torch.ones(16 if small else 512, 16 if small else 512)
    table, nothing = torch.ones(1, 1), torch.zeros(0, dtype=torch.long)
    calls = 2 if small else 200  # many calls, because the first call after a large copy is slow
    routes = {"call": lambda: [F.embedding(nothing, table) for _ in range(calls)], "product": lambda: side @ side}
    for place, count in touched.items():
        one, other = torch.ones(count // 8), torch.ones(count // 8)
        routes[place] = lambda one=one, other=other: other.copy_(one)
    with threads(1):
        taken = side_by_side(routes, repeats=1 if small else 15, limit=5)
    rates = {place: count / taken[place] for place, count in touched.items()}
    return Limits(taken["call"] / calls, rates, len(side) ** 3 / taken["product"])
