"""Discussions (arutelud): how many were held, are planned, are overdue, were cancelled?"""

from collections.abc import Iterator, Mapping
from datetime import date

import pandas as pd

from kodukant_analysis.indicators.agenda import agenda
from kodukant_analysis.indicators.cells import Asked, Cell, Period, dated_cells
from kodukant_analysis.indicators.estimates import Row, estimate_frame, raised
from kodukant_analysis.indicators.regions import Borders, By, region_names
from kodukant_analysis.indicators.rules import RULES, Rules
from kodukant_analysis.stats import Estimate

STATES = ("held", "planned", "overdue", "cancelled")


def discussion_count(  # noqa: PLR0913
    data: Mapping[str, pd.DataFrame],
    *,
    by: By = "county",
    period: Period | None = None,
    borders: Borders = "today",
    as_of: date,
    rules: Rules = RULES,
    detail: bool = False,
) -> pd.DataFrame:
    """Number of discussions held, planned, overdue and cancelled by `as_of`, a row a state, region and period.

    data: the table `discussions`. n and estimate: discussions in the state that the indicator's name ends in; none is
    a number too. Overdue: planned for a day that is past, and nothing says that it was held; a plan that an unplanned
    discussion kept is that discussion (see `agenda`). What was held later than `as_of` is planned or overdue. Note:
    discussions of unknown status. Period: of the day it was held or planned for; without one it counts only where
    periods are not asked for. Unit: discussions. A complete count: no interval.
    Flags: descriptive; boundary_break.
    """
    asked = Asked(by, period, as_of, 0.95, rules, borders)
    known = agenda(data, as_of, rules)
    dated = known.assign(on=known["held_on"].fillna(known["planned_on"]))
    rows = [row for cell in dated_cells(dated, "on", asked) for row in _rows(cell)]
    return estimate_frame(rows, region_names(by, borders), detail=detail)


def _rows(cell: Cell) -> Iterator[Row]:
    note = f"status_unknown={(cell.totals['state'] == 'unknown').sum()}"
    for state in STATES:
        n = int((cell.totals["state"] == state).sum())
        flags = raised(descriptive=True) | cell.cautions
        yield Row(
            f"discussion_count:{state}", cell.region, cell.period, n, "complete count", Estimate(n), n, flags,
            unit="discussions", note=note,
        )  # fmt: skip
