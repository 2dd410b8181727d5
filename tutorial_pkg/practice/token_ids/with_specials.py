"""### Exercise 5 (bug hunt): ids above the table

`with_specials(tokens)` builds a vocabulary, adds `"<unk>"` and `"<pad>"` at its end, and returns it with the number of
rows its table needs. `with_specials(["the", "fox"])` should be `({"fox": 0, "the": 1, "<unk>": 2, "<pad>": 3}, 4)`.

Training went well for an hour; then the first padded batch raised an IndexError. Find the mistake and mend it.
"""

from tutorial_pkg.practice.pieces import wrong

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


@wrong(idea=2)
def counted_too_early(tokens):
    """`<unk>` and `<pad>` still have ids above the table: the rows were counted before they were added."""
    words = sorted(set(tokens))
    vocabulary = dict(zip(words + ["<unk>", "<pad>"], range(len(words) + 2)))
    return vocabulary, len(words)


@wrong(idea=11)
def largest_id(tokens):
    """That is the largest id, one less than the number of rows."""
    vocabulary = {token: i for i, token in enumerate(sorted(set(tokens)) + ["<unk>", "<pad>"])}
    return vocabulary, max(vocabulary.values())


@wrong()
def one_row_for_both(tokens):
    """`<unk>` and `<pad>` share an id, so nobody can tell an unknown word from padding: each needs its own."""
    vocabulary = {token: i for i, token in enumerate(sorted(set(tokens)))}
    rows = len(vocabulary) + 1
    vocabulary["<unk>"] = vocabulary["<pad>"] = rows - 1
    return vocabulary, rows


@wrong(idea=5)
def squeezed_in(tokens):
    """The special tokens took ids that words have already: they need ids, and rows, of their own."""
    vocabulary = {token: i for i, token in enumerate(sorted(set(tokens)))}
    rows = len(vocabulary)
    vocabulary["<unk>"], vocabulary["<pad>"] = 0, rows - 1
    return vocabulary, rows


@wrong()
def sorted_among_the_words(tokens):
    """The special tokens were sorted in among the words, which moves every word's id; they belong at the end."""
    vocabulary = {token: i for i, token in enumerate(sorted({*tokens, "<unk>", "<pad>"}))}
    return vocabulary, len(vocabulary)


@wrong(idea=2)
def tokens_counted(tokens):
    """Repeated tokens were counted as rows; a token has one row however often it comes."""
    vocabulary = {token: i for i, token in enumerate(sorted(set(tokens)) + ["<unk>", "<pad>"])}
    return vocabulary, len(tokens) + 2
