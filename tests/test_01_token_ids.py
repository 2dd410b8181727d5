"""What the pictures of notebook 01 show, read from the figures' own data."""

from __future__ import annotations

import warnings

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Rectangle

from tutorial_pkg.draw.common import BLUE, png, readable
from tutorial_pkg.draw.token_ids import flow, merge_steps, padded_batch, pieces
from tutorial_pkg.tokens import tokenise, vocabulary

SENTENCE = "Quick fox is in the house"
SPECIAL = vocabulary(tokenise(SENTENCE), special=["<unk>", "<pad>"])


def texts(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.axes[0].texts if text.get_text()]


def faces(figure: Figure, kind: type = FancyBboxPatch) -> list[str]:
    return [to_hex(patch.get_facecolor()) for patch in figure.axes[0].patches if type(patch) is kind]


def drawn_without_a_warning(figure: Figure) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # "Glyph ... missing from font"
        assert png(figure).startswith(b"\x89PNG")


def test_flow_shows_every_token_id_and_row_in_order():
    figure = flow(SENTENCE, SENTENCE.lower().split(), torch.tensor([4, 0, 3, 2, 5, 1]))
    shown = texts(figure)
    assert shown[:5] == ["sentence", "tokens", "ids", "rows", SENTENCE]
    expected = ["quick", "4", "row 4", "fox", "0", "row 0", "is", "3", "row 3", "in", "2", "row 2", "the", "5", "row 5"]
    assert shown[5:] == [*expected, "house", "1", "row 1"]
    columns = {}
    for text in figure.axes[0].texts[5:]:
        if text.get_text():
            columns.setdefault(round(text.get_position()[0], 6), []).append(text.get_text())
    assert ["quick", "4", "row 4"] in columns.values() and len(columns) == 6
    drawn_without_a_warning(figure)


def test_flow_refuses_other_lengths():
    with pytest.raises(ValueError, match="got 2 tokens and 3 ids"):
        flow("a b", ["a", "b"], [0, 1, 2])


def test_padded_batch_hatches_padding_and_only_padding():
    ids = torch.tensor([[4, 0, 3], [5, 7, 7], [7, 1, 7]])
    mask = torch.tensor([[True] * 3, [True, False, False], [True, True, False]])  # the 7 in the last row is a real one
    figure = padded_batch(ids, mask, SPECIAL)
    cells = [patch for patch in figure.axes[0].patches if type(patch) is Rectangle]
    assert [patch.get_hatch() is None for patch in cells] == mask.flatten().tolist()
    inside = [text for text in texts(figure) if "\n" in text]
    assert inside == [f"{one}\n{list(SPECIAL)[one]}" for one in ids.flatten().tolist()]
    assert {"position", "sentence"} < set(texts(figure))
    alone = texts(padded_batch(ids.tolist(), mask.tolist()))
    assert [text for text in alone if text.isdigit()][: ids[0].numel()] == ["4", "0", "3"]
    assert figure.words == (
        "3 sentences, 3, 1 and 2 tokens long, filled up to 3. "
        "Hatched, the 3 places of padding; the rest are ids of the text."
    )
    drawn_without_a_warning(figure)


@pytest.mark.parametrize("mask", [[[True]], [[True, True], [True, True]], [[True, True, True]]])
def test_padded_batch_refuses_other_shapes(mask):
    with pytest.raises(ValueError, match=r"one shape|different lengths"):
        padded_batch([[1, 2]], mask)


def test_merge_steps_marks_what_each_merge_made():
    steps = [[list("aba"), list("ab")], [["ab", "a"], ["ab"]], [["aba"], ["ab"]]]
    figure = merge_steps(steps, [("a", "b"), ("ab", "a")])
    shown = ["start", *"abaab", "rank 0: a + b", "ab", "a", "ab", "rank 1: ab + a", "aba", "ab"]
    assert texts(figure) == shown
    marked = [face == BLUE.lower() for face in faces(figure)]
    assert marked == [False] * 5 + [True, False, True] + [True, False]
    widths = [patch.get_width() for patch in figure.axes[0].patches]
    assert widths[5] == pytest.approx(widths[0] + widths[1] + 0.03)  # as wide as the two it came from, and the gap
    drawn_without_a_warning(figure)
    with pytest.raises(ValueError, match="got 3 steps and 1 merges"):
        merge_steps(steps, [("a", "b")])


def test_pieces_shows_each_piece_with_its_id():
    figure = pieces([[b"Zor", b"ro", b" \xf0\x9f", b"\xa6\x8a"], []], [[57, 305, 8582, 99], []], ["one", "none"])
    shown = texts(figure)
    assert shown == ["one", "Zor", "57", "ro", "305", "20 F0 9F", "8582", "A6 8A", "99", "none", "(no tokens)"]
    grey = [face == "#dddddd" for face in faces(figure)]
    assert grey == [False, False, True, True]
    drawn_without_a_warning(figure)


def test_pieces_goes_on_in_the_next_line_and_stops_somewhere():
    figure = pieces([[b"four"] * 30], [list(range(30))], width=20)
    ys = [round(text.get_position()[1], 3) for text in figure.axes[0].texts if text.get_text() == "four"]
    assert len(ys) == 30 and len(set(ys)) == 8  # four to a line
    right = max(patch.get_x() + patch.get_width() for patch in figure.axes[0].patches)
    assert right <= 20
    short = pieces([[b"four"] * 30], [list(range(30))], width=20, most_lines=3)
    assert texts(short).count("four") == 12 and texts(short)[-1] == "… and 18 more"
    drawn_without_a_warning(short)


@pytest.mark.parametrize(
    ("some", "ids", "labels"), [([[b"a"]], [[1, 2]], []), ([[b"a"]], [], []), ([[b"a"]], [[1]], ["a", "b"])]
)
def test_pieces_refuses_what_does_not_match(some, ids, labels):
    with pytest.raises(ValueError, match=r"expected .*; got"):
        pieces(some, ids, labels)


@pytest.mark.parametrize(
    ("piece", "name"),
    [
        (" fox", "␣fox"),
        ("\n\n", "⏎⏎"),
        ("\t", "⇥"),
        ("é", "é"),
        ("e\u0301", "e U+0301"),
        ("狐", "U+72D0"),
        ("ب", "U+0628"),
        (b"\xf0\x9f", "F0 9F"),
        (b"\x00", "U+0000"),
        ("$x^2$", "$x^2$"),
        ("", ""),
    ],
)
def test_readable(piece, name):
    assert readable(piece) == name


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=6) | st.binary(min_size=1, max_size=4), max_size=6))
def test_any_unicode_is_drawn_without_a_missing_glyph(some):
    drawn_without_a_warning(pieces([some], [range(len(some))]))
