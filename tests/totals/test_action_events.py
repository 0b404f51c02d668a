"""What became of an action: read off a history of deliveries."""

from datetime import date

import pytest

from kodukant_analysis.totals import totals

AS_OF = date(2017, 12, 31)
OPEN, COMPLETED, CANCELLED, UNUSED = 0, 1, 2, -1


@pytest.fixture
def fate(draw):
    """(use, status, days) of one action agreed on 2016-01-01, from its deliveries: reported_on | status | done_on."""

    def of(deliveries, as_of=AS_OF, agreed_on="2016-01-01"):
        lines = [f"A | {agreed_on} | {line}" for line in deliveries.strip().splitlines()]
        drawing = "\n".join(["action_id | agreed_on | reported_on | status | done_on", *lines])
        found = totals("action_events", {"actions": draw("actions", drawing)}, as_of=as_of)
        return None if found.empty else tuple(found[["use", "status", "days"]].iloc[0])

    return of


def test_an_open_action_is_known_to_be_open_only_until_its_last_delivery(fate):
    assert fate("2016-01-31 | in_progress |") == ("used", OPEN, 30)


@pytest.mark.parametrize("status", ["not_started", "in_progress", "partial", "on_hold", "postponed", "handed_over"])
def test_what_has_not_ended_is_open(fate, status):
    assert fate(f"2016-01-31 | {status} |") == ("used", OPEN, 30)


def test_a_done_action_ended_on_its_day_not_on_the_day_of_the_report(fate):
    assert fate("2016-12-31 | done | 2016-01-11") == ("used", COMPLETED, 10)


@pytest.mark.parametrize("status", ["cancelled", "rejected"])
def test_a_cancelled_action_ended_when_first_reported_so(fate, status):
    assert fate(f"2016-01-11 | in_progress |\n2016-01-31 | {status} |\n2016-03-01 | {status} |") == (
        "used",
        CANCELLED,
        30,
    )


def test_rejected_after_cancelled_is_still_the_same_end(fate):
    assert fate("2016-01-31 | cancelled |\n2016-03-01 | rejected |") == ("used", CANCELLED, 30)


def test_the_order_of_the_rows_is_not_the_order_of_the_deliveries(fate):
    assert fate("2016-12-31 | done | 2016-01-11\n2016-01-05 | in_progress |") == ("used", COMPLETED, 10)


def test_a_reopened_action_is_open(fate):
    assert fate("2016-01-31 | done | 2016-01-11\n2016-03-01 | in_progress |") == ("used", OPEN, 60)


def test_of_a_reopened_action_the_last_closing_counts(fate):
    history = "2016-01-31 | done | 2016-01-11\n2016-03-01 | in_progress |\n2016-06-01 | done | 2016-04-10"
    assert fate(history) == ("used", COMPLETED, 100)


def test_of_a_reopened_action_the_first_day_of_completion_is_not_taken_for_the_second(fate):
    history = "2016-01-31 | done | 2016-01-11\n2016-03-01 | in_progress |\n2016-06-01 | done |"
    assert fate(history) == ("done_without_date", UNUSED, 0)


def test_a_day_of_completion_stands_though_a_later_delivery_leaves_it_out(fate):
    assert fate("2016-01-31 | done | 2016-01-11\n2016-03-01 | done |") == ("used", COMPLETED, 10)


@pytest.mark.parametrize("status", ["unknown", ""])
def test_an_unknown_status_later_on_adds_nothing(fate, status):
    assert fate(f"2016-01-31 | in_progress |\n2016-06-01 | {status} |") == ("used", OPEN, 30)
    assert fate(f"2016-01-31 | cancelled |\n2016-06-01 | {status} |") == ("used", CANCELLED, 30)


def test_a_day_of_completion_beside_a_blank_status_is_a_completion(fate):
    assert fate("2016-01-31 | | 2016-01-11") == ("used", COMPLETED, 10)


def test_a_later_delivery_than_the_cut_off_does_not_exist_yet(fate):
    history = "2016-01-31 | in_progress |\n2016-12-31 | done | 2016-12-01"
    assert fate(history, as_of=date(2016, 6, 1)) == ("used", OPEN, 30)
    assert fate(history, as_of=date(2016, 12, 31)) == ("used", COMPLETED, 335)


def test_an_action_agreed_after_the_cut_off_does_not_exist_yet(fate):
    assert fate("2016-01-31 | in_progress |", agreed_on="2018-01-01") is None
    assert fate("2017-12-31 | in_progress |", agreed_on="2017-12-31") == ("used", OPEN, 0)


def test_what_ended_on_the_day_of_the_cut_off_has_ended(fate):
    assert fate("2017-12-31 | done | 2017-12-31") == ("used", COMPLETED, 730)


def test_a_delivery_of_no_known_day_goes_before_the_others(fate):
    assert fate("2016-01-31 | in_progress |\n | done | 2016-01-11") == ("used", OPEN, 30)


@pytest.mark.parametrize(
    ("delivery", "why"),
    [
        ("2016-01-31 | unknown |", "no_status"),
        ("2016-01-31 | done |", "done_without_date"),
        (" | in_progress |", "no_report_date"),
        (" | cancelled |", "no_report_date"),
        ("2016-01-31 | done | 2015-12-31", "done_before_agreed"),
        ("2015-12-31 | in_progress |", "reported_before_agreed"),
        ("2016-01-31 | done | 2018-01-01", "done_in_future"),
        ("2016-01-31 | continuous |", "continuous"),
    ],
)
def test_an_action_that_cannot_be_used_is_counted_with_its_reason(fate, delivery, why):
    assert fate(delivery) == (why, UNUSED, 0)


def test_an_action_without_a_day_of_agreement_is_counted(fate):
    assert fate("2016-01-31 | in_progress |", agreed_on="") == ("no_agreed_on", UNUSED, 0)


def test_a_done_action_needs_no_day_of_report(fate):
    assert fate(" | done | 2016-01-11") == ("used", COMPLETED, 10)


def test_done_on_the_day_of_the_agreement_counts(fate):
    assert fate("2016-01-31 | done | 2016-01-01") == ("used", COMPLETED, 0)


def test_an_action_once_called_continuous_is_left_out_however_it_ended(draw):
    actions = draw(
        "actions",
        """
        action_id | agreed_on  | reported_on | status      | due_kind   | done_on
        A         | 2016-01-01 | 2016-01-31  | in_progress | continuous |
        A         | 2016-01-01 | 2016-06-30  | done        | dated      | 2016-06-01
        """,
    )
    assert totals("action_events", {"actions": actions}, as_of=AS_OF)["use"].tolist() == ["continuous"]


def test_the_first_agreement_counts(draw):
    actions = draw(
        "actions",
        """
        action_id | agreed_on  | reported_on | status      | done_on
        A         |            | 2016-01-05  | in_progress |
        A         | 2016-01-01 | 2016-01-31  | in_progress |
        A         | 2016-03-01 | 2016-06-30  | done        | 2016-05-30
        """,
    )
    assert totals("action_events", {"actions": actions}, as_of=AS_OF)["days"].tolist() == [150]


def test_equal_fates_of_one_discussion_are_counted_together(draw):
    actions = draw(
        "actions",
        """
        action_id | discussion_id | agreed_on  | reported_on | status
        A         | D1            | 2016-01-01 | 2016-01-31  | in_progress
        B         | D1            | 2016-01-01 | 2016-01-31  | on_hold
        C         | D2            | 2016-01-01 | 2016-01-31  | on_hold
        """,
    )
    found = totals("action_events", {"actions": actions}, as_of=AS_OF)
    assert found[["discussion_id", "actions"]].values.tolist() == [["D1", 2], ["D2", 1]]


def test_an_action_of_no_known_discussion_is_a_cluster_of_its_own(draw):
    actions = draw(
        "actions",
        """
        action_id | agreed_on  | reported_on | status
        A         | 2016-01-01 | 2016-01-31  | in_progress
        B         | 2016-01-01 | 2016-01-31  | in_progress
        """,
    )
    assert totals("action_events", {"actions": actions}, as_of=AS_OF)["discussion_id"].nunique() == 2


def test_a_place_named_in_one_delivery_holds_for_the_action(draw):
    actions = draw(
        "actions",
        """
        action_id | agreed_on  | reported_on | status      | municipality_code
        A         | 2016-01-01 | 2016-01-31  | in_progress | 0638
        A         | 2016-01-01 | 2016-06-30  | on_hold     |
        """,
    )
    assert totals("action_events", {"actions": actions}, as_of=AS_OF)["municipality_code"].tolist() == ["0638"]


def test_actions_of_two_topics_are_counted_apart(draw):
    actions = draw(
        "actions",
        """
        action_id | discussion_id | topic_id | agreed_on  | reported_on | status
        A         | D1            | T1       | 2016-01-01 | 2016-01-31  | partial
        B         | D1            | T2       | 2016-01-01 | 2016-01-31  | in_progress
        B         | D1            |          | 2016-01-01 | 2016-02-28  | rejected
        """,
    )
    found = totals("action_events", {"actions": actions}, as_of=AS_OF)
    assert found[["topic_id", "status", "partial", "rejected"]].values.tolist() == [["T1", 0, 1, 0], ["T2", 2, 0, 1]]


def test_a_topic_that_several_files_tell_of_has_one_category(draw):
    topics = draw(
        "topics",
        """
        topic_id | source_file | category
        T1       | a.xlsx      |
        T1       | c.xlsx      | roads
        T1       | b.xlsx      | lighting
        T2       | a.xlsx      |
        """,
    )
    found = totals("topic_categories", {"topics": topics})
    assert found.values.tolist() == [["T1", "lighting"]]
