"""SmolLM2: the time to load it, and the tokens per second for several ways to run it, compared with llama.cpp.

Without a cache, the model reads the whole text again for each token. `SmolLM2.states(..., kept)` keeps the keys and
values of earlier tokens, so only the new token runs through the blocks. Then a token needs few multiplications, but
every weight is still read once. So the time depends on the bytes of the weights, and this section also tries weights in
16, 8 and 4 bits. llama.cpp reads the same file without changing its bits. Its row needs the package xllamacpp, which
`make bench` installs.
"""

from __future__ import annotations

import copy
import statistics
import time
from collections.abc import Callable

import torch
import torch.nn.functional as F

from bench import limits
from bench.table import Table, duration, in_order, times
from tutorial_pkg import data, gguf, smollm2
from tutorial_pkg.timing import threads
from tutorial_pkg.words import in_words

PROMPT = "Once upon a time there was a fox who lived in a house"
PLAIN = "the whole text again for each token"
CACHED = "with a key/value cache"
LLAMA = "llama.cpp, with its cache"
FASTER = 1.1  # a smaller ratio than this can be noise


@torch.no_grad()
def plain(model: smollm2.SmolLM2, ids: torch.Tensor, count: int) -> list[int]:
    """The best next token, `count` times. The model reads the whole text each time."""
    start = len(ids)
    for _ in range(count):
        ids = torch.cat([ids, model.next_scores(ids).argmax()[None]])
    return ids[start:].tolist()


@torch.no_grad()
def cached(model: smollm2.SmolLM2, ids: torch.Tensor, count: int) -> list[int]:
    """The same tokens, computed with the package's key/value cache, as in `SmolLM2.continuation`."""
    kept, said, new = [None] * len(model.blocks), [], ids
    for _ in range(count):
        new = model.scores(model.states(new, kept=kept)[-1, -1:]).argmax()[None]
        said.append(int(new))
    return said


@torch.no_grad()
def agreement(model: smollm2.SmolLM2, ids: torch.Tensor, said: list[int], first: list[int]) -> tuple[int, float]:
    """The number of tokens of `said` before the first difference from `first`, and how good the tokens of `said` are.

    The second figure compares each token's score with the highest score after the same text, both from `model`. It is
    the largest distance between the two scores. After the first difference, the texts differ, so the tokens themselves
    cannot be compared.
    """
    same = next((at for at, pair in enumerate(zip(said, first, strict=False)) if pair[0] != pair[1]), len(said))
    text = torch.cat([ids, torch.tensor(said)])
    scores = model.scores(model.states(text[:-1])[-1, len(ids) - 1 :])
    chosen = scores.gather(1, text[len(ids) :, None])[:, 0]
    return same, float((scores.amax(1) - chosen).max())


# ------------------------------------------------------------------------------------------ weights in fewer bits


class Stored:
    """A matrix in fewer bits. `F.linear(x, stored)` multiplies with it, so the model's own code stays as it is."""

    def __init__(self, product: Callable[[torch.Tensor], torch.Tensor], *parts: torch.Tensor) -> None:
        self.product, self.nbytes = product, sum(part.nbytes for part in parts)

    @classmethod
    def __torch_function__(cls, function: Callable, types: tuple, args: tuple = (), kwargs: dict | None = None):
        if function is not F.linear:
            return NotImplemented
        x, stored = args
        return stored.product(x.bfloat16()).float()


def sixteen(matrix: torch.Tensor) -> Stored:
    """The matrix in bfloat16."""
    small = matrix.bfloat16()
    return Stored(lambda x: F.linear(x, small), small)


def eight(matrix: torch.Tensor) -> Stored:
    """The matrix in 8 bits, with a scale for each row."""
    scale = matrix.abs().amax(1) / 127
    steps, scale = (matrix / scale[:, None]).round().to(torch.int8), scale.bfloat16()
    return Stored(lambda x: torch._weight_int8pack_mm(x, steps, scale), steps, scale)


def four(matrix: torch.Tensor) -> Stored:
    """The matrix in 4 bits, with a scale and a minimum for each 32 numbers. The model's file uses this form, too."""
    groups = matrix.unflatten(1, (-1, 32))
    low, high = groups.amin(2, keepdim=True), groups.amax(2, keepdim=True)
    scale = (high - low) / 15
    steps = ((groups - low) / scale.clamp(min=1e-12)).round().int().flatten(1)
    packed = torch.ops.aten._convert_weight_to_int4pack_for_cpu(steps, 1)
    # torch computes (step - 8) * scale + middle
    middles = torch.cat([scale, low + 8 * scale], 2).transpose(0, 1).contiguous().bfloat16()
    return Stored(lambda x: torch.ops.aten._weight_int4pack_mm_for_cpu(x, packed, 32, middles), packed, middles)


def with_weights(
    model: smollm2.SmolLM2, blocks: Callable[[torch.Tensor], Stored], table: Callable[[torch.Tensor], Stored]
) -> tuple[smollm2.SmolLM2, int]:
    """The model with blocks and an output table that these functions have stored. Also the bytes of all of them."""
    other, output = copy.copy(model), table(model.table)
    other.blocks = [{part: blocks(w) if w.ndim == 2 else w for part, w in block.items()} for block in model.blocks]
    other.scores = lambda states: F.linear(model.norm(states, model.final_norm), output)
    return other, output.nbytes + sum(w.nbytes for block in other.blocks for w in block.values())


# name: the function that stores the matrices of the blocks, and the one that stores the table
WEIGHTS = {
    "a cache, weights in bfloat16": (sixteen, sixteen),
    "a cache, weights in 8 bits": (eight, eight),
    "a cache, blocks in 4 bits, table in 8": (four, eight),
}


def llama_cpp(model: smollm2.SmolLM2, path: str) -> Callable[[torch.Tensor, int], list[int]] | None:
    """llama.cpp on the same file, with one thread. None if xllamacpp is not installed.

    llama.cpp returns a text, and `model` encodes it again, because returning ids takes llama.cpp more time.
    """
    try:
        import xllamacpp
    except ImportError:
        return None
    settings = xllamacpp.CommonParams()
    settings.model.path = path
    settings.n_ctx, settings.n_parallel, settings.verbosity = 512, 1, -1
    settings.cpuparams.n_threads = settings.cpuparams_batch.n_threads = 1
    server = xllamacpp.Server(settings)

    def run(ids: torch.Tensor, count: int) -> list[int]:
        task = {"prompt": ids.tolist(), "max_tokens": count, "temperature": 0.0, "cache_prompt": False}
        return model.encode(server.handle_completions(task)["choices"][0]["text"]).tolist()

    return run


# ------------------------------------------------------------------------------------------------------ the tables


def loading(repeats: int) -> Table:
    """Median seconds to load the table and the tokens, and then the blocks."""
    taken: dict[str, list[float]] = {"the table and the tokens": [], "and then the 30 blocks": []}
    for _ in range(repeats):
        start = time.perf_counter()
        model = smollm2.load()
        between = time.perf_counter()
        blocks = len(model.blocks)
        for name, seconds in zip(taken, (between - start, time.perf_counter() - between), strict=True):
            taken[name].append(seconds)
    rows = [[name, duration(statistics.median(each))] for name, each in taken.items()]
    note = (
        "The time to read the stored file, check its digest and convert the weights to float32. The model has "
        f"{blocks} blocks. Each figure is the median of {repeats} runs."
    )
    return Table("Loading SmolLM2", ["what", "time"], rows, note)


def tried(rates: dict[str, float]) -> str:
    """The speeds with fewer bits, in a few sentences.

    >>> tried({PLAIN: 7.0, CACHED: 20.0, "weights in 8 bits": 50.0, "in 2 bits": 15.0, LLAMA: 80.0})
    'Compared with the float32 cache: "weights in 8 bits" 2.5 ×; "in 2 bits" 0.75 × (not clearly faster). \
In PyTorch, the fastest way is "weights in 8 bits". It reaches 0.62 of the speed of llama.cpp.'
    """
    own = {name: rate for name, rate in rates.items() if name not in (PLAIN, LLAMA)}
    ratios = {name: rate / own[CACHED] for name, rate in own.items() if name != CACHED}
    each = [f'"{n}" {times(r)}{" (not clearly faster)" * (r < FASTER)}' for n, r in ratios.items()]
    text = f"Compared with the float32 cache: {'; '.join(each)}."
    if LLAMA in rates:
        best = max(own, key=own.get)
        share = own[best] / rates[LLAMA]
        text += f' In PyTorch, the fastest way is "{best}". It reaches {share:.2f} of the speed of llama.cpp.'
    return text


def speed(count: int, repeats: int, memory: float) -> Table:
    """Tokens per second for each way, on one thread. The ways take turns. A copy moves `memory` bytes in a second."""
    model, path = smollm2.load(), data.fetch(smollm2.FILE)
    ids = model.encode(PROMPT)
    whole = model.table.nbytes + sum(w.nbytes for block in model.blocks for w in block.values())
    ways = {
        PLAIN: (whole, lambda: plain(model, ids, count)),
        CACHED: (whole, lambda: cached(model, ids, count)),
    }
    for name, kinds in WEIGHTS.items():
        other, size = with_weights(model, *kinds)
        ways[name] = size, lambda other=other: cached(other, ids, count)
    if llama := llama_cpp(model, str(path)):
        content = path.read_bytes()
        first = min(start for _, _, start in gguf.read(content).places.values())
        ways[LLAMA] = len(content) - first, lambda: llama(ids, count)
    taken: dict[str, list[float]] = {name: [] for name in ways}
    said = {}
    with threads(1):
        for _ in range(repeats):
            for name, (_, way) in ways.items():
                start = time.perf_counter()
                said[name] = way()
                taken[name].append(time.perf_counter() - start)
    rates = {name: count / statistics.median(each) for name, each in taken.items()}
    rows = []
    for name, rate in rates.items():
        size, (same, below) = ways[name][0], agreement(model, ids, said[name], said[PLAIN])
        rows.append([name, f"{rate:.1f}", times(rate / rates[PLAIN]), in_words(size), f"{rate * size / 1e9:.1f} GB/s"])
        rows[-1] += [f"{rate * size / memory:.0%}", f"{same} of {count}", f"{below:.2f}"]
    note = (
        f"Each way writes {count} tokens after a prompt of {len(ids)} tokens, on one thread. Each figure is the "
        f"median of {repeats} runs, and the ways take turns. Each way reads all its weights once for each token, "
        "so fewer bytes allow more "
        f"tokens a second. A copy in this machine's memory moves {memory / 1e9:.0f} GB/s (bytes read and written, same "
        "run, one thread). Without a cache, each token also needs the multiplications for the whole text. "
        f"{tried(rates)} If two tokens have nearly equal scores, rounded weights can change which score is higher. "
        "From that token on, the texts differ. The last column shows how much worse the chosen tokens are: the largest "
        "distance between the score of a chosen token and the highest score after the same text. All scores in this "
        "column are computed in the first way."
    )
    if not llama:
        note += " llama.cpp has no row here. `pip install xllamacpp` (part of `make bench`) adds it."
    columns = ["way", "tokens a second", "÷ first", "weights read for a token", "weights read in a second", "÷ copy"]
    columns += ["same tokens before the first difference", "score below the highest"]
    return Table("Tokens a second", columns, rows, note)


def measure(small: bool = False) -> str:
    """This section's tables; `small` writes only two tokens, to test the code."""
    memory = limits.measured(small).rates["memory"]
    return in_order([loading(1), speed(2, 1, memory)] if small else [loading(3), speed(32, 3, memory)])
