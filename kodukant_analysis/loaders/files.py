"""Files: the bytes of a file as its sheets, whatever its name says it is. The home of calamine."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from math import isfinite
from pathlib import Path
from typing import Final, NamedTuple

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from kodukant_analysis.loaders.hidden import Hidden, scan_package
from kodukant_analysis.loaders.hidden_ods import scan_document
from kodukant_analysis.loaders.kinds import ARCHIVE, OLE, TEXT_SUFFIXES, kind_refused
from kodukant_analysis.loaders.packages import opened
from kodukant_analysis.loaders.refusals import UnreadableError
from kodukant_analysis.loaders.sheets import Sheet, Value
from kodukant_analysis.loaders.textfiles import Text, read_text, repaired

MAX_BYTES: Final = 50_000_000
MAX_ROWS: Final = 200_000
MAX_COLUMNS: Final = 2_000
MAX_CELLS: Final = 5_000_000
_TOO_MANY: Final = "ell limit exceeded"


class Look(NamedTuple):
    """What can be seen of a file without opening it: while it is being copied, that changes."""

    size: int
    changed_ns: int


def look_at(path: Path) -> Look:
    """The size of a file and when it was changed."""
    seen = path.stat()
    return Look(seen.st_size, seen.st_mtime_ns)


def read_sheets(path: Path, file: str) -> list[Sheet]:
    """All sheets of a file, whatever its extension says it is.

    Raises UnreadableError with the rule that names the reason: empty, damaged, locked, too large, not a spreadsheet.
    """
    if path.stat().st_size > MAX_BYTES:
        raise UnreadableError("file-too-large")
    content = path.read_bytes()
    if not content:
        raise UnreadableError("file-empty")
    if rule := kind_refused(content):
        raise UnreadableError(rule)
    if content.startswith((ARCHIVE, OLE)):
        return list(_read_workbook(path, content, file))
    text = read_text(content)
    if text is None or not (path.suffix.lower() in TEXT_SUFFIXES or _is_grid(text)):
        raise UnreadableError("file-not-spreadsheet")
    lines, cells = tuple(line for line, _ in text.rows), [row for _, row in text.rows]
    _refuse_too_large(len(cells), max(map(len, cells), default=0))
    faults = (("unclosed-quote", f"A{text.unclosed}"),) if text.unclosed else ()
    return [Sheet(file, "", cells, lines=lines, is_mended=text.is_mended, faults=faults)]


def _is_grid(text: Text) -> bool:
    """Whether a text under the name of a workbook is a table all the same: rows of as many cells as the first has."""
    widths = [len(cells) for _, cells in text.rows]
    return len(widths) > 1 and widths[0] > 1 and widths.count(widths[0]) * 2 > len(widths)


def _read_workbook(path: Path, content: bytes, file: str) -> Iterator[Sheet]:
    """The worksheets of a workbook; one that cannot be read says so, and the others are read without it."""
    hidden = _package_facts(path) if content.startswith(ARCHIVE) else {}
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        metas = [meta for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a fuzzed xls makes calamine panic, and a panic is no Exception
        raise UnreadableError(_reason(path, content, str(error))) from error
    sheets = []
    for meta in metas:
        facts = replace(hidden.get(meta.name, Hidden()), sheet=meta.visible != SheetVisibleEnum.Visible)
        sheets.append(_try_sheet(book, meta.name, file, facts))
    if sheets and all(sheet.faults for sheet in sheets):
        raise UnreadableError("file-damaged")
    return iter(sheets)


def _try_sheet(book: CalamineWorkbook, name: str, file: str, hidden: Hidden) -> Sheet:
    try:
        return _read_sheet(book, name, file, hidden)
    except (KeyboardInterrupt, SystemExit, UnreadableError, MemoryError):
        raise
    except BaseException as error:
        if _TOO_MANY in str(error):
            raise UnreadableError("file-too-large") from error
        return Sheet(file, name, [], hidden=hidden, faults=(("sheet-damaged", ""),))


def _read_sheet(book: CalamineWorkbook, name: str, file: str, hidden: Hidden) -> Sheet:
    sheet = book.get_sheet_by_name(name)
    _refuse_too_large(sheet.total_height, sheet.total_width)
    merges = tuple((r1 + 1, c1 + 1, r2 + 1, c2 + 1) for (r1, c1), (r2, c2) in sheet.merged_cell_ranges or ())
    cells = [[_value(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    mended = _mended(cells)
    return Sheet(file, name, mended or cells, merges, hidden, is_mended=mended is not None)


def _refuse_too_large(rows: int, columns: int) -> None:
    if rows > MAX_ROWS or columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
        raise UnreadableError("file-too-large")


def _mended(cells: list[list[Value]]) -> list[list[Value]] | None:
    """The cells with their texts put right where one encoding was read as another; None where nothing is damaged."""
    texts = dict.fromkeys(value for row in cells for value in row if isinstance(value, str) and "\x00" not in value)
    damaged = "\x00".join(texts)
    repair = repaired(damaged)
    if repair == damaged:
        return None
    mended = dict(zip(texts, repair.split("\x00"), strict=True))
    return [[mended.get(value, value) if isinstance(value, str) else value for value in row] for row in cells]


def _value(value: Value | int) -> Value:
    """A value with one kind of number: old workbooks have whole numbers, new ones none; what is no number is a text."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value) if isfinite(value) else str(value)
    return value


def _package_facts(path: Path) -> dict[str, Hidden]:
    with opened(path) as package:
        facts = scan_package(package) | scan_document(package)
    for sheet in facts.values():
        _refuse_too_large(sheet.max_row, sheet.max_column)
    return facts


def _reason(path: Path, content: bytes, message: str) -> str:
    """Why calamine cannot open a workbook; it says more of one that it knows by its extension."""
    try:
        CalamineWorkbook.from_path(path)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        message = f"{message} {error}"
    if "assword" in message or "EncryptedPackage".encode("utf-16-le") in content:
        return "file-locked"
    return "file-too-large" if _TOO_MANY in message else "file-damaged"
