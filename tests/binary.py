"""Binary: a workbook in the binary format of Excel (xlsb), written record by record for tests."""

import struct
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

_TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>"""
_RELATIONS = """<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
 Target="{target}"/></Relationships>"""
_BEGIN_BOOK, _END_BOOK, _BEGIN_SHEETS, _SHEET, _END_SHEETS = 0x83, 0x84, 0x8F, 0x9C, 0x90
_BEGIN_SHEET, _END_SHEET, _SIZE, _BEGIN_DATA, _END_DATA, _ROW, _NUMBER, _TEXT = 0x81, 0x82, 0x94, 0x91, 0x92, 0, 5, 6


def write_xlsb(path: Path, rows: Sequence[Sequence[str | float]], name: str = "Leht1") -> None:
    """A workbook of one sheet with texts and numbers."""
    book = [
        _record(_BEGIN_BOOK),
        _record(_BEGIN_SHEETS),
        _record(_SHEET, struct.pack("<II", 0, 1) + _text("rId1") + _text(name)),
        _record(_END_SHEETS),
        _record(_END_BOOK),
    ]
    width = max(map(len, rows))
    sheet = [
        _record(_BEGIN_SHEET),
        _record(_SIZE, struct.pack("<IIII", 0, len(rows) - 1, 0, width - 1)),
        _record(_BEGIN_DATA),
        *(record for number, row in enumerate(rows) for record in _row(number, row)),
        _record(_END_DATA),
        _record(_END_SHEET),
    ]
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _RELATIONS.format(kind="officeDocument", target="xl/workbook.bin"))
        package.writestr(
            "xl/_rels/workbook.bin.rels", _RELATIONS.format(kind="worksheet", target="worksheets/sheet1.bin")
        )
        package.writestr("xl/workbook.bin", b"".join(book))
        package.writestr("xl/worksheets/sheet1.bin", b"".join(sheet))


def _row(number: int, row: Sequence[str | float]) -> Iterable[bytes]:
    yield _record(_ROW, struct.pack("<IIHHBI", number, 0, 300, 0, 0, 1) + struct.pack("<II", 0, len(row)))
    for column, value in enumerate(row):
        where = struct.pack("<II", column, 0)
        if isinstance(value, str):
            yield _record(_TEXT, where + _text(value))
        else:
            yield _record(_NUMBER, where + struct.pack("<d", value))


def _record(kind: int, content: bytes = b"") -> bytes:
    return _number(kind) + _number(len(content)) + content


def _number(value: int) -> bytes:
    """A number of records: seven bits a byte, the highest bit says that more follow."""
    if value < 0x80:
        return bytes([value])
    return bytes([value & 0x7F | 0x80]) + _number(value >> 7)


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")
