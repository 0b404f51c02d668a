"""Attendance: who came, one row a person or one row a counted group."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from kodukant_analysis.loaders.cells import (
    Parser,
    Reading,
    code_reader,
    is_missing,
    items_in,
    read_count,
    read_text,
    read_yes_no,
)
from kodukant_analysis.loaders.drafts import Draft, Ledger, draft, read_cell, read_fields, records_of
from kodukant_analysis.loaders.groups import UNMAPPED, group_of, read_group, sector_of
from kodukant_analysis.loaders.headings import Heading, heading_at, read_meeting_day
from kodukant_analysis.loaders.namesakes import NAMES, mark_of, name_of
from kodukant_analysis.loaders.regions import Region, read_region
from kodukant_analysis.loaders.rows import Cell, Row
from kodukant_analysis.loaders.sheets import Value
from kodukant_analysis.loaders.tables import Table
from kodukant_analysis.loaders.wording import key

_OF_GROUP: Final = frozenset({"group", "role", "group_mark"})
_ABOUT_PERSON: Final = frozenset(
    {*NAMES, "presence", "in_opening_ring", "in_closing_ring", "discussion_groups", "group_names", "is_first_time"}
)


def load_attendance(table: Table, heading: Heading, ledger: Ledger) -> Iterable[Draft]:
    """The people of a list, or the counts of a table of groups."""
    for row in records_of(table, ledger):
        day = read_meeting_day(table, row, heading, ledger)
        region = read_region(table, row, heading, ledger, day)
        if any(column.field != "group_mark" for column, _ in row.repeated):
            yield from counted_groups(table, row, (region, day), ledger)
            yield from _counted_at(table, row, heading, ledger)
            if not _is_unread_person(row):
                continue
        if _is_uncounted(table, row):
            continue
        group, person = _marked_group(row) or group_of(table, row, ledger), _person(table, row, ledger)
        if _is_list(table) and not person and group in {None, UNMAPPED}:
            ledger.set_aside(table, row)
            continue
        group = group or _ungrouped(table, ledger)
        values = read_fields(row, FIELDS, table, ledger) | person
        if _is_list(table) or ("attendees" not in row.cells and _ABOUT_PERSON & row.cells.keys()):
            values |= {"attendees": 1, "is_approximate": False}
        is_absent = row.section.is_absent or _is_absent(row, values)
        if is_absent is None:
            values["attendees"] = None
        values |= {"group": group, "sector": sector_of(group), "is_absent": is_absent}
        yield draft(table, row, values | region.columns(), day=day, number=heading.number)


def counted_groups(table: Table, row: Row, where: tuple[Region, date | None], ledger: Ledger) -> Iterable[Draft]:
    """One record for each group that a row counts in a column of its own."""
    region, day = where
    for column, cell in ((column, cell) for column, cell in row.repeated if column.field == "group_count"):
        reading = read_cell(cell, read_count, table, ledger)
        if reading.value is not None:
            counted = {"group": column.group, "sector": sector_of(column.group), "attendees": reading.value}
            approximate = {"is_approximate": reading.extra.get("is_approximate", False), "is_absent": False}
            found = draft(table, row, {**counted, **approximate, **region.columns()}, day=day)
            at = table.sheet.source_row(row.number, cell.column)
            yield Draft("attendance", found.file, found.sheet, at, found.values, found.number, day, found.cells)


def _counted_at(table: Table, row: Row, heading: Heading, ledger: Ledger) -> Iterable[Draft]:
    """One record for each discussion in whose column the people of the row are counted, or the person is marked."""
    group = read_group(table, row.cells.get("group"), ledger) or UNMAPPED
    person = _person(table, row, ledger)
    for column, cell in ((column, cell) for column, cell in row.repeated if column.at and cell.value is not None):
        reading = read_cell(cell, _mark if person else read_count, table, ledger)
        if reading.value is not None:
            at = heading_at(column.at, heading)
            region = read_region(table, row, at, ledger, at.day)
            counted = {"group": group, "sector": sector_of(group), "attendees": reading.value, "is_absent": False}
            approximate = {"is_approximate": reading.extra.get("is_approximate", False)}
            yield draft(table, row, {**counted, **approximate, **person, **region.columns()}, day=at.day)


def _is_list(table: Table) -> bool:
    """Whether the rows of a table are persons: then each of them is one, whatever else is counted beside."""
    return any(column.field in NAMES for column in table.band.columns)


def _is_uncounted(table: Table, row: Row) -> bool:
    """Whether nobody is counted beside a group: the title of another table, or a group that is not known."""
    return not _is_list(table) and "attendees" in row.cells and is_missing(row.cells["attendees"].value)


def _ungrouped(table: Table, ledger: Ledger) -> str:
    """The group of a person of whom nothing tells it; an issue at the names of a list that has no column for it."""
    name = next((column for column in table.band.columns if column.field in NAMES), None)
    if name and not any(column.field in _OF_GROUP for column in table.band.columns):
        ledger.add("ungrouped-persons", table, Cell(name.header, table.band.last, name.index))
    return UNMAPPED


def _is_unread_person(row: Row) -> bool:
    """Whether a person is named of whom no column that can be read says at which discussion the person was."""
    marks = [read_yes_no(cell.value) for column, cell in row.repeated if column.at]
    is_named = bool(name_of(row))
    return is_named and any(mark.rule for mark in marks) and not any(mark.value for mark in marks)


def _mark(value: Value) -> Reading:
    """One person where the mark says that the person came, nobody where it says not."""
    reading = read_yes_no(value)
    return reading._replace(value=1 if reading.value else None)


def _names_in(value: Value) -> list[str]:
    """The groups that a cell names: "Laud 1, Laud 2"."""
    return items_in(str(value).replace(",", ";")) or [str(value)]


FIELDS: Final[Mapping[str, Parser]] = {
    "attendees": read_count,
    "organisation": read_text,
    "presence": code_reader("presence"),
    "in_opening_ring": read_yes_no,
    "in_closing_ring": read_yes_no,
    "discussion_groups": lambda value: read_count(value)._replace(extra={}),
    "group_names": lambda value: Reading(
        extra={} if is_missing(value) else {"discussion_groups": len(_names_in(value))}
    ),
    "is_bee": read_yes_no,
    "is_butterfly": read_yes_no,
    "is_first_time": read_yes_no,
}


def _is_absent(row: Row, values: Mapping[str, Any]) -> bool | None:
    """Whether the person stayed away; None where something is typed that cannot be read."""
    is_unread = "presence" in row.cells and row.cells["presence"].value is not None and values.get("presence") is None
    return None if is_unread else values.get("presence") == "absent"


def _marked_group(row: Row) -> str | None:
    """The group in whose column a person is marked."""
    marked = (column.group for column, cell in row.repeated if column.field == "group_mark" and _mark(cell.value).value)
    return next(marked, None)


def _person(table: Table, row: Row, ledger: Ledger) -> dict[str, str | None]:
    """The pseudonym of the person of a row; of those who share their name in this file, with what tells them apart."""
    name = name_of(row)
    mark = mark_of(table, row) if key(name) in ledger.namesakes else ""
    return {"person_key": ledger.keys.key(name, mark)} if name else {}
