"""Slopes, monotone trends and control charts against R, and unchanged by what must not matter."""

import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau, theilslopes

from kodukant_analysis.stats import mann_kendall, random_slope, theil_sen, wls_slope, xmr
from kodukant_analysis.stats.monotone import kendall_variance

CLOSED, ITERATED = 1e-8, 1e-4
YEARS = list(range(2016, 2025))
SHARES = [0.82, 0.81, 0.84, 0.83, 0.86, 0.88, 0.85, 0.87, 0.88]
ERRORS = [0.018, 0.016, 0.017, 0.015, 0.016, 0.014, 0.015, 0.015, 0.016]
NAN = math.nan

values = st.integers(-50, 50).map(lambda one: one / 8)
series = st.lists(values, min_size=5, max_size=12)


def test_the_slope_of_nine_waves_is_that_of_metafor():
    found = wls_slope(YEARS, SHARES, ERRORS)
    assert found[:4] == pytest.approx(
        (0.00829596995233377, 0.00417919084192414, 0.0124127490627434, 0.0021004361013173), abs=CLOSED
    )
    assert (found.q, found.q_p) == pytest.approx((5.80954084847227, 0.5621561779031), abs=CLOSED)
    assert (found.is_inflated, found.note, found.df, found.n_eff) == (False, "", math.inf, 9)


def test_the_slope_with_knapp_hartung_is_that_of_metafor():
    found = random_slope(YEARS, SHARES, ERRORS)
    expected = (0.00829596995233377, 0.00377123131215323, 0.0128207085925143, 0.0019135127439942)
    assert found[:4] == pytest.approx(expected, abs=ITERATED * 1e-3)
    assert (found.df, found.tau2, found.n_eff) == (7, 0, 9)


def test_where_points_scatter_more_than_their_errors_paule_and_mandel_find_the_spread():
    errors = np.array(ERRORS) / 2
    found = random_slope(YEARS, SHARES, errors)
    weights = 1 / (errors**2 + found.tau2)
    centre = np.average(YEARS, weights=weights)
    residual = np.array(SHARES) - np.average(SHARES, weights=weights) - found.estimate * (np.array(YEARS) - centre)
    assert found.tau2 > 0
    assert np.sum(weights * residual**2) == pytest.approx(7, abs=1e-6)
    assert found.se == pytest.approx(1 / math.sqrt(np.sum(weights * (np.array(YEARS) - centre) ** 2)), abs=1e-8)


def test_a_line_that_does_not_fit_has_a_wider_error_besides():
    found = wls_slope(YEARS, SHARES, np.array(ERRORS) / 2)
    assert found.q_p < 0.1
    assert found.se == pytest.approx(0.0021004361013173 / 2, abs=CLOSED)
    assert found.se_inflated == pytest.approx(found.se * math.sqrt(found.q / 7), abs=CLOSED)
    assert found.high - found.estimate == pytest.approx(1.959964 * found.se, abs=1e-8)


def test_theil_sen_and_sen_s_interval_follow_the_rounding_of_r_trend():
    found = theil_sen(YEARS, SHARES)
    assert found[:3] == pytest.approx((0.01, 0.00333333333333334, 0.0133333333333333), abs=CLOSED)


def test_mann_kendall_with_ties_is_that_of_r():
    found = mann_kendall(YEARS, SHARES)
    assert (found.s, found.var) == (25, 91)
    assert (found.z, found.p) == pytest.approx((2.5158836081326, 0.0118734386660867), abs=CLOSED)
    assert found.tau == pytest.approx(0.704295212273764, abs=CLOSED)
    assert math.isnan(found.p_exact), "two shares are equal"


def test_the_variance_with_ties_in_both_is_that_over_all_orders():
    x, y = [1, 1, 1, 2, 2, 3], [5, 5, 5, 5, 6, 7]
    by_x, by_y = (np.sign(np.subtract.outer(one, one)) for one in (np.array(x), np.array(y)))
    every = [np.sum(np.triu(by_x * by_y[np.ix_(order, order)])) for order in permutations(range(6))]
    assert kendall_variance(x, y) == pytest.approx(np.var(every), abs=CLOSED)


def test_kendall_without_ties_is_exact():
    found = mann_kendall(range(5), [1, 2, 4, 3, 6])
    assert (found.tau, found.p, found.p_exact) == pytest.approx((0.8, 0.0833333333333333, 0.0833333333333333))


@pytest.mark.parametrize(("n", "p"), [(5, 0.0166666666666666), (6, 0.00277777777777777), (7, 0.000396825396825395)])
def test_the_smallest_p_of_a_rising_series_is_that_of_r(n, p):
    assert mann_kendall(range(n), range(n)).p == pytest.approx(p, abs=CLOSED)
    assert mann_kendall(range(n), range(n, 0, -1)).p == pytest.approx(p, abs=CLOSED)


def test_limits_of_nine_waves_are_those_of_r():
    chart = xmr(SHARES)
    assert chart[:4] == pytest.approx((0.848888888888889, 0.02, 0.795688888888889, 0.902088888888889), abs=CLOSED)
    assert not chart.outside.any()
    assert not chart.runs.any()


# ---- edges


@pytest.mark.parametrize("x", [[], [2016], [2016, 2016]])
def test_no_line_goes_through_less_than_two_moments(x):
    assert math.isnan(wls_slope(x, [0.5] * len(x), [0.1] * len(x)).estimate)
    assert math.isnan(random_slope(x, [0.5] * len(x), [0.1] * len(x)).estimate)
    assert math.isnan(theil_sen(x, [0.5] * len(x)).estimate)


def test_constant_values_have_slope_zero_with_its_error():
    found = wls_slope([0, 1, 2, 3], [0.5] * 4, [0.1] * 4)
    assert (found.estimate, found.q) == (0, 0)
    assert found.se == pytest.approx(0.1 / math.sqrt(5))


def test_two_points_are_a_change():
    found = wls_slope([2016, 2018], [0.80, 0.86], [0.03, 0.04])
    assert (found.estimate, found.se, found.note) == (pytest.approx(0.03), pytest.approx(0.025), "change")
    assert math.isnan(found.q_p)


def test_two_points_have_no_spread_beside_their_errors():
    assert math.isnan(random_slope([2016, 2018], [0.80, 0.86], [0.03, 0.04]).estimate)


@pytest.mark.parametrize("se", [[0.1, 0, 0.1], [0.1, -1, 0.1]])
def test_an_error_of_nothing_is_refused(se):
    for slope in (wls_slope, random_slope):
        with pytest.raises(ValueError, match="above 0, got"):
            slope([1, 2, 3], [1, 2, 3], se)


def test_columns_of_different_length_are_refused():
    for estimator in (theil_sen, mann_kendall):
        with pytest.raises(ValueError, match="one length"):
            estimator([1, 2, 3], [1, 2])


@pytest.mark.parametrize("y", [[], [1], [1, 2, 3, 4], [3, 3, 3, 3, 3, 3], [1, NAN, 2, NAN, 3, 4]])
def test_mann_kendall_says_nothing_of_few_or_equal_values(y):
    found = mann_kendall(range(len(y)), y)
    assert [math.isnan(number) for number in found[:6]] == [True] * 6
    assert found.n == sum(not math.isnan(one) for one in y)


def test_four_points_are_too_few_for_sen_s_interval():
    found = theil_sen([1, 2, 3, 4], [1, 2, 4, 3])
    assert found.estimate == pytest.approx(0.8333333333333333)
    assert math.isnan(found.low)
    assert math.isnan(found.high)


def test_a_missing_value_leaves_its_pair_out():
    with_gap = [*YEARS, 2025], [*SHARES, NAN], [*ERRORS, 0.01]
    assert wls_slope(*with_gap)[:4] == wls_slope(YEARS, SHARES, ERRORS)[:4]
    assert theil_sen(*with_gap[:2])[:3] == theil_sen(YEARS, SHARES)[:3]
    assert mann_kendall(*with_gap[:2])[:5] == mann_kendall(YEARS, SHARES)[:5]
    chart = xmr([*SHARES[:4], NAN, *SHARES[4:]])
    assert chart[:4] == xmr(SHARES)[:4]
    assert len(chart.outside) == 10


@pytest.mark.parametrize("y", [[], [NAN], [5]])
def test_one_value_has_no_limits(y):
    chart = xmr(y)
    assert math.isnan(chart.upper)
    assert math.isnan(chart.mean) == (y != [5])
    assert not chart.outside.any()


def test_equal_values_do_not_stand_out_of_limits_without_width():
    chart = xmr([0.1] * 12)
    assert (chart.lower, chart.upper) == pytest.approx((0.1, 0.1))
    assert not chart.outside.any()
    assert not chart.runs.any()


def test_a_level_that_moved_is_a_run_of_eight():
    chart = xmr([10, 12, 11, 10, 12, 11, 10, 14, 16, 15, 14, 16, 15, 14, 16])
    assert chart.runs.tolist() == [False] * 7 + [True] * 8
    assert not xmr([10, 12, 11, 10, 12, 11, 10, 14, 16, 15, 14, 16, 15, 14]).runs.any(), "seven on either side"


# ---- what must not matter


@given(series, st.randoms())
def test_the_order_of_the_points_does_not_matter(y, random):
    x, se = list(range(len(y))), [1 + place % 3 for place in range(len(y))]
    places = list(x)
    random.shuffle(places)
    mixed = [[column[place] for place in places] for column in (x, y, se)]
    assert wls_slope(*mixed)[:8] == pytest.approx(wls_slope(x, y, se)[:8], abs=1e-9, nan_ok=True)
    assert theil_sen(*mixed[:2]) == pytest.approx(theil_sen(x, y), nan_ok=True)
    assert mann_kendall(*mixed[:2]) == pytest.approx(mann_kendall(x, y), nan_ok=True)


@given(series, st.integers(-2000, 2000))
def test_when_the_clock_starts_does_not_matter(y, start):
    x, se = list(range(len(y))), [1 + place % 3 for place in range(len(y))]
    later = [start + one for one in x]
    assert wls_slope(later, y, se)[:8] == pytest.approx(wls_slope(x, y, se)[:8], abs=1e-7, nan_ok=True)
    assert theil_sen(later, y) == pytest.approx(theil_sen(x, y), nan_ok=True)
    assert mann_kendall(later, y) == pytest.approx(mann_kendall(x, y), nan_ok=True)


@given(series, st.sampled_from([0.25, 2.0, 1024.0]))
def test_the_unit_of_the_values_scales_slopes_and_limits_and_no_test(y, unit):
    x, scaled = list(range(len(y))), [unit * one for one in y]
    assert mann_kendall(x, scaled) == pytest.approx(mann_kendall(x, y), nan_ok=True)
    slopes = wls_slope(x, y, [1] * len(y)), wls_slope(x, scaled, [unit] * len(y))
    assert slopes[1].estimate == pytest.approx(unit * slopes[0].estimate, abs=1e-9)
    assert slopes[1].q_p == pytest.approx(slopes[0].q_p)
    assert xmr(scaled).upper == pytest.approx(unit * xmr(y).upper, abs=1e-9)
    assert xmr(scaled).outside.tolist() == xmr(y).outside.tolist()


@given(series)
def test_the_estimators_of_scipy_say_the_same(y):
    x = list(range(len(y)))
    found, known = theil_sen(x, y), theilslopes(y, x)
    assert found[:3] == pytest.approx((known.slope, known.low_slope, known.high_slope))
    test = mann_kendall(x, y)
    if len(set(y)) == len(y) <= 10:
        assert test.p == pytest.approx(kendalltau(x, y, method="exact").pvalue)
    if len(set(y)) > 1:
        assert test.tau == pytest.approx(kendalltau(x, y).statistic)


@given(series, st.sampled_from([1e-9, 1e-3, 1e6]))
def test_the_unit_of_the_values_scales_a_slope_with_spread_too(y, unit):
    x, scaled = list(range(len(y))), [unit * one for one in y]
    found, other = random_slope(x, y, [0.1] * len(y)), random_slope(x, scaled, [0.1 * unit] * len(y))
    assert other.tau2 / unit**2 == pytest.approx(found.tau2, rel=1e-6, abs=1e-8)
    assert other.se / unit == pytest.approx(found.se, rel=1e-6, abs=1e-8)


@given(series)
def test_a_missing_moment_changes_nothing(y):
    x, se = list(range(len(y))), [1 + place % 3 for place in range(len(y))]
    longer = [*x, NAN], [*y, 3.0], [*se, 1]
    assert wls_slope(*longer)[:8] == pytest.approx(wls_slope(x, y, se)[:8], nan_ok=True)
    assert theil_sen(*longer[:2]) == pytest.approx(theil_sen(x, y), nan_ok=True)
    assert mann_kendall(*longer[:2]) == pytest.approx(mann_kendall(x, y), nan_ok=True)
    assert xmr([*y, NAN])[:4] == pytest.approx(xmr(y)[:4])
