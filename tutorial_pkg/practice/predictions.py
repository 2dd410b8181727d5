"""Read what a learner predicts, in whatever spelling, and compare it with the result."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from .compare import alike
from .items import Prediction
from .messages import brief

# One number: digits, with the separators that different countries put between thousands, and a decimal part.
NUMBER = r"-?\d+(?:[,._'’ \u00a0\u202f]\d+)*(?:e-?\d+)?"


class ParseError(ValueError):
    """The value does not have the form that the prediction expects; the message says what was expected."""


def parse(prediction: Prediction, value: Any) -> Any:
    """The value in the form that the prediction expects.

    A choice may be a letter or the option's words; a number and a shape may be text. Quotes, case, articles and
    separators between groups of three digits make no difference, and full-width characters count as the usual ones.

    Raises:
        ParseError: the value cannot be read, or it could be read as two different numbers.

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
            more = _look_alike(value)
        found = _found(prediction, value)
    except Ambiguous as error:
        found, more = None, str(error)
    except Exception:  # a learner's own object may raise anything, a huge number when it is written out
        found = None
    if found is None:
        raise ParseError(f"expected {prediction.wanted()}{more}")
    return found


class Ambiguous(ValueError):
    """A number that people of different countries read differently."""


def _look_alike(text: str) -> str:
    """A remark on the first letter that looks Latin but is not."""
    for letter in text:
        name = unicodedata.name(letter, "")
        if letter.isalpha() and name.split(" ")[0] in ("CYRILLIC", "GREEK"):
            return f" (the letter {letter} here is {name.split(' ')[0].capitalize()}, not Latin)"
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
        # of a traceback's last line, `KeyError: 'dog'`, the name counts
        return re.split(r":\s", value.strip("\"'` ") + " ")[0].strip("\"'`. ") if isinstance(value, str) else None
    return _number(value)


def matches(prediction: Prediction, guess: Any, result: Any) -> bool:
    """Whether a guess says what the result says, both as returned by `parse`."""
    if isinstance(guess, str) and isinstance(result, str):
        return _bare(guess) == _bare(result)
    return alike(guess, result)


def as_text(prediction: Prediction, value: Any) -> str:
    """A value that `parse` returned, as a sentence has it: an option in quotes, an error's name as it is."""
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
    given = _bare(str(value))
    if given in prediction.options:
        return prediction.options[given]
    return next((option for option in prediction.form if _bare(option) == given), None)


def _bare(words: str) -> str:
    """Without case, quotes, articles and full stop; a text of nothing else stays what it is.

    >>> _bare(' "An error." '), _bare("the Same"), _bare("A")
    ('error', 'same', 'a')
    """
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


def _written(text: str) -> int | float:
    """A number as text: groups of three digits are joined, and a decimal point or comma is recognised.

    The last `.` or `,` marks decimals where another separator comes before it. One point alone is a decimal point, as
    in Python; one comma alone separates thousands where three digits follow it, and is refused elsewhere.
    """
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
        raise Ambiguous(", with a point for decimals (0.5)" if "," in whole else "")
    sign = "-" if whole.startswith("-") else ""
    if decimal or exponent:
        return float(f"{sign}{''.join(groups)}.{fraction or 0}{'e' + exponent if exponent else ''}")
    return int(sign + "".join(groups))
