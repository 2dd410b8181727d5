"""Practice for 02_embedding_lookup: what nn.Embedding does."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn

from .pieces import Exercise, Finding, Option, Prediction, Recall, Slip, Wrong

HERE = "02_embedding_lookup"
WORDS = ["fox", "house", "in", "is", "quick", "the"]


def _table(rows: int, width: int, dtype: torch.dtype = torch.float32, gradient: bool = False) -> torch.Tensor:
    """Every row different and every number recognisable: row 2, column 1 holds 2.1."""
    table = torch.arange(rows, dtype=dtype)[:, None] + torch.arange(width, dtype=dtype) / 10
    return table.requires_grad_(gradient)


RECALLS = [
    Recall(
        name="recall_id_order",
        notebook=HERE,
        ask="A tokeniser sorts its vocabulary before it numbers the tokens. What is the sorting for?",
        options={
            "a": Option(
                "Tokens with similar meanings get ids that are close together.",
                "The alphabet knows nothing of meaning: `the` and `tiger` are neighbours there.",
                idea=5,
            ),
            "b": Option(
                "Every run gives the same token the same id.",
                "A Python set may come out in another order in each process, and a saved table's rows would then "
                "belong to the wrong tokens. Any fixed order would do; sorted order is one.",
            ),
            "c": Option(
                "An embedding table needs its tokens in alphabetical order.",
                "The table never sees a token, only ids. Shuffle the ids and the rows in the same way, and every token "
                "keeps its vector.",
                idea=5,
            ),
        },
        right="b",
    ),
    Recall(
        name="recall_unknown_word",
        notebook=HERE,
        ask="The vocabulary has six words and an unknown token. A text contains `dog`, which is not among the six. "
        "What does the encoder give for it?",
        options={
            "a": Option(
                "The next free id, so that the vocabulary grows by one.",
                "The table was made with a fixed number of rows: there would be no row for the new id.",
                idea=2,
            ),
            "b": Option(
                "The id of the word that is spelt most like it.",
                "Two different words would then become one without anybody noticing. No common tokeniser does that.",
            ),
            "c": Option(
                "The id of the unknown token.",
                "Every unknown word gets that one id, and so the same row; decoding cannot bring `dog` back.",
            ),
        },
        right="c",
    ),
    Recall(
        name="recall_token_or_word",
        notebook=HERE,
        ask='GPT-2\'s tokeniser meets "Data" at the start of a text and " data" further on. What are they to it?',
        options={
            "a": Option(
                "Two different tokens, with ids that have nothing to do with each other.",
                "A capital letter and a leading space are part of a token. Each has a row of its own, too.",
            ),
            "b": Option(
                "One and the same token, because it is one and the same word.",
                "That was the small tokeniser, which made everything lower case and cut at blanks.",
                idea=9,
            ),
            "c": Option(
                "One token with two vectors.",
                "An id names one row. Where there are two vectors there are two ids.",
                idea=9,
            ),
        },
        right="a",
    ),
]

SAMPLE_SHAPE = Prediction(
    name="predict_sample_shape",
    notebook=HERE,
    ask="The table has 6 rows of 3 numbers. We look up four ids: `embedding(torch.tensor([2, 3, 5, 1]))`. "
    "What shape comes out?",
    form=(7, 8),
    why="Each of the four ids gives its row of three numbers.",
    slips=[
        Slip((3, 4), "The rows stay rows: one for each id, with the embedding dimension last.", 3),
        Slip((6, 3), "That is the whole table; only the rows asked for come out.", 2),
        Slip((4, 6), "Six is the number of rows to choose from; what comes out is the row itself.", 3),
        Slip((4,), "That would be one number for each id; each id has a whole row.", 8),
        Slip((1, 4, 3), "No batch dimension is added: what you put in decides.", 8),
        Slip((5, 3), "The largest id plays no part in the shape.", 2),
    ],
)

SWAPPED_TABLE = Prediction(
    name="predict_swapped_table",
    notebook=HERE,
    ask="A vocabulary of 4 tokens, 5 numbers for each. By mistake somebody writes `nn.Embedding(5, 4)` and looks up "
    "the ids `[0, 2]`. What happens?",
    form=("an error", "shape (2, 5)", "shape (2, 4)"),
    why="A table of 5 rows has rows 0 and 2 as well, so nothing raises; only the last size, 4, gives the swap away.",
    slips=[
        Slip("an error", "An error would be better: this mistake stays silent as long as the ids are small enough.", 3),
        Slip("shape (2, 5)", "That is what was wanted; but the second argument is the dimension, here 4.", 3),
    ],
)

SCALAR_ID = Prediction(
    name="predict_scalar_id",
    notebook=HERE,
    ask="One single id, with no dimension at all: `embedding(torch.tensor(5))`. What comes out of the 6 × 3 table?",
    form=("an error", "shape (1, 1, 3)", "shape (1, 3)", "shape (3,)"),
    why="A single id has the shape (), and () + (3,) is (3,): one row.",
    slips=[
        Slip("an error", "No batch is needed.", 8),
        Slip("shape (1, 3)", "No length is added.", 8),
        Slip("shape (1, 1, 3)", "Neither a batch nor a length is added.", 8),
    ],
)

BATCH_SHAPE = Prediction(
    name="predict_batch_shape",
    notebook=HERE,
    ask="Now a batch: two sentences of four ids each, so `ids.shape` is `(2, 4)`. "
    "What shape comes out of the 6 × 3 table?",
    form=(7, 8),
    why="Each of the 2 × 4 ids is replaced by its row, so a dimension of size 3 is added at the end.",
    slips=[
        Slip((8, 3), "The batch is not flattened.", 8),
        Slip((2, 3), "That is one row for each sentence; every single id has a row.", 8),
        Slip((2, 4), "That is the shape of the ids; each of them becomes a whole row.", 8),
        Slip((2, 3, 4), "The embedding dimension comes last.", 8),
        Slip((2, 4, 6), "What is added is the embedding dimension, 3, and not the size of the vocabulary.", 3),
    ],
)

IDS_ACCEPTED = Prediction(
    name="predict_ids_accepted",
    notebook=HERE,
    ask="The table has 6 rows. Which of the ids -1, 0, 1, 5, 6 will it look up? Write a list of those that work, "
    "smallest first.",
    form=[7, 8],
    why="The rows of this table are 0 to 5, and everything else raises an IndexError.",
    slips=[
        Slip([1, 5, 6], "This counts the rows from 1.", 11),
        Slip([0, 1, 5, 6], "Six rows that count from 0 end with row 5.", 11),
        Slip([1, 5], "Row 0 is a row like any other.", 11),
        Slip([-1, 0, 1, 5], "-1 for the last one is Python's way, and `table[-1]` follows it; nn.Embedding does not."),
        Slip([-1, 0, 1, 5, 6], "Nothing wraps around, and no row is made on demand.", 2),
    ],
)

FRESH_SPREAD = Prediction(
    name="predict_fresh_spread",
    notebook=HERE,
    ask="`nn.Embedding(10_000, 64)` fills its table with random numbers around 0. "
    "What is their standard deviation, to two decimals?",
    form=0.35,
    why="A new table is drawn from the normal distribution with mean 0 and standard deviation 1.",
    slips=[
        Slip(0.0, "A fresh table is not zeros: only a padding row is.", 7),
        Slip(0.01, "Often called 'small random values', but they are not small; a model that wants that sets it."),
        Slip(0.02, "That is what GPT-2 sets its table to afterwards; nn.Embedding itself starts larger."),
        Slip(0.1, "Often called 'small random values', but they are not small."),
        Slip(0.13, "That is about 1 / sqrt(64); but nn.Embedding does not look at its sizes."),
        Slip(0.12, "That is about 1 / sqrt(64); but nn.Embedding does not look at its sizes."),
    ],
)

LOWEST_COSINE = Prediction(
    name="predict_lowest_cosine",
    notebook=HERE,
    ask="We compare each pair of the six rows by their cosine similarity. Where will the *lowest* value lie?",
    form=("above zero", "zero", "below zero"),
    why="Rows that point away from each other have a negative cosine similarity, down to -1.",
    slips=[
        Slip("above zero", "Nothing keeps two rows on the same side.", 13),
        Slip("zero", "Zero is a right angle, not the end of the scale.", 13),
    ],
)

FRESH_NEIGHBOUR = Prediction(
    name="predict_fresh_neighbour",
    notebook=HERE,
    ask="We make the table anew, six times, each time with another seed. Will `in` be the word closest to `fox` again?",
    form=("each time", "most times", "up to the seed"),
    why="Each row is drawn by itself, without a look at its word, so other seeds give other neighbours.",
    slips=[
        Slip("each time", "0.82 looks like knowledge, but the layer knows no words; it was the draw of seed 42.", 10),
        Slip("most times", "Nothing pulls `fox` and `in` together: no sentence has been read yet.", 10),
    ],
)

PADDING_ROW = Prediction(
    name="predict_refilled_row",
    notebook=HERE,
    ask="Many models set their own start values: `nn.init.normal_(layer.weight, std=0.02)`. The layer was made with "
    "`padding_idx=6`. What does row 6 hold after that line?",
    form=("zeros", "random numbers"),
    why="The call fills the whole matrix and has never heard of padding_idx.",
    slips=[Slip("zeros", "The zeros were written once, when the layer was made; nothing guards them.", 7)],
)

MISSPELT_FREEZE = Prediction(
    name="predict_misspelt_freeze",
    notebook=HERE,
    ask="We want to keep this table as it is, and write `ready.weight.requiresGrad = False`. "
    "Then one training step is taken. What does the table do?",
    form=("stays", "moves", "AttributeError"),
    why="Python sets a new attribute of that name, which nobody reads; requires_grad is still True.",
    slips=[
        Slip("stays", "Look at the spelling.", 12),
        Slip("AttributeError", "Reading a name that is not there raises; setting one does not.", 12),
    ],
)

# --------------------------------------------------------------------------------------------------- exercises

ROWS_OF = Exercise(
    name="rows_of",
    notebook=HERE,
    task="""
### Exercise 1 (worked): from words to rows

`rows_of(words, vocabulary, table)` takes a list of words, the vocabulary (a list: a word's place in it is its id) and
a table of shape `(V, d)`. It returns one row for each word, in the order of the words: shape `(len(words), d)`. With
our vocabulary, `rows_of(["the", "fox"], vocabulary, table)` is row 5, then row 0.

This one is solved. Run it, then change it: what if `dtype=torch.long` is left out and the list of words is empty?
""",
    stub="""
def rows_of(words, vocabulary, table):
    ...
""",
    solution="""
def rows_of(words, vocabulary, table):
    ids = [vocabulary.index(word) for word in words]
    # without the dtype, no words would make a float tensor, and floats cannot be ids
    return table[torch.tensor(ids, dtype=torch.long)]
""",
    means="words become ids by their place in the vocabulary, and ids become rows by their place in the table.",
    hints=[
        "Two steps: first the ids, then the rows. `vocabulary.index(word)` is a word's id.",
        "Put the ids in a tensor of dtype torch.long; `table[ids]` has their rows.",
    ],
    cases=lambda: [
        (["the", "fox"], WORDS, _table(6, 3)),
        (["in", "quick", "in", "house"], WORDS, _table(6, 3)),
        (["b"], ["a", "b"], _table(2, 5)),
        ([], WORDS, _table(6, 4, torch.float64)),
    ],
    right={
        "loop": """
def rows_of(words, vocabulary, table):
    rows = []
    for word in words:
        rows.append(table[vocabulary.index(word)].tolist())
    return rows
""",
        "dictionary": """
def rows_of(text, vocab, W):
    number = {word: i for i, word in enumerate(vocab)}
    return torch.index_select(W, 0, torch.tensor([number[word] for word in text], dtype=torch.int32))
""",
        "layer": """
def rows_of(words, vocabulary, table):
    layer = nn.Embedding.from_pretrained(table)
    return layer(torch.tensor([vocabulary.index(word) for word in words], dtype=torch.int64))
""",
        "numpy": """
def rows_of(words, vocabulary, table):
    return table.numpy()[[vocabulary.index(word) for word in words]]
""",
    },
    wrong={
        "position_for_id": Wrong(
            "def rows_of(words, vocabulary, table):\n    return table[torch.arange(len(words))]",
            "These are rows 0, 1, 2 and so on: a word's place in the list was taken for its id, which is its place in "
            "the vocabulary.",
            idea=9,
        ),
        "counted_from_one": Wrong(
            "def rows_of(words, vocabulary, table):\n"
            "    return table[torch.tensor([vocabulary.index(word) + 1 for word in words], dtype=torch.long)]",
            "Every row is one too far down, and the last word's row does not exist.",
            idea=11,
        ),
        "table_order": Wrong(
            "def rows_of(words, vocabulary, table):\n"
            "    return table[torch.tensor(sorted(vocabulary.index(word) for word in words), dtype=torch.long)]",
            "The rows came in the order of the table; they are wanted in the order of the words.",
        ),
        "each_once": Wrong(
            "def rows_of(words, vocabulary, table):\n"
            "    ids = list(dict.fromkeys(vocabulary.index(word) for word in words))\n"
            "    return table[torch.tensor(ids, dtype=torch.long)]",
            "A word that comes twice needs its row twice: one row for each word of the list.",
        ),
        "columns": Wrong(
            "def rows_of(words, vocabulary, table):\n"
            "    return table[:, torch.tensor([vocabulary.index(word) for word in words], dtype=torch.long)]",
            "Columns were asked for, not rows: `table[:, ids]` uses the ids along the embedding dimension.",
            idea=3,
        ),
    },
    worked=True,
)

MY_LOOKUP = Exercise(
    name="my_lookup",
    notebook=HERE,
    task="""
### Exercise 2 (finish the last line): a lookup for ids of any shape

`my_lookup(table, ids)` gives what `nn.Embedding` gives: for a `table` of shape `(V, d)` and `ids` of any shape, the
rows in a tensor of shape `ids.shape + (d,)`. For our table and `torch.tensor([2, 3, 5, 1])` that is `(4, 3)`; it must
also work for a single id, for a batch, and for no ids at all. A gradient has to reach the table. Only the last line
is unfinished.
""",
    stub="""
def my_lookup(table, ids):
    flat = ids.reshape(-1)  # one id after the other, whatever the shape was
    rows = table.index_select(0, flat)  # their rows: (number of ids, d)
    return rows.reshape(...)  # put the sizes of the result where the dots are
""",
    solution="""
def my_lookup(table, ids):
    flat = ids.reshape(-1)  # one id after the other, whatever the shape was
    rows = table.index_select(0, flat)  # their rows: (number of ids, d)
    return rows.reshape(*ids.shape, table.shape[1])  # each id is replaced by its row
""",
    means="you have written nn.Embedding's forward pass; table[ids] is the same in one line.",
    hints=[
        "`rows` has the right numbers in the right order; only its shape is that of a flat list of ids.",
        "reshape takes the sizes one after the other: all those of ids.shape (`*ids.shape`), then d, table.shape[1].",
    ],
    cases=lambda: [
        (_table(6, 3, gradient=True), torch.tensor([2, 3, 5, 1])),
        (_table(6, 3, gradient=True), torch.tensor([[4, 0, 3, 2], [5, 1, 3, 3]])),
        (_table(6, 3, gradient=True), torch.tensor(5)),
        (_table(9, 4, torch.float64, gradient=True), torch.tensor([[[8], [0]], [[7], [7]], [[1], [2]]])),
        (_table(5, 1, gradient=True), torch.tensor([4, 4, 4], dtype=torch.int32)),
        (_table(6, 3, gradient=True), torch.empty(0, dtype=torch.long)),
    ],
    right={
        "indexing": "def my_lookup(W, which):\n    return W[which]",
        "functional": "def my_lookup(table, ids):\n    return F.embedding(ids, table)",
        "one_hot": """
def my_lookup(table, ids):
    return F.one_hot(ids.long(), len(table)).to(table.dtype) @ table
""",
        "gather": """
def my_lookup(table, ids):
    width = table.size(1)
    flat = ids.flatten().long()
    out = torch.gather(table, 0, flat[:, None].expand(len(flat), width))
    return out.view(ids.size() + torch.Size([width]))
""",
    },
    wrong={
        "flat": Wrong(
            "def my_lookup(table, ids):\n    return table.index_select(0, ids.reshape(-1))",
            "The rows are right, but a batch comes back as one long list of rows: its shape is lost.",
            idea=8,
        ),
        "dimension_first": Wrong(
            "def my_lookup(table, ids):\n    return table.T[:, ids.long()]",
            "The embedding dimension came first; it belongs at the end.",
            idea=8,
        ),
        "dimension_first_mixed": Wrong(
            "def my_lookup(table, ids):\n"
            "    return table.index_select(0, ids.reshape(-1)).reshape(table.shape[1], *ids.shape)",
            "The embedding dimension came first, and the rows got torn apart: reshape deals the numbers out anew.",
            idea=8,
        ),
        "always_a_list": Wrong(
            "def my_lookup(table, ids):\n    return table[torch.atleast_1d(ids)]",
            "A single id gives (1, d) here, where (d,) is due: no dimension is to be added.",
            idea=8,
        ),
        "minus_one": Wrong(
            "def my_lookup(table, ids):\n    return table.index_select(0, ids.reshape(-1)).reshape(*ids.shape, -1)",
            "Right as long as there are ids. With none, reshape cannot tell what -1 stands for: write table.shape[1].",
        ),
        "vocabulary_last": Wrong(
            "def my_lookup(table, ids):\n"
            "    return table.index_select(0, ids.reshape(-1)).reshape(*ids.shape, table.shape[0])",
            "The last size has to be the embedding dimension d; this takes V, the number of rows, and does not fit.",
            idea=3,
        ),
        "added_up": Wrong(
            "def my_lookup(table, ids):\n    return table[ids].reshape(-1, table.shape[1]).sum(0)",
            "The rows were added into one. A lookup gives each id its own row; what is done with them comes later.",
        ),
        "gradient_cut": Wrong(
            "def my_lookup(table, ids):\n    return table.detach()[ids]", "no gradient flows back", caught_by_rule=True
        ),
    },
)


def _layer_in_words(layer: Any, num_tokens: int, dimension: int, pad: int) -> dict | str:
    """What `small_start` is asked for, seen on the layer; random numbers by their spread only."""
    if not isinstance(layer, nn.Embedding):
        return Finding(f"of type {type(layer).__name__}; an nn.Embedding is asked for")
    weight = layer.weight.detach()
    seen = {"rows": weight.shape[0], "numbers in a row": weight.shape[1]}
    if pad >= len(weight):
        return seen | {"padding row": "not there"}
    spread = float(weight[torch.arange(len(weight)) != pad].std())
    near = (known for known in (0.02, 0.02**0.5, 1.0) if abs(spread / known - 1) < 0.1)
    seen["spread"] = float(f"{next(near, spread):.2g}")
    seen["padding row"] = "not zeros" if weight[pad].any() else "zeros"
    seen["trained"] = "yes" if layer.weight.requires_grad else "no"
    if layer.weight.requires_grad:
        layer(torch.tensor([pad])).sum().backward()
        gradient = layer.weight.grad.to_dense() if layer.weight.grad.is_sparse else layer.weight.grad
        seen["padding row's gradient"] = "not zeros" if gradient[pad].any() else "zeros"
    return seen


SMALL_START = Exercise(
    name="small_start",
    notebook=HERE,
    task="""
### Exercise 3 (write the body): a table that starts small, with a padding row of zeros

`small_start(num_tokens, dimension, pad)` returns an `nn.Embedding` for `num_tokens` tokens with `dimension` numbers
each. Its numbers are random with standard deviation 0.02, as in GPT-2; row `pad` holds zeros and gets no gradient;
all other rows can be trained. Example: `small_start(100, 8, 99)` has 100 rows, and row 99 is zeros.
""",
    stub="""
def small_start(num_tokens, dimension, pad):
    # your lines here
    ...
""",
    solution="""
def small_start(num_tokens, dimension, pad):
    layer = nn.Embedding(num_tokens, dimension, padding_idx=pad)
    nn.init.normal_(layer.weight, std=0.02)  # fills every row, the padding row too
    with torch.no_grad():
        layer.weight[pad] = 0.0  # so it has to be set back to zeros
    return layer
""",
    means="padding_idx keeps the gradient off the row; whether it holds zeros is up to whoever fills the table last.",
    hints=[
        "Three steps: make the layer with padding_idx, fill its weight again, and look at what became of row `pad`.",
        "`nn.init.normal_(layer.weight, std=0.02)`; then, under `with torch.no_grad():`, set `layer.weight[pad]` to 0.",
    ],
    cases=lambda: [(100, 8, 99), (40, 64, 0), (300, 5, 7)],
    view=_layer_in_words,
    right={
        "scaled": """
def small_start(n, d, pad):
    emb = nn.Embedding(n, d, pad)
    with torch.no_grad():
        emb.weight *= 0.02
    return emb
""",
        "data": """
def small_start(num_tokens, dimension, pad):
    layer = nn.Embedding(num_tokens, dimension, padding_idx=pad)
    layer.weight.data.normal_(0, 0.02)
    layer.weight.data[pad].zero_()
    return layer
""",
        "pretrained": """
def small_start(num_tokens, dimension, pad):
    start = 0.02 * torch.randn(num_tokens, dimension, dtype=torch.float64)
    start[pad] = 0
    return nn.Embedding.from_pretrained(start, freeze=False, padding_idx=pad)
""",
    },
    wrong={
        "padding_overwritten": Wrong(
            """
def small_start(num_tokens, dimension, pad):
    layer = nn.Embedding(num_tokens, dimension, padding_idx=pad)
    nn.init.normal_(layer.weight, std=0.02)
    return layer
""",
            "The padding row was zeros once, and then the new start values were written over it.",
            idea=7,
        ),
        "swapped": Wrong(
            """
def small_start(num_tokens, dimension, pad):
    layer = nn.Embedding(dimension, num_tokens, padding_idx=pad)
    nn.init.normal_(layer.weight, std=0.02)
    with torch.no_grad():
        layer.weight[pad] = 0.0
    return layer
""",
            "The two sizes are swapped: nn.Embedding takes the number of tokens first.",
            idea=3,
        ),
        "default_spread": Wrong(
            "def small_start(num_tokens, dimension, pad):\n"
            "    return nn.Embedding(num_tokens, dimension, padding_idx=pad)",
            "The padding row is right, but the other rows still have nn.Embedding's own spread, 1 and not 0.02.",
        ),
        "variance": Wrong(
            """
def small_start(num_tokens, dimension, pad):
    layer = nn.Embedding(num_tokens, dimension, padding_idx=pad)
    with torch.no_grad():
        layer.weight *= 0.02**0.5
    return layer
""",
            "0.02 was taken for the variance; the standard deviation is its square root, here about 0.14.",
        ),
        "padding_trained": Wrong(
            """
def small_start(num_tokens, dimension, pad):
    layer = nn.Embedding(num_tokens, dimension)
    nn.init.normal_(layer.weight, std=0.02)
    with torch.no_grad():
        layer.weight[pad] = 0.0
    return layer
""",
            "The row starts at zero, but gets a gradient and leaves zero at the first step: padding_idx is not set.",
            idea=7,
        ),
        "frozen": Wrong(
            """
def small_start(num_tokens, dimension, pad):
    start = 0.02 * torch.randn(num_tokens, dimension)
    start[pad] = 0
    return nn.Embedding.from_pretrained(start, padding_idx=pad)
""",
            "The numbers are right, but nothing can be trained: requires_grad is False. (from_pretrained sets that "
            "unless you say freeze=False.)",
        ),
    },
)

EMBED_PADDED = Exercise(
    name="embed_padded",
    notebook=HERE,
    task="""
### Exercise 4 (a new situation): sentences of different lengths

`embed_padded(sentences, table, pad)` takes a list of sentences, each a list of ids (at least one), a table of shape
`(V, d)` and the padding token's id. It fills the shorter sentences up at their end with `pad` and returns all rows as
one tensor of shape `(number of sentences, longest length, d)`. At the padded places stands row `pad`, *whatever it
holds*.

With 7 tokens, `embed_padded([[4, 0, 3, 2, 5, 1], [0, 3]], table, 6)` has shape `(2, 6, d)`, and the second sentence
is rows 0, 3, 6, 6, 6, 6. The lists passed in stay as they are, and a gradient reaches every row that was looked up,
row `pad` as well.
""",
    stub="""
def embed_padded(sentences, table, pad):
    # your lines here
    ...
""",
    solution="""
def embed_padded(sentences, table, pad):
    longest = max(len(sentence) for sentence in sentences)
    # `+` makes a new list, so the caller's sentences stay as they are
    padded = [sentence + [pad] * (longest - len(sentence)) for sentence in sentences]
    return table[torch.tensor(padded)]
""",
    means="a batch is a rectangle of ids, and looking it up adds the embedding dimension at the end; padding is an id "
    "like any other.",
    hints=[
        "Make a rectangle of ids first: every list as long as the longest. Then look all of it up at once.",
        "`sentence + [pad] * (longest - len(sentence))` is one padded line; torch.tensor makes a list of them (B, L).",
    ],
    cases=lambda: [
        ([[4, 0, 3, 2, 5, 1], [0, 3]], _table(7, 3, gradient=True), 6),
        ([[1, 2], [4], [3, 3, 1]], _table(5, 4, gradient=True), 0),
        ([[2]], _table(4, 2, gradient=True), 3),
        ([[1], [7, 6, 5, 1]], _table(8, 6, torch.float64, gradient=True), 2),
    ],
    right={
        "pad_sequence": """
def embed_padded(sentences, table, pad):
    ids = nn.utils.rnn.pad_sequence([torch.tensor(s) for s in sentences], batch_first=True, padding_value=pad)
    return F.embedding(ids, table)
""",
        "full": """
def embed_padded(batch, W, p):
    ids = torch.full((len(batch), max(map(len, batch))), p)
    for b, line in enumerate(batch):
        ids[b, : len(line)] = torch.tensor(line)
    return W[ids]
""",
        "rows_by_hand": """
def embed_padded(sentences, table, pad):
    longest = max(len(s) for s in sentences)
    blocks = []
    for s in sentences:
        rows = [table[i] for i in s] + [table[pad] for _ in range(longest - len(s))]
        blocks.append(torch.stack(rows))
    return torch.stack(blocks)
""",
    },
    wrong={
        "zeros_for_padding": Wrong(
            """
def embed_padded(sentences, table, pad):
    return nn.utils.rnn.pad_sequence([table[s] for s in sentences], batch_first=True)
""",
            "There are zeros at the padded places; what belongs there is row `pad` of this table, which is not zeros.",
            idea=7,
        ),
        "padded_in_front": Wrong(
            """
def embed_padded(sentences, table, pad):
    longest = max(len(s) for s in sentences)
    return table[torch.tensor([[pad] * (longest - len(s)) + s for s in sentences])]
""",
            "The padding stands in front of the sentences; it was asked for at their end.",
        ),
        "cut_to_shortest": Wrong(
            """
def embed_padded(sentences, table, pad):
    shortest = min(len(s) for s in sentences)
    return table[torch.tensor([s[:shortest] for s in sentences])]
""",
            "The longer sentences were cut; the shorter ones are to be filled up.",
        ),
        "one_long_line": Wrong(
            """
def embed_padded(sentences, table, pad):
    return table[torch.tensor([i for s in sentences for i in s])]
""",
            "The sentences were joined into one; each is to keep its own place, as a line of a rectangle.",
            idea=8,
        ),
        "length_first": Wrong(
            """
def embed_padded(sentences, table, pad):
    return table[nn.utils.rnn.pad_sequence([torch.tensor(s) for s in sentences], padding_value=pad)]
""",
            "The length came first and the sentences second; pad_sequence does that unless you say batch_first=True.",
        ),
        "padding_is_zero": Wrong(
            """
def embed_padded(sentences, table, pad):
    return table[nn.utils.rnn.pad_sequence([torch.tensor(s) for s in sentences], batch_first=True)]
""",
            "The padded places got row 0. Id 0 is a token like any other; the padding token's id is `pad`.",
            idea=11,
        ),
        "padding_shut_out": Wrong(
            """
def embed_padded(sentences, table, pad):
    longest = max(len(s) for s in sentences)
    padded = torch.tensor([s + [pad] * (longest - len(s)) for s in sentences])
    return F.embedding(padded, table, padding_idx=pad)
""",
            "The rows are right, but padding_idx keeps the gradient away from row `pad`, and here it is to get one.",
            idea=7,
        ),
        "not_joined": Wrong(
            """
def embed_padded(sentences, table, pad):
    longest = max(len(s) for s in sentences)
    return [table[torch.tensor(s + [pad] * (longest - len(s)))] for s in sentences]
""",
            "a list of tensors came back; one tensor is due",
            caught_by_rule=True,
        ),
        "lists_changed": Wrong(
            """
def embed_padded(sentences, table, pad):
    longest = max(len(s) for s in sentences)
    for s in sentences:
        s += [pad] * (longest - len(s))
    return table[torch.tensor(sentences)]
""",
            "changes its input `sentences` in place",
            caught_by_rule=True,
        ),
        "gradient_cut": Wrong(
            """
def embed_padded(sentences, table, pad):
    longest = max(len(s) for s in sentences)
    padded = [s + [pad] * (longest - len(s)) for s in sentences]
    return nn.Embedding.from_pretrained(table.detach())(torch.tensor(padded))
""",
            "no gradient flows back",
            caught_by_rule=True,
        ),
    },
)


def _first_in_words(result: Any, text: str, vocabulary: list, dimension: int) -> dict | str:
    """What `embed_first` is asked for, seen on the layer and the rows it returned."""
    if not (isinstance(result, (tuple, list)) and len(result) == 2 and isinstance(result[0], nn.Embedding)):
        return Finding(f"of type {type(result).__name__}; the pair (layer, rows) is asked for")
    layer, rows = result
    due = layer.weight[[vocabulary.index(word) for word in text.split()]]
    same = isinstance(rows, torch.Tensor) and rows.shape == due.shape and torch.equal(rows, due)
    return {
        "rows of the table": layer.num_embeddings,
        "numbers in a row": layer.embedding_dim,
        "the text's rows": "as in the table" if same else "others",
    }


EMBED_FIRST = Exercise(
    name="embed_first",
    notebook=HERE,
    task="""
### Exercise 5 (bug hunt): the table that fits one text

`embed_first(text, vocabulary, dimension)` is to make an `nn.Embedding` for *all texts of this vocabulary*, look up
the first of them, and return the pair `(layer, rows)`. The code below runs, and for `"fox is quick"` its rows look
fine. But the next text is `"the house"`, and the lookup raises an `IndexError`. Find the bug and mend it.
""",
    stub="""
def embed_first(text, vocabulary, dimension):
    ids = torch.tensor([vocabulary.index(word) for word in text.split()])
    layer = nn.Embedding(int(ids.max()) + 1, dimension)
    return layer, layer(ids)
""",
    solution="""
def embed_first(text, vocabulary, dimension):
    ids = torch.tensor([vocabulary.index(word) for word in text.split()])
    # one row for every token there is, whether or not this text holds it
    layer = nn.Embedding(len(vocabulary), dimension)
    return layer, layer(ids)
""",
    means="the vocabulary decides how many rows there are, and no text has a say in it.",
    hints=[
        "How many rows has the table for `fox is quick`? And which id has `the`?",
        "The number of rows must not depend on `ids` at all.",
    ],
    cases=lambda: [
        ("fox is quick", WORDS, 3),
        ("in the house in the house", WORDS, 8),
        ("b b", ["a", "b", "c", "d"], 5),
        ("a c", ["a", "b", "c", "d", "e", "f", "g"], 2),
    ],
    view=_first_in_words,
    right={
        "from_weights": """
def embed_first(text, vocabulary, dimension):
    layer = nn.Embedding.from_pretrained(torch.randn(len(vocabulary), dimension), freeze=False)
    return layer, layer.weight[[vocabulary.index(word) for word in text.split()]]
""",
        "counted": """
def embed_first(words, vocab, d):
    number = {word: i for i, word in enumerate(vocab)}
    emb = nn.Embedding(num_embeddings=max(number.values()) + 1, embedding_dim=d)
    return emb, emb(torch.tensor([number[word] for word in words.split()], dtype=torch.int32))
""",
        "float64": """
def embed_first(text, vocabulary, dimension):
    layer = nn.Embedding(len(vocabulary), dimension, dtype=torch.float64)
    return [layer, layer(torch.tensor(list(map(vocabulary.index, text.split()))))]
""",
    },
    wrong={
        "largest_id": Wrong(
            """
def embed_first(text, vocabulary, dimension):
    ids = [vocabulary.index(word) for word in text.split()]
    layer = nn.Embedding(max(ids) + 1, dimension)
    return layer, layer(torch.tensor(ids))
""",
            "The number of rows still comes from the largest id of this one text.",
            idea=2,
        ),
        "tokens_seen": Wrong(
            """
def embed_first(text, vocabulary, dimension):
    ids = torch.tensor([vocabulary.index(word) for word in text.split()])
    layer = nn.Embedding(len(set(ids.tolist())), dimension)
    return layer, layer(ids)
""",
            "There are as many rows as different tokens in this text, and even its own ids may lie beyond them.",
            idea=2,
        ),
        "one_row_a_place": Wrong(
            """
def embed_first(text, vocabulary, dimension):
    ids = torch.tensor([vocabulary.index(word) for word in text.split()])
    layer = nn.Embedding(len(ids), dimension)
    return layer, layer(ids)
""",
            "There are as many rows as places in the text. That is a table of positions, not of tokens.",
            idea=2,
        ),
        "swapped": Wrong(
            """
def embed_first(text, vocabulary, dimension):
    ids = torch.tensor([vocabulary.index(word) for word in text.split()])
    layer = nn.Embedding(dimension, len(vocabulary))
    return layer, layer(ids)
""",
            "The two sizes are swapped: the number of tokens comes first.",
            idea=3,
        ),
        "one_too_few": Wrong(
            """
def embed_first(text, vocabulary, dimension):
    ids = torch.tensor([vocabulary.index(word) for word in text.split()])
    layer = nn.Embedding(len(vocabulary) - 1, dimension)
    return layer, layer(ids)
""",
            "One row is missing: the largest id is V - 1, but there are V rows, because row 0 counts.",
            idea=11,
        ),
        "one_too_many": Wrong(
            """
def embed_first(text, vocabulary, dimension):
    ids = torch.tensor([vocabulary.index(word) for word in text.split()])
    layer = nn.Embedding(len(vocabulary) + 1, dimension)
    return layer, layer(ids)
""",
            "There is one row that no token uses: V tokens have the ids 0 to V - 1, so V rows are enough.",
            idea=11,
        ),
    },
)


def _freeze_in_words(layer: Any, weights: torch.Tensor) -> dict | str:
    """Whether the layer has the weights and keeps them; where it does not, what was tried."""
    if not isinstance(layer, nn.Embedding):
        return Finding(f"of type {type(layer).__name__}; an nn.Embedding is asked for")
    held = layer.weight.shape == weights.shape and torch.allclose(layer.weight.detach().to(weights.dtype), weights)
    seen = {"holds the weights": "yes" if held else "no", "frozen": "no" if layer.weight.requires_grad else "yes"}
    if layer.weight.requires_grad:
        on_layer = any("grad" in name.lower() for name in set(vars(layer)) - set(vars(nn.Embedding(1, 1))))
        on_weight = any("grad" in name.lower() for name in vars(layer.weight))
        tried = "layer.weight" if on_weight else "layer" if on_layer else "eval()" if not layer.training else ""
        seen["tried on"] = tried or "nothing"
    return seen


FROZEN = Exercise(
    name="frozen_table",
    notebook=HERE,
    task="""
### Exercise 6 (bug hunt): the table that would not stay

`frozen_table(weights)` is to return an `nn.Embedding` that holds `weights`, a tensor of shape `(V, d)`, and that no
training step changes. The code below raises nothing. But after a few steps the vectors are others. Find the bug and
mend it.
""",
    stub="""
def frozen_table(weights):
    layer = nn.Embedding(*weights.shape)
    with torch.no_grad():
        layer.weight.copy_(weights)
    layer.weight.requiresGrad = False
    return layer
""",
    solution="""
def frozen_table(weights):
    layer = nn.Embedding(*weights.shape)
    with torch.no_grad():
        layer.weight.copy_(weights)
    layer.weight.requires_grad_(False)  # a method: misspelt, it would raise
    return layer
""",
    means="training leaves a weight alone if its requires_grad is False; printing that is how to know.",
    hints=[
        "Ask the layer itself: what does `print(frozen_table(weights).weight.requires_grad)` say?",
        "Python accepts any attribute name when you set one. How is the real one spelt?",
    ],
    cases=lambda: [(_table(6, 3),), (_table(2, 5) - 1,), (_table(4, 4) ** 2,)],
    view=_freeze_in_words,
    right={
        "attribute": """
def frozen_table(weights):
    layer = nn.Embedding(weights.shape[0], weights.shape[1])
    layer.weight.data = weights.clone()
    layer.weight.requires_grad = False
    return layer
""",
        "pretrained": "def frozen_table(table):\n    return nn.Embedding.from_pretrained(table)",
        "module": """
def frozen_table(weights):
    layer = nn.Embedding(*weights.shape, dtype=torch.float64)
    layer.load_state_dict({"weight": weights})
    return layer.requires_grad_(False)
""",
        "parameter": """
def frozen_table(weights):
    layer = nn.Embedding(*weights.shape)
    layer.weight = nn.Parameter(weights.clone(), requires_grad=False)
    return layer
""",
    },
    wrong={
        "misspelt_again": Wrong(
            """
def frozen_table(weights):
    layer = nn.Embedding(*weights.shape)
    with torch.no_grad():
        layer.weight.copy_(weights)
    layer.weight.require_grad = False
    return layer
""",
            "Still misspelt: Python makes a new attribute that nobody reads, and the weight is trained as before.",
            idea=12,
        ),
        "on_the_layer": Wrong(
            """
def frozen_table(weights):
    layer = nn.Embedding(*weights.shape)
    with torch.no_grad():
        layer.weight.copy_(weights)
    layer.requires_grad = False
    return layer
""",
            "Spelt right, but set on the layer, where nobody reads it: set it on layer.weight, or call "
            "layer.requires_grad_(False).",
            idea=12,
        ),
        "nothing_kept": Wrong(
            """
def frozen_table(weights):
    layer = nn.Embedding(*weights.shape)
    with torch.no_grad():
        layer.weight.copy_(weights)
    layer.weight.detach()
    return layer
""",
            "The weight is still trained. (`.detach()` returns another tensor and leaves this one as it was; "
            "`freeze=False` freezes nothing.)",
            idea=12,
        ),
        "eval_mode": Wrong(
            """
def frozen_table(weights):
    layer = nn.Embedding(*weights.shape)
    with torch.no_grad():
        layer.weight.copy_(weights)
    return layer.eval()
""",
            "eval() switches dropout and the like off; gradients flow and the weight is trained as before.",
            idea=12,
        ),
        "weights_lost": Wrong(
            """
def frozen_table(weights):
    layer = nn.Embedding(*weights.shape)
    layer.weight.requires_grad_(False)
    return layer
""",
            "It is frozen now, but with the random numbers it started with: `weights` has to get into the layer.",
        ),
    },
)

PIECES = [
    *RECALLS,
    SAMPLE_SHAPE,
    SWAPPED_TABLE,
    SCALAR_ID,
    BATCH_SHAPE,
    IDS_ACCEPTED,
    FRESH_SPREAD,
    LOWEST_COSINE,
    FRESH_NEIGHBOUR,
    PADDING_ROW,
    MISSPELT_FREEZE,
    ROWS_OF,
    MY_LOOKUP,
    SMALL_START,
    EMBED_PADDED,
    EMBED_FIRST,
    FROZEN,
]
