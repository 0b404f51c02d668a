"""Hidden: what the values of a workbook do not show, from a cheap look at the XML of its package."""

import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Final

from kodukant_analysis.loaders.packages import pieces

_ROW: Final = re.compile(rb"<(?:\w+:)?row\b[^>]*>")
_COLUMN: Final = re.compile(rb"<(?:\w+:)?col\b[^>]*>")
_IS_HIDDEN: Final = re.compile(rb"""\bhidden\s*=\s*["'](?:1|true)["']""")
# The address of a cell that holds something: a formatted one that is empty takes no room.
_FILLED: Final = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br\s*=\s*["']([A-Za-z]{1,9})(\d{1,9})["'][^>]*(?<!/)>\s*<(?!/)""")
_STYLED: Final = rb"""<(?:\w+:)?c\s(?=[^>]*\bs\s*=\s*["'](?:%s)["'])[^>]*?\br\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["']"""
_ADDRESSED: Final = rb"""[^>]*?\br\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["']"""
_ERROR: Final = re.compile(rb"""<(?:\w+:)?c\s(?=[^>]*\bt\s*=\s*["']e["'])""" + _ADDRESSED)
# A formula without its value; one whose value is an empty text says that its value is a text.
_UNCALCULATED: Final = re.compile(
    rb"""<(?:\w+:)?c\s(?![^>]*\bt\s*=\s*["']str["'])"""
    + _ADDRESSED
    + rb"""[^>]*>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"""
    + rb"""(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"""
)
_FONTS: Final = re.compile(rb"<(?:\w+:)?fonts\b.*?</(?:\w+:)?fonts>", re.DOTALL)
_FONT: Final = re.compile(rb"<(?:\w+:)?font\s*/>|<(?:\w+:)?font\b.*?</(?:\w+:)?font>", re.DOTALL)
_STRIKE: Final = re.compile(rb"""<(?:\w+:)?strike\s*(?:val\s*=\s*["'](?:1|true)["']\s*)?/?>""")
_FORMATS: Final = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_FORMAT: Final = re.compile(rb"<(?:\w+:)?xf\b[^>]*>")
_SHEET: Final = re.compile(r"<(?:\w+:)?sheet\b[^>]*>")
_RELATION: Final = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>")
_Spot = tuple[bytes, bytes]
_LONGEST_TAG: Final = 4_096
_MOST_HIDDEN: Final = 500


@dataclass(frozen=True)
class Hidden:
    """What is hidden in a sheet (1-based rows and columns, or the whole sheet) and how far its cells reach.

    `struck` are the cells that are struck through, `errors` those whose formula ended in an error, `uncalculated`
    those whose formula was never worked out.
    """

    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()
    sheet: bool = False
    max_row: int = 0
    max_column: int = 0
    struck: frozenset[tuple[int, int]] = frozenset()
    errors: frozenset[tuple[int, int]] = frozenset()
    uncalculated: frozenset[tuple[int, int]] = frozenset()


def scan_package(package: zipfile.ZipFile) -> dict[str, Hidden]:
    """Sheet name -> Hidden, for the sheets of an xlsx package; empty for every other package."""
    styles = _struck_styles(package)
    return {name: _scan_sheet(pieces(package, part), styles) for name, part in _parts(package)}


def _parts(package: zipfile.ZipFile) -> list[tuple[str, str]]:
    names = set(package.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return []
    relations = _text(package, "xl/_rels/workbook.xml.rels")
    targets = {_attribute(tag, "Id"): _attribute(tag, "Target") for tag in _RELATION.findall(relations)}
    sheets = [
        (_attribute(tag, "name"), targets.get(_relation_id(tag), ""))
        for tag in _SHEET.findall(_text(package, "xl/workbook.xml"))
    ]
    paths = [(name, posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")) for name, target in sheets]
    return [(name, path) for name, path in paths if path in names]


def _scan_sheet(xml: Iterable[bytes], struck_styles: Sequence[bytes]) -> Hidden:
    """The facts of a sheet, piece by piece; what two windows both show counts once in sets and maxima."""
    rows, columns, letters = set[int](), set[int](), set[bytes]()
    struck, errors, uncalculated = set[_Spot](), set[_Spot](), set[_Spot]()
    max_row = 0
    is_struck = re.compile(_STYLED % (b"|".join(struck_styles) or b"none"))
    for window in _windows(xml):
        rows.update(_number(tag, b"r") for tag in _ROW.findall(window) if _IS_HIDDEN.search(tag))
        columns.update(*(_span(tag) for tag in _COLUMN.findall(window) if _IS_HIDDEN.search(tag)))
        filled = _FILLED.findall(window)
        letters.update(column for column, _ in filled)
        max_row = max(max_row, max((int(row) for _, row in filled), default=0))
        struck.update(is_struck.findall(window) if struck_styles else ())
        errors.update(_ERROR.findall(window))
        uncalculated.update(_UNCALCULATED.findall(window))
    return Hidden(
        rows=frozenset(rows),
        columns=frozenset(columns),
        max_row=max_row,
        max_column=max(map(_column_number, letters), default=0),
        struck=_places(struck),
        errors=_places(errors),
        uncalculated=_places(uncalculated),
    )


def _places(spots: Iterable[_Spot]) -> frozenset[tuple[int, int]]:
    return frozenset((int(row), _column_number(column)) for column, row in spots)


def _windows(xml: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces of a text, each with the end of the one before it, so that no tag is cut in two."""
    tail = b""
    for piece in xml:
        yield tail + piece
        tail = piece[-_LONGEST_TAG:]


def _struck_styles(package: zipfile.ZipFile) -> list[bytes]:
    """The numbers of the cell formats whose font is struck through."""
    styles = b"".join(pieces(package, "xl/styles.xml")) if "xl/styles.xml" in package.namelist() else b""
    fonts, formats = _FONTS.search(styles) if b"strike" in styles else None, _FORMATS.search(styles)
    if not fonts or not formats:
        return []
    struck = {number for number, font in enumerate(_FONT.findall(fonts[0])) if _STRIKE.search(font)}
    tags = enumerate(_FORMAT.findall(formats[0]))
    return [b"%d" % number for number, tag in tags if _number(tag, b"fontId") in struck]


def _span(tag: bytes) -> range:
    first, last = _number(tag, b"min"), _number(tag, b"max")
    return range(first, min(last, first + _MOST_HIDDEN) + 1)


def _number(tag: bytes, name: bytes) -> int:
    found = re.search(rb"\b" + name + rb"""\s*=\s*["'](\d{1,9})["']""", tag)
    return int(found[1]) if found else 0


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf"""\b{name}\s*=\s*(["'])(.*?)\1""", tag)
    return unescape(found[2]) if found else ""


def _relation_id(tag: str) -> str:
    found = re.search(r"""\b\w+:id\s*=\s*(["'])(.*?)\1""", tag)
    return found[2] if found else ""


def _text(package: zipfile.ZipFile, part: str) -> str:
    return b"".join(pieces(package, part)).decode("utf-8", errors="replace")
