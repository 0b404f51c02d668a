"""Plans (kavandatud arutelud): were planned discussions held, and how long after the planned day?"""

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np
import pandas as pd

from kodukant_analysis.indicators.cells import Asked, Cell, Period, dated_cells
from kodukant_analysis.indicators.estimates import Row, estimate_frame, raised
from kodukant_analysis.indicators.regions import Borders, By, region_names, region_of
from kodukant_analysis.indicators.rules import RULES, Rules
from kodukant_analysis.stats import OPEN, Estimate, aalen_johansen, incidence_quantile, wilson
from kodukant_analysis.totals import totals

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
    """Share of planned discussions that were held by `as_of` (K73), one row a region and period.

    data: the table `discussions`. n: discussions planned for a day up to `as_of`, k: those of them held. A plan is
    held, too, by a discussion that nobody planned, in the same settlement or, where the plan names none, municipality,
    from `rules.plan_lead_days` before the planned day on; one such discussion holds one plan. Cancelled plans stay in
    the denominator. Left out: plans without a day (counted in the note). Period: of the planned day. Interval: Wilson.
    Flags: no_data; too_few below `rules.percent_from` plans; all_same; boundary_break.
    """
    asked = Asked(by, period, as_of, level, rules, borders)
    plans = _plans(data, asked)
    rows = [_fulfilment_row(cell, asked) for cell in dated_cells(plans, "planned_on", asked)]
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

    data: the table `discussions`. n: discussions planned for a day up to `as_of`, k: those of them held, see
    `plan_fulfilment`. Held early counts as day 0; a plan not yet held waits until `as_of` (censored), a cancelled one
    is never held (Aalen-Johansen): the median of the held ones alone would be too short. Interval: the days at which
    the limits of the curve pass one half. Period: of the planned day. Unit: days.
    Flags: no_data; too_few below `rules.slippage_from` plans; not_reached (half of them are not held in the time
    followed); boundary_break.
    """
    asked = Asked(by, period, as_of, level, rules, borders)
    plans = _plans(data, asked)
    rows = [_slippage_row(cell, asked) for cell in dated_cells(plans, "planned_on", asked)]
    return estimate_frame(rows, region_names(by, borders), detail=detail)


def _plans(data: Mapping[str, pd.DataFrame], asked: Asked) -> pd.DataFrame:
    """Plans that are due or undated, each with the day on which it was held, by itself or by an unplanned one."""
    known = totals("discussion_places", data, as_of=asked.as_of)
    is_plan = (known["state"] != "held") | known["planned_on"].notna()
    is_due = ~(known["planned_on"] > pd.Timestamp(asked.as_of))
    plans, unplanned = known[is_plan & is_due], known[~is_plan & known["held_on"].notna()]
    return plans.assign(held_on=_held_days(plans, unplanned, asked.rules))


def _held_days(plans: pd.DataFrame, unplanned: pd.DataFrame, rules: Rules) -> pd.Series:
    """The day on which each plan was held; a day of an unplanned discussion goes to the earliest plan that it fits."""
    days = plans["held_on"].copy()
    free = sorted(zip(unplanned["held_on"], *_places(unplanned), strict=True), key=lambda one: one[0])
    waiting = plans[(plans["state"] == "planned") & plans["planned_on"].notna()].sort_values("planned_on")
    for index, planned_on, place, inside in zip(waiting.index, waiting["planned_on"], *_places(waiting), strict=True):
        earliest = planned_on - timedelta(days=rules.plan_lead_days)
        fits = (one for one in free if one[0] >= earliest and (one[1] == place if place else one[2] == inside != ""))
        if (found := next(fits, None)) is not None:
            free.remove(found)
            days[index] = found[0]
    return days


def _places(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Settlement and municipality (of the day, else of today) of each row, "" where not known."""
    inside = region_of(rows, "municipality", "then").fillna(rows["municipality_code"])
    return rows["place_code"].fillna(""), inside.fillna("")


def _fulfilment_row(cell: Cell, asked: Asked) -> Row:
    due = cell.totals[cell.totals["planned_on"].notna()]
    n, k = len(due), int(due["held_on"].notna().sum())
    found = Estimate(k / n, *wilson(k, n, asked.level), n_eff=n) if n else Estimate(float("nan"), n_eff=0)
    flags = raised(too_few=n < asked.rules.percent_from, all_same=k in {0, n}, boundary_break=cell.is_break)
    return Row("plan_fulfilment", cell.region, cell.period, n, "Wilson", found, k, _known(flags, n), note=_note(cell))


def _slippage_row(cell: Cell, asked: Asked) -> Row:
    due = cell.totals[cell.totals["planned_on"].notna()]
    n, k = len(due), int(due["held_on"].notna().sum())
    median = _median_days(due, asked)
    found = median if median.estimate >= 0 else Estimate(median.estimate)
    flags = raised(
        too_few=n < asked.rules.slippage_from,
        not_reached=bool(pd.isna(found.estimate)),
        boundary_break=cell.is_break,
    )
    return Row(
        "plan_slippage", cell.region, cell.period, n, "Aalen-Johansen, median", found, k, _known(flags, n),
        unit="days", note=_note(cell),
    )  # fmt: skip


def _median_days(due: pd.DataFrame, asked: Asked) -> Estimate:
    is_cancelled = (due["state"] == "cancelled") & due["held_on"].isna()
    status = np.select([due["held_on"].notna(), is_cancelled], [_HELD, _CANCELLED], OPEN)
    ends = due["held_on"].fillna(pd.Timestamp(asked.as_of)).mask(is_cancelled, due["planned_on"])
    days = (ends - due["planned_on"]).dt.days.clip(lower=0)
    return incidence_quantile(aalen_johansen(days, status), 0.5, _HELD, asked.level)


def _known(flags: frozenset[str], n: int) -> frozenset[str]:
    return flags if n else frozenset({"no_data"})


def _note(cell: Cell) -> str:
    states = cell.totals["state"].value_counts()
    undated = int(cell.totals["planned_on"].isna().sum())
    return f"cancelled={int(states.get('cancelled', 0))}; plan_undated={undated}"
