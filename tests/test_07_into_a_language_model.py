"""What the pictures of notebook 07 show, and the model in its cells compared with the package's own."""

from __future__ import annotations

import pytest
import torch
from helpers import cell_namespace, real_model, run_cell
from matplotlib.colors import to_hex
from matplotlib.text import Annotation

from tutorial_pkg import smollm2
from tutorial_pkg.draw import into_a_language_model as draw
from tutorial_pkg.draw.core import SKY
from tutorial_pkg.tokens import EmptyTextError

WORDS = ["fox", "house", "in", "is", "quick", "the"]
NOTEBOOK = "07_into_a_language_model"


def written(ax):
    return [text.get_text() for text in ax.texts if not isinstance(text, Annotation) and text.get_text()]


def test_windows_writes_what_is_read_above_what_is_wanted():
    (ax,) = draw.windows(torch.tensor([[4, 0], [5, 1]]), torch.tensor([[0, 3], [1, 2]]), WORDS).axes
    assert written(ax) == [
        *("reads", "quick", "fox", "next", "fox", "is"),
        *("reads", "the", "house", "next", "house", "in"),
    ]
    with pytest.raises(IndexError, match="ids: id 6 has no row"):
        draw.windows([[6]], [[0]], WORDS)


def test_added_up_adds():
    picture = draw.added_up({"token": [[1.0, 2.0]], "position": [[0.5, -1.0]]}, ["fox"], "input")
    assert [written(ax) for ax in picture.axes] == [["1.00", "2.00"], ["0.50", "-1.00"], ["1.50", "1.00"]]
    assert picture.words.endswith("The result is “input”.")


def test_gathers_fills_the_place_itself_and_those_before_it():
    (ax,) = draw.causal_mask(["quick", "fox", "is"]).axes
    assert written(ax) == [*"●●●●●●"]


def test_the_mask_is_blue_on_and_below_the_diagonal():
    (ax,) = draw.causal_mask(["quick", "fox", "is"]).axes
    blue = [to_hex(patch.get_facecolor()) == SKY.lower() for patch in ax.patches]
    assert blue == [True, False, False, True, True, False, True, True, True]


@pytest.mark.parametrize(("ids", "says"), [([99], "id 99 has no row"), ([-5], "id -5 has no row")])
def test_both_ends_refuses_an_id_without_a_row(ids, says):
    with pytest.raises(IndexError, match=says):
        draw.both_ends(ids, ["a"], "c", (6, 3))
    with pytest.raises(ValueError, match="expected numbers from 1"):
        draw.both_ends([0], ["a"], "c", (0, 3))


def test_both_ends_takes_any_number_of_ids():
    for count in (1, 7, 8, 30):
        (ax,) = draw.both_ends(range(count), ["fox"] * count, "in", (50, 3)).axes
        boxes = [text for text in written(ax) if text.endswith("fox")]
        assert len(boxes) == min(count, 6 if count > 7 else 7) and f"{count - 1} fox" in boxes


def test_a_loss_that_rises_is_not_called_a_fall():
    def words(*losses):
        return draw.curves({"model": losses, "rival": [4.0] * 3}, "step").words

    assert "model rises from about 1.0 to about 9. The line for rival stays at about 4." in words(1.0, 2.0, 9.0)
    assert "model falls from about 7 to about 3." in words(7.0, 5.0, 3.0)
    for last, lowest in ((3.0, "model"), (5.0, "rival")):
        assert words(7.0, 5.0, last).endswith(f"At the end, the line for {lowest} is the lowest.")


def test_next_tokens_has_a_bar_for_each():
    (ax,) = draw.next_tokens("fox", [" is", " in"], torch.tensor([0.75, 0.2])).axes
    assert [round(bar.get_width(), 2) for bar in ax.patches] == [0.75, 0.2]
    assert written(ax) == ["75%", "20%"]


def test_ranks_says_from_where_on_it_stays_first():
    assert "in first place from block 3 on" in draw.ranks([9, 1, 2, 1, 1], " Paris", 100).words
    assert "not first at the end" in draw.ranks([9, 1, 2], " Paris", 100).words


@pytest.fixture(scope="module")
def cells():
    """The namespace after the cells on SmolLM2. While it is used, these cells do not load the model again."""
    llm = real_model()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(smollm2, "load", lambda: llm)
        yield cell_namespace(NOTEBOOK, "imports", "real", "real-model", "exchange", "real-block", "all-blocks")


def test_the_model_in_the_cells_is_the_packages(cells):
    """Both give the same bits: the learner reads the cells, and notebooks 00 and 06 use the package."""
    llm = real_model()
    ids = llm.encode("Quick fox is in the house, and the house is red.")
    for name in ("smol", "by_hand"):
        assert torch.equal(cells[name](ids), llm.scores(llm.states(ids)[-1])), name


def test_exchange_refuses_a_word_of_several_tokens(cells):
    with pytest.raises(ValueError, match=r"expected one token; got .* Re"):
        cells["exchanged"](" Paris", " Reykjavik")


@pytest.mark.parametrize("prompt", ["", "\x04"])
def test_after_an_empty_prompt_each_cell_says_what_to_type(cells, prompt, capsys):
    names = dict(cells)
    with pytest.raises(EmptyTextError, match="Type one character or more"):
        run_cell(names, NOTEBOOK, "real", ('"The capital of France is"', repr(prompt)))
    for cell in ("real-model", "swap", "exchange"):
        with pytest.raises(EmptyTextError, match="Type one character or more"):
            run_cell(names, NOTEBOOK, cell)


def test_any_other_prompt_goes_through(cells, capsys):
    names, prompt = dict(cells), "狐狸 🦊"
    run_cell(names, NOTEBOOK, "real", ('"The capital of France is"', repr(prompt)))
    for cell in ("real-model", "swap", "exchange", "lens"):
        run_cell(names, NOTEBOOK, cell)
    said = capsys.readouterr().out
    assert said.count("True") == 2 and 'It is "with London"' in said and "It is 30." in said
    assert f"' Paris' ↔ ' London': {prompt}" in said


@pytest.fixture(scope="module")
def small():
    """The names of the cells up to the notebook's own model."""
    return cell_namespace(NOTEBOOK, "imports", "text", "windows", "two-tables", "model", "tie", "bigram")


@pytest.mark.parametrize("start", ["and he said", "", "狐狸 said"])
def test_the_small_model_goes_on_from_any_text(small, start, capsys):
    """A word that is not one of the 1,000 tokens is <unk>, for the model and in what is printed."""
    names = dict(small)
    written, near = ("'and he said to them ,'", repr(start)), ('"three he day"', repr(f"{start} day"))
    run_cell(names, NOTEBOOK, "samples", written, near)
    said = capsys.readouterr().out
    assert said.count("near 'day'") == 2 and "before: " in said
    assert said.count("near '<unk>'") == 2 * sum(word not in names["words"] for word in start.lower().split())
    run_cell(names, NOTEBOOK, "temperature", ('"said"', repr(start)))
    assert capsys.readouterr().out.startswith("temperature 1: ")
