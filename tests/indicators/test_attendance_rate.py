"""How many came, for each thousand who live there?"""

from datetime import date

import numpy as np
import pytest

from kodukant_analysis.indicators import attendance_rate
from kodukant_analysis.places import population
from kodukant_analysis.stats import compound_rate

AS_OF = date(2019, 1, 1)
SIZES = (17, 27, 10, 36, 8, 24, 14, 28) * 2


@pytest.fixture
def came(draw):
    def of(*discussions, community=None, **asked):
        """discussions: (people, day, municipality of today, municipality then); community: of each, by the lists."""
        header = "discussion_id | status | held_on | attendees | municipality_code | municipality_code_then"
        lines = [
            f"D{place} | held | {day} | {n} | {now} | {then}" for place, (n, day, now, then) in enumerate(discussions)
        ]
        listed = [f"D{place} | community | {people}" for place, people in enumerate(community or [])]
        tables = {
            "discussions": draw("discussions", "\n".join([header, *lines])),
            "attendance": draw("attendance", "\n".join(["discussion_id | sector | attendees", *listed])),
        }
        return attendance_rate(tables, **{"as_of": AS_OF, "by": "country", "detail": True} | asked)

    return of


def meetings(*sizes, day="2018-03-01", now="0638", then="0638"):
    return [(size, day, now, then) for size in sizes]


def of_all(found):
    return found[found["indicator"] == "attendance_rate"]


def test_the_rate_is_that_of_meetings_that_come_by_chance(came):
    row = of_all(came(*meetings(*SIZES), by="municipality")).set_index("region").loc["0638"]
    people = population("0638", date(2018, 8, 1), "today").people
    assert row[["estimate", "low", "high", "se"]].tolist() == pytest.approx(compound_rate(SIZES, people)[:4])
    assert (row["n"], row["k"], row["unit"], row["flag"]) == (16, 328, "per_1000", "ok")
    assert f"population={people}; population_on=2018-01-01" in row["note"]


def test_a_few_meetings_leave_it_too_wide_to_say(came):
    row = of_all(came(*meetings(17, 27, 10))).iloc[0]
    assert (row["n"], row["k"], row["flag"]) == (3, 54, "too_few")
    assert np.isnan(row["estimate"])


def test_fewer_than_ten_attendances_are_too_few(came):
    assert of_all(came(*meetings(*[1] * 9))).iloc[0]["flag"] == "too_few"
    assert of_all(came(*meetings(*[1] * 10))).iloc[0]["flag"] == "ok"


def test_the_community_counts_only_where_groups_are_known(came):
    found = came(*meetings(*SIZES), community=[9, 20, 8, 30, 6, 20, 10] * 2).set_index("indicator")
    assert found.loc["attendance_rate:community", ["n", "k"]].tolist() == [14, 206]
    assert "blank=2" in found.loc["attendance_rate:community", "note"]


def test_too_many_unknown_make_it_unsure(came):
    found = came(*meetings(*SIZES, "", "", "", "", ""), community=[5] * 16)
    assert found["flag"].tolist() == ["too_few", "too_few"]


def test_a_period_is_measured_by_the_list_nearest_to_its_middle(came):
    rows = of_all(came(*meetings(*SIZES, day="2016-03-01"), *meetings(*SIZES), period="year")).set_index("period")
    assert rows["note"].str.extract(r"population_on=(\S+);")[0].to_dict() == {
        "2016": "2017-01-01", "2017": "2017-01-01", "2018": "2018-01-01",
    }  # fmt: skip
    assert rows.loc["2017", ["n", "flag"]].tolist() == [0, "no_data"]


def test_all_regions_are_measured_by_lists_of_one_day(came):
    rows = of_all(came(*meetings(*SIZES, day="2015-03-01"), by="municipality"))
    assert rows["note"].str.extract(r"population_on=(\S+);")[0].unique().tolist() == ["2017-01-01"]


def test_old_borders_have_their_own_residents(came):
    rows = meetings(*SIZES, day="2016-03-01", now="0638", then="0188")
    found = of_all(came(*rows, by="municipality", borders="then", as_of=date(2017, 1, 1))).set_index("region")
    people = population("0188", date(2017, 1, 1)).people
    assert found.loc["0188", "estimate"] == pytest.approx(1000 * sum(SIZES) / people)


def test_another_unit_is_said(came):
    row = of_all(came(*meetings(*SIZES), per=10_000)).iloc[0]
    assert row["unit"] == "per_10000"
    assert row["estimate"] == pytest.approx(10_000 * sum(SIZES) / population("EE", date(2018, 8, 1), "today").people)


def test_a_region_without_a_discussion_keeps_its_row(came):
    found = came(by="county")
    assert len(found) == 2 * 15
    assert set(found["flag"]) == {"no_data"}


def test_the_order_of_the_rows_does_not_matter(came):
    rows = [*meetings(*SIZES), *meetings(3, 4, day="2017-01-01", now="0039", then="0039")]
    assert of_all(came(*rows, by="prefecture")).equals(of_all(came(*rows[::-1], by="prefecture")))


def test_an_empty_region_beside_changes_nothing(came):
    alone, beside = (came(*meetings(*SIZES), by=by) for by in ("prefecture", "county"))
    there, here = (of_all(frame).set_index("region") for frame in (alone, beside))
    assert there.loc["Lääne", "k"] == here.loc["0068", "k"] == 328
