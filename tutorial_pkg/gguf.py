"""The GGUF file format, as far as SmolLM2 needs it: settings, tokens, and matrices in 32, 16, 8 or 4 bits a number.

A file is: the letters GGUF and a version; settings, each a name, a type and a value; for each tensor its name, shape,
type and place; then the tensors' bytes. `read` gives settings and tensors back. It does not write files, does not read
big-endian ones, and knows four of the format's thirty-odd ways to store numbers.

Used by `smollm2`. The format's description: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch


class GgufError(ValueError):
    """The bytes are not a GGUF file that can be read; the message says what was expected and what was got."""


@dataclass(frozen=True)
class Gguf:
    """What `read` found.

    Attributes:
        settings: name to value: numbers, texts, and lists of them (the tokens are one).
        places: name of each tensor to its shape, the number of its type, and where its bytes begin.
    """

    settings: dict[str, Any]
    places: dict[str, tuple[tuple[int, ...], int, int]]
    content: bytearray

    def tensor(self, name: str) -> torch.Tensor:
        """One tensor in float32, made anew at each call.

        Raises:
            GgufError: there is none of that name, it is stored in a way not known here, or the file ends too early.
        """
        import torch

        if name not in self.places:
            raise GgufError(f"expected a tensor called {name!r}; got {', '.join(sorted(self.places)) or 'no tensors'}")
        shape, kind, start = self.places[name]
        if kind not in _STORED:
            known = ", ".join(f"{stored.name} ({number})" for number, stored in _STORED.items())
            raise GgufError(f"{name}: expected numbers stored as {known}; got type {kind}")
        stored = _STORED[kind]
        if shape[-1] % stored.numbers:
            raise GgufError(f"{name}: expected rows of a multiple of {stored.numbers} numbers; got {shape[-1]}")
        length = prod(shape) // stored.numbers * stored.bytes
        if start + length > len(self.content):
            raise GgufError(
                f"{name}: expected its bytes to end at {start + length:,}; got a file of {len(self.content):,} bytes, "
                "so it was cut short"
            )
        raw = torch.frombuffer(self.content, dtype=torch.uint8, count=length, offset=start)
        return stored.numbers_of(raw.view(-1, stored.bytes)).reshape(shape)


@dataclass(frozen=True)
class _Stored:
    """A way to store numbers: so many bytes hold so many numbers, and a function makes float32 of rows of them."""

    name: str
    bytes: int
    numbers: int
    numbers_of: Callable[[torch.Tensor], torch.Tensor]


def _f32(rows: torch.Tensor) -> torch.Tensor:
    import torch

    return rows.view(torch.float32).clone()


def _f16(rows: torch.Tensor) -> torch.Tensor:
    import torch

    return rows.view(torch.float16).float()


def _q8_0(rows: torch.Tensor) -> torch.Tensor:
    """32 numbers: a float16 scale, then a whole number from -128 to 127 for each. Number = scale * whole number."""
    import torch

    return rows[:, :2].view(torch.float16).float() * rows[:, 2:].view(torch.int8)


def _q4_1(rows: torch.Tensor) -> torch.Tensor:
    """32 numbers: a float16 scale, a float16 minimum, then 16 bytes with a whole number from 0 to 15 in each half.

    The lower halves hold the first 16 numbers. Number = scale * whole number + minimum.
    """
    import torch

    scale, minimum = rows[:, :4].view(torch.float16).float().split(1, dim=1)
    return scale * torch.cat([rows[:, 4:] & 15, rows[:, 4:] >> 4], dim=1) + minimum


# By the numbers that the format has for them.
_STORED = {
    0: _Stored("F32", 4, 1, _f32),
    1: _Stored("F16", 2, 1, _f16),
    3: _Stored("Q4_1", 20, 32, _q4_1),
    8: _Stored("Q8_0", 34, 32, _q8_0),
}
# The types of settings, in the format's order; 8 is a text and 9 a list.
_TYPES = ["B", "b", "H", "h", "I", "i", "f", "?", None, None, "Q", "q", "d"]


def read(content: bytes) -> Gguf:
    """The settings and tensors of a GGUF file.

    Raises:
        GgufError: it is something else, of another version, or damaged.

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
    if (version := reader.number("I")) not in (2, 3):
        raise GgufError(f"expected GGUF version 2 or 3; got {version}")
    tensors, settings = reader.number("Q"), reader.number("Q")
    found = {}
    for _ in range(settings):
        name = reader.text()
        found[name] = reader.value(reader.number("I"))
    places = {}
    for _ in range(tensors):
        name = reader.text()
        # The format names the shortest step first; torch, like most, names it last.
        shape = tuple(reversed(reader.numbers("Q", reader.number("I"))))
        places[name] = shape, reader.number("I"), reader.number("Q")
    step = found.get("general.alignment", 32)
    start = -(-reader.at // step) * step
    places = {name: (shape, kind, start + offset) for name, (shape, kind, offset) in places.items()}
    return Gguf(found, places, bytearray(content))


class _Reader:
    """Reads on from `at`; the first four bytes are known already."""

    def __init__(self, content: bytes) -> None:
        self.content, self.at = content, 4

    def take(self, length: int) -> bytes:
        piece = self.content[self.at : self.at + length]
        if len(piece) < length:
            raise GgufError(
                f"expected {length:,} more bytes at byte {self.at:,}; got {len(piece):,}: the file was cut short or "
                "changed"
            )
        self.at += length
        return piece

    def numbers(self, code: str, count: int) -> tuple:
        return struct.unpack(f"<{count}{code}", self.take(count * struct.calcsize(f"<{code}")))

    def number(self, code: str) -> Any:
        return self.numbers(code, 1)[0]

    def text(self) -> str:
        start, piece = self.at, self.take(self.number("Q"))
        try:
            return bytes(piece).decode()
        except UnicodeDecodeError as error:
            raise GgufError(f"expected a text in UTF-8 at byte {start:,}; {error}: the file was changed") from None

    def value(self, kind: int) -> Any:
        if kind == 8:
            return self.text()
        if kind == 9:
            kind, count = self.number("I"), self.number("Q")
            if kind in (8, 9):
                return [self.value(kind) for _ in range(count)]
            return list(self.numbers(self.code(kind), count))
        return self.number(self.code(kind))

    def code(self, kind: int) -> str:
        if not 0 <= kind < len(_TYPES):
            raise GgufError(f"expected a setting's type from 0 to {len(_TYPES) - 1} at byte {self.at:,}; got {kind}")
        return _TYPES[kind]
