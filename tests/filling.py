"""Filling: what people type into a template, and what the records should say of it."""

from datetime import date, time, timedelta
from pathlib import Path
from typing import Any, Final

from openpyxl import load_workbook

from kodukant_analysis.loaders.templates import Template, TemplateColumn

# One municipality of each county, so that every county can be chosen.
_PLACES: Final = {
    "0037": "Saku vald",
    "0039": "Hiiumaa vald",
    "0045": "Toila vald",
    "0050": "Põltsamaa vald",
    "0052": "Paide linn",
    "0056": "Haapsalu linn",
    "0060": "Tapa vald",
    "0064": "Räpina vald",
    "0068": "Saarde vald",
    "0071": "Kehtna vald",
    "0074": "Muhu vald",
    "0079": "Elva vald",
    "0081": "Otepää vald",
    "0084": "Mulgi vald",
    "0087": "Rõuge vald",
}
_FIRST_DAY: Final = date(2018, 3, 1)
_NUMBERS: Final = {
    "count": lambda row: row,
    "ordinal": lambda row: row + 1,
    "year": lambda row: 2000 + row,
    "number": lambda row: 0.5 + row,
    "share": lambda row: row % 5 / 4,
}
_ANSWER_SCALES: Final = {"trust_police", "safe_after_dark", "knows_officer", "well_informed", "cooperation"}
_YES_NO: Final = {"yes": True, "no": False}

Typed = dict[str, Any]


def type_rows(template: Template) -> list[Typed]:
    """Rows by field, as many as it takes to choose every choice; each optional cell is blank in some of them."""
    count = max(len(column.choices) for column in template.columns)
    return [_row(template, number) for number in range(count)]


def fill(path: Path, template: Template, rows: list[Typed], example: str) -> None:
    """Types rows into a template whose example is `left`, `overwritten` or `deleted`; heads a survey with its name."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    header = next(row for row in range(1, 9) if sheet.cell(row, 2).value == template.columns[1].header)
    if template.has_survey:
        sheet["B1"], sheet["B2"] = "Siseturvalisuse avaliku arvamuse uuring", "01.03.2017–31.03.2017"
    if example == "deleted":
        sheet.delete_rows(header + 1)
    first = header + (2 if example == "left" else 1)
    for row, typed in enumerate(rows, first):
        for index, column in enumerate(template.columns, 1):
            sheet.cell(row, index).value = shown(column, typed[column.field])
    book.save(path)


def shown(column: TemplateColumn, value: Any) -> Any:
    """A value as it is typed: of a code its label."""
    labels = {choice.code: choice.label for choice in column.choices}
    return ", ".join(labels[code] for code in value) if isinstance(value, list) else labels.get(value, value)


def expected(template: Template, rows: list[Typed]) -> list[Typed]:
    """What the records of the rows should say, in order."""
    return [record for row in rows for record in _RECORDS[template.dataset](row)]


def _row(template: Template, number: int) -> Typed:
    codes = list(_PLACES)
    row = {
        column.field: None if not column.is_required and (number + index) % 5 == 3 else _value(column, number)
        for index, column in enumerate(template.columns)
    }
    return row | ({"place": _PLACES[codes[number % len(codes)]]} if "place" in row else {})


def _value(column: TemplateColumn, number: int) -> Any:
    if column.kind in {"choice", "several"}:
        codes = [choice.code for choice in column.choices]
        code = codes[number % len(codes)]
        return code if column.kind == "choice" else [code, codes[0]][: 1 + number % 2]
    if column.kind == "date":
        return _FIRST_DAY + timedelta(number + (100 if column.field in {"done_on", "due_on"} else 0))
    if column.kind == "time":
        return time(17 + number % 2, 30)
    if column.kind in {"text", "mark"}:
        return f"{number} k" if column.kind == "text" else str(2000 + number)
    return _NUMBERS[column.kind](number)


def _with_county(row: Typed) -> Typed:
    return {("county_code" if field == "county" else field): value for field, value in row.items()}


def _discussion(row: Typed) -> list[Typed]:
    record = _with_county(row) | {name: _YES_NO.get(row[name]) for name in ("has_local_leader", "has_room")}
    if row["status"] != "held":
        record |= {"held_on": None, "planned_on": row["planned_on"] or row["held_on"]}
    record["channels"] = "|".join(sorted(set(row["channels"]))) if row["channels"] else None
    return [record]


def _attendance(row: Typed) -> list[Typed]:
    return [{name: value for name, value in _with_county(row).items() if name != "held_on"} | {"is_absent": False}]


def _topic(row: Typed) -> list[Typed]:
    solutions = None if row["solutions"] is None else 1
    record = _with_county(row) | {"solutions": solutions, "has_summary": row["summary"] is not None}
    told = {
        "category": row["category"] or "other",
        "other_categories": None,
        "next_step": row["next_step"] or "missing",
    }
    return [{name: value for name, value in (record | told).items() if name not in {"held_on", "summary"}}]


def _action(row: Typed) -> list[Typed]:
    owners = "|".join(sorted({row["owners"], *(row["partners"] or [])}))
    due = {"due_kind": "dated"} if row["due_on"] else {}
    return [{name: v for name, v in _with_county(row).items() if name != "partners"} | {"owners": owners} | due]


def _answer(row: Typed) -> list[Typed]:
    about = {"wave": str(row["wave"]), "series": "siseturvalisus", "fielded_from": date(2017, 3, 1)}
    about |= {name: row[name] for name in ("survey_region", "weight", "cluster", "language", "sex", "age_group")}
    asked = {name: row[name] for name in row if name in _ANSWER_SCALES and row[name] is not None}
    return [about | {"question": name} | _on_scale(code) for name, code in asked.items()]


def _on_scale(code: str) -> Typed:
    return {"answer": float(code), "is_dont_know": False} if code.isdigit() else {"is_dont_know": code == "dont_know"}


def _share(row: Typed) -> list[Typed]:
    return [row | {"series": "siseturvalisus", "fielded_to": date(2017, 3, 31)}]


_RECORDS: Final = {
    "discussions": _discussion,
    "attendance": _attendance,
    "topics": _topic,
    "actions": _action,
    "answers": _answer,
    "shares": _share,
}
