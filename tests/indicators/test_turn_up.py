"""How many came of those expected, how many officials a resident, how many police?"""

from datetime import date

import numpy as np
import pytest

from kodukant_analysis.indicators import official_ratio, police_team_size, turn_up_rate
from kodukant_analysis.stats import cluster_mean

AS_OF = date(2020, 1, 1)


@pytest.fixture
def expected(draw):
    def of(*discussions, **asked):
        """discussions: (people, registered, invited), "" where blank."""
        header = "discussion_id | status | held_on | municipality_code | attendees | registered | invited"
        lines = [
            f"D{place} | held | 2019-03-01 | 0638 | {a} | {b} | {c}" for place, (a, b, c) in enumerate(discussions)
        ]
        tables = {
            "discussions": draw("discussions", "\n".join([header, *lines])),
            "attendance": draw("attendance", "discussion_id | sector | attendees"),
        }
        return turn_up_rate(tables, **{"as_of": AS_OF, "by": "country", "detail": True} | asked).set_index("indicator")

    return of


@pytest.fixture
def present(draw):
    def of(indicator, *discussions, team="", **asked):
        """discussions: (police, local government, state, community)."""
        sectors = ("police", "local_government", "state", "community")
        held = [f"D{place} | held | 2019-03-01 | 0638 | {team}" for place, _ in enumerate(discussions)]
        listed = [
            f"D{place} | {sector} | {people}"
            for place, numbers in enumerate(discussions)
            for sector, people in zip(sectors, numbers, strict=False)
        ]
        tables = {
            "discussions": draw(
                "discussions", "\n".join(["discussion_id | status | held_on | municipality_code | police_team", *held])
            ),
            "attendance": draw("attendance", "\n".join(["discussion_id | sector | attendees", *listed])),
        }
        return indicator(tables, **{"as_of": AS_OF, "by": "country", "detail": True} | asked).iloc[0]

    return of


def test_the_rate_is_all_who_came_over_all_who_were_expected(expected):
    rows = [(20, 10, 50), (10, 10, 40), (30, 20, 60), (12, 8, 30), (9, 12, 20)] * 2
    found = expected(*rows)
    people, registered, invited = zip(*rows, strict=True)
    for item, of in (("registered", registered), ("invited", invited)):
        row = found.loc[f"turn_up_rate:{item}"]
        assert row[["estimate", "low", "high"]].tolist() == pytest.approx(cluster_mean(people, of)[:3])
        assert (row["n"], row["flag"]) == (10, "ok")


def test_more_may_come_than_registered(expected):
    assert expected(*[(20, 10, 40), (30, 20, 40)] * 5).loc["turn_up_rate:registered", "estimate"] == pytest.approx(
        5 / 3
    )


def test_an_open_invitation_has_no_denominator(expected):
    found = expected(*[(20, 10, 40), (30, 20, 40)] * 5, (25, 0, ""), (25, "", 0))
    assert found["n"].tolist() == [10, 10]
    assert found["note"].str.contains("blank=2").all()


def test_a_number_told_too_seldom_is_too_few(expected):
    found = expected(*[(20, 10, 40), (30, 20, 40)] * 5, *[(20, "", 10)] * 3)
    assert found["flag"].tolist() == ["too_few", "ok"]


def test_one_discussion_gives_no_number(expected):
    assert expected((20, 10, 40)).loc["turn_up_rate:invited", "flag"] == "too_few;few_clusters"


def test_officials_are_all_but_the_community(present):
    rows = [(2, 1, 1, 10), (3, 0, 0, 8), (1, 2, 0, 12), (4, 1, 2, 9), (2, 2, 1, 20)] * 2
    row = present(official_ratio, *rows)
    expected = cluster_mean([sum(numbers[:3]) for numbers in rows], [numbers[3] for numbers in rows])
    assert row[["estimate", "low", "high"]].tolist() == pytest.approx(expected[:3])


def test_officials_among_themselves_have_no_resident_to_be_counted_by(present):
    row = present(official_ratio, *[(2, 1, 0, 0)] * 6)
    assert (row["n"], row["flag"]) == (6, "not_estimable;few_clusters")


def test_a_discussion_with_no_resident_counts_with_its_officials(present):
    row = present(official_ratio, *[(2, 1, 1, 10)] * 9, (6, 0, 0, 0))
    assert row["estimate"] == pytest.approx((9 * 4 + 6) / 90)


def test_a_discussion_without_a_list_is_blank(present):
    row = present(official_ratio, *[(2, 1, 1, 10), (1, 1, 1, 10)] * 5, ())
    assert row["n"] == 10
    assert "blank=1" in row["note"]


def test_police_are_counted_from_the_list_else_from_the_sheet(present):
    row = present(police_team_size, *[(2, 1, 1, 10), (4, 1, 1, 10)] * 4, (), (), team=6)
    assert row[["estimate", "low", "high"]].tolist() == pytest.approx(cluster_mean([2, 4] * 4 + [6, 6])[:3])
    assert "from_register=2; blank=0" in row["note"]


def test_a_list_without_police_is_no_police_not_blank(present):
    assert present(police_team_size, *[(0, 1, 1, 10), (4, 1, 1, 10)] * 5)["estimate"] == 2


def test_nothing_held_is_no_data(present):
    row = present(police_team_size)
    assert (row["n"], row["flag"]) == (0, "no_data")
    assert np.isnan(row["estimate"])


def test_every_county_has_its_rows(expected):
    assert len(expected(*[(20, 10, 40)] * 10, by="county")) == 2 * 15
