"""Cells: a question's region and period, every requested one, with the totals that fall into it (maybe none)."""

from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple, get_args

import pandas as pd

from kodukant_analysis.indicators.regions import By, region_names, region_of
from kodukant_analysis.indicators.rules import Rules

Period = Literal["year", "half", "quarter"]


class Asked(NamedTuple):
    """How a question is asked: of which regions and periods, as of which day, at which level, under which rules."""

    by: By
    period: Period | None
    as_of: date
    level: float
    rules: Rules


class Cell(NamedTuple):
    """One region in one period ("" where periods are not asked for) and its rows of totals."""

    region: str
    period: str
    totals: pd.DataFrame


def dated_cells(totals: pd.DataFrame, dated: str, asked: Asked) -> Iterator[Cell]:
    """A cell for every requested region and every period from the first to the last date in column `dated`.

    A row without a date belongs to no period; where periods are not asked for, it stays in its region.
    """
    labels = pd.Series("", index=totals.index) if asked.period is None else period_labels(totals[dated], asked.period)
    periods = [""] if asked.period is None else _all_periods(totals[dated], asked.period)
    placed = totals.assign(region=region_of(totals, asked.by), period=labels)
    groups = dict(iter(placed.groupby(["region", "period"], observed=False, dropna=False)))
    for region in region_names(asked.by):
        for period in periods:
            yield Cell(region, period, groups.get((region, period), placed.iloc[:0]))


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


def _all_periods(dates: pd.Series, period: Period) -> list[str]:
    known = dates.dropna()
    if known.empty:
        return []
    days = pd.Series(pd.date_range(known.min(), known.max(), freq="D"))
    return period_labels(days, period).unique().tolist()
