"""Cooperation (koostöö): at how many discussions did the police, the local government and the community meet?"""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from kodukant_analysis.indicators.cells import Asked, Cell, Period, dated_cells
from kodukant_analysis.indicators.estimates import Row, estimate_frame, raised
from kodukant_analysis.indicators.regions import Borders, By, region_names
from kodukant_analysis.indicators.rules import RULES, Rules
from kodukant_analysis.stats import wilson
from kodukant_analysis.totals import totals

_TRIAD = 3


def participation_triad_share(  # noqa: PLR0913
    data: Mapping[str, pd.DataFrame],
    *,
    by: By = "county",
    period: Period | None = None,
    borders: Borders = "today",
    as_of: date,
    level: float = 0.95,
    rules: Rules = RULES,
    detail: bool = False,
) -> pd.DataFrame:
    """Share of held discussions at which all three partners were present (C1), one row a region and period.

    data: the tables `discussions` and `attendance`. n: discussions held by `as_of`, on a known day, with attendance
    known by group; k: those with somebody from each of the police, the local government and the community.
    Left out: planned and cancelled ones; people listed as absent are not counted. A list of those present is taken
    as complete: a sector without a row was not there. Period: of the day it was held. Interval: Wilson.
    Flags: no_data; too_few below `rules.percent_from` discussions or where more than `rules.blank_share` of those
    held have no usable attendance (n and k stay: "3 of 4"); all_same; boundary_break.
    """
    asked = Asked(by, period, as_of, level, rules, borders)
    held = totals("discussion_sectors", data, as_of=as_of, mapped=1 - rules.blank_share)
    rows = [_triad_row(cell, asked) for cell in dated_cells(held, "held_on", asked)]
    return estimate_frame(rows, region_names(by, borders), detail=detail)


def _triad_row(cell: Cell, asked: Asked) -> Row:
    dated = cell.totals[cell.totals["held_on"].notna()]
    known = dated[dated["known"]]
    n, k = len(known), int((known["sides"] == _TRIAD).sum())
    unknown = len(dated) - n
    found = wilson(k, n, asked.level)
    note = f"held={len(dated)}; attendance_unknown={unknown}; undated={len(cell.totals) - len(dated)}"
    flags = _triad_flags(k, n, unknown, asked.rules) | cell.cautions
    return Row("participation_triad_share", cell.region, cell.period, n, "Wilson", found, k, flags, note=note)


def _triad_flags(k: int, n: int, unknown: int, rules: Rules) -> frozenset[str]:
    few = n < rules.percent_from or unknown > rules.blank_share * (n + unknown)
    return raised(too_few=few, all_same=k in {0, n}) if n else frozenset({"no_data"})
