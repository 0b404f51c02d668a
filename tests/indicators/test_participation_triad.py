"""At how many discussions did all three partners meet?"""

from datetime import date

import pytest

from kodukant_analysis.indicators import participation_triad_share
from kodukant_analysis.stats import wilson

AS_OF = date(2020, 1, 1)
ALL_THREE = ("police", "local_government", "community")


@pytest.fixture
def triad(draw):
    def of(discussions, **asked):
        """discussions: (id, held_on, municipality, sectors present)."""
        held = [f"{one} | held | {day} | {place}" for one, day, place, _ in discussions]
        present = [f"{one} | {sector} | 1" for one, _, _, sectors in discussions for sector in sectors]
        tables = {
            "discussions": draw(
                "discussions", "\n".join(["discussion_id | status | held_on | municipality_code", *held])
            ),
            "attendance": draw("attendance", "\n".join(["discussion_id | sector | attendees", *present])),
        }
        return participation_triad_share(tables, **{"as_of": AS_OF, "by": "country", "detail": True} | asked)

    return of


def many(count, sectors, first=0, place="0638", day="2016-03-17"):
    return [(f"D{first + place_in_line}", day, place, sectors) for place_in_line in range(count)]


def test_the_share_is_all_three_of_those_held_with_wilsons_interval(triad):
    row = triad(many(7, ALL_THREE) + many(3, ("police", "community"), first=7)).iloc[0]
    assert (row["n"], row["k"], row["estimate"], row["flag"]) == (10, 7, 0.7, "ok")
    assert (row["low"], row["high"]) == pytest.approx(wilson(7, 10)[1:3])


def test_below_ten_it_is_said_as_k_of_n(triad):
    row = triad(many(3, ALL_THREE) + many(1, ("police",), first=3)).iloc[0]
    assert (row["n"], row["k"], row["flag"]) == (4, 3, "too_few")
    assert row[["estimate", "low", "high"]].isna().all()


def test_all_of_ten_is_not_certain(triad):
    row = triad(many(10, ALL_THREE)).iloc[0]
    assert (row["estimate"], row["flag"]) == (1, "all_same")
    assert row["low"] == pytest.approx(0.722467200137)


def test_none_of_ten_is_not_impossible(triad):
    row = triad(many(10, ("police",))).iloc[0]
    assert (row["estimate"], row["low"], row["flag"]) == (0, 0, "all_same")
    assert row["high"] == pytest.approx(0.277532799863)


def test_a_county_without_a_discussion_keeps_its_row(triad):
    found = triad(many(10, ALL_THREE), by="county").set_index("region")
    assert len(found) == 15
    assert (found.loc["0039", "n"], found.loc["0039", "flag"]) == (0, "no_data")
    assert found.loc["0068", "n"] == 10


def test_without_any_discussion_every_region_has_its_row(triad):
    found = triad([], by="prefecture")
    assert found["flag"].tolist() == ["no_data"] * 4


def test_a_year_in_between_keeps_its_row(triad):
    found = triad(many(10, ALL_THREE) + many(1, ALL_THREE, first=10, day="2018-05-01"), period="year")
    assert found["period"].tolist() == ["2016", "2017", "2018"]
    assert found["n"].tolist() == [10, 0, 1]


def test_too_many_lists_missing_make_the_share_unsure(triad):
    found = triad(many(12, ALL_THREE) + many(4, (), first=12)).iloc[0]
    assert (found["n"], found["flag"]) == (12, "too_few;all_same")
    assert "attendance_unknown=4" in found["note"]


def test_a_held_discussion_without_a_day_is_counted_beside(triad):
    found = triad([*many(10, ALL_THREE), ("D99", "", "0638", ALL_THREE)]).iloc[0]
    assert found["n"] == 10
    assert "undated=1" in found["note"]


def test_a_municipality_that_changed_sides_counts_where_it_is_today(triad):
    mustvee = many(10, ALL_THREE, place="0486")  # with Avinurme and Lohusuu, which were in Ida until 2017
    found = triad(mustvee, by="prefecture").set_index("region")
    assert found["n"].to_dict() == {"Põhja": 0, "Lõuna": 10, "Ida": 0, "Lääne": 0}


def test_the_order_of_the_rows_does_not_matter(triad):
    rows = many(7, ALL_THREE) + many(5, ("police",), first=7, place="0039")
    assert triad(rows, by="county").equals(triad(rows[::-1], by="county"))


def test_an_unknown_period_is_refused(triad):
    with pytest.raises(ValueError, match="fortnight"):
        triad(many(1, ALL_THREE), period="fortnight")


def test_an_unknown_kind_of_region_is_refused(triad):
    with pytest.raises(ValueError, match="parish"):
        triad(many(1, ALL_THREE), by="parish")
