"""The course's pictures, each as a notebook calls it: for tests that look at all of them."""

from __future__ import annotations

from collections.abc import Callable

import torch
from matplotlib.figure import Figure

from tutorial_pkg.draw import (
    a_real_table,
    embedding_lookup,
    in_ten_minutes,
    into_a_language_model,
    learning_vectors,
    one_hot_and_linear,
    past_one_machine,
    token_ids,
    why_lookup_wins,
)
from tutorial_pkg.tokens import encode, pad, tokenise, vocabulary

SENTENCE = "Quick fox is in the house"
TOKENS = tokenise(SENTENCE)
WORDS = vocabulary(TOKENS)
IDS = torch.tensor(encode(SENTENCE, WORDS))
TABLE = torch.randn(6, 3, generator=torch.Generator().manual_seed(42))
BATCH = torch.tensor([[4, 0, 3, 2], [5, 1, 3, 0]])

SPECIAL = vocabulary(TOKENS, special=["<unk>", "<pad>"])
PADDED = pad([[4, 0, 3, 2, 5, 1], [5, 0, 3, 4], [5, 1]], 7)
STEPS = [
    [list("banana"), list("bandana")],
    [["b", "an", "an", "a"], ["b", "an", "d", "an", "a"]],
    [["b", "an", "ana"], ["b", "an", "d", "ana"]],
    [["ban", "ana"], ["ban", "d", "ana"]],
]
MERGES = [("a", "n"), ("an", "a"), ("b", "an")]
PIECES = [b"Unt", b"rained", b" fox", b"es", b" out", b"fox", b" the", b" he", b"ns", b":", b" \xf0\x9f", b"\xa6\x8a"]
PIECE_IDS = [35792, 13363, 21831, 274, 503, 12792, 262, 339, 5907, 25, 1802, 4]
SIZES = [100, 400, 1600, 6400]
TIMES = {
    "one-hot": [1e-5, 4e-5, 2e-4, 8e-4],
    "lookup": [2e-6, 2e-6, 2e-6, 3e-6],
    "W[ids]": [3e-6, 3e-6, 3e-6, 4e-6],
    "index_select": [2e-6, 2.5e-6, 3e-6, 3e-6],
    "copy": [1e-6, 1e-6, 1e-6, 2e-6],
}
BYTES = {"lookup": [65_536] * 4, "one-hot": [307_200, 1_228_800, 4_915_200, 19_660_800]}
NEEDS = {
    "GPT-2, N = 8,192": {"table": 154_389_504, "lookup": 25_165_824, "one-hot": 4_940_464_128},
    "Llama 3, N = 8,192": {"table": 2_101_346_304, "lookup": 134_217_728, "one-hot": 12_608_077_824},
    "GPT-2, N = 131,072": {"table": 154_389_504, "lookup": 402_653_184, "one-hot": 79_047_426_048},
    "Llama 3, N = 131,072": {"table": 2_101_346_304, "lookup": 2_147_483_648, "one-hot": 201_729_245_184},
}
RATIOS = [[0.57, 0.71, 0.88, 1.2, 1.35], [1.1, 2.2, 3.3, 4.4, 25.0], [9.9, 10.0, 123.0, None, None]]
DEVICE = {
    "device": "Some Card",
    "sizes": SIZES,
    "forward": TIMES,
    "forward + backward": {name: TIMES[name] for name in ("one-hot", "lookup")},
}
STORED = {"purity": [0.0, 0.4, 0.9, 1.0], "analogies": [0.0, 0.1, 0.5, 0.7]}
KINDS = ("animal", "food", "place", "person", "action", "quality")
GROUPS = [(kind, form) for kind in KINDS for form in (0, 1) for _ in range(10)]
CENTRES = torch.tensor([[k % 3 - 1.0, k // 3 - 0.5] for k in range(6)]).repeat_interleave(20, 0) * 0.5
POINTS = CENTRES + 0.08 * torch.randn(120, 2, generator=torch.Generator().manual_seed(0))
FEW = torch.tensor([[-0.4, 0.1], [-0.2, 0.4], [-0.4, -0.1], [-0.2, 0.2], [0.1, -0.3], [0.3, 0.0]])
MOVED = {
    "SGD": [[True, False, False, False, True, False], [False] * 5 + [True], [True] + [False] * 5],
    "Momentum": [[True, False, False, False, True, False], *[[True, False, False, False, True, True]] * 2],
    "Adam": [[True, False, False, False, True, False], *[[True, False, False, False, True, True]] * 2],
    "AdamW": [[True] * 6] * 3,
}
MINE = [TABLE[IDS] * ((first <= IDS) & (IDS < first + 3))[:, None] for first in (0, 3)]
MANY = [2**k for k in range(11)]
LINES = {"cut": (MANY, [1e7 / P for P in MANY]), "the gradient left whole": (MANY, [7e6 / P + 3e6 for P in MANY])}
LOADS = {
    "contiguous": [1e6 / i for i in range(1, 65)],
    "strided": [100] * 64,
    "hashed": [90, 110] * 32,
    "cached": [9] * 64,
}

PICTURES: dict[str, Callable[[], Figure]] = {
    "two_ones": lambda: in_ten_minutes.two_ones(TABLE, [0, 4], WORDS),
    "text_to_rows": lambda: token_ids.text_to_rows(SENTENCE, TOKENS, IDS),
    "padded_batch": lambda: token_ids.padded_batch(*PADDED, SPECIAL),
    "merge_steps": lambda: token_ids.merge_steps(STEPS, MERGES),
    "pieces": lambda: token_ids.pieces([PIECES], [PIECE_IDS]),
    "pieces of several": lambda: token_ids.pieces([PIECES, PIECES[2:6]], [PIECE_IDS, PIECE_IDS[2:6]], ["prose", "x"]),
    "sentence_to_rows": lambda: embedding_lookup.sentence_to_rows(SENTENCE.split(), IDS, TABLE, WORDS),
    "rows_marked": lambda: embedding_lookup.rows_marked(TABLE, IDS[2:], WORDS),
    "batch_to_blocks": lambda: embedding_lookup.batch_to_blocks(BATCH, TABLE, WORDS),
    "picked": lambda: embedding_lookup.picked(TABLE, 4, WORDS),
    "spread": lambda: embedding_lookup.spread(torch.randn(1000, 64, generator=torch.Generator().manual_seed(0))),
    "similarities": lambda: embedding_lookup.similarities(torch.corrcoef(TABLE), WORDS),
    "one_hot_times_table": lambda: one_hot_and_linear.one_hot_times_table(TABLE, 4, WORDS),
    "linear_times_one_hot": lambda: one_hot_and_linear.linear_times_one_hot(torch.arange(20.0).view(5, 4), 2),
    "both_routes": lambda: one_hot_and_linear.both_routes(TABLE, 1, WORDS),
    "sentence_times_table": lambda: one_hot_and_linear.sentence_times_table(TABLE, IDS, WORDS),
    "gradient_rows of 03": lambda: one_hot_and_linear.gradient_rows(torch.arange(12.0).view(4, 3), [0, 2, 2]),
    "growth, timed": lambda: why_lookup_wins.growth(
        dict.fromkeys(("vocabulary V", "d", "N"), (SIZES, TIMES)), "forward"
    ),
    "growth, counted": lambda: why_lookup_wins.growth(
        dict.fromkeys(("V", "d", "N"), (SIZES, BYTES)), "at the peak", dict.fromkeys(("V", "d", "N"), BYTES), unit="B"
    ),
    "memory_bars": lambda: why_lookup_wins.memory_bars(NEEDS, 8_000_000_000),
    "one_case": lambda: why_lookup_wins.one_case(50_257, 768, 64, 8_000_000_000),
    "fastest_map": lambda: why_lookup_wins.fastest_map(RATIOS, [5, 20, 1000], [8, 64, 512, 4096, 16384]),
    "ratio_bars": lambda: why_lookup_wins.ratio_bars(
        {"GPT-2: 50,257 × 768": {"copy": 1e-3, "lookup": 1.2e-3, "W[ids]": 1e-3}}
    ),
    "mismatch_counts": lambda: why_lookup_wins.mismatch_counts({"W[ids]": 25, "lookup": 1, "index_select": 1}, 30),
    "text_box": lambda: why_lookup_wins.text_box("There is no GPU here. " * 6),
    "device_growth": lambda: why_lookup_wins.device_growth(DEVICE),
    "gradient_rows of 05": lambda: learning_vectors.gradient_rows(TABLE, TABLE * (TABLE > 1), WORDS, [0, 2, 3]),
    "movement": lambda: learning_vectors.movement(MOVED, [[0, 4], [5], [0]], WORDS),
    "window": lambda: learning_vectors.window(TABLE @ TABLE.T, torch.eye(6), TOKENS),
    "word_map": lambda: learning_vectors.word_map(POINTS, GROUPS, limit=0.75, title="stage 12: 100.0% of the training"),
    "word_map with names": lambda: learning_vectors.word_map(
        FEW,
        [("animal", form) for form in (0, 1)] * 3,
        names=dict(enumerate(["modor", "modors", "dugim", "dugims", "zeben", "zebens"])),
        joined=[(0, 1), (2, 3), (4, 5)],
        limit=0.5,
    ),
    "curves": lambda: learning_vectors.curves([0, 1, 2, 3], STORED, xlabel="stored stage", ylabel="share right"),
    "block": lambda: learning_vectors.block(
        TABLE.abs(), TOKENS, ["pemem", "zavemar", "the"], "PPMI: 0 is chance or less"
    ),
    "windows": lambda: into_a_language_model.windows(
        [[4, 0, 3, 2, 5, 1, 4]] * 2, [[0, 3, 2, 5, 1, 4, 0]] * 2, [*TOKENS[:5], "beginning"]
    ),
    "token_plus_position": lambda: into_a_language_model.token_plus_position(
        torch.randn(6, 3), torch.randn(6, 3), [*TOKENS[:5], "beginning"]
    ),
    "causal_mask": lambda: into_a_language_model.causal_mask([*TOKENS[:5], "beginning"]),
    "both_ends": lambda: into_a_language_model.both_ends(
        [504, 3575, 282, 4649, 314], ["The", " capital", " of", " France", " is"], " Paris", (49_152, 576)
    ),
    "loss_curve": lambda: into_a_language_model.loss_curve(
        [7 - step / 150 for step in range(500)], 3.7, "bigram table"
    ),
    "next_tokens": lambda: into_a_language_model.next_tokens(
        "The capital of France is", [" Paris", " the", "\n", "�"], [0.77, 0.06, 0.012, 0.01], "after block 30"
    ),
    "ranks": lambda: into_a_language_model.ranks([4316, 2678, 396, 34, 7, 3, 1], " Paris", 49_152),
    "neighbours": lambda: a_real_table.neighbours("' fox'", [(" foxes", 0.82), ("fox", 0.74), (" racc", -0.1)]),
    "spreads": lambda: a_real_table.spreads(
        {"as they are": torch.linspace(-1, 2, 500), "without the mean row": [0.0, 0.1]}, "cosine", {" the": 0.7}
    ),
    "group_map": lambda: a_real_table.group_map(torch.eye(6)[:, :2], {"animals": TOKENS[:3], "others": TOKENS[3:]}),
    "group_map, zoomed": lambda: a_real_table.group_map(
        torch.randn(6, 2, generator=torch.Generator().manual_seed(0)),
        {"animals": TOKENS[:3], "others": TOKENS[3:]},
        "others",
    ),
    "memory": lambda: past_one_machine.memory(
        {"GPT-2": 617_558_016, "256,000 tokens": 33_554_432_000, "a recommender": 2_048_000_000_000},
        80 * 10**9,
        "one GPU",
    ),
    "parts": lambda: past_one_machine.parts(TABLE, WORDS, 2),
    "parts of four": lambda: past_one_machine.parts(TABLE, WORDS, 4),
    "added_up": lambda: past_one_machine.added_up(MINE, IDS, WORDS),
    "by_processes": lambda: past_one_machine.by_processes(
        {"held, with Adam": LINES, "sent for 256 ids": LINES}, {"held, with Adam": {"cut": ([2, 4], [5e6, 2.5e6])}}
    ),
    "shares": lambda: past_one_machine.shares(LOADS),
}
# Those that stand below a control.
EXPLORED = (
    "pieces",
    "picked",
    "both_routes",
    "one_case",
    "word_map",
    "next_tokens",
    "neighbours",
    "group_map, zoomed",
    "shares",
    "parts",
)
