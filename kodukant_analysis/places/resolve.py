"""Resolving: a typed place to codes, as far as it is certain and no further."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from kodukant_analysis.places.gazetteer import Side, Unit, municipality_name, settlements, side_of
from kodukant_analysis.places.meanings import Meaning, meaning
from kodukant_analysis.places.overlay import Codes, Found, combined, holds, is_prefecture, shared, within_held
from kodukant_analysis.places.spelling import Segment, key, segments
from kodukant_analysis.places.suggestions import MOST, similar_units

CERTAIN = ("exact", "spelling", "case form", "russian", "former name")
"""Reasons under which everything asked for is known."""

_CODES = ("place_code", "municipality_code", "municipality_code_then", "county_code", "prefecture")
_COUNCIL = frozenset({"vald", "linn", "omavalitsus"})
_WIDE = ("county", "prefecture")
_LONGEST = 200
# A year of a country's sheets: the same few texts stand in thousands of rows.
_REMEMBERED = 262_144
_BLANK = " \t\n-–—.?/"
_MUNICIPAL = frozenset({"vald", "linn", "maakond", "osavald", "omavalitsus"})


@dataclass(frozen=True)
class Place:
    """What a typed place certainly is; None where it is not certain or not so fine.

    `municipality_code` is of today (EHAK 2018-09-01), the others are in force on the day asked for.
    `reason`: exact, spelling, case form, russian, former name (all certain); county, prefecture (named no
    finer); later name, split municipality, ambiguous, outside within, unknown, empty. `candidates` are
    names for a person to choose from.
    """

    place_code: str | None = None
    municipality_code: str | None = None
    municipality_code_then: str | None = None
    county_code: str | None = None
    prefecture: str | None = None
    candidates: tuple[str, ...] = ()
    reason: str = "unknown"


def resolve_place(text: str, on: date | None = None, within: str | None = None) -> Place:
    """The place that `text` names on a day; without a day only what holds before and after October 2017.

    `within` is a county, prefecture or municipality, by name or code, known from elsewhere. It chooses
    among readings; where none of them lies there, a named municipality wins and the reason says so.

    >>> resolve_place("Halingas", date(2016, 3, 1)).municipality_code_then
    '0188'
    >>> resolve_place("Seljametsa küla, Paikuse v.", date(2019, 3, 1)).place_code
    '7536'
    >>> place = resolve_place("Vändra", date(2016, 5, 19))
    >>> place.municipality_code, place.municipality_code_then, place.reason, place.candidates
    ('0638', None, 'ambiguous', ('Vändra vald', 'Vändra vald (alev)'))
    """
    if len(text) > _LONGEST:
        return Place(reason="unknown")
    if on is None:
        return _on_both_sides(_resolved(text, "then", within), _resolved(text, "today", within))
    return _resolved(text, side_of(on), within)


def has_name_of_place(text: str) -> bool:
    """Whether any part of a text is a name of ours: quickly told, where no suggestions are asked for."""
    return any(found for segment in segments(text) for _, found in _understood(segment))


@lru_cache(maxsize=1024)
def _on_both_sides(then: Place, today: Place) -> Place:
    """What two readings agree on."""
    if then == today:
        return then
    agreed = {name: getattr(then, name) for name in _CODES if getattr(then, name) == getattr(today, name)}
    candidates = tuple(dict.fromkeys((*then.candidates, *today.candidates)))[:MOST]
    if then.municipality_code == today.municipality_code:
        return Place(**agreed, candidates=() if today.reason in CERTAIN else candidates, reason=today.reason)
    vague = (place.reason for place in (then, today) if place.municipality_code is None)
    return Place(**agreed, candidates=candidates, reason=next(vague, "ambiguous"))


@lru_cache(maxsize=_REMEMBERED)
def _resolved(text: str, side: Side, within: str | None) -> Place:
    known, missed = _read(text)
    if not known:
        return _unknown(missed) if text.strip(_BLANK) else Place(reason="empty")
    return _located(known, side, within)


@lru_cache(maxsize=_REMEMBERED)
def _read(text: str) -> tuple[tuple[Meaning, ...], tuple[Segment, ...]]:
    """The meanings of the names in a text, and the segments that have none."""
    typed = [part for segment in _rejoined(segments(text)) for part in _understood(segment)]
    known = _beside_each_other([(segment, found) for segment, found in typed if found is not None])
    missed = tuple(segment for segment, found in typed if found is None)
    if any(segment.kinds & _MUNICIPAL for segment in missed):
        # A municipality that is not understood could be anywhere: a village beside it settles nothing.
        known = [found for found in known if any(unit.level != "settlement" for unit in found.units)]
    return tuple(known), missed


def _rejoined(typed: list[Segment]) -> list[Segment]:
    """The segments of a text, a double name typed with spaces about its hyphen ("Narva - Jõesuu") as one."""
    if all(segment.separator != "-" for segment in typed):
        return typed
    whole: list[Segment] = []
    for segment in typed:
        double = segment._replace(words=(*whole[-1].words, *segment.words)) if whole else segment
        if whole and segment.separator == "-" and not whole[-1].kinds and meaning(double):
            whole[-1] = double._replace(separator=whole[-1].separator)
        else:
            whole.append(segment)
    return whole


def _understood(segment: Segment) -> list[tuple[Segment, Meaning | None]]:
    """A segment with its meaning; words typed without a comma are parted where both sides name one place."""
    found = meaning(segment)
    if found is None:
        for cut in range(1, len(segment.words)):
            ends = Segment(segment.words[:cut]), Segment(segment.words[cut:], segment.kinds)
            left, right = map(meaning, ends)
            if left and right and holds(left.units) & holds(right.units):
                return [(ends[0], left), (ends[1], right)]
    return [(segment, found)]


def _beside_each_other(typed: list[tuple[Segment, Meaning]]) -> list[Meaning]:
    """The meanings of names in one text; beside a municipality named as such a bare name is a settlement in it."""
    if len(typed) == 1:
        return [found for _, found in typed]
    is_address = all(segment.separator in ",(" for segment, _ in typed)
    inside = holds(u for segment, found in typed if is_address and segment.kinds & _COUNCIL for u in found.units)
    return [_listed(segment, found, inside) for segment, found in typed]


def _listed(segment: Segment, found: Meaning, inside: frozenset[int]) -> Meaning:
    """In "Rapla, Kehtna" Rapla is no county: that takes "Raplamaa", "Rapla mk" or brackets."""
    if found.is_kinded:
        return found
    settled = tuple(unit for unit in found.units if unit.level == "settlement" and unit.held & inside)
    if settled:
        return found._replace(units=settled)
    is_explicit = segment.separator == "(" or any(maa in word for word in segment.words for maa in ("maa", "маа"))
    municipal = holds(unit for unit in found.units if unit.level == "municipality")
    if is_explicit or not municipal:
        return found
    return found._replace(units=tuple(u for u in found.units if u.level not in _WIDE or not u.held & municipal))


@lru_cache(maxsize=65536)
def _located(known: tuple[Meaning, ...], side: Side, within: str | None) -> Place:
    if len(known) == 1 and known[0].rivals and not within:
        return Place(candidates=_names((*known[0].units, *known[0].rivals)), reason="ambiguous")
    inside = within_held(within, side) if within else ()
    found = combined(known, side, inside) if inside else None
    anywhere = combined(known, side, ())
    if anywhere is None:
        return _alternatives(known, side, inside)
    if not inside:
        return _place(anywhere, side)
    if found is None:
        return _outside(anywhere, side)
    if is_prefecture(within) and found.level == "settlement" != anywhere.level:
        # A municipality elsewhere or a village here: a prefecture's folder does not settle it.
        both = Found((*found.units, *anywhere.units), found.held | anywhere.held, anywhere.how, anywhere.level)
        return _place(both, side)
    return _place(found, side)


def _outside(anywhere: Found, side: Side) -> Place:
    place = _place(anywhere, side)
    if anywhere.level == "settlement" and not anywhere.is_confirmed:
        return Place(candidates=_names(anywhere.units), reason="outside within")
    return replace(place, reason="outside within")


def _alternatives(known: tuple[Meaning, ...], side: Side, inside: tuple[frozenset[int], ...]) -> Place:
    """Several names of different places: what they share."""
    each = [combined([one], side, inside) or combined([one], side, ()) for one in known]
    found = [one for one in each if one is not None]
    units = tuple(unit for one in found for unit in one.units)
    return _place(Found(units, holds(units), "ambiguous", "settlement"), side)


def _place(found: Found, side: Side) -> Place:
    codes = shared(found.held, side)
    place_code = codes.place if found.names_settlement() else None
    reason = _reason(found, side, codes)
    return Place(
        place_code=place_code,
        municipality_code=codes.municipality_today,
        municipality_code_then=codes.municipality,
        county_code=codes.county,
        prefecture=codes.prefecture,
        candidates=_candidates(found, reason),
        reason=reason,
    )


def _candidates(found: Found, reason: str) -> tuple[str, ...]:
    if reason in (*CERTAIN, "county", "prefecture"):
        return ()
    if reason == "split municipality":
        codes = sorted({settlements()[index].municipality_today for index in found.held})
        return tuple(municipality_name(code) or code for code in codes)
    return _names(found.units)


def _reason(found: Found, side: Side, codes: Codes) -> str:
    levels = {unit.level for unit in found.units}
    if levels <= {"county", "prefecture"}:
        return "prefecture" if "prefecture" in levels else "county" if codes.county else "ambiguous"
    names = {unit.name for unit in found.units}
    if codes.municipality_today is None:
        return "split municipality" if levels == {"municipality"} and len(names) == 1 else "ambiguous"
    if codes.municipality is None:
        return "later name" if levels == {"municipality"} and len(names) == 1 else "ambiguous"
    if len(found.held) > 1 and levels == {"settlement"} and codes.place is None:
        return "ambiguous"
    if all(unit.level == "municipality" and side not in unit.sides for unit in found.units):
        return "former name"
    return found.how


def _names(units: Iterable[Unit]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(unit.name for unit in units))[:MOST]


def _unknown(missed: tuple[Segment, ...]) -> Place:
    near = [unit for segment in missed for unit in similar_units(key("".join(segment.words)))]
    words = (meaning(Segment((word,))) for segment in missed for word in segment.words if len(segment.words) > 1)
    named = [unit for found in words if found for unit in found.units]
    return Place(candidates=_names([*near, *named]), reason="unknown")
