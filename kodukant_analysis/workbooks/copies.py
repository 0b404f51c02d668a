"""Copy: a workbook to mark, as its owner sent it if it can be opened, else made anew from its values."""

import re
import warnings
import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Final, NamedTuple

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from kodukant_analysis.loaders.files import read_sheets
from kodukant_analysis.loaders.sheets import Sheet
from kodukant_analysis.workbooks.losses import lost_in_copy

LAYOUT: Final = "layout"
_NO_NAME: Final = re.compile(r"[\\/*?:\[\]]")
_UNOPENED: Final = (InvalidFileException, KeyError, ValueError, TypeError, AttributeError, IndexError, OSError)


class Copy(NamedTuple):
    """A workbook in memory and the kinds of things of its original that it does not have."""

    book: Workbook
    lost: list[str]

    @property
    def sheets(self) -> list[Worksheet]:
        """The sheets of cells in their order, as `read_sheets` gives them."""
        return list(self.book.worksheets)


def open_copy(source: Path) -> Copy:
    """A copy of a workbook; where openpyxl cannot open it, one with its values alone.

    Raises UnreadableError where it cannot be read at all.
    """
    content = source.read_bytes()
    if zipfile.is_zipfile(BytesIO(content)):
        with zipfile.ZipFile(BytesIO(content)) as package:
            if "xl/workbook.xml" in package.namelist():
                return _opened(content, lost_in_copy(package)) or _rebuilt(source)
    return _rebuilt(source)


def _opened(content: bytes, lost: list[str]) -> Copy | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what they say is told as losses
            return Copy(load_workbook(BytesIO(content), rich_text=True), lost)
    except _UNOPENED:
        return None


def _rebuilt(source: Path) -> Copy:
    """The values of a file under their addresses, the merged cells merged; layout and formulas are lost."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in read_sheets(source, source.name):
        _write_values(book.create_sheet(_name(sheet, source)), sheet)
    return Copy(book, [LAYOUT])


def _write_values(target: Worksheet, sheet: Sheet) -> None:
    for number, cells in enumerate(sheet.cells, 1):
        row = sheet.lines[number - 1] if sheet.lines else number
        _write_row(target, row, cells)
    for top, left, bottom, right in sheet.merges:
        target.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)


def _write_row(target: Worksheet, row: int, cells: Sequence[object]) -> None:
    for column, value in enumerate(cells, 1):
        if value is None or value == "":
            continue
        cell = target.cell(row, column)
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:32_767] if isinstance(value, str) else value  # type: ignore[assignment]
        if isinstance(value, str):
            cell.data_type = "s"  # a text that begins with "=" is no formula


def _name(sheet: Sheet, source: Path) -> str:
    return _NO_NAME.sub("_", sheet.name or source.stem)[:31] or "1"
