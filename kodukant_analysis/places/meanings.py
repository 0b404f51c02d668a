"""Meanings: what a typed name with its kinds may stand for, by exact name, spelling, case form or Russian sound."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from kodukant_analysis.places.forms import genitive_stems, locative_stems, other_stems, short_illative_stem
from kodukant_analysis.places.gazetteer import PAST, THEN, Level, Unit, units_by_name
from kodukant_analysis.places.russian import base_forms, cyrillic_sound, loose_sound, name_sounds
from kodukant_analysis.places.spelling import Segment, as_latin, folded, is_cyrillic, is_folding_of, key, parted
from kodukant_analysis.places.suggestions import near_municipalities
from kodukant_analysis.places.tables import read_table

_SMALL = frozenset({"küla", "alevik", "alev"})
_VILLAGES: frozenset[Level] = frozenset({"settlement"})
_ALL: frozenset[Level] = frozenset({"settlement", "municipality", "county", "prefecture"})


class Meaning(NamedTuple):
    """Units a segment may stand for and how they were found. `is_mixed`: under several names, so that no
    rank among villages, municipalities and counties may decide between them. `is_kinded`: the text says what
    kind of place it is. `rivals`: other municipalities that a declined or unmarked village or a rare form
    is but for one slip of the pen, "Konsuta" (Konsu, Konguta); a second name has to confirm it then."""

    units: tuple[Unit, ...]
    how: str
    is_mixed: bool
    is_kinded: bool
    rivals: tuple[Unit, ...] = ()


class Reading(NamedTuple):
    """A way to read a name, the names it then may be, and the levels of units that a slip of the pen puts in doubt."""

    how: str
    names: Iterable[str]
    doubted: frozenset[Level] = frozenset()


@lru_cache(maxsize=65536)
def meaning(segment: Segment) -> Meaning | None:
    """The units a segment may stand for, or None where it is no name of ours."""
    name = "".join(letter for word in segment.words for letter in word if letter.isalpha())
    found = _read(name, segment.kinds, is_marked=segment.is_marked)
    if found is None and "küla" in segment.kinds:
        return _read(f"{name}küla", frozenset(), is_marked=False)
    together = parted(name) if found is None and not segment.kinds else None
    return _read(together.words[0], together.kinds, is_marked=segment.is_marked) if together else found


@lru_cache(maxsize=65536)
def _read(name: str, kinds: frozenset[str], *, is_marked: bool) -> Meaning | None:
    """The surest reading of a name with its kinds."""
    for fits in (_fits, _fits_nearly):
        for how, names, doubted in _readings(name, is_kinded=bool(kinds)):
            found = _found(names, how, kinds, fits)
            if found is not None:
                full = found if is_marked else _with_unmarked(found, how, name, kinds)
                return full._replace(rivals=_rivals(full, name, doubted))
    return None


def _rivals(found: Meaning, name: str, doubted: frozenset[Level]) -> tuple[Unit, ...]:
    # A town is not what somebody writes by chance.
    if found.is_kinded or any(unit.level not in doubted or unit.kind == "linn" for unit in found.units):
        return ()
    held = frozenset[int]().union(*(unit.held for unit in found.units))
    return tuple(unit for unit in near_municipalities(name) if unit.held.isdisjoint(held))


def _readings(name: str, *, is_kinded: bool) -> Iterator[Reading]:
    """Readings of a name from the surest to the least sure: how, and the names it may be.

    Beside its kind a name is declined in the genitive only, and "Kooga vald" is a slip of the pen.
    """
    if is_cyrillic(name):
        yield from _russian_readings(name)
        return
    yield Reading("exact", (name,))
    yield Reading("spelling", _marked(name), _VILLAGES)
    yield Reading("case form", locative_stems(name), _VILLAGES)
    if is_kinded:
        yield Reading("case form", genitive_stems(name))
        return
    yield Reading("case form", (full for stem in locative_stems(name) for full in _marked(stem)), _VILLAGES)
    yield Reading("case form", other_stems(name), _ALL)
    yield Reading("case form", _municipal(short_illative_stem(name)), _ALL)
    yield Reading("case form", (full for stem in other_stems(name) for full in _marked(stem)), _ALL)


def _russian_readings(name: str) -> Iterator[Reading]:
    sounds, loose = _names_by_sound()
    yield Reading("exact", (name,))
    yield Reading("russian", sounds.get(cyrillic_sound(name), ()), _VILLAGES)
    bases = tuple(base_forms(name))
    yield Reading("russian", (full for base in bases for full in sounds.get(cyrillic_sound(base), ())), _VILLAGES)
    yield Reading("spelling", filter(None, (as_latin(name),)), _VILLAGES)
    for form in (name, *bases):
        names = loose.get(loose_sound(cyrillic_sound(form)), ())
        yield Reading("russian", names if len(names) == 1 else (), _ALL)


def _found(names: Iterable[str], how: str, kinds: frozenset[str], fits: "Fit") -> Meaning | None:
    known = units_by_name()
    hits = {name: [unit for unit in known[name] if fits(unit, kinds)] for name in names if name in known}
    named = [units for units in hits.values() if units]
    if not named:
        return None
    units = tuple(dict.fromkeys(unit for units in named for unit in units))
    is_mixed = len(named) > 1 or any(name in _shared_aliases() for name in hits)
    return Meaning(units, how, is_mixed, bool(kinds))


def _with_unmarked(found: Meaning, how: str, name: str, kinds: frozenset[str]) -> Meaning:
    """A village "Karu" is not settled in a text without diacritics: it may be Käru, and "karus" too."""
    if is_cyrillic(name) or any(unit.level != "settlement" and unit.sides != PAST for unit in found.units):
        return found
    stems = (name,) if how == "exact" else tuple(locative_stems(name)) if how == "case form" else ()
    others = _found((full for stem in stems for full in _marked(stem)), how, kinds, _fits)
    return Meaning((*found.units, *others.units), "spelling", True, found.is_kinded) if others else found


def _fits(unit: Unit, kinds: frozenset[str]) -> bool:
    if not kinds:
        return unit.sides != PAST
    return any(_is_of_kind(unit, kind) for kind in kinds)


def _fits_nearly(unit: Unit, kinds: frozenset[str]) -> bool:
    """Villages and boroughs are taken for one another."""
    return bool(kinds & _SMALL) and unit.level == "settlement" and unit.kind in _SMALL


Fit = Callable[[Unit, frozenset[str]], bool]


def _is_of_kind(unit: Unit, kind: str) -> bool:
    if kind == "omavalitsus":
        return unit.level == "municipality"
    if kind == "osavald":
        return unit.level == "municipality" and unit.kind == "vald" and unit.sides == THEN
    return unit.kind == kind


def _marked(name: str) -> tuple[str, ...]:
    """Names that `name` is without some of their diacritics."""
    return tuple(full for full in _names_by_folding().get(folded(name), ()) if is_folding_of(name, full))


def _municipal(name: str | None) -> tuple[str, ...]:
    units = units_by_name().get(name or "", ())
    return (name,) if name and any(unit.level == "municipality" for unit in units) else ()


@cache
def _shared_aliases() -> frozenset[str]:
    """Aliases that stand for several names: "K-Nõmme"."""
    counts = Counter(key(row["alias"]) for row in read_table("aliases"))
    return frozenset(alias for alias, names in counts.items() if names > 1)


@cache
def _names_by_folding() -> dict[str, tuple[str, ...]]:
    names: dict[str, list[str]] = defaultdict(list)
    for name in units_by_name():
        for spelling in dict.fromkeys((folded(name), folded(name.replace("ü", "y")))):
            names[spelling] += [name] if spelling != name else []
    return {spelling: tuple(full) for spelling, full in names.items()}


@cache
def _names_by_sound() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Names by their sound keys, and by their loose ones."""
    strict: dict[str, dict[str, None]] = defaultdict(dict)
    loose: dict[str, dict[str, None]] = defaultdict(dict)
    for name in units_by_name():
        if not is_cyrillic(name):
            for sound in sorted(name_sounds(name)):
                strict[sound][name] = None
                loose[loose_sound(sound)][name] = None
    return {s: tuple(n) for s, n in strict.items()}, {s: tuple(n) for s, n in loose.items()}
