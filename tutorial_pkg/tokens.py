"""Words to ids and back, with a clear error for wrong input.

Notebook 01 explains these functions and writes them without the checks of their input. Tokens are lower-case words
between white space. The functions do not handle punctuation: "house" and "house." are two tokens. Unicode has two ways
to write é, which are two tokens, too. If a text may contain both, use `unicodedata.normalize("NFC", text)` first.

>>> words = vocabulary(tokenise("Quick fox is in the house"), special=["<unk>", "<pad>"])
>>> encode("The quick fox", words), decode([5, 4, 0], words)
([5, 4, 0], 'the quick fox')
>>> encode("The quick dog", words, unknown="<unk>")
[5, 4, 6]
"""

from collections.abc import Iterable, Mapping, Sequence

import torch

from .kernel import PlainError
from .words import short


class EmptyTextError(PlainError, ValueError):
    """A text without tokens has nothing to show. The message says what to type."""


def tokenise(text: str) -> list[str]:
    """The lower-case words of a text, split at white space of any kind. For an empty text, the list is empty.

    Raises:
        TypeError: `text` is not a str.

    >>> tokenise("  Quick\\tfox "), tokenise("")
    (['quick', 'fox'], [])
    """
    if not isinstance(text, str):
        raise TypeError(f"text should be a str; got {short(text)}, of type {type(text).__name__}")
    return text.lower().split()


def vocabulary(tokens: Iterable[str], special: Iterable[str] = ()) -> dict[str, int]:
    """A dictionary from token to id. Ids count from 0: first the different tokens in sorted order, then special tokens.

    Special tokens are not words, such as "<unk>" and "<pad>".

    Raises:
        TypeError: `tokens` or `special` is a str, or contains something that is not a str.
        EmptyTextError: there are no tokens.
        ValueError: a special token is repeated, or is also one of the other tokens.

    >>> vocabulary(["the", "fox", "the"], special=["<pad>"])
    {'fox': 0, 'the': 1, '<pad>': 2}
    """
    for name, given, advice in (("tokens", tokens, "tokenise it first"), ("special", special, "put it in brackets")):
        if isinstance(given, str):
            raise TypeError(f"{name} should be a list of tokens; got the text {short(given)}: {advice}")
    tokens, special = list(tokens), list(special)  # the loops below read them more than once
    for token in [*tokens, *special]:
        if not isinstance(token, str):
            raise TypeError(f"a token should be a str; got {short(token)}, of type {type(token).__name__}")
    ordered = [*sorted(set(tokens)), *special]
    if not ordered:
        raise EmptyTextError("The text is empty, so nothing changes. Type one word or more, for example: Quick fox")
    for token in special:
        if ordered.count(token) > 1:
            raise ValueError(f"the special token {short(token)} is there already; each token has one id")
    return {token: i for i, token in enumerate(ordered)}


def encode(text: str, vocabulary: Mapping[str, int], unknown: str | None = None) -> list[int]:
    """The ids of the text's tokens. For an empty text, the list is empty. `vocabulary` maps each token to its id.

    Args:
        unknown: a token of the vocabulary. Every word that is not in the vocabulary gets the id of this token. Without
            this argument, such a word raises a KeyError.

    Raises:
        TypeError: `text` is not a str.
        KeyError: a word, or `unknown` itself, is not in the vocabulary. The message names it.
    """
    if unknown is not None and unknown not in vocabulary:
        raise KeyError(f"the unknown token {short(unknown)} is not among the vocabulary's {len(vocabulary)} tokens")
    tokens = tokenise(text)
    for token in tokens:
        if token not in vocabulary and unknown is None:
            known = f"the vocabulary's {len(vocabulary)} tokens"
            raise KeyError(f"{short(token)} is not among {known}, and no unknown= was given")
    return [vocabulary[token if token in vocabulary else unknown] for token in tokens]


def decode(ids: Sequence[int] | torch.Tensor, vocabulary: Mapping[str, int]) -> str:
    """The tokens of the ids, with spaces between them. `ids` is a list of integers, or a tensor of shape (length,).

    Raises:
        TypeError: `ids` is not a list or an integer tensor, or an id is not an integer.
        ValueError: two tokens of the vocabulary have the same id.
        IndexError: no token has this id, for example because the id is negative.

    >>> decode([1, 0], {"fox": 0, "the": 1})
    'the fox'
    """
    tokens: dict[int, str] = {}
    for token, i in vocabulary.items():
        if i in tokens:
            raise ValueError(f"{short(tokens[i])} and {short(token)} both have the id {i}; each token needs its own id")
        tokens[i] = token
    if hasattr(ids, "is_floating_point") and ids.is_floating_point():  # also for an empty tensor
        raise TypeError(f"ids is a tensor of {ids.dtype}; integers are expected: torch.tensor(ids, dtype=torch.int64)")
    ids = ids.tolist() if hasattr(ids, "tolist") else ids
    if not isinstance(ids, (list, tuple)):
        raise TypeError(f"ids should be a list or a tensor of shape (length,); got {short(ids)}")
    _check_integers(ids)
    for i in ids:
        if i not in tokens:
            known = f"the ids go from {min(tokens)} to {max(tokens)}" if tokens else "the vocabulary is empty"
            raise IndexError(f"no token has the id {i}; {known}")
    return " ".join(tokens[i] for i in ids)


def pad(batch: Sequence[Sequence[int]], pad_id: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Sentences of different lengths in one tensor. `pad_id` fills up the shorter sentences on the right.

    Args:
        batch: B lists of ids. A list may be empty.
        pad_id: an integer.

    Returns:
        ids: an int64 tensor of shape (B, length of the longest list).
        mask: a bool tensor of the same shape: True for an id that comes from `batch`, even if it equals `pad_id`.

    Raises:
        TypeError: `batch` is one list of ids, or an id is not an integer.
        ValueError: `batch` is empty.

    >>> ids, mask = pad([[4, 0, 3], [5]], pad_id=7)
    >>> ids.tolist(), mask.sum(dim=1).tolist()
    ([[4, 0, 3], [5, 7, 7]], [3, 1])
    """
    if not batch:
        raise ValueError("a batch needs at least one list of ids; got none")
    for row in batch:
        if not isinstance(row, (list, tuple)):
            raise TypeError(f"a batch is a list of lists of ids; got {short(row)} as one of its lists")
        _check_integers([pad_id, *row])
    lengths = torch.tensor([len(row) for row in batch])
    mask = torch.arange(lengths.max()) < lengths[:, None]
    ids = torch.full(mask.shape, pad_id)
    ids[mask] = torch.tensor([i for row in batch for i in row], dtype=torch.int64)
    return ids, mask


def _check_integers(ids: Sequence) -> None:
    for i in ids:
        if not isinstance(i, int) or isinstance(i, bool):
            raise TypeError(f"an id should be an integer; got {short(i)}, of type {type(i).__name__}")
