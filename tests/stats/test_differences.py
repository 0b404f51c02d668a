"""Differences and changes against R, and unchanged by what must not matter."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kodukant_analysis.stats import (
    change_correlation,
    change_taylor,
    clopper_pearson,
    mover,
    newcombe,
    ratio_taylor,
    wilson,
)
from tests.survey_toy import toy_totals

CLOSED = 1e-8


def trusts(answer):
    return answer["is_positive"]


def score(answer):
    return answer["score"]


def both(value):
    return toy_totals("2016", value), toy_totals("2018", value)


def test_newcombe_is_the_hybrid_score_interval():
    assert newcombe(56, 70, 48, 80)[:3] == pytest.approx((0.2, 0.052431472402, 0.333872654037), abs=CLOSED)


def test_all_against_none_has_an_interval_short_of_certainty():
    found = newcombe(10, 10, 0, 10)
    assert found.estimate == found.high == 1
    assert 0 < found.low < 1


def test_a_difference_with_nobody_is_missing():
    assert all(math.isnan(number) for number in newcombe(0, 0, 3, 5)[:3])


@pytest.mark.parametrize(
    ("p1", "p2", "n", "low", "high"),
    [(0.84, 0.88, 1000, 0.010, 0.070), (0.84, 0.88, 1000 / 1.5, 0.003, 0.077)],
)
def test_a_national_change_of_four_points(p1, p2, n, low, high):
    found = newcombe(p2 * n, n, p1 * n, n)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-4)


def test_the_change_of_a_share_at_the_same_points_is_that_of_svycontrast():
    found = change_taylor(*both(trusts))
    assert found[0::3] == pytest.approx((0.0951449728827701, 0.0914580021521085), abs=CLOSED)
    assert found.df == 4


def test_the_change_of_a_share_in_independent_samples():
    found = change_taylor(*both(trusts), same_psus=False)
    assert found[0::3] == pytest.approx((0.0951449728827701, 0.0933580707007306), abs=CLOSED)


def test_the_change_of_a_mean_score_at_the_same_points():
    found = change_taylor(*both(score))
    assert found[0::3] == pytest.approx((4.67946043665694, 2.93486472582689), abs=CLOSED)


def test_mover_with_the_correlation_of_the_waves_is_that_of_r():
    waves = both(trusts)
    first, second = map(ratio_taylor, waves)
    rho = change_correlation(first, second, change_taylor(*waves))
    assert rho == pytest.approx(0.0410156329627148, abs=CLOSED)
    limits = [beta(found, n) for found, n in ((first, 22), (second, 23))]
    found = mover(first.estimate, limits[0], second.estimate, limits[1], rho)
    assert found[:3] == pytest.approx((0.0951449728827701, -0.16908497084743, 0.353891360135691), abs=CLOSED)


def beta(found, n):
    """The interval of svyciprop(method = "beta"), which is not truncated at n."""
    from scipy.stats import t

    n_star = found.estimate * (1 - found.estimate) / found.se**2 * (t.ppf(0.975, n - 1) / t.ppf(0.975, found.df)) ** 2
    return clopper_pearson(found.estimate * n_star, n_star)[1:3]


def test_a_correlation_beyond_one_is_refused():
    with pytest.raises(ValueError, match="correlation"):
        mover(0.5, (0.4, 0.6), 0.5, (0.4, 0.6), 1.1)


def test_a_wave_of_nobody_has_no_change():
    empty = {"stratum": [], "psu": [], "swy": [], "sw": []}
    assert math.isnan(change_taylor(empty, toy_totals("2018", trusts)).estimate)


@pytest.mark.parametrize("nameless", [0, 1])
def test_points_without_names_in_either_wave_are_not_the_same(nameless):
    waves = list(both(trusts))
    waves[nameless] = {name: column for name, column in dict(waves[nameless]).items() if name != "psu"}
    with pytest.raises(ValueError, match="both waves need the column psu"):
        change_taylor(*waves)


def test_a_point_of_one_wave_only_counts_as_nothing_in_the_other():
    first, second = both(trusts)
    alone = {name: column[:-1] for name, column in first.items()}
    padded = {name: [*column[:-1], 0 if name in ("swy", "sw") else column[-1]] for name, column in first.items()}
    assert change_taylor(alone, second) == pytest.approx(change_taylor(padded, second), nan_ok=True)


counts = st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(counts, counts)
def test_a_difference_turned_round_changes_its_sign(one, other):
    there, back = newcombe(*one, *other), newcombe(*other, *one)
    assert (there.estimate, there.low, there.high) == pytest.approx((-back.estimate, -back.high, -back.low))


@given(counts, counts, st.floats(0, 0.9))
def test_waves_that_move_together_tell_more(one, other, rho):
    first, second = wilson(*one), wilson(*other)
    apart = mover(first.estimate, first[1:3], second.estimate, second[1:3])
    together = mover(first.estimate, first[1:3], second.estimate, second[1:3], rho)
    assert together.high - together.low <= apart.high - apart.low + 1e-12


@given(st.permutations(range(6)), st.floats(0.01, 100))
def test_neither_the_order_of_the_points_nor_the_scale_of_the_weights_matters(order, scale):
    first, second = both(trusts)
    moved = {name: [column[place] for place in order] for name, column in first.items()}
    scaled = moved | {name: [scale * total for total in moved[name]] for name in ("swy", "sw")}
    assert change_taylor(scaled, second) == pytest.approx(change_taylor(first, second), nan_ok=True)


@given(st.lists(st.floats(0.01, 0.99), min_size=6, max_size=6))
def test_two_waves_that_are_one_move_wholly_together(shares):
    wave = {"stratum": list("AAABBB"), "psu": range(6), "swy": shares, "sw": [1] * 6}
    found = ratio_taylor(wave)
    rho = change_correlation(found, found, change_taylor(wave, wave))
    assert -1 <= rho <= 1
    assert mover(0.5, (0.4, 0.6), 0.5, (0.4, 0.6), rho).low == pytest.approx(0 if found.se > 0 else -0.1414, abs=1e-3)


def test_a_stratum_that_one_wave_has_one_point_of_is_not_alone_over_both():
    first = {"stratum": list("ABB"), "psu": list("abc"), "swy": [1, 2, 1], "sw": [2, 3, 2]}
    second = {"stratum": list("AABB"), "psu": list("adbc"), "swy": [1, 1, 2, 1], "sw": [2, 2, 3, 2]}
    padded = {"stratum": list("AABB"), "psu": list("adbc"), "swy": [1, 0, 2, 1], "sw": [2, 0, 3, 2]}
    assert change_taylor(first, second)[::3] == pytest.approx(change_taylor(padded, second)[::3])


def test_points_without_a_name_cannot_be_the_same():
    with pytest.raises(ValueError, match="need the column psu"):
        change_taylor({"swy": [1, 2], "sw": [2, 3]}, {"swy": [1, 2], "sw": [2, 3]})
    apart = change_taylor({"swy": [1, 2], "sw": [2, 3]}, {"swy": [1, 2], "sw": [2, 4]}, same_psus=False)
    assert apart.df == 2
