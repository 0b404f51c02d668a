"""Overview: the first sheet of a marked copy, with all that is to be mended and what became of the rows."""

from collections.abc import Iterable, Mapping, Sequence
from math import ceil
from typing import Any, Final, NamedTuple, cast

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from kodukant_analysis.records import RECORD_TABLES, SheetAccount
from kodukant_analysis.text import integer, translate
from kodukant_analysis.workbooks.advice import Advice
from kodukant_analysis.workbooks.marks import fill_of

_WIDTHS: Final = {"A": 6, "B": 11, "C": 22, "D": 10, "E": 24, "F": 30, "G": 78}
_DARK: Final = "1F4E79"
_HEAD: Final = PatternFill("solid", fgColor=_DARK)
_EDGE: Final = Border(bottom=Side("thin", color="BFBFBF"))
_WRAPPED: Final = Alignment(horizontal="left", vertical="top", wrap_text=True)
_FONT: Final = "Calibri"
_LINK: Final = Font(_FONT, color="0563C1", underline="single")
_LINE: Final = 15


class Told(NamedTuple):
    """What an overview tells of a file: its name, the advice, the accounts of its tables, what the copy lacks."""

    file: str
    advice: Sequence[Advice]
    accounts: Sequence[SheetAccount]
    lost: Sequence[str]


def add_overview(book: Workbook, sheets: Mapping[str, Worksheet], told: Told, language: str) -> None:
    """Puts the overview first in a workbook and opens it there; `sheets` are its sheets by the names in the advice."""
    sheet = book.create_sheet(_free_name(book, translate("feedback.sheet", language)), 0)
    for other in book.worksheets:
        other.sheet_view.tabSelected = False
    book.active = 0
    for letter, width in _WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    _write_head(sheet, told, language)
    _write_advice(sheet, sheets, told.advice, language)
    _write_accounts(sheet, sheets, told.accounts, language)
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def rows_sentence(accounts: Iterable[SheetAccount], language: str) -> str:
    """How many rows were read, kept, set aside and skipped, in a sentence."""
    accounts = list(accounts)
    counts = {
        name: integer(sum(getattr(account, f"rows_{name}") for account in accounts), language)
        for name in ("read", "kept", "set_aside", "skipped")
    }
    return translate("feedback.rows", language, **counts)


def lost_sentence(lost: Sequence[str], language: str) -> str:
    """What the copy does not have of its original, in a sentence; "" when it has all."""
    if not lost:
        return ""
    kinds = ", ".join(translate(f"feedback.lost.{kind}", language) for kind in lost)
    return translate("feedback.lost.sentence", language, kinds=kinds)


def _write_head(sheet: Worksheet, told: Told, language: str) -> None:
    sheet["A1"] = translate("feedback.title", language)
    sheet["A1"].font = Font(_FONT, bold=True, size=16, color=_DARK)
    said = [
        told.file,
        rows_sentence(told.accounts, language),
        translate("feedback.how" if told.advice else "feedback.nothing", language),
        lost_sentence(told.lost, language),
    ]
    for row, sentence in enumerate(filter(None, said), 2):
        _write_over(sheet, row, sentence)


def _write_over(sheet: Worksheet, row: int, sentence: str) -> None:
    """A sentence over the width of the sheet."""
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(_WIDTHS))
    _write_cell(sheet, row, 1, sentence)
    sheet.row_dimensions[row].height = _LINE * ceil(len(sentence) / sum(_WIDTHS.values()))


def _write_advice(sheet: Worksheet, sheets: Mapping[str, Worksheet], advice: Sequence[Advice], language: str) -> None:
    if not advice:
        return
    head = _write_header(sheet, "advice", "no severity sheet cell column found message", language)
    sheet.freeze_panes = f"A{head + 1}"
    for number, each in enumerate(advice, 1):
        row, target = head + number, sheets.get(each.sheet)
        severity, name = translate(f"severity.{each.severity}", language), target.title if target else each.sheet
        _write_row(sheet, row, [number, severity, name, each.cell, each.column, each.found, each.message])
        sheet.cell(row, 2).fill = fill_of(each.severity)
        sheet.row_dimensions[row].height = _LINE * max(_lines(each.message, "G"), _lines(each.found, "F"))
        if target:
            _link(sheet, row, target, each.cell or "A1")


def _link(sheet: Worksheet, row: int, target: Worksheet, address: str) -> None:
    link = sheet.cell(row, 4)
    link.hyperlink = Hyperlink(link.coordinate, location=f"{quote_sheetname(target.title)}!{address}", display=address)
    link.value = address
    link.font = _LINK


def _write_accounts(
    sheet: Worksheet, sheets: Mapping[str, Worksheet], accounts: Sequence[SheetAccount], language: str
) -> None:
    head = _write_header(sheet, "table", "no dataset sheet header_row rows unknown counts", language)
    for number, told in enumerate(accounts, 1):
        dataset = f"records.{told.dataset}" if told.dataset in RECORD_TABLES else "feedback.no_dataset"
        name = sheets[told.source_sheet].title if told.source_sheet in sheets else told.source_sheet
        where = [translate(dataset, language), name, told.header_row, f"{told.first_row}–{told.last_row}"]
        counts = rows_sentence([told], language)
        _write_row(sheet, head + number, [number, *where, told.unknown_headers, counts])
        lines = max(_lines(told.unknown_headers, "F"), _lines(counts, "G"))
        sheet.row_dimensions[head + number].height = _LINE * lines


def _lines(text: str, column: str) -> int:
    """How many lines a text takes up in a column."""
    return max(ceil(len(text) / _WIDTHS[column]), 1)


def _write_header(sheet: Worksheet, section: str, names: str, language: str) -> int:
    """Writes the header of a list, a row apart from what stands above it; the row it stands in."""
    row = sheet.max_row + 2
    for column, name in enumerate(names.split(), 1):
        cell = _write_cell(sheet, row, column, translate(f"feedback.{section}.{name}", language))
        cell.font, cell.fill = Font(_FONT, bold=True, color="FFFFFF"), _HEAD
    return row


def _write_row(sheet: Worksheet, row: int, values: Sequence[Any]) -> None:
    for column, value in enumerate(values, 1):
        _write_cell(sheet, row, column, value).border = _EDGE


def _write_cell(sheet: Worksheet, row: int, column: int, value: Any) -> Cell:
    """A cell with a value; a text that begins with "=" stays a text."""
    cell = cast(Cell, sheet.cell(row, column, value))
    cell.alignment, cell.font = _WRAPPED, Font(_FONT)
    if isinstance(value, str):
        cell.data_type = "s"
    return cell


def _free_name(book: Workbook, name: str) -> str:
    taken = {title.casefold() for title in book.sheetnames}
    numbered = (f"{name} {number}" for number in range(2, len(taken) + 3))
    return next(free for free in (name, *numbered) if free.casefold() not in taken)
