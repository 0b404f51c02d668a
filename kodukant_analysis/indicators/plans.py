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
    """Share of discussions that were to be held by `as_of` and were (K73), two rows a region and period.

    data: the table `discussions`. `plan_fulfilment:planned`: n discussions planned for a day up to `as_of`, k those of
    them held. `plan_fulfilment:overall`: with those of whose plan nothing is told, held ones too: registers often keep
    one day, which turns from planned to held. A plan is held, too, by a discussion that nobody planned, in the same
    settlement or, where the plan names none, municipality, from `rules.plan_lead_days` before the planned day on; one
    such discussion holds one plan. Cancelled plans stay in the denominator. Left out: those without any day (counted
    in the note). Period: of the planned day, else of the day held. Interval: Wilson.
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

    data: the table `discussions`. n: discussions planned for a day up to `as_of`, k: those of them held, see
    `plan_fulfilment`. Held early counts as day 0; a plan not yet held waits until `as_of` (censored), a cancelled one
    is never held (Aalen-Johansen): the median of the held ones alone would be too short. Interval: the days at which
    the limits of the curve pass one half. Period: of the planned day. Unit: days.
    Flags: no_data; too_few below `rules.slippage_from` plans and where more than `rules.blank_share` of the held ones
    have no planned day; not_reached (half of them are not held in the time followed); boundary_break.
    """
    asked = Asked(by, period, as_of, level, rules, borders)
    rows = [_slippage_row(cell, asked) for cell in dated_cells(_due(data, asked), "due_on", asked)]
    return estimate_frame(rows, region_names(by, borders), detail=detail)


def _due(data: Mapping[str, pd.DataFrame], asked: Asked) -> pd.DataFrame:
    """Discussions that are due or undated, plans with the day on which they were held, `due_on` the day they count.

    An unplanned discussion that holds a plan stands in the row of the plan.
    """
    known = totals("discussion_places", data, as_of=asked.as_of)
    known = known[~(known["planned_on"] > pd.Timestamp(asked.as_of))]
    is_unplanned = (known["state"] == "held") & known["planned_on"].isna()
    waiting = known[(known["state"] == "overdue")].sort_values("planned_on")
    kept = _kept(waiting, known[is_unplanned & known["held_on"].notna()], asked.rules)
    held_on = known["held_on"].fillna(known["held_on"].reindex(pd.Series(kept)).set_axis(list(kept)))
    due = known.assign(held_on=held_on, due_on=known["planned_on"].fillna(known["held_on"]))
    return due.drop(index=list(kept.values()))


def _kept(waiting: pd.DataFrame, unplanned: pd.DataFrame, rules: Rules) -> dict[int, int]:
    """Plan -> the unplanned discussion that kept it, by index; the earliest plan takes the earliest that fits."""
    ordered = unplanned.sort_values("held_on")
    free = list(zip(ordered.index, ordered["held_on"], *_places(ordered), strict=True))
    kept: dict[int, int] = {}
    for plan, planned_on, place, inside in zip(waiting.index, waiting["planned_on"], *_places(waiting), strict=True):
        earliest = planned_on - timedelta(days=rules.plan_lead_days)
        fits = (one for one in free if one[1] >= earliest and (one[2] == place if place else one[3] == inside != ""))
        if (found := next(fits, None)) is not None:
            free.remove(found)
            kept[plan] = found[0]
    return kept


def _places(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Settlement and municipality (of the day, else of today) of each row, "" where not known."""
    inside = region_of(rows, "municipality", "then").fillna(rows["municipality_code"])
    return rows["place_code"].fillna(""), inside.fillna("")


def _fulfilment_row(cell: Cell, item: str, asked: Asked) -> Row:
    due = cell.totals[cell.totals["planned_on" if item == "planned" else "due_on"].notna()]
    n, k = len(due), int(due["held_on"].notna().sum())
    found = Estimate(k / n, *wilson(k, n, asked.level), n_eff=n) if n else Estimate(float("nan"), n_eff=0)
    flags = raised(
        too_few=n < asked.rules.percent_from or (item == "planned" and _is_overwritten(cell, asked.rules)),
        all_same=k in {0, n},
        boundary_break=cell.is_break,
    )
    name, note = f"plan_fulfilment:{item}", _note(cell, item == "planned" and _is_overwritten(cell, asked.rules))
    return Row(name, cell.region, cell.period, n, "Wilson", found, k, _known(flags, n), note=note)


def _slippage_row(cell: Cell, asked: Asked) -> Row:
    due = cell.totals[cell.totals["planned_on"].notna()]
    n, found = len(due), _median_days(due, asked)
    flags = raised(
        too_few=n < asked.rules.slippage_from or _is_overwritten(cell, asked.rules),
        not_reached=bool(pd.isna(found.estimate)),
        boundary_break=cell.is_break,
    )
    k, note = int(due["held_on"].notna().sum()), _note(cell, _is_overwritten(cell, asked.rules))
    shown = Estimate(found.estimate) if "not_reached" in flags else found
    method = "Aalen-Johansen, median"
    return Row("plan_slippage", cell.region, cell.period, n, method, shown, k, _known(flags, n), unit="days", note=note)


def _is_overwritten(cell: Cell, rules: Rules) -> bool:
    """Whether planned days are told of those not held above all: their share would be of what failed."""
    held = cell.totals[cell.totals["state"] == "held"]
    return bool(held["planned_on"].isna().sum() > rules.blank_share * len(held))


def _median_days(due: pd.DataFrame, asked: Asked) -> Estimate:
    is_cancelled = (due["state"] == "cancelled") & due["held_on"].isna()
    status = np.select([due["held_on"].notna(), is_cancelled], [_HELD, _CANCELLED], OPEN)
    ends = due["held_on"].fillna(pd.Timestamp(asked.as_of)).mask(is_cancelled, due["planned_on"])
    days = (ends - due["planned_on"]).dt.days.clip(lower=0)
    return incidence_quantile(aalen_johansen(days, status), 0.5, _HELD, asked.level)


def _known(flags: frozenset[str], n: int) -> frozenset[str]:
    return flags if n else frozenset({"no_data"})


def _note(cell: Cell, is_overwritten: bool) -> str:
    if is_overwritten:
        return "planned days overwritten"
    told = cell.totals
    cancelled, undated = int((told["state"] == "cancelled").sum()), int(told["due_on"].isna().sum())
    unplanned = int(((told["state"] == "held") & told["planned_on"].isna()).sum())
    return f"cancelled={cancelled}; plan_unknown={unplanned}; plan_undated={undated}"
