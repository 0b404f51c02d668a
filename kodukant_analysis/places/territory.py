"""Territory: which regions kept their settlements through October 2017, and where today's places lay before it."""

from functools import cache

from kodukant_analysis.places.counties import county_today
from kodukant_analysis.places.gazetteer import (
    Side,
    county_codes,
    county_held,
    municipality_held,
    prefecture_held,
    settlements,
    today_code,
)
from kodukant_analysis.places.tables import read_table


@cache
def is_territory_kept(region: str) -> bool:
    """Whether a region of today holds the settlements that the region of its name held before October 2017.

    `region`: a county by its code of any time, or a prefecture by its name. Raises KeyError for anything else.

    >>> is_territory_kept("Põhja"), is_territory_kept("Ida"), is_territory_kept("0068"), is_territory_kept("0039")
    (True, False, False, True)
    """
    return _lasting(region, "then") == _lasting(region, "today")


def municipality_before(place_code: str | None, municipality_code: str | None) -> str | None:
    """The municipality in which a place of today lay before October 2017; None where that is not certain.

    The settlement says it; without one, a municipality of today that was made of one alone.

    >>> municipality_before("7536", "0624"), municipality_before(None, "0303"), municipality_before(None, "0624")
    ('0568', '0303', None)
    """
    held = _held_today().get(place_code or "") or municipality_held_today(municipality_code or "")
    found = {settlements()[index].municipality_then for index in held} - {""}
    return found.pop() if len(found) == 1 else None


def municipality_held_today(code: str) -> frozenset[int]:
    """Indices of the settlements of a municipality of today; none for another code."""
    known = today_code(code)
    return municipality_held(known, "today") if known in county_codes("today") else frozenset()


@cache
def _held_today() -> dict[str, frozenset[int]]:
    return {row.code_today: frozenset({index}) for index, row in enumerate(settlements())}


def _lasting(region: str, side: Side) -> frozenset[int]:
    """Settlements of a region that were there before the reform too: a village cut out later moves no border."""
    is_prefecture = region in {row["prefecture"] for row in read_table("prefectures")}
    held = prefecture_held(region, side) if is_prefecture else _county_settlements(region, side)
    return frozenset(index for index in held if settlements()[index].municipality_then)


def _county_settlements(code: str, side: Side) -> frozenset[int]:
    today = county_today(code)
    if today is None:
        raise KeyError(code)
    codes = {found for found in county_codes(side).values() if county_today(found) == today}
    return frozenset().union(*(county_held(found, side) for found in codes))
