"""Suggestions: names one slip of the pen away from a typed one. They are shown to a person, never applied."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache

from kodukant_analysis.places.gazetteer import PAST, Unit, units_by_name
from kodukant_analysis.places.russian import cyrillic_sound
from kodukant_analysis.places.spelling import folded, is_cyrillic

MOST = 8


@lru_cache(maxsize=4096)
def similar_units(name: str) -> tuple[Unit, ...]:
    """Units whose names differ from `name` by one letter left out, put in, changed or swapped; larger ones first.

    >>> [unit.name for unit in similar_units("halnga")][:1]
    ['Halinga vald']
    >>> [unit.name for unit in similar_units("халнга")][:1]
    ['Halinga vald']
    """
    plain = _plain(name)
    near = {full for short in _shortened(plain) for full in _names_by_shortened().get(short, ())}
    units = dict.fromkeys(unit for full in sorted(near, key=lambda n: _distance(plain, n)) for unit in _units(full))
    return tuple(sorted(units, key=lambda unit: unit.level == "settlement"))[:MOST]


def near_municipalities(name: str) -> tuple[Unit, ...]:
    """The municipalities, of today or of before the reform, among the units that are similar to a name.

    >>> [unit.name for unit in near_municipalities("konsuta")]
    ['Konguta vald']
    """
    near = {full for short in _shortened(_plain(name)) for full in _municipalities_by_shortened().get(short, ())}
    return tuple(unit for full in sorted(near) for unit in _units(full) if _is_municipality(unit))


def _is_municipality(unit: Unit) -> bool:
    return unit.level == "municipality" and unit.sides != PAST


def _plain(name: str) -> str:
    # A sound key writes õ as y.
    return folded(cyrillic_sound(name).replace("y", "o") if is_cyrillic(name) else name)


def _units(full: str) -> tuple[Unit, ...]:
    return units_by_name()[full]


def _distance(plain: str, full: str) -> tuple[int, int, str]:
    name = folded(full)
    same = next((i for i, (a, b) in enumerate(zip(plain, name, strict=False)) if a != b), min(len(plain), len(name)))
    return abs(len(plain) - len(name)), -same, full


def _shortened(name: str) -> set[str]:
    return {name, *(name[:i] + name[i + 1 :] for i in range(len(name)))}


@cache
def _names_by_shortened() -> dict[str, list[str]]:
    return _indexed(units_by_name())


@cache
def _municipalities_by_shortened() -> dict[str, list[str]]:
    return _indexed(name for name, units in units_by_name().items() if any(map(_is_municipality, units)))


def _indexed(names: Iterable[str]) -> dict[str, list[str]]:
    index: dict[str, list[str]] = defaultdict(list)
    for name in names:
        for short in _shortened(folded(name)):
            index[short].append(name)
    return index
