"""Counties, prefectures and survey regions: their codes, names and spellings."""

from datetime import date

import pytest

from kodukant_analysis.places import (
    CREDIT,
    counties,
    county_name,
    county_of_municipality,
    county_today,
    is_prefecture_undecidable,
    municipalities,
    municipality_name,
    prefecture_of_county,
    prefectures,
    resolve_county,
    resolve_prefecture,
    resolve_survey_region,
    survey_regions,
)
from kodukant_analysis.places.tables import read_table

THEN, TODAY = date(2016, 5, 19), date(2020, 5, 19)
COUNTY_FORMS = ("{} mk", "{} maakond", "{} maakonnas", "{}maa", "{}maal", "{}", "{} county", "{} mk.")


@pytest.mark.parametrize("form", COUNTY_FORMS)
def test_every_county_is_known_in_every_form(form: str) -> None:
    for county in counties():
        typed = form.format(county.name.removesuffix(" maakond"))
        assert [resolve_county(text) for text in (typed, typed.upper())] == [county.code, county.code]


def test_every_county_is_known_in_russian() -> None:
    for county in counties():
        russian = county_name(county.code, "ru") or ""
        assert [resolve_county(text) for text in (russian, f"{russian} уезд")] == [county.code, county.code]


def test_a_county_has_the_code_of_the_day() -> None:
    assert [resolve_county("Pärnu mk", day) for day in (THEN, TODAY)] == ["0067", "0068"]
    assert [resolve_county("Harju mk", day) for day in (THEN, TODAY)] == ["0037", "0037"]


@pytest.mark.parametrize("text", ["", "Virumaa", "Rapla vald", "Halinga", "9999", "Rapla mk, Valga mk"])
def test_what_is_no_one_county_is_none(text: str) -> None:
    assert resolve_county(text) is None


def test_every_old_county_code_leads_to_one_of_today() -> None:
    today = {county.code for county in counties()}
    assert {county_today(row["code"]) for row in read_table("counties")} == today
    assert len(today) == 15


def test_counties_keep_their_prefecture_through_the_reform() -> None:
    for county in counties():
        assert prefecture_of_county(county.code, THEN) == prefecture_of_county(county.code, TODAY) == county.prefecture
    assert {county.prefecture for county in counties()} == set(prefectures())


def test_every_municipality_lies_in_a_county_of_today() -> None:
    codes = {county.code for county in counties()}
    assert len(municipalities()) == 79
    assert all(county_of_municipality(municipality.code) in codes for municipality in municipalities())


def test_a_code_of_2024_is_known_as_the_one_of_2018() -> None:
    renumbered = {"0145", "0305", "0502", "0515", "0719", "0725", "0736", "0857"}
    assert {row["code_2024"] for row in read_table("municipalities") if row["code_2024"] not in ("", row["code"])} == (
        renumbered
    )
    assert municipality_name("0857") == "Valga vald"


@pytest.mark.parametrize(
    ("text", "prefecture"),
    [
        ("Lääne prefektuur", "Lääne"),
        ("LAANE PREF.", "Lääne"),
        ("Lääne prefektuuris", "Lääne"),
        ("PPA Lääne prefektuur 2016", "Lääne"),
        ("Западная префектура", "Lääne"),
        ("Восточная префектура", "Ida"),
        ("Ида префектура", "Ida"),
        ("Южная префектура", "Lõuna"),
        ("Северная префектура", "Põhja"),
        ("Po\u0303hja", "Põhja"),
        ("LÕP", "Lõuna"),
        ("LP", None),
        ("Lääne-Viru", None),
        ("Lääne-Harju vald", None),
        ("", None),
    ],
)
def test_a_prefecture_is_known_by_its_spellings(text: str, prefecture: str | None) -> None:
    assert resolve_prefecture(text) == prefecture


def test_only_a_name_of_two_prefectures_is_undecidable() -> None:
    assert [is_prefecture_undecidable(text) for text in ("LP", "lp", "Lääne", "Rapla", "")] == [
        True,
        True,
        *[False] * 3,
    ]


@pytest.mark.parametrize(
    ("text", "region", "prefecture"),
    [
        ("Kesk-Eesti", "Kesk-Eesti", None),
        ("põhja eesti", "Põhja-Eesti", "Põhja"),
        ("Põhja-Eesti (v.a Tallinn)", "Põhja-Eesti", "Põhja"),
        ("Tallinn", "Tallinn", "Põhja"),
        ("Lõuna-Eestis", "Lõuna-Eesti", "Lõuna"),
        ("Laane-Eesti", "Lääne-Eesti", "Lääne"),
        ("Kirde-Eesti", "Kirde-Eesti", "Ida"),
        ("Ida-Virumaa", "Kirde-Eesti", "Ida"),
        ("Kogu Eesti", "Eesti", None),
        ("Eesti", "Eesti", None),
        ("Южная Эстония", "Lõuna-Eesti", "Lõuna"),
    ],
)
def test_a_survey_region_is_known_by_its_spellings(text: str, region: str, prefecture: str | None) -> None:
    found = resolve_survey_region(text)
    assert found is not None
    assert (found.name, found.prefecture) == (region, prefecture)


def test_a_region_of_no_survey_is_none() -> None:
    assert [resolve_survey_region(text) for text in ("Rapla", "", "Virumaa")] == [None] * 3


def test_survey_regions_hold_every_county_once_beside_tallinn() -> None:
    codes = [code for region in survey_regions() if region.name != "Tallinn" for code in region.county_codes]
    assert sorted(codes) == [county.code for county in counties()]


def test_a_survey_region_has_a_prefecture_only_where_its_counties_agree() -> None:
    of_county = {county.code: county.prefecture for county in counties()}
    for region in survey_regions():
        agreed = {of_county[code] for code in region.county_codes}
        assert ({region.prefecture} == agreed) == (len(agreed) == 1)


def test_the_source_is_named_with_its_dates() -> None:
    assert CREDIT == "Haldus- ja asustusjaotus, Maa-amet, 15.10.2017 / 01.09.2018"
