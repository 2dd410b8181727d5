"""Word vectors from text: the course's trainers compared with gensim, in words a second and in quality.

The fast trainer is `tutorial_pkg.word2vec.train`. The short trainer and the counting are the code of notebook 05's
cells. Corpus, dimension (64), epochs, window (5, but 2 in the short trainer) and number of threads are the same on both
sides. gensim draws 5 negatives for each pair. Our trainer shares negatives among pairs, so compare the quality, too.

The settings of our trainer were chosen with seeds 0 to 2. The reported figures come from other seeds.

What we tried for speed (processor time on one thread, on two cores that also did other work). We kept:
- separate rows for words and contexts, and one sort for a whole epoch: 1.21 to 1.25 times as fast, and the vectors are
  the same bit for bit
- NumPy's sort of 16-bit numbers: 15 ms an epoch, where one torch.sort of all batches takes 28 ms
- one `lerp` for the error, which saves one pass over the scores
- pairs, error and moves computed in place, and squares without a second dimension: 1.07 to 1.15 times as fast, and the
  vectors are the same bit for bit
We dropped:
- the two rows of a word next to each other, used as two tables: 0.75 to 0.87 times as fast
- adding with `table[rows] += …`, `index_put_` or `index_copy_`: 1.2 to 3.4 times as long as `index_add_`
- reading the squares once instead of twice: 1 % faster
- large pages for the tables, or ids in the order of frequency: at most 3 % faster at 200,000 words
- writing gradients into an existing tensor: not faster
- two pieces in a line instead of three: 1.2 times as fast, but planted analogies fall by .062 ± .005, and WordSim-353
  falls by .043 ± .016
- twice as many lines in a step: 0.7 to 0.9 times as fast
At 200,000 words, the rows of a step are far apart in 102 MB. Looking up and moving them takes more than twice as long
as at 5,000 words. The products take the same time. On a busy machine, two threads wait for each other. Then `train` is
slower than with one thread, at every size of the vocabulary. gensim does not become slower.

What we tried for SimLex (after 15 epochs, with the mean row taken out). gensim stays ahead: it has .125 over seeds 10
and 11. Our trainer had .052 with seed 10. Changes of our trainer gave:
- .074 with negatives by frequency^0.75
- .074 with words and contexts added
- .075 with eight pieces of 12 words in a line
- .093 with four pieces of 24 words in a line and negatives by frequency^0.75
- .102 with eight pieces of 12 words, negatives by frequency^0.75, and words and contexts added
- .016 to .063 with lower rates, smaller batches, 15 negatives or a window of 3
Lines of 96 words train 0.48 to 0.58 times as fast, so we do not use them.

Dropping many of the frequent words comes nearest to gensim. (This is gensim's default; here it is off on both sides.)
Over seeds 10 to 14, our trainer has .073. Dropping adds .018 (± .013 over items, ± .011 over seeds) and takes three
quarters of the time. With 10 negatives, it adds .025 ± .013 ± .012. In the invented world, ρ of shared traits
doubles, and analogies rise from .36 to .62. But it costs .097 ± .002 of the next word's log probability. This is more
than our lead over gensim there, so we do not use it. Also, the measure "own kind and form" falls by .01, and king −
man + woman gives esther in the notebook. With dropping, gensim gains .009, and its log probability of the next word
falls by .036.

We also took the 1 to 16 largest directions out of the rows, or made them equally large. gensim and our trainer gain
less than .02. (These figures are from before the trainer read all of its text.)
"""

from __future__ import annotations

import contextlib
import inspect
import io
import os
import random
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import torch
import torch.nn.functional as F
from helpers import source
from matplotlib.figure import Figure
from torch import nn

from bench import quality
from bench.table import Table, duration, in_order, picture, times
from tutorial_pkg import word2vec
from tutorial_pkg.data import english_text
from tutorial_pkg.draw.core import BLUE, GREEN, ORANGE
from tutorial_pkg.timing import side_by_side, threads
from tutorial_pkg.words import in_words
from tutorial_pkg.world import make_world

NOTEBOOK = "05_learning_vectors"
SEEDS = (10, 11, 12)
TRAINER = "`word2vec.train`"
CENTRED = "the same, the mean row taken out"  # the second measure of each list of rated pairs

# What was tried for SimLex, as changes in the source of the trainer's module.
VARIANTS = {
    "frequent words dropped": {  # gensim's formula with its default `sample=1e-3`, drawn again in each epoch
        "    step = 0\n": (
            "    step = 0\n"
            "    rare = 1e-3 * size / torch.bincount(stream)[stream]\n"
            "    keep = rare.sqrt() + rare\n"
            "    steps = epochs * (int(keep.clamp(max=1).sum()) // (batch * LINE) + 1)\n"
        ),
        "        start = int(": (
            "        kept = torch.rand(len(keep), generator=generator) < keep\n"
            "        windows = [row[kept].unfold(0, PIECE, 1) for row in (stream, number)]\n"
            "        size = len(windows[0])\n"
            "        lines = -(-size // LINE)\n"
            "        start = int("
        ),
    },
    "negatives by frequency^0.75": {  # a line has words by frequency, so each gets the weight frequency^−0.25
        "    step = 0\n": (
            "    step = 0\n"
            "    weight = torch.bincount(stream, minlength=vocabulary_size).clamp(min=1) ** -0.25\n"
            "    weight /= weight[stream].mean()\n"
        ),
        "by_word, near, far, rate * (": "by_word, near, far * weight[ids][:, None], rate * (",
    },
    "words + contexts": {"return tables[0]": "return tables[0] + tables[1]"},
    "lines of 12 × 8 words": {"PIECE, PIECES = 12, 3": "PIECE, PIECES = 12, 8"},
    "lines of 24 × 4 words": {"PIECE, PIECES = 12, 3": "PIECE, PIECES = 24, 4"},
}
VARIANTS["frequent words dropped, 10 negatives"] = VARIANTS["frequent words dropped"] | {
    "negatives: int = 5": "negatives: int = 10"
}


@dataclass
class Corpus:
    """Sentences, their ids, the epochs and settings to train with, and how to measure vectors."""

    name: str
    sentences: list[list[str]]
    epochs: int = 1
    least: int = 5  # words that occur less often are left out
    settings: dict = field(default_factory=dict)
    measures: dict[str, quality.Measure] = field(default_factory=dict)
    note: str = ""  # remarks on the measures
    counts: dict[str, int] | None = None  # each word's frequency; if not given, counted in the sentences

    def __post_init__(self) -> None:
        if self.counts is None:
            self.counts = Counter(word for sentence in self.sentences for word in sentence)
        self.words = sorted(word for word, count in self.counts.items() if count >= self.least)
        self.id_of = {word: token_id for token_id, word in enumerate(self.words)}
        self.ids = self.ids_of(self.sentences)
        self.size = sum(map(len, self.sentences))

    def ids_of(self, sentences: list[list[str]]) -> list[list[int]]:
        return [[self.id_of[word] for word in sentence if word in self.id_of] for sentence in sentences]


def changed(text: str, changes: dict[str, str]) -> str:
    """The text with each of these pieces replaced.

    Raises:
        ValueError: a piece does not occur in the text exactly once.
    """
    for old, new in changes.items():
        if text.count(old) != 1:
            raise ValueError(f"expected {old!r} exactly once in the text to change, got it {text.count(old)} times")
        text = text.replace(old, new)
    return text


def cells(*ids: str, **given) -> dict:
    """The names that the notebook's cells define if they run with `given`. Their printed texts are dropped."""
    namespace = {"torch": torch, "nn": nn, "F": F, "__name__": "cell", **given}
    with contextlib.redirect_stdout(io.StringIO()):
        for cell_id in ids:
            exec(compile(source(NOTEBOOK, cell_id), f"<{cell_id}>", "exec"), namespace)
    return namespace


# ------------------------------------------------------------------------------------------------------- the corpora


def zipf(vocabulary: int, words: int) -> Corpus:
    """Random words: the word of rank r occurs in proportion to 1 / (r + 2.7).

    They only show how the speed depends on the size of the vocabulary. The text is a part of a longer text and has the
    vocabulary of the longer text, so some words do not occur.
    """
    generator = torch.Generator().manual_seed(0)
    often = 1 / (torch.arange(vocabulary) + 2.7)
    drawn = torch.multinomial(often, words, replacement=True, generator=generator).tolist()
    sentences = [[str(word) for word in drawn[start : start + 20]] for start in range(0, words, 20)]
    counts = {str(word): int(count) for word, count in enumerate((often / often[-1]).ceil().tolist())}
    return Corpus("", sentences, least=1, counts=counts)


def made_world(words: int, things: int, doubles: int, epochs: int) -> Corpus:
    """The invented world, in which `doubles` words have two senses: two things of different kinds share a name."""
    world = make_world(words=words, things=things)
    kinds = list(world.pairs)
    number = {word: 2 * kinds.index(kind) + form for word, (kind, form) in world.truth.items()}
    draw, spelled, senses = random.Random(0), {}, {}
    for rank in range(doubles):
        one, other = (world.pairs[kind][rank][draw.randrange(2)] for kind in draw.sample(kinds, 2))
        spelled |= dict.fromkeys((one, other), f"{one}/{other}")
        senses[f"{one}/{other}"] = (number[one], number[other])
    sentences = [[spelled.get(word, word) for word in sentence] for sentence in world.sentences]
    corpus = Corpus(f"Invented world, {words:,} words", sentences, epochs)

    id_of = corpus.id_of
    group = torch.tensor([number.get(word, -1) for word in corpus.words])
    forms = (group >= 0).nonzero().flatten()
    rare = torch.tensor([i for i in forms.tolist() if corpus.counts[corpus.words[i]] <= 10], dtype=torch.long)
    known = [[pair for pair in pairs if set(pair) <= id_of.keys()][:60] for pairs in world.pairs.values()]
    questions = [
        tuple(id_of[word] for word in (*one, *other))
        for pairs in known
        for one in pairs
        for other in pairs
        if one != other
    ]
    corpus.measures = {
        "shared traits: ρ with cosine": quality.graded([set(world.traits.get(w, ())) for w in corpus.words], group),
        "own kind and form among 5 nearest": quality.neighbours(group, forms),
        "planted analogies": quality.analogies(questions),
    }
    if len(rare):
        corpus.measures["own kind and form, words seen 5 to 10 times"] = quality.neighbours(group, rare)
    if senses:
        both = {id_of[word]: groups for word, groups in senses.items() if word in id_of}
        corpus.measures["both senses of words with two senses"] = quality.senses(group, both)
    return corpus


def encyclopaedia() -> list[list[str]]:
    """106 articles of the English Wikipedia, which are part of gensim's test data."""
    from gensim.corpora.wikicorpus import WikiCorpus
    from gensim.test.utils import datapath

    path = datapath("enwiki-latest-pages-articles1.xml-p000000010p000030302-shortened.bz2")
    articles = WikiCorpus(path, processes=1, dictionary={}).get_texts()
    return [article[start : start + 20] for article in articles for start in range(0, len(article), 20)]


def english(epochs: int, characters: int | None = None, most: int = 500, steps: int = 30) -> Corpus:
    """The English text of notebook 05, and the text of an encyclopaedia. Every tenth sentence is held out."""
    from gensim.test.utils import datapath

    text = english_text().lower().replace("`", "'")[:characters]
    sentences = [re.findall(r"[a-z]+(?:'[a-z]+)?", part) for part in re.split(r"[.!?]", text)]
    if characters is None:
        sentences += encyclopaedia()
    training = [sentence for place, sentence in enumerate(sentences) if place % 10 != 9]
    corpus = Corpus("English text", training, epochs, settings={"rate": 1.8})
    corpus.name += f", {corpus.size:,} words"
    corpus.note = (
        "The frequency of a pair is the frequency of its rarer word. Cosines are not better if they follow frequency. "
        "For comparison, the ρ of people's ratings and frequency is in brackets. All rows share their mean, so the "
        "mean cannot tell pairs apart. But a row that training seldom moved can consist mostly of this mean. Then "
        "its cosines are high, and if people rate rare pairs higher, these cosines look good by accident. So the table "
        "also has figures of both trainers with the mean taken out."
    )

    id_of = corpus.id_of
    often = torch.tensor([float(corpus.counts[word]) for word in corpus.words])
    for name, file_name in (("WordSim-353", "wordsim353.tsv"), ("SimLex-999", "simlex999.txt")):
        with open(datapath(file_name), encoding="utf-8") as file:
            rated = [line.lower().split("\t")[:3] for line in file if not line.startswith("#")]
        pairs = [(id_of[a], id_of[b], float(mark)) for a, b, mark in rated if a in id_of and b in id_of]
        rarer = [(a, b, min(float(often[a]), float(often[b]))) for a, b, _ in pairs]
        people = quality.rank_correlation(*(torch.tensor([pair[2] for pair in some]) for some in (pairs, rarer)))
        corpus.measures[f"{name}: ρ with cosine"] = quality.rated_pairs(pairs)
        corpus.measures[f"{name}: the same, frequency held fixed"] = quality.rated_pairs(pairs, often)
        corpus.measures[f"{name}: {CENTRED}"] = quality.rated_pairs(pairs, centred=True)
        corpus.measures[f"{name}: ρ of cosine and frequency (people: {signed(float(people.mean()))})"] = (
            quality.rated_pairs(rarer)
        )
    with open(datapath("questions-words.txt"), encoding="utf-8") as file:
        lines = [line.lower().split() for line in file]
    known = [tuple(id_of[word] for word in line) for line in lines if len(line) == 4 and set(line) <= id_of.keys()]
    if known:
        corpus.measures["Google's analogies"] = quality.analogies(known)
    corpus.measures["next word, log probability"] = quality.next_words(
        corpus.ids, corpus.ids_of(sentences[9::10]), most, steps
    )
    return corpus


# -------------------------------------------------------------------------------------------------------- the routes


@dataclass(frozen=True)
class Run:
    """Vectors in the order of the corpus's words, seconds of training only, and seconds with the set-up before it."""

    vectors: torch.Tensor
    seconds: float
    whole: float


def gensim(corpus: Corpus, epochs: int, workers: int, seed: int, model: str = "Word2Vec") -> Run:
    """gensim's word2vec, or its fastText without parts of words."""
    from gensim import models

    if models.word2vec.FAST_VERSION < 0:
        raise RuntimeError("this gensim lacks its compiled routines; a comparison with it would mean nothing")
    usual = dict(sg=1, negative=5, window=5, vector_size=64, sample=0, min_count=corpus.least)
    parts = {"max_n": 0, "bucket": 1} if model == "FastText" else {}
    start = time.perf_counter()
    made = getattr(models, model)(**usual, **parts, workers=workers, seed=seed)
    made.build_vocab_from_freq(dict(corpus.counts), corpus_count=len(corpus.sentences))
    begin = time.perf_counter()
    made.train(corpus.sentences, total_examples=made.corpus_count, epochs=epochs)
    end = time.perf_counter()
    return Run(torch.tensor(made.wv[corpus.words]), end - begin, end - start)


def lines(corpus: Corpus, epochs: int, workers: int, seed: int, changes: dict[str, str] | None = None) -> Run:
    """The fast trainer, with `changes` in the source of its module.

    As with gensim, the seconds of training begin when the text and the tables are ready.
    """
    train, began = word2vec.train, []
    if changes:
        module = {"__name__": "variant"}
        exec(compile(changed(inspect.getsource(word2vec), changes), "<variant>", "exec"), module)
        train = module["train"]

    def watch(done: float, vectors: torch.Tensor) -> None:
        if not began:
            began.append(time.perf_counter())

    with threads(workers):
        start = time.perf_counter()
        vectors = train(corpus.ids, len(corpus.words), epochs=epochs, seed=seed, watch=watch, **corpus.settings)
        end = time.perf_counter()
    return Run(vectors, end - began[0], end - start)


def pairs(corpus: Corpus) -> Run:
    """The notebook's short trainer: one epoch over all pairs. Its seconds include listing the pairs."""
    given = {"world_ids": corpus.ids, "world_words": corpus.words, "purity": lambda vectors: 0.0}
    with threads(1):
        listed = cells("pairs", words={str(i): i for i in range(6)})
        start = time.perf_counter()
        vectors = cells("slow-trainer", **given, pairs_of=listed["pairs_of"])["short_vectors"]
        seconds = time.perf_counter() - start
    return Run(vectors, seconds, seconds)


def counting(corpus: Corpus, seed: int) -> Run:
    """The notebook's PPMI and its 64 largest directions. The complete SVD of the notebook would take minutes here."""
    with threads(1):
        start = time.perf_counter()
        ppmi = cells("counting", world_ids=corpus.ids, world_words=corpus.words)["ppmi"]
        torch.manual_seed(seed)
        left, sizes, _ = torch.svd_lowrank(ppmi, q=96, niter=4)
        seconds = time.perf_counter() - start
    return Run(left[:, :64] * sizes[:64].sqrt(), seconds, seconds)


# ----------------------------------------------------------------------------------- speed against the vocabulary


def every_core() -> int:
    return os.cpu_count() or 1


def drawn(vocabularies: Sequence[int], speeds: dict[str, list[float]]) -> Figure:
    """Words a second against the size of the vocabulary, with a line for each route. Several threads are dashed."""
    figure = Figure(figsize=(7, 4.2), layout="constrained")
    ax = figure.subplots()
    styles = {"gensim": (ORANGE, "s"), "train": (BLUE, "o"), "fastText": (GREEN, "^")}
    for name, own in speeds.items():
        colour, mark = styles[name.split(",")[0]]
        ax.plot(vocabularies, own, "--" if "threads" in name else "-", marker=mark, color=colour, label=name)
    ax.set(
        xscale="log",
        yscale="log",
        xlabel="words in the vocabulary",
        ylabel="words a second",
        ylim=(0.5 * min(map(min, speeds.values())), None),
    )
    ax.grid(True, which="both", color="#E4E4E4", linewidth=0.6)
    ax.legend(fontsize=9, frameon=False, loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3)
    return figure


def sweep(vocabularies: Sequence[int], words: int, rounds: int) -> tuple[Table, str]:
    """Words a second of every route for every size of the vocabulary, as a table and a picture."""
    several = f"{every_core()} threads"
    routes: dict[str, Callable[[Corpus, int], Run]] = {
        "gensim": lambda corpus, seed: gensim(corpus, 1, 1, seed),
        "`train`": lambda corpus, seed: lines(corpus, 1, 1, seed),
        "fastText, whole words": lambda corpus, seed: gensim(corpus, 1, 1, seed, "FastText"),
        f"gensim, {several}": lambda corpus, seed: gensim(corpus, 1, every_core(), seed),
        f"`train`, {several}": lambda corpus, seed: lines(corpus, 1, every_core(), seed),
    }
    speeds: dict[str, list[float]] = {name: [] for name in routes}
    ratios: dict[str, list[str]] = {}
    for vocabulary in vocabularies:
        corpus = zipf(vocabulary, words)
        runs: dict[str, list[Run]] = {name: [] for name in routes}
        for number in range(rounds):
            for name, route in list(routes.items())[:: 1 if number % 2 else -1]:
                runs[name].append(route(corpus, number))
        for name in routes:
            speeds[name].append(corpus.size / statistics.median(run.seconds for run in runs[name]))
        for name, other, own in (
            ("`train` ÷ gensim, one thread", "gensim", "`train`"),
            (f"`train` ÷ gensim, {several}", f"gensim, {several}", f"`train`, {several}"),
        ):
            taken = [a.seconds / b.seconds for a, b in zip(runs[other], runs[own], strict=True)]
            ratios.setdefault(name, []).append(f"{statistics.median(taken):.2f} ({min(taken):.2f} to {max(taken):.2f})")
        whole = [a.whole / b.whole for a, b in zip(runs["gensim"], runs["`train`"], strict=True)]
        ratios.setdefault("`train` ÷ gensim with set-up, one thread", []).append(f"{statistics.median(whole):.2f}")
    rows = [[name, *(f"{speed / 1000:,.0f}k" for speed in own)] for name, own in speeds.items()]
    rows += [[name, *own] for name, own in ratios.items()]
    note = (
        f"The text has {words:,} random words that follow Zipf's law, and a run is one epoch. Each figure "
        f"is the median of {rounds} runs, and the routes take turns. A ratio compares two runs of the same turn. The "
        "smallest and the largest ratio are in brackets. All rows but the last measure only training. The last row "
        "also includes the time to set up the vocabulary, the text and the tables."
    )
    table = Table("Words a second against the vocabulary", ["", *(f"V = {V:,}" for V in vocabularies)], rows, note)
    figure = drawn(vocabularies, {name.replace("`", ""): own for name, own in speeds.items()})
    alt = (
        "A chart with logarithmic axes shows words a second against the size of the vocabulary, with a line for each "
        "route. The course's trainer is above gensim and fastText. All lines fall more slowly than they would if a "
        "step touched the whole table."
    )
    return table, picture(figure, "vocabulary", alt)


# ------------------------------------------------------------------------------------------ where a step's time goes


@dataclass(frozen=True)
class Part:
    """A part of a step: the function that it calls, the bytes that this moves, and its multiplications."""

    call: Callable[[], object]
    moved: int
    multiplications: int = 0


def step_parts(V: int, batch: int, line: int, d: int) -> tuple[dict[str, Part], int]:
    """Each part of one step of the trainer, and the number of different words in the step.

    The parts whose names begin with "old version: " belong to an earlier version of the trainer, which changed the
    whole table in each step.
    """
    corpus = zipf(V, batch * line + 20)
    ids = torch.tensor([word for sentence in corpus.ids for word in sentence])[-batch * line :].view(batch, line)
    tables, squares = [torch.rand(V, d) for _ in range(2)], [torch.ones(V) for _ in range(2)]
    sentence = (torch.arange(batch * line).view(batch, line) // 14).float()
    near, far = torch.rand(line, line), torch.rand(line, line)
    words, contexts = (F.embedding(ids, table) for table in tables)
    scores = words @ contexts.mT
    wanted, gradients = torch.rand_like(scores), torch.rand(2, batch * line, d)

    def pairs_wanted() -> torch.Tensor:
        return torch.eq(sentence[:, :, None], sentence[:, None, :], out=torch.empty_like(scores)).mul_(near)

    def error() -> torch.Tensor:
        return torch.lerp(wanted, -far, scores.sigmoid_(), out=wanted)

    def sorted_by_word() -> tuple[torch.Tensor, ...]:
        return word2vec.sorted_batches(ids, batch)[0]

    rows, places, first = sorted_by_word()

    def summed() -> list[torch.Tensor]:
        return [F.embedding_bag(places, gradient, first, mode="sum") for gradient in gradients]

    totals = summed()

    def moved() -> None:
        for table, squared, total in zip(tables, squares, totals, strict=True):
            squared.index_add_(0, rows, torch.linalg.vector_norm(total, dim=-1).square())
            table.index_add_(0, rows, total * (1e-9 / squared[rows].sqrt())[:, None])

    def summed_whole() -> list[torch.Tensor]:
        return [torch.zeros(V, d).index_add_(0, ids.flatten(), gradient) for gradient in gradients]

    whole = summed_whole()

    def moved_whole() -> None:
        for table, squared, total in zip(tables, squares, whole, strict=True):
            squared.add_(torch.linalg.vector_norm(total, dim=-1).square())
            table.addcmul_(total, (1e-9 / squared.sqrt())[:, None])

    n, row = batch * line, 8 * d  # positions in the batch, and bytes of a word's two rows
    matrix, product = 4 * n * line, n * line * d
    return {
        "look the rows up": Part(lambda: [F.embedding(ids, table) for table in tables], 2 * n * row),
        "scores: one product": Part(lambda: words @ contexts.mT, n * row + matrix, product),
        "pairs wanted": Part(pairs_wanted, 3 * matrix, n * line),
        "error": Part(error, 5 * matrix, n * line),
        "gradient: two products": Part(
            lambda: (scores @ contexts, scores.mT @ words), 2 * (matrix + n * row), 2 * product
        ),
        "sort by word": Part(sorted_by_word, 8 * (6 * n + 4 * len(rows))),
        "sum by word": Part(summed, (n + len(rows)) * row),
        "move the rows": Part(moved, 6 * len(rows) * row, 3 * len(rows) * 2 * d),
        "old version: sum by word": Part(summed_whole, V * row + 3 * n * row),
        "old version: move the table": Part(moved_whole, 4 * V * row, 2 * V * 2 * d),
    }, len(rows)


def step_table(V: int, batch: int = 113, line: int = 36, d: int = 64, repeats: int = 15) -> Table:
    """Every part of a step: its time, its share, and the least time for its bytes and multiplications."""
    parts, different = step_parts(V, batch, line, d)
    side = torch.ones(512, 512)
    routes: dict[str, Callable[[], object]] = {"product": lambda: side @ side}
    for name, part in parts.items():
        one, other = torch.ones(part.moved // 8), torch.ones(part.moved // 8)
        routes |= {name: part.call, f"copy: {name}": lambda one=one, other=other: other.copy_(one)}
    with threads(1):
        taken = side_by_side(routes, repeats=repeats, limit=8)
    rate = 512**3 / taken["product"]
    least = {n: max(taken[f"copy: {n}"], part.multiplications / rate) for n, part in parts.items()}
    taken = {name: taken[name] for name in parts}
    now = sum(seconds for name, seconds in taken.items() if not name.startswith("old"))
    replaced = taken["sort by word"] + taken["sum by word"] + taken["move the rows"]
    before = now - replaced + taken["old version: sum by word"] + taken["old version: move the table"]
    rows = []
    for name, part in parts.items():
        share = taken[name] / (before if name.startswith("old") else now)
        count = in_words(part.multiplications, "") if part.multiplications else "–"
        rows.append([name, in_words(part.moved), count, duration(taken[name]), f"{share:.0%}"])
        rows[-1] += [duration(least[name]), times(taken[name] / least[name])]
    rows.append(["together", "", "", duration(now), "100%", "", ""])
    rows.append(["old version, together", "", "", duration(before), f"{before / now:.2f} × the new time", "", ""])
    columns = ["part", "bytes moved", "multiplications", "time", "share", "bound", "time ÷ bound"]
    note = (
        f"A step has {batch * line:,} words, which have {different:,} different ids. The bound is the longer of two "
        "times. The first is the time to copy the same number of bytes. The second is the time for the same number of "
        "multiplications, at the speed of a product of two 512 × 512 matrices. Both are measured in turns with the "
        "parts. The rows that begin with `old version` belong to an earlier version of the trainer, which changed the "
        "whole table in each step. That version had these two parts instead of the three parts above them."
    )
    return Table(f"Where a step's time goes, V = {V:,}", columns, rows, note)


# ------------------------------------------------------------------------------------------------------- the quality


def signed(value: float) -> str:
    return f"{value + 0.0:+.3f}".replace("-", "−")


def compared(corpus: Corpus, seeds: Sequence[int], others: bool) -> Table:
    """Every measure on one corpus: for gensim and the trainer with each seed, then for the other routes."""
    runs: dict[str, list[Run]] = {"gensim": [], TRAINER: []}
    for seed in seeds:
        order = [("gensim", gensim), (TRAINER, lines)]
        for name, route in order if seed % 2 else order[::-1]:
            runs[name].append(route(corpus, corpus.epochs, 1, seed))
    extra: dict[str, Run] = {}
    if others:
        extra = {"pairs, one epoch": pairs(corpus), "counting": counting(corpus, seeds[0])}

    ratios = [a.seconds / b.seconds for a, b in zip(runs["gensim"], runs[TRAINER], strict=True)]
    words = corpus.size * corpus.epochs
    speed = [f"{words / statistics.median(run.seconds for run in runs[name]) / 1000:,.0f}k" for name in runs]
    once = [f"{corpus.size / run.seconds / 1000:,.0f}k" for run in extra.values()]
    spread = f"{statistics.median(ratios):.2f} × ({min(ratios):.2f} to {max(ratios):.2f})"
    rows = [["words a second", "–", *speed, spread, "", "", *once]]
    for name, measure in corpus.measures.items():
        base, own = (torch.stack([measure(run.vectors) for run in some]) for some in runs.values())
        difference = own - base
        by_seed = difference.mean(dim=1)
        over_seeds = f"{quality.standard_error(by_seed):.3f}" if len(seeds) > 1 else "–"
        rows.append(
            [name, f"{base.shape[1]:,}", f"{base.mean():.3f}", f"{own.mean():.3f}", signed(float(difference.mean()))]
            + [f"{quality.standard_error(difference.mean(dim=0)):.3f}", over_seeds]
            + [f"{measure(run.vectors).mean():.3f}" for run in extra.values()]
        )
    columns = ["measure", "items", "gensim", TRAINER, "difference", "± over items", "± over seeds", *extra]
    note = (
        f"A run has {corpus.epochs} epoch{'s' * (corpus.epochs > 1)} on one thread. The vocabulary has "
        f"{len(corpus.words):,} words. Seeds: {', '.join(map(str, seeds))}. Both errors are standard errors of the "
        "difference. For the error over items, each item's difference is first averaged over the seeds. For the error "
        "over seeds, each seed's difference is first averaged over the items."
        + " The short trainer (`pairs`) and counting read the text only once." * others
        + f" {corpus.note}" * bool(corpus.note)
    )
    return Table(corpus.name, columns, rows, note)


def by_epochs(corpus: Corpus, epochs: Sequence[int], seed: int) -> tuple[Table, dict[str, Run]]:
    """Quality and time of gensim and the trainer for each number of epochs. Also returns the last two runs."""
    chosen = {
        name: m for name, m in corpus.measures.items() if "ρ with" in name or "mean row" in name or "next" in name
    }
    rows = []
    for count in epochs:
        runs = {"gensim": gensim(corpus, count, 1, seed), TRAINER: lines(corpus, count, 1, seed)}
        marks = {name: [measure(run.vectors) for measure in chosen.values()] for name, run in runs.items()}
        for name, run in runs.items():
            rows.append([str(count), name, duration(run.seconds), *(f"{mark.mean():.3f}" for mark in marks[name])])
        differences = [own - base for base, own in zip(*marks.values(), strict=True)]
        shown = [f"{signed(float(own.mean()))} ± {quality.standard_error(own):.3f}" for own in differences]
        rows.append([str(count), "difference", "", *shown])
    columns = ["epochs", "", "training", *chosen]
    note = (
        f"All runs have seed {seed} and one thread. The errors are standard errors over the items. The previous table "
        "also has errors over seeds."
    )
    return Table(f"{corpus.name}: quality by number of epochs", columns, rows, note), runs


def simlex_against_speed(corpus: Corpus, epochs: int, seed: int, runs: dict[str, Run]) -> Table:
    """What each variant gains and costs, compared with these runs of gensim and of the trainer."""
    runs = runs | {name: lines(corpus, epochs, 1, seed, changes) for name, changes in VARIANTS.items()}
    centred = f"SimLex-999: {CENTRED}"
    shown = ["SimLex-999: ρ with cosine", centred, f"WordSim-353: {CENTRED}"]
    shown += ["next word, log probability"]
    rows, base = [], corpus.measures[centred](runs["gensim"].vectors)
    for name, run in runs.items():
        marks = [corpus.measures[measure](run.vectors) for measure in shown]
        difference = marks[1] - base
        figures = [f"{mark.mean():.3f}" for mark in marks]
        if name != "gensim":
            figures[1] += f" ({signed(float(difference.mean()))} ± {quality.standard_error(difference):.3f})"
        rows.append([name, times(run.seconds / runs[TRAINER].seconds), *figures])
    columns = ["", "training ÷ `train`'s", "SimLex-999", "SimLex-999, mean row out (difference from gensim)"]
    note = (
        f"Each run has {epochs} epoch{'s' * (epochs > 1)}, seed {seed} and one thread. The errors are standard errors "
        "over the items. Each row is the trainer with only this change. If many frequent words are dropped, a frequent "
        "word is rarely the next word in training. So the rows learn less about next words that are frequent."
    )
    return Table("SimLex against speed", [*columns, "WordSim-353, mean row out", "next word"], rows, note)


def measure(small: bool = False) -> str:
    """This section's tables and picture. To test the code, `small` uses tiny sizes and a part of the text."""
    if small:
        table, image = sweep((30, 60), 2000, 1)
        steps = [step_table(50, batch=3, line=6, d=4, repeats=1)]
        corpora = [compared(made_world(8000, 8, 2, 1), SEEDS[:1], True)]
        text = english(1, 60_000, 20, 2)
        corpora, epochs = [*corpora, compared(text, SEEDS[:2], False)], (1,)
    else:
        table, image = sweep((1_000, 5_000, 20_000, 70_000, 200_000), 600_000, 3)
        steps = [step_table(V) for V in (1_000, 5_000, 70_000)]
        corpora, text = [compared(made_world(400_000, 200, 60, 5), SEEDS, True)], english(5)
        corpora, epochs = [*corpora, compared(text, SEEDS, False)], (1, 5, 15)
    by_time, last = by_epochs(text, epochs, SEEDS[0])
    corpora += [by_time, simlex_against_speed(text, epochs[-1], SEEDS[0], last)]
    return "\n\n".join((table.markdown(), image, in_order(steps), in_order(corpora)))
