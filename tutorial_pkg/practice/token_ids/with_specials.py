from __future__ import annotations

from typing import Any

from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.token_ids.my_vocabulary import amiss


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
    rows = len(vocabulary)  # counted last, once nothing more is added
    return vocabulary, rows


def cases():
    return [
        (["the", "fox"],),
        ("quick fox is in the house".split(),),
        (["fox", "fox", "fox"],),
        (list("zyxwvut"),),
        ([],),
    ]


def view(result: Any, tokens: list) -> Any:
    """The pair that is asked for, or what is there in its place."""
    if isinstance(result, (tuple, list)) and len(result) == 2 and isinstance(result[0], dict):
        rows, needed = result[1], len(result[0])
        if type(rows) is not int:
            rows = Finding(f"{rows!r}; one whole number is asked for")
        elif rows < needed:
            rows = Finding(f"{rows}, fewer than the {needed} tokens of the vocabulary need")
        elif rows > needed:
            rows = Finding(f"{rows}, more than the {needed} tokens of the vocabulary need")
        return {"vocabulary": amiss(result[0], finished(tokens)), "rows": rows}
    if isinstance(result, dict) and len(result) > len(finished(tokens)):
        return Finding(
            f"one dictionary, {result}; the number of rows is asked for beside it: `return vocabulary, rows`"
        )
    if isinstance(result, dict):
        return Finding(f"a vocabulary alone, {result}; the number of rows is asked for as well")
    return Finding(f"{result!r}; the pair of vocabulary and number of rows is asked for")


def finished(tokens):
    return {token: i for i, token in enumerate([*sorted(set(tokens)), "<unk>", "<pad>"])}


def one_row_for_both(tokens):
    vocabulary = finished(tokens)
    vocabulary["<pad>"] = vocabulary["<unk>"]
    return vocabulary, max(vocabulary.values()) + 1


def one_id_for_both(tokens):
    vocabulary = finished(tokens)
    vocabulary["<pad>"] = vocabulary["<unk>"]
    return vocabulary, len(vocabulary)


def squeezed_in(tokens):
    vocabulary = {token: i for i, token in enumerate(sorted(set(tokens)))}
    rows = len(vocabulary)
    vocabulary["<unk>"], vocabulary["<pad>"] = 0, rows - 1
    return vocabulary, rows


def ids_one_too_low(tokens):
    vocabulary = {token: i for i, token in enumerate(sorted(set(tokens)))}
    for special in ["<unk>", "<pad>"]:
        vocabulary[special] = len(vocabulary) - 1
    return vocabulary, len(vocabulary)


def ids_one_too_low_and_early(tokens):
    vocabulary = {token: i for i, token in enumerate(sorted(set(tokens)))}
    rows = len(vocabulary)
    for special in ["<unk>", "<pad>"]:
        vocabulary[special] = len(vocabulary) - 1
    return vocabulary, rows


def an_id_skipped(tokens):
    vocabulary = {token: i for i, token in enumerate(sorted(set(tokens)))}
    for special in ["<unk>", "<pad>"]:
        vocabulary[special] = len(vocabulary) + 1
    return vocabulary, len(vocabulary)


def sorted_among_the_words(tokens):
    vocabulary = {token: i for i, token in enumerate(sorted({*tokens, "<unk>", "<pad>"}))}
    return vocabulary, len(vocabulary)


def in_front(tokens):
    vocabulary = {token: i for i, token in enumerate(["<unk>", "<pad>", *sorted(set(tokens))])}
    return vocabulary, len(vocabulary)


def the_other_order(tokens):
    vocabulary = {token: i for i, token in enumerate([*sorted(set(tokens)), "<pad>", "<unk>"])}
    return vocabulary, len(vocabulary)


def no_specials(tokens):
    vocabulary = {token: i for i, token in enumerate(sorted(set(tokens)))}
    return vocabulary, len(vocabulary)


def no_padding(tokens):
    vocabulary = {token: i for i, token in enumerate([*sorted(set(tokens)), "<unk>"])}
    return vocabulary, len(vocabulary)


def from_one(tokens):
    vocabulary = {token: i for i, token in enumerate(finished(tokens), start=1)}
    return vocabulary, len(vocabulary)


def from_one_with_room(tokens):
    vocabulary = {token: i for i, token in enumerate(finished(tokens), start=1)}
    return vocabulary, len(vocabulary) + 1


def repeats_counted(tokens):
    vocabulary = {token: i for i, token in enumerate([*sorted(tokens), "<unk>", "<pad>"])}
    return vocabulary, len(vocabulary)


def order_of_appearance(tokens):
    vocabulary = {token: i for i, token in enumerate([*dict.fromkeys(tokens), "<unk>", "<pad>"])}
    return vocabulary, len(vocabulary)


def repeats_numbered(tokens):
    vocabulary = {token: i for i, token in enumerate([*sorted(tokens), "<unk>", "<pad>"])}
    return vocabulary, max(vocabulary.values()) + 1


exercise = Exercise(
    task="""### Exercise 6 (bug hunt): ids above the table

`with_specials(tokens)` builds a vocabulary, adds `"<unk>"` and `"<pad>"` at its end, and returns it with the number of
rows its table needs. `with_specials(["the", "fox"])` should be `({"fox": 0, "the": 1, "<unk>": 2, "<pad>": 3}, 4)`.

Training went well for an hour; then the first padded batch raised an IndexError. Find the mistake and fix it.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="The table is sized by the finished vocabulary, so every id that can ever come has its row.",
    hints=[
        "Run it on `['the', 'fox']`: which ids come out, and how many rows? Is there a row for each id?",
        "The number of rows is right for the moment at which it is taken. What happens after that line?",
    ],
    slips=[
        Slip(
            "`<unk>` and `<pad>` still have ids above the table: the rows were counted before they were added.",
            lambda tokens: (finished(tokens), len(set(tokens))),
            idea=2,
        ),
        Slip(
            "That is the largest id, one less than the number of rows: it has no row itself. Count the finished vocabulary.",
            lambda tokens: (finished(tokens), max(finished(tokens).values())),
            idea=11,
        ),
        Slip(
            "There is one row that no token uses: as many rows as tokens are enough, since ids count from 0.",
            lambda tokens: (finished(tokens), len(finished(tokens)) + 1),
            idea=11,
        ),
        Slip(
            "The 4 is right for the example only: the number of rows follows from the vocabulary.",
            lambda tokens: (finished(tokens), 4),
        ),
        Slip(
            "Repeated tokens were counted as rows; a token has one row however often it comes.",
            lambda tokens: (finished(tokens), len(tokens) + 2),
            idea=2,
        ),
        Slip(
            "That is the vocabulary; the number of rows is asked for as well: `return vocabulary, rows`.",
            lambda tokens: finished(tokens),
        ),
        Slip(
            "That is the number of rows; the vocabulary is asked for as well: `return vocabulary, rows`.",
            lambda tokens: len(finished(tokens)),
        ),
        Slip(
            "The two are there in the other order: the vocabulary comes first, then the number of rows.",
            lambda tokens: (len(finished(tokens)), finished(tokens)),
        ),
        Slip(
            "`<unk>` and `<pad>` share an id, so nobody can tell an unknown word from padding: each needs its own.",
            one_row_for_both,
        ),
        Slip(
            "There are rows enough, but `<unk>` and `<pad>` share an id, so nobody can tell an unknown word from padding.",
            one_id_for_both,
        ),
        Slip(
            "The special tokens took ids that words have already: they need ids, and rows, of their own.",
            squeezed_in,
            idea=5,
        ),
        Slip(
            "`<unk>` got the last word's id: the next free id is `len(vocabulary)`, since the ids so far end one below it.",
            ids_one_too_low,
        ),
        Slip(
            "`<unk>` got the last word's id: those ids were right as they were. It is the number of rows that is taken too early.",
            ids_one_too_low_and_early,
        ),
        Slip(
            "An id is skipped between the words and `<unk>`, so the last one lies above the table: the next free id is `len(vocabulary)`.",
            an_id_skipped,
        ),
        Slip(
            "The special tokens were sorted in among the words, which moves every word's id; they belong at the end.",
            sorted_among_the_words,
        ),
        Slip(
            "The special tokens stand in front, which moves every word's id by two; they belong at the end.", in_front
        ),
        Slip(
            "`<pad>` stands before `<unk>`, and each has the other's id: a saved table would mix the two rows up.",
            the_other_order,
        ),
        Slip(
            "The error is gone because `<unk>` and `<pad>` are gone; they have to stay, with a row for each.",
            no_specials,
        ),
        Slip("`<pad>` is missing: both special tokens have to stay, with a row for each.", no_padding),
        Slip(
            "The ids begin at 1 here, so the last one lies above the table and row 0 is never used.", from_one, idea=11
        ),
        Slip(
            "Every id has a row now, but they begin at 1, and row 0 is never used: the words had the right ids before.",
            from_one_with_room,
            idea=11,
        ),
        Slip(
            "The vocabulary is a list here; a dictionary from token to id is asked for.",
            lambda tokens: (list(finished(tokens)), len(finished(tokens))),
        ),
        Slip(
            "Without `set`, a word that comes twice is counted twice, and ids are left out between the words.",
            repeats_counted,
        ),
        Slip(
            "The words have lost their sorted order, which was right as it was: only the number of rows is wrong.",
            order_of_appearance,
        ),
        Slip(
            "`len(vocabulary)` counts the two special tokens already once they are in it; 2 were added again.",
            lambda tokens: (finished(tokens), len(finished(tokens)) + 2),
        ),
        Slip(
            "Without `set`, a word that comes twice is counted twice: ids are left out, and rows are made that nobody uses.",
            repeats_numbered,
        ),
        Slip(
            "The tokens of the text were counted, repeats and all, and the two special tokens were not: count the finished vocabulary.",
            lambda tokens: (finished(tokens), len(tokens)),
            idea=2,
        ),
    ],
)
