"""Regions: which regions a question is asked of, what they are called, and which of them a record belongs to today."""

from collections.abc import Mapping
from functools import cache
from typing import Literal, get_args

import pandas as pd

from kodukant_analysis import places

By = Literal["country", "prefecture", "county", "survey_region"]
COUNTRY = "EE"
COUNTRY_NAME = "Eesti"


def region_names(by: By) -> Mapping[str, str]:
    """Every region that gets a row, code -> Estonian name, in the order of display.

    Raises ValueError for a kind of region there is none of.

    >>> region_names("prefecture")["Lääne"]
    'Lääne prefektuur'
    """
    if by == "country":
        return {COUNTRY: COUNTRY_NAME}
    if by == "prefecture":
        return {prefecture: f"{prefecture} prefektuur" for prefecture in places.prefectures()}
    if by == "county":
        return {county.code: county.name for county in places.counties()}
    if by == "survey_region":
        return {region: region for region in _survey_regions()}
    raise ValueError(f"by is one of {get_args(By)}, got {by!r}")


def region_of(rows: pd.DataFrame, by: By) -> pd.Series:
    """The region of each row, in today's borders; missing where the row does not say.

    Reads `municipality_code`, `county_code` and `prefecture`, or `survey_region`. The county is that of the
    municipality of today, else the county as renumbered; the prefecture is that of the county, else the row's own.
    So the counties of a prefecture always add up to it, also where a municipality changed sides in 2017.
    """
    if by == "country":
        return pd.Series(COUNTRY, index=rows.index, dtype="str")
    if by == "survey_region":
        return _text(rows["survey_region"])
    municipality = _text(rows["municipality_code"]).map(places.county_of_municipality, na_action="ignore")
    renumbered = _text(rows["county_code"]).map(places.county_today, na_action="ignore")
    county = municipality.astype("str").fillna(renumbered.astype("str"))
    if by == "county":
        return county
    return county.map(_prefecture_by_county()).astype("str").fillna(_text(rows["prefecture"]))


@cache
def sums_of() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Region -> each way in which it is the sum of others: the equations a withheld cell could be solved from.

    The country comes last: a cell that has to go is looked for near by first.

    >>> sums_of()["Põhja"]
    (('0037',), ('Põhja-Eesti',))
    """
    prefectures = tuple(region_names("prefecture"))
    country = tuple(tuple(region_names(by)) for by in ("prefecture", "county", "survey_region"))
    surveyed = {region: (counties,) for region, counties in _survey_regions().items()}
    return {prefecture: _sums_of_prefecture(prefecture) for prefecture in prefectures} | surveyed | {COUNTRY: country}


@cache
def straddled_prefectures() -> frozenset[str]:
    """Prefectures of which some survey region holds only a part: a survey without counties says nothing about them.

    >>> sorted(straddled_prefectures())
    ['Ida', 'Lääne']
    """
    touched = [{_prefecture_by_county()[code] for code in codes} for codes in _survey_regions().values()]
    return frozenset(prefecture for several in touched if len(several) > 1 for prefecture in several)


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
def _prefecture_by_county() -> Mapping[str, str]:
    return {county.code: county.prefecture for county in places.counties()}


def _sums_of_prefecture(prefecture: str) -> tuple[tuple[str, ...], ...]:
    counties = tuple(code for code, of in _prefecture_by_county().items() if of == prefecture)
    return (counties, *((name,) for name, codes in _survey_regions().items() if set(codes) == set(counties)))


def _text(column: pd.Series) -> pd.Series:
    return column.astype("str").replace("", None).astype("str")
