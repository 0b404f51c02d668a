"""Mean days open during the first so many: against R's survival package and an area counted day by day."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kodukant_analysis.stats import (
    aalen_johansen,
    kaplan_meier,
    known_at,
    restricted_mean_jackknife_se,
    rmst,
    rmst_difference,
    rothman_wilson,
    wilson,
)
from tests.stats.toy_actions import COUNT, STATUS, TIME, actions_of

CLOSED = 1e-8


@pytest.mark.parametrize(
    ("tau", "mean", "se"),
    [
        (30, 24.2618006993007, 1.24690957185039),
        (60, 39.7206212309957, 3.1662997749972),
        (90, 51.9632069230987, 5.23194255218626),
    ],
)
def test_means_and_errors_are_those_of_survfit(tau, mean, se):
    for rows in ((TIME, STATUS, COUNT), (np.repeat(TIME, COUNT), np.repeat(STATUS, COUNT))):
        found = rmst(kaplan_meier(*rows), tau)
        assert (found.estimate, found.se) == pytest.approx((mean, se), abs=CLOSED)
        z = 1.959963984540054
        assert (found.low, found.high) == pytest.approx((mean - z * se, mean + z * se), abs=1e-7)


@pytest.mark.parametrize(
    ("group", "mean", "se"), [("N", 37, 4.79704623578518), ("S", 42.3930681818182, 4.10805930863329)]
)
def test_each_group_has_its_own_mean(group, mean, se):
    found = rmst(kaplan_meier(*actions_of(group)), 60)
    assert (found.estimate, found.se) == pytest.approx((mean, se), abs=CLOSED)


def test_days_open_end_by_whatever_closing():
    for curve in (kaplan_meier(TIME, STATUS, COUNT, event=(1, 2, 3)), aalen_johansen(TIME, STATUS, COUNT)):
        found = rmst(curve, 60)
        assert (found.estimate, found.se) == pytest.approx((35.78918997669, 3.0647198670708), abs=CLOSED)


def test_two_groups_differ_by_their_means_with_both_errors():
    north, south = (kaplan_meier(*actions_of(name)) for name in "NS")
    found, se = rmst_difference(north, south, 60), math.hypot(4.79704623578518, 4.10805930863329)
    assert (found.estimate, found.se) == pytest.approx((5.3930681818182, se), abs=CLOSED)
    assert found.low == pytest.approx(found.estimate - 1.959963984540054 * se, abs=1e-7)


def test_beyond_the_days_followed_there_is_no_mean():
    assert all(math.isnan(number) for number in rmst(kaplan_meier(TIME, STATUS, COUNT), 91))


def test_where_nothing_is_open_any_more_every_day_is_known():
    assert rmst(kaplan_meier([10, 20], [1, 1]), 400).estimate == 15


def test_nothing_gives_missing_numbers():
    assert all(math.isnan(number) for number in rmst(kaplan_meier([], []), 30))
    assert math.isnan(rmst_difference(kaplan_meier([], []), kaplan_meier([5], [1]), 5).estimate)


def test_one_action_has_a_mean_without_an_interval():
    found = rmst(kaplan_meier([10], [1]), 30)
    assert (found.estimate, found.se) == (10, 0)
    assert math.isnan(found.low)


def test_an_interval_stays_within_the_days():
    found = rmst(kaplan_meier([1, 30, 30, 30], [1, 0, 0, 0]), 30)
    assert found.high == 30
    assert found.estimate + 1.96 * found.se > 30


@pytest.mark.parametrize("tau", [0, -5, math.nan, math.inf])
def test_tau_is_a_number_of_days(tau):
    with pytest.raises(ValueError, match="positive number of days"):
        rmst(kaplan_meier([10], [1]), tau)


def test_a_better_error_has_the_interval_of_its_own_degrees_of_freedom():
    found = rmst(kaplan_meier(TIME, STATUS, COUNT), 60, se=2, df=4)
    assert (found.se, found.df) == (2, 4)
    assert found.high - found.estimate == pytest.approx(2 * 2.776445105198, abs=1e-8)


def test_the_jackknife_leaves_each_discussion_out_in_turn():
    clusters = np.arange(len(TIME)) % 5
    one_by_one = [
        rmst(aalen_johansen(TIME[clusters != c], STATUS[clusters != c], COUNT[clusters != c]), 60)[0] for c in range(5)
    ]
    by_hand = math.sqrt(4 / 5 * sum((mean - np.mean(one_by_one)) ** 2 for mean in one_by_one))
    found = restricted_mean_jackknife_se(TIME, STATUS, clusters, 60, count=COUNT)
    assert found == pytest.approx(by_hand, abs=1e-10)
    assert math.isnan(restricted_mean_jackknife_se([5], [1], ["a"], 5))


rows = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 2), st.integers(1, 4)), min_size=1, max_size=25)


@given(rows)
def test_without_censoring_it_is_the_mean_of_the_days_cut_at_tau(given_rows):
    time, _, count = np.array(given_rows).T
    found = rmst(kaplan_meier(time, np.ones(len(time)), count), 8)
    days = np.repeat(np.minimum(time, 8), count)
    assert found.estimate == pytest.approx(days.mean(), abs=1e-9)
    assert found.se == pytest.approx(days.std() / math.sqrt(len(days)), abs=1e-9)


@given(rows, st.randoms(use_true_random=False), st.integers(1, 10))
def test_neither_the_order_nor_the_splitting_of_the_rows_matters(given_rows, random, tau):
    split = [(time, status, 1) for time, status, count in given_rows for _ in range(count)]
    shuffled = random.sample(split, len(split))
    first, second = (rmst(kaplan_meier(*np.array(some).T), tau) for some in (given_rows, shuffled))
    assert first == pytest.approx(second, nan_ok=True, abs=1e-9)


@pytest.mark.parametrize("ends", [(1, 4, 1), (1, 6, 2), (7, 9, 11)])
def test_where_all_end_on_one_day_in_three_ways_none_stays_open(ends):
    curve = aalen_johansen([10] * 3, [1, 2, 3], ends)
    assert curve.open.tolist() == [0]
    assert rmst(curve, 400).estimate == 10


def test_a_row_that_counts_nothing_does_not_lengthen_the_days_followed():
    assert math.isnan(rmst(kaplan_meier([10, 20, 400], [1, 0, 0], [1, 1, 0]), 30).estimate)


def test_the_mean_as_a_share_of_tau_has_the_interval_of_that_share():
    curve = kaplan_meier(TIME, STATUS, COUNT)
    plain, found = rmst(curve, 60), rmst(curve, 60, ci="rothman-wilson")
    known = known_at(curve, 60)
    closed = curve.events[:, curve.time < 60].sum()
    error = plain.se * math.sqrt(known / (known - 1) * closed / (closed - 1)) / 60
    share = rothman_wilson(plain.estimate / 60, error, known, df=known - 1)
    assert (found.estimate, found.se) == (plain.estimate, plain.se)
    assert (found.low, found.high) == pytest.approx((60 * share.low, 60 * share.high))


def test_a_better_error_counts_on_its_own_degrees_of_freedom_as_a_share_too():
    curve = kaplan_meier(TIME, STATUS, COUNT)
    found = rmst(curve, 60, se=2, df=4, ci="rothman-wilson")
    share = rothman_wilson(found.estimate / 60, 2 / 60, 52, df=4)
    assert (found.low, found.high) == pytest.approx((60 * share.low, 60 * share.high))


def test_where_nothing_was_closed_the_share_rests_on_how_many_are_known():
    found = rmst(kaplan_meier([40] * 12, [0] * 12), 30, ci="rothman-wilson")
    assert (found.estimate, found.low, found.high) == (30, pytest.approx(30 * wilson(12, 12).low), 30)
    assert math.isnan(rmst(kaplan_meier([10] * 12, [1] * 12), 30, ci="rothman-wilson").low)


def test_one_that_was_closed_tells_nothing_of_chance():
    found = rmst(kaplan_meier([29, *[40] * 11], [1, *[0] * 11]), 30, ci="rothman-wilson")
    assert found.se > 0
    assert math.isnan(found.low)
    assert math.isnan(found.high)
    two = rmst(kaplan_meier([29, 28, *[40] * 11], [1, 1, *[0] * 11]), 30, ci="rothman-wilson")
    assert two.low < two.estimate < two.high


def test_an_interval_of_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="ci is one of"):
        rmst(kaplan_meier([10], [1]), 5, ci="log-log")


def test_of_few_actions_the_interval_as_a_share_holds_the_mean_nearly_always():
    chance = np.random.default_rng(8)
    truth = (1 - 0.9**30) / 0.1 * 0.3 + 30 * 0.7  # three in ten end, on day 1, 2, ... of a geometric waiting time
    held = {"plain": 0, "rothman-wilson": 0}
    for _ in range(600):
        days, is_ending = chance.geometric(0.1, 12), chance.random(12) < 0.3
        curve = kaplan_meier(np.where(is_ending, np.minimum(days, 30), 30), is_ending & (days <= 30))
        for ci in held:
            found = rmst(curve, 30, ci=ci)
            held[ci] += not (found.low > truth or found.high < truth)
    assert held["plain"] < 0.92 * 600 < 0.93 * 600 <= held["rothman-wilson"]


@given(rows, st.integers(1, 10))
def test_the_interval_as_a_share_holds_the_mean_and_lies_within_the_days(given_rows, tau):
    found = rmst(kaplan_meier(*np.array(given_rows).T), tau, ci="rothman-wilson")
    if not math.isnan(found.low):
        assert 0 <= found.low <= found.estimate <= found.high <= tau
