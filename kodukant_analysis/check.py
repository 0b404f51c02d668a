"""Check: what is to be mended in some files, and a marked copy of each for its owner."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import count
from pathlib import Path, PurePosixPath
from typing import Any

from kodukant_analysis import privacy
from kodukant_analysis.loaders.files import look_at
from kodukant_analysis.loaders.folder import RawFile, list_files, names_of
from kodukant_analysis.loaders.guard import guarded, load_files
from kodukant_analysis.loaders.linking import link_drafts
from kodukant_analysis.loaders.vocabulary import use_words_of
from kodukant_analysis.loaders.workbook import Delivery
from kodukant_analysis.settings import Settings
from kodukant_analysis.text import translate
from kodukant_analysis.workbooks.advice import Advice, advice_of
from kodukant_analysis.workbooks.feedback import write_marked_copy


@dataclass(frozen=True)
class Checked:
    """What a check found in one file; `copy` is its marked copy, None where none was asked for or could be made.

    `lost` are the kinds of things that the copy lacks, `failed` the rule that says why there is no copy.
    """

    delivery: Delivery
    advice: Sequence[Advice]
    copy: Path | None = None
    lost: tuple[str, ...] = ()
    failed: str = ""

    @property
    def rows(self) -> dict[str, int]:
        """The rows of the file: read, kept, set aside, skipped."""
        names = ("read", "kept", "set_aside", "skipped")
        return {name: sum(getattr(account, f"rows_{name}") for account in self.delivery.accounts) for name in names}

    def as_dict(self) -> dict[str, Any]:
        """The result as plain values, for JSON."""
        return {
            "file": self.delivery.file,
            "refused": self.delivery.refused,
            "rows": self.rows,
            "tables": [asdict(account) for account in self.delivery.accounts],
            "issues": [advice._asdict() for advice in self.advice],
            "marked_copy": str(self.copy) if self.copy else None,
            "not_carried_over": list(self.lost),
            "no_copy_because": self.failed,
        }


def check(paths: Sequence[Path], settings: Settings, as_of: date, folder: Path | None) -> list[Checked]:
    """Reads files, and the files of folders, and writes their marked copies into a folder (None: writes none).

    Results are in the order of the files' names. Raises FileNotFoundError for a path that is not there.
    """
    use_words_of(settings.vocabulary)
    if folder:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    files = [file for file in _files(paths, settings.raw) if not (folder and _lies_in(file.path, folder))]
    keys = privacy.read_person_key(settings.person_key_file)
    loaded = {d.file: d for d in load_files(files, keys, settings.workers, settings.vocabulary)}
    deliveries = _with_issues_of_linking([loaded[file.name] for file in files], as_of)
    checked = [Checked(delivery, advice_of(delivery.issues, settings.language)) for delivery in deliveries]
    if folder is None:
        return checked
    copies = _copies(files, deliveries, folder, settings)
    return [replace(each, **copies.get(each.delivery.file, {})) for each in checked]


def _files(paths: Sequence[Path], raw: Path) -> list[RawFile]:
    """The files to read, each under its path in the raw folder, or else under the folder it stands in."""
    found: dict[Path, Path] = {}
    for path in paths:
        if not path.exists():
            raise FileNotFoundError(path)
        inside = [file.path for file in list_files(path) if file.is_read] if path.is_dir() else [path]
        found |= {each.resolve(): _name(each.resolve(), raw.resolve()) for each in inside}
    if not found:
        raise FileNotFoundError(f"a spreadsheet in {', '.join(map(str, paths))}")
    return [RawFile(path, name, is_read=True, seen=look_at(path)) for path, name in names_of(found).items()]


def _lies_in(path: Path, folder: Path) -> bool:
    """Whether a file is among the marked copies of before."""
    return path.resolve().is_relative_to(folder.resolve())


def _name(path: Path, raw: Path) -> Path:
    return path.relative_to(raw) if path.is_relative_to(raw) else Path(*path.parts[-2:])


def _with_issues_of_linking(deliveries: Sequence[Delivery], as_of: date) -> list[Delivery]:
    """The deliveries with the issues that show only when they are seen together."""
    linked = link_drafts((draft for delivery in deliveries for draft in delivery.drafts), as_of).issues
    return [
        replace(each, issues=(*each.issues, *(issue for issue in linked if issue.source_file == each.file)))
        for each in deliveries
    ]


def _copies(
    files: Sequence[RawFile], deliveries: Sequence[Delivery], folder: Path, settings: Settings
) -> Mapping[str, dict[str, Any]]:
    """The marked copy of each file that could be read, with what it lacks, by the file's name."""
    readable = [(f, d) for f, d in zip(files, deliveries, strict=True) if not d.refused]
    targets = dict(zip([f.name for f, _ in readable], _targets(readable, folder, settings.language), strict=True))
    calls = {f.name: (f.path, targets[f.name], replace(d, drafts=()), settings.language) for f, d in readable}
    made = guarded(write_marked_copy, calls, settings.workers, settings.vocabulary)
    return {
        name: {"failed": lost} if isinstance(lost, str) else {"copy": targets[name], "lost": lost}
        for name, lost in made
    }


def _targets(readable: Iterable[tuple[RawFile, Delivery]], folder: Path, language: str) -> Iterator[Path]:
    """A name of its own for the copy of each file, without persons; no file that is there is ever written over."""
    suffix = translate("feedback.suffix", language)
    taken: set[Path] = set()
    for file, _ in readable:
        stem = f"{PurePosixPath(file.name).stem.replace(privacy.MASK, 'x')}_{suffix}"
        numbered = (folder / f"{stem}{f'_{number}' if number > 1 else ''}.xlsx" for number in count(1))
        target = next(each for each in numbered if each not in taken and not os.path.lexists(each))
        taken.add(target)
        yield target
