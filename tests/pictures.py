"""The list of the course's pictures. All tests of pictures use it, including the tests of odd inputs.

Each picture is a `partial` with the arguments of a notebook, given by name, so that a test can replace one of them.
"""

from __future__ import annotations

from functools import partial

import torch

from tutorial_pkg.draw import (
    a_real_table,
    embedding_lookup,
    from_rows_to_search,
    into_a_language_model,
    learning_vectors,
    one_hot_and_linear,
    past_one_machine,
    token_ids,
    why_lookup_wins,
)
from tutorial_pkg.practice.picture import expected_and_got
from tutorial_pkg.tokens import encode, pad, tokenise, vocabulary

SENTENCE = "Quick fox is in the house"
TOKENS = tokenise(SENTENCE)
WORDS = vocabulary(TOKENS)
IDS = torch.tensor(encode(SENTENCE, WORDS))
TABLE = torch.randn(6, 3, generator=torch.Generator().manual_seed(42))
BATCH = torch.tensor([[4, 0, 3, 2], [5, 1, 3, 0]])
LONGER = [*TOKENS[:5], "beginning"]

SPECIAL = vocabulary(TOKENS, special=["<unk>", "<pad>"])
PADDED, MASK = pad([[4, 0, 3, 2, 5, 1], [5, 0, 3, 4], [5, 1]], 7)
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
STORED = {"purity": [0.0, 0.4, 0.9, 1.0], "analogies": [0.0, 0.1, 0.5, 0.7]}
KINDS = ("animal", "food", "place", "person", "action", "quality")
GROUPS = [(kind, form) for kind in KINDS for form in (0, 1) for _ in range(10)]
SEED = torch.Generator().manual_seed(0)
POINTS = torch.tensor([[k % 3 - 1.0, k // 3 - 0.5] for k in range(6)]).repeat_interleave(20, 0) * 0.5
POINTS = POINTS + 0.08 * torch.randn(120, 2, generator=SEED)
FEW = torch.tensor([[-0.4, 0.1], [-0.2, 0.4], [-0.4, -0.1], [-0.2, 0.2], [0.1, -0.3], [0.3, 0.0]])
MOVED = {
    "SGD": [[True, False, False, False, True, False], [False] * 5 + [True], [True] + [False] * 5],
    "Momentum": [[True, False, False, False, True, False], *[[True, False, False, False, True, True]] * 2],
    "Adam": [[True, False, False, False, True, False], *[[True, False, False, False, True, True]] * 2],
    "AdamW": [[True] * 6] * 3,
}
MINE = [TABLE[IDS] * ((first <= IDS) & (IDS < first + 3))[:, None] for first in (0, 3)]
MANY = [2**k for k in range(11)]
LINES = {"split": (MANY, [1e7 / P for P in MANY]), "the gradient left whole": (MANY, [7e6 / P + 3e6 for P in MANY])}
LOADS = {
    "contiguous": [1e6 / i for i in range(1, 65)],
    "strided": [100] * 64,
    "hashed": [90, 110] * 32,
    "cached": [9] * 64,
}
BOTH = {"table": TABLE, "vocabulary": WORDS}
PRICES = {"GPT-2": 617_558_016, "256,000 tokens": 33_554_432_000, "a recommender": 2_048_000_000_000}
ANIMALS = {"animals": TOKENS[:3], "others": TOKENS[3:]}
PROMPT = {"ids": [504, 3575, 282, 4649, 314], "words": ["The", " capital", " of", " France", " is"], "said": " Paris"}

PICTURES: dict[str, partial] = {
    # 01
    "padded_batch": partial(token_ids.padded_batch, ids=PADDED, mask=MASK, vocabulary=SPECIAL),
    "merge_steps": partial(token_ids.merge_steps, steps=STEPS, merges=MERGES),
    "pieces": partial(token_ids.pieces, texts=[PIECES], ids=[PIECE_IDS]),
    "pieces of several": partial(
        token_ids.pieces, texts=[PIECES, PIECES[2:6]], ids=[PIECE_IDS, PIECE_IDS[2:6]], labels=["prose", "x"]
    ),
    # 02
    "sentence_to_rows": partial(embedding_lookup.sentence_to_rows, tokens=SENTENCE.split(), ids=IDS, **BOTH),
    "batch_to_blocks": partial(embedding_lookup.batch_to_blocks, ids=BATCH, **BOTH),
    "spread": partial(embedding_lookup.spread, values=torch.randn(1000, 64, generator=SEED)),
    "similarities": partial(embedding_lookup.similarities, cosine=torch.corrcoef(TABLE), vocabulary=WORDS),
    # 03
    "one_hot_times_table": partial(one_hot_and_linear.one_hot_times_table, token_id=4, **BOTH),
    "linear_times_one_hot": partial(
        one_hot_and_linear.linear_times_one_hot, weight=torch.arange(20.0).view(5, 4), token_id=2
    ),
    "both_routes": partial(one_hot_and_linear.both_routes, token_id=1, **BOTH),
    "sentence_times_table": partial(one_hot_and_linear.sentence_times_table, ids=IDS, **BOTH),
    "gradient_rows": partial(one_hot_and_linear.gradient_rows, gradient=torch.arange(12.0).view(4, 3), ids=[0, 2, 2]),
    # 04
    "growth, timed": partial(why_lookup_wins.growth, panels={"vocabulary V": (SIZES, TIMES)}, ylabel="forward"),
    "growth, counted": partial(
        why_lookup_wins.growth,
        panels=dict.fromkeys(("V", "N"), (SIZES, BYTES)),
        ylabel="at the peak",
        on_paper=dict.fromkeys(("V", "N"), BYTES),
        unit="B",
    ),
    "memory_bars": partial(why_lookup_wins.memory_bars, amounts=NEEDS, limit=8_000_000_000),
    "one_case": partial(why_lookup_wins.one_case, V=50_257, d=768, N=64, free=8_000_000_000),
    "fastest_map": partial(
        why_lookup_wins.fastest_map, ratios=RATIOS, vocabularies=[5, 20, 1000], tokens=[8, 64, 512, 4096, 16384]
    ),
    "bar_chart, measured": partial(
        why_lookup_wins.bar_chart,
        groups={"GPT-2: 50,257 × 768": {"copy": 1.0, "lookup": 1.2, "W[ids]": 1.0}},
        what="time divided by the time of the copy",
        line=1,
        measured=True,
    ),
    # 05
    "gradient_rows with the table": partial(
        learning_vectors.gradient_rows, gradient=TABLE * (TABLE > 1), ids=[0, 2, 3], **BOTH
    ),
    "movement": partial(learning_vectors.movement, moved=MOVED, used=[[0, 4], [5], [0]], vocabulary=WORDS),
    "word_pairs": partial(
        learning_vectors.word_pairs,
        matrices={"how much a pair counts": torch.eye(6), "every score, in one product": TABLE @ TABLE.T},
        words=TOKENS,
        contexts=TOKENS,
    ),
    "word_pairs of one matrix": partial(
        learning_vectors.word_pairs,
        matrices={"PPMI: 0 is chance or less": TABLE.abs()},
        words=TOKENS,
        contexts=["pemem", "zavemar", "the"],
    ),
    "word_map": partial(
        learning_vectors.word_map, points=POINTS, groups=GROUPS, limit=0.75, title="stage 12: 100.0% of the training"
    ),
    "word_map with names": partial(
        learning_vectors.word_map,
        points=FEW,
        groups=[("animal", form) for form in (0, 1)] * 3,
        names=dict(enumerate(["modor", "modors", "dugim", "dugims", "zeben", "zebens"])),
        joined=[(0, 1), (2, 3), (4, 5)],
        limit=0.5,
    ),
    "curves": partial(learning_vectors.curves, lines=STORED, xlabel="stored stage", ylabel="share right"),
    # 06
    "neighbours": partial(
        a_real_table.neighbours, token="' fox'", found=[(" foxes", 0.82), ("fox", 0.74), (" racc", -0.1)]
    ),
    "spreads": partial(
        a_real_table.spreads,
        values={"as they are": torch.linspace(-1, 2, 500), "without the mean row": [0.0, 0.1]},
        xlabel="cosine",
        marked={" the": 0.7},
    ),
    "group_map": partial(a_real_table.group_map, points=FEW, groups=ANIMALS),
    "group_map, zoomed": partial(a_real_table.group_map, points=FEW, groups=ANIMALS, only="others"),
    "by_id": partial(
        a_real_table.by_id, values=torch.linspace(-1, 2, 500).sin(), ylabel="cosine", marked={" the": 20, " fox": 300}
    ),
    # 07
    "windows": partial(
        into_a_language_model.windows,
        ids=[[4, 0, 3, 2, 5, 1, 4]] * 2,
        targets=[[0, 3, 2, 5, 1, 4, 0]] * 2,
        vocabulary=LONGER,
    ),
    "added_up, tokens and positions": partial(
        into_a_language_model.added_up,
        parts={"token": TABLE, "position": TABLE.flip(0)},
        rows=LONGER,
        total="input of the block",
    ),
    "causal_mask": partial(into_a_language_model.causal_mask, words=LONGER),
    "both_ends": partial(into_a_language_model.both_ends, shape=(49_152, 576), **PROMPT),
    "curves of many points": partial(
        into_a_language_model.curves,
        lines={"the model, batch by batch": [7 - step / 150 for step in range(500)], "the bigram table": [3.7] * 500},
        xlabel="step",
        ylabel="loss",
    ),
    "next_tokens": partial(
        into_a_language_model.next_tokens,
        prompt="The capital of France is",
        tokens=[" Paris", " the", "\n", "�"],
        shares=[0.77, 0.06, 0.012, 0.01],
        title="after block 30",
    ),
    "ranks": partial(into_a_language_model.ranks, places=[4316, 2678, 396, 34, 7, 3, 1], token=" Paris", rows=49_152),
    # 08
    "memory_bars, named": partial(
        past_one_machine.memory_bars, amounts={"": PRICES}, limit=80 * 10**9, owner="one GPU"
    ),
    "parts": partial(past_one_machine.parts, processes=2, **BOTH),
    "parts of four": partial(past_one_machine.parts, processes=4, **BOTH),
    "added_up": partial(
        past_one_machine.added_up,
        parts={"process 0": MINE[0], "process 1": MINE[1]},
        rows=TOKENS,
        total="in every process",
    ),
    "by_processes": partial(
        past_one_machine.by_processes,
        panels={"held, with Adam": LINES, "sent for 256 ids": LINES},
        measured={"held, with Adam": {"split": ([2, 4], [5e6, 2.5e6])}},
    ),
    "shares": partial(past_one_machine.shares, loads=LOADS),
    # 09
    "bar_chart": partial(
        from_rows_to_search.bar_chart,
        groups={"verses": {"counts, cosine": 0.89, "whole encoder": -0.03}, "emojis": {"counts, cosine": 0, "rows": 1}},
        what="cosine",
    ),
    "index_sizes": partial(
        from_rows_to_search.index_sizes,
        kinds={"float32": (1536, 95), "8 bits": (388, 95), "first 96": (384, 91), "1 bit": (48, 92)},
    ),
    # the picture of a wrong answer
    "expected_and_got": partial(
        expected_and_got, expected=TABLE, got=TABLE * (TABLE > -0.3), call="look_up(table, ids)"
    ),
}
# The pictures that are below a control.
EXPLORED = (
    *("pieces", "both_routes", "one_case", "word_map", "next_tokens"),
    *("neighbours", "group_map, zoomed", "shares", "parts", "bar_chart"),
)
