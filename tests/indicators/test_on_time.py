"""Of the promises whose day has come, how many were kept by it?"""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kodukant_analysis.indicators import action_on_time_share
from kodukant_analysis.indicators.on_time import ITEMS, bounded_share
from kodukant_analysis.stats import wilson

AS_OF = date(2018, 1, 1)
COLUMNS = "agreed_on | due_on | due_kind | reported_on | status | done_on"
ON_TIME = "2016-01-01 | 2016-06-30 | dated | 2016-12-31 | done | 2016-06-30"
LATE = "2016-01-01 | 2016-06-30 | dated | 2016-12-31 | done | 2016-07-01"
OVERDUE = "2016-01-01 | 2016-06-30 | dated | 2016-12-31 | in_progress |"
CANCELLED = "2016-01-01 | 2016-06-30 | dated | 2016-03-31 | cancelled |"
CANCELLED_LATE = "2016-01-01 | 2016-06-30 | dated | 2016-12-31 | rejected |"
NO_DATE = "2016-01-01 | 2016-06-30 | dated | 2016-12-31 | done |"
NOT_FOLLOWED = "2016-01-01 | 2016-06-30 | dated | 2016-03-31 | in_progress |"


@pytest.fixture
def share(draw):
    def of(*lines, **asked):
        rows = [f"A{place} | 0638 | {line}" for place, line in enumerate(lines)]
        actions = draw("actions", "\n".join([f"action_id | municipality_code | {COLUMNS}", *rows]))
        found = action_on_time_share({"actions": actions}, **{"as_of": AS_OF, "by": "country", "detail": True} | asked)
        return found.assign(item=found["indicator"].str.partition(":")[2]).set_index("item")

    return of


def test_the_numbers_of_the_method_book(share):
    lines = [ON_TIME] * 22 + [LATE] * 8 + [OVERDUE] * 5 + [CANCELLED] * 3 + [NO_DATE] * 2
    row = share(*lines).loc["on_time"]
    assert (row["n"], row["k"]) == (35, 22)
    assert row["estimate"] == pytest.approx(22 / 35)
    assert (row["low"], row["high"]) == pytest.approx((wilson(22, 37).low, wilson(24, 37).high))
    assert row["note"] == "lower=0.5946; upper=0.6486; done_undated=2; cancelled_before_due=3"


def test_with_every_day_known_it_is_wilsons_interval(share):
    row = share(*[ON_TIME] * 22, *[LATE] * 8, *[OVERDUE] * 5).loc["on_time"]
    assert tuple(row[["estimate", "low", "high"]]) == pytest.approx((0.628571428571, 0.463369368436, 0.768341804966))
    assert row["method"] == "Wilson"


def test_the_items_add_up_to_all_of_the_known(share):
    found = share(*[ON_TIME] * 5, *[LATE] * 4, *[OVERDUE] * 3, *[CANCELLED_LATE] * 2, NO_DATE)
    assert found["k"].to_dict() == {"on_time": 5, "done_late": 4, "overdue_open": 3, "cancelled_late": 2}
    assert found["n"].unique().tolist() == [14]
    assert found["estimate"].sum() == pytest.approx(1)


def test_an_open_action_last_told_of_before_its_due_day_may_have_been_kept(share):
    row = share(*[ON_TIME] * 10, NOT_FOLLOWED).loc["on_time"]
    assert (row["n"], row["estimate"], row["flag"]) == (10, 1, "ok")
    assert row["low"] == pytest.approx(wilson(10, 11).low)
    assert "not_followed=1" in row["note"]


def test_too_many_unknown_days_make_the_share_unsure(share):
    assert share(*[ON_TIME] * 10, *[NO_DATE] * 3).loc["on_time", "flag"] == "too_few"


@pytest.mark.parametrize(("due", "n"), [("2017-12-31", 1), ("2018-01-01", 1), ("2018-01-02", 0)])
def test_what_is_due_on_the_day_itself_counts_and_in_the_future_does_not(share, due, n):
    row = share(f"2016-01-01 | {due} | dated | 2018-01-01 | done | 2017-06-30").loc["on_time"]
    assert row["n"] == n


def test_an_open_action_due_on_the_day_itself_is_not_done_by_it(share):
    assert share("2016-01-01 | 2018-01-01 | dated | 2018-01-01 | in_progress |").loc["overdue_open", "k"] == 1


def test_the_day_first_agreed_counts_whatever_was_put_later(share, draw):
    moved = "2016-01-01 | 2017-12-31 | dated | 2017-06-30 | done | 2017-05-01"
    lines = [f"A | {OVERDUE}", f"A | {moved}"]
    actions = draw("actions", "\n".join([f"action_id | {COLUMNS}", *lines]))
    found = action_on_time_share({"actions": actions}, as_of=AS_OF, by="country", period="year", detail=True)
    assert found[["period", "n"]].drop_duplicates().to_numpy().tolist() == [["2016", 1]]
    assert found["k"].tolist() == [0, 1, 0, 0]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("2016-01-01 | | undated | 2016-12-31 | done | 2016-02-01", "undated"),
        ("2016-01-01 | | | 2016-12-31 | done | 2016-02-01", "due_untold"),
        ("2016-01-01 | | continuous | 2016-12-31 | in_progress |", "continuous"),
        ("2016-01-01 | 2016-06-30 | dated | 2016-12-31 | unknown |", "no_status"),
        ("2016-07-01 | 2016-06-30 | dated | 2016-12-31 | done | 2016-07-02", "impossible_dates"),
        ("2016-01-01 | 2016-06-30 | dated | 2016-12-31 | done | 2015-07-02", "impossible_dates"),
        ("2016-01-01 | 2016-06-30 | dated | 2016-12-31 | done | 2018-07-02", "impossible_dates"),
        ("2016-01-01 | 2016-06-30 | dated | | cancelled |", "cancelled_before_due"),
        ("2016-01-01 | 2018-06-30 | dated | 2016-12-31 | in_progress |", "not_yet_due"),
    ],
)
def test_what_is_left_out_is_told_apart(share, line, why):
    row = share(line).loc["on_time"]
    assert (row["n"], row["flag"], row["note"]) == (0, "no_data", f"{why}=1")


def test_one_of_one_is_said_as_such(share):
    row = share(ON_TIME).loc["on_time"]
    assert (row["n"], row["k"], row["flag"]) == (1, 1, "too_few;all_same")
    assert row[["estimate", "low", "high"]].isna().all()


def test_a_county_without_a_promise_keeps_its_rows(share):
    found = share(ON_TIME, by="county")
    assert len(found) == 15 * len(ITEMS)
    assert (found["flag"] == "no_data").sum() == 14 * len(ITEMS)


def test_without_any_action_every_region_has_its_rows(share):
    assert share(by="prefecture")["flag"].unique().tolist() == ["no_data"]


def test_survey_regions_are_refused(share):
    with pytest.raises(ValueError, match="survey region"):
        share(ON_TIME, by="survey_region")


@settings(deadline=None, max_examples=30)
@given(
    st.lists(st.sampled_from([ON_TIME, LATE, OVERDUE, CANCELLED, CANCELLED_LATE, NO_DATE, NOT_FOLLOWED]), max_size=25)
)
def test_the_order_of_the_rows_does_not_matter_and_the_bounds_hold(lines):
    from tests.totals.conftest import drawn

    def asked(these):
        rows = [f"A{place} | {line}" for place, line in these]
        actions = drawn("actions", "\n".join([f"action_id | {COLUMNS}", *rows]))
        return action_on_time_share({"actions": actions}, as_of=AS_OF, by="country", detail=True)

    numbered = list(enumerate(lines))
    found = asked(numbered)
    assert found.equals(asked(numbered[::-1]))
    shown = found[found["estimate"].notna()]
    assert (shown["low"] <= shown["estimate"]).all()
    assert (shown["estimate"] <= shown["high"]).all()


def test_bounds_without_unknown_ones_are_the_interval():
    assert bounded_share(7, 10, 0) == wilson(7, 10)
