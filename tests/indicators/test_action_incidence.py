"""What part of what was agreed is done, and by when?"""

from datetime import date, timedelta

import pytest

from kodukant_analysis.indicators import action_cumulative_incidence
from kodukant_analysis.stats import aalen_johansen, incidence_at, jackknife_se, wilson

AS_OF = date(2020, 1, 1)
AGREED = date(2016, 1, 1)


@pytest.fixture
def incidence(draw):
    def of(actions, **asked):
        """actions: (discussion, status, days); a done one is done on that day, others were reported on it."""
        lines = [_line(place, *action) for place, action in enumerate(actions)]
        header = "action_id | discussion_id | municipality_code | agreed_on | reported_on | status | done_on"
        tables = {"actions": draw("actions", "\n".join([header, *lines]))}
        asked = {"as_of": AS_OF, "by": "country", "detail": True} | asked
        return action_cumulative_incidence(tables, **asked).set_index("indicator")

    return of


def _line(place, discussion, status, days):
    end = AGREED + timedelta(days=days)
    reported, done = (end + timedelta(days=30), end) if status == "done" else (end, "")
    return f"A{place} | {discussion} | 0638 | {AGREED} | {reported} | {status} | {done}"


def spread(count, status, days, discussions=10, first=0):
    return [(f"D{(first + place) % discussions}", status, days) for place in range(count)]


def row_of(found, end="completed", day=90):
    return found.loc[f"action_cumulative_incidence:{end}:{day}"]


def test_an_open_action_is_not_a_failure(incidence):
    lost_early, followed = spread(10, "in_progress", 39), spread(5, "in_progress", 400)
    found = row_of(incidence(spread(10, "done", 40) + lost_early + followed))
    assert (found["n"], found["k"]) == (25, 10)
    assert found["estimate"] == pytest.approx(10 / 15)


def test_a_cancelled_action_is_an_end_of_its_own(incidence):
    actions = spread(8, "done", 40) + spread(4, "cancelled", 30) + spread(8, "in_progress", 400)
    found = incidence(actions)
    shares = [row_of(found, end)["estimate"] for end in ("completed", "cancelled", "open")]
    assert shares == pytest.approx([8 / 20, 4 / 20, 8 / 20])


def test_completed_cancelled_and_open_are_everything_on_every_day(incidence):
    actions = spread(8, "done", 40) + spread(4, "rejected", 120) + spread(9, "on_hold", 100) + spread(9, "partial", 500)
    found = incidence(actions)
    for day in (90, 180, 365):
        assert sum(row_of(found, end, day)["estimate"] for end in ("completed", "cancelled", "open")) == pytest.approx(
            1
        )


def test_what_is_not_followed_to_the_day_is_said(incidence):
    found = row_of(incidence(spread(12, "done", 40) + spread(10, "in_progress", 95) + spread(3, "in_progress", 30)))
    assert found["flag"] == "immature"
    assert "known=22; not_followed=3" in found["note"]


def test_fewer_than_ten_known_states_are_too_few(incidence):
    found = row_of(incidence(spread(9, "in_progress", 100) + spread(20, "in_progress", 30)))
    assert found["flag"] == "too_few;all_same;immature"
    assert (found["n"], found["k"]) == (29, 0)
    assert found[["estimate", "low", "high", "se"]].isna().all()


def test_a_day_with_fewer_than_five_followed_is_too_late(incidence):
    followed = spread(10, "done", 20) + spread(4, "in_progress", 100) + spread(3, "in_progress", 60)
    assert row_of(incidence(followed))["flag"] == "too_few;immature"
    assert row_of(incidence([*followed, ("D9", "in_progress", 100)]))["flag"] == "immature"


def test_a_cohort_that_has_all_ended_needs_nobody_followed(incidence):
    found = row_of(incidence(spread(12, "done", 20)))
    assert (found["estimate"], found["flag"]) == (1, "all_same")
    assert found["low"] == pytest.approx(wilson(12, 12).low)


def test_from_eight_discussions_on_the_error_is_the_jackknife_over_them(incidence):
    actions = [(f"D{place % 9}", "done" if place % 9 < 4 else "in_progress", 50 + 5 * place) for place in range(27)]
    found = row_of(incidence(actions))
    times, status = [days for _, _, days in actions], [int(state == "done") for _, state, _ in actions]
    expected = jackknife_se(times, status, [discussion for discussion, _, _ in actions], [90])[1, 0]
    assert found["se"] == pytest.approx(expected)
    assert found["df"] == 8
    assert "jackknife" in found["method"]


def test_below_eight_discussions_the_error_takes_actions_as_independent_and_says_so(incidence):
    actions = spread(10, "done", 40, discussions=7) + spread(10, "in_progress", 400, discussions=7)
    found = row_of(incidence(actions))
    curve = aalen_johansen([40] * 10 + [400] * 10, [1] * 10 + [0] * 10)
    assert found["se"] == pytest.approx(incidence_at(curve, 90).se)
    assert (found["flag"], found["method"]) == ("few_clusters", "Aalen-Johansen, independent actions, Rothman-Wilson")


def test_one_discussion_is_one_cluster(incidence):
    found = row_of(incidence(spread(10, "done", 40, 1) + spread(10, "in_progress", 400, 1)))
    assert found["flag"] == "one_cluster"


def test_what_is_left_out_is_counted_with_its_reason(incidence):
    found = row_of(incidence([*spread(12, "done", 20), ("D1", "continuous", 30), ("D1", "unknown", 30)]))
    assert found["n"] == 12
    assert found["note"].endswith("left_out=continuous:1,no_status:1")


def test_a_region_without_actions_keeps_its_rows(incidence):
    found = incidence(spread(12, "done", 20), by="county")
    hiiu = found[found["region"] == "0039"]
    assert len(hiiu) == 9
    assert set(hiiu["flag"]) == {"no_data"}
    assert set(hiiu["n"]) == {0}


def test_a_cohort_is_of_the_year_of_agreement(incidence):
    found = row_of(incidence(spread(12, "done", 400), period="year"))
    assert (found["period"], found["n"]) == ("2016", 12)


def test_other_days_can_be_asked_for(incidence):
    found = incidence(spread(12, "done", 20), at=(10, 30))
    assert row_of(found, day=10)["estimate"] == 0
    assert row_of(found, day=30)["estimate"] == 1
