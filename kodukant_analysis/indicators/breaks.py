"""Breaks: where the line of a survey crosses October 2017 while the borders of a region changed."""

from collections.abc import Iterable, Mapping

import pandas as pd

from kodukant_analysis.indicators.cells import Asked
from kodukant_analysis.indicators.estimates import Row
from kodukant_analysis.indicators.published import series_names
from kodukant_analysis.indicators.regions import moved_share
from kodukant_analysis.places import reform_on

# Last day of fieldwork by series and wave.
Fielded = Mapping[tuple[str, str], pd.Timestamp]


def fielded_days(sums: pd.DataFrame, shares: pd.DataFrame) -> Fielded:
    """The last day of each series and wave, of the totals of answers and of published shares."""
    fielded_on = shares["fielded_to"].fillna(shares["fielded_from"])
    published = shares.assign(series=series_names(shares), wave=shares["wave"].fillna(""), fielded_on=fielded_on)
    days = pd.concat([part[["series", "wave", "fielded_on"]].dropna() for part in (published, sums)])
    last = days.sort_values("fielded_on")
    return dict(zip(zip(last["series"], last["wave"], strict=True), last["fielded_on"], strict=True))


def with_breaks(rows: Iterable[Row], fielded: Fielded, asked: Asked) -> list[Row]:
    """Rows of survey shares, with the flag boundary_break on the first wave after the reform in a changed region."""
    first = _first_after(fielded)
    return [
        row._replace(flags=row.flags | {"boundary_break"})
        if row.n != 0
        and first.get(row.indicator.rpartition(":")[2]) == row.period
        and moved_share(asked.by, row.region) > asked.rules.boundary_share
        else row
        for row in rows
    ]


def _first_after(fielded: Fielded) -> dict[str, str]:
    """Series -> its first wave after the reform, of those that have one before it as well."""
    reform = pd.Timestamp(reform_on())
    early = {series for (series, _), day in fielded.items() if day < reform}
    late = sorted((day, series, wave) for (series, wave), day in fielded.items() if day >= reform and series in early)
    return {series: wave for _, series, wave in reversed(late)}
