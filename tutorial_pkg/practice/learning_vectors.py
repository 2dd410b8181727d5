"""Practice for notebook 05: gradients of a lookup, what optimisers move, neighbours, negative sampling, analogies."""

from __future__ import annotations

from .pieces import Exercise, Option, Prediction, Recall, Slip, Wrong

HERE = "05_learning_vectors"


def _random(*shape: int, seed: int = 0, dtype: str = "float32"):
    import torch

    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed)).to(getattr(torch, dtype))


def _tensor(values):
    import torch

    return torch.tensor(values)


# ------------------------------------------------------------------------------------------------------------- recall

RECALLS = [
    Recall(
        name="recall_before_training",
        notebook=HERE,
        ask="(Notebook 02.) `nn.Embedding(50_257, 768)` was made a second ago. How close are the rows of ` cat` "
        "and ` dog`?",
        options={
            "a": Option(
                "Close, because the words are alike.",
                "Nobody has told the table anything about the words; it only knows how many there are.",
                10,
            ),
            "b": Option(
                "No closer than any other two rows.",
                "Both are random draws. This notebook is about what has to happen before that changes.",
            ),
            "c": Option(
                "Equal: all rows are zero until training.",
                "Were they all equal, they would be harder to tell apart in training. They are drawn from N(0, 1).",
                10,
            ),
        },
        right="b",
    ),
    Recall(
        name="recall_two_gradients",
        notebook=HERE,
        ask="(Notebook 03.) For the same ids and the same loss, the gradient of the table is worked out twice: through "
        "`W[ids]` and through `one_hot(ids) @ W`. How do the two compare?",
        options={
            "a": Option(
                "They agree: a row that was not looked up gets zeros from both.",
                "In the product, that row is only ever multiplied by 0, so its gradient is 0 as well.",
            ),
            "b": Option(
                "The product's gradient fills every row, the lookup's only the rows used.",
                "Every row takes part in the product, but multiplied by 0, and so is its gradient.",
                1,
            ),
            "c": Option(
                "A lookup has no gradient: choosing a row is not arithmetic.",
                "The choice of the id has none. The numbers in the chosen row do, and they are what is trained.",
            ),
        },
        right="a",
    ),
    Recall(
        name="recall_renumbered",
        notebook=HERE,
        ask="(Notebooks 01 and 02.) Two people train the same model on the same text. One gives the ids in "
        "alphabetical "
        "order, the other shuffles them first. Whose vectors can be better?",
        options={
            "a": Option(
                "The alphabetical ones: words that begin alike get rows that lie side by side.",
                "Rows side by side share nothing: the lookup finds each by its number, and no step looks at the "
                "next row.",
                5,
            ),
            "b": Option(
                "The shuffled ones: small ids would otherwise favour words that begin with a.",
                "No step multiplies by an id or compares two ids, so a small one favours nothing.",
                5,
            ),
            "c": Option(
                "Neither: the same rows stand in another order.",
                "Permute ids and rows together and every lookup returns what it returned before.",
            ),
        },
        right="c",
    ),
]

# -------------------------------------------------------------------------------------------------------- predictions

PREDICTIONS = [
    Prediction(
        name="predict_rows_reached",
        notebook=HERE,
        ask="The table has 6 rows. The ids `[4, 0, 4, 1]` are looked up, and a loss of the four rows is sent "
        "backwards. "
        "How many rows of the table's gradient hold anything but zeros?",
        form=2,
        why="Rows 0, 1 and 4 were looked up; row 4 twice, and its two gradients are added into the one row.",
        slips=[
            Slip(4, "There are four positions, but two of them are the same row, which gets the sum of both."),
            Slip(6, "A row that was not looked up did not change the loss, so its gradient is zero."),
        ],
    ),
    Prediction(
        name="predict_adam_at_rest",
        notebook=HERE,
        ask='"quick" (row 4) is looked up in step 1 and never again. In step 2, its gradient is zero. What does '
        "**Adam** do "
        "with row 4 in step 2?",
        form=("moves it", "leaves it"),
        why="Adam steps along a running average of past gradients, and that average is not zero yet.",
        slips=[Slip("leaves it", "That would be SGD. Adam remembers earlier gradients, and goes on along them.", 6)],
    ),
    Prediction(
        name="predict_adamw_unused",
        notebook=HERE,
        ask="The table has 6 rows, and none of them is all zeros. Step 1 looks up `[4, 0]`. How many rows does "
        "**AdamW**, "
        "with its default settings, move in step 1?",
        form=3,
        why="AdamW's weight decay (0.01 unless you say otherwise) shrinks the whole table a little in every step.",
        slips=[
            Slip(2, "Two rows have a gradient, but weight decay asks no row whether it was used.", 6),
            Slip(0, "Two rows have a gradient, so at least these move.", 6),
        ],
    ),
    Prediction(
        name="predict_padding_row",
        notebook=HERE,
        ask="`nn.Embedding.from_pretrained(torch.ones(6, 3), padding_idx=1)`: what does row 1 hold?",
        form=("zeros", "ones"),
        why="The numbers given to from_pretrained are kept; padding_idx only holds that row's gradient at zero.",
        slips=[
            Slip(
                "zeros",
                "The zeros are written when nn.Embedding makes its own table, and only then.",
                7,
            )
        ],
    ),
    Prediction(
        name="predict_max_norm",
        notebook=HERE,
        ask="A layer was made with `max_norm=1.0`, and some of its rows are longer than 1. Nothing is trained: the ids "
        "`[4, 0]` are looked up, once, under `torch.no_grad()`. What about the table?",
        form=("the same as before", "changed"),
        why="With max_norm, a lookup shortens the rows it fetches, in the table itself.",
        slips=[
            Slip(
                "the same as before", "Reading is not always only reading: with max_norm a lookup writes to the table."
            )
        ],
    ),
    Prediction(
        name="predict_fresh_purity",
        notebook=HERE,
        ask="Before any training: of the five nearest neighbours of a word in the fresh table, what share is of "
        "the word's "
        "own kind and form?",
        form=("under a tenth", "about half", "nearly all"),
        why="The rows are random, so the neighbours are a random sample of all words, and few of these belong "
        "together.",
        slips=[
            Slip("nearly all", "That is what training will have to do. A fresh table has seen no sentence.", 10),
            Slip("about half", "Half would be far more than chance, and chance is all there is in a fresh table.", 10),
        ],
    ),
    Prediction(
        name="predict_below_zero",
        notebook=HERE,
        ask="Take all pairs of rows of the fresh table, and the cosine similarity of each pair. How many of "
        "these are below 0?",
        form=("none", "about half", "nearly all"),
        why="A cosine lies between -1 and 1, and two random rows point away from each other as often as not.",
        slips=[
            Slip("none", "Lengths are never negative; cosines are, where two rows point away from each other.", 13),
            Slip(
                "nearly all", "Random directions favour neither side: for every row that points away, one points along."
            ),
        ],
    ),
    Prediction(
        name="predict_king",
        notebook=HERE,
        ask="Vectors of real words: `king − man + woman`. Which row of the whole table lies nearest to the sum, "
        "when no word "
        "is left out of the search?",
        form=("queen", "king", "man", "woman"),
        why="The sum is still mostly made of its inputs. Evaluations leave the three inputs out, and seldom say so.",
        slips=[
            Slip("queen", "So the story goes; it leaves the three inputs out of the search before it looks."),
        ],
    ),
]

# ---------------------------------------------------------------------------------------------------------- exercises

lookup_gradient = Exercise(
    name="lookup_gradient",
    notebook=HERE,
    worked=True,
    task="""### Exercise 1 (worked): the gradient of a lookup

`upstream` holds the gradient of the loss for every row that was *looked up*: shape `ids.shape + (d,)`. Wanted is the
gradient for the *table* with `rows` rows: shape `(rows, d)`.

Every upstream gradient goes to the row that its id names, and where an id came up twice, both are added. `index_add_`
does that in one line. Run both cells, then change the second one's `ids` so that all are the same.""",
    solution='''
def lookup_gradient(upstream, ids, rows):
    """The gradient of a table with that many rows, from the gradient of each row that was looked up."""
    d = upstream.shape[-1]
    gradient = torch.zeros(rows, d, dtype=upstream.dtype)
    gradient.index_add_(0, ids.reshape(-1), upstream.reshape(-1, d))  # flat: ids may have any shape
    return gradient
''',
    means="the backward pass of a lookup is an addition into rows, and untouched rows keep their zeros.",
    hints=[
        "Begin with zeros of shape (rows, d).",
        "index_add_(0, ids, source) adds source[n] to row ids[n], as often as that id comes up.",
    ],
    cases=lambda: [
        (_tensor([[1.0, 2.0], [10.0, 20.0], [100.0, 200.0]]), _tensor([2, 0, 2]), 4),
        (_random(2, 3, 5, seed=1), _tensor([[4, 0, 4], [4, 1, 0]]), 6),
        (_random(4, 2, seed=2, dtype="float64"), _tensor([3, 3, 3, 3]), 5),
        (_random(0, 3, seed=3), _tensor([]).long(), 3),
        (_random(3, seed=4), _tensor(1), 2),
    ],
    right={
        "one-hot, transposed": """
def lookup_gradient(upstream, ids, rows):
    hot = F.one_hot(ids.reshape(-1), rows).to(upstream.dtype)
    return hot.T @ upstream.reshape(-1, upstream.shape[-1])
""",
        "a loop": """
def lookup_gradient(upstream, ids, rows):
    result = torch.zeros(rows, upstream.shape[-1], dtype=upstream.dtype)
    for row, where in zip(upstream.reshape(-1, upstream.shape[-1]), ids.reshape(-1).tolist()):
        result[where] += row
    return result
""",
        "autograd": """
def lookup_gradient(upstream, ids, rows):
    table = torch.zeros(rows, upstream.shape[-1], dtype=upstream.dtype, requires_grad=True)
    F.embedding(ids, table).backward(upstream)
    return table.grad
""",
    },
    wrong={
        "assigned": Wrong(
            """
def lookup_gradient(upstream, ids, rows):
    gradient = torch.zeros(rows, upstream.shape[-1], dtype=upstream.dtype)
    gradient[ids.reshape(-1)] = upstream.reshape(-1, upstream.shape[-1])
    return gradient
""",
            "where an id comes up twice, only the last of its gradients is kept. They have to be added.",
        ),
        "averaged": Wrong(
            """
def lookup_gradient(upstream, ids, rows):
    flat = ids.reshape(-1)
    gradient = torch.zeros(rows, upstream.shape[-1], dtype=upstream.dtype)
    gradient.index_add_(0, flat, upstream.reshape(-1, upstream.shape[-1]))
    return gradient / torch.bincount(flat, minlength=rows).clamp(min=1)[:, None]
""",
            "a row that was looked up twice gets the sum of both gradients, not their mean.",
        ),
        "every row": Wrong(
            """
def lookup_gradient(upstream, ids, rows):
    return upstream.reshape(-1, upstream.shape[-1]).sum(0).expand(rows, -1).clone()
""",
            "every row gets the same gradient here. Rows that were not looked up get none.",
            6,
        ),
        "as many rows as the largest id": Wrong(
            """
def lookup_gradient(upstream, ids, rows):
    flat = ids.reshape(-1)
    gradient = torch.zeros(int(flat.max()) + 1 if len(flat) else 0, upstream.shape[-1], dtype=upstream.dtype)
    return gradient.index_add_(0, flat, upstream.reshape(-1, upstream.shape[-1]))
""",
            "the gradient has as many rows as the largest id here asks for, and should have as many as the table.",
            2,
        ),
    },
)


sgd_step = Exercise(
    name="sgd_step",
    notebook=HERE,
    task="""### Exercise 2 (finish the last line): one step of SGD, without a full gradient

Write the step that `sparse=True` makes possible: no gradient of the table's size is ever built. `table` is `(V, d)`,
`ids` is `(n,)`, `grad` is `(n, d)`: the gradient for each row looked up. Return the table after one step
`row − lr · gradient`, and leave `table` as it was. An id may come up more than once.

With `table` all zeros `(3, 2)`, `ids = [2, 2]`, `grad = [[1., 1.], [2., 0.]]` and `lr = 0.1`, row 2 becomes
`[-0.3, -0.1]`, and rows 0 and 1 stay.""",
    stub='''
def sgd_step(table, ids, grad, lr):
    """The table after one SGD step on the rows that were looked up."""
    new = table.clone()  # `table` itself must not change
    ...  # the one line that is missing: change `new`
    return new
''',
    solution='''
def sgd_step(table, ids, grad, lr):
    """The table after one SGD step on the rows that were looked up."""
    new = table.clone()  # `table` itself must not change
    new.index_add_(0, ids, grad, alpha=-lr)  # adds -lr * grad[n] to row ids[n], for every n
    return new
''',
    means="a step costs as much as the rows that were used, however large the table is.",
    hints=[
        "Exercise 1 has nearly the same line; this one goes downhill, by lr times the gradient.",
        "new.index_add_(0, ids, ...): what is added to row ids[n] is -lr * grad[n].",
    ],
    cases=lambda: [
        (_tensor([[0.0, 0.0]] * 3), _tensor([2, 2]), _tensor([[1.0, 1.0], [2.0, 0.0]]), 0.1),
        (_random(6, 3, seed=1), _tensor([4, 0, 3, 2, 5, 1]), _random(6, 3, seed=2), 0.5),
        (_random(50, 8, seed=3), _tensor([7, 7, 7, 49, 0]), _random(5, 8, seed=4), 0.01),
        (_random(4, 2, seed=5, dtype="float64"), _tensor([1, 3]), _random(2, 2, seed=6, dtype="float64"), 1.0),
        (_random(4, 2, seed=7), _tensor([]).long(), _random(0, 2), 0.1),
    ],
    right={
        "out of place": """
def sgd_step(table, ids, grad, lr):
    return table.index_add(0, ids, grad, alpha=-lr)
""",
        "a loop": """
def sgd_step(table, ids, grad, lr):
    moved = table.clone()
    for id, row in zip(ids.tolist(), grad):
        moved[id] = moved[id] - lr * row
    return moved
""",
        "one-hot": """
def sgd_step(table, ids, grad, lr):
    return table - lr * (F.one_hot(ids, len(table)).to(grad.dtype).T @ grad)
""",
        "numpy": """
def sgd_step(table, ids, grad, lr):
    import numpy as np
    rows = table.numpy().copy()
    np.subtract.at(rows, ids.numpy(), lr * grad.numpy())
    return rows
""",
        "scatter_add": """
def sgd_step(table, ids, grad, lr):
    change = torch.zeros_like(table).scatter_add(0, ids[:, None].expand_as(grad), grad)
    return table - lr * change
""",
    },
    wrong={
        "repeats lost": Wrong(
            """
def sgd_step(table, ids, grad, lr):
    new = table.clone()
    new[ids] -= lr * grad
    return new
""",
            "`new[ids] -= ...` reads all rows, subtracts, and writes them back: of an id that comes up twice only one "
            "gradient is left. index_add_ adds each.",
        ),
        "uphill": Wrong(
            """
def sgd_step(table, ids, grad, lr):
    return table.index_add(0, ids, grad, alpha=lr)
""",
            "this step goes up the gradient, so the loss grows. Down is minus.",
        ),
        "without lr": Wrong(
            """
def sgd_step(table, ids, grad, lr):
    return table.index_add(0, ids, grad, alpha=-1)
""",
            "the learning rate is missing: the step is lr times the gradient.",
        ),
        "every row": Wrong(
            """
def sgd_step(table, ids, grad, lr):
    return table - lr * grad.sum(0)
""",
            "every row moves here, also those that were not looked up. Plain SGD moves only rows that were.",
            6,
        ),
        "the rows alone": Wrong(
            """
def sgd_step(table, ids, grad, lr):
    return table[ids] - lr * grad
""",
            "only the rows that were looked up come back. The whole table is asked for, with these rows changed in it.",
        ),
        "in place": Wrong(
            """
def sgd_step(table, ids, grad, lr):
    return table.index_add_(0, ids, grad, alpha=-lr)
""",
            "changes its input `table` in place",
            caught_by_rule=True,
        ),
    },
)

nearest = Exercise(
    name="nearest",
    notebook=HERE,
    task="""### Exercise 3 (write the body): neighbours

`nearest(vectors, i, k)`: the ids of the `k` rows of `vectors` whose **cosine similarity** with row `i` is highest, the
nearest first, row `i` itself left out. `vectors` is `(V, d)`; the rows have different lengths.

For the rows `[[1, 0], [3, 1], [0, 9], [-1, 0], [1, 1]]`, `nearest(vectors, 0, 2)` is `[1, 4]`. Row 2 is the longest,
but stands at a right angle to row 0, and row 3 points the other way.""",
    stub='''
def nearest(vectors, i, k):
    """The ids of the k rows most alike to row i by cosine similarity, nearest first, without i."""
    return ...
''',
    solution='''
def nearest(vectors, i, k):
    """The ids of the k rows most alike to row i by cosine similarity, nearest first, without i."""
    unit = F.normalize(vectors, dim=1)  # every row divided by its length: now a dot product is a cosine
    similarity = unit @ unit[i]
    similarity[i] = -2.0  # below every cosine, so that the row itself is never among the nearest
    return similarity.topk(k).indices
''',
    means="likeness of direction is measured, and the length of a row (often: how frequent its word is) is left out.",
    hints=[
        "The cosine is the dot product of two rows divided by both their lengths; F.normalize divides for you.",
        "After similarity = unit @ unit[i], put something below -1 at i, and take .topk(k).indices.",
    ],
    cases=lambda: [
        (_tensor([[1.0, 0.0], [3.0, 1.0], [0.0, 9.0], [-1.0, 0.0], [1.0, 1.0]]), 0, 2),
        (_random(30, 8, seed=1) * _tensor(list(range(1, 31)))[:, None], 3, 5),
        (_random(12, 3, seed=2, dtype="float64"), 0, 5),
        (_random(100, 4, seed=3) * _tensor(list(range(100, 0, -1)))[:, None], 50, 1),
        (_random(7, 2, seed=4), 0, 5),
        (_random(7, 2, seed=4), 0, 6),
        (_random(7, 2, seed=5), 0, 0),
    ],
    right={
        "cosine_similarity and a sort": """
def nearest(vectors, i, k):
    order = F.cosine_similarity(vectors, vectors[i], dim=1).argsort(descending=True)
    return [j for j in order.tolist() if j != i][:k]
""",
        "numpy": """
def nearest(vectors, i, k):
    import numpy as np
    rows = vectors.numpy()
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    near = unit @ unit[i]
    near[i] = -np.inf
    return np.argsort(-near)[:k]
""",
        "a loop": """
def nearest(vectors, i, k):
    scored = []
    for j in range(len(vectors)):
        if j != i:
            scored.append(((vectors[j] @ vectors[i] / vectors[j].norm() / vectors[i].norm()).item(), j))
    return [j for _, j in sorted(scored, reverse=True)[:k]]
""",
        "Euclid on unit rows": """
def nearest(vectors, i, k):
    unit = vectors / vectors.norm(dim=1, keepdim=True)
    apart = (unit - unit[i]).norm(dim=1)
    apart[i] = float("inf")
    return apart.topk(k, largest=False).indices.tolist()
""",
    },
    wrong={
        "itself": Wrong(
            """
def nearest(vectors, i, k):
    unit = F.normalize(vectors, dim=1)
    return (unit @ unit[i]).topk(k).indices
""",
            "the first neighbour is the row itself, with cosine 1: leave it out.",
        ),
        "dot products": Wrong(
            """
def nearest(vectors, i, k):
    score = vectors @ vectors[i]
    score[i] = float("-inf")
    return score.topk(k).indices
""",
            "these are the largest dot products, and long rows win them whatever their direction. Divide by the "
            "lengths.",
        ),
        "dot products and itself": Wrong(
            """
def nearest(vectors, i, k):
    return (vectors @ vectors[i]).topk(k).indices
""",
            "these are the largest dot products, the row itself among them. Divide by the lengths, and leave "
            "row i out.",
        ),
        "straight distance": Wrong(
            """
def nearest(vectors, i, k):
    apart = (vectors - vectors[i]).norm(dim=1)
    apart[i] = float("inf")
    return apart.topk(k, largest=False).indices
""",
            "this is the straight-line distance, in which lengths count. The cosine looks at directions only.",
        ),
        "without signs": Wrong(
            """
def nearest(vectors, i, k):
    similarity = F.cosine_similarity(vectors, vectors[i], dim=1).abs()
    similarity[i] = -1
    return similarity.topk(k).indices
""",
            "a row that points the other way counts as near here: its cosine is close to -1, and the sign was dropped.",
            13,
        ),
        "masked with 0": Wrong(
            """
def nearest(vectors, i, k):
    similarity = F.cosine_similarity(vectors, vectors[i], dim=1)
    similarity[i] = 0
    return similarity.topk(k).indices
""",
            "row i was given similarity 0 to keep it out, and that is not the lowest there is: it comes before "
            "all rows "
            "with a cosine below 0.",
            13,
        ),
        "the farthest": Wrong(
            """
def nearest(vectors, i, k):
    similarity = F.cosine_similarity(vectors, vectors[i], dim=1)
    return similarity.topk(k, largest=False).indices
""",
            "these are the rows least alike: the highest cosine is the nearest.",
        ),
        "near ids": Wrong(
            """
def nearest(vectors, i, k):
    order = sorted(range(len(vectors)), key=lambda j: abs(j - i))
    return order[1 : k + 1]
""",
            "these are the rows whose ids are close to i. The rows themselves were never looked at.",
            5,
        ),
    },
)

sampling_loss = Exercise(
    name="sampling_loss",
    notebook=HERE,
    task="""### Exercise 4 (a new situation): the loss of a whole batch

Above, the loss was that of one word, one true context word and a few noise words. Write it for a batch of `n`:
`word` is `(n, d)`, `good` is `(n, d)`, `bad` is `(n, k, d)` with `k` noise rows for each word. For each of the `n`,

  `− log σ(word · good) − Σₖ log σ(− word · badₖ)`

and the result is the **mean over the batch**, a 0-D tensor that gradients flow through. Scores of −200 must not give
`inf`: use `F.logsigmoid`.

With all rows zero, `n = 2`, `k = 3`: every σ is ½, so the loss is `4 · log 2 ≈ 2.7726`.""",
    stub='''
def sampling_loss(word, good, bad):
    """The mean skip-gram loss: word (n, d), good (n, d), bad (n, k, d)."""
    return ...
''',
    solution='''
def sampling_loss(word, good, bad):
    """The mean skip-gram loss: word (n, d), good (n, d), bad (n, k, d)."""
    good_score = (word * good).sum(-1)  # (n,)
    bad_score = (bad @ word[:, :, None]).squeeze(-1)  # (n, k, d) @ (n, d, 1): (n, k)
    return -(F.logsigmoid(good_score) + F.logsigmoid(-bad_score).sum(-1)).mean()
''',
    means="true company is pulled closer and noise pushed away, for a batch in one expression.",
    hints=[
        "good_score = (word * good).sum(-1) has shape (n,). For the noise a score of shape (n, k) is needed.",
        "bad_score = (bad * word[:, None, :]).sum(-1); then F.logsigmoid(-bad_score).sum(-1), and the mean over n.",
    ],
    cases=lambda: [
        (_tensor([[0.0] * 4] * 2), _tensor([[0.0] * 4] * 2), _tensor([[[0.0] * 4] * 3] * 2)),
        tuple(_random(*shape, seed=1 + n).requires_grad_() for n, shape in enumerate([(5, 3), (5, 3), (5, 2, 3)])),
        tuple(_random(*shape, seed=11 + n).requires_grad_() for n, shape in enumerate([(1, 8), (1, 8), (1, 20, 8)])),
        (
            _random(3, 4, seed=21, dtype="float64"),
            _random(3, 4, seed=22, dtype="float64"),
            _random(3, 1, 4, seed=23, dtype="float64"),
        ),
        (_tensor([[200.0]]), _tensor([[-1.0]]), _tensor([[[1.0], [-1.0]]])),
    ],
    right={
        "einsum and softplus": """
def sampling_loss(word, good, bad):
    pull = F.softplus(-torch.einsum("nd,nd->n", word, good))
    push = F.softplus(torch.einsum("nd,nkd->nk", word, bad))
    return (pull + push.sum(1)).mean()
""",
        "a loop": """
def sampling_loss(word, good, bad):
    total = 0.0
    for w, g, noise in zip(word, good, bad):
        total = total - F.logsigmoid(w @ g)
        for b in noise:
            total = total - F.logsigmoid(-(w @ b))
    return total / len(word)
""",
        "binary cross-entropy": """
def sampling_loss(word, good, bad):
    score = (torch.cat((good[:, None], bad), 1) * word[:, None]).sum(-1)
    target = torch.zeros_like(score)
    target[:, 0] = 1
    return F.binary_cross_entropy_with_logits(score, target, reduction="sum") / len(word)
""",
    },
    wrong={
        "noise pulled closer": Wrong(
            """
def sampling_loss(word, good, bad):
    bad_score = (bad * word[:, None]).sum(-1)
    return -(F.logsigmoid((word * good).sum(-1)) + F.logsigmoid(bad_score).sum(-1)).mean()
""",
            "the minus inside is missing: log σ(word · bad) pulls the noise closer, log σ(−word · bad) pushes it away.",
        ),
        "summed over the batch": Wrong(
            """
def sampling_loss(word, good, bad):
    bad_score = (bad * word[:, None]).sum(-1)
    return -(F.logsigmoid((word * good).sum(-1)) + F.logsigmoid(-bad_score).sum(-1)).sum()
""",
            "the losses of the batch are summed here; their mean is asked for, so that the batch's size does "
            "not matter.",
        ),
        "mean over the noise": Wrong(
            """
def sampling_loss(word, good, bad):
    bad_score = (bad * word[:, None]).sum(-1)
    return -(F.logsigmoid((word * good).sum(-1)) + F.logsigmoid(-bad_score).mean(-1)).mean()
""",
            "over the k noise words the sum is asked for; with the mean, more noise words would not weigh more.",
        ),
        "scores summed first": Wrong(
            """
def sampling_loss(word, good, bad):
    bad_score = (bad * word[:, None]).sum((-1, -2))
    return -(F.logsigmoid((word * good).sum(-1)) + F.logsigmoid(-bad_score)).mean()
""",
            "the k noise scores are added before log σ: each noise word needs a log σ of its own.",
        ),
        "log of a sigmoid": Wrong(
            """
def sampling_loss(word, good, bad):
    bad_score = (bad * word[:, None]).sum(-1)
    return -(torch.log(torch.sigmoid((word * good).sum(-1))) + torch.log(torch.sigmoid(-bad_score)).sum(-1)).mean()
""",
            "σ(−200) is 0 in float32 and its log is −inf. F.logsigmoid works the log out without passing through 0.",
        ),
        "one loss each": Wrong(
            """
def sampling_loss(word, good, bad):
    bad_score = (bad * word[:, None]).sum(-1)
    return -(F.logsigmoid((word * good).sum(-1)) + F.logsigmoid(-bad_score).sum(-1))
""",
            "one loss for each of the n came back. Their mean, one number, is asked for.",
        ),
        "without the minus": Wrong(
            """
def sampling_loss(word, good, bad):
    bad_score = (bad * word[:, None]).sum(-1)
    return (F.logsigmoid((word * good).sum(-1)) + F.logsigmoid(-bad_score).sum(-1)).mean()
""",
            "the minus in front is missing: log σ is to grow, and a loss is to shrink.",
        ),
        "gradient cut": Wrong(
            """
def sampling_loss(word, good, bad):
    bad_score = (bad * word[:, None]).sum(-1)
    loss = -(F.logsigmoid((word * good).sum(-1)) + F.logsigmoid(-bad_score).sum(-1)).mean()
    return loss.detach()
""",
            "no gradient flows back",
            caught_by_rule=True,
        ),
    },
)

analogy = Exercise(
    name="analogy",
    notebook=HERE,
    task="""### Exercise 5 (a new situation): a is to b as c is to ...

`analogy(vectors, a, b, c)`: bring all rows to length 1, take `row b − row a + row c`, and return the id of the row
with the highest cosine to that sum, **a, b and c themselves left out of the search**.

For the rows `[[2, 0], [2, 2], [0, 1], [-1, 0], [-3, 3]]`, `analogy(vectors, 0, 1, 2)` is `4`.""",
    stub='''
def analogy(vectors, a, b, c):
    """The id of the row d for which a is to b as c is to d; a, b and c are left out."""
    return ...
''',
    solution='''
def analogy(vectors, a, b, c):
    """The id of the row d for which a is to b as c is to d; a, b and c are left out."""
    unit = F.normalize(vectors, dim=1)
    # the sum need not have length 1: that scales all cosines alike, and the highest stays the highest
    similarity = unit @ (unit[b] - unit[a] + unit[c])
    similarity[[a, b, c]] = float("-inf")
    return int(similarity.argmax())
''',
    means="the step from a to b was taken again from c. Leaving the inputs out is part of the recipe, so say it "
    "with results.",
    hints=[
        "Normalise once, then unit @ (unit[b] - unit[a] + unit[c]) scores all rows.",
        "Put -inf at [a, b, c] before argmax.",
    ],
    cases=lambda: [
        (_tensor([[2.0, 0.0], [2.0, 2.0], [0.0, 1.0], [-1.0, 0.0], [-3.0, 3.0]]), 0, 1, 2),
        (_random(40, 6, seed=1) * _tensor(list(range(1, 41)))[:, None], 3, 8, 21),
        (_random(40, 6, seed=2) * _tensor(list(range(40, 0, -1)))[:, None], 39, 0, 7),
        (_random(200, 4, seed=3, dtype="float64"), 11, 150, 90),
        (_random(60, 5, seed=4) * _tensor([1.0, 9.0, 3.0] * 20)[:, None], 2, 30, 31),
        (_random(25, 3, seed=5), 5, 6, 24),
        (_tensor([[0.0, 2.0], [3.0, 0.0], [0.0, 1.0], [-1.0, 3.0], [-1.0, 1.0]]), 0, 1, 2),  # the others: below 0
        (_tensor([[-1.0, 0.0], [1.0, 0.0], [2.0, 1.0], [-2.0, -1.0], [-5.0, 1.0]]), 0, 1, 2),  # and below -1
    ],
    right={
        "sorted": """
def analogy(vectors, a, b, c):
    unit = vectors / vectors.norm(dim=1, keepdim=True)
    order = F.cosine_similarity(unit, unit[b] - unit[a] + unit[c], dim=1).argsort(descending=True).tolist()
    return next(d for d in order if d not in (a, b, c))
""",
        "numpy": """
def analogy(vectors, a, b, c):
    import numpy as np
    rows = vectors.numpy()
    unit = rows / np.linalg.norm(rows, axis=1)[:, None]
    scores = unit @ (unit[c] + unit[b] - unit[a])
    scores[[a, b, c]] = -np.inf
    return scores.argmax()
""",
        "a tensor": """
def analogy(vectors, a, b, c):
    unit = F.normalize(vectors, dim=-1)
    goal = F.normalize(unit[b] - unit[a] + unit[c], dim=0)
    near = (unit * goal).sum(1).index_fill(0, torch.tensor([a, b, c]), -9.0)
    return near.topk(1).indices[0]
""",
    },
    wrong={
        "inputs in the search": Wrong(
            """
def analogy(vectors, a, b, c):
    unit = F.normalize(vectors, dim=1)
    return int((unit @ (unit[b] - unit[a] + unit[c])).argmax())
""",
            "the answer is one of the inputs here, as it mostly is when they stay in the search. Leave a, b and c out.",
        ),
        "the other way round": Wrong(
            """
def analogy(vectors, a, b, c):
    unit = F.normalize(vectors, dim=1)
    similarity = unit @ (unit[a] - unit[b] + unit[c])
    similarity[[a, b, c]] = float("-inf")
    return int(similarity.argmax())
""",
            "the step goes from b to a here: a is to b means b − a.",
        ),
        "raw rows": Wrong(
            """
def analogy(vectors, a, b, c):
    similarity = F.cosine_similarity(vectors, vectors[b] - vectors[a] + vectors[c], dim=1)
    similarity[[a, b, c]] = float("-inf")
    return int(similarity.argmax())
""",
            "the rows were added with their lengths as they are, so the longest decides. Bring them to length 1 first.",
        ),
        "dot products": Wrong(
            """
def analogy(vectors, a, b, c):
    unit = F.normalize(vectors, dim=1)
    score = vectors @ (unit[b] - unit[a] + unit[c])
    score[[a, b, c]] = float("-inf")
    return int(score.argmax())
""",
            "the sum is of unit rows, but it was compared with rows of all lengths: the longest win.",
        ),
        "only c left out": Wrong(
            """
def analogy(vectors, a, b, c):
    unit = F.normalize(vectors, dim=1)
    similarity = unit @ (unit[b] - unit[a] + unit[c])
    similarity[c] = float("-inf")
    return int(similarity.argmax())
""",
            "only c was left out, and b is as much a part of the sum. Leave all three out.",
        ),
        "masked with 0": Wrong(
            """
def analogy(vectors, a, b, c):
    unit = F.normalize(vectors, dim=1)
    similarity = unit @ (unit[b] - unit[a] + unit[c])
    similarity[[a, b, c]] = 0
    return int(similarity.argmax())
""",
            "the inputs were given 0 to keep them out, and they win wherever all the others are below 0.",
            13,
        ),
        "masked with -1": Wrong(
            """
def analogy(vectors, a, b, c):
    unit = F.normalize(vectors, dim=1)
    similarity = unit @ (unit[b] - unit[a] + unit[c])
    similarity[[a, b, c]] = -1
    return int(similarity.argmax())
""",
            "-1 is the lowest cosine, but the sum may be longer than 1, and then a dot product with it may be lower: "
            "-inf is safe.",
        ),
    },
)

frozen = Exercise(
    name="frozen",
    notebook=HERE,
    task="""### Exercise 6 (bug hunt): the layer that would not freeze

`frozen(vectors)` should return an `nn.Embedding` that holds these vectors and that no training step changes. It raises
nothing, and its first lookup looks right. Yet after an epoch the vectors are others. Two things were meant to stop
that, and neither does. Find out why, and mend it: the layer's `weight` must hold the vectors and must ask for no
gradient.""",
    stub='''
def frozen(vectors):
    """An embedding layer that holds these vectors and that no optimiser changes."""
    layer = nn.Embedding(*vectors.shape)
    layer.weight.data.copy_(vectors)
    layer.weight.detach()
    layer.weight.requiresGrad = False
    return layer
''',
    solution='''
def frozen(vectors):
    """An embedding layer that holds these vectors and that no optimiser changes."""
    layer = nn.Embedding(*vectors.shape)
    layer.weight.data.copy_(vectors)
    # .detach() returns another tensor and leaves this one as it is; requiresGrad is a new attribute that nobody reads
    layer.weight.requires_grad = False
    return layer
''',
    means="the layer is frozen, and you would see a misspelt attribute now: `print(layer.weight.requires_grad)` tells.",
    hints=[
        "Print layer.weight.requires_grad after each of the two lines that were meant to freeze.",
        "detach() returns something, and what becomes of it? And how does PyTorch write the attribute's name?",
    ],
    cases=lambda: [
        (_random(6, 3, seed=1),),
        (_random(4, 5, seed=2),),
        (_random(1, 1, seed=3),),
    ],
    view=lambda layer, vectors: [
        layer.weight.detach().reshape(-1).tolist(),
        [float(parameter.requires_grad) for parameter in layer.parameters()],
        list(layer.weight.shape),
    ],
    right={
        "requires_grad_": """
def frozen(vectors):
    layer = nn.Embedding(*vectors.shape)
    layer.weight.data.copy_(vectors)
    layer.requires_grad_(False)
    return layer
""",
        "from_pretrained": """
def frozen(vectors):
    return nn.Embedding.from_pretrained(vectors)
""",
        "a parameter that is frozen": """
def frozen(vectors):
    layer = nn.Embedding(vectors.shape[0], vectors.shape[1])
    layer.weight = nn.Parameter(vectors.clone(), requires_grad=False)
    return layer
""",
        "every parameter": """
def frozen(vectors):
    layer = nn.Embedding.from_pretrained(vectors, freeze=False)
    for parameter in layer.parameters():
        parameter.requires_grad_(False)
    return layer
""",
    },
    wrong={
        "misspelt": Wrong(
            """
def frozen(vectors):
    layer = nn.Embedding.from_pretrained(vectors, freeze=False)
    layer.weight.requiresGrad = False
    return layer
""",
            "the weight still asks for a gradient: of the lines meant to freeze it, none does.",
            12,
        ),
        "a frozen table of other numbers": Wrong(
            """
def frozen(vectors):
    layer = nn.Embedding(*vectors.shape)
    nn.init.zeros_(layer.weight)
    layer.weight.requires_grad = False
    return layer
""",
            "the layer is frozen, but it holds zeros in place of the vectors.",
        ),
        "its own random numbers": Wrong(
            """
def frozen(vectors):
    layer = nn.Embedding(*vectors.shape)
    layer.weight.requires_grad = False
    return layer
""",
            "the layer is frozen, but it holds the random numbers it was made with: the vectors never came in.",
        ),
        "transposed": Wrong(
            """
def frozen(vectors):
    return nn.Embedding.from_pretrained(vectors.T.contiguous())
""",
            "the table is transposed: it needs a row for each vector.",
            3,
        ),
        "a linear layer": Wrong(
            """
def frozen(vectors):
    layer = nn.Linear(*vectors.T.shape)
    layer.weight.data.copy_(vectors)
    layer.requires_grad_(False)
    return layer
""",
            "this is an nn.Linear, with a bias at that. An nn.Embedding is asked for.",
            15,
        ),
        "the tensor": Wrong(
            """
def frozen(vectors):
    return vectors.detach()
""",
            "'Tensor' object has no attribute 'weight'",
            caught_by_rule=True,
        ),
    },
)

PIECES: list = [*RECALLS, *PREDICTIONS, lookup_gradient, sgd_step, nearest, sampling_loss, analogy, frozen]
