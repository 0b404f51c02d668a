"""The share still open: against R's survival package, from counts and from single rows."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kodukant_analysis.stats import (
    at_risk_at,
    kaplan_meier,
    known_at,
    survival_at,
    survival_quantile,
    wilson,
)
from tests.stats.toy_actions import COUNT, STATUS, TIME

CLOSED = 1e-8
ROWS = {
    "counts": (TIME, STATUS, COUNT),
    "expanded": (np.repeat(TIME, COUNT), np.repeat(STATUS, COUNT), None),
    "lists": (TIME.tolist(), STATUS.tolist(), COUNT.tolist()),
}


@pytest.fixture(scope="module", params=ROWS.values(), ids=ROWS.keys())
def km(request):
    return kaplan_meier(*request.param)


@pytest.mark.parametrize(
    ("day", "expected", "at_risk"),
    [
        (8, (0.865384615384615, 0.738251839940403, 0.933436533505843, 0.0473314992774442), 48),
        (15, (0.743444055944056, 0.599042336671189, 0.8423854233356, 0.0615375992652301), 40),
        (30, (0.549004841312534, 0.391627151529296, 0.681422956037316, 0.075050312093291), 26),
        (60, (0.453429099707518, 0.293454091798587, 0.600362706142387, 0.0802066853724003), 13),
        (90, (0.362743279766014, 0.172131878301352, 0.557418364765341, 0.103423045173519), 4),
    ],
)
def test_shares_errors_and_log_log_limits_are_those_of_survfit(km, day, expected, at_risk):
    assert survival_at(km, day, ci="log-log")[:4] == pytest.approx(expected, abs=CLOSED)
    assert at_risk_at(km, day) == at_risk


@pytest.mark.parametrize(
    ("ci", "low", "high"),
    [
        ("plain", 0.401908932581192, 0.696100750043875),
        ("log", 0.419966674895427, 0.717691030745836),
        ("logit", 0.401927622190643, 0.687990428762448),
        ("arcsin", 0.401916324112744, 0.691842005903313),
        ("rothman-wilson", 0.403950160814, 0.686182945720),
    ],
)
def test_each_scale_has_the_limits_of_r(km, ci, low, high):
    assert survival_at(km, 30, ci)[1:3] == pytest.approx((low, high), abs=CLOSED)


def test_rothman_wilson_is_what_is_given_unasked(km):
    assert survival_at(km, 30) == survival_at(km, 30, "rothman-wilson")


@pytest.mark.parametrize(("p", "days"), [(0.25, (15, 8, 30)), (0.5, (45, 30, math.nan))])
def test_quartile_and_median_with_log_log_limits_are_those_of_r(km, p, days):
    assert survival_quantile(km, p, ci="log-log")[:3] == pytest.approx(days, nan_ok=True)


@pytest.mark.parametrize(
    ("survival", "day", "low"),
    [(13 / 14, 1, 1), (6 / 7, 3.5, 1), (2 / 3, 6, 1), (0.5, 9, 6), (9 / 35, 9.5, 6), (0.1, math.inf, 9)],
)
def test_quantiles_are_those_of_the_survival_packages_own_test(survival, day, low):
    """Flats met exactly have their middle, the last one too; limits on the logarithm, which is R's default."""
    km = kaplan_meier([9, 1, 1, 6, 6, 8, 10], [1, 1, 0, 1, 1, 0, 0])
    found = survival_quantile(km, 1 - survival, ci="log")
    assert found[:3] == pytest.approx((day, low, math.nan), nan_ok=True)


@pytest.mark.parametrize(
    ("day", "at_risk", "share", "se"),
    [
        (5, 4, 0.75, 0.21650635094611),
        (12, 5, 0.6, 0.219089023002066),
        (18, 5, 0.48, 0.205523721258642),
        (25, 5, 0.288, 0.162066652954888),
        (30, 3, 0.192, 0.133482583133531),
        (45, 2, 0.096, 0.0951966385961185),
    ],
)
def test_delayed_entry_is_that_of_surv_with_three_arguments(day, at_risk, share, se):
    entry = [0, 0, 0, 0, 10, 15, 20, 20, 30, 5]
    km = kaplan_meier([5, 12, 20, 25, 18, 40, 25, 60, 45, 30], [1, 1, 0, 1, 1, 0, 1, 0, 1, 1], None, entry)
    found = survival_at(km, day)
    assert at_risk_at(km, day) == at_risk
    assert (found.estimate, found.se) == pytest.approx((share, se), abs=CLOSED)


def test_who_enters_later_is_not_known_before():
    km = kaplan_meier([10, 20, 30], [1, 0, 0], entry=[0, 5, 15])
    assert [known_at(km, day) for day in (5, 6, 15, 16, 21)] == [1, 2, 2, 3, 2]


def test_an_entry_from_the_start_is_no_delay():
    plain, entered = kaplan_meier([0, 4, 9], [1, 0, 1]), kaplan_meier([0, 4, 9], [1, 0, 1], entry=[0, -3, 0])
    assert [survival_at(plain, day) for day in (0, 5, 9)] == [survival_at(entered, day) for day in (0, 5, 9)]


def test_an_entry_is_before_its_end():
    with pytest.raises(ValueError, match=r"before its time, got \[7.0\]"):
        kaplan_meier([5, 6], [1, 1], entry=[0, 7])


@pytest.mark.parametrize("ci", ["log-log", "log", "plain", "logit", "arcsin"])
def test_only_rothman_wilson_has_limits_before_the_first_event_and_after_the_last(ci):
    for km, day in ((kaplan_meier([5, 6], [0, 0]), 5), (kaplan_meier([5], [1]), 5)):
        assert np.isnan(survival_at(km, day, ci)[1:3]).all()
        assert not np.isnan(survival_at(km, day)[1:3]).any()


def test_an_interval_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="got 'exact'"):
        survival_at(kaplan_meier([5], [1]), 5, "exact")


def test_any_closing_can_be_the_event(km):
    closed = kaplan_meier(TIME, STATUS, COUNT, event=(1, 2, 3))
    assert survival_at(closed, 60)[::3] == pytest.approx((0.36578805809575, 0.0728927855376426), abs=CLOSED)
    assert survival_at(closed, 60).estimate < survival_at(km, 60).estimate


def test_nothing_gives_missing_numbers():
    assert all(math.isnan(number) for number in survival_at(kaplan_meier([], []), 30))
    assert math.isnan(survival_quantile(kaplan_meier([], []), 0.5).estimate)


def test_one_action_is_bounded_by_wilson_on_one():
    assert survival_at(kaplan_meier([40], [1]), 30).low == pytest.approx(wilson(1, 1).low)
    assert survival_at(kaplan_meier([40], [1]), 40).high == pytest.approx(wilson(0, 1).high)


@pytest.mark.parametrize("p", [0, 1, -0.1, math.nan])
def test_a_quantile_is_of_a_share(p):
    with pytest.raises(ValueError, match="between 0 and 1"):
        survival_quantile(kaplan_meier([5], [1]), p)


rows = st.lists(
    st.tuples(st.integers(1, 12), st.integers(0, 2), st.integers(1, 4), st.integers(0, 11)).filter(
        lambda row: row[3] < row[0]
    ),
    min_size=1,
    max_size=25,
)


@given(rows, st.integers(0, 14))
def test_the_curve_with_entries_is_its_definition(given_rows, day):
    time, status, count, entry = np.array(given_rows).T
    km = kaplan_meier(time, status, count, entry)
    still = Fraction(1)
    for moment in sorted({t for t, s, _, _ in given_rows if s == 1 and t <= day}):
        at_risk = sum(c for t, _, c, e in given_rows if e < moment <= t)
        still *= 1 - Fraction(sum(c for t, s, c, _ in given_rows if t == moment and s == 1), at_risk)
        assert at_risk_at(km, moment) == at_risk
    if known_at(km, day):
        assert survival_at(km, day).estimate == pytest.approx(float(still), abs=1e-9)


@given(rows, st.integers(0, 14))
def test_known_are_those_who_entered_and_were_not_lost_before(given_rows, day):
    time, status, count, entry = np.array(given_rows).T
    known = sum(c for t, s, c, e in given_rows if (e < day or e == 0) and (t >= day or s == 1))
    assert known_at(kaplan_meier(time, status, count, entry), day) == known
