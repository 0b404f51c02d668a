"""What is told of discussions, counted again naively on the invented corpus, where that is at hand."""

from collections import defaultdict
from datetime import date

import pytest

from kodukant_analysis import places
from kodukant_analysis.indicators import (
    attendance_rate,
    official_ratio,
    police_team_size,
    preparation_index,
    summary_delay,
    summary_sent_share,
    turn_up_rate,
)
from kodukant_analysis.indicators.estimates import NOT_SHOWN
from kodukant_analysis.records import to_frame
from tests.indicators.test_against_corpus import TRUTH, _typed, regions, truth

AS_OF = date(2026, 6, 30)
pytestmark = pytest.mark.skipif(not TRUTH.is_dir(), reason="the invented corpus is not beside this repository")


@pytest.fixture(scope="module")
def tables():
    return {
        table: to_frame(table, [_typed(table, row) for row in truth(table)]) for table in ("discussions", "attendance")
    }


@pytest.fixture(scope="module")
def held():
    """Region -> the rows of discussions held there on a known day by the cut-off."""
    found = defaultdict(list)
    for row in truth("discussions"):
        if row["status"] == "held" and row["held_on"] and row["held_on"] <= AS_OF.isoformat():
            for region in regions(row):
                found[region].append(row)
    return found


@pytest.fixture(scope="module")
def present():
    """Discussion -> sector -> people on the list."""
    found = defaultdict(lambda: defaultdict(float))
    for row in truth("attendance"):
        if row["is_absent"] != "True" and row["attendees"]:
            found[row["discussion_id"]][row["sector"]] += float(row["attendees"])
    return found


def by_item(indicator, tables, by):
    frame = indicator(tables, by=by, as_of=AS_OF, detail=True)
    return frame.set_index(["indicator", "region"])


def days(row):
    if not row["summary_sent_on"]:
        return None
    return (date.fromisoformat(row["summary_sent_on"]) - date.fromisoformat(row["held_on"])).days


def is_shown(row):
    return not NOT_SHOWN & set(row["flag"].split(";"))


def number(cell):
    return None if cell is None else round(float(cell))


@pytest.mark.parametrize("by", ["country", "prefecture", "county"])
def test_summaries_in_time_are_what_a_count_says(tables, held, by):
    found = by_item(summary_sent_share, tables, by).loc["summary_sent_share:discussions:14"]
    for region, row in found.iterrows():
        due = [one for one in held[region] if (AS_OF - date.fromisoformat(one["held_on"])).days >= 14]
        told = [days(one) for one in due if days(one) is not None and days(one) >= 0]
        assert (row["n"], row["k"]) == (len(told), sum(day <= 14 for day in told)), region


@pytest.mark.parametrize("by", ["country", "prefecture", "county"])
def test_summaries_still_awaited_are_what_a_count_says_where_all_are_followed(tables, held, by):
    filling = {row["source_file"] for row in truth("discussions") if row["summary_sent_on"]}
    found = by_item(summary_delay, tables, by).loc["summary_delay:sent:30"]
    for region, row in found.iterrows():
        followed = [one for one in held[region] if one["source_file"] in filling]
        sent = [one for one in followed if days(one) is not None and days(one) <= 30]
        assert row["n"] == len(followed), region
        old_enough = all((AS_OF - date.fromisoformat(one["held_on"])).days >= 30 for one in followed)
        if is_shown(row) and old_enough:
            assert row["estimate"] == pytest.approx(len(sent) / len(followed)), region


@pytest.mark.parametrize("by", ["country", "prefecture", "county"])
def test_parts_of_the_preparation_are_what_a_count_says(tables, held, by):
    found = by_item(preparation_index, tables, by)
    for region, row in found.loc["preparation_index:channels"].iterrows():
        told = [len(one["channels"].split("|")) for one in held[region] if one["channels"]]
        assert (row["n"], row["k"]) == (len(told), sum(count >= 3 for count in told)), region
    for region, row in found.loc["preparation_index"].iterrows():
        parts = [
            (one["has_local_leader"] == "True") + (one["has_room"] == "True") + (len(one["channels"].split("|")) >= 3)
            for one in held[region]
            if one["has_local_leader"] and one["has_room"] and one["channels"]
        ]
        assert row["n"] == len(parts), region
        if is_shown(row):
            assert row["estimate"] == pytest.approx(sum(parts) / len(parts)), region


@pytest.mark.parametrize("item", ["registered", "invited"])
def test_turn_up_is_the_ratio_of_two_sums(tables, held, item):
    for region, row in by_item(turn_up_rate, tables, "prefecture").loc[f"turn_up_rate:{item}"].iterrows():
        pairs = [
            (number(one["attendees"]), number(one[item])) for one in held[region] if one[item] and one["attendees"]
        ]
        assert row["n"] == len(pairs), region
        if is_shown(row):
            assert row["estimate"] == pytest.approx(sum(a for a, _ in pairs) / sum(b for _, b in pairs)), region


@pytest.mark.parametrize("by", ["country", "prefecture", "county"])
def test_officials_and_police_are_what_the_lists_say(tables, held, present, by):
    ratio = by_item(official_ratio, tables, by).loc["official_ratio"]
    team = by_item(police_team_size, tables, by).loc["police_team_size"]
    for region in filter(lambda one: is_shown(ratio.loc[one]), ratio.index):
        lists = [present[one["discussion_id"]] for one in held[region]]
        officials = sum(one["police"] + one["local_government"] + one["state"] for one in lists)
        assert ratio.loc[region, "estimate"] == pytest.approx(officials / sum(one["community"] for one in lists)), (
            region
        )
        assert team.loc[region, "estimate"] == pytest.approx(sum(one["police"] for one in lists) / len(lists)), region


@pytest.mark.parametrize("by", ["country", "prefecture", "county"])
def test_attendance_is_people_by_residents(tables, held, present, by):
    found = by_item(attendance_rate, tables, by)
    first = min(date.fromisoformat(one["held_on"]) for one in held["EE"])
    for region, row in found.loc["attendance_rate"].iterrows():
        people = sum(number(one["attendees"]) for one in held[region] if one["attendees"])
        assert row["k"] == people, region
        residents = places.population(region, first + (AS_OF - first) / 2, "today").people
        if is_shown(row):
            assert row["estimate"] == pytest.approx(1000 * people / residents), region
        community = sum(present[one["discussion_id"]]["community"] for one in held[region])
        assert found.loc[("attendance_rate:community", region), "k"] == community, region
