"""The effect on the treated: R's numbers, its edges, and the placebos."""

import json
import math
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kodukant_analysis.stats import (
    att_gt,
    fake_dates,
    leave_one_out,
    minimum_detectable_effect,
    permutation_att,
    permutation_interval,
    pre_trend,
    two_way_fixed_effects,
)

WITNESSES = Path(__file__).parent / "witnesses"
R = json.loads((WITNESSES / "effect.json").read_text(encoding="utf-8"))
EXACT = {"abs": 1e-8}


@pytest.fixture(scope="module")
def toy():
    told = pd.read_csv(WITNESSES / "panel_toy.csv")
    outcomes = told.pivot(index="unit", columns="time", values="y").to_numpy()
    return outcomes, told.groupby("unit")["g"].first().to_numpy()


def planted(treated, untreated, *, effect=0.0, periods=8, first=5, seed=1, noise=1.0):
    generator = np.random.default_rng(seed)
    cohorts = np.array([first] * treated + [0] * untreated)
    units = generator.normal(size=(len(cohorts), 1))
    is_treated = (cohorts[:, None] > 0) & (np.arange(1, periods + 1) >= first)
    return units + generator.normal(scale=noise, size=(len(cohorts), periods)) + effect * is_treated, cohorts


def test_every_effect_of_a_cohort_in_a_period_is_that_of_r(toy):
    found = {(one.cohort, one.period): (one.att, one.se) for one in att_gt(*toy).table}
    assert len(found) == len(R["attgt"]) == 14
    for row in R["attgt"]:
        assert found[row["g"], row["t"]] == pytest.approx((row["att"], row["se"]), **EXACT)


def test_the_overall_effect_has_the_error_of_its_weights_in_it(toy):
    found = att_gt(*toy)
    assert (found.estimate, found.se_given_weights, found.se) == pytest.approx(R["simple"], **EXACT)
    assert found.se == pytest.approx(0.864389190908, abs=1e-12)
    assert (found.low, found.high) == pytest.approx((2.4115 - 1.959963985 * found.se, 2.4115 + 1.959963985 * found.se))
    assert (found.df, found.n_eff) == (math.inf, 40)


def test_the_effect_by_time_since_the_event_is_that_of_r(toy):
    found = {one.since: one.att for one in att_gt(*toy).events}
    for since, att in R["dyn"]:
        assert found[since] == pytest.approx(att, **EXACT)


def test_the_two_way_regression_is_that_of_r(toy):
    found = two_way_fixed_effects(*toy)
    assert (found.estimate, found.se) == pytest.approx(R["twfe"], **EXACT)


def test_the_smallest_effect_that_can_be_found_is_that_of_r(toy):
    assert minimum_detectable_effect(att_gt(*toy).se) == pytest.approx(R["mde"][1], **EXACT)


@pytest.mark.parametrize(
    ("n", "points"), [(30, 31.6), (65, 21.5), (100, 17.3), (250, 11.0), (500, 7.7), (1000, 5.5), (1201, 5.0)]
)
def test_so_many_answers_a_wave_see_such_a_change_between_two_waves(n, points):
    se = math.sqrt(2 * 0.85 * 0.15 * 1.5 / n)
    assert 100 * minimum_detectable_effect(se) == pytest.approx(points, abs=0.06)


@pytest.mark.parametrize("power", [0, 1, 1.2])
def test_a_power_is_between_none_and_all(power):
    with pytest.raises(ValueError, match="power"):
        minimum_detectable_effect(1, power)


def test_at_even_power_the_smallest_effect_is_the_one_that_is_just_significant():
    assert minimum_detectable_effect(1, 0.5) == pytest.approx(1.959963985)
    assert minimum_detectable_effect(1, 0.2) == pytest.approx(1.959963985 - 0.841621234)


def test_the_permutation_is_that_of_r_but_for_the_generator(toy):
    found = permutation_att(*toy)
    assert found.obs == pytest.approx(R["perm"][0], **EXACT)
    assert found.p == pytest.approx(R["perm"][1], abs=0.005)
    assert found.sd == pytest.approx(R["perm"][2], abs=0.05)
    assert (found.p_least, found.is_exact) == (1 / 2000, False)


def test_the_same_seed_gives_the_same_answer_and_another_one_nearly_so(toy):
    assert permutation_att(*toy, seed=3) == permutation_att(*toy, seed=3)
    assert permutation_att(*toy, seed=3).p == pytest.approx(permutation_att(*toy, seed=4).p, abs=0.01)


def test_few_arrangements_are_gone_through_one_by_one():
    outcomes, cohorts = planted(2, 4)
    found = permutation_att(outcomes, cohorts)
    shares = []
    for places in combinations(range(6), 2):
        arranged = np.zeros(6)
        arranged[list(places)] = 5
        shares.append(abs(att_gt(outcomes, arranged).estimate) >= abs(found.obs) - 1e-12)
    assert (found.arrangements, found.is_exact) == (15, True)
    assert found.p == pytest.approx(np.mean(shares))
    assert found.p_least == pytest.approx(1 / 15)


def test_drawn_permutations_agree_with_all_of_them():
    outcomes, cohorts = planted(4, 8, effect=1.0)
    every, drawn = permutation_att(outcomes, cohorts), permutation_att(outcomes, cohorts, reps=490)
    assert (every.is_exact, drawn.is_exact) == (True, False)
    assert drawn.p == pytest.approx(every.p, abs=0.03)


def test_within_strata_labels_stay_in_their_stratum():
    outcomes, cohorts = planted(2, 4)
    found = permutation_att(outcomes, cohorts, strata=["a", "b", "a", "a", "b", "b"])
    assert (found.arrangements, found.p_least) == (9, 1 / 9)


def test_one_treated_of_fifteen_can_never_be_below_one_in_fifteen():
    found = permutation_att(*planted(1, 14, effect=1000))
    assert found.p == found.p_least == pytest.approx(1 / 15)


def test_the_interval_by_inversion_holds_the_effects_that_the_test_does_not_reject():
    outcomes, cohorts = planted(6, 14, effect=1.5)
    interval = permutation_interval(outcomes, cohorts)
    is_treated = (cohorts[:, None] > 0) & (np.arange(1, 9) >= 5)
    for limit, inward in ((interval.low, 1e-6), (interval.high, -1e-6)):
        assert permutation_att(outcomes - (limit + inward) * is_treated, cohorts).p > 0.05
        assert permutation_att(outcomes - (limit - inward) * is_treated, cohorts).p <= 0.05
    assert interval.low < interval.estimate < interval.high


def test_the_exact_interval_holds_the_effects_that_the_test_does_not_reject():
    outcomes, cohorts = planted(3, 5)
    interval = permutation_interval(outcomes, cohorts)
    is_treated = (cohorts[:, None] > 0) & (np.arange(1, 9) >= 5)
    assert permutation_att(outcomes - (interval.high - 1e-6) * is_treated, cohorts).p > 0.05
    assert permutation_att(outcomes - (interval.high + 1e-6) * is_treated, cohorts).p <= 0.05


def test_too_few_arrangements_exclude_nothing():
    interval = permutation_interval(*planted(1, 14, effect=10))
    assert (interval.low, interval.high) == (-math.inf, math.inf)


def test_cohorts_of_several_dates_have_an_interval_too(toy):
    interval = permutation_interval(*toy)
    assert interval.low > 0
    assert interval.low == pytest.approx(0.66, abs=0.1)
    assert interval.high == pytest.approx(4.1, abs=0.1)


def test_nobody_treated_or_nobody_untreated_says_nothing():
    outcomes, _ = planted(5, 5)
    for cohorts in ([0] * 10, [5] * 10):
        found = att_gt(outcomes, cohorts)
        assert math.isnan(found.estimate) and math.isnan(found.se)
        assert math.isnan(permutation_att(outcomes, cohorts).p)
        assert math.isnan(permutation_interval(outcomes, cohorts).low)
        assert math.isnan(pre_trend(outcomes, cohorts).p)


def test_an_empty_panel_says_nothing():
    for outcomes, cohorts in ((np.empty((0, 4)), []), ([[1, 2, 3]], [1]), ([[1, 2, 3]], [2])):
        assert math.isnan(two_way_fixed_effects(outcomes, cohorts).estimate)
    assert math.isnan(att_gt(np.empty((0, 4)), []).estimate)
    assert math.isnan(permutation_att(np.empty((0, 4)), []).p)


def test_a_unit_treated_from_the_first_period_on_is_neither_treated_nor_control():
    outcomes, cohorts = planted(5, 5)
    with_early = np.vstack([outcomes, np.full((1, 8), 1e6)])
    assert att_gt(with_early, [*cohorts, 1]).estimate == att_gt(outcomes, cohorts).estimate
    assert att_gt(with_early, [*cohorts, 2], anticipation=1).estimate == att_gt(outcomes, cohorts, "never", 1).estimate


def test_a_unit_treated_after_the_last_period_is_a_control():
    outcomes, cohorts = planted(5, 5)
    for never in (9, math.nan, math.inf):
        assert att_gt(outcomes, np.where(cohorts == 0, never, cohorts))[:4] == att_gt(outcomes, cohorts)[:4]


def test_a_unit_that_sees_its_treatment_coming_in_the_last_period_is_no_control():
    outcomes, cohorts = planted(5, 5)
    with_late = np.vstack([outcomes, np.full((1, 8), 1e6) * np.arange(8)])
    expected = pytest.approx(att_gt(outcomes, cohorts, anticipation=1).estimate)
    assert att_gt(with_late, [*cohorts, 9], anticipation=1).estimate == expected
    assert att_gt(with_late, [*cohorts, 10], anticipation=1).estimate != expected


def test_a_missing_outcome_leaves_its_unit_out_of_that_period_alone():
    outcomes, cohorts = planted(5, 5)
    holed = outcomes.copy()
    holed[0, 6] = np.nan
    full, balanced = att_gt(outcomes, cohorts).table, att_gt(holed, cohorts).table
    kept = att_gt(outcomes[1:], cohorts[1:]).table
    changed = [one.period for one, other in zip(full, balanced, strict=True) if one != other]
    assert changed == [7]
    assert balanced[5].att == pytest.approx(kept[5].att)


def test_not_yet_treated_units_are_controls_until_their_date(toy):
    outcomes, cohorts = toy
    found = {(one.cohort, one.period): one.att for one in att_gt(outcomes, cohorts, "notyet").table}
    change = outcomes[:, 4] - outcomes[:, 2]
    others = np.isin(cohorts, [0, 6])
    assert found[4, 5] == pytest.approx(change[cohorts == 4].mean() - change[others].mean())
    never = {(one.cohort, one.period): one.att for one in att_gt(outcomes, cohorts).table}
    assert [found[4, period] for period in (6, 7)] == pytest.approx([never[4, period] for period in (6, 7)])


def test_who_is_treated_within_the_anticipation_is_no_control_any_more(toy):
    outcomes, cohorts = toy
    not_yet, never = (att_gt(outcomes, cohorts, control, 1).table for control in ("notyet", "never"))
    differing = [(one.cohort, one.period) for one, other in zip(not_yet, never, strict=True) if one != other]
    assert differing == [(4, 2), (4, 3), (4, 4), (6, 2)]


def test_a_cohort_is_no_control_of_itself_before_its_date(toy):
    outcomes, cohorts = toy
    without = cohorts != 6
    not_yet, never = (
        pre_trend(outcomes[without], cohorts[without], reps=1, control=control).leads for control in ("notyet", "never")
    )
    assert not_yet == never


def test_anticipation_moves_the_base_back(toy):
    outcomes, cohorts = toy
    found = {(one.cohort, one.period): one.att for one in att_gt(outcomes, cohorts, anticipation=1).table}
    change = outcomes[:, 4] - outcomes[:, 1]
    assert found[4, 5] == pytest.approx(change[cohorts == 4].mean() - change[cohorts == 0].mean())


@pytest.mark.parametrize(
    "call",
    [
        {"Y": [1, 2], "G": [0, 0]},
        {"Y": [[1, 2]], "G": [0, 0]},
        {"Y": [[1, 2]], "G": [0], "control": "some"},
        {"Y": [[1, 2]], "G": [0], "anticipation": -1},
        {"Y": [[1, 2]], "G": [-2]},
        {"Y": [[1, 2]], "G": [1.5]},
    ],
)
def test_a_bad_call_is_refused(call):
    with pytest.raises(ValueError, match=r"Y is|control is|whole and not negative"):
        att_gt(**call)


def test_an_infinite_outcome_is_a_missing_one():
    outcomes, cohorts = planted(5, 5)
    holed, endless = outcomes.copy(), outcomes.copy()
    holed[0, 6], endless[0, 6] = np.nan, np.inf
    assert att_gt(endless, cohorts)[:4] == att_gt(holed, cohorts)[:4]


def test_a_bad_permutation_is_refused():
    with pytest.raises(ValueError, match="reps"):
        permutation_att([[1, 2]], [0], reps=0)
    with pytest.raises(ValueError, match="strata"):
        permutation_att([[1, 2]], [0], strata=[1, 2])


def test_leads_are_seen_and_tested_together():
    outcomes, cohorts = planted(8, 30, seed=2, noise=0.5)
    trending = outcomes + np.where(cohorts[:, None] > 0, 1.0, 0.0) * np.arange(8)
    assert pre_trend(outcomes, cohorts).p > 0.05
    assert pre_trend(trending, cohorts).p < 0.05
    assert [since for since, _ in pre_trend(outcomes, cohorts).leads] == [-3, -2, -1]
    assert [since for since, _ in pre_trend(outcomes, cohorts, anticipation=1).leads] == [-3, -2]


def test_a_fake_date_shows_no_effect_of_the_real_one():
    outcomes, cohorts = planted(8, 30, effect=100)
    for fake in fake_dates(outcomes, cohorts, shifts=[2, 3]):
        assert abs(fake.att) < 2
        assert fake.p > 0.01


def test_a_fake_date_that_the_data_do_not_reach_says_nothing():
    fakes = fake_dates(*planted(8, 30), shifts=[1, 3, 4, 9], anticipation=1)
    assert [math.isnan(fake.att) for fake in fakes] == [True, False, True, True]
    assert math.isnan(fakes[0].p)


def test_leaving_one_out_is_the_effect_without_it():
    outcomes, cohorts = planted(6, 10)
    found = leave_one_out(outcomes, cohorts)
    assert found[2] == pytest.approx(att_gt(np.delete(outcomes, 2, 0), np.delete(cohorts, 2)).estimate)
    assert np.isnan(found[6:]).all()


def test_under_no_effect_the_permutation_alarms_once_in_twenty():
    alarms = [permutation_att(*planted(5, 74, seed=seed), reps=199).p <= 0.05 for seed in range(400)]
    assert 0.025 <= np.mean(alarms) <= 0.08


def test_under_no_effect_the_interval_by_inversion_covers_none():
    covered = []
    for seed in range(200):
        found = permutation_interval(*planted(6, 30, seed=seed), reps=199)
        covered.append(found.low <= 0 <= found.high)
    assert 0.91 <= np.mean(covered) <= 0.99


panels = st.integers(0, 10_000).map(lambda seed: planted(4, 9, effect=1, seed=seed))


@settings(max_examples=20, deadline=None)
@given(panels, st.randoms(use_true_random=False))
def test_the_order_of_units_does_not_matter(panel, chance):
    outcomes, cohorts = panel
    order = list(range(len(cohorts)))
    chance.shuffle(order)
    moved = outcomes[order], cohorts[order]
    assert att_gt(*moved)[:4] == pytest.approx(att_gt(*panel)[:4])
    assert permutation_att(*moved, reps=100).obs == pytest.approx(permutation_att(*panel, reps=100).obs)
    assert permutation_att(*moved).p == pytest.approx(permutation_att(*panel).p)


@settings(max_examples=20, deadline=None)
@given(panels, st.floats(0.1, 10), st.floats(-100, 100))
def test_the_effect_is_of_the_scale_of_the_outcome_and_not_of_its_level(panel, scale, shift):
    outcomes, cohorts = panel
    found, scaled = att_gt(*panel), att_gt(shift + scale * outcomes, cohorts)
    assert scaled[:4] == pytest.approx([scale * value for value in found[:4]], abs=1e-6)


@settings(max_examples=20, deadline=None)
@given(panels, st.floats(-100, 100))
def test_what_happens_to_all_in_a_period_changes_nothing(panel, shock):
    outcomes, cohorts = panel
    shocked = outcomes + np.where(np.arange(8) == 6, shock, 0)
    assert att_gt(shocked, cohorts).estimate == pytest.approx(att_gt(*panel).estimate, abs=1e-8)
