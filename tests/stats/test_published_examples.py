"""Published examples: numbers that others have printed, found again. The source stands above each."""

import math

import numpy as np
import pytest

from kodukant_analysis.stats import (
    bh,
    clopper_pearson,
    dispersion,
    gini,
    holm,
    kaplan_meier,
    logrank,
    mann_kendall,
    newcombe,
    normal_shrink,
    poisson_exact,
    rmst,
    survival_at,
    survival_quantile,
    theil_sen,
    wilson,
    xmr,
)

# Miller 1997, acute myelogenous leukaemia: R's survival::aml; weeks and whether there was a relapse.
MAINTAINED = (9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161), (1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0)
NOT_MAINTAINED = (5, 5, 8, 8, 12, 16, 23, 27, 30, 33, 43, 45), (1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1)
# Freireich et al. 1963, leukaemia remission in weeks, as in Collett 2003 and Kleinbaum and Klein 2012.
TREATED = (
    (6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35),
    (1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0),
)
PLACEBO = (1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23), (1,) * 21
# Colditz et al. 1994, BCG vaccine: R's metafor::dat.bcg; cases and others among the vaccinated, and among the rest.
BCG = (
    (4, 119, 11, 128),
    (6, 300, 29, 274),
    (3, 228, 11, 209),
    (62, 13536, 248, 12619),
    (33, 5036, 47, 5761),
    (180, 1361, 372, 1079),
    (8, 2537, 10, 619),
    (505, 87886, 499, 87892),
    (29, 7470, 45, 7232),
    (17, 1699, 65, 1600),
    (186, 50448, 141, 27197),
    (5, 2493, 3, 2338),
    (27, 16886, 29, 17825),
)


@pytest.fixture(params=[tuple, list, np.array], ids=["tuple", "list", "array"])
def given_as(request):
    return request.param


# Newcombe 1998, Statistics in Medicine 17:857, table I: methods 3 and 5.
@pytest.mark.parametrize(
    ("k", "n", "score", "exact"),
    [
        (81, 263, (0.2553, 0.3662), (0.2527, 0.3676)),
        (15, 148, (0.0624, 0.1605), (0.0578, 0.1617)),
        (0, 20, (0, 0.1611), (0, 0.1684)),
        (1, 29, (0.0061, 0.1718), (0.0009, 0.1776)),
    ],
)
def test_newcombes_four_shares(k, n, score, exact):
    assert wilson(k, n)[1:3] == pytest.approx(score, abs=5.1e-5)
    assert clopper_pearson(float(k), np.int64(n))[1:3] == pytest.approx(exact, abs=5.1e-5)


# Newcombe 1998, Statistics in Medicine 17:873, table II: method 10.
@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((6, 7, 2, 7), 0.0582, 0.8062),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        ((0, 10, 0, 20), -0.1611, 0.2775),
        ((0, 10, 0, 10), -0.2775, 0.2775),
        ((10, 10, 0, 20), 0.6791, 1),
        ((10, 10, 0, 10), 0.6075, 1),
    ],
)
def test_newcombes_eight_differences(counts, low, high):
    assert newcombe(*counts)[1:3] == pytest.approx((low, high), abs=5.1e-5)


# Conover 1971, as on the page of R's binom.test.
def test_the_plants_of_mendel():
    assert clopper_pearson(682, 925)[1:3] == pytest.approx((0.7076683, 0.7654066), abs=6e-8)


# R's poisson.test: 137 cases where 24.19893 were expected.
def test_cases_near_a_nuclear_plant():
    found = poisson_exact([137, 0], [24.19893, 1])
    assert found.estimate[0] == pytest.approx(5.661407, abs=6e-7)
    assert found.low[0] == pytest.approx(4.753125, abs=6e-7)
    assert found.high[1] == pytest.approx(-math.log(0.025))


# summary(survfit(Surv(time, status) ~ x, aml)), conf.type "log": day, share, error, limits.
@pytest.mark.parametrize(
    ("rows", "printed"),
    [
        (
            MAINTAINED,
            [
                (9, 0.909, 0.0867, 0.7541, 1),
                (13, 0.818, 0.1163, 0.6192, 1),
                (18, 0.716, 0.1397, 0.4884, 1),
                (23, 0.614, 0.1526, 0.3769, 0.999),
                (31, 0.491, 0.1642, 0.2549, 0.946),
                (34, 0.368, 0.1627, 0.1549, 0.875),
                (48, 0.184, 0.1535, 0.0359, 0.944),
            ],
        ),
        (
            NOT_MAINTAINED,
            [
                (5, 0.8333, 0.1076, 0.6470, 1),
                (8, 0.6667, 0.1361, 0.4468, 0.995),
                (12, 0.5833, 0.1423, 0.3616, 0.941),
                (23, 0.4861, 0.1481, 0.2675, 0.883),
                (27, 0.3889, 0.1470, 0.1854, 0.816),
                (30, 0.2917, 0.1387, 0.1148, 0.741),
                (33, 0.1944, 0.1219, 0.0569, 0.664),
                (43, 0.0972, 0.0919, 0.0153, 0.620),
            ],
        ),
    ],
)
def test_remission_under_chemotherapy(given_as, rows, printed):
    curve = kaplan_meier(*map(given_as, rows))
    for day, *numbers in printed:
        found = survival_at(curve, day, ci="log")
        assert [found.estimate, found.se, found.low, found.high] == pytest.approx(numbers, abs=5.1e-4)


# print(survfit(..., aml), rmean = "individual"): median with its limits, restricted mean and its error.
@pytest.mark.parametrize(
    ("rows", "median", "mean", "se"),
    [(MAINTAINED, (31, 18, math.nan), 52.6, 19.83), (NOT_MAINTAINED, (23, 8, math.nan), 22.7, 4.18)],
)
def test_median_and_mean_of_the_remission(rows, median, mean, se):
    curve = kaplan_meier(*rows)
    assert survival_quantile(curve, 0.5, ci="log")[:3] == pytest.approx(median, nan_ok=True)
    found = rmst(curve, max(rows[0]))
    assert found.estimate == pytest.approx(mean, abs=0.051)
    assert found.se == pytest.approx(se, abs=0.0051)


# survdiff(Surv(time, status) ~ x, aml).
def test_the_log_rank_test_of_chemotherapy(given_as):
    time, status = (given_as(one + other) for one, other in zip(MAINTAINED, NOT_MAINTAINED, strict=True))
    found = logrank(time, status, None, given_as([1] * 11 + [2] * 12))
    assert found.observed.tolist() == [7, 11]
    assert found.expected == pytest.approx([10.69, 7.31], abs=0.0051)
    assert (found.chisq, found.p) == pytest.approx((3.396389, 0.06533932), abs=6e-7)


# Kleinbaum and Klein 2012, tables 2.1 and 2.5.
def test_the_remission_of_freireich():
    curve = kaplan_meier(*TREATED)
    for week, share in {6: 0.8571, 7: 0.8067, 10: 0.7529, 13: 0.6902, 16: 0.6275, 22: 0.5378, 23: 0.4482}.items():
        assert survival_at(curve, week).estimate == pytest.approx(share, abs=5.1e-5)
    time, status = (one + other for one, other in zip(TREATED, PLACEBO, strict=True))
    found = logrank(time, status, None, ["treated"] * 21 + ["placebo"] * 21)
    assert found.groups == ("placebo", "treated")
    assert found.expected == pytest.approx([10.75, 19.25], abs=0.0051)
    assert found.chisq == pytest.approx(16.793, abs=5.1e-4)


# Ten incomes on the page of R's ineq::Gini; DescTools::Gini divides by n − 1.
def test_the_gini_of_ten_incomes(given_as):
    found = gini(given_as((541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261)))
    assert (found.estimate, found.corrected) == pytest.approx((0.4620911, 0.5134346), abs=6e-8)


# Bortkiewicz 1898, deaths by horse kick in 200 corps-years: as even as chance (Fisher 1925 has 1.0016 for χ²/df).
def test_deaths_by_horse_kick_are_chance():
    found = dispersion([0] * 109 + [1] * 65 + [2] * 22 + [3] * 3 + [4])
    assert found.ratio == pytest.approx(1.0016, abs=5.1e-5)


# Hollander and Wolfe 1973, p. 187, on the page of R's cor.test: tuna, T = 26, tau 0.4444, p 0.1194.
def test_the_tuna_of_hollander_and_wolfe(given_as):
    colour = given_as((44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1))
    liking = given_as((2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8))
    found = mann_kendall(colour, liking)
    assert found.s == 26 - 10
    assert (found.tau, found.p) == pytest.approx((0.4444, 0.1194), abs=5.1e-5)


# Sen 1968, JASA 63:1379, section 6: seven points, the slope is 4.
def test_the_slope_of_sen(given_as):
    assert theil_sen(given_as((1, 2, 3, 4, 10, 12, 18)), given_as((9, 15, 19, 20, 45, 55, 78))).estimate == 4


# Benjamini and Hochberg 1995, section 4.1: fifteen p-values; four are found, by Bonferroni's kin three.
def test_the_example_of_benjamini_and_hochberg():
    p = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.324,
        0.4262,
        0.5719,
        0.6528,
        0.759,
        1,
    ]
    assert (bh(p) <= 0.05).sum() == 4
    assert (holm(p) <= 0.05).sum() == 3


# Montgomery 2009, example 6.5: the viscosity of aircraft primer paint, 33.52 and .48, limits 32.24 and 34.80.
def test_the_paint_of_montgomery(given_as):
    paint = (33.75, 33.05, 34, 33.81, 33.46, 34.02, 33.68, 33.27, 33.49, 33.2, 33.62, 33, 33.54, 33.12, 33.84)
    found = xmr(given_as(paint))
    assert found[:4] == pytest.approx((33.52, 0.48, 32.24, 34.80), abs=0.0051)
    assert not found.outside.any()


# Rubin 1981, the eight schools: nothing between them beyond chance, the mean 7.7 (4.1); R's metafor: 7.6856 (4.0719).
def test_the_eight_schools(given_as):
    found = normal_shrink(given_as((28, 8, -3, 7, -1, 1, 18, 12)), np.square([15, 10, 16, 11, 9, 11, 10, 18]))
    assert (found.mu, found.mu_se, found.tau2) == pytest.approx((7.6856, 4.0719, 0), abs=5.1e-5)


# metafor::rma(method = "PM") of the logarithms of the risk ratios: tau² .3181, mean −.7150.
def test_the_vaccine_of_thirteen_trials():
    cases, others, control_cases, control_others = np.array(BCG, dtype=float).T
    treated, control = cases + others, control_cases + control_others
    effect = np.log(cases / treated / (control_cases / control))
    found = normal_shrink(effect, 1 / cases - 1 / treated + 1 / control_cases - 1 / control)
    assert (found.tau2, found.mu) == pytest.approx((0.3181, -0.7150), abs=5.1e-5)
