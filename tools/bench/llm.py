"""SmolLM2: how long loading takes, and tokens a second: as the notebooks run it, with a cache, and by llama.cpp.

The notebooks' way reads the whole text anew for each token. A cache keeps the keys and values of the places before, so
that only the new token runs through the blocks; it stands here, not in the package, since the course is about the
table. llama-cpp-python runs the same file on its 4-bit numbers; its row is there where it is installed.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import torch
import torch.nn.functional as F

from bench.table import Table, duration, in_order, times
from tutorial_pkg import data, smollm2
from tutorial_pkg.timing import threads

PROMPT = "Once upon a time there was a fox who lived in a house"
HEADS, SHARED, WIDTH, BASE = 9, 3, 64, 100_000.0


@torch.no_grad()
def plain(model: smollm2.SmolLM2, ids: torch.Tensor, count: int) -> list[int]:
    """The best next token, `count` times, the whole text each time."""
    start = len(ids)
    for _ in range(count):
        ids = torch.cat([ids, model.next_scores(ids).argmax()[None]])
    return ids[start:].tolist()


@torch.no_grad()
def cached(model: smollm2.SmolLM2, ids: torch.Tensor, count: int) -> list[int]:
    """The same tokens; of the places before, keys and values are kept."""
    kept: list[tuple[torch.Tensor, torch.Tensor]] = [(torch.empty(3, 0, WIDTH),) * 2 for _ in model.blocks]
    said, seen, new = [], 0, ids
    for _ in range(count):
        x = model.lookup(new)
        angles = torch.outer(torch.arange(seen, seen + len(new)), BASE ** (-torch.arange(0, WIDTH, 2) / WIDTH))
        turns = torch.polar(torch.ones_like(angles), angles)

        def turned(y: torch.Tensor, turns: torch.Tensor = turns) -> torch.Tensor:
            return torch.view_as_real(torch.view_as_complex(y.unflatten(-1, (-1, 2))) * turns).flatten(-2)

        for number, block in enumerate(model.blocks):
            y = model.norm(x, block["attn_norm"])
            q, k, v = (F.linear(y, block[f"attn_{part}"]).unflatten(-1, (-1, WIDTH)).transpose(0, 1) for part in "qkv")
            k, v = (torch.cat(pair, 1) for pair in zip(kept[number], (turned(k), v), strict=True))
            kept[number] = k, v
            # The prompt is causal; a single new token may look at everything.
            k, v = (part.repeat_interleave(SHARED, 0) for part in (k, v))
            y = F.scaled_dot_product_attention(turned(q), k, v, is_causal=len(new) > 1)
            x = x + F.linear(y.transpose(0, 1).flatten(1), block["attn_output"])
            y = model.norm(x, block["ffn_norm"])
            x = x + F.linear(F.silu(F.linear(y, block["ffn_gate"])) * F.linear(y, block["ffn_up"]), block["ffn_down"])
        seen, new = seen + len(new), model.scores(x[-1]).argmax()[None]
        said.append(int(new))
    return said


def llama_cpp(path: str) -> Callable[[list[int], int], list[int]] | None:
    """llama.cpp on the same file with one thread, or None where llama-cpp-python is not installed."""
    try:
        from llama_cpp import Llama
    except ImportError:
        return None
    llama = Llama(path, n_ctx=512, n_threads=1, n_threads_batch=1, verbose=False)

    def run(ids: list[int], count: int) -> list[int]:
        llama.reset()
        tokens = llama.generate(ids, temp=0.0, repeat_penalty=1.0)
        return [next(tokens) for _ in range(count)]

    return run


def loading(repeats: int) -> Table:
    """Median seconds to read the table and tokens, and then the blocks."""
    taken: dict[str, list[float]] = {"the table and the tokens": [], "and then the 30 blocks": []}
    for _ in range(repeats):
        start = time.perf_counter()
        model = smollm2.load()
        between = time.perf_counter()
        blocks = len(model.blocks)
        for name, seconds in zip(taken, (between - start, time.perf_counter() - between), strict=True):
            taken[name].append(seconds)
    rows = [[name, duration(statistics.median(each))] for name, each in taken.items()]
    note = f"From the kept file, its digest checked, to float32; {blocks} blocks; medians of {repeats}."
    return Table("Loading SmolLM2", ["what", "time"], rows, note)


def speed(count: int, repeats: int) -> Table:
    """Tokens a second of each way, taken in turns, one thread each."""
    model, path = smollm2.load(), str(data.fetch(smollm2.FILE))
    ids = model.encode(PROMPT)
    ways = {
        "as in the notebooks: the whole text for each token": lambda: plain(model, ids, count),
        "with a key/value cache": lambda: cached(model, ids, count),
    }
    if other := llama_cpp(path):
        ways["llama.cpp, in 4 bits, with its cache"] = lambda: other(ids.tolist(), count)
    taken: dict[str, list[float]] = {name: [] for name in ways}
    said = {}
    with threads(1):
        for _ in range(repeats):
            for name, way in ways.items():
                start = time.perf_counter()
                said[name] = way()
                taken[name].append(time.perf_counter() - start)
    rates = {name: count / statistics.median(each) for name, each in taken.items()}
    base, first = next(iter(rates.values())), next(iter(said.values()))
    rows = [
        [name, f"{rate:.1f}", times(rate / base), f"{sum(map(int.__eq__, said[name], first))} of {count}"]
        for name, rate in rates.items()
    ]
    note = f"{count} tokens after a prompt of {len(ids)}, one thread, medians of {repeats}, taken in turns."
    if other is None:
        note += " llama-cpp-python is not installed here: `pip install llama-cpp-python` builds it, and adds its row."
    return Table("Tokens a second", ["way", "tokens a second", "÷ first", "same tokens as the first"], rows, note)


def measure(small: bool = False) -> str:
    """This section's tables; `small` tries the frame on two tokens."""
    return in_order([loading(1), speed(2, 1)] if small else [loading(3), speed(32, 3)])
