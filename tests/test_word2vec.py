"""The fast trainer: it reads every word, follows the loss, and refuses a text from which it cannot learn."""

from __future__ import annotations

from collections import Counter

import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st

from tutorial_pkg import word2vec
from tutorial_pkg.word2vec import lay_out, print_tenths, train

SENTENCES = st.lists(st.lists(st.integers(0, 9), max_size=8), min_size=1, max_size=20)


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def moved(sentences, vocabulary_size, **arguments):
    """The ids whose rows changed in training."""
    start, end = (train(sentences, vocabulary_size, dimension=4, epochs=epochs, **arguments) for epochs in (0, 3))
    return set((start != end).any(dim=1).nonzero().flatten().tolist())


# ------------------------------------------------------------------------------------------------ all of the text


@given(SENTENCES.filter(lambda text: max(map(len, text)) > 1))
@settings(deadline=None, max_examples=60)
def test_the_rows_of_all_words_move_and_no_others(sentences):
    assert moved(sentences, 12) == {word for sentence in sentences for word in sentence}


def test_a_last_sentence_of_new_words_is_read():
    text = [[(7 * n + k) % 20 for k in range(10)] for n in range(98)]  # 980 words of 20 kinds
    assert moved([*text, list(range(20, 40))], 40) == set(range(40))


@pytest.mark.parametrize("words", [*range(2, 15), 35, 36, 37, 71, 72, 73, 500, 4068, 4069])
def test_every_word_is_read_in_every_epoch_and_up_to_35_twice(words, monkeypatch):
    read, ends = Counter(), []
    monkeypatch.setattr(
        word2vec, "train_on_batch", lambda tables, squares, ids, *_: read.update(ids.flatten().tolist())
    )
    train([list(range(words))], words, epochs=3, watch=lambda done, _: ends.append(done))
    whole = words if words >= 12 else words * -(-read.total() // 3 // words)  # repeated to 12 words or more
    assert set(read) == set(range(words)) and min(read.values()) >= 3
    assert read.total() % 36 == 0 and read.total() // 3 - whole < 36 + 12


@given(SENTENCES.filter(lambda text: max(map(len, text)) > 1))
@settings(deadline=None)
def test_in_each_piece_the_numbers_tell_sentences_apart(sentences):
    ids, number = (row.tolist() for row in lay_out(sentences, 10))
    assert set(number) <= set(range(16))  # these numbers are exact in float32
    text = [(word, place) for place, sentence in enumerate(sentences) for word in sentence]
    ring = [(word, (lap, place)) for lap in range(14) for word, place in text]
    for begin in range(len(ids) - 11):
        piece = ring[begin : begin + 12]
        assert ids[begin : begin + 12] == [word for word, _ in piece]
        for i in range(12):
            for j in range(12):
                assert (number[begin + i] == number[begin + j]) == (piece[i][1] == piece[j][1])


# ------------------------------------------------------------------------------------------------------- the loss


def reference(sentences, vocabulary_size, dimension, window, epochs, negatives, rate, batch, seed, least=20):
    """The trainer a second time, with a loss, autograd, double precision and a loop over pairs of positions.

    The loop sets the weight of each pair in the loss.
    """
    generator = torch.Generator().manual_seed(seed)
    stream = [(word, number) for number, sentence in enumerate(sentences) for word in sentence]
    ring = stream + [(word, number + len(sentences)) for word, number in stream]
    first = torch.zeros(vocabulary_size, 2 * dimension)
    first[:, :dimension].uniform_(-0.5 / dimension, 0.5 / dimension, generator=generator)
    tables = first.double().view(vocabulary_size, 2, dimension).requires_grad_()
    squares = torch.full((vocabulary_size, 2, 1), 1e-9, dtype=torch.float64)
    count = (len(stream) + 35) // 36
    batch = max(1, min(batch, count // least))
    step, steps = 0, epochs * ((count + batch - 1) // batch)
    for _ in range(epochs):
        start = int(torch.randint(len(stream), (), generator=generator))
        order = torch.randperm(3 * count, generator=generator).tolist()
        begins = [(start + 12 * place) % len(stream) for place in order]
        pieces = [ring[begin : begin + 12] for begin in begins]
        lines = [pieces[place : place + 3] for place in range(0, 3 * count, 3)]
        for at in range(0, len(lines), batch):
            loss = 0.0
            for line in lines[at : at + batch]:
                positions = [(piece, word, number) for piece in range(3) for word, number in line[piece]]
                words = [word for _, word, _ in positions]
                scores = tables[words, 0] @ tables[words, 1].T
                near, far = torch.zeros(2, *scores.shape, dtype=scores.dtype)
                for i, (piece, _, number) in enumerate(positions):
                    for j, (other_piece, _, other_number) in enumerate(positions):
                        if piece != other_piece:
                            far[i, j] = negatives * (window + 1) / 24
                        elif number == other_number and 0 < abs(i - j) <= window:
                            near[i, j] = 1 - (abs(i - j) - 1) / window
                loss = loss - (near * F.logsigmoid(scores) + far * F.logsigmoid(-scores)).sum()
            (gradient,) = torch.autograd.grad(loss, tables)
            with torch.no_grad():
                squares += gradient.square().sum(-1, keepdim=True)
                tables -= rate * (1 - step / steps) * gradient / squares.sqrt()
            step += 1
    return tables.detach()[:, 0].float()


@pytest.mark.parametrize(("window", "negatives", "batch", "seed"), [(5, 5, 1, 0), (2, 3, 2, 1)])
@pytest.mark.parametrize("longest", [15, 100])
def test_it_is_skip_gram_by_autograd(window, negatives, batch, seed, longest):
    generator = torch.Generator().manual_seed(9)
    lengths = torch.randint(1, longest, (150 // longest + 2,), generator=generator).tolist()
    sentences = [torch.randint(12, (length,), generator=generator).tolist() for length in lengths]
    arguments = dict(dimension=3, window=window, epochs=2, negatives=negatives, rate=0.5, batch=batch, seed=seed)
    expected = reference(sentences, 12, **arguments)
    found = train(sentences, 12, **arguments)
    assert found.shape == (12, 3)
    assert torch.allclose(found, expected, atol=2e-4), (found - expected).abs().max()


def test_batches_of_several_lines_are_skip_gram_by_autograd(monkeypatch):
    sentences = [[(n * k) % 12 for k in range(1, 9)] for n in range(95)]  # 22 lines: with batches of 2, 11 steps
    arguments = dict(dimension=3, window=3, epochs=1, negatives=2, rate=0.5, batch=2, seed=3)
    monkeypatch.setattr(word2vec, "LEAST_STEPS", 11)
    found = train(sentences, 12, **arguments)
    monkeypatch.undo()
    assert not torch.allclose(found, train(sentences, 12, **arguments), atol=1e-3)  # 22 steps of one line
    assert torch.allclose(found, reference(sentences, 12, **arguments, least=11), atol=2e-4)


def test_it_shows_its_progress_and_repeats_itself():
    sentences = [[n % 7, (n * 3) % 7, 7] for n in range(400)]
    seen = []
    first = train(sentences, 9, dimension=4, epochs=2, watch=lambda done, _: seen.append(done))
    assert seen[0] == 0 and seen == sorted(seen) and seen[-1] == 1 and len(seen) > 20
    assert torch.equal(first, train(sentences, 9, dimension=4, epochs=2))
    assert not torch.equal(first, train(sentences, 9, dimension=4, epochs=2, seed=1))
    start = train(sentences, 9, dimension=4, epochs=0)
    assert torch.equal(first[8], start[8])  # the row of a word that is not in the text does not change


def test_printed_progress_is_one_line_whatever_the_steps(capsys):
    for steps in (1, 3, 10, 977):
        watch = print_tenths()
        for step in range(steps + 1):
            watch(step / steps, None)
    lines = capsys.readouterr().out.splitlines()
    assert lines == ["0% 10% 20% 30% 40% 50% 60% 70% 80% 90% 100%"] * 4


def most_bytes_in_a_step(vocabulary_size):
    """The largest tensor that is created between the first step and the last."""
    from torch.utils._python_dispatch import TorchDispatchMode

    class Largest(TorchDispatchMode):
        inside, most = False, 0

        def __torch_dispatch__(self, function, types, args=(), kwargs=None):
            result = function(*args, **(kwargs or {}))
            given = {one.data_ptr() for one in args if isinstance(one, torch.Tensor)}  # changed in place or only read
            for one in result if isinstance(result, tuple | list) else (result,):
                if self.inside and isinstance(one, torch.Tensor) and one.data_ptr() not in given:
                    self.most = max(self.most, one.nbytes)
            return result

    seen = Largest()

    def watch(done, vectors):
        seen.inside = done < 0.7  # the tensor that exists at the end is the result

    with seen:
        train([[n % 7, n % 5, 7] for n in range(400)], vocabulary_size, dimension=4, batch=5, watch=watch)
    assert not seen.inside
    return seen.most


def test_what_a_step_makes_does_not_grow_with_the_vocabulary():
    assert most_bytes_in_a_step(50_000) == most_bytes_in_a_step(50) > 0


# ------------------------------------------------------------------------------------------------ what is refused


@pytest.mark.parametrize(
    ("sentences", "arguments", "message"),
    [
        ([], {}, "nothing to learn from.*got no words"),
        ([[], []], {}, "nothing to learn from.*got no words"),
        ([[1], [], [2]], {}, "nothing to learn from.*got 2 sentences of one word"),
        ([[0, 3]], {}, "expected ids from 0 to 2, got 3"),
        ([[0, -1]], {}, "expected ids from 0 to 2, got -1"),
        ([[0, 1]], {"window": 12}, "expected a window from 1 to 11, got 12"),
        ([[0, 1]], {"window": 0}, "expected a window from 1 to 11, got 0"),
        ([[0, 1] * 18], {"epochs": 1}, "too small to learn from in one epoch: its 36 words make one step"),
    ],
)
def test_what_cannot_be_learned_from_is_refused(sentences, arguments, message):
    with pytest.raises(ValueError, match=message):
        train(sentences, 3, **arguments)


@pytest.mark.parametrize("sentences", [["the fox"], [[0.5, 1.0]], [(0, 1)]])
def test_words_that_are_no_ids_are_refused(sentences):
    with pytest.raises(TypeError):
        train(sentences, 3)
