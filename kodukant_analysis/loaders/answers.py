"""Answers: respondents of a survey, one row a respondent with a column a question, or one row an answer."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final

from kodukant_analysis.loaders.cells import Parser, Reading, code_reader, read_number, read_text
from kodukant_analysis.loaders.columns import Column
from kodukant_analysis.loaders.drafts import Draft, Ledger, draft, read_cell, read_fields, records_of
from kodukant_analysis.loaders.headings import Heading
from kodukant_analysis.loaders.regions import read_region
from kodukant_analysis.loaders.rows import Cell, Row
from kodukant_analysis.loaders.scales import Codebook, Question, question_of, read_answer
from kodukant_analysis.loaders.sheets import Value
from kodukant_analysis.loaders.tables import Table
from kodukant_analysis.loaders.vocabulary import vocabulary
from kodukant_analysis.loaders.wording import as_typed, key
from kodukant_analysis.places import resolve_survey_region

_PLACES: Final = frozenset({"county", "municipality", "settlement", "place"})


def load_answers(table: Table, heading: Heading, ledger: Ledger, codebook: Codebook) -> Iterable[Draft]:
    """One record for each answer of each respondent."""
    questions = _questions(table, codebook, ledger)
    for row in records_of(table, ledger):
        values = read_fields(row, RESPONDENT, table, ledger) | wave_of(row, heading)
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


def wave_of(row: Row, heading: Heading) -> dict[str, Any]:
    """The survey and wave of a row."""
    wave = row.cells["wave"].text if "wave" in row.cells else ""
    return {**series_of(heading), "wave": wave or (str(heading.year) if heading.year else None)}


def survey_region_of(text: str) -> dict[str, Any]:
    """The survey region a text names, and its prefecture where it lies in one."""
    found = resolve_survey_region(text)
    return {
        "survey_region": found.name if found else as_typed(text) or None,
        "prefecture": found.prefecture if found else None,
    }


RESPONDENT: Final[Mapping[str, Parser]] = {
    "survey_region": lambda value: Reading(None, extra=survey_region_of("" if value is None else str(value))),
    "weight": read_number,
    "stratum": read_text,
    "cluster": lambda value: Reading(Cell(value, 0, 0).text or None),
    "language": code_reader("language"),
    "sex": code_reader("sex"),
    "age_group": lambda value: Reading(Cell(value, 0, 0).text or None),
}

_Questions = Mapping[int | str, Question]


def _questions(table: Table, codebook: Codebook, ledger: Ledger) -> _Questions:
    """The questions by the column that asks them, or by their text where each row asks one."""
    if {"question", "answer"} <= {column.field for column in table.band.columns}:
        return _questions_in_rows(table, codebook, ledger)
    found = {
        column.index: _question(table, column, codebook, ledger) for column in table.band.columns if not column.field
    }
    return {index: question for index, question in found.items() if question}


def _question(table: Table, column: Column, codebook: Codebook, ledger: Ledger) -> Question | None:
    rows = (row.number for row in table.rows if row.kind == "data")
    values = [value for number in rows if (value := table.value(number, column.index)) is not None]
    question = question_of(column.header, values, codebook)
    if question is None and values:
        is_known = vocabulary().values["question"].find(column.header) or key(column.header) in codebook
        rule = "unknown-direction" if is_known else "unknown-question"
        ledger.add(rule, table, Cell(column.header, table.band.last, column.index))
    return question


def _questions_in_rows(table: Table, codebook: Codebook, ledger: Ledger) -> _Questions:
    answers: dict[str, list[Value]] = defaultdict(list)
    first: dict[str, Cell] = {}
    for row in (row for row in table.rows if row.kind == "data"):
        asked = row.cells["question"]
        first.setdefault(asked.text, asked)
        answers[asked.text].append(row.cells["answer"].value)
    found = {asked: question_of(asked, values, codebook) for asked, values in answers.items()}
    for text in (text for text, question in found.items() if question is None):
        ledger.add("unknown-direction", table, first[text])
    return {text: question for text, question in found.items() if question}


def _asked(table: Table, row: Row, questions: _Questions) -> Iterable[tuple[Question, Cell]]:
    if "question" in row.cells and "answer" in row.cells:
        question = questions.get(row.cells["question"].text)
        return [(question, row.cells["answer"])] if question else []
    columns = ((index, question) for index, question in questions.items() if isinstance(index, int))
    return [(question, Cell(table.value(row.number, index), row.number, index)) for index, question in columns]


def _region(table: Table, row: Row, heading: Heading, ledger: Ledger) -> dict[str, Any]:
    """The county or place of the respondent, where the survey says it instead of a survey region."""
    if not _PLACES & {name for name, cell in row.cells.items() if cell.value is not None}:
        return {}
    day = heading.fielded[1] if heading.fielded else None
    return read_region(table, row, heading, ledger, day).columns()


def _respondent(table: Table, row: Row, values: Mapping[str, Any], ledger: Ledger) -> str:
    """The pseudonym of the number typed; without one a row is a respondent of its own, in its own file."""
    typed = row.cells["respondent_no"].text if "respondent_no" in row.cells else ""
    number = typed or f"{table.sheet.file} {table.sheet.name} {row.number}"
    return f"{values['series']}-{values['wave']}-{ledger.keys.key_of_number(number)}"
