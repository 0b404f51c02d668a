"""Attendance (osalus): how many came, for each thousand who live there?"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

import pandas as pd

from kodukant_analysis import places
from kodukant_analysis.indicators.cells import Asked, Cell, Period, dated_cells, period_span
from kodukant_analysis.indicators.estimates import Row, estimate_frame, raised
from kodukant_analysis.indicators.filled import NO_DATA, held_on_a_day, is_mostly_blank, noted
from kodukant_analysis.indicators.regions import Borders, By, region_names
from kodukant_analysis.indicators.rules import RULES, Rules
from kodukant_analysis.stats import Estimate, compound_rate
from kodukant_analysis.totals import totals


class _Scope(NamedTuple):
    asked: Asked
    per: float
    middle: date  # of all that is asked of, where no period is


def attendance_rate(  # noqa: PLR0913
    data: Mapping[str, pd.DataFrame],
    *,
    by: By = "county",
    period: Period | None = None,
    borders: Borders = "today",
    as_of: date,
    level: float = 0.95,
    rules: Rules = RULES,
    detail: bool = False,
    per: float = 1000,
) -> pd.DataFrame:
    """Attendances per thousand residents (R1), two rows a region and period: of all, and of the community (K06).

    data: the tables `discussions` and `attendance`. `attendance_rate`: everybody who came to a discussion of the
    period, or of all time, officials too; `attendance_rate:community`: members of the community, of discussions whose
    attendance is known by group. n: discussions that tell, k: attendances; who came twice counts twice. Residents: of
    the list nearest to the middle of the period (without one: halfway from the first discussion of all to `as_of`),
    the same day for all regions, in the borders asked for; its day is `population_on` in the note.
    Compound Poisson interval: meetings come by chance, not people. Unit: per `per` residents ("per_1000").
    Flags: no_data; not_estimable (the residents are not known); too_few below `rules.rate_events_from` attendances,
    or meetings of equal size worth as much, or an interval wider than `rules.rate_relative_width` of the rate, or more
    than `rules.blank_share` of discussions that do not tell; boundary_break.
    """
    asked = Asked(by, period, as_of, level, rules, borders)
    told = _told(data, asked)
    first = told["held_on"].min()
    scope = _Scope(asked, per, as_of if pd.isna(first) else _middle(first.date(), as_of))
    rows = [row for cell in dated_cells(told, "held_on", asked) for row in _rows(cell, scope)]
    return estimate_frame(rows, region_names(by, borders), detail=detail)


def _told(data: Mapping[str, pd.DataFrame], asked: Asked) -> pd.DataFrame:
    facts = totals("discussion_facts", data, as_of=asked.as_of)
    sectors = totals("discussion_sectors", data, as_of=asked.as_of, mapped=1 - asked.rules.blank_share)
    community = sectors.assign(community=sectors["community"].astype("Int64").where(sectors["known"]))
    return facts.merge(community[["discussion_id", "community"]], on="discussion_id", how="left")


def _middle(first: date, last: date) -> date:
    return first + (last - first) / 2


def _rows(cell: Cell, scope: _Scope) -> Iterator[Row]:
    day = _middle(*period_span(cell.period)) if cell.period else scope.middle
    held, residents = held_on_a_day(cell), _residents(cell.region, day, scope.asked.borders)
    for indicator, column in (("attendance_rate", "people"), ("attendance_rate:community", "community")):
        yield _row(indicator, cell, held[column], residents, scope)


def _residents(region: str, day: date, borders: Borders) -> places.Population | None:
    return places.population(region, day, "today" if borders == "today" else None)


def _row(indicator: str, cell: Cell, came: pd.Series, residents: places.Population | None, scope: _Scope) -> Row:
    sizes, rules = came.dropna().astype("float64"), scope.asked.rules
    n, k = len(sizes), int(sizes.sum())
    found = compound_rate(sizes, residents.people if residents else 0, scope.per, scope.asked.level)
    is_wide = not found.high - found.low <= rules.rate_relative_width * found.estimate
    is_few = min(k, found.n_eff) < rules.rate_events_from or is_wide
    flags = (
        raised(
            not_estimable=residents is None,
            too_few=is_few or is_mostly_blank(n, len(came), scope.asked),
        )
        | cell.cautions
    )
    listed = f"population={residents.people}; population_on={residents.on}" if residents else "population unknown"
    return Row(
        indicator, cell.region, cell.period, n, "compound Poisson", found if n else Estimate(float("nan")), k,
        flags if n else NO_DATA, unit=f"per_{scope.per:g}", note=noted(cell, came, listed),
    )  # fmt: skip
