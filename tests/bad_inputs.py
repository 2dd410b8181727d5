"""Inputs that no picture can be made of, and the drawing functions with arguments that they can."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pictures as p
import torch

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


class Unprintable:
    def __repr__(self) -> str:
        raise RuntimeError("no repr")


BAD: dict[str, Any] = {
    "None": None,
    "2.5": 2.5,
    "-1": -1,
    "True": True,
    "10**400": 10**400,
    "a word": "fox",
    "a megabyte": "fox " * 250_000,
    "bytes": b"fox",
    "an object": Unprintable(),
    "a dict": {"fox": None},
    "nothing": [],
    "nothing in nothing": [[]],
    "ragged": [[1.0, 2.0], [3.0]],
    "None in a list": [None, None],
    "fractions for ids": [2.5, 0.0],
    "bools for ids": [True, False],
    "a negative id": [-1, 0],
    "a huge id": [10**30],
    "words": ["fox", "in"],
    "a million": [1] * 1_000_000,
    "a million rows": torch.zeros(1_000_000, 3),
    "three dimensions": torch.zeros(2, 2, 2),
    "no rows": torch.zeros(0, 3),
    "a float tensor": torch.tensor([0.5, 1.0]),
    "a bool tensor": torch.tensor([True, False]),
    "a meta tensor": torch.zeros(6, 3, device="meta"),
    "a complex tensor": torch.zeros(6, 3, dtype=torch.complex64),
    "a nested tensor": torch.nested.nested_tensor([torch.zeros(2), torch.zeros(3)], layout=torch.jagged),
    "an array of words": np.array([["fox", "in"]]),
    "an array of objects": np.array([[None, 1.0]], dtype=object),
    "a layer": torch.nn.Embedding(6, 3),
}
TABLE = {"table": p.TABLE, "vocabulary": p.WORDS}
CALLS: dict[str, tuple[Callable, dict[str, Any]]] = {
    "neighbours": (a_real_table.neighbours, {"token": " fox", "found": [(" foxes", 0.8), ("fox", 0.7)]}),
    "spreads": (
        a_real_table.spreads,
        {"values": {"as they are": [0.1, 0.2]}, "xlabel": "cosine", "marked": {" the": 0.1}},
    ),
    "group_map": (
        a_real_table.group_map,
        {"points": p.FEW, "groups": {"a": p.TOKENS[:3], "b": p.TOKENS[3:]}, "only": "a"},
    ),
    "two_ones": (in_ten_minutes.two_ones, {"ids": [0, 4]} | TABLE),
    "flow": (token_ids.text_to_rows, {"sentence": p.SENTENCE, "tokens": p.TOKENS, "ids": p.IDS}),
    "padded_batch": (token_ids.padded_batch, {"ids": p.PADDED[0], "mask": p.PADDED[1], "vocabulary": p.SPECIAL}),
    "merge_steps": (token_ids.merge_steps, {"steps": p.STEPS, "merges": p.MERGES}),
    "pieces": (token_ids.pieces, {"texts": [p.PIECES], "ids": [p.PIECE_IDS], "labels": ["prose"]}),
    "sentence_to_rows": (embedding_lookup.sentence_to_rows, {"tokens": p.TOKENS, "ids": p.IDS} | TABLE),
    "rows_marked": (embedding_lookup.rows_marked, {"ids": p.IDS} | TABLE),
    "batch_to_blocks": (embedding_lookup.batch_to_blocks, {"ids": p.BATCH} | TABLE),
    "picked": (embedding_lookup.picked, {"token_id": 4} | TABLE),
    "spread": (embedding_lookup.spread, {"values": p.TABLE}),
    "similarities": (embedding_lookup.similarities, {"cosine": torch.eye(6), "vocabulary": p.WORDS}),
    "one_hot_times_table": (one_hot_and_linear.one_hot_times_table, {"token_id": 4} | TABLE),
    "linear_times_one_hot": (
        one_hot_and_linear.linear_times_one_hot,
        {"weight": p.TABLE.T, "token_id": 4, "vocabulary": p.WORDS},
    ),
    "both_routes": (one_hot_and_linear.both_routes, {"token_id": 4} | TABLE),
    "sentence_times_table": (one_hot_and_linear.sentence_times_table, {"ids": p.IDS} | TABLE),
    "gradient_rows of 03": (
        one_hot_and_linear.gradient_rows,
        {"gradient": p.TABLE, "ids": p.IDS, "vocabulary": p.WORDS},
    ),
    "growth": (why_lookup_wins.growth, {"panels": {"V": (p.SIZES, p.TIMES)}, "ylabel": "seconds"}),
    "needs": (why_lookup_wins.memory_bars, {"amounts": p.NEEDS, "free": 10**9}),
    "one_case": (why_lookup_wins.one_case, {"V": 5, "d": 3, "N": 6, "free": 10**9}),
    "winners": (
        why_lookup_wins.fastest_map,
        {"ratios": p.RATIOS, "vocabularies": [5, 20, 1000], "tokens": [8, 64, 512, 4096, 16384]},
    ),
    "against": (why_lookup_wins.ratio_bars, {"groups": {"GPT-2": {"copy": 1.0, "lookup": 2.0}}}),
    "different": (why_lookup_wins.mismatch_counts, {"counts": {"W[ids]": 2}, "runs": 30}),
    "said": (why_lookup_wins.text_box, {"sentence": "There is no GPU here."}),
    "device_growth": (why_lookup_wins.device_growth, {"table": p.DEVICE}),
    "gradient_rows of 05": (learning_vectors.gradient_rows, {"gradient": p.TABLE, "used": p.IDS} | TABLE),
    "movement": (learning_vectors.movement, {"moved": p.MOVED, "used": [[0, 4], [5], [0]], "vocabulary": p.WORDS}),
    "window": (learning_vectors.window, {"scores": torch.eye(6), "near": torch.eye(6), "words": p.TOKENS}),
    "plane": (learning_vectors.plane, {"vectors": p.TABLE}),
    "word_map": (
        learning_vectors.word_map,
        {
            "points": p.FEW,
            "groups": [("animal", 0)] * 6,
            "names": {0: "zeben"},
            "joined": [(0, 1)],
            "limit": 0.5,
            "title": "now",
        },
    ),
    "curves": (learning_vectors.curves, {"steps": [0, 1, 2, 3], "scores": p.STORED, "xlabel": "stage"}),
    "block": (
        learning_vectors.block,
        {"values": torch.eye(2), "rows": ["fox", "in"], "columns": ["the", "is"], "title": "PPMI"},
    ),
    "windows": (into_a_language_model.windows, {"ids": p.BATCH, "targets": p.BATCH, "vocabulary": p.WORDS}),
    "added": (into_a_language_model.token_plus_position, {"tokens": p.TABLE, "positions": p.TABLE, "words": p.TOKENS}),
    "gathers": (into_a_language_model.causal_mask, {"words": p.TOKENS}),
    "both_ends": (
        into_a_language_model.both_ends,
        {"ids": p.IDS, "words": p.TOKENS, "said": "fox", "shape": (6, 3)},
    ),
    "falling": (into_a_language_model.loss_curve, {"losses": [7.0, 3.0], "rival": 3.7, "name": "bigram table"}),
    "next_tokens": (
        into_a_language_model.next_tokens,
        {"prompt": p.SENTENCE, "tokens": ["fox", "in"], "shares": [0.7, 0.1], "title": "after block 30"},
    ),
    "ranks": (into_a_language_model.ranks, {"places": [40, 7, 1], "token": " Paris", "rows": 100}),
    "memory": (past_one_machine.memory, {"models": {"GPT-2": 617_558_016}, "limit": 80 * 10**9, "what": "one GPU"}),
    "parts": (past_one_machine.parts, {"processes": 2} | TABLE),
    "added_up": (past_one_machine.added_up, {"contributions": p.MINE, "ids": p.IDS, "vocabulary": p.WORDS}),
    "by_processes": (past_one_machine.by_processes, {"panels": {"held": p.LINES}, "measured": {"held": p.LINES}}),
    "shares": (past_one_machine.shares, {"loads": p.LOADS}),
}
