"""Funnel limits and over-dispersion against R (section 10, H13), and at their edges."""

from math import isnan, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from kodukant_analysis.stats import bh, binomial_p, funnel_limits, normal_limits, overdispersion
from tests.stats.regions15 import WITNESS, K, N

CLOSED = 1e-8
THETA = 0.677966101694915
COUNTS = st.lists(
    st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=2, max_size=20
)


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("theta", "theta0"),
        ("phi", "phi_wins"),
        ("tau2", "tau2_wins"),
        ("z", "z"),
        ("z_additive", "z_add"),
        ("z_multiplicative", "z_mult"),
        ("p", "p_naive"),
        ("p_additive", "p_add"),
        ("z_winsorised", "zw"),
        ("phi_raw", "phi_raw"),
        ("heterogeneity_p", "phi_test_p"),
    ],
)
def test_overdispersion_is_that_of_the_witness(field, name):
    assert getattr(overdispersion(K, N), field) == pytest.approx(WITNESS[name], abs=CLOSED)


def test_after_overdispersion_no_county_stands_out_though_before_it_two_did():
    found = overdispersion(K, N)
    assert bh(found.p) == pytest.approx(WITNESS["BH_naive"], abs=CLOSED)
    assert bh(found.p_additive) == pytest.approx(WITNESS["BH_add"], abs=CLOSED)
    assert (bh(found.p) < 0.05).sum() == 2
    assert not (bh(found.p_additive) < 0.05).any()


@pytest.mark.parametrize(("level", "low", "high"), [(0.998, 1, 4), (0.95, 2, 3)])
def test_limits_are_the_interpolated_binomial_ones_of_the_witness(level, low, high):
    found = funnel_limits(WITNESS["limits"][0], THETA, level)
    assert found.low == pytest.approx(WITNESS["limits"][low], abs=CLOSED)
    assert found.high == pytest.approx(WITNESS["limits"][high], abs=CLOSED)


def test_limits_of_a_number_are_numbers():
    low, high = funnel_limits(20, THETA, 0.95)
    assert (low, high) == pytest.approx((0.439137186326602, 0.847532073262093), abs=CLOSED)
    assert isinstance(low, float)


def test_an_added_variance_makes_the_limits_normal_and_wider():
    low, high = funnel_limits([20, 100], 0.5, 0.95, tau2=0.01)
    assert high == pytest.approx(0.5 + 1.959963984540054 * np.sqrt([0.25 / 20 + 0.01, 0.25 / 100 + 0.01]), abs=CLOSED)
    assert low == pytest.approx(1 - np.asarray(high), abs=CLOSED)


def test_limits_of_a_share_never_leave_its_range():
    for limits in (funnel_limits([1, 2, 5], 0.9, 0.998), funnel_limits([1, 2, 5], 0.9, 0.998, tau2=0.02)):
        assert (np.asarray(limits.low) >= 0).all()
        assert (np.asarray(limits.high) <= 1).all()


def test_nobody_and_a_target_of_none_or_all_have_no_limits():
    assert np.isnan(funnel_limits([0, 10], 0.5, 0.95).low).tolist() == [True, False]
    assert isnan(funnel_limits(10, 1, 0.95).high)
    assert isnan(funnel_limits(10, 0, 0.95, tau2=0.1).high)


@pytest.mark.parametrize("theta", [0.05, 0.5, 0.95])
def test_limits_of_a_million_are_those_of_the_normal_distribution(theta):
    exact, normal = funnel_limits(10**6, theta, 0.95), funnel_limits(10**6, theta, 0.95, tau2=0)
    assert exact == pytest.approx(normal, abs=2e-6)


def test_an_effective_sample_need_not_be_whole():
    assert funnel_limits(40.0001, THETA, 0.95) == pytest.approx(funnel_limits(40, THETA, 0.95), abs=1e-4)


@pytest.mark.parametrize(
    ("n", "theta", "level", "named"), [(-1, 0.5, 0.95, "-1"), (5, 1.2, 0.95, r"1\.2"), (5, 0.5, 1, "got 1")]
)
def test_a_wrong_limit_is_refused(n, theta, level, named):
    with pytest.raises(ValueError, match=named):
        funnel_limits(n, theta, level)


def test_a_mid_p_value_is_the_exact_one_with_half_of_what_was_seen():
    for k, n, theta in ((8, 21, THETA), (41, 88, THETA), (10, 10, 0.85), (0, 4, 0.3)):
        below, at = binom.cdf(k - 1, n, theta), binom.pmf(k, n, theta)
        expected = min(1, 2 * min(below + at / 2, 1 - below - at / 2))
        assert float(binomial_p(k, n, theta)) == pytest.approx(expected, abs=CLOSED)


def test_all_of_ten_is_no_surprise_where_most_are():
    assert float(binomial_p(10, 10, 0.85)) > 0.1
    assert isnan(float(binomial_p(0, 0, 0.5)))


def test_a_target_of_all_leaves_nothing_to_compare():
    found = overdispersion([5, 9], [5, 9])
    assert found.theta == 1
    assert np.isnan([found.z, found.z_additive, found.p]).all()


def test_a_region_without_observations_is_missing_and_does_not_count():
    found, without = overdispersion([*K, 0, nan], [*N, 0, 7]), overdispersion(K, N)
    assert np.isnan(found.z[-2:]).all()
    assert found.z_additive[:-2] == pytest.approx(without.z_additive, abs=CLOSED)
    assert found.heterogeneity_p == pytest.approx(without.heterogeneity_p, abs=CLOSED)


def test_one_region_is_its_own_target():
    found = overdispersion([3], [4])
    assert (found.z.tolist(), found.tau2) == ([0], 0)
    assert isnan(found.heterogeneity_p)


def test_no_region_is_no_answer():
    assert isnan(overdispersion([], []).theta)


def test_less_spread_than_chance_adds_none():
    found = overdispersion([50] * 12, [100] * 12)
    assert (found.phi, found.tau2) == (0, 0)
    assert found.z_multiplicative.tolist() == [0] * 12


def test_an_external_target_moves_every_region_and_has_its_degree_of_freedom():
    found = overdispersion(K, N, theta=0.75)
    assert found.z[0] == pytest.approx((118 / 160 - 0.75) / np.sqrt(0.75 * 0.25 / 160), abs=CLOSED)
    assert found.theta == 0.75
    assert overdispersion(K, N, theta=THETA).heterogeneity_p > overdispersion(K, N).heterogeneity_p


def test_a_survey_with_a_design_effect_is_a_smaller_one():
    deff = 1.5
    spread = THETA * (1 - THETA) / np.array(N) * deff
    found = overdispersion(K, N, variance=spread)
    assert found.z == pytest.approx(np.array(WITNESS["z"]) / np.sqrt(deff), abs=CLOSED)


def test_with_their_variances_any_estimates_can_be_compared():
    found = overdispersion([62.0, 55.0, 71.0], [1, 1, 1], theta=60, variance=[4.0, 4.0, 9.0])
    assert found.z == pytest.approx([1, -2.5, 11 / 3], abs=CLOSED)


@pytest.mark.parametrize(
    ("k", "n", "options"),
    [([6], [5], {}), ([-1], [5], {}), ([1], [-5], {}), ([1], [5], {"variance": [0.0]}), ([1], [5], {"theta": 1.5})],
)
def test_a_wrong_count_or_variance_is_refused(k, n, options):
    with pytest.raises(ValueError, match=r"lies|negative|variance"):
        overdispersion(k, n, **options)


def test_normal_limits_are_symmetrical():
    assert normal_limits(0.5, 0.01) == pytest.approx((0.304003601545995, 0.695996398454005), abs=CLOSED)


@given(COUNTS, st.randoms(use_true_random=False))
def test_the_order_of_the_regions_does_not_matter(counts, chance):
    order = list(range(len(counts)))
    chance.shuffle(order)
    found, shuffled = (
        overdispersion(*zip(*counts, strict=True)),
        overdispersion(*zip(*(counts[i] for i in order), strict=True)),
    )
    assert shuffled.z_additive == pytest.approx(found.z_additive[order], nan_ok=True, abs=1e-9)


@given(COUNTS)
def test_the_adjusted_distance_is_never_larger(counts):
    found = overdispersion(*zip(*counts, strict=True))
    for adjusted in (found.z_additive, found.z_multiplicative):
        assert (np.isnan(adjusted) | (np.abs(adjusted) <= np.abs(found.z) + 1e-12)).all()
