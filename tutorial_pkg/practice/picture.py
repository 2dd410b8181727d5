"""The picture of a wrong answer: the expected numbers next to the returned numbers."""

import numpy as np
import torch

from tutorial_pkg.draw.core import MONO, SMALL, WIDTH, Picture, drawing, fit, text_width
from tutorial_pkg.draw.matrices import CELL, equation, frame, largest
from tutorial_pkg.words import format_number


@drawing
def expected_and_got(expected: torch.Tensor, got: torch.Tensor, call: str) -> Picture:
    """What a task expects and what a learner's code returned, next to each other. The cells that differ are framed.

    `expected`, `got`: real numbers, of shape (C,) or (R, C), up to 12 × 12; their shapes may be different. `call`: the
    learner's call, written above. Two nan are equal.
    >>> expected_and_got(torch.tensor([[1, 2], [3, 4]]), torch.tensor([[1, 2], [3, 5]]), "f(x)").words
    'The expected tensor of shape (2, 2) is next to the result of shape (2, 2). The number of cells ...'
    """
    shapes = [tuple(expected.shape), tuple(got.shape)]
    tables = [np.atleast_2d(values.double().numpy()) for values in (expected, got)]
    numbers = [dict(np.ndenumerate(table)) for table in tables]
    pairs = {at: [some.get(at) for some in numbers] for at in sorted(set().union(*numbers))}
    differ = [at for at, pair in pairs.items() if None in pair or not np.isclose(*pair, 1e-5, 1e-5, equal_nan=True)]
    finite, told, digits = [value for table in tables for value in table[np.isfinite(table)]], {}, 0
    for digits in [0] if all(map(float.is_integer, finite)) else [2, 3, 4, 5]:
        for at, pair in pairs.items():
            told[at] = ["nothing" if value is None else format_number(value, digits) for value in pair]
        if all(told[at][0] != told[at][1] for at in differ):  # enough digits to see each difference
            break
    texts = [format_number(value, digits) for table in tables for value in table.flat]
    wide = max(CELL[0] if digits else 0.28, text_width("\n".join(texts)) + 0.1)
    parts = []
    for table, name, shape in zip(tables, ("expected", "got"), shapes, strict=True):
        part = {"values": table, "title": f"{name}: {shape}", "rows": None if len(shape) == 2 else [""]}
        parts.append(part | {"digits": digits, "size": (wide, CELL[1]), "limit": largest([finite])})
    top = 0.65
    picture = Picture()
    picture.text(0.1 / WIDTH, 1 - 0.2 / 3, fit(call[:2000].replace("\n", " "), WIDTH, SMALL, MONO), family=MONO)
    if sum(table.shape[1] for table in tables) * wide < 4.6:
        equation(parts[0], "", parts[1], top=top, picture=picture)
    else:  # too wide for one line: one above the other
        below = top + 0.75 + CELL[1] * len(tables[0])
        equation(parts[0], top=top, picture=picture)
        equation(parts[1], top=below, picture=picture)
    for ax, table in zip(picture.axes, tables, strict=True):
        names = [tick.get_text() for tick in ax.get_xticklabels()]  # only the columns for which there is room
        for i, j in differ:
            if i < len(table) and str(j) in names:
                frame(ax, names.index(str(j)) - 0.46, i - 0.46, 0.92, 0.92)
    dims = max(map(len, shapes))
    return picture.say(
        "The expected tensor of shape {} is next to the result of shape {}.".format(*shapes),
        f"The number of cells that differ is {len(differ)}. They are framed." if differ else "No cell differs.",
        *("At {}, {} is expected and the result has {}.".format(list(at)[2 - dims :], *told[at]) for at in differ[:6]),
        len(differ) > 6 and f"There are {len(differ) - 6} more.",
    )
