"""Shrinkage against R (section 10, H14 and H15), and where the likelihood is at its boundary."""

from math import inf, isnan, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kodukant_analysis.stats import beta_binomial, clopper_pearson, normal_shrink, wilson
from tests.stats.regions15 import WITNESS, K, N

ITERATIVE = 1e-4
COUNTS = st.lists(
    st.integers(0, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1, max_size=20
)


def test_the_beta_distribution_is_the_one_of_maximum_likelihood():
    found = beta_binomial(K, N)
    assert (found.a, found.b) == pytest.approx(WITNESS["bb_ml"][:2], abs=ITERATIVE)


@pytest.mark.parametrize(
    ("field", "name"),
    [("estimate", "bb_post"), ("low", "bb_low"), ("high", "bb_high"), ("reliability", "reliability")],
)
def test_posterior_shares_are_those_of_the_witness(field, name):
    assert getattr(beta_binomial(K, N), field) == pytest.approx(WITNESS[name], abs=ITERATIVE)


def test_a_multilevel_model_says_nearly_the_same():
    assert beta_binomial(K, N).estimate == pytest.approx(WITNESS["glmer_p"], abs=0.0045)


def test_paule_mandel_and_its_predictions_are_those_of_metafor():
    found = normal_shrink(WITNESS["logit_yi"], WITNESS["logit_vi"])
    assert (found.mu, found.mu_se, found.tau2) == pytest.approx(WITNESS["logit_PM"][:3], abs=ITERATIVE)
    assert found.estimate == pytest.approx(WITNESS["blup_PM"]["pred"], abs=ITERATIVE)
    assert found.se == pytest.approx(WITNESS["blup_PM"]["se"], abs=ITERATIVE)
    assert found.low == pytest.approx(WITNESS["blup_PM"]["ci.lb"], abs=ITERATIVE)


@pytest.mark.parametrize("share", [0, 1])
def test_all_none_and_all_yes_are_no_difference_and_not_certain(share):
    n = [5, 9, 20]
    found = beta_binomial([share * one for one in n], n)
    assert (found.a, found.b, found.reliability.tolist()) == (inf, inf, [0, 0, 0])
    assert found.estimate.tolist() == [share] * 3
    assert found.low.tolist() == [wilson(34 * share, 34).low] * 3
    assert (found.high - found.low > 0.05).all()


def test_no_more_spread_than_chance_makes_everyone_the_mean():
    found = beta_binomial([5, 10, 20], [10, 20, 40])
    assert found.estimate == pytest.approx([0.5] * 3)
    assert found.high == pytest.approx([wilson(35, 70).high] * 3)
    assert found.reliability.tolist() == [0] * 3


@pytest.mark.parametrize(("k", "n"), [([5], [10]), ([1, 0, 1], [1, 1, 1])])
def test_one_region_and_regions_of_one_show_no_spread(k, n):
    found = beta_binomial(k, n)
    assert found.estimate == pytest.approx([sum(k) / sum(n)] * len(k))
    assert found.a == inf


def test_regions_of_all_or_none_have_nothing_in_common():
    found = beta_binomial([5, 0, 7], [5, 4, 7])
    assert (found.a, found.b) == (0, 0)
    assert found.estimate.tolist() == [1, 0, 1]
    assert found.low.tolist() == [clopper_pearson(5, 5).low, 0, clopper_pearson(7, 7).low]


def test_a_million_observations_are_fitted_as_a_thousand_are():
    shares = np.linspace(0.7, 0.8, 15)
    many, few = beta_binomial(shares * 10**6, [10**6] * 15), beta_binomial(shares * 10**4, [10**4] * 15)
    assert many.estimate == pytest.approx(shares, abs=1e-4)
    assert few.estimate == pytest.approx(shares, abs=1e-3)
    assert 100 < many.a < 1000


def test_a_million_observations_without_a_difference_show_none():
    found = beta_binomial([700_100, 699_900, 700_000], [10**6] * 3)
    assert (found.a, found.estimate.tolist()) == (inf, pytest.approx([0.7] * 3))


def test_an_empty_region_stays_missing_and_does_not_count():
    found, without = beta_binomial([*K, 0, nan], [*N, 0, 5]), beta_binomial(K, N)
    assert np.isnan([found.estimate[-2:], found.low[-2:], found.reliability[-2:]]).all()
    assert found.estimate[:-2].tolist() == without.estimate.tolist()


def test_nothing_is_shrunken_to_nothing():
    assert beta_binomial([], []).estimate.size == 0
    assert isnan(normal_shrink([], []).mu)


def test_estimates_alike_are_their_mean_with_its_error():
    found = normal_shrink([1, 1, 1], [0.3, 0.3, 0.3])
    assert (found.tau2, found.estimate.tolist()) == (0, [1, 1, 1])
    assert found.se == pytest.approx([np.sqrt(0.1)] * 3)


def test_one_estimate_is_itself():
    found = normal_shrink([2.0], [0.25])
    assert (found.estimate.tolist(), found.se.tolist()) == ([2], [0.5])


def test_an_estimate_without_variance_stays_missing_and_does_not_count():
    found = normal_shrink([0.2, 0.9, 5.0, 1.4], [0.1, 0.2, nan, 0.1])
    assert isnan(found.estimate[2])
    assert np.delete(found.estimate, 2) == pytest.approx(normal_shrink([0.2, 0.9, 1.4], [0.1, 0.2, 0.1]).estimate)


def test_paule_mandel_leaves_as_much_spread_as_there_are_degrees_of_freedom():
    y, v = np.array(WITNESS["logit_yi"]), np.array(WITNESS["logit_vi"])
    found = normal_shrink(y, v)
    assert np.sum((y - found.mu) ** 2 / (v + found.tau2)) == pytest.approx(len(y) - 1, abs=1e-8)


@pytest.mark.parametrize(("k", "n"), [([6], [5]), ([-1], [5]), ([0], [-5])])
def test_a_wrong_count_is_refused(k, n):
    with pytest.raises(ValueError, match="k lies between"):
        beta_binomial(k, n)


@pytest.mark.parametrize("v", [0, -1])
def test_a_variance_of_nothing_is_refused(v):
    with pytest.raises(ValueError, match=f"got {v}"):
        normal_shrink([1.0], [v])


@settings(deadline=None, max_examples=50)
@given(COUNTS, st.randoms(use_true_random=False))
def test_shrunken_shares_keep_to_their_regions_in_any_order(counts, chance):
    order = list(range(len(counts)))
    chance.shuffle(order)
    found = beta_binomial(*zip(*counts, strict=True))
    shuffled = beta_binomial(*zip(*(counts[place] for place in order), strict=True))
    assert shuffled.estimate == pytest.approx(found.estimate[order], abs=1e-6, nan_ok=True)


@settings(deadline=None, max_examples=50)
@given(COUNTS)
def test_a_shrunken_share_lies_between_its_own_and_the_extremes_of_all(counts):
    k, n = (np.array(column, dtype=float) for column in zip(*counts, strict=True))
    found = beta_binomial(k, n)
    known = n > 0
    if known.any():
        shares = k[known] / n[known]
        assert (found.estimate[known] >= shares.min() - 1e-9).all()
        assert (found.estimate[known] <= shares.max() + 1e-9).all()
        assert (found.low[known] <= found.high[known]).all()
        assert ((found.reliability[known] >= 0) & (found.reliability[known] <= 1)).all()


@given(
    st.lists(st.tuples(st.floats(-3, 3), st.floats(0.01, 2)), min_size=1, max_size=12),
    st.sampled_from([1e-9, 1e-3, 1e6]),
    st.floats(-5, 5),
)
def test_the_unit_and_the_origin_of_the_estimates_do_not_matter(values, unit, origin):
    y, v = (np.array(column) for column in zip(*values, strict=True))
    found, other = normal_shrink(y, v), normal_shrink(unit * (y + origin), unit**2 * v)
    assert other.tau2 / unit**2 == pytest.approx(found.tau2, rel=1e-5, abs=1e-7)
    assert other.estimate / unit - origin == pytest.approx(found.estimate, rel=1e-5, abs=1e-5)


def test_estimates_that_are_nearly_certain_are_themselves():
    found = normal_shrink([0.0, 1.0, 3.0], [1e-20] * 3)
    assert found.tau2 == pytest.approx(np.var([0.0, 1.0, 3.0], ddof=1))
    assert found.estimate == pytest.approx([0, 1, 3])


@settings(deadline=None, max_examples=50)
@given(COUNTS)
def test_a_region_without_observations_changes_no_other(counts):
    k, n = (list(column) for column in zip(*counts, strict=True))
    assert beta_binomial([*k, 0], [*n, 0]).estimate[:-1] == pytest.approx(beta_binomial(k, n).estimate, nan_ok=True)
