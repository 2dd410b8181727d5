"""The functions in notebook 05's cells: gradients, what optimisers move, both trainers, the scores."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F
from helpers import cell_namespace
from hypothesis import given, settings
from hypothesis import strategies as st

from tutorial_pkg import data

NOTEBOOK = "05_learning_vectors"


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    """The notebook's imports cell sets one thread; the other tests get back what they had."""
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def cells():
    """What is defined by the cells of sections 1 and 2 that the tests look at."""
    return cell_namespace(NOTEBOOK, "imports", "table", "optimisers", "pairs", "fast-trainer")


@pytest.fixture(scope="module")
def scored():
    """The made world of section 3, with its scores."""
    return cell_namespace(NOTEBOOK, "imports", "fast-trainer", "world", "world-ids", "purity", "analogies-score")


# ------------------------------------------------------------------------------------------------- section 1


def test_rows_moved_by_each_optimiser(cells):
    """Held against the rules as the text states them, worked out from the ids alone."""
    used = [set(ids) for ids in cells["used"]]
    so_far = [set.union(*used[: step + 1]) for step in range(len(used))]
    rules = {
        "SGD": ({}, used),
        "Adam": ({}, so_far),
        "AdamW": ({}, [set(range(6))] * len(used)),
        "Adagrad": ({}, used),
    }
    rules_with_momentum = [("SGD", {"momentum": 0.9}, so_far), ("AdamW", {"weight_decay": 0.0}, so_far)]
    for name, options, expected in [(name, *rule) for name, rule in rules.items()] + rules_with_momentum:

        def make(weights, name=name, options=options):
            return getattr(torch.optim, name)(weights, lr=0.1, **options)

        moved = cells["rows_moved"](make)
        assert [set(step.nonzero().squeeze(1).tolist()) for step in moved] == expected, (name, options)


# ------------------------------------------------------------------------------------------------- section 2


@given(st.lists(st.integers(0, 9), max_size=12), st.integers(1, 6))
@settings(deadline=None)
def test_pairs_are_those_within_reach(cells, sentence, reach):
    pairs = cells["pairs_of"](sentence, reach)
    padded = [None] * reach + sentence + [None] * reach  # another way round: look both ways from each word
    expected = [
        (padded[middle], padded[middle + step])
        for middle in range(reach, reach + len(sentence))
        for step in range(-reach, reach + 1)
        if step and padded[middle + step] is not None
    ]
    assert sorted(pairs) == sorted(expected)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=12), st.integers(1, 6), st.integers(0, 99))
@settings(deadline=None, max_examples=30)
def test_the_matrix_of_a_sentence_has_the_gradient_of_its_pairs(cells, sentence, reach, seed):
    tables = torch.randn(2, 10, 4, generator=torch.Generator().manual_seed(seed)).requires_grad_()
    words, contexts = tables
    pairs = torch.tensor(cells["pairs_of"](sentence, reach)).long().reshape(-1, 2).T
    slow = -F.logsigmoid((words[pairs[0]] * contexts[pairs[1]]).sum(1)).sum()

    ids, place = torch.tensor(sentence), torch.arange(len(sentence))
    distance = (place[:, None] - place).abs()
    near = ((distance > 0) & (distance <= reach)).float()
    error = near * (torch.sigmoid(words[ids] @ contexts[ids].T) - 1)
    by_hand = torch.zeros(2, 10, 4)
    by_hand[0].index_add_(0, ids, error @ contexts[ids])
    by_hand[1].index_add_(0, ids, error.T @ words[ids])
    assert torch.allclose(torch.autograd.grad(slow, tables)[0], by_hand, atol=1e-5)


def reference(sentences, vocabulary_size, dimension, window, epochs, negatives, rate, batch, seed):
    """The trainer once more, with a loss, autograd, double precision and a loop over pairs of positions."""
    generator = torch.Generator().manual_seed(seed)
    stream = [(word, number) for number, sentence in enumerate(sentences) for word in sentence]
    first = torch.zeros(vocabulary_size, 2 * dimension)
    first[:, :dimension].uniform_(-0.5 / dimension, 0.5 / dimension, generator=generator)
    tables = first.double().view(vocabulary_size, 2, dimension).requires_grad_()
    squares = torch.full((vocabulary_size, 2, 1), 1e-9, dtype=torch.float64)
    step, steps = 0, epochs * (len(stream) // 36 // batch + 1)
    for _ in range(epochs):
        start = int(torch.randint(12, (), generator=generator))
        count = (len(stream) - start) // 36 * 3
        order = torch.randperm(count, generator=generator).tolist()
        pieces = [stream[start + 12 * place : start + 12 * (place + 1)] for place in order]
        lines = [pieces[place : place + 3] for place in range(0, count, 3)]
        for at in range(0, len(lines), batch):
            loss = 0.0
            for line in lines[at : at + batch]:
                positions = [(piece, word, number) for piece in range(3) for word, number in line[piece]]
                for i, (piece, word, number) in enumerate(positions):
                    for j, (other_piece, other, other_number) in enumerate(positions):
                        score = tables[word, 0] @ tables[other, 1]
                        if number == other_number and 0 < abs(i - j) <= window:
                            loss = loss - (1 - (abs(i - j) - 1) / window) * F.logsigmoid(score)
                        if piece != other_piece:
                            loss = loss - negatives * (window + 1) / 24 * F.logsigmoid(-score)
            (gradient,) = torch.autograd.grad(loss, tables)
            with torch.no_grad():
                squares += gradient.square().sum(-1, keepdim=True)
                tables -= rate * (1 - step / steps) * gradient / squares.sqrt()
            step += 1
    return tables.detach()[:, 0].float()


@pytest.mark.parametrize(("window", "negatives", "batch", "seed"), [(5, 5, 1, 0), (2, 3, 2, 1)])
def test_the_fast_trainer_is_skip_gram_by_autograd(cells, window, negatives, batch, seed):
    generator = torch.Generator().manual_seed(9)
    sentences = [torch.randint(12, (int(n),), generator=generator).tolist() for n in torch.randint(1, 15, (15,))]
    arguments = dict(dimension=3, window=window, epochs=2, negatives=negatives, rate=0.5, batch=batch, seed=seed)
    expected = reference(sentences, 12, **arguments)
    found = cells["train"](sentences, 12, **arguments)
    assert found.shape == (12, 3)
    assert torch.allclose(found, expected, atol=2e-4), (found - expected).abs().max()


def test_the_trainer_shows_its_progress_and_repeats_itself(cells):
    sentences = [[n % 7, (n * 3) % 7, 7] for n in range(400)]
    seen = []
    first = cells["train"](sentences, 9, dimension=4, epochs=2, batch=5, watch=lambda done, _: seen.append(done))
    assert seen[0] == 0 and seen == sorted(seen) and seen[-1] < 1 and len(seen) > 4
    assert torch.equal(first, cells["train"](sentences, 9, dimension=4, epochs=2, batch=5))
    assert not torch.equal(first, cells["train"](sentences, 9, dimension=4, epochs=2, batch=5, seed=1))
    fresh = cells["train"](sentences, 9, dimension=4, epochs=0)
    assert torch.equal(first[8], fresh[8])  # the word that never comes up stays where it was
    assert (first[:8] != fresh[:8]).any(1).all()


def most_bytes_in_a_step(train, vocabulary_size):
    """The largest tensor that is made between the first step and the last."""
    from torch.utils._python_dispatch import TorchDispatchMode

    class Largest(TorchDispatchMode):
        inside, most = False, 0

        def __torch_dispatch__(self, function, types, args=(), kwargs=None):
            result = function(*args, **(kwargs or {}))
            given = {one.data_ptr() for one in args if isinstance(one, torch.Tensor)}  # changed in place, or looked at
            for one in result if isinstance(result, tuple | list) else (result,):
                if self.inside and isinstance(one, torch.Tensor) and one.data_ptr() not in given:
                    self.most = max(self.most, one.nbytes)
            return result

    seen = Largest()

    def watch(done, vectors):
        seen.inside = done < 0.7  # what is made at the end is the result

    with seen:
        train([[n % 7, n % 5, 7] for n in range(400)], vocabulary_size, dimension=4, batch=5, watch=watch)
    assert not seen.inside
    return seen.most


def test_what_a_step_makes_does_not_grow_with_the_vocabulary(cells):
    assert most_bytes_in_a_step(cells["train"], 50_000) == most_bytes_in_a_step(cells["train"], 50) > 0


# ------------------------------------------------------------------------------------------------- section 3


def ideal(scored):
    """Vectors that hold the truth and nothing else: one direction for each thing, kind, and form of a kind."""
    world, ids = scored["world"], scored["id_of"]
    vectors = torch.zeros(len(ids), 200)
    vectors[:, 199] = 1e-3  # for words that are no form of a thing
    for number, (kind, pairs) in enumerate(world.pairs.items()):
        for thing, pair in enumerate(pairs):
            for form, word in enumerate(pair):
                vectors[ids[word], [20 * number + thing, 120 + number, 130 + 2 * number + form]] = torch.tensor(
                    [1.0, 3, 3]
                )
        assert kind in {kind for kind, _ in world.truth.values()}
    return vectors


def test_scores_are_one_for_the_truth_and_chance_for_noise(scored):
    truth = ideal(scored)
    noise = torch.randn(truth.shape, generator=torch.Generator().manual_seed(0))
    assert scored["purity"](truth) == 1 and scored["purity"](noise) < 0.1
    questions = scored["questions"]
    assert len(questions) == 6 * 20 * 19
    assert scored["analogies"](truth, questions) == 1 and scored["analogies"](noise, questions) < 0.02
    # the sum is then exactly the fourth word's row, so the inputs need not be left out
    assert scored["analogies"](truth, questions, leave_out=False) == 1


def test_training_finds_the_truth(scored):
    vectors = scored["train"](scored["world_ids"], len(scored["vocabulary"]), epochs=3, seed=5)
    assert scored["purity"](vectors) > 0.95
    assert scored["analogies"](vectors, scored["questions"]) > 0.6


# ------------------------------------------------------------------------------------------------- section 4


def test_the_text_is_read_without_running_its_file(monkeypatch):
    source = 'raise SystemExit("run!")\nshort = "a"\nbible = Bible(VERSION, """In the beginning""", {1: "b"})\n'
    monkeypatch.setattr(data, "read", lambda name: source.encode())
    assert data.english_text() == "In the beginning"
