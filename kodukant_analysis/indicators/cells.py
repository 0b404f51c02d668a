"""Cells: a question's region and period, every requested one, with the totals that fall into it (maybe none)."""

from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple, get_args

import pandas as pd

from kodukant_analysis.indicators.estimates import raised
from kodukant_analysis.indicators.regions import (
    Borders,
    By,
    is_in_force,
    is_placed_by_region,
    is_territory_kept,
    refuse_survey_regions,
    region_names,
    region_of,
)
from kodukant_analysis.indicators.rules import Rules
from kodukant_analysis.places import reform_on

Period = Literal["year", "half", "quarter"]
_PLACE = ("prefecture", "county_code", "municipality_code", "municipality_code_then")


class Asked(NamedTuple):
    """How a question is asked: of which regions and periods, as of which day, at which level, under which rules."""

    by: By
    period: Period | None
    as_of: date
    level: float
    rules: Rules
    borders: Borders = "today"


class Cell(NamedTuple):
    """One region in one period ("" where periods are not asked for) and its rows of totals.

    `cautions`: boundary_break where rows from before and from after October 2017 meet in it, or in it and the period
    before, while the territory that they are of is not the same; immature where the period goes on after `as_of`.
    """

    region: str
    period: str
    totals: pd.DataFrame
    cautions: frozenset[str] = frozenset()


def dated_cells(totals: pd.DataFrame, dated: str, asked: Asked) -> Iterator[Cell]:
    """A cell for every requested region and every period from the first to the last date in column `dated`.

    A row without a date, or with one that cannot be (`rules.earliest_on`, `rules.years_ahead`), belongs to no period;
    where periods are not asked for, it stays in its region. Where no date is known, the period is that of `as_of`.
    Raises ValueError for survey regions. The rows of a cell do not tell their place any more.
    """
    refuse_survey_regions(asked.by)
    first = pd.Timestamp(asked.rules.earliest_on)
    last = pd.Timestamp(asked.as_of) + pd.DateOffset(years=asked.rules.years_ahead)
    days = totals[dated].where(totals[dated].between(first, last))
    labels = pd.Series("", index=totals.index) if asked.period is None else period_labels(days, asked.period)
    periods = [""] if asked.period is None else _all_periods(days, asked.period, asked.as_of)
    region, sides = region_of(totals, asked.by, asked.borders), _sides(totals, totals[dated], asked)
    placed = totals.drop(columns=list(_PLACE), errors="ignore").assign(region=region, period=labels)
    groups, nothing = dict(iter(placed.groupby(["region", "period"], observed=False, dropna=False))), placed.iloc[:0]
    for name in region_names(asked.by, asked.borders):
        before: frozenset[str] = frozenset()
        for period in periods:
            rows = groups.get((name, period), nothing)
            if rows.empty and not _is_in_force(name, period, asked):
                continue
            now = frozenset(sides[rows.index])
            is_break = {"then", "today"} <= now | before and not is_territory_kept(asked.by, name)
            is_open = bool(period) and not rows.empty and period_span(period)[1] > asked.as_of
            yield Cell(name, period, rows, raised(boundary_break=is_break, immature=is_open))
            before = now or before


def _sides(totals: pd.DataFrame, dates: pd.Series, asked: Asked) -> pd.Series:
    """Of which side of the reform each row's territory is, "then" or "today"; "" for a row without a date."""
    is_old = (dates < pd.Timestamp(reform_on())) & is_placed_by_region(totals, asked.by, asked.borders)
    return pd.Series("", index=totals.index).mask(dates.notna(), "today").mask(is_old, "then")


def _is_in_force(region: str, period: str, asked: Asked) -> bool:
    # In the borders of today a region is the same land at all times.
    return not period or asked.borders == "today" or is_in_force(asked.by, region, *period_span(period))


def period_span(period: str) -> tuple[date, date]:
    """The first and the last day of a period.

    >>> period_span("2017H2")
    (datetime.date(2017, 7, 1), datetime.date(2017, 12, 31))
    """
    year, part = int(period[:4]), period[4:]
    months = {"": 12, "H": 6, "Q": 3}[part[:1]]
    last = pd.Timestamp(year, months * int(part[1:] or 1), 1) + pd.offsets.MonthEnd()
    first = last - pd.DateOffset(months=months - 1)
    return first.replace(day=1).date(), last.date()


def is_within(part: str, whole: str) -> bool:
    """Whether a period lies in another one; every period does in all time ("").

    >>> is_within("2017Q3", "2017H2"), is_within("2017Q3", "2017H1"), is_within("2017", "")
    (True, False, True)
    """
    if not whole:
        return True
    (first, last), (start, end) = period_span(part), period_span(whole)
    return start <= first and last <= end


def period_labels(dates: pd.Series, period: Period) -> pd.Series:
    """Dates as labels of their period: "2016", "2016H1", "2016Q2"; a missing date has none.

    >>> period_labels(pd.Series(pd.to_datetime(["2016-07-01"])), "half").tolist()
    ['2016H2']
    """
    if period not in get_args(Period):
        raise ValueError(f"period is None or one of {get_args(Period)}, got {period!r}")
    year: pd.Series = dates.dt.year.astype("Int64").astype("string")
    if period == "year":
        return year
    months, letter = (6, "H") if period == "half" else (3, "Q")
    part: pd.Series = ((dates.dt.month.astype("Int64") - 1) // months + 1).astype("string")
    return year + letter + part


def _all_periods(dates: pd.Series, period: Period, as_of: date) -> list[str]:
    known = dates.dropna()
    first, last = (as_of, as_of) if known.empty else (known.min(), known.max())
    days = pd.Series(pd.date_range(first, last, freq="D"))
    return period_labels(days, period).unique().tolist()
