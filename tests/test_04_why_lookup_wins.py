"""Notebook 04: what its pictures of cost show, its calculation, and whether its text fits the stored times."""

from __future__ import annotations

import re

import pytest
import roads
import torch
from helpers import cell_namespace, printed, read, source
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_hex

from tutorial_pkg import device, timing
from tutorial_pkg.draw.core import ORANGE
from tutorial_pkg.draw.why_lookup_wins import bar_chart, fastest_map, growth, memory_bars, one_case
from tutorial_pkg.practice.why_lookup_wins.multiplications import solution as multiplications
from tutorial_pkg.practice.why_lookup_wins.one_hot_bytes import solution as one_hot_bytes
from tutorial_pkg.words import in_words


def texts(ax):
    return [text.get_text().strip() for text in ax.texts]


def widths(ax):
    return [patch.get_width() for patch in ax.patches]


def test_growth_draws_what_was_measured_and_names_the_slope():
    sizes, measured, paper = [10, 100, 1000], {"one-hot": [3, 30, 300], "lookup": [2, 2, 2]}, [1, 10, 100]
    figure = growth({"V": (sizes, measured), "N": (sizes, measured)}, "seconds", {"V": {"one-hot": paper}})
    left, right = figure.axes
    assert [text.get_text() for text in left.get_legend().get_texts()] == ["one-hot: slope 1.0", "lookup: slope 0.0"]
    drawn = [(line.get_linestyle(), list(line.get_ydata())) for line in left.lines]
    assert drawn == [("--", paper), ("None", measured["one-hot"]), ("-", measured["lookup"])]
    assert [line.get_linestyle() for line in right.lines] == ["-", "-"]
    assert left.get_xscale() == left.get_yscale() == "log"
    assert (left.get_xlabel(), left.get_ylabel(), right.get_xlabel()) == ("V", "seconds", "N")
    assert left.lines[0].get_color() == ORANGE


@pytest.mark.parametrize("amounts", [[1, 2], [0, 1, 2]])
def test_growth_refuses_what_cannot_be_drawn(amounts):
    with pytest.raises(ValueError):
        growth({"V": ([1, 2, 3], {"lookup": amounts})}, "bytes")


def test_needs_hatches_what_does_not_fit_and_only_that():
    figure = memory_bars({"small": {"table": 10, "one-hot": 2000}, "large": {"one-hot": 5000}}, 3000)
    (ax,) = figure.axes
    assert widths(ax) == [10, 2000, 5000]
    assert [bool(patch.get_hatch()) for patch in ax.patches] == [False, False, True]
    assert "5 kB, does not fit" in texts(ax) and "2 kB" in texts(ax) and "free here: 3 kB" in texts(ax)
    assert not any(patch.get_hatch() for patch in memory_bars({"large": {"one-hot": 5000}}).axes[0].patches)
    with pytest.raises(ValueError, match="above 0"):
        memory_bars({"none": {"lookup": 0}})


@pytest.mark.parametrize("amount", [8e8, 5e8, 1e4])
def test_the_amount_of_a_bar_that_fits_is_left_of_the_limit(amount):
    figure = memory_bars({"": {"table": amount, "other": 1}}, 10**9, "one GPU")
    (ax,) = figure.axes
    (text,) = (text for text in ax.texts if text.get_text() == in_words(amount))
    limit = ax.transData.transform((10**9, 0))[0]
    assert ax.bbox.x0 < text.get_window_extent().x0 and text.get_window_extent().x1 < limit


def test_one_case_shows_bytes_and_multiplications():
    left, right = one_case(1000, 64, 128, free=10**9).axes
    assert widths(left) == [32_768, 1_536_000] and widths(right) == [0, 1000 * 64 * 128]
    assert texts(left) == ["32.8 kB", "1.54 MB", "free here"] and texts(right) == ["0", "8.19 M"]
    assert texts(one_case(10, 64, 8192).axes[0]) == ["2.1 MB", "2.42 MB"]


def test_winners_colours_by_who_wins():
    figure = fastest_map([[0.5, 1.1], [12.3, None], [float("nan")] * 2], [5, 1000, 7], [8, 64])
    (ax,) = figure.axes
    assert texts(ax) == ["0.50", "1.10", "12", "not tried", "too noisy", "too noisy"]
    one_hot, close, lookup, *_ = [patch.get_facecolor()[:3] for patch in ax.patches]
    assert one_hot[0] > one_hot[2] and lookup[2] > lookup[0] and close == (1, 1, 1)
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["5", "1,000", "7"]
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["8", "64"]
    assert (ax.get_ylabel(), ax.get_xlabel()) == ("vocabulary V", "tokens N")
    assert texts(fastest_map([[float("nan")]], [5], [8]).axes[0]) == ["too noisy"]
    with pytest.raises(ValueError, match="expected 1 × 2 of them"):
        fastest_map([[1.0]], [5], [8, 64])


def test_bar_chart_has_a_bar_for_each_amount_in_the_colour_of_its_route():
    (ax,) = bar_chart({"GPT-2": {"copy": 1.0, "one-hot": 1.5}, "": {"rows": -2}}, "time", line=1).axes
    assert widths(ax) == [1.0, 1.5, -2] and texts(ax) == ["GPT-2", "1.00", "1.50", "-2.00", ""]
    assert to_hex(ax.patches[1].get_facecolor()) == ORANGE.lower() and ax.get_xlim() == (-2, 1.5)
    assert ax.lines[0].get_xdata() == [1, 1]


def test_routes_of_other_names_are_told_apart_or_refused():
    ways = {f"way {n}": [1.0, 2.0] for n in range(6)}
    lines = growth({"V": ([1, 2], ways)}, "time").axes[0].lines
    assert len({(line.get_color(), line.get_marker()) for line in lines}) == 6


def test_the_words_of_what_is_timed_hold_on_every_machine():
    """Strict nbval compares outputs, and times differ from run to run."""
    slow, quick = ({"one-hot": [scale, 30 * scale], "lookup": [scale, scale]} for scale in (1.0, 1e-6))
    assert growth({"V": ([10, 100], slow)}, "time").words == growth({"V": ([10, 100], quick)}, "time").words
    assert fastest_map([[0.5, None]], [5], [8, 64]).words == fastest_map([[7.0, None]], [5], [8, 64]).words
    quick, slow = ({"GPT-2": {"copy": 1, "lookup": ratio}} for ratio in (9, 0.5))
    assert bar_chart(quick, "time", measured=True).words == bar_chart(slow, "time", measured=True).words
    assert memory_bars({"GPT-2": {"table": 10}}, 5).words == memory_bars({"GPT-2": {"table": 10}}, 50).words


def test_what_is_timed_names_its_numbers_for_the_alt_text():
    measured = growth({"V": ([10, 100], {"lookup": [2e-6, 2e-6]})}, "t").measured
    assert measured == "For V, “lookup” stays at 2 µs, with slope 0.0."
    assert fastest_map([[0.5, None]], [5], [8, 64]).measured == "The results are: 0.50 for V = 5 and N = 8."
    assert memory_bars({"GPT-2": {"table": 10}}, 10**9).measured == "The free memory is 1 GB."


def test_one_case_is_drawn_up_to_its_own_limit():
    left, right = one_case(999_999_999, 999_999_999, 999_999_999).axes
    assert all(ax.get_xlim()[1] > bar.get_width() for ax in (left, right) for bar in ax.patches)


def test_the_words_of_what_is_counted_name_the_numbers():
    words = growth({"V": ([10, 100], {"one-hot": [10, 100], "lookup": [5, 5]})}, "peak", unit="B").words
    assert "“one-hot” goes from 10 B to 100 B, with slope 1.0" in words and "stays at 5 B, with slope 0.0" in words
    assert "table 154 MB" in memory_bars({"GPT-2": {"table": 154_389_504}}).words
    assert one_case(1000, 64, 128, free=10**9).words.endswith("fits into the memory that is free on this machine.")
    assert "does not fit" in one_case(1000, 64, 128, free=10**3).words


# ------------------------------------------------------------------------------------ the notebook's own functions

NOTEBOOK = "04_why_lookup_wins"
sizes = st.integers(1, 40)


@pytest.fixture(scope="module")
def cost():
    namespace = {"V": 6, "d": 3, "N": 2}
    exec(source(NOTEBOOK, "paper"), namespace)
    return namespace["cost"]


@given(V=sizes, d=sizes, N=sizes)
def test_the_calculation_is_the_one_of_the_exercises(cost, V, d, N):
    costs = cost(V, d, N)
    assert costs["lookup"] == {"bytes": 4 * N * d, "multiplications": 0}
    assert costs["one-hot"]["bytes"] == one_hot_bytes(V, d, N)
    # counted in a different way: the single products of a matrix product
    counted = sum(V for _ in range(N) for _ in range(d))
    assert costs["one-hot"]["multiplications"] == multiplications("one_hot", V, d, N) == counted


@pytest.mark.parametrize(("text", "d"), [("Quick fox is in the house", 3), ("one", 1), ("a b a b c d é 猫 C", 12)])
def test_the_first_cells_follow_the_text_and_the_dimension(text, d):
    cells = cell_namespace(NOTEBOOK, "imports")
    given = 'text, d = "Quick fox is in the house", 3'
    first = source(NOTEBOOK, "sentence")
    assert given in first
    for _ in range(2):
        exec(first.replace(given, f"text, d = {text!r}, {d}") + "\n" + source(NOTEBOOK, "paper"), cells)
    V, N = len(set(text.lower().split())), min(2, len(text.split()))
    assert cells["integers"].shape == (N, V) and cells["output"].shape == (N, d)
    assert cells["cost"](V, d, N)["lookup"]["bytes"] == cells["output"].nbytes


OWN = {
    "sentence": ('"Quick fox is in the house", 3', '"Bonjour", 12'),
    "doubled-twice": ("d, N = 64, 256", "d, N = 8, 16"),
    "fitting": ('"Llama 3": (128_256, 4_096)}\ntokens = 8 * 1024', '"Llama 3": (300, 16)}\ntokens = 300'),
    "memory-measured": ("[100, 400, 1600, 6400, 25_600]", "[20, 60, 180]"),
    "winners": ("[5, 10, 20, 50, 200, 1000], [8, 64, 512, 4096, 16_384]", "[5, 50], [8, 512]"),
    "gradient-memory": ("tensors(50_257, 768, 100)", "tensors(500, 768, 100)"),
    "two-threads": ("runs, counts = 30", "runs, counts = 3"),
}


def test_every_cell_runs_twice_with_a_learners_own_values(monkeypatch, capsys):
    """To save time, each time is measured in only two turns, and pictures are drawn but not rendered."""

    def quickly(routes, **options):
        return measure(routes, **options | {"repeats": 2})

    measure = timing.side_by_side
    monkeypatch.setattr(timing, "side_by_side", quickly)
    monkeypatch.setattr(timing, "MOST", 1)
    namespace = {"__name__": "__main__"}
    for cell in read(NOTEBOOK).cells:
        if cell.cell_type != "code":
            continue
        before, after = OWN.get(cell.id, ("", ""))
        assert before in cell.source, cell.id
        for _ in range(2):
            exec(compile(cell.source.replace(before, after), cell.id, "exec"), namespace)
            if cell.id == "imports":
                namespace.update(roads.QUICK)
    said = capsys.readouterr().out
    assert "integers 1 × 1" in said and said.count("measured equals calculated: True") == 6


# ------------------------------------------------------------------------- what the text says of the stored times


def stored(cell_id, label):
    """The numbers that follow the label and a colon in the stored output of a cell, from top to bottom."""
    (cell,) = (cell for cell in read(NOTEBOOK).cells if cell.id == cell_id)
    found = re.findall(rf"{re.escape(label)}: ([\d.,]+|too noisy here)", printed(cell))
    assert found and "too noisy here" not in found, f"{cell_id}: run it again on a quiet machine, and store it: {found}"
    return [float(number.replace(",", "")) for number in found]


def said(cell_id, before, after):
    """The two numbers of "between ... and ... times as long", in the sentence that contains these words."""
    (pair,) = re.findall(
        rf"{re.escape(before)}[^.]*? between ([\d.]+) and ([\d.]+) times as long{re.escape(after)}",
        " ".join(source(NOTEBOOK, cell_id).split()),
    )
    return tuple(map(float, pair))


def within(numbers, bounds):
    low, high = bounds
    return all(low <= number <= high for number in numbers)


def test_the_text_on_forward_times_agrees_with_the_stored_times():
    lookups = stored("time-forward", "lookup ÷ copy")
    assert within(lookups, said("time-forward-text", "In the stored output, the lookup took", " as a plain copy"))
    assert lookups[-1] > lookups[0]  # "larger at the right"
    first, *_, last = stored("time-forward", "one-hot ÷ lookup")
    assert 256 / 8 <= last / first <= 256 * 4  # V grows by 256: "a slope of about 1"


def test_the_text_on_backward_passes_agrees_with_the_stored_times():
    dense, sparse = (stored("way-back-times", f"{kind} ÷ forward") for kind in ("dense", "sparse"))
    assert within(dense[-1:], said("way-back-text", "with V = 25,600, forward + backward took", " as forward only"))
    assert within(sparse, said("way-back-text", "With it, forward + backward took", " at every V"))


def test_the_text_on_the_copy_agrees_with_the_stored_times():
    lookups = stored("distance-from-copy", "lookup ÷ copy")
    assert len(lookups) == 2
    (most,) = re.findall(
        r"the lookup took at most ([\d.]+) times as long as the copy", source(NOTEBOOK, "distance-text")
    )
    assert max(lookups) <= float(most)
    indexed = stored("distance-from-copy", "W[ids] ÷ copy")
    assert all(index > lookup for index, lookup in zip(indexed, lookups, strict=True))


def test_the_text_on_small_vocabularies_agrees_with_the_stored_times():
    (cell,) = (cell for cell in read(NOTEBOOK).cells if cell.id == "winners")
    lines = re.findall(r"V =\s+([\d,]+) (.*)", cell.outputs[0].text)
    rows = {int(V.replace(",", "")): row.replace("not tried", "").split() for V, row in lines}
    ratios = {V: [float(ratio.replace(",", "")) for ratio in row] for V, row in rows.items()}
    assert min(min(row) for V, row in ratios.items() if V >= 50) > 1  # "faster in every cell from V = 50 on"
    few, many = ([one for V in (5, 10) for one in ratios[V][part]] for part in (slice(2), slice(2, None)))
    assert within(many, said("winners-text", "512 tokens or more, one-hot took", ", so either"))
    assert within(few, said("winners-text", "vocabulary, one-hot took", ""))


def test_sizes_are_no_accident():
    """12 · 64 · 50,257 happens to equal 768 · 50,257, the size of GPT-2's table. So no cell should show this number."""
    notebook = read(NOTEBOOK)
    shown = [cell.source for cell in notebook.cells] + [str(cell.get("outputs", "")) for cell in notebook.cells]
    assert not [text for text in shown if "38,597,376" in text or "38597376" in text]


def test_without_a_gpu_the_cell_says_so_and_with_one_it_measures(monkeypatch, capsys):
    drawn = []
    cells = cell_namespace(NOTEBOOK, "imports") | {"show": drawn.append}
    small = {"show": drawn.append, "measure": lambda name: device.measure("cpu", sizes=(5, 10), d=2, N=3)}
    for there in (False, True):
        monkeypatch.setattr(torch.cuda, "is_available", lambda there=there: there)
        if there:
            monkeypatch.setattr(torch.cuda, "is_initialized", lambda: False)
        exec(source(NOTEBOOK, "gpu"), cells | small)
    assert "finds no GPU here, so nothing was measured" in capsys.readouterr().out
    assert len(drawn) == 1 and "against vocabulary V, forward from 5 to 10" in drawn[0].words
    assert drawn[0].get_suptitle().startswith("measured here: ")
