"""Limits of shrunken estimates that know the spread between regions is an estimate too."""

import numpy as np
import pytest
from scipy.special import expit
from scipy.stats import beta, betabinom, norm

from kodukant_analysis.stats import beta_binomial, beta_binomial_limits, normal_shrink, normal_shrink_limits
from tests.stats.regions15 import K, N


def likeliest_first(log):
    weight = np.exp(log - log.max())
    return weight / weight.sum()


def in_full(k, n, region, ends):
    """How much of the distribution of a region's share lies below each end: a fine grid, nothing narrowed."""
    spread, logit = np.meshgrid(np.linspace(0.003, 0.997, 250), np.linspace(-5, 6, 250))
    size = 1 / spread**2 - 1
    a, b = size * expit(logit), size * expit(-logit)
    log = sum(betabinom.logpmf(yes, of, a, b) for yes, of in zip(k, n, strict=True))
    weight = likeliest_first(log + np.log(expit(logit)) + np.log(expit(-logit)))
    yes, no = a + k[region], b + n[region] - k[region]
    return [float(np.sum(weight * beta.cdf(end, yes, no))) for end in ends]


def test_limits_of_values_are_those_of_the_sum_over_every_spread():
    y, v = np.array([0.2, 0.9, 1.4, -0.6, 0.3]), np.array([0.1, 0.2, 0.1, 0.3, 0.05])
    tau2 = np.linspace(0, 60, 400_001)[:, None] ** 2
    weight = 1 / (tau2 + v)
    mu, mu_variance = (weight * y).sum(axis=1) / weight.sum(axis=1), 1 / weight.sum(axis=1)
    log = norm.logpdf(y, mu[:, None], np.sqrt(tau2 + v)).sum(axis=1) + np.log(mu_variance) / 2
    part = tau2[:, 0] / (tau2[:, 0] + v[2])
    mean, se = part * y[2] + (1 - part) * mu, np.sqrt(part * v[2] + (1 - part) ** 2 * mu_variance)
    found = normal_shrink_limits(y, v)
    below = [np.sum(likeliest_first(log) * norm.cdf(end, mean, se)) for end in (found.low[2], found.high[2])]
    assert below == pytest.approx([0.025, 0.975], abs=2e-4)


@pytest.mark.parametrize("region", [0, 1, 12])
def test_limits_of_shares_are_those_of_the_sum_over_every_beta_distribution(region):
    found = beta_binomial_limits(K, N)
    assert in_full(K, N, region, (found.low[region], found.high[region])) == pytest.approx([0.025, 0.975], abs=2e-4)


def test_limits_of_another_level_are_those_of_that_level():
    found = beta_binomial_limits(K[:6], N[:6], level=0.8)
    assert in_full(K[:6], N[:6], 2, (found.low[2], found.high[2])) == pytest.approx([0.1, 0.9], abs=5e-4)


def test_what_is_not_known_of_the_spread_makes_limits_wider():
    found, likeliest = beta_binomial_limits(K, N), beta_binomial(K, N)
    assert np.mean(found.high - found.low) > 1.02 * np.mean(likeliest.high - likeliest.low)
    assert ((found.low < likeliest.estimate) & (likeliest.estimate < found.high)).all()


def test_nobody_is_certain_where_chance_explains_all():
    n = [20] * 15
    likeliest = normal_shrink([0.5] * 15, [0.0125] * 15)
    found = normal_shrink_limits([0.5] * 15, [0.0125] * 15)
    assert likeliest.tau2 == 0
    assert (found.high - found.low > 1.1 * (likeliest.high - likeliest.low)).all()
    none = beta_binomial_limits([0] * 15, n)
    assert (none.low < 0.001).all()
    assert (none.high > 0.005).all()


def test_a_million_answers_a_region_leave_its_own_share():
    found = beta_binomial_limits([400_000, 500_000, 610_000], [1_000_000] * 3)
    own = [beta.ppf([0.025, 0.975], yes, 1_000_000 - yes) for yes in (400_000, 500_000, 610_000)]
    assert np.transpose(found) == pytest.approx(np.array(own), abs=1e-5)


def test_an_added_empty_region_and_another_order_change_nothing():
    plain = beta_binomial_limits(K, N)
    more = beta_binomial_limits([0, *K[::-1]], [0, *N[::-1]])
    assert np.isnan([more.low[0], more.high[0]]).all()
    assert more.low[:0:-1] == pytest.approx(plain.low, abs=1e-8)
    y, v = [0.2, 0.9, 1.4, -0.6], [0.1, 0.2, 0.1, 0.3]
    values, longer = normal_shrink_limits(y, v), normal_shrink_limits([*y[::-1], np.nan], [*v[::-1], 1])
    assert longer.high[3::-1] == pytest.approx(values.high, abs=1e-8)
    assert np.isnan(longer.high[4])


def test_limits_move_and_stretch_with_the_values():
    y, v = np.array([0.2, 0.9, 1.4, -0.6]), np.array([0.1, 0.2, 0.1, 0.3])
    plain, other = normal_shrink_limits(y, v), normal_shrink_limits(1000 * y + 7, 1e6 * v)
    assert other.low == pytest.approx(1000 * plain.low + 7, rel=1e-6)


def test_two_values_tell_nothing_of_a_spread():
    assert np.isnan(normal_shrink_limits([0.2, 0.4], [0.1, 0.1])).all()


def test_nothing_to_tell_is_nothing_told():
    assert np.isnan(beta_binomial_limits([0, 0], [0, 0])).all()


@pytest.mark.parametrize(("k", "n"), [(3, 2), (-1, 2), (0, -1)])
def test_more_than_all_is_refused(k, n):
    with pytest.raises(ValueError, match="of each region k lies between 0 and n"):
        beta_binomial_limits([1, k], [2, n])


def test_a_variance_of_nothing_is_refused():
    with pytest.raises(ValueError, match="a variance is above 0, got 0"):
        normal_shrink_limits([1, 2, 3], [1, 0, 1])


@pytest.mark.parametrize("limits", [beta_binomial_limits, normal_shrink_limits])
def test_a_level_is_a_part_of_all(limits):
    with pytest.raises(ValueError, match="a level lies between 0 and 1"):
        limits([1, 2, 3], [4, 5, 6], level=95)
