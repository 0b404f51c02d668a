"""Losses: what of a workbook a copy of it cannot have, found by the parts of its package."""

import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Final

# What is lost, by the names of the parts of a package, or by what stands in them.
_BY_NAME: Final = {
    "macros": r"vbaProject|macrosheets/",
    "controls": r"ctrlProps/|activeX/",
    "slicers": r"slicers/|timelines/",
    "threads": r"threadedComments/",
    "connections": r"connections\.xml|queryTables/|/model/",
    "objects": r"embeddings/",
    "signature": r"_xmlsignatures/",
    "diagrams": r"diagrams/|charts/chartEx",
}
_BY_CONTENT: Final = {
    "shapes": (r"drawings/drawing[^/]*\.xml", rb"<xdr:(?:sp|grpSp|cxnSp)\b"),
    "extensions": (r"worksheets/[^/]*\.xml", rb"<extLst\b"),
    "results": (r"worksheets/[^/]*\.xml", rb"<f[ >]"),
}


def lost_in_copy(package: zipfile.ZipFile) -> list[str]:
    """The kinds of things in an xlsx package that openpyxl does not carry over, in a fixed order."""
    names = package.namelist()
    by_name = [kind for kind, part in _BY_NAME.items() if any(re.search(part, name) for name in names)]
    return by_name + [kind for kind in _BY_CONTENT if _stands_in(package, names, *_BY_CONTENT[kind])]


def _stands_in(package: zipfile.ZipFile, names: Iterable[str], part: str, sign: bytes) -> bool:
    return any(re.search(sign, chunk) for name in names if re.search(part, name) for chunk in _chunks(package, name))


def _chunks(package: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The content of a part piece by piece, each with the end of the one before it."""
    end = b""
    with package.open(name) as part:
        while piece := part.read(2**20):
            yield end + piece
            end = piece[-64:]
