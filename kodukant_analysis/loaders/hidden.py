"""Hidden: what the values of a workbook do not show, from a cheap look at the XML of its package."""

import posixpath
import re
import zipfile
from dataclasses import dataclass
from html import unescape
from typing import Final

_ROW: Final = re.compile(rb"<(?:\w+:)?row\b[^>]*>")
_COLUMN: Final = re.compile(rb"<(?:\w+:)?col\b[^>]*>")
_FAR_CELL: Final = re.compile(rb'\br="([A-Z]{3})\d+"')
_SHEET: Final = re.compile(r"<(?:\w+:)?sheet\b[^>]*>")
_RELATION: Final = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>")
_DAMAGED: Final = (KeyError, zipfile.BadZipFile, NotImplementedError, EOFError, OSError, UnicodeDecodeError, ValueError)


@dataclass(frozen=True)
class Hidden:
    """What is hidden in a sheet (1-based rows and columns, or the whole sheet) and how far its cells reach."""

    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()
    sheet: bool = False
    max_row: int = 0
    max_column: int = 0


def scan_package(package: zipfile.ZipFile) -> dict[str, Hidden]:
    """Sheet name -> Hidden, for the sheets of an xlsx package; empty for every other package or a damaged one."""
    try:
        return {name: _scan_sheet(package.read(part)) for name, part in _parts(package)}
    except _DAMAGED:
        return {}


def _parts(package: zipfile.ZipFile) -> list[tuple[str, str]]:
    names = set(package.namelist())
    if "xl/workbook.xml" not in names:
        return []
    relations = _text(package, "xl/_rels/workbook.xml.rels")
    targets = {_attribute(tag, "Id"): _attribute(tag, "Target") for tag in _RELATION.findall(relations)}
    sheets = [
        (_attribute(tag, "name"), targets[_relation_id(tag)])
        for tag in _SHEET.findall(_text(package, "xl/workbook.xml"))
    ]
    paths = [(name, posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")) for name, target in sheets]
    return [(name, path) for name, path in paths if path in names]


def _scan_sheet(xml: bytes) -> Hidden:
    rows = _ROW.findall(xml)
    columns = [tag for tag in _COLUMN.findall(xml) if _is_hidden(tag)]
    spans = [(_number(tag, b"min"), _number(tag, b"max")) for tag in columns]
    return Hidden(
        rows=frozenset(_number(tag, b"r") for tag in rows if _is_hidden(tag)),
        columns=frozenset(column for first, last in spans for column in range(first, min(last, first + 500) + 1)),
        max_row=max((_number(tag, b"r") for tag in rows), default=0),
        max_column=max((_column_number(letters) for letters in set(_FAR_CELL.findall(xml))), default=0),
    )


def _is_hidden(tag: bytes) -> bool:
    return b'hidden="1"' in tag or b'hidden="true"' in tag


def _number(tag: bytes, name: bytes) -> int:
    found = re.search(rb"\b" + name + rb'="(\d+)"', tag)
    return int(found[1]) if found else 0


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return unescape(found[1]) if found else ""


def _relation_id(tag: str) -> str:
    found = re.search(r'\b\w+:id="([^"]*)"', tag)
    return found[1] if found else ""


def _text(package: zipfile.ZipFile, part: str) -> str:
    return package.read(part).decode("utf-8")
