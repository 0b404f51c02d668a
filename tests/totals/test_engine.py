"""The engine: deterministic, closed to the outside, clear about what is missing."""

from datetime import date
from importlib.resources import files

import pandas as pd
import pytest

from kodukant_analysis.totals import Remembering, totals
from kodukant_analysis.totals.engine import query_text, read_tables

QUERIES = sorted(
    path.name.removesuffix(".sql") for path in files("kodukant_analysis.totals").iterdir() if path.name.endswith(".sql")
)
AS_OF = date(2026, 1, 1)


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_says_what_it_counts_its_grain_and_what_it_reads(name):
    lines = query_text(name).splitlines()
    assert lines[0].startswith("-- One row")
    assert any(line.startswith("-- grain:") for line in lines)
    assert read_tables(query_text(name))


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_is_ordered_to_the_last_row(name):
    assert "ORDER BY" in query_text(name).splitlines()[-1]


def test_an_arrow_table_is_as_good_as_a_frame(draw):
    pa = pytest.importorskip("pyarrow")
    actions = draw(
        "actions", "action_id | agreed_on | reported_on | status\n A | 2016-01-01 | 2016-02-01 | in_progress"
    )
    from_frame = totals("action_events", {"actions": actions}, as_of=AS_OF)
    from_arrow = totals("action_events", {"actions": pa.Table.from_pandas(actions)}, as_of=AS_OF)
    pd.testing.assert_frame_equal(from_frame, from_arrow)


@pytest.mark.parametrize("turn", [lambda rows: rows[::-1], lambda rows: rows.iloc[::-1].reset_index(drop=True)])
def test_a_frame_turned_round_gives_the_same(draw, turn):
    rows = draw("discussions", "discussion_id | status | held_on\n A | held | 2016-01-01\n B | planned |")
    straight, turned = (totals("discussion_places", {"discussions": one}, as_of=AS_OF) for one in (rows, turn(rows)))
    pd.testing.assert_frame_equal(straight, turned)


def test_a_table_that_is_not_there_is_named():
    with pytest.raises(KeyError, match="actions"):
        totals("action_events", {}, as_of=AS_OF)


def test_a_column_that_a_frame_lacks_is_missing():
    held = pd.DataFrame(
        {"discussion_id": ["D"], "status": ["held"], "held_on": [pd.Timestamp("2016-05-05")]}, index=[7]
    )
    found = totals("discussion_places", {"discussions": held}, as_of=AS_OF)
    assert found[["discussion_id", "state"]].to_numpy().tolist() == [["D", "held"]]
    assert found["municipality_code"].isna().all()


def test_an_unknown_query_is_named():
    with pytest.raises(FileNotFoundError, match="no_such_query"):
        totals("no_such_query", {})


def test_a_region_nobody_knows_is_missing_text_and_not_a_number(draw):
    actions = draw(
        "actions", "action_id | agreed_on | reported_on | status\n A | 2016-01-01 | 2016-02-01 | in_progress"
    )
    found = totals("action_events", {"actions": actions}, as_of=AS_OF)
    assert found["county_code"].dtype == "str"
    assert found["county_code"].isna().all()


def test_tables_that_remember_are_asked_each_question_once_and_answer_alike(draw):
    actions = draw("actions", "action_id | agreed_on | reported_on | status\n A | 2016-01-01 | 2016-02-01 | done")
    plain, remembering = {"actions": actions}, Remembering({"actions": actions})
    first, again, earlier = (
        totals("action_events", remembering, as_of=day) for day in (AS_OF, AS_OF, date(2016, 1, 15))
    )
    assert again is first
    assert earlier is not first
    pd.testing.assert_frame_equal(first, totals("action_events", plain, as_of=AS_OF))
    pd.testing.assert_frame_equal(earlier, totals("action_events", plain, as_of=date(2016, 1, 15)))
