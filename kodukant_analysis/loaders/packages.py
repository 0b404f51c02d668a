"""Packages: the archives that workbooks are, looked at before anybody unpacks them whole."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from typing import Final

from kodukant_analysis.loaders.refusals import UnreadableError

MAX_UNPACKED: Final = 200_000_000
MAX_PARTS: Final = 10_000
# A part as big as this that packs better than any sheet of different values was made to burst.
_BIG: Final = 20_000_000
_MAX_RATIO: Final = 150
_PIECE: Final = 2**20
_ENDLESS: Final = 2**40
_READ: Final = (".xml", ".rels", ".bin")
_WORKBOOKS: Final = ("workbook.xml", "workbook.bin")
_DOCUMENTS: Final = ("word/document.xml", "ppt/presentation.xml", "index.zip", ".iwa", "visio/document.xml")


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The package at a path, once it is sure that it is a workbook, not locked, and does not burst.

    Raises UnreadableError with the rule that names the reason.
    """
    try:
        with zipfile.ZipFile(path) as package:
            _refuse_other(package)
            _refuse_bursting(package)
            yield package
    except NotImplementedError as error:  # a way of packing that nobody else reads either
        raise UnreadableError("file-damaged") from error
    except RuntimeError as error:
        raise UnreadableError("file-locked") from error
    except (PermissionError, FileNotFoundError):
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, OSError) as error:
        raise UnreadableError("file-damaged") from error


def pieces(package: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The bytes of a part piece by piece to its true end, whatever length the package says it has."""
    info = copy(package.getinfo(part))
    info.file_size = _ENDLESS
    unpacked = 0
    with package.open(info) as packed:
        while piece := packed.read(_PIECE):
            unpacked += len(piece)
            if unpacked > _BIG and unpacked > _MAX_RATIO * info.compress_size:
                raise UnreadableError("file-too-large")
            yield piece


def _refuse_bursting(package: zipfile.ZipFile) -> None:
    """Counts what is really unpacked: the sizes that a package states may be lies."""
    parts = [name for name in package.namelist() if name.lower().endswith(_READ)]
    unpacked = 0
    for part in parts if len(parts) <= MAX_PARTS else ():
        for piece in pieces(package, part):
            unpacked += len(piece)
            if unpacked > MAX_UNPACKED:
                raise UnreadableError("file-too-large")
    if len(parts) > MAX_PARTS:
        raise UnreadableError("file-too-large")


def _refuse_other(package: zipfile.ZipFile) -> None:
    names = [name.lower() for name in package.namelist()]
    kind = _start(package, "mimetype")
    if b"encryption-data" in _start(package, "META-INF/manifest.xml"):
        raise UnreadableError("file-locked")
    if b"opendocument.spreadsheet" in kind or any(name.endswith(_WORKBOOKS) for name in names):
        return
    if b"opendocument" in kind or any(name.endswith(_DOCUMENTS) for name in names):
        raise UnreadableError("file-is-document")
    if not any(name.startswith("xl/") or name == "content.xml" for name in names):
        raise UnreadableError("file-is-archive")


def _start(package: zipfile.ZipFile, part: str) -> bytes:
    return next(pieces(package, part), b"") if part in package.namelist() else b""
