"""How many of the topics led to an action?"""

from datetime import date

import pytest

from kodukant_analysis.indicators import topic_conversion
from kodukant_analysis.stats import cluster_mean, cluster_share
from tests.indicators.boards import plain, tables

AS_OF = date(2018, 1, 1)
DAYS = {f"D{one}": "2016-03-17" for one in range(6)}


def asked(data, **others):
    return topic_conversion(data, **{"as_of": AS_OF, "by": "country", "detail": True} | others).iloc[0]


def board(topics=4, points=""):
    return [f"{day}T{one} | {day} | | | | {points} | | |" for day in DAYS for one in range(topics)]


def action(topic, agreed="2016-03-17", name="A"):
    return f"{name}{topic} | {topic[:2]} | {topic} | {agreed} | | |"


def test_the_share_is_over_discussions():
    led = ["D0T0", "D0T1", "D1T0", "D2T0", "D2T1", "D2T2", "D3T0", "D4T0", "D5T0"]
    row = asked(tables(DAYS, board(), [*map(action, led), action("D0T0", name="B")]))
    assert (row["indicator"], row["n"], row["k"]) == ("topic_conversion:topics:60", 24, 9)
    expected = cluster_share([2, 1, 3, 1, 1, 1], [4] * 6)
    assert tuple(row[["estimate", "low", "high", "df"]]) == pytest.approx((*expected[:3], 5))


@pytest.mark.parametrize(("agreed", "k"), [("2016-05-16", 6), ("2016-05-17", 5)])
def test_an_action_on_the_last_day_counts_and_one_after_it_does_not(agreed, k):
    led = [action("D0T0", agreed), *(action(f"D{one}T0") for one in range(1, 6))]
    row = asked(tables(DAYS, board(), led))
    assert (row["n"], row["k"]) == (24, k)


def test_young_topics_do_not_count_yet():
    days = DAYS | {"D9": "2017-11-03"}
    data = tables(days, [*board(), plain("D9T0", "D9")], [action(f"{day}T0") for day in DAYS])
    row = asked(data)
    assert (row["n"], row["flag"]) == (24, "few_clusters;immature")
    assert "young=1" in row["note"]
    assert asked(data, as_of=date(2018, 1, 2))["note"] == "blank=1; young=0; undated=0"


def test_a_discussion_whose_actions_name_no_topic_is_unknown_and_not_zero():
    led = [action(f"D{one}T0") for one in range(1, 6)]
    row = asked(tables(DAYS, board(), [*led, "A | D0 | | 2016-03-17 | | |"]))
    assert (row["n"], row["k"]) == (20, 5)
    assert "blank=4" in row["note"]


def test_too_many_unknown_discussions_make_the_share_unsure():
    row = asked(tables(DAYS, board(), [action(f"D{one}T0") for one in range(2, 6)]))
    assert row["flag"] == "too_few;few_clusters"


def test_a_topic_whose_only_action_tells_no_day_is_unknown():
    led = [
        action("D0T0", ""),
        action("D1T0", ""),
        action("D1T0", name="B"),
        *(action(f"D{one}T0") for one in range(2, 6)),
    ]
    assert asked(tables(DAYS, board(), led))[["n", "k"]].tolist() == [23, 5]


def test_votes_are_a_ratio_over_discussions_without_a_binomial_interval():
    points = {f"D{one}T0": 10 * (one + 1) for one in range(6)}
    lines = [f"{day}T{one} | {day} | | | | {points.get(f'{day}T{one}', 5)} | | |" for day in DAYS for one in range(3)]
    row = asked(tables(DAYS, lines, [action(f"{day}T0") for day in DAYS]), weight="votes")
    y = [10, 20, 30, 40, 50, 60]
    assert row["high"] < 1
    assert (row["indicator"], row["n"]) == ("topic_conversion:votes:60", 6)
    expected = cluster_mean(y, [one + 10 for one in y])
    assert tuple(row[["estimate", "low", "high"]]) == pytest.approx((expected[0], expected[1], min(expected[2], 1)))


def test_no_share_of_the_votes_is_above_all_of_them():
    lines = [
        f"{day}T{one} | {day} | | | | {place if one else 5} | | |" for place, day in enumerate(DAYS) for one in (0, 1)
    ]
    led = [action(f"{day}T{one}") for day in list(DAYS)[:-1] for one in (0, 1)]
    row = asked(tables(DAYS, lines, [*led, action("D5T1")]), weight="votes")
    assert (row["estimate"], row["high"]) == (40 / 45, 1)


def test_without_any_vote_there_is_no_share_of_votes():
    row = asked(tables(DAYS, board(points=0), [action(f"{day}T0") for day in DAYS]), weight="votes")
    assert (row["n"], row["flag"]) == (6, "not_estimable")


def test_topics_without_points_are_told_apart():
    row = asked(tables(DAYS, board(), [action(f"{day}T0") for day in DAYS]), weight="votes")
    assert (row["n"], row["flag"]) == (0, "no_data")
    assert "without_points=24" in row["note"]


def test_the_time_can_be_asked_for():
    row = asked(tables(DAYS, board(), [action(f"{day}T0", "2016-04-01") for day in DAYS]), within=10)
    assert (row["indicator"], row["k"]) == ("topic_conversion:topics:10", 0)


@pytest.mark.parametrize("wrong", [{"weight": "likes"}, {"within": -1}, {"by": "survey_region"}])
def test_a_bad_call_is_refused(wrong):
    with pytest.raises(ValueError, match=r"likes|-1|survey region"):
        asked(tables(DAYS), **wrong)
