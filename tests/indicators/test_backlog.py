"""What is open on a day, how old it is, and whether anybody looks after it."""

from datetime import date

import pytest

from kodukant_analysis.indicators import action_backlog, action_freshness_share

AS_OF = date(2018, 1, 1)
COLUMNS = "action_id | discussion_id | agreed_on | due_on | due_kind | reported_on | status | done_on"


@pytest.fixture
def actions(draw):
    def of(*lines):
        rows = [f"A{place} | {line}" for place, line in enumerate(lines)]
        return {"actions": draw("actions", "\n".join([COLUMNS, *rows]))}

    return of


@pytest.fixture
def backlog(actions):
    def of(*lines, **asked):
        found = action_backlog(actions(*lines), **{"as_of": AS_OF, "by": "country", "detail": True} | asked)
        return found.assign(item=found["indicator"].str.partition(":")[2]).set_index("item")

    return of


def still_open(agreed="2017-01-01", due="2017-06-30", kind="dated", told="2017-12-31", discussion="D"):
    return f"{discussion} | {agreed} | {due} | {kind} | {told} | in_progress |"


def test_only_what_is_neither_done_nor_cancelled_nor_continuous_is_open(backlog):
    done = "D | 2017-01-01 | | | 2017-12-31 | done | 2017-02-01"
    row = backlog(still_open(), done, done.replace("done |", "cancelled |"), still_open(kind="continuous")).loc["count"]
    assert (row["n"], row["estimate"], row["flag"]) == (1, 1, "descriptive")


def test_none_open_is_a_number_too(backlog):
    found = backlog()
    assert (found.loc["count", "estimate"], found.loc["overdue", "flag"]) == (0, "no_data")


def test_few_open_ones_are_too_few_for_a_share_and_so_are_those_of_many_unknown_days(backlog):
    found = backlog(*[still_open()] * 9)
    assert found.loc["overdue", ["k", "flag"]].tolist() == [9, "too_few;descriptive"]
    for undated, flag in ((2, "descriptive"), (3, "too_few;descriptive")):
        found = backlog(*[still_open()] * 10, *[still_open(agreed="")] * undated)
        assert set(found.loc[["over_90", "median_age"], "flag"]) == {flag}


def test_what_is_due_today_is_not_overdue(backlog):
    found = backlog(*[still_open(due="2018-01-01")] * 5, *[still_open(due="2017-12-31")] * 5).loc["overdue"]
    assert (found["n"], found["k"], found["estimate"]) == (10, 5, 0.5)


def test_a_promise_without_a_day_cannot_be_overdue_and_an_unreadable_one_is_not_known(backlog, actions, draw):
    lines = [still_open()] * 9 + [still_open(due="", kind="undated")]
    assert backlog(*lines).loc["overdue", ["n", "k"]].tolist() == [10, 9]
    rows = [f"A{place} | {line} |" for place, line in enumerate(lines)] + [
        "B | D | 2017-01-01 | | | 2017-12-31 | in_progress | | 31.02.2017"
    ]
    table = draw("actions", "\n".join([f"{COLUMNS} | due_as_typed", *rows]))
    row = action_backlog({"actions": table}, as_of=AS_OF, by="country", detail=True).iloc[1]
    assert (row["n"], row["note"]) == (10, "blank=1; undated=1; stale=0")


def test_ninety_days_are_not_more_than_ninety(backlog):
    found = backlog(*[still_open(agreed="2017-10-03")] * 6, *[still_open(agreed="2017-10-02")] * 4).loc["over_90"]
    assert found["estimate"] == 0.4


def test_the_median_age_is_in_days(backlog):
    days = ("2017-12-31", "2017-12-30", "2017-12-22", "2017-01-02", "2017-01-01")
    found = backlog(*[still_open(agreed=day) for day in days]).loc["median_age"]
    assert (found["estimate"], found["unit"], found["flag"]) == (10, "days", "descriptive")
    assert found[["low", "high"]].isna().all()


def test_of_four_open_actions_no_median_age_is_told(backlog):
    found = backlog(*[still_open()] * 4).loc["median_age"]
    assert (found["n"], found["flag"]) == (4, "too_few;descriptive")


def test_what_nobody_told_of_lately_is_counted_beside(backlog):
    assert backlog(still_open(told="2017-10-02"), still_open(told="2017-10-03")).loc["count", "note"] == "stale=1"


@pytest.mark.parametrize("indicator", [action_backlog, action_freshness_share])
def test_a_state_has_no_periods(actions, indicator):
    with pytest.raises(ValueError, match="year"):
        indicator(actions(), as_of=AS_OF, period="year")


def test_the_fresh_are_those_told_of_in_the_last_ninety_days(actions):
    fresh = [still_open(told="2017-10-03", discussion=f"D{one % 4}") for one in range(6)]
    stale = [still_open(told="2017-10-02", discussion=f"D{one % 4}") for one in range(4)]
    row = action_freshness_share(actions(*fresh, *stale), as_of=AS_OF, by="country", detail=True).iloc[0]
    assert (row["n"], row["k"], row["estimate"], row["df"], row["flag"]) == (10, 6, 0.6, 3, "few_clusters")


def test_an_action_reported_on_no_known_day_is_not_stale_but_unknown(actions):
    lines = [still_open(discussion=f"D{one}") for one in range(10)] + [still_open(told="")] * 3
    row = action_freshness_share(actions(*lines), as_of=AS_OF, by="country", detail=True).iloc[0]
    assert (row["n"], row["k"], row["note"]) == (10, 10, "blank=3")
    assert row["flag"] == "too_few;all_same"


def test_a_county_without_an_open_action_keeps_its_row(actions):
    found = action_freshness_share(actions(still_open()), as_of=AS_OF, by="county")
    assert found["flag"].tolist() == ["no_data"] * 15
