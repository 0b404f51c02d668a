"""Regions: which regions a question is asked of, what they are called, and which of them a record belongs to."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Literal, get_args

import pandas as pd

from kodukant_analysis import places
from kodukant_analysis.text import estonian_key

By = Literal["country", "prefecture", "county", "municipality", "survey_region"]
Borders = Literal["today", "then"]
COUNTRY = places.COUNTRY
COUNTRY_NAME = "Eesti"


def region_names(by: By, borders: Borders = "today") -> Mapping[str, str]:
    """Every region that gets a row, code -> Estonian name, in the order of display.

    In the borders of the day ("then") there are the municipalities of before October 2017 beside those of today;
    counties and prefectures go by their code of today on either side. Raises ValueError for another kind or borders.

    >>> region_names("prefecture")["Lääne"], region_names("municipality", "then")["0710"]
    ('Lääne prefektuur', 'Saarde vald (kuni 2017)')
    """
    if borders not in get_args(Borders):
        raise ValueError(f"borders is one of {get_args(Borders)}, got {borders!r}")
    if by == "country":
        return {COUNTRY: COUNTRY_NAME}
    if by == "prefecture":
        return {prefecture: f"{prefecture} prefektuur" for prefecture in places.prefectures()}
    if by == "county":
        return {county.code: county.name for county in places.counties()}
    if by == "municipality":
        return _municipality_names(borders)
    if by == "survey_region":
        return {region: region for region in _survey_regions()}
    raise ValueError(f"by is one of {get_args(By)}, got {by!r}")


def region_of(rows: pd.DataFrame, by: By, borders: Borders = "today") -> pd.Series:
    """The region of each row, in the borders of today or of its own day ("then"); missing where the row does not say.

    Reads `municipality_code` or, for "then", `municipality_code_then`, and `county_code` and `prefecture`, which are
    of the day; or `survey_region`. In the borders of today the county is that of the municipality of today, else the
    county as renumbered; the prefecture is that of the county, else the row's own. So the counties of a prefecture
    always add up to it, also where a municipality changed sides in 2017.
    """
    if by == "country":
        return pd.Series(COUNTRY, index=rows.index, dtype="str")
    if by == "survey_region":
        return _text(rows["survey_region"])
    if by == "municipality":
        return municipality_of(rows, borders)
    county = _text(rows["county_code"]).map(places.county_today, na_action="ignore").astype("str")
    if borders == "today":
        today = municipality_of(rows, "today").map(places.county_of_municipality, na_action="ignore")
        county = today.astype("str").fillna(county)
    if by == "county":
        return county
    of_county = county.map(_prefecture_by_county()).astype("str")
    own = _text(rows["prefecture"])
    return of_county.fillna(own) if borders == "today" else own.fillna(of_county)


def municipality_of(rows: pd.DataFrame, borders: Borders) -> pd.Series:
    """The municipality of each row by the code of our tables, of today or of its own day ("then"); unknown is missing.

    >>> municipality_of(pd.DataFrame({"municipality_code": ["0145", "0188", "9999"]}), "today").tolist()
    ['0142', nan, nan]
    """
    codes = _text(rows["municipality_code" if borders == "today" else "municipality_code_then"])
    known = places.members(COUNTRY, "today") | (places.members(COUNTRY, "then") if borders == "then" else frozenset())
    keys = codes.map(places.region_key, na_action="ignore").astype("str")
    return keys.where(keys.isin(known))


def is_placed_by_region(rows: pd.DataFrame, by: By, borders: Borders) -> pd.Series:
    """Whether a row's region is that of its own day: always in borders "then", else where no municipality is known.

    Such rows of before October 2017 lie in the old borders of a region, whatever the borders asked for.
    """
    if borders == "then" or by == "survey_region":
        return pd.Series(True, index=rows.index)
    return municipality_of(rows, "today").isna()


@cache
def is_territory_kept(by: By, region: str) -> bool:
    """Whether a region had the same borders before and after October 2017.

    A municipality has: one with another territory has another code.

    >>> is_territory_kept("prefecture", "Ida"), is_territory_kept("survey_region", "Kesk-Eesti")
    (False, False)
    """
    return by == "municipality" or places.is_territory_kept(region)


def moved_share(by: By, region: str) -> float:
    """The part of a region's people, of before or after, who changed region in October 2017; 0 for a municipality."""
    return 0.0 if by == "municipality" else places.moved_share(region)


def refuse_survey_regions(by: By) -> None:
    """Raises ValueError for survey regions: of discussions and actions none is told."""
    if by == "survey_region":
        raise ValueError("by survey region only surveys can be asked: discussions and actions do not tell it")


@cache
def members(by: By, borders: Borders) -> Mapping[str, tuple[str, ...]]:
    """Region -> the codes of its municipalities: the 79 of today, or the 213 of before October 2017 ("then").

    Raises ValueError for survey regions, which are known by their counties alone.

    >>> [len(codes) for codes in members("prefecture", "then").values()]
    [23, 86, 35, 69]
    """
    refuse_survey_regions(by)
    sides = places.members(COUNTRY, borders) if by == "municipality" else region_names(by)
    return {region: tuple(sorted(places.members(region, borders))) for region in sides}


def is_in_force(by: By, region: str, first: date, last: date) -> bool:
    """Whether a region was there on some day from the first to the last: municipalities came and went in 2017."""
    if by != "municipality":
        return True
    is_before = first < places.reform_on() and region in places.members(COUNTRY, "then")
    return is_before or (last >= places.reform_on() and region in places.members(COUNTRY, "today"))


@cache
def sums_of(borders: Borders = "today") -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Region -> each way in which it is the sum of others: the equations a withheld cell could be solved from.

    The country comes last: a cell that has to go is looked for near by first. In the borders of the day ("then") the
    municipalities of a county are those of before the reform and those of today: whatever the day, one kind is empty.

    >>> sums_of()["Põhja"], len(sums_of()["0039"][0]), len(sums_of("then")["0039"][0])
    ((('0037',), ('Põhja-Eesti',)), 1, 5)
    """
    prefectures = tuple(region_names("prefecture"))
    country = tuple(tuple(region_names(by)) for by in ("prefecture", "county", "survey_region"))
    surveyed = {region: (counties,) for region, counties in _survey_regions().items()}
    by_prefecture = {prefecture: _sums_of_prefecture(prefecture) for prefecture in prefectures}
    parts = {county: set(codes) for county, codes in members("county", "today").items()}
    if borders == "then":
        parts = {county: codes | set(members("county", "then")[county]) for county, codes in parts.items()}
    by_county = {county: (tuple(sorted(codes)),) for county, codes in parts.items()}
    return by_county | by_prefecture | surveyed | {COUNTRY: country}


@cache
def straddled_prefectures() -> Mapping[str, str]:
    """Prefectures of which a survey region holds only a part -> it: a survey without counties says nothing about them.

    >>> straddled_prefectures()["Ida"], sorted(straddled_prefectures())
    ('Kesk-Eesti', ['Ida', 'Lääne'])
    """
    touched = {name: {_prefecture_by_county()[code] for code in codes} for name, codes in _survey_regions().items()}
    return {prefecture: name for name, several in touched.items() if len(several) > 1 for prefecture in several}


@cache
def survey_region_parts() -> Mapping[str, str]:
    """Survey regions that lie inside another -> the one they belong to.

    >>> survey_region_parts()
    {'Tallinn': 'Põhja-Eesti'}
    """
    whole = {codes: name for name, codes in _survey_regions().items()}
    listed = (region for region in places.survey_regions() if region.county_codes in whole)
    return {region.name: whole[region.county_codes] for region in listed if region.name not in _survey_regions()}


@cache
def _survey_regions() -> Mapping[str, tuple[str, ...]]:
    names: dict[tuple[str, ...], str] = {}
    for region in places.survey_regions():
        if region.county_codes:
            names.setdefault(region.county_codes, region.name)
    return {name: codes for codes, name in names.items()}


@cache
def _municipality_names(borders: Borders) -> Mapping[str, str]:
    names = {one.code: one.name for one in places.municipalities()}
    if borders == "then":
        gone = places.members(COUNTRY, "then") - names.keys()
        names |= {code: f"{places.municipality_name(code)} (kuni 2017)" for code in gone}
    return dict(sorted(names.items(), key=lambda named: estonian_key(named[1])))


@cache
def _prefecture_by_county() -> Mapping[str, str]:
    return {county.code: county.prefecture for county in places.counties()}


def _sums_of_prefecture(prefecture: str) -> tuple[tuple[str, ...], ...]:
    counties = tuple(code for code, of in _prefecture_by_county().items() if of == prefecture)
    return (counties, *((name,) for name, codes in _survey_regions().items() if set(codes) == set(counties)))


def _text(column: pd.Series) -> pd.Series:
    return column.astype("str").replace("", None).astype("str")
