from __future__ import annotations

from typing import Any

from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.lazy import nn, torch
from tutorial_pkg.practice.samples import SIX, ids_of, numbered_table


def solution(words, vocabulary, table):
    ids = [vocabulary[word] for word in words]
    # without the dtype, an empty list would become a float tensor, and floats cannot be ids
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
    """The rows, or whose rows they are."""
    if not isinstance(result, torch.Tensor) or not words:
        return result
    if result.shape == (len(words),) and len(words) != table.shape[1] and result.is_floating_point():
        return Finding("one number for each word. Each word has a whole row of the table")
    if result.ndim != 2:
        return result
    if result.shape == (len(words), len(table)) and set(result.flatten().tolist()) <= {0, 1}:
        return Finding("one-hot vectors, which only say which row. `table[ids]` has the rows themselves")
    if len(result) == len(words) and result.shape[1] < table.shape[1]:
        return Finding(f"{result.shape[1]} numbers for each word. A row of this table has {table.shape[1]} numbers")
    got, wanted = ids_of(result, table), [vocabulary[word] for word in words]
    if got is None or got == wanted:
        return result
    return Finding(f"the rows of the ids {got}. The words {words} have the ids {wanted}")


def parts(words, vocabulary, table):
    ids = torch.tensor([vocabulary[word] for word in words], dtype=torch.long)
    return {"ids": ids, "rows": table[ids]}


def first_word_of_some(words, vocabulary, table):
    for word in words:
        return table[vocabulary[word]]


def last_word_only(words, vocabulary, table):
    for word in words:
        row = table[vocabulary[word]]
    return row


def joined_in_one_line(words, vocabulary, table):
    rows = [table[vocabulary[word]] for word in words]
    return torch.cat(rows) if rows else table[:0]


def letters(words, vocabulary, table):
    return table[torch.tensor([vocabulary[letter] for letter in "".join(words)], dtype=torch.long)]


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
        "Put the ids into a tensor with dtype torch.long. `table[ids]` has their rows.",
    ],
    parts=parts,
    slips=[
        Slip(
            "Only the empty list fails: without numbers, torch.tensor([]) is float, and floats cannot be ids. That is why `dtype=torch.long` is needed.",
            lambda words, vocabulary, table: table[torch.tensor([vocabulary[word] for word in words])],
        ),
        Slip(
            "Only the empty list fails: torch.stack needs at least one row. `table[ids]` takes any number of ids.",
            lambda words, vocabulary, table: torch.stack([table[vocabulary[word]] for word in words]),
        ),
        Slip("These are the ids of the words. One step is missing: their rows, `table[ids]`.", lambda p: p.ids),
        Slip("These are rows 0, 1, 2 and so on: the positions in the list. The id of a word is in the vocabulary.", lambda p: p.table[torch.arange(len(p.words))], idea=9),
        Slip(
            "This uses the position of a word in the dictionary as its id. They agree only if the dictionary is in the order of the ids. Use `vocabulary[word]`.",
            lambda p: p.table[torch.tensor([list(p.vocabulary).index(word) for word in p.words], dtype=torch.long)],
        ),
        Slip(
            "The vocabulary is a dictionary, and `index` is a method of lists. `vocabulary[word]` is the id of a word.",
            lambda p: p.table[torch.tensor([p.vocabulary.index(word) for word in p.words], dtype=torch.long)],
        ),
        Slip("Every row is one too far down, and after the last row there is none. Ids start at 0, as rows do.", lambda p: p.table[p.ids + 1], idea=11),
        Slip("Every row is one too far up, and id 0 gets the last row. Ids start at 0, as rows do.", lambda p: p.table[p.ids - 1], idea=11),
        Slip(
            "A mask picks each row at most once, in the order of the table. Ids pick one row for each word, in the order of the words.",
            lambda p: p.table[torch.tensor([word in p.words for word in p.vocabulary])],
        ),
        Slip(
            "The rows are in the order of the vocabulary, each at most once. Return one row for each word, in the order of the words.",
            lambda p: p.table[torch.tensor([i for word, i in p.vocabulary.items() if word in p.words], dtype=torch.long)],
        ),
        Slip(
            "A word that occurs twice has only one row here. Return one row for each word of the list.",
            lambda p: p.table[torch.tensor([p.vocabulary[w] for w in dict.fromkeys(p.words)], dtype=torch.long)],
        ),
        Slip("`table[:, ids]` picks columns. Rows are along the first dimension: `table[ids]`.", lambda p: p.table[:, p.ids], idea=3),
        Slip("`table.T[ids]` picks columns of the table. Look up the rows in `table` itself.", lambda p: p.table.T[p.ids], idea=3),
        Slip("There is an extra dimension of size 1 in front. The shape should be (number of words, d).", lambda p: p.rows[None], idea=8),
        Slip("The rows are added up into one. Keep one row for each word.", lambda p: p.rows.sum(0)),
        Slip("This is a dictionary from word to row, so a repeated word occurs once. Return one tensor.", lambda p: {word: p.table[p.vocabulary[word]] for word in p.words}),
        Slip("These are the rows of the whole vocabulary, whatever the words are.", lambda p: p.table[torch.tensor(list(p.vocabulary.values()))]),
        Slip("The ids are floats here, and a table does not have a row 2.5. Ids are integers: dtype=torch.long.", lambda p: p.table[p.ids.float()], idea=5),
        Slip("This is only the row of the first word. A `return` inside a loop ends the loop at once.", first_word_of_some),
        Slip("This is only the row of the last word. Each round of the loop overwrites the row before.", last_word_only),
        Slip("`nn.Embedding(...)` makes a new table with random numbers. Look up the rows in `table`.", lambda p: nn.Embedding(*p.table.shape)(p.ids)),
        Slip("torch.cat joins the rows into one line. `table[ids]` keeps one row for each word.", joined_in_one_line),
        Slip("The words are split into letters, and a letter is not a key of the vocabulary. Look up whole words.", letters),
        Slip("Each row is multiplied by its id. An id only says which row; keep the row as it is.", lambda p: p.ids[:, None] * p.rows, idea=5),
    ],
)
