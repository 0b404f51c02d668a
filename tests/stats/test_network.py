"""Rarefaction, density and centralisation against R (vegan, igraph) and against what must hold of any visits."""

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kodukant_analysis.stats import centralisation, density, rarefaction

# how many of six discussions the seven organisations of edges_toy.csv were at
VISITS = [6, 3, 4, 2, 2, 1, 2]
visits = st.lists(st.integers(0, 12), min_size=1, max_size=10)


def test_expected_organisations_are_those_of_vegan():
    expected = [3.33333333333333, 4.86666666666667, 5.85, 6.46666666666667, 6.83333333333333, 7]
    assert rarefaction(VISITS, 6, range(1, 7)) == pytest.approx(expected, abs=1e-8)
    assert rarefaction(VISITS, 6, 3) == pytest.approx(5.85, abs=1e-8)
    assert isinstance(rarefaction(VISITS, 6, 3), float)


def test_no_discussion_has_no_organisation_and_more_than_there_were_can_not_be_said():
    assert rarefaction(VISITS, 6, 0) == 0
    assert math.isnan(rarefaction(VISITS, 6, 7))
    assert rarefaction([], 6, [2, 7]) == pytest.approx([0, math.nan], nan_ok=True)
    assert math.isnan(rarefaction([], 0, 1))


def test_very_many_discussions_are_no_trouble():
    assert rarefaction([1, 2_000_000], 2_000_000, 1_000_000) == pytest.approx(1.5, abs=1e-9)
    assert rarefaction([2], 10**12, 10**6) == pytest.approx(2e-6, rel=1e-5)


@pytest.mark.parametrize(("seen", "discussions", "m"), [([7], 6, 2), ([-1], 6, 2), ([1.5], 6, 2), ([1], 6, -1)])
def test_what_can_not_be_a_visit_is_refused(seen, discussions, m):
    with pytest.raises(ValueError, match="discussions"):
        rarefaction(seen, discussions, m)


@given(st.lists(st.sets(st.integers(0, 4), max_size=5), min_size=1, max_size=6), st.integers(1, 5))
def test_it_is_the_mean_over_all_choices_of_m_discussions(organisations, m):
    chosen = list(combinations(range(5), m))
    mean = sum(bool(one & set(some)) for one in organisations for some in chosen) / len(chosen)
    assert rarefaction([len(one) for one in organisations], 5, m) == pytest.approx(mean, abs=1e-9)


@given(visits)
def test_more_discussions_never_have_fewer_organisations(seen):
    expected = np.asarray(rarefaction(seen, 12, range(13)))
    assert (np.diff(expected) >= -1e-9).all()
    assert expected[-1] == pytest.approx(sum(one > 0 for one in seen))


def test_density_and_centralisation_are_those_of_r():
    assert density(VISITS, 6) == pytest.approx(0.476190476190476, abs=1e-8)
    assert centralisation(VISITS, 6) == pytest.approx(0.733333333333333, abs=1e-8)


def test_one_everywhere_and_everyone_else_once_is_wholly_central():
    assert centralisation([5, 1, 1, 1], 5) == 1
    assert centralisation([3, 3, 3], 5) == 0


@pytest.mark.parametrize(("seen", "discussions"), [([], 0), ([], 6), ([4], 6), ([1, 1, 1], 1)])
def test_one_organisation_or_one_discussion_is_no_network(seen, discussions):
    assert math.isnan(density(seen, discussions))
    assert math.isnan(centralisation(seen, discussions))


@given(visits, st.randoms(use_true_random=False))
def test_neither_the_order_nor_an_organisation_that_was_nowhere_matters(seen, chance):
    other = [*seen, 0]
    chance.shuffle(other)
    for measure in (density, centralisation):
        assert measure(other, 12) == pytest.approx(measure(seen, 12), nan_ok=True)
    assert rarefaction(other, 12, 4) == pytest.approx(rarefaction(seen, 12, 4))
