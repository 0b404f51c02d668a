"""Who was at which discussion: what counts as held, as present, as known."""

from datetime import date

import pandas as pd
import pytest

from kodukant_analysis.totals import totals


@pytest.fixture
def sectors(draw):
    def count(discussions, attendance, as_of=date(2020, 1, 1), mapped=0.8):
        tables = {"discussions": draw("discussions", discussions), "attendance": draw("attendance", attendance)}
        return totals("discussion_sectors", tables, as_of=as_of, mapped=mapped).set_index("discussion_id")

    return count


HELD = """
    discussion_id | status | held_on
    D1            | held   | 2016-03-17
"""


def test_a_discussion_in_two_files_is_one(sectors):
    found = sectors(
        """
        discussion_id | status  | held_on    | source_file | municipality_code
        D1            | planned |            | plan.xlsx   |
        D1            | held    | 2016-03-17 | a.xlsx      |
        D1            | held    | 2016-03-17 | b.xlsx      | 0638
        """,
        """
        discussion_id | sector    | attendees | source_file
        D1            | police    | 2         | a.xlsx
        D1            | community | 9         | a.xlsx
        D1            | police    | 3         | b.xlsx
        """,
    )
    assert found[["police", "community", "municipality_code"]].values.tolist() == [[3, 9, "0638"]]


def test_a_dated_row_goes_before_a_placed_one_and_a_placed_one_before_the_first_file(sectors):
    found = sectors(
        """
        discussion_id | status | held_on    | source_file | municipality_code
        D1            | held   |            | a.xlsx      | 0205
        D1            | held   | 2016-03-17 | b.xlsx      |
        D1            | held   | 2016-03-18 | c.xlsx      | 0638
        """,
        "discussion_id | sector | attendees",
    )
    assert found.loc["D1", ["municipality_code", "held_on"]].tolist() == ["0638", pd.Timestamp("2016-03-18")]


def test_what_was_held_on_the_day_itself_is_held(sectors):
    for day, rows in (("2020-01-01", 1), ("2020-01-02", 0)):
        found = sectors(f"discussion_id | status | held_on\nD1 | held | {day}", "discussion_id | sector | attendees")
        assert len(found) == rows


def test_persons_of_one_sector_add_up_within_a_file(sectors):
    found = sectors(
        HELD,
        """
        discussion_id | sector    | group         | attendees
        D1            | community | resident      | 4
        D1            | community | village_elder | 1
        """,
    )
    assert found["community"].tolist() == [5]


def test_somebody_listed_as_absent_was_not_there(sectors):
    found = sectors(
        HELD,
        """
        discussion_id | sector           | attendees | is_absent
        D1            | police           | 2         | no
        D1            | community        | 9         |
        D1            | local_government | 1         | yes
        """,
    )
    assert found[["known", "local_government", "sides"]].values.tolist() == [[True, 0, 2]]


@pytest.mark.parametrize(
    "row", ["D1 | cancelled | 2016-03-17", "D1 | planned | 2016-03-17", "D1 | held | 2021-01-01", "D1 | | 2016-03-17"]
)
def test_only_what_was_held_by_the_day_counts(sectors, row):
    assert sectors(f"discussion_id | status | held_on\n{row}", "discussion_id | sector | attendees").empty


def test_a_held_discussion_without_a_day_keeps_its_row(sectors):
    found = sectors(
        "discussion_id | status | held_on\nD1 | held |", "discussion_id | sector | attendees\nD1 | police | 1"
    )
    assert found["held_on"].isna().tolist() == [True]


def test_without_a_list_nothing_is_known(sectors):
    found = sectors(HELD, "discussion_id | sector | attendees\nD2 | police | 1")
    assert found[["known", "sides"]].values.tolist() == [[False, 0]]


def test_a_printed_zero_is_nobody(sectors):
    found = sectors(HELD, "discussion_id | sector | attendees\nD1 | police | 2\nD1 | local_government | 0")
    assert found[["known", "sides"]].values.tolist() == [[True, 1]]


def test_a_side_whose_number_cannot_be_read_leaves_the_discussion_unknown(sectors):
    found = sectors(HELD, "discussion_id | sector | attendees\nD1 | police | 2\nD1 | community |")
    assert found["known"].tolist() == [False]


def test_a_side_with_one_unreadable_row_beside_a_readable_one_was_there(sectors):
    found = sectors(HELD, "discussion_id | sector | attendees\nD1 | police | 2\nD1 | community | 3\nD1 | community |")
    assert found[["known", "sides"]].values.tolist() == [[True, 2]]


@pytest.mark.parametrize(("unmapped", "known"), [(1, True), (2, True), (3, False)])
def test_too_many_persons_of_no_known_group_leave_the_discussion_unknown(sectors, unmapped, known):
    found = sectors(
        HELD,
        f"""
        discussion_id | sector    | group    | attendees
        D1            | community | resident | 8
        D1            | other     | unmapped | {unmapped}
        """,
    )
    assert found[["unmapped", "known"]].values.tolist() == [[unmapped, known]]


def test_a_guest_is_somebody_of_no_side(sectors):
    found = sectors(HELD, "discussion_id | sector | group | attendees\nD1 | other | media_guest | 1")
    assert found[["known", "sides"]].values.tolist() == [[True, 0]]
