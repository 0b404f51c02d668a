"""Discussions: a row of a register as a discussion held, planned or cancelled, with the groups counted beside it."""

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any, Final

from kodukant_analysis.loaders.attendance import counted_groups
from kodukant_analysis.loaders.cells import (
    Parser,
    Reading,
    code_reader,
    codes_in,
    is_missing,
    read_clock,
    read_count,
    read_date,
    read_exact_count,
    read_has,
    read_text,
)
from kodukant_analysis.loaders.dates import read_day, read_period, read_times, times_beside
from kodukant_analysis.loaders.drafts import Draft, Ledger, draft, read_cell, read_fields, records_of
from kodukant_analysis.loaders.headings import Heading, heading_at, read_meeting_day
from kodukant_analysis.loaders.regions import read_region
from kodukant_analysis.loaders.rows import Cell, Row
from kodukant_analysis.loaders.sheets import Value
from kodukant_analysis.loaders.tables import Table
from kodukant_analysis.loaders.vocabulary import vocabulary

_read_status: Final = code_reader("discussion_status")
_EXPECTED: Final = {"held": "held_on", "planned": "planned_on", "cancelled": "planned_on"}


def load_discussions(table: Table, heading: Heading, ledger: Ledger) -> Iterable[Draft]:
    """The discussions of a table, each followed by the people counted in its own row."""
    fields = _fields(ledger, heading)
    for row in records_of(table, ledger):
        values = _told(table, row, heading) | _by_status(read_fields(row, fields, table, ledger), heading)
        values |= {name: moment for name, moment in _times_beside_day(row).items() if values.get(name) is None}
        day = values.get("held_on") or values.get("planned_on")
        region = read_region(table, row, heading, ledger, day or _roughly(row, heading))
        if any(column.field == "attendees_at" for column, _ in row.repeated):
            yield from _counted_at(table, row, heading, ledger)
            continue
        yield draft(table, row, values | region.columns(), day=day)
        yield from counted_groups(table, row, (region, day), ledger)


def _told(table: Table, row: Row, heading: Heading) -> dict[str, Any]:
    """What the title says of all discussions, or an unread column says of its own, where no column is made for it."""
    fields = {column.field for column in table.band.columns}
    unread = [table.value(row.number, column.index) for column in table.band.columns if not column.field]
    named = {vocabulary().values["programme"].exact(value) for value in unread if isinstance(value, str)} - {None}
    told = {**heading.told, "programme": named.pop()} if len(named) == 1 else heading.told
    return {name: code for name, code in told.items() if name not in fields}


def _counted_at(table: Table, row: Row, heading: Heading, ledger: Ledger) -> Iterable[Draft]:
    """The discussions told by the people of a place on a day, or in a month of which the day is not known."""
    for column, cell in ((column, cell) for column, cell in row.repeated if column.field == "attendees_at"):
        reading = read_cell(cell, _attendees, table, ledger)
        if not reading.value:
            continue
        day = read_day(column.at) or read_meeting_day(table, row, heading, ledger)
        region = read_region(table, row, heading_at(column.at, heading), ledger, day)
        values = {"status": "held", "held_on": day, "attendees": reading.value, **reading.extra, **region.columns()}
        if day is None:
            ledger.add("imprecise-date", table, Cell(column.header, table.band.last, column.index))
        number = None if day else f"{region.place} {column.at} {heading.year or table.sheet.file}"
        yield draft(table, row, values, day=day, number=number)


def _times_beside_day(row: Row) -> dict[str, time]:
    """The times of day typed beside the day: "10.10.2018 kell 18.00"."""
    times = (times_beside(row.cells[name].value) for name in ("held_on", "planned_on") if name in row.cells)
    return dict(zip(("starts_at", "ends_at"), next(filter(None, times), []), strict=False))


def _roughly(row: Row, heading: Heading) -> date | None:
    """The last day of what is typed as the date ("IV kv 2018"): near enough to know the borders."""
    cells = (row.cells[name] for name in ("held_on", "planned_on") if name in row.cells)
    periods = (read_period(cell.value, heading.year) for cell in cells)
    return next((period.last for period in periods if period), None)


def _fields(ledger: Ledger, heading: Heading) -> Mapping[str, Parser]:
    def day(value: Value) -> Reading:
        return read_date(value, heading.year)

    def planned(value: Value) -> Reading:
        return day(value)._replace(extra={} if is_missing(value) else {"is_planned": True})

    def person(name: str) -> Parser:
        return lambda value: Reading(extra={} if is_missing(value) else {name: ledger.keys.key(str(value))})

    return {
        "programme": code_reader("programme", "other"),
        "held_on": day,
        "planned_on": planned,
        "time_span": _time_span,
        "starts_at": _time_span,
        "ends_at": read_clock,
        "venue": read_text,
        "status": _status,
        "method": code_reader("method", "other"),
        "language": code_reader("language"),
        "lead_officer": person("lead_officer_key"),
        "space_holder": person("space_holder_key"),
        "police_team": read_exact_count,
        "has_local_leader": read_has,
        "has_room": read_has,
        "channels": _channels,
        "invited": read_exact_count,
        "registered": read_exact_count,
        "attendees": _attendees,
        "summary_sent_on": day,
        "summary_recipients": read_exact_count,
        "follow_up_no": read_text,
    }


def _by_status(values: dict[str, Any], heading: Heading) -> dict[str, Any]:
    """Dates in the column of the status: a discussion that is not known to be held has a planned day only."""
    held, planned = values.get("held_on") or heading.day, values.get("planned_on")
    if values.get("status_unread"):
        return {**values, "held_on": None, "planned_on": planned or held, "status": None}
    is_ahead = (heading.is_plan and not (planned and held)) or (values.get("is_planned") and not held)
    is_ahead = is_ahead and not values.get("attendees")
    status = values.get("status") or ("planned" if is_ahead else "held")
    dates: dict[str, date | None] = {"held_on": None, "planned_on": planned}
    dates[_EXPECTED[status]] = held if status == "held" else planned or held
    return {**values, **dates, "status": status, "is_state_told": bool(values.get("status"))}


def _status(value: Value) -> Reading:
    reading = _read_status(value)
    return reading._replace(extra={"status_unread": True}) if reading.rule else reading


def _time_span(value: Value) -> Reading:
    times = read_times(value)
    if is_missing(value) or times:
        return Reading(extra=dict(zip(("starts_at", "ends_at"), times, strict=False)))
    return Reading(rule="unreadable-time")


def _channels(value: Value) -> Reading:
    if is_missing(value):
        return Reading()
    codes, unknown = codes_in("channel", value)
    return Reading(
        "|".join(sorted({*codes, *(["other"] if unknown else [])})), rule="unknown-channel" if unknown else ""
    )


def _attendees(value: Value) -> Reading:
    reading = read_count(value)
    return reading._replace(
        extra={"is_attendees_approximate": reading.extra.get("is_approximate", False)} if reading.value else {}
    )
