"""Folder: the files of the raw folder, those to read apart from those to pass over."""

import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from kodukant_analysis.loaders.sheets import SUFFIXES
from kodukant_analysis.privacy import Detector, masked_names

_TEMPORARY: Final = ("~$", ".~", "~", ".")
_TEMPORARY_SUFFIXES: Final = (".tmp", ".temp", ".part", ".partial", ".crdownload", ".bak", ".lock")
_NOTES: Final = (".md", ".rst")


class RawFile(NamedTuple):
    """A file of the raw folder: where it lies, its name in the records, whether it is read."""

    path: Path
    name: str
    is_read: bool


def list_files(raw: Path) -> list[RawFile]:
    """Every file under the raw folder in the order of its name; notes in Markdown belong to the folder, not the data.

    Raises FileNotFoundError when there is no such folder.
    """
    if not raw.is_dir():
        raise FileNotFoundError(raw)
    paths = [path for path in raw.rglob("*") if path.is_file() and path.suffix.lower() not in _NOTES]
    return name_files({path: path.relative_to(raw).as_posix() for path in paths})


def name_files(paths: Mapping[Path, str]) -> list[RawFile]:
    """Files by what they are called, in the order of their names in the records, which hold no personal data."""
    typed = sorted((unicodedata.normalize("NFC", name), path) for path, name in paths.items())
    names = masked_names((name for name, _ in typed), Detector())
    return [RawFile(path, names[name], _is_read(path)) for name, path in typed]


def _is_read(path: Path) -> bool:
    suffix = path.suffix.lower()
    return not path.name.startswith(_TEMPORARY) and suffix not in _TEMPORARY_SUFFIXES and suffix in SUFFIXES
