"""Read what a learner predicts, in any spelling, and compare it with the result."""

import contextlib
import re
import unicodedata
from typing import Any

from .compare import alike
from .items import Prediction
from .messages import brief

# One number: digits, the separators that different countries put between thousands, and a decimal part.
NUMBER = r"-?\d+(?:[,._'’ \u00a0\u202f]\d+)*(?:e-?\d+)?"


class ParseError(ValueError):
    """The value does not have the form that the prediction expects. The message says what is expected."""


def parse(prediction: Prediction, value: Any) -> Any:
    """The value in the form that the prediction expects.

    A choice may be a letter or the option's words. A number and a shape may be text. Quotes, case, articles and
    separators between groups of three digits do not matter. Full-width characters are read as the usual characters.

    Raises:
        ParseError: the value cannot be read, or it can be read as two different numbers.

    >>> number = Prediction(name="n", ask="", form=7, why="")
    >>> parse(number, "32,768"), parse(number, "32.768,5"), parse(number, 32_768.0)
    (32768, 32768.5, 32768.0)
    >>> parse(number, "1,5")
    Traceback (most recent call last):
    tutorial_pkg.practice.predictions.ParseError: expected a number such as 7, with a point for decimals (0.5)
    """
    more = ""
    try:
        value = _plain(value)
        if isinstance(value, str):
            value = unicodedata.normalize("NFKC", value)
            more = _remark(prediction, value)
        found = _found(prediction, value)
    except Exception:  # a learner's own object may raise anything, and a huge number cannot be written out
        found = None
    if found is None:
        raise ParseError(f"expected {prediction.wanted()}{more}")
    return found


def _remark(prediction: Prediction, text: str) -> str:
    """Why a text may not be readable: a comma between digits, or a letter that looks Latin but is not."""
    if isinstance(prediction.form, (int, float)) and re.search(r"\d,\d", text):
        return ", with a point for decimals (0.5)"
    for letter in filter(str.isalpha, text):
        alphabet = unicodedata.name(letter, "").split(" ")[0]
        if alphabet in ("CYRILLIC", "GREEK"):
            return f" (the letter {letter} here is {alphabet.capitalize()}, not Latin)"
    return ""


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
        # the last line of a traceback, such as `KeyError: 'dog'`, begins with the name
        return re.split(r":\s", value.strip("\"'` ") + " ")[0].strip("\"'`. ") if isinstance(value, str) else None
    return _number(value)


def matches(guess: Any, result: Any) -> bool:
    """Whether a guess is equal to the result. Both are values that `parse` returned."""
    if isinstance(guess, str) and isinstance(result, str):
        return _bare(guess) == _bare(result)
    return alike(guess, result)


def as_text(prediction: Prediction, value: Any) -> str:
    """A value that `parse` returned, for use in a sentence: an option in quotes, an error's name as it is."""
    if prediction.is_choice:
        return f'"{value}"'
    return value if isinstance(value, str) else brief(value)


def _plain(value: Any) -> Any:
    """The name of an exception or of its class, a tensor's numbers as Python's numbers, a shape as a tuple."""
    if isinstance(value, BaseException):
        value = type(value)
    if isinstance(value, type) and issubclass(value, BaseException):
        return value.__name__
    with contextlib.suppress(Exception):  # most values do not have `tolist`, and on the meta device it fails
        return value.tolist()
    return tuple(value) if isinstance(value, tuple) else value


def _choice(prediction: Prediction, value: Any) -> str | None:
    given = _bare(str(value))
    by_words = {_bare(option): option for option in prediction.form}
    return (by_words | prediction.options).get(given)


def _bare(words: str) -> str:
    """The words without case, quotes, articles and full stop. An article stays if it is the only word."""
    words = re.sub("[\"'`‘’“”]", "", words.casefold()).strip(" .,)")
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
        text = value.strip("\"'` ").replace("−", "-").lower()
        return _written(text) if re.fullmatch(NUMBER, text) else float(text) if text in ("inf", "nan") else None
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _written(text: str) -> int | float | None:
    """The number that a text writes. None if people of different countries would read it differently, as "1,5"."""
    # The last point or comma begins the decimals if a different separator comes before it. A single point is a decimal
    # point, as in Python. A single comma separates thousands if three digits follow it.
    mantissa, _, exponent = text.partition("e")
    separators = re.findall(r"[^\d-]", mantissa)
    decimal = ""
    if len(set(separators)) == 2 and separators[-1] in ".," and separators.count(separators[-1]) == 1:
        decimal = separators[-1]
    elif separators == ["."]:
        decimal = "."
    whole, _, fraction = mantissa.partition(decimal) if decimal else (mantissa, "", "")
    groups = re.split(r"[^\d]", whole.lstrip("-"))
    if len(groups) > 1 and (any(len(group) != 3 for group in groups[1:]) or len(groups[0]) > 3):
        return None
    sign = "-" if whole.startswith("-") else ""
    if decimal or exponent:
        return float(f"{sign}{''.join(groups)}.{fraction or 0}{'e' + exponent if exponent else ''}")
    return int(sign + "".join(groups))
