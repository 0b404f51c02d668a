"""Shares: published figures of a survey of which only a table exists."""

from collections.abc import Iterable
from typing import Any

from kodukant_analysis.loaders.answers import series_of, survey_region_of
from kodukant_analysis.loaders.cells import Reading, code_reader, is_missing, read_count, read_number, read_share
from kodukant_analysis.loaders.columns import Column
from kodukant_analysis.loaders.drafts import Draft, Ledger, draft, read_cell, records_of
from kodukant_analysis.loaders.headings import Heading
from kodukant_analysis.loaders.scales import WORDED
from kodukant_analysis.loaders.sheets import Value
from kodukant_analysis.loaders.tables import Cell, Row, Table
from kodukant_analysis.loaders.vocabulary import vocabulary


def load_shares(table: Table, heading: Heading, ledger: Ledger) -> Iterable[Draft]:
    """One record for each share: by wave in columns or rows, by region or answer in rows."""
    for row in records_of(table, ledger):
        counts = {
            c.year: read_cell(cell, read_count, table, ledger).value for c, cell in row.repeated if c.field != "share"
        }
        for column, cell in row.repeated or _single_share(table, row):
            if column.field == "share" and not is_missing(cell.value):
                share = read_cell(cell, _percent, table, ledger).value
                values = _values(row, heading, column.year) | {"share": share}
                values["respondents"] = counts.get(column.year, values.get("respondents"))
                yield draft(table, row, values)


def published_answer(text: str) -> str:
    """The answers a published share counts: a code of the scale, "positive", "negative", "dont_know" or "unstated".

    >>> published_answer("Pigem usaldan"), published_answer("Usaldus politsei vastu (täiesti + pigem usaldab), %")
    ('3', 'positive')
    """
    if vocabulary().values["dont_know"].exact(text):
        return "dont_know"
    codes = (vocabulary().values[f"answer.{scale}"].exact(text) for scale in WORDED)
    return next((code for code in codes if code), None) or vocabulary().values["share_answer"].find(text) or "unstated"


def _single_share(table: Table, row: Row) -> Iterable[tuple[Column, Cell]]:
    columns = {column.field: column for column in table.band.columns}
    return [(columns["share"], row.cells["share"])] if "share" in row.cells else []


def _percent(value: Value) -> Reading:
    number = read_number(value)
    return Reading(round(number.value / 100, 6)) if number.value is not None and number.value > 1 else read_share(value)


def _values(row: Row, heading: Heading, year: str) -> dict[str, Any]:
    texts = {name: cell.text for name, cell in row.cells.items()}
    asked = texts.get("question") or heading.question or heading.title
    count = read_count(row.cells["respondents"].value).value if "respondents" in row.cells else None
    return {
        **series_of(heading),
        **survey_region_of(texts.get("survey_region", "")),
        "wave": year or texts.get("wave") or (str(heading.year) if heading.year else None),
        "question": code_reader("question")(asked).value or "other",
        "answer": published_answer(texts.get("answer") or heading.title),
        "respondents": count,
    }
