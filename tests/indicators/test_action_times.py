"""How long until half of what was agreed is done, and how long does it stay open?"""

from datetime import date

import numpy as np
import pytest

from kodukant_analysis.indicators import (
    action_completion_time,
    action_cumulative_incidence,
    action_restricted_mean,
)
from kodukant_analysis.stats import (
    aalen_johansen,
    incidence_at,
    incidence_quantile,
    jackknife_se,
    kaplan_meier,
    restricted_mean_jackknife_se,
    rmst,
    wilson,
)
from tests.indicators.agreed import AGREED, AS_OF, COLUMNS, actions_text, spread
from tests.stats.toy_actions import COUNT, STATUS, TIME

STATES = {0: "in_progress", 1: "done", 2: "cancelled"}


@pytest.fixture
def asked(draw):
    def of(indicator, actions, **options):
        """The one row of the country."""
        drawing = actions if isinstance(actions, str) else actions_text(actions)
        options = {"as_of": AS_OF, "by": "country", "detail": True} | options
        found = indicator({"actions": draw("actions", f"{COLUMNS}\n{drawing}")}, **options)
        return found.set_index("indicator").loc[options.get("row")] if "row" in options else found.iloc[0]

    return of


def toy(discussions=52):
    """The 52 actions of the method book, of which 25 are completed, 6 cancelled and 21 open."""
    rows = zip(np.repeat(TIME, COUNT).tolist(), np.repeat(STATUS, COUNT).tolist(), strict=True)
    return [(f"D{place % discussions}", STATES[status], days) for place, (days, status) in enumerate(rows)]


def test_of_the_toy_actions_half_are_completed_within_sixty_days(asked):
    found = asked(action_cumulative_incidence, toy(), at=(60,))
    assert found["estimate"] == pytest.approx(0.505278375470683, abs=1e-8)
    assert found["estimate"] not in {25 / 52, 25 / 31}, "neither completed of all nor completed of closed"
    assert asked(action_completion_time, toy())["estimate"] == 60


def test_completed_of_all_and_completed_of_closed_are_offered_nowhere(asked, draw):
    data = {"actions": draw("actions", f"{COLUMNS}\n{actions_text(toy())}")}
    for indicator in (action_cumulative_incidence, action_completion_time, action_restricted_mean):
        shown = indicator(data, by="country", as_of=AS_OF)["estimate"].dropna()
        assert not np.isclose(shown.to_numpy()[:, None], [25 / 52, 25 / 31]).any()


def test_the_median_is_of_all_agreed_not_of_the_completed(asked):
    actions = spread(12, "done", 20) + spread(12, "done", 80) + spread(20, "in_progress", 400)
    found = asked(action_completion_time, actions)
    assert (found["n"], found["k"], found["estimate"], found["unit"]) == (44, 24, 80, "days")


def test_the_day_and_its_limits_are_those_of_the_curve_with_the_error_of_the_discussions(asked):
    actions = [(f"D{place % 9}", STATES[1 + (place % 7 == 0)], 3 * place) for place in range(1, 60)]
    found = asked(action_completion_time, actions)
    times, status = [days for _, _, days in actions], [2 if state == "cancelled" else 1 for _, state, _ in actions]
    curve = aalen_johansen(times, status)
    errors = jackknife_se(times, status, [name for name, _, _ in actions], curve.time)[1]
    expected = incidence_quantile(curve, 0.5, se=errors * 2.306004135 / 1.959963985)
    assert (found["estimate"], found["low"], found["high"]) == expected[:3]
    assert found["df"] == 8
    assert found["indicator"] == "action_completion_time:completed:50"
    assert "jackknife" in found["method"]


def test_another_share_can_be_asked_for(asked):
    found = asked(action_completion_time, toy(), q=0.25)
    assert (found["indicator"], found["estimate"]) == ("action_completion_time:completed:25", 15)
    with pytest.raises(ValueError, match="between 0 and 1"):
        asked(action_completion_time, toy(), q=50)


def test_what_half_have_not_reached_says_how_long_it_was_followed(asked):
    found = asked(action_completion_time, spread(8, "done", 20) + spread(20, "in_progress", 300))
    assert found["flag"] == "not_reached"
    assert found[["estimate", "low", "high"]].isna().all()
    assert "followed=300" in found["note"]


def test_half_that_is_only_reached_where_hardly_any_are_followed_is_not_reached(asked):
    actions = spread(9, "done", 20) + spread(7, "in_progress", 100) + spread(3, "done", 300) + spread(1, "done", 400)
    assert asked(action_completion_time, actions)["flag"] == "not_reached"
    assert "followed=100" in asked(action_completion_time, actions)["note"]


def test_a_limit_beyond_the_days_that_can_be_told_is_missing(asked):
    actions = spread(13, "done", 20) + spread(8, "in_progress", 100) + spread(4, "done", 300)
    found = asked(action_completion_time, actions)
    assert (found["estimate"], found["low"]) == (20, 20)
    assert np.isnan(found["high"])


@pytest.mark.parametrize("indicator", [action_completion_time, action_restricted_mean])
def test_few_actions_tell_no_days_but_how_many_it_takes(asked, indicator):
    found = asked(indicator, spread(9, "done", 20, 9))
    assert found["flag"].startswith("too_few")
    assert "needed=10" in found["note"]
    assert np.isnan(found["estimate"])


@pytest.mark.parametrize("indicator", [action_completion_time, action_restricted_mean])
def test_a_region_without_actions_keeps_its_row(draw, indicator):
    data = {"actions": draw("actions", f"{COLUMNS}\n{actions_text(spread(12, 'done', 20))}")}
    found = indicator(data, as_of=AS_OF).set_index("region")
    assert len(found) == 15
    assert found.loc["0039", ["n", "flag"]].tolist() == [0, "no_data"]


@pytest.mark.parametrize("indicator", [action_completion_time, action_restricted_mean])
def test_no_records_at_all_are_no_data(draw, indicator):
    found = indicator({"actions": draw("actions", COLUMNS)}, by="country", as_of=AS_OF)
    assert found[["n", "flag"]].iloc[0].tolist() == [0, "no_data"]


def test_days_open_end_by_completion_and_by_cancellation(asked):
    found = asked(action_restricted_mean, toy(7), tau=60)
    expected = rmst(kaplan_meier(TIME, STATUS, COUNT, event=(1, 2, 3)), 60, ci="rothman-wilson")
    assert (found["estimate"], found["se"]) == pytest.approx((35.78918997669, 3.0647198670708), abs=1e-8)
    assert (found["low"], found["high"]) == pytest.approx(expected[1:3])
    assert (found["indicator"], found["n"], found["k"]) == ("action_restricted_mean:open:60", 52, 30)
    assert found["flag"] == "few_clusters;immature"


def test_from_eight_discussions_on_the_error_of_the_days_open_is_the_jackknife(asked):
    found = asked(action_restricted_mean, toy(9), tau=60)
    times, status = np.repeat(TIME, COUNT), np.repeat(STATUS, COUNT)
    se = restricted_mean_jackknife_se(times, status, np.arange(52) % 9, 60)
    expected = rmst(aalen_johansen(times, status), 60, se=se, df=8, ci="rothman-wilson")
    assert (found["se"], found["df"]) == (pytest.approx(se), 8)
    assert (found["low"], found["high"]) == pytest.approx(expected[1:3])


def test_days_that_nobody_was_followed_for_are_not_estimated(asked):
    found = asked(action_restricted_mean, spread(20, "done", 20) + spread(20, "in_progress", 60))
    assert found["flag"] == "not_estimable;too_few;immature"
    assert "followed=60" in found["note"]
    assert found[["estimate", "low", "high"]].isna().all()


def test_days_open_can_be_told_where_all_have_closed_before(asked):
    found = asked(action_restricted_mean, spread(10, "done", 20) + spread(10, "cancelled", 40))
    assert (found["estimate"], found["flag"]) == (30, "ok")
    expected = rmst(aalen_johansen([20] * 10 + [40] * 10, [1] * 10 + [2] * 10), 90)
    assert found["se"] == pytest.approx(expected.se), "discussions that do not differ say nothing of chance"


def test_actions_that_do_not_differ_are_no_certainty_for_the_next_ones(asked):
    found = asked(action_restricted_mean, spread(20, "in_progress", 100))
    assert (found["estimate"], found["flag"]) == (90, "all_same")
    assert (found["low"], found["high"]) == (pytest.approx(90 * wilson(20, 20).low), 90)


def test_a_single_one_that_was_closed_is_too_few_to_tell_days(asked):
    one, two = (asked(action_restricted_mean, spread(30, "in_progress", 100) + spread(n, "done", 80)) for n in (1, 2))
    assert (one["flag"], two["flag"]) == ("too_few", "ok")


def test_a_register_that_started_later_lets_the_long_lived_count_from_then_on(asked):
    actions = spread(10, "done", 20) + spread(10, "done", 60) + spread(10, "in_progress", 100)
    start = date(2016, 2, 10)
    found = asked(action_cumulative_incidence, actions, at=(90,), entry=start)
    late = (start - AGREED).days
    curve = aalen_johansen([60] * 10 + [100] * 10, [1] * 10 + [0] * 10, entry=[late] * 20)
    assert (found["n"], found["estimate"]) == (20, incidence_at(curve, 90).estimate)
    assert "entered_late=20; left_out=ended_before_entry:10" in found["note"]
    assert asked(action_cumulative_incidence, actions, at=(90,), entry=AGREED)["n"] == 30


def test_partly_done_is_open_and_said(asked):
    actions = spread(10, "done", 20) + spread(4, "partial", 100) + spread(6, "rejected", 30)
    found = asked(action_cumulative_incidence, actions, at=(90,))
    assert found["estimate"] == 0.5
    assert "partial=4; rejected=6" in found["note"]
