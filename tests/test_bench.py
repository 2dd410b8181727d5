"""The benchmark's frame on tiny sizes. Its figures are never asserted; where they end up is."""

from __future__ import annotations

import pytest
from bench import lookup, run, startup
from bench.table import Table
from helpers import ROOT


def test_sections_hand_over_tables():
    for section in (lookup, startup):
        for table in section.tables(small=True):
            assert isinstance(table, Table) and table.markdown().startswith(f"### {table.title}")
    for name in run.SECTIONS:
        assert (ROOT / "tests" / "bench" / f"{name}.py").exists()


def test_training_stands_beside_gensim():
    pytest.importorskip("gensim", reason="make bench installs it")
    from bench import training

    for table in training.tables(small=True):
        assert [row[:2] for row in table.rows] == [
            ["1", "gensim"],
            ["1", "counting: PPMI and SVD"],
            ["1", "pairs, one epoch (the notebook's slow version)"],
            ["1", "whole lines (the notebook's `train`)"],
            ["2", "gensim"],
            ["2", "whole lines (the notebook's `train`)"],
        ]
        assert [row[3] for row in table.rows if row[1] == "gensim"] == ["1.00", "1.00"]


def test_the_marks_of_the_made_world_know_right_from_wrong():
    """Vectors made from the truth get full marks, and with two words of a kind swapped they do not."""
    pytest.importorskip("gensim", reason="make bench installs it")
    import torch
    from bench import training

    corpus = training.made_world(20_000, 6, 1)
    torch.manual_seed(0)
    step = {kind: torch.randn(64) for kind in "animal food place person action quality".split()}
    base = {kind: 3 * torch.randn(64) for kind in step}
    vectors, first = torch.randn(len(corpus.words), 64), None
    from tutorial_pkg.world import make_world

    world = make_world(words=20_000, things=6)
    for kind, pairs in world.pairs.items():
        for pair in pairs:
            thing = 0.5 * torch.randn(64)
            for form, word in enumerate(pair):
                if word in corpus.id_of:
                    vectors[corpus.id_of[word]] = base[kind] + thing + 5 * form * step[kind]
                    first = first or word
    assert set(corpus.score(vectors, corpus.id_of).values()) == {1.0}
    vectors[corpus.id_of[first]] = -vectors[corpus.id_of[first]]
    assert all(mark < 1 for mark in corpus.score(vectors, corpus.id_of).values())


def test_what_is_exact_among_the_figures():
    *_, one_hot = lookup.doubled_twice(50, 8, 16, 1, 0.1).rows
    assert one_hot == ["one-hot, bytes at the peak", "9.6 kB", "19.2 kB", "38.4 kB", "2 ×", "4 ×"]


def test_what_does_not_fit_is_said_and_not_tried(monkeypatch):
    monkeypatch.setattr(lookup, "one_size", None)  # it would fail if it were called
    (row,) = lookup.against_copy([(2**40, 4096, 2**30)], 1, 0.1).rows
    assert row[1] == "does not fit"


def test_a_row_of_another_length_is_refused():
    with pytest.raises(ValueError, match="2 columns, but the row"):
        Table("t", ["a", "b"], [["1"]])


def readme(tmp_path, text):
    path = tmp_path / "README.md"
    path.write_text(text, encoding="utf-8")
    return path


def test_figures_end_up_between_the_markers_and_nowhere_else(tmp_path, monkeypatch):
    monkeypatch.setattr(run, "section", lambda name, small: f"<!-- bench:{name} -->{name} 1<!-- /bench:{name} -->")
    path = readme(tmp_path, f"above\n\n{run.BEGIN}\nold\n{run.END}\n\nbelow\n")
    assert run.main(["--readme", str(path)]) == 0
    text = path.read_text(encoding="utf-8")
    assert text.startswith("above\n\n" + run.BEGIN) and text.endswith(run.END + "\n\nbelow\n")
    assert "old" not in text and text.index("lookup 1") < text.index("startup 1")

    monkeypatch.setattr(run, "section", lambda name, small: f"<!-- bench:{name} -->{name} 2<!-- /bench:{name} -->")
    assert run.main(["startup", "--readme", str(path)]) == 0
    again = path.read_text(encoding="utf-8")
    assert "lookup 1" in again and "startup 2" in again and "startup 1" not in again
    assert run.main(["--readme", str(path), "--print"]) == 0
    assert path.read_text(encoding="utf-8") == again


@pytest.mark.parametrize("text", ["no markers", f"{run.BEGIN}", f"{run.END}\n{run.BEGIN}", f"{run.BEGIN * 2}{run.END}"])
def test_a_readme_without_markers_is_an_error_before_anything_is_measured(tmp_path, monkeypatch, capsys, text):
    monkeypatch.setattr(run, "section", None)
    path = readme(tmp_path, text)
    with pytest.raises(SystemExit):
        run.main(["--readme", str(path)])
    assert "the README needs the lines" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == text


def test_a_missing_readme_and_an_unknown_section_are_errors(tmp_path, capsys):
    with pytest.raises(SystemExit):
        run.main(["--readme", str(tmp_path / "nothing.md")])
    assert "is not there" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        run.main(["gardening"])
    assert "no section gardening; there are lookup, training, startup" in capsys.readouterr().err


def test_the_projects_readme_has_the_markers():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert run.placed(text, {}).count(run.BEGIN) == 1


def test_a_notebook_is_run_and_timed(tmp_path):
    import nbformat

    path = tmp_path / "99_tiny.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1")]), path)
    ((name, time),) = startup.notebooks([path]).rows
    assert name == "99_tiny" and time.endswith("s")
