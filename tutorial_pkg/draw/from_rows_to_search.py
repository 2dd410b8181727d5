"""Pictures for notebook 09: amounts as bars, an index's accuracy against its bytes, and emojis that were found."""

from collections.abc import Mapping, Sequence

from ..feedback import show_found
from . import checks, core
from .charts import bar_chart, chart, finish, label_points, log_scale
from .core import Picture, drawing

__all__ = ["bar_chart", "index_sizes", "show_found"]


@drawing
def index_sizes(kinds: Mapping[str, Sequence[float]]) -> Picture:
    """Kinds of index as points: the bytes that each kind keeps for a text, and how often it finds the right text.

    `kinds`: name → (bytes, percent), at most 12.
    >>> index_sizes({"float32": (1536, 95), "1 bit": (48, 93)}).words
    'Points show how many bytes an index keeps for a text, and how often it finds the right text first. With ...'
    """
    spots, told = [], []
    for name, (size, percent) in kinds.items():
        size = checks.checked(size, name, (), span=checks.ABOVE_0)
        spots.append((size, checks.checked(percent, name, (), span=(0, 100))))
        told.append(f"With “{name}”, the index keeps {size:,.0f} bytes and finds {percent:.0f}%.")
    sizes, percents = zip(*spots, strict=True)
    picture, ax = chart(3.0)
    ax.scatter(sizes, percents, s=30, color=core.BLUE)
    log_scale(ax.xaxis, base=2)
    finish(ax, xlabel="bytes for a text (log scale)", ylabel="found first, in percent", ylim=(0, 106))
    ax.set_xlim(min(sizes) / 2, max(sizes) * 2)
    label_points(ax, spots, dict(enumerate(kinds)), must=True)
    start = "Points show how many bytes an index keeps for a text, and how often it finds the right text first."
    return picture.say(start, *told)
