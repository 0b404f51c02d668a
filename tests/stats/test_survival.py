"""Survival curves against R's survival package, against a count by hand, and unchanged by what must not matter."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kodukant_analysis.stats import (
    OPEN,
    aalen_johansen,
    at_risk_at,
    incidence_at,
    incidence_difference,
    incidence_quantile,
    jackknife_se,
    known_at,
    mover,
    survival_quantile,
)
from tests.stats.toy_actions import COUNT, GROUP, STATUS, TIME, actions_of

CLOSED = 1e-8
COMPLETED, CANCELLED, MERGED = 1, 2, 3


@pytest.fixture(scope="module")
def toy():
    return aalen_johansen(TIME, STATUS, COUNT)


@pytest.mark.parametrize(
    ("day", "cause", "share", "se"),
    [
        (8, COMPLETED, 0.134615384615385, 0.0473314992774442),
        (15, COMPLETED, 0.252622377622378, 0.0606250400330888),
        (30, COMPLETED, 0.428175990675991, 0.0716878941356379),
        (60, COMPLETED, 0.505278375470683, 0.0747654969235795),
        (90, COMPLETED, 0.578435987089833, 0.0915981802270329),
        (15, CANCELLED, 0.0590034965034965, 0.0330418270538052),
        (60, CANCELLED, 0.128933566433566, 0.0493371764400503),
        (8, OPEN, 0.865384615384615, 0.0473314992774443),
        (15, OPEN, 0.688374125874126, 0.0647057355426679),
        (30, OPEN, 0.442890442890443, 0.0729207005234451),
        (60, OPEN, 0.36578805809575, 0.0728927855376426),
        (90, OPEN, 0.2926304464766, 0.0876480356177721),
    ],
)
def test_shares_and_errors_are_those_of_survfit(toy, day, cause, share, se):
    found = incidence_at(toy, day, cause)
    assert (found.estimate, found.se) == pytest.approx((share, se), abs=CLOSED)


@pytest.mark.parametrize(
    ("day", "survival", "se"),
    [
        (8, 0.865384615384615, 0.0473314992774442),
        (15, 0.743444055944056, 0.0615375992652301),
        (30, 0.549004841312534, 0.075050312093291),
        (60, 0.453429099707518, 0.0802066853724003),
        (90, 0.362743279766014, 0.103423045173519),
    ],
)
def test_with_one_cause_it_is_kaplan_meier(day, survival, se):
    curve = aalen_johansen(TIME, np.where(STATUS == 1, 1, 0), COUNT, causes=(1,))
    found = incidence_at(curve, day, OPEN)
    assert (found.estimate, found.se) == pytest.approx((survival, se), abs=CLOSED)


def test_how_many_are_at_risk_is_what_r_counts():
    curve = aalen_johansen(TIME, STATUS, COUNT)
    assert [at_risk_at(curve, day) for day in (0, 8, 15, 30, 60, 90)] == [52, 48, 40, 26, 13, 4]


def test_cancelled_actions_are_not_open_ones(toy):
    naive = aalen_johansen(TIME, np.where(STATUS == 1, 1, 0), COUNT, causes=(1,))
    assert 1 - incidence_at(naive, 60, OPEN).estimate == pytest.approx(0.546570900292482, abs=CLOSED)
    assert incidence_at(toy, 60).estimate == pytest.approx(0.505278375470683, abs=CLOSED)


@pytest.mark.parametrize(("group", "share", "se"), [("N", 0.576719577, 0.119950560), ("S", 0.465, 0.103558860)])
def test_each_group_has_its_own_curve(group, share, se):
    found = incidence_at(aalen_johansen(*actions_of(group)), 60)
    assert (found.estimate, found.se) == pytest.approx((share, se), abs=1e-8)


def test_the_interval_at_thirty_days_is_rothman_wilson(toy):
    found = incidence_at(toy, 30)
    assert (found.low, found.high) == pytest.approx((0.298266758110, 0.568803507427), abs=CLOSED)


def test_the_jackknife_over_ten_discussions():
    errors = jackknife_se(TIME, STATUS, np.arange(len(TIME)) % 10, [30], count=COUNT)
    assert errors[COMPLETED, 0] == pytest.approx(0.086059267581, abs=CLOSED)


def test_log_log_limits_of_an_incidence_are_those_of_the_same_scale(toy):
    found = incidence_at(toy, 30, ci="log")
    assert (found.low, found.high) == pytest.approx((0.308396074531564, 0.594477991556284), abs=CLOSED)
    found, x = incidence_at(toy, 30, ci="log-log"), math.log(0.428175990675991)
    spread = 1.959963984540054 * 0.0716878941356379 / (0.428175990675991 * x)
    assert (found.low, found.high) == pytest.approx(
        (math.exp(x * math.exp(-spread)), math.exp(x * math.exp(spread))), abs=CLOSED
    )


def test_two_groups_differ_by_what_r_says():
    north, south = (aalen_johansen(*actions_of(name)) for name in "NS")
    found = incidence_difference(north, south, 60)
    assert found[:4] == pytest.approx(
        (-0.111719576719577, -0.422314041423055, 0.198874887983902, 0.158469474288037), abs=1e-7
    )
    assert found[::3] == pytest.approx((-0.111719576719577, 0.158469474288037), abs=CLOSED)
    assert incidence_difference(south, north, 60).estimate == -found.estimate


def test_two_groups_without_any_spread_differ_without_an_interval_but_mover_has_one():
    done, open_ = aalen_johansen([3] * 5, [1] * 5), aalen_johansen([30] * 5, [0] * 5)
    found = incidence_difference(done, open_, 20)
    assert (found.estimate, found.se) == (-1, 0)
    assert np.isnan(found[1:3]).all()
    first, second = incidence_at(done, 20), incidence_at(open_, 20)
    assert mover(first.estimate, first[1:3], second.estimate, second[1:3]).high > -1


def test_a_group_of_nobody_differs_from_none():
    assert math.isnan(incidence_difference(aalen_johansen([], []), aalen_johansen([5], [1]), 5).estimate)


def test_merged_is_an_end_of_its_own_unasked():
    status = np.where((STATUS == CANCELLED) & (GROUP == "S"), MERGED, STATUS)
    curve = aalen_johansen(TIME, status, COUNT)
    assert curve.causes == (1, 2, 3)
    assert incidence_at(curve, 60).estimate == pytest.approx(0.505278375470683, abs=CLOSED)
    apart = [incidence_at(curve, 60, cause).estimate for cause in (CANCELLED, MERGED)]
    assert sum(apart) == pytest.approx(0.128933566433566, abs=CLOSED)
    assert jackknife_se(TIME, status, np.arange(len(TIME)) % 10, [30], count=COUNT).shape == (4, 1)


def test_an_end_nobody_has_asked_for_is_refused():
    with pytest.raises(ValueError, match=r"got \[3\]"):
        aalen_johansen([1], [3], causes=(1, 2))
    with pytest.raises(ValueError, match="ascending causes"):
        aalen_johansen([1], [1], causes=(2, 1))
    with pytest.raises(ValueError, match="got 4"):
        incidence_at(aalen_johansen([1], [3]), 1, 4)


def test_statuses_may_be_true_and_false():
    assert incidence_at(aalen_johansen([3, 5], [True, False]), 4).estimate == 0.5


def test_delayed_entry_keeps_the_long_lived_from_weighing_too_much():
    curve = aalen_johansen([5, 12, 18, 25], [1, 2, 1, 0], entry=[0, 0, 10, 20])
    assert [at_risk_at(curve, day) for day in (5, 12, 18, 25)] == [2, 2, 1, 1]
    assert [incidence_at(curve, day).estimate for day in (5, 12, 18)] == [0.5, 0.5, 0.75]


def test_the_jackknife_knows_delayed_entry():
    time, status, entry = np.array([5, 12, 18, 25, 30, 9]), np.array([1, 2, 1, 0, 1, 1]), np.array([0, 0, 10, 20, 3, 0])
    one_by_one = [
        incidence_at(aalen_johansen(np.delete(time, i), np.delete(status, i), entry=np.delete(entry, i)), 20).estimate
        for i in range(6)
    ]
    by_hand = math.sqrt(5 / 6 * sum((share - np.mean(one_by_one)) ** 2 for share in one_by_one))
    assert jackknife_se(time, status, range(6), [20], entry=entry)[COMPLETED, 0] == pytest.approx(by_hand, abs=1e-12)


def test_a_better_error_widens_the_interval(toy):
    plain, clustered = incidence_at(toy, 30), incidence_at(toy, 30, se=0.086059267581)
    assert clustered.low < plain.low
    assert clustered.high > plain.high


def test_the_jackknife_leaves_each_cluster_out_in_turn():
    clusters = np.arange(len(TIME)) % 4
    one_by_one = [
        incidence_at(aalen_johansen(TIME[clusters != c], STATUS[clusters != c], COUNT[clusters != c]), 45, CANCELLED)[0]
        for c in range(4)
    ]
    by_hand = math.sqrt(3 / 4 * sum((share - np.mean(one_by_one)) ** 2 for share in one_by_one))
    assert jackknife_se(TIME, STATUS, clusters, [45], count=COUNT)[CANCELLED, 0] == pytest.approx(by_hand, abs=1e-12)


def test_the_jackknife_over_many_clusters_does_not_depend_on_the_batch(monkeypatch):
    clusters = np.arange(len(TIME))
    whole = jackknife_se(TIME, STATUS, clusters, [15, 60], count=COUNT)
    monkeypatch.setattr("kodukant_analysis.stats.survival_jackknife._CLUSTERS_AT_ONCE", 7)
    assert jackknife_se(TIME, STATUS, clusters, [15, 60], count=COUNT) == pytest.approx(whole, abs=1e-12)


def test_one_cluster_has_no_jackknife():
    assert np.isnan(jackknife_se([5, 6], [1, 0], ["a", "a"], [5])).all()


def test_nothing_gives_missing_numbers():
    curve = aalen_johansen([], [])
    assert known_at(curve, 30) == at_risk_at(curve, 30) == 0
    assert all(math.isnan(number) for number in incidence_at(curve, 30))


def test_one_action_before_its_event_is_open_and_bounded():
    found = incidence_at(aalen_johansen([40], [1]), 30, OPEN)
    assert (found.estimate, found.n_eff) == (1, 1)
    assert (found.low, found.high) == pytest.approx((0.206549314377238, 1), abs=CLOSED)


def test_all_completed_is_one_with_wilsons_lower_limit():
    found = incidence_at(aalen_johansen([3, 5, 5, 9], [1, 1, 1, 1]), 10)
    assert (found.estimate, found.se, found.high) == (1, pytest.approx(0, abs=1e-12), 1)
    assert found.low == pytest.approx(4 / (4 + 1.959963984540054**2), abs=CLOSED)


def test_all_open_is_zero_with_wilsons_upper_limit():
    found = incidence_at(aalen_johansen([40] * 6, [0] * 6), 30)
    assert (found.estimate, found.low) == (0, 0)
    assert found.high == pytest.approx(0.390, abs=5e-4)


def test_all_cancelled_is_not_completed():
    curve = aalen_johansen([3, 4, 5], [2, 2, 2])
    assert [incidence_at(curve, 5, cause).estimate for cause in (OPEN, COMPLETED, CANCELLED)] == [0, 0, 1]


def test_an_event_on_day_zero_counts():
    assert incidence_at(aalen_johansen([0, 10], [1, 0]), 0).estimate == 0.5


def test_an_action_lost_on_the_day_of_an_event_was_at_risk():
    curve = aalen_johansen([10, 10], [1, 0])
    assert incidence_at(curve, 10).estimate == 0.5


def test_a_state_is_known_while_followed_and_after_the_end():
    curve = aalen_johansen([5, 10, 20], [1, 0, 0])
    assert [known_at(curve, day) for day in (10, 11, 21)] == [3, 2, 1]


@pytest.mark.parametrize(
    ("time", "status", "count", "reason"),
    [
        ([-1], [1], [1], "not negative"),
        ([math.nan], [1], [1], "finite"),
        ([1], [1], [-1], "not negative"),
        ([1], [1.5], [1], "got 1.5"),
        ([1], [-1], [1], "got -1"),
        ([1], [math.nan], [1], "got nan"),
        ([1, 2], [1], [1], "one length"),
    ],
)
def test_impossible_rows_are_refused(time, status, count, reason):
    with pytest.raises(ValueError, match=reason):
        aalen_johansen(time, status, count)


rows = st.lists(
    st.tuples(st.integers(0, 12), st.sampled_from([OPEN, COMPLETED, CANCELLED, MERGED]), st.integers(1, 4)),
    min_size=1,
    max_size=25,
)


def curve_of(given_rows):
    return aalen_johansen(*np.array(given_rows).T)


def shares_by_hand(given_rows, day):
    """The product and the sum of the definition, over expanded rows, in exact fractions."""
    people = [(time, status) for time, status, count in given_rows for _ in range(count)]
    still, done = Fraction(1), Fraction(0)
    for moment in sorted({time for time, _ in people if time <= day}):
        at_risk = sum(time >= moment for time, _ in people)
        ended = [status for time, status in people if time == moment and status != OPEN]
        done += still * Fraction(ended.count(COMPLETED), at_risk)
        still *= 1 - Fraction(len(ended), at_risk)
    return float(still), float(done)


@given(rows, st.integers(0, 14))
def test_the_curve_is_its_definition(given_rows, day):
    curve = curve_of(given_rows)
    found = incidence_at(curve, day, OPEN).estimate, incidence_at(curve, day, COMPLETED).estimate
    if known_at(curve, day):
        assert found == pytest.approx(shares_by_hand(given_rows, day), abs=1e-9)


@given(rows, st.integers(0, 14))
def test_open_and_ended_in_every_way_are_everything(given_rows, day):
    curve = curve_of(given_rows)
    shares = [incidence_at(curve, day, cause).estimate for cause in (OPEN, *curve.causes)]
    assert sum(shares) == pytest.approx(1) or known_at(curve, day) == 0


@given(rows, st.randoms(use_true_random=False), st.integers(0, 14))
def test_the_order_of_the_rows_does_not_matter(given_rows, random, day):
    shuffled = random.sample(given_rows, len(given_rows))
    assert incidence_at(curve_of(given_rows), day) == pytest.approx(incidence_at(curve_of(shuffled), day), nan_ok=True)


@given(rows, st.integers(0, 14))
def test_a_count_is_that_many_rows(given_rows, day):
    expanded = [(time, status, 1) for time, status, count in given_rows for _ in range(count)]
    assert incidence_at(curve_of(given_rows), day) == pytest.approx(incidence_at(curve_of(expanded), day), nan_ok=True)


@given(rows, st.integers(0, 14), st.integers(0, 12))
def test_a_row_that_counts_nothing_changes_nothing(given_rows, day, time):
    before, after = curve_of(given_rows), curve_of([*given_rows, (time, COMPLETED, 0)])
    assert incidence_at(before, day) == pytest.approx(incidence_at(after, day), nan_ok=True)


@given(rows)
def test_without_censoring_it_is_the_plain_share_with_the_plain_error(given_rows):
    ended = [(time, max(status, 1), count) for time, status, count in given_rows]
    n = sum(count for _, _, count in ended)
    k = sum(count for time, status, count in ended if status == COMPLETED and time <= 6)
    found = incidence_at(curve_of(ended), 6)
    assert found.estimate == pytest.approx(k / n)
    assert found.se == pytest.approx(math.sqrt(k / n * (1 - k / n) / n), abs=1e-9)


def test_quantiles_of_a_curve_of_one_end_are_those_of_kaplan_and_meier():
    curve = aalen_johansen(TIME, np.where(STATUS == CANCELLED, OPEN, STATUS), COUNT)
    assert [incidence_quantile(curve, p).estimate for p in (0.25, 0.5)] == [15, 45]


def test_a_median_lies_between_the_days_at_which_the_limits_pass_one_half(toy):
    found = incidence_quantile(toy, 0.5)
    assert found.estimate == 60
    assert found.low <= found.estimate
    assert incidence_at(toy, found.low).high >= 0.5 > incidence_at(toy, found.low - 1).high
    assert math.isnan(found.high), "the lower limit never reaches one half"


def test_a_share_that_is_reached_and_kept_has_the_middle_of_the_stretch():
    assert incidence_quantile(aalen_johansen([10, 20], [1, 1]), 0.5).estimate == 15


def test_a_share_that_is_reached_and_never_passed_has_the_middle_up_to_the_last_day_seen():
    assert incidence_quantile(aalen_johansen([10, 20, 40], [1, 2, 2]), 1 / 3).estimate == 25


def test_a_better_error_on_every_day_widens_the_limits_of_a_median():
    curve = aalen_johansen(TIME, np.where(STATUS == CANCELLED, OPEN, STATUS), COUNT)
    plain, wider = incidence_quantile(curve, 0.25), incidence_quantile(curve, 0.25, se=np.full(len(curve.time), 0.2))
    assert wider.low < plain.low <= plain.estimate == wider.estimate <= plain.high < wider.high


def test_the_quantile_of_any_end_comes_before_that_of_one_of_them(toy):
    assert survival_quantile(toy, 0.5).estimate == 30 < incidence_quantile(toy, 0.5).estimate


def test_a_median_that_is_not_reached_is_infinite_and_that_of_nothing_missing():
    assert incidence_quantile(aalen_johansen([10, 20, 30], [1, 2, 2]), 0.5).estimate == math.inf
    assert math.isnan(incidence_quantile(aalen_johansen([], []), 0.5).estimate)


def test_the_day_of_one_action_has_no_interval():
    for found in (
        incidence_quantile(aalen_johansen([12], [1]), 0.5),
        survival_quantile(aalen_johansen([12], [1]), 0.5),
    ):
        assert found[:3] == pytest.approx((12, math.nan, math.nan), nan_ok=True)


def test_a_better_error_widens_the_limits_of_a_median_of_any_end(toy):
    plain, wider = survival_quantile(toy, 0.5), survival_quantile(toy, 0.5, se=np.full(len(toy.time), 0.2))
    assert wider.low < plain.low < plain.high < wider.high or math.isnan(wider.high)
    assert wider.estimate == plain.estimate
