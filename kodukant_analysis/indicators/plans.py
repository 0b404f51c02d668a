"""Plans (kavandatud arutelud): were planned discussions held, and how long after the planned day?"""

from collections.abc import Mapping
from datetime import date
from math import isinf, nan

import numpy as np
import pandas as pd

from kodukant_analysis.indicators.agenda import agenda
from kodukant_analysis.indicators.cells import Asked, Cell, Period, dated_cells
from kodukant_analysis.indicators.estimates import Row, estimate_frame, raised
from kodukant_analysis.indicators.regions import Borders, By, region_names
from kodukant_analysis.indicators.rules import RULES, Rules
from kodukant_analysis.stats import OPEN, Estimate, aalen_johansen, incidence_quantile, wilson

_HELD, _CANCELLED = 1, 2


def plan_fulfilment(  # noqa: PLR0913
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
    """Share of discussions that were to be held by `as_of` and were (K73), two rows a region and period.

    data: the table `discussions`. `plan_fulfilment:planned`: n plans that are not for a later day, k those of them
    held. `plan_fulfilment:overall`: with those of whose plan nothing is told, held ones too: registers often keep one
    day, which turns from planned to held. A plan is held, too, by a discussion that nobody planned, see `agenda`.
    Cancelled plans and plans without a day stay in the denominator, the latter of no period. Period: of the planned
    day, else of the day held. Interval: Wilson.
    Flags: no_data; too_few below `rules.percent_from` and, for planned, where more than `rules.blank_share` of the
    held ones have no planned day; all_same; boundary_break.
    """
    asked = Asked(by, period, as_of, level, rules, borders)
    cells = dated_cells(_due(data, asked), "due_on", asked)
    rows = [_fulfilment_row(cell, item, asked) for cell in cells for item in ("planned", "overall")]
    return estimate_frame(rows, region_names(by, borders), detail=detail)


def plan_slippage(  # noqa: PLR0913
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
    """Days from the planned day by which half of planned discussions are held (K74), one row a region and period.

    data: the table `discussions`. n: plans for a day up to `as_of`, k: those of them held, see `plan_fulfilment`;
    plans without a day are left out. Held early counts as day 0; a plan not yet held waits until `as_of` (censored), a
    cancelled one is never held (Aalen-Johansen): the median of the held ones alone would be too short. Interval: the
    days at which the limits of the curve pass one half. Period: of the planned day. Unit: days.
    Flags: no_data; too_few below `rules.slippage_from` plans and where more than `rules.blank_share` of the held ones
    have no planned day; not_reached (half of them are not held in the time followed); boundary_break.
    """
    asked = Asked(by, period, as_of, level, rules, borders)
    rows = [_slippage_row(cell, asked) for cell in dated_cells(_due(data, asked), "due_on", asked)]
    return estimate_frame(rows, region_names(by, borders), detail=detail)


def _due(data: Mapping[str, pd.DataFrame], asked: Asked) -> pd.DataFrame:
    """Discussions that are not still to come, with `due_on`, the day they count: planned, else held."""
    known = agenda(data, asked.as_of, asked.rules)
    is_to_come = (known["state"] == "planned") & known["planned_on"].notna()
    is_due = ~is_to_come & ~(known["planned_on"] > pd.Timestamp(asked.as_of)) & (known["state"] != "unknown")
    return known.assign(due_on=known["planned_on"].fillna(known["held_on"]))[is_due]


def _fulfilment_row(cell: Cell, item: str, asked: Asked) -> Row:
    is_unplanned = (cell.totals["state"] == "held") & cell.totals["planned_on"].isna()
    due = cell.totals[~is_unplanned] if item == "planned" else cell.totals
    n, k = len(due), int((due["state"] == "held").sum())
    is_overwritten = item == "planned" and _is_overwritten(cell, asked.rules)
    found = wilson(k, n, asked.level)
    flags = (
        raised(
            too_few=n < asked.rules.percent_from or is_overwritten,
            all_same=k in {0, n},
        )
        | cell.cautions
    )
    name, note = f"plan_fulfilment:{item}", "planned days overwritten" if is_overwritten else _note(cell)
    return Row(name, cell.region, cell.period, n, "Wilson", found, k, _known(flags, n), note=note)


def _slippage_row(cell: Cell, asked: Asked) -> Row:
    dated = cell.totals["planned_on"].notna() & ((cell.totals["state"] != "held") | cell.totals["held_on"].notna())
    due = cell.totals[dated]
    n, found, is_unknown = len(due), _median_days(due, asked), _is_overwritten(cell, asked.rules)
    flags = (
        raised(
            too_few=n < asked.rules.slippage_from or is_unknown,
            not_reached=isinf(found.estimate),
        )
        | cell.cautions
    )
    k, note = int((due["state"] == "held").sum()), "planned days unknown" if is_unknown else _note(cell)
    shown = Estimate(nan) if "not_reached" in flags else found
    method = "Aalen-Johansen, median"
    return Row("plan_slippage", cell.region, cell.period, n, method, shown, k, _known(flags, n), unit="days", note=note)


def _is_overwritten(cell: Cell, rules: Rules) -> bool:
    """Whether planned days are told of those not held above all: their share would be of what failed."""
    held = cell.totals[cell.totals["state"] == "held"]
    return bool(held["planned_on"].isna().sum() > rules.blank_share * len(held))


def _median_days(due: pd.DataFrame, asked: Asked) -> Estimate:
    is_cancelled = due["state"] == "cancelled"
    status = np.select([due["state"] == "held", is_cancelled], [_HELD, _CANCELLED], OPEN)
    ends = due["held_on"].fillna(pd.Timestamp(asked.as_of)).mask(is_cancelled, due["planned_on"])
    days = (ends - due["planned_on"]).dt.days.clip(lower=0)
    return incidence_quantile(aalen_johansen(days, status), 0.5, _HELD, asked.level)


def _known(flags: frozenset[str], n: int) -> frozenset[str]:
    return flags if n else frozenset({"no_data"})


def _note(cell: Cell) -> str:
    told = cell.totals
    cancelled, undated = int((told["state"] == "cancelled").sum()), int(told["due_on"].isna().sum())
    unplanned = int(((told["state"] == "held") & told["planned_on"].isna()).sum())
    return f"cancelled={cancelled}; plan_unknown={unplanned}; plan_undated={undated}"
