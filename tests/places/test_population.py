"""Population: lists that add up, and the one nearest to a day on the right borders."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from kodukant_analysis.places import counties, members, parts, population, prefectures, reform_on
from kodukant_analysis.places.gazetteer import Side

GEO = Path(__file__).parents[3] / "shared" / "geo"
JANUARY = {year: date(year, 1, 1) for year in range(2015, 2025)}


def people(region: str, on: date, borders: Side | None = None) -> int:
    found = population(region, on, borders)
    assert found is not None
    return found.people


@pytest.mark.parametrize(
    ("borders", "on", "total"),
    [("then", JANUARY[2017], 1_352_291), ("today", JANUARY[2017], 1_352_291), ("today", JANUARY[2018], 1_317_762)],
)
def test_municipalities_add_up_to_counties_prefectures_and_the_country(borders: Side, on: date, total: int) -> None:
    for region in (*(county.code for county in counties()), *prefectures(), "Kesk-Eesti", "EE"):
        inside = members(region, borders)
        assert people(region, on, borders) == sum(people(code, on, borders) for code in inside)
    assert people("EE", on, borders) == sum(people(county.code, on, borders) for county in counties()) == total


@pytest.mark.parametrize("year", [2019, 2020])
def test_counties_add_up_where_there_are_no_municipalities(year: int) -> None:
    assert people("EE", JANUARY[year]) == sum(people(county.code, JANUARY[year]) for county in counties())
    assert people("Lõuna", JANUARY[year]) == sum(
        people(county.code, JANUARY[year]) for county in counties() if county.prefecture == "Lõuna"
    )


def test_the_list_is_the_nearest_on_the_same_side_of_the_reform() -> None:
    before, after = reform_on() - timedelta(days=1), reform_on()
    for region in ("EE", "0037", "Ida", "0303"):
        found = [population(region, day) for day in (before, after, JANUARY[2018])]
        assert [row and row.on for row in found] == [JANUARY[2017], JANUARY[2018], JANUARY[2018]]


def test_a_municipality_of_one_side_has_its_own_borders_whatever_the_day() -> None:
    assert people("0188", JANUARY[2020]) == people("0188", JANUARY[2015])
    assert population("0638", JANUARY[2015]) == population("0638", JANUARY[2017], "today")
    assert people("0638", JANUARY[2017]) == sum(people(part.code, JANUARY[2017]) for part in parts("0638"))


def test_a_county_has_the_borders_of_the_day_by_either_code() -> None:
    for day in (JANUARY[2016], JANUARY[2020]):
        assert population("0067", day) == population("0068", day)
    assert people("0068", JANUARY[2017]) != people("0068", JANUARY[2017], "today")


def test_municipalities_after_2018_have_the_list_of_2018_and_counties_later_ones() -> None:
    lists = {region: population(region, JANUARY[2024]) for region in ("0624", "Tallinn", "0068", "Lääne", "EE")}
    assert {region: row and row.on.year for region, row in lists.items()} == {
        "0624": 2018,
        "Tallinn": 2018,
        "0068": 2020,
        "Lääne": 2020,
        "EE": 2020,
    }


def test_a_derived_figure_is_approximate_only_where_the_border_cuts_an_old_municipality() -> None:
    def is_approximate(region: str) -> bool:
        found = population(region, JANUARY[2017], "today")
        assert found is not None
        return found.is_approximate

    assert sum(is_approximate(code) for code in members("EE")) == 14
    regions = ("0557", "0081", "0050", "0638", "EE")
    assert [region for region in regions if is_approximate(region)] == ["0557", "0081"]


def test_a_list_whose_day_is_assumed_is_approximate() -> None:
    found = [population("EE", JANUARY[year]) for year in (2018, 2019, 2020)]
    assert [row and row.is_approximate for row in found] == [False, True, False]


def test_codes_that_were_retired_or_came_later_are_the_same_place() -> None:
    for one, two in (("0436", "0439"), ("0518", "0517"), ("0145", "0142"), ("0725", "0726")):
        assert population(one, JANUARY[2017]) == population(two, JANUARY[2017])
    assert people("0436", JANUARY[2017]) == 4134


def test_what_the_borders_do_not_have_has_no_population() -> None:
    assert population("Atlantis", JANUARY[2017]) is None
    assert population("0188", JANUARY[2017], "today") is None
    assert population("0638", JANUARY[2017], "then") is None


@pytest.mark.skipif(not GEO.is_dir(), reason="the lists are not at hand")
def test_every_row_of_the_list_is_told() -> None:
    rows = csv.DictReader((GEO / "population_municipality.csv").read_text(encoding="utf-8").splitlines())
    for row in rows:
        side: Side = "then" if row["vintage"].startswith("213") else "today"
        assert people(row["muni_code"], date.fromisoformat(row["date"]), side) == int(row["population"])
