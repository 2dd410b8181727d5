"""The GGUF file format, as far as SmolLM2 needs it: settings, and tensors with 32, 16, 8 or 4 bits per number.

A file begins with the letters GGUF and a version. Then come the settings, each with a name, a type and a value. Then
come the name, shape, type and position of each tensor, and last the bytes of the tensors. `read` checks the whole file
at once, so that a damaged file is refused here and not in the middle of a calculation. This module knows four of the
more than thirty ways in which the format stores numbers. It does not write files.

The description of the format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

import codecs
import struct
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from math import prod
from typing import Any

import torch

from .words import short


class GgufError(ValueError):
    """The bytes are not a GGUF file that this module can read. The message says what is wrong."""


@dataclass(frozen=True)
class Gguf:
    """A GGUF file.

    Attributes:
        settings: the value of each name: a number, a text, a list of texts, or an array of numbers.
        places: for the name of each tensor, its shape, the number of its type, and the position of its first byte.
        content: the bytes of the file.
    """

    settings: dict[str, Any]
    places: dict[str, tuple[tuple[int, ...], int, int]]
    content: bytes

    def tensor(self, name: str) -> torch.Tensor:
        """A tensor in float32. Each call makes a new tensor.

        Raises:
            GgufError: the file does not have a tensor of this name.
        """
        if name not in self.places:
            raise GgufError(f"expected a tensor called {name!r}; got {', '.join(sorted(self.places)) or 'no tensors'}")
        shape, kind, start = self.places[name]
        stored = _STORED[kind]
        piece = memoryview(self.content)[start : start + stored.size(shape)]
        raw = torch.frombuffer(bytearray(piece), dtype=torch.uint8)  # a copy: torch warns that it cannot write to bytes
        return stored.numbers_of(raw.view(-1, stored.bytes)).resize_(shape)  # `view` would keep a second tensor


@dataclass(frozen=True)
class _Stored:
    """A way to store numbers: how many bytes and how many numbers a group has, and a function from bytes to numbers."""

    name: str
    bytes: int
    numbers: int
    numbers_of: Callable[[torch.Tensor], torch.Tensor]

    def size(self, shape: tuple[int, ...]) -> int:
        """The bytes that a tensor of this shape takes."""
        return prod(shape) // self.numbers * self.bytes


def _q8_0(rows: torch.Tensor) -> torch.Tensor:
    """A row is 32 numbers: a float16 scale, then an 8-bit integer for each number. Number = scale * integer."""
    return rows[:, :2].view(torch.float16).float() * rows[:, 2:].view(torch.int8)


def _q4_1(rows: torch.Tensor) -> torch.Tensor:
    """A row is 32 numbers: a float16 scale, a float16 minimum, then 16 bytes with two 4-bit integers each.

    The lower 4 bits of the bytes are for the first 16 numbers. Number = scale * integer + minimum.
    """
    scale, minimum = rows[:, :4].view(torch.float16).float().split(1, dim=1)
    return scale * torch.cat([rows[:, 4:] & 15, rows[:, 4:] >> 4], dim=1) + minimum


# The keys are the format's numbers for its types.
_STORED = {
    0: _Stored("F32", 4, 1, lambda rows: rows.view(torch.float32)),
    1: _Stored("F16", 2, 1, lambda rows: rows.view(torch.float16).float()),
    3: _Stored("Q4_1", 20, 32, _q4_1),
    8: _Stored("Q8_0", 34, 32, _q8_0),
}
# The types of settings, in the format's order. Type 8 is a text, and type 9 is a list.
_TYPES = ["B", "b", "H", "h", "I", "i", "f", "?", None, None, "Q", "q", "d"]


def read(content: bytes) -> Gguf:
    """The settings and tensors of a GGUF file.

    Raises:
        GgufError: the file has a different format or version, is damaged, or stores numbers in an unknown way.

    >>> read(b"PK...")
    Traceback (most recent call last):
        ...
    tutorial_pkg.gguf.GgufError: expected a GGUF file, which begins with b'GGUF'; got b'PK..'
    >>> read(b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + struct.pack("<Q4sIB", 4, b"size", 0, 7)).settings
    {'size': 7}
    """
    if content[:4] != b"GGUF":
        raise GgufError(f"expected a GGUF file, which begins with b'GGUF'; got {bytes(content[:4])!r}")
    reader = _Reader(content)
    version = reader.number("I")
    if version in (2 << 24, 3 << 24):
        raise GgufError("expected a little-endian GGUF file; got a big-endian one (the version's bytes are reversed)")
    if version not in (2, 3):
        raise GgufError(f"expected GGUF version 2 or 3; got {version}")
    tensors, settings = reader.number("Q"), reader.number("Q")
    found = {}
    for _ in range(settings):
        name = reader.new_name(found)
        found[name] = reader.value(reader.number("I"))
    places = {}
    for _ in range(tensors):
        name, dimensions = reader.new_name(places), reader.number("I")
        if not 1 <= dimensions <= 4:
            raise GgufError(f"{name}: expected 1 to 4 dimensions; got {dimensions:,}")
        # The format lists the dimensions in reverse: torch's last dimension comes first.
        shape = tuple(reversed(reader.numbers("Q", dimensions)))
        places[name] = shape, reader.number("I"), reader.number("Q")
    step = found.get("general.alignment", 32)
    if type(step) is not int or step < 8 or step % 8:
        raise GgufError(f"expected general.alignment to be a multiple of 8; got {short(step)}")
    start = -(-reader.at // step) * step
    places = {name: (shape, kind, start + offset) for name, (shape, kind, offset) in places.items()}
    _check(places, start, len(content))
    return Gguf(found, places, content)


def _check(places: dict[str, tuple[tuple[int, ...], int, int]], end: int, length: int) -> None:
    """Refuse tensors of unknown types, tensors that overlap, and tensors that end after the file."""
    for name, (shape, kind, start) in sorted(places.items(), key=lambda item: item[1][2]):
        if kind not in _STORED:
            known = ", ".join(f"{stored.name} ({number})" for number, stored in _STORED.items())
            raise GgufError(f"{name}: expected numbers stored as {known}; got type {kind}")
        stored = _STORED[kind]
        if 0 in shape or shape[-1] % stored.numbers:
            raise GgufError(f"{name}: expected rows of a multiple of {stored.numbers} numbers; got shape {shape}")
        if start < end:
            raise GgufError(f"{name}: expected its bytes to begin at {end:,} or later; got {start:,}, inside a tensor")
        end = start + stored.size(shape)
        if end > length:
            expected = f"{name}: expected its bytes to end at {end:,}"
            raise GgufError(f"{expected}; got a file of {length:,} bytes: it was cut short or changed")


class _Reader:
    """Reads the content from the position `at` on. A piece is a view, because a piece may be as large as the file."""

    def __init__(self, content: bytes) -> None:
        self.content, self.at = memoryview(content), 4

    def take(self, length: int) -> memoryview:
        piece = self.content[self.at : self.at + length]
        if len(piece) < length:
            expected = f"expected {length:,} more bytes at byte {self.at:,}"
            raise GgufError(f"{expected}; got {len(piece):,}: the file was cut short or changed")
        self.at += length
        return piece

    def numbers(self, code: str, count: int) -> tuple:
        return struct.unpack(f"<{count}{code}", self.take(count * struct.calcsize(f"<{code}")))

    def number(self, code: str) -> Any:
        return self.numbers(code, 1)[0]

    def text(self) -> str:
        start, piece, text = self.at, self.take(self.number("Q")), ""
        try:
            while piece:  # in parts, because an error holds a copy of the bytes that it cannot decode
                part, used = codecs.utf_8_decode(piece[:2048], "strict", len(piece) <= 2048)
                text += part
                piece = piece[used:]
            return text
        except UnicodeDecodeError as error:
            raise GgufError(f"expected a text in UTF-8 at byte {start:,}; {error}: the file was changed") from None

    def new_name(self, known: dict) -> str:
        if (name := self.text()) in known:
            raise GgufError(f"expected each name once; got {name!r} again, before byte {self.at:,}")
        return name

    def value(self, kind: int) -> Any:
        if kind == 8:
            return self.text()
        if kind != 9:
            return self.number(self.code(kind))
        kind, count = self.number("I"), self.number("Q")
        if kind == 8:
            return [self.text() for _ in range(count)]
        code = self.code(kind)
        # An array takes as much memory as the file. A list would take up to nine times as much
        values = array(code.replace("?", "B"))
        values.frombytes(self.take(count * struct.calcsize(f"<{code}")))
        return values

    def code(self, kind: int) -> str:
        if not 0 <= kind < len(_TYPES) or _TYPES[kind] is None:
            expected = f"expected a type number from 0 to {len(_TYPES) - 1}, and no list in a list,"
            raise GgufError(f"{expected} at byte {self.at:,}; got {kind}")
        return _TYPES[kind]
