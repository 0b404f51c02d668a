"""Gazetteer: the named places of Estonia on both sides of the 2017 reform, each as a set of settlements.

A municipality, a county or a prefecture is the set of the settlements it holds. What several readings of
a typed name have in common is then what their settlements have in common.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal, NamedTuple

from kodukant_analysis.places.spelling import key
from kodukant_analysis.places.tables import listed, read_table

CREDIT = "Haldus- ja asustusjaotus, Maa-amet, 15.10.2017 / 01.09.2018"
KINDS = ("linnaosa", "alevik", "alev", "linn", "küla", "vald")

Side = Literal["then", "today"]
Level = Literal["prefecture", "county", "municipality", "settlement"]


class Settlement(NamedTuple):
    """A settlement through the reform: codes before it (`then`) and after it (`today`), empty where unknown."""

    code_then: str
    code_today: str
    municipality_then: str
    municipality_today: str

    def code(self, side: Side) -> str:
        return self.code_then if side == "then" else self.code_today

    def municipality(self, side: Side) -> str:
        return self.municipality_then if side == "then" else self.municipality_today


class Municipality(NamedTuple):
    """A municipality of today: EHAK code of 2018-09-01, name with its kind, county code of today."""

    code: str
    name: str
    county_code: str


@dataclass(frozen=True, eq=False)
class Unit:
    """One meaning of a name, made once. `sides`: when the name was in force; `held`: indices of settlements."""

    level: Level
    name: str
    kind: str
    code: str
    sides: frozenset[Side]
    held: frozenset[int]


THEN: frozenset[Side] = frozenset({"then"})
TODAY: frozenset[Side] = frozenset({"today"})
BOTH: frozenset[Side] = THEN | TODAY
PAST: frozenset[Side] = frozenset()


@cache
def reform_on() -> date:
    """First day on the borders and codes of today.

    >>> reform_on()
    datetime.date(2017, 10, 21)
    """
    return max(date.fromisoformat(row["valid_from"]) for row in read_table("counties") if row["valid_from"])


def side_of(on: date) -> Side:
    """Which side of the reform a day lies on."""
    return "today" if on >= reform_on() else "then"


@cache
def municipalities() -> tuple[Municipality, ...]:
    """The 79 municipalities of today, by code.

    >>> len(municipalities()), municipalities()[0].name
    (79, 'Alutaguse vald')
    """
    rows = (row for row in read_table("municipalities") if row["valid_from"])
    return tuple(sorted(Municipality(row["code"], row["name"], row["county_code"]) for row in rows))


@cache
def municipality_names() -> dict[str, str]:
    """Name by code, of today and, where the code is gone, of before the reform."""
    return {row["code"]: row["name"] for row in sorted(read_table("municipalities"), key=lambda r: r["valid_from"])}


def municipality_name(code: str) -> str | None:
    """Name of a municipality, of today or of before the reform, with its kind; None for an unknown code.

    >>> municipality_name("0638"), municipality_name("0188"), municipality_name("0145")
    ('Põhja-Pärnumaa vald', 'Halinga vald', 'Antsla vald')
    """
    return municipality_names().get(today_code(code))


@cache
def _renumbered() -> dict[str, str]:
    rows = (row for row in read_table("municipalities") if row["code_2024"])
    return {row["code_2024"]: row["code"] for row in rows if row["code_2024"] != row["code"]}


def today_code(code: str) -> str:
    """The code of 2018-09-01 where EHAK has renumbered a municipality since; any other code as it is.

    >>> today_code("0725"), today_code("0188")
    ('0726', '0188')
    """
    return _renumbered().get(code, code)


@cache
def county_codes(side: Side) -> dict[str, str]:
    """County code by municipality code, on one side of the reform."""
    column = "valid_to" if side == "then" else "valid_from"
    return {row["code"]: row["county_code"] for row in read_table("municipalities") if row[column]}


@cache
def settlements() -> tuple[Settlement, ...]:
    """Every settlement through the reform, in the order of the table."""
    return tuple(
        Settlement(
            row["old_code"],
            row["new_code"] or row["old_code"],
            row["old_municipality"],
            row["new_municipality"],
        )
        for row in read_table("settlements")
    )


@cache
def units_by_name() -> dict[str, tuple[Unit, ...]]:
    """The meanings of every bare name, by `spelling.key`.

    >>> sorted(unit.name for unit in units_by_name()["vändra"])
    ['Vändra alev', 'Vändra küla', 'Vändra vald', 'Vändra vald (alev)']
    """
    named: dict[str, list[Unit]] = defaultdict(list)
    for unit in _units():
        for name in _bare_names(unit):
            named[key(name)].append(unit)
    for row in read_table("aliases"):
        named[key(row["alias"])] += named[key(row["name"])]
    return {name: tuple(units) for name, units in named.items() if units}


def _units() -> Iterator[Unit]:
    yield from _settlement_units()
    yield from _municipality_units()
    yield from _county_units()
    yield from _prefecture_units()


def _settlement_units() -> Iterator[Unit]:
    for index, row in enumerate(read_table("settlements")):
        held = frozenset({index})
        new_name, new_kind = row["new_name"] or row["old_name"], row["new_kind"] or row["old_kind"]
        if (row["old_name"], row["old_kind"]) == (new_name, new_kind):
            yield Unit("settlement", new_name, new_kind, row["new_code"] or row["old_code"], BOTH, held)
            continue
        if row["old_name"]:
            yield Unit("settlement", row["old_name"], row["old_kind"], row["old_code"], THEN, held)
        yield Unit("settlement", new_name, new_kind, row["new_code"] or row["old_code"], TODAY, held)


def _municipality_units() -> Iterator[Unit]:
    held_then, held_today = _held("then"), _held("today")
    for row in read_table("municipalities"):
        before = bool(row["valid_to"])
        held = (held_then if before else held_today)[row["code"]]
        yield Unit("municipality", row["name"], row["kind"], row["code"], THEN if before else TODAY, held)
    for row in read_table("earlier_mergers"):
        yield Unit("municipality", row["name"], "vald", "", PAST, held_then[row["successor"]])


@cache
def _held(side: Side) -> dict[str, frozenset[int]]:
    held: dict[str, list[int]] = defaultdict(list)
    for index, settlement in enumerate(settlements()):
        held[settlement.municipality(side)].append(index)
    return {code: frozenset(indices) for code, indices in held.items()}


def _county_units() -> Iterator[Unit]:
    for row in read_table("counties"):
        sides = THEN if row["valid_to"] else TODAY if row["valid_from"] else BOTH
        for side in sorted(sides):
            yield Unit("county", row["name"], "maakond", row["code"], frozenset({side}), county_held(row["code"], side))


def municipality_held(code: str, side: Side) -> frozenset[int]:
    """Indices of the settlements of a municipality, on one side of the reform."""
    return _held(side)[code]


@cache
def county_held(code: str, side: Side) -> frozenset[int]:
    """Indices of the settlements of a county, on one side of the reform."""
    inside = (held for muni, held in _held(side).items() if county_codes(side).get(muni) == code)
    return _joined(inside)


def _prefecture_units() -> Iterator[Unit]:
    for name in sorted({row["prefecture"] for row in read_table("prefectures")}):
        for side in sorted(BOTH):
            held = prefecture_held(name, side)
            yield Unit("prefecture", f"{name} prefektuur", "prefektuur", name, frozenset({side}), held)


@cache
def prefecture_held(name: str, side: Side) -> frozenset[int]:
    """Indices of the settlements of a prefecture, on one side of the reform."""
    codes = {row["county_code"] for row in read_table("prefectures") if row["prefecture"] == name}
    return _joined(county_held(code, side) for code in sorted(codes))


def _joined(sets: Iterable[frozenset[int]]) -> frozenset[int]:
    return frozenset().union(*sets)


def _bare_names(unit: Unit) -> tuple[str, ...]:
    """A unit's name without its kind; a county also as "Raplamaa", a village also in Swedish."""
    if unit.level == "county":
        return _county_aliases()[unit.name]
    if unit.level == "prefecture":
        return _prefecture_aliases()[unit.code]
    return tuple(dict.fromkeys(_without_kind(part.strip()) for part in unit.name.split("/")))


def _without_kind(name: str) -> str:
    name = name.removesuffix(" (alev)")
    return next((name.removesuffix(f" {kind}") for kind in KINDS if name.endswith(f" {kind}")), name)


@cache
def _prefecture_aliases() -> dict[str, tuple[str, ...]]:
    """Names of prefectures of one word: what they are beside "prefektuur" or "префектура"."""
    rows = (row for row in read_table("prefecture_names") if row["prefecture"] != "?")
    return {row["prefecture"]: tuple(name for name in listed(row["aliases"]) if name.isalpha()) for row in rows}


@cache
def _county_aliases() -> dict[str, tuple[str, ...]]:
    return {row["et"]: listed(row["aliases"]) for row in read_table("county_names")}
