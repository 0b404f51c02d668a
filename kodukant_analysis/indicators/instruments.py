"""Instruments: the table of when a survey began to be asked in another manner, ours and the user's own."""

import csv
import difflib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final, Literal, NamedTuple, get_args

import pandas as pd

from kodukant_analysis.settings import SettingsError

Kind = Literal["firm", "mode", "population", "wording", "scale", "object", "recording"]
COLUMNS: Final = ("series", "question", "from_on", "kind", "text_et", "text_en", "text_ru", "source")
_NEEDED: Final = ("series", "from_on", "kind")
# Excel saves a day as the country writes it, whatever was typed.
_DAYS: Final = ("%Y-%m-%d", "%d.%m.%Y")
_Lines = dict[tuple[str, str, date], dict[str, object]]


class Change(NamedTuple):
    """From a day on a series (of one question, or of all: "") is asked in another manner."""

    series: str
    question: str
    from_on: date
    kinds: tuple[str, ...]
    texts: tuple[str, str, str]  # et, en, ru


def read_breaks(path: Path | None = None) -> pd.DataFrame:
    """The table of breaks: our own lines and those of the file at `path`, where there is one.

    A line of the file with the series, question and day of one of ours takes its place; with an empty `kind` it
    cancels it. Columns are `COLUMNS`, all text except `from_on`, a day. Columns are parted by ",", ";" or TAB, and
    days are 2016-05-01 or 01.05.2016. Raises SettingsError that names file and line of a mistake.
    """
    ours = _lines(
        files("kodukant_analysis.indicators").joinpath("breaks.csv").read_text(encoding="utf-8"), "breaks.csv"
    )
    theirs = {} if path is None or not path.exists() else _lines(_text(path), str(path))
    kept = sorted(line for line in (ours | theirs).items() if line[1]["kind"])
    frame = pd.DataFrame([line for _, line in kept], columns=list(COLUMNS))
    return frame.astype(dict.fromkeys(COLUMNS, "str") | {"from_on": "datetime64[us]"})


@cache
def shipped_changes() -> tuple[Change, ...]:
    """The changes that we know of."""
    return changes_of(read_breaks())


def changes_of(table: pd.DataFrame) -> tuple[Change, ...]:
    """The lines of a table of breaks, in the order of their days."""
    columns = (table[name] for name in COLUMNS[:7])
    changes = (
        Change(series, question, day.date(), tuple(kind.split("|")), (et, en, ru))
        for series, question, day, kind, et, en, ru in zip(*columns, strict=True)
    )
    return tuple(sorted(changes, key=lambda change: (change.from_on, change)))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: not saved as UTF-8; in Excel choose “CSV UTF-8” when saving") from error


def _lines(text: str, name: str) -> _Lines:
    """The lines by what they are of; a line told twice is a mistake, whichever would hold."""
    found: _Lines = {}
    for number, line in _rows(text, name):
        place = f"{name}, line {number}"
        day = _day(line["from_on"], place)
        key = (line["series"], line["question"], day)
        if not line["series"]:
            raise SettingsError(f"{place}: which series? The column series is empty")
        if key in found:
            raise SettingsError(f"{place}: {line['series']} has another line of the same question and day")
        found[key] = {**line, "from_on": day, "kind": _kinds(line["kind"], place)}
    return found


def _rows(text: str, name: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    header = text.partition("\n")[0]
    reader = csv.reader(text.splitlines(), delimiter=max(",;\t", key=header.count))
    columns = [cell.strip() for cell in next(reader, [])]
    _check_columns(columns, name)
    for cells in reader:
        if any(cell.strip() for cell in cells):
            if len(cells) > len(columns):
                raise SettingsError(f"{name}, line {reader.line_num}: {len(cells)} cells in {len(columns)} columns")
            told = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
            yield reader.line_num, {column: told.get(column, "") for column in COLUMNS}


def _check_columns(columns: list[str], name: str) -> None:
    for column in columns:
        if column not in COLUMNS:
            raise SettingsError(f"{name}, line 1: no column is called {column!r}{_near(column, COLUMNS)}")
    for column in _NEEDED:
        if column not in columns:
            raise SettingsError(f"{name}, line 1: the column {column} is missing")


def _day(typed: str, place: str) -> date:
    for form in _DAYS:
        try:
            return datetime.strptime(typed, form).date()  # noqa: DTZ007
        except ValueError:
            continue
    raise SettingsError(f"{place}: from_on is {typed!r}; a day is written 2016-05-01 or 01.05.2016")


def _kinds(typed: str, place: str) -> str:
    kinds = [kind.strip() for kind in typed.split("|") if kind.strip()]
    for kind in kinds:
        if kind not in get_args(Kind):
            raise SettingsError(f"{place}: kind is {kind!r}{_near(kind, get_args(Kind))}")
    return "|".join(kinds)


def _near(typed: str, known: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(typed, known, n=1)
    return f"; did you mean {near[0]!r}?" if near else f"; it is one of {', '.join(known)}"
