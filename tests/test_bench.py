"""The benchmark with tiny sizes. The tests check where its figures are written, and never their values."""

from __future__ import annotations

import copy
import doctest
import importlib.util
import math
import re
import runpy
import sys
from functools import cache
from pathlib import Path

import pytest
import torch
from bench import limits, llm, lookup, quality, run, startup, summary, table
from bench.table import Table
from helpers import ROOT, plain_kernels, real_model

from tutorial_pkg import smollm2
from tutorial_pkg.smollm2 import SmolLM2


@cache
def short_model() -> SmolLM2:
    """SmolLM2 with its first four blocks: its texts are worse, but each way to run it must give the same text."""
    model = copy.copy(real_model())
    model.blocks = model.blocks[:4]
    return model


def test_sections_are_markdown():
    for section in (lookup, startup):
        text = section.measure(small=True)
        assert text.startswith("### ") and text.count("\n### ") >= 1
    for name in run.SECTIONS:
        assert (ROOT / "tools" / "bench" / f"{name}.py").exists()


def test_the_limits_say_what_limits_a_lookup():
    limit = limits.Limits(call=1e-6, rates={"L2": 100e9, "L3": 10e9, "memory": 1e9}, products=1e9)
    few, many = lookup.against_limits([(10, 4, 2), (10, 64, 40_000)], limit, 1).rows
    assert few[1] == "80 B"  # reads 2 ids of 8 bytes, reads 2 rows of 16 bytes and writes them
    assert many[1:3] == ["20.8 MB", limit.place(20_800_000)]


def test_training_is_compared_with_gensim(monkeypatch, tmp_path):
    pytest.importorskip("gensim", reason="make bench installs it")
    from bench import training

    monkeypatch.setattr(table, "IMAGES", tmp_path / "images")
    speeds, image = training.sweep((30, 60), 2000, 1)
    several = f"{training.every_core()} threads"
    one_thread = ["gensim", "`train`", "fastText, whole words"]
    assert [row[0] for row in speeds.rows][:5] == [*one_thread, f"gensim, {several}", f"`train`, {several}"]
    assert "(images/vocabulary.png)" in image and (tmp_path / "images" / "vocabulary.png").stat().st_size > 5000

    made = training.compared(training.made_world(8000, 8, 2, 1), (0, 1), True)
    assert made.columns[-2:] == ["pairs, one epoch", "counting"]
    text = training.compared(training.english(1, 60_000, 20, 2), (0,), False)
    for compared in (made, text):
        assert len(compared.rows) >= 4
        for _, items, base, own, difference, *_ in compared.rows[1:]:
            assert int(items.replace(",", "")) > 0
            by_hand = float(own) - float(base)
            assert abs(float(difference.replace("−", "-")) - by_hand) < 0.0021


def test_a_variant_is_the_trainer_with_a_line_changed():
    from bench import training

    corpus = training.zipf(60, 3000)
    # Two epochs of one batch each. In the first epoch no word moves, because the contexts start at zero.
    usual = training.lines(corpus, 2, 1, 0).vectors
    for name, changes in training.VARIANTS.items():
        vectors = training.lines(corpus, 2, 1, 0, changes).vectors
        assert vectors.shape == usual.shape and vectors.isfinite().all() and not torch.equal(vectors, usual), name
    for text in ("PIECE, PIECES = 10, 3", "stream"):  # the first does not occur, the second occurs more than once
        with pytest.raises(ValueError, match=f"expected '{text}' exactly once in the text to change, got it"):
            training.lines(corpus, 2, 1, 0, {text: "1"})


def test_every_vocabulary_of_the_sweep_is_as_large_as_it_says():
    from bench import training

    for vocabulary in (5, 900):
        corpus = training.zipf(vocabulary, 1000)
        assert len(corpus.words) == vocabulary and corpus.size == sum(map(len, corpus.ids)) == 1000
    drawn = [word for sentence in corpus.sentences for word in sentence]
    assert corpus.counts["0"] > corpus.counts["500"] and drawn.count("0") > 5 * drawn.count("500")


def test_the_parts_of_a_step_are_those_of_the_trainer():
    """The parts of a step change the tables like the trainer does, because both contain the same calls."""
    import inspect

    from bench import training

    from tutorial_pkg import word2vec

    trainer, parts = inspect.getsource(word2vec), inspect.getsource(training.step_parts)
    for call in (
        "F.embedding(",
        "torch.eq(",
        "torch.lerp(",
        "F.embedding_bag(",
        "vector_norm(",
        "squared.index_add_(0, rows,",
        "table.index_add_(0, rows,",
    ):
        assert call in trainer and call in parts, call
    found, different = training.step_parts(50, 3, 6, 4)
    rows = found["sort by word"].call()[0]
    assert rows.tolist() == rows.unique().tolist()
    for whole, total in zip(found["old version: sum by word"].call(), found["sum by word"].call(), strict=True):
        assert len(total) == different and torch.allclose(whole[rows], total, atol=1e-5)


# ------------------------------------------------------------------------------------------------- what quality means


def test_marks_know_right_from_wrong():
    """Vectors that are made from the truth get the highest score. If one word's vector is reversed, they do not."""
    from bench import training

    from tutorial_pkg.world import make_world

    corpus = training.made_world(20_000, 6, 0, 1)
    world = make_world(words=20_000, things=6)
    generator = torch.Generator().manual_seed(0)
    step = {kind: torch.randn(264, generator=generator) for kind in world.pairs}
    base = {kind: 3 * torch.randn(264, generator=generator) for kind in step}
    trait = {word: place for place, word in enumerate(sorted({word for own in world.traits.values() for word in own}))}
    vectors = torch.randn(len(corpus.words), 264, generator=generator)
    for kind, pairs in world.pairs.items():
        for pair in pairs:
            thing = torch.zeros(264)
            thing[[trait[word] for word in world.traits[pair[0]]]] = 1.0
            for form, word in enumerate(pair):
                if word in corpus.id_of:
                    vectors[corpus.id_of[word]] = base[kind] + thing + 5 * form * step[kind]
    marks = {name: measure(vectors).mean().item() for name, measure in corpus.measures.items()}
    assert marks.pop("shared traits: ρ with cosine") > 0.5  # the length of a row also changes the cosine
    assert marks and set(marks.values()) == {1.0}
    vectors[corpus.id_of[world.pairs["animal"][0][0]]] *= -1
    assert all(measure(vectors).mean() < 1 for name, measure in corpus.measures.items())


def test_a_rank_correlation_and_its_error_are_those_of_scipy():
    stats = pytest.importorskip("scipy.stats", reason="make bench installs it")
    generator = torch.Generator().manual_seed(0)
    true = torch.randint(6, (4000,), generator=generator).float()  # with many equal values
    found = true + 4 * torch.randn(4000, generator=generator)
    marks = quality.rank_correlation(found, true)
    assert marks.mean().item() == pytest.approx(stats.spearmanr(found, true).statistic, abs=1e-5)
    parts = [stats.spearmanr(a, b).statistic for a, b in zip(found.view(40, -1), true.view(40, -1), strict=True)]
    spread = torch.tensor(parts).std().item() / 40**0.5  # the same error, computed from forty parts of the data
    assert quality.standard_error(marks) == pytest.approx(spread, rel=0.3)


def test_what_all_rows_share_is_taken_out_if_asked():
    vectors = torch.nn.functional.normalize(torch.randn(400, 3, generator=torch.Generator().manual_seed(0)), dim=1)
    pairs = [(one, one + 200, float(vectors[one] @ vectors[one + 200])) for one in range(200)]
    shifted = vectors + torch.tensor([5.0, 0.0, 0.0])
    assert quality.rated_pairs(pairs)(shifted).mean() < 0.9
    assert quality.rated_pairs(pairs, centred=True)(shifted).mean() > 0.97


def test_what_frequency_explains_is_taken_out():
    generator = torch.Generator().manual_seed(0)
    often, own, other = torch.randn(3, 4000, generator=generator)
    found, true = own + 2 * often, other + 2 * often  # similar only because of frequency
    assert quality.rank_correlation(found, true).mean() > 0.7
    assert quality.rank_correlation(found, true, often).mean().abs() < 0.06
    true = own + 0.5 * other - 2 * often  # similar, but frequency hides it
    assert quality.rank_correlation(found, true, often).mean() > 0.7


def test_two_senses_are_both_wanted():
    group = torch.tensor([0, 0, 1, 1, 2, 2, -1])
    unit = torch.eye(3)[[0, 0, 1, 1, 2, 2, 0]]
    measure = quality.senses(group, {6: (0, 2)})
    unit[6] = torch.tensor([1.0, 0, 1])
    assert measure(unit).tolist() == [1.0]
    unit[6] = torch.tensor([1.0, 0.5, 0])
    assert measure(unit).tolist() == [0.5]


def test_held_out_words_are_likelier_where_the_rows_tell_the_words_apart():
    generator = torch.Generator().manual_seed(0)
    sentences = [[word, (word + 1) % 8] * 3 for word in torch.randint(8, (300,), generator=generator).tolist()]
    measure = quality.next_words(sentences[:250], sentences[250:], most=8, steps=30)
    apart, alike = measure(torch.eye(8)), measure(torch.ones(8, 8))
    assert len(apart) == len(alike) == 250
    assert apart.mean() > alike.mean() + 0.5 and alike.mean() == pytest.approx(-math.log(8), abs=0.2)


# ---------------------------------------------------------------------------------------------------------- the page


def test_what_is_exact_among_the_figures():
    *_, one_hot = lookup.doubled_twice(50, 8, 16, 1, 0.1).rows
    assert one_hot == ["one-hot, bytes at the peak", "9.6 kB", "19.2 kB", "38.4 kB", "2 ×", "4 ×"]


def test_what_does_not_fit_is_said_and_not_tried(monkeypatch):
    monkeypatch.setattr(lookup, "one_size", None)  # a call would fail
    (row,) = lookup.against_copy([(2**40, 4096, 2**30)], 1, 0.1).rows
    assert row[1] == "does not fit"


def test_a_row_of_another_length_is_refused():
    with pytest.raises(ValueError, match="2 columns, but the row"):
        Table("t", ["a", "b"], [["1"]])


def test_figures_end_up_on_the_page_in_order(tmp_path, monkeypatch):
    monkeypatch.setattr(run, "section", lambda name, small: f"<!-- bench:{name} -->{name} 1<!-- /bench:{name} -->")
    page = tmp_path / "RESULTS.md"
    assert run.main(["startup", "--page", str(page)]) == 0
    assert run.main(["--page", str(page)]) == 0
    text = page.read_text(encoding="utf-8")
    assert text.startswith(run.HEAD) and text.count("startup 1") == 1
    assert text.index("lookup 1") < text.index("training 1") < text.index("startup 1")

    monkeypatch.setattr(run, "section", lambda name, small: f"<!-- bench:{name} -->{name} 2<!-- /bench:{name} -->")
    assert run.main(["startup", "--page", str(page)]) == 0
    again = page.read_text(encoding="utf-8")
    assert "lookup 1" in again and "startup 2" in again and "startup 1" not in again
    assert run.main(["--page", str(page), "--print"]) == 0
    assert page.read_text(encoding="utf-8") == again


def test_what_was_measured_stays_when_a_later_section_fails(tmp_path, monkeypatch):
    def section(name, small):
        if name == "startup":
            raise RuntimeError("no such notebook")
        return f"<!-- bench:{name} -->{name}<!-- /bench:{name} -->"

    monkeypatch.setattr(run, "section", section)
    page = tmp_path / "RESULTS.md"
    with pytest.raises(RuntimeError, match="no such notebook"):
        run.main(["--page", str(page)])
    assert "bench:training" in page.read_text(encoding="utf-8")


def test_a_missing_folder_and_an_unknown_section_are_errors(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(run, "section", None)  # it must stop before it measures anything
    with pytest.raises(SystemExit):
        run.main(["--page", str(tmp_path / "nothing" / "RESULTS.md")])
    assert "expected a folder for the page" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        run.main(["gardening"])
    assert f"expected sections from {', '.join(run.SECTIONS)}; got gardening" in capsys.readouterr().err


def test_it_runs_as_a_script(tmp_path, monkeypatch, capsys):
    """As in a new process, but without a new import of torch, which takes seconds."""
    folder, own = Path(run.__file__).parent, {str(ROOT / name) for name in ("", "tests", "tools")}
    for name in [name for name in sys.modules if name.partition(".")[0] == "bench"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "path", [str(folder), *(path for path in sys.path if path and str(Path(path)) not in own)])
    monkeypatch.setattr(sys, "argv", [run.__file__, "gardening"])
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as left:
        runpy.run_path(run.__file__, run_name="__main__")
    assert left.value.code == 2 and "got gardening" in capsys.readouterr().err


def test_the_page_shows_no_picture_that_is_not_there():
    text = run.PAGE.read_text(encoding="utf-8")
    shown = re.findall(r"!\[[^]]+\]\(([^)]+)\)", text)
    assert shown and all((run.PAGE.parent / path).exists() for path in shown)
    measured = re.findall(r"<!-- bench:(\w+) -->", text)
    assert measured == [name for name in run.SECTIONS if name in measured] and "training" in measured


def test_a_notebook_is_run_and_timed(tmp_path, monkeypatch):
    import nbformat

    monkeypatch.setenv("IPYTHONDIR", plain_kernels(tmp_path))
    path = tmp_path / "99_tiny.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1")]), path)
    ((name, time),) = startup.notebooks([path]).rows
    assert name == "99_tiny" and time.endswith("s")


# ------------------------------------------------------------------------------------------------------------ README


def test_the_figures_in_readme_are_those_of_the_page():
    readme, page = summary.README.read_text(encoding="utf-8"), run.PAGE.read_text(encoding="utf-8")
    assert readme == summary.in_readme(readme, summary.summary(page))


def test_a_run_writes_the_figures_into_readme(monkeypatch, tmp_path):
    stored, page, readme = run.PAGE.read_text(encoding="utf-8"), tmp_path / "RESULTS.md", tmp_path / "README.md"
    page.write_text(stored, encoding="utf-8")
    readme.write_text(f"before\n{summary.FIRST}\nold\n{summary.LAST}\nafter\n", encoding="utf-8")
    monkeypatch.setattr(run, "PAGE", page)
    monkeypatch.setattr(summary, "README", readme)
    rows = [["slowly", "1.1"], ["quickly", "22.2"], ["llama.cpp", "33.3"]]
    made = Table("Tokens a second", ["way", "tokens a second"], rows).markdown()
    monkeypatch.setattr(run, "section", lambda name, small: f"<!-- bench:{name} -->\n{made}\n<!-- /bench:{name} -->")
    assert run.main(["llm", "--page", str(page), "--print"]) == 0
    assert "old" in readme.read_text(encoding="utf-8")
    assert run.main(["llm", "--page", str(page)]) == 0
    text = readme.read_text(encoding="utf-8")
    assert text.startswith("before\n") and text.endswith("\nafter\n") and "old" not in text
    assert all(figure in text for figure in ("1.1 tokens", "22.2 with", "llama.cpp writes 33.3"))
    with pytest.raises(ValueError, match="expected a table 'Lookup, one-hot and a plain copy' on the page; got none"):
        summary.summary(stored.replace("### Lookup, one-hot", "### Another"))


@pytest.mark.parametrize("module", [limits, llm, lookup, quality, run, startup, summary, table])
def test_examples(module):
    assert doctest.testmod(module).failed == 0


# ------------------------------------------------------------------------------------------------- a language model


def test_a_cache_changes_no_token():
    model = short_model()
    ids = model.encode(llm.PROMPT)
    first = llm.plain(model, ids, 6)
    assert llm.cached(model, ids, 6) == first
    assert llm.cached(model, ids, 0) == []
    assert llm.agreement(model, ids, first, first) == (6, pytest.approx(0, abs=1e-4))
    same, below = llm.agreement(model, ids, [*first[:4], 0, first[5]], first)
    assert same == 4 and below > 1


@pytest.mark.parametrize(
    ("stored", "bits", "error"), [(llm.sixteen, 16, 0.01), (llm.eight, 8, 0.02), (llm.four, 4, 0.2)]
)
def test_weights_in_fewer_bits_multiply_nearly_as_before(stored, bits, error):
    generator = torch.Generator().manual_seed(0)
    matrix, x = torch.randn(96, 192, generator=generator), torch.randn(3, 192, generator=generator)
    small, whole = stored(matrix), torch.nn.functional.linear(x, matrix)
    found = torch.nn.functional.linear(x, small)
    assert found.dtype == torch.float32 and (found - whole).norm() < error * whole.norm()
    assert bits / 8 <= small.nbytes / matrix.numel() < 1.3 * bits / 8
    with pytest.raises(TypeError):
        torch.nn.functional.relu(small)


def test_the_file_stores_its_blocks_in_four_bits_too():
    """So these numbers stay the same, apart from the rounding of a scale to bfloat16."""
    model = real_model()
    matrix = model.blocks[3]["attn_k"]
    rows = torch.nn.functional.linear(torch.eye(matrix.shape[1]), llm.four(matrix)).T
    assert (rows - matrix).abs().max() < 0.01 * matrix.abs().max()
    assert (rows - matrix).norm() < 0.01 * matrix.norm()


def test_the_language_models_section(monkeypatch):
    model = short_model()
    monkeypatch.setattr(smollm2, "load", lambda: model)
    text = llm.measure(small=True)
    assert "### Loading SmolLM2" in text and "### Tokens a second" in text and text.count("2 of 2") >= 2
    assert all(name in text for name in (*llm.WEIGHTS, "Compared with the float32 cache: "))
    assert ("pip install xllamacpp" in text) == (importlib.util.find_spec("xllamacpp") is None)
    if "pip install xllamacpp" not in text:
        assert f"| {llm.LLAMA} |" in text and "of the speed of llama.cpp" in text


@pytest.mark.skipif(importlib.util.find_spec("xllamacpp") is None, reason="the test above has seen this")
def test_without_llama_cpp_the_page_says_so(monkeypatch):
    model = short_model()
    monkeypatch.setattr(smollm2, "load", lambda: model)
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    monkeypatch.setattr(llm, "WEIGHTS", dict([*llm.WEIGHTS.items()][:1]))  # the other weights take time to make
    text = llm.speed(1, 1, 1e10).markdown()
    assert f"| {llm.LLAMA} |" not in text and "`pip install xllamacpp`" in text and "of the speed of" not in text
