"""Folder: the files of the raw folder, those to read apart from those to pass over."""

import os
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, count
from pathlib import Path, PurePosixPath
from stat import S_ISREG
from typing import Final, NamedTuple

from kodukant_analysis.loaders.files import Look, look_at
from kodukant_analysis.loaders.kinds import SUFFIXES
from kodukant_analysis.privacy import Detector, masked_names

_TEMPORARY: Final = ("~$", ".~", "~", ".")
_TEMPORARY_SUFFIXES: Final = (".tmp", ".temp", ".part", ".partial", ".crdownload", ".bak", ".lock")
# What lies beside a file while it is being copied or downloaded, and while a program has it open.
_COPIES: Final = ("{}.part", "{}.partial", "{}.crdownload", "{}.filepart")
_OWNERS: Final = ("~${}", ".~lock.{}#")
_NOTES: Final = (".md", ".rst")
_LONGEST: Final = 240
_UNSEEN: Final = "\ufffd"


class RawFile(NamedTuple):
    """A file of the raw folder: where it lies, its name in the records, whether it is read.

    `rule` is that of the issue which says why it is passed over, or what is strange about it, or "".
    `seen` is what could be seen of it in the folder, to tell a file that is still being copied.
    """

    path: Path
    name: str
    is_read: bool
    rule: str = ""
    seen: Look | None = None


def list_files(raw: Path) -> list[RawFile]:
    """Every file under the raw folder in the order of its name; notes in Markdown belong to the folder, not the data.

    What is no file (a pipe, a link that leads nowhere, a folder that may not be entered) is listed as passed over.
    Raises FileNotFoundError when there is no such folder.
    """
    if not raw.is_dir():
        raise FileNotFoundError(raw)
    found = {path: rule for path, rule in _walk(raw) if path.suffix.lower() not in _NOTES}
    names = names_of({path: path.relative_to(raw) for path in found})
    return [_raw_file(raw, path, name, found[path]) for path, name in names.items()]


def names_of(paths: Mapping[Path, Path]) -> dict[Path, str]:
    """What files are called in the records, in the order of their names: cleaned, distinct, without personal data.

    `paths` has the part of each path that it is to be called by.
    """
    typed = sorted((_shown(called), path) for path, called in paths.items())
    shown = list(_distinct(name for name, _ in typed))
    masked = masked_names(shown, Detector())
    return {path: masked[name] for name, (_, path) in zip(shown, typed, strict=True)}


def _walk(raw: Path) -> Iterator[tuple[Path, str]]:
    """All that lies under a folder but its folders; of those only the ones that are not entered, with the rule why."""
    forbidden: list[Path] = []
    for folder, folders, files in os.walk(raw, onerror=lambda error: forbidden.append(Path(error.filename))):
        yield from ((Path(folder, name), "") for name in files)
        yield from ((Path(folder, name), "link-not-followed") for name in folders if Path(folder, name).is_symlink())
    yield from ((path, "folder-not-permitted") for path in forbidden)


def _raw_file(raw: Path, path: Path, name: str, rule: str) -> RawFile:
    if rule := rule or _why_not(raw, path):
        return RawFile(path, name, is_read=False, rule=rule)
    return RawFile(path, name, is_read=True, rule=_what_is_strange(raw, path), seen=look_at(path))


def _why_not(raw: Path, path: Path) -> str:
    """The rule by which a file is passed over, "" where it is read."""
    if _is_other(path.relative_to(raw)):
        return "file-passed-over"
    try:
        mode = path.stat().st_mode
    except PermissionError:
        return "file-not-permitted"
    except (OSError, RuntimeError):  # a link to nowhere, or to itself
        return "link-not-followed"
    if not S_ISREG(mode):
        return "file-not-regular"
    return "file-still-copied" if _has_beside(path, _COPIES) else ""


def _is_other(path: Path) -> bool:
    """Whether a file is temporary or hidden, lies in a hidden folder, or is none that holds tables by its name."""
    is_hidden = any(part.startswith(".") for part in path.parts) or path.name.startswith(_TEMPORARY)
    suffix = path.suffix.lower()
    return is_hidden or suffix not in SUFFIXES or suffix in _TEMPORARY_SUFFIXES


def _what_is_strange(raw: Path, path: Path) -> str:
    if path.is_symlink() and not path.resolve().is_relative_to(raw.resolve()):
        return "link-leads-outside"
    return "file-in-use" if _has_beside(path, _OWNERS) else ""


def _has_beside(path: Path, patterns: Iterable[str]) -> bool:
    return any(os.path.lexists(path.with_name(pattern.format(path.name))) for pattern in patterns)


def _shown(path: Path) -> str:
    """A path as it may be printed: in NFC, no sign that is none (control, direction, half of a pair), not too long."""
    name = unicodedata.normalize("NFC", path.as_posix())
    name = "".join(_UNSEEN if unicodedata.category(sign)[0] == "C" else sign for sign in name)
    return name if len(name) <= _LONGEST else f"…{name[-_LONGEST + 1 :]}"


def _distinct(names: Iterable[str]) -> Iterator[str]:
    """The names, each but the first of the same numbered: a name typed in two ways is two names."""
    taken: set[str] = set()
    for name in names:
        path = PurePosixPath(name)
        numbered = (str(path.with_stem(f"{path.stem} ({number})")) for number in count(2))
        free = next(other for other in chain([name], numbered) if other not in taken)
        taken.add(free)
        yield free
