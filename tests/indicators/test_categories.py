"""What the topics were about, and who raised them."""

from datetime import date

import pytest

from kodukant_analysis.indicators import (
    topic_category_share,
    topic_concentration,
    topic_small_share,
    topics_raised_by,
)
from kodukant_analysis.stats import cluster_share
from tests.indicators.boards import plain, tables

AS_OF = date(2018, 1, 1)
DAYS = {f"D{one}": "2016-03-17" for one in range(5)}


def asked(indicator, lines, **others):
    found = indicator(tables(DAYS, lines), **{"as_of": AS_OF, "by": "country", "detail": True} | others)
    return found.assign(item=found["indicator"].str.partition(":")[2]).set_index("item")


def about(*kinds, fact=""):
    """A topic of each kind on the board of every discussion; `fact` says where the kind stands."""
    return [
        f"{day}T{place} | {day} | {f'| {kind}' if fact == 'raised_by' else f'{kind} |'} | | | | |"
        for day in DAYS
        for place, kind in enumerate(kinds)
    ]


def test_those_who_raised_the_topics_add_up():
    found = asked(topics_raised_by, about("resident", "youth", "police", "social_work", fact="raised_by"))
    assert found["k"].to_dict() == {"police": 5, "local_government": 5, "community": 10, "state": 0, "other": 0}
    assert found["estimate"].sum() == pytest.approx(1)


def test_the_interval_is_over_discussions():
    lines = about("resident", "police", fact="raised_by")
    lines[0] = lines[0].replace("resident", "police")
    row = asked(topics_raised_by, lines).loc["community"]
    assert tuple(row[["estimate", "low", "high"]]) == pytest.approx(cluster_share([0, 1, 1, 1, 1], [2] * 5)[:3])


def test_topics_that_nobody_knows_who_raised_are_told_apart():
    lines = about("resident", "police", "unmapped", fact="raised_by")
    row = asked(topics_raised_by, lines).loc["community"]
    assert (row["n"], row["k"], row["flag"]) == (10, 5, "too_few;few_clusters")
    assert row["note"] == "blank=5"


def test_every_category_of_the_data_has_its_row_in_every_region():
    found = asked(topic_category_share, about("theft", "youth"), by="county")
    assert found.groupby("item", observed=False).size().to_dict() == {"theft": 15, "youth": 15}


def test_categories_add_up():
    assert asked(topic_category_share, about("theft", "youth", "roads", "youth"))["estimate"].sum() == pytest.approx(1)


@pytest.mark.parametrize("indicator", [topic_category_share, topic_small_share])
def test_what_topics_are_about_is_told_of_twenty(indicator):
    few, enough = (asked(indicator, about(*["theft", "lighting"] * many)).iloc[0] for many in (1, 2))
    assert (few["n"], few["k"], few["flag"]) == (10, 5, "too_few;few_clusters")
    assert (enough["n"], enough["estimate"], enough["flag"]) == (20, 0.5, "few_clusters")


def test_who_raised_the_topics_is_told_of_ten():
    assert asked(topics_raised_by, about("resident", "police", fact="raised_by")).loc["police", "estimate"] == 0.5


def test_without_a_category_they_are_neither_few_nor_many():
    assert asked(topic_small_share, [plain("T", "D0")]).iloc[0]["flag"] == "no_data"


def test_what_is_small_can_be_told():
    lines = about("theft", "lighting", "theft", "lighting")
    assert asked(topic_small_share, lines).iloc[0]["estimate"] == 0.5
    assert asked(topic_small_share, lines, small=frozenset({"theft", "lighting"})).iloc[0]["estimate"] == 1


def test_concentration_needs_twenty_topics_and_has_no_interval():
    row = asked(topic_concentration, about("theft", "theft", "youth", "roads")).iloc[0]
    assert (row["n"], row["estimate"], row["flag"]) == (20, 0.375, "descriptive")
    assert row[["low", "high"]].isna().all()
    assert asked(topic_concentration, about("theft", "theft", "youth")).iloc[0]["flag"] == "too_few;descriptive"


def test_without_categories_there_is_no_data():
    row = asked(topic_concentration, [plain("T", "D0")]).iloc[0]
    assert (row["n"], row["flag"], row["note"]) == (0, "no_data", "blank=1; categories=0")
    assert asked(topic_category_share, [plain("T", "D0")])["flag"].to_dict() == {"other": "no_data"}
