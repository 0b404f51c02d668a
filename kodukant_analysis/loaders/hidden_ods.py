"""Hidden rows and columns of an OpenDocument package, counted through its runs of repeated ones."""

import re
import zipfile
from collections.abc import Iterator
from html import unescape
from typing import Final

from kodukant_analysis.loaders.hidden import Hidden
from kodukant_analysis.loaders.packages import pieces

_CONTENT: Final = "content.xml"
_SIGNS: Final = (b'"collapse"', b'"filter"')
_TAG: Final = re.compile(r"<table:table(?:-(row|column))?(?=[\s/>])([^>]*)>")
_NAME: Final = re.compile(r'\btable:name="([^"]*)"')
_REPEATED: Final = re.compile(r'\btable:number-(?:rows|columns)-repeated="(\d{1,9})"')
_IS_HIDDEN: Final = re.compile(r'\btable:visibility="(?:collapse|filter)"')
_MOST: Final = 200_000


def scan_document(package: zipfile.ZipFile) -> dict[str, Hidden]:
    """Sheet name -> Hidden, for the sheets of an ods package that hide rows or columns; else empty."""
    if _CONTENT not in package.namelist() or not _hides(package):
        return {}
    xml = b"".join(pieces(package, _CONTENT)).decode("utf-8", errors="replace")
    rows, columns = dict[str, set[int]](), dict[str, set[int]]()
    for sheet, kind, run in _runs(xml):
        (rows if kind == "row" else columns).setdefault(sheet, set()).update(run)
    return {
        sheet: Hidden(rows=frozenset(rows.get(sheet, ())), columns=frozenset(columns.get(sheet, ())))
        for sheet in rows | columns
    }


def _hides(package: zipfile.ZipFile) -> bool:
    """Whether the words that hide stand in the content at all: a cheap look before the full one."""
    return any(sign in piece for piece in pieces(package, _CONTENT) for sign in _SIGNS)


def _runs(xml: str) -> Iterator[tuple[str, str, range]]:
    """Each run of hidden rows or columns with the sheet it is of, in 1-based numbers."""
    sheet, at = "", {"row": 0, "column": 0}
    for tag in _TAG.finditer(xml):
        kind, attributes = tag.groups()
        if not kind:
            named = _NAME.search(attributes)
            sheet, at = unescape(named[1]) if named else "", dict.fromkeys(at, 0)
            continue
        repeated = _REPEATED.search(attributes)
        first, at[kind] = at[kind] + 1, at[kind] + (int(repeated[1]) if repeated else 1)
        if _IS_HIDDEN.search(attributes):
            yield sheet, kind, range(first, min(at[kind], first + _MOST) + 1)
