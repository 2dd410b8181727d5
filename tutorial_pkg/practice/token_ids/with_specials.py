from __future__ import annotations

from typing import Any

from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.token_ids.shared import numbered, vocabulary_or_finding


def stub(tokens):
    vocabulary = {token: i for i, token in enumerate(sorted(set(tokens)))}
    rows = len(vocabulary)
    for special in ["<unk>", "<pad>"]:
        vocabulary[special] = len(vocabulary)
    return vocabulary, rows


def solution(tokens):
    vocabulary = {token: i for i, token in enumerate(sorted(set(tokens)))}
    for special in ["<unk>", "<pad>"]:
        vocabulary[special] = len(vocabulary)
    rows = len(vocabulary)  # counted last, when the vocabulary is complete
    return vocabulary, rows


def cases():
    return [(["the", "fox"],), ("quick fox is in the house".split(),), (["fox", "fox", "fox"],), (list("zyxwvut"),), ([],)]


def view(result: Any, tokens: list) -> Any:
    expected, due = solution(tokens)
    if isinstance(result, (tuple, list)) and len(result) == 2 and isinstance(result[0], dict):
        rows, needed = result[1], len(result[0])
        if type(rows) is not int:
            rows = Finding(f"{rows!r}. Return one integer, the number of rows")
        elif rows != needed or rows != due and result[0] == expected:
            rows = Finding(f"{rows} rows for {needed} tokens. Return as many rows as the vocabulary has tokens")
        return {"vocabulary": vocabulary_or_finding(result[0], expected), "rows": rows}
    if isinstance(result, dict):
        return Finding("one dictionary. Return the vocabulary and the number of rows: `return vocabulary, rows`")
    if result is None:
        return result
    return Finding(f"{result!r}. Return a pair: the dictionary from token to id, and the number of rows")


exercise = Exercise(
    task="""### Exercise 6 (bug hunt): ids without a row

`with_specials(tokens)` makes a vocabulary and adds `"<unk>"` and `"<pad>"` at its end. It returns the vocabulary and the number
of rows that its table needs. `with_specials(["the", "fox"])` should be `({"fox": 0, "the": 1, "<unk>": 2, "<pad>": 3}, 4)`.

Training worked for an hour. Then the first padded batch raised an IndexError. Find the mistake and fix it.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="The table has as many rows as the complete vocabulary has tokens, so every id has its row.",
    hints=[
        "Run it for `['the', 'fox']`. Which ids and how many rows does it return? Does each id have a row?",
        "The number of rows is right when the line counts it. What happens after that line?",
    ],
    parts=lambda tokens: {"once": sorted({*tokens}), "full": numbered([*sorted({*tokens}), "<unk>", "<pad>"])},
    slips=[
        Slip("The table still has no rows for `<unk>` and `<pad>`, because the rows are counted before these two tokens are added.", lambda p: (p.full, len(p.once)), idea=2),
        Slip("This is the largest id. Ids start at 0, so the number of rows is larger by one. Count the complete vocabulary.", lambda p: (p.full, max(p.full.values())), idea=11),
        Slip("There is one row too many. Ids start at 0, so the number of rows is the number of tokens.", lambda p: (p.full, len(p.full) + 1), idea=11),
        Slip("There is no error now, because `<unk>` and `<pad>` are gone. Keep both tokens, and give each of them a row.", lambda p: (numbered(p.once), len(p.once))),
        Slip("The special tokens are in front, so every word gets a different id. Add them at the end.", lambda p: (numbered(["<unk>", "<pad>", *p.once]), len(p.full))),
    ],
)
