"""Gini, what chance would give, and the dispersion test, against R and against what must hold of any loads."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kodukant_analysis.stats import dispersion, gini, gini_by_chance

LOAD = [0, 1, 1, 2, 2, 3, 3, 3, 4, 6, 8, 15]
loads = st.lists(st.integers(0, 60), min_size=3, max_size=15).filter(any)


def by_definition(x):
    """Half the mean difference of every two, by their mean."""
    pairs = np.abs(np.subtract.outer(x, x))
    return pairs.sum() / (2 * len(x) ** 2 * np.mean(x))


def test_the_load_gives_what_r_gives():
    found = gini(LOAD)
    assert found.estimate == pytest.approx(0.479166666666667, abs=1e-8)
    assert found.corrected == pytest.approx(0.522727272727273, abs=1e-8)
    assert found.se == pytest.approx(0.111670382347201, abs=1e-8)
    assert found.df == 11
    assert (found.low + found.high) / 2 == pytest.approx(found.corrected)


def test_one_who_does_everything_gives_one():
    found = gini([0, 0, 0, 6])
    assert (found.estimate, found.corrected) == (pytest.approx(0.75), pytest.approx(1))
    assert math.isnan(found.se)  # without him there is no load at all


@pytest.mark.parametrize("x", [[2, 2, 2], [0.1] * 7])
def test_all_equal_is_zero_and_shows_no_spread(x):
    found = gini(x)
    assert (found.estimate, found.corrected, found.se) == (pytest.approx(0, abs=1e-12), pytest.approx(0, abs=1e-12), 0)
    assert math.isnan(found.low)


@pytest.mark.parametrize("x", [[], [5], [0, 0, 0]])
def test_nobody_one_alone_and_no_load_give_nothing(x):
    assert all(math.isnan(value) for value in gini(x))


def test_two_persons_have_a_value_without_an_error():
    assert gini([1, 3]).corrected == pytest.approx(0.5)
    assert math.isnan(gini([1, 3]).se)


@pytest.mark.parametrize("x", [[1, -1], [1, math.nan], [[1, 2], [3, 4]]])
def test_what_is_no_load_is_refused(x):
    with pytest.raises(ValueError, match="loads"):
        gini(x)


@given(loads)
def test_it_is_half_the_mean_difference_and_its_error_the_plain_jackknife(x):
    found = gini(x)
    assert found.estimate == pytest.approx(by_definition(x), abs=1e-9)
    left = [gini(x[:i] + x[i + 1 :]).corrected for i in range(len(x))]
    plain = math.sqrt((len(x) - 1) * np.var(left))
    assert found.se == pytest.approx(plain, abs=1e-9, nan_ok=True)


@given(loads, st.integers(2, 9), st.randoms(use_true_random=False))
def test_neither_the_order_nor_the_unit_of_load_matters(x, times, chance):
    other = [times * one for one in x]
    chance.shuffle(other)
    assert gini(other) == pytest.approx(gini(x), abs=1e-9, nan_ok=True)


@given(loads)
def test_one_more_who_led_nothing_makes_it_no_more_even(x):
    assert gini([*x, 0]).estimate >= gini(x).estimate - 1e-12


def test_chance_alone_gives_what_r_gives():
    assert [gini_by_chance(mean) for mean in (0.5, 1, 2, 4, 8)] == pytest.approx(
        [0.673670022943349, 0.523777611802609, 0.385752760726422, 0.277574275149548, 0.19789374211772], abs=1e-8
    )


def test_large_means_are_no_trouble():
    assert gini_by_chance(1e6) == pytest.approx(1 / math.sqrt(math.pi * 1e6), rel=1e-6)
    assert gini_by_chance(1e15) > 0


def test_chance_has_nothing_to_share_at_no_load():
    assert math.isnan(gini_by_chance(0))
    assert math.isnan(gini_by_chance(math.nan))
    with pytest.raises(ValueError, match="-1"):
        gini_by_chance(-1)


def test_chance_is_half_the_mean_difference_of_two_poisson_counts():
    k = np.arange(60)
    p = np.exp(-1.7 + k * math.log(1.7) - np.array([math.lgamma(one + 1) for one in k]))
    expected = np.sum(np.abs(np.subtract.outer(k, k)) * np.outer(p, p)) / (2 * 1.7)
    assert gini_by_chance(1.7) == pytest.approx(expected, abs=1e-10)


def test_the_dispersion_test_is_that_of_r():
    found = dispersion(LOAD)
    assert found == pytest.approx((4.22727272727273, 46.5, 11, 2.6375385573356e-06), abs=1e-8)
    assert found.p == pytest.approx(2.6375385573356e-06, rel=1e-8)


@pytest.mark.parametrize("x", [[], [5], [0, 0]])
def test_there_is_no_dispersion_of_one_or_of_nothing(x):
    assert all(math.isnan(value) for value in dispersion(x))


def test_equal_counts_are_less_spread_than_chance():
    assert dispersion([4, 4, 4]) == (0, 0, 2, 1)


def test_an_array_of_means_gives_an_array_of_what_each_gives():
    found = gini_by_chance([0.5, 1, 2, 4, 8, 0, math.nan])
    assert found.round(2).tolist()[:5] == [0.67, 0.52, 0.39, 0.28, 0.2]
    assert np.isnan(found[5:]).all()
    assert isinstance(gini_by_chance(4), float)
