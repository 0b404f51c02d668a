"""Where discussions are and what became of them, as of a day."""

from datetime import date

import pandas as pd
import pytest

from kodukant_analysis.totals import totals

AS_OF = date(2017, 6, 30)
COLUMNS = "discussion_id | status | planned_on | held_on | municipality_code"


@pytest.fixture
def state(draw):
    def of(*rows):
        table = draw("discussions", "\n".join([COLUMNS, *rows]))
        return totals("discussion_places", {"discussions": table}, as_of=AS_OF).set_index("discussion_id")

    return of


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("D | held | | 2017-06-30 | 0638", "held"),
        ("D | held | | | 0638", "held"),
        ("D | held | | 2017-07-01 | 0638", "planned"),
        ("D | held | 2017-06-01 | 2017-07-01 | 0638", "overdue"),
        ("D | planned | 2017-06-29 | | 0638", "overdue"),
        ("D | planned | 2017-06-30 | | 0638", "planned"),
        ("D | planned | | | 0638", "planned"),
        ("D | cancelled | 2017-06-01 | | 0638", "cancelled"),
        ("D | cancelled | | 2017-07-01 | 0638", "cancelled"),
        ("D | | 2017-06-01 | | 0638", "unknown"),
    ],
)
def test_the_state_is_as_of_the_day(state, row, expected):
    assert state(row).loc["D", "state"] == expected


def test_a_discussion_held_later_is_planned_for_that_day(state):
    row = state("D | held | | 2017-07-01 | 0638").loc["D"]
    assert row["planned_on"] == pd.Timestamp("2017-07-01")
    assert pd.isna(row["held_on"])


def test_a_plan_and_its_discussion_of_one_id_are_one_row(state):
    found = state("D | planned | 2017-05-01 | | 0638", "D | held | | 2017-05-20 | 0638")
    assert len(found) == 1
    assert found.loc["D", "state"] == "held"
    assert found.loc["D", ["planned_on", "held_on"]].tolist() == [
        pd.Timestamp("2017-05-01"),
        pd.Timestamp("2017-05-20"),
    ]


def test_a_dated_row_goes_before_a_placed_one_and_a_placed_one_before_the_first(state):
    found = state("D | held | | | 0205", "D | held | | 2017-05-20 |", "D | held | | 2017-05-21 | 0638").loc["D"]
    assert found[["municipality_code", "held_on"]].tolist() == ["0638", pd.Timestamp("2017-05-21")]


def test_what_was_cancelled_is_no_plan_in_any_order_of_files(state):
    rows = ["D | planned | 2017-05-01 | | 0638", "D | cancelled | 2017-05-01 | | 0638"]
    assert state(*rows).loc["D", "state"] == state(*reversed(rows)).loc["D", "state"] == "cancelled"
