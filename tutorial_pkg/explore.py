"""One interactive piece: move a control (or several), see the picture and the words change.

Where a kernel runs this is a live widget. Elsewhere (GitHub, exported pages) the stored output shows the picture for
the control's first value instead.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from matplotlib.figure import Figure

from .draw import png


def explore(control: Any, picture: Callable[..., Figure], words: Callable[..., str]) -> None:
    """Display a control with a picture and a sentence that follow its value.

    Args:
        control: an ipywidgets widget with a `value`: a slider, a drop-down, a text field. Or a list of them.
        picture: from the control's value to the figure for it; from several controls, one argument for each value.
        words: from the same values to the same content in words; stored as the picture's alt text. An error that
            either function raises is shown in place of the words, and the last picture stays.

    >>> import ipywidgets as widgets
    >>> from tutorial_pkg.explore import explore
    >>> explore(widgets.IntSlider(0, 0, 5), draw_row, "row {}".format)  # doctest: +SKIP
    """
    import html

    import ipywidgets as widgets
    from IPython.display import display

    controls = list(control) if isinstance(control, (list, tuple)) else [control]

    def values() -> list:
        return [one.value for one in controls]

    first = words(*values())
    drawn_first = png(picture(*values()))
    image = widgets.Image(value=drawn_first, format="png")
    image.layout.max_width = "100%"
    image.layout.align_self = "flex-start"  # or the box stretches the picture to its own width
    # A widget's Image has no alt text of its own: the words stand in the page, right under it.
    text = widgets.HTML(html.escape(first))

    def follow(_change: dict) -> None:
        try:
            said, drawn = words(*values()), png(picture(*values()))
        except Exception as error:
            text.value = html.escape(f"{type(error).__name__}: {error}")
        else:
            text.value, image.value = html.escape(said), drawn

    for one in controls:
        one.observe(follow, names="value")
    box = widgets.VBox([*controls, image, text])
    # ipywidgets 7 (Colab) has no _repr_mimebundle_ on every version; the view's mimebundle is the same in both.
    live = {"version_major": 2, "version_minor": 0, "model_id": box.model_id}
    bundle = {
        "application/vnd.jupyter.widget-view+json": live,
        "image/png": drawn_first,  # not image.value: ipywidgets 8 gives a memoryview, which is stored as a list
        "text/plain": first,
    }
    display(bundle, metadata={"image/png": {"alt": first}}, raw=True)
