"""Actions: a row of an action plan as one delivery reports it: who, by when, how far."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from kodukant_analysis.loaders.cells import (
    Parser,
    Reading,
    code_reader,
    read_date,
    read_due,
    read_ordinal,
    read_share,
    read_text,
    read_yes_no,
)
from kodukant_analysis.loaders.drafts import Draft, Ledger, draft, read_cell, read_fields, records_of
from kodukant_analysis.loaders.groups import read_owners, sector_of
from kodukant_analysis.loaders.headings import Heading, heading_of
from kodukant_analysis.loaders.regions import read_region
from kodukant_analysis.loaders.rows import Row
from kodukant_analysis.loaders.sheets import Value
from kodukant_analysis.loaders.tables import Table


def load_actions(table: Table, heading: Heading, ledger: Ledger) -> Iterable[Draft]:
    """The actions of a table."""
    for row in records_of(table, ledger):
        values = read_fields(row, _fields(heading.year), table, ledger)
        values |= {"agreed_on": values.get("agreed_on") or heading.day}
        values |= {"reported_on": values.get("reported_on") or heading.reported_on or ledger.reported_on}
        values |= _due(table, row, values["agreed_on"] or values["reported_on"], ledger) | _owners(table, row, ledger)
        values |= _marked(table, row, ledger) if values.get("status") is None else {}
        _note_order(table, row, values, ledger)
        region = read_region(table, row, heading, ledger, values["agreed_on"])
        for state in _states(table, row, ledger) or [{}]:
            told = values | state | region.columns()
            yield draft(table, row, told, day=values["agreed_on"], number=heading.number)


def _fields(year: int | None) -> Mapping[str, Parser]:
    def day(value: Value) -> Reading:
        return read_date(value, year)

    return {
        "action": read_text,
        "title": read_text,
        "topic_no": read_ordinal,
        "agreed_on": day,
        "status": _status,
        "done_on": day,
        "progress_share": read_share,
        "reported_on": day,
    }


_read_status: Final = code_reader("status")
_PERCENT: Final = re.compile(r"(\d{1,3})\s?%")


def _status(value: Value) -> Reading:
    typed = read_text(value)
    reading = _read_status(value)._replace(extra={"status_as_typed": typed.value} if typed.value else {})
    share = _PERCENT.search(typed.value or "")
    return reading._replace(value="partial") if reading.value == "done" and share and int(share[1]) < 100 else reading


def _states(table: Table, row: Row, ledger: Ledger) -> list[dict[str, Any]]:
    """The states of an action that a row tells day by day, each in a column of its own ("Seis 30.06.2021")."""
    told = [(column, cell) for column, cell in row.repeated if column.field == "status_at" and cell.value is not None]
    readings = [(heading_of(column.at).reported_on, read_cell(cell, _status, table, ledger)) for column, cell in told]
    return [{"reported_on": day, "status": reading.value, **reading.extra} for day, reading in readings]


def _marked(table: Table, row: Row, ledger: Ledger) -> dict[str, Any]:
    """The state in whose column a row is marked; marks in several contradict each other."""
    told = [(column, cell) for column, cell in row.repeated if column.field == "status_mark"]
    marked = [(column, cell) for column, cell in told if read_yes_no(cell.value).value]
    if len(marked) > 1:
        ledger.add("unknown-status", table, marked[1][1])
    if len(marked) != 1:
        return {}
    column = marked[0][0]
    return {"status": column.at, "status_as_typed": column.header.rpartition(" / ")[2]}


def _due(table: Table, row: Row, since: date | None, ledger: Ledger) -> dict[str, Any]:
    if "due_on" not in row.cells:
        return {}
    reading = read_cell(row.cells["due_on"], lambda value: read_due(value, since), table, ledger)
    return {"due_on": reading.value, **reading.extra}


def _owners(table: Table, row: Row, ledger: Ledger) -> dict[str, str | None]:
    groups = {group for name in ("owners", "partners") for group in read_owners(table, row.cells.get(name), ledger)}
    marks = [(column, cell) for column, cell in row.repeated if column.field == "owner_mark"]
    groups |= {column.group for column, cell in marks if read_yes_no(cell.value).value}
    sectors = {sector_of(group) for group in groups}
    return {"owners": "|".join(sorted(groups)) or None, "sectors": "|".join(sorted(sectors)) or None}


def _note_order(table: Table, row: Row, values: Mapping[str, Any], ledger: Ledger) -> None:
    done, agreed = values.get("done_on"), values.get("agreed_on")
    if done and agreed and done < agreed:
        ledger.add("closed-before-opened", table, row.cells["done_on"])
