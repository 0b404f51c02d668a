"""Is it told what happens next?"""

from datetime import date

import pytest

from kodukant_analysis.indicators import next_step_share
from tests.indicators.boards import tables

AS_OF = date(2018, 1, 1)
DAYS = {f"D{one}": "2016-03-17" for one in range(5)}


@pytest.fixture
def share():
    def of(topics=(), actions=(), **asked):
        found = next_step_share(
            tables(DAYS, topics, actions), **{"as_of": AS_OF, "by": "country", "detail": True} | asked
        )
        return found.set_index("indicator")

    return of


def numbered(lines):
    return [f"A{place} | {line.split(' | ', 1)[1]}" for place, line in enumerate(lines)]


def test_an_agreement_needs_an_owner_and_a_day(share):
    lines = [f"_ | D{one % 5} | | 2016-03-17 | 2016-12-31 | dated | police" for one in range(10)]
    lines += ["_ | D0 | | 2016-03-17 | 2016-12-31 | period_end |", "_ | D1 | | 2016-03-17 | | undated | police"]
    row = share(actions=numbered(lines)).loc["next_step_share:actions"]
    assert (row["n"], row["k"], row["note"]) == (12, 10, "blank=0; no_owner=1; no_due_day=1")


def test_continuous_work_needs_no_day(share):
    lines = ["_ | D0 | | 2016-03-17 | | continuous | police", "_ | D1 | | 2016-03-17 | 2016-12-31 | dated | police"]
    assert share(actions=numbered(lines)).loc["next_step_share:actions", "n"] == 1


def test_a_sheet_without_owners_tells_nothing(share):
    row = share(actions=numbered(["_ | D0 | | 2016-03-17 | 2016-12-31 | dated |"])).loc["next_step_share:actions"]
    assert (row["n"], row["flag"]) == (0, "no_data")
    assert "blank=1" in row["note"]


def test_no_action_because_is_a_next_step_and_an_empty_cell_is_none(share):
    steps = ["action", "handed_over", "no_action", "missing"]
    topics = [f"{day}T{step} | {day} | | | | | | | {step}" for day in DAYS for step in steps]
    row = share([*topics, "X | D0 | | | | | | |"]).loc["next_step_share:topics"]
    assert (row["n"], row["k"], row["note"]) == (20, 15, "blank=1")
    assert row["estimate"] == 0.75


def test_a_county_without_any_keeps_both_rows(share):
    assert share(by="county").groupby("indicator", observed=False).size().tolist() == [15, 15]
