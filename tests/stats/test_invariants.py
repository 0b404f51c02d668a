"""What must not matter to any estimator: the order of rows, the unit of weights, rows of nothing, a row told in two."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kodukant_analysis.stats import (
    aalen_johansen,
    att_gt,
    dispersion,
    expected_rank,
    incidence_quantile,
    interrupted_time_series,
    jackknife_se,
    kish,
    logrank,
    normal_shrink,
    overdispersion,
    rank_bounds,
    ratio_independent,
    restricted_mean_jackknife_se,
    rmst,
    survival_quantile,
)

ENDS = st.lists(
    st.tuples(st.integers(1, 12), st.integers(0, 2), st.integers(1, 4), st.integers(0, 5)), min_size=2, max_size=25
)
COUNTS = st.lists(
    st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=2, max_size=15
)
VALUES = st.lists(st.tuples(st.floats(-3, 3), st.floats(0.05, 2)), min_size=1, max_size=12)
ANSWERS = st.lists(st.tuples(st.floats(0.1, 10), st.sampled_from([0.0, 1.0])), min_size=2, max_size=20)
CHANCE = st.randoms(use_true_random=False)
NEAR = {"abs": 1e-8, "nan_ok": True}


def columns(rows):
    return [np.array(column) for column in zip(*rows, strict=True)]


def single(rows, chance):
    """The rows, one a unit, in another order."""
    split = [(*row[:2], 1, *row[3:]) for row in rows for _ in range(row[2])]
    return chance.sample(split, len(split))


def places(length, chance):
    return chance.sample(range(length), length)


@given(ENDS, CHANCE)
def test_the_jackknife_knows_neither_order_nor_splitting(rows, chance):
    found = []
    for told in (rows, single(rows, chance)):
        time, status, count, cluster = columns(told)
        found.append(jackknife_se(time, status, cluster, [3, 8], count=count, causes=(1, 2)))
    assert found[0] == pytest.approx(found[1], **NEAR)


@given(ENDS, CHANCE)
def test_the_jackknife_of_days_open_knows_neither_order_nor_splitting(rows, chance):
    found = []
    for told in (rows, single(rows, chance)):
        time, status, count, cluster = columns(told)
        found.append(restricted_mean_jackknife_se(time, status, cluster, 6, count=count))
    assert found[0] == pytest.approx(found[1], abs=1e-6, nan_ok=True)


@given(ENDS, CHANCE, st.sampled_from([0.1, 0.25, 0.5, 0.9]))
def test_a_quantile_knows_neither_order_nor_splitting_nor_rows_of_nothing(rows, chance, p):
    curves = []
    for told in (rows, single(rows, chance), [*rows, (4, 1, 0, 0)]):
        time, status, count, _ = columns(told)
        curves.append(aalen_johansen(time, status, count))
    for quantile in (incidence_quantile, survival_quantile):
        found = [quantile(curve, p)[:3] for curve in curves]
        assert found[0] == pytest.approx(found[1], **NEAR)
        assert found[0] == pytest.approx(found[2], **NEAR)


@given(ENDS)
def test_an_added_stratum_of_one_group_changes_no_log_rank_test(rows):
    time, status, count, label = columns(rows)
    group, strata = label % 2, label // 2
    found = logrank(time, status, count, group, strata)
    more = logrank([*time, 5, 6], [*status, 1, 0], [*count, 2, 3], [*group, 1, 1], [*strata, 9, 9])
    assert more[:3] == pytest.approx(found[:3], abs=1e-7, nan_ok=True)


@given(ANSWERS, st.floats(1e-6, 1e6), CHANCE)
def test_the_unit_of_weights_is_not_in_a_share_nor_its_error_nor_its_n_eff(answers, unit, chance):
    w, y = columns(answers)
    order = places(len(w), chance)
    found = []
    for v, of in ((w, y), (unit * w[order], y[order])):
        sums = v.sum(), (v**2).sum(), (v * of).sum(), (v**2 * of).sum()
        found.append((*ratio_independent(len(v), *sums)[::3], kish(*sums[:2])))
    assert found[0] == pytest.approx(found[1], abs=1e-7)


@given(ENDS)
def test_rows_of_nothing_neither_lengthen_the_days_seen_nor_count_as_a_discussion(rows):
    plain, padded = columns(rows), columns([*rows, (40, 0, 0, 9), (50, 1, 0, 8)])
    curves = [aalen_johansen(time, status, count) for time, status, count, _ in (plain, padded)]
    assert rmst(curves[1], 30) == pytest.approx(rmst(curves[0], 30), **NEAR)
    errors = [jackknife_se(time, status, at, [4], count=n, causes=(1, 2)) for time, status, n, at in (plain, padded)]
    assert errors[0] == pytest.approx(errors[1], **NEAR)


@given(COUNTS)
def test_a_region_of_nothing_changes_no_distance(counts):
    k, n = (column.tolist() for column in columns(counts))
    found, more = overdispersion(k, n), overdispersion([*k, 0], [*n, 0])
    assert more.z_additive[:-1] == pytest.approx(found.z_additive, **NEAR)
    assert (more.theta, more.phi, more.tau2) == pytest.approx((found.theta, found.phi, found.tau2), **NEAR)
    assert more.heterogeneity_p == pytest.approx(found.heterogeneity_p, **NEAR)


@given(VALUES, CHANCE)
def test_shrunken_estimates_keep_to_their_regions_in_any_order_beside_an_unknown_one(values, chance):
    y, v = columns(values)
    order = places(len(y), chance)
    found, other = normal_shrink(y, v), normal_shrink([*y[order], math.nan], [*v[order], 1.0])
    assert other.estimate[:-1] == pytest.approx(found.estimate[order], abs=1e-6)
    assert other.se[:-1] == pytest.approx(found.se[order], abs=1e-6)


@given(VALUES)
def test_an_unknown_region_takes_no_rank(values):
    m, se = columns(values)
    assert expected_rank([*m, math.nan], [*se, 1])[:-1] == pytest.approx(expected_rank(m, se))
    for place in (0, 1):
        assert rank_bounds([*m, 0.5], [*se, math.nan])[place][:-1].tolist() == rank_bounds(m, se)[place].tolist()


@given(st.lists(st.integers(0, 40), min_size=2, max_size=12), CHANCE)
def test_the_order_of_counts_does_not_matter_to_their_dispersion(x, chance):
    assert dispersion(chance.sample(x, len(x))) == pytest.approx(dispersion(x), **NEAR)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(["never", "notyet"]))
def test_a_unit_never_measured_changes_no_effect(seed, control):
    outcomes = np.random.default_rng(seed).normal(size=(12, 6))
    cohorts = np.array([3] * 3 + [5] * 3 + [0] * 6)
    found = att_gt(outcomes, cohorts, control)
    more = att_gt(np.vstack([outcomes, np.full((1, 6), np.nan)]), [*cohorts, 0], control)
    assert more.estimate == pytest.approx(found.estimate)
    assert [one.att for one in more.table] == pytest.approx([one.att for one in found.table])
    assert more.se == pytest.approx(found.se)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), CHANCE, st.sampled_from(["gaussian", "quasipoisson"]))
def test_the_order_of_the_months_does_not_matter(seed, chance, family):
    months, counts = np.arange(1, 37), np.random.default_rng(seed).poisson(20, 36)
    order = places(36, chance)
    found = interrupted_time_series(months, counts, 19, family=family)
    mixed = interrupted_time_series(months[order], counts[order], 19, family=family)
    assert mixed[:6] == pytest.approx(found[:6], abs=1e-7)
    assert [one.se_newey_west for one in mixed.terms] == pytest.approx([one.se_newey_west for one in found.terms])
