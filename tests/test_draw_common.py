"""Rules for all pictures: saved as drawn, independent of a matplotlibrc, inputs checked, described, readable."""

from __future__ import annotations

import io
import itertools
from functools import cache, partial
from unittest import mock

import matplotlib
import numpy as np
import pytest
import torch
from course_rules import is_sentence
from helpers import read
from matplotlib.figure import Figure
from matplotlib.text import Text
from nbval_pictures import MEASURED
from pictures import EXPLORED, PICTURES, TABLE, WORDS
from PIL import Image

from tutorial_pkg.draw import checks, core, matrices, show
from tutorial_pkg.draw.embedding_lookup import spread
from tutorial_pkg.draw.one_hot_and_linear import gradient_rows, one_hot_times_table
from tutorial_pkg.words import SIGNS, row_names

# The measured width that JupyterLab gives a picture, in pixels, in a window of 900 × 700 with the file browser open.
ROOM = 468

# Settings that a person's own matplotlibrc may contain.
HOSTILE = {
    **matplotlib.style.library["dark_background"],
    **{"text.usetex": True, "mathtext.fontset": "stix", "font.family": "serif", "text.parse_math": True},
    **{"font.size": 30, "axes.titlesize": 40, "xtick.labelsize": 3, "figure.autolayout": True, "lines.marker": "x"},
    **{"savefig.dpi": 30, "savefig.bbox": "tight", "savefig.pad_inches": 2, "savefig.transparent": True},
    **{"axes.grid": True, "axes.facecolor": "red", "hatch.linewidth": 9, "patch.force_edgecolor": True},
}
LONG = "antidisestablishmentarianism" * 4
SCRIPTS = ["狐は家にいる", "الثعلب", "लोमड़ी", "🦊🏠", LONG, "e\u0301", "a\u200d", "fox"]


class Seen:
    """A picture, its page as pixels, its card, and each text with its position on the page."""

    def __init__(self, figure: Figure):
        self.figure, drawn, draw = figure, {}, Text.draw

        def noting(text: Text, renderer) -> None:
            draw(text, renderer)
            if text.get_visible() and text.get_text().strip():
                drawn[text] = Text.get_window_extent(text, renderer).extents

        with mock.patch.object(Text, "draw", noting):
            self.page = core.page(figure)
        self.width, self.height = core.card(self.page).size
        high = self.page.height
        self.places = [(text, (left, high - top, right, high - low)) for text, (left, low, right, top) in drawn.items()]


@cache
def seen(name: str) -> Seen:
    return Seen(PICTURES[name]())


def luminance(colour) -> np.ndarray:
    parts = np.asarray(colour, dtype=float)
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4) @ [0.2126, 0.7152, 0.0722]


def overlapping(places: list) -> list[tuple[str, str]]:
    """Pairs of texts in which one text hides a part of the other. Texts at an angle are not compared."""
    boxes = []
    for text, (left, top, right, bottom) in places:
        if text.get_rotation() in (0, 90):
            boxes.append((text.get_text(), (left + 1, top + 2, right - 1, bottom - 2)))
    found = []
    for (one, a), (other, b) in itertools.combinations(boxes, 2):
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]:
            found.append((one, other))
    return found


@pytest.mark.parametrize("name", ["curves of many points", "gradient_rows"])
def test_a_persons_own_settings_change_no_pixel(name):
    with matplotlib.rc_context(HOSTILE):
        before = dict(matplotlib.rcParams)
        found = core.page(PICTURES[name]())
        assert dict(matplotlib.rcParams) == before, "the person's settings were changed"
    assert np.array_equal(np.asarray(found), np.asarray(seen(name).page))


@pytest.mark.parametrize("name", PICTURES)
def test_each_label_has_contrast_with_what_is_behind_it(name):
    """The contrast on the page: the label's colour compared with the most frequent colour around it."""
    assert seen(name).places
    page = (np.asarray(seen(name).page) / 2.55).round().astype(int) @ [1, 101, 101**2]  # a number for each colour
    for text, (left, top, right, bottom) in seen(name).places:
        around = page[max(0, int(top)) : int(bottom) + 1, max(0, int(left)) : int(right) + 1]
        colours, counts = np.unique(around, return_counts=True)
        usual = colours[counts.argmax()] // [1, 101, 101**2] % 101 / 100
        one, other = sorted([luminance(usual), luminance(matplotlib.colors.to_rgb(text.get_color()))])
        assert (other + 0.05) / (one + 0.05) >= 4.5, text.get_text()


@pytest.mark.parametrize("name", ["curves", "pieces"])
def test_a_picture_is_a_card_with_a_margin_and_round_corners(name):
    card = np.asarray(Image.open(io.BytesIO(core.png(seen(name).figure))))
    high, wide, _ = card.shape
    ground = np.array([round(255 * part) for part in matplotlib.colors.to_rgb(core.GROUND)])
    assert [card[y, x, 3] for y in (0, high - 1) for x in (0, wide - 1)] == [0] * 4
    assert (card[high // 2, [0, wide - 1], 3] == 255).all() and (card[[0, high - 1], wide // 2, 3] == 255).all()
    assert not (card[core.CORNER : -core.CORNER, core.CORNER : -core.CORNER, 3] < 255).any()
    rows, columns = np.nonzero((card[:, :, :3] != ground).any(2))
    margins = [rows.min(), high - 1 - rows.max(), columns.min(), wide - 1 - columns.max()]
    assert margins == [core.MARGIN] * 4


def test_what_is_drawn_far_outside_its_figure_is_not_cut_off():
    picture = core.Picture(1, 1)
    for left, top in ((-2, 0), (9, 0), (0, 9)):
        matrices.matrix(picture, [[1.0]], left, top)
    page = core.page(picture)
    assert page.width > 11 * core.DPI and page.height > 9 * core.DPI


@pytest.mark.parametrize("name", PICTURES)
def test_letters_stay_large_enough_and_apart_in_a_small_window(name):
    shrunk = min(1.0, ROOM / seen(name).width)
    for text, _ in seen(name).places:
        assert text.get_fontsize() * core.DPI / 72 * shrunk >= 9, text.get_text()
    assert not overlapping(seen(name).places)


@pytest.mark.parametrize("name", EXPLORED)
def test_a_control_and_its_picture_share_a_screen(name):
    assert seen(name).height <= 380


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_says_what_it_shows(name):
    words = seen(name).figure.words
    assert is_sentence(words) and words.endswith(".") and "  " not in words and ".." not in words
    for sign, meaning in SIGNS.items():
        assert sign not in words or f"The sign {sign} is {meaning}." in words


# ------------------------------------------------------------------------------------ long words, large tables, scripts

LARGE = {
    "table": torch.randn(200, 40, generator=torch.Generator().manual_seed(1)),
    "vocabulary": [f"word{i}" for i in range(200)],
}
MANY_IDS = list(range(0, 200, 5))
UNUSUAL = {
    "both_ends": {"ids": [1] * 25, "words": (SCRIPTS * 4)[:25], "said": LONG},
    "windows": {"vocabulary": SCRIPTS},
    "batch_to_blocks": {"ids": [MANY_IDS] * 2} | LARGE,
    "merge_steps": {"steps": [[list("狐は家"), list(LONG)], [["狐は", "家"], list(LONG)]], "merges": [("狐", "は")]},
    "pieces": {"texts": [SCRIPTS], "ids": [[10**9] * 8], "labels": [LONG]},
    "padded_batch": {"ids": [[0, 1] * 20] * 30, "mask": [[True, False] * 20] * 30, "vocabulary": SCRIPTS},
    "sentence_to_rows": {"tokens": SCRIPTS[:6], "vocabulary": SCRIPTS[:6]},
    "sentence_to_rows, large": {"tokens": ["fox"] * 40, "ids": MANY_IDS} | LARGE,
    "neighbours": {"token": LONG, "found": [(word, 41.0 - 3 * i) for i, word in enumerate(SCRIPTS)]},
    "causal_mask": {"words": SCRIPTS * 2},
    "curves": {"lines": {LONG: [0, 0.1, 0.2, 1]}},
    "one_case": {"V": 999_999_999, "d": 999_999_999, "N": 999_999_999},
}


@pytest.mark.parametrize("name", UNUSUAL)
def test_what_is_long_or_in_any_script_can_be_read(name):
    made = Seen(PICTURES[name.split(",")[0]](**UNUSUAL[name]))
    assert made.width <= 700 and made.height <= 900, (made.width, made.height)
    assert not overlapping(made.places)


@pytest.mark.parametrize("name", ["windows", "neighbours"])
def test_scripts_can_be_read_without_the_fonts_of_a_system(name, monkeypatch):
    cached = (core.fonts, core.has_glyphs, core.text_width)
    monkeypatch.setattr(core, "SYSTEM_FONTS", ())
    for one in cached:
        one.cache_clear()
    try:
        test_what_is_long_or_in_any_script_can_be_read(name)
    finally:
        for one in cached:
            one.cache_clear()


def test_a_character_is_drawn_if_a_font_has_it_and_named_if_none_has():
    (text,) = box("A box contains 狐.", "狐").axes[0].texts
    has_it = any("CJK" in name for name in core.fonts())
    assert text.get_text() == ("狐" if has_it else "U+72D0")
    (text,) = box("A box contains a character.", "\U000e0fff").axes[0].texts
    assert text.get_text() == "U+E0FFF"


# ------------------------------------------------------------------------------------------------------------ input


class Unprintable:
    def __repr__(self) -> str:
        raise RuntimeError("no repr")


# None of these is a matrix of real numbers.
NUMBERS = {
    "an object": Unprintable(),
    "10**400": [[10**400]],
    "None in a list": [[None]],
    "words": [["fox"]],
    "a dict": {"fox": None},
    "ragged": [[1.0, 2.0], [3.0]],
    "no rows": torch.zeros(0, 3),
    "three dimensions": torch.zeros(2, 2, 2),
    "too many": torch.zeros(40_000, 6),
    "a meta tensor": torch.zeros(6, 3, device="meta"),
    "a complex tensor": torch.zeros(6, 3, dtype=torch.complex64),
    "a nested tensor": torch.nested.as_nested_tensor([torch.zeros(2), torch.zeros(3)]),
    "an array of objects": np.array([[None, 1.0]], dtype=object),
    "a layer": torch.nn.Embedding(6, 3),
}
# Each of these is not a list of ids of 6 rows.
NO_IDS = {"fractions": [2.5, 0.0], "bools": [True], "negative": [-1, 0], "huge": [10**30], "text": ["0"], "None": None}


@pytest.mark.parametrize(("check", "bad"), [(checks.matrix_of, NUMBERS), (partial(checks.ids_of, rows=6), NO_IDS)])
def test_numbers_in_odd_forms_are_named_in_a_clear_error(check, bad):
    for kind, values in bad.items():
        with pytest.raises((TypeError, ValueError, IndexError)) as caught:
            check(values)
        said = str(caught.value)
        assert len(said) < 400 and any(words in said for words in ("expected", "has no row", "at most")), (kind, said)


# Each would make a picture that says something false, if it were drawn.
FALSE = [
    ("pieces", {"ids": [[1, 2]]}, "expected as many of each"),
    ("padded_batch", {"mask": [[True]]}, "one shape"),
    ("sentence_to_rows", {"tokens": ["fox"]}, "expected as many of each"),
    ("similarities", {"cosine": TABLE @ TABLE.T}, "from -1 to 1"),
    ("gradient_rows with the table", {"gradient": TABLE[:, :2]}, "of one shape"),
    ("growth, timed", {"panels": {"V": ([1, 2], {"lookup": [0, 1]})}}, "above 0"),
    ("memory_bars", {"amounts": {"none": {"lookup": 0}}}, "above 0"),
    ("bar_chart", {"groups": {"": {"rows": float("nan")}}}, "finite numbers"),
    ("word_map with names", {"points": [[0, float("nan")]] * 6}, "finite numbers"),
    ("curves", {"lines": {str(n): [0, 0, 0, 1] for n in range(7)}}, "1 to 6 names"),
    ("neighbours", {"found": [(" a", float("inf")), (" b", 0.3)]}, "finite numbers"),
    ("curves", {"lines": {"purity": [0, 1], "other": [0]}}, "expected as many of each"),
    ("added_up", {"parts": {"one": TABLE, "other": TABLE[:, :2]}}, "of one shape"),
    ("group_map", {"groups": {"animals": ["fox"] * 6, "none": []}}, "none: expected"),
    ("both_ends", {"shape": (5, 3)}, "has no row"),
    ("shares", {"loads": {"uneven": [1, 2], "even": [1]}}, "numbers of lookups"),
]


@pytest.mark.parametrize(("name", "exchanged", "says"), FALSE)
def test_what_would_make_a_false_picture_is_refused(name, exchanged, says):
    with pytest.raises((TypeError, ValueError, IndexError), match=says):
        PICTURES[name](**exchanged)


@pytest.mark.parametrize(
    ("bad", "error"), [(2.5, TypeError), (2.0, TypeError), (True, TypeError), (-1, IndexError), (6, IndexError)]
)
def test_an_id_is_a_row_that_is_there(bad, error):
    with pytest.raises(error, match=r"2\.5|2\.0|True|has no row: the table has 6 rows, so ids run from 0 to 5"):
        one_hot_times_table(TABLE, bad, WORDS)
    assert checks.checked(torch.tensor(5), "token_id", (), int, below=6) == 5
    assert checks.checked(np.int64(5), "token_id", (), int, below=6) == 5


@pytest.mark.parametrize(
    "table",
    [TABLE.numpy(), TABLE.tolist(), TABLE.to_sparse(), torch.nn.Parameter(TABLE), TABLE.double(), list(TABLE)],
)
def test_every_form_of_a_table_gives_the_same_picture(table):
    assert np.allclose(checks.matrix_of(table), TABLE.tolist())


@pytest.mark.parametrize("odd", ["-inf", "nan"])
def test_what_is_no_finite_number_is_hatched_and_sways_no_other_cell(odd):
    table = TABLE.clone()
    table[2, 1] = 0.0
    plain = matrix(table, highlight=[0, 4])
    table[2, 1] = float(odd)
    marked = matrix(table, highlight=[0, 4])
    cells = [[patch for patch in ax.patches if patch.get_fill()] for ax in (plain, marked)]
    assert len(cells[0]) == len(cells[1]) == 18
    for place, (before, after) in enumerate(zip(*cells, strict=True)):
        assert bool(after.get_hatch()) == (place == 7)
        assert (before.get_facecolor() == after.get_facecolor()) == (place != 7)
    assert [text.get_text() for text in marked.texts][7] == odd


def test_values_that_have_no_bar_are_counted():
    values = torch.tensor([[0.0, 1.0, -9.0], [float("nan"), float("inf"), 4.0]])
    assert spread(values).words.endswith("because they are outside -4 to 4 or not finite: 3.")


@pytest.mark.parametrize(
    ("vocabulary", "says"),
    [
        ({"fox": 0, "in": 2}, "expected the ids 0 to 1, each once"),
        ({"fox": 0, "in": 0}, "each once"),
        ({"fox": 0.0}, "whole numbers"),
        ("fox", "expected a list of str"),
        (["fox", 1], "expected a list of str"),
        (["fox", "in", "the"], "expected 2 words, one for each row; got 3"),
    ],
)
def test_a_vocabulary_has_each_id_once(vocabulary, says):
    with pytest.raises((TypeError, ValueError), match=says):
        checks.words_of(vocabulary, 2)


# ------------------------------------------------------------------------------------------------------------ cells


def matrix(values, **more):
    return matrices.matrix(core.Picture(), values, 1, 1, **more)


@pytest.mark.parametrize(("value", "digits"), [(-0.001, 2), (-0.0, 2), (-0.4, 0), (-0.04, 1)])
def test_no_cell_holds_a_negative_zero(value, digits):
    (text,) = matrix([[value]], digits=digits).texts
    assert float(text.get_text()) == 0 and not text.get_text().startswith("-")


def test_a_large_number_stays_within_its_cell():
    assert [text.get_text() for text in matrix([[123456.0, -1e30, 99.99]]).texts] == ["1e+05", "-1e+30", "99.99"]


def test_labels_are_drawn_as_they_are():
    ax = matrix([[1.0], [2.0]], rows=row_names([1, 0], ["$x^2$", " \U0010fffe"]))
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["1 ␣ U+10FFFE", "0 $x^2$"]


def test_a_scale_is_shared_by_its_limit_on_both_sides():
    for value in (1.0, -1.0):
        faces = [matrix([[value]], limit=limit).patches[0].get_facecolor() for limit in (1.0, 2.0, 1.0)]
        assert faces[0] == faces[2] != faces[1]
    middle, zero = (matrix([[one, 5.0]], limit=9.0).patches[0].get_facecolor() for one in (0.0, -0.0))
    assert middle == zero and max(middle[:3]) - min(middle[:3]) < 0.01  # 0 is grey, in the middle of the scale


def test_a_highlighted_row_keeps_its_colour_and_the_others_turn_pale():
    full, marked = matrix([[1.0], [-1.0], [1.0]]), matrix([[1.0], [-1.0], [1.0]], highlight=[1])
    before, after = ([sum(patch.get_facecolor()) for patch in ax.patches if patch.get_fill()] for ax in (full, marked))
    assert after[1] == before[1] and after[0] > before[0] and after[2] > before[2]


def test_of_a_long_table_the_ends_and_what_is_highlighted_are_drawn():
    ax = matrix([[float(i)] for i in range(100)], highlight=[50], digits=0)
    names = [tick.get_text() for tick in ax.get_yticklabels()]
    assert len(names) == matrices.MOST_ROWS and names[0] == "0" and names[-1] == "99" and "50" in names
    (frame,) = [patch for patch in ax.patches if not patch.get_fill()]
    assert names[round(frame.get_y() + 0.5)] == "50" and ax.texts[names.index("50")].get_text() == "50"
    figure = gradient_rows(torch.zeros(100, 3), [50])
    assert figure.words.endswith("Dots mark what is left out in the middle.")


@pytest.mark.parametrize("labels_", [{"rows": ["a"]}, {"columns": ["a", "b", "c"]}])
def test_there_are_as_many_labels_as_rows_and_columns(labels_):
    with pytest.raises(ValueError, match="expected 2"):
        matrix([[1.0, 2.0], [3.0, 4.0]], **labels_)


def test_cells_whose_pictures_are_only_opened_exist():
    for notebook, cells in MEASURED.items():
        assert cells is None or cells <= {cell.id for cell in read(notebook).cells if "show(" in cell.source}


# --------------------------------------------------------------------------------------------------------------- show


class Shown:
    """Replaces IPython's `display`, and stores its arguments."""

    def __init__(self, monkeypatch):
        self.outputs: list[tuple[dict, dict]] = []
        monkeypatch.setattr("IPython.display.display", self)

    def __call__(self, data, *, metadata, raw):
        assert raw
        self.outputs.append((data, metadata))


def box(words, text="fox"):
    @core.drawing
    def draw():
        picture, ax = matrices.board(2, 1)
        matrices.box(ax, 1, 0.5, text)
        return picture.say(words)

    return draw()


def test_show_stores_the_pictures_words_as_alt_text_and_as_text(monkeypatch):
    shown = Shown(monkeypatch)
    show(box("A box that holds fox."))
    ((data, metadata),) = shown.outputs
    assert metadata == {"image/png": {"alt": data["text/plain"]}} and data["text/plain"] == "A box that holds fox."
    assert data["image/png"].startswith(b"\x89PNG")


def test_no_picture_is_shown_without_words(monkeypatch):
    shown = Shown(monkeypatch)
    for figure in (box(" \n"), Figure(), None):
        with pytest.raises(ValueError, match="expected a figure with a description"):
            show(figure)
    assert shown.outputs == []


def test_bars_explain_the_signs_in_their_names_and_in_their_title():
    for token, prompt in ((" fox", "fox"), ("fox", " fox")):
        (ax,) = PICTURES["neighbours"](token=prompt, found=[(token, 0.5)]).axes
        assert ax.get_xlabel() == "cosine similarity   (␣ is a space)", (token, prompt)


def test_no_line_goes_through_the_amount_of_a_bar():
    figure = PICTURES["memory_bars, named"]()
    figure.draw_without_rendering()
    (ax,) = figure.axes
    at = ax.transData.transform((80 * 10**9, 0))[0]
    boxes = [text.get_window_extent() for text in ax.texts if text.get_text() in ("618 MB", "33.6 GB")]
    assert len(boxes) == 2 and not any(box.x0 < at < box.x1 for box in boxes)


def test_measured_numbers_are_in_the_alt_text_only(monkeypatch):
    """nbval compares the stored text with the text of the next run, and these numbers differ from run to run."""
    shown = Shown(monkeypatch)
    show(PICTURES["bar_chart, measured"]())
    ((data, metadata),) = shown.outputs
    assert metadata["image/png"]["alt"] == data["text/plain"] + (
        " For “GPT-2: 50,257 × 768”: copy 1.00, lookup 1.20 and W[ids] 1.00."
    )
