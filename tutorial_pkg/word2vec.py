"""Word vectors from text, fast: skip-gram with negative sampling (Mikolov et al. 2013), without a list of pairs.

A trainer with a list of pairs looks up seven rows for each pair, which is 70 rows for each word. `train` looks up two
rows for each word. It takes short pieces of the text and puts three pieces side by side in a line. One matrix product
scores all words of a line against each other. The product contains the scores of all pairs of near words. It also
contains the negatives of a word: the words of the other two pieces, which come from anywhere in the text. Notebook 05
uses this trainer for English. Its side path "What makes `train` fast?" explains the parts.
"""

from array import array
from collections.abc import Callable, Sequence

import numpy as np
import torch
import torch.nn.functional as F

from tutorial_pkg.words import describe

PIECE, PIECES = 12, 3  # words in a piece of text, and pieces in a line
LINE = PIECE * PIECES
LEAST_STEPS = 20  # the smallest number of steps in an epoch. For a small text, the batches are smaller

Watch = Callable[[float, torch.Tensor], None]


def print_tenths() -> Watch:
    """A `watch` for `train` that prints 0%, 10%, ... 100%. Every run prints the same line.

    >>> watch = print_tenths()
    >>> for done in (0.0, 0.04, 0.55, 1.0):
    ...     watch(done, None)
    0% 10% 20% 30% 40% 50% 60% 70% 80% 90% 100%
    """
    coming = 0

    def watch(done: float, _vectors: torch.Tensor) -> None:
        nonlocal coming
        while coming <= 100 * done:
            print(f"{coming}%", end="\n" if coming == 100 else " ", flush=True)
            coming += 10

    return watch


def lay_out(sentences: Sequence[list[int]], vocabulary_size: int) -> tuple[torch.Tensor, torch.Tensor]:
    """One long tensor with the ids of all words, and a tensor with the sentence number of each word.

    The first 11 words are repeated after the last word, so that a piece of 12 words can begin at each word. A text of
    fewer than 12 words is repeated first. The numbers of the sentences count from 0 to 15 and begin again. So two
    sentences in one piece never have the same number, and float32 stores each number exactly.

    >>> ids, number = lay_out([[4, 0, 3, 2], [], [5, 1, 4, 0], [3, 2, 5, 1]], 6)
    >>> ids.tolist()
    [4, 0, 3, 2, 5, 1, 4, 0, 3, 2, 5, 1, 4, 0, 3, 2, 5, 1, 4, 0, 3, 2, 5]
    >>> number.int().tolist()
    [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5]
    """
    words = array("q")  # an array is nine times as fast as torch.tensor on one long list
    for sentence in sentences:
        words.fromlist(sentence)
    lengths = array("q", filter(None, map(len, sentences)))
    if max(lengths, default=0) < 2:
        got = f"{len(lengths)} sentences of one word" if lengths else "no words"
        raise ValueError(f"there is nothing to learn from: expected a sentence of two words or more, got {got}")
    while len(words) < PIECE:
        words, lengths = words + words, lengths + lengths
    size = len(words)
    words.extend(words[: PIECE - 1])
    ids, sizes = (torch.frombuffer(numbers, dtype=torch.int64) for numbers in (words, lengths))
    low, high = (int(end) for end in ids.aminmax())
    if low < 0 or high >= vocabulary_size:
        raise ValueError(f"expected ids from 0 to {vocabulary_size - 1}, got {low if low < 0 else high}")
    number = (torch.arange(len(lengths)) % 16).float().repeat_interleave(sizes, output_size=size)
    again = (number[: PIECE - 1] + len(lengths)) % 16  # in the second round, each sentence has a new number
    return ids, torch.cat((number, again))


def sorted_batches(ids: torch.Tensor, batch: int) -> list[tuple[torch.Tensor, ...]]:
    """For each batch of lines: its different words, its positions sorted by their words, and where each word begins.

    >>> for rows, positions, first in sorted_batches(torch.tensor([[4, 0, 4], [5, 4, 5]]), batch=1):
    ...     print(rows.tolist(), positions.tolist(), first.tolist())
    [0, 4] [1, 0, 2] [0, 1]
    [4, 5] [1, 0, 2] [0, 1]
    """
    batches = []
    for lines in ids.split(batch):
        words = lines.flatten()
        # NumPy sorts 16-bit numbers in a fifth of the time. So sort by the lower 16 bits, then by the upper 16 bits.
        positions = words.numpy().astype(np.uint16).argsort(kind="stable")
        upper = (words.numpy() >> 16).astype(np.uint16)
        positions = torch.from_numpy(positions[upper[positions].argsort(kind="stable")])
        rows, counts = words.index_select(0, positions).unique_consecutive(return_counts=True)
        batches.append((rows, positions, counts.cumsum(0) - counts))
    return batches


@torch.no_grad()  # the gradient is written by hand
def train(
    sentences: Sequence[list[int]],
    vocabulary_size: int,
    *,
    dimension: int = 64,
    window: int = 5,
    epochs: int = 5,
    negatives: int = 5,
    rate: float = 1.2,
    batch: int = 113,
    seed: int = 0,
    watch: Watch | None = None,
) -> torch.Tensor:
    """A vector for every word id, learned from lists of word ids: a tensor of shape (vocabulary_size, dimension).

    Every word of every sentence is read in every epoch. In the last digits, the result depends on the machine.

    Args:
        sentences: lists of word ids from 0 to `vocabulary_size` − 1. A list may be empty.
        vocabulary_size: the number of rows. Words that are not in the text keep their random rows.
        window: the largest distance between a word and its context word, from 1 to 11. A pair weighs less if its words
            are farther apart: 1 at distance 1, and 1 / window at the distance `window`.
        epochs: how many times the text is read. With 0, the result is the initial random rows.
        negatives: the weight of the negatives relative to the weight of the pairs.
        rate: the step size at the start. It falls to 0.
        batch: the largest number of lines (of 36 words) in a step. For a small text, a step has fewer lines.
        seed: for the random rows of the start and the order of the pieces.
        watch: a function that is called before each step and at the end. Its arguments are the finished share of the
            training, and the table of word vectors, which the next step changes.

    Raises:
        ValueError: no sentence has two words, an id is not in the vocabulary, the window is larger than 11, or the
            whole training is one step (the first step changes no word vector).

    >>> sentences = [[0, 2], [1, 2], [3, 5], [4, 5]] * 50  # words 0 and 1 occur with 2; words 3 and 4 occur with 5
    >>> vectors = train(sentences, vocabulary_size=6, dimension=8)
    >>> cosine = F.normalize(vectors) @ F.normalize(vectors).T
    >>> bool(cosine[0, 1] > cosine[0, 3] + 0.2)
    True
    """
    if not 1 <= window < PIECE:
        raise ValueError(f"expected a window from 1 to {PIECE - 1}, got {window}")
    stream, number = lay_out(sentences, vocabulary_size)
    size = len(stream) - PIECE + 1  # words in the text
    lines = -(-size // LINE)  # rounded up: up to 35 words are read twice, and no word is left out
    batch = max(1, min(batch, lines // LEAST_STEPS))
    steps = epochs * -(-lines // batch)
    if steps == 1:
        raise ValueError(f"the text is too small to learn from in one epoch: its {size} words make one step")

    # Each word has two rows, one as a word and one as a context word. Context rows begin at zero.
    generator = torch.Generator().manual_seed(seed)
    tables = torch.empty(vocabulary_size, dimension), torch.zeros(vocabulary_size, dimension)
    tables[0].uniform_(-0.5 / dimension, 0.5 / dimension, generator=generator)
    squares = [torch.full((vocabulary_size,), 1e-9) for _ in tables]  # for each row, the sum of squared gradients

    # In a line, nearby words of one piece are pairs. The words of the other pieces are negatives. The weights of a
    # word's pairs (`near`) add up to window + 1, and the weights of its negatives (`far`) to `negatives` times as much.
    position = torch.arange(LINE)
    distance = (position[:, None] - position).abs()
    foreign = position[:, None] // PIECE != position // PIECE
    near = (1 - (distance - 1) / window).clamp(min=0) * (distance > 0) * ~foreign
    far = foreign * (negatives * (window + 1) / (LINE - PIECE))

    windows = [row.unfold(0, PIECE, 1) for row in (stream, number)]  # a view: the piece that begins at each word
    step = 0
    for _ in range(epochs):
        start = int(torch.randint(size, (), generator=generator))  # each epoch has different pieces
        begins = (start + PIECE * torch.randperm(PIECES * lines, generator=generator)) % size
        ids, sentence = (row.index_select(0, begins).view(lines, LINE) for row in windows)
        parts = zip(ids.split(batch), sentence.split(batch), sorted_batches(ids, batch), strict=True)
        for ids, sentence, by_word in parts:
            if watch:
                watch(step / steps, tables[0])
            train_on_batch(tables, squares, ids, sentence, by_word, near, far, rate * (1 - step / steps))
            step += 1
    if watch:
        watch(1.0, tables[0])
    return tables[0]


def train_on_batch(tables, squares, ids, sentence, by_word, near, far, rate):
    """One step: move the rows of the words in a batch of lines."""
    words, contexts = (F.embedding(ids, table) for table in tables)
    scores = words @ contexts.mT  # a score for every two words of a line, in one product
    same = torch.eq(sentence[:, :, None], sentence[:, None, :], out=torch.empty_like(scores))  # 1.0 or 0.0
    wanted = same.mul_(near)  # in place, which is faster. Pairs do not cross the end of a sentence
    # The gradient for each score, with its sign reversed: wanted · (1 − σ) for pairs, −far · σ for negatives.
    error = torch.lerp(wanted, -far, scores.sigmoid_(), out=wanted)

    rows, positions, first = by_word
    for table, squared, gradient in zip(tables, squares, (error @ contexts, error.mT @ words), strict=True):
        total = F.embedding_bag(positions, gradient.flatten(0, 1), first, mode="sum")  # a sum for each different word
        # Adagrad: the larger a row's gradients were so far, the smaller its steps.
        squared.index_add_(0, rows, torch.linalg.vector_norm(total, dim=-1).square())
        table.index_add_(0, rows, total.mul_((rate / squared[rows].sqrt())[:, None]))


def plane(vectors: torch.Tensor) -> torch.Tensor:
    """The two directions along which vectors spread most (PCA), as a matrix (d, 2) to multiply vectors with.

    Each direction's largest entry is positive, so the same vectors always give the same picture. `vectors`: a tensor of
    at least two vectors of at least two dimensions, without `inf` and `nan`.
    >>> plane(torch.tensor([[0.0, 0, 5], [0, 0, -5], [1, 0, 0], [-1, 0, 0]])).T.abs().round().tolist()
    [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]
    """
    due = "a tensor of at least two vectors, of at least two dimensions and of finite numbers"
    fits = isinstance(vectors, torch.Tensor) and vectors.ndim == 2 and min(vectors.shape) >= 2
    if not fits or not vectors.isfinite().all():
        raise ValueError(f"vectors: expected {due}; got {describe(vectors)}")
    _, _, directions = torch.linalg.svd((vectors - vectors.mean(0)).double(), full_matrices=False)
    two = directions[:2]
    return (two * two.gather(1, two.abs().argmax(1, keepdim=True)).sign()).T.to(vectors.dtype)
