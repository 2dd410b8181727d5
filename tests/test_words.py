"""Tokens and amounts in words."""

from __future__ import annotations

import pytest

from tutorial_pkg.words import in_words, readable


@pytest.mark.parametrize(
    ("piece", "name"),
    [
        (" fox", "␣fox"),
        ("\n\n", "⏎⏎"),
        ("\t", "⇥"),
        ("é", "é"),
        ("e\u0301", "e U+0301"),
        ("狐", "狐"),
        ("ب", "ب"),
        (b"\xf0\x9f", "F0 9F"),
        (b"\x00", "U+0000"),
        ("$x^2$", "$x^2$"),
        ("", ""),
    ],
)
def test_readable(piece, name):
    assert readable(piece) == name


@pytest.mark.parametrize(
    ("amount", "words"), [(999, "999 B"), (999_900, "1 MB"), (1000, "1 kB"), (0, "0 B"), (2**40, "1.1 TB")]
)
def test_amounts_in_words(amount, words):
    assert in_words(amount) == words
