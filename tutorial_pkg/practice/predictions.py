"""Read what a learner predicts, in whatever spelling, and compare it with the result."""

from __future__ import annotations

import re
from typing import Any

from .compare import alike
from .items import Prediction
from .messages import brief


class NotRead(ValueError):
    """The value has another form than the prediction asks for; the message says what was expected."""


def read(prediction: Prediction, value: Any) -> Any:
    """The value in the form that the prediction asks for.

    A choice may be a letter or the option's words, a number and a shape may be text: quotes, case, articles and
    separators between digits make no difference.

    Raises:
        NotRead: it cannot be read so.

    >>> number = Prediction(name="n", ask="", form=7, why="")
    >>> read(number, "32,768"), read(number, 32_768.0)
    (32768, 32768.0)
    """
    try:
        found = _found(prediction, _plain(value))
    except Exception:  # a learner's own object may raise anything, a huge number when it is written out
        found = None
    if found is None:
        raise NotRead(f"expected {prediction.wanted()}")
    return found


def _found(prediction: Prediction, value: Any) -> Any:
    form = prediction.form
    if prediction.is_choice:
        return _choice(prediction, value)
    if isinstance(form, tuple):
        return _shape(value)
    if isinstance(form, list):
        numbers = re.findall(r"-?\d+(?:\.\d+)?", value) if isinstance(value, str) else None
        found = [float(n) if "." in n else int(n) for n in numbers] if numbers else value
        return list(found) if isinstance(found, (tuple, list)) else None
    if isinstance(form, str):
        return value.strip("\"'` ") if isinstance(value, str) else None
    return _number(value)


def same(prediction: Prediction, guess: Any, result: Any) -> bool:
    """Whether a guess says what the result says, both as `read` gives them."""
    if isinstance(guess, str) and isinstance(result, str):
        return _bare(guess) == _bare(result)
    return alike(guess, result)


def in_words(prediction: Prediction, value: Any) -> str:
    """A value that `read` gave, as a sentence has it: an option in quotes, an error's name as it is."""
    if prediction.is_choice:
        return f'"{value}"'
    return value if isinstance(value, str) else brief(value)


def _plain(value: Any) -> Any:
    """An exception (or its class) as its name, a tensor's numbers as Python's, a shape as a tuple."""
    if isinstance(value, BaseException):
        return type(value).__name__
    if isinstance(value, type) and issubclass(value, BaseException):
        return value.__name__
    if hasattr(value, "tolist"):
        try:
            return value.tolist()
        except Exception:  # a tensor without numbers, on the meta device
            return value
    if isinstance(value, tuple):
        return tuple(value)  # torch.Size
    return value


def _choice(prediction: Prediction, value: Any) -> str | None:
    if not isinstance(value, (str, bool, int, float, tuple, type(None))):
        return None
    said = _bare(str(value))
    if said in prediction.options:
        return prediction.options[said]
    return next((option for option in prediction.form if _bare(option) == said), None)


def _bare(words: str) -> str:
    """Without case, quotes, articles and full stop; a text of nothing else stays what it is.

    >>> _bare(' "An error." '), _bare("the Same"), _bare("A")
    ('error', 'same', 'a')
    """
    words = re.sub("[\"'`‘’“”]", "", words.casefold()).strip(" .,")
    return " ".join(word for word in words.split() if word not in ("a", "an", "the")) or words


def _shape(value: Any) -> tuple | None:
    if isinstance(value, str):
        written = re.fullmatch(r"(?:torch\.size)?\W*((?:\d+(?:\s*[,x×]\s*|\s+)?)*)\W*", value.casefold().strip())
        value = [int(size) for size in re.findall(r"\d+", written[1])] if written else None
    if isinstance(value, (tuple, list)) and all(type(size) is int for size in value):
        return tuple(value)
    return None


def _number(value: Any) -> int | float | None:
    if isinstance(value, str):
        digits = re.sub(r"(?<=\d)[,_\s](?=\d)", "", value.strip("\"'` "))
        for kind in (int, float):
            try:
                return kind(digits)
            except ValueError:
                continue
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None
