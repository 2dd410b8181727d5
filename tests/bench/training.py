"""Word vectors from text: notebook 05's routes against gensim, in words a second and in quality.

The trainer, the slow version and the counting are taken out of the notebook's own cells, so what is measured is what a
learner reads. Same corpus, dimension (64), window (5), epochs and number of threads on both sides. gensim draws 5 noise
words for each pair; the notebook's trainer shares its noise, so compare quality and not the letter.

Its settings were chosen on seeds 0 to 2; what is reported comes from other seeds.
"""

from __future__ import annotations

import contextlib
import io
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from helpers import source
from torch import nn

from bench.table import Table
from tutorial_pkg.data import english_text
from tutorial_pkg.timing import threads
from tutorial_pkg.world import make_world

NOTEBOOK = "05_learning_vectors"
SEEDS = (10, 11, 12)


@dataclass
class Corpus:
    """Sentences, their ids, the epochs and settings to train with, and how to score vectors (name -> share or rank)."""

    name: str
    sentences: list[list[str]]
    epochs: int
    settings: dict
    score: Callable[[torch.Tensor, dict[str, int]], dict[str, float]]

    def __post_init__(self) -> None:
        counts = Counter(word for sentence in self.sentences for word in sentence)
        self.words = sorted(word for word, count in counts.items() if count >= 5)
        self.id_of = {word: token_id for token_id, word in enumerate(self.words)}
        self.ids = [[self.id_of[word] for word in sentence if word in self.id_of] for sentence in self.sentences]
        self.size = counts.total()


def cells(*ids: str, **given) -> dict:
    """What the notebook's cells define when they are run with these names given; what they print is dropped."""
    namespace = {"torch": torch, "nn": nn, "F": F, "__name__": "cell", **given}
    with contextlib.redirect_stdout(io.StringIO()):
        for cell_id in ids:
            exec(compile(source(NOTEBOOK, cell_id), f"<{cell_id}>", "exec"), namespace)
    return namespace


# ------------------------------------------------------------------------------------------------------- the corpora


def right(vectors: torch.Tensor, questions: list[list[int]]) -> float:
    """The share of analogies a : b = c : d answered with d, the three inputs left out."""
    unit, answers = F.normalize(vectors, dim=1), []
    for part in torch.tensor(questions).split(1000):
        similarity = (unit[part[:, 1]] - unit[part[:, 0]] + unit[part[:, 2]]) @ unit.T
        answers.append(similarity.scatter_(1, part[:, :3], -9).argmax(dim=1) == part[:, 3])
    return torch.cat(answers).float().mean().item()


def made_world(words: int, things: int, epochs: int) -> Corpus:
    world = make_world(words=words, things=things)

    def score(vectors: torch.Tensor, id_of: dict[str, int]) -> dict[str, float]:
        known = [[pair for pair in pairs if set(pair) <= id_of.keys()] for pairs in world.pairs.values()]
        questions = [
            [id_of[word] for word in (*one, *other)]
            for pairs in known
            for one in pairs
            for other in pairs
            if one != other
        ]
        forms = [word for word in id_of if word in world.truth]
        unit, rows = F.normalize(vectors, dim=1), torch.tensor([id_of[word] for word in forms])
        similarity = unit[rows] @ unit.T
        similarity[torch.arange(len(rows)), rows] = -9
        names = list(id_of)
        near = [[world.truth.get(names[i]) for i in five] for five in similarity.topk(5).indices.tolist()]
        pure = [truth == world.truth[word] for word, five in zip(forms, near, strict=True) for truth in five]
        return {"planted analogies": right(vectors, questions), "class purity": sum(pure) / len(pure)}

    return Corpus(f"Made world, {words:,} words", world.sentences, epochs, {"rate": 1.2}, score)


def english(epochs: int, characters: int | None = None) -> Corpus:
    from gensim.test.utils import datapath
    from scipy.stats import spearmanr

    text = english_text().lower().replace("`", "'")[:characters]
    sentences = [re.findall(r"[a-z]+(?:'[a-z]+)?", part) for part in re.split(r"[.!?]", text)]
    rated = {}
    for name, file_name in (("WordSim-353", "wordsim353.tsv"), ("SimLex-999", "simlex999.txt")):
        with open(datapath(file_name), encoding="utf-8") as file:
            rated[name] = [line.lower().split("\t")[:3] for line in file if not line.startswith("#")]
    with open(datapath("questions-words.txt"), encoding="utf-8") as file:
        quads = [line.lower().split() for line in file]
    family = quads[quads.index([":", "family"]) + 1 : quads.index([":", "gram1-adjective-to-adverb"])]

    def score(vectors: torch.Tensor, id_of: dict[str, int]) -> dict[str, float]:
        unit = F.normalize(vectors, dim=1)
        marks = {}
        for name, lines_of in rated.items():
            both = [(id_of[a], id_of[b], float(mark)) for a, b, mark in lines_of if a in id_of and b in id_of]
            cosines = [float(unit[a] @ unit[b]) for a, b, _ in both]
            marks[f"{name} ρ ({len(both)} pairs)"] = spearmanr(cosines, [mark for *_, mark in both]).statistic
        some = {
            name: [[id_of[word] for word in quad] for quad in group if len(quad) == 4 and set(quad) <= id_of.keys()]
            for name, group in (("family", family), ("all", quads))
        }
        return marks | {
            f"family analogies ({len(some['family'])})": right(vectors, some["family"]) if some["family"] else 0.0,
            f"all analogies ({len(some['all'])})": right(vectors, some["all"]) if some["all"] else 0.0,
        }

    corpus = Corpus("English text", sentences, epochs, {"rate": 2.4, "negatives": 2, "batch": 170}, score)
    corpus.name += f", {corpus.size:,} words"
    return corpus


# -------------------------------------------------------------------------------------------------------- the routes


def gensim(corpus: Corpus, epochs: int, workers: int, seed: int) -> tuple[torch.Tensor, float]:
    """gensim's vectors in the order of the corpus's words, and the seconds of its training alone."""
    from gensim.models import Word2Vec, word2vec

    if word2vec.FAST_VERSION < 0:
        raise RuntimeError("this gensim lacks its compiled routines; a comparison with it would mean nothing")
    model = Word2Vec(sg=1, negative=5, window=5, vector_size=64, sample=0, min_count=5, workers=workers, seed=seed)
    model.build_vocab(corpus.sentences)
    start = time.perf_counter()
    model.train(corpus.sentences, total_examples=model.corpus_count, epochs=epochs)
    seconds = time.perf_counter() - start
    return torch.tensor(model.wv[corpus.words]), seconds


def lines(corpus: Corpus, epochs: int, workers: int, seed: int) -> tuple[torch.Tensor, float]:
    """The notebook's fast trainer, from lists of ids to vectors."""
    train = cells("fast-trainer")["train"]
    with threads(workers):
        start = time.perf_counter()
        vectors = train(corpus.ids, len(corpus.words), epochs=epochs, seed=seed, **corpus.settings)
        return vectors, time.perf_counter() - start


def pairs(corpus: Corpus) -> tuple[torch.Tensor, float]:
    """The notebook's slow version: one epoch over all pairs, listing them included."""
    given = {"world_ids": corpus.ids, "world_words": corpus.words, "words": [str(i) for i in range(6)]}
    with threads(1):
        listed = cells("pairs", **given)
        start = time.perf_counter()
        vectors = cells("slow-trainer", **given, pairs_of=listed["pairs_of"])["slow_vectors"]
        return vectors, time.perf_counter() - start


def counting(corpus: Corpus, seed: int) -> tuple[torch.Tensor, float]:
    """The notebook's PPMI, then 64 directions of it; the whole SVD of the notebook takes minutes at this vocabulary."""
    with threads(1):
        start = time.perf_counter()
        ppmi = cells("counting", world_ids=corpus.ids, world_words=corpus.words)["ppmi"]
        torch.manual_seed(seed)
        left, sizes, _ = torch.svd_lowrank(ppmi, q=96, niter=4)
        return left[:, :64] * sizes[:64].sqrt(), time.perf_counter() - start


# --------------------------------------------------------------------------------------------------------- the table


def compared(corpus: Corpus, seeds: tuple[int, ...]) -> Table:
    """Every route on one corpus: gensim and the trainer in turn, for each seed and number of threads; then the rest."""
    runs: dict[tuple[int, str], list[tuple[float, dict]]] = {}
    for seed in seeds:
        for workers in (1, 2):
            order = [("gensim", gensim), ("whole lines (the notebook's `train`)", lines)]
            for name, route in order if seed % 2 else order[::-1]:
                vectors, seconds = route(corpus, corpus.epochs, workers, seed)
                speed = corpus.size * corpus.epochs / seconds
                runs.setdefault((workers, name), []).append((speed, corpus.score(vectors, corpus.id_of)))
    for name, (vectors, seconds), epochs in (
        ("pairs, one epoch (the notebook's slow version)", pairs(corpus), 1),
        ("counting: PPMI and SVD", counting(corpus, seeds[0]), corpus.epochs),
    ):
        runs[1, name] = [(corpus.size * epochs / seconds, corpus.score(vectors, corpus.id_of))]

    rows = []
    for (workers, name), some in sorted(runs.items(), key=lambda run: (run[0][0], run[0][1] != "gensim", run[0][1])):
        base = [speed for speed, _ in runs[workers, "gensim"]]
        own = [speed for speed, _ in some]
        ratios = [speed / other for speed, other in zip(own, base, strict=len(own) > 1)]
        spread = f" ({min(ratios):.2f} to {max(ratios):.2f})" if len(ratios) > 1 and name != "gensim" else ""
        marks = [[score[key] for _, score in some] for key in some[0][1]]
        rows.append(
            [str(workers), name, f"{statistics.median(own) / 1000:,.0f}k", f"{statistics.median(ratios):.2f}{spread}"]
            + [f"{statistics.mean(m):.3f}" + (f" ± {statistics.stdev(m):.3f}" if len(m) > 1 else "") for m in marks]
        )
    heads = ["threads", "route", "words/s", "÷ gensim", *next(iter(runs.values()))[0][1]]
    epochs = f"{corpus.epochs} epoch{'s' * (corpus.epochs > 1)}"
    note = (
        f"{epochs}, {len(corpus.words):,} words in the vocabulary, seeds {', '.join(map(str, seeds))}: "
        "speed is the median, its ratio is taken seed by seed (smallest to largest), quality is mean ± standard "
        "deviation. Counting looks at the text once; its speed is counted as if it were as many epochs."
    )
    return Table(corpus.name, heads, rows, note)


def tables(small: bool = False) -> list[Table]:
    """This section's tables; `small` tries the frame on a tiny world and a piece of the text."""
    if small:
        return [compared(made_world(8000, 4, 1), SEEDS[:1]), compared(english(1, 60_000), SEEDS[:1])]
    return [compared(made_world(1_000_000, 60, 5), SEEDS), compared(english(15), SEEDS)]
