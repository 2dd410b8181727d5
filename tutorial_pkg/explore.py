"""An interactive picture: move a control (or several controls), and the picture and its description change."""

import base64
import html
from collections.abc import Callable
from typing import Any

from matplotlib.figure import Figure

from .draw.core import bundle
from .words import describe

# A page shows this note only if no kernel answers the control. Then ipywidgets marks the control with the second class.
NOTE = """<style>.explore-note {display: none} .jupyter-widgets-disconnected .explore-note {display: block}</style>
<em class="explore-note">This control is not connected. Run the cell again to use it.</em>"""


def explore(control: Any, picture: Callable[..., Figure]) -> None:
    """Display a control, and a picture with its description for the control's value.

    The control, the description and the picture are one widget, so they stay together when the page is loaded again.
    The output also contains the picture as an image, for pages without a kernel (GitHub, exported pages).

    Args:
        control: an ipywidgets widget with a `value` (a slider, a drop-down, a text field), or a list of such widgets.
        picture: a function that takes the value of each control and returns a figure. If it raises an error later, the
            error replaces the description and the picture.

    Raises:
        TypeError: a control does not have a `value`, or `picture` does not return a figure.
        ValueError: the picture does not have a description.

    >>> explore(ipywidgets.IntSlider(0, 0, 5), draw_row)  # doctest: +SKIP
    """
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
    words, shown = widgets.HTML(_page(data)), widgets.HTML(_image(data))
    box = widgets.VBox([*controls, words, shown])
    # Some versions of ipywidgets 7 (Colab) do not have _repr_mimebundle_, so the bundle is written here.
    live = {"version_major": 2, "version_minor": 0, "model_id": box.model_id}
    display({"application/vnd.jupyter.widget-view+json": live, **data}, metadata=metadata, raw=True)

    def follow(change: dict) -> None:
        # A new text may take seconds, so the page says that it works. For a slider, this message would only flicker.
        if isinstance(change["owner"], widgets.Text):
            words.value, shown.value = NOTE + "Working ...", f'<div style="opacity: 0.2">{shown.value}</div>'
        try:
            data, _ = draw()
        except Exception as error:
            words.value, shown.value = NOTE + html.escape(f"{type(error).__name__}: {error}"), ""
        else:
            words.value, shown.value = _page(data), _image(data)

    for one in controls:
        one.observe(follow, names="value")


def _page(data: dict) -> str:
    return NOTE + html.escape(data["text/plain"])


def _image(data: dict) -> str:
    png = data["image/png"]
    text = png if isinstance(png, str) else base64.b64encode(png).decode()
    return f'<img alt="{html.escape(data["text/plain"])}" src="data:image/png;base64,{text}" style="max-width: 100%">'
