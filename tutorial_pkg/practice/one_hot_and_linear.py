"""Practice for notebook 03: one-hot vectors, the linear layer that an embedding is, and where the two part."""

from __future__ import annotations

import torch
from torch import nn

from .pieces import Exercise, Finding, Option, Prediction, Recall, Slip, Wrong

NOTEBOOK = "03_one_hot_and_linear"


def _table(rows: int, width: int, dtype: torch.dtype = torch.float32, wants_gradient: bool = False) -> torch.Tensor:
    """A random table, the same each time."""
    generator = torch.Generator().manual_seed(10 * rows + width)
    return torch.randn(rows, width, generator=generator).to(dtype).requires_grad_(wants_gradient)


def _whole_table(rows: int, width: int) -> torch.Tensor:
    """Row r holds 10 r, 10 r + 1, ...: every number tells where it comes from."""
    return 10.0 * torch.arange(rows)[:, None] + torch.arange(width)


# --------------------------------------------------------------------------------------------------------- recall

RECALLS = [
    Recall(
        name="recall_shape_of_rows",
        notebook=NOTEBOOK,
        ask="`ids` has shape `(2, 5)`: two sentences of five tokens. What shape has `nn.Embedding(6, 3)(ids)`?",
        options={
            "a": Option("`(2, 3)`", "That is one vector for each sentence; each of the ten tokens gets its own.", 8),
            "b": Option("`(2, 5, 3)`", "Every id is replaced by its row of 3 numbers; the ids' own shape stays."),
            "c": Option("`(6, 3)`", "That is the shape of the table; the output has a row for each id you ask for.", 8),
        },
        right="b",
    ),
    Recall(
        name="recall_rows_needed",
        notebook=NOTEBOOK,
        ask="A vocabulary holds 6 tokens, and today's batch is `[4, 0, 3]`. How many rows does the table need?",
        options={
            "a": Option(
                "3, the number of ids", "The batch does not decide it: tomorrow's may hold any of the 6 ids.", 2
            ),
            "b": Option(
                "5, the largest id plus one", "That fits today's batch, and breaks the day id 5 comes along.", 2
            ),
            "c": Option("6, the vocabulary's size", "One row for each token, whether it occurs today or not."),
        },
        right="c",
    ),
    Recall(
        name="recall_what_an_id_says",
        notebook=NOTEBOOK,
        ask='"in" has the id 2 and "quick" the id 4. What do these numbers say about the two words?',
        options={
            "a": Option('"quick" counts twice as much as "in"', "Another order of the vocabulary swaps the two.", 5),
            "b": Option(
                "which row of the table belongs to which", "Nothing else: an id is a name that can be counted."
            ),
            "c": Option(
                "how far apart their meanings are", "The order is alphabetical: meaning plays no part in it.", 5
            ),
        },
        right="b",
    ),
]

# ------------------------------------------------------------------------------------------------------ predictions

PREDICTIONS = [
    Prediction(
        name="products_that_vanish",
        notebook=NOTEBOOK,
        ask="`quick @ W` multiplies each of the 6 numbers of the one-hot vector with the 3 numbers of a row, and "
        "adds up. "
        "Of these 6 × 3 = 18 products, how many are 0 because of the one-hot vector?",
        form=7,
        why="Five of the six numbers are 0, and each meets a whole row of 3: 15 zeros, and 3 products with 1 survive.",
        slips=[
            Slip(5, "Five numbers of the vector are 0, but each of them is multiplied with all 3 numbers of its row."),
            Slip(3, "That is how many survive."),
            Slip(12, "Only one of the six rows meets the 1; the other five are wiped out."),
            Slip(18, "Then nothing would be left; the 1 lets one row through."),
        ],
    ),
    Prediction(
        name="width_from_the_sample",
        notebook=NOTEBOOK,
        ask="The small table has 4 rows. This time nobody says `num_classes`: what does "
        "`F.one_hot(torch.tensor([1, 0, 2])).float() @ small_W` give?",
        form=("three rows of the table", "an error"),
        why="one_hot was never told about the table: it made vectors of width 3, the largest id here plus one.",
        slips=[
            Slip(
                "three rows of the table",
                "one_hot sees the ids and nothing else, and id 3 is not among them, so the vectors come out too short.",
                2,
            )
        ],
    ),
    Prediction(
        name="linear_weight_shape",
        notebook=NOTEBOOK,
        ask="The small table is 4 × 5: 4 tokens, 5 dimensions. The layer that takes a one-hot vector of length 4 and "
        "gives "
        "5 numbers is `nn.Linear(4, 5, bias=False)`. What is the shape of its `weight`?",
        form=(2, 3),
        why="Linear computes x @ weight.T, and keeps its weight as (out_features, in_features).",
        slips=[
            Slip((4, 5), "That is the order in which you name the sizes, not the one in which they are stored.", 4),
            Slip((4, 4), "The layer goes from 4 numbers to 5, so both sizes occur.", 3),
        ],
    ),
    Prediction(
        name="routes_that_agree",
        notebook=NOTEBOOK,
        ask="Compare the rows from indexing with those of the other three routes by `torch.equal`, which wants every "
        "bit "
        "the same. How many of the three are equal to them?",
        form=7,
        why="All three: a sum of one number times 1 and of zeros is that number itself, so not even rounding differs.",
        slips=[
            Slip(0, "Each of them gives the same numbers, found in another way.", 1),
            Slip(
                1, "The products give the same rows too: times 1 and plus 0 change nothing, not even the last bit.", 1
            ),
            Slip(2, "Each of the three is the same map, Linear included.", 1),
        ],
    ),
    Prediction(
        name="square_without_transpose",
        notebook=NOTEBOOK,
        ask="Now a square table, 4 × 4. Somebody forgets the transposition: `layer.weight` *is* the table. What does "
        "the "
        "layer give for the one-hot vector of id 2?",
        form=("row 2", "column 2", "an error"),
        why="A Linear hands out column 2 of its weight. The shape fits either way, so nothing complains.",
        slips=[
            Slip("row 2", "The layer's weight lies on its side: its columns are what comes out.", 4),
            Slip("an error", "The shape (4, 4) is right either way round, so PyTorch cannot notice.", 4),
        ],
    ),
    Prediction(
        name="rows_off_with_a_bias",
        notebook=NOTEBOOK,
        ask="`nn.Linear(4, 5)` has a bias, and the same weight as before. For how many of the 4 ids does its output "
        "differ "
        "from the table's row?",
        form=7,
        why="The bias is added whatever comes in, so every one of the 4 rows is off, and all by the same 5 numbers.",
        slips=[
            Slip(0, "A fresh bias is random, not zero, and it is added to every output.", 15),
            Slip(1, "The bias belongs to no id: it is added to every output.", 15),
        ],
    ),
    Prediction(
        name="repeated_row_gradient",
        notebook=NOTEBOOK,
        ask="Now id 2 comes twice: `ids = [0, 2, 2]`. The first number of its row gets a pull of 6 at its first "
        "place in the "
        "sentence and of 11 at its second. What stands in `table.grad[2, 0]`?",
        form=7,
        why="Both places use the same number of the same row, so their gradients add: 6 + 11.",
        slips=[
            Slip(11, "The later place does not overwrite the earlier one."),
            Slip(6, "The second use of the row counts as much as the first."),
            Slip(8.5, "Gradients of several uses add up; nothing divides by how many there are."),
        ],
    ),
    Prediction(
        name="rows_sgd_moves",
        notebook=NOTEBOOK,
        ask="In a copy of the small table, row 2 is set to zeros. The loss uses the ids `[0, 2]`, then "
        "`torch.optim.SGD` "
        "takes one step over the whole table. Which rows are different afterwards? Smallest first.",
        form=[1, 3],
        why="SGD subtracts learning rate × gradient: rows 1 and 3 have gradient 0, and what a row holds plays no part.",
        slips=[
            Slip([0], "A row of zeros that was looked up has a gradient like any other, and moves.", 6),
            Slip([0, 1, 2, 3], "The optimiser is given the whole table, but rows 1 and 3 have gradient 0.", 6),
            Slip([0, 1, 3], "It is the other way round: the rows not looked up have gradient 0, row 2 has not.", 6),
            Slip([1, 3], "These are the rows that the loss did not use.", 6),
        ],
    ),
    Prediction(
        name="renamed_ids",
        notebook=NOTEBOOK,
        ask="Give every token another id, and move the table's rows along with the names. The sentence is written "
        "with the "
        "new ids and looked up in the new table. The vectors that come out are ...",
        form=("the same", "others"),
        why="An id only names a row: rename ids and rows together, and every token finds its own vector again.",
        slips=[Slip("others", "No vector has changed, only the label on it and the place where it is kept.", 5)],
    ),
    Prediction(
        name="nan_from_a_row_not_asked_for",
        notebook=NOTEBOOK,
        ask="One number of row 3 becomes `inf`. We ask for ids `[0, 2]`, not for 3, by `pair_hot @ broken_W`: 2 × 5 "
        "numbers. "
        "How many of these 10 are `nan`?",
        form=7,
        why="The product visits row 3 as well, and 0 * inf is nan: that column is spoilt for both ids.",
        slips=[
            Slip(0, "0 times any number is 0, but inf is not any number: 0 * inf is nan, and a sum with nan is nan."),
            Slip(1, "Each of the two ids multiplies row 3 by its own 0, so each gets a nan."),
            Slip(10, "Only the column in which the inf stands is spoilt."),
        ],
    ),
    Prediction(
        name="after_changing_the_layer",
        notebook=NOTEBOOK,
        ask="`donor` is an embedding, and a Linear gets `tied.weight = nn.Parameter(donor.weight.T)`. Then "
        "`tied.weight` "
        "is changed at `[0, 3]`. What about `donor.weight[3, 0]`, in the embedding?",
        form=("changes too", "stays"),
        why="`.T` copies nothing: it reads the same memory in another order, and nn.Parameter does not copy either.",
        slips=[Slip("stays", "Neither .T nor nn.Parameter makes a copy.", 14)],
    ),
]

# -------------------------------------------------------------------------------------------------------- exercises


def _product_cases() -> list[tuple]:
    return [
        (_whole_table(4, 5), torch.tensor([0, 2])),
        (_whole_table(4, 5), torch.tensor([1, 0, 2])),
        (_table(6, 3), torch.tensor([[4, 0, 3], [2, 5, 1]])),
        (_table(4, 5, torch.float64), torch.tensor(3)),
        (_table(6, 3, wants_gradient=True), torch.tensor([2, 2, 0])),
        (_table(3, 7), torch.empty(0, dtype=torch.int64)),
    ]


ROWS_BY_PRODUCT = Exercise(
    name="rows_by_product",
    notebook=NOTEBOOK,
    task="""### Exercise 1 (worked): rows by a product

`rows_by_product(table, ids)` gives the table's rows for ids of any shape, with a one-hot product. For the 4 × 5
table and the ids `[0, 2]` these are rows 0 and 2. It is solved: read it and run it. Then spoil it on purpose, one
thing at a time, and see what the check says: leave out `num_classes`; leave out `.to(table.dtype)`; write
`table.detach()`.""",
    solution="""
def rows_by_product(table, ids):
    one_hots = F.one_hot(ids, num_classes=table.shape[0])  # as wide as the table is high, whatever ids came
    return one_hots.to(table.dtype) @ table  # integers cannot be multiplied with a table of floats
""",
    means="A lookup is a matrix product with one-hot vectors, for ids of any shape, and the gradient comes along.",
    hints=["It is solved already. `table.shape[0]` is the size of the vocabulary."],
    cases=_product_cases,
    right={
        "indexing": "def rows_by_product(t, i):\n    return t[i]",
        "embedding": "def rows_by_product(table, ids):\n    return F.embedding(ids, table)",
        "index_select": "def rows_by_product(table, ids):\n"
        "    return table.index_select(0, ids.flatten()).reshape(*ids.shape, table.shape[1])",
        "linear": "def rows_by_product(table, ids):\n"
        "    return F.linear(F.one_hot(ids, len(table)).to(table.dtype), table.T)",
        "identity matrix": "def rows_by_product(table, ids):\n"
        "    return torch.eye(table.shape[0], dtype=table.dtype)[ids] @ table",
    },
    wrong={
        "width from the sample": Wrong(
            "def rows_by_product(table, ids):\n    return F.one_hot(ids).to(table.dtype) @ table",
            "Without num_classes the one-hot vectors are as wide as the largest id of this sample plus one.",
            2,
        ),
        "width from the dimension": Wrong(
            "def rows_by_product(table, ids):\n"
            "    return F.one_hot(ids, num_classes=table.shape[1]).to(table.dtype) @ table.T",
            "The one-hot vectors have the embedding dimension for their width, and pick columns of the table.",
            3,
        ),
        "integer one-hots": Wrong(
            "def rows_by_product(table, ids):\n    return F.one_hot(ids, num_classes=table.shape[0]) @ table",
            "The one-hot vectors are still integers, and a product wants both sides of one dtype.",
        ),
        "float32 always": Wrong(
            "def rows_by_product(table, ids):\n    return F.one_hot(ids, num_classes=table.shape[0]).float() @ table",
            "`.float()` fits a float32 table; one of these is float64. `.to(table.dtype)` follows the table.",
        ),
        "all ids in one": Wrong(
            "def rows_by_product(table, ids):\n"
            "    one_hots = F.one_hot(ids, num_classes=table.shape[0]).to(table.dtype)\n"
            "    return one_hots.reshape(-1, table.shape[0]).sum(0) @ table",
            "The rows are added up into one vector; each id has to keep its own.",
            8,
        ),
        "gradient cut": Wrong(
            "def rows_by_product(table, ids):\n"
            "    return F.one_hot(ids, num_classes=table.shape[0]).to(table.dtype) @ table.detach()",
            "no gradient flows back",
            caught_by_rule=True,
        ),
    },
    worked=True,
)


def _layer_cases() -> list[tuple]:
    return [(_whole_table(4, 5),), (_table(6, 3),), (_table(4, 4),), (_table(5, 8, torch.float64),)]


def _share(one: torch.Tensor, other: torch.Tensor) -> bool:
    return one.untyped_storage().data_ptr() == other.untyped_storage().data_ptr()


def _seen_in_linear(layer: object, table: torch.Tensor) -> object:
    """What matters about the layer: the first thing that is not as asked, or else what it gives for every id."""
    if not isinstance(layer, nn.Linear):
        return Finding(f"a {type(layer).__name__}; an nn.Linear is asked for")
    if layer.bias is not None:
        return Finding("a layer with a bias")
    rows, width = table.shape
    if tuple(layer.weight.shape) != (width, rows):
        return Finding(
            f"a layer with a weight of shape {tuple(layer.weight.shape)} for a table of shape {(rows, width)}"
        )
    outputs = layer(torch.eye(rows, dtype=layer.weight.dtype)).detach()
    right = torch.allclose(outputs.double(), table.double())
    if right and _share(layer.weight, table):
        return Finding("a layer whose weight shares its storage with the table")
    return outputs


TABLE_TO_LINEAR = Exercise(
    name="table_to_linear",
    notebook=NOTEBOOK,
    task="""### Exercise 2 (finish the last line): a layer out of a table

`table_to_linear(table)` makes a bias-free `nn.Linear` that gives row `i` of the table for the one-hot vector of
id `i`. For a 4 × 5 table that is a layer with 4 inputs and 5 outputs. The layer is to own its numbers: changing its
weight later must leave the table as it was. One assignment is missing.""",
    stub="""
def table_to_linear(table):
    num_rows, dimension = table.shape
    layer = nn.Linear(num_rows, dimension, bias=False)
    layer.weight = nn.Parameter(...)  # what goes here?
    return layer
""",
    solution="""
def table_to_linear(table):
    num_rows, dimension = table.shape
    layer = nn.Linear(num_rows, dimension, bias=False)
    layer.weight = nn.Parameter(table.T.clone())  # (out, in); .clone() because .T shares the table's memory
    return layer
""",
    means="An embedding table is the weight of a bias-free linear layer, transposed; a copy makes the two independent.",
    hints=[
        "Which shape does the layer's weight have, and which has the table?",
        "`.T` turns the one into the other, but shares its memory with the table. What makes a copy of a tensor?",
    ],
    cases=_layer_cases,
    view=_seen_in_linear,
    right={
        "copy into the fresh weight": "def table_to_linear(table):\n"
        "    layer = nn.Linear(*table.shape, bias=False, dtype=table.dtype)\n"
        "    with torch.no_grad():\n"
        "        layer.weight.copy_(table.T)\n"
        "    return layer",
        "load_state_dict": "def table_to_linear(table):\n"
        "    layer = nn.Linear(table.shape[0], table.shape[1], False)\n"
        "    layer.load_state_dict({'weight': table.T})\n"
        "    return layer",
        "contiguous": "def table_to_linear(W):\n"
        "    layer = nn.Linear(W.size(0), W.size(1), bias=False)\n"
        "    layer.weight.data = W.t().contiguous()\n"
        "    return layer",
        "through a list": "def table_to_linear(table):\n"
        "    layer = nn.Linear(*table.shape, bias=False)\n"
        "    columns = [[row[j] for row in table.tolist()] for j in range(table.shape[1])]\n"
        "    layer.weight = nn.Parameter(torch.tensor(columns))\n"
        "    return layer",
    },
    wrong={
        "a view of the table": Wrong(
            "def table_to_linear(table):\n"
            "    layer = nn.Linear(*table.shape, bias=False)\n"
            "    layer.weight = nn.Parameter(table.T)\n"
            "    return layer",
            "The layer gives the right rows, but its weight lies in the table's memory: change one, and the other "
            "changes.",
            14,
        ),
        "no transposition": Wrong(
            "def table_to_linear(table):\n"
            "    layer = nn.Linear(*table.shape, bias=False)\n"
            "    layer.weight = nn.Parameter(table.clone())\n"
            "    return layer",
            "The table went in the way it is. That fails for 4 × 5, and for 4 × 4 it would hand out columns without "
            "a word.",
            4,
        ),
        "reshape": Wrong(
            "def table_to_linear(table):\n"
            "    layer = nn.Linear(*table.shape, bias=False)\n"
            "    layer.weight = nn.Parameter(table.clone().reshape(table.shape[1], table.shape[0]))\n"
            "    return layer",
            "The shape is right and the numbers stand in the wrong places: reshape reads on row by row, where .T "
            "swaps axes.",
            4,
        ),
        "a bias": Wrong(
            "def table_to_linear(table):\n"
            "    layer = nn.Linear(*table.shape)\n"
            "    layer.weight = nn.Parameter(table.T.clone())\n"
            "    return layer",
            "This layer has a bias, which it adds to every row.",
            15,
        ),
        "sizes swapped": Wrong(
            "def table_to_linear(table):\n"
            "    layer = nn.Linear(table.shape[1], table.shape[0], bias=False)\n"
            "    with torch.no_grad():\n"
            "        layer.weight.copy_(table.T)\n"
            "    return layer",
            "The layer has the embedding dimension for its inputs, where the one-hot vector of an id comes in.",
            3,
        ),
    },
)


def _one_hot_cases() -> list[tuple]:
    return [
        (torch.tensor([2, 0]), 4),
        (torch.tensor([1, 0, 2]), 4),
        (torch.tensor([[4, 0, 3], [2, 4, 1]]), 6),
        (torch.tensor(3), 5),
        (torch.tensor([[[1], [1]]]), 2),
        (torch.empty(0, dtype=torch.int64), 3),
    ]


MY_ONE_HOT = Exercise(
    name="my_one_hot",
    notebook=NOTEBOOK,
    task="""### Exercise 3 (write the body): a one-hot of your own

Without `F.one_hot`: `my_one_hot(ids, num_classes)` gives a tensor of zeros and ones of shape
`ids.shape + (num_classes,)`, with one 1 for each id, at its place. `my_one_hot(torch.tensor([2, 0]), 4)` is
`[[0, 0, 1, 0], [1, 0, 0, 0]]`. The ids are int64, of any shape: a single id, a sentence,
a batch, or none at all (shape `(0,)`).""",
    stub="""
def my_one_hot(ids, num_classes):
    # your lines here
    ...
""",
    solution="""
def my_one_hot(ids, num_classes):
    # a last axis of size 1, compared with 0, 1, 2, ..., grows to num_classes: True once for each id
    return (ids[..., None] == torch.arange(num_classes)).long()
""",
    means="A one-hot vector asks of every token of the vocabulary 'is it this one?', and one answer is yes.",
    hints=[
        "Row `i` of the identity matrix `torch.eye(num_classes)` is a familiar vector.",
        "Look up rows of `torch.eye(num_classes)` by `ids`, or compare `ids[..., None]` with "
        "`torch.arange(num_classes)`.",
    ],
    cases=_one_hot_cases,
    right={
        "rows of the identity": "def my_one_hot(ids, num_classes):\n    return torch.eye(num_classes)[ids]",
        "scatter": "def my_one_hot(ids, num_classes):\n"
        "    zeros = torch.zeros(*ids.shape, num_classes)\n"
        "    return zeros.scatter_(-1, ids.unsqueeze(-1), 1.0)",
        "loop": "def my_one_hot(ids, num_classes):\n"
        "    flat = torch.zeros(ids.numel(), num_classes, dtype=torch.float64)\n"
        "    for place, one in enumerate(ids.flatten().tolist()):\n"
        "        flat[place, one] = 1\n"
        "    return flat.reshape(*ids.shape, num_classes)",
        "numpy": "def my_one_hot(ids, num_classes):\n"
        "    import numpy as np\n"
        "    return np.eye(num_classes, dtype=int)[ids.numpy()]",
    },
    wrong={
        "width from the sample": Wrong(
            "def my_one_hot(ids, num_classes):\n    return torch.eye(int(ids.max()) + 1)[ids]",
            "The width is taken from the largest id here; num_classes says how many there are.",
            2,
        ),
        "flattened": Wrong(
            "def my_one_hot(ids, num_classes):\n    return torch.eye(num_classes)[ids.flatten()]",
            "The ids' own shape is lost: a batch of sentences comes out as one long list.",
            8,
        ),
        "counted from one": Wrong(
            "def my_one_hot(ids, num_classes):\n    return torch.eye(num_classes)[ids - 1]",
            "Every 1 stands one place too early.",
            11,
        ),
        "the id in place of 1": Wrong(
            "def my_one_hot(ids, num_classes):\n    return torch.eye(num_classes)[ids] * ids[..., None]",
            "The id itself stands where a 1 should: its row would come out multiplied by the id.",
            5,
        ),
        "every id in every vector": Wrong(
            "def my_one_hot(ids, num_classes):\n"
            "    out = torch.zeros(*ids.shape, num_classes)\n"
            "    out[..., ids] = 1\n"
            "    return out",
            "Every vector has the 1s of all the ids; each needs its own alone.",
        ),
        "columns": Wrong(
            "def my_one_hot(ids, num_classes):\n    return torch.eye(num_classes)[:, ids]",
            "The vectors stand as columns: the axis of the classes comes first, and should come last.",
        ),
    },
)


def _from_linear_cases() -> list[tuple]:
    def layer(inputs: int, outputs: int, bias: bool) -> nn.Linear:
        made = nn.Linear(inputs, outputs, bias=bias)
        with torch.no_grad():
            made.weight.copy_(_table(outputs, inputs))
            if bias:
                made.bias.copy_(torch.arange(1.0, outputs + 1))
        return made

    sizes = [(4, 5, False), (6, 3, False), (4, 4, False), (4, 5, True), (3, 3, True), (5, 2, False)]
    return [(layer(*size),) for size in sizes]


def _seen_in_embedding(embedding: object, layer: nn.Linear) -> object:
    """What matters about the embedding: the first thing that is not as asked, or else its row for every id."""
    if not isinstance(embedding, nn.Embedding):
        return Finding(f"a {type(embedding).__name__}; an nn.Embedding is asked for")
    inputs, outputs = layer.in_features, layer.out_features
    if tuple(embedding.weight.shape) != (inputs, outputs):
        shape = tuple(embedding.weight.shape)
        return Finding(f"a table of shape {shape} for a layer with {inputs} inputs and {outputs} outputs")
    rows = embedding(torch.arange(inputs)).detach()
    if not torch.allclose(rows.double(), layer(torch.eye(inputs, dtype=layer.weight.dtype)).detach().double()):
        return rows
    if not embedding.weight.requires_grad:
        return Finding("an embedding that is frozen")
    if _share(embedding.weight, layer.weight):
        return Finding("an embedding whose table shares its storage with the layer")
    return rows


FROM_LINEAR = Exercise(
    name="from_linear",
    notebook=NOTEBOOK,
    task="""### Exercise 4 (a new situation): back from the layer

`from_linear(layer)` takes an `nn.Linear` that is fed with one-hot vectors, and returns the `nn.Embedding` that gives
the same numbers for every id. For `nn.Linear(4, 5, bias=False)` it has 4 rows of 5. It is trainable and owns its
numbers. And if the layer *has* a bias, the embedding still gives what the layer gives: where can the bias go?""",
    stub="""
def from_linear(layer):
    # your lines here
    ...
""",
    solution="""
def from_linear(layer):
    rows = layer.weight.detach().T.clone()  # (in, out): one row for each id
    if layer.bias is not None:
        rows = rows + layer.bias.detach()  # added for every id, so it can live in every row
    return nn.Embedding.from_pretrained(rows, freeze=False)
""",
    means="The two layers are one map, there and back; even a bias fits in, once it is added to every row.",
    hints=[
        "Which row must the embedding hold for id 0? Exactly what the layer gives for the first one-hot vector.",
        "`layer(torch.eye(layer.in_features))` holds all the rows, bias included. Then "
        "`nn.Embedding.from_pretrained`, which "
        "freezes what it gets unless you tell it not to.",
    ],
    cases=_from_linear_cases,
    view=_seen_in_embedding,
    right={
        "feed the identity": "def from_linear(layer):\n"
        "    rows = layer(torch.eye(layer.in_features, dtype=layer.weight.dtype)).detach()\n"
        "    return nn.Embedding.from_pretrained(rows, freeze=False)",
        "copy into a fresh embedding": "def from_linear(linear):\n"
        "    e = nn.Embedding(linear.in_features, linear.out_features)\n"
        "    with torch.no_grad():\n"
        "        e.weight.copy_(linear.weight.T)\n"
        "        if linear.bias is not None:\n"
        "            e.weight += linear.bias\n"
        "    return e",
        "the weight argument": "def from_linear(layer):\n"
        "    bias = 0.0 if layer.bias is None else layer.bias.data\n"
        "    table = layer.weight.data.T + bias\n"
        "    return nn.Embedding(*table.shape, _weight=table)",
        "loop": "def from_linear(layer):\n"
        "    rows = []\n"
        "    for token_id in range(layer.in_features):\n"
        "        row = layer.weight[:, token_id].tolist()\n"
        "        if layer.bias is not None:\n"
        "            row = [a + b for a, b in zip(row, layer.bias.tolist())]\n"
        "        rows.append(row)\n"
        "    return nn.Embedding.from_pretrained(torch.tensor(rows), freeze=False)",
    },
    wrong={
        "no transposition": Wrong(
            "def from_linear(layer):\n"
            "    rows = layer.weight.detach().clone()\n"
            "    if layer.bias is not None:\n"
            "        rows = rows + layer.bias.detach()[:, None]\n"
            "    return nn.Embedding.from_pretrained(rows, freeze=False)",
            "The layer's weight became the table as it is, so there is a row for each dimension in place of each id.",
            4,
        ),
        "no transposition, bias forgotten": Wrong(
            "def from_linear(layer):\n"
            "    return nn.Embedding.from_pretrained(layer.weight.detach().clone(), freeze=False)",
            "The layer's weight became the table as it is: a row for each dimension in place of each id. The bias is "
            "missing too.",
            4,
        ),
        "bias forgotten": Wrong(
            "def from_linear(layer):\n"
            "    return nn.Embedding.from_pretrained(layer.weight.detach().T.clone(), freeze=False)",
            "Right without a bias. Where the layer has one, every row is off by it: add it to each.",
            15,
        ),
        "shared": Wrong(
            "def from_linear(layer):\n"
            "    rows = layer.weight.detach().T\n"
            "    if layer.bias is not None:\n"
            "        rows = rows + layer.bias.detach()\n"
            "    return nn.Embedding.from_pretrained(rows, freeze=False)",
            "The rows are right, but they lie in the layer's memory: .T, nn.Parameter and "
            "from_pretrained copy nothing.",
            14,
        ),
        "shared, bias forgotten": Wrong(
            "def from_linear(layer):\n    return nn.Embedding.from_pretrained(layer.weight.T, freeze=False)",
            "The rows lie in the layer's memory: .T, nn.Parameter and from_pretrained copy nothing. And where the "
            "layer has a bias, it is missing.",
            14,
        ),
        "frozen": Wrong(
            "def from_linear(layer):\n"
            "    rows = layer(torch.eye(layer.in_features, dtype=layer.weight.dtype)).detach()\n"
            "    return nn.Embedding.from_pretrained(rows)",
            "The rows are right, but frozen: from_pretrained freezes what it gets unless you say freeze=False.",
        ),
        "fresh": Wrong(
            "def from_linear(layer):\n    return nn.Embedding(layer.in_features, layer.out_features)",
            "The sizes are right, but these are fresh random rows: the layer's weight has to move in.",
            10,
        ),
    },
)


def _bug_cases() -> list[tuple]:
    return [
        (_whole_table(4, 4), torch.tensor([3, 0])),
        (_whole_table(4, 5), torch.tensor([1, 0, 2])),
        (_table(6, 3), torch.tensor([[4, 0, 3], [2, 5, 1]])),
        (_table(4, 4), torch.tensor(2)),
        (_table(7, 2), torch.tensor([[0], [0]])),
    ]


def _bug(width: str = "ids, num_classes=num_rows", bias: str = ", bias=False", weight: str = "table.T") -> str:
    return (
        "def rows_by_linear(table, ids):\n"
        "    num_rows, dimension = table.shape\n"
        f"    one_hots = F.one_hot({width}).float()\n"
        f"    layer = nn.Linear(num_rows, dimension{bias})\n"
        f"    layer.weight = nn.Parameter({weight})\n"
        "    return layer(one_hots)\n"
    )


ROWS_BY_LINEAR = Exercise(
    name="rows_by_linear",
    notebook=NOTEBOOK,
    task="""### Exercise 5 (bug hunt): it returned the right shape

`rows_by_linear(table, ids)` is meant to give the table's rows for ids of any shape, by way of a linear layer. Its
author tried a 4 × 4 table with the ids `[3, 0]`, saw the shape `(2, 4)` come back, and went home. There are three
bugs in it, and none of them shows in that shape. Mend all three.""",
    stub=_bug(width="ids", bias="", weight="table"),
    solution="""
def rows_by_linear(table, ids):
    num_rows, dimension = table.shape
    one_hots = F.one_hot(ids, num_classes=num_rows).float()  # the table decides the width, not the sample
    layer = nn.Linear(num_rows, dimension, bias=False)  # a bias would be added to every row
    layer.weight = nn.Parameter(table.T)  # Linear keeps its weight as (out, in)
    return layer(one_hots)
""",
    means="All three were invisible in the shape of a lucky example; comparing values, at V ≠ d, shows each of them.",
    hints=[
        "Try it on a 4 × 5 table with the ids `[1, 0, 2]`, and compare the numbers with `table[ids]`, not just the "
        "shape.",
        "One bug sits in each of the three lines in the middle: the width of the one-hot vectors, the bias, the "
        "weight.",
    ],
    cases=_bug_cases,
    right={
        "F.linear": "def rows_by_linear(table, ids):\n"
        "    return F.linear(F.one_hot(ids, table.shape[0]).to(table.dtype), table.T)",
        "plain lookup": "def rows_by_linear(table, ids):\n    return table[ids]",
        "copy and a zero bias": "def rows_by_linear(table, ids):\n"
        "    V, d = table.shape\n"
        "    layer = nn.Linear(V, d)\n"
        "    with torch.no_grad():\n"
        "        layer.weight.copy_(table.T)\n"
        "        layer.bias.zero_()\n"
        "    return layer(F.one_hot(ids, num_classes=V).float())",
    },
    wrong={
        "width left": Wrong(
            _bug(width="ids"),
            "Two of three are mended. The width of the one-hot vectors still comes from the largest id of the sample.",
            2,
        ),
        "bias left": Wrong(_bug(bias=""), "Two of three are mended. The layer still adds a bias to every row.", 15),
        "transposition left": Wrong(
            _bug(weight="table"),
            "Two of three are mended. The weight still lacks its transposition, which a square table hides.",
            4,
        ),
        "only the width mended": Wrong(
            _bug(bias="", weight="table"),
            "The width is mended, two bugs are left: look at how the layer is made and at what becomes its weight.",
        ),
        "only the bias mended": Wrong(
            _bug(width="ids", weight="table"),
            "The bias is gone, two bugs are left: look at the one-hot vectors' width and at what becomes the weight.",
        ),
        "only the transposition mended": Wrong(
            _bug(width="ids", bias=""),
            "The weight is mended, two bugs are left: look at the one-hot vectors' width and at how the layer is made.",
        ),
        "reshape": Wrong(
            _bug(weight="table.reshape(dimension, num_rows)"),
            "The shape of the weight is right now, its numbers are not: reshape reads on row by row, where .T swaps "
            "axes.",
            4,
        ),
    },
)

PIECES: list = [
    *RECALLS,
    *PREDICTIONS,
    ROWS_BY_PRODUCT,
    TABLE_TO_LINEAR,
    MY_ONE_HOT,
    FROM_LINEAR,
    ROWS_BY_LINEAR,
]
