"""Numbers of the method book's section 10, and of R beside it, that no test of a single estimator has."""

import math

import numpy as np
import pytest
from scipy.stats import t

from kodukant_analysis.stats import (
    Estimate,
    aalen_johansen,
    beta_binomial,
    change_correlation,
    change_taylor,
    clopper_pearson,
    cluster_share,
    expected_rank,
    funnel_limits,
    incidence_at,
    kaplan_meier,
    korn_graubard,
    newcombe,
    poisson_exact,
    published_share,
    random_slope,
    ratio_taylor,
    student,
    survival_at,
    wilson,
    wls_slope,
)
from kodukant_analysis.stats.curve_limits import curve_limits
from kodukant_analysis.stats.estimate import normal_quantile
from tests.stats.regions15 import WITNESS, K, N
from tests.stats.test_evenness import MET
from tests.stats.test_survey_ratio import ANSWERS, STRATA, WAVE_1, WAVE_2, point_totals
from tests.stats.test_trend import ERRORS, SHARES, YEARS
from tests.stats.toy_actions import COUNT, STATUS, TIME

CLOSED, ITERATED = {"abs": 1e-8}, {"abs": 1e-4}


def wave(totals):
    return {"stratum": STRATA, "psu": list(range(6)), "swy": totals[0], "sw": totals[1]}


def of_answers(value):
    return dict(zip(("stratum", "swy", "sw"), point_totals(value), strict=True))


def positive(trusts, _):
    return None if trusts == "-" else float(trusts)


@pytest.mark.parametrize(("x", "low", "high"), [(0, 0, 0.307406621176161), (5, 0.135290532509868, 0.972361006610222)])
def test_h3_events_of_twelve_months_have_the_limits_of_poisson_test(x, low, high):
    assert poisson_exact(x, 12)[1:3] == pytest.approx((low, high), **CLOSED)


def test_h3_all_against_none():
    assert newcombe(10, 10, 0, 10)[:3] == pytest.approx((1, 0.607509350430524, 1), **CLOSED)


def test_h5_the_interval_of_a_share_by_student():
    found = student(ratio_taylor(wave(WAVE_1)))
    assert (found.low, found.high) == pytest.approx((0.517209297357342, 0.916614232054423), **CLOSED)


def test_h5_dont_know_is_a_share_too():
    found = ratio_taylor(of_answers(lambda trusts, _: float(trusts == "-")))
    assert found[::3] == pytest.approx((0.0716723549488055, 0.0468972610036268), **CLOSED)


def test_h5_a_stratum_is_a_region_like_any_other():
    swy, sw = ([one if stratum == "A" else 0 for one, stratum in zip(some, STRATA, strict=True)] for some in WAVE_1)
    found = ratio_taylor({"stratum": STRATA, "swy": swy, "sw": sw})
    assert found[::3] == pytest.approx((0.684615384615385, 0.124649264599898), **CLOSED)
    assert found.df == 2


def test_h5_any_denominator_will_do():
    trusting = of_answers(positive)["swy"]
    scored = of_answers(lambda _, score: None if score == "-" else float(score) + 1)["swy"]
    found = ratio_taylor({"stratum": STRATA, "swy": trusting, "sw": scored})
    assert found[::3] == pytest.approx((0.0109109221128021, 0.000533502847952021), **CLOSED)


def test_h6_both_errors_and_what_they_share_make_the_error_of_the_change():
    first, second = (ratio_taylor(wave(totals)) for totals in (WAVE_1, WAVE_2))
    change = change_taylor(wave(WAVE_1), wave(WAVE_2))
    assert (first.se**2, second.se**2) == pytest.approx((0.00517355033651716, 0.00354217902844545), **CLOSED)
    shared = change_correlation(first, second, change) * first.se * second.se
    assert shared == pytest.approx(0.000175581603653765, **CLOSED)


def test_h6_a_change_by_student_is_wider_than_by_mover():
    change = student(change_taylor(wave(WAVE_1), wave(WAVE_2)))
    assert change[1:3] == pytest.approx((-0.158783149523621, 0.349073095289161), **CLOSED)


def test_h7_the_second_wave_has_the_beta_interval_of_svyciprop():
    found = ratio_taylor(wave(WAVE_2))
    p, n = found.estimate, 23
    n_star = p * (1 - p) / found.se**2 * (t.ppf(0.975, n - 1) / t.ppf(0.975, 4)) ** 2
    assert clopper_pearson(p * n_star, n_star)[1:3] == pytest.approx((0.601742481590936, 0.940674324822716), **CLOSED)


def test_h7_on_logits_by_student_it_is_the_logit_interval_of_svyciprop():
    found = ratio_taylor(wave(WAVE_1))
    as_wide_as_student = 2 * 0.5 * math.erfc(-t.ppf(0.975, 4) / math.sqrt(2)) - 1
    assert normal_quantile(as_wide_as_student) == pytest.approx(t.ppf(0.975, 4))
    limits = curve_limits(found.estimate, found.se, 22, ci="logit", level=as_wide_as_student)
    assert limits[1:3] == pytest.approx((0.486301507777375, 0.871377771525236), **CLOSED)


def test_h7_all_yes_rests_on_the_weights_of_those_who_answered():
    weights = [float(w) for _, w, trusts, _ in ANSWERS if trusts != "-"]
    n_eff = sum(weights) ** 2 / sum(w * w for w in weights)
    assert n_eff == pytest.approx(19.286757, abs=1e-6)
    assert korn_graubard(1, 0, 22, 4, n_eff)[1:3] == pytest.approx((0.711118275656, 1), **CLOSED)


def test_h9_on_the_first_day_all_are_open():
    found = survival_at(kaplan_meier(TIME, STATUS, COUNT), 0)
    assert (found.estimate, found.se) == (1, 0)


@pytest.mark.parametrize(("day", "share"), [(30, 0.450995158687466), (60, 0.546570900292482), (90, 0.637256720233986)])
def test_h9_one_minus_kaplan_meier_overstates_what_is_completed(day, share):
    km, curve = kaplan_meier(TIME, STATUS, COUNT), aalen_johansen(TIME, STATUS, COUNT)
    assert 1 - survival_at(km, day).estimate == pytest.approx(share, **CLOSED)
    assert incidence_at(curve, day).estimate < share


LOW = [
    [0.777415870612676, 0.0675783552526584, None],
    [0.572549927516955, 0.157833082966151, 0.0196882345174247],
    [0.320736438131596, 0.308396074531564, 0.0609044172556127],
    [0.247517251468545, 0.378076197680637, 0.0609044172556127],
    [0.16269322678891, 0.424095201396137, 0.0609044172556127],
]
HIGH = [
    [0.963307491978757, 0.268152453657639, None],
    [0.827629023075781, 0.404338966687166, 0.176827058645454],
    [0.611567383944113, 0.594477991556284, 0.272950063433156],
    [0.54057203145076, 0.675277201486117, 0.272950063433156],
    [0.52634384291978, 0.788945949067835, 0.272950063433156],
]


@pytest.mark.parametrize("place", range(5))
@pytest.mark.parametrize("state", [0, 1, 2])
def test_h12_every_state_has_the_limits_of_survfit(place, state):
    day = (8, 15, 30, 60, 90)[place]
    found = incidence_at(aalen_johansen(TIME, STATUS, COUNT), day, state, ci="log")
    expected = (LOW[place][state], HIGH[place][state])
    if None in expected:
        assert math.isnan(found.low) and math.isnan(found.high)
    else:
        assert (found.low, found.high) == pytest.approx(expected, **CLOSED)


@pytest.mark.parametrize(
    ("n", "level", "low", "high"),
    [(20, 0.998, 0.309949, 0.942758), (20, 0.95, 0.439137, 0.847532), (100, 0.95, 0.579937, 0.763029)],
)
def test_h13_limits_as_the_book_prints_them(n, level, low, high):
    assert funnel_limits(n, sum(K) / sum(N), level) == pytest.approx((low, high), abs=1e-6)


def test_h14_the_beta_distribution_has_the_mean_and_the_likeness_of_r():
    found = beta_binomial(K, N)
    assert found.a / (found.a + found.b) == pytest.approx(WITNESS["bb_ml"][2], **ITERATED)
    assert 1 / (found.a + found.b + 1) == pytest.approx(WITNESS["bb_ml"][3], **ITERATED)


def test_h14_moments_say_nearly_what_the_likelihood_says():
    k, n = np.array(K), np.array(N)
    p, regions = k.sum() / n.sum(), len(n)
    spread = np.sum(n * (k / n - p) ** 2) / (p * (1 - p)) - (regions - 1)
    rho = spread / (n.sum() - np.sum(n**2) / n.sum() - (regions - 1))
    assert rho == pytest.approx(0.0444527043298025, **CLOSED)
    found = beta_binomial(K, N)
    assert 1 / (found.a + found.b + 1) == pytest.approx(rho, abs=0.011)


def test_h15_the_expected_rank_is_the_mean_of_simulated_ones():
    found = expected_rank(WITNESS["blup_PM"]["pred"], WITNESS["blup_PM"]["se"])
    assert found == pytest.approx(WITNESS["rank_mc_mean"], abs=0.1)


def test_h16_with_one_error_for_all_it_is_least_squares():
    for slope in (wls_slope, random_slope):
        assert slope(YEARS, SHARES, [0.1] * 9).estimate == pytest.approx(0.00816666666666664, **CLOSED)
    found = random_slope(YEARS, SHARES, [0.1] * 9)
    assert found[1:4] == pytest.approx((0.0040270106168618, 0.0123063227164715, 0.00175066125073208), **CLOSED)


@pytest.mark.parametrize(
    ("first", "se", "low", "high"),
    [
        (0, 0.0240831891575846, 0.0127978162459439, 0.107202183754056),
        (7, 0.0219317121994613, -0.032985366369305, 0.052985366369305),
    ],
)
def test_h16_a_change_between_two_waves_has_both_their_errors(first, se, low, high):
    change = SHARES[8] - SHARES[first]
    found = student(Estimate(change, se=math.hypot(ERRORS[8], ERRORS[first]), df=math.inf))
    assert found[1:4] == pytest.approx((low, high, se), **CLOSED)
    years = 8 - first
    slope = wls_slope([0, years], [SHARES[first], SHARES[8]], [ERRORS[first], ERRORS[8]])
    assert [years * one for one in slope[:4]] == pytest.approx(found[:4], **CLOSED)


def test_h18_the_share_of_the_community_is_a_ratio_over_discussions():
    people, everybody = [row[2] for row in MET], [sum(row) for row in MET]
    for found in (ratio_taylor({"swy": people, "sw": everybody}), cluster_share(people, everybody)):
        assert found[::3] == pytest.approx((0.835365853658537, 0.0195266764430783), **CLOSED)


def test_h18_six_of_eight_had_all_three():
    assert (sum(all(row) for row in MET), len(MET)) == (6, 8)


@pytest.mark.parametrize(
    ("n", "low", "high"),
    [(1000, 0.00957725917960366, 0.0704389677513625), (1000 / 1.5, 0.00270098706911438, 0.0773219015392472)],
)
def test_a_national_change_of_four_points_to_the_last_digit(n, low, high):
    assert newcombe(0.88 * n, n, 0.84 * n, n)[:3] == pytest.approx((0.04, low, high), **CLOSED)


def test_a_national_share_of_a_thousand_under_an_assumed_design():
    found = published_share(0.87, 1000, unit=0)
    assert found[1:3] == pytest.approx((0.842336843918492, 0.893423566105999), **CLOSED)
    assert found[1:3] == pytest.approx(wilson(0.87 * 1000 / 1.5, 1000 / 1.5)[1:3], **CLOSED)


def test_h24_without_its_rounding_a_published_share_is_narrower():
    found = published_share(0.85, 65, unit=0)
    assert found[1:3] == pytest.approx((0.71569460284825, 0.927304167221449), **CLOSED)
    assert published_share(0.85, 65)[1:3] == pytest.approx((0.709880465306394, 0.930643579354811), **CLOSED)


def test_on_time_of_those_known_is_wilsons():
    assert wilson(22, 35)[:3] == pytest.approx((0.628571428571429, 0.463369368435953, 0.768341804966343), **CLOSED)
