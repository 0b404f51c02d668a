"""Sheets: the bytes of a file as cells under their Excel addresses. The home of calamine."""

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Final

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from kodukant_analysis.loaders.hidden import Hidden, scan_package
from kodukant_analysis.loaders.textfiles import read_text_rows, repaired

Value = str | float | bool | date | datetime | time | timedelta | None
Box = tuple[int, int, int, int]

MAX_BYTES: Final = 50_000_000
MAX_UNPACKED: Final = 500_000_000
MAX_ROWS: Final = 200_000
MAX_COLUMNS: Final = 2_000
_ZIP, _OLE, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF"
TEXT_SUFFIXES: Final = (".csv", ".tsv", ".txt")
SUFFIXES: Final = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", *TEXT_SUFFIXES)


class UnreadableError(Exception):
    """A file that cannot be read; `rule` is the slug of the issue that says why."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


@dataclass(frozen=True)
class Sheet:
    """One sheet, or a part of one read for itself: `cells[row - 1][column - 1]` for a 1-based row and column.

    `is_mended` tells that its text had been read as another encoding and was put right.
    A part begins at `origin` of the sheet it was cut from; one that `is_flipped` has that sheet's columns as its rows;
    one put together of single cells has them in `homes`.
    """

    file: str
    name: str
    cells: Sequence[Sequence[Value]]
    merges: tuple[Box, ...] = ()
    hidden: Hidden = field(default_factory=Hidden)
    lines: tuple[int, ...] = ()
    origin: tuple[int, int] = (1, 1)
    is_flipped: bool = False
    is_mended: bool = False
    homes: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    @cached_property
    def width(self) -> int:
        return max(map(len, self.cells), default=0)

    def value(self, row: int, column: int) -> Value:
        """The value at a 1-based row and column; None outside the sheet or where the cell is empty."""
        cells = self.cells[row - 1] if 0 < row <= len(self.cells) else ()
        value = cells[column - 1] if 0 < column <= len(cells) else None
        return None if isinstance(value, str) and not value.strip() else value

    def home(self, row: int, column: int) -> tuple[int, int]:
        """The row and column of a cell in the sheet as its owner sees it."""
        if (row, column) in self.homes:
            return self.homes[row, column]
        down, right = (column, row) if self.is_flipped else (row, column)
        return self.origin[0] + down - 1, self.origin[1] + right - 1

    def source_row(self, row: int, column: int = 1) -> int:
        """The row as its owner sees it: the row number of Excel, the line of a text file."""
        at_home = self.home(row, column if self.homes else 1)[0]
        return self.lines[at_home - 1] if self.lines else at_home

    def address(self, row: int, column: int) -> str:
        """The address of a cell as its owner finds it; in a text file with the line for the row."""
        at_home = self.home(row, column)
        return address(self.lines[at_home[0] - 1] if self.lines else at_home[0], at_home[1])

    def is_blank(self, row: int) -> bool:
        return all(self.value(row, column) is None for column in range(1, self.width + 1))


def address(row: int, column: int) -> str:
    """The Excel address of a 1-based row and column.

    >>> address(17, 4), address(1, 28)
    ('D17', 'AB1')
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def read_sheets(path: Path, file: str) -> list[Sheet]:
    """All sheets of a file, whatever its extension says it is.

    Raises UnreadableError with the rule that names the reason: empty, damaged, locked, too large, not a spreadsheet.
    """
    if path.stat().st_size > MAX_BYTES:
        raise UnreadableError("file-too-large")
    head = path.read_bytes()[:8]
    if not head:
        raise UnreadableError("file-empty")
    if head.startswith(_PDF):
        raise UnreadableError("file-is-pdf")
    if head.startswith((_ZIP, _OLE)):
        return _read_workbook(path, file)
    text = read_text_rows(path.read_bytes())
    if text is None or not (path.suffix.lower() in TEXT_SUFFIXES or _is_grid(text[0])):
        raise UnreadableError("file-not-spreadsheet")
    rows, is_mended = text
    lines = tuple(line for line, _ in rows)
    return [Sheet(file, "", [cells for _, cells in rows], lines=lines, is_mended=is_mended)]


def _is_grid(rows: Sequence[tuple[int, Sequence[str]]]) -> bool:
    """Whether a text under the name of a workbook is a table all the same: rows of as many cells as the first has."""
    widths = [len(cells) for _, cells in rows]
    return len(rows) > 1 and widths[0] > 1 and widths.count(widths[0]) * 2 > len(widths)


def _read_workbook(path: Path, file: str) -> list[Sheet]:
    hidden = _package_facts(path)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(path.read_bytes()))
        return [
            replace(_read_sheet(book, meta.name, file), hidden=_hidden(hidden, meta))
            for meta in book.sheets_metadata
            if meta.typ == SheetTypeEnum.WorkSheet
        ]
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a fuzzed xls makes calamine panic, and a panic is no Exception
        raise UnreadableError(_reason(path, str(error))) from error


def _read_sheet(book: CalamineWorkbook, name: str, file: str) -> Sheet:
    sheet = book.get_sheet_by_name(name)
    if sheet.total_height > MAX_ROWS or sheet.total_width > MAX_COLUMNS:
        raise UnreadableError("file-too-large")
    merges = tuple((r1 + 1, c1 + 1, r2 + 1, c2 + 1) for (r1, c1), (r2, c2) in sheet.merged_cell_ranges or ())
    cells = [[_value(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    mended = _mended(cells)
    return Sheet(file, name, mended or cells, merges, is_mended=mended is not None)


def _mended(cells: list[list[Value]]) -> list[list[Value]] | None:
    """The cells with their texts put right where one encoding was read as another; None where nothing is damaged."""
    texts = [value for row in cells for value in row if isinstance(value, str)]
    damaged = "\x00".join(texts)
    mended = iter(repaired(damaged).split("\x00"))
    if repaired(damaged) == damaged:
        return None
    return [[next(mended) if isinstance(value, str) else value for value in row] for row in cells]


def _value(value: Value | int) -> Value:
    """A value with one kind of number: old workbooks have whole numbers, new ones none."""
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _hidden(hidden: dict[str, Hidden], meta: "object") -> Hidden:
    facts = hidden.get(meta.name, Hidden())  # type: ignore[attr-defined]
    return replace(facts, sheet=meta.visible != SheetVisibleEnum.Visible)  # type: ignore[attr-defined]


def _package_facts(path: Path) -> dict[str, Hidden]:
    if not zipfile.is_zipfile(path):
        return {}
    with zipfile.ZipFile(path) as package:
        if sum(part.file_size for part in package.infolist()) > MAX_UNPACKED:
            raise UnreadableError("file-too-large")
        facts = scan_package(package)
    if any(sheet.max_row > MAX_ROWS or sheet.max_column > MAX_COLUMNS for sheet in facts.values()):
        raise UnreadableError("file-too-large")
    return facts


def _reason(path: Path, message: str) -> str:
    if "assword" in message or b"E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k" in path.read_bytes():
        return "file-locked"
    return "file-damaged"
