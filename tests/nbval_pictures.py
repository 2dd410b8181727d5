"""nbval skips pictures. This pytest plugin compares pictures: a stored picture must open without an error, and look
like the picture that is drawn now.

Pictures are compared by their size and, roughly, by the brightness of 24 × 24 fields. So pictures from a different
version of matplotlib or with different fonts pass. A swapped, damaged or old picture fails. A picture of measured times
looks different each time, so it only has to open. `MEASURED` names the cells of these pictures.
"""

from __future__ import annotations

import base64
import io
import sys
from typing import Any

import pytest
from PIL import Image

# jsonschema, which reads notebooks, builds large grammars from this package. That takes a second in each process.
sys.modules.setdefault("rfc3987_syntax", None)

# Cells whose pictures show measured times, or the free memory of this machine.
MEASURED = {
    "04_why_lookup_wins": None,  # nearly all of its pictures
    "05_learning_vectors": {"step-times"},
}
FIELDS = 24
MOST_SIZE = 0.12  # share by which a side may differ
MOST_LOOK = 0.06  # mean difference of brightness, from 0 to 1


def look(png: str | bytes) -> tuple[tuple[int, int], list[int]]:
    """A picture's size, and the brightness of its fields on a white page.

    Raises:
        OSError: the picture cannot be opened.
    """
    data = base64.b64decode(png) if isinstance(png, str) else png
    image = Image.open(io.BytesIO(data)).convert("RGBA")
    page = Image.new("RGBA", image.size, "white")
    page.alpha_composite(image)
    return image.size, list(page.convert("L").resize((FIELDS, FIELDS), Image.Resampling.BOX).tobytes())


def difference(stored: str, drawn: str) -> str:
    """What differs between two pictures, in words; an empty text if they look the same."""
    try:
        (size, old), (new_size, new) = look(stored), look(drawn)
    except (OSError, ValueError) as error:
        return f"a stored picture cannot be opened: {error}"
    if any(abs(one - other) > MOST_SIZE * one for one, other in zip(size, new_size, strict=True)):
        return f"a stored picture has {size[0]} × {size[1]} pixels, and the one drawn now {new_size[0]} × {new_size[1]}"
    apart = sum(abs(one - other) for one, other in zip(old, new, strict=True)) / 255 / len(old)
    return f"a stored picture differs from the one drawn now by {apart:.3f}" if apart > MOST_LOOK else ""


def pictures(outputs: Any) -> list[str]:
    return [output["data"]["image/png"] for output in outputs if "image/png" in output.get("data", {})]


def complaint(notebook: str, cell_id: str, drawn: Any, stored: Any) -> str:
    """What is wrong with the stored pictures of one cell, or an empty text."""
    old, new = pictures(stored), pictures(drawn)
    measured = MEASURED.get(notebook, set())
    if measured is None or cell_id in measured:
        new = old
    if len(old) != len(new):
        return f"{len(old)} pictures are stored, and {len(new)} drawn"
    return next(filter(None, map(difference, old, new)), "")


@pytest.hookimpl
def pytest_configure(config: pytest.Config) -> None:
    try:
        from nbval.plugin import IPyNbCell
    except ImportError:
        return
    compare = IPyNbCell.compare_outputs
    if getattr(compare, "with_pictures", False):
        return

    def compare_outputs(self: Any, test: Any, ref: Any, skip_compare: Any = None) -> bool:
        if not compare(self, test, ref, skip_compare):
            return False
        if text := complaint(self.parent.path.stem, self.cell.get("id", ""), test, ref):
            self.comparison_traceback.append(text)
        return not text

    compare_outputs.with_pictures = True
    IPyNbCell.compare_outputs = compare_outputs
