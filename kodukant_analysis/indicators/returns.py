"""Returns (tagasitulijad): do organisations come again, and do new ones join?"""

from collections.abc import Iterator, Mapping
from datetime import date
from math import nan

import pandas as pd

from kodukant_analysis.indicators.cells import Asked, Cell, Period, dated_cells
from kodukant_analysis.indicators.estimates import Row, estimate_frame, raised
from kodukant_analysis.indicators.regions import Borders, By, refuse_survey_regions, region_names, region_of
from kodukant_analysis.indicators.rules import RULES, Rules
from kodukant_analysis.stats import Estimate
from kodukant_analysis.totals import totals


def organisation_returns(  # noqa: PLR0913
    data: Mapping[str, pd.DataFrame],
    *,
    by: By = "county",
    period: Period | None = None,
    borders: Borders = "today",
    as_of: date,
    level: float = 0.95,
    rules: Rules = RULES,
    detail: bool = False,
    burn_in: str = f"{RULES.burn_in_months}M",
) -> pd.DataFrame:
    """New and returning organisations per discussion (C6), two rows a region and period.

    data: the tables `discussions` and `attendance`. n: discussions held by `as_of`, on a known day, at which an
    organisation is named; k and, divided by n, the estimate: visits of organisations that were there for the first
    time in the region (`organisation_returns:newcomers`), or had been before (`organisation_returns:returners`), in
    the order of the days. Everyone is new to a new register: what reaches into the first `burn_in` ("12M": months)
    after the region's first such discussion is not to be compared. Organisations only, never people. Period: of the
    day it was held. Unit: organisations per discussion. No interval.
    Flags: no_data; too_few where no organisation is named at more than `rules.blank_share` of those held; burn_in;
    descriptive; boundary_break. Raises ValueError for a `burn_in` that is no number of months.
    """
    refuse_survey_regions(by)
    asked = Asked(by, period, as_of, level, rules, borders)
    visits = totals("organisation_visits", data, as_of=as_of).pipe(_in_order, asked, _months(burn_in))
    rows = [row for cell in dated_cells(visits, "held_on", asked) for row in _rows(cell, rules)]
    return estimate_frame(rows, region_names(by, borders), detail=detail)


def _months(burn_in: str) -> int:
    number, unit = burn_in[:-1], burn_in[-1:]
    if unit != "M" or not number.isdecimal():
        raise ValueError(f'burn_in is a number of months like "12M", got {burn_in!r}')
    return int(number)


def _in_order(visits: pd.DataFrame, asked: Asked, months: int) -> pd.DataFrame:
    """The visits with `is_new`, the first of an organisation in its region, and `is_burn_in`."""
    ordered = visits.sort_values(["held_on", "discussion_id"], kind="stable")
    ordered = ordered.assign(region=region_of(ordered, asked.by, asked.borders))
    # a day that cannot be comes before all others and would make every later visit a return
    is_visit = ordered["organisation"].notna() & (ordered["held_on"] >= pd.Timestamp(asked.rules.earliest_on))
    first = ordered[is_visit].drop_duplicates(["region", "organisation"]).index
    began = ordered["held_on"].where(is_visit).groupby(ordered["region"], observed=False, dropna=False)
    until = began.transform("min") + pd.DateOffset(months=months)
    return ordered.assign(
        is_visit=is_visit, is_new=ordered.index.isin(first), is_burn_in=is_visit & (ordered["held_on"] < until)
    )


def _rows(cell: Cell, rules: Rules) -> Iterator[Row]:
    visits = cell.totals[cell.totals["is_visit"]]
    n, held = (
        visits["discussion_id"].nunique(),
        cell.totals.loc[cell.totals["held_on"].notna(), "discussion_id"].nunique(),
    )
    flags = (
        raised(
            too_few=held - n > rules.blank_share * held,
            burn_in=bool(visits["is_burn_in"].any()),
            descriptive=True,
        )
        | cell.cautions
    )
    new = int(visits["is_new"].sum())
    note = f"organisations_unknown={held - n}; undated={cell.totals['discussion_id'].nunique() - held}"
    for item, k in (("newcomers", new), ("returners", len(visits) - new)):
        yield Row(
            f"organisation_returns:{item}", cell.region, cell.period, n, "complete count",
            Estimate(k / n if n else nan), k, flags if n else frozenset({"no_data"}),
            unit="per_discussion", note=note,
        )  # fmt: skip
