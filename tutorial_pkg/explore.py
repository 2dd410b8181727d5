"""One interactive piece: move a control (or several), see the picture and its words change.

The control and the words are one output, the picture is another, which is drawn anew where it stands. So the picture
is an ordinary one: it is there without a kernel too (GitHub, exported pages, a notebook that was closed and opened
again), where a live control is not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from matplotlib.figure import Figure

from .draw.core import bundle, describe


def explore(control: Any, picture: Callable[..., Figure]) -> None:
    """Display a control with a picture, and the picture's own words, that follow its value.

    Args:
        control: an ipywidgets widget with a `value`: a slider, a drop-down, a text field. Or a list of them.
        picture: from the control's value to the figure for it; from several controls, one argument for each value. An
            error that it raises is shown in place of the words, and the last picture stays.

    Raises:
        TypeError: a control has no `value`, or `picture` returns something else than a figure.
        ValueError: the picture has no words.

    >>> import ipywidgets as widgets
    >>> from tutorial_pkg.explore import explore
    >>> explore(widgets.IntSlider(0, 0, 5), draw_row)  # doctest: +SKIP
    """
    import html

    import ipywidgets as widgets
    from IPython.display import display

    controls = list(control) if isinstance(control, (list, tuple)) else [control]
    for one in controls:
        if not isinstance(one, widgets.Widget) or not one.has_trait("value"):
            raise TypeError(f"control: expected a widget with a value, or a list of them; got {describe(one)}")

    def draw() -> tuple[dict, dict]:
        figure = picture(*(one.value for one in controls))
        if not isinstance(figure, Figure):
            raise TypeError(f"picture: expected a function that returns a figure; it returned {describe(figure)}")
        return bundle(figure)

    data, metadata = draw()
    # Lab by itself reads out no alt text: the words stand in the page, beside the control.
    words = widgets.HTML(html.escape(data["text/plain"]))
    box = widgets.VBox([*controls, words])
    # ipywidgets 7 (Colab) has no _repr_mimebundle_ on every version; the view's mimebundle is the same in both.
    live = {"version_major": 2, "version_minor": 0, "model_id": box.model_id}
    display({"application/vnd.jupyter.widget-view+json": live, "text/plain": data["text/plain"]}, raw=True)
    shown = display(data, metadata=metadata, raw=True, display_id=True)

    def follow(_change: dict) -> None:
        try:
            data, metadata = draw()
        except Exception as error:
            words.value = html.escape(f"{type(error).__name__}: {error}")
        else:
            words.value = html.escape(data["text/plain"])
            shown.update(data, metadata=metadata, raw=True)

    for one in controls:
        one.observe(follow, names="value")
