"""Overlay: readings of a typed place laid over one another, and what the settlements left have in common."""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from kodukant_analysis.places.counties import county_today, prefecture_of_code, resolve_county
from kodukant_analysis.places.gazetteer import (
    Level,
    Side,
    Unit,
    county_codes,
    county_held,
    municipality_held,
    prefecture_held,
    settlements,
)
from kodukant_analysis.places.meanings import Meaning, meaning
from kodukant_analysis.places.regions import resolve_prefecture
from kodukant_analysis.places.spelling import segments

_TOWNS = ("linn", "alev")
_LARGE: tuple[Level, ...] = ("prefecture", "county", "municipality")
Held = frozenset[int]


class Found(NamedTuple):
    """Units chosen for a typed place, the settlements it may be, how it was read, the coarsest level among them.

    `is_kinded`: the text says what kind of place it is; `is_confirmed`: a second name in it says the same.
    """

    units: tuple[Unit, ...]
    held: Held
    how: str
    level: Level
    is_kinded: bool = False
    is_confirmed: bool = False

    def names_settlement(self) -> bool:
        """Whether the text is about a settlement: by name, or a town or borough said to be one."""
        return all(unit.level == "settlement" or (self.is_kinded and unit.kind in _TOWNS) for unit in self.units)


class Codes(NamedTuple):
    """Codes that a set of settlements has in common on one side of the reform; None where they differ."""

    place: str | None
    municipality: str | None
    municipality_today: str | None
    county: str | None
    prefecture: str | None


def holds(units: Iterable[Unit]) -> Held:
    """Settlements of any of the units."""
    regions = [unit.held for unit in units]
    return regions[0] if len(regions) == 1 else frozenset().union(*regions)


@cache
def shared(held: Held, side: Side) -> Codes:
    """What the settlements have in common. A town that is its own municipality has no place code."""
    rows = [settlements()[index] for index in held]
    # A village cut out later lay in one of the municipalities of the others, whichever it was.
    municipalities = {row.municipality(side) for row in rows} - {""}
    counties = {county_codes(side).get(code, "") for code in municipalities}
    place = _only({row.code(side) for row in rows})
    return Codes(
        None if place in county_codes(side) else place,
        _only(municipalities),
        _only({row.municipality_today for row in rows}),
        _only(counties),
        _only({prefecture_of_code(code) or "" for code in counties}),
    )


def combined(known: Sequence[Meaning], side: Side, within: tuple[Held, ...]) -> Found | None:
    """The readings of all names that lie in one another and in `within`; None where there are none.

    `within` holds the strict region and the lenient one. What was in force on the day is tried first.
    """
    if len(known) == 1 and not within:
        return _alone(known[0], side)
    strict = [_in_force(one, side) for one in known]
    found = _overlaid(known, side, strict, within[:1])
    if found is not None or sum(_is_council(one, side) for one in known) > 1:
        return found
    return _overlaid(known, side, [holds(one.units) for one in known], within[1:])


def _alone(one: Meaning, side: Side) -> Found | None:
    units = chosen(one.units, side, is_mixed=one.is_mixed)
    return Found(units, holds(units), one.how, _coarsest(units), one.is_kinded) if units else None


def _is_council(one: Meaning, side: Side) -> bool:
    """Whether a name is of a municipality in force: two of them side by side are not one in the other."""
    return any(unit.level == "municipality" and side in unit.sides for unit in one.units)


def _overlaid(known: Sequence[Meaning], side: Side, regions: list[Held], within: tuple[Held, ...]) -> Found | None:
    left = []
    for position, one in enumerate(known):
        others = [*regions[:position], *regions[position + 1 :], *within]
        units = tuple(unit for unit in one.units if not any(unit.held.isdisjoint(other) for other in others))
        left.append(chosen(units, side, is_mixed=one.is_mixed))
    if not all(left):
        return None
    areas = [holds(units) for units in left]
    head = min(range(len(known)), key=lambda position: len(areas[position]))
    held = _common(areas[head], [*regions[:head], *regions[head + 1 :], *within])
    one = known[head]
    return Found(left[head], held, one.how, _coarsest(left[head]), one.is_kinded, len(known) > 1) if held else None


def _common(area: Held, others: list[Held]) -> Held:
    # A new set of the same settlements would cost a new hash.
    return area.intersection(*others) if others else area


@lru_cache(maxsize=65536)
def chosen(units: tuple[Unit, ...], side: Side, *, is_mixed: bool) -> tuple[Unit, ...]:
    """The units that rank first: a municipality in force, a county, a municipality of the other side, a village."""
    if is_mixed:
        return units
    in_force = [unit for unit in units if side in unit.sides]
    municipalities = _of("municipality", in_force)
    counties = (*_of("county", in_force), *_of("prefecture", in_force))
    villages = _of("settlement", in_force) or _of("settlement", units)
    others = tuple(unit for unit in _of("municipality", units) if side not in unit.sides)
    if municipalities:
        return (*municipalities, *counties) if _apart(municipalities, counties) else municipalities
    if counties:
        return (*counties, *_apart(others, counties))
    if side == "then":
        return (*others, *villages)
    # A town that lost its council is the same town: "Elva linn".
    if not others or holds(others) == holds(villages):
        return villages
    # A borough elsewhere is no smaller than a parish of its name that is gone: Kasepää.
    return (*others, *(unit for unit in _apart(villages, others) if unit.kind != "küla"))


def _apart(units: Iterable[Unit], others: Iterable[Unit]) -> tuple[Unit, ...]:
    """Units that lie in none of the others of their name: Saare vald was in Jõgeva county."""
    regions = tuple(other.held for other in others)
    return tuple(unit for unit in units if not any(unit.held <= region for region in regions))


def _of(level: Level, units: Iterable[Unit]) -> tuple[Unit, ...]:
    return tuple(unit for unit in units if unit.level == level)


def _coarsest(units: tuple[Unit, ...]) -> Level:
    return next((level for level in _LARGE if any(unit.level == level for unit in units)), "settlement")


def _in_force(one: Meaning, side: Side) -> Held:
    """The region of a name as it was on the day, where it was a municipality or more."""
    large = [unit for unit in one.units if unit.level in _LARGE and side in unit.sides]
    return holds(large or one.units)


@cache
def is_prefecture(within: str | None) -> bool:
    """Whether a `within` names a prefecture and no county."""
    return within is not None and resolve_prefecture(within) is not None


@cache
def within_held(within: str, side: Side) -> tuple[Held, ...]:
    """The settlements of a region in force on the day, and those of it on either side; () for no region of ours."""
    prefecture = resolve_prefecture(within)
    if prefecture:
        return prefecture_held(prefecture, side), prefecture_held(prefecture, "then") | prefecture_held(
            prefecture, "today"
        )
    county = resolve_county(within)
    if county:
        held = {s: _county_region(county, s) for s in ("then", "today")}
        return held[side], held["then"] | held["today"]
    if within in county_codes("today"):
        return (municipality_held(within, "today"),) * 2
    found = [one for segment in segments(within) if (one := meaning(segment)) is not None]
    return (_in_force(found[0], side), holds(found[0].units)) if len(found) == 1 else ()


def _county_region(code_today: str, side: Side) -> Held:
    """Settlements of a county, given by its code of today, on one side of the reform."""
    codes = (code for code in county_codes(side).values() if county_today(code) == code_today)
    return county_held(next(codes), side)


def _only(codes: set[str]) -> str | None:
    """The one code of a set; None where there are several, or the one is unknown."""
    return (next(iter(codes)) or None) if len(codes) == 1 else None
