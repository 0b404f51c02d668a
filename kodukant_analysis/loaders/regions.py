"""Regions: where a row is, by its columns, the heading over it, the file and the folder; the place outranks all."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Final

from kodukant_analysis.loaders.drafts import Ledger
from kodukant_analysis.loaders.headings import Heading
from kodukant_analysis.loaders.rows import Cell, Row
from kodukant_analysis.loaders.tables import Table
from kodukant_analysis.loaders.titles import place_in
from kodukant_analysis.loaders.vocabulary import vocabulary
from kodukant_analysis.loaders.wording import key, plain
from kodukant_analysis.places import (
    Place,
    is_prefecture_undecidable,
    reform_on,
    resolve_county,
    resolve_place,
    resolve_prefecture,
)

REGION_COLUMNS: Final = (
    "prefecture",
    "county_code",
    "municipality_code",
    "municipality_code_then",
    "place_code",
    "place",
)
_RULES: Final[Mapping[str, str]] = {
    "ambiguous": "ambiguous-place",
    "unknown": "unknown-place",
    "split municipality": "split-municipality",
    "outside within": "place-elsewhere",
}
_NOWHERE: Final = frozenset({"unknown", "empty"})
_PLACE_FIELDS: Final = ("settlement", "place", "municipality")


@dataclass(frozen=True)
class Region:
    """The region columns of a record, and the building it was held in."""

    prefecture: str | None = None
    county_code: str | None = None
    municipality_code: str | None = None
    municipality_code_then: str | None = None
    place_code: str | None = None
    place: str | None = None
    venue: str | None = None

    def columns(self) -> dict[str, str | None]:
        return {name: value for name, value in asdict(self).items() if value is not None or name != "venue"}


def read_region(table: Table, row: Row, heading: Heading, ledger: Ledger, on: date | None) -> Region:
    """The region of a row on a day; what is ambiguous, unknown or contradicts itself becomes an issue."""
    typed = {name: row.cells[name] for name in _PLACE_FIELDS if name in row.cells and row.cells[name].text}
    venue = typed.pop("place") if len(typed) > 1 and "place" in typed and _is_venue(typed["place"].text) else None
    text = ", ".join(_without_venue(cell.text) for cell in typed.values()) or _without_venue(heading.place)
    county = row.cells["county"].text if "county" in row.cells else ""
    county = county or ("" if typed else heading.county)
    named = _named_prefecture(table, row, heading, ledger)
    if not text and not county:
        return Region(prefecture=named)
    found = resolve_place(text or county, on, within=_within(county if text else "", named))
    if typed and found.reason == "ambiguous":
        found = _settled(text, found, next(_municipalities_named(table, heading, on), ""), on)
    cell = next(iter(typed.values()), None)
    _note_place(table, cell, found, ledger)
    if "prefecture" in row.cells and found.prefecture and named and named != found.prefecture:
        ledger.add("prefecture-conflict", table, row.cells["prefecture"])
    shown = cell.typed if cell else (text or None)
    codes = {name: getattr(found, name) for name in REGION_COLUMNS if name not in {"place", "prefecture"}}
    return Region(
        **codes,
        place=ledger.keep_text(shown),
        prefecture=found.prefecture or named,
        venue=ledger.keep_text(venue.typed) if venue else None,
    )


def is_one_municipality(one: Mapping[str, Any], other: Mapping[str, Any], on: date | None) -> bool:
    """Whether two rows name one municipality of a day; two that are one today were two before the reform."""
    day = on or reform_on() - timedelta(days=1)
    then = {row.get("municipality_code_then") or _municipality_then(row.get("place"), day) for row in (one, other)}
    if None not in then:
        return len(then) == 1
    is_one_today = bool(one.get("municipality_code")) and one["municipality_code"] == other.get("municipality_code")
    return is_one_today and (on is not None or len(then) == 1)


def municipalities(row: Mapping[str, Any]) -> set[str]:
    """All that a row's municipality may be by `is_one_municipality`, whatever the day: no two are one without one."""
    days = (reform_on() - timedelta(days=1), reform_on())
    then = {row.get("municipality_code_then") or _municipality_then(row.get("place"), day) for day in days}
    return {code for code in (*then, row.get("municipality_code")) if code}


def _municipality_then(place: str | None, day: date) -> str | None:
    return resolve_place(place or "", day).municipality_code_then


def _settled(text: str, found: Place, municipality: str, on: date | None) -> Place:
    """What an ambiguous name is in the municipality that the surroundings of its table name, if there is one."""
    inside = resolve_place(text, on, within=municipality) if municipality else found
    return found if inside.reason in _RULES else inside


def _municipalities_named(table: Table, heading: Heading, on: date | None) -> Iterator[str]:
    """The municipalities named over a table, by its sheet or by its file, the nearest first: "Tori valla arutelud"."""
    kinds = vocabulary().keys("rows", "municipality")
    above = [heading.place, *(cell.text for cell in reversed(table.headings))]
    for text in [*above, table.sheet.name, table.sheet.file.rpartition("/")[2]]:
        for pair in pairwise(re.findall(r"[\w-]+", plain(text).replace("_", " "))):
            named = " ".join(pair)
            if any(word.casefold() in kinds for word in pair) and resolve_place(named, on).municipality_code:
                yield named


def _is_venue(text: str) -> bool:
    """Whether a text names a building beside the place that other columns name."""
    named = place_in(text)
    _, _, rest = text.partition(named) if named else ("", "", "")
    is_more = bool(rest.strip()) and "," not in rest and resolve_place(rest).reason in _NOWHERE
    return is_more or _without_venue(text) != text or resolve_place(text).reason in _NOWHERE


def _without_venue(text: str) -> str:
    """A place without the building in it: "Halinga rahvamaja" is in Halinga."""
    first, _, last = text.rpartition(" ")
    is_building = first and any(key(last).endswith(word) for word in vocabulary().keys("rows", "venue"))
    return first if is_building else text


def folder_prefecture(file: str) -> str | None:
    """The prefecture that a file's folders or its own name bear; the innermost that bears one counts."""
    parts = file.rsplit(".", 1)[0].replace("_", " ").split("/")
    return next((found for part in reversed(parts) if (found := resolve_prefecture(part))), None)


def _named_prefecture(table: Table, row: Row, heading: Heading, ledger: Ledger) -> str | None:
    cell = row.cells.get("prefecture")
    if cell and cell.text:
        if is_prefecture_undecidable(cell.text):
            ledger.add("prefecture-undecidable", table, cell)
            return ledger.prefecture
        return resolve_prefecture(cell.text) or ledger.prefecture
    return resolve_prefecture(heading.prefecture) or ledger.prefecture


def _within(county: str, prefecture: str | None) -> str | None:
    return resolve_county(county) or prefecture if county else prefecture


def _note_place(table: Table, cell: Cell | None, found: Place, ledger: Ledger) -> None:
    rule = _RULES.get(found.reason)
    if cell and rule and not (rule == "place-elsewhere" and found.municipality_code):
        ledger.add(rule, table, cell)
