"""Notebook 00 follows the learner's text: its cells up to the training step, with other texts, each cell twice, and all twice."""

from __future__ import annotations

import pytest
import torch
from helpers import said, source

from tutorial_pkg.practice import predict

NAME = "00_in_ten_minutes"
ROAD = ["imports", "type-your-text", "lookup", "product", "linear", "gradient", "step"]
TEXTS = [
    "Quick fox is in the house",
    "fox",
    "to be or not to be",
    "a quick brown fox jumps over the lazy dog",
    "ÉTÉ forêt Straße İstanbul",
    "敏捷的狐狸 在 房子里",
]


@pytest.mark.parametrize("text", TEXTS)
def test_every_cell_follows_the_text(text, capsys):
    first = text.lower().split()[0]
    namespace = {"__name__": "cell"}
    for _ in range(2):
        for cell_id in [one for one in ROAD for _ in range(2)]:
            code = source(NAME, cell_id).replace(TEXTS[0], text)
            if cell_id == "product":
                predict("predict_one_hot_product", "b")
            exec(compile(code, f"<{cell_id}>", "exec"), namespace)
            shown = said(capsys)
            if cell_id == "product":
                assert "✓" in shown, shown
            if cell_id == "gradient":
                used = namespace["by_lookup"].any(dim=1)
                assert used.nonzero().flatten().tolist() == [namespace["words"][first]]
                assert "same gradient: True" in shown
            if cell_id == "step":
                assert f"moved: ['{first}']" in shown
                loss, lower = map(float, shown.rsplit("loss: ", 1)[1].split(" → "))
                assert lower < loss


@pytest.mark.parametrize("other", ["a", "c"])
@pytest.mark.parametrize("text", TEXTS)
def test_no_wrong_option_is_right_for_some_text(text, other):
    """With one word, too, the three options of the first prediction are three results."""
    namespace = {"__name__": "cell"}
    for cell_id in ["imports", "type-your-text", "lookup", "product"]:
        exec(source(NAME, cell_id).replace(TEXTS[0], text), namespace)
    assert namespace["right"] == ["b"]
    assert not torch.equal(namespace["options"][other], namespace["product"])
