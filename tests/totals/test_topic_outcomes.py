"""What became of a topic, and whether that is known at all."""

from datetime import date

import pytest

from kodukant_analysis.loaders.vocabulary import vocabulary
from kodukant_analysis.totals import totals

AS_OF = date(2018, 1, 1)


@pytest.fixture
def outcomes(draw):
    """Topics of a discussion D held on 2016-01-01, by topic; each argument the lines of a table."""

    def of(topics="", actions="", attendance="", held="D | held | 2016-01-01"):
        tables = {
            "discussions": draw("discussions", f"discussion_id | status | held_on\n{held}"),
            "topics": draw("topics", f"topic_id | discussion_id | raised_by | next_step\n{topics}"),
            "actions": draw("actions", f"action_id | discussion_id | topic_id | agreed_on\n{actions}"),
            "attendance": draw("attendance", f"discussion_id | group | sector\n{attendance}"),
        }
        return totals("topic_outcomes", tables, as_of=AS_OF, linked=0.8).set_index("topic_id")

    return of


def test_the_first_action_counts(outcomes):
    found = outcomes("T | D | |", "A | D | T | 2016-03-01\nB | D | T | 2016-02-01").loc["T"]
    assert (found["days"], found["undated"], found["is_linked"]) == (31, 0, True)


def test_an_action_without_a_day_or_before_the_discussion_tells_no_time(outcomes):
    found = outcomes("T | D | |", "A | D | T |\nB | D | T | 2015-12-31").loc["T"]
    assert found["undated"] == 2
    assert found.isna()["days"]


def test_actions_that_name_no_topic_leave_it_open_which_topics_led_to_them(outcomes):
    assert not outcomes("T | D | |", "A | D | | 2016-01-01").loc["T", "is_linked"]
    assert outcomes("T | D | |", "\n".join(f"A{i} | D | T | 2016-01-01" for i in range(4))).loc["T", "is_linked"]


@pytest.mark.parametrize(("named", "is_linked"), [(4, True), (3, False)])
def test_four_actions_of_five_that_name_their_topic_are_enough(outcomes, named, is_linked):
    lines = [f"A{one} | D | {'T' if one < named else ''} | 2016-01-01" for one in range(5)]
    assert outcomes("T | D | |", "\n".join(lines)).loc["T", "is_linked"] == is_linked


def test_no_action_told_is_none_agreed_only_where_the_board_says_so(outcomes):
    assert not outcomes("T | D | |").loc["T", "is_linked"]
    assert not outcomes("T | D | | missing").loc["T", "is_linked"]
    assert outcomes("T | D | | no_action").loc["T", "is_linked"]
    assert not outcomes("T | D | | no_action\nU | D | | action").loc["T", "is_linked"]


def test_a_topic_in_two_files_is_one(outcomes):
    found = outcomes("T | D | police |\nT | D | resident | action")
    assert (len(found), found.loc["T", "sector"], found.loc["T", "next_step"]) == (1, "police", "action")


def test_a_discussion_without_topics_keeps_its_row(outcomes):
    found = outcomes()
    assert len(found) == 1
    assert found.index.isna().all()


def test_topics_of_a_discussion_that_was_not_held_are_no_topics(outcomes):
    assert outcomes("T | D | |", held="D | planned | 2016-01-01").empty
    assert outcomes("T | D | |", held="D | held | 2018-01-02").empty


def test_a_group_belongs_to_the_sector_that_the_attendance_lists_give_it(outcomes):
    assert outcomes("T | D | rescue |").loc["T", "sector"] == "state"
    assert outcomes("T | D | rescue |", attendance="D | rescue | community").loc["T", "sector"] == "community"


def test_an_unknown_group_is_no_sector(outcomes):
    assert outcomes("T | D | unmapped |").isna().loc["T", "sector"]


def test_the_usual_sectors_are_those_of_the_vocabulary(outcomes):
    for sector, groups in vocabulary().values["sectors"].codes.items():
        for group in set(groups) - {"unmapped"}:
            assert outcomes(f"T | D | {group} |").loc["T", "sector"] == sector, group
