"""Overview: the first sheet of a marked copy, with all that is to be mended and what became of the rows."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.worksheet import Worksheet

from kodukant_analysis.records import SheetAccount
from kodukant_analysis.text import integer, translate
from kodukant_analysis.workbooks.advice import Advice
from kodukant_analysis.workbooks.marks import fill_of

_WIDTHS: Final = {"A": 6, "B": 11, "C": 22, "D": 10, "E": 24, "F": 30, "G": 78}
_DARK: Final = "1F4E79"
_HEAD: Final = PatternFill("solid", fgColor=_DARK)
_EDGE: Final = Border(bottom=Side("thin", color="BFBFBF"))
_WRAPPED: Final = Alignment(vertical="top", wrap_text=True)
_LINK: Final = Font(color="0563C1", underline="single")
_SIGNS_A_LINE: Final = 84


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
    _write_accounts(sheet, told.accounts, language)
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
    return translate(
        "feedback.lost.sentence", language, kinds=", ".join(translate(f"feedback.lost.{kind}", language) for kind in lost)
    )


def _write_head(sheet: Worksheet, told: Told, language: str) -> None:
    sheet.append([translate("feedback.title", language)])
    sheet["A1"].font = Font(bold=True, size=16, color=_DARK)
    said = [
        told.file,
        rows_sentence(told.accounts, language),
        translate("feedback.how" if told.advice else "feedback.nothing", language),
        lost_sentence(told.lost, language),
    ]
    for sentence in filter(None, said):
        sheet.append([sentence])
        _wrap_over(sheet, sheet.max_row)
    sheet.append([])


def _wrap_over(sheet: Worksheet, row: int) -> None:
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(_WIDTHS))
    cell = sheet.cell(row, 1)
    cell.alignment = _WRAPPED
    sheet.row_dimensions[row].height = 15 * (1 + len(str(cell.value)) // 170)


def _write_advice(sheet: Worksheet, sheets: Mapping[str, Worksheet], advice: Sequence[Advice], language: str) -> None:
    if not advice:
        return
    _write_header(sheet, "feedback.advice", ("no", "severity", "sheet", "cell", "column", "found", "message"), language)
    sheet.freeze_panes = sheet.cell(sheet.max_row + 1, 1)
    for number, each in enumerate(advice, 1):
        severity = translate(f"severity.{each.severity}", language)
        _write_row(sheet, [number, severity, each.sheet, each.cell, each.column, each.found, each.message])
        row = sheet.max_row
        sheet.cell(row, 2).fill = fill_of(each.severity)
        sheet.row_dimensions[row].height = 15 * max(-(-len(each.message) // _SIGNS_A_LINE), -(-len(each.found) // 30), 1)
        if each.sheet in sheets:
            _link(sheet, row, sheets[each.sheet], each.cell or "A1")


def _link(sheet: Worksheet, row: int, target: Worksheet, address: str) -> None:
    cell = sheet.cell(row, 4)
    cell.hyperlink = f"#{quote_sheetname(target.title)}!{address}"
    cell.value = address
    cell.font = _LINK


def _write_accounts(sheet: Worksheet, accounts: Sequence[SheetAccount], language: str) -> None:
    sheet.append([])
    _write_header(sheet, "feedback.table", ("no", "dataset", "sheet", "header_row", "rows", "unknown", "counts"), language)
    for number, account in enumerate(accounts, 1):
        dataset = account.dataset and f"records.{account.dataset}"
        named = translate(dataset if account.dataset in _DATASETS else "feedback.no_dataset", language)
        stretch = f"{account.first_row}–{account.last_row}" if account.first_row else ""
        counts = rows_sentence([account], language)
        _write_row(
            sheet, [number, named, account.source_sheet, account.header_row, stretch, account.unknown_headers, counts]
        )


_DATASETS: Final = ("discussions", "attendance", "topics", "actions", "answers", "shares")


def _write_header(sheet: Worksheet, section: str, names: Sequence[str], language: str) -> None:
    _write_row(sheet, [translate(f"{section}.{name}", language) for name in names])
    for cell in sheet[sheet.max_row]:
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), _HEAD


def _write_row(sheet: Worksheet, values: Sequence[Any]) -> None:
    """A row of values under the last one; a text that begins with "=" stays a text."""
    row = sheet.max_row + 1
    for column, value in enumerate(values, 1):
        cell = sheet.cell(row, column, value)
        cell.alignment, cell.border = _WRAPPED, _EDGE
        if isinstance(value, str):
            cell.data_type = "s"


def _free_name(book: Workbook, name: str) -> str:
    taken = {title.casefold() for title in book.sheetnames}
    numbered = (f"{name} {number}" for number in range(2, len(taken) + 3))
    return next(free for free in (name, *numbered) if free.casefold() not in taken)
