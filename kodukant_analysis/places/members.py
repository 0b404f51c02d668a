"""Members: the municipalities of today that a region consists of."""

from collections import defaultdict
from functools import cache
from typing import Literal, get_args

from kodukant_analysis.places.counties import county_today, prefecture_of_code
from kodukant_analysis.places.gazetteer import municipalities, today_code
from kodukant_analysis.places.regions import survey_regions

COUNTRY = "EE"

Division = Literal["municipality", "county", "prefecture", "country"]


def members(region: str) -> frozenset[str]:
    """Codes of today of the municipalities in a region.

    A region is a municipality of today or a county, by any of its codes, a prefecture or a survey region, by name
    ("Põhja", "Kesk-Eesti"), or the country ("EE"). ValueError for anything else.

    >>> sorted(members("0039")), len(members("0067")), len(members("Põhja")), len(members("EE"))
    (['0205'], 7, 16, 79)
    >>> members("0145"), members("0067") == members("0068"), members("Tallinn")
    (frozenset({'0142'}), True, frozenset({'0784'}))
    """
    try:
        return _members()[county_today(region) or today_code(region)]
    except KeyError:
        raise ValueError(f"no region of today: {region!r}") from None


def region_of(municipality: str, division: Division) -> str:
    """The region of a division that holds a municipality of today.

    >>> [region_of("0638", division) for division in ("municipality", "county", "prefecture", "country")]
    ['0638', '0068', 'Lääne', 'EE']
    """
    return _regions()[today_code(municipality)][division]


@cache
def _regions() -> dict[str, dict[Division, str]]:
    """The region of each division by municipality."""
    return {
        municipality.code: {
            "municipality": municipality.code,
            "county": municipality.county_code,
            "prefecture": prefecture_of_code(municipality.county_code) or "",
            "country": COUNTRY,
        }
        for municipality in municipalities()
    }


@cache
def _members() -> dict[str, frozenset[str]]:
    held: dict[str, set[str]] = defaultdict(set)
    for code, regions in _regions().items():
        for division in get_args(Division):
            held[regions[division]].add(code)
    by_bare_name = {municipality.name.removesuffix(" linn"): {municipality.code} for municipality in municipalities()}
    for region in survey_regions():
        counties = region.county_codes or (COUNTRY,)
        held[region.name] = by_bare_name.get(region.name) or set().union(*(held[county] for county in counties))
    return {region: frozenset(codes) for region, codes in held.items()}
