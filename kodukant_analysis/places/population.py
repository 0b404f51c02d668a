"""Population: how many people live in a region, by the list nearest to a day.

The list of 2017 is the population register's, the later ones are Statistics Estonia's usual residents: the two
count differently, so the difference between them is no growth.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import NamedTuple

from kodukant_analysis.places.crosswalk import heirs, parts
from kodukant_analysis.places.gazetteer import Side, side_of
from kodukant_analysis.places.members import members, region_key, region_of
from kodukant_analysis.places.tables import read_table


class List(NamedTuple):
    """A list of people by region: its day, and whether it was counted, derived or has a day that is assumed."""

    on: date
    basis: str


class Population(NamedTuple):
    """People of a region and the day they were counted for.

    `is_approximate`: an old municipality that lies partly in the region is counted with its main heir, or the day of
    the list is assumed.
    """

    people: int
    on: date
    is_approximate: bool


def population(region: str, on: date, borders: Side | None = None) -> Population | None:
    """People of a region as of `members`, from the list nearest to a day, the earlier of two equally near.

    `borders` are those of the day unless given; a municipality that there is on one side only has its own. Before the
    reform the only list is of 2017-01-01; on today's borders there is one derived from it and one of 2018, and for
    whole counties of 2019 and 2020. None for a region that the borders do not have. Source: data/README.md.

    >>> population("0188", date(2016, 5, 19))
    Population(people=2866, on=datetime.date(2017, 1, 1), is_approximate=False)
    >>> population("0638", date(2016, 5, 19)) == population("0638", date(2017, 1, 1), "today")
    True
    >>> population("EE", date(2024, 1, 1)).on, population("Atlantis", date(2024, 1, 1))
    (datetime.date(2020, 1, 1), None)
    """
    side = borders or _only_side(region) or side_of(on)
    try:
        codes = members(region, side)
    except ValueError:
        return None
    told = {listed: rows for listed, table in _lists(side).items() if (rows := _rows(table, codes))}
    nearest = min(told, key=lambda listed: (abs(listed.on - on), listed.on))
    approximate = nearest.basis == "day assumed" or (nearest.basis == "derived" and _is_cut(codes))
    return Population(sum(told[nearest]), nearest.on, approximate)


@cache
def counted_in_both() -> date:
    """The day of the latest list of people that there is in the borders of today and in those before the reform.

    >>> counted_in_both()
    datetime.date(2017, 1, 1)
    """
    then, today = ({listed.on for listed in _lists(side)} for side in ("then", "today"))
    return max(then & today)


@cache
def moved_share(region: str) -> float:
    """The part of a region's people who changed region with the reform, of those of before or of after: the larger.

    A region as of `members`, by the list of 2017; the people of an old municipality are spread evenly over its
    settlements. Source: data/README.md.

    >>> moved_share("EE"), round(moved_share("Ida"), 3), round(moved_share("0068"), 3)
    (0.0, 0.009, 0.042)
    """
    then, today = members(region, "then"), members(region, "today")
    kept = ((code, heir) for code in then for heir in heirs(code) if heir.code in today)
    stayed = sum(_people_then(code) * heir.share_settlements for code, heir in kept)
    before = sum(_people_then(code) for code in then)
    after = sum(_people_then(part.code) * part.share_settlements for code in today for part in parts(code))
    return round(1 - stayed / max(before, after), 6)


def _people_then(code: str) -> int:
    return next(table[code] for table in _lists("then").values())


def _only_side(region: str) -> Side | None:
    """The side of the reform on which there is a municipality; None for what there is on both or neither."""
    sides: tuple[Side, ...] = ("then", "today")
    found = [side for side in sides if region_key(region) in members("EE", side)]
    return found[0] if len(found) == 1 else None


def _rows(table: Mapping[str, int], codes: frozenset[str]) -> list[int]:
    """People by municipality or, in a list of counties, by county; empty if the codes fill no counties."""
    if codes <= table.keys():
        return [table[code] for code in codes]
    counties = {region_of(code, "county") for code in codes} & table.keys()
    is_whole = codes == frozenset[str]().union(*(members(county) for county in counties))
    return [table[county] for county in counties] if is_whole else []


def _is_cut(codes: frozenset[str]) -> bool:
    """Whether an old municipality has settlements both among these of today and elsewhere."""
    return any(heir.code not in codes for code in codes for part in parts(code) for heir in heirs(part.code))


@cache
def _lists(side: Side) -> dict[List, dict[str, int]]:
    lists: dict[List, dict[str, int]] = defaultdict(dict)
    for row in read_table("population"):
        if row["borders"] == side:
            lists[List(date.fromisoformat(row["on"]), row["basis"])][row["code"]] = int(row["people"])
    return lists
