"""The lookup compared with one-hot, with a plain copy and with this machine's limits, for several V, d and N."""

from __future__ import annotations

import torch

from bench import limits
from bench.table import Table, duration, in_order, times
from tutorial_pkg.routes import calls, forward_backward
from tutorial_pkg.timing import fits, peak_bytes, side_by_side, threads
from tutorial_pkg.words import in_words

# (V, d, N). The last two are the sizes of the tables of GPT-2 and Llama 3.
SIZES = [
    (10, 64, 8),
    (10, 64, 8_192),
    (100, 64, 1_024),
    (1_000, 64, 1_024),
    (10_000, 64, 8),
    (10_000, 64, 1_024),
    (10_000, 768, 256),
    (100_000, 64, 8),
    (50_257, 768, 64),
    (128_256, 4_096, 16),
]
# These rows do not fit into a cache, and the one-hot matrices would take 160 and 10 GB.
BEYOND_CACHE = [(100_000, 64, 400_000), (50_257, 768, 50_000)]
SMALL = [(6, 3, 6), (20, 4, 8)]


def tensors(V: int, d: int, N: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """A table, ids, and the gradient of the looked-up rows."""
    generator = torch.Generator().manual_seed(0)
    W = torch.ones(V, d, requires_grad=True)  # the numbers do not matter for the time, and ones are quick to write
    return W, torch.randint(V, (N,), generator=generator), torch.ones(N, d)


# A larger dense gradient takes seconds to fill with zeros. Then only the forward pass is measured.
LARGE = 10**9


def one_size(V: int, d: int, N: int, repeats: int, limit: float) -> tuple[dict[str, float], dict[str, float]]:
    """Median seconds of every way, first forward, then forward + backward (empty if the table exceeds LARGE)."""
    W, ids, upstream = tensors(V, d, N)
    routes = calls(W, ids)
    with threads(1):
        copy = {"copy": W.detach()[ids].clone}
        forward = side_by_side(
            copy | {n: routes[n] for n in ("lookup", "W[ids]", "one-hot")}, repeats=repeats, limit=limit
        )
        if W.nbytes > LARGE:
            return forward, {}
        trained = {name: forward_backward(W, routes[name], upstream) for name in ("lookup", "sparse", "one-hot")}
        return forward, side_by_side(trained, repeats=repeats, limit=limit)


def against_copy(sizes: list, repeats: int, limit: float) -> Table:
    """For every size, the median time of the lookup, and the ratios of the other ways to it."""
    rows = []
    for V, d, N in sizes:
        name = f"{V:,} × {d:,}, {N:,}"
        # bytes of the table, the dense gradient, and the one-hot matrix
        if not fits(8 * V * d + 12 * N * V):
            rows.append([name, "does not fit", *[""] * 6])
            continue
        forward, trained = one_size(V, d, N, repeats, limit)
        rows.append(
            [
                name,
                duration(forward["lookup"]),
                times(forward["lookup"] / forward["copy"]),
                times(forward["W[ids]"] / forward["lookup"]),
                times(forward["one-hot"] / forward["lookup"]),
                duration(trained["lookup"]) if trained else "–",
                times(trained["sparse"] / trained["lookup"]) if trained else "–",
                times(trained["one-hot"] / trained["lookup"]) if trained else "–",
            ]
        )
    columns = ["V × d, N", "forward: lookup", "÷ copy", "`W[ids]` ÷ lookup", "one-hot ÷ lookup"]
    columns += ["forward + backward: dense", "sparse ÷ dense", "one-hot ÷ dense"]
    note = (
        "Each time is a median, on one thread, and the ways take turns. `copy` clones a tensor that is as large as the "
        "lookup's output. Dense and sparse are the lookup's two kinds of gradient. The last two rows have the sizes of "
        "the tables of GPT-2 and Llama 3. With the size of Llama 3, only the forward pass is measured, because its "
        "dense gradient takes 2.1 GB."
    )
    return Table("Lookup, one-hot and a plain copy", columns, rows, note)


def doubled_twice(first: int, d: int, N: int, repeats: int, limit: float) -> Table:
    """How the figures of each way change from V rows to 2 V and 4 V."""
    figures: dict[str, list[float]] = {}
    peaks: dict[str, list[int]] = {}
    for V in (first, 2 * first, 4 * first):
        forward, trained = one_size(V, d, N, repeats, limit)
        for part, measured in (("forward", forward), ("forward + backward", trained)):
            for name, seconds in measured.items():
                figures.setdefault(f"{name}, {part}", []).append(seconds)
        routes = calls(*tensors(V, d, N)[:2])
        for name in ("lookup", "one-hot"):
            peaks.setdefault(name, []).append(peak_bytes(routes[name]))
    rows = [
        [name, *map(duration, three), times(three[1] / three[0]), times(three[2] / three[0])]
        for name, three in figures.items()
    ]
    rows += [
        [f"{name}, bytes at the peak", *map(in_words, three), times(three[1] / three[0]), times(three[2] / three[0])]
        for name, three in peaks.items()
    ]
    columns = ["way", *(f"V = {V:,}" for V in (first, 2 * first, 4 * first)), "doubled", "doubled twice"]
    note = "`lookup` has a dense gradient, and `sparse` has a sparse gradient. The bytes are counted, not estimated."
    return Table(f"V doubled twice (d = {d}, N = {N})", columns, rows, note)


def against_limits(sizes: list, limit: limits.Limits, repeats: int) -> Table:
    """For every size, the median time of the lookup, and a bound: the time of an empty lookup or of a copy."""
    rows = []
    for V, d, N in sizes:
        W, ids, _ = tensors(V, d, N)
        W.requires_grad_(False)
        moved = 8 * N + 8 * N * d  # read the ids, read the rows, write the output
        output = torch.ones(N, d)
        one, other = torch.ones(moved // 8), torch.ones(moved // 8)
        routes = {
            "lookup": calls(W, ids)["lookup"],
            "into": lambda W=W, ids=ids, output=output: torch.index_select(W, 0, ids, out=output),
            "call": calls(W, ids[:0])["lookup"],
            "copy": lambda one=one, other=other: other.copy_(one),
        }
        with threads(1):
            taken = side_by_side(routes, repeats=repeats)
        bound = max(taken["call"], taken["copy"])
        limited_by = "the call" if bound == taken["call"] else limit.place(moved)
        name = f"{V:,} × {d:,}, {N:,}"
        rows.append([name, in_words(moved), limited_by, duration(taken["lookup"]), duration(bound)])
        rows[-1] += [times(taken["lookup"] / bound), times(taken["into"] / bound)]
    columns = ["V × d, N", "bytes moved", "limited by", "lookup", "bound", "lookup ÷ bound", "into ÷ bound"]
    note = (
        "The bound is the longer of two times, measured in turns with the lookup. The first is the time of a lookup of "
        "zero ids (`the call`). The second is the time to copy the same number of bytes between two existing tensors. "
        "The table names the cache or memory that contains them. The ratio can be below 1 if the lookup reads few "
        "different rows again and again. The lookup allocates memory for its output, but the copy does not. So "
        "`into` is the same lookup into an existing tensor. " + limit.said()
    )
    return Table("How near the lookup is to the limit", columns, rows, note)


def measure(small: bool = False) -> str:
    """This section's tables; `small` uses tiny sizes, to test the code."""
    limit = limits.measured(small)
    if small:
        tables = [against_copy(SMALL, 1, 0.1), against_limits(SMALL, limit, 1), doubled_twice(5, 4, 3, 1, 0.1)]
    else:
        tables = [
            against_copy(SIZES, 15, 2.5),
            against_limits(SIZES + BEYOND_CACHE, limit, 15),
            doubled_twice(2_500, 64, 256, 15, 3),
        ]
    return in_order(tables)
