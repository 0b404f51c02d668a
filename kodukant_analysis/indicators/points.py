"""Points: of a line of estimates the periods that may be joined, each with the moment for which it stands."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from kodukant_analysis.indicators.estimates import COLUMNS, DETAIL
from kodukant_analysis.indicators.moments import moment_of, moment_of_day
from kodukant_analysis.totals import totals

_BREAKS = "instrument_break|boundary_break"
# A weighted wave is not joined with an unweighted one.
_WEIGHTING = "(unweighted|weights_missing)"
# A newcomer's first year, and what is not over yet, are no points of a line.
_NOT_YET = "immature|burn_in"

Moments = Mapping[Any, date | float]


class Line(NamedTuple):
    """One indicator in one region: its periods in time, with the columns `moment`, `stretch` and `is_point`.

    `stretch` counts the breaks up to the period; `is_point`: it has a number that may be joined to others of its
    stretch. `undated`: periods whose time cannot be told, which are left out.
    """

    indicator: str
    region: str
    unit: str
    rows: pd.DataFrame
    undated: int

    @property
    def last_stretch(self) -> pd.DataFrame:
        """The periods since the last break."""
        rows: pd.DataFrame = self.rows[self.rows["stretch"] == self.rows["stretch"].max()]
        return rows


def lines_of(result: pd.DataFrame, time: str | Moments) -> Iterator[Line]:
    """The lines of a frame of estimates with detail, in its order; what is asked over all time is none.

    time: a column of days or of years; or a mapping to them from (indicator, period), (series, period) or period; what
    it does not know, and the default "fieldwork_mid" where there is no such column, goes by the label of the period.
    Raises ValueError for a frame without detail or another column that is not there.
    """
    lacking = [column for column in COLUMNS | DETAIL if column not in result.columns]
    if lacking:
        raise ValueError(f"estimates with detail are needed: no column {', '.join(lacking)}")
    asked = result[result["period"] != ""]
    dated = asked.assign(moment=_moments(asked, time))
    for (indicator, region), rows in dated.groupby(["indicator", "region"], observed=False, dropna=False, sort=False):
        known = rows[rows["moment"].notna()].sort_values(["moment", "period"], kind="stable")
        yield Line(str(indicator), str(region), str(rows["unit"].iloc[0]), _parted(known), len(rows) - len(known))


def fieldwork_middles(data: Mapping[str, pd.DataFrame], as_of: date) -> Moments:
    """The middle of the fieldwork of each wave that tells it, by series and wave, in years: a `time` for slopes.

    data: the tables `answers` and `shares`.
    """
    found = totals("fieldwork", data, as_of=as_of)
    days = zip(found["fielded_from"], found["fielded_to"], strict=True)
    middles = [(moment_of_day(first.date()) + moment_of_day(last.date())) / 2 for first, last in days]
    return dict(zip(zip(found["series"], found["wave"], strict=True), middles, strict=True))


def _moments(rows: pd.DataFrame, time: str | Moments) -> pd.Series:
    if isinstance(time, str):
        if time in rows.columns:
            return rows[time].map(_years, na_action="ignore").astype("float64")
        if time != "fieldwork_mid":
            raise ValueError(f"time is a column of the estimates or a mapping, got {time!r}")
        return rows["period"].map(moment_of).astype("float64")
    names = zip(rows["indicator"], rows["period"], strict=True)
    return pd.Series([_known_moment(time, *name) for name in names], index=rows.index, dtype="float64")


def _known_moment(time: Moments, indicator: str, period: str) -> float | None:
    keys = [(indicator, period), *((part, period) for part in indicator.split(":")[1:]), period]
    told = next((time[key] for key in keys if key in time), None)
    return moment_of(period) if told is None else _years(told)


def _years(told: date | float) -> float:
    return moment_of_day(told) if isinstance(told, date) else float(told)


def _parted(rows: pd.DataFrame) -> pd.DataFrame:
    weighting = rows["flag"].str.extract(_WEIGHTING)[0].fillna("weighted")
    is_break = rows["flag"].str.contains(_BREAKS) | (weighting != weighting.shift(fill_value=weighting.iloc[0]))
    is_point = rows["estimate"].notna() & ~rows["flag"].str.contains(_NOT_YET)
    return rows.assign(stretch=is_break.cumsum(), is_point=is_point)
