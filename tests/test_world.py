"""The invented world contains what its text promises, and nothing else."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutorial_pkg.world import ENDINGS, TEMPLATES, make_world

FUNCTION_WORDS = {word for template in TEMPLATES for word in template.split() if word.islower()}


@pytest.fixture(scope="module")
def world():
    return make_world(words=60_000, things=10, traits=20)


@given(st.integers(1, 2000), st.integers(1, 12), st.integers(5, 15), st.integers(0, 99))
@settings(max_examples=30, deadline=None)
def test_sizes(words, things, traits, seed):
    world = make_world(words, things, traits, seed)
    total = sum(map(len, world.sentences))
    assert words <= total < words + 2 * max(len(template.split()) for template in TEMPLATES)
    assert {kind: len(pairs) for kind, pairs in world.pairs.items()} == dict.fromkeys(ENDINGS, things)
    assert len(world.truth) == 2 * things * len(ENDINGS)  # no two forms share a name
    assert not world.truth.keys() & FUNCTION_WORDS
    assert world == make_world(words, things, traits, seed)


def test_another_seed_is_another_world(world):
    assert make_world(words=100, seed=1).truth.keys() != make_world(words=100, seed=2).truth.keys()


def test_truth_names_each_form(world):
    for kind, pairs in world.pairs.items():
        for first, second in pairs:
            assert world.truth[first] == (kind, 0) and world.truth[second] == (kind, 1)
            assert first.endswith(ENDINGS[kind][0]) and second.endswith(ENDINGS[kind][1])


def test_frequent_things_come_first_as_zipf_has_it(world):
    counts = Counter(word for sentence in world.sentences for word in sentence)
    for pairs in world.pairs.values():
        often = [counts[first] + counts[second] for first, second in pairs]
        expected = [1 / (rank + 3) for rank in range(len(pairs))]
        shares = [count / sum(often) for count in often]
        assert shares == pytest.approx([part / sum(expected) for part in expected], abs=0.03)


def test_company_is_that_of_the_thing_and_that_of_its_form(world):
    """Each form occurs with five words of its thing (the same five for both forms), and with six words of its form."""
    meets = defaultdict(set)
    for sentence in world.sentences:
        forms = [word for word in sentence if word in world.truth]
        if len(forms) == 1:
            meets[forms[0]] |= set(sentence) - FUNCTION_WORDS - {forms[0]}
    for kind, every in world.pairs.items():
        pairs = every[:3]  # frequent enough to occur with all their context words
        met = [set.union(*(meets[pair[form]] for pair in pairs)) for form in (0, 1)]
        of_form = [met[0] - met[1], met[1] - met[0]]
        assert [len(company) for company in of_form] == [6, 6], kind
        for pair in pairs:
            of_thing = meets[pair[0]] & meets[pair[1]]
            assert len(of_thing) == 5, pair
            assert [meets[word] for word in pair] == [of_thing | of_form[0], of_thing | of_form[1]]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [({"words": 0}, "got 0, "), ({"things": 0}, ", 0 and"), ({"traits": 4}, "and 4"), ({"things": 5000}, "30312")],
)
def test_what_cannot_be_made_is_refused(arguments, said):
    with pytest.raises(ValueError, match=said):
        make_world(**arguments)
