"""Practice for notebook 04: bytes and multiplications of each route, on paper first, and fair measuring."""

from __future__ import annotations

from .pieces import Exercise, Option, Prediction, Recall, Slip, Wrong

HERE = "04_why_lookup_wins"

# ------------------------------------------------------------------------------------------------------------- recall

RECALLS = [
    Recall(
        name="recall_same_rows",
        notebook=HERE,
        ask="(Notebook 03.) `F.embedding(ids, W)` and `F.one_hot(ids, V).float() @ W` get the same "
        "ids and the same table. "
        "What can differ?",
        options={
            "a": Option(
                "The rows: an embedding does something that a linear layer cannot.",
                "The rows are equal, number for number, and so are the gradients up to rounding.",
                1,
            ),
            "b": Option(
                "Only what it costs to get there.",
                "The rows are the same; time and memory are not. This notebook is about these two.",
            ),
            "c": Option(
                "The rows agree, but only the product can be trained.",
                "Both can: a gradient reaches the table either way, and it is the same one up to rounding.",
                1,
            ),
        },
        right="b",
    ),
    Recall(
        name="recall_gpt2_table",
        notebook=HERE,
        ask="(Notebook 02.) GPT-2 has 50,257 tokens and vectors of 768 numbers. What is the shape of its table?",
        options={
            "a": Option(
                "(768, 50257)",
                "That is its transpose: 768 rows of 50,257 numbers. A token's vector is a row.",
                3,
            ),
            "b": Option(
                "(50257, 768)",
                "One row for each token. In float32 that is 50,257 × 768 × 4 bytes, 154 million.",
            ),
            "c": Option(
                "It depends on the largest id in the text.",
                "A text that happens to use few tokens must not make a smaller table.",
                2,
            ),
        },
        right="b",
    ),
    Recall(
        name="recall_one_hot_width",
        notebook=HERE,
        ask="(Notebook 03.) The vocabulary has 6 tokens and `ids` is `tensor([1, 0, 2])`. How wide "
        "is `F.one_hot(ids)`?",
        options={
            "a": Option(
                "6: as wide as the vocabulary.",
                "It would be with `F.one_hot(ids, 6)`. Nothing in `ids` alone says that there are 6 tokens.",
                2,
            ),
            "b": Option(
                "3: the largest id plus 1.",
                "And 3 columns cannot be multiplied with a table of 6 rows: say `num_classes`, always.",
            ),
            "c": Option(
                "1: one number for each id.",
                "One number for each id is what `ids` is already. A one-hot vector has a place for every token.",
                5,
            ),
        },
        right="b",
    ),
]

# -------------------------------------------------------------------------------------------------------- predictions

PREDICTIONS = [
    Prediction(
        name="predict_doubled_twice",
        notebook=HERE,
        ask="The vocabulary doubles twice, from 1,000 to 4,000 tokens; `d` and `N` stay. By what "
        "factor do the bytes of the "
        "**lookup** grow (those made beside the table, as counted above)?",
        form=7,
        why="V does not appear in 4·N·d: how many rows could have been fetched does not change those that are.",
        slips=[
            Slip(
                4, "That is the factor for one-hot, and for the table itself. The lookup does not go through the table."
            ),
            Slip(2, "V doubled twice is four times V; but the lookup's bytes do not have V in them at all."),
        ],
    ),
    Prediction(
        name="predict_gpt2_batch",
        notebook=HERE,
        ask="GPT-2 is trained on a batch of 8 texts of 1,024 tokens each. How much memory would the "
        "**one-hot** route ask "
        "for at its peak, only to fetch the rows?",
        form=("under 100 MB", "about 500 MB", "about 5 GB", "about 50 GB"),
        why="With 12 bytes × 8,192 tokens × 50,257 columns it is 4.9 billion; the rows that come out take 25 million.",
        slips=[
            Slip(
                "under 100 MB", "The rows that come out do fit in that: 25 MB. One-hot fills 50,257 columns for each."
            ),
            Slip("about 500 MB", "12 · 8,192 · 50,257: count the noughts once more."),
            Slip("about 50 GB", "12 · 8,192 · 50,257: count the noughts once more."),
        ],
    ),
    Prediction(
        name="predict_peak",
        notebook=HERE,
        ask="`W` has shape (1000, 64), `ids` holds 128 ids. How many bytes will be measured at the peak of "
        "`F.embedding(ids, W)`?",
        form=7,
        why="The result is all that is made: 128 rows of 64 floats of 4 bytes.",
        slips=[
            Slip(256_000, "That is the table, which was there before. No copy of it is made."),
            Slip(1_536_000, "That is the peak of the one-hot route."),
            Slip(8_192, "That many numbers come out, and each float32 takes 4 bytes."),
            Slip(33_792, "The ids were there before, so they do not count."),
            Slip(512_000, "128 rows as wide as the vocabulary. A row of the table has 64 numbers.", 3),
        ],
    ),
    Prediction(
        name="predict_slope",
        notebook=HERE,
        ask="On log-log paper, a quantity that grows like V to the power p is a straight line with "
        "slope p. What is the slope "
        "of the **one-hot** route's bytes, 12·N·V, drawn against V?",
        form=7,
        why="Twice the vocabulary, twice the bytes: the first power. The 12 and the N only move the line up.",
        slips=[
            Slip(12, "12 moves the line up. The slope is the power of V."),
            Slip(2, "Twice as many bytes when V doubles: that is the first power, 2 to the power 1."),
            Slip(0, "A slope of 0 is the lookup's line: V does not matter there."),
        ],
    ),
    Prediction(
        name="predict_sparse_rows",
        notebook=HERE,
        ask="The ids `[4, 0, 4, 1]` are looked up with `sparse=True`, and the loss is sent "
        "backwards. How many rows does the "
        "table's gradient store?",
        form=7,
        why="One for each id looked up, repeated or not; `coalesce()` adds up those that belong to the same row.",
        slips=[
            Slip(3, "There are three different ids, but nobody has gone through them to find that out."),
            Slip(6, "That would be the dense gradient: a row for every token, mostly zeros."),
            Slip(5, "A table sized by the largest id of the sample plus 1, and dense at that.", 2),
        ],
    ),
    Prediction(
        name="predict_small_vocabulary",
        notebook=HERE,
        ask="Now a tiny vocabulary: V = 10 (digits, say), d = 64, and N = 8,192 tokens. How many "
        "times the lookup's bytes "
        "does one-hot take at its peak?",
        form=("about 1", "about 10", "about 50"),
        why="A one-hot row of 10 columns is short beside an output row of 64: V matters only against d.",
        slips=[
            Slip("about 10", "V is 10, but what counts is V against d: 10 columns beside 64."),
            Slip("about 50", "That is what a vocabulary much larger than d costs. Here it is smaller."),
        ],
    ),
    Prediction(
        name="predict_two_threads",
        notebook=HERE,
        ask="With two threads, the gradient of `W[ids]` is worked out 30 times: same table, same "
        "ids, same loss, nothing "
        "random. Are all 30 gradients equal, bit for bit?",
        form=("all equal", "not all equal"),
        why="Both threads add into the same rows, in an order that nobody fixes, and a sum of floats "
        "depends on its order.",
        slips=[
            Slip(
                "all equal",
                "So one would think, with nothing random in it. But which thread adds first is left to chance.",
            ),
        ],
    ),
]

# ---------------------------------------------------------------------------------------------------------- exercises

SIZES = [(6, 3, 6), (1000, 64, 128), (10, 64, 8192), (50_257, 768, 1024), (32, 64, 1), (128_256, 4096, 8192), (7, 5, 0)]
SIZES += [(40, 64, 10)]  # V between d / 2 and d

lookup_bytes = Exercise(
    name="lookup_bytes",
    notebook=HERE,
    worked=True,
    task="""### Exercise 1 (worked): the bytes of a lookup

`lookup_bytes(V, d, N)`: how many bytes does `F.embedding(ids, W)` make, for `N` ids and a float32 table of shape
`(V, d)`? The table and the ids are there before, so they do not count.

For our sentence, `lookup_bytes(6, 3, 6)` is 72, as printed above. Run it, then try GPT-2's sizes in a cell of your
own.""",
    solution='''
def lookup_bytes(V, d, N):
    """Bytes that a lookup makes: its result, N rows of d numbers."""
    return N * d * 4  # a float32 has 4 bytes; V plays no part
''',
    means="a lookup makes its result and nothing else, however large the vocabulary is.",
    hints=["How many numbers come out?", "N rows of d numbers, and 4 bytes each."],
    cases=lambda: SIZES,
    right={
        "a tensor without contents": "def lookup_bytes(V, d, N):\n"
        "    rows = torch.empty(N, d, device='meta')\n    return rows.numel() * rows.element_size()",
        "bits": "def lookup_bytes(vocabulary, width, tokens):\n    return tokens * width * 32 // 8",
        "loop": "def lookup_bytes(V, d, N):\n    total = 0\n    for _ in range(N):\n"
        "        total += 4 * d\n    return total",
        "float": "def lookup_bytes(V, d, N):\n    return 4.0 * N * d",
    },
    wrong={
        "whole table": Wrong(
            "def lookup_bytes(V, d, N):\n    return V * d * 4",
            "These are the bytes of the table, which is there before and stays as it is.",
        ),
        "rows as wide as the vocabulary": Wrong(
            "def lookup_bytes(V, d, N):\n    return N * V * 4",
            "A row that comes out has d numbers, not V.",
            3,
        ),
        "numbers": Wrong(
            "def lookup_bytes(V, d, N):\n    return N * d", "These are the numbers that come out; each has 4 bytes."
        ),
        "eight bytes": Wrong(
            "def lookup_bytes(V, d, N):\n    return N * d * 8",
            "8 bytes are an int64 id's or a float64's; the table holds float32.",
        ),
        "ids too": Wrong(
            "def lookup_bytes(V, d, N):\n    return N * d * 4 + N * 8",
            "The ids are there before, so their 8 bytes each do not count.",
        ),
    },
)

one_hot_bytes = Exercise(
    name="one_hot_bytes",
    notebook=HERE,
    task="""### Exercise 2 (finish the last line): the bytes of one-hot

`one_hot_bytes(V, d, N)`: the most bytes that `F.one_hot(ids, V).float() @ W` holds at any one moment, beside the table
and the ids. There are two moments to look at:

1. **converting**: the whole numbers (int64, 8 bytes each) and their float32 copy (4 bytes each) are both there;
2. **multiplying**: the whole numbers are gone; the floats and the output are there.

The peak is the larger of the two. For our sentence, `one_hot_bytes(6, 3, 6)` is 432.""",
    stub='''
def one_hot_bytes(V, d, N):
    """The most bytes that the one-hot route holds at any one moment."""
    whole_numbers = 8 * N * V
    floats = 4 * N * V
    output = 4 * N * d
    converting = whole_numbers + floats
    multiplying = floats + output
    return converting if ... else multiplying
''',
    solution='''
def one_hot_bytes(V, d, N):
    """The most bytes that the one-hot route holds at any one moment."""
    whole_numbers = 8 * N * V
    floats = 4 * N * V
    output = 4 * N * d
    converting = whole_numbers + floats
    multiplying = floats + output
    return converting if converting > multiplying else multiplying
''',
    means="one-hot's peak is 12·N·V bytes once V is more than half of d, and that is so for every real model.",
    hints=[
        "The two moments come one after the other, so their bytes are not added.",
        "The dots stand for a comparison: when is the first moment the one that counts?",
    ],
    cases=lambda: SIZES,
    right={
        "max": "def one_hot_bytes(V, d, N):\n    return max(12 * N * V, 4 * N * (V + d))",
        "one expression": "def one_hot_bytes(V, d, N):\n    return 4 * N * (V + max(2 * V, d))",
        "if": "def one_hot_bytes(V, d, N):\n    a, b = 12 * N * V, 4 * N * (V + d)\n    if a > b:\n"
        "        return a\n    return b",
        "sorted": "def one_hot_bytes(V, d, N):\n    return sorted([12 * N * V, 4 * N * V + 4 * N * d])[-1]",
        "tensor": "def one_hot_bytes(V, d, N):\n"
        "    return torch.tensor([12 * N * V, 4 * N * V + 4 * N * d]).max().item()",
    },
    wrong={
        "all added": Wrong(
            "def one_hot_bytes(V, d, N):\n    return 12 * N * V + 4 * N * V + 4 * N * d",
            "The two moments are added here, but the first is over when the second begins: take the larger one.",
        ),
        "everything at once": Wrong(
            "def one_hot_bytes(V, d, N):\n    return 12 * N * V + 4 * N * d",
            "The whole numbers are gone by the time the output is made, so the three are never there together.",
        ),
        "int64 forgotten": Wrong(
            "def one_hot_bytes(V, d, N):\n    return 4 * N * V + 4 * N * d",
            "F.one_hot gives int64, 8 bytes a number, and that is there while the float copy is made.",
        ),
        "converting only": Wrong(
            "def one_hot_bytes(V, d, N):\n    return 12 * N * V",
            "Right while V is more than half of d. With a small vocabulary the second moment holds more.",
        ),
        "V against d": Wrong(
            "def one_hot_bytes(V, d, N):\n    return 12 * N * V if V > d else 4 * N * V + 4 * N * d",
            "V is compared with d here, and the whole numbers have 8 bytes each, the output 4: compare the bytes.",
        ),
        "the smaller one": Wrong(
            "def one_hot_bytes(V, d, N):\n    return min(12 * N * V, 4 * N * V + 4 * N * d)",
            "This is the smaller of the two moments; a peak is the larger.",
        ),
        "as wide as the vectors": Wrong(
            "def one_hot_bytes(V, d, N):\n    return max(12 * N * d, 4 * N * d + 4 * N * V)",
            "V and d have changed places: a one-hot row is as wide as the vocabulary.",
            3,
        ),
    },
)

multiplications = Exercise(
    name="multiplications",
    notebook=HERE,
    task="""### Exercise 3 (write the body): multiplications

`multiplications(route, V, d, N)`: how many numbers are multiplied on the way forward? `route` is one of `"index"`
(`W[ids]`), `"embedding"` (`F.embedding`), `"one_hot"` (`one_hot @ W`) and `"linear"` (one-hot vectors through a
bias-free `nn.Linear(V, d)`).

In a product of matrices, every number of the result is a sum of products: as many as the inner size. For our sentence,
`multiplications("one_hot", 6, 3, 6)` is 108.""",
    stub='''
def multiplications(route, V, d, N):
    """How many numbers the route multiplies for N ids and a table of shape (V, d)."""
    ...
''',
    solution='''
def multiplications(route, V, d, N):
    """How many numbers the route multiplies for N ids and a table of shape (V, d)."""
    if route in ("index", "embedding"):
        return 0  # rows are copied, not calculated
    return N * d * V  # N × d numbers come out, each a sum of V products
''',
    means="of the N·V·d multiplications, all but N·d are by zero; the lookup leaves even those by one out.",
    hints=[
        "Two of the four routes copy rows. Does copying multiply?",
        "The other two give N × d numbers, and each of these is a sum of V products.",
    ],
    cases=lambda: [
        ("one_hot", 6, 3, 6),
        ("index", 6, 3, 6),
        ("embedding", 50_257, 768, 1024),
        ("one_hot", 50_257, 768, 1024),
        ("linear", 128_256, 4096, 10),
        ("index", 10, 4, 2),
        ("linear", 11, 7, 5),
        ("one_hot", 5, 7, 0),
    ],
    right={
        "look up": "def multiplications(route, V, d, N):\n"
        "    return {'index': 0, 'embedding': 0, 'one_hot': N * V * d, 'linear': N * V * d}[route]",
        "bool": "def multiplications(kind, rows, width, tokens):\n"
        "    return rows * width * tokens * (kind in ('one_hot', 'linear'))",
        "product": "def multiplications(route, V, d, N):\n    import math\n"
        "    return math.prod((V, d, N)) if route not in ['index', 'embedding'] else 0",
    },
    wrong={
        "embedding multiplies": Wrong(
            "def multiplications(route, V, d, N):\n    return 0 if route == 'index' else N * V * d",
            "F.embedding gives what a product would give, but it gets there by copying rows, as W[ids] does.",
        ),
        "all multiply": Wrong(
            "def multiplications(route, V, d, N):\n    return N * V * d",
            "The lookups multiply nothing: they copy rows.",
        ),
        "linear looks up": Wrong(
            "def multiplications(route, V, d, N):\n    return N * V * d if route == 'one_hot' else 0",
            "nn.Linear does not know that its input is one-hot: it multiplies with every zero.",
            1,
        ),
        "copying as multiplying": Wrong(
            "def multiplications(route, V, d, N):\n    return N * d if route in ('index', 'embedding') else N * V * d",
            "N·d numbers are copied by a lookup, but copying is not multiplying (not even by one).",
        ),
        "without the vocabulary": Wrong(
            "def multiplications(route, V, d, N):\n    return 0 if route in ('index', 'embedding') else N * d",
            "N × d numbers come out, but each of them is a sum of V products.",
        ),
        "without the dimension": Wrong(
            "def multiplications(route, V, d, N):\n    return 0 if route in ('index', 'embedding') else N * V",
            "Each one-hot row is multiplied with all d columns of the table, not with one.",
            3,
        ),
        "one token": Wrong(
            "def multiplications(route, V, d, N):\n    return 0 if route in ('index', 'embedding') else V * d",
            "That is one token's share; there are N of them.",
        ),
    },
)


def _tables() -> list[tuple]:
    import torch

    def table(rows: int, width: int, dtype: torch.dtype = torch.float32) -> torch.Tensor:
        return torch.zeros(rows, width, dtype=dtype)

    ids = torch.tensor([4, 0, 3, 2, 4, 1])
    return [
        (table(6, 3), ids, False),
        (table(6, 3), ids, True),
        (table(1000, 16), torch.tensor([[1, 0, 2], [2, 2, 7]]), True),
        (table(1000, 16), torch.tensor([[1, 0, 2], [2, 2, 7]]), False),
        (table(50, 8, torch.float64), torch.tensor([9]), True),
        (table(50, 8, torch.bfloat16), torch.tensor([9, 3]), True),
        (table(50, 8, torch.bfloat16), torch.tensor([9, 3]), False),
        (table(5, 2), torch.tensor([], dtype=torch.int64), True),
        (table(5, 2), torch.tensor(3), True),
    ]


gradient_bytes = Exercise(
    name="gradient_bytes",
    notebook=HERE,
    task="""### Exercise 4 (a new situation): the gradient's bytes

`gradient_bytes(table, ids, sparse)`: how many bytes does the gradient of `F.embedding(ids, table, sparse=sparse)` with
respect to `table` hold? Dense, it is as large as the table. Sparse, it holds for *each* looked-up id a row of
values, as wide and of the same kind of number as the table's, and the id itself as an int64 (8 bytes).

The table may hold any kind of number, `table.element_size()` bytes each; `ids` may have any shape. With a float32
table of shape (6, 3) and `ids = torch.tensor([4, 0, 3, 2, 4, 1])`, dense is 72 bytes, sparse 120: with so small a
vocabulary, sparse is the larger.""",
    stub='''
def gradient_bytes(table, ids, sparse):
    """Bytes of the table's gradient after a lookup of these ids."""
    ...
''',
    solution='''
def gradient_bytes(table, ids, sparse):
    """Bytes of the table's gradient after a lookup of these ids."""
    if not sparse:
        return table.numel() * table.element_size()
    row = table.shape[1] * table.element_size()
    return ids.numel() * (row + 8)  # one row and one int64 id for each id looked up, repeated or not
''',
    means="a sparse gradient grows with the ids of the batch, a dense one with the vocabulary; for text, that is "
    "mostly the larger.",
    hints=[
        "Dense: how many numbers has the table, and how many bytes has each?",
        "Sparse: ids.numel() rows of table.shape[1] numbers, and 8 bytes more for each id.",
    ],
    cases=_tables,
    right={
        "nbytes": "def gradient_bytes(table, ids, sparse):\n"
        "    rows = table[ids]\n    return rows.nbytes + ids.nbytes if sparse else table.nbytes",
        "ask autograd": "def gradient_bytes(table, ids, sparse):\n"
        "    leaf = table.clone().requires_grad_()\n"
        "    F.embedding(ids, leaf, sparse=sparse).sum().backward()\n"
        "    grad = leaf.grad\n"
        "    if not sparse:\n        return grad.nbytes\n"
        "    return grad._values().nbytes + grad._indices().nbytes",
        "other names": "def gradient_bytes(weight, tokens, few):\n"
        "    V, d = weight.shape\n    size = weight.element_size()\n    n = tokens.reshape(-1).shape[0]\n"
        "    return n * d * size + 8 * n if few else V * d * size",
    },
    wrong={
        "repeats added up": Wrong(
            "def gradient_bytes(table, ids, sparse):\n"
            "    if not sparse:\n        return table.nbytes\n"
            "    return ids.unique().numel() * (table.shape[1] * table.element_size() + 8)",
            "Repeated ids are counted once here, but the gradient stores a row for each: only coalesce() adds them up.",
        ),
        "table of the sample": Wrong(
            "def gradient_bytes(table, ids, sparse):\n"
            "    size = table.shape[1] * table.element_size()\n"
            "    if not sparse:\n        return (int(ids.max()) + 1 if ids.numel() else 0) * size\n"
            "    return ids.numel() * (size + 8)",
            "The dense gradient is counted up to the largest id of the sample; it has a row for every token.",
            2,
        ),
        "ids forgotten": Wrong(
            "def gradient_bytes(table, ids, sparse):\n"
            "    if not sparse:\n        return table.nbytes\n"
            "    return ids.numel() * table.shape[1] * table.element_size()",
            "The rows are counted, but each must say where it belongs: 8 bytes more for its id.",
        ),
        "float32 always": Wrong(
            "def gradient_bytes(table, ids, sparse):\n"
            "    if not sparse:\n        return table.numel() * 4\n"
            "    return ids.numel() * (table.shape[1] * 4 + 8)",
            "4 bytes are a float32's. Other tables hold other numbers: table.element_size() says how large they are.",
        ),
        "first size of ids": Wrong(
            "def gradient_bytes(table, ids, sparse):\n"
            "    if not sparse:\n        return table.nbytes\n"
            "    n = ids.shape[0] if ids.ndim else 1\n"
            "    return n * (table.shape[1] * table.element_size() + 8)",
            "Only the first size of `ids` is counted; a batch of 2 × 3 holds 6 ids: ids.numel().",
            8,
        ),
        "always dense": Wrong(
            "def gradient_bytes(table, ids, sparse):\n    return table.nbytes",
            "This is the dense gradient in both cases; with sparse=True there is a row for each id looked up.",
        ),
    },
)

largest_batch = Exercise(
    name="largest_batch",
    notebook=HERE,
    task="""### Exercise 5 (a new situation): what would still fit?

`largest_batch(budget, V, d)`: the largest number of tokens `N` for which the one-hot route's peak stays within `budget`
bytes. Use the peak of exercise 2, the larger of 12·N·V (converting) and 4·N·V + 4·N·d (multiplying). The result is a
whole number.

With 8 GB for GPT-2, `largest_batch(8_000_000_000, 50_257, 768)` is 13265: thirteen texts of 1,024 tokens fit, and
nothing has been trained yet.""",
    stub='''
def largest_batch(budget, V, d):
    """The most tokens for which the one-hot route stays within that many bytes."""
    ...
''',
    solution='''
def largest_batch(budget, V, d):
    """The most tokens for which the one-hot route stays within that many bytes."""
    bytes_a_token = max(12 * V, 4 * V + 4 * d)
    return budget // bytes_a_token
''',
    means="a look at the bytes before the run says what fits, and no kernel has to die for the answer.",
    hints=["How many bytes does one token take at the peak?", "budget // (bytes for one token) rounds down."],
    cases=lambda: [
        (8_000_000_000, 50_257, 768),
        (8_000_000_000, 128_256, 4096),
        (1_000_000, 10, 64),
        (999, 100, 16),
        (1200, 100, 16),
        (2400, 100, 400),
        (0, 6, 3),
    ],
    right={
        "floor": "def largest_batch(budget, V, d):\n    import math\n"
        "    return math.floor(budget / max(12 * V, 4 * (V + d)))",
        "the smaller of two": "def largest_batch(budget, V, d):\n"
        "    return min(budget // (12 * V), budget // (4 * V + 4 * d))",
        "halving": "def largest_batch(budget, V, d):\n"
        "    low, high = 0, budget + 1\n"
        "    while high - low > 1:\n"
        "        N = (low + high) // 2\n"
        "        if max(12 * N * V, 4 * N * V + 4 * N * d) <= budget:\n            low = N\n"
        "        else:\n            high = N\n"
        "    return low",
    },
    wrong={
        "converting only": Wrong(
            "def largest_batch(budget, V, d):\n    return budget // (12 * V)",
            "Right for a large vocabulary. Where V is less than half of d, multiplying takes more than converting.",
        ),
        "int64 forgotten": Wrong(
            "def largest_batch(budget, V, d):\n    return budget // (4 * V + 4 * d)",
            "The int64 one-hot, 8 bytes a number, is missing: it is there while the float copy is made.",
        ),
        "not whole": Wrong(
            "def largest_batch(budget, V, d):\n    return budget / max(12 * V, 4 * V + 4 * d)",
            "There is no half token: round down, with // in place of /.",
        ),
        "rounded up": Wrong(
            "def largest_batch(budget, V, d):\n    return -(-budget // max(12 * V, 4 * V + 4 * d))",
            "This rounds up, so the last token no longer fits.",
        ),
        "swapped": Wrong(
            "def largest_batch(budget, V, d):\n    return budget // max(12 * d, 4 * d + 4 * V)",
            "V and d have changed places: a one-hot row is as wide as the vocabulary.",
            3,
        ),
        "the smaller moment": Wrong(
            "def largest_batch(budget, V, d):\n    return budget // min(12 * V, 4 * V + 4 * d)",
            "This is the smaller of the two moments; both have to fit.",
        ),
    },
)

times_slower = Exercise(
    name="times_slower",
    notebook=HERE,
    task="""### Exercise 6 (bug hunt): a comparison that is not fair

Two routes were timed in turns, and `slow` and `fast` are the lists of seconds, in the order of the runs. The
**first** run of each was a warm-up. Wanted: how many times slower `slow` is than `fast`, the **median** of its runs
over the median of the other's, both without the warm-up. (The median of an even number of runs is the mean of the
two in the middle.)

With `slow = [9.0, 4.0, 4.0, 6.0]` and `fast = [5.0, 2.0, 1.0, 2.0]`, that is 2.0. The code below says 5.75. It
treats the two lists differently, and that is not its only mistake. Mend it.""",
    stub='''
def times_slower(slow, fast):
    """How many times slower one route is than the other, fairly compared."""
    return sum(slow) / len(slow) / min(fast)
''',
    solution='''
def times_slower(slow, fast):
    """How many times slower one route is than the other, fairly compared."""
    from statistics import median

    return median(slow[1:]) / median(fast[1:])  # the first run of each was a warm-up
''',
    means="both sides are treated alike, the first run pays for neither, and one odd run no longer decides.",
    hints=[
        "The mean of one list over the best of the other: which of the two looks better than it should?",
        "Leave out the first of each, take the median of both: import statistics; statistics.median(slow[1:]).",
    ],
    cases=lambda: [
        ([9.0, 4.0, 4.0, 6.0], [5.0, 2.0, 1.0, 2.0]),
        ([30.0, 8.0, 6.0, 10.0, 7.0], [9.0, 1.0, 3.0, 2.0, 4.0]),
        ([0.5, 0.3, 0.31, 0.9], [0.2, 0.1, 0.12, 0.11]),
        ([7.0, 5.0], [2.0, 1.0]),
        ([100.0, 3.0, 1.0, 2.0, 50.0, 4.0], [1.0, 6.0, 4.0, 5.0, 7.0, 90.0]),
    ],
    right={
        "sorted by hand": "def times_slower(slow, fast):\n"
        "    def middle(times):\n        times, n = sorted(times[1:]), len(times) - 1\n"
        "        return (times[(n - 1) // 2] + times[n // 2]) / 2\n"
        "    return middle(slow) / middle(fast)",
        "numpy": "def times_slower(slow, fast):\n"
        "    import numpy as np\n    return np.median(slow[1:]) / np.median(fast[1:])",
        "quantile": "def times_slower(a, b):\n"
        "    return (torch.tensor(a[1:]).quantile(0.5) / torch.tensor(b[1:]).quantile(0.5)).item()",
    },
    wrong={
        "warm-up counted": Wrong(
            "def times_slower(slow, fast):\n    from statistics import median\n    return median(slow) / median(fast)",
            "Medians, good. But the first run of each is still in: it pays for fetching memory and filling caches.",
        ),
        "sorted, then without the first": Wrong(
            "def times_slower(slow, fast):\n    from statistics import median\n"
            "    return median(sorted(slow)[1:]) / median(sorted(fast)[1:])",
            "Once they are sorted, the first is the best run and no longer the warm-up: leave it out before.",
        ),
        "means": Wrong(
            "def times_slower(slow, fast):\n"
            "    from statistics import mean\n    return mean(slow[1:]) / mean(fast[1:])",
            "These are means: one run in which the machine was busy with something else moves them. Take medians.",
        ),
        "best runs": Wrong(
            "def times_slower(slow, fast):\n    return min(slow[1:]) / min(fast[1:])",
            "These are the best runs. Fair, but the median is asked for: what one usually gets.",
        ),
        "upside down": Wrong(
            "def times_slower(slow, fast):\n"
            "    from statistics import median\n    return median(fast[1:]) / median(slow[1:])",
            "The ratio is upside down: this says how many times faster it is.",
        ),
        "the best is left": Wrong(
            "def times_slower(slow, fast):\n    from statistics import median\n"
            "    return median(slow[1:]) / min(fast[1:])",
            "One side's median stands against the other side's best run: treat both alike.",
        ),
        "torch.median": Wrong(
            "def times_slower(slow, fast):\n"
            "    return (torch.tensor(slow[1:]).median() / torch.tensor(fast[1:]).median()).item()",
            "torch.median gives the lower of the two in the middle, not their mean: statistics.median does that.",
        ),
    },
)

PIECES = [
    *RECALLS,
    lookup_bytes,
    one_hot_bytes,
    multiplications,
    *PREDICTIONS,
    gradient_bytes,
    largest_batch,
    times_slower,
]
