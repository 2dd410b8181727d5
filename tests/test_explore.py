"""`explore`: control, description and picture are one widget, and pages without widgets show a picture."""

from __future__ import annotations

import html

import ipywidgets as widgets
import pytest
from matplotlib.figure import Figure

from tutorial_pkg.explore import NOTE, explore

VIEW = "application/vnd.jupyter.widget-view+json"


def box(words):
    figure = Figure(figsize=(1, 1))
    figure.words = words
    return figure


@pytest.fixture
def shown(monkeypatch):
    """The children of the widget, and the outputs displayed."""
    children, outputs, real = [], [], widgets.VBox
    monkeypatch.setattr(widgets, "VBox", lambda parts: children.extend(parts) or real(parts))
    monkeypatch.setattr(
        "IPython.display.display", lambda data, metadata=None, raw=False: outputs.append((data, metadata, raw))
    )
    return children, outputs


def test_every_control_moves_description_and_picture_and_one_output_holds_all(shown):
    children, outputs = shown
    first, second = widgets.IntSlider(2, 1, 9), widgets.IntSlider(3, 1, 9)
    explore([first, second], lambda one, two: box(f"<b>{one}</b> & {two} in a box."))
    *controls, words, picture = children
    ((data, metadata, raw),) = outputs
    assert controls == [first, second] and raw and {VIEW, "image/png", "text/plain"} == set(data)
    assert metadata["image/png"]["alt"] == data["text/plain"] == "<b>2</b> & 3 in a box."
    for slider, text in ((second, "<b>2</b> & 5 in a box."), (first, "<b>4</b> & 5 in a box.")):
        before = picture.value
        slider.value = 5 if slider is second else 4
        assert words.value == NOTE + html.escape(text)
        assert f'alt="{html.escape(text)}"' in picture.value != before
    assert len(outputs) == 1


def test_while_a_text_is_worked_on_the_words_say_so_and_the_old_picture_is_pale(shown):
    children, _ = shown
    seen = []

    def draw(text):
        seen.append([child.value for child in children[1:]])
        return box(f"The text is {text}.")

    field = widgets.Text("fox")
    explore(field, draw)
    before = children[-1].value
    field.value = "house"
    assert seen[-1] == [NOTE + "Working ...", f'<div style="opacity: 0.2">{before}</div>']
    assert children[-2].value == NOTE + "The text is house." and "opacity" not in children[-1].value


def test_an_error_is_told_escaped_without_the_last_picture(shown):
    children, _ = shown

    def draw(text):
        if len(text) > 3:
            raise ValueError(f"<{text}> is too long")
        return box(f"The text {text}.")

    field = widgets.Text("fox")
    explore(field, draw)
    field.value = "house"
    assert children[-2].value == NOTE + "ValueError: &lt;house&gt; is too long" and children[-1].value == ""
    field.value = "in"
    assert children[-2].value == NOTE + "The text in." and "The text in." in children[-1].value


@pytest.mark.parametrize("control", [None, 3, [widgets.VBox()], widgets.Label])
def test_what_is_not_a_control_is_named(control):
    with pytest.raises(TypeError, match="expected a widget with a value"):
        explore(control, lambda value: box("A box."))


def test_what_is_not_a_figure_and_a_figure_without_words_are_refused():
    with pytest.raises(TypeError, match="expected a function that returns a figure"):
        explore(widgets.IntSlider(), lambda value: "picture")
    with pytest.raises(ValueError, match="description"):
        explore(widgets.IntSlider(), lambda value: Figure())
