"""Members: the municipalities that a region consists of, today and before the reform."""

from collections import defaultdict
from functools import cache
from typing import Literal, get_args

from kodukant_analysis.places.counties import county_today, prefecture_of_code
from kodukant_analysis.places.gazetteer import Side, county_codes, municipality_held, municipality_names, settlements
from kodukant_analysis.places.regions import survey_regions
from kodukant_analysis.places.tables import read_table

COUNTRY = "EE"

Division = Literal["municipality", "county", "prefecture", "country"]


def members(region: str, borders: Side = "today") -> frozenset[str]:
    """Codes of the municipalities in a region, of today or of the day before the reform.

    A region is a municipality or a county, by any of its codes, a prefecture or a survey region, by name ("Põhja",
    "Kesk-Eesti"), or the country ("EE"). ValueError for anything else, and for a municipality of the other side.

    >>> sorted(members("0039")), len(members("0067")), len(members("Põhja")), len(members("EE"))
    (['0205'], 7, 16, 79)
    >>> members("0145"), members("0067") == members("0068"), members("Tallinn")
    (frozenset({'0142'}), True, frozenset({'0784'}))
    >>> sorted(members("0039", "then")), len(members("EE", "then"))
    (['0175', '0204', '0368', '0639'], 213)
    """
    try:
        return _members(borders)[region_key(region)]
    except KeyError:
        raise ValueError(f"no region on the borders of {borders}: {region!r}") from None


def region_key(region: str) -> str:
    """The name under which our tables know a region: a county's code of today, a municipality's code of 2017 or 2018.

    >>> region_key("0067"), region_key("0145"), region_key("0436"), region_key("Ida")
    ('0068', '0142', '0439', 'Ida')
    """
    return county_today(region) or _code_in_tables().get(region, region)


@cache
def _code_in_tables() -> dict[str, str]:
    """Codes that EHAK had replaced before the lists of our tables, or has since; to the code in the lists."""
    known = municipality_names()
    changes = [(row["old_code"], row["new_code"]) for row in read_table("code_changes")]
    return {b: a for a, b in changes if a in known} | {a: b for a, b in changes if b in known}


def region_of(municipality: str, division: Division) -> str:
    """The region of a division that holds a municipality of today. KeyError for any other code.

    >>> [region_of("0638", division) for division in ("municipality", "county", "prefecture", "country")]
    ['0638', '0068', 'Lääne', 'EE']
    """
    return _regions("today")[region_key(municipality)][division]


def is_territory_kept(region: str) -> bool:
    """Whether a region, as of `members`, has the same settlements before and after October 2017.

    False for a municipality that there is on one side only. Settlements that nothing of 2017 leads to say nothing.

    >>> is_territory_kept("0198"), is_territory_kept("0712"), is_territory_kept("0303"), is_territory_kept("0321")
    (True, False, True, False)
    >>> is_territory_kept("0037"), is_territory_kept("0067"), is_territory_kept("Ida"), is_territory_kept("EE")
    (True, False, False, True)
    """
    sides = [_members(side).get(region_key(region)) for side in get_args(Side)]
    if not any(sides):
        raise ValueError(f"no region: {region!r}")
    then, today = (_held(codes or frozenset(), side) for codes, side in zip(sides, get_args(Side), strict=True))
    return then == today


def _held(codes: frozenset[str], side: Side) -> frozenset[int]:
    """Indices of the settlements of municipalities, as far as they are known on both sides."""
    held = frozenset[int]().union(*(municipality_held(code, side) for code in codes))
    return frozenset(index for index in held if settlements()[index].municipality_then)


@cache
def _regions(side: Side) -> dict[str, dict[Division, str]]:
    """The region of each division by municipality; a county by its code of today."""
    return {
        code: {
            "municipality": code,
            "county": county_today(county) or "",
            "prefecture": prefecture_of_code(county) or "",
            "country": COUNTRY,
        }
        for code, county in county_codes(side).items()
    }


@cache
def _members(side: Side) -> dict[str, frozenset[str]]:
    held: dict[str, set[str]] = defaultdict(set)
    for code, regions in _regions(side).items():
        for division in get_args(Division):
            held[regions[division]].add(code)
    by_name = {municipality_names()[code]: {code} for code in county_codes(side)}
    for region in survey_regions():
        counties = region.county_codes or (COUNTRY,)
        held[region.name] = by_name.get(region.name) or set().union(*(held[county] for county in counties))
    return {region: frozenset(codes) for region, codes in held.items()}
