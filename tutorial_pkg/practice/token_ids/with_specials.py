from __future__ import annotations

from typing import Any

from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.token_ids.shared import vocabulary_or_finding


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
    """The pair of vocabulary and number of rows, or what is wrong with it."""
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


def numbered(order, start=0):
    return {token: i for i, token in enumerate(order, start)}


def counted(vocabulary):
    return vocabulary, len(vocabulary)


exercise = Exercise(
    task="""### Exercise 6 (bug hunt): ids above the table

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
        "The number of rows is right at the moment when it is counted. What happens after that line?",
    ],
    parts=lambda tokens: {"once": sorted({*tokens}), "full": numbered([*sorted({*tokens}), "<unk>", "<pad>"])},
    slips=[
        Slip("`<unk>` and `<pad>` still have ids above the table, because the rows are counted before they are added.", lambda p: (p.full, len(p.once)), idea=2),
        Slip("This is the largest id. Ids start at 0, so there is one row more. Count the complete vocabulary.", lambda p: (p.full, max(p.full.values())), idea=11),
        Slip("There is one row that no token uses. Ids start at 0, so there are as many rows as tokens.", lambda p: (p.full, len(p.full) + 1), idea=11),
        Slip("`len(vocabulary)` already counts the two special tokens. Do not add 2.", lambda p: (p.full, len(p.full) + 2)),
        Slip("The number 4 is right for the example only. Count the vocabulary.", lambda p: (p.full, 4)),
        Slip("Repeated tokens are counted as rows here. A token has one row, even if it occurs several times.", lambda p: (p.full, len(p.tokens) + 2), idea=2),
        Slip("This counts the tokens of the text, with repeats and without the two special tokens. Count the complete vocabulary.", lambda p: (p.full, len(p.tokens)), idea=2),
        Slip("This is only the number of rows. Return the vocabulary, too: `return vocabulary, rows`.", lambda p: len(p.full)),
        Slip("The order is wrong. Return the vocabulary first, then the number of rows.", lambda p: (len(p.full), p.full)),
        Slip(
            "`<unk>` and `<pad>` share an id, so an unknown word and padding cannot be distinguished. Give each its own id.",
            lambda p: (p.full | {"<pad>": len(p.once)}, len(p.once) + 1),
        ),
        Slip("There are enough rows, but `<unk>` and `<pad>` share an id. Give each its own id.", lambda p: (p.full | {"<pad>": len(p.once)}, len(p.full))),
        Slip(
            "The special tokens have ids that belong to words. They need their own ids and their own rows.",
            lambda p: (p.full | {"<unk>": 0, "<pad>": len(p.once) - 1}, len(p.once)),
            idea=5,
        ),
        Slip("`<unk>` has the id of the last word. The next free id is `len(vocabulary)`.", lambda p: counted(p.full | {"<unk>": len(p.once) - 1, "<pad>": len(p.once)})),
        Slip(
            "`<unk>` has the id of the last word. The ids were right before. Change the line with the number of rows.",
            lambda p: (p.full | {"<unk>": len(p.once) - 1, "<pad>": len(p.once)}, len(p.once)),
        ),
        Slip(
            "One id is left out before `<unk>`, so the last id is above the table. The next free id is `len(vocabulary)`.",
            lambda p: counted(p.full | {"<unk>": len(p.once) + 1, "<pad>": len(p.once) + 2}),
        ),
        Slip(
            "The special tokens are sorted between the words, which changes the ids of words. Add them at the end.",
            lambda p: counted(numbered(sorted([*p.once, "<unk>", "<pad>"]))),
        ),
        Slip("The special tokens are in front, which changes the id of every word. Add them at the end.", lambda p: counted(numbered(["<unk>", "<pad>", *p.once]))),
        Slip("`<pad>` comes before `<unk>`, so each has the id of the other. A saved table would exchange their rows.", lambda p: counted(numbered([*p.once, "<pad>", "<unk>"]))),
        Slip("There is no error now, because `<unk>` and `<pad>` are gone. Keep them, with a row for each.", lambda p: counted(numbered(p.once))),
        Slip("The ids start at 1 here, so the last id is above the table, and row 0 is never used.", lambda p: counted(numbered(p.full, 1)), idea=11),
        Slip("Each id has a row now, but the ids start at 1, and row 0 is never used. The ids were right before.", lambda p: (numbered(p.full, 1), len(p.full) + 1), idea=11),
        Slip("Without `set`, a repeated word is counted again, so some ids between the words are left out.", lambda p: counted(numbered([*sorted(p.tokens), "<unk>", "<pad>"]))),
        Slip("Without `set`, a repeated word is counted again, so some rows are never used.", lambda p: (numbered([*sorted(p.tokens), "<unk>", "<pad>"]), len(p.tokens) + 2)),
        Slip(
            "The words are not sorted any more. Their ids were right before. Change the line with the number of rows.",
            lambda p: counted(numbered([*dict.fromkeys(p.tokens), "<unk>", "<pad>"])),
        ),
    ],
)
