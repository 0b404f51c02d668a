"""Today's borders: where a record counts, and which regions add up to which."""

import pandas as pd
import pytest

from kodukant_analysis.indicators.regions import region_names, region_of, sums_of


def one(**cells):
    blank = {"municipality_code": None, "county_code": None, "prefecture": None, "survey_region": None}
    return pd.DataFrame([blank | cells], dtype="string")


@pytest.mark.parametrize(
    ("cells", "county", "prefecture"),
    [
        ({"municipality_code": "0638", "county_code": "0067"}, "0068", "Lääne"),
        ({"county_code": "0067"}, "0068", "Lääne"),
        ({"county_code": "0068"}, "0068", "Lääne"),
        ({"municipality_code": "0486", "county_code": "0044", "prefecture": "Ida"}, "0050", "Lõuna"),
        ({"prefecture": "Ida"}, None, "Ida"),
        ({"municipality_code": "", "county_code": "", "prefecture": "Ida"}, None, "Ida"),
        ({"county_code": "9999", "prefecture": "Ida"}, None, "Ida"),
        ({}, None, None),
    ],
)
def test_a_record_counts_where_its_place_lies_today(cells, county, prefecture):
    for by, expected in (("county", county), ("prefecture", prefecture)):
        found = region_of(one(**cells), by).iloc[0]
        assert found == expected or (expected is None and pd.isna(found))


def test_everything_is_in_the_country():
    assert region_of(one(), "country").tolist() == ["EE"]


def test_there_are_four_prefectures_fifteen_counties_and_five_survey_regions():
    kinds = ("country", "prefecture", "county", "survey_region")
    assert [len(region_names(by)) for by in kinds] == [1, 4, 15, 5]


def test_names_are_in_estonian():
    assert region_names("county")["0068"] == "Pärnu maakond"
    assert region_names("survey_region")["Kesk-Eesti"] == "Kesk-Eesti"


def test_the_counties_of_the_prefectures_are_the_counties_of_the_country():
    counties = [county for prefecture in region_names("prefecture") for county in sums_of()[prefecture][0]]
    assert sorted(counties) == sorted(region_names("county"))
    assert {tuple(region_names(by)) for by in ("prefecture", "county", "survey_region")} == set(sums_of()["EE"])


def test_two_survey_regions_are_prefectures_under_another_name():
    assert sums_of()["Põhja"][1:] == (("Põhja-Eesti",),)
    assert sums_of()["Lõuna"][1:] == (("Lõuna-Eesti",),)
    assert sums_of()["Ida"][1:] == sums_of()["Lääne"][1:] == ()
