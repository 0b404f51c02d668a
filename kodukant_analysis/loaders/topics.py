"""Topics: a row of the notice board as a topic with its category, its points and what happens next."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from kodukant_analysis.loaders.cells import (
    Parser,
    Reading,
    code_reader,
    is_missing,
    items_in,
    read_exact_count,
    read_has,
    read_ordinal,
    read_round,
    read_text,
    read_yes_no,
)
from kodukant_analysis.loaders.drafts import Draft, Ledger, draft, read_cell, read_fields, records_of
from kodukant_analysis.loaders.groups import read_group
from kodukant_analysis.loaders.headings import Heading, heading_at, read_meeting_day
from kodukant_analysis.loaders.regions import read_region
from kodukant_analysis.loaders.rows import Row
from kodukant_analysis.loaders.sheets import Value
from kodukant_analysis.loaders.tables import Table
from kodukant_analysis.loaders.vocabulary import vocabulary


def load_topics(table: Table, heading: Heading, ledger: Ledger) -> Iterable[Draft]:
    """The topics of a table; where its columns are discussions, each topic at each of those that gave it a number."""
    for row in records_of(table, ledger):
        values = read_fields(row, FIELDS, table, ledger) | _categories(row)
        values.setdefault("round", row.section.round or heading.round)
        values["raised_by"] = read_group(table, row.cells.get("raised_by"), ledger)
        if row.repeated:
            yield from _given_at(table, row, (heading, values), ledger)
            continue
        day = read_meeting_day(table, row, heading, ledger)
        region = read_region(table, row, heading, ledger, day)
        yield draft(table, row, values | region.columns(), day=day, number=heading.number)


def _given_at(table: Table, row: Row, told: tuple[Heading, Mapping[str, Any]], ledger: Ledger) -> Iterable[Draft]:
    """One record of a topic for each discussion in whose column it has a number; points only where that is said."""
    heading, values = told
    for column, cell in row.repeated:
        given = read_cell(cell, read_exact_count, table, ledger).value
        if given:
            at = heading_at(column.at, heading)
            region = read_region(table, row, at, ledger, at.day)
            points = given if column.field == "points_at" else None
            yield draft(table, row, {**values, "points": points, **region.columns()}, day=at.day)


def _next_step(value: Value) -> Reading:
    reading = code_reader("next_step")(value)
    return reading if reading.value or reading.rule else Reading("missing")


def _solutions(value: Value) -> Reading:
    """How many solutions are listed; a number says it itself, and "no" that there is none."""
    if is_missing(value):
        return Reading()
    count = read_exact_count(value)
    if not count.rule:
        return count
    answer = read_yes_no(value)
    if answer.rule:
        return Reading(len(items_in(value)))
    return Reading(rule="unreadable-count") if answer.value else Reading(0)


def _summary(value: Value) -> Reading:
    """Whether there is a summary: its text, or a yes or a no."""
    return Reading(extra={"has_summary": not is_missing(value) and read_has(value).value is not False})


FIELDS: Final[Mapping[str, Parser]] = {
    "topic_no": read_ordinal,
    "title": read_text,
    "round": read_round,
    "participants": read_exact_count,
    "points": read_exact_count,
    "rank": read_ordinal,
    "summary": _summary,
    "solutions": _solutions,
    "next_step": _next_step,
}


def _categories(row: Row) -> dict[str, Any]:
    """The category as typed or, where none is typed, by the stems of the title; every further one beside it."""
    words = vocabulary().values["category"]
    found = [
        code for name in ("category", "title") if name in row.cells for code in words.find_all(row.cells[name].text)
    ]
    codes = list(dict.fromkeys(found)) or ["other"]
    return {"category": codes[0], "other_categories": "|".join(codes[1:]) or None}
