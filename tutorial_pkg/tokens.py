"""Words to ids and back, with a clear message for input that does not fit.

These are the functions of notebook 01 (tokens, vocabulary, `encode`, `decode`, padding), which check their input here.
The notebook explains the ideas. Tokens are lower-case words between white space. Nothing here handles punctuation:
"house" and "house." are two tokens. Nothing here joins a letter and its accent, either: if a text may contain both ways
to write é, use `unicodedata.normalize("NFC", text)` first.

>>> words = vocabulary(tokenise("Quick fox is in the house"), special=["<unk>", "<pad>"])
>>> encode("The quick fox", words), decode([5, 4, 0], words)
([5, 4, 0], 'the quick fox')
>>> encode("The quick dog", words, unknown="<unk>")
[5, 4, 6]
"""

from __future__ import annotations

import reprlib
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch


def tokenise(text: str) -> list[str]:
    """Lower-case words, split at white space of any kind. An empty text has no tokens: `[]`.

    Raises:
        TypeError: `text` is not a str. (Decode bytes first.)

    >>> tokenise("  Quick\\tfox "), tokenise("")
    (['quick', 'fox'], [])
    """
    if not isinstance(text, str):
        raise TypeError(f"text should be a str; got {short(text)}, of type {type(text).__name__}")
    return text.lower().split()


def vocabulary(tokens: Iterable[str], special: Iterable[str] = ()) -> dict[str, int]:
    """A dictionary from token to id: the different tokens in sorted order from 0, then the special tokens.

    Args:
        tokens: in any order, repeated or not.
        special: tokens that are not words, such as "<unk>" and "<pad>".

    Raises:
        TypeError: `tokens` or `special` is one str, or contains something that is not a str.
        ValueError: there are no tokens, or a special token is repeated or is also one of the other tokens.

    >>> vocabulary(["the", "fox", "the"], special=["<pad>"])
    {'fox': 0, 'the': 1, '<pad>': 2}
    """
    if isinstance(tokens, str):
        raise TypeError(f"tokens should be a list of tokens; got the text {short(tokens)}: tokenise it first")
    if isinstance(special, str):
        raise TypeError(f"special should be a list of tokens; got the text {short(special)}: put it in brackets")
    tokens, special = list(tokens), list(special)  # each is read more than once
    for token in [*tokens, *special]:
        if not isinstance(token, str):
            raise TypeError(f"a token should be a str; got {short(token)}, of type {type(token).__name__}")
    ordered = [*sorted(set(tokens)), *special]
    if not ordered:
        raise ValueError("a vocabulary needs at least one token; got none")
    repeated = sorted({token for token in special if ordered.count(token) > 1})
    if repeated:
        raise ValueError(f"the special token {short(repeated[0])} is there already; each token has one id")
    return {token: i for i, token in enumerate(ordered)}


def encode(text: str, vocabulary: Mapping[str, int], unknown: str | None = None) -> list[int]:
    """The ids of the text's tokens. An empty text has no ids: `[]`.

    Args:
        text: any text.
        vocabulary: a dictionary from token to id.
        unknown: the token for words that are not in the vocabulary. Without it, such a word is an error.

    Raises:
        TypeError: `text` is not a str.
        KeyError: a word, or `unknown` itself, is not in the vocabulary. The message names it.
    """
    if unknown is not None and unknown not in vocabulary:
        raise KeyError(f"the unknown token {short(unknown)} is not among the vocabulary's {len(vocabulary)} tokens")
    ids = []
    for token in tokenise(text):
        if token not in vocabulary and unknown is None:
            raise KeyError(
                f"{short(token)} is not among the vocabulary's {len(vocabulary)} tokens, and no unknown= was given"
            )
        ids.append(vocabulary[token if token in vocabulary else unknown])
    return ids


def decode(ids: Sequence[int] | torch.Tensor, vocabulary: Mapping[str, int]) -> str:
    """The tokens of the ids, with spaces between them.

    Args:
        ids: a list of integers, or an integer tensor of shape (length,).
        vocabulary: a dictionary from token to id, as for `encode`.

    Raises:
        TypeError: an id is not an integer (but a float, a bool or a list), or the tensor is not an integer tensor.
        ValueError: two tokens of the vocabulary have the same id.
        IndexError: no token has that id, for example because it is negative.

    >>> decode([1, 0], {"fox": 0, "the": 1})
    'the fox'
    """
    tokens: dict[int, str] = {}
    for token, i in vocabulary.items():
        if i in tokens:
            raise ValueError(
                f"the tokens {short(tokens[i])} and {short(token)} both have the id {i}; each needs its own"
            )
        tokens[i] = token
    if hasattr(ids, "is_floating_point") and ids.is_floating_point():  # an empty tensor has no id to check
        raise TypeError(f"ids is a tensor of {ids.dtype}; integers are expected: torch.tensor(ids, dtype=torch.int64)")
    ids = ids.tolist() if hasattr(ids, "tolist") else ids
    if not isinstance(ids, (list, tuple)):
        raise TypeError(f"ids should be a list or a tensor of shape (length,); got {short(ids)}")
    for i in ids:
        if not isinstance(i, int) or isinstance(i, bool):
            raise TypeError(f"an id should be an integer; got {short(i)}, of type {type(i).__name__}")
        if i not in tokens:
            known = f"the ids go from {min(tokens)} to {max(tokens)}" if tokens else "the vocabulary is empty"
            raise IndexError(f"no token has the id {i}; {known}")
    return " ".join(tokens[i] for i in ids)


def pad(batch: Sequence[Sequence[int]], pad_id: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Sentences of different lengths in one tensor, filled up on the right.

    Args:
        batch: B lists of ids. A list may be empty.
        pad_id: the id to fill up with.

    Returns:
        ids: int64 tensor of shape (B, length of the longest list).
        mask: bool tensor of the same shape: True for an id that comes from `batch`, even if it equals `pad_id`.

    Raises:
        TypeError: `batch` is one list of ids, or an id is not an integer.
        ValueError: `batch` is empty.

    >>> ids, mask = pad([[4, 0, 3], [5]], pad_id=7)
    >>> ids.tolist(), mask.sum(dim=1).tolist()
    ([[4, 0, 3], [5, 7, 7]], [3, 1])
    """
    import torch

    rows = [list(row) if isinstance(row, (list, tuple)) else row for row in batch]
    if not rows:
        raise ValueError("a batch needs at least one list of ids; got none")
    for row in rows:
        if not isinstance(row, list):
            raise TypeError(f"a batch is a list of lists of ids; got {short(row)} as one of its lists")
    for i in [pad_id, *(i for row in rows for i in row)]:
        if not isinstance(i, int) or isinstance(i, bool):
            raise TypeError(f"an id should be an integer; got {short(i)}, of type {type(i).__name__}")
    longest = max(map(len, rows))
    shape = (len(rows), longest)
    ids = [row + [pad_id] * (longest - len(row)) for row in rows]
    mask = [[True] * len(row) + [False] * (longest - len(row)) for row in rows]
    return torch.tensor(ids, dtype=torch.int64).reshape(shape), torch.tensor(mask, dtype=torch.bool).reshape(shape)


_BRIEF = reprlib.Repr()
_BRIEF.maxlevel, _BRIEF.maxstring, _BRIEF.maxother = 2, 60, 60


def short(thing: Any) -> str:
    """Anything in at most 60 characters, for a message: a text of a million characters must not fill the screen.

    >>> short("fox"), short(list(range(99))), len(short("x" * 10**6))
    ("'fox'", '[0, 1, 2, 3, 4, 5, ...]', 60)
    """
    return _BRIEF.repr(thing)
