"""Breaks: where the line of a survey crosses October 2017 while the borders of a region changed."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

import pandas as pd

from kodukant_analysis.indicators.cells import Asked
from kodukant_analysis.indicators.estimates import Row
from kodukant_analysis.indicators.published import series_names
from kodukant_analysis.indicators.regions import is_placed_by_region, moved_share, region_of
from kodukant_analysis.places import reform_on

# The day for which a wave stands, by series and name; a wave that does not tell it is not there.
Days = Mapping[tuple[str, str], date]


def days_of_waves(sums: pd.DataFrame, shares: pd.DataFrame) -> Days:
    """The last day of each wave's fieldwork, else the middle of the year in its name, where it is not that of 2017."""
    fielded_on = shares["fielded_to"].fillna(shares["fielded_from"])
    published = shares.assign(series=series_names(shares), wave=shares["wave"].fillna(""), fielded_on=fielded_on)
    told = pd.concat([part[["series", "wave", "fielded_on"]] for part in (published, sums)])
    last = told.groupby(["series", "wave"], observed=False, dropna=False)["fielded_on"].max().reset_index()
    waves = zip(last["series"].astype(str), last["wave"].astype(str), last["fielded_on"], strict=True)
    days = {(series, wave): _day(wave, fielded) for series, wave, fielded in waves}
    return {wave: day for wave, day in days.items() if day}


def with_breaks(rows: Iterable[Row], sums: pd.DataFrame, days: Days, asked: Asked) -> list[Row]:
    """Rows of survey shares, with the flag boundary_break where a line of a changed region crosses the reform.

    That is the first wave after it that tells of the region, where one before it does, in the borders of its day.
    """
    every = list(rows)
    told = [row for row in every if row.n != 0 and _wave(row) in days]
    early = {_line(row) for row in told if days[_wave(row)] < reform_on()} - _harmonised(sums, days, asked)
    late = [row for row in told if days[_wave(row)] >= reform_on() and _line(row) in early]
    first: dict[tuple[str, str], Row] = {}
    for row in sorted(late, key=lambda row: days[_wave(row)]):
        first.setdefault(_line(row), row)
    broken = {id(row) for row in first.values() if moved_share(asked.by, row.region) > asked.rules.boundary_share}
    return [row._replace(flags=row.flags | {"boundary_break"}) if id(row) in broken else row for row in every]


def _day(wave: str, fielded_on: pd.Timestamp) -> date | None:
    if not pd.isna(fielded_on):
        return fielded_on.date()
    year = re.match(r"(?:19|20)\d\d", wave)
    return date(int(year[0]), 7, 1) if year and int(year[0]) != reform_on().year else None


def _harmonised(sums: pd.DataFrame, days: Days, asked: Asked) -> set[tuple[str, str]]:
    """Lines of which every early answer tells its municipality of today: they are of today's territory throughout."""
    waves = zip(sums["series"], sums["wave"], strict=True)
    is_early = pd.Series([days.get(wave, date.max) < reform_on() for wave in waves], index=sums.index, dtype=bool)
    early = sums[is_early & (sums["n"] > 0)]
    named = early["question"] + ":" + early["series"]
    lines = set(zip(named, region_of(early, asked.by, asked.borders), strict=True))
    old = early[is_placed_by_region(early, asked.by, asked.borders)]
    return lines - set(zip(named[old.index], region_of(old, asked.by, asked.borders), strict=True))


def _wave(row: Row) -> tuple[str, str]:
    return row.indicator.split(":")[2], row.period


def _line(row: Row) -> tuple[str, str]:
    question, series = row.indicator.split(":")[1:3]
    return f"{question}:{series}", row.region
