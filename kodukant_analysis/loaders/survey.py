"""Survey: answers of respondents, one column a question, and tables of published shares."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from kodukant_analysis.loaders.cells import (
    Parser,
    Reading,
    code_reader,
    is_missing,
    read_count,
    read_number,
    read_share,
    read_text,
)
from kodukant_analysis.loaders.drafts import Draft, Ledger, draft, read_cell, read_fields, records_of
from kodukant_analysis.loaders.headers import Column
from kodukant_analysis.loaders.headings import Heading
from kodukant_analysis.loaders.sheets import Value
from kodukant_analysis.loaders.tables import Cell, Row, Table
from kodukant_analysis.loaders.vocabulary import vocabulary
from kodukant_analysis.loaders.wording import key
from kodukant_analysis.places import resolve_survey_region

SCALES: Final = {"agree4": (1, 4), "likert5": (1, 5), "yes_no": (0, 1), "zero_to_ten": (0, 10)}
# The top answers of a scale: the upper two of four and five, yes, and 6 to 10 of 0 to 10 (OECD).
POSITIVE_FROM: Final = {"agree4": 3, "likert5": 4, "yes_no": 1, "zero_to_ten": 6}
_ZERO_TO_TEN: Final = re.compile(r"0\s*(?:-|–|…|\.\.\.?|kuni|до)\s*10")


@dataclass(frozen=True)
class Question:
    """One question of a wave: how it was asked and what its codes mean."""

    code: str
    asked: str
    scale: str
    labels: Mapping[str, str] = field(default_factory=dict)


def read_codebook(tables: Iterable[Table]) -> dict[str, tuple[str, dict[str, str]]]:
    """Variable -> (question as asked, code -> label), from the tables of codes in a workbook."""
    book: dict[str, tuple[str, dict[str, str]]] = {}
    for table in tables:
        for row in (row for row in table.rows if row.kind == "data"):
            texts = {name: cell.text for name, cell in row.cells.items()}
            variable = texts.get("code_variable", "")
            asked, labels = book.get(key(variable), ("", {}))
            labels[texts.get("code_value", "")] = texts.get("code_label", "")
            book[key(variable)] = (asked or texts.get("code_question", ""), labels)
    return book


def load_answers(table: Table, heading: Heading, ledger: Ledger, codebook: Mapping[str, Any]) -> Iterable[Draft]:
    """One record for each answer of each respondent of a table with a column a question."""
    questions = {c.index: q for c in table.band.columns if not c.field and (q := _question(table, c, codebook, ledger))}
    for row in records_of(table, ledger):
        values = read_fields(row, RESPONDENT, table, ledger) | _wave(row, heading)
        respondent = _respondent(row, values)
        for index, question in questions.items():
            cell = Cell(table.value(row.number, index), row.number, index)
            answer = read_cell(cell, lambda value, q=question: _answer(value, q), table, ledger)  # type: ignore[misc]
            if cell.value is not None and not answer.rule:
                yield draft(table, row, {**values, "respondent_key": respondent, **answer.extra})


def load_shares(table: Table, heading: Heading, ledger: Ledger) -> Iterable[Draft]:
    """One record for each share of a table: by wave in columns, by region or answer in rows."""
    for row in records_of(table, ledger):
        respondents = {
            c.year: read_cell(cell, read_count, table, ledger).value for c, cell in row.repeated if c.field != "share"
        }
        for column, cell in row.repeated or _single_share(table, row):
            if column.field == "share" and not is_missing(cell.value):
                share = read_cell(cell, _percent, table, ledger).value
                values = _share_values(row, heading, column.year) | {"share": share}
                values["respondents"] = respondents.get(column.year, values.get("respondents"))
                yield draft(table, row, values)


def _single_share(table: Table, row: Row) -> Iterable[tuple[Column, Cell]]:
    columns = {column.field: column for column in table.band.columns}
    return [(columns["share"], row.cells["share"])] if "share" in row.cells else []


def _percent(value: Value) -> Reading:
    """A published share: in a table of percentages 0.8 would be under one percent, so a bare number is a percentage."""
    number = read_number(value)
    if number.value is not None and number.value > 1:
        return Reading(round(number.value / 100, 6))
    return read_share(value)


def _share_values(row: Row, heading: Heading, year: str) -> dict[str, Any]:
    texts = {name: cell.text for name, cell in row.cells.items()}
    asked = texts.get("question") or heading.question or heading.title
    count = read_count(row.cells["respondents"].value).value if "respondents" in row.cells else None
    return {
        **_series(heading),
        **_region(texts.get("survey_region", "")),
        "wave": year or texts.get("wave") or (str(heading.year) if heading.year else None),
        "question": code_reader("question")(asked).value or "other",
        "answer": _published_answer(texts.get("answer") or heading.title),
        "respondents": count,
    }


def _published_answer(text: str) -> str:
    """The answers a published share counts: a code of the scale, "positive", "negative", "dont_know" or "unstated"."""
    if vocabulary().values["dont_know"].exact(text):
        return "dont_know"
    codes = (vocabulary().values[f"answer.{scale}"].exact(text) for scale in ("agree4", "likert5", "yes_no"))
    return next((code for code in codes if code), None) or vocabulary().values["share_answer"].find(text) or "unstated"


def _series(heading: Heading) -> dict[str, Any]:
    first, last = heading.fielded or (None, None)
    return {"series": heading.series or key(heading.title) or "unnamed", "fielded_from": first, "fielded_to": last}


def _wave(row: Row, heading: Heading) -> dict[str, Any]:
    wave = row.cells["wave"].text if "wave" in row.cells else ""
    return {**_series(heading), "wave": wave or (str(heading.year) if heading.year else None)}


def _respondent(row: Row, values: Mapping[str, Any]) -> str:
    number = row.cells["respondent_no"].text if "respondent_no" in row.cells else f"row {row.number}"
    return f"{values['series']}-{values['wave']}-{number}"


def _region(text: str) -> dict[str, Any]:
    found = resolve_survey_region(text)
    return {"survey_region": found.name if found else text or None, "prefecture": found.prefecture if found else None}


RESPONDENT: Final[Mapping[str, Parser]] = {
    "survey_region": lambda value: Reading(None, extra=_region("" if value is None else str(value))),
    "weight": read_number,
    "stratum": read_text,
    "cluster": lambda value: Reading(Cell(value, 0, 0).text or None),
    "language": code_reader("language"),
    "sex": code_reader("sex"),
    "age_group": lambda value: Reading(Cell(value, 0, 0).text or None),
}


def _question(table: Table, column: Column, codebook: Mapping[str, Any], ledger: Ledger) -> Question | None:
    """The question of a column, or None for a column that is none; one whose direction is not stated is refused."""
    asked, labels = codebook.get(key(column.header), ("", {}))
    asked = asked or column.header
    values = [
        v for row in table.rows if row.kind == "data" and (v := table.value(row.number, column.index)) is not None
    ]
    words = {str(label) for label in labels.values()} or {str(value) for value in values if isinstance(value, str)}
    scale = _scale(words) or ("zero_to_ten" if _ZERO_TO_TEN.search(asked) else "")
    code = code_reader("question")(asked).value
    if scale:
        return Question(code or "other", asked, scale, labels)
    if code:
        ledger.add("unknown-direction", table, Cell(column.header, table.band.last, column.index))
    return None


def _scale(words: Iterable[str]) -> str:
    """The scale that at least half of the words belong to; don't-knows belong to none."""
    said = [word for word in words if vocabulary().values["dont_know"].exact(word) is None]
    hits = {
        scale: sum(vocabulary().values[f"answer.{scale}"].exact(word) is not None for word in said)
        for scale in SCALES
        if scale != "zero_to_ten"
    }
    best = max(hits, key=lambda scale: hits[scale])
    return best if hits[best] and hits[best] * 2 >= len(said) else ""


def _answer(value: Value, question: Question) -> Reading:
    """The answer as on the scale, higher is better, with its score; a don't-know keeps its row without a number."""
    typed = Cell(value, 0, 0).text
    label = question.labels.get(typed, typed)
    known = {"question": question.code, "question_as_asked": question.asked, "scale": question.scale}
    if (reason := vocabulary().values["dont_know"].exact(label)) is not None:
        return Reading(extra={**known, "is_dont_know": reason == "dont_know"})
    number = _on_scale(label, question.scale)
    if number is None:
        return Reading(rule="unknown-answer")
    low, high = SCALES[question.scale]
    score = round(100 * (number - low) / (high - low), 6)
    positive = number >= POSITIVE_FROM[question.scale]
    return Reading(extra={**known, "answer": number, "score": score, "is_positive": positive, "is_dont_know": False})


def _on_scale(label: str, scale: str) -> float | None:
    if scale == "zero_to_ten":
        number = read_number(label).value
        return number if number is not None and 0 <= number <= 10 else None
    code = vocabulary().values[f"answer.{scale}"].exact(label)
    return float(code) if code else None
