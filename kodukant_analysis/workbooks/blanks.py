"""Blanks: workbooks to fill in, drawn from the templates of the loaders; the home of xlsxwriter."""

from collections.abc import Mapping
from datetime import date, datetime, time
from io import BytesIO
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kodukant_analysis.loaders.templates import Guide, Template, TemplateColumn, guide, template
from kodukant_analysis.workbooks.guides import Layout, allowed, lay_out, write_guide

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

LAST_ROW: Final = 1000
# A moment that is no day of anybody's work: the same template is the same file.
_CREATED: Final = datetime(2000, 1, 1)  # noqa: DTZ001  (a workbook knows no time zones)
_OPTIONS: Final = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_DARK, _LIGHT, _GREY, _EDGE = "#1F4E79", "#DDEBF7", "#808080", "#BFBFBF"
_LINE: Final = 15.5
_CELL: Final = {"valign": "top", "text_wrap": True}
_FORMATS: Final[Mapping[str, Mapping[str, Any]]] = {
    "required": {**_CELL, "bold": True, "font_color": "#FFFFFF", "bg_color": _DARK, "border": 1, "border_color": _EDGE},
    "optional": {**_CELL, "bold": True, "font_color": _DARK, "bg_color": _LIGHT, "border": 1, "border_color": _EDGE},
    "cell": {**_CELL, "border": 1, "border_color": _EDGE},
    "survey": {"align": "left", "num_format": "@", "border": 1, "border_color": _EDGE},
    "label": {"bold": True, "font_color": _DARK},
    "title": {"bold": True, "font_size": 16, "font_color": _DARK},
    "wrapped": _CELL,
}
_NUMBERS: Final = {
    "date": "dd.mm.yyyy",
    "time": "hh:mm",
    "count": "0",
    "ordinal": "0",
    "year": "0",
    "number": "General",
    "share": "0%",
}
_WIDTHS: Final = {
    "date": 12,
    "time": 8,
    "count": 9,
    "number": 9,
    "ordinal": 9,
    "year": 9,
    "share": 11,
    "choice": 11,
    "several": 22,
    "text": 30,
    "mark": 18,
}
_RULES: Final[Mapping[str, Mapping[str, Any]]] = {
    "date": {"validate": "date", "criteria": "between", "minimum": date(2000, 1, 1), "maximum": date(2099, 12, 31)},
    "time": {"validate": "time", "criteria": "between", "minimum": time(0), "maximum": time(23, 59)},
    "count": {"validate": "integer", "criteria": ">=", "value": 0},
    "ordinal": {"validate": "integer", "criteria": ">=", "value": 1},
    "year": {"validate": "integer", "criteria": "between", "minimum": 2000, "maximum": 2099},
    "number": {"validate": "decimal", "criteria": ">=", "value": 0},
    "share": {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1},
    "text": {"validate": "any"},
    "mark": {"validate": "any"},
}
_LONGEST_TITLE, _LONGEST_MESSAGE = 32, 255


def write_template(dataset: str, language: str, target: Path) -> None:
    """Writes the workbook to fill in for a dataset in a language (et, ru, en): the same bytes each time.

    Raises ValueError for a dataset or language without a template, FileExistsError where there is a file already.
    """
    content = _workbook(template(dataset, language), guide(language))
    with target.open("xb") as file:
        file.write(content)


def _workbook(blank: Template, guide: Guide) -> bytes:
    from xlsxwriter.workbook import Workbook

    content = BytesIO()
    with Workbook(content, _OPTIONS) as book:
        book.set_properties({"title": blank.sheet, "created": _CREATED})
        book.set_size(1600, 900)
        formats = {name: book.add_format(dict(made)) for name, made in _FORMATS.items()}
        sheet, beside = book.add_worksheet(blank.sheet), book.add_worksheet(guide.sheet)
        top = _write_survey(sheet, blank, guide, formats)
        for index, column in enumerate(blank.columns):
            _write_column(book, sheet, (top, index), column, formats)
            sheet.data_validation(top + 1, index, LAST_ROW - 1, index, _validation(column, blank, guide))
        _set_page(sheet, top, blank)
        write_guide(beside, blank, guide, formats)
        sheet.activate()
    return content.getvalue()


def _write_survey(sheet: "Worksheet", blank: Template, guide: Guide, formats: Mapping[str, "Format"]) -> int:
    """Writes what heads the table of a survey; returns the row (from 0) of the header below it."""
    if not blank.has_survey:
        return 0
    for row, label in enumerate((guide.source, guide.fielded)):
        sheet.write_string(row, 0, label, formats["label"])
        sheet.merge_range(row, 1, row, 4, "", formats["survey"])
    first, last = lay_out(blank, guide).rows_of(guide.surveys)
    free = {"show_error": False, "input_message": guide.source_guide}
    sheet.data_validation(0, 1, 0, 1, {"validate": "list", "source": _range(guide, first, last), **free})
    sheet.data_validation(1, 1, 1, 1, {"validate": "any", "input_message": guide.fielded_guide})
    return 3


def _write_column(
    book: "Workbook", sheet: "Worksheet", at: tuple[int, int], column: TemplateColumn, formats: Mapping[str, "Format"]
) -> None:
    """Writes a header with the example below it, and sets how the cells of the column look."""
    top, index = at
    looks = {"num_format": _NUMBERS.get(column.kind, "@"), "valign": "top", "text_wrap": column.kind == "text"}
    looks["align"] = "center" if column.kind in _NUMBERS else "left"
    example = book.add_format({**looks, "italic": True, "font_color": _GREY})
    sheet.set_column(index, index, _width(column), book.add_format(looks))
    sheet.write_string(top, index, column.header, formats["required" if column.is_required else "optional"])
    if isinstance(column.example, date | time):
        sheet.write_datetime(top + 1, index, column.example, example)
    else:
        sheet.write(top + 1, index, column.example, example)


def _width(column: TemplateColumn) -> float:
    """Wide enough for the kind of value, for the longest word of the header and for the longest choice."""
    words = [len(word) * 1.2 + 2 for word in column.header.split()]
    labels = [min(len(choice.label) + 3, _WIDTHS["text"]) for choice in column.choices]
    return max(_WIDTHS[column.kind], *words, *labels)


def _validation(column: TemplateColumn, blank: Template, guide: Guide) -> dict[str, Any]:
    """What a program lets into the cells of a column and what it says; several of a list are let in as typed."""
    title = column.header if len(column.header) <= _LONGEST_TITLE else ""
    shown = {"input_title": title, "input_message": _message(column, guide), "error_title": guide.error}
    error = {"error_message": allowed(column, guide)[:_LONGEST_MESSAGE], "show_error": column.kind != "several"}
    if not column.choices:
        return {**_RULES[column.kind], **shown, **error}
    layout: Layout = lay_out(blank, guide)
    return {"validate": "list", "source": _range(guide, *layout.rows_of(column.choices)), **shown, **error}


def _message(column: TemplateColumn, guide: Guide) -> str:
    """What to write, and how where it is not chosen."""
    said = column.guide if column.kind == "choice" else f"{column.guide} ({guide.allowed[column.kind]})"
    return said if len(said) <= _LONGEST_MESSAGE else column.guide[:_LONGEST_MESSAGE]


def _range(guide: Guide, first: int, last: int) -> str:
    """The cells of a list of choices on the guide sheet."""
    return f"='{guide.sheet}'!$B${first + 1}:$B${last + 1}"


def _set_page(sheet: "Worksheet", top: int, blank: Template) -> None:
    lines = max(ceil(1.3 * len(column.header) / _width(column)) for column in blank.columns)
    sheet.set_row(top, _LINE * (lines + 1))
    sheet.set_row(top + 1, _LINE * 2)
    sheet.freeze_panes(top + 1, 0)
    sheet.hide_gridlines(0)
    sheet.ignore_errors({"number_stored_as_text": f"A{top + 2}:Z{LAST_ROW}"})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)
