"""Shares: published figures of a survey of which only a table exists."""

from collections.abc import Iterable, Mapping
from typing import Any

from kodukant_analysis.loaders.answers import series_of, survey_region_of
from kodukant_analysis.loaders.cells import Reading, code_reader, is_missing, read_count, read_number, read_share
from kodukant_analysis.loaders.columns import RESPONDENTS, Column, field_of
from kodukant_analysis.loaders.drafts import Draft, Ledger, draft, read_cell, records_of
from kodukant_analysis.loaders.headings import Heading
from kodukant_analysis.loaders.rows import Cell, Row
from kodukant_analysis.loaders.scales import WORDED
from kodukant_analysis.loaders.sheets import Value
from kodukant_analysis.loaders.tables import Table
from kodukant_analysis.loaders.vocabulary import vocabulary


def load_shares(table: Table, heading: Heading, ledger: Ledger) -> Iterable[Draft]:
    """One record for each share: by wave or region in columns, by region, answer or wave in rows."""
    below = _counts_below(table)
    is_percent = _is_in_percent(table)
    for row in records_of(table, ledger):
        if _is_count_row(row):
            ledger.use(table, row)
        beside = _counts_beside(row)
        for column, cell in _shares_in(table, row):
            values = _values(row, heading, column)
            if values["question"] == "other" and not values["survey_region"]:
                ledger.add("unknown-question", table, next(iter(row.cells.values()), None))
                continue
            share = read_cell(cell, _read_percent if is_percent else read_share, table, ledger).value
            count = beside.get(column.year) or beside.get("") or below.get(column.index)
            typed = RESPONDENTS.search(column.header)
            respondents = (
                int(typed[1]) if typed else read_cell(count, read_count, table, ledger).value if count else None
            )
            yield draft(table, row, values | {"share": share, "respondents": respondents})


def published_answer(text: str) -> str:
    """The answers a published share counts: a code of the scale, "positive", "negative", "dont_know" or "unstated".

    >>> published_answer("Pigem usaldan"), published_answer("Usaldus politsei vastu (täiesti + pigem usaldab), %")
    ('3', 'positive')
    """
    if vocabulary().values["dont_know"].exact(text):
        return "dont_know"
    codes = (vocabulary().values[f"answer.{scale}"].exact(text) for scale in WORDED)
    return next((code for code in codes if code), None) or vocabulary().values["share_answer"].find(text) or "unstated"


def _shares_in(table: Table, row: Row) -> Iterable[tuple[Column, Cell]]:
    """The cells of a row that are shares; none in a row of respondents."""
    if _is_count_row(row):
        return []
    single = [(c, row.cells["share"]) for c in table.band.columns if c.field == "share" and not c.is_one_of_many]
    cells = [*row.repeated, *single]
    return [(c, cell) for c, cell in cells if c.field == "share" and not is_missing(cell.value)]


def _counts_beside(row: Row) -> dict[str, Cell]:
    """The numbers of respondents in the row of the shares, by year; "" where the row has one for all."""
    counts = {column.year: cell for column, cell in row.repeated if column.field == "respondents"}
    return {"": row.cells["respondents"]} | counts if "respondents" in row.cells else counts


def _counts_below(table: Table) -> dict[int, Cell]:
    """By column, the numbers of respondents of a row below the shares: "N | 1002 | 1011"."""
    rows = (row for row in table.rows if row.kind == "data" and _is_count_row(row))
    return {column.index: cell for row in rows for column, cell in row.repeated if cell.value is not None}


def _is_count_row(row: Row) -> bool:
    label = next((cell.text for cell in row.cells.values() if isinstance(cell.value, str)), "")
    return bool(row.repeated) and field_of("shares", label) == "respondents"


def _is_in_percent(table: Table) -> bool:
    """Whether the plain numbers of a table are percentages: one of them is more than a whole."""
    rows = (row for row in table.rows if row.kind == "data")
    numbers = (read_number(cell.value).value for row in rows for _, cell in _shares_in(table, row))
    return any(number is not None and number > 1 for number in numbers)


def _read_percent(value: Value) -> Reading:
    """A share among percentages; a "%" typed beside a number says the same."""
    number = read_number(value).value
    return read_share(value if number is None else f"{number:f}%")


def _values(row: Row, heading: Heading, column: Column) -> dict[str, Any]:
    texts: Mapping[str, str] = {name: cell.text for name, cell in row.cells.items()}
    asked = texts.get("question") or heading.question or heading.title
    said = (
        texts.get("answer") or column.answer or (heading.title if column.is_one_of_many else f"{column.header} {asked}")
    )
    return {
        **series_of(heading),
        **survey_region_of(column.at or texts.get("survey_region", "")),
        "wave": column.year or texts.get("wave") or (str(heading.year) if heading.year else None),
        "question": code_reader("question")(asked).value or "other",
        "answer": published_answer(said),
    }
