"""Answers: respondents of a survey, one row a respondent with a column a question, or one row an answer."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from kodukant_analysis.loaders.cells import Parser, Reading, code_reader, read_date, read_number, read_text
from kodukant_analysis.loaders.columns import Column, field_of
from kodukant_analysis.loaders.dates import read_day
from kodukant_analysis.loaders.drafts import Draft, Ledger, draft, read_cell, read_fields, records_of
from kodukant_analysis.loaders.headings import Heading
from kodukant_analysis.loaders.questions import code_of
from kodukant_analysis.loaders.regions import read_region
from kodukant_analysis.loaders.rows import Cell, Row
from kodukant_analysis.loaders.scales import Codebook, Question, question_of, read_answer
from kodukant_analysis.loaders.sheets import Value
from kodukant_analysis.loaders.tables import Table
from kodukant_analysis.loaders.wording import as_typed, key
from kodukant_analysis.places import resolve_county, resolve_place, resolve_prefecture, resolve_survey_region

_MONTH_OR_DAY: Final = re.compile(r"\d{1,2}/\d{1,2}/")
_PLACES: Final = frozenset({"county", "municipality", "settlement", "place"})


def load_answers(table: Table, heading: Heading, ledger: Ledger, codebook: Codebook) -> Iterable[Draft]:
    """One record for each answer of each respondent."""
    table = _named_by_codebook(table, codebook)
    questions = _questions(table, codebook, ledger)
    heading = _in_the_field(table, heading)
    for row in (_in_words(row, table, codebook) for row in records_of(table, ledger)):
        values = series_of(heading) | read_fields(row, {**RESPONDENT, **_WHEN}, table, ledger)
        values["wave"] = values.get("wave") or year_of(heading)
        values |= _region(table, row, heading, ledger)
        values["respondent_key"] = _respondent(table, row, values, ledger)
        asked = [(question, cell) for question, cell in _asked(table, row, questions) if cell.value is not None]
        for question, cell in asked:
            answer = read_cell(cell, lambda value, q=question: read_answer(value, q), table, ledger)  # type: ignore[misc]
            if not answer.rule:
                yield draft(table, row, values | answer.extra)


def series_of(heading: Heading) -> dict[str, Any]:
    """Which survey a table belongs to and when it was in the field."""
    first, last = heading.fielded or (None, None)
    return {"series": heading.series or key(heading.title) or heading.file, "fielded_from": first, "fielded_to": last}


def year_of(heading: Heading) -> str | None:
    """The year of a survey that names no wave: the one in its title, or else in the names of sheet and file."""
    year = heading.titled or heading.year
    return str(year) if year else None


def survey_region_of(text: str) -> dict[str, Any]:
    """The survey region a text names and the prefecture it lies in; what is no survey region may be a county."""
    found = resolve_survey_region(text)
    if found:
        return {"survey_region": found.name, "prefecture": found.prefecture}
    county = resolve_place(text) if resolve_county(text) else None
    prefecture = county.prefecture if county else resolve_prefecture(text)
    return {
        "survey_region": as_typed(text) or None,
        "prefecture": prefecture,
        "county_code": county.county_code if county else None,
    }


def _label(value: Value) -> Reading:
    return Reading(Cell(value, 0, 0).text or None)


RESPONDENT: Final[Mapping[str, Parser]] = {
    "survey_region": lambda value: Reading(None, extra=survey_region_of("" if value is None else str(value))),
    "weight": read_number,
    "stratum": read_text,
    "cluster": _label,
    "language": code_reader("language"),
    "sex": code_reader("sex"),
    "age_group": _label,
}

_WHEN: Final[Mapping[str, Parser]] = {"wave": _label, "fielded_from": read_date, "fielded_to": read_date}
_Questions = Mapping[int | str, Question]


def _questions(table: Table, codebook: Codebook, ledger: Ledger) -> _Questions:
    """The questions by the column that asks them, or by their text where each row asks one."""
    fields = {column.field for column in table.band.columns}
    if "answer" in fields and fields & {"question", "question_code"}:
        return _questions_in_rows(table, codebook, ledger)
    found = {
        column.index: _question(table, column, codebook, ledger)
        for column in table.band.columns
        if not column.field and column.header
    }
    return {index: question for index, question in found.items() if question}


def _question(table: Table, column: Column, codebook: Codebook, ledger: Ledger) -> Question | None:
    rows = (row.number for row in table.rows if row.kind == "data")
    values = [value for number in rows if (value := table.value(number, column.index)) is not None]
    question = question_of(column.header, values, codebook)
    if question is None and values:
        _note_unknown(table, Cell(column.header, table.band.last, column.index), codebook, ledger)
    return question


def _note_unknown(table: Table, cell: Cell, codebook: Codebook, ledger: Ledger) -> None:
    """An issue at what is asked: of a known question only the direction of its scale is not."""
    is_known = code_of(cell.text) or key(cell.text) in codebook
    ledger.add("unknown-direction" if is_known else "unknown-question", table, cell)


def _questions_in_rows(table: Table, codebook: Codebook, ledger: Ledger) -> _Questions:
    answers: dict[str, list[Value]] = defaultdict(list)
    first: dict[str, Cell] = {}
    for row in (row for row in table.rows if row.kind == "data"):
        asked = _question_cell(row)
        first.setdefault(asked.text, asked)
        answers[asked.text].append(row.cells["answer"].value)
    found = {asked: question_of(asked, values, codebook) for asked, values in answers.items()}
    for text in (text for text, question in found.items() if question is None):
        _note_unknown(table, first[text], codebook, ledger)
    return {text: question for text, question in found.items() if question}


def _question_cell(row: Row) -> Cell:
    """What a row asks in words, or by the code of the question."""
    cells = [row.cells[name] for name in ("question", "question_code") if name in row.cells]
    return next((cell for cell in cells if cell.text), cells[0])


def _named_by_codebook(table: Table, codebook: Codebook) -> Table:
    """The table with the columns named whose headers are variables that the code book explains: "REG" is a region."""
    taken = {column.field for column in table.band.columns}
    columns = []
    for column in table.band.columns:
        said = field_of("answers", codebook.get(key(column.header), ("", {}))[0])
        is_told = not column.field and said not in taken and said in RESPONDENT
        columns.append(replace(column, field=said) if is_told else column)
    return replace(table, band=replace(table.band, columns=tuple(columns)))


def _in_words(row: Row, table: Table, codebook: Codebook) -> Row:
    """The row with the codes of what is told of the respondent in the words of the code book."""
    headers = {column.index: key(column.header) for column in table.band.columns}
    cells = dict(row.cells)
    for name in RESPONDENT.keys() & cells.keys():
        labels = codebook.get(headers[cells[name].column] or "?", ("", {}))[1]
        cells[name] = cells[name]._replace(value=labels.get(cells[name].text, cells[name].value))
    return row._replace(cells=cells)


def _in_the_field(table: Table, heading: Heading) -> Heading:
    """The heading with the first and the last day of the answers, and their year, where it does not tell them."""
    rows = (row for row in table.rows if row.kind == "data")
    cells = [row.cells[name] for row in rows for name in ("fielded_on", "timestamp") if name in row.cells]
    days = [day for cell in cells if (day := _day_of(cell))]
    if not days:
        return heading
    year = days[0].year if {day.year for day in days} == {days[0].year} else None
    return replace(heading, fielded=heading.fielded or (min(days), max(days)), year=heading.year or year)


def _day_of(cell: Cell) -> date | None:
    """The day of a moment, also with its time of day behind it; of "10/1/24" none: it may be October or January."""
    moment = cell.text.split()[0] if isinstance(cell.value, str) and cell.text else cell.value
    return None if isinstance(moment, str) and _MONTH_OR_DAY.match(moment) else read_day(moment)


def _asked(table: Table, row: Row, questions: _Questions) -> Iterable[tuple[Question, Cell]]:
    if "answer" in row.cells and row.cells.keys() & {"question", "question_code"}:
        question = questions.get(_question_cell(row).text)
        return [(question, row.cells["answer"])] if question else []
    columns = ((index, question) for index, question in questions.items() if isinstance(index, int))
    return [(question, Cell(table.value(row.number, index), row.number, index)) for index, question in columns]


def _region(table: Table, row: Row, heading: Heading, ledger: Ledger) -> dict[str, Any]:
    """The county or place of the respondent, where the survey says it instead of a survey region."""
    if not _PLACES & {name for name, cell in row.cells.items() if cell.value is not None}:
        cell = row.cells.get("survey_region")
        if cell is None or not _is_place(cell.text):
            return {}
        row = row._replace(cells={"county" if resolve_county(cell.text) else "place": cell})
    day = heading.fielded[1] if heading.fielded else None
    return read_region(table, row, heading, ledger, day).columns()


def _is_place(text: str) -> bool:
    """Whether what should be a survey region is a county or a place in one."""
    return resolve_survey_region(text) is None and resolve_place(text).county_code is not None


def _respondent(table: Table, row: Row, values: Mapping[str, Any], ledger: Ledger) -> str:
    """The pseudonym of the number typed; without one a row is a respondent of its own, in its own file."""
    typed = row.cells["respondent_no"].text if "respondent_no" in row.cells else ""
    number = typed or f"{table.sheet.file} {table.sheet.name} {row.number}"
    return f"{values['series']}-{values['wave']}-{ledger.keys.key_of_number(number)}"
