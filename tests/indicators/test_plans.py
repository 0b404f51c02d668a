"""Were planned discussions held, and how late?"""

from datetime import date

import pytest

from kodukant_analysis.indicators import discussion_count, plan_fulfilment, plan_slippage
from kodukant_analysis.stats import wilson

AS_OF = date(2017, 6, 30)
COLUMNS = "discussion_id | status | planned_on | held_on | municipality_code | municipality_code_then | place_code"


@pytest.fixture
def plans(draw):
    def of(indicator, rows, **asked):
        sheet = COLUMNS + "\n" + "\n".join(f"D{number} | {row}" for number, row in enumerate(rows))
        tables = {"discussions": draw("discussions", sheet)}
        item, whole = asked.pop("item", 0), asked.pop("whole", False)
        found = indicator(tables, **{"as_of": AS_OF, "by": "country", "detail": True} | asked)
        return found if whole else found.iloc[item]

    return of


def kept(days_late, count=1):
    return [f"held | 2016-10-01 | 2016-10-{1 + days_late:02} | 0624 | 0160 |"] * count


OPEN = "planned | 2016-10-06 | | 0624 | 0160 |"
CANCELLED = "cancelled | 2016-10-06 | | 0624 | 0160 |"


def test_held_ones_of_those_whose_day_has_come(plans):
    row = plans(plan_fulfilment, [*kept(3, 7), OPEN, OPEN, CANCELLED])
    assert (row["n"], row["k"], row["flag"]) == (10, 7, "ok")
    assert (row["low"], row["high"]) == pytest.approx(wilson(7, 10)[1:3])


def test_cancelled_plans_are_not_forgotten(plans):
    row = plans(plan_fulfilment, [*kept(3, 9), CANCELLED])
    assert (row["n"], row["k"]) == (10, 9)
    assert row["note"] == "cancelled=1; plan_unknown=0; plan_undated=0"


def test_a_plan_for_a_later_day_is_not_due(plans):
    assert plans(plan_fulfilment, ["planned | 2017-10-06 | | 0624 | 0160 |"])["flag"] == "no_data"


def test_a_plan_without_a_day_is_a_plan_and_not_held(plans):
    row = plans(plan_fulfilment, [*kept(0, 3), "planned | | | 0624 | 0160 |"])
    assert (row["n"], row["k"], row["note"]) == (4, 3, "cancelled=0; plan_unknown=0; plan_undated=1")
    assert plans(plan_slippage, [*kept(0, 3), "planned | | | 0624 | 0160 |"])["n"] == 3


def test_the_deck_without_days_is_none_of_six_and_four_of_ten(plans):
    deck = ["held | | 2016-05-01 | 0638 | 0188 |"] * 4 + ["planned | | | 0624 | 0160 |"] * 6
    planned, overall = (plans(plan_fulfilment, deck, item=item) for item in (0, 1))
    assert (planned["k"], planned["n"], overall["k"], overall["n"]) == (0, 6, 4, 10)


def test_what_is_planned_for_the_day_itself_is_not_overdue(plans):
    today = "planned | 2017-06-30 | | 0624 | 0160 |"
    assert plans(plan_fulfilment, [*kept(0, 3), today])["n"] == 3


def test_a_plan_is_not_kept_years_later_but_across_the_reform(plans):
    plan = "planned | 2017-09-20 | | 0638 | 0188 |"
    for held, then, k in (
        ("2017-12-01", "0638", 1),
        ("2017-10-01", "0188", 1),
        ("2017-10-01", "0929", 0),
        ("2019-12-01", "0638", 0),
    ):
        row = plans(plan_fulfilment, [plan, f"held | | {held} | 0638 | {then} |"], as_of=date(2020, 1, 1))
        assert row["k"] == k, (held, then)


@pytest.mark.parametrize(("held", "k"), [("2016-09-06", 1), ("2016-09-05", 0), ("2017-10-06", 1), ("2017-10-07", 0)])
def test_a_plan_is_kept_from_thirty_days_before_its_day_to_a_year_after(plans, held, k):
    rows = [OPEN, f"held | | {held} | 0624 | 0160 |"]
    assert plans(plan_fulfilment, rows, as_of=date(2017, 12, 31))["k"] == k


def test_plans_of_the_borders_of_the_day_are_not_lost_where_they_were_held_later(plans):
    rows = ["held | 2017-09-01 | 2018-02-01 | 0638 | 0638 |"] * 12
    how = {"by": "municipality", "borders": "then", "as_of": date(2019, 1, 1)}
    for period in ("year", "half", "quarter"):
        assert plans(plan_fulfilment, rows, period=period, whole=True, **how)["n"].sum() == 24


def test_one_page_says_one_thing_of_a_plan_that_was_kept(plans):
    rows = [OPEN, "held | | 2016-11-01 | 0624 | 0160 |"]
    counts = plans(discussion_count, rows, whole=True).set_index("indicator")["n"]
    assert (counts["discussion_count:held"], counts["discussion_count:overdue"]) == (1, 0)


def test_what_was_held_after_the_cut_off_is_not_held_yet(plans):
    row = plans(plan_fulfilment, ["held | 2017-06-01 | 2017-07-15 | 0624 | 0160 |"])
    assert (row["n"], row["k"]) == (1, 0)


@pytest.mark.parametrize(
    ("unplanned", "k"),
    [
        ("held | | 2016-11-01 | 0624 | 0160 |", 1),
        ("held | | 2016-09-20 | 0624 | 0160 |", 1),
        ("held | | 2016-05-01 | 0624 | 0160 |", 0),
        ("held | | 2016-11-01 | 0624 | 0568 |", 0),
        ("held | 2016-11-01 | 2016-11-01 | 0624 | 0160 |", 0),
        ("held | | 2016-11-01 | 0624 | 0160 | 1234", 1),
    ],
)
def test_an_unplanned_discussion_in_the_same_place_keeps_a_plan(plans, unplanned, k):
    row = plans(plan_fulfilment, [OPEN, unplanned])
    assert row["k"] - ("held | 2016" in unplanned) == k


def test_one_unplanned_discussion_keeps_one_plan_only(plans):
    assert plans(plan_fulfilment, [OPEN, OPEN, "held | | 2016-11-01 | 0624 | 0160 |"])["k"] == 1


def test_a_plan_for_a_village_is_not_kept_in_another_village(plans):
    village = "planned | 2016-10-06 | | 0624 | 0568 | 7536"
    assert plans(plan_fulfilment, [village, "held | | 2016-11-01 | 0624 | 0568 | 1234"])["k"] == 0
    assert plans(plan_fulfilment, [village, "held | | 2016-11-01 | 0624 | 0568 | 7536"])["k"] == 1


def test_overall_those_of_whose_plan_nothing_is_told_count_too(plans):
    deck = [f"held | | 2016-0{month}-01 | 06{month}0 | 01{month}0 |" for month in range(3, 7)]
    rows = [
        *deck,
        *[f"planned | 2016-1{month}-06 | | 07{month}0 | 02{month}0 |" for month in range(3)],
        OPEN,
        OPEN,
        OPEN,
    ]
    planned, overall = (plans(plan_fulfilment, rows, item=item) for item in (0, 1))
    assert (planned["k"], planned["n"], planned["flag"]) == (0, 6, "too_few;all_same")
    assert (overall["k"], overall["n"], overall["estimate"]) == (4, 10, 0.4)


def test_a_share_of_plans_is_not_said_where_the_plans_of_held_ones_are_overwritten(plans):
    rows = [*[OPEN] * 12, *kept(3, 6), *["held | | 2016-03-01 | 0638 | 0188 |"] * 2]
    for indicator, note in ((plan_fulfilment, "planned days overwritten"), (plan_slippage, "planned days unknown")):
        row = plans(indicator, rows)
        assert row["flag"].startswith("too_few")
        assert row["note"] == note
    assert plans(plan_fulfilment, rows[:-1])["flag"] == "ok"


def test_an_unplanned_discussion_that_keeps_a_plan_counts_once(plans):
    overall = plans(plan_fulfilment, [OPEN, "held | | 2016-11-01 | 0624 | 0160 |"], item=1)
    assert (overall["n"], overall["k"]) == (1, 1)


def test_places_without_a_name_keep_no_plan(plans):
    assert plans(plan_fulfilment, ["planned | 2016-10-06 | | | |", "held | | 2016-11-01 | | |"])["k"] == 0


def test_the_median_counts_those_still_waiting(plans):
    row = plans(plan_slippage, [*kept(0, 2), *kept(7, 2), *kept(20, 2), OPEN, OPEN, OPEN])
    assert (row["n"], row["k"], row["estimate"], row["unit"]) == (9, 6, 20, "days")
    assert plans(plan_slippage, [*kept(0, 2), *kept(7, 3), *kept(20, 2)])["estimate"] == 7


def test_held_early_is_not_late(plans):
    assert plans(plan_slippage, ["held | 2016-10-10 | 2016-10-01 | 0624 | 0160 |"] * 3)["estimate"] == 0


def test_where_most_are_cancelled_half_is_not_reached(plans):
    row = plans(plan_slippage, [*kept(3, 2), CANCELLED, CANCELLED, CANCELLED])
    assert row["flag"] == "not_reached"
    assert row[["estimate", "low", "high"]].isna().all()


def test_of_two_plans_no_median_is_said(plans):
    assert plans(plan_slippage, kept(3, 2))["flag"] == "too_few"


def test_the_earliest_plan_takes_the_discussion(plans):
    rows = ["planned | 2016-12-01 | | 0624 | 0160 |", "planned | 2016-10-06 | | 0624 | 0160 |"]
    rows += ["held | | 2016-12-05 | 0624 | 0160 |"]
    found = plans(plan_fulfilment, rows, period="quarter", whole=True)
    planned = found[found["indicator"] == "plan_fulfilment:planned"].set_index("period")
    assert planned.loc["2016Q4", ["n", "k"]].tolist() == [2, 1]
    assert plans(plan_slippage, [*rows, *kept(0, 1)])["k"] == 2
