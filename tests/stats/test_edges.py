"""The table of the edges (section 8 of the method book), row by row: what is said of none, one, all and one cluster.

Columns of the table that do not concern a row, and flags, are not here: flags are with the indicators.
"""

import math
from dataclasses import dataclass
from math import inf, isnan, nan

import numpy as np
import pytest

from kodukant_analysis.stats import (
    OPEN,
    LonelyStratumError,
    aalen_johansen,
    att_gt,
    beta_binomial,
    centralisation,
    change_taylor,
    cluster_mean,
    cluster_share,
    density,
    evenness,
    funnel_limits,
    gini,
    incidence_at,
    incidence_quantile,
    jackknife_se,
    kaplan_meier,
    korn_graubard,
    logrank,
    mann_kendall,
    mover,
    overdispersion,
    permutation_att,
    published_share,
    ratio_taylor,
    rmst,
    student,
    survival_at,
    survival_quantile,
    theil_sen,
    wilson,
    wls_slope,
)


def design(points, strata=("A", "A", "B", "B")):
    """points: (Σwy, Σw) of each."""
    swy, sw = zip(*points, strict=True)
    return {"stratum": list(strata[: len(points)]), "psu": list(range(len(points))), "swy": swy, "sw": sw}


@dataclass
class Cell:
    """A cell of the table: what is asked, and the estimate and limits that are expected."""

    asked: object
    expected: tuple[float, ...]


def cell(name, asked, *expected):
    return pytest.param(Cell(asked, expected), id=name)


@pytest.mark.parametrize(
    "one",
    [
        cell("register share, n=0", lambda: wilson(0, 0), nan, nan, nan),
        cell("register share, 1 of 1", lambda: wilson(1, 1), 1, 0.2065493144, 1),
        cell("register share, 10 of 10", lambda: wilson(10, 10), 1, 0.7224672001, 1),
        cell("register share, 0 of 10", lambda: wilson(0, 10), 0, 0, 0.2775327999),
        cell("survey share, n=0", lambda: korn_graubard(nan, nan, 0, 0), nan, nan, nan),
        cell("survey share, n=1", lambda: korn_graubard(1, nan, 1, 0, 1), 1, 1 / (1 + 2 * 1.959963985**2), 1),
        cell("survey share, all yes", lambda: korn_graubard(1, 0, 22, 4, 19.286757), 1, 0.711118276, 1),
        cell("survey share, one cluster", lambda: korn_graubard(0.5, nan, 20, 0, 20), 0.5, *wilson(5, 10)[1:3]),
        cell("survey mean, n=0", lambda: student(ratio_taylor({"swy": [], "sw": []})), nan, nan, nan),
        cell("survey mean, all equal", lambda: student(ratio_taylor(design([(40, 2), (60, 3)] * 2))), 20, nan, nan),
        cell("survey mean, one cluster", lambda: student(ratio_taylor(design([(40, 2)]), "adjust")), 20, nan, nan),
        cell("change, a wave of nobody", lambda: mover(*wilson(0, 0)[:1], (nan, nan), 0.5, (0.4, 0.6)), nan, nan, nan),
        cell("published share, n=0", lambda: published_share(0.85, 0), nan, nan, nan),
        cell("published share, all yes", lambda: published_share(1, 30, unit=0), 1, wilson(20, 20).low, 1),
        cell("published share, no n given", lambda: published_share(0.85, None), 0.85, nan, nan),
        cell("KM, n=0", lambda: survival_at(kaplan_meier([], []), 30), nan, nan, nan),
        cell("KM, n=1 before its event", lambda: survival_at(kaplan_meier([40], [1]), 30), 1, *wilson(1, 1)[1:3]),
        cell("AJ, all completed", lambda: incidence_at(aalen_johansen([3] * 8, [1] * 8), 30), 1, *wilson(8, 8)[1:3]),
        cell("AJ, all open", lambda: incidence_at(aalen_johansen([40] * 6, [0] * 6), 30), 0, 0, 0.3903343),
        cell("AJ, all cancelled: completed", lambda: incidence_at(aalen_johansen([3], [2]), 3), 0, *wilson(0, 1)[1:3]),
        cell(
            "AJ, all cancelled: cancelled", lambda: incidence_at(aalen_johansen([3], [2]), 3, 2), 1, *wilson(1, 1)[1:3]
        ),
        cell("quantile, n=0", lambda: incidence_quantile(aalen_johansen([], []), 0.5), nan, nan, nan),
        cell("quantile, n=1", lambda: incidence_quantile(aalen_johansen([9], [1]), 0.5), 9, nan, nan),
        cell("quantile, all on one day", lambda: incidence_quantile(aalen_johansen([9] * 9, [1] * 9), 0.5), 9, 9, 9),
        cell("quantile, not reached", lambda: survival_quantile(kaplan_meier([9] * 9, [0] * 9), 0.5), inf, nan, nan),
        cell("RMST, n=0", lambda: rmst(kaplan_meier([], []), 30), nan, nan, nan),
        cell("RMST, n=1", lambda: rmst(kaplan_meier([9], [1]), 30), 9, nan, nan),
        cell("RMST, all on one day", lambda: rmst(kaplan_meier([9] * 5, [1] * 5), 30), 9, nan, nan),
        cell("RMST, beyond the days followed", lambda: rmst(kaplan_meier([9, 20], [1, 0]), 30), nan, nan, nan),
        cell("evenness, n=0", lambda: evenness([[0, 0, 0]]), nan, nan, nan),
        cell("evenness, n=1", lambda: evenness([[0, 0, 1]]), 0, nan, nan),
        cell("evenness, one group only", lambda: evenness([[0, 0, 4], [0, 0, 9]]), 0, nan, nan),
        cell("evenness, one cluster", lambda: evenness([[2, 2, 2]]), 1, nan, nan),
        cell("Gini, n=0", lambda: gini([]), nan, nan, nan),
        cell("Gini, n=1", lambda: gini([4]), nan, nan, nan),
        cell("Gini, all equal", lambda: gini([4, 4, 4]), 0, nan, nan),
        cell("Gini, all zero", lambda: gini([0, 0, 0]), nan, nan, nan),
        cell("ratio, n=0", lambda: cluster_mean([]), nan, nan, nan),
        cell("ratio, n=1", lambda: cluster_mean([5]), 5, nan, nan),
        cell("ratio, all yes", lambda: cluster_share([3, 4], [3, 4]), 1, *wilson(7, 7)[1:3]),
        cell("ratio, one cluster", lambda: cluster_share([3], [4]), 0.75, nan, nan),
        cell("slope, n=0", lambda: wls_slope([], [], []), nan, nan, nan),
        cell("slope, n=1", lambda: wls_slope([1], [1], [1]), nan, nan, nan),
        cell("slope, constant", lambda: wls_slope([-1, 0, 1], [5, 5, 5], [1, 1, 1]), 0, -1.3859038, 1.3859038),
        cell("Theil-Sen, n=1", lambda: theil_sen([1], [1]), nan, nan, nan),
        cell("DiD, nobody", lambda: att_gt(np.empty((0, 3)), []), nan, nan, nan),
        cell("DiD, one unit", lambda: att_gt([[1, 2, 3]], [2]), nan, nan, nan),
    ],
)
def test_a_cell_of_the_table(one):
    assert one.asked()[:3] == pytest.approx(one.expected, abs=1e-7, nan_ok=True)


def test_one_stratum_of_one_point_fails_by_default():
    with pytest.raises(LonelyStratumError):
        ratio_taylor(design([(1, 2), (2, 3), (1, 4)]))


def test_a_change_from_all_yes_still_has_an_interval():
    before, after = korn_graubard(1, 0, 40, 8, 30), korn_graubard(0.8, 0.05, 40, 8, 30)
    found = mover(1, before[1:3], 0.8, after[1:3])
    assert found.low < found.estimate < found.high


def test_a_change_of_one_point_has_no_error():
    one = {"stratum": ["A"], "psu": ["a"], "swy": [1.0], "sw": [2.0]}
    found = change_taylor(one, one, lonely="average")
    assert (found.estimate, found.df) == (0, 0)
    assert isnan(found.se)


def test_one_cluster_has_no_jackknife():
    assert np.isnan(jackknife_se([3, 4, 5], [1, 0, 1], [7, 7, 7], [4])).all()
    assert jackknife_se([3, 4, 5], [1, 0, 1], [7, 8, 9], []).shape == (3, 0)


def test_an_end_on_the_first_day_counts():
    curve = aalen_johansen([0, 0, 5, 5], [1, 2, 0, 1])
    assert [incidence_at(curve, 0, cause).estimate for cause in (OPEN, 1, 2)] == [0.5, 0.25, 0.25]


@pytest.mark.parametrize(
    ("time", "status", "group"),
    [([], [], []), ([3], [1], ["a"]), ([3, 4], [1, 1], ["a", "a"]), ([3, 4], [0, 0], ["a", "b"])],
    ids=["n=0", "n=1", "one group", "no events"],
)
def test_a_log_rank_test_that_cannot_tell_is_missing(time, status, group):
    assert isnan(logrank(time, status, None, group).p)


def test_a_log_rank_test_of_all_done_is_well():
    assert 0 < logrank([1, 2, 3, 4, 5, 6], [1] * 6, None, list("aababb")).p < 1


def test_groups_of_none_add_nothing_to_evenness_and_count_in_its_scale():
    assert evenness([4, 4, 0]).pielou == pytest.approx(math.log(2) / math.log(3))


@pytest.mark.parametrize(("visits", "discussions"), [([], 0), ([1], 1), ([3], 3), ([1, 1], 1)])
def test_a_network_of_one_is_none(visits, discussions):
    assert isnan(density(visits, discussions))
    assert isnan(centralisation(visits, discussions))


def test_the_funnel_keeps_a_region_of_none_and_is_wide_at_one():
    found = overdispersion([0, 1, 30, 20], [0, 1, 40, 30])
    assert isnan(found.z[0]) and not np.isnan(found.z[1:]).any()
    low, high = funnel_limits([0, 1, 100], 0.7, 0.95)
    assert isnan(low[0]) and isnan(high[0])
    assert high[1] - low[1] > 0.9
    assert high[2] - low[2] < 0.2


@pytest.mark.parametrize("k", [0, 1])
def test_a_funnel_around_none_or_all_cannot_be_told(k):
    found = overdispersion([5 * k, 9 * k, 4 * k], [5, 9, 4])
    assert np.isnan(found.z).all() and np.isnan(found.z_additive).all()
    assert np.isnan(funnel_limits([5, 9], float(k)).low).all()


def test_shrinkage_knows_nothing_of_a_region_of_none_and_little_of_one():
    k, n = [0, 1, 30, 20, 35, 10], [0, 1, 40, 40, 40, 40]
    found = beta_binomial(k, n)
    assert isnan(found.estimate[0]) and isnan(found.low[0])
    assert found.reliability[1] < 0.2 < found.reliability[2]
    assert abs(found.estimate[1] - 95 / 161) < 0.15


def test_regions_of_all_yes_are_not_shrunken_apart_and_not_certain():
    found = beta_binomial([5, 9, 40], [5, 9, 40])
    assert found.estimate.tolist() == [1, 1, 1]
    assert found.reliability.tolist() == [0, 0, 0]
    assert (found.low < 1).all()


def test_two_points_are_a_change_and_no_slope():
    assert wls_slope([1, 2], [0.8, 0.9], [0.1, 0.1]).note == "change"


@pytest.mark.parametrize("y", [[], [1], [1, 2], [1, 2, 3, 4], [7] * 8])
def test_mann_kendall_says_nothing_of_few_or_equal_values(y):
    found = mann_kendall(range(len(y)), y)
    assert isnan(found.p) and isnan(found.s)


@pytest.mark.parametrize(("outcomes", "cohorts"), [(np.empty((0, 3)), []), ([[1, 2, 3]], [2])])
def test_permutation_of_nothing_or_of_one_unit_says_nothing(outcomes, cohorts):
    assert isnan(permutation_att(outcomes, cohorts).p)
