"""### Exercise 6 (bug hunt): ids above the table

`with_specials(tokens)` builds a vocabulary, adds `"<unk>"` and `"<pad>"` at its end, and returns it with the number of
rows its table needs. `with_specials(["the", "fox"])` should be `({"fox": 0, "the": 1, "<unk>": 2, "<pad>": 3}, 4)`.

Training went well for an hour; then the first padded batch raised an IndexError. Find the mistake and fix it.
"""

from typing import Any

from tutorial_pkg.practice.items import Finding, wrong
from tutorial_pkg.practice.token_ids.my_vocabulary import amiss

MEANS = "The table is sized by the finished vocabulary, so every id that can ever come has its row."
HINTS = [
    "Run it on `['the', 'fox']`: which ids come out, and how many rows? Is there a row for each id?",
    "The number of rows is right for the moment at which it is taken. What happens after that line?",
]


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


@wrong(idea=2)
def counted_too_early(tokens):
    """`<unk>` and `<pad>` still have ids above the table: the rows were counted before they were added."""
    return finished(tokens), len(set(tokens))


@wrong(idea=11)
def largest_id(tokens):
    """That is the largest id, one less than the number of rows: it has no row itself. Count the finished vocabulary."""
    return finished(tokens), max(finished(tokens).values())


@wrong(idea=11)
def one_row_too_many(tokens):
    """There is one row that no token uses: as many rows as tokens are enough, since ids count from 0."""
    return finished(tokens), len(finished(tokens)) + 1


@wrong()
def four(tokens):
    """The 4 is right for the example only: the number of rows follows from the vocabulary."""
    return finished(tokens), 4


@wrong(idea=2)
def tokens_counted(tokens):
    """Repeated tokens were counted as rows; a token has one row however often it comes."""
    return finished(tokens), len(tokens) + 2


@wrong()
def vocabulary_only(tokens):
    """That is the vocabulary; the number of rows is asked for as well: `return vocabulary, rows`."""
    return finished(tokens)


@wrong()
def rows_only(tokens):
    """That is the number of rows; the vocabulary is asked for as well: `return vocabulary, rows`."""
    return len(finished(tokens))


@wrong()
def rows_first(tokens):
    """The two are there in the other order: the vocabulary comes first, then the number of rows."""
    return len(finished(tokens)), finished(tokens)


@wrong()
def one_row_for_both(tokens):
    """`<unk>` and `<pad>` share an id, so nobody can tell an unknown word from padding: each needs its own."""
    vocabulary = finished(tokens)
    vocabulary["<pad>"] = vocabulary["<unk>"]
    return vocabulary, max(vocabulary.values()) + 1


@wrong()
def one_id_for_both(tokens):
    """There are rows enough, but `<unk>` and `<pad>` share an id, so nobody can tell an unknown word from padding."""
    vocabulary = finished(tokens)
    vocabulary["<pad>"] = vocabulary["<unk>"]
    return vocabulary, len(vocabulary)


@wrong(idea=5)
def squeezed_in(tokens):
    """The special tokens took ids that words have already: they need ids, and rows, of their own."""
    vocabulary = {token: i for i, token in enumerate(sorted(set(tokens)))}
    rows = len(vocabulary)
    vocabulary["<unk>"], vocabulary["<pad>"] = 0, rows - 1
    return vocabulary, rows


@wrong()
def ids_one_too_low(tokens):
    """`<unk>` got the last word's id: the next free id is `len(vocabulary)`, since the ids so far end one below it."""
    vocabulary = {token: i for i, token in enumerate(sorted(set(tokens)))}
    for special in ["<unk>", "<pad>"]:
        vocabulary[special] = len(vocabulary) - 1
    return vocabulary, len(vocabulary)


@wrong()
def ids_one_too_low_and_early(tokens):
    """`<unk>` got the last word's id: those ids were right as they were. It is the number of rows that is taken too
    early."""
    vocabulary = {token: i for i, token in enumerate(sorted(set(tokens)))}
    rows = len(vocabulary)
    for special in ["<unk>", "<pad>"]:
        vocabulary[special] = len(vocabulary) - 1
    return vocabulary, rows


@wrong()
def an_id_skipped(tokens):
    """An id is skipped between the words and `<unk>`, so the last one lies above the table: the next free id is
    `len(vocabulary)`."""
    vocabulary = {token: i for i, token in enumerate(sorted(set(tokens)))}
    for special in ["<unk>", "<pad>"]:
        vocabulary[special] = len(vocabulary) + 1
    return vocabulary, len(vocabulary)


@wrong()
def sorted_among_the_words(tokens):
    """The special tokens were sorted in among the words, which moves every word's id; they belong at the end."""
    vocabulary = {token: i for i, token in enumerate(sorted({*tokens, "<unk>", "<pad>"}))}
    return vocabulary, len(vocabulary)


@wrong()
def in_front(tokens):
    """The special tokens stand in front, which moves every word's id by two; they belong at the end."""
    vocabulary = {token: i for i, token in enumerate(["<unk>", "<pad>", *sorted(set(tokens))])}
    return vocabulary, len(vocabulary)


@wrong()
def the_other_order(tokens):
    """`<pad>` stands before `<unk>`, and each has the other's id: a saved table would mix the two rows up."""
    vocabulary = {token: i for i, token in enumerate([*sorted(set(tokens)), "<pad>", "<unk>"])}
    return vocabulary, len(vocabulary)


@wrong()
def no_specials(tokens):
    """The error is gone because `<unk>` and `<pad>` are gone; they have to stay, with a row for each."""
    vocabulary = {token: i for i, token in enumerate(sorted(set(tokens)))}
    return vocabulary, len(vocabulary)


@wrong()
def no_padding(tokens):
    """`<pad>` is missing: both special tokens have to stay, with a row for each."""
    vocabulary = {token: i for i, token in enumerate([*sorted(set(tokens)), "<unk>"])}
    return vocabulary, len(vocabulary)


@wrong(idea=11)
def from_one(tokens):
    """The ids begin at 1 here, so the last one lies above the table and row 0 is never used."""
    vocabulary = {token: i for i, token in enumerate(finished(tokens), start=1)}
    return vocabulary, len(vocabulary)


@wrong(idea=11)
def from_one_with_room(tokens):
    """Every id has a row now, but they begin at 1, and row 0 is never used: the words had the right ids before."""
    vocabulary = {token: i for i, token in enumerate(finished(tokens), start=1)}
    return vocabulary, len(vocabulary) + 1


@wrong()
def a_list(tokens):
    """The vocabulary is a list here; a dictionary from token to id is asked for."""
    return list(finished(tokens)), len(finished(tokens))


@wrong()
def repeats_counted(tokens):
    """Without `set`, a word that comes twice is counted twice, and ids are left out between the words."""
    vocabulary = {token: i for i, token in enumerate([*sorted(tokens), "<unk>", "<pad>"])}
    return vocabulary, len(vocabulary)


@wrong()
def order_of_appearance(tokens):
    """The words have lost their sorted order, which was right as it was: only the number of rows is wrong."""
    vocabulary = {token: i for i, token in enumerate([*dict.fromkeys(tokens), "<unk>", "<pad>"])}
    return vocabulary, len(vocabulary)


@wrong()
def specials_counted_twice(tokens):
    """`len(vocabulary)` counts the two special tokens already once they are in it; 2 were added again."""
    return finished(tokens), len(finished(tokens)) + 2


@wrong()
def repeats_numbered(tokens):
    """Without `set`, a word that comes twice is counted twice: ids are left out, and rows are made that nobody uses."""
    vocabulary = {token: i for i, token in enumerate([*sorted(tokens), "<unk>", "<pad>"])}
    return vocabulary, max(vocabulary.values()) + 1


@wrong(idea=2)
def tokens_of_the_text(tokens):
    """The tokens of the text were counted, repeats and all, and the two special tokens were not: count the finished
    vocabulary."""
    return finished(tokens), len(tokens)
