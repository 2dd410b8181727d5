"""How values are put into words, for pictures and messages."""

import reprlib
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any

_SHORT = reprlib.Repr()
_SHORT.maxlevel, _SHORT.maxstring, _SHORT.maxother, _SHORT.maxlong = 2, 60, 60, 60
SIGNS = {"␣": "a space", "⏎": "a line break", "⇥": "a tab"}  # as `readable` writes them


def short(thing: Any) -> str:
    """Anything as a text of about 60 characters, for a message: a long value must not fill the screen.

    >>> short("fox"), short(list(range(99))), len(short("x" * 10**6))
    ("'fox'", '[0, 1, 2, 3, 4, 5, ...]', 60)
    """
    return _SHORT.repr(thing)


def describe(thing: Any) -> str:
    """The given value, for a message: never longer than two lines.

    >>> describe([1] * 1_000_000), describe(None)
    ('[1, 1, 1, 1, 1, 1, ...] of type list', 'None of type NoneType')
    """
    kind = type(thing).__name__
    try:
        if hasattr(thing, "shape") and hasattr(thing, "dtype"):
            return f"a {kind} of shape {tuple(thing.shape)} and {thing.dtype}"
        return f"{short(thing)} of type {kind}"
    except Exception:  # someone's own __repr__ may do anything
        return f"something of type {kind}"


def join_words(parts: Iterable[Any], most: int = 40) -> str:
    """Parts as prose. After `most` parts, only the number of the other parts is given.

    >>> join_words(["fox", "house", "in"]), join_words("abcde", most=2)
    ('fox, house and in', 'a, b and 3 more')
    """
    parts = [str(part) for part in parts]
    if len(parts) > most:
        parts = [*parts[:most], f"{len(parts) - most} more"]
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else "none"


def quoted(names: Iterable[str]) -> str:
    """Names as prose, each in quotation marks."""
    return join_words(f"“{name}”" for name in names)


def format_number(value: float, digits: int = 2) -> str:
    """A number for a cell: at most seven characters, and never -0.00.

    >>> format_number(-0.001), format_number(0.5, 1), format_number(1234.56), format_number(-123456.0)
    ('0.00', '0.5', '1234.56', '-1e+05')
    """
    text = f"{value:.{digits}f}"
    text = text.removeprefix("-") if set(text) <= set("-0.") else text
    return text if len(text) <= 7 else f"{value:.0e}"


def format_row(values: Iterable[float], digits: int = 2) -> str:
    """The numbers of a row, for a sentence."""
    return ", ".join(format_number(value, digits) for value in values)


def in_words(amount: float, unit: str = "B") -> str:
    """An amount with a decimal prefix, three digits at most: bytes unless another unit is given.

    >>> in_words(154_389_504), in_words(0), in_words(4.94e9), in_words(3.2e11, ""), in_words(2e-6, "s")
    ('154 MB', '0 B', '4.94 GB', '320 G', '2 µs')
    """
    large = {1e12: "T", 1e9: "G", 1e6: "M", 1e3: "k", 1: ""}
    sizes = large | ({1e-3: "m", 1e-6: "µ", 1e-9: "n"} if unit == "s" else {})
    size = next((size for size in sizes if amount >= 0.9995 * size), 1)
    return f"{amount / size:.3g} {sizes[size]}{unit}".strip()


def count_of(count: int, thing: str) -> str:
    """A number with its noun: "1 word", "64,000 words"."""
    return f"{count:,} {thing}" + ("" if count == 1 else "es" if thing.endswith("s") else "s")


def readable(piece: bytes | str) -> str:
    """A token in visible characters. Unicode numbers replace invisible ones, and parts of a character are hexadecimal.

    >>> readable(b" fox"), readable("\\n"), readable("狐"), readable("e\\u0301"), readable("🦊".encode()[:2])
    ('␣fox', '⏎', '狐', 'e U+0301', 'F0 9F')
    """
    if isinstance(piece, bytes):
        try:
            piece = piece.decode("utf-8")
        except UnicodeDecodeError:
            return piece.hex(" ").upper()
    signs, shown = {" ": "␣", "\n": "⏎", "\t": "⇥"}, ""
    for place, c in enumerate(piece):
        kind = unicodedata.category(c)[0]
        hidden = kind in "CZ" or (kind == "M" and (place == 0 or "\u0300" <= c <= "\u036f"))
        shown += signs.get(c) or (f" U+{ord(c):04X} " if hidden else c)
    return " ".join(shown.split())


def row_names(ids: Iterable[int], words: Sequence[str] | None, separator: str = " ") -> list[str]:
    """The course's labels, id then word: "0 fox". Without words, a label is only the id."""
    return [str(one) if words is None else f"{one}{separator}{readable(words[one])}" for one in ids]


def with_sign(label: str, *texts: str) -> str:
    """The label, with a note that explains each sign (␣, ⏎, ⇥) in the texts."""
    notes = [f"{sign} is {meaning}" for sign, meaning in SIGNS.items() if any(sign in text for text in texts)]
    return f"{label}   ({', '.join(notes)})".strip() if notes else label


def amounts_in_words(bars: Iterable[tuple], text: Callable[[float], str]) -> str:
    """The names and amounts of bars, for a sentence. `text`: a function from an amount to its text."""
    return join_words(f"{f'“{name}”' if ',' in name else name} {text(amount)}" for name, amount, _ in bars)
