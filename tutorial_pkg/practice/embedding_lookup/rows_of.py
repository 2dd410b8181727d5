from __future__ import annotations

from typing import Any

from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.lazy import nn, torch
from tutorial_pkg.practice.samples import SIX, ids_of, numbered_table


def solution(words, vocabulary, table):
    ids = [vocabulary[word] for word in words]
    # without the dtype, an empty list becomes a float tensor, not ids
    return table[torch.tensor(ids, dtype=torch.long)]


def cases():
    # + 0.5, so that no number of a row is an id
    return [
        (["the", "fox"], SIX, numbered_table(6, 3) + 0.5),
        (["in", "quick", "in", "house"], SIX, numbered_table(6, 3) + 0.5),
        (["b", "a"], {"b": 1, "c": 2, "a": 0}, numbered_table(3, 5) + 0.5),
        (["is"], {"fox": 1, "is": 0}, numbered_table(2, 4) + 0.5),
        ([], SIX, numbered_table(6, 4, torch.float64) + 0.5),
    ]


def view(result: Any, words: list, vocabulary: dict, table: torch.Tensor) -> Any:
    if isinstance(result, (list, tuple)):
        return Finding(f"a {type(result).__name__}. Return one tensor, of shape {(len(words), table.shape[1])}")
    if not isinstance(result, torch.Tensor) or not words:
        return result
    if result.shape == (len(words),) and len(words) != table.shape[1] and result.is_floating_point():
        return Finding("one number for each word. Each word has a whole row of the table")
    if result.ndim != 2:
        return result
    if result.shape == (len(words), len(table)) and set(result.flatten().tolist()) <= {0, 1}:
        return Finding("one-hot vectors, which only show which row to take. `table[ids]` returns the rows themselves")
    if len(result) == len(words) and result.shape[1] < table.shape[1]:
        return Finding(f"{result.shape[1]} numbers for each word. A row of this table has {table.shape[1]} numbers")
    got, wanted = ids_of(result, table), [vocabulary[word] for word in words]
    if got is None or got == wanted:
        return result
    return Finding(f"the rows of the ids {got}. The words {words} have the ids {wanted}")


def parts(words, vocabulary, table):
    def look_up(ids):
        return table[torch.tensor(ids, dtype=torch.long)]

    ids = torch.tensor([vocabulary[word] for word in words], dtype=torch.long)
    return {"ids": ids, "rows": table[ids], "look_up": look_up}


exercise = Exercise(
    task="""### Exercise 1 (worked): from words to rows

`rows_of(words, vocabulary, table)` takes a list of words, the vocabulary (a dictionary from word to id) and a table of
shape `(V, d)`. It returns one row for each word, in the order of the words: shape `(len(words), d)`. With our
vocabulary, `rows_of(["the", "fox"], vocabulary, table)` is row 5, then row 0.

This exercise is solved. Run it, then change it. What happens for an empty list without `dtype=torch.long`?
""",
    solution=solution,
    cases=cases,
    view=view,
    success="The vocabulary turns words into ids, and the table turns ids into rows.",
    hints=[
        "There are two steps: first the ids, then the rows. `vocabulary[word]` is the id of a word.",
        "Put the ids into a tensor with dtype torch.long. `table[ids]` returns their rows.",
    ],
    parts=parts,
    slips=[
        Slip("Only the empty list fails: `torch.tensor([])` is float. Write `dtype=torch.long`.", lambda p: p.table[torch.tensor([p.vocabulary[word] for word in p.words])]),
        Slip("Only the empty list fails: torch.stack needs at least one row. Use `table[ids]`.", lambda p: torch.stack([p.table[p.vocabulary[word]] for word in p.words])),
        Slip("These are the ids of the words. Look up their rows: `table[ids]`.", lambda p: p.ids),
        Slip("These are rows 0, 1, 2 and so on: the positions in the list. The id of a word is in the vocabulary.", lambda p: p.table[torch.arange(len(p.words))], idea=9),
        Slip("`table[:, ids]` picks columns. Rows are along the first dimension: `table[ids]`.", lambda p: p.table[:, p.ids], idea=3),
        Slip("This is a dictionary from word to row, so a repeated word occurs once. Return one tensor.", lambda p: {word: p.table[p.vocabulary[word]] for word in p.words}),
        Slip("This is only the row of the first word. A `return` inside a loop ends the loop at once.", lambda p: p.rows[0] if p.words else None),
        Slip("This is only the row of the last word. Each round of the loop overwrites the row before.", lambda p: p.rows[-1]),
        Slip("`nn.Embedding(...)` makes a new table with random numbers. Look up the rows in `table`.", lambda p: nn.Embedding(*p.table.shape)(p.ids)),
        Slip("The words are split into letters here. Look up whole words in the vocabulary.", lambda p: p.look_up([p.vocabulary[letter] for letter in "".join(p.words)])),
    ],
)
