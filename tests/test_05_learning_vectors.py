"""Notebook 05: the functions in its cells, and what its pictures show, read from the data of the figures."""

from __future__ import annotations

import itertools

import pytest
import torch
import torch.nn.functional as F
from helpers import cell_namespace, run_cell, source
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex

from tutorial_pkg import data
from tutorial_pkg.draw.core import COLOURS, SKY
from tutorial_pkg.draw.learning_vectors import curves, gradient_rows, movement, plane, word_map, word_pairs
from tutorial_pkg.tokens import EmptyTextError
from tutorial_pkg.word2vec import train

NOTEBOOK = "05_learning_vectors"
WORDS = ["fox", "house", "in", "is", "quick", "the"]


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    """The notebook's imports cell sets one thread. Afterwards, the number of threads is restored."""
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def cells():
    """The namespace after the cells of the first sections that these tests need."""
    return cell_namespace(NOTEBOOK, "imports", "table", "optimisers", "pairs")


@pytest.fixture(scope="module")
def scored():
    """The namespace after the cells on the invented world of section 3 and its scores."""
    return cell_namespace(NOTEBOOK, "imports", "world", "world-ids", "purity", "analogies-score")


# --------------------------------------------------------------------------------------------- which rows move


def test_rows_moved_by_each_optimiser(cells):
    """The rows are those that the rules in the text give for these ids."""
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
        moved = cells["rows_moved"](getattr(torch.optim, name), **options)
        assert [set(step.nonzero().squeeze(1).tolist()) for step in moved] == expected, (name, options)


# ------------------------------------------------------------------------------------------------------- pairs


@given(st.lists(st.integers(0, 9), max_size=12), st.integers(1, 6))
@settings(deadline=None)
def test_pairs_are_those_within_the_window(cells, sentence, window):
    pairs = cells["pairs_of"](sentence, window)
    padded = [None] * window + sentence + [None] * window  # a different way: look to both sides of each word
    expected = [
        (padded[middle], padded[middle + step])
        for middle in range(window, window + len(sentence))
        for step in range(-window, window + 1)
        if step and padded[middle + step] is not None
    ]
    assert sorted(pairs) == sorted(expected)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=12), st.integers(1, 6), st.integers(0, 99))
@settings(deadline=None, max_examples=30)
def test_the_matrix_of_a_sentence_has_the_gradient_of_its_pairs(cells, sentence, window, seed):
    tables = torch.randn(2, 10, 4, generator=torch.Generator().manual_seed(seed)).requires_grad_()
    words, contexts = tables
    pairs = torch.tensor(cells["pairs_of"](sentence, window)).long().reshape(-1, 2).T
    slow = -F.logsigmoid((words[pairs[0]] * contexts[pairs[1]]).sum(1)).sum()

    ids, place = torch.tensor(sentence), torch.arange(len(sentence))
    distance = (place[:, None] - place).abs()
    near = ((distance > 0) & (distance <= window)).float()
    error = near * (torch.sigmoid(words[ids] @ contexts[ids].T) - 1)
    by_hand = torch.zeros(2, 10, 4)
    by_hand[0].index_add_(0, ids, error @ contexts[ids])
    by_hand[1].index_add_(0, ids, error.T @ words[ids])
    assert torch.allclose(torch.autograd.grad(slow, tables)[0], by_hand, atol=1e-5)


# ---------------------------------------------------------------------------------------------- the invented world


def ideal(scored):
    """Vectors made from the truth only: one direction for each thing, for each kind, and for each form of a kind."""
    world, ids = scored["world"], scored["world_words"]
    vectors = torch.zeros(len(ids), 200)
    vectors[:, 199] = 1e-3  # for words that are not a form of a thing
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
    # then the sum is exactly the row of the fourth word, so the search need not leave out the inputs
    assert scored["analogies"](truth, questions, leave_out=False) == 1


def test_the_nearest_words_are_those_of_the_highest_cosine_without_the_word_itself(scored):
    cells = cell_namespace(NOTEBOOK, "imports", "world", "world-ids", "purity", "fresh")
    rows = torch.tensor([[1.0, 0.0], [9.0, 9.0], [5.0, 1.0], [-1.0, 0.0], [7.0, 0.0]])
    words = {"fox": 0, "house": 1, "in": 2, "is": 3, "quick": 4}
    assert cells["nearest_words"]("fox", rows, words) == ["quick", "in", "house", "is"]
    assert cells["nearest_words"]("is", rows, words, k=1) == ["house"]


def test_training_finds_the_truth(scored):
    vectors = train(scored["world_ids"], len(scored["world_words"]), epochs=3, seed=5)
    assert scored["purity"](vectors) > 0.95
    assert scored["analogies"](vectors, scored["questions"]) > 0.6


# --------------------------------------------------------------------------------------------------- real text


def test_the_text_is_read_without_running_its_file(monkeypatch):
    source = 'raise SystemExit("run!")\nshort = "a"\nbible = Bible(VERSION, """In the beginning""", {1: "b"})\n'
    monkeypatch.setattr(data, "read", lambda name: source.encode())
    assert data.english_text() == "In the beginning"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Une forêt. L'été naît, très tôt!", ["forêt", "l'été", "naît", "tôt", "très", "une"]),
        ("fore\u0302t", ["forêt"]),  # the accent is a separate character
        ("Größe. ΚΌΣΜΟΣ κόσμος", ["größe", "κόσμος"]),
        ("हिन्दी में। मैं", ["मैं", "में", "हिन्दी"]),
        ("It’s 12 o'clock: 'yes'", ["it's", "o'clock", "yes"]),
        ("snake_case", ["case", "snake"]),
    ],
)
def test_words_of_any_language_stay_whole(cells, text, words, capsys):
    namespace = dict(cells)
    learners_text(namespace, f"{text} fox fox", 1)
    assert set(namespace["english"]) - {"fox"} == set(words)
    assert "kept" in capsys.readouterr().out


def learners_text(cells, text, least):
    """Run the cell that reads the text as a learner does, who types a text and a number."""
    changes = ("english_text()", repr(text)), ("least = 5", f"least = {least}")
    run_cell(cells, NOTEBOOK, "real-text", *changes)


@pytest.mark.parametrize(("text", "least"), [("", 1), ("Fox. House!", 1), ("la la la", 1), ("one two three", 5)])
def test_after_an_unusable_text_the_old_text_stays(cells, text, least):
    names = dict(cells)
    learners_text(names, "Quick fox is in the house. Quick fox!", 2)
    names["english_vectors"] = "trained"
    before = dict(names)
    with pytest.raises(EmptyTextError, match=f"Nothing changed: .* {least} times or more.* `least`"):
        learners_text(names, text, least)
    assert all(names[name] is before[name] for name in ("english", "english_ids", "counted", "english_vectors"))


def test_a_short_text_has_its_own_results_and_never_those_of_the_old_text(scored, capsys):
    names = scored | cell_namespace(NOTEBOOK, "imports", "world", "world-ids", "purity", "fresh")
    names["english_vectors"] = "of the old text"
    learners_text(names, "le renard est dans la maison. le renard!", 1)
    with pytest.raises(NameError, match="english_vectors"):
        run_cell(names, NOTEBOOK, "choose", ('["three", "silver", "wise", "red", "father"]', '["renard"]'))
    capsys.readouterr()
    run_cell(names, NOTEBOOK, "real-train")
    assert "100%" in (printed := capsys.readouterr().out) and printed.count("→") == 5 and "renard" in printed
    run_cell(names, NOTEBOOK, "choose", ('["three", "silver", "wise", "red", "father"]', '["Renard", "fox", ""]'))
    assert "renard (2 times): " in (printed := capsys.readouterr().out)
    assert "'fox' is not one of the 6 words that were kept" in printed and printed.count("'' is not") == 1
    for cell in ("opposites", "king"):
        run_cell(names, NOTEBOOK, cell)
        assert "our text does not have" in capsys.readouterr().out


def test_the_short_trainer_is_short():
    lines = source(NOTEBOOK, "slow-trainer").splitlines()
    assert sum(bool(line.strip()) for line in lines) <= 27 and max(map(len, lines)) <= 88


# -------------------------------------------------------------------------------------------------- pictures


def numbers(ax):
    return [float(text.get_text()) for text in ax.texts]


def labels(ticks):
    return [tick.get_text() for tick in ticks]


def test_movement_fills_what_moved_and_dots_what_was_used():
    moved = {"SGD": torch.tensor([[False, True], [False, False]]), "AdamW": torch.ones(2, 2, dtype=torch.bool)}
    figure = movement(moved, [[1], [1]], ["fox", "house"])
    for ax, grid in zip(figure.axes, moved.values(), strict=True):
        filled = {
            (round(patch.get_x() + 0.5), round(patch.get_y() + 0.5))
            for patch in ax.patches
            if to_hex(patch.get_facecolor()) == SKY.lower()
        }
        assert filled == {tuple(place) for place in grid.nonzero().tolist()}
        assert ax.lines[0].get_xydata().tolist() == [[0, 1], [1, 1]]
    assert [ax.get_title() for ax in figure.axes] == ["SGD", "AdamW"]


def test_word_pairs_shows_matrices_side_by_side():
    near, scores, names = torch.eye(3), torch.arange(9.0).view(3, 3), ["quick", "fox", "is"]
    figure = word_pairs({"near": near, "scores": scores}, names, names)
    left, right = figure.axes
    assert numbers(left) == near.flatten().tolist() and numbers(right) == scores.flatten().tolist()
    assert labels(left.get_xticklabels()) == labels(left.get_yticklabels()) == names
    assert (
        "In “near”, the row of “quick” is 1.0, 0.0, 0.0." in figure.words and "8.0 for “is” with “is”" in figure.words
    )


@pytest.mark.parametrize("seed", range(5))
def test_plane_agrees_with_an_eigendecomposition_and_has_one_sign(seed):
    vectors = torch.randn(30, 5, generator=torch.Generator().manual_seed(seed)) * torch.tensor([5.0, 3, 1, 1, 1])
    found = plane(vectors)
    _, directions = torch.linalg.eigh(torch.cov(vectors.T.double()))
    expected = directions[:, [-1, -2]].float()
    assert torch.allclose((found * expected).sum(0).abs(), torch.ones(2), atol=1e-4)
    # rotated and moved vectors have the same plane, apart from the signs, which are fixed
    assert torch.allclose(plane(7 - vectors), found, atol=1e-4)
    assert found.gather(0, found.abs().argmax(0, keepdim=True)).gt(0).all()


def test_plane_refuses_a_line():
    with pytest.raises(ValueError, match="at least two dimensions"):
        plane(torch.ones(5, 1))


def test_names_on_the_map_do_not_overlap():
    points = torch.tensor([[0.30, -0.10], [0.36, -0.11], [0.28, -0.12], [0.3, 0.4]])  # three at nearly the same height
    names = dict(enumerate(["modor", "dugim", "tuzil", "zeben"]))
    figure = word_map(points, [("animal", 0)] * 4, names=names, limit=0.5)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    boxes = [text.get_window_extent(canvas.get_renderer()) for text in figure.axes[0].texts]
    assert len(boxes) == 4
    assert not any(one.overlaps(other) for one, other in itertools.combinations(boxes, 2))


def test_word_map_puts_every_word_where_it_is():
    points = torch.tensor([[0.1, 0.2], [0.3, 0.4], [-0.5, 0.6], [-0.7, 0.8]])
    groups = [("animal", 0), ("animal", 1), ("food", 0), ("food", 1)]
    figure = word_map(points, groups, names={0: "zeben"}, joined=[(0, 1)], limit=2, title="stage 3")
    ax = figure.axes[0]
    drawn = torch.cat([torch.tensor(spots.get_offsets().tolist()) for spots in ax.collections])
    assert torch.allclose(drawn, points)
    assert [to_hex(spots.get_edgecolor()[0]) for spots in ax.collections] == [
        colour.lower() for colour in COLOURS[:2] for _ in (0, 1)
    ]
    # the legend says: form 0 is a filled circle, and form 1 is an empty square
    circle, square = (spots.get_paths()[0].vertices.shape for spots in ax.collections[:2])
    assert circle[0] > square[0] and "● form 0" in ax.get_legend().get_title().get_text()
    assert [to_hex(spots.get_facecolor()[0]) == "#ffffff" for spots in ax.collections] == [False, True] * 2
    assert [(text.get_text(), list(text.xy)) for text in ax.texts] == [("zeben", points[0].tolist())]
    assert ax.lines[0].get_xydata().tolist() == points[:2].tolist()
    assert ax.get_xlim() == ax.get_ylim() == (-2, 2) and ax.get_title() == "stage 3"
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["animal", "food"]


def test_word_map_works_where_a_kind_has_one_form_only():
    assert len(word_map([[0.0, 0.0]], [("animal", 1)]).axes[0].collections) == 1


def test_word_map_refuses_points_without_groups():
    with pytest.raises(ValueError, match="for each of 1"):
        word_map(torch.zeros(2, 2), [("animal", 0)])


def named(ax) -> list:
    """The lines that the legend explains, without the pale lines below them."""
    return [line for line in ax.lines if not line.get_label().startswith("_")]


def test_the_dark_line_of_many_noisy_points_is_their_mean():
    noisy = [3.0 + (-1) ** step for step in range(200)]
    picture = curves({"loss": noisy}, xlabel="step")
    pale, dark = picture.axes[0].lines
    assert pale.get_ydata().tolist() == noisy and pale.get_alpha() < 0.5
    assert dark.get_ydata() == pytest.approx(3.0) and len(dark.get_ydata()) == 191
    assert dark.get_xdata()[0] == 5  # in the middle of the first ten steps
    assert "dark: mean of 10" in picture.axes[0].get_xlabel()


def test_curves_show_their_numbers():
    ax = curves({"purity": [0.0, 0.5, 1.0], "analogies": [0, 0, 0.9]}, xlabel="stage").axes[0]
    for line, numbers in zip(named(ax), ([0.0, 0.5, 1.0], [0, 0, 0.9]), strict=True):
        assert line.get_ydata().tolist() == numbers
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["purity", "analogies"]


@pytest.mark.parametrize(
    ("draw", "says"),
    [
        (lambda: curves({str(n): [0, 1] for n in range(7)}, xlabel="stage"), "expected 1 to 6 names"),
        (lambda: word_map([[0, 0]] * 7, [(str(n), 0) for n in range(7)]), "expected 1 to 6 names"),
        (lambda: word_map([[0, 0]], [("animal", 2)]), "expected the form 0 or 1"),
        (lambda: word_map([[0, float("nan")]], [("animal", 0)]), "finite numbers"),
        (lambda: word_map([[0, 0]], [("animal", 0)], names={1: "zeben"}), "expected numbers from 0 to 0"),
        (lambda: curves({"purity": [0.5, float("nan")]}, "epoch"), "expected finite numbers"),
        (lambda: gradient_rows(torch.ones(2, 3), [0], ["fox", "in"], torch.ones(2, 2)), "of one shape"),
        (lambda: movement({"SGD": [[True]]}, [[0]], ["fox", "in"]), "moved and used of one shape"),
    ],
)
def test_nothing_is_dropped_without_a_word(draw, says):
    with pytest.raises((TypeError, ValueError), match=says):
        draw()


def test_words_outside_the_map_are_counted():
    figure = word_map([[0.1, 0.2], [0.3, 2.0]], [("animal", 0), ("food", 0)], limit=1.0)
    assert figure.words.endswith("The number of words outside the picture is 1.")


def test_the_map_says_how_far_the_kinds_have_come_apart():
    apart = torch.cat([torch.zeros(20, 2), torch.ones(20, 2)]) + torch.rand(40, 2) * 0.1
    groups = [("animal", 0)] * 20 + [("food", 0)] * 20
    assert "same kind for nearly all of them" in word_map(apart, groups).words
    mixed = torch.arange(40.0)[:, None].expand(40, 2) / 40  # each word is between two words of the other kind
    assert "same kind for few of them" in word_map(mixed, [("animal", 0), ("food", 0)] * 20).words


def test_six_lines_are_told_apart():
    ax = curves({str(n): [0, 1] for n in range(6)}, xlabel="stage").axes[0]
    assert len({(line.get_color(), line.get_marker()) for line in named(ax)}) == 6
