"""Practice for notebook 01: tokens, ids, unknown words, padding, merges."""

from __future__ import annotations

from typing import Any

import torch

from .pieces import Exercise, Finding, Option, Prediction, Recall, Slip, Wrong

NOTEBOOK = "01_token_ids"
SIX = {"fox": 0, "house": 1, "in": 2, "is": 3, "quick": 4, "the": 5}
EIGHT = SIX | {"<unk>": 6, "<pad>": 7}

RECALL = [
    Recall(
        name="recall_model_input",
        notebook=NOTEBOOK,
        ask='Before you start: what does a language model itself get to see of the text "the house"?',
        options={
            "a": Option("The words, as strings.", "A network computes with numbers; strings never reach it.", 9),
            "b": Option(
                "One whole number for each piece that the text was cut into.",
                "Those numbers are the token ids, and this notebook makes them.",
            ),
            "c": Option(
                "A vector for each word, which the tokeniser worked out.",
                "The tokeniser stops at whole numbers; the model itself turns them into vectors, in its first layer.",
                9,
            ),
        },
        right="b",
    ),
    Recall(
        name="recall_enumerate",
        notebook=NOTEBOOK,
        ask='A little Python: which numbers does `enumerate(["fox", "house", "in"])` hand out?',
        options={
            "a": Option("1, 2, 3", "Python counts from 0, and so do the rows of a table.", 11),
            "b": Option("0, 1, 2", "Three things, and the last has the number 2: worth remembering when tables come."),
            "c": Option("0, 1, 2, 3", "That is four numbers for three things.", 11),
        },
        right="b",
    ),
]

PREDICTIONS = [
    Prediction(
        name="predict_quick_id",
        notebook=NOTEBOOK,
        ask=(
            "The next cell sorts the six tokens alphabetically and numbers them with `enumerate`. "
            "Which id does `quick` get?"
        ),
        form=7,
        why="In alphabetical order fox, house, in and is come before it, and the count begins at 0.",
        slips=[
            Slip(5, "That counts from 1.", 11),
            Slip(0, "That is its place in the sentence; the ids follow the sorted vocabulary."),
        ],
    ),
    Prediction(
        name="predict_new_word",
        notebook=NOTEBOOK,
        ask='`vocabulary` is a dictionary of six tokens. Which error does `encode("Quick dog")` raise?',
        form="ValueError",
        why="Each token is looked up in a dictionary, and `dog` is none of its keys.",
        slips=[
            Slip(
                "IndexError",
                "That is what a list or a table raises for a place that it lacks; here a dictionary is asked.",
            ),
            Slip("ValueError", "The text is a fine value; it is the look-up in the dictionary that fails."),
        ],
    ),
    Prediction(
        name="predict_rows",
        notebook=NOTEBOOK,
        ask=(
            'The vocabulary now holds eight tokens. The sample "fox is in" has the ids `[0, 3, 2]`. '
            "How many rows does the table need that holds one row of numbers for each token?"
        ),
        form=7,
        why="Any of the eight tokens may come in the next sample, and each needs a row: ids 0 to 7, so 8 rows.",
        slips=[
            Slip(4, "That is this sample's largest id plus one; the next sample may hold `<pad>`.", 2),
            Slip(3, "That is the number of tokens in this sample.", 2),
            Slip(7, "That is the largest id; ids begin at 0, so there is one row more.", 11),
            Slip(6, "Those are the words only; `<unk>` and `<pad>` have ids too, and so need rows."),
        ],
    ),
    Prediction(
        name="predict_bana",
        notebook=NOTEBOOK,
        ask=(
            "The learned merges, in order, are `a + n`, `an + a`, `b + an`. The encoder applies the earliest learned "
            "merge that fits, again and again. Into which pieces does it cut the new word `bana`?"
        ),
        form=("ban a", "b ana"),
        why="After `a + n` both `an + a` and `b + an` fit, and `an + a` was learned first.",
        slips=[Slip("ban a", "That takes the leftmost pair; what counts is which merge was learned first.")],
    ),
    Prediction(
        name="predict_fox_bytes",
        notebook=NOTEBOOK,
        ask="Python says that `len('🦊')` is 1: one character. How many bytes does it take in UTF-8?",
        form=7,
        why="UTF-8 writes a character in one to four bytes: one for plain English letters, four for most emoji.",
        slips=[
            Slip(1, "One byte has only 256 values, and Unicode has over 150,000 characters."),
            Slip(2, "Two bytes serve é or ñ; emoji lie further up in Unicode."),
        ],
    ),
    Prediction(
        name="predict_data_ids",
        notebook=NOTEBOOK,
        ask=(
            "GPT-2's tokeniser gets four texts: `Data`, `data`, ` Data`, ` data` (two begin with a blank). Each comes "
            "out as one token. How many different ids are there among the four?"
        ),
        form=7,
        why="A capital or a leading blank makes other bytes, so another token with an id, and a row, of its own.",
        slips=[
            Slip(1, "To the tokeniser these are not one word in four forms.", 9),
            Slip(2, "Both the capital and the blank count: 2 × 2 forms.", 9),
        ],
    ),
]

VOCABULARY = Exercise(
    name="my_vocabulary",
    notebook=NOTEBOOK,
    worked=True,
    task="""
### Exercise 1 (worked): a vocabulary

`my_vocabulary(tokens)` takes a list of tokens and returns a dictionary from token to id: the different tokens in sorted
order, counted from 0. `my_vocabulary(["the", "fox", "the"])` is `{"fox": 0, "the": 1}`.

This one is solved. Run it, then leave out `sorted` and see what the check says, then start the count at 1.
""",
    stub="""
def my_vocabulary(tokens):
    return ...
""",
    solution="""
def my_vocabulary(tokens):
    different = sorted(set(tokens))  # set: each token once; sorted: the same order in every process
    return {token: i for i, token in enumerate(different)}
""",
    means="the same text gives the same ids on every machine and in every run.",
    hints=[
        "`set(tokens)` keeps each token once, in an order that changes from run to run; `sorted` settles the order.",
        "Number what `sorted(set(tokens))` gives with `enumerate`, and turn each pair round: token first.",
    ],
    cases=lambda: [
        (["the", "fox", "the"],),
        ("quick fox is in the house".split(),),
        (list("the quick brown fox jumps over a lazy dog".replace(" ", "")) * 2,),
        (["é", "z", "Z", "🦊", "10", "9", "a"],),
        ([],),
    ],
    right={
        "zip": """
def my_vocabulary(words):
    once = sorted(set(words))
    return dict(zip(once, range(len(once))))
""",
        "loop": """
def my_vocabulary(tokens):
    table = {}
    for token in sorted(tokens):
        if token not in table:
            table[token] = len(table)
    return table
""",
        "fromkeys": """
def my_vocabulary(tokens):
    order = list(dict.fromkeys(tokens))
    order.sort()
    return {order[i]: i for i in range(len(order))}
""",
    },
    wrong={
        "set order": Wrong(
            """
def my_vocabulary(tokens):
    return {token: i for i, token in enumerate(set(tokens))}
""",
            "these ids follow the order of a set, which is another one in every process: sort before you count.",
        ),
        "order of appearance": Wrong(
            """
def my_vocabulary(tokens):
    return {token: i for i, token in enumerate(dict.fromkeys(tokens))}
""",
            "these ids follow the order in which tokens first appear, so another text order gives other ids; sorted is "
            "asked for.",
        ),
        "from one": Wrong(
            """
def my_vocabulary(tokens):
    return {token: i for i, token in enumerate(sorted(set(tokens)), start=1)}
""",
            "the count begins at 1 here, so row 0 would never be used and the last id would lie above the table.",
            11,
        ),
        "repeats counted": Wrong(
            """
def my_vocabulary(tokens):
    return {token: i for i, token in enumerate(sorted(tokens))}
""",
            "repeated tokens are counted again and again, which leaves gaps between the ids: take each token once.",
        ),
        "id to token": Wrong(
            """
def my_vocabulary(tokens):
    return {i: token for i, token in enumerate(sorted(set(tokens)))}
""",
            "this goes from id to token; encoding needs the way from token to id.",
        ),
    },
)

DECODE = Exercise(
    name="my_decode",
    notebook=NOTEBOOK,
    task="""
### Exercise 2 (finish the last line): ids back to text

`my_decode(ids, vocabulary)` takes a list of ids and the dictionary from token to id. It returns the tokens as one text
with single blanks between them. With the six-word vocabulary, `my_decode([5, 4, 0], vocabulary)` is `"the quick fox"`.
""",
    stub="""
def my_decode(ids, vocabulary):
    token_of = {}
    for token, i in vocabulary.items():
        token_of[i] = token
    return ...
""",
    solution="""
def my_decode(ids, vocabulary):
    token_of = {}
    for token, i in vocabulary.items():
        token_of[i] = token
    return " ".join(token_of[i] for i in ids)  # each id is looked up by itself, in the order it came
""",
    means="ids are names that can be looked up either way, and their order in the list is the order of the words.",
    hints=[
        "`token_of[i]` is the token of one id. You need it for each id, in order.",
        '`" ".join(...)` makes one text out of several tokens.',
    ],
    cases=lambda: [
        ([5, 4, 0], SIX),
        ([4, 0, 3, 2, 5, 1], SIX),
        ([0, 0, 5], SIX),
        ([7, 6, 2], EIGHT),
        ([30, 10, 20], {"a": 10, "c": 30, "b": 20}),
        ([1, 0, 2], {"zebra": 0, "ant": 2, "cow": 1}),
        ([2, 0], {"ant": 2, "cow": 1, "zebra": 0}),
        ([3], SIX),
        ([], SIX),
    ],
    right={
        "loop": """
def my_decode(ids, vocabulary):
    names = {}
    for word in vocabulary:
        names[vocabulary[word]] = word
    out = []
    for number in ids:
        out.append(names[number])
    return " ".join(out)
""",
        "map": """
def my_decode(ids, vocabulary):
    return " ".join(map(dict(zip(vocabulary.values(), vocabulary)).get, ids))
""",
        "search": """
def my_decode(ids, vocabulary):
    text = ""
    for i in ids:
        text += next(token for token, known in vocabulary.items() if known == i) + " "
    return text.strip()
""",
        "lists": """
def my_decode(ids, vocabulary):
    tokens, numbers = list(vocabulary), list(vocabulary.values())
    return " ".join([tokens[numbers.index(i)] for i in ids])
""",
    },
    wrong={
        "list": Wrong(
            """
def my_decode(ids, vocabulary):
    token_of = {i: token for token, i in vocabulary.items()}
    return [token_of[i] for i in ids]
""",
            'a list of tokens came back; one text is asked for: join them with " ".',
        ),
        "no blanks": Wrong(
            """
def my_decode(ids, vocabulary):
    token_of = {i: token for token, i in vocabulary.items()}
    return "".join(token_of[i] for i in ids)
""",
            "the tokens run into one another: encoding cut them apart at blanks, so decoding has to put those back.",
        ),
        "sorted": Wrong(
            """
def my_decode(ids, vocabulary):
    token_of = {i: token for token, i in vocabulary.items()}
    return " ".join(token_of[i] for i in sorted(ids))
""",
            "the ids were put in order of size, and the word order is lost.",
            5,
        ),
        "whole vocabulary": Wrong(
            """
def my_decode(ids, vocabulary):
    token_of = {i: token for token, i in vocabulary.items()}
    return " ".join(token_of.values())
""",
            "that is the whole vocabulary, whatever the ids are: look up each of `ids`.",
        ),
        "from one": Wrong(
            """
def my_decode(ids, vocabulary):
    token_of = {i: token for token, i in vocabulary.items()}
    return " ".join(token_of.get(i - 1, "") for i in ids)
""",
            "every token is the neighbour of the one meant: `i - 1` treats ids as if they began at 1.",
            11,
        ),
        "place in the dictionary": Wrong(
            """
def my_decode(ids, vocabulary):
    tokens = list(vocabulary) + [""] * 99
    return " ".join(tokens[i] for i in ids)
""",
            "the id was used as a place in the dictionary's own order, which need not be the order of the ids.",
            5,
        ),
    },
)

ENCODE = Exercise(
    name="my_encode",
    notebook=NOTEBOOK,
    task="""
### Exercise 3 (write the body): encode, whatever the words

`my_encode(text, vocabulary)` lower-cases the text, cuts it at white space, and returns the list of ids. A word outside
the vocabulary gets the id of the token `"<unk>"`, whatever that id is. The vocabulary stays as it is. With the
eight-token vocabulary, `my_encode("The quick dog", vocabulary)` is `[5, 4, 6]`.
""",
    stub="""
def my_encode(text, vocabulary):
    return ...
""",
    solution="""
def my_encode(text, vocabulary):
    unknown = vocabulary["<unk>"]  # asked for by name: its id differs from vocabulary to vocabulary
    return [vocabulary.get(token, unknown) for token in text.lower().split()]
""",
    means="every text has ids now, one for each of its tokens; which unknown word it was is lost.",
    hints=[
        "`text.lower().split()` gives the tokens. The second argument of a dictionary's `get` is for missing keys.",
        'The second argument should be `vocabulary["<unk>"]`, not a number that you write in.',
    ],
    cases=lambda: [
        ("The quick dog", EIGHT),
        ("Quick fox is in the house", EIGHT),
        ("a lazy dog is a dog", EIGHT),
        ("The  cat\n sat", {"<pad>": 0, "<unk>": 1, "cat": 2, "the": 3}),
        ("ZORRO fox", {"<unk>": 0, "fox": 2, "zorro": 1}),
        ("Straße 🦊", {"straße": 0, "<unk>": 1}),
        ("", EIGHT),
    ],
    right={
        "loop with if": """
def my_encode(text, vocabulary):
    result = []
    for word in text.lower().split():
        if word in vocabulary:
            result.append(vocabulary[word])
        else:
            result.append(vocabulary["<unk>"])
    return result
""",
        "try": """
def my_encode(text, vocabulary):
    def one(word):
        try:
            return vocabulary[word]
        except KeyError:
            return vocabulary["<unk>"]
    return [one(word.lower()) for word in text.split()]
""",
        "replaced first": """
def my_encode(text, vocabulary):
    words = [w if w in vocabulary else "<unk>" for w in text.lower().split()]
    return torch.tensor([vocabulary[w] for w in words])
""",
        "defaultdict": """
def my_encode(text, vocabulary):
    from collections import defaultdict
    copy = defaultdict(lambda: vocabulary["<unk>"], vocabulary)
    return tuple(copy[token] for token in text.lower().split())
""",
    },
    wrong={
        "dropped": Wrong(
            """
def my_encode(text, vocabulary):
    return [vocabulary[token] for token in text.lower().split() if token in vocabulary]
""",
            "unknown words are left out, and nothing shows that they stood there; `<unk>` should hold their place.",
        ),
        "an id of its own": Wrong(
            """
def my_encode(text, vocabulary):
    return [vocabulary.get(token, len(vocabulary)) for token in text.lower().split()]
""",
            "an unknown word gets an id above all others, and the table has no row for it: use the id of `<unk>`.",
            2,
        ),
        "grows": Wrong(
            """
def my_encode(text, vocabulary):
    return [vocabulary.setdefault(token, len(vocabulary)) for token in text.lower().split()]
""",
            "each new word is added to the vocabulary, with an id that has no row in the table: use the id of `<unk>`.",
            2,
        ),
        "zero": Wrong(
            """
def my_encode(text, vocabulary):
    return [vocabulary.get(token, 0) for token in text.lower().split()]
""",
            "unknown words get id 0, which is some other token's name: every dog becomes a fox.",
            5,
        ),
        "six": Wrong(
            """
def my_encode(text, vocabulary):
    return [vocabulary.get(token, 6) for token in text.lower().split()]
""",
            'the 6 is right for one vocabulary only: ask the vocabulary for the id of "<unk>".',
        ),
        "capitals": Wrong(
            """
def my_encode(text, vocabulary):
    return [vocabulary.get(token, vocabulary["<unk>"]) for token in text.split()]
""",
            "words with a capital become unknown: the vocabulary is lower-case, so lower-case the text first.",
        ),
        "raises": Wrong(
            """
def my_encode(text, vocabulary):
    return [vocabulary[token] for token in text.lower().split()]
""",
            "raises KeyError",
            caught_by_rule=True,
        ),
        "changes the vocabulary": Wrong(
            """
def my_encode(text, vocabulary):
    unknown = vocabulary["<unk>"]
    return [vocabulary.setdefault(token, unknown) for token in text.lower().split()]
""",
            "changes its input `vocabulary`",
            caught_by_rule=True,
        ),
    },
)


def _two_tensors(result: Any, *_: Any) -> Any:
    """The pair that `my_pad` is asked for, or what is there in its place."""
    if not (isinstance(result, (tuple, list)) and len(result) == 2):
        return Finding("no pair; two tensors are asked for, the ids and the mask")
    for part, thing in zip(("ids are", "mask is"), result, strict=True):
        if not isinstance(thing, torch.Tensor):
            kind = type(thing).__name__
            return Finding(f"a pair whose {part} of type {kind}; a tensor is asked for: torch.tensor makes one")
    if result[1].dtype != torch.bool:
        return Finding("a mask of numbers; True and False are asked for: as an index, 1 and 0 would pick rows")
    return result


PAD = Exercise(
    name="my_pad",
    notebook=NOTEBOOK,
    task="""
### Exercise 4 (a new situation): any batch, any padding id

`my_pad(batch, pad_id)` takes a list of lists of ids, of any lengths, and returns two tensors of shape (batch, longest):
the ids filled up with `pad_id` on the right, and the mask, True where an id came from `batch`. Mind the catch: people
often pad with an id that also occurs in the text (with GPT-2 it is the end-of-text token), so the mask has to come from
the lengths. `my_pad([[4, 0, 3], [7]], 7)` is the pair of `[[4, 0, 3], [7, 7, 7]]` and
`[[True, True, True], [True, False, False]]`.
""",
    stub="""
def my_pad(batch, pad_id):
    return ...
""",
    solution="""
def my_pad(batch, pad_id):
    lengths = torch.tensor([len(row) for row in batch])
    longest = int(lengths.max())
    ids = torch.tensor([row + [pad_id] * (longest - len(row)) for row in batch])
    mask = torch.arange(longest) < lengths[:, None]  # position < length, for every row at once
    return ids, mask
""",
    means="padding makes the batch a rectangle, and the mask remembers, from the lengths, what was really there.",
    hints=[
        "A list times a number repeats it: `[7] * 2` is `[7, 7]`. How many does each row lack?",
        "Fill a mask the same way: `[True] * len(row) + [False] * (longest - len(row))`, then make tensors of both.",
    ],
    cases=lambda: [
        ([[4, 0, 3], [7]], 7),
        ([[4, 0, 3, 2, 5, 1], [5, 0], [0, 3, 2]], 9),
        ([[1, 2], [3, 4]], 0),
        ([[0, 5, 0], [0], [5, 5]], 0),
        ([[8], [8, 8, 1, 8], [], [1]], 8),
        ([[2]], 50256),
    ],
    view=_two_tensors,
    right={
        "pad_sequence": """
def my_pad(batch, pad_id):
    from torch.nn.utils.rnn import pad_sequence
    rows = [torch.tensor(row, dtype=torch.long) for row in batch]
    ones = [torch.ones(len(row), dtype=torch.bool) for row in batch]
    return pad_sequence(rows, batch_first=True, padding_value=pad_id), pad_sequence(ones, batch_first=True)
""",
        "filled": """
def my_pad(batch, pad_id):
    width = max(len(row) for row in batch)
    ids = torch.full((len(batch), width), pad_id)
    mask = torch.zeros(len(batch), width, dtype=torch.bool)
    for i, row in enumerate(batch):
        ids[i, : len(row)] = torch.tensor(row, dtype=torch.long)
        mask[i, : len(row)] = True
    return ids, mask
""",
        "lists first": """
def my_pad(batch, pad_id):
    longest = max(map(len, batch))
    ids, mask = [], []
    for row in batch:
        missing = longest - len(row)
        ids.append(row + [pad_id] * missing)
        mask.append([1] * len(row) + [0] * missing)
    return [torch.tensor(ids), torch.tensor(mask).bool()]
""",
        "numpy": """
def my_pad(batch, pad_id):
    import numpy as np
    lengths = np.array([len(row) for row in batch])
    mask = np.arange(lengths.max()) < lengths[:, None]
    ids = np.full(mask.shape, pad_id)
    ids[mask] = [i for row in batch for i in row]
    return torch.from_numpy(ids), torch.from_numpy(mask)
""",
    },
    wrong={
        "mask from the ids": Wrong(
            """
def my_pad(batch, pad_id):
    longest = max(len(row) for row in batch)
    ids = torch.tensor([row + [pad_id] * (longest - len(row)) for row in batch])
    return ids, ids != pad_id
""",
            "the mask asks which ids equal `pad_id`, so a real token with that id is masked away: use the lengths.",
        ),
        "mask turned round": Wrong(
            """
def my_pad(batch, pad_id):
    longest = max(len(row) for row in batch)
    ids = torch.tensor([row + [pad_id] * (longest - len(row)) for row in batch])
    mask = torch.tensor([[False] * len(row) + [True] * (longest - len(row)) for row in batch])
    return ids, mask
""",
            "the mask is the wrong way round: True is to mean that an id came from the batch.",
        ),
        "left": Wrong(
            """
def my_pad(batch, pad_id):
    longest = max(len(row) for row in batch)
    ids = torch.tensor([[pad_id] * (longest - len(row)) + row for row in batch])
    mask = torch.tensor([[False] * (longest - len(row)) + [True] * len(row) for row in batch])
    return ids, mask
""",
            "the padding stands on the left; it is asked for on the right.",
        ),
        "zeros": Wrong(
            """
def my_pad(batch, pad_id):
    longest = max(len(row) for row in batch)
    ids = torch.tensor([row + [0] * (longest - len(row)) for row in batch])
    mask = torch.tensor([[True] * len(row) + [False] * (longest - len(row)) for row in batch])
    return ids, mask
""",
            "it fills up with 0, which may be a word's id; `pad_id` says what to fill up with.",
            5,
        ),
        "cut to the shortest": Wrong(
            """
def my_pad(batch, pad_id):
    shortest = min(len(row) for row in batch)
    ids = torch.tensor([row[:shortest] for row in batch])
    return ids, torch.ones_like(ids, dtype=torch.bool)
""",
            "the longer rows were cut to the shortest one's length, and tokens are lost: fill the others up instead.",
        ),
        "lists": Wrong(
            """
def my_pad(batch, pad_id):
    longest = max(len(row) for row in batch)
    ids = [row + [pad_id] * (longest - len(row)) for row in batch]
    return ids, [[True] * len(row) + [False] * (longest - len(row)) for row in batch]
""",
            "What came back is a pair whose ids are of type list; a tensor is asked for: torch.tensor makes one.",
            caught_by_rule=True,
        ),
        "mask of numbers": Wrong(
            """
def my_pad(batch, pad_id):
    longest = max(len(row) for row in batch)
    ids = torch.tensor([row + [pad_id] * (longest - len(row)) for row in batch])
    return ids, torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in batch])
""",
            "What came back is a mask of numbers; True and False are asked for: as an index, 1 and 0 would pick rows.",
            caught_by_rule=True,
        ),
        "ids only": Wrong(
            """
def my_pad(batch, pad_id):
    longest = max(len(row) for row in batch)
    return torch.tensor([row + [pad_id] * (longest - len(row)) for row in batch])
""",
            "What came back is no pair; two tensors are asked for, the ids and the mask.",
            caught_by_rule=True,
        ),
        "grows its input": Wrong(
            """
def my_pad(batch, pad_id):
    lengths = [len(row) for row in batch]
    longest = max(lengths)
    for row in batch:
        while len(row) < longest:
            row.append(pad_id)
    mask = [[True] * n + [False] * (longest - n) for n in lengths]
    return torch.tensor(batch), torch.tensor(mask)
""",
            "changes its input `batch`",
            caught_by_rule=True,
        ),
    },
)

WITH_SPECIALS = Exercise(
    name="with_specials",
    notebook=NOTEBOOK,
    task="""
### Exercise 5 (bug hunt): ids above the table

`with_specials(tokens)` builds a vocabulary, adds `"<unk>"` and `"<pad>"` at its end, and returns it with the number of
rows its table needs. `with_specials(["the", "fox"])` should be `({"fox": 0, "the": 1, "<unk>": 2, "<pad>": 3}, 4)`.

Training went well for an hour; then the first padded batch raised an IndexError. Find the mistake and mend it.
""",
    stub="""
def with_specials(tokens):
    vocabulary = {token: i for i, token in enumerate(sorted(set(tokens)))}
    rows = len(vocabulary)
    for special in ["<unk>", "<pad>"]:
        vocabulary[special] = len(vocabulary)
    return vocabulary, rows
""",
    solution="""
def with_specials(tokens):
    vocabulary = {token: i for i, token in enumerate(sorted(set(tokens)))}
    for special in ["<unk>", "<pad>"]:
        vocabulary[special] = len(vocabulary)
    rows = len(vocabulary)  # counted last, once nothing more is added
    return vocabulary, rows
""",
    means="the table is sized by the finished vocabulary, so every id that can ever come has its row.",
    hints=[
        "Run it on `['the', 'fox']`: which ids come out, and how many rows? Is there a row for each id?",
        "The number of rows is right for the moment at which it is taken. What happens after that line?",
    ],
    cases=lambda: [
        (["the", "fox"],),
        ("quick fox is in the house".split(),),
        (["fox", "fox", "fox"],),
        (list("zyxwvut"),),
        ([],),
    ],
    right={
        "list first": """
def with_specials(tokens):
    order = sorted(set(tokens)) + ["<unk>", "<pad>"]
    return {token: i for i, token in enumerate(order)}, len(order)
""",
        "largest id of the vocabulary": """
def with_specials(tokens):
    vocabulary = {token: i for i, token in enumerate(sorted(set(tokens)))}
    vocabulary["<unk>"] = len(vocabulary)
    vocabulary["<pad>"] = len(vocabulary)
    return [vocabulary, max(vocabulary.values()) + 1]
""",
        "room from the start": """
def with_specials(tokens):
    words = sorted(set(tokens))
    rows = len(words) + 2
    words += ["<unk>", "<pad>"]
    return dict(zip(words, range(rows))), rows
""",
    },
    wrong={
        "counted too early": Wrong(
            """
def with_specials(tokens):
    words = sorted(set(tokens))
    vocabulary = dict(zip(words + ["<unk>", "<pad>"], range(len(words) + 2)))
    return vocabulary, len(words)
""",
            "`<unk>` and `<pad>` still have ids above the table: the rows were counted before they were added.",
            2,
        ),
        "largest id": Wrong(
            """
def with_specials(tokens):
    vocabulary = {token: i for i, token in enumerate(sorted(set(tokens)) + ["<unk>", "<pad>"])}
    return vocabulary, max(vocabulary.values())
""",
            "that is the largest id, one less than the number of rows.",
            11,
        ),
        "one row for both": Wrong(
            """
def with_specials(tokens):
    vocabulary = {token: i for i, token in enumerate(sorted(set(tokens)))}
    rows = len(vocabulary) + 1
    vocabulary["<unk>"] = vocabulary["<pad>"] = rows - 1
    return vocabulary, rows
""",
            "`<unk>` and `<pad>` share an id, so nobody can tell an unknown word from padding: each needs its own.",
        ),
        "squeezed in": Wrong(
            """
def with_specials(tokens):
    vocabulary = {token: i for i, token in enumerate(sorted(set(tokens)))}
    rows = len(vocabulary)
    vocabulary["<unk>"], vocabulary["<pad>"] = 0, rows - 1
    return vocabulary, rows
""",
            "the special tokens took ids that words have already: they need ids, and rows, of their own.",
            5,
        ),
        "sorted among the words": Wrong(
            """
def with_specials(tokens):
    vocabulary = {token: i for i, token in enumerate(sorted({*tokens, "<unk>", "<pad>"}))}
    return vocabulary, len(vocabulary)
""",
            "the special tokens were sorted in among the words, which moves every word's id; they belong at the end.",
        ),
        "tokens counted": Wrong(
            """
def with_specials(tokens):
    vocabulary = {token: i for i, token in enumerate(sorted(set(tokens)) + ["<unk>", "<pad>"])}
    return vocabulary, len(tokens) + 2
""",
            "repeated tokens were counted as rows; a token has one row however often it comes.",
            2,
        ),
    },
)

MERGE = """
from itertools import pairwise


def merge(pieces, pair):
    merged, i = [], 0
    while i < len(pieces):
        if tuple(pieces[i : i + 2]) == pair:
            merged.append(pieces[i] + pieces[i + 1])
            i += 2
        else:
            merged.append(pieces[i])
            i += 1
    return merged
"""
BANANA = {("a", "n"): 0, ("an", "a"): 1, ("b", "an"): 2}
LATE = {("b", "c"): 0, ("a", "bc"): 1, ("a", "b"): 2}
DOUBLED = {("a", "a"): 0, ("aa", "aa"): 1}

MY_BPE = Exercise(
    name="my_bpe",
    notebook=NOTEBOOK,
    task="""
### Exercise 6 (bug hunt): merges in the wrong order

`my_bpe(pieces, ranks)` should do what `bpe` above does: again and again, of all neighbouring pairs that have a rank,
merge the one with the lowest rank, everywhere; return the list of pieces. With the three merges of the bananas,
`my_bpe(["b", "a", "n", "a"], ranks)` should be `["b", "ana"]`. It uses the notebook's `merge`.

The code below runs, and on many words it is even right. Find the mistake and mend it.
""",
    stub="""
def my_bpe(pieces, ranks):
    pieces = list(pieces)
    while True:
        known = [pair for pair in pairwise(pieces) if pair in ranks]
        if not known:
            return pieces
        pieces = merge(pieces, known[0])
""",
    solution="""
def my_bpe(pieces, ranks):
    pieces = list(pieces)
    while True:
        known = [pair for pair in pairwise(pieces) if pair in ranks]
        if not known:
            return pieces
        pieces = merge(pieces, min(known, key=ranks.get))  # the merge learned first, not the leftmost
""",
    means="an encoder replays the merges in the order in which training learned them, and so cuts as training did.",
    hints=[
        "Follow it on `b a n a`: after `an` exists, which two pairs have a rank, and which of them does the code take?",
        "`min(known, key=...)` picks by rank.",
    ],
    cases=lambda: [
        (["b", "a", "n", "a"], BANANA),
        (list("bananas"), BANANA),
        (list("bandanabana"), BANANA),
        (list("abc"), LATE),
        (list("abcab"), LATE),
        (list("aaaaaaa"), DOUBLED),
        (list("xyz"), {("x", "y"): 0, ("y", "z"): 1}),
        (list("fox"), BANANA),
        (["b"], BANANA),
        ([], BANANA),
        (list("banana"), {}),
    ],
    given=MERGE,
    right={
        "by rank": """
def my_bpe(pieces, ranks):
    while True:
        best = min(pairwise(pieces), key=lambda pair: ranks.get(pair, float("inf")), default=None)
        if best not in ranks:
            return pieces
        pieces = merge(pieces, best)
""",
        "one merge after the other": """
def my_bpe(pieces, ranks):
    for pair in sorted(ranks, key=ranks.get):
        pieces = merge(pieces, pair)
    return pieces
""",
        "one place at a time": """
def my_bpe(pieces, ranks):
    pieces = list(pieces)
    while True:
        found = [(ranks[pair], i) for i, pair in enumerate(pairwise(pieces)) if pair in ranks]
        if not found:
            return pieces
        i = min(found)[1]
        pieces[i : i + 2] = [pieces[i] + pieces[i + 1]]
""",
    },
    wrong={
        "leftmost": Wrong(
            """
def my_bpe(pieces, ranks):
    pieces = list(pieces)
    i = 0
    while i < len(pieces) - 1:
        if (pieces[i], pieces[i + 1]) in ranks:
            pieces = merge(pieces, (pieces[i], pieces[i + 1]))
            i = 0
        else:
            i += 1
    return pieces
""",
            "it takes the leftmost pair that has a rank; the pair with the lowest rank has to go first.",
        ),
        "last learned first": Wrong(
            """
def my_bpe(pieces, ranks):
    while True:
        known = [pair for pair in pairwise(pieces) if pair in ranks]
        if not known:
            return pieces
        pieces = merge(pieces, max(known, key=ranks.get))
""",
            "it takes the merge learned last; a low rank means learned early, and that one goes first.",
        ),
        "alphabetical": Wrong(
            """
def my_bpe(pieces, ranks):
    while True:
        known = [pair for pair in pairwise(pieces) if pair in ranks]
        if not known:
            return pieces
        pieces = merge(pieces, min(known))
""",
            "`min` without a key compares the pairs as text, and the alphabet decides; let the rank: `key=ranks.get`.",
        ),
        "one merge only": Wrong(
            """
def my_bpe(pieces, ranks):
    known = [pair for pair in pairwise(pieces) if pair in ranks]
    return merge(pieces, min(known, key=ranks.get)) if known else list(pieces)
""",
            "it stops after one merge; the piece that was made may merge further, so go on until no pair has a rank.",
        ),
        "longest piece": Wrong(
            """
def my_bpe(pieces, ranks):
    text, made, out = "".join(pieces), {a + b for a, b in ranks}, []
    while text:
        size = max([n for n in range(1, len(text) + 1) if text[:n] in made], default=1)
        out.append(text[:size])
        text = text[size:]
    return out
""",
            "it cuts off the longest known piece from the left; byte-pair encoding replays merges instead, lowest rank "
            "first.",
        ),
    },
)

PIECES = [*RECALL, *PREDICTIONS, VOCABULARY, DECODE, ENCODE, PAD, WITH_SPECIALS, MY_BPE]
