"""Notebook 00 uses the learner's text: its cells run with other texts, each twice, and some again at the end."""

from __future__ import annotations

import pytest
from helpers import cell_namespace, real_model, said, source

from tutorial_pkg.practice import predict
from tutorial_pkg.tokens import EmptyTextError

NAME = "00_in_ten_minutes"
ROAD = ["imports", "type-your-text", "lookup", "product", "linear", "gradient"]
AGAIN = ["product", "linear", "gradient"]  # a learner goes back to an earlier cell after the table has changed
TEXTS = [
    "Quick fox is in the house",
    "fox",
    "a quick brown fox jumps over the lazy dog",
    "ÉTÉ forêt Straße İstanbul",
    "敏捷的狐狸 在 房子里",
]


@pytest.mark.parametrize("text", TEXTS)
def test_every_cell_follows_the_text(text, capsys):
    first = text.lower().split()[0]
    namespace = {"__name__": "cell"}
    for cell_id in [*(one for one in ROAD for _ in range(2)), *AGAIN]:
        code = source(NAME, cell_id).replace(TEXTS[0], text)
        if cell_id == "lookup":
            with pytest.raises(EmptyTextError):  # the cells below still use the text from before
                exec(source(NAME, "type-your-text").replace(TEXTS[0], " "), namespace)
        if cell_id == "product":
            predict("predict_one_hot_product", "b")
        exec(compile(code, f"<{cell_id}>", "exec"), namespace)
        namespace["show"] = lambda figure: print(figure.words)  # drawn, but not rendered
        shown = said(capsys)
        if cell_id == "product":
            assert "✓" in shown and namespace["right"] == ["b"], shown  # with one word, there must be no other option
        if cell_id == "linear":
            assert "nn.Linear gives equal rows: True" in shown
        if cell_id == "gradient":
            used = namespace["gradient"].any(dim=1)
            assert used.nonzero().flatten().tolist() == [namespace["words"][first]]
            assert "equal gradient: True" in shown
            loss, lower = map(float, shown.rsplit("loss: ", 1)[1].split()[:3:2])
            assert lower < loss


def test_a_typed_word_has_neighbours_or_is_said_to_be_several_tokens():
    namespace = cell_namespace(NAME, "imports") | {"llm": real_model(), "explore": lambda field, picture: None}
    exec(source(NAME, "type-a-word"), namespace)
    assert "␣Tuesday" in namespace["nearest"](" Monday ").words
    for word, tokens in {"": 0, "unhappiness": 2, "two words": 2}.items():
        with pytest.raises(ValueError, match=f"is {tokens} tokens; type a word of one token"):
            namespace["nearest"](word)


def test_after_an_empty_prompt_the_next_cell_uses_the_prompt_from_before(capsys):
    namespace = cell_namespace(NAME, "imports") | {"llm": real_model()}
    code = source(NAME, "llm-says").replace("(prompt, 2)", "(prompt, 1)")
    exec(code, namespace)
    assert said(capsys).startswith("The capital of France is Paris ['The', ' capital'")
    with pytest.raises(EmptyTextError):
        exec(code.replace("The capital of France is", ""), namespace)
    assert namespace["prompt_ids"].tolist() == namespace["llm"].encode("The capital of France is").tolist()
