"""The reader of formulas: its sentences about wrong formulas are true, and it says nothing if it finds nothing."""

from __future__ import annotations

import random
import time
from fractions import Fraction

import pytest
import torch

from tutorial_pkg.practice.formula import read_formula

GRID = {"N": (31, 37, 41, 44), "V": (61, 67, 71, 74), "d": (11, 13, 17, 20)}
WORDS = {
    "8·N": "the ids",
    "4·V·d": "the table",
    "·4": "a float32 takes 4 bytes",
    "·N": "the output has N rows",
    "12·N·V": "converting",
    "4·N·V + 4·N·d": "multiplying",
}


def rows(V, d, N):
    return 4 * N * d


def two_parts(V, d, N):
    return 4 * N * d + 8 * N


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (lambda V, d, N: N * d, "The factor 4 is missing (a float32 takes 4 bytes)."),
        (lambda V, d, N: 4 * d, "The factor N is missing (the output has N rows)."),
        (lambda V, d, N: 4 * N * d * d, "The factor d is too much."),
        (lambda V, d, N: 4 * N * V, "V is where d should be."),
        (lambda V, d, N: 8.0 * N * d, "8 is where 4 should be (a float32 takes 4 bytes)."),
        (lambda V, d, N: V * N * d, "V is where 4 should be (a float32 takes 4 bytes)."),
        (lambda V, d, N: 4 * N * d / 1024, "It is divided by 1,024."),
        (lambda V, d, N: N * d * 4 / 10**9, "It is divided by 1,000,000,000."),
        (lambda V, d, N: -4 * N * d, "The sign is wrong."),
        (lambda V, d, N: 4 * N * d + 8 * N, "8·N (the ids) is too much."),
        (lambda V, d, N: 4 * N * d - 8 * N, "8·N (the ids) is subtracted, and should not be."),
        (lambda V, d, N: 4 * N * d + 4 * V * d + 8 * N, "8·N (the ids) + 4·V·d (the table) is too much."),
        (lambda V, d, N: 12 * N * V, "This is 12·N·V (converting)."),
        (lambda V, d, N: 4 * (N + d), "N and d are added. They must be multiplied."),
        (lambda V, d, N: 42, "This is always 42."),
        (lambda V, d, N: torch.tensor(4 * V * d), "This is 4·V·d (the table)."),
        (lambda V, d, N: 2 * N * d + N * V, "2·N·d is where 4·N·d should be, and N·V is too much."),
    ],
)
def test_what_is_wrong_with_one_term(answer, says):
    assert read_formula(answer, rows, {(): GRID}, WORDS) == says


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (lambda V, d, N: 4 * N * d, "8·N (the ids) is missing."),
        (lambda V, d, N: 4 * d + 8, "The factor N is missing (the output has N rows)."),
        (lambda V, d, N: 4 * N * V + 8 * N, "In 4·N·V, V is where d should be."),
        (lambda V, d, N: 4 * N * d + 4 * N, "4·N is where 8·N should be."),
        (lambda V, d, N: 4 * N * d + 8, "In 8, the factor N is missing (the output has N rows)."),
        (lambda V, d, N: 2 * N * d + 4 * N, "The factor 2 is missing."),
        (lambda V, d, N: N * d + 2 * N, "The factor 4 is missing (a float32 takes 4 bytes)."),
    ],
)
def test_what_is_wrong_with_two_terms(answer, says):
    assert read_formula(answer, two_parts, {(): GRID}, WORDS) == says


def test_words_for_the_whole_say_more_than_a_factor():
    assert read_formula(lambda V, d, N: 12 * N * V, lambda V, d, N: 4 * N * V, {(): GRID}, WORDS) == (
        "This is 12·N·V (converting)."
    )


PLACES = {
    ("where V is above d / 2", "where V is above d"): {"N": (3, 5, 7, 8), "V": (61, 67, 71, 74), "d": (11, 13, 17, 20)},
    ("where V is above d / 2", "where V is below d"): {"N": (3, 5, 7, 8), "V": (61, 67, 71, 74), "d": (79, 83, 89, 90)},
    ("where V is below d / 2",): {"N": (3, 5, 7, 8), "V": (11, 13, 17, 20), "d": (61, 67, 71, 74)},
}


def peak(V, d, N):
    return max(12 * N * V, 4 * N * V + 4 * N * d)


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (
            lambda V, d, N: 12 * N * V,
            "Where V is below d / 2, this is 12·N·V (converting). It must be 4·N·V + 4·N·d (multiplying).",
        ),
        (
            lambda V, d, N: 4 * N * (V + d),
            "Where V is above d / 2, this is 4·N·V + 4·N·d (multiplying). It must be 12·N·V (converting).",
        ),
        (
            lambda V, d, N: 12 * N * V if V > d else 4 * N * (V + d),
            "Where V is below d, this is 4·N·V + 4·N·d (multiplying). It must be 12·N·V (converting).",
        ),
        (lambda V, d, N: peak(V, d, N) + 8 * N, "8·N (the ids) is too much."),
        (lambda V, d, N: peak(V, d, 1), "The factor N is missing (the output has N rows)."),
        (lambda V, d, N: peak(V, d, N) / 4, "The factor 4 is missing (a float32 takes 4 bytes)."),
    ],
)
def test_where_it_is_wrong(answer, says):
    assert read_formula(answer, peak, PLACES, WORDS) == says


def sent(way, P, N, d):
    return {"reduce": 2, "gather": 1}[way] * 4 * N * d * (P - 1) / P


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (lambda way, P, N, d: sent("gather", P, N, d), 'For "reduce", 4 is where 8 should be.'),
        (lambda way, P, N, d: sent(way, P, N, d) / P, "The factor P is missing."),
        (lambda way, P, N, d: sent(way, P, N, d) * P / (P - 1), "−8·N·d / P is missing"),
        (lambda way, P, N, d: sent(way, P, N, d) * d, "The factor d is too much."),
    ],
)
def test_shares_and_choices(answer, says):
    sizes = {"N": (3, 5, 7, 8), "d": (13, 17, 19, 20), "P": (2, 4, 8, 16, 32, 5)}
    places = {(f'for "{way}"',): {"way": [way], **sizes} for way in ("reduce", "gather")}
    assert says in read_formula(answer, sent, places, {})


@pytest.mark.parametrize(
    "answer",
    [
        rows,
        lambda V, d, N: N * d * 32 // 8,
        lambda V, d, N: Fraction(4 * N * d),
        lambda V, d, N: N**d,
        lambda V, d, N: 4 * N * d // 1000,
        lambda V, d, N: 4 * min(N, 40) * d,
        lambda V, d, N: (N, d),
        lambda V, d, N: None,
        lambda V, d, N: True,
        lambda V, d, N: "4",
        lambda V, d, N: float("nan"),
        lambda V, d, N: float("inf"),
        lambda V, d, N: torch.ones(2),
        lambda V, d, N: 1 / 0,
        lambda V: V,
        "not a function",
        lambda V, d, N: random.random(),
    ],
)
def test_silent_where_nothing_is_found(answer):
    assert read_formula(answer, rows, {(): GRID}, WORDS) is None


def test_an_endless_answer_is_stopped():
    def endless(V, d, N):
        while True:
            pass

    began = time.process_time()
    assert read_formula(endless, rows, {(): GRID}, WORDS) is None
    assert time.process_time() - began < 2


def test_a_true_statement_for_random_changes():
    """The message names any changed factor."""
    for _ in range(20):
        number = random.choice([2, 3, 5, 6, 7, 9, 12])
        says = read_formula(lambda V, d, N, number=number: number * N * d, rows, {(): GRID}, {})
        assert says == f"{number} is where 4 should be."
