"""What holds of every picture: seen as saved, on any page, whatever a matplotlibrc says; input checked; described."""

from __future__ import annotations

import functools
import io
import itertools

import ipywidgets as widgets
import matplotlib
import numpy as np
import pytest
import torch
from bad_inputs import BAD, CALLS
from course_rules import is_sentence
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from pictures import EXPLORED, PICTURES, TABLE, WORDS
from PIL import Image

from tutorial_pkg.draw import common, show
from tutorial_pkg.draw.embedding_lookup import picked, rows_marked, spread
from tutorial_pkg.draw.one_hot_and_linear import one_hot_times_table
from tutorial_pkg.explore import explore

# JupyterLab's grounds in its light and its dark theme, and how many pixels it has for a picture in a window of
# 900 × 700 with the file browser open (measured in the browser).
GROUNDS = {"light": (255, 255, 255), "dark": (17, 17, 17)}
ROOM = 468

HOSTILE = {
    "dark": {**matplotlib.style.library["dark_background"], "savefig.facecolor": "black", "savefig.transparent": False},
    "tex": {"text.usetex": True, "mathtext.fontset": "stix", "font.family": "serif", "text.parse_math": True},
    "large": {
        "font.size": 30,
        "axes.titlesize": 40,
        "xtick.labelsize": 3,
        "figure.autolayout": True,
        "lines.marker": "x",
    },
    "saved": {"savefig.dpi": 30, "savefig.bbox": None, "savefig.pad_inches": 2, "savefig.transparent": True},
    "axes": {"axes.grid": True, "axes.facecolor": "red", "hatch.linewidth": 9, "patch.force_edgecolor": True},
}


@functools.cache
def drawn(name: str) -> tuple[Figure, Image.Image]:
    figure = PICTURES[name]()
    return figure, saved(figure)


def saved(figure: Figure) -> Image.Image:
    return Image.open(io.BytesIO(common.png(figure))).convert("RGBA")


def labels(figure: Figure) -> list[Text]:
    """Every text that is drawn. An axis holds more: the labels of ticks that are not there, or of axes that are off."""
    texts = set(figure.findobj(Text))
    for ax in figure.axes:
        texts -= {text for axis in (ax.xaxis, ax.yaxis) for text in axis.findobj(Text)}
        if ax.axison:
            texts |= {ax.xaxis.label, ax.yaxis.label}
            for axis, ends in ((ax.xaxis, sorted(ax.get_xlim())), (ax.yaxis, sorted(ax.get_ylim()))):
                drawn_ones = [tick for tick in axis.get_major_ticks() if ends[0] <= tick.get_loc() <= ends[1]]
                texts |= {tick.label1 for tick in drawn_ones if tick.label1.get_visible()}
    return [text for text in texts if text.get_text().strip() and text.get_visible()]


def luminance(image: Image.Image, ground: tuple) -> np.ndarray:
    page = Image.new("RGBA", image.size, (*ground, 255))
    parts = np.asarray(Image.alpha_composite(page, image).convert("RGB")) / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


@pytest.mark.parametrize("settings", HOSTILE)
@pytest.mark.parametrize("name", ["flow", "rows_marked", "padded_batch", "growth, counted", "word_map with names"])
def test_a_persons_own_settings_change_no_pixel(name, settings):
    _, expected = drawn(name)
    with matplotlib.rc_context(HOSTILE[settings]):
        before = dict(matplotlib.rcParams)
        found = saved(PICTURES[name]())
        assert dict(matplotlib.rcParams) == before, "the person's settings were changed"
    assert found.size == expected.size
    assert np.array_equal(np.asarray(found), np.asarray(expected))


@pytest.mark.parametrize("name", PICTURES)
def test_each_label_is_seen_on_a_light_and_on_a_dark_page(name):
    """Measured on the saved picture: with and without the ink of its labels."""
    figure, inked = drawn(name)
    texts = labels(figure)
    assert texts
    colours = [text.get_color() for text in texts]
    canvas = FigureCanvasAgg(figure)
    with common.own_style():
        canvas.draw()
        renderer = canvas.get_renderer()
        pad = matplotlib.rcParams["savefig.pad_inches"]
        corner = figure.get_tightbbox(renderer).padded(pad)
        boxes = [text.get_window_extent(renderer) for text in texts]
    for text in texts:
        text.set_color("none")
    bare = saved(figure)
    for text, colour in zip(texts, colours, strict=True):
        text.set_color(colour)
    assert bare.size == inked.size
    left, top = corner.x0 * common.DPI, inked.height - (-corner.y0 * common.DPI)
    for ground in GROUNDS.values():
        light, dark = luminance(inked, ground) + 0.05, luminance(bare, ground) + 0.05
        contrast = np.maximum(light / dark, dark / light)
        for text, box in zip(texts, boxes, strict=True):
            across = slice(max(0, int(box.x0 - left)), int(box.x1 - left) + 1)
            down = slice(max(0, int(top - box.y1)), int(top - box.y0) + 1)
            assert contrast[down, across].max(initial=0) >= 4.5, f"{text.get_text()!r} on {ground}"


@pytest.mark.parametrize("name", PICTURES)
def test_letters_stay_large_enough_in_a_small_window(name):
    figure, image = drawn(name)
    shrunk = min(1.0, ROOM / image.width)
    for text in labels(figure):
        assert text.get_fontsize() * common.DPI / 72 * shrunk >= 9, text.get_text()


@pytest.mark.parametrize("name", EXPLORED)
def test_a_control_and_its_picture_share_a_screen(name):
    assert drawn(name)[1].height <= 380


@pytest.mark.parametrize("name", PICTURES)
def test_no_box_is_cut_off_at_the_edge(name):
    figure, _ = drawn(name)
    for ax in figure.axes:
        if not ax.axison:
            for patch in ax.patches:
                box, room = patch.get_window_extent(), ax.bbox.padded(2)
                assert room.x0 <= box.x0 and box.x1 <= room.x1 and room.y0 <= box.y0 and box.y1 <= room.y1, patch


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_transparent_and_says_what_is_to_be_seen(name):
    figure, image = drawn(name)
    assert image.getpixel((0, image.height - 1))[3] == 0 or image.getpixel((image.width - 1, 0))[3] == 0
    assert is_sentence(figure.words) and "  " not in figure.words
    assert PICTURES[name]().words == figure.words


# ------------------------------------------------------------------------------------------------------------ input


@pytest.mark.parametrize("name", CALLS)
def test_odd_input_is_drawn_or_named_in_a_clear_error(name):
    draw, good = CALLS[name]
    for argument, (kind, bad) in itertools.product(good, BAD.items()):
        try:
            draw(**good | {argument: bad})
        except (TypeError, ValueError, IndexError) as error:
            said = str(error)
            assert len(said) < 400, (argument, kind)
            assert any(words in said for words in ("expected", "has no row", "at most")), (argument, kind, said)


@pytest.mark.parametrize(
    ("bad", "error"), [(2.5, TypeError), (2.0, TypeError), (True, TypeError), (-1, IndexError), (6, IndexError)]
)
@pytest.mark.parametrize("draw", [picked, one_hot_times_table])
def test_an_id_is_a_row_that_is_there(draw, bad, error):
    with pytest.raises(error, match=r"2\.5|2\.0|True|has no row: the table has 6 rows, so ids run from 0 to 5"):
        draw(TABLE, bad, WORDS)
    with pytest.raises(error):
        rows_marked(TABLE, [0, bad], WORDS)
    draw(TABLE, torch.tensor(5), WORDS)
    draw(TABLE, np.int64(5), WORDS)


@pytest.mark.parametrize(
    "table",
    [
        TABLE.numpy(),
        TABLE.tolist(),
        TABLE.to_sparse(),
        TABLE.clone().requires_grad_(),
        torch.nn.Parameter(TABLE),
        TABLE.double(),
    ],
)
def test_every_form_of_a_table_gives_the_same_picture(table):
    expected = [text.get_text() for text in rows_marked(TABLE, [4, 0], WORDS).axes[0].texts]
    assert [text.get_text() for text in rows_marked(table, [4, 0], WORDS).axes[0].texts] == expected
    assert rows_marked(table, (4, 0), list(WORDS)).words == rows_marked(TABLE, torch.tensor([4, 0]), WORDS).words


@pytest.mark.parametrize("odd", ["inf", "-inf", "nan"])
def test_what_is_no_finite_number_is_hatched_and_sways_no_other_cell(odd):
    table = TABLE.clone()
    table[2, 1] = 0.0
    plain = rows_marked(table, [0, 4], WORDS).axes[0]
    table[2, 1] = float(odd)
    marked = rows_marked(table, [0, 4], WORDS).axes[0]
    cells = [[patch for patch in ax.patches if patch.get_fill()] for ax in (plain, marked)]
    assert len(cells[0]) == len(cells[1]) == 18
    for place, (before, after) in enumerate(zip(*cells, strict=True)):
        assert bool(after.get_hatch()) == (place == 7)
        assert (before.get_facecolor() == after.get_facecolor()) == (place != 7)
    assert [text.get_text() for text in marked.texts][7] == odd


def test_values_that_have_no_bar_are_counted():
    values = torch.tensor([[0.0, 1.0, -9.0], [float("nan"), float("inf"), 4.0]])
    assert "3 have no bar" in spread(values).words


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
        common.words_of(vocabulary, 2)


# ------------------------------------------------------------------------------------------------------------ cells


def matrix(values, **more):
    return common.matrix(common.Picture(), values, 1, 1, **more)


@pytest.mark.parametrize(("value", "digits"), [(-0.001, 2), (-0.0, 2), (-0.4, 0), (-0.04, 1)])
def test_no_cell_holds_a_negative_zero(value, digits):
    (text,) = matrix([[value]], digits=digits).texts
    assert float(text.get_text()) == 0 and not text.get_text().startswith("-")


def test_a_large_number_stays_within_its_cell():
    assert [text.get_text() for text in matrix([[123456.0, -1e30, 99.99]]).texts] == ["1e+05", "-1e+30", "99.99"]


def test_labels_are_drawn_as_they_are():
    ax = matrix([[1.0], [2.0]], rows=common.named([1, 0], ["$x^2$", " 狐"]))
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["1 ␣ U+72D0", "0 $x^2$"]


def test_a_scale_is_shared_by_its_limit():
    faces = [matrix([[1.0]], limit=limit).patches[0].get_facecolor() for limit in (1.0, 2.0, 1.0)]
    assert faces[0] == faces[2] != faces[1]


@pytest.mark.parametrize("labels_", [{"rows": ["a"]}, {"columns": ["a", "b", "c"]}])
def test_there_are_as_many_labels_as_rows_and_columns(labels_):
    with pytest.raises(ValueError, match="expected 2"):
        matrix([[1.0, 2.0], [3.0, 4.0]], **labels_)


# ------------------------------------------------------------------------------------------------------ show, explore


class Shown:
    """Stands in for IPython's `display` and notes what it was given."""

    def __init__(self, monkeypatch):
        self.outputs: list[tuple[dict, dict]] = []
        monkeypatch.setattr("IPython.display.display", self)

    def __call__(self, data, *, metadata=None, raw=False, display_id=None):
        assert raw
        self.outputs.append((data, metadata or {}))
        return self if display_id else None

    def update(self, data, *, metadata=None, raw=False):
        assert raw
        self.outputs[-1] = (data, metadata or {})


def box(words):
    @common.drawing
    def draw():
        picture = common.Picture()
        common.box(common.paper(picture, 2, 1), 1, 0.5, "fox")
        picture.words = words
        return picture

    return draw()


def test_show_stores_the_pictures_words_as_alt_text_and_as_text(monkeypatch):
    shown = Shown(monkeypatch)
    show(box("A box that holds fox."))
    show(box("A box that holds fox."), alt="Another sentence about that box.")
    for (data, metadata), words in zip(
        shown.outputs, ["A box that holds fox.", "Another sentence about that box."], strict=True
    ):
        assert metadata == {"image/png": {"alt": words}} and data["text/plain"] == words
        assert data["image/png"].startswith(b"\x89PNG")


@pytest.mark.parametrize("words", ["", " \n"])
def test_no_picture_goes_without_words(monkeypatch, words):
    shown = Shown(monkeypatch)
    with pytest.raises(ValueError, match="has no words"):
        box(words)
    with pytest.raises(ValueError, match="description in words"):
        show(Figure(), alt=words)
    with pytest.raises(ValueError, match="description in words"):
        explore(widgets.IntSlider(), lambda value: Figure())
    with pytest.raises(TypeError, match="expected a figure"):
        show(None)
    assert shown.outputs == []


def test_explore_has_a_live_control_and_a_picture_in_an_output_of_its_own(monkeypatch):
    shown, made = Shown(monkeypatch), []
    real = widgets.VBox
    monkeypatch.setattr(widgets, "VBox", lambda children: made.append(children) or real(children))
    first, second = widgets.IntSlider(2, 1, 9), widgets.IntSlider(3, 1, 9)
    explore([first, second], lambda one, two: box(f"<b>{one}</b> & {two} in a box, drawn."))
    *controls, words = made[0]
    assert controls == [first, second]
    (control, _), (still, metadata) = shown.outputs
    assert set(control) == {"application/vnd.jupyter.widget-view+json", "text/plain"}
    assert control["text/plain"] == still["text/plain"] == metadata["image/png"]["alt"]
    assert still["text/plain"] == "<b>2</b> & 3 in a box, drawn."
    assert words.value == "&lt;b&gt;2&lt;/b&gt; &amp; 3 in a box, drawn."
    second.value = 5
    still, metadata = shown.outputs[1]
    assert metadata["image/png"]["alt"] == still["text/plain"] == "<b>2</b> & 5 in a box, drawn."
    assert words.value == "&lt;b&gt;2&lt;/b&gt; &amp; 5 in a box, drawn."
    assert len(shown.outputs) == 2


def test_an_error_while_exploring_is_said_and_the_last_picture_stays(monkeypatch):
    shown, made = Shown(monkeypatch), []
    real = widgets.VBox
    monkeypatch.setattr(widgets, "VBox", lambda children: made.append(children) or real(children))
    slider = widgets.IntSlider(0, 0, 9)
    explore(slider, lambda value: picked(TABLE, value, WORDS))
    before = shown.outputs[1]
    slider.value = 7
    assert made[0][-1].value.startswith("IndexError: token_id: id 7 has no row")
    assert shown.outputs[1] is before
    slider.value = 1
    assert made[0][-1].value == shown.outputs[1][0]["text/plain"] != before[0]["text/plain"]


@pytest.mark.parametrize("control", [None, 3, [widgets.VBox()], widgets.Label])
def test_explore_names_what_is_no_control(control):
    with pytest.raises(TypeError, match="expected a widget with a value"):
        explore(control, lambda value: box("A box."))
