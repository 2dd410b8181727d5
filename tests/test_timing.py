"""Measuring: routes take turns, bytes are exact, slopes are powers, and `fits` says what fits into memory."""

from __future__ import annotations

import os
import sys
import time
from types import SimpleNamespace

import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st

from tutorial_pkg import device, timing
from tutorial_pkg.practice.why_lookup_wins.gradient_bytes import solution as gradient_bytes
from tutorial_pkg.practice.why_lookup_wins.largest_batch import solution as largest_batch
from tutorial_pkg.practice.why_lookup_wins.lookup_bytes import solution as lookup_bytes
from tutorial_pkg.practice.why_lookup_wins.one_hot_bytes import solution as one_hot_bytes
from tutorial_pkg.timing import fits, free_bytes, machine, peak_bytes, side_by_side, slope, threads

sizes = st.integers(1, 40)


# ------------------------------------------------------------------------------------------------------------- time


def measured(monkeypatch, seconds, **options):
    """The result of side_by_side for routes whose turns take the given seconds, and the order in which they ran."""
    ran, turns = [], {name: iter([9, *each, *[each[-1]] * 99]) for name, each in seconds.items()}
    monkeypatch.setattr(timing, "_seconds", lambda route, calls, clock: next(turns[route()]))
    routes = {name: lambda name=name: ran.append(name) or name for name in seconds}
    return side_by_side(routes, **options), "".join(ran)


def test_routes_take_turns_after_one_warm_up(monkeypatch):
    times, ran = measured(monkeypatch, {"a": [1, 5, 3], "b": [8, 12, 24]}, repeats=3, limit=0)
    assert ran == "aabb" + "ab"  # a warm-up, a first measurement, and one turn; then the time is over
    times, ran = measured(monkeypatch, {"a": [1, 5, 1], "b": [8, 40, 8]}, repeats=3)
    assert ran == "aabb" + "ababab"
    assert times == {"a": 1, "b": 8} and times.noise() == 0 and times.ratio("b", "a") == 8


def test_the_median_or_the_best_of_the_turns(monkeypatch):
    turns = {"a": [7, 2, 4, 4, 2, 7], "b": [14, 4, 8, 8, 4, 14]}
    assert measured(monkeypatch, turns, repeats=6)[0] == {"a": 4, "b": 8}
    assert measured(monkeypatch, turns, repeats=6, best=True)[0] == {"a": 2, "b": 4}


def test_more_turns_where_the_halves_disagree(monkeypatch):
    # b is slow only in the first two turns
    times, ran = measured(monkeypatch, {"a": [1, 1, 1, 1], "b": [9, 9, 2, 2]}, repeats=4, best=True)
    assert ran.count("b") > 2 + 4 and times.noise() <= timing.STEADY and times.ratio("b", "a") == 2


def test_a_ratio_that_keeps_changing_is_not_given(monkeypatch):
    worse = [1.2**turn for turn in range(4 * timing.MOST)]
    times, ran = measured(monkeypatch, {"a": [1], "b": worse, "c": [3]}, repeats=4)
    assert ran.count("b") == 2 + timing.MOST * 4  # no more turns than that
    assert times.noise() > timing.NOISY and timing.in_figures(times.ratio("b", "a")) == "too noisy here"
    assert times.ratio("c", "a") == 3  # these two always agreed


def test_the_best_time_leaves_out_what_other_programs_do():
    def waits():
        time.sleep(0.02)

    routes = {"waits": waits, "works": lambda: sum(range(20_000))}
    busy = side_by_side(routes, repeats=2, limit=0.5)
    assert busy["waits"] > 0.02 > busy["works"]
    if time.get_clock_info("process_time").resolution < 1e-6:
        best = side_by_side(routes, repeats=2, limit=0.5, best=True)
        assert best["waits"] < 0.01  # while it waits, the processor does other work


def test_what_slows_all_routes_alike_is_not_noise(monkeypatch):
    times, _ = measured(monkeypatch, {"a": [1, 1, 5, 5], "b": [2, 2, 10, 10]}, repeats=4)
    assert times.noise() == 0 and times.ratio("b", "a") == 2


def test_one_turn_is_not_enough_for_a_ratio(monkeypatch):
    times, _ = measured(monkeypatch, {"a": [1], "b": [2]}, repeats=1, limit=0)
    assert times == {"a": 1, "b": 2} and timing.in_figures(times.ratio("b", "a")) == "too noisy here"


def test_median_is_for_one_call_also_when_calls_are_many():
    calls = []
    seconds = side_by_side({"quick": lambda: calls.append(1)}, repeats=3)["quick"]
    assert len(calls) > 20  # a single call is too short to be timed
    assert 0 < seconds < 1e-3


def test_a_slow_route_is_seen_to_be_slower():
    # thousands of times more work, so the difference is larger than any noise
    medians = side_by_side({"little": lambda: sum(range(10)), "much": lambda: sum(range(300_000))}, repeats=3)
    assert medians["much"] > medians["little"]


def test_no_turn_begins_once_the_time_is_over(monkeypatch):
    runs = []
    monkeypatch.setattr(timing, "LEAST", 0)
    side_by_side({"a": lambda: runs.append(1)}, repeats=1000, limit=0.0)
    assert len(runs) == 3  # warm-up, first measurement, one turn


@pytest.mark.parametrize(("routes", "repeats", "says"), [({}, 3, "got 0 and 3"), ({"a": int}, 0, "got 1 and 0")])
def test_nothing_to_measure_is_an_error(routes, repeats, says):
    with pytest.raises(ValueError, match=says):
        side_by_side(routes, repeats=repeats)


def test_threads_are_put_back_also_after_an_error():
    before = torch.get_num_threads()
    with pytest.raises(KeyError), threads(before + 1):
        assert torch.get_num_threads() == before + 1
        raise KeyError
    assert torch.get_num_threads() == before


# ------------------------------------------------------------------------------------------------------------ memory


def table_and_ids(V, d, N, dtype=torch.float32):
    return torch.ones(V, d, dtype=dtype), torch.arange(N) % V


@settings(max_examples=25, deadline=None)
@given(V=sizes, d=sizes, N=sizes)
def test_peaks_are_what_the_exercises_say_on_paper(V, d, N):
    W, ids = table_and_ids(V, d, N)
    assert peak_bytes(lambda: F.embedding(ids, W)) == lookup_bytes(V, d, N)
    due = one_hot_bytes(V, d, N)
    # Newer versions of F.one_hot first look for negative ids, with two results of 8 bytes. They matter for tiny sizes.
    assert peak_bytes(lambda: F.one_hot(ids, V).float() @ W) in {due, max(due, 16)}


@settings(max_examples=15, deadline=None)
@given(V=sizes, d=sizes, N=sizes, sparse=st.booleans(), wide=st.booleans())
def test_gradients_hold_the_bytes_that_the_exercise_says(V, d, N, sparse, wide):
    W, ids = table_and_ids(V, d, N, torch.float64 if wide else torch.float32)
    W.requires_grad_()
    F.embedding(ids, W, sparse=sparse).sum().backward()
    held = W.grad._values().nbytes + W.grad._indices().nbytes if sparse else W.grad.nbytes
    assert held == gradient_bytes(W, ids, sparse)


@settings(max_examples=15, deadline=None)
@given(V=sizes, d=sizes, budget=st.integers(0, 20_000))
def test_one_token_more_than_the_largest_batch_does_not_fit(V, d, budget):
    most = largest_batch(budget, V, d)
    assert one_hot_bytes(V, d, most) <= budget < one_hot_bytes(V, d, most + 1)


def test_peak_is_the_highest_moment_not_the_sum():
    def three_in_a_row():
        for _ in range(3):
            made = torch.zeros(1000)
            del made
        return torch.zeros(10)

    assert peak_bytes(three_in_a_row) == 4000
    assert peak_bytes(lambda: [torch.zeros(1000) for _ in range(3)]) == 12_000
    assert peak_bytes(lambda: None) == 0


def test_peak_says_which_devices_there_are():
    with pytest.raises(ValueError, match="'tpu'"):
        peak_bytes(lambda: None, "tpu")


def test_an_error_inside_comes_through():
    with pytest.raises(ZeroDivisionError):
        peak_bytes(lambda: 1 / 0)


# ------------------------------------------------------------------------------------------------------------ slopes


@given(power=st.floats(-3, 3), factor=st.floats(1e-6, 1e6))
def test_slope_is_the_power(power, factor):
    x = [1, 3, 10, 200]
    assert slope(x, [factor * size**power for size in x]) == pytest.approx(power, abs=1e-6)


@pytest.mark.parametrize(("x", "y"), [([1, 2], [1]), ([2, 2], [1, 3]), ([1, 2], [0, 1]), ([1, -2], [1, 2])])
def test_slope_refuses_what_has_none(x, y):
    with pytest.raises(ValueError):
        slope(x, y)


def test_sizes_and_amounts_may_come_from_generators():
    assert slope((size for size in [1, 2, 4]), (3 * size for size in [1, 2, 4])) == pytest.approx(1)


# ------------------------------------------------------------------------------------------------------ this machine


def test_what_does_not_fit_is_known_beforehand():
    free = free_bytes()
    if sys.platform == "linux":  # other systems may not report it
        assert 0 < free <= os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    assert fits(1) and not fits(2**60)


def test_the_smallest_limit_counts(monkeypatch):
    """A container's limit may be above or below the free memory of its machine."""
    texts = {"memory.max": "9000", "memory.current": "1000"}
    monkeypatch.setattr(timing.Path, "read_text", lambda path: texts[path.name])
    monkeypatch.setitem(sys.modules, "psutil", SimpleNamespace(virtual_memory=lambda: SimpleNamespace(available=5000)))
    assert free_bytes() == 5000
    texts["memory.max"] = "4000"
    assert free_bytes() == 3000
    texts["memory.current"] = "4001"
    assert free_bytes() == 0


def test_unknown_memory_means_caution(monkeypatch):
    monkeypatch.setattr(timing, "free_bytes", lambda: None)
    assert fits(2**30) and not fits(2**30 + 1)


def test_machine_names_processor_and_versions_but_no_host(monkeypatch):
    import platform

    monkeypatch.setattr(platform, "node", lambda: "somebodys-laptop")
    said = machine()
    assert torch.__version__ in said and platform.python_version() in said and "core" in said
    assert "somebodys-laptop" not in said


# ---------------------------------------------------------------------------------------------- a device's own table


def test_a_devices_table_has_every_route_at_every_size():
    table = device.measure("cpu", sizes=(size for size in (5, 10)), d=2, N=3)
    assert table["device"] == machine() and table["sizes"] == [5, 10]
    ways = {part: set(table[part]) for part in ("forward", "forward + backward", "peak")}
    assert ways["forward"] == {"copy", "lookup", "one-hot"} and ways["peak"] == {"lookup", "one-hot"}
    assert ways["forward + backward"] == {"dense", "sparse", "one-hot"}
    assert {len(table[part][way]) for part in ways for way in ways[part]} == {2}
    assert table["peak"]["lookup"] == [4 * 3 * 2] * 2


def test_each_way_back_has_the_gradient_that_its_name_says(monkeypatch):
    sparse = []

    def once(table, call, upstream):
        call().backward(upstream)
        sparse.append(table.grad.is_sparse)
        table.grad = None
        return lambda: None

    monkeypatch.setattr(device, "forward_backward", once)
    ways = device.measure("cpu", sizes=[5], d=2, N=3)["forward + backward"]
    assert dict(zip(ways, sparse, strict=True)) == {"dense": False, "sparse": True, "one-hot": False}
