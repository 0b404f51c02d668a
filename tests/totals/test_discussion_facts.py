"""What is known of a held discussion: one row each, whatever files tell of it."""

from datetime import date

import pandas as pd
import pytest

from kodukant_analysis.totals import totals

NOBODY = "discussion_id | sector | attendees"


@pytest.fixture
def facts(draw):
    def tell(discussions, attendance=NOBODY, as_of=date(2020, 1, 1)):
        tables = {"discussions": draw("discussions", discussions), "attendance": draw("attendance", attendance)}
        return totals("discussion_facts", tables, as_of=as_of).set_index("discussion_id")

    return tell


def test_a_discussion_in_two_files_is_one_and_each_fact_the_first_told(facts):
    found = facts(
        """
        discussion_id | status | held_on    | source_file | registered | has_room | channels
        D1            | held   | 2016-03-17 | a.xlsx      |            | yes      |
        D1            | held   | 2016-03-17 | b.xlsx      | 12         | no       | sms|poster
        """.replace("sms|poster", "sms")
    )
    assert len(found) == 1
    assert found.loc["D1", ["registered", "has_room", "channels"]].tolist() == [12, True, 1]


def test_a_discussion_lies_where_its_first_dated_and_placed_row_says_not_half_in_each(facts):
    found = facts(
        """
        discussion_id | status | held_on    | source_file | county_code | municipality_code
        D1            | held   |            | a.xlsx      | 0039        | 0205
        D1            | held   | 2016-03-17 | b.xlsx      | 0068        |
        """
    ).loc["D1"]
    assert (found["county_code"], found["held_on"]) == ("0068", pd.Timestamp("2016-03-17"))
    assert pd.isna(found["municipality_code"])


@pytest.mark.parametrize(
    "row", ["D1 | cancelled | 2016-03-17", "D1 | planned | 2016-03-17", "D1 | held | 2021-01-01", "D1 | | 2016-03-17"]
)
def test_only_what_was_held_by_the_day_counts(facts, row):
    assert facts(f"discussion_id | status | held_on\n{row}").empty


def test_a_held_discussion_without_a_day_keeps_its_row(facts):
    assert facts("discussion_id | status | held_on\nD1 | held |")["held_on"].isna().tolist() == [True]


def test_what_nobody_tells_is_missing_never_zero(facts):
    told = facts("discussion_id | status | held_on\nD1 | held | 2016-03-17").loc["D1"]
    silent = ["people", "registered", "invited", "channels", "has_room", "has_local_leader", "police_team"]
    assert told[silent].isna().all()


def test_the_number_on_the_sheet_outranks_the_list(facts):
    found = facts(
        "discussion_id | status | held_on | attendees\nD1 | held | 2016-03-17 | 20\nD2 | held | 2016-03-17 |",
        """
        discussion_id | sector    | attendees | is_absent | source_file
        D1            | community | 9         |           | a.xlsx
        D2            | community | 9         |           | a.xlsx
        D2            | police    | 2         |           | a.xlsx
        D2            | community | 3         | yes       | a.xlsx
        D2            | community | 8         |           | b.xlsx
        """,
    )
    assert found["people"].to_dict() == {"D1": 20, "D2": 11}


def test_a_list_with_a_number_nobody_can_read_tells_no_total(facts):
    found = facts(
        "discussion_id | status | held_on\nD1 | held | 2016-03-17",
        "discussion_id | sector | attendees\nD1 | police | 2\nD1 | community |",
    )
    assert found["people"].isna().tolist() == [True]


def test_a_channel_named_twice_is_one(draw):
    rows = draw("discussions", "discussion_id | status | held_on\nD1 | held | 2016-03-17\nD2 | held | 2016-03-17")
    tables = {
        "discussions": rows.assign(channels=pd.array(["sms|poster|sms", ""], dtype="string")),
        "attendance": draw("attendance", NOBODY),
    }
    found = totals("discussion_facts", tables, as_of=date(2020, 1, 1))
    assert found["channels"].tolist() == [2, pd.NA]


def test_the_summary_is_sent_awaited_left_blank_or_not_told_at_all(facts):
    found = facts(
        """
        discussion_id | status | held_on    | source_file | summary_sent_on | summary_recipients
        sent          | held   | 2019-03-01 | a.xlsx      | 2019-03-05      | 7
        waiting       | held   | 2019-12-30 | a.xlsx      | 2020-01-07      | 7
        blank         | held   | 2019-03-01 | a.xlsx      |                 |
        sent_undated  | held   | 2019-03-01 | a.xlsx      |                 | 7
        impossible    | held   | 2019-03-01 | a.xlsx      | 2019-02-01      | 7
        untold        | held   | 2019-03-01 | b.xlsx      |                 |
        """
    )
    assert found["summary"].to_dict() == {state: state for state in found.index}
    assert found.index[found["summary_sent_on"].notna()].tolist() == ["sent"]
    assert pd.isna(found.loc["waiting", "summary_recipients"])


def test_a_field_filled_for_another_discussion_of_any_of_its_files_is_a_field_it_has(facts):
    found = facts(
        """
        discussion_id | status    | held_on    | source_file | summary_sent_on
        D1            | held      | 2019-03-01 | a.xlsx      |
        D1            | held      | 2019-03-01 | b.xlsx      |
        D2            | cancelled |            | b.xlsx      | 2019-03-05
        """
    )
    assert found["summary"].to_dict() == {"D1": "blank"}


def test_of_several_days_of_sending_the_first_counts(facts):
    found = facts(
        """
        discussion_id | status | held_on    | source_file | summary_sent_on
        D1            | held   | 2019-03-01 | a.xlsx      | 2019-03-09
        D1            | held   | 2019-03-01 | b.xlsx      | 2019-03-05
        """
    )
    assert found["summary_sent_on"].tolist() == [pd.Timestamp("2019-03-05")]


def test_it_is_followed_up_by_the_first_later_one_that_names_it(facts):
    found = facts(
        """
        discussion_id | status  | held_on    | follow_up_of
        D1            | held    | 2019-03-01 | D1
        D0            | held    | 2019-01-01 | D1
        D2            | planned | 2019-04-01 | D1
        D3            | held    | 2019-06-01 | D1
        D4            | held    | 2019-05-01 | D1
        D5            | held    | 2020-05-01 | D3
        """
    )
    assert found["follow_up_on"].dropna().to_dict() == {"D1": pd.Timestamp("2019-05-01")}


def test_the_order_of_the_rows_does_not_matter(draw):
    rows = draw(
        "discussions",
        """
        discussion_id | status | held_on    | source_file | registered | summary_sent_on
        D1            | held   | 2016-03-17 | a.xlsx      | 12         | 2016-03-20
        D1            | held   | 2016-03-18 | b.xlsx      | 13         | 2016-03-19
        D2            | held   | 2016-03-17 | b.xlsx      | 14         |
        """,
    )
    people = draw("attendance", NOBODY)
    asked = [{"discussions": one, "attendance": people} for one in (rows, rows[::-1])]
    assert totals("discussion_facts", asked[0], as_of=date(2020, 1, 1)).equals(
        totals("discussion_facts", asked[1], as_of=date(2020, 1, 1))
    )
