"""What the exercises of 01_token_ids share."""

from __future__ import annotations

from typing import Any

from tutorial_pkg.practice.items import Finding


def numbered(order, start=0):
    """A vocabulary with its tokens in this order. If a token occurs several times, its last position is its id."""
    return {token: i for i, token in enumerate(order, start)}


def vocabulary_or_finding(result: Any, expected: dict) -> Any:
    """The unchanged vocabulary, or a message about what is wrong with its tokens or its ids."""
    if not isinstance(result, dict) or result == expected:
        return result
    if all(isinstance(key, str) for key in result):
        result = dict(sorted(result.items()))  # in one order, whatever the order of the answer
    if expected and {*map(str, result.values())} == {*expected}:
        return Finding(f"{result!r}. This maps ids to tokens. Return a dictionary from token to id")
    if extra := [key for key in result if key not in expected]:
        return Finding(f"{result!r}. Here {extra[0]!r} has an id, but it is not one of the tokens")
    if missing := [key for key in expected if key not in result]:
        return Finding(f"{result!r}. Here the token {missing[0]!r} has no id. Give every token an id")
    ids = list(result.values())
    if not all(type(i) is int for i in ids):
        return Finding(f"{result!r}. Here the ids are not all integers. Use integers")
    if ids == list(map(len, result)):
        return Finding(f"{result!r}. Each value is the length of its token. Use the position in the sorted order")
    if len({*ids}) == 1 < len(ids):
        return Finding(f"{result!r}. Here all tokens have the same id. Increase the id by 1 for each token")
    if len({*ids}) < len(ids):
        return Finding(f"{result!r}. Here some tokens share an id. Give each token its own id")
    if min(ids) > 0:
        return Finding(f"{result!r}. Here the ids start at {min(ids)}. Start at 0")
    if sorted(ids) == list(range(len(ids))):
        return Finding(f"{result!r}. Here the ids are not in the expected order. Expected {expected!r}")
    return Finding(f"{result!r}. The ids should be 0, 1, 2 and so on, without a gap")
