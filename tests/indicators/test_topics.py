"""How many topics a discussion has, and how they were talked over."""

from datetime import date

import pytest

from kodukant_analysis.indicators import (
    solutions_per_topic,
    topic_summary_share,
    topics_discussed_share,
    topics_per_discussion,
)
from kodukant_analysis.stats import cluster_mean, cluster_share
from tests.indicators.boards import plain, tables

AS_OF = date(2018, 1, 1)
DAYS = {f"D{one}": "2016-03-17" for one in range(6)}
SIZES = [4, 6, 5, 9, 3, 3]


def asked(indicator, data, **others):
    return indicator(data, **{"as_of": AS_OF, "by": "country", "detail": True} | others)


def board(sizes=SIZES, told=""):
    lines = [(f"D{place}", one) for place, size in enumerate(sizes) for one in range(size)]
    return [f"{day}T{one} | {day} | {told}" if told else plain(f"{day}T{one}", day) for day, one in lines]


def test_the_mean_is_over_discussions_with_students_interval():
    row = asked(topics_per_discussion, tables(DAYS, board())).iloc[0]
    assert tuple(row[["estimate", "low", "high"]]) == pytest.approx(cluster_mean(SIZES)[:3])
    assert (row["n"], row["k"], row["df"], row["flag"]) == (6, 30, 5, "few_clusters")
    assert "range=3-9" in row["note"]


def test_a_discussion_without_topics_on_record_is_not_one_with_none():
    row = asked(topics_per_discussion, tables(DAYS | {"D9": "2016-04-01"}, board())).iloc[0]
    assert (row["n"], row["estimate"]) == (6, 5)
    assert "blank=1" in row["note"]


def test_too_many_boards_missing_make_the_mean_unsure():
    days = DAYS | {"D8": "2016-04-01", "D9": "2016-04-01"}
    assert asked(topics_per_discussion, tables(days, board())).iloc[0]["flag"] == "too_few;few_clusters"


def test_one_discussion_has_no_interval():
    from dataclasses import replace

    from kodukant_analysis.indicators import RULES

    data = tables({"D0": "2016-03-17"}, board([4]))
    row = asked(topics_per_discussion, data, rules=replace(RULES, discussions_from=1)).iloc[0]
    assert (row["n"], row["estimate"], row["flag"]) == (1, 4, "one_cluster")
    assert row[["low", "high"]].isna().all()
    assert asked(topics_per_discussion, data).iloc[0]["flag"] == "too_few;one_cluster"


def test_a_region_without_a_discussion_keeps_its_row():
    for indicator in (topics_per_discussion, solutions_per_topic, topic_summary_share, topics_discussed_share):
        found = asked(indicator, tables(DAYS, board()), by="county")
        assert len(found) == 15
        assert (found["flag"] == "no_data").sum() >= 14


def test_solutions_are_a_ratio_over_discussions():
    lines = [line.replace("| | | | | | |", "| | | | | | 2 |") for line in board()]
    lines[0] = lines[0].replace("| 2 |", "| 14 |")
    row = asked(solutions_per_topic, tables(DAYS, lines)).iloc[0]
    assert (row["n"], row["estimate"]) == (6, 2.4)
    assert tuple(row[["low", "high"]]) == pytest.approx(cluster_mean([20, 12, 10, 18, 6, 6], SIZES)[1:3])


def test_a_summary_not_told_of_is_not_missing():
    yes = board([4, 4, 4, 0, 0, 0], "| | | | yes | |")
    no = [line.replace("T", "U", 1).replace("yes", "no") for line in yes[:4]]
    blank = [plain(f"B{one}", "D3") for one in range(2)]
    row = asked(topic_summary_share, tables(DAYS, yes + no + blank)).iloc[0]
    assert (row["n"], row["k"]) == (16, 12)
    assert tuple(row[["estimate", "low", "high"]]) == pytest.approx(cluster_share([4, 4, 4], [8, 4, 4])[:3])
    assert "blank=2" in row["note"]


def test_one_alone_does_not_talk_a_topic_over():
    lines = board([5, 5, 0, 0, 0, 0], "| | 2 | | | |")
    lines[:3] = [line.replace("| 2 |", "| 1 |") for line in lines[:3]]
    assert asked(topics_discussed_share, tables(DAYS, lines)).iloc[0]["k"] == 7


def test_the_order_of_the_rows_does_not_matter():
    found = asked(topics_per_discussion, tables(DAYS, board()), by="county", period="year")
    again = asked(
        topics_per_discussion, tables(dict(reversed(DAYS.items())), board()[::-1]), by="county", period="year"
    )
    assert found.equals(again)
