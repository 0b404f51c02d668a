"""Did the summary reach those who came, and how soon?"""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from kodukant_analysis.indicators import summary_delay, summary_sent_share
from kodukant_analysis.stats import aalen_johansen, cluster_mean, cluster_share, incidence_at, wilson

AS_OF = date(2020, 1, 1)


@pytest.fixture
def tables(draw):
    def of(discussions):
        """discussions: (days until sent or None, people, recipients, days before AS_OF it was held, file)."""
        lines = [
            "discussion_id|status|held_on|municipality_code|summary_sent_on|attendees|summary_recipients|source_file"
        ]
        for place, (sent, people, recipients, ago, file) in enumerate(discussions):
            held = AS_OF - timedelta(days=ago)
            day = "" if sent is None else held + timedelta(days=sent)
            told = "" if recipients is None else recipients
            lines.append(f"D{place}|held|{held}|0638|{day}|{people}|{told}|{file}")
        return {
            "discussions": draw("discussions", "\n".join(lines)),
            "attendance": draw("attendance", "discussion_id | sector | attendees"),
        }

    return of


@pytest.fixture
def share(tables):
    return lambda *rows, **asked: _by_item(summary_sent_share(tables(rows), **_asked(asked)))


@pytest.fixture
def delay(tables):
    return lambda *rows, **asked: _by_item(summary_delay(tables(rows), **_asked(asked)))


def _asked(asked):
    return {"as_of": AS_OF, "by": "country", "detail": True} | asked


def _by_item(frame):
    return frame.set_index(frame["indicator"].str.split(":", n=1).str[1])


def discussion(sent, people=20, recipients=10, ago=100, file="a.xlsx"):
    return (sent, people, recipients, ago, file)


def test_the_share_is_of_those_that_tell_the_day(share):
    row = share(*[discussion(14)] * 6, *[discussion(15)] * 4, discussion(None)).loc["discussions:14"]
    assert (row["n"], row["k"], row["flag"]) == (10, 6, "ok")
    assert (row["estimate"], row["low"], row["high"]) == pytest.approx(wilson(6, 10)[:3])
    assert "least=0.545; most=0.636; blank=1" in row["note"]


def test_a_discussion_whose_time_is_not_over_is_left_out_even_if_its_summary_is_sent(share):
    found = share(*[discussion(3)] * 10, discussion(1, ago=13), discussion(None, ago=0)).loc["discussions:14"]
    assert (found["n"], found["k"], found["flag"]) == (10, 10, "all_same;immature")
    assert "younger=2" in found["note"]


def test_the_last_day_of_the_time_is_in_time(share):
    found = share(*[discussion(14, ago=14)] * 10).loc["discussions:14"]
    assert (found["n"], found["k"]) == (10, 10)


def test_a_summary_sent_after_the_cut_off_was_not_in_time(share):
    found = share(*[discussion(50, ago=30)] * 10).loc["discussions:14"]
    assert (found["n"], found["k"], found["flag"]) == (10, 0, "all_same")


def test_many_blanks_make_the_share_too_few(share):
    found = share(*[discussion(3)] * 10, *[discussion(None)] * 3).loc["discussions:14"]
    assert (found["n"], found["k"], found["flag"]) == (10, 10, "too_few;all_same")
    assert np.isnan(found["estimate"])


def test_a_summary_sent_before_the_discussion_is_a_slip_and_counts_as_blank(share, delay):
    rows = [discussion(3)] * 10 + [discussion(-2)]
    assert share(*rows).loc["discussions:14", "n"] == 10
    found = delay(*rows).loc["sent:14"]
    assert found["n"] == 10
    assert "impossible=1" in found["note"]


def test_of_those_who_came_no_more_are_reached_than_came(share):
    rows = [(2, 20, 10, 100, "a"), (3, 10, 40, 100, "a"), (30, 30, 30, 100, "a"), *[(4, 10, 5, 100, "a")] * 7]
    found = share(*rows)
    expected = cluster_share([10, 10, 0] + [5] * 7, [20, 10, 30] + [10] * 7)
    assert found.loc["attendees:14", ["estimate", "low", "high"]].tolist() == pytest.approx(expected[:3])
    assert found.loc["attendees:14", ["n", "k"]].tolist() == [130, 55]
    per_head = cluster_mean([10, 40, 0] + [5] * 7, [20, 10, 30] + [10] * 7)
    assert found.loc["recipients:14", ["estimate", "low", "high"]].tolist() == pytest.approx(per_head[:3])


def test_a_register_without_the_number_of_recipients_does_not_seem_to_reach_nobody(share):
    found = share(*[discussion(30, recipients=None)] * 10)
    assert found.loc[["attendees:14", "recipients:14"], "flag"].tolist() == ["no_data", "no_data"]


def test_four_discussions_are_too_few_for_a_share_of_those_who_came(share):
    found = share(*[discussion(3), discussion(30)] * 2)
    assert "too_few" in found.loc["attendees:14", "flag"]
    assert "too_few" in found.loc["recipients:14", "flag"]


def test_another_time_has_another_name(share):
    found = share(*[discussion(20)] * 10, within=30)
    assert found.loc["discussions:30", "k"] == 10


def test_the_delay_lets_those_not_sent_yet_wait_on(delay):
    rows = [discussion(day, ago=100) for day in (2, 5, 9, 12, 20, 25)] + [discussion(None, recipients=None, ago=60)] * 6
    found = delay(*rows)
    curve = aalen_johansen([2, 5, 9, 12, 20, 25] + [60] * 6, [1] * 6 + [0] * 6, causes=(1,))
    expected = incidence_at(curve, 14, df=11)
    assert found.loc["sent:14", ["estimate", "low", "high"]].tolist() == pytest.approx(expected[:3])
    assert found.loc["sent:14", ["n", "k", "flag"]].tolist() == [12, 4, "ok"]
    # half are sent from day 25 on to the last day seen: the middle, as R's quantile of survfit has it
    assert found.loc["median", ["estimate", "flag"]].tolist() == [42.5, "ok"]


def test_a_discussion_of_a_file_without_the_field_is_left_out_not_waiting(delay):
    rows = [discussion(3)] * 10 + [discussion(None, recipients=None, file="b.xlsx")] * 2
    found = delay(*rows).loc["sent:7"]
    assert (found["n"], found["estimate"], found["flag"]) == (10, 1, "all_same")
    assert "untold=2" in found["note"]


def test_files_without_the_field_make_it_too_few_when_they_are_many(delay):
    found = delay(*[discussion(3)] * 10, *[discussion(None, recipients=None, file="b.xlsx")] * 3)
    assert found["flag"].str.contains("too_few").all()


def test_half_that_is_never_reached_says_so(delay):
    found = delay(*[discussion(3)] * 4, *[discussion(None, recipients=None)] * 6).loc["median"]
    assert found["flag"] == "not_reached"
    assert np.isnan(found["estimate"])


def test_a_summary_of_the_same_day_counts(delay):
    assert delay(*[discussion(0)] * 10, at=(0,)).loc["sent:0", "k"] == 10


def test_the_young_make_a_later_day_provisional(delay):
    found = delay(*[discussion(3)] * 8, *[discussion(None, recipients=None, ago=10)] * 4, *[discussion(40)] * 6)
    assert found.loc["sent:7", "flag"] == "ok"
    assert found.loc["sent:14", "flag"] == "immature"


@pytest.mark.parametrize("indicator", [summary_sent_share, summary_delay])
def test_a_county_without_a_discussion_keeps_its_rows(tables, indicator):
    found = indicator(tables([discussion(3)] * 10), by="county", as_of=AS_OF, detail=True)
    assert found["region"].nunique() == 15
    assert set(found.loc[found["region"] == "0039", "flag"]) == {"no_data"}


@pytest.mark.parametrize("indicator", [summary_sent_share, summary_delay])
def test_the_order_of_the_rows_does_not_matter(tables, indicator):
    drawn = tables([discussion(day) for day in (3, 7, 15, None, 40, 2, 9, 13, 14, 21, 30)])
    turned = drawn | {"discussions": drawn["discussions"][::-1]}
    pd.testing.assert_frame_equal(*(indicator(one, as_of=AS_OF, detail=True) for one in (drawn, turned)))


@pytest.mark.parametrize("indicator", [summary_sent_share, summary_delay])
def test_survey_regions_are_refused(tables, indicator):
    with pytest.raises(ValueError, match="survey region"):
        indicator(tables([]), by="survey_region", as_of=AS_OF)
