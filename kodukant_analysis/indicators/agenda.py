"""Agenda: discussions held, planned, overdue and cancelled, each once; a plan with the discussion that kept it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

import pandas as pd

from kodukant_analysis.indicators.regions import municipality_of
from kodukant_analysis.indicators.rules import Rules
from kodukant_analysis.places import reform_on
from kodukant_analysis.totals import totals


class _Item(NamedTuple):
    """A plan or an unplanned discussion: its row, its day, settlement and municipalities, "" where not known."""

    row: int
    day: pd.Timestamp
    place: str
    code_then: str
    code_today: str


def agenda(data: Mapping[str, pd.DataFrame], as_of: date, rules: Rules) -> pd.DataFrame:
    """The totals `discussion_places`, with the plans that an unplanned discussion kept in one row with it.

    A plan that is overdue is kept by a discussion that nobody planned, in the same settlement or, where either names
    none, municipality (of the day, or of today where the reform lies between), from `rules.plan_lead_days` before the
    planned day to `rules.plan_late_days` after it; one for one, the earliest plan first. The row is that of the
    discussion held, with the planned day of the plan.
    """
    known = totals("discussion_places", data, as_of=as_of)
    is_unplanned = (known["state"] == "held") & known["planned_on"].isna() & known["held_on"].notna()
    plans = _items(known[known["state"] == "overdue"], "planned_on")
    kept = _kept(plans, _items(known[is_unplanned], "held_on"), rules)
    planned_on = pd.Series({held: known.at[plan, "planned_on"] for plan, held in kept.items()}, dtype="datetime64[us]")
    return known.assign(planned_on=known["planned_on"].fillna(planned_on)).drop(index=list(kept))


def _items(rows: pd.DataFrame, dated: str) -> list[_Item]:
    rows = rows.sort_values(dated, kind="stable")
    then, today = (municipality_of(rows, borders).fillna("") for borders in ("then", "today"))
    return [
        _Item(*item) for item in zip(rows.index, rows[dated], rows["place_code"].fillna(""), then, today, strict=True)
    ]


def _kept(plans: list[_Item], unplanned: list[_Item], rules: Rules) -> dict[int, int]:
    """Plan -> the unplanned discussion that kept it, by row."""
    free, kept = list(unplanned), {}
    lead, late = timedelta(days=rules.plan_lead_days), timedelta(days=rules.plan_late_days)
    for plan in plans:
        found = next((one for one in free if -lead <= one.day - plan.day <= late and _is_same_place(one, plan)), None)
        if found is not None:
            free.remove(found)
            kept[plan.row] = found.row
    return kept


def _is_same_place(one: _Item, other: _Item) -> bool:
    if one.place and other.place:
        return one.place == other.place
    reform = pd.Timestamp(reform_on())
    codes = (
        (one.code_then, other.code_then)
        if (one.day < reform) == (other.day < reform)
        else (one.code_today, other.code_today)
    )
    return codes[0] == codes[1] != ""
