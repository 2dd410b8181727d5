"""Word vectors from text, fast: skip-gram with negative sampling (Mikolov et al. 2013), without a list of pairs.

A list of pairs looks up seven rows for each pair, 70 rows for each word. `train` looks up two rows for each word: it
takes short pieces of the text, puts a few pieces side by side in a line, and scores all words of a line against each
other in one matrix product. Pairs of near words are in that product, and so are the negatives: the words of the other
pieces, which were taken from anywhere in the text. Only the rows that a step uses are read and moved.

Notebook 05 first builds a short trainer by hand, and calls this one for English. Its side path "What makes `train`
fast?" derives the parts.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence

import torch
import torch.nn.functional as F

PIECE, PIECES = 12, 3  # words in a piece of text, and pieces in a line
LINE = PIECE * PIECES
LEAST_STEPS = 20  # a text of many lines gets at least so many steps in an epoch: for a small text, batches are smaller

Watch = Callable[[float, torch.Tensor], None]


def print_tenths() -> Watch:
    """A `watch` that prints 0%, 10%, ... 100% as the training reaches them: the same line in every run.

    >>> watch = print_tenths()
    >>> for done in (0.0, 0.04, 0.55, 1.0):
    ...     watch(done, None)
    0% 10% 20% 30% 40% 50% 60% 70% 80% 90% 100%
    """
    due = iter(range(0, 101, 10))
    coming = next(due)

    def watch(done: float, _vectors: torch.Tensor) -> None:
        nonlocal coming
        while coming <= 100 * done:
            print(f"{coming}%", end="\n" if coming == 100 else " ", flush=True)
            coming = next(due, 101)

    return watch


def lay_out(sentences: Sequence[list[int]], vocabulary_size: int) -> tuple[torch.Tensor, torch.Tensor]:
    """All words in one long row, and for each word the number of its sentence.

    The text is a ring, so that a piece can begin at each word: the first 11 words follow the last word. A text of
    fewer than 12 words is repeated. Numbers run from 0 to 15 and begin again: two sentences in one piece never have the
    same number, and float32 holds each number exactly.

    >>> ids, number = lay_out([[4, 0, 3, 2], [], [5, 1, 4, 0], [3, 2, 5, 1]], 6)
    >>> ids.tolist()
    [4, 0, 3, 2, 5, 1, 4, 0, 3, 2, 5, 1, 4, 0, 3, 2, 5, 1, 4, 0, 3, 2, 5]
    >>> number.int().tolist()
    [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5]
    """
    words = array("q")  # nine times as fast as torch.tensor on one long list
    for sentence in sentences:
        words.fromlist(sentence)
    lengths = array("q", [len(sentence) for sentence in sentences if sentence])
    if max(lengths, default=0) < 2:
        got = f"{len(lengths)} sentences of one word" if lengths else "no words"
        raise ValueError(f"there is nothing to learn from: expected a sentence of two words or more, got {got}")
    while len(words) < PIECE:
        words, lengths = words + words, lengths + lengths
    ids, sizes = (torch.frombuffer(numbers, dtype=torch.int64) for numbers in (words, lengths))
    low, high = (int(end) for end in ids.aminmax())
    if low < 0 or high >= vocabulary_size:
        raise ValueError(f"expected ids from 0 to {vocabulary_size - 1}, got {low if low < 0 else high}")
    number = (torch.arange(len(lengths)) % 16).float().repeat_interleave(sizes, output_size=len(words))
    again = (number[: PIECE - 1] + len(lengths)) % 16  # on the second round each sentence counts as another one
    return torch.cat((ids, ids[: PIECE - 1])), torch.cat((number, again))


def sorted_batches(ids: torch.Tensor, batch: int, vocabulary_size: int) -> Iterable[tuple[torch.Tensor, ...]]:
    """For each batch of lines: its different words, its positions in the order of their words, where each word begins.

    One sort serves all batches: by batch, then by word.

    >>> for rows, positions, first in sorted_batches(torch.tensor([[4, 0, 4], [5, 4, 5]]), batch=1, vocabulary_size=6):
    ...     print(rows.tolist(), positions.tolist(), first.tolist())
    [0, 4] [1, 0, 2] [0, 1]
    [4, 5] [1, 0, 2] [0, 1]
    """
    size = batch * ids.shape[1]
    key = torch.arange(ids.numel()) // size * vocabulary_size + ids.flatten()
    if ids.numel() // size * vocabulary_size + vocabulary_size < 2**31:
        key = key.int()  # sorts in less than half the time
    key, positions = key.sort(stable=True)
    key, counts = key.unique_consecutive(return_counts=True)
    different = (key // vocabulary_size).bincount().tolist()  # how many different words each batch has
    rows, first = (key % vocabulary_size).long(), (counts.cumsum(0) - counts) % size
    return zip(rows.split(different), (positions % size).split(size), first.split(different), strict=True)


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

    Every word of every sentence is read in every epoch. The result depends on the seed and the settings only (and, in
    the last digits, on the machine).

    Args:
        sentences: lists of word ids from 0 to `vocabulary_size` − 1; empty ones are passed over.
        vocabulary_size: how many rows to make. Words that are not in the text keep their random rows.
        window: the largest distance between a word and its context word, from 1 to 11. Pairs count the less the
            farther apart they are: fully at distance 1, and 1 / window at the distance `window`.
        epochs: how many times to read the text; 0 returns the random rows of the start.
        negatives: how much the negatives weigh, compared with the pairs.
        rate: the step size at the start. It falls to 0.
        batch: how many lines of 36 words make a step, at most; fewer if the text is small.
        seed: for the random start and the order of the pieces.
        watch: called before each step and at the end with the share of the training that is done and with the word
            vectors at that moment (the table itself: clone it to keep it).

    Raises:
        ValueError: no sentence has two words; an id is not in the vocabulary; the window does not fit in a piece; one
            step would read everything (no word vector moves at the first step).

    >>> sentences = [[0, 2], [1, 2], [3, 5], [4, 5]] * 50  # 0 and 1 occur with 2, 3 and 4 occur with 5
    >>> vectors = train(sentences, vocabulary_size=6, dimension=8)
    >>> cosine = F.normalize(vectors) @ F.normalize(vectors).T
    >>> bool(cosine[0, 1] > cosine[0, 3] + 0.2)
    True
    """
    if not 1 <= window < PIECE:
        raise ValueError(f"expected a window from 1 to {PIECE - 1}, got {window}")
    stream, number = lay_out(sentences, vocabulary_size)
    size = len(stream) - PIECE + 1  # words in the text
    lines = -(-size // LINE)  # rounded up: up to 35 words are read twice, none is left out
    batch = max(1, min(batch, lines // LEAST_STEPS))
    steps = epochs * -(-lines // batch)
    if steps == 1:
        raise ValueError(f"the text is too small to learn from in one epoch: its {size} words make one step")

    # Each word has two rows, one as a word and one as a context word. Context rows begin at zero.
    generator = torch.Generator().manual_seed(seed)
    tables = torch.empty(vocabulary_size, dimension), torch.zeros(vocabulary_size, dimension)
    tables[0].uniform_(-0.5 / dimension, 0.5 / dimension, generator=generator)
    squares = [torch.full((vocabulary_size, 1), 1e-9) for _ in tables]  # each row's sum of squared gradients

    # In a line, near words of one piece are pairs, and the words of the other pieces are negatives. The negatives of
    # a word weigh `negatives` times its pairs: these add up to window + 1 in `near`.
    position = torch.arange(LINE)
    distance = (position[:, None] - position).abs()
    foreign = position[:, None] // PIECE != position // PIECE
    near = (1 - (distance - 1) / window).clamp(min=0) * (distance > 0) * ~foreign
    far = foreign * (negatives * (window + 1) / (LINE - PIECE))

    windows = [row.unfold(0, PIECE, 1) for row in (stream, number)]  # the piece that begins at each word; no copy
    step = 0
    for _ in range(epochs):
        start = int(torch.randint(size, (), generator=generator))  # other pieces in each epoch
        begins = (start + PIECE * torch.randperm(PIECES * lines, generator=generator)) % size
        ids, sentence = (row[begins].view(lines, LINE) for row in windows)
        parts = zip(ids.split(batch), sentence.split(batch), sorted_batches(ids, batch, vocabulary_size), strict=True)
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
    scores = words @ contexts.mT  # every word of a line against every other, in one product
    same = torch.eq(sentence[:, :, None], sentence[:, None, :], out=torch.empty_like(scores))  # 1.0 or 0.0
    wanted = near * same  # pairs do not cross the end of a sentence
    # The gradient for each score, with its sign reversed: wanted · (1 − σ) for pairs, −far · σ for negatives.
    error = torch.lerp(wanted, -far, torch.sigmoid(scores))

    rows, positions, first = by_word
    for table, squared, gradient in zip(tables, squares, (error @ contexts, error.mT @ words), strict=True):
        total = F.embedding_bag(positions, gradient.flatten(0, 1), first, mode="sum")  # a sum for each different word
        # Adagrad: the larger a row's gradients were so far, the smaller its steps.
        squared[rows] += torch.linalg.vector_norm(total, dim=-1, keepdim=True).square()
        table.index_add_(0, rows, total * (rate / squared[rows].sqrt()))
