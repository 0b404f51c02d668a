"""Breaks: where the line of a survey is parted - another manner of asking, another scale, other borders of a region."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import pandas as pd

from kodukant_analysis.indicators.cells import Asked
from kodukant_analysis.indicators.estimates import NOT_SHOWN, Row, raised
from kodukant_analysis.indicators.instruments import Change, changes_of, shipped_changes
from kodukant_analysis.indicators.moments import day_of, moment_of
from kodukant_analysis.indicators.published import series_names
from kodukant_analysis.indicators.regions import is_placed_by_region, moved_share, region_of
from kodukant_analysis.places import reform_on

# The day for which a wave stands, by series and name; a wave that does not tell it is not there.
Days = Mapping[tuple[str, str], date]


class Line(NamedTuple):
    """What the waves of a survey are joined into: one question of one series in one region."""

    series: str
    question: str
    region: str


@dataclass(frozen=True)
class Breaks:
    """What is known of the waves of all surveys that could part them; see `breaks_of`."""

    days: Days
    changes: tuple[Change, ...]
    scales: Mapping[tuple[str, str, str], str]  # series, question and wave -> its scale, where it has one only
    harmonised: frozenset[Line]  # lines that are of today's territory throughout
    asked: Asked


class Parting(NamedTuple):
    """What parts two waves: flags, none where they may be compared, and the note that says what changed."""

    flags: frozenset[str] = frozenset()
    note: str = ""


class _Manner(NamedTuple):
    """How a wave was made: each part None where it is not known."""

    changes: frozenset[Change] | None = None
    scale: str | None = None
    is_after_reform: bool | None = None


def days_of_waves(sums: pd.DataFrame, shares: pd.DataFrame) -> Days:
    """The last day of each wave's fieldwork, else the middle of the year in its name, where it is not that of 2017."""
    fielded_on = shares["fielded_to"].fillna(shares["fielded_from"])
    published = shares.assign(series=series_names(shares), wave=shares["wave"].fillna(""), fielded_on=fielded_on)
    told = pd.concat([part[["series", "wave", "fielded_on"]] for part in (published, sums)])
    last = told.groupby(["series", "wave"], observed=False, dropna=False)["fielded_on"].max().reset_index()
    waves = zip(last["series"].astype(str), last["wave"].astype(str), last["fielded_on"], strict=True)
    days = {(series, wave): _day(wave, fielded) for series, wave, fielded in waves}
    return {wave: day for wave, day in days.items() if day}


def breaks_of(sums: pd.DataFrame, days: Days, asked: Asked, table: pd.DataFrame | None = None) -> Breaks:
    """What could part the waves of surveys, from the totals of their answers.

    sums: rows of series, wave, question, scale, n and the columns of regions; table: as `read_breaks` gives it, ours
    where it is left out.
    """
    changes = shipped_changes() if table is None else changes_of(table)
    told = sums[(sums["n"] > 0) & (sums["scale"] != "")]
    kinds = told[["series", "question", "wave", "scale"]].drop_duplicates()
    alone = kinds[~kinds.duplicated(["series", "question", "wave"], keep=False)]
    scales = {(series, question, wave): scale for series, question, wave, scale in alone.itertuples(index=False)}
    return Breaks(days, changes, scales, _harmonised(sums, days, asked), asked)


def between(known: Breaks, line: Line, before: str, after: str) -> Parting:
    """What parts two waves of a line: a change of the table between them, another scale, or the reform of 2017.

    The reform parts waves in a region that lost or gained more than `rules.boundary_share` of its people.
    """
    return _parting(_manner(known, line, before), _manner(known, line, after))


def middle_of(known: Breaks, series: str, wave: str) -> date | None:
    """The day of a wave, that of 2017 included: on which side of October it lies only the reform needs to know."""
    moment = moment_of(wave)
    return known.days.get((series, wave)) or (None if moment is None else day_of(moment))


def with_breaks(
    rows: Iterable[Row], sums: pd.DataFrame, days: Days, asked: Asked, table: pd.DataFrame | None = None
) -> list[Row]:
    """Rows of surveys, named `code:question:series`, flagged at the first wave after a break that tells of the region.

    instrument_break: the manner of asking (`table`, see `breaks_of`) or the scale changed; the note then says
    "break=firm,mode" and, in each language, what changed. boundary_break: the line of a changed region crosses the
    reform of 2017 in the borders of its day. The first wave of a line follows upon none.
    """
    every, known = list(rows), breaks_of(sums, days, asked, table)
    lines: dict[tuple[str, str], list[Row]] = {}
    for row in every:
        if row.n != 0 and middle_of(known, _line(row).series, row.period):
            lines.setdefault((row.indicator, row.region), []).append(row)
    parted = {id(row): parting for line in lines.values() for row, parting in _partings(known, line)}
    return [_flagged(row, parted[id(row)]) if id(row) in parted else row for row in every]


def _day(wave: str, fielded_on: pd.Timestamp) -> date | None:
    if not pd.isna(fielded_on):
        return fielded_on.date()
    year = re.match(r"(?:19|20)\d\d", wave)
    return date(int(year[0]), 7, 1) if year and int(year[0]) != reform_on().year else None


def _line(row: Row) -> Line:
    _, question, series, *_ = row.indicator.split(":")
    return Line(series, question, row.region)


def _partings(known: Breaks, line: list[Row]) -> Iterator[tuple[Row, Parting]]:
    """Each wave against what is last known of those before it."""
    last = _Manner()
    for row in sorted(line, key=lambda row: (middle_of(known, _line(row).series, row.period), row.period)):
        now = _manner(known, _line(row), row.period)
        yield row, _parting(last, now)
        last = last._replace(**{part: told for part, told in now._asdict().items() if told is not None})


def _manner(known: Breaks, line: Line, wave: str) -> _Manner:
    day, on = known.days.get((line.series, wave)), middle_of(known, line.series, wave)
    of_line = [one for one in known.changes if one.series == line.series and one.question in {"", line.question}]
    is_moved = moved_share(known.asked.by, line.region) > known.asked.rules.boundary_share
    return _Manner(
        None if on is None else frozenset(change for change in of_line if change.from_on <= on),
        known.scales.get((line.series, line.question, wave)),
        day >= reform_on() if day and is_moved and line not in known.harmonised else None,
    )


def _parting(before: _Manner, after: _Manner) -> Parting:
    changes: set[Change] = set()
    if before.changes is not None and after.changes is not None:
        changes = set(before.changes ^ after.changes)
    is_rescaled = bool(before.scale and after.scale) and before.scale != after.scale
    is_moved = before.is_after_reform is False and after.is_after_reform is True
    flags = raised(instrument_break=bool(changes) or is_rescaled, boundary_break=is_moved)
    return Parting(flags, _note(sorted(changes, key=lambda one: (one.from_on, one)), is_rescaled))


def _note(changes: list[Change], is_rescaled: bool) -> str:
    kinds = dict.fromkeys([kind for change in changes for kind in change.kinds] + ["scale"] * is_rescaled)
    said = {"break": ",".join(kinds)}
    for place, lang in enumerate(("et", "en", "ru")):
        said[f"changed_{lang}"] = ", ".join(filter(None, (change.texts[place] for change in changes)))
    return "; ".join(f"{name}={text.replace(';', ',')}" for name, text in said.items() if text)


def _flagged(row: Row, parting: Parting) -> Row:
    # The note of a row without a number says why there is none.
    notes = [row.note] if row.flags & NOT_SHOWN else [row.note, parting.note]
    return row._replace(flags=row.flags | parting.flags, note="; ".join(filter(None, notes)))


def _harmonised(sums: pd.DataFrame, days: Days, asked: Asked) -> frozenset[Line]:
    """Lines of which every early answer tells its municipality of today: they are of today's territory throughout."""
    waves = zip(sums["series"], sums["wave"], strict=True)
    is_early = pd.Series([days.get(wave, date.max) < reform_on() for wave in waves], index=sums.index, dtype=bool)
    early = sums[is_early & (sums["n"] > 0)]
    old = early[is_placed_by_region(early, asked.by, asked.borders)]
    return _lines(early, asked) - _lines(old, asked)


def _lines(sums: pd.DataFrame, asked: Asked) -> frozenset[Line]:
    regions = region_of(sums, asked.by, asked.borders)
    return frozenset(map(Line, sums["series"], sums["question"], regions))
