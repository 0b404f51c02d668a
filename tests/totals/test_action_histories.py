"""What a history of deliveries says of an action: first promises stay, the latest known state counts."""

from datetime import date

import pytest

from kodukant_analysis.totals import totals

AS_OF = date(2018, 1, 1)


@pytest.fixture
def history(draw):
    """One action, from its deliveries: columns and lines of a drawing without action_id."""

    def of(columns, *lines, as_of=AS_OF):
        drawing = "\n".join([f"action_id | {columns}", *(f"A | {line}" for line in lines)])
        return totals("action_histories", {"actions": draw("actions", drawing)}, as_of=as_of).iloc[0]

    return of


def test_a_due_day_moved_later_on_leaves_the_first_one(history):
    found = history(
        "reported_on | due_on | due_kind", "2016-12-31 | 2016-12-01 | dated", "2017-06-30 | 2017-12-31 | period_end"
    )
    assert (str(found["due_on"].date()), found["due_kind"], found["due"]) == ("2016-12-01", "dated", "dated")


def test_a_due_day_first_told_later_is_the_first_told(history):
    found = history("reported_on | due_on | due_kind", "2016-12-31 | | undated", "2017-06-30 | 2017-12-31 | dated")
    assert (str(found["due_on"].date()), found["due"]) == ("2017-12-31", "dated")


def test_a_delivery_of_a_later_day_does_not_exist_yet(history):
    found = history(
        "reported_on | status | done_on",
        "2016-12-31 | in_progress |",
        "2017-06-30 | done | 2017-02-01",
        as_of=date(2017, 1, 1),
    )
    assert (found["state"], str(found["ended_on"].date())) == (0, "2016-12-31")


def test_a_cancelled_action_ended_on_the_day_first_reported_so(history):
    found = history("reported_on | status", "2016-12-31 | cancelled", "2017-06-30 | rejected")
    assert (found["state"], str(found["ended_on"].date())) == (2, "2016-12-31")


@pytest.mark.parametrize(
    ("lines", "due"),
    [
        (["| undated | kohe"], "undated"),
        (["| | 31.02.2017"], "unread"),
        (["| |"], "untold"),
        (["| |", "2016-12-01 | dated | 1.12.2016"], "dated"),
    ],
)
def test_a_due_day_is_there_left_open_unreadable_or_never_asked_for(history, lines, due):
    assert history("due_on | due_kind | due_as_typed", *lines)["due"] == due


def test_a_blank_cell_in_a_column_that_others_fill_is_no_promise(draw):
    drawing = "action_id | due_on | due_kind | owners\n A | | |\n B | 2016-12-01 | dated | police"
    found = totals("action_histories", {"actions": draw("actions", drawing)}, as_of=AS_OF).set_index("action_id")
    assert found["due"].to_dict() == {"A": "undated", "B": "dated"}
    assert found["owner"].to_dict() == {"A": "blank", "B": "named"}


def test_a_sheet_without_owners_tells_of_none(history):
    assert history("reported_on | owners", "2016-12-31 |")["owner"] == "untold"


def test_an_action_without_a_discussion_is_a_cluster_of_its_own(history):
    assert history("reported_on | status", "2016-12-31 | done")["discussion_id"] == "action A"
